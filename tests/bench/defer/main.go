// Nanoseconds per operation of deferred calls, panics and recovery: one line for each case, `name ns`. The driver
// runs the executables of both compilers in turn and keeps the best of each case.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"time"
)

var (
	sum    int
	null   *int
	opaque = new(int)
	arr    = []int{1, 2, 3}
	big    [1024]byte
)

// What is deferred only stores: a chain of additions in memory would hide the rest.
//
//go:noinline
func bump() { sum = *opaque }

//go:noinline
func bump8(a int) { sum = *opaque + a }

//go:noinline
func bump64(a [8]int) { sum = a[0] + a[7] }

//go:noinline
func bump1024(a [1024]byte) { sum = int(a[0]) + int(a[1023]) }

//go:noinline
func direct() { bump() }

//go:noinline
func open1() { defer bump() }

// Copies at other addresses: what alignment costs by chance is not what a defer costs.
//
//go:noinline
func directB() { bump() }

//go:noinline
func openB() { defer bump() }

//go:noinline
func directC() { bump() }

//go:noinline
func openC() { defer bump() }

//go:noinline
func direct8calls() {
	bump()
	bump()
	bump()
	bump()
	bump()
	bump()
	bump()
	bump()
}

//go:noinline
func open8() {
	defer bump()
	defer bump()
	defer bump()
	defer bump()
	defer bump()
	defer bump()
	defer bump()
	defer bump()
}

//go:noinline
func direct8callsB() {
	bump()
	bump()
	bump()
	bump()
	bump()
	bump()
	bump()
	bump()
}

//go:noinline
func open8B() {
	defer bump()
	defer bump()
	defer bump()
	defer bump()
	defer bump()
	defer bump()
	defer bump()
	defer bump()
}

//go:noinline
func conditional(c bool) {
	if c {
		defer bump()
	}
	sum++
}

//go:noinline
func directConditional(c bool) {
	sum++
	if c {
		bump()
	}
}

//go:noinline
func open8bytes(a int) { defer bump8(a) }

//go:noinline
func direct8bytes(a int) { bump8(a) }

//go:noinline
func open8bytesB(a int) { defer bump8(a) }

//go:noinline
func direct8bytesB(a int) { bump8(a) }

//go:noinline
func open64(a *[8]int) { defer bump64(*a) }

//go:noinline
func open1024(a *[1024]byte) { defer bump1024(*a) }

//go:noinline
func openClosure(a int) (r int) {
	defer func() { r += a }()
	return a
}

// Nine statements are too many for open-coding: records in the frame, nine of them.
//
//go:noinline
func stack9() {
	defer bump()
	defer bump()
	defer bump()
	defer bump()
	defer bump()
	defer bump()
	defer bump()
	defer bump()
	defer bump()
}

//go:noinline
func stack9bytes(a int) {
	defer bump8(a)
	defer bump8(a)
	defer bump8(a)
	defer bump8(a)
	defer bump8(a)
	defer bump8(a)
	defer bump8(a)
	defer bump8(a)
	defer bump8(a)
}

//go:noinline
func heap0(n int) {
	for range n {
		defer bump()
	}
}

//go:noinline
func heap8(n int) {
	for i := range n {
		defer bump8(i)
	}
}

//go:noinline
func heap64(n int, a *[8]int) {
	for range n {
		defer bump64(*a)
	}
}

//go:noinline
func heap1024(n int, a *[1024]byte) {
	for range n {
		defer bump1024(*a)
	}
}

//go:noinline
func heapClosure(n int) {
	for i := range n {
		defer func() { sum = i }()
	}
}

//go:noinline
func fall(depth int) {
	if depth <= 1 {
		panic("x")
	}
	fall(depth - 1)
	sum++
}

//go:noinline
func recovered(depth int) {
	defer func() { recover() }()
	fall(depth)
}

//go:noinline
func nilRecovered() {
	defer func() { recover() }()
	sum += *null
}

//go:noinline
func indexRecovered(i int) {
	defer func() { recover() }()
	sum += arr[i]
}

//go:noinline
func chain(n int, top bool) {
	defer func() {
		if e := recover(); !top {
			panic(e)
		}
	}()
	if n == 1 {
		panic("x")
	}
	chain(n-1, false)
}

// Panics that replace one another without being recovered, n of them.
//
//go:noinline
func nested(n int) {
	defer func() { recover() }()
	nest(n)
}

//go:noinline
func nest(n int) {
	defer func() {
		if n > 0 {
			nest(n - 1)
		}
	}()
	panic(n)
}

func goexit() {
	done := make(chan bool)
	go func() {
		defer close(done)
		defer bump()
		runtime.Goexit()
	}()
	<-done
}

var only = os.Args[1:]

// report times f, which does ops operations, long enough for a steady result.
func report(name string, ops int, f func(n int)) {
	if !wanted(name) {
		return
	}
	n := 1
	for {
		start := time.Now()
		f(n)
		d := time.Since(start)
		if d > 30*time.Millisecond {
			best := float64(d.Nanoseconds()) / float64(n) / float64(ops)
			for range 4 {
				start = time.Now()
				f(n)
				best = min(best, float64(time.Since(start).Nanoseconds())/float64(n)/float64(ops))
			}
			fmt.Println(name, strconv.FormatFloat(best, 'f', 2, 64))
			return
		}
		n *= 2
	}
}

func wanted(name string) bool {
	if len(only) == 0 {
		return true
	}
	for _, o := range only {
		if o == name {
			return true
		}
	}
	return false
}

// pair times two cases of which the difference counts: in turns of some ten microseconds, so short that many of them
// meet nothing else that runs on the machine, the best of all turns and copies.
func pair(name, name2 string, fs, gs []func(int)) {
	if !wanted(name) && !wanted(name2) {
		return
	}
	const calls = 5000
	one := func(f func(int)) float64 {
		start := time.Now()
		f(calls)
		return float64(time.Since(start).Nanoseconds()) / calls
	}
	a, b := 1e9, 1e9
	for range 1500 {
		for _, f := range fs {
			a = min(a, one(f))
		}
		for _, g := range gs {
			b = min(b, one(g))
		}
	}
	fmt.Println(name, strconv.FormatFloat(a, 'f', 3, 64))
	fmt.Println(name2, strconv.FormatFloat(b, 'f', 3, 64))
}

func with(f func(int)) func(int) {
	return func(n int) {
		for i := range n {
			f(i)
		}
	}
}

func times(f func()) func(int) {
	return func(n int) {
		for range n {
			f()
		}
	}
}

func main() {
	var a8 [8]int
	pair("direct", "open", []func(int){times(direct), times(directB), times(directC)}, []func(int){times(open1), times(openB), times(openC)})
	pair("direct-x8", "open-x8", []func(int){times(direct8calls), times(direct8callsB)}, []func(int){times(open8), times(open8B)})
	pair("direct-conditional", "open-conditional", []func(int){func(n int) {
		for i := range n {
			directConditional(i&1 == 0)
		}
	}}, []func(int){func(n int) {
		for i := range n {
			conditional(i&1 == 0)
		}
	}})
	pair("direct-8B", "open-8B", []func(int){with(direct8bytes), with(direct8bytesB)}, []func(int){with(open8bytes), with(open8bytesB)})
	report("open-64B", 1, times(func() { open64(&a8) }))
	report("open-1024B", 1, times(func() { open1024(&big) }))
	report("open-closure", 1, times(func() { openClosure(1) }))
	report("stack", 9, times(stack9))
	report("stack-8B", 9, times(func() { stack9bytes(1) }))
	report("heap", 100, times(func() { heap0(100) }))
	report("heap-8B", 100, times(func() { heap8(100) }))
	report("heap-64B", 100, times(func() { heap64(100, &a8) }))
	report("heap-1024B", 100, times(func() { heap1024(100, &big) }))
	report("heap-closure", 100, times(func() { heapClosure(100) }))
	for _, d := range []int{1, 20, 1000} {
		report("recover-depth-"+strconv.Itoa(d), 1, times(func() { recovered(d) }))
	}
	report("recover-nil", 1, times(nilRecovered))
	report("recover-index", 1, times(func() { indexRecovered(5) }))
	report("repanic-100", 100, times(func() { chain(100, true) }))
	report("repanic-1000", 1000, times(func() { chain(1000, true) }))
	report("nested-100", 100, times(func() { nested(100) }))
	report("nested-1000", 1000, times(func() { nested(1000) }))
	report("goexit", 1, times(goexit))
	if sum == 1 {
		fmt.Println()
	}
}

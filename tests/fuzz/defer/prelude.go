// What all generated programs share: the trace, opaque values that no compiler can fold, and main, which makes the
// runs FROM..TO in turn. Run n is of program n/4, with the argument n/4 + 5*(n%4). Every fourth run is on the main goroutine,
// where what leaves it ends the process, the others on goroutines of their own, where nothing does.
package main

import (
	"os"
	"runtime"
	"strconv"
)

var (
	zero, one, two = len(os.Args) - 3, len(os.Args) - 2, len(os.Args) - 1
	nilPointer     *big
	nilMap         map[int]int
	nilFunc        func(int) int
	nilIface       interface{ Val(int) int }
	nilChan        chan int
	three          = []int{1, 2, 3}
	anything       any = "text"
	sink           any
	kept           []func(int) int
	fuel           int
)

type big struct {
	a, b, c, d, e, f int
	s            string
}

// spend reports whether the program has done enough.
func spend() bool {
	fuel--
	return fuel < 0
}

func trace(site, value int) {
	var buf [48]byte
	b := strconv.AppendInt(buf[:0], int64(site), 10)
	b = append(b, ' ')
	b = strconv.AppendInt(b, int64(value), 10)
	os.Stdout.Write(append(b, '\n'))
}

func tell(site int, what any) {
	os.Stdout.WriteString(strconv.Itoa(site) + " " + str(what) + "\n")
}

func bigTrace(site int, x big, y [5]int) int {
	trace(site, x.a+x.b*3+x.f*5+y[0]+y[4]*7)
	return site
}

type failure struct{ n int }

func (e failure) Error() string { return "failure " + strconv.Itoa(e.n) }

type pointerFailure struct{ n int }

func (e *pointerFailure) Error() string { return "pointer failure " + strconv.Itoa(e.n) }

type level int

func (l level) String() string { return "level " + strconv.Itoa(int(l)) }

type (
	named int
	text  string
)

func str(v any) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case int:
		return "int " + strconv.Itoa(v)
	case string:
		return "string " + v
	case *runtime.PanicNilError:
		return "nil error " + v.Error()
	case *runtime.TypeAssertionError:
		return "assertion " + v.Error()
	case runtime.Error:
		return "runtime error " + v.Error()
	case error:
		return "error " + v.Error()
	case level:
		return v.String()
	case named:
		return "named " + strconv.Itoa(int(v))
	case text:
		return "text " + string(v)
	case big:
		return "big " + strconv.Itoa(v.a)
	case float64:
		return "float"
	}
	return "?"
}

// helpRecover is one call too deep to stop a panic of the function that a deferred function calls it from, unless it is
// deferred itself.
func helpRecover() any { return recover() }

//go:noinline
func helpRecoverFar(site int) { tell(site, recover()) }

func inlined(site int) { tell(site, recover()) }

func recoverAll(vs ...any) {
	e := recover()
	for _, v := range vs {
		tell(-1, v)
	}
	tell(-2, e)
}

func generic[V any](site int, v V) V {
	if e := recover(); e != nil {
		tell(site, e)
	}
	tell(site, v)
	return v
}

// Iterators of several manners.

func counting(n int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func tidy(site, n int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		defer trace(site, n)
		defer func() { trace(site, -n) }()
		for i := range n {
			if !yield(i) {
				trace(site, 100+i)
				break
			}
		}
	}
}

func swallowing(site, n int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		defer func() { tell(site, recover()) }()
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func repanicking(site, n int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		defer func() {
			if e := recover(); e != nil {
				tell(site, e)
				panic(e)
			}
		}()
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func deaf(n int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			yield(i)
		}
	}
}

// apart runs f on another goroutine and waits for it; a panic of f stops there.
func apart(site int, f func()) {
	done := make(chan bool)
	go func() {
		ok := false
		defer close(done)
		defer func() {
			e := recover()
			tell(site, e)
			if e == nil && !ok {
				trace(site, -7)
			}
		}()
		f()
		ok = true
	}()
	<-done
}

func main() {
	from, _ := strconv.Atoi(os.Args[1])
	to, _ := strconv.Atoi(os.Args[2])
	for n := from; n < to; n++ {
		os.Stdout.WriteString("== " + strconv.Itoa(n) + "\n")
		fuel = 60
		seed := n / 4
		f, arg := programs[seed], seed+5*(n%4)
		if (seed+n)%4 == 0 {
			trace(-9, f(arg))
			continue
		}
		done := make(chan bool)
		go func() {
			defer close(done)
			defer func() { tell(-8, recover()) }()
			trace(-9, f(arg))
		}()
		<-done
	}
}

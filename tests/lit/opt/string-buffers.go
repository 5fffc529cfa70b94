// Conversions and concatenations whose results stay local need no memory of the heap; those that outlive the frame, or the turn of a loop, are copies of their own.
// RUN: %gosubc build -o %t %s
// RUN: %t | FileCheck %s
// RUN: env GODEBUG=gcstress=1 %t | FileCheck %s
// RUN: %gosubc run -O0 %s | FileCheck --check-prefix=VALUES %s
package main

import (
	"fmt"
	"runtime"
	"sync"
)

var (
	sink  int
	long  = []byte("longer than the thirty-two bytes of a buffer in the frame")
	text  = string(long)
	small = []byte("abc")
	count = map[string]int{text: 1, "abc": 2}
)

func allocs(name string, f func()) {
	f()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 100 {
		f()
	}
	runtime.ReadMemStats(&after)
	fmt.Println(name, (after.Mallocs-before.Mallocs)/100)
}

func sum(b []byte) (n int) {
	for _, c := range b {
		n += int(c)
	}
	return n
}

type key struct {
	name string
	n    int
}

var keys = map[key]int{{"abc", 1}: 7}

func numbers() {
	// CHECK: index 0
	allocs("index", func() { sink += count[string(long)] })
	// CHECK-NEXT: comma ok 0
	allocs("comma ok", func() {
		if v, ok := count[string(long)]; ok {
			sink += v
		}
	})
	// CHECK-NEXT: compare 0
	allocs("compare", func() {
		if string(long) == text && string(long[1:]) > string(long) {
			sink++
		}
	})
	// CHECK-NEXT: switch 0
	allocs("switch", func() {
		switch string(long) {
		case "a", "b":
			sink++
		}
	})
	// CHECK-NEXT: range 0
	allocs("range", func() {
		for _, c := range []byte(text) {
			sink += int(c)
		}
	})
	// CHECK-NEXT: len 0
	allocs("len", func() { sink += len([]rune(text)) + len([]byte(text)) + len(string(long)) })
	// CHECK-NEXT: append, copy 0
	allocs("append, copy", func() {
		b := make([]byte, 0, 100)
		b = append(b, []byte(text)...)
		sink += copy(b[2:], []byte(text)) + copy(b, string(long))
	})
	// CHECK-NEXT: concatenate 0
	allocs("concatenate", func() {
		s := string(small) + "x" + string(small)
		s += string(rune(sink&63 + 900))
		sink += len(s) + int(s[sink&1])
	})
	// CHECK-NEXT: short 0
	allocs("short", func() {
		b := []byte(text[:9])
		b[0] = 'x'
		r := []rune(text[:5])
		sink += sum(b) + int(r[2]) + len(string(r)) + keys[key{string(small), 1}]
	})
	// CHECK-NEXT: long 1
	allocs("long", func() { s := string(long); sink += int(s[3]) })
}

var kept []string

func keep(s string) { kept = append(kept, s) }

func result(b []byte) (s string) {
	defer func() { s += "!" }()
	return string(b)
}

type box struct{ s string }

func main() {
	numbers()

	// In a loop: the last one must be itself when the loop is over.
	b := []byte("0")
	first, last := "", ""
	for i := range 5 {
		b[0] = byte('0' + i)
		s := string(b) + "."
		if i == 0 {
			first = s
		}
		last = s
	}
	// VALUES: loop 0. 4.
	// CHECK: loop 0. 4.
	fmt.Println("loop", first, last)

	var boxes []*box
	var funcs []func() string
	var any1 []any
	set := map[string]int{}
	ch := make(chan string, 3)
	var wg sync.WaitGroup
	var mu sync.Mutex
	for i := range 3 {
		b := []byte{'a' + byte(i), 'x'}
		s := string(b)
		boxes = append(boxes, &box{string(b)})
		funcs = append(funcs, func() string { return s + string(b) })
		any1 = append(any1, string(b))
		set[string(b)]++
		ch <- string(b)
		keep(string(b))
		wg.Add(1)
		go func(s string) {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			set[s] += 10
		}(string(b))
		defer fmt.Println("deferred", string(b))
		b[0] = '-'
	}
	wg.Wait()
	// VALUES: bx cx
	// CHECK: bx cx ax-x bx
	fmt.Println(boxes[1].s, any1[2], funcs[0](), kept[1])
	// VALUES: map[ax:11 bx:11 cx:11] ax bx
	// CHECK-NEXT: map[ax:11 bx:11 cx:11] ax bx
	fmt.Println(set, <-ch, <-ch)

	// A body may change what the range or the switch looks at.
	x := []byte("xxxx")
	for i, c := range []byte("same") {
		x[i] = c
	}
	switch string(x) {
	case "same":
		x[1] = 'x'
		fallthrough
	case "other":
		// VALUES: switch sxme
		// CHECK-NEXT: switch sxme
		fmt.Println("switch", string(x))
	}
	// VALUES: result!
	// CHECK-NEXT: result!
	fmt.Println(result([]byte("result")))
	// VALUES: deferred cx
	// VALUES-NEXT: deferred bx
	// CHECK-NEXT: deferred cx
	// CHECK-NEXT: deferred bx
}

// Small functions that allocate, keep what they are given or call it are inlined before escape analysis, so that what
// they return or keep is in the caller's frame. Tracebacks and runtime.Callers still show them.
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
// RUN: not %gosubc run %s 2>&1 | FileCheck --check-prefix=OUT %s
// RUN: not %gosubc run -O0 %s 2>&1 | FileCheck --check-prefix=OUT %s
package main

import (
	"fmt"
	"runtime"
	"strings"
)

type point struct{ x, y int }

func newPoint(x, y int) *point { return &point{x, y} }

func (p *point) plus(q *point) *point { return newPoint(p.x+q.x, p.y+q.y) }

type builder struct {
	parts []*point
	last  *point
}

func (b *builder) add(p *point) *builder { b.last = p; return b }

func each(list []int, f func(i, x int) bool) {
	for i, x := range list {
		if !f(i, x) {
			return
		}
	}
}

// A constructor's result and a method chain.
// CHECK-LABEL: define{{.*}} @main.distance(
// CHECK-NOT: call {{.*}}@gosubc_newobject
// CHECK: ret i64
//
//go:noinline
func distance(n int) int {
	p := newPoint(n, 1).plus(newPoint(2, n))
	var b builder
	return b.add(p).add(newPoint(1, 1)).last.x + p.y
}

// A closure that is given to a function.
// CHECK-LABEL: define{{.*}} @main.sum(
// CHECK-NOT: call {{.*}}@gosubc_newobject
// CHECK-NOT: call {{.*}}ptr nest nonnull
// CHECK: ret i64
//
//go:noinline
func sum(list []int) (n int) {
	each(list, func(i, x int) bool {
		n += i * x
		return x < 100
	})
	return
}

// Those that must not be: recursion, defers, recover.
func grow(n int, b *builder) *builder {
	if n == 0 {
		return b
	}
	return grow(n-1, b.add(&point{n, n}))
}

func guarded(f func()) (err any) {
	defer func() { err = recover() }()
	f()
	return nil
}

func where(b *builder) string {
	b.last = &point{}
	pc := make([]uintptr, 8)
	frames := runtime.CallersFrames(pc[:runtime.Callers(1, pc)])
	var s strings.Builder
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "main.") {
			fmt.Fprintf(&s, "%s:%d ", f.Function, f.Line)
		}
		if !more {
			return s.String()
		}
	}
}

func through(b *builder) string { b.last = &point{}; return where(b) }

func main() {
	// OUT: 11 608
	fmt.Println(distance(9), sum([]int{1, 2, 3, 200, 5}))
	// OUT-NEXT: 1
	fmt.Println(grow(5, new(builder)).last.x)
	// OUT-NEXT: assignment to entry in nil map
	fmt.Println(guarded(func() { var m map[int]int; m[1] = 2 }))
	// OUT-NEXT: main.where:[[#]] main.through:[[#]] main.main:[[#]]
	fmt.Println(through(new(builder)))
	// OUT: {{^}}panic: runtime error: invalid memory address
	// OUT: {{^}}main.(*point).plus(
	// OUT-NEXT: inline.go:18
	// OUT-NEXT: {{^}}main.main(
	// OUT-NEXT: inline.go:[[#@LINE+2]]
	var none *point
	fmt.Println(none.plus(&point{}))
}

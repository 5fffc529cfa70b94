// Functions with defers are inlined where nothing can panic between the statement and the end: the deferred call is then one at the end.
// Those that may panic, whose deferred call may recover, or that may defer or not, stay calls. gc inlines none of them.
// RUN: %gosubc build --emit=opt -o - %s | FileCheck %s
// RUN: %gosubc build --emit=opt -o - %s | FileCheck --check-prefix=NO %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
// RUN: %gosubc build -d=defer -o %t %s 2>&1 | FileCheck --check-prefix=D %s
package main

import "sync"

type counter struct {
	mu sync.Mutex
	n  int
}

// D: [[#@LINE+4]]:2: open-coded defer
//
func (c *counter) add(n int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n += n
	return c.n
}

func bracket(trace *[]string, name string) (n int) {
	defer func() {
		*trace = append(*trace, name)
		n++
	}()
	defer note(trace, len(*trace))
	return 10 * len(*trace)
}

func note(trace *[]string, n int) {
	if n > 0 {
		*trace = append(*trace, "behind "+(*trace)[0])
	}
}

// CHECK-DAG: inline: main.locked: main.(*counter).add, main.(*counter).add
//
//go:noinline
func locked(c *counter) int { return c.add(2) * c.add(3) }

func leave(depth *int) { *depth-- }

func nested(depth *int, n int) int {
	*depth++
	defer leave(depth)
	if n == 0 {
		return *depth
	}
	return *depth * n
}

// The statement's operands are those of that moment.
//
func moment(p *int) (r int) {
	x := 1
	*p += x
	defer func(n int) { *p += n + x }(x)
	x = 20
	return *p
}

// CHECK-DAG: inline: main.uses: main.nested, {{.*}}main.moment
//
//go:noinline
func uses(n int) (int, int) {
	depth := 3
	a := nested(&depth, n)
	b := moment(&depth)
	return a*100 + b, depth
}

func index(c *counter, s []int, i int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return s[i]
}

// NO-NOT: inline: main.panics:
//
//go:noinline
func panics(c *counter, s []int, i int) (r int) {
	func() {
		defer func() {
			if recover() != nil {
				r = -1
			}
		}()
		r = index(c, s, i)
	}()
	return
}

func quiet(p *int) {
	defer func() { recover() }()
	*p++
}

// NO-NOT: inline: main.recovers:
//
//go:noinline
func recovers(n int) int {
	quiet(&n)
	return n
}

func maybe(p *int, yes bool) {
	if yes {
		defer leave(p)
	}
	*p *= 2
}

// NO-NOT: inline: main.decides:
//
//go:noinline
func decides(n int) int {
	maybe(&n, n > 3)
	return n
}

// NO-NOT: inline: main.brackets:
//
// The second of the deferred calls may panic, and the first one would have to run.
//
//go:noinline
func brackets() ([]string, int) {
	var trace []string
	n := bracket(&trace, "a")
	n += bracket(&trace, "b")
	return trace, n
}

func main() {
	// OUT: 10 5 true
	// OUT-NEXT: 404 25
	// OUT-NEXT: 804 25
	// OUT-NEXT: 7 -1 true
	// OUT-NEXT: 4 6 7
	// OUT-NEXT: 3 a behind a b 12
	var c counter
	println(locked(&c), c.n, c.mu.TryLock())
	c.mu.Unlock()
	println(uses(0))
	println(uses(2))
	println(panics(&c, []int{7}, 0), panics(&c, nil, 0), c.mu.TryLock())
	println(recovers(3), decides(3), decides(4))
	trace, n := brackets()
	println(len(trace), trace[0], trace[1], trace[2], n)
}

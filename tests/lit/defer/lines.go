// Two calls that LLVM could make one keep their lines in tracebacks: calls at the ends of two branches, inlined or not, and
// what runs the deferred calls at two returns, of each form.
//
// RUN: %gosubc build -d=nodeferopen,nodeferstack -o %t %s
// RUN: not %t 1 2>&1 | FileCheck %s --check-prefix=ONE
// RUN: not %t 1 2 2>&1 | FileCheck %s --check-prefix=TWO
// RUN: not %t 1 2 3 2>&1 | FileCheck %s --check-prefix=THREE
// RUN: not %t 1 2 3 4 2>&1 | FileCheck %s --check-prefix=FOUR
// RUN: not %t 1 2 3 4 5 2>&1 | FileCheck %s --check-prefix=FIVE
// RUN: not %t 1 2 3 4 5 6 2>&1 | FileCheck %s --check-prefix=SIX
// RUN: not %t 1 2 3 4 5 6 7 2>&1 | FileCheck %s --check-prefix=SEVEN
// RUN: not %t 1 2 3 4 5 6 7 8 2>&1 | FileCheck %s --check-prefix=EIGHT
// RUN: %gosubc build -d=nodeferopen -o %t %s
// RUN: not %t 1 2 3 4 5 2>&1 | FileCheck %s --check-prefix=FIVE
// RUN: not %t 1 2 3 4 5 6 2>&1 | FileCheck %s --check-prefix=SIX
// RUN: %gosubc build -o %t %s
// RUN: not %t 1 2>&1 | FileCheck %s --check-prefix=ONE
// RUN: not %t 1 2 2>&1 | FileCheck %s --check-prefix=TWO
// RUN: not %t 1 2 3 4 5 2>&1 | FileCheck %s --check-prefix=FIVE
// RUN: not %t 1 2 3 4 5 6 2>&1 | FileCheck %s --check-prefix=SIX
// RUN: not %t 1 2 3 4 5 6 7 8 9 2>&1 | FileCheck %s --check-prefix=NINE

package main

import "os"

//go:noinline
func fail(n int) { panic(n) }

//go:noinline
func returns(n int) (r int) {
	f := fail
	defer f(n)
	if n&1 != 0 {
		// ONE: main.returns(
		// ONE-NEXT: lines.go:[[#@LINE+1]]
		return n
	}
	// TWO: main.returns(
	// TWO-NEXT: lines.go:[[#@LINE+1]]
	return r + 1
}

//go:noinline
func calls(n int) {
	defer println("deferred")
	if n&1 != 0 {
		// THREE: main.calls(
		// THREE-NEXT: lines.go:[[#@LINE+1]]
		fail(n)
	} else {
		// FOUR: main.calls(
		// FOUR-NEXT: lines.go:[[#@LINE+1]]
		fail(n)
	}
}

var (
	nothing chan int
	count   int
)

//go:noinline
func closes(n int) (r int) {
	if n == 0 {
		return
	}
	defer close(nothing)
	if n > 100 {
		r = n
	}
	if n&1 != 0 {
		// FIVE: main.closes(
		// FIVE-NEXT: lines.go:[[#@LINE+1]]
		return
	}
	// SIX: main.closes(
	// SIX-NEXT: lines.go:[[#@LINE+1]]
	return
}

func counts(n int) {
	count += n
	close(nothing)
}

//go:noinline
func inlines(n int) {
	defer func() { count++ }()
	if n&1 != 0 {
		// SEVEN: main.inlines(
		// SEVEN-NEXT: lines.go:[[#@LINE+1]]
		counts(3)
	} else {
		// EIGHT: main.inlines(
		// EIGHT-NEXT: lines.go:[[#@LINE+1]]
		counts(3)
	}
}

// With a result on the heap nothing is open-coded, and what is deferred runs at the closing brace.
func exposes(n int) (r int) {
	fails := func(m int) {
		if m > 8 {
			panic(&r)
		}
	}
	defer fails(n)
	return n + 1
	// NINE: main.exposes(
	// NINE-NEXT: lines.go:[[#@LINE+1]]
}

func main() {
	switch n := len(os.Args) - 1; n {
	case 1, 2:
		returns(n)
	case 5, 6:
		closes(n)
	case 7, 8:
		inlines(n)
	case 9:
		exposes(n)
	default:
		calls(n)
	}
}

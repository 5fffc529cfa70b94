// Two calls that LLVM could make one keep their lines in tracebacks: calls at the ends of two branches, and what runs
// the deferred calls at two returns.
//
// RUN: %gosubc build -d=nodeferopen,nodeferstack -o %t %s
// RUN: not %t 1 2>&1 | FileCheck %s --check-prefix=ONE
// RUN: not %t 1 2 2>&1 | FileCheck %s --check-prefix=TWO
// RUN: not %t 1 2 3 2>&1 | FileCheck %s --check-prefix=THREE
// RUN: not %t 1 2 3 4 2>&1 | FileCheck %s --check-prefix=FOUR

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

func main() {
	switch n := len(os.Args) - 1; n {
	case 1, 2:
		returns(n)
	default:
		calls(n)
	}
}

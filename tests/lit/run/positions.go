// Tracebacks place a failing expression at its operator, wherever its operands are: selectors, type assertions,
// indices and calls behind what they are applied to, places of assignments where they are written.
//
// RUN: %gosubc build -o %t %s
// RUN: not %t field 2>&1 | FileCheck %s --check-prefix=FIELD
// RUN: not %t type 2>&1 | FileCheck %s --check-prefix=TYPE
// RUN: not %t call 2>&1 | FileCheck %s --check-prefix=CALL
// RUN: not %t slice 2>&1 | FileCheck %s --check-prefix=SLICE
// RUN: not %t divide 2>&1 | FileCheck %s --check-prefix=DIVIDE
// RUN: not %t map 2>&1 | FileCheck %s --check-prefix=MAP
// RUN: not %t index 2>&1 | FileCheck %s --check-prefix=INDEX
// RUN: not %t store 2>&1 | FileCheck %s --check-prefix=STORE

package main

import "os"

type node struct {
	next   *node
	value  int
	any    any
	counts map[string]int
	list   []int
	do     func()
}

var n = &node{}

//go:noinline
func number(i int) int { return i }

func fails(how string) int {
	switch how {
	case "field":
		return n.
			// FIELD: main.fails(
			// FIELD-NEXT: positions.go:[[#@LINE+1]]
			next.
			value
	case "type":
		return n.value +
			n.
				// TYPE: main.fails(
				// TYPE-NEXT: positions.go:[[#@LINE+1]]
				any.
				(int)
	case "call":
		n.
			// CALL: main.fails(
			// CALL-NEXT: positions.go:[[#@LINE+1]]
			do(
			)
	case "slice":
		return len(n.
			// SLICE: main.fails(
			// SLICE-NEXT: positions.go:[[#@LINE+1]]
			list[
			1:])
	case "divide":
		return number(
			7) +
			number(
				// DIVIDE: main.fails(
				// DIVIDE-NEXT: positions.go:[[#@LINE+1]]
				7)/
				n.value
	case "map":
		n.
			// MAP: main.fails(
			// MAP-NEXT: positions.go:[[#@LINE+1]]
			counts["x"] =
			number(1)
	case "index":
		n.value, n.
			// INDEX: main.fails(
			// INDEX-NEXT: positions.go:[[#@LINE+1]]
			list[n.value] = 1,
			number(2)
	case "store":
		n.
			// STORE: main.fails(
			// STORE-NEXT: positions.go:[[#@LINE+1]]
			next.
			value =
			number(3)
	}
	return 0
}

func main() {
	fails(os.Args[1])
}

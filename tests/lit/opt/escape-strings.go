// Short strings and byte slices that stay local are built in a buffer of the frame; those that are kept are not.
// RUN: %gosubc build --emit=ir -o - %s | FileCheck %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

var (
	text  string
	bytes []byte
)

// CHECK-LABEL: func @"main.local" noinline
// CHECK: new stack
// CHECK: call runtime concatstring2
// CHECK: new stack
// CHECK: call runtime stringtoslicebyte
// CHECK: new stack
// CHECK: call runtime slicebytetostring
// CHECK-LABEL: func
//
//go:noinline
func local(a, b string) int {
	s := a + b
	buf := []byte(s)
	buf[0] = 'x'
	t := string(buf)
	buf[1] = 'y'
	return len(s) + int(t[0]) + int(t[1])
}

// CHECK-LABEL: @"main.keeps" noinline
// CHECK: new optional
// CHECK: call runtime concatstring2
// CHECK: new optional
// CHECK: call runtime stringtoslicebyte
// CHECK-LABEL: func
//
//go:noinline
func keeps(a, b string) {
	text = a + b
	bytes = []byte(text)
	bytes[0] = 'z'
}

// Each turn has its own.
//
// CHECK-LABEL: @"main.turns" noinline
// CHECK: new optional
// CHECK: call runtime concatstring2
// CHECK-LABEL: func
//
//go:noinline
func turns(a string, n int) (longest string) {
	for range n {
		s := longest + a
		longest = s
	}
	return
}

func main() {
	// OUT: 224
	// OUT-NEXT: abc zbc
	// OUT-NEXT: ababab
	println(local("ab", "c") + 3)
	keeps("a", "bc")
	println(text, string(bytes))
	println(turns("ab", 3))
}

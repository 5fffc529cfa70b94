// RUN: %gosubc build -o %t %s
// RUN: %exits 3 %t | FileCheck %s --check-prefix=OUT
// RUN: %t a b c | FileCheck %s
package main

import (
	"fmt"
	"os"
)

// OUT: no arguments
// OUT-NOT: deferred
// CHECK: [a b c]
// CHECK-NEXT: deferred
func main() {
	defer fmt.Println("deferred")
	if len(os.Args) == 1 {
		fmt.Println("no arguments")
		os.Exit(3)
	}
	fmt.Println(os.Args[1:])
}

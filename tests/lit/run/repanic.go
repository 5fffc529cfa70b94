// RUN: %gosubc build -o %t %s
// RUN: %exits 2 %t 2>&1 | FileCheck %s
package main

import "errors"

// CHECK: panic: first [recovered]
// CHECK-NEXT: {{^	}}panic: second
func main() {
	defer func() {
		if recover() != nil {
			panic(errors.New("second"))
		}
	}()
	panic("first")
}

// Small functions of imported packages are inlined, and what they don't keep stays in the frame.
// RUN: %gosubc build --emit=ir -o - %s | FileCheck --check-prefix=IR %s
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
// RUN: %gosubc build -O0 --emit=ir -o - %s | FileCheck --check-prefix=O0 %s
package main

import (
	"strconv"
	"strings"
)

// IR-LABEL: func @"main.digits"
// IR: makeslice stack
// IR: call @"strconv.AppendInt"
//
//go:noinline
func digits(n int) int { return len(strconv.AppendInt(make([]byte, 0, 32), int64(n), 10)) }

// CHECK-LABEL: define{{.*}} @main.has(
// CHECK-NOT: @strings.HasPrefix(
// CHECK: ret
//
//go:noinline
func has(s string) bool { return strings.HasPrefix(s, "prefix") }

func main() { println(digits(12), has("x")) }

// IR: func @"strings.HasPrefix" available_externally
// O0-NOT: available_externally

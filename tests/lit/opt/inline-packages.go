// Small functions of other packages are inlined, through several packages if they are hardly more than a call; //go:noinline ones and
// those that are large stay calls. At -O0 all are calls.
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
// RUN: %gosubc build -O0 --emit=llvm-ir -o - %s | FileCheck --check-prefix=O0 %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

import (
	"bytes"
	"math/bits"
	"strings"
	"unicode/utf8"
)

// CHECK-LABEL: define{{.*}} @main.small(
// CHECK-NOT: call {{.*}}@strings.
// CHECK-NOT: call {{.*}}utf8
// CHECK: ret
//
// O0-LABEL: define{{.*}} @main.small(
// O0: call {{.*}}@strings.HasSuffix(
// O0: call {{.*}}@"unicode/utf8.RuneLen"(
//
//go:noinline
func small(s string, r rune) int {
	if strings.HasSuffix(s, "x") {
		return bits.Len(uint(len(s)))
	}
	return utf8.RuneLen(r)
}

// Of bytes, of internal/bytealg, of there a helper.
//
// CHECK-LABEL: define{{.*}} @main.deep(
// CHECK-NOT: call {{.*}}ytealg
// CHECK: call {{.*}}@gosubc_memchr(
// CHECK-NOT: call {{.*}}ytealg
// CHECK: ret
//
//go:noinline
func deep(b []byte) int { return bytes.IndexByte(b, 'x') }

// CHECK-LABEL: define{{.*}} @main.large(
// CHECK: call {{.*}}@strings.Fields(
//
//go:noinline
func large(s string) int { return len(strings.Fields(s)) }

//go:noinline
func never(n int) int { return n + 1 }

// CHECK-LABEL: define{{.*}} @main.calls(
// CHECK: call {{.*}}@main.never(
//
//go:noinline
func calls(n int) int { return never(n) }

func main() {
	// OUT: 3 2
	// OUT-NEXT: 3 -1
	// OUT-NEXT: 3
	// OUT-NEXT: 5
	println(small("abcx", 'a'), small("abc", 'é'))
	println(deep([]byte("abcx")), deep(nil))
	println(large(" a b  c"))
	println(calls(4))
}

// Searches of bytes and strings are the runtime's vector code, called directly; those of what is known to be short or absent are none.
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

import (
	"bytes"
	"strings"
)

// CHECK-LABEL: define{{.*}} @main.one(
// CHECK: call i64 @gosubc_memchr(
// CHECK: ret
//
//go:noinline
func one(s string) int { return strings.IndexByte(s, 'x') }

// CHECK-LABEL: define{{.*}} @main.slice(
// CHECK-NOT: call {{.*}}bytes
// CHECK: call i64 @gosubc_memchr(
// CHECK: ret
//
//go:noinline
func slice(b []byte) int { return bytes.IndexByte(b, 'x') }

// CHECK-LABEL: define{{.*}} @main.rune(
// CHECK: call i64 @gosubc_memchr(
// CHECK: ret
//
//go:noinline
func rune(s string) bool { return strings.ContainsRune(s, 'x') }

// No copies of the bytes, either.
//
// CHECK-LABEL: define{{.*}} @main.equal(
// CHECK-NOT: @gosubc_slicebytetostring
// CHECK: call {{.*}}@bcmp(
// CHECK-NOT: @gosubc_slicebytetostring
// CHECK: {{ret i1|^}$}}
//
//go:noinline
func equal(a, b []byte) bool { return bytes.Equal(a, b) }

// CHECK-LABEL: define{{.*}} @main.text(
// CHECK: call {{.*}}ndex
// CHECK: ret i64
//
//go:noinline
func text(s, t string) int { return strings.Index(s, t) }

// A loop of the program's own remains one.
//
// CHECK-LABEL: define{{.*}} @main.own(
// CHECK-NOT: call {{.*}}gosubc
// CHECK: {{ret i64}}
//
//go:noinline
func own(s string) int {
	for i := range len(s) {
		if s[i]|0x20 == 'x' {
			return i
		}
	}
	return -1
}

func main() {
	// OUT: 80 -1 80 true true 81 -1 80
	s := strings.Repeat("ab", 40) + "xyz"
	println(one(s), one("ab"), slice([]byte(s)), rune(s), equal([]byte(s), []byte(s)), text(s, "yz"), text(s, "zz"), own(s))
}

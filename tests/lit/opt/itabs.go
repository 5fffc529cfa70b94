// Assertions to interface types compare the dynamic type with that of an entry of a cache, and ask the runtime
// only if that is another.
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
// RUN: %gosubc run %s 2>&1 | FileCheck --check-prefix=OUT %s
package main

import "fmt"

type sizer interface{ size() int }
type namer interface{ name() string }
type num int
type text string

func (n num) size() int   { return int(n) }
func (t *text) size() int { return len(*t) }
func (t *text) name() string { return string(*t) }

// CHECK-LABEL: define{{.*}} @main.total(
// CHECK: load atomic ptr, ptr @"itabcache:main.sizer" monotonic
// CHECK: load atomic ptr{{.*}}monotonic
// CHECK: icmp eq ptr
// CHECK: call ptr @gosubc_find_itab_cached(
// CHECK: ret i64
//
//go:noinline
func total(list []any) int {
	n := 0
	for _, v := range list {
		if s, ok := v.(sizer); ok {
			n += s.size()
		}
	}
	return n
}

func name(v any) (s string) {
	defer func() {
		if r := recover(); r != nil {
			s = fmt.Sprint(r)
		}
	}()
	return v.(namer).name()
}

func main() {
	t := text("abc")
	for range 3 {
		// OUT-COUNT-3: 10
		println(total([]any{num(3), &t, nil, "no", num(4)}))
	}
	for range 2 {
		// OUT: abc
		// OUT-NEXT: interface conversion: main.num is not main.namer: missing method name
		// OUT-NEXT: interface conversion: interface is nil, not main.namer
		println(name(&t))
		println(name(num(1)))
		println(name(nil))
	}
}

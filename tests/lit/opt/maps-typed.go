// Map operations are code for the map's own key and element types: hashing and comparing inline, no descriptors, elements
// changed in place with one search. Only keys that are interfaces ask the runtime.
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck %s
// RUN: %gosubc build --emit=ir -o - %s | FileCheck --check-prefix=IR %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

type key struct{ a, b int16 }

// IR-LABEL: func @"main.count" noinline
// IR-COUNT-1: call @"internal/runtime/maps.
// IR-NOT: call
// IR: return
//
// One search for reading and writing.
//
//go:noinline
func count(m map[string]int, s string) { m[s] += len(s) }

// IR-LABEL: func @"main.get" noinline
// IR: call @"internal/runtime/maps.Get[int32,main.key]"
// IR-NOT: call
// IR: return
//
//go:noinline
func get(m map[int32]key, k int32) (key, bool) {
	v, ok := m[k]
	return v, ok
}

//go:noinline
func remove(m map[key]string, k key) { delete(m, k) }

//go:noinline
func dynamic(m map[any]int, k any) int { return m[k] }

// CHECK-LABEL: define{{.*}} @"internal/runtime/maps.(*Map[int32,main.key]).find"(
// CHECK-NOT: @gosubc_{{nil|inter|str|ef}}
// CHECK: ret ptr
//
// CHECK-LABEL: define{{.*}} @"internal/runtime/maps.(*Map[interface {},int]).find"(
// CHECK: @gosubc_nilinterhash(
// CHECK: ret ptr

func main() {
	// OUT: 2 2 2
	// OUT-NEXT: 1 2 true
	// OUT-NEXT: false
	// OUT-NEXT: 1 y
	// OUT-NEXT: 4
	// OUT-NEXT: runtime error: hash of unhashable type []int
	m := map[string]int{}
	for _, s := range []string{"a", "bc", "a"} {
		count(m, s)
	}
	println(len(m), m["a"], m["bc"])
	v, ok := get(map[int32]key{5: {1, 2}}, 5)
	println(v.a, v.b, ok)
	_, ok = get(nil, 5)
	println(ok)
	names := map[key]string{{1, 2}: "x", {2, 1}: "y"}
	remove(names, key{1, 2})
	println(len(names), names[key{2, 1}])
	println(dynamic(map[any]int{1: 2, "a": 3, key{1, 1}: 4}, key{1, 1}))
	defer func() { println(recover().(error).Error()) }()
	dynamic(map[any]int{1: 2}, []int{})
}

// Conversions to interfaces that allocate nothing even when the value is kept: zero-size values, pointers, constants, bytes and bools, small
// integers, zero. All others do.
// RUN: %gosubc build --emit=opt -o - %s | FileCheck %s
// RUN: %gosubc build --emit=llvm-ir -o - %s | FileCheck --check-prefix=LL %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

import "runtime"

type empty struct{}
type id uint16

var sink any
var err error

func (empty) Error() string { return "empty" }

// LL-LABEL: define{{.*}} @main.none(
// LL-NOT: call {{.*}}@gosubc
// LL: ret
//
// CHECK-DAG: allocate: main.none: {{[0-9]+}}, left: none
//
//go:noinline
func none(b byte, ok bool, p *int, f func()) {
	sink = empty{}
	err = empty{}
	sink = b
	sink = ok
	sink = p
	sink = f
	sink = 1 << 40
	sink = "constant"
	sink = 2.5
	sink = [2]string{"a", "b"}
	sink = any(nil)
}

// Below 256 they are there already.
//
// LL-LABEL: define{{.*}} @main.integer(
// LL: icmp ult i16 %{{.*}}, 256
// LL: gosubc_staticbytes
// LL: call {{.*}}@gosubc_newobject_noscan(i64 2)
// LL: ret
//
//go:noinline
func integer(n id) { sink = n }

// CHECK-DAG: allocate: main.others: 3, left: newobject 1, newobject_noscan 2
//
//go:noinline
func others(f float64, s string, a [2]int) (x, y, z any) {
	if x = f; f > 1 {
		y = s
	}
	if f > 2 {
		z = a
	}
	return
}

func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 100 {
		f()
	}
	runtime.ReadMemStats(&after)
	return (after.Mallocs - before.Mallocs) / 100
}

func main() {
	// OUT: 0 0 1
	// OUT-NEXT: 255 true false
	// OUT-NEXT: 256 true
	// OUT-NEXT: true s 2
	// OUT-NEXT: true empty
	n := 0
	println(allocated(func() { none(7, true, &n, nil) }), allocated(func() { integer(255) }), allocated(func() { integer(256) }))
	integer(255)
	println(sink.(id), sink == any(id(255)), sink == any(255))
	integer(256)
	println(sink.(id), sink == any(id(256)))
	x, y, z := others(2.5, "s", [2]int{1, 2})
	println(x.(float64) == 2.5, y.(string), z.([2]int)[1])
	none(7, true, &n, nil)
	println(sink == nil, err.Error())
}

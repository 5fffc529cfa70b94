// Loops over slices are vectorised, with checks for overlap where two are involved; bounds checks of the second slice don't hinder
// that: the vector loop ends before the first index that is out of range. Loops with calls, or whose turns depend on each other, stay.
// RUN: %gosubc build --emit=opt -o - %s | FileCheck %s
// RUN: %gosubc build --emit=opt -o - %s | FileCheck --check-prefix=NO %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

// CHECK-DAG: vectorize: main.sum: loops 1
//
//go:noinline
func sum(s []int32) (n int32) {
	for _, x := range s {
		n += x
	}
	return
}

// CHECK-DAG: vectorize: main.scale: loops 1
//
//go:noinline
func scale(s []float64, f float64) {
	for i := range s {
		s[i] *= f
	}
}

// CHECK-DAG: vectorize: main.add: loops 1
// CHECK-DAG: checks: main.add: 2, left: index 1
//
//go:noinline
func add(a, b []int) {
	for i := range a {
		a[i] += b[i]
	}
}

// CHECK-DAG: vectorize: main.multiply: loops 1
//
//go:noinline
func multiply(dst, a, b []float64, n int) {
	for i := 0; i < n; i++ {
		dst[i] = a[i] * b[i]
	}
}

// The length is tested once, before.
//
// CHECK-DAG: vectorize: main.cut: loops 1
// CHECK-DAG: checks: main.cut: 3, left: slice 1
//
//go:noinline
func cut(a, b []byte) {
	b = b[:len(a)]
	for i, x := range a {
		a[i] = x ^ b[i]
	}
}

// CHECK-DAG: vectorize: main.largest: loops 1
//
//go:noinline
func largest(s []int32) int32 {
	m := int32(-1 << 31)
	for _, x := range s {
		m = max(m, x)
	}
	return m
}

// NO-NOT: vectorize: main.floats
//
// The order of additions counts.
//
//go:noinline
func floats(s []float64) (n float64) {
	for _, x := range s {
		n += x
	}
	return
}

// NO-NOT: vectorize: main.chain
//
//go:noinline
func chain(s []int) {
	for i := 1; i < len(s); i++ {
		s[i] += s[i-1] * s[i-1]
	}
}

// NO-NOT: vectorize: main.calls
//
//go:noinline
func calls(s []int, f func(int) int) {
	for i := range s {
		s[i] = f(s[i])
	}
}

func main() {
	// OUT: -14 50 2311 -8463257613553957800 1560 20540 5 245 238
	// OUT-NEXT: runtime error: index out of range [30] with length 30
	// OUT-NEXT: 875 5
	n := make([]int32, 100)
	a, b, c := make([]int, 40), make([]int, 40), make([]int, 40)
	x, y := make([]float64, 40), make([]byte, 70)
	for i := range n {
		n[i] = int32(i*37%101 - 50)
	}
	for i := range a {
		a[i], b[i], c[i], x[i], y[i] = i, i*i, 3, float64(i)/4, byte(i*7)
	}
	scale(x, 2)
	add(a, b)
	// Overlapping.
	add(b[1:], b)
	add(c, c)
	multiply(x, x, x, 30)
	cut(y[:35], y[35:])
	chain(a[:9])
	calls(c, func(n int) int { return n - 1 })
	println(sum(n), largest(n), int(floats(x)), a[8], a[39], b[39], c[39], y[0], y[34])
	// What comes before the index that is out of range is done.
	defer func() {
		println(recover().(error).Error())
		println(c[29], c[30])
	}()
	add(c, a[:30])
}

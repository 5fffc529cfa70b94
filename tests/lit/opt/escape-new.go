// new(T) is in the frame unless it is kept, or lives on when the loop that makes it turns.
// RUN: %gosubc build --emit=opt -o - %s | FileCheck %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

type buffer struct {
	data [16]int
	n    int
}

//go:noinline
func (b *buffer) add(x int) { b.data[b.n&15] = x; b.n++ }

// CHECK-DAG: escape: main.local: 2 of 2 allocations
//
//go:noinline
func local(n int) int {
	b, p := new(buffer), new(int)
	for i := range n {
		b.add(i)
		*p += i
	}
	return b.n + *p + b.data[2]
}

// CHECK-DAG: escape: main.fresh: 1 of 1 allocations
//
// Zero again in each turn.
//
//go:noinline
func fresh(n int) (most int) {
	for i := range n {
		b := new(buffer)
		b.add(i)
		most = max(most, b.n)
	}
	return
}

// CHECK-DAG: escape: main.returned: 0 of 1 allocations
//
//go:noinline
func returned(n int) *buffer {
	b := new(buffer)
	b.add(n)
	return b
}

var ch = make(chan *int, 1)

// CHECK-DAG: escape: main.sent: 0 of 1 allocations
//
//go:noinline
func sent(n int) {
	p := new(int)
	*p = n
	ch <- p
}

// CHECK-DAG: escape: main.large: 0 of 1 allocations
//
//go:noinline
func large(n int) int {
	a := new([1 << 17]byte)
	for i := range a {
		a[i] = byte(i * n)
	}
	return int(a[7])
}

func main() {
	// OUT: 17
	// OUT-NEXT: 1
	// OUT-NEXT: 6
	// OUT-NEXT: 9
	// OUT-NEXT: 21
	println(local(5))
	println(fresh(5))
	println(returned(6).data[0])
	sent(9)
	println(*<-ch)
	println(large(3))
}

// Pull iterators: ends, stop, panics and Goexit in the iterator.
// RUN: %gosubc run %s | FileCheck %s
package main

import (
	"fmt"
	"iter"
	"runtime"
	"slices"
)

func main() {
	next, stop := iter.Pull(slices.Values([]int{1, 2}))
	for v, ok := next(); ok; v, ok = next() {
		fmt.Println(v)
	}
	// CHECK: 1
	// CHECK-NEXT: 2
	fmt.Println(next()) // CHECK-NEXT: 0 false
	stop()

	next2, stop2 := iter.Pull2(slices.All([]string{"a", "b", "c"}))
	fmt.Println(next2()) // CHECK-NEXT: 0 a true
	stop2()
	stop2()
	fmt.Println(next2()) // CHECK-NEXT: 0  false

	caught(func() {
		next, _ := iter.Pull(func(yield func(int) bool) {
			yield(1)
			panic("in next")
		})
		next()
		next()
	}) // CHECK-NEXT: caught in next
	caught(func() {
		next, stop := iter.Pull(func(yield func(int) bool) {
			defer func() { panic("in stop") }()
			fmt.Println(yield(1)) // CHECK-NEXT: false
		})
		next()
		stop()
	}) // CHECK-NEXT: caught in stop

	done := make(chan bool)
	go func() {
		defer close(done)
		next, _ := iter.Pull(func(yield func(int) bool) {
			yield(7)
			runtime.Goexit()
		})
		fmt.Println(next()) // CHECK-NEXT: 7 true
		next()
		fmt.Println("not reached")
	}()
	<-done
	fmt.Println("end") // CHECK-NEXT: end
}

func caught(f func()) {
	defer func() { fmt.Println("caught", recover()) }()
	f()
}

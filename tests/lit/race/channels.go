// Programs that are ordered by channels: nothing to report, however the goroutines run.
//
// RUN: %gosubc build -race -o %t %s
// RUN: %t 2>&1 | FileCheck %s
// RUN: env GOMAXPROCS=4 GODEBUG=gcstress=1 %t 2>&1 | FileCheck %s
// CHECK-NOT: DATA RACE
// CHECK: 10 202
// CHECK-NOT: DATA RACE
package main

import "fmt"

type pair struct{ a, b int }

func main() {
	// All of it is ordered by channels: nothing to report.
	x := 0
	c := make(chan int)
	go func() { x = 1; c <- 1 }()
	<-c
	x = 2
	b := make(chan int, 1)
	go func() { x = 3; b <- 1 }()
	<-b
	x++
	d := make(chan struct{})
	go func() { x = 4; close(d) }()
	<-d
	x++
	// k-th receive before k+C-th send
	e := make(chan int, 1)
	y := 0
	done := make(chan bool)
	go func() {
		for range 100 {
			e <- 0
			y++
			<-e
		}
		done <- true
	}()
	for range 100 {
		e <- 0
		y++
		<-e
	}
	<-done
	s := make(chan struct{}, 1)
	go func() {
		s <- struct{}{}
		y++
		<-s
		done <- true
	}()
	s <- struct{}{}
	y++
	<-s
	<-done
	f, g := make(chan int), make(chan int)
	go func() {
		x = 9
		select {
		case f <- 1:
		case <-g:
		}
	}()
	select {
	case <-f:
	case g <- 1:
	}
	x = 10
	fmt.Println(x, y)
}

// A program's own profile makes a better program of it, which prints the same; stripped programs make as good ones.
// RUN: %gosubc build -o %t.exe %s && %t.exe %t.pgo > %t.out
// RUN: %gosubc build -pgo=%t.pgo -m -o %t.better %s 2>&1 | FileCheck --check-prefix=SAID %s
// RUN: %t.better | diff - %t.out
// RUN: FileCheck %s < %t.out
// RUN: %gosubc build "-ldflags=-s -w" -o %t.stripped %s && %t.stripped %t.stripped.pgo | diff - %t.out
// RUN: %gosubc build -pgo=%t.stripped.pgo -m -o %t.better %s 2>&1 | FileCheck --check-prefix=SAID %s
package main

import (
	"fmt"
	"os"
	"runtime/pprof"
)

type step interface{ next(x uint64) uint64 }

type xorshift struct{ n uint }

func (s *xorshift) next(x uint64) uint64 {
	for range 50 {
		x ^= x << s.n
		x ^= x >> 7
		x ^= x << 17
	}
	return x
}

type weyl uint64

func (w weyl) next(x uint64) uint64 { return x + uint64(w) }

//go:noinline
func walk(steps []step, n int) uint64 {
	x := uint64(1)
	for i := range n {
		// SAID: pgo-self.go:[[#@LINE+1]]:{{.*}}PGO devirtualizing interface call steps[i%len(steps)].next to (*xorshift).next
		x = steps[i%len(steps)].next(x)
	}
	return x
}

func main() {
	if len(os.Args) > 1 {
		f, err := os.Create(os.Args[1])
		if err != nil {
			panic(err)
		}
		pprof.StartCPUProfile(f)
		defer pprof.StopCPUProfile()
	}
	// CHECK: walked [[#]]
	fmt.Println("walked", walk([]step{&xorshift{13}, weyl(0x9e3779b97f4a7c15)}, 10_000_000))
}

// RUN: %gosubc run %s | FileCheck %s --match-full-lines
// Profiles that programs make themselves, of goroutines, and labels.
package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"runtime/pprof"
	"strings"
)

//go:noinline
func hold(p *pprof.Profile, what string) { p.Add(what, 0) }

func waiter(c chan int) { <-c }

func main() {
	// CHECK: goroutine true 1
	fmt.Println(pprof.Lookup("goroutine").Name(), pprof.Lookup("nothing") == nil, pprof.Lookup("goroutine").Count())
	p := pprof.NewProfile("held")
	hold(p, "a")
	hold(p, "b")
	hold(p, "c")
	p.Remove("b")
	// CHECK-NEXT: 2
	fmt.Println(p.Count())
	var b strings.Builder
	p.WriteTo(&b, 1)
	// CHECK-NEXT: held profile: total 2
	// CHECK-NEXT: true true
	fmt.Print(b.String()[:strings.IndexByte(b.String(), '\n')+1])
	fmt.Println(strings.Contains(b.String(), "main.hold"), strings.Contains(b.String(), "main.main"))
	func() {
		defer func() { fmt.Println(recover()) }()
		// CHECK-NEXT: pprof: Profile.Add of duplicate value
		p.Add("a", 0)
	}()

	c := make(chan int)
	ctx := pprof.WithLabels(context.Background(), pprof.Labels("kind", "waiter", "n", "1", "n", "2"))
	pprof.Do(ctx, pprof.Labels("more", "x"), func(ctx context.Context) {
		started := make(chan bool)
		for range 3 {
			go func() { started <- true; waiter(c) }()
			<-started
		}
		pprof.ForLabels(ctx, func(k, v string) bool { fmt.Print(k, "=", v, " "); return true })
		fmt.Println()
		// CHECK-NEXT: kind=waiter more=x n=2
	})
	// CHECK-NEXT: 2 true
	v, ok := pprof.Label(ctx, "n")
	fmt.Println(v, ok)
	b.Reset()
	pprof.Lookup("goroutine").WriteTo(&b, 1)
	// CHECK-NEXT: # labels: {"kind":"waiter", "more":"x", "n":"2"}
	for line := range strings.Lines(b.String()) {
		if strings.HasPrefix(line, "# labels") {
			fmt.Print(line)
			break
		}
	}
	close(c)

	var out bytes.Buffer
	// CHECK-NEXT: <nil> cpu profiling already in use
	fmt.Println(pprof.StartCPUProfile(&out), pprof.StartCPUProfile(&out))
	pprof.StopCPUProfile()
	z, err := gzip.NewReader(&out)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	text, _ := io.ReadAll(z)
	// CHECK-NEXT: true
	fmt.Println(bytes.Contains(text, []byte("nanoseconds")))
	// CHECK-NEXT: pprof: heap profiles are not supported by gosubc
	fmt.Println(pprof.WriteHeapProfile(io.Discard))
}

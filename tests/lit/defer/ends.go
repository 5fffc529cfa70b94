// How programs end that panic, recover and call Goexit: what Go 1.27.3 prints and its exit code, which is what its own
// runtime tests ask of it (behaviours of panic_test.go, and of crash_test.go as far as it is about panics):
//   - values of named basic types are printed with their type; line breaks in them are indented
//   - panic of nil in three spellings is a *runtime.PanicNilError; runtime panics are runtime.Errors
//   - a fatal error during a panic prints the panics first, itself as the last of them; with [recovered, repanicked]
//   - panics that end after others were recovered don't show these: recovered in another deferred call of the same
//     frame, in an outer frame, in a nested deferred call, while an outer frame has open-coded defers
//   - panics that were recovered and replaced show; the same value again is one line, in the middle too, but not with
//     another between
//   - Goexit on main with other goroutines, after a panic, with a panic that is recovered in a deferred call or by an
//     older deferred call is the end of main, then deadlock; a panic that isn't recovered is one
//   - a panic in an Error or String method is fatal, with the text of strings alone; a loop of them ends
//   - Error may call the scheduler and print; go of a nil function is fatal, never recovered
//   - the traceback has the deferred calls, the panics and the frames below in order, an inlined method, the creator
//   - the main goroutine is number 1; no goroutine of the runtime shows; the stack overflow is fatal
//   - exiting waits for the printing of a panic on another goroutine
//
// RUN: %gosubc build -o %t.O2 %s
// RUN: sh %S/Inputs/each.sh %t.O2 | FileCheck %s
// RUN: env GODEBUG=panicnil=1 %exits 2 %t.O2 nilAllowed 2>&1 | FileCheck --check-prefix=NIL %s
// RUN: %gosubc build -O0 -o %t.O0 %s
// RUN: sh %S/Inputs/each.sh %t.O0 | FileCheck %s
// RUN: %gosubc build -d=nodeferopen -o %t.stack %s
// RUN: sh %S/Inputs/each.sh %t.stack | FileCheck %s
// RUN: %gosubc build -O0 -d=nodeferopen,nodeferstack -o %t.heap %s
// RUN: sh %S/Inputs/each.sh %t.heap | FileCheck %s
package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"time"
)

type (
	Flag  bool
	Int   int
	I8    int8
	I16   int16
	I32   int32
	I64   int64
	Uint  uint
	U8    uint8
	U16   uint16
	U32   uint32
	U64   uint64
	Uptr  uintptr
	F32   float32
	F64   float64
	C64   complex64
	C128  complex128
	Words string
)

type ending struct {
	name string
	run  func()
}

var null *int

// CHECK-LABEL: == values
// CHECK: panic: main.Flag(true)
// CHECK-NEXT: {{^}}	panic: main.Int(-12)
// CHECK-NEXT: {{^}}	panic: main.I8(-12)
// CHECK-NEXT: {{^}}	panic: main.I16(-12)
// CHECK-NEXT: {{^}}	panic: main.I32(-12)
// CHECK-NEXT: {{^}}	panic: main.I64(-12)
// CHECK-NEXT: {{^}}	panic: main.Uint(12)
// CHECK-NEXT: {{^}}	panic: main.U8(12)
// CHECK-NEXT: {{^}}	panic: main.U16(12)
// CHECK-NEXT: {{^}}	panic: main.U32(12)
// CHECK-NEXT: {{^}}	panic: main.U64(12)
// CHECK-NEXT: {{^}}	panic: main.Uptr(12)
// CHECK-NEXT: {{^}}	panic: main.F32(-2.25)
// CHECK-NEXT: {{^}}	panic: main.F64(-2.25)
// CHECK-NEXT: {{^}}	panic: main.C64(0.5+3i)
// CHECK-NEXT: {{^}}	panic: main.C128(0.5+3i)
// CHECK-NEXT: {{^}}	panic: main.Words("one
// CHECK-NEXT: {{^}}	two")
// CHECK-NEXT: {{^}}	panic: three
// CHECK-NEXT: {{^}}	four
// CHECK-NEXT: {{^}}	panic: 12
// CHECK-EMPTY:
// CHECK: exit 2
func values() {
	for _, v := range []any{12, "three\nfour", Words("one\ntwo"), C128(0.5 + 3i), C64(0.5 + 3i), F64(-2.25), F32(-2.25), Uptr(12),
		U64(12), U32(12), U16(12), U8(12), Uint(12), I64(-12), I32(-12), I16(-12), I8(-12), Int(-12)} {
		defer panic(v)
	}
	panic(Flag(true))
}

// CHECK-LABEL: == nils
// CHECK-NEXT: *runtime.PanicNilError true runtime error: panic called with nil argument
// CHECK-NEXT: *runtime.PanicNilError true runtime error: panic called with nil argument
// CHECK-NEXT: *runtime.PanicNilError true runtime error: panic called with nil argument
// CHECK-NEXT: true true true true true true
// CHECK-NEXT: panic: runtime error: panic called with nil argument
// CHECK-EMPTY:
func nils() {
	caught := func(f func()) (v any) {
		defer func() { v = recover() }()
		f()
		return
	}
	var none any
	var err error
	for _, f := range []func(){func() { panic(nil) }, func() { panic(none) }, func() { panic(err) }} {
		v := caught(f)
		_, is := v.(runtime.Error)
		fmt.Printf("%T %v %v\n", v, is, v)
	}
	var m map[int]int
	closed := make(chan int)
	close(closed)
	n := -1
	for i, f := range []func(){func() { m[1] = 1 }, func() { close(closed) }, func() { closed <- 1 }, func() { _ = make([]int, 1)[-n] },
		func() { _ = make(chan int, n) }, func() { close((chan int)(nil)) }} {
		_, is := caught(f).(runtime.Error)
		if i > 0 {
			fmt.Print(" ")
		}
		fmt.Print(is)
	}
	fmt.Println()
	panic(nil)
}

// CHECK-LABEL: == nilAllowed
// CHECK-NEXT: *runtime.PanicNilError
// CHECK-NEXT: panic: runtime error: panic called with nil argument
// NIL: <nil>
// NIL-NEXT: panic: nil
func nilAllowed() {
	func() {
		defer func() { fmt.Printf("%T\n", recover()) }()
		panic(nil)
	}()
	panic(nil)
}

// CHECK-LABEL: == fatal
// CHECK-NEXT: panic: runtime.errorString("invalid memory address or nil pointer dereference")
// CHECK-NEXT: {{^}}	fatal error: sync: unlock of unlocked mutex
// CHECK-NEXT: [signal SIGSEGV: segmentation violation
// CHECK-EMPTY:
// CHECK: exit 2
func fatal() {
	var mu sync.Mutex
	defer mu.Unlock()
	*null = 1
}

// CHECK-LABEL: == fatal2
// CHECK-NEXT: panic: runtime.errorString("invalid memory address or nil pointer dereference") [recovered, repanicked]
// CHECK-NEXT: {{^}}	fatal error: sync: unlock of unlocked mutex
// CHECK: exit 2
func fatal2() {
	var mu sync.Mutex
	defer mu.Unlock()
	defer func() { panic(recover()) }()
	*null = 1
}

// CHECK-LABEL: == again
// CHECK-NEXT: wrapped first
// CHECK-NEXT: panic: second
// CHECK-EMPTY:
func again() {
	func() {
		defer func() { fmt.Println(recover()) }()
		func(big [4096]byte) {
			defer func() {
				if e := recover(); e != nil {
					panic("wrapped " + e.(string))
				}
			}()
			panic("first")
		}([4096]byte{})
	}()
	panic("second")
}

// CHECK-LABEL: == separate
// CHECK-NEXT: first
// CHECK-NEXT: second
// CHECK-NEXT: panic: third
// CHECK-EMPTY:
func separate() {
	func() {
		defer func() { fmt.Println(recover()) }()
		func(big [4096]byte) {
			defer func() { panic("second") }()
			defer func() { fmt.Println(recover()) }()
			panic("first")
		}([4096]byte{})
	}()
	panic("third")
}

// CHECK-LABEL: == inner
// CHECK-NEXT: panic: first
// CHECK-EMPTY:
func inner() {
	defer func() {
		defer func() { recover() }()
		panic("second")
	}()
	panic("first")
}

// CHECK-LABEL: == replaced
// CHECK-NEXT: panic: first [recovered]
// CHECK-NEXT: {{^}}	panic: second
// CHECK-EMPTY:
func replaced() {
	defer func() {
		recover()
		panic("second")
	}()
	panic("first")
}

//go:noinline
func middle() {
	defer func() {}()
	lowest()
}

//go:noinline
func lowest() {
	defer func() {}()
	defer func() { fmt.Println(recover()) }()
	defer func() {
		fmt.Println(recover())
		panic("second")
	}()
	panic("first")
}

// CHECK-LABEL: == rest
// CHECK-NEXT: first
// CHECK-NEXT: second
// CHECK-NEXT: panic: third
// CHECK-EMPTY:
func rest() {
	middle()
	panic("third")
}

// CHECK-LABEL: == same
// CHECK-NEXT: panic: text [recovered, repanicked]
// CHECK-EMPTY:
func same() {
	defer func() { panic(recover()) }()
	panic("text")
}

// CHECK-LABEL: == sameMiddle
// CHECK-NEXT: panic: low [recovered]
// CHECK-NEXT: {{^}}	panic: mid [recovered, repanicked]
// CHECK-NEXT: {{^}}	panic: high
// CHECK-EMPTY:
func sameMiddle() {
	defer func() {
		recover()
		panic("high")
	}()
	func() {
		defer func() { panic(recover()) }()
		func() {
			defer func() {
				recover()
				panic("mid")
			}()
			panic("low")
		}()
	}()
}

// CHECK-LABEL: == sandwich
// CHECK-NEXT: panic: bread [recovered]
// CHECK-NEXT: {{^}}	panic: cheese [recovered]
// CHECK-NEXT: {{^}}	panic: bread
// CHECK-EMPTY:
func sandwich() {
	var bread any
	defer func() {
		recover()
		panic(bread)
	}()
	func() {
		defer func() {
			bread = recover()
			panic("cheese")
		}()
		panic("bread")
	}()
}

// CHECK-LABEL: == twice
// CHECK-NEXT: panic: text
// CHECK-EMPTY:
func twice() {
	var v any = "text"
	defer func() { panic(v) }()
	panic(v)
}

// CHECK-LABEL: == goexit
// CHECK: fatal error: no goroutines (main called runtime.Goexit) - deadlock!
// CHECK: exit 2
func goexit() {
	for range 2 {
		go func() { time.Sleep(time.Millisecond) }()
	}
	x := new([8]int)
	runtime.SetFinalizer(x, func(*[8]int) {})
	runtime.GC()
	runtime.Goexit()
}

// CHECK-LABEL: == goexitInPanic
// CHECK-NEXT: fatal error: no goroutines (main called runtime.Goexit) - deadlock!
func goexitInPanic() {
	go func() {
		defer runtime.Goexit()
		panic("gone")
	}()
	runtime.Goexit()
}

// CHECK-LABEL: == panicInGoexit
// CHECK-NEXT: panic: loud
// CHECK-EMPTY:
func panicInGoexit() {
	defer func() { panic("loud") }()
	runtime.Goexit()
}

// CHECK-LABEL: == recoveredInGoexit
// CHECK-NEXT: loud
// CHECK-NEXT: fatal error: no goroutines (main called runtime.Goexit) - deadlock!
func recoveredInGoexit() {
	defer func() {
		defer func() { fmt.Println(recover()) }()
		panic("loud")
	}()
	runtime.Goexit()
}

// CHECK-LABEL: == recoveredByOlder
// CHECK-NEXT: loud
// CHECK-NEXT: fatal error: no goroutines (main called runtime.Goexit) - deadlock!
func recoveredByOlder() {
	defer func() { fmt.Println(recover()) }()
	defer func() { panic("loud") }()
	runtime.Goexit()
}

// CHECK-LABEL: == recoveredByOlderLoop
// CHECK-NEXT: loud
// CHECK-NEXT: 1
// CHECK-NEXT: 0
// CHECK-NEXT: fatal error: no goroutines (main called runtime.Goexit) - deadlock!
func recoveredByOlderLoop() {
	for i := range 2 {
		defer func() { fmt.Println(i) }()
	}
	defer func() { fmt.Println(recover()) }()
	defer func() { panic("loud") }()
	runtime.Goexit()
}

type badError struct{ v any }

func (e badError) Error() string { panic(e.v) }

type badStringer struct{ v any }

func (s badStringer) String() string { panic(s.v) }

// CHECK-LABEL: == errorPanics
// CHECK-NEXT: fatal error: panic while printing panic value: one
// CHECK-NEXT: {{^}}	two
// CHECK: exit 2
func errorPanics() { panic(badError{"one\ntwo"}) }

// CHECK-LABEL: == stringerPanics
// CHECK-NEXT: fatal error: panic while printing panic value: one
// CHECK-NEXT: {{^}}	two
// CHECK: exit 2
func stringerPanics() { panic(badStringer{"one\ntwo"}) }

// CHECK-LABEL: == errorPanicsTwice
// CHECK-NEXT: fatal error: panic while printing panic value: type main.badError
// CHECK: exit 2
func errorPanicsTwice() { panic(badError{badError{"text"}}) }

// CHECK-LABEL: == stringerPanicsTwice
// CHECK-NEXT: fatal error: panic while printing panic value: type main.badStringer
// CHECK: exit 2
func stringerPanicsTwice() { panic(badStringer{badStringer{"text"}}) }

type ring struct{}

func (*ring) Error() string { panic(&knot{}) }

type knot struct{}

func (*knot) Error() string { panic(&ring{}) }

// CHECK-LABEL: == circle
// CHECK-NEXT: fatal error: panic while printing panic value: type *main.knot
// CHECK: exit 2
func circle() { panic(&ring{}) }

type busy struct{}

func (busy) Error() string {
	runtime.Gosched()
	runtime.GC()
	fmt.Println("1")
	fmt.Println("2")
	return "3"
}

// CHECK-LABEL: == busyError
// CHECK-NEXT: 1
// CHECK-NEXT: 2
// CHECK-NEXT: panic: 3
// CHECK-EMPTY:
func busyError() { panic(busy{}) }

type collects string

func (s collects) String() string {
	runtime.GC()
	runtime.GC()
	return string(s)
}

// CHECK-LABEL: == collected
// CHECK-NEXT: panic: XX
// CHECK-NEXT: {{^}}	panic: YY
func collected() {
	defer func() { panic(collects([]byte("YY"))) }()
	panic(collects([]byte("XX")))
}

// CHECK-LABEL: == goNil
// CHECK-NEXT: fatal error: go of nil func value
func goNil() {
	defer func() { recover() }()
	var f func()
	go f()
	select {}
}

// CHECK-LABEL: == numbers
// CHECK-NEXT: panic: text
// CHECK-EMPTY:
// CHECK-NEXT: goroutine 1 [running]:
// CHECK-NOT: goroutine
// CHECK: exit 2
func numbers() {
	x := new([8]int)
	runtime.SetFinalizer(x, func(*[8]int) {})
	time.AfterFunc(time.Hour, func() {})
	panic("text")
}

// CHECK-LABEL: == trace
// CHECK-NEXT: panic: deep
// CHECK-NEXT: {{^}}	panic: mid
// CHECK-NEXT: {{^}}	panic: top
// CHECK-EMPTY:
// CHECK-NEXT: goroutine 1 [running]:
// CHECK-NEXT: main.trace.func1(
// CHECK-NEXT: ends.go:[[#@LINE + 13]]
// CHECK-NEXT: panic(
// CHECK: main.deeper.func1(
// CHECK-NEXT: ends.go:[[#@LINE + 17]]
// CHECK-NEXT: panic(
// CHECK: main.deeper(
// CHECK-NEXT: ends.go:[[#@LINE + 16]]
// CHECK-NEXT: main.trace(
// CHECK-NEXT: ends.go:[[#@LINE + 6]]
// CHECK-NEXT: main.main()
//
//go:noinline
func trace() {
	defer func() { panic("top") }()
	deeper()
}

//go:noinline
func deeper() {
	defer func() {
		panic("mid")
	}()
	panic("deep")
}

type point struct{ x, y *int }

func (p *point) turn() {
	*p.x = -*p.x
	*p.y = -*p.y
}

// CHECK-LABEL: == inlined
// CHECK: panic: runtime error: invalid memory address or nil pointer dereference
// CHECK-NEXT: [signal SIGSEGV: segmentation violation
// CHECK-EMPTY:
// CHECK-NEXT: goroutine 1 [running]:
// CHECK-NEXT: main.(*point).turn(
// CHECK-NEXT: ends.go:[[#@LINE - 10]]
// CHECK-NEXT: main.inlined(
func inlined() { new(point).turn() }

// CHECK-LABEL: == overflow
// CHECK-NEXT: runtime: goroutine stack exceeds 1000000000-byte limit
// CHECK-NEXT: runtime: sp=0x{{[0-9a-f]+}} stack=[0x{{[0-9a-f]+}}, 0x{{[0-9a-f]+}}]
// CHECK-NEXT: fatal error: stack overflow
// CHECK: exit 2
func overflow() {
	defer func() { recover() }()
	var f func(int) byte
	f = func(n int) byte {
		var buf [64 << 10]byte
		buf[n&7] = 1
		return buf[0] + f(n+1)
	}
	f(0)
}

// CHECK-LABEL: == race
// CHECK-NEXT: panic: crash
// CHECK: main.race.func1
// CHECK: created by main.race in goroutine 1
// CHECK: exit 2
func race() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer func() {
			wg.Done()
			runtime.Gosched()
		}()
		panic("crash")
	}()
	wg.Wait()
	time.Sleep(time.Second)
}

func main() {
	all := []ending{{"values", values}, {"nils", nils}, {"nilAllowed", nilAllowed}, {"fatal", fatal}, {"fatal2", fatal2}, {"again", again}, {"separate", separate},
		{"inner", inner}, {"replaced", replaced}, {"rest", rest}, {"same", same}, {"sameMiddle", sameMiddle}, {"sandwich", sandwich},
		{"twice", twice}, {"goexit", goexit}, {"goexitInPanic", goexitInPanic}, {"panicInGoexit", panicInGoexit},
		{"recoveredInGoexit", recoveredInGoexit}, {"recoveredByOlder", recoveredByOlder}, {"recoveredByOlderLoop", recoveredByOlderLoop},
		{"errorPanics", errorPanics}, {"stringerPanics", stringerPanics}, {"errorPanicsTwice", errorPanicsTwice},
		{"stringerPanicsTwice", stringerPanicsTwice}, {"circle", circle}, {"busyError", busyError}, {"collected", collected},
		{"goNil", goNil}, {"numbers", numbers}, {"trace", trace}, {"inlined", inlined}, {"overflow", overflow}, {"race", race}}
	for _, e := range all {
		if os.Args[1] == "list" {
			fmt.Println(e.name)
		} else if os.Args[1] == e.name {
			e.run()
		}
	}
}

// What gosubc vet finds, and what it leaves alone.
//
// RUN: %exits 1 %gosubc vet -error-format=short -e %s 2>&1 | FileCheck %s
// RUN: %exits 1 %gosubc vet -shadow -error-format=short -e %s 2>&1 | FileCheck %s --check-prefix=SHADOW

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

type name string

func (n name) String() string { return string(n) }

func printf(n int, s string, e error, d name) {
	// CHECK: :[[#@LINE+1]]:14: fmt.Printf format %d has arg s of wrong type string
	fmt.Printf("%d\n", s)
	// CHECK: :[[#@LINE+1]]:17: fmt.Printf format %s reads arg #2, but call has 1 arg
	fmt.Printf("%d %s\n", n)
	// CHECK: :[[#@LINE+1]]:2: fmt.Printf call needs 1 arg but has 2 args
	fmt.Printf("%d\n", n, n)
	// CHECK: :[[#@LINE+1]]:14: fmt.Printf format %z has unknown verb z
	fmt.Printf("%z\n", n)
	// CHECK: :[[#@LINE+1]]:2: fmt.Println call has possible Printf formatting directive %d
	fmt.Println("%d", n)
	// CHECK: :[[#@LINE+1]]:2: fmt.Println arg list ends with redundant newline
	fmt.Println(n, "\n")
	// CHECK: :[[#@LINE+1]]:19: fmt.Sprintf does not support error-wrapping directive %w
	_ = fmt.Sprintf("%w", e)
	fmt.Printf("%s %v %x %5.2f %*d %%\n", d, e, s, 1.5, 3, n)
	_ = fmt.Errorf("x: %w", e)
}

func unreachable(n int) int {
	if n > 0 {
		return 1
		// CHECK: :[[#@LINE+1]]:3: unreachable code
		n++
	}
	goto end
end:
	return n
}

func endless(c chan int, n int) int {
	for {
		if n > 3 {
			break
		}
		n++
	}
outer:
	for {
		for {
			break outer
		}
	}
	switch n {
	case 1:
		return 1
	default:
		panic("no")
	}
	// CHECK: :[[#@LINE+1]]:2: unreachable code
	n++
	for {
		select {
		case <-c:
			break
		}
	}
	// CHECK: :[[#@LINE+1]]:2: unreachable code
	return n
}

func logf(level int, format string, args ...any) {
	fmt.Printf(format+"\n", args...)
	fmt.Printf(format, args...)
}

type logger struct{}

func (logger) errorf(format string, args ...interface{}) { logf(1, format, args...) }

func (logger) say(args ...any) { fmt.Println(args...) }

func wrap(format string, args ...any) error { return fmt.Errorf(format, args...) }

func wrappers(l logger) {
	// CHECK: :[[#@LINE+1]]:11: logf format %d has arg "x" of wrong type string
	logf(1, "%d", "x")
	// CHECK: :[[#@LINE+1]]:12: l.errorf format %s reads arg #1, but call has 0 args
	l.errorf("%s")
	// CHECK: :[[#@LINE+1]]:2: l.say call has possible Printf formatting directive %s
	l.say("%s", "x")
	logf(1, "%s", "x")
	// CHECK: :[[#@LINE+1]]:12: l.errorf does not support error-wrapping directive %w
	l.errorf("%w", io.EOF)
	_ = wrap("%w", io.EOF)
}

type guarded struct {
	mu sync.Mutex
	n  int
}

// CHECK: :[[#@LINE+1]]:18: locks passes lock by value: main.guarded contains sync.Mutex
func locks(byVal guarded, list []guarded) *guarded {
	// CHECK: :[[#@LINE+1]]:7: assignment copies lock value to c: main.guarded contains sync.Mutex
	c := list[0]
	// CHECK: :[[#@LINE+1]]:9: range var g copies lock: main.guarded contains sync.Mutex
	for _, g := range list {
		_ = &g
	}
	fresh := guarded{n: 1}
	_ = &fresh
	return &c
}

func open() (io.ReadCloser, error) { return nil, errors.New("no") }

func defers(list []int) error {
	start := time.Now()
	// CHECK: :[[#@LINE+1]]:20: call to time.Since is not deferred
	defer fmt.Println(time.Since(start))
	for range list {
		// CHECK: :[[#@LINE+1]]:3: defer in a loop
		defer fmt.Println()
		func() { defer fmt.Println() }()
		if len(list) > 5 {
			defer fmt.Println()
			return nil
		}
	}
	// CHECK: :[[#@LINE+1]]:2: deferred call of recover itself recovers nothing
	defer recover()
	f, err := open()
	// CHECK: :[[#@LINE+1]]:8: using f before checking for errors
	defer f.Close()
	g, err := open()
	if err != nil {
		return err
	}
	defer g.Close()
	if len(list) > 0 {
		// CHECK-NOT: shadows
		// SHADOW: :[[#@LINE+1]]:3: declaration of "err" shadows declaration at line [[#@LINE-10]]
		err := errors.New("inner")
		fmt.Println(err)
	}
	return err
}

func lost() {
	// CHECK: :[[#@LINE+1]]:7: the cancel function returned by context.WithCancel should be called
	ctx, _ := context.WithCancel(context.Background())
	_ = ctx
}

func forgotten(n int) error {
	// CHECK: :[[#@LINE+1]]:7: the cancel function is not used on all paths (possible context leak)
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	if n > 0 {
		return errors.New("early")
	}
	defer cancel()
	return ctx.Err()
}

func kept(n int) (context.Context, func()) {
	ctx, cancel := context.WithCancel(context.Background())
	switch {
	case n > 1:
		cancel()
	case n > 0:
		panic("no")
	default:
		go func() { cancel() }()
	}
	inner, stop := context.WithCancel(ctx)
	for {
		if n > 0 {
			return inner, stop
		}
	}
}

func main() {}

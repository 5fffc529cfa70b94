// Signals: delivered, ignored, no longer wanted, in a context.
// RUN: %gosubc run %s | FileCheck %s
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func raise(s syscall.Signal) {
	if err := syscall.Kill(os.Getpid(), s); err != nil {
		panic(err)
	}
}

func main() {
	c := make(chan os.Signal, 4)
	signal.Notify(c, syscall.SIGUSR1, syscall.SIGTERM, syscall.SIGURG)
	raise(syscall.SIGUSR1)
	// CHECK: user defined signal 1
	fmt.Println(<-c)
	raise(syscall.SIGTERM)
	// CHECK-NEXT: terminated
	fmt.Println(<-c)

	signal.Ignore(syscall.SIGUSR1, syscall.SIGUSR2)
	raise(syscall.SIGUSR1)
	raise(syscall.SIGUSR2)
	// CHECK-NEXT: true true false
	fmt.Println(signal.Ignored(syscall.SIGUSR1), signal.Ignored(syscall.SIGUSR2), signal.Ignored(syscall.SIGTERM))
	for range 100 {
		go func() { time.Sleep(time.Microsecond) }()
	}
	raise(syscall.SIGTERM)
	for s := range c {
		if s == syscall.SIGTERM {
			break
		}
	}
	signal.Stop(c)

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	// CHECK-NEXT: signal.NotifyContext(context.Background, [interrupt])
	fmt.Println(ctx)
	raise(syscall.SIGINT)
	<-ctx.Done()
	// CHECK-NEXT: context canceled interrupt signal received
	fmt.Println(ctx.Err(), context.Cause(ctx))
	stop()
	signal.Reset()
	// CHECK-NEXT: end
	fmt.Println("end")
}

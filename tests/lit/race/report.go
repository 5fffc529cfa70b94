// A report has Go's layout; the exit code is 66, or GORACE's, unless the program fails by itself.
//
// RUN: %gosubc build -race -o %t %s
// RUN: %exits 66 %t > %t.out 2>&1
// RUN: FileCheck %s < %t.out
// RUN: env GORACE="exitcode=3 log_path=%t.log" %exits 3 %t
// RUN: cat %t.log.* | FileCheck %s
// RUN: env GORACE=halt_on_error=1 %exits 66 %t > %t.out 2>&1
// RUN: FileCheck --check-prefix=HALT %s < %t.out
// RUN: %exits 5 %t 5

// CHECK:      {{^}}==================
// CHECK-NEXT: {{^}}WARNING: DATA RACE
// CHECK-NEXT: {{^}}Write at 0x00{{[0-9a-f]+}} by goroutine [[G:[0-9]+]]:
// CHECK-NEXT: {{^}}  main.set()
// CHECK-NEXT: {{^}}      {{.*}}report.go:[[#SET:]] +0x{{[0-9a-f]+}}
// CHECK-NEXT: {{^}}  main.main.func1()
// CHECK-NEXT: {{^}}      {{.*}}report.go:[[#SET+7]] +0x{{[0-9a-f]+}}
// CHECK-EMPTY:
// CHECK-NEXT: {{^}}Previous write at 0x{{[0-9a-f]+}} by main goroutine:
// CHECK-NEXT: {{^}}  main.set()
// CHECK-NEXT: {{^}}      {{.*}}report.go:[[#SET]] +0x{{[0-9a-f]+}}
// CHECK-NEXT: {{^}}  main.main()
// CHECK-NEXT: {{^}}      {{.*}}report.go:[[#SET+10]] +0x{{[0-9a-f]+}}
// CHECK-EMPTY:
// CHECK-NEXT: {{^}}Goroutine [[G]] (running) created at:
// CHECK-NEXT: {{^}}  main.main()
// CHECK-NEXT: {{^}}      {{.*}}report.go:[[#SET+5]] +0x{{[0-9a-f]+}}
// CHECK-NEXT: {{^}}==================
// CHECK-NEXT: {{^}}Found 1 data race(s)
// HALT-NOT: Found
package main

import (
	"os"
	"time"
)

var x int

//go:noinline
func set(v int) {
	x = v
}

func main() {
	done := make(chan bool)
	go func() {
		time.Sleep(50 * time.Millisecond)
		set(2)
		done <- true
	}()
	set(1)
	<-done
	if len(os.Args) > 1 {
		os.Exit(5)
	}
}

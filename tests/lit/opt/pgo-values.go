// A hot call of a func value looks for the code that the profile expects: a function's, or a literal's with or without captures; in
// instances of generic functions, too.
// RUN: printf 'GO PREPROFILE V1\nmain.apply\nmain.double\n2 900\nmain.apply\nmain.main.func1\n3 500\nmain.count[...]\nmain.main.func2\n2 200\nmain.apply\nmain.slow\n4 100\n' > %t.pgo
// RUN: %gosubc build -pgo=%t.pgo --verify --emit=opt -o - %s | FileCheck %s
// RUN: %gosubc build -pgo=%t.pgo -m -o %t.exe %s 2>&1 | FileCheck --check-prefix=SAID %s
// RUN: %t.exe 2>&1 | FileCheck --check-prefix=OUT %s
// RUN: %gosubc run -pgo=%t.pgo -race %s 2>&1 | FileCheck --check-prefix=OUT %s
// RUN: %gosubc run %s 2>&1 | FileCheck --check-prefix=OUT %s
// CHECK: inline: main.apply: {{.*}}main.double, main.main.func1
// CHECK: inline: main.count[int]: main.main.func2
package main

import "fmt"

//go:noinline
func apply(f func(int) int, n int) int {
	// SAID: pgo-values.go:[[#@LINE+1]]:{{.*}}PGO devirtualizing function call to main.double
	t := f(n)
	t += f(t) // SAID: pgo-values.go:[[#@LINE]]:{{.*}}PGO devirtualizing function call to main.main.func1
	t += f(t) // SAID-NOT: to main.slow
	return t
}

//go:noinline
func count[T any](list []T, is func(T) bool) (n int) {
	for _, x := range list {
		if is(x) {
			n++
		}
	}
	return n
}

func double(x int) int { return 2 * x }

//go:noinline
func slow(x int) int { return -x }

func main() {
	k := len(fmt.Sprint("three"))
	scale := func(x int) int { return x * k }
	fmt.Println(apply(double, 1), apply(scale, 1), apply(slow, 1))
	fmt.Println(count([]int{1, 2, 3, 4}, func(x int) bool { return x > 1 }))
	defer func() { fmt.Println(recover()) }()
	apply(nil, 1)
}

// OUT: 18 180 0
// OUT-NEXT: 3
// OUT-NEXT: runtime error: invalid memory address or nil pointer dereference

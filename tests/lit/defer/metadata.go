// The LLVM module says which defer statement an instruction belongs to.
//
// RUN: %gosubc build -O0 --emit=llvm-ir -o - %s | FileCheck %s

package main

// CHECK: define {{.*}}@main.open(
// CHECK: store i8 {{.*}}!gosubc.defer [[SET:![0-9]+]]
// CHECK: icmp {{.*}}!gosubc.defer [[TEST:![0-9]+]]
// CHECK: store i8 {{.*}}!gosubc.defer [[CLEAR:![0-9]+]]
//
//go:noinline
func open(n int) {
	if n > 1 {
		defer print(n)
	}
	print("body")
}

// CHECK: define {{.*}}@main.heap(
// CHECK: call ptr @gosubc_deferproc({{.*}}!gosubc.defer [[HEAP:![0-9]+]]
//
//go:noinline
func heap(n int) {
	for i := range n {
		defer print(i)
	}
}

func main() {
	open(2)
	heap(2)
}

// CHECK-DAG: [[SET]] = !{!"set", !"{{.*}}metadata.go:15:3", !"open-coded", i32 0}
// CHECK-DAG: [[TEST]] = !{!"test", !"{{.*}}metadata.go:15:3", !"open-coded", i32 0}
// CHECK-DAG: [[CLEAR]] = !{!"clear", !"{{.*}}metadata.go:15:3", !"open-coded", i32 0}
// CHECK-DAG: [[HEAP]] = !{!"set", !"{{.*}}metadata.go:26:3", !"heap-allocated (defer_loop)", i32 0}

// --timings prints a table; with a file, a trace that Perfetto reads.
// RUN: %gosubc build --timings -o %t %s 2>&1 | FileCheck %s
// RUN: %gosubc build -a --timings=%t.json -o %t %s && FileCheck --check-prefix=TRACE %s < %t.json
package main

func main() {}

// CHECK: load {{ *[0-9.]+}} ms
// CHECK: total {{ *[0-9.]+}} ms

// TRACE: {"traceEvents":[{
// TRACE-SAME: "name":"codegen command-line-arguments"
// TRACE-SAME: "ph":"X"

// Files in the program: strings, bytes, folders; line numbers stay. And patterns that match nothing.
// RUN: %gosubc build -o %t %S/Inputs/embed/main.go
// RUN: %exits 2 %t 2>&1 | FileCheck %s
// RUN: %exits 1 %gosubc build -o %t %s 2>&1 | FileCheck --check-prefix=NONE %s
package main

// CHECK: "hello\n\"quoted\" \\ é\n" "\x00\xff\n" 20 true
// CHECK-NEXT: . d ./ <nil>
// CHECK-NEXT: hello.txt -r--r--r-- 20 0001-01-01 00:00:00 hello.txt <nil>
// CHECK-NEXT: site dr-xr-xr-x 0 0001-01-01 00:00:00 site/ <nil>
// CHECK-NEXT: site/css dr-xr-xr-x 0 0001-01-01 00:00:00 css/ <nil>
// CHECK-NEXT: site/css/a.css -r--r--r-- 7 0001-01-01 00:00:00 a.css <nil>
// CHECK-NEXT: site/index.html -r--r--r-- 7 0001-01-01 00:00:00 index.html <nil>
// CHECK-NEXT: open site/_draft.html: file does not exist
// CHECK-NEXT: "hidden\n" <nil>
// CHECK-NEXT: <nil> <nil>
// CHECK-NEXT: read hello.txt: not a directory
// CHECK-NEXT: open x: file does not exist
// CHECK-NEXT: true TestFS found errors:
// CHECK-NEXT: expected but not found: nope
// CHECK: panic: line 55
// CHECK: main.go:55

import _ "embed"

// NONE: embed.go:[[@LINE+1]]:12: pattern no*such: no matching files found
//go:embed no*such
var s string

func main() {}

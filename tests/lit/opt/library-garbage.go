// strings.Builder, strconv and fmt allocate what they return or keep, and nothing else.
// RUN: %gosubc build -o %t %s
// RUN: %t | FileCheck %s
// RUN: %gosubc run -O3 %s | FileCheck %s
package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"
)

var (
	text   string
	number = 123456
	buf    = make([]byte, 0, 64)
)

func allocs(name string, f func()) { fmt.Println(name, testing.AllocsPerRun(100, f)) }

func main() {
	// CHECK: Builder 1
	allocs("Builder", func() {
		var b strings.Builder
		b.Grow(32)
		b.WriteString("number ")
		b.WriteByte('=')
		b.WriteRune('é')
		b.WriteString("x")
		text = b.String()
	})
	// CHECK-NEXT: Itoa 1
	allocs("Itoa", func() { number += len(strconv.Itoa(number)) & 1 })
	// CHECK-NEXT: Itoa kept 1
	allocs("Itoa kept", func() { text = strconv.Itoa(number) })
	// CHECK-NEXT: Itoa small 0
	allocs("Itoa small", func() { text = strconv.Itoa(number & 63) })
	// CHECK-NEXT: Append 0
	allocs("Append", func() { buf = strconv.AppendQuote(strconv.AppendFloat(strconv.AppendInt(buf[:0], 12345, 10), 1.5, 'g', -1, 64), "q") })
	// CHECK-NEXT: Parse 0
	allocs("Parse", func() {
		n, _ := strconv.Atoi("12345")
		f, _ := strconv.ParseFloat("1.25", 64)
		number = n + int(f)
	})
	// CHECK-NEXT: Sprintf 1
	allocs("Sprintf", func() { text = fmt.Sprintf("%s-%d", "a", 7) })
	// CHECK-NEXT: Sprint 1
	allocs("Sprint", func() { text = fmt.Sprint("text") })
	// CHECK-NEXT: Fprintf 0
	allocs("Fprintf", func() { fmt.Fprintf(io.Discard, "%s %d %v %x\n", "a", 7, true, 255) })
	// CHECK-NEXT: Appendf 0
	allocs("Appendf", func() { buf = fmt.Appendf(buf[:0], "%5d|%-5s", 7, "a") })
	// A box for the number.
	// CHECK-NEXT: kept box 2
	allocs("kept box", func() { text = fmt.Sprintln(number) })
	// CHECK-NEXT: Replace none 0
	allocs("Replace none", func() { text = strings.ReplaceAll("abc", "x", "y") })
	// CHECK-NEXT: Fields 1
	allocs("Fields", func() { number += len(strings.Fields(" a b c ")) })
	// CHECK-NEXT: ToUpper none 0
	allocs("ToUpper none", func() { text = strings.ToUpper("ABC") })
	// CHECK-NEXT: Join 1
	allocs("Join", func() { text = strings.Join([]string{"a", text, "c"}, ",") })
	fmt.Fprintln(os.Stderr, len(text) > 0)
}

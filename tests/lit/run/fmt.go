// Corners of package fmt: what flags, indexes and ends of formats mean.
// RUN: %gosubc run %s | FileCheck %s --strict-whitespace --match-full-lines
package main

import (
	"errors"
	"fmt"
)

type flagged struct{}

func (flagged) Format(s fmt.State, verb rune) {
	for _, c := range "-+# 0" {
		if s.Flag(int(c)) {
			fmt.Fprintf(s, "%q", c)
		}
	}
	w, hasWid := s.Width()
	p, hasPrec := s.Precision()
	fmt.Fprintln(s, w, hasWid, p, hasPrec, fmt.FormatString(s, verb))
}

type panics struct{}

func (panics) String() string { panic("no text") }

func main() {
	// CHECK:'-''0'8 true 3 true %-08.3d
	fmt.Printf("%-08.3d", flagged{})
	// CHECK-NEXT:'+''#'0 false 0 false %+#v
	fmt.Printf("%+#v", flagged{})
	// CHECK-NEXT:5%!](BADINDEX)
	fmt.Printf("%d%[]", 5)
	fmt.Println()
	// CHECK-NEXT:%!.(int=7)
	fmt.Printf("%.", 7)
	fmt.Println()
	// CHECK-NEXT:   7|%!d(BADINDEX)|%!(NOVERB)%!!(int=3)
	fmt.Printf("%[2]*[1]d|%[3]2d|%", 7, 4)
	fmt.Printf("%!", 3)
	fmt.Println()
	// CHECK-NEXT:|+0042|0x2a|052|0o052|     |U+002A '*'|00|  -1.50|+01.5|1.00000e+06|
	fmt.Printf("|%+05d|%#x|%#o|%#O|%5.0d|%#U|%-0.2d|%7.2f|%+05.1f|%#g|\n", 42, 42, 42, 42, 0, 42, 0, -1.5, 1.5, 1e6)
	// CHECK-NEXT:00abc|abc  |"a|61 62|0x61 0x62|`a"`|
	fmt.Printf("%05s|%-05s|%.2s|% x|%# x|%#q|\n", "abc", "abc", `"abc`, "ab", "ab", `a"`)
	// CHECK-NEXT:%!d(string=x) {%!d(string=y) 1} [1 2] %!s(PANIC=String method: no text)
	fmt.Printf("%d %d %d %s\n", "x", struct {
		a string
		b int
	}{"y", 1}, []byte{1, 2}, panics{})
	// CHECK-NEXT:&errors.errorString{s:"e"} *fmt.wrapErrors w e e
	e := errors.New("e")
	fmt.Printf("%#v %T %[2]v\n", e, fmt.Errorf("w %w %w", e, e))
	// CHECK-NEXT:2.9349892e+06 1.1258999068426242e+15
	fmt.Println(float32(11739957)/4, 4503599627370497.0/4)
}

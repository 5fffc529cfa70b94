// []byte(s) and string(b) that are only looked at share the bytes: in range, comparison, map lookup, append, copy, switch, concatenation, and as the
// operand of len. What may be changed meanwhile, or kept, is a copy.
// RUN: %gosubc build --emit=opt -o - %s | FileCheck %s
// RUN: %gosubc build --emit=opt -o - %s | FileCheck --check-prefix=NO %s
// RUN: %levels %s | FileCheck --check-prefix=OUT %s
package main

// NO-NOT: allocate: main.ranged
//
//go:noinline
func ranged(s string) (n int) {
	for i, c := range []byte(s) {
		n += i * int(c)
	}
	return
}

// NO-NOT: allocate: main.compared
//
//go:noinline
func compared(a, b []byte, s string) bool {
	return string(a) == s && string(a) != string(b) && string(b) < s
}

// NO-NOT: allocate: main.lookup
//
//go:noinline
func lookup(m map[string]int, b []byte) int { return m[string(b)] }

// CHECK-DAG: allocate: main.appended: 0, left: growslice 1
//
//go:noinline
func appended(b []byte, s string) []byte { return append(b, []byte(s)...) }

// NO-NOT: allocate: main.copied
//
//go:noinline
func copied(b []byte, s string) int { return copy(b, []byte(s)) }

// CHECK-DAG: allocate: main.joined: 0, left: concatstring{{.*}} 1
//
//go:noinline
func joined(b []byte) string { return "<" + string(b) + ">" }

// NO-NOT: allocate: main.chosen
//
//go:noinline
func chosen(b []byte) int {
	switch string(b) {
	case "a":
		return 1
	case "bc":
		return 2
	}
	return 0
}

// The map keeps the key.
//
// CHECK-DAG: allocate: main.stored: {{.*}}slicebytetostring 1
//
//go:noinline
func stored(m map[string]int, b []byte) { m[string(b)] = 1 }

// The bytes change while the string is looked at.
//
// CHECK-DAG: allocate: main.changed: {{.*}}slicebytetostring 1
//
//go:noinline
func changed(b []byte) (n int) {
	s := string(b)
	for i := range s {
		b[0] = 'z'
		n += int(s[0]) * i
	}
	return
}

// CHECK-DAG: allocate: main.written: {{.*}}stringtoslicebyte 1
//
//go:noinline
func written(s string) int {
	b := []byte(s)
	b[0]++
	return int(b[0])
}

func main() {
	// OUT: 296 true 4 axy 1 aqc
	// OUT-NEXT: <aqc> 1 0
	// OUT-NEXT: 1 0 291 98
	// OUT-NEXT: 98 abc
	m := map[string]int{"a": 4}
	b := []byte("abc")
	println(ranged("abc"), compared(b, []byte("abb"), "abc"), lookup(m, b[:1]), string(appended(b[:1:1], "xy")), copied(b[1:], "q"), string(b))
	println(joined(b), chosen(b[:1]), chosen(b))
	k := []byte("key")
	stored(m, k)
	k[0] = 'x'
	println(m["key"], m["xey"], changed([]byte("abc")), written("abc"))
	s := "abc"
	println(written(s), s)
}

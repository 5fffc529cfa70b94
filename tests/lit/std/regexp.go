// The ways to search agree: automata, backtracking, threads. Errors of the parser.
// RUN: %gosubc run %s | FileCheck %s
package main

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
)

var atoms = []string{"a", "b", "ab", ".", "[ab]", "[^a]", `\w`, `\b`, `\B`, "^", "$", "é", `\pL`, "(?i:k)", "(?s:.)", "(?m:^)", "(?m:$)", ""}
var repeats = []string{"", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{0,2}", "{1,}"}
var texts = []string{"a", "b", "ab", "k", "K", "\u212a", " ", "\n", "é", "\xff", "\xe2\x82", "日"}

func pattern(r *rand.Rand, depth int) string {
	s := ""
	for range 1 + r.IntN(4) {
		if r.IntN(5) == 0 {
			s += "|"
		}
		atom := "(?:" + atoms[r.IntN(len(atoms))] + ")"
		if depth > 0 && r.IntN(3) == 0 {
			atom = "(" + pattern(r, depth-1) + ")"
		}
		s += atom + repeats[r.IntN(len(repeats))]
	}
	return s
}

func main() {
	r := rand.New(rand.NewPCG(4, 5))
	searches, matches := 0, 0
	for range 600 {
		re := regexp.MustCompile(pattern(r, 3))
		for range 8 {
			var s string
			for range r.IntN(60) {
				s += texts[r.IntN(len(texts))]
			}
			// The threads search what comes from a reader, the others the string.
			want := re.FindReaderSubmatchIndex(strings.NewReader(s))
			got := re.FindStringSubmatchIndex(s)
			loc := re.FindStringIndex(s)
			searches++
			if want != nil {
				matches++
			}
			if !slices.Equal(got, want) || want != nil && !slices.Equal(loc, want[:2]) || re.MatchString(s) != (want != nil) {
				fmt.Printf("%q in %q: %v, %v, %v\n", re, s, want, got, loc)
			}
		}
	}
	// CHECK-NOT: in
	// CHECK: 4800 searches, true
	fmt.Println(searches, "searches,", matches > 2000)

	for _, p := range []string{"a**", "(a", "a)", "[b-a]", `\8`, "(?z)", "x{1001}", "((x{100}){100}){2}", `\pX`, "(?P<a b>c)", "*", `a\`, "[[:x:]]", "\xff"} {
		_, err := regexp.Compile(p)
		fmt.Println(err)
	}
	// CHECK-NEXT: error parsing regexp: invalid nested repetition operator: `**`
	// CHECK-NEXT: error parsing regexp: missing closing ): `(a`
	// CHECK-NEXT: error parsing regexp: unexpected ): `a)`
	// CHECK-NEXT: error parsing regexp: invalid character class range: `b-a`
	// CHECK-NEXT: error parsing regexp: invalid escape sequence: `\8`
	// CHECK-NEXT: error parsing regexp: invalid or unsupported Perl syntax: `(?z`
	// CHECK-NEXT: error parsing regexp: invalid repeat count: `{1001}`
	// CHECK-NEXT: error parsing regexp: invalid repeat count: `{100}`
	// CHECK-NEXT: error parsing regexp: invalid character class range: `\pX`
	// CHECK-NEXT: error parsing regexp: invalid named capture: `(?P<a b>`
	// CHECK-NEXT: error parsing regexp: missing argument to repetition operator: `*`
	// CHECK-NEXT: error parsing regexp: trailing backslash at end of expression: ``
	// CHECK-NEXT: error parsing regexp: invalid character class range: `[:x:]`
	// CHECK-NEXT: error parsing regexp: invalid UTF-8: `

	re := regexp.MustCompile(`(?P<user>\w+)@(\w+)`)
	fmt.Println(re.ReplaceAllString("a@b, c@d", "$2 $user ${1}x $1x"))
	// CHECK-NEXT: b a ax , d c cx
	fmt.Printf("%q\n", regexp.MustCompile("a*").Split("abaabaccadaaae", 5))
	// CHECK-NEXT: ["" "b" "b" "c" "cadaaae"]

	// A search that would need too much memory for backtracking, and too many
	// states for an automaton.
	s := strings.Repeat("ab", 100000)
	re = regexp.MustCompile("(a|b)*a(a|b){11}x")
	fmt.Println(re.MatchString(s), re.MatchString(s+"x"))
	// CHECK-NEXT: false true
}

package benchmark

import (
	"fmt"
	"strings"
	"testing"
)

var ways = []struct {
	name string
	join func([]string, string) string
}{
	{"Plus", Plus},
	{"Buffer", Buffer},
	{"Builder", Builder},
}

func TestJoin(t *testing.T) {
	for _, words := range [][]string{nil, {"one"}, {"one", "two", "three"}} {
		want := strings.Join(words, ", ")
		for _, w := range ways {
			if got := w.join(words, ", "); got != want {
				t.Errorf("%s(%q) = %q, want %q", w.name, words, got, want)
			}
		}
	}
}

func BenchmarkJoin(b *testing.B) {
	for _, n := range []int{10, 1000} {
		words := strings.Fields(strings.Repeat("word ", n))
		for _, w := range ways {
			b.Run(fmt.Sprintf("%s/%d", w.name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					w.join(words, " ")
				}
			})
		}
	}
}

func ExampleBuilder() {
	fmt.Println(Builder([]string{"calm", "clear", "quick"}, ", "))
	// Output: calm, clear, quick
}

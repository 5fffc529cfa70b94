// Tour shows a little of everything: types, methods, interfaces, generics,
// closures, maps, errors, defer and recover.
package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
)

// Shape is anything with an area.
type Shape interface {
	Area() float64
}

type Rect struct{ W, H float64 }
type Circle struct{ R float64 }

func (r Rect) Area() float64    { return r.W * r.H }
func (c Circle) Area() float64  { return 3.141592653589793 * c.R * c.R }
func (c *Circle) Grow(by float64) { c.R += by }

// Map applies f to each element.
func Map[T, U any](list []T, f func(T) U) []U {
	out := make([]U, 0, len(list))
	for _, x := range list {
		out = append(out, f(x))
	}
	return out
}

// Numbers yields the first n numbers; range calls it.
func Numbers(n int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

var ErrOdd = errors.New("odd number")

func half(n int) (int, error) {
	if n%2 != 0 {
		return 0, fmt.Errorf("half of %d: %w", n, ErrOdd)
	}
	return n / 2, nil
}

// safely turns a panic into an error.
func safely(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
		}
	}()
	f()
	return nil
}

func main() {
	fmt.Println("Hello from gosubc!")

	c := &Circle{R: 1}
	c.Grow(1)
	for _, s := range []Shape{Rect{3, 4}, c} {
		fmt.Printf("%T has area %.2f\n", s, s.Area())
	}

	words := strings.Fields("the quick brown fox jumps over the lazy dog")
	fmt.Println(Map(words, func(s string) int { return len(s) }))
	count := map[rune]int{}
	for _, w := range words {
		for _, r := range w {
			count[r]++
		}
	}
	keys := make([]rune, 0, len(count))
	for r := range count {
		keys = append(keys, r)
	}
	slices.SortFunc(keys, func(a, b rune) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return int(a - b)
	})
	fmt.Printf("most frequent letter: %c (%d times)\n", keys[0], count[keys[0]])

	sum := 0
	for i := range Numbers(100) {
		if i > 10 {
			break
		}
		sum += i
	}
	fmt.Println("sum of 0 to 10:", sum)

	if _, err := half(7); errors.Is(err, ErrOdd) {
		fmt.Println("error:", err)
	}
	var list []int
	fmt.Println(safely(func() { fmt.Println(list[3]) }))
	fmt.Println(safely(func() { fmt.Println(1 / len(list)) }))
	fmt.Println(safely(func() {
		var p *Rect
		fmt.Println(p.W)
	}))

	defer fmt.Println("deferred calls run last,")
	defer func() { fmt.Println("in reverse order") }()
	if len(os.Args) > 10 {
		os.Exit(1)
	}
}

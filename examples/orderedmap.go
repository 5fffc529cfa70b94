// Orderedmap is a generic map in key order: a treap, with iterators.
package main

import (
	"cmp"
	"fmt"
	"iter"
	"strings"
)

// Map maps keys to values, in the order of keys.
type Map[K cmp.Ordered, V any] struct {
	root *node[K, V]
	n    int
	seed uint32
}

type node[K cmp.Ordered, V any] struct {
	key         K
	value       V
	rank        uint32
	left, right *node[K, V]
}

// Len returns the number of entries.
func (m *Map[K, V]) Len() int { return m.n }

// Get returns the value of key.
func (m *Map[K, V]) Get(key K) (value V, ok bool) {
	for at := m.root; at != nil; {
		switch c := cmp.Compare(key, at.key); {
		case c < 0:
			at = at.left
		case c > 0:
			at = at.right
		default:
			return at.value, true
		}
	}
	return value, false
}

// Set sets the value of key.
func (m *Map[K, V]) Set(key K, value V) { m.root = m.set(m.root, key, value) }

func (m *Map[K, V]) set(at *node[K, V], key K, value V) *node[K, V] {
	if at == nil {
		m.n++
		m.seed = m.seed*1664525 + 1013904223
		return &node[K, V]{key: key, value: value, rank: m.seed}
	}
	switch c := cmp.Compare(key, at.key); {
	case c < 0:
		at.left = m.set(at.left, key, value)
		if at.left.rank > at.rank {
			l := at.left
			at.left, l.right = l.right, at
			return l
		}
	case c > 0:
		at.right = m.set(at.right, key, value)
		if at.right.rank > at.rank {
			r := at.right
			at.right, r.left = r.left, at
			return r
		}
	default:
		at.value = value
	}
	return at
}

// All iterates over the entries in order.
func (m *Map[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) { m.root.walk(yield) }
}

func (n *node[K, V]) walk(yield func(K, V) bool) bool {
	return n == nil || n.left.walk(yield) && yield(n.key, n.value) && n.right.walk(yield)
}

// Fold combines all entries.
func Fold[K cmp.Ordered, V, A any](m *Map[K, V], start A, f func(A, K, V) A) A {
	for k, v := range m.All() {
		start = f(start, k, v)
	}
	return start
}

func main() {
	var ages Map[string, int]
	for name, age := range map[string]int{"Ada": 36, "Grace": 85, "Alan": 41, "Edsger": 72, "Barbara": 84} {
		ages.Set(name, age)
	}
	ages.Set("Alan", 42)
	for name, age := range ages.All() {
		fmt.Printf("%-8s %d\n", name, age)
	}
	fmt.Println(Fold(&ages, 0, func(sum int, _ string, age int) int { return sum + age }))

	var squares Map[int, int]
	for i := range 1000 {
		squares.Set(i*7919%1000, i)
	}
	fmt.Println(squares.Len())
	for k, v := range squares.All() {
		if k == 5 {
			break
		}
		fmt.Print(k, "=", v, " ")
	}
	fmt.Println()
	if _, ok := squares.Get(1000); !ok {
		fmt.Println("no 1000")
	}
	var b strings.Builder
	var letters Map[float64, rune]
	for i, r := range "lexicographic" {
		letters.Set(float64(r)+float64(i)/100, r)
	}
	for _, r := range letters.All() {
		b.WriteRune(r)
	}
	fmt.Println(b.String())
}

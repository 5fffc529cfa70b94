// Generic containers and functions.
// Group: dispatch
package main

type number interface{ ~int | ~float64 }

func sum[T number](list []T) (s T) {
	for _, v := range list {
		s += v
	}
	return s
}

func apply[T, U any](list []T, out []U, f func(T) U) {
	for i, v := range list {
		out[i] = f(v)
	}
}

type stack[T any] struct{ items []T }

func (s *stack[T]) push(v T) { s.items = append(s.items, v) }
func (s *stack[T]) pop() T {
	v := s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return v
}

func main() {
	ints, floats := make([]int, 1000), make([]float64, 1000)
	for i := range ints {
		ints[i] = i
	}
	total := 0
	for i := range 200000 {
		apply(ints, floats, func(v int) float64 { return float64(v) / 2 })
		total += sum(ints) + int(sum(floats))
		ints[i%1000]++
	}
	var s stack[int]
	for i := range 100000000 {
		s.push(i)
		if i%5 != 0 {
			total += s.pop()
		}
		if len(s.items) > 100 {
			s.items = s.items[:0]
		}
	}
	println(total)
}

package main

import "fmt"

type Shape interface {
	Area() float64
	Perimeter() float64
	Name() string
}

type Square struct{ side float64 }

func (s *Square) Name() string { return "square" }

func length(s []int) int {
	for range s {
		return len(s)
	}
}

func main() {
	var s Shape = Square{2}
	count := 1
	count := 2
	fmt.println(s, cuont)
	strngs.ToUpper("x")
	s.name()
	switch count {
	case 1:
	case 1:
	}
}

package main

import (
	"os"
	"strings"
)

type shape interface {
	Area() int
	Name() string
}

type square struct{ side int }

func (s *square) Area() int { return s.side * s.side }
func (s *square) Name() string { return "square" }

type circle struct{}

func (circle) Area() int { return 3 }

func zero() (int, string) {
}

func main() {
	var s shape = square{1}
	unused := 1
	var n int64 = 2
	var m int = n
	m := m
	fmt.Println(m, strings.Containz("abc", "b"), lenn("abc"))
	if s == nil {
		s = circle{}
	}
}

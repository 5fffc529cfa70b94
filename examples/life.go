// Life runs Conway's game of life on a torus with a glider and a blinker.
package main

import (
	"fmt"
	"strings"
)

const width, height = 20, 8

// Board is a value: assigning it copies it, == compares it.
type Board [height][width]bool

// Set makes the cells of a drawing live.
func (b *Board) Set(x, y int, drawing ...string) {
	for dy, row := range drawing {
		for dx, c := range row {
			b[(y+dy)%height][(x+dx)%width] = c == '#'
		}
	}
}

func (b Board) neighbours(x, y int) (n int) {
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			if (dx != 0 || dy != 0) && b[(y+dy+height)%height][(x+dx+width)%width] {
				n++
			}
		}
	}
	return n
}

// Next returns the next generation.
func (b Board) Next() (next Board) {
	for y := range b {
		for x := range b[y] {
			n := b.neighbours(x, y)
			next[y][x] = n == 3 || n == 2 && b[y][x]
		}
	}
	return next
}

func (b Board) String() string {
	var s strings.Builder
	for _, row := range b {
		for _, live := range row {
			s.WriteByte(".#"[map[bool]int{true: 1}[live]])
		}
		s.WriteByte('\n')
	}
	return s.String()
}

func main() {
	var b Board
	b.Set(1, 0, ".#.", "..#", "###")
	b.Set(12, 4, "###")
	seen := map[Board]int{}
	for gen := 0; ; gen++ {
		if first, ok := seen[b]; ok {
			fmt.Printf("generation %d repeats generation %d\n", gen, first)
			break
		}
		seen[b] = gen
		if gen%40 == 0 {
			fmt.Printf("generation %d\n%v", gen, b)
		}
		b = b.Next()
	}
}

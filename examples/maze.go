// Maze carves a random maze (always the same one for a seed) and finds the
// shortest way through it.
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// Rand is a small linear congruential generator.
type Rand uint64

func (r *Rand) Intn(n int) int {
	*r = *r*6364136223846793005 + 1442695040888963407
	return int(uint64(*r)>>33) % n
}

type Point struct{ X, Y int }

var directions = [4]Point{{0, -1}, {1, 0}, {0, 1}, {-1, 0}}

func (p Point) Add(q Point) Point { return Point{p.X + q.X, p.Y + q.Y} }

// Maze is a grid: walls are true.
type Maze struct {
	w, h  int
	walls [][]bool
}

// New carves a maze of w by h cells by a depth-first walk.
func New(w, h int, r *Rand) *Maze {
	m := &Maze{w: 2*w + 1, h: 2*h + 1}
	m.walls = make([][]bool, m.h)
	for y := range m.walls {
		m.walls[y] = make([]bool, m.w)
		for x := range m.walls[y] {
			m.walls[y][x] = true
		}
	}
	stack := []Point{{1, 1}}
	m.walls[1][1] = false
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		var open []Point
		for _, d := range directions {
			if to := at.Add(d).Add(d); m.inside(to) && m.walls[to.Y][to.X] {
				open = append(open, d)
			}
		}
		if len(open) == 0 {
			stack = stack[:len(stack)-1]
			continue
		}
		d := open[r.Intn(len(open))]
		for range 2 {
			at = at.Add(d)
			m.walls[at.Y][at.X] = false
		}
		stack = append(stack, at)
	}
	return m
}

func (m *Maze) inside(p Point) bool { return p.X > 0 && p.Y > 0 && p.X < m.w && p.Y < m.h }

// Solve returns the cells of the shortest way, by breadth-first search.
func (m *Maze) Solve(from, to Point) map[Point]bool {
	before := map[Point]Point{from: from}
	for queue := []Point{from}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		if at == to {
			way := map[Point]bool{}
			for ; at != from; at = before[at] {
				way[at] = true
			}
			way[from] = true
			return way
		}
		for _, d := range directions {
			next := at.Add(d)
			if _, seen := before[next]; !seen && !m.walls[next.Y][next.X] {
				before[next] = at
				queue = append(queue, next)
			}
		}
	}
	return nil
}

func (m *Maze) Draw(way map[Point]bool) string {
	var b strings.Builder
	for y, row := range m.walls {
		for x, wall := range row {
			switch {
			case wall:
				b.WriteString("██")
			case way[Point{x, y}]:
				b.WriteString("··")
			default:
				b.WriteString("  ")
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func main() {
	seed := Rand(42)
	if len(os.Args) > 1 {
		n, err := strconv.Atoi(os.Args[1])
		if err != nil {
			fmt.Fprintln(os.Stderr, "usage: maze [seed]")
			os.Exit(2)
		}
		seed = Rand(n)
	}
	m := New(18, 9, &seed)
	way := m.Solve(Point{1, 1}, Point{m.w - 2, m.h - 2})
	fmt.Print(m.Draw(way))
	fmt.Println(len(way), "steps")
}

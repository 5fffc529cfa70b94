// Life on a torus, slices of slices of bools.
// Group: compute
package main

func step(from, to [][]bool) {
	h, w := len(from), len(from[0])
	for y := range from {
		for x := range from[y] {
			n := 0
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					if (dx != 0 || dy != 0) && from[(y+dy+h)%h][(x+dx+w)%w] {
						n++
					}
				}
			}
			to[y][x] = n == 3 || n == 2 && from[y][x]
		}
	}
}

func grid(n int) [][]bool {
	g := make([][]bool, n)
	for i := range g {
		g[i] = make([]bool, n)
	}
	return g
}

func main() {
	a, b := grid(256), grid(256)
	seed := uint32(7)
	for y := range a {
		for x := range a[y] {
			seed = seed*1103515245 + 12345
			a[y][x] = seed>>30 == 0
		}
	}
	for range 60 {
		step(a, b)
		a, b = b, a
	}
	alive := 0
	for _, row := range a {
		for _, c := range row {
			if c {
				alive++
			}
		}
	}
	println(alive)
}

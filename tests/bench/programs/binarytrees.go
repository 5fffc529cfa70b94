// Binarytrees: allocation and collection of small objects.
// Group: memory
package main

type node struct{ left, right *node }

func build(depth int) *node {
	if depth == 0 {
		return &node{}
	}
	return &node{build(depth - 1), build(depth - 1)}
}

func (n *node) count() int {
	if n.left == nil {
		return 1
	}
	return 1 + n.left.count() + n.right.count()
}

func main() {
	const max = 18
	long := build(max)
	for d := 4; d <= max; d += 4 {
		n, sum := 1<<(max-d+4), 0
		for range n {
			sum += build(d).count()
		}
		println(n, d, sum)
	}
	println(long.count())
}

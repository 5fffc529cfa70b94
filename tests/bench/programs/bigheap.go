// A live heap of some 500 MB of small linked objects, of which parts are replaced all the time.
// Group: memory
package main

type node struct {
	left, right *node
	keys        [4]int
}

func plant(depth, key int) *node {
	n := &node{keys: [4]int{key}}
	if depth > 0 {
		n.left, n.right = plant(depth-1, 2*key), plant(depth-1, 2*key+1)
	}
	return n
}

func (n *node) count() int {
	if n == nil {
		return 0
	}
	return 1 + n.left.count() + n.right.count()
}

func main() {
	const trees, depth = 2600, 11
	forest := make([]*node, trees)
	for i := range forest {
		forest[i] = plant(depth, 1)
	}
	sum := 0
	for i := range 6 * trees {
		t := forest[i*7919%trees]
		if i%2 == 0 {
			forest[i*7919%trees] = plant(depth, 1)
			continue
		}
		// A path of new nodes.
		for d := 0; t.left != nil; d++ {
			t.keys[1]++
			t.left = &node{t.left.left, t.left.right, t.left.keys}
			t = t.left
		}
	}
	for _, t := range forest {
		sum += t.count()
	}
	println(sum)
}

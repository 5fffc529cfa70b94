// A binary search tree with pointers.
// Group: memory
package main

type tree struct {
	left, right *tree
	key, value  int
}

func (t *tree) put(key, value int) *tree {
	if t == nil {
		return &tree{key: key, value: value}
	}
	if key < t.key {
		t.left = t.left.put(key, value)
	} else if key > t.key {
		t.right = t.right.put(key, value)
	} else {
		t.value = value
	}
	return t
}

func (t *tree) get(key int) int {
	for t != nil {
		switch {
		case key < t.key:
			t = t.left
		case key > t.key:
			t = t.right
		default:
			return t.value
		}
	}
	return 0
}

func main() {
	var t *tree
	seed := uint32(1)
	for i := range 300000 {
		seed = seed*1664525 + 1013904223
		t = t.put(int(seed>>12), i)
	}
	sum := 0
	for range 1500000 {
		seed = seed*1664525 + 1013904223
		sum += t.get(int(seed >> 12))
	}
	println(sum)
}

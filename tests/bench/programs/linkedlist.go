// A linked list: made, reversed, walked, dropped.
// Group: memory
package main

type node struct {
	next  *node
	value int
}

func main() {
	sum := 0
	for round := range 40 {
		var head *node
		for i := range 200000 {
			head = &node{head, i + round}
		}
		var back *node
		for head != nil {
			head, head.next, back = head.next, back, head
		}
		for n := back; n != nil; n = n.next {
			sum += n.value
		}
	}
	println(sum)
}

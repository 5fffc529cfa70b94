// A priority queue with container/heap.
// Group: memory
package main

import "container/heap"

type item struct{ prio, id int }
type queue []item

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].prio < q[j].prio }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(item)) }
func (q *queue) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}

func main() {
	var q queue
	seed := uint32(1)
	sum := 0
	for i := range 2000000 {
		seed = seed*1664525 + 1013904223
		heap.Push(&q, item{int(seed >> 8), i})
		if i%3 == 2 {
			sum += heap.Pop(&q).(item).prio
			sum ^= heap.Pop(&q).(item).id
		}
	}
	println(sum, len(q))
}

// This file holds all of package ring.

// Package ring has circular lists.
package ring

// Ring is an element of a circular list, and stands for all of it, which has
// neither start nor end. An empty ring is a nil pointer. The zero value is a
// ring of one element.
type Ring struct {
	next, prev *Ring
	Value      any // what the element holds
}

// ready makes a zero Ring usable.
func (r *Ring) ready() *Ring {
	if r.next == nil {
		r.next, r.prev = r, r
	}
	return r
}

// New returns a ring of n elements, nil for n <= 0.
func New(n int) *Ring {
	if n <= 0 {
		return nil
	}
	first := new(Ring)
	last := first
	for i := 1; i < n; i++ {
		e := &Ring{prev: last}
		last.next = e
		last = e
	}
	last.next = first
	first.prev = last
	return first
}

// Next returns the next element. The ring must not be empty.
func (r *Ring) Next() *Ring { return r.ready().next }

// Prev returns the element before. The ring must not be empty.
func (r *Ring) Prev() *Ring { return r.ready().prev }

// Move returns the element n steps ahead, or -n steps back for a negative n.
// The ring must not be empty.
func (r *Ring) Move(n int) *Ring {
	r.ready()
	for ; n > 0; n-- {
		r = r.next
	}
	for ; n < 0; n++ {
		r = r.prev
	}
	return r
}

// Link makes s the next of r and returns what was the next of r before. For
// elements of two rings that joins them: the old next of r follows the last of
// s. For elements of one ring it takes out those between r and s, and returns
// them as a ring of their own. The ring r must not be empty.
func (r *Ring) Link(s *Ring) *Ring {
	next := r.Next()
	if s != nil {
		last := s.Prev()
		r.next = s
		s.prev = r
		next.prev = last
		last.next = next
	}
	return next
}

// Unlink takes n elements out of the ring, those behind r, and returns them as
// a ring of their own. The count is taken modulo the length of the ring, which
// must not be empty.
func (r *Ring) Unlink(n int) *Ring {
	if n <= 0 {
		return nil
	}
	return r.Link(r.Move(n + 1))
}

// Len returns the number of elements, by counting.
func (r *Ring) Len() int {
	if r == nil {
		return 0
	}
	n := 1
	for p := r.Next(); p != r; p = p.next {
		n++
	}
	return n
}

// Do calls f with the value of each element, from r on. It must not change the
// ring.
func (r *Ring) Do(f func(any)) {
	if r == nil {
		return
	}
	f(r.Value)
	for p := r.Next(); p != r; p = p.next {
		f(p.Value)
	}
}

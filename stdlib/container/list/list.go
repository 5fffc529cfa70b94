// This file holds all of package list.

// Package list has a doubly linked list.
package list

// Element is an element of a list.
type Element struct {
	next, prev *Element // the list is a ring closed by its root
	list       *List    // the list that the element is in, or nil

	// Value is what the element holds.
	Value any
}

// Next returns the next element, or nil.
func (e *Element) Next() *Element {
	if l := e.list; l != nil && e.next != &l.root {
		return e.next
	}
	return nil
}

// Prev returns the element before, or nil.
func (e *Element) Prev() *Element {
	if l := e.list; l != nil && e.prev != &l.root {
		return e.prev
	}
	return nil
}

// List is a doubly linked list. The zero value is an empty one, ready to use.
type List struct {
	root Element // only its links are used
	len  int
}

// New returns an empty list.
func New() *List { return new(List).Init() }

// Init makes the list empty.
func (l *List) Init() *List {
	l.root.next = &l.root
	l.root.prev = &l.root
	l.len = 0
	return l
}

// ready makes a zero List usable.
func (l *List) ready() {
	if l.root.next == nil {
		l.Init()
	}
}

// Len returns the number of elements, in constant time.
func (l *List) Len() int { return l.len }

// Front returns the first element, or nil.
func (l *List) Front() *Element {
	if l.len == 0 {
		return nil
	}
	return l.root.next
}

// Back returns the last element, or nil.
func (l *List) Back() *Element {
	if l.len == 0 {
		return nil
	}
	return l.root.prev
}

// link puts e behind at.
func (l *List) link(e, at *Element) *Element {
	e.prev = at
	e.next = at.next
	at.next.prev = e
	at.next = e
	e.list = l
	l.len++
	return e
}

// unlink takes e out.
func (l *List) unlink(e *Element) {
	e.prev.next = e.next
	e.next.prev = e.prev
	e.next, e.prev, e.list = nil, nil, nil
	l.len--
}

// move puts e, which is in the list, behind at.
func (l *List) move(e, at *Element) {
	if e == at {
		return
	}
	e.prev.next = e.next
	e.next.prev = e.prev
	e.prev = at
	e.next = at.next
	at.next.prev = e
	at.next = e
}

// Remove takes e out of the list, if it is in it, and returns its value.
func (l *List) Remove(e *Element) any {
	if e.list == l {
		l.unlink(e)
	}
	return e.Value
}

// PushFront puts v at the front and returns its element.
func (l *List) PushFront(v any) *Element {
	l.ready()
	return l.link(&Element{Value: v}, &l.root)
}

// PushBack puts v at the back and returns its element.
func (l *List) PushBack(v any) *Element {
	l.ready()
	return l.link(&Element{Value: v}, l.root.prev)
}

// InsertBefore puts v before mark and returns its element. If mark is not in
// the list it does nothing and returns nil.
func (l *List) InsertBefore(v any, mark *Element) *Element {
	if mark.list != l {
		return nil
	}
	return l.link(&Element{Value: v}, mark.prev)
}

// InsertAfter puts v behind mark and returns its element. If mark is not in the
// list it does nothing and returns nil.
func (l *List) InsertAfter(v any, mark *Element) *Element {
	if mark.list != l {
		return nil
	}
	return l.link(&Element{Value: v}, mark)
}

// MoveToFront moves e to the front, if it is in the list.
func (l *List) MoveToFront(e *Element) {
	if e.list == l && l.root.next != e {
		l.move(e, &l.root)
	}
}

// MoveToBack moves e to the back, if it is in the list.
func (l *List) MoveToBack(e *Element) {
	if e.list == l && l.root.prev != e {
		l.move(e, l.root.prev)
	}
}

// MoveBefore moves e before mark, if both are in the list and not the same.
func (l *List) MoveBefore(e, mark *Element) {
	if e.list == l && e != mark && mark.list == l {
		l.move(e, mark.prev)
	}
}

// MoveAfter moves e behind mark, if both are in the list and not the same.
func (l *List) MoveAfter(e, mark *Element) {
	if e.list == l && e != mark && mark.list == l {
		l.move(e, mark)
	}
}

// PushBackList puts a copy of other at the back. It may be the list itself.
func (l *List) PushBackList(other *List) {
	l.ready()
	e := other.Front()
	for n := other.Len(); n > 0; n-- {
		l.link(&Element{Value: e.Value}, l.root.prev)
		e = e.Next()
	}
}

// PushFrontList puts a copy of other at the front. It may be the list itself.
func (l *List) PushFrontList(other *List) {
	l.ready()
	e := other.Back()
	for n := other.Len(); n > 0; n-- {
		l.link(&Element{Value: e.Value}, &l.root)
		e = e.Prev()
	}
}

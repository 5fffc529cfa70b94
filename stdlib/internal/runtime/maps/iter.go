// This file holds the iteration over maps.

package maps

import (
	"internal/race"
	"math/bits"
	"unsafe"
)

// Iter runs over the entries of a map in an order that begins at random
// (Go specification, "For statements with range clause").
//
// It walks the table that the map had when it began. While this is still the
// map's, the entry in each slot is the present one. After growth the old table
// says which entries there were; each is looked up in the present one, to find
// whether it is still there and what its element is. So no entry comes twice,
// entries that were deleted don't come, and those put since then come only if
// they are in the walked table.
type Iter[K comparable, V any] struct {
	m     *Map[K, V]
	ctrl  unsafe.Pointer
	slots unsafe.Pointer
	// mask is the number of groups minus one.
	mask uintptr
	// group is the current group, left how many are to come with it.
	group, left uintptr
	// match has the current group's slots that are still to come, rotated
	// right by rotate slots.
	match  uint64
	rotate uintptr
	// clears is the map's at the beginning.
	clears uint32
}

// Init begins an iteration over m; it is zero before.
func Init[K comparable, V any](it *Iter[K, V], m *Map[K, V]) {
	if race.Enabled && m != nil {
		race.Read(unsafe.Pointer(m))
	}
	if m == nil || m.count == 0 {
		it.left = 0
		it.match = 0
		return
	}
	r := uintptr(rand64())
	// An iteration ends before the frame does in which the map may be.
	it.m = (*Map[K, V])(noescape(unsafe.Pointer(m)))
	it.ctrl, it.slots, it.mask = m.ctrl, m.slots, m.groupMask
	it.rotate = r % groupSize
	it.group = r / groupSize & it.mask
	it.left = it.mask + 1
	it.clears = m.clears
	it.match = it.full()
}

// full returns the present group's entries in the rotated order.
func (it *Iter[K, V]) full() uint64 {
	return bits.RotateLeft64(matchFull(loadWord(it.ctrl, it.group)), -int(it.rotate*8))
}

// Next returns the next entry; the key's pointer is nil at the end. The pointers
// are good until the map is changed.
func Next[K comparable, V any](it *Iter[K, V]) (*K, *V) {
	for {
		for it.match == 0 {
			if it.left <= 1 {
				// The frame with the iteration in it may live on: it shall not
				// keep the table.
				it.m, it.ctrl, it.slots = nil, nil, nil
				return nil, nil
			}
			it.left--
			it.group = (it.group + 1) & it.mask
			it.match = it.full()
		}
		m := it.m
		if race.Enabled {
			race.Read(unsafe.Pointer(m))
		}
		if m.writing {
			fatal("concurrent map iteration and map write")
		}
		i := (firstSlot(it.match) + it.rotate) % groupSize
		it.match &= it.match - 1
		if loadWord(it.ctrl, it.group)>>(i*8)&empty != 0 {
			// Deleted since match was made.
			continue
		}
		s := slotAt[K, V](it.slots, it.group*groupSize+i)
		if m.ctrl != it.ctrl {
			s = it.moved(s)
			if s == nil {
				continue
			}
		}
		return &s.key, &s.elem
	}
}

// moved returns the present slot of an entry of the old table, or nil.
func (it *Iter[K, V]) moved(old *slot[K, V]) *slot[K, V] {
	m := it.m
	if old.key != old.key {
		// Such a key is never found, so only Clear can have removed it.
		if m.clears != it.clears {
			return nil
		}
		return old
	}
	if m.count == 0 {
		return nil
	}
	return m.find(old.key)
}

// This file holds the map object: making, looking up, putting, deleting.

// Package maps is what Go's map type is compiled to: a Swiss table, generic
// over key and element, of which the compiler makes an instance for each map
// type. Hashing and comparing a key are intrinsics, so they are inlined.
//
// A table is an array of control words and an array of slots. A control word
// describes a group of eight slots by a byte each: empty, deleted, or the
// low seven bits of the key's hash. The other bits of the hash say with which
// group the search begins; it goes on until a group with an empty slot.
//
// A map of up to eight entries is one group whose control word is in the map
// object itself; it may be full. Larger tables are filled to 7/8. A table that
// has to grow is copied to a new one and is never written again, so that
// iterations that have begun on it can go on (see Iter).
package maps

import (
	"internal/race"
	"math/bits"
	"unsafe"
)

// Map is a map object; a value of map type is a *Map or nil. The compiler and
// package reflect know that count comes first.
type Map[K comparable, V any] struct {
	count int
	// ctrl points to the control words, groupMask is their number minus one.
	ctrl      unsafe.Pointer
	slots     unsafe.Pointer
	groupMask uintptr
	seed      uintptr
	// room is how many empty slots may still be filled.
	room int
	// single is the control word of a map with one group.
	single uint64
	// clears counts the calls of Clear, for iterations.
	clears uint32
	// writing is set while the map is being changed.
	writing bool
}

// A slot has the element first: an element of size zero then takes no room.
type slot[K comparable, V any] struct {
	elem V
	key  K
}

// New returns a map with room for hint entries.
func New[K comparable, V any](hint int) *Map[K, V] {
	m := &Map[K, V]{seed: uintptr(rand64()), single: allEmpty}
	m.ctrl = unsafe.Pointer(&m.single)
	if hint > groupSize {
		groups := groupsFor(hint)
		m.setTable(newControl(groups), newSlots[K, V](groups), groups)
	}
	return m
}

// A small is a map with its only group.
type small[K comparable, V any] struct {
	m     Map[K, V]
	slots [groupSize]slot[K, V]
}

// NewSmall returns a map with room for one group. The compiler gives it
// memory for that, zeroed, if the map lives and dies with a frame; otherwise nil.
func NewSmall[K comparable, V any](frame *small[K, V]) *Map[K, V] {
	if frame == nil {
		return New[K, V](0)
	}
	m := &frame.m
	m.seed = uintptr(rand64())
	m.single = allEmpty
	m.ctrl = noescape(unsafe.Pointer(&m.single))
	m.slots = noescape(unsafe.Pointer(&frame.slots))
	m.room = groupSize
	return m
}

// newSlots returns zeroed slots for the given number of groups.
func newSlots[K comparable, V any](groups uintptr) unsafe.Pointer {
	return unsafe.Pointer(unsafe.SliceData(make([]slot[K, V], groups*groupSize)))
}

// setTable makes an empty table the map's.
func (m *Map[K, V]) setTable(ctrl, slots unsafe.Pointer, groups uintptr) {
	m.ctrl, m.slots, m.groupMask = ctrl, slots, groups-1
	m.room = int(groups * maxPerGroup)
}

func slotAt[K comparable, V any](slots unsafe.Pointer, i uintptr) *slot[K, V] {
	return (*slot[K, V])(unsafe.Add(slots, i*unsafe.Sizeof(slot[K, V]{})))
}

// find returns the slot of key, or nil.
func (m *Map[K, V]) find(key K) *slot[K, V] {
	h := hash(key, m.seed)
	mask := m.groupMask
	g := h >> 7 & mask
	for step := uintptr(1); ; step++ {
		w := loadWord(m.ctrl, g)
		for match := matchHash(w, h); match != 0; match &= match - 1 {
			s := slotAt[K, V](m.slots, g*groupSize+firstSlot(match))
			if s.key == key {
				return s
			}
		}
		if matchEmpty(w) != 0 || step > mask {
			return nil
		}
		g = (g + step) & mask
	}
}

// Get returns a pointer to the element for key, or nil.
func Get[K comparable, V any](m *Map[K, V], key K) *V {
	if race.Enabled && m != nil {
		race.Read(unsafe.Pointer(m))
	}
	if m == nil || m.count == 0 {
		if hashPanics[K]() {
			hash(key, 0)
		}
		return nil
	}
	if m.writing {
		fatal("concurrent map read and map write")
	}
	s := m.find(key)
	if s == nil {
		return nil
	}
	return &s.elem
}

// Put returns a pointer to the element for key, which is made if missing. The
// pointer is good until the map is changed again.
func Put[K comparable, V any](m *Map[K, V], key K) *V {
	if m == nil {
		panic(errNilMap)
	}
	if race.Enabled {
		race.Write(unsafe.Pointer(m))
	}
	if m.writing {
		fatal("concurrent map writes")
	}
	h := hash(key, m.seed)
	m.writing = true
	if m.slots == nil {
		m.slots = newSlots[K, V](1)
		m.room = groupSize
	}
	mask := m.groupMask
	g := h >> 7 & mask
	free, found := uintptr(0), false
	for step := uintptr(1); ; step++ {
		w := loadWord(m.ctrl, g)
		for match := matchHash(w, h); match != 0; match &= match - 1 {
			s := slotAt[K, V](m.slots, g*groupSize+firstSlot(match))
			if s.key == key {
				if updatesKey[K]() {
					s.key = key
				}
				m.writing = false
				return &s.elem
			}
		}
		if !found {
			if match := matchFree(w); match != 0 {
				free, found = g*groupSize+firstSlot(match), true
			}
		}
		if matchEmpty(w) != 0 || step > mask {
			break
		}
		g = (g + step) & mask
	}
	if !found || m.room == 0 && controlByte(m.ctrl, free) == empty {
		m.grow()
		free = m.firstFree(h)
	}
	if controlByte(m.ctrl, free) == empty {
		m.room--
	}
	setControl(m.ctrl, free, h&hashBits)
	s := slotAt[K, V](m.slots, free)
	s.key = key
	m.count++
	m.writing = false
	return &s.elem
}

// firstFree returns the first slot that an entry with hash h can have, in a
// table that has an empty one.
func (m *Map[K, V]) firstFree(h uintptr) uintptr {
	g := h >> 7 & m.groupMask
	for step := uintptr(1); ; step++ {
		if match := matchFree(loadWord(m.ctrl, g)); match != 0 {
			return g*groupSize + firstSlot(match)
		}
		g = (g + step) & m.groupMask
	}
}

// grow moves all entries to a new table, of twice the size unless
// many slots are only taken by deleted entries. The old one stays as it is.
func (m *Map[K, V]) grow() {
	oldCtrl, oldSlots, oldGroups := m.ctrl, m.slots, m.groupMask+1
	groups := oldGroups
	if uintptr(m.count)*8 > oldGroups*groupSize*5 {
		groups *= 2
	}
	m.setTable(newControl(groups), newSlots[K, V](groups), groups)
	m.room -= m.count
	for g := uintptr(0); g < oldGroups; g++ {
		for match := matchFull(loadWord(oldCtrl, g)); match != 0; match &= match - 1 {
			s := slotAt[K, V](oldSlots, g*groupSize+firstSlot(match))
			h := hash(s.key, m.seed)
			to := m.firstFree(h)
			setControl(m.ctrl, to, h&hashBits)
			*slotAt[K, V](m.slots, to) = *s
		}
	}
}

// Delete removes the entry for key, if there is one.
func Delete[K comparable, V any](m *Map[K, V], key K) {
	if race.Enabled && m != nil {
		race.Write(unsafe.Pointer(m))
	}
	if m == nil || m.count == 0 {
		if hashPanics[K]() {
			hash(key, 0)
		}
		return
	}
	if m.writing {
		fatal("concurrent map writes")
	}
	s := m.find(key)
	if s == nil {
		return
	}
	m.writing = true
	i := (uintptr(unsafe.Pointer(s)) - uintptr(m.slots)) / unsafe.Sizeof(*s)
	*s = slot[K, V]{}
	// No search has gone on past a group that has an empty slot.
	if m.groupMask == 0 || matchEmpty(loadWord(m.ctrl, i/groupSize)) != 0 {
		setControl(m.ctrl, i, empty)
		m.room++
	} else {
		setControl(m.ctrl, i, deleted)
	}
	m.count--
	m.writing = false
}

// Clear removes all entries; the table stays.
func Clear[K comparable, V any](m *Map[K, V]) {
	if race.Enabled && m != nil {
		race.Write(unsafe.Pointer(m))
	}
	if m == nil || m.slots == nil {
		return
	}
	if m.writing {
		fatal("concurrent map writes")
	}
	m.writing = true
	m.clears++
	groups := m.groupMask + 1
	for g := uintptr(0); g < groups; g++ {
		if w := loadWord(m.ctrl, g); w != allEmpty {
			if matchFull(w) != 0 {
				*(*[groupSize]slot[K, V])(unsafe.Pointer(slotAt[K, V](m.slots, g*groupSize))) = [groupSize]slot[K, V]{}
			}
			storeWord(m.ctrl, g, allEmpty)
		}
	}
	m.count = 0
	m.room = int(groups * maxPerGroup)
	if groups == 1 && m.ctrl == unsafe.Pointer(&m.single) {
		m.room = groupSize
	}
	m.writing = false
}

// groupsFor returns how many groups a table for n entries needs: a power of two.
func groupsFor(n int) uintptr {
	groups := (uintptr(n) + maxPerGroup - 1) / maxPerGroup
	return uintptr(1) << bits.Len64(uint64(groups-1))
}

// nilMapError is the error of an assignment to an entry of a nil map.
type nilMapError string

// Error returns the text of the error.
func (e nilMapError) Error() string { return string(e) }

// RuntimeError marks the error as one of the runtime.
func (e nilMapError) RuntimeError() {}

var errNilMap error = nilMapError("assignment to entry in nil map")

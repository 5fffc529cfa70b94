// This file holds the control words, each of eight bytes for eight slots.

package maps

import (
	"math/bits"
	"unsafe"
)

const (
	groupSize = 8
	// maxPerGroup is how many slots of a group are filled on average in a
	// table of several groups.
	maxPerGroup = 7
)

// What a control byte can be; a byte without the top bit is a full slot's.
const (
	empty    = 0x80
	deleted  = 0xfe
	hashBits = 0x7f
)

const (
	lowBits  = 0x0101010101010101
	highBits = 0x8080808080808080
	allEmpty = empty * lowBits
)

func loadWord(ctrl unsafe.Pointer, g uintptr) uint64 {
	return *(*uint64)(unsafe.Add(ctrl, g*8))
}

func storeWord(ctrl unsafe.Pointer, g uintptr, w uint64) {
	*(*uint64)(unsafe.Add(ctrl, g*8)) = w
}

func controlByte(ctrl unsafe.Pointer, i uintptr) uintptr {
	return uintptr(loadWord(ctrl, i/groupSize)>>(i%groupSize*8)) & 0xff
}

// setControl writes the whole word, which a search may soon load: the
// processor then takes it from its store buffer.
func setControl(ctrl unsafe.Pointer, i, c uintptr) {
	g, shift := i/groupSize, i%groupSize*8
	w := loadWord(ctrl, g)
	storeWord(ctrl, g, w&^(0xff<<shift)|uint64(c)<<shift)
}

// newControl returns control words for empty groups.
func newControl(groups uintptr) unsafe.Pointer {
	words := make([]uint64, groups)
	for i := range words {
		words[i] = allEmpty
	}
	return unsafe.Pointer(unsafe.SliceData(words))
}

// The matches have the top bit of the byte of each slot that is meant.

// matchHash finds the slots that may have the hash h. Behind a slot that has
// it, another may be found that doesn't; comparing the keys tells.
func matchHash(w uint64, h uintptr) uint64 {
	x := w ^ uint64(h&hashBits)*lowBits
	return (x - lowBits) &^ x & highBits
}

// matchEmpty finds the empty slots.
func matchEmpty(w uint64) uint64 { return w &^ (w << 6) & highBits }

// matchFree finds the slots that are empty or deleted.
func matchFree(w uint64) uint64 { return w & highBits }

// matchFull finds the slots that hold entries.
func matchFull(w uint64) uint64 { return ^w & highBits }

// firstSlot returns the first slot of a match that isn't zero.
func firstSlot(match uint64) uintptr {
	return uintptr(bits.TrailingZeros64(match)) / 8
}

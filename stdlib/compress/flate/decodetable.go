// This file holds the tables that codes are decoded with.

package flate

import "sync"

// How many bits the first tables are looked up with.
const (
	litBits  = 10
	distBits = 8
)

// decodeTable decodes a code of at most 15 bits by one look-up, or two for
// long symbols. Entries are symbol<<4 | length, 0 for no symbol, and
// position<<4 | bits with the top bit set for another table.
type decodeTable struct {
	entries  []uint32
	bits     uint // of the first look-up
	shortest int  // the length of the shortest symbol
}

// link marks an entry that leads to another table.
const link = 1 << 31

// lookup returns the entry for the bits at hand; the length is 0 if they are no
// symbol.
func (t *decodeTable) lookup(b uint64) uint32 {
	e := t.entries[b&(1<<t.bits-1)]
	if e&link != 0 {
		e = t.entries[uint64(e&^link>>4)+b>>t.bits&(1<<(e&15)-1)]
	}
	return e
}

// partial reports whether the n bits at hand may start a symbol.
func (t *decodeTable) partial(b uint64, n uint) bool {
	for x := range uint64(1) << (15 - n) {
		if t.lookup(b&(1<<n-1)|x<<n)&15 != 0 {
			return true
		}
	}
	return false
}

// make makes the table for symbols with these lengths, and reports whether
// they are a code: complete, or a single symbol of one bit, or none.
func (t *decodeTable) make(lens []uint8, tableBits uint) bool {
	var count [16]int
	longest, shortest := 0, 15
	for _, l := range lens {
		if l != 0 {
			count[l]++
			longest, shortest = max(longest, int(l)), min(shortest, int(l))
		}
	}
	t.bits = min(tableBits, uint(max(longest, 1)))
	t.shortest = shortest
	size := 1 << t.bits
	if cap(t.entries) < size+1024 {
		t.entries = make([]uint32, size, 2*size+2048)
	}
	t.entries = t.entries[:size]
	clear(t.entries)
	if longest == 0 {
		return true
	}
	var next [16]int
	code := 0
	for l := shortest; l <= longest; l++ {
		code <<= 1
		next[l] = code
		code += count[l]
	}
	if code != 1<<longest && !(code == 1 && longest == 1) {
		return false
	}
	for sym, l := range lens {
		if l == 0 {
			continue
		}
		c := uint(reverse(uint16(next[l]), l))
		next[l]++
		e := uint32(sym)<<4 | uint32(l)
		if uint(l) <= t.bits {
			for i := c; i < uint(size); i += 1 << l {
				t.entries[i] = e
			}
			continue
		}
		// A second table for the codes that start with these bits.
		first := c & (1<<t.bits - 1)
		sub := uint(longest) - t.bits
		if t.entries[first] == 0 {
			at := len(t.entries)
			t.entries[first] = link | uint32(at)<<4 | uint32(sub)
			for range 1 << sub {
				t.entries = append(t.entries, 0)
			}
		}
		at := uint(t.entries[first] &^ link >> 4)
		for i := c >> t.bits; i < 1<<sub; i += 1 << (uint(l) - t.bits) {
			t.entries[at+i] = e
		}
	}
	return true
}

// fixedLens are the lengths of the fixed code of literals and lengths.
func fixedLens() (lens [288]uint8) {
	for i := range lens {
		switch {
		case i < 144:
			lens[i] = 8
		case i < 256:
			lens[i] = 9
		case i < 280:
			lens[i] = 7
		default:
			lens[i] = 8
		}
	}
	return lens
}

// fixedTables are the tables of the fixed code.
var fixedTables = sync.OnceValues(func() (lit, dist *decodeTable) {
	lit, dist = new(decodeTable), new(decodeTable)
	lens := fixedLens()
	lit.make(lens[:], litBits)
	var five [32]uint8
	for i := range five {
		five[i] = 5
	}
	dist.make(five[:], distBits)
	return lit, dist
})

// This file writes blocks.

package flate

import (
	"io"
	"math/bits"
	"slices"
	"sync"
)

// blockWriter writes bits, lowest first.
type blockWriter struct {
	w    io.Writer
	err  error
	best bool // whether the fixed code is worth a try for a few bytes too
	bits uint64
	n    uint
	out  []byte

	lit     [286]int32 // frequencies
	dist    [30]int32
	litLen  [286]uint8
	distLen [30]uint8
	litCode [286]uint16
	dstCode [30]uint16
}

func (b *blockWriter) reset(w io.Writer) {
	b.w, b.err, b.bits, b.n, b.out = w, nil, 0, 0, b.out[:0]
}

// put writes the n low bits of v, at most 32.
func (b *blockWriter) put(v uint64, n uint) {
	b.bits |= v << b.n
	b.n += n
	if b.n >= 32 {
		x := uint32(b.bits)
		b.out = append(b.out, byte(x), byte(x>>8), byte(x>>16), byte(x>>24))
		b.bits >>= 32
		b.n -= 32
	}
}

// align fills up the last byte.
func (b *blockWriter) align() {
	for b.n > 0 {
		b.out = append(b.out, byte(b.bits))
		b.bits >>= 8
		b.n -= min(b.n, 8)
	}
	b.bits = 0
}

// flush hands on the bytes that are whole.
func (b *blockWriter) flush() {
	for b.n >= 8 {
		b.out = append(b.out, byte(b.bits))
		b.bits >>= 8
		b.n -= 8
	}
	if b.err == nil && len(b.out) > 0 {
		_, b.err = b.w.Write(b.out)
	}
	b.out = b.out[:0]
}

// stored writes data, of at most maxStored bytes, as it is.
func (b *blockWriter) stored(data []byte) {
	b.put(0, 3)
	b.align()
	n := uint64(len(data))
	b.put(n|(^n&0xffff)<<16, 32)
	b.flush()
	if b.err == nil && len(data) > 0 {
		_, b.err = b.w.Write(data)
	}
}

// end writes an empty block, the last.
func (b *blockWriter) end() {
	b.put(1|1<<1, 3)
	b.put(0, 7)
	b.align()
	b.flush()
}

// lengthSym has the symbol, less 257, for each length less 3; distSym that for
// each distance less 1, and below for distances above 256.
var (
	lengthSym [256]uint8
	distSym   [256]uint8
	distSym2  [256]uint8
)

// makeSymbols fills these tables by those of inflate.go.
func makeSymbols() {
	for i := range 29 {
		for k := range 1 << lengthExtra[i] {
			if l := int(lengthBase[i]) - 3 + k; l < len(lengthSym) {
				lengthSym[l] = uint8(i)
			}
		}
	}
	for i := range 30 {
		for k := range 1 << distExtra[i] {
			d := int(distBase[i]) - 1 + k
			if d < 256 {
				distSym[d] = uint8(i)
			} else {
				distSym2[d>>7] = uint8(i)
			}
		}
	}
}

func distSymbol(d uint32) uint8 {
	d--
	if d < 256 {
		return distSym[d]
	}
	return distSym2[d>>7]
}

// fixed is the fixed code.
var fixed = sync.OnceValue(func() *struct {
	len  [288]uint8
	code [288]uint16
} {
	f := new(struct {
		len  [288]uint8
		code [288]uint16
	})
	f.len = fixedLens()
	assignCodes(f.len[:], f.code[:])
	return f
})

// block writes the tokens, which stand for data, in the shortest way.
func (b *blockWriter) block(tokens []token, data []byte) {
	clear(b.lit[:])
	clear(b.dist[:])
	extra := 0
	for _, t := range tokens {
		if t < matchToken {
			b.lit[t]++
			continue
		}
		s := lengthSym[t>>16&0xff]
		b.lit[257+int(s)]++
		d := distSymbol(t & 0xffff)
		b.dist[d]++
		extra += int(lengthExtra[s]) + int(distExtra[d])
	}
	b.lit[256] = 1
	f := fixed()
	fixedBits := 3 + extra
	for i, n := range b.lit {
		fixedBits += int(n) * int(f.len[i])
	}
	for _, n := range b.dist {
		fixedBits += int(n) * 5
	}
	head, dynBits := b.codes(extra)
	best := min(fixedBits, dynBits)
	small := len(data) < 64 && !b.best
	if small {
		best = dynBits
	}
	if len(data) <= maxStored && (len(data)+5)*8 <= best {
		b.stored(data)
		return
	}
	if fixedBits <= dynBits && !small {
		b.put(1<<1, 3)
		copy(b.litLen[:], f.len[:])
		copy(b.litCode[:], f.code[:])
		for i := range b.distLen {
			b.distLen[i] = 5
			b.dstCode[i] = reverse(uint16(i), 5)
		}
	} else {
		b.header(head)
	}
	// 8 bytes are written each time, of which the whole ones count.
	room := len(b.out)
	b.out = slices.Grow(b.out, best/8+64)
	out := b.out[:cap(b.out)]
	acc, n := b.bits, b.n
	for _, t := range tokens {
		put64(out[room:], acc)
		room += int(n >> 3)
		acc >>= n &^ 7
		n &= 7
		if t < matchToken {
			acc |= uint64(b.litCode[t]) << n
			n += uint(b.litLen[t])
			continue
		}
		l := t >> 16 & 0xff
		s := uint(lengthSym[l])
		acc |= uint64(b.litCode[257+s]) << n
		n += uint(b.litLen[257+s])
		acc |= uint64(l+3-uint32(lengthBase[s])) << n
		n += uint(lengthExtra[s])
		dist := t & 0xffff
		d := distSymbol(dist)
		acc |= uint64(b.dstCode[d]) << n
		n += uint(b.distLen[d])
		acc |= uint64(dist-uint32(distBase[d])) << n
		n += uint(distExtra[d])
	}
	put64(out[room:], acc)
	room += int(n >> 3)
	b.bits, b.n = acc>>(n&^7), n&7
	b.out = out[:room]
	b.put(uint64(b.litCode[256]), uint(b.litLen[256]))
	b.flush()
}

// huffman writes data without looking for repetitions.
func (b *blockWriter) huffman(data []byte) {
	clear(b.lit[:])
	clear(b.dist[:])
	for _, c := range data {
		b.lit[c]++
	}
	b.lit[256] = 1
	head, size := b.codes(0)
	if (len(data)+5)*8 <= size {
		b.stored(data)
		return
	}
	b.header(head)
	room := len(b.out)
	b.out = slices.Grow(b.out, size/8+64)
	out := b.out[:cap(b.out)]
	acc, n := b.bits, b.n
	for _, c := range data {
		put64(out[room:], acc)
		room += int(n >> 3)
		acc >>= n &^ 7
		n &= 7
		acc |= uint64(b.litCode[c]) << n
		n += uint(b.litLen[c])
	}
	put64(out[room:], acc)
	room += int(n >> 3)
	b.bits, b.n = acc>>(n&^7), n&7
	b.out = out[:room]
	b.put(uint64(b.litCode[256]), uint(b.litLen[256]))
	b.flush()
}

// header is what a block with codes of its own starts with.
type header struct {
	nlit, ndist, nlen int
	// The lengths, where symbols 16 to 18 repeat, with their extra bits above.
	syms []uint16
	len  [19]uint8
	code [19]uint16
}

// codes makes codes for the frequencies and returns the header and how many
// bits the block takes with the extra bits.
func (b *blockWriter) codes(extra int) (*header, int) {
	makeLengths(b.lit[:], b.litLen[:], 15)
	makeLengths(b.dist[:], b.distLen[:], 15)
	assignCodes(b.litLen[:], b.litCode[:])
	assignCodes(b.distLen[:], b.dstCode[:])
	size := 3 + 14 + extra
	for i, n := range b.lit {
		size += int(n) * int(b.litLen[i])
	}
	for i, n := range b.dist {
		size += int(n) * int(b.distLen[i])
	}
	h := &header{nlit: 286, ndist: 30, nlen: 19}
	for h.nlit > 257 && b.litLen[h.nlit-1] == 0 {
		h.nlit--
	}
	for h.ndist > 1 && b.distLen[h.ndist-1] == 0 {
		h.ndist--
	}
	var all [286 + 30]uint8
	lens := append(append(all[:0], b.litLen[:h.nlit]...), b.distLen[:h.ndist]...)
	var freq [19]int32
	add := func(sym, extra int) {
		freq[sym]++
		h.syms = append(h.syms, uint16(sym|extra<<8))
	}
	for i := 0; i < len(lens); {
		v := lens[i]
		n := 1
		for i+n < len(lens) && lens[i+n] == v {
			n++
		}
		i += n
		if v == 0 {
			for n >= 11 {
				k := min(n, 138)
				add(18, k-11)
				n -= k
			}
			if n >= 3 {
				add(17, n-3)
				n = 0
			}
		} else {
			add(int(v), 0)
			n--
			for n >= 3 {
				k := min(n, 6)
				add(16, k-3)
				n -= k
			}
		}
		for range n {
			add(int(v), 0)
		}
	}
	makeLengths(freq[:], h.len[:], 7)
	assignCodes(h.len[:], h.code[:])
	for h.nlen > 4 && h.len[lengthOrder[h.nlen-1]] == 0 {
		h.nlen--
	}
	size += 3 * h.nlen
	for i, n := range freq {
		size += int(n) * int(h.len[i])
	}
	size += 2*int(freq[16]) + 3*int(freq[17]) + 7*int(freq[18])
	return h, size
}

// header writes it.
func (b *blockWriter) header(h *header) {
	b.put(2<<1, 3)
	b.put(uint64(h.nlit-257), 5)
	b.put(uint64(h.ndist-1), 5)
	b.put(uint64(h.nlen-4), 4)
	for _, i := range lengthOrder[:h.nlen] {
		b.put(uint64(h.len[i]), 3)
	}
	for _, s := range h.syms {
		sym := s & 0xff
		b.put(uint64(h.code[sym]), uint(h.len[sym]))
		switch sym {
		case 16:
			b.put(uint64(s>>8), 2)
		case 17:
			b.put(uint64(s>>8), 3)
		case 18:
			b.put(uint64(s>>8), 7)
		}
	}
}

// assignCodes gives the symbols their codes, bits reversed, by the lengths.
func assignCodes(lens []uint8, codes []uint16) {
	var count, next [17]uint16
	for _, l := range lens {
		count[l]++
	}
	count[0] = 0
	for l := 1; l <= 15; l++ {
		next[l+1] = (next[l] + count[l]) << 1
	}
	for i, l := range lens {
		if l != 0 {
			codes[i] = reverse(next[l], l)
			next[l]++
		}
	}
}

// makeLengths gives the symbols the lengths of an optimal code for their
// frequencies, none longer than limit. A code has at least two symbols, so that
// all readers take it, unless no symbol occurs.
func makeLengths(freq []int32, lens []uint8, limit int) {
	clear(lens)
	// Symbols by frequency: the symbol in the low bits.
	var list [286]uint64
	n := 0
	for i, f := range freq {
		if f > 0 {
			list[n] = uint64(f)<<16 | uint64(i)
			n++
		}
	}
	switch n {
	case 0:
		return
	case 1:
		lens[list[0]&0xffff] = 1
		return
	}
	sortKeys(list[:n])

	// Two queues: leaves, and inner nodes in the order in which they are made.
	var weight [2 * 286]uint64
	var parent [2 * 286]int16
	for i := range n {
		weight[i] = list[i] >> 16
	}
	leaf, inner := 0, n
	for next := n; next < 2*n-1; next++ {
		take := func() int {
			if leaf < n && (inner >= next || weight[leaf] <= weight[inner]) {
				leaf++
				return leaf - 1
			}
			inner++
			return inner - 1
		}
		x, y := take(), take()
		weight[next] = weight[x] + weight[y]
		parent[x], parent[y] = int16(next), int16(next)
	}
	var depth [2 * 286]uint8
	var count [64]int
	for i := 2*n - 3; i >= 0; i-- {
		depth[i] = min(depth[parent[i]]+1, 63)
		if i < n {
			count[min(int(depth[i]), limit)]++
		}
	}
	// Codes that were cut to the limit overfill the space: push others down.
	total := 0
	for l := 1; l <= limit; l++ {
		total += count[l] << (limit - l)
	}
	for total > 1<<limit {
		l := limit - 1
		for count[l] == 0 {
			l--
		}
		count[l]--
		count[l+1] += 2
		count[limit]--
		total--
	}
	// The rarest symbols get the longest codes.
	i := 0
	for l := limit; l > 0; l-- {
		for range count[l] {
			lens[list[i]&0xffff] = uint8(l)
			i++
		}
	}
}

// sortKeys is a shell sort, which does for so few.
func sortKeys(a []uint64) {
	for gap := 1 << bits.Len(uint(len(a))) / 2; gap > 0; gap /= 2 {
		for i := gap; i < len(a); i++ {
			v := a[i]
			j := i
			for ; j >= gap && a[j-gap] > v; j -= gap {
				a[j] = a[j-gap]
			}
			a[j] = v
		}
	}
}

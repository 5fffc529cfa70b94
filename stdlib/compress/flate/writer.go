// This file holds the Writer and finds what repeats.

// Package flate compresses and decompresses data in the format DEFLATE, as RFC
// 1951 has it.
package flate

import (
	"errors"
	"fmt"
	"io"
	"math/bits"
	"strconv"
)

// Compression levels.
const (
	NoCompression      = 0
	BestSpeed          = 1
	BestCompression    = 9
	DefaultCompression = -1

	// HuffmanOnly gives frequent bytes short codes but looks for no
	// repetitions. It is fast.
	HuffmanOnly = -2
)

// A WriteError is of no use any more.
//
// Deprecated: nothing returns it.
type WriteError struct {
	Offset int64
	Err    error
}

func (e *WriteError) Error() string {
	return "flate: write error at offset " + strconv.FormatInt(e.Offset, 10) + ": " + e.Err.Error()
}

// level says how hard to look for matches.
type level struct {
	// Up to level 6, which looks at two candidates for each position: how fast
	// to skip where there are no matches (less is faster), below which length to
	// look for a longer match at the next position, and how many positions
	// inside a match to leave out of the tables.
	skip, lazy, step int
	// Above, which looks at many: a match of length good makes the search for a
	// better one short, one of length nice ends it, and chain is how many
	// candidates to try.
	good, nice, chain int
}

// levels are indexed by the level.
var levels = [10]level{
	2: {skip: 5, step: 8},
	3: {skip: 5, step: 3},
	4: {skip: 6, lazy: 16, step: 4},
	5: {skip: 6, lazy: 32, step: 2},
	6: {skip: 7, lazy: 64, step: 1},
	7: {lazy: 32, good: 8, nice: 128, chain: 256},
	8: {lazy: 128, good: 32, nice: 258, chain: 1024},
	9: {lazy: 258, good: 32, nice: 258, chain: 4096},
}

const (
	hashBits  = 15
	hashSize  = 1 << hashBits
	minMatch  = 4
	maxTokens = 1 << 14
	// lookahead is how much input there should be behind a position, so that
	// matches are not cut short.
	lookahead = maxMatch + 8
	bufSize   = 4*windowSize + lookahead
	maxStored = 65535
)

// A token is a literal byte, or a match: 1<<31 | (length-3)<<16 | distance.
type token = uint32

const matchToken = 1 << 31

// A Writer compresses what is written to it.
type Writer struct {
	w     blockWriter
	level int
	dict  []byte
	err   error

	buf   []byte // the window and what is to be compressed
	pos   int    // what of buf is compressed
	block int    // where in buf the tokens start
	// head has for each hash the last position, plus 1 and plus base, with that
	// hash; prev, by position, the one before.
	head [hashSize]uint32
	prev [windowSize]uint32
	long [hashSize]uint32 // like head, for hashes of seven bytes
	base uint32
	// A match found at the position before, for lazy matching.
	prevLen, prevDist int
	haveLiteral       bool
	tokens            []token
	misses            int // for BestSpeed: how often nothing was found
}

var errClosed = errors.New("flate: closed writer")

// NewWriter returns a Writer that writes what it compresses to w.
func NewWriter(w io.Writer, level int) (*Writer, error) {
	return NewWriterDict(w, level, nil)
}

// NewWriterDict is NewWriter with a dictionary, which the reader needs too.
func NewWriterDict(w io.Writer, level int, dict []byte) (*Writer, error) {
	if level == DefaultCompression {
		level = 6
	}
	if level < HuffmanOnly || level > 9 {
		return nil, fmt.Errorf("flate: invalid compression level %d: want value in range [-2, 9]", level)
	}
	z := &Writer{level: level}
	z.buf = make([]byte, 0, bufSize)
	z.tokens = make([]token, 0, maxTokens)
	if len(dict) > windowSize {
		dict = dict[len(dict)-windowSize:]
	}
	z.dict = append([]byte(nil), dict...)
	z.w.w = w
	z.w.best = level == BestCompression
	z.begin()
	return z, nil
}

// Reset begins anew with another writer, and with the same dictionary.
func (z *Writer) Reset(dst io.Writer) {
	z.w.reset(dst)
	z.err = nil
	z.buf = z.buf[:0]
	z.pos, z.block, z.misses = 0, 0, 0
	z.prevLen, z.prevDist, z.haveLiteral = 0, 0, false
	z.tokens = z.tokens[:0]
	if z.base > 1<<30 {
		clear(z.head[:])
		clear(z.long[:])
		z.base = 0
	} else {
		// Old positions are too far away from here.
		z.base += bufSize + windowSize
	}
	z.begin()
}

// begin puts the dictionary in the window.
func (z *Writer) begin() {
	if z.base == 0 {
		z.base = windowSize + 1
	}
	z.buf = append(z.buf, z.dict...)
	for i := 0; i+minMatch <= len(z.buf); i++ {
		z.insert(i)
	}
	z.pos, z.block = len(z.buf), len(z.buf)
}

// Write compresses data; some of it may stay in the Writer.
func (z *Writer) Write(data []byte) (n int, err error) {
	if z.err != nil {
		return 0, z.err
	}
	for n < len(data) {
		if len(z.buf) == bufSize {
			z.slide()
		}
		k := min(bufSize-len(z.buf), len(data)-n)
		z.buf = append(z.buf, data[n:n+k]...)
		n += k
		if len(z.buf) == bufSize {
			z.compress(false)
			if z.err != nil {
				return 0, z.err
			}
		}
	}
	return n, z.err
}

// Flush writes all that was written, with an empty block behind it, so that
// a reader can read it all.
func (z *Writer) Flush() error {
	if z.err != nil {
		return z.err
	}
	z.compress(true)
	z.emit()
	z.w.stored(nil)
	z.note()
	return z.err
}

// Close flushes and ends the data.
func (z *Writer) Close() error {
	if z.err == errClosed {
		return nil
	}
	if z.err != nil {
		return z.err
	}
	z.compress(true)
	z.emit()
	z.w.end()
	z.note()
	if z.err != nil {
		return z.err
	}
	z.err = errClosed
	return nil
}

func (z *Writer) note() {
	if z.err == nil {
		z.err = z.w.err
	}
}

// slide drops what lies before the window.
func (z *Writer) slide() {
	drop := z.pos - windowSize
	if drop <= 0 {
		return
	}
	z.emitBefore(drop)
	z.buf = z.buf[:copy(z.buf, z.buf[drop:])]
	z.pos -= drop
	z.block -= drop
	if z.base += uint32(drop); z.base > 1<<31 {
		// Start the count again; there are no matches across.
		clear(z.head[:])
		clear(z.prev[:])
		clear(z.long[:])
		z.base = windowSize + 1
	}
}

// emitBefore ends the block if it starts before drop: a stored block needs
// its bytes.
func (z *Writer) emitBefore(drop int) {
	if z.block < drop {
		if z.haveLiteral {
			z.flushLazy()
		}
		z.emit()
	}
}

// emit writes the tokens as a block.
func (z *Writer) emit() {
	if len(z.tokens) == 0 && z.block == z.pos {
		return
	}
	z.w.block(z.tokens, z.buf[z.block:z.pos])
	z.tokens = z.tokens[:0]
	z.block = z.pos
	z.note()
}

func hash4(b []byte) uint32 {
	_ = b[3]
	v := uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
	return v * 0x9e3779b1 >> (32 - hashBits)
}

// insert notes the position i and returns the one before it with the same
// hash, as a number that counts from base.
func (z *Writer) insert(i int) uint32 {
	h := &z.head[hash4(z.buf[i:])]
	old := *h
	at := z.base + uint32(i)
	z.prev[at%windowSize] = old
	*h = at
	return old
}

// compress makes tokens of the input up to where there is too little behind,
// or of all of it.
func (z *Writer) compress(all bool) {
	end := len(z.buf) - lookahead
	if all {
		end = len(z.buf)
	}
	switch {
	case z.level == NoCompression:
		for z.pos < end {
			n := min(end-z.pos, maxStored)
			z.w.stored(z.buf[z.pos : z.pos+n])
			z.pos += n
			z.block = z.pos
			z.note()
		}
	case z.level == HuffmanOnly:
		for z.pos < end {
			n := min(end-z.pos, maxStored)
			z.block = z.pos
			z.pos += n
			z.w.huffman(z.buf[z.block:z.pos])
			z.block = z.pos
			z.note()
		}
	case z.level == BestSpeed:
		z.fast(end)
	case z.level < 7:
		z.double(end)
	default:
		z.lazy(end)
		if all && z.haveLiteral {
			z.flushLazy()
		}
	}
}

// add adds a token for input of length n.
func (z *Writer) add(t token, n int) {
	z.tokens = append(z.tokens, t)
	z.pos += n
	if len(z.tokens) == maxTokens {
		z.emit()
	}
}

// matchLen returns how long, up to limit, buf at i and j is the same.
func matchLen(buf []byte, i, j, limit int) int {
	n := 0
	for n+8 <= limit {
		if x := le64(buf[i+n:]) ^ le64(buf[j+n:]); x != 0 {
			return n + bits.TrailingZeros64(x)>>3
		}
		n += 8
	}
	for n < limit && buf[i+n] == buf[j+n] {
		n++
	}
	return n
}

// find looks for the longest match of buf[i:], longer than best, among chain
// positions from cand on.
func (z *Writer) find(i int, cand uint32, best, chain, nice int) (length, dist int) {
	limit := min(len(z.buf)-i, maxMatch)
	if best >= limit {
		return best, 0
	}
	nice = min(nice, limit)
	at := z.base + uint32(i)
	buf := z.buf
	for ; chain > 0; chain-- {
		d := at - cand
		if d == 0 || d > windowSize || int(d) > i {
			break
		}
		j := i - int(d)
		if buf[j+best] == buf[i+best] && buf[j] == buf[i] {
			if n := matchLen(buf, i, j, limit); n > best {
				best, dist = n, int(d)
				if n >= nice {
					break
				}
			}
		}
		cand = z.prev[cand%windowSize]
	}
	return best, dist
}

func match(length, dist int) token {
	return matchToken | uint32(length-3)<<16 | uint32(dist)
}

// fast looks at one candidate only, and skips where nothing repeats.
func (z *Writer) fast(end int) {
	for z.pos < end {
		i := z.pos
		if i+8 > len(z.buf) {
			z.add(uint32(z.buf[i]), 1)
			continue
		}
		h := &z.head[hash4(z.buf[i:])]
		at := z.base + uint32(i)
		d := at - *h
		*h = at
		if d <= windowSize && int(d) <= i && d != 0 {
			j := i - int(d)
			if n := matchLen(z.buf, i, j, min(len(z.buf)-i, maxMatch)); n >= minMatch {
				z.misses = 0
				z.add(match(n, int(d)), n)
				if k := z.pos - 2; k+4 <= len(z.buf) {
					z.head[hash4(z.buf[k:])] = z.base + uint32(k)
				}
				continue
			}
		}
		z.misses++
		for n := min(1+z.misses>>6, end-i); n > 0; n-- {
			z.add(uint32(z.buf[z.pos]), 1)
		}
	}
}

// literals adds tokens for the bytes up to end.
func (z *Writer) literals(end int) {
	for z.pos < end {
		n := min(end-z.pos, maxTokens-len(z.tokens))
		t := z.tokens[len(z.tokens) : len(z.tokens)+n]
		for i, c := range z.buf[z.pos : z.pos+n] {
			t[i] = uint32(c)
		}
		z.tokens = z.tokens[:len(z.tokens)+n]
		z.pos += n
		if len(z.tokens) == maxTokens {
			z.emit()
		}
	}
}

func hashShort(v uint64) uint32 { return uint32(v) * 0x9e3779b1 >> (32 - hashBits) }

func hashLong(v uint64) uint32 { return uint32(v << 8 * 0x9e3779b97f4a7c15 >> (64 - hashBits)) }

// candidate returns how long the match of buf[i:] with what lies d before is,
// or 0 if it is no match.
func candidate(buf []byte, i int, d uint32) int {
	if d-1 >= windowSize || int(d) > i {
		return 0
	}
	j := i - int(d)
	if le32(buf[i:]) != le32(buf[j:]) {
		return 0
	}
	return matchLen(buf, i, j, min(len(buf)-i, maxMatch))
}

func le32(b []byte) uint32 {
	_ = b[3]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}

// double looks at the last position with the same four bytes and at that with
// the same seven.
func (z *Writer) double(end int) {
	lv := &levels[z.level]
	buf, base := z.buf, z.base
	stop := min(end, len(buf)-9)
	i := z.pos // the bytes from z.pos on have no token yet
	for i < stop {
		v := le64(buf[i:])
		hs, hl := hashShort(v), hashLong(v)
		at := base + uint32(i)
		ds, dl := at-z.head[hs], at-z.long[hl]
		z.head[hs], z.long[hl] = at, at
		dist := dl
		n := candidate(buf, i, dl)
		if n < 32 {
			if k := candidate(buf, i, ds); k > n {
				n, dist = k, ds
			}
		}
		if n == 0 {
			i += 1 + (i-z.pos)>>lv.skip
			continue
		}
		for n < lv.lazy && i+1 < stop {
			v = le64(buf[i+1:])
			hs, hl = hashShort(v), hashLong(v)
			at++
			ds, dl = at-z.head[hs], at-z.long[hl]
			z.head[hs], z.long[hl] = at, at
			k := candidate(buf, i+1, dl)
			d := dl
			if k <= n {
				if k = candidate(buf, i+1, ds); k <= n {
					break
				}
				d = ds
			}
			i++
			n, dist = k, d
		}
		// Skipping may have jumped over the start.
		for i > z.pos && i > int(dist) && n < maxMatch && buf[i-1] == buf[i-1-int(dist)] {
			i--
			n++
		}
		z.literals(i)
		for k := i + 2; k < min(i+n, stop); k += lv.step {
			v := le64(buf[k:])
			at := base + uint32(k)
			z.head[hashShort(v)], z.long[hashLong(v)] = at, at
		}
		z.add(match(n, int(dist)), n)
		i += n
	}
	z.literals(max(z.pos, end))
}

// lazy takes a match only if there is no longer one at the next position.
// While haveLiteral is set, buf[pos] is examined but has no token yet: it
// starts the match prevLen, prevDist, if that is one.
func (z *Writer) lazy(end int) {
	lv := &levels[z.level]
	for {
		i := z.pos
		if z.haveLiteral {
			i++
		}
		if i >= end {
			return
		}
		length, dist := minMatch-1, 0
		if i+minMatch <= len(z.buf) {
			cand := z.insert(i)
			if z.prevLen < lv.lazy {
				chain := lv.chain
				if z.prevLen >= lv.good {
					chain >>= 2
				}
				length, dist = z.find(i, cand, max(z.prevLen, minMatch-1), chain, lv.nice)
			}
		}
		if z.haveLiteral && z.prevDist != 0 && dist == 0 {
			// The match at the position before is the better one.
			n := z.prevLen
			for k := i + 1; k < i-1+n && k+minMatch <= len(z.buf); k++ {
				z.insert(k)
			}
			z.haveLiteral = false
			d := z.prevDist
			z.prevLen, z.prevDist = 0, 0
			z.add(match(n, d), n)
			continue
		}
		if z.haveLiteral {
			z.add(uint32(z.buf[z.pos]), 1)
		}
		z.haveLiteral = true
		if dist == 0 {
			length = 0
		}
		z.prevLen, z.prevDist = length, dist
	}
}

// flushLazy makes a token of what lazy has not decided on.
func (z *Writer) flushLazy() {
	z.haveLiteral = false
	n, d := z.prevLen, z.prevDist
	z.prevLen, z.prevDist = 0, 0
	if d != 0 {
		z.add(match(n, d), n)
	} else {
		z.add(uint32(z.buf[z.pos]), 1)
	}
}

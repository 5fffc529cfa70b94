// This file decompresses.

package flate

import (
	"bufio"
	"bytes"
	"io"
	"math/bits"
	"strconv"
	"strings"
)

// A CorruptInputError says before which byte of the input it is wrong.
type CorruptInputError int64

func (e CorruptInputError) Error() string {
	return "flate: corrupt input before offset " + strconv.FormatInt(int64(e), 10)
}

// An InternalError is a fault of this package.
type InternalError string

func (e InternalError) Error() string { return "flate: internal error: " + string(e) }

// A ReadError is of no use any more.
//
// Deprecated: nothing returns it.
type ReadError struct {
	Offset int64
	Err    error
}

func (e *ReadError) Error() string {
	return "flate: read error at offset " + strconv.FormatInt(e.Offset, 10) + ": " + e.Err.Error()
}

// A Reader is what the decompressor reads from without taking more bytes than
// it needs. Other readers are read through a buffer.
type Reader interface {
	io.Reader
	io.ByteReader
}

// A Resetter is what NewReader returns too: Reset begins anew with another
// reader.
type Resetter interface {
	Reset(r io.Reader, dict []byte) error
}

const (
	windowSize = 32 << 10
	// outSize is the size of the output buffer, which starts with the window.
	outSize  = windowSize + 64<<10
	maxMatch = 258
)

// state is what the input continues with.
type state uint8

const (
	atBlock  state = iota // the header of a block
	inStored              // the rest of a stored block
	inCodes               // codes of a block
)

// decompressor decompresses what it reads.
type decompressor struct {
	src   source
	err   error
	state state
	final bool
	// The input that is taken from src but not used: n bits, lowest first.
	bits uint64
	n    uint

	stored int // bytes left of a stored block
	lit    *decodeTable
	dist   *decodeTable
	ownLit decodeTable
	own    decodeTable

	out    []byte // the window, and what comes behind it
	rd, wr int    // what of out is not read yet
}

// NewReader returns a reader that decompresses r. It also is a Resetter.
func NewReader(r io.Reader) io.ReadCloser { return NewReaderDict(r, nil) }

// NewReaderDict is NewReader for data that was compressed with a dictionary.
func NewReaderDict(r io.Reader, dict []byte) io.ReadCloser {
	d := new(decompressor)
	d.Reset(r, dict)
	return d
}

// Reset begins anew.
func (d *decompressor) Reset(r io.Reader, dict []byte) error {
	out := d.out
	if out == nil {
		out = make([]byte, outSize)
	}
	d.src.reset(r)
	d.err, d.state, d.final, d.bits, d.n, d.stored = nil, atBlock, false, 0, 0, 0
	d.out = out
	if len(dict) > windowSize {
		dict = dict[len(dict)-windowSize:]
	}
	d.wr = copy(out, dict)
	d.rd = d.wr
	return nil
}

// Close returns the error that ended the reading, if it was not the end.
func (d *decompressor) Close() error {
	if d.err == io.EOF {
		return nil
	}
	return d.err
}

// Read decompresses.
func (d *decompressor) Read(p []byte) (int, error) {
	for {
		if d.rd < d.wr {
			n := copy(p, d.out[d.rd:d.wr])
			d.rd += n
			if d.rd == d.wr && d.err != nil {
				return n, d.err
			}
			return n, nil
		}
		if d.err != nil {
			return 0, d.err
		}
		if d.wr > outSize-maxMatch-8 {
			// Keep the window, and make room.
			copy(d.out, d.out[d.wr-windowSize:d.wr])
			d.wr = windowSize
			d.rd = windowSize
		}
		d.step()
	}
}

// step produces some output.
func (d *decompressor) step() {
	switch d.state {
	case atBlock:
		if d.final {
			d.src.give(d.n / 8)
			d.n, d.bits = 0, 0
			d.src.finish()
			d.err = io.EOF
			return
		}
		d.header()
	case inStored:
		d.copyStored()
	case inCodes:
		d.codes()
	}
}

// corrupt sets the error about the input so far.
func (d *decompressor) corrupt() {
	d.err = CorruptInputError(d.src.offset() - int64(d.n/8))
}

// need takes input until there are n bits. It takes no more bytes than that.
func (d *decompressor) need(n uint) bool {
	for d.n < n {
		b, ok := d.src.next()
		if !ok {
			d.err = noEOF(d.src.err)
			return false
		}
		d.bits |= uint64(b) << d.n
		d.n += 8
	}
	return true
}

func noEOF(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// take returns n bits, for which need was called.
func (d *decompressor) take(n uint) uint {
	v := uint(d.bits & (1<<n - 1))
	d.bits >>= n
	d.n -= n
	return v
}

// header reads what a block starts with.
func (d *decompressor) header() {
	if !d.need(3) {
		return
	}
	d.final = d.take(1) == 1
	switch d.take(2) {
	case 0:
		d.take(d.n % 8)
		d.src.give(d.n / 8)
		d.bits, d.n = 0, 0
		if !d.need(32) {
			return
		}
		n := d.take(16)
		if d.take(16) != ^n&0xffff {
			d.corrupt()
			return
		}
		d.stored = int(n)
		d.state = inStored
		if n == 0 {
			d.state = atBlock
		}
	case 1:
		d.lit, d.dist = fixedTables()
		d.state = inCodes
	case 2:
		if d.tables() {
			d.lit, d.dist = &d.ownLit, &d.own
			d.state = inCodes
		}
	default:
		d.corrupt()
	}
}

// copyStored copies from a stored block.
func (d *decompressor) copyStored() {
	n := d.src.read(d.out[d.wr:min(outSize, d.wr+d.stored)])
	if n == 0 {
		d.err = noEOF(d.src.err)
		return
	}
	d.wr += n
	d.stored -= n
	if d.stored == 0 {
		d.state = atBlock
	}
}

// lengthOrder is the order in which the lengths of the codes for lengths come.
var lengthOrder = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// tables reads the codes of a block.
func (d *decompressor) tables() bool {
	if !d.need(14) {
		return false
	}
	nlit, ndist, nlen := int(d.take(5))+257, int(d.take(5))+1, int(d.take(4))+4
	if nlit > 286 || ndist > 30 {
		d.corrupt()
		return false
	}
	var lens [19]uint8
	for i := range nlen {
		if !d.need(3) {
			return false
		}
		lens[lengthOrder[i]] = uint8(d.take(3))
	}
	if !d.own.make(lens[:], 7) {
		d.corrupt()
		return false
	}
	var all [286 + 30]uint8
	for i := 0; i < nlit+ndist; {
		sym, ok := d.symbol(&d.own)
		if !ok {
			return false
		}
		if sym < 16 {
			all[i] = uint8(sym)
			i++
			continue
		}
		var n int
		var v uint8
		switch sym {
		case 16:
			if i == 0 {
				d.corrupt()
				return false
			}
			if !d.need(2) {
				return false
			}
			n, v = 3+int(d.take(2)), all[i-1]
		case 17:
			if !d.need(3) {
				return false
			}
			n = 3 + int(d.take(3))
		default:
			if !d.need(7) {
				return false
			}
			n = 11 + int(d.take(7))
		}
		if i+n > nlit+ndist {
			d.corrupt()
			return false
		}
		for range n {
			all[i] = v
			i++
		}
	}
	if !d.ownLit.make(all[:nlit], litBits) || !d.own.make(all[nlit:nlit+ndist], distBits) {
		d.corrupt()
		return false
	}
	return true
}

// symbol decodes a symbol, taking no more input than it has.
func (d *decompressor) symbol(t *decodeTable) (int, bool) {
	n := uint(max(t.shortest, 1))
	for {
		if !d.need(n) {
			return 0, false
		}
		e := t.lookup(d.bits)
		if l := uint(e & 15); l != 0 && l <= d.n {
			d.take(l)
			return int(e >> 4), true
		} else if l == 0 && d.n >= 15 || l == 0 && !t.partial(d.bits, d.n) {
			d.corrupt()
			return 0, false
		}
		n = d.n + 1
	}
}

// The lengths and distances that the symbols stand for: a base and how many
// extra bits there are.
var (
	lengthBase  [29]uint16
	lengthExtra [29]uint8
	distBase    [30]uint16
	distExtra   [30]uint8
)

func init() {
	n := 3
	for i := range lengthBase {
		if i >= 8 {
			lengthExtra[i] = uint8(i/4 - 1)
		}
		lengthBase[i] = uint16(n)
		n += 1 << lengthExtra[i]
	}
	lengthBase[28], lengthExtra[28] = maxMatch, 0
	n = 1
	for i := range distBase {
		if i >= 4 {
			distExtra[i] = uint8(i/2 - 1)
		}
		distBase[i] = uint16(n)
		n += 1 << distExtra[i]
	}
	makeSymbols()
}

// codes decodes until the block ends or there is no room for another match.
func (d *decompressor) codes() {
	for d.wr <= outSize-maxMatch-8 {
		// Quickly, while there is plenty of input at hand.
		if !d.fastCodes() {
			return
		}
		if d.wr > outSize-maxMatch-8 {
			return
		}
		sym, ok := d.symbol(d.lit)
		switch {
		case !ok:
			return
		case sym < 256:
			d.out[d.wr] = byte(sym)
			d.wr++
			if d.src.slow() {
				return // the next byte may take a while
			}
			continue
		case sym == 256:
			d.state = atBlock
			return
		case sym > 285:
			d.corrupt()
			return
		}
		sym -= 257
		if !d.need(uint(lengthExtra[sym])) {
			return
		}
		length := int(lengthBase[sym]) + int(d.take(uint(lengthExtra[sym])))
		if sym, ok = d.symbol(d.dist); !ok {
			return
		}
		if sym > 29 {
			d.corrupt()
			return
		}
		if !d.need(uint(distExtra[sym])) {
			return
		}
		dist := int(distBase[sym]) + int(d.take(uint(distExtra[sym])))
		if dist > d.wr {
			d.corrupt()
			return
		}
		d.match(length, dist)
	}
}

// match repeats what is dist bytes back.
func (d *decompressor) match(length, dist int) {
	out, wr := d.out, d.wr
	d.wr += length
	if dist >= length {
		copy(out[wr:wr+length], out[wr-dist:])
		return
	}
	if dist == 1 {
		c := out[wr-1]
		run := out[wr : wr+length]
		for i := range run {
			run[i] = c
		}
		return
	}
	for length > 0 {
		// What was copied can be copied again.
		n := copy(out[wr:wr+min(length, dist)], out[wr-dist:])
		wr += n
		length -= n
		dist += n
	}
}

// fastCodes is codes as long as the input at hand has 8 bytes at a time. It
// returns false if the block ended or is wrong.
func (d *decompressor) fastCodes() bool {
	buf, pos := d.src.buf, d.src.pos
	b, n := d.bits, d.n
	out, wr := d.out, d.wr
	lit, dist := d.lit, d.dist
	more, bad := true, false
	for pos+8 <= len(buf) && wr <= outSize-maxMatch-8 {
		// At least 56 bits: more than a length and a distance can take.
		b |= le64(buf[pos:]) << n
		pos += int(63-n) >> 3
		n |= 56

		e := lit.lookup(b)
		l := uint(e & 15)
		b >>= l
		n -= l
		sym := int(e >> 4)
		if l != 0 && sym < 256 {
			out[wr] = byte(sym)
			wr++
			// Often a literal follows a literal.
			e = lit.lookup(b)
			l = uint(e & 15)
			sym = int(e >> 4)
			if l == 0 || sym >= 256 {
				continue
			}
			b >>= l
			n -= l
			out[wr] = byte(sym)
			wr++
			continue
		}
		if l == 0 || sym > 285 {
			bad = true
			break
		}
		if sym == 256 {
			d.state = atBlock
			more = false
			break
		}
		sym -= 257
		x := uint(lengthExtra[sym])
		length := int(lengthBase[sym]) + int(b&(1<<x-1))
		b >>= x
		n -= x
		e = dist.lookup(b)
		l = uint(e & 15)
		b >>= l
		n -= l
		sym = int(e >> 4)
		if l == 0 || sym > 29 {
			bad = true
			break
		}
		x = uint(distExtra[sym])
		back := int(distBase[sym]) + int(b&(1<<x-1))
		b >>= x
		n -= x
		if back > wr {
			bad = true
			break
		}
		if back >= 8 {
			// Eight bytes at a time; there is room behind the end.
			for i := 0; i < length; i += 8 {
				put64(out[wr+i:], le64(out[wr+i-back:]))
			}
			wr += length
			continue
		}
		d.wr = wr
		d.match(length, back)
		wr = d.wr
	}
	// Whole bytes that were not used go back.
	pos -= int(n >> 3)
	n &= 7
	d.bits, d.n = b&(1<<n-1), n
	d.src.pos, d.wr = pos, wr
	if bad {
		d.corrupt()
		return false
	}
	return more
}

func le64(b []byte) uint64 {
	_ = b[7]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

func put64(b []byte, v uint64) {
	_ = b[7]
	b[0], b[1], b[2], b[3] = byte(v), byte(v>>8), byte(v>>16), byte(v>>24)
	b[4], b[5], b[6], b[7] = byte(v>>32), byte(v>>40), byte(v>>48), byte(v>>56)
}

// source hands out input, piecewise from the reader's own buffer if it has one
// that can be seen, so that no more is taken than needed.
type source struct {
	r    Reader
	bufr *bufio.Reader
	bytr *bytes.Buffer
	seek io.Seeker // the reader, if it can be set back for free
	buf  []byte    // the piece at hand
	pos  int
	base int64 // bytes before buf
	err  error
	one  [1]byte
	room []byte
}

func (s *source) reset(r io.Reader) {
	*s = source{room: s.room}
	switch r := r.(type) {
	case *bufio.Reader:
		s.bufr = r
	case *bytes.Buffer:
		s.bytr = r
	case *bytes.Reader:
		s.r, s.seek = r, r
	case *strings.Reader:
		s.r, s.seek = r, r
	case Reader:
		s.r = r
	default:
		s.bufr = bufio.NewReader(r)
	}
}

// slow reports whether bytes come one by one.
func (s *source) slow() bool { return s.r != nil && s.seek == nil }

// finish leaves the reader behind the last byte that was used.
func (s *source) finish() {
	switch {
	case s.bufr != nil:
		s.bufr.Discard(s.pos)
	case s.bytr != nil:
		s.bytr.Next(s.pos)
	case s.seek != nil:
		s.seek.Seek(int64(s.pos-len(s.buf)), io.SeekCurrent)
	}
	s.base += int64(s.pos)
	s.buf, s.pos = nil, 0
}

// fill gets the next piece.
func (s *source) fill() bool {
	if s.err != nil {
		return false
	}
	s.finish()
	switch {
	case s.bufr != nil:
		if _, s.err = s.bufr.Peek(1); s.err == nil {
			s.buf, _ = s.bufr.Peek(s.bufr.Buffered())
		}
	case s.bytr != nil:
		if s.buf = s.bytr.Bytes(); len(s.buf) == 0 {
			s.err = io.EOF
		}
	case s.seek != nil:
		if s.room == nil {
			s.room = make([]byte, 4096)
		}
		n, err := s.r.Read(s.room)
		s.buf = s.room[:n]
		if n == 0 {
			s.err = err
		}
	default:
		if s.one[0], s.err = s.r.ReadByte(); s.err == nil {
			s.buf = s.one[:]
		}
	}
	return s.err == nil
}

// next returns the next byte.
func (s *source) next() (byte, bool) {
	if s.pos == len(s.buf) && !s.fill() {
		return 0, false
	}
	s.pos++
	return s.buf[s.pos-1], true
}

// read copies some input to p.
func (s *source) read(p []byte) int {
	if s.pos == len(s.buf) {
		if s.slow() && s.err == nil {
			n, err := s.r.Read(p)
			s.base += int64(s.pos) + int64(n)
			s.buf, s.pos = nil, 0
			if n == 0 {
				s.err = err
			}
			return n
		}
		if !s.fill() {
			return 0
		}
	}
	n := copy(p, s.buf[s.pos:])
	s.pos += n
	return n
}

// give takes n bytes back, which were the last taken.
func (s *source) give(n uint) { s.pos -= int(n) }

func (s *source) offset() int64 { return s.base + int64(s.pos) }

// reverse reverses the n low bits.
func reverse(v uint16, n uint8) uint16 { return bits.Reverse16(v) >> (16 - n) }

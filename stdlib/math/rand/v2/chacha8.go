// This file holds the generator ChaCha8.

package rand

import "errors"

// ChaCha8 is a generator that is as strong as a cipher: ChaCha with 8 rounds,
// as specified for ChaCha8Rand.
type ChaCha8 struct {
	buf     [32]uint64 // a group of four blocks
	seed    [4]uint64  // the key
	next    uint32     // the next word of buf
	end     uint32     // the number of words of buf to use
	counter uint32     // the number of the first block in buf
	rest    [8]byte    // what Read has left of a number
	have    int        // how many bytes of it, at its end
}

// The blocks are made four at a time, and after 16 of them the last four
// words become a new key.
const (
	lastGroup = 12
	keyWords  = 4
)

// NewChaCha8 returns a ChaCha8 with the seed.
func NewChaCha8(seed [32]byte) *ChaCha8 {
	c := new(ChaCha8)
	c.Seed(seed)
	return c
}

// Seed makes the generator begin with the seed.
func (c *ChaCha8) Seed(seed [32]byte) {
	*c = ChaCha8{}
	for i := range c.seed {
		c.seed[i] = littleWord(seed[8*i:])
	}
	c.fill()
}

// littleWord reads a number with its lowest byte first.
func littleWord(b []byte) uint64 {
	_ = b[7]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// fill makes the group of blocks at the counter.
func (c *ChaCha8) fill() {
	block(&c.seed, &c.buf, c.counter)
	c.next = 0
	c.end = uint32(len(c.buf))
	if c.counter == lastGroup {
		c.end -= keyWords
	}
}

// refill goes on to the next group.
func (c *ChaCha8) refill() {
	c.counter += 4
	if c.counter > lastGroup {
		copy(c.seed[:], c.buf[len(c.buf)-keyWords:])
		c.counter = 0
	}
	c.fill()
}

// Uint64 returns a number of 64 bits.
func (c *ChaCha8) Uint64() uint64 {
	if c.next == c.end {
		c.refill()
	}
	x := c.buf[c.next&31]
	c.next++
	return x
}

// Read fills p with random bytes. It always fills all of it, without an error.
func (c *ChaCha8) Read(p []byte) (n int, err error) {
	n = len(p)
	if c.have > 0 {
		k := copy(p, c.rest[8-c.have:])
		c.have -= k
		p = p[k:]
	}
	for len(p) > 0 {
		x := c.Uint64()
		if len(p) >= 8 {
			p[0], p[1], p[2], p[3] = byte(x), byte(x>>8), byte(x>>16), byte(x>>24)
			p[4], p[5], p[6], p[7] = byte(x>>32), byte(x>>40), byte(x>>48), byte(x>>56)
			p = p[8:]
			continue
		}
		for i := range c.rest {
			c.rest[i] = byte(x >> (8 * i))
		}
		c.have = 8 - copy(p, c.rest[:])
		break
	}
	return n, nil
}

// errEncoding is the error of UnmarshalBinary.
var errEncoding = errors.New("invalid ChaCha8 encoding")

// AppendBinary appends the state to b.
func (c *ChaCha8) AppendBinary(b []byte) ([]byte, error) {
	if c.have > 0 {
		b = append(b, "readbuf:"...)
		b = append(b, byte(c.have))
		b = append(b, c.rest[8-c.have:]...)
	}
	b = append(b, "chacha8:"...)
	used := uint64(c.counter/4)*uint64(len(c.buf)) + uint64(c.next)
	b = appendWord(b, used)
	for _, s := range c.seed {
		for i := range 8 {
			b = append(b, byte(s>>(8*i)))
		}
	}
	return b, nil
}

// MarshalBinary returns the state.
func (c *ChaCha8) MarshalBinary() ([]byte, error) {
	return c.AppendBinary(make([]byte, 0, 64))
}

// UnmarshalBinary sets the state to one that MarshalBinary returned.
func (c *ChaCha8) UnmarshalBinary(data []byte) error {
	const first, second = "readbuf:", "chacha8:"
	var rest [8]byte
	have := 0
	if len(data) > len(first) && string(data[:len(first)]) == first {
		data = data[len(first):]
		have = int(data[0])
		if have > 8 || len(data) < 1+have {
			return errors.New("invalid ChaCha8 Read buffer encoding")
		}
		copy(rest[8-have:], data[1:1+have])
		data = data[1+have:]
	}
	if len(data) != len(second)+40 || string(data[:len(second)]) != second {
		return errEncoding
	}
	data = data[len(second):]
	used := word(data)
	if used > 4*32-keyWords {
		return errEncoding
	}
	var s ChaCha8
	for i := range s.seed {
		s.seed[i] = littleWord(data[8+8*i:])
	}
	s.counter = uint32(used/32) * 4
	s.next = uint32(used % 32)
	block(&s.seed, &s.buf, s.counter)
	s.end = uint32(len(s.buf))
	if s.counter == lastGroup {
		s.end -= keyWords
	}
	s.rest, s.have = rest, have
	*c = s
	return nil
}

// block makes four blocks with counters from the given one on. Word i of all
// four comes before word i+1 of any. Only the key is added at the end.
func block(seed *[4]uint64, buf *[32]uint64, counter uint32) {
	var key [8]uint32
	for i, s := range seed {
		key[2*i], key[2*i+1] = uint32(s), uint32(s>>32)
	}
	for lane := range uint32(4) {
		x0, x1, x2, x3 := uint32(0x61707865), uint32(0x3320646e), uint32(0x79622d32), uint32(0x6b206574)
		x4, x5, x6, x7 := key[0], key[1], key[2], key[3]
		x8, x9, x10, x11 := key[4], key[5], key[6], key[7]
		x12, x13, x14, x15 := counter+lane, uint32(0), uint32(0), uint32(0)
		for range 4 {
			x0, x4, x8, x12 = quarter(x0, x4, x8, x12)
			x1, x5, x9, x13 = quarter(x1, x5, x9, x13)
			x2, x6, x10, x14 = quarter(x2, x6, x10, x14)
			x3, x7, x11, x15 = quarter(x3, x7, x11, x15)
			x0, x5, x10, x15 = quarter(x0, x5, x10, x15)
			x1, x6, x11, x12 = quarter(x1, x6, x11, x12)
			x2, x7, x8, x13 = quarter(x2, x7, x8, x13)
			x3, x4, x9, x14 = quarter(x3, x4, x9, x14)
		}
		x4 += key[0]
		x5 += key[1]
		x6 += key[2]
		x7 += key[3]
		x8 += key[4]
		x9 += key[5]
		x10 += key[6]
		x11 += key[7]
		for i, x := range [16]uint32{x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15} {
			at := uint32(i)*4 + lane
			shift := at & 1 * 32
			w := &buf[at/2]
			*w = *w&^(0xffffffff<<shift) | uint64(x)<<shift
		}
	}
}

// quarter is the quarter round of ChaCha.
func quarter(a, b, c, d uint32) (uint32, uint32, uint32, uint32) {
	a += b
	d ^= a
	d = d<<16 | d>>16
	c += d
	b ^= c
	b = b<<12 | b>>20
	a += b
	d ^= a
	d = d<<8 | d>>24
	c += d
	b ^= c
	b = b<<7 | b>>25
	return a, b, c, d
}

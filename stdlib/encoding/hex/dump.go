// This file holds dumps.

package hex

import (
	"errors"
	"io"
	"strings"
)

// Dump returns a dump of data, in the form of hexdump -C.
func Dump(data []byte) string {
	if len(data) == 0 {
		return ""
	}
	var b strings.Builder
	b.Grow((1 + (len(data)-1)/16) * 79)
	d := Dumper(&b)
	d.Write(data)
	d.Close()
	return b.String()
}

// Dumper returns a Writer that writes a dump of what is written to it to w, in
// the form of hexdump -C. Close writes the last line.
func Dumper(w io.Writer) io.WriteCloser { return &dumper{w: w} }

// dumper makes one line of a dump after the other.
type dumper struct {
	w      io.Writer
	text   [18]byte // the bytes of the line as characters, and its end
	used   int      // how many bytes are in the line
	total  uint32   // how many bytes there were in all
	closed bool
	buf    [14]byte
}

// visible returns c, or a dot if it can't be printed.
func visible(c byte) byte {
	if c < 0x20 || c > 0x7e {
		return '.'
	}
	return c
}

// Write dumps data.
func (d *dumper) Write(data []byte) (n int, err error) {
	if d.closed {
		return 0, errors.New("encoding/hex: dumper closed")
	}
	for _, c := range data {
		if d.used == 0 {
			// The place comes first.
			var place [4]byte
			place[0], place[1] = byte(d.total>>24), byte(d.total>>16)
			place[2], place[3] = byte(d.total>>8), byte(d.total)
			Encode(d.buf[:], place[:])
			d.buf[8], d.buf[9] = ' ', ' '
			if _, err = d.w.Write(d.buf[:10]); err != nil {
				return n, err
			}
		}
		d.buf[0], d.buf[1], d.buf[2] = digits[c>>4], digits[c&15], ' '
		k := 3
		switch d.used {
		case 7:
			// There is a gap in the middle.
			d.buf[3] = ' '
			k = 4
		case 15:
			d.buf[3], d.buf[4] = ' ', '|'
			k = 5
		}
		if _, err = d.w.Write(d.buf[:k]); err != nil {
			return n, err
		}
		n++
		d.text[d.used] = visible(c)
		d.used++
		d.total++
		if d.used == 16 {
			d.text[16], d.text[17] = '|', '\n'
			if _, err = d.w.Write(d.text[:]); err != nil {
				return n, err
			}
			d.used = 0
		}
	}
	return n, nil
}

// Close fills the last line and writes the total.
func (d *dumper) Close() error {
	if d.closed {
		return nil
	}
	d.closed = true
	if d.used == 0 {
		return nil
	}
	blanks := [5]byte{' ', ' ', ' ', ' ', '|'}
	n := d.used
	for used := d.used; used < 16; used++ {
		k := 3
		switch used {
		case 7:
			k = 4
		case 15:
			k = 5
		}
		if _, err := d.w.Write(blanks[:k]); err != nil {
			return err
		}
	}
	d.text[n], d.text[n+1] = '|', '\n'
	_, err := d.w.Write(d.text[:n+2])
	return err
}

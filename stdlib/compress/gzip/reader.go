// This file reads.

// Package gzip reads and writes files in the format gzip, as RFC 1952 has it.
package gzip

import (
	"bufio"
	"compress/flate"
	"errors"
	"hash/crc32"
	"internal/byteorder"
	"io"
	"time"
)

// Bits of the header's flags.
const (
	flagHdrCrc  = 1 << 1
	flagExtra   = 1 << 2
	flagName    = 1 << 3
	flagComment = 1 << 4
)

var (
	// ErrChecksum says that the data does not match its checksum.
	ErrChecksum = errors.New("gzip: invalid checksum")
	// ErrHeader says that there is no gzip header.
	ErrHeader = errors.New("gzip: invalid header")
)

// Header has what a file tells about itself. Strings must be UTF-8 of characters
// up to U+00FF without NUL: the format has Latin-1.
type Header struct {
	Comment string
	Extra   []byte
	ModTime time.Time
	Name    string
	OS      byte // kind of file system
}

// A Reader decompresses. A file may have several parts, which are read as one;
// the Header is that of the last one begun.
type Reader struct {
	Header
	r      flate.Reader
	z      io.ReadCloser
	digest uint32
	size   uint32
	err    error
	single bool
}

// NewReader returns a Reader for r. If that has no ReadByte, more may be read
// from it than belongs to the file.
func NewReader(r io.Reader) (*Reader, error) {
	z := new(Reader)
	if err := z.Reset(r); err != nil {
		return nil, err
	}
	return z, nil
}

// Reset begins anew with another reader.
func (z *Reader) Reset(r io.Reader) error {
	*z = Reader{z: z.z}
	if rr, ok := r.(flate.Reader); ok {
		z.r = rr
	} else {
		z.r = bufio.NewReader(r)
	}
	z.Header, z.err = z.header()
	return z.err
}

// Multistream says whether parts are read as one, as they are at first. Without
// that, Read returns io.EOF at the end of a part, with the reader right behind
// it if it has ReadByte; Reset begins the next one.
func (z *Reader) Multistream(ok bool) { z.single = !ok }

func noEOF(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// header reads a header; io.EOF is the error if there is nothing at all.
func (z *Reader) header() (h Header, err error) {
	var buf [512]byte
	if _, err = io.ReadFull(z.r, buf[:10]); err != nil {
		return h, err
	}
	if buf[0] != 0x1f || buf[1] != 0x8b || buf[2] != 8 {
		return h, ErrHeader
	}
	flags := buf[3]
	if t := int64(byteorder.LE32(buf[4:])); t > 0 {
		h.ModTime = time.Unix(t, 0)
	}
	h.OS = buf[9]
	sum := crc32.ChecksumIEEE(buf[:10])
	if flags&flagExtra != 0 {
		if _, err = io.ReadFull(z.r, buf[:2]); err != nil {
			return h, noEOF(err)
		}
		sum = crc32.Update(sum, crc32.IEEETable, buf[:2])
		h.Extra = make([]byte, int(buf[0])|int(buf[1])<<8)
		if _, err = io.ReadFull(z.r, h.Extra); err != nil {
			return h, noEOF(err)
		}
		sum = crc32.Update(sum, crc32.IEEETable, h.Extra)
	}
	str := func() string {
		for i := 0; ; i++ {
			if i >= len(buf) {
				err = ErrHeader
				return ""
			}
			if buf[i], err = z.r.ReadByte(); err != nil {
				err = noEOF(err)
				return ""
			}
			if buf[i] == 0 {
				sum = crc32.Update(sum, crc32.IEEETable, buf[:i+1])
				var s []rune
				for _, c := range buf[:i] {
					s = append(s, rune(c))
				}
				return string(s)
			}
		}
	}
	if flags&flagName != 0 {
		if h.Name = str(); err != nil {
			return h, err
		}
	}
	if flags&flagComment != 0 {
		if h.Comment = str(); err != nil {
			return h, err
		}
	}
	if flags&flagHdrCrc != 0 {
		if _, err = io.ReadFull(z.r, buf[:2]); err != nil {
			return h, noEOF(err)
		}
		if uint16(buf[0])|uint16(buf[1])<<8 != uint16(sum) {
			return h, ErrHeader
		}
	}
	z.digest, z.size = 0, 0
	if z.z == nil {
		z.z = flate.NewReader(z.r)
	} else {
		z.z.(flate.Resetter).Reset(z.r, nil)
	}
	return h, nil
}

// Read decompresses.
func (z *Reader) Read(p []byte) (n int, err error) {
	if z.err != nil {
		return 0, z.err
	}
	for n == 0 {
		n, z.err = z.z.Read(p)
		z.digest = crc32.Update(z.digest, crc32.IEEETable, p[:n])
		z.size += uint32(n)
		if z.err != io.EOF {
			return n, z.err
		}
		var tail [8]byte
		if _, err := io.ReadFull(z.r, tail[:]); err != nil {
			z.err = noEOF(err)
			return n, z.err
		}
		if byteorder.LE32(tail[:]) != z.digest || byteorder.LE32(tail[4:]) != z.size {
			z.err = ErrChecksum
			return n, z.err
		}
		if z.single {
			return n, io.EOF
		}
		// Another part may follow; its header becomes ours.
		z.err = nil
		h, err := z.header()
		if err != nil {
			z.err = err
			return n, err
		}
		z.Header = h
	}
	return n, nil
}

// Close does not close the reader behind.
func (z *Reader) Close() error { return z.z.Close() }

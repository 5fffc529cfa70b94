// This file reads and writes.

// Package zlib reads and writes data in the format zlib, as RFC 1950 has it.
package zlib

import (
	"bufio"
	"compress/flate"
	"errors"
	"fmt"
	"hash"
	"hash/adler32"
	"internal/byteorder"
	"io"
)

// Compression levels, those of package flate.
const (
	NoCompression      = flate.NoCompression
	BestSpeed          = flate.BestSpeed
	BestCompression    = flate.BestCompression
	DefaultCompression = flate.DefaultCompression
	HuffmanOnly        = flate.HuffmanOnly
)

var (
	// ErrChecksum says that the data does not match its checksum.
	ErrChecksum = errors.New("zlib: invalid checksum")
	// ErrDictionary says that the data needs another dictionary.
	ErrDictionary = errors.New("zlib: invalid dictionary")
	// ErrHeader says that there is no zlib header.
	ErrHeader = errors.New("zlib: invalid header")
)

// A Resetter is what NewReader returns too: Reset begins anew with another
// reader.
type Resetter interface {
	Reset(r io.Reader, dict []byte) error
}

type reader struct {
	r      flate.Reader
	z      io.ReadCloser
	digest hash.Hash32
	err    error
}

// NewReader returns a reader that decompresses r. If that has no ReadByte, more
// may be read from it than belongs to the data.
func NewReader(r io.Reader) (io.ReadCloser, error) { return NewReaderDict(r, nil) }

// NewReaderDict is NewReader with a dictionary, which is used if the data was
// compressed with one.
func NewReaderDict(r io.Reader, dict []byte) (io.ReadCloser, error) {
	z := new(reader)
	if err := z.Reset(r, dict); err != nil {
		return nil, err
	}
	return z, nil
}

func noEOF(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// Reset begins anew.
func (z *reader) Reset(r io.Reader, dict []byte) error {
	*z = reader{z: z.z}
	if rr, ok := r.(flate.Reader); ok {
		z.r = rr
	} else {
		z.r = bufio.NewReader(r)
	}
	var head [4]byte
	if _, err := io.ReadFull(z.r, head[:2]); err != nil {
		z.err = noEOF(err)
		return z.err
	}
	if head[0]&15 != 8 || head[0]>>4 > 7 || (uint(head[0])<<8|uint(head[1]))%31 != 0 {
		z.err = ErrHeader
		return z.err
	}
	if head[1]&0x20 == 0 {
		dict = nil
	} else {
		if _, err := io.ReadFull(z.r, head[:4]); err != nil {
			z.err = noEOF(err)
			return z.err
		}
		if byteorder.BE32(head[:]) != adler32.Checksum(dict) {
			z.err = ErrDictionary
			return z.err
		}
	}
	if z.z == nil {
		z.z = flate.NewReaderDict(z.r, dict)
	} else {
		z.z.(flate.Resetter).Reset(z.r, dict)
	}
	z.digest = adler32.New()
	return nil
}

// Read decompresses.
func (z *reader) Read(p []byte) (int, error) {
	if z.err != nil {
		return 0, z.err
	}
	var n int
	n, z.err = z.z.Read(p)
	z.digest.Write(p[:n])
	if z.err != io.EOF {
		return n, z.err
	}
	var tail [4]byte
	if _, err := io.ReadFull(z.r, tail[:]); err != nil {
		z.err = noEOF(err)
	} else if byteorder.BE32(tail[:]) != z.digest.Sum32() {
		z.err = ErrChecksum
	}
	return n, z.err
}

// Close does not close the reader behind.
func (z *reader) Close() error {
	if z.err != nil && z.err != io.EOF {
		return z.err
	}
	z.err = z.z.Close()
	return z.err
}

// A Writer compresses.
type Writer struct {
	w      io.Writer
	level  int
	dict   []byte
	z      *flate.Writer
	digest hash.Hash32
	err    error
	begun  bool
}

// NewWriter returns a Writer that writes to w. It must be closed in the end.
func NewWriter(w io.Writer) *Writer {
	z, _ := NewWriterLevelDict(w, DefaultCompression, nil)
	return z
}

// NewWriterLevel is NewWriter with a compression level.
func NewWriterLevel(w io.Writer, level int) (*Writer, error) {
	return NewWriterLevelDict(w, level, nil)
}

// NewWriterLevelDict is NewWriterLevel with a dictionary, which must not be
// changed until the Writer is closed.
func NewWriterLevelDict(w io.Writer, level int, dict []byte) (*Writer, error) {
	if level < HuffmanOnly || level > BestCompression {
		return nil, fmt.Errorf("zlib: invalid compression level: %d", level)
	}
	return &Writer{w: w, level: level, dict: dict}, nil
}

// Reset begins anew with another writer.
func (z *Writer) Reset(w io.Writer) {
	z.w, z.err, z.begun = w, nil, false
	if z.z != nil {
		z.z.Reset(w)
	}
	if z.digest != nil {
		z.digest.Reset()
	}
}

// header writes the header.
func (z *Writer) header() (err error) {
	z.begun = true
	head := []byte{0x78, 0}
	switch z.level {
	case HuffmanOnly, NoCompression, BestSpeed:
	case 2, 3, 4, 5:
		head[1] = 1 << 6
	case 6, DefaultCompression:
		head[1] = 2 << 6
	default:
		head[1] = 3 << 6
	}
	if z.dict != nil {
		head[1] |= 0x20
	}
	head[1] += byte(31 - (uint(head[0])<<8|uint(head[1]))%31)
	if z.dict != nil {
		head = byteorder.AppendBE32(head, adler32.Checksum(z.dict))
	}
	if _, err = z.w.Write(head); err != nil {
		return err
	}
	if z.z == nil {
		if z.z, err = flate.NewWriterDict(z.w, z.level, z.dict); err != nil {
			return err
		}
		z.digest = adler32.New()
	}
	return nil
}

func (z *Writer) begin() error {
	if !z.begun && z.err == nil {
		z.err = z.header()
	}
	return z.err
}

// Write compresses p.
func (z *Writer) Write(p []byte) (n int, err error) {
	if z.begin() != nil {
		return 0, z.err
	}
	if len(p) == 0 {
		return 0, nil
	}
	if n, z.err = z.z.Write(p); z.err == nil {
		z.digest.Write(p)
	}
	return n, z.err
}

// Flush writes what was compressed, so that a reader can read it all.
func (z *Writer) Flush() error {
	if z.begin() == nil {
		z.err = z.z.Flush()
	}
	return z.err
}

// Close flushes and ends the data. It does not close the writer behind.
func (z *Writer) Close() error {
	if z.begin() != nil {
		return z.err
	}
	if z.err = z.z.Close(); z.err != nil {
		return z.err
	}
	_, z.err = z.w.Write(byteorder.AppendBE32(nil, z.digest.Sum32()))
	return z.err
}

// This file writes.

package gzip

import (
	"compress/flate"
	"errors"
	"fmt"
	"hash/crc32"
	"internal/byteorder"
	"io"
	"time"
)

// Compression levels, those of package flate.
const (
	NoCompression      = flate.NoCompression
	BestSpeed          = flate.BestSpeed
	BestCompression    = flate.BestCompression
	DefaultCompression = flate.DefaultCompression
	HuffmanOnly        = flate.HuffmanOnly
)

// A Writer compresses. Its Header may be set before the first Write, Flush or
// Close.
type Writer struct {
	Header
	w      io.Writer
	level  int
	begun  bool
	closed bool
	z      *flate.Writer
	digest uint32
	size   uint32
	err    error
}

// NewWriter returns a Writer that writes to w. It must be closed in the end.
func NewWriter(w io.Writer) *Writer {
	z, _ := NewWriterLevel(w, DefaultCompression)
	return z
}

// NewWriterLevel is NewWriter with a compression level.
func NewWriterLevel(w io.Writer, level int) (*Writer, error) {
	if level < HuffmanOnly || level > BestCompression {
		return nil, fmt.Errorf("gzip: invalid compression level: %d", level)
	}
	return &Writer{Header: Header{OS: 255}, w: w, level: level}, nil
}

// Reset begins anew with another writer.
func (z *Writer) Reset(w io.Writer) {
	fz := z.z
	if fz != nil {
		fz.Reset(w)
	}
	*z = Writer{Header: Header{OS: 255}, w: w, level: z.level, z: fz}
}

// appendLatin1 appends s in Latin-1 with NUL behind it.
func appendLatin1(b []byte, s string) ([]byte, error) {
	for _, r := range s {
		if r == 0 || r > 0xff {
			return nil, errors.New("gzip.Write: non-Latin-1 header string")
		}
		b = append(b, byte(r))
	}
	return append(b, 0), nil
}

// header writes the header.
func (z *Writer) header() error {
	z.begun = true
	b := []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, z.OS}
	if z.ModTime.After(time.Unix(0, 0)) {
		byteorder.PutLE32(b[4:], uint32(z.ModTime.Unix()))
	}
	switch z.level {
	case BestCompression:
		b[8] = 2
	case BestSpeed:
		b[8] = 4
	}
	if z.Extra != nil {
		b[3] |= flagExtra
		if len(z.Extra) > 0xffff {
			return errors.New("gzip.Write: Extra data is too large")
		}
		b = append(b, byte(len(z.Extra)), byte(len(z.Extra)>>8))
		b = append(b, z.Extra...)
	}
	var err error
	if z.Name != "" {
		b[3] |= flagName
		if b, err = appendLatin1(b, z.Name); err != nil {
			return err
		}
	}
	if z.Comment != "" {
		b[3] |= flagComment
		if b, err = appendLatin1(b, z.Comment); err != nil {
			return err
		}
	}
	if _, err = z.w.Write(b); err != nil {
		return err
	}
	if z.z == nil {
		z.z, err = flate.NewWriter(z.w, z.level)
	}
	return err
}

// Write compresses p.
func (z *Writer) Write(p []byte) (int, error) {
	if z.err != nil {
		return 0, z.err
	}
	if !z.begun {
		if z.err = z.header(); z.err != nil {
			return 0, z.err
		}
	}
	z.size += uint32(len(p))
	z.digest = crc32.Update(z.digest, crc32.IEEETable, p)
	var n int
	n, z.err = z.z.Write(p)
	return n, z.err
}

// Flush writes what was compressed, so that a reader can read it all.
func (z *Writer) Flush() error {
	if z.err != nil || z.closed {
		return z.err
	}
	if !z.begun {
		z.Write(nil)
		if z.err != nil {
			return z.err
		}
	}
	z.err = z.z.Flush()
	return z.err
}

// Close flushes and ends the file. It does not close the writer behind.
func (z *Writer) Close() error {
	if z.err != nil || z.closed {
		return z.err
	}
	z.closed = true
	if !z.begun {
		z.Write(nil)
		if z.err != nil {
			return z.err
		}
	}
	if z.err = z.z.Close(); z.err != nil {
		return z.err
	}
	var tail [8]byte
	byteorder.PutLE32(tail[:], z.digest)
	byteorder.PutLE32(tail[4:], z.size)
	_, z.err = z.w.Write(tail[:])
	return z.err
}

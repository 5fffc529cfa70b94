// This file holds the interfaces and the common errors.

// Package io has the interfaces that all input and output goes through, and
// functions on them. Nothing here is safe for use by several goroutines at
// once unless it says so.
package io

import "errors"

// What the offset of a Seek counts from.
const (
	SeekStart   = 0 // the start of the file
	SeekCurrent = 1 // the place of the next read or write
	SeekEnd     = 2 // the end
)

// EOF is what Read returns when there is no more input. It has to be returned
// as it is, not wrapped, for callers compare with ==. Where input ends in the
// middle of something, ErrUnexpectedEOF is meant.
var EOF = errors.New("EOF")

// ErrUnexpectedEOF says that the input ended within a block of fixed size or a
// structure.
var ErrUnexpectedEOF = errors.New("unexpected EOF")

// ErrShortWrite says that a write took fewer bytes than it was given and yet
// returned no error.
var ErrShortWrite = errors.New("short write")

// ErrShortBuffer says that a read needs a longer buffer.
var ErrShortBuffer = errors.New("short buffer")

// ErrNoProgress says that many calls of Read gave neither data nor an error,
// which is a fault of the Reader.
var ErrNoProgress = errors.New("multiple Read calls return no data or error")

// ErrClosedPipe is the error of reading or writing a closed pipe.
var ErrClosedPipe = errors.New("io: read/write on closed pipe")

// Errors that are not exported.
var (
	errInvalidWrite = errors.New("invalid write result")
	errWhence       = errors.New("Seek: invalid whence")
	errOffset       = errors.New("Seek: invalid offset")
)

// Reader is what can be read from.
//
// Read puts up to len(p) bytes into p and returns how many, and an error if
// there was one. It may use all of p for its own work. If some bytes are there
// it returns them rather than wait for more. At the end of the input it
// returns EOF, either with the last bytes or in the next call; so callers use
// the n bytes before they look at the error. It should not return 0 with a nil
// error unless p is empty, and callers take that as if nothing had happened.
// It must not keep p.
type Reader interface {
	Read(p []byte) (n int, err error)
}

// Writer is what can be written to.
//
// Write writes the bytes of p and returns how many it wrote, with an error if
// those are not all. It must neither change nor keep p.
type Writer interface {
	Write(p []byte) (n int, err error)
}

// Closer is what can be closed. What a second Close does is up to the type.
type Closer interface {
	Close() error
}

// Seeker is what has a place for the next read or write that can be set.
//
// Seek sets it to offset, counted from what whence says, and returns it
// counted from the start. A place before the start is an error; one behind the
// end may be allowed.
type Seeker interface {
	Seek(offset int64, whence int) (int64, error)
}

// ReadWriter is a Reader and Writer.
type ReadWriter interface {
	Reader
	Writer
}

// ReadCloser is a Reader and Closer.
type ReadCloser interface {
	Reader
	Closer
}

// WriteCloser is a Writer and Closer.
type WriteCloser interface {
	Writer
	Closer
}

// ReadWriteCloser is a Reader, Writer and Closer.
type ReadWriteCloser interface {
	Reader
	Writer
	Closer
}

// ReadSeeker is a Reader and Seeker.
type ReadSeeker interface {
	Reader
	Seeker
}

// ReadSeekCloser is a Reader, Seeker and Closer.
type ReadSeekCloser interface {
	Reader
	Seeker
	Closer
}

// WriteSeeker is a Writer and Seeker.
type WriteSeeker interface {
	Writer
	Seeker
}

// ReadWriteSeeker is a Reader, Writer and Seeker.
type ReadWriteSeeker interface {
	Reader
	Writer
	Seeker
}

// ReaderFrom is what can take its input from a Reader by itself.
//
// ReadFrom reads r up to its end or an error, and returns how many bytes it
// read, and any error but EOF. Copy uses it.
type ReaderFrom interface {
	ReadFrom(r Reader) (n int64, err error)
}

// WriterTo is what can write all it has by itself.
//
// WriteTo writes to w until there is no more or an error, and returns how many
// bytes it wrote, and any error. Copy uses it.
type WriterTo interface {
	WriteTo(w Writer) (n int64, err error)
}

// ReaderAt is what can be read from at any place.
//
// ReadAt fills p from the input at off, and returns how many bytes it got and,
// if p is not full, an error that says why. Unlike Read it waits for all of p.
// With the last bytes of the input the error may be EOF or nil. It does not
// touch the place that Seek sets, and may be called by several goroutines at
// once. It must not keep p.
type ReaderAt interface {
	ReadAt(p []byte, off int64) (n int, err error)
}

// WriterAt is what can be written to at any place.
//
// WriteAt writes p at off and returns how many bytes it wrote, with an error if
// those are not all. It does not touch the place that Seek sets, and may be
// called by several goroutines at once for ranges that do not overlap. It must
// not keep p.
type WriterAt interface {
	WriteAt(p []byte, off int64) (n int, err error)
}

// ByteReader reads single bytes. If there is none, the error says why.
type ByteReader interface {
	ReadByte() (byte, error)
}

// ByteScanner is a ByteReader that can take back the last byte.
//
// UnreadByte makes the next ReadByte return the last byte again. If the last
// operation was not a ReadByte it may be an error, take back the last byte
// read all the same, or, for a Seeker, go back one byte.
type ByteScanner interface {
	ByteReader
	UnreadByte() error
}

// ByteWriter writes single bytes.
type ByteWriter interface {
	WriteByte(c byte) error
}

// RuneReader reads single runes, and returns the lengths of their encodings.
type RuneReader interface {
	ReadRune() (r rune, size int, err error)
}

// RuneScanner is a RuneReader that can take back the last rune.
//
// UnreadRune makes the next ReadRune return the last rune again. If the last
// operation was not a ReadRune it may be an error, take back the last rune
// read all the same, or, for a Seeker, go back to the start of the rune before.
type RuneScanner interface {
	RuneReader
	UnreadRune() error
}

// StringWriter writes strings.
type StringWriter interface {
	WriteString(s string) (n int, err error)
}

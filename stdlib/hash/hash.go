// This file holds all of package hash.

// Package hash has the interfaces of hash functions.
package hash

import "io"

// Hash is a hash function in progress. The library's hashes can also be saved
// and restored, by the methods of encoding.BinaryMarshaler and
// encoding.BinaryUnmarshaler, and are Cloners.
type Hash interface {
	// Write adds more data. It never returns an error.
	io.Writer

	// Sum appends the hash of all data so far to b. It does not change the
	// state.
	Sum(b []byte) []byte

	// Reset makes the hash begin anew.
	Reset()

	// Size returns the number of bytes that Sum appends.
	Size() int

	// BlockSize returns the number of bytes that the function works on at
	// once. Writes of multiples of it may be faster.
	BlockSize() int
}

// Hash32 is a hash function with a result of 32 bits.
type Hash32 interface {
	Hash
	Sum32() uint32
}

// Hash64 is a hash function with a result of 64 bits.
type Hash64 interface {
	Hash
	Sum64() uint64
}

// Cloner is a hash function whose state can be copied.
type Cloner interface {
	Hash

	// Clone returns a copy, which goes its own way from then on. If that is
	// not possible after all, as when a part of it can't, it returns an error
	// that is errors.ErrUnsupported.
	Clone() (Cloner, error)
}

// XOF is a function that absorbs data and gives out any amount of output.
type XOF interface {
	// Write adds more data. It panics after the first Read.
	io.Writer

	// Read gives out more output. It may return io.EOF if that has an end.
	io.Reader

	// Reset makes the function begin anew.
	Reset()

	// BlockSize returns the number of bytes that the function works on at
	// once. Writes of multiples of it may be faster.
	BlockSize() int
}

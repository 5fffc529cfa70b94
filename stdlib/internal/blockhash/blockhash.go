// This file holds all of package blockhash.

// Package blockhash holds what the hashes over blocks of 64 or 128 bytes (MD5,
// SHA-1, SHA-2) have in common: the bytes that do not fill a block yet, the
// padding, and saved states.
package blockhash

import (
	"errors"
	"internal/byteorder"
	"unsafe"
)

// maxBlock is the largest size of a block.
const maxBlock = 128

// Buffer holds what does not fill a block yet.
type Buffer struct {
	x   [maxBlock]byte
	nx  int
	len uint64 // of all that was written
}

// Hash is a hash in progress. AddBlocks takes whole blocks, one or more. (It is
// the constraint of functions: so calls are direct, and hashes may stay on the
// stack.)
type Hash interface{ AddBlocks(p []byte) }

// Write takes p, and gives h whole blocks of size bytes.
func Write[H Hash](h H, b *Buffer, p []byte, size int) {
	b.len += uint64(len(p))
	if b.nx > 0 {
		k := copy(b.x[b.nx:size], p)
		b.nx += k
		if b.nx == size {
			h.AddBlocks(b.x[:size])
			b.nx = 0
		}
		p = p[k:]
	}
	if len(p) >= size {
		k := len(p) &^ (size - 1)
		h.AddBlocks(p[:k])
		p = p[k:]
	}
	if len(p) > 0 {
		b.nx = copy(b.x[:], p)
	}
}

// Finish adds the end mark and the number of bits, which takes an eighth of a
// block and has its lowest byte first if little is set. The buffer is not to be
// used further.
func Finish[H Hash](h H, b *Buffer, size int, little bool) {
	x := b.x[:size]
	x[b.nx] = 0x80
	clear(x[b.nx+1:])
	if b.nx >= size-size/8 {
		h.AddBlocks(x)
		clear(x)
	}
	bits := b.len << 3
	if little {
		byteorder.PutLE64(x[size-8:], bits)
	} else {
		byteorder.PutBE64(x[size-8:], bits)
	}
	if size == 128 {
		byteorder.PutBE64(x[size-16:], b.len>>61)
	}
	h.AddBlocks(x)
}

// Word is a word of a hash's state.
type Word interface{ uint32 | uint64 }

// StateSize returns the size of a saved state.
func StateSize[W Word](id string, h []W, size int) int {
	return len(id) + len(h)*int(unsafe.Sizeof(h[0])) + size + 8
}

// Append appends a saved state: the identifier, the words of h, the block, and
// how much was written.
func Append[W Word](dst []byte, id string, h []W, b *Buffer, size int) []byte {
	dst = append(dst, id...)
	for _, w := range h {
		if unsafe.Sizeof(w) == 4 {
			dst = byteorder.AppendBE32(dst, uint32(w))
		} else {
			dst = byteorder.AppendBE64(dst, uint64(w))
		}
	}
	dst = append(dst, b.x[:b.nx]...)
	dst = append(dst, make([]byte, size-b.nx)...)
	return byteorder.AppendBE64(dst, b.len)
}

// Restore is the inverse of Append. Errors name the package.
func Restore[W Word](data []byte, pkg, id string, h []W, b *Buffer, size int) error {
	if len(data) < len(id) || string(data[:len(id)]) != id {
		return errors.New(pkg + ": invalid hash state identifier")
	}
	if len(data) != StateSize(id, h, size) {
		return errors.New(pkg + ": invalid hash state size")
	}
	data = data[len(id):]
	for i, w := range h {
		if unsafe.Sizeof(w) == 4 {
			h[i] = W(byteorder.BE32(data))
		} else {
			h[i] = W(byteorder.BE64(data))
		}
		data = data[unsafe.Sizeof(w):]
	}
	data = data[copy(b.x[:size], data):]
	b.len = byteorder.BE64(data)
	b.nx = int(b.len % uint64(size))
	return nil
}

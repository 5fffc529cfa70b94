// This file holds the work on blocks, which the runtime does.

package sha256

import "unsafe"

//go:noescape
//go:linkname blocks gosubc_sha256_blocks
func blocks(state *[8]uint32, p *byte, n int)

// block adds whole blocks to the state.
func block(state *[8]uint32, p []byte) {
	if n := len(p) / BlockSize; n > 0 {
		blocks(state, unsafe.SliceData(p), n)
	}
}

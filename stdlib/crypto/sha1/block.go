// This file holds the work on blocks, which the runtime does.

package sha1

import "unsafe"

//go:noescape
//go:linkname blocks gosubc_sha1_blocks
func blocks(state *[5]uint32, p *byte, n int)

// AddBlocks adds whole blocks to the state.
func (d *digest) AddBlocks(p []byte) { blocks(&d.h, unsafe.SliceData(p), len(p)/BlockSize) }

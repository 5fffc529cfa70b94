// This file declares the runtime's memory searches.

package bytealg

//go:noescape
//go:linkname memchr gosubc_memchr
func memchr(p *byte, n int, c byte) int

//go:noescape
//go:linkname memmem gosubc_memmem
func memmem(hp *byte, hn int, np *byte, nn int) int

//go:noescape
//go:linkname memcmp gosubc_memcmp
func memcmp(p, q *byte, n int) int

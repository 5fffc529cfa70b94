// This file declares the runtime's generator.

package rand

import _ "unsafe" // for linkname

//go:linkname runtimeRand gosubc_rand_uint64
func runtimeRand() uint64

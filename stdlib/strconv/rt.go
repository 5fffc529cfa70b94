// This file declares the runtime's conversions of floating-point numbers.

package strconv

//go:noescape
//go:linkname shortest gosubc_strconv_shortest
func shortest(f float64, bits int, buf *byte) (ndigits int, decexp int)

//go:noescape
//go:linkname fixed gosubc_strconv_fixed
func fixed(f float64, ndigits int, mode int, buf *byte, cap int) (n int, decexp int)

//go:noescape
//go:linkname parseDecimal gosubc_strconv_parse_float
func parseDecimal(s string, bits int, out *float64) (status int)

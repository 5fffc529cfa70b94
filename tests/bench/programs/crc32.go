// CRC-32 of a buffer with a table made at the start.
// Group: compute
package main

func main() {
	var table [256]uint32
	for i := range table {
		c := uint32(i)
		for range 8 {
			if c&1 == 1 {
				c = c>>1 ^ 0xedb88320
			} else {
				c >>= 1
			}
		}
		table[i] = c
	}
	data := make([]byte, 1<<20)
	for i := range data {
		data[i] = byte(i * 7)
	}
	crc := ^uint32(0)
	for range 150 {
		for _, b := range data {
			crc = table[byte(crc)^b] ^ crc>>8
		}
	}
	println(^crc)
}

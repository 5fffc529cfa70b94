// hash/crc32 with both usual polynomials, large and small.
// Group: library
package main

import "hash/crc32"

func main() {
	data := make([]byte, 1<<20)
	for i := range data {
		data[i] = byte(i * 7)
	}
	castagnoli := crc32.MakeTable(crc32.Castagnoli)
	koopman := crc32.MakeTable(crc32.Koopman)
	sum := uint32(0)
	for range 1500 {
		sum ^= crc32.ChecksumIEEE(data)
		sum += crc32.Checksum(data, castagnoli)
	}
	for range 20 {
		sum += crc32.Checksum(data, koopman)
	}
	for i := range 5000000 {
		sum += crc32.ChecksumIEEE(data[i&0xff : i&0xff+i%80])
	}
	println(sum)
}

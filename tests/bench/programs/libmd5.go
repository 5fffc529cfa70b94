// MD5 of large and of small messages.
// Group: library
package main

import "crypto/md5"

func main() {
	data := make([]byte, 1<<20)
	for i := range data {
		data[i] = byte(i * 7)
	}
	h := md5.New()
	for range 150 {
		h.Write(data)
	}
	sum := h.Sum(nil)
	total := int(sum[0])
	for i := range 500000 {
		s := md5.Sum(data[i&0xff : i&0xff+40])
		total += int(s[0])
	}
	println(total)
}

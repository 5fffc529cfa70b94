// SHA-256 of large and of small messages, HMAC too.
// Group: library
package main

import (
	"crypto/hmac"
	"crypto/sha256"
)

func main() {
	data := make([]byte, 1<<20)
	for i := range data {
		data[i] = byte(i * 7)
	}
	h := sha256.New()
	for range 200 {
		h.Write(data)
	}
	sum := h.Sum(nil)
	total := int(sum[0])
	for i := range 500000 {
		s := sha256.Sum256(data[i&0xff : i&0xff+40])
		total += int(s[0])
	}
	m := hmac.New(sha256.New, []byte("key"))
	for i := range 100000 {
		m.Reset()
		m.Write(data[i&0xff : i&0xff+100])
		total += int(m.Sum(sum[:0])[0])
	}
	println(total)
}

// This file holds all of package rand.

// Package rand has random numbers that nobody can predict: those of the kernel.
package rand

import (
	"errors"
	"io"
	"math/big"
	"unsafe"
)

//go:linkname random gosubc_random
func random(p *byte, n int)

type reader struct{}

func (reader) Read(b []byte) (n int, err error) {
	if len(b) > 0 {
		random(unsafe.SliceData(b), len(b))
	}
	return len(b), nil
}

// Reader is a source of random bytes that goroutines may share.
var Reader io.Reader = reader{}

// Read fills b from Reader. It never fails: if Reader does, the program ends.
func Read(b []byte) (n int, err error) {
	if _, err := io.ReadFull(Reader, b); err != nil {
		fatal("crypto/rand: failed to read random data (see https://go.dev/issue/66821): " + err.Error())
	}
	return len(b), nil
}

//go:linkname fatal gosubc_fatal
func fatal(s string)

// Text returns a random text of at least 128 bits, of the characters of base32.
func Text() string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	b := make([]byte, 26)
	Read(b)
	for i := range b {
		b[i] = alphabet[b[i]%32]
	}
	return string(b)
}

// Int returns a number from 0 to max-1, each as likely. It panics if max <= 0.
func Int(rand io.Reader, max *big.Int) (n *big.Int, err error) {
	if max.Sign() <= 0 {
		panic("crypto/rand: argument to Int is <= 0")
	}
	n = new(big.Int)
	n.Sub(max, n.SetUint64(1))
	bits := n.BitLen()
	if bits == 0 {
		return n, nil
	}
	buf := make([]byte, (bits+7)/8)
	for {
		if _, err = io.ReadFull(rand, buf); err != nil {
			return nil, err
		}
		buf[0] &= byte(1<<((bits-1)%8+1) - 1)
		if n.SetBytes(buf).Cmp(max) < 0 {
			return n, nil
		}
	}
}

// Prime returns a number with that many bits that is prime with high probability.
// The two top bits are set, so that the product of two has twice as many.
func Prime(r io.Reader, bits int) (*big.Int, error) {
	if bits < 2 {
		return nil, errors.New("crypto/rand: prime size must be at least 2-bit")
	}
	b := uint(bits % 8)
	if b == 0 {
		b = 8
	}
	buf := make([]byte, (bits+7)/8)
	p := new(big.Int)
	for {
		if _, err := io.ReadFull(r, buf); err != nil {
			return nil, err
		}
		buf[0] &= byte(1<<b - 1)
		if b >= 2 {
			buf[0] |= 3 << (b - 2)
		} else {
			buf[0] |= 1
			if len(buf) > 1 {
				buf[1] |= 0x80
			}
		}
		buf[len(buf)-1] |= 1
		if p.SetBytes(buf).ProbablyPrime(20) {
			return p, nil
		}
	}
}

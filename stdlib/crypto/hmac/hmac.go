// This file holds all of package hmac.

// Package hmac computes message authentication codes of hashes with keys, as
// FIPS 198-1 has them.
package hmac

import (
	"crypto/subtle"
	"errors"
	"hash"
)

// mac is a code in progress: the inner hash has the key and the message.
type mac struct {
	outer, inner hash.Hash
	opad, ipad   []byte
}

// New returns a hash of the message with the key, which h is used for; h must
// return a new hash each time.
func New(h func() hash.Hash, key []byte) hash.Hash {
	m := &mac{outer: h(), inner: h()}
	if same(m.outer, m.inner) {
		panic("crypto/hmac: hash generation function does not produce unique values")
	}
	size := m.inner.BlockSize()
	if len(key) > size {
		m.outer.Write(key)
		key = m.outer.Sum(nil)
	}
	m.ipad, m.opad = make([]byte, size), make([]byte, size)
	copy(m.ipad, key)
	copy(m.opad, key)
	for i := range size {
		m.ipad[i] ^= 0x36
		m.opad[i] ^= 0x5c
	}
	m.inner.Write(m.ipad)
	return m
}

// same reports whether x and y are one hash, if they can be compared.
func same(x, y hash.Hash) (eq bool) {
	defer func() { recover() }()
	return x == y
}

// Reset begins anew with the same key.
func (m *mac) Reset() {
	m.inner.Reset()
	m.inner.Write(m.ipad)
}

func (m *mac) Write(p []byte) (n int, err error) { return m.inner.Write(p) }
func (m *mac) Size() int                         { return m.outer.Size() }
func (m *mac) BlockSize() int                    { return m.inner.BlockSize() }

// Sum appends the code to in.
func (m *mac) Sum(in []byte) []byte {
	n := len(in)
	in = m.inner.Sum(in)
	m.outer.Reset()
	m.outer.Write(m.opad)
	m.outer.Write(in[n:])
	return m.outer.Sum(in[:n])
}

// Clone returns a copy, if the hash can be copied.
func (m *mac) Clone() (hash.Cloner, error) {
	inner, ok1 := m.inner.(hash.Cloner)
	outer, ok2 := m.outer.(hash.Cloner)
	if !ok1 || !ok2 {
		return nil, errors.ErrUnsupported
	}
	i, err := inner.Clone()
	if err != nil {
		return nil, errors.ErrUnsupported
	}
	o, err := outer.Clone()
	if err != nil {
		return nil, errors.ErrUnsupported
	}
	return &mac{o, i, m.opad, m.ipad}, nil
}

// Equal compares codes in a time that does not depend on where they differ.
func Equal(mac1, mac2 []byte) bool { return subtle.ConstantTimeCompare(mac1, mac2) == 1 }

// This file holds the hashes of 128 bits.

package fnv

import (
	"hash"
	"internal/byteorder"
	"math/bits"
)

// The starting value, and the factor: 1<<88 + low.
const (
	start128Hi = 0x6c62272e07bb0142
	start128Lo = 0x62b821756295c58d
	prime128Lo = 0x13b
	primeShift = 24
)

// Both kinds keep the high half first.
type (
	sum128  [2]uint64
	sum128a [2]uint64
)

// New128 returns a hash of 128 bits by FNV-1, whose Sum has its highest byte
// first.
func New128() hash.Hash { return &sum128{start128Hi, start128Lo} }

// New128a returns a hash of 128 bits by FNV-1a, whose Sum has its highest byte
// first.
func New128a() hash.Hash { return &sum128a{start128Hi, start128Lo} }

// times multiplies by the factor.
func times(hi, lo uint64) (uint64, uint64) {
	h, l := bits.Mul64(prime128Lo, lo)
	return h + lo<<primeShift + prime128Lo*hi, l
}

// Write adds data.
func (s *sum128) Write(data []byte) (int, error) {
	hi, lo := s[0], s[1]
	for _, c := range data {
		hi, lo = times(hi, lo)
		lo ^= uint64(c)
	}
	s[0], s[1] = hi, lo
	return len(data), nil
}

// Write adds data.
func (s *sum128a) Write(data []byte) (int, error) {
	hi, lo := s[0], s[1]
	for _, c := range data {
		lo ^= uint64(c)
		hi, lo = times(hi, lo)
	}
	s[0], s[1] = hi, lo
	return len(data), nil
}

func (s *sum128) Reset()  { *s = sum128{start128Hi, start128Lo} }
func (s *sum128a) Reset() { *s = sum128a{start128Hi, start128Lo} }

func (s *sum128) Size() int  { return 16 }
func (s *sum128a) Size() int { return 16 }

func (s *sum128) BlockSize() int  { return 1 }
func (s *sum128a) BlockSize() int { return 1 }

func (s *sum128) Sum(in []byte) []byte {
	return byteorder.AppendBE64(byteorder.AppendBE64(in, s[0]), s[1])
}

func (s *sum128a) Sum(in []byte) []byte {
	return byteorder.AppendBE64(byteorder.AppendBE64(in, s[0]), s[1])
}

func (s *sum128) AppendBinary(b []byte) ([]byte, error)  { return s.Sum(append(b, id128...)), nil }
func (s *sum128a) AppendBinary(b []byte) ([]byte, error) { return s.Sum(append(b, id128a...)), nil }

func (s *sum128) MarshalBinary() ([]byte, error)  { return s.AppendBinary(nil) }
func (s *sum128a) MarshalBinary() ([]byte, error) { return s.AppendBinary(nil) }

func (s *sum128) UnmarshalBinary(b []byte) error {
	b, err := open(b, id128, 16)
	if err == nil {
		*s = sum128{byteorder.BE64(b), byteorder.BE64(b[8:])}
	}
	return err
}

func (s *sum128a) UnmarshalBinary(b []byte) error {
	b, err := open(b, id128a, 16)
	if err == nil {
		*s = sum128a{byteorder.BE64(b), byteorder.BE64(b[8:])}
	}
	return err
}

func (s *sum128) Clone() (hash.Cloner, error)  { c := *s; return &c, nil }
func (s *sum128a) Clone() (hash.Cloner, error) { c := *s; return &c, nil }

// This file holds the hashes of 32 and 64 bits.

// Package fnv has the hash functions FNV-1 and FNV-1a of Fowler, Noll and Vo.
// They are fast and not fit for secrets.
package fnv

import (
	"errors"
	"hash"
	"internal/byteorder"
)

// The starting values and factors.
const (
	start32 = 2166136261
	start64 = 14695981039346656037
	prime32 = 16777619
	prime64 = 1099511628211
)

// The identifiers of saved states.
const (
	id32   = "fnv\x01"
	id32a  = "fnv\x02"
	id64   = "fnv\x03"
	id64a  = "fnv\x04"
	id128  = "fnv\x05"
	id128a = "fnv\x06"
)

// open checks the identifier and the size of a saved state, and returns the
// rest.
func open(b []byte, id string, size int) ([]byte, error) {
	if len(b) < len(id) || string(b[:len(id)]) != id {
		return nil, errors.New("hash/fnv: invalid hash state identifier")
	}
	if len(b) != len(id)+size {
		return nil, errors.New("hash/fnv: invalid hash state size")
	}
	return b[len(id):], nil
}

type (
	sum32  uint32
	sum32a uint32
	sum64  uint64
	sum64a uint64
)

// New32 returns a hash of 32 bits by FNV-1, whose Sum has its highest byte
// first.
func New32() hash.Hash32 {
	s := sum32(start32)
	return &s
}

// New32a returns a hash of 32 bits by FNV-1a, whose Sum has its highest byte
// first.
func New32a() hash.Hash32 {
	s := sum32a(start32)
	return &s
}

// New64 returns a hash of 64 bits by FNV-1, whose Sum has its highest byte
// first.
func New64() hash.Hash64 {
	s := sum64(start64)
	return &s
}

// New64a returns a hash of 64 bits by FNV-1a, whose Sum has its highest byte
// first.
func New64a() hash.Hash64 {
	s := sum64a(start64)
	return &s
}

// Write adds data.
func (s *sum32) Write(data []byte) (int, error) {
	h := *s
	for _, c := range data {
		h *= prime32
		h ^= sum32(c)
	}
	*s = h
	return len(data), nil
}

// Write adds data.
func (s *sum32a) Write(data []byte) (int, error) {
	h := *s
	for _, c := range data {
		h ^= sum32a(c)
		h *= prime32
	}
	*s = h
	return len(data), nil
}

// Write adds data.
func (s *sum64) Write(data []byte) (int, error) {
	h := *s
	for _, c := range data {
		h *= prime64
		h ^= sum64(c)
	}
	*s = h
	return len(data), nil
}

// Write adds data.
func (s *sum64a) Write(data []byte) (int, error) {
	h := *s
	for _, c := range data {
		h ^= sum64a(c)
		h *= prime64
	}
	*s = h
	return len(data), nil
}

func (s *sum32) Reset()  { *s = start32 }
func (s *sum32a) Reset() { *s = start32 }
func (s *sum64) Reset()  { *s = start64 }
func (s *sum64a) Reset() { *s = start64 }

func (s *sum32) Sum32() uint32  { return uint32(*s) }
func (s *sum32a) Sum32() uint32 { return uint32(*s) }
func (s *sum64) Sum64() uint64  { return uint64(*s) }
func (s *sum64a) Sum64() uint64 { return uint64(*s) }

func (s *sum32) Size() int  { return 4 }
func (s *sum32a) Size() int { return 4 }
func (s *sum64) Size() int  { return 8 }
func (s *sum64a) Size() int { return 8 }

func (s *sum32) BlockSize() int  { return 1 }
func (s *sum32a) BlockSize() int { return 1 }
func (s *sum64) BlockSize() int  { return 1 }
func (s *sum64a) BlockSize() int { return 1 }

func (s *sum32) Sum(in []byte) []byte  { return byteorder.AppendBE32(in, uint32(*s)) }
func (s *sum32a) Sum(in []byte) []byte { return byteorder.AppendBE32(in, uint32(*s)) }
func (s *sum64) Sum(in []byte) []byte  { return byteorder.AppendBE64(in, uint64(*s)) }
func (s *sum64a) Sum(in []byte) []byte { return byteorder.AppendBE64(in, uint64(*s)) }

func (s *sum32) AppendBinary(b []byte) ([]byte, error)  { return s.Sum(append(b, id32...)), nil }
func (s *sum32a) AppendBinary(b []byte) ([]byte, error) { return s.Sum(append(b, id32a...)), nil }
func (s *sum64) AppendBinary(b []byte) ([]byte, error)  { return s.Sum(append(b, id64...)), nil }
func (s *sum64a) AppendBinary(b []byte) ([]byte, error) { return s.Sum(append(b, id64a...)), nil }

func (s *sum32) MarshalBinary() ([]byte, error)  { return s.AppendBinary(nil) }
func (s *sum32a) MarshalBinary() ([]byte, error) { return s.AppendBinary(nil) }
func (s *sum64) MarshalBinary() ([]byte, error)  { return s.AppendBinary(nil) }
func (s *sum64a) MarshalBinary() ([]byte, error) { return s.AppendBinary(nil) }

func (s *sum32) UnmarshalBinary(b []byte) error {
	b, err := open(b, id32, 4)
	if err == nil {
		*s = sum32(byteorder.BE32(b))
	}
	return err
}

func (s *sum32a) UnmarshalBinary(b []byte) error {
	b, err := open(b, id32a, 4)
	if err == nil {
		*s = sum32a(byteorder.BE32(b))
	}
	return err
}

func (s *sum64) UnmarshalBinary(b []byte) error {
	b, err := open(b, id64, 8)
	if err == nil {
		*s = sum64(byteorder.BE64(b))
	}
	return err
}

func (s *sum64a) UnmarshalBinary(b []byte) error {
	b, err := open(b, id64a, 8)
	if err == nil {
		*s = sum64a(byteorder.BE64(b))
	}
	return err
}

func (s *sum32) Clone() (hash.Cloner, error)  { c := *s; return &c, nil }
func (s *sum32a) Clone() (hash.Cloner, error) { c := *s; return &c, nil }
func (s *sum64) Clone() (hash.Cloner, error)  { c := *s; return &c, nil }
func (s *sum64a) Clone() (hash.Cloner, error) { c := *s; return &c, nil }

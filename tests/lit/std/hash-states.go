// RUN: %gosubc run %s | FileCheck %s
// Hashes over blocks: messages of all lengths around a block, in pieces, with the state saved and restored between
// them; one sum of everything.

package main

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding"
	"fmt"
	"hash"
	"hash/crc32"
)

func main() {
	data := make([]byte, 700)
	for i := range data {
		data[i] = byte(i * i >> 3)
	}
	for _, h := range []struct {
		name string
		new  func() hash.Hash
	}{
		{"md5", md5.New}, {"sha1", sha1.New}, {"sha224", sha256.New224}, {"sha256", sha256.New},
		{"sha384", sha512.New384}, {"sha512/256", sha512.New512_256}, {"sha512", sha512.New},
		{"crc32", func() hash.Hash { return crc32.NewIEEE() }},
		{"crc32c", func() hash.Hash { return crc32.New(crc32.MakeTable(crc32.Castagnoli)) }},
	} {
		all := h.new()
		for n := 0; n < len(data); n += 1 + n/60 {
			whole := h.new()
			whole.Write(data[:n])
			part := h.new()
			part.Write(data[:n/3])
			state, err := part.(encoding.BinaryMarshaler).MarshalBinary()
			if err != nil {
				panic(err)
			}
			rest := h.new()
			if err := rest.(encoding.BinaryUnmarshaler).UnmarshalBinary(state); err != nil {
				panic(err)
			}
			rest.Write(data[n/3 : n])
			if !bytes.Equal(whole.Sum(nil), rest.Sum(nil)) {
				fmt.Println(h.name, n, "differs")
			}
			all.Write(state)
			all.Write(whole.Sum(nil))
		}
		fmt.Printf("%s %x\n", h.name, all.Sum(nil))
		err := all.(encoding.BinaryUnmarshaler).UnmarshalBinary([]byte("nonsense"))
		fmt.Println(err)
	}
}

// CHECK: md5 3bfa235849ec3a42b09cbe135f2c7116
// CHECK-NEXT: crypto/md5: invalid hash state identifier
// CHECK-NEXT: sha1 49417e49c609aaa8c654027dd4ef114b8b57a75b
// CHECK-NEXT: crypto/sha1: invalid hash state identifier
// CHECK-NEXT: sha224 16ef487c8604595bd0895bf45ab249500833ce5c4bf42b9afdb1bc1a
// CHECK-NEXT: crypto/sha256: invalid hash state identifier
// CHECK-NEXT: sha256 9021a2576f1cbe6f2d64cbe031139d668c687695fde9a91ca5a6f135ca811537
// CHECK-NEXT: crypto/sha256: invalid hash state identifier
// CHECK-NEXT: sha384 9da0652378806e66fa2794eb886ad99d27388a9cc5d6191378ed76c922ee28c5a8225177a8ee2f6e9eca5530d72702d8
// CHECK-NEXT: crypto/sha512: invalid hash state identifier
// CHECK-NEXT: sha512/256 21258079388ad19007440c3c6e7e14de6e4562c92316b1b6bf53143644f159c4
// CHECK-NEXT: crypto/sha512: invalid hash state identifier
// CHECK-NEXT: sha512 513d703386879a953f5cb76ee58295204ffcd2035ba2d477a439a1b1ef42e2706cd3435eb0240e39eec92747dd794828473a6a79ccf25d12031576e114b23c92
// CHECK-NEXT: crypto/sha512: invalid hash state identifier
// CHECK-NEXT: crc32 e40970cc
// CHECK-NEXT: hash/crc32: invalid hash state identifier
// CHECK-NEXT: crc32c fc5945ac
// CHECK-NEXT: hash/crc32: invalid hash state identifier

// RUN: %gosubc run %s | sed 's/0x[0-9a-f]*/PTR/g' | diff %S/Inputs/hash-encoding.out -
// Packages of hash, base32, csv, pem, subtle, hmac, unique, weak: results as Go gives them.

package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding"
	"encoding/base32"
	"encoding/csv"
	"encoding/pem"
	"errors"
	"fmt"
	"hash"
	"hash/adler32"
	"hash/crc32"
	"hash/crc64"
	"hash/maphash"
	"io"
	"runtime"
	"strings"
	"unique"
	"weak"
)

func rd(n int) []byte {
	b := make([]byte, n)
	x := uint32(12345)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return b
}

type hs struct {
	name string
	f    func() hash.Hash
}

func main() {
	all := []hs{{"md5", md5.New}, {"sha1", sha1.New}, {"sha256", sha256.New}, {"sha224", sha256.New224}, {"sha512", sha512.New}, {"sha384", sha512.New384}, {"512/224", sha512.New512_224}, {"512/256", sha512.New512_256},
		{"adler", func() hash.Hash { return adler32.New() }}, {"crc64i", func() hash.Hash { return crc64.New(crc64.MakeTable(crc64.ISO)) }}, {"crc64e", func() hash.Hash { return crc64.New(crc64.MakeTable(crc64.ECMA)) }}, {"crc64x", func() hash.Hash { return crc64.New(crc64.MakeTable(0x1234567890)) }},
		{"crc32", func() hash.Hash { return crc32.NewIEEE() }}, {"crc32c", func() hash.Hash { return crc32.New(crc32.MakeTable(crc32.Castagnoli)) }}, {"crc32k", func() hash.Hash { return crc32.New(crc32.MakeTable(crc32.Koopman)) }},
		{"hmac", func() hash.Hash { return hmac.New(sha256.New, []byte("key")) }}, {"hmacl", func() hash.Hash { return hmac.New(sha512.New, rd(200)) }}}
	for _, h := range all {
		x := h.f()
		for _, n := range []int{0, 1, 3, 55, 56, 63, 64, 65, 111, 112, 119, 120, 127, 128, 129, 1000, 5551, 5553, 100000} {
			x.Reset()
			d := rd(n)
			x.Write(d[:n/3])
			if m, ok := x.(encoding.BinaryMarshaler); ok {
				st, err := m.MarshalBinary()
				y := h.f()
				err2 := y.(encoding.BinaryUnmarshaler).UnmarshalBinary(st)
				if n < 200 {
					fmt.Printf("%x ", st)
				}
				fmt.Println(err, err2, y.(encoding.BinaryUnmarshaler).UnmarshalBinary([]byte("xx")), y.(encoding.BinaryUnmarshaler).UnmarshalBinary(st[:7]))
				y.(encoding.BinaryUnmarshaler).UnmarshalBinary(st)
				y.Write(d[n/3:])
				fmt.Printf("%x\n", y.Sum([]byte{1}))
			}
			x.Write(d[n/3:])
			fmt.Printf("%s %d %x %d %d\n", h.name, n, x.Sum(nil), x.Size(), x.BlockSize())
		}
	}
	for _, enc := range []*base32.Encoding{base32.StdEncoding, base32.HexEncoding, base32.StdEncoding.WithPadding(base32.NoPadding), base32.HexEncoding.WithPadding('*')} {
		for n := range 17 {
			s := enc.EncodeToString(rd(n))
			b, err := enc.DecodeString(s)
			fmt.Println(s, bytes.Equal(b, rd(n)), err, enc.EncodedLen(n), enc.DecodedLen(n))
			var buf bytes.Buffer
			w := base32.NewEncoder(enc, &buf)
			for _, c := range rd(n) {
				w.Write([]byte{c})
			}
			w.Close()
			b, err = io.ReadAll(base32.NewDecoder(enc, strings.NewReader(buf.String()[:len(s)/2]+"\r\n"+buf.String()[len(s)/2:])))
			fmt.Println(buf.String() == s, bytes.Equal(b, rd(n)), err)
		}
	}
	for _, s := range []string{"!!!!", "ONSWG===", "ONSWG=O=", "ONSW", "O=======", "ON======", "ONSWG3=", "ONSWGOOOO", "ONSWG0==", "ONSWG===ONSWG===", "ONSW\nG===", "AB======AB", "A", "AAAAAAA=", "AAAAAA==", "========", "AA=A===="} {
		b, err := base32.StdEncoding.DecodeString(s)
		fmt.Printf("%s %q %v\n", s, b, err)
		b, err = io.ReadAll(base32.NewDecoder(base32.StdEncoding, strings.NewReader(s)))
		fmt.Printf("%s %q %v\n", s, b, err)
		b, err = base32.StdEncoding.WithPadding(-1).DecodeString(s)
		fmt.Printf("%s %q %v\n", s, b, err)
	}
	type opt struct {
		lazy, trim     bool
		n              int
		comma, comment rune
	}
	for _, o := range []opt{{}, {lazy: true}, {trim: true}, {n: -1}, {n: 2}, {comma: ';', comment: '#', n: -1}, {comma: '\n'}, {comma: ' ', trim: true, n: -1, lazy: true}, {comma: 'λ', comment: 'λ'}, {comma: 'λ', comment: 'θ', n: -1}} {
		for _, s := range []string{"a,b,c\n", "a,b\r\nc,d\r\n", "\"a\",\"b\"\"c\"\n", "a\"b,c\n", "\"a\"b,c", "\"a\nb\",c\n\"x", "\n\n\na,b\n\n", " a,  b\n", "#x\na;b\n", "a,b,c\nd,e\n", "x,\"\r\n\",y\r\r\n", "", "\"\"", "a\rb,c\r", "\"abc\"d\"e\",f", "\"a,\"\"\n", "aλb\nθxλy\n\"cλ\"λd", ",,\n", "a,b,\n", "   \"x\" , y\n", "\"x\"\n\"y"} {
			r := csv.NewReader(strings.NewReader(s))
			r.LazyQuotes, r.TrimLeadingSpace, r.FieldsPerRecord = o.lazy, o.trim, o.n
			if o.comma != 0 {
				r.Comma = o.comma
			}
			r.Comment = o.comment
			for {
				rec, err := r.Read()
				fmt.Printf("%q %v %d;", rec, err, r.InputOffset())
				for i := range rec {
					l, c := r.FieldPos(i)
					fmt.Print(l, ":", c, " ")
				}
				var pe *csv.ParseError
				if errors.As(err, &pe) {
					fmt.Println(*pe)
				}
				if err != nil && !errors.Is(err, csv.ErrFieldCount) {
					break
				}
			}
			fmt.Println()
		}
	}
	var buf bytes.Buffer
	for _, crlf := range []bool{false, true} {
		w := csv.NewWriter(&buf)
		w.UseCRLF = crlf
		fmt.Println(w.WriteAll([][]string{{"a", "b c", " d", "e,f", "g\"h", "i\nj", "k\r\nl", "", "\\.", "é"}, {}, {""}}))
		w.Comma = '"'
		fmt.Println(w.Write([]string{"a"}), w.Error())
	}
	fmt.Printf("%q\n", buf.String())
	blk := &pem.Block{Type: "TEST KEY", Headers: map[string]string{"B": "x", "A": "y z", "Proc-Type": "4,ENC"}, Bytes: rd(100)}
	t := pem.EncodeToMemory(blk)
	fmt.Printf("%s", t)
	t2 := pem.EncodeToMemory(&pem.Block{Type: "E"})
	fmt.Printf("%s%v\n", t2, pem.Encode(io.Discard, &pem.Block{Headers: map[string]string{"a:b": ""}}))
	for _, s := range []string{string(t), "junk\n" + string(t) + "tail", string(t2), "-----BEGIN X-----\nYWJj\n-----END Y-----\n" + string(t2), "-----BEGIN X-----\r\nYW Jj\r\n-----END X-----", "x-----BEGIN X-----\nYWJj\n-----END X-----\n", "-----BEGIN X-----\n!\n-----END X-----\n", "-----BEGIN X----\nYWJj\n-----END X-----\n", "-----BEGIN X-----\nA: b\n\nYWJj\n-----END X-----  \t\nmore", "-----BEGIN X-----\nA: b\n-----END X-----\n"} {
		b, rest := pem.Decode([]byte(s))
		fmt.Printf("%+v %q\n", b, rest)
	}
	fmt.Println(subtle.ConstantTimeCompare([]byte("ab"), []byte("ab")), subtle.ConstantTimeCompare([]byte("ab"), []byte("ac")), subtle.ConstantTimeSelect(1, 5, 6), subtle.ConstantTimeSelect(0, 5, 6), subtle.ConstantTimeEq(-1, -1), subtle.ConstantTimeEq(1, -1), subtle.ConstantTimeByteEq(1, 1), subtle.ConstantTimeByteEq(255, 0), subtle.ConstantTimeLessOrEq(3, 4), subtle.ConstantTimeLessOrEq(4, 3), subtle.ConstantTimeLessOrEq(4, 4))
	d := make([]byte, 3)
	fmt.Println(subtle.XORBytes(d, []byte{1, 2, 3, 4}, []byte{7, 7, 7}), d)
	subtle.ConstantTimeCopy(1, d, []byte{9, 8, 7})
	fmt.Println(d, hmac.Equal(d, d))
	s := maphash.MakeSeed()
	var h maphash.Hash
	h.SetSeed(s)
	h.WriteString("hello")
	fmt.Println(h.Sum64() == maphash.String(s, "hello"), maphash.Comparable(s, "a") == maphash.Comparable(s, "a"), maphash.Comparable(s, [2]any{1, "x"}) == maphash.Comparable(s, [2]any{1, "x"}), maphash.Comparable(s, 1.5) == maphash.Comparable(s, 2.5))
	long := rd(1000)
	h.Reset()
	for i := 0; i < 1000; i += 7 {
		h.Write(long[i:min(1000, i+7)])
	}
	fmt.Println(h.Sum64() == maphash.Bytes(s, long))
	a, b := unique.Make("abc"), unique.Make(strings.Repeat("abc", 1))
	fmt.Println(a == b, a.Value(), unique.Make("abd") == a, unique.Make(1) == unique.Make(1), unique.Make(struct{}{}) == unique.Make(struct{}{}))
	p := new([100]int)
	w := weak.Make(p)
	fmt.Println(w.Value() == p, weak.Make(p) == w, weak.Make(&p[1]) == weak.Make(&p[1]), weak.Make(&p[1]).Value() == &p[1], weak.Make[int](nil).Value())
	runtime.KeepAlive(p)
}

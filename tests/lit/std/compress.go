// RUN: %gosubc run %s | sed 's/0x[0-9a-f]*/PTR/g' | diff %S/Inputs/compress.out -
// Packages of compress: round trips at all levels, errors as Go gives them.

package main

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

func rd(n int, mod byte) []byte {
	b := make([]byte, n)
	x := uint32(12345)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x>>24) % mod
	}
	return b
}

func text(n int) []byte {
	words := strings.Fields("the quick brown fox jumps over a lazy dog while seven wizards boil potions and count stars in the sky")
	var b bytes.Buffer
	x := uint32(1)
	for b.Len() < n {
		x = x*1664525 + 1013904223
		b.WriteString(words[int(x>>20)%len(words)])
		b.WriteByte(' ')
	}
	return b.Bytes()[:n]
}

type oneByte struct{ r io.Reader }

func (o oneByte) Read(p []byte) (int, error) { return o.r.Read(p[:min(1, len(p))]) }

type onlyReader struct{ r io.Reader }

func (o onlyReader) Read(p []byte) (int, error) { return o.r.Read(p) }

type byteR struct{ r *bytes.Reader }

func (o byteR) Read(p []byte) (int, error) { return o.r.Read(p) }
func (o byteR) ReadByte() (byte, error)    { return o.r.ReadByte() }

func main() {
	files := [][]byte{nil, []byte("a"), []byte("hello, world\n"), bytes.Repeat([]byte("a"), 1000), bytes.Repeat([]byte("ab"), 70000), rd(100000, 255), rd(100000, 7), text(300), text(500000), append(text(140000), rd(140000, 200)...), bytes.Repeat(rd(300, 255), 600)}
	for fi, f := range files {
		for level := -2; level <= 9; level++ {
			for _, dict := range [][]byte{nil, text(1000), rd(40000, 255)}[:1+(fi+level+2)%3] {
				var buf bytes.Buffer
				w, err := flate.NewWriterDict(&buf, level, dict)
				if err != nil {
					fmt.Println(err)
				}
				if level%2 == 0 {
					for i := 0; i < len(f); i += 777 {
						w.Write(f[i:min(len(f), i+777)])
						if i%5 == 3 {
							w.Flush()
						}
					}
				} else {
					w.Write(f)
				}
				w.Close()
				comp := append([]byte(nil), buf.Bytes()...)
				for k, r := range []io.Reader{bytes.NewReader(append(comp, "tail"...)), bytes.NewBuffer(append(comp, "tail"...)), bufio.NewReaderSize(bytes.NewReader(append(comp, "tail"...)), 17), byteR{bytes.NewReader(append(comp, "tail"...))}, oneByte{bytes.NewReader(comp)}, onlyReader{bytes.NewReader(comp)}} {
					fr := flate.NewReaderDict(r, dict)
					out, err := io.ReadAll(fr)
					if err != nil || !bytes.Equal(out, f) {
						fmt.Println("BAD", fi, level, len(dict), k, err, len(out), len(f))
					}
					if k < 4 {
						t, _ := io.ReadAll(r)
						if string(t) != "tail" {
							fmt.Printf("TAIL %d %d %d %q\n", fi, level, k, t)
						}
					}
				}
				if level > 5 && len(f) > 10000 && fi != 5 && fi != 9 {
					fmt.Println(fi, level, len(comp) < len(f)/2)
				}
			}
		}
	}
	w, err := flate.NewWriter(io.Discard, 10)
	fmt.Println(w == nil, err)
	_, err = gzip.NewWriterLevel(io.Discard, 10)
	fmt.Println(err)
	_, err = zlib.NewWriterLevel(io.Discard, -3)
	fmt.Println(err)
	// gzip
	var buf bytes.Buffer
	gz := gzip.NewWriter(&buf)
	gz.Name, gz.Comment, gz.Extra, gz.ModTime = "näme", "comment", []byte("ex"), time.Unix(1e9, 0)
	gz.Write([]byte("hello "))
	fmt.Println(gz.Flush(), gz.Close(), gz.Close())
	gz.Reset(&buf)
	gz.Write([]byte("world"))
	gz.Close()
	data := buf.Bytes()
	gr, err := gzip.NewReader(bytes.NewReader(data))
	fmt.Println(err, gr.Header.Name, gr.Header.Comment, string(gr.Extra), gr.ModTime.UTC(), gr.OS)
	b, err := io.ReadAll(gr)
	fmt.Printf("%q %v %v\n", b, err, gr.Close())
	br := bytes.NewReader(data)
	gr.Reset(br)
	gr.Multistream(false)
	b, err = io.ReadAll(gr)
	fmt.Printf("%q %v\n", b, err)
	fmt.Println(gr.Reset(br))
	b, err = io.ReadAll(gr)
	fmt.Printf("%q %v %v\n", b, err, gr.Reset(br))
	gz.Reset(io.Discard)
	gz.Name = "日"
	_, err = gz.Write(nil)
	fmt.Println(err)
	data = []byte("\x1f\x8b\b\f\x00\x00\x00\x00\x00\xff\x02\x00exn\x00\x00Z\x00\xa5\xffhello hello world hello hello world hello hello world hello hello world hello hello world \x03\x00\xa9\x159\x8dZ\x00\x00\x00\x1f\x8b\b\x00\x00\x00\x00\x00\x00\xff\x00\x12\x00\xed\xffsecond part second\x03\x00\xa5\xf3\x94\xaa\x12\x00\x00\x00")
	for i := 0; i < len(data); i += 3 {
		r, err := gzip.NewReader(bytes.NewReader(data[:i]))
		if err != nil {
			fmt.Print(i, err, "; ")
			continue
		}
		b, err := io.ReadAll(r)
		fmt.Printf("%d %q %v; ", i, b, err)
	}
	fmt.Println()
	for i := range data {
		bad := bytes.Clone(data)
		bad[i] ^= 0x41
		r, err := gzip.NewReader(bytes.NewReader(bad))
		if err != nil {
			fmt.Print(i, err, "; ")
			continue
		}
		b, err := io.ReadAll(r)
		fmt.Printf("%d %q %v; ", i, b, err)
	}
	fmt.Println()
	// corrupt deflate
	for i := range 300 {
		d := rd(i+20, 255)[i:]
		b, err := io.ReadAll(flate.NewReader(bytes.NewReader(d)))
		fmt.Printf("%x %v;", b[:min(len(b), 20)], err)
	}
	fmt.Println()
	var cb bytes.Buffer
	fw, _ := flate.NewWriter(&cb, 9)
	fw.Write(text(3000))
	fw.Close()
	src := cb.Bytes()
	if len(os.Args) > 1 {
		src, _ = os.ReadFile(os.Args[1])
	}
	_ = src
	// zlib
	for _, dict := range [][]byte{nil, []byte("hello")} {
		for lv := -2; lv < 10; lv++ {
			var zb bytes.Buffer
			zw, err := zlib.NewWriterLevelDict(&zb, lv, dict)
			zw.Write([]byte("hello, world\n"))
			zw.Flush()
			fmt.Println(err, zw.Close())
			if lv == -1 || lv == 0 {
				fmt.Println(zb.Bytes()[:2])
			}
			zr, err := zlib.NewReaderDict(&zb, dict)
			b, err2 := io.ReadAll(zr)
			fmt.Printf("%v %q %v %v\n", err, b, err2, zr.Close())
		}
	}
	var zb bytes.Buffer
	zw := zlib.NewWriter(&zb)
	zw.Write([]byte("hello, world\n"))
	fmt.Println(zw.Close())
	zb.Reset()
	zb.WriteString("x\x9c\x00'\x00\xd8\xffhello, world\nhello, world\nhello, world\n\x03\x00\x18\x02\r\xb7")
	for i := range zb.Len() {
		bad := bytes.Clone(zb.Bytes())
		bad[i] ^= 0x23
		zr, err := zlib.NewReader(bytes.NewReader(bad))
		if err != nil {
			fmt.Println(i, err)
			continue
		}
		b, err := io.ReadAll(zr)
		fmt.Printf("%d %q %v\n", i, b, err)
		zr, err = zlib.NewReader(bytes.NewReader(zb.Bytes()[:i]))
		if err != nil {
			fmt.Println(i, err)
			continue
		}
		b, err = io.ReadAll(zr)
		fmt.Printf("%d %q %v\n", i, b, err)
	}
}

// RUN: %gosubc run %s | diff %S/Inputs/mime.out -
// Packages mime, mime/multipart, mime/quotedprintable and net/textproto. Expected: Go's output.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"strings"
)

func main() {
	fmt.Println(mime.ParseMediaType(`text/html; charset="utf-8"; a=b`))
	fmt.Println(mime.ParseMediaType(`form-data; name*=utf-8''na%20me; x*0="a"; x*1=b`))
	fmt.Println(mime.ParseMediaType(`text/`))
	fmt.Println(mime.ParseMediaType(`text/html; a`))
	fmt.Println(mime.ParseMediaType(` `))
	fmt.Println(mime.FormatMediaType("Text/HTML", map[string]string{"b": "x y", "a": "ü", "Q": `q"`}))
	fmt.Println(mime.TypeByExtension(".html"), mime.TypeByExtension(".PNG"), mime.TypeByExtension(".go"))
	fmt.Println(mime.QEncoding.Encode("utf-8", "¡Hola, señor!"), mime.BEncoding.Encode("UTF-8", strings.Repeat("é", 60)))
	var d mime.WordDecoder
	fmt.Println(d.DecodeHeader("=?utf-8?q?=C2=A1Hola,?= =?iso-8859-1?q?_se=F1or!?= x =?x"))
	r := textproto.NewReader(bufio.NewReader(strings.NewReader("content-type: a\r\nX-foo:  b \r\nx-foo: c\r\n  d\r\n\r\n250-one\r\n250 two\r\n.dot\r\n..x\r\n.\r\n")))
	h, err := r.ReadMIMEHeader()
	fmt.Println(h, err)
	fmt.Println(r.ReadResponse(25))
	fmt.Println(r.ReadDotLines())
	fmt.Println(textproto.CanonicalMIMEHeaderKey("x-y"), textproto.CanonicalMIMEHeaderKey("x y"))
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	w.SetBoundary("xyz")
	w.WriteField("k", "v")
	f, _ := w.CreateFormFile("file", "a/b.txt")
	f.Write(bytes.Repeat([]byte("0123456789\r\n--xy\r\n"), 1000))
	w.WriteField("empty", "")
	w.Close()
	fmt.Println(w.FormDataContentType(), b.Len())
	form, err := multipart.NewReader(&b, "xyz").ReadForm(1000)
	fmt.Println(form.Value, err, form.File["file"][0].Filename, form.File["file"][0].Size)
	ff, err := form.File["file"][0].Open()
	all, err := io.ReadAll(ff)
	fmt.Println(len(all), err)
	form.RemoveAll()
	var q bytes.Buffer
	qw := quotedprintable.NewWriter(&q)
	qw.Write([]byte("a=b é \nline " + strings.Repeat("x", 100) + "\n"))
	qw.Close()
	fmt.Printf("%q\n", q.String())
	all, err = io.ReadAll(quotedprintable.NewReader(&q))
	fmt.Printf("%q %v\n", all, err)
	for _, s := range []string{"foo= \r\nbar", "foo= ", "foo= \r\r\nbar", "foo=\r \nb", "= ", "a=3d=4 \n"} {
		all, err = io.ReadAll(quotedprintable.NewReader(strings.NewReader(s)))
		fmt.Printf("%q %v\n", all, err)
	}
	q.Reset()
	qw = quotedprintable.NewWriter(&q)
	qw.Binary = true
	qw.Write([]byte("a b\tc \r\nd "))
	qw.Close()
	fmt.Printf("%q\n", q.String())
	for _, s := range []string{`"attachment"`, "a b", "a(/b", "a/b c", "/b"} {
		fmt.Println(mime.ParseMediaType(s))
	}
}

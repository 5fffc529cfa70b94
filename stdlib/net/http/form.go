// This file holds the forms of requests.

package http

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"strings"
)

// MaxBytesError is the error of a body beyond MaxBytesReader's bound.
type MaxBytesError struct {
	Limit int64
}

func (e *MaxBytesError) Error() string { return "http: request body too large" }

// MaxBytesReader bounds a body. Reading beyond is an error, and the server
// closes the connection then.
func MaxBytesReader(w ResponseWriter, r io.ReadCloser, n int64) io.ReadCloser {
	n = max(n, 0)
	return &maxBytesReader{w: w, r: r, limit: n, left: n}
}

type maxBytesReader struct {
	w           ResponseWriter
	r           io.ReadCloser
	limit, left int64
	err         error
}

func (m *maxBytesReader) Read(p []byte) (n int, err error) {
	if m.err != nil {
		return 0, m.err
	}
	if len(p) == 0 {
		return 0, nil
	}
	// One more byte tells whether there is more.
	if int64(len(p))-1 > m.left {
		p = p[:m.left+1]
	}
	n, err = m.r.Read(p)
	if int64(n) <= m.left {
		m.left -= int64(n)
		m.err = err
		return n, err
	}
	n = int(m.left)
	m.left = 0
	if t, ok := m.w.(interface{ requestTooLarge() }); ok {
		t.requestTooLarge()
	}
	m.err = &MaxBytesError{m.limit}
	return n, m.err
}

func (m *maxBytesReader) Close() error { return m.r.Close() }

// multipartByReader marks a form that MultipartReader reads.
var multipartByReader = &multipart.Form{Value: map[string][]string{}, File: map[string][]*multipart.FileHeader{}}

// MultipartReader returns a reader of the body's parts, instead of
// ParseMultipartForm.
func (r *Request) MultipartReader() (*multipart.Reader, error) {
	if r.MultipartForm == multipartByReader {
		return nil, errors.New("http: MultipartReader called twice")
	}
	if r.MultipartForm != nil {
		return nil, errors.New("http: multipart handled by ParseMultipartForm")
	}
	r.MultipartForm = multipartByReader
	return r.multipartReader(true)
}

func (r *Request) multipartReader(mixed bool) (*multipart.Reader, error) {
	v := r.Header.Get("Content-Type")
	if v == "" {
		return nil, ErrNotMultipart
	}
	if r.Body == nil {
		return nil, errors.New("missing form body")
	}
	t, params, err := mime.ParseMediaType(v)
	if err != nil || t != "multipart/form-data" && !(mixed && t == "multipart/mixed") {
		return nil, ErrNotMultipart
	}
	boundary, ok := params["boundary"]
	if !ok {
		return nil, ErrMissingBoundary
	}
	return multipart.NewReader(r.Body, boundary), nil
}

// ParseForm reads the query into Form, and for POST, PUT and PATCH the body
// into PostForm and Form, whose values come first.
func (r *Request) ParseForm() error {
	var err error
	if r.PostForm == nil {
		if r.Method == "POST" || r.Method == "PUT" || r.Method == "PATCH" {
			r.PostForm, err = parsePostForm(r)
		}
		if r.PostForm == nil {
			r.PostForm = url.Values{}
		}
	}
	if r.Form != nil {
		return err
	}
	r.Form = url.Values{}
	for k, v := range r.PostForm {
		r.Form[k] = append(r.Form[k], v...)
	}
	if r.URL != nil {
		q, e := url.ParseQuery(r.URL.RawQuery)
		if err == nil {
			err = e
		}
		for k, v := range q {
			r.Form[k] = append(r.Form[k], v...)
		}
	}
	return err
}

func parsePostForm(r *Request) (url.Values, error) {
	if r.Body == nil {
		return nil, nil
	}
	ct := r.Header.Get("Content-Type")
	if ct == "" {
		ct = "application/octet-stream"
	}
	t, _, err := mime.ParseMediaType(ct)
	if t != "application/x-www-form-urlencoded" {
		return nil, err
	}
	var in io.Reader = r.Body
	limit := int64(1<<63 - 1)
	if _, bounded := r.Body.(*maxBytesReader); !bounded {
		limit = maxFormSize
		in = io.LimitReader(r.Body, limit+1)
	}
	b, err := io.ReadAll(in)
	if err != nil {
		return nil, err
	}
	if int64(len(b)) > limit {
		return nil, errors.New("http: POST too large")
	}
	return url.ParseQuery(string(b))
}

// ParseMultipartForm reads a form of parts; up to maxMemory bytes of files
// stay in memory.
func (r *Request) ParseMultipartForm(maxMemory int64) error {
	if r.MultipartForm == multipartByReader {
		return errors.New("http: multipart handled by MultipartReader")
	}
	var formErr error
	if r.Form == nil {
		formErr = r.ParseForm()
	}
	if r.MultipartForm != nil {
		return nil
	}
	mr, err := r.multipartReader(false)
	if err != nil {
		return err
	}
	f, err := mr.ReadForm(maxMemory)
	if err != nil {
		return err
	}
	if r.PostForm == nil {
		r.PostForm = url.Values{}
	}
	for k, v := range f.Value {
		r.Form[k] = append(r.Form[k], v...)
		r.PostForm[k] = append(r.PostForm[k], v...)
	}
	r.MultipartForm = f
	return formErr
}

// FormValue returns the first value of a field, of body or query.
func (r *Request) FormValue(key string) string {
	if r.Form == nil {
		r.ParseMultipartForm(defaultMaxMemory)
	}
	if v := r.Form[key]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// PostFormValue returns the first value of a field of the body.
func (r *Request) PostFormValue(key string) string {
	if r.PostForm == nil {
		r.ParseMultipartForm(defaultMaxMemory)
	}
	if v := r.PostForm[key]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// FormFile returns the first file of a field.
func (r *Request) FormFile(key string) (multipart.File, *multipart.FileHeader, error) {
	if r.MultipartForm == multipartByReader {
		return nil, nil, errors.New("http: multipart handled by MultipartReader")
	}
	if r.MultipartForm == nil {
		if err := r.ParseMultipartForm(defaultMaxMemory); err != nil {
			return nil, nil, err
		}
	}
	if r.MultipartForm != nil {
		if list := r.MultipartForm.File[key]; len(list) > 0 {
			f, err := list[0].Open()
			return f, list[0], err
		}
	}
	return nil, nil, ErrMissingFile
}

// Protocols is a set of protocols.
type Protocols struct{ bits uint8 }

const (
	protoHTTP1 = 1 << iota
	protoHTTP2
	protoUnencryptedHTTP2
)

func (p *Protocols) set(bit uint8, ok bool) {
	p.bits &^= bit
	if ok {
		p.bits |= bit
	}
}

// HTTP1 reports whether HTTP/1 is in the set.
func (p Protocols) HTTP1() bool { return p.bits&protoHTTP1 != 0 }

// SetHTTP1 adds or removes HTTP/1.
func (p *Protocols) SetHTTP1(ok bool) { p.set(protoHTTP1, ok) }

// HTTP2 reports whether HTTP/2 is in the set.
func (p Protocols) HTTP2() bool { return p.bits&protoHTTP2 != 0 }

// SetHTTP2 adds or removes HTTP/2.
func (p *Protocols) SetHTTP2(ok bool) { p.set(protoHTTP2, ok) }

// UnencryptedHTTP2 reports whether HTTP/2 without TLS is in the set.
func (p Protocols) UnencryptedHTTP2() bool { return p.bits&protoUnencryptedHTTP2 != 0 }

// SetUnencryptedHTTP2 adds or removes HTTP/2 without TLS.
func (p *Protocols) SetUnencryptedHTTP2(ok bool) { p.set(protoUnencryptedHTTP2, ok) }

// String returns the names in braces.
func (p Protocols) String() string {
	var s []string
	if p.HTTP1() {
		s = append(s, "HTTP1")
	}
	if p.HTTP2() {
		s = append(s, "HTTP2")
	}
	if p.UnencryptedHTTP2() {
		s = append(s, "UnencryptedHTTP2")
	}
	return fmt.Sprintf("{%s}", strings.Join(s, ","))
}

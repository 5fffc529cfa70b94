// This file holds answers that are kept, and requests for handlers.

// Package httptest holds what tests of HTTP need.
package httptest

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"
)

// DefaultRemoteAddr is the RemoteAddr of a ResponseRecorder's requests.
const DefaultRemoteAddr = "1.2.3.4"

// ResponseRecorder is a ResponseWriter that keeps what is written.
type ResponseRecorder struct {
	// Code is the number; 200 if nobody has set one.
	Code int

	// HeaderMap is what the handler changes.
	//
	// Deprecated: use Result.
	HeaderMap http.Header

	// Body is what was written; nil keeps nothing.
	Body *bytes.Buffer

	// Flushed says that the handler has called Flush.
	Flushed bool

	result   *http.Response
	snapshot http.Header // of HeaderMap at the first write
	wrote    bool
}

// NewRecorder returns a ResponseRecorder.
func NewRecorder() *ResponseRecorder {
	return &ResponseRecorder{HeaderMap: http.Header{}, Body: new(bytes.Buffer), Code: 200}
}

// Header returns what the handler changes.
func (rw *ResponseRecorder) Header() http.Header {
	if rw.HeaderMap == nil {
		rw.HeaderMap = http.Header{}
	}
	return rw.HeaderMap
}

// writeHeader is WriteHeader(200) with a type guessed by the first bytes.
func (rw *ResponseRecorder) writeHeader(b []byte) {
	if rw.wrote {
		return
	}
	h := rw.Header()
	if _, has := h["Content-Type"]; !has && h.Get("Transfer-Encoding") == "" {
		h.Set("Content-Type", http.DetectContentType(b[:min(len(b), 512)]))
	}
	rw.WriteHeader(200)
}

func bodyAllowed(code int) bool { return code >= 200 && code != 204 && code != 304 }

// Write keeps what is written.
func (rw *ResponseRecorder) Write(buf []byte) (int, error) {
	rw.writeHeader(buf)
	if !bodyAllowed(rw.Code) {
		return 0, http.ErrBodyNotAllowed
	}
	if rw.Body != nil {
		rw.Body.Write(buf)
	}
	return len(buf), nil
}

// WriteString keeps what is written.
func (rw *ResponseRecorder) WriteString(str string) (int, error) { return rw.Write([]byte(str)) }

// WriteHeader keeps the number and the header.
func (rw *ResponseRecorder) WriteHeader(code int) {
	if rw.wrote {
		return
	}
	if code < 100 || code > 999 {
		panic(fmt.Sprintf("invalid WriteHeader code %v", code))
	}
	rw.Code, rw.wrote = code, true
	rw.snapshot = rw.Header().Clone()
}

// Flush notes that it was called.
func (rw *ResponseRecorder) Flush() {
	if !rw.wrote {
		rw.WriteHeader(200)
	}
	rw.Flushed = true
}

// Result returns the answer, when the handler has returned.
func (rw *ResponseRecorder) Result() *http.Response {
	if rw.result != nil {
		return rw.result
	}
	if rw.snapshot == nil {
		rw.snapshot = rw.Header().Clone()
	}
	code := rw.Code
	if code == 0 {
		code = 200
	}
	res := &http.Response{
		StatusCode: code, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: rw.snapshot, Body: http.NoBody,
		Status: fmt.Sprintf("%03d %s", code, http.StatusText(code)), ContentLength: -1,
	}
	rw.result = res
	if rw.Body != nil {
		res.Body = io.NopCloser(bytes.NewReader(rw.Body.Bytes()))
	}
	if n, err := strconv.ParseUint(textproto.TrimString(res.Header.Get("Content-Length")), 10, 63); err == nil {
		res.ContentLength = int64(n)
	}
	trailer := func(k string, v []string) {
		if res.Trailer == nil {
			res.Trailer = http.Header{}
		}
		res.Trailer[k] = append([]string(nil), v...)
	}
	for _, list := range rw.snapshot["Trailer"] {
		for _, k := range strings.Split(list, ",") {
			k = http.CanonicalHeaderKey(textproto.TrimString(k))
			if v, ok := rw.HeaderMap[k]; ok {
				trailer(k, v)
			}
		}
	}
	for k, v := range rw.HeaderMap {
		if name, ok := strings.CutPrefix(k, http.TrailerPrefix); ok {
			trailer(name, v)
		}
	}
	return res
}

// NewRequest returns a request as a handler gets it; it panics on errors.
func NewRequest(method, target string, body io.Reader) *http.Request {
	return NewRequestWithContext(context.Background(), method, target, body)
}

// NewRequestWithContext is NewRequest with a context.
func NewRequestWithContext(ctx context.Context, method, target string, body io.Reader) *http.Request {
	if method == "" {
		method = "GET"
	}
	req, err := http.ReadRequest(bufio.NewReader(strings.NewReader(method + " " + target + " HTTP/1.0\r\n\r\n")))
	if err != nil {
		panic("invalid NewRequest arguments; " + err.Error())
	}
	req = req.WithContext(ctx)
	req.Proto, req.ProtoMinor, req.Close = "HTTP/1.1", 1, false
	if body != nil {
		switch v := body.(type) {
		case *bytes.Buffer:
			req.ContentLength = int64(v.Len())
		case *bytes.Reader:
			req.ContentLength = int64(v.Len())
		case *strings.Reader:
			req.ContentLength = int64(v.Len())
		default:
			req.ContentLength = -1
		}
		rc, ok := body.(io.ReadCloser)
		if !ok {
			rc = io.NopCloser(body)
		}
		req.Body = rc
	}
	req.RemoteAddr = "192.0.2.1:1234"
	if req.Host == "" {
		req.Host = "example.com"
	}
	return req
}

// This file holds answers, as clients get them.

package http

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"
)

// A Response is the answer to a request.
type Response struct {
	Status     string // "200 OK"
	StatusCode int    // 200
	Proto      string // "HTTP/1.1"
	ProtoMajor int    // 1
	ProtoMinor int    // 1

	// Header has the header.
	Header Header

	// Body is the body, never nil for a client. It has to be closed; a
	// connection is used again when the body was read to the end.
	Body io.ReadCloser

	// ContentLength is the body's length, -1 if it isn't known.
	ContentLength int64

	// TransferEncoding is "chunked" or empty.
	TransferEncoding []string

	// Close says that the connection ends behind the body.
	Close bool

	// Uncompressed says that the Transport has unpacked the body.
	Uncompressed bool

	// Trailer has the header behind the body, when that has been read.
	Trailer Header

	// Request is what was asked.
	Request *Request

	// TLS is nil: there is no TLS yet.
	TLS *tls.ConnectionState
}

// Cookies returns the cookies that are set.
func (r *Response) Cookies() []*Cookie { return readSetCookies(r.Header) }

// Location returns where the answer points to.
func (r *Response) Location() (*url.URL, error) {
	l := r.Header.Get("Location")
	if l == "" {
		return nil, ErrNoLocation
	}
	if r.Request != nil && r.Request.URL != nil {
		return r.Request.URL.Parse(l)
	}
	return url.Parse(l)
}

// ProtoAtLeast reports whether the protocol is of that version or later.
func (r *Response) ProtoAtLeast(major, minor int) bool {
	return r.ProtoMajor > major || r.ProtoMajor == major && r.ProtoMinor >= minor
}

// ReadResponse reads the answer to a request; nil stands for a GET.
func ReadResponse(r *bufio.Reader, req *Request) (*Response, error) {
	resp, err := readResponse(r, req)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return resp, err
}

// readResponse returns io.EOF if there was nothing.
func readResponse(br *bufio.Reader, req *Request) (*Response, error) {
	line, err := readLine(br)
	if err != nil {
		return nil, err
	}
	proto, status, ok := strings.Cut(line, " ")
	if !ok {
		return nil, &badString{"malformed HTTP response", line}
	}
	r := &Response{Request: req, Proto: proto, Status: strings.TrimLeft(status, " ")}
	code, _, _ := strings.Cut(r.Status, " ")
	if len(code) != 3 {
		return nil, &badString{"malformed HTTP status code", code}
	}
	if r.StatusCode, err = strconv.Atoi(code); err != nil || r.StatusCode < 0 {
		return nil, &badString{"malformed HTTP status code", code}
	}
	if r.ProtoMajor, r.ProtoMinor, ok = ParseHTTPVersion(proto); !ok {
		return nil, &badString{"malformed HTTP version", proto}
	}
	h, err := (&textproto.Reader{R: br}).ReadMIMEHeader()
	if err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	r.Header = Header(h)
	method := "GET"
	if req != nil && req.Method != "" {
		method = req.Method
	}
	n, err := bodyLength(r.Header, r.ProtoAtLeast(1, 1), true, r.StatusCode, method)
	if err != nil {
		return nil, err
	}
	if r.Trailer, err = announced(r.Header); err != nil {
		return nil, err
	}
	r.Close = wantsClose(r.ProtoMajor, r.ProtoMinor, r.Header)
	if hasToken(r.Header["Connection"], "close") {
		delete(r.Header, "Connection")
	}
	r.ContentLength = n
	if n == chunked {
		r.ContentLength, r.TransferEncoding = -1, []string{"chunked"}
	}
	switch {
	case method == "HEAD" || n == 0:
		r.Body = NoBody
	case n == untilEnd:
		r.Close = true
		r.Body = &body{br: br, left: n}
	default:
		r.Body = &body{br: br, left: n, trailer: &r.Trailer}
	}
	return r, nil
}

// Write writes the answer as a server sends it, and closes the body.
func (r *Response) Write(w io.Writer) error {
	text := r.Status
	code := strconv.Itoa(r.StatusCode)
	if text == "" {
		if text = StatusText(r.StatusCode); text == "" {
			text = "status code " + code
		}
	} else {
		text = strings.TrimPrefix(text, code+" ")
	}
	if _, err := fmt.Fprintf(w, "HTTP/%d.%d %03d %s\r\n", r.ProtoMajor, r.ProtoMinor, r.StatusCode, text); err != nil {
		return err
	}
	method := ""
	if r.Request != nil {
		method = r.Request.Method
	}
	n, src := r.ContentLength, r.Body
	if n == 0 && src != nil && src != NoBody {
		// The first byte tells whether there is anything.
		b, err := firstByte(src)
		switch {
		case err == io.EOF:
			src = nil
		case err != nil:
			return err
		default:
			n, src = -1, b
		}
	}
	chunks := len(r.TransferEncoding) > 0 && r.TransferEncoding[0] == "chunked"
	closes := r.Close
	if n < 0 && !chunks && src != nil && method != "HEAD" && r.ProtoAtLeast(1, 1) && !r.Uncompressed {
		closes = true
	}
	bodyless := r.StatusCode/100 == 1 || r.StatusCode == 204 || r.StatusCode == 304
	var head bytes.Buffer
	if closes && !hasToken(r.Header["Connection"], "close") {
		head.WriteString("Connection: close\r\n")
	}
	switch {
	case chunks:
		head.WriteString("Transfer-Encoding: chunked\r\n")
	case n > 0 || n == 0 && !bodyless && (method != "HEAD" || r.ContentLength == 0):
		head.WriteString("Content-Length: " + strconv.FormatInt(n, 10) + "\r\n")
	}
	if chunks && len(r.Trailer) > 0 {
		head.WriteString("Trailer: " + strings.Join(sortedKeys(r.Trailer), ",") + "\r\n")
	}
	if err := r.Header.WriteSubset(&head, map[string]bool{"Content-Length": true, "Transfer-Encoding": true, "Trailer": true}); err != nil {
		return err
	}
	head.WriteString("\r\n")
	if _, err := w.Write(head.Bytes()); err != nil {
		return err
	}
	if src == nil || method == "HEAD" {
		return nil
	}
	defer r.Body.Close()
	bw := bufio.NewWriter(w)
	var err error
	switch {
	case chunks:
		err = writeBody(bw, src, -1, func() Header { return r.Trailer })
	case n < 0:
		_, err = io.Copy(bw, src)
	default:
		err = writeBody(bw, src, n, nil)
	}
	if err != nil {
		return err
	}
	return bw.Flush()
}

// This file holds requests.

package http

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"
)

// A Request is a request that a server got or a client sends.
type Request struct {
	// Method is the method; empty stands for GET.
	Method string

	// URL is what is asked for: in a server what the request line has, in a
	// client where the request goes.
	URL *url.URL

	Proto      string // "HTTP/1.1"
	ProtoMajor int    // 1
	ProtoMinor int    // 1

	// Header has the header, without Host.
	Header Header

	// Body is the body; in a server never nil.
	Body io.ReadCloser

	// GetBody returns a new copy of Body, for clients that have to send it
	// again.
	GetBody func() (io.ReadCloser, error)

	// ContentLength is the body's length, -1 if it isn't known.
	ContentLength int64

	// TransferEncoding is "chunked" or empty.
	TransferEncoding []string

	// Close asks for the connection to be closed behind this request.
	Close bool

	// Host is the host that is asked for.
	Host string

	// Form has the values of the query and the body, after ParseForm.
	Form url.Values

	// PostForm has those of the body.
	PostForm url.Values

	// MultipartForm has the parts of the body, after ParseMultipartForm.
	MultipartForm *multipart.Form

	// Trailer has the header behind the body, when that has been read.
	Trailer Header

	// RemoteAddr is who has sent the request to the server.
	RemoteAddr string

	// RequestURI is the second word of the request line; clients must not
	// set it.
	RequestURI string

	// TLS is nil: there is no TLS yet.
	TLS *tls.ConnectionState

	// Deprecated: use a context. Closing it ends the client's request.
	Cancel <-chan struct{}

	// Response is what redirected a client to this request.
	Response *Response

	// Pattern is that of the ServeMux which matched.
	Pattern string

	ctx     context.Context
	matched []string // the values of the pattern's wildcards
	pat     *pattern
	other   map[string]string // set by SetPathValue
}

// Context returns the request's context. In a server it ends when the client
// goes away, or the handler returns.
func (r *Request) Context() context.Context {
	if r.ctx != nil {
		return r.ctx
	}
	return context.Background()
}

// WithContext returns a shallow copy with another context.
func (r *Request) WithContext(ctx context.Context) *Request {
	if ctx == nil {
		panic("nil context")
	}
	c := *r
	c.ctx = ctx
	return &c
}

// Clone returns a deep copy, but for Body, with another context.
func (r *Request) Clone(ctx context.Context) *Request {
	if ctx == nil {
		panic("nil context")
	}
	c := *r
	c.ctx = ctx
	c.URL = cloneURL(r.URL)
	c.Header = r.Header.Clone()
	c.Trailer = r.Trailer.Clone()
	c.TransferEncoding = append([]string(nil), r.TransferEncoding...)
	c.Form = cloneValues(r.Form)
	c.PostForm = cloneValues(r.PostForm)
	if f := r.MultipartForm; f != nil {
		c.MultipartForm = &multipart.Form{Value: cloneValues(f.Value), File: maps.Clone(f.File)}
	}
	c.matched = append([]string(nil), r.matched...)
	c.other = maps.Clone(r.other)
	return &c
}

func cloneValues(v url.Values) url.Values {
	if v == nil {
		return nil
	}
	return url.Values(Header(v).Clone())
}

func cloneURL(u *url.URL) *url.URL {
	if u == nil {
		return nil
	}
	c := *u
	if u.User != nil {
		user := *u.User
		c.User = &user
	}
	return &c
}

// ProtoAtLeast reports whether the protocol is of that version or later.
func (r *Request) ProtoAtLeast(major, minor int) bool {
	return r.ProtoMajor > major || r.ProtoMajor == major && r.ProtoMinor >= minor
}

// UserAgent returns the program that asks.
func (r *Request) UserAgent() string { return r.Header.Get("User-Agent") }

// Referer returns the page that led here.
func (r *Request) Referer() string { return r.Header.Get("Referer") }

// Cookies returns the cookies.
func (r *Request) Cookies() []*Cookie { return readCookies(r.Header, "") }

// CookiesNamed returns the cookies of a name.
func (r *Request) CookiesNamed(name string) []*Cookie {
	if name == "" {
		return []*Cookie{}
	}
	return readCookies(r.Header, name)
}

// Cookie returns the first cookie of a name, or ErrNoCookie.
func (r *Request) Cookie(name string) (*Cookie, error) {
	if list := r.CookiesNamed(name); len(list) > 0 {
		return list[0], nil
	}
	return nil, ErrNoCookie
}

// AddCookie adds name and value of a cookie.
func (r *Request) AddCookie(c *Cookie) {
	s := clean("Cookie.Name", lineBreaksToDashes.Replace(c.Name), func(byte) bool { return true }) + "=" + cleanValue(c.Value, c.Quoted)
	if old := r.Header.Get("Cookie"); old != "" {
		s = old + "; " + s
	}
	r.Header.Set("Cookie", s)
}

var lineBreaksToDashes = strings.NewReplacer("\n", "-", "\r", "-")

// BasicAuth returns name and password, if the request has them.
func (r *Request) BasicAuth() (username, password string, ok bool) {
	const prefix = "Basic "
	auth := r.Header.Get("Authorization")
	if len(auth) < len(prefix) || !strings.EqualFold(auth[:len(prefix)], prefix) {
		return "", "", false
	}
	b, err := base64.StdEncoding.DecodeString(auth[len(prefix):])
	if err != nil {
		return "", "", false
	}
	username, password, ok = strings.Cut(string(b), ":")
	if !ok {
		return "", "", false
	}
	return username, password, true
}

// SetBasicAuth sets name and password.
func (r *Request) SetBasicAuth(username, password string) {
	r.Header.Set("Authorization", "Basic "+basicAuth(username, password))
}

func basicAuth(username, password string) string {
	return base64.StdEncoding.EncodeToString([]byte(username + ":" + password))
}

// PathValue returns what a wildcard of the pattern matched.
func (r *Request) PathValue(name string) string {
	if v, ok := r.other[name]; ok {
		return v
	}
	if i := r.pat.index(name); i >= 0 {
		return r.matched[i]
	}
	return ""
}

// SetPathValue sets what PathValue returns.
func (r *Request) SetPathValue(name, value string) {
	if i := r.pat.index(name); i >= 0 {
		r.matched[i] = value
		return
	}
	if r.other == nil {
		r.other = map[string]string{}
	}
	r.other[name] = value
}

// NewRequest returns a request for a client.
func NewRequest(method, url string, body io.Reader) (*Request, error) {
	return NewRequestWithContext(context.Background(), method, url, body)
}

// NewRequestWithContext returns a request for a client, with a context.
func NewRequestWithContext(ctx context.Context, method, target string, body io.Reader) (*Request, error) {
	if method == "" {
		method = "GET"
	}
	if !isToken(method) {
		return nil, fmt.Errorf("net/http: invalid method %q", method)
	}
	if ctx == nil {
		return nil, errors.New("net/http: nil Context")
	}
	u, err := url.Parse(target)
	if err != nil {
		return nil, err
	}
	u.Host = strings.TrimSuffix(u.Host, ":")
	rc, ok := body.(io.ReadCloser)
	if !ok && body != nil {
		rc = io.NopCloser(body)
	}
	r := &Request{
		ctx: ctx, Method: method, URL: u, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: Header{}, Body: rc, Host: u.Host,
	}
	switch v := body.(type) {
	case *bytes.Buffer:
		b := v.Bytes()
		r.ContentLength = int64(len(b))
		r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }
	case *bytes.Reader:
		c := *v
		r.ContentLength = int64(v.Len())
		r.GetBody = func() (io.ReadCloser, error) { c := c; return io.NopCloser(&c), nil }
	case *strings.Reader:
		c := *v
		r.ContentLength = int64(v.Len())
		r.GetBody = func() (io.ReadCloser, error) { c := c; return io.NopCloser(&c), nil }
	}
	if r.GetBody != nil && r.ContentLength == 0 {
		r.Body = NoBody
		r.GetBody = func() (io.ReadCloser, error) { return NoBody, nil }
	}
	return r, nil
}

// ParseHTTPVersion reads "HTTP/1.1".
func ParseHTTPVersion(vers string) (major, minor int, ok bool) {
	switch vers {
	case "HTTP/1.1":
		return 1, 1, true
	case "HTTP/1.0":
		return 1, 0, true
	}
	if !strings.HasPrefix(vers, "HTTP/") || len(vers) != len("HTTP/X.Y") || vers[6] != '.' {
		return 0, 0, false
	}
	a, b := vers[5]-'0', vers[7]-'0'
	return int(a), int(b), a <= 9 && b <= 9
}

// ReadRequest reads a request as a server does.
func ReadRequest(b *bufio.Reader) (*Request, error) {
	r, err := readRequest(b)
	if err != nil {
		return nil, err
	}
	delete(r.Header, "Host")
	return r, nil
}

// readLine reads a line; err is io.EOF only if there was nothing.
func readLine(br *bufio.Reader) (string, error) {
	line, err := br.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		line = append([]byte(nil), line...)
		for err == bufio.ErrBufferFull {
			var more []byte
			more, err = br.ReadSlice('\n')
			line = append(line, more...)
		}
	}
	if err != nil {
		if err == io.EOF && len(line) > 0 {
			err = io.ErrUnexpectedEOF
		}
		return "", err
	}
	line = line[:len(line)-1]
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return string(line), nil
}

func readRequest(br *bufio.Reader) (r *Request, err error) {
	line, err := readLine(br)
	if err != nil {
		return nil, err
	}
	method, rest, ok1 := strings.Cut(line, " ")
	target, proto, ok2 := strings.Cut(rest, " ")
	if !ok1 || !ok2 {
		return nil, &badString{"malformed HTTP request", line}
	}
	if !isToken(method) {
		return nil, &badString{"invalid method", method}
	}
	r = &Request{Method: method, RequestURI: target, Proto: proto}
	var ok bool
	if r.ProtoMajor, r.ProtoMinor, ok = ParseHTTPVersion(proto); !ok {
		return nil, &badString{"malformed HTTP version", proto}
	}
	// CONNECT names a host and a port only.
	bare := method == "CONNECT" && !strings.HasPrefix(target, "/")
	if bare {
		target = "http://" + target
	}
	if r.URL, err = url.ParseRequestURI(target); err != nil {
		return nil, err
	}
	if bare {
		r.URL.Scheme = ""
	}
	h, err := (&textproto.Reader{R: br}).ReadMIMEHeader()
	if err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	r.Header = Header(h)
	if len(r.Header["Host"]) > 1 {
		return nil, errors.New("too many Host headers")
	}
	if r.Host = r.URL.Host; r.Host == "" {
		r.Host = r.Header.get("Host")
	}
	if p := r.Header["Pragma"]; len(p) > 0 && p[0] == "no-cache" && !r.Header.has("Cache-Control") {
		r.Header["Cache-Control"] = []string{"no-cache"}
	}
	r.Close = wantsClose(r.ProtoMajor, r.ProtoMinor, r.Header)
	n, err := bodyLength(r.Header, r.ProtoAtLeast(1, 1), false, 0, method)
	if err != nil {
		return nil, err
	}
	if r.Trailer, err = announced(r.Header); err != nil {
		return nil, err
	}
	switch n {
	case 0:
		r.Body = NoBody
	case chunked:
		r.ContentLength, r.TransferEncoding = -1, []string{"chunked"}
		r.Body = &body{br: br, left: n, trailer: &r.Trailer}
	default:
		r.ContentLength = n
		r.Body = &body{br: br, left: n}
	}
	return r, nil
}

// wantsClose reports whether the connection ends behind a message.
func wantsClose(major, minor int, h Header) bool {
	c, ok := h["Connection"]
	if major < 1 {
		return true
	}
	if ok && hasToken(c, "close") {
		return true
	}
	return major == 1 && minor == 0 && !(ok && hasToken(c, "keep-alive"))
}

// errMissingHost is the error of a request without a host.
var errMissingHost = errors.New("http: Request.Write on Request with no Host or URL set")

const defaultUserAgent = "Go-http-client/1.1"

// Write writes the request as a client sends it.
func (r *Request) Write(w io.Writer) error { return r.writeTo(w, false, nil) }

// WriteProxy writes the request as it is sent to a proxy.
func (r *Request) WriteProxy(w io.Writer) error { return r.writeTo(w, true, nil) }

func (r *Request) writeTo(w io.Writer, proxy bool, extra Header) error {
	bw, ok := w.(*bufio.Writer)
	if !ok {
		bw = bufio.NewWriter(w)
	}
	n, err := r.writeHead(bw, proxy, extra)
	if err == nil && n != 0 {
		err = writeBody(bw, r.Body, n, func() Header { return r.Trailer })
	}
	if r.Body != nil {
		if e := r.Body.Close(); err == nil {
			err = e
		}
	}
	if err != nil {
		return err
	}
	if !ok {
		return bw.Flush()
	}
	return nil
}

// outgoingLength is the length of the body that is sent; -1 if it isn't known.
func (r *Request) outgoingLength() int64 {
	if r.Body == nil || r.Body == NoBody {
		return 0
	}
	if r.ContentLength != 0 {
		return max(r.ContentLength, -1)
	}
	return -1
}

var notSent = map[string]bool{
	"Host": true, "User-Agent": true, "Content-Length": true, "Transfer-Encoding": true, "Trailer": true,
}

// writeHead writes line and header, and returns the length of the body.
func (r *Request) writeHead(w *bufio.Writer, proxy bool, extra Header) (n int64, err error) {
	host := r.Host
	if host == "" {
		if r.URL == nil || r.URL.Host == "" {
			return 0, errMissingHost
		}
		host = r.URL.Host
	}
	host = removeZone(cleanHost(host))
	uri := r.URL.RequestURI()
	if proxy && r.URL.Scheme != "" && r.URL.Opaque == "" {
		uri = r.URL.Scheme + "://" + host + uri
	} else if r.Method == "CONNECT" && r.URL.Path == "" {
		if uri = host; r.URL.Opaque != "" {
			uri = r.URL.Opaque
		}
	}
	for i := range len(uri) {
		if uri[i] < ' ' || uri[i] == 0x7f {
			return 0, errors.New("net/http: can't write control character in Request.URL")
		}
	}
	method := r.Method
	if method == "" {
		method = "GET"
	}
	w.WriteString(method)
	w.WriteByte(' ')
	w.WriteString(uri)
	w.WriteString(" HTTP/1.1\r\nHost: ")
	w.WriteString(host)
	w.WriteString("\r\n")
	agent := defaultUserAgent
	if r.Header.has("User-Agent") {
		agent = oneLine(textproto.TrimString(r.Header.get("User-Agent")))
	}
	if agent != "" {
		w.WriteString("User-Agent: " + agent + "\r\n")
	}
	if r.Close && !hasToken(r.Header["Connection"], "close") {
		w.WriteString("Connection: close\r\n")
	}
	n = r.outgoingLength()
	if n < 0 && r.ContentLength == 0 && len(r.TransferEncoding) == 0 {
		// Of a body of unknown length the first byte tells whether there is one.
		if b, err := firstByte(r.Body); err != nil && err != io.EOF {
			return 0, err
		} else if err == io.EOF {
			n = 0
		} else {
			r.Body = b
		}
	}
	switch {
	case n < 0:
		w.WriteString("Transfer-Encoding: chunked\r\n")
		if len(r.Trailer) > 0 {
			w.WriteString("Trailer: " + strings.Join(sortedKeys(r.Trailer), ",") + "\r\n")
		}
	case n > 0 || method == "POST" || method == "PUT" || method == "PATCH":
		w.WriteString("Content-Length: " + strconv.FormatInt(n, 10) + "\r\n")
	}
	if err := r.Header.WriteSubset(w, notSent); err != nil {
		return 0, err
	}
	if extra != nil {
		if err := extra.Write(w); err != nil {
			return 0, err
		}
	}
	_, err = w.WriteString("\r\n")
	return n, err
}

type readCloser struct {
	io.Reader
	io.Closer
}

// firstByte reads a byte and returns a body that begins with it.
func firstByte(b io.ReadCloser) (io.ReadCloser, error) {
	var buf [1]byte
	for {
		n, err := b.Read(buf[:])
		if n > 0 {
			var rest io.Reader = b
			if err != nil {
				rest = errReader{err}
			}
			return readCloser{io.MultiReader(bytes.NewReader(buf[:]), rest), b}, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

type errReader struct{ err error }

func (r errReader) Read([]byte) (int, error) { return 0, r.err }

// cleanHost cuts what can't be part of a host.
func cleanHost(h string) string {
	if i := strings.IndexAny(h, " /"); i >= 0 {
		return h[:i]
	}
	return h
}

// removeZone takes the zone out of "[fe80::1%en0]:80".
func removeZone(h string) string {
	if !strings.HasPrefix(h, "[") {
		return h
	}
	end := strings.LastIndexByte(h, ']')
	if end < 0 {
		return h
	}
	if i := strings.LastIndexByte(h[:end], '%'); i >= 0 {
		return h[:i] + h[end:]
	}
	return h
}

// This file holds serving of files.

package http

import (
	"errors"
	"fmt"
	"html"
	"io"
	"io/fs"
	"mime"
	"mime/multipart"
	"net/textproto"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Dir serves the files below a folder; empty stands for ".".
type Dir string

// A FileSystem opens files by paths with slashes.
type FileSystem interface {
	Open(name string) (File, error)
}

// A File is an open file or folder.
type File interface {
	io.Closer
	io.Reader
	io.Seeker
	Readdir(count int) ([]fs.FileInfo, error)
	Stat() (fs.FileInfo, error)
}

// Open opens a file below the folder.
func (d Dir) Open(name string) (File, error) {
	p := path.Clean("/" + name)[1:]
	if p == "" {
		p = "."
	}
	if strings.IndexByte(p, 0) >= 0 {
		return nil, errors.New("http: invalid or unsafe file path")
	}
	dir := string(d)
	if dir == "" {
		dir = "."
	}
	full := filepath.Join(dir, filepath.FromSlash(p))
	f, err := os.Open(full)
	if err != nil {
		return nil, openError(err, full)
	}
	return f, nil
}

// openError turns "not a folder" into "doesn't exist": a path that goes
// through a file isn't there.
func openError(err error, full string) error {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return err
	}
	for dir := filepath.Dir(full); len(dir) > 1; dir = filepath.Dir(dir) {
		if st, e := os.Stat(dir); e == nil {
			if !st.IsDir() {
				return fs.ErrNotExist
			}
			break
		}
	}
	return err
}

// FS makes a FileSystem of an fs.FS, whose files must be able to seek.
func FS(fsys fs.FS) FileSystem { return ioFS{fsys} }

type ioFS struct{ fsys fs.FS }

func (f ioFS) Open(name string) (File, error) {
	if name == "/" {
		name = "."
	} else {
		name = strings.TrimPrefix(name, "/")
	}
	file, err := f.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	return ioFile{file}, nil
}

type ioFile struct{ f fs.File }

func (f ioFile) Close() error               { return f.f.Close() }
func (f ioFile) Read(b []byte) (int, error) { return f.f.Read(b) }
func (f ioFile) Stat() (fs.FileInfo, error) { return f.f.Stat() }
func (f ioFile) Seek(offset int64, whence int) (int64, error) {
	if s, ok := f.f.(io.Seeker); ok {
		return s.Seek(offset, whence)
	}
	return 0, errors.New("io.File missing Seek method")
}
func (f ioFile) Readdir(count int) ([]fs.FileInfo, error) {
	d, ok := f.f.(fs.ReadDirFile)
	if !ok {
		return nil, errors.New("io.File directory missing ReadDir method")
	}
	entries, err := d.ReadDir(count)
	var list []fs.FileInfo
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			return list, err
		}
		list = append(list, info)
	}
	return list, err
}

// FileServer serves the files of a FileSystem: index.html for a folder that
// has one, else a list of its files.
func FileServer(root FileSystem) Handler {
	return HandlerFunc(func(w ResponseWriter, r *Request) {
		p := r.URL.Path
		if !strings.HasPrefix(p, "/") {
			p = "/" + p
			r.URL.Path = p
		}
		serveFile(w, r, root, path.Clean(p), true)
	})
}

// FileServerFS serves the files of an fs.FS.
func FileServerFS(root fs.FS) Handler { return FileServer(FS(root)) }

// ServeFile answers with a file or folder. Requests whose path has a ".." are
// refused.
func ServeFile(w ResponseWriter, r *Request, name string) {
	if slices.Contains(strings.FieldsFunc(r.URL.Path, func(c rune) bool { return c == '/' || c == '\\' }), "..") {
		serveError(w, "invalid URL path", StatusBadRequest)
		return
	}
	dir, file := filepath.Split(name)
	serveFile(w, r, Dir(dir), file, false)
}

// ServeFileFS answers with a file or folder of an fs.FS.
func ServeFileFS(w ResponseWriter, r *Request, fsys fs.FS, name string) {
	if slices.Contains(strings.Split(r.URL.Path, "/"), "..") {
		serveError(w, "invalid URL path", StatusBadRequest)
		return
	}
	serveFile(w, r, FS(fsys), name, false)
}

// serveError is Error, without what the header has said of a file.
func serveError(w ResponseWriter, text string, code int) {
	for _, k := range []string{"Cache-Control", "Content-Encoding", "Etag", "Last-Modified"} {
		w.Header().Del(k)
	}
	Error(w, text, code)
}

func failFile(w ResponseWriter, err error) {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		serveError(w, "404 page not found", StatusNotFound)
	case errors.Is(err, fs.ErrPermission):
		serveError(w, "403 Forbidden", StatusForbidden)
	default:
		serveError(w, "500 Internal Server Error", StatusInternalServerError)
	}
}

// localRedirect answers with a place relative to the request's.
func localRedirect(w ResponseWriter, r *Request, to string) {
	if q := r.URL.RawQuery; q != "" {
		to += "?" + q
	}
	w.Header().Set("Location", to)
	w.WriteHeader(StatusMovedPermanently)
}

func serveFile(w ResponseWriter, r *Request, root FileSystem, name string, redirect bool) {
	const index = "/index.html"
	if strings.HasSuffix(r.URL.Path, index) {
		localRedirect(w, r, "./")
		return
	}
	f, err := root.Open(name)
	if err != nil {
		failFile(w, err)
		return
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		failFile(w, err)
		return
	}
	if redirect {
		p := r.URL.Path
		slash := strings.HasSuffix(p, "/")
		if st.IsDir() && !slash {
			localRedirect(w, r, path.Base(p)+"/")
			return
		}
		if !st.IsDir() && slash {
			base := path.Base(p)
			if base == "/" || base == "." {
				serveError(w, "http: attempting to traverse a non-directory", StatusInternalServerError)
				return
			}
			localRedirect(w, r, "../"+base)
			return
		}
	}
	if st.IsDir() {
		if !strings.HasSuffix(r.URL.Path, "/") && r.URL.Path != "" {
			localRedirect(w, r, path.Base(r.URL.Path)+"/")
			return
		}
		if g, err := root.Open(strings.TrimSuffix(name, "/") + index); err == nil {
			defer g.Close()
			if gst, err := g.Stat(); err == nil {
				f, st = g, gst
			}
		}
	}
	if st.IsDir() {
		if !modified(r, st.ModTime()) {
			notModified(w)
			return
		}
		setModified(w, st.ModTime())
		listFolder(w, f)
		return
	}
	serveContent(w, r, st.Name(), st.ModTime(), func() (int64, error) { return st.Size(), nil }, f)
}

// modified is false if the client has what is there since t.
func modified(r *Request, t time.Time) bool {
	since := r.Header.Get("If-Modified-Since")
	if since == "" || r.Method != "GET" && r.Method != "HEAD" || noTime(t) {
		return true
	}
	s, err := ParseTime(since)
	return err != nil || t.Truncate(time.Second).After(s)
}

func noTime(t time.Time) bool { return t.IsZero() || t.Equal(time.Unix(0, 0)) }

func setModified(w ResponseWriter, t time.Time) {
	if !noTime(t) {
		w.Header().Set("Last-Modified", t.UTC().Format(TimeFormat))
	}
}

func notModified(w ResponseWriter) {
	h := w.Header()
	delete(h, "Content-Type")
	delete(h, "Content-Length")
	delete(h, "Content-Encoding")
	if h.Get("Etag") != "" {
		delete(h, "Last-Modified")
	}
	w.WriteHeader(StatusNotModified)
}

func listFolder(w ResponseWriter, f File) {
	list, err := f.Readdir(-1)
	if err != nil {
		Error(w, "Error reading directory", StatusInternalServerError)
		return
	}
	slices.SortFunc(list, func(a, b fs.FileInfo) int { return strings.Compare(a.Name(), b.Name()) })
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, "<!doctype html>\n<meta name=\"viewport\" content=\"width=device-width\">\n<pre>\n")
	for _, st := range list {
		name := st.Name()
		if st.IsDir() {
			name += "/"
		}
		u := url.URL{Path: name}
		fmt.Fprintf(w, "<a href=\"%s\">%s</a>\n", u.String(), html.EscapeString(name))
	}
	fmt.Fprint(w, "</pre>\n")
}

var errNoOverlap = errors.New("invalid range: failed to overlap")

// ServeContent answers with content that can seek: parts of it if asked for,
// nothing if the client has it already. The name's extension says the type.
func ServeContent(w ResponseWriter, req *Request, name string, modtime time.Time, content io.ReadSeeker) {
	serveContent(w, req, name, modtime, func() (int64, error) {
		n, err := content.Seek(0, io.SeekEnd)
		if err == nil {
			_, err = content.Seek(0, io.SeekStart)
		}
		if err != nil {
			return 0, errors.New("seeker can't seek")
		}
		return n, nil
	}, content)
}

func serveContent(w ResponseWriter, r *Request, name string, modtime time.Time, sizeOf func() (int64, error), content io.ReadSeeker) {
	setModified(w, modtime)
	ranges, done := precondition(w, r, modtime)
	if done {
		return
	}
	h := w.Header()
	ctype := h.Get("Content-Type")
	if _, has := h["Content-Type"]; !has {
		if ctype = mime.TypeByExtension(filepath.Ext(name)); ctype == "" {
			var buf [sniffLen]byte
			n, _ := io.ReadFull(content, buf[:])
			ctype = DetectContentType(buf[:n])
			if _, err := content.Seek(0, io.SeekStart); err != nil {
				serveError(w, "seeker can't seek", StatusInternalServerError)
				return
			}
		}
		h.Set("Content-Type", ctype)
	}
	size, err := sizeOf()
	if err != nil || size < 0 {
		serveError(w, "seeker can't seek", StatusInternalServerError)
		return
	}
	code, sendSize := StatusOK, size
	var src io.Reader = content
	list, err := parseRanges(ranges, size)
	if err == errNoOverlap && size == 0 {
		list, err = nil, nil
	}
	if err != nil {
		if err == errNoOverlap {
			h.Set("Content-Range", fmt.Sprintf("bytes */%d", size))
		}
		serveError(w, err.Error(), StatusRequestedRangeNotSatisfiable)
		return
	}
	sum := int64(0)
	for _, part := range list {
		sum += part.length
	}
	if sum > size {
		list = nil // more than all of it: an attack or a mistake
	}
	switch {
	case len(list) == 1:
		if _, err := content.Seek(list[0].start, io.SeekStart); err != nil {
			serveError(w, err.Error(), StatusRequestedRangeNotSatisfiable)
			return
		}
		sendSize, code = list[0].length, StatusPartialContent
		h.Set("Content-Range", list[0].header(size))
	case len(list) > 1:
		sendSize, code = partsSize(list, ctype, size), StatusPartialContent
		pr, pw := io.Pipe()
		mw := multipart.NewWriter(pw)
		h.Set("Content-Type", "multipart/byteranges; boundary="+mw.Boundary())
		src = pr
		defer pr.Close()
		go func() {
			for _, part := range list {
				p, err := mw.CreatePart(part.mimeHeader(ctype, size))
				if err == nil {
					_, err = content.Seek(part.start, io.SeekStart)
				}
				if err == nil {
					_, err = io.CopyN(p, content, part.length)
				}
				if err != nil {
					pw.CloseWithError(err)
					return
				}
			}
			mw.Close()
			pw.Close()
		}()
	}
	h.Set("Accept-Ranges", "bytes")
	if h.Get("Content-Encoding") == "" || len(list) > 0 {
		h.Set("Content-Length", strconv.FormatInt(sendSize, 10))
	}
	w.WriteHeader(code)
	if r.Method != "HEAD" {
		io.CopyN(w, src, sendSize)
	}
}

// byteRange is a part of content.
type byteRange struct{ start, length int64 }

func (b byteRange) header(size int64) string {
	return fmt.Sprintf("bytes %d-%d/%d", b.start, b.start+b.length-1, size)
}

func (b byteRange) mimeHeader(ctype string, size int64) textproto.MIMEHeader {
	return textproto.MIMEHeader{"Content-Range": {b.header(size)}, "Content-Type": {ctype}}
}

type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

func partsSize(list []byteRange, ctype string, size int64) int64 {
	var c counter
	mw := multipart.NewWriter(&c)
	for _, part := range list {
		mw.CreatePart(part.mimeHeader(ctype, size))
		c += counter(part.length)
	}
	mw.Close()
	return int64(c)
}

// parseRanges reads "bytes=0-9,20-,-5".
func parseRanges(s string, size int64) (list []byteRange, err error) {
	if s == "" {
		return nil, nil
	}
	s, ok := strings.CutPrefix(s, "bytes=")
	if !ok {
		return nil, errors.New("invalid range")
	}
	missed := false
	for _, part := range strings.Split(s, ",") {
		part = textproto.TrimString(part)
		if part == "" {
			continue
		}
		from, to, ok := strings.Cut(part, "-")
		if !ok {
			return nil, errors.New("invalid range")
		}
		from, to = textproto.TrimString(from), textproto.TrimString(to)
		var r byteRange
		if from == "" {
			n, err := strconv.ParseInt(to, 10, 64)
			if to == "" || to[0] == '-' || err != nil || n < 0 {
				return nil, errors.New("invalid range")
			}
			r.length = min(n, size)
			r.start = size - r.length
		} else {
			n, err := strconv.ParseInt(from, 10, 64)
			if err != nil || n < 0 {
				return nil, errors.New("invalid range")
			}
			if n >= size {
				missed = true
				continue
			}
			r.start, r.length = n, size-n
			if to != "" {
				end, err := strconv.ParseInt(to, 10, 64)
				if err != nil || end < n {
					return nil, errors.New("invalid range")
				}
				r.length = min(end, size-1) - n + 1
			}
		}
		list = append(list, r)
	}
	if missed && len(list) == 0 {
		return nil, errNoOverlap
	}
	return list, nil
}

// precondition looks at what the client has; done if that was the answer.
func precondition(w ResponseWriter, r *Request, modtime time.Time) (ranges string, done bool) {
	etag := w.Header().Get("Etag")
	if im := r.Header.Get("If-Match"); im != "" {
		if !tagIn(im, etag, true) {
			w.WriteHeader(StatusPreconditionFailed)
			return "", true
		}
	} else if ius := r.Header.Get("If-Unmodified-Since"); ius != "" && !noTime(modtime) {
		if t, err := ParseTime(ius); err == nil && modtime.Truncate(time.Second).After(t) {
			w.WriteHeader(StatusPreconditionFailed)
			return "", true
		}
	}
	if inm := r.Header.Get("If-None-Match"); inm != "" {
		if tagIn(inm, etag, false) {
			if r.Method == "GET" || r.Method == "HEAD" {
				notModified(w)
			} else {
				w.WriteHeader(StatusPreconditionFailed)
			}
			return "", true
		}
	} else if !modified(r, modtime) {
		notModified(w)
		return "", true
	}
	ranges = r.Header.Get("Range")
	if ir := r.Header.Get("If-Range"); ranges != "" && ir != "" && (r.Method == "GET" || r.Method == "HEAD") {
		if tag, _ := scanTag(ir); tag != "" {
			if tag != etag || strings.HasPrefix(tag, "W/") {
				ranges = ""
			}
		} else if t, err := ParseTime(ir); err != nil || noTime(modtime) || t.Unix() != modtime.Unix() {
			ranges = ""
		}
	}
	return ranges, false
}

// scanTag reads an entity tag at the start of s.
func scanTag(s string) (tag, rest string) {
	s = textproto.TrimString(s)
	n := 0
	if strings.HasPrefix(s, "W/") {
		n = 2
	}
	if len(s) < n+2 || s[n] != '"' {
		return "", ""
	}
	for i := n + 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			return s[:i+1], s[i+1:]
		case c != 0x21 && (c < 0x23 || c == 0x7f):
			return "", ""
		}
	}
	return "", ""
}

// tagIn reports whether a list of tags has one; a weak one is none if strong.
func tagIn(list, etag string, strong bool) bool {
	for {
		list = textproto.TrimString(list)
		if list == "" {
			return false
		}
		if list[0] == ',' {
			list = list[1:]
			continue
		}
		if list[0] == '*' {
			return true
		}
		tag, rest := scanTag(list)
		if tag == "" {
			return false
		}
		if strong && tag == etag && tag[0] == '"' || !strong && strings.TrimPrefix(tag, "W/") == strings.TrimPrefix(etag, "W/") {
			return true
		}
		list = rest
	}
}

// NewFileTransport returns a RoundTripper that answers with files.
func NewFileTransport(fs FileSystem) RoundTripper { return fileTransport{FileServer(fs)} }

// NewFileTransportFS returns a RoundTripper that answers with files of an fs.FS.
func NewFileTransportFS(fsys fs.FS) RoundTripper { return NewFileTransport(FS(fsys)) }

type fileTransport struct{ h Handler }

func (t fileTransport) RoundTrip(req *Request) (*Response, error) {
	pr, pw := io.Pipe()
	w := &pipeWriter{pw: pw, header: Header{}, ready: make(chan *Response, 1)}
	go func() {
		defer pw.Close()
		t.h.ServeHTTP(w, req)
		w.WriteHeader(StatusOK)
	}()
	resp := <-w.ready
	resp.Body, resp.Request = pr, req
	return resp, nil
}

// pipeWriter makes an answer of what a handler writes.
type pipeWriter struct {
	pw     *io.PipeWriter
	header Header
	sent   bool
	ready  chan *Response
}

func (w *pipeWriter) Header() Header { return w.header }

func (w *pipeWriter) WriteHeader(code int) {
	if w.sent {
		return
	}
	w.sent = true
	w.ready <- &Response{
		StatusCode: code, Status: fmt.Sprintf("%d %s", code, StatusText(code)),
		Proto: "HTTP/1.0", ProtoMajor: 1, Close: true, Header: w.header.Clone(), ContentLength: -1,
	}
}

func (w *pipeWriter) Write(p []byte) (int, error) {
	w.WriteHeader(StatusOK)
	return w.pw.Write(p)
}

// This file holds headers.

package http

import (
	"io"
	"net/textproto"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// A Header maps keys, in their canonical form, to values.
type Header map[string][]string

// Add adds a value to those of a key.
func (h Header) Add(key, value string) { textproto.MIMEHeader(h).Add(key, value) }

// Set makes a value the only one of a key.
func (h Header) Set(key, value string) { textproto.MIMEHeader(h).Set(key, value) }

// Get returns the first value of a key, empty if there is none.
func (h Header) Get(key string) string { return textproto.MIMEHeader(h).Get(key) }

// Values returns all values of a key.
func (h Header) Values(key string) []string { return textproto.MIMEHeader(h).Values(key) }

// Del removes a key.
func (h Header) Del(key string) { textproto.MIMEHeader(h).Del(key) }

// get is Get for a key in canonical form.
func (h Header) get(key string) string {
	if v := h[key]; len(v) > 0 {
		return v[0]
	}
	return ""
}

func (h Header) has(key string) bool { _, ok := h[key]; return ok }

// Clone returns a copy.
func (h Header) Clone() Header {
	if h == nil {
		return nil
	}
	n := 0
	for _, v := range h {
		n += len(v)
	}
	all := make([]string, n)
	c := make(Header, len(h))
	for k, v := range h {
		if v == nil {
			c[k] = nil
			continue
		}
		n := copy(all, v)
		c[k] = all[:n:n]
		all = all[n:]
	}
	return c
}

// Write writes the header as it is sent, sorted by key.
func (h Header) Write(w io.Writer) error { return h.WriteSubset(w, nil) }

// field is a key and its values.
type field struct {
	key    string
	values []string
}

// fieldLists are for sorting.
var fieldLists = sync.Pool{New: func() any { return new([]field) }}

// WriteSubset writes the header without the keys that exclude has.
func (h Header) WriteSubset(w io.Writer, exclude map[string]bool) error {
	ws, ok := w.(io.StringWriter)
	if !ok {
		ws = stringWriter{w}
	}
	list := fieldLists.Get().(*[]field)
	fields := (*list)[:0]
	for k, v := range h {
		if !exclude[k] {
			fields = append(fields, field{k, v})
		}
	}
	if len(fields) > 1 {
		slices.SortFunc(fields, func(a, b field) int { return strings.Compare(a.key, b.key) })
	}
	var err error
	write := func(s string) {
		if err == nil {
			_, err = ws.WriteString(s)
		}
	}
	for _, f := range fields {
		if !validKey(f.key) {
			continue // it would break the message
		}
		for _, v := range f.values {
			write(f.key)
			write(": ")
			write(textproto.TrimString(oneLine(v)))
			write("\r\n")
		}
	}
	clear(fields)
	*list = fields
	fieldLists.Put(list)
	return err
}

type stringWriter struct{ w io.Writer }

func (w stringWriter) WriteString(s string) (int, error) { return w.w.Write([]byte(s)) }

var lineBreaks = strings.NewReplacer("\n", " ", "\r", " ")

// oneLine takes ends of lines out of a value.
func oneLine(v string) string {
	for i := range len(v) {
		if v[i] == '\n' || v[i] == '\r' {
			return lineBreaks.Replace(v)
		}
	}
	return v
}

// isTokenChar reports whether c can be in a token (RFC 9110, 5.6.2).
func isTokenChar(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0
}

func isToken(s string) bool {
	for i := range len(s) {
		if !isTokenChar(s[i]) {
			return false
		}
	}
	return s != ""
}

func validKey(k string) bool { return isToken(k) }

// validValue reports whether v can be a value.
func validValue(v string) bool {
	for i := range len(v) {
		if c := v[i]; c < ' ' && c != '\t' || c == 0x7f {
			return false
		}
	}
	return true
}

// CanonicalHeaderKey returns a key in canonical form ("Accept-Encoding").
func CanonicalHeaderKey(s string) string { return textproto.CanonicalMIMEHeaderKey(s) }

// hasToken reports whether a list of tokens in a header has one.
func hasToken(values []string, token string) bool {
	for _, v := range values {
		for v != "" {
			var one string
			one, v, _ = strings.Cut(v, ",")
			if strings.EqualFold(textproto.TrimString(one), token) {
				return true
			}
		}
	}
	return false
}

// TimeFormat is how times are written in headers. The time must be in UTC.
const TimeFormat = "Mon, 02 Jan 2006 15:04:05 GMT"

// ParseTime reads a time of a header, in one of the three formats that there
// have been.
func ParseTime(text string) (t time.Time, err error) {
	for _, layout := range []string{TimeFormat, time.RFC850, time.ANSIC} {
		if t, err = time.Parse(layout, text); err == nil {
			return t, nil
		}
	}
	return t, err
}

// now is the time of a second as text.
type dateText struct {
	second int64
	text   string
}

var lastDate atomic.Pointer[dateText]

// date returns the time as headers have it.
func date() string {
	t := time.Now()
	if d := lastDate.Load(); d != nil && d.second == t.Unix() {
		return d.text
	}
	d := &dateText{t.Unix(), t.UTC().Format(TimeFormat)}
	lastDate.Store(d)
	return d.text
}

// This file holds the type URL and its text.

// Package url parses URLs, writes them, and escapes what stands in them (RFC
// 3986).
package url

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// URL is a parsed URL: scheme://user@host/path?query#fragment, or
// scheme:opaque?query#fragment.
type URL struct {
	Scheme      string
	Opaque      string    // still encoded
	User        *Userinfo // name and password
	Host        string    // host or host:port
	Path        string    // decoded
	Fragment    string    // decoded, without #
	RawQuery    string    // still encoded, without ?
	RawPath     string    // an encoding of Path that is not the usual one
	RawFragment string    // likewise
	ForceQuery  bool      // there is a ? though the query is empty
	OmitHost    bool      // an empty host is not written
}

// Error is an error with the operation and the URL that caused it.
type Error struct {
	Op  string
	URL string
	Err error
}

// Error returns the whole message.
func (e *Error) Error() string { return fmt.Sprintf("%s %q: %s", e.Op, e.URL, e.Err) }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Timeout reports whether the cause says that time ran out.
func (e *Error) Timeout() bool {
	t, ok := e.Err.(interface{ Timeout() bool })
	return ok && t.Timeout()
}

// Temporary reports whether the cause says that it is temporary.
func (e *Error) Temporary() bool {
	t, ok := e.Err.(interface{ Temporary() bool })
	return ok && t.Temporary()
}

// Userinfo is a user's name, perhaps with a password. It does not change.
type Userinfo struct {
	username string
	password string
	set      bool
}

// User returns a Userinfo without a password.
func User(username string) *Userinfo { return &Userinfo{username: username} }

// UserPassword returns a Userinfo with a password.
func UserPassword(username, password string) *Userinfo { return &Userinfo{username, password, true} }

// Username returns the name.
func (u *Userinfo) Username() string {
	if u == nil {
		return ""
	}
	return u.username
}

// Password returns the password, and whether there is one.
func (u *Userinfo) Password() (string, bool) {
	if u == nil {
		return "", false
	}
	return u.password, u.set
}

// String returns both, encoded.
func (u *Userinfo) String() string {
	if u == nil || u.username == "" && u.password == "" && !u.set {
		return ""
	}
	s := escape(u.username, inUser)
	if u.set {
		s += ":" + escape(u.password, inUser)
	}
	return s
}

// EscapedPath returns the path encoded: RawPath if it fits Path.
func (u *URL) EscapedPath() string {
	if u.RawPath != "" && validEncoding(u.RawPath, inPath) {
		if p, err := unescape(u.RawPath, inPath); err == nil && p == u.Path {
			return u.RawPath
		}
	}
	if u.Path == "*" {
		return "*" // of OPTIONS
	}
	return escape(u.Path, inPath)
}

// EscapedFragment returns the fragment encoded: RawFragment if it fits Fragment.
func (u *URL) EscapedFragment() string {
	if u.RawFragment != "" && validEncoding(u.RawFragment, inFragment) {
		if f, err := unescape(u.RawFragment, inFragment); err == nil && f == u.Fragment {
			return u.RawFragment
		}
	}
	return escape(u.Fragment, inFragment)
}

// String writes the URL.
func (u *URL) String() string {
	var b strings.Builder
	if u.Scheme != "" {
		b.WriteString(u.Scheme + ":")
	}
	if u.Opaque != "" {
		b.WriteString(u.Opaque)
	} else {
		if u.Scheme != "" || u.Host != "" || u.User != nil {
			if !(u.OmitHost && u.Host == "" && u.User == nil) {
				if u.Host != "" || u.Path != "" || u.User != nil {
					b.WriteString("//")
				}
				if u.User != nil {
					b.WriteString(u.User.String() + "@")
				}
				if u.Host != "" {
					b.WriteString(escape(u.Host, inHost))
				}
			}
		}
		path := u.EscapedPath()
		if path != "" && path[0] != '/' && u.Host != "" {
			b.WriteByte('/')
		}
		if b.Len() == 0 {
			// A first segment with a colon would be read as a scheme.
			if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ":") {
				b.WriteString("./")
			}
		}
		b.WriteString(path)
	}
	if u.ForceQuery || u.RawQuery != "" {
		b.WriteString("?" + u.RawQuery)
	}
	if u.Fragment != "" {
		b.WriteString("#" + u.EscapedFragment())
	}
	return b.String()
}

// Redacted is String with the password replaced by xxxxx.
func (u *URL) Redacted() string {
	if u == nil {
		return ""
	}
	c := *u
	if _, ok := c.User.Password(); ok {
		c.User = UserPassword(c.User.Username(), "xxxxx")
	}
	return c.String()
}

// IsAbs reports whether there is a scheme.
func (u *URL) IsAbs() bool { return u.Scheme != "" }

// Clone returns a deep copy.
func (u *URL) Clone() *URL {
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

// RequestURI returns path and query as an HTTP request has them.
func (u *URL) RequestURI() string {
	s := u.Opaque
	if s == "" {
		if s = u.EscapedPath(); s == "" {
			s = "/"
		}
	} else if strings.HasPrefix(s, "//") {
		s = u.Scheme + ":" + s
	}
	if u.ForceQuery || u.RawQuery != "" {
		s += "?" + u.RawQuery
	}
	return s
}

// Hostname returns the host without port and brackets.
func (u *URL) Hostname() string {
	host, _ := splitPort(u.Host)
	return host
}

// Port returns the port of the host, empty if there is none.
func (u *URL) Port() string {
	_, port := splitPort(u.Host)
	return port
}

func splitPort(s string) (host, port string) {
	host = s
	if i := strings.LastIndexByte(s, ':'); i >= 0 && validPort(s[i:]) {
		host, port = s[:i], s[i+1:]
	}
	if strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]") {
		host = host[1 : len(host)-1]
	}
	return host, port
}

// validPort reports whether s is empty, or a colon with digits or nothing.
func validPort(s string) bool {
	if s == "" {
		return true
	}
	if s[0] != ':' {
		return false
	}
	for i := 1; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// MarshalBinary returns the text.
func (u *URL) MarshalBinary() (text []byte, err error) { return u.AppendBinary(nil) }

// AppendBinary appends the text to b.
func (u *URL) AppendBinary(b []byte) ([]byte, error) { return append(b, u.String()...), nil }

// UnmarshalBinary parses text.
func (u *URL) UnmarshalBinary(text []byte) error {
	n, err := Parse(string(text))
	if err != nil {
		return err
	}
	*u = *n
	return nil
}

// Values has the values of a query or a form by their keys.
type Values map[string][]string

// Get returns the first value of key, empty if there is none.
func (v Values) Get(key string) string {
	if list := v[key]; len(list) > 0 {
		return list[0]
	}
	return ""
}

// Set makes value the only one of key.
func (v Values) Set(key, value string) { v[key] = []string{value} }

// Add adds a value to those of key.
func (v Values) Add(key, value string) { v[key] = append(v[key], value) }

// Del deletes all values of key.
func (v Values) Del(key string) { delete(v, key) }

// Has reports whether key is there.
func (v Values) Has(key string) bool {
	_, ok := v[key]
	return ok
}

// Clone returns a deep copy.
func (vs Values) Clone() Values {
	if vs == nil {
		return nil
	}
	c := make(Values, len(vs))
	for k, list := range vs {
		c[k] = slices.Clone(list)
	}
	return c
}

// Encode writes key=value&key=value, sorted by the keys.
func (v Values) Encode() string {
	var b strings.Builder
	for _, k := range slices.Sorted(maps.Keys(v)) {
		key := QueryEscape(k)
		for _, value := range v[k] {
			if b.Len() > 0 {
				b.WriteByte('&')
			}
			b.WriteString(key + "=" + QueryEscape(value))
		}
	}
	return b.String()
}

// maxParams bounds the number of settings in a query.
const maxParams = 10000

// ParseQuery reads the settings of a query. It returns those that are right,
// and the first error.
func ParseQuery(query string) (Values, error) {
	v := Values{}
	return v, parseQuery(v, query)
}

func parseQuery(v Values, query string) (err error) {
	if strings.Count(query, "&")+1 > maxParams {
		return errors.New("number of URL query parameters exceeded limit")
	}
	note := func(e error) {
		if err == nil {
			err = e
		}
	}
	for query != "" {
		var setting string
		setting, query, _ = strings.Cut(query, "&")
		if strings.Contains(setting, ";") {
			note(fmt.Errorf("invalid semicolon separator in query"))
			continue
		}
		if setting == "" {
			continue
		}
		key, value, _ := strings.Cut(setting, "=")
		key, e := QueryUnescape(key)
		if e != nil {
			note(e)
			continue
		}
		value, e = QueryUnescape(value)
		if e != nil {
			note(e)
			continue
		}
		v[key] = append(v[key], value)
	}
	return err
}

// Query returns the settings of the query that are right.
func (u *URL) Query() Values {
	v, _ := ParseQuery(u.RawQuery)
	return v
}

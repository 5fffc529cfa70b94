// This file holds cookies (RFC 6265).

package http

import (
	"errors"
	"fmt"
	"log"
	"net"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// A Cookie is a cookie as Set-Cookie has it; requests have names and values
// only.
type Cookie struct {
	Name   string
	Value  string
	Quoted bool // the value is in quotation marks

	Path       string
	Domain     string
	Expires    time.Time
	RawExpires string // as it was read

	// MaxAge is in seconds; 0 for none, less for "delete now".
	MaxAge      int
	Secure      bool
	HttpOnly    bool
	SameSite    SameSite
	Partitioned bool
	Raw         string
	Unparsed    []string // attributes that weren't understood
}

// SameSite says whether a cookie is sent with requests from other sites.
type SameSite int

// The values of SameSite.
const (
	SameSiteDefaultMode SameSite = iota + 1
	SameSiteLaxMode
	SameSiteStrictMode
	SameSiteNoneMode
)

// A CookieJar keeps cookies between requests.
type CookieJar interface {
	// SetCookies notes cookies that came with an answer from u.
	SetCookies(u *url.URL, cookies []*Cookie)

	// Cookies returns those to send to u.
	Cookies(u *url.URL) []*Cookie
}

var (
	errBlankCookie           = errors.New("http: blank cookie")
	errEqualNotFoundInCookie = errors.New("http: '=' not found in cookie")
	errInvalidCookieName     = errors.New("http: invalid cookie name")
	errInvalidCookieValue    = errors.New("http: invalid cookie value")
)

// ParseCookie reads the value of a Cookie header.
func ParseCookie(line string) ([]*Cookie, error) {
	line = textproto.TrimString(line)
	if line == "" {
		return nil, errBlankCookie
	}
	var list []*Cookie
	for _, part := range strings.Split(line, ";") {
		name, value, ok := strings.Cut(textproto.TrimString(part), "=")
		if !ok {
			return nil, errEqualNotFoundInCookie
		}
		if !isToken(name) {
			return nil, errInvalidCookieName
		}
		value, quoted, ok := cookieValue(value, true)
		if !ok {
			return nil, errInvalidCookieValue
		}
		list = append(list, &Cookie{Name: name, Value: value, Quoted: quoted})
	}
	return list, nil
}

// cookieValue checks a value and takes quotation marks off.
func cookieValue(v string, quotes bool) (value string, quoted, ok bool) {
	if quotes && len(v) > 1 && v[0] == '"' && v[len(v)-1] == '"' {
		v, quoted = v[1:len(v)-1], true
	}
	for i := range len(v) {
		if !cookieByte(v[i]) {
			return "", quoted, false
		}
	}
	return v, quoted, true
}

func cookieByte(c byte) bool { return c >= ' ' && c < 0x7f && c != '"' && c != ';' && c != '\\' }

// ParseSetCookie reads the value of a Set-Cookie header.
func ParseSetCookie(line string) (*Cookie, error) {
	parts := strings.Split(textproto.TrimString(line), ";")
	if len(parts) == 1 && parts[0] == "" {
		return nil, errBlankCookie
	}
	name, value, ok := strings.Cut(textproto.TrimString(parts[0]), "=")
	if !ok {
		return nil, errEqualNotFoundInCookie
	}
	name = textproto.TrimString(name)
	if !isToken(name) {
		return nil, errInvalidCookieName
	}
	value, quoted, ok := cookieValue(value, true)
	if !ok {
		return nil, errInvalidCookieValue
	}
	c := &Cookie{Name: name, Value: value, Quoted: quoted, Raw: line}
	for _, part := range parts[1:] {
		part = textproto.TrimString(part)
		if part == "" {
			continue
		}
		if !c.attribute(part) {
			c.Unparsed = append(c.Unparsed, part)
		}
	}
	return c, nil
}

// attribute takes over one attribute; false if it isn't understood.
func (c *Cookie) attribute(part string) bool {
	key, value, _ := strings.Cut(part, "=")
	value, _, ok := cookieValue(value, false)
	if !ok {
		return false
	}
	switch strings.ToLower(key) {
	case "samesite":
		switch strings.ToLower(value) {
		case "lax":
			c.SameSite = SameSiteLaxMode
		case "strict":
			c.SameSite = SameSiteStrictMode
		case "none":
			c.SameSite = SameSiteNoneMode
		default:
			c.SameSite = SameSiteDefaultMode
		}
	case "secure":
		c.Secure = true
	case "httponly":
		c.HttpOnly = true
	case "partitioned":
		c.Partitioned = true
	case "domain":
		c.Domain = value
	case "path":
		c.Path = value
	case "max-age":
		n, err := strconv.Atoi(value)
		if err != nil || n != 0 && value[0] == '0' {
			return false
		}
		if n <= 0 {
			n = -1
		}
		c.MaxAge = n
	case "expires":
		c.RawExpires = value
		t, err := time.Parse(time.RFC1123, value)
		if err != nil {
			if t, err = time.Parse("Mon, 02-Jan-2006 15:04:05 MST", value); err != nil {
				c.Expires = time.Time{}
				return false
			}
		}
		c.Expires = t.UTC()
	default:
		return false
	}
	return true
}

func readSetCookies(h Header) []*Cookie {
	list := []*Cookie{}
	for _, line := range h["Set-Cookie"] {
		if c, err := ParseSetCookie(line); err == nil {
			list = append(list, c)
		}
	}
	return list
}

// readCookies reads the cookies of a request; a filter chooses one name.
func readCookies(h Header, filter string) []*Cookie {
	list := []*Cookie{}
	for _, line := range h["Cookie"] {
		for line != "" {
			var part string
			part, line, _ = strings.Cut(line, ";")
			part = textproto.TrimString(part)
			name, value, _ := strings.Cut(part, "=")
			name = textproto.TrimString(name)
			if !isToken(name) || filter != "" && filter != name {
				continue
			}
			if value, quoted, ok := cookieValue(value, true); ok {
				list = append(list, &Cookie{Name: name, Value: value, Quoted: quoted})
			}
		}
	}
	return list
}

// SetCookie adds a cookie to an answer; one that isn't valid is left out.
func SetCookie(w ResponseWriter, cookie *Cookie) {
	if v := cookie.String(); v != "" {
		w.Header().Add("Set-Cookie", v)
	}
}

// String returns the cookie as Set-Cookie has it, or, if only name and value
// are set, as Cookie has it; empty if the name isn't valid.
func (c *Cookie) String() string {
	if c == nil || !isToken(c.Name) {
		return ""
	}
	var b strings.Builder
	b.WriteString(c.Name + "=" + cleanValue(c.Value, c.Quoted))
	if c.Path != "" {
		b.WriteString("; Path=" + cleanPath(c.Path))
	}
	if c.Domain != "" {
		if validDomain(c.Domain) {
			b.WriteString("; Domain=" + strings.TrimPrefix(c.Domain, "."))
		} else {
			log.Printf("net/http: invalid Cookie.Domain %q; dropping domain attribute", c.Domain)
		}
	}
	if c.Expires.Year() >= 1601 {
		b.WriteString("; Expires=" + c.Expires.UTC().Format(TimeFormat))
	}
	if c.MaxAge > 0 {
		b.WriteString("; Max-Age=" + strconv.Itoa(c.MaxAge))
	} else if c.MaxAge < 0 {
		b.WriteString("; Max-Age=0")
	}
	if c.HttpOnly {
		b.WriteString("; HttpOnly")
	}
	if c.Secure {
		b.WriteString("; Secure")
	}
	switch c.SameSite {
	case SameSiteNoneMode:
		b.WriteString("; SameSite=None")
	case SameSiteLaxMode:
		b.WriteString("; SameSite=Lax")
	case SameSiteStrictMode:
		b.WriteString("; SameSite=Strict")
	}
	if c.Partitioned {
		b.WriteString("; Partitioned")
	}
	return b.String()
}

// Valid says what is wrong with the cookie.
func (c *Cookie) Valid() error {
	if c == nil {
		return errors.New("http: nil Cookie")
	}
	if !isToken(c.Name) {
		return errors.New("http: invalid Cookie.Name")
	}
	if !c.Expires.IsZero() && c.Expires.Year() < 1601 {
		return errors.New("http: invalid Cookie.Expires")
	}
	for i := range len(c.Value) {
		if !cookieByte(c.Value[i]) {
			return fmt.Errorf("http: invalid byte %q in Cookie.Value", c.Value[i])
		}
	}
	for i := range len(c.Path) {
		if b := c.Path[i]; b < ' ' || b >= 0x7f || b == ';' {
			return fmt.Errorf("http: invalid byte %q in Cookie.Path", b)
		}
	}
	if c.Domain != "" && !validDomain(c.Domain) {
		return errors.New("http: invalid Cookie.Domain")
	}
	if c.Partitioned && !c.Secure {
		return errors.New("http: partitioned cookies must be set with Secure")
	}
	return nil
}

// clean drops the bytes that aren't ok, and says so.
func clean(what, v string, ok func(byte) bool) string {
	var b []byte
	for i := range len(v) {
		if ok(v[i]) {
			b = append(b, v[i])
		} else {
			log.Printf("net/http: invalid byte %q in %s; dropping invalid bytes", v[i], what)
		}
	}
	return string(b)
}

func cleanValue(v string, quoted bool) string {
	v = clean("Cookie.Value", v, cookieByte)
	if v != "" && (quoted || strings.ContainsAny(v, " ,")) {
		return `"` + v + `"`
	}
	return v
}

func cleanPath(v string) string {
	return clean("Cookie.Path", v, func(c byte) bool { return c >= ' ' && c < 0x7f && c != ';' })
}

// validDomain reports whether s is a domain's name, perhaps with a dot in
// front, or an IPv4 address.
func validDomain(s string) bool {
	if net.ParseIP(s) != nil {
		return !strings.Contains(s, ":")
	}
	s = strings.TrimPrefix(s, ".")
	if s == "" || len(s) > 255 {
		return false
	}
	letters := false
	for _, label := range strings.Split(s, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for i := range len(label) {
			switch c := label[i]; {
			case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
				letters = true
			case '0' <= c && c <= '9' || c == '-':
			default:
				return false
			}
		}
	}
	return letters
}

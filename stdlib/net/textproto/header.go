// This file holds headers.

package textproto

// A MIMEHeader maps keys to their values.
type MIMEHeader map[string][]string

// Add adds a value to those of a key.
func (h MIMEHeader) Add(key, value string) {
	key = CanonicalMIMEHeaderKey(key)
	h[key] = append(h[key], value)
}

// Set makes a value the only one of a key.
func (h MIMEHeader) Set(key, value string) { h[CanonicalMIMEHeaderKey(key)] = []string{value} }

// Get returns the first value of a key, empty if there is none.
func (h MIMEHeader) Get(key string) string {
	if h == nil {
		return ""
	}
	if v := h[CanonicalMIMEHeaderKey(key)]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// Values returns all values of a key.
func (h MIMEHeader) Values(key string) []string {
	if h == nil {
		return nil
	}
	return h[CanonicalMIMEHeaderKey(key)]
}

// Del removes a key.
func (h MIMEHeader) Del(key string) { delete(h, CanonicalMIMEHeaderKey(key)) }

// tokenChars are the bytes that keys may have (RFC 9110, 5.6.2).
var tokenChars = func() (t [256]bool) {
	for c := '0'; c <= '9'; c++ {
		t[c] = true
	}
	for c := 'a'; c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = true, true
	}
	for _, c := range "!#$%&'*+-.^_`|~" {
		t[c] = true
	}
	return t
}()

// CanonicalMIMEHeaderKey returns a key with the first letter and those behind
// hyphens in upper case, the others in lower case. A key with bytes that keys
// can't have stays as it is.
func CanonicalMIMEHeaderKey(s string) string {
	upper := true
	for i := range len(s) {
		c := s[i]
		if !tokenChars[c] {
			return s
		}
		if upper && 'a' <= c && c <= 'z' || !upper && 'A' <= c && c <= 'Z' {
			for _, c := range []byte(s[i:]) {
				if !tokenChars[c] {
					return s
				}
			}
			var buf [64]byte
			return canonical(append(buf[:0], s...))
		}
		upper = c == '-'
	}
	return s
}

// canonical changes a valid key and returns it, without a new string for those
// that are common.
func canonical(b []byte) string {
	upper := true
	for i, c := range b {
		if upper && 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		} else if !upper && 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		b[i] = c
		upper = c == '-'
	}
	if s, ok := common[string(b)]; ok {
		return s
	}
	return string(b)
}

// common are keys that are often seen.
var common = func() map[string]string {
	m := map[string]string{}
	for _, s := range []string{
		"Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Accept-Ranges", "Age", "Allow",
		"Authorization", "Cache-Control", "Connection", "Content-Disposition", "Content-Encoding", "Content-Id",
		"Content-Language", "Content-Length", "Content-Location", "Content-Range", "Content-Transfer-Encoding",
		"Content-Type", "Cookie", "Date", "Etag", "Expect", "Expires", "From", "Host", "If-Modified-Since",
		"If-None-Match", "Keep-Alive", "Last-Modified", "Location", "Message-Id", "Mime-Version", "Origin",
		"Pragma", "Range", "Received", "Referer", "Return-Path", "Server", "Set-Cookie", "Subject", "To",
		"Trailer", "Transfer-Encoding", "Upgrade", "User-Agent", "Vary", "Via", "X-Forwarded-For",
		"X-Forwarded-Proto", "X-Powered-By", "X-Request-Id",
	} {
		m[s] = s
	}
	return m
}()

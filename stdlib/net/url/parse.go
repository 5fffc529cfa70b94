// This file parses URLs, and resolves one relative to another.

package url

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
)

// Parse parses a URL, absolute or relative.
func Parse(rawURL string) (*URL, error) {
	s, fragment, _ := strings.Cut(rawURL, "#")
	u, err := parse(s, false)
	if err != nil {
		return nil, &Error{"parse", s, err}
	}
	if fragment != "" {
		if err := u.setFragment(fragment); err != nil {
			return nil, &Error{"parse", rawURL, err}
		}
	}
	return u, nil
}

// ParseRequestURI parses the URL of an HTTP request: an absolute one or an
// absolute path, without a fragment.
func ParseRequestURI(rawURL string) (*URL, error) {
	u, err := parse(rawURL, true)
	if err != nil {
		return nil, &Error{"parse", rawURL, err}
	}
	return u, nil
}

// scheme splits a scheme off; s without one stays as it is.
func scheme(s string) (name, rest string, err error) {
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		case '0' <= c && c <= '9' || c == '+' || c == '-' || c == '.':
			if i == 0 {
				return "", s, nil
			}
		case c == ':':
			if i == 0 {
				return "", "", errors.New("missing protocol scheme")
			}
			return strings.ToLower(s[:i]), s[i+1:], nil
		default:
			return "", s, nil
		}
	}
	return "", s, nil
}

func parse(s string, request bool) (*URL, error) {
	for i := range len(s) {
		if s[i] < ' ' || s[i] == 0x7f {
			return nil, errors.New("net/url: invalid control character in URL")
		}
	}
	if s == "" && request {
		return nil, errors.New("empty url")
	}
	u := new(URL)
	if s == "*" {
		u.Path = "*"
		return u, nil
	}
	var err error
	if u.Scheme, s, err = scheme(s); err != nil {
		return nil, err
	}
	if strings.HasSuffix(s, "?") && strings.Count(s, "?") == 1 {
		u.ForceQuery = true
		s = s[:len(s)-1]
	} else {
		s, u.RawQuery, _ = strings.Cut(s, "?")
	}
	if !strings.HasPrefix(s, "/") {
		if u.Scheme != "" {
			u.Opaque = s
			return u, nil
		}
		if request {
			return nil, errors.New("invalid URI for request")
		}
		// It would be read as a scheme by others.
		if first, _, _ := strings.Cut(s, "/"); strings.Contains(first, ":") {
			return nil, errors.New("first path segment in URL cannot contain colon")
		}
	}
	if (u.Scheme != "" || !request && !strings.HasPrefix(s, "///")) && strings.HasPrefix(s, "//") {
		authority := s[2:]
		s = ""
		if i := strings.IndexByte(authority, '/'); i >= 0 {
			authority, s = authority[:i], authority[i:]
		}
		if err := u.setAuthority(authority); err != nil {
			return nil, err
		}
	} else if u.Scheme != "" && strings.HasPrefix(s, "/") {
		u.OmitHost = true
	}
	if err := u.setPath(s); err != nil {
		return nil, err
	}
	return u, nil
}

func (u *URL) setPath(s string) error {
	path, err := unescape(s, inPath)
	if err != nil {
		return err
	}
	u.Path = path
	u.RawPath = ""
	if escape(u.Path, inPath) != s {
		u.RawPath = s
	}
	return nil
}

func (u *URL) setFragment(s string) (err error) {
	if u.Fragment, err = unescape(s, inFragment); err != nil {
		return err
	}
	u.RawFragment = ""
	if escape(u.Fragment, inFragment) != s {
		u.RawFragment = s
	}
	return nil
}

// setAuthority reads user@host:port.
func (u *URL) setAuthority(s string) (err error) {
	i := strings.LastIndexByte(s, '@')
	if u.Host, err = parseHost(u.Scheme, s[i+1:]); err != nil || i < 0 {
		return err
	}
	info := s[:i]
	for k := range len(info) {
		c := info[k]
		if !plain(c, inUser) && strings.IndexByte(":!'()*%@", c) < 0 {
			return errors.New("net/url: invalid userinfo")
		}
	}
	name, password, ok := strings.Cut(info, ":")
	if name, err = unescape(name, inUser); err != nil {
		return err
	}
	if !ok {
		u.User = User(name)
		return nil
	}
	if password, err = unescape(password, inUser); err != nil {
		return err
	}
	u.User = UserPassword(name, password)
	return nil
}

func parseHost(scheme, s string) (string, error) {
	i := strings.LastIndexByte(s, '[')
	if i > 0 {
		return "", errors.New("invalid IP-literal")
	}
	if i < 0 {
		i := strings.IndexByte(s, ':')
		if scheme != "http" && scheme != "https" {
			// Databases have lists of hosts, all with ports.
			i = strings.LastIndexByte(s, ':')
		}
		if i >= 0 && !validPort(s[i:]) {
			return "", fmt.Errorf("invalid port %q after host", s[i:])
		}
		return unescape(s, inHost)
	}
	end := strings.LastIndexByte(s, ']')
	if end < 0 {
		return "", errors.New("missing ']' in host")
	}
	if port := s[end+1:]; !validPort(port) {
		return "", fmt.Errorf("invalid port %q after host", port)
	}
	// RFC 6874: the zone of an address follows %25 and has escapes of its own.
	address, zone, ok := strings.Cut(s[1:end], "%25")
	host, err := unescape(address, inHost)
	if err != nil {
		return "", err
	}
	if ok {
		z, err := unescape("%25"+zone, inZone)
		if err != nil {
			return "", err
		}
		host += z
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return "", fmt.Errorf("invalid host: %w", err)
	}
	if addr.Is4() {
		return "", errors.New("invalid IP-literal")
	}
	return "[" + host + s[end:], nil
}

// Parse parses ref relative to u.
func (u *URL) Parse(ref string) (*URL, error) {
	r, err := Parse(ref)
	if err != nil {
		return nil, err
	}
	return u.ResolveReference(r), nil
}

// ResolveReference returns the absolute URL that ref is, relative to u (RFC
// 3986, section 5.2).
func (u *URL) ResolveReference(ref *URL) *URL {
	r := *ref
	if ref.Scheme == "" {
		r.Scheme = u.Scheme
	}
	if ref.Scheme != "" || ref.Host != "" || ref.User != nil {
		r.setPath(resolvePath(ref.EscapedPath(), ""))
		return &r
	}
	if ref.Opaque != "" {
		r.User, r.Host, r.Path = nil, "", ""
		return &r
	}
	if ref.Path == "" && !ref.ForceQuery && ref.RawQuery == "" {
		r.RawQuery = u.RawQuery
		if ref.Fragment == "" {
			r.Fragment, r.RawFragment = u.Fragment, u.RawFragment
		}
	}
	if ref.Path == "" && u.Opaque != "" {
		r.Opaque = u.Opaque
		r.User, r.Host, r.Path = nil, "", ""
		return &r
	}
	r.Host, r.User = u.Host, u.User
	r.setPath(resolvePath(u.EscapedPath(), ref.EscapedPath()))
	return &r
}

// resolvePath goes from base to ref and takes . and .. out.
func resolvePath(base, ref string) string {
	full := ref
	if ref == "" {
		full = base
	} else if ref[0] != '/' {
		full = base[:strings.LastIndexByte(base, '/')+1] + ref
	}
	if full == "" {
		return ""
	}
	var out []string
	top := false // .. went up to the root
	elems := strings.Split(strings.TrimPrefix(full, "/"), "/")
	for i, e := range elems {
		last := i == len(elems)-1
		switch e {
		case ".":
		case "..":
			if len(out) > 0 {
				out = out[:len(out)-1]
			}
			top = len(out) == 0
		default:
			if !top || e != "" {
				out = append(out, e)
			}
			top = false
			continue
		}
		if last {
			out = append(out, "")
		}
	}
	return "/" + strings.Join(out, "/")
}

// JoinPath returns the URL base with elem appended to its path, cleaned.
func JoinPath(base string, elem ...string) (result string, err error) {
	u, err := Parse(base)
	if err != nil {
		return "", err
	}
	r, err := u.join(elem)
	if err != nil {
		return "", err
	}
	return r.String(), nil
}

// JoinPath returns a URL with elem appended to the path, cleaned. The elements
// are encoded already.
func (u *URL) JoinPath(elem ...string) *URL {
	r, _ := u.join(elem)
	return r
}

func (u *URL) join(elem []string) (*URL, error) {
	all := append([]string{u.EscapedPath()}, elem...)
	relative := !strings.HasPrefix(all[0], "/")
	if relative {
		// So that .. at the beginning has nothing to go above.
		all[0] = "/" + all[0]
	}
	p := cleanPath(strings.Join(all, "/"))
	if relative {
		p = p[1:]
	}
	if strings.HasSuffix(all[len(all)-1], "/") && !strings.HasSuffix(p, "/") {
		p += "/"
	}
	r := *u
	return &r, r.setPath(p)
}

// cleanPath takes ., .. and repeated slashes out of an absolute path.
func cleanPath(s string) string {
	var out []string
	for e := range strings.SplitSeq(s, "/") {
		switch e {
		case "", ".":
		case "..":
			if len(out) > 0 {
				out = out[:len(out)-1]
			}
		default:
			out = append(out, e)
		}
	}
	return "/" + strings.Join(out, "/")
}

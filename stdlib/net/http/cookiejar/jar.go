// This file holds Jar.

// Package cookiejar keeps cookies in memory (RFC 6265).
package cookiejar

import (
	"cmp"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// PublicSuffixList knows the domains below which strangers have domains
// ("co.uk"), for which nobody may set cookies.
type PublicSuffixList interface {
	// PublicSuffix returns the public suffix of a domain.
	PublicSuffix(domain string) string

	// String describes the list.
	String() string
}

// Options are options of a Jar.
type Options struct {
	// PublicSuffixList keeps sites apart. Without one a site can set cookies
	// for all of its top-level domain.
	PublicSuffixList PublicSuffixList
}

// Jar is an http.CookieJar.
type Jar struct {
	list PublicSuffixList
	mu   sync.Mutex
	next uint64
	// By site, then by domain, path and name.
	sites map[string]map[string]*entry
}

// entry is a cookie that is kept.
type entry struct {
	name, value, domain, path string
	quoted                    bool
	secure                    bool
	hostOnly                  bool // for this host only, not for those below
	forever                   bool // no time at which it ends
	expires                   time.Time
	number                    uint64 // in order of creation
}

// New returns an empty Jar.
func New(o *Options) (*Jar, error) {
	j := &Jar{sites: map[string]map[string]*entry{}}
	if o != nil {
		j.list = o.PublicSuffixList
	}
	return j, nil
}

// host returns the host's name as cookies have it.
func host(u *url.URL) string {
	return strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
}

func isIP(h string) bool { return net.ParseIP(h) != nil }

// site is what all cookies of a host are kept under.
func (j *Jar) site(h string) string {
	if isIP(h) {
		return h
	}
	if j.list == nil {
		i := strings.LastIndexByte(h, '.')
		if i <= 0 {
			return h
		}
		return h[strings.LastIndexByte(h[:i], '.')+1:]
	}
	suffix := j.list.PublicSuffix(h)
	if suffix == h {
		return h
	}
	i := len(h) - len(suffix)
	if i <= 0 || h[i-1] != '.' {
		return h // the list is wrong
	}
	return h[strings.LastIndexByte(h[:i-1], '.')+1:]
}

// Cookies returns the cookies to send to a URL, longest paths first.
func (j *Jar) Cookies(u *url.URL) (cookies []*http.Cookie) {
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	now := time.Now()
	h := host(u)
	path := u.Path
	if path == "" {
		path = "/"
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	var list []*entry
	kept := j.sites[j.site(h)]
	for id, e := range kept {
		if !e.forever && !e.expires.After(now) {
			delete(kept, id)
			continue
		}
		if e.fits(h, path, u.Scheme == "https") {
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b *entry) int {
		if c := cmp.Compare(len(b.path), len(a.path)); c != 0 {
			return c
		}
		return cmp.Compare(a.number, b.number)
	})
	for _, e := range list {
		cookies = append(cookies, &http.Cookie{Name: e.name, Value: e.value, Quoted: e.quoted})
	}
	return cookies
}

// fits reports whether a request gets the cookie.
func (e *entry) fits(h, path string, secure bool) bool {
	if e.secure && !secure {
		return false
	}
	if e.domain != h && (e.hostOnly || !below(h, e.domain)) {
		return false
	}
	return path == e.path || strings.HasPrefix(path, e.path) && (e.path[len(e.path)-1] == '/' || path[len(e.path)] == '/')
}

// below reports whether h is a host below a domain.
func below(h, domain string) bool {
	return strings.HasSuffix(h, "."+domain) && !isIP(h)
}

// SetCookies takes over the cookies of an answer from a URL.
func (j *Jar) SetCookies(u *url.URL, cookies []*http.Cookie) {
	if len(cookies) == 0 || u.Scheme != "http" && u.Scheme != "https" {
		return
	}
	h, now := host(u), time.Now()
	j.mu.Lock()
	defer j.mu.Unlock()
	site := j.site(h)
	for _, c := range cookies {
		e, remove, ok := j.entry(c, h, u.Path, now)
		if !ok {
			continue
		}
		id := e.domain + ";" + e.path + ";" + e.name
		if remove {
			delete(j.sites[site], id)
			continue
		}
		if j.sites[site] == nil {
			j.sites[site] = map[string]*entry{}
		}
		if old := j.sites[site][id]; old != nil {
			e.number = old.number
		} else {
			e.number = j.next
			j.next++
		}
		j.sites[site][id] = e
	}
}

// entry makes what is kept of a cookie; not ok if the host may not set it.
func (j *Jar) entry(c *http.Cookie, h, urlPath string, now time.Time) (e *entry, remove, ok bool) {
	e = &entry{name: c.Name, value: c.Value, quoted: c.Quoted, secure: c.Secure, path: c.Path}
	if !strings.HasPrefix(e.path, "/") {
		// The folder that the answer came from.
		e.path = "/"
		if i := strings.LastIndexByte(urlPath, '/'); i > 0 {
			e.path = urlPath[:i]
		}
	}
	if e.domain, e.hostOnly, ok = j.domain(h, c.Domain); !ok {
		return nil, false, false
	}
	switch {
	case c.MaxAge < 0:
		return e, true, true
	case c.MaxAge > 0:
		e.expires = now.Add(time.Duration(c.MaxAge) * time.Second)
	case c.Expires.IsZero():
		e.forever = true
	default:
		if !c.Expires.After(now) {
			return e, true, true
		}
		e.expires = c.Expires
	}
	return e, false, true
}

// domain returns for which hosts a cookie is.
func (j *Jar) domain(h, domain string) (d string, hostOnly, ok bool) {
	if domain == "" {
		return h, true, true
	}
	if isIP(h) {
		// Only the address itself will do.
		if d = strings.TrimPrefix(domain, "."); d != h || domain != d {
			return "", false, false
		}
		return h, true, true
	}
	d = strings.ToLower(strings.TrimPrefix(domain, "."))
	if d == "" || d[0] == '.' || d[len(d)-1] == '.' {
		return "", false, false
	}
	if j.list != nil {
		if suffix := j.list.PublicSuffix(d); suffix != "" && !strings.HasSuffix(d, "."+suffix) {
			// A public suffix itself: for this host only.
			if h == d {
				return h, true, true
			}
			return "", false, false
		}
	}
	if h != d && !below(h, d) {
		return "", false, false
	}
	return d, false, true
}

// This file holds ServeMux.

package http

import (
	"fmt"
	"net"
	"net/url"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// ServeMux calls the handler whose pattern fits a request best. A pattern is
// "[METHOD ][HOST]/[PATH]"; {name} in a path matches a segment, {name...} at
// the end the rest, {$} the end of a path in a slash, a slash at the end
// everything below. Of patterns that match, the most specific one wins.
type ServeMux struct {
	mu    sync.RWMutex
	exact map[string][]*route // by host and path, of patterns without wildcards
	other []*route
	hosts bool
}

type route struct {
	*pattern
	handler Handler
}

// NewServeMux returns an empty ServeMux.
func NewServeMux() *ServeMux { return &ServeMux{} }

var defaultServeMux ServeMux

// DefaultServeMux is the ServeMux of Handle and HandleFunc.
var DefaultServeMux = &defaultServeMux

// Handle registers a handler with DefaultServeMux.
func Handle(pattern string, handler Handler) { DefaultServeMux.register(pattern, handler) }

// HandleFunc registers a function with DefaultServeMux.
func HandleFunc(pattern string, handler func(ResponseWriter, *Request)) {
	DefaultServeMux.register(pattern, checked(handler))
}

func checked(f func(ResponseWriter, *Request)) Handler {
	if f == nil {
		panic("http: nil handler")
	}
	return HandlerFunc(f)
}

// Handle registers a handler. Patterns that don't parse or of which one
// matches what another does, without being more specific, panic.
func (mux *ServeMux) Handle(pattern string, handler Handler) { mux.register(pattern, handler) }

// HandleFunc registers a function.
func (mux *ServeMux) HandleFunc(pattern string, handler func(ResponseWriter, *Request)) {
	mux.register(pattern, checked(handler))
}

func (mux *ServeMux) register(text string, h Handler) {
	if text == "" {
		panic("http: invalid pattern")
	}
	if h == nil {
		panic("http: nil handler")
	}
	if f, ok := h.(HandlerFunc); ok && f == nil {
		panic("http: nil handler")
	}
	p, err := parsePattern(text)
	if err != nil {
		panic(fmt.Errorf("parsing %q: %w", text, err))
	}
	_, file, line, _ := runtime.Caller(2)
	p.at = fmt.Sprintf("%s:%d", file, line)
	r := &route{p, h}
	mux.mu.Lock()
	defer mux.mu.Unlock()
	for q := range mux.all() {
		if why := p.conflict(q.pattern); why != "" {
			panic(fmt.Sprintf("pattern %q (registered at %s) conflicts with pattern %q (registered at %s):\n%s",
				text, p.at, q.text, q.at, why))
		}
	}
	if p.host != "" {
		mux.hosts = true
	}
	if path, ok := p.literal(); ok {
		if mux.exact == nil {
			mux.exact = map[string][]*route{}
		}
		mux.exact[p.host+path] = append(mux.exact[p.host+path], r)
	} else {
		mux.other = append(mux.other, r)
	}
}

// all yields all routes.
func (mux *ServeMux) all() func(func(*route) bool) {
	return func(yield func(*route) bool) {
		for _, list := range mux.exact {
			for _, r := range list {
				if !yield(r) {
					return
				}
			}
		}
		for _, r := range mux.other {
			if !yield(r) {
				return
			}
		}
	}
}

// find returns the best route for a host ("" for none) and a path.
func (mux *ServeMux) find(method, host, path string) (best *route, values []string) {
	fits := func(r *route) bool {
		return (r.method == "" || r.method == method || r.method == "GET" && method == "HEAD") &&
			(best == nil || r.compare(best.pattern) == moreSpecific)
	}
	for _, r := range mux.exact[host+path] {
		if fits(r) {
			best = r
		}
	}
	for _, r := range mux.other {
		if r.host != host || !fits(r) {
			continue
		}
		if v, ok := r.match(path); ok {
			best, values = r, v
		}
	}
	return best, values
}

// lookup is find with the host, then without.
func (mux *ServeMux) lookup(method, host, path string) (*route, []string) {
	if mux.hosts && host != "" {
		if r, v := mux.find(method, host, path); r != nil {
			return r, v
		}
	}
	return mux.find(method, "", path)
}

// cleanURLPath returns a path without . and .. and empty segments, with a
// slash in front; one at the end stays.
func cleanURLPath(p string) string {
	if p == "" {
		return "/"
	}
	if p[0] != '/' {
		p = "/" + p
	}
	if !strings.Contains(p, "//") && !strings.Contains(p, "/.") {
		return p
	}
	c := path.Clean(p)
	if p[len(p)-1] == '/' && c != "/" {
		c += "/"
	}
	return c
}

func stripPort(h string) string {
	if !strings.Contains(h, ":") {
		return h
	}
	host, _, err := net.SplitHostPort(h)
	if err != nil {
		return h
	}
	return host
}

// Handler returns the handler for a request, and its pattern.
func (mux *ServeMux) Handler(r *Request) (h Handler, pattern string) {
	h, text, _, _ := mux.handler(r)
	return h, text
}

func (mux *ServeMux) handler(r *Request) (h Handler, text string, rt *route, values []string) {
	mux.mu.RLock()
	defer mux.mu.RUnlock()
	p := r.URL.EscapedPath()
	host := ""
	if mux.hosts {
		host = stripPort(r.Host)
	}
	if r.Method != "CONNECT" {
		p = cleanURLPath(p)
	} else {
		host = r.URL.Host
		p = cleanURLPath(p)
	}
	rt, values = mux.lookup(r.Method, host, p)
	// "/tree" leads to "/tree/" if only that is there.
	if rt == nil && !strings.HasSuffix(p, "/") {
		if t, _ := mux.lookup(r.Method, host, p+"/"); t != nil && (t.last().text == "/" || t.last().multi && t.last().text == "") && len(t.segs) == strings.Count(p, "/")+1 {
			u := &url.URL{Path: cleanURLPath(r.URL.Path) + "/", RawQuery: r.URL.RawQuery}
			return RedirectHandler(u.String(), StatusTemporaryRedirect), t.text, nil, nil
		}
	}
	if r.Method != "CONNECT" && p != r.URL.EscapedPath() {
		text := ""
		if rt != nil {
			text = rt.text
		}
		u := &url.URL{Path: cleanURLPath(r.URL.Path), RawQuery: r.URL.RawQuery}
		return RedirectHandler(u.String(), StatusTemporaryRedirect), text, nil, nil
	}
	if rt != nil {
		return rt.handler, rt.text, rt, values
	}
	if allowed := mux.methods(host, p); len(allowed) > 0 {
		list := strings.Join(allowed, ", ")
		return HandlerFunc(func(w ResponseWriter, r *Request) {
			w.Header().Set("Allow", list)
			Error(w, StatusText(StatusMethodNotAllowed), StatusMethodNotAllowed)
		}), "", nil, nil
	}
	return NotFoundHandler(), "", nil, nil
}

// methods are those with which a path would be found.
func (mux *ServeMux) methods(host, path string) []string {
	set := map[string]bool{}
	for r := range mux.all() {
		if r.method == "" || r.host != "" && r.host != host {
			continue
		}
		_, ok := r.match(path)
		if !ok && !strings.HasSuffix(path, "/") {
			_, ok = r.match(path + "/")
			ok = ok && r.last().multi
		}
		if ok {
			set[r.method] = true
			if r.method == "GET" {
				set["HEAD"] = true
			}
		}
	}
	var list []string
	for m := range set {
		list = append(list, m)
	}
	slices.Sort(list)
	return list
}

// ServeHTTP calls the handler that fits.
func (mux *ServeMux) ServeHTTP(w ResponseWriter, r *Request) {
	if r.RequestURI == "*" {
		if r.ProtoAtLeast(1, 1) {
			w.Header().Set("Connection", "close")
		}
		w.WriteHeader(StatusBadRequest)
		return
	}
	h, text, rt, values := mux.handler(r)
	r.Pattern = text
	r.matched = values
	r.pat = nil
	if rt != nil {
		r.pat = rt.pattern
	}
	h.ServeHTTP(w, r)
}

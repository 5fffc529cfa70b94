// This file holds Client.

package http

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"
)

// A RoundTripper gets the answer to one request.
type RoundTripper interface {
	RoundTrip(*Request) (*Response, error)
}

// A Client asks servers and follows redirections.
type Client struct {
	// Transport asks; nil stands for DefaultTransport.
	Transport RoundTripper

	// CheckRedirect says whether to follow; nil stands for up to 10 times.
	CheckRedirect func(req *Request, via []*Request) error

	// Jar keeps cookies; nil keeps none.
	Jar CookieJar

	// Timeout bounds a request with its redirections and its body.
	Timeout time.Duration
}

// DefaultClient is the Client of Get, Head and Post.
var DefaultClient = &Client{}

// Get asks for a URL.
func Get(url string) (resp *Response, err error) { return DefaultClient.Get(url) }

// Head asks for a URL's header.
func Head(url string) (resp *Response, err error) { return DefaultClient.Head(url) }

// Post sends a body to a URL.
func Post(url, contentType string, body io.Reader) (resp *Response, err error) {
	return DefaultClient.Post(url, contentType, body)
}

// PostForm sends a form to a URL.
func PostForm(url string, data url.Values) (resp *Response, err error) {
	return DefaultClient.PostForm(url, data)
}

// Get asks for a URL.
func (c *Client) Get(url string) (resp *Response, err error) {
	req, err := NewRequest("GET", url, nil)
	if err != nil {
		return nil, err
	}
	return c.Do(req)
}

// Head asks for a URL's header.
func (c *Client) Head(url string) (resp *Response, err error) {
	req, err := NewRequest("HEAD", url, nil)
	if err != nil {
		return nil, err
	}
	return c.Do(req)
}

// Post sends a body to a URL.
func (c *Client) Post(url, contentType string, body io.Reader) (resp *Response, err error) {
	req, err := NewRequest("POST", url, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", contentType)
	return c.Do(req)
}

// PostForm sends a form to a URL.
func (c *Client) PostForm(url string, data url.Values) (resp *Response, err error) {
	return c.Post(url, "application/x-www-form-urlencoded", strings.NewReader(data.Encode()))
}

// CloseIdleConnections closes the transport's connections that nothing uses.
func (c *Client) CloseIdleConnections() {
	if t, ok := c.transport().(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
	}
}

func (c *Client) transport() RoundTripper {
	if c.Transport != nil {
		return c.Transport
	}
	return DefaultTransport
}

// timeoutError is the error of a client whose time is over.
type timeoutError struct{ text string }

func (e *timeoutError) Error() string        { return e.text }
func (e *timeoutError) Timeout() bool        { return true }
func (e *timeoutError) Temporary() bool      { return true }
func (e *timeoutError) Is(target error) bool { return target == context.DeadlineExceeded }

// Do sends a request and returns the answer. The body of the answer has to be
// closed. Errors are *url.Error; an answer like 404 is none.
func (c *Client) Do(req *Request) (*Response, error) {
	if req.URL == nil {
		closeBody(req)
		return nil, &url.Error{Op: opName(req.Method), Err: errors.New("http: nil Request.URL")}
	}
	ctx, cancel := req.Context(), context.CancelFunc(func() {})
	var deadline time.Time
	if c.Timeout > 0 {
		deadline = time.Now().Add(c.Timeout)
		ctx, cancel = context.WithDeadline(ctx, deadline)
	}
	fail := func(r *Request, resp *Response, err error) (*Response, error) {
		target := r.URL
		if resp != nil && resp.Request != nil {
			target = resp.Request.URL
		}
		if !deadline.IsZero() && errors.Is(err, context.DeadlineExceeded) && req.Context().Err() == nil {
			err = &timeoutError{err.Error() + " (Client.Timeout exceeded while awaiting headers)"}
		}
		text := target.String()
		if target.User != nil {
			if _, has := target.User.Password(); has {
				text = strings.Replace(text, target.User.String()+"@", target.User.Username()+":***@", 1)
			}
		}
		cancel()
		return nil, &url.Error{Op: opName(req.Method), URL: text, Err: err}
	}
	if req.RequestURI != "" {
		closeBody(req)
		return fail(req, nil, errors.New("http: Request.RequestURI can't be set in client requests"))
	}
	if req.URL.Host == "" && req.URL.Scheme != "file" && !customScheme(c, req) {
		closeBody(req)
		return fail(req, nil, errors.New("http: no Host in request URL"))
	}
	via := []*Request{}
	current := req
	stripAuth := false
	for {
		resp, err := c.send(ctx, current)
		if err != nil {
			return fail(current, nil, err)
		}
		method, keepBody, follow := redirection(current.Method, resp, current)
		if !follow {
			if c.Timeout > 0 {
				resp.Body = &timedBody{resp.Body, cancel, ctx, req.Context()}
			}
			return resp, nil
		}
		via = append(via, current)
		next, err := c.follow(req, via, resp, method, keepBody, &stripAuth)
		if err != nil {
			resp.Body.Close()
			return fail(current, nil, err)
		}
		check := c.CheckRedirect
		if check == nil {
			check = tenTimes
		}
		if err := check(next, via); err != nil {
			if err == ErrUseLastResponse {
				if c.Timeout > 0 {
					resp.Body = &timedBody{resp.Body, cancel, ctx, req.Context()}
				}
				return resp, nil
			}
			resp.Body.Close()
			_, err := fail(next, nil, err)
			return resp, err
		}
		// A short body is read so that the connection can be used again.
		if resp.ContentLength == -1 || resp.ContentLength <= 2<<10 {
			io.CopyN(io.Discard, resp.Body, 2<<10)
		}
		resp.Body.Close()
		current = next
	}
}

func customScheme(c *Client, req *Request) bool {
	t, ok := c.transport().(*Transport)
	return !ok || t.alternative(req.URL.Scheme) != nil
}

func opName(method string) string {
	if method == "" {
		return "Get"
	}
	return method[:1] + strings.ToLower(method[1:])
}

func tenTimes(req *Request, via []*Request) error {
	if len(via) >= 10 {
		return errors.New("stopped after 10 redirects")
	}
	return nil
}

func closeBody(r *Request) {
	if r.Body != nil {
		r.Body.Close()
	}
}

// send sends one request, with cookies and the URL's password.
func (c *Client) send(ctx context.Context, req *Request) (*Response, error) {
	r := *req
	r.ctx = ctx
	copied := false
	own := func() {
		if !copied {
			copied = true
			r.Header = req.Header.Clone()
			if r.Header == nil {
				r.Header = Header{}
			}
		}
	}
	if r.Header == nil {
		own()
	}
	if u := req.URL.User; u != nil && r.Header.Get("Authorization") == "" {
		own()
		password, _ := u.Password()
		r.Header.Set("Authorization", "Basic "+basicAuth(u.Username(), password))
	}
	if c.Jar != nil {
		for _, cookie := range c.Jar.Cookies(req.URL) {
			own()
			r.AddCookie(cookie)
		}
	}
	resp, err := c.transport().RoundTrip(&r)
	if err != nil {
		return nil, err
	}
	if resp == nil {
		return nil, fmt.Errorf("http: RoundTripper implementation (%T) returned a nil *Response with a nil error", c.transport())
	}
	if resp.Body == nil {
		resp.Body = NoBody
	}
	resp.Request = req
	if c.Jar != nil {
		if list := resp.Cookies(); len(list) > 0 {
			c.Jar.SetCookies(req.URL, list)
		}
	}
	return resp, nil
}

// redirection says with which method an answer is to be followed.
func redirection(method string, resp *Response, req *Request) (m string, keepBody, follow bool) {
	switch resp.StatusCode {
	case 301, 302, 303:
		m, follow = method, true
		if method != "GET" && method != "HEAD" && method != "" {
			m = "GET"
		}
	case 307, 308:
		m, keepBody, follow = method, true, true
		if req.GetBody == nil && req.outgoingLength() != 0 {
			follow = false
		}
	}
	if follow && resp.Header.Get("Location") == "" {
		follow = false
	}
	return m, keepBody, follow
}

// follow makes the next request.
func (c *Client) follow(first *Request, via []*Request, resp *Response, method string, keepBody bool, strip *bool) (*Request, error) {
	last := via[len(via)-1]
	loc := resp.Header.Get("Location")
	u, err := last.URL.Parse(loc)
	if err != nil {
		return nil, fmt.Errorf("failed to parse Location header %q: %v", loc, err)
	}
	host := ""
	if first.Host != "" && first.Host != first.URL.Host {
		// The host that was asked for stays with places relative to it.
		if p, _ := url.Parse(loc); p != nil && !p.IsAbs() {
			host = first.Host
		}
	}
	next := &Request{
		Method: method, Response: resp, URL: u, Header: Header{}, Host: host, Cancel: first.Cancel, ctx: first.ctx,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}
	if keepBody && first.GetBody != nil {
		if next.Body, err = first.GetBody(); err != nil {
			return nil, err
		}
		next.GetBody, next.ContentLength = first.GetBody, first.ContentLength
	}
	if !sameSite(first.URL.Hostname(), u.Hostname()) {
		*strip = true
	}
	for k, v := range first.Header {
		switch k {
		case "Authorization", "Www-Authenticate", "Cookie", "Cookie2", "Proxy-Authorization", "Proxy-Authenticate":
			if *strip {
				continue
			}
			if k == "Cookie" && c.Jar != nil {
				continue
			}
		case "Content-Encoding", "Content-Language", "Content-Location", "Content-Type":
			if !keepBody {
				continue
			}
		}
		next.Header[k] = v
	}
	if ref := referer(last.URL, u, first.Header.Get("Referer")); ref != "" {
		next.Header.Set("Referer", ref)
	}
	return next, nil
}

// sameSite reports whether a host may get what is secret to another: it is the
// same or below it.
func sameSite(old, to string) bool {
	return strings.EqualFold(old, to) || strings.HasSuffix(strings.ToLower(to), "."+strings.ToLower(old))
}

// referer is the page that led on, unless that was secret.
func referer(last, next *url.URL, explicit string) string {
	if last.Scheme == "https" && next.Scheme == "http" {
		return ""
	}
	if explicit != "" {
		return explicit
	}
	c := *last
	c.User = nil
	return c.String()
}

// timedBody is a body that has to be read before the client's time is over.
type timedBody struct {
	io.ReadCloser
	cancel context.CancelFunc
	ctx    context.Context
	outer  context.Context
}

func (b *timedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err == io.EOF {
		b.cancel()
	} else if err != nil && b.ctx.Err() == context.DeadlineExceeded && b.outer.Err() == nil {
		err = &timeoutError{err.Error() + " (Client.Timeout or context cancellation while reading body)"}
	}
	return n, err
}

func (b *timedBody) Close() error {
	err := b.ReadCloser.Close()
	b.cancel()
	return err
}

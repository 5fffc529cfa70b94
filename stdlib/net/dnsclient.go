// This file holds asking servers of DNS.

package net

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"time"
)

var (
	errMisbehaving = errors.New("server misbehaving")
	errBadAnswer   = errors.New("cannot unmarshal DNS message")
	errNoAnswer    = errors.New("no answer from DNS server")
	errLame        = errors.New("lame referral")
)

func (r *Resolver) dial(ctx context.Context, network, server string) (Conn, error) {
	if r != nil && r.Dial != nil {
		return r.Dial(ctx, network, server)
	}
	var d Dialer
	return d.DialContext(ctx, network, server)
}

// exchange asks one server once, by UDP and, if the answer is too long, by TCP.
func (r *Resolver) exchange(ctx context.Context, server, name string, kind int, timeout time.Duration, useTCP bool) (m message, err error) {
	networks := []string{"udp", "tcp"}
	if useTCP {
		networks = networks[1:]
	}
	for _, network := range networks {
		m, err = r.ask(ctx, network, server, name, kind, timeout)
		if err != nil || !m.truncated {
			return m, err
		}
	}
	return m, err
}

func (r *Resolver) ask(ctx context.Context, network, server, name string, kind int, timeout time.Duration) (m message, err error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	c, err := r.dial(ctx, network, server)
	if err != nil {
		return m, dnsIOError(ctx, err)
	}
	defer c.Close()
	if at, ok := ctx.Deadline(); ok {
		c.SetDeadline(at)
	}
	stop := context.AfterFunc(ctx, func() { c.SetDeadline(aLongTimeAgo) })
	defer stop()
	id := uint16(randUint64())
	q := packQuery(id, name, kind)
	if q == nil {
		return m, errBadAnswer
	}
	matches := func(m *message) bool {
		return m.response && m.id == id && m.kind == kind && strings.EqualFold(m.question, name)
	}
	if _, packets := c.(PacketConn); packets {
		if _, err := c.Write(q); err != nil {
			return m, dnsIOError(ctx, err)
		}
		buf := make([]byte, maxPacket)
		for {
			n, err := c.Read(buf)
			if err != nil {
				return m, dnsIOError(ctx, err)
			}
			// What isn't the answer may have been sent by anybody.
			if m, ok := parseMessage(buf[:n]); ok && matches(&m) {
				return m, nil
			}
		}
	}
	// Streams have lengths in front.
	if _, err := c.Write(append([]byte{byte(len(q) >> 8), byte(len(q))}, q...)); err != nil {
		return m, dnsIOError(ctx, err)
	}
	var head [2]byte
	if _, err := io.ReadFull(c, head[:]); err != nil {
		return m, dnsIOError(ctx, err)
	}
	buf := make([]byte, int(head[0])<<8|int(head[1]))
	if _, err := io.ReadFull(c, buf); err != nil {
		return m, dnsIOError(ctx, err)
	}
	m, ok := parseMessage(buf)
	if !ok {
		return m, errBadAnswer
	}
	if !matches(&m) {
		return m, errors.New("invalid DNS response")
	}
	m.truncated = false
	return m, nil
}

// dnsIOError is the error of a connection to a server.
func dnsIOError(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return errCanceled
	}
	if isTimeout(err) || errors.Is(err, os.ErrDeadlineExceeded) {
		return errTimeout
	}
	return err
}

// judge returns the error that an answer stands for.
func (m *message) judge(kind int) error {
	switch m.rcode {
	case rcodeSuccess:
	case rcodeNotFound:
		return errNotFound
	case rcodeServer:
		return errTemporary
	default:
		return errMisbehaving
	}
	for _, rr := range m.answers {
		if rr.kind == kind {
			return nil
		}
	}
	if !m.authoritative && !m.recursionAvailable && len(m.answers) == 0 && !m.hasSOA && m.authorities > 0 {
		return errLame
	}
	return errNotFound
}

var (
	errNotFound  = errors.New(notFound)
	errTemporary = errors.New("server failed")
)

// tryName asks all servers for one name, until one knows.
func (r *Resolver) tryName(ctx context.Context, conf *dnsConfig, from int, name string, kind int) (message, string, *DNSError) {
	var last *DNSError
	for range conf.attempts {
		for i := range conf.servers {
			server := conf.servers[(from+i)%len(conf.servers)]
			m, err := r.exchange(ctx, server, name, kind, conf.timeout, conf.useTCP)
			if err == nil {
				if err = m.judge(kind); err == nil {
					return m, server, nil
				}
				if err == errNotFound {
					return m, server, notFoundError(name, server)
				}
				last = &DNSError{Err: "server misbehaving", Name: name, Server: server, IsTemporary: err == errTemporary}
				if err == errLame {
					last.Err = errLame.Error()
				}
				continue
			}
			last = newDNSError(err, name, server)
			if e := ctx.Err(); e != nil {
				last = newDNSError(fromContext(e), name, server)
				return m, server, last
			}
		}
	}
	if last == nil {
		last = newDNSError(errNoAnswer, name, "")
	}
	return message{}, "", last
}

// query asks for records of a name, with the suffixes of the search list.
func (r *Resolver) query(ctx context.Context, name string, kind int) (message, string, error) {
	if !isDomainName(name) {
		return message{}, "", notFoundError(name, "")
	}
	conf, from := resolvConf()
	var last *DNSError
	for _, full := range conf.names(name) {
		m, server, err := r.tryName(ctx, conf, from, full, kind)
		if err == nil {
			return m, server, nil
		}
		last = err
		if r.strict() && !err.IsNotFound {
			break
		}
	}
	if last == nil {
		last = notFoundError(name, "")
	}
	last.Name = name
	return message{}, "", last
}

// dnsIPs returns a host's addresses and its name in the end. The network says
// of which version.
func (r *Resolver) dnsIPs(ctx context.Context, network, host string) (list []IPAddr, cname string, err error) {
	if !isDomainName(host) {
		return nil, "", notFoundError(host, "")
	}
	kinds := []int{typeA, typeAAAA}
	if len(network) > 0 {
		switch network[len(network)-1] {
		case '4':
			kinds = kinds[:1]
		case '6':
			kinds = kinds[1:]
		}
	}
	conf, from := resolvConf()
	type result struct {
		m   message
		err *DNSError
	}
	var last *DNSError
	for _, full := range conf.names(host) {
		results := make([]chan result, len(kinds))
		for i, kind := range kinds {
			c := make(chan result, 1)
			results[i] = c
			go func() {
				m, _, err := r.tryName(ctx, conf, from, full, kind)
				c <- result{m, err}
			}()
		}
		for _, c := range results {
			res := <-c
			if res.err != nil {
				// A failure says more than that there are none.
				if last == nil || last.IsNotFound {
					last = res.err
				}
				if r.strict() && !res.err.IsNotFound {
					res.err.Name = host
					return nil, "", res.err
				}
				continue
			}
			for _, rr := range res.m.answers {
				switch rr.kind {
				case typeA, typeAAAA:
					list = append(list, IPAddr{IP: rr.ip.To16()})
					if cname == "" {
						cname = rr.name
					}
				}
			}
		}
		if len(list) > 0 {
			return list, cname, nil
		}
	}
	if last == nil {
		last = notFoundError(host, "")
	}
	last.Name = host
	return nil, "", last
}

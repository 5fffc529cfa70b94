// This file holds addresses of the form "host:port".

package net

import "strings"

// SplitHostPort splits "host:port", "host%zone:port", "[host]:port" or
// "[host%zone]:port".
func SplitHostPort(hostport string) (host, port string, err error) {
	fail := func(why string) (string, string, error) {
		return "", "", &AddrError{Err: why, Addr: hostport}
	}
	const missing, colons = "missing port in address", "too many colons in address"
	colon := strings.LastIndexByte(hostport, ':')
	if colon < 0 {
		return fail(missing)
	}
	from, to := 0, 0
	if hostport[0] == '[' {
		end := strings.IndexByte(hostport, ']')
		switch {
		case end < 0:
			return fail("missing ']' in address")
		case end+1 == len(hostport):
			return fail(missing)
		case end+1 != colon:
			// A colon follows, but it isn't the last one, or none follows.
			if hostport[end+1] == ':' {
				return fail(colons)
			}
			return fail(missing)
		}
		host = hostport[1:end]
		from, to = 1, end+1
	} else {
		host = hostport[:colon]
		if strings.IndexByte(host, ':') >= 0 {
			return fail(colons)
		}
	}
	if strings.IndexByte(hostport[from:], '[') >= 0 {
		return fail("unexpected '[' in address")
	}
	if strings.IndexByte(hostport[to:], ']') >= 0 {
		return fail("unexpected ']' in address")
	}
	return host, hostport[colon+1:], nil
}

// JoinHostPort returns "host:port", or "[host]:port" if host has colons.
func JoinHostPort(host, port string) string {
	if strings.IndexByte(host, ':') >= 0 {
		return "[" + host + "]:" + port
	}
	return host + ":" + port
}

// splitZone splits "address%zone".
func splitZone(s string) (host, zone string) {
	if i := strings.LastIndexByte(s, '%'); i > 0 {
		return s[:i], s[i+1:]
	}
	return s, ""
}

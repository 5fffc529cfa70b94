// This file holds the ports of services.

package net

import (
	"context"
	"os"
	"strings"
	"sync"
)

// knownPorts are there without the system's list.
var knownPorts = map[string]int{
	"tcp/domain": 53, "tcp/ftp": 21, "tcp/ftps": 990, "tcp/gopher": 70, "tcp/http": 80, "tcp/https": 443,
	"tcp/imap2": 143, "tcp/imap3": 220, "tcp/imaps": 993, "tcp/pop3": 110, "tcp/pop3s": 995, "tcp/smtp": 25,
	"tcp/submissions": 465, "tcp/ssh": 22, "tcp/telnet": 23, "udp/domain": 53,
}

// services is the system's list.
var services = sync.OnceValue(func() map[string]int {
	ports := map[string]int{}
	for k, v := range knownPorts {
		ports[k] = v
	}
	b, _ := os.ReadFile("/etc/services")
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(withoutComment(line))
		if len(f) < 2 {
			continue
		}
		n, rest, ok := decimal(f[1])
		if !ok || !strings.HasPrefix(rest, "/") {
			continue
		}
		for i, name := range f {
			if i != 1 {
				ports[rest[1:]+"/"+strings.ToLower(name)] = n
			}
		}
	}
	return ports
})

// LookupPort returns the number of a service's port; a number is its own.
func (r *Resolver) LookupPort(ctx context.Context, network, service string) (port int, err error) {
	if service == "" {
		return 0, nil
	}
	digits, sign := service, 1
	if service[0] == '+' || service[0] == '-' {
		digits = service[1:]
		if service[0] == '-' {
			sign = -1
		}
	}
	if n, rest, ok := decimal(digits); ok && rest == "" || allDigits(digits) {
		if !ok {
			n = 1 << 24
		}
		if n *= sign; n < 0 || n > 65535 {
			return 0, &AddrError{Err: "invalid port", Addr: service}
		}
		return n, nil
	}
	switch network {
	case "tcp", "tcp4", "tcp6", "udp", "udp4", "udp6":
		if n, ok := services()[network[:3]+"/"+strings.ToLower(service)]; ok {
			return n, nil
		}
	case "", "ip":
		for _, name := range [2]string{"tcp", "udp"} {
			if n, ok := services()[name+"/"+strings.ToLower(service)]; ok {
				return n, nil
			}
		}
	default:
		return 0, &DNSError{Err: "unknown network", Name: network + "/" + service}
	}
	return 0, &DNSError{Err: "unknown port", Name: network + "/" + service, IsNotFound: true}
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// This file holds /etc/hosts and /etc/resolv.conf.

package net

import (
	"net/netip"
	"os"
	"strings"
	"sync"
	"time"
)

const (
	hostsPath  = "/etc/hosts"
	resolvPath = "/etc/resolv.conf"
	// fileLife is how long what was read of a file is believed.
	fileLife = 5 * time.Second
)

// hostsEntry is what the file knows of a name.
type hostsEntry struct {
	addrs     []IPAddr
	canonical string
}

// hostsFile is what has been read of /etc/hosts.
var hostsFile struct {
	sync.Mutex
	until   time.Time
	changed time.Time
	byName  map[string]*hostsEntry
	byAddr  map[netip.Addr][]string
}

// readHosts reads the file again if it has changed. Under the lock.
func readHosts() {
	h := &hostsFile
	now := time.Now()
	if now.Before(h.until) {
		return
	}
	h.until = now.Add(fileLife)
	st, err := os.Stat(hostsPath)
	if err == nil && st.ModTime().Equal(h.changed) && h.byName != nil {
		return
	}
	h.byName, h.byAddr = map[string]*hostsEntry{}, map[netip.Addr][]string{}
	if err != nil {
		return
	}
	h.changed = st.ModTime()
	b, _ := os.ReadFile(hostsPath)
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(withoutComment(line))
		if len(f) < 2 {
			continue
		}
		a, err := netip.ParseAddr(f[0])
		if err != nil {
			continue
		}
		b := a.As16()
		addr := IPAddr{IP: IP(b[:]), Zone: a.Zone()}
		for _, name := range f[1:] {
			key := hostKey(name)
			e := h.byName[key]
			if e == nil {
				e = &hostsEntry{canonical: f[1]}
				h.byName[key] = e
			}
			e.addrs = append(e.addrs, addr)
			h.byAddr[a.Unmap()] = append(h.byAddr[a.Unmap()], name)
		}
	}
}

func hostKey(name string) string { return strings.ToLower(strings.TrimSuffix(name, ".")) }

// hostsByName returns what /etc/hosts has for a name.
func hostsByName(name string) (list []IPAddr, canonical string) {
	hostsFile.Lock()
	defer hostsFile.Unlock()
	readHosts()
	if e := hostsFile.byName[hostKey(name)]; e != nil {
		return append(list, e.addrs...), e.canonical
	}
	return nil, ""
}

// hostsByAddr returns the names of an address.
func hostsByAddr(a netip.Addr) []string {
	hostsFile.Lock()
	defer hostsFile.Unlock()
	readHosts()
	return append([]string(nil), hostsFile.byAddr[a.Unmap()]...)
}

// dnsConfig is what /etc/resolv.conf says.
type dnsConfig struct {
	servers  []string
	search   []string
	ndots    int
	timeout  time.Duration
	attempts int
	rotate   bool
	useTCP   bool
}

var resolvFile struct {
	sync.Mutex
	until  time.Time
	config *dnsConfig
	next   int
}

// resolvConf returns the configuration; from is the server to begin with.
func resolvConf() (c *dnsConfig, from int) {
	f := &resolvFile
	f.Lock()
	defer f.Unlock()
	if now := time.Now(); f.config == nil || now.After(f.until) {
		f.until = now.Add(fileLife)
		b, _ := os.ReadFile(resolvPath)
		f.config = parseResolv(string(b))
	}
	if f.config.rotate {
		f.next++
		from = f.next % len(f.config.servers)
	}
	return f.config, from
}

func parseResolv(text string) *dnsConfig {
	c := &dnsConfig{ndots: 1, timeout: 5 * time.Second, attempts: 2}
	for line := range strings.Lines(text) {
		if line[0] == '#' || line[0] == ';' {
			continue
		}
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		switch f[0] {
		case "nameserver":
			if _, err := netip.ParseAddr(f[1]); err == nil && len(c.servers) < 3 {
				c.servers = append(c.servers, JoinHostPort(f[1], "53"))
			}
		case "domain":
			c.search = []string{rooted(f[1])}
		case "search":
			c.search = nil
			for _, s := range f[1:] {
				if s != "." {
					c.search = append(c.search, rooted(s))
				}
			}
		case "options":
			for _, o := range f[1:] {
				c.option(o)
			}
		}
	}
	if len(c.servers) == 0 {
		c.servers = []string{"127.0.0.1:53", "[::1]:53"}
	}
	if c.search == nil {
		if name, err := os.Hostname(); err == nil {
			if _, domain, ok := strings.Cut(name, "."); ok && domain != "" {
				c.search = []string{rooted(domain)}
			}
		}
	}
	return c
}

func (c *dnsConfig) option(o string) {
	name, value, _ := strings.Cut(o, ":")
	n, _, ok := decimal(value)
	switch {
	case name == "rotate":
		c.rotate = true
	case name == "use-vc" || name == "usevc" || name == "tcp":
		c.useTCP = true
	case !ok:
	case name == "ndots":
		c.ndots = min(n, 15)
	case name == "timeout":
		c.timeout = time.Duration(max(n, 1)) * time.Second
	case name == "attempts":
		c.attempts = max(n, 1)
	}
}

// names returns the full names to ask for, in order.
func (c *dnsConfig) names(name string) []string {
	if len(name) > 254 || name == "" {
		return nil
	}
	if strings.HasSuffix(name, ".") {
		return []string{name}
	}
	var list []string
	first := strings.Count(name, ".") >= c.ndots
	if first {
		list = append(list, name+".")
	}
	// Names of hidden services never leave the host.
	if !strings.HasSuffix(name, ".onion") {
		for _, s := range c.search {
			if len(name)+1+len(s) <= 254 {
				list = append(list, name+"."+s)
			}
		}
	}
	if !first {
		list = append(list, name+".")
	}
	return list
}

// isDomainName reports whether s can be the name of a host: labels of up to 63
// letters, digits, hyphens and underscores.
func isDomainName(s string) bool {
	if s == "." {
		return true
	}
	n := len(s)
	if n == 0 || n > 254 || n == 254 && s[n-1] != '.' {
		return false
	}
	label, letters := 0, false
	last := byte('.')
	for i := range n {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_':
			letters = true
			label++
		case '0' <= c && c <= '9':
			label++
		case c == '-':
			if last == '.' {
				return false
			}
			letters = true
			label++
		case c == '.':
			if last == '.' || last == '-' || label > 63 {
				return false
			}
			label = 0
		default:
			return false
		}
		last = c
	}
	return last != '-' && label <= 63 && letters
}

// This file holds the lookup of names.

package net

import (
	"cmp"
	"context"
	"net/netip"
	"slices"
	"strings"
)

// DefaultResolver is what the functions and Dialers without one use.
var DefaultResolver = &Resolver{}

// A Resolver looks up names: in /etc/hosts, then with the servers that
// /etc/resolv.conf names. A nil *Resolver is the zero one.
type Resolver struct {
	// PreferGo asks for what is the only resolver here: the one in Go.
	PreferGo bool

	// StrictErrors makes a failure of one of several questions (A and AAAA,
	// the suffixes of the search list) that of all.
	StrictErrors bool

	// Dial connects to servers; nil stands for a Dialer.
	Dial func(ctx context.Context, network, address string) (Conn, error)
}

func (r *Resolver) strict() bool { return r != nil && r.StrictErrors }

// An SRV is a service's host.
type SRV struct {
	Target   string
	Port     uint16
	Priority uint16
	Weight   uint16
}

// An MX is a domain's mail server.
type MX struct {
	Host string
	Pref uint16
}

// An NS is a domain's name server.
type NS struct {
	Host string
}

// addrList returns the addresses of "host:port", or of "host" for IP networks.
func (r *Resolver) addrList(ctx context.Context, network, address string) ([]sockAddr, error) {
	host, port := address, 0
	switch network {
	case "tcp", "tcp4", "tcp6", "udp", "udp4", "udp6":
		host = ""
		if address != "" {
			h, p, err := SplitHostPort(address)
			if err != nil {
				return nil, err
			}
			if port, err = r.LookupPort(ctx, network, p); err != nil {
				return nil, err
			}
			host = h
		}
	case "ip", "ip4", "ip6":
	default:
		return nil, UnknownNetworkError(network)
	}
	with := func(ip IP, zone string) sockAddr {
		switch network[0] {
		case 't':
			return &TCPAddr{IP: ip, Port: port, Zone: zone}
		case 'u':
			return &UDPAddr{IP: ip, Port: port, Zone: zone}
		}
		return &IPAddr{IP: ip, Zone: zone}
	}
	if host == "" {
		return []sockAddr{with(nil, "")}, nil
	}
	ips, err := r.lookupIPs(ctx, network, host)
	if err != nil {
		return nil, err
	}
	// The wildcard of IPv6 is that of both.
	if len(ips) == 1 && ips[0].IP.Equal(IPv6unspecified) && network[len(network)-1] != '6' {
		ips = append(ips, IPAddr{IP: IPv4zero})
	}
	var list []sockAddr
	for _, a := range ips {
		if fitsNetwork(network, a.IP) {
			list = append(list, with(a.IP, a.Zone))
		}
	}
	if len(list) == 0 {
		return nil, &AddrError{Err: errNoSuitable.Error(), Addr: host}
	}
	return list, nil
}

// fitsNetwork reports whether an address is of the version that the network's
// name has, if any.
func fitsNetwork(network string, ip IP) bool {
	switch network[len(network)-1] {
	case '4':
		return ip.To4() != nil
	case '6':
		return ip.To4() == nil
	}
	return true
}

// lookupIPs returns the addresses of a host.
func (r *Resolver) lookupIPs(ctx context.Context, network, host string) ([]IPAddr, error) {
	if host == "" {
		return nil, notFoundError(host, "")
	}
	if a, err := netip.ParseAddr(host); err == nil {
		b := a.As16()
		return []IPAddr{{IP: IP(b[:]), Zone: a.Zone()}}, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, newDNSError(fromContext(err), host, "")
	}
	if list, _ := hostsByName(host); len(list) > 0 {
		return sortAddrs(list), nil
	}
	list, _, err := r.dnsIPs(ctx, network, host)
	return sortAddrs(list), err
}

// sortAddrs puts addresses that can be reached first, among them IPv6 before
// IPv4 and loopback before both (RFC 6724's rules 1 and 6).
func sortAddrs(list []IPAddr) []IPAddr {
	if len(list) < 2 {
		return list
	}
	rank := make(map[string]int, len(list))
	for _, a := range list {
		n := 0
		switch {
		case !reachable(a):
			n = 10
		case a.IP.To4() != nil:
			n = 2
		case !a.IP.IsLoopback():
			n = 1
		}
		rank[a.String()] = n
	}
	slices.SortStableFunc(list, func(a, b IPAddr) int { return cmp.Compare(rank[a.String()], rank[b.String()]) })
	return list
}

// reachable reports whether there is a way to an address, as far as the host
// knows; nothing is sent.
func reachable(a IPAddr) bool {
	c, err := DialUDP("udp", nil, &UDPAddr{IP: a.IP, Port: 9, Zone: a.Zone})
	if err != nil {
		return false
	}
	c.Close()
	return true
}

// LookupHost returns the addresses of a host.
func LookupHost(host string) (addrs []string, err error) {
	return DefaultResolver.LookupHost(context.Background(), host)
}

// LookupHost returns the addresses of a host.
func (r *Resolver) LookupHost(ctx context.Context, host string) (addrs []string, err error) {
	if _, err := netip.ParseAddr(host); err == nil {
		return []string{host}, nil
	}
	list, err := r.lookupIPs(ctx, "ip", host)
	for _, a := range list {
		addrs = append(addrs, a.String())
	}
	return addrs, err
}

// LookupIP returns the addresses of a host.
func LookupIP(host string) ([]IP, error) {
	return DefaultResolver.LookupIP(context.Background(), "ip", host)
}

// LookupIP returns the addresses of a host, for "ip4" or "ip6" those only.
func (r *Resolver) LookupIP(ctx context.Context, network, host string) ([]IP, error) {
	name, _, err := parseNetwork(network, false)
	if err != nil {
		return nil, err
	}
	switch name {
	case "ip", "ip4", "ip6":
	default:
		return nil, UnknownNetworkError(network)
	}
	if host == "" {
		return nil, notFoundError(host, "")
	}
	list, err := r.addrList(ctx, name, host)
	if err != nil {
		return nil, err
	}
	var ips []IP
	for _, a := range list {
		ips = append(ips, a.(*IPAddr).IP)
	}
	return ips, nil
}

// LookupIPAddr returns the addresses of a host.
func (r *Resolver) LookupIPAddr(ctx context.Context, host string) ([]IPAddr, error) {
	return r.lookupIPs(ctx, "ip", host)
}

// LookupNetIP returns the addresses of a host, for "ip4" or "ip6" those only.
func (r *Resolver) LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error) {
	list, err := r.LookupIP(ctx, network, host)
	if err != nil {
		return nil, err
	}
	var out []netip.Addr
	for _, ip := range list {
		a, ok := netip.AddrFromSlice(ip)
		if ok {
			out = append(out, a)
		}
	}
	return out, nil
}

// LookupPort returns the number of a service's port.
func LookupPort(network, service string) (port int, err error) {
	return DefaultResolver.LookupPort(context.Background(), network, service)
}

// LookupCNAME returns the name that host stands for in the end.
func LookupCNAME(host string) (cname string, err error) {
	return DefaultResolver.LookupCNAME(context.Background(), host)
}

// LookupCNAME returns the name that host stands for in the end.
func (r *Resolver) LookupCNAME(ctx context.Context, host string) (string, error) {
	if list, canonical := hostsByName(host); len(list) > 0 {
		return rooted(canonical), nil
	}
	_, name, err := r.dnsIPs(ctx, "CNAME", host)
	return name, err
}

func rooted(name string) string {
	if strings.HasSuffix(name, ".") {
		return name
	}
	return name + "."
}

// LookupSRV returns the hosts of a service of a domain, sorted by priority and
// in random order by weight; service and proto may be empty if name is the
// whole name.
func LookupSRV(service, proto, name string) (cname string, addrs []*SRV, err error) {
	return DefaultResolver.LookupSRV(context.Background(), service, proto, name)
}

// badRecord is the error of names in answers that aren't domain names.
const badRecord = "DNS response contained records which contain invalid names"

// keepValid drops records with bad names; the error says whether there were any.
func keepValid[T any](list []T, name string, host func(T) string) ([]T, error) {
	kept := slices.DeleteFunc(slices.Clone(list), func(x T) bool { return !isDomainName(host(x)) })
	if len(kept) < len(list) {
		return kept, &DNSError{Err: badRecord, Name: name}
	}
	return kept, nil
}

// LookupSRV returns the hosts of a service of a domain.
func (r *Resolver) LookupSRV(ctx context.Context, service, proto, name string) (string, []*SRV, error) {
	target := name
	if service != "" || proto != "" {
		target = "_" + service + "._" + proto + "." + name
	}
	m, _, err := r.query(ctx, target, typeSRV)
	if err != nil {
		return "", nil, err
	}
	var list []*SRV
	cname := ""
	for _, rr := range m.answers {
		if rr.kind != typeSRV {
			continue
		}
		if cname == "" {
			cname = rr.name
		}
		list = append(list, &SRV{Target: rr.target, Port: rr.port, Priority: rr.pref, Weight: rr.weight})
	}
	sortSRV(list)
	list, err = keepValid(list, name, func(s *SRV) string { return s.Target })
	return cname, list, err
}

// sortSRV sorts by priority, and draws among equals by weight.
func sortSRV(list []*SRV) {
	slices.SortStableFunc(list, func(a, b *SRV) int {
		if c := cmp.Compare(a.Priority, b.Priority); c != 0 {
			return c
		}
		return cmp.Compare(a.Weight, b.Weight)
	})
	for i := 0; i < len(list); {
		j, sum := i, 0
		for ; j < len(list) && list[j].Priority == list[i].Priority; j++ {
			sum += int(list[j].Weight)
		}
		for ; i < j && sum > 0; i++ {
			left := int(randUint64() % uint64(sum))
			k := i
			for ; k < j-1; k++ {
				if left -= int(list[k].Weight); left < 0 {
					break
				}
			}
			chosen := list[k]
			copy(list[i+1:k+1], list[i:k])
			list[i] = chosen
			sum -= int(chosen.Weight)
		}
		i = j
	}
}

// LookupMX returns the mail servers of a domain, preferred ones first.
func LookupMX(name string) ([]*MX, error) {
	return DefaultResolver.LookupMX(context.Background(), name)
}

// LookupMX returns the mail servers of a domain, preferred ones first.
func (r *Resolver) LookupMX(ctx context.Context, name string) ([]*MX, error) {
	m, _, err := r.query(ctx, name, typeMX)
	if err != nil {
		return nil, err
	}
	var list []*MX
	for _, rr := range m.answers {
		if rr.kind == typeMX {
			list = append(list, &MX{Host: rr.target, Pref: rr.pref})
		}
	}
	for i := range list {
		j := i + int(randUint64()%uint64(len(list)-i))
		list[i], list[j] = list[j], list[i]
	}
	slices.SortStableFunc(list, func(a, b *MX) int { return cmp.Compare(a.Pref, b.Pref) })
	return keepValid(list, name, func(m *MX) string {
		if _, err := netip.ParseAddr(strings.TrimSuffix(m.Host, ".")); err == nil {
			return "ok" // against the rules, but seen
		}
		return m.Host
	})
}

// LookupNS returns the name servers of a domain.
func LookupNS(name string) ([]*NS, error) {
	return DefaultResolver.LookupNS(context.Background(), name)
}

// LookupNS returns the name servers of a domain.
func (r *Resolver) LookupNS(ctx context.Context, name string) ([]*NS, error) {
	m, _, err := r.query(ctx, name, typeNS)
	if err != nil {
		return nil, err
	}
	var list []*NS
	for _, rr := range m.answers {
		if rr.kind == typeNS {
			list = append(list, &NS{Host: rr.target})
		}
	}
	return keepValid(list, name, func(n *NS) string { return n.Host })
}

// LookupTXT returns the texts of a domain.
func LookupTXT(name string) ([]string, error) {
	return DefaultResolver.LookupTXT(context.Background(), name)
}

// LookupTXT returns the texts of a domain.
func (r *Resolver) LookupTXT(ctx context.Context, name string) ([]string, error) {
	m, _, err := r.query(ctx, name, typeTXT)
	if err != nil {
		return nil, err
	}
	var list []string
	for _, rr := range m.answers {
		if rr.kind == typeTXT {
			list = append(list, rr.text)
		}
	}
	return list, nil
}

// LookupAddr returns the names of an address.
func LookupAddr(addr string) (names []string, err error) {
	return DefaultResolver.LookupAddr(context.Background(), addr)
}

// LookupAddr returns the names of an address.
func (r *Resolver) LookupAddr(ctx context.Context, addr string) ([]string, error) {
	a, err := netip.ParseAddr(addr)
	if err != nil {
		return nil, &DNSError{Err: "unrecognized address", Name: addr}
	}
	if names := hostsByAddr(a); len(names) > 0 {
		return names, nil
	}
	m, _, err := r.query(ctx, reverseName(a), typePTR)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, rr := range m.answers {
		if rr.kind == typePTR {
			names = append(names, rr.target)
		}
	}
	return keepValid(names, addr, func(s string) string { return s })
}

// reverseName is the domain in which an address's names are.
func reverseName(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	b := a.AsSlice()
	var s strings.Builder
	for i := len(b) - 1; i >= 0; i-- {
		if a.Is4() {
			s.WriteString(itoa(int(b[i])) + ".")
			continue
		}
		h := hexOf(b[i : i+1])
		s.WriteString(h[1:] + "." + h[:1] + ".")
	}
	if a.Is4() {
		return s.String() + "in-addr.arpa."
	}
	return s.String() + "ip6.arpa."
}

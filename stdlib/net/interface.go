// This file holds the network's interfaces.

package net

import (
	"errors"
	"internal/hexdigit"
	"os"
	"strings"
	"sync"
	"time"
)

var (
	errNoInterface      = errors.New("no such network interface")
	errBadInterface     = errors.New("invalid network interface")
	errBadInterfaceName = errors.New("invalid network interface name")
	errBadInterfaceNum  = errors.New("invalid network interface index")
)

// Interface is a network interface.
type Interface struct {
	Index        int          // from 1 on
	MTU          int          // the largest packet
	Name         string       // "lo", "eth0", ...
	HardwareAddr HardwareAddr // of the card
	Flags        Flags        // FlagUp, ...
}

// Flags are properties of an interface.
type Flags uint

// The flags.
const (
	FlagUp           Flags = 1 << iota // is on
	FlagBroadcast                      // can send to all
	FlagLoopback                       // is the host's own
	FlagPointToPoint                   // has one other end
	FlagMulticast                      // can send to groups
	FlagRunning                        // can send now
)

var flagNames = [...]string{"up", "broadcast", "loopback", "pointtopoint", "multicast", "running"}

// String returns the names with bars between.
func (f Flags) String() string {
	var names []string
	for i, name := range flagNames {
		if f&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return "0"
	}
	return strings.Join(names, "|")
}

// routeError wraps the errors of this file.
func routeError(err error) error { return &OpError{Op: "route", Net: "ip+net", Err: err} }

// Interfaces returns all interfaces.
func Interfaces() ([]Interface, error) {
	list, err := readInterfaces()
	if err != nil {
		return nil, routeError(err)
	}
	rememberZones(list)
	return list, nil
}

// InterfaceByIndex returns the interface of a number.
func InterfaceByIndex(index int) (*Interface, error) {
	if index <= 0 {
		return nil, routeError(errBadInterfaceNum)
	}
	return findInterface(func(i *Interface) bool { return i.Index == index })
}

// InterfaceByName returns the interface of a name.
func InterfaceByName(name string) (*Interface, error) {
	if name == "" {
		return nil, routeError(errBadInterfaceName)
	}
	return findInterface(func(i *Interface) bool { return i.Name == name })
}

func findInterface(is func(*Interface) bool) (*Interface, error) {
	list, err := Interfaces()
	if err != nil {
		return nil, err
	}
	for i := range list {
		if is(&list[i]) {
			return &list[i], nil
		}
	}
	return nil, routeError(errNoInterface)
}

// InterfaceAddrs returns the addresses of all interfaces.
func InterfaceAddrs() ([]Addr, error) {
	list, err := readAddrs(0)
	if err != nil {
		return nil, routeError(err)
	}
	return list, nil
}

// Addrs returns the addresses of the interface.
func (ifi *Interface) Addrs() ([]Addr, error) {
	if ifi == nil {
		return nil, routeError(errBadInterface)
	}
	list, err := readAddrs(ifi.Index)
	if err != nil {
		return nil, routeError(err)
	}
	return list, nil
}

// MulticastAddrs returns the groups that the interface has joined.
func (ifi *Interface) MulticastAddrs() ([]Addr, error) {
	if ifi == nil {
		return nil, routeError(errBadInterface)
	}
	list := groups4(ifi)
	b, _ := os.ReadFile("/proc/net/igmp6")
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(line)
		if len(f) < 6 || f[1] != ifi.Name || len(f[2]) != 32 {
			continue
		}
		if ip := hexBytes(f[2]); ip != nil {
			list = append(list, &IPAddr{IP: ip})
		}
	}
	return list, nil
}

// groups4 reads /proc/net/igmp: an interface per line that begins with a
// number, its groups, in the host's order of bytes, below it.
func groups4(ifi *Interface) (list []Addr) {
	b, _ := os.ReadFile("/proc/net/igmp")
	name := ""
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(line)
		if len(f) < 2 || f[0] == "Idx" {
			continue
		}
		if line[0] != ' ' && line[0] != '\t' {
			name = f[1]
			continue
		}
		if ip := hexBytes(f[0]); name == ifi.Name && len(ip) == 4 {
			list = append(list, &IPAddr{IP: IPv4(ip[3], ip[2], ip[1], ip[0])})
		}
	}
	return list
}

func hexBytes(s string) (out IP) {
	for i := 0; i+1 < len(s); i += 2 {
		hi, lo := hexdigit.Value(rune(s[i])), hexdigit.Value(rune(s[i+1]))
		if hi < 0 || lo < 0 {
			return nil
		}
		out = append(out, byte(hi<<4|lo))
	}
	return out
}

// zones are the names of interfaces by number, which zones of addresses are.
var zones struct {
	sync.Mutex
	until  time.Time
	byName map[string]int
	byNum  map[int]string
}

// rememberZones takes over a list of interfaces.
func rememberZones(list []Interface) {
	zones.Lock()
	defer zones.Unlock()
	zones.until = time.Now().Add(time.Minute)
	zones.byName, zones.byNum = map[string]int{}, map[int]string{}
	for _, i := range list {
		zones.byName[i.Name] = i.Index
		zones.byNum[i.Index] = i.Name
	}
}

// freshZones reads the interfaces if the list is old or must be.
func freshZones(must bool) {
	zones.Lock()
	old := must || zones.byName == nil || time.Now().After(zones.until)
	zones.Unlock()
	if old {
		if list, err := readInterfaces(); err == nil {
			rememberZones(list)
		}
	}
}

// zoneName is the name of a zone, its number if the interface has none.
func zoneName(index int) string {
	if index == 0 {
		return ""
	}
	for _, must := range [2]bool{false, true} {
		freshZones(must)
		zones.Lock()
		name, ok := zones.byNum[index]
		zones.Unlock()
		if ok {
			return name
		}
	}
	return itoa(index)
}

// zoneIndex is the number of a zone.
func zoneIndex(name string) int {
	if name == "" {
		return 0
	}
	for _, must := range [2]bool{false, true} {
		freshZones(must)
		zones.Lock()
		n, ok := zones.byName[name]
		zones.Unlock()
		if ok {
			return n
		}
	}
	n, _, _ := decimal(name)
	return n
}

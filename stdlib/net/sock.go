// This file holds the making of sockets, and addresses as the kernel has them.

package net

import (
	"context"
	"os"
	"sync"
	"syscall"
	"time"
	"unsafe"
)

// Numbers of Linux.
const (
	afUnspec = 0
	afUnix   = 1
	afInet   = 2
	afInet6  = 10

	sockStream    = 1
	sockDgram     = 2
	sockRaw       = 3
	sockSeqpacket = 5
	sockNonblock  = 0x800
	sockCloexec   = 0x80000

	fDupfdCloexec = 1030
	shutRead      = 0
	shutWrite     = 1
)

// rawAddr is an address in the kernel's form.
type rawAddr struct {
	b [112]byte
	n uint32
}

// family returns the address's own family.
func (a *rawAddr) family() int {
	if a.n < 2 {
		return afUnspec
	}
	return int(a.b[0]) | int(a.b[1])<<8
}

// inetAddr makes the address of an IPv4 or IPv6 socket.
func inetAddr(family int, ip IP, port int, zone string) (ra rawAddr, err error) {
	ra.b[0] = byte(family)
	ra.b[2], ra.b[3] = byte(port>>8), byte(port)
	switch family {
	case afInet:
		if len(ip) == 0 {
			ip = IPv4zero
		}
		v4 := ip.To4()
		if v4 == nil {
			return ra, &AddrError{Err: "non-IPv4 address", Addr: ip.String()}
		}
		copy(ra.b[4:], v4)
		ra.n = 16
	case afInet6:
		// The wildcard of IPv4 is also that of an IPv6 socket.
		if len(ip) == 0 || ip.Equal(IPv4zero) {
			ip = IPv6zero
		}
		v6 := ip.To16()
		if v6 == nil {
			return ra, &AddrError{Err: "non-IPv6 address", Addr: ip.String()}
		}
		copy(ra.b[8:], v6)
		z := zoneIndex(zone)
		ra.b[24], ra.b[25], ra.b[26], ra.b[27] = byte(z), byte(z>>8), byte(z>>16), byte(z>>24)
		ra.n = 28
	default:
		return ra, &AddrError{Err: "invalid address family", Addr: ip.String()}
	}
	return ra, nil
}

// unixAddr makes the address of a Unix socket. A leading @ stands for the
// abstract name space.
func unixAddr(name string) (ra rawAddr, err error) {
	ra.b[0] = afUnix
	if len(name) > 108 || len(name) == 108 && name[0] != '@' {
		return ra, errInvalid
	}
	n := copy(ra.b[2:110], name)
	ra.n = uint32(2 + n)
	if n > 0 && name[0] == '@' {
		ra.b[2] = 0
	} else if n > 0 {
		ra.n++ // the NUL
	}
	return ra, nil
}

// inet returns the parts of an IP address.
func (a *rawAddr) inet() (ip IP, port int, zone string) {
	port = int(a.b[2])<<8 | int(a.b[3])
	switch a.family() {
	case afInet:
		ip = make(IP, 4)
		copy(ip, a.b[4:8])
	case afInet6:
		ip = make(IP, 16)
		copy(ip, a.b[8:24])
		if z := int(a.b[24]) | int(a.b[25])<<8 | int(a.b[26])<<16 | int(a.b[27])<<24; z != 0 {
			zone = zoneName(z)
		}
	}
	return ip, port, zone
}

// unixName returns the name of a Unix socket, with @ for an abstract one, which
// one without a name looks like.
func (a *rawAddr) unixName() string {
	if a.n <= 2 {
		return "@"
	}
	b := a.b[2:min(int(a.n), len(a.b))]
	if b[0] == 0 {
		return "@" + string(b[1:])
	}
	for i, c := range b {
		if c == 0 {
			return string(b[:i])
		}
	}
	return string(b)
}

// addr returns the address for a network of the given name.
func (a *rawAddr) addr(net string, sotype int) Addr {
	switch a.family() {
	case afInet, afInet6:
		ip, port, zone := a.inet()
		switch {
		case sotype == sockStream:
			return &TCPAddr{IP: ip, Port: port, Zone: zone}
		case sotype == sockDgram:
			return &UDPAddr{IP: ip, Port: port, Zone: zone}
		}
		return &IPAddr{IP: ip, Zone: zone}
	case afUnix:
		return &UnixAddr{Name: a.unixName(), Net: unixNet(sotype)}
	}
	return nil
}

func unixNet(sotype int) string {
	switch sotype {
	case sockDgram:
		return "unixgram"
	case sockSeqpacket:
		return "unixpacket"
	}
	return "unix"
}

// nameOf asks for an end of a socket (getsockname, getpeername).
func nameOf(nr uintptr, sysfd int) (ra rawAddr, ok bool) {
	ra.n = uint32(len(ra.b))
	r := sysCall(nr, uintptr(sysfd), uintptr(unsafe.Pointer(&ra.b)), uintptr(unsafe.Pointer(&ra.n)), 0, 0, 0)
	return ra, errno(r) == 0
}

// localName returns the near end of a socket.
func (fd *netFD) localName() Addr {
	if ra, ok := nameOf(syscall.SYS_GETSOCKNAME, fd.fd); ok {
		return ra.addr(fd.net, fd.sotype)
	}
	return nil
}

// remoteName returns the far end of a socket, nil if it isn't connected.
func (fd *netFD) remoteName() Addr {
	if ra, ok := nameOf(syscall.SYS_GETPEERNAME, fd.fd); ok {
		return ra.addr(fd.net, fd.sotype)
	}
	return nil
}

// sysSocket makes a socket.
func sysSocket(family, sotype, proto int) (int, error) {
	r := sysCall(syscall.SYS_SOCKET, uintptr(family), uintptr(sotype|sockNonblock|sockCloexec), uintptr(proto), 0, 0, 0)
	if e := errno(r); e != 0 {
		return -1, os.NewSyscallError("socket", e)
	}
	return r, nil
}

func sysBind(fd int, ra *rawAddr) error {
	r := sysCall(syscall.SYS_BIND, uintptr(fd), uintptr(unsafe.Pointer(&ra.b)), uintptr(ra.n), 0, 0, 0)
	if e := errno(r); e != 0 {
		return os.NewSyscallError("bind", e)
	}
	return nil
}

// stack says which versions of IP the host has. mapped: IPv6 sockets can serve
// IPv4, too.
type stack struct{ v4, v6, mapped bool }

var ipStack = sync.OnceValue(func() (s stack) {
	try := func(family, only int, ip IP) bool {
		fd, err := sysSocket(family, sockStream, 0)
		if err != nil {
			return false
		}
		defer syscall.Close(fd)
		if family == afInet {
			return true
		}
		setInt(fd, ipprotoIPv6, ipv6V6only, only)
		ra, _ := inetAddr(family, ip, 0, "")
		return sysBind(fd, &ra) == nil
	}
	s.v4 = try(afInet, 0, nil)
	s.v6 = try(afInet6, 1, IPv6loopback)
	s.mapped = try(afInet6, 0, IPv4(127, 0, 0, 1))
	return s
})

// favoriteFamily chooses the family of a socket between two addresses, and
// whether an IPv6 one is only that.
func favoriteFamily(net string, l, r sockAddr, listen bool) (family int, only bool) {
	switch net[len(net)-1] {
	case '4':
		return afInet, false
	case '6':
		return afInet6, true
	}
	lnil, rnil := l == nil || l.isNil(), r == nil || r.isNil()
	if listen && (lnil || l.isWildcard()) {
		s := ipStack()
		if s.mapped || !s.v4 {
			return afInet6, false
		}
		if lnil {
			return afInet, false
		}
		return l.family(), false
	}
	if (lnil || l.family() == afInet) && (rnil || r.family() == afInet) {
		return afInet, false
	}
	return afInet6, false
}

// control is what a Dialer or ListenConfig does with a new socket.
type control func(ctx context.Context, network, address string, c syscall.RawConn) error

// internetSocket makes a TCP, UDP or raw socket between two addresses.
func internetSocket(ctx context.Context, net string, l, r sockAddr, sotype, proto int, listen bool, ctl control) (*netFD, error) {
	family, only := favoriteFamily(net, l, r, listen)
	return socket(ctx, net, family, sotype, proto, only, l, r, listen, ctl)
}

// socket makes a socket, binds it to l and connects it to r, or listens.
func socket(ctx context.Context, net string, family, sotype, proto int, only bool, l, r sockAddr, listen bool, ctl control) (*netFD, error) {
	s, err := sysSocket(family, sotype, proto)
	if err != nil {
		return nil, err
	}
	if family == afInet6 && sotype != sockRaw {
		v := 0
		if only {
			v = 1
		}
		setInt(s, ipprotoIPv6, ipv6V6only, v)
	}
	if family != afUnix && sotype != sockStream {
		setInt(s, solSocket, soBroadcast, 1)
	}
	fd, err := newFD(s, family, sotype, net)
	if err != nil {
		syscall.Close(s)
		return nil, err
	}
	if listen && sotype == sockStream && family != afUnix {
		err = fd.setInt(solSocket, soReuseaddr, 1)
	}
	if err == nil {
		err = fd.set(ctx, l, r, listen, ctl)
	}
	if err != nil {
		fd.close()
		return nil, err
	}
	return fd, nil
}

// controlNet is the network's name as control functions see it.
func (fd *netFD) controlNet() string {
	switch {
	case fd.family == afUnix || fd.sotype == sockRaw:
		return fd.net
	case fd.net[len(fd.net)-1] == '4' || fd.net[len(fd.net)-1] == '6':
		return fd.net
	case fd.family == afInet:
		return fd.net + "4"
	}
	return fd.net + "6"
}

// set binds and connects, or listens.
func (fd *netFD) set(ctx context.Context, l, r sockAddr, listen bool, ctl control) error {
	isNil := func(a sockAddr) bool { return a == nil || a.isNil() }
	if ctl != nil {
		about := l
		if !isNil(r) {
			about = r
		}
		text := ""
		if !isNil(about) {
			text = about.String()
		}
		if err := ctl(ctx, fd.controlNet(), text, rawConn{fd}); err != nil {
			return err
		}
	}
	if !isNil(l) || listen {
		var ra rawAddr
		var err error
		switch {
		case !isNil(l):
			ra, err = l.sockaddr(fd.family)
		case fd.family == afUnix:
			ra, err = unixAddr("")
		default:
			ra, err = inetAddr(fd.family, nil, 0, "")
		}
		if err != nil {
			return err
		}
		if err := sysBind(fd.fd, &ra); err != nil {
			return err
		}
	}
	if listen && (fd.sotype == sockStream || fd.sotype == sockSeqpacket) {
		if e := errno(sysCall(syscall.SYS_LISTEN, uintptr(fd.fd), uintptr(backlog()), 0, 0, 0, 0)); e != 0 {
			return os.NewSyscallError("listen", e)
		}
	}
	if !isNil(r) {
		ra, err := r.sockaddr(fd.family)
		if err != nil {
			return err
		}
		if err := fd.connect(ctx, &ra); err != nil {
			return err
		}
		fd.connected = true
	}
	fd.laddr = fd.localName()
	if fd.connected {
		if fd.raddr = fd.remoteName(); fd.raddr == nil {
			fd.raddr = asAddr(r)
		}
	}
	return nil
}

// backlog is how many connections may wait to be accepted.
var backlog = sync.OnceValue(func() int {
	b, err := os.ReadFile("/proc/sys/net/core/somaxconn")
	if n, _, ok := decimal(string(b)); err == nil && ok && n > 0 {
		return min(n, 1<<16-1)
	}
	return 128
})

// connect connects, at the latest until the context ends.
func (fd *netFD) connect(ctx context.Context, ra *rawAddr) error {
	connect := func() syscall.Errno {
		return errno(sysCall(syscall.SYS_CONNECT, uintptr(fd.fd), uintptr(unsafe.Pointer(&ra.b)), uintptr(ra.n), 0, 0, 0))
	}
	switch e := connect(); e {
	case 0, syscall.EISCONN:
		return fromContext(ctx.Err())
	case syscall.EINPROGRESS, syscall.EALREADY, syscall.EINTR:
	default:
		return os.NewSyscallError("connect", e)
	}
	if at, ok := ctx.Deadline(); ok {
		fd.setDeadline(at, false, true)
		defer fd.setDeadline(noDeadline, false, true)
	}
	if ctx.Done() != nil {
		stop := context.AfterFunc(ctx, func() { fd.setDeadline(aLongTimeAgo, false, true) })
		defer func() {
			// The function has run, or runs now: what it did must not stay.
			if !stop() {
				fd.setDeadline(noDeadline, false, true)
			}
		}()
	}
	for {
		if err := fd.wait(true); err != nil {
			if e := ctx.Err(); e != nil {
				return fromContext(e)
			}
			if at, ok := ctx.Deadline(); ok && !time.Now().Before(at) {
				return errTimeout
			}
			return err
		}
		switch e := syscall.Errno(fd.getInt(solSocket, soError)); e {
		case syscall.EINPROGRESS, syscall.EALREADY, syscall.EINTR:
		case syscall.EISCONN:
			return nil
		case 0:
			// The wait may have been woken by something older.
			if _, ok := nameOf(syscall.SYS_GETPEERNAME, fd.fd); ok {
				return nil
			}
			switch e := connect(); e {
			case 0, syscall.EISCONN:
				return nil
			case syscall.EINPROGRESS, syscall.EALREADY, syscall.EINTR:
			default:
				return os.NewSyscallError("connect", e)
			}
		default:
			return os.NewSyscallError("connect", e)
		}
	}
}

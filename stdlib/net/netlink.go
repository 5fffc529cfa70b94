// This file asks the kernel for interfaces and addresses, by netlink.

package net

import (
	"os"
	"syscall"
	"unsafe"
)

// Numbers of Linux.
const (
	afNetlink     = 16
	rtmNewlink    = 16
	rtmGetlink    = 18
	rtmNewaddr    = 20
	rtmGetaddr    = 22
	nlmsgError    = 2
	nlmsgDone     = 3
	nlmRequest    = 1
	nlmDump       = 0x300
	iflaAddress   = 1
	iflaIfname    = 3
	iflaMTU       = 4
	ifaAddress    = 1
	ifaLocal      = 2
	arphrdTunnel  = 768
	arphrdTunnel6 = 769
	arphrdSit     = 776
	arphrdIPGRE   = 778
	arphrdIP6GRE  = 823
)

// netlinkDump asks for all of something and calls f with each message.
func netlinkDump(request, want uint16, f func(body []byte)) error {
	r := sysCall(syscall.SYS_SOCKET, afNetlink, sockRaw|sockCloexec, 0, 0, 0, 0)
	if e := errno(r); e != 0 {
		return os.NewSyscallError("netlinkrib", e)
	}
	fd := r
	defer syscall.Close(fd)
	// Header: length, type, flags, number, sender; then the family: any.
	req := [20]byte{0: 17, 4: byte(request), 5: byte(request >> 8), 6: nlmRequest, 7: nlmDump >> 8, 8: 1}
	to := [12]byte{0: afNetlink}
	r = sysCall(syscall.SYS_SENDTO, uintptr(fd), uintptr(unsafe.Pointer(&req)), 17, 0, uintptr(unsafe.Pointer(&to)), 12)
	if e := errno(r); e != 0 {
		return os.NewSyscallError("netlinkrib", e)
	}
	buf := make([]byte, 64<<10)
	for {
		r = sysCall(syscall.SYS_RECVFROM, uintptr(fd), uintptr(unsafe.Pointer(&buf[0])), uintptr(len(buf)), 0, 0, 0)
		e := errno(r)
		if e == syscall.EINTR {
			continue
		}
		if e != 0 {
			return os.NewSyscallError("netlinkrib", e)
		}
		for b := buf[:r]; len(b) >= 16; {
			size := int(le32(b))
			if size < 16 || size > len(b) {
				return os.NewSyscallError("parsenetlinkmessage", syscall.EINVAL)
			}
			switch kind := le16(b[4:]); kind {
			case nlmsgDone:
				return nil
			case nlmsgError:
				return os.NewSyscallError("netlinkrib", syscall.EINVAL)
			case want:
				f(b[16:size])
			}
			b = b[min((size+3)&^3, len(b)):]
		}
	}
}

func le16(b []byte) uint16 { return uint16(b[0]) | uint16(b[1])<<8 }
func le32(b []byte) uint32 { return uint32(le16(b)) | uint32(le16(b[2:]))<<16 }

// attributes calls f with each attribute.
func attributes(b []byte, f func(kind uint16, value []byte)) {
	for len(b) >= 4 {
		size := int(le16(b))
		if size < 4 || size > len(b) {
			return
		}
		f(le16(b[2:]), b[4:size])
		b = b[min((size+3)&^3, len(b)):]
	}
}

// readInterfaces returns all interfaces.
func readInterfaces() (list []Interface, err error) {
	err = netlinkDump(rtmGetlink, rtmNewlink, func(b []byte) {
		if len(b) < 16 {
			return
		}
		// Family, padding, kind of hardware, number, flags, changes.
		hardware := le16(b[2:])
		ifi := Interface{Index: int(le32(b[4:])), Flags: linkFlags(le32(b[8:]))}
		attributes(b[16:], func(kind uint16, v []byte) {
			switch kind {
			case iflaIfname:
				if len(v) > 0 {
					ifi.Name = string(v[:len(v)-1])
				}
			case iflaMTU:
				if len(v) >= 4 {
					ifi.MTU = int(le32(v))
				}
			case iflaAddress:
				// Tunnels have the IP addresses of their ends here.
				switch hardware {
				case arphrdTunnel, arphrdTunnel6, arphrdSit, arphrdIPGRE, arphrdIP6GRE:
					return
				}
				if !allZero(v) {
					ifi.HardwareAddr = append(HardwareAddr(nil), v...)
				}
			}
		})
		list = append(list, ifi)
	})
	return list, err
}

func linkFlags(raw uint32) (f Flags) {
	for i, bit := range [...]uint32{0x1, 0x2, 0x8, 0x10, 0x1000, 0x40} {
		if raw&bit != 0 {
			f |= 1 << i
		}
	}
	return f
}

// readAddrs returns the addresses of an interface, of all for 0.
func readAddrs(index int) (list []Addr, err error) {
	// Of the two attributes one is the near end where a connection has two.
	ends, err := readInterfaces()
	if err != nil {
		return nil, err
	}
	twoEnds := func(n int) bool {
		for _, i := range ends {
			if i.Index == n {
				return i.Flags&FlagPointToPoint != 0
			}
		}
		return false
	}
	err = netlinkDump(rtmGetaddr, rtmNewaddr, func(b []byte) {
		if len(b) < 8 {
			return
		}
		family, bits, n := int(b[0]), int(b[1]), int(le32(b[4:]))
		if index != 0 && n != index {
			return
		}
		var addr, local IP
		attributes(b[8:], func(kind uint16, v []byte) {
			switch kind {
			case ifaAddress:
				addr = append(IP(nil), v...)
			case ifaLocal:
				local = append(IP(nil), v...)
			}
		})
		if local != nil && (addr == nil || twoEnds(n)) {
			addr = local
		}
		switch {
		case family == afInet && len(addr) == 4:
			list = append(list, &IPNet{IP: addr.To16(), Mask: CIDRMask(bits, 32)})
		case family == afInet6 && len(addr) == 16:
			list = append(list, &IPNet{IP: addr, Mask: CIDRMask(bits, 128)})
		}
	})
	return list, err
}

// This file holds receiving and sending of packets, for UDP, IP and Unix sockets.

package net

import (
	"syscall"
	"unsafe"
)

// recvFrom receives one packet.
func (fd *netFD) recvFrom(b []byte, ra *rawAddr) (int, error) {
	n, err := fd.receive(func() int {
		ra.n = uint32(len(ra.b))
		return sysCall(syscall.SYS_RECVFROM, uintptr(fd.fd), uintptr(unsafe.Pointer(unsafe.SliceData(b))), uintptr(len(b)), 0, uintptr(unsafe.Pointer(&ra.b)), uintptr(unsafe.Pointer(&ra.n)))
	})
	return n, wrapSyscall("recvfrom", err)
}

// sendTo sends one packet.
func (fd *netFD) sendTo(b []byte, ra *rawAddr) (int, error) {
	_, err := fd.send(func() int {
		return sysCall(syscall.SYS_SENDTO, uintptr(fd.fd), uintptr(unsafe.Pointer(unsafe.SliceData(b))), uintptr(len(b)), 0, uintptr(unsafe.Pointer(&ra.b)), uintptr(ra.n))
	})
	if err != nil {
		return 0, wrapSyscall("sendto", err)
	}
	return len(b), nil
}

// msghdr is what sendmsg and recvmsg work on.
type msghdr struct {
	name       unsafe.Pointer
	namelen    uint32
	iov        unsafe.Pointer
	iovlen     uint64
	control    unsafe.Pointer
	controllen uint64
	flags      int32
}

type iovec struct {
	base unsafe.Pointer
	size uint64
}

// recvMsg receives one packet with control data; flags are recvmsg's.
func (fd *netFD) recvMsg(b, oob []byte, ra *rawAddr, flags int) (n, oobn, outFlags int, err error) {
	iov := iovec{unsafe.Pointer(unsafe.SliceData(b)), uint64(len(b))}
	var dummy byte
	var h msghdr
	n, err = fd.receive(func() int {
		ra.n = uint32(len(ra.b))
		h = msghdr{name: unsafe.Pointer(&ra.b), namelen: ra.n, iov: unsafe.Pointer(&iov), iovlen: 1}
		if len(oob) > 0 {
			// Streams need a byte of data for control data to come with.
			if len(b) == 0 && fd.sotype != sockDgram {
				iov = iovec{unsafe.Pointer(&dummy), 1}
			}
			h.control, h.controllen = unsafe.Pointer(&oob[0]), uint64(len(oob))
		}
		return sysCall(syscall.SYS_RECVMSG, uintptr(fd.fd), uintptr(unsafe.Pointer(&h)), uintptr(flags), 0, 0, 0)
	})
	if err != nil {
		return 0, 0, 0, wrapSyscall("recvmsg", err)
	}
	ra.n = h.namelen
	if len(b) == 0 && iov.base == unsafe.Pointer(&dummy) {
		n = 0
	}
	return n, int(h.controllen), int(h.flags), nil
}

// sendMsg sends one packet with control data, to ra if that isn't nil.
func (fd *netFD) sendMsg(b, oob []byte, ra *rawAddr) (n, oobn int, err error) {
	iov := iovec{unsafe.Pointer(unsafe.SliceData(b)), uint64(len(b))}
	var dummy byte
	h := msghdr{iov: unsafe.Pointer(&iov), iovlen: 1}
	if ra != nil {
		h.name, h.namelen = unsafe.Pointer(&ra.b), ra.n
	}
	if len(oob) > 0 {
		if len(b) == 0 && fd.sotype != sockDgram {
			iov = iovec{unsafe.Pointer(&dummy), 1}
		}
		h.control, h.controllen = unsafe.Pointer(&oob[0]), uint64(len(oob))
	}
	n, err = fd.send(func() int {
		return sysCall(syscall.SYS_SENDMSG, uintptr(fd.fd), uintptr(unsafe.Pointer(&h)), 0, 0, 0, 0)
	})
	if err != nil {
		return 0, 0, wrapSyscall("sendmsg", err)
	}
	return min(n, len(b)), len(oob), nil
}

// packetTarget makes the kernel's form of where a packet goes; an error if the
// socket is connected.
func (fd *netFD) packetTarget(a sockAddr) (ra rawAddr, err error) {
	if fd.connected {
		return ra, ErrWriteToConnected
	}
	if a.isNil() {
		return ra, errMissingAddress
	}
	return a.sockaddr(fd.family)
}

// opErrorTo wraps an error of sending to an address.
func (fd *netFD) opErrorTo(err error, to Addr) error {
	if err == nil {
		return nil
	}
	return &OpError{Op: "write", Net: fd.net, Source: fd.laddr, Addr: to, Err: err}
}

// opErrorFrom wraps an error of receiving.
func (fd *netFD) opErrorFrom(err error) error {
	if err == nil {
		return nil
	}
	return &OpError{Op: "read", Net: fd.net, Source: fd.laddr, Addr: fd.raddr, Err: err}
}

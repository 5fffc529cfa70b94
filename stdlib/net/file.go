// This file holds sockets made of files.

package net

import (
	"os"
	"syscall"
)

// socketOf makes a socket of a copy of a file's descriptor.
func socketOf(f *os.File) (*netFD, error) {
	n := sysCall(syscall.SYS_FCNTL, f.Fd(), fDupfdCloexec, 0, 0, 0, 0)
	if e := errno(n); e != 0 {
		return nil, os.NewSyscallError("fcntl", e)
	}
	fail := func(err error) (*netFD, error) {
		syscall.Close(n)
		return nil, err
	}
	if err := syscall.SetNonblock(n, true); err != nil {
		return fail(os.NewSyscallError("setnonblock", err))
	}
	sotype := getInt(n, solSocket, soType)
	if sotype < 0 {
		return fail(os.NewSyscallError("getsockopt", syscall.ENOTSOCK))
	}
	family := getInt(n, solSocket, soDomain)
	network := ""
	switch family {
	case afInet, afInet6:
		network = map[int]string{sockStream: "tcp", sockDgram: "udp", sockRaw: "ip"}[sotype]
		if network == "" {
			return fail(syscall.EPROTONOSUPPORT)
		}
	case afUnix:
		network = unixNet(sotype)
	default:
		return fail(syscall.EPROTONOSUPPORT)
	}
	fd, err := newFD(n, family, sotype, network)
	if err != nil {
		return fail(err)
	}
	fd.laddr, fd.raddr = fd.localName(), fd.remoteName()
	fd.connected = fd.raddr != nil
	return fd, nil
}

// fileError wraps an error of making a socket of a file.
func fileError(f *os.File, err error) error {
	return &OpError{Op: "file", Net: "file+net", Addr: fileAddr(f.Name()), Err: err}
}

type fileAddr string

func (fileAddr) Network() string  { return "file+net" }
func (a fileAddr) String() string { return string(a) }

// FileConn returns a copy of the connection that f is. Closing one doesn't
// close the other.
func FileConn(f *os.File) (c Conn, err error) {
	fd, err := socketOf(f)
	if err != nil {
		return nil, fileError(f, err)
	}
	switch fd.laddr.(type) {
	case *TCPAddr:
		return newTCPConn(fd, 0, KeepAliveConfig{}), nil
	case *UDPAddr:
		return &UDPConn{conn{fd}}, nil
	case *IPAddr:
		return &IPConn{conn{fd}}, nil
	case *UnixAddr:
		return &UnixConn{conn{fd}}, nil
	}
	fd.close()
	return nil, fileError(f, errInvalid)
}

// FileListener returns a copy of the listener that f is.
func FileListener(f *os.File) (ln Listener, err error) {
	fd, err := socketOf(f)
	if err != nil {
		return nil, fileError(f, err)
	}
	switch a := fd.laddr.(type) {
	case *TCPAddr:
		return &TCPListener{fd: fd}, nil
	case *UnixAddr:
		return &UnixListener{fd: fd, path: a.Name}, nil
	}
	fd.close()
	return nil, fileError(f, errInvalid)
}

// FilePacketConn returns a copy of the packet connection that f is.
func FilePacketConn(f *os.File) (c PacketConn, err error) {
	fd, err := socketOf(f)
	if err != nil {
		return nil, fileError(f, err)
	}
	switch fd.laddr.(type) {
	case *UDPAddr:
		return &UDPConn{conn{fd}}, nil
	case *IPAddr:
		return &IPConn{conn{fd}}, nil
	case *UnixAddr:
		return &UnixConn{conn{fd}}, nil
	}
	fd.close()
	return nil, fileError(f, errInvalid)
}

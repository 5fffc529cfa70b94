// This file holds the options of sockets.

package net

import (
	"os"
	"syscall"
	"time"
	"unsafe"
)

// Numbers of Linux.
const (
	solSocket    = 1
	soReuseaddr  = 2
	soError      = 4
	soBroadcast  = 6
	soSndbuf     = 7
	soRcvbuf     = 8
	soKeepalive  = 9
	soLinger     = 13
	soType       = 3
	soProtocol   = 38
	soDomain     = 39
	ipprotoIP    = 0
	ipprotoTCP   = 6
	ipprotoUDP   = 17
	ipprotoIPv6  = 41
	ipprotoMPTCP = 262
	ipv6V6only   = 26
	tcpNodelay   = 1
	tcpKeepidle  = 4
	tcpKeepintvl = 5
	tcpKeepcnt   = 6

	ipMulticastIf   = 32
	ipMulticastLoop = 34
	ipAddMembership = 35
	ipv6MulticastIf = 17
	ipv6MulticastLp = 19
	ipv6JoinGroup   = 20
)

func setOpt(fd, level, name int, p unsafe.Pointer, n uintptr) error {
	r := sysCall(syscall.SYS_SETSOCKOPT, uintptr(fd), uintptr(level), uintptr(name), uintptr(p), n, 0)
	if e := errno(r); e != 0 {
		return os.NewSyscallError("setsockopt", e)
	}
	return nil
}

func setInt(fd, level, name, value int) error {
	v := int32(value)
	return setOpt(fd, level, name, unsafe.Pointer(&v), 4)
}

func (fd *netFD) setInt(level, name, value int) error {
	if !fd.use() {
		return errClosed
	}
	defer fd.unuse()
	return setInt(fd.fd, level, name, value)
}

func getInt(fd, level, name int) int {
	v, n := int32(0), uint32(4)
	r := sysCall(syscall.SYS_GETSOCKOPT, uintptr(fd), uintptr(level), uintptr(name), uintptr(unsafe.Pointer(&v)), uintptr(unsafe.Pointer(&n)), 0)
	if errno(r) != 0 {
		return -1
	}
	return int(v)
}

func (fd *netFD) getInt(level, name int) int { return getInt(fd.fd, level, name) }

func (fd *netFD) setLinger(sec int) error {
	if !fd.use() {
		return errClosed
	}
	defer fd.unuse()
	l := [2]int32{0, int32(sec)}
	if sec >= 0 {
		l[0] = 1
	} else {
		l[1] = 0
	}
	return setOpt(fd.fd, solSocket, soLinger, unsafe.Pointer(&l), 8)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// KeepAliveConfig says how a connection finds out that the other side is gone.
// Zero values stand for 15 seconds and 9 probes, negative ones for what the
// system does.
type KeepAliveConfig struct {
	// Enable turns it on.
	Enable bool

	// Idle is how long nothing may come before the first probe.
	Idle time.Duration

	// Interval is the time between probes.
	Interval time.Duration

	// Count is how many probes may be lost.
	Count int
}

// seconds rounds up; 0 stands for 15.
func seconds(d time.Duration) int {
	if d == 0 {
		return 15
	}
	return int((d + time.Second - 1) / time.Second)
}

func (fd *netFD) setKeepAlive(c KeepAliveConfig) error {
	if err := fd.setInt(solSocket, soKeepalive, boolInt(c.Enable)); err != nil || !c.Enable {
		return err
	}
	if c.Idle >= 0 {
		if err := fd.setInt(ipprotoTCP, tcpKeepidle, seconds(c.Idle)); err != nil {
			return err
		}
	}
	if c.Interval >= 0 {
		if err := fd.setInt(ipprotoTCP, tcpKeepintvl, seconds(c.Interval)); err != nil {
			return err
		}
	}
	if c.Count < 0 {
		return nil
	}
	n := c.Count
	if n == 0 {
		n = 9
	}
	return fd.setInt(ipprotoTCP, tcpKeepcnt, n)
}

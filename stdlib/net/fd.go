// This file holds netFD, a socket that goroutines wait for.

package net

import (
	"io"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"
)

// netFD is a socket. Its descriptor is closed when the last operation on it
// has ended, so that no operation meets a descriptor that got its number.
type netFD struct {
	fd int
	pd unsafe.Pointer

	// How many use it, and whether it has been closed.
	refs atomic.Int64
	// Released when the descriptor is closed.
	gone uint32

	rmu, wmu sync.Mutex
	dmu      sync.Mutex
	deadline [2]waitLimit

	family, sotype int
	connected      bool
	net            string
	laddr, raddr   Addr
}

// waitLimit is a deadline of reads or writes. Under dmu, but for over.
type waitLimit struct {
	at    time.Time
	timer *time.Timer
	over  atomic.Bool
}

const closedBit = 1 << 40

func newFD(sysfd, family, sotype int, net string) (*netFD, error) {
	fd := &netFD{fd: sysfd, family: family, sotype: sotype, net: net}
	var errno int32
	if fd.pd = pollOpen(int32(sysfd), &errno); fd.pd == nil {
		return nil, os.NewSyscallError("epoll_ctl", syscall.Errno(errno))
	}
	runtime.SetFinalizer(fd, (*netFD).close)
	return fd, nil
}

func (fd *netFD) setAddrs(l, r Addr) { fd.laddr, fd.raddr = l, r }

// use begins an operation; false if the socket is closed.
func (fd *netFD) use() bool {
	for {
		v := fd.refs.Load()
		if v >= closedBit {
			return false
		}
		if fd.refs.CompareAndSwap(v, v+1) {
			return true
		}
	}
}

// unuse ends an operation.
func (fd *netFD) unuse() {
	if fd.refs.Add(-1) == closedBit {
		pollClose(fd.pd)
		sysCall(syscall.SYS_CLOSE, uintptr(fd.fd), 0, 0, 0, 0, 0)
		semrelease(&fd.gone, false)
	}
}

// close ends all operations and waits until the descriptor is closed.
func (fd *netFD) close() error {
	for {
		v := fd.refs.Load()
		if v >= closedBit {
			return errClosed
		}
		if fd.refs.CompareAndSwap(v, v+closedBit+1) {
			break
		}
	}
	pollEnd(fd.pd, true, true, true)
	fd.dmu.Lock()
	for i := range fd.deadline {
		if t := fd.deadline[i].timer; t != nil {
			t.Stop()
		}
	}
	fd.dmu.Unlock()
	fd.unuse()
	semacquire(&fd.gone, false)
	runtime.SetFinalizer(fd, nil)
	return nil
}

// wait waits until the socket may be ready.
func (fd *netFD) wait(write bool) error {
	if !pollWait(fd.pd, write) {
		return nil
	}
	if fd.refs.Load() >= closedBit {
		return errClosed
	}
	return os.ErrDeadlineExceeded
}

func (fd *netFD) isOver(write int) bool { return fd.deadline[write].over.Load() }

// errno returns the error number in a system call's result.
func errno(r int) syscall.Errno {
	if r < 0 && r > -4096 {
		return syscall.Errno(-r)
	}
	return 0
}

// receive calls f until it doesn't return EAGAIN, waiting between.
func (fd *netFD) receive(f func() int) (int, error) {
	if !fd.use() {
		return 0, errClosed
	}
	defer fd.unuse()
	fd.rmu.Lock()
	defer fd.rmu.Unlock()
	return fd.retry(0, f)
}

// send is the same for writing.
func (fd *netFD) send(f func() int) (int, error) {
	if !fd.use() {
		return 0, errClosed
	}
	defer fd.unuse()
	fd.wmu.Lock()
	defer fd.wmu.Unlock()
	return fd.retry(1, f)
}

func (fd *netFD) retry(write int, f func() int) (int, error) {
	if fd.isOver(write) {
		return 0, os.ErrDeadlineExceeded
	}
	for {
		r := f()
		switch e := errno(r); e {
		case 0:
			return r, nil
		case syscall.EINTR:
		case syscall.EAGAIN:
			if err := fd.wait(write == 1); err != nil {
				return 0, err
			}
		default:
			return 0, e
		}
	}
}

// maxIO bounds single reads and writes.
const maxIO = 1 << 30

// read reads from a stream or a connected socket.
func (fd *netFD) read(b []byte) (n int, err error) {
	if !fd.use() {
		return 0, errClosed
	}
	fd.rmu.Lock()
	if fd.isOver(0) {
		err = os.ErrDeadlineExceeded
	} else if len(b) > 0 || fd.sotype != sockStream {
		if len(b) > maxIO {
			b = b[:maxIO]
		}
		n, err = fd.readNow(b)
	}
	fd.rmu.Unlock()
	fd.unuse()
	return n, err
}

func (fd *netFD) readNow(b []byte) (int, error) {
	for {
		r := sysCall(syscall.SYS_READ, uintptr(fd.fd), uintptr(unsafe.Pointer(unsafe.SliceData(b))), uintptr(len(b)), 0, 0, 0)
		switch e := errno(r); e {
		case 0:
			if r == 0 && fd.sotype != sockDgram && fd.sotype != sockRaw {
				return 0, io.EOF
			}
			return r, nil
		case syscall.EINTR:
		case syscall.EAGAIN:
			if err := fd.wait(false); err != nil {
				return 0, err
			}
		default:
			return 0, os.NewSyscallError("read", e)
		}
	}
}

// write writes all of b.
func (fd *netFD) write(b []byte) (n int, err error) {
	if !fd.use() {
		return 0, errClosed
	}
	fd.wmu.Lock()
	if fd.isOver(1) {
		err = os.ErrDeadlineExceeded
	} else {
		n, err = fd.writeNow(b)
	}
	fd.wmu.Unlock()
	fd.unuse()
	return n, err
}

func (fd *netFD) writeNow(b []byte) (n int, err error) {
	for {
		part := b[n:]
		if len(part) > maxIO && fd.sotype == sockStream {
			part = part[:maxIO]
		}
		r := sysCall(syscall.SYS_WRITE, uintptr(fd.fd), uintptr(unsafe.Pointer(unsafe.SliceData(part))), uintptr(len(part)), 0, 0, 0)
		switch e := errno(r); e {
		case 0:
			if n += r; n == len(b) {
				return n, nil
			}
			if r == 0 {
				return n, io.ErrUnexpectedEOF
			}
		case syscall.EINTR:
		case syscall.EAGAIN:
			if err := fd.wait(true); err != nil {
				return n, err
			}
		default:
			return n, os.NewSyscallError("write", e)
		}
	}
}

// writeBuffers writes many pieces with few system calls.
func (fd *netFD) writeBuffers(v *Buffers) (n int64, err error) {
	if !fd.use() {
		return 0, errClosed
	}
	defer fd.unuse()
	fd.wmu.Lock()
	defer fd.wmu.Unlock()
	type iovec struct {
		base unsafe.Pointer
		size uintptr
	}
	var list [64]iovec
	for len(*v) > 0 {
		k := 0
		for _, b := range *v {
			if len(b) == 0 {
				continue
			}
			list[k] = iovec{unsafe.Pointer(&b[0]), uintptr(min(len(b), maxIO))}
			if k++; k == len(list) || len(b) > maxIO {
				break
			}
		}
		if k == 0 {
			v.consume(0)
			break
		}
		r, err := fd.retry(1, func() int {
			return sysCall(syscall.SYS_WRITEV, uintptr(fd.fd), uintptr(unsafe.Pointer(&list)), uintptr(k), 0, 0, 0)
		})
		if err != nil {
			return n, wrapSyscall("writev", err)
		}
		n += int64(r)
		v.consume(int64(r))
	}
	return n, nil
}

// accept waits for a connection and returns its descriptor and far end.
func (fd *netFD) accept() (*netFD, rawAddr, error) {
	var ra rawAddr
	n, err := fd.receive(func() int {
		for {
			ra.n = uint32(len(ra.b))
			r := sysCall(syscall.SYS_ACCEPT4, uintptr(fd.fd), uintptr(unsafe.Pointer(&ra.b)), uintptr(unsafe.Pointer(&ra.n)), sockNonblock|sockCloexec, 0, 0)
			// The other side has given up meanwhile: next one.
			if errno(r) != syscall.ECONNABORTED {
				return r
			}
		}
	})
	if err != nil {
		return nil, ra, wrapSyscall("accept4", err)
	}
	c, err := newFD(n, fd.family, fd.sotype, fd.net)
	if err != nil {
		syscall.Close(n)
		return nil, ra, err
	}
	c.connected = true
	return c, ra, nil
}

func (fd *netFD) shutdown(how int) error {
	if !fd.use() {
		return errClosed
	}
	defer fd.unuse()
	if e := errno(sysCall(syscall.SYS_SHUTDOWN, uintptr(fd.fd), uintptr(how), 0, 0, 0, 0)); e != 0 {
		return os.NewSyscallError("shutdown", e)
	}
	return nil
}

// setDeadline sets the deadlines of reads, writes or both.
func (fd *netFD) setDeadline(t time.Time, read, write bool) error {
	if !fd.use() {
		return errClosed
	}
	defer fd.unuse()
	fd.dmu.Lock()
	defer fd.dmu.Unlock()
	for i, on := range [2]bool{read, write} {
		if !on {
			continue
		}
		d := &fd.deadline[i]
		d.at = t
		if t.IsZero() {
			if d.timer != nil {
				d.timer.Stop()
			}
			fd.setOver(i, false)
			continue
		}
		left := time.Until(t)
		fd.setOver(i, left <= 0)
		switch {
		case left <= 0:
			if d.timer != nil {
				d.timer.Stop()
			}
		case d.timer == nil:
			d.timer = time.AfterFunc(left, func() { fd.deadlineOver(i) })
		default:
			d.timer.Reset(left)
		}
	}
	return nil
}

// setOver notes that a deadline is over, or not.
func (fd *netFD) setOver(i int, over bool) {
	d := &fd.deadline[i]
	if d.over.Load() == over {
		return
	}
	d.over.Store(over)
	pollEnd(fd.pd, i == 0, i == 1, over)
}

// deadlineOver is called by the timer of a deadline, which may have been moved
// meanwhile.
func (fd *netFD) deadlineOver(i int) {
	if !fd.use() {
		return
	}
	fd.dmu.Lock()
	if d := &fd.deadline[i]; !d.at.IsZero() && !time.Now().Before(d.at) {
		fd.setOver(i, true)
	}
	fd.dmu.Unlock()
	fd.unuse()
}

// dup returns a copy of the descriptor in a File, which waits in the kernel.
func (fd *netFD) dup(name string) (*os.File, error) {
	if !fd.use() {
		return nil, errClosed
	}
	defer fd.unuse()
	n := sysCall(syscall.SYS_FCNTL, uintptr(fd.fd), fDupfdCloexec, 0, 0, 0, 0)
	if e := errno(n); e != 0 {
		return nil, os.NewSyscallError("fcntl", e)
	}
	return os.NewFile(uintptr(n), name), nil
}

// rawConn is what SyscallConn returns.
type rawConn struct{ fd *netFD }

// Control calls f with the descriptor.
func (c rawConn) Control(f func(fd uintptr)) error {
	if c.fd == nil {
		return errInvalid
	}
	if !c.fd.use() {
		return c.fd.opError("raw-control", errClosed)
	}
	defer c.fd.unuse()
	f(uintptr(c.fd.fd))
	return nil
}

// Read calls f when the socket is readable until it returns true.
func (c rawConn) Read(f func(fd uintptr) bool) error { return c.loop("raw-read", 0, f) }

// Write calls f when the socket is writable until it returns true.
func (c rawConn) Write(f func(fd uintptr) bool) error { return c.loop("raw-write", 1, f) }

func (c rawConn) loop(op string, write int, f func(fd uintptr) bool) error {
	fd := c.fd
	if fd == nil {
		return errInvalid
	}
	if !fd.use() {
		return fd.opError(op, errClosed)
	}
	defer fd.unuse()
	mu := &fd.rmu
	if write == 1 {
		mu = &fd.wmu
	}
	mu.Lock()
	defer mu.Unlock()
	for {
		if fd.isOver(write) {
			return fd.opError(op, os.ErrDeadlineExceeded)
		}
		if f(uintptr(fd.fd)) {
			return nil
		}
		if err := fd.wait(write == 1); err != nil {
			return fd.opError(op, err)
		}
	}
}

// This file holds starting of programs.

package syscall

import "unsafe"

// Credential is whom a started program runs as.
type Credential struct {
	Uid         uint32
	Gid         uint32
	Groups      []uint32
	NoSetGroups bool
}

// SysProcAttr is what starting a program on Linux can be told besides.
type SysProcAttr struct {
	Chroot     string
	Credential *Credential
	// Setsid makes a session, Setpgid a process group (Pgid, or a new one).
	Setsid  bool
	Setpgid bool
	Setctty bool
	Noctty  bool
	Ctty    int
	Pgid    int
	// Foreground makes the group the one in the foreground of Ctty.
	Foreground bool
	// Pdeathsig is sent to the program when its parent ends.
	Pdeathsig  Signal
	Cloneflags uintptr
	// PidFD, if not nil, gets a descriptor of the process.
	PidFD *int
}

// ProcAttr is how a program is started: its directory, environment and the
// descriptors it gets as 0, 1, 2 and so on.
type ProcAttr struct {
	Dir   string
	Env   []string
	Files []uintptr
	Sys   *SysProcAttr
}

// child is all that the new process needs, laid out before the fork.
type child struct {
	name, dir, root *byte
	argv, envv      []*byte
	fds             []int
	sys             SysProcAttr
	report          int
	// What the child gives system calls the addresses of: memory of its own it cannot ask for.
	number, group int32
	none          uint64
}

// ForkExec starts a program and returns the number of its process.
func ForkExec(argv0 string, argv []string, attr *ProcAttr) (pid int, err error) {
	var c child
	if attr == nil {
		attr = &ProcAttr{}
	}
	if attr.Sys != nil {
		c.sys = *attr.Sys
	}
	if c.name, err = BytePtrFromString(argv0); err != nil {
		return 0, err
	}
	if c.argv, err = strings0(argv); err != nil {
		return 0, err
	}
	env := attr.Env
	if env == nil {
		env = Environ()
	}
	if c.envv, err = strings0(env); err != nil {
		return 0, err
	}
	if attr.Dir != "" {
		if c.dir, err = BytePtrFromString(attr.Dir); err != nil {
			return 0, err
		}
	}
	if c.sys.Chroot != "" {
		if c.root, err = BytePtrFromString(c.sys.Chroot); err != nil {
			return 0, err
		}
	}
	c.fds = make([]int, len(attr.Files))
	for i, f := range attr.Files {
		c.fds[i] = int(int32(f))
	}
	// The child writes the number of an error to the pipe; exec closes it.
	var p [2]int
	if err = Pipe2(p[:], O_CLOEXEC); err != nil {
		return 0, err
	}
	c.report = p[1]
	const sigchld = 17
	pin()
	r := rawSyscall6(SYS_CLONE, sigchld|c.sys.Cloneflags, 0, 0, 0, 0, 0)
	if r == 0 {
		c.run()
	}
	unpin()
	pid, err = result(r)
	Close(p[1])
	if err == nil {
		var number int32
		n := EINTR
		for n == EINTR {
			k := syscall6(SYS_READ, uintptr(p[0]), uintptr(unsafe.Pointer(&number)), 4, 0, 0, 0)
			n = 0
			if k < 0 {
				n = Errno(-k)
			}
		}
		if number != 0 {
			err = Errno(number)
			for {
				if _, e := Wait4(pid, nil, 0, nil); e != EINTR {
					break
				}
			}
		}
	}
	Close(p[0])
	if err != nil {
		return 0, err
	}
	if c.sys.PidFD != nil {
		*c.sys.PidFD = -1
		if fd := syscall6(SYS_PIDFD_OPEN, uintptr(pid), 0, 0, 0, 0, 0); fd >= 0 {
			*c.sys.PidFD = fd
		}
	}
	return pid, nil
}

// StartProcess is ForkExec; the handle is always 0.
func StartProcess(argv0 string, argv []string, attr *ProcAttr) (pid int, handle uintptr, err error) {
	pid, err = ForkExec(argv0, argv, attr)
	return pid, 0, err
}

// run is the child between fork and exec. It allocates nothing, and has one
// thread only: nothing of it may need the scheduler.
func (c *child) run() {
	c.fail(c.prepare())
}

// fail tells the parent of an error and ends the child.
func (c *child) fail(r int) {
	c.number = int32(-r)
	rawSyscall6(SYS_WRITE, uintptr(c.report), uintptr(unsafe.Pointer(&c.number)), 4, 0, 0, 0)
	for {
		rawSyscall6(SYS_EXIT_GROUP, 253, 0, 0, 0, 0, 0)
	}
}

// prepare sets the process up and runs the program; it returns an error only.
func (c *child) prepare() int {
	if c.sys.Setsid {
		if r := rawSyscall6(SYS_SETSID, 0, 0, 0, 0, 0, 0); r < 0 {
			return r
		}
	}
	if c.sys.Setpgid || c.sys.Foreground {
		if r := rawSyscall6(SYS_SETPGID, 0, uintptr(c.sys.Pgid), 0, 0, 0, 0); r < 0 {
			return r
		}
	}
	if c.sys.Foreground {
		const tiocspgrp = 0x5410
		c.group = int32(c.sys.Pgid)
		if c.group == 0 {
			c.group = int32(rawSyscall6(SYS_GETPID, 0, 0, 0, 0, 0, 0))
		}
		if r := rawSyscall6(SYS_IOCTL, uintptr(c.sys.Ctty), tiocspgrp, uintptr(unsafe.Pointer(&c.group)), 0, 0, 0); r < 0 {
			return r
		}
	}
	if c.root != nil {
		if r := rawSyscall6(SYS_CHROOT, uintptr(unsafe.Pointer(c.root)), 0, 0, 0, 0, 0); r < 0 {
			return r
		}
	}
	if cred := c.sys.Credential; cred != nil {
		if !cred.NoSetGroups {
			if r := rawSyscall6(SYS_SETGROUPS, uintptr(len(cred.Groups)), uintptr(unsafe.Pointer(unsafe.SliceData(cred.Groups))), 0, 0, 0, 0); r < 0 {
				return r
			}
		}
		if r := rawSyscall6(SYS_SETGID, uintptr(cred.Gid), 0, 0, 0, 0, 0); r < 0 {
			return r
		}
		if r := rawSyscall6(SYS_SETUID, uintptr(cred.Uid), 0, 0, 0, 0, 0); r < 0 {
			return r
		}
	}
	if c.dir != nil {
		if r := rawSyscall6(SYS_CHDIR, uintptr(unsafe.Pointer(c.dir)), 0, 0, 0, 0, 0); r < 0 {
			return r
		}
	}
	if c.sys.Pdeathsig != 0 {
		const prSetPdeathsig = 1
		if r := rawSyscall6(SYS_PRCTL, prSetPdeathsig, uintptr(c.sys.Pdeathsig), 0, 0, 0, 0); r < 0 {
			return r
		}
	}
	if r := c.descriptors(); r < 0 {
		return r
	}
	const tiocsctty, tiocnotty = 0x540e, 0x5422
	if c.sys.Noctty {
		if r := rawSyscall6(SYS_IOCTL, 0, tiocnotty, 0, 0, 0, 0); r < 0 {
			return r
		}
	}
	if c.sys.Setctty {
		if r := rawSyscall6(SYS_IOCTL, uintptr(c.sys.Ctty), tiocsctty, 1, 0, 0, 0); r < 0 {
			return r
		}
	}
	// Signals that the runtime blocks or ignores are none of the program's.
	const sigSetmask, sysSigprocmask = 2, 14
	rawSyscall6(sysSigprocmask, sigSetmask, uintptr(unsafe.Pointer(&c.none)), 0, 8, 0, 0)
	return rawSyscall6(SYS_EXECVE, uintptr(unsafe.Pointer(c.name)), uintptr(unsafe.Pointer(&c.argv[0])), uintptr(unsafe.Pointer(&c.envv[0])), 0, 0, 0)
}

// descriptors puts the descriptors where the program expects them.
func (c *child) descriptors() int {
	n := len(c.fds)
	// Those that would be overwritten move above all places first.
	if c.report < n {
		r := rawSyscall6(SYS_FCNTL, uintptr(c.report), F_DUPFD_CLOEXEC, uintptr(n), 0, 0, 0)
		if r < 0 {
			return r
		}
		c.report = r
	}
	for i, fd := range c.fds {
		if fd >= 0 && fd < i {
			r := rawSyscall6(SYS_FCNTL, uintptr(fd), F_DUPFD_CLOEXEC, uintptr(n), 0, 0, 0)
			if r < 0 {
				return r
			}
			c.fds[i] = r
		}
	}
	for i, fd := range c.fds {
		r := 0
		switch {
		case fd < 0:
			rawSyscall6(SYS_CLOSE, uintptr(i), 0, 0, 0, 0, 0)
		case fd == i:
			r = rawSyscall6(SYS_FCNTL, uintptr(i), F_SETFD, 0, 0, 0, 0)
		default:
			r = rawSyscall6(SYS_DUP3, uintptr(fd), uintptr(i), 0, 0, 0, 0)
		}
		if r < 0 {
			return r
		}
	}
	for i := n; i < 3; i++ {
		rawSyscall6(SYS_CLOSE, uintptr(i), 0, 0, 0, 0, 0)
	}
	return 0
}

// This file holds system calls on processes.

package syscall

import "unsafe"

// A WaitStatus says how a process ended.
type WaitStatus uint32

// Exited reports whether the process called exit.
func (w WaitStatus) Exited() bool { return w&0x7f == 0 }

// Signaled reports whether a signal ended the process.
func (w WaitStatus) Signaled() bool { return w&0x7f != 0x7f && w&0x7f != 0 }

// Stopped reports whether the process is stopped.
func (w WaitStatus) Stopped() bool { return w&0xff == 0x7f }

// Continued reports whether the process goes on after a stop.
func (w WaitStatus) Continued() bool { return w == 0xffff }

// CoreDump reports whether the process left an image of its memory.
func (w WaitStatus) CoreDump() bool { return w.Signaled() && w&0x80 != 0 }

// ExitStatus returns what the process gave to exit, or -1.
func (w WaitStatus) ExitStatus() int {
	if !w.Exited() {
		return -1
	}
	return int(w >> 8 & 0xff)
}

// Signal returns the signal that ended the process, or -1.
func (w WaitStatus) Signal() Signal {
	if !w.Signaled() {
		return -1
	}
	return Signal(w & 0x7f)
}

// StopSignal returns the signal that stopped the process, or -1.
func (w WaitStatus) StopSignal() Signal {
	if !w.Stopped() {
		return -1
	}
	return Signal(w >> 8 & 0xff)
}

// TrapCause returns why a traced process stopped, or -1.
func (w WaitStatus) TrapCause() int {
	if w.StopSignal() != SIGTRAP {
		return -1
	}
	return int(w >> 16)
}

// Rusage is what a process has used.
type Rusage struct {
	Utime    Timeval
	Stime    Timeval
	Maxrss   int64
	Ixrss    int64
	Idrss    int64
	Isrss    int64
	Minflt   int64
	Majflt   int64
	Nswap    int64
	Inblock  int64
	Oublock  int64
	Msgsnd   int64
	Msgrcv   int64
	Nsignals int64
	Nvcsw    int64
	Nivcsw   int64
}

// Rlimit is a limit: the one in force and the highest it can be set to.
type Rlimit struct {
	Cur uint64
	Max uint64
}

// Getrlimit returns a limit of the process.
func Getrlimit(resource int, rlim *Rlimit) error {
	_, err := result(syscall6(SYS_PRLIMIT64, 0, uintptr(resource), 0, uintptr(unsafe.Pointer(rlim)), 0, 0))
	return err
}

// Setrlimit sets a limit of the process.
func Setrlimit(resource int, rlim *Rlimit) error {
	_, err := result(syscall6(SYS_PRLIMIT64, 0, uintptr(resource), uintptr(unsafe.Pointer(rlim)), 0, 0, 0))
	return err
}

// Getrusage returns what the process or its children have used.
func Getrusage(who int, rusage *Rusage) error {
	return plain(SYS_GETRUSAGE, uintptr(who), uintptr(unsafe.Pointer(rusage)))
}

// Wait4 waits for a child to change state.
func Wait4(pid int, wstatus *WaitStatus, options int, rusage *Rusage) (wpid int, err error) {
	var status int32
	wpid, err = result(syscall6(SYS_WAIT4, uintptr(pid), uintptr(unsafe.Pointer(&status)), uintptr(options), uintptr(unsafe.Pointer(rusage)), 0, 0))
	if wstatus != nil {
		*wstatus = WaitStatus(status)
	}
	return wpid, err
}

// Kill sends a signal to a process.
func Kill(pid int, sig Signal) error { return plain(SYS_KILL, uintptr(pid), uintptr(sig)) }

func number(nr uintptr) int { return syscall6(nr, 0, 0, 0, 0, 0, 0) }

// Getpid returns the process's number.
func Getpid() int { return number(SYS_GETPID) }

// Getppid returns the number of the parent process.
func Getppid() int { return number(SYS_GETPPID) }

// Gettid returns the thread's number.
func Gettid() int { return number(SYS_GETTID) }

// Getuid returns the user.
func Getuid() int { return number(SYS_GETUID) }

// Geteuid returns the user whose rights the process has.
func Geteuid() int { return number(SYS_GETEUID) }

// Getgid returns the group.
func Getgid() int { return number(SYS_GETGID) }

// Getegid returns the group whose rights the process has.
func Getegid() int { return number(SYS_GETEGID) }

// Getpagesize returns the size of a page of memory.
func Getpagesize() int { return 4096 }

// Getgroups returns the groups that the user is also in.
func Getgroups() ([]int, error) {
	n, err := result(syscall6(SYS_GETGROUPS, 0, 0, 0, 0, 0, 0))
	if err != nil || n == 0 {
		return nil, err
	}
	list := make([]uint32, n)
	n, err = result(syscall6(SYS_GETGROUPS, uintptr(n), uintptr(unsafe.Pointer(&list[0])), 0, 0, 0, 0))
	if err != nil {
		return nil, err
	}
	groups := make([]int, n)
	for i := range groups {
		groups[i] = int(list[i])
	}
	return groups, nil
}

// Utsname is the system's name and version.
type Utsname struct {
	Sysname    [65]int8
	Nodename   [65]int8
	Release    [65]int8
	Version    [65]int8
	Machine    [65]int8
	Domainname [65]int8
}

// Uname returns the system's name and version.
func Uname(buf *Utsname) error { return plain(SYS_UNAME, uintptr(unsafe.Pointer(buf)), 0) }

// strings0 returns strings for the kernel: pointers to them, nil behind the last.
func strings0(list []string) ([]*byte, error) {
	out := make([]*byte, len(list)+1)
	for i, s := range list {
		p, err := BytePtrFromString(s)
		if err != nil {
			return nil, err
		}
		out[i] = p
	}
	return out, nil
}

// SlicePtrFromStrings returns strings in the form that the kernel wants.
func SlicePtrFromStrings(ss []string) ([]*byte, error) { return strings0(ss) }

// Exec makes the process run another program.
func Exec(argv0 string, argv []string, envv []string) error {
	name, err := BytePtrFromString(argv0)
	if err != nil {
		return err
	}
	args, err := strings0(argv)
	if err != nil {
		return err
	}
	env, err := strings0(envv)
	if err != nil {
		return err
	}
	_, err = result(syscall6(SYS_EXECVE, uintptr(unsafe.Pointer(name)), uintptr(unsafe.Pointer(&args[0])), uintptr(unsafe.Pointer(&env[0])), 0, 0, 0))
	return err
}

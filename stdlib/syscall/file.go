// This file holds system calls on files.

package syscall

import "unsafe"

// A Timespec is a time in seconds and nanoseconds.
type Timespec struct {
	Sec  int64
	Nsec int64
}

// Unix returns the time as seconds and nanoseconds.
func (ts *Timespec) Unix() (sec int64, nsec int64) { return ts.Sec, ts.Nsec }

// Nano returns the time in nanoseconds.
func (ts *Timespec) Nano() int64 { return ts.Sec*1e9 + ts.Nsec }

// NsecToTimespec splits nanoseconds.
func NsecToTimespec(nsec int64) Timespec {
	sec := nsec / 1e9
	nsec %= 1e9
	if nsec < 0 {
		nsec += 1e9
		sec--
	}
	return Timespec{sec, nsec}
}

// TimespecToNsec returns ts in nanoseconds.
func TimespecToNsec(ts Timespec) int64 { return ts.Nano() }

// A Timeval is a time in seconds and microseconds.
type Timeval struct {
	Sec  int64
	Usec int64
}

// Unix returns the time as seconds and nanoseconds.
func (tv *Timeval) Unix() (sec int64, nsec int64) { return tv.Sec, tv.Usec * 1000 }

// Nano returns the time in nanoseconds.
func (tv *Timeval) Nano() int64 { return tv.Sec*1e9 + tv.Usec*1000 }

// Stat_t is what the kernel knows about a file.
type Stat_t struct {
	Dev       uint64
	Ino       uint64
	Nlink     uint64
	Mode      uint32
	Uid       uint32
	Gid       uint32
	X__pad0   int32
	Rdev      uint64
	Size      int64
	Blksize   int64
	Blocks    int64
	Atim      Timespec
	Mtim      Timespec
	Ctim      Timespec
	X__unused [3]int64
}

// onPath makes a call whose second argument is a path below the directory fd.
func onPath(nr uintptr, dir int, path string, a3, a4, a5 uintptr) error {
	p, err := BytePtrFromString(path)
	if err != nil {
		return err
	}
	_, err = result(syscall6(nr, uintptr(dir), uintptr(unsafe.Pointer(p)), a3, a4, a5, 0))
	return err
}

const here = -100

func plain(nr, a1, a2 uintptr) error {
	_, err := result(syscall6(nr, a1, a2, 0, 0, 0, 0))
	return err
}

// Fstatat returns what is known about a file below a directory.
func Fstatat(dirfd int, path string, st *Stat_t, flags int) error {
	return onPath(SYS_NEWFSTATAT, dirfd, path, uintptr(unsafe.Pointer(st)), uintptr(flags), 0)
}

// Stat returns what is known about a file.
func Stat(path string, st *Stat_t) error { return Fstatat(here, path, st, 0) }

// Lstat is Stat that does not follow a symbolic link.
func Lstat(path string, st *Stat_t) error { return Fstatat(here, path, st, atSymlinkNofollow) }

// Fstat returns what is known about an open file.
func Fstat(fd int, st *Stat_t) error {
	return plain(SYS_FSTAT, uintptr(fd), uintptr(unsafe.Pointer(st)))
}

// Openat opens a file below a directory.
func Openat(dirfd int, path string, flags int, mode uint32) (fd int, err error) {
	p, err := BytePtrFromString(path)
	if err != nil {
		return -1, err
	}
	return result(syscall6(SYS_OPENAT, uintptr(dirfd), uintptr(unsafe.Pointer(p)), uintptr(flags), uintptr(mode), 0, 0))
}

// Mkdir makes a directory.
func Mkdir(path string, mode uint32) error { return Mkdirat(here, path, mode) }

// Mkdirat makes a directory below another.
func Mkdirat(dirfd int, path string, mode uint32) error {
	return onPath(SYS_MKDIRAT, dirfd, path, uintptr(mode), 0, 0)
}

// Unlink removes a file.
func Unlink(path string) error { return onPath(SYS_UNLINKAT, here, path, 0, 0, 0) }

// Unlinkat removes a file below a directory, or a directory if flags is 0x200.
func Unlinkat(dirfd int, path string, flags int) error {
	return onPath(SYS_UNLINKAT, dirfd, path, uintptr(flags), 0, 0)
}

// Rmdir removes an empty directory.
func Rmdir(path string) error { return onPath(SYS_UNLINKAT, here, path, atRemovedir, 0, 0) }

// twoPaths makes a call on two paths below directories.
func twoPaths(nr uintptr, fromDir int, from string, toDir int, to string, flags uintptr) error {
	p, err := BytePtrFromString(from)
	if err != nil {
		return err
	}
	q, err := BytePtrFromString(to)
	if err != nil {
		return err
	}
	_, err = result(syscall6(nr, uintptr(fromDir), uintptr(unsafe.Pointer(p)), uintptr(toDir), uintptr(unsafe.Pointer(q)), flags, 0))
	return err
}

// Rename gives a file another name.
func Rename(from, to string) error { return Renameat(here, from, here, to) }

// Renameat is Rename below directories.
func Renameat(fromDir int, from string, toDir int, to string) error {
	return twoPaths(SYS_RENAMEAT, fromDir, from, toDir, to, 0)
}

// Link gives a file one more name.
func Link(path, link string) error { return Linkat(here, path, here, link, 0) }

// Linkat is Link below directories.
func Linkat(fromDir int, from string, toDir int, to string, flags int) error {
	return twoPaths(SYS_LINKAT, fromDir, from, toDir, to, uintptr(flags))
}

// Symlink makes a symbolic link.
func Symlink(path, link string) error { return Symlinkat(path, here, link) }

// Symlinkat makes a symbolic link below a directory.
func Symlinkat(path string, dirfd int, link string) error {
	p, err := BytePtrFromString(path)
	if err != nil {
		return err
	}
	q, err := BytePtrFromString(link)
	if err != nil {
		return err
	}
	_, err = result(syscall6(SYS_SYMLINKAT, uintptr(unsafe.Pointer(p)), uintptr(dirfd), uintptr(unsafe.Pointer(q)), 0, 0, 0))
	return err
}

// Readlink reads a symbolic link.
func Readlink(path string, buf []byte) (n int, err error) { return Readlinkat(here, path, buf) }

// Readlinkat reads a symbolic link below a directory.
func Readlinkat(dirfd int, path string, buf []byte) (n int, err error) {
	p, err := BytePtrFromString(path)
	if err != nil {
		return -1, err
	}
	return result(syscall6(SYS_READLINKAT, uintptr(dirfd), uintptr(unsafe.Pointer(p)), uintptr(unsafe.Pointer(unsafe.SliceData(buf))), uintptr(len(buf)), 0, 0))
}

// Chmod sets a file's permissions.
func Chmod(path string, mode uint32) error {
	return onPath(SYS_FCHMODAT, here, path, uintptr(mode), 0, 0)
}

// Fchmod sets an open file's permissions.
func Fchmod(fd int, mode uint32) error { return plain(SYS_FCHMOD, uintptr(fd), uintptr(mode)) }

// Fchownat sets the owner of a file below a directory.
func Fchownat(dirfd int, path string, uid, gid, flags int) error {
	return onPath(SYS_FCHOWNAT, dirfd, path, uintptr(uid), uintptr(gid), uintptr(flags))
}

// Chown sets a file's owner.
func Chown(path string, uid, gid int) error { return Fchownat(here, path, uid, gid, 0) }

// Lchown is Chown that does not follow a symbolic link.
func Lchown(path string, uid, gid int) error {
	return Fchownat(here, path, uid, gid, atSymlinkNofollow)
}

// Fchown sets an open file's owner.
func Fchown(fd int, uid, gid int) error {
	_, err := result(syscall6(SYS_FCHOWN, uintptr(fd), uintptr(uid), uintptr(gid), 0, 0, 0))
	return err
}

// UtimesNanoAt sets a file's times of access and change.
func UtimesNanoAt(dirfd int, path string, ts [2]Timespec, flags int) error {
	return onPath(SYS_UTIMENSAT, dirfd, path, uintptr(unsafe.Pointer(&ts)), uintptr(flags), 0)
}

// UtimesNano sets a file's times of access and change.
func UtimesNano(path string, ts []Timespec) error {
	if len(ts) != 2 {
		return EINVAL
	}
	return UtimesNanoAt(here, path, [2]Timespec(ts), 0)
}

// Truncate cuts or lengthens a file.
func Truncate(path string, length int64) error {
	p, err := BytePtrFromString(path)
	if err != nil {
		return err
	}
	return plain(SYS_TRUNCATE, uintptr(unsafe.Pointer(p)), uintptr(length))
}

// Ftruncate cuts or lengthens an open file.
func Ftruncate(fd int, length int64) error {
	return plain(SYS_FTRUNCATE, uintptr(fd), uintptr(length))
}

// Fsync writes an open file to the disk.
func Fsync(fd int) error { return plain(SYS_FSYNC, uintptr(fd), 0) }

// Chdir changes the working directory.
func Chdir(path string) error {
	p, err := BytePtrFromString(path)
	if err != nil {
		return err
	}
	return plain(SYS_CHDIR, uintptr(unsafe.Pointer(p)), 0)
}

// Fchdir makes an open directory the working directory.
func Fchdir(fd int) error { return plain(SYS_FCHDIR, uintptr(fd), 0) }

// Getwd returns the working directory.
func Getwd() (string, error) {
	var buf [PathMax]byte
	n, err := result(syscall6(SYS_GETCWD, uintptr(unsafe.Pointer(&buf)), uintptr(len(buf)), 0, 0, 0, 0))
	if err != nil {
		return "", err
	}
	if n < 1 || buf[0] != '/' {
		return "", ENOENT
	}
	return string(buf[:n-1]), nil
}

// ReadDirent reads entries of a directory in the kernel's form.
func ReadDirent(fd int, buf []byte) (n int, err error) {
	return result(syscall6(SYS_GETDENTS64, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(buf))), uintptr(len(buf)), 0, 0, 0))
}

// Pipe2 makes a pipe: p[1] is written to, p[0] read from.
func Pipe2(p []int, flags int) error {
	if len(p) != 2 {
		return EINVAL
	}
	var fds [2]int32
	err := plain(SYS_PIPE2, uintptr(unsafe.Pointer(&fds)), uintptr(flags))
	if err == nil {
		p[0], p[1] = int(fds[0]), int(fds[1])
	}
	return err
}

// Pipe makes a pipe.
func Pipe(p []int) error { return Pipe2(p, 0) }

// Dup makes another descriptor of an open file.
func Dup(fd int) (nfd int, err error) {
	return result(syscall6(SYS_DUP, uintptr(fd), 0, 0, 0, 0, 0))
}

// Dup3 makes newfd a descriptor of the file that oldfd is one of.
func Dup3(oldfd, newfd, flags int) error {
	_, err := result(syscall6(SYS_DUP3, uintptr(oldfd), uintptr(newfd), uintptr(flags), 0, 0, 0))
	return err
}

// Dup2 is Dup3 without flags; the same descriptor twice is fine.
func Dup2(oldfd, newfd int) error { return plain(SYS_DUP2, uintptr(oldfd), uintptr(newfd)) }

// Flock locks an open file.
func Flock(fd int, how int) error { return plain(SYS_FLOCK, uintptr(fd), uintptr(how)) }

// Mkfifo makes a named pipe.
func Mkfifo(path string, mode uint32) error {
	return onPath(259, here, path, uintptr(mode|S_IFIFO), 0, 0)
}

// fcntl is the system call.
func fcntl(fd, cmd, arg int) (int, error) {
	return result(syscall6(SYS_FCNTL, uintptr(fd), uintptr(cmd), uintptr(arg), 0, 0, 0))
}

// SetNonblock makes calls on a descriptor fail instead of waiting, or undoes that.
func SetNonblock(fd int, nonblocking bool) error {
	flags, err := fcntl(fd, F_GETFL, 0)
	if err != nil {
		return err
	}
	want := flags &^ O_NONBLOCK
	if nonblocking {
		want |= O_NONBLOCK
	}
	if want == flags {
		return nil
	}
	_, err = fcntl(fd, F_SETFL, want)
	return err
}

// CloseOnExec closes a descriptor in programs that are started.
func CloseOnExec(fd int) { fcntl(fd, F_SETFD, FD_CLOEXEC) }

// Umask sets which permissions new files don't get and returns the old mask.
func Umask(mask int) (oldmask int) {
	return syscall6(SYS_UMASK, uintptr(mask), 0, 0, 0, 0, 0)
}

// Mmap maps a file into memory.
func Mmap(fd int, offset int64, length int, prot int, flags int) (data []byte, err error) {
	if length <= 0 {
		return nil, EINVAL
	}
	n, err := result(syscall6(SYS_MMAP, 0, uintptr(length), uintptr(prot), uintptr(flags), uintptr(fd), uintptr(offset)))
	if err != nil {
		return nil, err
	}
	at := uintptr(n)
	return unsafe.Slice(*(**byte)(unsafe.Pointer(&at)), length), nil
}

// Munmap undoes Mmap.
func Munmap(b []byte) error {
	if len(b) == 0 {
		return EINVAL
	}
	return plain(SYS_MUNMAP, uintptr(unsafe.Pointer(unsafe.SliceData(b))), uintptr(len(b)))
}

// A Conn offers the descriptor below it.
type Conn interface {
	SyscallConn() (RawConn, error)
}

// A RawConn is a descriptor of an open file or connection. Read and Write call
// f again, when the descriptor is ready, until it returns true.
type RawConn interface {
	Control(f func(fd uintptr)) error
	Read(f func(fd uintptr) (done bool)) error
	Write(f func(fd uintptr) (done bool)) error
}

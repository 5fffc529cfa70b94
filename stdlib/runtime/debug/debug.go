// This file holds the controls of the collector and tracebacks.

// Package debug lets programs look at the runtime while they run.
package debug

import (
	"os"
	"runtime"
	"syscall"
	"time"
	"unsafe"
)

//go:linkname setGCPercent gosubc_set_gc_percent
func setGCPercent(n int) int

//go:linkname setMemoryLimit gosubc_set_memory_limit
func setMemoryLimit(n int64) int64

//go:linkname freeOSMemory gosubc_free_os_memory
func freeOSMemory()

// SetGCPercent sets by how many percent the heap may grow between collections
// (negative: there are none) and returns the setting before.
func SetGCPercent(percent int) int { return setGCPercent(percent) }

// SetMemoryLimit sets a soft limit for the heap, unless limit is negative, and
// returns the one before.
func SetMemoryLimit(limit int64) int64 { return setMemoryLimit(limit) }

// FreeOSMemory collects garbage and gives as much memory as possible back.
func FreeOSMemory() { freeOSMemory() }

// Stack returns a traceback of the calling goroutine.
func Stack() []byte {
	buf := make([]byte, 1024)
	for {
		n := runtime.Stack(buf, false)
		if n < len(buf) {
			return buf[:n]
		}
		buf = make([]byte, 2*len(buf))
	}
}

// PrintStack writes a traceback of the calling goroutine to standard error.
func PrintStack() { os.Stderr.Write(Stack()) }

// SetMaxStack would change the limit of a stack; it is fixed.
func SetMaxStack(bytes int) int { return 1000000000 }

// SetMaxThreads would change the limit of threads.
func SetMaxThreads(threads int) int { return 10000 }

// SetPanicOnFault would make faults at other than nil addresses recoverable.
func SetPanicOnFault(enabled bool) bool { return false }

// SetTraceback makes uncaught panics and fatal errors print as much as that value of GOTRACEBACK asks for, if the
// environment doesn't ask for more. An unknown level is like "single".
func SetTraceback(level string) {
	if level == "" {
		level = "single"
	}
	setTraceback(unsafe.StringData(level), len(level))
}

//go:linkname setTraceback gosubc_set_traceback
//go:noescape
func setTraceback(level *byte, n int)

// CrashOptions are the options of SetCrashOutput. There are none yet.
type CrashOptions struct{}

//go:linkname setCrashFD gosubc_set_crash_fd
func setCrashFD(fd int) int

// SetCrashOutput makes fatal errors and panics that nobody recovers print their text and tracebacks to the file, too; nil ends that.
// The file is duplicated, so that it may be closed.
func SetCrashOutput(f *os.File, opts CrashOptions) error {
	fd := -1
	if f != nil {
		c, err := f.SyscallConn()
		if err != nil {
			return err
		}
		dupErr := error(nil)
		if err := c.Control(func(old uintptr) { fd, dupErr = dup(int(old)) }); err != nil {
			return err
		}
		if dupErr != nil {
			return os.NewSyscallError("fcntl", dupErr)
		}
	}
	if old := setCrashFD(fd); old >= 0 {
		syscall.Close(old)
	}
	return nil
}

func dup(fd int) (int, error) {
	r, _, e := syscall.Syscall(syscall.SYS_FCNTL, uintptr(fd), syscall.F_DUPFD_CLOEXEC, 0)
	if e != 0 {
		return -1, e
	}
	return int(r), nil
}

// GCStats describes past collections.
type GCStats struct {
	LastGC         time.Time
	NumGC          int64
	PauseTotal     time.Duration
	Pause          []time.Duration
	PauseEnd       []time.Time
	PauseQuantiles []time.Duration
}

// ReadGCStats fills stats.
func ReadGCStats(stats *GCStats) {
	m := new(runtime.MemStats)
	runtime.ReadMemStats(m)
	stats.LastGC = time.Unix(0, int64(m.LastGC))
	stats.NumGC = int64(m.NumGC)
	stats.PauseTotal = time.Duration(m.PauseTotalNs)
	stats.Pause = stats.Pause[:0]
	stats.PauseEnd = stats.PauseEnd[:0]
	for i := range min(stats.NumGC, int64(len(m.PauseNs))) {
		at := (stats.NumGC - 1 - i) % int64(len(m.PauseNs))
		stats.Pause = append(stats.Pause, time.Duration(m.PauseNs[at]))
		stats.PauseEnd = append(stats.PauseEnd, time.Unix(0, int64(m.PauseEnd[at])))
	}
}

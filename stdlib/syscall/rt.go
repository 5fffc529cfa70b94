// This file declares what the runtime does for system calls.

package syscall

// syscall6 makes a system call that may block. A negative result is the error number negated.
//
//go:linkname syscall6 gosubc_syscall6
//go:noescape
func syscall6(nr, a1, a2, a3, a4, a5, a6 uintptr) int

// rawSyscall6 is syscall6 for calls that don't block, and for the child of a fork.
//
//go:linkname rawSyscall6 gosubc_rawsyscall6
func rawSyscall6(nr, a1, a2, a3, a4, a5, a6 uintptr) int

// pin keeps the goroutine on its thread without preemption until unpin.
//
//go:linkname pin gosubc_pin
func pin() int

//go:linkname unpin gosubc_unpin
func unpin()

// strerror writes the text of an error number and returns its length.
//
//go:linkname strerror gosubc_strerror
//go:noescape
func strerror(errno int, buf *byte, n int) int

// argCount and arg give the program's arguments; envCount and env the
// environment's strings as they were at the start.
//
//go:linkname argCount gosubc_arg_count
func argCount() int

//go:linkname arg gosubc_arg
func arg(i int) string

//go:linkname envCount gosubc_env_count
func envCount() int

//go:linkname env gosubc_env
func env(i int) string

// exit ends the process at once.
//
//go:linkname exit gosubc_exit
func exit(code int)

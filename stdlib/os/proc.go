// This file holds the process: arguments, environment, exit.

package os

import (
	"internal/testlog"
	"syscall"
)

// Args are the program's arguments, its name first.
var Args = syscall.Args()

// Exit ends the program at once; deferred calls do not run.
func Exit(code int) {
	if code == 0 && testlog.PanicOnExit0() {
		panic("unexpected call to os.Exit(0) during test")
	}
	syscall.Exit(code)
}

// Getpid returns the process's number.
func Getpid() int { return syscall.Getpid() }

// LookupEnv returns the value of a variable and whether it is set.
func LookupEnv(key string) (string, bool) { return syscall.Getenv(key) }

// Getenv returns the value of a variable, empty if it is not set.
func Getenv(key string) string {
	v, _ := syscall.Getenv(key)
	return v
}

// Setenv sets a variable.
func Setenv(key, value string) error {
	return NewSyscallError("setenv", syscall.Setenv(key, value))
}

// Unsetenv unsets a variable.
func Unsetenv(key string) error { return syscall.Unsetenv(key) }

// Clearenv unsets all variables.
func Clearenv() { syscall.Clearenv() }

// Environ returns the environment as "key=value" strings.
func Environ() []string { return syscall.Environ() }

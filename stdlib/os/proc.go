// This file holds the process: arguments, environment, exit.

package os

import (
	"sync"
	"syscall"
)

// Args are the program's arguments, its name first.
var Args = syscall.Args()

// Exit ends the program at once; deferred calls do not run.
func Exit(code int) { syscall.Exit(code) }

// Getpid returns the process's number.
func Getpid() int { return syscall.Getpid() }

// environ is the environment; nil strings are unset ones.
var environ struct {
	once sync.Once
	m    sync.RWMutex
	list []string
	at   map[string]int
}

func loadEnv() {
	environ.list = syscall.Environ0()
	environ.at = make(map[string]int, len(environ.list))
	for i, s := range environ.list {
		if k, ok := keyOf(s); ok {
			if _, dup := environ.at[k]; !dup {
				environ.at[k] = i
			}
		}
	}
}

func keyOf(s string) (string, bool) {
	for i := 0; i < len(s); i++ {
		if s[i] == '=' {
			return s[:i], i > 0
		}
	}
	return "", false
}

// LookupEnv returns the value of a variable and whether it is set.
func LookupEnv(key string) (string, bool) {
	environ.once.Do(loadEnv)
	environ.m.RLock()
	defer environ.m.RUnlock()
	i, ok := environ.at[key]
	if !ok {
		return "", false
	}
	return environ.list[i][len(key)+1:], true
}

// Getenv returns the value of a variable, empty if it is not set.
func Getenv(key string) string {
	v, _ := LookupEnv(key)
	return v
}

// Setenv sets a variable.
func Setenv(key, value string) error {
	if key == "" {
		return NewSyscallError("setenv", syscall.EINVAL)
	}
	for i := 0; i < len(key); i++ {
		if key[i] == '=' || key[i] == 0 {
			return NewSyscallError("setenv", syscall.EINVAL)
		}
	}
	environ.once.Do(loadEnv)
	environ.m.Lock()
	defer environ.m.Unlock()
	if i, ok := environ.at[key]; ok {
		environ.list[i] = key + "=" + value
	} else {
		environ.at[key] = len(environ.list)
		environ.list = append(environ.list, key+"="+value)
	}
	return nil
}

// Unsetenv unsets a variable.
func Unsetenv(key string) error {
	environ.once.Do(loadEnv)
	environ.m.Lock()
	defer environ.m.Unlock()
	if i, ok := environ.at[key]; ok {
		environ.list[i] = ""
		delete(environ.at, key)
	}
	return nil
}

// Clearenv unsets all variables.
func Clearenv() {
	environ.once.Do(loadEnv)
	environ.m.Lock()
	defer environ.m.Unlock()
	environ.list, environ.at = nil, map[string]int{}
}

// Environ returns the environment as "key=value" strings.
func Environ() []string {
	environ.once.Do(loadEnv)
	environ.m.RLock()
	defer environ.m.RUnlock()
	out := make([]string, 0, len(environ.list))
	for _, s := range environ.list {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// This file holds where and as whom the program runs.

package os

import (
	"errors"
	"internal/bytealg"
	"syscall"
)

// Getwd returns the working directory: $PWD if that leads there.
func Getwd() (dir string, err error) {
	dot, err := Stat(".")
	if err != nil {
		return "", err
	}
	if dir = Getenv("PWD"); dir != "" && dir[0] == '/' {
		if fi, err := Stat(dir); err == nil && SameFile(dot, fi) {
			return dir, nil
		}
	}
	err = again(func() (e error) {
		dir, e = syscall.Getwd()
		return e
	})
	return dir, NewSyscallError("getwd", err)
}

// Executable returns the path of the running program.
func Executable() (string, error) {
	path, err := Readlink("/proc/self/exe")
	const gone = " (deleted)"
	if n := len(path) - len(gone); n > 0 && path[n:] == gone {
		path = path[:n]
	}
	return path, err
}

// Hostname returns the machine's name.
func Hostname() (name string, err error) {
	var u syscall.Utsname
	if err := syscall.Uname(&u); err != nil {
		return "", NewSyscallError("uname", err)
	}
	var b []byte
	for _, c := range u.Nodename {
		if c == 0 {
			break
		}
		b = append(b, byte(c))
	}
	return string(b), nil
}

// UserHomeDir returns the user's home, $HOME.
func UserHomeDir() (string, error) {
	if dir := Getenv("HOME"); dir != "" {
		return dir, nil
	}
	return "", errors.New("$HOME is not defined")
}

// UserCacheDir returns where a user's caches belong: $XDG_CACHE_HOME or ~/.cache.
func UserCacheDir() (string, error) { return userDir("XDG_CACHE_HOME", "/.cache") }

// UserConfigDir returns where a user's settings belong: $XDG_CONFIG_HOME or ~/.config.
func UserConfigDir() (string, error) { return userDir("XDG_CONFIG_HOME", "/.config") }

func userDir(key, below string) (string, error) {
	if dir := Getenv(key); dir != "" {
		if dir[0] != '/' {
			return "", errors.New("path in $" + key + " is relative")
		}
		return dir, nil
	}
	home := Getenv("HOME")
	if home == "" {
		return "", errors.New("neither $" + key + " nor $HOME are defined")
	}
	return home + below, nil
}

// Getuid returns the user's number.
func Getuid() int { return syscall.Getuid() }

// Geteuid returns the number of the user whose rights the process has.
func Geteuid() int { return syscall.Geteuid() }

// Getgid returns the group's number.
func Getgid() int { return syscall.Getgid() }

// Getegid returns the number of the group whose rights the process has.
func Getegid() int { return syscall.Getegid() }

// Getgroups returns the groups that the user is also in.
func Getgroups() ([]int, error) {
	list, err := syscall.Getgroups()
	return list, NewSyscallError("getgroups", err)
}

// Getppid returns the number of the parent process.
func Getppid() int { return syscall.Getppid() }

// Getpagesize returns the size of a page of memory.
func Getpagesize() int { return syscall.Getpagesize() }

// Expand replaces $name and ${name} in s by what mapping returns. Names are
// letters, digits and underscores, or one of the shell's special characters.
func Expand(s string, mapping func(string) string) string {
	var out []byte
	done := 0
	for i := 0; i+1 < len(s); i++ {
		if s[i] != '$' {
			continue
		}
		name, n := varName(s[i+1:])
		out = append(out, s[done:i]...)
		switch {
		case name != "":
			out = append(out, mapping(name)...)
		case n == 0:
			// A dollar sign without name stays.
			out = append(out, '$')
		}
		done = i + 1 + n
		i += n
	}
	if done == 0 {
		return s
	}
	return string(append(out, s[done:]...))
}

// varName returns the name that s begins with and how much of s it takes; wrong
// braces take something but have no name.
func varName(s string) (name string, n int) {
	word := func(c byte) bool {
		return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
	}
	special := func(c byte) bool {
		switch c {
		case '*', '#', '$', '@', '!', '?', '-':
			return true
		}
		return '0' <= c && c <= '9'
	}
	if s[0] == '{' {
		switch end := bytealg.IndexByte(s, '}'); end {
		case -1:
			return "", 1
		case 1:
			return "", 2
		default:
			return s[1:end], end + 1
		}
	}
	if special(s[0]) {
		return s[:1], 1
	}
	for n < len(s) && word(s[n]) {
		n++
	}
	return s[:n], n
}

// ExpandEnv replaces $name and ${name} by the environment's variables.
func ExpandEnv(s string) string { return Expand(s, Getenv) }

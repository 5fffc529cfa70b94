// This file holds the environment.

package syscall

import "sync"

// environ is the environment; empty strings are unset variables.
var environ struct {
	once sync.Once
	m    sync.RWMutex
	list []string
	at   map[string]int
}

func loadEnv() {
	environ.list = Environ0()
	environ.at = make(map[string]int, len(environ.list))
	for i, s := range environ.list {
		for j := 1; j < len(s); j++ {
			if s[j] != '=' {
				continue
			}
			if _, dup := environ.at[s[:j]]; dup {
				environ.list[i] = ""
			} else {
				environ.at[s[:j]] = i
			}
			break
		}
	}
}

// Getenv returns the value of a variable and whether it is set.
func Getenv(key string) (value string, found bool) {
	environ.once.Do(loadEnv)
	if key == "" {
		return "", false
	}
	environ.m.RLock()
	defer environ.m.RUnlock()
	i, ok := environ.at[key]
	if !ok {
		return "", false
	}
	return environ.list[i][len(key)+1:], true
}

// Setenv sets a variable.
func Setenv(key, value string) error {
	environ.once.Do(loadEnv)
	if key == "" {
		return EINVAL
	}
	for i := range len(key) {
		if key[i] == '=' || key[i] == 0 {
			return EINVAL
		}
	}
	for i := range len(value) {
		if value[i] == 0 {
			return EINVAL
		}
	}
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

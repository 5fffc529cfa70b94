// This file looks users and groups up in /etc/passwd and /etc/group.

// Package user looks up the users and groups of the system, by name or number.
package user

import (
	"bufio"
	"errors"
	"os"
	"strconv"
	"strings"
)

// User is a user.
type User struct {
	Uid      string // a number
	Gid      string // of the first group, a number
	Username string // to log in with
	Name     string // of the person; may be empty
	HomeDir  string
}

// Group is a group.
type Group struct {
	Gid  string // a number
	Name string
}

// UnknownUserError is the name of a user that is not there.
type UnknownUserError string

// Error returns the message.
func (e UnknownUserError) Error() string { return "user: unknown user " + string(e) }

// UnknownUserIdError is the number of a user that is not there.
type UnknownUserIdError int

// Error returns the message.
func (e UnknownUserIdError) Error() string { return "user: unknown userid " + strconv.Itoa(int(e)) }

// UnknownGroupError is the name of a group that is not there.
type UnknownGroupError string

// Error returns the message.
func (e UnknownGroupError) Error() string { return "group: unknown group " + string(e) }

// UnknownGroupIdError is the number of a group that is not there.
type UnknownGroupIdError string

// Error returns the message.
func (e UnknownGroupIdError) Error() string { return "group: unknown groupid " + string(e) }

// eachLine calls f with the fields of each line, until it returns true.
func eachLine(file string, fields int, f func(parts []string) bool) error {
	r, err := os.Open(file)
	if err != nil {
		return err
	}
	defer r.Close()
	in := bufio.NewScanner(r)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		line := strings.TrimSpace(in.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		// Lines that begin with + or - speak of other sources.
		parts := strings.Split(line, ":")
		if len(parts) < fields || parts[0] == "" || parts[0][0] == '+' || parts[0][0] == '-' {
			continue
		}
		if _, err := strconv.Atoi(parts[2]); err == nil && f(parts) {
			return nil
		}
	}
	return in.Err()
}

// findUser returns the first user whose field is as asked for, nil if there is
// none.
func findUser(field int, value string) (u *User, err error) {
	err = eachLine("/etc/passwd", 6, func(p []string) bool {
		if p[field] != value {
			return false
		}
		name, _, _ := strings.Cut(p[4], ",")
		// & stands for the login name.
		if strings.Contains(name, "&") && p[0] != "" {
			name = strings.ReplaceAll(name, "&", strings.ToUpper(p[0][:1])+p[0][1:])
		}
		u = &User{Username: p[0], Uid: p[2], Gid: p[3], Name: name, HomeDir: p[5]}
		return true
	})
	return u, err
}

func findGroup(field int, value string) (g *Group, err error) {
	err = eachLine("/etc/group", 3, func(p []string) bool {
		if p[field] == value {
			g = &Group{Name: p[0], Gid: p[2]}
		}
		return g != nil
	})
	return g, err
}

// Lookup returns the user of a name.
func Lookup(username string) (*User, error) {
	u, err := findUser(0, username)
	if err == nil && u == nil {
		err = UnknownUserError(username)
	}
	return u, err
}

// LookupId returns the user of a number.
func LookupId(uid string) (*User, error) {
	n, err := strconv.Atoi(uid)
	if err != nil {
		return nil, errors.New("user: invalid userid " + uid)
	}
	u, err := findUser(2, uid)
	if err == nil && u == nil {
		err = UnknownUserIdError(n)
	}
	return u, err
}

// LookupGroup returns the group of a name.
func LookupGroup(name string) (*Group, error) {
	g, err := findGroup(0, name)
	if err == nil && g == nil {
		err = UnknownGroupError(name)
	}
	return g, err
}

// LookupGroupId returns the group of a number.
func LookupGroupId(gid string) (*Group, error) {
	g, err := findGroup(2, gid)
	if err == nil && g == nil {
		err = UnknownGroupIdError(gid)
	}
	return g, err
}

// Current returns the user of this process. What the system does not know of
// it, the environment may.
func Current() (*User, error) {
	uid := strconv.Itoa(os.Getuid())
	if u, err := findUser(2, uid); err == nil && u != nil {
		return u, nil
	}
	home, _ := os.UserHomeDir()
	u := &User{Uid: uid, Gid: strconv.Itoa(os.Getgid()), Username: os.Getenv("USER"), HomeDir: home}
	if u.Username == "" || u.HomeDir == "" {
		return nil, errors.New("user: Current requires cgo or $USER, $HOME set in environment")
	}
	return u, nil
}

// GroupIds returns the numbers of the user's groups, the first group first.
func (u *User) GroupIds() ([]string, error) {
	ids := []string{u.Gid}
	err := eachLine("/etc/group", 4, func(p []string) bool {
		for name := range strings.SplitSeq(p[3], ",") {
			if strings.TrimSpace(name) == u.Username && p[2] != u.Gid {
				ids = append(ids, p[2])
				break
			}
		}
		return false
	})
	return ids, err
}

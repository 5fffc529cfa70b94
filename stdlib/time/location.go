// This file holds locations and which of their zones is in force.

package time

import (
	"errors"
	"sync"
	"syscall"
)

// A Location is a zone of the world: the offsets from UTC that were in use there.
type Location struct {
	name  string
	zones []zone
	trans []transition
	// The rule behind the last transition, if there is one.
	extend *rule
}

// zone is an offset from UTC that was or is in use.
type zone struct {
	name   string
	offset int
	isDST  bool
}

// transition starts the use of a zone at a Unix time.
type transition struct {
	when  int64
	index uint8
}

// The bounds of Unix times.
const (
	minUnix = -1 << 63
	maxUnix = 1<<63 - 1
)

// Local is the zone that the machine is set to: that of the environment's TZ,
// or of /etc/localtime.
var Local *Location = &local

var (
	local     Location
	localOnce sync.Once
)

// get returns l ready for use.
func (l *Location) get() *Location {
	if l == nil {
		return UTC
	}
	if l == &local {
		localOnce.Do(loadLocal)
	}
	return l
}

func loadLocal() {
	tz, set := syscall.Getenv("TZ")
	if !set {
		if z, err := readZone("/etc/localtime"); err == nil {
			local = *z
			local.name = "Local"
			return
		}
	} else if tz != "" {
		if tz[0] == ':' {
			tz = tz[1:]
		}
		if tz != "" && tz[0] == '/' {
			if z, err := readZone(tz); err == nil {
				local = *z
				local.name = tz
				if tz == "/etc/localtime" {
					local.name = "Local"
				}
				return
			}
		} else if tz != "" && tz != "UTC" {
			if z, err := findZone(tz); err == nil {
				local = *z
				return
			}
		}
	}
	local.name = "UTC"
}

// String returns the name.
func (l *Location) String() string { return l.get().name }

// FixedZone returns a location that always has that offset in seconds east of UTC.
func FixedZone(name string, offset int) *Location {
	return &Location{name: name, zones: []zone{{name, offset, false}}}
}

// lookup returns the zone in force at a Unix time and from when to when it is.
func (l *Location) lookup(unix int64) (name string, offset int, start, end int64, dst bool) {
	l = l.get()
	if len(l.zones) == 0 {
		return "UTC", 0, minUnix, maxUnix, false
	}
	start, end = minUnix, maxUnix
	var z *zone
	if n := len(l.trans); n == 0 {
		z = &l.zones[l.first()]
	} else if unix < l.trans[0].when {
		z = &l.zones[l.first()]
		end = l.trans[0].when
	} else {
		lo, hi := 0, n
		for hi-lo > 1 {
			m := lo + (hi-lo)/2
			if unix < l.trans[m].when {
				end = l.trans[m].when
				hi = m
			} else {
				lo = m
			}
		}
		z = &l.zones[l.trans[lo].index]
		start = l.trans[lo].when
	}
	if l.extend != nil && end == maxUnix {
		return l.extend.lookup(start, unix)
	}
	return z.name, z.offset, start, end, z.isDST
}

// first returns the zone before the first transition: the zone 0 if no
// transition leads to it; else, if the first leads to daylight saving time, the
// last one of standard time before that; else the first of standard time.
func (l *Location) first() int {
	used := false
	for _, t := range l.trans {
		if t.index == 0 {
			used = true
			break
		}
	}
	if !used {
		return 0
	}
	if i := int(l.trans[0].index); l.zones[i].isDST {
		for i--; i >= 0; i-- {
			if !l.zones[i].isDST {
				return i
			}
		}
	}
	for i := range l.zones {
		if !l.zones[i].isDST {
			return i
		}
	}
	return 0
}

// byName returns the offset of a zone by its abbreviation; of several, the one
// in force at the clock time unix.
func (l *Location) byName(name string, unix int64) (offset int, ok bool) {
	l = l.get()
	for i := range l.zones {
		if z := &l.zones[i]; z.name == name {
			if n, off, _, _, _ := l.lookup(unix - int64(z.offset)); n == name {
				return off, true
			}
		}
	}
	for i := range l.zones {
		if z := &l.zones[i]; z.name == name {
			return z.offset, true
		}
	}
	return 0, false
}

var errLocationName = errors.New("time: invalid location name")

// LoadLocation returns a location of the zone database, such as
// "Europe/Berlin"; UTC for "" and "UTC", Local for "Local". The database is
// where $ZONEINFO says or in the system's usual places.
func LoadLocation(name string) (*Location, error) {
	switch name {
	case "", "UTC":
		return UTC, nil
	case "Local":
		return Local, nil
	}
	if name[0] == '/' || name[0] == '\\' {
		return nil, errLocationName
	}
	for i := 0; i+1 < len(name); i++ {
		if name[i] == '.' && name[i+1] == '.' {
			return nil, errLocationName
		}
	}
	if dir, _ := syscall.Getenv("ZONEINFO"); dir != "" {
		if l, err := readZone(dir + "/" + name); err == nil {
			l.name = name
			return l, nil
		}
	}
	return findZone(name)
}

// findZone looks for a zone in the system's places.
func findZone(name string) (*Location, error) {
	var first error
	for _, dir := range [...]string{"/usr/share/zoneinfo/", "/usr/share/lib/zoneinfo/", "/usr/lib/locale/TZ/", "/etc/zoneinfo/"} {
		l, err := readZone(dir + name)
		if err == nil {
			l.name = name
			return l, nil
		}
		if first == nil && err != syscall.ENOENT {
			first = err
		}
	}
	if first != nil {
		return nil, first
	}
	return nil, errors.New("unknown time zone " + name)
}

// LoadLocationFromTZData returns a location from the content of a file of the
// zone database.
func LoadLocationFromTZData(name string, data []byte) (*Location, error) {
	l, err := parseZone(data)
	if err != nil {
		return nil, err
	}
	l.name = name
	return l, nil
}

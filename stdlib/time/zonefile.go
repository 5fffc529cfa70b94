// This file holds reading of the zone database's files (RFC 9636).

package time

import (
	"errors"
	"syscall"
)

var errZoneData = errors.New("malformed time zone information")

// readZone reads a file of the zone database.
func readZone(path string) (*Location, error) {
	var fd int
	var err error
	for {
		fd, err = syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
		if err != syscall.EINTR {
			break
		}
	}
	if err != nil {
		return nil, err
	}
	defer syscall.Close(fd)
	const largest = 10 << 20
	data := make([]byte, 0, 4096)
	for {
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
		n, err := syscall.Read(fd, data[len(data):cap(data)])
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return nil, err
		}
		if n == 0 {
			break
		}
		if data = data[:len(data)+n]; len(data) > largest {
			return nil, errors.New("time: file " + path + " is too large")
		}
	}
	return parseZone(data)
}

// bigEndian returns a number of 4 or 8 bytes.
func bigEndian(b []byte) int64 {
	u := uint64(0)
	for _, c := range b {
		u = u<<8 | uint64(c)
	}
	if len(b) == 4 {
		return int64(int32(u))
	}
	return int64(u)
}

// counts are the lengths in a header, in the order of the file.
type counts struct{ isUT, isStd, leap, trans, zones, chars int }

const headerSize = 44

// header reads a header; size is how long the data behind it is.
func header(data []byte, wide int) (c counts, size int, ok bool) {
	if len(data) < headerSize || string(data[:4]) != "TZif" {
		return c, 0, false
	}
	for i, p := range [...]*int{&c.isUT, &c.isStd, &c.leap, &c.trans, &c.zones, &c.chars} {
		if *p = int(bigEndian(data[20+4*i : 24+4*i])); *p < 0 {
			return c, 0, false
		}
	}
	size = c.trans*(wide+1) + c.zones*6 + c.chars + c.leap*(wide+4) + c.isStd + c.isUT
	return c, size, len(data) >= headerSize+size
}

// parseZone makes a location of a file's content.
func parseZone(data []byte) (*Location, error) {
	wide := 4
	c, size, ok := header(data, wide)
	if !ok {
		return nil, errZoneData
	}
	if data[4] >= '2' {
		// The same again, with 64 bits for times, follows.
		data, wide = data[headerSize+size:], 8
		if c, size, ok = header(data, wide); !ok {
			return nil, errZoneData
		}
	}
	if c.zones == 0 {
		return nil, errZoneData
	}
	rest := data[headerSize:]
	take := func(n int) (b []byte) {
		b, rest = rest[:n], rest[n:]
		return b
	}
	times, indexes := take(c.trans*wide), take(c.trans)
	kinds, chars := take(c.zones*6), take(c.chars)
	take(c.leap*(wide+4) + c.isStd + c.isUT)
	l := &Location{}
	if wide == 8 && len(rest) > 2 && rest[0] == '\n' && rest[len(rest)-1] == '\n' {
		if r, ok := parseRule(string(rest[1 : len(rest)-1])); ok {
			l.extend = &r
		}
	}
	for i := range c.zones {
		k := kinds[6*i:]
		from := int(k[5])
		if from >= len(chars) {
			return nil, errZoneData
		}
		to := from
		for to < len(chars) && chars[to] != 0 {
			to++
		}
		l.zones = append(l.zones, zone{string(chars[from:to]), int(bigEndian(k[:4])), k[4] != 0})
	}
	for i := range c.trans {
		if int(indexes[i]) >= c.zones {
			return nil, errZoneData
		}
		l.trans = append(l.trans, transition{bigEndian(times[i*wide : (i+1)*wide]), indexes[i]})
	}
	if len(l.trans) == 0 {
		l.trans = append(l.trans, transition{when: minUnix})
	}
	return l, nil
}

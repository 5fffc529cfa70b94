// This file holds Duration.

// Package time measures and displays time.
package time

// A Duration is a span of time in nanoseconds.
type Duration int64

// Common spans.
const (
	Nanosecond  Duration = 1
	Microsecond          = 1000 * Nanosecond
	Millisecond          = 1000 * Microsecond
	Second               = 1000 * Millisecond
	Minute               = 60 * Second
	Hour                 = 60 * Minute
)

const (
	minDuration Duration = -1 << 63
	maxDuration Duration = 1<<63 - 1
)

// String writes d as "72h3m0.5s", with the largest unit that gives a number
// that isn't zero.
func (d Duration) String() string {
	var room [32]byte
	b := room[:0]
	u := uint64(d)
	if d < 0 {
		b = append(b, '-')
		u = -u
	}
	const second, minute = uint64(Second), uint64(Minute)
	if u >= minute {
		minutes := u / minute
		u %= minute
		if hours := minutes / 60; hours > 0 {
			b = append(appendUint(b, hours), 'h')
		}
		b = append(appendUint(b, minutes%60), 'm')
		return string(append(appendDecimal(b, u, second), 's'))
	}
	unit, name := second, "s"
	switch {
	case u == 0:
		// Zero has no unit smaller than a second.
	case u < uint64(Microsecond):
		unit, name = 1, "ns"
	case u < uint64(Millisecond):
		unit, name = uint64(Microsecond), "µs"
	case u < second:
		unit, name = uint64(Millisecond), "ms"
	}
	return string(append(appendDecimal(b, u, unit), name...))
}

// appendDecimal appends v/unit, the unit being a power of ten, with all digits
// behind the point that are needed.
func appendDecimal(b []byte, v, unit uint64) []byte {
	b = appendUint(b, v/unit)
	v %= unit
	if v > 0 {
		b = append(b, '.')
	}
	for v > 0 {
		unit /= 10
		b = append(b, '0'+byte(v/unit))
		v %= unit
	}
	return b
}

func appendUint(b []byte, v uint64) []byte {
	var room [20]byte
	return append(b, room[digits(room[:], v):]...)
}

// digits writes v and returns where it begins.
func digits(buf []byte, v uint64) int {
	w := len(buf)
	for {
		w--
		buf[w] = byte(v%10) + '0'
		v /= 10
		if v == 0 {
			return w
		}
	}
}

// Nanoseconds returns d as a count of nanoseconds.
func (d Duration) Nanoseconds() int64 { return int64(d) }

// Microseconds returns d as a count of microseconds.
func (d Duration) Microseconds() int64 { return int64(d) / 1e3 }

// Milliseconds returns d as a count of milliseconds.
func (d Duration) Milliseconds() int64 { return int64(d) / 1e6 }

// Seconds returns d in seconds.
func (d Duration) Seconds() float64 { return d.in(Second) }

// Minutes returns d in minutes.
func (d Duration) Minutes() float64 { return d.in(Minute) }

// Hours returns d in hours.
func (d Duration) Hours() float64 { return d.in(Hour) }

// in keeps the fraction exact by dividing apart from the whole.
func (d Duration) in(unit Duration) float64 {
	return float64(d/unit) + float64(d%unit)/float64(unit)
}

// Truncate rounds d towards zero to a multiple of m.
func (d Duration) Truncate(m Duration) Duration {
	if m <= 0 {
		return d
	}
	return d - d%m
}

// Round rounds d to the nearest multiple of m, halves away from zero.
func (d Duration) Round(m Duration) Duration {
	if m <= 0 {
		return d
	}
	r := d % m
	if d < 0 {
		r = -r
		if r < m-r {
			return d + r
		}
		if e := d - m + r; e < d {
			return e
		}
		return minDuration
	}
	if r < m-r {
		return d - r
	}
	if e := d + m - r; e > d {
		return e
	}
	return maxDuration
}

// Abs returns the absolute value, the largest Duration for the smallest.
func (d Duration) Abs() Duration {
	switch {
	case d >= 0:
		return d
	case d == minDuration:
		return maxDuration
	}
	return -d
}

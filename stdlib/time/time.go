// This file holds Time.

package time

// A Time is an instant with nanoseconds, seen in a location. The zero Time is
// January 1 of year 1, 00:00:00 UTC.
type Time struct {
	// Seconds since the zero Time, and nanoseconds.
	sec  int64
	nsec int32
	// mono: the reading of the monotonic clock is known.
	mono bool
	// Monotonic clock in nanoseconds.
	clock int64
	// nil is UTC.
	loc *Location
}

// UTC is the universal time.
var UTC *Location = &Location{name: "UTC"}

// unixToZero is the Unix time 0 in seconds since the zero Time.
const unixToZero = 62135596800

// started is when the program began, by the monotonic clock.
var started = nanotime() - 1

// Now returns the current time.
func Now() Time {
	var nsec int64
	sec := walltime(&nsec)
	t := Time{sec: sec + unixToZero, nsec: int32(nsec)}
	t.setLoc(Local)
	t.mono, t.clock = true, nanotime()-started
	return t
}

// Unix returns the time that many seconds and nanoseconds after January 1, 1970 UTC.
func Unix(sec int64, nsec int64) Time {
	sec += nsec / 1e9
	nsec %= 1e9
	if nsec < 0 {
		nsec += 1e9
		sec--
	}
	t := Time{sec: sec + unixToZero, nsec: int32(nsec)}
	t.setLoc(Local)
	return t
}

// UnixMilli returns the time that many milliseconds after January 1, 1970 UTC.
func UnixMilli(msec int64) Time { return Unix(msec/1e3, msec%1e3*1e6) }

// UnixMicro returns the time that many microseconds after January 1, 1970 UTC.
func UnixMicro(usec int64) Time { return Unix(usec/1e6, usec%1e6*1e3) }

// Unix returns t in seconds since January 1, 1970 UTC.
func (t Time) Unix() int64 { return t.sec - unixToZero }

// UnixNano returns t in nanoseconds since January 1, 1970 UTC.
func (t Time) UnixNano() int64 { return (t.sec-unixToZero)*1e9 + int64(t.nsec) }

// UnixMilli returns t in milliseconds since January 1, 1970 UTC.
func (t Time) UnixMilli() int64 { return (t.sec-unixToZero)*1e3 + int64(t.nsec)/1e6 }

// UnixMicro returns t in microseconds since January 1, 1970 UTC.
func (t Time) UnixMicro() int64 { return (t.sec-unixToZero)*1e6 + int64(t.nsec)/1e3 }

// Nanosecond returns the nanoseconds within the second.
func (t Time) Nanosecond() int { return int(t.nsec) }

// IsZero reports whether t is the zero Time.
func (t Time) IsZero() bool { return t.sec == 0 && t.nsec == 0 }

// After reports whether t is later than u.
func (t Time) After(u Time) bool { return t.Compare(u) > 0 }

// Before reports whether t is earlier than u.
func (t Time) Before(u Time) bool { return t.Compare(u) < 0 }

// Equal reports whether t and u are the same instant.
func (t Time) Equal(u Time) bool { return t.Compare(u) == 0 }

// Compare returns -1, 0 or +1 as t is before, at or after u.
func (t Time) Compare(u Time) int {
	order := func(a, b int64) int {
		switch {
		case a < b:
			return -1
		case a > b:
			return +1
		}
		return 0
	}
	if t.mono && u.mono {
		return order(t.clock, u.clock)
	}
	if c := order(t.sec, u.sec); c != 0 {
		return c
	}
	return order(int64(t.nsec), int64(u.nsec))
}

// Add returns t+d.
func (t Time) Add(d Duration) Time {
	sec, nsec := int64(d/1e9), t.nsec+int32(d%1e9)
	if nsec >= 1e9 {
		sec++
		nsec -= 1e9
	} else if nsec < 0 {
		sec--
		nsec += 1e9
	}
	t.sec += sec
	t.nsec = nsec
	if t.mono {
		c := t.clock + int64(d)
		if (d < 0) != (c < t.clock) && d != 0 {
			t.mono = false
		}
		t.clock = c
	}
	return t
}

// Sub returns t-u, bounded by the range of Duration.
func (t Time) Sub(u Time) Duration {
	if t.mono && u.mono {
		d := Duration(t.clock - u.clock)
		switch {
		case d < 0 && t.clock > u.clock:
			return maxDuration
		case d > 0 && t.clock < u.clock:
			return minDuration
		}
		return d
	}
	d := Duration(t.sec-u.sec)*Second + Duration(t.nsec-u.nsec)
	switch {
	case u.Add(d).Equal(t):
		return d
	case t.Before(u):
		return minDuration
	}
	return maxDuration
}

// Since returns the time passed since t.
func Since(t Time) Duration { return Now().Sub(t) }

// Until returns the time until t.
func Until(t Time) Duration { return t.Sub(Now()) }

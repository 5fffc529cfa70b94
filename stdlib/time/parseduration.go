// This file holds ParseDuration.

package time

import "errors"

// units are the units of ParseDuration, with both of Unicode's micro signs.
var units = map[string]uint64{
	"ns": uint64(Nanosecond), "us": uint64(Microsecond), "µs": uint64(Microsecond), "μs": uint64(Microsecond),
	"ms": uint64(Millisecond), "s": uint64(Second), "m": uint64(Minute), "h": uint64(Hour),
}

// ParseDuration reads numbers, perhaps with fractions, each with a unit, behind
// an optional sign: "1h15m30.5s", "-1.5h". The units are ns, us (or µs), ms, s, m and h.
func ParseDuration(s string) (Duration, error) {
	whole := s
	invalid := func() (Duration, error) {
		return 0, errors.New("time: invalid duration " + quoted(whole))
	}
	neg := false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		neg = s[0] == '-'
		s = s[1:]
	}
	if s == "0" {
		return 0, nil
	}
	if s == "" {
		return invalid()
	}
	const limit = 1 << 63
	total := uint64(0)
	for s != "" {
		i := 0
		v := uint64(0)
		for ; isDigit(s, i); i++ {
			if v > limit/10 {
				return invalid()
			}
			if v = v*10 + uint64(s[i]-'0'); v > limit {
				return invalid()
			}
		}
		found := i > 0
		s = s[i:]
		// The fraction as a number and what it is to be divided by; digits
		// that don't fit any more don't matter.
		f, scale := uint64(0), 1.0
		if s != "" && s[0] == '.' {
			full := false
			for i = 1; isDigit(s, i); i++ {
				if full {
					continue
				}
				if f > (limit-1)/10 {
					full = true
					continue
				}
				n := f*10 + uint64(s[i]-'0')
				if n > limit {
					full = true
					continue
				}
				f = n
				scale *= 10
			}
			found = found || i > 1
			s = s[i:]
		}
		if !found {
			return invalid()
		}
		for i = 0; i < len(s) && s[i] != '.' && !isDigit(s, i); i++ {
		}
		if i == 0 {
			return 0, errors.New("time: missing unit in duration " + quoted(whole))
		}
		unit, ok := units[s[:i]]
		if !ok {
			return 0, errors.New("time: unknown unit " + quoted(s[:i]) + " in duration " + quoted(whole))
		}
		s = s[i:]
		if v > limit/unit {
			return invalid()
		}
		v *= unit
		if f > 0 {
			v += uint64(float64(f) * (float64(unit) / scale))
			if v > limit {
				return invalid()
			}
		}
		if total += v; total > limit {
			return invalid()
		}
	}
	if neg {
		return -Duration(total), nil
	}
	if total > limit-1 {
		return invalid()
	}
	return Duration(total), nil
}

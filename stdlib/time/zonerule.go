// This file holds rules for zones in the form of POSIX's TZ, such as
// "CET-1CEST,M3.5.0,M10.5.0/3".

package time

// rule is a standard time and, perhaps, daylight saving time with its yearly
// beginning and end.
type rule struct {
	std, dst  string
	stdOffset int
	dstOffset int
	from, to  yearDay
}

// yearDay is a time in each year.
type yearDay struct {
	// 'J': day 1 to 365, without February 29; '0': day 0 to 365; 'M': weekday
	// day of a week (5 is the last) of a month.
	kind             byte
	day, week, month int
	// Seconds since the day's midnight.
	sec int
}

// parseRule reads a rule.
func parseRule(s string) (r rule, ok bool) {
	if r.std, s, ok = ruleName(s); !ok {
		return r, false
	}
	if r.stdOffset, s, ok = ruleTime(s, 24); !ok {
		return r, false
	}
	// West is positive there.
	r.stdOffset = -r.stdOffset
	if s == "" || s[0] == ',' {
		return r, s == ""
	}
	if r.dst, s, ok = ruleName(s); !ok {
		return r, false
	}
	r.dstOffset = r.stdOffset + 3600
	if s != "" && s[0] != ',' {
		if r.dstOffset, s, ok = ruleTime(s, 24); !ok {
			return r, false
		}
		r.dstOffset = -r.dstOffset
	}
	if s == "" {
		// The rules of the United States.
		s = ",M3.2.0,M11.1.0"
	}
	if s[0] != ',' && s[0] != ';' {
		return r, false
	}
	if r.from, s, ok = ruleDay(s[1:]); !ok || s == "" || s[0] != ',' {
		return r, false
	}
	if r.to, s, ok = ruleDay(s[1:]); !ok || s != "" {
		return r, false
	}
	return r, true
}

// ruleName reads an abbreviation: three letters at least, or text in angle brackets.
func ruleName(s string) (name, rest string, ok bool) {
	if s == "" {
		return "", "", false
	}
	if s[0] == '<' {
		for i := range len(s) {
			if s[i] == '>' {
				return s[1:i], s[i+1:], true
			}
		}
		return "", "", false
	}
	i := 0
	for i < len(s) {
		if c := s[i]; c == ',' || c == '-' || c == '+' || '0' <= c && c <= '9' {
			break
		}
		i++
	}
	return s[:i], s[i:], i >= 3
}

// ruleNumber reads a number within bounds.
func ruleNumber(s string, low, high int) (n int, rest string, ok bool) {
	i := 0
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		if n = n*10 + int(s[i]-'0'); n > high {
			return 0, "", false
		}
		i++
	}
	return n, s[i:], i > 0 && n >= low
}

// ruleTime reads [+-]hh[:mm[:ss]] as seconds.
func ruleTime(s string, hours int) (sec int, rest string, ok bool) {
	sign := 1
	if s != "" && (s[0] == '+' || s[0] == '-') {
		if s[0] == '-' {
			sign = -1
		}
		s = s[1:]
	}
	n, s, ok := ruleNumber(s, 0, hours)
	if !ok {
		return 0, "", false
	}
	sec = n * 3600
	for _, unit := range [...]int{60, 1} {
		if s == "" || s[0] != ':' {
			break
		}
		if n, s, ok = ruleNumber(s[1:], 0, 59); !ok {
			return 0, "", false
		}
		sec += n * unit
	}
	return sign * sec, s, true
}

// ruleDay reads a time of the year.
func ruleDay(s string) (d yearDay, rest string, ok bool) {
	if s == "" {
		return d, "", false
	}
	switch s[0] {
	case 'J':
		d.kind = 'J'
		d.day, s, ok = ruleNumber(s[1:], 1, 365)
	case 'M':
		d.kind = 'M'
		if d.month, s, ok = ruleNumber(s[1:], 1, 12); !ok || s == "" || s[0] != '.' {
			return d, "", false
		}
		if d.week, s, ok = ruleNumber(s[1:], 1, 5); !ok || s == "" || s[0] != '.' {
			return d, "", false
		}
		d.day, s, ok = ruleNumber(s[1:], 0, 6)
	default:
		d.kind = '0'
		d.day, s, ok = ruleNumber(s, 0, 365)
	}
	if !ok {
		return d, "", false
	}
	d.sec = 2 * 3600
	if s != "" && s[0] == '/' {
		if d.sec, s, ok = ruleTime(s[1:], 24*7); !ok {
			return d, "", false
		}
	}
	return d, s, true
}

// second returns the seconds from the beginning of the year, by the clock.
func (d yearDay) second(year int) int {
	day := d.day
	switch d.kind {
	case 'J':
		day--
		if isLeap(year) && d.day >= 60 {
			day++
		}
	case 'M':
		first := dayOf(year, Month(d.month), 1)
		// Day 0 of the calendar is a Monday.
		weekday := int(((first+1)%7 + 7) % 7)
		mday := (d.day-weekday+7)%7 + 7*(d.week-1)
		if mday >= daysIn(year, Month(d.month)) {
			mday -= 7
		}
		day = int(first-dayOf(year, January, 1)) + mday
	}
	return day*secondsPerDay + d.sec
}

func daysIn(year int, m Month) int {
	switch m {
	case February:
		if isLeap(year) {
			return 29
		}
		return 28
	case April, June, September, November:
		return 30
	}
	return 31
}

// lookup returns the zone in force at a Unix time; last is the last transition before the rule.
func (r *rule) lookup(last, unix int64) (name string, offset int, start, end int64, dst bool) {
	if r.dst == "" {
		return r.std, r.stdOffset, last, maxUnix, false
	}
	// The year in standard time; then the changes of that year and those around it.
	day := (unix + unixToZero) / secondsPerDay
	year, _, _, _ := civil(day)
	begin := func(y int) int64 { return dayOf(y, January, 1)*secondsPerDay - unixToZero }
	from := func(y int) int64 { return begin(y) + int64(r.from.second(y)-r.stdOffset) }
	to := func(y int) int64 { return begin(y) + int64(r.to.second(y)-r.dstOffset) }
	a, b := from(year), to(year)
	inside := a <= unix && unix < b
	swapped := b < a
	if swapped {
		// South of the equator the year ends and begins with it.
		inside = unix >= a || unix < b
		a, b = b, a
	}
	switch first := begin(year); {
	case unix < a:
		start, end = first, a
	case unix < b:
		start, end = a, b
	default:
		// As everywhere, leap years count as 365 days here.
		start, end = b, first+365*secondsPerDay
	}
	if inside {
		return r.dst, r.dstOffset, start, end, true
	}
	return r.std, r.stdOffset, start, end, false
}

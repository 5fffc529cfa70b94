// This file holds Parse.

package time

import "errors"

// ParseError says what part of a value does not fit what part of a layout.
type ParseError struct {
	Layout     string
	Value      string
	LayoutElem string
	ValueElem  string
	Message    string
}

// Error describes the error.
func (e *ParseError) Error() string {
	s := "parsing time " + quoted(e.Value)
	if e.Message != "" {
		return s + e.Message
	}
	return s + " as " + quoted(e.Layout) + ": cannot parse " + quoted(e.ValueElem) + " as " + quoted(e.LayoutElem)
}

// quoted puts s in quotes; other than plain ASCII is escaped.
func quoted(s string) string {
	const hex = "0123456789abcdef"
	b := []byte{'"'}
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ' || c >= 0x80:
			b = append(b, '\\', 'x', hex[c>>4], hex[c&15])
		default:
			b = append(b, c)
		}
	}
	return string(append(b, '"'))
}

var errSyntax = errors.New("bad value for field")

func isDigit(s string, i int) bool { return i < len(s) && '0' <= s[i] && s[i] <= '9' }

func isPoint(c byte) bool { return c == '.' || c == ',' }

// number reads a number of one or two digits, of two if fixed is set.
func number(s string, fixed bool) (n int, rest string, err error) {
	if !isDigit(s, 0) || fixed && !isDigit(s, 1) {
		return 0, s, errSyntax
	}
	if !isDigit(s, 1) {
		return int(s[0] - '0'), s[1:], nil
	}
	return int(s[0]-'0')*10 + int(s[1]-'0'), s[2:], nil
}

// allDigits converts text that is digits behind an optional sign.
func allDigits(s string) (n int, err error) {
	neg := s != "" && s[0] == '-'
	if neg || s != "" && s[0] == '+' {
		s = s[1:]
	}
	if s == "" {
		return 0, errSyntax
	}
	for i := range len(s) {
		if !isDigit(s, i) || n > 1<<50 {
			return 0, errSyntax
		}
		n = n*10 + int(s[i]-'0')
	}
	if neg {
		n = -n
	}
	return n, nil
}

// oneOf reads one of the names, of which only the first short letters count if
// short isn't 0, in any case.
func oneOf(names []string, short int, s string) (i int, rest string, err error) {
	for i, name := range names {
		if short > 0 {
			name = name[:short]
		}
		if len(s) < len(name) {
			continue
		}
		same := true
		for j := range len(name) {
			if s[j]|0x20 != name[j]|0x20 {
				same = false
				break
			}
		}
		if same {
			return i, s[len(name):], nil
		}
	}
	return -1, s, errSyntax
}

// literal takes the text before an element off s. Blanks match any number of blanks.
func literal(s, text string) (rest string, err error) {
	trim := func(s string) string {
		for s != "" && s[0] == ' ' {
			s = s[1:]
		}
		return s
	}
	for text != "" {
		if text[0] == ' ' {
			if s != "" && s[0] != ' ' {
				return s, errSyntax
			}
			text, s = trim(text), trim(s)
			continue
		}
		if s == "" || s[0] != text[0] {
			return s, errSyntax
		}
		text, s = text[1:], s[1:]
	}
	return s, nil
}

// nanoseconds converts a point and the digits behind it.
func nanoseconds(s string) (ns int, bad string, err error) {
	if !isPoint(s[0]) {
		return 0, "", errSyntax
	}
	s = s[:min(len(s), 10)]
	if ns, err = allDigits(s[1:]); err != nil {
		return 0, "", err
	}
	if ns < 0 {
		return 0, "fractional second", nil
	}
	for range 10 - len(s) {
		ns *= 10
	}
	return ns, "", nil
}

// parsed is what a value has said so far; -1 is nothing yet.
type parsed struct {
	year, month, day, yday int
	hour, min, sec, nsec   int
	pm, am                 bool
	utc                    bool
	hasOffset              bool
	offset                 int
	zone                   string
}

// Parse reads a time written as the layout shows. Missing parts are zero, the
// zone UTC. A fraction of a second is taken behind seconds even where the
// layout has none. An abbreviation of a zone that isn't known in the local
// location gets the offset 0.
func Parse(layout, value string) (Time, error) { return parse(layout, value, UTC, Local) }

// ParseInLocation is like Parse, but a time without zone is one of loc, and
// abbreviations are those of loc.
func ParseInLocation(layout, value string, loc *Location) (Time, error) {
	return parse(layout, value, loc, loc)
}

func parse(layout, value string, unzoned, local *Location) (Time, error) {
	p := parsed{month: -1, day: -1, yday: -1}
	rest := value
	for l := layout; ; {
		before, el, width, after := next(l)
		text := l[len(before) : len(l)-len(after)]
		var err error
		held := rest
		if rest, err = literal(rest, before); err != nil {
			return Time{}, &ParseError{layout, value, before, rest, ""}
		}
		if el == none {
			if rest != "" {
				return Time{}, &ParseError{layout, value, "", rest, ": extra text: " + quoted(rest)}
			}
			return p.time(layout, value, unzoned, local)
		}
		l = after
		held = rest
		var bad string
		rest, bad, err = p.element(el, width, rest, after)
		if bad != "" {
			return Time{}, &ParseError{layout, value, text, rest, ": " + bad + " out of range"}
		}
		if err != nil {
			return Time{}, &ParseError{layout, value, text, held, ""}
		}
	}
}

// element reads one element; bad names a part that is out of range.
func (p *parsed) element(el element, width int, s, after string) (rest, bad string, err error) {
	switch el {
	case year:
		if len(s) < 2 {
			return s, "", errSyntax
		}
		if p.year, err = allDigits(s[:2]); err != nil {
			return s, "", err
		}
		if p.year >= 69 {
			p.year += 1900
		} else {
			p.year += 2000
		}
		return s[2:], "", nil
	case longYear:
		if len(s) < 4 || !isDigit(s, 0) {
			return s, "", errSyntax
		}
		p.year, err = allDigits(s[:4])
		return s[4:], "", err
	case shortMonth, longMonth:
		short := 3
		if el == longMonth {
			short = 0
		}
		p.month, rest, err = oneOf(monthNames[:], short, s)
		p.month++
		return rest, "", err
	case numMonth, zeroMonth:
		p.month, rest, err = number(s, el == zeroMonth)
		if err == nil && (p.month < 1 || p.month > 12) {
			bad = "month"
		}
		return rest, bad, err
	case shortWeekday:
		_, rest, err = oneOf(dayNames[:], 3, s)
		return rest, "", err
	case longWeekday:
		_, rest, err = oneOf(dayNames[:], 0, s)
		return rest, "", err
	case day, underDay, zeroDay:
		if el == underDay && s != "" && s[0] == ' ' {
			s = s[1:]
		}
		p.day, rest, err = number(s, el == zeroDay)
		return rest, "", err
	case underYearDay, zeroYearDay:
		for range 2 {
			if el == underYearDay && s != "" && s[0] == ' ' {
				s = s[1:]
			}
		}
		n := 0
		p.yday = 0
		for n < 3 && isDigit(s, n) {
			p.yday = p.yday*10 + int(s[n]-'0')
			n++
		}
		if n == 0 || el == zeroYearDay && n != 3 {
			return s, "", errSyntax
		}
		return s[n:], "", nil
	case hour:
		p.hour, rest, err = number(s, false)
		if p.hour >= 24 {
			bad = "hour"
		}
		return rest, bad, err
	case hour12, zeroHour12:
		p.hour, rest, err = number(s, el == zeroHour12)
		if p.hour > 12 {
			bad = "hour"
		}
		return rest, bad, err
	case minute, zeroMinute:
		p.min, rest, err = number(s, el == zeroMinute)
		if p.min >= 60 {
			bad = "minute"
		}
		return rest, bad, err
	case second, zeroSecond:
		return p.second(el, s, after)
	case upperPM, lowerPM:
		am, pm := "AM", "PM"
		if el == lowerPM {
			am, pm = "am", "pm"
		}
		switch {
		case hasPrefix(s, pm):
			p.pm = true
		case hasPrefix(s, am):
			p.am = true
		default:
			return s, "", errSyntax
		}
		return s[2:], "", nil
	case zoneName:
		if hasPrefix(s, "UTC") {
			p.utc = true
			return s[3:], "", nil
		}
		n := abbreviation(s)
		if n == 0 {
			return s, "", errSyntax
		}
		p.zone = s[:n]
		return s[n:], "", nil
	case fractionZeros:
		n := width + 1
		if len(s) < n {
			return s, "", errSyntax
		}
		p.nsec, bad, err = nanoseconds(s[:n])
		return s[n:], bad, err
	case fractionNines:
		if len(s) < 2 || !isPoint(s[0]) || !isDigit(s, 1) {
			return s, "", nil
		}
		return p.fraction(s)
	}
	return p.zoneOffset(el, s)
}

// fraction reads a point and all digits behind it.
func (p *parsed) fraction(s string) (rest, bad string, err error) {
	n := 1
	for isDigit(s, n) {
		n++
	}
	p.nsec, bad, err = nanoseconds(s[:n])
	return s[n:], bad, err
}

// second reads the seconds, and a fraction that the layout does not have.
func (p *parsed) second(el element, s, after string) (rest, bad string, err error) {
	p.sec, rest, err = number(s, el == zeroSecond)
	if err != nil {
		return rest, "", err
	}
	if p.sec >= 60 {
		return rest, "second", nil
	}
	if len(rest) >= 2 && isPoint(rest[0]) && isDigit(rest, 1) {
		if _, e, _, _ := next(after); e != fractionZeros && e != fractionNines {
			return p.fraction(rest)
		}
	}
	return rest, "", nil
}

// zoneOffset reads Z or an offset such as -07:00.
func (p *parsed) zoneOffset(el element, s string) (rest, bad string, err error) {
	if el >= isoZone && el <= isoZoneSecColon && hasPrefix(s, "Z") {
		p.utc = true
		return s[1:], "", nil
	}
	parts, colon := 2, false
	switch el {
	case isoZoneShort, numZoneShort:
		parts = 1
	case isoZoneColon, numZoneColon:
		colon = true
	case isoZoneSeconds, numZoneSeconds:
		parts = 3
	case isoZoneSecColon, numZoneSecColon:
		parts, colon = 3, true
	}
	size := 1 + 2*parts
	if colon {
		size += parts - 1
	}
	if len(s) < size {
		return s, "", errSyntax
	}
	var n [3]int
	at := s[1:]
	for i := range parts {
		if i > 0 && colon {
			if at[0] != ':' {
				return s, "", errSyntax
			}
			at = at[1:]
		}
		if err == nil {
			n[i], _, err = number(at[:2], true)
		}
		at = at[2:]
	}
	// Of several, the last is blamed, and rather than wrong digits or signs.
	if n[0] > 24 {
		bad = "time zone offset hour"
	}
	if n[1] > 60 {
		bad = "time zone offset minute"
	}
	if n[2] > 60 {
		bad = "time zone offset second"
	}
	p.hasOffset = true
	p.offset = n[0]*3600 + n[1]*60 + n[2]
	switch s[0] {
	case '-':
		p.offset = -p.offset
	case '+':
	default:
		err = errSyntax
	}
	// One second west of UTC is what "no offset" used to be called.
	if p.offset == -1 {
		p.hasOffset = false
	}
	return at, bad, err
}

// abbreviation returns how long the zone's abbreviation is that s begins with:
// three or four capitals (five that end in T), GMT with an offset, or an offset.
func abbreviation(s string) int {
	if len(s) < 3 {
		return 0
	}
	switch {
	case hasPrefix(s, "ChST") || hasPrefix(s, "MeST"):
		return 4
	case hasPrefix(s, "GMT"):
		return 3 + signedHours(s[3:])
	case s[0] == '+' || s[0] == '-':
		return signedHours(s)
	}
	n := 0
	for n < 6 && n < len(s) && 'A' <= s[n] && s[n] <= 'Z' {
		n++
	}
	switch {
	case n == 3, n == 4 && (s[3] == 'T' || s[:4] == "WITA"), n == 5 && s[4] == 'T':
		return n
	}
	return 0
}

// signedHours returns how long the sign and hours are that s begins with.
func signedHours(s string) int {
	if s == "" || s[0] != '+' && s[0] != '-' {
		return 0
	}
	n, x := 1, 0
	for isDigit(s, n) {
		if x = x*10 + int(s[n]-'0'); x > 23 {
			return 0
		}
		n++
	}
	if n == 1 {
		return 0
	}
	return n
}

// time makes the Time of what was read.
func (p *parsed) time(layout, value string, unzoned, local *Location) (Time, error) {
	fail := func(message string) (Time, error) {
		return Time{}, &ParseError{layout, value, "", value, message}
	}
	if p.pm && p.hour < 12 {
		p.hour += 12
	} else if p.am && p.hour == 12 {
		p.hour = 0
	}
	if p.yday >= 0 {
		days := 365
		if isLeap(p.year) {
			days++
		}
		if p.yday < 1 || p.yday > days {
			return fail(": day-of-year out of range")
		}
		_, m, d, _ := civil(dayOf(p.year, January, 1) + int64(p.yday) - 1)
		if p.month >= 0 && p.month != int(m) {
			return fail(": day-of-year does not match month")
		}
		if p.day >= 0 && p.day != d {
			return fail(": day-of-year does not match day")
		}
		p.month, p.day = int(m), d
	} else {
		if p.month < 0 {
			p.month = int(January)
		}
		if p.day < 0 {
			p.day = 1
		}
	}
	if p.day < 1 || p.day > daysIn(p.year, Month(p.month)) {
		return fail(": day out of range")
	}
	at := func(loc *Location) Time {
		return Date(p.year, Month(p.month), p.day, p.hour, p.min, p.sec, p.nsec, loc)
	}
	switch {
	case p.utc:
		return at(UTC), nil
	case p.hasOffset:
		t := at(UTC)
		t.sec -= int64(p.offset)
		// The local zone, if it has that offset then.
		name, offset, _, _, _ := local.lookup(t.Unix())
		if offset == p.offset && (p.zone == "" || name == p.zone) {
			t.setLoc(local)
		} else {
			t.setLoc(FixedZone(p.zone, p.offset))
		}
		return t, nil
	case p.zone != "":
		t := at(UTC)
		if offset, ok := local.byName(p.zone, t.Unix()); ok {
			t.sec -= int64(offset)
			t.setLoc(local)
			return t, nil
		}
		offset := 0
		if len(p.zone) > 3 && p.zone[:3] == "GMT" {
			offset, _ = allDigits(p.zone[3:])
			offset *= 3600
		}
		t.setLoc(FixedZone(p.zone, offset))
		return t, nil
	}
	return at(unzoned), nil
}

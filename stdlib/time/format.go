// This file holds layouts and formatting. A layout shows how the reference
// time, Mon Jan 2 15:04:05 MST 2006, would be written.

package time

// Layouts for use with Format and Parse.
const (
	Layout      = "01/02 03:04:05PM '06 -0700"
	ANSIC       = "Mon Jan _2 15:04:05 2006"
	UnixDate    = "Mon Jan _2 15:04:05 MST 2006"
	RubyDate    = "Mon Jan 02 15:04:05 -0700 2006"
	RFC822      = "02 Jan 06 15:04 MST"
	RFC822Z     = "02 Jan 06 15:04 -0700"
	RFC850      = "Monday, 02-Jan-06 15:04:05 MST"
	RFC1123     = "Mon, 02 Jan 2006 15:04:05 MST"
	RFC1123Z    = "Mon, 02 Jan 2006 15:04:05 -0700"
	RFC3339     = "2006-01-02T15:04:05Z07:00"
	RFC3339Nano = "2006-01-02T15:04:05.999999999Z07:00"
	Kitchen     = "3:04PM"
	Stamp       = "Jan _2 15:04:05"
	StampMilli  = "Jan _2 15:04:05.000"
	StampMicro  = "Jan _2 15:04:05.000000"
	StampNano   = "Jan _2 15:04:05.000000000"
	DateTime    = "2006-01-02 15:04:05"
	DateOnly    = "2006-01-02"
	TimeOnly    = "15:04:05"
)

// element is a part of a layout.
type element int

const (
	none element = iota
	longMonth
	shortMonth
	numMonth
	zeroMonth
	longWeekday
	shortWeekday
	day
	underDay
	zeroDay
	underYearDay
	zeroYearDay
	hour
	hour12
	zeroHour12
	minute
	zeroMinute
	second
	zeroSecond
	longYear
	year
	upperPM
	lowerPM
	zoneName
	isoZone         // Z0700
	isoZoneColon    // Z07:00
	isoZoneShort    // Z07
	isoZoneSeconds  // Z070000
	isoZoneSecColon // Z07:00:00
	numZone         // -0700
	numZoneColon    // -07:00
	numZoneShort    // -07
	numZoneSeconds  // -070000
	numZoneSecColon // -07:00:00
	fractionZeros   // .000
	fractionNines   // .999
)

// spellings are the elements by their text: those with one first letter lie
// together, longer ones before their prefixes.
var spellings = [...]struct {
	text string
	el   element
}{
	{"January", longMonth}, {"Jan", shortMonth},
	{"Monday", longWeekday}, {"Mon", shortWeekday}, {"MST", zoneName},
	{"01", zeroMonth}, {"02", zeroDay}, {"03", zeroHour12}, {"04", zeroMinute}, {"05", zeroSecond}, {"06", year},
	{"002", zeroYearDay},
	{"15", hour}, {"1", numMonth},
	{"2006", longYear}, {"2", day},
	{"__2", underYearDay}, {"_2", underDay},
	{"3", hour12},
	{"4", minute},
	{"5", second},
	{"PM", upperPM},
	{"pm", lowerPM},
	{"-07:00:00", numZoneSecColon}, {"-070000", numZoneSeconds}, {"-07:00", numZoneColon}, {"-0700", numZone},
	{"-07", numZoneShort},
	{"Z07:00:00", isoZoneSecColon}, {"Z070000", isoZoneSeconds}, {"Z07:00", isoZoneColon}, {"Z0700", isoZone},
	{"Z07", isoZoneShort},
}

// firstSpelling says where the elements with a first letter begin in spellings.
var firstSpelling = [256]uint8{
	'J': 0, 'M': 2, '0': 5, '1': 12, '2': 14, '_': 16, '3': 18, '4': 19, '5': 20, 'P': 21, 'p': 22, '-': 23, 'Z': 28,
}

// hasPrefix compares byte by byte: the prefixes are short.
func hasPrefix(s, prefix string) bool {
	if len(s) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		if s[i] != prefix[i] {
			return false
		}
	}
	return true
}

// next finds the first element of layout: the text before it, the element, the
// number of digits of a fraction, and the text behind.
func next(layout string) (before string, el element, width int, after string) {
	for i := 0; i < len(layout); i++ {
		rest := layout[i:]
		switch c := rest[0]; c {
		case 'J', 'M', '0', '1', '2', '3', '4', '5', '_', 'P', 'p', '-', 'Z':
			for _, s := range spellings[firstSpelling[c]:] {
				if s.text[0] != c {
					break
				}
				// The second byte mostly decides.
				if len(s.text) > 1 && (len(rest) < 2 || rest[1] != s.text[1]) {
					continue
				}
				if len(s.text) > 2 && !hasPrefix(rest, s.text) {
					continue
				}
				// "Jan" or "Mon" followed by a small letter is some other word.
				if (s.el == shortMonth || s.el == shortWeekday) && len(rest) > 3 && rest[3] >= 'a' && rest[3] <= 'z' {
					continue
				}
				if s.el == underDay && hasPrefix(rest, "_2006") {
					return layout[:i+1], longYear, 0, rest[5:]
				}
				return layout[:i], s.el, 0, rest[len(s.text):]
			}
		case '.', ',':
			if len(rest) > 1 && (rest[1] == '0' || rest[1] == '9') {
				n := 1
				for n < len(rest) && rest[n] == rest[1] {
					n++
				}
				if n == len(rest) || rest[n] < '0' || rest[n] > '9' {
					el = fractionZeros
					if rest[1] == '9' {
						el = fractionNines
					}
					return layout[:i], el, n - 1, rest[n:]
				}
			}
		}
	}
	return layout, none, 0, ""
}

// padded appends i with at least width digits, filled by fill.
func padded(b []byte, i, width int, fill byte) []byte {
	if i < 0 {
		b = append(b, '-')
		i = -i
	}
	if i < 100 && width <= 2 {
		if i < 10 {
			if width == 2 {
				b = append(b, fill)
			}
			return append(b, byte('0'+i))
		}
		return append(b, byte('0'+i/10), byte('0'+i%10))
	}
	s := itoa(i)
	for n := len(s); n < width; n++ {
		b = append(b, fill)
	}
	return append(b, s...)
}

// Format returns t written as the layout shows.
func (t Time) Format(layout string) string {
	var room [64]byte
	return string(t.AppendFormat(room[:0], layout))
}

// AppendFormat appends what Format returns.
func (t Time) AppendFormat(b []byte, layout string) []byte {
	d, sec := t.daySecond()
	y, month, mday, yday := civil(d)
	h, m, s := sec/3600, sec%3600/60, sec%60
	zone, offset := t.Zone()
	if layout == RFC3339 || layout == RFC3339Nano {
		b = append(padded(b, y, 4, '0'), '-')
		b = append(padded(b, int(month), 2, '0'), '-')
		b = append(padded(b, mday, 2, '0'), 'T')
		b = append(padded(b, h, 2, '0'), ':')
		b = append(padded(b, m, 2, '0'), ':')
		b = padded(b, s, 2, '0')
		if layout == RFC3339Nano {
			b = appendFraction(b, int(t.nsec), 9, '.', true)
		}
		return appendZone(b, offset, isoZoneColon)
	}
	for layout != "" {
		before, el, width, after := next(layout)
		b = append(b, before...)
		if el == none {
			break
		}
		sep := byte('.')
		if el == fractionZeros || el == fractionNines {
			sep = layout[len(before)]
		}
		layout = after
		switch el {
		case longYear:
			b = padded(b, y, 4, '0')
		case year:
			b = padded(b, max(y, -y)%100, 2, '0')
		case longMonth:
			b = append(b, month.String()...)
		case shortMonth:
			b = append(b, month.String()[:3]...)
		case numMonth:
			b = padded(b, int(month), 1, '0')
		case zeroMonth:
			b = padded(b, int(month), 2, '0')
		case longWeekday:
			b = append(b, t.Weekday().String()...)
		case shortWeekday:
			b = append(b, t.Weekday().String()[:3]...)
		case day:
			b = padded(b, mday, 1, '0')
		case underDay:
			b = padded(b, mday, 2, ' ')
		case zeroDay:
			b = padded(b, mday, 2, '0')
		case underYearDay:
			b = padded(b, yday+1, 3, ' ')
		case zeroYearDay:
			b = padded(b, yday+1, 3, '0')
		case hour:
			b = padded(b, h, 2, '0')
		case hour12:
			b = padded(b, (h+11)%12+1, 1, '0')
		case zeroHour12:
			b = padded(b, (h+11)%12+1, 2, '0')
		case minute:
			b = padded(b, m, 1, '0')
		case zeroMinute:
			b = padded(b, m, 2, '0')
		case second:
			b = padded(b, s, 1, '0')
		case zeroSecond:
			b = padded(b, s, 2, '0')
		case upperPM:
			b = append(b, "AMPM"[h/12*2:h/12*2+2]...)
		case lowerPM:
			b = append(b, "ampm"[h/12*2:h/12*2+2]...)
		case zoneName:
			if zone != "" {
				b = append(b, zone...)
			} else {
				b = appendZone(b, offset, numZone)
			}
		case fractionZeros, fractionNines:
			b = appendFraction(b, int(t.nsec), width, sep, el == fractionNines)
		default:
			b = appendZone(b, offset, el)
		}
	}
	return b
}

// appendZone appends an offset such as -07:00.
func appendZone(b []byte, offset int, el element) []byte {
	if offset == 0 && el >= isoZone && el <= isoZoneSecColon {
		return append(b, 'Z')
	}
	sign := byte('+')
	// Less than a minute west of UTC counts as UTC, but for the seconds.
	if offset/60 < 0 {
		sign = '-'
		offset = -offset
	}
	b = append(b, sign)
	b = padded(b, offset/3600, 2, '0')
	if el == isoZoneShort || el == numZoneShort {
		return b
	}
	colon := el == isoZoneColon || el == numZoneColon || el == isoZoneSecColon || el == numZoneSecColon
	if colon {
		b = append(b, ':')
	}
	b = padded(b, offset%3600/60, 2, '0')
	switch el {
	case isoZoneSeconds, numZoneSeconds, isoZoneSecColon, numZoneSecColon:
		if colon {
			b = append(b, ':')
		}
		b = padded(b, offset%60, 2, '0')
	}
	return b
}

// appendFraction appends the first width digits of a second's fraction.
func appendFraction(b []byte, nsec, width int, sep byte, trim bool) []byte {
	var buf [9]byte
	for i := 8; i >= 0; i-- {
		buf[i] = byte(nsec%10) + '0'
		nsec /= 10
	}
	n := min(width, 9)
	if trim {
		for n > 0 && buf[n-1] == '0' {
			n--
		}
		if n == 0 {
			return b
		}
	}
	b = append(b, sep)
	return append(b, buf[:n]...)
}

// String returns t for debugging, with the monotonic clock if t has it.
func (t Time) String() string {
	s := t.Format("2006-01-02 15:04:05.999999999 -0700 MST")
	if t.mono {
		sign, c := "+", t.clock
		if c < 0 {
			sign, c = "-", -c
		}
		s += " m=" + sign + itoa(int(c/1e9)) + string(appendFraction(nil, int(c%1e9), 9, '.', false))
	}
	return s
}

// This file holds the calendar: dates, weekdays, clock times.

package time

// A Month is a month of the year, January is 1.
type Month int

// The months.
const (
	January Month = 1 + iota
	February
	March
	April
	May
	June
	July
	August
	September
	October
	November
	December
)

// A Weekday is a day of the week, Sunday is 0.
type Weekday int

// The days of the week.
const (
	Sunday Weekday = iota
	Monday
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
)

var monthNames = [...]string{"January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December"}

var dayNames = [...]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}

// String returns the English name.
func (m Month) String() string {
	if January <= m && m <= December {
		return monthNames[m-1]
	}
	return "%!Month(" + itoa(int(m)) + ")"
}

// String returns the English name.
func (d Weekday) String() string {
	if Sunday <= d && d <= Saturday {
		return dayNames[d]
	}
	return "%!Weekday(" + itoa(int(d)) + ")"
}

func itoa(i int) string {
	var buf [20]byte
	u := uint64(i)
	if i < 0 {
		u = -u
	}
	w := digits(buf[1:], u) + 1
	if i < 0 {
		w--
		buf[w] = '-'
	}
	return string(buf[w:])
}

const secondsPerDay = 86400

// days and second within the day of t, in its location; day 0 is January 1 of year 1.
func (t Time) daySecond() (day int64, sec int) {
	s := t.sec + int64(t.offset())
	day = s / secondsPerDay
	sec = int(s % secondsPerDay)
	if sec < 0 {
		sec += secondsPerDay
		day--
	}
	return day, sec
}

// civil returns the date of a day: years are counted from March 1, so that
// the leap day is a year's last.
func civil(day int64) (year int, month Month, mday int, yday int) {
	// Days since March 1 of year 0.
	z := day + 306
	era := z / 146097
	if z < 0 {
		era = (z - 146096) / 146097
	}
	doe := int(z - era*146097)
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	mday = doy - (153*mp+2)/5 + 1
	year = yoe + int(era)*400
	if mp < 10 {
		month = Month(mp + 3)
		yday = doy + 59
		if isLeap(year) {
			yday++
		}
	} else {
		month = Month(mp - 9)
		year++
		yday = doy - 306
	}
	return year, month, mday, yday
}

// dayOf is the inverse of civil.
func dayOf(year int, month Month, mday int) int64 {
	y := int64(year)
	m := int(month)
	if m <= 2 {
		y--
		m += 12
	}
	era := y / 400
	if y < 0 {
		era = (y - 399) / 400
	}
	yoe := y - era*400
	doy := int64((153*(m-3)+2)/5 + mday - 1)
	return era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 306
}

func isLeap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

// Date returns the year, month and day of t.
func (t Time) Date() (year int, month Month, day int) {
	d, _ := t.daySecond()
	year, month, day, _ = civil(d)
	return year, month, day
}

// Year returns the year of t.
func (t Time) Year() int { y, _, _ := t.Date(); return y }

// Month returns the month of t.
func (t Time) Month() Month { _, m, _ := t.Date(); return m }

// Day returns the day of the month.
func (t Time) Day() int { _, _, d := t.Date(); return d }

// YearDay returns the day of the year, January 1 is 1.
func (t Time) YearDay() int {
	d, _ := t.daySecond()
	_, _, _, y := civil(d)
	return y + 1
}

// Weekday returns the day of the week.
func (t Time) Weekday() Weekday {
	d, _ := t.daySecond()
	w := (d + 1) % 7
	if w < 0 {
		w += 7
	}
	return Weekday(w)
}

// ISOWeek returns the ISO 8601 year and week number.
func (t Time) ISOWeek() (year, week int) {
	// The week belongs to the year of its Thursday.
	d, _ := t.daySecond()
	wd := (int64(t.Weekday()) + 6) % 7
	y, _, _, yday := civil(d - wd + 3)
	return y, yday/7 + 1
}

// Clock returns hour, minute and second.
func (t Time) Clock() (hour, min, sec int) {
	_, s := t.daySecond()
	return s / 3600, s % 3600 / 60, s % 60
}

// Hour returns the hour, 0 to 23.
func (t Time) Hour() int { h, _, _ := t.Clock(); return h }

// Minute returns the minute of the hour.
func (t Time) Minute() int { _, m, _ := t.Clock(); return m }

// Second returns the second of the minute.
func (t Time) Second() int { _, _, s := t.Clock(); return s }

// AddDate returns the time years, months and days later; what is beyond a month's
// end goes on in the next.
func (t Time) AddDate(years int, months int, days int) Time {
	year, month, day := t.Date()
	hour, min, sec := t.Clock()
	return Date(year+years, month+Month(months), day+days, hour, min, sec, int(t.nsec), t.Location())
}

// carry brings lo into [0, base) by changing hi.
func carry(hi, lo, base int) (int, int) {
	if lo < 0 {
		n := (-lo-1)/base + 1
		return hi - n, lo + n*base
	}
	return hi + lo/base, lo % base
}

// Date returns the time of a date and clock in loc. Values beyond their usual
// range are carried over.
func Date(year int, month Month, day, hour, min, sec, nsec int, loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Date")
	}
	m := int(month) - 1
	year, m = carry(year, m, 12)
	sec, nsec = carry(sec, nsec, 1e9)
	min, sec = carry(min, sec, 60)
	hour, min = carry(hour, min, 60)
	day, hour = carry(day, hour, 24)
	s := (dayOf(year, Month(m+1), 1)+int64(day-1))*secondsPerDay + int64(hour*3600+min*60+sec)
	t := Time{sec: s, nsec: int32(nsec)}
	t.setLoc(loc)
	if t.loc != nil {
		// The offset in force at that clock time; near a change, the one before or behind it.
		unix := s - unixToZero
		_, off, start, end, _ := loc.lookup(unix)
		if off != 0 {
			utc := unix - int64(off)
			if utc < start || utc >= end {
				_, off, _, _, _ = loc.lookup(utc)
			}
			t.sec -= int64(off)
		}
	}
	return t
}

// UTC returns t seen in UTC.
func (t Time) UTC() Time {
	t.setLoc(UTC)
	return t
}

// Local returns t seen in the local zone.
func (t Time) Local() Time {
	t.setLoc(Local)
	return t
}

// In returns t seen in loc.
func (t Time) In(loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Time.In")
	}
	t.setLoc(loc)
	return t
}

// Location returns where t is seen.
func (t Time) Location() *Location {
	if t.loc == nil {
		return UTC
	}
	return t.loc
}

func (t *Time) setLoc(loc *Location) {
	if loc == UTC {
		loc = nil
	}
	t.mono = false
	t.loc = loc
}

// Zone returns the zone's abbreviation and its offset in seconds east of UTC.
func (t Time) Zone() (name string, offset int) {
	if t.loc == nil {
		return "UTC", 0
	}
	name, offset, _, _, _ = t.loc.lookup(t.Unix())
	return name, offset
}

// IsDST reports whether daylight saving time is in force.
func (t Time) IsDST() bool {
	if t.loc == nil {
		return false
	}
	_, _, _, _, dst := t.loc.lookup(t.Unix())
	return dst
}

// ZoneBounds returns from when to when the zone is in force; a zero Time where there is no bound.
func (t Time) ZoneBounds() (start, end Time) {
	if t.loc == nil {
		return start, end
	}
	_, _, first, last, _ := t.loc.lookup(t.Unix())
	if first != minUnix {
		start = Unix(first, 0)
		start.setLoc(t.loc)
	}
	if last != maxUnix {
		end = Unix(last, 0)
		end.setLoc(t.loc)
	}
	return start, end
}

func (t Time) offset() int {
	if t.loc == nil {
		return 0
	}
	_, off, _, _, _ := t.loc.lookup(t.Unix())
	return off
}

// Truncate rounds t down to a multiple of d since the zero Time.
func (t Time) Truncate(d Duration) Time {
	t.mono = false
	if d <= 0 {
		return t
	}
	return t.Add(-t.mod(d))
}

// Round rounds t to the nearest multiple of d since the zero Time, halves up.
func (t Time) Round(d Duration) Time {
	t.mono = false
	if d <= 0 {
		return t
	}
	r := t.mod(d)
	if r < d-r {
		return t.Add(-r)
	}
	return t.Add(d - r)
}

// mod returns the time since the zero Time modulo d.
func (t Time) mod(d Duration) Duration {
	m := uint64(d)
	sec := t.sec % int64(m)
	if sec < 0 {
		sec += int64(m)
	}
	// (sec * 1e9 + nsec) mod m without overflow, by doubling.
	r, f := uint64(0), uint64(sec)
	for n := uint64(1e9); n > 0; n >>= 1 {
		if n&1 != 0 {
			r = (r + f) % m
		}
		f = (f + f) % m
	}
	return Duration((r + uint64(t.nsec)) % m)
}

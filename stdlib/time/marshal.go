// This file holds the forms in which times are stored.

package time

import "errors"

// AppendText appends t in the form of RFC 3339 with a fraction of a second.
func (t Time) AppendText(b []byte) ([]byte, error) { return t.strict(b, "Time.AppendText: ") }

// MarshalText returns t in the form of RFC 3339 with a fraction of a second.
func (t Time) MarshalText() ([]byte, error) {
	return t.strict(make([]byte, 0, len(RFC3339Nano)), "Time.MarshalText: ")
}

// MarshalJSON returns t as MarshalText does, in quotes.
func (t Time) MarshalJSON() ([]byte, error) {
	b := make([]byte, 0, len(RFC3339Nano)+2)
	b, err := t.strict(append(b, '"'), "Time.MarshalJSON: ")
	if err != nil {
		return nil, err
	}
	return append(b, '"'), nil
}

// strict appends t if RFC 3339 can express it.
func (t Time) strict(b []byte, what string) ([]byte, error) {
	if y := t.Year(); y < 0 || y > 9999 {
		return nil, errors.New(what + "year outside of range [0,9999]")
	}
	if off := t.offset(); off <= -24*3600 || off >= 24*3600 {
		return nil, errors.New(what + "timezone hour outside of range [0,23]")
	}
	return t.AppendFormat(b, RFC3339Nano), nil
}

// UnmarshalText reads what MarshalText returns.
func (t *Time) UnmarshalText(data []byte) error {
	u, err := Parse(RFC3339, string(data))
	*t = u
	return err
}

// UnmarshalJSON reads what MarshalJSON returns; null leaves t as it is.
func (t *Time) UnmarshalJSON(data []byte) error {
	s := string(data)
	if s == "null" {
		return nil
	}
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return errors.New("Time.UnmarshalJSON: input is not a JSON string")
	}
	return t.UnmarshalText(data[1 : len(data)-1])
}

// AppendBinary appends t in 15 bytes: a version, the seconds since the zero
// Time, the nanoseconds, and the offset in minutes, -1 for UTC. Version 2 has a
// byte more, for the seconds of the offset.
func (t Time) AppendBinary(b []byte) ([]byte, error) {
	version, minutes, seconds := byte(1), -1, 0
	if t.loc != nil {
		off := t.offset()
		if seconds = off % 60; seconds != 0 {
			version = 2
		}
		minutes = off / 60
		if minutes < -32768 || minutes == -1 || minutes > 32767 {
			return b, errors.New("Time.MarshalBinary: unexpected zone offset")
		}
	}
	b = append(b, version)
	for i := 56; i >= 0; i -= 8 {
		b = append(b, byte(t.sec>>i))
	}
	for i := 24; i >= 0; i -= 8 {
		b = append(b, byte(t.nsec>>i))
	}
	b = append(b, byte(minutes>>8), byte(minutes))
	if version == 2 {
		b = append(b, byte(seconds))
	}
	return b, nil
}

// MarshalBinary returns what AppendBinary appends.
func (t Time) MarshalBinary() ([]byte, error) {
	b, err := t.AppendBinary(make([]byte, 0, 16))
	if err != nil {
		return nil, err
	}
	return b, nil
}

// UnmarshalBinary reads what MarshalBinary returns.
func (t *Time) UnmarshalBinary(data []byte) error {
	if len(data) == 0 {
		return errors.New("Time.UnmarshalBinary: no data")
	}
	version := data[0]
	if version != 1 && version != 2 {
		return errors.New("Time.UnmarshalBinary: unsupported version")
	}
	if len(data) != 14+int(version) {
		return errors.New("Time.UnmarshalBinary: invalid length")
	}
	offset := int(int16(uint16(data[13])<<8|uint16(data[14]))) * 60
	if version == 2 {
		offset += int(int8(data[15]))
	}
	*t = Time{sec: bigEndian(data[1:9]), nsec: int32(bigEndian(data[9:13]))}
	if offset == -60 {
		return nil
	}
	if _, off, _, _, _ := Local.lookup(t.Unix()); off == offset {
		t.setLoc(Local)
	} else {
		t.setLoc(FixedZone("", offset))
	}
	return nil
}

// GobEncode is MarshalBinary.
func (t Time) GobEncode() ([]byte, error) { return t.MarshalBinary() }

// GobDecode is UnmarshalBinary.
func (t *Time) GobDecode(data []byte) error { return t.UnmarshalBinary(data) }

// GoString returns the call of Date that makes t.
func (t Time) GoString() string {
	year, month, day := t.Date()
	hour, min, sec := t.Clock()
	s := "time.Date(" + itoa(year) + ", "
	if January <= month && month <= December {
		s += "time." + month.String()
	} else {
		s += itoa(int(month))
	}
	for _, n := range [...]int{day, hour, min, sec, int(t.nsec)} {
		s += ", " + itoa(n)
	}
	s += ", "
	switch t.loc {
	case nil, UTC:
		s += "time.UTC"
	case Local:
		s += "time.Local"
	default:
		s += "time.Location(" + quoted(t.loc.name) + ")"
	}
	return s + ")"
}

// This file holds locations without a zone database.

package time

// Local is the zone that the machine is set to.
var Local *Location = &Location{name: "Local"}

// String returns the name.
func (l *Location) String() string {
	if l == nil {
		return "UTC"
	}
	return l.name
}

// FixedZone returns a location that always has that offset in seconds east of UTC.
func FixedZone(name string, offset int) *Location {
	return &Location{name: name, zones: []zone{{name, offset, false}}}
}

// lookup returns the zone in force at a Unix time and from when to when it is.
func (l *Location) lookup(unix int64) (name string, offset int, start, end int64) {
	const first, last = -1 << 63, 1<<63 - 1
	if len(l.zones) == 0 {
		return "UTC", 0, first, last
	}
	if len(l.trans) == 0 || unix < l.trans[0].when {
		z := &l.zones[0]
		end = last
		if len(l.trans) > 0 {
			end = l.trans[0].when
		}
		return z.name, z.offset, first, end
	}
	lo, hi := 0, len(l.trans)
	end = last
	for hi-lo > 1 {
		m := lo + (hi-lo)/2
		if unix < l.trans[m].when {
			end = l.trans[m].when
			hi = m
		} else {
			lo = m
		}
	}
	z := &l.zones[l.trans[lo].index]
	return z.name, z.offset, l.trans[lo].when, end
}

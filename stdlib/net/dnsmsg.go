// This file holds the messages of DNS (RFC 1035).

package net

import "strings"

// Types of records.
const (
	typeA     = 1
	typeNS    = 2
	typeCNAME = 5
	typeSOA   = 6
	typePTR   = 12
	typeMX    = 15
	typeTXT   = 16
	typeAAAA  = 28
	typeSRV   = 33
	typeOPT   = 41
)

// Results of servers.
const (
	rcodeSuccess  = 0
	rcodeServer   = 2
	rcodeNotFound = 3
)

// maxPacket is what answers by UDP may take.
const maxPacket = 1232

// record is a record of an answer: of the fields behind ttl those that its
// kind has.
type record struct {
	name   string
	kind   int
	ip     IP
	target string
	text   string
	pref   uint16
	weight uint16
	port   uint16
}

// message is an answer.
type message struct {
	id                 uint16
	response           bool
	truncated          bool
	authoritative      bool
	recursionAvailable bool
	rcode              int
	question           string
	kind               int
	answers            []record
	hasSOA             bool
	authorities        int
	additionals        int
}

// packQuery makes a question; nil if the name can't be asked for.
func packQuery(id uint16, name string, kind int) []byte {
	b := make([]byte, 0, 64)
	// Recursion desired; one question, one additional record.
	b = append(b, byte(id>>8), byte(id), 1, 0, 0, 1, 0, 0, 0, 0, 0, 1)
	for _, label := range strings.Split(strings.TrimSuffix(name, "."), ".") {
		if len(label) == 0 && name != "." || len(label) > 63 {
			return nil
		}
		if len(label) > 0 {
			b = append(b, byte(len(label)))
			b = append(b, label...)
		}
	}
	b = append(b, 0, byte(kind>>8), byte(kind), 0, 1)
	// The size of packets that may come back (RFC 6891).
	return append(b, 0, 0, typeOPT, maxPacket>>8, maxPacket&0xff, 0, 0, 0, 0, 0, 0)
}

// dnsReader reads a message; bad is set when it ends too early.
type dnsReader struct {
	b   []byte
	at  int
	bad bool
}

func (r *dnsReader) bytes(n int) []byte {
	if r.bad || n > len(r.b)-r.at {
		r.bad = true
		return make([]byte, n)
	}
	r.at += n
	return r.b[r.at-n : r.at]
}

func (r *dnsReader) u8() int { return int(r.bytes(1)[0]) }
func (r *dnsReader) u16() int {
	b := r.bytes(2)
	return int(b[0])<<8 | int(b[1])
}

// name reads a name, which may continue at earlier places.
func (r *dnsReader) name() string {
	var s []byte
	back := -1
	for jumps := 0; !r.bad; {
		n := r.u8()
		switch {
		case n == 0:
			if back >= 0 {
				r.at = back
			}
			if len(s) == 0 {
				return "."
			}
			return string(s)
		case n < 64:
			for _, c := range r.bytes(n) {
				if c == '.' {
					r.bad = true // couldn't be told from the end of a label
				}
				s = append(s, c)
			}
			s = append(s, '.')
			if len(s) > 254 {
				r.bad = true
			}
		case n >= 192:
			to := (n-192)<<8 | r.u8()
			if back < 0 {
				back = r.at
			}
			if jumps++; jumps > 10 {
				r.bad = true
			}
			r.at = min(to, len(r.b))
		default:
			r.bad = true
		}
	}
	return ""
}

// parseMessage reads an answer; false if it isn't one.
func parseMessage(b []byte) (m message, ok bool) {
	r := &dnsReader{b: b}
	m.id = uint16(r.u16())
	bits := r.u16()
	m.response = bits&0x8000 != 0
	m.authoritative = bits&0x400 != 0
	m.truncated = bits&0x200 != 0
	m.recursionAvailable = bits&0x80 != 0
	m.rcode = bits & 15
	questions, answers := r.u16(), r.u16()
	m.authorities, m.additionals = r.u16(), r.u16()
	for range questions {
		m.question = r.name()
		m.kind = r.u16()
		r.u16()
		if r.bad {
			return m, false
		}
	}
	for i := range answers + m.authorities {
		rr := r.record()
		if r.bad {
			// What a truncated message has is as good as nothing.
			return m, m.truncated
		}
		if i < answers {
			m.answers = append(m.answers, rr)
		} else if rr.kind == typeSOA {
			m.hasSOA = true
		}
	}
	return m, !r.bad
}

func (r *dnsReader) record() (rr record) {
	rr.name = r.name()
	rr.kind = r.u16()
	r.bytes(6) // class and time to live
	n := r.u16()
	end := r.at + n
	if end > len(r.b) {
		r.bad = true
		return rr
	}
	switch rr.kind {
	case typeA, typeAAAA:
		if want := map[int]int{typeA: 4, typeAAAA: 16}[rr.kind]; n != want {
			r.bad = true
			return rr
		}
		rr.ip = append(IP(nil), r.bytes(n)...)
	case typeNS, typeCNAME, typePTR:
		rr.target = r.name()
	case typeMX:
		rr.pref = uint16(r.u16())
		rr.target = r.name()
	case typeSRV:
		rr.pref, rr.weight, rr.port = uint16(r.u16()), uint16(r.u16()), uint16(r.u16())
		rr.target = r.name()
	case typeTXT:
		for r.at < end && !r.bad {
			rr.text += string(r.bytes(r.u8()))
		}
	}
	r.at = end
	return rr
}

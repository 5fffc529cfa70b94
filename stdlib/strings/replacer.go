// This file holds Replacer.

package strings

import (
	"internal/bytealg"
	"io"
)

// Replacer replaces several strings at once. Many goroutines may use one.
type Replacer struct {
	_   [0]func() // not comparable
	how method
}

// method is one way to do the replacements.
type method interface {
	replace(s string) string
	write(w io.Writer, s string) (n int, err error)
}

// NewReplacer returns a Replacer for pairs of old and new strings. It goes
// through a string from the left and does not look at what it replaced again;
// of several old strings in one place the first in the arguments counts. It
// panics if the last pair is not whole.
func NewReplacer(oldnew ...string) *Replacer {
	if len(oldnew)%2 == 1 {
		panic("strings.NewReplacer: odd argument count")
	}
	if len(oldnew) == 2 && len(oldnew[0]) > 1 {
		return &Replacer{how: &oneString{oldnew[0], oldnew[1]}}
	}
	singles, same := true, true
	for i := 0; i < len(oldnew); i += 2 {
		singles = singles && len(oldnew[i]) == 1
		same = same && len(oldnew[i+1]) == 1
	}
	switch {
	case singles && same:
		return &Replacer{how: newByteMap(oldnew)}
	case singles:
		return &Replacer{how: newByteStrings(oldnew)}
	}
	return &Replacer{how: newManyStrings(oldnew)}
}

// Replace returns s with all replacements made.
func (r *Replacer) Replace(s string) string {
	if r.how == nil {
		return s
	}
	return r.how.replace(s)
}

// WriteString writes s to w with all replacements made.
func (r *Replacer) WriteString(w io.Writer, s string) (n int, err error) {
	if r.how == nil {
		return io.WriteString(w, s)
	}
	return r.how.write(w, s)
}

// oneString replaces a single string of more than one byte.
type oneString struct {
	old, new string
}

func (o *oneString) replace(s string) string { return Replace(s, o.old, o.new, -1) }

func (o *oneString) write(w io.Writer, s string) (n int, err error) {
	for {
		i := bytealg.Index(s, o.old)
		piece := s
		if i >= 0 {
			piece = s[:i]
		}
		if i < 0 || i > 0 {
			m, err := io.WriteString(w, piece)
			n += m
			if err != nil || i < 0 {
				return n, err
			}
		}
		m, err := io.WriteString(w, o.new)
		n += m
		if err != nil {
			return n, err
		}
		s = s[i+len(o.old):]
	}
}

// byteMap replaces single bytes by single bytes.
type byteMap [256]byte

func newByteMap(oldnew []string) *byteMap {
	t := new(byteMap)
	for i := range t {
		t[i] = byte(i)
	}
	// Backwards, so that the first of equal old bytes stays.
	for i := len(oldnew) - 2; i >= 0; i -= 2 {
		t[oldnew[i][0]] = oldnew[i+1][0]
	}
	return t
}

func (t *byteMap) replace(s string) string {
	for i := 0; i < len(s); i++ {
		if t[s[i]] == s[i] {
			continue
		}
		b := []byte(s)
		for ; i < len(b); i++ {
			b[i] = t[b[i]]
		}
		return own(b)
	}
	return s
}

func (t *byteMap) write(w io.Writer, s string) (n int, err error) {
	var room [4096]byte
	for len(s) > 0 {
		b := room[:copy(room[:], s)]
		s = s[len(b):]
		for i, c := range b {
			b[i] = t[c]
		}
		m, err := w.Write(b)
		n += m
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// byteStrings replaces single bytes by strings.
type byteStrings struct {
	there [256]bool
	by    [256]string
}

func newByteStrings(oldnew []string) *byteStrings {
	t := new(byteStrings)
	for i := len(oldnew) - 2; i >= 0; i -= 2 {
		c := oldnew[i][0]
		t.there[c] = true
		t.by[c] = oldnew[i+1]
	}
	return t
}

func (t *byteStrings) replace(s string) string {
	size, any := 0, false
	for i := 0; i < len(s); i++ {
		if c := s[i]; t.there[c] {
			any = true
			size += len(t.by[c])
		} else {
			size++
		}
	}
	if !any {
		return s
	}
	b := make([]byte, size)
	at := 0
	for i := 0; i < len(s); i++ {
		if c := s[i]; t.there[c] {
			at += copy(b[at:], t.by[c])
		} else {
			b[at] = c
			at++
		}
	}
	return own(b)
}

func (t *byteStrings) write(w io.Writer, s string) (n int, err error) {
	last := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !t.there[c] {
			continue
		}
		if last < i {
			m, err := io.WriteString(w, s[last:i])
			n += m
			if err != nil {
				return n, err
			}
		}
		last = i + 1
		m, err := io.WriteString(w, t.by[c])
		n += m
		if err != nil {
			return n, err
		}
	}
	if last < len(s) {
		m, err := io.WriteString(w, s[last:])
		return n + m, err
	}
	return n, nil
}

// manyStrings replaces any strings. Those that begin with one byte are in one
// bucket, in the order of the arguments.
type manyStrings struct {
	bucket [256]uint16 // index into pairs of the first byte, 0 for none
	pairs  [][]pair
	empty  *pair // the pair with an empty old string
}

// pair is one replacement; rank is its place in the arguments.
type pair struct {
	old, new string
	rank     int
}

func newManyStrings(oldnew []string) *manyStrings {
	t := &manyStrings{pairs: make([][]pair, 1)}
	seen := make(map[string]bool, len(oldnew)/2)
	for i := 0; i < len(oldnew); i += 2 {
		p := pair{oldnew[i], oldnew[i+1], i}
		if seen[p.old] {
			continue
		}
		seen[p.old] = true
		if p.old == "" {
			t.empty = &p
			continue
		}
		c := p.old[0]
		if t.bucket[c] == 0 {
			t.bucket[c] = uint16(len(t.pairs))
			t.pairs = append(t.pairs, nil)
		}
		k := t.bucket[c]
		t.pairs[k] = append(t.pairs[k], p)
	}
	return t
}

// match returns the pair to use at the start of s, or nil. The empty one is
// used only if it may be.
func (t *manyStrings) match(s string, mayEmpty bool) *pair {
	if len(s) > 0 {
		if k := t.bucket[s[0]]; k != 0 {
			list := t.pairs[k]
			for i := range list {
				p := &list[i]
				if mayEmpty && t.empty != nil && t.empty.rank < p.rank {
					break
				}
				if HasPrefix(s, p.old) {
					return p
				}
			}
		}
	}
	if mayEmpty {
		return t.empty
	}
	return nil
}

// run goes through s and calls emit for the pieces of the result. It reports
// whether anything was replaced.
func (t *manyStrings) run(s string, emit func(piece string) bool) bool {
	last, any := 0, false
	mayEmpty := true
	for i := 0; i <= len(s); {
		if t.empty == nil {
			for i < len(s) && t.bucket[s[i]] == 0 {
				i++
			}
		}
		p := t.match(s[i:], mayEmpty)
		if p == nil {
			mayEmpty = true
			i++
			continue
		}
		// An empty match must not be followed by another in the same place.
		mayEmpty = p.old != ""
		any = true
		if last < i && !emit(s[last:i]) || !emit(p.new) {
			return any
		}
		i += len(p.old)
		last = i
	}
	if last < len(s) {
		emit(s[last:])
	}
	return any
}

func (t *manyStrings) replace(s string) string {
	var b []byte
	any := t.run(s, func(piece string) bool {
		if b == nil {
			b = make([]byte, 0, len(s)+len(s)/4+len(piece))
		}
		b = append(b, piece...)
		return true
	})
	if !any {
		return s
	}
	return own(b)
}

func (t *manyStrings) write(w io.Writer, s string) (n int, err error) {
	t.run(s, func(piece string) bool {
		var m int
		m, err = io.WriteString(w, piece)
		n += m
		return err == nil
	})
	return n, err
}

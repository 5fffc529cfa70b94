// This file holds Records.

package slog

import (
	"runtime"
	"slices"
	"time"
)

// inline is how many Attrs a Record has room for itself.
const inline = 5

// A Record is something to be logged. Copies of a Record may share memory, so
// that only Clone makes one to which Attrs can be added.
type Record struct {
	Time    time.Time
	Message string
	Level   Level
	// PC is where the record was made, for Source; 0 if that is not known.
	PC uintptr

	front [inline]Attr
	n     int // used in front
	back  []Attr
}

// NewRecord returns a Record without Attrs.
func NewRecord(t time.Time, level Level, msg string, pc uintptr) Record {
	return Record{Time: t, Message: msg, Level: level, PC: pc}
}

// Clone returns a copy that shares nothing with r.
func (r Record) Clone() Record {
	r.back = slices.Clip(r.back)
	return r
}

// NumAttrs returns the number of Attrs.
func (r Record) NumAttrs() int { return r.n + len(r.back) }

// Attrs calls f for each Attr until it returns false.
func (r Record) Attrs(f func(Attr) bool) {
	for i := range r.n {
		if !f(r.front[i]) {
			return
		}
	}
	for _, a := range r.back {
		if !f(a) {
			return
		}
	}
}

func (r *Record) add(a Attr) {
	if a.Value.isEmptyGroup() {
		return
	}
	if r.n < inline {
		r.front[r.n] = a
		r.n++
		return
	}
	r.back = append(r.back, a)
}

// AddAttrs adds attrs, but for empty groups.
func (r *Record) AddAttrs(attrs ...Attr) {
	if len(r.back) < cap(r.back) {
		// Another copy may have added to the same memory.
		if more := r.back[:len(r.back)+1][len(r.back)]; !more.isEmpty() {
			r.back = slices.Clip(r.back)
			r.add(String("!BUG", "AddAttrs unsafely called on copy of Record made without using Record.Clone"))
		}
	}
	for _, a := range attrs {
		r.add(a)
	}
}

// Add adds what args say, as in Logger.Log.
func (r *Record) Add(args ...any) {
	for len(args) > 0 {
		var a Attr
		a, args = nextAttr(args)
		r.add(a)
	}
}

// Source is a line of the program.
type Source struct {
	Function string `json:"function"` // with its package
	File     string `json:"file"`
	Line     int    `json:"line"`
}

// Source returns where the record was made, or nil.
func (r Record) Source() *Source {
	if r.PC == 0 {
		return nil
	}
	f, _ := runtime.CallersFrames([]uintptr{r.PC}).Next()
	return &Source{f.Function, f.File, f.Line}
}

// group returns the fields that are known, as a group.
func (s *Source) group() Value {
	var as []Attr
	if s.Function != "" {
		as = append(as, String("function", s.Function))
	}
	if s.File != "" {
		as = append(as, String("file", s.File))
	}
	if s.Line != 0 {
		as = append(as, Int("line", s.Line))
	}
	return GroupValue(as...)
}

// This file holds what the handlers that write text and JSON have in common.

package slog

import (
	"bytes"
	"context"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// A Handler writes records.
type Handler interface {
	// Enabled reports whether records of a level are written.
	Enabled(context.Context, Level) bool
	// Handle writes a record, for which Enabled was true. It leaves out a Time
	// or PC that is zero and Attrs and groups that are empty, and resolves values.
	Handle(context.Context, Record) error
	// WithAttrs returns a Handler that adds attrs to all records.
	WithAttrs(attrs []Attr) Handler
	// WithGroup returns a Handler that puts all Attrs in a group, unless the
	// name is empty.
	WithGroup(name string) Handler
}

// Keys of what all records have.
const (
	TimeKey    = "time"
	LevelKey   = "level"
	MessageKey = "msg"
	SourceKey  = "source"
)

// HandlerOptions are options of the handlers here.
type HandlerOptions struct {
	// AddSource adds where the record was made.
	AddSource bool
	// Level is the lowest that is written; nil is LevelInfo.
	Level Leveler
	// ReplaceAttr, unless it is nil, changes all Attrs but groups, those of time,
	// level, source and message included; an empty result is left out. groups are
	// the names of the groups around, which must not be kept.
	ReplaceAttr func(groups []string, a Attr) Attr
}

// commonHandler writes records as text or JSON.
type commonHandler struct {
	json bool
	opts HandlerOptions
	mu   *sync.Mutex
	w    io.Writer
	// The Attrs of WithAttrs, written already, in how many of the groups.
	text       []byte
	groups     []string
	openGroups int
	prefix     string // of keys in text: the groups that WithGroup opened
}

func newCommon(w io.Writer, opts *HandlerOptions, json bool) *commonHandler {
	if opts == nil {
		opts = &HandlerOptions{}
	}
	return &commonHandler{json: json, opts: *opts, w: w, mu: new(sync.Mutex)}
}

func (h *commonHandler) clone() *commonHandler {
	c := *h
	c.text = slices.Clip(h.text)
	c.groups = slices.Clip(h.groups)
	return &c
}

func (h *commonHandler) enabled(l Level) bool {
	min := LevelInfo
	if h.opts.Level != nil {
		min = h.opts.Level.Level()
	}
	return l >= min
}

func (h *commonHandler) withAttrs(as []Attr) *commonHandler {
	if !slices.ContainsFunc(as, func(a Attr) bool { return !a.Value.isEmptyGroup() }) {
		return h
	}
	c := h.clone()
	s := c.begin(c.text, "")
	s.prefix = append(s.prefix, h.prefix...)
	if len(c.text) > 0 {
		s.sep = c.attrSep()
		if c.json && c.text[len(c.text)-1] == '{' {
			s.sep = ""
		}
	}
	pos := len(s.buf)
	s.openGroups()
	if !s.attrs(as) {
		s.buf = s.buf[:pos]
	} else {
		c.prefix = string(s.prefix)
		c.openGroups = len(c.groups)
	}
	c.text = s.buf
	return c
}

func (h *commonHandler) withGroup(name string) *commonHandler {
	c := h.clone()
	c.groups = append(c.groups, name)
	return c
}

func (h *commonHandler) attrSep() string {
	if h.json {
		return ","
	}
	return " "
}

var buffers = sync.Pool{New: func() any { return new([]byte) }}

// handle writes a record.
func (h *commonHandler) handle(r Record) error {
	p := buffers.Get().(*[]byte)
	s := h.begin((*p)[:0], "")
	if h.json {
		s.buf = append(s.buf, '{')
	}
	rep := h.opts.ReplaceAttr
	groups := s.groups
	s.groups = nil // what a record has itself is in no group
	if !r.Time.IsZero() {
		t := r.Time.Round(0)
		if rep == nil {
			s.key(TimeKey)
			s.time(t)
		} else {
			s.attr(Time(TimeKey, t))
		}
	}
	if rep == nil {
		s.key(LevelKey)
		s.str(r.Level.String())
	} else {
		s.attr(Any(LevelKey, r.Level))
	}
	if h.opts.AddSource {
		src := r.Source()
		if src == nil {
			src = &Source{}
		}
		s.attr(Any(SourceKey, src))
	}
	if rep == nil {
		s.key(MessageKey)
		s.str(r.Message)
	} else {
		s.attr(String(MessageKey, r.Message))
	}
	s.groups = groups
	s.nonBuiltIns(r)
	s.buf = append(s.buf, '\n')
	*p = s.buf
	h.mu.Lock()
	_, err := h.w.Write(s.buf)
	h.mu.Unlock()
	if cap(s.buf) < 16<<10 {
		buffers.Put(p)
	}
	return err
}

// state is a record being written.
type state struct {
	h      *commonHandler
	buf    []byte
	sep    string // in front of the next key
	prefix []byte // of keys in text
	// The names of the groups around, for ReplaceAttr.
	groups []string
	track  bool
}

func (h *commonHandler) begin(buf []byte, sep string) *state {
	s := &state{h: h, buf: buf, sep: sep}
	if h.opts.ReplaceAttr != nil {
		s.track = true
		s.groups = append(make([]string, 0, 10), h.groups[:h.openGroups]...)
	}
	return s
}

// nonBuiltIns writes the Attrs.
func (s *state) nonBuiltIns(r Record) {
	if len(s.h.text) > 0 {
		s.buf = append(s.buf, s.sep...)
		s.buf = append(s.buf, s.h.text...)
		s.sep = s.h.attrSep()
		if s.h.json && s.h.text[len(s.h.text)-1] == '{' {
			s.sep = ""
		}
	}
	open := s.h.openGroups
	if r.NumAttrs() > 0 {
		s.prefix = append(s.prefix, s.h.prefix...)
		pos, sep, prefix := len(s.buf), s.sep, len(s.prefix)
		s.openGroups()
		open = len(s.h.groups)
		empty := true
		r.Attrs(func(a Attr) bool {
			if s.attr(a) {
				empty = false
			}
			return true
		})
		if empty {
			s.buf, s.sep, s.prefix = s.buf[:pos], sep, s.prefix[:prefix]
			open = s.h.openGroups
		}
	}
	if s.h.json {
		for range s.h.groups[:open] {
			s.buf = append(s.buf, '}')
		}
		s.buf = append(s.buf, '}')
	}
}

// openGroups opens the groups in which nothing was written yet.
func (s *state) openGroups() {
	for _, n := range s.h.groups[s.h.openGroups:] {
		s.openGroup(n)
	}
}

func (s *state) openGroup(name string) {
	if s.h.json {
		s.key(name)
		s.buf = append(s.buf, '{')
		s.sep = ""
	} else {
		s.prefix = append(append(s.prefix, name...), '.')
	}
	if s.track {
		s.groups = append(s.groups, name)
	}
}

func (s *state) closeGroup(name string) {
	if s.h.json {
		s.buf = append(s.buf, '}')
	} else {
		s.prefix = s.prefix[:len(s.prefix)-len(name)-1]
	}
	s.sep = s.h.attrSep()
	if s.track {
		s.groups = s.groups[:len(s.groups)-1]
	}
}

// attrs writes Attrs, and reports whether there were any.
func (s *state) attrs(as []Attr) bool {
	some := false
	for _, a := range as {
		if s.attr(a) {
			some = true
		}
	}
	return some
}

// attr writes an Attr, and reports whether there is anything to write.
func (s *state) attr(a Attr) bool {
	a.Value = a.Value.Resolve()
	if rep := s.h.opts.ReplaceAttr; rep != nil && a.Value.Kind() != KindGroup {
		a = rep(s.groups, a)
		a.Value = a.Value.Resolve()
	}
	if a.isEmpty() {
		return false
	}
	if src, ok := a.Value.any.(*Source); ok {
		if s.h.json {
			a.Value = src.group()
		} else {
			a.Value = StringValue(fmt.Sprintf("%s:%d", src.File, src.Line))
		}
	}
	if a.Value.Kind() != KindGroup {
		s.key(a.Key)
		s.value(a.Value)
		return true
	}
	as := a.Value.Group()
	if len(as) == 0 {
		return false
	}
	pos, sep := len(s.buf), s.sep
	if a.Key != "" {
		s.openGroup(a.Key)
	}
	if !s.attrs(as) {
		// All were left out: so is the group.
		if a.Key != "" {
			s.closeGroup(a.Key)
		}
		s.buf, s.sep = s.buf[:pos], sep
		return false
	}
	if a.Key != "" {
		s.closeGroup(a.Key)
	}
	return true
}

func (s *state) key(key string) {
	s.buf = append(s.buf, s.sep...)
	if len(s.prefix) > 0 && !s.h.json {
		s.str(string(s.prefix) + key)
	} else {
		s.str(key)
	}
	if s.h.json {
		s.buf = append(s.buf, ':')
	} else {
		s.buf = append(s.buf, '=')
	}
	s.sep = s.h.attrSep()
}

func (s *state) str(text string) {
	switch {
	case s.h.json:
		s.buf = append(s.buf, '"')
		s.buf = appendEscapedJSON(s.buf, text)
		s.buf = append(s.buf, '"')
	case needsQuoting(text):
		s.buf = strconv.AppendQuote(s.buf, text)
	default:
		s.buf = append(s.buf, text...)
	}
}

// value writes a value. What its methods panic with is written instead.
func (s *state) value(v Value) {
	defer func() {
		if r := recover(); r != nil {
			// A nil pointer without a method that minds is nil.
			if x := reflect.ValueOf(v.any); x.Kind() == reflect.Pointer && x.IsNil() {
				s.str("<nil>")
				return
			}
			s.str(fmt.Sprintf("!PANIC: %v", r))
		}
	}()
	var err error
	if s.h.json {
		err = s.jsonValue(v)
	} else {
		err = s.textValue(v)
	}
	if err != nil {
		s.str(fmt.Sprintf("!ERROR:%v", err))
	}
}

func (s *state) time(t time.Time) {
	if !s.h.json {
		// RFC 3339 with milliseconds.
		s.buf = t.AppendFormat(s.buf, "2006-01-02T15:04:05.000Z07:00")
		return
	}
	if y := t.Year(); y < 0 || y >= 10000 {
		s.str("!ERROR:time.Time year outside of range [0,9999]")
		return
	}
	s.buf = append(s.buf, '"')
	s.buf = t.AppendFormat(s.buf, time.RFC3339Nano)
	s.buf = append(s.buf, '"')
}

func (s *state) textValue(v Value) error {
	switch v.Kind() {
	case KindString:
		s.str(v.str())
	case KindTime:
		s.time(v.time())
	case KindAny:
		if tm, ok := v.any.(encoding.TextMarshaler); ok {
			b, err := tm.MarshalText()
			if err != nil {
				return err
			}
			s.str(string(b))
			return nil
		}
		if b, ok := bytesOf(v.any); ok {
			s.buf = append(s.buf, strconv.Quote(string(b))...)
			return nil
		}
		s.str(fmt.Sprintf("%+v", v.any))
	default:
		s.buf = v.append(s.buf)
	}
	return nil
}

// bytesOf returns a if it is a slice of bytes.
func bytesOf(a any) ([]byte, bool) {
	if b, ok := a.([]byte); ok {
		return b, true
	}
	t := reflect.TypeOf(a)
	if t != nil && t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 {
		return reflect.ValueOf(a).Bytes(), true
	}
	return nil, false
}

func (s *state) jsonValue(v Value) error {
	switch v.Kind() {
	case KindString:
		s.str(v.str())
	case KindInt64:
		s.buf = strconv.AppendInt(s.buf, int64(v.num), 10)
	case KindUint64:
		s.buf = strconv.AppendUint(s.buf, v.num, 10)
	case KindFloat64:
		return s.marshal(v.float())
	case KindBool:
		s.buf = strconv.AppendBool(s.buf, v.num == 1)
	case KindDuration:
		s.buf = strconv.AppendInt(s.buf, int64(v.num), 10)
	case KindTime:
		s.time(v.time())
	default:
		_, isMarshaler := v.any.(json.Marshaler)
		if err, ok := v.any.(error); ok && !isMarshaler {
			s.str(err.Error())
			return nil
		}
		return s.marshal(v.any)
	}
	return nil
}

// marshal writes v by package json.
func (s *state) marshal(v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	s.buf = append(s.buf, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
	return nil
}

// appendEscapedJSON appends s as it stands in a JSON string.
func appendEscapedJSON(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			switch {
			case c == '"' || c == '\\':
				b = append(b, '\\', c)
			case c >= ' ':
				b = append(b, c)
			case c == '\n':
				b = append(b, '\\', 'n')
			case c == '\r':
				b = append(b, '\\', 'r')
			case c == '\t':
				b = append(b, '\\', 't')
			case c == '\b':
				b = append(b, '\\', 'b')
			case c == '\f':
				b = append(b, '\\', 'f')
			default:
				b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			b = append(b, "\ufffd"...)
		case r == '\u2028' || r == '\u2029':
			b = append(b, '\\', 'u', '2', '0', '2', hex[r&15])
		default:
			b = append(b, s[i:i+n]...)
		}
		i += n
	}
	return b
}

// needsQuoting reports whether s could be misread in text without quotes.
func needsQuoting(s string) bool {
	if s == "" {
		return true
	}
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c <= ' ' || c == '"' || c == '=' || c == 0x7f {
				return true
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError || unicode.IsSpace(r) || !unicode.IsPrint(r) {
			return true
		}
		i += n
	}
	return false
}

// A TextHandler writes records as key=value, a line each.
type TextHandler struct {
	*commonHandler
}

// NewTextHandler returns a TextHandler that writes to w; opts may be nil.
func NewTextHandler(w io.Writer, opts *HandlerOptions) *TextHandler {
	return &TextHandler{newCommon(w, opts, false)}
}

// Enabled reports whether records of the level are written.
func (h *TextHandler) Enabled(_ context.Context, level Level) bool { return h.enabled(level) }

// WithAttrs returns a TextHandler that adds attrs to all records.
func (h *TextHandler) WithAttrs(attrs []Attr) Handler { return &TextHandler{h.withAttrs(attrs)} }

// WithGroup returns a TextHandler that puts all Attrs in a group.
func (h *TextHandler) WithGroup(name string) Handler {
	if name == "" {
		return h
	}
	return &TextHandler{h.withGroup(name)}
}

// Handle writes a record: time, level, source, message, and the Attrs. Keys in
// groups have the groups' names in front, with points. Texts have quotes if they need
// them.
func (h *TextHandler) Handle(_ context.Context, r Record) error { return h.handle(r) }

// A JSONHandler writes records as JSON objects, a line each.
type JSONHandler struct {
	*commonHandler
}

// NewJSONHandler returns a JSONHandler that writes to w; opts may be nil.
func NewJSONHandler(w io.Writer, opts *HandlerOptions) *JSONHandler {
	return &JSONHandler{newCommon(w, opts, true)}
}

// Enabled reports whether records of the level are written.
func (h *JSONHandler) Enabled(_ context.Context, level Level) bool { return h.enabled(level) }

// WithAttrs returns a JSONHandler that adds attrs to all records.
func (h *JSONHandler) WithAttrs(attrs []Attr) Handler { return &JSONHandler{h.withAttrs(attrs)} }

// WithGroup returns a JSONHandler that puts all Attrs in a group.
func (h *JSONHandler) WithGroup(name string) Handler {
	if name == "" {
		return h
	}
	return &JSONHandler{h.withGroup(name)}
}

// Handle writes a record: time, level, source, message, and the Attrs. Groups are
// objects, errors their text, and other values as package json has them.
func (h *JSONHandler) Handle(_ context.Context, r Record) error { return h.handle(r) }

// logHandler writes by package log; it is what the default Logger starts with.
type logHandler struct {
	common *commonHandler
}

func (h *logHandler) Enabled(_ context.Context, l Level) bool { return l >= logLevel.Level() }

func (h *logHandler) Handle(_ context.Context, r Record) error {
	s := h.common.begin(nil, " ")
	s.buf = append(s.buf, r.Level.String()+" "+r.Message...)
	s.nonBuiltIns(r)
	// Callers of Output: this, Logger.log, the function that logs.
	return log.Output(4, string(s.buf))
}

func (h *logHandler) WithAttrs(as []Attr) Handler { return &logHandler{h.common.withAttrs(as)} }
func (h *logHandler) WithGroup(name string) Handler {
	return &logHandler{h.common.withGroup(name)}
}

// DiscardHandler writes nothing.
var DiscardHandler Handler = discardHandler{}

type discardHandler struct{}

func (discardHandler) Enabled(context.Context, Level) bool  { return false }
func (discardHandler) Handle(context.Context, Record) error { return nil }
func (h discardHandler) WithAttrs([]Attr) Handler           { return h }
func (h discardHandler) WithGroup(string) Handler           { return h }

// A MultiHandler gives records to several Handlers.
type MultiHandler struct {
	list []Handler
}

// NewMultiHandler returns a MultiHandler.
func NewMultiHandler(handlers ...Handler) *MultiHandler {
	return &MultiHandler{slices.Clone(handlers)}
}

// Enabled reports whether any of them writes records of the level.
func (h *MultiHandler) Enabled(ctx context.Context, l Level) bool {
	return slices.ContainsFunc(h.list, func(x Handler) bool { return x.Enabled(ctx, l) })
}

// Handle gives the record to those that write its level.
func (h *MultiHandler) Handle(ctx context.Context, r Record) error {
	var errs []error
	for _, x := range h.list {
		if x.Enabled(ctx, r.Level) {
			if err := x.Handle(ctx, r.Clone()); err != nil {
				errs = append(errs, err)
			}
		}
	}
	return errors.Join(errs...)
}

// WithAttrs calls that of all.
func (h *MultiHandler) WithAttrs(attrs []Attr) Handler {
	return h.each(func(x Handler) Handler { return x.WithAttrs(attrs) })
}

// WithGroup calls that of all.
func (h *MultiHandler) WithGroup(name string) Handler {
	return h.each(func(x Handler) Handler { return x.WithGroup(name) })
}

func (h *MultiHandler) each(f func(Handler) Handler) Handler {
	c := &MultiHandler{make([]Handler, len(h.list))}
	for i, x := range h.list {
		c.list[i] = f(x)
	}
	return c
}

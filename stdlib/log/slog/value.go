// This file holds Values and Attrs.

package slog

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
	"unsafe"
)

// A Value is any value; those of common types need no memory of their own. The
// zero Value is nil.
type Value struct {
	_ [0]func() // not comparable
	// num has numbers, and the length of strings and groups.
	num uint64
	// any has the Kind of what num holds, a *byte as stringptr, a *Attr as
	// groupptr, a *time.Location for times, or else the value itself.
	any any
}

type (
	stringptr *byte
	groupptr  *Attr
	// timeTime is a time whose nanoseconds since 1970 don't fit.
	timeTime time.Time
	timeLoc  *time.Location
	// kind tells a Kind in Value.any from one that is the value.
	kind Kind
)

// Kind is the kind of a Value.
type Kind int

// The kinds.
const (
	KindAny Kind = iota
	KindBool
	KindDuration
	KindFloat64
	KindInt64
	KindString
	KindTime
	KindUint64
	KindGroup
	KindLogValuer
)

var kindNames = [...]string{"Any", "Bool", "Duration", "Float64", "Int64", "String", "Time", "Uint64", "Group", "LogValuer"}

// String returns the kind's name.
func (k Kind) String() string {
	if k >= 0 && int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "<unknown slog.Kind>"
}

// A LogValuer chooses the value that is logged for it.
type LogValuer interface {
	LogValue() Value
}

// Kind returns v's kind.
func (v Value) Kind() Kind {
	switch x := v.any.(type) {
	case kind:
		return Kind(x)
	case stringptr:
		return KindString
	case timeLoc, timeTime:
		return KindTime
	case groupptr:
		return KindGroup
	case LogValuer:
		return KindLogValuer
	}
	return KindAny
}

// StringValue returns a Value for a string.
func StringValue(value string) Value {
	return Value{num: uint64(len(value)), any: stringptr(unsafe.StringData(value))}
}

// IntValue returns a Value for an int.
func IntValue(v int) Value { return Int64Value(int64(v)) }

// Int64Value returns a Value for an int64.
func Int64Value(v int64) Value { return Value{num: uint64(v), any: kind(KindInt64)} }

// Uint64Value returns a Value for a uint64.
func Uint64Value(v uint64) Value { return Value{num: v, any: kind(KindUint64)} }

// Float64Value returns a Value for a floating-point number.
func Float64Value(v float64) Value {
	return Value{num: math.Float64bits(v), any: kind(KindFloat64)}
}

// BoolValue returns a Value for a bool.
func BoolValue(v bool) Value {
	u := uint64(0)
	if v {
		u = 1
	}
	return Value{num: u, any: kind(KindBool)}
}

// TimeValue returns a Value for a time, without its monotonic part.
func TimeValue(v time.Time) Value {
	if v.IsZero() {
		// The zero time has no nanoseconds since 1970.
		return Value{any: timeLoc(nil)}
	}
	n := v.UnixNano()
	if t := time.Unix(0, n); v.Equal(t) {
		return Value{num: uint64(n), any: timeLoc(v.Location())}
	}
	return Value{any: timeTime(v.Round(0))}
}

// DurationValue returns a Value for a duration.
func DurationValue(v time.Duration) Value { return Value{num: uint64(v), any: kind(KindDuration)} }

// GroupValue returns a Value for a list of Attrs, which must not be changed. Empty
// groups among them are left out.
func GroupValue(as ...Attr) Value {
	if slices.ContainsFunc(as, func(a Attr) bool { return a.Value.isEmptyGroup() }) {
		as = slices.DeleteFunc(slices.Clone(as), func(a Attr) bool { return a.Value.isEmptyGroup() })
	}
	return Value{num: uint64(len(as)), any: groupptr(unsafe.SliceData(as))}
}

// AnyValue returns a Value for v, of the kind that fits its type best.
func AnyValue(v any) Value {
	switch v := v.(type) {
	case string:
		return StringValue(v)
	case int:
		return IntValue(v)
	case uint:
		return Uint64Value(uint64(v))
	case int64:
		return Int64Value(v)
	case uint64:
		return Uint64Value(v)
	case bool:
		return BoolValue(v)
	case time.Duration:
		return DurationValue(v)
	case time.Time:
		return TimeValue(v)
	case uint8:
		return Uint64Value(uint64(v))
	case uint16:
		return Uint64Value(uint64(v))
	case uint32:
		return Uint64Value(uint64(v))
	case uintptr:
		return Uint64Value(uint64(v))
	case int8:
		return Int64Value(int64(v))
	case int16:
		return Int64Value(int64(v))
	case int32:
		return Int64Value(int64(v))
	case float64:
		return Float64Value(v)
	case float32:
		return Float64Value(float64(v))
	case []Attr:
		return GroupValue(v...)
	case Value:
		return v
	}
	return Value{any: v}
}

// Any returns the value.
func (v Value) Any() any {
	switch v.Kind() {
	case KindGroup:
		return v.group()
	case KindInt64:
		return int64(v.num)
	case KindUint64:
		return v.num
	case KindFloat64:
		return v.float()
	case KindString:
		return v.str()
	case KindBool:
		return v.num == 1
	case KindDuration:
		return time.Duration(v.num)
	case KindTime:
		return v.time()
	}
	return v.any
}

// String returns the value as text, in whatever way package fmt has it.
func (v Value) String() string {
	if v.Kind() == KindString {
		return v.str()
	}
	return string(v.append(nil))
}

func (v Value) str() string {
	p, _ := v.any.(stringptr)
	return unsafe.String((*byte)(p), int(v.num))
}

func (v Value) must(k Kind) {
	if got := v.Kind(); got != k {
		panic(fmt.Sprintf("Value kind is %s, not %s", got, k))
	}
}

// Int64 returns the value. It and those below panic for other kinds.
func (v Value) Int64() int64 {
	v.must(KindInt64)
	return int64(v.num)
}

// Uint64 returns the value.
func (v Value) Uint64() uint64 {
	v.must(KindUint64)
	return v.num
}

// Bool returns the value.
func (v Value) Bool() bool {
	v.must(KindBool)
	return v.num == 1
}

// Duration returns the value.
func (v Value) Duration() time.Duration {
	v.must(KindDuration)
	return time.Duration(v.num)
}

// Float64 returns the value.
func (v Value) Float64() float64 {
	v.must(KindFloat64)
	return v.float()
}

func (v Value) float() float64 { return math.Float64frombits(v.num) }

// Time returns the value.
func (v Value) Time() time.Time {
	v.must(KindTime)
	return v.time()
}

func (v Value) time() time.Time {
	switch a := v.any.(type) {
	case timeLoc:
		if a == nil {
			return time.Time{}
		}
		return time.Unix(0, int64(v.num)).In(a)
	case timeTime:
		return time.Time(a)
	}
	panic("slog: not a time")
}

// LogValuer returns the value.
func (v Value) LogValuer() LogValuer { return v.any.(LogValuer) }

// Group returns the value.
func (v Value) Group() []Attr {
	if p, ok := v.any.(groupptr); ok {
		return unsafe.Slice((*Attr)(p), v.num)
	}
	panic("Group: bad kind")
}

func (v Value) group() []Attr {
	p, _ := v.any.(groupptr)
	return unsafe.Slice((*Attr)(p), v.num)
}

func (v Value) isEmptyGroup() bool { return v.Kind() == KindGroup && v.num == 0 }

// Equal reports whether v and w are the same Go value.
func (v Value) Equal(w Value) bool {
	k := v.Kind()
	if k != w.Kind() {
		return false
	}
	switch k {
	case KindInt64, KindUint64, KindBool, KindDuration:
		return v.num == w.num
	case KindString:
		return v.str() == w.str()
	case KindFloat64:
		return v.float() == w.float()
	case KindTime:
		return v.time().Equal(w.time())
	case KindGroup:
		return slices.EqualFunc(v.group(), w.group(), Attr.Equal)
	}
	return v.any == w.any
}

// append appends the value as text.
func (v Value) append(dst []byte) []byte {
	switch v.Kind() {
	case KindString:
		return append(dst, v.str()...)
	case KindInt64:
		return strconv.AppendInt(dst, int64(v.num), 10)
	case KindUint64:
		return strconv.AppendUint(dst, v.num, 10)
	case KindFloat64:
		return strconv.AppendFloat(dst, v.float(), 'g', -1, 64)
	case KindBool:
		return strconv.AppendBool(dst, v.num == 1)
	case KindDuration:
		return append(dst, time.Duration(v.num).String()...)
	case KindTime:
		return append(dst, v.time().String()...)
	case KindGroup:
		return fmt.Append(dst, v.group())
	}
	return fmt.Append(dst, v.any)
}

// maxLogValues is how often LogValue is called for one value.
const maxLogValues = 100

// Resolve calls LogValue until the result is no LogValuer. If that takes too long,
// or if LogValue panics, the result is an error that says so.
func (v Value) Resolve() (rv Value) {
	orig := v
	defer func() {
		if r := recover(); r != nil {
			rv = AnyValue(fmt.Errorf("LogValue panicked\n%s", stack(3, 5)))
		}
	}()
	for range maxLogValues {
		if v.Kind() != KindLogValuer {
			return v
		}
		v = v.LogValuer().LogValue()
	}
	return AnyValue(fmt.Errorf("LogValue called too many times on Value of type %T", orig.Any()))
}

// stack tells the functions that are running.
func stack(skip, n int) string {
	pcs := make([]uintptr, n+1)
	n = runtime.Callers(skip, pcs)
	if n == 0 {
		return "(no stack)"
	}
	frames := runtime.CallersFrames(pcs[:n])
	var b strings.Builder
	for i := 0; ; i++ {
		f, more := frames.Next()
		fmt.Fprintf(&b, "called from %s (%s:%d)\n", f.Function, f.File, f.Line)
		if !more {
			break
		}
		if i >= n-1 {
			fmt.Fprintf(&b, "(rest of stack elided)\n")
			break
		}
	}
	return b.String()
}

// An Attr is a key with a value.
type Attr struct {
	Key   string
	Value Value
}

// String returns an Attr for a string.
func String(key, value string) Attr { return Attr{key, StringValue(value)} }

// Int64 returns an Attr for an int64.
func Int64(key string, value int64) Attr { return Attr{key, Int64Value(value)} }

// Int returns an Attr for an int.
func Int(key string, value int) Attr { return Int64(key, int64(value)) }

// Uint64 returns an Attr for a uint64.
func Uint64(key string, v uint64) Attr { return Attr{key, Uint64Value(v)} }

// Float64 returns an Attr for a floating-point number.
func Float64(key string, v float64) Attr { return Attr{key, Float64Value(v)} }

// Bool returns an Attr for a bool.
func Bool(key string, v bool) Attr { return Attr{key, BoolValue(v)} }

// Time returns an Attr for a time, without its monotonic part.
func Time(key string, v time.Time) Attr { return Attr{key, TimeValue(v)} }

// Duration returns an Attr for a duration.
func Duration(key string, v time.Duration) Attr { return Attr{key, DurationValue(v)} }

// Group returns an Attr for a group of what args say, as in Logger.Log.
func Group(key string, args ...any) Attr { return Attr{key, GroupValue(attrsOf(args)...)} }

// GroupAttrs returns an Attr for a group.
func GroupAttrs(key string, attrs ...Attr) Attr { return Attr{key, GroupValue(attrs...)} }

// Any returns an Attr for any value.
func Any(key string, value any) Attr { return Attr{key, AnyValue(value)} }

// Equal reports whether a and b have equal keys and values.
func (a Attr) Equal(b Attr) bool { return a.Key == b.Key && a.Value.Equal(b.Value) }

// String returns key=value.
func (a Attr) String() string { return a.Key + "=" + a.Value.String() }

func (a Attr) isEmpty() bool { return a.Key == "" && a.Value.num == 0 && a.Value.any == nil }

// badKey is the key for a value without one.
const badKey = "!BADKEY"

// nextAttr makes an Attr of the first args: an Attr, or a string with a value
// behind it.
func nextAttr(args []any) (Attr, []any) {
	switch x := args[0].(type) {
	case string:
		if len(args) == 1 {
			return String(badKey, x), nil
		}
		return Any(x, args[1]), args[2:]
	case Attr:
		return x, args[1:]
	default:
		return Any(badKey, x), args[1:]
	}
}

func attrsOf(args []any) []Attr {
	var attrs []Attr
	for len(args) > 0 {
		var a Attr
		a, args = nextAttr(args)
		attrs = append(attrs, a)
	}
	return attrs
}

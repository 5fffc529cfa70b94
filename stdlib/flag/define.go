// This file holds the methods that define flags of each kind.

package flag

import (
	"encoding"
	"time"
)

// BoolVar defines a flag for a bool, which is put behind p.
func (f *FlagSet) BoolVar(p *bool, name string, value bool, usage string) {
	*p = value
	f.Var(boolean{scalar[bool]{p, &bools}}, name, usage)
}

// Bool defines a flag for a bool and returns where that is put.
func (f *FlagSet) Bool(name string, value bool, usage string) *bool {
	p := new(bool)
	f.BoolVar(p, name, value, usage)
	return p
}

// IntVar defines a flag for an int, which is put behind p.
func (f *FlagSet) IntVar(p *int, name string, value int, usage string) {
	define(f, &ints, p, name, value, usage)
}

// Int defines a flag for an int and returns where that is put.
func (f *FlagSet) Int(name string, value int, usage string) *int {
	return fresh(f, &ints, name, value, usage)
}

// Int64Var defines a flag for an int64, which is put behind p.
func (f *FlagSet) Int64Var(p *int64, name string, value int64, usage string) {
	define(f, &int64s, p, name, value, usage)
}

// Int64 defines a flag for an int64 and returns where that is put.
func (f *FlagSet) Int64(name string, value int64, usage string) *int64 {
	return fresh(f, &int64s, name, value, usage)
}

// UintVar defines a flag for a uint, which is put behind p.
func (f *FlagSet) UintVar(p *uint, name string, value uint, usage string) {
	define(f, &uints, p, name, value, usage)
}

// Uint defines a flag for a uint and returns where that is put.
func (f *FlagSet) Uint(name string, value uint, usage string) *uint {
	return fresh(f, &uints, name, value, usage)
}

// Uint64Var defines a flag for a uint64, which is put behind p.
func (f *FlagSet) Uint64Var(p *uint64, name string, value uint64, usage string) {
	define(f, &uint64s, p, name, value, usage)
}

// Uint64 defines a flag for a uint64 and returns where that is put.
func (f *FlagSet) Uint64(name string, value uint64, usage string) *uint64 {
	return fresh(f, &uint64s, name, value, usage)
}

// StringVar defines a flag for a string, which is put behind p.
func (f *FlagSet) StringVar(p *string, name string, value string, usage string) {
	define(f, &strs, p, name, value, usage)
}

// String defines a flag for a string and returns where that is put.
func (f *FlagSet) String(name string, value string, usage string) *string {
	return fresh(f, &strs, name, value, usage)
}

// Float64Var defines a flag for a float64, which is put behind p.
func (f *FlagSet) Float64Var(p *float64, name string, value float64, usage string) {
	define(f, &floats, p, name, value, usage)
}

// Float64 defines a flag for a float64 and returns where that is put.
func (f *FlagSet) Float64(name string, value float64, usage string) *float64 {
	return fresh(f, &floats, name, value, usage)
}

// DurationVar defines a flag for a time.Duration, which is put behind p.
func (f *FlagSet) DurationVar(p *time.Duration, name string, value time.Duration, usage string) {
	define(f, &durations, p, name, value, usage)
}

// Duration defines a flag for a time.Duration and returns where that is put.
func (f *FlagSet) Duration(name string, value time.Duration, usage string) *time.Duration {
	return fresh(f, &durations, name, value, usage)
}

// TextVar defines a flag whose value is behind p, and which is set by its
// UnmarshalText. The default must be of the type that p points to.
func (f *FlagSet) TextVar(p encoding.TextUnmarshaler, name string, value encoding.TextMarshaler, usage string) {
	f.Var(textOf(p, value), name, usage)
}

// Func defines a flag that calls fn with its value each time that it is on the
// command line. If fn returns an error the value is wrong.
func (f *FlagSet) Func(name, usage string, fn func(string) error) {
	f.Var(call(fn), name, usage)
}

// BoolFunc is Func for a flag that needs no value.
func (f *FlagSet) BoolFunc(name, usage string, fn func(string) error) {
	f.Var(switchCall{fn}, name, usage)
}

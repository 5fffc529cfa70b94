// This file holds the functions for the flags of the command line.

package flag

import (
	"encoding"
	"os"
	"time"
)

// CommandLine is the set of the flags of the command line. The functions of the
// package are its methods.
var CommandLine *FlagSet

func init() {
	name := ""
	if len(os.Args) > 0 {
		name = os.Args[0]
	}
	CommandLine = NewFlagSet(name, ExitOnError)
	CommandLine.Usage = func() { Usage() }
}

// Parse reads the flags from os.Args[1:]. It has to be called after all flags
// are defined and before they are used.
func Parse() { CommandLine.Parse(os.Args[1:]) }

// Parsed reports whether Parse has been called.
func Parsed() bool { return CommandLine.Parsed() }

// VisitAll calls fn for all flags, in the order of their names.
func VisitAll(fn func(*Flag)) { CommandLine.VisitAll(fn) }

// Visit calls fn for the flags that have been set, in the order of their names.
func Visit(fn func(*Flag)) { CommandLine.Visit(fn) }

// Lookup returns the flag with the name, or nil.
func Lookup(name string) *Flag { return CommandLine.Lookup(name) }

// Set sets the flag with the name.
func Set(name, value string) error { return CommandLine.set(name, value) }

// NFlag returns how many flags have been set.
func NFlag() int { return CommandLine.NFlag() }

// Arg returns argument i of those behind the flags, or "" if there is none.
func Arg(i int) string { return CommandLine.Arg(i) }

// NArg returns how many arguments are behind the flags.
func NArg() int { return CommandLine.NArg() }

// Args returns the arguments behind the flags.
func Args() []string { return CommandLine.Args() }

// PrintDefaults prints the help for all flags to CommandLine's output. For an
// integer flag x that is
//
//	-x int
//		help for x (default 7)
//
// The word behind the name is of the type, or what is in backquotes in the
// help; for booleans there is none. The help of a flag of one letter without a
// word is on the same line. The default is left out if it is the zero value.
func PrintDefaults() { CommandLine.PrintDefaults() }

// Var defines a flag with any kind of value.
func Var(value Value, name string, usage string) { CommandLine.Var(value, name, usage) }

// TextVar defines a flag whose value is behind p, and which is set by its
// UnmarshalText. The default must be of the type that p points to.
func TextVar(p encoding.TextUnmarshaler, name string, value encoding.TextMarshaler, usage string) {
	CommandLine.TextVar(p, name, value, usage)
}

// Func defines a flag that calls fn with its value each time that it is on the
// command line. If fn returns an error the value is wrong.
func Func(name, usage string, fn func(string) error) { CommandLine.Func(name, usage, fn) }

// BoolFunc is Func for a flag that needs no value.
func BoolFunc(name, usage string, fn func(string) error) { CommandLine.BoolFunc(name, usage, fn) }

// BoolVar defines a flag for a bool, which is put behind p.
func BoolVar(p *bool, name string, value bool, usage string) {
	CommandLine.BoolVar(p, name, value, usage)
}

// Bool defines a flag for a bool and returns where that is put.
func Bool(name string, value bool, usage string) *bool {
	return CommandLine.Bool(name, value, usage)
}

// IntVar defines a flag for an int, which is put behind p.
func IntVar(p *int, name string, value int, usage string) {
	CommandLine.IntVar(p, name, value, usage)
}

// Int defines a flag for an int and returns where that is put.
func Int(name string, value int, usage string) *int {
	return CommandLine.Int(name, value, usage)
}

// Int64Var defines a flag for an int64, which is put behind p.
func Int64Var(p *int64, name string, value int64, usage string) {
	CommandLine.Int64Var(p, name, value, usage)
}

// Int64 defines a flag for an int64 and returns where that is put.
func Int64(name string, value int64, usage string) *int64 {
	return CommandLine.Int64(name, value, usage)
}

// UintVar defines a flag for a uint, which is put behind p.
func UintVar(p *uint, name string, value uint, usage string) {
	CommandLine.UintVar(p, name, value, usage)
}

// Uint defines a flag for a uint and returns where that is put.
func Uint(name string, value uint, usage string) *uint {
	return CommandLine.Uint(name, value, usage)
}

// Uint64Var defines a flag for a uint64, which is put behind p.
func Uint64Var(p *uint64, name string, value uint64, usage string) {
	CommandLine.Uint64Var(p, name, value, usage)
}

// Uint64 defines a flag for a uint64 and returns where that is put.
func Uint64(name string, value uint64, usage string) *uint64 {
	return CommandLine.Uint64(name, value, usage)
}

// StringVar defines a flag for a string, which is put behind p.
func StringVar(p *string, name string, value string, usage string) {
	CommandLine.StringVar(p, name, value, usage)
}

// String defines a flag for a string and returns where that is put.
func String(name string, value string, usage string) *string {
	return CommandLine.String(name, value, usage)
}

// Float64Var defines a flag for a float64, which is put behind p.
func Float64Var(p *float64, name string, value float64, usage string) {
	CommandLine.Float64Var(p, name, value, usage)
}

// Float64 defines a flag for a float64 and returns where that is put.
func Float64(name string, value float64, usage string) *float64 {
	return CommandLine.Float64(name, value, usage)
}

// DurationVar defines a flag for a time.Duration, which is put behind p.
func DurationVar(p *time.Duration, name string, value time.Duration, usage string) {
	CommandLine.DurationVar(p, name, value, usage)
}

// Duration defines a flag for a time.Duration and returns where that is put.
func Duration(name string, value time.Duration, usage string) *time.Duration {
	return CommandLine.Duration(name, value, usage)
}

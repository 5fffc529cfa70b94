// This file holds sets of flags and their parsing.

// Package flag reads the flags of a command line. Flags are defined by
// functions named after their types, then Parse reads them.
//
// On the command line a flag is -name, for booleans only, -name=value, or
// -name value, for others only; two dashes mean the same as one. The flags end
// before the first argument that is none ("-" is none) or after "--". Integers
// are those of Go, durations those of time.ParseDuration, booleans are
// 1, 0, t, f, T, F, true, false, TRUE, FALSE, True, False.
package flag

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// ErrHelp is the error of -help or -h, unless such a flag is defined.
var ErrHelp = errors.New("flag: help requested")

// ErrorHandling says what a FlagSet's Parse does with an error.
type ErrorHandling int

// What Parse does with an error.
const (
	ContinueOnError ErrorHandling = iota // return it
	ExitOnError                          // call os.Exit(2), or os.Exit(0) for -help and -h
	PanicOnError                         // panic with it
)

// Flag is one flag.
type Flag struct {
	Name     string // as it is on the command line
	Usage    string // the help
	Value    Value  // what it is set to
	DefValue string // the default as text, for the help
}

// FlagSet is a set of flags. The zero value has no name and ContinueOnError.
// No two flags of a set have the same name; to define one again panics.
type FlagSet struct {
	// Usage is called for an error in the flags, before that is handled as the
	// set says. It may be set to any function.
	Usage func()

	name     string
	handling ErrorHandling
	output   io.Writer // nil for os.Stderr

	defined map[string]*Flag
	changed map[string]*Flag  // the defined ones that have been set
	early   map[string]string // where flags were set that did not exist

	rest   []string // the arguments that have not been read
	parsed bool
}

// NewFlagSet returns an empty set of flags. The name, if there is one, is
// printed with the help and in errors.
func NewFlagSet(name string, errorHandling ErrorHandling) *FlagSet {
	f := &FlagSet{name: name, handling: errorHandling}
	f.Usage = f.defaultUsage
	return f
}

// Init sets the name and the handling of errors.
func (f *FlagSet) Init(name string, errorHandling ErrorHandling) {
	f.name = name
	f.handling = errorHandling
}

// Name returns the name of the set.
func (f *FlagSet) Name() string { return f.name }

// ErrorHandling returns what Parse does with an error.
func (f *FlagSet) ErrorHandling() ErrorHandling { return f.handling }

// Output returns where help and errors are printed, by default os.Stderr.
func (f *FlagSet) Output() io.Writer {
	if f.output == nil {
		return os.Stderr
	}
	return f.output
}

// SetOutput sets where help and errors are printed; nil stands for os.Stderr.
func (f *FlagSet) SetOutput(output io.Writer) { f.output = output }

// sorted returns flags in the order of their names.
func sorted(flags map[string]*Flag) []*Flag {
	list := make([]*Flag, 0, len(flags))
	for _, f := range flags {
		list = append(list, f)
	}
	slices.SortFunc(list, func(a, b *Flag) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// VisitAll calls fn for all flags, in the order of their names.
func (f *FlagSet) VisitAll(fn func(*Flag)) {
	for _, flag := range sorted(f.defined) {
		fn(flag)
	}
}

// Visit calls fn for the flags that have been set, in the order of their names.
func (f *FlagSet) Visit(fn func(*Flag)) {
	for _, flag := range sorted(f.changed) {
		fn(flag)
	}
}

// Lookup returns the flag with the name, or nil.
func (f *FlagSet) Lookup(name string) *Flag { return f.defined[name] }

// Set sets the flag with the name.
func (f *FlagSet) Set(name, value string) error { return f.set(name, value) }

// set is called by the two functions Set, so that the caller of either is at
// the same distance.
func (f *FlagSet) set(name, value string) error {
	if flag := f.defined[name]; flag != nil {
		err := flag.Value.Set(value)
		if err == nil {
			f.mark(flag)
		}
		return err
	}
	// If it is defined later, that is told.
	where := ""
	if _, file, line, ok := runtime.Caller(2); ok {
		where = file + ":" + strconv.Itoa(line)
	}
	if f.early == nil {
		f.early = map[string]string{}
	}
	f.early[name] = where
	return errors.New("no such flag -" + name)
}

// mark notes that a flag has been set.
func (f *FlagSet) mark(flag *Flag) {
	if f.changed == nil {
		f.changed = map[string]*Flag{}
	}
	f.changed[flag.Name] = flag
}

// NFlag returns how many flags have been set.
func (f *FlagSet) NFlag() int { return len(f.changed) }

// Arg returns argument i of those behind the flags, or "" if there is none.
func (f *FlagSet) Arg(i int) string {
	if 0 <= i && i < len(f.rest) {
		return f.rest[i]
	}
	return ""
}

// NArg returns how many arguments are behind the flags.
func (f *FlagSet) NArg() int { return len(f.rest) }

// Args returns the arguments behind the flags.
func (f *FlagSet) Args() []string { return f.rest }

// Parsed reports whether Parse has been called.
func (f *FlagSet) Parsed() bool { return f.parsed }

// Var defines a flag with any kind of value.
func (f *FlagSet) Var(value Value, name string, usage string) {
	mistake := ""
	switch {
	case strings.HasPrefix(name, "-"):
		mistake = fmt.Sprintf("flag %q begins with -", name)
	case strings.Contains(name, "="):
		mistake = fmt.Sprintf("flag %q contains =", name)
	case f.defined[name] != nil:
		mistake = strings.TrimPrefix(f.name+" flag redefined: "+name, " ")
	}
	if mistake != "" {
		fmt.Fprintln(f.Output(), mistake)
		panic(mistake)
	}
	if where, ok := f.early[name]; ok {
		panic("flag " + name + " set at " + where + " before being defined")
	}
	if f.defined == nil {
		f.defined = map[string]*Flag{}
	}
	f.defined[name] = &Flag{Name: name, Usage: usage, Value: value, DefValue: value.String()}
}

// usage prints the help.
func (f *FlagSet) usage() {
	if f.Usage != nil {
		f.Usage()
		return
	}
	f.defaultUsage()
}

// needsNoValue reports whether -name alone sets the flag.
func needsNoValue(v Value) bool {
	b, ok := v.(boolFlag)
	return ok && b.IsBoolFlag()
}

// Parse reads the flags from arguments, which do not include the name of the
// command. It has to be called after all flags are defined and before they are
// used. The error is ErrHelp for -help or -h, unless such a flag is defined.
func (f *FlagSet) Parse(arguments []string) error {
	f.parsed = true
	f.rest = arguments
	err := f.read()
	if err == nil {
		return nil
	}
	if err != ErrHelp {
		fmt.Fprintln(f.Output(), err)
	}
	f.usage()
	switch {
	case f.handling == PanicOnError:
		panic(err)
	case f.handling != ExitOnError:
		return err
	case err == ErrHelp:
		os.Exit(0)
	}
	os.Exit(2)
	return nil
}

// read sets flags as the arguments say, up to the first that is none.
func (f *FlagSet) read() error {
	for len(f.rest) > 0 {
		arg := f.rest[0]
		body, dashed := strings.CutPrefix(arg, "-")
		if !dashed || body == "" {
			return nil
		}
		if body == "-" {
			f.rest = f.rest[1:]
			return nil
		}
		name, value, given := strings.Cut(strings.TrimPrefix(body, "-"), "=")
		if name == "" || name[0] == '-' {
			return errors.New("bad flag syntax: " + arg)
		}
		f.rest = f.rest[1:]
		flag := f.defined[name]
		if flag == nil && (name == "h" || name == "help") {
			return ErrHelp
		}
		if flag == nil {
			return errors.New("flag provided but not defined: -" + name)
		}
		var err error
		if needsNoValue(flag.Value) {
			err = f.turn(flag, value, given)
		} else {
			err = f.assign(flag, value, given)
		}
		if err != nil {
			return err
		}
		f.mark(flag)
	}
	return nil
}

// turn sets a flag that needs no value.
func (f *FlagSet) turn(flag *Flag, value string, given bool) error {
	if !given {
		value = "true"
	}
	err := flag.Value.Set(value)
	switch {
	case err == nil:
		return nil
	case given:
		return fmt.Errorf("invalid boolean value %q for -%s: %v", value, flag.Name, err)
	}
	return fmt.Errorf("invalid boolean flag %s: %v", flag.Name, err)
}

// assign sets a flag that needs a value, which may be the next argument.
func (f *FlagSet) assign(flag *Flag, value string, given bool) error {
	if !given {
		if len(f.rest) == 0 {
			return errors.New("flag needs an argument: -" + flag.Name)
		}
		value, f.rest = f.rest[0], f.rest[1:]
	}
	if err := flag.Value.Set(value); err != nil {
		return fmt.Errorf("invalid value %q for flag -%s: %v", value, flag.Name, err)
	}
	return nil
}

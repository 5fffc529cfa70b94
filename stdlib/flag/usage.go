// This file holds the printing of help.

package flag

import (
	"fmt"
	"os"
	"reflect"
	"strings"
)

// Usage prints the help for the command line to CommandLine's output, which is
// os.Stderr unless that is changed. It is called for an error in the flags, and
// may be set to any function.
var Usage = func() {
	fmt.Fprintf(CommandLine.Output(), "Usage of %s:\n", os.Args[0])
	PrintDefaults()
}

// defaultUsage prints the help of a set.
func (f *FlagSet) defaultUsage() {
	of := ""
	if f.name != "" {
		of = " of " + f.name
	}
	fmt.Fprintf(f.Output(), "Usage%s:\n", of)
	f.PrintDefaults()
}

// isZero reports whether value is the text of a zero value of the flag's type.
// If that can't be found out, the error says why.
func isZero(flag *Flag, value string) (ok bool, err error) {
	typ := reflect.TypeOf(flag.Value)
	zero := reflect.Zero(typ)
	if typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
		zero = reflect.New(typ)
	}
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("panic calling String method on zero %v for flag %s: %v", typ, flag.Name, reason)
		}
	}()
	return zero.Interface().(Value).String() == value, nil
}

// UnquoteUsage returns the name of the flag's value, and the help without the
// quotes around that: the name is what is in backquotes in the help, or else a
// word for the type, which is empty for booleans.
func UnquoteUsage(flag *Flag) (name string, usage string) {
	if before, rest, ok := strings.Cut(flag.Usage, "`"); ok {
		if name, after, ok := strings.Cut(rest, "`"); ok {
			return name, before + name + after
		}
	}
	if needsNoValue(flag.Value) {
		return "", flag.Usage
	}
	if v, ok := flag.Value.(interface{ typeWord() string }); ok {
		return v.typeWord(), flag.Usage
	}
	return "value", flag.Usage
}

// help returns the help for a flag. The error is of finding out whether it has a
// default to show.
func help(flag *Flag) (text string, err error) {
	word, usage := UnquoteUsage(flag)
	text = "  -" + flag.Name
	switch {
	case word != "":
		text += " " + word + "\n    \t"
	case len(flag.Name) > 1:
		text += "\n    \t"
	default:
		// So short a flag has its help on the same line.
		text += "\t"
	}
	text += strings.ReplaceAll(usage, "\n", "\n    \t")
	zero, err := isZero(flag, flag.DefValue)
	switch flag.Value.(type) {
	case scalar[string]:
		if !zero {
			text += fmt.Sprintf(" (default %q)", flag.DefValue)
		}
	default:
		if !zero && err == nil {
			text += " (default " + flag.DefValue + ")"
		}
	}
	return text, err
}

// PrintDefaults prints the help for all flags, with their defaults, as the
// function PrintDefaults does.
func (f *FlagSet) PrintDefaults() {
	var problems strings.Builder
	f.VisitAll(func(flag *Flag) {
		text, err := help(flag)
		fmt.Fprintln(f.Output(), text)
		if err != nil {
			fmt.Fprintln(&problems, err)
		}
	})
	if problems.Len() > 0 {
		fmt.Fprint(f.Output(), "\n", problems.String())
	}
}

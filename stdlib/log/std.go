// This file holds the functions that use the standard Logger.

package log

import (
	"fmt"
	"io"
	"os"
)

// SetOutput sets where the standard Logger writes.
func SetOutput(w io.Writer) { std.SetOutput(w) }

// Writer returns where the standard Logger writes.
func Writer() io.Writer { return std.Writer() }

// Flags returns the standard Logger's flags.
func Flags() int { return std.Flags() }

// SetFlags sets the standard Logger's flags.
func SetFlags(flag int) { std.SetFlags(flag) }

// Prefix returns the standard Logger's prefix.
func Prefix() string { return std.Prefix() }

// SetPrefix sets the standard Logger's prefix.
func SetPrefix(prefix string) { std.SetPrefix(prefix) }

// Output writes a line. With depth 1, its place is that of the call of Output.
func Output(calldepth int, s string) error { return std.Output(calldepth+1, s) }

// Print writes a line made as by fmt.Print.
func Print(v ...any) {
	std.write(2, func(b []byte) []byte { return fmt.Append(b, v...) })
}

// Printf writes a line made as by fmt.Printf.
func Printf(format string, v ...any) {
	std.write(2, func(b []byte) []byte { return fmt.Appendf(b, format, v...) })
}

// Println writes a line made as by fmt.Println.
func Println(v ...any) {
	std.write(2, func(b []byte) []byte { return fmt.Appendln(b, v...) })
}

// Fatal is Print and os.Exit(1).
func Fatal(v ...any) {
	std.Output(2, fmt.Sprint(v...))
	os.Exit(1)
}

// Fatalf is Printf and os.Exit(1).
func Fatalf(format string, v ...any) {
	std.Output(2, fmt.Sprintf(format, v...))
	os.Exit(1)
}

// Fatalln is Println and os.Exit(1).
func Fatalln(v ...any) {
	std.Output(2, fmt.Sprintln(v...))
	os.Exit(1)
}

// Panic is Print and a panic with the text.
func Panic(v ...any) {
	s := fmt.Sprint(v...)
	std.Output(2, s)
	panic(s)
}

// Panicf is Printf and a panic with the text.
func Panicf(format string, v ...any) {
	s := fmt.Sprintf(format, v...)
	std.Output(2, s)
	panic(s)
}

// Panicln is Println and a panic with the text.
func Panicln(v ...any) {
	s := fmt.Sprintln(v...)
	std.Output(2, s)
	panic(s)
}

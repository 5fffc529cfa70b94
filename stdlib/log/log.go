// This file holds Logger.

// Package log writes lines with time and place to a log.
package log

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Flags of a Logger: what a line begins with.
const (
	Ldate         = 1 << iota // the date: 2009/01/23
	Ltime                     // the time: 01:23:23
	Lmicroseconds             // the time with microseconds: 01:23:23.123123
	Llongfile                 // file and line: /a/b/c/d.go:23
	Lshortfile                // the file's last element and line: d.go:23
	LUTC                      // date and time in UTC
	Lmsgprefix                // the prefix goes before the message, not the line

	LstdFlags = Ldate | Ltime
)

// A Logger writes lines, each by one Write. It can be used by several
// goroutines at once.
type Logger struct {
	out     sync.Mutex
	w       io.Writer
	prefix  atomic.Pointer[string]
	flag    atomic.Int32
	discard atomic.Bool
}

// New returns a Logger that writes to out.
func New(out io.Writer, prefix string, flag int) *Logger {
	l := new(Logger)
	l.SetOutput(out)
	l.SetPrefix(prefix)
	l.SetFlags(flag)
	return l
}

var std = New(os.Stderr, "", LstdFlags)

// Default returns the Logger that the functions of the package use.
func Default() *Logger { return std }

// SetOutput sets where the log goes.
func (l *Logger) SetOutput(w io.Writer) {
	l.out.Lock()
	defer l.out.Unlock()
	l.w = w
	l.discard.Store(w == io.Discard)
}

// Writer returns where the log goes.
func (l *Logger) Writer() io.Writer {
	l.out.Lock()
	defer l.out.Unlock()
	return l.w
}

// Prefix returns the prefix of the lines.
func (l *Logger) Prefix() string {
	if p := l.prefix.Load(); p != nil {
		return *p
	}
	return ""
}

// SetPrefix sets the prefix of the lines.
func (l *Logger) SetPrefix(prefix string) { l.prefix.Store(&prefix) }

// Flags returns the flags.
func (l *Logger) Flags() int { return int(l.flag.Load()) }

// SetFlags sets the flags.
func (l *Logger) SetFlags(flag int) { l.flag.Store(int32(flag)) }

// pad appends i with at least width digits.
func pad(b []byte, i, width int) []byte {
	var buf [20]byte
	at := len(buf)
	for ; i >= 10 || width > 1; width-- {
		at--
		buf[at] = byte('0' + i%10)
		i /= 10
	}
	at--
	buf[at] = byte('0' + i)
	return append(b, buf[at:]...)
}

// header appends what comes before the message.
func header(b []byte, t time.Time, prefix string, flag int, file string, line int) []byte {
	if flag&Lmsgprefix == 0 {
		b = append(b, prefix...)
	}
	if flag&LUTC != 0 {
		t = t.UTC()
	}
	if flag&Ldate != 0 {
		year, month, day := t.Date()
		b = append(pad(b, year, 4), '/')
		b = append(pad(b, int(month), 2), '/')
		b = append(pad(b, day, 2), ' ')
	}
	if flag&(Ltime|Lmicroseconds) != 0 {
		hour, min, sec := t.Clock()
		b = append(pad(b, hour, 2), ':')
		b = append(pad(b, min, 2), ':')
		b = pad(b, sec, 2)
		if flag&Lmicroseconds != 0 {
			b = pad(append(b, '.'), t.Nanosecond()/1e3, 6)
		}
		b = append(b, ' ')
	}
	if flag&(Llongfile|Lshortfile) != 0 {
		if flag&Lshortfile != 0 {
			for i := len(file) - 1; i >= 0; i-- {
				if file[i] == '/' {
					file = file[i+1:]
					break
				}
			}
		}
		b = append(append(b, file...), ':')
		b = append(pad(b, line, 1), ": "...)
	}
	if flag&Lmsgprefix != 0 {
		b = append(b, prefix...)
	}
	return b
}

var lines = sync.Pool{New: func() any { return new([]byte) }}

// write writes a line whose message is what add appends.
func (l *Logger) write(depth int, add func([]byte) []byte) error {
	if l.discard.Load() {
		return nil
	}
	now := time.Now()
	prefix, flag := l.Prefix(), l.Flags()
	var file string
	var line int
	if flag&(Llongfile|Lshortfile) != 0 {
		var ok bool
		if _, file, line, ok = runtime.Caller(depth); !ok {
			file, line = "???", 0
		}
	}
	p := lines.Get().(*[]byte)
	b := add(header((*p)[:0], now, prefix, flag, file, line))
	if len(b) == 0 || b[len(b)-1] != '\n' {
		b = append(b, '\n')
	}
	l.out.Lock()
	_, err := l.w.Write(b)
	l.out.Unlock()
	if cap(b) <= 64<<10 {
		*p = b
		lines.Put(p)
	}
	return err
}

// Output writes a line. With depth 1, its place is that of the call of Output.
func (l *Logger) Output(calldepth int, s string) error {
	return l.write(calldepth+1, func(b []byte) []byte { return append(b, s...) })
}

// Print writes a line made as by fmt.Print.
func (l *Logger) Print(v ...any) {
	l.write(2, func(b []byte) []byte { return fmt.Append(b, v...) })
}

// Printf writes a line made as by fmt.Printf.
func (l *Logger) Printf(format string, v ...any) {
	l.write(2, func(b []byte) []byte { return fmt.Appendf(b, format, v...) })
}

// Println writes a line made as by fmt.Println.
func (l *Logger) Println(v ...any) {
	l.write(2, func(b []byte) []byte { return fmt.Appendln(b, v...) })
}

// Fatal is Print and os.Exit(1).
func (l *Logger) Fatal(v ...any) {
	l.Output(2, fmt.Sprint(v...))
	os.Exit(1)
}

// Fatalf is Printf and os.Exit(1).
func (l *Logger) Fatalf(format string, v ...any) {
	l.Output(2, fmt.Sprintf(format, v...))
	os.Exit(1)
}

// Fatalln is Println and os.Exit(1).
func (l *Logger) Fatalln(v ...any) {
	l.Output(2, fmt.Sprintln(v...))
	os.Exit(1)
}

// Panic is Print and a panic with the text.
func (l *Logger) Panic(v ...any) {
	s := fmt.Sprint(v...)
	l.Output(2, s)
	panic(s)
}

// Panicf is Printf and a panic with the text.
func (l *Logger) Panicf(format string, v ...any) {
	s := fmt.Sprintf(format, v...)
	l.Output(2, s)
	panic(s)
}

// Panicln is Println and a panic with the text.
func (l *Logger) Panicln(v ...any) {
	s := fmt.Sprintln(v...)
	l.Output(2, s)
	panic(s)
}

// This file holds the exported printing functions.

package fmt

import (
	"io"
	"os"
	"sync"
)

// printers keeps printers for reuse, in the state in which a call begins.
var printers = sync.Pool{New: func() any { return &printer{directive: plain} }}

func newPrinter() *printer { return printers.Get().(*printer) }

// free gives p back, without memory that a large output took.
func (p *printer) free() {
	const most = 64 << 10
	out, wrapped := p.out[:0], p.wrapped[:0]
	if cap(out) > most {
		out = nil
	}
	*p = printer{directive: plain, out: out, wrapped: wrapped}
	printers.Put(p)
}

// The three ends of a call: the output is written, copied, or appended.

func (p *printer) writeTo(w io.Writer) (n int, err error) {
	n, err = w.Write(p.out)
	p.free()
	return n, err
}

func (p *printer) result() string {
	s := string(p.out)
	p.free()
	return s
}

func (p *printer) appendTo(b []byte) []byte {
	b = append(b, p.out...)
	p.free()
	return b
}

// Fprintf formats to w. It returns the bytes written and w's error.
func Fprintf(w io.Writer, format string, a ...any) (n int, err error) {
	p := newPrinter()
	p.printf(format, a)
	return p.writeTo(w)
}

// Printf formats to standard output.
func Printf(format string, a ...any) (n int, err error) { return Fprintf(os.Stdout, format, a...) }

// Sprintf formats to a string.
func Sprintf(format string, a ...any) string {
	p := newPrinter()
	p.printf(format, a)
	return p.result()
}

// Appendf appends what Sprintf would return.
func Appendf(b []byte, format string, a ...any) []byte {
	p := newPrinter()
	p.printf(format, a)
	return p.appendTo(b)
}

// Fprint prints operands to w, with blanks between those of which neither is a string.
func Fprint(w io.Writer, a ...any) (n int, err error) {
	p := newPrinter()
	p.print(a)
	return p.writeTo(w)
}

// Print prints operands to standard output, as Fprint does.
func Print(a ...any) (n int, err error) { return Fprint(os.Stdout, a...) }

// Sprint returns what Print would print.
func Sprint(a ...any) string {
	p := newPrinter()
	p.print(a)
	return p.result()
}

// Append appends what Sprint would return.
func Append(b []byte, a ...any) []byte {
	p := newPrinter()
	p.print(a)
	return p.appendTo(b)
}

// Fprintln prints operands to w with blanks between all of them and a newline.
func Fprintln(w io.Writer, a ...any) (n int, err error) {
	p := newPrinter()
	p.println(a)
	return p.writeTo(w)
}

// Println prints operands to standard output, as Fprintln does.
func Println(a ...any) (n int, err error) { return Fprintln(os.Stdout, a...) }

// Sprintln returns what Println would print.
func Sprintln(a ...any) string {
	p := newPrinter()
	p.println(a)
	return p.result()
}

// Appendln appends what Sprintln would return.
func Appendln(b []byte, a ...any) []byte {
	p := newPrinter()
	p.println(a)
	return p.appendTo(b)
}

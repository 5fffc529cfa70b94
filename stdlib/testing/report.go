// This file prints results. Without -v a test's lines are kept until it ends, and go to its parent indented; with -v log
// lines are printed at once, and results when the outermost test ends; for test2json everything is printed at once, events
// behind a mark.

package testing

import (
	"os"
	"strings"
	"sync"
)

const (
	markEvent      = "\x16" // in front of lines that are events, not output
	markErrorBegin = "\x0f"
	markErrorEnd   = "\x0e"
)

func eventMark() string {
	if flags.verbose.json {
		return markEvent
	}
	return ""
}

// printer writes to standard output for all tests, and knows whose lines were the last.
type printer struct {
	mu   sync.Mutex
	last string
}

var out printer

// event prints a line that names its test itself.
func (p *printer) event(test, line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = test
	os.Stdout.WriteString(eventMark() + line)
}

// log prints lines of a test, with a line before them if the last ones were another's.
func (p *printer) log(test, lines string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.last != "" && p.last != test {
		lines = eventMark() + "=== NAME  " + test + "\n" + lines
	}
	p.last = test
	os.Stdout.WriteString(lines)
}

// raw prints text that belongs to no test.
func (p *printer) raw(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	os.Stdout.WriteString(text)
}

// flush hands a finished test's result line and what it kept to its parent, or prints them.
func (c *common) flush(line string) {
	c.mu.Lock()
	kept := string(c.kept)
	c.kept = nil
	c.mu.Unlock()
	p := c.parent
	if flags.verbose.json {
		out.event(c.name, line+kept)
		return
	}
	if p.level == 0 {
		out.event(c.name, line+kept)
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.kept = append(p.kept, indent(line+kept)...)
}

// indent puts four spaces in front of each line.
func indent(lines string) string {
	var b strings.Builder
	for line := range strings.Lines(lines) {
		b.WriteString("    ")
		b.WriteString(line)
	}
	return b.String()
}

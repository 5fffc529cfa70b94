// This file holds all of package tabwriter.

// Package tabwriter makes columns of text that has tabs: cells that are one
// below the other get the same width. The method is that of elastic tabstops.
package tabwriter

import (
	"fmt"
	"io"
	"unicode/utf8"
)

// cell is a piece of a line that ends at a tab.
type cell struct {
	size  int  // its length in bytes
	width int  // its width in runes
	tab   bool // it ends at '\t', not '\v'
}

// Writer writes columns. A cell ends at a tab; cells in the same place of
// lines that follow each other form a column, which is as wide as its widest
// cell and some padding. What is behind the last tab of a line is not in a
// column. All runes count as equally wide.
//
// '\t' and '\v' end a cell, '\n' and '\f' a line; '\f' also ends all columns.
// Text between two Escape bytes is passed on as it is, and so its tabs and
// newlines do not count.
//
// What is written has to be kept until all its columns are complete. Flush
// writes the rest at the end.
type Writer struct {
	output   io.Writer
	minwidth int
	tabwidth int
	padding  int
	padbytes [8]byte
	flags    uint

	buf    []byte   // all text without tabs and newlines
	pos    int      // up to where the width of the current cell is counted
	cell   cell     // the current cell; it is not in lines
	end    byte     // what ends the current escape, 0 for none
	lines  [][]cell // all lines with their complete cells
	widths []int    // the widths of the columns left of the one in work
	err    error
}

// The flags of a Writer.
const (
	// FilterHTML makes HTML tags count as nothing and entities as one rune.
	FilterHTML uint = 1 << iota

	// StripEscape drops the Escape bytes.
	StripEscape

	// AlignRight puts the padding before the text of a cell.
	AlignRight

	// DiscardEmptyColumns leaves out columns that have no text and only '\v'
	// at the end of their cells.
	DiscardEmptyColumns

	// TabIndent pads empty cells at the start of a line with tabs, whatever
	// the padding is.
	TabIndent

	// Debug writes a bar between columns, and a line of dashes for '\f'.
	Debug
)

// Escape begins and ends text that is passed on as it is. It can't be in UTF-8
// text.
const Escape = '\xff'

// NewWriter returns a Writer, set up as by Init.
func NewWriter(output io.Writer, minwidth, tabwidth, padding int, padchar byte, flags uint) *Writer {
	return new(Writer).Init(output, minwidth, tabwidth, padding, padchar, flags)
}

// Init sets up the Writer: where it writes to, the least width of a cell with
// its padding, the width of a tab, how much padding there is beside the text,
// and what byte it is made of. If that is '\t', tabs are taken to be tabwidth
// wide, and text is aligned to the left. The flags are a set of bits.
func (b *Writer) Init(output io.Writer, minwidth, tabwidth, padding int, padchar byte, flags uint) *Writer {
	if minwidth < 0 || tabwidth < 0 || padding < 0 {
		panic("negative minwidth, tabwidth, or padding")
	}
	b.output = output
	b.minwidth = minwidth
	b.tabwidth = tabwidth
	b.padding = padding
	for i := range b.padbytes {
		b.padbytes[i] = padchar
	}
	if padchar == '\t' {
		flags &^= AlignRight
	}
	b.flags = flags
	b.reset()
	return b
}

// reset drops all text.
func (b *Writer) reset() {
	b.buf = b.buf[:0]
	b.pos = 0
	b.cell = cell{}
	b.end = 0
	b.lines = b.lines[:0]
	b.widths = b.widths[:0]
	b.err = nil
	b.addLine()
}

// addLine begins a line.
func (b *Writer) addLine() {
	if n := len(b.lines); n < cap(b.lines) {
		// The memory of an earlier line serves again.
		b.lines = b.lines[:n+1]
		b.lines[n] = b.lines[n][:0]
		return
	}
	b.lines = append(b.lines, nil)
}

// add adds text to the current cell.
func (b *Writer) add(text []byte) {
	b.buf = append(b.buf, text...)
	b.cell.size += len(text)
}

// measure counts the width of the text that has not been counted.
func (b *Writer) measure() {
	b.cell.width += utf8.RuneCount(b.buf[b.pos:])
	b.pos = len(b.buf)
}

// endCell ends the current cell and returns how many its line has.
func (b *Writer) endCell(tab bool) int {
	b.cell.tab = tab
	line := &b.lines[len(b.lines)-1]
	*line = append(*line, b.cell)
	b.cell = cell{}
	return len(*line)
}

// endEscape ends the current escape.
func (b *Writer) endEscape() {
	switch b.end {
	case Escape:
		b.measure()
		if b.flags&StripEscape == 0 {
			b.cell.width -= 2 // the bytes around it
		}
	case ';':
		b.cell.width++
	}
	b.pos = len(b.buf)
	b.end = 0
}

// write writes to the output, unless there was an error.
func (b *Writer) write(p []byte) {
	if b.err != nil || len(p) == 0 {
		return
	}
	n, err := b.output.Write(p)
	if n != len(p) && err == nil {
		err = io.ErrShortWrite
	}
	b.err = err
}

// repeat writes n of the bytes of p, which are all the same.
func (b *Writer) repeat(p []byte, n int) {
	for n > len(p) {
		b.write(p)
		n -= len(p)
	}
	b.write(p[:n])
}

var (
	newline = []byte{'\n'}
	bar     = []byte{'|'}
	tabs    = []byte("\t\t\t\t\t\t\t\t")
)

// pad writes the padding of a cell.
func (b *Writer) pad(text, width int, useTabs bool) {
	if b.padbytes[0] != '\t' && !useTabs {
		b.repeat(b.padbytes[:], width-text)
		return
	}
	if b.tabwidth == 0 {
		return
	}
	width = (width + b.tabwidth - 1) / b.tabwidth * b.tabwidth
	n := width - text
	if n < 0 {
		panic("internal error")
	}
	b.repeat(tabs, (n+b.tabwidth-1)/b.tabwidth)
}

// writeLines writes the lines [from, to), whose text begins at pos, and returns
// where it ends.
func (b *Writer) writeLines(pos, from, to int) int {
	for i := from; i < to; i++ {
		useTabs := b.flags&TabIndent != 0
		for j, c := range b.lines[i] {
			if j > 0 && b.flags&Debug != 0 {
				b.write(bar)
			}
			if c.size == 0 {
				if j < len(b.widths) {
					b.pad(c.width, b.widths[j], useTabs)
				}
				continue
			}
			useTabs = false
			if b.flags&AlignRight != 0 && j < len(b.widths) {
				b.pad(c.width, b.widths[j], false)
			}
			b.write(b.buf[pos : pos+c.size])
			pos += c.size
			if b.flags&AlignRight == 0 && j < len(b.widths) {
				b.pad(c.width, b.widths[j], false)
			}
		}
		if i+1 == len(b.lines) {
			// The last line has no newline yet.
			b.write(b.buf[pos : pos+b.cell.size])
			pos += b.cell.size
		} else {
			b.write(newline)
		}
	}
	return pos
}

// format writes the lines [from, to), whose text begins at pos, and returns
// where it ends. The widths of the columns left of the one that it looks at are
// known.
func (b *Writer) format(pos, from, to int) int {
	column := len(b.widths)
	for i := from; i < to; i++ {
		if column >= len(b.lines[i])-1 {
			continue
		}
		// A column begins here. What is before it can be written.
		pos = b.writeLines(pos, from, i)
		from = i
		width := b.minwidth
		empty := true
		for ; i < to; i++ {
			line := b.lines[i]
			if column >= len(line)-1 {
				break
			}
			c := line[column]
			width = max(width, c.width+b.padding)
			if c.width > 0 || c.tab {
				empty = false
			}
		}
		if empty && b.flags&DiscardEmptyColumns != 0 {
			width = 0
		}
		b.widths = append(b.widths, width)
		pos = b.format(pos, from, i)
		b.widths = b.widths[:len(b.widths)-1]
		from = i
	}
	return b.writeLines(pos, from, to)
}

// guard makes a panic tell where it happened.
func (b *Writer) guard(op string) {
	if e := recover(); e != nil {
		if op == "Flush" {
			b.reset()
		}
		panic(fmt.Sprintf("tabwriter: panic during %s (%v)", op, e))
	}
}

// Flush writes all that is kept. It is to be called at the end; an escape that
// is not complete counts as complete.
func (b *Writer) Flush() (err error) {
	defer b.guard("Flush")
	return b.flush()
}

// flush writes all that is kept and drops it.
func (b *Writer) flush() error {
	if b.cell.size > 0 {
		if b.end != 0 {
			b.endEscape()
		}
		b.endCell(false)
	}
	b.format(0, 0, len(b.lines))
	err := b.err
	b.reset()
	return err
}

// Write takes text, and writes what it can to the output. An error is one of
// writing there.
func (b *Writer) Write(buf []byte) (n int, err error) {
	defer b.guard("Write")
	n = 0 // what is before this has been taken
	for i, c := range buf {
		if b.end != 0 {
			if c == b.end {
				j := i + 1
				if c == Escape && b.flags&StripEscape != 0 {
					j = i
				}
				b.add(buf[n:j])
				n = i + 1
				b.endEscape()
			}
			continue
		}
		switch c {
		case '\t', '\v', '\n', '\f':
			b.add(buf[n:i])
			b.measure()
			n = i + 1
			cells := b.endCell(c == '\t')
			if c == '\n' || c == '\f' {
				b.addLine()
				// A line of only one cell ends all columns.
				if c == '\f' || cells == 1 {
					if err := b.flush(); err != nil {
						return n, err
					}
					if c == '\f' && b.flags&Debug != 0 {
						b.write([]byte("---\n"))
						if err := b.err; err != nil {
							b.err = nil
							return n, err
						}
					}
				}
			}
		case Escape:
			b.add(buf[n:i])
			b.measure()
			n = i
			if b.flags&StripEscape != 0 {
				n++
			}
			b.end = Escape
		case '<', '&':
			if b.flags&FilterHTML == 0 {
				continue
			}
			b.add(buf[n:i])
			b.measure()
			n = i
			b.end = '>'
			if c == '&' {
				b.end = ';'
			}
		}
	}
	b.add(buf[n:])
	return len(buf), nil
}

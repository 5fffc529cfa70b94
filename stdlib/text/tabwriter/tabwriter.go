// This file holds all of package tabwriter.

// Package tabwriter makes columns of text that has tabs: cells that are one
// below the other get the same width. The method is that of elastic tabstops.
package tabwriter

import (
	"fmt"
	"internal/bytealg"
	"io"
	"unicode/utf8"
)

// cell is a piece of a line that ends at a tab.
type cell struct {
	size  int  // its length in bytes
	width int  // its width in runes
	room  int  // the width of its column; see align
	tab   bool // it ends at '\t', not '\v'
}

// column is one that the lines above have, while columns are measured.
type column struct {
	first int  // its first line
	width int  // that of its widest cell, with padding
	text  bool // it has text, or ends at a '\t'
}

// layout is what Init sets.
type layout struct {
	minwidth, tabwidth, padding int
	flags                       uint
	// blanks are bytes for padding.
	blanks [8]byte
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
	layout
	output io.Writer
	err    error // the first error of output

	buf     []byte   // all text without tabs and newlines
	counted int      // the text that is in the widths of cells
	cell    cell     // the current cell; it is not in lines
	end     byte     // what ends the current escape, 0 for none
	lines   [][]cell // all lines with their complete cells
	columns []column // memory for align
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
	b.layout = layout{minwidth: minwidth, tabwidth: tabwidth, padding: padding, flags: flags}
	for i := range b.blanks {
		b.blanks[i] = padchar
	}
	if padchar == '\t' {
		b.flags &^= AlignRight
	}
	b.reset()
	return b
}

func (l *layout) has(flag uint) bool { return l.flags&flag != 0 }

// reset drops all text, but not its memory.
func (b *Writer) reset() {
	b.err = nil
	b.cell, b.end = cell{}, 0
	b.buf, b.counted = b.buf[:0], 0
	b.lines = b.lines[:0]
	b.addLine()
}

// addLine begins a line.
func (b *Writer) addLine() {
	n := len(b.lines)
	if n == cap(b.lines) {
		b.lines = append(b.lines, nil)
		return
	}
	// The memory of an earlier line serves again.
	b.lines = b.lines[:n+1]
	b.lines[n] = b.lines[n][:0]
}

// add adds text to the current cell.
func (b *Writer) add(text []byte) {
	b.buf = append(b.buf, text...)
	b.cell.size += len(text)
}

// measure counts the width of the text that has not been counted.
func (b *Writer) measure() {
	b.cell.width += utf8.RuneCount(b.buf[b.counted:])
	b.counted = len(b.buf)
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
	if b.end == Escape {
		b.measure()
		if !b.has(StripEscape) {
			b.cell.width -= 2 // the bytes around it
		}
	} else if b.end == ';' {
		b.cell.width++
	}
	b.counted = len(b.buf)
	b.end = 0
}

// write writes to the output, unless there was an error.
func (b *Writer) write(p []byte) {
	if len(p) == 0 || b.err != nil {
		return
	}
	n, err := b.output.Write(p)
	if err == nil && n != len(p) {
		err = io.ErrShortWrite
	}
	b.err = err
}

// tabs are bytes for padding with tabs.
var tabs = [8]byte{'\t', '\t', '\t', '\t', '\t', '\t', '\t', '\t'}

// pad writes the padding of a cell.
func (b *Writer) pad(c *cell, indent bool) {
	bytes, n := &b.blanks, c.room-c.width
	if indent || b.blanks[0] == '\t' {
		if b.tabwidth == 0 {
			return
		}
		// The cell ends at a multiple of the width of a tab.
		bytes = &tabs
		n = roundUp(roundUp(c.room, b.tabwidth)-c.width, b.tabwidth) / b.tabwidth
	}
	for ; n > len(bytes); n -= len(bytes) {
		b.write(bytes[:])
	}
	b.write(bytes[:n])
}

func roundUp(n, unit int) int { return (n + unit - 1) / unit * unit }

// align gives all cells the widths of their columns. The last cell of a line is
// in none. Columns end where a line has fewer cells: the ones further right do
// before those on their left.
func (b *Writer) align() {
	open := b.columns[:0]
	for i := 0; i <= len(b.lines); i++ {
		var cells []cell // of this line, those that are in columns
		if i < len(b.lines) {
			cells = b.lines[i][:max(len(b.lines[i]), 1)-1]
		}
		for j := len(open) - 1; j >= len(cells); j-- {
			col := open[j]
			if !col.text && b.has(DiscardEmptyColumns) {
				col.width = 0
			}
			for _, line := range b.lines[col.first:i] {
				line[j].room = col.width
			}
			open = open[:j]
		}
		for j, c := range cells {
			if j == len(open) {
				open = append(open, column{first: i, width: b.minwidth})
			}
			col := &open[j]
			col.width = max(col.width, c.width+b.padding)
			col.text = col.text || c.tab || c.width > 0
		}
	}
	b.columns = open
}

// writeLine writes the cells of a line whose text is what text begins with, and
// returns the text of the next one.
func (b *Writer) writeLine(cells []cell, text []byte) (rest []byte) {
	indent := b.has(TabIndent)
	for j := range cells {
		if j > 0 && b.has(Debug) {
			b.write([]byte("|"))
		}
		c := &cells[j]
		indent = indent && c.size == 0
		inColumn := j < len(cells)-1
		// Cells without text are padded once, whatever the alignment.
		if inColumn && (c.size == 0 || b.has(AlignRight)) {
			b.pad(c, indent)
		}
		b.write(text[:c.size])
		text = text[c.size:]
		if inColumn && c.size > 0 && !b.has(AlignRight) {
			b.pad(c, false)
		}
	}
	return text
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
	b.align()
	text := b.buf
	for i, line := range b.lines {
		if i > 0 {
			b.write([]byte("\n"))
		}
		text = b.writeLine(line, text)
	}
	// The last line has no newline yet, and its last cell no tab.
	b.write(text[:b.cell.size])
	err := b.err
	b.reset()
	return err
}

// Write takes text, and writes what it can to the output. An error is one of
// writing there.
func (b *Writer) Write(buf []byte) (n int, err error) {
	defer b.guard("Write")
	for rest := buf; len(rest) > 0; {
		if b.end != 0 {
			rest = b.inEscape(rest)
			continue
		}
		i := b.special(rest)
		b.add(rest[:i])
		if i == len(rest) {
			break
		}
		b.measure()
		c := rest[i]
		rest = rest[i+1:]
		if c == '\t' || c == '\v' || c == '\n' || c == '\f' {
			if err := b.separate(c); err != nil {
				return len(buf) - len(rest), err
			}
			continue
		}
		switch c {
		case '<':
			b.end = '>'
		case '&':
			b.end = ';'
		default:
			b.end = Escape
			if b.has(StripEscape) {
				continue
			}
		}
		b.add(buf[len(buf)-len(rest)-1:][:1])
	}
	return len(buf), nil
}

// special returns where the first byte is that ends a cell or begins an escape;
// len(text) if there is none.
func (b *Writer) special(text []byte) int {
	for i, c := range text {
		switch c {
		case '\t', '\v', '\n', '\f', Escape:
			return i
		case '<', '&':
			if b.has(FilterHTML) {
				return i
			}
		}
	}
	return len(text)
}

// inEscape takes text up to the end of the current escape, and returns what
// follows.
func (b *Writer) inEscape(text []byte) (rest []byte) {
	i := bytealg.IndexByte(bytealg.View(text), b.end)
	if i < 0 {
		b.add(text)
		return nil
	}
	if b.end == Escape && b.has(StripEscape) {
		b.add(text[:i])
	} else {
		b.add(text[:i+1])
	}
	b.endEscape()
	return text[i+1:]
}

// separate ends the current cell, and line, as c says.
func (b *Writer) separate(c byte) error {
	cells := b.endCell(c == '\t')
	if c == '\t' || c == '\v' {
		return nil
	}
	b.addLine()
	// A line of only one cell ends all columns.
	if cells > 1 && c == '\n' {
		return nil
	}
	if err := b.flush(); err != nil || c == '\n' || !b.has(Debug) {
		return err
	}
	b.write([]byte("---\n"))
	err := b.err
	b.err = nil
	return err
}

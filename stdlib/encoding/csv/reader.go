// This file reads records.

// Package csv reads and writes comma-separated values, as RFC 4180 has them.
package csv

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"
)

// A ParseError says where a record is wrong. Lines and columns start at 1;
// columns count bytes.
type ParseError struct {
	StartLine int   // where the record starts
	Line      int   // where the error is
	Column    int   // where the error is
	Err       error // one of those below
}

func (e *ParseError) Error() string {
	switch {
	case e.Err == ErrFieldCount:
		return fmt.Sprintf("record on line %d: %v", e.Line, e.Err)
	case e.StartLine != e.Line:
		return fmt.Sprintf("record on line %d; parse error on line %d, column %d: %v", e.StartLine, e.Line, e.Column, e.Err)
	}
	return fmt.Sprintf("parse error on line %d, column %d: %v", e.Line, e.Column, e.Err)
}

// Unwrap returns Err.
func (e *ParseError) Unwrap() error { return e.Err }

// What may be wrong with a record.
var (
	ErrBareQuote  = errors.New("bare \" in non-quoted-field")
	ErrQuote      = errors.New("extraneous or missing \" in quoted-field")
	ErrFieldCount = errors.New("wrong number of fields")

	// Deprecated: nothing returns it.
	ErrTrailingComma = errors.New("extra delimiter at end of line")
)

var errInvalidDelim = errors.New("csv: invalid field or comment delimiter")

// validDelim reports whether r can stand between fields.
func validDelim(r rune) bool {
	return r != 0 && r != '"' && r != '\r' && r != '\n' && utf8.ValidRune(r) && r != utf8.RuneError
}

// A Reader reads records. Its fields may be changed before the first Read.
type Reader struct {
	// Comma stands between fields; NewReader sets it to ','.
	Comma rune
	// Comment starts lines that are skipped, unless it is 0.
	Comment rune
	// FieldsPerRecord is how many fields records must have; 0 means as many as
	// the first, a negative number any.
	FieldsPerRecord int
	// LazyQuotes allows a quote in a field without quotes, and one that is not
	// doubled in a field with quotes.
	LazyQuotes bool
	// TrimLeadingSpace drops spaces in front of fields, even if Comma is one.
	TrimLeadingSpace bool
	// ReuseRecord allows Read to return the slice of its last call.
	ReuseRecord bool
	// Deprecated: it means nothing.
	TrailingComma bool

	r      *bufio.Reader
	line   int // lines read
	offset int64
	raw    []byte // a line longer than the buffer
	text   []byte // the fields of the record, one after the other
	ends   []int  // where they end in text
	pos    []position
	last   []string
}

// position is where a field starts.
type position struct{ line, col int }

// NewReader returns a Reader that reads from r.
func NewReader(r io.Reader) *Reader { return &Reader{Comma: ',', r: bufio.NewReader(r)} }

// Read returns the next record, io.EOF behind the last one. With
// ErrFieldCount the record is returned too.
func (r *Reader) Read() (record []string, err error) {
	if r.ReuseRecord {
		record, err = r.record(r.last)
		r.last = record
		return record, err
	}
	return r.record(nil)
}

// ReadAll returns all remaining records.
func (r *Reader) ReadAll() (records [][]string, err error) {
	for {
		record, err := r.record(nil)
		if err == io.EOF {
			return records, nil
		}
		if err != nil {
			return nil, err
		}
		records = append(records, record)
	}
}

// FieldPos returns where a field of the last record starts.
func (r *Reader) FieldPos(field int) (line, column int) {
	if field < 0 || field >= len(r.pos) {
		panic("out of range index passed to FieldPos")
	}
	p := r.pos[field]
	return p.line, p.col
}

// InputOffset returns how many bytes were read up to the end of the last record.
func (r *Reader) InputOffset() int64 { return r.offset }

// readLine returns the next line with its end, which is always \n alone. The
// last line may have none.
func (r *Reader) readLine() ([]byte, error) {
	line, err := r.r.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		r.raw = append(r.raw[:0], line...)
		for err == bufio.ErrBufferFull {
			line, err = r.r.ReadSlice('\n')
			r.raw = append(r.raw, line...)
		}
		line = r.raw
	}
	n := len(line)
	if n > 0 && err == io.EOF {
		err = nil
		if line[n-1] == '\r' {
			line = line[:n-1]
		}
	}
	r.line++
	r.offset += int64(n)
	if n >= 2 && line[n-2] == '\r' && line[n-1] == '\n' {
		line[n-2] = '\n'
		line = line[:n-1]
	}
	return line, err
}

// endLen is how many bytes the end of the line has.
func endLen(line []byte) int {
	if len(line) > 0 && line[len(line)-1] == '\n' {
		return 1
	}
	return 0
}

// record reads a record, into the memory of dst if there is enough.
func (r *Reader) record(dst []string) ([]string, error) {
	if r.Comma == r.Comment || !validDelim(r.Comma) || r.Comment != 0 && !validDelim(r.Comment) {
		return nil, errInvalidDelim
	}
	var line []byte
	var readErr error
	for readErr == nil {
		line, readErr = r.readLine()
		if r.Comment != 0 {
			if c, _ := utf8.DecodeRune(line); c == r.Comment {
				line = nil
				continue
			}
		}
		if readErr == nil && len(line) == endLen(line) {
			line = nil
			continue // empty
		}
		break
	}
	if readErr == io.EOF {
		return nil, io.EOF
	}
	if readErr != nil {
		return nil, readErr
	}

	comma := utf8.AppendRune(nil, r.Comma)
	start := r.line
	r.text, r.ends, r.pos = r.text[:0], r.ends[:0], r.pos[:0]
	pos := position{r.line, 1}
	var err error
fields:
	for {
		if r.TrimLeadingSpace {
			i := bytes.IndexFunc(line, func(c rune) bool { return !unicode.IsSpace(c) })
			if i < 0 {
				i = len(line)
				pos.col -= endLen(line)
			}
			line = line[i:]
			pos.col += i
		}
		if len(line) == 0 || line[0] != '"' {
			// A field without quotes.
			i := bytes.Index(line, comma)
			field := line
			if i >= 0 {
				field = line[:i]
			} else {
				field = line[:len(line)-endLen(line)]
			}
			if !r.LazyQuotes {
				if j := bytes.IndexByte(field, '"'); j >= 0 {
					err = &ParseError{start, r.line, pos.col + j, ErrBareQuote}
					break fields
				}
			}
			r.text = append(r.text, field...)
			r.ends = append(r.ends, len(r.text))
			r.pos = append(r.pos, pos)
			if i < 0 {
				break fields
			}
			line = line[i+len(comma):]
			pos.col += i + len(comma)
			continue
		}
		// A field with quotes.
		fieldPos := pos
		line = line[1:]
		pos.col++
		for {
			i := bytes.IndexByte(line, '"')
			if i >= 0 {
				r.text = append(r.text, line[:i]...)
				line = line[i+1:]
				pos.col += i + 1
				switch {
				case len(line) > 0 && line[0] == '"':
					r.text = append(r.text, '"')
					line = line[1:]
					pos.col++
				case bytes.HasPrefix(line, comma):
					line = line[len(comma):]
					pos.col += len(comma)
					r.ends = append(r.ends, len(r.text))
					r.pos = append(r.pos, fieldPos)
					continue fields
				case len(line) == endLen(line):
					r.ends = append(r.ends, len(r.text))
					r.pos = append(r.pos, fieldPos)
					break fields
				case r.LazyQuotes:
					r.text = append(r.text, '"')
				default:
					err = &ParseError{start, r.line, pos.col - 1, ErrQuote}
					break fields
				}
				continue
			}
			if len(line) > 0 {
				// The field goes on in the next line.
				r.text = append(r.text, line...)
				pos.col += len(line)
				line, readErr = r.readLine()
				if len(line) > 0 {
					pos = position{pos.line + 1, 1}
				}
				if readErr == io.EOF {
					readErr = nil
				}
				if readErr == nil {
					continue
				}
				err = readErr
				break fields
			}
			// The text ends inside the quotes.
			if !r.LazyQuotes {
				err = &ParseError{start, pos.line, pos.col, ErrQuote}
				break fields
			}
			r.ends = append(r.ends, len(r.text))
			r.pos = append(r.pos, fieldPos)
			break fields
		}
	}

	// One string for all fields.
	text := string(r.text)
	if cap(dst) < len(r.ends) {
		dst = make([]string, len(r.ends))
	}
	dst = dst[:len(r.ends)]
	from := 0
	for i, to := range r.ends {
		dst[i] = text[from:to]
		from = to
	}
	if r.FieldsPerRecord > 0 {
		if len(dst) != r.FieldsPerRecord && err == nil {
			err = &ParseError{start, start, 1, ErrFieldCount}
		}
	} else if r.FieldsPerRecord == 0 {
		r.FieldsPerRecord = len(dst)
	}
	if _, ok := err.(*ParseError); ok && !errors.Is(err, ErrFieldCount) {
		return nil, err
	}
	return dst, err
}

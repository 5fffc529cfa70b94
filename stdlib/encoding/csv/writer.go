// This file writes records.

package csv

import (
	"bufio"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Writer writes records, a line each, through a buffer: Flush must be called
// in the end.
type Writer struct {
	Comma   rune // between fields; NewWriter sets it to ','
	UseCRLF bool // whether lines end with \r\n
	w       *bufio.Writer
}

// NewWriter returns a Writer that writes to w.
func NewWriter(w io.Writer) *Writer { return &Writer{Comma: ',', w: bufio.NewWriter(w)} }

// Write writes a record, with quotes around fields that need them.
func (w *Writer) Write(record []string) error {
	if !validDelim(w.Comma) {
		return errInvalidDelim
	}
	for i, field := range record {
		if i > 0 {
			if _, err := w.w.WriteRune(w.Comma); err != nil {
				return err
			}
		}
		if !w.needsQuotes(field) {
			if _, err := w.w.WriteString(field); err != nil {
				return err
			}
			continue
		}
		w.w.WriteByte('"')
		for field != "" {
			i := strings.IndexAny(field, "\"\r\n")
			if i < 0 {
				i = len(field)
			}
			w.w.WriteString(field[:i])
			field = field[i:]
			if field == "" {
				break
			}
			switch field[0] {
			case '"':
				w.w.WriteString(`""`)
			case '\r':
				if !w.UseCRLF {
					w.w.WriteByte('\r')
				}
			case '\n':
				if w.UseCRLF {
					w.w.WriteByte('\r')
				}
				w.w.WriteByte('\n')
			}
			field = field[1:]
		}
		if err := w.w.WriteByte('"'); err != nil {
			return err
		}
	}
	if w.UseCRLF {
		_, err := w.w.WriteString("\r\n")
		return err
	}
	return w.w.WriteByte('\n')
}

// needsQuotes reports whether the field could be misread without quotes. So
// are fields with a space in front, and \., which means something to Postgres.
func (w *Writer) needsQuotes(field string) bool {
	switch field {
	case "":
		return false
	case `\.`:
		return true
	}
	if strings.ContainsRune(field, w.Comma) || strings.ContainsAny(field, "\"\r\n") {
		return true
	}
	r, _ := utf8.DecodeRuneInString(field)
	return unicode.IsSpace(r)
}

// Flush writes what is buffered; Error tells whether that failed.
func (w *Writer) Flush() { w.w.Flush() }

// Error returns the error of an earlier Write or Flush.
func (w *Writer) Error() error {
	_, err := w.w.Write(nil)
	return err
}

// WriteAll writes records and flushes.
func (w *Writer) WriteAll(records [][]string) error {
	for _, r := range records {
		if err := w.Write(r); err != nil {
			return err
		}
	}
	return w.w.Flush()
}

// This file reads and writes streams of JSON values.

package json

import (
	"bytes"
	"io"
	"strconv"
)

// An Encoder writes JSON values, each with a newline behind it.
type Encoder struct {
	w      io.Writer
	err    error
	html   encOpts
	prefix string
	indent string
}

// NewEncoder returns an Encoder that writes to w.
func NewEncoder(w io.Writer) *Encoder { return &Encoder{w: w, html: escapeHTML} }

// Encode writes v and a newline.
func (enc *Encoder) Encode(v any) error {
	if enc.err != nil {
		return enc.err
	}
	e := newEncodeState()
	defer e.free()
	e.any(&v, enc.html)
	if e.err != nil {
		return e.err
	}
	if enc.prefix != "" || enc.indent != "" {
		e.tmp = appendIndent(e.tmp[:0], e.buf, enc.prefix, enc.indent)
		e.buf, e.tmp = e.tmp, e.buf
	}
	e.buf = append(e.buf, '\n')
	_, enc.err = enc.w.Write(e.buf)
	return enc.err
}

// SetIndent makes Encode write as Indent does.
func (enc *Encoder) SetIndent(prefix, indent string) { enc.prefix, enc.indent = prefix, indent }

// SetEscapeHTML says whether <, > and & in strings are written as escapes,
// which they are at first.
func (enc *Encoder) SetEscapeHTML(on bool) {
	enc.html = 0
	if on {
		enc.html = escapeHTML
	}
}

// A Decoder reads JSON values from a stream, and may read ahead.
type Decoder struct {
	r       io.Reader
	buf     []byte
	i       int   // what of buf is consumed
	base    int64 // bytes in front of buf
	err     error
	number  bool
	strict  bool
	readErr error
	// What is open, innermost last, for Token.
	state []tokenState
}

// tokenState says what may come next in an open array or object.
type tokenState struct {
	object bool
	// What the last token was.
	last byte
}

const (
	tokenOpen  = iota // nothing yet
	tokenKey          // a name: a colon and a value must follow
	tokenValue        // a value: a comma or the end must follow
)

// NewDecoder returns a Decoder that reads from r.
func NewDecoder(r io.Reader) *Decoder { return &Decoder{r: r} }

// UseNumber makes numbers that are stored in an any a Number.
func (dec *Decoder) UseNumber() { dec.number = true }

// DisallowUnknownFields makes names that a struct has no field for an error.
func (dec *Decoder) DisallowUnknownFields() { dec.strict = true }

// Buffered returns what was read from the stream but not decoded; it is valid
// until the next Decode.
func (dec *Decoder) Buffered() io.Reader { return bytes.NewReader(dec.buf[dec.i:]) }

// InputOffset returns where the last token or value ended in the stream.
func (dec *Decoder) InputOffset() int64 { return dec.base + int64(dec.i) }

// fill reads more of the stream.
func (dec *Decoder) fill() error {
	if dec.readErr != nil {
		return dec.readErr
	}
	if dec.i > 0 {
		n := copy(dec.buf, dec.buf[dec.i:])
		dec.buf = dec.buf[:n]
		dec.base += int64(dec.i)
		dec.i = 0
	}
	if cap(dec.buf)-len(dec.buf) < 512 {
		grown := make([]byte, len(dec.buf), 2*cap(dec.buf)+512)
		copy(grown, dec.buf)
		dec.buf = grown
	}
	for range 100 {
		n, err := dec.r.Read(dec.buf[len(dec.buf):cap(dec.buf)])
		dec.buf = dec.buf[:len(dec.buf)+n]
		dec.readErr = err
		if n > 0 {
			return nil
		}
		if err != nil {
			return err
		}
	}
	dec.readErr = io.ErrNoProgress
	return dec.readErr
}

// peek returns the index of the next byte that is no space, reading more if
// need be.
func (dec *Decoder) peek(i int) (int, error) {
	for {
		if i = skipSpace(dec.buf, i); i < len(dec.buf) {
			return i, nil
		}
		i -= dec.i // fill moves what is there
		if err := dec.fill(); err != nil {
			return i + dec.i, err
		}
		i += dec.i
	}
}

// value finds the end of the value at i, reading more if need be. It returns
// both, as filling moves them.
func (dec *Decoder) value(s *scanner, i int) (start, end int, err error) {
	for {
		s.data = dec.buf
		end, err := s.value(i, len(dec.state))
		if err == nil && end == len(dec.buf) && dec.readErr == nil {
			switch dec.buf[i] {
			case '{', '[', '"', 't', 'f', 'n':
			default:
				err = errIncomplete // a number may go on
			}
		}
		if err == nil {
			return i, end, nil
		}
		if err != errIncomplete {
			if e, ok := err.(*SyntaxError); ok {
				e.Offset += dec.base
			}
			return i, end, err
		}
		i -= dec.i
		ferr := dec.fill()
		i += dec.i
		if ferr == nil {
			continue
		}
		if ferr != io.EOF {
			return i, end, ferr
		}
		s.data = dec.buf
		if end, err = s.value(i, len(dec.state)); err == nil {
			return i, end, nil
		}
		return i, end, io.ErrUnexpectedEOF
	}
}

// Decode stores the next value in what v points to; io.EOF is the error if
// there is none.
func (dec *Decoder) Decode(v any) error {
	if dec.err != nil {
		return dec.err
	}
	i, err := dec.separator()
	if err != nil {
		return err
	}
	d := newDecodeState()
	defer d.free()
	start, end, err := dec.value(&d.scan, i)
	if err != nil {
		dec.err = err
		return err
	}
	d.useNumber, d.strict, d.offset = dec.number, dec.strict, dec.base
	err = d.unmarshal(dec.buf[:end:end], start, v)
	dec.i = end
	dec.ended()
	return err
}

// separator moves in front of a value, behind the comma or colon if there
// has to be one.
func (dec *Decoder) separator() (int, error) {
	i, err := dec.peek(dec.i)
	if err != nil {
		if err == io.EOF && len(dec.state) > 0 {
			err = io.ErrUnexpectedEOF
		}
		return i, err
	}
	if len(dec.state) == 0 {
		return i, nil
	}
	st := &dec.state[len(dec.state)-1]
	want, context := byte(0), ""
	switch {
	case st.last == tokenKey:
		want, context = ':', "after object key"
	case st.object:
		return i, dec.charError(i, "looking for beginning of object key string")
	case st.last == tokenValue:
		want, context = ',', "after array element"
	default:
		return i, nil
	}
	if dec.buf[i] != want {
		return i, dec.charError(i, context)
	}
	return dec.peek(i + 1)
}

func (dec *Decoder) charError(i int, context string) error {
	err := charError(dec.buf, i, context).(*SyntaxError)
	err.Offset += dec.base
	return err
}

// ended notes that a value ended.
func (dec *Decoder) ended() {
	if n := len(dec.state); n > 0 {
		dec.state[n-1].last = tokenValue
	}
}

// More reports whether there is another element in the array or object that
// is open, or another value.
func (dec *Decoder) More() bool {
	i, err := dec.peek(dec.i)
	if err == nil || len(dec.state) > 0 {
		dec.i = i
	}
	if n := len(dec.state); n > 0 {
		if err == io.EOF {
			return true // the next call says what is missing
		}
		if err == nil && dec.state[n-1].last == tokenKey && dec.buf[i] == ':' {
			i, err = dec.peek(i + 1)
		}
	}
	return err == nil && dec.buf[i] != ']' && dec.buf[i] != '}'
}

// A Token is a Delim, bool, float64, Number, string or nil (null).
type Token any

// Delim is one of [ ] { }.
type Delim rune

// String returns the character.
func (d Delim) String() string { return string(d) }

// Token returns the next token, or io.EOF at the end. Commas and colons are
// checked, but no tokens.
func (dec *Decoder) Token() (Token, error) {
	i, err := dec.peek(dec.i)
	if err != nil {
		if err == io.EOF && len(dec.state) > 0 {
			err = &SyntaxError{errIncomplete.Error(), dec.base + int64(len(dec.buf))}
		}
		return nil, err
	}
	c := dec.buf[i]
	wantKey := false
	if n := len(dec.state); n > 0 {
		st := &dec.state[n-1]
		end := byte(']')
		if st.object {
			end = '}'
		}
		if c == end && st.last != tokenKey {
			dec.state = dec.state[:n-1]
			dec.i = i + 1
			dec.ended()
			return Delim(c), nil
		}
		switch st.last {
		case tokenKey:
			if c != ':' {
				return nil, dec.charError(i, "after object key")
			}
			if i, err = dec.peek(i + 1); err == nil && (dec.buf[i] == '}' || dec.buf[i] == ']') {
				return nil, &SyntaxError{"missing value after object key", dec.base + int64(i)}
			}
		case tokenValue:
			if c != ',' {
				if st.object {
					return nil, dec.charError(i, "after object key:value pair")
				}
				return nil, dec.charError(i, "after array element")
			}
			comma := i
			if i, err = dec.peek(i + 1); err == nil && dec.buf[i] == end {
				return nil, dec.charError(comma, "looking for beginning of value")
			}
			wantKey = st.object
		default:
			wantKey = st.object
		}
		if err != nil {
			if err == io.EOF {
				err = &SyntaxError{errIncomplete.Error(), dec.base + int64(len(dec.buf))}
			}
			return nil, err
		}
		c = dec.buf[i]
	}
	if wantKey && c != '"' {
		return nil, &SyntaxError{"object member name must be a string", dec.base + int64(i)}
	}
	if c == '{' || c == '[' {
		if len(dec.state) >= maxDepth {
			return nil, &SyntaxError{"exceeded max depth", dec.base + int64(i)}
		}
		dec.state = append(dec.state, tokenState{object: c == '{'})
		dec.i = i + 1
		return Delim(c), nil
	}
	var s scanner
	start, end, err := dec.value(&s, i)
	if err != nil {
		return nil, err
	}
	text := dec.buf[start:end]
	var t Token
	switch text[0] {
	case '"':
		b, _ := unquote(text, 0, nil)
		t = string(b)
	case 't', 'f':
		t = text[0] == 't'
	case 'n':
	default:
		if dec.number {
			t = Number(text)
			break
		}
		f, err := strconv.ParseFloat(string(text), 64)
		if err != nil {
			return nil, &UnmarshalTypeError{Value: "number " + string(text), Type: floatType, Offset: dec.base + int64(end)}
		}
		t = f
	}
	dec.i = end
	if wantKey {
		dec.state[len(dec.state)-1].last = tokenKey
	} else {
		dec.ended()
	}
	return t, nil
}

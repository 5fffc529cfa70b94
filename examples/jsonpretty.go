// Jsonpretty reads JSON from standard input (or takes a text of its own) and
// prints it indented, with keys sorted. The parser is its own.
package main

import (
	"fmt"
	"io"
	"os"
	"sort"
	"strconv"
	"strings"
)

// Value is nil, bool, float64, string, []Value or map[string]Value.
type Value any

type decoder struct {
	s   string
	pos int
}

func (d *decoder) space() {
	for d.pos < len(d.s) && strings.IndexByte(" \t\r\n", d.s[d.pos]) >= 0 {
		d.pos++
	}
}

func (d *decoder) errorf(format string, args ...any) error {
	line := 1 + strings.Count(d.s[:d.pos], "\n")
	col := d.pos - strings.LastIndexByte(d.s[:d.pos], '\n')
	return fmt.Errorf("%d:%d: %s", line, col, fmt.Sprintf(format, args...))
}

func (d *decoder) value() (Value, error) {
	d.space()
	if d.pos == len(d.s) {
		return nil, d.errorf("unexpected end")
	}
	switch c := d.s[d.pos]; {
	case c == '{':
		return d.object()
	case c == '[':
		return d.array()
	case c == '"':
		return d.str()
	case c == '-' || '0' <= c && c <= '9':
		start := d.pos
		for d.pos < len(d.s) && strings.IndexByte("+-.eE0123456789", d.s[d.pos]) >= 0 {
			d.pos++
		}
		f, err := strconv.ParseFloat(d.s[start:d.pos], 64)
		if err != nil {
			return nil, d.errorf("%v", err)
		}
		return f, nil
	}
	for word, v := range map[string]Value{"null": nil, "true": true, "false": false} {
		if strings.HasPrefix(d.s[d.pos:], word) {
			d.pos += len(word)
			return v, nil
		}
	}
	return nil, d.errorf("unexpected %q", d.s[d.pos])
}

func (d *decoder) str() (string, error) {
	end := d.pos + 1
	for end < len(d.s) && d.s[end] != '"' {
		if d.s[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(d.s) {
		return "", d.errorf("string does not end")
	}
	text, err := strconv.Unquote(strings.ReplaceAll(d.s[d.pos:end+1], `\/`, "/"))
	if err != nil {
		return "", d.errorf("bad string")
	}
	d.pos = end + 1
	return text, nil
}

// list reads elements separated by commas up to end.
func (d *decoder) list(end byte, element func() error) error {
	d.pos++
	d.space()
	if d.pos < len(d.s) && d.s[d.pos] == end {
		d.pos++
		return nil
	}
	for {
		if err := element(); err != nil {
			return err
		}
		d.space()
		if d.pos == len(d.s) {
			return d.errorf("unexpected end, want %q", end)
		}
		c := d.s[d.pos]
		d.pos++
		switch c {
		case ',':
			d.space()
		case end:
			return nil
		default:
			d.pos--
			return d.errorf("unexpected %q, want ',' or %q", c, end)
		}
	}
}

func (d *decoder) array() (Value, error) {
	list := []Value{}
	err := d.list(']', func() error {
		v, err := d.value()
		list = append(list, v)
		return err
	})
	return list, err
}

func (d *decoder) object() (Value, error) {
	m := map[string]Value{}
	err := d.list('}', func() error {
		if d.pos == len(d.s) || d.s[d.pos] != '"' {
			return d.errorf("expected a key")
		}
		key, err := d.str()
		if err != nil {
			return err
		}
		d.space()
		if !strings.HasPrefix(d.s[d.pos:], ":") {
			return d.errorf("expected ':' after key %q", key)
		}
		d.pos++
		m[key], err = d.value()
		return err
	})
	return m, err
}

func encode(w io.Writer, v Value, indent string) {
	switch v := v.(type) {
	case nil:
		fmt.Fprint(w, "null")
	case string:
		fmt.Fprintf(w, "%q", v)
	case []Value:
		if len(v) == 0 {
			fmt.Fprint(w, "[]")
			return
		}
		sep := "["
		for _, e := range v {
			fmt.Fprint(w, sep, "\n", indent, "  ")
			encode(w, e, indent+"  ")
			sep = ","
		}
		fmt.Fprint(w, "\n", indent, "]")
	case map[string]Value:
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		sep := "{"
		for _, k := range keys {
			fmt.Fprintf(w, "%s\n%s  %q: ", sep, indent, k)
			encode(w, v[k], indent+"  ")
			sep = ","
		}
		if len(v) == 0 {
			fmt.Fprint(w, "{")
		} else {
			fmt.Fprint(w, "\n", indent)
		}
		fmt.Fprint(w, "}")
	default:
		fmt.Fprint(w, v)
	}
}

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	texts := []string{string(text)}
	if len(text) == 0 {
		texts = []string{
			`{"name":"gosubc","tags":["go","llvm",null],"size":{"kB":412.5,"small":true},"empty":[{},[]],"caf\u00e9":"\"quoted\" \\ \/"}`,
			"[1, 2e3, -0.25", "{\"a\" 1}", "[tru]",
		}
	}
	for _, t := range texts {
		d := &decoder{s: t}
		v, err := d.value()
		if err != nil {
			fmt.Println("error:", err)
			continue
		}
		encode(os.Stdout, v, "")
		fmt.Println()
	}
}

// This file holds all of package pem.

// Package pem reads and writes the format in which keys and certificates
// usually come: base64 between lines that say what it is (RFC 1421).
package pem

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"slices"
	"strings"
)

// A Block is what lies between a BEGIN and an END line.
type Block struct {
	Type    string            // the words behind BEGIN
	Headers map[string]string // lines before the bytes
	Bytes   []byte
}

const (
	begin   = "-----BEGIN "
	end     = "-----END "
	dashes  = "-----"
	lineLen = 64
)

// cutLine cuts the first line off data, without spaces at its end.
func cutLine(data []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(data, []byte{'\n'})
	return bytes.TrimRight(line, " \t\r"), rest
}

// Decode finds the next block. It returns nil and all of data if there is none.
func Decode(data []byte) (p *Block, rest []byte) {
	rest = data
	for {
		// The BEGIN line must start a line.
		switch i := bytes.Index(rest, []byte(begin)); {
		case i < 0:
			return nil, data
		case i > 0 && rest[i-1] != '\n':
			rest = rest[i+len(begin):]
			continue
		default:
			rest = rest[i+len(begin):]
		}
		after := rest
		line, body := cutLine(rest)
		typ, ok := bytes.CutSuffix(line, []byte(dashes))
		if !ok {
			continue
		}
		block := &Block{Type: string(typ), Headers: map[string]string{}}
		rest = body
		for {
			if len(rest) == 0 {
				return nil, data
			}
			line, next := cutLine(rest)
			key, value, ok := bytes.Cut(line, []byte{':'})
			if !ok {
				break
			}
			block.Headers[string(bytes.TrimSpace(key))] = string(bytes.TrimSpace(value))
			rest = next
		}

		// The END line: there may be no bytes in front of it.
		var text []byte
		if bytes.HasPrefix(rest, []byte(end)) && len(block.Headers) == 0 {
			rest = rest[len(end):]
		} else if i := bytes.Index(rest, []byte("\n"+end)); i >= 0 {
			text = rest[:i]
			rest = rest[i+1+len(end):]
		} else {
			rest = after
			continue
		}
		line, tail := cutLine(rest)
		name, ok := bytes.CutSuffix(line, []byte(dashes))
		if !ok || !bytes.Equal(name, typ) {
			rest = after
			continue
		}
		b64 := slices.DeleteFunc(slices.Clone(text), func(c byte) bool {
			return c == ' ' || c == '\t' || c == '\r' || c == '\n'
		})
		block.Bytes = make([]byte, base64.StdEncoding.DecodedLen(len(b64)))
		n, err := base64.StdEncoding.Decode(block.Bytes, b64)
		if err != nil {
			rest = after
			continue
		}
		block.Bytes = block.Bytes[:n]
		return block, tail
	}
}

// Encode writes b to out.
func Encode(out io.Writer, b *Block) error {
	for k := range b.Headers {
		if strings.Contains(k, ":") {
			return errors.New("pem: cannot encode a header key that contains a colon")
		}
	}
	var text []byte
	text = append(text, begin+b.Type+dashes+"\n"...)
	if len(b.Headers) > 0 {
		// What is encrypted says so first.
		const first = "Proc-Type"
		var keys []string
		for k := range b.Headers {
			if k != first {
				keys = append(keys, k)
			}
		}
		slices.Sort(keys)
		if v, ok := b.Headers[first]; ok {
			text = append(text, first+": "+v+"\n"...)
		}
		for _, k := range keys {
			text = append(text, k+": "+b.Headers[k]+"\n"...)
		}
		text = append(text, '\n')
	}
	for data := b.Bytes; len(data) > 0; {
		n := min(len(data), lineLen/4*3)
		text = base64.StdEncoding.AppendEncode(text, data[:n])
		text = append(text, '\n')
		data = data[n:]
	}
	text = append(text, end+b.Type+dashes+"\n"...)
	_, err := out.Write(text)
	return err
}

// EncodeToMemory returns b encoded, or nil if its headers cannot be.
func EncodeToMemory(b *Block) []byte {
	var buf bytes.Buffer
	if Encode(&buf, b) != nil {
		return nil
	}
	return buf.Bytes()
}

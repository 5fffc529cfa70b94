// This file holds encoded words in headers (RFC 2047).

package mime

import (
	"encoding/base64"
	"errors"
	"fmt"
	"internal/hexdigit"
	"io"
	"strings"
	"unicode/utf8"
)

// A WordEncoder encodes words.
type WordEncoder byte

// The encodings.
const (
	BEncoding = WordEncoder('b') // base64
	QEncoding = WordEncoder('q') // like quoted-printable
)

// maxWord is how long an encoded word may be, and what of it is content.
const maxWord = 75

var errInvalidWord = errors.New("mime: invalid RFC 2047 encoded-word")

// Encode returns s, encoded if it has other than printable ASCII.
func (e WordEncoder) Encode(charset, s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	open := "=?" + charset + "?" + string(rune(e)) + "?"
	isUTF8 := strings.EqualFold(charset, "utf-8")
	room := maxWord - len(open) - len("?=")
	b.WriteString(open)
	size := func(piece string) int {
		if e == BEncoding {
			return base64.StdEncoding.EncodedLen(len(piece))
		}
		n := 0
		for i := range len(piece) {
			n += len(qByte(piece[i]))
		}
		return n
	}
	flush := func(piece string) {
		if e == BEncoding {
			b.WriteString(base64.StdEncoding.EncodeToString([]byte(piece)))
			return
		}
		for i := range len(piece) {
			b.WriteString(qByte(piece[i]))
		}
	}
	if !isUTF8 || size(s) <= room {
		flush(s)
	} else {
		// Words are split, but not within a character.
		from := 0
		for at := 0; at < len(s); {
			_, n := utf8.DecodeRuneInString(s[at:])
			if size(s[from:at+n]) > room {
				flush(s[from:at])
				b.WriteString("?= " + open)
				from = at
			}
			at += n
		}
		flush(s[from:])
	}
	b.WriteString("?=")
	return b.String()
}

func qByte(c byte) string {
	switch {
	case c == ' ':
		return "_"
	case c > ' ' && c <= '~' && c != '=' && c != '?' && c != '_':
		return string(rune(c))
	}
	return fmt.Sprintf("=%02X", c)
}

// A WordDecoder decodes words.
type WordDecoder struct {
	// CharsetReader makes UTF-8 of text in a character set (in lower case)
	// other than UTF-8, ISO-8859-1 and US-ASCII.
	CharsetReader func(charset string, input io.Reader) (io.Reader, error)
}

// Decode decodes one word.
func (d *WordDecoder) Decode(word string) (string, error) {
	if len(word) < 8 || !strings.HasPrefix(word, "=?") || !strings.HasSuffix(word, "?=") || strings.Count(word, "?") != 4 {
		return "", errInvalidWord
	}
	f := strings.Split(word[2:len(word)-2], "?")
	if f[0] == "" || len(f[1]) != 1 {
		return "", errInvalidWord
	}
	content, err := decodeContent(f[1][0], f[2])
	if err != nil {
		return "", err
	}
	var b strings.Builder
	if err := d.convert(&b, f[0], content); err != nil {
		return "", err
	}
	return b.String(), nil
}

// DecodeHeader decodes all words in a header; space between words goes.
func (d *WordDecoder) DecodeHeader(header string) (string, error) {
	var b strings.Builder
	between := false // the last thing was a word
	for {
		start := strings.Index(header, "=?")
		if start < 0 {
			break
		}
		charset, encoding, text, n, ok := splitWord(header[start:])
		if !ok {
			// Not a word: what looks like its start is text.
			b.WriteString(header[:start+2])
			header = header[start+2:]
			between = false
			continue
		}
		content, err := decodeContent(encoding, text)
		if err != nil {
			b.WriteString(header[:start+n])
			header = header[start+n:]
			between = false
			continue
		}
		if gap := header[:start]; !between || strings.Trim(gap, " \t\r\n") != "" {
			b.WriteString(gap)
		}
		if err := d.convert(&b, charset, content); err != nil {
			return "", err
		}
		header = header[start+n:]
		between = true
	}
	b.WriteString(header)
	return b.String(), nil
}

// splitWord splits "=?charset?encoding?text?=" at the start of s.
func splitWord(s string) (charset string, encoding byte, text string, n int, ok bool) {
	rest := s[2:]
	i := strings.IndexByte(rest, '?')
	if i <= 0 || len(rest) < i+4 || rest[i+2] != '?' {
		return
	}
	charset, encoding = rest[:i], rest[i+1]
	rest = rest[i+3:]
	end := strings.Index(rest, "?=")
	if end < 0 {
		return
	}
	return charset, encoding, rest[:end], 2 + i + 3 + end + 2, true
}

func decodeContent(encoding byte, text string) ([]byte, error) {
	switch encoding {
	case 'B', 'b':
		return base64.StdEncoding.DecodeString(text)
	case 'Q', 'q':
		var out []byte
		for i := 0; i < len(text); i++ {
			switch c := text[i]; {
			case c == '_':
				out = append(out, ' ')
			case c == '=':
				if i+2 >= len(text) {
					return nil, errInvalidWord
				}
				hi, lo := hexdigit.Value(rune(text[i+1])), hexdigit.Value(rune(text[i+2]))
				if hi < 0 || lo < 0 {
					return nil, fmt.Errorf("mime: invalid hex byte %#02x", text[i+1])
				}
				out = append(out, byte(hi<<4|lo))
				i += 2
			case c >= ' ' && c <= '~' || c == '\n' || c == '\r' || c == '\t':
				out = append(out, c)
			default:
				return nil, errInvalidWord
			}
		}
		return out, nil
	}
	return nil, errInvalidWord
}

func (d *WordDecoder) convert(b *strings.Builder, charset string, content []byte) error {
	switch {
	case strings.EqualFold(charset, "utf-8"):
		b.Write(content)
	case strings.EqualFold(charset, "iso-8859-1"):
		for _, c := range content {
			b.WriteRune(rune(c))
		}
	case strings.EqualFold(charset, "us-ascii"):
		for _, c := range content {
			if c >= utf8.RuneSelf {
				b.WriteRune(utf8.RuneError)
			} else {
				b.WriteByte(c)
			}
		}
	default:
		if d.CharsetReader == nil {
			return fmt.Errorf("mime: unhandled charset %q", charset)
		}
		r, err := d.CharsetReader(strings.ToLower(charset), strings.NewReader(string(content)))
		if err != nil {
			return err
		}
		_, err = io.Copy(b, r)
		return err
	}
	return nil
}

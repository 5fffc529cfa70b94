// This file holds all of package encoding.

// Package encoding has the interfaces by which values turn themselves into
// bytes or text and back. Other packages look for them.
package encoding

// BinaryMarshaler turns itself into bytes.
type BinaryMarshaler interface {
	MarshalBinary() (data []byte, err error)
}

// BinaryUnmarshaler turns itself into what the bytes of its MarshalBinary say.
// It must copy what it keeps of data.
type BinaryUnmarshaler interface {
	UnmarshalBinary(data []byte) error
}

// BinaryAppender appends itself as bytes to b, and changes nothing of b before
// its end.
type BinaryAppender interface {
	AppendBinary(b []byte) ([]byte, error)
}

// TextMarshaler turns itself into UTF-8 text.
type TextMarshaler interface {
	MarshalText() (text []byte, err error)
}

// TextUnmarshaler turns itself into what the text of its MarshalText says. It
// must copy what it keeps of text.
type TextUnmarshaler interface {
	UnmarshalText(text []byte) error
}

// TextAppender appends itself as UTF-8 text to b, and changes nothing of b
// before its end.
type TextAppender interface {
	AppendText(b []byte) ([]byte, error)
}

// This file holds readers and writers of a part of something.

package io

// LimitReader returns a Reader that reads from r, but at most n bytes. It is a
// *LimitedReader.
func LimitReader(r Reader, n int64) Reader { return &LimitedReader{r, n} }

// LimitedReader reads from R, but at most N bytes; each Read takes off N what
// it got. It returns EOF when N is 0 or less or R ends.
type LimitedReader struct {
	R Reader // where to read
	N int64  // how many bytes are left
}

// Read reads from R within the limit.
func (l *LimitedReader) Read(p []byte) (n int, err error) {
	if l.N <= 0 {
		return 0, EOF
	}
	if int64(len(p)) > l.N {
		p = p[:l.N]
	}
	n, err = l.R.Read(p)
	l.N -= int64(n)
	return n, err
}

// SectionReader reads a section of a ReaderAt, with all the methods for it.
type SectionReader struct {
	r     ReaderAt
	start int64
	pos   int64
	end   int64
	n     int64 // the size as it was given
}

// NewSectionReader returns a SectionReader for the n bytes of r from off on.
func NewSectionReader(r ReaderAt, off int64, n int64) *SectionReader {
	const last = 1<<63 - 1
	end := int64(last)
	if off <= last-n {
		end = off + n
	}
	return &SectionReader{r, off, off, end, n}
}

// Read reads the next bytes of the section.
func (s *SectionReader) Read(p []byte) (n int, err error) {
	if s.pos >= s.end {
		return 0, EOF
	}
	if left := s.end - s.pos; int64(len(p)) > left {
		p = p[:left]
	}
	n, err = s.r.ReadAt(p, s.pos)
	s.pos += int64(n)
	return n, err
}

// Seek sets the place of the next Read.
func (s *SectionReader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case SeekStart:
		offset += s.start
	case SeekCurrent:
		offset += s.pos
	case SeekEnd:
		offset += s.end
	default:
		return 0, errWhence
	}
	if offset < s.start {
		return 0, errOffset
	}
	s.pos = offset
	return offset - s.start, nil
}

// ReadAt reads at the place off of the section.
func (s *SectionReader) ReadAt(p []byte, off int64) (n int, err error) {
	if off < 0 || off >= s.Size() {
		return 0, EOF
	}
	off += s.start
	left := s.end - off
	if int64(len(p)) <= left {
		return s.r.ReadAt(p, off)
	}
	n, err = s.r.ReadAt(p[:left], off)
	if err == nil {
		err = EOF
	}
	return n, err
}

// Size returns the size of the section.
func (s *SectionReader) Size() int64 { return s.end - s.start }

// Outer returns what the section is of, and its place and size there, as given
// to NewSectionReader.
func (s *SectionReader) Outer() (r ReaderAt, off int64, n int64) {
	return s.r, s.start, s.n
}

// OffsetWriter writes to a WriterAt, with all places counted from one in it.
type OffsetWriter struct {
	w     WriterAt
	start int64
	pos   int64
}

// NewOffsetWriter returns an OffsetWriter whose start is at off in w.
func NewOffsetWriter(w WriterAt, off int64) *OffsetWriter {
	return &OffsetWriter{w, off, off}
}

// Write writes p at the current place and goes on behind it.
func (o *OffsetWriter) Write(p []byte) (n int, err error) {
	n, err = o.w.WriteAt(p, o.pos)
	o.pos += int64(n)
	return n, err
}

// WriteAt writes p at the place off.
func (o *OffsetWriter) WriteAt(p []byte, off int64) (n int, err error) {
	if off < 0 {
		return 0, errOffset
	}
	return o.w.WriteAt(p, o.start+off)
}

// Seek sets the current place. The end is not known, so SeekEnd is an error.
func (o *OffsetWriter) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case SeekStart:
		offset += o.start
	case SeekCurrent:
		offset += o.pos
	default:
		return 0, errWhence
	}
	if offset < o.start {
		return 0, errOffset
	}
	o.pos = offset
	return offset - o.start, nil
}

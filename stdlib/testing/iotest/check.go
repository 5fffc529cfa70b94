// This file checks readers.

package iotest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// TestReader checks that r gives content, in reads of all sizes, and, if it
// has those methods, that ReadAt and Seek do what they should.
func TestReader(r io.Reader, content []byte) error {
	if len(content) > 0 {
		if n, err := r.Read(nil); n != 0 || err != nil {
			return fmt.Errorf("Read(0) = %d, %v, want 0, nil", n, err)
		}
	}
	data, err := io.ReadAll(&smallByteReader{r: r})
	if err != nil {
		return err
	}
	if !bytes.Equal(data, content) {
		return fmt.Errorf("ReadAll(small amounts) = %q\n\twant %q", data, content)
	}
	if n, err := r.Read(make([]byte, 10)); n != 0 || err != io.EOF {
		return fmt.Errorf("Read(10) at EOF = %v, %v, want 0, EOF", n, err)
	}
	if s, ok := r.(io.ReadSeeker); ok {
		if err := checkSeek(s, content); err != nil {
			return err
		}
	}
	if at, ok := r.(io.ReaderAt); ok {
		return checkReadAt(at, content)
	}
	return nil
}

// smallByteReader reads one to three bytes at a time.
type smallByteReader struct {
	r io.Reader
	n int
}

func (s *smallByteReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	s.n++
	n, err := s.r.Read(p[:min(s.n%3+1, len(p))])
	if err != nil && err != io.EOF {
		err = fmt.Errorf("Read(%d at offset) = %d, %w", min(s.n%3+1, len(p)), n, err)
	}
	return n, err
}

func checkSeek(r io.ReadSeeker, content []byte) error {
	size := int64(len(content))
	seek := func(name string, offset int64, whence int, want int64) error {
		if off, err := r.Seek(offset, whence); off != want || err != nil {
			return fmt.Errorf("Seek(%s) at %d = %d, %v, want %d, nil", name, offset, off, err, want)
		}
		return nil
	}
	readRest := func(from int64) error {
		data, err := io.ReadAll(r)
		if err != nil {
			return fmt.Errorf("ReadAll from offset %d: %v", from, err)
		}
		if !bytes.Equal(data, content[from:]) {
			return fmt.Errorf("ReadAll from offset %d = %q\n\twant %q", from, data, content[from:])
		}
		return nil
	}
	middle := size / 2
	return errors.Join(
		seek("0, 1", 0, io.SeekCurrent, size),
		seek("0, 0", 0, io.SeekStart, 0),
		readRest(0),
		seek("middle, 0", middle, io.SeekStart, middle),
		seek("0, 1", 0, io.SeekCurrent, middle),
		readRest(middle),
		seek("-middle, 2", -middle, io.SeekEnd, size-middle),
		readRest(size-middle),
		seek("0, 2", 0, io.SeekEnd, size),
		readRest(size),
		seekError(r, -1, io.SeekStart),
		seekError(r, -size-1, io.SeekEnd),
	)
}

func seekError(r io.Seeker, offset int64, whence int) error {
	if off, err := r.Seek(offset, whence); err == nil {
		return fmt.Errorf("Seek(%d, %d) = %d, nil, want error", offset, whence, off)
	}
	return nil
}

func checkReadAt(r io.ReaderAt, content []byte) error {
	b := make([]byte, len(content)+1)
	for i := range b {
		b[i] = 0xfe
	}
	n, err := r.ReadAt(b, 0)
	if n != len(content) || err != io.EOF {
		return fmt.Errorf("ReadAt(%d, 0) = %v, %v, want %d, EOF", len(b), n, err, len(content))
	}
	if !bytes.Equal(b[:n], content) {
		return fmt.Errorf("ReadAt(%d, 0) = %q\n\twant %q", len(b), b[:n], content)
	}
	if b[n] != 0xfe {
		return errors.New("ReadAt wrote past what it read")
	}
	for i := range content {
		n, err := r.ReadAt(b[:1], int64(i))
		if n != 1 || err != nil && err != io.EOF || b[0] != content[i] {
			return fmt.Errorf("ReadAt(1, %d) = %d, %v: %q, want 1, nil: %q", i, n, err, b[:1], content[i:i+1])
		}
	}
	if n, err := r.ReadAt(b[:1], int64(len(content))); n != 0 || err != io.EOF {
		return fmt.Errorf("ReadAt(1, %d) = %d, %v, want 0, EOF", len(content), n, err)
	}
	if n, err := r.ReadAt(b[:1], -1); err == nil {
		return fmt.Errorf("ReadAt(1, -1) = %d, nil, want error", n)
	}
	return nil
}

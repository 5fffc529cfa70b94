// This file holds forms.

package multipart

import (
	"bytes"
	"errors"
	"io"
	"net/textproto"
	"os"
)

// ErrMessageTooLarge is the error of a form that is too large to keep.
var ErrMessageTooLarge = errors.New("multipart: message too large")

// A Form has values and files, the files in memory or in temporary ones.
type Form struct {
	Value map[string][]string
	File  map[string][]*FileHeader
}

// A FileHeader describes a file of a form.
type FileHeader struct {
	Filename string
	Header   textproto.MIMEHeader
	Size     int64

	content []byte
	tmp     string
}

// A File is an open file of a form.
type File interface {
	io.Reader
	io.ReaderAt
	io.Seeker
	io.Closer
}

type memFile struct{ *io.SectionReader }

func (memFile) Close() error { return nil }

// Open opens the file.
func (fh *FileHeader) Open() (File, error) {
	if fh.tmp != "" {
		return os.Open(fh.tmp)
	}
	return memFile{io.NewSectionReader(bytes.NewReader(fh.content), 0, int64(len(fh.content)))}, nil
}

// RemoveAll removes the temporary files.
func (f *Form) RemoveAll() error {
	var first error
	for _, list := range f.File {
		for _, fh := range list {
			if fh.tmp == "" {
				continue
			}
			if err := os.Remove(fh.tmp); err != nil && !errors.Is(err, os.ErrNotExist) && first == nil {
				first = err
			}
		}
	}
	return first
}

// ReadForm reads a whole form. Up to maxMemory bytes of files stay in memory;
// values may take 10 MB more.
func (r *Reader) ReadForm(maxMemory int64) (_ *Form, err error) {
	f := &Form{Value: map[string][]string{}, File: map[string][]*FileHeader{}}
	defer func() {
		if err != nil {
			f.RemoveAll()
		}
	}()
	fileRoom := maxMemory
	room := maxMemory + 10<<20
	if room <= 0 {
		room = 1<<63 - 1
		if maxMemory < 0 {
			room = 0
		}
	}
	for parts := 0; ; {
		p, err := r.next(false, max(room, 0), maxHeaders)
		if err == io.EOF {
			return f, nil
		}
		if err != nil {
			return nil, err
		}
		if parts++; parts > maxParts {
			return nil, ErrMessageTooLarge
		}
		name := p.FormName()
		if name == "" {
			continue
		}
		filename := p.FileName()
		if room -= int64(len(name)) + 100; room < 0 {
			return nil, ErrMessageTooLarge
		}
		if filename == "" {
			b, err := io.ReadAll(io.LimitReader(p, room+1))
			if err != nil {
				return nil, err
			}
			if room -= int64(len(b)); room < 0 {
				return nil, ErrMessageTooLarge
			}
			f.Value[name] = append(f.Value[name], string(b))
			continue
		}
		for k, list := range p.Header {
			for _, v := range list {
				room -= int64(len(k) + len(v))
			}
		}
		if room -= 100; room < 0 {
			return nil, ErrMessageTooLarge
		}
		fh := &FileHeader{Filename: filename, Header: p.Header}
		b, err := io.ReadAll(io.LimitReader(p, max(fileRoom, 0)+1))
		if err != nil {
			return nil, err
		}
		f.File[name] = append(f.File[name], fh)
		if int64(len(b)) <= fileRoom {
			fh.content, fh.Size = b, int64(len(b))
			fileRoom -= fh.Size
			room -= fh.Size
			continue
		}
		file, err := os.CreateTemp("", "multipart-")
		if err != nil {
			return nil, err
		}
		fh.tmp = file.Name()
		fh.Size, err = io.Copy(file, io.MultiReader(bytes.NewReader(b), p))
		if e := file.Close(); err == nil {
			err = e
		}
		if err != nil {
			return nil, err
		}
	}
}

// This file reads archives.

// Package zip reads ZIP archives, with ZIP64, without encryption and without
// division into several files.
package zip

import (
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// Compression methods.
const (
	Store   uint16 = 0
	Deflate uint16 = 8
)

// The errors.
var (
	ErrFormat       = errors.New("zip: not a valid zip file")
	ErrAlgorithm    = errors.New("zip: unsupported compression algorithm")
	ErrChecksum     = errors.New("zip: checksum error")
	ErrInsecurePath = errors.New("zip: insecure file path")
)

// A Decompressor returns a reader that decompresses; it need not read to the end,
// and must be safe for several goroutines.
type Decompressor func(r io.Reader) io.ReadCloser

var decompressors sync.Map

func init() {
	decompressors.Store(Store, Decompressor(io.NopCloser))
	decompressors.Store(Deflate, Decompressor(flate.NewReader))
}

// RegisterDecompressor adds a method for all Readers. It panics if there is one.
func RegisterDecompressor(method uint16, dcomp Decompressor) {
	if _, dup := decompressors.LoadOrStore(method, dcomp); dup {
		panic("decompressor already registered")
	}
}

// Signatures and fixed sizes of the format's parts.
const (
	sigFile      = 0x04034b50
	sigDirectory = 0x02014b50
	sigEnd       = 0x06054b50
	sigEnd64     = 0x06064b50
	sigLocator64 = 0x07064b50

	lenFile      = 30
	lenDirectory = 46
	lenEnd       = 22
	lenEnd64     = 56
	lenLocator64 = 20
)

// A Reader has the files of an archive.
type Reader struct {
	File    []*File
	Comment string

	r             io.ReaderAt
	decompressors map[uint16]Decompressor
	tree          tree
}

// A ReadCloser is a Reader of a file that must be closed.
type ReadCloser struct {
	Reader
	f *os.File
}

// OpenReader opens the archive with this name.
func OpenReader(name string) (*ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	fi, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	rc := &ReadCloser{f: f}
	if err = rc.init(f, fi.Size()); err != nil {
		f.Close()
		return nil, err
	}
	return rc, nil
}

// Close closes the file.
func (rc *ReadCloser) Close() error { return rc.f.Close() }

// NewReader returns the archive that r has, of size bytes.
func NewReader(r io.ReaderAt, size int64) (*Reader, error) {
	if size < 0 {
		return nil, errors.New("zip: size cannot be negative")
	}
	z := new(Reader)
	if err := z.init(r, size); err != nil {
		return nil, err
	}
	return z, nil
}

// RegisterDecompressor adds a method for this Reader, before those for all.
func (r *Reader) RegisterDecompressor(method uint16, dcomp Decompressor) {
	if r.decompressors == nil {
		r.decompressors = map[uint16]Decompressor{}
	}
	r.decompressors[method] = dcomp
}

func (r *Reader) decompressor(method uint16) Decompressor {
	if d := r.decompressors[method]; d != nil {
		return d
	}
	if d, ok := decompressors.Load(method); ok {
		return d.(Decompressor)
	}
	return nil
}

// end is what the record at the end of the archive says.
type end struct {
	records, size, offset uint64
	comment               string
}

var le = binary.LittleEndian

// findEnd finds the record at the end, behind which there may be a comment, and
// how many bytes are in front of the archive.
func findEnd(r io.ReaderAt, size int64) (e end, base int64, err error) {
	var buf []byte
	at := -1
	for _, n := range []int64{1024, 65 * 1024} {
		n = min(n, size)
		buf = make([]byte, n)
		if _, err = r.ReadAt(buf, size-n); err != nil && err != io.EOF {
			return e, 0, err
		}
		for i := len(buf) - lenEnd; i >= 0; i-- {
			if le.Uint32(buf[i:]) == sigEnd {
				// A comment that is cut off is no comment.
				if i+lenEnd+int(le.Uint16(buf[i+20:])) <= len(buf) {
					at = i
				}
				break
			}
		}
		if at >= 0 || n == size {
			break
		}
	}
	if at < 0 {
		return e, 0, ErrFormat
	}
	b := buf[at:]
	pos := size - int64(len(buf)) + int64(at)
	e = end{uint64(le.Uint16(b[10:])), uint64(le.Uint32(b[12:])), uint64(le.Uint32(b[16:])), string(b[lenEnd : lenEnd+int(le.Uint16(b[20:]))])}
	if e.records == 0xffff || e.size == 0xffff || e.offset == 0xffffffff {
		p, err := findEnd64(r, pos)
		if err == nil && p >= 0 {
			pos = p
			var b [lenEnd64]byte
			if _, err = r.ReadAt(b[:], p); err == nil {
				if le.Uint32(b[:]) != sigEnd64 {
					return e, 0, ErrFormat
				}
				e.records, e.size, e.offset = le.Uint64(b[32:]), le.Uint64(b[40:]), le.Uint64(b[48:])
			}
		}
		if err != nil {
			return e, 0, err
		}
	}
	if e.size > 1<<63-1 || e.offset > 1<<63-1 {
		return e, 0, ErrFormat
	}
	base = pos - int64(e.size) - int64(e.offset)
	if o := base + int64(e.offset); o < 0 || o >= size && e.records > 0 {
		return e, 0, ErrFormat
	}
	// Offsets may be from the start of the file in spite of what is in front.
	if base > 0 {
		var b [4]byte
		if n, _ := r.ReadAt(b[:], int64(e.offset)); n == 4 && le.Uint32(b[:]) == sigDirectory {
			base = 0
		}
	}
	return e, base, nil
}

// findEnd64 returns where the record of ZIP64 is, or -1.
func findEnd64(r io.ReaderAt, pos int64) (int64, error) {
	pos -= lenLocator64
	if pos < 0 {
		return -1, nil
	}
	var b [lenLocator64]byte
	if _, err := r.ReadAt(b[:], pos); err != nil {
		return -1, err
	}
	if le.Uint32(b[:]) != sigLocator64 || le.Uint32(b[4:]) != 0 || le.Uint32(b[16:]) != 1 {
		return -1, nil
	}
	return int64(le.Uint64(b[8:])), nil
}

// init reads the directory.
func (r *Reader) init(rdr io.ReaderAt, size int64) error {
	e, base, err := findEnd(rdr, size)
	if err != nil {
		return err
	}
	r.r = rdr
	r.Comment = e.comment
	// A directory entry has at least lenDirectory bytes: no more fit.
	if e.records > uint64(size)/lenDirectory {
		return ErrFormat
	}
	buf := io.NewSectionReader(rdr, base+int64(e.offset), size-base-int64(e.offset))
	for {
		f := &File{zip: r}
		err := f.readDirectory(buf)
		if err == ErrFormat || err == io.ErrUnexpectedEOF || err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		f.headerOffset += base
		r.File = append(r.File, f)
	}
	if uint16(len(r.File)) != uint16(e.records) {
		// The directory is cut off.
		return ErrFormat
	}
	return nil
}

// A File is a file of an archive.
type File struct {
	FileHeader
	zip          *Reader
	headerOffset int64
}

// readDirectory reads an entry of the directory.
func (f *File) readDirectory(r io.Reader) error {
	var b [lenDirectory]byte
	if _, err := io.ReadFull(r, b[:]); err != nil {
		return err
	}
	if le.Uint32(b[:]) != sigDirectory {
		return ErrFormat
	}
	f.CreatorVersion, f.ReaderVersion = le.Uint16(b[4:]), le.Uint16(b[6:])
	f.Flags, f.Method = le.Uint16(b[8:]), le.Uint16(b[10:])
	f.ModifiedTime, f.ModifiedDate = le.Uint16(b[12:]), le.Uint16(b[14:])
	f.CRC32 = le.Uint32(b[16:])
	f.CompressedSize, f.UncompressedSize = le.Uint32(b[20:]), le.Uint32(b[24:])
	f.CompressedSize64, f.UncompressedSize64 = uint64(f.CompressedSize), uint64(f.UncompressedSize)
	nameLen, extraLen, commentLen := int(le.Uint16(b[28:])), int(le.Uint16(b[30:])), int(le.Uint16(b[32:]))
	f.ExternalAttrs = le.Uint32(b[38:])
	f.headerOffset = int64(le.Uint32(b[42:]))
	d := make([]byte, nameLen+extraLen+commentLen)
	if _, err := io.ReadFull(r, d); err != nil {
		return err
	}
	f.Name = string(d[:nameLen])
	f.Extra = d[nameLen : nameLen+extraLen]
	f.Comment = string(d[nameLen+extraLen:])

	// Names are in UTF-8 if the flag says so; text that needs it but could be
	// something else is not.
	valid1, need1 := detectUTF8(f.Name)
	valid2, need2 := detectUTF8(f.Comment)
	switch {
	case !valid1 || !valid2:
		f.NonUTF8 = true
	case !need1 && !need2:
	default:
		f.NonUTF8 = f.Flags&0x800 == 0
	}
	return f.readExtra()
}

// detectUTF8 reports whether s is valid UTF-8, and whether it must be taken for it
// to be understood.
func detectUTF8(s string) (valid, need bool) {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		if r < 0x20 || r > 0x7d || r == 0x5c {
			if !utf8.ValidRune(r) || r == utf8.RuneError && n == 1 {
				return false, false
			}
			need = true
		}
	}
	return true, need
}

// readExtra reads sizes of ZIP64 and exact times from the extra fields.
func (f *File) readExtra() error {
	needUSize := f.UncompressedSize == 0xffffffff
	needCSize := f.CompressedSize == 0xffffffff
	needOffset := f.headerOffset == 0xffffffff
	var modified time.Time
	for x := f.Extra; len(x) >= 4; {
		tag, n := le.Uint16(x), int(le.Uint16(x[2:]))
		x = x[4:]
		if n > len(x) {
			break
		}
		field := x[:n]
		x = x[n:]
		switch tag {
		case 0x0001: // ZIP64
			next := func() (uint64, bool) {
				if len(field) < 8 {
					return 0, false
				}
				v := le.Uint64(field)
				field = field[8:]
				return v, true
			}
			ok := true
			if needUSize {
				needUSize = false
				if f.UncompressedSize64, ok = next(); !ok {
					return ErrFormat
				}
			}
			if needCSize {
				needCSize = false
				if f.CompressedSize64, ok = next(); !ok {
					return ErrFormat
				}
			}
			if needOffset {
				needOffset = false
				v, ok := next()
				if !ok {
					return ErrFormat
				}
				f.headerOffset = int64(v)
			}
		case 0x000a: // NTFS: hundreds of nanoseconds since 1601
			if len(field) >= 16 && le.Uint16(field[4:]) == 1 {
				ticks := int64(le.Uint64(field[8:]))
				epoch := time.Date(1601, time.January, 1, 0, 0, 0, 0, time.UTC)
				modified = time.Unix(epoch.Unix()+ticks/1e7, ticks%1e7*100)
			}
		case 0x000d, 0x5855: // Unix, Info-ZIP Unix: the second time
			if len(field) >= 8 {
				modified = time.Unix(int64(le.Uint32(field[4:])), 0)
			}
		case 0x5455: // extended timestamp
			if len(field) >= 5 && field[0]&1 != 0 {
				modified = time.Unix(int64(le.Uint32(field[1:])), 0)
			}
		}
	}
	dos := dosTime(f.ModifiedDate, f.ModifiedTime)
	f.Modified = dos
	if !modified.IsZero() {
		f.Modified = modified.UTC()
		// The other time is local: the difference tells the zone.
		if f.ModifiedTime != 0 || f.ModifiedDate != 0 {
			f.Modified = modified.In(zoneOf(dos.Sub(modified)))
		}
	}
	if needCSize || needOffset {
		return ErrFormat
	}
	return nil
}

// zoneOf returns the zone with an offset, to quarters of an hour.
func zoneOf(offset time.Duration) *time.Location {
	offset = offset.Round(15 * time.Minute)
	if offset < -12*time.Hour || offset > 14*time.Hour {
		offset = 0
	}
	return time.FixedZone("", int(offset/time.Second))
}

// DataOffset returns where the file's data start in the archive.
func (f *File) DataOffset() (offset int64, err error) {
	var b [lenFile]byte
	if _, err := f.zip.r.ReadAt(b[:], f.headerOffset); err != nil {
		return 0, err
	}
	if le.Uint32(b[:]) != sigFile {
		return 0, ErrFormat
	}
	return f.headerOffset + lenFile + int64(le.Uint16(b[26:])) + int64(le.Uint16(b[28:])), nil
}

// OpenRaw returns the file's data as they are in the archive.
func (f *File) OpenRaw() (io.Reader, error) {
	off, err := f.DataOffset()
	if err != nil {
		return nil, err
	}
	return io.NewSectionReader(f.zip.r, off, int64(f.CompressedSize64)), nil
}

// Open returns the contents of the file. Several may be open at once.
func (f *File) Open() (io.ReadCloser, error) {
	raw, err := f.OpenRaw()
	if err != nil {
		return nil, err
	}
	if strings.HasSuffix(f.Name, "/") && f.CompressedSize64 == 0 && f.UncompressedSize64 == 0 {
		return &checked{rc: io.NopCloser(strings.NewReader("")), f: f, hash: crc32.NewIEEE()}, nil
	}
	d := f.zip.decompressor(f.Method)
	if d == nil {
		return nil, ErrAlgorithm
	}
	return &checked{rc: d(raw), f: f, hash: crc32.NewIEEE()}, nil
}

// checked compares size and checksum with the directory's.
type checked struct {
	rc   io.ReadCloser
	hash hash.Hash32
	n    uint64
	f    *File
	err  error
}

func (r *checked) Read(b []byte) (n int, err error) {
	if r.err != nil {
		return 0, r.err
	}
	n, err = r.rc.Read(b)
	r.hash.Write(b[:n])
	r.n += uint64(n)
	switch {
	case r.n > r.f.UncompressedSize64:
		err = ErrFormat
	case err == io.EOF && r.n != r.f.UncompressedSize64:
		err = io.ErrUnexpectedEOF
	case err == io.EOF && r.f.CRC32 != 0 && r.hash.Sum32() != r.f.CRC32:
		err = ErrChecksum
	}
	r.err = err
	return n, err
}

func (r *checked) Close() error { return r.rc.Close() }

// Stat makes it a file of io/fs.
func (r *checked) Stat() (fs.FileInfo, error) { return r.f.FileInfo(), nil }

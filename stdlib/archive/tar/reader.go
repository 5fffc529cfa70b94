// This file reads archives.

// Package tar reads tar archives: those of USTAR, PAX and GNU tar, but for sparse
// files.
package tar

import (
	"bytes"
	"errors"
	"io"
	"maps"
	"math"
	"strconv"
	"strings"
	"time"
)

// The errors.
var (
	ErrHeader          = errors.New("archive/tar: invalid tar header")
	ErrWriteTooLong    = errors.New("archive/tar: write too long")
	ErrFieldTooLong    = errors.New("archive/tar: header field too long")
	ErrWriteAfterClose = errors.New("archive/tar: write after close")
	ErrInsecurePath    = errors.New("archive/tar: insecure file path")

	errSparse = errors.New("archive/tar: sparse files are not supported")
)

const (
	blockSize = 512
	// maxSpecial is how large a header of PAX or a long name may be.
	maxSpecial = 1 << 20
)

// A Reader reads an archive: Next moves to the next file, and Read reads it.
type Reader struct {
	r    io.Reader
	left int64 // bytes of the file
	pad  int64 // bytes behind it, up to the next block
	err  error
}

// NewReader returns a Reader that reads from r.
func NewReader(r io.Reader) *Reader { return &Reader{r: r} }

// Next moves to the next file, behind what is left of this one, and returns its
// header; io.EOF at the end.
func (tr *Reader) Next() (*Header, error) {
	if tr.err != nil {
		return nil, tr.err
	}
	h, err := tr.next()
	tr.err = err
	return h, err
}

func (tr *Reader) next() (*Header, error) {
	records := map[string]string{}
	longName, longLink := "", ""
	haveName, haveLink := false, false
	format := FormatUnknown
	for {
		if err := tr.skip(tr.left + tr.pad); err != nil {
			return nil, err
		}
		tr.left, tr.pad = 0, 0
		h, err := tr.header()
		if err != nil {
			return nil, err
		}
		switch h.Typeflag {
		case TypeXHeader, TypeXGlobalHeader:
			m, err := tr.records()
			if err != nil {
				return nil, err
			}
			if h.Typeflag == TypeXGlobalHeader {
				return &Header{Name: h.Name, Typeflag: h.Typeflag, Xattrs: nil, PAXRecords: m, Format: FormatPAX}, nil
			}
			maps.Copy(records, m)
			format = FormatPAX
			continue
		case TypeGNULongName, TypeGNULongLink:
			b, err := tr.special()
			if err != nil {
				return nil, err
			}
			s, _, _ := strings.Cut(string(b), "\x00")
			if h.Typeflag == TypeGNULongName {
				longName, haveName = s, true
			} else {
				longLink, haveLink = s, true
			}
			format = FormatGNU
			continue
		}
		if err := h.merge(records); err != nil {
			return nil, err
		}
		if haveName {
			h.Name = longName
		}
		if haveLink {
			h.Linkname = longLink
		}
		if h.Typeflag == TypeRegA {
			h.Typeflag = TypeReg
			if strings.HasSuffix(h.Name, "/") {
				h.Typeflag = TypeDir
			}
		}
		if h.Typeflag == TypeGNUSparse || h.PAXRecords["GNU.sparse.major"] != "" || h.PAXRecords["GNU.sparse.map"] != "" {
			return nil, errSparse
		}
		if format != FormatUnknown {
			h.Format = format
		}
		tr.setSize(h)
		if tr.left < 0 {
			return nil, ErrHeader
		}
		return h, nil
	}
}

// setSize notes how many bytes follow the header.
func (tr *Reader) setSize(h *Header) {
	tr.left = h.Size
	switch h.Typeflag {
	case TypeLink, TypeSymlink, TypeChar, TypeBlock, TypeDir, TypeFifo:
		tr.left = 0
	}
	tr.pad = -tr.left & (blockSize - 1)
}

// skip skips n bytes.
func (tr *Reader) skip(n int64) error {
	if n == 0 {
		return nil
	}
	m, err := io.CopyN(io.Discard, tr.r, n)
	if err == io.EOF && m < n {
		if m >= tr.left {
			return nil // only padding is missing
		}
		err = io.ErrUnexpectedEOF
	}
	return err
}

// Read reads from the file that Next moved to.
func (tr *Reader) Read(b []byte) (int, error) {
	if tr.err != nil {
		return 0, tr.err
	}
	if tr.left == 0 {
		return 0, io.EOF
	}
	n, err := tr.r.Read(b[:min(int64(len(b)), tr.left)])
	tr.left -= int64(n)
	switch {
	case err == io.EOF && tr.left > 0:
		err = io.ErrUnexpectedEOF
	case err == nil && tr.left == 0:
		err = io.EOF
	}
	if err != nil && err != io.EOF {
		tr.err = err
	}
	return n, err
}

// special reads the contents of a file that is about the next one.
func (tr *Reader) special() ([]byte, error) {
	if tr.left > maxSpecial {
		return nil, ErrFieldTooLong
	}
	b := make([]byte, tr.left)
	_, err := io.ReadFull(tr, b)
	if err == io.EOF && len(b) > 0 {
		err = io.ErrUnexpectedEOF
	}
	if len(b) == 0 {
		err = nil
	}
	return b, err
}

// records reads the records of a PAX header: "length key=value\n".
func (tr *Reader) records() (map[string]string, error) {
	b, err := tr.special()
	if err != nil {
		return nil, err
	}
	m := map[string]string{}
	for s := string(b); s != ""; {
		num, _, ok := strings.Cut(s, " ")
		n, err := strconv.ParseInt(num, 10, 64)
		if !ok || err != nil || n < 5 || n > int64(len(s)) || n <= int64(len(num)+1) || s[n-1] != '\n' {
			return nil, ErrHeader
		}
		key, value, ok := strings.Cut(s[len(num)+1:n-1], "=")
		if !ok || key == "" || strings.Contains(key, "\x00") {
			return nil, ErrHeader
		}
		m[key] = value
		s = s[n:]
	}
	return m, nil
}

// header reads a header; two blocks of zeros are the end.
func (tr *Reader) header() (*Header, error) {
	var b [blockSize]byte
	for i := 0; ; i++ {
		if n, err := io.ReadFull(tr.r, b[:]); err != nil {
			if err == io.EOF || n == 0 {
				return nil, io.EOF
			}
			return nil, err
		}
		if b != [blockSize]byte{} {
			if i > 0 {
				return nil, ErrHeader
			}
			break
		}
		if i == 1 {
			return nil, io.EOF
		}
	}
	h := &Header{}
	var bad bool
	num := func(from, n int) int64 {
		v, ok := number(b[from : from+n])
		if !ok {
			bad = true
		}
		return v
	}
	// The sum has spaces in its place, and may be of signed bytes.
	var sum, signed int64
	for i, c := range b {
		if i >= 148 && i < 156 {
			c = ' '
		}
		sum += int64(c)
		signed += int64(int8(c))
	}
	if want := num(148, 8); bad || want != sum && want != signed {
		return nil, ErrHeader
	}
	h.Typeflag = b[156]
	h.Name, h.Linkname = text(b[:100]), text(b[157:257])
	h.Size = num(124, 12)
	h.Mode = num(100, 8)
	h.Uid, h.Gid = int(num(108, 8)), int(num(116, 8))
	h.ModTime = time.Unix(num(136, 12), 0)
	magic := string(b[257:265])
	switch {
	case magic == "ustar\x0000":
		h.Format = FormatUSTAR
	case magic == "ustar  \x00":
		h.Format = FormatGNU
	}
	if h.Format != FormatUnknown {
		h.Uname, h.Gname = text(b[265:297]), text(b[297:329])
		h.Devmajor, h.Devminor = num(329, 8), num(337, 8)
	}
	switch h.Format {
	case FormatUSTAR:
		if prefix := text(b[345:500]); prefix != "" {
			h.Name = prefix + "/" + h.Name
		}
	case FormatGNU:
		if b[345] != 0 {
			h.AccessTime = time.Unix(num(345, 12), 0)
		}
		if b[357] != 0 {
			h.ChangeTime = time.Unix(num(357, 12), 0)
		}
	}
	if bad || h.Size < 0 {
		return nil, ErrHeader
	}
	tr.setSize(h)
	return h, nil
}

// text is a text up to a NUL.
func text(b []byte) string {
	if i := bytes.IndexByte(b, 0); i >= 0 {
		b = b[:i]
	}
	return string(b)
}

// number reads an octal number, or one of base 256 if the top bit is set.
func number(b []byte) (int64, bool) {
	if b[0]&0x80 != 0 {
		var inv byte // the bytes are those of a complement
		if b[0]&0x40 != 0 {
			inv = 0xff
		}
		var x uint64
		for i, c := range b {
			c ^= inv
			if i == 0 {
				c &= 0x7f
			}
			if x>>56 > 0 {
				return 0, false
			}
			x = x<<8 | uint64(c)
		}
		if x>>63 > 0 {
			return 0, false
		}
		if inv != 0 {
			return ^int64(x), true
		}
		return int64(x), true
	}
	s := strings.Trim(string(b), " \x00")
	s, _, _ = strings.Cut(s, "\x00")
	if s == "" {
		return 0, true
	}
	x, err := strconv.ParseUint(s, 8, 63)
	return int64(x), err == nil
}

// paxTime reads seconds with a fraction.
func paxTime(s string) (time.Time, error) {
	whole, frac, _ := strings.Cut(s, ".")
	secs, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || strings.Trim(frac, "0123456789") != "" {
		return time.Time{}, ErrHeader
	}
	nanos, _ := strconv.ParseInt((frac + "000000000")[:9], 10, 64)
	if strings.HasPrefix(whole, "-") {
		nanos = -nanos
	}
	return time.Unix(secs, nanos), nil
}

// merge puts the records of PAX in the header.
func (h *Header) merge(records map[string]string) (err error) {
	for k, v := range records {
		if v == "" {
			continue // the header's own value
		}
		var n int64
		switch k {
		case "path":
			h.Name = v
		case "linkpath":
			h.Linkname = v
		case "uname":
			h.Uname = v
		case "gname":
			h.Gname = v
		case "uid":
			n, err = strconv.ParseInt(v, 10, 64)
			h.Uid = int(n)
		case "gid":
			n, err = strconv.ParseInt(v, 10, 64)
			h.Gid = int(n)
		case "size":
			h.Size, err = strconv.ParseInt(v, 10, 64)
		case "atime":
			h.AccessTime, err = paxTime(v)
		case "mtime":
			h.ModTime, err = paxTime(v)
		case "ctime":
			h.ChangeTime, err = paxTime(v)
		default:
			if name, ok := strings.CutPrefix(k, "SCHILY.xattr."); ok {
				if h.Xattrs == nil {
					h.Xattrs = map[string]string{}
				}
				h.Xattrs[name] = v
			}
		}
		if err != nil || h.Size < 0 || h.Size > math.MaxInt64-blockSize {
			return ErrHeader
		}
	}
	if len(records) > 0 {
		h.PAXRecords = records
	}
	return nil
}

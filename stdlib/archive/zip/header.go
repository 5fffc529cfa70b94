// This file holds what an archive says about a file.

package zip

import (
	"io/fs"
	"path"
	"strings"
	"time"
)

// FileHeader is what an archive says about a file.
type FileHeader struct {
	// Name is the path, with slashes; that of a directory ends with one.
	Name    string
	Comment string
	// NonUTF8 says that Name and Comment are not in UTF-8.
	NonUTF8 bool

	CreatorVersion uint16
	ReaderVersion  uint16
	Flags          uint16
	Method         uint16

	Modified time.Time
	// The time as MS-DOS has it.
	//
	// Deprecated: use Modified.
	ModifiedTime uint16
	// Deprecated: use Modified.
	ModifiedDate uint16

	CRC32 uint32
	// Deprecated: use CompressedSize64.
	CompressedSize uint32
	// Deprecated: use UncompressedSize64.
	UncompressedSize   uint32
	CompressedSize64   uint64
	UncompressedSize64 uint64
	Extra              []byte
	ExternalAttrs      uint32 // what they mean depends on CreatorVersion
}

// dosTime returns a time of MS-DOS, which is exact to two seconds.
func dosTime(date, t uint16) time.Time {
	return time.Date(int(date>>9+1980), time.Month(date>>5&0xf), int(date&0x1f),
		int(t>>11), int(t>>5&0x3f), int(t&0x1f*2), 0, time.UTC)
}

// ModTime returns the time in UTC.
//
// Deprecated: use Modified.
func (h *FileHeader) ModTime() time.Time { return dosTime(h.ModifiedDate, h.ModifiedTime) }

// Systems in CreatorVersion's upper byte.
const (
	creatorFAT   = 0
	creatorUnix  = 3
	creatorNTFS  = 11
	creatorVFAT  = 14
	creatorMacOS = 19
)

// Mode returns the file's mode.
func (h *FileHeader) Mode() (mode fs.FileMode) {
	switch h.CreatorVersion >> 8 {
	case creatorUnix, creatorMacOS:
		mode = unixMode(h.ExternalAttrs >> 16)
	case creatorNTFS, creatorVFAT, creatorFAT:
		mode = 0o666
		if h.ExternalAttrs&0x10 != 0 {
			mode = fs.ModeDir | 0o777
		}
		if h.ExternalAttrs&0x01 != 0 {
			mode &^= 0o222
		}
	}
	if strings.HasSuffix(h.Name, "/") {
		mode |= fs.ModeDir
	}
	return mode
}

// unixMode turns a mode of Unix into ours.
func unixMode(m uint32) fs.FileMode {
	mode := fs.FileMode(m & 0o777)
	switch m & 0xf000 {
	case 0x6000:
		mode |= fs.ModeDevice
	case 0x2000:
		mode |= fs.ModeDevice | fs.ModeCharDevice
	case 0x4000:
		mode |= fs.ModeDir
	case 0x1000:
		mode |= fs.ModeNamedPipe
	case 0xa000:
		mode |= fs.ModeSymlink
	case 0xc000:
		mode |= fs.ModeSocket
	}
	if m&0x400 != 0 {
		mode |= fs.ModeSetgid
	}
	if m&0x800 != 0 {
		mode |= fs.ModeSetuid
	}
	if m&0x200 != 0 {
		mode |= fs.ModeSticky
	}
	return mode
}

// FileInfo returns the header as a FileInfo.
func (h *FileHeader) FileInfo() fs.FileInfo { return fileInfo{h} }

type fileInfo struct{ h *FileHeader }

func (i fileInfo) Name() string               { return path.Base(i.h.Name) }
func (i fileInfo) Size() int64                { return int64(i.h.UncompressedSize64) }
func (i fileInfo) IsDir() bool                { return i.Mode().IsDir() }
func (i fileInfo) Mode() fs.FileMode          { return i.h.Mode() }
func (i fileInfo) Type() fs.FileMode          { return i.h.Mode().Type() }
func (i fileInfo) Sys() any                   { return i.h }
func (i fileInfo) Info() (fs.FileInfo, error) { return i, nil }
func (i fileInfo) String() string             { return fs.FormatFileInfo(i) }

func (i fileInfo) ModTime() time.Time {
	if i.h.Modified.IsZero() {
		return i.h.ModTime()
	}
	return i.h.Modified.UTC()
}

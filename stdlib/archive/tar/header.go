// This file holds what an archive says about a file.

package tar

import (
	"io/fs"
	"path"
	"time"
)

// Kinds of files.
const (
	TypeReg = '0'
	// Deprecated: use TypeReg.
	TypeRegA          = '\x00'
	TypeLink          = '1'
	TypeSymlink       = '2'
	TypeChar          = '3'
	TypeBlock         = '4'
	TypeDir           = '5'
	TypeFifo          = '6'
	TypeCont          = '7' // reserved
	TypeXHeader       = 'x' // records of PAX for the next file
	TypeXGlobalHeader = 'g' // records of PAX for all files that follow
	TypeGNUSparse     = 'S'
	TypeGNULongName   = 'L' // the name of the next file
	TypeGNULongLink   = 'K' // the link of the next file
)

// Format is a format of headers.
type Format int

// The formats.
const (
	FormatUnknown Format = 0
	FormatUSTAR   Format = 1 << 1
	FormatPAX     Format = 1 << 2
	FormatGNU     Format = 1 << 3
)

// String returns the format's name.
func (f Format) String() string {
	switch f {
	case FormatUSTAR:
		return "USTAR"
	case FormatPAX:
		return "PAX"
	case FormatGNU:
		return "GNU"
	}
	return "<unknown>"
}

// A Header is what an archive says about a file.
type Header struct {
	Typeflag byte
	Name     string
	Linkname string // what a link leads to

	Size  int64
	Mode  int64
	Uid   int
	Gid   int
	Uname string
	Gname string

	ModTime    time.Time
	AccessTime time.Time
	ChangeTime time.Time

	Devmajor int64
	Devminor int64

	// Deprecated: they are in PAXRecords, with "SCHILY.xattr." in front.
	Xattrs     map[string]string
	PAXRecords map[string]string
	Format     Format
}

// FileInfo returns the header as a FileInfo.
func (h *Header) FileInfo() fs.FileInfo { return fileInfo{h} }

type fileInfo struct{ h *Header }

func (i fileInfo) Size() int64        { return i.h.Size }
func (i fileInfo) IsDir() bool        { return i.Mode().IsDir() }
func (i fileInfo) ModTime() time.Time { return i.h.ModTime }
func (i fileInfo) Sys() any           { return i.h }
func (i fileInfo) String() string     { return fs.FormatFileInfo(i) }

func (i fileInfo) Name() string {
	if i.IsDir() {
		return path.Base(path.Clean(i.h.Name))
	}
	return path.Base(i.h.Name)
}

// Mode has the permissions, and the kind by the mode's bits or the Typeflag.
func (i fileInfo) Mode() (mode fs.FileMode) {
	m := i.h.Mode
	mode = fs.FileMode(m).Perm()
	if m&0o4000 != 0 {
		mode |= fs.ModeSetuid
	}
	if m&0o2000 != 0 {
		mode |= fs.ModeSetgid
	}
	if m&0o1000 != 0 {
		mode |= fs.ModeSticky
	}
	switch m &^ 0o7777 {
	case 0o40000:
		mode |= fs.ModeDir
	case 0o10000:
		mode |= fs.ModeNamedPipe
	case 0o120000:
		mode |= fs.ModeSymlink
	case 0o60000:
		mode |= fs.ModeDevice
	case 0o20000:
		mode |= fs.ModeDevice | fs.ModeCharDevice
	case 0o140000:
		mode |= fs.ModeSocket
	}
	switch i.h.Typeflag {
	case TypeSymlink:
		mode |= fs.ModeSymlink
	case TypeChar:
		mode |= fs.ModeDevice | fs.ModeCharDevice
	case TypeBlock:
		mode |= fs.ModeDevice
	case TypeDir:
		mode |= fs.ModeDir
	case TypeFifo:
		mode |= fs.ModeNamedPipe
	}
	return mode
}

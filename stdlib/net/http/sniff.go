// This file guesses the type of content (https://mimesniff.spec.whatwg.org).

package http

import (
	"bytes"
	"encoding/binary"
)

// sniffLen is how much of the content is looked at.
const sniffLen = 512

// magic is content that begins with certain bytes.
type magic struct {
	prefix string
	mime   string
}

// tags begin HTML, in any case, with a space or > behind.
var tags = []string{
	"<!DOCTYPE HTML", "<HTML", "<HEAD", "<SCRIPT", "<IFRAME", "<H1", "<DIV", "<FONT", "<TABLE", "<A", "<STYLE",
	"<TITLE", "<B", "<BODY", "<BR", "<P", "<!--",
}

var magics = []magic{
	{"%PDF-", "application/pdf"},
	{"%!PS-Adobe-", "application/postscript"},
	{"\xFE\xFF", "text/plain; charset=utf-16be"},
	{"\xFF\xFE", "text/plain; charset=utf-16le"},
	{"\xEF\xBB\xBF", "text/plain; charset=utf-8"},
	{"\x00\x00\x01\x00", "image/x-icon"},
	{"\x00\x00\x02\x00", "image/x-icon"},
	{"BM", "image/bmp"},
	{"GIF87a", "image/gif"},
	{"GIF89a", "image/gif"},
	{"\x89PNG\x0D\x0A\x1A\x0A", "image/png"},
	{"\xFF\xD8\xFF", "image/jpeg"},
	{"ID3", "audio/mpeg"},
	{"OggS\x00", "application/ogg"},
	{"MThd\x00\x00\x00\x06", "audio/midi"},
	{"\x1A\x45\xDF\xA3", "video/webm"},
	{"\x00\x01\x00\x00", "font/ttf"},
	{"OTTO", "font/otf"},
	{"ttcf", "font/collection"},
	{"wOFF", "font/woff"},
	{"wOF2", "font/woff2"},
	{"\x1F\x8B\x08", "application/x-gzip"},
	{"PK\x03\x04", "application/zip"},
	{"Rar!\x1A\x07\x00", "application/x-rar-compressed"},
	{"Rar!\x1A\x07\x01\x00", "application/x-rar-compressed"},
	{"\x00\x61\x73\x6D", "application/wasm"},
}

// DetectContentType guesses the media type of content by its first 512 bytes.
func DetectContentType(data []byte) string {
	if len(data) > sniffLen {
		data = data[:sniffLen]
	}
	text := bytes.TrimLeft(data, "\t\n\x0C\r ")
	for _, tag := range tags {
		if len(text) > len(tag) && bytes.EqualFold(text[:len(tag)], []byte(tag)) {
			if c := text[len(tag)]; c == ' ' || c == '>' {
				return "text/html; charset=utf-8"
			}
		}
	}
	if bytes.HasPrefix(text, []byte("<!--")) {
		return "text/html; charset=utf-8"
	}
	if bytes.HasPrefix(text, []byte("<?xml")) {
		return "text/xml; charset=utf-8"
	}
	for _, m := range magics {
		if bytes.HasPrefix(data, []byte(m.prefix)) {
			return m.mime
		}
	}
	if len(data) >= 12 && string(data[:4]) == "RIFF" {
		switch {
		case len(data) >= 14 && string(data[8:14]) == "WEBPVP":
			return "image/webp"
		case string(data[8:12]) == "WAVE":
			return "audio/wave"
		case string(data[8:12]) == "AVI ":
			return "video/avi"
		}
	}
	if len(data) >= 12 && string(data[:4]) == "FORM" && string(data[8:12]) == "AIFF" {
		return "audio/aiff"
	}
	if len(data) >= 36 && string(data[34:36]) == "LP" && allZeroBytes(data[:34]) {
		return "application/vnd.ms-fontobject"
	}
	if isMP4(data) {
		return "video/mp4"
	}
	for _, c := range data {
		if c <= 0x08 || c == 0x0B || 0x0E <= c && c <= 0x1A || 0x1C <= c && c <= 0x1F {
			return "application/octet-stream"
		}
	}
	return "text/plain; charset=utf-8"
}

func allZeroBytes(b []byte) bool { return len(bytes.Trim(b, "\x00")) == 0 }

// isMP4 looks for a box "ftyp" with a brand that begins with mp4.
func isMP4(b []byte) bool {
	if len(b) < 12 {
		return false
	}
	size := int(binary.BigEndian.Uint32(b))
	if size%4 != 0 || len(b) < size || string(b[4:8]) != "ftyp" {
		return false
	}
	for at := 8; at+3 <= size; at += 4 {
		if at != 12 && string(b[at:at+3]) == "mp4" {
			return true
		}
	}
	return false
}

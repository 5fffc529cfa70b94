// This file holds the media types of files.

package mime

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
)

// builtin are the types that are always known.
var builtin = map[string]string{
	".ai": "application/postscript", ".apk": "application/vnd.android.package-archive", ".apng": "image/apng",
	".avif": "image/avif", ".bin": "application/octet-stream", ".bmp": "image/bmp", ".com": "application/octet-stream",
	".css": "text/css; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".doc": "application/msword",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".ehtml": "text/html; charset=utf-8",
	".eml": "message/rfc822", ".eps": "application/postscript", ".exe": "application/octet-stream", ".flac": "audio/flac",
	".gif": "image/gif", ".gz": "application/gzip", ".htm": "text/html; charset=utf-8", ".html": "text/html; charset=utf-8",
	".ico": "image/vnd.microsoft.icon", ".ics": "text/calendar; charset=utf-8", ".jfif": "image/jpeg", ".jpeg": "image/jpeg",
	".jpg": "image/jpeg", ".js": "text/javascript; charset=utf-8", ".json": "application/json", ".m4a": "audio/mp4",
	".mjs": "text/javascript; charset=utf-8", ".mp3": "audio/mpeg", ".mp4": "video/mp4", ".oga": "audio/ogg",
	".ogg": "audio/ogg", ".ogv": "video/ogg", ".opus": "audio/ogg", ".pdf": "application/pdf", ".pjp": "image/jpeg",
	".pjpeg": "image/jpeg", ".png": "image/png", ".ppt": "application/vnd.ms-powerpoint",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation", ".ps": "application/postscript",
	".rdf": "application/rdf+xml", ".rtf": "application/rtf", ".shtml": "text/html; charset=utf-8", ".svg": "image/svg+xml",
	".text": "text/plain; charset=utf-8", ".tif": "image/tiff", ".tiff": "image/tiff", ".txt": "text/plain; charset=utf-8",
	".vtt": "text/vtt; charset=utf-8", ".wasm": "application/wasm", ".wav": "audio/wav", ".webm": "video/webm",
	".webp": "image/webp", ".xbl": "text/xml; charset=utf-8", ".xbm": "image/x-xbitmap", ".xht": "application/xhtml+xml",
	".xhtml": "application/xhtml+xml", ".xls": "application/vnd.ms-excel",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xml": "text/xml; charset=utf-8",
	".xsl": "text/xml; charset=utf-8", ".zip": "application/zip",
}

var types struct {
	sync.RWMutex
	once  sync.Once
	exact map[string]string   // by extension
	lower map[string]string   // by extension in lower case
	exts  map[string][]string // by type
}

// load takes over what is built in and what the system's files say.
func load() {
	types.exact, types.lower, types.exts = map[string]string{}, map[string]string{}, map[string][]string{}
	for ext, t := range builtin {
		setType(ext, t)
	}
	for _, path := range []string{"/usr/local/share/mime/globs2", "/usr/share/mime/globs2"} {
		if readGlobs(path) {
			return
		}
	}
	for _, path := range []string{"/etc/mime.types", "/etc/apache2/mime.types", "/etc/apache/mime.types", "/etc/httpd/conf/mime.types"} {
		readTypes(path)
	}
}

// readGlobs reads lines "50:text/plain:*.txt"; the first one of an extension
// counts.
func readGlobs(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		part := strings.Split(s.Text(), ":")
		if len(part) < 3 || strings.HasPrefix(part[0], "#") || !strings.HasPrefix(part[2], "*.") {
			continue
		}
		ext := part[2][1:]
		if strings.ContainsAny(ext, "?*[") {
			continue
		}
		if _, known := types.exact[ext]; !known {
			setType(ext, part[1])
		}
	}
	return true
}

// readTypes reads lines "text/plain txt text".
func readTypes(path string) {
	f, err := os.Open(path)
	if err != nil {
		return
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		part := strings.Fields(s.Text())
		if len(part) < 2 || part[0][0] == '#' {
			continue
		}
		for _, ext := range part[1:] {
			if ext[0] == '#' {
				break
			}
			setType("."+ext, part[0])
		}
	}
}

// setType notes the type of an extension. Under the lock, or while loading.
func setType(ext, t string) error {
	base, param, err := ParseMediaType(t)
	if err != nil {
		return err
	}
	if strings.HasPrefix(base, "text/") && param["charset"] == "" {
		param["charset"] = "utf-8"
		t = FormatMediaType(base, param)
	}
	low := strings.ToLower(ext)
	types.exact[ext] = t
	types.lower[low] = t
	if !slices.Contains(types.exts[base], low) {
		types.exts[base] = append(types.exts[base], low)
	}
	return nil
}

// TypeByExtension returns the media type of files with an extension (".html"),
// empty if it isn't known.
func TypeByExtension(ext string) string {
	types.once.Do(load)
	types.RLock()
	defer types.RUnlock()
	if t, ok := types.exact[ext]; ok {
		return t
	}
	return types.lower[strings.ToLower(ext)]
}

// ExtensionsByType returns the extensions of a media type, sorted.
func ExtensionsByType(typ string) ([]string, error) {
	base, _, err := ParseMediaType(typ)
	if err != nil {
		return nil, err
	}
	types.once.Do(load)
	types.RLock()
	defer types.RUnlock()
	list, ok := types.exts[base]
	if !ok {
		return nil, nil
	}
	return slices.Sorted(slices.Values(list)), nil
}

// AddExtensionType sets the media type of an extension.
func AddExtensionType(ext, typ string) error {
	if !strings.HasPrefix(ext, ".") {
		return fmt.Errorf("mime: extension %q missing leading dot", ext)
	}
	types.once.Do(load)
	types.Lock()
	defer types.Unlock()
	return setType(ext, typ)
}

// This file holds what is known about how the program was built.

package debug

import (
	"errors"
	"strconv"
	"strings"
)

// BuildInfo says what a program was built from.
type BuildInfo struct {
	GoVersion string
	Path      string
	Main      Module
	Deps      []*Module
	Settings  []BuildSetting
}

// Module is one module of a build.
type Module struct {
	Path    string
	Version string
	Sum     string
	Replace *Module
}

// BuildSetting is one setting of a build.
type BuildSetting struct {
	Key, Value string
}

// ReadBuildInfo reports that programs don't carry this information.
func ReadBuildInfo() (info *BuildInfo, ok bool) { return nil, false }

// keyNeedsQuotes reports whether the key of a setting must be quoted in the text form.
func keyNeedsQuotes(s string) bool {
	return s == "" || valueNeedsQuotes(s) || strings.Contains(s, "=")
}

func valueNeedsQuotes(s string) bool { return strings.ContainsAny(s, " \t\r\n\"`") }

// String returns the text form, which ParseBuildInfo reads: a line for each fact, its parts separated by tabs.
func (b *BuildInfo) String() string {
	var out strings.Builder
	line := func(parts ...string) { out.WriteString(strings.Join(parts, "\t") + "\n") }
	if b.GoVersion != "" {
		line("go", b.GoVersion)
	}
	if b.Path != "" {
		line("path", b.Path)
	}
	module := func(word string, m *Module) {
		version := m.Version
		if m.Replace == nil {
			line(word, m.Path, version, m.Sum)
			return
		}
		line(word, m.Path, version)
		line("=>", m.Replace.Path, m.Replace.Version, m.Replace.Sum+"\n")
	}
	if b.Main != (Module{}) {
		module("mod", &b.Main)
	}
	for _, m := range b.Deps {
		module("dep", m)
	}
	for _, s := range b.Settings {
		key, value := s.Key, s.Value
		if keyNeedsQuotes(key) {
			key = strconv.Quote(key)
		}
		if valueNeedsQuotes(value) {
			value = strconv.Quote(value)
		}
		line("build", key+"="+value)
	}
	return out.String()
}

// ParseBuildInfo reads the text form.
func ParseBuildInfo(data string) (*BuildInfo, error) {
	b := new(BuildInfo)
	var last *Module // what a line with a replacement is about
	n := 0
	for text := range strings.Lines(data) {
		n++
		if err := b.parseLine(strings.TrimSuffix(text, "\n"), &last); err != nil {
			return nil, errors.New("could not parse Go build info: line " + strconv.Itoa(n) + ": " + err.Error())
		}
	}
	return b, nil
}

func (b *BuildInfo) parseLine(text string, last **Module) error {
	word, rest, _ := strings.Cut(text, "\t")
	module := func() (Module, error) {
		parts := strings.Split(rest, "\t")
		if len(parts) < 2 || len(parts) > 3 {
			return Module{}, errors.New("expected 2 or 3 columns; got " + strconv.Itoa(len(parts)))
		}
		m := Module{Path: parts[0], Version: parts[1]}
		if len(parts) == 3 {
			m.Sum = parts[2]
		}
		return m, nil
	}
	var err error
	switch word {
	case "go":
		b.GoVersion = rest
	case "path":
		b.Path = rest
	case "mod":
		b.Main, err = module()
		*last = &b.Main
	case "dep":
		m := new(Module)
		*m, err = module()
		b.Deps = append(b.Deps, m)
		*last = m
	case "=>":
		if *last == nil {
			return errors.New("replacement with no module on previous line")
		}
		if parts := strings.Split(rest, "\t"); len(parts) != 3 {
			return errors.New("expected 3 columns for replacement; got " + strconv.Itoa(len(parts)))
		}
		m, _ := module()
		(*last).Replace = &m
		*last = nil
	case "build":
		var s BuildSetting
		if s, err = parseSetting(rest); err == nil {
			b.Settings = append(b.Settings, s)
		}
	}
	return err
}

// parseSetting reads KEY=VALUE, each of which may be quoted.
func parseSetting(text string) (s BuildSetting, err error) {
	if text == "" {
		return s, errors.New("build line missing '='")
	}
	if text[0] == '"' || text[0] == '`' {
		quoted, err := strconv.QuotedPrefix(text)
		if err != nil {
			return s, errors.New("invalid quoted key in build line")
		}
		s.Key, _ = strconv.Unquote(quoted)
		text = text[len(quoted):]
		if text == "" || text[0] != '=' {
			return s, errors.New("build line missing '=' after quoted key")
		}
		text = text[1:]
	} else {
		var ok bool
		if s.Key, text, ok = strings.Cut(text, "="); !ok {
			return s, errors.New("build line missing '=' after key")
		}
		if keyNeedsQuotes(s.Key) {
			return s, errors.New("unquoted key " + strconv.Quote(s.Key) + " must be quoted")
		}
	}
	if text != "" && (text[0] == '"' || text[0] == '`') {
		if s.Value, err = strconv.Unquote(text); err != nil {
			return s, errors.New("invalid quoted value in build line")
		}
		return s, nil
	}
	if valueNeedsQuotes(text) {
		return s, errors.New("unquoted value " + strconv.Quote(text) + " must be quoted")
	}
	s.Value = text
	return s, nil
}

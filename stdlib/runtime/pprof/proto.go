// This file writes profiles in the format of the pprof tools: a gzip-compressed protocol buffer, see
// https://github.com/google/pprof/blob/main/proto/profile.proto

package pprof

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// message is a protocol buffer that grows.
type message []byte

// number adds a field; zero is what a missing field means.
func (m *message) number(field int, v uint64) {
	if v != 0 {
		m.always(field, v)
	}
}

func (m *message) always(field int, v uint64) {
	*m = binary.AppendUvarint(binary.AppendUvarint(*m, uint64(field)<<3), v)
}

func (m *message) bytes(field int, b []byte) {
	*m = binary.AppendUvarint(binary.AppendUvarint(*m, uint64(field)<<3|2), uint64(len(b)))
	*m = append(*m, b...)
}

func (m *message) packed(field int, list []uint64) {
	var b []byte
	for _, v := range list {
		b = binary.AppendUvarint(b, v)
	}
	m.bytes(field, b)
}

// A sampleKey is a stack, as the bytes of its addresses, and labels.
type sampleKey struct {
	stack  string
	labels *labelMap
}

// samples counts equal samples.
type samples map[sampleKey]int64

// add counts those in words that the runtime wrote.
func (s samples) add(words []uint64) {
	for len(words) > 0 {
		n := int(words[0])
		var stack []byte
		for _, pc := range words[2 : 2+n] {
			stack = binary.LittleEndian.AppendUint64(stack, pc)
		}
		s[sampleKey{string(stack), labelsAt(words[1])}]++
		words = words[2+n:]
	}
}

func addresses(stack string) []uintptr {
	list := make([]uintptr, len(stack)/8)
	for i := range list {
		list[i] = uintptr(binary.LittleEndian.Uint64([]byte(stack[8*i : 8*i+8])))
	}
	return list
}

// mapping is a part of a file that is mapped for execution.
type mapping struct {
	start, end, offset uint64
	file               string
}

// mappings reads those of the process.
func mappings() (list []mapping) {
	text, _ := os.ReadFile("/proc/self/maps")
	for line := range strings.Lines(string(text)) {
		f := strings.Fields(line)
		if len(f) < 6 || !strings.Contains(f[1], "x") {
			continue
		}
		from, to, _ := strings.Cut(f[0], "-")
		m := mapping{file: f[5]}
		m.start, _ = strconv.ParseUint(from, 16, 64)
		m.end, _ = strconv.ParseUint(to, 16, 64)
		m.offset, _ = strconv.ParseUint(f[2], 16, 64)
		list = append(list, m)
	}
	return list
}

// writer makes a profile.
type writer struct {
	out       message
	strings   map[string]uint64
	texts     []string
	functions map[[2]string]uint64
	locations map[uintptr]uint64
	// lastLocation is the number of the newest one.
	lastLocation uint64
	mappings  []mapping
}

func newWriter() *writer {
	w := &writer{
		strings: map[string]uint64{}, functions: map[[2]string]uint64{}, locations: map[uintptr]uint64{}, mappings: mappings(),
	}
	w.text("")
	return w
}

// text is the number of a string.
func (w *writer) text(s string) uint64 {
	i, ok := w.strings[s]
	if !ok {
		i = uint64(len(w.texts))
		w.strings[s] = i
		w.texts = append(w.texts, s)
	}
	return i
}

func (w *writer) valueType(field int, kind, unit string) {
	var m message
	m.number(1, w.text(kind))
	m.number(2, w.text(unit))
	w.out.bytes(field, m)
}

// function is the number of a function.
func (w *writer) function(name, file string, start int) uint64 {
	key := [2]string{name, file}
	id, ok := w.functions[key]
	if !ok {
		id = uint64(len(w.functions) + 1)
		w.functions[key] = id
		var m message
		m.number(1, id)
		m.number(2, w.text(name))
		m.number(3, w.text(name))
		m.number(4, w.text(file))
		m.number(5, uint64(start))
		w.out.bytes(5, m)
	}
	return id
}

// location is the number of a return address; 0 for those in nothing but wrappers, which profiles leave out.
func (w *writer) location(pc uintptr) uint64 {
	id, ok := w.locations[pc]
	if ok {
		return id
	}
	id = w.lastLocation + 1
	var m message
	m.number(1, id)
	file := ""
	for i, mp := range w.mappings {
		if at := uint64(pc - 1); mp.start <= at && at < mp.end {
			m.number(2, uint64(i+1))
			file = mp.file
		}
	}
	m.number(3, uint64(pc-1))
	line := func(name, file string, n, start int) {
		var l message
		l.number(1, w.function(name, file, start))
		l.number(2, uint64(n))
		m.bytes(4, l)
	}
	var f frameData
	n, shown := 0, 0
	for ; profileFrame(pc, n, &f); n++ {
		if !f.hidden {
			line(f.name, f.file, f.line, f.start)
			shown++
		}
	}
	if n > 0 && shown == 0 {
		w.locations[pc] = 0
		return 0
	}
	w.locations[pc], w.lastLocation = id, id
	if n == 0 {
		line("["+file[strings.LastIndexByte(file, '/')+1:]+"]", file, 0, 0)
	}
	w.out.bytes(4, m)
	return id
}

// sample adds a stack with its values and labels.
func (w *writer) sample(stack []uintptr, labels *labelMap, values ...uint64) {
	var ids []uint64
	for _, pc := range stack {
		if id := w.location(pc); id != 0 {
			ids = append(ids, id)
		}
	}
	var m message
	m.packed(1, ids)
	m.packed(2, values)
	if labels != nil {
		for _, key := range slices.Sorted(maps.Keys(labels.values)) {
			var l message
			l.number(1, w.text(key))
			l.number(2, w.text(labels.values[key]))
			m.bytes(3, l)
		}
	}
	w.out.bytes(2, m)
}

// finish writes the profile.
func (w *writer) finish(to io.Writer, begin time.Time, took time.Duration) error {
	for i, mp := range w.mappings {
		var m message
		m.number(1, uint64(i+1))
		m.number(2, mp.start)
		m.number(3, mp.end)
		m.number(4, mp.offset)
		m.number(5, w.text(mp.file))
		for field := 7; field <= 10; field++ {
			m.number(field, 1) // functions, files, lines and inlined frames are in the profile
		}
		w.out.bytes(3, m)
	}
	for _, s := range w.texts {
		w.out.bytes(6, []byte(s))
	}
	w.out.number(9, uint64(begin.UnixNano()))
	w.out.number(10, uint64(took))
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(w.out)
	if err := z.Close(); err != nil {
		return err
	}
	_, err := to.Write(b.Bytes())
	return err
}

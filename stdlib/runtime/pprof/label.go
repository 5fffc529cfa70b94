// This file holds labels: what a program says a goroutine is doing, for the samples of a profile.

package pprof

import (
	"context"
	"maps"
	"runtime"
	"slices"
	"sync"
	"unsafe"
	"weak"
)

// LabelSet is a set of labels.
type LabelSet struct {
	list []label
}

type label struct{ key, value string }

// labelMap is what a goroutine points to.
type labelMap struct {
	values map[string]string
	known  bool
}

type labelKey struct{}

// known finds the labels that a sample names by their address, as long as somebody still uses them.
var known struct {
	sync.Mutex
	sets map[uintptr]weak.Pointer[labelMap]
}

func (m *labelMap) register() {
	known.Lock()
	defer known.Unlock()
	if m.known {
		return
	}
	m.known = true
	at := uintptr(unsafe.Pointer(m))
	if known.sets == nil {
		known.sets = map[uintptr]weak.Pointer[labelMap]{}
	}
	known.sets[at] = weak.Make(m)
	runtime.AddCleanup(m, func(at uintptr) {
		known.Lock()
		defer known.Unlock()
		if known.sets[at].Value() == nil {
			delete(known.sets, at)
		}
	}, at)
}

// labelsAt returns the labels at an address that a sample carries, or nil.
func labelsAt(at uint64) *labelMap {
	if at == 0 {
		return nil
	}
	known.Lock()
	defer known.Unlock()
	return known.sets[uintptr(at)].Value()
}

func labelsOf(ctx context.Context) *labelMap {
	m, _ := ctx.Value(labelKey{}).(*labelMap)
	return m
}

// Labels makes a set of keys and values, which take turns. Of equal keys the last one counts.
func Labels(args ...string) LabelSet {
	if len(args)%2 != 0 {
		panic("uneven number of arguments to pprof.Labels")
	}
	values := make(map[string]string, len(args)/2)
	for i := 0; i < len(args); i += 2 {
		values[args[i]] = args[i+1]
	}
	set := LabelSet{make([]label, 0, len(values))}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		set.list = append(set.list, label{key, values[key]})
	}
	return set
}

// WithLabels returns a context with the labels added to those of ctx.
func WithLabels(ctx context.Context, labels LabelSet) context.Context {
	m := &labelMap{values: map[string]string{}}
	if outer := labelsOf(ctx); outer != nil {
		maps.Copy(m.values, outer.values)
	}
	for _, l := range labels.list {
		m.values[l.key] = l.value
	}
	return context.WithValue(ctx, labelKey{}, m)
}

// Label returns the value of the context's label of that key.
func Label(ctx context.Context, key string) (string, bool) {
	m := labelsOf(ctx)
	if m == nil {
		return "", false
	}
	value, ok := m.values[key]
	return value, ok
}

// ForLabels calls f with the context's labels, sorted by key, until it returns false.
func ForLabels(ctx context.Context, f func(key, value string) bool) {
	m := labelsOf(ctx)
	if m == nil {
		return
	}
	for _, key := range slices.Sorted(maps.Keys(m.values)) {
		if !f(key, m.values[key]) {
			return
		}
	}
}

// SetGoroutineLabels gives the calling goroutine the labels of ctx in place of those it has. Goroutines that it starts inherit them.
func SetGoroutineLabels(ctx context.Context) {
	m := labelsOf(ctx)
	if m != nil {
		m.register()
	}
	setLabels(unsafe.Pointer(m))
}

// Do calls f with a context that has the labels added, which the goroutine has meanwhile.
func Do(ctx context.Context, labels LabelSet, f func(context.Context)) {
	defer SetGoroutineLabels(ctx)
	ctx = WithLabels(ctx, labels)
	SetGoroutineLabels(ctx)
	f(ctx)
}

// Package pprof writes profiles that the pprof tools read: of processor time, of goroutines, and of what programs count themselves.
//
// The runtime does not sample allocations, blocking and contention: these profiles exist, and writing them is an error.
package pprof

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
	"time"
)

// A Profile is a collection of stacks: those of the places where something was done that is still in effect.
type Profile struct {
	name string
	mu   sync.Mutex
	held map[any][]uintptr
	// write and count are those of profiles of the runtime.
	write func(w io.Writer, debug int) error
	count func() int
}

var profiles struct {
	sync.Mutex
	byName map[string]*Profile
}

// lockProfiles locks the table, which has the profiles of the runtime from the beginning.
func lockProfiles() {
	profiles.Lock()
	if profiles.byName != nil {
		return
	}
	profiles.byName = map[string]*Profile{
		"goroutine": {name: "goroutine", write: writeGoroutines, count: runtime.NumGoroutine},
	}
	for _, name := range []string{"allocs", "block", "heap", "mutex", "threadcreate"} {
		profiles.byName[name] = &Profile{
			name:  name,
			count: func() int { return 0 },
			write: func(io.Writer, int) error {
				return errors.New("pprof: " + name + " profiles are not supported by gosubc")
			},
		}
	}
}

// NewProfile makes a profile of that name, which must be new.
func NewProfile(name string) *Profile {
	lockProfiles()
	defer profiles.Unlock()
	if name == "" {
		panic("pprof: NewProfile with empty name")
	}
	if profiles.byName[name] != nil {
		panic("pprof: NewProfile name already in use: " + name)
	}
	p := &Profile{name: name, held: map[any][]uintptr{}}
	profiles.byName[name] = p
	return p
}

// Lookup returns the profile of that name, or nil.
func Lookup(name string) *Profile {
	lockProfiles()
	defer profiles.Unlock()
	return profiles.byName[name]
}

// Profiles returns all profiles, sorted by name.
func Profiles() []*Profile {
	lockProfiles()
	defer profiles.Unlock()
	return slices.SortedFunc(maps.Values(profiles.byName), func(a, b *Profile) int { return strings.Compare(a.name, b.name) })
}

// Name returns the name by which Lookup finds the profile.
func (p *Profile) Name() string { return p.name }

// Count returns the number of stacks in the profile.
func (p *Profile) Count() int {
	if p.count != nil {
		return p.count()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.held)
}

// Add adds the stack of the caller, or with a skip above 0 of one of its callers, under a value that must not be in the profile yet.
func (p *Profile) Add(value any, skip int) {
	if p.name == "" {
		panic("pprof: use of uninitialized Profile")
	}
	if p.write != nil {
		panic("pprof: Add called on built-in Profile " + p.name)
	}
	stack := make([]uintptr, 32)
	stack = stack[:runtime.Callers(skip+2, stack)]
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.held[value] != nil {
		panic("pprof: Profile.Add of duplicate value")
	}
	p.held[value] = stack
}

// Remove takes the value's stack out, if it is there.
func (p *Profile) Remove(value any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.held, value)
}

// WriteTo writes the profile: with debug 0 in the format of the tools, with 1 as text; goroutines with 2 as a traceback.
func (p *Profile) WriteTo(w io.Writer, debug int) error {
	if p.name == "" {
		panic("pprof: use of zero Profile")
	}
	if p.write != nil {
		return p.write(w, debug)
	}
	counts := samples{}
	p.mu.Lock()
	for _, stack := range p.held {
		words := []uint64{uint64(len(stack)), 0}
		last := uintptr(0)
		for _, pc := range stack {
			// One address stands for all functions inlined at it.
			if pc &= 1<<56 - 1; pc != last {
				words = append(words, uint64(pc))
			}
			last = pc
		}
		words[0] = uint64(len(words) - 2)
		counts.add(words)
	}
	p.mu.Unlock()
	return writeCounts(w, p.name, counts, debug)
}

// WriteHeapProfile writes the profile "heap".
func WriteHeapProfile(w io.Writer) error { return Lookup("heap").WriteTo(w, 0) }

func writeGoroutines(w io.Writer, debug int) error {
	if debug >= 2 {
		buf := make([]byte, 64<<10)
		for {
			n := runtime.Stack(buf, true)
			if n < len(buf) {
				_, err := w.Write(buf[:n])
				return err
			}
			buf = make([]byte, 2*len(buf))
		}
	}
	words := make([]uint64, 4096)
	for {
		n := goroutineProfile(&words[0], len(words))
		if n <= len(words) {
			words = words[:n]
			break
		}
		words = make([]uint64, n+n/4)
	}
	counts := samples{}
	counts.add(words)
	return writeCounts(w, "goroutine", counts, debug)
}

// writeCounts writes how often there are which stacks.
func writeCounts(w io.Writer, name string, counts samples, debug int) error {
	if debug == 0 {
		p := newWriter()
		p.valueType(1, name, "count")
		p.valueType(11, name, "count")
		p.out.number(12, 1)
		for key, n := range counts {
			p.sample(addresses(key.stack), key.labels, uint64(n))
		}
		return p.finish(w, time.Now(), 0)
	}
	total := int64(0)
	for _, n := range counts {
		total += n
	}
	keys := slices.SortedFunc(maps.Keys(counts), func(a, b sampleKey) int {
		if n := counts[b] - counts[a]; n != 0 {
			return int(n)
		}
		return strings.Compare(a.stack, b.stack)
	})
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s profile: total %d\n", name, total)
	t := tabwriter.NewWriter(&b, 1, 8, 1, '\t', 0)
	for _, key := range keys {
		fmt.Fprintf(t, "%d @", counts[key])
		stack := addresses(key.stack)
		for _, pc := range stack {
			fmt.Fprintf(t, " %#x", pc)
		}
		fmt.Fprintln(t)
		if key.labels != nil {
			fmt.Fprint(t, "# labels: {")
			for i, k := range slices.Sorted(maps.Keys(key.labels.values)) {
				if i > 0 {
					fmt.Fprint(t, ", ")
				}
				fmt.Fprintf(t, "%q:%q", k, key.labels.values[k])
			}
			fmt.Fprint(t, "}\n")
		}
		for _, pc := range stack {
			var f frameData
			for i := 0; profileFrame(pc, i, &f); i++ {
				if f.hidden {
					continue
				}
				fmt.Fprintf(t, "#\t%#x\t%s+%#x\t%s:%d\n", pc-1, f.name, pc-1-f.entry, f.file, f.line)
			}
		}
		fmt.Fprintln(t)
	}
	t.Flush()
	_, err := w.Write(b.Bytes())
	return err
}

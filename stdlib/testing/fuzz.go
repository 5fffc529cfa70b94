// This file holds F: fuzz targets, which run on their seeds: those added with Add and those in testdata/fuzz.

package testing

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"runtime"
	"slices"
	"time"
)

// InternalFuzzTarget is a fuzz target's name and function, for the main function that `gosubc test` makes.
type InternalFuzzTarget struct {
	Name string
	Fn   func(f *F)
}

// F is given to fuzz targets.
type F struct {
	common
	state  *testState
	corpus []corpusEntry
	called bool // F.Fuzz was
}

// corpusEntry is one set of arguments.
type corpusEntry struct {
	name   string // of the subtest
	values []any
}

var supportedTypes = []reflect.Type{
	reflect.TypeFor[[]byte](), reflect.TypeFor[string](), reflect.TypeFor[bool](),
	reflect.TypeFor[byte](), reflect.TypeFor[rune](), reflect.TypeFor[float32](), reflect.TypeFor[float64](),
	reflect.TypeFor[int](), reflect.TypeFor[int8](), reflect.TypeFor[int16](), reflect.TypeFor[int64](),
	reflect.TypeFor[uint](), reflect.TypeFor[uint16](), reflect.TypeFor[uint32](), reflect.TypeFor[uint64](),
}

// Add adds arguments to the seeds; they must be those of the function given to Fuzz.
func (f *F) Add(args ...any) {
	for _, a := range args {
		if t := reflect.TypeOf(a); !slices.Contains(supportedTypes, t) {
			panic(fmt.Sprintf("testing: unsupported type to Add %v", t))
		}
	}
	f.corpus = append(f.corpus, corpusEntry{fmt.Sprintf("seed#%d", len(f.corpus)), slices.Clone(args)})
}

// Fail marks the target as failed; in the function given to Fuzz, the T's method is called instead.
func (f *F) Fail() {
	f.checkFuzzFn("Fail")
	f.common.Fail()
}

// Helper marks the calling function as a helper.
func (f *F) Helper() {
	f.checkFuzzFn("Helper")
	var pc [1]uintptr
	if runtime.Callers(2, pc[:]) == 0 {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.helpers == nil {
		f.helpers = make(map[uintptr]bool)
	}
	f.helpers[pc[0]] = true
}

// Skipped reports whether the target was skipped.
func (f *F) Skipped() bool {
	f.checkFuzzFn("Skipped")
	return f.common.Skipped()
}

// Fuzz runs ff on each seed. ff is a function of a *T and arguments of the types that Add accepts.
func (f *F) Fuzz(ff any) {
	if f.called {
		panic("testing: F.Fuzz called more than once")
	}
	f.called = true
	if f.Failed() {
		return
	}
	fn := reflect.ValueOf(ff)
	t := fn.Type()
	if t.Kind() != reflect.Func {
		panic("testing: F.Fuzz must receive a function")
	}
	if t.NumIn() < 2 || t.In(0) != reflect.TypeFor[*T]() {
		panic("testing: fuzz target must receive at least two arguments, where the first argument is a *T")
	}
	if t.NumOut() != 0 {
		panic("testing: fuzz target must not return a value")
	}
	var types []reflect.Type
	for i := 1; i < t.NumIn(); i++ {
		if !slices.Contains(supportedTypes, t.In(i)) {
			panic(fmt.Sprintf("testing: unsupported type for fuzzing %v", t.In(i)))
		}
		types = append(types, t.In(i))
	}
	for _, e := range f.corpus {
		if err := checkCorpus(e.values, types); err != nil {
			f.Fatal(err)
		}
	}
	files, err := readCorpus("testdata/fuzz/"+f.name, types)
	if err != nil {
		f.Fatal(err)
	}
	for _, e := range slices.Concat(f.corpus, files) {
		f.runSeed(fn, e)
	}
}

// runSeed runs the function as a subtest.
func (f *F) runSeed(fn reflect.Value, e corpusEntry) {
	full, ok, _ := f.state.match.fullName(&f.common, e.name)
	if !ok || mustStop() {
		return
	}
	f.set(&f.hasSub)
	var pcs [50]uintptr
	n := runtime.Callers(3, pcs[:])
	sub := newTest(&f.common, full, f.state)
	sub.creator = pcs[:n]
	if flags.verbose.on {
		out.event(full, "=== RUN   "+full+"\n")
	}
	running.start(full)
	f.set(&f.inFuzz)
	go tRunner(sub, func(t *T) {
		args := []reflect.Value{reflect.ValueOf(t)}
		for _, v := range e.values {
			if b, isBytes := v.([]byte); isBytes {
				v = slices.Clone(b) // what one run does to its argument is not for the next
			}
			args = append(args, reflect.ValueOf(v))
		}
		fn.Call(args)
	})
	<-sub.signal
	f.mu.Lock()
	f.inFuzz = false
	f.mu.Unlock()
	if flags.verbose.json {
		out.event(f.name, "=== NAME  "+f.name+"\n")
	}
}

func checkCorpus(values []any, types []reflect.Type) error {
	if len(values) != len(types) {
		return fmt.Errorf("wrong number of values in corpus entry: %d, want %d", len(values), len(types))
	}
	for i, v := range values {
		if t := reflect.TypeOf(v); t != types[i] {
			return fmt.Errorf("mismatched types in corpus entry: %v, want %v", values, types)
		}
	}
	return nil
}

// readCorpus reads a folder of seeds.
func readCorpus(dir string, types []reflect.Type) ([]corpusEntry, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading seed corpus from testdata: %v", err)
	}
	var all []corpusEntry
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		data, err := os.ReadFile(dir + "/" + e.Name())
		if err != nil {
			return nil, fmt.Errorf("failed to read corpus file: %v", err)
		}
		values, err := parseCorpus(string(data))
		if err == nil {
			err = checkCorpus(values, types)
		}
		if err != nil {
			return nil, fmt.Errorf("malformed corpus: %q: %v", dir+"/"+e.Name(), err)
		}
		all = append(all, corpusEntry{e.Name(), values})
	}
	return all, nil
}

// end is deferred by runFuzzTarget.
func (f *F) end(finished chan<- bool) {
	cause := recover()
	if cause == nil && !f.get(&f.finished) {
		cause = errExited
		if f.called && f.get(&f.hasSub) && f.Failed() {
			cause = nil // a seed called FailNow of this target
		}
	}
	f.checkRaces()
	if f.Failed() {
		numFailed.Add(1)
	}
	f.duration = time.Since(f.start)
	if cause != nil {
		f.Fail()
		if other := f.runCleanups(true); other != nil {
			f.Logf("cleanup panicked with %v", other)
		}
		f.endLine()
		f.flush(f.resultLine("FAIL", f.duration))
		panic(cause)
	}
	f.endLine()
	if status := f.status(); status == "FAIL" || flags.verbose.on {
		f.flush(f.resultLine(status, f.duration))
	}
	f.set(&f.done)
	f.setRan()
	running.stop(f.name)
	finished <- true
}

func runFuzzTarget(f *F, fn func(f *F), finished chan<- bool) {
	f.runner = "testing.runFuzzTarget"
	defer f.end(finished)
	defer func() { f.runCleanups(false) }()
	f.start = time.Now()
	fn(f)
	if !f.called && !f.Failed() && !f.Skipped() {
		f.log("returned without calling F.Fuzz, F.Fail, or F.Skip", true)
		f.common.Fail()
	}
	f.set(&f.finished)
}

func runFuzzTargets(matchString func(pat, str string) (bool, error), targets []InternalFuzzTarget, deadline time.Time) (ran, ok bool) {
	ok = true
	if len(targets) == 0 {
		return false, true
	}
	rounds(func(int) {
		root := common{}
		state := newState(newMatcher(matchString, flags.run, flags.skip), deadline)
		for _, target := range targets {
			if mustStop() {
				break
			}
			name, selected, _ := state.match.fullName(nil, target.Name)
			if !selected {
				continue
			}
			f := &F{common: common{name: name, parent: &root, level: 1}, state: state}
			if flags.verbose.on {
				out.event(name, "=== RUN   "+name+"\n")
			}
			running.start(name)
			finished := make(chan bool, 1)
			go runFuzzTarget(f, target.Fn, finished)
			<-finished
		}
		ran = ran || root.get(&root.ran)
		ok = ok && !root.Failed()
	})
	return ran, ok
}

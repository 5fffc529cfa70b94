// This file holds M: the order in which a test binary does things, its timeout and its exit code.

package testing

import (
	"flag"
	"fmt"
	"internal/testlog"
	"io"
	"math/rand"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// InternalTest is a test's name and function, for the main function that `gosubc test` makes.
type InternalTest struct {
	Name string
	F    func(*T)
}

// testDeps is what package testing needs of packages that it must not import, since their own tests import testing.
type testDeps interface {
	ImportPath() string
	MatchString(pat, str string) (bool, error)
	StartCPUProfile(io.Writer) error
	StopCPUProfile()
	WriteProfileTo(name string, w io.Writer, debug int) error
}

// matchDeps are the dependencies of programs that bring only a function for patterns.
type matchDeps func(pat, str string) (bool, error)

func (matchDeps) ImportPath() string                          { return "" }
func (f matchDeps) MatchString(pat, str string) (bool, error) { return f(pat, str) }
func (matchDeps) StartCPUProfile(io.Writer) error             { return errNoProfile }
func (matchDeps) StopCPUProfile()                             {}
func (matchDeps) WriteProfileTo(string, io.Writer, int) error { return errNoProfile }

var errNoProfile = fmt.Errorf("testing: profiles are not supported here")

// M is given to TestMain functions.
type M struct {
	deps       testDeps
	tests      []InternalTest
	benchmarks []InternalBenchmark
	fuzz       []InternalFuzzTarget
	examples   []InternalExample

	timer    *time.Timer
	cpuFile  *os.File
	finish   sync.Once
	numRun   int
	exitCode int
}

// MainStart is for the main function that `gosubc test` makes.
func MainStart(deps testDeps, tests []InternalTest, benchmarks []InternalBenchmark, fuzzTargets []InternalFuzzTarget, examples []InternalExample) *M {
	isTestBinary.Store(true)
	Init()
	return &M{deps: deps, tests: tests, benchmarks: benchmarks, fuzz: fuzzTargets, examples: examples}
}

// Main runs tests, benchmarks and examples and exits. Programs that `gosubc test` makes use [MainStart].
func Main(matchString func(pat, str string) (bool, error), tests []InternalTest, benchmarks []InternalBenchmark, examples []InternalExample) {
	os.Exit(MainStart(matchDeps(matchString), tests, benchmarks, nil, examples).Run())
}

// cpus are the values of -cpu.
var cpus []int

func parseCPUs() error {
	cpus = nil
	for _, word := range strings.Split(flags.cpuList, ",") {
		if word = strings.TrimSpace(word); word == "" {
			continue
		}
		n, err := strconv.Atoi(word)
		if err != nil || n <= 0 {
			return fmt.Errorf("testing: invalid value %q for -test.cpu", word)
		}
		cpus = append(cpus, n)
	}
	if cpus == nil {
		cpus = append(cpus, runtime.GOMAXPROCS(-1))
	}
	return nil
}

// Run runs everything and returns the exit code for [os.Exit].
func (m *M) Run() (code int) {
	defer func() { code = m.exitCode }()
	m.numRun++
	if !flag.Parsed() {
		flag.Parse()
	}
	if err := m.checkFlags(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		m.exitCode = 2
		return
	}
	if flags.list != "" {
		m.list()
		m.exitCode = 0
		return
	}
	if flags.shuffle != "off" {
		m.shuffle()
	}
	if err := m.startProfiles(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		m.exitCode = 2
		return
	}
	defer m.finish.Do(m.writeProfiles)
	testlog.SetPanicOnExit0(flags.panicOnExit0)
	m.exitCode = m.runAll()
	testlog.SetPanicOnExit0(false)
	return
}

func (m *M) checkFlags() error {
	if flags.parallel < 1 {
		return fmt.Errorf("testing: -parallel can only be given a positive integer")
	}
	if flags.fuzz != "" || flags.fuzzWorker {
		return fmt.Errorf("testing: -fuzz is not supported: fuzz targets run on their seeds only")
	}
	if flags.trace != "" {
		return fmt.Errorf("testing: -trace is not supported")
	}
	for _, p := range []struct{ flag, pattern string }{
		{"-test.run", flags.run}, {"-test.skip", flags.skip}, {"-test.bench", flags.bench}, {"-test.list", flags.list},
	} {
		if err := checkPattern(m.deps.MatchString, p.flag, p.pattern); err != nil {
			return err
		}
	}
	return parseCPUs()
}

// runAll is Run once the flags are known to be right.
func (m *M) runAll() int {
	deadline := m.startAlarm()
	ranTests, testsOK := runTests(m.deps.MatchString, m.tests, deadline)
	ranFuzz, fuzzOK := runFuzzTargets(m.deps.MatchString, m.fuzz, deadline)
	ranExamples, examplesOK := runExamples(m.deps.MatchString, m.examples)
	m.stopAlarm()
	if !ranTests && !ranFuzz && !ranExamples && flags.bench == "" {
		fmt.Fprintln(os.Stderr, "testing: warning: no tests to run")
	}
	failed := !testsOK || !fuzzOK || !examplesOK
	if !failed && !runBenchmarks(m.deps.ImportPath(), m.deps.MatchString, m.benchmarks) {
		failed = true
	}
	if failed {
		fmt.Print(eventMark(), "FAIL\n")
		return 1
	}
	fmt.Print(eventMark(), "PASS\n")
	reportCoverage()
	return 0
}

// list prints the names that -list selects.
func (m *M) list() {
	show := func(name string) {
		if ok, _ := m.deps.MatchString(flags.list, name); ok {
			fmt.Println(name)
		}
	}
	for _, t := range m.tests {
		show(t.Name)
	}
	for _, b := range m.benchmarks {
		show(b.Name)
	}
	for _, f := range m.fuzz {
		show(f.Name)
	}
	for _, e := range m.examples {
		show(e.Name)
	}
}

// shuffle puts tests and benchmarks in random order and says from which seed.
func (m *M) shuffle() {
	seed := time.Now().UnixNano()
	if flags.shuffle != "on" {
		n, err := strconv.ParseInt(flags.shuffle, 10, 64)
		if err != nil {
			fmt.Fprintln(os.Stderr, `testing: -shuffle should be "off", "on", or a valid integer:`, err)
			os.Exit(2)
		}
		seed = n
	}
	fmt.Println("-test.shuffle", seed)
	r := rand.New(rand.NewSource(seed))
	r.Shuffle(len(m.tests), func(i, j int) { m.tests[i], m.tests[j] = m.tests[j], m.tests[i] })
	r.Shuffle(len(m.benchmarks), func(i, j int) { m.benchmarks[i], m.benchmarks[j] = m.benchmarks[j], m.benchmarks[i] })
}

// startAlarm makes the program panic when -timeout has passed, and returns that time.
func (m *M) startAlarm() (deadline time.Time) {
	if flags.timeout <= 0 {
		return time.Time{}
	}
	deadline = time.Now().Add(flags.timeout)
	m.timer = time.AfterFunc(flags.timeout, func() {
		m.finish.Do(m.writeProfiles)
		debug.SetTraceback("all")
		text := ""
		if names := running.names(); len(names) > 0 {
			// Panics print further lines of their text indented.
			text = "\nrunning tests:\n\t" + strings.Join(names, "\n\t")
		}
		panic(fmt.Sprintf("test timed out after %v%s", flags.timeout, text))
	})
	return deadline
}

func (m *M) stopAlarm() {
	if m.timer != nil {
		m.timer.Stop()
	}
}

// running are the tests that run at this moment, for the message of a timeout.
var running runningTests

type runningTests struct {
	mu     sync.Mutex
	starts map[string]time.Time
}

func (r *runningTests) start(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.starts == nil {
		r.starts = make(map[string]time.Time)
	}
	r.starts[name] = time.Now()
}

func (r *runningTests) stop(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.starts, name)
}

func (r *runningTests) names() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var names []string
	for name, start := range r.starts {
		names = append(names, fmt.Sprintf("%s (%v)", name, time.Since(start).Round(time.Second)))
	}
	slices.Sort(names)
	return names
}

// inOutputDir is where a file that a flag names is written.
func inOutputDir(path string) string {
	if flags.outputDir == "" || path == "" || path[0] == '/' {
		return path
	}
	return flags.outputDir + "/" + path
}

func (m *M) startProfiles() error {
	if flags.memProfileRate > 0 {
		runtime.MemProfileRate = flags.memProfileRate
	}
	if flags.blockProfile != "" {
		runtime.SetBlockProfileRate(flags.blockProfileRate)
	}
	if flags.mutexProfile != "" {
		runtime.SetMutexProfileFraction(flags.mutexProfileRate)
	}
	if flags.cpuProfile == "" {
		return nil
	}
	f, err := os.Create(inOutputDir(flags.cpuProfile))
	if err != nil {
		return fmt.Errorf("testing: %w", err)
	}
	if err := m.deps.StartCPUProfile(f); err != nil {
		f.Close()
		return fmt.Errorf("testing: can't start cpu profile: %w", err)
	}
	m.cpuFile = f
	return nil
}

func (m *M) writeProfiles() {
	if m.cpuFile != nil {
		m.deps.StopCPUProfile()
		m.cpuFile.Close()
	}
	for _, p := range []struct{ name, file string }{
		{"allocs", flags.memProfile}, {"block", flags.blockProfile}, {"mutex", flags.mutexProfile},
	} {
		if p.file == "" {
			continue
		}
		f, err := os.Create(inOutputDir(p.file))
		if err == nil {
			err = m.deps.WriteProfileTo(p.name, f, 0)
			f.Close()
		}
		if err != nil {
			fmt.Fprintf(os.Stderr, "testing: can't write %s: %s\n", p.file, err)
			os.Exit(2)
		}
	}
}

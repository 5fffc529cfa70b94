// Package testing runs tests, benchmarks, fuzz targets and examples: what `gosubc test` builds calls [MainStart], and
// test functions get a [T], [B] or [F].
//
// This file holds the flags and the questions about them; main.go the order in which things run, common.go what T, B and
// F share, report.go how results are printed.
package testing

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// flags are the values of the -test.* flags; [Init] defines them.
var flags struct {
	short, failFast, benchMem, fullPath, artifacts, panicOnExit0 bool
	verbose                                                      verboseFlag
	outputDir, list, run, skip, bench, cpuList, shuffle, testLog string
	coverProfile, goCoverDir                                     string
	memProfile, cpuProfile, blockProfile, mutexProfile, trace    string
	memProfileRate, blockProfileRate, mutexProfileRate           int
	count                                                        uint
	timeout                                                      time.Duration
	parallel                                                     int
	benchTime                                                    durationOrCount
	fuzz, fuzzCacheDir                                           string
	fuzzTime, fuzzMinimizeTime                                   durationOrCount
	fuzzWorker                                                   bool
}

var initialised bool

// Init defines the test flags. It is called before a test's main function; a program that uses the package without
// `gosubc test`, for [Benchmark] say, calls it itself. Calls after the first do nothing.
func Init() {
	if initialised {
		return
	}
	initialised = true
	f := &flags
	flag.BoolVar(&f.short, "test.short", false, "run smaller test suite to save time")
	flag.BoolVar(&f.failFast, "test.failfast", false, "do not start new tests after the first test failure")
	flag.StringVar(&f.outputDir, "test.outputdir", "", "write profiles to `dir`")
	flag.BoolVar(&f.artifacts, "test.artifacts", false, "store test artifacts in test.outputdir")
	flag.Var(&f.verbose, "test.v", "verbose: print additional output")
	flag.UintVar(&f.count, "test.count", 1, "run tests and benchmarks `n` times")
	flag.StringVar(&f.coverProfile, "test.coverprofile", "", "write a coverage profile to `file`")
	flag.StringVar(&f.goCoverDir, "test.gocoverdir", "", "write coverage intermediate files to this directory")
	flag.StringVar(&f.list, "test.list", "", "list tests, examples, and benchmarks matching `regexp` then exit")
	flag.StringVar(&f.run, "test.run", "", "run only tests and examples matching `regexp`")
	flag.StringVar(&f.skip, "test.skip", "", "do not list or run tests matching `regexp`")
	flag.StringVar(&f.memProfile, "test.memprofile", "", "write an allocation profile to `file`")
	flag.IntVar(&f.memProfileRate, "test.memprofilerate", 0, "set memory allocation profiling `rate`")
	flag.StringVar(&f.cpuProfile, "test.cpuprofile", "", "write a cpu profile to `file`")
	flag.StringVar(&f.blockProfile, "test.blockprofile", "", "write a goroutine blocking profile to `file`")
	flag.IntVar(&f.blockProfileRate, "test.blockprofilerate", 1, "set blocking profile `rate`")
	flag.StringVar(&f.mutexProfile, "test.mutexprofile", "", "write a mutex contention profile to the named file after execution")
	flag.IntVar(&f.mutexProfileRate, "test.mutexprofilefraction", 1, "if >= 0, calls runtime.SetMutexProfileFraction()")
	flag.StringVar(&f.trace, "test.trace", "", "write an execution trace to `file`")
	flag.DurationVar(&f.timeout, "test.timeout", 0, "panic test binary after duration `d` (0: unlimited)")
	flag.StringVar(&f.cpuList, "test.cpu", "", "comma-separated `list` of cpu counts to run each test with")
	flag.IntVar(&f.parallel, "test.parallel", runtime.GOMAXPROCS(0), "run at most `n` tests in parallel")
	flag.StringVar(&f.testLog, "test.testlogfile", "", "write test action log to `file` (for use only by the build command)")
	flag.StringVar(&f.shuffle, "test.shuffle", "off", "randomize the execution order of tests and benchmarks")
	flag.BoolVar(&f.fullPath, "test.fullpath", false, "show full file names in error messages")
	flag.BoolVar(&f.panicOnExit0, "test.paniconexit0", false, "panic on call to os.Exit(0)")
	flag.StringVar(&f.bench, "test.bench", "", "run only benchmarks matching `regexp`")
	flag.BoolVar(&f.benchMem, "test.benchmem", false, "print memory allocations for benchmarks")
	f.benchTime.d = time.Second
	flag.Var(&f.benchTime, "test.benchtime", "run each benchmark for duration `d` or N times if `d` is of the form Nx")
	flag.StringVar(&f.fuzz, "test.fuzz", "", "run the fuzz test matching `regexp`")
	flag.Var(&f.fuzzTime, "test.fuzztime", "time to spend fuzzing; default is to run indefinitely")
	f.fuzzMinimizeTime.d = time.Minute
	flag.Var(&f.fuzzMinimizeTime, "test.fuzzminimizetime", "time to spend minimizing a value after finding a failing input")
	flag.StringVar(&f.fuzzCacheDir, "test.fuzzcachedir", "", "directory where interesting fuzzing inputs are stored")
	flag.BoolVar(&f.fuzzWorker, "test.fuzzworker", false, "coordinate with the parent process to fuzz random values")
}

// verboseFlag is a boolean, or `test2json`: events are marked for the program that reads them.
type verboseFlag struct{ on, json bool }

func (v *verboseFlag) IsBoolFlag() bool { return true }
func (v *verboseFlag) Get() any         { return v.String() }

func (v *verboseFlag) String() string {
	if v.json {
		return "test2json"
	}
	return strconv.FormatBool(v.on)
}

func (v *verboseFlag) Set(s string) error {
	if s == "test2json" {
		v.on, v.json = true, true
		return nil
	}
	on, err := strconv.ParseBool(s)
	if err != nil {
		return fmt.Errorf("invalid flag -test.v=%s", s)
	}
	v.on, v.json = on, false
	return nil
}

// durationOrCount is `1s`, or `100x` for a number of runs.
type durationOrCount struct {
	d          time.Duration
	n          int
	allowZeroN bool
}

func (v *durationOrCount) String() string {
	if v.n > 0 {
		return strconv.Itoa(v.n) + "x"
	}
	return v.d.String()
}

func (v *durationOrCount) Set(s string) error {
	if num, isCount := strings.CutSuffix(s, "x"); isCount {
		n, err := strconv.ParseInt(num, 10, 0)
		if err != nil || n < 0 || n == 0 && !v.allowZeroN {
			return fmt.Errorf("invalid count")
		}
		*v = durationOrCount{n: int(n), allowZeroN: v.allowZeroN}
		return nil
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 || d == 0 && !v.allowZeroN {
		return fmt.Errorf("invalid duration")
	}
	*v = durationOrCount{d: d, allowZeroN: v.allowZeroN}
	return nil
}

// needFlags panics where flags are asked for before they have values: in package initialisation, mostly.
func needFlags(what string) {
	if !initialised {
		panic("testing: " + what + " called before Init")
	}
	if !flag.Parsed() {
		panic("testing: " + what + " called before Parse")
	}
}

// Short reports whether -short is set.
func Short() bool {
	needFlags("Short")
	return flags.short
}

// Verbose reports whether -v is set.
func Verbose() bool {
	needFlags("Verbose")
	return flags.verbose.on
}

// isTestBinary is set by the main function that `gosubc test` makes, before packages are used.
var isTestBinary atomic.Bool

// Testing reports whether the program was built by `gosubc test`.
func Testing() bool { return isTestBinary.Load() || strings.HasSuffix(os.Args[0], ".test") }

// AllocsPerRun calls f once to warm up, then `runs` times, and returns the allocations per call, rounded down. It counts
// all of the program's allocations: nothing else may run meanwhile.
func AllocsPerRun(runs int, f func()) (avg float64) {
	if parallelRunning.Load() > 0 {
		panic("testing: AllocsPerRun called during parallel test")
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	f()
	runtime.ReadMemStats(&memStats)
	before := memStats.Mallocs
	for range runs {
		f()
	}
	runtime.ReadMemStats(&memStats)
	return float64((memStats.Mallocs - before) / uint64(runs))
}

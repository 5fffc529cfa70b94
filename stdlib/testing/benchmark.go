// This file holds B: how often a benchmark runs, its timer and its results.

package testing

import (
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"
)

// InternalBenchmark is a benchmark's name and function, for the main function that `gosubc test` makes.
type InternalBenchmark struct {
	Name string
	F    func(b *B)
}

// One benchmark runs at a time.
var benchmarkLock sync.Mutex

// memStats is used by the benchmark that runs; a variable of the function would be an allocation in the measurement.
var memStats runtime.MemStats

// B is given to benchmark functions. They call [B.Loop], or do their work b.N times.
type B struct {
	common
	N int

	importPath       string
	state            *benchState
	f                func(b *B)
	benchTime        durationOrCount
	timerOn          bool
	showAllocs       bool
	missingBytes     bool
	bytes            int64
	parallelism      int // RunParallel makes this times GOMAXPROCS goroutines
	result           BenchmarkResult
	previousN        int
	previousDuration time.Duration
	loop             loopState

	startMallocs, startBytes uint64 // counters when the timer was started
	netMallocs, netBytes     uint64 // counted while it was on
	extra                    map[string]float64
}

// loopState is that of B.Loop.
type loopState struct {
	n, i int // target, and how many have begun
	done bool
}

// benchState is shared by all benchmarks of one round.
type benchState struct {
	match  *matcher
	maxLen int // width of the names
	extLen int // length of the suffix for GOMAXPROCS
}

// StartTimer starts measuring. It is called for a benchmark before it begins.
func (b *B) StartTimer() {
	if b.timerOn {
		return
	}
	m := &memStats
	runtime.ReadMemStats(m)
	b.startMallocs, b.startBytes = m.Mallocs, m.TotalAlloc
	b.timerOn = true
	b.start = time.Now()
}

// StopTimer stops measuring, for work that doesn't count.
func (b *B) StopTimer() {
	if !b.timerOn {
		return
	}
	b.duration += time.Since(b.start)
	m := &memStats
	runtime.ReadMemStats(m)
	b.netMallocs += m.Mallocs - b.startMallocs
	b.netBytes += m.TotalAlloc - b.startBytes
	b.timerOn = false
}

// ResetTimer sets time, allocations and metrics to zero; it does not start or stop the timer.
func (b *B) ResetTimer() {
	b.extra = make(map[string]float64)
	if b.timerOn {
		m := &memStats
		runtime.ReadMemStats(m)
		b.startMallocs, b.startBytes = m.Mallocs, m.TotalAlloc
		b.start = time.Now()
	}
	b.duration, b.netMallocs, b.netBytes = 0, 0, 0
}

// Elapsed returns the measured time so far.
func (b *B) Elapsed() time.Duration {
	d := b.duration
	if b.timerOn {
		d += time.Since(b.start)
	}
	return d
}

// SetBytes says how many bytes one operation processes: results have MB/s then.
func (b *B) SetBytes(n int64) { b.bytes = n }

// ReportAllocs shows allocations for this benchmark, as -benchmem does for all.
func (b *B) ReportAllocs() { b.showAllocs = true }

// ReportMetric adds a number to the result, or replaces a built-in one of the same unit.
func (b *B) ReportMetric(n float64, unit string) {
	if unit == "" {
		panic("metric unit must not be empty")
	}
	if strings.ContainsFunc(unit, unicode.IsSpace) {
		panic("metric unit must not contain whitespace")
	}
	if b.extra == nil {
		b.extra = make(map[string]float64)
	}
	b.extra[unit] = n
}

// Loop returns true as long as the benchmark is to go on. The timer is reset when it is called first and stopped when it
// returns false; b.N is the number of iterations then.
func (b *B) Loop() bool {
	if b.loop.i > 0 && b.loop.i < b.loop.n {
		b.loop.i++
		return true
	}
	return b.loopMore()
}

func (b *B) loopMore() bool {
	if !b.timerOn && b.loop.n > 0 && !b.loop.done {
		b.Fatal("B.Loop called with timer stopped")
	}
	switch {
	case b.loop.done:
		b.Fatal("B.Loop called after it returned false")
	case b.loop.n == 0: // the first call
		if b.benchTime.n > 0 {
			b.loop.n = b.benchTime.n
		} else {
			b.loop.n = 1
		}
		b.N = 0
		b.loop.i = 1
		b.ResetTimer()
		b.StartTimer()
		return true
	}
	b.StopTimer()
	if b.benchTime.n == 0 && b.Elapsed() < b.benchTime.d && b.loop.n < 1e9 {
		b.loop.n = predictN(b.benchTime.d.Nanoseconds(), int64(b.loop.n), b.duration.Nanoseconds(), int64(b.loop.n))
		b.loop.i++
		b.StartTimer()
		return true
	}
	b.N = b.loop.n
	b.loop.done = true
	return false
}

// runN runs the function once with b.N = n.
func (b *B) runN(n int) {
	benchmarkLock.Lock()
	defer benchmarkLock.Unlock()
	defer b.runCleanups(false)
	runtime.GC() // earlier benchmarks' garbage is not this one's
	b.N = n
	b.loop = loopState{}
	b.mu.Lock()
	if b.ctx != nil && b.ctx.Err() != nil {
		b.ctx, b.cancel = nil, nil
	}
	b.mu.Unlock()
	b.parallelism = 1
	b.ResetTimer()
	b.StartTimer()
	b.f(b)
	b.StopTimer()
	b.previousN, b.previousDuration = n, b.duration
	if b.loop.n > 0 && !b.loop.done && !b.Failed() {
		b.Error("benchmark function returned without B.Loop() == false (break or return in loop?)")
	}
}

// predictN is how often to run for goal nanoseconds, after `last` iterations of which prev took prevTime.
func predictN(goal, prev, prevTime, last int64) int {
	if prevTime == 0 {
		prevTime = 1
	}
	// In floating point: goal * prev may not fit.
	n := int64(math.Min(float64(goal)*float64(prev)/float64(prevTime), 1e18))
	n += n / 5
	n = min(n, 100*last)
	n = max(n, last+1)
	return int(min(n, 1e9))
}

// run1 runs the function once; it reports whether to run it more often.
func (b *B) run1() bool {
	if s := b.state; s != nil {
		if n := len(b.name) + s.extLen + 1; n > s.maxLen {
			s.maxLen = n + 8 // room for the next names, that columns may stay
		}
	}
	go func() {
		defer func() { b.signal <- true }()
		b.runner = "testing.(*B).run1.func1"
		b.runN(1)
	}()
	<-b.signal
	b.checkRaces()
	if b.Failed() {
		b.showFailure("FAIL")
		return false
	}
	b.mu.Lock()
	finished, hasSub := b.finished, b.hasSub
	b.mu.Unlock()
	if hasSub || finished {
		if b.level > 0 && flags.verbose.on && finished {
			b.showFailure(b.status())
		}
		return false
	}
	return true
}

// showFailure prints the result line of a benchmark without measurements, and its log.
func (b *B) showFailure(status string) {
	b.endLine()
	b.mu.Lock()
	kept := string(b.kept)
	b.kept = nil
	b.mu.Unlock()
	if status == "PASS" {
		status = "BENCH"
	}
	out.raw("--- " + status + ": " + b.name + "\n" + kept)
}

var labels sync.Once

// printLabels says once what the measurements are of.
func (b *B) printLabels() {
	labels.Do(func() {
		fmt.Printf("goos: %s\ngoarch: %s\n", runtime.GOOS, runtime.GOARCH)
		if b.importPath != "" {
			fmt.Printf("pkg: %s\n", b.importPath)
		}
		if cpu := cpuName(); cpu != "" {
			fmt.Printf("cpu: %s\n", cpu)
		}
	})
}

// run measures the benchmark and prints the result.
func (b *B) run() {
	b.printLabels()
	if b.state != nil {
		b.processBench(b.state)
	} else {
		b.doBench()
	}
}

// cpuName is the processor's name as the kernel tells it.
func cpuName() string {
	data, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(data)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

func (b *B) doBench() BenchmarkResult {
	go b.launch()
	<-b.signal
	return b.result
}

// launch runs the function until it has run for benchTime.
func (b *B) launch() {
	defer func() { b.signal <- true }()
	b.runner = "testing.(*B).launch"
	switch {
	case b.loop.n > 0:
		// B.Loop has done it all in the first run.
	case b.benchTime.n > 0:
		if b.benchTime.n > 1 {
			b.runN(b.benchTime.n)
		}
	default:
		goal := b.benchTime.d
		for n := int64(1); !b.Failed() && b.duration < goal && n < 1e9; {
			last := n
			n = int64(predictN(goal.Nanoseconds(), int64(b.N), b.duration.Nanoseconds(), last))
			b.runN(int(n))
		}
	}
	b.result = BenchmarkResult{b.N, b.duration, b.bytes, b.netMallocs, b.netBytes, b.extra}
}

// Run runs f as a subbenchmark; it is not measured itself then.
func (b *B) Run(name string, f func(b *B)) bool {
	b.set(&b.hasSub)
	benchmarkLock.Unlock()
	defer benchmarkLock.Lock()

	full, ok, partial := name, true, false
	if b.state != nil {
		full, ok, partial = b.state.match.fullName(&b.common, name)
	}
	if !ok {
		return true
	}
	var pcs [50]uintptr
	n := runtime.Callers(2, pcs[:])
	sub := &B{
		common: common{
			name: full, parent: &b.common, level: b.level + 1, bench: true, creator: pcs[:n], signal: make(chan bool),
		},
		importPath: b.importPath, state: b.state, f: f, benchTime: b.benchTime,
	}
	if partial {
		sub.hasSub = true // only its subbenchmarks match
	}
	if flags.verbose.on && b.state != nil {
		b.printLabels()
		mark := ""
		if flags.verbose.json {
			mark = markEvent + "=== RUN   " + full + "\n"
		}
		out.raw(mark + full + "\n")
	}
	if sub.run1() {
		sub.run()
	}
	b.add(sub.result)
	return !sub.Failed()
}

// add sums up results of subbenchmarks, for a benchmark around them run by Benchmark.
func (b *B) add(other BenchmarkResult) {
	r := &b.result
	r.N = 1
	r.T += time.Duration(other.NsPerOp())
	if other.Bytes == 0 {
		b.missingBytes = true
		r.Bytes = 0
	}
	if !b.missingBytes {
		r.Bytes += other.Bytes
	}
	r.MemAllocs += uint64(other.AllocsPerOp())
	r.MemBytes += uint64(other.AllocedBytesPerOp())
}

// benchmarkName is the name with GOMAXPROCS, if that isn't 1.
func benchmarkName(name string, procs int) string {
	if procs == 1 {
		return name
	}
	return name + "-" + strconv.Itoa(procs)
}

// processBench measures with each value of -cpu, -count times.
func (b *B) processBench(s *benchState) {
	for i, procs := range cpus {
		for j := range int(flags.count) {
			runtime.GOMAXPROCS(procs)
			name := benchmarkName(b.name, procs)
			if !flags.verbose.on {
				out.raw(fmt.Sprintf("%-*s\t", s.maxLen, name))
			}
			// The first has run once already.
			if i > 0 || j > 0 {
				b = &B{
					common: common{
						name: b.name, parent: b.parent, level: b.level, bench: true, creator: b.creator, signal: make(chan bool),
					},
					importPath: b.importPath, state: b.state, f: b.f, benchTime: b.benchTime,
				}
				go func() {
					defer func() { b.signal <- true }()
					b.runner = "testing.(*B).processBench.func1"
					b.runN(1)
				}()
				<-b.signal
			}
			var r BenchmarkResult
			if !b.Failed() {
				r = b.doBench()
			}
			if b.Failed() {
				out.raw("--- FAIL: " + name + "\n")
				out.raw(string(b.kept))
				b.kept = nil
				continue
			}
			results := r.String()
			if flags.verbose.on {
				results = fmt.Sprintf("%-*s\t", s.maxLen, name) + results
			}
			if flags.benchMem || b.showAllocs {
				results += "\t" + r.MemString()
			}
			out.raw(results + "\n")
			b.endLine()
			if len(b.kept) > 0 {
				out.raw("--- BENCH: " + name + "\n" + string(b.kept))
				b.kept = nil
			}
			if p := runtime.GOMAXPROCS(-1); p != procs {
				fmt.Fprintf(os.Stderr, "testing: %s left GOMAXPROCS set to %d\n", name, p)
			}
		}
	}
}

// RunBenchmarks is for the main functions of other build systems.
func RunBenchmarks(matchString func(pat, str string) (bool, error), benchmarks []InternalBenchmark) {
	runBenchmarks("", matchString, benchmarks)
}

func runBenchmarks(importPath string, matchString func(pat, str string) (bool, error), benchmarks []InternalBenchmark) bool {
	if flags.bench == "" {
		return true
	}
	procs := 1
	for _, n := range cpus {
		procs = max(procs, n)
	}
	s := &benchState{match: newMatcher(matchString, flags.bench, flags.skip), extLen: len(benchmarkName("", procs))}
	var selected []InternalBenchmark
	for _, b := range benchmarks {
		if _, ok, _ := s.match.fullName(nil, b.Name); ok {
			selected = append(selected, b)
			s.maxLen = max(s.maxLen, len(benchmarkName(b.Name, procs))+s.extLen+1)
		}
	}
	main := &B{
		common:     common{bench: true, signal: make(chan bool)},
		importPath: importPath, state: s, benchTime: flags.benchTime,
		f: func(b *B) {
			for _, x := range selected {
				b.Run(x.Name, x.F)
			}
		},
	}
	main.runN(1)
	return !main.Failed()
}

// Benchmark runs a benchmark outside of `gosubc test` and returns what it measured; zeros if it failed.
func Benchmark(f func(b *B)) BenchmarkResult {
	Init()
	b := &B{common: common{signal: make(chan bool), bench: true}, f: f, benchTime: flags.benchTime}
	if b.run1() {
		b.doBench()
	}
	return b.result
}

// PB is given to the function of [B.RunParallel].
type PB struct {
	global *atomic.Uint64 // iterations handed out
	grain  uint64         // how many to take at once
	cache  uint64
	n      uint64
}

// Next reports whether there are more iterations to do.
func (pb *PB) Next() bool {
	if pb.cache == 0 {
		n := pb.global.Add(pb.grain)
		switch {
		case n <= pb.n:
			pb.cache = pb.grain
		case n < pb.n+pb.grain:
			pb.cache = pb.n + pb.grain - n
		default:
			return false
		}
	}
	pb.cache--
	return true
}

// RunParallel calls body in several goroutines, which share the b.N iterations. It is used with the -cpu flag.
func (b *B) RunParallel(body func(*PB)) {
	if b.N == 0 {
		return
	}
	// Taking iterations should cost little: some 100 µs of work at once.
	grain := uint64(0)
	if b.previousN > 0 && b.previousDuration > 0 {
		grain = 1e5 * uint64(b.previousN) / uint64(b.previousDuration)
	}
	grain = min(max(grain, 1), 1e4)
	var taken atomic.Uint64
	var wg sync.WaitGroup
	for range b.parallelism * runtime.GOMAXPROCS(0) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			body(&PB{global: &taken, grain: grain, n: uint64(b.N)})
		}()
	}
	wg.Wait()
	if taken.Load() <= uint64(b.N) && !b.Failed() {
		b.Fatal("RunParallel: body exited without pb.Next() == false")
	}
}

// SetParallelism makes RunParallel start p times GOMAXPROCS goroutines.
func (b *B) SetParallelism(p int) {
	if p >= 1 {
		b.parallelism = p
	}
}

// BenchmarkResult is what a benchmark measured.
type BenchmarkResult struct {
	N         int           // The number of iterations.
	T         time.Duration // The total time taken.
	Bytes     int64         // Bytes processed in one iteration.
	MemAllocs uint64        // The total number of memory allocations.
	MemBytes  uint64        // The total number of bytes allocated.

	// Extra are metrics reported by ReportMetric.
	Extra map[string]float64
}

// NsPerOp returns the "ns/op" metric.
func (r BenchmarkResult) NsPerOp() int64 {
	if v, ok := r.Extra["ns/op"]; ok {
		return int64(v)
	}
	if r.N <= 0 {
		return 0
	}
	return r.T.Nanoseconds() / int64(r.N)
}

// mbPerSec returns the "MB/s" metric.
func (r BenchmarkResult) mbPerSec() float64 {
	if v, ok := r.Extra["MB/s"]; ok {
		return v
	}
	if r.Bytes <= 0 || r.T <= 0 || r.N <= 0 {
		return 0
	}
	return float64(r.Bytes) * float64(r.N) / 1e6 / r.T.Seconds()
}

// AllocsPerOp returns the "allocs/op" metric.
func (r BenchmarkResult) AllocsPerOp() int64 {
	if v, ok := r.Extra["allocs/op"]; ok {
		return int64(v)
	}
	if r.N <= 0 {
		return 0
	}
	return int64(r.MemAllocs) / int64(r.N)
}

// AllocedBytesPerOp returns the "B/op" metric.
func (r BenchmarkResult) AllocedBytesPerOp() int64 {
	if v, ok := r.Extra["B/op"]; ok {
		return int64(v)
	}
	if r.N <= 0 {
		return 0
	}
	return int64(r.MemBytes) / int64(r.N)
}

// String returns the result in the benchmark format, without the name and without allocations.
func (r BenchmarkResult) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%8d", r.N)
	ns, ok := r.Extra["ns/op"]
	if !ok {
		ns = float64(r.T.Nanoseconds()) / float64(r.N)
	}
	if ns != 0 {
		b.WriteByte('\t')
		writeMetric(&b, ns, "ns/op")
	}
	if mbs := r.mbPerSec(); mbs != 0 {
		fmt.Fprintf(&b, "\t%7.2f MB/s", mbs)
	}
	var units []string
	for unit := range r.Extra {
		switch unit {
		case "ns/op", "MB/s", "B/op", "allocs/op":
		default:
			units = append(units, unit)
		}
	}
	slices.Sort(units)
	for _, unit := range units {
		b.WriteByte('\t')
		writeMetric(&b, r.Extra[unit], unit)
	}
	return b.String()
}

// writeMetric prints a number with about four digits, points below each other.
func writeMetric(w io.Writer, x float64, unit string) {
	width, digits := 10, 0
	if y := math.Abs(x); y != 0 && y < 999.95 {
		width, digits = 12, 1
		for limit := 99.995; digits < 7 && y < limit; limit /= 10 {
			width++
			digits++
		}
	}
	fmt.Fprintf(w, "%*.*f %s", width, digits, x, unit)
}

// MemString returns the allocations in the benchmark format.
func (r BenchmarkResult) MemString() string {
	return fmt.Sprintf("%8d B/op\t%8d allocs/op", r.AllocedBytesPerOp(), r.AllocsPerOp())
}

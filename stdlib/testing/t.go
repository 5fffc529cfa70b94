// This file holds T: tests, subtests, and those that run in parallel.

package testing

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// T is given to test functions. A test ends when its function returns or calls FailNow, Fatal, Fatalf, SkipNow, Skip or
// Skipf, which only the test's own goroutine may call; the other methods may be called from any.
type T struct {
	common
	denyParallel bool
	state        *testState
}

// testState is shared by all tests of one round: which names run, and how many tests at once.
type testState struct {
	match    *matcher
	deadline time.Time

	mu      sync.Mutex
	running int // tests that run, the sequential one included
	waiting int
	start   chan bool // a test that waits may start
}

var (
	numFailed       atomic.Int32
	parallelRunning atomic.Int32 // tests that called Parallel and run
)

func (s *testState) acquire() {
	s.mu.Lock()
	if s.running < flags.parallel {
		s.running++
		s.mu.Unlock()
		return
	}
	s.waiting++
	s.mu.Unlock()
	<-s.start
}

func (s *testState) release() {
	s.mu.Lock()
	if s.waiting == 0 {
		s.running--
		s.mu.Unlock()
		return
	}
	s.waiting--
	s.mu.Unlock()
	s.start <- true // the slot passes on
}

func mustStop() bool { return flags.failFast && numFailed.Load() > 0 }

// Deadline returns the time at which -timeout ends the program, and whether there is one.
func (t *T) Deadline() (deadline time.Time, ok bool) {
	deadline = t.state.deadline
	return deadline, !deadline.IsZero()
}

// Parallel says that the test is to run beside other parallel ones. It waits until the test that is its parent has
// returned.
func (t *T) Parallel() {
	if t.isParallel {
		panic("testing: t.Parallel called multiple times")
	}
	if t.denyParallel {
		panic(parallelConflict)
	}
	t.isParallel = true
	p := t.parent
	if p.barrier == nil {
		return // a fuzz target's seeds: parallel ones run where they are
	}
	t.duration += time.Since(t.start)
	p.mu.Lock()
	p.sub = append(p.sub, t)
	p.mu.Unlock()
	if flags.verbose.on {
		out.event(t.name, "=== PAUSE "+t.name+"\n")
	}
	running.stop(t.name)
	t.signal <- true
	<-p.barrier
	t.state.acquire()
	parallelRunning.Add(1)
	if flags.verbose.on {
		out.event(t.name, "=== CONT  "+t.name+"\n")
	}
	running.start(t.name)
	t.start = time.Now()
}

const parallelConflict = "testing: test using t.Setenv, t.Chdir, or cryptotest.SetGlobalRandom can not use t.Parallel"

// checkSequential panics if the test or one around it is parallel: what it does would be seen by others.
func (t *T) checkSequential() {
	for c := &t.common; c != nil; c = c.parent {
		if c.isParallel {
			panic(parallelConflict)
		}
	}
	t.denyParallel = true
}

// Setenv sets an environment variable until the test is complete. It is not for parallel tests.
func (t *T) Setenv(key, value string) {
	t.checkSequential()
	t.common.Setenv(key, value)
}

// Chdir changes the working directory until the test is complete. It is not for parallel tests.
func (t *T) Chdir(dir string) {
	t.checkSequential()
	t.common.Chdir(dir)
}

// Run runs f as a subtest of that name, in a goroutine of its own, and waits until it returns or calls Parallel. It
// reports whether f succeeded, or at least did not fail before it called Parallel.
func (t *T) Run(name string, f func(t *T)) bool {
	if t.get(&t.cleaning) {
		panic("testing: t.Run called during t.Cleanup")
	}
	t.set(&t.hasSub)
	full, ok, _ := t.state.match.fullName(&t.common, name)
	if !ok || mustStop() {
		return true
	}
	var pcs [50]uintptr
	n := runtime.Callers(2, pcs[:])
	sub := newTest(&t.common, full, t.state)
	sub.creator = pcs[:n]
	if flags.verbose.on {
		out.event(full, "=== RUN   "+full+"\n")
	}
	running.start(full)
	go tRunner(sub, f)
	if !<-sub.signal {
		// The subtest called FailNow of this test.
		runtime.Goexit()
	}
	if flags.verbose.json {
		out.event(t.name, "=== NAME  "+t.name+"\n")
	}
	return !sub.Failed()
}

func newTest(parent *common, name string, state *testState) *T {
	return &T{
		common: common{
			name: name, parent: parent, level: parent.level + 1,
			barrier: make(chan bool), signal: make(chan bool, 1),
		},
		state: state,
	}
}

var errExited = errors.New("test executed panic(nil) or runtime.Goexit")

// tRunner runs a test's function to its end.
func tRunner(t *T, f func(t *T)) {
	t.runner = "testing.tRunner"
	defer t.end()
	defer func() {
		if len(t.sub) == 0 {
			t.runCleanups(false)
		}
	}()
	t.start = time.Now()
	f(t)
	t.set(&t.finished)
}

// end is deferred by tRunner: it waits for parallel subtests, reports, and lets Run go on.
func (t *T) end() {
	cause := recover()
	t.checkRaces()
	if t.Failed() {
		numFailed.Add(1)
	}
	signal := true
	if cause == nil && !t.get(&t.finished) {
		cause = errExited
		for p := t.parent; p != nil; p = p.parent {
			if p.get(&p.finished) {
				if !t.isParallel {
					t.Errorf("%v: subtest may have called FailNow on a parent test", cause)
				}
				cause, signal = nil, false
				break
			}
		}
	}
	if cause != nil {
		t.panicked(cause)
	}
	t.duration += time.Since(t.start)
	if t.isParallel && t.parent.barrier != nil {
		parallelRunning.Add(-1)
	}
	if len(t.sub) > 0 {
		t.state.release()
		close(t.barrier)
		for _, sub := range t.sub {
			<-sub.signal
		}
		start := time.Now()
		failure := t.runCleanups(true)
		t.duration += time.Since(start)
		if failure != nil {
			t.panicked(failure)
		}
		if !t.isParallel {
			t.state.acquire()
		}
	} else if t.isParallel && t.parent.barrier != nil {
		t.state.release()
	}
	t.report()
	t.set(&t.done)
	if t.parent != nil && !t.hasSub {
		t.setRan()
	}
	running.stop(t.name)
	t.signal <- signal
}

// panicked reports the test and those around it as failed and panics again.
func (t *T) panicked(cause any) {
	t.Fail()
	if other := t.runCleanups(true); other != nil {
		t.Logf("cleanup panicked with %v", other)
	}
	for c := &t.common; c.parent != nil; c = c.parent {
		c.endLine()
		c.flush(c.resultLine("FAIL", time.Since(c.start)))
		if other := c.parent.runCleanups(true); other != nil {
			c.parent.Logf("cleanup panicked with %v", other)
		}
	}
	panic(cause)
}

func (c *common) resultLine(status string, d time.Duration) string {
	return fmt.Sprintf("--- %s: %s (%.2fs)\n", status, c.name, d.Seconds())
}

func (c *common) status() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.failed:
		return "FAIL"
	case c.skipped:
		return "SKIP"
	}
	return "PASS"
}

func (t *T) report() {
	t.endLine()
	if t.parent == nil {
		return
	}
	if status := t.status(); status == "FAIL" || flags.verbose.on {
		t.flush(t.resultLine(status, t.duration))
	}
}

// RunTests is for the main functions of other build systems.
func RunTests(matchString func(pat, str string) (bool, error), tests []InternalTest) (ok bool) {
	Init()
	if err := parseCPUs(); err != nil {
		panic(err)
	}
	_, ok = runTests(matchString, tests, time.Time{})
	return ok
}

// rounds calls f for each value of -cpu, -count times, until -failfast ends it.
func rounds(f func(round int)) {
	for _, procs := range cpus {
		runtime.GOMAXPROCS(procs)
		for i := range int(min(flags.count, math.MaxInt)) {
			if mustStop() {
				break
			}
			f(i)
		}
	}
}

func newState(match *matcher, deadline time.Time) *testState {
	return &testState{match: match, deadline: deadline, running: 1, start: make(chan bool)}
}

func runTests(matchString func(pat, str string) (bool, error), tests []InternalTest, deadline time.Time) (ran, ok bool) {
	ok = true
	if len(tests) == 0 {
		return false, true
	}
	rounds(func(int) {
		match := newMatcher(matchString, flags.run, flags.skip)
		root := &T{common: common{signal: make(chan bool, 1), barrier: make(chan bool)}, state: newState(match, deadline)}
		tRunner(root, func(t *T) {
			for _, test := range tests {
				t.Run(test.Name, test.F)
			}
		})
		<-root.signal
		ran = ran || root.get(&root.ran)
		ok = ok && !root.Failed()
	})
	return ran, ok
}

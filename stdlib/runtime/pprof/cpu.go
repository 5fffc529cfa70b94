// This file holds the profile of processor time.

package pprof

import (
	"errors"
	"io"
	"sync"
	"time"
)

const (
	// samplesPerSecond is the number of samples for each second of processor time.
	samplesPerSecond = 100
	// readEvery is how often the runtime's buffer, which holds a few thousand samples, is emptied.
	readEvery = 100 * time.Millisecond
)

var cpu struct {
	sync.Mutex
	running bool
	stop    chan bool
	done    chan bool
}

// StartCPUProfile begins to profile the processor time of the program. The profile is written to w when StopCPUProfile is called.
func StartCPUProfile(w io.Writer) error {
	cpu.Lock()
	defer cpu.Unlock()
	if cpu.running {
		return errors.New("cpu profiling already in use")
	}
	if !profileStart(samplesPerSecond) {
		return errors.New("cpu profiling: out of memory")
	}
	cpu.running = true
	cpu.stop, cpu.done = make(chan bool), make(chan bool)
	go collect(w, cpu.stop, cpu.done)
	return nil
}

// StopCPUProfile ends the profile, if there is one, and returns when it has been written.
func StopCPUProfile() {
	cpu.Lock()
	defer cpu.Unlock()
	if !cpu.running {
		return
	}
	cpu.running = false
	profileStop()
	close(cpu.stop)
	<-cpu.done
}

// collect reads samples until stop is closed, and writes them.
func collect(w io.Writer, stop, done chan bool) {
	defer close(done)
	begin := time.Now()
	all := samples{}
	buf := make([]uint64, 1<<14)
	drain := func() {
		for {
			n := profileRead(&buf[0], len(buf))
			if n == 0 {
				return
			}
			all.add(buf[:n])
		}
	}
	tick := time.NewTicker(readEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			drain()
			continue
		case <-stop:
		}
		break
	}
	drain()
	const period = int64(time.Second / samplesPerSecond)
	p := newWriter()
	p.valueType(1, "samples", "count")
	p.valueType(1, "cpu", "nanoseconds")
	p.valueType(11, "cpu", "nanoseconds")
	p.out.number(12, uint64(period))
	for key, n := range all {
		p.sample(addresses(key.stack), key.labels, uint64(n), uint64(n*period))
	}
	if lost := profileLost(); lost > 0 {
		p.out.number(13, p.text("samples without room in the buffer were lost"))
	}
	// Who asked for the profile does not ask whether it could be written.
	_ = p.finish(w, begin, time.Since(begin))
}

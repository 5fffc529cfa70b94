// This file holds timers and tickers.

package time

import "unsafe"

// alarm is a timer of the runtime, with what it does.
type alarm struct {
	// When it is due by the monotonic clock, and after how long again.
	when, period int64
	f            func(arg unsafe.Pointer, now int64)
	arg          unsafe.Pointer
	reserved     uint64
	// What it does: send to c or call fn.
	c  chan Time
	fn func()
}

// after returns when d will be over.
func after(d Duration) int64 {
	now := nanotime()
	if d <= 0 {
		return now
	}
	if t := now + int64(d); t > 0 {
		return t
	}
	return 1<<63 - 1
}

// ring is what the runtime calls when the alarm is due.
func ring(arg unsafe.Pointer, now int64) {
	a := (*alarm)(arg)
	if a.fn != nil {
		go a.fn()
		return
	}
	select {
	case a.c <- Now():
	default:
	}
}

func newAlarm(d Duration, period int64, c chan Time, fn func()) *alarm {
	a := &alarm{when: after(d), period: period, f: ring, c: c, fn: fn}
	a.arg = unsafe.Pointer(a)
	if c != nil {
		timerChannel(c)
	}
	timerStart(a)
	return a
}

// stop stops the alarm and takes a time that nobody received back.
func (a *alarm) stop() bool {
	active := timerStop(a)
	if a.c != nil {
		select {
		case <-a.c:
			active = true
		default:
		}
	}
	return active
}

// A Timer fires once: it sends the time to C, or calls AfterFunc's function.
type Timer struct {
	C <-chan Time
	a *alarm
}

// NewTimer returns a Timer that sends to its channel after d.
func NewTimer(d Duration) *Timer {
	c := make(chan Time, 1)
	return &Timer{C: c, a: newAlarm(d, 0, c, nil)}
}

// AfterFunc returns a Timer that calls f in a goroutine after d. Its C is nil.
func AfterFunc(d Duration, f func()) *Timer {
	return &Timer{a: newAlarm(d, 0, nil, f)}
}

// After returns a channel that the time is sent to after d.
func After(d Duration) <-chan Time { return NewTimer(d).C }

// Stop keeps the Timer from firing. It returns false if the Timer had fired or
// was stopped. Behind it nothing is received from C any more.
func (t *Timer) Stop() bool {
	if t.a == nil {
		panic("time: Stop called on uninitialized Timer")
	}
	return t.a.stop()
}

// Reset makes the Timer fire after d from now. It returns whether it was
// running. Times from before are not received from C any more.
func (t *Timer) Reset(d Duration) bool {
	if t.a == nil {
		panic("time: Reset called on uninitialized Timer")
	}
	active := t.a.stop()
	t.a.when = after(d)
	timerStart(t.a)
	return active
}

// A Ticker sends the time to C again and again. Times that nobody waits for are dropped.
type Ticker struct {
	C <-chan Time
	a *alarm
}

// NewTicker returns a Ticker that sends every d, which must be above 0.
func NewTicker(d Duration) *Ticker {
	if d <= 0 {
		panic("non-positive interval for NewTicker")
	}
	c := make(chan Time, 1)
	return &Ticker{C: c, a: newAlarm(d, int64(d), c, nil)}
}

// Stop stops the Ticker. It does not close C.
func (t *Ticker) Stop() {
	if t.a != nil {
		t.a.stop()
	}
}

// Reset makes the Ticker send every d, first after d from now.
func (t *Ticker) Reset(d Duration) {
	if d <= 0 {
		panic("non-positive interval for Ticker.Reset")
	}
	if t.a == nil {
		panic("time: Reset called on uninitialized Ticker")
	}
	t.a.stop()
	t.a.when, t.a.period = after(d), int64(d)
	timerStart(t.a)
}

// Tick returns the channel of a new Ticker, nil if d is not above 0.
func Tick(d Duration) <-chan Time {
	if d <= 0 {
		return nil
	}
	return NewTicker(d).C
}

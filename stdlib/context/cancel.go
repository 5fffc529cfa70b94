// This file holds cancellation and deadlines.

package context

import (
	"sync"
	"sync/atomic"
	"time"
)

// A CancelFunc cancels a context. Only the first call matters.
type CancelFunc func()

// A CancelCauseFunc cancels a context and says why.
type CancelCauseFunc func(cause error)

// selfKey is the key for which a context returns the nearest cancelCtx.
var selfKey int

// child is what is cancelled together with a cancelCtx.
type child interface {
	cancel(leave bool, err, cause error)
}

// cancelCtx can be cancelled.
type cancelCtx struct {
	Context

	mu sync.Mutex
	// The channel, made when it is asked for first.
	done     atomic.Value
	children map[child]struct{}
	err      error
	cause    error
	// Takes it out of whatever cancels it.
	leave func()
}

// closed is the channel of contexts that are cancelled before anyone asked for theirs.
var closed = make(chan struct{})

func init() { close(closed) }

func (c *cancelCtx) Value(key any) any { return find(c, key) }
func (c *cancelCtx) String() string    { return nameOf(c.Context) + ".WithCancel" }

func (c *cancelCtx) Done() <-chan struct{} {
	if d := c.done.Load(); d != nil {
		return d.(chan struct{})
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	d := c.done.Load()
	if d == nil {
		d = make(chan struct{})
		c.done.Store(d)
	}
	return d.(chan struct{})
}

func (c *cancelCtx) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// nearest returns the cancelCtx that cancels parent, if it is one of ours.
func nearest(parent Context) (*cancelCtx, bool) {
	done := parent.Done()
	if done == nil || done == closed {
		return nil, false
	}
	p, ok := parent.Value(&selfKey).(*cancelCtx)
	if !ok {
		return nil, false
	}
	// Some other type around it may have a channel of its own.
	d, _ := p.done.Load().(chan struct{})
	return p, d == done
}

// follow makes k, which embeds c, be cancelled with parent.
func (c *cancelCtx) follow(parent Context, k child) {
	c.Context = parent
	done := parent.Done()
	if done == nil {
		return
	}
	select {
	case <-done:
		k.cancel(false, parent.Err(), Cause(parent))
		return
	default:
	}
	if p, ok := nearest(parent); ok {
		p.mu.Lock()
		if p.err != nil {
			p.mu.Unlock()
			k.cancel(false, p.err, p.cause)
			return
		}
		if p.children == nil {
			p.children = make(map[child]struct{})
		}
		p.children[k] = struct{}{}
		p.mu.Unlock()
		c.setLeave(func() {
			p.mu.Lock()
			delete(p.children, k)
			p.mu.Unlock()
		})
		return
	}
	if a, ok := parent.(interface{ AfterFunc(func()) func() bool }); ok {
		stop := a.AfterFunc(func() { k.cancel(false, parent.Err(), Cause(parent)) })
		c.setLeave(func() { stop() })
		return
	}
	goroutines.Add(1)
	own := c.Done()
	go func() {
		select {
		case <-done:
			k.cancel(false, parent.Err(), Cause(parent))
		case <-own:
		}
	}()
}

// goroutines counts the goroutines that wait for foreign contexts.
var goroutines atomic.Int32

func (c *cancelCtx) setLeave(f func()) {
	c.mu.Lock()
	c.leave = f
	c.mu.Unlock()
}

func (c *cancelCtx) cancel(leave bool, err, cause error) { c.end(leave, err, cause) }

// end cancels c and its children; it returns whether this was the first time.
func (c *cancelCtx) end(leave bool, err, cause error) bool {
	if err == nil {
		panic("context: internal error: missing cancel error")
	}
	if cause == nil {
		cause = err
	}
	c.mu.Lock()
	if c.err != nil {
		c.mu.Unlock()
		return false
	}
	c.err, c.cause = err, cause
	if d, _ := c.done.Load().(chan struct{}); d != nil {
		close(d)
	} else {
		c.done.Store(closed)
	}
	for k := range c.children {
		k.cancel(false, err, cause)
	}
	c.children = nil
	out := c.leave
	c.leave = nil
	c.mu.Unlock()
	if leave && out != nil {
		out()
	}
	return true
}

func newCancel(parent Context) *cancelCtx {
	checkParent(parent)
	c := &cancelCtx{}
	c.follow(parent, c)
	return c
}

// WithCancel returns a copy of parent that is cancelled with parent or by
// cancel, which must be called in the end.
func WithCancel(parent Context) (ctx Context, cancel CancelFunc) {
	c := newCancel(parent)
	return c, func() { c.cancel(true, Canceled, nil) }
}

// WithCancelCause is WithCancel with a cause, which Cause returns.
func WithCancelCause(parent Context) (ctx Context, cancel CancelCauseFunc) {
	c := newCancel(parent)
	return c, func(cause error) { c.cancel(true, Canceled, cause) }
}

// Cause returns why c is cancelled: what was given to the CancelCauseFunc, or
// else c.Err().
func Cause(c Context) error {
	if x, ok := c.Value(&selfKey).(*cancelCtx); ok {
		x.mu.Lock()
		cause := x.cause
		x.mu.Unlock()
		if cause != nil {
			return cause
		}
	}
	return c.Err()
}

// timerCtx is cancelled at a time.
type timerCtx struct {
	cancelCtx
	timer    *time.Timer
	deadline time.Time
}

func (c *timerCtx) Deadline() (deadline time.Time, ok bool) { return c.deadline, true }

func (c *timerCtx) String() string {
	return nameOf(c.Context) + ".WithDeadline(" + c.deadline.String() + " [" + time.Until(c.deadline).String() + "])"
}

func (c *timerCtx) cancel(leave bool, err, cause error) {
	c.end(leave, err, cause)
	c.mu.Lock()
	if c.timer != nil {
		c.timer.Stop()
		c.timer = nil
	}
	c.mu.Unlock()
}

// WithDeadline returns a copy of parent that is also cancelled at d.
func WithDeadline(parent Context, d time.Time) (Context, CancelFunc) {
	return WithDeadlineCause(parent, d, nil)
}

// WithDeadlineCause is WithDeadline with a cause for when the deadline is over.
func WithDeadlineCause(parent Context, d time.Time, cause error) (Context, CancelFunc) {
	checkParent(parent)
	if first, ok := parent.Deadline(); ok && first.Before(d) {
		return WithCancel(parent)
	}
	c := &timerCtx{deadline: d}
	c.follow(parent, c)
	cancel := func() { c.cancel(true, Canceled, nil) }
	left := time.Until(d)
	if left <= 0 {
		c.cancel(true, DeadlineExceeded, cause)
		return c, cancel
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil {
		c.timer = time.AfterFunc(left, func() { c.cancel(true, DeadlineExceeded, cause) })
	}
	return c, cancel
}

// WithTimeout returns a copy of parent that is also cancelled after timeout.
func WithTimeout(parent Context, timeout time.Duration) (Context, CancelFunc) {
	return WithDeadline(parent, time.Now().Add(timeout))
}

// WithTimeoutCause is WithTimeout with a cause for when the time is over.
func WithTimeoutCause(parent Context, timeout time.Duration, cause error) (Context, CancelFunc) {
	return WithDeadlineCause(parent, time.Now().Add(timeout), cause)
}

// afterCtx calls a function when it is cancelled.
type afterCtx struct {
	cancelCtx
	once sync.Once
	f    func()
}

func (a *afterCtx) cancel(leave bool, err, cause error) {
	a.end(leave, err, cause)
	a.once.Do(func() { go a.f() })
}

// AfterFunc calls f in a goroutine when ctx is cancelled. The function stop
// keeps it from that and returns whether it was in time.
func AfterFunc(ctx Context, f func()) (stop func() bool) {
	a := &afterCtx{f: f}
	a.follow(ctx, a)
	return func() bool {
		stopped := false
		a.once.Do(func() { stopped = true })
		if stopped {
			a.cancel(true, Canceled, nil)
		}
		return stopped
	}
}

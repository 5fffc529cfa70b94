// This file holds Pool.

package sync

import (
	"internal/race"
	"sync/atomic"
	"unsafe"
)

// A Pool keeps things for reuse. Any of them may be gone at any time: what nobody has taken between two collections is.
//
// Each processor has a shard: one thing that only it touches, with preemption
// off, and a list behind a lock from which others take when theirs is empty.
type Pool struct {
	_ noCopy
	// Guards the making of shards.
	m Mutex
	// New makes what Get returns when the pool is empty; may be nil.
	New    func() any
	shards atomic.Pointer[[]poolShard]
	// old has what shards had at the last collection.
	old atomic.Pointer[[]poolShard]
	// listed: it is in pools. Guarded by pools.m.
	listed bool
}

// pools has all pools that may hold something.
var pools struct {
	m    Mutex
	list []*Pool
}

type poolShard struct {
	private any
	m       Mutex
	items   []any
	// Shards of different processors share no cache line.
	_ [64]byte
}

// poolLimit is how many things a shard's list keeps.
const poolLimit = 64

// pin turns preemption off and returns the processor's shard.
func (p *Pool) pin() *poolShard {
	for {
		id := pin()
		if s := p.shards.Load(); s != nil && id < len(*s) {
			return &(*s)[id]
		}
		unpin()
		p.grow(id)
	}
}

// grow makes shards for all processors. What the old ones hold is lost.
func (p *Pool) grow(id int) {
	p.m.Lock()
	defer p.m.Unlock()
	if s := p.shards.Load(); s == nil || id >= len(*s) {
		s := make([]poolShard, max(id+1, maxProcs(0)))
		p.shards.Store(&s)
	}
	pools.m.Lock()
	defer pools.m.Unlock()
	if !p.listed {
		p.listed = true
		pools.list = append(pools.list, p)
		if len(pools.list) == 1 {
			awaitCollection()
		}
	}
}

// awaitCollection lets the pools age after the next collection.
func awaitCollection() {
	// Too large to share a block with anything that lives on.
	sign := new([4]*Pool)
	addCleanup(unsafe.Pointer(sign), age)
}

// age drops what has been there for two collections.
func age() {
	pools.m.Lock()
	defer pools.m.Unlock()
	rest := pools.list[:0]
	for _, p := range pools.list {
		s := p.shards.Swap(nil)
		if p.old.Swap(s); s != nil {
			rest = append(rest, p)
		} else {
			p.listed = false
		}
	}
	clear(pools.list[len(rest):])
	pools.list = rest
	if len(rest) > 0 {
		awaitCollection()
	}
}

// Put adds x.
func (p *Pool) Put(x any) {
	if x == nil {
		return
	}
	if race.Enabled {
		race.ReleaseMerge(raceAddr(x))
		race.Disable()
	}
	p.put(x)
	if race.Enabled {
		race.Enable()
	}
}

func (p *Pool) put(x any) {
	s := p.pin()
	if s.private == nil {
		s.private = x
		unpin()
		return
	}
	unpin()
	s.m.Lock()
	if len(s.items) < poolLimit {
		s.items = append(s.items, x)
	}
	s.m.Unlock()
}

// raceAddrs are what the race detector knows things in pools by.
var raceAddrs [128]uint64

// raceAddr is where x is released and acquired: not in x itself, since that is
// the program's.
func raceAddr(x any) unsafe.Pointer {
	data := uintptr((*[2]unsafe.Pointer)(unsafe.Pointer(&x))[1])
	return unsafe.Pointer(&raceAddrs[data>>4%uintptr(len(raceAddrs))])
}

// take takes the last thing of the list.
func (s *poolShard) take() any {
	s.m.Lock()
	defer s.m.Unlock()
	n := len(s.items)
	if n == 0 {
		return nil
	}
	x := s.items[n-1]
	s.items[n-1] = nil
	s.items = s.items[:n-1]
	return x
}

// takeAny takes something out of any list but s's.
func takeAny(list *[]poolShard, s *poolShard) any {
	if list == nil {
		return nil
	}
	for i := range *list {
		if other := &(*list)[i]; other != s {
			if x := other.take(); x != nil {
				return x
			}
		}
	}
	return nil
}

// takeOld takes out what the processor itself had at the last collection.
func (p *Pool) takeOld() (x any) {
	id := pin()
	if old := p.old.Load(); old != nil && id < len(*old) {
		s := &(*old)[id]
		x = s.private
		s.private = nil
	}
	unpin()
	return x
}

// Get takes something out, or makes it with New, or returns nil.
func (p *Pool) Get() any {
	if race.Enabled {
		race.Disable()
	}
	x := p.get()
	if race.Enabled {
		race.Enable()
		if x != nil {
			race.Acquire(raceAddr(x))
		}
	}
	if x == nil && p.New != nil {
		x = p.New()
	}
	return x
}

// get returns something of the pool, or nil.
func (p *Pool) get() any {
	s := p.pin()
	x := s.private
	s.private = nil
	unpin()
	if x == nil {
		x = s.take()
	}
	if x == nil {
		x = takeAny(p.shards.Load(), s)
	}
	if x == nil && p.old.Load() != nil {
		if x = p.takeOld(); x == nil {
			x = takeAny(p.old.Load(), nil)
		}
	}
	return x
}

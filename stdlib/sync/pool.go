// This file holds Pool.

package sync

import "sync/atomic"

// A Pool keeps things for reuse. Any of them may be gone at any time.
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
}

// Put adds x.
func (p *Pool) Put(x any) {
	if x == nil {
		return
	}
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

// Get takes something out, or makes it with New, or returns nil.
func (p *Pool) Get() any {
	s := p.pin()
	x := s.private
	s.private = nil
	unpin()
	if x == nil {
		x = s.take()
	}
	if x == nil {
		shards := *p.shards.Load()
		for i := range shards {
			if other := &shards[i]; other != s {
				if x = other.take(); x != nil {
					break
				}
			}
		}
	}
	if x == nil && p.New != nil {
		x = p.New()
	}
	return x
}

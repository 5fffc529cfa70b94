// This file holds Map.

package sync

import "sync/atomic"

// A Map is a map[any]any that goroutines may use without a lock; the zero
// value is empty.
//
// Reads go to a map of entries that is never changed once published; a
// change of the set of keys makes a new one, lazily: new keys collect in dirty, under
// the lock, until enough lookups missed.
type Map struct {
	_      noCopy
	m      Mutex
	read   atomic.Pointer[map[any]*entry]
	dirty  map[any]*entry
	misses int
}

// An entry's value; nil if it was deleted, dropped if the entry has left the map
// and must not be used any more.
type entry struct{ p atomic.Pointer[any] }

var dropped = new(any)

// load returns the value, nil if there is none.
func (e *entry) load() *any {
	if p := e.p.Load(); p != dropped {
		return p
	}
	return nil
}

// swap sets the value (nil deletes it) and returns the one before; false if
// the entry has been dropped.
func (e *entry) swap(value *any) (old *any, ok bool) {
	for {
		old = e.p.Load()
		if old == dropped {
			return nil, false
		}
		if e.p.CompareAndSwap(old, value) {
			return old, true
		}
	}
}

// find returns the entry of key, nil if there is none, and whether it is one
// of the map for reading.
func (m *Map) find(key any) (e *entry, published bool) {
	if r := m.read.Load(); r != nil {
		if e := (*r)[key]; e != nil {
			return e, true
		}
	}
	m.m.Lock()
	defer m.m.Unlock()
	if m.dirty == nil {
		// Published since the lookup above: the map for reading has all entries.
		if r := m.read.Load(); r != nil {
			return (*r)[key], true
		}
		return nil, false
	}
	e = m.dirty[key]
	m.misses++
	if m.misses >= len(m.dirty) {
		m.publish()
	}
	return e, m.dirty == nil
}

// forget takes key out of dirty, if its entry e has no value: else dirty would
// keep the key alive until it is published.
func (m *Map) forget(key any, e *entry) {
	m.m.Lock()
	defer m.m.Unlock()
	if r := m.read.Load(); r != nil && (*r)[key] == e {
		return
	}
	if m.dirty[key] == e && e.p.CompareAndSwap(nil, dropped) {
		delete(m.dirty, key)
	}
}

// publish makes dirty, which has all entries, the map for reading.
func (m *Map) publish() {
	if m.dirty == nil {
		return
	}
	d := m.dirty
	m.read.Store(&d)
	m.dirty, m.misses = nil, 0
}

// make returns the entry of key, a new one if need be.
func (m *Map) make(key any) *entry {
	if r := m.read.Load(); r != nil {
		if e := (*r)[key]; e != nil {
			return e
		}
	}
	m.m.Lock()
	defer m.m.Unlock()
	r := m.read.Load()
	if r != nil {
		if e := (*r)[key]; e != nil {
			return e
		}
	}
	if m.dirty == nil {
		m.dirty = map[any]*entry{}
		if r != nil {
			for k, e := range *r {
				// A deleted entry leaves the map: a store that has just
				// found it must look again.
				if !e.p.CompareAndSwap(nil, dropped) && e.p.Load() != dropped {
					m.dirty[k] = e
				}
			}
			kept := make(map[any]*entry, len(m.dirty))
			for k, e := range m.dirty {
				kept[k] = e
			}
			m.read.Store(&kept)
		}
	}
	e := m.dirty[key]
	if e == nil {
		e = new(entry)
		m.dirty[key] = e
	}
	return e
}

// Load returns the value of key and whether there is one.
func (m *Map) Load(key any) (value any, ok bool) {
	if e, _ := m.find(key); e != nil {
		if p := e.load(); p != nil {
			return *p, true
		}
	}
	return nil, false
}

// Store sets the value of key.
func (m *Map) Store(key, value any) { m.Swap(key, value) }

// Swap sets the value of key and returns the one before.
func (m *Map) Swap(key, value any) (previous any, loaded bool) {
	for {
		old, ok := m.make(key).swap(&value)
		if !ok {
			continue
		}
		if old == nil {
			return nil, false
		}
		return *old, true
	}
}

// LoadOrStore returns the value of key if there is one, else sets it.
func (m *Map) LoadOrStore(key, value any) (actual any, loaded bool) {
	for {
		e := m.make(key)
		if p := e.load(); p != nil {
			return *p, true
		}
		if e.p.CompareAndSwap(nil, &value) {
			return value, false
		}
	}
}

// LoadAndDelete deletes key and returns the value it had.
func (m *Map) LoadAndDelete(key any) (value any, loaded bool) {
	e, published := m.find(key)
	if e == nil {
		return nil, false
	}
	// A dropped entry had no value when it was found: that answer stands.
	old, _ := e.swap(nil)
	if !published {
		m.forget(key, e)
	}
	if old != nil {
		return *old, true
	}
	return nil, false
}

// Delete deletes key.
func (m *Map) Delete(key any) { m.LoadAndDelete(key) }

// CompareAndSwap sets the value of key to new if it is old.
func (m *Map) CompareAndSwap(key, old, new any) (swapped bool) {
	e, _ := m.find(key)
	if e == nil {
		return false
	}
	for {
		p := e.load()
		if p == nil || *p != old {
			return false
		}
		if e.p.CompareAndSwap(p, &new) {
			return true
		}
	}
}

// CompareAndDelete deletes key if its value is old.
func (m *Map) CompareAndDelete(key, old any) (deleted bool) {
	e, published := m.find(key)
	if e == nil {
		return false
	}
	for {
		p := e.load()
		if p == nil || *p != old {
			return false
		}
		if e.p.CompareAndSwap(p, nil) {
			if !published {
				m.forget(key, e)
			}
			return true
		}
	}
}

// Range calls f for each entry until it returns false. Concurrent changes may
// or may not be seen.
func (m *Map) Range(f func(key, value any) bool) {
	m.m.Lock()
	m.publish()
	r := m.read.Load()
	m.m.Unlock()
	if r == nil {
		return
	}
	for k, e := range *r {
		if p := e.load(); p != nil && !f(k, *p) {
			return
		}
	}
}

// Clear deletes all entries.
func (m *Map) Clear() {
	m.m.Lock()
	defer m.m.Unlock()
	m.read.Store(nil)
	m.dirty, m.misses = nil, 0
}

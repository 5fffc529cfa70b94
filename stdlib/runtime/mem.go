// This file holds what concerns memory.

package runtime

import (
	"sync/atomic"
	"unsafe"
)

// GC collects garbage.
func GC() { collect() }

// KeepAlive makes sure that x is reachable up to this call.
//
//go:noinline
func KeepAlive(x any) {}

// memStats is what the Rust part counts.
type memStats struct {
	totalAlloc   uint64
	mallocs      uint64
	frees        uint64
	heapAlloc    uint64
	heapSys      uint64
	heapIdle     uint64
	heapReleased uint64
	nextGC       uint64
	lastGC       uint64
	pauseTotal   uint64
	numGC        uint64
	numForced    uint64
	stackInuse   uint64
	pauses       [256]uint64
	pauseEnds    [256]uint64
}

// MemStats describes the memory allocator.
type MemStats struct {
	// Alloc is the number of bytes in heap objects that are live or not yet
	// found dead; TotalAlloc counts all bytes ever allocated.
	Alloc      uint64
	TotalAlloc uint64
	// Sys is the number of bytes of address space taken from the system.
	Sys     uint64
	Lookups uint64
	// Mallocs and Frees count objects.
	Mallocs uint64
	Frees   uint64

	HeapAlloc    uint64
	HeapSys      uint64
	HeapIdle     uint64
	HeapInuse    uint64
	HeapReleased uint64
	HeapObjects  uint64

	StackInuse  uint64
	StackSys    uint64
	MSpanInuse  uint64
	MSpanSys    uint64
	MCacheInuse uint64
	MCacheSys   uint64
	BuckHashSys uint64
	GCSys       uint64
	OtherSys    uint64

	// NextGC is the heap size at which the next collection is due, LastGC when
	// the last one ended, in nanoseconds since 1970.
	NextGC       uint64
	LastGC       uint64
	PauseTotalNs uint64
	PauseNs      [256]uint64
	PauseEnd     [256]uint64

	NumGC         uint32
	NumForcedGC   uint32
	GCCPUFraction float64
	EnableGC      bool
	DebugGC       bool

	BySize [61]struct {
		Size    uint32
		Mallocs uint64
		Frees   uint64
	}
}

// spareStats is kept from call to call, so that looking at the statistics does not change them.
var spareStats atomic.Pointer[memStats]

// ReadMemStats fills m.
func ReadMemStats(m *MemStats) {
	s := spareStats.Swap(nil)
	if s == nil {
		s = new(memStats)
	}
	readMemStats(s)
	*m = MemStats{
		Alloc:        s.heapAlloc,
		TotalAlloc:   s.totalAlloc,
		Sys:          s.heapSys + s.stackInuse,
		Mallocs:      s.mallocs,
		Frees:        s.frees,
		HeapAlloc:    s.heapAlloc,
		HeapSys:      s.heapSys,
		HeapIdle:     s.heapIdle,
		HeapInuse:    s.heapSys - s.heapIdle,
		HeapReleased: s.heapReleased,
		HeapObjects:  s.mallocs - s.frees,
		StackInuse:   s.stackInuse,
		StackSys:     s.stackInuse,
		NextGC:       s.nextGC,
		LastGC:       s.lastGC,
		PauseTotalNs: s.pauseTotal,
		PauseNs:      s.pauses,
		PauseEnd:     s.pauseEnds,
		NumGC:        uint32(s.numGC),
		NumForcedGC:  uint32(s.numForced),
		EnableGC:     true,
	}
	spareStats.Store(s)
}

const (
	kindFunc      = 19
	kindInterface = 20
	kindPointer   = 22
)

// SetFinalizer makes the collector call finalizer with obj once obj cannot be
// reached any more; nil takes the finalizer back. obj is a pointer to the
// beginning of an object that new or a composite literal made.
func SetFinalizer(obj any, finalizer any) {
	o := (*eface)(unsafe.Pointer(&obj))
	if o.typ == nil {
		throw("runtime.SetFinalizer: first argument is nil")
	}
	if o.typ.kind != kindPointer {
		throw("runtime.SetFinalizer: first argument is " + o.typ.name() + ", not pointer")
	}
	if o.data == nil {
		throw("nil elem type!")
	}
	f := (*eface)(unsafe.Pointer(&finalizer))
	if f.typ == nil {
		setFinalizer(o.data, nil, nil, nil, nil)
		return
	}
	if f.typ.kind != kindFunc {
		throw("runtime.SetFinalizer: second argument is " + f.typ.name() + ", not a function")
	}
	if f.typ.len&0xffff != 1 {
		throw("runtime.SetFinalizer: cannot pass " + o.typ.name() + " to finalizer " + f.typ.name())
	}
	a, b := o.data, unsafe.Pointer(nil)
	param := *(**descriptor)(f.typ.list)
	if param.kind == kindInterface {
		a, b = unsafe.Pointer(o.typ), o.data
		if param.len > 0 {
			a = getitab(param, o.typ)
			if a == nil {
				throw("runtime.SetFinalizer: cannot pass " + o.typ.name() + " to finalizer " + f.typ.name())
			}
		}
	} else if param != o.typ && (param.kind != kindPointer || param.elem != o.typ.elem) {
		throw("runtime.SetFinalizer: cannot pass " + o.typ.name() + " to finalizer " + f.typ.name())
	}
	if !setFinalizer(o.data, unsafe.Pointer(f.typ), f.data, a, b) {
		throw("runtime.SetFinalizer: finalizer already set")
	}
}

// Cleanup is a call that AddCleanup has arranged.
type Cleanup struct {
	id  uint64
	obj uintptr
}

// AddCleanup arranges that cleanup(arg) runs some time after what ptr points to
// cannot be reached any more.
func AddCleanup[T, S any](ptr *T, cleanup func(S), arg S) Cleanup {
	obj := unsafe.Pointer(ptr)
	id := addCleanup(obj, func() { cleanup(arg) })
	return Cleanup{id, uintptr(obj)}
}

// Stop takes the call back, if it has not been queued yet.
func (c Cleanup) Stop() {
	if c.id != 0 {
		stopCleanup(c.obj, c.id)
	}
}

// Pinner keeps objects at their place. Objects never move, so it only keeps
// them reachable.
type Pinner struct {
	pinned *[]any
}

// Pin keeps the object that the pointer points to.
func (p *Pinner) Pin(pointer any) {
	if p.pinned == nil {
		p.pinned = new([]any)
	}
	*p.pinned = append(*p.pinned, pointer)
}

// Unpin lets all objects go.
func (p *Pinner) Unpin() { p.pinned = nil }

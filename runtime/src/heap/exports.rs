//! Allocation and collection as generated code and the library call them.

use super::cache;
use super::gc;
use super::special::{self, Due, Special};
use super::stats::stats;
use super::{LOCK, arena::arena};
use super::{cycle, snapshot};
use crate::abi::{Closure, Type};

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_newobject(ty: *const Type) -> *mut u8 {
    cache::new_object(ty)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_newobject_noscan(size: usize) -> *mut u8 {
    cache::noscan(size, true)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_makeslice(elem: *const Type, cap: usize) -> *mut u8 {
    cache::array(elem, (*elem).size * cap)
}

/// `size` bytes without pointers and without defined contents.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_alloc_noscan_uninit(size: usize) -> *mut u8 {
    cache::noscan(size, false)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_collect() {
    // A snapshot that was taken before this call does not count.
    wait_for_snapshot();
    let large = gc::is_large();
    while large && !snapshot::ready(true) {
        crate::sched::timer::gosubc_sleep(100_000);
    }
    if large && snapshot::start() {
        wait_for_snapshot();
        cycle::sweep_all();
    } else {
        cycle::collect_now();
    }
    (*stats()).forced += 1;
    // Finalizers of what was just found get their chance before the caller goes on.
    crate::sched::gosubc_gosched();
}

/// Lets others run until no snapshot is being marked.
unsafe fn wait_for_snapshot() {
    while !snapshot::finish() {
        crate::sched::timer::gosubc_sleep(100_000);
    }
}

/// `debug.SetGCPercent`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_set_gc_percent(n: i64) -> i64 {
    gc::set_percent(n)
}

/// `debug.SetMemoryLimit`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_set_memory_limit(n: i64) -> i64 {
    gc::set_limit(n)
}

/// `debug.FreeOSMemory`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_free_os_memory() {
    cycle::collect_now();
    LOCK.with(|| (*arena()).release(0));
}

/// Calls `f`, a function of type `ty`, with the words `a` and `b` as its argument when the object is unreachable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_set_finalizer(
    obj: usize,
    ty: *const Type,
    f: *const Closure,
    a: usize,
    b: usize,
) -> bool {
    if f.is_null() {
        special::remove_finalizer(obj);
        return true;
    }
    if special::has_finalizer(obj) {
        return false;
    }
    special::attach(obj, Special::Finalizer(Due { ty, f, a, b }));
    true
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_add_cleanup(obj: usize, f: *const Closure) -> u64 {
    special::add_cleanup(obj, f)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_stop_cleanup(obj: usize, id: u64) {
    special::stop_cleanup(obj, id);
}

/// A cell that holds the address until the object is collected, then 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_weak_handle(obj: usize) -> *mut usize {
    special::weak_handle(obj)
}

/// First address of the heap object that `p` points into, 0 if it is none of the heap's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_object_base(p: usize) -> usize {
    match special::object_of(p) {
        Some((s, i)) => (*s).base + i * (*s).elem_size,
        None => 0,
    }
}

/// What `runtime.MemStats` needs; the order is that of `memStats` in stdlib/runtime.
#[repr(C)]
pub struct MemStats {
    total_alloc: u64,
    mallocs: u64,
    frees: u64,
    heap_alloc: u64,
    heap_sys: u64,
    heap_idle: u64,
    heap_released: u64,
    next_gc: u64,
    last_gc: u64,
    pause_total: u64,
    num_gc: u64,
    num_forced: u64,
    stack_inuse: u64,
    pauses: [u64; 256],
    pause_ends: [u64; 256],
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_read_mem_stats(out: *mut MemStats) {
    crate::sched::world::stop();
    let (mut objects, mut bytes) = (0, 0);
    for p in crate::sched::proc::all() {
        let (o, b) = cache::unused(p);
        objects += o;
        bytes += b;
    }
    LOCK.with(|| {
        for p in crate::sched::proc::all() {
            (*p).taken.count();
        }
        let s = &*stats();
        let a = &*arena();
        let page = super::classes::HEAP_PAGE;
        let mallocs = s.total_objects - objects as u64;
        *out = MemStats {
            total_alloc: s.total_bytes - bytes as u64,
            mallocs,
            frees: s.freed_objects,
            heap_alloc: (s.live - bytes) as u64,
            heap_sys: (a.hi - a.lo) as u64,
            heap_idle: (a.free_pages * page) as u64,
            heap_released: ((a.free_pages - a.dirty_pages) * page) as u64,
            next_gc: (*gc::pacer()).goal as u64,
            last_gc: s.last_end,
            pause_total: s.pause_total,
            num_gc: s.cycles as u64,
            num_forced: s.forced as u64,
            stack_inuse: s.stacks as u64,
            pauses: s.pauses,
            pause_ends: s.pause_ends,
        };
    });
    crate::sched::world::start();
}

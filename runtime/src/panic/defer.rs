//! Defer records: linking, pools, and running them at the end of a frame.
//!
//! Records in frames are linked by generated code. Heap records come from pools per processor and size, these from central
//! ones, half of what a pool may hold at a time; then from the collector's heap, with every word a possible pointer. A
//! record whose call never returns (it panicked, and an outer frame recovered) is simply collected; the pools are dropped
//! at each collection.

use super::unwind::Regs;
use crate::g::{G, getg};
use crate::heap::{cache, classes};
use crate::lock::{Global, Lock};
use core::ffi::c_void;
use core::ptr::null_mut;

/// A pending deferred call; its arguments follow.
#[repr(C)]
pub struct Defer {
    pub link: *mut Defer,
    /// CFA of the deferring frame.
    pub frame: usize,
    pub thunk: *const c_void,
    /// Index of the pool; `CLASSES`: on the heap, for no pool; above: in the frame.
    pub class: u64,
}

pub const ARGS: usize = 32;
const _: () = assert!(size_of::<Defer>() == ARGS);

/// Bytes of a record with arguments in each pool.
const CLASS_SIZES: [usize; CLASSES] = [32, 48, 64, 96, 128, 192, 256, 512, 1088];
pub const CLASSES: usize = 9;

impl Defer {
    #[inline(always)]
    pub fn args(d: *mut Defer) -> *mut u8 {
        d.wrapping_add(1).cast()
    }
}

const UNITS: usize = CLASS_SIZES[CLASSES - 1] / 16 + 1;

/// The class for a number of 16-byte units.
const CLASS_OF: [u8; UNITS] = {
    let mut table = [0; UNITS];
    let mut units = 0;
    while units < table.len() {
        let mut class = 0;
        while CLASS_SIZES[class] < units * 16 {
            class += 1;
        }
        table[units] = class as u8;
        units += 1;
    }
    table
};

/// How many records of each class a processor keeps.
const CAPACITIES: [usize; CLASSES] = {
    let mut table = [256; CLASSES];
    let mut class = 0;
    while class < CLASSES {
        if 16384 / CLASS_SIZES[class] < 256 {
            table[class] = 16384 / CLASS_SIZES[class];
        }
        class += 1;
    }
    table
};

/// Free records of one class.
pub struct Pool {
    first: *mut Defer,
    count: usize,
}

impl Pool {
    pub const EMPTY: Pool = Pool { first: null_mut(), count: 0 };

    #[inline(always)]
    unsafe fn pop(&mut self) -> *mut Defer {
        let d = self.first;
        if !d.is_null() {
            self.first = (*d).link;
            self.count -= 1;
        }
        d
    }

    #[inline(always)]
    unsafe fn push(&mut self, d: *mut Defer) {
        (*d).link = self.first;
        self.first = d;
        self.count += 1;
    }

    /// Moves up to `n` records from `other`.
    unsafe fn take(&mut self, other: &mut Pool, n: usize) {
        for _ in 0..n {
            let d = other.pop();
            if d.is_null() {
                break;
            }
            self.push(d);
        }
    }
}

/// What processors have too much of. Guarded by `LOCK`, and by a stopped world.
static CENTRAL: Global<[Pool; CLASSES]> = Global::new([const { Pool::EMPTY }; CLASSES]);
static LOCK: Lock = Lock::new();

/// The world is stopped: a collection is about to begin.
pub unsafe fn drop_pools() {
    *CENTRAL.get() = [const { Pool::EMPTY }; CLASSES];
    for p in crate::sched::proc::all() {
        (*p).defer_pools = [const { Pool::EMPTY }; CLASSES];
    }
}

/// A record, not linked, or null if the pool of its class is empty (or there is none).
#[inline(always)]
unsafe fn pooled(g: *mut G, args: usize) -> *mut Defer {
    match CLASS_OF.get(args.wrapping_add(ARGS + 15) >> 4) {
        Some(&class) => (*(*g).p).defer_pools[class as usize].pop(),
        None => null_mut(),
    }
}

/// Refills the pool, or makes a record.
#[cold]
#[inline(never)]
unsafe fn new_slow(g: *mut G, args: usize) -> *mut Defer {
    let Some(&class) = CLASS_OF.get(args.wrapping_add(ARGS + 15) >> 4) else {
        let all = crate::reflect::pointer_word();
        let d: *mut Defer = cache::array(all, (ARGS + args).next_multiple_of(8)).cast();
        (*d).class = CLASSES as u64;
        return d;
    };
    let class = class as usize;
    let pool = &mut (*(*g).p).defer_pools[class];
    LOCK.with(|| pool.take(&mut (&mut *CENTRAL.get())[class], CAPACITIES[class] / 2));
    let d = pool.pop();
    if !d.is_null() {
        return d;
    }
    let size = CLASS_SIZES[class];
    let d: *mut Defer = if size <= classes::MAX_MASK {
        cache::with_mask(size, !0).cast()
    } else {
        cache::array(crate::reflect::pointer_word(), size).cast()
    };
    (*d).class = class as u64;
    d
}

/// Gives a record back to its pool. Its contents are dead.
#[inline(always)]
pub unsafe fn free(g: *mut G, d: *mut Defer) {
    let class = (*d).class as usize;
    if class >= CLASSES {
        return;
    }
    let pool = &mut (*(*g).p).defer_pools[class];
    if pool.count >= CAPACITIES[class] {
        drain(pool, class);
    }
    pool.push(d);
}

#[cold]
#[inline(never)]
unsafe fn drain(pool: &mut Pool, class: usize) {
    LOCK.with(|| (&mut *CENTRAL.get())[class].take(pool, CAPACITIES[class] / 2));
}

#[inline(always)]
unsafe fn link(g: *mut G, d: *mut Defer, frame: usize, thunk: *const c_void) -> *mut u8 {
    (*d).frame = frame;
    (*d).thunk = thunk;
    (*d).link = (*g).defer;
    (*g).defer = d;
    Defer::args(d)
}

#[cold]
#[inline(never)]
unsafe extern "C" fn deferproc_slow(frame: usize, thunk: *const c_void, args: usize) -> *mut u8 {
    let g = getg();
    let d = new_slow(g, args);
    link(g, d, frame, thunk)
}

/// Unlinks the newest record of the frame, if it has one.
#[inline(always)]
pub unsafe fn pop(g: *mut G, frame: usize) -> Option<*mut Defer> {
    let d = (*g).defer;
    if d.is_null() || (*d).frame != frame {
        return None;
    }
    (*g).defer = (*d).link;
    Some(d)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_deferproc(
    frame: usize,
    thunk: *const c_void,
    args: usize,
) -> *mut u8 {
    let g = getg();
    let d = pooled(g, args);
    if d.is_null() {
        return deferproc_slow(frame, thunk, args);
    }
    link(g, d, frame, thunk)
}

/// For a frame further out: the record goes behind those of the frames that it called.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_deferproc_at(
    frame: usize,
    thunk: *const c_void,
    args: usize,
) -> *mut u8 {
    let g = getg();
    let mut d = pooled(g, args);
    if d.is_null() {
        d = new_slow(g, args);
    }
    (*d).frame = frame;
    (*d).thunk = thunk;
    let mut at = &raw mut (*g).defer;
    while !(*at).is_null() && (**at).frame < frame {
        at = &raw mut (**at).link;
    }
    (*d).link = *at;
    *at = d;
    Defer::args(d)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_deferreturn(frame: usize) {
    let g = getg();
    while let Some(d) = pop(g, frame) {
        call((*d).thunk, Defer::args(d));
        free(g, d);
    }
}

/// A function goes on after a recovery: makes the open-coded calls that are still pending in the frame with these registers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_deferreturn_open_impl(regs: *const Regs) {
    let frame = super::unwind::lookup((*regs).rip);
    let Some(data) = frame.funcdata() else {
        super::fatal::throw("open-coded defers without a record");
    };
    let area = data.area(&*regs, frame.args_size);
    while let Some((thunk, args)) = data.next_call(area) {
        call(thunk, args);
    }
}

/// A thunk finds its arguments in rdi and r10. (One jump less than `gosubc_calldefer`, which notes whose call it is.)
#[inline(always)]
unsafe fn call(thunk: *const c_void, args: *mut u8) {
    core::arch::asm!(
        "call {}",
        in(reg) thunk,
        in("rdi") args,
        in("r10") args,
        clobber_abi("C"),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    /// Records of class 3 that nothing else uses.
    fn records(n: usize) -> Vec<Defer> {
        let one = || Defer { link: null_mut(), frame: 0, thunk: core::ptr::null(), class: 3 };
        (0..n).map(|_| one()).collect()
    }

    #[test]
    fn classes_fit() {
        for args in 0..2000 {
            match CLASS_OF.get((args + ARGS + 15) >> 4) {
                Some(&c) => {
                    assert!(CLASS_SIZES[c as usize] >= ARGS + args);
                    assert!(
                        c == 0 || CLASS_SIZES[c as usize - 1] < (ARGS + args).next_multiple_of(16)
                    );
                }
                None => assert!(ARGS + args > CLASS_SIZES[CLASSES - 1]),
            }
        }
    }

    #[test]
    fn pools_are_last_in_first_out() {
        let mut store = records(3);
        let mut pool = Pool::EMPTY;
        // SAFETY: the records outlive the pool.
        unsafe {
            store.iter_mut().for_each(|d| pool.push(d));
            assert_eq!(pool.count, 3);
            for i in (0..3).rev() {
                assert_eq!(pool.pop(), &raw mut store[i]);
            }
            assert!(pool.pop().is_null());
            assert_eq!(pool.count, 0);
        }
    }

    #[test]
    fn half_goes_each_way() {
        const CLASS: usize = 3;
        let full = CAPACITIES[CLASS];
        let mut store = records(full);
        let (mut one, mut other) = (Pool::EMPTY, Pool::EMPTY);
        // SAFETY: the records outlive the pools; the central pool is emptied in the end.
        unsafe {
            store.iter_mut().for_each(|d| one.push(d));
            drain(&mut one, CLASS);
            let central = &mut (&mut *CENTRAL.get())[CLASS];
            assert_eq!((one.count, central.count), (full - full / 2, full / 2));
            LOCK.with(|| other.take(central, full / 2));
            assert_eq!((other.count, central.count), (full / 2, 0));
            assert!(central.first.is_null());
            let mut n = 0;
            while !other.pop().is_null() {
                n += 1;
            }
            assert_eq!(n, full / 2);
        }
    }
}

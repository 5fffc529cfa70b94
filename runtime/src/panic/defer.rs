//! Defer records: linking, pools, and running them at the end of a frame.
//!
//! Heap records come from pools per processor and size, then from the collector's heap with every word a possible
//! pointer. A record whose call never returns (it panicked, and an outer frame recovered) is simply collected; the
//! pools are dropped at each collection.

use crate::g::{DEFER_CLASSES, G, getg};
use crate::heap::cache;
use core::ffi::c_void;

/// A pending deferred call; its arguments follow at offset 64.
#[repr(C)]
pub struct Defer {
    pub link: *mut Defer,
    /// CFA of the deferring frame.
    pub frame: usize,
    pub thunk: *const c_void,
    /// 1: on the heap.
    pub flags: u64,
    pub pc: usize,
    pub fd: *mut u8,
    pub panic: *mut u8,
    /// Index of the pool; `DEFER_CLASSES` and above: none.
    pub class: u64,
}

pub const ARGS: usize = 64;
const _: () = assert!(size_of::<Defer>() == ARGS);

/// Bytes of a record with arguments in each pool.
const CLASS_SIZES: [usize; DEFER_CLASSES] = [64, 96, 128, 192, 256, 512];
const HEAP: u64 = 1;

impl Defer {
    #[inline(always)]
    pub fn args(d: *mut Defer) -> *mut u8 {
        d.wrapping_add(1).cast()
    }
}

/// The class for a number of 16-byte units.
const CLASS_OF: [u8; CLASS_SIZES[DEFER_CLASSES - 1] / 16 + 1] = {
    let mut table = [0; CLASS_SIZES[DEFER_CLASSES - 1] / 16 + 1];
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

#[inline(always)]
fn class_for(size: usize) -> usize {
    CLASS_OF.get(size.div_ceil(16)).map_or(DEFER_CLASSES, |&c| c as usize)
}

#[inline(always)]
unsafe fn new(g: *mut G, args: usize) -> *mut Defer {
    let class = class_for(ARGS + args);
    if class < DEFER_CLASSES {
        let pool = &raw mut (*(*g).p).defer_pools[class];
        let d = *pool;
        if !d.is_null() {
            *pool = (*d).link;
            return d;
        }
    }
    new_slow(class, args)
}

#[cold]
#[inline(never)]
unsafe fn new_slow(class: usize, args: usize) -> *mut Defer {
    let d: *mut Defer = if class < DEFER_CLASSES {
        cache::with_mask(CLASS_SIZES[class], !0).cast()
    } else {
        cache::array(crate::reflect::pointer_word(), (ARGS + args).next_multiple_of(8)).cast()
    };
    (*d).flags = HEAP;
    (*d).class = class as u64;
    d
}

/// Gives a record back to its pool. Its contents are dead.
#[inline(always)]
pub unsafe fn free(g: *mut G, d: *mut Defer) {
    if (*d).flags & HEAP != 0 && ((*d).class as usize) < DEFER_CLASSES {
        let pool = &raw mut (*(*g).p).defer_pools[(*d).class as usize];
        (*d).link = *pool;
        *pool = d;
    }
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
pub unsafe extern "C" fn gosubc_deferproc_stack(frame: usize, d: *mut Defer, thunk: *const c_void) {
    let g = getg();
    (*d).frame = frame;
    (*d).thunk = thunk;
    (*d).flags = 0;
    (*d).link = (*g).defer;
    (*g).defer = d;
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_deferproc(
    frame: usize,
    thunk: *const c_void,
    args: usize,
) -> *mut u8 {
    let g = getg();
    let d = new(g, args);
    (*d).frame = frame;
    (*d).thunk = thunk;
    (*d).link = (*g).defer;
    (*g).defer = d;
    Defer::args(d)
}

/// For a frame further out: the record goes behind those of the frames that it called.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_deferproc_at(
    frame: usize,
    thunk: *const c_void,
    args: usize,
) -> *mut u8 {
    let g = getg();
    let d = new(g, args);
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
        // A thunk finds its arguments in rdi and r10. (Written here: one jump less than `gosubc_calldefer`.)
        core::arch::asm!(
            "call {}",
            in(reg) (*d).thunk,
            in("rdi") Defer::args(d),
            in("r10") Defer::args(d),
            clobber_abi("C"),
        );
        free(g, d);
    }
}

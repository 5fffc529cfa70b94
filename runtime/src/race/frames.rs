//! The sanitizer's stack of calls, which generated code keeps by telling of each function that is entered and left.
//!
//! A recovered panic leaves functions without telling: so each entry is noted with its frame's address, and what lies above
//! the frame that goes on is taken off.

use super::report;
use super::tsan::{__tsan_func_entry, __tsan_func_exit};
use crate::g::{G, getg};
use core::ffi::c_void;

/// The sanitizer's stacks have room for 65,536 entries and no check. Deeper ones are only counted.
const DEEPEST: usize = 60_000;

/// Frame addresses of the functions that have been entered, the outermost first.
pub struct Frames {
    list: *mut usize,
    depth: usize,
    room: usize,
}

unsafe extern "C" {
    fn __libc_realloc(p: *mut c_void, size: usize) -> *mut c_void;
    fn __libc_free(p: *mut c_void);
}

impl Frames {
    pub const NEW: Frames = Frames { list: core::ptr::null_mut(), depth: 0, room: 0 };

    #[cold]
    #[inline(never)]
    unsafe fn grow(&mut self) {
        self.room = (self.room * 2).max(64);
        self.list = __libc_realloc(self.list.cast(), self.room * size_of::<usize>()).cast();
        if self.list.is_null() {
            crate::panic::fatal::throw("out of memory for the race detector");
        }
    }

    #[inline(always)]
    unsafe fn pop(&mut self) {
        self.depth -= 1;
        if self.depth < DEEPEST {
            __tsan_func_exit();
        }
    }

    /// The goroutine has ended.
    pub unsafe fn free(&mut self) {
        __libc_free(self.list.cast());
        *self = Frames::NEW;
    }

    /// The function with the frame `cfa` goes on after a panic.
    pub unsafe fn unwind(&mut self, cfa: usize) {
        let mut n = self.depth;
        while n > 0 && *self.list.add(n - 1) != cfa {
            n -= 1;
        }
        // One that isn't there is a function of the library that tells nothing.
        while n > 0 && self.depth > n {
            self.pop();
        }
    }
}

/// A function has been entered: `slot` is where its return address lies.
#[unsafe(no_mangle)]
unsafe extern "C" fn gosubc_race_enter(slot: *const usize) {
    let g: *mut G = getg();
    let f = &mut (*g).race.frames;
    if f.depth == f.room {
        f.grow();
    }
    *f.list.add(f.depth) = slot.add(1) as usize;
    f.depth += 1;
    if f.depth <= DEEPEST {
        __tsan_func_entry(*slot);
    }
    report::poll();
}

/// It returns.
#[unsafe(no_mangle)]
unsafe extern "C" fn gosubc_race_exit() {
    let f = &mut (*getg()).race.frames;
    if f.depth > 0 {
        f.pop();
    }
    report::poll();
}

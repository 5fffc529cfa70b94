//! The sanitizer's stack of calls, which generated code keeps by telling of each function that is entered and left.
//!
//! A recovered panic leaves functions without telling: so each entry is noted with its frame's address, and what lies above
//! the frame that goes on is taken off.

use super::report;
use super::tsan::{__tsan_func_entry, __tsan_func_exit};
use crate::g::{G, getg};
use alloc::vec::Vec;

/// The sanitizer's stacks have room for 65,536 entries and no check. Deeper ones are only counted.
const DEEPEST: usize = 60_000;

/// Frame addresses of the functions that have been entered, the outermost first.
pub struct Frames {
    list: Vec<usize>,
}

impl Frames {
    pub const NEW: Frames = Frames { list: Vec::new() };

    #[inline(always)]
    unsafe fn pop(&mut self) {
        self.list.pop();
        if self.list.len() < DEEPEST {
            __tsan_func_exit();
        }
    }

    /// The goroutine has ended.
    pub fn free(&mut self) {
        self.list = Vec::new();
    }

    /// The function with the frame `cfa` goes on after a panic.
    pub unsafe fn unwind(&mut self, cfa: usize) {
        // One that isn't there is a function of the library that tells nothing.
        let Some(last) = self.list.iter().rposition(|&f| f == cfa) else { return };
        while self.list.len() > last + 1 {
            self.pop();
        }
    }
}

/// A function has been entered: `slot` is where its return address lies.
#[unsafe(no_mangle)]
unsafe extern "C" fn gosubc_race_enter(slot: *const usize) {
    let g: *mut G = getg();
    let f = &mut (*g).race.frames;
    f.list.push(slot.add(1) as usize);
    if f.list.len() <= DEEPEST {
        __tsan_func_entry(*slot);
    }
    report::poll();
}

/// It returns.
#[unsafe(no_mangle)]
unsafe extern "C" fn gosubc_race_exit() {
    let f = &mut (*getg()).race.frames;
    if !f.list.is_empty() {
        f.pop();
    }
    report::poll();
}

//! Goroutines, memory and synchronisation as ThreadSanitizer sees them.

use super::frames::Frames;
use super::report;
use super::tsan::*;
use crate::g::G;
use core::ffi::{CStr, c_void};
use core::ptr::null_mut;

/// A goroutine's part of the detector.
pub struct State {
    fiber: *mut c_void,
    pub frames: Frames,
}

impl State {
    pub const NEW: State = State { fiber: null_mut(), frames: Frames::NEW };
}

fn current() -> *mut c_void {
    // SAFETY: a thread-local variable of the sanitizer.
    unsafe { __tsan_get_current_fiber() }
}

/// The heap will be in `lo..lo + size`.
pub fn init(lo: usize, size: usize) {
    // SAFETY: once, before there is a second thread.
    unsafe { __tsan_java_init(lo, size) };
    report::init();
}

/// The calling thread runs the scheduler as `g0`.
pub unsafe fn adopt(g0: *mut G) {
    (*g0).race.fiber = current();
}

/// A goroutine that the running one makes with the go statement at `pc` (0: the runtime itself).
pub unsafe fn create(g: *mut G, pc: usize) {
    if pc != 0 {
        __tsan_func_entry(pc);
    }
    (*g).race.fiber = __tsan_create_fiber(0);
    if pc != 0 {
        __tsan_func_exit();
    }
    let kind = if (*g).system { "system " } else { "" };
    let name = alloc::format!("{kind}{}\0", (*g).id);
    __tsan_set_fiber_name((*g).race.fiber, name.as_ptr().cast());
    // Frames of the goroutine that had the stack before.
    fresh((*g).soft & !7, (*g).stack_hi - ((*g).soft & !7));
}

/// The thread is about to go to the stack of `g`.
#[inline(always)]
pub unsafe fn switch(g: *mut G) {
    __tsan_switch_to_fiber((*g).race.fiber, NO_SYNC);
}

/// The running goroutine `g` has ended; the thread is its scheduler's from here on.
pub unsafe fn end(g: *mut G) {
    report::poll();
    let fiber = core::mem::replace(&mut (*g).race.fiber, null_mut());
    switch((*crate::g::getm()).g0);
    __tsan_destroy_fiber(fiber);
    (*g).race.frames.free();
}

/// The function with the frame `cfa` goes on after a panic.
pub unsafe fn unwind(g: *mut G, cfa: usize) {
    (*g).race.frames.unwind(cfa);
}

/// The memory begins a new life: what was done with it before is forgotten.
pub unsafe fn fresh(at: usize, size: usize) {
    if size > 0 {
        memory_reset_range(current(), 0, at, size);
        if (*crate::heap::arena::arena()).lo <= at && at < (*crate::heap::arena::arena()).hi {
            __tsan_java_free(at, size);
        }
    }
}

/// What others released at `p` happened before what follows.
pub unsafe fn acquire<T>(p: *const T) {
    __tsan_acquire(p as usize);
}

/// Whoever acquires at `p` from now on is behind this, and behind nothing else.
pub unsafe fn release<T>(p: *const T) {
    release_store(current(), 0, p as usize);
}

/// Whoever acquires at `p` from now on is behind this and all earlier releases.
pub unsafe fn release_merge<T>(p: *const T) {
    __tsan_release(p as usize);
}

/// Acquires and releases: a slot goes from hand to hand.
pub unsafe fn hand_over<T>(p: *const T) {
    release_store_acquire(current(), 0, p as usize);
}

/// The program ends: its exit code, 66 if it had races and would have been content.
pub fn exit_code(code: i32) -> i32 {
    report::settle();
    if code == 0 { report::at_exit() } else { code }
}

// What internal/race calls.

#[unsafe(no_mangle)]
unsafe extern "C" fn gosubc_race_acquire(p: usize) {
    __tsan_acquire(p);
}

#[unsafe(no_mangle)]
unsafe extern "C" fn gosubc_race_release(p: usize) {
    release_store(current(), 0, p);
}

#[unsafe(no_mangle)]
unsafe extern "C" fn gosubc_race_release_merge(p: usize) {
    __tsan_release(p);
}

/// No synchronisation of this goroutine counts until `gosubc_race_enable`.
#[unsafe(no_mangle)]
unsafe extern "C" fn gosubc_race_disable() {
    AnnotateIgnoreSyncBegin(NOWHERE.as_ptr(), 0);
}

#[unsafe(no_mangle)]
unsafe extern "C" fn gosubc_race_enable() {
    AnnotateIgnoreSyncEnd(NOWHERE.as_ptr(), 0);
}

const NOWHERE: &CStr = c"";

/// How many races have been reported.
#[unsafe(no_mangle)]
unsafe extern "C" fn gosubc_race_errors() -> i64 {
    report::settle();
    report::count() as i64
}

//! Panic, recover and Goexit.
//!
//! In: `gopanic` with the panicking frame's registers. Deferred calls run on top of the panicking stack, newest frame
//! first: records from the goroutine's list, and open-coded frames found by walking the stack. Out: a jump to the
//! landing pad of the frame whose deferred call recovered, or the end of the program.
//!
//! Invariants: `g.defer` is sorted by frame, innermost first, newest first within a frame; a record is unlinked
//! (a bit cleared) before its call runs, so nothing runs twice. A panic on `g.panic` lives in the frame of the
//! `gopanic` that runs it, so everything newer lies at lower addresses.

pub mod defer;
pub mod errors;
pub mod fatal;
pub mod funcdata;
pub mod lsda;
pub mod report;
pub mod unwind;

pub use defer::Defer;

use crate::abi::{Iface, Str};
use crate::asm;
use crate::g::{G, getg};
use core::ffi::c_void;
use core::ptr::null_mut;
use unwind::{FrameInfo, Regs};

/// A panic, or a run of Goexit, in progress.
#[repr(C)]
pub struct Panic {
    pub link: *mut Panic,
    pub arg: Iface,
    /// CFA of the deferred call that this panic is running: what `recover` compares its frame with.
    pub noted: usize,
    /// Stack pointer at the call of gopanic: frames above are older than the panic.
    start: usize,
    /// Registers at the call of gopanic.
    origin: Regs,
    /// The frame whose deferred calls are being run.
    at: Regs,
    /// The newest older panic whose gopanic may lie further out than `at`. Moves only outwards, and a panic that goes on
    /// from another's `at` takes the other's: many nested panics take linear time.
    older: *mut Panic,
    pub recovered: bool,
    pub goexit: bool,
    /// The next panic has the same value. Known once the panic is fatal.
    pub repanicked: bool,
    /// What the value's Error or String method returned, once the panic is fatal.
    pub text: Option<Str>,
}

impl Panic {
    /// Registers of the panicking function.
    pub fn origin(&self) -> Regs {
        self.origin
    }

    unsafe fn start(g: *mut G, arg: Iface, goexit: bool, regs: &Regs) -> Panic {
        let link = (*g).panic;
        Panic {
            link,
            arg,
            noted: 0,
            start: regs.rsp,
            origin: *regs,
            at: *regs,
            older: link,
            recovered: false,
            goexit,
            repanicked: false,
            text: None,
        }
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_gopanic_impl(
    tab: *const c_void,
    data: *mut u8,
    regs: *const Regs,
) -> ! {
    let g = getg();
    if (*crate::g::getp()).on_system_stack {
        fatal::throw("panic on system stack");
    }
    let mut value = Iface { tab, data };
    if tab.is_null() && !nil_allowed() {
        value = crate::gosym::nil_error();
    }
    let mut p = Panic::start(g, value, false, &*regs);
    (*g).panic = &raw mut p;
    run(g, &raw mut p)
}

/// Whether GODEBUG has panicnil=1: panic(nil) as before Go 1.21.
fn nil_allowed() -> bool {
    let set = crate::sys::getenv(c"GODEBUG");
    set.is_some_and(|v| v.split(|&b| b == b',').any(|item| item == b"panicnil=1"))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_goexit_impl(regs: *const Regs) -> ! {
    let g = getg();
    let mut p = Panic::start(g, Iface::NIL, true, &*regs);
    (*g).panic = &raw mut p;
    run(g, &raw mut p)
}

/// Runs deferred calls, frame by frame, until one recovers or the stack ends.
unsafe fn run(g: *mut G, p: *mut Panic) -> ! {
    // In registers from frame to frame.
    let mut r = (*p).at;
    loop {
        let fi = unwind::lookup(r.rip);
        if !fi.ok {
            end(g, p);
        }
        let cfa = fi.cfa(&r);
        let d = (*g).defer;
        if fi.funcdata().is_some() || !d.is_null() && (*d).frame == cfa {
            (*p).at = r;
            run_frame(g, p, fi, cfa);
        }
        fi.step(&mut r, cfa);
        // Frames between an older panic's gopanic and the frame that it had come to have no deferred calls left.
        let older = (*p).older;
        if !older.is_null() && (*older).start <= r.rsp {
            pass(p, older, &mut r);
        }
    }
}

/// The panic has come to an older one's gopanic.
#[inline(never)]
unsafe fn pass(p: *mut Panic, mut older: *mut Panic, r: &mut Regs) {
    while !older.is_null() && (*older).start < r.rsp {
        older = (*older).link;
    }
    if !older.is_null() && (*older).start == r.rsp {
        *r = (*older).at;
        older = (*older).older;
    }
    (*p).older = older;
}

/// Runs the deferred calls of the frame `p.at`.
#[inline(never)]
unsafe fn run_frame(g: *mut G, p: *mut Panic, fi: &FrameInfo, cfa: usize) {
    while let Some(d) = defer::pop(g, cfa) {
        call(p, (*d).thunk, Defer::args(d));
        defer::free(g, d);
        if (&raw const (*p).recovered).read_volatile() {
            recovered(g, p, fi);
        }
    }
    if let Some(fd) = fi.funcdata() {
        let area = fd.area(&(*p).at, fi.args_size);
        while let Some((thunk, args)) = fd.next_call(area) {
            call(p, thunk, args);
            if (&raw const (*p).recovered).read_volatile() {
                recovered(g, p, fi);
            }
        }
    }
}

#[inline(always)]
unsafe fn call(p: *mut Panic, thunk: *const c_void, args: *mut u8) {
    asm::gosubc_calldefer(thunk, args, &raw mut (*p).noted);
    (*p).noted = 0;
}

/// A deferred call of the frame `p.at` recovered: the frame goes on at its landing pad. If that abandons a Goexit, the
/// Goexit goes on instead, from this frame.
unsafe fn recovered(g: *mut G, p: *mut Panic, fi: &FrameInfo) {
    let r = &raw const (*p).at;
    let mut q = p;
    let mut goexit = false;
    while !q.is_null() && (*q).start <= (*r).rsp {
        goexit |= (*q).goexit;
        q = (*q).link;
    }
    if goexit {
        (*p).goexit = true;
        (*p).recovered = false;
        (*p).arg = Iface::NIL;
        (*p).link = q;
        (*p).older = q;
        return;
    }
    (*g).panic = q;
    if q.is_null() {
        (*g).fault.signal = 0;
    }
    if fi.landing_pad == 0 {
        fatal::throw("recovered in a frame without landing pad");
    }
    crate::race::unwind(g, fi.cfa(&*r));
    asm::gosubc_resume(r, fi.landing_pad, (*r).rsp + fi.args_size as usize)
}

/// The stack has no frames left.
unsafe fn end(g: *mut G, p: *mut Panic) -> ! {
    if (*p).goexit {
        (*g).panic = null_mut();
        crate::sched::goexit_done(g)
    }
    report::fatal_panic(g, p)
}

/// `recover()` called by the activation with this CFA.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_gorecover(cfa: usize) -> Iface {
    let p = (*getg()).panic;
    if p.is_null() || (*p).goexit || (*p).recovered || (*p).noted != cfa {
        return Iface::NIL;
    }
    (*p).recovered = true;
    (*p).arg
}

/// A wrapper with frame `mine` (or 1: on behalf of a function that reflect made) is about to call the function whose frame will be `callee`: if the wrapper is the
/// deferred call itself, the function takes its place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_panic_forward(mine: usize, callee: usize) {
    let p = (*getg()).panic;
    if !p.is_null() && (*p).noted == mine {
        (*p).noted = callee;
    }
}

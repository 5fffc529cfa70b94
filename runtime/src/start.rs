//! From C's `main` to the program: heap, signals, the main goroutine on its stack, then `go.main`.

use crate::abi::Closure;
use crate::g::{G, P};
use crate::{gosym, hash, heap, os, panic, print, sched, signal, sys};
use alloc::boxed::Box;
use core::ffi::{c_char, c_void};

/// The size of the stack that the runtime works on: collection, scheduling before the first goroutine.
const SYSTEM_STACK: usize = 1 << 20;

/// A processor with its system stack, and a first `g` for the calling thread, so that the runtime can be used.
pub unsafe fn new_processor() -> *mut P {
    let p = Box::leak(Box::new(P::new()));
    match sys::map(0, SYSTEM_STACK) {
        Some(s) => p.system_sp = s as usize + SYSTEM_STACK - 64,
        None => panic::fatal::throw("out of memory for the system stack"),
    }
    let g0 = Box::leak(Box::new(G::new()));
    g0.p = p;
    crate::g::setg(g0);
    crate::g::setp(p);
    p
}

pub unsafe fn init() -> *mut P {
    heap::roots::init();
    panic::unwind::init();
    heap::init();
    hash::init();
    new_processor()
}

unsafe extern "C" fn main_goroutine() {
    gosym::main();
    print::flush();
    sys::exit(0)
}

static MAIN: Closure = Closure { code: main_goroutine as *const c_void };

#[cfg(not(test))]
#[unsafe(no_mangle)]
unsafe extern "C" fn main(argc: i32, argv: *const *const c_char) -> i32 {
    run(argc, argv)
}

#[cfg_attr(test, allow(dead_code))]
unsafe fn run(argc: i32, argv: *const *const c_char) -> ! {
    os::init(argc, argv);
    let p = init();
    signal::init();
    sched::start_main(p, &MAIN)
}

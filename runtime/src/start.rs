//! From C's `main` to the program: heap, signals, the main goroutine on its stack, then `go.main`.

use crate::abi::Closure;
use crate::g::{P, pstatus};
use crate::{gosym, hash, heap, os, panic, print, sched, signal, sys};
use alloc::boxed::Box;
use core::ffi::{c_char, c_void};
use core::sync::atomic::Ordering;

/// The first processor, for the calling thread, so that the runtime can be used.
pub unsafe fn new_processor() {
    let p = Box::leak(Box::new(P::new(0)));
    sched::proc::set_only(p);
    let m = sched::thread::new_record();
    sched::thread::adopt(m);
    p.status.store(pstatus::RUNNING, Ordering::SeqCst);
    sched::proc::acquire_p(m, p);
    (*(*m).g0).p = p;
}

pub unsafe fn init() {
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
    init();
    signal::init();
    crate::asm::init();
    sched::preempt::init();
    sched::start_main(os::initial_procs() as usize, &MAIN)
}

//! Errors that nothing recovers: texts, traceback, exit code 2.

use crate::abi::Str;
use crate::g::getg;
use crate::print;
use crate::sys::{self, Stderr};
use crate::trace;
use core::fmt::Write;
use core::sync::atomic::{AtomicI32, Ordering};

pub const EXIT_FATAL: i32 = 2;

/// A fatal error with the traceback of the running goroutine.
pub fn throw(text: &str) -> ! {
    fatal(text.as_bytes(), false)
}

/// A fatal error. `all`: tracebacks of all goroutines even without GOTRACEBACK.
#[inline(never)]
pub fn fatal(text: &[u8], all: bool) -> ! {
    claim();
    print::flush();
    print_text(text);
    trace::print_all_from_here(all);
    exit()
}

fn print_text(text: &[u8]) {
    print::bytes(b"fatal error: ");
    super::report::indented(text);
    print::bytes(b"\n");
    print::flush();
}

/// The thread that ends the program.
static DYING: AtomicI32 = AtomicI32::new(0);

/// Where fatal errors are printed besides standard error, from the moment when there is one; -1: nowhere.
static CRASH_FD: AtomicI32 = AtomicI32::new(-1);

/// Returns the descriptor before.
#[unsafe(no_mangle)]
pub extern "C" fn gosubc_set_crash_fd(fd: i64) -> i64 {
    CRASH_FD.swap(fd as i32, Ordering::SeqCst) as i64
}

/// Called before a fatal error is printed: only one is. Other threads that come here wait for the end.
pub fn claim() {
    let me = sys::gettid();
    sys::COPY_FD.store(CRASH_FD.load(Ordering::SeqCst), Ordering::SeqCst);
    while DYING.compare_exchange(0, me, Ordering::SeqCst, Ordering::SeqCst).is_err() {
        if DYING.load(Ordering::SeqCst) == me {
            return;
        }
        sys::sleep(1_000_000_000);
    }
}

/// The end of a program that has printed why.
pub fn exit() -> ! {
    if trace::level() == trace::Level::Crash {
        // SAFETY: abort with the default action, for a core dump.
        unsafe {
            sys::signal(libc::SIGABRT, libc::SIG_DFL);
            libc::abort();
        }
    }
    sys::exit(EXIT_FATAL)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_throw(text: Str) -> ! {
    fatal(text.bytes(), false)
}

/// The code of methods that the compiler found nobody to call (compiler/ABI.md, "Reachable methods").
#[unsafe(no_mangle)]
pub extern "C" fn gosubc_unreachable_method() -> ! {
    throw("unreachable method called")
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_fatal(text: Str) -> ! {
    of_program(text.bytes())
}

/// A fatal error that is the program's fault. Panics in progress are printed before it, without running their methods.
pub unsafe fn of_program(text: &[u8]) -> ! {
    let g = getg();
    claim();
    print::flush();
    if !(*g).panic.is_null() {
        super::report::pending(g);
        print::bytes(b"\t");
    }
    print_text(text);
    super::report::print_fault(g);
    trace::print_all_from_here(false);
    exit()
}

pub fn out_of_memory(bytes: usize) -> ! {
    // SAFETY: reads a counter.
    let used = unsafe { (*crate::heap::stats::stats()).live };
    let _ = writeln!(
        Stderr,
        "runtime: out of memory: cannot allocate {bytes}-byte block ({used} in use)"
    );
    fatal(b"out of memory", false)
}

/// The stack pointer would pass the stack's limit at `pc`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_stack_overflow(sp: usize, pc: usize) -> ! {
    claim();
    let g = getg();
    // What runs from here on may use the reserve below the limit.
    core::arch::asm!("mov qword ptr fs:[0x70], 0", options(nostack, preserves_flags));
    let _ = write!(
        Stderr,
        "runtime: goroutine stack exceeds {}-byte limit\nruntime: sp={:#x} stack=[{:#x}, {:#x}]\nfatal error: stack overflow\n\n",
        // Late ones of very many goroutines have smaller stacks.
        ((*g).stack_hi - (*g).stack_lo).min(1_000_000_000),
        sp,
        (*g).stack_lo,
        (*g).stack_hi
    );
    trace::print_overflow(g, sp, pc);
    exit()
}

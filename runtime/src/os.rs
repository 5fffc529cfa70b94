//! The operating system as the library sees it: raw system calls, arguments, environment, clocks, random bytes, exit.

use crate::abi::{PtrInt, Str};
use crate::lock::Global;
use crate::sys;
use core::ffi::{CStr, c_char};
use core::sync::atomic::{AtomicI64, Ordering};

struct Args {
    argc: i32,
    argv: *const *const c_char,
}

static ARGS: Global<Args> = Global::new(Args { argc: 0, argv: core::ptr::null() });

unsafe extern "C" {
    static environ: *const *const c_char;
}

pub unsafe fn init(argc: i32, argv: *const *const c_char) {
    *ARGS.get() = Args { argc, argv };
}

/// A system call that keeps its processor: one that never blocks, or of the child between fork and exec, which has one
/// thread only. The kernel's own result, a negated error number on failure.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_rawsyscall6(
    nr: i64,
    a1: usize,
    a2: usize,
    a3: usize,
    a4: usize,
    a5: usize,
    a6: usize,
) -> i64 {
    let r: i64;
    core::arch::asm!(
        "syscall",
        inlateout("rax") nr => r,
        in("rdi") a1, in("rsi") a2, in("rdx") a3, in("r10") a4, in("r8") a5, in("r9") a6,
        lateout("rcx") _, lateout("r11") _,
        options(nostack)
    );
    r
}

/// The text of an error number, in Go's spelling: C's with a small first letter. Returns the length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_strerror(errno: i32, buf: *mut u8, n: usize) -> i64 {
    if libc::strerror_r(errno, buf.cast(), n) != 0 {
        return 0;
    }
    let len = CStr::from_ptr(buf.cast()).count_bytes();
    let text = core::slice::from_raw_parts_mut(buf, len);
    if len > 1 && text[1].is_ascii_lowercase() {
        text[0] = text[0].to_ascii_lowercase();
    }
    len as i64
}

unsafe fn c_string(p: *const c_char) -> Str {
    let b = CStr::from_ptr(p).to_bytes();
    Str { ptr: b.as_ptr(), len: b.len() }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_arg_count() -> i64 {
    (*ARGS.get()).argc as i64
}

/// Argument `i`; its bytes live for ever.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_arg(i: i64) -> Str {
    c_string(*(*ARGS.get()).argv.add(i as usize))
}

/// Number of `NAME=value` strings that the process was started with.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_env_count() -> i64 {
    let mut n = 0;
    while !(*environ.add(n)).is_null() {
        n += 1;
    }
    n as i64
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_env(i: i64) -> Str {
    c_string(*environ.add(i as usize))
}

#[unsafe(no_mangle)]
pub extern "C" fn gosubc_nanotime() -> i64 {
    sys::nanotime()
}

/// Seconds since 1970; nanoseconds through the pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_walltime(nsec: *mut i64) -> i64 {
    let (a, b) = sys::walltime();
    *nsec = b;
    a
}

/// Ends the process without running anything.
#[unsafe(no_mangle)]
pub extern "C" fn gosubc_exit(code: i64) -> ! {
    crate::print::flush();
    sys::exit(code as i32)
}

/// Fills the bytes with random ones from the kernel.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_random(p: *mut u8, n: usize) {
    if n > 0 {
        sys::random(core::slice::from_raw_parts_mut(p, n));
    }
}

static CPUS: AtomicI64 = AtomicI64::new(0);

#[unsafe(no_mangle)]
pub extern "C" fn gosubc_numcpu() -> i64 {
    let known = CPUS.load(Ordering::Relaxed);
    if known > 0 {
        return known;
    }
    let n = count_cpus().max(1);
    CPUS.store(n, Ordering::Relaxed);
    n
}

/// GOMAXPROCS as the environment says it, else the number of CPUs.
pub fn initial_procs() -> i64 {
    let wanted = sys::getenv(c"GOMAXPROCS")
        .and_then(|v| core::str::from_utf8(v).ok()?.parse::<i64>().ok())
        .filter(|&n| n > 0);
    wanted.unwrap_or_else(|| gosubc_numcpu())
}

fn count_cpus() -> i64 {
    // SAFETY: a plain zeroed mask for the kernel to fill.
    unsafe {
        let mut set: libc::cpu_set_t = core::mem::zeroed();
        if libc::sched_getaffinity(0, size_of::<libc::cpu_set_t>(), &mut set) != 0 {
            return 1;
        }
        libc::CPU_COUNT(&set) as i64
    }
}

/// Dies of SIGPIPE, as a program does that writes to a closed standard output.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_sigpipe() -> ! {
    sys::signal(libc::SIGPIPE, libc::SIG_DFL);
    libc::raise(libc::SIGPIPE);
    sys::exit(2)
}

/// Memory for the library that the collector does not see, e.g. for buffers that system calls keep.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_sysalloc(size: usize) -> PtrInt {
    match sys::map(0, size) {
        Some(ptr) => PtrInt { ptr, n: size },
        None => PtrInt { ptr: core::ptr::null_mut(), n: 0 },
    }
}

//! The operating system as the library sees it: raw system calls, arguments, environment, clocks, random bytes, exit.

use crate::abi::{IntInt, PtrInt, Str};
use crate::lock::Global;
use crate::sys;
use core::ffi::{CStr, c_char};

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

/// A system call. The result is -1 on errors, whose number goes to `*errno` (0 otherwise).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_syscall(
    nr: i64,
    a1: usize,
    a2: usize,
    a3: usize,
    a4: usize,
    a5: usize,
    a6: usize,
    errno: *mut i64,
) -> i64 {
    let r: i64;
    core::arch::asm!(
        "syscall",
        inlateout("rax") nr => r,
        in("rdi") a1, in("rsi") a2, in("rdx") a3, in("r10") a4, in("r8") a5, in("r9") a6,
        lateout("rcx") _, lateout("r11") _,
        options(nostack)
    );
    if (-4095..0).contains(&r) {
        *errno = -r;
        return -1;
    }
    *errno = 0;
    r
}

unsafe fn c_string(p: *const c_char) -> Str {
    let b = CStr::from_ptr(p).to_bytes();
    Str { ptr: b.as_ptr(), len: b.len() }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_argc() -> i64 {
    (*ARGS.get()).argc as i64
}

/// Argument `i`; its bytes live for ever.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_argv(i: i64) -> Str {
    c_string(*(*ARGS.get()).argv.add(i as usize))
}

/// Number of `NAME=value` strings that the process was started with.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_envc() -> i64 {
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

/// Seconds and nanoseconds since 1970.
#[unsafe(no_mangle)]
pub extern "C" fn gosubc_walltime() -> IntInt {
    let (a, b) = sys::walltime();
    IntInt { a, b }
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

#[unsafe(no_mangle)]
pub extern "C" fn gosubc_numcpu() -> i64 {
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
    libc::signal(libc::SIGPIPE, libc::SIG_DFL);
    libc::raise(libc::SIGPIPE);
    sys::exit(2)
}

/// Shortest decimal digits of |v| into `out` (room for 20) as ASCII; returns (exponent, count): 0.d1d2... * 10^exponent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_float_digits(v: f64, bits32: bool, out: *mut u8) -> IntInt {
    let d = if bits32 { crate::float::digits32(v as f32) } else { crate::float::digits64(v) };
    core::ptr::copy_nonoverlapping(d.digits.as_ptr(), out, d.count);
    IntInt { a: d.exp as i64, b: d.count as i64 }
}

/// Memory for the library that the collector does not see, e.g. for buffers that system calls keep.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_sysalloc(size: usize) -> PtrInt {
    match sys::map(0, size) {
        Some(ptr) => PtrInt { ptr, n: size },
        None => PtrInt { ptr: core::ptr::null_mut(), n: 0 },
    }
}

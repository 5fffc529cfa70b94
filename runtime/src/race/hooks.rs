//! What stands in front of functions of the runtime in programs with the race detector: the linker leads generated code's calls
//! of NAME to `__wrap_NAME`, which tells what memory the function reads or writes, and goes on to `__real_NAME`.
//! The names are in `compiler/driver/src/race.rs`, too.
//!
//! The runtime's own copies must not go through the sanitizer's memcpy: it would take them for the goroutine's accesses.

use super::tsan::*;
use crate::abi::Type;
use core::arch::global_asm;

global_asm!(
    ".macro GOSUBC_HOOK name",
    ".globl __wrap_\\name",
    ".type __wrap_\\name,@function",
    "__wrap_\\name:",
    ".cfi_startproc",
    ".irp reg,rdi,rsi,rdx,rcx,r8,r9,r10",
    "push \\reg",
    ".cfi_adjust_cfa_offset 8",
    ".endr",
    "mov rdi, rsp",
    "call hook_\\name",
    ".irp reg,r10,r9,r8,rcx,rdx,rsi,rdi",
    "pop \\reg",
    ".cfi_adjust_cfa_offset -8",
    ".endr",
    "jmp __real_\\name",
    ".cfi_endproc",
    ".size __wrap_\\name,.-__wrap_\\name",
    ".endm",
    "GOSUBC_HOOK gosubc_chansend",
    "GOSUBC_HOOK gosubc_closechan",
    "GOSUBC_HOOK gosubc_growslice",
    "GOSUBC_HOOK gosubc_slicebytetostring",
    "GOSUBC_HOOK gosubc_slicerunetostring",
    "GOSUBC_HOOK gosubc_memequal",
    "GOSUBC_HOOK gosubc_memchr",
    // With a fourth argument that is no limit, these check nothing.
    ".macro GOSUBC_PLAIN name",
    ".globl __wrap_\\name",
    ".type __wrap_\\name,@function",
    "__wrap_\\name:",
    "mov rcx, -1",
    "jmp __\\name\\()_chk@PLT",
    ".size __wrap_\\name,.-__wrap_\\name",
    ".endm",
    "GOSUBC_PLAIN memcpy",
    "GOSUBC_PLAIN memmove",
    "GOSUBC_PLAIN memset",
    // The access is at the return address, in the function that calls.
    ".macro GOSUBC_ACCESS name to last",
    ".globl \\name",
    ".type \\name,@function",
    "\\name:",
    "mov \\last, [rsp]",
    "jmp \\to",
    ".size \\name,.-\\name",
    ".endm",
    "GOSUBC_ACCESS gosubc_race_read __tsan_read8_pc rsi",
    "GOSUBC_ACCESS gosubc_race_write __tsan_write8_pc rsi",
    "GOSUBC_ACCESS gosubc_race_read_range __tsan_read_range_pc rdx",
    "GOSUBC_ACCESS gosubc_race_write_range __tsan_write_range_pc rdx",
);

unsafe extern "C" {
    fn __real_gosubc_chansend();
    fn __real_gosubc_closechan();
    fn __real_gosubc_growslice();
    fn __real_gosubc_slicebytetostring();
    fn __real_gosubc_slicerunetostring();
    fn __real_gosubc_memequal();
    fn __real_gosubc_memchr();
}

/// The registers of a call, as the hook pushed them.
#[repr(C)]
struct Call {
    r10: usize,
    r9: usize,
    r8: usize,
    rcx: usize,
    rdx: usize,
    rsi: usize,
    rdi: usize,
    pc: usize,
}

impl Call {
    /// The access happens in the runtime's function `f`, which the goroutine has called.
    unsafe fn inside(&self, f: unsafe extern "C" fn(), access: impl FnOnce(usize)) {
        __tsan_func_entry(self.pc);
        access(f as usize + 1);
        __tsan_func_exit();
    }

    unsafe fn reads(&self, f: unsafe extern "C" fn(), at: usize, size: usize) {
        if size > 0 {
            self.inside(f, |pc| __tsan_read_range_pc(at, size, pc));
        }
    }
}

/// Sending reads, closing writes: both at once are a race.
#[unsafe(no_mangle)]
unsafe extern "C" fn hook_gosubc_chansend(c: &Call) {
    if c.rdi != 0 {
        c.inside(__real_gosubc_chansend, |pc| __tsan_read8_pc(c.rdi, pc));
    }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn hook_gosubc_closechan(c: &Call) {
    if c.rdi != 0 {
        c.inside(__real_gosubc_closechan, |pc| __tsan_write8_pc(c.rdi, pc));
    }
}

/// (old, new_len, old_cap, added, elem)
#[unsafe(no_mangle)]
unsafe extern "C" fn hook_gosubc_growslice(c: &Call) {
    let elem = c.r8 as *const Type;
    if (c.rsi as i64) > 0 {
        c.reads(__real_gosubc_growslice, c.rdi, (c.rsi - c.rcx) * (*elem).size);
    }
}

/// (room, p, n)
#[unsafe(no_mangle)]
unsafe extern "C" fn hook_gosubc_slicebytetostring(c: &Call) {
    c.reads(__real_gosubc_slicebytetostring, c.rsi, c.rdx);
}

#[unsafe(no_mangle)]
unsafe extern "C" fn hook_gosubc_slicerunetostring(c: &Call) {
    c.reads(__real_gosubc_slicerunetostring, c.rsi, 4 * c.rdx);
}

/// (p, q, n)
#[unsafe(no_mangle)]
unsafe extern "C" fn hook_gosubc_memequal(c: &Call) {
    c.reads(__real_gosubc_memequal, c.rdi, c.rdx);
    c.reads(__real_gosubc_memequal, c.rsi, c.rdx);
}

/// (p, n, c)
#[unsafe(no_mangle)]
unsafe extern "C" fn hook_gosubc_memchr(c: &Call) {
    c.reads(__real_gosubc_memchr, c.rdi, c.rsi);
}

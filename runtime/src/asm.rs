//! What Rust cannot express: stack switches, entry of `gopanic` with the caller's registers, calls with a context
//! register, jumps to a landing pad. Each function that Go or Rust frames may lie above of has unwind information.

use crate::abi::Closure;
use crate::g::{G, P, pstatus};
use crate::panic::unwind::Regs;
use core::arch::global_asm;
use core::ffi::c_void;
use core::mem::offset_of;

global_asm!(
    r#"
    .section .tbss,"awT",@nobits
    .globl gosubc_g
    .type gosubc_g,@object
    .size gosubc_g,8
    .p2align 3
gosubc_g:
    .zero 8
    .globl gosubc_p
    .type gosubc_p,@object
    .size gosubc_p,8
gosubc_p:
    .zero 8
    .globl gosubc_m
    .type gosubc_m,@object
    .size gosubc_m,8
gosubc_m:
    .zero 8

    .text
    .macro GOSUBC_FUNC name
    .p2align 4
    .globl \name
    .type \name,@function
\name:
    .cfi_startproc
    .endm
    .macro GOSUBC_END name
    .cfi_endproc
    .size \name,.-\name
    .endm
    .macro GOSUBC_SAVE reg, number
    push \reg
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset \number, 0
    .endm
    .macro GOSUBC_RESTORE reg, number
    pop \reg
    .cfi_adjust_cfa_offset -8
    .cfi_restore \number
    .endm
    .macro GOSUBC_REGS
    lea rax, [rsp+8]
    mov r11, [rsp]
    sub rsp, 72
    .cfi_adjust_cfa_offset 72
    mov [rsp], rbx
    mov [rsp+8], rbp
    mov [rsp+16], r12
    mov [rsp+24], r13
    mov [rsp+32], r14
    mov [rsp+40], r15
    mov [rsp+48], rax
    mov [rsp+56], r11
    .endm

# gopanic(type, data): the third argument becomes the caller's registers.
GOSUBC_FUNC gosubc_gopanic
    GOSUBC_REGS
    mov rdx, rsp
    call gosubc_gopanic_impl
    ud2
GOSUBC_END gosubc_gopanic

GOSUBC_FUNC gosubc_goexit
    GOSUBC_REGS
    mov rdi, rsp
    call gosubc_goexit_impl
    ud2
GOSUBC_END gosubc_goexit

# deferreturn_open(): has the caller's registers, by which its area is found.
GOSUBC_FUNC gosubc_deferreturn_open
    GOSUBC_REGS
    mov rdi, rsp
    call gosubc_deferreturn_open_impl
    add rsp, 72
    .cfi_adjust_cfa_offset -72
    ret
GOSUBC_END gosubc_deferreturn_open

# with_regs(fn, arg): calls fn(arg, the caller's registers)
GOSUBC_FUNC gosubc_with_regs
    GOSUBC_REGS
    mov rax, rdi
    mov rdi, rsi
    mov rsi, rsp
    call rax
    add rsp, 72
    .cfi_adjust_cfa_offset -72
    ret
GOSUBC_END gosubc_with_regs

# calldefer(thunk, args, noted): notes the CFA that the thunk's activation has, then calls it.
GOSUBC_FUNC gosubc_calldefer
    GOSUBC_SAVE rbx, 3
    mov [rdx], rsp
    mov rax, rdi
    mov rdi, rsi
    mov r10, rsi
    call rax
    GOSUBC_RESTORE rbx, 3
    ret
GOSUBC_END gosubc_calldefer

# Called by function prologues when the frame would go below fs:0x70: at the end of the goroutine's stack, or because
# the limit was raised so that the goroutine gives way. r10: bytes of frame. Behind the call lies a `ret`, then the body,
# to which this returns with all argument registers as they were (rax keeps `nest` meanwhile).
GOSUBC_FUNC __morestack
    push rax
    .cfi_adjust_cfa_offset 8
    push rdi
    .cfi_adjust_cfa_offset 8
    push rsi
    .cfi_adjust_cfa_offset 8
    push rdx
    .cfi_adjust_cfa_offset 8
    push rcx
    .cfi_adjust_cfa_offset 8
    push r8
    .cfi_adjust_cfa_offset 8
    push r9
    .cfi_adjust_cfa_offset 8
    sub rsp, 136
    .cfi_adjust_cfa_offset 136
    movups [rsp], xmm0
    movups [rsp+16], xmm1
    movups [rsp+32], xmm2
    movups [rsp+48], xmm3
    movups [rsp+64], xmm4
    movups [rsp+80], xmm5
    movups [rsp+96], xmm6
    movups [rsp+112], xmm7
    lea rdi, [rsp+192]
    mov rsi, [rdi]
    mov rdx, r10
    call gosubc_morestack
    movups xmm0, [rsp]
    movups xmm1, [rsp+16]
    movups xmm2, [rsp+32]
    movups xmm3, [rsp+48]
    movups xmm4, [rsp+64]
    movups xmm5, [rsp+80]
    movups xmm6, [rsp+96]
    movups xmm7, [rsp+112]
    add rsp, 136
    .cfi_adjust_cfa_offset -136
    pop r9
    .cfi_adjust_cfa_offset -8
    pop r8
    .cfi_adjust_cfa_offset -8
    pop rcx
    .cfi_adjust_cfa_offset -8
    pop rdx
    .cfi_adjust_cfa_offset -8
    pop rsi
    .cfi_adjust_cfa_offset -8
    pop rdi
    .cfi_adjust_cfa_offset -8
    pop rax
    .cfi_adjust_cfa_offset -8
    add qword ptr [rsp], 1
    ret
GOSUBC_END __morestack

# go statement: newproc(closure); adds the address of the statement.
GOSUBC_FUNC gosubc_newproc
    mov rsi, [rsp]
    jmp gosubc_newproc_at
GOSUBC_END gosubc_newproc

# syscall6(nr, a1, ..., a6): gives the processor free to be taken while the kernel works. What the goroutine needs is on
# its stack above g.sp then.
GOSUBC_FUNC gosubc_syscall6
    GOSUBC_SAVE rbp, 6
    GOSUBC_SAVE rbx, 3
    GOSUBC_SAVE r12, 12
    GOSUBC_SAVE r13, 13
    GOSUBC_SAVE r14, 14
    GOSUBC_SAVE r15, 15
    sub rsp, 8
    .cfi_adjust_cfa_offset 8
    mov rbx, qword ptr fs:[gosubc_g@tpoff]
    mov r12, qword ptr fs:[gosubc_p@tpoff]
    mov [rbx+{G_SP}], rsp
    inc dword ptr [r12+{P_SYSCALL_TICK}]
    mov rax, rdi
    mov rdi, rsi
    mov rsi, rdx
    mov rdx, rcx
    mov r10, r8
    mov r8, r9
    mov r9, [rsp+64]
    mov dword ptr [r12+{P_STATUS}], {SYSCALL}
    syscall
    mov r13, rax
    mov eax, {SYSCALL}
    mov ecx, {RUNNING}
    lock cmpxchg dword ptr [r12+{P_STATUS}], ecx
    mov rdi, r12
    je 2f
    call gosubc_syscall_exit
    jmp 1f
2:
    # It may have been another thread's meanwhile, which is in a system call now.
    mov rax, qword ptr fs:[gosubc_m@tpoff]
    cmp rax, [r12+{P_M}]
    je 1f
    call gosubc_syscall_adopt
1:
    mov rax, r13
    add rsp, 8
    .cfi_adjust_cfa_offset -8
    GOSUBC_RESTORE r15, 15
    GOSUBC_RESTORE r14, 14
    GOSUBC_RESTORE r13, 13
    GOSUBC_RESTORE r12, 12
    GOSUBC_RESTORE rbx, 3
    GOSUBC_RESTORE rbp, 6
    ret
GOSUBC_END gosubc_syscall6

# resume(regs, landing pad, sp): never returns.
GOSUBC_FUNC gosubc_resume
    mov rbx, [rdi]
    mov rbp, [rdi+8]
    mov r12, [rdi+16]
    mov r13, [rdi+24]
    mov r14, [rdi+32]
    mov r15, [rdi+40]
    mov rsp, rdx
    xor eax, eax
    xor edx, edx
    jmp rsi
GOSUBC_END gosubc_resume

# callclosure(closure, a, b): calls it with up to two words of arguments.
GOSUBC_FUNC gosubc_callclosure
    mov r10, rdi
    mov rdi, rsi
    mov rsi, rdx
    jmp [r10]
GOSUBC_END gosubc_callclosure

# systemstack(fn, arg, system sp, where to save sp)
GOSUBC_FUNC gosubc_systemstack
    push rbp
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset rbp, 0
    mov rbp, rsp
    .cfi_def_cfa_register rbp
    push rbx
    .cfi_offset rbx, -24
    push r12
    .cfi_offset r12, -32
    push r13
    .cfi_offset r13, -40
    push r14
    .cfi_offset r14, -48
    push r15
    .cfi_offset r15, -56
    mov [rcx], rsp
    mov rsp, rdx
    mov rax, rdi
    mov rdi, rsi
    call rax
    lea rsp, [rbp-40]
    pop r15
    pop r14
    pop r13
    pop r12
    pop rbx
    pop rbp
    .cfi_def_cfa rsp, 8
    ret
GOSUBC_END gosubc_systemstack

# switch(where to save sp, new sp, new g, its stack limit, what to clear once the old stack is left)
GOSUBC_FUNC gosubc_switch
    GOSUBC_SAVE rbp, 6
    GOSUBC_SAVE rbx, 3
    GOSUBC_SAVE r12, 12
    GOSUBC_SAVE r13, 13
    GOSUBC_SAVE r14, 14
    GOSUBC_SAVE r15, 15
    mov [rdi], rsp
    mov rsp, rsi
    mov qword ptr fs:[gosubc_g@tpoff], rdx
    mov qword ptr fs:[0x70], rcx
    mov dword ptr [r8], 0
    GOSUBC_RESTORE r15, 15
    GOSUBC_RESTORE r14, 14
    GOSUBC_RESTORE r13, 13
    GOSUBC_RESTORE r12, 12
    GOSUBC_RESTORE rbx, 3
    GOSUBC_RESTORE rbp, 6
    ret
GOSUBC_END gosubc_switch

# First code of every goroutine: the end of its stack for the unwinder.
GOSUBC_FUNC gosubc_gostart
    .cfi_undefined rip
    call gosubc_goroutine_main
    ud2
GOSUBC_END gosubc_gostart

# runtime.GC: callers don't expect registers to be preserved, so that what they held before needn't be alive.
GOSUBC_FUNC gosubc_gc
    xor ebx, ebx
    xor r12d, r12d
    xor r13d, r13d
    xor r14d, r14d
    xor r15d, r15d
    # Nor must what earlier calls left below, where the collector's own frames will be.
    lea rdi, [rsp-2048]
    mov ecx, 256
    xor eax, eax
    rep stosq
    jmp gosubc_collect
GOSUBC_END gosubc_gc

# Where a goroutine goes on that was interrupted by a signal and shall give way, as if it had called this: the return address lies
# below the red zone. Saves everything, see `Interrupted`. A traceback begins at the interrupted code, so none comes through here.
GOSUBC_FUNC gosubc_preempted
    .cfi_undefined rip
    pushfq
    push rax
    push rcx
    push rdx
    push rsi
    push rdi
    push r8
    push r9
    push r10
    push r11
    push rbx
    push rbp
    push r12
    push r13
    push r14
    push r15
    cld
    mov rbp, rsp
    sub rsp, {XSAVE_AREA}
    and rsp, -64
    cmp byte ptr [rip+gosubc_has_xsave], 0
    je 1f
    xor edx, edx
    lea rdi, [rsp+512]
    xor eax, eax
    mov ecx, 8
    rep stosq
    mov eax, {XSAVE_MASK}
    xsave64 [rsp]
    jmp 2f
1:
    fxsave64 [rsp]
2:
    mov rdi, rbp
    call gosubc_yield_preempted
    cmp byte ptr [rip+gosubc_has_xsave], 0
    je 1f
    xor edx, edx
    mov eax, {XSAVE_MASK}
    xrstor64 [rsp]
    jmp 2f
1:
    fxrstor64 [rsp]
2:
    mov rsp, rbp
    pop r15
    pop r14
    pop r13
    pop r12
    pop rbp
    pop rbx
    pop r11
    pop r10
    pop r9
    pop r8
    pop rdi
    pop rsi
    pop rdx
    pop rcx
    pop rax
    popfq
    ret 128
GOSUBC_END gosubc_preempted

# Personality of functions with defers: its address marks them, nobody calls it.
GOSUBC_FUNC gosubc_personality
    ud2
GOSUBC_END gosubc_personality
"#,
    G_SP = const offset_of!(G, sp),
    P_STATUS = const offset_of!(P, status),
    P_M = const offset_of!(P, m),
    P_SYSCALL_TICK = const offset_of!(P, syscall_tick),
    SYSCALL = const pstatus::SYSCALL,
    RUNNING = const pstatus::RUNNING,
    XSAVE_AREA = const XSAVE_AREA,
    XSAVE_MASK = const XSAVE_MASK,
);

/// The state that compiled code may use: x87, SSE, AVX and AVX-512, and the bytes that it takes in the standard format.
const XSAVE_MASK: usize = 0b1110_0111;
const XSAVE_AREA: usize = 2688;

/// Whether the system lets programs use `xsave`.
#[unsafe(no_mangle)]
static mut gosubc_has_xsave: bool = false;

pub unsafe fn init() {
    gosubc_has_xsave = core::arch::x86_64::__cpuid(1).ecx & (1 << 27) != 0;
}

/// The registers that `gosubc_preempted` saves, in the order of addresses.
#[repr(C)]
pub struct Interrupted {
    pub r15: usize,
    pub r14: usize,
    pub r13: usize,
    pub r12: usize,
    pub rbp: usize,
    pub rbx: usize,
    pub caller_saved: [usize; 9],
    pub flags: usize,
    pub rip: usize,
}

unsafe extern "C" {
    pub fn gosubc_with_regs(f: unsafe extern "C" fn(*mut u8, *const Regs), arg: *mut u8);
    pub fn gosubc_calldefer(thunk: *const c_void, args: *mut u8, noted: *mut usize);
    pub fn gosubc_resume(regs: *const Regs, pad: usize, sp: usize) -> !;
    pub fn gosubc_callclosure(c: *const Closure, a: usize, b: usize);
    pub fn gosubc_systemstack(
        f: unsafe extern "C" fn(*mut u8),
        arg: *mut u8,
        sp: usize,
        save: *mut usize,
    );
    pub fn gosubc_switch(save: *mut usize, sp: usize, g: *mut c_void, limit: usize, left: *mut u32);
    pub fn gosubc_gostart();
    pub fn gosubc_preempted();
    /// Generated code calls these; here for the test of their shapes.
    #[cfg(test)]
    pub fn gosubc_newproc(start: *const Closure);
    #[cfg(test)]
    pub fn gosubc_deferreturn_open();
}

/// Runs `f` on the system stack, if this isn't it already. The goroutine's registers are on its stack then, below `g.sp`.
pub unsafe fn systemstack<F: FnMut()>(mut f: F) {
    unsafe extern "C" fn call<F: FnMut()>(arg: *mut u8) {
        (*arg.cast::<F>())();
    }
    let g = crate::g::getg();
    let p = crate::g::getp();
    if (*p).on_system_stack {
        f();
        return;
    }
    (*p).on_system_stack = true;
    gosubc_systemstack(call::<F>, (&raw mut f).cast(), (*p).system_sp, &raw mut (*g).sp);
    (*p).on_system_stack = false;
}

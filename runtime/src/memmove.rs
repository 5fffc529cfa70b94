//! `gosubc_memmove`: copies of a length that isn't known when compiling, which code generation calls instead of libc's.
//!
//! Most such copies in Go programs are short: elements of small slices, pieces of strings. These are done with one
//! direct call and a few loads that all come before the stores, so the areas may overlap. Up to 32 bytes go by words:
//! a word-wise load finds its value in the store buffer if the area was just written word by word, a wider one waits
//! until the stores have reached the cache. Long copies are libc's, which knows the processor.

use core::arch::global_asm;

global_asm!(
    r#"
    .text
    .p2align 5
    .globl gosubc_memmove
    .type gosubc_memmove,@function
gosubc_memmove:
    .cfi_startproc
    cmp rdx, 16
    ja 3f
    cmp rdx, 8
    jae 2f
    cmp rdx, 4
    jae 1f
    test rdx, rdx
    je 0f
    mov rcx, rdx
    shr rcx, 1
    movzx eax, byte ptr [rsi]
    movzx r8d, byte ptr [rsi+rcx]
    movzx r9d, byte ptr [rsi+rdx-1]
    mov [rdi], al
    mov [rdi+rcx], r8b
    mov [rdi+rdx-1], r9b
0:  ret
1:  mov eax, [rsi]
    mov ecx, [rsi+rdx-4]
    mov [rdi], eax
    mov [rdi+rdx-4], ecx
    ret
2:  mov rax, [rsi]
    mov rcx, [rsi+rdx-8]
    mov [rdi], rax
    mov [rdi+rdx-8], rcx
    ret
3:  cmp rdx, 32
    ja 4f
    mov rax, [rsi]
    mov rcx, [rsi+8]
    mov r8, [rsi+rdx-16]
    mov r9, [rsi+rdx-8]
    mov [rdi], rax
    mov [rdi+8], rcx
    mov [rdi+rdx-16], r8
    mov [rdi+rdx-8], r9
    ret
4:  cmp rdx, 64
    ja 5f
    movups xmm0, [rsi]
    movups xmm1, [rsi+16]
    movups xmm2, [rsi+rdx-32]
    movups xmm3, [rsi+rdx-16]
    movups [rdi], xmm0
    movups [rdi+16], xmm1
    movups [rdi+rdx-32], xmm2
    movups [rdi+rdx-16], xmm3
    ret
5:  cmp rdx, 128
    ja 6f
    movups xmm0, [rsi]
    movups xmm1, [rsi+16]
    movups xmm2, [rsi+32]
    movups xmm3, [rsi+48]
    movups xmm4, [rsi+rdx-64]
    movups xmm5, [rsi+rdx-48]
    movups xmm6, [rsi+rdx-32]
    movups xmm7, [rsi+rdx-16]
    movups [rdi], xmm0
    movups [rdi+16], xmm1
    movups [rdi+32], xmm2
    movups [rdi+48], xmm3
    movups [rdi+rdx-64], xmm4
    movups [rdi+rdx-48], xmm5
    movups [rdi+rdx-32], xmm6
    movups [rdi+rdx-16], xmm7
    ret
6:  jmp memmove
    .cfi_endproc
    .size gosubc_memmove,.-gosubc_memmove
"#
);

#[cfg(test)]
mod tests {
    unsafe extern "C" {
        fn gosubc_memmove(dst: *mut u8, src: *const u8, n: usize);
    }

    #[test]
    fn copies_overlapping_areas() {
        let fresh: Vec<u8> = (0..=255).chain(0..=255).collect();
        for n in 0..200 {
            for shift in [-150isize, -33, -17, -8, -3, -1, 0, 1, 2, 7, 16, 31, 64, 151] {
                let (from, to) = (160, (160 + shift) as usize);
                let mut want = fresh.clone();
                want.copy_within(from..from + n, to);
                let mut got = fresh.clone();
                let p = got.as_mut_ptr();
                // SAFETY: both areas lie inside `got`.
                unsafe { gosubc_memmove(p.add(to), p.add(from), n) };
                assert!(got == want, "{n} bytes moved by {shift}");
            }
        }
    }
}

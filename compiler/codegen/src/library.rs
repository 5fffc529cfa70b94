//! LLVM, loaded when it is first called: commands that make no code start without it, some 20 ms sooner and 50 MB smaller.
//!
//! libLLVM is not linked. The build script writes a stub for each function of its C interface and a table with a slot
//! for each; a stub jumps through its slot. At first that leads to [`gosubc_llvm_first`] with the function's number,
//! which keeps the arguments' registers, has [`resolve`] fill the slot, and goes on to the function.

use libloading::os::unix::{Library, RTLD_GLOBAL, RTLD_LAZY};
use std::ffi::c_void;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicPtr, Ordering};

include!(concat!(env!("OUT_DIR"), "/names.rs"));

std::arch::global_asm!(include_str!(concat!(env!("OUT_DIR"), "/stubs.s")), options(att_syntax));

// Seven pushes and the number make 64 bytes; with the return address the stack is 8 off a multiple of 16.
std::arch::global_asm!(
    ".text",
    "gosubc_llvm_first:",
    "push rdi",
    "push rsi",
    "push rdx",
    "push rcx",
    "push r8",
    "push r9",
    "push rax",
    "sub rsp, 136",
    "movups [rsp], xmm0",
    "movups [rsp + 16], xmm1",
    "movups [rsp + 32], xmm2",
    "movups [rsp + 48], xmm3",
    "movups [rsp + 64], xmm4",
    "movups [rsp + 80], xmm5",
    "movups [rsp + 96], xmm6",
    "movups [rsp + 112], xmm7",
    "mov rdi, [rsp + 192]",
    "call {resolve}",
    "mov r11, rax",
    "movups xmm0, [rsp]",
    "movups xmm1, [rsp + 16]",
    "movups xmm2, [rsp + 32]",
    "movups xmm3, [rsp + 48]",
    "movups xmm4, [rsp + 64]",
    "movups xmm5, [rsp + 80]",
    "movups xmm6, [rsp + 96]",
    "movups xmm7, [rsp + 112]",
    "add rsp, 136",
    "pop rax",
    "pop r9",
    "pop r8",
    "pop rcx",
    "pop rdx",
    "pop rsi",
    "pop rdi",
    "lea rsp, [rsp + 8]",
    "jmp r11",
    resolve = sym resolve,
);

unsafe extern "C" {
    static gosubc_llvm_slots: [AtomicPtr<c_void>; COUNT];
}

/// The address of the function with this number, now in its slot too.
extern "C" fn resolve(number: usize) -> *mut c_void {
    let name = NAMES[number];
    // SAFETY: a function of this name, whose type is the caller's affair as with any linked library.
    let found = unsafe { library().get::<*mut c_void>(name.as_bytes()) };
    let address =
        found.unwrap_or_else(|e| fail(&format!("{LIBRARY} has no {name}: {e}"))).as_raw_ptr();
    // SAFETY: the table of the build script has as many slots as there are names.
    unsafe { &gosubc_llvm_slots[number] }.store(address, Ordering::Release);
    address
}

fn library() -> &'static Library {
    static LOADED: OnceLock<Library> = OnceLock::new();
    LOADED.get_or_init(|| {
        let mut last = String::new();
        // Where the system's loader finds it, then the place it had when this program was built.
        for path in [PathBuf::from(LIBRARY), Path::new(FOLDER).join(LIBRARY)] {
            // SAFETY: LLVM's constructors have no conditions.
            match unsafe { Library::open(Some(&path), RTLD_LAZY | RTLD_GLOBAL) } {
                Ok(l) => return l,
                Err(e) => last = e.to_string(),
            }
        }
        fail(&format!("cannot load LLVM 22 ({last}): install it, or set LD_LIBRARY_PATH to the folder of {LIBRARY}"))
    })
}

/// There is nothing to return to: the caller is a call into LLVM.
fn fail(what: &str) -> ! {
    eprintln!("gosubc: {what}");
    std::process::exit(2)
}

//! Panics of run-time checks. The values are Go types of package runtime, which builds them and panics.

use crate::abi::{Str, Type};
use crate::g::getg;
use crate::gosym;
use alloc::string::String;
use core::ptr::null;

/// `runtime error: ` and the text.
pub fn error(text: &str) -> ! {
    gosym::panic_error(boxed(text))
}

/// A runtime.Error whose text stands alone.
pub fn plain(text: &'static str) -> ! {
    gosym::panic_plain(match PLAIN.iter().position(|p| p.0 == text) {
        Some(i) => &PLAIN[i].1,
        None => boxed(text),
    })
}

/// Errors that are always the same value.
static PLAIN: [(&str, Str); 3] = {
    const fn entry(text: &'static str) -> (&'static str, Str) {
        (text, Str::from_static(text))
    }
    [
        entry("send on closed channel"),
        entry("close of nil channel"),
        entry("close of closed channel"),
    ]
};

/// A copy of the text, which may be a temporary: the panic value outlives it.
fn boxed(text: &str) -> *const Str {
    let copy = crate::string::new(text.as_bytes());
    // SAFETY: room for a string, every word of it a possible pointer.
    unsafe {
        let at: *mut Str = crate::heap::cache::with_mask(size_of::<Str>(), !0).cast();
        at.write(copy);
        at
    }
}

/// A panic with a constant text: each has one value.
macro_rules! fixed {
    ($text:expr) => {{
        static TEXT: Str = Str::from_static($text);
        gosym::panic_error(&TEXT)
    }};
}

/// Codes of `runtime.boundsError` beyond those of `SliceError`.
const INDEX: u8 = 7;
const CONVERT: u8 = 8;

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_panic_index(x: i64, len: i64, unsigned: bool) -> ! {
    gosym::panic_bounds(x, !unsigned, len, INDEX)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_panic_slice(kind: i64, x: i64, y: i64, unsigned: bool) -> ! {
    gosym::panic_bounds(x, !unsigned, y, kind as u8)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_panic_slice_convert(len: i64, want: i64) -> ! {
    gosym::panic_bounds(len, true, want, CONVERT)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_panic_divide() -> ! {
    fixed!("integer divide by zero")
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_panic_shift() -> ! {
    fixed!("negative shift amount")
}

/// Reached by a branch or, from the SIGSEGV handler, in the place of a faulting access.
#[unsafe(no_mangle)]
#[unsafe(naked)]
pub unsafe extern "C" fn gosubc_panic_mem() -> ! {
    core::arch::naked_asm!("mov rdi, [rsp]", "jmp {}", sym gosubc_panic_mem_at)
}

/// `pc`: where the check is.
#[unsafe(no_mangle)]
unsafe extern "C" fn gosubc_panic_mem_at(pc: usize) -> ! {
    let g = getg();
    if !(*g).fault.handled {
        let none = crate::g::Fault::NONE;
        (*g).fault = crate::g::Fault { signal: libc::SIGSEGV, code: 1, pc, ..none };
    }
    (*g).fault.handled = false;
    gosym::panic_memory()
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_panic_make_slice_len() -> ! {
    fixed!("makeslice: len out of range")
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_panic_make_slice_cap() -> ! {
    fixed!("makeslice: cap out of range")
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_panic_dottype(
    have: *const Type,
    want: *const Type,
    iface: *const Type,
) -> ! {
    gosym::panic_assert(iface, have, want, Str::EMPTY)
}

/// A conversion to an interface type failed: `missing` is the first method that `have` lacks.
pub fn missing_method(have: *const Type, want: *const Type, missing: Str) -> ! {
    gosym::panic_assert(null(), have, want, missing)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_panic_wrap(pkg: Str, ty: Str, method: Str) -> ! {
    let mut s = String::from("value method ");
    let text = |b: Str| core::str::from_utf8(b.bytes()).unwrap_or("?");
    for part in
        [text(pkg), ".", text(ty), ".", text(method), " called using nil *", text(ty), " pointer"]
    {
        s.push_str(part);
    }
    let copy = boxed(&s);
    drop(s);
    gosym::panic_plain(copy)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_panic_unsafe(which: i64) -> ! {
    gosym::panic_error(match which {
        0 => &const { Str::from_static("unsafe.Slice: len out of range") },
        1 => &const { Str::from_static("unsafe.Slice: ptr is nil and len is not zero") },
        2 => &const { Str::from_static("unsafe.String: len out of range") },
        _ => &const { Str::from_static("unsafe.String: ptr is nil and len is not zero") },
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_panic_range_state(state: i64) -> ! {
    gosym::panic_error(match state {
        0 => {
            &const {
                Str::from_static(
                    "range function continued iteration after function for loop body returned false",
                )
            }
        }
        1 => {
            &const { Str::from_static("range function continued iteration after loop body panic") }
        }
        2 => {
            &const { Str::from_static("range function continued iteration after whole loop exit") }
        }
        _ => {
            &const {
                Str::from_static(
                    "range function recovered a loop body panic and did not resume panicking",
                )
            }
        }
    })
}

//! Panics of run-time checks. The values are Go types of package runtime, which builds them and panics.

use crate::abi::{Str, Type};
use crate::g::getg;
use crate::gosym;
use alloc::string::String;
use core::ptr::null;

/// `runtime error: ` and the text.
pub fn error(text: &str) -> ! {
    // The text may be a temporary: the panic value outlives it.
    gosym::panic_error(crate::string::new(text.as_bytes()))
}

/// A runtime.Error whose text stands alone.
pub fn plain(text: &'static str) -> ! {
    gosym::panic_plain(Str::from_static(text))
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
    gosym::panic_error(Str::from_static("integer divide by zero"))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_panic_shift() -> ! {
    gosym::panic_error(Str::from_static("negative shift amount"))
}

/// Reached by a branch or, from the SIGSEGV handler, in the place of a faulting access.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_panic_mem() -> ! {
    let g = getg();
    if (*g).fault.signal == 0 {
        (*g).fault = crate::g::Fault { signal: libc::SIGSEGV, code: 1, addr: 0, pc: 0 };
    }
    gosym::panic_memory()
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_panic_make_slice_len() -> ! {
    gosym::panic_error(Str::from_static("makeslice: len out of range"))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_panic_make_slice_cap() -> ! {
    gosym::panic_error(Str::from_static("makeslice: cap out of range"))
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
    let copy = crate::string::new(s.as_bytes());
    drop(s);
    gosym::panic_plain(copy)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_panic_unsafe(which: i64) -> ! {
    gosym::panic_error(Str::from_static(match which {
        0 => "unsafe.Slice: len out of range",
        1 => "unsafe.Slice: ptr is nil and len is not zero",
        2 => "unsafe.String: len out of range",
        _ => "unsafe.String: ptr is nil and len is not zero",
    }))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_panic_range_state(state: i64) -> ! {
    gosym::panic_error(Str::from_static(match state {
        0 => "range function continued iteration after function for loop body returned false",
        1 => "range function continued iteration after loop body panic",
        2 => "range function continued iteration after whole loop exit",
        _ => "range function recovered a loop body panic and did not resume panicking",
    }))
}

//! The Go functions that the runtime calls: all of package runtime (stdlib/runtime/entry.go), and the program.
//!
//! They have Go's convention, which is C's except for the context register, and top-level functions ignore that.

use crate::abi::{Iface, Str, Type};

#[cfg(not(test))]
mod imported {
    use super::*;

    unsafe extern "C" {
        #[link_name = "go.main"]
        pub fn main();
        #[link_name = "runtime.panicError"]
        pub fn panic_error(text: *const Str) -> !;
        #[link_name = "runtime.panicPlain"]
        pub fn panic_plain(text: *const Str) -> !;
        #[link_name = "runtime.panicBounds"]
        pub fn panic_bounds(x: i64, signed: bool, y: i64, code: u8) -> !;
        #[link_name = "runtime.panicMemory"]
        pub fn panic_memory() -> !;
        #[link_name = "runtime.nilError"]
        pub fn nil_error(out: *mut Iface);
        #[link_name = "runtime.panicAssert"]
        pub fn panic_assert(
            iface: *const Type,
            have: *const Type,
            want: *const Type,
            missing: *const Str,
        ) -> !;
        #[link_name = "runtime.panicText"]
        pub fn panic_text(v: Iface, out: *mut Str) -> bool;
    }
}

// SAFETY of all: the functions exist with these signatures and are called on a goroutine's stack.

pub fn main() {
    unsafe { imported::main() }
}

pub fn panic_error(text: *const Str) -> ! {
    unsafe { imported::panic_error(text) }
}

pub fn panic_plain(text: *const Str) -> ! {
    unsafe { imported::panic_plain(text) }
}

pub fn panic_bounds(x: i64, signed: bool, y: i64, code: u8) -> ! {
    unsafe { imported::panic_bounds(x, signed, y, code) }
}

pub fn panic_memory() -> ! {
    unsafe { imported::panic_memory() }
}

pub fn nil_error() -> Iface {
    let mut value = Iface::NIL;
    unsafe { imported::nil_error(&mut value) };
    value
}

pub fn panic_assert(iface: *const Type, have: *const Type, want: *const Type, missing: Str) -> ! {
    unsafe { imported::panic_assert(iface, have, want, &missing) }
}

pub fn panic_text(v: Iface, out: &mut Str) -> bool {
    unsafe { imported::panic_text(v, out) }
}

/// Unit tests have no Go code: a Go panic is a failure.
#[cfg(test)]
mod imported {
    use super::*;

    fn text(s: Str) -> String {
        // SAFETY: a valid string.
        String::from_utf8_lossy(unsafe { s.bytes() }).into_owned()
    }

    pub unsafe fn main() {}
    pub unsafe fn panic_error(s: *const Str) -> ! {
        panic!("runtime error: {}", text(*s))
    }
    pub unsafe fn panic_plain(s: *const Str) -> ! {
        panic!("{}", text(*s))
    }
    pub unsafe fn panic_bounds(x: i64, _: bool, y: i64, code: u8) -> ! {
        panic!("bounds {x} {y} {code}")
    }
    pub unsafe fn panic_memory() -> ! {
        panic!("nil dereference")
    }
    pub unsafe fn nil_error(_: *mut Iface) {}
    pub unsafe fn panic_assert(_: *const Type, _: *const Type, _: *const Type, m: *const Str) -> ! {
        panic!("missing method {}", text(*m))
    }
    pub unsafe fn panic_text(_: Iface, _: *mut Str) -> bool {
        false
    }
}

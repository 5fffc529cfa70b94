//! For unit tests: a runtime in the test process, one test at a time, and type descriptors.

use crate::abi::{Str, Type};
use core::ptr::null;
use std::sync::{Mutex, OnceLock};

static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Runs `f` as if on a goroutine. The stack of the test's thread is not scanned: tests keep what they need in roots.
pub fn with_runtime<R>(f: impl FnOnce() -> R) -> R {
    static READY: OnceLock<()> = OnceLock::new();
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(|e| e.into_inner());
    READY.get_or_init(|| {
        // SAFETY: once, before any other use.
        unsafe {
            crate::heap::roots::init();
            crate::panic::unwind::init();
            crate::heap::init();
        }
    });
    // SAFETY: a processor of its own for this thread, which alone uses the runtime now.
    unsafe { crate::start::new_processor() };
    f()
}

pub fn type_of(size: usize, ptrdata: usize, gcdata: &'static [u8]) -> *const Type {
    Box::leak(Box::new(Type {
        size,
        ptrdata,
        hash: 0,
        tflag: 0,
        align: 8,
        field_align: 8,
        kind: 25,
        equal: None,
        hashfn: None,
        gcdata: if gcdata.is_empty() { null() } else { gcdata.as_ptr() },
        string: Str::from_static("T"),
        ptr_to_this: null(),
        uncommon: null(),
        elem: null(),
        key: null(),
        len: 0,
        list: null(),
        pkgpath: Str::EMPTY,
        aux: null(),
        unique: null(),
    }))
}

pub fn noscan_type(size: usize) -> *const Type {
    type_of(size, 0, &[])
}

pub fn pointer_type() -> *const Type {
    type_of(8, 8, &[1])
}

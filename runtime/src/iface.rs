//! Equality of interface values.

use crate::abi::Type;
use crate::panic::errors;

unsafe fn equal(ty: *const Type, x: *mut u8, y: *mut u8) -> bool {
    if ty.is_null() {
        return true;
    }
    let t = &*ty;
    let Some(eq) = t.equal else {
        let mut s = alloc::string::String::from("comparing uncomparable type ");
        s.push_str(core::str::from_utf8(t.string.bytes()).unwrap_or("?"));
        errors::error(s.leak())
    };
    if t.is_direct() { x == y } else { eq(x, y) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_efaceeq(ty: *const Type, x: *mut u8, y: *mut u8) -> bool {
    equal(ty, x, y)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_ifaceeq(ty: *const Type, x: *mut u8, y: *mut u8) -> bool {
    equal(ty, x, y)
}

//! Memory searches for internal/bytealg and others.

use core::slice::from_raw_parts;

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_memchr(p: *const u8, n: usize, c: u8) -> i64 {
    if n == 0 {
        return -1;
    }
    let q = libc::memchr(p.cast(), c as i32, n) as *const u8;
    if q.is_null() { -1 } else { q.offset_from(p) as i64 }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_memmem(hp: *const u8, hn: usize, np: *const u8, nn: usize) -> i64 {
    let found = memchr::memmem::find(from_raw_parts(hp, hn), from_raw_parts(np, nn));
    found.map_or(-1, |i| i as i64)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_memcmp(p: *const u8, q: *const u8, n: usize) -> i64 {
    libc::memcmp(p.cast(), q.cast(), n) as i64
}

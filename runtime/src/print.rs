//! `print` and `println`: values as text on standard error, buffered from `printlock` to `printunlock`.

use crate::abi::{Iface, Str};
use crate::float;
use crate::g::{G, getg};
use crate::lock::Global;
use crate::sys;
use core::sync::atomic::{AtomicPtr, Ordering};

struct Buffer {
    depth: u32,
    len: usize,
    bytes: [u8; 512],
}

/// Guarded by `printlock`.
static BUFFER: Global<Buffer> = Global::new(Buffer { depth: 0, len: 0, bytes: [0; 512] });

pub fn bytes(b: &[u8]) {
    // SAFETY: see BUFFER.
    let buf = unsafe { &mut *BUFFER.get() };
    if buf.len + b.len() > buf.bytes.len() {
        flush();
    }
    if b.len() > buf.bytes.len() {
        sys::write_err(b);
        return;
    }
    buf.bytes[buf.len..buf.len + b.len()].copy_from_slice(b);
    buf.len += b.len();
}

/// Writes what has been printed so far.
pub fn flush() {
    // SAFETY: see BUFFER.
    let buf = unsafe { &mut *BUFFER.get() };
    let n = buf.len;
    buf.len = 0;
    sys::write_err(&buf.bytes[..n]);
}

/// Writes at once, unless a lock says that more will follow.
fn done() {
    // SAFETY: see BUFFER.
    if unsafe { (*BUFFER.get()).depth } == 0 {
        flush();
    }
}

pub fn uint(mut v: u64) {
    let mut b = [0u8; 20];
    let mut i = b.len();
    loop {
        i -= 1;
        b[i] = b'0' + (v % 10) as u8;
        v /= 10;
        if v == 0 {
            break;
        }
    }
    bytes(&b[i..]);
}

pub fn int(v: i64) {
    if v < 0 {
        bytes(b"-");
    }
    uint(v.unsigned_abs());
}

pub fn hex(mut v: u64) {
    let mut b = [0u8; 18];
    let mut i = b.len();
    loop {
        i -= 1;
        b[i] = b"0123456789abcdef"[(v % 16) as usize];
        v /= 16;
        if v == 0 {
            break;
        }
    }
    bytes(b"0x");
    bytes(&b[i..]);
}

pub fn float64(v: f64) {
    let mut b = [0u8; float::MAX];
    let n = float::shortest64(v, &mut b);
    bytes(&b[..n]);
}

pub fn float32(v: f32) {
    let mut b = [0u8; float::MAX];
    let n = float::shortest32(v, &mut b);
    bytes(&b[..n]);
}

fn complex(re: &[u8], im: &[u8]) {
    bytes(b"(");
    bytes(re);
    if !matches!(im[0], b'+' | b'-') {
        bytes(b"+");
    }
    bytes(im);
    bytes(b"i)");
}

pub fn complex128(re: f64, im: f64) {
    let (mut a, mut b) = ([0u8; float::MAX], [0u8; float::MAX]);
    let (n, m) = (float::shortest64(re, &mut a), float::shortest64(im, &mut b));
    complex(&a[..n], &b[..m]);
}

pub fn complex64(re: f32, im: f32) {
    let (mut a, mut b) = ([0u8; float::MAX], [0u8; float::MAX]);
    let (n, m) = (float::shortest32(re, &mut a), float::shortest32(im, &mut b));
    complex(&a[..n], &b[..m]);
}

/// The goroutine that prints; it isn't preempted meanwhile.
static OWNER: AtomicPtr<G> = AtomicPtr::new(core::ptr::null_mut());

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_printlock() {
    let g = getg();
    if (*g).printing == 0 {
        let free = core::ptr::null_mut();
        while OWNER.compare_exchange(free, g, Ordering::Acquire, Ordering::Relaxed).is_err() {
            crate::sched::gosubc_gosched();
        }
    }
    (*g).printing += 1;
    (*BUFFER.get()).depth = (*g).printing;
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_printunlock() {
    let g = getg();
    (*g).printing -= 1;
    (*BUFFER.get()).depth = (*g).printing;
    done();
    if (*g).printing == 0 {
        OWNER.store(core::ptr::null_mut(), Ordering::Release);
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_printbool(v: bool) {
    bytes(if v { b"true" } else { b"false" });
    done();
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_printint(v: i64) {
    int(v);
    done();
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_printuint(v: u64) {
    uint(v);
    done();
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_printfloat64(v: f64) {
    float64(v);
    done();
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_printfloat32(v: f64) {
    float32(v as f32);
    done();
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_printcomplex128(re: f64, im: f64) {
    complex128(re, im);
    done();
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_printcomplex64(re: f64, im: f64) {
    complex64(re as f32, im as f32);
    done();
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_printstring(s: Str) {
    bytes(s.bytes());
    done();
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_printpointer(p: *const u8) {
    hex(p as u64);
    done();
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_printslice(p: *const u8, len: i64, cap: i64) {
    bytes(b"[");
    int(len);
    bytes(b"/");
    int(cap);
    bytes(b"]");
    hex(p as u64);
    done();
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_printiface(v: Iface) {
    bytes(b"(");
    hex(v.tab as u64);
    bytes(b",");
    hex(v.data as u64);
    bytes(b")");
    done();
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_printsp() {
    bytes(b" ");
    done();
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_printnl() {
    bytes(b"\n");
    done();
}

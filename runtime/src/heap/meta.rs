//! Memory that is shared with the process that marks (see `snapshot`): the metadata of spans, whose mark bits that process
//! sets, and its report. Guarded by `heap::LOCK`.

use super::span::Span;
use crate::lock::Global;
use core::ptr::null_mut;

/// Words of the largest bitmap: objects of 8 bytes in a span of 32 KiB.
pub const MAX_WORDS: usize = 64;
const FIRST_CHUNK: usize = 256 << 10;

struct Meta {
    at: usize,
    end: usize,
    /// Bytes got from the system.
    total: usize,
    /// Free blocks by the number of words of a bitmap, linked through their first words.
    free: [*mut u8; MAX_WORDS + 1],
}

static META: Global<Meta> =
    Global::new(Meta { at: 0, end: 0, total: 0, free: [null_mut(); MAX_WORDS + 1] });

/// Maps memory that processes forked from this one share.
fn map_shared(size: usize) -> Option<*mut u8> {
    // SAFETY: a fresh anonymous mapping.
    let p = unsafe {
        libc::mmap(
            null_mut(),
            size,
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_SHARED | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE,
            -1,
            0,
        )
    };
    if p == libc::MAP_FAILED { None } else { Some(p.cast()) }
}

/// Bytes of a block for a header and two bitmaps; the header's alignment is that of a cache line.
const fn block(words: usize) -> usize {
    (size_of::<Span>() + 16 * words).next_multiple_of(64)
}

/// A zeroed block for a span whose bitmaps have `words` words each; null: out of memory.
pub unsafe fn alloc(words: usize) -> *mut u8 {
    let m = &mut *META.get();
    let size = block(words);
    let p = m.free[words];
    if !p.is_null() {
        m.free[words] = *p.cast();
        core::ptr::write_bytes(p, 0, size);
        return p;
    }
    if m.end - m.at < size {
        let chunk = FIRST_CHUNK.max(m.total / 4).next_multiple_of(crate::sys::PAGE);
        let Some(p) = map_shared(chunk) else { return null_mut() };
        m.total += chunk;
        m.at = p as usize;
        m.end = m.at + chunk;
    }
    let p = m.at as *mut u8;
    m.at += size;
    p
}

pub unsafe fn free(p: *mut u8, words: usize) {
    let m = &mut *META.get();
    *p.cast() = m.free[words];
    m.free[words] = p;
}

//! What `std` would provide: the allocator for the runtime's own data (libc's), and the end of internal errors.

use core::alloc::{GlobalAlloc, Layout};
use core::fmt::Write;

struct Libc;

// SAFETY: libc's functions keep the contract; alignments above malloc's go through aligned_alloc.
unsafe impl GlobalAlloc for Libc {
    unsafe fn alloc(&self, l: Layout) -> *mut u8 {
        if l.align() <= 16 {
            libc::malloc(l.size()).cast()
        } else {
            libc::aligned_alloc(l.align(), l.size().next_multiple_of(l.align())).cast()
        }
    }

    unsafe fn dealloc(&self, p: *mut u8, _: Layout) {
        libc::free(p.cast());
    }

    unsafe fn realloc(&self, p: *mut u8, l: Layout, size: usize) -> *mut u8 {
        if l.align() <= 16 {
            return libc::realloc(p.cast(), size).cast();
        }
        // SAFETY: as the trait's default: a new block of the same alignment, contents moved.
        let q = self.alloc(Layout::from_size_align_unchecked(size, l.align()));
        if !q.is_null() {
            core::ptr::copy_nonoverlapping(p, q, l.size().min(size));
            self.dealloc(p, l);
        }
        q
    }
}

#[global_allocator]
static ALLOCATOR: Libc = Libc;

#[panic_handler]
fn internal_error(info: &core::panic::PanicInfo) -> ! {
    let mut out = crate::sys::Stderr;
    let _ = writeln!(out, "gosubc: internal error of the runtime: {info}");
    // SAFETY: abort has no preconditions.
    unsafe { libc::abort() }
}

/// Named by the unwind tables of the prebuilt `core`; never called.
#[unsafe(no_mangle)]
pub extern "C" fn rust_eh_personality() {}

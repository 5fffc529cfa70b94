//! What `std` would provide: the allocator for the runtime's own data (libc's), and the end of internal errors.

use core::alloc::{GlobalAlloc, Layout};
use core::fmt::Write;

struct Libc;

/// libc's functions by names that ThreadSanitizer doesn't intercept. It would report a race where one goroutine makes runtime data
/// that another frees, since it knows nothing of the runtime's locks.
#[cfg(feature = "race")]
mod libc_malloc {
    use core::ffi::c_void;

    unsafe extern "C" {
        #[link_name = "__libc_malloc"]
        pub fn malloc(size: usize) -> *mut c_void;
        #[link_name = "__libc_realloc"]
        pub fn realloc(p: *mut c_void, size: usize) -> *mut c_void;
        #[link_name = "__libc_free"]
        pub fn free(p: *mut c_void);
    }

    /// What is aligned more than malloc does is the scheduler's, and never freed: it is mapped.
    pub unsafe fn aligned_alloc(_align: usize, size: usize) -> *mut c_void {
        crate::sys::map(0, size).map_or(core::ptr::null_mut(), |p| p.cast())
    }
}

#[cfg(not(feature = "race"))]
use libc as libc_malloc;

// SAFETY: libc's functions keep the contract; alignments above malloc's go through aligned_alloc.
unsafe impl GlobalAlloc for Libc {
    unsafe fn alloc(&self, l: Layout) -> *mut u8 {
        if l.align() <= 16 {
            libc_malloc::malloc(l.size()).cast()
        } else {
            libc_malloc::aligned_alloc(l.align(), l.size().next_multiple_of(l.align())).cast()
        }
    }

    unsafe fn dealloc(&self, p: *mut u8, l: Layout) {
        // See `aligned_alloc`.
        if !cfg!(feature = "race") || l.align() <= 16 {
            libc_malloc::free(p.cast());
        }
    }

    unsafe fn realloc(&self, p: *mut u8, l: Layout, size: usize) -> *mut u8 {
        if l.align() <= 16 {
            return libc_malloc::realloc(p.cast(), size).cast();
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

//! A growing array in memory mapped for it alone. The marker uses it instead of `Vec`, since the process that marks is a copy
//! of one whose other threads may have been inside of libc's allocator.

use core::ptr::null_mut;

pub struct MapVec<T: Copy> {
    at: *mut T,
    len: usize,
    cap: usize,
}

const FIRST: usize = 64 << 10;

impl<T: Copy> MapVec<T> {
    pub const fn new() -> MapVec<T> {
        MapVec { at: null_mut(), len: 0, cap: 0 }
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    #[inline(always)]
    pub fn push(&mut self, v: T) {
        if self.len == self.cap {
            self.grow();
        }
        // SAFETY: within the capacity.
        unsafe { *self.at.add(self.len) = v };
        self.len += 1;
    }

    #[inline(always)]
    pub fn pop(&mut self) -> Option<T> {
        if self.len == 0 {
            return None;
        }
        self.len -= 1;
        // SAFETY: it was pushed.
        Some(unsafe { *self.at.add(self.len) })
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        let old = self.cap * size_of::<T>();
        let new = (2 * old).max(FIRST);
        // SAFETY: a fresh mapping, or this one's own moved.
        let p = unsafe {
            if old == 0 {
                crate::sys::map(0, new).unwrap_or(null_mut())
            } else {
                let p = libc::mremap(self.at.cast(), old, new, libc::MREMAP_MAYMOVE);
                if p == libc::MAP_FAILED { null_mut() } else { p.cast() }
            }
        };
        if p.is_null() {
            crate::panic::fatal::throw("out of memory for marking");
        }
        self.at = p.cast();
        self.cap = new / size_of::<T>();
    }
}

impl<T: Copy> Drop for MapVec<T> {
    fn drop(&mut self) {
        if !self.at.is_null() {
            // SAFETY: its own mapping, which nothing refers to any more.
            unsafe { libc::munmap(self.at.cast(), self.cap * size_of::<T>()) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_in_first_out() {
        let mut v = MapVec::new();
        assert_eq!(v.pop(), None);
        (0..100_000usize).for_each(|i| v.push((i, i as u8)));
        assert!((0..100_000usize).rev().all(|i| v.pop() == Some((i, i as u8))));
        assert!(v.is_empty() && v.pop().is_none());
    }
}

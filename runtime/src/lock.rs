//! Mutual exclusion for the runtime's own data, and cells for data that a lock or the single scheduler thread guards.

use core::cell::UnsafeCell;
use core::sync::atomic::{AtomicU32, Ordering};

/// A static whose accesses the surrounding module orders (by a [`Lock`], or because only one thread runs Go code).
pub struct Global<T>(UnsafeCell<T>);

// SAFETY: every user states what guards its accesses.
unsafe impl<T> Sync for Global<T> {}

impl<T> Global<T> {
    pub const fn new(v: T) -> Global<T> {
        Global(UnsafeCell::new(v))
    }

    #[inline(always)]
    pub const fn get(&self) -> *mut T {
        self.0.get()
    }
}

/// A futex lock: 0 free, 1 held, 2 held and somebody waits. Not recursive. Go code never runs under it.
pub struct Lock(AtomicU32);

impl Lock {
    pub const fn new() -> Lock {
        Lock(AtomicU32::new(0))
    }

    #[inline]
    pub fn lock(&self) {
        if self.0.compare_exchange(0, 1, Ordering::Acquire, Ordering::Relaxed).is_err() {
            self.lock_slow();
        }
    }

    #[cold]
    fn lock_slow(&self) {
        for _ in 0..100 {
            if self.0.compare_exchange(0, 1, Ordering::Acquire, Ordering::Relaxed).is_ok() {
                return;
            }
            core::hint::spin_loop();
        }
        while self.0.swap(2, Ordering::Acquire) != 0 {
            crate::sys::futex_wait(&self.0, 2);
        }
    }

    #[inline]
    pub fn unlock(&self) {
        if self.0.swap(0, Ordering::Release) == 2 {
            crate::sys::futex_wake(&self.0, 1);
        }
    }

    #[inline]
    pub fn with<R>(&self, f: impl FnOnce() -> R) -> R {
        self.lock();
        let r = f();
        self.unlock();
        r
    }
}

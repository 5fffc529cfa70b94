//! The queue of runnable goroutines that each processor has: its owner puts and takes, others steal.
//!
//! A ring with one producer; consumers advance `head` by compare-and-swap. `next` is in front of the ring: what was made
//! runnable last runs first, as its data are still in the processor's caches.

use crate::g::G;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, AtomicU32, Ordering};

pub const SIZE: usize = 256;

pub struct RunQueue {
    head: AtomicU32,
    tail: AtomicU32,
    ring: [AtomicPtr<G>; SIZE],
    pub next: AtomicPtr<G>,
}

impl RunQueue {
    pub fn new() -> RunQueue {
        RunQueue {
            head: AtomicU32::new(0),
            tail: AtomicU32::new(0),
            ring: [const { AtomicPtr::new(null_mut()) }; SIZE],
            next: AtomicPtr::new(null_mut()),
        }
    }

    pub fn is_empty(&self) -> bool {
        loop {
            let head = self.head.load(Ordering::Acquire);
            let tail = self.tail.load(Ordering::Acquire);
            let next = self.next.load(Ordering::Acquire);
            // Between the loads a goroutine may have moved from `next` to the ring.
            if tail == self.tail.load(Ordering::Acquire) {
                return head == tail && next.is_null();
            }
        }
    }

    /// Whether others have not taken what the owner has put behind lately.
    #[inline]
    pub fn is_long(&self) -> bool {
        let tail = self.tail.load(Ordering::Relaxed);
        tail.wrapping_sub(self.head.load(Ordering::Relaxed)) >= SIZE as u32 / 4
    }

    /// The owner puts `g` in front; who was there comes back, to be put behind.
    #[inline]
    pub fn put_next(&self, g: *mut G) -> *mut G {
        self.next.swap(g, Ordering::AcqRel)
    }

    /// The owner puts `g` behind; false if the ring is full.
    #[inline]
    pub fn put(&self, g: *mut G) -> bool {
        let head = self.head.load(Ordering::Acquire);
        let tail = self.tail.load(Ordering::Relaxed);
        if tail.wrapping_sub(head) >= SIZE as u32 {
            return false;
        }
        self.ring[tail as usize % SIZE].store(g, Ordering::Relaxed);
        self.tail.store(tail.wrapping_add(1), Ordering::Release);
        true
    }

    /// The owner takes the one in front. (goroutine, whether it was `next`)
    #[inline]
    pub fn take(&self) -> (*mut G, bool) {
        let next = self.next.load(Ordering::Relaxed);
        if !next.is_null()
            && self
                .next
                .compare_exchange(next, null_mut(), Ordering::AcqRel, Ordering::Relaxed)
                .is_ok()
        {
            return (next, true);
        }
        loop {
            let head = self.head.load(Ordering::Acquire);
            let tail = self.tail.load(Ordering::Relaxed);
            if head == tail {
                return (null_mut(), false);
            }
            let g = self.ring[head as usize % SIZE].load(Ordering::Relaxed);
            if self.advance(head, 1) {
                return (g, false);
            }
        }
    }

    fn advance(&self, head: u32, n: u32) -> bool {
        let to = head.wrapping_add(n);
        self.head.compare_exchange(head, to, Ordering::AcqRel, Ordering::Relaxed).is_ok()
    }

    /// Takes half of the ring out into `out`, or (if `and_next`) else the one in front; returns how many.
    pub fn take_half(&self, out: &mut [*mut G; SIZE / 2], and_next: bool) -> usize {
        loop {
            let head = self.head.load(Ordering::Acquire);
            let tail = self.tail.load(Ordering::Acquire);
            let count = tail.wrapping_sub(head);
            let n = (count - count / 2) as usize;
            if n == 0 {
                if !and_next {
                    return 0;
                }
                let next = self.next.swap(null_mut(), Ordering::AcqRel);
                out[0] = next;
                return !next.is_null() as usize;
            }
            if n > SIZE / 2 {
                // The two loads don't belong together.
                continue;
            }
            for (i, o) in out.iter_mut().enumerate().take(n) {
                *o = self.ring[(head as usize + i) % SIZE].load(Ordering::Relaxed);
            }
            if self.advance(head, n as u32) {
                return n;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::sync::atomic::AtomicUsize;

    fn g(i: usize) -> *mut G {
        core::ptr::without_provenance_mut(i)
    }

    #[test]
    fn front_then_first_in_first_out() {
        let q = RunQueue::new();
        assert!(q.is_empty());
        assert!(q.put(g(1)) && q.put(g(2)));
        assert!(q.put_next(g(3)).is_null());
        assert_eq!(q.put_next(g(4)), g(3));
        assert_eq!(q.take(), (g(4), true));
        assert_eq!(q.take(), (g(1), false));
        assert_eq!(q.take(), (g(2), false));
        assert_eq!(q.take(), (null_mut(), false));
    }

    #[test]
    fn full_ring_refuses_and_half_is_stolen() {
        let q = RunQueue::new();
        assert!((1..=SIZE).all(|i| q.put(g(i))));
        assert!(!q.put(g(1000)));
        let mut out = [null_mut(); SIZE / 2];
        assert_eq!(q.take_half(&mut out, false), SIZE / 2);
        assert!(out.iter().enumerate().all(|(i, &x)| x == g(i + 1)));
        assert_eq!(q.take(), (g(SIZE / 2 + 1), false));
    }

    /// Each goroutine is taken exactly once, whoever takes it.
    #[test]
    fn nothing_lost_or_doubled() {
        const N: usize = 200_000;
        let q = RunQueue::new();
        let sum = AtomicUsize::new(0);
        let taken = AtomicUsize::new(0);
        let note = |p: *mut G| {
            sum.fetch_add(p as usize, Ordering::Relaxed);
            taken.fetch_add(1, Ordering::Relaxed);
        };
        std::thread::scope(|s| {
            for _ in 0..2 {
                s.spawn(|| {
                    let mut out = [null_mut(); SIZE / 2];
                    while taken.load(Ordering::Relaxed) < N {
                        let n = q.take_half(&mut out, true);
                        out[..n].iter().for_each(|&x| note(x));
                    }
                });
            }
            let mut i = 1;
            while i <= N {
                if i % 3 == 0 {
                    let old = q.put_next(g(i));
                    if !old.is_null() {
                        note(old);
                    }
                    i += 1;
                } else if q.put(g(i)) {
                    i += 1;
                }
                let (x, _) = q.take();
                if !x.is_null() && (i % 5 == 0 || !q.put(x)) {
                    note(x);
                }
            }
            while taken.load(Ordering::Relaxed) < N {
                let (x, _) = q.take();
                if !x.is_null() {
                    note(x);
                }
            }
        });
        assert_eq!(sum.load(Ordering::Relaxed), N * (N + 1) / 2);
    }
}

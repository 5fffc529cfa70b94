//! Profiles: samples of processor time, and where all goroutines are. Package runtime/pprof reads both as words.
//!
//! While processor time is profiled, each thread has a timer of its own time that sends it SIGPROF. The handler walks the
//! stack without locks or memory from a heap, since it may have interrupted anything, and puts it into a ring of words
//! that one reader empties. Addresses are return addresses, also that of the interrupted instruction.

use crate::g::{G, Status, getg, getm};
use crate::lock::{Global, Lock};
use crate::panic::unwind::{self, Regs};
use crate::sched::{self, thread};
use crate::{signal, sys, trace};
use alloc::vec::Vec;
use core::ffi::c_void;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicI64, AtomicPtr, AtomicU64, AtomicUsize, Ordering};

const MAX_DEPTH: usize = 128;
/// Words of the ring.
const RING: usize = 1 << 17;
/// Words of a sample before its addresses: their number (above 0 once the sample is complete), the labels.
const HEADER: usize = 2;
/// So far above the stack pointer the return address into the program is looked for when a C library was interrupted.
const FOREIGN_WORDS: usize = 64;

/// Called by new threads while there is a profile.
static HOOK: AtomicPtr<c_void> = AtomicPtr::new(null_mut());
/// Nanoseconds between samples; 0: there is no profile.
static PERIOD: AtomicI64 = AtomicI64::new(0);
static WORDS: AtomicPtr<AtomicU64> = AtomicPtr::new(null_mut());
/// Words ever written and read.
static HEAD: AtomicUsize = AtomicUsize::new(0);
static TAIL: AtomicUsize = AtomicUsize::new(0);
static LOST: AtomicU64 = AtomicU64::new(0);
/// Timers of the kernel, under the lock.
static TIMERS: Global<Vec<i32>> = Global::new(Vec::new());
static LOCK: Lock = Lock::new();

/// A thread has begun.
#[inline]
pub unsafe fn thread_start() {
    let hook = HOOK.load(Ordering::Acquire);
    if !hook.is_null() {
        // SAFETY: only `gosubc_profile_start` sets it. A pointer, so that programs without profiles carry none of this.
        core::mem::transmute::<*mut c_void, unsafe fn(i32)>(hook)(sys::gettid());
    }
}

/// Gives a thread its timer.
unsafe fn add_timer(tid: i32) {
    // The clock of a thread's processor time, as the kernel numbers clocks.
    let clock = (!tid << 3) | 6;
    let mut event: libc::sigevent = core::mem::zeroed();
    event.sigev_notify = libc::SIGEV_THREAD_ID;
    event.sigev_signo = libc::SIGPROF;
    event.sigev_notify_thread_id = tid;
    let mut id = 0i32;
    if libc::syscall(libc::SYS_timer_create, clock, &raw const event, &raw mut id) != 0 {
        return;
    }
    let period = PERIOD.load(Ordering::Relaxed);
    let t = libc::timespec { tv_sec: period / 1_000_000_000, tv_nsec: period % 1_000_000_000 };
    let every = libc::itimerspec { it_interval: t, it_value: t };
    libc::syscall(libc::SYS_timer_settime, id, 0, &raw const every, null_mut::<c_void>());
    LOCK.with(|| (*TIMERS.get()).push(id));
}

/// Begins a profile with `hz` samples for each second of processor time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_profile_start(hz: i64) -> bool {
    if WORDS.load(Ordering::Relaxed).is_null() {
        let Some(ring) = sys::map(0, RING * 8) else { return false };
        WORDS.store(ring.cast(), Ordering::Release);
    }
    let mut a: libc::sigaction = core::mem::zeroed();
    a.sa_flags = libc::SA_ONSTACK | libc::SA_SIGINFO | libc::SA_RESTART;
    a.sa_sigaction = on_profile as *const () as usize;
    libc::sigaddset(&mut a.sa_mask, libc::SIGURG);
    sys::sigaction(libc::SIGPROF, &a, null_mut());
    PERIOD.store(1_000_000_000 / hz.clamp(1, 1_000_000), Ordering::SeqCst);
    HOOK.store(add_timer as *mut c_void, Ordering::SeqCst);
    let mut tids = Vec::new();
    sched::proc::LOCK.with(|| {
        let mut m = (*sched::proc::sched()).all_ms;
        while !m.is_null() {
            tids.push((*m).tid);
            m = (*m).all_next;
        }
    });
    tids.into_iter().for_each(|t| add_timer(t));
    true
}

/// Ends it. Signals that are still on their way do nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_profile_stop() {
    HOOK.store(null_mut(), Ordering::SeqCst);
    PERIOD.store(0, Ordering::SeqCst);
    LOCK.with(|| {
        for id in (*TIMERS.get()).drain(..) {
            libc::syscall(libc::SYS_timer_delete, id);
        }
    });
}

/// Takes samples out of the ring: for each its number of addresses, its labels, the addresses. Returns the number of words.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_profile_read(buf: *mut u64, max: usize) -> i64 {
    let words = WORDS.load(Ordering::Acquire);
    let mut n = 0;
    while !words.is_null() {
        let tail = TAIL.load(Ordering::Relaxed);
        if tail == HEAD.load(Ordering::Acquire) {
            break;
        }
        let depth = (*words.add(tail % RING)).load(Ordering::Acquire) as usize;
        if depth == 0 || n + HEADER + depth > max {
            break;
        }
        for i in 0..HEADER + depth {
            // Zero is what an unfinished sample begins with.
            *buf.add(n) = (*words.add((tail + i) % RING)).swap(0, Ordering::Relaxed);
            n += 1;
        }
        TAIL.store(tail + HEADER + depth, Ordering::Release);
    }
    n as i64
}

/// Samples that had no room since the last call.
#[unsafe(no_mangle)]
pub extern "C" fn gosubc_profile_lost() -> u64 {
    LOST.swap(0, Ordering::Relaxed)
}

unsafe extern "C" fn on_profile(_: i32, _: *mut libc::siginfo_t, uc: *mut c_void) {
    if PERIOD.load(Ordering::Relaxed) == 0 {
        return;
    }
    let errno = *libc::__errno_location();
    let mut pcs = [0; MAX_DEPTH];
    let n = collect(&signal::regs_of(uc.cast()), &mut pcs);
    let g = getg();
    put(if g.is_null() { 0 } else { (*g).labels as u64 }, &pcs[..n]);
    *libc::__errno_location() = errno;
}

unsafe fn put(labels: u64, pcs: &[usize]) {
    let words = WORDS.load(Ordering::Relaxed);
    let size = HEADER + pcs.len();
    let mut head = HEAD.load(Ordering::Relaxed);
    loop {
        if head + size - TAIL.load(Ordering::Acquire) > RING {
            LOST.fetch_add(1, Ordering::Relaxed);
            return;
        }
        match HEAD.compare_exchange(head, head + size, Ordering::AcqRel, Ordering::Relaxed) {
            Ok(_) => break,
            Err(now) => head = now,
        }
    }
    let at = |i: usize| &*words.add((head + i) % RING);
    at(1).store(labels, Ordering::Relaxed);
    for (i, &pc) in pcs.iter().enumerate() {
        at(HEADER + i).store(pc as u64, Ordering::Relaxed);
    }
    at(0).store(pcs.len() as u64, Ordering::Release);
}

/// The end of the stack that `sp` lies on: the goroutine's, or one of the thread's own. 0 if it is none of these.
unsafe fn stack_end(sp: usize) -> usize {
    let (g, m) = (getg(), getm());
    if !g.is_null() && (*g).stack_lo != 0 && ((*g).stack_lo..(*g).stack_hi).contains(&sp) {
        return (*g).stack_hi;
    }
    if m.is_null() {
        return 0;
    }
    let ends =
        [((*m).system_sp, thread::SYSTEM_STACK), ((*(*m).g0).stack_hi, thread::THREAD_STACK)];
    ends.iter().find(|&&(hi, size)| sp < hi && hi - sp <= size).map_or(0, |e| e.0)
}

/// The return addresses from an interrupted instruction outwards. Only memory of known stacks is read.
unsafe fn collect(interrupted: &Regs, pcs: &mut [usize; MAX_DEPTH]) -> usize {
    let text = unwind::image().text;
    let mut r = *interrupted;
    let mut n = 0;
    let mut end = stack_end(r.rsp);
    let inside = (text.0..text.1).contains(&r.rip);
    r.rip += 1;
    if !inside {
        pcs[0] = r.rip;
        n = 1;
        if end == 0 || !leave_foreign(&mut r, end, text) {
            return n;
        }
    }
    while n < pcs.len() {
        pcs[n] = r.rip;
        n += 1;
        let Some(frame) = unwind::peek(r.rip) else { break };
        let cfa = frame.cfa(&r);
        if cfa <= r.rsp || cfa > end || cfa % 8 != 0 {
            // From the system stack to the goroutine's, perhaps.
            end = if cfa % 8 == 0 { stack_end(cfa.wrapping_sub(8)) } else { 0 };
            if end == 0 || stack_end(r.rsp) == end {
                break;
            }
        }
        frame.step(&mut r, cfa);
    }
    n
}

/// Looks for the address that the interrupted C code returns to in the program.
unsafe fn leave_foreign(r: &mut Regs, end: usize, text: (usize, usize)) -> bool {
    let first = r.rsp.next_multiple_of(8);
    for at in (first..end).step_by(8).take(FOREIGN_WORDS) {
        let pc = *(at as *const usize);
        if pc > text.0 + 8 && pc < text.1 && follows_call(pc) {
            r.rip = pc;
            r.rsp = at + 8;
            return true;
        }
    }
    false
}

/// Whether the bytes before an address of the program are a call instruction.
unsafe fn follows_call(pc: usize) -> bool {
    let byte = |back: usize| *((pc - back) as *const u8);
    byte(5) == 0xe8
        || byte(6) == 0xff && matches!(byte(5), 0x15 | 0x90..=0x97)
        || byte(3) == 0xff && matches!(byte(2), 0x50..=0x57)
        || byte(2) == 0xff && matches!(byte(1), 0xd0..=0xd7)
}

/// The stacks of all goroutines in the same form. Returns how many words that takes, which may be more than `max`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_goroutine_profile(buf: *mut u64, max: usize) -> i64 {
    let mut n = 0;
    let mut add = |g: *mut G, regs: &Regs| {
        let at = n;
        let put = |i: usize, word: usize| {
            if i < max {
                *buf.add(i) = word as u64;
            }
        };
        n += HEADER;
        trace::walk(regs, |r| {
            put(n, r.rip);
            n += 1;
            n < at + HEADER + MAX_DEPTH
        });
        put(at, n - at - HEADER);
        put(at + 1, (*g).labels as usize);
    };
    sched::world::stop();
    let current = getg();
    trace::with_regs(|r| add(current, r));
    let mut g = sched::all_goroutines();
    while !g.is_null() {
        let alive = matches!((*g).status, Status::Waiting | Status::Runnable);
        let at_rest = (*g).on_cpu.load(Ordering::Acquire) == 0 || (*g).interrupted.rip != 0;
        if g != current && !(*g).system && alive && at_rest {
            add(g, &trace::parked_regs(g));
        }
        g = (*g).all_next;
    }
    sched::world::start();
    n as i64
}

/// The labels of the running goroutine, which those that it starts inherit.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_labels() -> *const c_void {
    (*getg()).labels
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_set_labels(labels: *const c_void) {
    (*getg()).labels = labels;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One test: the ring is the process's.
    #[test]
    fn ring() {
        let mut words = Vec::new();
        words.resize_with(RING, || AtomicU64::new(0));
        WORDS.store(Vec::leak(words).as_mut_ptr(), Ordering::Release);
        let mut out = [0u64; 64];
        unsafe {
            put(7, &[1, 2, 3]);
            put(8, &[4]);
            // The second one does not fit.
            assert_eq!(gosubc_profile_read(out.as_mut_ptr(), 7), 5);
            assert_eq!(out[..5], [3, 7, 1, 2, 3]);
            assert_eq!(gosubc_profile_read(out.as_mut_ptr(), 64), 3);
            assert_eq!(out[..3], [1, 8, 4]);
            // Around the end, and over full.
            let mut lost = 0;
            for _ in 0..RING / 8 + 5 {
                put(0, &[1, 2, 3, 4, 5, 6]);
                lost += gosubc_profile_lost();
            }
            assert_eq!(lost, 5);
            let mut samples = 0;
            while gosubc_profile_read(out.as_mut_ptr(), 64) > 0 {
                assert_eq!(out[..8], [6, 0, 1, 2, 3, 4, 5, 6]);
                samples += 8;
            }
            assert_eq!(samples, RING / 8);
        }
    }
}

//! Marking large heaps while the program goes on: a copy of the process, made with the world stopped, marks what was reachable at
//! that moment.
//!
//! What is unreachable then stays so: the copy needs no write barriers. It shares only the spans' metadata with the program and
//! sets mark bits there. Meanwhile the program allocates in new spans, which are alive (see `cycle`). Weak pointers are
//! the one way back to what is unreachable; those that are followed meanwhile are noted, and marked at the end.
//! If there can be no copy, or it dies, the collection is done with the world stopped.

use super::cycle::{self, Report};
use super::gc::pacer;
use super::mark::Marker;
use super::span::Span;
use super::stats::stats;
use super::{LOCK, hugepages, meta, roots, special};
use crate::lock::Global;
use crate::sched::{self, proc, world};
use crate::sys;
use alloc::collections::BTreeSet;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr, AtomicU32, Ordering};

/// With so many goroutines there are too many mappings and page tables to copy.
const MANY_GOROUTINES: i64 = 10_000;

/// What the copy reports, in shared memory. Fits into a span's block with an empty bitmap.
#[repr(C)]
struct Shared {
    state: AtomicU32,
    /// The world has been started again.
    go: AtomicU32,
    objects: usize,
    bytes: usize,
    plain: usize,
    stacks: usize,
    marked_at: i64,
}

const _: () = assert!(size_of::<Shared>() <= size_of::<Span>());

mod state {
    pub const MARKING: u32 = 0;
    pub const DONE: u32 = 1;
    pub const FAILED: u32 = 2;
}

static SHARED: AtomicPtr<Shared> = AtomicPtr::new(null_mut());
/// Between the beginning and the end of such a cycle. Changes while the world is stopped.
static RUNNING: AtomicBool = AtomicBool::new(false);
/// The copy, until it has been waited for; else 0.
static PID: AtomicI32 = AtomicI32::new(0);
/// The system refuses.
static IMPOSSIBLE: AtomicBool = AtomicBool::new(false);
/// Objects whose weak pointers have been followed. Guarded by `heap::LOCK`.
static FOLLOWED: Global<BTreeSet<usize>> = Global::new(BTreeSet::new());

static BEGUN: Global<Begun> = Global::new(Begun { at: 0, before: 0, goal: 0, pause: 0 });

#[derive(Clone, Copy)]
struct Begun {
    at: i64,
    before: usize,
    goal: usize,
    pause: i64,
}

#[inline(always)]
pub fn running() -> bool {
    RUNNING.load(Ordering::Relaxed)
}

unsafe fn state() -> u32 {
    (*SHARED.load(Ordering::Acquire)).state.load(Ordering::Acquire)
}

/// Whether a cycle runs that can be finished.
pub unsafe fn is_done() -> bool {
    running() && state() != state::MARKING
}

/// Whether there is a copy that has to be looked after.
pub fn has_copy() -> bool {
    PID.load(Ordering::Relaxed) != 0
}

/// Whether nothing is left of the last cycle's copy that would make the next one take longer; if it is `urgent`, pages that
/// have not been put together yet are none of that.
pub unsafe fn ready(urgent: bool) -> bool {
    (!has_copy() || reap()) && (hugepages::is_done() || urgent) && hugepages::stop()
}

/// Begins a cycle. False: this heap must be collected with the world stopped.
pub unsafe fn start() -> bool {
    if IMPOSSIBLE.load(Ordering::Relaxed) || proc::LIVE.load(Ordering::Relaxed) > MANY_GOROUTINES {
        return false;
    }
    let done = stop_and_begin();
    hugepages::mend();
    done
}

unsafe fn stop_and_begin() -> bool {
    let cycles = (*stats()).cycles;
    while !world::try_stop() {
        if running() || (&raw const (*stats()).cycles).read_volatile() != cycles {
            return true;
        }
    }
    let mut done = running();
    if !done {
        crate::asm::systemstack(|| done = begin());
    }
    world::start();
    if done {
        let_go();
        // They look after it if nobody allocates.
        sched::monitor::start();
        sched::wake_finalizer();
    }
    done
}

/// With the world stopped.
unsafe fn begin() -> bool {
    let at = world::asked_at();
    // The last copy has no work any more: callers have waited for it, or it ends soon.
    while has_copy() && !reap() {
        sys::sleep(20_000);
    }
    let mut shared = SHARED.load(Ordering::Relaxed);
    if shared.is_null() {
        shared = LOCK.with(|| meta::alloc(0).cast());
        if shared.is_null() {
            return false;
        }
        SHARED.store(shared, Ordering::Release);
    }
    (*shared).state.store(state::MARKING, Ordering::Release);
    (*shared).go.store(0, Ordering::Release);
    cycle::begin();
    let before = (*stats()).live;
    (*stats()).begin_objects = (*stats()).live_objects;
    let pid = copy_process();
    if pid == 0 {
        mark(shared);
    }
    if pid < 0 {
        IMPOSSIBLE.store(true, Ordering::Relaxed);
        return false;
    }
    PID.store(pid, Ordering::Release);
    RUNNING.store(true, Ordering::Release);
    let p = &mut *pacer();
    *BEGUN.get() = Begun { at, before, goal: p.goal, pause: sys::nanotime() - at };
    p.trigger = 0;
    true
}

/// Like fork, but descriptors stay common (else files that the program closes would stay open), and no signal tells of the end.
unsafe fn copy_process() -> i32 {
    let mut all: libc::sigset_t = core::mem::zeroed();
    let mut old: libc::sigset_t = core::mem::zeroed();
    libc::sigfillset(&mut all);
    libc::pthread_sigmask(libc::SIG_BLOCK, &all, &mut old);
    let parent = libc::getpid();
    let pid = libc::syscall(libc::SYS_clone, libc::CLONE_FILES, 0, 0, 0, 0) as i32;
    if pid == 0 {
        // All signals stay blocked here; a fault ends the copy.
        libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL);
        if libc::syscall(libc::SYS_getppid) as i32 != parent {
            libc::syscall(libc::SYS_exit_group, 1);
        }
        return 0;
    }
    libc::pthread_sigmask(libc::SIG_SETMASK, &old, null_mut());
    pid
}

/// Lets the copy begin its work: it must not take the program's processor while the world is stopped.
unsafe fn let_go() {
    let go = &raw const (*SHARED.load(Ordering::Acquire)).go;
    (*go).store(1, Ordering::Release);
    libc::syscall(libc::SYS_futex, go, libc::FUTEX_WAKE, 1);
}

unsafe fn wait_to_go(go: *const AtomicU32) {
    while (*go).load(Ordering::Acquire) == 0 {
        libc::syscall(libc::SYS_futex, go, libc::FUTEX_WAIT, 0, 0usize);
    }
}

/// The copy's life: it has one thread, and must not use libc's allocator or locks.
unsafe fn mark(shared: *mut Shared) -> ! {
    wait_to_go(&raw const (*shared).go);
    let mut m = Marker::new();
    (*shared).stacks = roots::mark(&mut m);
    (*shared).objects = m.objects;
    (*shared).bytes = m.bytes;
    (*shared).plain = m.plain;
    (*shared).marked_at = sys::nanotime();
    (*shared).state.store(state::DONE, Ordering::Release);
    loop {
        libc::syscall(libc::SYS_exit_group, 0);
    }
}

/// Sees whether the copy has ended; true if there is none any more.
pub unsafe fn reap() -> bool {
    let pid = PID.load(Ordering::Acquire);
    if pid == 0 {
        return true;
    }
    let r = libc::waitpid(pid, null_mut(), libc::WNOHANG | libc::__WALL);
    if r == 0 || (r < 0 && sys::errno() == libc::EINTR) {
        return false;
    }
    let shared = SHARED.load(Ordering::Acquire);
    let (from, to) = (state::MARKING, state::FAILED);
    if PID.compare_exchange(pid, 0, Ordering::AcqRel, Ordering::Relaxed).is_ok() {
        let _ = (*shared).state.compare_exchange(from, to, Ordering::AcqRel, Ordering::Relaxed);
    }
    true
}

/// Ends the cycle if the copy has done its work; true if none runs any more.
pub unsafe fn finish() -> bool {
    if !running() {
        return true;
    }
    if state() == state::MARKING {
        reap();
        return false;
    }
    while !world::try_stop() {
        if !running() {
            return true;
        }
    }
    if running() && state() != state::MARKING {
        crate::asm::systemstack(|| end());
    }
    world::start();
    special::wake();
    !running()
}

/// Waits until no such cycle runs, without giving the processor away.
pub unsafe fn wait() {
    while !finish() {
        world::stop_point();
        sys::sleep(50_000);
    }
}

/// With the world stopped.
unsafe fn end() {
    let now = world::asked_at();
    RUNNING.store(false, Ordering::Release);
    let followed = LOCK.with(|| core::mem::take(&mut *FOLLOWED.get()));
    if state() == state::FAILED {
        cycle::clear_marks();
        cycle::collect();
        return;
    }
    let s = &*SHARED.load(Ordering::Acquire);
    let b = *BEGUN.get();
    // What the copy did not know of is alive; its marks are not needed.
    let mut m = Marker::new();
    for at in followed {
        m.root(at);
    }
    special::after_mark(&mut m);
    let (objects, bytes, plain) = (s.objects + m.objects, s.bytes + m.bytes, s.plain + m.plain);
    drop(m);
    let after = (*stats()).live;
    (*pacer()).meanwhile = after - b.before;
    cycle::end(Report {
        begin: b.at,
        marked_at: s.marked_at,
        before: b.before,
        after,
        goal: b.goal,
        objects,
        bytes,
        plain,
        stacks: s.stacks,
        pause: b.pause + sys::nanotime() - now,
    });
}

/// The address that a weak pointer's cell holds, 0 if the object is gone. The object lives at least until the next cycle.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_weak_value(cell: *const usize) -> usize {
    let at = *cell;
    if at != 0 && running() && !special::is_kept(at) {
        LOCK.with(|| (*FOLLOWED.get()).insert(at));
    }
    at
}

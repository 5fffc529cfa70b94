//! The monitor: a thread without processor that takes processors from long system calls, lets long-running goroutines
//! give way, and looks at files and timers when nobody else does. It starts with the second goroutine.

use super::proc::{self, IDLE_PS, LOCK, all};
use super::{netpoll, preempt, thread, timer, world};
use crate::g::{M, P, Status, pstatus, setm};
use crate::heap::snapshot;
use crate::sys;
use core::ffi::c_void;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicBool, Ordering};

/// A goroutine may run this long while others wait.
const SLICE: i64 = 10_000_000;
/// Between two looks: at first, and after a while without anything to do.
const SHORTEST: i64 = 20_000;
const LONGEST: i64 = 10_000_000;

static STARTED: AtomicBool = AtomicBool::new(false);

/// What the monitor saw of a processor.
#[derive(Clone, Copy)]
struct Seen {
    tick: u32,
    since: i64,
    syscall_tick: u32,
}

/// Starts the monitor, once.
#[inline]
pub unsafe fn start() {
    if !STARTED.load(Ordering::Relaxed) && !STARTED.swap(true, Ordering::Relaxed) {
        // Without it programs only lose fairness.
        thread::spawn(run, null_mut());
    }
}

extern "C" fn run(_: *mut c_void) -> *mut c_void {
    // SAFETY: the thread touches shared state by the rules of `proc` only.
    unsafe {
        setm(null_mut::<M>());
        let mut seen = [Seen { tick: 0, since: 0, syscall_tick: 0 }; proc::MAX_PROCS];
        let (mut quiet, mut delay) = (0, SHORTEST);
        loop {
            sys::sleep(delay);
            let did = look(&mut seen);
            quiet = if did { 0 } else { quiet + 1 };
            if quiet == 0 {
                delay = SHORTEST;
            } else if quiet > 50 {
                delay = (delay * 2).min(LONGEST);
            }
        }
    }
}

/// One look at everything; whether something had to be done.
unsafe fn look(seen: &mut [Seen; proc::MAX_PROCS]) -> bool {
    if world::waiting() {
        return false;
    }
    let now = sys::nanotime();
    if snapshot::has_copy() {
        snapshot::reap();
    }
    if snapshot::is_done() {
        super::queue_finalizer();
    }
    let mut did = poll(now);
    for p in all() {
        let s = &mut seen[(*p).id as usize];
        did |= match (*p).status.load(Ordering::SeqCst) {
            pstatus::RUNNING => {
                running(p, s, now);
                false
            }
            pstatus::SYSCALL => in_system_call(p, s),
            _ => false,
        };
    }
    did
}

/// Files that nobody has looked at for long, and timers that are due while an idle processor could run them.
unsafe fn poll(now: i64) -> bool {
    let mut list = null_mut();
    if !netpoll::polling() && now - netpoll::last_poll() > SLICE {
        list = netpoll::poll_list();
    }
    let found = !list.is_null();
    while !list.is_null() {
        let g = list;
        list = (*g).next;
        (*g).status = Status::Runnable;
        proc::put_global(g);
    }
    let queued = proc::QUEUED.load(Ordering::SeqCst) > 0;
    if found || queued || timer::next() <= now {
        thread::wake_p();
    }
    found
}

/// Whether somebody waits for a processor.
unsafe fn wanted(p: *mut P, now: i64) -> bool {
    proc::QUEUED.load(Ordering::Relaxed) > 0
        || !(*p).runq.is_empty()
        || timer::next() <= now
        || (*p).id as usize >= proc::limit()
}

/// Lets the goroutine that has run for too long give way. The monitor needn't look again soon for that.
unsafe fn running(p: *mut P, s: &mut Seen, now: i64) {
    let tick = (*p).tick.load(Ordering::Relaxed);
    if s.tick != tick {
        *s = Seen { tick, since: now, ..*s };
        return;
    }
    if now - s.since < SLICE || !wanted(p, now) {
        return;
    }
    (*p).preempt.store(true, Ordering::SeqCst);
    preempt::raise_limit(p);
    preempt::signal(p);
    // The next look at this one is a slice later, unless there is a switch.
    s.since = now - SLICE / 2;
}

unsafe fn in_system_call(p: *mut P, s: &mut Seen) -> bool {
    let tick = (*p).syscall_tick.load(Ordering::Relaxed);
    if s.syscall_tick != tick {
        s.syscall_tick = tick;
        return false;
    }
    // Nothing to do for it: idle processors would do as well.
    let idle = IDLE_PS.load(Ordering::SeqCst) > 0 || proc::SPINNING.load(Ordering::SeqCst) > 0;
    let poll = !netpoll::polling() && (timer::pending() || netpoll::waiting());
    let queued = !(*p).runq.is_empty() || proc::QUEUED.load(Ordering::SeqCst) > 0;
    if !queued && (idle || !poll) {
        return false;
    }
    LOCK.lock();
    if world::waiting() || !world::take_from_system_call(p) {
        LOCK.unlock();
        return false;
    }
    thread::hand_off_unlock(p);
    true
}

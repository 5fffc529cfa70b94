//! Goroutines on threads: creation, parking and waking, switching, the end.
//!
//! In: `newproc`, park and ready. Out: switches between goroutine stacks. A goroutine that parks goes straight to the next
//! one of its processor's queue if there is one, else to the thread's own stack, where `find` looks further.
//! Whoever waits for something queues the goroutine under that thing's lock, releases the lock and then leaves the
//! stack: it may be made runnable, even chosen by another thread, before it has left. `on_cpu` tells.

pub mod chan;
mod find;
mod lockthread;
pub mod monitor;
pub mod netpoll;
pub mod polldesc;
pub mod preempt;
pub mod proc;
pub mod runq;
pub mod select;
pub mod sema;
pub mod stack;
mod syscall;
pub mod thread;
pub mod timer;
pub mod world;

use crate::abi::Closure;
use crate::asm;
use crate::g::{G, P, Status, getg, getm, getp};
use crate::heap::mark::Marker;
use crate::heap::{cycle, snapshot, special};
use crate::lock::Lock;
use crate::panic::fatal;
use crate::race;
use core::ptr::{null, null_mut};
use core::sync::atomic::Ordering;
use proc::{LIVE, sched};

/// Dead goroutines that a processor keeps; half of that many come from or go to the shared list at once.
const DEAD_CACHE: usize = 64;

/// Spans that the collector's goroutine sweeps before it lets others run.
const SWEEP: usize = 256;

/// Head of the list through `all_next`.
pub unsafe fn all_goroutines() -> *mut G {
    proc::ALL_GS.load(Ordering::Acquire)
}

/// Queued goroutines are on the list of all; only waiting timers hold more.
pub unsafe fn mark_roots(m: &mut Marker) {
    timer::mark_roots(m);
    crate::reflect::mark_roots(m);
}

/// A dead goroutine with its stack, or a new one.
unsafe fn take_dead() -> *mut G {
    let dead = &mut (*getp()).dead;
    if dead.is_empty() {
        proc::LOCK.with(|| {
            let s = &mut *sched();
            for _ in 0..DEAD_CACHE / 2 {
                let Some(g) = s.dead.pop().or_else(|| s.released.pop()) else { break };
                dead.push(g);
            }
            s.dead_min = s.dead_min.min(s.dead.len());
        });
    }
    match dead.pop() {
        Some(g) => {
            let (all_next, stack_guard, soft) = ((*g).all_next, (*g).stack_guard, (*g).soft);
            let (stack_lo, stack_hi) = ((*g).stack_lo, (*g).stack_hi);
            *g = G { all_next, stack_guard, stack_lo, stack_hi, soft, ..G::new() };
            g
        }
        None => with_stack(stack::take()),
    }
}

/// A new goroutine on the list of all, dead until it has something to run.
unsafe fn with_stack(stack: stack::Stack) -> *mut G {
    let g = stack::record();
    g.write(G::new());
    (*g).status = Status::Dead;
    (*g).stack_guard = stack.guard;
    (*g).stack_lo = stack.lo;
    (*g).stack_hi = stack.hi;
    (*g).soft = stack::shallow(stack.hi);
    proc::add_goroutine(g);
    g
}

/// Lets a dead goroutine run `start` once it is made runnable. `pc`: the go statement, or 0.
unsafe fn set_up(g: *mut G, start: *const Closure, pc: usize) {
    (*g).id = proc::NEXT_ID.fetch_add(1, Ordering::Relaxed);
    (*g).start = start;
    (*g).labels = null();
    (*g).p = getp();
    (*g).sp = (*g).stack_hi;
    (*g).status = Status::Runnable;
    race::create(g, pc);
}

/// Gives a goroutine that has not run what it begins with. That is the first access to its stack, which costs more than all the
/// rest: whoever runs it pays, unless others can't keep up with whoever starts goroutines.
#[inline(always)]
pub unsafe fn first_frame(g: *mut G) {
    if (*g).sp != (*g).stack_hi {
        return;
    }
    // What gosubc_switch pops: six registers and the address of the first code, which begins on an aligned stack.
    let sp = ((*g).stack_hi - 72) as *mut usize;
    for i in 0..6 {
        *sp.add(i) = 0;
    }
    *sp.add(6) = asm::gosubc_gostart as *const () as usize;
    (*g).sp = sp as usize;
}

/// First Rust code of every goroutine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_goroutine_main() -> ! {
    let g = getg();
    let start = (*g).start;
    (*g).start = null();
    asm::gosubc_callclosure(start, 0, 0);
    exit_goroutine(g)
}

/// The goroutine's deferred calls have run after Goexit.
pub unsafe fn goexit_done(g: *mut G) -> ! {
    if (*g).id == 1 {
        (*sched()).main_exited = true;
    }
    exit_goroutine(g)
}

/// Ends the running goroutine. Its stack stays with it; nobody takes it before this thread has left it.
unsafe fn exit_goroutine(g: *mut G) -> ! {
    if !(*g).system {
        LIVE.fetch_sub(1, Ordering::Relaxed);
    }
    if !(*g).locked_m.is_null() {
        (*(*g).locked_m).locked_g = null_mut();
        (*g).locked_m = null_mut();
    }
    let dead = &mut (*getp()).dead;
    if dead.len() >= DEAD_CACHE {
        stack::release_depth(&dead[..DEAD_CACHE / 2]);
        proc::LOCK.with(|| (*sched()).dead.extend(dead.drain(..DEAD_CACHE / 2)));
    }
    (*g).status = Status::Dead;
    dead.push(g);
    race::end(g);
    switch_away(g);
    fatal::throw("dead goroutine was resumed")
}

/// Brings the line into the processor's cache; any address will do.
#[inline(always)]
pub fn prefetch(at: *const u8) {
    use core::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
    // SAFETY: nothing happens where there is no memory.
    unsafe { _mm_prefetch::<_MM_HINT_T0>(at.cast()) };
}

/// Makes a goroutine runnable: it is the next of this thread's processor, unless another one takes it.
#[inline]
pub unsafe fn ready(g: *mut G) {
    (*g).status = Status::Runnable;
    prefetch((*g).sp as *const u8);
    proc::put_front(getp(), g);
    thread::wake_p();
}

/// Leaves the stack of `g`, the running goroutine, whose status says what becomes of it. Returns when it runs again.
unsafe fn switch_away(g: *mut G) {
    let p = getp();
    if (*g).locked_m.is_null()
        && !world::waiting()
        && !(*p).preempt.load(Ordering::Relaxed)
        && (*p).turns < find::TURNS
    {
        (*p).turns += 1;
        let n = find::take_local(p);
        if n == g {
            (*g).status = Status::Running;
            return;
        }
        if !n.is_null() {
            if (*n).on_cpu.load(Ordering::Acquire) == 0 && (*n).locked_m.is_null() {
                find::enter(p, n);
                race::switch(n);
                asm::gosubc_switch(
                    &raw mut (*g).sp,
                    (*n).sp,
                    n.cast(),
                    (*n).soft,
                    (*g).on_cpu.as_ptr(),
                );
                return;
            }
            // Two threads that waited for each other's goroutines here would wait for ever.
            (*p).chosen = n;
        }
    }
    let g0 = (*getm()).g0;
    race::switch(g0);
    asm::gosubc_switch(&raw mut (*g).sp, (*g0).sp, g0.cast(), 0, (*g).on_cpu.as_ptr());
}

/// The running goroutine is about to wait; called under the lock of what it waits for, before it is queued there.
pub unsafe fn prepare(reason: &'static str) {
    let g = getg();
    (*g).wait_reason = reason;
    (*g).param = 0;
    (*g).status = Status::Waiting;
}

/// It doesn't wait after all, and has not been queued.
pub unsafe fn cancel_park() {
    (*getg()).status = Status::Running;
}

/// Waits until somebody calls `ready`; returns what that left in `param`. The lock is released first.
pub unsafe fn park_unlock(lock: &Lock) -> usize {
    lock.unlock();
    park_prepared()
}

/// The same where the caller has released the locks.
pub unsafe fn park_prepared() -> usize {
    let g = getg();
    switch_away(g);
    (*g).param
}

/// Parks for ever.
pub unsafe fn park_forever(reason: &'static str) -> ! {
    loop {
        prepare(reason);
        park_prepared();
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_gosched() {
    let g = getg();
    if g == (*getm()).g0 {
        return;
    }
    let p = getp();
    let alone = (*p).runq.is_empty() && proc::QUEUED.load(Ordering::Relaxed) == 0;
    if alone && !timer::pending() && !netpoll::waiting() && !world::waiting() {
        return;
    }
    yield_now();
}

/// Goes behind all others.
pub unsafe fn yield_now() {
    let g = getg();
    (*g).status = Status::Runnable;
    proc::put_global(g);
    switch_away(g);
}

/// Goes behind those of this processor: the one that was made runnable last runs now.
pub unsafe fn yield_to_next() {
    let g = getg();
    (*g).status = Status::Runnable;
    proc::put_local(getp(), g);
    switch_away(g);
}

/// The go statement at `pc`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_newproc_at(start: *const Closure, pc: usize) {
    if start.is_null() {
        fatal::of_program(b"go of nil func value");
    }
    let g = take_dead();
    set_up(g, start, pc);
    if (*getp()).runq.is_long() {
        first_frame(g);
    }
    (*g).parent = (*getg()).id;
    (*g).create_pc = pc;
    (*g).labels = (*getg()).labels;
    LIVE.fetch_add(1, Ordering::Relaxed);
    monitor::start();
    proc::put_front(getp(), g);
    thread::wake_p();
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_numgoroutine() -> i64 {
    LIVE.load(Ordering::Relaxed)
}

/// The id of the running goroutine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_goid() -> i64 {
    (*getg()).id as i64
}

/// `runtime.GOMAXPROCS`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_gomaxprocs(n: i64) -> i64 {
    world::set_procs(n)
}

/// Starts or wakes the goroutine that runs finalizers and cleanups.
pub unsafe fn wake_finalizer() {
    let mut g = null_mut();
    let mut first = false;
    proc::LOCK.with(|| {
        let s = &mut *sched();
        first = s.finalizer.is_null();
        if first {
            // Whoever comes next finds it started.
            s.finalizer = getg();
        } else if s.finalizer_idle {
            s.finalizer_idle = false;
            g = s.finalizer;
        }
    });
    if first {
        static START: Closure = Closure { code: run_finalizers as *const core::ffi::c_void };
        g = take_dead();
        (*g).system = true;
        set_up(g, &START, 0);
        monitor::start();
    }
    if !g.is_null() {
        ready(g);
    }
}

/// The same for a thread without processor, if that goroutine waits.
pub unsafe fn queue_finalizer() {
    proc::LOCK.lock();
    let s = &mut *sched();
    if s.finalizer_idle && (*s.finalizer).on_cpu.load(Ordering::Acquire) == 0 {
        s.finalizer_idle = false;
        (*s.finalizer).status = Status::Runnable;
        proc::put_global_locked(s.finalizer);
    }
    proc::LOCK.unlock();
    thread::wake_p();
}

unsafe extern "C" fn run_finalizers() {
    loop {
        snapshot::finish();
        while cycle::sweep_some(SWEEP) {
            gosubc_gosched();
        }
        stack::release_dead();
        while let Some(due) = special::next_due() {
            due.run();
        }
        proc::LOCK.lock();
        if special::any_due() || snapshot::is_done() || cycle::sweeping() {
            proc::LOCK.unlock();
            continue;
        }
        (*sched()).finalizer = getg();
        (*sched()).finalizer_idle = true;
        prepare("finalizer wait");
        park_unlock(&proc::LOCK);
    }
}

/// Sets up the main goroutine on the first processor and runs goroutines; never returns.
pub unsafe fn start_main(procs: usize, main: &'static Closure) -> ! {
    proc::LOCK.with(|| {
        let s = &mut *sched();
        s.threads = 1;
        s.busy = 1;
        proc::grow(procs.clamp(1, proc::MAX_PROCS));
        proc::all().skip(1).for_each(|p: *mut P| proc::put_idle_p(p));
    });
    let g = with_stack(stack::take());
    set_up(g, main, 0);
    LIVE.store(1, Ordering::Relaxed);
    // Package initialisation runs on the main thread, also after LockOSThread.
    (*getp()).chosen = g;
    find::schedule()
}

// SAFETY: the code pointer is a function.
unsafe impl Sync for Closure {}

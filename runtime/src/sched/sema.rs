//! Semaphores for package sync: a 32-bit count in the program's memory, waiters here; and condition queues.

use super::{park, ready};
use crate::g::{G, getg};
use crate::lock::Global;
use alloc::collections::{BTreeMap, VecDeque};

/// Goroutines by the address that they wait on.
static WAITERS: Global<BTreeMap<usize, VecDeque<*mut G>>> = Global::new(BTreeMap::new());

unsafe fn wake_first(addr: usize) -> bool {
    let w = &mut *WAITERS.get();
    let Some(q) = w.get_mut(&addr) else { return false };
    let g = q.pop_front();
    if q.is_empty() {
        w.remove(&addr);
    }
    match g {
        Some(g) => {
            (*g).param = 1;
            ready(g);
            true
        }
        None => false,
    }
}

unsafe fn wait(addr: usize, first: bool, reason: &'static str) {
    let q = (*WAITERS.get()).entry(addr).or_default();
    if first {
        q.push_front(getg());
    } else {
        q.push_back(getg());
    }
    park(reason);
}

/// Takes one from the count, waiting until there is one. `lifo`: in front of the other waiters.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_semacquire(addr: *mut u32, lifo: bool) {
    if *addr > 0 {
        *addr -= 1;
        return;
    }
    // The releaser hands its unit over, so there is nothing to take after waking.
    wait(addr as usize, lifo, "semacquire");
}

/// Adds one to the count, or hands it to the first waiter; `handoff`: and lets that one run now.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_semrelease(addr: *mut u32, handoff: bool) {
    if !wake_first(addr as usize) {
        *addr += 1;
    } else if handoff {
        super::gosubc_gosched();
    }
}

/// Waits for a notification at `addr` (`sync.Cond`). The caller has released its lock; nobody else ran since.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_notify_wait(addr: *mut u8) {
    wait(addr as usize, false, "sync.Cond.Wait");
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_notify_one(addr: *mut u8) {
    wake_first(addr as usize);
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_notify_all(addr: *mut u8) {
    while wake_first(addr as usize) {}
}

/// Parks until `gosubc_goready` is called with the goroutine's handle.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_gopark() {
    park("waiting");
}

/// The running goroutine, as a handle for `gosubc_goready`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_getg() -> *mut G {
    getg()
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_goready(g: *mut G) {
    ready(g);
}

/// Whether the i-th attempt of a spin lock may spin: not with one thread.
#[unsafe(no_mangle)]
pub extern "C" fn gosubc_can_spin(_: i64) -> bool {
    false
}

#[unsafe(no_mangle)]
pub extern "C" fn gosubc_spin() {
    core::hint::spin_loop();
}

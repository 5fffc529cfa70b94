//! The end of a system call whose thread has lost its processor meanwhile. (The beginning is in `asm`.)

use super::proc::{self, LOCK};
use crate::asm;
use crate::g::{P, Status, getg, getm, setp};
use core::ptr::null_mut;

/// Gets a processor, `old` if it is idle, else any, else waits for one like every goroutine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_syscall_exit(old: *mut P) {
    setp(null_mut());
    let (g, m) = (getg(), getm());
    LOCK.lock();
    let mut p = proc::take_idle_p(old);
    if p.is_null() {
        p = proc::take_idle_p(null_mut());
    }
    if !p.is_null() {
        LOCK.unlock();
        proc::acquire_p(m, p);
        (*g).p = p;
        return;
    }
    (*g).status = Status::Runnable;
    proc::put_global_locked(g);
    LOCK.unlock();
    let g0 = (*m).g0;
    asm::gosubc_switch(&raw mut (*g).sp, (*g0).sp, g0.cast(), 0, (*g).on_cpu.as_ptr());
}

/// The thread has got `p` back, which had been taken away and given to another thread. That one is in a system call, too,
/// and will find that it has lost it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_syscall_adopt(p: *mut P) {
    proc::acquire_p(getm(), p);
}

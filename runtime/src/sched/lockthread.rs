//! LockOSThread: a goroutine that runs on one thread, which runs nothing else.

use crate::g::{getg, getm};
use core::ptr::null_mut;

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_lock_thread() {
    let (g, m) = (getg(), getm());
    (*g).lock_count += 1;
    (*g).locked_m = m;
    (*m).locked_g = g;
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_unlock_thread() {
    let g = getg();
    if (*g).lock_count == 0 {
        return;
    }
    (*g).lock_count -= 1;
    if (*g).lock_count == 0 {
        (*g).locked_m = null_mut();
        (*getm()).locked_g = null_mut();
    }
}

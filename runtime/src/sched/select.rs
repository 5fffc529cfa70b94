//! `select`: one of several channel operations, chosen at random among those that can go on.

use super::chan::{Chan, Waiter};
use super::{park, park_forever};
use crate::abi::IntInt;
use crate::g::getg;
use crate::panic::errors;
use alloc::boxed::Box;
use core::ptr::null_mut;

#[repr(C)]
pub struct Case {
    chan: *mut Chan,
    elem: *mut u8,
    is_send: u64,
}

/// Waiters up to this number lie in the stack frame.
const INLINE: usize = 8;

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_selectgo(cases: *const Case, n: usize, blocking: bool) -> IntInt {
    let cases = if n == 0 { &[] } else { core::slice::from_raw_parts(cases, n) };
    let chosen = choose(cases);
    if chosen >= 0 {
        return run(&cases[chosen as usize], chosen);
    }
    if !blocking {
        return IntInt { a: -1, b: 0 };
    }
    if cases.is_empty() {
        park_forever("select (no cases)");
    }
    let (fired, ok) = wait(cases);
    if fired < 0 {
        // All channels are nil.
        park_forever("select");
    }
    if cases[fired as usize].is_send != 0 && !ok {
        errors::plain("send on closed channel");
    }
    IntInt { a: fired, b: ok as i64 }
}

/// Index of a case that can go on, each with the same chance; -1 if there is none.
unsafe fn choose(cases: &[Case]) -> i64 {
    let (mut chosen, mut count) = (-1, 0);
    for (i, c) in cases.iter().enumerate() {
        if c.chan.is_null() {
            continue;
        }
        let can = if c.is_send != 0 { (*c.chan).can_send() } else { (*c.chan).can_recv() };
        if can {
            count += 1;
            if count == 1 || (*(*getg()).p).rand().is_multiple_of(count) {
                chosen = i as i64;
            }
        }
    }
    chosen
}

unsafe fn run(c: &Case, index: i64) -> IntInt {
    if c.is_send != 0 {
        (*c.chan).try_send(c.elem);
        return IntInt { a: index, b: 0 };
    }
    let ok = (*c.chan).try_recv(c.elem).unwrap_or(false);
    IntInt { a: index, b: ok as i64 }
}

/// Parks in the queues of all channels. Returns the case that fired, and whether by a communication.
unsafe fn wait(cases: &[Case]) -> (i64, bool) {
    const NONE: Waiter = Waiter::new(null_mut(), null_mut(), null_mut(), 0);
    let mut inline = [NONE; INLINE];
    let mut heap: Box<[Waiter]> = Box::default();
    let waiters: &mut [Waiter] = if cases.len() <= INLINE {
        &mut inline[..cases.len()]
    } else {
        heap = cases.iter().map(|_| NONE).collect();
        &mut heap
    };
    let base = waiters.as_mut_ptr();
    let mut fired = -1i64;
    for (i, c) in cases.iter().enumerate() {
        if !c.chan.is_null() {
            let w = base.add(i);
            *w = Waiter::new(getg(), c.elem, &raw mut fired, i as i64);
            (*c.chan).enqueue(w, c.is_send != 0);
        }
    }
    park("select");
    let fired = (&raw const fired).read_volatile();
    for (i, c) in cases.iter().enumerate() {
        if !c.chan.is_null() {
            (*c.chan).dequeue(base.add(i), c.is_send != 0);
        }
    }
    let ok = fired >= 0 && (*base.add(fired as usize)).ok();
    drop(heap);
    (fired, ok)
}

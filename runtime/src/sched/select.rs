//! `select`: one of several channel operations, chosen at random among those that can go on.

use super::chan::{Chan, Waiter};
use super::{park_forever, park_prepared, prepare};
use crate::abi::IntInt;
use crate::g::{getg, getp};
use crate::panic::errors;
use alloc::vec::Vec;
use core::ptr::null_mut;

#[repr(C)]
pub struct Case {
    chan: *mut Chan,
    elem: *mut u8,
    is_send: u64,
}

/// Waiters and orders up to this number lie in the stack frame.
const INLINE: usize = 8;

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_selectgo(cases: *const Case, n: usize, blocking: bool) -> IntInt {
    let cases = if n == 0 { &[] } else { core::slice::from_raw_parts(cases, n) };
    if let ([c], false) = (cases, blocking) {
        return single(c);
    }
    if n > INLINE {
        let mut waiters: Vec<Waiter> = (0..n).map(|_| NONE).collect();
        let mut order: Vec<u16> = (0..2 * n).map(|_| 0).collect();
        let r = select(cases, blocking, waiters.as_mut_ptr(), &mut order);
        drop(waiters);
        drop(order);
        return finish(r);
    }
    let mut waiters = [NONE; INLINE];
    let mut order = [0u16; 2 * INLINE];
    finish(select(cases, blocking, waiters.as_mut_ptr(), &mut order[..2 * n]))
}

const NONE: Waiter = Waiter::new(null_mut(), null_mut(), null_mut(), 0);

/// What `select` came to. Errors are raised when nothing is left to be freed.
enum Outcome {
    Done(i64, bool),
    Nothing,
    SendOnClosed,
}

fn finish(o: Outcome) -> IntInt {
    match o {
        Outcome::Done(a, ok) => IntInt { a, b: ok as i64 },
        Outcome::Nothing => IntInt { a: -1, b: 0 },
        Outcome::SendOnClosed => errors::plain("send on closed channel"),
    }
}

/// One case and a default.
unsafe fn single(c: &Case) -> IntInt {
    if c.chan.is_null() {
        return finish(Outcome::Nothing);
    }
    let chan = c.chan;
    (*chan).lock.lock();
    let r = if c.is_send != 0 {
        (*chan).try_send(c.elem, || (*chan).lock.unlock()).then_some(false)
    } else {
        (*chan).try_recv(c.elem, || (*chan).lock.unlock())
    };
    match r {
        Some(ok) => finish(Outcome::Done(0, ok)),
        None => {
            (*chan).lock.unlock();
            finish(Outcome::Nothing)
        }
    }
}

/// The channels in the order of their addresses, each once: all threads lock them in the same order.
struct Locks<'a> {
    cases: &'a [Case],
    order: &'a [u16],
}

impl Locks<'_> {
    unsafe fn each(&self, f: impl Fn(&Chan)) {
        let mut last: *mut Chan = null_mut();
        for &i in self.order {
            let c = self.cases[i as usize].chan;
            if c != last {
                f(&*c);
                last = c;
            }
        }
    }

    unsafe fn lock(&self) {
        self.each(|c| c.lock.lock());
    }

    unsafe fn unlock(&self) {
        self.each(|c| c.lock.unlock());
    }
}

/// Fills `poll` with the cases that have channels in random order, and `lock` with the same by address; returns how many.
unsafe fn orders(cases: &[Case], poll: &mut [u16], lock: &mut [u16]) -> usize {
    let p = getp();
    let mut n = 0;
    for (i, c) in cases.iter().enumerate() {
        if c.chan.is_null() {
            continue;
        }
        let random = (*p).rand() as u32 as u64;
        let j = ((random * (n as u64 + 1)) >> 32) as usize;
        poll[n] = poll[j];
        poll[j] = i as u16;
        // Few cases: sorted by insertion.
        let mut k = n;
        while k > 0 && cases[lock[k - 1] as usize].chan > c.chan {
            lock[k] = lock[k - 1];
            k -= 1;
        }
        lock[k] = i as u16;
        n += 1;
    }
    n
}

unsafe fn select(
    cases: &[Case],
    blocking: bool,
    waiters: *mut Waiter,
    order: &mut [u16],
) -> Outcome {
    let (poll, lock) = order.split_at_mut(cases.len());
    let n = orders(cases, poll, lock);
    if n == 0 {
        if blocking {
            park_forever(if cases.is_empty() { "select (no cases)" } else { "select" });
        }
        return Outcome::Nothing;
    }
    let locks = Locks { cases, order: &lock[..n] };
    locks.lock();
    for &i in &poll[..n] {
        let c = &cases[i as usize];
        let done = if c.is_send != 0 {
            if (*c.chan).is_closed() {
                locks.unlock();
                return Outcome::SendOnClosed;
            }
            (*c.chan).try_send(c.elem, || locks.unlock()).then_some(false)
        } else {
            (*c.chan).try_recv(c.elem, || locks.unlock())
        };
        if let Some(ok) = done {
            return Outcome::Done(i as i64, ok);
        }
    }
    if !blocking {
        locks.unlock();
        return Outcome::Nothing;
    }
    let mut fired = -1i64;
    prepare("select");
    for &i in &poll[..n] {
        let c = &cases[i as usize];
        let w = waiters.add(i as usize);
        *w = Waiter::new(getg(), c.elem, &raw mut fired, i as i64);
        (*c.chan).enqueue(w, c.is_send != 0);
    }
    locks.unlock();
    park_prepared();
    let fired = (&raw const fired).read_volatile();
    locks.lock();
    for &i in &poll[..n] {
        let c = &cases[i as usize];
        (*c.chan).dequeue(waiters.add(i as usize), c.is_send != 0);
    }
    locks.unlock();
    let ok = (*waiters.add(fired as usize)).ok();
    (*waiters.add(fired as usize)).resumed();
    let send = cases[fired as usize].is_send != 0;
    if send && !ok { Outcome::SendOnClosed } else { Outcome::Done(fired, ok && !send) }
}

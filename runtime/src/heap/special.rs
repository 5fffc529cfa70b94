//! What is attached to single objects: finalizers, cleanups, weak handles.
//!
//! In: registrations by address. Out: after a collection, closures that the finalizer goroutine runs, and cleared weak
//! handles. The table is the runtime's own memory; the closures in it are roots.

use super::LOCK;
use super::arena::arena;
use super::mark::Marker;
use super::span::Span;
use crate::abi::{Closure, Type};
use crate::lock::Global;
use alloc::collections::{BTreeMap, VecDeque};
use alloc::vec::Vec;
use core::ptr::null;

pub enum Special {
    /// Call with the data words when the object is unreachable; it lives for one more cycle.
    Finalizer(Due),
    /// Call when the object is gone. The id allows to take it back.
    Cleanup { f: *const Closure, id: u64 },
    /// A pointer-free cell that holds the object's address, to be cleared.
    Weak { handle: *mut usize },
}

/// A finalizer call: `ty` is the function's type, null for cleanups, which take no arguments.
#[derive(Clone, Copy)]
pub struct Due {
    pub ty: *const Type,
    pub f: *const Closure,
    pub a: usize,
    pub b: usize,
}

#[derive(Default)]
struct Table {
    by_object: BTreeMap<usize, Vec<Special>>,
    due: VecDeque<Due>,
    next_id: u64,
}

static TABLE: Global<Option<Table>> = Global::new(None);

unsafe fn table() -> &'static mut Table {
    (*TABLE.get()).get_or_insert_with(Table::default)
}

/// The span and index of the object that an address lies in.
pub unsafe fn object_of(addr: usize) -> Option<(*mut Span, usize)> {
    let span = (*arena()).span_of(addr);
    if span.is_null() || addr >= (*span).limit {
        return None;
    }
    let i = (*span).index(addr);
    if Span::is_allocated(span, i) { Some((span, i)) } else { None }
}

unsafe fn base(addr: usize) -> Option<usize> {
    object_of(addr).map(|(s, i)| (*s).base + i * (*s).elem_size)
}

/// Attaches a special to the object at `addr`; false if that is no heap object.
pub unsafe fn attach(addr: usize, s: Special) -> bool {
    let Some(at) = base(addr) else { return false };
    crate::race::release_merge(&raw const TABLE);
    LOCK.with(|| table().by_object.entry(at).or_default().push(s));
    true
}

/// Whether a special is the finalizer of what is at `addr`: small pointer-free variables may share an object.
fn is_finalizer_of(s: &Special, addr: usize) -> bool {
    matches!(s, Special::Finalizer(d) if d.a == addr || d.b == addr)
}

/// Whether what is at `addr` has a finalizer.
pub unsafe fn has_finalizer(addr: usize) -> bool {
    let Some(at) = base(addr) else { return false };
    LOCK.with(|| {
        let list = table().by_object.get(&at);
        list.is_some_and(|l| l.iter().any(|s| is_finalizer_of(s, addr)))
    })
}

unsafe fn remove(at: usize, drop_it: impl Fn(&Special) -> bool) {
    LOCK.with(|| {
        let t = table();
        if let Some(list) = t.by_object.get_mut(&at) {
            list.retain(|s| !drop_it(s));
            if list.is_empty() {
                t.by_object.remove(&at);
            }
        }
    });
}

pub unsafe fn remove_finalizer(addr: usize) {
    if let Some(at) = base(addr) {
        remove(at, |s| is_finalizer_of(s, addr));
    }
}

pub unsafe fn add_cleanup(addr: usize, f: *const Closure) -> u64 {
    let id = LOCK.with(|| {
        table().next_id += 1;
        table().next_id
    });
    attach(addr, Special::Cleanup { f, id });
    id
}

pub unsafe fn stop_cleanup(addr: usize, id: u64) {
    if let Some(at) = base(addr) {
        remove(at, |s| matches!(s, Special::Cleanup { id: i, .. } if *i == id));
    }
}

/// The weak handle of an object, made on first use.
pub unsafe fn weak_handle(addr: usize) -> *mut usize {
    if let Some(at) = base(addr) {
        let known = LOCK.with(|| {
            table().by_object.get(&at).and_then(|l| {
                l.iter().find_map(|s| match s {
                    Special::Weak { handle } if **handle == addr => Some(*handle),
                    _ => None,
                })
            })
        });
        if let Some(h) = known {
            return h;
        }
    }
    let handle: *mut usize = super::cache::noscan(8, true).cast();
    *handle = addr;
    attach(addr, Special::Weak { handle });
    handle
}

/// Closures and handles in the table; what objects with finalizers refer to.
pub unsafe fn mark_roots(m: &mut Marker) {
    let Some(t) = &*TABLE.get() else { return };
    for d in &t.due {
        for w in [d.f as usize, d.a, d.b] {
            m.root(w);
        }
    }
    for (&at, list) in &t.by_object {
        for s in list {
            match *s {
                // Of the words to pass, one is the object, which must not be kept by this, the other static data.
                Special::Finalizer(d) => {
                    m.root(d.f as usize);
                    if let Some((span, i)) = object_of(at) {
                        m.children(span, i);
                    }
                }
                Special::Cleanup { f, .. } => m.root(f as usize),
                Special::Weak { handle } => m.root(handle as usize),
            }
        }
    }
}

/// Decides about the specials of unmarked objects: finalizers resurrect, everything else fires.
pub unsafe fn after_mark(m: &mut Marker) {
    let Some(t) = &mut *TABLE.get() else { return };
    let mut resurrect = Vec::new();
    let due = &mut t.due;
    t.by_object.retain(|&at, list| {
        let Some((span, i)) = object_of(at) else { return false };
        if Span::is_marked(span, i) || (*span).cycle == super::cycle::number() {
            return true;
        }
        let finalized = list.iter().any(|s| matches!(s, Special::Finalizer(_)));
        for s in list.iter() {
            match *s {
                Special::Finalizer(d) => due.push_back(d),
                Special::Weak { handle } => *handle = 0,
                Special::Cleanup { f, .. } if !finalized => {
                    due.push_back(Due { ty: null(), f, a: 0, b: 0 })
                }
                Special::Cleanup { .. } => {}
            }
        }
        if !finalized {
            return false;
        }
        resurrect.push(at);
        list.retain(|s| matches!(s, Special::Cleanup { .. }));
        !list.is_empty()
    });
    for at in resurrect {
        m.root(at);
    }
}

/// What a function type's descriptor has for reflection: the first is (closure, addresses of arguments, of results).
type CallFn = unsafe extern "C" fn(*const Closure, *const *mut u8, *const *mut u8);

impl Due {
    /// Calls it, on a goroutine of its own.
    pub unsafe fn run(&self) {
        crate::race::acquire(&raw const TABLE);
        let aux = if self.ty.is_null() { null() } else { (*self.ty).aux.cast::<CallFn>() };
        if aux.is_null() {
            crate::asm::gosubc_callclosure(self.f, self.a, self.b);
            return;
        }
        let mut arg = [self.a, self.b];
        let args = [arg.as_mut_ptr().cast::<u8>()];
        // Results are dropped; they need a place all the same.
        let results = ((*self.ty).len >> 16 & 0xffff) as usize;
        let list = (*self.ty).list.cast::<*const Type>();
        let places: *mut *mut u8 =
            super::cache::array(crate::reflect::pointer_word(), results * 8).cast();
        for i in 0..results {
            *places.add(i) = super::cache::new_object(*list.add(1 + i));
        }
        (*aux)(self.f, args.as_ptr(), places);
    }
}

/// The next call that is due.
pub unsafe fn next_due() -> Option<Due> {
    LOCK.with(|| (*TABLE.get()).as_mut()?.due.pop_front())
}

/// Whether there is a call that is due.
pub unsafe fn any_due() -> bool {
    LOCK.with(|| (*TABLE.get()).as_ref().is_some_and(|t| !t.due.is_empty()))
}

/// Whether the cycle that runs is known to keep the object.
pub unsafe fn is_kept(addr: usize) -> bool {
    match object_of(addr) {
        Some((s, i)) => (*s).cycle == super::cycle::number() || Span::is_marked(s, i),
        None => true,
    }
}

/// Starts or wakes the goroutine that runs finalizers and sweeps, if there is work.
pub unsafe fn wake() {
    if any_due() || super::cycle::sweeping() || crate::sched::stack::any_to_release() {
        crate::sched::wake_finalizer();
    }
}

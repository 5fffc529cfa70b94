//! Escape analysis: keeps variables and allocations in the frame that provably don't outlive it.
//!
//! Enters: functions whose address-taken and captured variables are all [`LocalDecl::heap`] and whose allocations
//! are all [`Alloc::Heap`]. Leaves: the same with those flags cleared where it is safe, and a [`Summary`] of each
//! function, by which callers know what becomes of their arguments.
//!
//! Two invariants make a frame's memory safe: no address of it is stored in something that outlives the frame, and
//! none in something that outlives one turn of the loop in which it is allocated (its next turn reuses the memory).
//!
//! A function is a graph of locations: its locals, its allocations, and one that stands for the heap. An edge says
//! that a value flows from one to the other after so many dereferences; -1 means that the address itself flows. The
//! order of instructions plays no part. `build` makes the graph, `graph` solves it.
//!
//! Functions are looked at callees first. Those that call each other in a circle begin with summaries that promise
//! everything, and are looked at again until nothing changes.

pub(super) mod build;
mod graph;
pub(super) mod loops;
pub mod report;
pub mod text;

use crate::ir::*;
use crate::ty::TypeTable;
use std::collections::{BTreeMap, HashMap};

/// The least number of dereferences after which what a parameter refers to is stored where; `None`: not at all.
pub type Leak = Option<u8>;

/// Counts of dereferences above this are taken for it.
pub const MAX_DEREFS: u8 = 4;

/// What becomes of one parameter.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ParamSummary {
    pub heap: Leak,
    /// By result.
    pub results: Vec<Leak>,
}

impl ParamSummary {
    /// The least dereferences after which anything is stored anywhere.
    fn least(&self) -> Leak {
        self.results.iter().chain([&self.heap]).flatten().min().copied()
    }
}

/// What a caller must know of a function.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    pub params: Vec<ParamSummary>,
    /// The same for a closure's object, and for what it captured.
    pub ctx: ParamSummary,
    pub captures: Vec<ParamSummary>,
    /// The function of the closure that a small function always returns, as iterators' makers do.
    pub returns: Option<Symbol>,
}

/// Summaries of the functions of a program, as far as it has been looked at.
pub type Summaries = BTreeMap<Symbol, Summary>;

/// How often a circle of functions is looked at before nothing is promised of it.
const MAX_ROUNDS: usize = 12;

/// The largest allocation that is kept in a frame, and the largest variable.
pub const MAX_STACK_ALLOC: u64 = 64 << 10;
/// The largest thing that is made in a frame just in case: it is zeroed each time.
pub const MAX_OPTIONAL: u64 = 1 << 10;
pub const MAX_STACK_VAR: u64 = 128 << 10;

/// Analyses all functions; `known` has summaries of other modules' functions and gets those of this one's.
pub fn run(m: &mut Module, known: &mut Summaries) {
    for (sym, _) in m.externs.iter().filter(|(_, e)| e.noescape) {
        known.insert(sym.clone(), Summary::default());
    }
    let index: HashMap<Symbol, usize> =
        m.funcs.iter().enumerate().map(|(i, f)| (f.sym.clone(), i)).collect();
    let calls: Vec<Vec<usize>> = m
        .funcs
        .iter()
        .map(|f| build::references(f).filter_map(|s| index.get(s).copied()).collect())
        .collect();
    for group in loops::components(&calls) {
        for &i in &group {
            known.insert(m.funcs[i].sym.clone(), Summary::default());
        }
        let circular = group.len() > 1 || calls[group[0]].contains(&group[0]);
        let mut stable = false;
        for _ in 0..MAX_ROUNDS {
            stable = true;
            for &i in &group {
                let f = &m.funcs[i];
                let (summary, _) = analyse(&m.types, f, known);
                if known.get(&f.sym) != Some(&summary) {
                    known.insert(f.sym.clone(), summary);
                    stable = false;
                }
            }
            if stable || !circular {
                stable = true;
                break;
            }
        }
        if !stable {
            for &i in &group {
                known.remove(&m.funcs[i].sym);
            }
        }
        for &i in &group {
            let (_, found) = analyse(&m.types, &m.funcs[i], known);
            apply(&mut m.funcs[i], &m.types, &found);
        }
    }
}

/// The locals and allocations that must be on the heap.
struct Found {
    locals: Vec<bool>,
    /// By the order of [`build::allocations`].
    allocs: Vec<bool>,
}

fn analyse(types: &TypeTable, f: &Function, known: &Summaries) -> (Summary, Found) {
    let (graph, map, returns) = build::graph(types, f, known);
    let solved = graph.solve();
    let leaks = |node| ParamSummary {
        heap: solved.leak(node, graph::HEAP),
        results: f.results.iter().map(|r| solved.leak(node, map.local(*r))).collect(),
    };
    let summary = Summary {
        params: f.params.iter().map(|&p| leaks(map.local(p))).collect(),
        ctx: f.ctx.map(|c| leaks(map.local(c))).unwrap_or_default(),
        captures: map.captures().map(leaks).collect(),
        returns,
    };
    // A frame is scanned word by word for as long as it is there: it must not keep what the program has dropped.
    let is_variable =
        |n: graph::Node| f.locals.get(n as usize - 1).is_some_and(|l| !l.name.is_empty());
    let keeps = |(a, r): (graph::Node, &Rvalue)| {
        matches!(r, Rvalue::New { ty, alloc: Alloc::Optional, .. } if types.has_pointers(*ty))
            && graph.may_be_replaced(a, is_variable)
    };
    let found = Found {
        locals: (0..f.locals.len()).map(|l| solved.escapes(map.local(LocalId(l as u32)))).collect(),
        allocs: map
            .allocs()
            .zip(build::allocations(f))
            .map(|a| solved.escapes(a.0) || keeps(a))
            .collect(),
    };
    (summary, found)
}

fn apply(f: &mut Function, types: &TypeTable, found: &Found) {
    for (l, escapes) in f.locals.iter_mut().zip(&found.locals) {
        if l.heap && !escapes && types.size(l.ty) <= MAX_STACK_VAR {
            l.heap = false;
            f.proved.variables += 1;
        }
    }
    let mut escapes = found.allocs.iter();
    for i in f.blocks.iter_mut().flat_map(|b| &mut b.instrs) {
        let InstrKind::Assign(_, rvalue) = &mut i.kind else { continue };
        let fits = build::fits_frame(types, rvalue);
        if let Some(alloc) = build::alloc_mut(rvalue)
            && escapes.next() == Some(&false)
            && fits
        {
            *alloc = Alloc::Stack;
        }
    }
}

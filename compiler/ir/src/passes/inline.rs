//! Inlining before escape analysis, where it helps that: LLVM inlines what is left.
//!
//! Enters: functions as lowering made them. Leaves: small callees that allocate, keep what they are given, or call what
//! they are given (constructors, method chains, functions over closures) in their callers' bodies, so that escape
//! analysis sees both ends of what flows between them. Instructions remember where they come from ([`Instr::at`]):
//! tracebacks show the inlined functions.
//!
//! Callees come first, so what a function calls has its final body. Functions that call each other in a circle, those with
//! `recover`, and those that name their frame stay calls, as do those with defers unless they can do without ([`without_defers`]).
//!
//! Where a profile says that a call is hot, a callee may be much larger, and need not be of use to escape analysis.

use super::devirtualize;
use super::escape::build::references;
use super::escape::loops;
use super::without_defers::{self, Known};
use crate::ir::*;
use crate::profile::CallProfile;
use crate::ty::TypeTable;
use crate::tyof;
use crate::visit;
use std::collections::{HashMap, HashSet};

/// The largest callee, in instructions (see [`cost`]).
const MAX_COST: usize = 60;
/// The same for a closure that nothing else calls.
const MAX_ONLY_COST: usize = 300;
/// The same for one that does little else than call a method of an interface value that it is given.
const MAX_FORWARDER_COST: usize = 24;
/// The same where the call is hot.
const MAX_HOT_COST: usize = 800;
/// Callers don't grow beyond this.
const MAX_CALLER: usize = 4000;
/// Inlining makes closures known, whose calls are inlined in turn.
const MAX_ROUNDS: usize = 4;

/// A function that may be inlined.
#[derive(Clone, Copy)]
struct Candidate {
    cost: usize,
    /// Only where the call is hot.
    if_hot: bool,
}

pub fn run(m: &mut Module, profile: Option<CallProfile>) {
    let index: HashMap<Symbol, usize> =
        m.funcs.iter().enumerate().map(|(i, f)| (f.sym.clone(), i)).collect();
    let calls: Vec<Vec<usize>> = m
        .funcs
        .iter()
        .map(|f| references(f).filter_map(|s| index.get(s).copied()).collect())
        .collect();
    let mut uses = vec![0u32; m.funcs.len()];
    calls.iter().flatten().for_each(|&c| uses[c] += 1);
    let mut candidates: HashMap<Symbol, Candidate> = HashMap::new();
    // Bodies to inline of functions with defers, and the functions that never unwind.
    let mut plain: HashMap<Symbol, Function> = HashMap::new();
    let mut quiet: HashSet<Symbol> = HashSet::new();
    for group in loops::components(&calls) {
        let circular = group.len() > 1 || calls[group[0]].contains(&group[0]);
        for &i in &group {
            // A callee's body is read while the caller's is changed.
            let mut f = std::mem::replace(&mut m.funcs[i], placeholder());
            inline_into(&mut f, m, &index, &candidates, &plain, profile);
            if !circular && without_defers::is_quiet(&f, &quiet) {
                quiet.insert(f.sym.clone());
            }
            let body = |s: &Symbol| index.get(s).map(|&i| &m.funcs[i]);
            let known = Known { types: &m.types, body: &body, quiet: &quiet };
            let hot = profile.is_some_and(|p| p.hot.has_callee(&f.go_name));
            let candidate = |f: &Function, useful, only_use| {
                let any = cost(&m.types, f, useful, most(f, only_use));
                let any = any.map(|cost| Candidate { cost, if_hot: false });
                let if_hot = || cost(&m.types, f, true, MAX_HOT_COST).filter(|_| hot);
                any.or_else(|| Some(Candidate { cost: if_hot()?, if_hot: true }))
            };
            if circular {
                // Stays a call.
            } else if let Some(g) = without_defers::plain(&f, &known) {
                if let Some(c) = candidate(&g, true, false) {
                    candidates.insert(f.sym.clone(), c);
                    plain.insert(f.sym.clone(), g);
                }
            } else if let Some(c) = candidate(&f, false, uses[i] == 1) {
                candidates.insert(f.sym.clone(), c);
            }
            m.funcs[i] = f;
        }
    }
}

fn placeholder() -> Function {
    Function::new("".into(), String::new(), Default::default(), diag::Span::NONE)
}

fn inline_into(
    f: &mut Function,
    m: &Module,
    index: &HashMap<Symbol, usize>,
    candidates: &HashMap<Symbol, Candidate>,
    plain: &HashMap<Symbol, Function>,
    profile: Option<CallProfile>,
) {
    if f.attrs.wrapper || f.attrs.adjust_panic || f.attrs.nosplit {
        return;
    }
    let mut size = f.blocks.iter().map(|b| b.instrs.len()).sum::<usize>();
    for _ in 0..MAX_ROUNDS {
        devirtualize::function(f, &m.types, &m.externs, &|s| {
            index.get(s).map(|&i| &m.funcs[i].sig)
        });
        let mut changed = false;
        let mut block = 0;
        while block < f.blocks.len() {
            let found = f.blocks[block].instrs.iter().position(|i| {
                let Some(s) = callee(i) else { return false };
                let hot = || {
                    let name = &m.funcs[index[s]].go_name;
                    profile.is_some_and(|p| p.callees_of(f, i).iter().any(|c| c.name == *name))
                };
                candidates
                    .get(s)
                    .is_some_and(|c| size + c.cost <= MAX_CALLER && (!c.if_hot || hot()))
                    && **s != *f.sym
            });
            // What follows the call is a block of its own, at the end of the list.
            if let Some(at) = found
                && let Some(s) = callee(&f.blocks[block].instrs[at]).cloned()
            {
                size += candidates[&s].cost;
                Splice::new(f, plain.get(&s).unwrap_or_else(|| &m.funcs[index[&s]]))
                    .call(block, at);
                changed = true;
            }
            block += 1;
        }
        if !changed {
            return;
        }
    }
}

fn callee(i: &Instr) -> Option<&Symbol> {
    match &i.kind {
        InstrKind::Call { callee: Callee::Direct(s) | Callee::Closure { func: s, .. }, .. } => {
            Some(s)
        }
        _ => None,
    }
}

fn is_closure(f: &Function) -> bool {
    f.ctx.is_some() || f.is_literal()
}

/// What it may cost to inline `f`, wherever it is called.
fn most(f: &Function, only_use: bool) -> usize {
    if only_use && is_closure(f) { MAX_ONLY_COST } else { MAX_COST }
}

/// What it costs to inline `f`, if that is possible, not above `most`, and of use: to escape analysis, or because LLVM cannot (`useful`).
fn cost(types: &TypeTable, f: &Function, useful: bool, most: usize) -> Option<usize> {
    let a = f.attrs;
    if a.noinline
        || a.has_recover
        || a.wrapper
        || a.adjust_panic
        || a.noreturn
        || a.nosplit
        || f.recover_block.is_some()
        || !f.defers.is_empty()
        || f.blocks.is_empty()
        || f.linkage == Linkage::Weak
        || f.fills.is_some()
        || f.names_frame()
    {
        return None;
    }
    let mut cost = 0;
    let mut forwards = false;
    let mut useful = useful || is_closure(f) || f.locals.iter().any(|l| l.heap);
    for i in f.blocks.iter().flat_map(|b| &b.instrs) {
        cost += match &i.kind {
            InstrKind::Assign(p, r) => {
                match r {
                    Rvalue::DeferBit(_) => return None,
                    Rvalue::New { .. }
                    | Rvalue::MakeSlice { .. }
                    | Rvalue::MakeClosure { .. }
                    | Rvalue::MakeInterface { .. } => useful = true,
                    _ => {}
                }
                useful |= keeps(types, f, p);
                1
            }
            InstrKind::Call { callee, .. } => match callee {
                Callee::Intrinsic(_) => 1,
                Callee::Value(..) | Callee::Closure { .. } => {
                    useful = true;
                    6
                }
                Callee::Interface { recv: Operand::Copy(p), .. } => {
                    forwards |= p.as_local().is_some_and(|l| f.params.contains(&l));
                    6
                }
                Callee::Direct(_) | Callee::Interface { .. } | Callee::Runtime(_) => 6,
            },
            InstrKind::StorageLive(_) => 0,
            InstrKind::Check(Check::Nil(_)) => 0,
            InstrKind::Check(_) => 1,
            InstrKind::Go { .. } => 6,
            _ => return None,
        };
        if cost > most {
            return None;
        }
    }
    useful |= forwards && cost <= MAX_FORWARDER_COST;
    (useful && cost + f.blocks.len() <= most).then_some(cost)
}

/// Whether an assignment to `p` stores something that refers to memory behind a pointer.
fn keeps(types: &TypeTable, f: &Function, p: &Place) -> bool {
    p.proj.iter().any(|p| matches!(p, Proj::Deref | Proj::Index(_)))
        && tyof::place(types, f, p).is_some_and(|t| types.has_pointers(t))
}

/// One callee's way into one caller.
struct Splice<'a> {
    f: &'a mut Function,
    g: &'a Function,
    /// What is added to the callee's numbers.
    locals: u32,
    blocks: u32,
    scopes: u32,
    /// The scope of the callee itself.
    own: u32,
}

impl<'a> Splice<'a> {
    fn new(f: &'a mut Function, g: &'a Function) -> Splice<'a> {
        let (locals, blocks) = (f.locals.len() as u32, f.blocks.len() as u32);
        // The callee first, then what has been inlined into it.
        let own = f.inlined.len() as u32 + 1;
        Splice { f, g, locals, blocks, scopes: own, own }
    }

    /// Replaces instruction `at` of `block`, a call.
    fn call(self, block: usize, at: usize) {
        let (f, g) = (&mut *self.f, self.g);
        f.attrs.puns |= g.attrs.puns;
        let rest = f.blocks[block].instrs.split_off(at + 1);
        let Some(Instr { kind: InstrKind::Call { dests, callee, args }, span, at: outer }) =
            f.blocks[block].instrs.pop()
        else {
            return;
        };
        let term_span = f.blocks[block].term_span;
        let old = |term| Block { instrs: Vec::new(), term, term_span };
        let first = BlockId(self.blocks);
        let behind = BlockId(self.blocks + g.blocks.len() as u32);
        let term = std::mem::replace(&mut f.blocks[block].term, Terminator::Goto(first));
        f.inlined.push(Inlined {
            sym: g.sym.clone(),
            go_name: g.go_name.clone(),
            span: g.span,
            call: span,
            outer,
        });
        f.inlined.extend(g.inlined.iter().map(|i| Inlined {
            outer: if i.outer == 0 { self.own } else { i.outer + self.scopes },
            ..i.clone()
        }));
        // Names are for reports and debuggers, which see the callee itself.
        f.locals.extend(g.locals.iter().map(|l| LocalDecl { name: String::new(), ..l.clone() }));
        let moved = |l: &LocalId| LocalId(l.0 + self.locals);
        let mut entry = Vec::new();
        let mut push = |kind| entry.push(Instr { kind, span, at: outer });
        for (p, arg) in g.params.iter().zip(args) {
            let p = moved(p);
            if f.locals[p.0 as usize].heap {
                push(InstrKind::StorageLive(p));
            }
            push(InstrKind::Assign(Place::local(p), Rvalue::Use(arg)));
        }
        if let (Some(ctx), Callee::Closure { object, .. }) = (g.ctx, callee) {
            let ctx = moved(&ctx);
            let ty = f.locals[ctx.0 as usize].ty;
            let object = Rvalue::Convert(ConvKind::NoOp, object, ty);
            push(InstrKind::Assign(Place::local(ctx), object));
        }
        let starts = |r: &LocalId| {
            g.blocks[0]
                .instrs
                .iter()
                .any(|i| matches!(&i.kind, InstrKind::StorageLive(l) if l == r))
        };
        for r in g.results.iter().filter(|r| !starts(r)) {
            push(InstrKind::StorageLive(moved(r)));
        }
        f.blocks[block].instrs.extend(entry);
        let mut tail: Vec<Instr> = Vec::new();
        for (r, d) in g.results.iter().zip(dests) {
            if let Some(d) = d {
                let value = Rvalue::Use(Operand::local(moved(r)));
                tail.push(Instr { kind: InstrKind::Assign(d, value), span, at: outer });
            }
        }
        tail.extend(rest);
        for b in &g.blocks {
            let copy = self.block(b, behind);
            self.f.blocks.push(copy);
        }
        self.f.blocks.push(Block { instrs: tail, ..old(term) });
    }

    fn block(&self, b: &Block, behind: BlockId) -> Block {
        let mut b = b.clone();
        for i in &mut b.instrs {
            i.at = if i.at == 0 { self.own } else { i.at + self.scopes };
        }
        if matches!(b.term, Terminator::Return) {
            b.term = Terminator::Goto(behind);
        } else {
            visit::targets_mut(&mut b.term, &mut |b| b.0 += self.blocks);
        }
        b.term_span = diag::Span::NONE;
        visit::locals_mut(&mut b, &mut |l| l.0 += self.locals);
        b
    }
}

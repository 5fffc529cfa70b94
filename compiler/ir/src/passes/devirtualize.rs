//! Calls of func values whose function is known become direct calls, which LLVM can inline.
//!
//! A func value is known when the local that holds it is assigned once, from a closure literal, a function, or such a local,
//! and cannot be seen before that. LLVM finds out by itself only while nothing else could have written to the closure
//! object since it was made.

use crate::ir::*;
use std::collections::HashMap;

pub fn run(m: &mut Module) {
    let externs = &m.externs;
    let defined = |s: &Symbol| !externs.get(s).is_some_and(|e| e.c_abi);
    for f in &mut m.funcs {
        let calls_values = f
            .blocks
            .iter()
            .flat_map(|b| &b.instrs)
            .any(|i| matches!(&i.kind, InstrKind::Call { callee: Callee::Value(..), .. }));
        if !calls_values {
            continue;
        }
        let known = known_functions(f);
        let instrs = f.blocks.iter_mut().flat_map(|b| &mut b.instrs);
        for i in instrs {
            let InstrKind::Call { callee, .. } = &mut i.kind else { continue };
            let Callee::Value(value, _) = callee else { continue };
            match target(value, &known) {
                Some(Target::Function(s)) if defined(&s) => *callee = Callee::Direct(s),
                Some(Target::Closure(func)) => {
                    *callee = Callee::Closure { func, object: value.clone() };
                }
                _ => {}
            }
        }
    }
}

#[derive(Clone)]
enum Target {
    Function(Symbol),
    Closure(Symbol),
}

fn target(o: &Operand, known: &HashMap<LocalId, Target>) -> Option<Target> {
    match o {
        Operand::Const(Const::Func(s, _)) => Some(Target::Function(s.clone())),
        Operand::Copy(p) => known.get(&p.as_local()?).cloned(),
        Operand::Const(_) => None,
    }
}

/// What is known of a local's assignments.
#[derive(Clone, Copy, PartialEq)]
enum Writes {
    /// By instruction: block and index.
    Once(usize, usize),
    Many,
}

/// The locals that hold one function only.
fn known_functions(f: &Function) -> HashMap<LocalId, Target> {
    let mut writes: HashMap<LocalId, Writes> = HashMap::new();
    let mut lives: HashMap<LocalId, Writes> = HashMap::new();
    let outside = f.params.iter().chain(&f.results).chain(&f.ctx);
    outside.for_each(|l| _ = writes.insert(*l, Writes::Many));
    let mut note = |l: LocalId, at: Option<(usize, usize)>| {
        let first = at.map_or(Writes::Many, |(b, i)| Writes::Once(b, i));
        writes.entry(l).and_modify(|w| *w = Writes::Many).or_insert(first);
    };
    for (b, block) in f.blocks.iter().enumerate() {
        for (i, instr) in block.instrs.iter().enumerate() {
            match &instr.kind {
                InstrKind::Assign(p, r) => {
                    if let Rvalue::AddrOf(Place { base: PlaceBase::Local(l), proj }, _) = r
                        && proj.is_empty()
                    {
                        note(*l, None);
                    }
                    if let Some(l) = p.as_local() {
                        note(l, Some((b, i)));
                    }
                }
                InstrKind::Call { dests, .. } => {
                    dests.iter().flatten().filter_map(Place::as_local).for_each(|l| note(l, None));
                }
                InstrKind::StorageLive(l) => {
                    let live = Writes::Once(b, i);
                    lives.entry(*l).and_modify(|w| *w = Writes::Many).or_insert(live);
                }
                _ => {}
            }
        }
    }
    // A variable is nil between the start of its life and its assignment.
    let seen_nil = |l: &LocalId, b: usize, i: usize| match lives.get(l) {
        None => false,
        Some(Writes::Once(block, start)) if *block == b && *start < i => {
            f.blocks[b].instrs[start + 1..i].iter().any(|i| mentions(&i.kind, *l))
        }
        Some(_) => true,
    };
    let mut known = HashMap::new();
    let mut copies = Vec::new();
    for (&l, w) in &writes {
        let Writes::Once(b, i) = *w else { continue };
        let InstrKind::Assign(_, r) = &f.blocks[b].instrs[i].kind else { continue };
        if seen_nil(&l, b, i) || f.locals[l.0 as usize].heap {
            continue;
        }
        match r {
            Rvalue::MakeClosure { func, .. } => {
                known.insert(l, Target::Closure(func.clone()));
            }
            Rvalue::Use(Operand::Const(Const::Func(s, _))) => {
                known.insert(l, Target::Function(s.clone()));
            }
            Rvalue::Use(o) | Rvalue::Convert(ConvKind::NoOp, o, _) => copies.push((l, o)),
            _ => {}
        }
    }
    // Copies of copies: as often as that finds something.
    loop {
        let before = known.len();
        copies.retain(|(l, o)| match target(o, &known) {
            Some(t) => known.insert(*l, t).is_some(),
            None => true,
        });
        if known.len() == before {
            return known;
        }
    }
}

fn mentions(kind: &InstrKind, l: LocalId) -> bool {
    let mut found = false;
    crate::visit::instr_operands(kind, &mut |o| {
        found |= matches!(o, Operand::Copy(p) if p.base == PlaceBase::Local(l));
    });
    found
}

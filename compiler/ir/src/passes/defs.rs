//! What locals hold for sure: those that are assigned once, and cannot be seen before that.

use crate::ir::*;
use std::collections::HashMap;

/// What is known of a local's assignments.
#[derive(Clone, Copy, PartialEq)]
enum Writes {
    /// By instruction: block and index.
    Once(usize, usize),
    Many,
}

/// Of each local that has one, its only definition. Locals with a heap cell, parameters and results have none.
pub fn single(f: &Function) -> HashMap<LocalId, &Rvalue> {
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
                    // Through its address a local may be assigned anywhere.
                    if let Rvalue::AddrOf(p, _) = r
                        && let Some(l) = own_memory(p)
                    {
                        note(l, None);
                    }
                    if let Some(l) = own_memory(p) {
                        note(l, p.proj.is_empty().then_some((b, i)));
                    }
                }
                InstrKind::Call { dests, .. } => {
                    dests.iter().flatten().filter_map(own_memory).for_each(|l| note(l, None));
                }
                InstrKind::StorageLive(l) => {
                    let live = Writes::Once(b, i);
                    lives.entry(*l).and_modify(|w| *w = Writes::Many).or_insert(live);
                }
                _ => {}
            }
        }
    }
    // A variable is zero between the start of its life and its assignment.
    let seen_zero = |l: &LocalId, b: usize, i: usize| match lives.get(l) {
        None => false,
        Some(Writes::Once(block, start)) if *block == b && *start < i => {
            f.blocks[b].instrs[start + 1..=i].iter().any(|i| mentions(&i.kind, *l))
        }
        Some(_) => true,
    };
    let mut out = HashMap::new();
    for (&l, w) in &writes {
        let Writes::Once(b, i) = *w else { continue };
        let InstrKind::Assign(_, r) = &f.blocks[b].instrs[i].kind else { continue };
        if !seen_zero(&l, b, i) && !f.locals[l.0 as usize].heap {
            out.insert(l, r);
        }
    }
    out
}

/// The local that a place is (part of), if no pointer or slice comes in between.
fn own_memory(p: &Place) -> Option<LocalId> {
    match p.base {
        // Elements of a slice aren't part of it, but telling takes the types: this is on the safe side.
        PlaceBase::Local(l) if !p.proj.iter().any(|p| matches!(p, Proj::Deref)) => Some(l),
        _ => None,
    }
}

fn mentions(kind: &InstrKind, l: LocalId) -> bool {
    let mut found = false;
    crate::visit::instr_operands(kind, &mut |o| {
        found |= matches!(o, Operand::Copy(p) if p.base == PlaceBase::Local(l));
    });
    found
}

/// What is known of locals from their definitions: `of` says what it knows of a right-hand side; copies know the same.
pub fn propagate<T: Clone>(f: &Function, of: impl Fn(&Rvalue) -> Option<T>) -> HashMap<LocalId, T> {
    let mut known: HashMap<LocalId, T> = HashMap::new();
    let mut copies = Vec::new();
    for (l, r) in single(f) {
        if let Some(t) = of(r) {
            known.insert(l, t);
        } else if let Rvalue::Use(Operand::Copy(p))
        | Rvalue::Convert(ConvKind::NoOp, Operand::Copy(p), _) = r
            && let Some(from) = p.as_local()
        {
            copies.push((l, from));
        }
    }
    // Copies of copies: as often as that finds something.
    loop {
        let before = copies.len();
        copies.retain(|(l, from)| match known.get(from).cloned() {
            Some(t) => known.insert(*l, t).is_some(),
            None => true,
        });
        if copies.len() == before {
            return known;
        }
    }
}

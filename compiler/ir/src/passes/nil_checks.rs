//! Removes nil checks of pointers that are addresses: of variables, new objects, and of parts of what has been checked
//! itself (`p := &s[i]`, `p := &q.f`). LLVM can't, because for it a part of an object may lie at address 0.

use super::defs;
use crate::ir::*;

pub fn run(m: &mut Module) {
    for f in &mut m.funcs {
        let is_check = |i: &Instr| matches!(i.kind, InstrKind::Check(Check::Nil(Operand::Copy(_))));
        if !f.blocks.iter().flat_map(|b| &b.instrs).any(is_check) {
            continue;
        }
        let known = defs::propagate(f, |r| is_address(r).then_some(()));
        let mut removed = 0;
        for b in &mut f.blocks {
            let before = b.instrs.len();
            b.instrs.retain(|i| match &i.kind {
                InstrKind::Check(Check::Nil(Operand::Copy(p))) => {
                    !p.as_local().is_some_and(|l| known.contains_key(&l))
                }
                _ => true,
            });
            removed += (before - b.instrs.len()) as u32;
        }
        f.proved.nil_checks += removed;
    }
}

/// Whether the value is never nil. An address of a place comes after the checks of the pointers and indices in it.
fn is_address(r: &Rvalue) -> bool {
    matches!(
        r,
        Rvalue::AddrOf(..)
            | Rvalue::New { .. }
            | Rvalue::MakeClosure { .. }
            | Rvalue::Use(Operand::Const(Const::GlobalAddr(..) | Const::Func(..)))
    )
}

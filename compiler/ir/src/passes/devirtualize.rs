//! Calls of func values whose function is known become direct calls, which LLVM can inline.
//!
//! A func value is known when the local that holds it has one definition ([`defs`]): a closure literal, a function, or
//! such a local. LLVM finds out by itself only while nothing else could have written to the closure
//! object since it was made.

use super::defs;
use crate::ir::*;
use std::collections::{BTreeMap, HashMap};

pub fn run(m: &mut Module) {
    m.funcs.iter_mut().for_each(|f| function(f, &m.externs));
}

pub fn function(f: &mut Function, externs: &BTreeMap<Symbol, Extern>) {
    let defined = |s: &Symbol| !externs.get(s).is_some_and(|e| e.c_abi);
    let calls_values = f
        .blocks
        .iter()
        .flat_map(|b| &b.instrs)
        .any(|i| matches!(&i.kind, InstrKind::Call { callee: Callee::Value(..), .. }));
    if !calls_values {
        return;
    }
    let known = defs::propagate(f, |r| match r {
        Rvalue::MakeClosure { func, .. } => Some(Target::Closure(func.clone())),
        Rvalue::Use(Operand::Const(Const::Func(s, _))) => Some(Target::Function(s.clone())),
        _ => None,
    });
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

//! Calls of func values and of interface values' methods whose function is known become direct calls, which can be inlined.
//!
//! A func value is known when the local that holds it has one definition ([`defs`]): a closure literal, a function, or
//! such a local. LLVM finds out by itself only while nothing else could have written to the closure
//! object since it was made. In the same way the dynamic type of an interface value is known.

use super::defs;
use crate::ir::*;
use crate::ty::{Sig, Ty, TyKind, TypeTable};
use std::collections::{BTreeMap, HashMap};

pub fn run(m: &mut Module) {
    let sigs: HashMap<Symbol, Sig> = if m.funcs.iter().any(|f| calls(f).any(is_method_call)) {
        m.funcs.iter().map(|f| (f.sym.clone(), f.sig.clone())).collect()
    } else {
        HashMap::new()
    };
    for f in &mut m.funcs {
        function(f, &m.types, &m.externs, &|s| sigs.get(s));
    }
}

/// `sig_of`: the signature of a function of this module.
pub fn function<'s>(
    f: &mut Function,
    types: &TypeTable,
    externs: &'s BTreeMap<Symbol, Extern>,
    sig_of: &dyn Fn(&Symbol) -> Option<&'s Sig>,
) {
    let defined = |s: &Symbol| !externs.get(s).is_some_and(|e| e.c_abi);
    if !calls(f).any(|c| matches!(c, Callee::Value(..)) || is_method_call(c)) {
        return;
    }
    let known = defs::propagate(f, |r| match r {
        Rvalue::MakeClosure { func, .. } => Some(Target::Closure(func.clone())),
        Rvalue::Use(Operand::Const(Const::Func(s, _))) => Some(Target::Function(s.clone())),
        Rvalue::MakeInterface { iface, concrete, .. } => Some(Target::Type(*iface, *concrete)),
        _ => None,
    });
    let mut methods = Vec::new();
    for (b, block) in f.blocks.iter_mut().enumerate() {
        for (at, i) in block.instrs.iter_mut().enumerate() {
            let InstrKind::Call { callee, .. } = &mut i.kind else { continue };
            match callee {
                Callee::Value(value, _) => {
                    match target(value, &known) {
                        Some(Target::Function(s)) if defined(&s) => *callee = Callee::Direct(s),
                        Some(Target::Closure(func)) => {
                            *callee = Callee::Closure { func, object: value.clone() };
                        }
                        _ => continue,
                    }
                    f.proved.direct_calls += 1;
                }
                Callee::Interface { recv, index, .. } => {
                    let Some(Target::Type(iface, concrete)) = target(recv, &known) else {
                        continue;
                    };
                    let Some(sym) = method(types, iface, concrete, *index) else { continue };
                    let sig = sig_of(&sym).or_else(|| Some(&externs.get(&sym)?.sig));
                    if let Some(&receiver) = sig.and_then(|s| s.params.first()) {
                        methods.push((b, at, sym, receiver));
                    }
                }
                _ => {}
            }
        }
    }
    // Last ones first, so that what is inserted doesn't move the others.
    for (b, at, sym, receiver) in methods.into_iter().rev() {
        direct_method(f, types, b, at, sym, receiver);
    }
}

/// Makes a call through an interface one of `sym`, which takes the data word as a `receiver`.
fn direct_method(
    f: &mut Function,
    types: &TypeTable,
    block: usize,
    at: usize,
    sym: Symbol,
    receiver: Ty,
) {
    let Instr { kind, span, at: scope } = &mut f.blocks[block].instrs[at];
    let (span, scope) = (*span, *scope);
    let InstrKind::Call { callee, args, .. } = kind else { return };
    let Callee::Interface { recv, sig, .. } = &*callee else { return };
    let (recv, word) = (recv.clone(), sig.params[0]);
    let mut next = f.locals.len() as u32;
    let mut temps = Vec::new();
    let mut define = |ty, rvalue| {
        let l = LocalId(next);
        next += 1;
        temps.push((l, ty, rvalue));
        Operand::local(l)
    };
    let data = define(word, Rvalue::Extract(Part::Data, recv));
    let data = match types.kind(receiver) {
        TyKind::UnsafePointer => data,
        _ => define(receiver, Rvalue::Convert(ConvKind::NoOp, data, receiver)),
    };
    args.insert(0, data);
    *callee = Callee::Direct(sym);
    f.proved.direct_calls += 1;
    for (i, (l, ty, rvalue)) in temps.into_iter().enumerate() {
        f.locals.push(LocalDecl { name: String::new(), ty, heap: false, span });
        let kind = InstrKind::Assign(Place::local(l), rvalue);
        f.blocks[block].instrs.insert(at + i, Instr { kind, span, at: scope });
    }
}

fn calls(f: &Function) -> impl Iterator<Item = &Callee> {
    f.blocks.iter().flat_map(|b| &b.instrs).filter_map(|i| match &i.kind {
        InstrKind::Call { callee, .. } => Some(callee),
        _ => None,
    })
}

fn is_method_call(c: &Callee) -> bool {
    matches!(c, Callee::Interface { recv: Operand::Copy(_), .. })
}

#[derive(Clone)]
enum Target {
    Function(Symbol),
    Closure(Symbol),
    /// Interface type and dynamic type of an interface value.
    Type(Ty, Ty),
}

fn target(o: &Operand, known: &HashMap<LocalId, Target>) -> Option<Target> {
    match o {
        Operand::Const(Const::Func(s, _)) => Some(Target::Function(s.clone())),
        Operand::Copy(p) => known.get(&p.as_local()?).cloned(),
        Operand::Const(_) => None,
    }
}

/// The function behind method number `index` of an interface value.
fn method(types: &TypeTable, iface: Ty, concrete: Ty, index: u32) -> Option<Symbol> {
    let TyKind::Interface { methods } = types.kind(iface) else { return None };
    let m = methods.get(index as usize)?;
    let found = &types.data(concrete).methods;
    let found = found.iter().find(|f| f.name == m.name && f.pkg == m.pkg)?;
    Some(found.ifn.as_str().into())
}

//! Hot calls of func values: where the profile knows the function that is called most and the module has it, the value's code
//! is looked at, and if it is that function's, the call is direct. So it can be inlined.
//!
//!     if v's code is f's { f(...), with v for its captures } else { v(...) }
//!
//! Calls through interfaces have been seen to by lowering, which knows more of types (`lower/hot_calls.rs`).

use crate::ir::*;
use crate::lower::types::{Prim, TypeCtx};
use crate::profile::CallProfile;
use crate::ty::{Sig, Ty};
use crate::tyof;
use pgo::Callee as HotCallee;
use std::collections::{HashMap, HashSet};

pub fn run(m: &mut Module, profile: CallProfile) {
    let known = Known::new(m, profile);
    if known.functions.is_empty() {
        return;
    }
    let mut types = TypeCtx::with_table(std::mem::take(&mut m.types));
    for f in m.funcs.iter_mut().filter(|f| !f.attrs.wrapper) {
        // What follows a call is a block of its own, at the end of the list; the calls that stay are, too.
        let (mut block, mut seen) = (0, HashSet::new());
        while block < f.blocks.len() {
            let mut calls = f.blocks[block].instrs.iter().enumerate();
            let found = calls.find_map(|(i, call)| Some((i, known.expected(f, call, profile)?)));
            if let Some((at, (expected, percent))) = found.filter(|_| !seen.contains(&block)) {
                let note = format!("PGO devirtualizing function call to {}", expected.go_name);
                m.guarded_calls.push((f.blocks[block].instrs[at].span, note));
                seen.insert(guard(f, &mut types, block, at, expected, percent));
            }
            block += 1;
        }
    }
    m.types = types.table;
}

/// A function that may be expected.
struct Expected {
    sym: Symbol,
    go_name: String,
    sig: Sig,
    /// Has captures.
    closure: bool,
}

/// The module's functions of which there are hot calls, by name. Instances of generic functions share one.
struct Known {
    functions: HashMap<String, Vec<Expected>>,
}

impl Known {
    fn new(m: &Module, profile: CallProfile) -> Known {
        let mut functions: HashMap<String, Vec<Expected>> = HashMap::new();
        for f in &m.funcs {
            let a = f.attrs;
            if profile.hot.has_callee(&f.go_name) && !a.noinline && !a.wrapper && !a.has_recover {
                functions.entry(f.go_name.clone()).or_default().push(Expected {
                    sym: f.sym.clone(),
                    go_name: f.go_name.clone(),
                    sig: f.sig.clone(),
                    closure: f.ctx.is_some(),
                });
            }
        }
        Known { functions }
    }

    /// What an instruction of `f` is expected to call, if it calls a func value, and in how many per cent of times.
    fn expected(
        &self,
        f: &Function,
        call: &Instr,
        profile: CallProfile,
    ) -> Option<(&Expected, u32)> {
        let InstrKind::Call { callee: Callee::Value(Operand::Copy(_), sig), .. } = &call.kind
        else {
            return None;
        };
        let same = |e: &&Expected| e.sig.params == sig.params && e.sig.results == sig.results;
        let known =
            |c: &HotCallee| Some((self.functions.get(&c.name)?.iter().find(same)?, c.percent));
        profile.callees_of(f, call).iter().find_map(known)
    }
}

/// Makes instruction `at` of `block`, which calls a func value, two calls, of which one is direct. Returns the block of the other one.
fn guard(
    f: &mut Function,
    types: &mut TypeCtx,
    block: usize,
    at: usize,
    expected: &Expected,
    percent: u32,
) -> usize {
    let rest = f.blocks[block].instrs.split_off(at + 1);
    let Some(Instr {
        kind: InstrKind::Call { dests, callee: Callee::Value(value, sig), args },
        span,
        at: scope,
    }) = f.blocks[block].instrs.pop()
    else {
        return block;
    };
    let (code_ty, boolean) = (types.prim(Prim::UnsafePointer), types.prim(Prim::Bool));
    let object_ty = types.pointer(code_ty);
    let ty = tyof::operand(&types.table, f, &value).unwrap_or(code_ty);
    let mut define = |ty: Ty, value: Rvalue| {
        let l = LocalId(f.locals.len() as u32);
        f.locals.push(LocalDecl { name: String::new(), ty, heap: false, span });
        let kind = InstrKind::Assign(Place::local(l), value);
        f.blocks[block].instrs.push(Instr { kind, span, at: scope });
        l
    };
    let value = Operand::local(define(ty, Rvalue::Use(value)));
    let object = define(object_ty, Rvalue::Convert(ConvKind::NoOp, value.clone(), object_ty));
    let code = Operand::Copy(Place::local(object).with(Proj::Deref));
    let want = Operand::Const(Const::Code(expected.sym.clone(), code_ty));
    let cond = Operand::local(define(boolean, Rvalue::Binary(BinOp::Eq, code, want)));
    // Before the code is looked at: the check of the call itself.
    let check = InstrKind::Check(Check::Nil(value.clone()));
    let last = f.blocks[block].instrs.len() - 1;
    f.blocks[block].instrs.insert(last, Instr { kind: check, span, at: scope });
    let first = f.blocks.len() as u32;
    let (then, els, done) = (BlockId(first), BlockId(first + 1), BlockId(first + 2));
    let known = match expected.closure {
        true => Callee::Closure { func: expected.sym.clone(), object: value.clone() },
        false => Callee::Direct(expected.sym.clone()),
    };
    let calls = |callee| {
        let kind = InstrKind::Call { dests: dests.clone(), callee, args: args.clone() };
        let instrs = vec![Instr { kind, span, at: scope }];
        Block { instrs, term: Terminator::Goto(done), term_span: span }
    };
    let (direct, indirect) = (calls(known), calls(Callee::Value(value, sig)));
    let (from, term) =
        (&mut f.blocks[block], Terminator::If { cond, then, els, likely: Some(percent) });
    let term = std::mem::replace(&mut from.term, term);
    let term_span = std::mem::replace(&mut from.term_span, span);
    f.blocks.extend([direct, indirect, Block { instrs: rest, term, term_span }]);
    els.0 as usize
}

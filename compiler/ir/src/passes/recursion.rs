//! One level of inlining of small functions that call themselves: half of the calls and stack checks go, or more.
//!
//! LLVM never inlines a call into its own callee. So a copy of the function is made that it always inlines; the function
//! calls the copy, and the copy the function. Tracebacks show inlined frames under the same name.

use crate::ir::*;

/// Above this many instructions calls cost little in comparison.
const MAX_INSTRS: usize = 40;
/// Each becomes a copy of the body.
const MAX_CALLS: usize = 4;

pub fn run(m: &mut Module) {
    let mut copies = Vec::new();
    for f in &mut m.funcs {
        if !suits(f) {
            continue;
        }
        let mut copy = f.clone();
        copy.sym = format!("{}$inlined", f.sym).into();
        copy.linkage = Linkage::Internal;
        copy.attrs.always_inline = true;
        for callee in calls_of(f) {
            *callee = Callee::Direct(copy.sym.clone());
        }
        copies.push(copy);
    }
    m.funcs.extend(copies);
}

/// The callees that are `f` itself.
fn calls_of(f: &mut Function) -> impl Iterator<Item = &mut Callee> {
    let sym = f.sym.clone();
    f.blocks.iter_mut().flat_map(|b| &mut b.instrs).filter_map(move |i| match &mut i.kind {
        InstrKind::Call { callee, .. } if matches!(&*callee, Callee::Direct(s) if *s == sym) => {
            Some(callee)
        }
        _ => None,
    })
}

fn suits(f: &mut Function) -> bool {
    let a = f.attrs;
    if a.noinline
        || a.has_recover
        || a.adjust_panic
        || a.nosplit
        || a.noreturn
        || f.ctx.is_some()
        || f.recover_block.is_some()
        || f.linkage == Linkage::AvailableExternally
        || f.blocks.iter().map(|b| b.instrs.len()).sum::<usize>() > MAX_INSTRS
    {
        return false;
    }
    let defers =
        |i: &Instr| matches!(i.kind, InstrKind::Defer { .. } | InstrKind::DeferHeap { .. });
    !f.names_frame()
        && !f.blocks.iter().flat_map(|b| &b.instrs).any(defers)
        && (1..=MAX_CALLS).contains(&calls_of(f).count())
}

//! Walks over the operands and places of instructions, for passes and for lowering.

use crate::ir::*;

/// Calls `f` for every operand that the instruction reads; operands of index projections included.
pub fn instr_operands<'i>(kind: &'i InstrKind, f: &mut impl FnMut(&'i Operand)) {
    match kind {
        InstrKind::Assign(place, rvalue) => {
            place_operands(place, f);
            rvalue_operands(rvalue, f);
        }
        InstrKind::Call { dests, callee, args } => {
            dests.iter().flatten().for_each(|p| place_operands(p, f));
            callee_operands(callee, f);
            args.iter().for_each(|o| operand(o, f));
        }
        InstrKind::Check(c) => check_operands(c, f),
        InstrKind::Defer { callee, args, outer, .. } => {
            callee_operands(callee, f);
            args.iter().chain(outer).for_each(|o| operand(o, f));
        }
        InstrKind::Go { callee, args } => {
            callee_operands(callee, f);
            args.iter().for_each(|o| operand(o, f));
        }
        InstrKind::DeferStack { args, .. } | InstrKind::DeferOpen { args, .. } => {
            args.iter().for_each(|o| operand(o, f));
        }
        InstrKind::DeferHeap { args, outer, .. } => {
            args.iter().chain(outer).for_each(|o| operand(o, f));
        }
        InstrKind::StorageLive(_)
        | InstrKind::RunDefers
        | InstrKind::DeferReturn
        | InstrKind::DeferReloadBits
        | InstrKind::DeferClearBit { .. } => {}
    }
}

/// The same for a whole function, terminators included.
pub fn operands<'i>(func: &'i Function, f: &mut impl FnMut(&'i Operand)) {
    for block in &func.blocks {
        block.instrs.iter().for_each(|i| instr_operands(&i.kind, f));
        term_operands(&block.term, f);
    }
}

pub fn term_operands<'i>(term: &'i Terminator, f: &mut impl FnMut(&'i Operand)) {
    match term {
        Terminator::If { cond, .. } => operand(cond, f),
        Terminator::Switch { value, .. } => operand(value, f),
        Terminator::Goto(_) | Terminator::Return | Terminator::Unreachable => {}
    }
}

fn operand<'i>(o: &'i Operand, f: &mut impl FnMut(&'i Operand)) {
    f(o);
    if let Operand::Copy(place) = o {
        place_operands(place, f);
    }
}

fn place_operands<'i>(place: &'i Place, f: &mut impl FnMut(&'i Operand)) {
    for proj in &place.proj {
        if let Proj::Index(o) = proj {
            operand(o, f);
        }
    }
}

fn callee_operands<'i>(callee: &'i Callee, f: &mut impl FnMut(&'i Operand)) {
    match callee {
        Callee::Value(o, _)
        | Callee::Closure { object: o, .. }
        | Callee::Interface { recv: o, .. } => operand(o, f),
        Callee::Direct(_) | Callee::Runtime(_) | Callee::Intrinsic(_) => {}
    }
}

fn check_operands<'i>(check: &'i Check, f: &mut impl FnMut(&'i Operand)) {
    match check {
        Check::Nil(o) | Check::Divide(o) | Check::Shift(o) => operand(o, f),
        Check::Index { index, len, .. } => [index, len].into_iter().for_each(|o| operand(o, f)),
        Check::Slice { lo, hi, len, cap, .. } => {
            lo.iter().chain(hi).chain([len, cap]).for_each(|o| operand(o, f));
        }
        Check::Slice3 { lo, hi, max, cap, .. } => {
            lo.iter().chain([hi, max, cap]).for_each(|o| operand(o, f));
        }
        Check::MakeSlice { len, cap, .. } => {
            [len, cap].into_iter().for_each(|o| operand(o, f));
        }
        Check::SliceToArray { len, .. } => operand(len, f),
    }
}

pub fn rvalue_operands<'i>(rvalue: &'i Rvalue, f: &mut impl FnMut(&'i Operand)) {
    match rvalue {
        Rvalue::Use(o)
        | Rvalue::Unary(_, o)
        | Rvalue::Convert(_, o, _)
        | Rvalue::MakeInterface { value: o, .. }
        | Rvalue::Extract(_, o) => operand(o, f),
        Rvalue::Binary(_, x, y) => [x, y].into_iter().for_each(|o| operand(o, f)),
        Rvalue::AddrOf(place, _) => place_operands(place, f),
        Rvalue::MakeSlice { len, cap, .. } => {
            [len, cap].into_iter().for_each(|o| operand(o, f));
        }
        Rvalue::MakeClosure { captures: list, .. } | Rvalue::Aggregate(_, list) => {
            list.iter().for_each(|o| operand(o, f));
        }
        Rvalue::SliceFromParts { ptr, len, cap, .. } => {
            [ptr, len, cap].into_iter().for_each(|o| operand(o, f));
        }
        Rvalue::StringFromParts { ptr, len, .. } => {
            [ptr, len].into_iter().for_each(|o| operand(o, f));
        }
        Rvalue::InterfaceFromParts { tab, data, .. } => {
            [tab, data].into_iter().for_each(|o| operand(o, f));
        }
        Rvalue::ComplexFromParts { re, im, .. } => {
            [re, im].into_iter().for_each(|o| operand(o, f));
        }
        Rvalue::PtrIndex { base, index } => {
            [base, index].into_iter().for_each(|o| operand(o, f));
        }
        Rvalue::Recover { frame, .. } => frame.iter().for_each(|o| operand(o, f)),
        Rvalue::New { .. } | Rvalue::FrameToken | Rvalue::DeferBit(_) => {}
    }
}

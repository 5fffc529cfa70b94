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

/// Calls `f` for every function that a constant holds.
pub fn const_funcs<'i>(c: &'i Const, f: &mut impl FnMut(&'i Symbol)) {
    match c {
        Const::Func(s, _) | Const::Code(s, _) => f(s),
        Const::Aggregate(parts, _) => parts.iter().for_each(|c| const_funcs(c, f)),
        Const::StaticInterface { value, .. } => const_funcs(value, f),
        _ => {}
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

/// Calls `f` for every block that a terminator names.
pub fn targets_mut(term: &mut Terminator, f: &mut impl FnMut(&mut BlockId)) {
    match term {
        Terminator::Goto(b) => f(b),
        Terminator::If { then, els, .. } => {
            f(then);
            f(els);
        }
        Terminator::Switch { cases, default, .. } => {
            cases.iter_mut().for_each(|(_, b)| f(b));
            f(default);
        }
        Terminator::Return | Terminator::Unreachable => {}
    }
}

/// Calls `f` for every local that a block mentions.
pub fn locals_mut(b: &mut Block, f: &mut impl FnMut(&mut LocalId)) {
    for i in &mut b.instrs {
        match &mut i.kind {
            InstrKind::Assign(p, r) => {
                place_locals(p, f);
                rvalue_locals(r, f);
            }
            InstrKind::StorageLive(l) => f(l),
            InstrKind::Call { dests, callee, args } => {
                dests.iter_mut().flatten().for_each(|p| place_locals(p, f));
                callee_locals(callee, f);
                args.iter_mut().for_each(|o| operand_locals(o, f));
            }
            InstrKind::Check(c) => check_locals(c, f),
            InstrKind::Defer { callee, args, outer, .. } => {
                callee_locals(callee, f);
                args.iter_mut().chain(outer).for_each(|o| operand_locals(o, f));
            }
            InstrKind::Go { callee, args } => {
                callee_locals(callee, f);
                args.iter_mut().for_each(|o| operand_locals(o, f));
            }
            InstrKind::DeferStack { args, .. } | InstrKind::DeferOpen { args, .. } => {
                args.iter_mut().for_each(|o| operand_locals(o, f));
            }
            InstrKind::DeferHeap { args, outer, .. } => {
                args.iter_mut().chain(outer).for_each(|o| operand_locals(o, f));
            }
            InstrKind::RunDefers | InstrKind::DeferReturn | InstrKind::DeferClearBit { .. } => {}
        }
    }
    match &mut b.term {
        Terminator::If { cond, .. } => operand_locals(cond, f),
        Terminator::Switch { value, .. } => operand_locals(value, f),
        Terminator::Goto(_) | Terminator::Return | Terminator::Unreachable => {}
    }
}

fn place_locals(p: &mut Place, f: &mut impl FnMut(&mut LocalId)) {
    if let PlaceBase::Local(l) = &mut p.base {
        f(l);
    }
    for proj in &mut p.proj {
        if let Proj::Index(o) = proj {
            operand_locals(o, f);
        }
    }
}

fn operand_locals(o: &mut Operand, f: &mut impl FnMut(&mut LocalId)) {
    if let Operand::Copy(p) = o {
        place_locals(p, f);
    }
}

fn callee_locals(c: &mut Callee, f: &mut impl FnMut(&mut LocalId)) {
    match c {
        Callee::Value(o, _)
        | Callee::Closure { object: o, .. }
        | Callee::Interface { recv: o, .. } => operand_locals(o, f),
        Callee::Direct(_) | Callee::Runtime(_) | Callee::Intrinsic(_) => {}
    }
}

fn check_locals(c: &mut Check, f: &mut impl FnMut(&mut LocalId)) {
    match c {
        Check::Nil(o) | Check::Divide(o) | Check::Shift(o) | Check::SliceToArray { len: o, .. } => {
            operand_locals(o, f);
        }
        Check::Index { index: x, len: y, .. } | Check::MakeSlice { len: x, cap: y, .. } => {
            [x, y].into_iter().for_each(|o| operand_locals(o, f));
        }
        Check::Slice { lo, hi, len, cap, .. } => {
            lo.iter_mut().chain(hi).chain([len, cap]).for_each(|o| operand_locals(o, f));
        }
        Check::Slice3 { lo, hi, max, cap, .. } => {
            lo.iter_mut().chain([hi, max, cap]).for_each(|o| operand_locals(o, f));
        }
    }
}

fn rvalue_locals(r: &mut Rvalue, f: &mut impl FnMut(&mut LocalId)) {
    match r {
        Rvalue::Use(o)
        | Rvalue::Unary(_, o)
        | Rvalue::Convert(_, o, _)
        | Rvalue::MakeInterface { value: o, .. }
        | Rvalue::Extract(_, o) => operand_locals(o, f),
        Rvalue::AddrOf(p, _) => place_locals(p, f),
        Rvalue::Binary(_, x, y)
        | Rvalue::MakeSlice { len: x, cap: y, .. }
        | Rvalue::StringFromParts { ptr: x, len: y, .. }
        | Rvalue::InterfaceFromParts { tab: x, data: y, .. }
        | Rvalue::ComplexFromParts { re: x, im: y, .. }
        | Rvalue::PtrIndex { base: x, index: y } => {
            [x, y].into_iter().for_each(|o| operand_locals(o, f));
        }
        Rvalue::MakeClosure { captures: list, .. } | Rvalue::Aggregate(_, list) => {
            list.iter_mut().for_each(|o| operand_locals(o, f));
        }
        Rvalue::SliceFromParts { ptr, len, cap, .. } => {
            [ptr, len, cap].into_iter().for_each(|o| operand_locals(o, f));
        }
        Rvalue::Recover { frame, .. } => frame.iter_mut().for_each(|o| operand_locals(o, f)),
        Rvalue::New { .. } | Rvalue::FrameToken | Rvalue::DeferBit(_) => {}
    }
}

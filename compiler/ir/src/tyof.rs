//! Places and operands in, their types out.

use crate::ir::*;
use crate::ty::{Ty, TyKind, TypeTable};

/// The type of a place in function `f`; `None` if its projections don't fit.
pub fn place(types: &TypeTable, f: &Function, p: &Place) -> Option<Ty> {
    let base = match &p.base {
        PlaceBase::Local(l) => f.locals.get(l.0 as usize)?.ty,
        PlaceBase::Global(_, t) => *t,
    };
    p.proj.iter().try_fold(base, |t, proj| project(types, t, proj))
}

/// The type of one projection of a place of type `t`.
pub fn project(types: &TypeTable, t: Ty, proj: &Proj) -> Option<Ty> {
    match (proj, types.kind(t)) {
        (Proj::Deref, TyKind::Pointer(e)) => Some(*e),
        (Proj::Field(i), TyKind::Struct(fields)) => fields.get(*i as usize).map(|f| f.ty),
        (Proj::Index(_), TyKind::Array(e, _) | TyKind::Slice(e)) => Some(*e),
        _ => None,
    }
}

/// The type of an operand; `None` for constants that don't say theirs (bool, descriptor, itab) and
/// for wrong places.
pub fn operand(types: &TypeTable, f: &Function, o: &Operand) -> Option<Ty> {
    match o {
        Operand::Copy(p) => place(types, f, p),
        Operand::Const(c) => constant(c),
    }
}

pub fn constant(c: &Const) -> Option<Ty> {
    match c {
        Const::Int(_, t)
        | Const::Float(_, t)
        | Const::Complex(_, _, t)
        | Const::Str(_, t)
        | Const::Zero(t)
        | Const::Func(_, t)
        | Const::Code(_, t)
        | Const::GlobalAddr(_, t)
        | Const::Aggregate(_, t)
        | Const::StaticSlice(_, _, t) => Some(*t),
        Const::StaticInterface { iface, .. } => Some(*iface),
        Const::Bool(_) | Const::TypeDesc(_) | Const::Itab { .. } => None,
    }
}

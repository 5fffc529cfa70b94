//! Go types in, IR types out: one [`Ty`] for each distinct type, found again by its unique string.

use crate::ty::{Sig, Ty, TypeTable};
use ::types::{Store, TypeId};
use std::collections::HashMap;

#[derive(Default)]
pub struct TypeCtx {
    pub table: TypeTable,
    /// By canonical type.
    pub known: HashMap<TypeId, Ty>,
    /// By [`TyData::unique`](crate::ty::TyData::unique): types made here and types of the source
    /// are the same `Ty` when they are identical.
    pub by_unique: HashMap<String, Ty>,
}

/// Types that lowering itself needs, by predeclared name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Prim {
    Bool,
    Int,
    Int8,
    Int16,
    Int32,
    Int64,
    Uint,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Uintptr,
    Float32,
    Float64,
    Complex64,
    Complex128,
    String,
    UnsafePointer,
}

impl TypeCtx {
    /// The type of a Go type without type parameters.
    pub fn ty(&mut self, _store: &mut Store, _t: TypeId) -> Ty {
        Ty(0)
    }

    pub fn prim(&mut self, _p: Prim) -> Ty {
        Ty(0)
    }

    /// `*elem`
    pub fn pointer(&mut self, _elem: Ty) -> Ty {
        Ty(0)
    }

    pub fn slice(&mut self, _elem: Ty) -> Ty {
        Ty(0)
    }

    pub fn array(&mut self, _elem: Ty, _len: u64) -> Ty {
        Ty(0)
    }

    /// A struct type of lowering's own (closure objects, select cases): fields `f0`, `f1`, ...
    pub fn structure(&mut self, _fields: &[Ty]) -> Ty {
        Ty(0)
    }

    /// An unnamed func type.
    pub fn func(&mut self, _sig: Sig) -> Ty {
        Ty(0)
    }

    /// `interface{}`
    pub fn any(&mut self) -> Ty {
        Ty(0)
    }
}

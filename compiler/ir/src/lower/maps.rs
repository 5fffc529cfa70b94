//! Map operations: calls of instances of `internal/runtime/maps`' generic functions.

use super::{FuncBuilder, InternalError, ModuleBuilder, Res};
use crate::ir::{LocalId, Operand};
use ::types::TypeId;

/// Instances that have been asked for, by map type.
#[derive(Default)]
pub struct MapInstances {}

/// A running iteration.
#[derive(Clone, Debug)]
pub struct MapIter {
    pub map_ty: TypeId,
    pub it: LocalId,
}

/// All `map_ty` are canonical types whose underlying type is a map; keys and values have exactly
/// its key and element type.
impl ModuleBuilder<'_, '_> {
    /// `make(map_ty, hint)`; the hint an int, if any (negative counts as none).
    pub fn make_map(
        &mut self,
        fb: &mut FuncBuilder,
        _map_ty: TypeId,
        _hint: Option<Operand>,
    ) -> Res<Operand> {
        Err(InternalError::new(fb.span, "maps"))
    }

    /// Pointer to the element for `key`, nil if there is none (or the map is nil).
    pub fn map_get(
        &mut self,
        fb: &mut FuncBuilder,
        _map_ty: TypeId,
        _m: Operand,
        _key: Operand,
    ) -> Res<Operand> {
        Err(InternalError::new(fb.span, "maps"))
    }

    /// Pointer to the element for `key`, made if missing; panics on a nil map.
    pub fn map_put(
        &mut self,
        fb: &mut FuncBuilder,
        _map_ty: TypeId,
        _m: Operand,
        _key: Operand,
    ) -> Res<Operand> {
        Err(InternalError::new(fb.span, "maps"))
    }

    pub fn map_delete(
        &mut self,
        fb: &mut FuncBuilder,
        _map_ty: TypeId,
        _m: Operand,
        _key: Operand,
    ) -> Res<()> {
        Err(InternalError::new(fb.span, "maps"))
    }

    pub fn map_clear(&mut self, fb: &mut FuncBuilder, _map_ty: TypeId, _m: Operand) -> Res<()> {
        Err(InternalError::new(fb.span, "maps"))
    }

    /// `len(m)`
    pub fn map_len(&mut self, fb: &mut FuncBuilder, _map_ty: TypeId, _m: Operand) -> Res<Operand> {
        Err(InternalError::new(fb.span, "maps"))
    }

    pub fn map_iter_init(
        &mut self,
        fb: &mut FuncBuilder,
        _map_ty: TypeId,
        _m: Operand,
    ) -> Res<MapIter> {
        Err(InternalError::new(fb.span, "maps"))
    }

    /// Pointers to the next key and element; the key pointer is nil at the end.
    pub fn map_iter_next(
        &mut self,
        fb: &mut FuncBuilder,
        _iter: &MapIter,
    ) -> Res<(Operand, Operand)> {
        Err(InternalError::new(fb.span, "maps"))
    }
}

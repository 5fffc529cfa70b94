//! Equality and hashing of types (Go specification, "Comparison operators").

use super::{FuncBuilder, InternalError, ModuleBuilder, Res};
use crate::ir::Operand;
use crate::ty::Ty;

/// Equality and hash functions that have been made.
#[derive(Default)]
pub struct EqFuncs {}

impl ModuleBuilder<'_, '_> {
    /// `x == y` for operands of the same type `ty`, any comparable type; the result is a bool.
    pub fn emit_equal(
        &mut self,
        fb: &mut FuncBuilder,
        _x: Operand,
        _y: Operand,
        _ty: Ty,
    ) -> Res<Operand> {
        Err(InternalError::new(fb.span, "equality"))
    }
}

//! Constant values in, IR constants out.

use super::lowerer::Lowerer;
use super::{InternalError, ModuleBuilder, Res};
use crate::ir::Const;
use crate::ty::{Ty, TyKind};
use ::types::constant::Value;
use diag::Span;
use num_traits::ToPrimitive;

impl ModuleBuilder<'_, '_> {
    /// `v` as a constant of type `ty`; the checker has made sure that the type can represent it.
    pub fn const_of(&mut self, v: &Value, ty: Ty, span: Span) -> Res<Const> {
        let bad = || InternalError::new(span, format!("constant {v:?} does not fit its type"));
        Ok(match self.types.table.kind(ty) {
            TyKind::Bool => Const::Bool(v.bool_val().ok_or_else(bad)?),
            TyKind::Int { .. } | TyKind::Pointer(_) | TyKind::UnsafePointer => {
                Const::Int(int_value(v).ok_or_else(bad)?, ty)
            }
            TyKind::Float { bits } => Const::Float(float_bits(&v.to_float(), *bits), ty),
            TyKind::Complex { bits } => {
                let part = |v: Value| float_bits(&v.to_float(), bits / 2);
                let c = v.to_complex();
                Const::Complex(part(c.real()), part(c.imag()), ty)
            }
            TyKind::String => Const::Str(v.string_val().ok_or_else(bad)?.into(), ty),
            _ => return Err(bad()),
        })
    }
}

impl Lowerer<'_, '_, '_> {
    pub fn const_of(&mut self, v: &Value, ty: Ty, span: Span) -> Res<Const> {
        self.mb.const_of(v, ty, span)
    }
}

/// The value of an integer constant (a float or complex constant may be one).
pub(crate) fn int_value(v: &Value) -> Option<i128> {
    v.to_int().big_int()?.to_i128()
}

/// Bits of the f64 that holds `v` rounded to a float of `bits` bits.
fn float_bits(v: &Value, bits: u8) -> u64 {
    match bits {
        32 => (v.to_f32() as f64).to_bits(),
        _ => v.to_f64().to_bits(),
    }
}

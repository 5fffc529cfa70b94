//! Conversions. Floats become integers exactly as gc's code for amd64 computes them, also out of range.

use crate::error::{Res, bail};
use crate::func::FnCx;
use crate::value::Bv;
use inkwell::FloatPredicate;
use inkwell::values::{FloatValue, IntValue};
use ir::ir::{ConvKind, Operand};
use ir::ty::{Ty, TyKind};

impl<'ctx, 'm> FnCx<'_, 'ctx, 'm> {
    pub fn convert(&mut self, kind: ConvKind, x: &'m Operand, to: Ty) -> Res<Bv<'ctx>> {
        let from = self.operand_kind(x)?;
        let v = self.reg_operand(x)?;
        let to_kind = self.cx.l.kind(to);
        Ok(match (kind, v, to_kind) {
            (ConvKind::NoOp, v, _) => v,
            (ConvKind::IntToInt, Bv::IntValue(v), TyKind::Int { bits, .. }) => {
                let signed = matches!(from, TyKind::Int { signed: true, .. });
                self.int_resize(v, *bits, signed)?.into()
            }
            (ConvKind::IntToFloat, Bv::IntValue(v), TyKind::Float { bits }) => {
                let t = self.cx.l.float(*bits);
                match from {
                    TyKind::Int { signed: true, .. } => {
                        self.b.build_signed_int_to_float(v, t, "")?.into()
                    }
                    _ => self.b.build_unsigned_int_to_float(v, t, "")?.into(),
                }
            }
            (ConvKind::FloatToInt, Bv::FloatValue(v), TyKind::Int { bits, signed }) => {
                self.float_to_int(v, *bits, *signed)?.into()
            }
            (ConvKind::FloatToFloat, Bv::FloatValue(v), TyKind::Float { bits }) => {
                self.b.build_float_cast(v, self.cx.l.float(*bits), "")?.into()
            }
            (ConvKind::ComplexToComplex, v, TyKind::Complex { bits }) => {
                let t = self.cx.l.float(bits / 2);
                let (re, im) = self.complex(v)?;
                let re = self.b.build_float_cast(re, t, "")?;
                let im = self.b.build_float_cast(im, t, "")?;
                self.tuple(&[re.into(), im.into()])?
            }
            (ConvKind::PtrToInt, Bv::PointerValue(p), TyKind::Int { bits, .. }) => {
                self.b.build_ptr_to_int(p, self.cx.l.int(*bits), "")?.into()
            }
            (ConvKind::IntToPtr, Bv::IntValue(v), _) => {
                self.b.build_int_to_ptr(v, self.cx.l.ptr, "")?.into()
            }
            (kind, v, _) => {
                bail!("{kind:?} from a {} to {}", v.get_type(), self.cx.ir.types.data(to).string)
            }
        })
    }

    /// gc converts to int64 or int32 by CVTTS[SD]2S[IQ], whose result for what doesn't fit is the smallest
    /// integer, and truncates that for smaller types; uint64 takes the upper half apart.
    fn float_to_int(&self, v: FloatValue<'ctx>, bits: u8, signed: bool) -> Res<IntValue<'ctx>> {
        match (bits, signed) {
            (64, false) => self.float_to_u64(v),
            (64, true) => self.cvtt(v, 64),
            (32, false) => self.int_resize(self.cvtt(v, 64)?, 32, true),
            _ => self.int_resize(self.cvtt(v, 32)?, bits, true),
        }
    }

    fn float_to_u64(&self, v: FloatValue<'ctx>) -> Res<IntValue<'ctx>> {
        let limit = v.get_type().const_float(9223372036854775808.0);
        let small = self.b.build_float_compare(FloatPredicate::OLT, v, limit, "")?;
        let low = self.cvtt(v, 64)?;
        let rest = self.b.build_float_sub(v, limit, "")?;
        let high = self.cvtt(rest, 64)?;
        let high = self.b.build_or(high, self.cx.i64(1 << 63), "")?;
        Ok(self.b.build_select(small, low, high, "")?.into_int_value())
    }

    /// The processor's truncating conversion, defined for every value (LLVM's `fptosi` isn't).
    fn cvtt(&self, v: FloatValue<'ctx>, bits: u8) -> Res<IntValue<'ctx>> {
        let (lanes, name) = match (v.get_type() == self.cx.l.float(32), bits) {
            (true, 64) => (4, "llvm.x86.sse.cvttss2si64"),
            (true, _) => (4, "llvm.x86.sse.cvttss2si"),
            (false, 64) => (2, "llvm.x86.sse2.cvttsd2si64"),
            (false, _) => (2, "llvm.x86.sse2.cvttsd2si"),
        };
        let zero = self.cx.l.i64.const_zero();
        let vector = v.get_type().vec_type(lanes).get_poison();
        let vector = self.b.build_insert_element(vector, v, zero, "")?;
        Ok(self.intrinsic_value(name, &[], &[vector.into()])?.into_int_value())
    }
}

//! Unary and binary operations. Integers wrap; nothing here is undefined for any operand that a check lets through.

use crate::error::{Res, bail};
use crate::func::FnCx;
use crate::value::Bv;
use inkwell::values::{FloatValue, IntValue};
use inkwell::{FloatPredicate, IntPredicate};
use ir::ir::{BinOp, Const, Operand, UnOp};
use ir::runtime_abi::RuntimeFn;
use ir::ty::TyKind;

/// Comparisons with constant strings up to this length are expanded by LLVM (`bcmp`).
const INLINE_COMPARE: usize = 32;

impl<'ctx, 'm> FnCx<'_, 'ctx, 'm> {
    pub fn unary(&mut self, op: UnOp, x: &'m Operand) -> Res<Bv<'ctx>> {
        let v = self.reg_operand(x)?;
        Ok(match (op, v) {
            (UnOp::Neg, Bv::IntValue(v)) => self.b.build_int_neg(v, "")?.into(),
            (UnOp::Neg, Bv::FloatValue(v)) => self.b.build_float_neg(v, "")?.into(),
            (UnOp::Neg, v @ Bv::StructValue(_)) => {
                let (re, im) = self.complex(v)?;
                let re = self.b.build_float_neg(re, "")?;
                let im = self.b.build_float_neg(im, "")?;
                self.tuple(&[re.into(), im.into()])?
            }
            (UnOp::Not | UnOp::BitNot, Bv::IntValue(v)) => self.b.build_not(v, "")?.into(),
            (op, v) => bail!("{op:?} of a {}", v.get_type()),
        })
    }

    pub fn binary(&mut self, op: BinOp, x: &'m Operand, y: &'m Operand) -> Res<Bv<'ctx>> {
        let kind = match x {
            Operand::Const(Const::Zero(_)) => self.operand_kind(y)?,
            _ => self.operand_kind(x)?,
        };
        let signed = matches!(kind, TyKind::Int { signed: true, .. });
        match kind {
            TyKind::String => return self.string_binary(op, x, y),
            TyKind::Slice(_) | TyKind::Interface { .. } => return self.nil_compare(op, x, y),
            _ => {}
        }
        let (a, b) = (self.reg_operand(x)?, self.reg_operand(y)?);
        match (a, b) {
            (Bv::IntValue(a), Bv::IntValue(b)) => Ok(self.int_binary(op, a, b, signed)?.into()),
            (Bv::FloatValue(a), Bv::FloatValue(b)) => self.float_binary(op, a, b),
            (Bv::StructValue(_), Bv::StructValue(_)) if matches!(kind, TyKind::Complex { .. }) => {
                self.complex_binary(op, a, b)
            }
            (Bv::PointerValue(a), Bv::PointerValue(b)) => {
                Ok(self.b.build_int_compare(int_predicate(op, false)?, a, b, "")?.into())
            }
            (a, b) => bail!("{op:?} of {} and {}", a.get_type(), b.get_type()),
        }
    }

    fn int_binary(
        &mut self,
        op: BinOp,
        a: IntValue<'ctx>,
        b: IntValue<'ctx>,
        signed: bool,
    ) -> Res<IntValue<'ctx>> {
        let bu = &self.b;
        Ok(match op {
            BinOp::Add => bu.build_int_add(a, b, "")?,
            BinOp::Sub => bu.build_int_sub(a, b, "")?,
            BinOp::Mul => bu.build_int_mul(a, b, "")?,
            BinOp::And => bu.build_and(a, b, "")?,
            BinOp::Or => bu.build_or(a, b, "")?,
            BinOp::Xor => bu.build_xor(a, b, "")?,
            BinOp::AndNot => {
                let not = bu.build_not(b, "")?;
                bu.build_and(a, not, "")?
            }
            BinOp::Div if signed => self.signed_div(a, b)?,
            BinOp::Rem if signed => {
                let (b, _) = self.divisor(b)?;
                self.b.build_int_signed_rem(a, b, "")?
            }
            BinOp::Div => bu.build_int_unsigned_div(a, b, "")?,
            BinOp::Rem => bu.build_int_unsigned_rem(a, b, "")?,
            BinOp::Shl | BinOp::Shr => self.shift(op, a, b, signed)?,
            _ => bu.build_int_compare(int_predicate(op, signed)?, a, b, "")?,
        })
    }

    /// MIN / -1 is MIN in Go, and undefined in LLVM: division by -1 is made one by 1 and negated.
    fn signed_div(&mut self, a: IntValue<'ctx>, b: IntValue<'ctx>) -> Res<IntValue<'ctx>> {
        let (safe, minus_one) = self.divisor(b)?;
        let q = self.b.build_int_signed_div(a, safe, "")?;
        let neg = self.b.build_int_neg(a, "")?;
        Ok(self.b.build_select(minus_one, neg, q, "")?.into_int_value())
    }

    /// The divisor with 1 for -1 (the remainders are the same, 0), and whether it was -1.
    fn divisor(&mut self, b: IntValue<'ctx>) -> Res<(IntValue<'ctx>, IntValue<'ctx>)> {
        let t = b.get_type();
        let is = self.b.build_int_compare(IntPredicate::EQ, b, t.const_all_ones(), "")?;
        let safe = self.b.build_select(is, t.const_int(1, false), b, "")?.into_int_value();
        Ok((safe, is))
    }

    /// Any count: Go's result for counts of the width and more is 0, or all sign bits.
    fn shift(
        &mut self,
        op: BinOp,
        x: IntValue<'ctx>,
        count: IntValue<'ctx>,
        signed: bool,
    ) -> Res<IntValue<'ctx>> {
        let t = x.get_type();
        let width = t.get_bit_width() as u64;
        let count_ty = count.get_type();
        let fits = if count_ty.get_bit_width() < 64 && (1u64 << count_ty.get_bit_width()) <= width {
            self.cx.l.int(1).const_int(1, false)
        } else {
            let w = count_ty.const_int(width, false);
            self.b.build_int_compare(IntPredicate::ULT, count, w, "")?
        };
        let n = self.int_resize(count, width as u8, false)?;
        let mask = t.const_int(width - 1, false);
        if op == BinOp::Shr && signed {
            let n = self.b.build_select(fits, n, mask, "")?.into_int_value();
            return Ok(self.b.build_right_shift(x, n, true, "")?);
        }
        // The mask keeps the unselected shift defined; it folds into the instruction.
        let n = self.b.build_and(n, mask, "")?;
        let v = match op {
            BinOp::Shl => self.b.build_left_shift(x, n, "")?,
            _ => self.b.build_right_shift(x, n, false, "")?,
        };
        Ok(self.b.build_select(fits, v, t.const_zero(), "")?.into_int_value())
    }

    fn float_binary(
        &mut self,
        op: BinOp,
        a: FloatValue<'ctx>,
        b: FloatValue<'ctx>,
    ) -> Res<Bv<'ctx>> {
        let bu = &self.b;
        Ok(match op {
            BinOp::Add => bu.build_float_add(a, b, "")?.into(),
            BinOp::Sub => bu.build_float_sub(a, b, "")?.into(),
            BinOp::Mul => bu.build_float_mul(a, b, "")?.into(),
            BinOp::Div => bu.build_float_div(a, b, "")?.into(),
            _ => bu.build_float_compare(float_predicate(op)?, a, b, "")?.into(),
        })
    }

    pub fn complex(&self, v: Bv<'ctx>) -> Res<(FloatValue<'ctx>, FloatValue<'ctx>)> {
        Ok((self.extract(v, 0)?.into_float_value(), self.extract(v, 1)?.into_float_value()))
    }

    fn complex_binary(&mut self, op: BinOp, a: Bv<'ctx>, b: Bv<'ctx>) -> Res<Bv<'ctx>> {
        let ((ar, ai), (br, bi)) = (self.complex(a)?, self.complex(b)?);
        let bu = &self.b;
        match op {
            BinOp::Add => {
                let (re, im) = (bu.build_float_add(ar, br, "")?, bu.build_float_add(ai, bi, "")?);
                self.tuple(&[re.into(), im.into()])
            }
            BinOp::Sub => {
                let (re, im) = (bu.build_float_sub(ar, br, "")?, bu.build_float_sub(ai, bi, "")?);
                self.tuple(&[re.into(), im.into()])
            }
            BinOp::Mul => {
                // gc multiplies complex64 in float64, too.
                let (narrow, wide) = (ar.get_type(), self.cx.l.float(64));
                let w = |v: FloatValue<'ctx>| bu.build_float_cast(v, wide, "");
                let (ar, ai, br, bi) = (w(ar)?, w(ai)?, w(br)?, w(bi)?);
                let m = |x, y| bu.build_float_mul::<FloatValue>(x, y, "");
                let re = bu.build_float_sub(m(ar, br)?, m(ai, bi)?, "")?;
                let im = bu.build_float_add(m(ar, bi)?, m(ai, br)?, "")?;
                let n = |v: FloatValue<'ctx>| bu.build_float_cast(v, narrow, "");
                self.tuple(&[n(re)?.into(), n(im)?.into()])
            }
            BinOp::Eq | BinOp::Ne => {
                let p = float_predicate(op)?;
                let re = bu.build_float_compare(p, ar, br, "")?;
                let im = bu.build_float_compare(p, ai, bi, "")?;
                Ok(match op {
                    BinOp::Eq => bu.build_and(re, im, "")?.into(),
                    _ => bu.build_or(re, im, "")?.into(),
                })
            }
            op => bail!("{op:?} of complex numbers"),
        }
    }

    /// Slices and interfaces, which can be compared with nil only.
    fn nil_compare(&mut self, op: BinOp, x: &'m Operand, y: &'m Operand) -> Res<Bv<'ctx>> {
        let v = match (x, y) {
            (v, Operand::Const(Const::Zero(_))) | (Operand::Const(Const::Zero(_)), v) => v,
            _ => bail!("{op:?} of two slices or interfaces"),
        };
        let v = self.reg_operand(v)?;
        let p = self.extract(v, 0)?.into_pointer_value();
        let nil = self.cx.l.ptr.const_null();
        Ok(self.b.build_int_compare(int_predicate(op, false)?, p, nil, "")?.into())
    }

    /// Whether LLVM expands a comparison of `n` bytes.
    pub fn expands_comparison(&self, n: Bv<'ctx>) -> bool {
        let Bv::IntValue(n) = n else { return false };
        let few = n.get_zero_extended_constant().is_some_and(|n| n <= INLINE_COMPARE as u64);
        few && !self.cx.opts.race
    }

    /// Whether `n` bytes are equal.
    pub fn same_bytes(&self, p: Bv<'ctx>, q: Bv<'ctx>, n: Bv<'ctx>) -> Res<IntValue<'ctx>> {
        let (ptr, word) = (self.cx.l.ptr.into(), self.cx.l.i64.into());
        let ty = self.cx.l.int(32).fn_type(&[ptr, ptr, word], false);
        let f = self.cx.c_function("bcmp", ty);
        let r = self.b.build_call(f, &[p.into(), q.into(), n.into()], "")?;
        let Some(r) = r.try_as_basic_value().basic() else { bail!("bcmp") };
        let zero = self.cx.l.int(32).const_zero();
        Ok(self.b.build_int_compare(IntPredicate::EQ, r.into_int_value(), zero, "")?)
    }

    fn string_binary(&mut self, op: BinOp, x: &'m Operand, y: &'m Operand) -> Res<Bv<'ctx>> {
        let (a, b) = (self.reg_operand(x)?, self.reg_operand(y)?);
        let parts = |v| -> Res<_> {
            Ok((self.extract(v, 0)?.into_pointer_value(), self.extract(v, 1)?.into_int_value()))
        };
        let ((ap, an), (bp, bn)) = (parts(a)?, parts(b)?);
        if !matches!(op, BinOp::Eq | BinOp::Ne) {
            let args = [ap.into(), an.into(), bp.into(), bn.into()];
            let order = self.runtime_value(RuntimeFn::cmpstring, &args)?.into_int_value();
            let zero = self.cx.l.i64.const_zero();
            return Ok(self.b.build_int_compare(int_predicate(op, true)?, order, zero, "")?.into());
        }
        let constant = match (x, y) {
            (Operand::Const(Const::Str(s, _)), _) | (_, Operand::Const(Const::Str(s, _))) => {
                Some(s.len())
            }
            (Operand::Const(Const::Zero(_)), _) | (_, Operand::Const(Const::Zero(_))) => Some(0),
            _ => None,
        };
        let same_len = self.b.build_int_compare(IntPredicate::EQ, an, bn, "")?;
        let equal = match constant {
            Some(0) => same_len,
            _ => {
                let start = match self.b.get_insert_block() {
                    Some(b) => b,
                    None => bail!("no block"),
                };
                let (mut bytes, done) = (self.new_block("streq"), self.new_block("strdone"));
                let mut same_memory = None;
                self.b.build_conditional_branch(same_len, bytes, done)?;
                self.b.position_at_end(bytes);
                let eq = match constant {
                    Some(n) if n <= INLINE_COMPARE => {
                        self.same_bytes(ap.into(), bp.into(), self.cx.i64(n as u64).into())?
                    }
                    _ => {
                        // The same memory is equal whatever its size.
                        same_memory = Some(bytes);
                        let same = self.b.build_int_compare(IntPredicate::EQ, ap, bp, "")?;
                        let differ = self.new_block("streqbytes");
                        self.b.build_conditional_branch(same, done, differ)?;
                        self.b.position_at_end(differ);
                        bytes = differ;
                        // Inlining may make the length a constant, for which LLVM knows better.
                        self.same_bytes(ap.into(), bp.into(), an.into())?
                    }
                };
                self.b.build_unconditional_branch(done)?;
                self.b.position_at_end(done);
                let phi = self.b.build_phi(self.cx.l.int(1), "")?;
                let no = self.cx.l.int(1).const_zero();
                phi.add_incoming(&[(&no, start), (&eq, bytes)]);
                if let Some(block) = same_memory {
                    phi.add_incoming(&[(&self.cx.l.int(1).const_all_ones(), block)]);
                }
                phi.as_basic_value().into_int_value()
            }
        };
        Ok(if op == BinOp::Eq { equal } else { self.b.build_not(equal, "")? }.into())
    }
}

fn int_predicate(op: BinOp, signed: bool) -> Res<IntPredicate> {
    use IntPredicate::*;
    Ok(match (op, signed) {
        (BinOp::Eq, _) => EQ,
        (BinOp::Ne, _) => NE,
        (BinOp::Lt, true) => SLT,
        (BinOp::Le, true) => SLE,
        (BinOp::Gt, true) => SGT,
        (BinOp::Ge, true) => SGE,
        (BinOp::Lt, false) => ULT,
        (BinOp::Le, false) => ULE,
        (BinOp::Gt, false) => UGT,
        (BinOp::Ge, false) => UGE,
        _ => bail!("{op:?} is not a comparison"),
    })
}

fn float_predicate(op: BinOp) -> Res<FloatPredicate> {
    use FloatPredicate::*;
    Ok(match op {
        BinOp::Eq => OEQ,
        BinOp::Ne => UNE,
        BinOp::Lt => OLT,
        BinOp::Le => OLE,
        BinOp::Gt => OGT,
        BinOp::Ge => OGE,
        _ => bail!("{op:?} is not a comparison"),
    })
}

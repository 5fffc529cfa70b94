//! [`Intrinsic`]s: operations that LLVM or the processor has.

use crate::call::Dests;
use crate::error::{Res, bail};
use crate::func::FnCx;
use crate::value::{Bv, Val};
use inkwell::attributes::AttributeLoc;
use inkwell::values::{BasicValue, CallSiteValue, InstructionValue, IntValue, PointerValue};
use inkwell::{AtomicOrdering, AtomicRMWBinOp};
use ir::ir::{Intrinsic, Operand};
use ir::ty::TyKind;

const SEQ: AtomicOrdering = AtomicOrdering::SequentiallyConsistent;

impl<'ctx, 'm> FnCx<'_, 'ctx, 'm> {
    pub fn call_intrinsic(
        &mut self,
        which: Intrinsic,
        args: &'m [Operand],
        dests: &'m Dests,
    ) -> Res<()> {
        let results = self.intrinsic_results(which, args, dests)?;
        for (i, v) in results.into_iter().enumerate() {
            if let Some(Some(d)) = dests.get(i) {
                let t = self.place_ty(d)?;
                let v = self.intrinsic_fit(v, t)?;
                let at = self.address(d)?;
                self.store_reg(t, at, v)?;
            }
        }
        Ok(())
    }

    /// An integer result in the destination's width.
    fn intrinsic_fit(&mut self, v: Bv<'ctx>, t: ir::ty::Ty) -> Res<Bv<'ctx>> {
        Ok(match (v, self.cx.l.kind(t)) {
            (Bv::IntValue(v), TyKind::Int { bits, .. }) => self.int_resize(v, *bits, false)?.into(),
            (v, _) => v,
        })
    }

    fn intrinsic_results(
        &mut self,
        which: Intrinsic,
        args: &'m [Operand],
        dests: &'m Dests,
    ) -> Res<Vec<Bv<'ctx>>> {
        use Intrinsic::*;
        let arg = |i: usize| match args.get(i) {
            Some(a) => Ok(a),
            None => bail!("{which:?} needs more arguments"),
        };
        let one = |v: Bv<'ctx>| Ok(vec![v]);
        match which {
            Sqrt => self.same("llvm.sqrt", args),
            Floor => self.same("llvm.floor", args),
            Ceil => self.same("llvm.ceil", args),
            Trunc => self.same("llvm.trunc", args),
            RoundToEven => self.same("llvm.roundeven", args),
            Fabs => self.same("llvm.fabs", args),
            Copysign => self.same("llvm.copysign", args),
            Fma => self.same("llvm.fma", args),
            PopCount => self.same("llvm.ctpop", args),
            ByteSwap => {
                let v = self.int_operand(arg(0)?)?;
                if v.get_type().get_bit_width() == 8 {
                    return one(v.into());
                }
                self.same("llvm.bswap", args)
            }
            BitReverse => self.same("llvm.bitreverse", args),
            LeadingZeros => self.count_zeros("llvm.ctlz", arg(0)?),
            TrailingZeros => self.count_zeros("llvm.cttz", arg(0)?),
            RotateLeft => {
                let x = self.int_operand(arg(0)?)?;
                let k = self.int64_operand(arg(1)?)?;
                // Modulo the width, which is a power of two.
                let k = self.int_resize(k, x.get_type().get_bit_width() as u8, true)?;
                let t = x.get_type().into();
                one(self.intrinsic_value("llvm.fshl", &[t], &[x.into(), x.into(), k.into()])?)
            }
            Mul64 => self.mul64(arg(0)?, arg(1)?),
            Div64 => self.div64(arg(0)?, arg(1)?, arg(2)?),
            Add64 | Sub64 => self.carry(which, arg(0)?, arg(1)?, arg(2)?),
            Bitcast => {
                let v = self.reg_operand(arg(0)?)?;
                let Some(Some(d)) = dests.first() else { return Ok(Vec::new()) };
                let to = self.cx.l.reg(self.place_ty(d)?);
                one(self.b.build_bit_cast(v, to, "")?)
            }
            AtomicLoad => {
                let p = self.ptr_operand(arg(0)?)?;
                let Some(Some(d)) = dests.first() else { return Ok(Vec::new()) };
                let t = self.place_ty(d)?;
                let v = self.b.build_load(self.cx.l.mem(t), p, "")?;
                self.make_atomic(v.as_instruction_value(), self.cx.l.size(t))?;
                one(v)
            }
            AtomicStore => {
                let p = self.ptr_operand(arg(0)?)?;
                let v = self.reg_operand(arg(1)?)?;
                let store = self.b.build_store(p, v)?;
                let size = match v {
                    Bv::IntValue(v) => v.get_type().get_bit_width() as u64 / 8,
                    _ => 8,
                };
                self.make_atomic(Some(store), size)?;
                Ok(Vec::new())
            }
            AtomicSwap => self.rmw(AtomicRMWBinOp::Xchg, arg(0)?, arg(1)?),
            AtomicAnd => self.rmw(AtomicRMWBinOp::And, arg(0)?, arg(1)?),
            AtomicOr => self.rmw(AtomicRMWBinOp::Or, arg(0)?, arg(1)?),
            AtomicAdd => {
                let delta = self.int_operand(arg(1)?)?;
                let old = self.rmw(AtomicRMWBinOp::Add, arg(0)?, arg(1)?)?;
                match old[..] {
                    [Bv::IntValue(old)] => one(self.b.build_int_add(old, delta, "")?.into()),
                    _ => bail!("atomic addition of no integer"),
                }
            }
            AtomicCas => {
                let p = self.ptr_operand(arg(0)?)?;
                let (old, new) = (self.reg_operand(arg(1)?)?, self.reg_operand(arg(2)?)?);
                let r = match (old, new) {
                    (Bv::IntValue(o), Bv::IntValue(n)) => {
                        self.b.build_cmpxchg(p, o, n, SEQ, SEQ)?
                    }
                    (Bv::PointerValue(o), Bv::PointerValue(n)) => {
                        self.b.build_cmpxchg(p, o, n, SEQ, SEQ)?
                    }
                    _ => bail!("compare and swap of no word"),
                };
                one(self.extract(r.into(), 1)?)
            }
            Memmove => {
                let (to, from) = (self.ptr_operand(arg(0)?)?, self.ptr_operand(arg(1)?)?);
                let n = self.int64_operand(arg(2)?)?;
                let (p, w) = (self.cx.l.ptr.into(), self.cx.l.i64.into());
                let no = self.cx.l.int(1).const_zero();
                let args = [to.into(), from.into(), n.into(), no.into()];
                self.intrinsic("llvm.memmove", &[p, p, w], &args)?;
                Ok(Vec::new())
            }
            Memclr => {
                let (p, n) = (self.ptr_operand(arg(0)?)?, self.int64_operand(arg(1)?)?);
                let (zero, no) = (self.cx.l.int(8).const_zero(), self.cx.l.int(1).const_zero());
                let tys = [self.cx.l.ptr.into(), self.cx.l.i64.into()];
                let args = [p.into(), zero.into(), n.into(), no.into()];
                self.intrinsic("llvm.memset", &tys, &args)?;
                Ok(Vec::new())
            }
            KeepAlive => {
                for a in args {
                    if let Val::Reg(v) = self.operand(a)? {
                        let mut scalars = Vec::new();
                        self.flatten(v, &mut scalars)?;
                        for s in scalars.into_iter().filter(|s| s.is_pointer_value()) {
                            let ty =
                                self.cx.ctx.void_type().fn_type(&[self.cx.l.ptr.into()], false);
                            self.asm(ty, "", "r", true, &[s])?;
                        }
                    }
                }
                Ok(Vec::new())
            }
            NoEscape => one(self.ptr_operand(arg(0)?)?.into()),
            FrameAddress => one(self.cfa()?.into()),
            GetG => one(self.g()?.into()),
            Prefetch => {
                let p = self.ptr_operand(arg(0)?)?;
                let c = |v| self.cx.l.int(32).const_int(v, false).into();
                let args = [p.into(), c(0), c(3), c(1)];
                self.intrinsic("llvm.prefetch", &[self.cx.l.ptr.into()], &args)?;
                Ok(Vec::new())
            }
        }
    }

    /// The running goroutine: constant during an activation, wherever it runs.
    pub fn g(&self) -> Res<PointerValue<'ctx>> {
        let ty = self.cx.l.ptr.fn_type(&[], false);
        let g = self.asm(ty, "movq %fs:gosubc_g@tpoff, $0", "=r", false, &[])?;
        for (name, value) in [("nounwind", 0), ("willreturn", 0), ("memory", 0)] {
            g.add_attribute(AttributeLoc::Function, self.cx.enum_attr(name, value));
        }
        match g.try_as_basic_value().basic() {
            Some(v) => Ok(v.into_pointer_value()),
            None => bail!("assembly without result"),
        }
    }

    /// An LLVM intrinsic over one type.
    fn same(&mut self, name: &str, args: &'m [Operand]) -> Res<Vec<Bv<'ctx>>> {
        let mut vals = Vec::new();
        for a in args {
            vals.push(self.reg_operand(a)?);
        }
        let Some(first) = vals.first() else { bail!("{name} without arguments") };
        Ok(vec![self.intrinsic_value(name, &[first.get_type()], &vals)?])
    }

    fn count_zeros(&mut self, name: &str, x: &'m Operand) -> Res<Vec<Bv<'ctx>>> {
        let v = self.int_operand(x)?;
        let no = self.cx.l.int(1).const_zero();
        Ok(vec![self.intrinsic_value(name, &[v.get_type().into()], &[v.into(), no.into()])?])
    }

    fn mul64(&mut self, x: &'m Operand, y: &'m Operand) -> Res<Vec<Bv<'ctx>>> {
        let wide = self.cx.ctx.i128_type();
        let (x, y) = (self.int_operand(x)?, self.int_operand(y)?);
        let x = self.b.build_int_z_extend(x, wide, "")?;
        let y = self.b.build_int_z_extend(y, wide, "")?;
        let p = self.b.build_int_mul(x, y, "")?;
        let hi = self.b.build_right_shift(p, wide.const_int(64, false), false, "")?;
        let hi = self.b.build_int_truncate(hi, self.cx.l.i64, "")?;
        let lo = self.b.build_int_truncate(p, self.cx.l.i64, "")?;
        Ok(vec![hi.into(), lo.into()])
    }

    /// `hi:lo` by `y`; the caller has seen to it that the quotient fits.
    fn div64(&mut self, hi: &'m Operand, lo: &'m Operand, y: &'m Operand) -> Res<Vec<Bv<'ctx>>> {
        let (hi, lo) = (self.int_operand(hi)?, self.int_operand(lo)?);
        let y = self.int_operand(y)?;
        let word = self.cx.l.i64.into();
        let pair = self.cx.ctx.struct_type(&[word, word], false);
        let ty = pair.fn_type(&[word.into(), word.into(), word.into()], false);
        let constraints = "={ax},={dx},{ax},{dx},r,~{flags}";
        let call =
            self.asm(ty, "divq $4", constraints, false, &[lo.into(), hi.into(), y.into()])?;
        for (name, value) in [("nounwind", 0), ("willreturn", 0), ("memory", 0)] {
            call.add_attribute(AttributeLoc::Function, self.cx.enum_attr(name, value));
        }
        let Some(both) = call.try_as_basic_value().basic() else { bail!("division") };
        Ok(vec![self.extract(both, 0)?, self.extract(both, 1)?])
    }

    /// `x ± y ± carry` and the carry out; only the lowest bit of `carry` counts.
    fn carry(
        &mut self,
        which: Intrinsic,
        x: &'m Operand,
        y: &'m Operand,
        carry: &'m Operand,
    ) -> Res<Vec<Bv<'ctx>>> {
        let name = match which {
            Intrinsic::Add64 => "llvm.uadd.with.overflow",
            _ => "llvm.usub.with.overflow",
        };
        let t = self.cx.l.i64.into();
        let (x, y) = (self.reg_operand(x)?, self.reg_operand(y)?);
        let c = self.int_operand(carry)?;
        let c = self.b.build_and(c, self.cx.i64(1), "")?;
        let first = self.intrinsic_value(name, &[t], &[x, y])?;
        let second = self.intrinsic_value(name, &[t], &[self.extract(first, 0)?, c.into()])?;
        let (o1, o2) = (self.extract(first, 1)?, self.extract(second, 1)?);
        let out = self.b.build_or(o1.into_int_value(), o2.into_int_value(), "")?;
        let out = self.int_resize(out, 64, false)?;
        Ok(vec![self.extract(second, 0)?, out.into()])
    }

    fn make_atomic(&self, i: Option<InstructionValue<'ctx>>, size: u64) -> Res<()> {
        let done =
            i.map(|i| i.set_alignment(size as u32).is_ok() && i.set_atomic_ordering(SEQ).is_ok());
        if done == Some(true) { Ok(()) } else { bail!("cannot make an access atomic") }
    }

    /// Returns the old value. Pointers go as integers.
    fn rmw(&mut self, op: AtomicRMWBinOp, p: &'m Operand, v: &'m Operand) -> Res<Vec<Bv<'ctx>>> {
        let p: PointerValue = self.ptr_operand(p)?;
        let v = self.reg_operand(v)?;
        let (word, is_ptr): (IntValue, bool) = match v {
            Bv::IntValue(v) => (v, false),
            Bv::PointerValue(v) => (self.b.build_ptr_to_int(v, self.cx.l.i64, "")?, true),
            v => bail!("atomic operation on a {}", v.get_type()),
        };
        let old = self.b.build_atomicrmw(op, p, word, SEQ)?;
        Ok(vec![if is_ptr {
            self.b.build_int_to_ptr(old, self.cx.l.ptr, "")?.into()
        } else {
            old.into()
        }])
    }

    /// Inline assembly.
    pub fn asm(
        &self,
        ty: inkwell::types::FunctionType<'ctx>,
        text: &str,
        constraints: &str,
        effects: bool,
        args: &[Bv<'ctx>],
    ) -> Res<CallSiteValue<'ctx>> {
        let code = self.cx.ctx.create_inline_asm(
            ty,
            text.into(),
            constraints.into(),
            effects,
            false,
            None,
            false,
        );
        let args: Vec<_> = args.iter().map(|&a| a.into()).collect();
        Ok(self.b.build_indirect_call(ty, code, &args, "")?)
    }
}

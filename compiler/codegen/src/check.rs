//! Run-time checks: a compare and branch, and a cold block out of line that panics.
//!
//! Nil checks carry `!make.implicit`: LLVM folds them into the access that follows. Failing
//! calls are `nomerge`, so that the PC of each tells its line.

use crate::error::Res;
use crate::func::FnCx;
use crate::value::Bv;
use inkwell::IntPredicate;
use inkwell::attributes::AttributeLoc;
use inkwell::basic_block::BasicBlock;
use inkwell::values::{IntValue, PointerValue};
use ir::ir::{Check, Const, Instr, InstrKind, Operand};
use ir::runtime_abi::{RuntimeFn, SliceError};
use ir::ty::{Ty, TyKind};

/// What `make` accepts: Go's address space on amd64.
const MAX_ALLOC: u64 = 1 << 48;

impl<'ctx, 'm> FnCx<'_, 'ctx, 'm> {
    pub fn check(&mut self, c: &'m Check) -> Res<()> {
        match c {
            Check::Nil(op) => {
                if let Operand::Const(Const::GlobalAddr(..) | Const::Func(..)) = op {
                    return Ok(());
                }
                let p = self.ptr_operand(op)?;
                self.nil_check(p)
            }
            Check::Index { index, len, unsigned } => {
                let (i, n) = (self.int64_operand(index)?, self.int64_operand(len)?);
                let ok = self.b.build_int_compare(IntPredicate::ULT, i, n, "")?;
                let u = self.cx.l.int(1).const_int(*unsigned as u64, false);
                self.unless(ok, RuntimeFn::panic_index, &[i.into(), n.into(), u.into()])
            }
            Check::Slice { lo, hi, len, cap, string } => {
                self.check_slice(lo.as_ref(), hi.as_ref(), len, cap, *string)
            }
            Check::Slice3 { lo, hi, max, cap, array } => {
                let (hi, max) = (self.int64_operand(hi)?, self.int64_operand(max)?);
                let cap = self.int64_operand(cap)?;
                let kind = if *array { SliceError::Alen3 } else { SliceError::Acap3 };
                self.bound(max, cap, kind)?;
                self.bound(hi, max, SliceError::B3)?;
                match lo {
                    Some(lo) => {
                        let lo = self.int64_operand(lo)?;
                        self.bound(lo, hi, SliceError::C3)
                    }
                    None => Ok(()),
                }
            }
            Check::Divide(d) => {
                let d = self.int_operand(d)?;
                let zero = d.get_type().const_zero();
                let ok = self.b.build_int_compare(IntPredicate::NE, d, zero, "")?;
                self.unless(ok, RuntimeFn::panic_divide, &[])
            }
            Check::Shift(n) => {
                let n = self.int_operand(n)?;
                let zero = n.get_type().const_zero();
                let ok = self.b.build_int_compare(IntPredicate::SGE, n, zero, "")?;
                self.unless(ok, RuntimeFn::panic_shift, &[])
            }
            Check::MakeSlice { elem, len, cap } => {
                let (n, c) = (self.int64_operand(len)?, self.int64_operand(cap)?);
                let size = self.cx.l.size(*elem);
                let most = MAX_ALLOC.checked_div(size).unwrap_or(i64::MAX as u64);
                let most = self.cx.i64(most);
                let ok = self.b.build_int_compare(IntPredicate::ULE, n, most, "")?;
                self.unless(ok, RuntimeFn::panic_make_slice_len, &[])?;
                let fits = self.b.build_int_compare(IntPredicate::ULE, c, most, "")?;
                let order = self.b.build_int_compare(IntPredicate::ULE, n, c, "")?;
                let ok = self.b.build_and(fits, order, "")?;
                self.unless(ok, RuntimeFn::panic_make_slice_cap, &[])
            }
            Check::SliceToArray { len, want } => {
                let (n, want) = (self.int64_operand(len)?, self.cx.i64(*want));
                let ok = self.b.build_int_compare(IntPredicate::UGE, n, want, "")?;
                self.unless(ok, RuntimeFn::panic_slice_convert, &[n.into(), want.into()])
            }
        }
    }

    fn check_slice(
        &mut self,
        lo: Option<&'m Operand>,
        hi: Option<&'m Operand>,
        len: &'m Operand,
        cap: &'m Operand,
        string: bool,
    ) -> Res<()> {
        let high = match hi {
            Some(hi) => {
                let (hi, cap) = (self.int64_operand(hi)?, self.int64_operand(cap)?);
                let kind = if string { SliceError::Alen } else { SliceError::Acap };
                self.bound(hi, cap, kind)?;
                hi
            }
            None => self.int64_operand(len)?,
        };
        match lo {
            Some(lo) => {
                let lo = self.int64_operand(lo)?;
                self.bound(lo, high, SliceError::B)
            }
            None => Ok(()),
        }
    }

    /// `0 <= x <= limit`
    fn bound(&mut self, x: IntValue<'ctx>, limit: IntValue<'ctx>, kind: SliceError) -> Res<()> {
        let ok = self.b.build_int_compare(IntPredicate::ULE, x, limit, "")?;
        let kind = self.cx.i64(kind as i64 as u64);
        let unsigned = self.cx.l.int(1).const_zero();
        let args = [kind.into(), x.into(), limit.into(), unsigned.into()];
        self.unless(ok, RuntimeFn::panic_slice, &args)
    }

    /// What holds of a parameter that is a slice or string, if the function checks anything: `0 <= len <= cap`. (Loads of lengths say by themselves that
    /// they are not negative.)
    pub fn assume_lengths(&mut self, t: Ty, v: Bv<'ctx>) -> Res<()> {
        let parts: &[u32] = match self.cx.l.kind(t) {
            TyKind::String => &[1],
            TyKind::Slice(_) => &[1, 2],
            _ => return Ok(()),
        };
        let checks = |i: &Instr| {
            matches!(i.kind, InstrKind::Check(Check::Index { .. } | Check::Slice { .. }))
        };
        if self.cx.opts.opt_level < 2
            || self.f.attrs.puns
            || !self.f.blocks.iter().flat_map(|b| &b.instrs).any(checks)
        {
            return Ok(());
        }
        let mut numbers = Vec::new();
        for &i in parts {
            let n = self.extract(v, i)?.into_int_value();
            let zero = n.get_type().const_zero();
            let holds = self.b.build_int_compare(IntPredicate::SGE, n, zero, "")?;
            self.intrinsic("llvm.assume", &[], &[holds.into()])?;
            numbers.push(n);
        }
        if let [len, cap] = numbers[..] {
            let holds = self.b.build_int_compare(IntPredicate::ULE, len, cap, "")?;
            self.intrinsic("llvm.assume", &[], &[holds.into()])?;
        }
        Ok(())
    }

    /// Panics if `p` is nil.
    pub fn nil_check(&mut self, p: PointerValue<'ctx>) -> Res<()> {
        let is_variable = p
            .as_instruction()
            .is_some_and(|i| i.get_opcode() == inkwell::values::InstructionOpcode::Alloca);
        if is_variable {
            return Ok(());
        }
        let nil = self.b.build_is_null(p, "")?;
        let bad = self.failing_block(RuntimeFn::panic_mem, &[])?;
        let ok = self.new_block("ok");
        let branch = self.b.build_conditional_branch(nil, bad, ok)?;
        let kind = self.cx.ctx.get_kind_id("make.implicit");
        let _ = branch.set_metadata(self.cx.ctx.metadata_node(&[]), kind);
        self.b.position_at_end(ok);
        Ok(())
    }

    /// Goes on if `ok`, else calls `f`, which panics.
    pub fn unless(&mut self, ok: IntValue<'ctx>, f: RuntimeFn, args: &[Bv<'ctx>]) -> Res<()> {
        if ok.get_zero_extended_constant() == Some(1) {
            return Ok(());
        }
        let bad = self.failing_block(f, args)?;
        let good = self.new_block("ok");
        self.b.build_conditional_branch(ok, good, bad)?;
        self.b.position_at_end(good);
        Ok(())
    }

    fn failing_block(&mut self, f: RuntimeFn, args: &[Bv<'ctx>]) -> Res<BasicBlock<'ctx>> {
        let key = (f, self.at, self.cx.debug.line(self.span));
        if args.is_empty()
            && let Some(b) = self.fail_blocks.get(&key)
        {
            return Ok(*b);
        }
        let here = self.b.get_insert_block();
        let bad = self.new_block("fail");
        self.b.position_at_end(bad);
        let call = self.call_runtime(f, args)?;
        call.add_attribute(AttributeLoc::Function, self.cx.enum_attr("nomerge", 0));
        call.add_attribute(AttributeLoc::Function, self.cx.enum_attr("cold", 0));
        self.b.build_unreachable()?;
        if let Some(here) = here {
            self.b.position_at_end(here);
        }
        if args.is_empty() {
            self.fail_blocks.insert(key, bad);
        }
        Ok(bad)
    }
}

//! Assignments: right-hand sides in, values out (or, of values in memory, copies).

use crate::error::{Res, bail};
use crate::func::FnCx;
use crate::layout::Class;
use crate::value::{Bv, Val, aggregate, scalar};
use inkwell::values::{AggregateValueEnum, PointerValue};
use ir::ir::{ConvKind, Operand, Part, Place, PlaceBase, Proj, Rvalue};
use ir::runtime_abi::RuntimeFn;
use ir::ty::{Ty, TyKind};

impl<'ctx, 'm> FnCx<'_, 'ctx, 'm> {
    pub fn assign(&mut self, place: &'m Place, rv: &'m Rvalue) -> Res<()> {
        let t = self.place_ty(place)?;
        match self.cx.l.class(t) {
            Class::Zst => Ok(()),
            Class::Reg => {
                let v = self.rvalue(rv, t)?;
                let at = self.address(place)?;
                self.store_reg(t, at, v)
            }
            Class::Mem => self.assign_memory(place, rv, t),
        }
    }

    fn assign_memory(&mut self, place: &'m Place, rv: &'m Rvalue, t: Ty) -> Res<()> {
        match rv {
            Rvalue::Use(op) | Rvalue::Convert(ConvKind::NoOp, op, _) => {
                let v = self.operand(op)?;
                let at = self.address(place)?;
                match (v, op) {
                    (Val::Mem(from), op) if disjoint(place, op) => self.copy_memory(t, at, from),
                    (v, _) => self.store(t, at, v),
                }
            }
            Rvalue::Extract(Part::Field(i), op) => {
                let off = match self.operand_ty(op)? {
                    Some(t) => self.cx.l.field(t, *i)?.1,
                    None => bail!("field of a constant"),
                };
                let v = match self.operand(op)? {
                    Val::Mem(p) => Val::Mem(self.offset(p, off)?),
                    v => v,
                };
                let at = self.address(place)?;
                self.store(t, at, v)
            }
            Rvalue::Aggregate(_, parts) => {
                // Parts may read the target.
                if parts.iter().all(|p| disjoint(place, p)) {
                    let at = self.address(place)?;
                    return self.store_parts(t, at, parts);
                }
                self.temp(self.cx.l.mem(t), self.cx.l.align(t), |fx, tmp| {
                    fx.store_parts(t, tmp, parts)?;
                    let at = fx.address(place)?;
                    fx.copy_memory(t, at, tmp)
                })
            }
            rv => bail!("{rv:?} of type {}", self.cx.ir.types.data(t).string),
        }
    }

    fn store_parts(&mut self, t: Ty, at: PointerValue<'ctx>, parts: &'m [Operand]) -> Res<()> {
        for (i, part) in parts.iter().enumerate() {
            let (pt, off) = self.part(t, i)?;
            let v = self.operand(part)?;
            let p = self.offset(at, off)?;
            match v {
                Val::Mem(from) => self.copy_memory(pt, p, from)?,
                v => self.store(pt, p, v)?,
            }
        }
        if let TyKind::Array(e, n) = self.cx.l.kind(t)
            && (parts.len() as u64) < *n
        {
            let off = parts.len() as u64 * self.cx.l.size(*e);
            let p = self.offset(at, off)?;
            self.zero_bytes(p, self.cx.l.size(t) - off, self.cx.l.align(t))?;
        }
        Ok(())
    }

    /// Type and offset of part `i` of a struct or array type.
    fn part(&self, t: Ty, i: usize) -> Res<(Ty, u64)> {
        match self.cx.l.kind(t) {
            TyKind::Array(e, _) => Ok((*e, i as u64 * self.cx.l.size(*e))),
            _ => self.cx.l.field(t, i as u32),
        }
    }

    /// The first-class value of a right-hand side that is assigned to a place of type `want`.
    fn rvalue(&mut self, rv: &'m Rvalue, want: Ty) -> Res<Bv<'ctx>> {
        match rv {
            Rvalue::Use(op) | Rvalue::Convert(ConvKind::NoOp, op, _) => self.reg_operand(op),
            Rvalue::Unary(op, x) => self.unary(*op, x),
            Rvalue::Binary(op, x, y) => self.binary(*op, x, y),
            Rvalue::Convert(kind, x, to) => self.convert(*kind, x, *to),
            Rvalue::AddrOf(place, _) => Ok(self.address(place)?.into()),
            Rvalue::New { ty, alloc, .. } => Ok(self.new_variable(*ty, *alloc)?.into()),
            Rvalue::MakeSlice { slice, len, cap, alloc } => {
                self.make_slice(*slice, len, cap, *alloc)
            }
            Rvalue::MakeClosure { func, captures, object, alloc, .. } => {
                Ok(self.make_closure(func, captures, *object, *alloc)?.into())
            }
            Rvalue::MakeInterface { iface, concrete, value, alloc } => {
                self.make_interface(*iface, *concrete, value, *alloc)
            }
            Rvalue::Aggregate(t, parts) => self.aggregate(*t, parts),
            Rvalue::Extract(part, op) => self.extract_part(*part, op),
            Rvalue::SliceFromParts { ptr, len, cap, .. } => {
                let parts = [
                    self.ptr_operand(ptr)?.into(),
                    self.int64_operand(len)?.into(),
                    self.int64_operand(cap)?.into(),
                ];
                self.tuple(&parts)
            }
            Rvalue::StringFromParts { ptr, len, .. } => {
                let parts = [self.ptr_operand(ptr)?.into(), self.int64_operand(len)?.into()];
                self.tuple(&parts)
            }
            Rvalue::InterfaceFromParts { tab, data, .. } => {
                let parts = [self.ptr_operand(tab)?.into(), self.ptr_operand(data)?.into()];
                self.tuple(&parts)
            }
            Rvalue::ComplexFromParts { re, im, .. } => {
                let parts = [self.reg_operand(re)?, self.reg_operand(im)?];
                self.tuple(&parts)
            }
            Rvalue::PtrIndex { base, index } => {
                let TyKind::Pointer(elem) = self.cx.l.kind(want) else {
                    bail!("PtrIndex of type {}", self.cx.ir.types.data(want).string)
                };
                let p = self.ptr_operand(base)?;
                let i = self.int64_operand(index)?;
                Ok(self.index_anywhere(p, self.cx.l.mem(*elem), i)?.into())
            }
            Rvalue::Recover { frame, .. } => {
                let frame = match frame {
                    Some(f) => self.ptr_operand(f)?,
                    None => self.cfa()?,
                };
                self.runtime_value(RuntimeFn::gorecover, &[frame.into()])
            }
            Rvalue::FrameToken => Ok(self.cfa()?.into()),
            Rvalue::DeferBit(site) => self.defer_bit(*site),
        }
    }

    fn aggregate(&mut self, t: Ty, parts: &'m [Operand]) -> Res<Bv<'ctx>> {
        let mut v = match self.cx.l.reg(t) {
            inkwell::types::BasicTypeEnum::ArrayType(a) => {
                AggregateValueEnum::ArrayValue(a.const_zero())
            }
            inkwell::types::BasicTypeEnum::StructType(s) => {
                AggregateValueEnum::StructValue(s.const_zero())
            }
            other => bail!("aggregate of type {other}"),
        };
        for (i, part) in parts.iter().enumerate() {
            if let Val::Reg(part) = self.operand(part)? {
                v = self.b.build_insert_value(v, part, i as u32, "")?;
            }
        }
        aggregate(v)
    }

    fn extract_part(&mut self, part: Part, op: &'m Operand) -> Res<Bv<'ctx>> {
        let index = match part {
            Part::Ptr | Part::Tab | Part::Real => 0,
            Part::Len | Part::Data | Part::Imag => 1,
            Part::Cap => 2,
            Part::Field(i) => i,
        };
        // Without loading what isn't asked for.
        if let (Operand::Copy(p), Some(t)) = (op, self.operand_ty(op)?) {
            if let Part::Field(i) = part {
                let (ft, off) = self.part(t, i as usize)?;
                let at = self.address(p)?;
                let at = self.offset(at, off)?;
                return self.load_reg(ft, at);
            }
            if let Some(words) = self.cx.l.words(self.cx.l.kind(t))
                && let Some(w) = words.get_field_type_at_index(index)
            {
                let step = self.cx.l.align(t);
                let at = self.address(p)?;
                let at = self.offset(at, step * index as u64)?;
                return self.load_scalar(w, at, scalar(self.cx.l.kind(t), w));
            }
        }
        match self.operand(op)? {
            Val::Reg(v) => self.extract(v, index),
            Val::Mem(at) => match self.operand_ty(op)? {
                Some(t) => {
                    let (ft, off) = self.part(t, index as usize)?;
                    let at = self.offset(at, off)?;
                    self.load_reg(ft, at)
                }
                None => bail!("part of {op:?}"),
            },
            Val::Zero => match self.operand_ty(op)? {
                Some(t) => Ok(self.cx.l.reg(self.part(t, index as usize)?.0).const_zero()),
                None => bail!("part of {op:?}"),
            },
            Val::Zst => bail!("part of a value without parts"),
        }
    }
}

/// Whether `op` certainly doesn't read the memory of `place`: they are different variables, or `op` is constant.
fn disjoint(place: &Place, op: &Operand) -> bool {
    let direct = |p: &Place| !p.proj.iter().any(|x| !matches!(x, Proj::Field(_)));
    match op {
        Operand::Const(_) => true,
        Operand::Copy(from) => match (&place.base, &from.base) {
            (PlaceBase::Local(a), PlaceBase::Local(b)) => a != b && direct(place) && direct(from),
            _ => false,
        },
    }
}

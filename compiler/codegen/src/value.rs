//! Values of operands, and moving them between registers and memory.

use crate::error::{Res, bail};
use crate::func::FnCx;
use crate::layout::Class;
use inkwell::types::BasicTypeEnum;
use inkwell::values::{
    AggregateValueEnum, BasicValue, BasicValueEnum, InstructionValue, IntValue, PointerValue,
};
use ir::ty::{Ty, TyKind};

pub type Bv<'ctx> = BasicValueEnum<'ctx>;

/// The value of an operand, by its type's [`Class`].
#[derive(Clone, Copy, Debug)]
pub enum Val<'ctx> {
    Zst,
    Reg(Bv<'ctx>),
    /// In memory that keeps its content until the instruction at hand is done.
    Mem(PointerValue<'ctx>),
    /// All zero, of class `Mem`.
    Zero,
}

/// What a scalar in memory is. Memory that holds one of them isn't accessed as another, in functions without conversions
/// of unsafe.Pointer: so stores to elements leave the slices alone that lead to them. (gc tells pointers from the rest, too; no
/// finer distinction would do, as Go allows `[]float64` to be seen as `[]uint64`.)
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scalar {
    Pointer,
    /// Length or capacity of a string or slice.
    Length,
    Other,
}

impl<'ctx, 'm> FnCx<'_, 'ctx, 'm> {
    /// `p + off` bytes, inside the same object.
    pub fn offset(&self, p: PointerValue<'ctx>, off: u64) -> Res<PointerValue<'ctx>> {
        if off == 0 {
            return Ok(p);
        }
        self.index(p, self.cx.ctx.i8_type().into(), self.cx.i64(off))
    }

    /// `&p[i]` for elements of type `elem`, inside the same object.
    pub fn index(
        &self,
        p: PointerValue<'ctx>,
        elem: BasicTypeEnum<'ctx>,
        i: IntValue<'ctx>,
    ) -> Res<PointerValue<'ctx>> {
        // SAFETY: one index over a sized type of this context.
        Ok(unsafe { self.b.build_in_bounds_gep(elem, p, &[i], "")? })
    }

    /// The same without any promise about the result.
    pub fn index_anywhere(
        &self,
        p: PointerValue<'ctx>,
        elem: BasicTypeEnum<'ctx>,
        i: IntValue<'ctx>,
    ) -> Res<PointerValue<'ctx>> {
        // SAFETY: as above.
        Ok(unsafe { self.b.build_gep(elem, p, &[i], "")? })
    }

    /// What `access` loads and stores is part of a closure object: written when it is made and never again, so that what is
    /// read through a pointer is what was written through it, whatever has been called in between.
    pub fn immutably<T>(&mut self, access: impl FnOnce(&mut Self) -> Res<T>) -> Res<T> {
        self.immutable = true;
        let r = access(self);
        self.immutable = false;
        r
    }

    pub fn load_scalar(
        &self,
        t: BasicTypeEnum<'ctx>,
        p: PointerValue<'ctx>,
        what: Scalar,
    ) -> Res<Bv<'ctx>> {
        let v = self.b.build_load(t, p, "")?;
        if let Some(i) = v.as_instruction_value() {
            self.tag_access(i, what);
            if what == Scalar::Length && !self.f.attrs.puns && self.cx.opts.opt_level > 0 {
                let _ = i.set_metadata(self.cx.length_range, self.cx.ctx.get_kind_id("range"));
            }
        }
        Ok(v)
    }

    pub fn store_scalar(&self, p: PointerValue<'ctx>, v: Bv<'ctx>, what: Scalar) -> Res<()> {
        let i = self.b.build_store(p, v)?;
        self.tag_access(i, what);
        Ok(())
    }

    fn tag_access(&self, i: InstructionValue<'ctx>, what: Scalar) {
        // Loads and stores take metadata.
        if self.immutable {
            let kind = self.cx.ctx.get_kind_id("invariant.group");
            let _ = i.set_metadata(self.cx.ctx.metadata_node(&[]), kind);
        }
        if !self.f.attrs.puns && self.cx.opts.opt_level > 0 {
            let _ = i.set_metadata(self.cx.access_tag(what), self.cx.ctx.get_kind_id("tbaa"));
        }
    }

    /// A pointer in a closure object.
    pub fn load_immutable_pointer(&mut self, p: PointerValue<'ctx>) -> Res<PointerValue<'ctx>> {
        let t = self.cx.l.ptr.into();
        Ok(self.immutably(|fx| fx.load_scalar(t, p, Scalar::Pointer))?.into_pointer_value())
    }

    /// A code pointer in an itab, which nothing ever writes to in sight of Go code.
    pub fn load_constant_pointer(&self, p: PointerValue<'ctx>) -> Res<PointerValue<'ctx>> {
        let v = self.b.build_load(self.cx.l.ptr, p, "")?;
        if let Some(i) = v.as_instruction_value() {
            let kind = self.cx.ctx.get_kind_id("invariant.load");
            let _ = i.set_metadata(self.cx.ctx.metadata_node(&[]), kind);
        }
        Ok(v.into_pointer_value())
    }

    /// Loads a value of any class.
    pub fn load(&self, t: Ty, p: PointerValue<'ctx>) -> Res<Val<'ctx>> {
        Ok(match self.cx.l.class(t) {
            Class::Zst => Val::Zst,
            Class::Reg => Val::Reg(self.load_reg(t, p)?),
            Class::Mem => Val::Mem(p),
        })
    }

    /// Loads a first-class value scalar by scalar.
    pub fn load_reg(&self, t: Ty, p: PointerValue<'ctx>) -> Res<Bv<'ctx>> {
        let l = &self.cx.l;
        match l.kind(t) {
            TyKind::Bool => {
                let byte = self.load_scalar(l.int(8).into(), p, Scalar::Other)?.into_int_value();
                Ok(self.b.build_int_truncate(byte, l.int(1), "")?.into())
            }
            TyKind::Array(e, n) => {
                let mut v = AggregateValueEnum::ArrayValue(l.reg(t).into_array_type().get_poison());
                for i in 0..*n {
                    let part = self.load_reg(*e, self.offset(p, i * l.size(*e))?)?;
                    v = self.b.build_insert_value(v, part, i as u32, "")?;
                }
                aggregate(v)
            }
            TyKind::Struct(fields) => {
                let mut v =
                    AggregateValueEnum::StructValue(l.reg(t).into_struct_type().get_poison());
                let offsets = l.table.struct_layout(fields).0;
                for (i, f) in fields.iter().enumerate() {
                    if l.class(f.ty) != Class::Zst {
                        let part = self.load_reg(f.ty, self.offset(p, offsets[i])?)?;
                        v = self.b.build_insert_value(v, part, i as u32, "")?;
                    }
                }
                aggregate(v)
            }
            k => match l.words(k) {
                None => {
                    let w = l.reg(t);
                    Ok(self.load_scalar(w, p, scalar(k, w))?)
                }
                Some(words) => {
                    let mut v = AggregateValueEnum::StructValue(words.get_poison());
                    let mut off = 0;
                    for (i, w) in words.get_field_types().into_iter().enumerate() {
                        let part = self.load_scalar(w, self.offset(p, off)?, scalar(k, w))?;
                        v = self.b.build_insert_value(v, part, i as u32, "")?;
                        off += word_size(w);
                    }
                    aggregate(v)
                }
            },
        }
    }

    /// Stores a first-class value of type `t` scalar by scalar.
    pub fn store_reg(&self, t: Ty, p: PointerValue<'ctx>, v: Bv<'ctx>) -> Res<()> {
        let l = &self.cx.l;
        match l.kind(t) {
            TyKind::Bool => {
                let byte = self.b.build_int_z_extend(v.into_int_value(), l.int(8), "")?;
                self.store_scalar(p, byte.into(), Scalar::Other)?;
            }
            TyKind::Array(e, n) => {
                for i in 0..*n {
                    let part = self.extract(v, i as u32)?;
                    self.store_reg(*e, self.offset(p, i * l.size(*e))?, part)?;
                }
            }
            TyKind::Struct(fields) => {
                let offsets = l.table.struct_layout(fields).0;
                for (i, f) in fields.iter().enumerate() {
                    if l.class(f.ty) != Class::Zst {
                        let part = self.extract(v, i as u32)?;
                        self.store_reg(f.ty, self.offset(p, offsets[i])?, part)?;
                    }
                }
            }
            k => match l.words(k) {
                None => {
                    self.store_scalar(p, v, scalar(k, v.get_type()))?;
                }
                Some(words) => {
                    let mut off = 0;
                    for (i, w) in words.get_field_types().into_iter().enumerate() {
                        let part = self.extract(v, i as u32)?;
                        self.store_scalar(self.offset(p, off)?, part, scalar(k, w))?;
                        off += word_size(w);
                    }
                }
            },
        }
        Ok(())
    }

    /// Stores a value of any class; the target may overlap the source.
    pub fn store(&self, t: Ty, p: PointerValue<'ctx>, v: Val<'ctx>) -> Res<()> {
        match v {
            Val::Zst => Ok(()),
            Val::Reg(v) => self.store_reg(t, p, v),
            Val::Mem(src) => self.move_memory(t, p, src),
            Val::Zero => self.zero(t, p),
        }
    }

    pub fn move_memory(&self, t: Ty, to: PointerValue<'ctx>, from: PointerValue<'ctx>) -> Res<()> {
        let (size, align) = (self.cx.i64(self.cx.l.size(t)), self.cx.l.align(t) as u32);
        self.b
            .build_memmove(to, align, from, align, size)
            .map(|_| ())
            .map_err(|e| crate::InternalError::new(format!("memmove: {e}")))
    }

    /// Copies between places that cannot overlap.
    pub fn copy_memory(&self, t: Ty, to: PointerValue<'ctx>, from: PointerValue<'ctx>) -> Res<()> {
        let (size, align) = (self.cx.i64(self.cx.l.size(t)), self.cx.l.align(t) as u32);
        self.b
            .build_memcpy(to, align, from, align, size)
            .map(|_| ())
            .map_err(|e| crate::InternalError::new(format!("memcpy: {e}")))
    }

    /// Makes a place of type `t` zero.
    pub fn zero(&self, t: Ty, p: PointerValue<'ctx>) -> Res<()> {
        match self.cx.l.class(t) {
            Class::Zst => Ok(()),
            Class::Reg => self.store_reg(t, p, self.cx.l.reg(t).const_zero()),
            Class::Mem => self.zero_bytes(p, self.cx.l.size(t), self.cx.l.align(t)),
        }
    }

    pub fn zero_bytes(&self, p: PointerValue<'ctx>, size: u64, align: u64) -> Res<()> {
        let zero = self.cx.l.int(8).const_zero();
        self.b
            .build_memset(p, align as u32, zero, self.cx.i64(size))
            .map(|_| ())
            .map_err(|e| crate::InternalError::new(format!("memset: {e}")))
    }

    /// Part `i` of a first-class aggregate.
    pub fn extract(&self, v: Bv<'ctx>, i: u32) -> Res<Bv<'ctx>> {
        match v {
            Bv::StructValue(s) => Ok(self.b.build_extract_value(s, i, "")?),
            Bv::ArrayValue(a) => Ok(self.b.build_extract_value(a, i, "")?),
            v => bail!("part {i} of a {}", v.get_type()),
        }
    }

    /// A struct of these values.
    pub fn tuple(&self, parts: &[Bv<'ctx>]) -> Res<Bv<'ctx>> {
        let tys: Vec<_> = parts.iter().map(|p| p.get_type()).collect();
        let mut v = AggregateValueEnum::StructValue(self.cx.l.structure(&tys).get_poison());
        for (i, p) in parts.iter().enumerate() {
            v = self.b.build_insert_value(v, *p, i as u32, "")?;
        }
        aggregate(v)
    }

    /// The scalars of a first-class value.
    pub fn flatten(&self, v: Bv<'ctx>, out: &mut Vec<Bv<'ctx>>) -> Res<()> {
        let n = match v {
            Bv::StructValue(s) => s.get_type().count_fields(),
            Bv::ArrayValue(a) => a.get_type().len(),
            v => {
                out.push(v);
                return Ok(());
            }
        };
        for i in 0..n {
            let part = self.extract(v, i)?;
            self.flatten(part, out)?;
        }
        Ok(())
    }
}

pub fn aggregate<'ctx>(v: AggregateValueEnum<'ctx>) -> Res<Bv<'ctx>> {
    Ok(match v {
        AggregateValueEnum::ArrayValue(a) => a.into(),
        AggregateValueEnum::StructValue(s) => s.into(),
    })
}

/// What a part `w` of a value of kind `k` is.
pub fn scalar(k: &TyKind, w: BasicTypeEnum) -> Scalar {
    match (w, k) {
        (BasicTypeEnum::PointerType(_), _) => Scalar::Pointer,
        (_, TyKind::String | TyKind::Slice(_)) => Scalar::Length,
        _ => Scalar::Other,
    }
}

fn word_size(t: BasicTypeEnum) -> u64 {
    match t {
        BasicTypeEnum::FloatType(f) if f == f.get_context().f32_type() => 4,
        _ => 8,
    }
}

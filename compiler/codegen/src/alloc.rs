//! Allocations: new variables, slices, closures, interface values.

use crate::error::{Res, bail};
use crate::func::FnCx;
use crate::layout::Class;
use crate::value::{Bv, Scalar, Val};
use inkwell::IntPredicate;
use inkwell::values::{IntValue, PointerValue};
use ir::ir::{Alloc, Const, Operand};
use ir::runtime_abi::RuntimeFn;
use ir::ty::{Ty, TyKind};

impl<'ctx, 'm> FnCx<'_, 'ctx, 'm> {
    /// A zeroed heap object of type `t`.
    pub fn new_object(&mut self, t: Ty) -> Res<PointerValue<'ctx>> {
        let size = self.cx.l.size(t);
        let p = if size == 0 {
            return Ok(self.cx.extern_data("gosubc_zerobase").as_pointer_value());
        } else if self.cx.l.table.has_pointers(t) {
            self.runtime_value(RuntimeFn::newobject, &[self.cx.type_desc(t).into()])?
        } else {
            self.runtime_value(RuntimeFn::newobject_noscan, &[self.cx.i64(size).into()])?
        };
        Ok(p.into_pointer_value())
    }

    pub fn new_variable(&mut self, t: Ty, alloc: Alloc) -> Res<PointerValue<'ctx>> {
        match alloc {
            Alloc::Heap => self.new_object(t),
            Alloc::Optional => Ok(self.cx.l.ptr.const_null()),
            Alloc::Stack => {
                let p = self.alloca_ty(t, "new")?;
                self.zero(t, p)?;
                Ok(p)
            }
        }
    }

    pub fn make_slice(
        &mut self,
        slice: Ty,
        len: &'m Operand,
        cap: &'m Operand,
        alloc: Alloc,
    ) -> Res<Bv<'ctx>> {
        let TyKind::Slice(elem) = self.cx.l.kind(slice) else { bail!("make of no slice") };
        let (n, c) = (self.int64_operand(len)?, self.int64_operand(cap)?);
        let constant = match cap {
            Operand::Const(Const::Int(v, _)) => u64::try_from(*v).ok(),
            _ => None,
        };
        let size = self.cx.l.size(*elem);
        let p = match (alloc, constant) {
            (Alloc::Stack, Some(count)) if size > 0 && count > 0 => {
                let t = self.cx.l.array(self.cx.l.mem(*elem), count);
                let p = self.alloca(t.into(), self.cx.l.align(*elem), "make")?;
                self.zero_bytes(p, size.saturating_mul(count), self.cx.l.align(*elem))?;
                p
            }
            _ if size == 0 => self.cx.extern_data("gosubc_zerobase").as_pointer_value(),
            _ => {
                let args = [self.cx.type_desc(*elem).into(), c.into()];
                self.runtime_value(RuntimeFn::makeslice, &args)?.into_pointer_value()
            }
        };
        self.tuple(&[p.into(), n.into(), c.into()])
    }

    pub fn make_closure(
        &mut self,
        func: &str,
        captures: &'m [Operand],
        object: Ty,
        alloc: Alloc,
    ) -> Res<PointerValue<'ctx>> {
        if captures.is_empty() {
            return self.cx.static_closure(func);
        }
        let mut vals = Vec::new();
        for (i, c) in captures.iter().enumerate() {
            let (t, off) = self.cx.l.field(object, i as u32 + 1)?;
            vals.push((t, off, self.operand(c)?));
        }
        let p = match alloc {
            Alloc::Heap | Alloc::Optional => self.new_object(object)?,
            Alloc::Stack => self.alloca_ty(object, "closure")?,
        };
        let code = self.cx.code_pointer(func)?;
        self.immutably(|fx| {
            fx.store_scalar(p, code.into(), Scalar::Pointer)?;
            for (t, off, v) in vals {
                let at = fx.offset(p, off)?;
                fx.store(t, at, v)?;
            }
            Ok(p)
        })
    }

    pub fn make_interface(
        &mut self,
        iface: Ty,
        concrete: Ty,
        value: &'m Operand,
        alloc: Alloc,
    ) -> Res<Bv<'ctx>> {
        let tab = self.cx.interface_tab(iface, concrete)?;
        let data = self.box_value(concrete, value, alloc)?;
        self.tuple(&[tab.into(), data.into()])
    }

    /// The data word for a value (compiler/ABI.md, "Values").
    fn box_value(&mut self, t: Ty, value: &'m Operand, alloc: Alloc) -> Res<PointerValue<'ctx>> {
        if let Operand::Const(c) = value {
            return self.cx.static_box(t, c);
        }
        let size = self.cx.l.size(t);
        if size == 0 || self.cx.l.class(t) == Class::Zst {
            return Ok(self.cx.extern_data("gosubc_zerobase").as_pointer_value());
        }
        let v = self.operand(value)?;
        if self.cx.l.table.is_pointer_shaped(t) {
            let Val::Reg(v) = v else { bail!("pointer-shaped value in memory") };
            let mut scalars = Vec::new();
            self.flatten(v, &mut scalars)?;
            return match scalars[..] {
                [Bv::PointerValue(p)] => Ok(p),
                _ => bail!("pointer-shaped value"),
            };
        }
        if let (1, Val::Reg(v)) = (size, v) {
            let mut scalars = Vec::new();
            self.flatten(v, &mut scalars)?;
            if let [Bv::IntValue(byte)] = scalars[..] {
                let i = self.int_resize(byte, 64, false)?;
                let table = self.cx.extern_data("gosubc_staticbytes").as_pointer_value();
                return self.index(table, self.cx.l.i64.into(), i);
            }
        }
        let p = match (alloc, v) {
            (Alloc::Stack, _) => self.alloca_ty(t, "box")?,
            (_, Val::Reg(Bv::IntValue(i))) if matches!(self.cx.l.kind(t), TyKind::Int { .. }) => {
                return self.box_int(t, i);
            }
            _ => self.new_object(t)?,
        };
        match v {
            Val::Mem(from) => self.copy_memory(t, p, from)?,
            v => self.store(t, p, v)?,
        }
        Ok(p)
    }

    /// An integer on the heap; those below 256 are there already.
    fn box_int(&mut self, t: Ty, v: IntValue<'ctx>) -> Res<PointerValue<'ctx>> {
        let wide = self.int_resize(v, 64, false)?;
        let small = self.b.build_int_compare(IntPredicate::ULT, wide, self.cx.i64(256), "")?;
        let (table, new, done) =
            (self.new_block("small"), self.new_block("large"), self.new_block("boxed"));
        self.b.build_conditional_branch(small, table, new)?;
        self.b.position_at_end(table);
        let bytes = self.cx.extern_data("gosubc_staticbytes").as_pointer_value();
        let known = self.index(bytes, self.cx.l.i64.into(), wide)?;
        self.b.build_unconditional_branch(done)?;
        self.b.position_at_end(new);
        let p = self.new_object(t)?;
        self.store(t, p, Val::Reg(v.into()))?;
        let stored = self.b.get_insert_block().unwrap_or(new);
        self.b.build_unconditional_branch(done)?;
        self.b.position_at_end(done);
        let boxed = self.b.build_phi(self.cx.l.ptr, "")?;
        boxed.add_incoming(&[(&known, table), (&p, stored)]);
        Ok(boxed.as_basic_value().into_pointer_value())
    }
}

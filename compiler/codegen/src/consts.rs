//! IR constants in, LLVM constants out: in registers' form, in memory's form, and static data that they point to.

use crate::cx::{Cx, closure_symbol};
use crate::error::{Res, bail};
use crate::layout::Class;
use crate::value::Val;
use inkwell::module::Linkage;
use inkwell::types::{AsTypeRef, BasicTypeEnum};
use inkwell::values::{ArrayValue, AsValueRef, BasicValue, BasicValueEnum, PointerValue};
use ir::ir::{Const, Linkage as GoLinkage};
use ir::ty::{Ty, TyKind};

/// Which of a type's two forms (see [`crate::layout`]).
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Reg,
    Mem,
}

impl<'ctx, 'm> Cx<'ctx, 'm> {
    /// The type of a constant; `None` for bool and unsafe.Pointer constants, which don't say theirs.
    pub fn const_ty(&self, c: &Const) -> Option<Ty> {
        match c {
            Const::Bool(_) | Const::TypeDesc(_) | Const::Itab { .. } => None,
            Const::Int(_, t)
            | Const::Float(_, t)
            | Const::Complex(_, _, t)
            | Const::Str(_, t)
            | Const::Zero(t)
            | Const::Func(_, t)
            | Const::Code(_, t)
            | Const::GlobalAddr(_, t)
            | Const::Aggregate(_, t)
            | Const::StaticSlice(_, _, t) => Some(*t),
            Const::StaticInterface { iface, .. } => Some(*iface),
        }
    }

    /// A constant operand.
    pub fn const_val(&self, c: &Const) -> Res<Val<'ctx>> {
        match (self.const_ty(c).map(|t| (t, self.l.class(t))), c) {
            (Some((_, Class::Zst)), _) => Ok(Val::Zst),
            (Some((_, Class::Mem)), Const::Zero(_)) => Ok(Val::Zero),
            (Some((t, Class::Mem)), _) => {
                let data = self.konst(c, Form::Mem)?;
                Ok(Val::Mem(self.private_constant(data, "const", self.l.align(t))))
            }
            _ => Ok(Val::Reg(self.konst(c, Form::Reg)?)),
        }
    }

    pub fn konst(&self, c: &Const, form: Form) -> Res<BasicValueEnum<'ctx>> {
        let l = &self.l;
        Ok(match c {
            Const::Bool(b) => {
                let bits = if form == Form::Mem { 8 } else { 1 };
                l.int(bits).const_int(*b as u64, false).into()
            }
            Const::Int(v, t) => match l.kind(*t) {
                TyKind::Int { bits, .. } => self.int_const(*bits, *v).into(),
                TyKind::Float { bits } => l.float(*bits).const_float(*v as f64).into(),
                _ if l.class(*t) == Class::Reg => {
                    self.i64(*v as u64).const_to_pointer(l.ptr).into()
                }
                _ => bail!("integer constant of type {}", self.ir.types.data(*t).string),
            },
            Const::Float(bits, t) => self.float_const(*t, *bits)?,
            Const::Complex(re, im, t) => {
                let TyKind::Complex { bits } = l.kind(*t) else { bail!("complex constant") };
                let f = |b: &u64| l.float(bits / 2).const_float(f64::from_bits(*b)).into();
                self.ctx.const_struct(&[f(re), f(im)], false).into()
            }
            Const::Str(s, _) => self.words(self.string_data(s), s.len() as u64),
            Const::Zero(t) => match form {
                Form::Reg if l.class(*t) == Class::Zst => self.ctx.const_struct(&[], false).into(),
                Form::Reg => l.reg(*t).const_zero(),
                Form::Mem => l.mem(*t).const_zero(),
            },
            Const::Func(sym, _) => self.static_closure(sym)?.into(),
            Const::Code(sym, _) => self.code_pointer(sym)?.into(),
            Const::TypeDesc(t) => self.type_desc(*t).into(),
            Const::Itab { iface, concrete } => self.itab(*iface, *concrete)?.into(),
            Const::GlobalAddr(sym, _) => self.global(sym)?.into(),
            Const::Aggregate(list, t) => self.aggregate_const(list, *t, form)?,
            Const::StaticSlice(sym, len, _) => {
                let n = self.i64(*len).into();
                self.ctx.const_struct(&[self.global(sym)?.into(), n, n], false).into()
            }
            Const::StaticInterface { iface, concrete, value } => {
                let tab = self.interface_tab(*iface, *concrete)?.into();
                let data = self.static_box(*concrete, value)?.into();
                self.ctx.const_struct(&[tab, data], false).into()
            }
        })
    }

    fn words(&self, p: PointerValue<'ctx>, n: u64) -> BasicValueEnum<'ctx> {
        self.ctx.const_struct(&[p.into(), self.i64(n).into()], false).into()
    }

    pub fn int_const(&self, bits: u8, v: i128) -> inkwell::values::IntValue<'ctx> {
        let mask = if bits >= 64 { u64::MAX } else { (1 << bits) - 1 };
        self.l.int(bits).const_int(v as u64 & mask, false)
    }

    fn float_const(&self, t: Ty, bits: u64) -> Res<BasicValueEnum<'ctx>> {
        let v = f64::from_bits(bits);
        match self.l.kind(t) {
            TyKind::Float { bits } => Ok(self.l.float(*bits).const_float(v).into()),
            _ => bail!("float constant of type {}", self.ir.types.data(t).string),
        }
    }

    fn aggregate_const(&self, list: &[Const], t: Ty, form: Form) -> Res<BasicValueEnum<'ctx>> {
        match self.l.kind(t) {
            TyKind::Array(elem, n) => {
                let mut vals = Vec::with_capacity(list.len());
                for c in list {
                    vals.push(self.field_const(c, *elem, form)?);
                }
                let zero = self.field_const(&Const::Zero(*elem), *elem, form)?;
                vals.resize(*n as usize, zero);
                Ok(self.array_const(zero.get_type(), &vals).into())
            }
            TyKind::Struct(fields) => {
                let mut vals = Vec::with_capacity(fields.len() + 1);
                for (i, f) in fields.iter().enumerate() {
                    let zero = Const::Zero(f.ty);
                    vals.push(self.field_const(list.get(i).unwrap_or(&zero), f.ty, form)?);
                }
                if let (Form::Mem, BasicTypeEnum::StructType(s)) = (form, self.l.mem(t)) {
                    let rest = s.get_field_types().into_iter().skip(vals.len());
                    vals.extend(rest.map(|t| t.const_zero()));
                }
                Ok(self.ctx.const_struct(&vals, false).into())
            }
            _ => bail!("aggregate constant of type {}", self.ir.types.data(t).string),
        }
    }

    /// A part of an aggregate; `t` is the type that the aggregate wants there.
    fn field_const(&self, c: &Const, t: Ty, form: Form) -> Res<BasicValueEnum<'ctx>> {
        match (self.l.class(t), form) {
            (Class::Zst, Form::Reg) => Ok(self.ctx.const_struct(&[], false).into()),
            (Class::Zst, Form::Mem) => Ok(self.l.mem(t).const_zero()),
            _ => self.konst(c, form),
        }
    }

    pub fn array_const(
        &self,
        elem: BasicTypeEnum<'ctx>,
        vals: &[BasicValueEnum<'ctx>],
    ) -> ArrayValue<'ctx> {
        let mut refs: Vec<_> = vals.iter().map(|v| v.as_value_ref()).collect();
        // SAFETY: all values are constants of type `elem` of this context.
        unsafe {
            ArrayValue::new(inkwell::llvm_sys::core::LLVMConstArray2(
                elem.as_type_ref(),
                refs.as_mut_ptr(),
                refs.len() as u64,
            ))
        }
    }

    /// The closure object of a top-level function.
    pub fn static_closure(&self, sym: &str) -> Res<PointerValue<'ctx>> {
        let name = closure_symbol(sym);
        if let Some(g) = self.llmod.get_global(&name) {
            return Ok(g.as_pointer_value());
        }
        let object = self.ctx.const_struct(&[self.code_pointer(sym)?.into()], false);
        let g = self.linkonce_constant(object.into(), &name);
        let internal = self.fn_info(sym).ok().and_then(|i| i.def).map(|d| d.linkage)
            == Some(GoLinkage::Internal);
        if internal {
            g.set_linkage(Linkage::Internal);
        }
        Ok(g.as_pointer_value())
    }

    /// First word of interface values: the itab, or the descriptor for empty interfaces.
    pub fn interface_tab(&self, iface: Ty, concrete: Ty) -> Res<PointerValue<'ctx>> {
        match self.l.kind(iface) {
            TyKind::Interface { methods } if methods.is_empty() => Ok(self.type_desc(concrete)),
            TyKind::Interface { .. } => self.itab(iface, concrete),
            _ => bail!("{} is not an interface type", self.ir.types.data(iface).string),
        }
    }

    /// The data word for a constant of type `concrete`.
    pub fn static_box(&self, concrete: Ty, value: &Const) -> Res<PointerValue<'ctx>> {
        if self.l.size(concrete) == 0 {
            return Ok(self.extern_data("gosubc_zerobase").as_pointer_value());
        }
        if self.l.table.is_pointer_shaped(concrete) {
            // Structs and arrays of one such part are that part.
            let mut value = value;
            while let Const::Aggregate(parts, _) = value {
                match parts.first() {
                    Some(part) => value = part,
                    None => bail!("pointer-shaped constant without parts"),
                }
            }
            return match value {
                Const::Zero(_) => Ok(self.l.ptr.const_null()),
                _ => match self.konst(value, Form::Reg)? {
                    BasicValueEnum::PointerValue(p) => Ok(p),
                    _ => bail!("pointer-shaped constant"),
                },
            };
        }
        let data = self.konst(value, Form::Mem)?;
        Ok(self.boxed_constant(data.as_basic_value_enum(), self.l.align(concrete)))
    }
}

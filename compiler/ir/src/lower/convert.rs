//! Conversions and type assertions (Go specification, "Conversions", "Assignability", "Type
//! assertions").

use super::Res;
use super::lowerer::Lowerer;
use super::types::Prim;
use super::views;
use crate::ir::*;
use crate::runtime_abi::RuntimeFn;
use crate::ty::{Ty, TyKind};
use syntax::ast::Expr;

impl<'a> Lowerer<'_, '_, 'a> {
    /// `v` of type `from` as assigned to a variable of type `to`.
    pub fn assign_conv(&mut self, v: Operand, from: Ty, to: Ty) -> Res<Operand> {
        if from == to {
            return Ok(v);
        }
        match (self.is_interface(from), self.is_interface(to)) {
            (true, true) => self.iface_to_iface(v, from, to),
            (false, true) => Ok(self.make_interface(v, from, to)),
            _ => Ok(self.noop_conv(v, to)),
        }
    }

    /// The same value with another type of the same representation.
    pub fn noop_conv(&mut self, v: Operand, to: Ty) -> Operand {
        match v {
            Operand::Const(Const::Zero(_)) => self.zero(to),
            Operand::Const(Const::Func(sym, _)) => Operand::Const(Const::Func(sym, to)),
            Operand::Const(Const::Str(s, _)) => Operand::Const(Const::Str(s, to)),
            Operand::Const(Const::Int(i, _)) => Operand::Const(Const::Int(i, to)),
            Operand::Const(Const::Float(x, _)) => Operand::Const(Const::Float(x, to)),
            Operand::Const(Const::Bool(b)) => Operand::Const(Const::Bool(b)),
            v => {
                if let Operand::Copy(p) = &v
                    && p.as_local().is_some_and(|l| self.fb.local_ty(l) == to)
                {
                    return v;
                }
                self.fb.convert(to, ConvKind::NoOp, v)
            }
        }
    }

    pub fn make_interface(&mut self, value: Operand, concrete: Ty, iface: Ty) -> Operand {
        if let Operand::Const(c) = value {
            return Operand::Const(Const::StaticInterface { iface, concrete, value: Box::new(c) });
        }
        let make = Rvalue::MakeInterface { iface, concrete, value, alloc: Alloc::Heap };
        self.fb.value(iface, make)
    }

    fn is_empty_interface(&self, t: Ty) -> bool {
        matches!(self.kind(t), TyKind::Interface { methods } if methods.is_empty())
    }

    /// The dynamic type of an interface value (a type descriptor or nil).
    pub fn dyn_type(&mut self, v: Operand, iface: Ty) -> Operand {
        let empty = self.is_empty_interface(iface);
        self.mb.dynamic_type(&mut self.fb, v, empty)
    }

    /// Conversion between interface types, known to be implemented.
    fn iface_to_iface(&mut self, v: Operand, from: Ty, to: Ty) -> Res<Operand> {
        if self.kind(from) == self.kind(to) {
            return Ok(self.noop_conv(v, to));
        }
        let v = self.stable(v, from, false);
        let ptr = self.ptr_ty();
        let typ = self.dyn_type(v.clone(), from);
        let tab = if self.is_empty_interface(to) {
            typ
        } else {
            let bool_ty = self.bool_ty();
            let zero = self.zero(ptr);
            let out = self.fb.value_local(ptr, Rvalue::Use(zero.clone()));
            let (find, done) = (self.fb.new_block(), self.fb.new_block());
            let nil = self.fb.binary(bool_ty, BinOp::Eq, typ.clone(), zero);
            self.fb.branch(nil, done, find);
            self.fb.switch_to(find);
            let want = Operand::Const(Const::TypeDesc(to));
            let itab = self.fb.call_runtime1(RuntimeFn::find_itab, vec![want, typ], ptr);
            self.fb.store(Place::local(out), itab);
            self.fb.goto_and_switch(done);
            Operand::local(out)
        };
        let data = self.fb.extract(ptr, Part::Data, v);
        Ok(self.fb.value(to, Rvalue::InterfaceFromParts { ty: to, tab, data }))
    }

    /// The value of concrete type `ty` in an interface's data word.
    pub fn unbox(&mut self, data: Operand, ty: Ty) -> Res<Operand> {
        if self.mb.types.table.is_pointer_shaped(ty) {
            return self.word_value(data, ty);
        }
        let ptr = self.pointer_to(ty);
        let p = self.fb.convert(ptr, ConvKind::NoOp, data);
        let place = self.fb.deref_unchecked(p, ptr);
        Ok(self.fb.value(ty, Rvalue::Use(Operand::Copy(place))))
    }

    fn word_value(&mut self, data: Operand, ty: Ty) -> Res<Operand> {
        let inner = match self.kind(ty) {
            TyKind::Struct(f) => f[0].ty,
            TyKind::Array(e, _) => *e,
            _ => return Ok(self.fb.convert(ty, ConvKind::NoOp, data)),
        };
        let inner = self.word_value(data, inner)?;
        Ok(self.fb.value(ty, Rvalue::Aggregate(ty, vec![inner])))
    }

    // Type assertions.

    /// `v.(to)`, panicking.
    pub fn assert(&mut self, v: Operand, from: Ty, to: Ty) -> Res<Operand> {
        let ptr = self.ptr_ty();
        let typ = self.dyn_type(v.clone(), from);
        let want = Operand::Const(Const::TypeDesc(to));
        if self.is_interface(to) && !self.is_empty_interface(to) {
            let tab = self.fb.call_runtime1(RuntimeFn::assert_itab, vec![want, typ], ptr);
            let data = self.fb.extract(ptr, Part::Data, v);
            return Ok(self.fb.value(to, Rvalue::InterfaceFromParts { ty: to, tab, data }));
        }
        let ok = self.is_dyn_type(typ.clone(), to);
        let (yes, no) = (self.fb.new_block(), self.fb.new_block());
        self.fb.branch(ok, yes, no);
        self.fb.switch_to(no);
        let args = vec![typ.clone(), want, Operand::Const(Const::TypeDesc(from))];
        self.fb.call_runtime(RuntimeFn::panic_dottype, args, &[]);
        self.fb.switch_to(yes);
        let data = self.fb.extract(ptr, Part::Data, v);
        if self.is_interface(to) {
            return Ok(self.fb.value(to, Rvalue::InterfaceFromParts { ty: to, tab: typ, data }));
        }
        self.unbox(data, to)
    }

    /// `v.(to)` with ok.
    pub fn assert_ok(&mut self, v: Operand, from: Ty, to: Ty) -> Res<(Operand, Operand)> {
        let typ = self.dyn_type(v.clone(), from);
        let (ok, tab) = self.test_type(typ, to);
        let out = self.fb.temp(to);
        let zero = self.zero(to);
        self.fb.store(Place::local(out), zero);
        let (yes, done) = (self.fb.new_block(), self.fb.new_block());
        self.fb.branch(ok.clone(), yes, done);
        self.fb.switch_to(yes);
        let value = self.asserted(v, to, tab)?;
        self.fb.store(Place::local(out), value);
        self.fb.goto_and_switch(done);
        Ok((Operand::local(out), ok))
    }

    /// Whether dynamic type `typ` satisfies an assertion to `to`; for interface types also the
    /// first word of the result.
    pub fn test_type(&mut self, typ: Operand, to: Ty) -> (Operand, Operand) {
        let (ptr, bool_ty) = (self.ptr_ty(), self.bool_ty());
        if self.is_interface(to) && !self.is_empty_interface(to) {
            let want = Operand::Const(Const::TypeDesc(to));
            let tab = self.fb.call_runtime1(RuntimeFn::find_itab, vec![want, typ], ptr);
            let zero = self.zero(ptr);
            let ok = self.fb.binary(bool_ty, BinOp::Ne, tab.clone(), zero);
            return (ok, tab);
        }
        (self.is_dyn_type(typ.clone(), to), typ)
    }

    /// Whether `typ` is concrete type `to`, or (for an empty interface `to`) any type at all.
    pub fn is_dyn_type(&mut self, typ: Operand, to: Ty) -> Operand {
        let (ptr, bool_ty) = (self.ptr_ty(), self.bool_ty());
        if self.is_interface(to) {
            let zero = self.zero(ptr);
            return self.fb.binary(bool_ty, BinOp::Ne, typ, zero);
        }
        let want = Operand::Const(Const::TypeDesc(to));
        self.fb.binary(bool_ty, BinOp::Eq, typ, want)
    }

    /// The value of a successful assertion; `tab` from [`Lowerer::test_type`].
    pub fn asserted(&mut self, v: Operand, to: Ty, tab: Operand) -> Res<Operand> {
        let ptr = self.ptr_ty();
        let data = self.fb.extract(ptr, Part::Data, v);
        if self.is_interface(to) {
            return Ok(self.fb.value(to, Rvalue::InterfaceFromParts { ty: to, tab, data }));
        }
        self.unbox(data, to)
    }

    // Conversions `T(x)`.

    pub fn conversion(&mut self, e: &'a Expr, x: &'a Expr) -> Res<Operand> {
        let to = self.ety(e)?;
        if self.is_nil(x) {
            return Ok(self.zero(to));
        }
        if let Some(v) = self.info.const_value(x.id)
            && let Some(c) = self.const_conversion(v, x, to)?
        {
            return Ok(Operand::Const(c));
        }
        let from = self.ety(x)?;
        let mut v = self.expr(x)?;
        let unsafe_pointer = |t| matches!(self.kind(t), TyKind::UnsafePointer);
        if unsafe_pointer(from) != unsafe_pointer(to) {
            self.fb.func.attrs.puns = true;
        }
        if self.f.kept.is_some()
            && matches!(self.kind(from), TyKind::UnsafePointer)
            && matches!(self.kind(to), TyKind::Int { .. })
        {
            v = self.stable(v, from, false);
            self.f.kept.get_or_insert_default().push(v.clone());
        }
        self.convert_value(v, from, to)
    }

    /// A constant converted to a type (an argument of a type parameter's type, for example) whose values are
    /// constants of the same sort.
    fn const_conversion(
        &mut self,
        v: &::types::constant::Value,
        x: &Expr,
        to: Ty,
    ) -> Res<Option<Const>> {
        use ::types::constant::Value;
        let fits = match (v, self.kind(to)) {
            (Value::Bool(_), TyKind::Bool) | (Value::String(_), TyKind::String) => true,
            (Value::Int(_) | Value::Float(_), TyKind::Int { bits, signed }) => {
                super::consts::int_value(v).is_some_and(|i| in_range(i, *bits, *signed))
            }
            (Value::Int(_) | Value::Float(_), TyKind::Float { .. } | TyKind::Complex { .. }) => {
                true
            }
            (Value::Complex(_), TyKind::Complex { .. }) => true,
            _ => false,
        };
        if fits { Ok(Some(self.const_of(v, to, x.span)?)) } else { Ok(None) }
    }

    /// `to(v)` for any convertible types.
    pub fn convert_value(&mut self, v: Operand, from: Ty, to: Ty) -> Res<Operand> {
        use TyKind::*;
        if from == to {
            return Ok(v);
        }
        if self.is_interface(from) || self.is_interface(to) {
            return self.assign_conv(v, from, to);
        }
        let kind = match (self.kind(from), self.kind(to)) {
            (Int { bits: a, signed: s }, Int { bits: b, signed: t }) => {
                if a == b && s == t {
                    ConvKind::NoOp
                } else {
                    ConvKind::IntToInt
                }
            }
            (Int { .. }, Float { .. }) => ConvKind::IntToFloat,
            (Float { .. }, Int { .. }) => ConvKind::FloatToInt,
            (Float { bits: a }, Float { bits: b }) if a != b => ConvKind::FloatToFloat,
            (Complex { bits: a }, Complex { bits: b }) if a != b => ConvKind::ComplexToComplex,
            (UnsafePointer, Int { .. }) => ConvKind::PtrToInt,
            (Int { .. }, UnsafePointer) => ConvKind::IntToPtr,
            (Int { .. }, String) => return self.int_to_string(v, from, to),
            (String, Slice(_)) => return self.string_to_slice(v, to),
            (Slice(_), String) => return self.slice_to_string(v, from, to),
            (Slice(_), Pointer(_)) => return self.slice_to_array_pointer(v, from, to),
            (Slice(_), Array(..)) => {
                let ptr = self.pointer_to(to);
                let p = self.slice_to_array_pointer(v, from, ptr)?;
                if self.size(to) == 0 {
                    return Ok(self.zero(to));
                }
                let place = self.fb.deref_unchecked(p, ptr);
                return Ok(self.fb.value(to, Rvalue::Use(Operand::Copy(place))));
            }
            _ => return Ok(self.noop_conv(v, to)),
        };
        if kind == ConvKind::NoOp {
            return Ok(self.noop_conv(v, to));
        }
        Ok(self.fb.convert(to, kind, v))
    }

    /// `string(i)`: the UTF-8 of a code point. Values that int64 cannot hold aren't code points either way.
    fn int_to_string(&mut self, v: Operand, from: Ty, to: Ty) -> Res<Operand> {
        let i64_ty = self.prim(Prim::Int64);
        let v = self.convert_value(v, from, i64_ty)?;
        let room = self.buffer(8);
        Ok(self.fb.call_runtime1(RuntimeFn::intstring, vec![room, v], to))
    }

    fn string_to_slice(&mut self, v: Operand, to: Ty) -> Res<Operand> {
        let elem = self.elem(to)?;
        let (ptr_ty, int) = (self.pointer_to(elem), self.int_ty());
        let string = self.string_ty();
        let v = self.noop_conv(v, string);
        let v = self.stable(v, string, false);
        let runes = self.size(elem) == 4;
        let f = if runes { RuntimeFn::stringtoslicerune } else { RuntimeFn::stringtoslicebyte };
        let room = self.buffer(if runes { 4 * views::RUNES } else { views::BYTES });
        let r = self.fb.call_runtime(f, vec![room, v.clone()], &[ptr_ty, int]);
        let len = if runes { r[1].clone() } else { self.fb.extract(int, Part::Len, v) };
        let parts = Rvalue::SliceFromParts { ty: to, ptr: r[0].clone(), len, cap: r[1].clone() };
        Ok(self.fb.value(to, parts))
    }

    fn slice_to_string(&mut self, v: Operand, from: Ty, to: Ty) -> Res<Operand> {
        let elem = self.elem(from)?;
        let (ptr_ty, int) = (self.pointer_to(elem), self.int_ty());
        let v = self.stable(v, from, false);
        let ptr = self.fb.extract(ptr_ty, Part::Ptr, v.clone());
        let len = self.fb.extract(int, Part::Len, v);
        let f = match self.size(elem) {
            4 => RuntimeFn::slicerunetostring,
            _ => RuntimeFn::slicebytetostring,
        };
        let room = self.buffer(views::BYTES);
        Ok(self.fb.call_runtime1(f, vec![room, ptr, len], to))
    }

    fn slice_to_array_pointer(&mut self, v: Operand, from: Ty, to: Ty) -> Res<Operand> {
        let arr = self.elem(to)?;
        let TyKind::Array(_, want) = *self.kind(arr) else {
            return self.err(self.fb.span, "conversion of a slice to a pointer to a non-array");
        };
        let elem = self.elem(from)?;
        let (ptr_ty, int) = (self.pointer_to(elem), self.int_ty());
        let v = self.stable(v, from, false);
        let len = self.fb.extract(int, Part::Len, v.clone());
        self.fb.check(Check::SliceToArray { len, want });
        let p = self.fb.extract(ptr_ty, Part::Ptr, v);
        Ok(self.noop_conv(p, to))
    }
}

fn in_range(v: i128, bits: u8, signed: bool) -> bool {
    if signed {
        let max = (1i128 << (bits - 1)) - 1;
        (-max - 1..=max).contains(&v)
    } else {
        (0..1i128 << bits).contains(&v)
    }
}

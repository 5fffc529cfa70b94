//! Calls of predeclared functions and of package unsafe (Go specification, "Built-in functions",
//! "Package unsafe").

use super::Res;
use super::lowerer::{BodyKind, Lowerer, Var};
use super::types::Prim;
use crate::ir::*;
use crate::runtime_abi::RuntimeFn;
use crate::ty::{Ty, TyKind};
use ::types::{BuiltinId, Type};
use syntax::ast::{BinaryOp, CallExpr, Expr, ExprKind};

impl<'a> Lowerer<'_, '_, 'a> {
    pub fn builtin(&mut self, e: &'a Expr, call: &'a CallExpr, id: BuiltinId) -> Res<Vec<Operand>> {
        use BuiltinId::*;
        let one = |v: Operand| Ok(vec![v]);
        match id {
            Append => one(self.append(e, call)?),
            Make => one(self.make(e, call)?),
            New => one(self.new_var(e, &call.args[0])?),
            Recover => {
                let ty = self.ety(e)?;
                // As in gc, the body of a range-over-func loop is a function of its own here: the
                // iterator calls it, so recover returns nil.
                let frame = None;
                self.fb.func.attrs.has_recover = true;
                one(self.fb.value(ty, Rvalue::Recover { frame, ty }))
            }
            Sizeof | Alignof | Offsetof => {
                let n = self.layout_query(id, &call.args[0])?;
                let ty = self.prim(Prim::Uintptr);
                one(Operand::Const(Const::Int(n as i128, ty)))
            }
            _ => {
                if id == Len
                    && let Some(n) = self.len_of_runes(&call.args[0])?
                {
                    return one(n);
                }
                let args = self.builtin_args(e, call, id)?;
                self.builtin_op(id, &args.0, &args.1, args.2)
            }
        }
    }

    /// Evaluates the arguments of a builtin that [`Lowerer::builtin_op`] does; the operands with their types, and the
    /// result's type.
    pub fn builtin_args(
        &mut self,
        e: &'a Expr,
        call: &'a CallExpr,
        id: BuiltinId,
    ) -> Res<(Vec<Operand>, Vec<BuiltinTy>, Option<Ty>)> {
        use BuiltinId::*;
        let result = match self.info.types[e.id.0 as usize].as_ref().map(|t| &t.mode) {
            None | Some(::types::Mode::NoValue) => None,
            _ => self.ety(e).ok(),
        };
        let (mut ops, mut tys) = (Vec::new(), Vec::<BuiltinTy>::new());
        // Operands whose types follow from the result or the first argument.
        let common = match id {
            Min | Max | Complex => result,
            Panic => Some(self.mb.types.any()),
            _ => None,
        };
        for (i, arg) in self.spread(call)?.into_iter().enumerate() {
            // min and max of mixed constants and variables have the result's type; complex takes
            // parts of it.
            let to = match (id, common) {
                (Complex, Some(c)) => Some(self.complex_part(c)?),
                (Delete, _) if i == 1 => match *self.kind(tys[0].ty) {
                    TyKind::Map(k, _) => Some(k),
                    _ => None,
                },
                (_, c) => c,
            };
            let (op, go) = match arg {
                Arg::Expr(e) => {
                    let go = self.tv(e)?;
                    let to = to.unwrap_or(self.mb.ty(go));
                    let looks = matches!(id, Len | Cap) || id == Copy && i == 1;
                    (if looks { self.view(e, to)? } else { self.expr_to(e, to)? }, go)
                }
                Arg::Value(v, go) => {
                    let from = self.mb.ty(go);
                    (self.assign_conv(v, from, to.unwrap_or(from))?, go)
                }
            };
            let ty = to.unwrap_or(self.mb.ty(go));
            ops.push(op);
            tys.push(BuiltinTy { ty, go });
        }
        for (op, t) in ops.iter_mut().zip(&tys) {
            *op = self.stable(op.clone(), t.ty, false);
        }
        Ok((ops, tys, result))
    }

    /// The arguments of a call; those of `f(g())` with several results of `g` are evaluated.
    fn spread(&mut self, call: &'a CallExpr) -> Res<Vec<Arg<'a>>> {
        if let [one] = &call.args[..]
            && self.tuple_len(one).is_some()
            && let Some(t) = self.info.type_of(one.id)
            && let Type::Tuple(list) = self.mb.store().ty(t)
        {
            let objs = list.clone();
            let values = self.values(one)?;
            let mut out = Vec::new();
            for ((v, _), obj) in values.into_iter().zip(objs) {
                out.push(Arg::Value(v, self.obj_tv(obj)?));
            }
            return Ok(out);
        }
        Ok(call.args.iter().map(Arg::Expr).collect())
    }

    /// A builtin whose arguments have been evaluated.
    pub fn builtin_op(
        &mut self,
        id: BuiltinId,
        ops: &[Operand],
        tys: &[BuiltinTy],
        result: Option<Ty>,
    ) -> Res<Vec<Operand>> {
        use BuiltinId::*;
        let Some(ty0) = tys.first().map(|t| t.ty) else {
            if matches!(id, Print | Println) {
                self.print(id, ops, tys)?;
                return Ok(Vec::new());
            }
            return self.err(self.fb.span, format!("{id:?} without arguments"));
        };
        let x = ops[0].clone();
        let result = result.unwrap_or(ty0);
        let v = match id {
            Len | Cap => self.len_cap(id, x, tys[0])?,
            Clear => {
                match *self.kind(ty0) {
                    TyKind::Map(..) => self.mb.map_clear(&mut self.fb, tys[0].go, x)?,
                    _ => self.clear_slice(x, ty0)?,
                }
                return Ok(Vec::new());
            }
            Close => {
                self.fb.call_runtime(RuntimeFn::closechan, vec![x], &[]);
                return Ok(Vec::new());
            }
            Delete => {
                self.mb.map_delete(&mut self.fb, tys[0].go, x, ops[1].clone())?;
                return Ok(Vec::new());
            }
            Panic => {
                self.fb.call_runtime(RuntimeFn::gopanic, vec![x], &[]);
                return Ok(Vec::new());
            }
            Print | Println => {
                self.print(id, ops, tys)?;
                return Ok(Vec::new());
            }
            Copy => self.copy(ops, tys)?,
            Complex => {
                let parts = Rvalue::ComplexFromParts { ty: result, re: x, im: ops[1].clone() };
                self.fb.value(result, parts)
            }
            Real => {
                let part = self.complex_part(ty0)?;
                let v = self.fb.extract(part, Part::Real, x);
                self.noop_conv(v, result)
            }
            Imag => {
                let part = self.complex_part(ty0)?;
                let v = self.fb.extract(part, Part::Imag, x);
                self.noop_conv(v, result)
            }
            Min | Max => {
                let mut best = x;
                for y in &ops[1..] {
                    best = self.min_max(id == Min, result, best, y.clone())?;
                }
                best
            }
            Add => {
                let byte = self.prim(Prim::Uint8);
                let bytes = self.pointer_to(byte);
                let base = self.fb.convert(bytes, ConvKind::NoOp, x);
                let index = self.as_int(ops[1].clone(), tys[1].ty)?;
                let p = self.fb.value(bytes, Rvalue::PtrIndex { base, index });
                self.fb.convert(result, ConvKind::NoOp, p)
            }
            Slice | String => self.unsafe_slice(id == String, ops, tys, result)?,
            SliceData | StringData => {
                let elem = self.elem(result)?;
                let ptr = self.pointer_to(elem);
                let p = self.fb.extract(ptr, Part::Ptr, x);
                self.noop_conv(p, result)
            }
            _ => return self.err(self.fb.span, format!("builtin {id:?}")),
        };
        Ok(vec![v])
    }

    /// The token of the function that a range-over-func body belongs to.
    pub fn outer_frame(&mut self) -> Res<Option<Operand>> {
        match self.f.kind {
            BodyKind::Func => Ok(None),
            BodyKind::Range { .. } => Ok(Some(Operand::Copy(self.hidden_var(Var::Token)?))),
        }
    }

    /// An integer of any type as an int.
    pub fn as_int(&mut self, v: Operand, ty: Ty) -> Res<Operand> {
        let int = self.int_ty();
        self.convert_value(v, ty, int)
    }

    fn layout_query(&mut self, id: BuiltinId, x: &'a Expr) -> Res<u64> {
        let ty = self.ety(x)?;
        Ok(match id {
            BuiltinId::Sizeof => self.size(ty),
            BuiltinId::Alignof => self.mb.types.table.align(ty),
            _ => {
                let ExprKind::Selector { x: base, sel } = &x.unparen().kind else {
                    return self.err(x.span, "Offsetof without selector");
                };
                let s = super::facts::sel_node(self.info, x.unparen(), sel)
                    .and_then(|i| self.info.selections[i].as_deref());
                let Some(s) = s else { return self.err(x.span, "Offsetof without field") };
                let mut t = self.ety(base)?;
                let mut offset = 0;
                for &i in &s.index {
                    if let TyKind::Pointer(p) = *self.kind(t) {
                        t = p;
                        offset = 0;
                    }
                    if let TyKind::Struct(fields) = self.kind(t) {
                        offset += self.mb.types.table.struct_layout(fields).0[i as usize];
                    }
                    t = self.field_ty(t, i)?;
                }
                offset
            }
        })
    }

    fn len_cap(&mut self, id: BuiltinId, x: Operand, t: BuiltinTy) -> Res<Operand> {
        let int = self.int_ty();
        Ok(match *self.kind(t.ty) {
            TyKind::Array(_, n) => self.int_const(n as i128),
            TyKind::Pointer(arr) => match *self.kind(arr) {
                TyKind::Array(_, n) => self.int_const(n as i128),
                _ => return self.err(self.fb.span, "len of a pointer"),
            },
            TyKind::Map(..) => self.mb.map_len(&mut self.fb, t.go, x)?,
            TyKind::Chan(..) => {
                let f = if id == BuiltinId::Len { RuntimeFn::chanlen } else { RuntimeFn::chancap };
                self.fb.call_runtime1(f, vec![x], int)
            }
            _ => {
                let part = if id == BuiltinId::Len { Part::Len } else { Part::Cap };
                self.fb.extract(int, part, x)
            }
        })
    }

    // new, make, append, copy, clear

    /// `new(T)` or, since Go 1.26, `new(expression)`.
    fn new_var(&mut self, e: &'a Expr, arg: &'a Expr) -> Res<Operand> {
        let ptr = self.ety(e)?;
        let ty = self.elem(ptr)?;
        let new = Rvalue::New { ty, ptr, alloc: Alloc::Heap };
        if self.is_type(arg) {
            return Ok(self.fb.value(ptr, new));
        }
        let v = self.expr_to(arg, ty)?;
        let p = self.fb.value_local(ptr, new);
        self.fb.store(Place::local(p).with(Proj::Deref), v);
        Ok(Operand::local(p))
    }

    /// A size argument as an int; what doesn't fit becomes negative, which the checks refuse.
    fn size_arg(&mut self, e: &'a Expr) -> Res<Operand> {
        let int = self.int_ty();
        if let Some(v) = self.info.const_value(e.id) {
            return Ok(Operand::Const(self.const_of(v, int, e.span)?));
        }
        let ty = self.ety(e)?;
        let v = self.expr(e)?;
        let v = self.as_int(v, ty)?;
        Ok(self.stable(v, int, false))
    }

    fn make(&mut self, e: &'a Expr, call: &'a CallExpr) -> Res<Operand> {
        let go = self.tv(e)?;
        let ty = self.mb.ty(go);
        match *self.kind(ty) {
            TyKind::Slice(elem) => {
                let len = self.size_arg(&call.args[1])?;
                let cap = match call.args.get(2) {
                    Some(c) => self.size_arg(c)?,
                    None => len.clone(),
                };
                self.fb.check(Check::MakeSlice { elem, len: len.clone(), cap: cap.clone() });
                let make = Rvalue::MakeSlice { slice: ty, len, cap, alloc: Alloc::Heap };
                Ok(self.fb.value(ty, make))
            }
            TyKind::Map(..) => {
                let hint = match call.args.get(1) {
                    Some(h) => Some(self.size_arg(h)?),
                    None => None,
                };
                self.mb.make_map(&mut self.fb, go, hint)
            }
            TyKind::Chan(..) => {
                let size = match call.args.get(1) {
                    Some(n) => self.size_arg(n)?,
                    None => self.int_const(0),
                };
                let desc = Operand::Const(Const::TypeDesc(ty));
                Ok(self.fb.call_runtime1(RuntimeFn::makechan, vec![desc, size], ty))
            }
            _ => self.err(e.span, "make of a type that cannot be made"),
        }
    }

    fn append(&mut self, e: &'a Expr, call: &'a CallExpr) -> Res<Operand> {
        let ty = self.ety(e)?;
        let elem = self.elem(ty)?;
        let mut args = self.spread(call)?.into_iter();
        let s = match args.next() {
            Some(Arg::Expr(e)) => self.expr_to(e, ty)?,
            Some(Arg::Value(v, go)) => {
                let from = self.mb.ty(go);
                self.assign_conv(v, from, ty)?
            }
            None => return self.err(e.span, "append without arguments"),
        };
        if call.ellipsis.is_some() {
            let other = &call.args[1];
            let t = if self.is_nil(other) { ty } else { self.ety(other)? };
            let v = self.view(other, t)?;
            let v = self.stable(v, t, true);
            let s = self.stable(s, ty, true);
            return self.append_slice(s, ty, elem, v);
        }
        let mut values = Vec::new();
        for arg in args {
            let v = match arg {
                Arg::Expr(e) => self.expr_to(e, elem)?,
                Arg::Value(v, go) => {
                    let from = self.mb.ty(go);
                    self.assign_conv(v, from, elem)?
                }
            };
            values.push(self.stable(v, elem, false));
        }
        let s = self.stable(s, ty, true);
        if values.is_empty() {
            return Ok(s);
        }
        let n = self.int_const(values.len() as i128);
        let (ptr, old_len, new_len, cap) = self.grow(s, ty, elem, n)?;
        let ptr_ty = self.pointer_to(elem);
        let base = Operand::local(ptr);
        let end = self.fb.value(ptr_ty, Rvalue::PtrIndex { base, index: old_len });
        for (i, v) in values.into_iter().enumerate() {
            let p = if i == 0 {
                end.clone()
            } else {
                let index = self.int_const(i as i128);
                self.fb.value(ptr_ty, Rvalue::PtrIndex { base: end.clone(), index })
            };
            let place = self.fb.deref_unchecked(p, ptr_ty);
            self.fb.store(place, v);
        }
        let (ptr, cap) = (Operand::local(ptr), Operand::local(cap));
        Ok(self.fb.value(ty, Rvalue::SliceFromParts { ty, ptr, len: new_len, cap }))
    }

    /// Makes room for `n` more elements: data pointer, old length, new length, capacity.
    fn grow(
        &mut self,
        s: Operand,
        ty: Ty,
        elem: Ty,
        n: Operand,
    ) -> Res<(LocalId, Operand, Operand, LocalId)> {
        let _ = ty;
        let (int, bool_ty, ptr_ty) = (self.int_ty(), self.bool_ty(), self.pointer_to(elem));
        let uint = self.prim(Prim::Uint);
        let ptr = self.fb.value_local(ptr_ty, Rvalue::Extract(Part::Ptr, s.clone()));
        let len = self.fb.extract(int, Part::Len, s.clone());
        let cap = self.fb.value_local(int, Rvalue::Extract(Part::Cap, s));
        let new_len = self.fb.binary(int, BinOp::Add, len.clone(), n.clone());
        // Unsigned, because the sum may overflow; growslice then panics.
        let a = self.fb.convert(uint, ConvKind::IntToInt, new_len.clone());
        let b = self.fb.convert(uint, ConvKind::IntToInt, Operand::local(cap));
        let full = self.fb.binary(bool_ty, BinOp::Gt, a, b);
        let (more, go) = (self.fb.new_block(), self.fb.new_block());
        self.fb.branch(full, more, go);
        self.fb.switch_to(more);
        let args = vec![
            Operand::local(ptr),
            new_len.clone(),
            Operand::local(cap),
            n,
            Operand::Const(Const::TypeDesc(elem)),
        ];
        self.fb.emit(InstrKind::Call {
            dests: vec![Some(Place::local(ptr)), Some(Place::local(cap))],
            callee: Callee::Runtime(RuntimeFn::growslice),
            args,
        });
        self.fb.goto_and_switch(go);
        Ok((ptr, len, new_len, cap))
    }

    /// `append(s, v...)`; `v` is a slice or a string.
    fn append_slice(&mut self, s: Operand, ty: Ty, elem: Ty, v: Operand) -> Res<Operand> {
        let (int, ptr_ty) = (self.int_ty(), self.pointer_to(elem));
        let n = self.fb.extract(int, Part::Len, v.clone());
        let src = self.fb.extract(ptr_ty, Part::Ptr, v);
        let (ptr, old_len, new_len, cap) = self.grow(s, ty, elem, n.clone())?;
        let base = Operand::local(ptr);
        let dst = self.fb.value(ptr_ty, Rvalue::PtrIndex { base, index: old_len });
        self.move_elems(dst, src, n, elem);
        let (ptr, cap) = (Operand::local(ptr), Operand::local(cap));
        Ok(self.fb.value(ty, Rvalue::SliceFromParts { ty, ptr, len: new_len, cap }))
    }

    /// Copies `n` elements; source and destination may overlap.
    fn move_elems(&mut self, dst: Operand, src: Operand, n: Operand, elem: Ty) {
        let Some(bytes) = self.byte_count(n, elem) else { return };
        self.fb.call(Callee::Intrinsic(Intrinsic::Memmove), vec![dst, src, bytes], &[]);
    }

    /// `n` elements in bytes; `None` for elements of size zero.
    fn byte_count(&mut self, n: Operand, elem: Ty) -> Option<Operand> {
        let size = self.size(elem);
        let uintptr = self.prim(Prim::Uintptr);
        if size == 0 {
            return None;
        }
        let n = self.fb.convert(uintptr, ConvKind::IntToInt, n);
        if size == 1 {
            return Some(n);
        }
        let size = Operand::Const(Const::Int(size as i128, uintptr));
        Some(self.fb.binary(uintptr, BinOp::Mul, n, size))
    }

    fn copy(&mut self, ops: &[Operand], tys: &[BuiltinTy]) -> Res<Operand> {
        let (int, bool_ty) = (self.int_ty(), self.bool_ty());
        let elem = self.elem(tys[0].ty)?;
        let ptr_ty = self.pointer_to(elem);
        let n = self.fb.value_local(int, Rvalue::Extract(Part::Len, ops[0].clone()));
        let m = self.fb.extract(int, Part::Len, ops[1].clone());
        let less = self.fb.binary(bool_ty, BinOp::Lt, m.clone(), Operand::local(n));
        let (shorter, go) = (self.fb.new_block(), self.fb.new_block());
        self.fb.branch(less, shorter, go);
        self.fb.switch_to(shorter);
        self.fb.store(Place::local(n), m);
        self.fb.goto_and_switch(go);
        let dst = self.fb.extract(ptr_ty, Part::Ptr, ops[0].clone());
        let src = self.fb.extract(ptr_ty, Part::Ptr, ops[1].clone());
        self.move_elems(dst, src, Operand::local(n), elem);
        Ok(Operand::local(n))
    }

    fn clear_slice(&mut self, s: Operand, ty: Ty) -> Res<()> {
        let (int, elem) = (self.int_ty(), self.elem(ty)?);
        let ptr_ty = self.pointer_to(elem);
        let ptr = self.fb.extract(ptr_ty, Part::Ptr, s.clone());
        let len = self.fb.extract(int, Part::Len, s);
        if let Some(bytes) = self.byte_count(len, elem) {
            self.fb.call(Callee::Intrinsic(Intrinsic::Memclr), vec![ptr, bytes], &[]);
        }
        Ok(())
    }

    fn unsafe_slice(
        &mut self,
        string: bool,
        ops: &[Operand],
        tys: &[BuiltinTy],
        result: Ty,
    ) -> Res<Operand> {
        let (int, bool_ty) = (self.int_ty(), self.bool_ty());
        let elem = self.elem(result)?;
        let ptr_ty = self.pointer_to(elem);
        let ptr = self.noop_conv(ops[0].clone(), ptr_ty);
        let len = self.as_int(ops[1].clone(), tys[1].ty)?;
        let len = self.stable(len, int, false);
        // Negative, or more bytes than there are addresses.
        let max = (1i128 << 47) / self.size(elem).max(1) as i128;
        let limit = self.int_const(max);
        let uint = self.prim(Prim::Uint);
        let a = self.fb.convert(uint, ConvKind::IntToInt, len.clone());
        let b = self.fb.convert(uint, ConvKind::IntToInt, limit);
        let bad = self.fb.binary(bool_ty, BinOp::Gt, a, b);
        self.panic_unsafe_if(bad, if string { 2 } else { 0 });
        let zero = self.zero(ptr_ty);
        let nil = self.fb.binary(bool_ty, BinOp::Eq, ptr.clone(), zero);
        let (maybe, go) = (self.fb.new_block(), self.fb.new_block());
        self.fb.branch(nil, maybe, go);
        self.fb.switch_to(maybe);
        let zero = self.int_const(0);
        let some = self.fb.binary(bool_ty, BinOp::Ne, len.clone(), zero);
        self.panic_unsafe_if(some, if string { 3 } else { 1 });
        self.fb.goto_and_switch(go);
        // The end must not be behind the last address.
        let uintptr = self.prim(Prim::Uintptr);
        if let Some(bytes) = self.byte_count(len.clone(), elem) {
            let addr = self.fb.convert(uintptr, ConvKind::PtrToInt, ptr.clone());
            let room = self.fb.value(uintptr, Rvalue::Unary(UnOp::Neg, addr));
            let bad = self.fb.binary(bool_ty, BinOp::Gt, bytes, room);
            self.panic_unsafe_if(bad, if string { 2 } else { 0 });
        }
        let v = if string {
            Rvalue::StringFromParts { ptr, len, ty: result }
        } else {
            Rvalue::SliceFromParts { ty: result, ptr, len: len.clone(), cap: len }
        };
        Ok(self.fb.value(result, v))
    }

    fn panic_unsafe_if(&mut self, cond: Operand, kind: i128) {
        let (bad, good) = (self.fb.new_block(), self.fb.new_block());
        self.fb.branch(cond, bad, good);
        self.fb.switch_to(bad);
        let kind = self.int_const(kind);
        self.fb.call_runtime(RuntimeFn::panic_unsafe, vec![kind], &[]);
        self.fb.switch_to(good);
    }

    // min and max

    fn min_max(&mut self, min: bool, ty: Ty, x: Operand, y: Operand) -> Res<Operand> {
        let x = self.stable(x, ty, false);
        let y = self.stable(y, ty, false);
        let out = self.fb.temp(ty);
        let done = self.fb.new_block();
        let op = if min { BinaryOp::Lt } else { BinaryOp::Gt };
        let first = self.compare(op, ty, x.clone(), y.clone())?;
        self.store_if(first, out, x.clone(), done);
        if !matches!(self.kind(ty), TyKind::Float { .. }) {
            self.fb.store(Place::local(out), y);
            self.fb.goto_and_switch(done);
            return Ok(Operand::local(out));
        }
        let second = self.compare(op, ty, y.clone(), x.clone())?;
        self.store_if(second, out, y.clone(), done);
        // Here x and y are equal or one is NaN. Of zeros, min is negative if one is, max positive.
        let zero = Operand::Const(Const::Float(0, ty));
        let is_zero = self.compare(BinaryOp::Eq, ty, x.clone(), zero.clone())?;
        let equal = self.compare(BinaryOp::Eq, ty, x.clone(), y.clone())?;
        let (same, nan, zeros, rest) =
            (self.fb.new_block(), self.fb.new_block(), self.fb.new_block(), self.fb.new_block());
        self.fb.branch(equal, same, nan);
        self.fb.switch_to(same);
        self.fb.branch(is_zero, zeros, rest);
        self.fb.switch_to(rest);
        self.fb.store(Place::local(out), x.clone());
        self.fb.goto(done);
        self.fb.switch_to(zeros);
        if min {
            let a = self.fb.value(ty, Rvalue::Unary(UnOp::Neg, x.clone()));
            let b = self.fb.binary(ty, BinOp::Sub, a, y.clone());
            self.fb.assign(Place::local(out), Rvalue::Unary(UnOp::Neg, b));
        } else {
            self.fb.assign(Place::local(out), Rvalue::Binary(BinOp::Add, x.clone(), y.clone()));
        }
        self.fb.goto(done);
        self.fb.switch_to(nan);
        self.fb.assign(Place::local(out), Rvalue::Binary(BinOp::Add, x, y));
        self.fb.goto_and_switch(done);
        Ok(Operand::local(out))
    }

    /// `if cond { out = v; goto done }`
    fn store_if(&mut self, cond: Operand, out: LocalId, v: Operand, done: BlockId) {
        let (yes, no) = (self.fb.new_block(), self.fb.new_block());
        self.fb.branch(cond, yes, no);
        self.fb.switch_to(yes);
        self.fb.store(Place::local(out), v);
        self.fb.goto(done);
        self.fb.switch_to(no);
    }

    // print and println

    fn print(&mut self, id: BuiltinId, ops: &[Operand], tys: &[BuiltinTy]) -> Res<()> {
        let line = id == BuiltinId::Println;
        self.fb.call_runtime(RuntimeFn::printlock, Vec::new(), &[]);
        for (i, (op, t)) in ops.iter().zip(tys).enumerate() {
            if line && i > 0 {
                self.fb.call_runtime(RuntimeFn::printsp, Vec::new(), &[]);
            }
            self.print_value(op.clone(), t.ty)?;
        }
        if line {
            self.fb.call_runtime(RuntimeFn::printnl, Vec::new(), &[]);
        }
        self.fb.call_runtime(RuntimeFn::printunlock, Vec::new(), &[]);
        Ok(())
    }

    fn print_value(&mut self, v: Operand, ty: Ty) -> Res<()> {
        let f64_ty = self.prim(Prim::Float64);
        let (f, args) = match *self.kind(ty) {
            TyKind::Bool => (RuntimeFn::printbool, vec![v]),
            TyKind::Int { signed, .. } => {
                let (f, wide) = match signed {
                    true => (RuntimeFn::printint, Prim::Int64),
                    false => (RuntimeFn::printuint, Prim::Uint64),
                };
                let wide = self.prim(wide);
                (f, vec![self.convert_value(v, ty, wide)?])
            }
            TyKind::Float { bits } => {
                let f = match bits {
                    32 => RuntimeFn::printfloat32,
                    _ => RuntimeFn::printfloat64,
                };
                (f, vec![self.convert_value(v, ty, f64_ty)?])
            }
            TyKind::Complex { bits } => {
                let part = self.complex_part(ty)?;
                let mut args = Vec::new();
                for p in [Part::Real, Part::Imag] {
                    let x = self.fb.extract(part, p, v.clone());
                    args.push(self.float_conv(x, part, f64_ty));
                }
                let f = match bits {
                    64 => RuntimeFn::printcomplex64,
                    _ => RuntimeFn::printcomplex128,
                };
                (f, args)
            }
            TyKind::String => (RuntimeFn::printstring, vec![v]),
            TyKind::Slice(_) => (RuntimeFn::printslice, vec![v]),
            TyKind::Interface { .. } => (RuntimeFn::printiface, vec![v]),
            _ => {
                let ptr = self.ptr_ty();
                let v = self.noop_conv(v, ptr);
                (RuntimeFn::printpointer, vec![v])
            }
        };
        self.fb.call_runtime(f, args, &[]);
        Ok(())
    }
}

enum Arg<'a> {
    Expr(&'a Expr),
    Value(Operand, ::types::TypeId),
}

/// Type of a builtin's argument: of the IR and of Go (maps are found by the latter).
#[derive(Clone, Copy, Debug)]
pub(crate) struct BuiltinTy {
    pub ty: Ty,
    pub go: ::types::TypeId,
}

//! Expressions: syntax in, operands out. Instructions appear in the order in which Go evaluates.
//!
//! An operand may name a variable's place: it is then read where the operand is used. That is Go's
//! freedom ("the order of those events compared to evaluation of x ... is not specified"); whoever
//! assigns before the use makes a copy first.

use super::Res;
use super::facts::sel_node;
use super::lowerer::Lowerer;
use super::types::Prim;
use super::views;
use crate::ir::*;
use crate::runtime_abi::{RuntimeFn, SliceError};
use crate::ty::{Ty, TyKind};
use ::types::{Mode, ObjId, ObjKind, SelectionKind, TypeId};
use diag::Span;
use syntax::ast::{BinaryOp, Expr, ExprKind, NodeId, UnaryOp};

/// Where tracebacks and decisions place an expression, as gc does: at its operator, which for selectors, indices and calls
/// follows the operand.
pub fn position(e: &Expr) -> Span {
    let at = match &e.kind {
        ExprKind::Selector { x, .. } | ExprKind::TypeAssert { x, .. } => x.span.hi,
        ExprKind::Index { lbrack, .. } | ExprKind::Slice { lbrack, .. } => *lbrack,
        ExprKind::Binary { op_pos, .. } => *op_pos,
        ExprKind::Call(c) => c.lparen,
        _ => e.span.lo,
    };
    Span::new(at, e.span.hi)
}

impl<'a> Lowerer<'_, '_, 'a> {
    /// The value of a single-valued expression, of its own type.
    pub fn expr(&mut self, e: &'a Expr) -> Res<Operand> {
        self.placed(e, |l| l.expr_at(e))
    }

    /// Emits what belongs to `e`.
    fn placed<T>(&mut self, e: &Expr, emit: impl FnOnce(&mut Self) -> T) -> T {
        let at = position(e);
        let start = std::mem::replace(&mut self.fb.start, (at, e.span.lo));
        let r = self.at(at, emit);
        self.fb.start = start;
        r
    }

    /// The value converted to `to` as an assignment does.
    pub fn expr_to(&mut self, e: &'a Expr, to: Ty) -> Res<Operand> {
        if self.is_nil(e) {
            return Ok(self.zero(to));
        }
        if let Some(v) = self.info.const_value(e.id)
            && !self.is_interface(to)
        {
            return Ok(Operand::Const(self.const_of(v, to, e.span)?));
        }
        let from = self.ety(e)?;
        let v = self.expr(e)?;
        self.placed(e, |l| l.assign_conv(v, from, to))
    }

    /// The values of several operands, converted to these types. Calls come first, in order, what
    /// is without calls after the last one that has them: the language leaves that open, and this is how gc does it.
    pub fn expr_list(&mut self, list: &[(&'a Expr, Ty)]) -> Res<Vec<Operand>> {
        let calls: Vec<bool> = list.iter().map(|(e, _)| self.has_call(e)).collect();
        let behind = calls.iter().rposition(|c| *c).unwrap_or(0);
        let mut out: Vec<Option<Operand>> = vec![None; list.len()];
        for (i, (e, ty)) in list.iter().enumerate() {
            if calls[i] {
                let v = self.expr_to(e, *ty)?;
                out[i] = Some(if i < behind { self.stable(v, *ty, false) } else { v });
            }
        }
        let mut done = Vec::with_capacity(list.len());
        for (v, (e, ty)) in out.into_iter().zip(list) {
            done.push(match v {
                Some(v) => v,
                None => self.expr_to(e, *ty)?,
            });
        }
        Ok(done)
    }

    fn expr_pair(&mut self, x: (&'a Expr, Ty), y: (&'a Expr, Ty)) -> Res<[Operand; 2]> {
        match <[Operand; 2]>::try_from(self.expr_list(&[x, y])?) {
            Ok(pair) => Ok(pair),
            Err(_) => self.err(x.0.span, "two operands were not two"),
        }
    }

    /// Whether evaluating `e` calls a function or receives from a channel.
    fn has_call(&self, e: &Expr) -> bool {
        if self.info.const_value(e.id).is_some() {
            return false;
        }
        let any = |list: &[Expr]| list.iter().any(|e| self.has_call(e));
        match &e.kind {
            ExprKind::Call(call) => {
                match self.mode(call.fun.unparen()) {
                    Some(Mode::Type | Mode::Builtin(_)) => {}
                    _ => return true,
                }
                any(&call.args)
            }
            ExprKind::Unary { op: UnaryOp::Recv, .. } => true,
            ExprKind::Paren(x) | ExprKind::Star(x) | ExprKind::Unary { x, .. } => self.has_call(x),
            ExprKind::Selector { x, .. } | ExprKind::TypeAssert { x, .. } => self.has_call(x),
            ExprKind::Index { x, indices, .. } => self.has_call(x) || any(indices),
            ExprKind::Slice { x, lo, hi, max, .. } => {
                self.has_call(x) || [lo, hi, max].into_iter().flatten().any(|e| self.has_call(e))
            }
            ExprKind::Binary { x, y, .. } | ExprKind::KeyValue { key: x, value: y } => {
                self.has_call(x) || self.has_call(y)
            }
            ExprKind::CompositeLit(lit) => any(&lit.elems),
            _ => false,
        }
    }

    fn expr_at(&mut self, e: &'a Expr) -> Res<Operand> {
        match self.mode(e) {
            Some(Mode::Constant(v)) => {
                let (v, ty) = (self.info.constant(*v), self.ety(e)?);
                return Ok(Operand::Const(self.const_of(v, ty, e.span)?));
            }
            Some(Mode::Nil) => {
                let ty = self.ety(e)?;
                return Ok(self.zero(ty));
            }
            _ => {}
        }
        match &e.kind {
            ExprKind::Paren(x) => self.expr(x),
            ExprKind::Ident(name) => match self.ident_place(e.id)? {
                Some(p) => Ok(Operand::Copy(p)),
                None => match self.func_object(e) {
                    Some((obj, id)) => self.func_value(e, obj, id),
                    None => self.err(e.span, format!("{name} is not a value")),
                },
            },
            ExprKind::FuncLit(lit) => self.func_lit(e, lit),
            ExprKind::CompositeLit(lit) => self.composite(e, lit),
            ExprKind::Selector { x, sel } => match sel_node(self.info, e, sel) {
                None => match self.ident_place(sel.id)? {
                    Some(p) => Ok(Operand::Copy(p)),
                    None => match self.func_object(e) {
                        Some((obj, id)) => self.func_value(e, obj, id),
                        None => self.err(e.span, "qualified identifier is not a value"),
                    },
                },
                Some(i) => {
                    let Some(s) = self.info.selections[i].as_deref() else {
                        return self.err(e.span, "selection is missing");
                    };
                    match s.kind {
                        SelectionKind::Field => Ok(Operand::Copy(self.place(e)?)),
                        SelectionKind::Method => self.method_value(e, x, s, sel.id),
                        SelectionKind::MethodExpr => self.method_expr(e, s, sel.id),
                    }
                }
            },
            ExprKind::Index { x, indices, .. } => {
                if let Some((obj, id)) = self.func_object(e) {
                    return self.func_value(e, obj, id);
                }
                if self.is_generic_func(x) {
                    return self.expr(x);
                }
                self.index(e, x, &indices[0])
            }
            ExprKind::Slice { x, lo, hi, max, .. } => {
                self.slice_expr(e, x, [lo.as_deref(), hi.as_deref(), max.as_deref()])
            }
            ExprKind::Star(_) => Ok(Operand::Copy(self.place(e)?)),
            ExprKind::TypeAssert { .. } | ExprKind::Call(_) => {
                let mut v = self.values(e)?;
                if v.is_empty() {
                    return self.err(e.span, "call without result used as a value");
                }
                Ok(v.swap_remove(0).0)
            }
            ExprKind::Unary { op, x, .. } => self.unary(e, *op, x),
            ExprKind::Binary { op, x, y, .. } => self.binary(e, *op, x, y),
            k => self.err(e.span, format!("not a value: {}", kind_name(k))),
        }
    }

    /// The values of an expression that may have several (calls and comma-ok forms), with types.
    /// A comma-ok form has two if the checker says so.
    pub fn values(&mut self, e: &'a Expr) -> Res<Vec<(Operand, Ty)>> {
        self.placed(e, |l| l.values_at(e))
    }

    fn values_at(&mut self, e: &'a Expr) -> Res<Vec<(Operand, Ty)>> {
        let x = e.unparen();
        let tys = self.tuple_tys(e)?;
        let comma_ok = tys.len() == 2;
        match &x.kind {
            ExprKind::Call(call) => {
                let v = self.call(x, call)?;
                Ok(v.into_iter().zip(tys).collect())
            }
            ExprKind::Index { x: m, indices, .. } if comma_ok => {
                let (v, ok) = self.map_lookup(m, &indices[0])?;
                Ok(vec![(v, tys[0]), (ok, tys[1])])
            }
            ExprKind::TypeAssert { x: i, .. } => {
                let from = self.ety(i)?;
                let v = self.expr(i)?;
                let v = self.stable(v, from, false);
                if comma_ok {
                    let (v, ok) = self.assert_ok(v, from, tys[0])?;
                    Ok(vec![(v, tys[0]), (ok, tys[1])])
                } else {
                    Ok(vec![(self.assert(v, from, tys[0])?, tys[0])])
                }
            }
            ExprKind::Unary { op: UnaryOp::Recv, x: c, .. } if comma_ok => {
                let (v, ok) = self.receive(c)?;
                Ok(vec![(v, tys[0]), (ok, tys[1])])
            }
            _ => {
                let ty = self.ety(e)?;
                Ok(vec![(self.expr(e)?, ty)])
            }
        }
    }

    // Functions as values.

    /// The declared function that `e` names (perhaps with type arguments), and the identifier at which the checker
    /// recorded its instance.
    pub fn func_object(&self, e: &Expr) -> Option<(ObjId, NodeId)> {
        let e = e.unparen();
        let id = match &e.kind {
            ExprKind::Ident(_) => e.id,
            ExprKind::Selector { sel, .. } if sel_node(self.info, e, sel).is_none() => sel.id,
            ExprKind::Index { x, .. } => {
                return self.func_object(x).filter(|_| self.is_generic_func(x));
            }
            _ => return None,
        };
        let obj = self.info.uses[id.0 as usize]?;
        matches!(self.mb.store().obj(obj).kind, ObjKind::Func { .. }).then_some((obj, id))
    }

    /// Whether indices behind `x` are type arguments.
    pub fn is_generic_func(&self, x: &Expr) -> bool {
        let x = x.unparen();
        let id = match &x.kind {
            ExprKind::Ident(_) => x.id,
            ExprKind::Selector { sel, .. } => sel.id,
            _ => return false,
        };
        self.info.instances.contains_key(&id)
            && self.info.uses[id.0 as usize]
                .is_some_and(|o| matches!(self.mb.store().obj(o).kind, ObjKind::Func { .. }))
    }

    /// Type arguments that the checker recorded at an identifier.
    pub fn instance_targs(&mut self, id: NodeId) -> Vec<TypeId> {
        match self.info.instances.get(&id) {
            Some(inst) => inst.targs.iter().map(|&t| self.conc(t)).collect(),
            None => Vec::new(),
        }
    }

    fn func_value(&mut self, e: &Expr, obj: ObjId, id: NodeId) -> Res<Operand> {
        let targs = self.instance_targs(id);
        let sym = self.mb.func_ref(obj, &targs)?;
        let ty = self.ety(e)?;
        Ok(Operand::Const(Const::Func(sym, ty)))
    }

    // Index expressions.

    fn index(&mut self, e: &'a Expr, x: &'a Expr, i: &'a Expr) -> Res<Operand> {
        let xt = self.ety(x)?;
        match self.kind(xt) {
            TyKind::Map(..) => Ok(self.map_lookup(x, i)?.0),
            TyKind::String => {
                let s = self.expr(x)?;
                let s = self.stable(s, xt, false);
                let (index, unsigned) = self.index_operand(i, false)?;
                let int = self.int_ty();
                let len = match &s {
                    Operand::Const(Const::Str(b, _)) => self.int_const(b.len() as i128),
                    _ => self.fb.extract(int, Part::Len, s.clone()),
                };
                self.fb.check(Check::Index { index: index.clone(), len, unsigned });
                let p = self.string_byte(s, index);
                Ok(p)
            }
            _ => Ok(Operand::Copy(self.place(e)?)),
        }
    }

    /// Byte `index` of string `s`, no check.
    pub fn string_byte(&mut self, s: Operand, index: Operand) -> Operand {
        let byte = self.prim(Prim::Uint8);
        let ptr = self.pointer_to(byte);
        let base = self.fb.extract(ptr, Part::Ptr, s);
        let p = self.fb.value(ptr, Rvalue::PtrIndex { base, index });
        let place = self.fb.deref_unchecked(p, ptr);
        self.fb.value(byte, Rvalue::Use(Operand::Copy(place)))
    }

    /// `m[k]`: the element or its zero value, and whether it was there.
    fn map_lookup(&mut self, m: &'a Expr, k: &'a Expr) -> Res<(Operand, Operand)> {
        let map_ty = self.tv(m)?;
        let mt = self.mb.ty(map_ty);
        let TyKind::Map(key_ty, elem) = *self.kind(mt) else {
            return self.err(m.span, "comma-ok index of a non-map");
        };
        let mv = self.expr(m)?;
        let mv = self.stable(mv, mt, false);
        let key = self.view(k, key_ty)?;
        let p = self.mb.map_get(&mut self.fb, map_ty, mv, key)?;
        let (ptr, bool_ty) = (self.pointer_to(elem), self.bool_ty());
        let p = self.stable(p, ptr, false);
        let ok = self.fb.binary(bool_ty, BinOp::Ne, p.clone(), Operand::Const(Const::Zero(ptr)));
        let value = self.fb.value_local(elem, Rvalue::Use(Operand::Const(Const::Zero(elem))));
        let (found, done) = (self.fb.new_block(), self.fb.new_block());
        self.fb.branch(ok.clone(), found, done);
        self.fb.switch_to(found);
        let place = self.fb.deref_unchecked(p, ptr);
        self.fb.store(Place::local(value), Operand::Copy(place));
        self.fb.goto_and_switch(done);
        Ok((Operand::local(value), ok))
    }

    // Slice expressions.

    fn slice_expr(
        &mut self,
        e: &'a Expr,
        x: &'a Expr,
        bounds: [Option<&'a Expr>; 3],
    ) -> Res<Operand> {
        let (ty, xt, int) = (self.ety(e)?, self.ety(x)?, self.int_ty());
        // What is sliced: data pointer, length, capacity.
        let mut array = None;
        let base = match *self.kind(xt) {
            TyKind::Array(_, n) => {
                let place = self.place(x)?;
                let ptr = self.pointer_to(xt);
                array = Some(n);
                self.fb.value(ptr, Rvalue::AddrOf(place, ptr))
            }
            TyKind::Pointer(arr) => {
                let TyKind::Array(_, n) = *self.kind(arr) else {
                    return self.err(e.span, "slice of a pointer to a non-array");
                };
                array = Some(n);
                let p = self.expr(x)?;
                self.stable(p, xt, false)
            }
            _ => {
                let v = self.expr(x)?;
                self.stable(v, xt, false)
            }
        };
        let mut ops = [None, None, None];
        let mut unsigned = [false; 3];
        for (i, b) in bounds.into_iter().enumerate() {
            if let Some(b) = b {
                let (op, u) = self.index_operand(b, false)?;
                ops[i] = Some(op);
                unsigned[i] = u && self.ety(b).is_ok_and(|t| self.size(t) == 8);
            }
        }
        let [lo, hi, max] = ops;
        let string = matches!(self.kind(xt), TyKind::String);
        if array.is_some() && matches!(self.kind(xt), TyKind::Pointer(_)) {
            self.fb.check(Check::Nil(base.clone()));
        }
        let (len, cap) = match array {
            Some(n) => (self.int_const(n as i128), self.int_const(n as i128)),
            None => {
                let len = self.fb.extract(int, Part::Len, base.clone());
                let cap = match string {
                    true => len.clone(),
                    false => self.fb.extract(int, Part::Cap, base.clone()),
                };
                (len, cap)
            }
        };
        if unsigned.contains(&true) {
            let array = string || array.is_some();
            self.check_unsigned_bounds([&lo, &hi, &max], unsigned, (&len, &cap), array);
        }
        if let Some(max) = &max {
            let Some(hi) = &hi else { return self.err(e.span, "3-index slice without length") };
            self.fb.check(Check::Slice3 {
                lo: lo.clone(),
                hi: hi.clone(),
                max: max.clone(),
                cap: cap.clone(),
                array: array.is_some(),
            });
        } else {
            self.fb.check(Check::Slice {
                lo: lo.clone(),
                hi: hi.clone(),
                len: len.clone(),
                cap: cap.clone(),
                string: string || array.is_some(),
            });
        }
        let lo = lo.unwrap_or(self.int_const(0));
        let hi = hi.unwrap_or(len);
        let zero_lo = matches!(lo, Operand::Const(Const::Int(0, _)));
        let sub = |lw: &mut Self, a: Operand| {
            if zero_lo { a } else { lw.fb.binary(int, BinOp::Sub, a, lo.clone()) }
        };
        let new_len = sub(self, hi);
        let elem = self.elem(ty)?;
        let ptr = self.pointer_to(elem);
        let data = match array {
            Some(_) => self.fb.convert(ptr, ConvKind::NoOp, base),
            None => self.fb.extract(ptr, Part::Ptr, base),
        };
        if string {
            // A pointer behind the end must not keep the next object alive.
            let data = self.advance(data, ptr, lo.clone(), new_len.clone(), zero_lo);
            return Ok(self.fb.value(ty, Rvalue::StringFromParts { ptr: data, len: new_len, ty }));
        }
        let new_cap = match max {
            Some(max) => sub(self, max),
            None => sub(self, cap),
        };
        let data = self.advance(data, ptr, lo.clone(), new_cap.clone(), zero_lo);
        let parts = Rvalue::SliceFromParts { ty, ptr: data, len: new_len, cap: new_cap };
        Ok(self.fb.value(ty, parts))
    }

    /// The checks of a slice expression with bounds of type uint64 or the like: an error shows
    /// them unsigned. From the last bound to the first, each against the one behind it.
    fn check_unsigned_bounds(
        &mut self,
        bounds: [&Option<Operand>; 3],
        unsigned: [bool; 3],
        (len, cap): (&Operand, &Operand),
        array: bool,
    ) {
        let [lo, hi, max] = bounds;
        let (outer, hi_kind, lo_kind) = match (max.is_some(), array) {
            (true, true) => (SliceError::Alen3, SliceError::B3, SliceError::C3),
            (true, false) => (SliceError::Acap3, SliceError::B3, SliceError::C3),
            (false, true) => (SliceError::Alen, SliceError::Alen, SliceError::B),
            (false, false) => (SliceError::Acap, SliceError::Acap, SliceError::B),
        };
        let (int, bool_ty, uint) = (self.int_ty(), self.bool_ty(), self.prim(Prim::Uint));
        let mut limit = if hi.is_some() { cap.clone() } else { len.clone() };
        let order =
            [(max, unsigned[2], outer), (hi, unsigned[1], hi_kind), (lo, unsigned[0], lo_kind)];
        for (bound, unsigned, kind) in order {
            let Some(bound) = bound else { continue };
            let a = self.fb.convert(uint, ConvKind::IntToInt, bound.clone());
            let b = self.fb.convert(uint, ConvKind::IntToInt, limit.clone());
            let above = self.fb.binary(bool_ty, BinOp::Gt, a, b);
            let (bad, good) = (self.fb.new_block(), self.fb.new_block());
            self.fb.branch(above, bad, good);
            self.fb.switch_to(bad);
            let kind = Operand::Const(Const::Int(kind as i128, int));
            let args = vec![kind, bound.clone(), limit, self.bool_const(unsigned)];
            self.fb.call_runtime(RuntimeFn::panic_slice, args, &[]);
            self.fb.switch_to(good);
            limit = bound.clone();
        }
    }

    /// `data + index`, or `data` if nothing is left behind it (-left is negative unless left is 0).
    fn advance(
        &mut self,
        data: Operand,
        ptr: Ty,
        index: Operand,
        left: Operand,
        zero_index: bool,
    ) -> Operand {
        if zero_index {
            return data;
        }
        let int = self.int_ty();
        let u64_ty = self.prim(Prim::Uint64);
        let negative = self.fb.value(int, Rvalue::Unary(UnOp::Neg, left));
        let all = Operand::Const(Const::Int(63, u64_ty));
        let mask = self.fb.binary(int, BinOp::Shr, negative, all);
        let index = self.fb.binary(int, BinOp::And, index, mask);
        self.fb.value(ptr, Rvalue::PtrIndex { base: data, index })
    }

    // Operators.

    fn unary(&mut self, e: &'a Expr, op: UnaryOp, x: &'a Expr) -> Res<Operand> {
        let ty = self.ety(e)?;
        match op {
            UnaryOp::Addr => {
                if let ExprKind::CompositeLit(lit) = &x.unparen().kind {
                    return self.new_composite(ty, x.unparen(), lit);
                }
                let place = self.place(x)?;
                // &*p is p.
                if let ([Proj::Deref], PlaceBase::Local(l)) = (&place.proj[..], &place.base)
                    && self.fb.local_ty(*l) == ty
                {
                    return Ok(Operand::local(*l));
                }
                Ok(self.fb.value(ty, Rvalue::AddrOf(place, ty)))
            }
            UnaryOp::Recv => Ok(self.receive(x)?.0),
            UnaryOp::Plus => self.expr(x),
            UnaryOp::Neg | UnaryOp::Not | UnaryOp::Xor => {
                let v = self.expr_to(x, ty)?;
                let op = match op {
                    UnaryOp::Neg => UnOp::Neg,
                    UnaryOp::Not => UnOp::Not,
                    _ => UnOp::BitNot,
                };
                Ok(self.fb.value(ty, Rvalue::Unary(op, v)))
            }
        }
    }

    fn binary(&mut self, e: &'a Expr, op: BinaryOp, x: &'a Expr, y: &'a Expr) -> Res<Operand> {
        if op.is_logical() {
            let ty = self.bool_ty();
            let out = self.fb.temp(ty);
            let [yes, no, done] = [(); 3].map(|_| self.fb.new_block());
            self.cond(e, yes, no)?;
            for (block, value) in [(yes, true), (no, false)] {
                self.fb.switch_to(block);
                let v = self.bool_const(value);
                self.fb.store(Place::local(out), v);
                self.fb.goto(done);
            }
            self.fb.switch_to(done);
            return Ok(Operand::local(out));
        }
        if op.is_comparison() {
            return self.comparison(op, x, y);
        }
        let ty = self.ety(e)?;
        if op.is_shift() {
            let v = self.expr_to(x, ty)?;
            let n = self.shift_count(y)?;
            let op = if op == BinaryOp::Shl { BinOp::Shl } else { BinOp::Shr };
            return Ok(self.fb.binary(ty, op, v, n));
        }
        if matches!(self.kind(ty), TyKind::String) {
            return self.concat(e, ty);
        }
        let [a, b] = self.expr_pair((x, ty), (y, ty))?;
        self.arith(op, ty, a, b)
    }

    /// A shift count as uint64, checked not to be negative.
    pub fn shift_count(&mut self, y: &'a Expr) -> Res<Operand> {
        let u64_ty = self.prim(Prim::Uint64);
        if let Some(v) = self.info.const_value(y.id) {
            return Ok(Operand::Const(self.const_of(v, u64_ty, y.span)?));
        }
        let ty = self.ety(y)?;
        let n = self.expr(y)?;
        let TyKind::Int { signed, .. } = *self.kind(ty) else {
            return self.err(y.span, "shift count is not an integer");
        };
        if signed {
            let n = self.stable(n, ty, true);
            self.fb.check(Check::Shift(n.clone()));
            return Ok(self.fb.convert(u64_ty, ConvKind::IntToInt, n));
        }
        Ok(if ty == u64_ty { n } else { self.fb.convert(u64_ty, ConvKind::IntToInt, n) })
    }

    /// Arithmetic (no shifts, no strings) on operands of type `ty`.
    pub fn arith(&mut self, op: BinaryOp, ty: Ty, a: Operand, b: Operand) -> Res<Operand> {
        let ir_op = match op {
            BinaryOp::Add => BinOp::Add,
            BinaryOp::Sub => BinOp::Sub,
            BinaryOp::Mul => BinOp::Mul,
            BinaryOp::Div => BinOp::Div,
            BinaryOp::Rem => BinOp::Rem,
            BinaryOp::And => BinOp::And,
            BinaryOp::Or => BinOp::Or,
            BinaryOp::Xor => BinOp::Xor,
            BinaryOp::AndNot => BinOp::AndNot,
            op => return self.err(self.fb.span, format!("{op} is not arithmetic")),
        };
        let b = self.check_divisor(op, ty, b);
        if ir_op == BinOp::Div && matches!(self.kind(ty), TyKind::Complex { .. }) {
            return self.complex_div(ty, a, b);
        }
        Ok(self.fb.binary(ty, ir_op, a, b))
    }

    /// Checks an integer divisor.
    pub fn check_divisor(&mut self, op: BinaryOp, ty: Ty, b: Operand) -> Operand {
        if !matches!(op, BinaryOp::Div | BinaryOp::Rem)
            || !matches!(self.kind(ty), TyKind::Int { .. })
            || matches!(b, Operand::Const(Const::Int(v, _)) if v != 0)
        {
            return b;
        }
        let b = self.stable(b, ty, false);
        self.fb.check(Check::Divide(b.clone()));
        b
    }

    fn complex_div(&mut self, ty: Ty, a: Operand, b: Operand) -> Res<Operand> {
        let f64_ty = self.prim(Prim::Float64);
        let part_ty = self.complex_part(ty)?;
        let mut args = Vec::new();
        for v in [a, b] {
            for part in [Part::Real, Part::Imag] {
                let p = self.fb.extract(part_ty, part, v.clone());
                args.push(self.float_conv(p, part_ty, f64_ty));
            }
        }
        let r = self.fb.call_runtime(RuntimeFn::complex128div, args, &[f64_ty, f64_ty]);
        let re = self.float_conv(r[0].clone(), f64_ty, part_ty);
        let im = self.float_conv(r[1].clone(), f64_ty, part_ty);
        Ok(self.fb.value(ty, Rvalue::ComplexFromParts { ty, re, im }))
    }

    pub fn float_conv(&mut self, v: Operand, from: Ty, to: Ty) -> Operand {
        if from == to { v } else { self.fb.convert(to, ConvKind::FloatToFloat, v) }
    }

    /// Type of the parts of a complex type.
    pub fn complex_part(&mut self, ty: Ty) -> Res<Ty> {
        match *self.kind(ty) {
            TyKind::Complex { bits: 64 } => Ok(self.prim(Prim::Float32)),
            TyKind::Complex { .. } => Ok(self.prim(Prim::Float64)),
            _ => self.err(self.fb.span, "not a complex type"),
        }
    }

    /// `x + y + ...` of strings, in one call.
    fn concat(&mut self, e: &'a Expr, ty: Ty) -> Res<Operand> {
        let mut parts = Vec::new();
        self.flatten_concat(e, &mut parts);
        let text = |p: &&Expr| match self.info.const_value(p.id) {
            Some(::types::constant::Value::String(s)) => !s.is_empty(),
            _ => false,
        };
        // A result of several parts is a copy; of one it would be that part.
        let copies = parts.iter().any(text) && parts.iter().all(|p| self.is_quiet(p));
        let operand = |p| if copies { self.view(p, ty) } else { self.expr_to(p, ty) };
        let ops = parts.into_iter().map(operand).collect::<Res<Vec<Operand>>>()?;
        self.fb.span = e.span;
        self.concat_operands(ops, ty)
    }

    /// What `e` puts together, if it is `x + y + ...`; else `e`.
    pub fn concat_parts(&mut self, e: &'a Expr, ty: Ty) -> Res<Vec<Operand>> {
        let mut parts = Vec::new();
        self.flatten_concat(e, &mut parts);
        parts.into_iter().map(|p| self.expr_to(p, ty)).collect()
    }

    fn flatten_concat(&self, e: &'a Expr, out: &mut Vec<&'a Expr>) {
        match &e.unparen().kind {
            ExprKind::Binary { op: BinaryOp::Add, x, y, .. }
                if self.info.const_value(e.id).is_none() =>
            {
                self.flatten_concat(x, out);
                self.flatten_concat(y, out);
            }
            _ => out.push(e),
        }
    }

    pub fn concat_operands(&mut self, ops: Vec<Operand>, ty: Ty) -> Res<Operand> {
        let room = self.buffer(views::BYTES);
        if let [x, y] = &ops[..] {
            let args = vec![room, x.clone(), y.clone()];
            return Ok(self.fb.call_runtime1(RuntimeFn::concatstring2, args, ty));
        }
        let n = ops.len();
        let string = self.string_ty();
        let arr = self.mb.types.array(string, n as u64);
        let tmp = self.fb.temp(arr);
        for (i, op) in ops.into_iter().enumerate() {
            let index = self.int_const(i as i128);
            let place = Place::local(tmp).with(Proj::Index(index));
            let op = self.noop_conv(op, string);
            self.fb.store(place, op);
        }
        let ptr = self.address_of_temp(tmp);
        let n = self.int_const(n as i128);
        Ok(self.fb.call_runtime1(RuntimeFn::concatstrings, vec![room, ptr, n], ty))
    }

    /// Address of a temporary in the frame, for the runtime to read or write.
    pub fn address_of_temp(&mut self, l: LocalId) -> Operand {
        let ptr = self.pointer_to(self.fb.local_ty(l));
        self.fb.value(ptr, Rvalue::AddrOf(Place::local(l), ptr))
    }

    // Conditions and comparisons.

    /// Goes to `yes` or `no` as the condition says; no current block afterwards.
    pub fn cond(&mut self, e: &'a Expr, yes: BlockId, no: BlockId) -> Res<()> {
        let x = e.unparen();
        if let Some(::types::constant::Value::Bool(b)) = self.info.const_value(x.id) {
            self.fb.goto(if *b { yes } else { no });
            return Ok(());
        }
        match &x.kind {
            ExprKind::Unary { op: UnaryOp::Not, x, .. } => self.cond(x, no, yes),
            ExprKind::Binary { op: op @ (BinaryOp::LAnd | BinaryOp::LOr), x, y, .. } => {
                let mid = self.fb.new_block();
                if *op == BinaryOp::LAnd {
                    self.cond(x, mid, no)?;
                } else {
                    self.cond(x, yes, mid)?;
                }
                self.fb.switch_to(mid);
                self.cond(y, yes, no)
            }
            _ => {
                let v = self.expr(x)?;
                self.fb.branch(v, yes, no);
                Ok(())
            }
        }
    }

    fn comparison(&mut self, op: BinaryOp, x: &'a Expr, y: &'a Expr) -> Res<Operand> {
        if self.is_nil(y) {
            return self.compare_nil(op, x);
        }
        if self.is_nil(x) {
            return self.compare_nil(op, y);
        }
        let (tx, ty) = (self.ety(x)?, self.ety(y)?);
        match (self.is_interface(tx), self.is_interface(ty)) {
            (true, false) => return self.compare_mixed(op, x, tx, y, ty),
            (false, true) => return self.compare_mixed(op, y, ty, x, tx),
            _ => {}
        }
        // A typed side decides against a constant one.
        let constant = |e: &Expr| self.info.const_value(e.id).is_some();
        let common = if constant(x) && !constant(y) { ty } else { tx };
        let [a, b] = match self.view_pair(x, y, common)? {
            Some(pair) => pair,
            None => self.expr_pair((x, common), (y, common))?,
        };
        self.compare(op, common, a, b)
    }

    /// An interface value against one of a concrete type, evaluated in source order.
    fn compare_mixed(
        &mut self,
        op: BinaryOp,
        x: &'a Expr,
        iface: Ty,
        y: &'a Expr,
        concrete: Ty,
    ) -> Res<Operand> {
        let (a, b) = if x.span.lo <= y.span.lo {
            let [a, b] = self.expr_pair((x, iface), (y, concrete))?;
            (a, b)
        } else {
            let [b, a] = self.expr_pair((y, concrete), (x, iface))?;
            (a, b)
        };
        let bool_ty = self.bool_ty();
        let eq = self.mb.emit_equal_mixed(&mut self.fb, a, iface, b, concrete)?;
        Ok(match op {
            BinaryOp::Ne => self.fb.value(bool_ty, Rvalue::Unary(UnOp::Not, eq)),
            _ => eq,
        })
    }

    /// Compares operands of type `ty`.
    pub fn compare(&mut self, op: BinaryOp, ty: Ty, a: Operand, b: Operand) -> Res<Operand> {
        let bool_ty = self.bool_ty();
        let ir_op = match op {
            BinaryOp::Eq => BinOp::Eq,
            BinaryOp::Ne => BinOp::Ne,
            BinaryOp::Lt => BinOp::Lt,
            BinaryOp::Le => BinOp::Le,
            BinaryOp::Gt => BinOp::Gt,
            BinaryOp::Ge => BinOp::Ge,
            op => return self.err(self.fb.span, format!("{op} is not a comparison")),
        };
        match self.kind(ty) {
            TyKind::Interface { .. } | TyKind::Struct(_) | TyKind::Array(..) => {
                let eq = self.mb.emit_equal(&mut self.fb, a, b, ty)?;
                Ok(match op {
                    BinaryOp::Ne => self.fb.value(bool_ty, Rvalue::Unary(UnOp::Not, eq)),
                    _ => eq,
                })
            }
            _ => Ok(self.fb.binary(bool_ty, ir_op, a, b)),
        }
    }

    fn compare_nil(&mut self, op: BinaryOp, x: &'a Expr) -> Res<Operand> {
        let ty = self.ety(x)?;
        let v = self.expr(x)?;
        let (v, vt) = match *self.kind(ty) {
            TyKind::Interface { .. } => {
                let ptr = self.ptr_ty();
                (self.fb.extract(ptr, Part::Tab, v), ptr)
            }
            TyKind::Slice(elem) => {
                let ptr = self.pointer_to(elem);
                (self.fb.extract(ptr, Part::Ptr, v), ptr)
            }
            _ => (v, ty),
        };
        let bool_ty = self.bool_ty();
        let op = if op == BinaryOp::Eq { BinOp::Eq } else { BinOp::Ne };
        Ok(self.fb.binary(bool_ty, op, v, Operand::Const(Const::Zero(vt))))
    }
}

fn kind_name(k: &ExprKind) -> &'static str {
    match k {
        ExprKind::Bad => "bad expression",
        ExprKind::BasicLit { .. } => "literal without constant value",
        ExprKind::KeyValue { .. } => "key and value",
        _ => "type",
    }
}

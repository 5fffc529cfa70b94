//! For statements with a range clause (Go specification, "For statements with range clause"), but
//! those over functions, which are in `rangefunc`.

use super::Res;
use super::lowerer::Lowerer;
use super::stmt::Dest;
use super::types::Prim;
use crate::ir::*;
use crate::runtime_abi::RuntimeFn;
use crate::ty::{Ty, TyKind};
use syntax::ast::*;

impl<'a> Lowerer<'_, '_, 'a> {
    pub fn range_stmt(
        &mut self,
        s: &'a Stmt,
        r: &'a RangeStmt,
        label: Option<&'a Ident>,
    ) -> Res<()> {
        let ty = self.ety(&r.x)?;
        self.shared_iteration_vars(r)?;
        match *self.kind(ty) {
            TyKind::Int { .. } => self.range_int(r, label, ty),
            TyKind::String => self.range_string(r, label, ty),
            TyKind::Slice(elem) => {
                let v = self.view(&r.x, ty)?;
                let v = self.stable_place(v, ty, true);
                let int = self.int_ty();
                let n = self.fb.extract(int, Part::Len, Operand::Copy(v.clone()));
                self.range_indexed(r, label, n, elem, v)
            }
            TyKind::Array(elem, n) => {
                let wants_value = self.wants(r.value.as_ref());
                let v = if wants_value {
                    // The range expression is evaluated once, before the loop: a copy.
                    let v = self.expr(&r.x)?;
                    self.stable_place(v, ty, true)
                } else {
                    if !self.is_constant_len(&r.x) {
                        self.expr(&r.x)?;
                    }
                    Place::local(self.fb.temp(ty))
                };
                let n = self.int_const(n as i128);
                self.range_indexed(r, label, n, elem, v)
            }
            TyKind::Pointer(arr) => {
                let TyKind::Array(elem, n) = *self.kind(arr) else {
                    return self.err(r.x.span, "range over a pointer to a non-array");
                };
                let p = self.expr(&r.x)?;
                let p = self.stable_place(p, ty, true);
                if n > 0 && self.wants(r.value.as_ref()) {
                    self.fb.check(Check::Nil(Operand::Copy(p.clone())));
                }
                let n = self.int_const(n as i128);
                self.range_indexed(r, label, n, elem, p.with(Proj::Deref))
            }
            TyKind::Map(..) => self.range_map(r, label),
            TyKind::Chan(_, elem) => self.range_chan(r, label, ty, elem),
            TyKind::Func(_) => self.range_func(s, r, label, ty),
            _ => self.err(r.x.span, "range over a type that has none"),
        }
    }

    /// Whether an iteration variable is there and not blank.
    pub fn wants(&self, e: Option<&Expr>) -> bool {
        e.is_some_and(|e| e.as_ident().is_none_or(|n| !n.is_blank()))
    }

    fn is_constant_len(&self, x: &Expr) -> bool {
        matches!(x.unparen().kind, ExprKind::Ident(_) | ExprKind::Selector { .. })
    }

    /// Before Go 1.22 the variables that the clause defines live as long as the loop.
    fn shared_iteration_vars(&mut self, r: &'a RangeStmt) -> Res<()> {
        if self.version >= (1, 22) || !r.define {
            return Ok(());
        }
        for e in [&r.key, &r.value].into_iter().flatten() {
            if let Some(obj) = self.info.defs[e.id.0 as usize]
                && self.wants(Some(e))
            {
                let l = self.declare(obj)?;
                self.fb.storage_live(l);
            }
        }
        Ok(())
    }

    /// Gives the iteration variables their values at the beginning of an iteration.
    pub fn set_iteration_vars(
        &mut self,
        r: &'a RangeStmt,
        values: [Option<(Operand, Ty)>; 2],
    ) -> Res<()> {
        let mut todo = Vec::new();
        for (e, value) in [&r.key, &r.value].into_iter().zip(values) {
            let (Some(e), Some((v, from))) = (e.as_ref(), value) else { continue };
            let dest = match self.dest(e, r.define, true)? {
                Dest::New(obj) if self.version < (1, 22) => {
                    let place = self.var_place(super::lowerer::Var::Obj(obj))?;
                    let ty = self.obj_ty(obj)?;
                    Dest::Old(super::place::Lhs::Place(super::place::Prep::Ready(place), ty))
                }
                d => d,
            };
            let to = self.dest_ty(&dest)?.unwrap_or(from);
            let v = self.assign_conv(v, from, to)?;
            todo.push((dest, self.stable(v, to, true)));
        }
        todo.into_iter().try_for_each(|(d, v)| self.assign_dest(d, v))
    }

    /// `for i := 0; i < n; i++` over a hidden counter; `values` gives the variables of an iteration.
    fn counted(
        &mut self,
        r: &'a RangeStmt,
        label: Option<&'a Ident>,
        n: Operand,
        ty: Ty,
        values: impl FnOnce(&mut Self, Operand) -> Res<[Option<(Operand, Ty)>; 2]>,
    ) -> Res<()> {
        let bool_ty = self.bool_ty();
        let zero = Operand::Const(Const::Int(0, ty));
        let i = self.fb.value_local(ty, Rvalue::Use(zero));
        let [head, body, post, done] = [(); 4].map(|_| self.fb.new_block());
        self.fb.goto_and_switch(head);
        let more = self.fb.binary(bool_ty, BinOp::Lt, Operand::local(i), n);
        self.fb.branch(more, body, done);
        self.fb.switch_to(body);
        let values = values(self, Operand::local(i))?;
        self.set_iteration_vars(r, values)?;
        self.loop_body(label, done, post, &r.body)?;
        self.fb.goto_and_switch(post);
        let one = Operand::Const(Const::Int(1, ty));
        self.fb.assign(Place::local(i), Rvalue::Binary(BinOp::Add, Operand::local(i), one));
        self.fb.goto(head);
        self.fb.switch_to(done);
        Ok(())
    }

    fn range_int(&mut self, r: &'a RangeStmt, label: Option<&'a Ident>, ty: Ty) -> Res<()> {
        // An untyped constant takes the type of the variable.
        let ty = match (&r.key, self.info.const_value(r.x.id)) {
            (Some(k), Some(_)) if self.wants(Some(k)) => {
                let d = self.info.defs[k.id.0 as usize].filter(|_| r.define);
                match d {
                    Some(obj) => self.obj_ty(obj)?,
                    None => self.ety(k)?,
                }
            }
            _ => ty,
        };
        let n = self.expr_to(&r.x, ty)?;
        let n = self.stable(n, ty, true);
        self.counted(r, label, n, ty, |_, i| Ok([Some((i, ty)), None]))
    }

    fn range_indexed(
        &mut self,
        r: &'a RangeStmt,
        label: Option<&'a Ident>,
        n: Operand,
        elem: Ty,
        base: Place,
    ) -> Res<()> {
        let int = self.int_ty();
        let wants_value = self.wants(r.value.as_ref());
        self.counted(r, label, n, int, |_, i| {
            let v = wants_value.then(|| (Operand::Copy(base.with(Proj::Index(i.clone()))), elem));
            Ok([Some((i, int)), v])
        })
    }

    fn range_string(&mut self, r: &'a RangeStmt, label: Option<&'a Ident>, ty: Ty) -> Res<()> {
        let (int, bool_ty) = (self.int_ty(), self.bool_ty());
        let (rune, byte) = (self.prim(Prim::Int32), self.prim(Prim::Uint8));
        let i64_ty = self.prim(Prim::Int64);
        let s = self.expr(&r.x)?;
        let s = self.stable(s, ty, true);
        let n = self.fb.extract(int, Part::Len, s.clone());
        let zero = self.int_const(0);
        let i = self.fb.value_local(int, Rvalue::Use(zero.clone()));
        let next = self.fb.value_local(int, Rvalue::Use(zero));
        let c = self.fb.temp(rune);
        let [head, body, ascii, multi, have, post, done] = [(); 7].map(|_| self.fb.new_block());
        self.fb.goto_and_switch(head);
        let more = self.fb.binary(bool_ty, BinOp::Lt, Operand::local(i), n);
        self.fb.branch(more, body, done);
        self.fb.switch_to(body);
        let b = self.string_byte(s.clone(), Operand::local(i));
        let limit = Operand::Const(Const::Int(0x80, byte));
        let small = self.fb.binary(bool_ty, BinOp::Lt, b.clone(), limit);
        self.fb.branch(small, ascii, multi);
        self.fb.switch_to(ascii);
        self.fb.assign(Place::local(c), Rvalue::Convert(ConvKind::IntToInt, b, rune));
        let one = self.int_const(1);
        self.fb.assign(Place::local(next), Rvalue::Binary(BinOp::Add, Operand::local(i), one));
        self.fb.goto(have);
        self.fb.switch_to(multi);
        let args = vec![s, Operand::local(i)];
        let d = self.fb.call_runtime(RuntimeFn::decoderune, args, &[i64_ty, int]);
        let code = Rvalue::Convert(ConvKind::IntToInt, d[0].clone(), rune);
        self.fb.assign(Place::local(c), code);
        self.fb.store(Place::local(next), d[1].clone());
        self.fb.goto_and_switch(have);
        let values = [Some((Operand::local(i), int)), Some((Operand::local(c), rune))];
        self.set_iteration_vars(r, values)?;
        self.loop_body(label, done, post, &r.body)?;
        self.fb.goto_and_switch(post);
        self.fb.store(Place::local(i), Operand::local(next));
        self.fb.goto(head);
        self.fb.switch_to(done);
        Ok(())
    }

    fn range_map(&mut self, r: &'a RangeStmt, label: Option<&'a Ident>) -> Res<()> {
        let map_ty = self.tv(&r.x)?;
        let ty = self.mb.ty(map_ty);
        let TyKind::Map(key, elem) = *self.kind(ty) else {
            return self.err(r.x.span, "range over a non-map");
        };
        let bool_ty = self.bool_ty();
        let (kp, ep) = (self.pointer_to(key), self.pointer_to(elem));
        let m = self.expr(&r.x)?;
        let m = self.stable(m, ty, true);
        let iter = self.mb.map_iter_init(&mut self.fb, map_ty, m)?;
        let [head, body, done] = [(); 3].map(|_| self.fb.new_block());
        self.fb.goto_and_switch(head);
        let (k, e) = self.mb.map_iter_next(&mut self.fb, &iter)?;
        let zero = self.zero(kp);
        let more = self.fb.binary(bool_ty, BinOp::Ne, k.clone(), zero);
        self.fb.branch(more, body, done);
        self.fb.switch_to(body);
        let load = |lw: &mut Self, want: bool, p, ptr, ty| {
            want.then(|| {
                let place = lw.fb.deref_unchecked(p, ptr);
                (lw.fb.value(ty, Rvalue::Use(Operand::Copy(place))), ty)
            })
        };
        let want = self.wants(r.key.as_ref());
        let k = load(self, want, k, kp, key);
        let want = self.wants(r.value.as_ref());
        let e = load(self, want, e, ep, elem);
        self.set_iteration_vars(r, [k, e])?;
        self.loop_body(label, done, head, &r.body)?;
        self.fb.goto(head);
        self.fb.switch_to(done);
        Ok(())
    }

    fn range_chan(
        &mut self,
        r: &'a RangeStmt,
        label: Option<&'a Ident>,
        ty: Ty,
        elem: Ty,
    ) -> Res<()> {
        let c = self.expr(&r.x)?;
        let c = self.stable(c, ty, true);
        let [head, body, done] = [(); 3].map(|_| self.fb.new_block());
        self.fb.goto_and_switch(head);
        let (v, ok) = self.receive_from(c, elem)?;
        self.fb.branch(ok, body, done);
        self.fb.switch_to(body);
        self.set_iteration_vars(r, [Some((v, elem)), None])?;
        self.loop_body(label, done, head, &r.body)?;
        self.fb.goto(head);
        self.fb.switch_to(done);
        Ok(())
    }
}

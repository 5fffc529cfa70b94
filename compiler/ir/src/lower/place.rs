//! Places: what can be assigned to or have its address taken.
//!
//! Go evaluates the operands of index expressions and pointer indirections first and does the
//! indexing and the dereferencing when the assignment is carried out (Go specification,
//! "Assignment statements"). So a place is made in two steps: [`Lowerer::prepare`] evaluates operands,
//! [`Lowerer::finish`] emits the checks.

use super::Res;
use super::facts::sel_node;
use super::lowerer::{Lowerer, Var};
use crate::ir::*;
use crate::ty::{Ty, TyKind};
use ::types::{ObjKind, SelectionKind, TypeId, VarKind};
use diag::Span;
use syntax::ast::{Expr, ExprKind, NodeId};

/// A place whose operands have been evaluated. `at`: where its checks are in tracebacks.
#[derive(Clone, Debug)]
pub(crate) enum Prep {
    Ready(Place),
    Field(Box<Prep>, u32),
    Array { base: Box<Prep>, index: Operand, len: u64, unsigned: bool, at: Span },
    Deref { ptr: Operand, ty: Ty, at: Span },
    Elem { slice: Place, index: Operand, unsigned: bool, at: Span },
}

/// The left side of an assignment.
#[derive(Clone, Debug)]
pub(crate) enum Lhs {
    Blank,
    Place(Prep, Ty),
    Map { map_ty: TypeId, m: Operand, key: Operand, elem: Ty, at: Span },
}

impl<'a> Lowerer<'_, '_, 'a> {
    /// `op` such that evaluating the rest of the expression (with `force`: assignments too) doesn't
    /// change it.
    pub fn stable(&mut self, op: Operand, ty: Ty, force: bool) -> Operand {
        match &op {
            Operand::Const(_) => op,
            Operand::Copy(p) => match p.as_local() {
                Some(l) if self.is_stable_local(l, force) => op,
                _ => self.fb.value(ty, Rvalue::Use(op)),
            },
        }
    }

    fn is_stable_local(&self, l: LocalId, force: bool) -> bool {
        let decl = &self.fb.func.locals[l.0 as usize];
        !decl.heap && (!force || decl.name.is_empty())
    }

    /// The same as a place that can be projected from.
    pub fn stable_place(&mut self, op: Operand, ty: Ty, force: bool) -> Place {
        match self.stable(op, ty, force) {
            Operand::Copy(p) => p,
            c => Place::local(self.fb.value_local(ty, Rvalue::Use(c))),
        }
    }

    /// Place of the variable that identifier node `id` denotes, if it denotes one.
    pub fn ident_place(&mut self, id: NodeId) -> Res<Option<Place>> {
        let Some(obj) = self.info.object_of(id) else { return Ok(None) };
        match self.mb.store().obj(obj).kind {
            ObjKind::Var { kind: VarKind::Package, .. } => Ok(Some(self.mb.global_place(obj)?)),
            ObjKind::Var { .. } => Ok(Some(self.var_place(Var::Obj(obj))?)),
            _ => Ok(None),
        }
    }

    /// Evaluates the operands of the place `e`. What isn't a place is evaluated to a temporary.
    pub fn prepare(&mut self, e: &'a Expr, force: bool) -> Res<Prep> {
        let span = std::mem::replace(&mut self.fb.span, super::expr::position(e));
        let r = self.prepare_at(e, force);
        self.fb.span = span;
        r
    }

    fn prepare_at(&mut self, e: &'a Expr, force: bool) -> Res<Prep> {
        match &e.kind {
            ExprKind::Paren(x) => return self.prepare(x, force),
            ExprKind::Ident(_) => {
                if let Some(p) = self.ident_place(e.id)? {
                    return Ok(Prep::Ready(p));
                }
            }
            ExprKind::Selector { x, sel } => match sel_node(self.info, e, sel) {
                None => {
                    if let Some(p) = self.ident_place(sel.id)? {
                        return Ok(Prep::Ready(p));
                    }
                }
                Some(i) => {
                    if let Some(s) = self.info.selections[i].as_deref()
                        && s.kind == SelectionKind::Field
                    {
                        return self.prepare_path(x, &s.index, force);
                    }
                }
            },
            ExprKind::Star(x) => {
                let ty = self.ety(x)?;
                let ptr = self.expr(x)?;
                let ptr = self.stable(ptr, ty, force);
                return Ok(Prep::Deref { ptr, ty, at: self.fb.span });
            }
            ExprKind::Index { x, indices, .. } if !self.is_generic_func(x) => {
                let at = self.fb.span;
                let xt = self.ety(x)?;
                match *self.kind(xt) {
                    TyKind::Array(_, len) => {
                        let base = Box::new(self.prepare(x, force)?);
                        let (index, unsigned) = self.index_operand(&indices[0], force)?;
                        return Ok(Prep::Array { base, index, len, unsigned, at });
                    }
                    TyKind::Pointer(arr) => {
                        let TyKind::Array(_, len) = *self.kind(arr) else {
                            return self.err(e.span, "index of a pointer to a non-array");
                        };
                        let ptr = self.expr(x)?;
                        let ptr = self.stable(ptr, xt, force);
                        let (index, unsigned) = self.index_operand(&indices[0], force)?;
                        let base = Box::new(Prep::Deref { ptr, ty: xt, at });
                        return Ok(Prep::Array { base, index, len, unsigned, at });
                    }
                    TyKind::Slice(_) => {
                        let s = self.expr(x)?;
                        let slice = self.stable_place(s, xt, force);
                        let (index, unsigned) = self.index_operand(&indices[0], force)?;
                        return Ok(Prep::Elem { slice, index, unsigned, at });
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        let ty = self.ety(e)?;
        let v = self.expr(e)?;
        match v {
            Operand::Copy(p) if p.as_local().is_some_and(|l| self.is_stable_local(l, true)) => {
                Ok(Prep::Ready(p))
            }
            v => Ok(Prep::Ready(Place::local(self.fb.value_local(ty, Rvalue::Use(v))))),
        }
    }

    /// `x` followed by the fields of `path`, pointers dereferenced on the way.
    pub fn prepare_path(&mut self, x: &'a Expr, path: &[u32], force: bool) -> Res<Prep> {
        let ty = self.ety(x)?;
        let start = if path.is_empty() {
            return self.prepare(x, force);
        } else if matches!(self.kind(ty), TyKind::Pointer(_)) {
            let ptr = self.expr(x)?;
            let ptr = self.stable(ptr, ty, force);
            Prep::Ready(self.operand_place(ptr, ty))
        } else {
            self.prepare(x, force)?
        };
        Ok(self.project_path(start, ty, path, force)?.0)
    }

    pub fn operand_place(&mut self, op: Operand, ty: Ty) -> Place {
        match op {
            Operand::Copy(p) => p,
            c => Place::local(self.fb.value_local(ty, Rvalue::Use(c))),
        }
    }

    /// Follows field indices from a place of type `ty`; returns the place of the last field and
    /// its type.
    pub fn project_path(
        &mut self,
        start: Prep,
        mut ty: Ty,
        path: &[u32],
        force: bool,
    ) -> Res<(Prep, Ty)> {
        let mut prep = start;
        for &i in path {
            if let TyKind::Pointer(elem) = *self.kind(ty) {
                let ptr = Operand::Copy(self.finish(prep)?);
                let ptr = self.stable(ptr, ty, force);
                prep = Prep::Deref { ptr, ty, at: self.fb.span };
                ty = elem;
            }
            ty = self.field_ty(ty, i)?;
            prep = Prep::Field(Box::new(prep), i);
        }
        Ok((prep, ty))
    }

    /// Emits the checks of a prepared place.
    pub fn finish(&mut self, prep: Prep) -> Res<Place> {
        Ok(match prep {
            Prep::Ready(p) => p,
            Prep::Field(base, i) => self.finish(*base)?.with(Proj::Field(i)),
            Prep::Deref { ptr, ty, at } => self.at(at, |l| l.fb.deref(ptr, ty)),
            Prep::Array { base, index, len, unsigned, at } => {
                let base = self.finish(*base)?;
                let known = matches!(&index, Operand::Const(Const::Int(i, _)) if *i >= 0 && (*i as u128) < len as u128);
                if !known {
                    let len = self.int_const(len as i128);
                    let check = Check::Index { index: index.clone(), len, unsigned };
                    self.at(at, |l| l.fb.check(check));
                }
                base.with(Proj::Index(index))
            }
            Prep::Elem { slice, index, unsigned, at } => {
                let int = self.int_ty();
                let len = self.fb.extract(int, Part::Len, Operand::Copy(slice.clone()));
                let check = Check::Index { index: index.clone(), len, unsigned };
                self.at(at, |l| l.fb.check(check));
                slice.with(Proj::Index(index))
            }
        })
    }

    /// Emits something that is elsewhere in the source.
    pub fn at<T>(&mut self, at: Span, emit: impl FnOnce(&mut Self) -> T) -> T {
        let span = std::mem::replace(&mut self.fb.span, at);
        let r = emit(self);
        self.fb.span = span;
        r
    }

    pub fn place(&mut self, e: &'a Expr) -> Res<Place> {
        let p = self.prepare(e, false)?;
        self.finish(p)
    }

    /// An index as an int, and whether its own type is unsigned.
    pub fn index_operand(&mut self, e: &'a Expr, force: bool) -> Res<(Operand, bool)> {
        let int = self.int_ty();
        if let Some(v) = self.info.const_value(e.id) {
            return Ok((Operand::Const(self.const_of(v, int, e.span)?), false));
        }
        let ty = self.ety(e)?;
        let v = self.expr(e)?;
        let TyKind::Int { bits, signed } = *self.kind(ty) else {
            return self.err(e.span, "index is not an integer");
        };
        let v = if ty == int {
            self.stable(v, int, force)
        } else {
            let kind = if bits == 64 && signed { ConvKind::NoOp } else { ConvKind::IntToInt };
            self.fb.convert(int, kind, v)
        };
        Ok((v, !signed))
    }

    /// Prepares the left side of an assignment.
    pub fn lhs(&mut self, e: &'a Expr, force: bool) -> Res<Lhs> {
        let e = e.unparen();
        if let ExprKind::Ident(name) = &e.kind {
            if &**name == "_" {
                return Ok(Lhs::Blank);
            }
            // On the left of := there is no recorded type.
            if let Some(obj) = self.info.object_of(e.id)
                && let Some(place) = self.ident_place(e.id)?
            {
                return Ok(Lhs::Place(Prep::Ready(place), self.obj_ty(obj)?));
            }
        }
        if let ExprKind::Index { x, indices, .. } = &e.kind {
            let map_ty = self.tv(x)?;
            let xt = self.mb.ty(map_ty);
            if let TyKind::Map(key_ty, elem) = *self.kind(xt) {
                let m = self.expr(x)?;
                let m = self.stable(m, xt, force);
                let key = self.expr_to(&indices[0], key_ty)?;
                let key = self.stable(key, key_ty, true);
                return Ok(Lhs::Map { map_ty, m, key, elem, at: super::expr::position(e) });
            }
        }
        let ty = self.ety(e)?;
        Ok(Lhs::Place(self.prepare(e, force)?, ty))
    }

    pub fn lhs_ty(&self, lhs: &Lhs) -> Option<Ty> {
        match lhs {
            Lhs::Blank => None,
            Lhs::Place(_, ty) | Lhs::Map { elem: ty, .. } => Some(*ty),
        }
    }

    /// Carries out the assignment of `value`, which has the type of the left side.
    pub fn assign_lhs(&mut self, lhs: Lhs, value: Operand) -> Res<()> {
        match lhs {
            Lhs::Blank => {}
            Lhs::Place(prep, _) => {
                let place = self.finish(prep)?;
                self.fb.store(place, value);
            }
            Lhs::Map { map_ty, m, key, elem, at } => {
                // The value must not be read from the map after it has grown.
                let value = self.stable(value, elem, true);
                let p = self.at(at, |l| l.mb.map_put(&mut l.fb, map_ty, m, key))?;
                let ptr = self.pointer_to(elem);
                let place = self.fb.deref_unchecked(p, ptr);
                self.fb.store(place, value);
            }
        }
        Ok(())
    }
}

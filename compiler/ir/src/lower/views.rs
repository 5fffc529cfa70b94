//! Conversions between strings and slices of bytes or runes without an allocation.
//!
//! A view is the result of a conversion that is only looked at, before anything can write to the bytes: it shares them. Other results begin in a buffer of the
//! frame that is there if escape analysis allows it, and used if they fit.

use super::Res;
use super::lowerer::Lowerer;
use crate::ir::*;
use crate::runtime_abi::RuntimeFn;
use crate::ty::{Ty, TyKind};
use ::types::{BuiltinId, Mode};
use syntax::ast::*;

/// Bytes of a buffer for strings and byte slices, as gc has them (capacities show it).
pub const BYTES: u64 = 32;
/// Runes of a buffer for slices of runes.
pub const RUNES: u64 = 32;

impl<'a> Lowerer<'_, '_, 'a> {
    /// What `e` converts, if it is a conversion whose result is no constant, of something other than nil.
    fn operand_of_conversion(&self, e: &'a Expr) -> Option<&'a Expr> {
        let ExprKind::Call(call) = &e.unparen().kind else { return None };
        let [x] = &call.args[..] else { return None };
        let is = matches!(self.mode(call.fun.unparen()), Some(Mode::Type))
            && self.info.const_value(e.id).is_none()
            && !self.is_nil(x);
        is.then_some(x)
    }

    /// What `e` converts, if it is a conversion between a string and a slice of bytes.
    fn converted(&mut self, e: &'a Expr) -> Res<Option<&'a Expr>> {
        let Some(x) = self.operand_of_conversion(e) else { return Ok(None) };
        let (from, to) = (self.ety(x)?, self.ety(e)?);
        let is = match (self.kind(from), self.kind(to)) {
            (TyKind::String, TyKind::Slice(elem)) | (TyKind::Slice(elem), TyKind::String) => {
                self.size(*elem) == 1
            }
            _ => false,
        };
        Ok(is.then_some(x))
    }

    /// `e` as type `to`, for somebody who looks at it at once: conversions share the operand's bytes.
    pub fn view(&mut self, e: &'a Expr, to: Ty) -> Res<Operand> {
        let Some(x) = self.converted(e)? else { return self.expr_to(e, to) };
        if self.ety(e)? != to {
            return self.expr_to(e, to);
        }
        let from = self.ety(x)?;
        let v = self.expr(x)?;
        let v = self.stable(v, from, false);
        let elem = match (self.kind(from), self.kind(to)) {
            (TyKind::Slice(elem), _) | (_, TyKind::Slice(elem)) => *elem,
            _ => return self.err(e.span, "a view of neither string nor slice"),
        };
        let (ptr, int) = (self.pointer_to(elem), self.int_ty());
        let ptr = self.fb.extract(ptr, Part::Ptr, v.clone());
        let len = self.fb.extract(int, Part::Len, v);
        let parts = match self.kind(to) {
            TyKind::String => Rvalue::StringFromParts { ptr, len, ty: to },
            _ => Rvalue::SliceFromParts { ty: to, ptr, cap: len.clone(), len },
        };
        Ok(self.fb.value(to, parts))
    }

    /// Two strings to compare, if one of them needs no copy for that.
    pub fn view_pair(&mut self, x: &'a Expr, y: &'a Expr, ty: Ty) -> Res<Option<[Operand; 2]>> {
        if !matches!(self.kind(ty), TyKind::String)
            || !self.is_quiet(x)
            || !self.is_quiet(y)
            || self.converted(x)?.is_none() && self.converted(y)?.is_none()
        {
            return Ok(None);
        }
        Ok(Some([self.view(x, ty)?, self.view(y, ty)?]))
    }

    /// Whether evaluating `e` changes nothing and runs no code of the program.
    pub fn is_quiet(&self, e: &Expr) -> bool {
        if self.info.const_value(e.id).is_some() {
            return true;
        }
        match &e.kind {
            ExprKind::Ident(_) => true,
            ExprKind::Paren(x) | ExprKind::Star(x) | ExprKind::Selector { x, .. } => {
                self.is_quiet(x)
            }
            ExprKind::Unary { op, x, .. } => *op != UnaryOp::Recv && self.is_quiet(x),
            ExprKind::Binary { x, y, .. } => self.is_quiet(x) && self.is_quiet(y),
            ExprKind::Index { x, indices, .. } => {
                self.is_quiet(x) && indices.iter().all(|i| self.is_quiet(i))
            }
            ExprKind::Slice { x, lo, hi, max, .. } => {
                let bounds = [lo, hi, max].into_iter().flatten();
                self.is_quiet(x) && bounds.into_iter().all(|b| self.is_quiet(b))
            }
            ExprKind::Call(call) => {
                let looks = matches!(
                    self.mode(call.fun.unparen()),
                    Some(Mode::Type | Mode::Builtin(BuiltinId::Len | BuiltinId::Cap))
                );
                looks && call.args.iter().all(|a| self.is_quiet(a))
            }
            _ => false,
        }
    }

    /// `len([]rune(s))`, which counts.
    pub fn len_of_runes(&mut self, x: &'a Expr) -> Res<Option<Operand>> {
        let Some(s) = self.operand_of_conversion(x) else { return Ok(None) };
        let (from, to) = (self.ety(s)?, self.ety(x)?);
        match (self.kind(from), self.kind(to)) {
            (TyKind::String, TyKind::Slice(e)) if self.size(*e) == 4 => {}
            _ => return Ok(None),
        }
        let v = self.expr(s)?;
        let string = self.string_ty();
        let v = self.noop_conv(v, string);
        let int = self.int_ty();
        Ok(Some(self.fb.call_runtime1(RuntimeFn::countrunes, vec![v], int)))
    }

    /// Room of so many bytes for a result that doesn't escape; a nil pointer for others.
    pub fn buffer(&mut self, bytes: u64) -> Operand {
        let word = self.prim(super::types::Prim::Uint64);
        let words = self.mb.types.array(word, bytes.div_ceil(8));
        let ty = self.mb.types.structure(&[words]);
        let ptr = self.pointer_to(ty);
        self.fb.value(ptr, Rvalue::New { ty, ptr, alloc: Alloc::Optional })
    }
}

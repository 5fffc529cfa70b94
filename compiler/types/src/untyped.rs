//! Untyped expressions whose context settles their type (specification, "Constants", "Conversions").
//!
//! In: an expression that waits with an untyped kind, and its type. Out: entries of `Info` for it and
//! for those of its parts that take part in its type.

use crate::check::{Operand, OperandMode};
use crate::constant::Value;
use crate::info::{Mode, TypeAndValue};
use crate::position::span_of;
use crate::{Checker, TypeId};
use syntax::ast::{Expr, ExprKind};

impl<'a> Checker<'a> {
    /// The untyped expression `e` turns out to have the type `typ`; unless `final_`, an untyped
    /// `typ` may still change.
    pub(crate) fn update_expr_type(&mut self, e: Option<&'a Expr>, typ: TypeId, final_: bool) {
        let mut next = e;
        while let Some(e) = next.take() {
            let Some(old) = self.waiting(e) else { return };
            let constant = matches!(old.mode, Mode::Constant(_));
            match &e.kind {
                ExprKind::Paren(x) => next = Some(x),
                // Constant operands are never materialised.
                ExprKind::Unary { x, .. } if !constant => next = Some(x),
                ExprKind::Binary { op, x, y, .. } if !constant && !op.is_comparison() => {
                    if !op.is_shift() {
                        self.update_expr_type(Some(y), typ, final_);
                    }
                    next = Some(x);
                }
                _ => {}
            }
            if !final_ && self.is_untyped(typ) {
                if let Some(Some(old)) = self.info.types.get_mut(e.id.0 as usize) {
                    old.typ = typ;
                }
                continue;
            }
            // Whoever asks meanwhile finds nothing that waits.
            if let Some(old) = self.info.types[e.id.0 as usize].take() {
                self.finish_untyped(e, old, typ);
            }
        }
    }

    /// What is recorded of `e`, if that is an untyped expression whose final type isn't known yet.
    pub(crate) fn waiting(&self, e: &Expr) -> Option<TypeAndValue> {
        let tv = (*self.info.types.get(e.id.0 as usize)?)?;
        self.is_untyped(tv.typ).then_some(tv)
    }

    fn finish_untyped(&mut self, e: &'a Expr, old: TypeAndValue, typ: TypeId) {
        let is_lhs = !self.shifted.is_empty() && self.shifted.remove(&e.id);
        if is_lhs && !self.all_integer(typ) {
            let msg = format!(
                "invalid operation: shifted operand {} (type {}) must be integer",
                self.expr_str(e),
                self.ts(typ)
            );
            return self.error("InvalidShiftOperand", span_of(e), msg);
        }
        let Mode::Constant(id) = old.mode else {
            self.info.types[e.id.0 as usize] = Some(TypeAndValue { mode: old.mode, typ });
            return;
        };
        let mode = OperandMode::Constant(self.info.constant(id).clone());
        let mut c = Operand { mode, typ: old.typ, expr: Some(e), span: e.span, name: None };
        self.convert_untyped(&mut c, typ);
        match c.mode {
            OperandMode::Invalid => {}
            OperandMode::Constant(v) => {
                self.info.set_constant(id, v);
                self.info.types[e.id.0 as usize] = Some(TypeAndValue { mode: old.mode, typ });
            }
            mode => self.record_type_and_value(e, &mode, typ),
        }
    }

    pub(crate) fn update_expr_val(&mut self, e: Option<&'a Expr>, v: &Value) {
        let Some(e) = e else { return };
        if let Some(TypeAndValue { typ, .. }) = self.waiting(e) {
            self.record_type_and_value(e, &OperandMode::Constant(v.clone()), typ);
        }
    }
}

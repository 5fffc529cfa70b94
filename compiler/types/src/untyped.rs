//! Untyped expressions whose context settles their type (specification, "Constants", "Conversions").
//!
//! In: an expression that waits in `Checker::untyped`, and its type. Out: entries of `Info` for it and
//! for those of its parts that take part in its type.

use crate::check::{Operand, OperandMode, UntypedExpr};
use crate::constant::Value;
use crate::position::span_of;
use crate::{Checker, TypeId};
use syntax::ast::{Expr, ExprKind};

impl<'a> Checker<'a> {
    /// The untyped expression `e` turns out to have the type `typ`; unless `final_`, an untyped
    /// `typ` may still change.
    pub(crate) fn update_expr_type(&mut self, e: Option<&'a Expr>, typ: TypeId, final_: bool) {
        let mut next = e;
        while let Some(e) = next.take() {
            let Some(old) = self.untyped.get(&e.id) else { return };
            let constant = matches!(old.mode, OperandMode::Constant(_));
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
                if let Some(old) = self.untyped.get_mut(&e.id) {
                    old.typ = typ;
                }
                continue;
            }
            if let Some(old) = self.untyped.remove(&e.id) {
                self.finish_untyped(old, typ);
            }
        }
    }

    fn finish_untyped(&mut self, old: UntypedExpr<'a>, typ: TypeId) {
        let e = old.expr;
        if old.is_lhs && !self.all_integer(typ) {
            let msg = format!(
                "invalid operation: shifted operand {} (type {}) must be integer",
                self.expr_str(e),
                self.ts(typ)
            );
            return self.error("InvalidShiftOperand", span_of(e), msg);
        }
        if let OperandMode::Constant(_) = old.mode {
            let mut c =
                Operand { mode: old.mode, typ: old.typ, expr: Some(e), span: e.span, name: None };
            self.convert_untyped(&mut c, typ);
            if !c.is_invalid() {
                self.record_type_and_value(e, &c.mode, typ);
            }
            return;
        }
        self.record_type_and_value(e, &old.mode, typ);
    }

    pub(crate) fn update_expr_val(&mut self, e: Option<&'a Expr>, v: &Value) {
        if let Some(u) = e.and_then(|e| self.untyped.get_mut(&e.id)) {
            u.mode = OperandMode::Constant(v.clone());
        }
    }
}

//! `for range` (specification, "For statements with range clause").
//!
//! In: the statement. Out: its variables declared or assigned with the types that the range
//! expression yields, its body checked. Variables declared here are new in each iteration.

use crate::check::{Operand, OperandMode};
use crate::position::span_of;
use crate::{BasicKind, Checker, ObjId, Type, TypeId};
use diag::Span;
use syntax::ast::{ChanDir, Expr, ExprKind, RangeStmt};

/// What one iteration yields.
struct Yield {
    key: Option<TypeId>,
    value: Option<TypeId>,
}

impl<'a> Checker<'a> {
    pub(crate) fn range_stmt(&mut self, s: &'a RangeStmt, span: Span) {
        let mut x = Operand::new();
        self.expr(None, &mut x, &s.x);
        let invalid = self.typ_of(BasicKind::Invalid);
        let mut yields = Yield { key: Some(invalid), value: Some(invalid) };
        if !x.is_invalid() {
            yields = self.range_yield(&x, s);
        }
        self.open_scope(span);
        let over_int = !x.is_invalid() && self.store.is_integer(x.typ);
        let parts = [(s.key.as_ref(), yields.key), (s.value.as_ref(), yields.value)];
        if s.define {
            self.range_define(s, parts, &mut x, over_int);
        } else if s.key.is_some() {
            for (lhs, typ) in parts {
                let Some(lhs) = lhs else { continue };
                let Some(typ) = typ.filter(|&t| self.is_valid(t)) else {
                    self.use_lhs(std::slice::from_ref(lhs));
                    continue;
                };
                self.range_assign(lhs, typ, &mut x, over_int);
            }
        } else if over_int {
            // The value still has to exist: an untyped constant must fit its default type.
            self.assignment(&mut x, None, "range clause");
        }
        self.block(&s.body);
        self.close_scope();
    }

    /// What ranging over `x` yields; reports if nothing, or less than `s` takes.
    fn range_yield(&mut self, x: &Operand<'a>, s: &'a RangeStmt) -> Yield {
        let invalid = self.typ_of(BasicKind::Invalid);
        let x_str = |c: &mut Self| c.op_str(x);
        match self.range_key_val(x.typ) {
            Err(cause) => {
                let mut msg = format!("cannot range over {}", x_str(self));
                if !cause.is_empty() {
                    msg = format!("{msg}: {cause}");
                }
                self.soft_error("InvalidRangeExpr", x.span(), msg);
                Yield { key: Some(invalid), value: Some(invalid) }
            }
            Ok(yields) => {
                if let (None, Some(k)) = (yields.key, &s.key) {
                    let msg = format!("range over {} permits no iteration variables", x_str(self));
                    self.soft_error("InvalidIterVar", span_of(k), msg);
                } else if let (None, Some(v)) = (yields.value, &s.value) {
                    let msg =
                        format!("range over {} permits only one iteration variable", x_str(self));
                    self.soft_error("InvalidIterVar", span_of(v), msg);
                } else if let Some(extra) = s.extra.first() {
                    let msg = "range clause permits at most two iteration variables";
                    self.soft_error("InvalidIterVar", span_of(extra), msg);
                }
                yields
            }
        }
    }

    /// Declares the variables of `for k, v := range x`.
    fn range_define(
        &mut self,
        s: &'a RangeStmt,
        parts: [(Option<&'a Expr>, Option<TypeId>); 2],
        x: &mut Operand<'a>,
        over_int: bool,
    ) {
        let mut vars: Vec<ObjId> = Vec::new();
        for (lhs, typ) in parts {
            let Some(lhs) = lhs else { continue };
            let obj = match &lhs.kind {
                ExprKind::Ident(name) => {
                    let obj = self.new_local(name, lhs.span, None);
                    self.record_def(lhs.id, Some(obj));
                    if name.is_blank() {
                        self.mark_used(obj);
                    } else {
                        vars.push(obj);
                    }
                    obj
                }
                _ => {
                    let msg = format!("invalid syntax tree: cannot declare {}", self.expr_str(lhs));
                    self.error("InvalidSyntaxTree", span_of(lhs), msg);
                    let dummy = self.new_local(&"_".into(), lhs.span, None);
                    self.mark_used(dummy);
                    dummy
                }
            };
            let Some(typ) = typ.filter(|&t| self.is_valid(t)) else {
                self.ensure_typed(obj);
                self.mark_used(obj);
                continue;
            };
            if over_int {
                self.init_var(obj, x, "range clause");
            } else {
                let mut y = value_of(lhs, typ);
                self.init_var(obj, &mut y, "assignment");
            }
        }
        if vars.is_empty() {
            let at = Span::at(s.op_pos);
            return self.error("NoNewVar", at, "no new variables on left side of :=");
        }
        let scope = self.scope();
        for v in vars {
            self.declare(scope, None, v, s.body.span.lo);
        }
    }

    fn range_assign(&mut self, lhs: &'a Expr, typ: TypeId, x: &mut Operand<'a>, over_int: bool) {
        if !over_int {
            let mut y = value_of(lhs, typ);
            return self.assign_operand(lhs, &mut y, "assignment");
        }
        self.assign_operand(lhs, x, "range clause");
        // The variable's type is x's now; not any numeric type will do.
        if !x.is_invalid() && !self.store.is_integer(x.typ) {
            let msg = format!("cannot use iteration variable of type {}", self.ts(x.typ));
            self.soft_error("InvalidRangeExpr", span_of(lhs), msg);
        }
    }

    /// Key and value types of ranging over a value of type `t`, or why that isn't possible.
    fn range_key_val(&mut self, t: TypeId) -> Result<Yield, String> {
        for item in self.type_set_of(t) {
            if let Some((t, u)) = item
                && let Type::Chan { dir: ChanDir::Send, .. } = self.store.ty(u)
            {
                return Err(format!("receive from send-only channel {}", self.ts(t)));
            }
        }
        let mut under = self.common_under(t)?;
        if let Type::Pointer(base) = *self.store.ty(under) {
            let u = self.under(base);
            if let Type::Array { .. } = self.store.ty(u) {
                under = u;
            }
        }
        let int = self.typ_of(BasicKind::Int);
        let pair = |k, v| Ok(Yield { key: Some(k), value: Some(v) });
        match *self.store.ty(under) {
            Type::Basic(k) if k.is_string() => pair(int, self.typ_of(BasicKind::Rune)),
            Type::Basic(k) if k.is_integer() => match self.allow_version((1, 22)) {
                true => Ok(Yield { key: Some(t), value: None }),
                false => Err(format!("requires go1.22 or later{}", self.version_hint())),
            },
            Type::Array { elem, .. } | Type::Slice(elem) => pair(int, elem),
            Type::Map { key, value } => pair(key, value),
            Type::Chan { elem, .. } => Ok(Yield { key: Some(elem), value: None }),
            Type::Signature(_) => self.range_over_func(under),
            _ => Err(String::new()),
        }
    }

    /// `func(yield func(K, V) bool)`
    fn range_over_func(&mut self, sig: TypeId) -> Result<Yield, String> {
        if !self.allow_version((1, 23)) {
            return Err(format!("requires go1.23 or later{}", self.version_hint()));
        }
        let want = |what: &str| Err(format!("func must be func(yield func(...) bool): {what}"));
        let Type::Signature(s) = self.store.ty(sig) else { return Err(String::new()) };
        let &[param] = &s.params[..] else { return want("wrong argument count") };
        if !s.results.is_empty() {
            return want("unexpected results");
        }
        let invalid = self.typ_of(BasicKind::Invalid);
        let typ = |c: &Self, v: ObjId| c.store.obj(v).typ.unwrap_or(invalid);
        let param_type = typ(self, param);
        let callback = match self.common_under(param_type) {
            Ok(u) => u,
            Err(cause) => return want(&format!("in yield type, {cause}")),
        };
        let Type::Signature(cb) = self.store.ty(callback) else {
            return want("argument is not func");
        };
        if cb.params.len() > 2 {
            return want("yield func has too many parameters");
        }
        let params: Vec<TypeId> = cb.params.iter().map(|&p| typ(self, p)).collect();
        let results: Vec<TypeId> = cb.results.iter().map(|&r| typ(self, r)).collect();
        let variadic = cb.variadic;
        match results[..] {
            [r] if self.store.unalias(r) == self.typ_of(BasicKind::Bool) => {}
            [r] if self.store.is_boolean(r) => {
                return want("yield func returns user-defined boolean, not bool");
            }
            _ => return want("yield func does not return bool"),
        }
        if variadic {
            let cb = self.ts(callback);
            return Err(format!("yield func of type {cb} cannot be variadic"));
        }
        Ok(Yield { key: params.first().copied(), value: params.get(1).copied() })
    }
}

/// The value that an iteration assigns, reported at the variable.
fn value_of(lhs: &Expr, typ: TypeId) -> Operand<'_> {
    Operand { mode: OperandMode::Value, typ, expr: Some(lhs), span: lhs.span, name: None }
}

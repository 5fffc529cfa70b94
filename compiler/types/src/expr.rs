//! Expressions: the entry points, operators and implicit conversions (specification,
//! "Expressions").
//!
//! In: an expression, and the type that its context expects for what depends on it (generic
//! functions, elided composite literal types). Out: an [`Operand`]; everything learned about the
//! expression and its parts is recorded, untyped expressions once their type is settled.

use crate::check::{Operand, OperandMode};
use crate::constant::Value;
use crate::position::span_of;
use crate::{BasicKind, Checker, Type, TypeId};
use syntax::ast::{Expr, ExprKind, Name, UnaryOp};

/// What sort of expression it was: decides whether it may stand as a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ExprForm {
    Conversion,
    Expression,
    Statement,
}

/// Modes that a context doesn't accept, for [`Checker::exclude`].
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Exclude {
    NoValue,
    /// Also built-ins and types.
    AllButValues,
}

impl<'a> Checker<'a> {
    /// Checks `e`, which must be a single value. `target`: the type that it is assigned to, from
    /// which a generic function takes its type arguments.
    pub(crate) fn expr(&mut self, target: Option<TypeId>, x: &mut Operand<'a>, e: &'a Expr) {
        self.raw_expr(target, x, e, None, false);
        self.exclude(x, Exclude::AllButValues);
        self.single_value(x);
    }

    /// Like `expr`; generic functions stay generic, and `hint` is the type of elided composite literals.
    pub(crate) fn generic_expr(&mut self, x: &mut Operand<'a>, e: &'a Expr, hint: Option<TypeId>) {
        self.raw_expr(None, x, e, hint, true);
        self.exclude(x, Exclude::AllButValues);
        self.single_value(x);
    }

    /// Checks `e`, which may have several values or, where `allow_comma_ok` asks for it, two of which the second is
    /// the untyped bool of a comma-ok expression (then the flag returned is set).
    pub(crate) fn multi_expr(
        &mut self,
        e: &'a Expr,
        allow_comma_ok: bool,
    ) -> (Vec<Operand<'a>>, bool) {
        let mut x = Operand::new();
        self.raw_expr(None, &mut x, e, None, false);
        self.exclude(&mut x, Exclude::AllButValues);
        if let Some(mut list) = self.unpack_tuple(&x, e) {
            for (i, x) in list.iter_mut().enumerate() {
                x.name = Some(nth_result(i + 1));
            }
            return (list, false);
        }
        if allow_comma_ok && matches!(x.mode, OperandMode::MapIndex | OperandMode::CommaOk) {
            let ok = Operand {
                mode: OperandMode::Value,
                typ: self.typ_of(BasicKind::UntypedBool),
                expr: Some(e),
                span: e.span,
                name: Some("ok value of (comma, ok) expression".into()),
            };
            return (vec![x, ok], true);
        }
        (vec![x], false)
    }

    /// The values of a call with several results (or none).
    pub(crate) fn unpack_tuple(&self, x: &Operand<'a>, e: &'a Expr) -> Option<Vec<Operand<'a>>> {
        if x.mode != OperandMode::Value {
            return None;
        }
        let Type::Tuple(vars) = self.store.ty(x.typ) else { return None };
        let invalid = self.typ_of(BasicKind::Invalid);
        let operand = |typ| Operand {
            mode: OperandMode::Value,
            typ,
            expr: Some(e),
            span: e.span,
            name: None,
        };
        Some(vars.iter().map(|&v| operand(self.store.obj(v).typ.unwrap_or(invalid))).collect())
    }

    /// Checks `e`, a value or a type.
    pub(crate) fn expr_or_type(&mut self, x: &mut Operand<'a>, e: &'a Expr, allow_generic: bool) {
        self.raw_expr(None, x, e, None, allow_generic);
        self.exclude(x, Exclude::NoValue);
        self.single_value(x);
    }

    /// Like `generic_expr`, but leaves tuples alone.
    pub(crate) fn generic_multi_expr(&mut self, x: &mut Operand<'a>, e: &'a Expr) {
        self.raw_expr(None, x, e, None, true);
        self.exclude(x, Exclude::AllButValues);
    }

    pub(crate) fn exclude(&mut self, x: &mut Operand<'a>, what: Exclude) {
        let all = what == Exclude::AllButValues;
        let (code, msg) = match x.mode {
            OperandMode::NoValue if all => ("TooManyValues", "used as value"),
            OperandMode::NoValue => ("TooManyValues", "used as value or type"),
            OperandMode::Builtin(_) if all => ("UncalledBuiltin", "must be called"),
            OperandMode::TypExpr if all => ("NotAnExpr", "is not an expression"),
            _ => return,
        };
        let msg = format!("{} {msg}", self.op_str(x));
        self.error(code, x.span(), msg);
        x.mode = OperandMode::Invalid;
    }

    /// Reports an operand that stands for several values.
    pub(crate) fn single_value(&mut self, x: &mut Operand<'a>) {
        if x.mode == OperandMode::Value && matches!(self.store.ty(x.typ), Type::Tuple(_)) {
            let msg = format!("multiple-value {} in single-value context", self.op_str(x));
            self.error("TooManyValues", x.span(), msg);
            x.mode = OperandMode::Invalid;
        }
    }

    /// Checks any expression and records what it is.
    pub(crate) fn raw_expr(
        &mut self,
        target: Option<TypeId>,
        x: &mut Operand<'a>,
        e: &'a Expr,
        hint: Option<TypeId>,
        allow_generic: bool,
    ) -> ExprForm {
        x.mode = OperandMode::Invalid;
        x.typ = self.typ_of(BasicKind::Invalid);
        let form = self.expr_internal(target, x, e, hint);
        x.expr = Some(e);
        x.span = e.span;
        if !allow_generic {
            self.non_generic(target, x);
        }
        self.record(x);
        form
    }

    /// Reports a generic type or function that isn't instantiated; with a `target` of function type
    /// the function's type arguments are inferred from it.
    pub(crate) fn non_generic(&mut self, target: Option<TypeId>, x: &mut Operand<'a>) {
        if matches!(x.mode, OperandMode::Invalid | OperandMode::NoValue) {
            return;
        }
        let what = match self.store.ty(x.typ) {
            Type::Alias(_) | Type::Named(_) if self.is_generic(x.typ) => "type",
            Type::Signature(sig) if !sig.tparams.is_empty() => {
                if let Some(target) = self.signature_target(target) {
                    self.func_inst(Some(target), x, None, true);
                    return;
                }
                "function"
            }
            _ => return,
        };
        if let Some(e) = x.expr {
            let msg =
                format!("cannot use generic {what} {} without instantiation", self.expr_str(e));
            self.error("WrongTypeArgCount", span_of(e), msg);
        }
        x.mode = OperandMode::Invalid;
        x.typ = self.typ_of(BasicKind::Invalid);
    }

    /// `target` if it is a function type.
    fn signature_target(&mut self, target: Option<TypeId>) -> Option<TypeId> {
        let u = self.common_under(target?).ok()?;
        matches!(self.store.ty(u), Type::Signature(_)).then_some(u)
    }

    fn expr_internal(
        &mut self,
        target: Option<TypeId>,
        x: &mut Operand<'a>,
        e: &'a Expr,
        hint: Option<TypeId>,
    ) -> ExprForm {
        x.expr = Some(e);
        x.span = e.span;
        match &e.kind {
            ExprKind::Bad => {}
            ExprKind::Ident(_) => self.ident(x, e, false),
            ExprKind::BasicLit { kind, text } => self.basic_lit(x, e, *kind, text),
            ExprKind::FuncLit(lit) => self.func_lit(x, lit),
            ExprKind::CompositeLit(lit) => self.composite_lit(x, e, lit, hint),
            ExprKind::Paren(inner) => return self.raw_expr(None, x, inner, None, false),
            ExprKind::Selector { x: base, sel } => self.selector(x, e, base, sel, false),
            ExprKind::Index { .. } => {
                if self.index_expr(x, e) {
                    let target = self.signature_target(target);
                    self.func_inst(target, x, Some(e), true);
                }
            }
            ExprKind::Slice { .. } => self.slice_expr(x, e),
            ExprKind::TypeAssert { x: inner, typ } => {
                self.type_assert_expr(x, e, inner, typ.as_deref());
            }
            ExprKind::Call(call) => return self.call_expr(x, e, call),
            ExprKind::Star(inner) => self.star(x, inner),
            ExprKind::Unary { op, op_pos, x: inner } => {
                self.unary(x, e, *op, *op_pos, inner);
                if *op == UnaryOp::Recv && x.mode != OperandMode::Invalid {
                    return ExprForm::Statement;
                }
            }
            ExprKind::Binary { .. } => self.binary_chain(x, e),
            ExprKind::KeyValue { .. } => {
                self.error(
                    "InvalidSyntaxTree",
                    span_of(e),
                    "invalid syntax tree: no key:value expected",
                );
            }
            ExprKind::Ellipsis(_) => {
                self.error(
                    "InvalidSyntaxTree",
                    span_of(e),
                    "invalid syntax tree: invalid use of ...",
                );
            }
            ExprKind::Tilde(inner) => self.stray_tilde(x, e, inner),
            ExprKind::ArrayType { .. }
            | ExprKind::SliceType(_)
            | ExprKind::StructType(_)
            | ExprKind::FuncType(_)
            | ExprKind::InterfaceType(_)
            | ExprKind::MapType { .. }
            | ExprKind::ChanType { .. } => {
                x.typ = self.typ(e);
                x.mode = OperandMode::TypExpr;
            }
        }
        ExprForm::Expression
    }

    /// `~x`, which may have been meant as `^x`.
    fn stray_tilde(&mut self, x: &mut Operand<'a>, e: &'a Expr, inner: &'a Expr) {
        self.expr(None, x, inner);
        if x.is_invalid() {
            return;
        }
        let msg = "cannot use ~ outside of interface or type constraint";
        if !self.all_integer(x.typ) {
            self.error("UndefinedOp", span_of(e), msg);
            return x.invalidate();
        }
        let msg = format!("{msg} (use ^ for bitwise complement)");
        self.error("UndefinedOp", span_of(e), msg);
        if x.is_const() {
            x.mode = OperandMode::Constant(Value::Unknown);
        } else {
            x.mode = OperandMode::Value;
        }
    }

    /// `x.(T)` (specification, "Type assertions").
    fn type_assert_expr(
        &mut self,
        x: &mut Operand<'a>,
        e: &'a Expr,
        inner: &'a Expr,
        typ: Option<&'a Expr>,
    ) {
        let Some(typ) = typ else {
            let msg = "invalid syntax tree: use of .(type) outside type switch";
            self.error("InvalidSyntaxTree", span_of(e), msg);
            self.use_exprs(std::slice::from_ref(inner));
            return;
        };
        self.expr(None, x, inner);
        if x.is_invalid() {
            return;
        }
        if self.is_type_param(x.typ) {
            let x_str = self.op_str(x);
            let msg = format!(
                "invalid operation: cannot use type assertion on type parameter value {x_str}"
            );
            self.error("InvalidAssert", x.span(), msg);
            return x.invalidate();
        }
        if !self.is_interface(x.typ) {
            let msg = format!("invalid operation: {} is not an interface", self.op_str(x));
            self.error("InvalidAssert", x.span(), msg);
            return x.invalidate();
        }
        let t = self.var_type(typ);
        if !self.is_valid(t) || !self.is_complete(t) {
            return x.invalidate();
        }
        self.type_assertion(e, x, t, false);
        x.mode = OperandMode::CommaOk;
        x.typ = t;
    }

    /// Reports when the dynamic type of the interface `x` cannot be (or implement) `t`.
    pub(crate) fn type_assertion(
        &mut self,
        e: &'a Expr,
        x: &Operand<'a>,
        t: TypeId,
        type_switch: bool,
    ) {
        let Err(cause) = self.assertable_to(x.typ, t) else { return };
        let (e_str, t_str) = (self.expr_str(e), self.ts(t));
        let msg = match type_switch {
            true => {
                let x_str = self.op_str(x);
                format!(
                    "impossible type switch case: {e_str}\n\t{x_str} cannot have dynamic type {t_str} {cause}"
                )
            }
            false => {
                let iface = self.ts(x.typ);
                format!(
                    "impossible type assertion: {e_str}\n\t{t_str} does not implement {iface} {cause}"
                )
            }
        };
        self.error("ImpossibleAssert", span_of(e), msg);
    }

    /// `*x`: indirection or pointer type.
    fn star(&mut self, x: &mut Operand<'a>, inner: &'a Expr) {
        self.expr_or_type(x, inner, false);
        match x.mode {
            OperandMode::Invalid => {}
            OperandMode::TypExpr => {
                self.valid_var_type(inner, x.typ);
                x.typ = self.store.new_type(Type::Pointer(x.typ));
            }
            _ => {
                let mut base: Option<TypeId> = None;
                for item in self.type_set_of(x.typ) {
                    let Some(Type::Pointer(b)) = item.map(|(_, u)| self.store.ty(u)) else {
                        let msg = format!("invalid operation: cannot indirect {}", self.op_str(x));
                        self.error("InvalidIndirection", x.span(), msg);
                        return x.invalidate();
                    };
                    let b = *b;
                    if base.is_some_and(|base| !self.identical(base, b)) {
                        let x_str = self.op_str(x);
                        let msg = format!(
                            "invalid operation: pointers of {x_str} must have identical base types"
                        );
                        self.error("InvalidIndirection", x.span(), msg);
                        return x.invalidate();
                    }
                    base = Some(b);
                }
                match base {
                    Some(base) if self.is_complete(base) => {
                        x.mode = OperandMode::Variable;
                        x.typ = base;
                    }
                    _ => x.invalidate(),
                }
            }
        }
    }
}

/// `1st function result`
fn nth_result(n: usize) -> Name {
    match n {
        1 => "1st function result".into(),
        2 => "2nd function result".into(),
        3 => "3rd function result".into(),
        n => format!("{n}th function result").into(),
    }
}

//! Expressions: the entry points, operators and implicit conversions (specification,
//! "Expressions").
//!
//! In: an expression, and the type that its context expects for what depends on it (generic
//! functions, elided composite literal types). Out: an [`Operand`]; everything learned about the
//! expression and its parts is recorded, untyped expressions once their type is settled.

use crate::check::{Operand, OperandMode, UntypedExpr};
use crate::constant::{self, Value};
use crate::position::span_of;
use crate::predicates::Incomparable;
use crate::{BasicKind, Checker, Type, TypeId};
use syntax::ast::{BinaryOp, ChanDir, Expr, ExprKind, Name, UnaryOp};

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

/// Constant shift counts are limited, so that the smallest float64 can still be written.
const MAX_SHIFT: u64 = 1023 - 1 + 52;

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

    /// Unary operators but `*` (specification, "Operators", "Address operators", "Receive operator").
    fn unary(
        &mut self,
        x: &mut Operand<'a>,
        e: &'a Expr,
        op: UnaryOp,
        op_pos: diag::Pos,
        inner: &'a Expr,
    ) {
        self.expr(None, x, inner);
        if x.is_invalid() {
            return;
        }
        let defined = match op {
            UnaryOp::Addr => {
                let literal = matches!(inner.unparen().kind, ExprKind::CompositeLit(_));
                if !literal && x.mode != OperandMode::Variable {
                    let x_str = self.op_str(x);
                    let msg = format!("invalid operation: cannot take address of {x_str}");
                    self.error("UnaddressableOperand", x.span(), msg);
                    return x.invalidate();
                }
                x.mode = OperandMode::Value;
                x.typ = self.store.new_type(Type::Pointer(x.typ));
                return;
            }
            UnaryOp::Recv => {
                match self.chan_elem(x.span(), x, true) {
                    Some(elem) if self.is_complete(elem) => {
                        x.mode = OperandMode::CommaOk;
                        x.typ = elem;
                        self.env.has_call_or_recv = true;
                    }
                    _ => x.invalidate(),
                }
                return;
            }
            UnaryOp::Plus | UnaryOp::Neg => self.all_numeric(x.typ),
            UnaryOp::Xor => self.all_integer(x.typ),
            UnaryOp::Not => self.all_boolean(x.typ),
        };
        if !defined {
            return self.undefined_op(op.as_str(), x);
        }
        let OperandMode::Constant(v) = &x.mode else {
            x.mode = OperandMode::Value;
            return;
        };
        if *v == Value::Unknown {
            return;
        }
        let bits = match self.basic_kind(x.typ) {
            Some(k) if k.is_unsigned() => unsigned_bits(k),
            _ => 0,
        };
        x.mode = OperandMode::Constant(constant::unary_op(op, v, bits));
        x.expr = Some(e);
        self.overflow(x, op_pos);
    }

    fn undefined_op(&mut self, op: &str, x: &mut Operand<'a>) {
        let x_str = self.op_str(x);
        let msg = format!("invalid operation: operator {op} not defined on {x_str}");
        self.error("UndefinedOp", x.span(), msg);
        x.invalidate();
    }

    /// The element type of the channel `x`, from which is received or to which is sent.
    pub(crate) fn chan_elem(
        &mut self,
        at: diag::Span,
        x: &Operand<'a>,
        recv: bool,
    ) -> Option<TypeId> {
        let mut cause = None;
        for item in self.type_set_of(x.typ) {
            let found = match item.map(|(t, u)| (t, self.store.ty(u))) {
                Some((t, Type::Chan { dir, .. })) => match (recv, dir) {
                    (true, ChanDir::Send) => format!("send-only channel {}", self.ts(t)),
                    (false, ChanDir::Recv) => format!("receive-only channel {}", self.ts(t)),
                    _ => continue,
                },
                Some((t, _)) => format!("non-channel {}", self.ts(t)),
                None => "no specific channel type".to_string(),
            };
            cause = Some(found);
            break;
        }
        let cause = match cause {
            Some(c) => c,
            None => match self.common_under(x.typ) {
                Ok(u) => match self.store.ty(u) {
                    Type::Chan { elem, .. } => return Some(*elem),
                    _ => return None,
                },
                Err(c) => c,
            },
        };
        let (code, verb) = match recv {
            true => ("InvalidReceive", "receive from"),
            false => ("InvalidSend", "send to"),
        };
        let x_str = self.op_str(x);
        let msg = match self.is_type_param(x.typ) {
            true => format!("invalid operation: cannot {verb} {x_str}: {cause}"),
            false => format!("invalid operation: cannot {verb} {cause} {x_str}"),
        };
        self.error(code, at, msg);
        None
    }

    /// A binary expression. Chains that lean to the left (`a + b + c + ...`) are walked in a loop.
    fn binary_chain(&mut self, x: &mut Operand<'a>, e: &'a Expr) {
        let mut spine = Vec::new();
        let mut left = e;
        while let ExprKind::Binary { x: inner, .. } = &left.kind {
            spine.push(left);
            left = inner;
        }
        self.expr(None, x, left);
        while let Some(node) = spine.pop() {
            let ExprKind::Binary { op, op_pos, x: lhs, y: rhs } = &node.kind else { return };
            let mut y = Operand::new();
            self.expr(None, &mut y, rhs);
            self.binary(x, y, Some(node), lhs, rhs, *op, *op_pos);
            x.expr = Some(node);
            x.span = node.span;
            if !spine.is_empty() {
                self.record(x);
            }
        }
    }

    /// `x op y` for checked operands; `e` is `None` in assignments `lhs op= rhs`.
    pub(crate) fn binary(
        &mut self,
        x: &mut Operand<'a>,
        mut y: Operand<'a>,
        e: Option<&'a Expr>,
        lhs: &'a Expr,
        rhs: &'a Expr,
        op: BinaryOp,
        op_pos: diag::Pos,
    ) {
        if x.is_invalid() {
            return;
        }
        if y.is_invalid() {
            x.invalidate();
            x.expr = y.expr;
            return;
        }
        if op.is_shift() {
            return self.shift(x, &mut y, e, op, op_pos);
        }
        self.match_types(x, &mut y);
        if x.is_invalid() {
            return;
        }
        if op.is_comparison() {
            return self.comparison(x, &mut y, op, false);
        }
        if !self.identical(x.typ, y.typ) {
            if self.is_valid(x.typ) && self.is_valid(y.typ) {
                let what = match e {
                    Some(e) => self.expr_str(e),
                    None => format!("{} {op}= {}", self.expr_str(lhs), self.expr_str(rhs)),
                };
                let (xt, yt) = (self.ts(x.typ), self.ts(y.typ));
                let msg = format!("invalid operation: {what} (mismatched types {xt} and {yt})");
                self.error("MismatchedTypes", x.span(), msg);
            }
            return x.invalidate();
        }
        let defined = match op {
            BinaryOp::Add => self.all_numeric_or_string(x.typ),
            BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div => self.all_numeric(x.typ),
            BinaryOp::LAnd | BinaryOp::LOr => self.all_boolean(x.typ),
            _ => self.all_integer(x.typ),
        };
        if !defined {
            return self.undefined_op(op.as_str(), x);
        }
        if matches!(op, BinaryOp::Div | BinaryOp::Rem) && self.divides_by_zero(x, &y) {
            self.error("DivByZero", y.span(), "invalid operation: division by zero");
            return x.invalidate();
        }
        let (OperandMode::Constant(xv), OperandMode::Constant(yv)) = (&x.mode, &y.mode) else {
            x.mode = OperandMode::Value;
            return;
        };
        if *xv == Value::Unknown || *yv == Value::Unknown {
            x.mode = OperandMode::Constant(Value::Unknown);
            return;
        }
        let value = match op {
            BinaryOp::Div if self.is_integer(x.typ) => constant::int_div(xv, yv),
            _ => constant::binary_op(xv, op, yv),
        };
        x.mode = OperandMode::Constant(value);
        if e.is_some() {
            x.expr = e;
        }
        self.overflow(x, op_pos);
    }

    fn divides_by_zero(&mut self, x: &Operand<'a>, y: &Operand<'a>) -> bool {
        let OperandMode::Constant(v) = &y.mode else { return false };
        if !(x.is_const() || self.all_integer(x.typ)) || *v == Value::Unknown {
            return false;
        }
        match v {
            Value::Complex(_) => x.is_const() && v.real().sign() == 0 && v.imag().sign() == 0,
            v => v.sign() == 0,
        }
    }

    /// Converts untyped operands to each other's type, where that has a chance.
    pub(crate) fn match_types(&mut self, x: &mut Operand<'a>, y: &mut Operand<'a>) {
        if !self.may_convert(x, y) {
            return;
        }
        self.convert_untyped(x, y.typ);
        if x.is_invalid() {
            return;
        }
        self.convert_untyped(y, x.typ);
        if y.is_invalid() {
            x.invalidate();
        }
    }

    fn may_convert(&mut self, x: &Operand<'a>, y: &Operand<'a>) -> bool {
        if self.is_typed(x.typ) && self.is_typed(y.typ) {
            return false;
        }
        if self.all_numeric(x.typ) != self.all_numeric(y.typ) {
            // Interfaces take any value, but not in an operation with a number: that is compared
            // as it is.
            return false;
        }
        if self.is_non_type_param_interface(x.typ) || self.is_non_type_param_interface(y.typ) {
            return true;
        }
        if self.all_boolean(x.typ) != self.all_boolean(y.typ)
            || self.all_string(x.typ) != self.all_string(y.typ)
        {
            return false;
        }
        if x.is_nil() {
            return self.has_nil(y.typ);
        }
        if y.is_nil() {
            return self.has_nil(x.typ);
        }
        !self.is_pointer(x.typ) && !self.is_pointer(y.typ)
    }

    /// Comparisons (specification, "Comparison operators"); with `switch_case`, `x` is a case
    /// expression and `y` the tag.
    pub(crate) fn comparison(
        &mut self,
        x: &mut Operand<'a>,
        y: &mut Operand<'a>,
        op: BinaryOp,
        switch_case: bool,
    ) {
        if !self.is_valid(x.typ) || !self.is_valid(y.typ) {
            return x.invalidate();
        }
        let op = if switch_case { BinaryOp::Eq } else { op };
        if let Err((second, code, cause)) = self.comparable_operands(x, y, op) {
            let at = if second { y.span() } else { x.span() };
            let (xe, ye) = (x.expr_string(), y.expr_string());
            let (at, msg) = match switch_case {
                true => (x.span(), format!("invalid case {xe} in switch on {ye} ({cause})")),
                false => (at, format!("invalid operation: {xe} {op} {ye} ({cause})")),
            };
            self.error(code, at, msg);
            return x.invalidate();
        }
        if let (OperandMode::Constant(xv), OperandMode::Constant(yv)) = (&x.mode, &y.mode) {
            let value = match (xv, yv) {
                (Value::Unknown, _) | (_, Value::Unknown) => Value::Unknown,
                _ => Value::Bool(constant::compare(xv, op, yv)),
            };
            x.mode = OperandMode::Constant(value);
        } else {
            x.mode = OperandMode::Value;
            // The operands are compared at run time: in their types, or their default types.
            let (xt, yt) = (self.default_type(x.typ), self.default_type(y.typ));
            self.update_expr_type(x.expr, xt, true);
            self.update_expr_type(y.expr, yt, true);
        }
        x.typ = self.typ_of(BasicKind::UntypedBool);
    }

    /// Whether `x op y` is a valid comparison; if not: whether the second operand is at fault, the
    /// error's code, and the cause.
    fn comparable_operands(
        &mut self,
        x: &Operand<'a>,
        y: &Operand<'a>,
        op: BinaryOp,
    ) -> Result<(), (bool, &'static str, String)> {
        let assignable = self.assignable_to(x, y.typ, None).is_ok()
            || self.assignable_to(y, x.typ, None).is_ok();
        if !assignable {
            let cause = format!("mismatched types {} and {}", self.ts(x.typ), self.ts(y.typ));
            return Err((true, "MismatchedTypes", cause));
        }
        let second = if matches!(op, BinaryOp::Eq | BinaryOp::Ne) {
            if x.is_nil() || y.is_nil() {
                let other = if x.is_nil() { y.typ } else { x.typ };
                if !(x.is_nil() && y.is_nil()) && self.has_nil(other) {
                    return Ok(());
                }
                true // nil == nil
            } else if !self.comparable_type(x.typ, true) {
                let cause = self.incomparable_cause(x.typ);
                if !cause.is_empty() {
                    return Err((false, "UndefinedOp", cause));
                }
                false
            } else if !self.comparable_type(y.typ, true) {
                let cause = self.incomparable_cause(y.typ);
                if !cause.is_empty() {
                    return Err((true, "UndefinedOp", cause));
                }
                true
            } else {
                return Ok(());
            }
        } else if !self.all_ordered(x.typ) {
            false
        } else if !self.all_ordered(y.typ) {
            true
        } else {
            return Ok(());
        };
        let (second, cause) = if self.is_type_param(x.typ) || self.is_type_param(y.typ) {
            let second = second || !self.is_type_param(x.typ);
            let t = self.ts(if second { y.typ } else { x.typ });
            (second, format!("type parameter {t} cannot use operator {op}"))
        } else {
            let t = if second { y.typ } else { x.typ };
            let what = match self.composite_kind(t) {
                "" => self.ts(t),
                kind => kind.to_string(),
            };
            (second, format!("operator {op} not defined on {what}"))
        };
        Err((second, "UndefinedOp", cause))
    }

    /// A more specific reason why values of type `t` cannot be compared, or "".
    pub(crate) fn incomparable_cause(&mut self, t: TypeId) -> String {
        let u = self.under(t);
        if matches!(self.store.ty(u), Type::Slice(_) | Type::Signature(_) | Type::Map { .. }) {
            return format!("{} can only be compared to nil", self.composite_kind(t));
        }
        match self.query(|s| s.incomparable_cause(t, true)) {
            Some(Incomparable::Field(f)) => {
                let ft = self.store.obj(f).typ.unwrap_or(self.invalid());
                format!("struct containing {} cannot be compared", self.ts(ft))
            }
            Some(Incomparable::Elem(t)) => format!("{} cannot be compared", self.ts(t)),
            Some(Incomparable::Interface) => "incomparable types in type set".to_string(),
            Some(Incomparable::EmptyTypeSet) => "empty type set".to_string(),
            _ => String::new(),
        }
    }

    /// `x << y`, `x >> y` (specification, "Shift operators"); `e` is `None` in assignments.
    fn shift(
        &mut self,
        x: &mut Operand<'a>,
        y: &mut Operand<'a>,
        e: Option<&'a Expr>,
        op: BinaryOp,
        op_pos: diag::Pos,
    ) {
        let x_int = match &x.mode {
            OperandMode::Constant(v) => Some(v.to_int()),
            _ => None,
        };
        let unknown = matches!(x.mode, OperandMode::Constant(Value::Unknown));
        let integral = unknown || matches!(x_int, Some(Value::Int(_)));
        if !(self.all_integer(x.typ) || self.is_untyped(x.typ) && integral) {
            return self.bad_shift_operand(x);
        }
        if !self.check_shift_count(y) {
            return x.invalidate();
        }
        if let (OperandMode::Constant(xv), OperandMode::Constant(yv)) = (&x.mode, &y.mode) {
            let unknown = *xv == Value::Unknown || *yv == Value::Unknown;
            let count = yv.to_int().uint64_val().filter(|&n| n <= MAX_SHIFT);
            if !self.is_integer(x.typ) {
                x.typ = self.typ_of(BasicKind::UntypedInt);
            }
            if unknown {
                x.mode = OperandMode::Constant(Value::Unknown);
                return;
            }
            let (Some(count), Some(v)) = (count, x_int) else {
                let msg = format!("invalid operation: invalid shift count {}", self.op_str(y));
                self.error("InvalidShiftCount", y.span(), msg);
                return x.invalidate();
            };
            x.mode = OperandMode::Constant(constant::shift(&v, op, count as u32));
            if e.is_some() {
                x.expr = e;
            }
            return self.overflow(x, op_pos);
        }
        if x.is_const() && self.is_untyped(x.typ) {
            // The left operand gets the type that the whole expression gets from its context;
            // until then we can't tell whether it is an integer.
            if let Some(u) = x.expr.and_then(|e| self.untyped.get_mut(&e.id)) {
                u.is_lhs = true;
            }
            x.mode = OperandMode::Value;
            return;
        }
        if !self.all_integer(x.typ) {
            return self.bad_shift_operand(x);
        }
        x.mode = OperandMode::Value;
    }

    fn bad_shift_operand(&mut self, x: &mut Operand<'a>) {
        let msg = format!("invalid operation: shifted operand {} must be integer", self.op_str(x));
        self.error("InvalidShiftOperand", x.span(), msg);
        x.invalidate();
    }

    fn check_shift_count(&mut self, y: &mut Operand<'a>) -> bool {
        if let OperandMode::Constant(v) = &y.mode {
            let v = v.to_int();
            if matches!(v, Value::Int(_)) && v.sign() < 0 {
                let msg = format!("invalid operation: negative shift count {}", self.op_str(y));
                self.error("InvalidShiftCount", y.span(), msg);
                return false;
            }
            if self.is_untyped(y.typ) {
                // The count only has to fit uint; it isn't converted.
                self.representable(y, self.typ_of(BasicKind::Uint));
                return !y.is_invalid();
            }
            return true;
        } else if self.all_integer(y.typ) {
            if self.all_unsigned(y.typ) || self.allow_version((1, 13)) {
                return true;
            }
            let what = format!("invalid operation: signed shift count {}", self.op_str(y));
            return self.verify_version(y.span(), (1, 13), &what);
        } else if self.is_untyped(y.typ) {
            self.convert_untyped(y, self.typ_of(BasicKind::Uint));
            return !y.is_invalid();
        }
        let msg = format!("invalid operation: shift count {} must be integer", self.op_str(y));
        self.error("InvalidShiftCount", y.span(), msg);
        false
    }

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

/// `1st function result`
fn nth_result(n: usize) -> Name {
    match n {
        1 => "1st function result".into(),
        2 => "2nd function result".into(),
        3 => "3rd function result".into(),
        n => format!("{n}th function result").into(),
    }
}

fn unsigned_bits(k: BasicKind) -> u32 {
    match k.canonical() {
        BasicKind::Uint8 => 8,
        BasicKind::Uint16 => 16,
        BasicKind::Uint32 => 32,
        _ => 64,
    }
}

//! Operators (specification, "Operators", "Arithmetic operators", "Comparison operators", "Logical
//! operators", "Address operators", "Receive operator").
//!
//! In: an operator with its operand expressions, or checked operands. Out: the operand of the result, a
//! constant if the operands are.

use crate::check::{Operand, OperandMode};
use crate::constant::{self, Value};
use crate::predicates::Incomparable;
use crate::{BasicKind, Checker, Type, TypeId};
use syntax::ast::{BinaryOp, ChanDir, Expr, ExprKind, UnaryOp};

/// Constant shift counts are limited, so that the smallest float64 can still be written.
const MAX_SHIFT: u64 = 1023 - 1 + 52;

impl<'a> Checker<'a> {
    /// Unary operators but `*` (specification, "Operators", "Address operators", "Receive operator").
    pub(crate) fn unary(
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
    pub(crate) fn binary_chain(&mut self, x: &mut Operand<'a>, e: &'a Expr) {
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
            if let Some(e) = x.expr.filter(|e| self.waiting(e).is_some()) {
                self.shifted.insert(e.id);
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
}

fn unsigned_bits(k: BasicKind) -> u32 {
    match k.canonical() {
        BasicKind::Uint8 => 8,
        BasicKind::Uint16 => 16,
        BasicKind::Uint32 => 32,
        _ => 64,
    }
}

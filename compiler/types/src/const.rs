//! Constants against types (specification, "Representability", "Constant expressions",
//! "Conversions").
//!
//! In: constant operands and the types that they must fit. Out: their values rounded to the type, or
//! a diagnostic; and the implicit conversion of untyped operands.

use crate::check::{Operand, OperandMode};
use crate::constant::Value;
use crate::{BasicKind, Checker, Type, TypeId};
use diag::{Pos, Span};
use syntax::ast::{BinaryOp, Expr, ExprKind, UnaryOp};

/// Untyped integers may not need more bits than this.
const MAX_UNTYPED_BITS: u64 = 512;
/// Constant strings may not be longer than the linker can store.
const MAX_STRING_LEN: usize = 2_000_000_000;

/// The name of the error by which a representation fails.
pub(crate) type Code = &'static str;
pub(crate) const TRUNCATED_FLOAT: Code = "TruncatedFloat";
pub(crate) const NUMERIC_OVERFLOW: Code = "NumericOverflow";
pub(crate) const INVALID_CONST_VAL: Code = "InvalidConstVal";
pub(crate) const INVALID_UNTYPED_CONVERSION: Code = "InvalidUntypedConversion";

/// The value that `v` has in the basic type `kind`, if it is representable there: integral values
/// as `Int`, floating-point ones rounded to the type's precision.
pub(crate) fn representable_const(v: &Value, kind: BasicKind) -> Option<Value> {
    if matches!(v, Value::Unknown) {
        return Some(Value::Unknown);
    }
    let kind = kind.canonical();
    if kind.is_integer() {
        let v = v.to_int();
        let Value::Int(i) = &v else { return None };
        let fits = match kind {
            BasicKind::Int8 => i.to_i64().is_some_and(|n| i8::try_from(n).is_ok()),
            BasicKind::Int16 => i.to_i64().is_some_and(|n| i16::try_from(n).is_ok()),
            BasicKind::Int32 => i.to_i64().is_some_and(|n| i32::try_from(n).is_ok()),
            BasicKind::Int | BasicKind::Int64 => i.to_i64().is_some(),
            BasicKind::Uint8 => i.to_u64().is_some_and(|n| u8::try_from(n).is_ok()),
            BasicKind::Uint16 => i.to_u64().is_some_and(|n| u16::try_from(n).is_ok()),
            BasicKind::Uint32 => i.to_u64().is_some_and(|n| u32::try_from(n).is_ok()),
            BasicKind::Uint | BasicKind::Uint64 | BasicKind::Uintptr => i.to_u64().is_some(),
            _ => true,
        };
        return fits.then_some(v);
    }
    if kind.is_float() {
        return round_float(&v.to_float(), kind);
    }
    if kind.is_complex() {
        let v = v.to_complex();
        if !v.is_numeric() {
            return None;
        }
        let part = match kind {
            BasicKind::Complex64 => BasicKind::Float32,
            BasicKind::Complex128 => BasicKind::Float64,
            _ => return Some(v),
        };
        let (re, im) = (round_float(&v.real(), part)?, round_float(&v.imag(), part)?);
        return Some(Value::complex(&re, &im));
    }
    match v {
        Value::String(_) => kind.is_string().then(|| v.clone()),
        Value::Bool(_) => kind.is_boolean().then(|| v.clone()),
        _ => None,
    }
}

/// `v`, which must be real, in the precision of `kind`; `None` when it overflows.
fn round_float(v: &Value, kind: BasicKind) -> Option<Value> {
    let v = v.to_float();
    if !v.is_numeric() {
        return None;
    }
    match kind {
        BasicKind::Float32 => v.round_float32(),
        BasicKind::Float64 => v.round_float64(),
        _ => Some(v),
    }
}

/// What an overflowing operation is called in messages.
fn op_name(e: Option<&Expr>) -> &'static str {
    match e.map(|e| &e.kind) {
        Some(ExprKind::Unary { op: UnaryOp::Xor, .. }) => "bitwise complement ",
        Some(ExprKind::Binary { op, .. }) => match op {
            BinaryOp::Add => "addition ",
            BinaryOp::Sub => "subtraction ",
            BinaryOp::Xor => "bitwise XOR ",
            BinaryOp::Mul => "multiplication ",
            BinaryOp::Shl => "shift ",
            _ => "",
        },
        _ => "",
    }
}

impl<'a> Checker<'a> {
    /// Checks that the result of a constant operation fits its type, untyped ones the
    /// implementation's limits; otherwise reports at `op_pos` and makes the value unknown.
    pub(crate) fn overflow(&mut self, x: &mut Operand<'a>, op_pos: Pos) {
        let OperandMode::Constant(v) = &x.mode else { return };
        let at = Span::at(op_pos);
        if matches!(v, Value::Unknown) {
            return self.error(INVALID_CONST_VAL, at, "constant result is not representable");
        }
        if self.is_typed(x.typ) {
            return self.representable(x, x.typ);
        }
        match v {
            Value::Int(i) if i.bits() > MAX_UNTYPED_BITS => {
                let msg = format!("constant {}overflow", op_name(x.expr));
                self.error(INVALID_CONST_VAL, at, msg);
            }
            Value::String(s) if s.len() > MAX_STRING_LEN => {
                let n = s.len();
                let msg = format!("constant string too long ({n} bytes > {MAX_STRING_LEN} bytes)");
                self.error(INVALID_CONST_VAL, at, msg);
            }
            _ => return,
        }
        x.mode = OperandMode::Constant(Value::Unknown);
    }

    /// Rounds the constant `x` to `typ`, or reports that it doesn't fit and invalidates it.
    pub(crate) fn representable(&mut self, x: &mut Operand<'a>, typ: TypeId) {
        match self.representation(x, typ) {
            Ok(v) => x.mode = OperandMode::Constant(v),
            Err(code) => {
                self.invalid_conversion(code, x, typ);
                x.mode = OperandMode::Invalid;
            }
        }
    }

    /// The value of the constant `x` in the type `typ`, whose underlying type is basic.
    pub(crate) fn representation(&self, x: &Operand<'a>, typ: TypeId) -> Result<Value, Code> {
        let (OperandMode::Constant(v), Some(to)) = (&x.mode, self.basic_kind(typ)) else {
            return Err(INVALID_UNTYPED_CONVERSION);
        };
        if let Some(v) = representable_const(v, to) {
            return Ok(v);
        }
        match self.basic_kind(x.typ) {
            Some(from) if from.is_numeric() && to.is_numeric() => {
                // Integers and floats overflow; what loses a fraction is truncated.
                match !from.is_integer() && to.is_integer() {
                    true => Err(TRUNCATED_FLOAT),
                    false => Err(NUMERIC_OVERFLOW),
                }
            }
            _ => Err(INVALID_CONST_VAL),
        }
    }

    pub(crate) fn invalid_conversion(&mut self, code: Code, x: &Operand<'a>, target: TypeId) {
        let (x_str, t) = (self.op_str(x), self.ts(target));
        let msg = match code {
            TRUNCATED_FLOAT => format!("{x_str} truncated to {t}"),
            NUMERIC_OVERFLOW => format!("{x_str} overflows {t}"),
            _ => format!("cannot convert {x_str} to type {t}"),
        };
        self.error(code, x.span(), msg);
    }

    /// Gives the untyped operand `x` the type that `target` asks for, or reports and invalidates it.
    pub(crate) fn convert_untyped(&mut self, x: &mut Operand<'a>, target: TypeId) {
        match self.implicit_type_and_value(x, target) {
            Err(code) => {
                let t = match self.is_type_param(target) {
                    true => target,
                    false => self.under(target),
                };
                self.invalid_conversion(code, x, t);
                x.mode = OperandMode::Invalid;
            }
            Ok((typ, val)) => self.set_implicit(x, typ, val),
        }
    }

    /// Stores what [`implicit_type_and_value`](Self::implicit_type_and_value) found, also in the
    /// expressions that wait for their type.
    pub(crate) fn set_implicit(&mut self, x: &mut Operand<'a>, typ: TypeId, val: Option<Value>) {
        if let Some(v) = val {
            self.update_expr_val(x.expr, &v);
            x.mode = OperandMode::Constant(v);
        }
        if typ != x.typ {
            x.typ = typ;
            self.update_expr_type(x.expr, typ, false);
        }
    }

    /// The type (and for constants the value) of the untyped operand `x` where `target` is
    /// expected. Typed operands keep their type.
    pub(crate) fn implicit_type_and_value(
        &mut self,
        x: &Operand<'a>,
        target: TypeId,
    ) -> Result<(TypeId, Option<Value>), Code> {
        if x.mode == OperandMode::Invalid || self.is_typed(x.typ) || !self.is_valid(target) {
            return Ok((x.typ, None));
        }
        if self.is_untyped(target) {
            let max = self.max_type(x.typ, target);
            return max.map(|t| (t, None)).ok_or(INVALID_UNTYPED_CONVERSION);
        }
        if x.mode == OperandMode::NilValue {
            let ok = self.has_nil(target);
            return if ok { Ok((target, None)) } else { Err(INVALID_UNTYPED_CONVERSION) };
        }
        if self.is_type_param(target) {
            let items: Vec<_> = self.type_set_of(target).collect();
            let ok = items
                .into_iter()
                .all(|item| item.is_some_and(|(_, u)| self.implicit_type_and_value(x, u).is_ok()));
            return if ok { Ok((target, None)) } else { Err(INVALID_UNTYPED_CONVERSION) };
        }
        let under = self.under(target);
        match *self.store.ty(under) {
            Type::Basic(to) => {
                if matches!(x.mode, OperandMode::Constant(_)) {
                    return self.representation(x, under).map(|v| (target, Some(v)));
                }
                // Results of comparisons, and shifts whose type is still open.
                let ok = match self.basic_kind(x.typ) {
                    Some(BasicKind::UntypedBool) => to.is_boolean(),
                    Some(BasicKind::UntypedString) => to.is_string(),
                    Some(k) => k.is_numeric() && to.is_numeric(),
                    None => false,
                };
                if ok { Ok((target, None)) } else { Err(INVALID_UNTYPED_CONVERSION) }
            }
            // Dynamic types are concrete: the default type, if the interface takes any value.
            Type::Interface(_) => match self.is_empty_interface(under) {
                true => Ok((self.default_type(x.typ), None)),
                false => Err(INVALID_UNTYPED_CONVERSION),
            },
            _ => Err(INVALID_UNTYPED_CONVERSION),
        }
    }

    /// The larger of two untyped types, if one can be converted to the other.
    fn max_type(&self, x: TypeId, y: TypeId) -> Option<TypeId> {
        if x == y {
            return Some(x);
        }
        let both = self.is_untyped_numeric(x) && self.is_untyped_numeric(y);
        both.then_some(x.max(y))
    }
}

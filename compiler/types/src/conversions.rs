//! Conversions (specification, "Conversions").
//!
//! In: an operand and the type that it is converted to. Out: the operand with that type, constant if
//! the conversion is; or a diagnostic.

use crate::check::{Operand, OperandMode};
use crate::r#const::representable_const;
use crate::constant::Value;
use crate::{BasicKind, Checker, Type, TypeId};

impl<'a> Checker<'a> {
    /// Converts `x` to `t`, as `T(x)` does.
    pub(crate) fn conversion(&mut self, x: &mut Operand<'a>, t: TypeId) {
        let mut cause = String::new();
        let value = match &x.mode {
            OperandMode::Constant(v) if self.store.is_const_type(x.typ) => Some(v.clone()),
            _ => None,
        };
        let ok = match &value {
            Some(v) if self.store.is_const_type(t) => match self.const_converted(v, x.typ, t) {
                Some(v) => {
                    x.mode = OperandMode::Constant(v);
                    true
                }
                None if self.store.is_integer(x.typ) && self.store.is_integer(t) => {
                    let msg = format!("constant {v} overflows {}", self.ts(t));
                    self.error("InvalidConversion", x.span(), msg);
                    return x.invalidate();
                }
                None => false,
            },
            Some(v) if self.store.is_type_param(t) => {
                let ok = self.const_to_type_param(x, v, t, &mut cause);
                x.mode = OperandMode::Value;
                ok
            }
            _ => {
                let ok = self.convertible_to(x, t, &mut cause);
                if ok && !x.is_nil() {
                    x.mode = OperandMode::Value;
                }
                ok
            }
        };
        if !ok {
            // Messages show an integral value as the integer that was tried.
            if let Some(v) = value.filter(|_| self.is_integer(t)).map(|v| v.to_int())
                && v != Value::Unknown
            {
                x.mode = OperandMode::Constant(v);
            }
            let (x_str, to) = (self.op_str(x), self.ts(t));
            let mut msg = format!("cannot convert {x_str} to type {to}");
            if !cause.is_empty() {
                msg = format!("{msg}: {cause}");
            }
            self.error("InvalidConversion", x.span(), msg);
            return x.invalidate();
        }
        if self.is_untyped(x.typ) {
            // The operand's type is final now; the conversion gives it, unless the value must have
            // a type of its own before it is converted.
            let own_type = self.store.is_non_type_param_interface(t)
                || value.is_some() && !self.store.is_const_type(t);
            let last = if x.is_nil() {
                t
            } else if own_type {
                self.store.default_type(x.typ)
            } else if x.is_const() && self.store.is_integer(x.typ) && self.store.all_string(t) {
                x.typ
            } else {
                t
            };
            self.update_expr_type(x.expr, last, true);
        }
        if x.is_nil() {
            x.mode = OperandMode::Value;
        }
        x.typ = t;
    }

    /// The constant `v` of type `from` converted to `to`, if that has a basic underlying type in
    /// which it can be represented (or is an integer that becomes a string).
    fn const_converted(&mut self, v: &Value, from: TypeId, to: TypeId) -> Option<Value> {
        let kind = self.store.basic_kind(to)?;
        if let Some(v) = representable_const(v, kind) {
            return Some(v);
        }
        if !self.store.is_integer(from) || !kind.is_string() {
            return None;
        }
        let code = match v {
            Value::Int(i) => {
                i.to_u64().and_then(|n| u32::try_from(n).ok()).and_then(char::from_u32)
            }
            _ => None,
        };
        let text = code.unwrap_or(char::REPLACEMENT_CHARACTER).to_string();
        Some(Value::string(text.as_bytes()))
    }

    /// A constant becomes a type parameter's if it can be converted to each type of the set.
    fn const_to_type_param(
        &mut self,
        x: &Operand<'a>,
        v: &Value,
        t: TypeId,
        cause: &mut String,
    ) -> bool {
        for item in self.type_set_of(t) {
            let Some((_, u)) = item else {
                *cause = format!("{} does not contain specific types", self.ts(t));
                return false;
            };
            if self.store.is_string(x.typ) && self.is_bytes_or_runes(u)
                || self.const_converted(v, x.typ, u).is_some()
            {
                continue;
            }
            let (us, ts) = (self.ts(u), self.ts(t));
            *cause = match self.store.is_integer(x.typ) && self.store.is_integer(u) {
                true => format!("constant {v} overflows {us} (in {ts})"),
                false => format!("cannot convert {} to type {us} (in {ts})", self.op_str(x)),
            };
            return false;
        }
        true
    }

    /// Whether the non-constant `x` can be converted to `t`; `cause` says why not, if there is more
    /// to say.
    pub(crate) fn convertible_to(
        &mut self,
        x: &Operand<'a>,
        t: TypeId,
        cause: &mut String,
    ) -> bool {
        cause.clear();
        if self.assignable_to(x, t, Some(cause)).is_ok() {
            cause.clear();
            return true;
        }
        let (v_param, t_param) = (self.store.is_type_param(x.typ), self.store.is_type_param(t));
        if let Some(ok) = self.structurally_convertible(x.typ, t, v_param || t_param, cause) {
            return ok;
        }
        if !v_param && !t_param {
            return false;
        }
        // Every type of the sets must be convertible.
        for v_item in self.type_set_of(x.typ) {
            let Some((v, _)) = v_item else { return false };
            for t_item in self.type_set_of(t) {
                let Some((to, _)) = t_item else { return false };
                let one = Operand { typ: v, ..x.clone() };
                if self.convertible_to(&one, to, cause) {
                    continue;
                }
                let set = |c: &Self, of: TypeId, one: TypeId, param: bool| match param {
                    true => format!("{} (in {})", c.ts(one), c.ts(of)),
                    false => c.ts(of),
                };
                let (vs, ts) = (set(self, x.typ, v, v_param), set(self, t, to, t_param));
                let mut msg = format!("cannot convert {vs} to type {ts}");
                if !cause.is_empty() {
                    msg = format!("{msg}: {cause}");
                }
                *cause = msg;
                return false;
            }
        }
        true
    }

    /// The rules that look at the underlying types; `None` if none applies.
    fn structurally_convertible(
        &mut self,
        v: TypeId,
        t: TypeId,
        params: bool,
        cause: &mut String,
    ) -> Option<bool> {
        let (v, t) = (self.store.unalias(v), self.store.unalias(t));
        let (vu, tu) = (self.under(v), self.under(t));
        if !params && self.identical_ignore_tags(vu, tu) {
            return Some(true);
        }
        if let (Type::Pointer(vb), Type::Pointer(tb)) = (self.store.ty(v), self.store.ty(t)) {
            let (vb, tb) = (*vb, *tb);
            let (vbu, tbu) = (self.under(vb), self.under(tb));
            if !self.store.is_type_param(vb)
                && !self.store.is_type_param(tb)
                && self.identical_ignore_tags(vbu, tbu)
            {
                return Some(true);
            }
        }
        let (vk, tk) = (self.store.basic_kind(vu), self.store.basic_kind(tu));
        let real = |k: BasicKind| k.is_integer() || k.is_float();
        let basic = match (vk, tk) {
            (Some(a), Some(b)) => {
                real(a) && real(b)
                    || a.is_complex() && b.is_complex()
                    || a.is_string() && b.is_string()
                    || a.is_integer() && b.is_string()
                    || a == BasicKind::Uintptr && b == BasicKind::UnsafePointer
                    || a == BasicKind::UnsafePointer && b == BasicKind::Uintptr
            }
            (None, Some(b)) if b.is_string() => self.is_bytes_or_runes(vu),
            (None, Some(BasicKind::UnsafePointer)) => self.is_pointer(vu),
            (Some(a), None) if a.is_string() => self.is_bytes_or_runes(tu),
            (Some(BasicKind::UnsafePointer), None) => self.is_pointer(tu),
            _ => false,
        };
        if basic {
            return Some(true);
        }
        let Type::Slice(elem) = *self.store.ty(vu) else { return None };
        let (array, version, what) = match *self.store.ty(tu) {
            Type::Array { .. } => (tu, (1, 20), "array"),
            Type::Pointer(base) => (self.under(base), (1, 17), "array pointer"),
            _ => return None,
        };
        let Type::Array { elem: to, .. } = *self.store.ty(array) else { return None };
        if !self.identical(elem, to) {
            return None;
        }
        if !self.allow_version(version) {
            let (major, minor) = version;
            let hint = self.version_hint();
            *cause =
                format!("conversion of slice to {what} requires go{major}.{minor} or later{hint}");
            return Some(false);
        }
        Some(true)
    }

    /// Whether `t` is an unnamed or named slice of bytes or runes.
    pub(crate) fn is_bytes_or_runes(&mut self, t: TypeId) -> bool {
        let u = self.under(t);
        let Type::Slice(elem) = *self.store.ty(u) else { return false };
        let kind = self.store.basic_kind(elem).map(BasicKind::canonical);
        matches!(kind, Some(BasicKind::Uint8 | BasicKind::Int32))
    }

    pub(crate) fn is_pointer(&mut self, t: TypeId) -> bool {
        let u = self.under(t);
        matches!(self.store.ty(u), Type::Pointer(_))
    }
}

//! Operands: their description in messages, and assignability (specification, "Assignability").

use crate::check::{Operand, OperandMode};
use crate::constant::Value;
use crate::{BasicKind, Checker, Store, Type, TypeId};
use diag::Span;
use syntax::ast::{ChanDir, Expr};

impl<'a> Operand<'a> {
    /// An operand of which nothing is known yet.
    pub(crate) fn new() -> Operand<'a> {
        Operand {
            mode: OperandMode::Invalid,
            typ: TypeId(BasicKind::Invalid as u32),
            expr: None,
            span: Span::NONE,
            name: None,
        }
    }

    /// Where to report.
    pub(crate) fn span(&self) -> Span {
        self.expr.map_or(self.span, crate::position::span_of)
    }

    /// What messages call it.
    pub(crate) fn expr_string(&self) -> String {
        match (&self.name, self.expr) {
            (Some(name), _) => name.to_string(),
            (None, Some(e)) => crate::exprstring::expr_string(e),
            (None, None) => String::new(),
        }
    }

    pub(crate) fn is_invalid(&self) -> bool {
        self.mode == OperandMode::Invalid
    }

    pub(crate) fn invalidate(&mut self) {
        self.mode = OperandMode::Invalid;
    }

    pub(crate) fn is_nil(&self) -> bool {
        self.mode == OperandMode::NilValue
    }

    pub(crate) fn is_const(&self) -> bool {
        matches!(self.mode, OperandMode::Constant(_))
    }

    /// The value of a constant operand.
    pub(crate) fn val(&self) -> Option<&Value> {
        match &self.mode {
            OperandMode::Constant(v) => Some(v),
            _ => None,
        }
    }

    pub(crate) fn set_const(&mut self, v: Value, typ: TypeId) {
        self.mode = OperandMode::Constant(v);
        self.typ = typ;
    }
}

impl Store {
    /// What a type's underlying type is, in a word; nothing for basic types.
    pub(crate) fn composite_kind(&self, t: TypeId) -> &'static str {
        let mut t = t;
        for _ in 0..100 {
            t = match self.ty(t) {
                Type::Basic(_) => return "",
                Type::Array { .. } => return "array",
                Type::Slice(_) => return "slice",
                Type::Struct(_) => return "struct",
                Type::Pointer(_) => return "pointer",
                Type::Signature(_) => return "func",
                Type::Interface(_) | Type::TypeParam(_) => return "interface",
                Type::Map { .. } => return "map",
                Type::Chan { .. } => return "chan",
                Type::Tuple(_) => return "tuple",
                Type::Union(_) => return "union",
                // An instance has the kind of its generic type.
                Type::Named(n) => match n.underlying.or(n.origin) {
                    Some(u) => u,
                    None => return "",
                },
                Type::Alias(a) => match a.rhs {
                    Some(u) => u,
                    None => return "",
                },
            };
        }
        ""
    }
}

impl<'a> Checker<'a> {
    pub(crate) fn new_operand(&self) -> Operand<'a> {
        Operand::new()
    }

    pub(crate) fn composite_kind(&self, t: TypeId) -> &'static str {
        self.store.composite_kind(t)
    }

    /// The source form of an expression, for messages.
    pub(crate) fn expr_str(&self, e: &Expr) -> String {
        crate::exprstring::expr_string(e)
    }

    /// `file:line:col`, for messages.
    pub(crate) fn pos_string(&self, pos: diag::Pos) -> String {
        match self.source.line_col(pos) {
            Some(p) => format!("{}:{}:{}", p.file, p.line, p.col),
            None => "-".to_string(),
        }
    }

    /// An operand as gc describes it: `x (variable of type int)`.
    pub(crate) fn op_str(&self, x: &Operand<'a>) -> String {
        if x.mode == OperandMode::NilValue {
            return match self.store.ty(x.typ) {
                Type::Basic(BasicKind::Invalid) => "nil (with invalid type)".to_string(),
                Type::Basic(BasicKind::UntypedNil) => "nil".to_string(),
                _ => format!("nil (of type {})", self.ts(x.typ)),
            };
        }
        let expr = match (x.expr, &x.mode) {
            (Some(_), _) => x.expr_string(),
            (None, OperandMode::Builtin(id)) => id.name().to_string(),
            (None, OperandMode::TypExpr) => self.ts(x.typ),
            (None, OperandMode::Constant(v)) => v.to_string(),
            _ => String::new(),
        };
        let mode = match &x.mode {
            OperandMode::Invalid => "invalid operand",
            OperandMode::NoValue => "no value",
            OperandMode::Builtin(_) => "built-in",
            OperandMode::TypExpr => "type",
            OperandMode::Constant(_) => "constant",
            OperandMode::Variable => "variable",
            OperandMode::MapIndex => "map index expression",
            OperandMode::Value => "value",
            OperandMode::NilValue => "nil",
            OperandMode::CommaOk => "comma, ok expression",
        };
        let mut what = String::new();
        let typed = !matches!(
            x.mode,
            OperandMode::Invalid
                | OperandMode::NoValue
                | OperandMode::Builtin(_)
                | OperandMode::TypExpr
        );
        let untyped = typed && self.is_untyped(x.typ);
        if untyped {
            what.push_str(&self.ts(x.typ));
            what.push(' ');
        }
        what.push_str(mode);
        if let OperandMode::Constant(v) = &x.mode {
            let v = v.to_string();
            if v != expr {
                what.push(' ');
                what.push_str(&v);
            }
        }
        if typed && !untyped {
            what.push_str(&self.operand_type_string(x.typ));
        }
        if expr.is_empty() { what } else { format!("{expr} ({what})") }
    }

    fn operand_type_string(&self, t: TypeId) -> String {
        if !self.is_valid(t) {
            return " with invalid type".to_string();
        }
        let generic = if self.is_generic(t) { "generic " } else { "" };
        let ts = self.ts(t);
        if let Type::TypeParam(p) = self.store.ty(self.store.unalias(t)) {
            let bound = self.ts(p.bound.unwrap_or(self.invalid()));
            let bound_iface = p.bound.and_then(|b| match self.store.ty(self.store.unalias(b)) {
                Type::Named(n) => n.underlying,
                _ => Some(b),
            });
            let empty = bound_iface.is_some_and(|b| match self.store.ty(b) {
                Type::Interface(i) => i.tset.as_ref().is_some_and(|s| s.is_empty()),
                _ => false,
            });
            let empty = if empty { " with empty type set" } else { "" };
            return format!(" of type {ts} constrained by {bound}{empty}");
        }
        let kind = match self.store.ty(t) {
            Type::Alias(_) | Type::Named(_) => match self.composite_kind(t) {
                "" => self.basic_kind(t).map_or("", BasicKind::name),
                k => k,
            },
            _ => "",
        };
        let sep = if kind.is_empty() { "" } else { " " };
        format!(" of {generic}{kind}{sep}type {ts}")
    }

    /// Whether `x` can be assigned to a variable of type `t`; if not, the error's code, and
    /// perhaps a reason in `cause`.
    pub(crate) fn assignable_to(
        &mut self,
        x: &Operand<'a>,
        t: TypeId,
        mut cause: Option<&mut String>,
    ) -> Result<(), &'static str> {
        if x.is_invalid() || !self.is_valid(x.typ) || !self.is_valid(t) {
            return Ok(()); // reported before
        }
        let (v, target) = (self.store.unalias(x.typ), self.store.unalias(t));
        if self.identical(v, target) {
            return Ok(());
        }
        let (vu, tu) = (self.under(v), self.under(target));
        let (v_param, t_param) = (self.is_type_param(v), self.is_type_param(target));
        if self.is_untyped(v) {
            let types = match t_param {
                true => self.store.type_set_types(target).into_iter().map(|p| p.0).collect(),
                false => vec![target],
            };
            let ok = !types.is_empty()
                && types.into_iter().all(|t| self.implicit_type_and_value(x, t).is_ok());
            return if ok { Ok(()) } else { Err("IncompatibleAssign") };
        }
        let named_both = self.has_name(v) && self.has_name(target);
        if !v_param && !t_param && !named_both && self.identical(vu, tu) {
            return Ok(());
        }
        let to_iface = matches!(self.store.ty(tu), Type::Interface(_)) && !t_param;
        if to_iface || self.is_interface_ptr(tu) {
            match self.implements(v, target, false) {
                Ok(()) => return Ok(()),
                // A type parameter may still be assignable by its types.
                Err(_) if v_param => {}
                Err(why) => {
                    if let Some(c) = cause {
                        *c = why;
                    }
                    return Err("InvalidIfaceAssign");
                }
            }
        }
        if matches!(self.store.ty(vu), Type::Interface(_))
            && !v_param
            && self.implements(target, v, false).is_ok()
        {
            if let Some(c) = cause {
                *c = "need type assertion".to_string();
            }
            return Err("IncompatibleAssign");
        }
        if let (&Type::Chan { dir: ChanDir::Both, elem: a }, &Type::Chan { elem: b, .. }) =
            (self.store.ty(vu), self.store.ty(tu))
            && self.identical(a, b)
        {
            return if named_both { Err("InvalidChanAssign") } else { Ok(()) };
        }
        if t_param && !self.has_name(v) {
            return self.assignable_to_all(x, target, cause.as_deref_mut());
        }
        if v_param && !self.has_name(target) {
            return self.assignable_from_all(x, v, t, cause);
        }
        Err("IncompatibleAssign")
    }

    /// `x`, not of a named type, is assignable to each type of the type set of `target`.
    fn assignable_to_all(
        &mut self,
        x: &Operand<'a>,
        target: TypeId,
        cause: Option<&mut String>,
    ) -> Result<(), &'static str> {
        let types = self.store.type_set_types(target);
        if types.is_empty() {
            return Err("IncompatibleAssign");
        }
        for (t, _) in types {
            let mut why = String::new();
            if let Err(code) = self.assignable_to(x, t, Some(&mut why)) {
                if let Some(c) = cause {
                    let (xs, ts, ps) = (self.ts(x.typ), self.ts(t), self.ts(target));
                    *c = format!("cannot assign {xs} to {ts} (in {ps})");
                    if !why.is_empty() {
                        *c = format!("{c}\n\t{why}");
                    }
                }
                return Err(code);
            }
        }
        Ok(())
    }

    /// Each type of the type set of `v` is assignable to `target`, which isn't a named type.
    fn assignable_from_all(
        &mut self,
        x: &Operand<'a>,
        v: TypeId,
        target: TypeId,
        cause: Option<&mut String>,
    ) -> Result<(), &'static str> {
        let types = self.store.type_set_types(v);
        if types.is_empty() {
            return Err("IncompatibleAssign");
        }
        let mut x = x.clone();
        for (t, _) in types {
            x.typ = t;
            let mut why = String::new();
            if let Err(code) = self.assignable_to(&x, target, Some(&mut why)) {
                if let Some(c) = cause {
                    let (ts, vs, to) = (self.ts(t), self.ts(v), self.ts(target));
                    *c = format!("cannot assign {ts} (in {vs}) to {to}");
                    if !why.is_empty() {
                        *c = format!("{c}\n\t{why}");
                    }
                }
                return Err(code);
            }
        }
        Ok(())
    }
}

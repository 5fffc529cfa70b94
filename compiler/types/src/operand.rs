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
        if x.is_nil() {
            return self.nil_str(x.typ);
        }
        let subject = match &x.mode {
            _ if x.expr.is_some() => x.expr_string(),
            OperandMode::Builtin(id) => id.name().to_string(),
            OperandMode::TypExpr => self.ts(x.typ),
            OperandMode::Constant(v) => v.to_string(),
            _ => String::new(),
        };
        let what = self.op_role(x, &subject);
        match subject.as_str() {
            "" => what,
            _ => format!("{subject} ({what})"),
        }
    }

    fn nil_str(&self, typ: TypeId) -> String {
        match self.store.ty(typ) {
            Type::Basic(BasicKind::UntypedNil) => "nil".to_string(),
            Type::Basic(BasicKind::Invalid) => "nil (with invalid type)".to_string(),
            _ => format!("nil (of type {})", self.ts(typ)),
        }
    }

    /// What an operand is: kind of value and type. A constant's value is left out if the operand
    /// is `written` like that.
    fn op_role(&self, x: &Operand<'a>, written: &str) -> String {
        let role = match &x.mode {
            OperandMode::Invalid => return "invalid operand".to_string(),
            OperandMode::NoValue => return "no value".to_string(),
            OperandMode::Builtin(_) => return "built-in".to_string(),
            OperandMode::TypExpr => return "type".to_string(),
            OperandMode::Variable => "variable".to_string(),
            OperandMode::MapIndex => "map index expression".to_string(),
            OperandMode::Value => "value".to_string(),
            OperandMode::NilValue => "nil".to_string(),
            OperandMode::CommaOk => "comma, ok expression".to_string(),
            OperandMode::Constant(v) => match v.to_string() {
                v if v == written => "constant".to_string(),
                v => format!("constant {v}"),
            },
        };
        match self.is_untyped(x.typ) {
            true => format!("{} {role}", self.ts(x.typ)),
            false => role + &self.operand_type_string(x.typ),
        }
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
        cause: Option<&mut String>,
    ) -> Result<(), &'static str> {
        self.assignability(x, t).map_err(|no| {
            if let Some(cause) = cause
                && !no.why.is_empty()
            {
                *cause = no.why;
            }
            no.code
        })
    }

    fn assignability(&mut self, x: &Operand<'a>, t: TypeId) -> Result<(), Refusal> {
        if x.is_invalid() || !self.is_valid(x.typ) || !self.is_valid(t) {
            return Ok(()); // reported before
        }
        let (from, to) = (self.store.unalias(x.typ), self.store.unalias(t));
        if self.identical(from, to) {
            return Ok(());
        }
        if self.is_untyped(from) {
            return if self.untyped_fits(x, to) { Ok(()) } else { Err(Refusal::plain()) };
        }
        let (from, to) = (self.side(from), self.side(to));
        let both_named = from.named && to.named;
        if !both_named && !from.param && !to.param && self.identical(from.under, to.under) {
            return Ok(());
        }
        if let Some(verdict) = self.assignable_by_methods(from, to) {
            return verdict;
        }
        let ends = (self.store.ty(from.under), self.store.ty(to.under));
        if let (&Type::Chan { dir: ChanDir::Both, elem: a }, &Type::Chan { elem: b, .. }) = ends
            && self.identical(a, b)
        {
            let code = "InvalidChanAssign";
            return if both_named { Err(Refusal { code, ..Refusal::plain() }) } else { Ok(()) };
        }
        // Each type of a type set must do, as source or as destination.
        if to.param && !from.named {
            self.assignable_in_set(to.typ, |c, t| {
                let texts = |c: &Self| (c.ts(x.typ), format!("{} (in {})", c.ts(t), c.ts(to.typ)));
                c.assignability(x, t).map_err(|no| (no, texts(c)))
            })
        } else if from.param && !to.named {
            let mut member = x.clone();
            // An alias on the left is called by its own name.
            let dest = t;
            self.assignable_in_set(from.typ, |c, t| {
                member.typ = t;
                let texts = |c: &Self| (format!("{} (in {})", c.ts(t), c.ts(from.typ)), c.ts(dest));
                c.assignability(&member, dest).map_err(|no| (no, texts(c)))
            })
        } else {
            Err(Refusal::plain())
        }
    }

    fn side(&mut self, typ: TypeId) -> Side {
        let under = self.under(typ);
        Side { typ, under, param: self.is_type_param(typ), named: self.has_name(typ) }
    }

    /// Whether the untyped `x` has a value in `to`: of a type parameter, in all its types.
    fn untyped_fits(&mut self, x: &Operand<'a>, to: TypeId) -> bool {
        if !self.is_type_param(to) {
            return self.implicit_type_and_value(x, to).is_ok();
        }
        let set = self.store.type_set_types(to);
        !set.is_empty() && set.iter().all(|&(t, _)| self.implicit_type_and_value(x, t).is_ok())
    }

    /// What method sets say about an assignment between types that aren't alike, if anything.
    fn assignable_by_methods(&mut self, from: Side, to: Side) -> Option<Result<(), Refusal>> {
        let is_iface =
            |c: &Self, s: Side| !s.param && matches!(c.store.ty(s.under), Type::Interface(_));
        if is_iface(self, to) || self.is_interface_ptr(to.under) {
            match self.implements(from.typ, to.typ, false) {
                Ok(()) => return Some(Ok(())),
                Err(why) if !from.param => {
                    return Some(Err(Refusal { code: "InvalidIfaceAssign", why }));
                }
                // A type parameter may still be assignable by its types.
                Err(_) => {}
            }
        }
        if is_iface(self, from) && self.implements(to.typ, from.typ, false).is_ok() {
            let why = "need type assertion".to_string();
            return Some(Err(Refusal { why, ..Refusal::plain() }));
        }
        None
    }

    /// Applies `test` to each type of the type set of `param`. Where it fails it also says how to
    /// call the two sides.
    fn assignable_in_set(
        &mut self,
        param: TypeId,
        mut test: impl FnMut(&mut Self, TypeId) -> Result<(), (Refusal, (String, String))>,
    ) -> Result<(), Refusal> {
        let set = self.store.type_set_types(param);
        if set.is_empty() {
            return Err(Refusal::plain());
        }
        for (t, _) in set {
            if let Err((Refusal { code, why }, (from, to))) = test(self, t) {
                let sep = if why.is_empty() { "" } else { "\n\t" };
                let why = format!("cannot assign {from} to {to}{sep}{why}");
                return Err(Refusal { code, why });
            }
        }
        Ok(())
    }
}

/// Why a value can't be assigned: the error's code, and a reason if there is more to say.
struct Refusal {
    code: &'static str,
    why: String,
}

impl Refusal {
    fn plain() -> Refusal {
        Refusal { code: "IncompatibleAssign", why: String::new() }
    }
}

/// What assignability looks at in the type of a source or destination.
#[derive(Clone, Copy)]
struct Side {
    typ: TypeId,
    under: TypeId,
    param: bool,
    named: bool,
}

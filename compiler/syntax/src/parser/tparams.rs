//! Parameter lists, of types and of values, and the ambiguity at the beginning of a type declaration:
//! `type T[P *C] ...` can be an array of length `P * C` or declare a type parameter
//! (Go specification, "Type parameter declarations").

use super::{Parser, ident_expr};
use crate::ast::*;
use crate::token::{Op, Tok, TokSet};
use diag::{Pos, Span};

/// One entry of a list before it is known whether the lone names are names or types.
struct Param {
    name: Option<Ident>,
    typ: Option<Expr>,
    span: Span,
}

/// What a list declares.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ListKind {
    Params,
    /// Results and receivers.
    NoVariadic,
    /// Between the brackets behind a method's name in an interface: arguments of an embedded type,
    /// or by mistake type parameters.
    Bracketed,
    /// All of which must have names.
    TypeParams,
}

/// A parameter's name and perhaps its type, already read.
pub(super) struct FirstParam {
    pub name: Ident,
    pub typ: Option<Expr>,
}

impl Parser<'_> {
    /// The parameters up to the closing parenthesis or bracket. `first`: what of the first one has
    /// been read.
    pub(super) fn param_list(
        &mut self,
        mut first: Option<FirstParam>,
        kind: ListKind,
    ) -> Vec<Field> {
        let constraints = kind == ListKind::TypeParams;
        let close = match kind {
            ListKind::Params | ListKind::NoVariadic => Tok::RParen,
            ListKind::Bracketed | ListKind::TypeParams => Tok::RBrack,
        };
        if self.tok() == close
            && let Some(FirstParam { name, typ: Some(typ) }) = first
        {
            let span = self.span_from(name.span.lo);
            self.bump();
            let names = vec![name];
            return vec![Field { names, typ, tag: None, embedded: false, span }];
        }
        let mut params = Vec::new();
        // Counts of entries with a name and a type, and of entries with a type.
        let (mut named, mut typed) = (0, 0);
        self.xnest += 1;
        let end = self.list("parameter list", Tok::Comma, close, |p| {
            let param = match first.take() {
                Some(FirstParam { name, typ: Some(typ) }) => {
                    let typ = p.constraint_rest(typ);
                    let span = p.span_from(name.span.lo);
                    Some(Param { name: Some(name), typ: Some(typ), span })
                }
                Some(FirstParam { name, typ: None }) => p.param(Some(name), close),
                None => p.param(None, close),
            };
            if let Some(param) = param {
                named += (param.name.is_some() && param.typ.is_some()) as usize;
                typed += param.typ.is_some() as usize;
                params.push(param);
            }
            false
        });
        self.xnest -= 1;
        if params.is_empty() {
            return Vec::new();
        }
        if named == 0 && !constraints {
            let fields: Vec<Field> = params.into_iter().filter_map(unnamed).collect();
            self.check_variadic(&fields, kind);
            return fields;
        }
        if named != params.len() {
            self.complete(&mut params, named == typed, constraints, end);
        }
        let fields = group(params);
        self.check_variadic(&fields, kind);
        fields
    }

    /// Only the final parameter may be variadic (specification, "Function types").
    fn check_variadic(&mut self, fields: &[Field], kind: ListKind) {
        let last = fields.len().wrapping_sub(1);
        let wrong = |(i, field): &(usize, &Field)| {
            let allowed = kind == ListKind::Params && *i == last && field.names.len() <= 1;
            matches!(field.typ.kind, ExprKind::Ellipsis(_)) && !allowed
        };
        if let Some((_, field)) = fields.iter().enumerate().find(wrong) {
            let message = match kind {
                ListKind::Params => "can only use ... with final parameter",
                _ => "invalid use of ...",
            };
            self.error_at(Span::at(field.typ.span.lo), message);
        }
    }

    /// The terms that follow the first of a constraint, `*C | D`.
    fn constraint_rest(&mut self, typ: Expr) -> Expr {
        if self.at_operator(Op::Bin(BinaryOp::Or)) { self.union(Some(typ)) } else { typ }
    }

    /// One entry: `name`, `T`, `name T`, `name ...T`.
    fn param(&mut self, name: Option<Ident>, close: Tok) -> Option<Param> {
        // Unions and `~` can stand only among type parameters.
        let unions = close == Tok::RBrack;
        let lo = name.as_ref().map_or(self.pos(), |n| n.span.lo);
        let (name, typ) = self.param_parts(name, unions);
        if name.is_none() && typ.is_none() {
            self.expected(&close.describe());
            self.skip_to(TokSet::of(&[Tok::Comma]).union(TokSet::of(&[close])));
            return None;
        }
        Some(Param { name, typ, span: self.span_from(lo) })
    }

    fn param_parts(&mut self, name: Option<Ident>, unions: bool) -> (Option<Ident>, Option<Expr>) {
        let mut name = name;
        if name.is_none() && self.tok() == Tok::Name {
            name = Some(self.ident());
        }
        if let Some(n) = name.take() {
            if self.tok() == Tok::LBrack {
                return match self.array_or_type_args(n) {
                    Ok((n, t)) => (Some(n), Some(self.maybe_union(t, unions))),
                    Err(t) => (None, Some(self.maybe_union(t, unions))),
                };
            }
            if self.tok() == Tok::Dot {
                let t = self.qualified_name(Some(n));
                return (None, Some(self.maybe_union(t, unions)));
            }
            if unions && self.at_operator(Op::Bin(BinaryOp::Or)) {
                let t = ident_expr(n);
                return (None, Some(self.union(Some(t))));
            }
            name = Some(n);
        }
        if self.tok() == Tok::DotDotDot {
            let lo = self.pos();
            self.bump();
            let Some(elem) = self.type_or_none() else {
                let bad = self.bad_expr();
                self.syntax_error("... is missing type");
                return (name, Some(bad));
            };
            return (name, Some(self.node(lo, ExprKind::Ellipsis(Some(Box::new(elem))))));
        }
        if unions && self.at_operator(Op::Tilde) {
            return (name, Some(self.union(None)));
        }
        let typ = self.type_or_none();
        (name, typ.map(|t| self.maybe_union(t, unions)))
    }

    fn maybe_union(&mut self, typ: Expr, unions: bool) -> Expr {
        if unions { self.constraint_rest(typ) } else { typ }
    }

    /// Gives each entry of a list with names a name and a type, and reports the first that lacks one.
    fn complete(&mut self, params: &mut [Param], named_all: bool, constraints: bool, end: Pos) {
        let single = params.len() == 1;
        let mut wrong = None;
        let mut types_follow = false;
        for i in (0..params.len()).rev() {
            let p = &params[i];
            if let Some(typ) = &p.typ {
                types_follow = true;
                if p.name.is_none() {
                    let at = Span::at(typ.span.lo);
                    wrong = Some(Span::new(self.gc_start(typ), typ.span.hi));
                    let name = self.names.get("_");
                    params[i].name = Some(Ident { id: self.fresh_id(), name, span: at });
                }
            } else if !types_follow && let Some(name) = &p.name {
                let span = name.span;
                wrong = Some(span);
                let bad = Expr { id: self.fresh_id(), span, kind: ExprKind::Bad };
                params[i].typ = Some(bad);
            }
        }
        let Some(span) = wrong else { return };
        // If all that have types have names, the last ones lack types.
        let end = Span::at(end);
        match (constraints, named_all) {
            (true, true) => self.syntax_error_at(end, "missing type constraint"),
            (true, false) if single => {
                self.syntax_error_at(span, "missing type parameter name or invalid array length")
            }
            (true, false) => self.syntax_error_at(span, "missing type parameter name"),
            (false, true) => self.syntax_error_at(end, "missing parameter type"),
            (false, false) => self.syntax_error_at(span, "missing parameter name"),
        }
    }

    /// Where gc says that a type begins: it forgets parentheses, and to it a function type begins
    /// behind its keyword.
    fn gc_start(&self, mut typ: &Expr) -> Pos {
        loop {
            typ = match &typ.kind {
                ExprKind::Paren(x) | ExprKind::Binary { x, .. } => x,
                ExprKind::FuncType(_) => {
                    let (lo, hi) = (typ.span.lo.0 - self.start, typ.span.hi.0 - self.start);
                    let skip = self.lex.slice(lo, hi).find(['(', '[']).unwrap_or(0);
                    return Pos(typ.span.lo.0 + skip as u32);
                }
                _ => return typ.span.lo,
            };
        }
    }

    /// What follows `type Name` when that is `[`: type parameters and a type, or an array or slice type.
    pub(super) fn type_params_or_array(&mut self) -> (Vec<Field>, bool, Option<Expr>) {
        let lbrack = self.pos();
        self.bump();
        match self.tok() {
            Tok::Name => {}
            Tok::RBrack => {
                self.bump();
                let elem = Box::new(self.type_());
                let typ = self.node(lbrack, ExprKind::SliceType(elem));
                return (Vec::new(), false, Some(typ));
            }
            _ => return (Vec::new(), false, Some(self.array_type(lbrack, None))),
        }
        // Read what begins with a name as an expression and look afterwards whether it can be a name
        // with a constraint. `name [` is no expression that could be a length and must be a constraint,
        // or the index expression that the parameter list's own rules sort out.
        let name = self.ident();
        let mut x = ident_expr(name);
        if self.tok() != Tok::LBrack {
            self.xnest += 1;
            x = self.spine(|p| {
                let x = p.primary_expr(Some(x));
                p.binary_expr(Some(x), 0)
            });
            self.xnest -= 1;
        }
        match split_type_param(x, self.tok() == Tok::Comma) {
            Ok((name, typ)) if typ.is_some() || self.tok() != Tok::RBrack => {
                let params = self.param_list(Some(FirstParam { name, typ }), ListKind::TypeParams);
                let alias = self.got_assign();
                (params, alias, self.type_or_none())
            }
            Ok((name, _)) => {
                let typ = self.array_type(lbrack, Some(ident_expr(name)));
                (Vec::new(), false, Some(typ))
            }
            Err(x) => (Vec::new(), false, Some(self.array_type(lbrack, Some(x)))),
        }
    }
}

/// An entry of a list without names: what looked like a name is a type.
fn unnamed(p: Param) -> Option<Field> {
    let typ = p.typ.or(p.name.map(ident_expr))?;
    Some(Field { names: Vec::new(), typ, tag: None, embedded: false, span: p.span })
}

/// Joins names to the type that follows them.
fn group(params: Vec<Param>) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut names: Vec<Ident> = Vec::new();
    let mut lo = None;
    for p in params {
        let start = *lo.get_or_insert(p.span.lo);
        names.extend(p.name);
        if let Some(typ) = p.typ {
            let span = Span::new(start, p.span.hi);
            let names = std::mem::take(&mut names);
            fields.push(Field { names, typ, tag: None, embedded: false, span });
            lo = None;
        }
    }
    fields
}

/// Takes `P *C`, `P (C)`, `P *C | D` apart into the name and the constraint. Such an expression is
/// taken for a type parameter only if its right-hand side cannot be a value, or if `force`d.
fn split_type_param(x: Expr, force: bool) -> Result<(Ident, Option<Expr>), Expr> {
    if !can_split(&x, force) {
        return Err(x);
    }
    let Expr { id, span, kind } = x;
    match kind {
        ExprKind::Ident(name) => Ok((Ident { id, name, span }, None)),
        ExprKind::Binary { op: BinaryOp::Mul, op_pos, x, y } => {
            let span = Span::new(op_pos, span.hi);
            Ok((into_ident(*x), Some(Expr { id, span, kind: ExprKind::Star(y) })))
        }
        ExprKind::Binary { op, op_pos, x: left, y } => {
            // A union: its leftmost operand holds the name.
            let (name, first) = split_type_param(*left, true)?;
            let Some(first) = first else { return Ok((name, Some(*y))) };
            let span = Span::new(first.span.lo, span.hi);
            let x = Box::new(first);
            Ok((name, Some(Expr { id, span, kind: ExprKind::Binary { op, op_pos, x, y } })))
        }
        ExprKind::Call(call) => {
            let CallExpr { fun, mut args, lparen, .. } = *call;
            let arg = args.pop().map(Box::new);
            let kind = arg.map_or(ExprKind::Bad, ExprKind::Paren);
            Ok((into_ident(fun), Some(Expr { id, span: Span::new(lparen, span.hi), kind })))
        }
        kind => Err(Expr { id, span, kind }),
    }
}

/// Whether [`split_type_param`] applies.
fn can_split(x: &Expr, mut force: bool) -> bool {
    let mut at = x;
    let mut in_union = false;
    loop {
        match &at.kind {
            // In a union the name must have come with the first term.
            ExprKind::Ident(_) => return !in_union,
            ExprKind::Binary { op: BinaryOp::Mul, x, y, .. } => {
                return x.as_ident().is_some() && (force || is_type_elem(y));
            }
            ExprKind::Binary { op: BinaryOp::Or, x, y, .. } => {
                force = force || is_type_elem(y);
                in_union = true;
                at = x;
            }
            ExprKind::Call(call) => {
                return call.fun.as_ident().is_some()
                    && call.args.len() == 1
                    && call.ellipsis.is_none()
                    && (force || is_type_elem(&call.args[0]));
            }
            _ => return false,
        }
    }
}

fn into_ident(x: Expr) -> Ident {
    match x.kind {
        ExprKind::Ident(name) => Ident { id: x.id, name, span: x.span },
        _ => Ident { id: x.id, name: Name::from("_"), span: x.span },
    }
}

/// Whether `x` can only be a type (or a part of a constraint).
fn is_type_elem(mut x: &Expr) -> bool {
    loop {
        x = match &x.kind {
            ExprKind::ArrayType { .. }
            | ExprKind::StructType(_)
            | ExprKind::FuncType(_)
            | ExprKind::InterfaceType(_)
            | ExprKind::SliceType(_)
            | ExprKind::MapType { .. }
            | ExprKind::ChanType { .. }
            | ExprKind::Tilde(_) => return true,
            ExprKind::Binary { x, y, .. } => {
                if is_type_elem(y) {
                    return true;
                }
                x
            }
            ExprKind::Unary { x, .. } | ExprKind::Star(x) | ExprKind::Paren(x) => x,
            _ => return false,
        };
    }
}

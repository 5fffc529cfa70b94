//! Types (Go specification, "Types").

use super::tparams::ListKind;
use super::{Parser, ident_expr};
use crate::ast::*;
use crate::lexer::ErrorKind;
use crate::token::{Op, Tok, TokSet};
use diag::{Pos, Span};

impl Parser<'_> {
    pub(super) fn type_(&mut self) -> Expr {
        if let Some(t) = self.type_or_none() {
            return t;
        }
        let bad = self.bad_expr();
        self.expected("type");
        self.skip_to(TokSet::of(&[
            Tok::Comma,
            Tok::Colon,
            Tok::Semi,
            Tok::RParen,
            Tok::RBrack,
            Tok::RBrace,
        ]));
        bad
    }

    /// A type if the current token begins one.
    pub(super) fn type_or_none(&mut self) -> Option<Expr> {
        self.enter();
        let t = self.type_nested();
        self.leave();
        t
    }

    fn type_nested(&mut self) -> Option<Expr> {
        let pos = self.pos();
        let kind = match self.tok() {
            Tok::Name => return Some(self.qualified_name(None)),
            Tok::Star => {
                self.bump();
                ExprKind::Star(Box::new(self.type_()))
            }
            Tok::Arrow => {
                self.bump();
                self.want(Tok::Chan);
                ExprKind::ChanType { dir: ChanDir::Recv, elem: self.chan_elem() }
            }
            Tok::Func => {
                self.bump();
                ExprKind::FuncType(Box::new(self.func_type(pos, "function type")))
            }
            Tok::LBrack => {
                self.bump();
                if self.got(Tok::RBrack) {
                    ExprKind::SliceType(Box::new(self.type_()))
                } else {
                    return Some(self.array_type(pos, None));
                }
            }
            Tok::Chan => {
                self.bump();
                let dir = if self.got(Tok::Arrow) { ChanDir::Send } else { ChanDir::Both };
                ExprKind::ChanType { dir, elem: self.chan_elem() }
            }
            Tok::Map => {
                self.bump();
                self.want(Tok::LBrack);
                let key = Box::new(self.type_());
                self.want(Tok::RBrack);
                ExprKind::MapType { key, value: Box::new(self.type_()) }
            }
            Tok::Struct => self.struct_type(),
            Tok::Interface => self.interface_type(),
            Tok::LParen => {
                self.bump();
                let t = Box::new(self.type_());
                self.want(Tok::RParen);
                ExprKind::Paren(t)
            }
            _ => return None,
        };
        Some(self.node(pos, kind))
    }

    fn chan_elem(&mut self) -> Box<Expr> {
        Box::new(match self.type_or_none() {
            Some(t) => t,
            None => {
                let bad = self.bad_expr();
                self.syntax_error("missing channel element type");
                bad
            }
        })
    }

    /// An array type from behind its `[`; `len`: its length if that has been read.
    pub(super) fn array_type(&mut self, lo: Pos, len: Option<Expr>) -> Expr {
        let len = match len {
            Some(len) => Some(len),
            None if self.got(Tok::DotDotDot) => None,
            None => {
                self.xnest += 1;
                let len = self.expr();
                self.xnest -= 1;
                Some(len)
            }
        };
        if self.tok() == Tok::Comma {
            // Type parameter lists may end in a comma, array lengths not.
            self.syntax_error("unexpected comma; expected ]");
            self.bump();
        }
        self.want(Tok::RBrack);
        let elem = Box::new(self.type_());
        self.node(lo, ExprKind::ArrayType { len: len.map(Box::new), elem })
    }

    /// `T`, `p.T`, `T[A, B]`; `name`: its first identifier, already read.
    pub(super) fn qualified_name(&mut self, name: Option<Ident>) -> Expr {
        let first = match name {
            Some(name) => name,
            None if self.tok() == Tok::Name => self.ident(),
            None => {
                let missing = self.missing_ident();
                self.expected("name");
                self.skip_to(TokSet::of(&[Tok::Dot, Tok::Semi, Tok::RBrace]));
                missing
            }
        };
        let mut x = ident_expr(first);
        let lo = x.span.lo;
        if self.got(Tok::Dot) {
            let sel = self.ident();
            x = self.node(lo, ExprKind::Selector { x: Box::new(x), sel });
        }
        if self.tok() == Tok::LBrack {
            let lbrack = self.pos();
            self.bump();
            let indices = if self.tok() == Tok::RBrack {
                self.expected("type argument list");
                vec![self.bad_expr()]
            } else {
                self.type_list(true).0
            };
            self.want(Tok::RBrack);
            x = self.node(lo, ExprKind::Index { x: Box::new(x), indices, lbrack });
        }
        x
    }

    /// Behind a name: `[n]E`, the array type of what the name declares, is `Ok`; `[A, B]`, type
    /// arguments of the name itself, is `Err` with the instantiated type.
    pub(super) fn array_or_type_args(&mut self, name: Ident) -> Result<(Ident, Expr), Expr> {
        let lbrack = self.pos();
        self.want(Tok::LBrack);
        if self.got(Tok::RBrack) {
            let elem = Box::new(self.type_());
            return Ok((name, self.node(lbrack, ExprKind::SliceType(elem))));
        }
        let (mut indices, comma) = self.type_list(false);
        self.want(Tok::RBrack);
        if !comma && let Some(elem) = self.type_or_none() {
            let len = indices.pop().map(Box::new);
            let kind = ExprKind::ArrayType { len, elem: Box::new(elem) };
            return Ok((name, self.node(lbrack, kind)));
        }
        let x = Box::new(ident_expr(name));
        let lo = x.span.lo;
        Err(self.node(lo, ExprKind::Index { x, indices, lbrack }))
    }

    fn struct_type(&mut self) -> ExprKind {
        self.want(Tok::Struct);
        self.want(Tok::LBrace);
        let mut fields = Vec::new();
        self.list("struct type", Tok::Semi, Tok::RBrace, |p| {
            p.field_decl(&mut fields);
            false
        });
        ExprKind::StructType(fields)
    }

    fn field_decl(&mut self, fields: &mut Vec<Field>) {
        let lo = self.pos();
        match self.tok() {
            Tok::Name => {
                let name = self.ident();
                if matches!(self.tok(), Tok::Dot | Tok::Literal | Tok::Semi | Tok::RBrace) {
                    let typ = self.qualified_name(Some(name));
                    return self.field(fields, lo, Vec::new(), typ);
                }
                let mut names = self.ident_list(name);
                if names.len() == 1 && self.tok() == Tok::LBrack {
                    let name = names.remove(0);
                    return match self.array_or_type_args(name) {
                        Ok((name, typ)) => self.field(fields, lo, vec![name], typ),
                        Err(typ) => self.field(fields, lo, Vec::new(), typ),
                    };
                }
                let typ = self.type_();
                self.field(fields, lo, names, typ);
            }
            Tok::Star => {
                self.bump();
                let typ = if self.tok() == Tok::LParen {
                    self.syntax_error("cannot parenthesize embedded type");
                    self.bump();
                    let typ = self.qualified_name(None);
                    self.got(Tok::RParen);
                    typ
                } else {
                    self.qualified_name(None)
                };
                let typ = self.node(lo, ExprKind::Star(Box::new(typ)));
                self.field(fields, lo, Vec::new(), typ);
            }
            Tok::LParen => {
                self.syntax_error("cannot parenthesize embedded type");
                self.bump();
                let star = self.pos();
                let pointer = self.got(Tok::Star);
                let mut typ = self.qualified_name(None);
                if pointer {
                    typ = self.node(star, ExprKind::Star(Box::new(typ)));
                }
                self.got(Tok::RParen);
                self.field(fields, lo, Vec::new(), typ);
            }
            _ => {
                self.expected("field name or embedded type");
                self.skip_to(TokSet::of(&[Tok::Semi, Tok::RBrace]));
            }
        }
    }

    /// Adds a field, an embedded one if there are no names, with the tag that may follow.
    fn field(&mut self, fields: &mut Vec<Field>, lo: Pos, names: Vec<Ident>, typ: Expr) {
        let tag = self.tag();
        let embedded = names.is_empty();
        fields.push(Field { names, typ, tag, embedded, span: self.span_from(lo) });
    }

    fn tag(&mut self) -> Option<(Name, Span)> {
        if self.tok() != Tok::Literal {
            return None;
        }
        let span = self.token_span();
        if self.lex.lit != LitKind::String && !self.lex.bad {
            let text = self.lex.token_text();
            let message = format!("invalid syntax tree: incorrect tag syntax: {text:?}");
            self.error_of_kind(ErrorKind::Late, span, message);
        }
        let bytes = crate::literal::unquote_string(self.lex.token_text());
        self.bump();
        Some((Name::from(String::from_utf8_lossy(&bytes?)), span))
    }

    fn interface_type(&mut self) -> ExprKind {
        self.want(Tok::Interface);
        self.want(Tok::LBrace);
        let mut elems = Vec::new();
        self.list("interface type", Tok::Semi, Tok::RBrace, |p| {
            elems.push(p.interface_elem());
            false
        });
        ExprKind::InterfaceType(elems)
    }

    fn interface_elem(&mut self) -> InterfaceElem {
        if self.tok() != Tok::Name {
            return InterfaceElem::Embedded(self.union(None));
        }
        let lo = self.pos();
        let name = self.ident();
        let term = match self.tok() {
            Tok::LParen => return self.method_spec(name, lo),
            Tok::LBrack => match self.method_or_instance(name) {
                Ok(method) => return method,
                Err(instance) => instance,
            },
            _ => self.qualified_name(Some(name)),
        };
        InterfaceElem::Embedded(self.union(Some(term)))
    }

    fn method_spec(&mut self, name: Ident, lo: Pos) -> InterfaceElem {
        let sig = self.func_type(self.pos(), "interface method");
        InterfaceElem::Method { name, sig, span: self.span_from(lo) }
    }

    /// `name[` in an interface: an embedded instance, `name[A, B]`, is `Err`; a method that is given
    /// type parameters, which interfaces cannot have, is reported and `Ok`.
    fn method_or_instance(&mut self, name: Ident) -> Result<InterfaceElem, Expr> {
        let lo = name.span.lo;
        let lbrack = self.token_span();
        self.bump();
        if self.tok() == Tok::RBrack {
            let at = self.token_span();
            self.bump();
            if self.tok() == Tok::LParen {
                self.error_at(at, "empty type parameter list");
                return Ok(self.method_spec(name, lo));
            }
            self.error_at(at, "empty type argument list");
            return Err(ident_expr(name));
        }
        let params = self.param_list(None, ListKind::Bracketed);
        if params.first().is_some_and(|p| !p.names.is_empty()) {
            self.error_at(lbrack, "interface method must have no type parameters");
            return Ok(self.method_spec(name, lo));
        }
        let x = Box::new(ident_expr(name));
        let indices = params.into_iter().map(|p| p.typ).collect();
        Err(self.node(lo, ExprKind::Index { x, indices, lbrack: lbrack.lo }))
    }

    /// `A | ~B | C`; `first`: the first term, already read.
    pub(super) fn union(&mut self, first: Option<Expr>) -> Expr {
        self.spine(|p| {
            let mut x = match first {
                Some(x) => x,
                None => p.union_term(),
            };
            while p.at_operator(Op::Bin(BinaryOp::Or)) {
                let op_pos = p.pos();
                p.deepen();
                p.bump();
                let y = Box::new(p.union_term());
                let lo = x.span.lo;
                let kind = ExprKind::Binary { op: BinaryOp::Or, op_pos, x: Box::new(x), y };
                x = p.node(lo, kind);
            }
            x
        })
    }

    fn union_term(&mut self) -> Expr {
        let lo = self.pos();
        if self.at_operator(Op::Tilde) {
            self.bump();
            let t = Box::new(self.type_());
            return self.node(lo, ExprKind::Tilde(t));
        }
        if let Some(t) = self.type_or_none() {
            return t;
        }
        let bad = self.bad_expr();
        self.expected("~ term or type");
        self.skip_to(TokSet::of(&[
            Tok::Operator,
            Tok::Semi,
            Tok::RParen,
            Tok::RBrack,
            Tok::RBrace,
        ]));
        bad
    }

    pub(super) fn at_operator(&self, op: Op) -> bool {
        self.tok() == Tok::Operator && self.lex.op == op
    }

    /// Parameters and results. `context` names the kind of function where type parameters are not
    /// allowed.
    pub(super) fn func_type(&mut self, lo: Pos, context: &str) -> FuncType {
        if self.tok() == Tok::LBrack {
            let bracket = self.token_span();
            self.bump();
            self.syntax_error_at(bracket, format!("{context} must have no type parameters"));
            if self.tok() == Tok::RBrack {
                self.bump();
            } else {
                self.param_list(None, ListKind::TypeParams);
            }
        }
        self.signature(lo)
    }

    /// `(params) results`
    pub(super) fn signature(&mut self, lo: Pos) -> FuncType {
        self.want(Tok::LParen);
        let params = self.param_list(None, ListKind::Params);
        let results = if self.got(Tok::LParen) {
            self.param_list(None, ListKind::NoVariadic)
        } else {
            let at = self.pos();
            match self.type_or_none() {
                Some(typ) => {
                    let span = self.span_from(at);
                    vec![Field { names: Vec::new(), typ, tag: None, embedded: false, span }]
                }
                None => Vec::new(),
            }
        };
        FuncType { params, results, span: self.span_from(lo) }
    }
}

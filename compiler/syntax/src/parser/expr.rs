//! Expressions (Go specification, "Expressions"). Types are operands here: whether `f[a](b)` is a
//! call, a conversion or an instantiation only the checker can tell.

use super::{Parser, ident_expr};
use crate::ast::*;
use crate::token::{Op, Tok, TokSet};
use diag::{Pos, Span};
use std::sync::Arc;

impl Parser<'_> {
    pub(super) fn expr(&mut self) -> Expr {
        self.binary_expr(None, 0)
    }

    pub(super) fn expr_list(&mut self) -> Vec<Expr> {
        let first = self.expr();
        self.more_exprs(first)
    }

    pub(super) fn more_exprs(&mut self, first: Expr) -> Vec<Expr> {
        if self.tok() != Tok::Comma {
            return vec![first];
        }
        let from = self.exprs.len();
        self.exprs.push(first);
        while self.got(Tok::Comma) {
            let x = self.expr();
            self.exprs.push(x);
        }
        self.take_exprs(from)
    }

    /// The expressions of a list that is complete.
    fn take_exprs(&mut self, from: usize) -> Vec<Expr> {
        self.exprs.drain(from..).collect()
    }

    /// An expression of operators that bind more tightly than `prec`; `left`: its first operand,
    /// already read.
    pub(super) fn binary_expr(&mut self, left: Option<Expr>, prec: u8) -> Expr {
        self.spine(|p| {
            let mut x = match left {
                Some(x) => x,
                None => p.unary_expr(),
            };
            while matches!(p.tok(), Tok::Operator | Tok::Star) && p.lex.prec > prec {
                let Op::Bin(op) = p.lex.op else { break };
                let (op_pos, op_prec) = (p.pos(), p.lex.prec);
                p.deepen();
                p.bump();
                let y = p.binary_expr(None, op_prec);
                let lo = x.span.lo;
                x = p.node(lo, ExprKind::Binary { op, op_pos, x: Box::new(x), y: Box::new(y) });
            }
            x
        })
    }

    fn unary_expr(&mut self) -> Expr {
        self.enter();
        let x = self.unary_expr_nested();
        self.leave();
        x
    }

    fn unary_expr_nested(&mut self) -> Expr {
        let pos = self.pos();
        let op = match (self.tok(), self.lex.op) {
            (Tok::Star, _) => {
                self.bump();
                let x = Box::new(self.unary_expr());
                return self.node(pos, ExprKind::Star(x));
            }
            (Tok::Arrow, _) => return self.receive_or_channel_type(),
            (Tok::Operator, Op::Tilde) => {
                self.bump();
                let x = Box::new(self.unary_expr());
                return self.node(pos, ExprKind::Tilde(x));
            }
            (Tok::Operator, Op::Not) => UnaryOp::Not,
            (Tok::Operator, Op::Bin(BinaryOp::Add)) => UnaryOp::Plus,
            (Tok::Operator, Op::Bin(BinaryOp::Sub)) => UnaryOp::Neg,
            (Tok::Operator, Op::Bin(BinaryOp::Xor)) => UnaryOp::Xor,
            (Tok::Operator, Op::Bin(BinaryOp::And)) => UnaryOp::Addr,
            _ => return self.primary_expr(None),
        };
        self.bump();
        let x = Box::new(self.unary_expr());
        self.node(pos, ExprKind::Unary { op, op_pos: pos, x })
    }

    /// `<-x` or, when what follows turns out to be a channel type, `<-chan T`: then the arrow and
    /// the directions behind it associate anew (specification, "Channel types").
    fn receive_or_channel_type(&mut self) -> Expr {
        let pos = self.pos();
        self.bump();
        let mut x = self.unary_expr();
        if !matches!(x.kind, ExprKind::ChanType { .. }) {
            let kind = ExprKind::Unary { op: UnaryOp::Recv, op_pos: pos, x: Box::new(x) };
            return self.node(pos, kind);
        }
        // `<-` takes the `chan` to its right, whose own arrow goes to the next `chan`, and so on.
        let mut arrow = ChanDir::Send;
        let mut at = &mut x;
        let mut lo = pos;
        let mut trouble = None;
        while arrow == ChanDir::Send {
            let node = at;
            if !matches!(node.kind, ExprKind::ChanType { .. }) {
                trouble = Some(format!("unexpected {}, expected chan", crate::print::expr(node)));
                break;
            }
            node.span.lo = lo;
            let ExprKind::ChanType { dir, elem } = &mut node.kind else { break };
            arrow = std::mem::replace(dir, ChanDir::Recv);
            if arrow == ChanDir::Recv {
                trouble = Some("unexpected <-, expected chan".to_string());
            }
            lo = Pos(elem.span.lo.0.saturating_sub(2)).max(pos);
            at = elem;
        }
        if let Some(message) = trouble {
            self.syntax_error(message);
        }
        x
    }

    fn operand(&mut self) -> Expr {
        let pos = self.pos();
        match self.tok() {
            Tok::Name => ident_expr(self.ident()),
            Tok::Literal => self.literal(),
            Tok::LParen => {
                self.bump();
                self.xnest += 1;
                let x = Box::new(self.expr());
                self.xnest -= 1;
                self.want(Tok::RParen);
                self.node(pos, ExprKind::Paren(x))
            }
            Tok::Func => {
                self.bump();
                let sig = self.func_type(pos, "function type");
                if self.tok() == Tok::LBrace {
                    self.xnest += 1;
                    let body = self.func_body();
                    self.xnest -= 1;
                    return self.node(pos, ExprKind::FuncLit(Box::new(FuncLit { sig, body })));
                }
                self.node(pos, ExprKind::FuncType(Box::new(sig)))
            }
            Tok::LBrack | Tok::Chan | Tok::Map | Tok::Struct | Tok::Interface => self.type_(),
            _ => {
                let x = self.bad_expr();
                self.expected("expression");
                self.skip_to(TokSet::of(&[Tok::RParen, Tok::RBrack, Tok::RBrace]));
                x
            }
        }
    }

    pub(super) fn literal(&mut self) -> Expr {
        let pos = self.pos();
        let kind = if self.lex.bad {
            ExprKind::Bad
        } else {
            let text = self.lex.token_text();
            let text = Arc::from(text);
            ExprKind::BasicLit { kind: self.lex.lit, text }
        };
        self.bump();
        self.node(pos, kind)
    }

    /// An operand and what may follow it; `left`: the operand, already read.
    pub(super) fn primary_expr(&mut self, left: Option<Expr>) -> Expr {
        self.spine(|p| {
            let mut x = match left {
                Some(x) => x,
                None => p.operand(),
            };
            loop {
                x = match p.tok() {
                    Tok::Dot => p.selector_or_assertion(x),
                    Tok::LBrack => p.index_or_slice(x),
                    Tok::LParen => p.call(x),
                    Tok::LBrace => {
                        let bare = x.unparen();
                        if !p.may_begin_composite(bare) {
                            return x;
                        }
                        if !std::ptr::eq(bare, &x) {
                            p.syntax_error("cannot parenthesize type in composite literal");
                        }
                        p.composite_lit(Some(x))
                    }
                    _ => return x,
                };
                p.deepen();
            }
        })
    }

    fn selector_or_assertion(&mut self, x: Expr) -> Expr {
        let lo = x.span.lo;
        self.bump();
        match self.tok() {
            Tok::Name => {
                let sel = self.ident();
                self.node(lo, ExprKind::Selector { x: Box::new(x), sel })
            }
            Tok::LParen => {
                self.bump();
                let typ = if self.got(Tok::Type) { None } else { Some(Box::new(self.type_())) };
                self.want(Tok::RParen);
                self.node(lo, ExprKind::TypeAssert { x: Box::new(x), typ })
            }
            _ => {
                self.expected("name or (");
                self.skip_to(TokSet::of(&[Tok::Semi, Tok::RParen]));
                x
            }
        }
    }

    fn call(&mut self, fun: Expr) -> Expr {
        let lo = fun.span.lo;
        let lparen = self.pos();
        self.bump();
        let (from, mut ellipsis) = (self.exprs.len(), None);
        self.xnest += 1;
        let rparen = self.list("argument list", Tok::Comma, Tok::RParen, |p| {
            let x = p.expr();
            p.exprs.push(x);
            if p.tok() == Tok::DotDotDot {
                ellipsis = Some(p.pos());
                p.bump();
            }
            ellipsis.is_some()
        });
        self.xnest -= 1;
        let args = self.take_exprs(from);
        let call = CallExpr { fun, args, ellipsis, lparen, rparen };
        self.node(lo, ExprKind::Call(Box::new(call)))
    }

    /// `x[i]`, `x[T1, T2]`, `x[i:j:k]`.
    fn index_or_slice(&mut self, x: Expr) -> Expr {
        let lo = x.span.lo;
        let lbrack = self.pos();
        self.bump();
        let mut first = None;
        if self.tok() != Tok::Colon {
            let (mut indices, mut comma) = (Vec::new(), false);
            if self.tok() == Tok::RBrack {
                self.expected("operand");
                indices.push(self.bad_expr());
            } else {
                (indices, comma) = self.type_list(false);
            }
            if comma || self.tok() == Tok::RBrack {
                self.want(Tok::RBrack);
                return self.node(lo, ExprKind::Index { x: Box::new(x), indices, lbrack });
            }
            first = indices.pop().map(Box::new);
        }
        let colon = self.token_span();
        if !self.got(Tok::Colon) {
            self.expected("comma, : or ]");
            self.skip_to(TokSet::of(&[Tok::Comma, Tok::Colon, Tok::RBrack]));
        }
        self.slice(x, first, lbrack, colon)
    }

    /// The rest of a slice expression, behind its first colon.
    fn slice(&mut self, x: Expr, low: Option<Box<Expr>>, lbrack: Pos, colon: Span) -> Expr {
        let lo = x.span.lo;
        self.xnest += 1;
        let (mut high, mut max) = (None, None);
        if self.tok() != Tok::Colon && self.tok() != Tok::RBrack {
            high = Some(Box::new(self.expr()));
        }
        let three = self.tok() == Tok::Colon;
        if three {
            if high.is_none() {
                self.error_at(colon, "middle index required in 3-index slice");
                high = Some(Box::new(self.bad_expr()));
            }
            let second = self.token_span();
            self.bump();
            max = Some(Box::new(if self.tok() == Tok::RBrack {
                self.error_at(second, "final index required in 3-index slice");
                self.bad_expr()
            } else {
                self.expr()
            }));
        }
        self.xnest -= 1;
        self.want(Tok::RBrack);
        self.node(lo, ExprKind::Slice { x: Box::new(x), lo: low, hi: high, max, three, lbrack })
    }

    /// Whether `{` behind `x` begins a composite literal rather than a block.
    fn may_begin_composite(&self, x: &Expr) -> bool {
        match &x.kind {
            ExprKind::Ident(_) | ExprKind::Selector { .. } => self.xnest >= 0,
            ExprKind::Index { .. } => self.xnest >= 0 && !is_value(x),
            ExprKind::ArrayType { .. }
            | ExprKind::SliceType(_)
            | ExprKind::StructType(_)
            | ExprKind::MapType { .. } => true,
            _ => false,
        }
    }

    fn composite_lit(&mut self, typ: Option<Expr>) -> Expr {
        self.enter();
        let open = self.pos();
        let lo = typ.as_ref().map_or(open, |t| t.span.lo);
        let from = self.exprs.len();
        self.xnest += 1;
        self.want(Tok::LBrace);
        self.list("composite literal", Tok::Comma, Tok::RBrace, |p| {
            let mut x = p.element();
            if p.got(Tok::Colon) {
                let key = Box::new(x);
                let value = Box::new(p.element());
                x = p.node(key.span.lo, ExprKind::KeyValue { key, value });
            }
            p.exprs.push(x);
            false
        });
        self.xnest -= 1;
        let elems = self.take_exprs(from);
        self.leave();
        let braces = self.span_from(open);
        let lit = CompositeLit { typ, elems, braces };
        self.node(lo, ExprKind::CompositeLit(Box::new(lit)))
    }

    fn element(&mut self) -> Expr {
        if self.tok() == Tok::LBrace { self.composite_lit(None) } else { self.expr() }
    }

    /// Type arguments or, unless `types_only`, a single index. Also tells whether there was a comma.
    pub(super) fn type_list(&mut self, types_only: bool) -> (Vec<Expr>, bool) {
        self.xnest += 1;
        let mut list = vec![if types_only { self.type_() } else { self.expr() }];
        let mut comma = false;
        while self.got(Tok::Comma) {
            comma = true;
            match self.type_or_none() {
                Some(t) => list.push(t),
                None => break,
            }
        }
        self.xnest -= 1;
        (list, comma)
    }

    /// The span of the current position, for nodes that have no text.
    pub(super) fn empty_span(&self) -> Span {
        Span::at(self.pos())
    }
}

/// Whether `x` cannot be a type, as far as its form tells.
fn is_value(mut x: &Expr) -> bool {
    loop {
        match &x.kind {
            ExprKind::BasicLit { .. }
            | ExprKind::CompositeLit(_)
            | ExprKind::FuncLit(_)
            | ExprKind::Slice { .. }
            | ExprKind::TypeAssert { .. }
            | ExprKind::Call(_)
            | ExprKind::Unary { .. }
            | ExprKind::Tilde(_)
            | ExprKind::Binary { .. } => return true,
            ExprKind::Paren(inner) => x = inner,
            ExprKind::Index { x: inner, indices, .. } => {
                if let [index] = &indices[..]
                    && is_value(index)
                {
                    return true;
                }
                x = inner;
            }
            _ => return false,
        }
    }
}

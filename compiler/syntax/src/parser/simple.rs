//! Simple statements and the headers of `if`, `switch` and `for`
//! (Go specification, "Statements").

use super::Parser;
use crate::ast::*;
use crate::lexer::SemiKind;
use crate::token::{Op, Tok, TokSet};
use diag::{Pos, Span};

/// The statement whose header a simple statement is in, where that matters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    None,
    If,
    For,
    Switch,
}

impl Keyword {
    fn as_str(self) -> &'static str {
        match self {
            Keyword::None => "",
            Keyword::If => "if",
            Keyword::For => "for",
            Keyword::Switch => "switch",
        }
    }
}

/// `lhs := range x`
pub(super) struct RangeClause {
    pub lhs: Vec<Expr>,
    pub define: bool,
    pub op_pos: Pos,
    pub range_pos: Pos,
    pub x: Expr,
}

pub(super) enum Simple {
    Stmt(Stmt),
    Range(RangeClause),
}

/// What stands between a keyword and `{`.
#[derive(Default)]
pub(super) struct Header {
    pub init: Option<Stmt>,
    /// The condition, tag or type switch guard, not yet checked to be one.
    pub cond: Option<Stmt>,
    pub post: Option<Stmt>,
    pub range: Option<RangeClause>,
}

impl Parser<'_> {
    pub(super) fn stmt_node(&mut self, lo: Pos, kind: StmtKind) -> Stmt {
        Stmt { id: self.fresh_id(), span: self.span_from(lo), kind }
    }

    /// A simple statement outside a `for` header; `lhs`: the expressions it begins with, already read.
    pub(super) fn simple_stmt(&mut self, lhs: Option<Vec<Expr>>) -> Stmt {
        let lo = self.pos();
        match self.simple(lhs, Keyword::None) {
            Simple::Stmt(s) => s,
            Simple::Range(_) => self.stmt_node(lo, StmtKind::Bad),
        }
    }

    fn simple(&mut self, lhs: Option<Vec<Expr>>, keyword: Keyword) -> Simple {
        let range_allowed = keyword == Keyword::For;
        if range_allowed && self.tok() == Tok::Range {
            return Simple::Range(self.range_clause(Vec::new(), false, Pos::NONE));
        }
        let mut lhs = lhs.unwrap_or_else(|| self.expr_list());
        let lo = lhs[0].span.lo;
        let op_pos = self.pos();
        let kind = match self.tok() {
            Tok::Assign | Tok::Define => {
                let define = self.tok() == Tok::Define;
                self.bump();
                if range_allowed && self.tok() == Tok::Range {
                    return Simple::Range(self.range_clause(lhs, define, op_pos));
                }
                let rhs = self.expr_list();
                StmtKind::Assign { lhs, op: None, define, rhs, op_pos }
            }
            _ if lhs.len() > 1 => {
                self.expected(":= or = or comma");
                self.skip_to(TokSet::of(&[Tok::Semi, Tok::RBrace]));
                StmtKind::Expr(lhs.swap_remove(0))
            }
            Tok::AssignOp => {
                let op = match self.lex.op {
                    Op::Bin(op) => Some(op),
                    _ => None,
                };
                self.bump();
                let rhs = vec![self.expr()];
                StmtKind::Assign { lhs, op, define: false, rhs, op_pos }
            }
            Tok::IncOp => {
                let inc = self.lex.op == Op::Bin(BinaryOp::Add);
                self.bump();
                StmtKind::IncDec { x: lhs.swap_remove(0), inc }
            }
            Tok::Arrow => {
                self.bump();
                let value = Box::new(self.expr());
                StmtKind::Send { chan: Box::new(lhs.swap_remove(0)), value, arrow: op_pos }
            }
            _ => StmtKind::Expr(lhs.swap_remove(0)),
        };
        Simple::Stmt(self.stmt_node(lo, kind))
    }

    fn range_clause(&mut self, lhs: Vec<Expr>, define: bool, op_pos: Pos) -> RangeClause {
        let range_pos = self.pos();
        self.bump();
        let x = self.expr();
        RangeClause { lhs, define, op_pos, range_pos, x }
    }

    /// From the keyword to in front of `{`.
    pub(super) fn header(&mut self, keyword: Keyword) -> Header {
        self.bump();
        let mut header = Header::default();
        if self.tok() == Tok::LBrace {
            if keyword == Keyword::If {
                self.syntax_error("missing condition in if statement");
                header.cond = Some(self.bad_condition());
            }
            return header;
        }
        // In the header a brace begins the body.
        let outer = std::mem::replace(&mut self.xnest, -1);
        let semi = self.header_parts(keyword, &mut header);
        self.xnest = outer;
        if keyword == Keyword::If && header.cond.is_none() {
            if let Some((at, kind)) = semi {
                let message = match kind {
                    SemiKind::Written => "missing condition in if statement".to_string(),
                    _ => format!("unexpected {}, expected {{ after if clause", kind.as_str()),
                };
                self.syntax_error_at(at, message);
            }
            header.cond = Some(self.bad_condition());
        }
        header
    }

    fn bad_condition(&mut self) -> Stmt {
        let x = self.bad_expr();
        let lo = x.span.lo;
        self.stmt_node(lo, StmtKind::Expr(x))
    }

    /// Returns the semicolon behind the init statement.
    fn header_parts(&mut self, keyword: Keyword, header: &mut Header) -> Option<(Span, SemiKind)> {
        if self.tok() != Tok::Semi {
            if self.tok() == Tok::Var {
                self.bump();
                let what = keyword.as_str();
                self.syntax_error(format!("var declaration not allowed in {what} initializer"));
            }
            match self.simple(None, keyword) {
                Simple::Stmt(s) => header.init = Some(s),
                Simple::Range(r) => {
                    header.range = Some(r);
                    return None;
                }
            }
        }
        if self.tok() == Tok::LBrace {
            header.cond = header.init.take();
            return None;
        }
        let mut semi = None;
        if self.tok() == Tok::Semi {
            semi = Some((self.token_span(), self.lex.semi));
            self.bump();
        } else {
            // What is missing is more likely the body than a semicolon.
            self.want(Tok::LBrace);
            if self.tok() != Tok::LBrace {
                self.skip_to(TokSet::of(&[Tok::LBrace, Tok::RBrace]));
            }
        }
        if keyword == Keyword::For {
            self.for_parts(header);
        } else if self.tok() != Tok::LBrace
            && let Simple::Stmt(s) = self.simple(None, keyword)
        {
            header.cond = Some(s);
        }
        semi
    }

    /// Condition and post statement.
    fn for_parts(&mut self, header: &mut Header) {
        if self.tok() != Tok::Semi {
            if self.tok() == Tok::LBrace {
                return self.expected("for loop condition");
            }
            header.cond = Some(self.simple_stmt(None));
        }
        self.want(Tok::Semi);
        if self.tok() != Tok::LBrace {
            let post = self.simple_stmt(None);
            if let StmtKind::Assign { define: true, op_pos, .. } = post.kind {
                let at = Span::at(op_pos);
                self.syntax_error_at(at, "cannot declare in post statement of for loop");
            }
            header.post = Some(post);
        }
    }

    /// The expression that a header's statement must be.
    pub(super) fn condition(&mut self, stmt: Stmt) -> Expr {
        let stmt = match stmt {
            Stmt { kind: StmtKind::Expr(x), .. } => return x,
            other => other,
        };
        let (at, text) = match &stmt.kind {
            // `=` for `==` is a common slip, so make the `=` stand out.
            StmtKind::Assign { lhs, op: None, define: false, rhs, op_pos } => {
                let (lhs, rhs) = (emphasised(lhs), emphasised(rhs));
                (*op_pos, format!("assignment {lhs} = {rhs}"))
            }
            StmtKind::Assign { op_pos, .. } => (*op_pos, crate::print::simple_stmt(&stmt)),
            StmtKind::Send { arrow, .. } => (*arrow, crate::print::simple_stmt(&stmt)),
            // The operator is two bytes long and last.
            _ => (Pos(stmt.span.hi.0 - 2), crate::print::simple_stmt(&stmt)),
        };
        self.syntax_error_at(Span::at(at), format!("cannot use {text} as value"));
        let bad = self.bad_expr();
        Expr { span: stmt.span, ..bad }
    }
}

fn emphasised(list: &[Expr]) -> String {
    let text = crate::print::expr_list(list);
    match list {
        [Expr { kind: ExprKind::Binary { .. }, .. }] => format!("({text})"),
        _ => text,
    }
}

//! Statements (Go specification, "Statements").

use super::Parser;
use super::simple::{Header, Keyword};
use crate::ast::*;
use crate::token::{Op, Tok, TokSet};
use diag::{Pos, Span};

impl Parser<'_> {
    pub(super) fn func_body(&mut self) -> Block {
        self.fnest += 1;
        let body = self.block("");
        self.fnest -= 1;
        body
    }

    /// A block; `context` names what it belongs to, for the message where `{` is missing.
    fn block(&mut self, context: &str) -> Block {
        let lo = self.pos();
        if !self.got(Tok::LBrace) {
            self.expected(&format!("{{ after {context}"));
            self.skip_to(TokSet::of(&[Tok::Name, Tok::RBrace]));
            if self.got(Tok::RBrace) {
                return Block { id: self.fresh_id(), stmts: Vec::new(), span: self.span_from(lo) };
            }
        }
        let stmts = self.stmt_list();
        self.want(Tok::RBrace);
        Block { id: self.fresh_id(), stmts, span: self.span_from(lo) }
    }

    pub(super) fn stmt_list(&mut self) -> Vec<Stmt> {
        let from = self.stmts.len();
        while !matches!(self.tok(), Tok::Eof | Tok::RBrace | Tok::Case | Tok::Default) {
            let any = self.stmt();
            self.drop_directives();
            if !any {
                break;
            }
            if !self.got(Tok::Semi) && self.tok() != Tok::RBrace {
                self.unexpected(" at end of statement");
                self.skip_to(TokSet::of(&[Tok::Semi, Tok::RBrace, Tok::Case, Tok::Default]));
                self.got(Tok::Semi);
            }
        }
        self.stmts.drain(from..).collect()
    }

    /// Adds to `stmts` the statement at the current token (several for a group of declarations). Returns
    /// false where no statement begins.
    fn stmt(&mut self) -> bool {
        self.enter();
        let any = self.stmt_nested();
        self.leave();
        any
    }

    fn stmt_nested(&mut self) -> bool {
        let lo = self.pos();
        let kind = match self.tok() {
            Tok::Name => {
                let first = self.expr();
                if self.tok() == Tok::Colon && matches!(first.kind, ExprKind::Ident(_)) {
                    return self.labeled(first);
                }
                let lhs = self.more_exprs(first);
                let stmt = self.simple_stmt(Some(lhs));
                self.stmts.push(stmt);
                return true;
            }
            Tok::Var | Tok::Const | Tok::Type => return self.decl_stmt(),
            Tok::Operator if !begins_operand(self.lex.op) => return false,
            Tok::Operator
            | Tok::Star
            | Tok::Literal
            | Tok::Func
            | Tok::LParen
            | Tok::LBrack
            | Tok::Struct
            | Tok::Map
            | Tok::Chan
            | Tok::Interface
            | Tok::Arrow => {
                let stmt = self.simple_stmt(None);
                self.stmts.push(stmt);
                return true;
            }
            Tok::LBrace => StmtKind::Block(self.block("")),
            Tok::For => self.for_stmt(),
            Tok::Switch => self.switch_stmt(),
            Tok::Select => self.select_stmt(),
            Tok::If => StmtKind::If(self.if_stmt()),
            Tok::Fallthrough => {
                self.bump();
                StmtKind::Fallthrough
            }
            Tok::Break => {
                self.bump();
                StmtKind::Break(self.optional_label())
            }
            Tok::Continue => {
                self.bump();
                StmtKind::Continue(self.optional_label())
            }
            Tok::Goto => {
                self.bump();
                StmtKind::Goto(self.ident())
            }
            Tok::Go => StmtKind::Go(self.call_stmt("go")),
            Tok::Defer => StmtKind::Defer(self.call_stmt("defer")),
            Tok::Return => {
                self.bump();
                let none = matches!(self.tok(), Tok::Semi | Tok::RBrace);
                StmtKind::Return(if none { Vec::new() } else { self.expr_list() })
            }
            Tok::Semi => {
                let span = self.empty_span();
                let id = self.fresh_id();
                self.stmts.push(Stmt { id, span, kind: StmtKind::Empty });
                return true;
            }
            _ => return false,
        };
        let stmt = self.stmt_node(lo, kind);
        self.stmts.push(stmt);
        true
    }

    fn optional_label(&mut self) -> Option<Ident> {
        (self.tok() == Tok::Name).then(|| self.ident())
    }

    /// `label: statement`
    fn labeled(&mut self, label: Expr) -> bool {
        let Expr { id, span, kind: ExprKind::Ident(name) } = label else { return false };
        let label = Ident { id, name, span };
        let colon = self.token_span();
        self.bump();
        let from = self.stmts.len();
        if self.tok() == Tok::RBrace {
            // The semicolon of an empty statement may be left out before `}`.
            let span = self.empty_span();
            let id = self.fresh_id();
            self.stmts.push(Stmt { id, span, kind: StmtKind::Empty });
        } else if !self.stmt() {
            self.stmts.truncate(from);
            self.syntax_error_at(colon, "missing statement after label");
            return false;
        }
        if self.stmts.len() == from {
            // A group without declarations.
            let empty = self.stmt_node(colon.hi, StmtKind::Empty);
            self.stmts.push(empty);
        }
        let id = self.fresh_id();
        let span = Span::new(span.lo, self.stmts[from].span.hi.max(colon.hi));
        let empty = Stmt { id, span, kind: StmtKind::Empty };
        let stmt = Box::new(std::mem::replace(&mut self.stmts[from], empty));
        self.stmts[from].kind = StmtKind::Labeled { label, stmt };
        true
    }

    fn decl_stmt(&mut self) -> bool {
        let mut decls = Vec::new();
        self.decl_group(&mut decls);
        for decl in decls {
            let span = decl_span(&decl);
            let kind = StmtKind::Decl(Box::new(decl));
            let id = self.fresh_id();
            self.stmts.push(Stmt { id, span, kind });
        }
        true
    }

    /// The operand of `go` and `defer`; that it is a call is for the checker to see.
    fn call_stmt(&mut self, keyword: &str) -> Expr {
        self.bump();
        let mut x = self.primary_expr(None);
        if matches!(x.kind, ExprKind::Paren(_)) {
            let at = x.span;
            let text = format!("expression in {keyword} must not be parenthesized");
            self.error_at(at, text);
            while let ExprKind::Paren(inner) = x.kind {
                x = *inner;
            }
        }
        x
    }

    fn if_stmt(&mut self) -> Box<IfStmt> {
        let Header { init, cond, .. } = self.header(Keyword::If);
        let cond = match cond {
            Some(stmt) => self.condition(stmt),
            None => self.bad_expr(),
        };
        let then = self.block("if clause");
        let mut els = None;
        if self.got(Tok::Else) {
            let lo = self.pos();
            match self.tok() {
                Tok::If => {
                    self.enter();
                    let kind = StmtKind::If(self.if_stmt());
                    self.leave();
                    els = Some(self.stmt_node(lo, kind));
                }
                Tok::LBrace => {
                    let kind = StmtKind::Block(self.block(""));
                    els = Some(self.stmt_node(lo, kind));
                }
                _ => {
                    self.syntax_error("else must be followed by if or statement block");
                    self.skip_to(TokSet::of(&[Tok::Name, Tok::RBrace]));
                }
            }
        }
        Box::new(IfStmt { init, cond, then, els })
    }

    fn for_stmt(&mut self) -> StmtKind {
        let Header { init, cond, post, range } = self.header(Keyword::For);
        let cond = cond.map(|stmt| self.condition(stmt));
        let body = self.block("for clause");
        let Some(range) = range else {
            return StmtKind::For(Box::new(ForStmt { init, cond, post, body }));
        };
        let mut vars = range.lhs.into_iter();
        StmtKind::Range(Box::new(RangeStmt {
            key: vars.next(),
            value: vars.next(),
            extra: vars.collect(),
            define: range.define,
            op_pos: range.op_pos,
            range_pos: range.range_pos,
            x: range.x,
            body,
        }))
    }

    fn switch_stmt(&mut self) -> StmtKind {
        let Header { init, cond, .. } = self.header(Keyword::Switch);
        let mut tag = None;
        let mut type_guard = None;
        match cond.map(guard) {
            Some(Guard::Type { bind, x }) => type_guard = Some((bind, x)),
            Some(Guard::Other(stmt)) => tag = Some(self.condition(stmt)),
            None => {}
        }
        let lo = self.clauses_begin("switch");
        let mut cases = Vec::new();
        while !matches!(self.tok(), Tok::Eof | Tok::RBrace) {
            cases.push(self.case_clause());
        }
        self.want(Tok::RBrace);
        let body = self.span_from(lo);
        match type_guard {
            Some((bind, x)) => {
                StmtKind::TypeSwitch(Box::new(TypeSwitchStmt { init, bind, x, cases, body }))
            }
            None => StmtKind::Switch(Box::new(SwitchStmt { init, tag, cases, body })),
        }
    }

    fn clauses_begin(&mut self, keyword: &str) -> Pos {
        let lo = self.pos();
        if !self.got(Tok::LBrace) {
            self.syntax_error(format!("missing {{ after {keyword} clause"));
            self.skip_to(TokSet::of(&[Tok::Case, Tok::Default, Tok::RBrace]));
        }
        lo
    }

    fn case_clause(&mut self) -> CaseClause {
        let id = self.fresh_id();
        let pos = self.pos();
        let mut exprs = Vec::new();
        let is_default = self.clause_keyword(|p| exprs = p.expr_list());
        let colon = self.pos();
        self.want(Tok::Colon);
        let body = self.stmt_list();
        CaseClause { id, exprs, is_default, body, pos, colon, span: self.span_from(pos) }
    }

    /// `case`, what `guard` reads, or `default`. Returns whether it was the latter.
    fn clause_keyword(&mut self, guard: impl FnOnce(&mut Self)) -> bool {
        match self.tok() {
            Tok::Case => {
                self.bump();
                guard(self);
            }
            Tok::Default => {
                self.bump();
                return true;
            }
            _ => {
                self.expected("case or default or }");
                self.skip_to(TokSet::of(&[Tok::Colon, Tok::Case, Tok::Default, Tok::RBrace]));
            }
        }
        false
    }

    fn select_stmt(&mut self) -> StmtKind {
        self.bump();
        let lo = self.clauses_begin("select");
        let mut cases = Vec::new();
        while !matches!(self.tok(), Tok::Eof | Tok::RBrace) {
            let id = self.fresh_id();
            let pos = self.pos();
            let mut comm = None;
            self.clause_keyword(|p| comm = Some(p.simple_stmt(None)));
            let colon = self.pos();
            self.want(Tok::Colon);
            let body = self.stmt_list();
            cases.push(CommClause { id, comm, body, pos, colon, span: self.span_from(pos) });
        }
        self.want(Tok::RBrace);
        StmtKind::Select(SelectStmt { cases, body: self.span_from(lo) })
    }
}

/// Whether a statement can begin with this operator.
fn begins_operand(op: Op) -> bool {
    use BinaryOp::*;
    match op {
        Op::Bin(op) => matches!(op, Add | Sub | Mul | And | Xor),
        Op::Not => true,
        Op::Tilde | Op::None => false,
    }
}

/// What stands in front of the braces of a `switch`.
enum Guard {
    /// `x.(type)` or `bind := x.(type)`
    Type {
        bind: Option<Ident>,
        x: Expr,
    },
    Other(Stmt),
}

fn guard(stmt: Stmt) -> Guard {
    let Stmt { id, span, kind } = stmt;
    match kind {
        StmtKind::Expr(Expr { kind: ExprKind::TypeAssert { x, typ: None }, .. }) => {
            Guard::Type { bind: None, x: *x }
        }
        StmtKind::Assign { mut lhs, op: None, define: true, mut rhs, op_pos } => {
            let guarded =
                matches!(rhs[..], [Expr { kind: ExprKind::TypeAssert { typ: None, .. }, .. }]);
            if guarded
                && lhs.len() == 1
                && lhs[0].as_ident().is_some()
                && let (Some(v), Some(guard)) = (lhs.pop(), rhs.pop())
                && let (ExprKind::Ident(name), ExprKind::TypeAssert { x, .. }) =
                    (v.kind, guard.kind)
            {
                return Guard::Type { bind: Some(Ident { id: v.id, name, span: v.span }), x: *x };
            }
            let kind = StmtKind::Assign { lhs, op: None, define: true, rhs, op_pos };
            Guard::Other(Stmt { id, span, kind })
        }
        kind => Guard::Other(Stmt { id, span, kind }),
    }
}

pub(super) fn decl_span(decl: &Decl) -> Span {
    match decl {
        Decl::Const(d) => d.span,
        Decl::Var(d) => d.span,
        Decl::Type(d) => d.span,
        Decl::Func(d) => d.span,
        Decl::Bad(span) => *span,
    }
}

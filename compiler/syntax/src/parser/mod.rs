//! Tokens in, syntax tree out: recursive descent over the grammar of the Go specification.
//!
//! Texts, positions and recovery follow the gc compiler, so that a mistake gives the message that a
//! Go programmer knows: after an error the parser skips to a token from which it can go on, and of
//! several syntax errors on one line only the first is kept.
//!
//! Two numbers guard the stack. `depth` counts the parser's own recursion; `mark` is the greatest
//! depth of the tree built so far, which grows without recursion along `a + b + c` and `a.b.c`.

mod decl;
mod expr;
mod pragma;
mod simple;
mod stmt;
mod tparams;
mod types;

use crate::ast::{Directive, Expr, ExprKind, Ident, ImportSpec, Name, NodeId, Stmt};
use crate::lexer::{ErrorKind, Lexer, RawError};
use crate::name::Interner;
use crate::token::{Tok, TokSet};
use diag::{Pos, Span};

/// The tree is never deeper than about this; stages that recurse over it need stack for it.
pub const MAX_DEPTH: u32 = 10_000;

/// Where statements begin: skipping inside a function never goes past one of these.
const STATEMENT_KEYWORDS: TokSet = TokSet::of(&[
    Tok::Break,
    Tok::Const,
    Tok::Continue,
    Tok::Defer,
    Tok::Fallthrough,
    Tok::For,
    Tok::Go,
    Tok::Goto,
    Tok::If,
    Tok::Return,
    Tok::Select,
    Tok::Switch,
    Tok::Type,
    Tok::Var,
]);

pub struct Parser<'a> {
    pub lex: Lexer<'a>,
    names: Interner,
    /// Position of the file's first byte.
    start: u32,
    next_id: u32,
    /// End of the last token consumed.
    prev_end: Pos,
    /// Nesting of functions.
    fnest: u32,
    /// Nesting of brackets within an expression; negative directly in the header of a control
    /// clause, where `{` begins the body (specification, "Composite literals").
    xnest: i32,
    depth: u32,
    depth_limit: u32,
    mark: u32,
    /// Why parsing stopped early.
    pub stopped: Option<Stop>,
    /// Directives seen that wait for their declaration.
    pending: Vec<Directive>,
    /// How many of the lexer's directives are dealt with.
    directives_seen: usize,
    file_directives: Vec<Directive>,
    imports: Vec<ImportSpec>,
    /// Expressions and statements of the lists that are being read, inner ones last: a list is allocated when its
    /// length is known.
    exprs: Vec<Expr>,
    stmts: Vec<Stmt>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stop {
    /// The recursion limit that the caller set was reached.
    Recursion,
    /// The tree would be deeper than [`MAX_DEPTH`].
    TooDeep,
}

impl<'a> Parser<'a> {
    pub fn new(text: &'a str, start: Pos, first_id: NodeId, depth_limit: u32) -> Parser<'a> {
        Parser {
            lex: Lexer::new(text),
            names: Interner::new(),
            start: start.0,
            next_id: first_id.0,
            prev_end: start,
            fnest: 0,
            xnest: 0,
            depth: 0,
            depth_limit,
            mark: 0,
            stopped: None,
            pending: Vec::new(),
            directives_seen: 0,
            file_directives: Vec::new(),
            imports: Vec::new(),
            exprs: Vec::new(),
            stmts: Vec::new(),
        }
    }

    pub fn next_id(&self) -> NodeId {
        NodeId(self.next_id)
    }

    fn fresh_id(&mut self) -> NodeId {
        let id = NodeId(self.next_id);
        self.next_id += 1;
        id
    }

    // Tokens.

    fn tok(&self) -> Tok {
        self.lex.tok
    }

    fn pos(&self) -> Pos {
        Pos(self.start + self.lex.lo)
    }

    /// From `lo` to the end of the last token.
    fn span_from(&self, lo: Pos) -> Span {
        Span::new(lo, self.prev_end.max(lo))
    }

    /// Moves on to the next token.
    fn bump(&mut self) {
        self.prev_end = Pos(self.start + self.lex.hi);
        self.lex.next();
    }

    fn got(&mut self, tok: Tok) -> bool {
        let yes = self.tok() == tok;
        if yes {
            self.bump();
        }
        yes
    }

    fn want(&mut self, tok: Tok) {
        if !self.got(tok) {
            self.expected(&tok.describe());
            self.skip_one();
        }
    }

    /// `=`, for which `:=` is a common slip.
    fn got_assign(&mut self) -> bool {
        if self.tok() == Tok::Define {
            self.expected("=");
        }
        matches!(self.tok(), Tok::Assign | Tok::Define) && {
            self.bump();
            true
        }
    }

    // Errors and recovery.

    fn error_at(&mut self, at: Span, message: impl Into<String>) {
        self.error_of_kind(ErrorKind::Syntax, at, message);
    }

    fn error_of_kind(&mut self, kind: ErrorKind, at: Span, message: impl Into<String>) {
        if self.stopped.is_some() {
            return;
        }
        let (lo, hi) = (at.lo.0 - self.start, at.hi.0 - self.start);
        self.lex.add_error(RawError { lo, hi, message: message.into(), kind });
    }

    /// Whether there has been an error in the syntax.
    fn went_wrong(&self) -> bool {
        self.lex.errors.iter().any(|e| e.kind == ErrorKind::Syntax)
    }

    fn token_span(&self) -> Span {
        Span::new(self.pos(), Pos(self.start + self.lex.hi))
    }

    fn syntax_error_at(&mut self, at: Span, message: impl AsRef<str>) {
        // What follows from a file's sudden end has been said.
        if self.tok() == Tok::Eof && self.went_wrong() {
            return;
        }
        self.error_at(at, format!("syntax error: {}", message.as_ref()));
    }

    fn syntax_error(&mut self, message: impl AsRef<str>) {
        self.syntax_error_at(self.token_span(), message);
    }

    /// `unexpected <token>`, then `rest` as it stands.
    fn unexpected(&mut self, rest: impl AsRef<str>) {
        let message = format!("unexpected {}{}", self.describe_token(), rest.as_ref());
        self.syntax_error(message);
    }

    fn expected(&mut self, what: &str) {
        self.unexpected(format!(", expected {what}"));
    }

    fn describe_token(&self) -> String {
        let lex = &self.lex;
        match lex.tok {
            Tok::Name => format!("name {}", lex.token_text()),
            Tok::Semi => lex.semi.as_str().into(),
            Tok::Literal => format!("literal {}", shortened(lex.token_text())),
            Tok::Operator => lex.op.as_str().into(),
            Tok::AssignOp => format!("{}=", lex.op.as_str()),
            Tok::IncOp => lex.op.as_str().repeat(2),
            t => t.describe(),
        }
    }

    fn skip_one(&mut self) {
        if self.tok() != Tok::Eof {
            self.bump();
        }
    }

    /// Skips to one of `follow` or, inside a function, to where a statement begins.
    fn skip_to(&mut self, follow: TokSet) {
        let stop = if self.fnest > 0 { follow.union(STATEMENT_KEYWORDS) } else { follow };
        while self.tok() != Tok::Eof && !stop.contains(self.tok()) {
            self.bump();
        }
    }

    // Depth.

    /// Goes one level down. To be paired with [`Parser::leave`]; at a limit the file ends here.
    fn enter(&mut self) {
        self.depth += 1;
        self.mark = self.mark.max(self.depth);
        if self.depth > self.depth_limit {
            self.stop(Stop::Recursion);
        }
        self.check_mark();
    }

    fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Notes that the expression built so far becomes the left operand of another.
    fn deepen(&mut self) {
        self.mark += 1;
        self.check_mark();
    }

    fn check_mark(&mut self) {
        if self.mark > MAX_DEPTH {
            self.stop(Stop::TooDeep);
        }
    }

    fn stop(&mut self, why: Stop) {
        if self.stopped.is_none() {
            self.error_at(self.token_span(), "exceeded max nesting depth");
            self.stopped = Some(why);
        }
        self.lex.stop();
    }

    /// Runs `f`, which builds an expression along its left side, with a `mark` of its own.
    fn spine<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.mark, self.depth);
        let result = f(self);
        self.mark = self.mark.max(outer);
        result
    }

    // Small pieces.

    fn node(&mut self, lo: Pos, kind: ExprKind) -> Expr {
        Expr { id: self.fresh_id(), span: self.span_from(lo), kind }
    }

    /// Stands for an expression that isn't there.
    fn bad_expr(&mut self) -> Expr {
        let span = Span::at(self.pos());
        Expr { id: self.fresh_id(), span, kind: ExprKind::Bad }
    }

    fn name_here(&mut self) -> Name {
        self.names.get(self.lex.token_text())
    }

    /// The identifier `_` that stands for a missing one.
    fn missing_ident(&mut self) -> Ident {
        let name = self.names.get("_");
        Ident { id: self.fresh_id(), name, span: Span::at(self.pos()) }
    }

    fn ident(&mut self) -> Ident {
        if self.tok() != Tok::Name {
            let ident = self.missing_ident();
            self.expected("name");
            self.skip_one();
            return ident;
        }
        let name = self.name_here();
        let span = self.token_span();
        self.bump();
        Ident { id: self.fresh_id(), name, span }
    }

    /// `first` and what follows it after commas.
    fn ident_list(&mut self, first: Ident) -> Vec<Ident> {
        let mut list = vec![first];
        while self.got(Tok::Comma) {
            list.push(self.ident());
        }
        list
    }

    /// Elements separated by `sep` up to `close`, which is consumed; a separator may stand before it.
    /// `element` returns true where the list must end.
    /// Returns the position of `close`.
    fn list(
        &mut self,
        context: &str,
        sep: Tok,
        close: Tok,
        mut element: impl FnMut(&mut Self) -> bool,
    ) -> Pos {
        let mut last = false;
        while self.tok() != Tok::Eof && self.tok() != close && !last {
            last = element(self);
            if !self.got(sep) && self.tok() != close {
                let (sep, end) = (sep.describe(), close.describe());
                self.unexpected(format!(" in {context}; possibly missing {sep} or {end}"));
                self.skip_to(TokSet::of(&[Tok::RParen, Tok::RBrack, Tok::RBrace]));
                if self.tok() != close {
                    return self.pos();
                }
            }
        }
        let pos = self.pos();
        self.want(close);
        pos
    }
}

fn ident_expr(ident: Ident) -> Expr {
    Expr { id: ident.id, span: ident.span, kind: ExprKind::Ident(ident.name) }
}

/// The text of a literal for a message; very long ones are cut.
fn shortened(text: &str) -> String {
    const LONG: usize = 10_000;
    match text.char_indices().nth(LONG) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into(),
    }
}

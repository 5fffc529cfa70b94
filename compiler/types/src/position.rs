//! Where messages about an expression point: gc's positions, which aren't always where the
//! expression begins.
//!
//! In: an expression. Out: the position that gc reports for it.

use crate::Checker;
use diag::{Pos, Span};
use syntax::ast::{CallExpr, Expr, ExprKind};

/// From where gc says that the expression is, to its end.
pub(crate) fn span_of(e: &Expr) -> Span {
    Span::new(start_of(e), e.span.hi)
}

/// Where an expression begins, parentheses around its first operand left out.
pub(crate) fn start_of(e: &Expr) -> Pos {
    let mut e = e;
    loop {
        e = match &e.kind {
            ExprKind::Selector { x, .. }
            | ExprKind::Index { x, .. }
            | ExprKind::TypeAssert { x, .. }
            | ExprKind::Binary { x, .. }
            | ExprKind::KeyValue { key: x, .. } => x,
            ExprKind::Call(call) => &call.fun,
            ExprKind::CompositeLit(lit) => match &lit.typ {
                Some(typ) => typ,
                None => return e.span.lo,
            },
            ExprKind::Slice { x, .. } => x,
            _ => return e.span.lo,
        };
    }
}

/// The position of the node itself: an operator, a parenthesis, a bracket or a dot.
pub(crate) fn node_pos(e: &Expr) -> Pos {
    match &e.kind {
        ExprKind::Binary { op_pos, .. } => *op_pos,
        ExprKind::Call(call) => call.lparen,
        ExprKind::Index { lbrack, .. } => *lbrack,
        ExprKind::Selector { x, .. } | ExprKind::TypeAssert { x, .. } => x.span.hi,
        _ => start_of(e),
    }
}

/// The closing parenthesis of a call. At the end of a broken file it may be missing.
pub(crate) fn rparen(call: &CallExpr) -> Span {
    Span::at(call.rparen)
}

/// The `...` behind the last argument of a call.
pub(crate) fn ellipsis(call: &CallExpr) -> Span {
    let lo = call.ellipsis.unwrap_or(call.rparen);
    Span::new(lo, Pos(lo.0 + "...".len() as u32))
}

/// The name of what is called or instantiated: `f` of `f(x)`, `pkg.f[int](x)` and `x.f()`.
fn callee_name(fun: &Expr) -> Span {
    match &fun.kind {
        ExprKind::Index { x, .. } => callee_name(x),
        ExprKind::Selector { sel, .. } => sel.span,
        _ => span_of(fun),
    }
}

impl Checker<'_> {
    /// The token that a message is about, but never on another line than gc's position: lines are
    /// what people compare, columns are ours to make exact.
    pub(crate) fn at_token(&self, token: Span, gc: Pos) -> Span {
        if self.same_line(token.lo, gc) { token } else { Span::new(gc, gc.max(token.hi)) }
    }

    /// Where a call or instantiation of the function `fun` fails to find its types; gc's place is a
    /// parenthesis or bracket.
    pub(crate) fn at_callee(&self, fun: &Expr, gc: Pos) -> Span {
        let name = callee_name(fun);
        if self.same_line(name.lo, gc) { name } else { Span::at(gc) }
    }

    fn same_line(&self, a: Pos, b: Pos) -> bool {
        !self.source.text(Span::new(a.min(b), a.max(b))).contains('\n')
    }

    /// The first place of a token in a stretch of the source.
    pub(crate) fn find_token(&self, within: Span, token: &str) -> Option<Span> {
        let at = self.source.text(within).find(token)? as u32;
        let lo = Pos(within.lo.0 + at);
        Some(Span::new(lo, Pos(lo.0 + token.len() as u32)))
    }
}

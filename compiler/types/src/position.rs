//! Where messages about an expression point: gc's positions, which aren't always where the
//! expression begins.
//!
//! In: an expression. Out: the position that gc reports for it.

use diag::{Pos, Span};
use syntax::ast::{Expr, ExprKind};

/// Length of the keyword that a function type's position is behind.
const FUNC: u32 = "func".len() as u32;

/// From where gc says that the expression is, to its end.
pub(crate) fn span_of(e: &Expr) -> Span {
    Span::new(start_of(e), e.span.hi)
}

/// Where gc sees the start of an expression: at the beginning but for slice expressions, which
/// begin at their bracket, and function types, which begin at their parameters.
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
            ExprKind::Slice { x, .. } => return x.span.hi,
            ExprKind::FuncType(_) => return Pos(e.span.lo.0 + FUNC),
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

//! Cancel functions of contexts that are thrown away.

use super::{Pass, walk};
use syntax::ast::{ExprKind, FuncDecl, Stmt, StmtKind};

pub const TEXT: &str = "The second result of context.WithCancel, WithTimeout and WithDeadline frees what \
the context holds, such as a timer and its place in the parent. Assigned to _, it can never be called. \
Keep it, and defer the call.";

struct Find<'p, 'a>(&'p mut Pass<'a>);

pub fn run(pass: &mut Pass<'_>, f: &FuncDecl) {
    if let Some(body) = &f.body {
        walk::list(&mut Find(pass), &body.stmts);
    }
}

impl walk::Visitor for Find<'_, '_> {
    fn stmt(&mut self, s: &Stmt) {
        let StmtKind::Assign { lhs, rhs, .. } = &s.kind else { return };
        let ([_, cancel], [value]) = (lhs.as_slice(), rhs.as_slice()) else { return };
        let ExprKind::Call(call) = &value.unparen().kind else { return };
        let blank = matches!(&cancel.kind, ExprKind::Ident(n) if &**n == "_");
        let Some((path, name)) = self.0.callee(&call.fun) else { return };
        if blank && path == "context" && name.starts_with("With") && name != "WithValue" {
            let text = format!(
                "the cancel function returned by context.{name} should be called, not discarded, to avoid a context leak"
            );
            self.0.warn("lostcancel", cancel.span, text);
        }
    }
}

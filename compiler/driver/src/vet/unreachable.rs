//! Statements behind one that control never passes.

use super::{Pass, walk};
use syntax::ast::{ExprKind, FuncDecl, Stmt, StmtKind};

pub const TEXT: &str = "A statement stands behind a return, panic, goto, break or continue of the same \
block and has no label, so that it never runs. Delete it, or find out which condition got lost.";

struct Find<'p, 'a>(&'p mut Pass<'a>);

pub fn run(pass: &mut Pass<'_>, f: &FuncDecl) {
    if let Some(body) = &f.body {
        walk::list(&mut Find(pass), &body.stmts);
    }
}

impl Find<'_, '_> {
    /// Control never comes out at the end of the statement.
    fn ends(&self, s: &Stmt) -> bool {
        match &s.kind {
            StmtKind::Return(_)
            | StmtKind::Goto(_)
            | StmtKind::Break(_)
            | StmtKind::Continue(_) => true,
            StmtKind::Block(b) => b.stmts.last().is_some_and(|s| self.ends(s)),
            StmtKind::If(i) => {
                i.then.stmts.last().is_some_and(|s| self.ends(s))
                    && i.els.as_ref().is_some_and(|s| self.ends(s))
            }
            StmtKind::Expr(e) => {
                let ExprKind::Call(call) = &e.unparen().kind else { return false };
                self.0.object(&call.fun).is_some_and(|o| {
                    let o = self.0.store.obj(o);
                    &*o.name == "panic" && o.pkg.is_none()
                })
            }
            _ => false,
        }
    }
}

impl walk::Visitor for Find<'_, '_> {
    fn list(&mut self, list: &[Stmt]) {
        for pair in list.windows(2) {
            let skipped = matches!(pair[1].kind, StmtKind::Labeled { .. } | StmtKind::Empty);
            if !skipped && self.ends(&pair[0]) {
                self.0.warn("unreachable", pair[1].span, "unreachable code");
                return;
            }
        }
    }
}

//! Statements behind one that control never passes.

use super::{Pass, walk};
use syntax::ast::{CaseClause, ExprKind, FuncDecl, Stmt, StmtKind};

pub const TEXT: &str = "A statement has no label and stands behind one that control never passes: a return, \
panic, goto, break or continue, an endless loop without a break, or an if, switch or select all of whose \
branches end so. It never runs. Delete it, or find out which condition got lost.";

struct Find<'p, 'a>(&'p mut Pass<'a>);

pub fn run(pass: &mut Pass<'_>, f: &FuncDecl) {
    if let Some(body) = &f.body {
        walk::list(&mut Find(pass), &body.stmts);
    }
}

/// Whether a `break` in the statements leaves the statement around them, which may have a label.
fn breaks(list: &[Stmt], label: Option<&str>) -> bool {
    list.iter().any(|s| breaks_stmt(s, label, true))
}

/// `direct`: no other loop, switch or select lies between, so that a plain `break` counts.
fn breaks_stmt(s: &Stmt, label: Option<&str>, direct: bool) -> bool {
    let inner = |list: &[Stmt]| list.iter().any(|s| breaks_stmt(s, label, false));
    match &s.kind {
        StmtKind::Break(None) => direct,
        StmtKind::Break(Some(l)) => label == Some(&*l.name),
        StmtKind::Labeled { stmt, .. } => breaks_stmt(stmt, label, direct),
        StmtKind::Block(b) => b.stmts.iter().any(|s| breaks_stmt(s, label, direct)),
        StmtKind::If(i) => {
            i.then.stmts.iter().any(|s| breaks_stmt(s, label, direct))
                || i.els.as_ref().is_some_and(|s| breaks_stmt(s, label, direct))
        }
        StmtKind::For(f) => inner(&f.body.stmts),
        StmtKind::Range(r) => inner(&r.body.stmts),
        StmtKind::Switch(sw) => sw.cases.iter().any(|c| inner(&c.body)),
        StmtKind::TypeSwitch(sw) => sw.cases.iter().any(|c| inner(&c.body)),
        StmtKind::Select(sel) => sel.cases.iter().any(|c| inner(&c.body)),
        _ => false,
    }
}

impl Find<'_, '_> {
    /// Control never comes out at the end of the statement, which may have a label.
    fn ends(&self, s: &Stmt, label: Option<&str>) -> bool {
        match &s.kind {
            StmtKind::Return(_)
            | StmtKind::Goto(_)
            | StmtKind::Break(_)
            | StmtKind::Continue(_) => true,
            StmtKind::Labeled { label, stmt } => self.ends(stmt, Some(&label.name)),
            StmtKind::Block(b) => self.list_ends(&b.stmts),
            StmtKind::If(i) => {
                self.list_ends(&i.then.stmts) && i.els.as_ref().is_some_and(|s| self.ends(s, None))
            }
            StmtKind::For(f) => f.cond.is_none() && !breaks(&f.body.stmts, label),
            StmtKind::Switch(sw) => self.cases_end(&sw.cases, label),
            StmtKind::TypeSwitch(sw) => self.cases_end(&sw.cases, label),
            StmtKind::Select(sel) => {
                sel.cases.iter().all(|c| self.list_ends(&c.body) && !breaks(&c.body, label))
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

    fn list_ends(&self, list: &[Stmt]) -> bool {
        list.iter()
            .rfind(|s| !matches!(s.kind, StmtKind::Empty))
            .is_some_and(|s| self.ends(s, None))
    }

    fn cases_end(&self, cases: &[CaseClause], label: Option<&str>) -> bool {
        let falls =
            |c: &CaseClause| c.body.last().is_some_and(|s| matches!(s.kind, StmtKind::Fallthrough));
        cases.iter().any(|c| c.is_default)
            && cases
                .iter()
                .all(|c| (falls(c) || self.list_ends(&c.body)) && !breaks(&c.body, label))
    }
}

impl walk::Visitor for Find<'_, '_> {
    fn list(&mut self, list: &[Stmt]) {
        for pair in list.windows(2) {
            let skipped = matches!(pair[1].kind, StmtKind::Labeled { .. } | StmtKind::Empty);
            if !skipped && self.ends(&pair[0], None) {
                self.0.warn("unreachable", pair[1].span, "unreachable code");
            }
        }
    }
}

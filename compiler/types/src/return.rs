//! Terminating statements (specification, "Terminating statements").
//!
//! In: statements, and the panic calls that `stmt` noted in the environment. Out: whether control
//! can reach the end of a statement list, on which "missing return" depends.

use crate::Checker;
use syntax::ast::*;

impl<'a> Checker<'a> {
    pub(crate) fn is_terminating_list(&self, list: &[Stmt]) -> bool {
        let last = list.iter().rev().find(|s| !matches!(s.kind, StmtKind::Empty));
        last.is_some_and(|s| self.is_terminating(s, None))
    }

    /// Whether `s`, labelled with `label` if that is given, is a terminating statement.
    pub(crate) fn is_terminating(&self, s: &Stmt, label: Option<&Name>) -> bool {
        match &s.kind {
            StmtKind::Return(_) | StmtKind::Goto(_) | StmtKind::Fallthrough => true,
            StmtKind::Expr(e) => self.env.panic_calls.contains(&e.unparen().id),
            StmtKind::Labeled { label, stmt } => self.is_terminating(stmt, Some(&label.name)),
            StmtKind::Block(b) => self.is_terminating_list(&b.stmts),
            StmtKind::If(i) => {
                let Some(els) = &i.els else { return false };
                self.is_terminating_list(&i.then.stmts) && self.is_terminating(els, None)
            }
            StmtKind::Switch(s) => self.is_terminating_switch(&s.cases, label),
            StmtKind::TypeSwitch(s) => self.is_terminating_switch(&s.cases, label),
            StmtKind::Select(s) => s.cases.iter().all(|c| {
                self.is_terminating_list(&c.body) && !breaks_out_list(&c.body, label, true)
            }),
            StmtKind::For(f) => f.cond.is_none() && !breaks_out_list(&f.body.stmts, label, true),
            _ => false,
        }
    }

    fn is_terminating_switch(&self, cases: &[CaseClause], label: Option<&Name>) -> bool {
        cases.iter().any(|c| c.is_default)
            && cases.iter().all(|c| {
                self.is_terminating_list(&c.body) && !breaks_out_list(&c.body, label, true)
            })
    }
}

fn breaks_out_list(list: &[Stmt], label: Option<&Name>, implicit: bool) -> bool {
    list.iter().any(|s| breaks_out(s, label, implicit))
}

/// Whether `s` has a `break` that names `label`, or (with `implicit`) one without a label that
/// refers to the statement around `s`.
fn breaks_out(s: &Stmt, label: Option<&Name>, implicit: bool) -> bool {
    match &s.kind {
        StmtKind::Break(None) => implicit,
        StmtKind::Break(Some(l)) => Some(&l.name) == label,
        StmtKind::Labeled { stmt, .. } => breaks_out(stmt, label, implicit),
        StmtKind::Block(b) => breaks_out_list(&b.stmts, label, implicit),
        StmtKind::If(i) => {
            breaks_out_list(&i.then.stmts, label, implicit)
                || i.els.as_ref().is_some_and(|e| breaks_out(e, label, implicit))
        }
        // Inside, an unlabelled break refers to the inner statement.
        _ if label.is_none() => false,
        StmtKind::Switch(s) => s.cases.iter().any(|c| breaks_out_list(&c.body, label, false)),
        StmtKind::TypeSwitch(s) => s.cases.iter().any(|c| breaks_out_list(&c.body, label, false)),
        StmtKind::Select(s) => s.cases.iter().any(|c| breaks_out_list(&c.body, label, false)),
        StmtKind::For(f) => breaks_out_list(&f.body.stmts, label, false),
        StmtKind::Range(r) => breaks_out_list(&r.body.stmts, label, false),
        _ => false,
    }
}

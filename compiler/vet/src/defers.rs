//! Deferred calls that don't do what they seem to.

use super::{Pass, walk};
use std::collections::HashSet;
use syntax::ast::{CallExpr, Expr, ExprKind, FuncDecl, NodeId, Stmt, StmtKind};

pub const TEXT: &str = "The operands of a deferred call are worked out at the defer statement, and the call \
runs when the function ends. So time.Since in its arguments measures nothing; a defer in a loop piles up \
calls until the end of the function (tests, and blocks that end in a return, may do that); a deferred call of recover itself recovers nothing (a deferred function \
has to call it); and a Close that is deferred before the error is looked at may close nil.";

struct Find<'p, 'a> {
    pass: &'p mut Pass<'a>,
    /// How many loops are open, of each function around.
    loops: Vec<usize>,
    /// Statements behind which the function returns for sure.
    last_round: HashSet<NodeId>,
}

pub fn run(pass: &mut Pass<'_>, f: &FuncDecl) {
    if let Some(body) = &f.body {
        let last_round = HashSet::new();
        walk::list(&mut Find { pass, loops: vec![0], last_round }, &body.stmts);
    }
}

fn call(e: &Expr) -> Option<&CallExpr> {
    match &e.unparen().kind {
        ExprKind::Call(c) => Some(c),
        _ => None,
    }
}

/// The name that a chain of selectors and calls begins with.
fn root(e: &Expr) -> Option<&Expr> {
    match &e.unparen().kind {
        ExprKind::Ident(_) => Some(e.unparen()),
        ExprKind::Selector { x, .. } => root(x),
        ExprKind::Call(c) => root(&c.fun),
        _ => None,
    }
}

impl Find<'_, '_> {
    fn early_since(&mut self, c: &CallExpr) {
        for a in &c.args {
            if let Some(inner) = call(a)
                && let Some((path, name)) = self.pass.callee(&inner.fun)
                && path == "time"
                && name == "Since"
            {
                self.pass.warn("defers", a.span, "call to time.Since is not deferred");
            }
        }
    }

    /// Tests are short, and often hold what they made until they end.
    fn in_test(&self, s: &Stmt) -> bool {
        let at = self.pass.source.line_col(s.span.lo);
        at.is_some_and(|p| p.file.ends_with("_test.go"))
    }

    /// Whether the expression is an error that is kept.
    fn is_error(&self, e: &Expr) -> bool {
        if matches!(&e.kind, ExprKind::Ident(name) if &**name == "_") {
            return false;
        }
        self.pass.object(e).and_then(|o| self.pass.store.obj(o).typ) == Some(types::ERROR)
    }
}

impl walk::Visitor for Find<'_, '_> {
    fn in_loop(&mut self, begins: bool) {
        if let Some(n) = self.loops.last_mut() {
            *n = if begins { *n + 1 } else { *n - 1 };
        }
    }

    fn in_func(&mut self, begins: bool) {
        match begins {
            true => self.loops.push(0),
            false => drop(self.loops.pop()),
        }
    }

    fn stmt(&mut self, s: &Stmt) {
        let StmtKind::Defer(e) = &s.kind else { return };
        let Some(c) = call(e) else { return };
        self.early_since(c);
        let again = !self.last_round.contains(&s.id) && !self.in_test(s);
        if again && self.loops.last().is_some_and(|&n| n > 0) {
            let text = "defer in a loop: the calls run when the function ends, not each round";
            self.pass.warn("defers", s.span, text);
        }
        if let Some(o) = self.pass.object(&c.fun)
            && &*self.pass.store.obj(o).name == "recover"
            && self.pass.store.obj(o).pkg.is_none()
        {
            let text =
                "deferred call of recover itself recovers nothing: defer a function that calls it";
            self.pass.warn("defers", s.span, text);
        }
    }

    /// `x, err := f()` and right behind it `defer x.Close()`.
    fn list(&mut self, list: &[Stmt]) {
        if list.last().is_some_and(|s| matches!(s.kind, StmtKind::Return(_))) {
            let defers = list.iter().filter(|s| matches!(s.kind, StmtKind::Defer(_)));
            self.last_round.extend(defers.map(|s| s.id));
        }
        for pair in list.windows(2) {
            let StmtKind::Assign { lhs, rhs, .. } = &pair[0].kind else { continue };
            let StmtKind::Defer(e) = &pair[1].kind else { continue };
            let (Some(c), [_], Some(err)) = (call(e), rhs.as_slice(), lhs.last()) else { continue };
            let ExprKind::Selector { x, .. } = &c.fun.unparen().kind else { continue };
            let Some(user) = root(x).and_then(|r| self.pass.object(r)) else { continue };
            let values = &lhs[..lhs.len() - 1];
            if self.is_error(err) && values.iter().any(|v| self.pass.object(v) == Some(user)) {
                let name = self.pass.store.obj(user).name;
                let text = format!("using {name} before checking for errors");
                self.pass.warn("defers", e.span, text);
            }
        }
    }
}

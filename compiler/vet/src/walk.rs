//! Goes through statements and expressions, function literals included, outer ones first.

use syntax::ast::{Decl, Expr, ExprKind, Stmt, StmtKind};

/// What a check wants to see. Each method has the whole node, before its parts are gone through.
pub trait Visitor {
    /// The statements of a block or clause.
    fn list(&mut self, _list: &[Stmt]) {}
    fn stmt(&mut self, _s: &Stmt) {}
    fn expr(&mut self, _e: &Expr) {}
    /// Around the body of a loop: `true` before it, `false` behind it.
    fn in_loop(&mut self, _begins: bool) {}
    /// Around the body of a function literal.
    fn in_func(&mut self, _begins: bool) {}
}

pub fn list(v: &mut dyn Visitor, stmts: &[Stmt]) {
    v.list(stmts);
    for s in stmts {
        stmt(v, s);
    }
}

fn exprs<'e>(v: &mut dyn Visitor, list: impl IntoIterator<Item = &'e Expr>) {
    for e in list {
        expr(v, e);
    }
}

fn decl(v: &mut dyn Visitor, d: &Decl) {
    if let Decl::Var(d) = d {
        exprs(v, &d.values);
    }
}

pub fn stmt(v: &mut dyn Visitor, s: &Stmt) {
    v.stmt(s);
    match &s.kind {
        StmtKind::Decl(d) => decl(v, d),
        StmtKind::Labeled { stmt: s, .. } => stmt(v, s),
        StmtKind::Expr(e) | StmtKind::Go(e) | StmtKind::Defer(e) => expr(v, e),
        StmtKind::Send { chan, value, .. } => exprs(v, [&**chan, value]),
        StmtKind::IncDec { x, .. } => expr(v, x),
        StmtKind::Assign { lhs, rhs, .. } => {
            exprs(v, lhs);
            exprs(v, rhs);
        }
        StmtKind::Return(results) => exprs(v, results),
        StmtKind::Block(b) => list(v, &b.stmts),
        StmtKind::If(i) => {
            if let Some(init) = &i.init {
                stmt(v, init);
            }
            expr(v, &i.cond);
            list(v, &i.then.stmts);
            if let Some(els) = &i.els {
                stmt(v, els);
            }
        }
        StmtKind::Switch(sw) => {
            if let Some(init) = &sw.init {
                stmt(v, init);
            }
            exprs(v, &sw.tag);
            for c in &sw.cases {
                exprs(v, &c.exprs);
                list(v, &c.body);
            }
        }
        StmtKind::TypeSwitch(sw) => {
            if let Some(init) = &sw.init {
                stmt(v, init);
            }
            expr(v, &sw.x);
            for c in &sw.cases {
                list(v, &c.body);
            }
        }
        StmtKind::Select(sel) => {
            for c in &sel.cases {
                if let Some(comm) = &c.comm {
                    stmt(v, comm);
                }
                list(v, &c.body);
            }
        }
        StmtKind::For(f) => {
            if let Some(init) = &f.init {
                stmt(v, init);
            }
            exprs(v, &f.cond);
            v.in_loop(true);
            list(v, &f.body.stmts);
            if let Some(post) = &f.post {
                stmt(v, post);
            }
            v.in_loop(false);
        }
        StmtKind::Range(r) => {
            exprs(v, &r.key);
            exprs(v, &r.value);
            expr(v, &r.x);
            v.in_loop(true);
            list(v, &r.body.stmts);
            v.in_loop(false);
        }
        StmtKind::Bad
        | StmtKind::Empty
        | StmtKind::Break(_)
        | StmtKind::Continue(_)
        | StmtKind::Goto(_)
        | StmtKind::Fallthrough => {}
    }
}

pub fn expr(v: &mut dyn Visitor, e: &Expr) {
    v.expr(e);
    match &e.kind {
        ExprKind::CompositeLit(lit) => exprs(v, &lit.elems),
        ExprKind::FuncLit(lit) => {
            v.in_func(true);
            list(v, &lit.body.stmts);
            v.in_func(false);
        }
        ExprKind::Paren(x) | ExprKind::Star(x) => expr(v, x),
        ExprKind::Selector { x, .. } | ExprKind::Unary { x, .. } => expr(v, x),
        ExprKind::TypeAssert { x, .. } => expr(v, x),
        ExprKind::Index { x, indices, .. } => {
            expr(v, x);
            exprs(v, indices);
        }
        ExprKind::Slice { x, lo, hi, max, .. } => {
            expr(v, x);
            exprs(v, [lo, hi, max].into_iter().flatten().map(|e| &**e));
        }
        ExprKind::Call(call) => {
            expr(v, &call.fun);
            exprs(v, &call.args);
        }
        ExprKind::Binary { x, y, .. } => exprs(v, [&**x, &**y]),
        ExprKind::KeyValue { key, value } => exprs(v, [&**key, &**value]),
        _ => {}
    }
}

//! Errors that are declared anew in an inner block (`gosubc vet -shadow`).

use super::{Pass, walk};
use syntax::ast::{Expr, ExprKind, FuncDecl, Stmt, StmtKind};

pub const TEXT: &str = "An inner block declares an error variable of the same name as an outer one, which so \
stays as it was: whoever looks at the outer one afterwards misses the error. Write = in place of := where \
the outer variable is meant. Checked only with -shadow, since it is often meant.";

struct Find<'p, 'a>(&'p mut Pass<'a>);

pub fn run(pass: &mut Pass<'_>, f: &FuncDecl) {
    if let Some(body) = &f.body {
        walk::list(&mut Find(pass), &body.stmts);
    }
}

impl Find<'_, '_> {
    fn name(&mut self, e: &Expr) {
        let ExprKind::Ident(name) = &e.kind else { return };
        let pass = &mut *self.0;
        let Some(obj) = pass.info.defs.get(e.id.0 as usize).copied().flatten() else { return };
        let o = pass.store.obj(obj);
        let (typ, scope, at) = (o.typ, o.parent, o.span.lo);
        let Some(outer) = scope.and_then(|s| pass.store.scope(s).parent) else { return };
        let Some((_, other)) = pass.store.lookup_parent(outer, *name, at) else { return };
        let other = pass.store.obj(other);
        let local = other.scope_pos.is_known();
        if typ != Some(types::ERROR) || other.typ != typ || !local {
            return;
        }
        let line = pass.source.line_col(other.span.lo).map_or(0, |p| p.line);
        let text = format!("declaration of {name:?} shadows declaration at line {line}");
        pass.warn(super::SHADOW, e.span, text);
    }
}

impl walk::Visitor for Find<'_, '_> {
    fn list(&mut self, list: &[Stmt]) {
        // What `if err := ...` declares is used there and then.
        for s in list {
            if let StmtKind::Assign { lhs, define: true, .. } = &s.kind {
                lhs.iter().for_each(|e| self.name(e));
            }
        }
    }
}

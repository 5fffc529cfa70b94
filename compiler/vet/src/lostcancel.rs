//! Cancel functions of contexts that are thrown away, or that some way out of the function forgets.

use super::{Pass, walk};
use diag::{Diagnostic, Span};
use syntax::ast::{Block, Expr, ExprKind, FuncDecl, Stmt, StmtKind};
use types::ObjId;

pub const TEXT: &str = "The second result of context.WithCancel, WithTimeout and WithDeadline frees what \
the context holds, such as a timer and its place in the parent. Assigned to _, it can never be called; \
and a return that is reached without it being called, deferred or passed on leaks as well. Keep it, and \
defer the call right away.";

struct Find<'p, 'a>(&'p mut Pass<'a>);

pub fn run(pass: &mut Pass<'_>, f: &FuncDecl) {
    if let Some(body) = &f.body {
        walk::list(&mut Find(pass), &body.stmts);
    }
}

/// What becomes of the way through some statements.
enum Way {
    /// The function is used, or the way ends in a panic, a jump or an endless loop.
    Fine,
    /// It comes out without a use.
    Through,
    /// It returns without a use, here.
    Lost(Span),
}

/// Looks for a use of an object.
struct Uses<'p, 'a> {
    pass: &'p Pass<'a>,
    obj: ObjId,
    found: bool,
}

impl walk::Visitor for Uses<'_, '_> {
    fn expr(&mut self, e: &Expr) {
        let named = matches!(e.kind, ExprKind::Ident(_));
        self.found |= named && self.pass.info.object_of(e.id) == Some(self.obj);
    }
}

struct Paths<'p, 'a> {
    pass: &'p Pass<'a>,
    obj: ObjId,
}

impl Paths<'_, '_> {
    fn uses(&self, visit: impl FnOnce(&mut Uses)) -> bool {
        let mut uses = Uses { pass: self.pass, obj: self.obj, found: false };
        visit(&mut uses);
        uses.found
    }

    fn in_stmt(&self, s: &Stmt) -> bool {
        self.uses(|u| walk::stmt(u, s))
    }

    fn in_exprs<'e>(&self, list: impl IntoIterator<Item = &'e Expr>) -> bool {
        self.uses(|u| list.into_iter().for_each(|e| walk::expr(u, e)))
    }

    fn list(&self, list: &[Stmt]) -> Way {
        for s in list {
            match self.stmt(s) {
                Way::Through => {}
                end => return end,
            }
        }
        Way::Through
    }

    /// Branches of which one is taken; `all`: surely one of them.
    fn branches<'s>(&self, all: bool, list: impl Iterator<Item = &'s [Stmt]>) -> Way {
        let mut through = !all;
        for branch in list {
            match self.list(branch) {
                Way::Fine => {}
                Way::Through => through = true,
                Way::Lost(at) => return Way::Lost(at),
            }
        }
        if through { Way::Through } else { Way::Fine }
    }

    fn loop_body(&self, body: &Block, endless: bool) -> Way {
        match self.list(&body.stmts) {
            Way::Lost(at) => Way::Lost(at),
            _ if endless => Way::Fine,
            _ => Way::Through,
        }
    }

    fn stmt(&self, s: &Stmt) -> Way {
        let init = |init: &Option<Stmt>| init.as_ref().is_some_and(|s| self.in_stmt(s));
        match &s.kind {
            StmtKind::Return(results) => match self.in_exprs(results) {
                true => Way::Fine,
                false => Way::Lost(s.span),
            },
            // Where jumps lead isn't followed.
            StmtKind::Break(_)
            | StmtKind::Continue(_)
            | StmtKind::Goto(_)
            | StmtKind::Fallthrough => Way::Fine,
            StmtKind::Labeled { stmt, .. } => self.stmt(stmt),
            StmtKind::Block(b) => self.list(&b.stmts),
            StmtKind::If(i) => {
                if init(&i.init) || self.in_exprs([&i.cond]) {
                    return Way::Fine;
                }
                let els = i.els.as_ref().map(std::slice::from_ref);
                let both = [Some(&i.then.stmts[..]), els];
                self.branches(els.is_some(), both.into_iter().flatten())
            }
            StmtKind::For(f) => {
                if init(&f.init) || self.in_exprs(&f.cond) || init(&f.post) {
                    return Way::Fine;
                }
                self.loop_body(&f.body, f.cond.is_none())
            }
            StmtKind::Range(r) => match self.in_exprs([&r.x]) {
                true => Way::Fine,
                false => self.loop_body(&r.body, false),
            },
            StmtKind::Switch(sw) => {
                if init(&sw.init)
                    || self.in_exprs(&sw.tag)
                    || sw.cases.iter().any(|c| self.in_exprs(&c.exprs))
                {
                    return Way::Fine;
                }
                let all = sw.cases.iter().any(|c| c.is_default);
                self.branches(all, sw.cases.iter().map(|c| &c.body[..]))
            }
            StmtKind::TypeSwitch(sw) => {
                if init(&sw.init) || self.in_exprs([&sw.x]) {
                    return Way::Fine;
                }
                let all = sw.cases.iter().any(|c| c.is_default);
                self.branches(all, sw.cases.iter().map(|c| &c.body[..]))
            }
            StmtKind::Select(sel) => {
                if sel.cases.iter().any(|c| init(&c.comm)) {
                    return Way::Fine;
                }
                self.branches(true, sel.cases.iter().map(|c| &c.body[..]))
            }
            StmtKind::Expr(e) if self.never_returns(e) => Way::Fine,
            _ if self.in_stmt(s) => Way::Fine,
            _ => Way::Through,
        }
    }

    fn never_returns(&self, e: &Expr) -> bool {
        let ExprKind::Call(call) = &e.unparen().kind else { return false };
        let Some(o) = self.pass.object(&call.fun) else { return false };
        let o = self.pass.store.obj(o);
        match o.pkg.map(|p| &*self.pass.store.package(p).path) {
            None => &*o.name == "panic",
            Some("os") => &*o.name == "Exit",
            Some("log") => o.name.starts_with("Fatal") || o.name.starts_with("Panic"),
            Some("runtime") => &*o.name == "Goexit",
            _ => false,
        }
    }
}

impl Find<'_, '_> {
    /// The cancel function that the statement gets, and from which function.
    fn cancel<'s>(&self, s: &'s Stmt) -> Option<(&'s Expr, String, bool)> {
        let StmtKind::Assign { lhs, rhs, define, .. } = &s.kind else { return None };
        let ([_, cancel], [value]) = (lhs.as_slice(), rhs.as_slice()) else { return None };
        let ExprKind::Call(call) = &value.unparen().kind else { return None };
        // As go vet has it: package context itself, and who imports it with a dot, know what they do.
        let ExprKind::Selector { .. } = &call.fun.unparen().kind else { return None };
        let (path, name) = self.0.callee(&call.fun)?;
        let makes = name.starts_with("With") && name != "WithValue" && name != "WithoutCancel";
        (path == "context" && makes).then_some((cancel, name, *define))
    }
}

impl walk::Visitor for Find<'_, '_> {
    fn list(&mut self, list: &[Stmt]) {
        for (i, s) in list.iter().enumerate() {
            let Some((cancel, name, define)) = self.cancel(s) else { continue };
            let ExprKind::Ident(var) = &cancel.kind else { continue };
            if &**var == "_" {
                let text = format!(
                    "the cancel function returned by context.{name} should be called, not discarded, to avoid a context leak"
                );
                self.0.warn("lostcancel", cancel.span, text);
                continue;
            }
            // Of a variable from farther out it isn't known who else calls it.
            let Some(obj) = self.0.object(cancel).filter(|_| define) else { continue };
            if self.0.store.obj(obj).span != cancel.span {
                continue;
            }
            let way = Paths { pass: self.0, obj }.list(&list[i + 1..]);
            let lost = match way {
                Way::Fine => continue,
                Way::Through => None,
                Way::Lost(at) => Some(at),
            };
            let text =
                format!("the {var} function is not used on all paths (possible context leak)");
            let mut d = Diagnostic::warning("lostcancel", cancel.span, text);
            if let Some(at) = lost {
                let line = self.0.source.line_col(cancel.span.lo).map_or(0, |p| p.line);
                d = d.label(
                    at,
                    format!("this return statement may be reached without using the {var} var defined on line {line}"),
                );
            }
            self.0.diags.push(d);
        }
    }
}

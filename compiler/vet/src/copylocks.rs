//! Values with locks in them that are copied.

use super::{Pass, walk};
use syntax::ast::{Expr, ExprKind, Field, FuncDecl, Stmt, StmtKind};
use types::{Type, TypeId};

pub const TEXT: &str = "A value that holds a sync.Mutex or the like is copied: passed, assigned, or taken from \
a range. The copy has a lock of its own, which guards nothing. Use a pointer.";

/// Types of package sync that must stay where they are.
const LOCKS: &[&str] = &["Mutex", "RWMutex", "WaitGroup", "Once", "Cond", "Pool", "Map"];

struct Find<'p, 'a>(&'p mut Pass<'a>);

pub fn run(pass: &mut Pass<'_>, f: &FuncDecl) {
    let fields = f.recv.iter().flatten().chain(&f.sig.params);
    let mut find = Find(pass);
    fields.for_each(|p| find.parameter(p, &f.name.name));
    if let Some(body) = &f.body {
        walk::list(&mut find, &body.stmts);
    }
}

impl Find<'_, '_> {
    fn parameter(&mut self, p: &Field, func: &str) {
        let Some(t) = self.0.type_of(&p.typ) else { return };
        if let Some(way) = self.lock_in(t, 0) {
            self.0.warn("copylocks", p.typ.span, format!("{func} passes lock by value: {way}"));
        }
    }

    /// The way to a lock in a value: `T contains sync.Mutex`.
    fn lock_in(&mut self, t: TypeId, depth: u32) -> Option<String> {
        if depth > 8 {
            return None;
        }
        let name = self.0.type_name(t);
        if let Some((path, name)) = &name
            && path == "sync"
            && LOCKS.contains(&name.as_str())
        {
            return Some(format!("sync.{name}"));
        }
        let u = self.0.store.underlying(t);
        let parts: Vec<TypeId> = match self.0.store.ty(u) {
            Type::Struct(s) => s.fields.iter().filter_map(|&f| self.0.store.obj(f).typ).collect(),
            Type::Array { elem, .. } => vec![*elem],
            _ => return None,
        };
        let way = parts.into_iter().find_map(|p| self.lock_in(p, depth + 1))?;
        Some(match name {
            Some(_) => format!("{} contains {way}", self.0.type_text(t)),
            None => way,
        })
    }

    /// Only what stays elsewhere is copied; literals and results of calls are new.
    fn copied(&mut self, e: &Expr) -> Option<String> {
        match &e.unparen().kind {
            ExprKind::Ident(_)
            | ExprKind::Selector { .. }
            | ExprKind::Index { .. }
            | ExprKind::Star(_) => {}
            _ => return None,
        }
        let is_value = self.0.info.types.get(e.id.0 as usize)?.as_ref()?.mode;
        if is_value == types::Mode::Type {
            return None;
        }
        let t = self.0.type_of(e)?;
        self.lock_in(t, 0)
    }
}

impl walk::Visitor for Find<'_, '_> {
    fn stmt(&mut self, s: &Stmt) {
        match &s.kind {
            StmtKind::Assign { lhs, rhs, .. } if lhs.len() == rhs.len() => {
                for (l, r) in lhs.iter().zip(rhs) {
                    if matches!(&l.kind, ExprKind::Ident(n) if &**n == "_") {
                        continue;
                    }
                    if let Some(way) = self.copied(r) {
                        let to = self.0.text(l);
                        let text = format!("assignment copies lock value to {to}: {way}");
                        self.0.warn("copylocks", r.span, text);
                    }
                }
            }
            StmtKind::Return(results) => {
                for r in results {
                    if let Some(way) = self.copied(r) {
                        self.0.warn(
                            "copylocks",
                            r.span,
                            format!("return copies lock value: {way}"),
                        );
                    }
                }
            }
            StmtKind::Range(r) => {
                let Some(value) = &r.value else { return };
                let typ = self.0.object(value).and_then(|o| self.0.store.obj(o).typ);
                if let Some(way) = typ.and_then(|t| self.lock_in(t, 0)) {
                    let name = self.0.text(value);
                    let text = format!("range var {name} copies lock: {way}");
                    self.0.warn("copylocks", value.span, text);
                }
            }
            _ => {}
        }
    }

    fn expr(&mut self, e: &Expr) {
        let ExprKind::Call(c) = &e.kind else { return };
        // Built-in functions and conversions don't keep what they are given.
        let callee = self.0.object(&c.fun).map(|o| self.0.store.obj(o).pkg.is_none());
        if callee == Some(true) {
            return;
        }
        for a in &c.args {
            if let Some(way) = self.copied(a) {
                let name = self.0.text(&c.fun);
                let text = format!("call of {name} copies lock value: {way}");
                self.0.warn("copylocks", a.span, text);
            }
        }
    }
}

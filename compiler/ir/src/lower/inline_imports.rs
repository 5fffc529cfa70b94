//! Which functions of other packages a module gets a body of, for LLVM to inline: small ones, which it may inline at
//! all and whose body needs nothing that only one module can have (closures, defers).
//!
//! The bodies are [`Linkage::AvailableExternally`]: what isn't inlined is called in its own module.

use super::ModuleBuilder;
use crate::ir::Symbol;
use ::types::{Info, ObjId, Store, Type, TypeId};
use syntax::ast::*;

/// Most expressions and statements of such a function.
const MAX_COST: u32 = 80;

/// The same where a profile calls the function hot; such may also have loops with `range`.
const MAX_HOT_COST: u32 = 600;

/// Bodies may call others that are small; so often in a row.
const MAX_DEPTH: u8 = 2;

/// The same for those that are hardly more than a call themselves, and how large they are.
const MAX_TINY_DEPTH: u8 = 5;
const TINY_COST: u32 = 20;

impl ModuleBuilder<'_, '_> {
    /// Whether to give this module a body of the function of another package with this symbol, which it calls.
    pub(super) fn wants_body(&mut self, obj: ObjId, sym: &Symbol) -> bool {
        if !self.opts.inline_imports
            || self.import_depth >= MAX_TINY_DEPTH
            || self.prog.symbols.may_recover(obj)
        {
            return false;
        }
        let hot = self.prog.profile.is_some_and(|p| p.hot.has_callee(&self.func_go_name(obj, &[])));
        let Some(src) = self.prog.funcs.get(&obj) else { return false };
        let decl = src.decl;
        let wanted = !decl.directives.iter().any(|d| d.text == "go:noinline")
            && decl.body.as_ref().is_some_and(|b| {
                let (most, ranges) = match hot {
                    true => (MAX_HOT_COST, Some((self.store(), &src.package.info))),
                    false => (MAX_COST, None),
                };
                let mut cost = Cost { sum: 0, most, ranges };
                cost.block(b) && (hot || self.import_depth < MAX_DEPTH || cost.sum <= TINY_COST)
            });
        if wanted {
            self.import_depths.insert(sym.clone(), self.import_depth + 1);
        }
        wanted
    }
}

/// Adds up what it walks over; each method says whether the function is still small and simple enough.
struct Cost<'a> {
    sum: u32,
    most: u32,
    /// What tells the types of ranges, where loops over these are allowed.
    ranges: Option<(&'a Store, &'a Info)>,
}

impl Cost<'_> {
    fn add(&mut self, n: u32) -> bool {
        self.sum += n;
        self.sum <= self.most
    }

    /// Loops over functions make closures.
    fn range(&mut self, r: &RangeStmt) -> bool {
        let Some((store, info)) = self.ranges else { return false };
        info.type_of(r.x.id).is_some_and(|t| !may_be_func(store, t))
            && self.maybe_expr(r.key.as_ref())
            && self.maybe_expr(r.value.as_ref())
            && self.expr(&r.x)
            && self.block(&r.body)
    }

    fn block(&mut self, b: &Block) -> bool {
        self.stmts(&b.stmts)
    }

    fn stmts(&mut self, list: &[Stmt]) -> bool {
        list.iter().all(|s| self.stmt(s))
    }

    fn exprs(&mut self, list: &[Expr]) -> bool {
        list.iter().all(|e| self.expr(e))
    }

    fn maybe(&mut self, s: &Option<Stmt>) -> bool {
        s.as_ref().is_none_or(|s| self.stmt(s))
    }

    fn maybe_expr(&mut self, e: Option<&Expr>) -> bool {
        e.is_none_or(|e| self.expr(e))
    }

    fn stmt(&mut self, s: &Stmt) -> bool {
        use StmtKind::*;
        self.add(1)
            && match &s.kind {
                Empty | Break(None) | Continue(None) | Fallthrough => true,
                Expr(e) | IncDec { x: e, .. } => self.expr(e),
                Send { chan, value, .. } => self.expr(chan) && self.expr(value),
                Assign { lhs, rhs, .. } => self.exprs(lhs) && self.exprs(rhs),
                Return(list) => self.exprs(list),
                Block(b) => self.block(b),
                If(i) => {
                    self.maybe(&i.init)
                        && self.expr(&i.cond)
                        && self.block(&i.then)
                        && self.maybe(&i.els)
                }
                Switch(s) => {
                    self.maybe(&s.init)
                        && self.maybe_expr(s.tag.as_ref())
                        && s.cases.iter().all(|c| self.exprs(&c.exprs) && self.stmts(&c.body))
                }
                For(f) => {
                    self.maybe(&f.init)
                        && self.maybe_expr(f.cond.as_ref())
                        && self.maybe(&f.post)
                        && self.block(&f.body)
                }
                Decl(d) => match &**d {
                    syntax::ast::Decl::Var(v) => v.values.iter().all(|e| self.expr(e)),
                    syntax::ast::Decl::Const(_) => true,
                    _ => false,
                },
                Range(r) => self.range(r),
                Bad
                | Labeled { .. }
                | Go(_)
                | Defer(_)
                | Break(_)
                | Continue(_)
                | Goto(_)
                | TypeSwitch(_)
                | Select(_) => false,
            }
    }

    fn expr(&mut self, e: &Expr) -> bool {
        use ExprKind::*;
        match &e.kind {
            Ident(_) | BasicLit { .. } => self.add(1),
            Paren(x) => self.expr(x),
            CompositeLit(c) => self.add(2) && self.exprs(&c.elems),
            Selector { x, .. } => self.add(1) && self.expr(x),
            Index { x, indices, .. } => self.add(1) && self.expr(x) && self.exprs(indices),
            Slice { x, lo, hi, max, .. } => {
                self.add(2)
                    && self.expr(x)
                    && [lo, hi, max].into_iter().all(|e| self.maybe_expr(e.as_deref()))
            }
            TypeAssert { x, .. } => self.add(4) && self.expr(x),
            // A call costs as much as what it takes to set it up.
            Call(c) => self.add(5) && self.expr(&c.fun) && self.exprs(&c.args),
            Star(x) | Unary { x, .. } => self.add(1) && self.expr(x),
            Binary { x, y, .. } => self.add(1) && self.expr(x) && self.expr(y),
            KeyValue { key, value } => self.expr(key) && self.expr(value),
            FuncLit(_) | Bad => false,
            ArrayType { .. }
            | SliceType(_)
            | StructType(_)
            | FuncType(_)
            | InterfaceType(_)
            | MapType { .. }
            | ChanType { .. }
            | Ellipsis(_)
            | Tilde(_) => true,
        }
    }
}

fn may_be_func(store: &Store, t: TypeId) -> bool {
    match store.ty(t) {
        Type::Named(n) => n.underlying.is_none_or(|u| may_be_func(store, u)),
        Type::Alias(a) => a.rhs.is_none_or(|t| may_be_func(store, t)),
        Type::Signature(_) | Type::TypeParam(_) => true,
        _ => false,
    }
}

//! What lowering must know of a body before it begins: which variables are captured, assigned
//! again, or have their address taken; which functions defer; where labels are.
//!
//! Enters: the tree of a function (or an initialiser) with the checker's info. Leaves: [`Facts`]. A body of a range-over-func
//! loop counts as a function of its own, because it becomes one.

use super::lowerer::Lowerer;
use crate::ty::TyKind;
use ::types::{ObjId, ObjKind, SelectionKind, VarKind};
use std::collections::{HashMap, HashSet};
use syntax::ast::*;

#[derive(Default, Debug)]
pub(crate) struct Facts {
    /// Mentioned in a function inside the one that declares it.
    pub captured: HashSet<ObjId>,
    /// Assigned to other than by its declaration.
    pub reassigned: HashSet<ObjId>,
    pub addressed: HashSet<ObjId>,
    /// Functions whose results a range-over-func body sets.
    pub results_captured: HashSet<NodeId>,
    /// Functions with a defer statement (in bodies of range-over-func loops too).
    pub has_defer: HashSet<NodeId>,
    /// The body that a label is in.
    pub label_home: HashMap<ObjId, NodeId>,
    /// Labels that a `goto` behind them refers to.
    pub looping_labels: HashSet<ObjId>,
    /// Range statements over functions.
    pub range_funcs: HashSet<NodeId>,
}

struct Collector<'l, 'm, 'p, 'a> {
    lw: &'l mut Lowerer<'m, 'p, 'a>,
    facts: Facts,
    /// Bodies around the current place, innermost last; with whether it is a real function.
    bodies: Vec<(NodeId, bool)>,
    home: HashMap<ObjId, NodeId>,
    /// Labels seen so far.
    seen_labels: HashSet<ObjId>,
}

/// The facts of a function declaration, or (without `decl`) of the initialiser `init`.
pub(crate) fn of_func<'a>(lw: &mut Lowerer<'_, '_, 'a>, decl: &'a FuncDecl) -> Facts {
    let mut c = Collector::new(lw, decl.id);
    for field in decl.recv.iter().flatten() {
        c.declare_field(field);
    }
    c.signature(&decl.sig);
    if let Some(body) = &decl.body {
        c.block(body);
    }
    c.facts
}

pub(crate) fn of_expr<'a>(lw: &mut Lowerer<'_, '_, 'a>, body: NodeId, e: &'a Expr) -> Facts {
    let mut c = Collector::new(lw, body);
    c.expr(e);
    c.facts
}

impl<'l, 'm, 'p, 'a> Collector<'l, 'm, 'p, 'a> {
    fn new(lw: &'l mut Lowerer<'m, 'p, 'a>, body: NodeId) -> Self {
        Collector {
            lw,
            facts: Facts::default(),
            bodies: vec![(body, true)],
            home: HashMap::new(),
            seen_labels: HashSet::new(),
        }
    }

    fn body(&self) -> NodeId {
        self.bodies[self.bodies.len() - 1].0
    }

    fn function(&self) -> NodeId {
        self.bodies.iter().rev().find(|b| b.1).unwrap_or(&self.bodies[0]).0
    }

    fn declare(&mut self, obj: ObjId) {
        self.home.insert(obj, self.body());
    }

    fn declare_ident(&mut self, id: &Ident) {
        if let Some(obj) = self.lw.info.defs[id.id.0 as usize] {
            self.declare(obj);
        }
    }

    fn declare_field(&mut self, f: &Field) {
        f.names.iter().for_each(|n| self.declare_ident(n));
    }

    fn signature(&mut self, sig: &FuncType) {
        sig.params.iter().for_each(|f| self.declare_field(f));
        for f in &sig.results {
            self.declare_field(f);
            // Each return statement assigns to them.
            let objs = f.names.iter().filter_map(|n| self.lw.info.defs[n.id.0 as usize]);
            self.facts.reassigned.extend(objs);
        }
    }

    /// The local variable that an identifier denotes.
    fn local_var(&self, id: NodeId) -> Option<ObjId> {
        let obj = self.lw.info.uses[id.0 as usize]?;
        match self.lw.mb.store().obj(obj).kind {
            ObjKind::Var { kind: VarKind::Package, .. } => None,
            ObjKind::Var { .. } => Some(obj),
            _ => None,
        }
    }

    fn mention(&mut self, id: NodeId) {
        if let Some(obj) = self.local_var(id)
            && self.home.get(&obj).is_some_and(|h| *h != self.body())
        {
            self.facts.captured.insert(obj);
        }
    }

    /// The variable whose memory `e` is part of, if `e` is addressable without a dereference.
    fn root(&mut self, e: &'a Expr) -> Option<ObjId> {
        let e = e.unparen();
        match &e.kind {
            ExprKind::Ident(_) => self.local_var(e.id),
            ExprKind::Selector { x, sel } => {
                let s = self.lw.info.selections[sel_node(self.lw.info, e, sel)?].as_deref()?;
                if s.kind != SelectionKind::Field || self.lw.path_derefs(s).unwrap_or(true) {
                    return None;
                }
                self.root(x)
            }
            ExprKind::Index { x, .. } => {
                let t = self.lw.ety(x).ok()?;
                matches!(self.lw.kind(t), TyKind::Array(..)).then(|| self.root(x)).flatten()
            }
            _ => None,
        }
    }

    fn address(&mut self, e: &'a Expr) {
        if let Some(obj) = self.root(e) {
            self.facts.addressed.insert(obj);
        }
    }

    fn assigned(&mut self, e: &'a Expr) {
        if let Some(obj) = self.root(e) {
            self.facts.reassigned.insert(obj);
        }
        self.expr(e);
    }

    fn exprs(&mut self, list: &'a [Expr]) {
        list.iter().for_each(|e| self.expr(e));
    }

    fn expr(&mut self, e: &'a Expr) {
        if self.lw.info.const_value(e.id).is_some() || self.lw.is_type(e) {
            return;
        }
        match &e.kind {
            ExprKind::Ident(_) => self.mention(e.id),
            ExprKind::CompositeLit(lit) => self.exprs(&lit.elems),
            ExprKind::KeyValue { key, value } => {
                self.expr(key);
                self.expr(value);
            }
            ExprKind::FuncLit(lit) => {
                self.bodies.push((e.id, true));
                self.signature(&lit.sig);
                self.block(&lit.body);
                self.bodies.pop();
            }
            ExprKind::Paren(x) | ExprKind::Star(x) => self.expr(x),
            ExprKind::Selector { x, sel } => {
                if let Some(i) = sel_node(self.lw.info, e, sel)
                    && let Some(s) = self.lw.info.selections[i].as_deref()
                    && s.kind == SelectionKind::Method
                    && self.lw.takes_address(s).unwrap_or(true)
                {
                    self.address(x);
                }
                self.expr(x);
            }
            ExprKind::Index { x, indices, .. } => {
                self.expr(x);
                self.exprs(indices);
            }
            ExprKind::Slice { x, lo, hi, max, .. } => {
                if let Ok(t) = self.lw.ety(x)
                    && matches!(self.lw.kind(t), TyKind::Array(..))
                {
                    self.address(x);
                }
                self.expr(x);
                [lo, hi, max].into_iter().flatten().for_each(|e| self.expr(e));
            }
            ExprKind::TypeAssert { x, .. } => self.expr(x),
            ExprKind::Call(call) => {
                self.expr(&call.fun);
                self.exprs(&call.args);
            }
            ExprKind::Unary { op, x, .. } => {
                if *op == UnaryOp::Addr {
                    self.address(x);
                }
                self.expr(x);
            }
            ExprKind::Binary { x, y, .. } => {
                self.expr(x);
                self.expr(y);
            }
            _ => {}
        }
    }

    fn block(&mut self, b: &'a Block) {
        self.stmts(&b.stmts);
    }

    fn stmts(&mut self, list: &'a [Stmt]) {
        list.iter().for_each(|s| self.stmt(s));
    }

    fn opt_stmt(&mut self, s: &'a Option<Stmt>) {
        s.iter().for_each(|s| self.stmt(s));
    }

    /// Left side of an assignment or definition: identifiers with a definition are declared.
    fn lhs(&mut self, e: &'a Expr, define: bool) {
        if define
            && let ExprKind::Ident(_) = e.kind
            && let Some(obj) = self.lw.info.defs[e.id.0 as usize]
        {
            return self.declare(obj);
        }
        self.assigned(e);
    }

    fn stmt(&mut self, s: &'a Stmt) {
        match &s.kind {
            StmtKind::Bad | StmtKind::Empty | StmtKind::Fallthrough => {}
            StmtKind::Break(_) | StmtKind::Continue(_) => {}
            StmtKind::Decl(d) => {
                if let Decl::Var(v) = &**d {
                    self.exprs(&v.values);
                    v.names.iter().for_each(|n| self.declare_ident(n));
                }
            }
            StmtKind::Labeled { label, stmt } => {
                if let Some(obj) = self.lw.info.defs[label.id.0 as usize] {
                    self.facts.label_home.insert(obj, self.body());
                    self.seen_labels.insert(obj);
                }
                self.stmt(stmt);
            }
            StmtKind::Goto(label) => {
                if let Some(obj) = self.lw.info.uses[label.id.0 as usize]
                    && self.seen_labels.contains(&obj)
                {
                    self.facts.looping_labels.insert(obj);
                }
            }
            StmtKind::Expr(e) | StmtKind::Go(e) => self.expr(e),
            StmtKind::Defer(e) => {
                let function = self.function();
                self.facts.has_defer.insert(function);
                self.expr(e);
            }
            StmtKind::Send { chan, value, .. } => {
                self.expr(chan);
                self.expr(value);
            }
            StmtKind::IncDec { x, .. } => self.assigned(x),
            StmtKind::Assign { lhs, define, rhs, .. } => {
                self.exprs(rhs);
                lhs.iter().for_each(|e| self.lhs(e, *define));
            }
            StmtKind::Return(list) => {
                self.exprs(list);
                if self.body() != self.function() {
                    let function = self.function();
                    self.facts.results_captured.insert(function);
                }
            }
            StmtKind::Block(b) => self.block(b),
            StmtKind::If(s) => {
                self.opt_stmt(&s.init);
                self.expr(&s.cond);
                self.block(&s.then);
                self.opt_stmt(&s.els);
            }
            StmtKind::Switch(s) => {
                self.opt_stmt(&s.init);
                s.tag.iter().for_each(|e| self.expr(e));
                for c in &s.cases {
                    self.exprs(&c.exprs);
                    self.stmts(&c.body);
                }
            }
            StmtKind::TypeSwitch(s) => {
                self.opt_stmt(&s.init);
                self.expr(&s.x);
                for c in &s.cases {
                    if let Some(&obj) = self.lw.info.implicits.get(&c.id) {
                        self.declare(obj);
                    }
                    self.stmts(&c.body);
                }
            }
            StmtKind::Select(s) => {
                for c in &s.cases {
                    self.opt_stmt(&c.comm);
                    self.stmts(&c.body);
                }
            }
            StmtKind::For(s) => {
                self.opt_stmt(&s.init);
                s.cond.iter().for_each(|e| self.expr(e));
                self.opt_stmt(&s.post);
                self.block(&s.body);
            }
            StmtKind::Range(r) => self.range(s.id, r),
        }
    }

    fn range(&mut self, id: NodeId, r: &'a RangeStmt) {
        self.expr(&r.x);
        let over_func = match self.lw.ety(&r.x) {
            Ok(t) => matches!(self.lw.kind(t), TyKind::Func(_)),
            Err(_) => false,
        };
        if over_func {
            self.facts.range_funcs.insert(id);
            self.bodies.push((id, false));
        }
        for e in [&r.key, &r.value].into_iter().flatten() {
            self.lhs(e, r.define);
            // Before Go 1.22 one variable serves all iterations.
            if r.define
                && self.lw.version < (1, 22)
                && let Some(obj) = self.lw.info.defs[e.id.0 as usize]
            {
                self.facts.reassigned.insert(obj);
            }
        }
        self.block(&r.body);
        if over_func {
            self.bodies.pop();
        }
    }
}

/// Where the checker recorded the selection of `e = x.sel`: at the expression or at `sel`.
pub(crate) fn sel_node(info: &::types::Info, e: &Expr, sel: &Ident) -> Option<usize> {
    [e.id, sel.id].map(|n| n.0 as usize).into_iter().find(|&i| info.selections[i].is_some())
}

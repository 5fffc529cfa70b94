//! If, for, switch and type switch.

use super::Res;
use super::lowerer::{Lowerer, Target, Var};
use super::types::Prim;
use crate::ir::{BinOp, BlockId, Const, LocalId, Operand, Part, Place, Rvalue, Terminator};
use crate::ty::{Ty, TyKind};
use std::collections::BTreeMap;
use syntax::ast::*;

/// String switches with at least this many constant cases look at the length first.
const MIN_STRING_TABLE: usize = 4;

impl<'a> Lowerer<'_, '_, 'a> {
    pub fn if_stmt(&mut self, s: &'a IfStmt) -> Res<()> {
        self.opt_stmt(&s.init)?;
        let (then, done) = (self.fb.new_block(), self.fb.new_block());
        let els = if s.els.is_some() { self.fb.new_block() } else { done };
        self.cond(&s.cond, then, els)?;
        self.fb.switch_to(then);
        self.block(&s.then)?;
        self.fb.goto(done);
        if let Some(stmt) = &s.els {
            self.fb.switch_to(els);
            self.stmt(stmt)?;
            self.fb.goto(done);
        }
        self.fb.switch_to(done);
        Ok(())
    }

    /// Lowers `body` with a target for break and continue.
    pub fn with_target(
        &mut self,
        label: Option<&'a Ident>,
        brk: BlockId,
        cont: Option<BlockId>,
        body: impl FnOnce(&mut Self) -> Res<()>,
    ) -> Res<()> {
        let id = self.fresh_id();
        let label = label.map(|l| l.name);
        self.f.targets.push(Target { id, label, brk, cont });
        let r = body(self);
        self.f.targets.pop();
        r
    }

    /// The same for a loop's body.
    pub fn loop_body(
        &mut self,
        label: Option<&'a Ident>,
        brk: BlockId,
        cont: BlockId,
        body: &'a Block,
    ) -> Res<()> {
        self.f.loop_depth += 1;
        let r = self.with_target(label, brk, Some(cont), |lw| lw.block(body));
        self.f.loop_depth -= 1;
        r
    }

    pub fn for_stmt(&mut self, s: &'a ForStmt, label: Option<&'a Ident>) -> Res<()> {
        self.opt_stmt(&s.init)?;
        let copies = self.iteration_vars(s)?;
        let [head, body, post, done] = [(); 4].map(|_| self.fb.new_block());
        self.fb.goto_and_switch(head);
        if let Some(c) = &s.cond {
            self.f.loop_depth += 1;
            let r = self.cond(c, body, done);
            self.f.loop_depth -= 1;
            r?;
        } else {
            self.fb.goto(body);
        }
        self.fb.switch_to(body);
        self.loop_body(label, done, post, &s.body)?;
        self.fb.goto_and_switch(post);
        for (l, ty) in copies {
            let v = self.fb.value(ty, Rvalue::Use(Operand::local(l)));
            self.fb.storage_live(l);
            self.fb.store(Place::local(l), v);
        }
        self.opt_stmt(&s.post)?;
        self.fb.goto(head);
        self.fb.switch_to(done);
        Ok(())
    }

    /// Since Go 1.22 each iteration has its own copy of the variables; that can be seen only where they
    /// have cells.
    fn iteration_vars(&mut self, s: &'a ForStmt) -> Res<Vec<(LocalId, Ty)>> {
        let mut out = Vec::new();
        if self.version < (1, 22) {
            return Ok(out);
        }
        let Some(Stmt { kind: StmtKind::Assign { lhs, define: true, .. }, .. }) = &s.init else {
            return Ok(out);
        };
        for e in lhs {
            let Some(obj) = self.info.defs[e.id.0 as usize] else { continue };
            let Some(super::lowerer::VarLoc::Local(l)) = self.f.vars.get(&Var::Obj(obj)).copied()
            else {
                continue;
            };
            if self.fb.func.locals[l.0 as usize].heap {
                out.push((l, self.fb.local_ty(l)));
            }
        }
        Ok(out)
    }

    // Switch.

    pub fn switch_stmt(&mut self, s: &'a SwitchStmt, label: Option<&'a Ident>) -> Res<()> {
        self.opt_stmt(&s.init)?;
        let done = self.fb.new_block();
        let bodies: Vec<BlockId> = s.cases.iter().map(|_| self.fb.new_block()).collect();
        let default = s.cases.iter().position(|c| c.is_default).map_or(done, |i| bodies[i]);
        match &s.tag {
            None => {
                for (c, &body) in s.cases.iter().zip(&bodies) {
                    for e in &c.exprs {
                        let next = self.fb.new_block();
                        self.bool_case(e, body, next)?;
                        self.fb.switch_to(next);
                    }
                }
                self.fb.goto(default);
            }
            Some(tag) => {
                let ty = self.ety(tag)?;
                let constant = |e: &Expr| self.info.const_value(e.id).is_some();
                let v = if self.is_nil(tag) {
                    self.zero(ty)
                } else if s.cases.iter().flat_map(|c| &c.exprs).all(constant) {
                    self.view(tag, ty)?
                } else {
                    self.expr(tag)?
                };
                let v = self.stable(v, ty, true);
                if !self.integer_switch(s, &v, ty, &bodies, default)?
                    && !self.string_switch(s, &v, ty, &bodies, default)?
                {
                    self.case_chain(s, v, ty, &bodies, default)?;
                }
            }
        }
        for (i, c) in s.cases.iter().enumerate() {
            self.fb.switch_to(bodies[i]);
            self.with_target(label, done, None, |lw| lw.stmts(&c.body))?;
            let falls = matches!(c.body.last(), Some(Stmt { kind: StmtKind::Fallthrough, .. }));
            let next = bodies.get(i + 1).copied().filter(|_| falls).unwrap_or(done);
            self.fb.goto(next);
        }
        self.fb.switch_to(done);
        Ok(())
    }

    /// A case of a switch without tag. (`switch true`'s cases may be of interface type.)
    fn bool_case(&mut self, e: &'a Expr, yes: BlockId, no: BlockId) -> Res<()> {
        let ty = self.ety(e)?;
        if !self.is_interface(ty) {
            return self.cond(e, yes, no);
        }
        let v = self.expr(e)?;
        let bool_ty = self.bool_ty();
        let t = self.bool_const(true);
        let t = self.make_interface(t, bool_ty, ty);
        let eq = self.compare(BinaryOp::Eq, ty, v, t)?;
        self.fb.branch(eq, yes, no);
        Ok(())
    }

    /// The cases in order, each compared with the tag.
    fn case_chain(
        &mut self,
        s: &'a SwitchStmt,
        v: Operand,
        ty: Ty,
        bodies: &[BlockId],
        default: BlockId,
    ) -> Res<()> {
        for (c, &body) in s.cases.iter().zip(bodies) {
            for e in &c.exprs {
                self.fb.span = e.span;
                let next = self.fb.new_block();
                let eq = self.case_equal(&v, ty, e)?;
                self.fb.branch(eq, body, next);
                self.fb.switch_to(next);
            }
        }
        self.fb.goto(default);
        Ok(())
    }

    fn case_equal(&mut self, v: &Operand, ty: Ty, e: &'a Expr) -> Res<Operand> {
        if self.is_nil(e) {
            let zero = self.zero(ty);
            return match *self.kind(ty) {
                TyKind::Slice(elem) => {
                    let ptr = self.pointer_to(elem);
                    let p = self.fb.extract(ptr, Part::Ptr, v.clone());
                    let zero = self.zero(ptr);
                    self.compare(BinaryOp::Eq, ptr, p, zero)
                }
                _ => self.compare(BinaryOp::Eq, ty, v.clone(), zero),
            };
        }
        let et = self.ety(e)?;
        if self.is_interface(et) && !self.is_interface(ty) {
            let x = self.make_interface(v.clone(), ty, et);
            let y = self.expr(e)?;
            return self.compare(BinaryOp::Eq, et, x, y);
        }
        let y = self.expr_to(e, ty)?;
        self.compare(BinaryOp::Eq, ty, v.clone(), y)
    }

    /// A jump table, if all cases are integer constants.
    fn integer_switch(
        &mut self,
        s: &'a SwitchStmt,
        v: &Operand,
        ty: Ty,
        bodies: &[BlockId],
        default: BlockId,
    ) -> Res<bool> {
        if !matches!(self.kind(ty), TyKind::Int { .. }) {
            return Ok(false);
        }
        let mut table: Vec<(i128, BlockId)> = Vec::new();
        for (c, &body) in s.cases.iter().zip(bodies) {
            for e in &c.exprs {
                let Some(v) = self.info.const_value(e.id).and_then(super::consts::int_value) else {
                    return Ok(false);
                };
                // Type arguments may make cases equal; the first wins.
                if !table.iter().any(|t| t.0 == v) {
                    table.push((v, body));
                }
            }
        }
        self.fb.terminate(Terminator::Switch { value: v.clone(), cases: table, default });
        Ok(true)
    }

    /// Constant string cases: first by length, then in order.
    fn string_switch(
        &mut self,
        s: &'a SwitchStmt,
        v: &Operand,
        ty: Ty,
        bodies: &[BlockId],
        default: BlockId,
    ) -> Res<bool> {
        if !matches!(self.kind(ty), TyKind::String) {
            return Ok(false);
        }
        let mut by_len: BTreeMap<usize, Vec<(Const, BlockId)>> = BTreeMap::new();
        let mut count = 0;
        for (c, &body) in s.cases.iter().zip(bodies) {
            for e in &c.exprs {
                let Some(value) = self.info.const_value(e.id) else { return Ok(false) };
                let c = self.const_of(value, ty, e.span)?;
                let Const::Str(text, _) = &c else { return Ok(false) };
                by_len.entry(text.len()).or_default().push((c, body));
                count += 1;
            }
        }
        if count < MIN_STRING_TABLE {
            return Ok(false);
        }
        let int = self.prim(Prim::Int);
        let len = self.fb.extract(int, Part::Len, v.clone());
        let blocks: Vec<BlockId> = by_len.keys().map(|_| self.fb.new_block()).collect();
        let cases = by_len.keys().zip(&blocks).map(|(&n, &b)| (n as i128, b)).collect();
        self.fb.terminate(Terminator::Switch { value: len, cases, default });
        for (list, block) in by_len.into_values().zip(blocks) {
            self.fb.switch_to(block);
            for (c, body) in list {
                let next = self.fb.new_block();
                let eq = self.compare(BinaryOp::Eq, ty, v.clone(), Operand::Const(c))?;
                self.fb.branch(eq, body, next);
                self.fb.switch_to(next);
            }
            self.fb.goto(default);
        }
        Ok(true)
    }

    // Type switch.

    pub fn type_switch(&mut self, s: &'a TypeSwitchStmt, label: Option<&'a Ident>) -> Res<()> {
        self.opt_stmt(&s.init)?;
        let from = self.ety(&s.x)?;
        let v = self.expr(&s.x)?;
        let v = self.stable(v, from, true);
        let ptr = self.ptr_ty();
        let typ = self.dyn_type(v.clone(), from);
        let typ = self.stable(typ, ptr, true);
        let done = self.fb.new_block();
        let mut bodies = Vec::new();
        let mut default = None;
        for c in &s.cases {
            let body = self.fb.new_block();
            if c.is_default {
                default = Some(body);
            }
            let mut tab = None;
            for e in &c.exprs {
                self.fb.span = e.span;
                let next = self.fb.new_block();
                if self.is_nil(e) {
                    let bool_ty = self.bool_ty();
                    let zero = self.zero(ptr);
                    let eq = self.fb.binary(bool_ty, BinOp::Eq, typ.clone(), zero);
                    self.fb.branch(eq, body, next);
                } else {
                    let to = self.ety(e)?;
                    let (ok, t) = self.test_type(typ.clone(), to);
                    self.fb.branch(ok, body, next);
                    tab = Some((to, t));
                }
                self.fb.switch_to(next);
            }
            // A clause with one type: its variable has that type.
            let single = if c.exprs.len() == 1 { tab } else { None };
            bodies.push((body, single));
        }
        self.fb.goto(default.unwrap_or(done));
        for (c, (body, single)) in s.cases.iter().zip(bodies) {
            self.fb.switch_to(body);
            if let Some(&obj) = self.info.implicits.get(&c.id) {
                let value = match single {
                    Some((to, tab)) => self.asserted(v.clone(), to, tab)?,
                    None => v.clone(),
                };
                self.declare_init(obj, value)?;
            }
            self.with_target(label, done, None, |lw| lw.stmts(&c.body))?;
            self.fb.goto(done);
        }
        self.fb.switch_to(done);
        Ok(())
    }
}

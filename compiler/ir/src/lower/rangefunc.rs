//! Range over functions: the body of the loop becomes a function that the iterator calls.
//!
//! The loop's state tells what the body function may find: it is ready; it is running (and if it
//! is still so when the iterator is back, the body panicked and the iterator hid that); the loop is done; or the iterator has
//! returned. A body that leaves the loop other than by `continue` returns false, after it has noted in `Var::Next` which exit
//! it takes; the code behind the iterator's call goes there.

use super::Res;
use super::lowerer::{BodyKind, Exit, Lowerer, Var};
use crate::ir::*;
use crate::runtime_abi::{RangeState, RuntimeFn};
use crate::ty::Ty;
use syntax::ast::*;

/// The body may be called. (The other states are those of [`RangeState`].)
const READY: i128 = -1;

impl<'a> Lowerer<'_, '_, 'a> {
    pub fn range_func(
        &mut self,
        s: &'a Stmt,
        r: &'a RangeStmt,
        label: Option<&'a Ident>,
        ty: Ty,
    ) -> Res<()> {
        let sig = self.func_sig_of(ty)?;
        let Some(&body_ty) = sig.params.first() else {
            return self.err(r.x.span, "range over a function without parameter");
        };
        let iter = self.expr(&r.x)?;
        let iter = self.stable(iter, ty, true);
        let id = self.fresh_id();
        self.new_state(id)?;
        let body = self.range_body(s, r, label, body_ty, id)?;
        self.fb.span = s.span;
        self.fb.call(Callee::Value(iter, sig), vec![body.0], &[]);
        self.fb.span = diag::Span::at(r.body.rbrace());
        // The iterator returned while the body was running: it recovered the body's panic.
        let state = self.var_place(Var::State(id))?;
        let (int, bool_ty) = (self.int_ty(), self.bool_ty());
        let v = self.fb.value(int, Rvalue::Use(Operand::Copy(state.clone())));
        let running = self.int_const(RangeState::Panic as i128);
        let missed = self.fb.binary(bool_ty, BinOp::Eq, v, running);
        let (bad, good) = (self.fb.new_block(), self.fb.new_block());
        self.fb.branch(missed, bad, good);
        self.fb.switch_to(bad);
        let code = self.int_const(RangeState::MissedPanic as i128);
        self.fb.call_runtime(RuntimeFn::panic_range_state, vec![code], &[]);
        self.fb.switch_to(good);
        let exhausted = self.int_const(RangeState::Exhausted as i128);
        self.fb.store(state, exhausted);
        self.dispatch_exits(body.1)
    }

    /// The loop's state variable, ready.
    fn new_state(&mut self, id: u32) -> Res<()> {
        let int = self.int_ty();
        let l = self.fb.temp(int);
        self.fb.func.locals[l.0 as usize].heap = true;
        self.f.vars.insert(Var::State(id), super::lowerer::VarLoc::Local(l));
        self.fb.storage_live(l);
        let ready = self.int_const(READY);
        self.fb.store(Place::local(l), ready);
        Ok(())
    }

    /// The body's function as a func value, and the exits that it takes.
    fn range_body(
        &mut self,
        s: &'a Stmt,
        r: &'a RangeStmt,
        label: Option<&'a Ident>,
        ty: Ty,
        id: u32,
    ) -> Res<(Operand, Vec<Exit>)> {
        let fb = self.range_builder(ty, s.span)?;
        let label = label.map(|l| l.name);
        self.enter(fb, s.id, BodyKind::Range { id, label });
        let (int, bool_ty) = (self.int_ty(), self.bool_ty());
        let state = self.var_place(Var::State(id))?;
        let v = self.fb.value(int, Rvalue::Use(Operand::Copy(state.clone())));
        let ready = self.int_const(READY);
        let ok = self.fb.binary(bool_ty, BinOp::Eq, v.clone(), ready);
        let (good, bad) = (self.fb.new_block(), self.fb.new_block());
        self.fb.branch(ok, good, bad);
        self.fb.switch_to(bad);
        self.fb.call_runtime(RuntimeFn::panic_range_state, vec![v], &[]);
        self.fb.switch_to(good);
        let running = self.int_const(RangeState::Panic as i128);
        self.fb.store(state, running);
        let params = self.fb.func.params.clone();
        let value =
            |lw: &Self, i: usize| params.get(i).map(|&l| (Operand::local(l), lw.fb.local_ty(l)));
        let values = [value(self, 0), value(self, 1)];
        self.set_iteration_vars(r, values)?;
        self.block(&r.body)?;
        self.return_from_body(id, true)?;
        let (closure, f) = self.leave(ty)?;
        Ok((closure, f.exits))
    }

    /// Ends a call of the body function of loop `id`.
    fn return_from_body(&mut self, id: u32, go_on: bool) -> Res<()> {
        let state = self.var_place(Var::State(id))?;
        let code = self.int_const(if go_on { READY } else { RangeState::Done as i128 });
        self.fb.store(state, code);
        let Some(&result) = self.fb.func.results.first() else {
            return self.err(self.fb.span, "loop body without result");
        };
        let go_on = self.bool_const(go_on);
        self.fb.store(Place::local(result), go_on);
        self.fb.ret();
        Ok(())
    }

    /// Takes an exit out of the body of loop `id` in which the current place is.
    pub fn leave_range_body(&mut self, id: u32, exit: Exit) -> Res<()> {
        match exit {
            Exit::Continue(target) if target == id => return self.return_from_body(id, true),
            Exit::Break(target) if target == id => return self.return_from_body(id, false),
            _ => {}
        }
        let level = self.function_level();
        let codes = &mut self.level(level).1.exit_codes;
        let n = codes.len() as i64 + 1;
        let code = *codes.entry(exit.clone()).or_insert(n);
        if !self.f.exits.contains(&exit) {
            self.f.exits.push(exit);
        }
        let next = self.hidden_var(Var::Next)?;
        let code = self.int_const(code as i128);
        self.fb.store(next, code);
        self.return_from_body(id, false)
    }

    /// Behind the call of the iterator: goes where the body wanted to.
    fn dispatch_exits(&mut self, exits: Vec<Exit>) -> Res<()> {
        if exits.is_empty() {
            return Ok(());
        }
        let int = self.int_ty();
        let next = self.hidden_var(Var::Next)?;
        let v = self.fb.value(int, Rvalue::Use(Operand::Copy(next.clone())));
        let done = self.fb.new_block();
        let level = self.function_level();
        let mut cases = Vec::new();
        for exit in &exits {
            let code = self.level(level).1.exit_codes.get(exit).copied().unwrap_or(0);
            cases.push((code as i128, self.fb.new_block()));
        }
        let table = cases.clone();
        self.fb.terminate(Terminator::Switch { value: v, cases: table, default: done });
        for (exit, (_, block)) in exits.into_iter().zip(cases) {
            self.fb.switch_to(block);
            let zero = self.int_const(0);
            self.fb.store(next.clone(), zero);
            self.take_exit(exit)?;
        }
        self.fb.switch_to(done);
        Ok(())
    }
}

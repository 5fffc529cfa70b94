//! Channel operations and select (Go specification, "Send statements", "Receive operator",
//! "Select statements").

use super::Res;
use super::lowerer::Lowerer;
use super::stmt::Dest;
use super::types::Prim;
use crate::ir::*;
use crate::runtime_abi::RuntimeFn;
use crate::ty::Ty;
use syntax::ast::*;

/// A communication clause whose operands have been evaluated.
struct Comm<'a> {
    clause: &'a CommClause,
    block: BlockId,
    /// Where a received value is, and what it is assigned to.
    received: Option<(LocalId, Ty)>,
    lhs: &'a [Expr],
    define: bool,
    recv: Option<&'a Expr>,
}

impl<'a> Lowerer<'_, '_, 'a> {
    /// `<-c`: the value and whether it was sent.
    pub fn receive(&mut self, c: &'a Expr) -> Res<(Operand, Operand)> {
        let ct = self.ety(c)?;
        let elem = self.elem(ct)?;
        let ch = self.expr(c)?;
        self.receive_from(ch, elem)
    }

    pub fn receive_from(&mut self, ch: Operand, elem: Ty) -> Res<(Operand, Operand)> {
        let bool_ty = self.bool_ty();
        let zero = self.zero(elem);
        let tmp = self.fb.value_local(elem, Rvalue::Use(zero));
        let addr = self.address_of_temp(tmp);
        let ok = self.fb.call_runtime1(RuntimeFn::chanrecv, vec![ch, addr], bool_ty);
        let v = self.fb.value(elem, Rvalue::Use(Operand::local(tmp)));
        Ok((v, ok))
    }

    pub fn send(&mut self, chan: &'a Expr, value: &'a Expr) -> Res<()> {
        let ct = self.ety(chan)?;
        let elem = self.elem(ct)?;
        let ch = self.expr(chan)?;
        let ch = self.stable(ch, ct, false);
        let v = self.expr_to(value, elem)?;
        let tmp = self.fb.value_local(elem, Rvalue::Use(v));
        let addr = self.address_of_temp(tmp);
        self.fb.call_runtime(RuntimeFn::chansend, vec![ch, addr], &[]);
        Ok(())
    }

    pub fn select_stmt(&mut self, s: &'a SelectStmt, label: Option<&'a Ident>) -> Res<()> {
        let (ptr, int, bool_ty) = (self.ptr_ty(), self.int_ty(), self.bool_ty());
        let u64_ty = self.prim(Prim::Uint64);
        let n = s.cases.iter().filter(|c| c.comm.is_some()).count();
        let case_ty = self.mb.types.structure(&[ptr, ptr, u64_ty]);
        let table_ty = self.mb.types.array(case_ty, n as u64);
        let table = self.fb.temp(table_ty);
        let mut comms = Vec::new();
        let mut default = None;
        for clause in &s.cases {
            let block = self.fb.new_block();
            let Some(comm) = &clause.comm else {
                default = Some((clause, block));
                continue;
            };
            self.fb.span = comm.span;
            let i = self.int_const(comms.len() as i128);
            let slot = Place::local(table).with(Proj::Index(i));
            let (c, parts) = self.comm(clause, comm, block)?;
            for (field, v) in parts.into_iter().enumerate() {
                self.fb.store(slot.clone().with(Proj::Field(field as u32)), v);
            }
            comms.push(c);
        }
        let addr = if n == 0 { self.zero(ptr) } else { self.address_of_temp(table) };
        let args = vec![addr, self.int_const(n as i128), self.bool_const(default.is_none())];
        let r = self.fb.call_runtime(RuntimeFn::selectgo, args, &[int, int]);
        let done = self.fb.new_block();
        let other = default.map_or_else(|| self.fb.new_block(), |d| d.1);
        let cases = comms.iter().enumerate().map(|(i, c)| (i as i128, c.block)).collect();
        self.fb.terminate(Terminator::Switch { value: r[0].clone(), cases, default: other });
        if default.is_none() {
            // Without a default, selectgo returns one of the cases.
            self.fb.switch_to(other);
            self.fb.unreachable();
        }
        for c in comms {
            self.fb.switch_to(c.block);
            if let (Some((tmp, elem)), Some(recv)) = (c.received, c.recv) {
                let zero = self.int_const(0);
                let ok = self.fb.binary(bool_ty, BinOp::Ne, r[1].clone(), zero);
                self.assign_received(&c, tmp, elem, ok, recv)?;
            }
            self.with_target(label, done, None, |lw| lw.stmts(&c.clause.body))?;
            self.fb.goto(done);
        }
        if let Some((clause, block)) = default {
            self.fb.switch_to(block);
            self.with_target(label, done, None, |lw| lw.stmts(&clause.body))?;
            self.fb.goto(done);
        }
        self.fb.switch_to(done);
        Ok(())
    }

    /// Evaluates the operands of a communication: channel, address of the element, whether it sends.
    fn comm(
        &mut self,
        clause: &'a CommClause,
        comm: &'a Stmt,
        block: BlockId,
    ) -> Res<(Comm<'a>, [Operand; 3])> {
        let (ptr, u64_ty) = (self.ptr_ty(), self.prim(Prim::Uint64));
        let flag = |b: i128| Operand::Const(Const::Int(b, u64_ty));
        let (lhs, define, x): (&'a [Expr], bool, &'a Expr) = match &comm.kind {
            StmtKind::Send { chan, value, .. } => {
                let ct = self.ety(chan)?;
                let elem = self.elem(ct)?;
                let ch = self.expr(chan)?;
                let ch = self.noop_conv(ch, ptr);
                let v = self.expr_to(value, elem)?;
                let tmp = self.fb.value_local(elem, Rvalue::Use(v));
                let addr = self.address_of_temp(tmp);
                let addr = self.noop_conv(addr, ptr);
                let c = Comm { clause, block, received: None, lhs: &[], define: false, recv: None };
                return Ok((c, [ch, addr, flag(1)]));
            }
            StmtKind::Expr(x) => (&[], false, x),
            StmtKind::Assign { lhs, define, rhs, .. } => (lhs, *define, &rhs[0]),
            _ => return self.err(comm.span, "select case without communication"),
        };
        let ExprKind::Unary { op: UnaryOp::Recv, x: chan, .. } = &x.unparen().kind else {
            return self.err(x.span, "select case without communication");
        };
        let ct = self.ety(chan)?;
        let elem = self.elem(ct)?;
        let ch = self.expr(chan)?;
        let ch = self.noop_conv(ch, ptr);
        let zero = self.zero(elem);
        let tmp = self.fb.value_local(elem, Rvalue::Use(zero));
        let addr = self.address_of_temp(tmp);
        let addr = self.noop_conv(addr, ptr);
        let received = Some((tmp, elem));
        let c = Comm { clause, block, received, lhs, define, recv: Some(x) };
        Ok((c, [ch, addr, flag(0)]))
    }

    fn assign_received(
        &mut self,
        c: &Comm<'a>,
        tmp: LocalId,
        elem: Ty,
        ok: Operand,
        recv: &'a Expr,
    ) -> Res<()> {
        let tys = self.tuple_tys(recv)?;
        let bool_ty = tys.get(1).copied().unwrap_or(self.bool_ty());
        let values = [(Operand::local(tmp), elem), (ok, bool_ty)];
        let mut todo = Vec::new();
        for (e, (v, from)) in c.lhs.iter().zip(values) {
            let dest: Dest = self.dest(e, c.define, true)?;
            let to = self.dest_ty(&dest)?.unwrap_or(from);
            todo.push((dest, self.assign_conv(v, from, to)?));
        }
        todo.into_iter().try_for_each(|(d, v)| self.assign_dest(d, v))
    }
}

//! Statements but for loops and switches: declarations, assignments, return, go and defer, jumps.

use super::Res;
use super::call::Target;
use super::func::FuncBuilder;
use super::lowerer::{BodyKind, Exit, Lowerer, Var};
use super::place::Lhs;
use crate::ir::{
    BinOp, BlockId, Callee, Check, Const, DeferForm, DeferSite, InstrKind, Intrinsic, Linkage,
    Operand, Part, Rvalue,
};
use crate::ty::{Sig, Ty, TyKind};
use crate::tyof;
use ::types::{BuiltinId, Mode, SelectionKind};
use diag::Span;
use syntax::ast::*;

impl<'a> Lowerer<'_, '_, 'a> {
    pub fn block(&mut self, b: &'a Block) -> Res<()> {
        self.stmts(&b.stmts)
    }

    pub fn stmts(&mut self, list: &'a [Stmt]) -> Res<()> {
        list.iter().try_for_each(|s| self.stmt(s))
    }

    pub fn opt_stmt(&mut self, s: &'a Option<Stmt>) -> Res<()> {
        s.iter().try_for_each(|s| self.stmt(s))
    }

    pub fn stmt(&mut self, s: &'a Stmt) -> Res<()> {
        self.fb.span = s.span;
        self.labeled_stmt(s, None)
    }

    fn labeled_stmt(&mut self, s: &'a Stmt, label: Option<&'a Ident>) -> Res<()> {
        match &s.kind {
            StmtKind::Bad => self.err(s.span, "bad statement"),
            StmtKind::Empty | StmtKind::Fallthrough => Ok(()),
            StmtKind::Decl(d) => self.local_decl(d),
            StmtKind::Labeled { label, stmt } => {
                if let Some(obj) = self.info.defs[label.id.0 as usize] {
                    let block = self.label_block(obj);
                    self.fb.goto_and_switch(block);
                    if self.facts.looping_labels.contains(&obj) {
                        self.f.loop_depth += 1;
                    }
                }
                self.fb.span = stmt.span;
                self.labeled_stmt(stmt, Some(label))
            }
            StmtKind::Expr(e) => self.expr_stmt(e),
            StmtKind::Send { chan, value, .. } => self.send(chan, value),
            StmtKind::IncDec { x, inc } => {
                let ty = self.ety(x)?;
                let one = self.one(ty)?;
                let op = if *inc { BinaryOp::Add } else { BinaryOp::Sub };
                self.update(x, op, |_| Ok(vec![one]))
            }
            StmtKind::Assign { lhs, op: Some(op), rhs, .. } => {
                self.update_with(&lhs[0], *op, &rhs[0])
            }
            StmtKind::Assign { lhs, define, rhs, .. } => self.assign_stmt(lhs, rhs, *define),
            StmtKind::Go(e) => self.go_defer(e, false),
            StmtKind::Defer(e) => self.go_defer(e, true),
            StmtKind::Return(list) => self.return_stmt(list),
            StmtKind::Break(label) => {
                let exit = self.find_target(label.as_ref(), true);
                self.jump(exit, s.span)
            }
            StmtKind::Continue(label) => {
                let exit = self.find_target(label.as_ref(), false);
                self.jump(exit, s.span)
            }
            StmtKind::Goto(label) => {
                let obj = self.info.uses[label.id.0 as usize];
                self.jump(obj.map(Exit::Goto), s.span)
            }
            StmtKind::Block(b) => self.block(b),
            StmtKind::If(i) => self.if_stmt(i),
            StmtKind::Switch(sw) => self.switch_stmt(sw, label),
            StmtKind::TypeSwitch(sw) => self.type_switch(sw, label),
            StmtKind::Select(sel) => self.select_stmt(sel, label),
            StmtKind::For(f) => self.for_stmt(f, label),
            StmtKind::Range(r) => self.range_stmt(s, r, label),
        }
    }

    fn expr_stmt(&mut self, e: &'a Expr) -> Res<()> {
        let x = e.unparen();
        let span = std::mem::replace(&mut self.fb.span, x.span);
        match &x.kind {
            ExprKind::Call(call) => {
                self.call(x, call)?;
            }
            _ => {
                self.expr(x)?;
            }
        }
        self.fb.span = span;
        Ok(())
    }

    fn local_decl(&mut self, d: &'a Decl) -> Res<()> {
        let Decl::Var(v) = d else { return Ok(()) };
        let objs: Vec<_> = v.names.iter().map(|n| self.info.defs[n.id.0 as usize]).collect();
        if v.values.is_empty() {
            for (name, obj) in v.names.iter().zip(objs) {
                if let Some(obj) = obj
                    && !name.is_blank()
                {
                    let l = self.declare(obj)?;
                    self.fb.storage_live(l);
                }
            }
            return Ok(());
        }
        // With a type each value is converted to it, for blank names too.
        let mut dests = Vec::new();
        for (name, obj) in v.names.iter().zip(objs) {
            let ty = match (obj, &v.typ) {
                (Some(obj), _) => Some(self.obj_ty(obj)?),
                (None, Some(t)) => Some(self.ety(t)?),
                (None, None) => None,
            };
            dests.push((if name.is_blank() { None } else { obj }, ty));
        }
        let values = self.rhs_values(&v.values, &dests.iter().map(|d| d.1).collect::<Vec<_>>())?;
        for ((obj, _), value) in dests.into_iter().zip(values) {
            if let Some(obj) = obj {
                self.declare_init(obj, value)?;
            }
        }
        Ok(())
    }

    /// The values of the right side, converted to the types of the left where it has any. Several are copied, so that
    /// the assignments don't change them.
    fn rhs_values(&mut self, rhs: &'a [Expr], tys: &[Option<Ty>]) -> Res<Vec<Operand>> {
        let mut out = Vec::with_capacity(tys.len());
        if rhs.len() == 1 && tys.len() > 1 {
            let values = self.values(&rhs[0])?;
            for ((v, from), to) in values.into_iter().zip(tys) {
                out.push(self.assign_conv(v, from, to.unwrap_or(from))?);
            }
            return Ok(out);
        }
        let mut list = Vec::with_capacity(tys.len());
        for (e, to) in rhs.iter().zip(tys) {
            let ty = match to {
                Some(t) => *t,
                None => self.ety(e)?,
            };
            list.push((e, ty));
        }
        out = self.expr_list(&list)?;
        if rhs.len() > 1 {
            for (v, (_, ty)) in out.iter_mut().zip(list) {
                *v = self.stable(v.clone(), ty, true);
            }
        }
        Ok(out)
    }

    // Assignments.

    pub fn assign_stmt(&mut self, lhs: &'a [Expr], rhs: &'a [Expr], define: bool) -> Res<()> {
        let force = lhs.len() > 1;
        let mut dests = Vec::with_capacity(lhs.len());
        for e in lhs {
            dests.push(self.dest(e, define, force)?);
        }
        let mut tys = Vec::with_capacity(dests.len());
        for d in &dests {
            tys.push(match d {
                Dest::New(obj) => Some(self.obj_ty(*obj)?),
                Dest::Old(l) => self.lhs_ty(l),
            });
        }
        let values = self.rhs_values(rhs, &tys)?;
        for (d, v) in dests.into_iter().zip(values) {
            self.assign_dest(d, v)?;
        }
        Ok(())
    }

    /// The left side of an assignment or definition.
    pub fn dest(&mut self, e: &'a Expr, define: bool, force: bool) -> Res<Dest> {
        if define && let Some(obj) = self.info.defs[e.id.0 as usize] {
            return Ok(match e.as_ident() {
                Some(n) if n.is_blank() => Dest::Old(Lhs::Blank),
                _ => Dest::New(obj),
            });
        }
        Ok(Dest::Old(self.lhs(e, force)?))
    }

    pub fn dest_ty(&mut self, d: &Dest) -> Res<Option<Ty>> {
        match d {
            Dest::New(obj) => Ok(Some(self.obj_ty(*obj)?)),
            Dest::Old(l) => Ok(self.lhs_ty(l)),
        }
    }

    pub fn assign_dest(&mut self, d: Dest, v: Operand) -> Res<()> {
        match d {
            Dest::New(obj) => self.declare_init(obj, v),
            Dest::Old(l) => self.assign_lhs(l, v),
        }
    }

    fn one(&mut self, ty: Ty) -> Res<Operand> {
        let one = 1f64.to_bits();
        Ok(Operand::Const(match self.kind(ty) {
            TyKind::Int { .. } => Const::Int(1, ty),
            TyKind::Float { .. } => Const::Float(one, ty),
            TyKind::Complex { .. } => Const::Complex(one, 0, ty),
            _ => return self.err(self.fb.span, "++ of a non-number"),
        }))
    }

    /// `x op= y`
    fn update_with(&mut self, x: &'a Expr, op: BinaryOp, y: &'a Expr) -> Res<()> {
        let ty = self.ety(x)?;
        if op.is_shift() {
            return self.update(x, op, |lw| Ok(vec![lw.shift_count(y)?]));
        }
        self.update(x, op, |lw| match (op, lw.kind(ty)) {
            (BinaryOp::Add, TyKind::String) => lw.concat_parts(y, ty),
            _ => Ok(vec![lw.expr_to(y, ty)?]),
        })
    }

    fn update(
        &mut self,
        x: &'a Expr,
        op: BinaryOp,
        y: impl FnOnce(&mut Self) -> Res<Vec<Operand>>,
    ) -> Res<()> {
        let ty = self.ety(x)?;
        let lhs = self.lhs(x, false)?;
        let y = y(self)?;
        let mut y: Vec<_> = y.into_iter().map(|y| self.check_divisor(op, ty, y)).collect();
        match lhs {
            Lhs::Blank => self.err(x.span, "update of the blank identifier"),
            Lhs::Place(prep, _) => {
                let place = self.finish(prep)?;
                let v = self.updated(op, ty, Operand::Copy(place.clone()), y)?;
                self.fb.store(place, v);
                Ok(())
            }
            Lhs::Map { map_ty, m, key, elem, at } => {
                let ptr = self.pointer_to(elem);
                y = y.into_iter().map(|y| self.stable(y, ty, true)).collect();
                let p = self.at(at, |l| l.mb.map_put(&mut l.fb, map_ty, m, key))?;
                let place = self.fb.deref_unchecked(p, ptr);
                let v = self.updated(op, ty, Operand::Copy(place.clone()), y)?;
                self.fb.store(place, v);
                Ok(())
            }
        }
    }

    /// `x op y`; `y` has several operands only where these are strings to be put together.
    fn updated(&mut self, op: BinaryOp, ty: Ty, x: Operand, mut y: Vec<Operand>) -> Res<Operand> {
        if op == BinaryOp::Add && matches!(self.kind(ty), TyKind::String) {
            y.insert(0, x);
            return self.concat_operands(y, ty);
        }
        let Some(y) = y.pop() else { return self.err(self.fb.span, "update without an operand") };
        match op {
            BinaryOp::Shl => Ok(self.fb.binary(ty, BinOp::Shl, x, y)),
            BinaryOp::Shr => Ok(self.fb.binary(ty, BinOp::Shr, x, y)),
            op => self.arith(op, ty, x, y),
        }
    }

    // Jumps.

    /// The block of a label of this body.
    pub fn label_block(&mut self, obj: ::types::ObjId) -> BlockId {
        if let Some(&b) = self.f.labels.get(&obj) {
            return b;
        }
        let b = self.fb.new_block();
        self.f.labels.insert(obj, b);
        b
    }

    /// The statement that `break` or `continue` refers to, in this body or (from a range-over-func
    /// loop's) in one around it.
    fn find_target(&self, label: Option<&Ident>, brk: bool) -> Option<Exit> {
        let exit = |id| if brk { Exit::Break(id) } else { Exit::Continue(id) };
        let mut state = &self.f;
        let mut level = self.outer.len();
        loop {
            let found = state.targets.iter().rev().find(|t| match label {
                Some(l) => t.label.as_ref() == Some(&l.name),
                None => brk || t.cont.is_some(),
            });
            if let Some(t) = found {
                return Some(exit(t.id));
            }
            let BodyKind::Range { id, label: own } = &state.kind else { return None };
            if label.is_none_or(|l| own.as_ref() == Some(&l.name)) {
                return Some(exit(*id));
            }
            level = level.checked_sub(1)?;
            state = &self.outer[level].1;
        }
    }

    pub fn jump(&mut self, exit: Option<Exit>, span: Span) -> Res<()> {
        match exit {
            Some(exit) => self.take_exit(exit),
            None => self.err(span, "jump without a target"),
        }
    }

    /// Goes where `exit` says. From the body of a range-over-func loop to somewhere else: notes which exit it
    /// is, and returns false.
    pub fn take_exit(&mut self, exit: Exit) -> Res<()> {
        let local = match &exit {
            Exit::Break(id) => self.f.targets.iter().find(|t| t.id == *id).map(|t| t.brk),
            Exit::Continue(id) => self.f.targets.iter().find(|t| t.id == *id).and_then(|t| t.cont),
            Exit::Goto(obj) if self.facts.label_home.get(obj) == Some(&self.f.body) => {
                Some(self.label_block(*obj))
            }
            _ => None,
        };
        if let Some(b) = local {
            self.fb.goto(b);
            return Ok(());
        }
        match (self.f.kind.clone(), &exit) {
            (BodyKind::Func, Exit::Return) => {
                self.return_now();
                Ok(())
            }
            (BodyKind::Func, _) => self.err(self.fb.span, "jump out of a function"),
            (BodyKind::Range { id, .. }, _) => self.leave_range_body(id, exit),
        }
    }

    // Return.

    fn return_stmt(&mut self, list: &'a [Expr]) -> Res<()> {
        let level = self.function_level();
        let n = self.level(level).0.func.results.len();
        if !list.is_empty() {
            let tys: Vec<Option<Ty>> = {
                let fb = &self.level(level).0;
                fb.func.results.iter().map(|&l| Some(fb.local_ty(l))).collect()
            };
            let values = self.rhs_values(list, &tys)?;
            for (i, v) in values.into_iter().enumerate().take(n) {
                let place = self.var_place(Var::Result(i as u32))?;
                self.fb.store(place, v);
            }
        }
        self.take_exit(Exit::Return)
    }

    // Go and defer.

    fn go_defer(&mut self, e: &'a Expr, defer: bool) -> Res<()> {
        let statement = self.fb.span;
        let x = e.unparen();
        let ExprKind::Call(call) = &x.kind else {
            return self.err(e.span, "go or defer without a call");
        };
        let fun = call.fun.unparen();
        let wrap = self.wrap_number(fun);
        let (callee, args) = match self.mode(fun) {
            // A conversion has no effect but that of its operand.
            Some(Mode::Type) => {
                self.expr(&call.args[0])?;
                return Ok(());
            }
            Some(Mode::Builtin(id)) => self.builtin_thunk(x, call, *id)?,
            _ => match self.intrinsic_thunk(call)? {
                Some(t) => t,
                None => {
                    let t = self.callee(&call.fun)?;
                    let (args, kept) = self.args_and_kept(&t, call)?;
                    if let Callee::Interface { recv, .. } = &t.callee {
                        // The method value is evaluated here: a nil interface panics now.
                        let ptr = self.ptr_ty();
                        let tab = self.fb.extract(ptr, Part::Tab, recv.clone());
                        self.fb.check(Check::Nil(tab));
                    }
                    match kept.is_empty() {
                        true => (t.callee, t.recv.into_iter().chain(args).collect()),
                        false => self.keeping_thunk(t, args, kept)?,
                    }
                }
            },
        };
        self.fb.span = e.span;
        if !defer {
            self.fb.emit(InstrKind::Go { callee, args });
            return Ok(());
        }
        let outer = self.outer_frame()?;
        let in_loop = self.f.loop_depth > 0 || outer.is_some();
        let site = self.fb.func.defers.len() as u32;
        self.fb.func.defers.push(DeferSite {
            span: statement,
            in_loop,
            form: DeferForm::Undecided,
            reason: "",
            wrap,
            thunk: None,
        });
        self.fb.emit(InstrKind::Defer { site, callee, args, outer });
        Ok(())
    }

    /// Counts the wrappers of `go` and `defer` statements: all calls but those of functions without parameters and
    /// results have one.
    fn wrap_number(&mut self, fun: &'a Expr) -> u32 {
        let plain = match self.mode(fun) {
            Some(Mode::Type | Mode::Builtin(_)) => false,
            _ => {
                let method = match &fun.kind {
                    ExprKind::Selector { sel, .. } => {
                        let node = super::facts::sel_node(self.info, fun, sel);
                        node.and_then(|i| self.info.selections[i].as_deref())
                            .is_some_and(|s| s.kind == SelectionKind::Method)
                    }
                    _ => false,
                };
                let sig = self.ety(fun).and_then(|t| self.func_sig_of(t));
                !method && sig.is_ok_and(|s| s.params.is_empty() && s.results.is_empty())
            }
        };
        let level = self.outer.len();
        let f = self.level(level).1;
        f.wraps += u32::from(!plain);
        f.wraps
    }

    /// A function that does a builtin, and the evaluated arguments for it.
    fn builtin_thunk(
        &mut self,
        e: &'a Expr,
        call: &'a CallExpr,
        id: BuiltinId,
    ) -> Res<(Callee, Vec<Operand>)> {
        let ptr = self.ptr_ty();
        if id == BuiltinId::Recover {
            // As if called by this function directly: it recovers what this function, run as a
            // deferred call, could recover.
            let token = match self.outer_frame()? {
                Some(t) => t,
                None => self.fb.value(ptr, Rvalue::FrameToken),
            };
            let any = self.mb.types.any();
            let callee = self.thunk(vec![ptr], |lw| {
                let frame = Some(lw.fb.param(0));
                lw.fb.value(any, Rvalue::Recover { frame, ty: any });
                Ok(())
            })?;
            return Ok((callee, vec![token]));
        }
        if matches!(id, BuiltinId::New | BuiltinId::Make | BuiltinId::Append) {
            return self.err(e.span, "deferred builtin discards its result");
        }
        let (ops, tys, result) = self.builtin_args(e, call, id)?;
        let params = tys.iter().map(|t| t.ty).collect();
        let callee = self.thunk(params, |lw| {
            let ops: Vec<Operand> = (0..tys.len()).map(|i| lw.fb.param(i)).collect();
            lw.builtin_op(id, &ops, &tys, result)?;
            Ok(())
        })?;
        Ok((callee, ops))
    }

    /// A function that does the call and until then keeps alive what numbers among the arguments point to.
    fn keeping_thunk(
        &mut self,
        target: Target,
        args: Vec<Operand>,
        kept: Vec<Operand>,
    ) -> Res<(Callee, Vec<Operand>)> {
        let Target { callee, recv, params: mut tys, results, .. } = target;
        if let Some(r) = &recv {
            match tyof::operand(&self.mb.types.table, &self.fb.func, r) {
                Some(t) => tys.insert(0, t),
                None => return self.err(self.fb.span, "receiver without a type"),
            }
        }
        let own = tys.len();
        tys.resize(own + kept.len(), self.ptr_ty());
        let args: Vec<Operand> = recv.into_iter().chain(args).chain(kept).collect();
        let n = args.len();
        let thunk = self.thunk(tys, |lw| {
            let ops = (0..own).map(|i| lw.fb.param(i)).collect();
            lw.fb.call(callee, ops, &results);
            for i in own..n {
                let pointer = lw.fb.param(i);
                lw.fb.call(Callee::Intrinsic(Intrinsic::KeepAlive), vec![pointer], &[]);
            }
            Ok(())
        })?;
        Ok((thunk, args))
    }

    fn intrinsic_thunk(&mut self, call: &'a CallExpr) -> Res<Option<(Callee, Vec<Operand>)>> {
        let Some((obj, id)) = self.func_object(&call.fun) else { return Ok(None) };
        let Some(op) = self.intrinsic_op(obj) else { return Ok(None) };
        let targs = self.instance_targs(id);
        let sig = self.mb.func_sig(obj, &targs)?;
        let args = self.args(&sig.params, sig.variadic, call)?;
        let callee = self.thunk(sig.params.clone(), |lw| {
            let ops = (0..sig.params.len()).map(|i| lw.fb.param(i)).collect();
            lw.intrinsic(op, ops, &sig)?;
            Ok(())
        })?;
        Ok(Some((callee, args)))
    }

    /// A function without results whose body `body` emits.
    fn thunk(&mut self, params: Vec<Ty>, body: impl FnOnce(&mut Self) -> Res<()>) -> Res<Callee> {
        let sig = Sig { params, results: Vec::new(), variadic: false };
        let level = self.outer.len();
        let (fb, f) = self.level(level);
        let suffix = format!(".deferwrap{}", f.wraps);
        let (sym, name) =
            (format!("{}{suffix}", fb.func.sym), format!("{}{suffix}", fb.func.go_name));
        let linkage = closure_linkage(fb.func.linkage);
        let mut new = FuncBuilder::new(sym.into(), name, sig.clone(), self.fb.span);
        new.func.linkage = linkage;
        new.func.attrs.wrapper = true;
        let ty = self.mb.types.func(sig);
        self.enter(new, NodeId(u32::MAX), BodyKind::Func);
        body(self)?;
        self.fb.ret();
        match self.leave(ty)?.0 {
            Operand::Const(Const::Func(sym, _)) => Ok(Callee::Direct(sym)),
            _ => self.err(self.fb.span, "deferred builtin captures a variable"),
        }
    }
}

/// Linkage of a function inside one of linkage `l`.
pub(crate) fn closure_linkage(l: Linkage) -> Linkage {
    match l {
        Linkage::External => Linkage::Internal,
        l => l,
    }
}

/// Where a value of an assignment goes.
pub(crate) enum Dest {
    New(::types::ObjId),
    Old(Lhs),
}

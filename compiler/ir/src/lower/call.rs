//! Calls (Go specification, "Calls", "Method values", "Passing arguments to ... parameters") and
//! function literals.

use super::Res;
use super::facts::sel_node;
use super::func::FuncBuilder;
use super::intrinsics;
use super::lowerer::{BodyKind, Lowerer};
use super::select::{Method, MethodTarget};
use super::stmt::closure_linkage;
use crate::ir::*;
use crate::ty::{Sig, Ty, TyKind};
use ::types::{Mode, ObjId, Selection, SelectionKind};
use syntax::ast::{CallExpr, Expr, ExprKind, FuncLit, NodeId};

/// A callee and the arguments that belong to it (the receiver), evaluated.
pub(crate) struct Target {
    pub callee: Callee,
    pub recv: Option<Operand>,
    /// Parameters without those that `recv` stands for.
    pub params: Vec<Ty>,
    pub results: Vec<Ty>,
    pub variadic: bool,
}

impl<'a> Lowerer<'_, '_, 'a> {
    /// The results of a call, conversion or builtin.
    pub fn call(&mut self, e: &'a Expr, call: &'a CallExpr) -> Res<Vec<Operand>> {
        match self.mode(call.fun.unparen()) {
            Some(Mode::Type) => return Ok(vec![self.conversion(e, &call.args[0])?]),
            Some(Mode::Builtin(b)) => return self.builtin(e, call, *b),
            _ => {}
        }
        if let Some((obj, id)) = self.func_object(&call.fun)
            && let Some(v) = self.intrinsic_call(obj, id, call)?
        {
            return Ok(v);
        }
        let target = self.callee(&call.fun)?;
        let (own, kept) = self.args_and_kept(&target, call)?;
        let args: Vec<Operand> = target.recv.into_iter().chain(own).collect();
        let span = std::mem::replace(&mut self.fb.span, super::expr::position(e));
        let results = match self.expected_method(&target.callee) {
            Some(expected) => {
                let (callee, results) = (target.callee, &target.results);
                self.call_expected(callee, results, expected, args, call.fun.unparen())?
            }
            None => self.fb.call(target.callee, args, &target.results),
        };
        for pointer in kept {
            self.fb.call(Callee::Intrinsic(Intrinsic::KeepAlive), vec![pointer], &[]);
        }
        self.fb.span = span;
        Ok(results)
    }

    /// The arguments of a call, and the pointers that must stay alive until it returns (see `keeps_numbers`).
    pub fn args_and_kept(
        &mut self,
        target: &Target,
        call: &'a CallExpr,
    ) -> Res<(Vec<Operand>, Vec<Operand>)> {
        let keeps = self.keeps_numbers(&call.fun).then(Vec::new);
        let outer = std::mem::replace(&mut self.f.kept, keeps);
        let own = self.args(&target.params, target.variadic, call);
        let kept = std::mem::replace(&mut self.f.kept, outer).unwrap_or_default();
        Ok((own?, kept))
    }

    /// Whether the called function or method has `//go:uintptrescapes` above it: what `uintptr(p)` in its arguments points
    /// to lives until it returns.
    fn keeps_numbers(&self, fun: &'a Expr) -> bool {
        let method = || {
            let f = fun.unparen();
            let ExprKind::Selector { sel, .. } = &f.kind else { return None };
            let s = self.info.selections[sel_node(self.info, f, sel)?].as_deref()?;
            Some(s.obj)
        };
        let called = self.func_object(fun).map(|(obj, _)| obj).or_else(method);
        called.is_some_and(|obj| {
            let obj = self.mb.origin(obj);
            ["go:uintptrescapes", "go:uintptrkeepalive"]
                .iter()
                .any(|d| self.mb.has_directive(obj, d))
        })
    }

    /// Evaluates what is called.
    pub fn callee(&mut self, fun: &'a Expr) -> Res<Target> {
        if let Some((obj, id)) = self.func_object(fun) {
            let targs = self.instance_targs(id);
            let sym = self.mb.func_ref(obj, &targs)?;
            let sig = self.mb.func_sig(obj, &targs)?;
            return Ok(Target {
                callee: Callee::Direct(sym),
                recv: None,
                params: sig.params,
                results: sig.results,
                variadic: sig.variadic,
            });
        }
        let f = fun.unparen();
        let method = match &f.kind {
            ExprKind::Index { x, .. } if self.is_generic_func(x) => x.unparen(),
            _ => f,
        };
        if let ExprKind::Selector { x, sel } = &method.kind
            && let Some(i) = sel_node(self.info, method, sel)
            && let Some(s) = self.info.selections[i].as_deref()
            && s.kind == SelectionKind::Method
        {
            let span = std::mem::replace(&mut self.fb.span, method.span);
            let r = self.method_target(x, s, sel.id);
            self.fb.span = span;
            return r;
        }
        let ty = self.ety(fun)?;
        let sig = self.func_sig_of(ty)?;
        let v = self.expr(fun)?;
        let v = self.stable(v, ty, false);
        Ok(Target {
            callee: Callee::Value(v, sig.clone()),
            recv: None,
            params: sig.params,
            results: sig.results,
            variadic: sig.variadic,
        })
    }

    /// The method that `x.sel` calls, with its receiver.
    fn method_target(&mut self, x: &'a Expr, s: &'a Selection, id: NodeId) -> Res<Target> {
        let own = self.instance_targs(id);
        let m = self.resolve_method(s, own)?;
        let (recv, holder) = self.receiver(x, &m)?;
        match m.target {
            MethodTarget::Interface(index) => {
                let sig = self.interface_method_sig(holder, index)?;
                let params = sig.params[1..].to_vec();
                Ok(Target {
                    results: sig.results.clone(),
                    variadic: sig.variadic,
                    callee: Callee::Interface { recv, index, sig },
                    recv: None,
                    params,
                })
            }
            MethodTarget::Concrete { obj, targs, .. } => {
                let sym = self.mb.func_ref(obj, &targs)?;
                let sig = self.mb.func_sig(obj, &targs)?;
                Ok(Target {
                    callee: Callee::Direct(sym),
                    recv: Some(recv),
                    params: sig.params[1..].to_vec(),
                    results: sig.results,
                    variadic: sig.variadic,
                })
            }
        }
    }

    /// Signature of an interface's method with the data word as receiver.
    pub fn interface_method_sig(&mut self, iface: Ty, index: u32) -> Res<Sig> {
        let sig = match self.kind(iface) {
            TyKind::Interface { methods } => match methods.get(index as usize) {
                Some(m) => m.sig,
                None => return self.err(self.fb.span, "interface method is missing"),
            },
            _ => return self.err(self.fb.span, "receiver is not an interface"),
        };
        let mut sig = self.func_sig_of(sig)?;
        let ptr = self.ptr_ty();
        sig.params.insert(0, ptr);
        Ok(sig)
    }

    /// Evaluates the receiver of a resolved method as the method takes it; returns it with its
    /// type.
    fn receiver(&mut self, x: &'a Expr, m: &Method) -> Res<(Operand, Ty)> {
        let xt = self.ety(x)?;
        let wants_pointer = matches!(m.target, MethodTarget::Concrete { ptr_recv: true, .. });
        let ty = self.path_ty(xt, &m.path)?;
        let is_pointer = matches!(self.kind(ty), TyKind::Pointer(_));
        if wants_pointer && !is_pointer {
            let prep = self.prepare_path(x, &m.path, false)?;
            let place = self.finish(prep)?;
            let ptr = self.pointer_to(ty);
            return Ok((self.fb.value(ptr, Rvalue::AddrOf(place, ptr)), ptr));
        }
        let v = if m.path.is_empty() {
            self.expr(x)?
        } else {
            let prep = self.prepare_path(x, &m.path, false)?;
            Operand::Copy(self.finish(prep)?)
        };
        let v = self.stable(v, ty, false);
        if wants_pointer || !is_pointer {
            return Ok((v, ty));
        }
        let elem = self.elem(ty)?;
        let place = self.fb.deref(v, ty);
        Ok((self.fb.value(elem, Rvalue::Use(Operand::Copy(place))), elem))
    }

    /// Type of the last field of a path.
    fn path_ty(&mut self, mut ty: Ty, path: &[u32]) -> Res<Ty> {
        for &i in path {
            if let TyKind::Pointer(elem) = *self.kind(ty) {
                ty = elem;
            }
            ty = self.field_ty(ty, i)?;
        }
        Ok(ty)
    }

    // Arguments.

    /// The arguments of a call, converted to the parameters' types.
    pub fn args(&mut self, params: &[Ty], variadic: bool, call: &'a CallExpr) -> Res<Vec<Operand>> {
        let spread = call.ellipsis.is_some();
        let fixed = if variadic && !spread { params.len() - 1 } else { params.len() };
        let (mut out, mut extra) = (Vec::new(), Vec::new());
        let elem = match params.last() {
            Some(&t) if fixed < params.len() => Some(self.elem(t)?),
            _ => None,
        };
        let several = match &call.args[..] {
            [one] => self.tuple_len(one).is_some(),
            _ => false,
        };
        if several {
            // f(g()) with several results of g.
            for (i, (v, from)) in self.values(&call.args[0])?.into_iter().enumerate() {
                let to = if i < fixed { params[i] } else { elem.unwrap_or(from) };
                let v = self.assign_conv(v, from, to)?;
                if i < fixed { out.push(v) } else { extra.push(v) }
            }
        } else {
            let mut list = Vec::with_capacity(call.args.len());
            for (i, arg) in call.args.iter().enumerate() {
                match (elem, params.get(i)) {
                    (Some(elem), _) if i >= fixed => list.push((arg, elem)),
                    (_, Some(&p)) => list.push((arg, p)),
                    _ => return self.err(arg.span, "more arguments than parameters"),
                }
            }
            out = self.expr_list(&list)?;
            extra = out.split_off(fixed.min(out.len()));
        }
        if let Some(elem) = elem {
            let slice = params[fixed];
            out.push(self.pack(slice, elem, extra)?);
        }
        Ok(out)
    }

    /// Number of values of an expression whose type is a tuple.
    pub fn tuple_len(&self, e: &Expr) -> Option<usize> {
        match self.mb.store().ty(self.info.type_of(e.id)?) {
            ::types::Type::Tuple(list) => Some(list.len()),
            _ => None,
        }
    }

    /// A new slice of these elements; nil for none.
    pub fn pack(&mut self, slice: Ty, elem: Ty, values: Vec<Operand>) -> Res<Operand> {
        if values.is_empty() {
            return Ok(self.zero(slice));
        }
        let n = values.len();
        let arr = self.mb.types.array(elem, n as u64);
        let ptr = self.pointer_to(arr);
        let p = self.fb.value_local(ptr, Rvalue::New { ty: arr, ptr, alloc: Alloc::Heap });
        for (i, v) in values.into_iter().enumerate() {
            let index = self.int_const(i as i128);
            let place = Place::local(p).with(Proj::Deref).with(Proj::Index(index));
            self.fb.store(place, v);
        }
        self.slice_of_array(slice, elem, Operand::local(p), n as u64)
    }

    /// The whole array that `p` points to as a slice.
    pub fn slice_of_array(&mut self, slice: Ty, elem: Ty, p: Operand, n: u64) -> Res<Operand> {
        let ptr = self.pointer_to(elem);
        let data = self.fb.convert(ptr, ConvKind::NoOp, p);
        let n = self.int_const(n as i128);
        let parts = Rvalue::SliceFromParts { ty: slice, ptr: data, len: n.clone(), cap: n };
        Ok(self.fb.value(slice, parts))
    }

    // Intrinsics.

    fn intrinsic_call(
        &mut self,
        obj: ObjId,
        id: NodeId,
        call: &'a CallExpr,
    ) -> Res<Option<Vec<Operand>>> {
        let Some(op) = self.intrinsic_op(obj) else { return Ok(None) };
        let targs = self.instance_targs(id);
        let sig = self.mb.func_sig(obj, &targs)?;
        let args = self.args(&sig.params, sig.variadic, call)?;
        Ok(Some(self.intrinsic(op, args, &sig)?))
    }

    /// Emits intrinsic `op` for a function of signature `sig`.
    pub fn intrinsic(
        &mut self,
        op: intrinsics::Op,
        args: Vec<Operand>,
        sig: &Sig,
    ) -> Res<Vec<Operand>> {
        match op {
            intrinsics::Op::Plain(i) => Ok(self.fb.call(Callee::Intrinsic(i), args, &sig.results)),
            intrinsics::Op::BitLen => {
                let Some(&TyKind::Int { bits, .. }) = sig.params.first().map(|&t| self.kind(t))
                else {
                    return self.err(self.fb.span, "bit length of a non-integer");
                };
                let int = self.int_ty();
                let zeros = self.fb.call(Callee::Intrinsic(Intrinsic::LeadingZeros), args, &[int]);
                let width = self.int_const(bits as i128);
                Ok(vec![self.fb.binary(int, BinOp::Sub, width, zeros[0].clone())])
            }
        }
    }

    // Method values and expressions.

    pub fn method_value(
        &mut self,
        e: &'a Expr,
        x: &'a Expr,
        s: &'a Selection,
        id: NodeId,
    ) -> Res<Operand> {
        let own = self.instance_targs(id);
        let m = self.resolve_method(s, own)?;
        let ty = self.ety(e)?;
        let (recv, holder) = self.receiver(x, &m)?;
        let (func, object) = match m.target {
            MethodTarget::Interface(index) => {
                // A nil interface panics here already.
                let ptr = self.ptr_ty();
                let tab = self.fb.extract(ptr, Part::Tab, recv.clone());
                self.fb.check(Check::Nil(tab));
                self.mb.iface_method_value_thunk(holder, index)?
            }
            MethodTarget::Concrete { obj, targs, .. } => {
                let sym = self.mb.func_ref(obj, &targs)?;
                let sig = self.mb.func_sig(obj, &targs)?;
                self.mb.method_value_thunk(&sym, &sig)?
            }
        };
        let make =
            Rvalue::MakeClosure { func, captures: vec![recv], object, ty, alloc: Alloc::Heap };
        Ok(self.fb.value(ty, make))
    }

    pub fn method_expr(&mut self, e: &'a Expr, s: &'a Selection, id: NodeId) -> Res<Operand> {
        let ty = self.ety(e)?;
        let own = self.instance_targs(id);
        let recv = self.conc(s.recv);
        let sym = if own.is_empty() {
            self.mb.method_expr_func(recv, s)?
        } else {
            let m = self.resolve_method(s, own)?;
            let MethodTarget::Concrete { obj, targs, .. } = m.target else {
                return self.err(e.span, "generic interface method");
            };
            self.mb.func_ref(obj, &targs)?
        };
        Ok(Operand::Const(Const::Func(sym, ty)))
    }

    // Function literals.

    pub fn func_lit(&mut self, e: &'a Expr, lit: &'a FuncLit) -> Res<Operand> {
        let ty = self.ety(e)?;
        let fb = self.literal_builder(ty, e)?;
        self.enter(fb, e.id, BodyKind::Func);
        self.begin_defers();
        self.bind_params(&lit.sig.params, 0)?;
        self.bind_results(&lit.sig.results)?;
        self.block(&lit.body)?;
        self.end_body(&lit.body);
        Ok(self.leave(ty)?.0)
    }

    fn literal_builder(&mut self, ty: Ty, e: &Expr) -> Res<FuncBuilder> {
        let sig = self.func_sig_of(ty)?;
        let level = self.outer.len();
        let nested = level > 0 || self.is_literal(level);
        let (fb, f) = self.level(level);
        f.closures += 1;
        // As in gc: literals of a declared function are f.func1, those inside them f.func1.1.
        let dot = if nested { format!(".{}", f.closures) } else { format!(".func{}", f.closures) };
        let parent = &fb.func;
        let (sym, name) = (format!("{}{dot}", parent.sym), format!("{}{dot}", parent.go_name));
        let linkage = closure_linkage(parent.linkage);
        let mut new = FuncBuilder::new(sym.into(), name, sig, e.span);
        new.func.linkage = linkage;
        Ok(new)
    }

    fn is_literal(&mut self, level: usize) -> bool {
        self.level(level).0.func.ctx.is_some()
    }

    /// The current body as a range-over-func loop's function of type `ty`.
    pub fn range_builder(&mut self, ty: Ty, span: diag::Span) -> Res<FuncBuilder> {
        let sig = self.func_sig_of(ty)?;
        let level = self.outer.len();
        let (fb, f) = self.level(level);
        f.ranges += 1;
        let suffix = format!("-range{}", f.ranges);
        let parent = &fb.func;
        let (sym, name) =
            (format!("{}{suffix}", parent.sym), format!("{}{suffix}", parent.go_name));
        let linkage = closure_linkage(parent.linkage);
        let mut new = FuncBuilder::new(sym.into(), name, sig, span);
        new.func.linkage = linkage;
        Ok(new)
    }

    /// Falls off the end of a body.
    pub fn end_body(&mut self, body: &syntax::ast::Block) {
        self.fb.span = diag::Span::at(body.rbrace());
        // After a recovered panic the function goes on at its end.
        if let Some(b) = self.fb.func.recover_block {
            let block = &mut self.fb.func.blocks[b.0 as usize];
            block.instrs.iter_mut().for_each(|i| i.span = self.fb.span);
            block.term_span = self.fb.span;
        }
        if self.fb.is_reachable() {
            self.return_now();
        }
    }
}

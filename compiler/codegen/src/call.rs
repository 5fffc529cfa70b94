//! Calls of Go functions, of runtime functions and of C functions (compiler/ABI.md).
//!
//! In a function with a recovery block every call that may panic is an invoke to a landing pad that leads there.

use crate::abi::{CRet, GoAbi, Pass, Ret, abi_words, c_abi, go_abi_behind, runtime_type};
use crate::defer::Forward;
use crate::error::{Res, bail};
use crate::func::FnCx;
use crate::layout::Class;
use crate::value::{Bv, Val};
use inkwell::attributes::AttributeLoc;
use inkwell::types::FunctionType;
use inkwell::values::{CallSiteValue, PointerValue};
use ir::ir::{Callee, Const, Operand, Place};
use ir::runtime_abi::{AbiTy, RuntimeFn};
use ir::ty::{Sig, Ty, TyKind};

/// Offset of the code pointers in an itab.
const ITAB_FUNCS: u64 = 24;

pub type Dests = [Option<Place>];

/// Where a call's results go.
#[derive(Clone, Copy)]
pub enum Dest<'d, 'ctx, 'm> {
    Places(&'m Dests),
    Addresses(&'d [PointerValue<'ctx>]),
}

/// A Go call: code, context, and words in front of the arguments that `sig` leaves out.
pub struct GoCall<'d, 'ctx> {
    pub sig: &'d Sig,
    pub code: PointerValue<'ctx>,
    pub nest: PointerValue<'ctx>,
    pub lead: &'d [PointerValue<'ctx>],
}

impl<'ctx, 'm> FnCx<'_, 'ctx, 'm> {
    pub fn call(&mut self, dests: &'m Dests, callee: &'m Callee, args: &'m [Operand]) -> Res<()> {
        match callee {
            Callee::Direct(sym) => {
                let info = self.cx.fn_info(sym)?;
                self.note_direct_call(callee, args);
                if info.def.is_some_and(|f| f.fills.is_some()) {
                    return self.call_fill(sym);
                }
                let vals = self.operands(args)?;
                self.tell_calls_apart(sym)?;
                let f = self.cx.function(sym).as_global_value().as_pointer_value();
                if info.c_abi {
                    return self.call_c(info.sig, f, &vals, Dest::Places(dests));
                }
                let nest = self.cx.l.ptr.get_poison();
                let call = GoCall { sig: info.sig, code: f, nest, lead: &[] };
                self.call_go(&call, &vals, Dest::Places(dests))
            }
            Callee::Value(f, sig) => {
                let vals = self.operands(args)?;
                let closure = self.ptr_operand(f)?;
                self.nil_check(closure)?;
                let code = self.load_immutable_pointer(closure)?;
                let call = GoCall { sig, code, nest: closure, lead: &[] };
                self.call_go(&call, &vals, Dest::Places(dests))
            }
            Callee::Closure { func, object } => {
                let sig = self.cx.fn_info(func)?.sig;
                let vals = self.operands(args)?;
                let nest = self.ptr_operand(object)?;
                let code = self.cx.function(func).as_global_value().as_pointer_value();
                let call = GoCall { sig, code, nest, lead: &[] };
                self.call_go(&call, &vals, Dest::Places(dests))
            }
            Callee::Interface { recv, index, sig } => {
                self.note_interface_call(recv, *index, args)?;
                let mut vals = self.operands(args)?;
                let recv = self.reg_operand(recv)?;
                let tab = self.extract(recv, 0)?.into_pointer_value();
                vals.insert(0, Val::Reg(self.extract(recv, 1)?));
                self.nil_check(tab)?;
                let at = self.offset(tab, ITAB_FUNCS + 8 * *index as u64)?;
                let code = self.load_constant_pointer(at)?;
                let call = GoCall { sig, code, nest: self.cx.l.ptr.get_poison(), lead: &[] };
                self.call_go(&call, &vals, Dest::Places(dests))
            }
            Callee::Runtime(f) => self.call_runtime_instr(*f, args, dests),
            Callee::Intrinsic(i) => self.call_intrinsic(*i, args, dests),
        }
    }

    pub fn operands(&mut self, ops: &'m [Operand]) -> Res<Vec<Val<'ctx>>> {
        ops.iter().map(|op| self.operand(op)).collect()
    }

    /// Calls code with the Go convention and stores the results.
    pub fn call_go(
        &mut self,
        call: &GoCall<'_, 'ctx>,
        args: &[Val<'ctx>],
        dest: Dest<'_, 'ctx, 'm>,
    ) -> Res<()> {
        let &GoCall { sig, code, nest, lead } = call;
        let abi = go_abi_behind(&self.cx.l, lead.len(), sig);
        if args.len() != sig.params.len() {
            bail!("{} arguments for {} parameters", args.len(), sig.params.len());
        }
        let mut temps = Vec::new();
        let mut vals: Vec<Bv> = vec![nest.into()];
        let mut ret = None;
        if let Ret::Pointer { size, align, .. } = abi.ret {
            let p = self.alloca(self.cx.l.blob(size).into(), align, "ret")?;
            self.lifetime("llvm.lifetime.start", p)?;
            temps.push(p);
            vals.push(p.into());
            ret = Some(p);
        }
        vals.extend(lead.iter().map(|&p| Bv::from(p)));
        for ((&t, pass), v) in sig.params.iter().zip(&abi.params).zip(args) {
            match (pass, *v) {
                (Pass::Zst, _) => {}
                (Pass::Direct, Val::Reg(v)) => vals.push(v),
                (Pass::Direct, Val::Zero) => vals.push(self.cx.l.reg(t).const_zero()),
                (Pass::Direct, v) => bail!("argument {v:?} for a direct parameter"),
                (Pass::Pointer, v) => {
                    let p = self.alloca_ty(t, "arg")?;
                    self.lifetime("llvm.lifetime.start", p)?;
                    match v {
                        Val::Mem(from) => self.copy_memory(t, p, from)?,
                        v => self.store(t, p, v)?,
                    }
                    temps.push(p);
                    vals.push(p.into());
                }
            }
        }
        match self.forwards {
            Forward::No => {}
            Forward::Own => {
                let mine = self.cfa()?;
                self.forward_panic(mine)?;
            }
            Forward::Marked => self.forward_panic(self.forward_mark())?,
        }
        let call = self.emit_call(abi.ty, code, &vals, true)?;
        call.add_attribute(AttributeLoc::Param(0), self.cx.enum_attr("nest", 0));
        if self.forwards != Forward::No {
            // Inlined, the callee would have no frame, and the right to recover would go to a function that it calls.
            call.add_attribute(AttributeLoc::Function, self.cx.enum_attr("noinline", 0));
        }
        for (loc, a) in self.cx.bool_attributes_behind(lead.len(), sig, &abi) {
            call.add_attribute(loc, a);
        }
        self.go_results(sig, &abi, call, ret, dest)?;
        for p in temps {
            self.lifetime("llvm.lifetime.end", p)?;
        }
        Ok(())
    }

    fn go_results(
        &mut self,
        sig: &Sig,
        abi: &GoAbi<'ctx>,
        call: CallSiteValue<'ctx>,
        ret: Option<PointerValue<'ctx>>,
        dest: Dest<'_, 'ctx, 'm>,
    ) -> Res<()> {
        let value = call.try_as_basic_value().basic();
        match (&abi.ret, value, ret) {
            (Ret::Void, ..) => {}
            (Ret::One(i), Some(v), _) => {
                if let Some(at) = self.destination(dest, *i)? {
                    self.store_reg(sig.results[*i], at, v)?;
                }
            }
            (Ret::Struct(list), Some(v), _) => {
                for (n, &i) in list.iter().enumerate() {
                    if let Some(at) = self.destination(dest, i)? {
                        let part = self.extract(v, n as u32)?;
                        self.store_reg(sig.results[i], at, part)?;
                    }
                }
            }
            (Ret::Pointer { offsets, .. }, _, Some(p)) => {
                for (i, &off) in offsets.iter().enumerate() {
                    if let Some(at) = self.destination(dest, i)? {
                        let t = sig.results[i];
                        let from = self.offset(p, off)?;
                        match self.load(t, from)? {
                            Val::Mem(from) => self.copy_memory(t, at, from)?,
                            v => self.store(t, at, v)?,
                        }
                    }
                }
            }
            _ => bail!("a call without its results"),
        }
        Ok(())
    }

    fn destination(
        &mut self,
        dest: Dest<'_, 'ctx, 'm>,
        i: usize,
    ) -> Res<Option<PointerValue<'ctx>>> {
        match dest {
            Dest::Places(list) => match list.get(i) {
                Some(Some(place)) => Ok(Some(self.address(place)?)),
                _ => Ok(None),
            },
            Dest::Addresses(list) => Ok(list.get(i).copied()),
        }
    }

    /// The call instruction itself: an invoke where the callee may unwind and someone recovers. What may unwind has a
    /// line in tracebacks, so LLVM may not make one call of two.
    pub fn emit_call(
        &mut self,
        ty: FunctionType<'ctx>,
        callee: PointerValue<'ctx>,
        args: &[Bv<'ctx>],
        unwinds: bool,
    ) -> Res<CallSiteValue<'ctx>> {
        if let (true, Some(pad)) = (unwinds, self.pad) {
            let next = self.new_block("cont");
            let call = self.b.build_indirect_invoke(ty, callee, args, next, pad, "")?;
            self.b.position_at_end(next);
            call.add_attribute(AttributeLoc::Function, self.cx.enum_attr("nomerge", 0));
            // Equal ones at the ends of two branches become one all the same [LLVM 22]; so they aren't equal.
            let line = format!("{} {}", self.cx.debug.line(self.span), self.at);
            call.add_attribute(AttributeLoc::Function, self.cx.string_attr("line", &line));
            return Ok(call);
        }
        let args: Vec<_> = args.iter().map(|&a| a.into()).collect();
        let call = self.b.build_indirect_call(ty, callee, &args, "")?;
        if unwinds {
            call.add_attribute(AttributeLoc::Function, self.cx.enum_attr("nomerge", 0));
        }
        Ok(call)
    }

    // The Rust runtime.

    /// Calls a function of the table with its words.
    pub fn call_runtime(&mut self, f: RuntimeFn, args: &[Bv<'ctx>]) -> Res<CallSiteValue<'ctx>> {
        let v = self.cx.runtime_fn(f);
        // A Go package may have declared the symbol with types of its own (a word for a pointer).
        let ty = runtime_type(&self.cx.l, f.params(), f.results());
        if ty.count_param_types() as usize != args.len() {
            bail!("{} words for {}", args.len(), f.name());
        }
        let callee = v.as_global_value().as_pointer_value();
        let call = self.emit_call(ty, callee, args, f.attrs().panics)?;
        let bool_ty = self.cx.l.int(1);
        for (i, a) in args.iter().enumerate() {
            if a.get_type() == bool_ty.into() {
                let loc = AttributeLoc::Param(i as u32);
                call.add_attribute(loc, self.cx.enum_attr("zeroext", 0));
            }
        }
        if ty.get_return_type() == Some(bool_ty.into()) {
            call.add_attribute(AttributeLoc::Return, self.cx.enum_attr("zeroext", 0));
        }
        Ok(call)
    }

    pub fn runtime_value(&mut self, f: RuntimeFn, args: &[Bv<'ctx>]) -> Res<Bv<'ctx>> {
        if let (RuntimeFn::memequal, &[p, q, n]) = (f, args)
            && self.expands_comparison(n)
        {
            return Ok(self.same_bytes(p, q, n)?.into());
        }
        match self.call_runtime(f, args)?.try_as_basic_value().basic() {
            Some(v) => Ok(v),
            None => bail!("{} has no result", f.name()),
        }
    }

    fn call_runtime_instr(
        &mut self,
        f: RuntimeFn,
        args: &'m [Operand],
        dests: &'m Dests,
    ) -> Res<()> {
        if args.len() != f.params().len() {
            bail!("{} arguments for {}", args.len(), f.name());
        }
        if let (
            RuntimeFn::find_itab | RuntimeFn::assert_itab,
            [Operand::Const(Const::TypeDesc(t)), typ],
        ) = (f, args)
            && let [Some(dest)] = dests
            && self.cx.opts.opt_level > 0
        {
            let typ = self.ptr_operand(typ)?;
            let tab = self.cached_itab(*t, typ, f)?;
            let at = self.address(dest)?;
            return self.store_reg(self.place_ty(dest)?, at, tab.into());
        }
        let mut words = Vec::new();
        for (op, t) in args.iter().zip(f.params()) {
            self.runtime_arg(op, *t, &mut words)?;
        }
        if let (RuntimeFn::memequal, &[p, q, n], [Some(dest)]) = (f, &words[..], dests)
            && self.expands_comparison(n)
        {
            let same = self.same_bytes(p, q, n)?;
            let at = self.address(dest)?;
            return self.store_reg(self.place_ty(dest)?, at, same.into());
        }
        let call = self.call_runtime(f, &words)?;
        let Some(v) = call.try_as_basic_value().basic() else { return Ok(()) };
        let counts: Vec<usize> =
            f.results().iter().map(|&r| abi_words(&self.cx.l, r).len()).collect();
        let total: usize = counts.iter().sum();
        let mut next = 0;
        for (i, n) in counts.iter().enumerate() {
            let first = next;
            next += n;
            let Some(Some(d)) = dests.get(i) else { continue };
            let result = if *n == total {
                v
            } else if *n == 1 {
                self.extract(v, first as u32)?
            } else {
                bail!("results of {}", f.name())
            };
            let t = self.place_ty(d)?;
            if self.cx.l.class(t) != Class::Reg {
                bail!("result of {} in a {}", f.name(), self.cx.ir.types.data(t).string);
            }
            let result = self.fit(result, t)?;
            let at = self.address(d)?;
            self.store_reg(t, at, result)?;
        }
        Ok(())
    }

    fn runtime_arg(&mut self, op: &'m Operand, t: AbiTy, words: &mut Vec<Bv<'ctx>>) -> Res<()> {
        match t {
            AbiTy::Ptr => words.push(self.ptr_operand(op)?.into()),
            AbiTy::I64 => words.push(self.int64_operand(op)?.into()),
            AbiTy::I32 => {
                let v = self.int64_operand(op)?;
                words.push(self.int_resize(v, 32, false)?.into());
            }
            AbiTy::Bool => words.push(self.reg_operand(op)?),
            AbiTy::F64 => {
                let v = self.reg_operand(op)?.into_float_value();
                words.push(self.b.build_float_cast(v, self.cx.l.float(64), "")?.into());
            }
            AbiTy::Str | AbiTy::Slice | AbiTy::Iface => {
                let v = self.reg_operand(op)?;
                self.flatten(v, words)?;
            }
        }
        Ok(())
    }

    /// A runtime result as a value of type `t`: widths and pointers adjusted.
    fn fit(&mut self, v: Bv<'ctx>, t: Ty) -> Res<Bv<'ctx>> {
        Ok(match (v, self.cx.l.kind(t)) {
            (Bv::IntValue(v), TyKind::Int { bits, signed }) => {
                self.int_resize(v, *bits, *signed)?.into()
            }
            (Bv::IntValue(v), TyKind::Bool) if v.get_type() != self.cx.l.int(1) => {
                let zero = v.get_type().const_zero();
                self.b.build_int_compare(inkwell::IntPredicate::NE, v, zero, "")?.into()
            }
            (Bv::FloatValue(v), TyKind::Float { bits }) => {
                self.b.build_float_cast(v, self.cx.l.float(*bits), "")?.into()
            }
            (Bv::PointerValue(p), TyKind::Int { bits: 64, .. }) => {
                self.b.build_ptr_to_int(p, self.cx.l.i64, "")?.into()
            }
            (v, _) => v,
        })
    }

    // Functions of the Rust runtime that stdlib declares.

    pub fn call_c(
        &mut self,
        sig: &Sig,
        code: PointerValue<'ctx>,
        args: &[Val<'ctx>],
        dest: Dest<'_, 'ctx, 'm>,
    ) -> Res<()> {
        let (offsets, size, align) = self.cx.l.sequence(&sig.results);
        let results = self.emit_c_call(sig, code, args, size, align)?;
        let Some(p) = results else { return Ok(()) };
        for (i, &t) in sig.results.iter().enumerate() {
            if let Some(at) = self.destination(dest, i)? {
                let from = self.offset(p, offsets[i])?;
                let v = self.load(t, from)?;
                self.store(t, at, v)?;
            }
        }
        self.lifetime("llvm.lifetime.end", p)
    }

    /// Calls, and leaves the results in memory as a struct.
    fn emit_c_call(
        &mut self,
        sig: &Sig,
        code: PointerValue<'ctx>,
        args: &[Val<'ctx>],
        size: u64,
        align: u64,
    ) -> Res<Option<PointerValue<'ctx>>> {
        let abi = c_abi(&self.cx.l, sig);
        let mut results = None;
        let mut vals = Vec::new();
        if !matches!(abi.ret, CRet::Void) {
            let bytes = self.cx.l.blob(size.next_multiple_of(8));
            let p = self.alloca(bytes.into(), align.max(8), "cret")?;
            self.lifetime("llvm.lifetime.start", p)?;
            results = Some(p);
        }
        if let (CRet::Pointer, Some(p)) = (&abi.ret, results) {
            vals.push(p.into());
        }
        for (&t, v) in sig.params.iter().zip(args) {
            match *v {
                Val::Zst => {}
                Val::Reg(v) => self.flatten(v, &mut vals)?,
                Val::Mem(_) | Val::Zero => {
                    let p = self.alloca_ty(t, "arg")?;
                    self.store(t, p, *v)?;
                    vals.push(p.into());
                }
            }
        }
        let call = self.emit_call(abi.ty, code, &vals, true)?;
        if let Some(f) = code.get_name().to_str().ok().and_then(|n| self.cx.llmod.get_function(n)) {
            call.set_call_convention(f.get_call_conventions());
        }
        for (i, a) in vals.iter().enumerate() {
            if a.get_type() == self.cx.l.int(1).into() {
                let loc = AttributeLoc::Param(i as u32);
                call.add_attribute(loc, self.cx.enum_attr("zeroext", 0));
            }
        }
        if let (CRet::Words(words), Some(p), Some(v)) =
            (&abi.ret, results, call.try_as_basic_value().basic())
        {
            for i in 0..words.len() {
                let w = if words.len() == 1 { v } else { self.extract(v, i as u32)? };
                let at = self.offset(p, 8 * i as u64)?;
                self.b.build_store(at, w)?;
            }
        }
        Ok(results)
    }
}

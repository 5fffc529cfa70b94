//! Functions that code generation makes around others: `go` statements' entries, reflect's calls, closures of
//! C functions.

use crate::abi::{Pass, Ret};
use crate::call::{Dest, GoCall};
use crate::cx::Cx;
use crate::defer::Forward;
use crate::error::{Res, bail};
use crate::func::FnCx;
use crate::layout::Class;
use crate::value::Val;
use inkwell::module::Linkage;
use inkwell::values::{FunctionValue, PointerValue};
use ir::ir::{Callee, Operand};
use ir::runtime_abi::RuntimeFn;
use ir::ty::{Sig, Ty};

/// A Go function that calls the C function `sym`.
pub fn c_function_as_go<'ctx>(cx: &Cx<'ctx, '_>, sym: &str) -> Res<FunctionValue<'ctx>> {
    let name = format!("go:{sym}");
    if let Some(f) = cx.llmod.get_function(&name) {
        return Ok(f);
    }
    let sig = cx.fn_info(sym)?.sig;
    let code = cx.function(sym).as_global_value().as_pointer_value();
    let f = cx.linkonce_function(&name, cx.go_abi(sig).ty);
    let mut fx = FnCx::helper(cx, f, sig);
    let (args, _) = incoming(&mut fx, sig)?;
    let results = result_places(&mut fx, sig)?;
    fx.call_c(sig, code, &args, Dest::Addresses(&results))?;
    return_from(&mut fx, sig, &results)?;
    fx.finish_helper()?;
    Ok(f)
}

/// The parameters of a helper, as values and as the addresses of memory that holds them.
fn incoming<'ctx>(
    fx: &mut FnCx<'_, 'ctx, '_>,
    sig: &Sig,
) -> Res<(Vec<Val<'ctx>>, Vec<PointerValue<'ctx>>)> {
    let mut next = 1 + u32::from(matches!(fx.abi.ret, Ret::Pointer { .. }));
    let (mut vals, mut places) = (Vec::new(), Vec::new());
    for (&t, pass) in sig.params.iter().zip(fx.abi.params.clone()) {
        match pass {
            Pass::Zst => {
                vals.push(Val::Zst);
                places.push(zero_base(fx));
                continue;
            }
            Pass::Direct => {
                let v = fx.param(next)?;
                let p = fx.alloca_ty(t, "param")?;
                fx.store_reg(t, p, v)?;
                vals.push(Val::Reg(v));
                places.push(p);
            }
            Pass::Pointer => {
                let p = fx.param(next)?.into_pointer_value();
                vals.push(Val::Mem(p));
                places.push(p);
            }
        }
        next += 1;
    }
    Ok((vals, places))
}

fn zero_base<'ctx>(fx: &FnCx<'_, 'ctx, '_>) -> PointerValue<'ctx> {
    fx.cx.extern_data("gosubc_zerobase").as_pointer_value()
}

/// Zeroed memory for each result of a helper.
fn result_places<'ctx>(fx: &mut FnCx<'_, 'ctx, '_>, sig: &Sig) -> Res<Vec<PointerValue<'ctx>>> {
    let mut places = Vec::new();
    for (i, &t) in sig.results.iter().enumerate() {
        let p = match fx.abi.ret.clone() {
            Ret::Pointer { offsets, .. } => {
                let p = fx.param(1)?.into_pointer_value();
                fx.offset(p, offsets[i])?
            }
            _ if fx.cx.l.size(t) == 0 => zero_base(fx),
            _ => fx.alloca_ty(t, "result")?,
        };
        fx.zero(t, p)?;
        places.push(p);
    }
    Ok(places)
}

/// Returns what the result places hold.
fn return_from<'ctx>(
    fx: &mut FnCx<'_, 'ctx, '_>,
    sig: &Sig,
    places: &[PointerValue<'ctx>],
) -> Res<()> {
    let load = |fx: &FnCx<'_, 'ctx, '_>, i: usize| fx.load_reg(sig.results[i], places[i]);
    match fx.abi.ret.clone() {
        Ret::Void | Ret::Pointer { .. } => fx.b.build_return(None)?,
        Ret::One(i) => {
            let v = load(fx, i)?;
            fx.b.build_return(Some(&v))?
        }
        Ret::Struct(list) => {
            let vals: Res<Vec<_>> = list.into_iter().map(|i| load(fx, i)).collect();
            let v = fx.tuple(&vals?)?;
            fx.b.build_return(Some(&v))?
        }
    };
    Ok(())
}

/// How parameters and results are handled: what the code of the next two functions depends on.
pub fn shape(cx: &Cx<'_, '_>, sig: &Sig) -> String {
    let list = |tys: &[Ty]| {
        let one = |&t: &Ty| match cx.l.class(t) {
            Class::Zst => "-".to_string(),
            Class::Reg => format!("{}={}", cx.l.mem(t), cx.l.reg(t)).replace('"', ""),
            Class::Mem => format!("{}*{}", cx.l.mem(t), cx.l.align(t)).replace('"', ""),
        };
        tys.iter().map(one).collect::<Vec<_>>().join("; ")
    };
    format!("({})({})", list(&sig.params), list(&sig.results))
}

/// reflect's way to call a func of this shape (`methods`: to call a method's code with a receiver word).
/// See compiler/ABI.md, "Type descriptors".
pub fn reflect_call<'ctx>(
    cx: &Cx<'ctx, '_>,
    shape: &str,
    sig: &Sig,
    method: bool,
) -> Res<PointerValue<'ctx>> {
    let (p, words) = (cx.l.ptr, if method { 5 } else { 4 });
    let ty = cx.ctx.void_type().fn_type(&vec![p.into(); words], false);
    let name = format!("{}:{shape}", if method { "callmethod" } else { "call" });
    let f = cx.linkonce_function(&name, ty);
    if f.get_first_basic_block().is_some() {
        return Ok(f.as_global_value().as_pointer_value());
    }
    let mut fx = FnCx::helper(cx, f, &Sig::default());
    let first = fx.param(1)?.into_pointer_value();
    let code = fx.b.build_load(p, first, "")?.into_pointer_value();
    let receiver = [fx.param(2)?.into_pointer_value()];
    let (nest, lead) = if method { (p.get_poison(), &receiver[..]) } else { (first, &[][..]) };
    let lists = if method { (3, 4) } else { (2, 3) };
    let args = fx.param(lists.0)?.into_pointer_value();
    let results = fx.param(lists.1)?.into_pointer_value();
    let mut vals = Vec::new();
    for (i, &t) in sig.params.iter().enumerate() {
        let at = element(&fx, args, i)?;
        vals.push(fx.load(t, at)?);
    }
    // Where there is nothing to store, the list may be nil.
    let mut places = Vec::new();
    for (i, &t) in sig.results.iter().enumerate() {
        places.push(if cx.l.size(t) == 0 { zero_base(&fx) } else { element(&fx, results, i)? });
    }
    let call = GoCall { sig, code, nest, lead };
    fx.forwards = Forward::Marked;
    fx.call_go(&call, &vals, Dest::Addresses(&places))?;
    fx.b.build_return(None)?;
    fx.finish_helper()?;
    Ok(f.as_global_value().as_pointer_value())
}

/// `list[i]` of pointers.
fn element<'ctx>(
    fx: &FnCx<'_, 'ctx, '_>,
    list: PointerValue<'ctx>,
    i: usize,
) -> Res<PointerValue<'ctx>> {
    let at = fx.offset(list, 8 * i as u64)?;
    Ok(fx.b.build_load(fx.cx.l.ptr, at, "")?.into_pointer_value())
}

/// The code of closures that `reflect.MakeFunc` makes of this type.
pub fn make_func<'ctx>(cx: &Cx<'ctx, '_>, shape: &str, sig: &Sig) -> Res<PointerValue<'ctx>> {
    let f = cx.linkonce_function(&format!("makefunc:{shape}"), cx.go_abi(sig).ty);
    if f.get_first_basic_block().is_some() {
        return Ok(f.as_global_value().as_pointer_value());
    }
    cx.add_fn_attrs(f, &["noinline"]);
    let mut fx = FnCx::helper(cx, f, sig);
    let (_, params) = incoming(&mut fx, sig)?;
    let results = result_places(&mut fx, sig)?;
    let args = pointer_list(&mut fx, &params)?;
    let outs = pointer_list(&mut fx, &results)?;
    let object = fx.param(0)?.into_pointer_value();
    let handler = element(&fx, object, 1)?;
    let ty = element(&fx, object, 2)?;
    let code = fx.b.build_load(cx.l.ptr, handler, "")?.into_pointer_value();
    let none = Sig::default();
    let call = GoCall { sig: &none, code, nest: handler, lead: &[ty, args, outs] };
    fx.mark_panic()?;
    fx.call_go(&call, &[], Dest::Addresses(&[]))?;
    return_from(&mut fx, sig, &results)?;
    fx.finish_helper()?;
    Ok(f.as_global_value().as_pointer_value())
}

fn pointer_list<'ctx>(
    fx: &mut FnCx<'_, 'ctx, '_>,
    list: &[PointerValue<'ctx>],
) -> Res<PointerValue<'ctx>> {
    let t = fx.cx.l.array(fx.cx.l.ptr.into(), list.len() as u64);
    let p = fx.alloca(t.into(), 8, "list")?;
    for (i, &e) in list.iter().enumerate() {
        let at = fx.offset(p, 8 * i as u64)?;
        fx.b.build_store(at, e)?;
    }
    Ok(p)
}

impl<'ctx, 'm> FnCx<'_, 'ctx, 'm> {
    /// Starts a goroutine: of a func() as it is, else of a closure object {entry, words, arguments}
    /// whose entry calls the function with these.
    pub fn go_stmt(&mut self, callee: &'m Callee, args: &'m [Operand]) -> Res<()> {
        let vals = self.operands(args)?;
        let (sig, words): (&'m Sig, Vec<PointerValue>) = match callee {
            Callee::Direct(sym) => (self.cx.fn_info(sym)?.sig, Vec::new()),
            Callee::Value(f, sig) => (sig, vec![self.ptr_operand(f)?]),
            Callee::Interface { recv, index, sig } => {
                self.note_interface_call(recv, *index, args)?;
                let recv = self.reg_operand(recv)?;
                let tab = self.extract(recv, 0)?.into_pointer_value();
                self.nil_check(tab)?;
                let at = self.offset(tab, 24 + 8 * *index as u64)?;
                let code = self.b.build_load(self.cx.l.ptr, at, "")?.into_pointer_value();
                (sig, vec![code, self.extract(recv, 1)?.into_pointer_value()])
            }
            callee => bail!("go statement with {callee:?}"),
        };
        let simple = args.is_empty() && matches!(self.cx.go_abi(sig).ret, Ret::Void);
        let closure = match (callee, &words[..]) {
            (Callee::Direct(sym), _) if simple => self.cx.static_closure(sym)?,
            (Callee::Value(..), [f]) if simple => *f,
            _ => {
                let receiver = usize::from(matches!(callee, Callee::Interface { .. }));
                let tys: Vec<Ty> = sig.params.iter().skip(receiver).copied().collect();
                self.go_object(callee, sig, &words, &tys, &vals)?
            }
        };
        self.call_runtime(RuntimeFn::newproc, &[closure.into()])?;
        Ok(())
    }

    fn go_object(
        &mut self,
        callee: &'m Callee,
        sig: &'m Sig,
        words: &[PointerValue<'ctx>],
        tys: &[Ty],
        vals: &[Val<'ctx>],
    ) -> Res<PointerValue<'ctx>> {
        let base = 8 * (1 + words.len() as u64);
        let (offsets, size, _) = self.cx.l.sequence(tys);
        let desc = self.cx.frame_desc(base + size, words.len(), base, tys, &offsets);
        let p = self.runtime_value(RuntimeFn::newobject, &[desc.into()])?.into_pointer_value();
        let entry = self.go_entry(callee, sig, words.len(), tys, &offsets)?;
        self.b.build_store(p, entry.as_global_value().as_pointer_value())?;
        for (i, w) in words.iter().enumerate() {
            let at = self.offset(p, 8 * (1 + i as u64))?;
            self.b.build_store(at, *w)?;
        }
        for ((&t, &off), v) in tys.iter().zip(&offsets).zip(vals) {
            let at = self.offset(p, base + off)?;
            self.store(t, at, *v)?;
        }
        Ok(p)
    }

    /// The function that a goroutine with arguments begins in.
    fn go_entry(
        &mut self,
        callee: &'m Callee,
        sig: &'m Sig,
        words: usize,
        tys: &[Ty],
        offsets: &[u64],
    ) -> Res<FunctionValue<'ctx>> {
        let cx = self.cx;
        let ty = cx.ctx.void_type().fn_type(&[cx.l.ptr.into()], false);
        let name = format!("{}.go", self.f.sym);
        let f = cx.llmod.add_function(&name, ty, None);
        cx.goroutine_entry_attributes(f);
        let mut fx = FnCx::helper(cx, f, &Sig::default());
        let object = fx.param(0)?.into_pointer_value();
        let base = 8 * (1 + words as u64);
        let mut vals = Vec::new();
        if let Callee::Interface { .. } = callee {
            vals.push(Val::Reg(element(&fx, object, 2)?.into()));
        }
        for (&t, &off) in tys.iter().zip(offsets) {
            let at = fx.offset(object, base + off)?;
            vals.push(fx.load(t, at)?);
        }
        let nothing = Dest::Addresses(&[]);
        match callee {
            Callee::Direct(sym) if cx.fn_info(sym)?.c_abi => {
                let code = cx.function(sym).as_global_value().as_pointer_value();
                fx.call_c(sig, code, &vals, nothing)?;
            }
            Callee::Direct(sym) => {
                let code = cx.function(sym).as_global_value().as_pointer_value();
                let call = GoCall { sig, code, nest: cx.l.ptr.get_poison(), lead: &[] };
                fx.call_go(&call, &vals, nothing)?;
            }
            Callee::Value(..) => {
                let closure = element(&fx, object, 1)?;
                fx.nil_check(closure)?;
                let code = fx.b.build_load(cx.l.ptr, closure, "")?.into_pointer_value();
                let call = GoCall { sig, code, nest: closure, lead: &[] };
                fx.call_go(&call, &vals, nothing)?;
            }
            _ => {
                let code = element(&fx, object, 1)?;
                let call = GoCall { sig, code, nest: cx.l.ptr.get_poison(), lead: &[] };
                fx.call_go(&call, &vals, nothing)?;
            }
        }
        fx.b.build_return(None)?;
        fx.finish_helper()?;
        Ok(f)
    }
}

impl<'ctx> Cx<'ctx, '_> {
    fn goroutine_entry_attributes(&self, f: FunctionValue<'ctx>) {
        use inkwell::attributes::AttributeLoc;
        self.body_attributes(f);
        f.add_attribute(AttributeLoc::Function, self.string_attr("split-stack", ""));
        f.add_attribute(AttributeLoc::Param(0), self.enum_attr("nest", 0));
        let name = f.get_name().to_string_lossy().into_owned();
        self.place_function(f, &name, Linkage::Internal);
    }
}

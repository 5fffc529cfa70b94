//! Wrappers around methods: for method values and expressions, promoted methods, value methods
//! called through pointers, and the functions of itabs.
//!
//! All are defined in each module that uses them. A wrapper whose target calls `recover` is marked
//! `adjust_panic`, so that `recover` works as if the target had been called directly.

use super::types::Prim;
use super::{FuncBuilder, InternalError, ModuleBuilder, Res};
use crate::ir::*;
use crate::runtime_abi::RuntimeFn;
use crate::ty::{Sig, Ty, TyKind};
use ::types::{MethodSetEntry, ObjId, ObjKind, Selection, Type, TypeId};
use diag::Span;
use std::collections::{HashMap, HashSet};

/// Wrappers that have been made, and what is known for making them.
#[derive(Default)]
pub struct Wrappers {
    /// Symbols of functions that may call `recover`.
    pub recovering: HashSet<Symbol>,
    /// Objects of method values, by the wrapper's symbol.
    objects: HashMap<Symbol, Ty>,
}

/// What a method of a method set is, seen from the receiver's type.
struct Resolved {
    /// Embedded fields from the receiver to the holder.
    path: Vec<u32>,
    /// The type that has the method itself.
    holder: TypeId,
    target: Target,
}

enum Target {
    /// The holder is an interface; number of the method in its itab.
    Interface(u32),
    Concrete {
        obj: ObjId,
        targs: Vec<TypeId>,
        ptr_recv: bool,
    },
}

impl ModuleBuilder<'_, '_> {
    /// For a method value `x.m` of a concrete method whose symbol is `method` and whose signature
    /// (receiver first) is `sig`: the code of a closure {code, receiver} and its object type. The
    /// receiver has been evaluated to exactly `sig.params[0]`.
    pub fn method_value_thunk(&mut self, method: &Symbol, sig: &Sig) -> Res<(Symbol, Ty)> {
        let Some((&recv, params)) = sig.params.split_first() else {
            return Err(InternalError::new(Span::NONE, format!("{method} has no receiver")));
        };
        let callee = Callee::Direct(method.clone());
        let adjust = self.wrappers.recovering.contains(method);
        let outer =
            Sig { params: params.to_vec(), results: sig.results.clone(), variadic: sig.variadic };
        self.value_thunk(format!("{method}-fm"), recv, outer, adjust, |recv| (callee, Some(recv)))
    }

    /// The same for method `index` of a value of interface type `iface`; the capture is the interface value.
    pub fn iface_method_value_thunk(&mut self, iface: Ty, index: u32) -> Res<(Symbol, Ty)> {
        let (name, sig) = self.interface_method(iface, index)?;
        let full = self.with_data_word(&sig);
        let sym = format!("iface:{}.{name}-fm", self.types.table.data(iface).unique);
        let callee = |recv| (Callee::Interface { recv, index, sig: full }, None);
        self.value_thunk(sym, iface, sig, true, callee)
    }

    /// A closure body that calls what `callee` makes of the captured receiver, with that as first
    /// argument if it says so.
    fn value_thunk(
        &mut self,
        sym: String,
        captured: Ty,
        sig: Sig,
        adjust_panic: bool,
        callee: impl FnOnce(Operand) -> (Callee, Option<Operand>),
    ) -> Res<(Symbol, Ty)> {
        let sym: Symbol = sym.into();
        if let Some(&object) = self.wrappers.objects.get(&sym) {
            return Ok((sym, object));
        }
        let code = self.types.prim(Prim::UnsafePointer);
        let object = self.types.structure(&[code, captured]);
        self.wrappers.objects.insert(sym.clone(), object);
        let ctx_ty = self.types.pointer(object);
        let mut fb = wrapper(&sym, sig, adjust_panic);
        let ctx = fb.temp(ctx_ty);
        fb.func.ctx = Some(ctx);
        let recv = fb.deref_unchecked(Operand::local(ctx), ctx_ty).with(Proj::Field(1));
        let (callee, first) = callee(Operand::Copy(recv));
        let rest = fb.func.params.iter().map(|&p| Operand::local(p));
        let args = first.into_iter().chain(rest).collect();
        self.finish_wrapper(fb, callee, args);
        Ok((sym, object))
    }

    /// For a method expression `T.m`: a function with the receiver (of type `recv`, type parameters
    /// replaced) as first parameter.
    pub fn method_expr_func(&mut self, recv: TypeId, sel: &Selection) -> Res<Symbol> {
        let o = self.store().obj(sel.obj);
        let (name, span) = (o.name, o.span);
        let key = self.store().method_key(sel.obj);
        if self.prog.store.is_interface(recv) {
            return self.interface_expr_func(recv, &name, &key, span);
        }
        let set = self.prog.store.method_set(recv);
        match set.into_iter().find(|e| e.key == key) {
            Some(entry) => self.method_func(recv, &entry),
            None => Err(InternalError::new(span, format!("no method {name} in the method set"))),
        }
    }

    /// `I.m` of an interface type: calls the method of its first parameter.
    fn interface_expr_func(
        &mut self,
        recv: TypeId,
        name: &str,
        key: &str,
        span: Span,
    ) -> Res<Symbol> {
        let iface = self.ty(recv);
        let index = self.itab_index(recv, key, span)?;
        let sym: Symbol = format!("iface:{}.{name}", self.types.table.data(iface).unique).into();
        if !self.claim(&sym) {
            return Ok(sym);
        }
        let (_, sig) = self.interface_method(iface, index)?;
        let full = self.with_data_word(&sig);
        let mut outer = sig;
        outer.params.insert(0, iface);
        let fb = wrapper(&sym, outer, true);
        let callee = Callee::Interface { recv: fb.param(0), index, sig: full };
        let args = fb.func.params[1..].iter().map(|&p| Operand::local(p)).collect();
        self.finish_wrapper(fb, callee, args);
        Ok(sym)
    }

    /// The code of a method in the method set of `recv`, with the receiver itself as first parameter.
    pub(super) fn method_func(&mut self, recv: TypeId, entry: &MethodSetEntry) -> Res<Symbol> {
        let m = self.resolve(recv, entry)?;
        if let Target::Concrete { obj, targs, ptr_recv } = &m.target
            && m.path.is_empty()
            && *ptr_recv == self.is_pointer(m.holder)
        {
            return self.func_ref(*obj, targs);
        }
        let recv_ty = self.ty(recv);
        let sym = self.wrapper_symbol("wrap", recv_ty, entry);
        if self.claim(&sym) {
            self.path_wrapper(&sym, recv, entry, &m, recv_ty, false)?;
        }
        Ok(sym)
    }

    /// The same for itabs: the first parameter is an interface's data word.
    pub(super) fn itab_func(&mut self, recv: TypeId, entry: &MethodSetEntry) -> Res<Symbol> {
        let recv_ty = self.ty(recv);
        if matches!(self.types.table.kind(recv_ty), TyKind::Pointer(_)) {
            return self.method_func(recv, entry);
        }
        let m = self.resolve(recv, entry)?;
        let sym = self.wrapper_symbol("word", recv_ty, entry);
        if self.claim(&sym) {
            let word = self.types.prim(Prim::UnsafePointer);
            self.path_wrapper(&sym, recv, entry, &m, word, true)?;
        }
        Ok(sym)
    }

    fn wrapper_symbol(&self, prefix: &str, recv: Ty, entry: &MethodSetEntry) -> Symbol {
        format!("{prefix}:{}.{}", self.types.table.data(recv).unique, entry.key).into()
    }

    /// A function that goes from its first parameter, of type `first` (the receiver, or the data word of an interface
    /// that holds it), along the path to the holder, and calls the method there.
    fn path_wrapper(
        &mut self,
        sym: &Symbol,
        recv: TypeId,
        entry: &MethodSetEntry,
        m: &Resolved,
        first: Ty,
        data_word: bool,
    ) -> Res<()> {
        let func = self.types.method_type(self.prog.store, entry.obj);
        let TyKind::Func(mut sig) = self.types.table.kind(func).clone() else {
            return Err(InternalError::new(Span::NONE, format!("{} is no method", entry.key)));
        };
        let inner = sig.clone();
        sig.params.insert(0, first);
        let mut fb = wrapper(sym, sig, false);
        let recv_local = fb.func.params[0];
        let mut place = match data_word {
            true => {
                let recv_ty = self.ty(recv);
                self.data_word_place(&mut fb, recv_local, recv_ty)
            }
            false => Place::local(recv_local),
        };
        let mut t = recv;
        for &index in &m.path {
            (place, t) = self.through_pointer(&mut fb, place, t);
            t = self.field_type(t, index)?;
            place = place.with(Proj::Field(index));
        }
        let mut args: Vec<Operand> =
            fb.func.params[1..].iter().map(|&p| Operand::local(p)).collect();
        let callee = match &m.target {
            Target::Interface(index) => {
                fb.func.attrs.adjust_panic = true;
                let sig = self.with_data_word(&inner);
                Callee::Interface { recv: Operand::Copy(place), index: *index, sig }
            }
            Target::Concrete { obj, targs, ptr_recv } => {
                let pointer = self.is_pointer(t);
                let arg = match (*ptr_recv, pointer) {
                    (true, false) => {
                        let base = self.ty(t);
                        let ptr = self.types.pointer(base);
                        fb.value(ptr, Rvalue::AddrOf(place, ptr))
                    }
                    (false, true) => {
                        if m.path.is_empty() {
                            self.check_wrap(&mut fb, &place, t, &entry.obj);
                        }
                        Operand::Copy(self.through_pointer(&mut fb, place, t).0)
                    }
                    _ => Operand::Copy(place),
                };
                args.insert(0, arg);
                let callee = self.func_ref(*obj, targs)?;
                fb.func.attrs.adjust_panic = self.wrappers.recovering.contains(&callee);
                Callee::Direct(callee)
            }
        };
        self.finish_wrapper(fb, callee, args);
        Ok(())
    }

    /// Panics with the method's name if the pointer in `place`, through which a value method is called, is nil.
    fn check_wrap(&mut self, fb: &mut FuncBuilder, place: &Place, pointer: TypeId, method: &ObjId) {
        let (boolean, string) = (self.types.prim(Prim::Bool), self.types.prim(Prim::String));
        let ty = self.ty(pointer);
        let nil = Operand::Const(Const::Zero(ty));
        let is_nil = fb.binary(boolean, BinOp::Eq, Operand::Copy(place.clone()), nil);
        let (panics, goes_on) = (fb.new_block(), fb.new_block());
        fb.branch(is_nil, panics, goes_on);
        fb.switch_to(panics);
        let elem = self.pointee(pointer);
        let elem_ty = self.ty(elem);
        let named = self.types.table.data(elem_ty).named.clone();
        let (pkg, name) = named.map(|n| (n.pkg, n.name)).unwrap_or_default();
        let method = self.store().obj(*method).name.to_string();
        let text = |s: String| Operand::Const(Const::Str(s.as_bytes().into(), string));
        fb.call_runtime(RuntimeFn::panic_wrap, vec![text(pkg), text(name), text(method)], &[]);
        fb.switch_to(goes_on);
    }

    /// The place that a pointer place leads to; another one as it is.
    fn through_pointer(
        &mut self,
        fb: &mut FuncBuilder,
        place: Place,
        t: TypeId,
    ) -> (Place, TypeId) {
        if !self.is_pointer(t) {
            return (place, t);
        }
        fb.check(Check::Nil(Operand::Copy(place.clone())));
        (place.with(Proj::Deref), self.pointee(t))
    }

    fn is_pointer(&mut self, t: TypeId) -> bool {
        let under = self.prog.store.underlying(t);
        matches!(self.store().ty(under), Type::Pointer(_))
    }

    fn pointee(&mut self, t: TypeId) -> TypeId {
        let under = self.prog.store.underlying(t);
        match *self.store().ty(under) {
            Type::Pointer(elem) => self.prog.store.canon(elem),
            _ => t,
        }
    }

    fn field_type(&mut self, t: TypeId, index: u32) -> Res<TypeId> {
        let under = self.prog.store.underlying(t);
        let field = match self.store().ty(under) {
            Type::Struct(s) => s.fields.get(index as usize).copied(),
            _ => None,
        };
        let typ = field.and_then(|f| self.prog.store.obj_type(f));
        let typ = typ.ok_or_else(|| InternalError::new(Span::NONE, "no such embedded field"))?;
        Ok(self.prog.store.canon(typ))
    }

    fn resolve(&mut self, recv: TypeId, entry: &MethodSetEntry) -> Res<Resolved> {
        let span = self.store().obj(entry.obj).span;
        let path = match entry.index.split_last() {
            Some((_, path)) => path.to_vec(),
            None => Vec::new(),
        };
        let mut holder = recv;
        for &index in &path {
            if self.is_pointer(holder) {
                holder = self.pointee(holder);
            }
            holder = self.field_type(holder, index)?;
        }
        let target = if self.prog.store.is_interface(holder) {
            Target::Interface(self.itab_index(holder, &entry.key, span)?)
        } else {
            let obj = self.origin(entry.obj);
            let ptr_recv =
                matches!(self.store().obj(obj).kind, ObjKind::Func { ptr_recv: true, .. });
            let mut base = holder;
            if let &Type::Pointer(elem) = self.store().ty(holder) {
                base = self.prog.store.canon(elem);
            }
            let targs = match self.store().ty(base) {
                Type::Named(n) => n.targs.clone(),
                _ => Vec::new(),
            };
            let targs = targs.into_iter().map(|t| self.prog.store.canon(t)).collect();
            Target::Concrete { obj, targs, ptr_recv }
        };
        Ok(Resolved { path, holder, target })
    }

    /// The number of a method in the itabs of an interface type.
    fn itab_index(&mut self, iface: TypeId, key: &str, span: Span) -> Res<u32> {
        let methods = super::typenames::interface_methods(self.prog.store, iface);
        match methods.iter().position(|&m| self.store().method_key(m) == key) {
            Some(i) => Ok(i as u32),
            None => Err(InternalError::new(span, "no such method in the interface")),
        }
    }

    /// Qualified name and signature of method `index` of an interface.
    fn interface_method(&mut self, iface: Ty, index: u32) -> Res<(String, Sig)> {
        if let TyKind::Interface { methods } = self.types.table.kind(iface)
            && let Some(m) = methods.get(index as usize)
            && let TyKind::Func(sig) = self.types.table.kind(m.sig)
        {
            let dot = if m.pkg.is_empty() { "" } else { "." };
            return Ok((format!("{}{dot}{}", m.pkg, m.name), sig.clone()));
        }
        Err(InternalError::new(Span::NONE, "no such interface method"))
    }

    /// A method's signature as interface calls want it.
    fn with_data_word(&mut self, sig: &Sig) -> Sig {
        let mut sig = sig.clone();
        sig.params.insert(0, self.types.prim(Prim::UnsafePointer));
        sig
    }

    /// The call, and the return of its results.
    fn finish_wrapper(&mut self, mut fb: FuncBuilder, callee: Callee, args: Vec<Operand>) {
        let dests = fb.func.results.iter().map(|&r| Some(Place::local(r))).collect();
        fb.emit(InstrKind::Call { dests, callee, args });
        fb.ret();
        self.add_func(fb.finish());
    }
}

fn wrapper(sym: &Symbol, sig: Sig, adjust_panic: bool) -> FuncBuilder {
    let mut fb = FuncBuilder::new(sym.clone(), sym.to_string(), sig, Span::NONE);
    fb.func.linkage = Linkage::LinkOnce;
    fb.func.attrs.wrapper = true;
    fb.func.attrs.adjust_panic = adjust_panic;
    fb
}

//! Hot calls through interfaces: where the profile knows the method that is called most, the dynamic type is looked at, and
//! if it is that method's, the call is direct. So it can be inlined.
//!
//!     if v's type is T { T.m(v's value, ...) } else { v.m(...) }

use super::Res;
use super::lowerer::Lowerer;
use super::typenames;
use crate::ir::*;
use crate::ty::{InterfaceMethod, Ty, TyKind};
use crate::tyof;
use ::types::{ObjId, ObjKind, Type, TypeId};
use syntax::ast::{Expr, Name};

/// The method that a call through an interface is expected to call, and the dynamic type to which it belongs.
pub(super) struct Expected {
    ty: Ty,
    method: ObjId,
    /// How often, of the hot calls of methods with this name.
    percent: u32,
}

impl Lowerer<'_, '_, '_> {
    /// What the profile expects a call at the current position to call, if that is worth a look at the type.
    pub(super) fn expected_method(&mut self, callee: &Callee) -> Option<Expected> {
        let profile = self.mb.prog.profile?;
        let Callee::Interface { recv, index, .. } = callee else { return None };
        let f = &self.fb.func;
        let callees = profile.callees(&f.go_name, f.span, self.fb.span);
        if callees.is_empty() {
            return None;
        }
        let iface = tyof::operand(&self.mb.types.table, f, recv)?;
        let TyKind::Interface { methods } = self.kind(iface).clone() else { return None };
        // Other calls may be on the same line.
        let suffix = format!(".{}", methods[*index as usize].name);
        let named = || callees.iter().filter(|c| c.name.ends_with(&suffix));
        let total: u32 = named().map(|c| c.percent).sum();
        named().find_map(|c| {
            let (ty, method) = self.method_named(&c.name, &methods, *index as usize)?;
            Some(Expected { ty, method, percent: 100 * c.percent / total.max(1) })
        })
    }

    /// The method with this symbol and its receiver's type, if it is method number `index` of a type that implements the interface.
    fn method_named(
        &mut self,
        symbol: &str,
        interface: &[InterfaceMethod],
        index: usize,
    ) -> Option<(Ty, ObjId)> {
        let (recv, _) = symbol.rsplit_once('.')?;
        let source = self.type_named(recv)?;
        let mut expected = None;
        let set = self.mb.prog.store.method_set(source);
        for (i, want) in interface.iter().enumerate() {
            let entry = set.iter().find(|e| {
                let store = self.mb.store();
                *store.obj(e.obj).name == *want.name
                    && typenames::hidden_in(store, e.obj) == want.pkg
            })?;
            if self.mb.types.method_type(self.mb.prog.store, entry.obj) != want.sig {
                return None;
            }
            if i == index {
                expected = Some(entry);
            }
        }
        let entry = expected?;
        let method = self.mb.origin(entry.obj);
        // A method of an embedded type has that type's name.
        let own = entry.index.len() == 1;
        let pointer = matches!(self.mb.store().ty(source), Type::Pointer(_));
        let is_pointer_method =
            matches!(self.mb.store().obj(method).kind, ObjKind::Func { ptr_recv: true, .. });
        if !own || pointer != is_pointer_method || self.mb.has_directive(method, "go:noinline") {
            return None;
        }
        Some((self.mb.ty(source), method))
    }

    /// The type that a method's symbol names before the last dot: `path.T` or `path.(*T)`, not generic.
    fn type_named(&mut self, name: &str) -> Option<TypeId> {
        let (name, pointer) = match name.strip_suffix(')') {
            Some(name) => (name.replace("(*", ""), true),
            None => (name.to_string(), false),
        };
        let (path, name) = name.rsplit_once('.')?;
        let store = self.mb.store();
        let scope = store.packages().find(|(_, p)| *p.path == *path)?.1.scope;
        let obj = store.scope(scope).elems.find(Name::from(name))?;
        let (ObjKind::TypeName { .. }, Some(t)) = (&store.obj(obj).kind, store.obj(obj).typ) else {
            return None;
        };
        match store.ty(t) {
            Type::Named(n) if n.obj == obj && n.tparams.is_empty() => {}
            _ => return None,
        }
        let t = match pointer {
            true => self.mb.prog.store.new_type(Type::Pointer(t)),
            false => t,
        };
        Some(self.mb.prog.store.canon(t))
    }

    /// A call through an interface that most often is one of `expected`; `fun` is what is called in the source.
    pub(super) fn call_expected(
        &mut self,
        callee: Callee,
        results: &[Ty],
        expected: Expected,
        args: Vec<Operand>,
        fun: &Expr,
    ) -> Res<Vec<Operand>> {
        let Callee::Interface { recv, .. } = &callee else {
            return self.err(self.fb.span, "a call without an interface");
        };
        let (recv, ptr) = (recv.clone(), self.ptr_ty());
        let sym = self.mb.func_ref(expected.method, &[])?;
        self.note_expected(fun, expected.method);
        let results: Vec<LocalId> = results.iter().map(|&t| self.fb.temp(t)).collect();
        let dests: Vec<_> = results.iter().map(|&r| Some(Place::local(r))).collect();
        let tab = self.fb.extract(ptr, Part::Tab, recv.clone());
        // That of the call itself.
        self.fb.check(Check::Nil(tab.clone()));
        let typ = self.mb.itab_type(&mut self.fb, tab);
        let same = self.is_dyn_type(typ, expected.ty);
        let (direct, indirect, done) =
            (self.fb.new_block(), self.fb.new_block(), self.fb.new_block());
        self.fb.branch_expected(same, direct, indirect, expected.percent);
        self.fb.switch_to(direct);
        let data = self.fb.extract(ptr, Part::Data, recv);
        let mut with_recv = vec![self.unbox(data, expected.ty)?];
        with_recv.extend(args.iter().cloned());
        let known = Callee::Direct(sym);
        self.fb.emit(InstrKind::Call { dests: dests.clone(), callee: known, args: with_recv });
        self.fb.goto(done);
        self.fb.switch_to(indirect);
        self.fb.emit(InstrKind::Call { dests, callee, args });
        self.fb.goto_and_switch(done);
        Ok(results.into_iter().map(Operand::local).collect())
    }

    /// For `-m`, in the words of gc's report.
    fn note_expected(&mut self, fun: &Expr, method: ObjId) {
        let Some(profile) = self.mb.prog.profile else { return };
        let name = self.mb.func_go_name(method, &[]);
        let own = format!("{}.", self.mb.module.path);
        let other = || name.rsplit('/').next().unwrap_or(&name);
        let name = name.strip_prefix(&own).unwrap_or_else(other);
        let call = profile.source.text(fun.span);
        let note = format!("PGO devirtualizing interface call {call} to {name}");
        self.mb.module.guarded_calls.push((self.fb.span, note));
    }
}

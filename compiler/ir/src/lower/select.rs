//! Selectors: what a selection that the checker recorded means for the type arguments at hand
//! (Go specification, "Selectors", "Method sets").

use super::Res;
use super::lowerer::Lowerer;
use crate::ty::TyKind;
use ::types::{ObjId, ObjKind, Selection, Type, TypeId};

/// What a method selection means for concrete types.
#[derive(Clone, Debug)]
pub(crate) struct Method {
    /// Embedded fields to walk from the operand to the holder of the method.
    pub path: Vec<u32>,
    pub target: MethodTarget,
}

#[derive(Clone, Debug)]
pub(crate) enum MethodTarget {
    /// Method of an interface, by its place in the itab.
    Interface(u32),
    Concrete {
        obj: ObjId,
        targs: Vec<TypeId>,
        ptr_recv: bool,
    },
}

impl Lowerer<'_, '_, '_> {
    /// The type of a field selection through pointers, and whether there were any.
    fn walk(&mut self, t: TypeId, path: &[u32]) -> Res<(TypeId, bool)> {
        let (mut t, mut derefs) = (t, false);
        for &i in path {
            let mut u = self.mb.prog.store.underlying(t);
            if let Type::Pointer(elem) = *self.mb.store().ty(u) {
                derefs = true;
                u = self.mb.prog.store.underlying(elem);
            }
            let field = match self.mb.store().ty(u) {
                Type::Struct(s) => s.fields.get(i as usize).copied(),
                _ => None,
            };
            let Some(field) = field else {
                return self.err(self.fb.span, format!("selection of a missing field {i}"));
            };
            t = self.obj_tv(field)?;
        }
        Ok((t, derefs))
    }

    /// Whether a field selection goes through a pointer.
    pub fn path_derefs(&mut self, s: &Selection) -> Res<bool> {
        let recv = self.conc(s.recv);
        Ok(self.walk(recv, &s.index)?.1)
    }

    /// Whether calling the method takes the address of the operand's memory.
    pub fn takes_address(&mut self, s: &Selection) -> Res<bool> {
        let m = self.resolve_method(s, Vec::new())?;
        if !matches!(m.target, MethodTarget::Concrete { ptr_recv: true, .. }) {
            return Ok(false);
        }
        let recv = self.conc(s.recv);
        let (holder, derefs) = self.walk(recv, &m.path)?;
        Ok(!derefs && !self.is_pointer(holder))
    }

    fn is_pointer(&mut self, t: TypeId) -> bool {
        let u = self.mb.prog.store.underlying(t);
        matches!(self.mb.store().ty(u), Type::Pointer(_))
    }

    /// `own`: type arguments of the method itself (Go 1.27).
    pub fn resolve_method(&mut self, s: &Selection, own: Vec<TypeId>) -> Res<Method> {
        let recv = self.conc(s.recv);
        let (mut obj, mut path) = (s.obj, s.index[..s.index.len().saturating_sub(1)].to_vec());
        // A method of a type parameter's constraint is that of the type argument.
        if self.mb.store().is_type_param(s.recv) {
            let o = self.mb.store().obj(obj);
            let (pkg, name) = (o.pkg, o.name);
            let found = self.mb.prog.store.lookup_field_or_method(recv, true, pkg, name);
            let Some(o) = found.obj else {
                return self.err(self.fb.span, format!("type argument without method {name}"));
            };
            obj = o;
            path = found.index;
            path.pop();
        }
        let (holder, _) = self.walk(recv, &path)?;
        let holder_ty = self.mb.ty(holder);
        let o = self.mb.store().obj(obj);
        if let TyKind::Interface { methods } = self.kind(holder_ty) {
            let pkg = match o.pkg {
                Some(p) if !o.is_exported() => &*self.mb.store().package(p).path,
                _ => "",
            };
            let Some(i) = methods.iter().position(|m| m.name == *o.name && m.pkg == pkg) else {
                return self.err(self.fb.span, format!("interface without method {}", o.name));
            };
            return Ok(Method { path, target: MethodTarget::Interface(i as u32) });
        }
        let ptr_recv = matches!(o.kind, ObjKind::Func { ptr_recv: true, .. });
        let (base, _) = self.mb.prog.store.deref(holder);
        let base = self.mb.prog.store.unalias(base);
        let mut targs: Vec<TypeId> = match self.mb.store().ty(base) {
            Type::Named(n) => n.targs.clone(),
            _ => Vec::new(),
        };
        for t in &mut targs {
            *t = self.conc(*t);
        }
        targs.extend(own);
        let obj = self.mb.origin(obj);
        Ok(Method { path, target: MethodTarget::Concrete { obj, targs, ptr_recv } })
    }
}

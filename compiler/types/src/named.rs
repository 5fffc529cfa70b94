//! Instances of generic types: equal arguments give the same instance; underlying type and methods
//! are made when they are asked for. Canonical types for the stages after the checker.

use crate::hash::FastHasher;
use crate::store::NO_METHOD;
use crate::{Alias, Named, ObjId, ObjKind, Object, Signature, Store, Type, TypeId};
use std::hash::Hasher;
use syntax::ast::Name;

impl Store {
    /// The instance of a generic defined type or alias (or the variant of a type local to a generic
    /// function) with these arguments.
    pub(crate) fn instance(&mut self, origin: TypeId, targs: &[TypeId]) -> TypeId {
        let mut h = FastHasher::default();
        h.write_u32(origin.0);
        for &t in targs {
            self.hash_type(t, 0, &mut h);
        }
        let key = h.finish();
        let candidates = self.instances.get(&key).cloned().unwrap_or_default();
        for c in candidates {
            let same = match self.ty(c) {
                Type::Named(n) if n.origin == Some(origin) => n.targs.clone(),
                Type::Alias(a) if a.origin == Some(origin) => a.targs.clone(),
                _ => continue,
            };
            // Aliases keep their spelling, so that messages show what was written.
            if same == targs
                || same.len() == targs.len()
                    && same.iter().zip(targs).all(|(&a, &b)| self.identical(a, b))
            {
                return c;
            }
        }
        let inst = match self.ty(origin) {
            Type::Named(n) => {
                let obj = n.obj;
                self.new_type(Type::Named(Named {
                    obj,
                    origin: Some(origin),
                    targs: targs.to_vec(),
                    tparams: Vec::new(),
                    underlying: None,
                    methods: Vec::new(),
                }))
            }
            Type::Alias(a) => {
                let (obj, tparams, rhs) = (a.obj, a.tparams.clone(), a.rhs);
                let map = crate::Subst { tparams, targs: targs.to_vec() };
                let rhs = rhs.map(|r| self.subst(r, &map));
                self.new_type(Type::Alias(Alias {
                    obj,
                    tparams: Vec::new(),
                    targs: targs.to_vec(),
                    origin: Some(origin),
                    rhs,
                }))
            }
            _ => return origin,
        };
        self.instances.entry(key).or_default().push(inst);
        inst
    }

    /// Mixes in a type such that identical types give equal hashes.
    fn hash_type(&self, t: TypeId, depth: u32, h: &mut FastHasher) {
        let t = self.unalias(t);
        if depth > 4 {
            return;
        }
        match self.ty(t) {
            Type::Basic(k) => h.write_u8(k.canonical() as u8),
            Type::Array { elem, len } => {
                h.write_u8(100);
                h.write_u64(*len as u64);
                self.hash_type(*elem, depth + 1, h);
            }
            Type::Slice(elem) => {
                h.write_u8(101);
                self.hash_type(*elem, depth + 1, h);
            }
            Type::Pointer(elem) => {
                h.write_u8(102);
                self.hash_type(*elem, depth + 1, h);
            }
            Type::Chan { elem, .. } => {
                h.write_u8(103);
                self.hash_type(*elem, depth + 1, h);
            }
            Type::Map { key, value } => {
                h.write_u8(104);
                self.hash_type(*key, depth + 1, h);
                self.hash_type(*value, depth + 1, h);
            }
            Type::Struct(s) => {
                h.write_u8(105);
                for &f in &s.fields {
                    h.write(self.obj(f).name.as_bytes());
                }
            }
            Type::Tuple(v) => h.write_usize(106 + v.len()),
            Type::Signature(s) => {
                h.write_u8(107);
                h.write_usize(s.params.len());
                h.write_usize(s.results.len());
                for &p in s.params.iter().chain(&s.results) {
                    if let Some(t) = self.obj(p).typ {
                        self.hash_type(t, depth + 2, h);
                    }
                }
            }
            // Equal type sets can be written in many ways.
            Type::Interface(_) => h.write_u8(108),
            Type::Union(_) => h.write_u8(109),
            Type::Named(n) => match n.origin {
                Some(o) => {
                    h.write_u32(o.0);
                    for &t in &n.targs {
                        self.hash_type(t, depth + 1, h);
                    }
                }
                None => h.write_u32(t.0),
            },
            Type::TypeParam(_) => h.write_u32(t.0),
            Type::Alias(_) => {}
        }
    }

    /// The declared methods of a defined type in source order, with their types; of an instance,
    /// its own versions (`Object::origin` the generic one).
    pub fn methods(&mut self, t: TypeId) -> Vec<ObjId> {
        let t = self.unalias(t);
        let n = self.method_count(t);
        (0..n)
            .map(|i| {
                let m = self.method_at(t, i);
                self.obj_type(m);
                m
            })
            .collect()
    }

    pub(crate) fn method_count(&self, t: TypeId) -> usize {
        match self.ty(t) {
            Type::Named(n) => match n.origin.map(|o| self.ty(o)) {
                Some(Type::Named(o)) => o.methods.len(),
                _ => n.methods.len(),
            },
            _ => 0,
        }
    }

    /// The i-th declared method; of an instance it may not have its type yet (see `obj_type`).
    pub(crate) fn method_at(&mut self, t: TypeId, i: usize) -> ObjId {
        let Type::Named(n) = self.ty(t) else { return NO_METHOD };
        let Some(origin) = n.origin else { return n.methods[i] };
        if let Some(&m) = n.methods.get(i)
            && m != NO_METHOD
        {
            return m;
        }
        let Type::Named(o) = self.ty(origin) else { return NO_METHOD };
        let generic = o.methods[i];
        let count = o.methods.len();
        let copy = Object { typ: None, origin: Some(generic), ..self.obj(generic).clone() };
        let m = self.new_object(copy);
        self.method_instances.insert(m, t);
        if let Type::Named(n) = self.ty_mut(t) {
            if n.methods.len() < count {
                n.methods.resize(count, NO_METHOD);
            }
            n.methods[i] = m;
        }
        m
    }

    /// The index of the declared method of that name.
    pub(crate) fn method_index(
        &self,
        t: TypeId,
        pkg: Option<crate::PkgId>,
        name: Name,
        fold: bool,
    ) -> Option<usize> {
        let Type::Named(n) = self.ty(t) else { return None };
        let list = match n.origin.map(|o| self.ty(o)) {
            Some(Type::Named(o)) => &o.methods,
            _ => &n.methods,
        };
        list.iter().position(|&m| self.has_id(m, pkg, name, fold))
    }

    /// The object is what `name` means when written in `pkg`.
    pub(crate) fn has_id(
        &self,
        obj: ObjId,
        pkg: Option<crate::PkgId>,
        name: Name,
        fold: bool,
    ) -> bool {
        let o = self.obj(obj);
        if fold && o.name.to_lowercase() == name.to_lowercase() {
            return true;
        }
        o.name == name && (o.is_exported() || self.same_pkg(o.pkg, pkg))
    }

    /// The type of an instance's method, from the generic one's.
    pub(crate) fn expand_method_type(&mut self, m: ObjId) -> Option<TypeId> {
        let origin = self.obj(m).origin?;
        let generic = self.obj(origin).typ?;
        if self.incomplete_funcs.contains(&origin) {
            self.pending = Some(origin);
            return Some(generic);
        }
        let inst = *self.method_instances.get(&m)?;
        let Type::Signature(sig) = self.ty(generic) else { return None };
        let (recv, tparams) = (sig.recv, sig.recv_tparams.clone());
        let targs = match self.ty(inst) {
            Type::Named(n) => n.targs.clone(),
            _ => return None,
        };
        let mut new = generic;
        if tparams.len() == targs.len() {
            new = self.subst(generic, &crate::Subst { tparams, targs });
        }
        let recv = recv.map(|r| {
            let ptr = matches!(self.obj(origin).kind, ObjKind::Func { ptr_recv: true, .. });
            let typ = if ptr { self.new_type(Type::Pointer(inst)) } else { inst };
            let copy = Object { typ: Some(typ), origin: Some(r), ..self.obj(r).clone() };
            self.new_object(copy)
        });
        let Type::Signature(sig) = self.ty(new) else { return None };
        let sig = Signature { recv, recv_tparams: Vec::new(), ..sig.clone() };
        let typ = self.new_type(Type::Signature(sig));
        self.obj_mut(m).typ = Some(typ);
        Some(typ)
    }

    /// One id for all identical types: aliases resolved, `byte` as `uint8`. For types without type
    /// parameters; the ids of named types are those of the declaration (or of one instance).
    pub fn canon(&mut self, t: TypeId) -> TypeId {
        if let Some(&c) = self.canon_of.get(&t) {
            return c;
        }
        let u = self.unalias(t);
        let c = match self.ty(u) {
            Type::Basic(k) => self.typ_of(k.canonical()),
            // Instances are shared already, except for those with arguments spelt differently;
            // all others are themselves.
            _ => {
                let mut h = FastHasher::default();
                self.hash_type(u, 0, &mut h);
                let key = h.finish();
                let list = self.canon_table.get(&key).cloned().unwrap_or_default();
                match list.into_iter().find(|&c| self.identical(c, u)) {
                    Some(c) => c,
                    None => {
                        self.canon_table.entry(key).or_default().push(u);
                        u
                    }
                }
            }
        };
        self.canon_of.insert(t, c);
        self.canon_of.insert(c, c);
        c
    }
}

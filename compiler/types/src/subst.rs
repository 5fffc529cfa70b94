//! Substitution of types for type parameters.

use crate::{
    Interface, ObjId, ObjKind, Object, Signature, Store, Struct, Term, Type, TypeId, TypeParam,
};

/// Type parameters and what to put in their places.
#[derive(Clone, Default, Debug)]
pub struct Subst {
    pub tparams: Vec<TypeId>,
    pub targs: Vec<TypeId>,
}

impl Subst {
    fn get(&self, tparam: TypeId) -> Option<TypeId> {
        let i = self.tparams.iter().position(|&p| p == tparam)?;
        self.targs.get(i).copied()
    }
}

/// How deep aliases may mention other aliases.
const MAX_ALIAS_DEPTH: usize = 200;

impl Store {
    /// `t` with the arguments in place of the parameters; `t` itself when it mentions none.
    ///
    /// Types declared inside a generic function depend on that function's type parameters without
    /// mentioning them: they become instances of their own (`Named::origin` the declared type,
    /// `Named::targs` the function's arguments, receiver's first, then the arguments of the type
    /// itself), with lazily expanded underlying type, equal arguments giving the same id.
    pub fn subst(&mut self, t: TypeId, map: &Subst) -> TypeId {
        if map.tparams.is_empty() {
            return t;
        }
        match self.ty(t) {
            Type::Basic(_) => t,
            Type::TypeParam(_) => map.get(t).unwrap_or(t),
            &Type::Array { elem, len } => {
                self.rebuilt(t, elem, map, |elem| Type::Array { elem, len })
            }
            &Type::Slice(elem) => self.rebuilt(t, elem, map, Type::Slice),
            &Type::Pointer(elem) => self.rebuilt(t, elem, map, Type::Pointer),
            &Type::Chan { dir, elem } => {
                self.rebuilt(t, elem, map, |elem| Type::Chan { dir, elem })
            }
            &Type::Map { key, value } => {
                let (k, v) = (self.subst(key, map), self.subst(value, map));
                if (k, v) == (key, value) {
                    return t;
                }
                self.new_type(Type::Map { key: k, value: v })
            }
            Type::Struct(s) => {
                let fields = s.fields.clone();
                match self.subst_vars(&fields, map) {
                    Some(fields) => {
                        let Type::Struct(s) = self.ty(t) else { return t };
                        let tags = s.tags.clone();
                        self.new_type(Type::Struct(Struct { fields, tags }))
                    }
                    None => t,
                }
            }
            Type::Tuple(vars) => {
                let vars = vars.clone();
                match self.subst_vars(&vars, map) {
                    Some(vars) => self.new_type(Type::Tuple(vars)),
                    None => t,
                }
            }
            Type::Signature(_) => self.subst_signature(t, map),
            Type::Interface(_) => self.subst_interface(t, map),
            Type::Union(terms) => {
                let old = terms.clone();
                let new: Vec<Term> =
                    old.iter().map(|x| Term { typ: self.subst(x.typ, map), ..*x }).collect();
                if new == old { t } else { self.new_type(Type::Union(new)) }
            }
            Type::Named(_) => self.subst_named(t, map),
            Type::Alias(_) => {
                // Aliases that expand for ever go in a circle, which is reported elsewhere.
                if self.open_aliases.len() > MAX_ALIAS_DEPTH || self.open_aliases.contains(&t) {
                    return self.typ_of(crate::BasicKind::Invalid);
                }
                self.open_aliases.push(t);
                let new = self.subst_alias(t, map);
                self.open_aliases.pop();
                new
            }
        }
    }

    fn rebuilt(
        &mut self,
        t: TypeId,
        elem: TypeId,
        map: &Subst,
        build: impl FnOnce(TypeId) -> Type,
    ) -> TypeId {
        let e = self.subst(elem, map);
        if e == elem { t } else { self.new_type(build(e)) }
    }

    /// `None` when nothing changes.
    pub(crate) fn subst_list(&mut self, list: &[TypeId], map: &Subst) -> Option<Vec<TypeId>> {
        let new: Vec<TypeId> = list.iter().map(|&t| self.subst(t, map)).collect();
        (new != list).then_some(new)
    }

    /// Copies of the variables (fields, parameters) whose types change; `None` if none does.
    fn subst_vars(&mut self, vars: &[ObjId], map: &Subst) -> Option<Vec<ObjId>> {
        let mut new: Option<Vec<ObjId>> = None;
        for (i, &v) in vars.iter().enumerate() {
            let Some(typ) = self.obj(v).typ else { continue };
            let t = self.subst(typ, map);
            if t != typ {
                let copy = self.copy_object(v, t);
                new.get_or_insert_with(|| vars.to_vec())[i] = copy;
            }
        }
        new
    }

    fn copy_object(&mut self, obj: ObjId, typ: TypeId) -> ObjId {
        let o = self.obj(obj);
        let copy = Object { typ: Some(typ), origin: o.origin.or(Some(obj)), ..o.clone() };
        self.new_object(copy)
    }

    fn subst_signature(&mut self, t: TypeId, map: &Subst) -> TypeId {
        let Type::Signature(sig) = self.ty(t) else { return t };
        let (params, results, tparams) =
            (sig.params.clone(), sig.results.clone(), sig.tparams.clone());
        if !tparams.is_empty() {
            return self.subst_generic_signature(t, &tparams, map);
        }
        let p = self.subst_vars(&params, map);
        let r = self.subst_vars(&results, map);
        if p.is_none() && r.is_none() {
            return t;
        }
        let Type::Signature(sig) = self.ty(t) else { return t };
        let new = Signature {
            recv: sig.recv,
            recv_tparams: Vec::new(),
            tparams: Vec::new(),
            params: p.unwrap_or(params),
            results: r.unwrap_or(results),
            variadic: sig.variadic,
        };
        self.new_type(Type::Signature(new))
    }

    /// A method with type parameters of its own gets new ones if their bounds change.
    fn subst_generic_signature(&mut self, t: TypeId, tparams: &[TypeId], map: &Subst) -> TypeId {
        let bounds: Vec<TypeId> = tparams.iter().map(|&p| self.bound(p)).collect();
        let mut full = map.clone();
        let mut own = tparams.to_vec();
        if self.subst_list(&bounds, map).is_some() {
            own = tparams.iter().map(|&p| self.copy_type_param(p)).collect();
            full.tparams.extend_from_slice(tparams);
            full.targs.extend_from_slice(&own);
            for (&p, &b) in own.iter().zip(&bounds) {
                let b = self.subst(b, &full);
                self.set_bound(p, b);
            }
        }
        let plain = self.without_type_params(t);
        let new = self.subst_signature(plain, &full);
        if new == plain {
            return t;
        }
        if let Type::Signature(s) = self.ty_mut(new) {
            s.tparams = own;
        }
        new
    }

    /// A type parameter like `p`, for a renamed signature; its bound is the caller's to set.
    pub(crate) fn copy_type_param(&mut self, p: TypeId) -> TypeId {
        let Type::TypeParam(tp) = self.ty(p) else { return p };
        let (obj, tp) = (tp.obj, tp.clone());
        let unique = self.next_tparam;
        self.next_tparam += 1;
        let new = self.new_type(Type::TypeParam(TypeParam { unique, ..tp }));
        let obj = self.copy_object(obj, new);
        if let Type::TypeParam(tp) = self.ty_mut(new) {
            tp.obj = obj;
        }
        new
    }

    pub(crate) fn set_bound(&mut self, p: TypeId, bound: TypeId) {
        if let Type::TypeParam(tp) = self.ty_mut(p) {
            tp.bound = Some(bound);
        }
    }

    fn subst_interface(&mut self, t: TypeId, map: &Subst) -> TypeId {
        let Type::Interface(i) = self.ty(t) else { return t };
        if i.methods.is_empty() && i.embeddeds.is_empty() {
            return t;
        }
        let (methods, embeddeds) = (i.methods.clone(), i.embeddeds.clone());
        let m = self.subst_vars(&methods, map);
        let e = self.subst_list(&embeddeds, map);
        if m.is_none() && e.is_none() {
            return t;
        }
        let Type::Interface(i) = self.ty(t) else { return t };
        let new = Interface {
            methods: m.unwrap_or(methods),
            embeddeds: e.unwrap_or(embeddeds),
            embed_spans: i.embed_spans.clone(),
            implicit: i.implicit,
            tset: None,
        };
        let incomplete = self.incomplete.contains(&t);
        let new = self.new_type(Type::Interface(new));
        if incomplete {
            self.incomplete.insert(new);
        }
        new
    }

    fn subst_alias(&mut self, t: TypeId, map: &Subst) -> TypeId {
        let Type::Alias(a) = self.ty(t) else { return t };
        let local = matches!(self.obj(a.obj).kind, ObjKind::TypeName { in_generic: Some(_) });
        if let (Some(origin), false, false) = (a.origin, a.targs.is_empty(), local) {
            let targs = a.targs.clone();
            return match self.subst_list(&targs, map) {
                Some(targs) => self.instance(origin, &targs),
                None => t,
            };
        }
        let Some(rhs) = a.rhs else { return t };
        if !a.tparams.is_empty() {
            return t;
        }
        // An alias local to a generic function may mention its type parameters.
        let r = self.subst(rhs, map);
        if r == rhs { t } else { r }
    }

    fn subst_named(&mut self, t: TypeId, map: &Subst) -> TypeId {
        let Type::Named(n) = self.ty(t) else { return t };
        let (targs, origin, obj) = (n.targs.clone(), n.origin, n.obj);
        let outer = self.outer_type_params(obj);
        let from_outside = outer.iter().any(|&p| map.get(p).is_some());
        let generic = origin.unwrap_or(t);
        let Type::Named(g) = self.ty(generic) else { return t };
        let own = g.tparams.len();
        if targs.is_empty() {
            // A generic type by itself isn't an instance of anything.
            return match from_outside && own == 0 {
                true => self.instance_in(generic, &outer, &[], map),
                false => t,
            };
        }
        if from_outside && own > 0 && targs.len() == own {
            return self.instance_in(generic, &outer, &targs, map);
        }
        match self.subst_list(&targs, map) {
            // A wrong number of arguments was reported where the type was written.
            Some(new) if own == 0 || new.len() == own || new.len() == outer.len() + own => {
                self.instance(generic, &new)
            }
            Some(_) => self.typ_of(crate::BasicKind::Invalid),
            None => t,
        }
    }

    /// The instance of a type local to a generic function, with the function's arguments.
    fn instance_in(
        &mut self,
        generic: TypeId,
        outer: &[TypeId],
        targs: &[TypeId],
        map: &Subst,
    ) -> TypeId {
        let mut all = outer.to_vec();
        all.extend_from_slice(targs);
        let all = self.subst_list(&all, map).unwrap_or(all);
        self.instance(generic, &all)
    }

    /// The type parameters of the function that a type is local to.
    fn outer_type_params(&self, type_name: ObjId) -> Vec<TypeId> {
        match self.obj(type_name).kind {
            ObjKind::TypeName { in_generic: Some(f) } => self.func_type_params(f),
            _ => Vec::new(),
        }
    }

    /// All type parameters that are in scope in the body of a function or method: the receiver's,
    /// then its own.
    pub fn func_type_params(&self, func: ObjId) -> Vec<TypeId> {
        match self.obj(func).typ.map(|t| self.ty(t)) {
            Some(Type::Signature(s)) => [&s.recv_tparams[..], &s.tparams[..]].concat(),
            _ => Vec::new(),
        }
    }

    /// The parameters and arguments of an instance.
    pub(crate) fn instance_map(&self, inst: TypeId) -> Option<Subst> {
        match self.ty(inst) {
            Type::Named(n) => {
                let Type::Named(o) = self.ty(n.origin?) else { return None };
                let mut tparams = o.tparams.clone();
                if n.targs.len() > tparams.len() {
                    tparams = self.outer_type_params(o.obj);
                    tparams.extend_from_slice(&o.tparams);
                }
                Some(Subst { tparams, targs: n.targs.clone() })
            }
            Type::Alias(a) => {
                let Type::Alias(o) = self.ty(a.origin?) else { return None };
                Some(Subst { tparams: o.tparams.clone(), targs: a.targs.clone() })
            }
            _ => None,
        }
    }
}

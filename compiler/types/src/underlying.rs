//! Underlying types, and the types of a type set (specification, "Underlying types", "Type
//! constraints").

use crate::{Interface, Qualifier, Store, Term, Type, TypeId};
use syntax::ast::ChanDir;

impl Store {
    /// The underlying type: never `Named`, `Alias` or `TypeParam`. Of a type parameter, its
    /// constraint interface. Instances are expanded here. `Invalid` while a declaration is being
    /// read, and for invalid recursive types.
    pub fn underlying(&mut self, t: TypeId) -> TypeId {
        match self.ty(t) {
            Type::Named(n) => match n.underlying {
                Some(u) if !matches!(self.ty(u), Type::Named(_) | Type::Alias(_)) => u,
                _ => self.resolve_underlying(t),
            },
            Type::Alias(_) => {
                let u = self.unalias(t);
                self.underlying(u)
            }
            Type::TypeParam(_) => self.constraint(t),
            _ => t,
        }
    }

    /// Follows the declarations from `t` to a type literal or basic type, and notes the result in
    /// all types on the way.
    fn resolve_underlying(&mut self, t: TypeId) -> TypeId {
        let invalid = self.typ_of(crate::BasicKind::Invalid);
        let mut path = Vec::new();
        let mut cur = t;
        let found = loop {
            match self.ty(cur) {
                Type::Named(n) => {
                    if path.contains(&cur) || self.expanding.contains(&cur) {
                        return invalid;
                    }
                    let (underlying, origin) = (n.underlying, n.origin);
                    path.push(cur);
                    match (underlying, origin) {
                        (Some(u), _) => cur = u,
                        (None, Some(o)) => {
                            self.expanding.push(cur);
                            let u = self.expand_underlying(cur, o);
                            self.expanding.pop();
                            match u {
                                Some(u) => break u,
                                None => return invalid,
                            }
                        }
                        (None, None) => return invalid,
                    }
                }
                Type::Alias(a) => match a.rhs {
                    Some(_) => cur = self.unalias(cur),
                    None => return invalid,
                },
                // `type T[P any] P` was reported.
                Type::TypeParam(_) => break invalid,
                _ => break cur,
            }
        };
        for p in path {
            if let Type::Named(n) = self.ty_mut(p) {
                n.underlying = Some(found);
            }
        }
        found
    }

    /// The underlying type of an instance: the generic type's with the arguments put in.
    fn expand_underlying(&mut self, inst: TypeId, origin: TypeId) -> Option<TypeId> {
        let invalid = self.typ_of(crate::BasicKind::Invalid);
        if self.expanding.len() > 100 {
            return None;
        }
        let known = matches!(self.ty(origin), Type::Named(n) if n.underlying.is_some());
        let u = self.underlying(origin);
        if !known || u == invalid {
            return known.then_some(invalid);
        }
        let map = self.instance_map(inst)?;
        if map.tparams.len() != map.targs.len() {
            return Some(invalid);
        }
        Some(self.subst(u, &map))
    }

    /// The interface of a type parameter's constraint: other types are wrapped in one.
    pub fn constraint(&mut self, tparam: TypeId) -> TypeId {
        let tparam = self.unalias(tparam);
        let bound = self.bound(tparam);
        let u = match self.ty(self.unalias(bound)) {
            Type::TypeParam(_) => self.typ_of(crate::BasicKind::Invalid),
            _ => self.underlying(bound),
        };
        match self.ty(u) {
            Type::Interface(_) => return u,
            Type::Basic(crate::BasicKind::Invalid) => return crate::store::EMPTY_INTERFACE,
            _ => {}
        }
        if let Some(&i) = self.tparam_ifaces.get(&tparam) {
            return i;
        }
        let i = self.new_type(Type::Interface(Interface {
            embeddeds: vec![bound],
            embed_spans: vec![diag::Span::NONE],
            implicit: true,
            ..Interface::default()
        }));
        self.tparam_ifaces.insert(tparam, i);
        i
    }

    /// The terms of a type parameter's type set; `None` when it has no specific types. For other
    /// types, the type itself.
    pub fn terms(&mut self, t: TypeId) -> Option<Vec<Term>> {
        if !self.is_type_param(t) {
            return Some(vec![Term { tilde: false, typ: t }]);
        }
        let tset = self.type_set(t);
        tset.terms.clone()
    }

    /// The types of the type set with their underlying types: for a type parameter one pair for
    /// each term (an empty list when it has no specific types); for any other type that type.
    pub fn type_set_types(&mut self, t: TypeId) -> Vec<(TypeId, TypeId)> {
        let terms = self.terms(t).unwrap_or_default();
        terms.into_iter().map(|t| (t.typ, self.underlying(t.typ))).collect()
    }

    /// The single underlying type of all types of `t`'s type set (channels may differ in
    /// direction, the restricted one wins), or why there is none.
    pub fn common_under(&mut self, t: TypeId, q: Qualifier) -> Result<TypeId, String> {
        if !self.is_type_param(t) {
            return Ok(self.underlying(t));
        }
        let list = self.type_set_types(t);
        let Some(&(mut ct, mut cu)) = list.first() else {
            return Err("no specific type".to_string());
        };
        for &(t, u) in &list[1..] {
            let strings = |s: &Store| (s.type_string(ct, q), s.type_string(t, q));
            let chans = match (self.ty(cu), self.ty(u)) {
                (&Type::Chan { dir: d, elem: a }, &Type::Chan { dir: e, elem: b }) => {
                    Some((d, a, e, b))
                }
                _ => None,
            };
            let Some((d, a, e, b)) = chans else {
                if self.identical(cu, u) {
                    continue;
                }
                let (x, y) = strings(self);
                return Err(format!("{x} and {y} have different underlying types"));
            };
            if !self.identical(a, b) {
                let (x, y) = strings(self);
                return Err(format!("channels {x} and {y} have different element types"));
            }
            if d != e && d != ChanDir::Both && e != ChanDir::Both {
                let (x, y) = strings(self);
                return Err(format!("channels {x} and {y} have conflicting directions"));
            }
            if d == ChanDir::Both {
                (ct, cu) = (t, u);
            }
        }
        Ok(cu)
    }

    /// Like `common_under`, without the reason.
    pub fn core_type(&mut self, t: TypeId) -> Option<TypeId> {
        self.common_under(t, Qualifier::Name).ok()
    }
}

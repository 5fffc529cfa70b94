//! Invalid recursive types (specification, "Type declarations", "Struct types", "Array types": a
//! type must not contain itself but through pointers and the like).

use crate::{Checker, ObjId, Type, TypeId};

/// A generic type that occurs inside its own instances more often than this grows without end.
const MAX_NESTING: usize = 30;

impl<'a> Checker<'a> {
    /// Reports if a value of the defined type would contain another of the same type.
    pub(crate) fn valid_type(&mut self, t: TypeId) {
        let mut path = Vec::new();
        self.finite(t, &mut path);
    }

    fn finite(&mut self, t: TypeId, path: &mut Vec<TypeId>) -> bool {
        let t = self.store.unalias(t);
        match self.store.ty(t) {
            &Type::Array { elem, .. } => self.finite(elem, path),
            Type::Struct(s) => {
                let n = s.fields.len();
                (0..n).all(|i| {
                    let Type::Struct(s) = self.store.ty(t) else { return true };
                    match self.store.obj(s.fields[i]).typ {
                        Some(ft) => self.finite(ft, path),
                        None => true,
                    }
                })
            }
            Type::Union(terms) => {
                let terms = terms.clone();
                terms.iter().all(|x| self.finite(x.typ, path))
            }
            Type::Interface(i) => {
                let embedded = i.embeddeds.clone();
                embedded.iter().all(|&e| self.finite(e, path))
            }
            Type::Named(n) => {
                if self.finite_types.contains(&t) {
                    return true;
                }
                let (obj, origin) = (n.obj, n.origin);
                let nested = |c: &Self, x: TypeId| matches!(c.store.ty(x), Type::Named(m) if origin.is_some() && m.origin == origin);
                let start = path.iter().position(|&x| x == t);
                let many = path.iter().filter(|&&x| nested(self, x)).count() > MAX_NESTING;
                if start.is_some() || many {
                    self.infinite(obj, start, path);
                    return false;
                }
                let imported = self.store.obj(obj).pkg != Some(self.pkg);
                if imported && origin.is_none() {
                    return true;
                }
                path.push(t);
                let u = self.under(t);
                let ok = self.finite(u, path);
                path.pop();
                if ok {
                    self.finite_types.insert(t);
                }
                ok
            }
            _ => true,
        }
    }

    fn infinite(&mut self, obj: ObjId, start: Option<usize>, path: &[TypeId]) {
        let objs: Vec<ObjId> = match start {
            Some(i) => path[i..]
                .iter()
                .filter_map(|&t| match self.store.ty(t) {
                    Type::Named(n) => Some(n.obj),
                    _ => None,
                })
                .collect(),
            None => vec![obj],
        };
        self.cycle_error(&objs);
        // Whoever asks for their size later gets no answer rather than no end.
        let invalid = self.invalid();
        let broken: Vec<TypeId> = match start {
            Some(i) => path[i..].to_vec(),
            None => path.to_vec(),
        };
        for t in broken {
            if let Type::Named(n) = self.store.ty_mut(t) {
                n.underlying = Some(invalid);
            }
            self.finite_types.insert(t);
        }
    }
}

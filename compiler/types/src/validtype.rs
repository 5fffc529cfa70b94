//! Invalid recursive types (specification, "Type declarations", "Struct types", "Array types": a
//! type must not contain itself but through pointers and the like).

use crate::{Checker, Type, TypeId};

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
                let nests = path.iter().position(|&x| nested(self, x));
                let many = path.iter().filter(|&&x| nested(self, x)).count() > MAX_NESTING;
                if let Some(start) = start.or(nests.filter(|_| many)) {
                    self.infinite(&path[start..], many);
                    return false;
                }
                let imported = self.store.obj(obj).pkg != Some(self.pkg);
                if imported && origin.is_none() {
                    return true;
                }
                path.push(t);
                let next = match self.named_rhs.get(&t) {
                    Some(&rhs) => rhs,
                    None => self.under(t),
                };
                let ok = self.finite(next, path);
                path.pop();
                if ok {
                    self.finite_types.insert(t);
                }
                ok
            }
            _ => true,
        }
    }

    /// Reports the circle and marks its types as done.
    fn infinite(&mut self, circle: &[TypeId], grows: bool) {
        let mut links = Vec::new();
        for &t in circle {
            let Type::Named(n) = self.store.ty(t) else { continue };
            // An instance is declared where it is first written.
            let (obj, declared) = (n.obj, self.store.obj(n.obj).span);
            let span = self.instance_spans.get(&t).copied().unwrap_or(declared);
            links.push((obj, span, self.ts(t)));
            if grows {
                break;
            }
        }
        self.cycle_error_from(&links, 0);
        let invalid = self.invalid();
        let mut circle = circle.to_vec();
        if grows
            && let Some(Type::Named(n)) = circle.first().map(|&t| self.store.ty(t))
            && let Some(origin) = n.origin
        {
            circle.push(origin);
        }
        for &t in &circle {
            self.finite_types.insert(t);
            self.infinite_types.insert(t);
            // Type sets of these, and types that grow, could be computed forever.
            let u = self.under(t);
            // The one that is reported is forgiven.
            if Some(&t) != circle.first()
                && let Type::Interface(i) = self.store.ty(u)
                && i.embeddeds.iter().any(|&e| matches!(self.store.ty(e), Type::Union(_)))
            {
                self.broken_constraints.insert(t);
            }
            if (grows || matches!(self.store.ty(u), Type::Interface(_)))
                && let Type::Named(n) = self.store.ty_mut(t)
            {
                n.underlying = Some(invalid);
            }
        }
    }
}

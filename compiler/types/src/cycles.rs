//! Types that are used before they are complete, and types that contain themselves
//! (specification, "Type declarations": a type must not contain itself directly).

use crate::{Checker, ObjId, Type, TypeId};

impl<'a> Checker<'a> {
    /// Whether the type's declaration has been read, so that its underlying type is known. Reports
    /// a cycle if not: something needs a type in its own declaration.
    pub(crate) fn is_complete(&mut self, t: TypeId) -> bool {
        let mut t = t;
        let mut seen = 0;
        loop {
            let (obj, next) = match self.store.ty(t) {
                Type::Alias(a) => (a.obj, a.rhs),
                Type::Named(n) => (n.obj, n.underlying),
                _ => return true,
            };
            // All that is known to be done isn't on the path.
            if let Some(start) = self.obj_path.iter().rposition(|&o| o == obj)
                && next.is_none_or(|n| matches!(self.store.ty(n), Type::Named(_) | Type::Alias(_)))
            {
                let cycle: Vec<ObjId> = self.obj_path[start..].to_vec();
                self.cycle_error(&cycle);
                return false;
            }
            seen += 1;
            match next {
                Some(n) if seen < 1000 => t = n,
                _ => return true,
            }
        }
    }

    /// Whether the size of values of type `t` is no constant: because of type parameters, or
    /// because `t` contains itself or a type that is being declared, which is reported.
    pub(crate) fn has_var_size(&mut self, t: TypeId) -> bool {
        let t = self.store.unalias(t);
        match self.store.ty(t) {
            Type::TypeParam(_) => true,
            &Type::Array { elem, .. } => self.has_var_size(elem),
            Type::Struct(s) => {
                let fields = s.fields.clone();
                fields
                    .iter()
                    .any(|&f| self.store.obj(f).typ.is_some_and(|field| self.has_var_size(field)))
            }
            Type::Named(n) => {
                if let Some(&known) = self.var_sizes.get(&t) {
                    return known;
                }
                let (obj, instance) = (n.obj, n.origin.is_some());
                if instance && self.sized_instances.contains(&t) {
                    // Of all instances the first one is reported.
                    if n.origin.is_some_and(|o| self.var_sizes.insert(o, true).is_none()) {
                        let span = self.instance_spans.get(&t).copied();
                        let span = span.unwrap_or(self.store.obj(obj).span);
                        let name = self.ts(t);
                        self.cycle_error_from(&[(obj, span, name)], 0);
                    }
                    return true;
                }
                if !instance && let Some(start) = self.obj_path.iter().rposition(|&o| o == obj) {
                    let cycle: Vec<ObjId> = self.obj_path[start..].to_vec();
                    self.cycle_error(&cycle);
                    return true;
                }
                let next = match self.named_rhs.get(&t) {
                    Some(&rhs) => rhs,
                    None => self.under(t),
                };
                match instance {
                    true => self.sized_instances.push(t),
                    false => self.obj_path.push(obj),
                }
                let varies = self.has_var_size(next);
                match instance {
                    true => self.sized_instances.pop().map(drop),
                    false => self.obj_path.pop().map(drop),
                };
                self.var_sizes.insert(t, varies);
                varies
            }
            _ => false,
        }
    }
}

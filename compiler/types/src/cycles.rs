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
}

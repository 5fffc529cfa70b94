//! Unification of types (specification, "Type unification").
//!
//! In: pairs of types with type parameters to solve for. Out: what the parameters must stand for.

use crate::{ObjId, Store, Type, TypeId};
use syntax::ast::ChanDir;

/// How much the types may differ, as they may in an assignment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum UnifyMode {
    /// They must become identical.
    Exact,
    /// Defined types match literals of the same underlying type, channels may lose a direction,
    /// interfaces match what has their methods. So may the types that they are composed of.
    Loose,
    /// Loose, but composed of identical types: the rules of assignment.
    Assign,
}

use UnifyMode::{Assign, Exact};

impl UnifyMode {
    /// For element, field, parameter types and so on.
    fn of_elements(self) -> UnifyMode {
        if self == Assign { Exact } else { self }
    }
}

/// Deeper types than this are taken not to match.
const MAX_DEPTH: u32 = 100;

pub(crate) struct Unifier {
    tparams: Vec<TypeId>,
    /// Parameters that were found to be equal share a slot.
    slot_of: Vec<usize>,
    slots: Vec<Option<TypeId>>,
    depth: u32,
    /// Interfaces match by methods (since Go 1.21).
    interfaces: bool,
    pairs: Vec<(TypeId, TypeId)>,
}

impl Unifier {
    pub(crate) fn new(tparams: &[TypeId], targs: &[Option<TypeId>], interfaces: bool) -> Unifier {
        let n = tparams.len();
        let mut slots = targs.to_vec();
        slots.resize(n, None);
        Unifier {
            tparams: tparams.to_vec(),
            slot_of: (0..n).collect(),
            slots,
            depth: 0,
            interfaces,
            pairs: Vec::new(),
        }
    }

    fn index(&self, t: TypeId) -> Option<usize> {
        self.tparams.iter().position(|&p| p == t)
    }

    /// What a parameter stands for, as far as known.
    pub(crate) fn at(&self, tparam: TypeId) -> Option<TypeId> {
        self.slots[self.slot_of[self.index(tparam)?]]
    }

    pub(crate) fn set(&mut self, tparam: TypeId, t: TypeId) {
        if let Some(i) = self.index(tparam) {
            let s = self.slot_of[i];
            self.slots[s] = Some(t);
        }
    }

    pub(crate) fn unknowns(&self) -> usize {
        (0..self.tparams.len()).filter(|&i| self.slots[self.slot_of[i]].is_none()).count()
    }

    /// For each parameter what it stands for.
    pub(crate) fn inferred(&self) -> Vec<Option<TypeId>> {
        self.slot_of.iter().map(|&s| self.slots[s]).collect()
    }

    fn join(&mut self, a: usize, b: usize) {
        let (keep, gone) = (self.slot_of[a], self.slot_of[b]);
        let t = self.slots[keep].or(self.slots[gone]);
        self.slots[keep] = t;
        for s in &mut self.slot_of {
            if *s == gone {
                *s = keep;
            }
        }
    }

    pub(crate) fn unify(&mut self, s: &mut Store, x: TypeId, y: TypeId, mode: UnifyMode) -> bool {
        if self.depth > MAX_DEPTH {
            return false;
        }
        self.depth += 1;
        let ok = self.unify_(s, x, y, mode);
        self.depth -= 1;
        ok
    }

    fn unify_(&mut self, s: &mut Store, x: TypeId, y: TypeId, mode: UnifyMode) -> bool {
        let (mut x, mut y) = (s.unalias(x), s.unalias(y));
        if x == y {
            return true;
        }
        // A parameter to solve for comes first.
        if self.index(x).is_none() && self.index(y).is_some() {
            std::mem::swap(&mut x, &mut y);
        }
        let literal = |s: &Store, t| !matches!(s.ty(t), Type::Named(_) | Type::TypeParam(_));
        if mode != Exact {
            let named = |s: &Store, t| matches!(s.ty(t), Type::Named(_));
            if named(s, x) && literal(s, y) && !is_iface(s, y) {
                x = s.underlying(x);
            } else if named(s, y) && literal(s, x) && !is_iface(s, x) {
                y = s.underlying(y);
            }
            if x == y {
                return true;
            }
        }
        match (self.index(x), self.index(y)) {
            (Some(i), Some(j)) => {
                if self.slot_of[i] == self.slot_of[j] {
                    return true;
                }
                let (a, b) = (self.slots[self.slot_of[i]], self.slots[self.slot_of[j]]);
                if let (Some(a), Some(b)) = (a, b) {
                    return self.unify(s, a, b, mode);
                }
                self.join(i, j);
                true
            }
            (Some(i), None) => {
                let slot = self.slot_of[i];
                let Some(known) = self.slots[slot] else {
                    self.slots[slot] = Some(y);
                    return true;
                };
                if !compatible(s, known, y) || !self.unify(s, known, y, mode) {
                    return false;
                }
                if mode != Exact && prefer(s, known, y) {
                    let slot = self.slot_of[i];
                    self.slots[slot] = Some(y);
                }
                true
            }
            _ => self.unify_structure(s, x, y, mode),
        }
    }

    fn unify_structure(&mut self, s: &mut Store, x: TypeId, y: TypeId, mode: UnifyMode) -> bool {
        let elems = mode.of_elements();
        if mode != Exact {
            // Type parameters of an enclosing function: by the type that all their types share.
            let (xp, yp) = (s.is_type_param(x), s.is_type_param(y));
            if xp != yp {
                let (p, other) = if xp { (x, y) } else { (y, x) };
                return match s.core_type(p) {
                    Some(core) => {
                        let other = match s.ty(other) {
                            Type::Named(_) => s.underlying(other),
                            _ => other,
                        };
                        self.unify(s, core, other, mode)
                    }
                    None => false,
                };
            }
            if !xp && self.interfaces {
                let (xu, yu) = (s.underlying(x), s.underlying(y));
                match (is_iface(s, xu), is_iface(s, yu)) {
                    (true, true) => {
                        return self.unify_interfaces(s, xu, yu, mode);
                    }
                    (true, false) => return self.unify_methods(s, xu, y),
                    (false, true) => return self.unify_methods(s, yu, x),
                    _ => {}
                }
            }
        }
        match (s.ty(x), s.ty(y)) {
            (Type::Basic(a), Type::Basic(b)) => a.canonical() == b.canonical(),
            (&Type::Array { elem: a, len: n }, &Type::Array { elem: b, len: m }) => {
                (n < 0 || m < 0 || n == m) && self.unify(s, a, b, elems)
            }
            (&Type::Slice(a), &Type::Slice(b)) | (&Type::Pointer(a), &Type::Pointer(b)) => {
                self.unify(s, a, b, elems)
            }
            (&Type::Map { key: k, value: v }, &Type::Map { key: l, value: w }) => {
                self.unify(s, k, l, elems) && self.unify(s, v, w, elems)
            }
            (&Type::Chan { dir: d, elem: a }, &Type::Chan { dir: e, elem: b }) => {
                (mode != Exact || d == e) && self.unify(s, a, b, elems)
            }
            (Type::Struct(a), Type::Struct(b)) => {
                let tag = |tags: &[Option<syntax::ast::Name>], i: usize| {
                    tags.get(i).cloned().flatten().unwrap_or_else(|| "".into())
                };
                let n = a.fields.len();
                if n != b.fields.len() || (0..n).any(|i| tag(&a.tags, i) != tag(&b.tags, i)) {
                    return false;
                }
                let (a, b) = (a.fields.clone(), b.fields.clone());
                let same = a
                    .iter()
                    .zip(&b)
                    .all(|(&f, &g)| s.embedded(f) == s.embedded(g) && s.same_id(f, g));
                same && self.unify_objs(s, &a, &b, elems)
            }
            (Type::Signature(a), Type::Signature(b)) => {
                if a.tparams.len() != b.tparams.len()
                    || a.variadic != b.variadic
                    || a.params.len() != b.params.len()
                    || a.results.len() != b.results.len()
                {
                    return false;
                }
                let (ap, bp) = (a.params.clone(), b.params.clone());
                let (ar, br) = (a.results.clone(), b.results.clone());
                self.unify_objs(s, &ap, &bp, elems) && self.unify_objs(s, &ar, &br, elems)
            }
            (Type::Tuple(a), Type::Tuple(b)) => {
                let (a, b) = (a.clone(), b.clone());
                a.len() == b.len() && self.unify_objs(s, &a, &b, elems)
            }
            (Type::Interface(_), Type::Interface(_)) => self.unify_interfaces(s, x, y, mode),
            (Type::Named(a), Type::Named(b)) => {
                if a.origin.is_none() || a.origin != b.origin || a.targs.len() != b.targs.len() {
                    return false;
                }
                let (a, b) = (a.targs.clone(), b.targs.clone());
                a.iter().zip(&b).all(|(&a, &b)| self.unify(s, a, b, mode))
            }
            _ => false,
        }
    }

    fn unify_objs(&mut self, s: &mut Store, a: &[ObjId], b: &[ObjId], mode: UnifyMode) -> bool {
        a.iter().zip(b).all(|(&a, &b)| match (s.obj_type(a), s.obj_type(b)) {
            (Some(a), Some(b)) => self.unify(s, a, b, mode),
            _ => true,
        })
    }

    /// Interfaces: exactly, the same methods; loosely, those of one may be some of the other's.
    fn unify_interfaces(&mut self, s: &mut Store, x: TypeId, y: TypeId, mode: UnifyMode) -> bool {
        let (a, b) = (s.type_set(x), s.type_set(y));
        if a.comparable != b.comparable
            || !s.terms_equal(a.terms.as_deref(), b.terms.as_deref())
            || mode == Exact && a.methods.len() != b.methods.len()
        {
            return false;
        }
        let key = (x.min(y), x.max(y));
        if self.pairs.contains(&key) {
            return true;
        }
        self.pairs.push(key);
        let (few, many) = if a.methods.len() <= b.methods.len() { (&a, &b) } else { (&b, &a) };
        let ok =
            few.methods.iter().all(|&m| match many.methods.iter().find(|&&n| s.same_id(m, n)) {
                Some(&n) => self.unify_objs(s, &[m], &[n], Exact),
                None => false,
            });
        self.pairs.pop();
        ok
    }

    /// `t`, no interface, has the methods of `iface`, with types that unify.
    fn unify_methods(&mut self, s: &mut Store, iface: TypeId, t: TypeId) -> bool {
        let set = s.type_set(iface);
        if set.terms.is_some() {
            return false;
        }
        set.methods.iter().all(|&m| {
            let o = s.obj(m);
            let (pkg, name) = (o.pkg, o.name);
            match s.lookup_field_or_method(t, false, pkg, name).obj {
                Some(f) if s.is_method(f) => self.unify_objs(s, &[m], &[f], Exact),
                _ => false,
            }
        })
    }
}

fn is_iface(s: &Store, t: TypeId) -> bool {
    matches!(s.ty(t), Type::Interface(_))
}

/// Two arguments for one parameter: both are interfaces or neither is, and of interfaces the method
/// sets are equal, of which at most one has a name.
fn compatible(s: &mut Store, known: TypeId, new: TypeId) -> bool {
    if s.is_type_param(known) || s.is_type_param(new) {
        return true;
    }
    match (s.is_interface(known), s.is_interface(new)) {
        (true, true) => {
            s.type_set(known).methods.len() == s.type_set(new).methods.len()
                && (!s.is_named(known) || !s.is_named(new) || same_generic(s, known, new))
        }
        (a, b) => a == b,
    }
}

/// The same defined type, or instances of the same.
fn same_generic(s: &Store, x: TypeId, y: TypeId) -> bool {
    let (x, y) = (s.unalias(x), s.unalias(y));
    x == y
        || match (s.ty(x), s.ty(y)) {
            (Type::Named(a), Type::Named(b)) => a.origin.is_some() && a.origin == b.origin,
            _ => false,
        }
}

/// Of two types that match loosely, the second is the better choice: a defined type rather than a
/// literal, else a channel with a direction.
fn prefer(s: &Store, known: TypeId, new: TypeId) -> bool {
    let named = |t| matches!(s.ty(s.unalias(t)), Type::Named(_));
    if named(new) {
        return !named(known);
    }
    if named(known) {
        return false;
    }
    let both = |t| matches!(s.ty(s.unalias(t)), Type::Chan { dir: ChanDir::Both, .. });
    both(known) && matches!(s.ty(new), Type::Chan { .. }) && !both(new)
}

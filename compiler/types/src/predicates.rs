//! Questions about types: kinds, identity, comparability (specification, "Properties of types and
//! values"). Those that look at a type's own structure only take `&self`; those that may have to
//! expand instances or compute type sets take `&mut self`.

use crate::store::{EMPTY_INTERFACE, NO_METHOD};
use crate::{BasicKind, Checker, ObjId, ObjKind, Store, Term, Type, TypeId};

impl Store {
    /// The type that an alias stands for (instances of generic aliases included).
    pub fn unalias(&self, t: TypeId) -> TypeId {
        let mut t = t;
        // A chain of aliases can only be cyclic while the error is being found out.
        for _ in 0..1000 {
            match self.ty(t) {
                Type::Alias(a) => match a.rhs {
                    Some(rhs) => t = rhs,
                    None => return self.typ_of(BasicKind::Invalid),
                },
                _ => return t,
            }
        }
        self.typ_of(BasicKind::Invalid)
    }

    /// `false` for the type of things about which an error was reported.
    pub fn is_valid(&self, t: TypeId) -> bool {
        self.unalias(t) != self.typ_of(BasicKind::Invalid)
    }

    /// The basic kind of the underlying type, if that is basic; not for type parameters.
    pub fn basic_kind(&self, t: TypeId) -> Option<BasicKind> {
        let mut t = t;
        for _ in 0..1000 {
            match self.ty(t) {
                Type::Basic(k) => return Some(*k),
                Type::Alias(a) => t = a.rhs?,
                // A basic underlying type can't depend on type arguments.
                Type::Named(n) => t = n.underlying.or(n.origin)?,
                _ => return None,
            }
        }
        None
    }

    fn basic_is(&self, t: TypeId, pred: fn(BasicKind) -> bool) -> bool {
        self.basic_kind(t).is_some_and(pred)
    }

    pub fn is_boolean(&self, t: TypeId) -> bool {
        self.basic_is(t, BasicKind::is_boolean)
    }

    pub fn is_integer(&self, t: TypeId) -> bool {
        self.basic_is(t, BasicKind::is_integer)
    }

    pub fn is_unsigned(&self, t: TypeId) -> bool {
        self.basic_is(t, BasicKind::is_unsigned)
    }

    pub fn is_float(&self, t: TypeId) -> bool {
        self.basic_is(t, BasicKind::is_float)
    }

    pub fn is_complex(&self, t: TypeId) -> bool {
        self.basic_is(t, BasicKind::is_complex)
    }

    pub fn is_numeric(&self, t: TypeId) -> bool {
        self.basic_is(t, BasicKind::is_numeric)
    }

    pub fn is_string(&self, t: TypeId) -> bool {
        self.basic_is(t, BasicKind::is_string)
    }

    pub fn is_integer_or_float(&self, t: TypeId) -> bool {
        self.basic_is(t, |k| k.is_integer() || k.is_float())
    }

    /// Constants may have this type.
    pub fn is_const_type(&self, t: TypeId) -> bool {
        self.basic_is(t, BasicKind::is_const_type)
    }

    /// An untyped kind itself (nothing has such an underlying type).
    pub fn is_untyped(&self, t: TypeId) -> bool {
        matches!(self.ty(t), Type::Basic(k) if k.is_untyped())
    }

    pub fn is_typed(&self, t: TypeId) -> bool {
        !self.is_untyped(t)
    }

    pub fn is_untyped_numeric(&self, t: TypeId) -> bool {
        matches!(self.ty(t), Type::Basic(k) if k.is_untyped() && k.is_numeric())
    }

    pub fn is_type_param(&self, t: TypeId) -> bool {
        matches!(self.ty(self.unalias(t)), Type::TypeParam(_))
    }

    /// A named type in the specification's sense: predeclared, defined, or a type parameter.
    pub fn has_name(&self, t: TypeId) -> bool {
        matches!(self.ty(self.unalias(t)), Type::Basic(_) | Type::Named(_) | Type::TypeParam(_))
    }

    /// A generic type or signature that has not been instantiated.
    pub fn is_generic(&self, t: TypeId) -> bool {
        match self.ty(t) {
            // A type whose right-hand side is an alias of a generic type can't exist.
            Type::Alias(a) => !a.tparams.is_empty() && a.targs.is_empty(),
            Type::Named(n) => !n.tparams.is_empty() && n.targs.is_empty(),
            Type::Signature(s) => !s.tparams.is_empty(),
            _ => false,
        }
    }

    /// The defined (or instantiated) type that `t` is.
    pub fn is_named(&self, t: TypeId) -> bool {
        matches!(self.ty(self.unalias(t)), Type::Named(_))
    }

    /// The type that an untyped operand assumes where nothing else decides.
    pub fn default_type(&self, t: TypeId) -> TypeId {
        use BasicKind::*;
        let kind = match self.ty(t) {
            Type::Basic(k) => match k {
                UntypedBool => Bool,
                UntypedInt => Int,
                UntypedRune => Rune,
                UntypedFloat => Float64,
                UntypedComplex => Complex128,
                UntypedString => String,
                _ => return t,
            },
            _ => return t,
        };
        self.typ_of(kind)
    }

    /// The base of a pointer type literal.
    pub fn deref(&self, t: TypeId) -> (TypeId, bool) {
        match self.ty(self.unalias(t)) {
            Type::Pointer(base) => (*base, true),
            _ => (t, false),
        }
    }

    /// `pred` holds for the underlying type, or for all types of a type parameter's type set,
    /// of which there must be some.
    pub fn all_basic(&mut self, t: TypeId, pred: fn(BasicKind) -> bool) -> bool {
        if !self.is_type_param(t) {
            return self.basic_is(t, pred);
        }
        match self.type_set(t).terms.as_deref() {
            None | Some([]) => false,
            Some(terms) => terms.iter().all(|t| self.basic_is(t.typ, pred)),
        }
    }

    pub fn all_boolean(&mut self, t: TypeId) -> bool {
        self.all_basic(t, BasicKind::is_boolean)
    }

    pub fn all_integer(&mut self, t: TypeId) -> bool {
        self.all_basic(t, BasicKind::is_integer)
    }

    pub fn all_unsigned(&mut self, t: TypeId) -> bool {
        self.all_basic(t, BasicKind::is_unsigned)
    }

    pub fn all_numeric(&mut self, t: TypeId) -> bool {
        self.all_basic(t, BasicKind::is_numeric)
    }

    pub fn all_string(&mut self, t: TypeId) -> bool {
        self.all_basic(t, BasicKind::is_string)
    }

    pub fn all_numeric_or_string(&mut self, t: TypeId) -> bool {
        self.all_basic(t, |k| k.is_numeric() || k.is_string())
    }

    /// Types with `<`: integers, floats and strings.
    pub fn all_ordered(&mut self, t: TypeId) -> bool {
        self.all_basic(t, |k| k.is_integer() || k.is_float() || k.is_string())
    }

    /// An interface type that isn't a type parameter.
    pub fn is_non_type_param_interface(&mut self, t: TypeId) -> bool {
        !self.is_type_param(t) && self.is_interface(t)
    }

    /// An interface or a type parameter.
    pub fn is_interface(&mut self, t: TypeId) -> bool {
        let u = self.underlying(t);
        matches!(self.ty(u), Type::Interface(_))
    }

    /// `nil` is a value of the type (for a type parameter: of all types of its set).
    pub fn has_nil(&mut self, t: TypeId) -> bool {
        let u = self.underlying(t);
        match self.ty(u) {
            Type::Basic(k) => matches!(k, BasicKind::UnsafePointer | BasicKind::UntypedNil),
            Type::Pointer(_) | Type::Slice(_) | Type::Signature(_) | Type::Map { .. } => true,
            Type::Chan { .. } => true,
            Type::Interface(_) if !self.is_type_param(t) => true,
            Type::Interface(_) => match self.type_set(t).terms.as_deref() {
                None | Some([]) => false,
                Some(terms) => terms.iter().all(|t| self.has_nil(t.typ)),
            },
            _ => false,
        }
    }

    /// Whether values can be compared with `==`; with `dynamic`, interfaces count although the
    /// comparison may panic.
    pub fn comparable_type(&mut self, t: TypeId, dynamic: bool) -> bool {
        self.incomparable_cause(t, dynamic).is_none()
    }

    /// Why a type isn't comparable: an empty text when there is no more to say than that.
    pub fn incomparable_cause(&mut self, t: TypeId, dynamic: bool) -> Option<Incomparable> {
        self.incomparable(t, dynamic, &mut Vec::new())
    }

    fn incomparable(
        &mut self,
        t: TypeId,
        dynamic: bool,
        seen: &mut Vec<TypeId>,
    ) -> Option<Incomparable> {
        // Cycles (invalid recursive types) were reported elsewhere.
        if seen.contains(&t) || seen.len() > 500 {
            return None;
        }
        seen.push(t);
        let u = self.underlying(t);
        let r = match self.ty(u) {
            Type::Basic(BasicKind::UntypedNil) => Some(Incomparable::Plain),
            Type::Basic(_) | Type::Pointer(_) | Type::Chan { .. } => None,
            Type::Struct(s) => {
                let n = s.fields.len();
                self.incomparable_struct(u, n, dynamic, seen)
            }
            Type::Array { elem, .. } => {
                let elem = *elem;
                self.incomparable(elem, dynamic, seen).map(|_| Incomparable::Elem(t))
            }
            Type::Interface(_) => {
                let tset = self.type_set(t);
                if dynamic && !self.is_type_param(t) {
                    None
                } else if tset.is_empty() {
                    Some(Incomparable::EmptyTypeSet)
                } else if self.type_set_comparable(&tset, seen) {
                    None
                } else {
                    Some(Incomparable::Interface)
                }
            }
            _ => Some(Incomparable::Plain),
        };
        seen.pop();
        r
    }

    fn incomparable_struct(
        &mut self,
        u: TypeId,
        fields: usize,
        dynamic: bool,
        seen: &mut Vec<TypeId>,
    ) -> Option<Incomparable> {
        for i in 0..fields {
            let Type::Struct(s) = self.ty(u) else { return None };
            let f = s.fields[i];
            let Some(ft) = self.obj(f).typ else { continue };
            if self.incomparable(ft, dynamic, seen).is_some() {
                return Some(Incomparable::Field(f));
            }
        }
        None
    }

    /// All types of the set are comparable without panic.
    pub(crate) fn type_set_comparable(
        &mut self,
        tset: &crate::TypeSet,
        seen: &mut Vec<TypeId>,
    ) -> bool {
        match &tset.terms {
            None => tset.comparable,
            Some(terms) => terms.iter().all(|t| self.incomparable(t.typ, false, seen).is_none()),
        }
    }
}

/// Why a type is not comparable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Incomparable {
    Plain,
    /// This struct field can't be compared.
    Field(ObjId),
    /// This array type's elements can't be.
    Elem(TypeId),
    /// A type parameter (or constraint) that isn't comparable.
    Interface,
    EmptyTypeSet,
}

/// Pairs of interfaces that are being compared, against endless recursion.
type Pairs = Vec<(TypeId, TypeId)>;

impl Store {
    /// Identity of types (specification, "Type identity").
    pub fn identical(&mut self, x: TypeId, y: TypeId) -> bool {
        self.identical_(x, y, true, &mut Pairs::new())
    }

    /// Identity that ignores struct tags, as conversions do.
    pub fn identical_ignore_tags(&mut self, x: TypeId, y: TypeId) -> bool {
        self.identical_(x, y, false, &mut Pairs::new())
    }

    fn identical_(&mut self, x: TypeId, y: TypeId, tags: bool, pairs: &mut Pairs) -> bool {
        if x == y {
            return true;
        }
        let (x, y) = (self.unalias(x), self.unalias(y));
        if x == y {
            return true;
        }
        match (self.ty(x), self.ty(y)) {
            (Type::Basic(a), Type::Basic(b)) => a.canonical() == b.canonical(),
            (&Type::Array { elem: a, len: n }, &Type::Array { elem: b, len: m }) => {
                // An unknown length (an error) agrees with all.
                (n < 0 || m < 0 || n == m) && self.identical_(a, b, tags, pairs)
            }
            (&Type::Slice(a), &Type::Slice(b)) | (&Type::Pointer(a), &Type::Pointer(b)) => {
                self.identical_(a, b, tags, pairs)
            }
            (&Type::Map { key: k, value: v }, &Type::Map { key: l, value: w }) => {
                self.identical_(k, l, tags, pairs) && self.identical_(v, w, tags, pairs)
            }
            (&Type::Chan { dir: d, elem: a }, &Type::Chan { dir: e, elem: b }) => {
                d == e && self.identical_(a, b, tags, pairs)
            }
            (Type::Struct(a), Type::Struct(b)) => {
                if a.fields.len() != b.fields.len()
                    || tags
                        && !(0..a.fields.len()).all(|i| tag_at(&a.tags, i) == tag_at(&b.tags, i))
                {
                    return false;
                }
                let fields: Vec<_> =
                    a.fields.iter().copied().zip(b.fields.iter().copied()).collect();
                fields.into_iter().all(|(f, g)| {
                    self.embedded(f) == self.embedded(g)
                        && self.same_id(f, g)
                        && self.identical_obj_types(f, g, tags, pairs)
                })
            }
            (Type::Tuple(a), Type::Tuple(b)) => {
                let (a, b) = (a.clone(), b.clone());
                self.identical_vars(&a, &b, tags, pairs)
            }
            (Type::Signature(_), Type::Signature(_)) => {
                self.identical_signatures(x, y, tags, pairs)
            }
            (Type::Union(a), Type::Union(b)) => {
                let (a, b) = (a.clone(), b.clone());
                let sub = |s: &mut Store, a: &[Term], b: &[Term], pairs: &mut Pairs| {
                    a.iter().all(|t| {
                        b.iter()
                            .any(|u| t.tilde == u.tilde && s.identical_(t.typ, u.typ, tags, pairs))
                    })
                };
                sub(self, &a, &b, pairs) && sub(self, &b, &a, pairs)
            }
            (Type::Interface(_), Type::Interface(_)) => {
                self.identical_interfaces(x, y, tags, pairs)
            }
            (Type::Named(a), Type::Named(b)) => {
                let (Some(o), Some(p)) = (a.origin, b.origin) else { return false };
                if o != p || a.targs.len() != b.targs.len() {
                    return false;
                }
                let targs: Vec<_> = a.targs.iter().copied().zip(b.targs.iter().copied()).collect();
                targs.into_iter().all(|(a, b)| self.identical_(a, b, tags, pairs))
            }
            _ => false,
        }
    }

    pub(crate) fn embedded(&self, field: ObjId) -> bool {
        matches!(self.obj(field).kind, ObjKind::Field { embedded: true, .. })
    }

    /// Names are the same identifier: equal, and from one package unless exported
    /// (specification, "Uniqueness of identifiers").
    pub(crate) fn same_id(&self, a: ObjId, b: ObjId) -> bool {
        let (a, b) = (self.obj(a), self.obj(b));
        a.name == b.name && (a.is_exported() || self.same_pkg(a.pkg, b.pkg))
    }

    pub(crate) fn same_pkg(&self, a: Option<crate::PkgId>, b: Option<crate::PkgId>) -> bool {
        a == b
            || match (a, b) {
                (Some(a), Some(b)) => self.package(a).path == self.package(b).path,
                _ => false,
            }
    }

    fn identical_obj_types(&mut self, a: ObjId, b: ObjId, tags: bool, pairs: &mut Pairs) -> bool {
        match (self.obj_type(a), self.obj_type(b)) {
            (Some(a), Some(b)) => self.identical_(a, b, tags, pairs),
            _ => true,
        }
    }

    fn identical_vars(&mut self, a: &[ObjId], b: &[ObjId], tags: bool, pairs: &mut Pairs) -> bool {
        a.len() == b.len()
            && a.iter().zip(b).all(|(&a, &b)| self.identical_obj_types(a, b, tags, pairs))
    }

    fn identical_signatures(
        &mut self,
        x: TypeId,
        y: TypeId,
        tags: bool,
        pairs: &mut Pairs,
    ) -> bool {
        let (Type::Signature(a), Type::Signature(b)) = (self.ty(x), self.ty(y)) else {
            return false;
        };
        if a.tparams.len() != b.tparams.len()
            || a.variadic != b.variadic
            || a.params.len() != b.params.len()
            || a.results.len() != b.results.len()
        {
            return false;
        }
        if a.tparams.is_empty() {
            let (ap, bp) = (a.params.clone(), b.params.clone());
            let (ar, br) = (a.results.clone(), b.results.clone());
            return self.identical_vars(&ap, &bp, tags, pairs)
                && self.identical_vars(&ar, &br, tags, pairs);
        }
        // Generic: rename the second's type parameters to the first's.
        let (at, bt) = (a.tparams.clone(), b.tparams.clone());
        let map = crate::Subst { tparams: bt.clone(), targs: at.clone() };
        for (&p, &q) in at.iter().zip(&bt) {
            let (p, q) = (self.bound(p), self.bound(q));
            let q = self.subst(q, &map);
            if !self.identical_(p, q, tags, pairs) {
                return false;
            }
        }
        let plain = self.without_type_params(y);
        let renamed = self.subst(plain, &map);
        let x = self.without_type_params(x);
        self.identical_(x, renamed, tags, pairs)
    }

    /// A copy of a signature without its own type parameters.
    pub(crate) fn without_type_params(&mut self, sig: TypeId) -> TypeId {
        match self.ty(sig) {
            Type::Signature(s) if !s.tparams.is_empty() => {
                let copy = crate::Signature { tparams: Vec::new(), ..s.clone() };
                self.new_type(Type::Signature(copy))
            }
            _ => sig,
        }
    }

    fn identical_interfaces(
        &mut self,
        x: TypeId,
        y: TypeId,
        tags: bool,
        pairs: &mut Pairs,
    ) -> bool {
        let (a, b) = (self.type_set(x), self.type_set(y));
        if a.comparable != b.comparable
            || a.methods.len() != b.methods.len()
            || !self.terms_equal(a.terms.as_deref(), b.terms.as_deref())
        {
            return false;
        }
        // Interfaces whose methods mention them again: what is being compared may be taken as
        // identical, a difference shows elsewhere.
        let key = (x.min(y), x.max(y));
        if pairs.contains(&key) {
            return true;
        }
        pairs.push(key);
        let same = a
            .methods
            .iter()
            .zip(&b.methods)
            .all(|(&m, &n)| self.same_id(m, n) && self.identical_obj_types(m, n, tags, pairs));
        pairs.pop();
        same
    }

    /// The declared type of an object; of an instance's method it is made on demand. `None` (and
    /// a note in `pending`) when the checker has not got there.
    pub fn obj_type(&mut self, obj: ObjId) -> Option<TypeId> {
        if obj == NO_METHOD {
            return None;
        }
        let o = self.obj(obj);
        if o.typ.is_some() {
            return o.typ;
        }
        if let Some(origin) = o.origin
            && self.obj(origin).typ.is_some()
        {
            return self.expand_method_type(obj);
        }
        self.pending = Some(o.origin.unwrap_or(obj));
        None
    }

    /// The constraint of a type parameter as written; the empty interface when unknown.
    pub(crate) fn bound(&self, tparam: TypeId) -> TypeId {
        match self.ty(tparam) {
            Type::TypeParam(p) => p.bound.unwrap_or(EMPTY_INTERFACE),
            _ => EMPTY_INTERFACE,
        }
    }
}

fn tag_at(tags: &[Option<syntax::ast::Name>], i: usize) -> &str {
    tags.get(i).and_then(Option::as_deref).unwrap_or("")
}

impl<'a> Checker<'a> {
    /// The universe's type of that kind.
    pub(crate) fn typ_of(&self, kind: BasicKind) -> TypeId {
        TypeId(kind as u32)
    }

    pub(crate) fn invalid(&self) -> TypeId {
        TypeId(BasicKind::Invalid as u32)
    }

    /// The underlying type; for a type parameter, its constraint interface.
    pub(crate) fn under(&mut self, t: TypeId) -> TypeId {
        self.store.underlying(t)
    }

    /// Runs a query of the store until it comes across no method whose signature is still to be
    /// found out.
    pub(crate) fn query<T>(&mut self, mut q: impl FnMut(&mut Store) -> T) -> T {
        let mut asked: Option<ObjId> = None;
        loop {
            self.store.pending = None;
            let r = q(self.store);
            match self.store.pending.take() {
                Some(m) if asked != Some(m) => {
                    self.obj_decl(m);
                    asked = Some(m);
                }
                _ => return r,
            }
        }
    }

    pub(crate) fn identical(&mut self, x: TypeId, y: TypeId) -> bool {
        if x == y {
            return true;
        }
        self.query(|s| s.identical(x, y))
    }

    pub(crate) fn is_valid(&self, t: TypeId) -> bool {
        self.store.is_valid(t)
    }
}

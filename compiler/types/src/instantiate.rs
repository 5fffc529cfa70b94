//! Instantiation, and whether types implement interfaces and satisfy constraints (specification,
//! "Instantiations", "Implementing an interface", "Satisfying a type constraint").

use crate::{Checker, Qualifier, Store, Subst, Type, TypeId};
use diag::Span;

impl Store {
    /// Whether `v` implements interface `t`; if not, why not, as Go says it. With `constraint`,
    /// whether it satisfies it as a constraint (interfaces count as comparable then).
    pub fn implements(
        &mut self,
        v: TypeId,
        t: TypeId,
        constraint: bool,
        q: Qualifier,
    ) -> Result<(), String> {
        let (vu, tu) = (self.underlying(v), self.underlying(t));
        let tset = self.type_set(tu);
        let circular = |s: &Store| s.circular.contains(&vu) || s.circular.contains(&tu);
        if !self.is_valid(vu) || !self.is_valid(tu) || circular(self) {
            return Ok(()); // reported before
        }
        if let &Type::Pointer(base) = self.ty(vu) {
            let b = self.underlying(base);
            if !self.is_valid(b) {
                return Ok(());
            }
        }
        let verb = if constraint { "satisfy" } else { "implement" };
        let (vs, ts) = (|s: &Store| s.type_string(v, q), |s: &Store| s.type_string(t, q));
        let not = |s: &Store| format!("{} does not {verb} {}", vs(s), ts(s));
        if !matches!(self.ty(tu), Type::Interface(_)) {
            let why = match self.is_interface_ptr(tu) {
                true => self.interface_ptr_error(t, q),
                false => format!("{} is not an interface", ts(self)),
            };
            return Err(format!("{} ({why})", not(self)));
        }
        if tset.is_all() {
            return Ok(());
        }
        let v_iface = matches!(self.ty(vu), Type::Interface(_));
        let vset = self.type_set(vu);
        if v_iface && vset.is_empty() {
            return Ok(());
        }
        if tset.is_empty() {
            return Err(format!("cannot {verb} {} (empty type set)", ts(self)));
        }
        if let Some(m) = self.missing_method(v, t, true) {
            if self.embeds_invalid(v) {
                return Ok(());
            }
            let cause = self.missing_method_cause(v, t, &m, q);
            return Err(format!("{} {cause}", not(self)));
        }
        let comparability = |s: &mut Store| {
            // A constraint of basic types is comparable by them.
            if !tset.comparable || s.comparable_type(v, false) {
                return Ok(());
            }
            let vs = s.type_string(v, q);
            if constraint && s.comparable_type(v, true) {
                return match s.strict_comparable {
                    false => Ok(()),
                    true => Err(format!("{vs} to {verb} comparable requires go1.20 or later")),
                };
            }
            Err(format!("{vs} does not {verb} comparable"))
        };
        if tset.terms.is_none() {
            return comparability(self);
        }
        if v_iface {
            if !self.terms_subset(vset.terms.as_deref(), tset.terms.as_deref()) {
                return Err(not(self));
            }
            return comparability(self);
        }
        if self.terms_include(tset.terms.as_deref(), v) {
            return comparability(self);
        }
        let why = self.why_excluded(v, vu, t, &tset, q);
        Err(format!("{} ({why})", not(self)))
    }

    /// Why `v` isn't in the type set of `t`.
    fn why_excluded(
        &mut self,
        v: TypeId,
        vu: TypeId,
        t: TypeId,
        tset: &crate::TypeSet,
        q: Qualifier,
    ) -> String {
        let terms = tset.terms.clone().unwrap_or_default();
        for x in &terms {
            if !x.tilde && self.identical(x.typ, vu) && self.identical(x.typ, vu) {
                let (a, b) = (self.type_string(x.typ, q), self.type_string(t, q));
                return format!("possibly missing ~ for {a} in {b}");
            }
        }
        let (vs, ts) = (self.type_string(v, q), self.type_string(t, q));
        let tu = self.underlying(t);
        if self.mentions(tu, v) {
            return format!("{ts} mentions {vs}, but {vs} is not in the type set of {ts}");
        }
        let list: Vec<String> =
            terms.iter().map(|&x| self.term_string(x, Qualifier::Path)).collect();
        format!("{vs} missing in {}", list.join(" | "))
    }

    /// The interface or union `t` names `typ` itself.
    fn mentions(&mut self, t: TypeId, typ: TypeId) -> bool {
        let parts: Vec<TypeId> = match self.ty(self.unalias(t)) {
            Type::Interface(i) => i.embeddeds.clone(),
            Type::Union(terms) => terms.iter().map(|t| t.typ).collect(),
            _ => return self.identical(t, typ),
        };
        parts.into_iter().any(|p| self.mentions(p, typ))
    }

    /// Checks type arguments against the constraints of the parameters. `Err`: the index of the
    /// first that fails, and why.
    pub fn verify(
        &mut self,
        tparams: &[TypeId],
        targs: &[TypeId],
        q: Qualifier,
    ) -> Result<(), (usize, String)> {
        let map = Subst { tparams: tparams.to_vec(), targs: targs.to_vec() };
        for (i, (&p, &a)) in tparams.iter().zip(targs).enumerate() {
            // The bound of an unfinished declaration is checked when that is.
            let bound = self.bound(p);
            let bound = self.subst(bound, &map);
            let u = self.underlying(bound);
            let bound = match self.ty(u) {
                Type::Interface(_) => bound,
                _ => {
                    let c = self.constraint(p);
                    self.subst(c, &map)
                }
            };
            self.implements(a, bound, true, q).map_err(|e| (i, e))?;
        }
        Ok(())
    }

    /// A generic signature with these arguments.
    pub fn instantiate_signature(&mut self, sig: TypeId, targs: &[TypeId]) -> TypeId {
        let Type::Signature(s) = self.ty(sig) else { return sig };
        let map = Subst { tparams: s.tparams.clone(), targs: targs.to_vec() };
        let plain = self.without_type_params(sig);
        self.subst(plain, &map)
    }
}

impl<'a> Checker<'a> {
    /// Whether `v` implements interface `t` (satisfies constraint `t`), or why not.
    pub(crate) fn implements(
        &mut self,
        v: TypeId,
        t: TypeId,
        constraint: bool,
    ) -> Result<(), String> {
        let q = self.qualifier();
        self.store.strict_comparable = !self.allow_version((1, 20));
        self.query(|s| s.implements(v, t, constraint, q))
    }

    /// Checks type arguments against constraints; see [`Store::verify`].
    pub(crate) fn verify(
        &mut self,
        tparams: &[TypeId],
        targs: &[TypeId],
    ) -> Result<(), (usize, String)> {
        let q = self.qualifier();
        self.store.strict_comparable = !self.allow_version((1, 20));
        self.query(|s| s.verify(tparams, targs, q))
    }

    /// The instance of a generic type, alias or signature. Arguments aren't verified.
    pub(crate) fn instance(&mut self, generic: TypeId, targs: &[TypeId]) -> TypeId {
        match self.store.ty(generic) {
            Type::Signature(_) => self.store.instantiate_signature(generic, targs),
            _ => self.query(|s| s.instance(generic, targs)),
        }
    }

    /// Checks the number of type arguments for `name` and reports if it is wrong.
    pub(crate) fn validate_targ_len(
        &mut self,
        span: Span,
        name: &str,
        want: usize,
        got: usize,
    ) -> bool {
        let qual = match got.cmp(&want) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => "not enough",
            std::cmp::Ordering::Greater => "too many",
        };
        let msg = format!("{qual} type arguments for type {name}: have {got}, want {want}");
        self.error("WrongTypeArgCount", span, msg);
        false
    }
}

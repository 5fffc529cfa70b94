//! Type inference (specification, "Type inference").
//!
//! In: type parameters, the type arguments that were given, and pairs of parameter types and
//! arguments. Out: all type arguments, or what is in the way.

use crate::check::{Operand, OperandMode};
use crate::unify::{Unifier, UnifyMode};
use crate::{BasicKind, Checker, Qualifier, Store, Subst, Term, Type, TypeId};
use diag::{SourceMap, Span};

/// Why inference failed: where and how, unless that was reported before.
type Failure = Option<(Span, String)>;

impl<'a> Checker<'a> {
    /// The type arguments for `tparams`, of which `targs` gives some, such that `args` can be
    /// assigned to variables of the types `params`. `reverse`: a generic function is assigned to a
    /// variable whose type is that of the only argument. With all given, nothing is checked.
    pub(crate) fn infer(
        &mut self,
        at: Span,
        tparams: &[TypeId],
        targs: Vec<Option<TypeId>>,
        params: &[TypeId],
        args: &[Operand<'a>],
        reverse: bool,
    ) -> Result<Vec<TypeId>, Failure> {
        if targs.len() == tparams.len() && targs.iter().all(Option::is_some) {
            return Ok(targs.into_iter().flatten().collect());
        }
        if targs.iter().flatten().any(|&t| !self.is_valid(t))
            || params.iter().any(|&t| !self.is_valid(t))
            || args.iter().any(|x| x.is_invalid() || !self.is_valid(x.typ))
        {
            return Err(None);
        }
        let problem = Problem {
            at,
            tparams,
            targs: &targs,
            params,
            args,
            reverse,
            interfaces: self.allow_version((1, 21)),
            q: self.qualifier(),
            source: self.source,
        };
        self.query(|s| problem.solve(s))
    }

    /// New type parameters like `tparams`, and the types `params` with these put in.
    pub(crate) fn rename_tparams(
        &mut self,
        tparams: &[TypeId],
        params: &[TypeId],
    ) -> (Vec<TypeId>, Vec<TypeId>) {
        let fresh: Vec<TypeId> = tparams.iter().map(|&p| self.store.copy_type_param(p)).collect();
        let map = Subst { tparams: tparams.to_vec(), targs: fresh.clone() };
        for (&old, &new) in tparams.iter().zip(&fresh) {
            let bound = self.store.bound(old);
            let bound = self.store.subst(bound, &map);
            self.store.set_bound(new, bound);
        }
        let params = params.iter().map(|&t| self.store.subst(t, &map)).collect();
        (fresh, params)
    }

    /// `t` mentions one of the type parameters.
    pub(crate) fn is_parameterized(&mut self, tparams: &[TypeId], t: TypeId) -> bool {
        self.store.is_parameterized(tparams, t)
    }
}

struct Problem<'p, 'a> {
    at: Span,
    tparams: &'p [TypeId],
    targs: &'p [Option<TypeId>],
    params: &'p [TypeId],
    args: &'p [Operand<'a>],
    reverse: bool,
    interfaces: bool,
    q: Qualifier,
    source: &'p SourceMap,
}

impl Problem<'_, '_> {
    fn solve(&self, s: &mut Store) -> Result<Vec<TypeId>, Failure> {
        // What was given is put into the parameter types, which makes for better messages.
        let mut given = Subst::default();
        for (&p, t) in self.tparams.iter().zip(self.targs) {
            if let Some(t) = t {
                given.tparams.push(p);
                given.targs.push(*t);
            }
        }
        let params: Vec<TypeId> = self.params.iter().map(|&t| s.subst(t, &given)).collect();
        let mut u = Unifier::new(self.tparams, self.targs, self.interfaces);
        let mut untyped = Vec::new();
        for (x, &par) in self.args.iter().zip(&params) {
            let generic_arg =
                matches!(s.ty(x.typ), Type::Signature(sig) if !sig.tparams.is_empty());
            if !generic_arg && !s.is_parameterized(self.tparams, par) {
                continue;
            }
            if s.is_untyped(x.typ) {
                // Constants come last; nil says nothing.
                if s.is_type_param(par) && x.mode != OperandMode::NilValue {
                    untyped.push((s.unalias(par), x));
                }
                continue;
            }
            let typ = s.without_type_params(x.typ);
            if !u.unify(s, par, typ, UnifyMode::Assign) {
                return Err(Some(self.mismatch(s, &u, par, x)));
            }
        }
        self.use_constraints(s, &mut u)?;
        self.use_untyped(s, &mut u, &untyped)?;
        self.simplify(s, u.inferred())
    }

    fn ts(&self, s: &Store, t: TypeId) -> String {
        s.type_string(t, self.q)
    }

    fn mismatch(&self, s: &mut Store, u: &Unifier, par: TypeId, x: &Operand) -> (Span, String) {
        let typ = self.ts(s, x.typ);
        let e = x.expr_string();
        let known = u.inferred();
        let p = self.ts(s, par);
        if known.first().is_none_or(Option::is_none) {
            let names: Vec<String> = self.tparams.iter().map(|&p| self.ts(s, p)).collect();
            let list = match names.as_slice() {
                [a] => a.clone(),
                [a, b] => format!("{a} and {b}"),
                [init @ .., last] => format!("{}, and {last}", init.join(", ")),
                [] => String::new(),
            };
            let msg = format!("type {typ} of {e} does not match {p} (cannot infer {list})");
            return (x.span(), msg);
        }
        let inferred = s.subst(par, &self.known(u));
        let msg = if inferred == par {
            format!("type {typ} of {e} does not match {p}")
        } else {
            let inferred = self.ts(s, inferred);
            match self.reverse {
                true => {
                    format!("inferred type {inferred} for {p} does not match type {typ} of {e}")
                }
                false => {
                    format!("type {typ} of {e} does not match inferred type {inferred} for {p}")
                }
            }
        };
        (x.span(), msg)
    }

    /// The parameters that are known so far.
    fn known(&self, u: &Unifier) -> Subst {
        let mut map = Subst::default();
        for (&p, t) in self.tparams.iter().zip(u.inferred()) {
            if let Some(t) = t {
                map.tparams.push(p);
                map.targs.push(t);
            }
        }
        map
    }

    /// Matches what is known against the constraints until nothing new comes out.
    fn use_constraints(&self, s: &mut Store, u: &mut Unifier) -> Result<(), Failure> {
        loop {
            let before = u.unknowns();
            for &p in self.tparams {
                let known = u.at(p);
                match (core_term(s, p), known) {
                    (Some((core, _)), Some(tx)) => {
                        let t = match core.tilde && !s.is_type_param(tx) {
                            true => s.underlying(tx),
                            false => tx,
                        };
                        if !u.unify(s, t, core.typ, UnifyMode::Loose) {
                            let (ps, txs) = (self.ts(s, p), self.ts(s, tx));
                            let bound = s.bound(p);
                            let b = self.ts(s, bound);
                            let msg = format!("{ps} (type {txs}) does not satisfy {b}");
                            return Err(Some((self.at, msg)));
                        }
                    }
                    (Some((core, true)), None) if !core.tilde => u.set(p, core.typ),
                    _ => {}
                }
                if let Some(tx) = u.at(p) {
                    self.match_methods(s, u, p, tx)?;
                }
            }
            if u.unknowns() == before {
                return Ok(());
            }
        }
    }

    /// The methods of a constraint say something about the type parameters in their signatures.
    fn match_methods(
        &self,
        s: &mut Store,
        u: &mut Unifier,
        p: TypeId,
        tx: TypeId,
    ) -> Result<(), Failure> {
        let set = s.type_set(p);
        if set.methods.is_empty() {
            return Ok(());
        }
        let tx = s.subst(tx, &self.known(u));
        let (base, _) = s.deref(tx);
        if self.tparams.contains(&s.unalias(base)) {
            return Ok(());
        }
        for &m in &set.methods {
            let o = s.obj(m);
            let (pkg, name) = (o.pkg, o.name);
            let found = s.lookup_field_or_method(tx, false, pkg, name).obj;
            let ok = match found.filter(|&f| s.is_method(f)) {
                Some(f) => match (s.obj_type(f), s.obj_type(m)) {
                    (Some(a), Some(b)) => u.unify(s, a, b, UnifyMode::Exact),
                    _ => true,
                },
                None => false,
            };
            if !ok {
                let bound = s.bound(p);
                let (ps, txs, b) = (self.ts(s, p), self.ts(s, tx), self.ts(s, bound));
                let cause = match s.missing_method(tx, bound, true) {
                    Some(mm) => s.missing_method_cause(tx, bound, &mm, self.q),
                    None => String::new(),
                };
                let msg = format!("{ps} (type {txs}) does not satisfy {b} {cause}");
                return Err(Some((self.at, msg.trim_end().to_string())));
            }
        }
        Ok(())
    }

    /// Parameters that only untyped constants are passed for get the default type of the largest
    /// kind.
    fn use_untyped(
        &self,
        s: &mut Store,
        u: &mut Unifier,
        untyped: &[(TypeId, &Operand)],
    ) -> Result<(), Failure> {
        let mut max: Vec<(TypeId, TypeId)> = Vec::new();
        for &(p, x) in untyped {
            if u.at(p).is_some() {
                continue;
            }
            let Some(entry) = max.iter_mut().find(|(q, _)| *q == p) else {
                max.push((p, x.typ));
                continue;
            };
            let Some(m) = larger_kind(s, entry.1, x.typ) else {
                let (a, b, p) = (self.ts(s, entry.1), self.ts(s, x.typ), self.ts(s, p));
                let msg = format!("mismatched types {a} and {b} (cannot infer {p})");
                return Err(Some((x.span(), msg)));
            };
            entry.1 = m;
        }
        for (p, t) in max {
            u.set(p, s.default_type(t));
        }
        Ok(())
    }

    /// Puts inferred types into each other; whatever can't be resolved is missing.
    fn simplify(
        &self,
        s: &mut Store,
        mut known: Vec<Option<TypeId>>,
    ) -> Result<Vec<TypeId>, Failure> {
        for _ in 0..=self.tparams.len() {
            let mut map = Subst::default();
            for (&p, t) in self.tparams.iter().zip(&known) {
                // A type that needs itself has no solution.
                if let Some(t) = t
                    && !s.is_parameterized(&[p], *t)
                {
                    map.tparams.push(p);
                    map.targs.push(*t);
                }
            }
            let mut changed = false;
            for t in known.iter_mut().flatten() {
                if s.is_parameterized(self.tparams, *t) {
                    let new = s.subst(*t, &map);
                    changed |= new != *t;
                    *t = new;
                }
            }
            if !changed {
                break;
            }
        }
        let mut out = Vec::with_capacity(known.len());
        for (&p, t) in self.tparams.iter().zip(&known) {
            match t {
                Some(t) if !s.is_parameterized(self.tparams, *t) => out.push(*t),
                _ => {
                    let Type::TypeParam(tp) = s.ty(p) else { return Err(None) };
                    let o = s.obj(tp.obj);
                    let at = match self.source.line_col(o.span.lo) {
                        Some(l) => format!("{}:{}:{}", l.file, l.line, l.col),
                        None => "-".to_string(),
                    };
                    let msg = format!("cannot infer {} (declared at {at})", o.name);
                    return Err(Some((self.at, msg)));
                }
            }
        }
        Ok(out)
    }
}

/// The only term of a constraint (and `true`), or the underlying type that all terms share.
fn core_term(s: &mut Store, p: TypeId) -> Option<(Term, bool)> {
    let set = s.type_set(p);
    match set.terms.as_deref()? {
        [] => None,
        [one] => Some((*one, true)),
        _ => s.core_type(p).map(|typ| (Term { tilde: true, typ }, false)),
    }
}

/// The larger of two untyped kinds, which must be equal or both numeric.
fn larger_kind(s: &Store, a: TypeId, b: TypeId) -> Option<TypeId> {
    match (s.ty(a), s.ty(b)) {
        (Type::Basic(x), Type::Basic(y)) if x == y => Some(a),
        (Type::Basic(x), Type::Basic(y)) if x.is_numeric() && y.is_numeric() => {
            let order = |k: &BasicKind| *k as u8;
            Some(if order(x) > order(y) { a } else { b })
        }
        _ => None,
    }
}

impl Store {
    /// `t` mentions one of the type parameters.
    pub fn is_parameterized(&mut self, tparams: &[TypeId], t: TypeId) -> bool {
        !tparams.is_empty() && self.mentions_param(tparams, t, &mut Vec::new())
    }

    fn mentions_param(&mut self, ps: &[TypeId], t: TypeId, seen: &mut Vec<TypeId>) -> bool {
        let objs = match self.ty(t) {
            Type::Basic(_) => return false,
            Type::TypeParam(_) => return ps.contains(&t),
            &Type::Array { elem, .. } | &Type::Chan { elem, .. } => {
                return self.mentions_param(ps, elem, seen);
            }
            &Type::Slice(e) | &Type::Pointer(e) => return self.mentions_param(ps, e, seen),
            &Type::Map { key, value } => {
                return self.mentions_param(ps, key, seen) || self.mentions_param(ps, value, seen);
            }
            Type::Named(n) => {
                let targs = n.targs.clone();
                return targs.into_iter().any(|t| self.mentions_param(ps, t, seen));
            }
            Type::Alias(_) => {
                let u = self.unalias(t);
                return self.mentions_param(ps, u, seen);
            }
            Type::Union(terms) => {
                let terms = terms.clone();
                return terms.into_iter().any(|x| self.mentions_param(ps, x.typ, seen));
            }
            Type::Struct(s) => s.fields.clone(),
            Type::Tuple(v) => v.clone(),
            Type::Signature(s) => [&s.params[..], &s.results[..]].concat(),
            Type::Interface(i) => {
                if i.methods.is_empty() && i.embeddeds.is_empty() || seen.contains(&t) {
                    return false;
                }
                let (methods, embeddeds) = (i.methods.clone(), i.embeddeds.clone());
                seen.push(t);
                if embeddeds.into_iter().any(|e| self.mentions_param(ps, e, seen)) {
                    return true;
                }
                methods
            }
        };
        objs.into_iter().any(|o| match self.obj(o).typ {
            Some(t) => self.mentions_param(ps, t, seen),
            None => false,
        })
    }
}

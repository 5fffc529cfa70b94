//! Type sets of interfaces (specification, "Interface types", "General interfaces").

use crate::{BasicKind, ObjId, Store, Term, Type, TypeId, TypeSet};
use diag::Span;
use std::sync::Arc;

/// The compiler's limit, which is gc's.
pub(crate) const MAX_TERMS: usize = 100;

/// What computing a type set found wrong.
#[derive(Clone, Debug)]
pub(crate) enum TypeSetError {
    /// Two methods of one name (and different types, or both declared explicitly).
    DuplicateMethod { method: ObjId, other: ObjId, span: Span },
    /// The same, but of identical types: fine since Go 1.14.
    RepeatedMethod { method: ObjId, other: ObjId, span: Span },
    /// A union with too many terms, those of its elements included.
    TooManyTerms { span: Span },
}

impl TypeSet {
    /// An ordinary interface: no restriction to certain types.
    pub fn is_method_set(&self) -> bool {
        self.terms.is_none() && !self.comparable
    }

    /// The set of all types.
    pub fn is_all(&self) -> bool {
        self.is_method_set() && self.methods.is_empty()
    }

    pub fn is_empty(&self) -> bool {
        self.terms.as_ref().is_some_and(Vec::is_empty)
    }

    pub fn has_terms(&self) -> bool {
        self.terms.as_ref().is_some_and(|t| !t.is_empty())
    }
}

impl Store {
    /// The type set of an interface (or of a type parameter's constraint); of other types all
    /// types.
    pub fn type_set(&mut self, t: TypeId) -> Arc<TypeSet> {
        let u = self.underlying(t);
        match self.ty(u) {
            Type::Interface(i) => match &i.tset {
                Some(s) => s.clone(),
                None if self.incomplete.contains(&u) => Arc::default(),
                None => self.compute_type_set(u),
            },
            _ => Arc::default(),
        }
    }

    fn compute_type_set(&mut self, iface: TypeId) -> Arc<TypeSet> {
        // Interfaces that embed ever larger instances of themselves are reported elsewhere.
        if self.computing.len() > 100 {
            return Arc::default();
        }
        self.computing.push(iface);
        let set = self.compute_type_set_(iface);
        self.computing.pop();
        set
    }

    fn compute_type_set_(&mut self, iface: TypeId) -> Arc<TypeSet> {
        let Type::Interface(i) = self.ty_mut(iface) else { return Arc::default() };
        // An interface that embeds itself was reported; let the recursion end.
        i.tset = Some(Arc::default());
        let (explicit, embeddeds, spans) =
            (i.methods.clone(), i.embeddeds.clone(), i.embed_spans.clone());
        let mut set = TypeSet::default();
        let mut complete = true;
        for m in explicit {
            let span = self.obj(m).span;
            self.add_method(&mut set.methods, m, span, true);
        }
        for (i, &e) in embeddeds.iter().enumerate() {
            let span = spans.get(i).copied().unwrap_or_default();
            let u = match self.ty(self.unalias(e)) {
                Type::TypeParam(_) => continue,
                _ => self.underlying(e),
            };
            let terms = match self.ty(u) {
                Type::Interface(_) => {
                    if let Some(i) = self.computing.iter().position(|&c| c == u) {
                        self.circular.extend(&self.computing[i..]);
                    }
                    complete &= !self.incomplete.contains(&u);
                    let inner = self.type_set(u);
                    set.comparable |= inner.comparable;
                    for &m in &inner.methods {
                        self.add_method(&mut set.methods, m, span, false);
                    }
                    inner.terms.clone()
                }
                Type::Union(terms) => {
                    let terms = terms.clone();
                    let all = self.union_terms(&terms);
                    if all.as_ref().is_some_and(|l| l.len() > MAX_TERMS) {
                        self.type_set_errors.push(TypeSetError::TooManyTerms { span });
                        None
                    } else {
                        all
                    }
                }
                Type::Basic(BasicKind::Invalid) => continue,
                _ => Some(vec![Term { tilde: false, typ: e }]),
            };
            set.terms = match (set.terms.take(), terms) {
                (None, t) | (t, None) => t,
                (Some(a), Some(b)) => Some(self.intersect(&a, &b)),
            };
        }
        if set.comparable
            && let Some(terms) = set.terms.take()
        {
            set.comparable = false;
            set.terms =
                Some(terms.into_iter().filter(|t| self.comparable_type(t.typ, false)).collect());
        }
        if set.methods.len() > 1 {
            let mut keyed: Vec<_> = set.methods.iter().map(|&m| (self.method_key(m), m)).collect();
            keyed.sort();
            set.methods = keyed.into_iter().map(|(_, m)| m).collect();
        }
        let set = Arc::new(set);
        if let Type::Interface(i) = self.ty_mut(iface) {
            i.tset = complete.then(|| set.clone());
        }
        set
    }

    fn add_method(&mut self, list: &mut Vec<ObjId>, m: ObjId, span: Span, explicit: bool) {
        let Some(&other) = list.iter().find(|&&o| self.same_id(o, m)) else {
            list.push(m);
            return;
        };
        let same = !explicit
            && (other == m
                || match (self.obj_type(other), self.obj_type(m)) {
                    (Some(a), Some(b)) => self.identical(a, b),
                    _ => true,
                });
        self.type_set_errors.push(match same {
            true => TypeSetError::RepeatedMethod { method: m, other, span },
            false => TypeSetError::DuplicateMethod { method: m, other, span },
        });
    }

    /// The terms of a union, interfaces in it resolved; `None`: all types.
    fn union_terms(&mut self, terms: &[Term]) -> Option<Vec<Term>> {
        let mut out: Vec<Term> = Vec::new();
        for &t in terms {
            let u = self.underlying(t.typ);
            // `~T` where T isn't its own underlying type was reported; nothing is like that.
            if t.tilde && !self.identical(u, t.typ) {
                continue;
            }
            let new = match self.ty(u) {
                Type::Interface(_) if !self.is_type_param(t.typ) => {
                    self.type_set(u).terms.clone()?
                }
                Type::Basic(BasicKind::Invalid) => continue,
                _ => vec![t],
            };
            for n in new {
                if !out.iter().any(|&o| self.term_includes(o, n)) {
                    out.retain(|&o| !self.term_includes(n, o));
                    out.push(n);
                }
            }
        }
        Some(out)
    }

    fn intersect(&mut self, a: &[Term], b: &[Term]) -> Vec<Term> {
        let mut out: Vec<Term> = Vec::new();
        for &x in a {
            for &y in b {
                let common = if self.term_includes(y, x) {
                    x
                } else if self.term_includes(x, y) {
                    y
                } else {
                    continue;
                };
                if !out.iter().any(|&o| self.term_includes(o, common)) {
                    out.push(common);
                }
            }
        }
        out
    }

    /// All types of term `inner` are in term `outer`.
    pub(crate) fn term_includes(&mut self, outer: Term, inner: Term) -> bool {
        if outer.tilde {
            let (o, i) = (self.underlying(outer.typ), self.underlying(inner.typ));
            self.identical(o, i)
        } else {
            !inner.tilde && self.identical(outer.typ, inner.typ)
        }
    }

    /// The type is in the set of these terms.
    pub(crate) fn terms_include(&mut self, terms: Option<&[Term]>, t: TypeId) -> bool {
        self.terms_cover(terms, Term { tilde: false, typ: t })
    }

    fn terms_cover(&mut self, terms: Option<&[Term]>, t: Term) -> bool {
        terms.is_none_or(|list| list.iter().any(|&o| self.term_includes(o, t)))
    }

    /// The first set is part of the second.
    pub(crate) fn terms_subset(&mut self, a: Option<&[Term]>, b: Option<&[Term]>) -> bool {
        match (a, b) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(a), b) => a.iter().all(|&t| self.terms_cover(b, t)),
        }
    }

    pub(crate) fn terms_equal(&mut self, a: Option<&[Term]>, b: Option<&[Term]>) -> bool {
        self.terms_subset(a, b) && self.terms_subset(b, a)
    }

    /// The unique id of a field or method name: itself when exported, else qualified by the path
    /// of its package (specification, "Uniqueness of identifiers").
    pub fn method_key(&self, obj: ObjId) -> String {
        let o = self.obj(obj);
        match o.pkg {
            Some(p) if !o.is_exported() => format!("{}.{}", self.package(p).path, o.name),
            _ => o.name.to_string(),
        }
    }
}

//! Interface types and unions (specification, "Interface types", "General interfaces").

use crate::typeset::{MAX_TERMS, TypeSetError};
use crate::{Checker, Interface, ObjKind, Qualifier, Term, Type, TypeId, VarKind};
use diag::{Diagnostic, Span};
use syntax::ast::{BinaryOp, Expr, ExprKind, InterfaceElem};

const TOO_MANY_TERMS: &str = "cannot handle more than 100 union terms (implementation limitation)";

impl<'a> Checker<'a> {
    pub(crate) fn interface_type(
        &mut self,
        elems: &'a [InterfaceElem],
        def: Option<TypeId>,
    ) -> TypeId {
        let iface = self.store.new_type(Type::Interface(Interface::default()));
        self.store.incomplete.insert(iface);
        let mut built = Interface::default();
        for elem in elems {
            match elem {
                InterfaceElem::Method { name, sig, .. } => {
                    if name.is_blank() {
                        let msg = "methods must have a unique non-blank name";
                        self.error("BlankIfaceMethod", name.span, msg);
                        continue;
                    }
                    let (typ, _) = self.func_type(None, &[], sig);
                    let recv = self.store.make_object(
                        ObjKind::Var { kind: VarKind::Recv, used: true },
                        self.store.empty_name,
                        Some(self.pkg),
                        Some(def.unwrap_or(iface)),
                        name.span,
                    );
                    if let Type::Signature(s) = self.store.ty_mut(typ) {
                        s.recv = Some(recv);
                    }
                    let kind = ObjKind::Func {
                        ptr_recv: false,
                        has_body: false,
                        is_method: true,
                        is_interface_method: true,
                    };
                    let m = self.new_declared(kind, name);
                    self.store.obj_mut(m).typ = Some(typ);
                    self.record_def(name.id, Some(m));
                    built.methods.push(m);
                }
                InterfaceElem::Embedded(e) => {
                    if matches!(e.kind, ExprKind::Tilde(_) | ExprKind::Binary { .. })
                        && !self.allow_version((1, 18))
                    {
                        let what = format!("embedding interface element {}", self.expr_str(e));
                        self.verify_version(e.span, (1, 18), &what);
                    }
                    let t = self.parse_union(e);
                    built.embeddeds.push(t);
                    built.embed_spans.push(e.span);
                }
            }
        }
        self.finish_interface(iface, built);
        iface
    }

    /// The interface that the constraint `~T` or `A | B` is short for.
    pub(crate) fn implicit_interface(&mut self, e: &'a Expr) -> TypeId {
        let t = self.parse_union(e);
        let iface = self.store.new_type(Type::Interface(Interface::default()));
        self.store.incomplete.insert(iface);
        let built = Interface {
            embeddeds: vec![t],
            embed_spans: vec![e.span],
            implicit: true,
            ..Interface::default()
        };
        self.finish_interface(iface, built);
        iface
    }

    fn finish_interface(&mut self, iface: TypeId, built: Interface) {
        let trivial = built.embeddeds.is_empty() && built.methods.len() < 2;
        *self.store.ty_mut(iface) = Type::Interface(built);
        self.store.incomplete.remove(&iface);
        if trivial {
            return;
        }
        // Its type set can be wrong in itself: that is reported once all types are known.
        self.later(move |c| {
            c.type_set(iface);
            c.report_type_set_errors();
        });
    }

    pub(crate) fn report_type_set_errors(&mut self) {
        for e in std::mem::take(&mut self.store.type_set_errors) {
            let (method, other, span) = match e {
                TypeSetError::DuplicateMethod { method, other, span } => (method, other, span),
                TypeSetError::RepeatedMethod { .. } if self.allow_version((1, 14)) => continue,
                TypeSetError::RepeatedMethod { method, other, span } => (method, other, span),
                TypeSetError::TooManyTerms { span } => {
                    self.error("InvalidUnion", span, TOO_MANY_TERMS);
                    continue;
                }
            };
            let m = self.store.obj(method);
            if m.pkg.is_some_and(|p| p != self.pkg) && !span.is_known() {
                continue;
            }
            let msg = format!("duplicate method {}", m.name);
            let other_span = self.store.obj(other).span;
            let label = format!("other declaration of method {}", m.name);
            let d = Diagnostic::error("DuplicateDecl", span, msg);
            self.report(if other_span.is_known() { d.also(other_span, label) } else { d });
        }
    }

    /// An element of an interface: a type, or a union of terms.
    fn parse_union(&mut self, e: &'a Expr) -> TypeId {
        let mut parts = Vec::new();
        flatten_union(e, &mut parts);
        let tilde = |e: &Expr| matches!(e.kind, ExprKind::Tilde(_));
        if let [one] = parts[..]
            && !tilde(one)
        {
            // A single type is embedded as it is. Whether it is allowed is checked later.
            let t = self.typ(one);
            if matches!(self.store.ty(t), Type::Basic(_)) && self.is_valid(t) {
                let what = format!("embedding non-interface type {}", self.ts(t));
                return match self.verify_version(one.span, (1, 18), &what) {
                    true => t,
                    false => self.invalid(),
                };
            }
            self.check_embedded_elem(one, t);
            return t;
        }
        if parts.len() > MAX_TERMS {
            self.error("InvalidUnion", parts[MAX_TERMS].span, TOO_MANY_TERMS);
            return self.invalid();
        }
        let mut terms = Vec::new();
        let mut spans = Vec::new();
        for p in parts {
            let (tilde, te) = match &p.kind {
                ExprKind::Tilde(x) => (true, &**x),
                _ => (false, p),
            };
            let typ = self.typ(te);
            // A type parameter could be anything: the set couldn't be computed.
            if self.is_type_param(typ) {
                let msg = if tilde {
                    let s = self.expr_str(p);
                    format!("type in term {s} cannot be a type parameter")
                } else {
                    "term cannot be a type parameter".to_string()
                };
                self.error("MisplacedTypeParam", te.span, msg);
                return self.invalid();
            }
            if !self.is_valid(typ) {
                return self.invalid();
            }
            terms.push(Term { tilde, typ });
            spans.push(p.span);
            if tilde {
                self.record_type_and_value(p, &crate::check::OperandMode::TypExpr, typ);
            }
        }
        let union = self.store.new_type(Type::Union(terms.clone()));
        self.record_type_and_value(e, &crate::check::OperandMode::TypExpr, union);
        self.later(move |c| c.check_union(&terms, &spans));
        union
    }

    fn check_embedded_elem(&mut self, e: &'a Expr, t: TypeId) {
        if self.is_type_param(t) {
            self.error("MisplacedTypeParam", e.span, "term cannot be a type parameter");
            return;
        }
        if self.allow_version((1, 18)) {
            return;
        }
        let version = self.env.go_version;
        self.later(move |c| {
            let u = c.under(t);
            let known = c.is_valid(u) && !c.infinite_types.contains(&t);
            if known && !matches!(c.store.ty(u), Type::Interface(_)) {
                let outer = std::mem::replace(&mut c.env.go_version, version);
                let what = format!("embedding non-interface type {}", c.ts(t));
                c.verify_version(e.span, (1, 18), &what);
                c.env.go_version = outer;
            }
        });
    }

    fn check_union(&mut self, terms: &[Term], spans: &[Span]) {
        for (i, t) in terms.iter().enumerate() {
            let u = self.under(t.typ);
            if !self.is_valid(u) {
                continue;
            }
            let span = spans[i];
            let is_iface = matches!(self.store.ty(u), Type::Interface(_));
            if t.tilde {
                if is_iface {
                    let ts = self.ts(t.typ);
                    let msg = format!("invalid use of ~ ({ts} is an interface)");
                    self.error("InvalidUnion", span, msg);
                    continue;
                }
                if !self.identical(u, t.typ) {
                    let (ts, us) = (self.ts(t.typ), self.ts(u));
                    let msg = format!("invalid use of ~ (underlying type of {ts} is {us})");
                    self.error("InvalidUnion", span, msg);
                    continue;
                }
            }
            if is_iface {
                // Embedded alone an interface may have methods, in a union not.
                let tset = self.type_set(u);
                let ts = self.store.type_string(t.typ, Qualifier::Path);
                if !tset.methods.is_empty() {
                    let msg = format!("cannot use {ts} in union ({ts} contains methods)");
                    self.error("InvalidUnion", span, msg);
                } else if t.typ == crate::store::COMPARABLE {
                    self.error("InvalidUnion", span, "cannot use comparable in union");
                } else if tset.comparable {
                    let msg = format!("cannot use {ts} in union ({ts} embeds comparable)");
                    self.error("InvalidUnion", span, msg);
                }
                continue;
            }
            for &other in &terms[..i] {
                let ou = self.under(other.typ);
                if matches!(self.store.ty(ou), Type::Interface(_)) {
                    continue;
                }
                if self.store.term_includes(other, *t) || self.store.term_includes(*t, other) {
                    let q = Qualifier::Path;
                    let a = self.store.term_string(*t, q);
                    let b = self.store.term_string(other, q);
                    let msg = format!("overlapping terms {a} and {b}");
                    self.soft_error("InvalidUnion", span, msg);
                    break;
                }
            }
        }
    }
}

fn flatten_union<'e>(e: &'e Expr, out: &mut Vec<&'e Expr>) {
    match &e.kind {
        ExprKind::Binary { op: BinaryOp::Or, x, y, .. } => {
            flatten_union(x, out);
            flatten_union(y, out);
        }
        _ => out.push(e),
    }
}

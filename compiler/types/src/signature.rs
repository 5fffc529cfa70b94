//! Function types, parameters and receivers (specification, "Function types", "Method
//! declarations").

use crate::check::OperandMode;
use crate::resolver::unpack_recv;
use crate::{BasicKind, Checker, ObjId, ObjKind, ScopeId, Signature, Subst, Type, TypeId, VarKind};
use diag::Span;
use syntax::ast::{Expr, ExprKind, Field, FuncType};

impl<'a> Checker<'a> {
    /// A function type, with receiver and type parameters if it is a declaration's. The scope
    /// holds the parameters, for the body.
    pub(crate) fn func_type(
        &mut self,
        recv: Option<&'a Field>,
        tparams: &'a [Field],
        ftyp: &'a FuncType,
    ) -> (TypeId, ScopeId) {
        let sig = self.store.new_type(Type::Signature(Signature::default()));
        self.func_type_into(sig, recv, tparams, ftyp)
    }

    /// Like `func_type`, for a signature that exists already.
    pub(crate) fn func_type_into(
        &mut self,
        sig: TypeId,
        recv: Option<&'a Field>,
        tparams: &'a [Field],
        ftyp: &'a FuncType,
    ) -> (TypeId, ScopeId) {
        let scope = self.open_scope(ftyp.span);
        self.store.scope_mut(scope).is_func = true;
        let mut built = Signature::default();
        let mut recv_name = None;
        if let Some(r) = recv {
            let (obj, list) = self.collect_recv(r);
            built.recv = Some(obj);
            built.recv_tparams = list;
            recv_name = r.names.first().map(|n| (n, obj));
        }
        if !tparams.is_empty() {
            if recv.is_some()
                && let Some(p) = tparams.first()
            {
                self.verify_version(p.span, (1, 27), "generic method");
            }
            if recv.is_none()
                && let Some(p) = tparams.first()
                && !self.allow_version((1, 18))
            {
                self.verify_version(p.span, (1, 18), "type parameter");
            }
            built.tparams = self.collect_type_params(tparams, |c, list| {
                if let Type::Signature(s) = c.store.ty_mut(sig) {
                    s.tparams = list;
                }
            });
        }
        let (params, variadic) = self.collect_params(VarKind::Param, &ftyp.params);
        let (results, _) = self.collect_params(VarKind::Result, &ftyp.results);
        // All of them are visible in the body only, after the type parameters.
        if let Some((name, obj)) = recv_name {
            self.declare(scope, Some(name), obj, ftyp.span.hi);
        }
        self.declare_params(scope, &ftyp.params, &params, ftyp.span);
        self.declare_params(scope, &ftyp.results, &results, ftyp.span);
        built.params = params;
        built.results = results;
        built.variadic = variadic;
        *self.store.ty_mut(sig) = Type::Signature(built);
        self.close_scope();
        (sig, scope)
    }

    fn declare_params(&mut self, scope: ScopeId, fields: &'a [Field], objs: &[ObjId], span: Span) {
        let mut next = 0;
        for f in fields {
            for n in &f.names {
                if let Some(&obj) = objs.get(next) {
                    self.declare(scope, Some(n), obj, span.hi);
                }
                next += 1;
            }
            next += usize::from(f.names.is_empty());
        }
    }

    /// Parameters or results, not declared yet, and whether the last is variadic.
    fn collect_params(&mut self, kind: VarKind, fields: &'a [Field]) -> (Vec<ObjId>, bool) {
        let mut out = Vec::with_capacity(fields.len());
        let mut variadic = false;
        for (i, f) in fields.iter().enumerate() {
            let mut te = &f.typ;
            let mut dots = false;
            if let ExprKind::Ellipsis(elem) = &te.kind {
                let last = i + 1 == fields.len() && f.names.len() <= 1;
                if kind == VarKind::Param && last {
                    dots = true;
                } else {
                    let msg = "can only use ... with final parameter in list";
                    self.soft_error("MisplacedDotDotDot", te.span, msg);
                }
                if let Some(elem) = elem {
                    te = elem;
                }
            }
            let mut t = match te.kind {
                ExprKind::Ellipsis(_) => self.invalid(),
                _ => self.var_type(te),
            };
            if dots {
                variadic = true;
                t = self.store.new_type(Type::Slice(t));
                self.record_type_and_value(&f.typ, &OperandMode::TypExpr, t);
            }
            let var = |c: &mut Self, name, span| {
                let kind = ObjKind::Var { kind, used: true };
                c.store.make_object(kind, name, Some(c.pkg), Some(t), span)
            };
            for n in &f.names {
                out.push(var(self, n.name, n.span));
            }
            if f.names.is_empty() {
                let obj = var(self, self.store.empty_name, f.span);
                self.record_implicit(f.typ.id, obj);
                out.push(obj);
            }
        }
        (out, variadic)
    }

    /// The receiver and the type parameters that it declares.
    fn collect_recv(&mut self, f: &'a Field) -> (ObjId, Vec<TypeId>) {
        let parts = unpack_recv(&f.typ);
        let (typ, list) = match parts.tparams {
            None => (self.var_type(&f.typ), Vec::new()),
            Some(args) => self.generic_recv(f, parts.base, parts.ptr, args),
        };
        let (name, span) = match f.names.first() {
            Some(n) => (n.name, n.span),
            None => (self.store.empty_name, f.span),
        };
        let kind = ObjKind::Var { kind: VarKind::Recv, used: true };
        let recv = self.store.make_object(kind, name, Some(self.pkg), Some(typ), span);
        if f.names.is_empty() {
            self.record_implicit(f.typ.id, recv);
        }
        let base = parts.base.span;
        let plain = parts.tparams.is_none();
        self.later(move |c| c.valid_recv(base, typ, plain));
        (recv, list)
    }

    /// The receiver `*base[P, Q]`: `P` and `Q` are declared here, with the constraints of the type
    /// parameters of `base`, whose instance with them is the receiver's type.
    fn generic_recv(
        &mut self,
        f: &'a Field,
        base: &'a Expr,
        ptr: bool,
        args: &'a [Expr],
    ) -> (TypeId, Vec<TypeId>) {
        let invalid = self.invalid();
        let mut generic = None;
        match self.generic_type(base) {
            Ok(t) if matches!(self.store.ty(t), Type::Named(_)) => generic = Some(t),
            Ok(t) => {
                let msg = format!("cannot define new methods on generic alias type {}", self.ts(t));
                self.error("InvalidRecv", base.span, msg);
            }
            Err(Some(cause)) => self.error("InvalidRecv", base.span, cause),
            Err(None) => {}
        }
        let mut list = Vec::new();
        for a in args {
            let ExprKind::Ident(name) = &a.kind else {
                let s = self.expr_str(a);
                let msg = format!("receiver type parameter {s} must be an identifier");
                self.error("BadDecl", a.span, msg);
                return (invalid, Vec::new());
            };
            let ident = syntax::ast::Ident { id: a.id, name: *name, span: a.span };
            let p = self.declare_type_param(&ident);
            if let Type::TypeParam(tp) = self.store.ty_mut(p) {
                tp.index = list.len() as u32;
                let obj = tp.obj;
                self.record_use(a.id, obj);
            }
            self.record_type_and_value(a, &OperandMode::TypExpr, p);
            list.push(p);
        }
        let Some(generic) = generic else { return (invalid, list) };
        let declared = self.type_params_of_type(generic);
        if declared.len() != list.len() {
            let (got, want) = (list.len(), declared.len());
            let s = if got == 1 { "" } else { "s" };
            let msg = format!(
                "receiver declares {got} type parameter{s}, but receiver base type declares {want}"
            );
            self.error("BadRecv", base.span, msg);
            return (invalid, list);
        }
        let map = Subst { tparams: declared.clone(), targs: list.clone() };
        for (&d, &p) in declared.iter().zip(&list) {
            let bound = self.store.bound(d);
            let bound = self.store.subst(bound, &map);
            self.store.set_bound(p, bound);
            self.canonical_tparams.insert(p, d);
        }
        self.verify_version(base.span, (1, 18), "type instantiation");
        let inst = self.instance(generic, &list);
        self.record_instance(base, list.clone(), inst);
        let typ = if ptr { self.store.new_type(Type::Pointer(inst)) } else { inst };
        let mut e = &f.typ;
        let mut t = typ;
        loop {
            self.record_type_and_value(e, &OperandMode::TypExpr, t);
            match &e.kind {
                ExprKind::Paren(x) => e = x,
                ExprKind::Star(x) => {
                    e = x;
                    t = self.store.deref(t).0;
                }
                _ => break,
            }
        }
        (typ, list)
    }

    /// The receiver's base type must be defined in this package and be neither pointer nor
    /// interface.
    fn valid_recv(&mut self, at: Span, recv: TypeId, plain: bool) {
        let (base, _) = self.store.deref(recv);
        let t = self.store.unalias(base);
        if !self.is_valid(t) {
            return;
        }
        // Instances of generic aliases on the way to the base type.
        let mut link = recv;
        loop {
            link = match self.store.ty(link) {
                Type::Pointer(p) => *p,
                Type::Alias(a) if plain && !a.targs.is_empty() => {
                    let ts = self.ts(link);
                    let msg = format!("cannot define new methods on instantiated type {ts}");
                    return self.error("InvalidRecv", at, msg);
                }
                Type::Alias(a) => match a.rhs {
                    Some(rhs) => rhs,
                    None => return,
                },
                _ => break,
            };
        }
        let msg = match self.store.ty(t) {
            Type::Named(n) => {
                let (obj, instance) = (n.obj, n.origin.is_some());
                if self.store.obj(obj).pkg != Some(self.pkg) {
                    format!("cannot define new methods on non-local type {}", self.ts(base))
                } else if plain && instance {
                    format!("cannot define new methods on instantiated type {}", self.ts(t))
                } else {
                    let u = self.under(t);
                    let cause = match self.store.ty(u) {
                        Type::Basic(BasicKind::UnsafePointer) => "unsafe.Pointer",
                        Type::Pointer(_) | Type::Interface(_) => "pointer or interface type",
                        _ => return,
                    };
                    format!("invalid receiver type {} ({cause})", self.ts(base))
                }
            }
            Type::Basic(_) => {
                format!("cannot define new methods on non-local type {}", self.ts(base))
            }
            _ => format!("invalid receiver type {}", self.ts(recv)),
        };
        self.error("InvalidRecv", at, msg);
    }
}

//! Declarations (specification, "Declarations and scope" and the sections on constant, type,
//! variable, function and method declarations).
//!
//! In: declared objects without types, in any order. Out: their types. An object whose declaration
//! is being checked is on `obj_path`; meeting it again is a cycle, which may be a valid one.

use crate::check::{DeclInfo, Environment, TargetName};
use crate::constant::Value;
use crate::resolver::const_source;
use crate::{Alias, Checker, Named, ObjId, ObjKind, Type, TypeId, TypeParam, VarKind};
use diag::{Diagnostic, Span};
use syntax::ast::{
    BinaryOp, ConstDecl, Decl, Expr, ExprKind, Field, FuncDecl, Ident, TypeDecl, VarDecl,
};

impl<'a> Checker<'a> {
    /// Determines the type of an object of this package (of a constant its value, too).
    pub(crate) fn obj_decl(&mut self, obj: ObjId) {
        if let Some(start) = self.obj_path.iter().rposition(|&o| o == obj) {
            return self.met_again(obj, start);
        }
        if self.store.obj(obj).typ.is_some() {
            return;
        }
        if let Some(origin) = self.store.obj(obj).origin {
            // An instance's method.
            self.obj_decl(origin);
            self.store.obj_type(obj);
            return;
        }
        let invalid = self.invalid();
        let Some(d) = self.decls.get(&obj) else {
            self.store.obj_mut(obj).typ = Some(invalid);
            return;
        };
        if self.obj_path.len() > 2000 {
            let o = self.store.obj(obj);
            let (span, msg) = (o.span, format!("declaration of {} is nested too deeply", o.name));
            self.error("InvalidDeclCycle", span, msg);
            self.store.obj_mut(obj).typ = Some(invalid);
            return;
        }
        let d = DeclInfo { lhs: d.lhs.clone(), deps: Vec::new(), ..*d };
        self.obj_path.push(obj);
        let env = Environment {
            scope: Some(d.file_scope),
            go_version: d.go_version,
            ..Environment::default()
        };
        let outer = std::mem::replace(&mut self.env, env);
        match self.store.obj(obj).kind {
            ObjKind::Const { .. } => {
                self.env.decl = Some(obj);
                self.const_decl(obj, d.typ, d.init, d.inherited);
            }
            ObjKind::Var { .. } => {
                self.env.decl = Some(obj);
                self.var_decl(obj, d.lhs.as_deref(), d.typ, d.init);
            }
            ObjKind::TypeName { .. } => {
                if let Some(t) = d.type_decl {
                    self.type_decl(obj, t);
                    self.collect_methods(obj);
                }
            }
            ObjKind::Func { .. } => {
                if let Some(f) = d.func_decl {
                    self.func_decl(obj, f);
                }
            }
            _ => self.store.obj_mut(obj).typ = Some(invalid),
        }
        self.env = outer;
        self.obj_path.pop();
    }

    /// The object's own declaration, directly or not, refers to it.
    fn met_again(&mut self, obj: ObjId, start: usize) {
        let valid = self.valid_cycle(start);
        let typ = self.store.obj(obj).typ;
        let broken = match self.store.obj(obj).kind {
            // Initialization cycles are reported when the order of initialization is found.
            ObjKind::Const { .. } | ObjKind::Var { .. } => !valid || typ.is_none(),
            ObjKind::TypeName { .. } => !valid,
            _ => false,
        };
        if broken || typ.is_none() {
            self.store.obj_mut(obj).typ = Some(self.invalid());
        }
    }

    /// Whether the objects from `start` to the end of the path may refer to each other in a circle;
    /// reports if not.
    fn valid_cycle(&mut self, start: usize) -> bool {
        let cycle: Vec<ObjId> = self.obj_path[start..].to_vec();
        let (mut values, mut definitions) = (0, 0);
        for &o in &cycle {
            match self.store.obj(o).kind {
                ObjKind::Const { .. } | ObjKind::Var { .. } => values += 1,
                ObjKind::TypeName { .. } => {
                    let typ = self.store.obj(o).typ;
                    // A constraint may refer to the type whose parameter it constrains.
                    if self.env.in_tparam_list && typ.is_some_and(|t| self.is_generic(t)) {
                        return true;
                    }
                    if !typ.is_some_and(|t| matches!(self.store.ty(t), Type::Alias(_))) {
                        definitions += 1;
                    }
                }
                _ => {}
            }
        }
        if values == cycle.len() || values == 0 && definitions > 0 {
            return true;
        }
        self.cycle_error(&cycle);
        false
    }

    /// Reports a circle of declarations, beginning with the one that comes first in the source.
    pub(crate) fn cycle_error(&mut self, cycle: &[ObjId]) {
        let links: Vec<_> =
            cycle.iter().map(|&o| (o, self.store.obj(o).span, self.cycle_name(o))).collect();
        let first = links.iter().enumerate().min_by_key(|(_, l)| l.1.lo).map_or(0, |(i, _)| i);
        self.cycle_error_from(&links, first);
    }

    /// Reports a circle of declarations (with places and names) at the one at index `first`.
    pub(crate) fn cycle_error_from(&mut self, cycle: &[(ObjId, Span, String)], first: usize) {
        let Some((obj, span, name)) = cycle.get(first).cloned() else { return };
        let is_type = matches!(self.store.obj(obj).kind, ObjKind::TypeName { .. });
        if let Some(t) = self.store.obj(obj).typ {
            let invalid = self.invalid();
            if let Type::Alias(a) = self.store.ty_mut(t) {
                a.rhs = Some(invalid);
            }
        }
        let what = match is_type {
            true => "invalid recursive type",
            false => "invalid cycle in declaration",
        };
        if cycle.len() == 1 {
            let msg = format!("{what}: {name} refers to itself");
            return self.error("InvalidDeclCycle", span, msg);
        }
        let of = if is_type { "" } else { " of" };
        let mut d = Diagnostic::error("InvalidDeclCycle", span, format!("{what}{of} {name}"));
        for i in 0..cycle.len() {
            let (_, span, from) = &cycle[(first + i) % cycle.len()];
            let (_, _, to) = &cycle[(first + i + 1) % cycle.len()];
            d = d.also(*span, format!("{from} refers to {to}"));
        }
        self.report(d);
    }

    fn cycle_name(&self, obj: ObjId) -> String {
        let o = self.store.obj(obj);
        format!("{}{}", self.store.package_prefix(o.pkg, self.qualifier()), o.name)
    }

    fn const_decl(
        &mut self,
        obj: ObjId,
        typ: Option<&'a Expr>,
        init: Option<&'a Expr>,
        inherited: bool,
    ) {
        let ObjKind::Const { value } = &mut self.store.obj_mut(obj).kind else { return };
        // Until it is known, a constant's value is its iota.
        let iota = value.replace(Value::Unknown);
        let outer_iota = std::mem::replace(&mut self.env.iota, iota);
        let outer_span = self.env.err_span.take();
        self.const_decl_in_env(obj, typ, init, inherited);
        self.env.iota = outer_iota;
        self.env.err_span = outer_span;
    }

    fn const_decl_in_env(
        &mut self,
        obj: ObjId,
        typ: Option<&'a Expr>,
        init: Option<&'a Expr>,
        inherited: bool,
    ) {
        if let Some(e) = typ {
            let t = self.typ(e);
            if !self.is_const_type(t) {
                let u = self.under(t);
                if self.is_valid(u) {
                    let msg = format!("invalid constant type {}", self.ts(t));
                    self.error("InvalidConstType", e.span, msg);
                }
                self.store.obj_mut(obj).typ = Some(self.invalid());
                return;
            }
            self.store.obj_mut(obj).typ = Some(t);
        }
        let mut x = self.new_operand();
        if let Some(e) = init {
            if inherited {
                self.env.err_span = Some(self.store.obj(obj).span);
            }
            self.expr(None, &mut x, e);
        }
        self.init_const(obj, &mut x);
    }

    fn var_decl(
        &mut self,
        obj: ObjId,
        lhs: Option<&[ObjId]>,
        typ: Option<&'a Expr>,
        init: Option<&'a Expr>,
    ) {
        if let Some(e) = typ {
            let t = self.var_type(e);
            self.store.obj_mut(obj).typ = Some(t);
        }
        let Some(init) = init else {
            if typ.is_none() {
                self.store.obj_mut(obj).typ = Some(self.invalid());
            }
            return;
        };
        match lhs {
            Some(lhs) if lhs.len() > 1 => {
                if typ.is_some() {
                    let t = self.store.obj(obj).typ;
                    for &o in lhs {
                        self.store.obj_mut(o).typ = t;
                    }
                }
                self.init_vars(lhs, std::slice::from_ref(init), None);
            }
            _ => {
                let mut x = self.new_operand();
                let target = self.store.obj(obj).typ;
                self.target_name = TargetName::Var(obj);
                self.expr(target, &mut x, init);
                self.init_var(obj, &mut x, "variable declaration");
            }
        }
    }

    fn type_decl(&mut self, obj: ObjId, d: &'a TypeDecl) {
        let generic = d.tparams.first().map(|f| f.span);
        self.later(move |c| {
            if let Some(t) = c.store.obj(obj).typ
                && let Type::Named(_) = c.store.ty(t)
            {
                c.valid_type(t);
            }
        });
        if d.alias {
            if generic.is_none_or(|s| self.verify_version(s, (1, 23), "generic type alias")) {
                let between = Span::new(d.name.span.hi, d.typ.span.lo);
                let sign = self.find_token(between, "=").unwrap_or(d.span);
                self.verify_version(self.at_token(sign, d.span.lo), (1, 9), "type alias");
            }
            return self.alias_decl(obj, d);
        }
        if let Some(s) = generic {
            self.verify_version(s, (1, 18), "type parameter");
        }
        let named = self.store.new_type(Type::Named(Named {
            obj,
            origin: None,
            targs: Vec::new(),
            tparams: Vec::new(),
            underlying: None,
            methods: Vec::new(),
        }));
        self.store.obj_mut(obj).typ = Some(named);
        if generic.is_some() {
            self.open_scope(d.span);
            self.collect_type_params(&d.tparams, |c, list| {
                if let Type::Named(n) = c.store.ty_mut(named) {
                    n.tparams = list;
                }
            });
        }
        let mut rhs = self.declared_type(&d.typ, Some(named));
        if generic.is_some() {
            self.close_scope();
        }
        if self.is_type_param(rhs) {
            let msg = "cannot use a type parameter as RHS in type declaration";
            self.error("MisplacedTypeParam", d.typ.span, msg);
            rhs = self.invalid();
        }
        if let Type::Named(n) = self.store.ty_mut(named) {
            n.underlying = Some(rhs);
        }
        if matches!(self.store.ty(rhs), Type::Named(_) | Type::Alias(_)) {
            self.named_rhs.insert(named, rhs);
        }
        self.direct_cycle(named);
    }

    fn alias_decl(&mut self, obj: ObjId, d: &'a TypeDecl) {
        let alias = self.store.new_type(Type::Alias(Alias {
            obj,
            tparams: Vec::new(),
            targs: Vec::new(),
            origin: None,
            rhs: None,
        }));
        self.store.obj_mut(obj).typ = Some(alias);
        let generic = !d.tparams.is_empty();
        if generic {
            self.open_scope(d.span);
            self.collect_type_params(&d.tparams, |c, list| {
                if let Type::Alias(a) = c.store.ty_mut(alias) {
                    a.tparams = list;
                }
            });
        }
        let mut rhs = self.declared_type(&d.typ, None);
        if generic {
            self.close_scope();
        }
        let own = matches!(self.store.ty(alias), Type::Alias(a) if a.tparams.contains(&rhs));
        if own {
            let msg = "cannot use type parameter declared in alias declaration as RHS";
            self.error("MisplacedTypeParam", d.typ.span, msg);
            rhs = self.invalid();
        }
        if let Type::Alias(a) = self.store.ty_mut(alias) {
            // Unless a cycle was reported meanwhile.
            a.rhs = a.rhs.or(Some(rhs));
        }
        self.direct_cycle(alias);
    }

    /// Reports a type whose definition leads by names alone back to itself, and breaks it.
    fn direct_cycle(&mut self, start: TypeId) {
        let mut objs = Vec::new();
        let mut seen = Vec::new();
        let mut t = start;
        loop {
            let (obj, next) = match self.store.ty(t) {
                Type::Named(n) => {
                    (n.obj, n.origin.filter(|_| n.underlying.is_none()).or(n.underlying))
                }
                Type::Alias(a) => (a.obj, a.rhs),
                _ => return,
            };
            if seen.contains(&t) {
                if t != start {
                    return; // found when that one was declared
                }
                break;
            }
            seen.push(t);
            if objs.last() != Some(&obj) {
                objs.push(obj);
            }
            match next {
                Some(n) => t = n,
                None => return,
            }
        }
        self.cycle_error(&objs);
        let invalid = self.invalid();
        match self.store.ty_mut(start) {
            Type::Named(n) => n.underlying = Some(invalid),
            Type::Alias(a) => a.rhs = Some(invalid),
            _ => {}
        }
    }

    /// Declares type parameters in the current scope. `set` gets them before their constraints,
    /// which may mention the type that is being declared, are checked.
    pub(crate) fn collect_type_params(
        &mut self,
        fields: &'a [Field],
        set: impl FnOnce(&mut Self, Vec<TypeId>),
    ) -> Vec<TypeId> {
        let mut list = Vec::new();
        for f in fields {
            for name in &f.names {
                let p = self.declare_type_param(name);
                if let Type::TypeParam(tp) = self.store.ty_mut(p) {
                    tp.index = list.len() as u32;
                }
                list.push(p);
            }
        }
        set(self, list.clone());
        let outer = std::mem::replace(&mut self.env.in_tparam_list, true);
        let mut next = 0;
        for f in fields {
            let mut bound = self.bound_expr(&f.typ);
            if self.is_type_param(bound) {
                let msg = "cannot use a type parameter as constraint";
                self.error("MisplacedTypeParam", f.typ.span, msg);
                bound = self.invalid();
            }
            for _ in &f.names {
                self.store.set_bound(list[next], bound);
                next += 1;
            }
        }
        self.env.in_tparam_list = outer;
        list
    }

    /// A constraint: `~T` and `A | B` are short for an interface that embeds them.
    fn bound_expr(&mut self, e: &'a Expr) -> TypeId {
        match &e.kind {
            ExprKind::Tilde(_) | ExprKind::Binary { op: BinaryOp::Or, .. } => {
                self.implicit_interface(e)
            }
            _ => self.typ(e),
        }
    }

    /// Declares a type parameter with an unknown constraint.
    pub(crate) fn declare_type_param(&mut self, name: &Ident) -> TypeId {
        let obj = self.new_declared(ObjKind::TypeName { in_generic: None }, name);
        let unique = self.store.next_tparam;
        self.store.next_tparam += 1;
        let p = self.store.new_type(Type::TypeParam(TypeParam {
            obj,
            index: 0,
            bound: None,
            unique,
            pkg: Some(self.pkg),
        }));
        self.store.obj_mut(obj).typ = Some(p);
        let universe = self.store.universe();
        if self.store.scope_lookup(universe, &name.name).is_some() {
            let place = self.pos_string(name.span.lo);
            self.store.shadowing.insert(obj, place);
        }
        let scope = self.scope();
        self.declare(scope, Some(name), obj, name.span.lo);
        p
    }

    /// Gives a defined type the methods that were collected for its name.
    fn collect_methods(&mut self, obj: ObjId) {
        let Some(methods) = self.methods.remove(&obj) else { return };
        let Some(base) = self.store.obj(obj).typ else { return };
        if !matches!(self.store.ty(base), Type::Named(_)) {
            return;
        }
        let mut list: Vec<ObjId> = Vec::new();
        let mut names = crate::hash::FastMap::default();
        for m in methods {
            let name = self.store.obj(m).name;
            match names.entry(name) {
                std::collections::hash_map::Entry::Occupied(e) => {
                    let other: ObjId = *e.get();
                    let at = self.pos_string(self.store.obj(other).span.lo);
                    let tname = self.store.obj(obj).name;
                    let msg = format!("method {tname}.{name} already declared at {at}");
                    let span = self.store.obj(m).span;
                    self.error("DuplicateMethod", span, msg);
                }
                std::collections::hash_map::Entry::Vacant(e) => {
                    e.insert(m);
                    list.push(m);
                }
            }
        }
        if let Type::Named(n) = self.store.ty_mut(base) {
            n.methods = list;
        }
        self.later(move |c| c.check_field_uniqueness(base, &names));
    }

    /// Fields and methods of a struct type must have different names.
    fn check_field_uniqueness(
        &mut self,
        base: TypeId,
        methods: &crate::hash::FastMap<syntax::ast::Name, ObjId>,
    ) {
        let u = self.under(base);
        let Type::Struct(s) = self.store.ty(u) else { return };
        let clashes: Vec<(ObjId, ObjId)> = s
            .fields
            .iter()
            .filter_map(|&f| Some((f, *methods.get(&self.store.obj(f).name)?)))
            .collect();
        for (f, m) in clashes {
            let (name, span) = (self.store.obj(f).name, self.store.obj(m).span);
            let msg = format!("field and method with the same name {name}");
            let d = Diagnostic::error("DuplicateFieldAndMethod", span, msg);
            let d = self.add_other_decl(d, f);
            self.report(d);
        }
    }

    fn func_decl(&mut self, obj: ObjId, d: &'a FuncDecl) {
        // A signature that mentions the function finds an empty one.
        let sig = self.store.new_type(Type::Signature(Default::default()));
        self.store.obj_mut(obj).typ = Some(sig);
        self.store.incomplete_funcs.insert(obj);
        let recv = d.recv.as_ref().and_then(|r| r.first());
        let (_, scope) = self.func_type_into(sig, recv, &d.tparams, &d.sig);
        self.store.incomplete_funcs.remove(&obj);
        let recv_generic = matches!(self.store.ty(sig), Type::Signature(s)
            if !s.recv_tparams.is_empty() || !s.tparams.is_empty());
        let Some(body) = &d.body else {
            // The library leaves some of these to the compiler, too.
            let library = &*self.store.package(self.pkg).path == "internal/runtime/maps";
            if !d.tparams.is_empty() && !library {
                let msg = "generic function is missing function body";
                self.soft_error("BadDecl", d.name.span, msg);
            } else if !self.conf.ignore_func_bodies && &*d.name.name != "init" {
                let linked = d.directives.iter().any(|x| x.text.starts_with("go:linkname"));
                if !linked {
                    self.soft_error("MissingBody", d.name.span, "missing function body");
                }
            }
            return;
        };
        let version = self.env.go_version;
        self.later(move |c| {
            let env = Environment {
                decl: Some(obj),
                scope: Some(scope),
                go_version: version,
                generic_func: recv_generic.then_some(obj),
                ..Environment::default()
            };
            let outer = std::mem::replace(&mut c.env, env);
            c.func_body(sig, scope, body);
            c.env = outer;
        });
    }

    /// Notes that the declaration being checked refers to a package-level object.
    pub(crate) fn add_decl_dep(&mut self, to: ObjId) {
        let Some(from) = self.env.decl else { return };
        if !self.decls.contains_key(&to) || !self.dep_set.insert((from, to)) {
            return;
        }
        if let Some(d) = self.decls.get_mut(&from) {
            d.deps.push(to);
        }
    }

    /// One specification of a declaration inside a function. `last_const`: the specification of
    /// the current group that had values; the caller keeps it between consecutive statements.
    pub(crate) fn decl_stmt(&mut self, d: &'a Decl, last_const: &mut Option<&'a ConstDecl>) {
        if !matches!(d, Decl::Const(_)) {
            *last_const = None;
        }
        match d {
            Decl::Const(c) => self.local_const(c, last_const),
            Decl::Var(v) => self.local_var(v),
            Decl::Type(t) => self.local_type(t),
            Decl::Func(f) => {
                self.error("InvalidSyntaxTree", f.span, "function declared inside a function");
            }
            Decl::Bad(_) => {}
        }
    }

    fn local_const(&mut self, d: &'a ConstDecl, last: &mut Option<&'a ConstDecl>) {
        if last.is_some_and(|l| l.group != d.group) {
            *last = None;
        }
        let top = self.delayed.len();
        let (source, inherited) = const_source(d, last);
        let values = source.map_or(&[][..], |s| &s.values);
        let mut objs = Vec::with_capacity(d.names.len());
        for (i, name) in d.names.iter().enumerate() {
            let value = Some(Value::int(d.iota as i64));
            let obj = self.new_declared(ObjKind::Const { value }, name);
            let typ = source.and_then(|s| s.typ.as_ref());
            self.const_decl(obj, typ, values.get(i), inherited);
            objs.push(obj);
        }
        self.arity(d.span, &d.names, values, true, inherited);
        // Function literals see the scope as it is before the new names.
        self.process_delayed(top);
        self.declare_all(&d.names, &objs, d.span);
    }

    fn local_var(&mut self, d: &'a VarDecl) {
        self.local_directives(&d.directives);
        let top = self.delayed.len();
        let kind = || ObjKind::Var { kind: VarKind::Local, used: false };
        let objs: Vec<ObjId> = d.names.iter().map(|n| self.new_declared(kind(), n)).collect();
        if d.values.len() == 1 && objs.len() > 1 {
            // One call for all variables types them all.
            self.var_decl(objs[0], Some(&objs), d.typ.as_ref(), d.values.first());
        } else {
            for (i, &obj) in objs.iter().enumerate() {
                self.var_decl(obj, None, d.typ.as_ref(), d.values.get(i));
            }
        }
        for &o in &objs {
            self.ensure_typed(o);
        }
        if d.typ.is_none() || !d.values.is_empty() {
            self.arity(d.span, &d.names, &d.values, false, false);
        }
        self.process_delayed(top);
        self.declare_all(&d.names, &objs, d.span);
    }

    fn declare_all(&mut self, names: &'a [Ident], objs: &[ObjId], span: Span) {
        let scope = self.scope();
        for (name, &obj) in names.iter().zip(objs) {
            self.declare(scope, Some(name), obj, span.hi);
        }
    }

    fn local_type(&mut self, d: &'a TypeDecl) {
        let in_generic = self.env.generic_func;
        let obj = self.new_declared(ObjKind::TypeName { in_generic }, &d.name);
        let scope = self.scope();
        self.declare(scope, Some(&d.name), obj, d.name.span.lo);
        self.obj_path.push(obj);
        self.type_decl(obj, d);
        self.obj_path.pop();
    }
}

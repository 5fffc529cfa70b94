//! Collecting a package's declarations (specification, "Packages", "Declarations and scope").
//!
//! In: the files. Out: file and package scopes, a `DeclInfo` for each package-level object, and
//! which methods belong to which type names. Nothing is type-checked here but import clauses.

use crate::check::DeclInfo;
use crate::constant::Value;
use crate::{Checker, ObjId, ObjKind, PkgId, Scope, ScopeId, VarKind};
use diag::{Diagnostic, Pos, Span};
use std::collections::HashMap;
use syntax::ast::{
    self, ConstDecl, Decl, Expr, ExprKind, File, FuncDecl, Ident, ImportSpec, TypeDecl, VarDecl,
};

/// A method before its receiver's type is known.
struct MethodInfo {
    obj: ObjId,
    base: Option<ast::Name>,
    ptr: bool,
    file_scope: ScopeId,
}

impl<'a> Checker<'a> {
    /// Enters everything that the package declares.
    pub(crate) fn collect_objects(&mut self) {
        let mut methods = Vec::new();
        let files: &'a [File] = self.files;
        let pkg_scope = self.store.package(self.pkg).scope;
        for file in files {
            let scope = self.store.new_scope(Scope {
                parent: Some(pkg_scope),
                span: file.span,
                ..Scope::default()
            });
            self.file_scopes.push(scope);
            self.env.go_version = self.file_version(file);
            self.record_def(file.name.id, None);
            for spec in &file.imports {
                self.collect_import(spec, scope);
            }
            let mut last_const: Option<&'a ConstDecl> = None;
            for decl in &file.decls {
                match decl {
                    Decl::Const(d) => {
                        if last_const.is_some_and(|l| l.group != d.group) {
                            last_const = None;
                        }
                        self.collect_const(d, &mut last_const, scope);
                    }
                    Decl::Var(d) => self.collect_var(d, scope),
                    Decl::Type(d) => self.collect_type(d, scope),
                    Decl::Func(d) => self.collect_func(d, scope, &mut methods),
                    Decl::Bad(_) => {}
                }
            }
        }
        self.verify_file_scopes(pkg_scope);
        self.associate_methods(methods);
    }

    fn collect_import(&mut self, spec: &'a ImportSpec, scope: ScopeId) {
        let path: &str = &spec.path;
        if path.starts_with('/') {
            let msg = format!("could not import {path} (import path cannot be absolute path)");
            return self.error("BrokenImport", spec.path_span, msg);
        }
        if let Some(why) = invalid_import_path(path) {
            let msg = format!("invalid import path ({why})");
            return self.error("BadImportPath", spec.path_span, msg);
        }
        let imported = match path {
            "C" => {
                if let Some(name) = &spec.name {
                    return self.error("ImportCRenamed", name.span, "cannot rename import \"C\"");
                }
                if !self.conf.test_builtins {
                    let msg = "import \"C\": cgo is not supported";
                    self.error("BadImportPath", spec.path_span, msg);
                }
                self.store.declare_package("C", "C", true)
            }
            "unsafe" => self.store.unsafe_pkg,
            _ => match self.imports.get(path) {
                Some(&p) => p,
                None => {
                    let msg = format!("could not import {path} (package not found)");
                    self.error("BrokenImport", spec.path_span, msg);
                    let name = path.rsplit('/').next().unwrap_or(path);
                    self.store.declare_package(path, name, true)
                }
            },
        };
        let pkg = self.store.package_mut(self.pkg);
        if !pkg.imports.contains(&imported) {
            pkg.imports.push(imported);
        }
        let pkg_name = self.store.package(imported).name;
        let fake = self.store.package(imported).fake;
        let (name, span) = match &spec.name {
            Some(n) => (n.name, n.span),
            None => (pkg_name, spec.path_span),
        };
        if &*name == "init" {
            let msg = "cannot import package as init - init must be a func";
            self.error("InvalidInitDecl", span, msg);
            return;
        }
        // What is imported for its side effects, or could not be, isn't missed.
        let used = fake;
        let kind = ObjKind::PkgName { imported, used };
        let invalid = self.invalid();
        let obj = self.store.make_object(kind, name, Some(self.pkg), Some(invalid), span);
        match &spec.name {
            Some(n) => self.record_def(n.id, Some(obj)),
            None => self.record_implicit(spec.id, obj),
        }
        match &*name {
            "_" => {}
            "." => {
                self.pkg_names.push(obj);
                self.dot_import(imported, scope, obj, span);
            }
            _ => {
                self.pkg_names.push(obj);
                self.declare(scope, None, obj, Pos::NONE);
            }
        }
    }

    /// Enters the exported objects of a package into a file's scope.
    fn dot_import(&mut self, imported: PkgId, scope: ScopeId, pkg_name: ObjId, span: Span) {
        let from = self.store.package(imported).scope;
        let mut exported: Vec<(ast::Name, ObjId)> = self
            .store
            .scope(from)
            .elems
            .iter()
            .filter(|&(_, o)| self.store.obj(o).is_exported())
            .collect();
        exported.sort();
        for (name, obj) in exported {
            if let Some(other) = self.store.scope(scope).elems.find(name) {
                self.report_redeclared(&name, span, other);
            } else {
                self.store.scope_mut(scope).elems.insert(name, obj);
                self.dot_imports.insert((scope, name), pkg_name);
            }
        }
    }

    fn decl_info(&self, file_scope: ScopeId) -> DeclInfo<'a> {
        DeclInfo {
            file_scope,
            go_version: self.env.go_version,
            lhs: None,
            typ: None,
            init: None,
            inherited: false,
            type_decl: None,
            func_decl: None,
            deps: Vec::new(),
        }
    }

    /// An object declared at package level or in a function, without type so far.
    pub(crate) fn new_declared(&mut self, kind: ObjKind, ident: &Ident) -> ObjId {
        self.store.make_object(kind, ident.name, Some(self.pkg), None, ident.span)
    }

    fn collect_const(
        &mut self,
        d: &'a ConstDecl,
        last: &mut Option<&'a ConstDecl>,
        scope: ScopeId,
    ) {
        let (source, inherited) = const_source(d, last);
        let values = source.map_or(&[][..], |s| &s.values);
        for (i, name) in d.names.iter().enumerate() {
            let value = Some(Value::int(d.iota as i64));
            let obj = self.new_declared(ObjKind::Const { value }, name);
            let info = DeclInfo {
                typ: source.and_then(|s| s.typ.as_ref()),
                init: values.get(i),
                inherited,
                ..self.decl_info(scope)
            };
            self.declare_pkg_obj(name, obj, info);
        }
        self.arity(d.span, &d.names, values, true, inherited);
    }

    fn collect_var(&mut self, d: &'a VarDecl, scope: ScopeId) {
        let kind = || ObjKind::Var { kind: VarKind::Package, used: true };
        let objs: Vec<ObjId> = d.names.iter().map(|n| self.new_declared(kind(), n)).collect();
        // One call (or comma-ok expression) for all variables.
        let shared = d.values.len() == 1 && d.names.len() > 1;
        for (i, (name, &obj)) in d.names.iter().zip(&objs).enumerate() {
            let info = DeclInfo {
                lhs: shared.then(|| objs.clone()),
                typ: d.typ.as_ref(),
                init: if shared { d.values.first() } else { d.values.get(i) },
                ..self.decl_info(scope)
            };
            self.declare_pkg_obj(name, obj, info);
        }
        if d.typ.is_none() || !d.values.is_empty() {
            self.arity(d.span, &d.names, &d.values, false, false);
        }
    }

    fn collect_type(&mut self, d: &'a TypeDecl, scope: ScopeId) {
        let obj = self.new_declared(ObjKind::TypeName { in_generic: None }, &d.name);
        let info = DeclInfo { type_decl: Some(d), ..self.decl_info(scope) };
        self.declare_pkg_obj(&d.name, obj, info);
    }

    fn collect_func(&mut self, d: &'a FuncDecl, scope: ScopeId, methods: &mut Vec<MethodInfo>) {
        let recv = d.recv.as_ref().and_then(|r| r.first());
        let unpacked = recv.map(|r| unpack_recv(&r.typ));
        let obj = self.new_declared(
            ObjKind::Func {
                ptr_recv: unpacked.as_ref().is_some_and(|u| u.ptr),
                has_body: d.body.is_some(),
                is_method: d.recv.is_some(),
                is_interface_method: false,
            },
            &d.name,
        );
        let info = DeclInfo { func_decl: Some(d), ..self.decl_info(scope) };
        if let Some(u) = unpacked {
            self.record_def(d.name.id, Some(obj));
            if !d.name.is_blank() {
                let base = u.base.as_ident();
                methods.push(MethodInfo { obj, base, ptr: u.ptr, file_scope: scope });
            }
            self.add_object(obj, info);
            return;
        }
        if d.recv.is_some() {
            return; // `func () f()`, reported by the parser
        }
        let name = &*d.name.name;
        let is_main = name == "main" && &*self.store.package(self.pkg).name == "main";
        if name == "init" || is_main {
            let code = if is_main { "InvalidMainDecl" } else { "InvalidInitDecl" };
            if let Some(p) = d.tparams.first() {
                let msg = format!("func {name} must have no type parameters");
                self.soft_error(code, p.span, msg);
            }
            if !d.sig.params.is_empty() || !d.sig.results.is_empty() {
                let msg = format!("func {name} must have no arguments and no return values");
                self.soft_error(code, d.name.span, msg);
            }
        }
        if name == "init" {
            // Can't be referred to, may be declared several times.
            let pkg_scope = self.store.package(self.pkg).scope;
            self.store.obj_mut(obj).parent = Some(pkg_scope);
            self.record_def(d.name.id, Some(obj));
            if d.body.is_none() {
                self.soft_error("MissingInitBody", d.name.span, "func init must have a body");
            }
            self.add_object(obj, info);
            return;
        }
        self.declare_pkg_obj(&d.name, obj, info);
    }

    fn add_object(&mut self, obj: ObjId, info: DeclInfo<'a>) {
        self.obj_list.push(obj);
        self.store.obj_mut(obj).order = self.obj_list.len() as u32;
        self.decls.insert(obj, info);
    }

    fn declare_pkg_obj(&mut self, ident: &'a Ident, obj: ObjId, info: DeclInfo<'a>) {
        let name = &*ident.name;
        if name == "init" && info.func_decl.is_none() {
            let msg = "cannot declare init - must be func";
            return self.error("InvalidInitDecl", ident.span, msg);
        }
        let is_main_pkg = &*self.store.package(self.pkg).name == "main";
        if name == "main" && is_main_pkg && info.func_decl.is_none() {
            let msg = "cannot declare main - must be func";
            return self.error("InvalidMainDecl", ident.span, msg);
        }
        let scope = self.store.package(self.pkg).scope;
        self.declare(scope, Some(ident), obj, Pos::NONE);
        if ident.is_blank() {
            self.store.obj_mut(obj).parent = Some(scope);
        }
        self.add_object(obj, info);
    }

    /// Reports names without values and values without names.
    pub(crate) fn arity(
        &mut self,
        span: Span,
        names: &[Ident],
        values: &[Expr],
        is_const: bool,
        inherited: bool,
    ) {
        let (l, r) = (names.len(), values.len());
        if l < r {
            let extra = &values[l];
            if inherited {
                let msg = format!("extra init expr at {}", self.pos_string(extra.span.lo));
                self.error("WrongAssignCount", span, msg);
            } else {
                let msg = format!("extra init expr {}", self.expr_str(extra));
                self.error("WrongAssignCount", extra.span, msg);
            }
        } else if l > r && (is_const || r != 1) {
            let n = &names[r];
            let msg = format!("missing init expr for {}", n.name);
            self.error("WrongAssignCount", n.span, msg);
        }
    }

    /// A name may not be declared both in a file (by an import) and in the package.
    fn verify_file_scopes(&mut self, pkg_scope: ScopeId) {
        let before = self.store.package(self.pkg).file_scopes.clone();
        for scope in before.into_iter().chain(self.file_scopes.clone()) {
            let mut clashes: Vec<(ObjId, ObjId)> = self
                .store
                .scope(scope)
                .elems
                .iter()
                .filter_map(|(n, o)| Some((o, self.store.scope(pkg_scope).elems.find(n)?)))
                .collect();
            clashes.sort();
            for (in_file, in_pkg) in clashes {
                let p = self.store.obj(in_pkg);
                let (name, span) = (p.name, p.span);
                let f = self.store.obj(in_file);
                let (msg, at) = match f.kind {
                    ObjKind::PkgName { imported, .. } => {
                        let path = &self.store.package(imported).path;
                        (
                            format!("{name} already declared through import of package {path}"),
                            f.span,
                        )
                    }
                    _ => {
                        let import = self.dot_imports.get(&(scope, name)).copied();
                        let at = import.map_or(Span::NONE, |i| self.store.obj(i).span);
                        let path = f.pkg.map(|p| self.store.package(p).path);
                        let path = path.as_deref().unwrap_or_default();
                        (
                            format!("{name} already declared through dot-import of package {path}"),
                            at,
                        )
                    }
                };
                let d = Diagnostic::error("DuplicateDecl", span, msg);
                self.report(d.also(at, format!("other declaration of {name}")));
            }
        }
    }

    fn associate_methods(&mut self, methods: Vec<MethodInfo>) {
        let pkg_scope = self.store.package(self.pkg).scope;
        for m in methods {
            let Some(base) = m.base else { continue };
            if let Some((tname, ptr)) = self.resolve_base_type(m.ptr, base, m.file_scope, pkg_scope)
            {
                if let ObjKind::Func { ptr_recv, .. } = &mut self.store.obj_mut(m.obj).kind {
                    *ptr_recv = ptr;
                }
                self.methods.entry(tname).or_default().push(m.obj);
            }
        }
    }

    /// The type name that a receiver's name stands for, through aliases, and whether there is a
    /// pointer on the way.
    fn resolve_base_type(
        &self,
        mut ptr: bool,
        mut name: ast::Name,
        file_scope: ScopeId,
        pkg_scope: ScopeId,
    ) -> Option<(ObjId, bool)> {
        let mut seen = Vec::new();
        loop {
            // A name in the file's scope is imported: no methods for that here.
            if self.store.scope(file_scope).elems.find(name).is_some() {
                return None;
            }
            let obj = self.store.scope(pkg_scope).elems.find(name)?;
            let Some(decl) = self.decls.get(&obj) else {
                return self.declared_base_type(ptr, obj);
            };
            let decl = decl.type_decl?;
            if !decl.alias {
                return Some((obj, ptr));
            }
            if seen.contains(&obj) {
                return None;
            }
            seen.push(obj);
            let u = unpack_recv(&decl.typ);
            // At most one pointer.
            if u.ptr && ptr {
                return None;
            }
            ptr |= u.ptr;
            name = u.base.as_ident()?;
        }
    }

    /// Determines the types of all package-level objects.
    pub(crate) fn package_objects(&mut self) {
        let list = self.obj_list.clone();
        let is_type =
            |c: &Self, obj: &ObjId| c.decls.get(obj).and_then(|d| d.type_decl).map(|t| t.alias);
        // Aliases after the types that they may refer to, then all that has a type.
        for phase in [Some(false), Some(true), None] {
            for &obj in &list {
                if is_type(self, &obj) == phase {
                    self.obj_decl(obj);
                }
            }
        }
        // Methods of what isn't a type remain; they have been reported.
        self.methods = HashMap::default();
    }

    /// Reports imports that nothing refers to.
    pub(crate) fn unused_imports(&mut self) {
        for obj in std::mem::take(&mut self.pkg_names) {
            let o = self.store.obj(obj);
            let ObjKind::PkgName { imported, used: false } = o.kind else { continue };
            let p = self.store.package(imported);
            let msg = if *o.name == *p.name || &*o.name == "." {
                // The name is worth telling when the path doesn't show it.
                let last = p.path.rsplit('/').next().unwrap_or(&p.path);
                match &*o.name == "." || last == &*p.name {
                    true => format!("{:?} imported and not used", &*p.path),
                    false => format!("{:?} imported as {} and not used", &*p.path, p.name),
                }
            } else {
                format!("{:?} imported as {} and not used", &*p.path, o.name)
            };
            let span = o.span;
            let d = Diagnostic::error("UnusedImport", span, msg).soft();
            let d = self.suggest_unused_import(d, span);
            self.report(d);
        }
    }
}

/// What a path mustn't have (specification, "Import declarations"), or that it begins with a slash.
pub fn invalid_import_path(path: &str) -> Option<String> {
    if path.is_empty() {
        return Some("empty string".to_string());
    }
    let clean: Vec<&str> = path.split('/').filter(|p| !p.is_empty() && *p != ".").collect();
    let relative = path.starts_with('.');
    if !relative && (clean.len() != path.split('/').count() || clean.contains(&"..")) {
        let clean = clean.join("/");
        return Some(format!("non-canonical import path \"{path}\" (should be \"{clean}\")"));
    }
    let bad = |c: &char| {
        c.is_control() || c.is_whitespace() || "!\"#$%&'()*,:;<=>?[\\]^`{|}\u{FFFD}".contains(*c)
    };
    let c = path.chars().find(bad)?;
    let shown = if c.is_control() { String::new() } else { format!(" '{c}'") };
    Some(format!("invalid character U+{:04X}{shown}", c as u32))
}

/// The specification whose type and values `d` uses, and whether that is an earlier one.
pub(crate) fn const_source<'a>(
    d: &'a ConstDecl,
    last: &mut Option<&'a ConstDecl>,
) -> (Option<&'a ConstDecl>, bool) {
    if d.typ.is_some() || !d.values.is_empty() {
        *last = Some(d);
        (Some(d), false)
    } else {
        (*last, last.is_some())
    }
}

/// A receiver type taken apart: `*base[tparams]`.
pub(crate) struct RecvParts<'a> {
    pub ptr: bool,
    pub base: &'a Expr,
    pub tparams: Option<&'a [Expr]>,
}

pub(crate) fn unpack_recv(e: &Expr) -> RecvParts<'_> {
    let mut ptr = false;
    let mut base = e;
    loop {
        match &base.kind {
            ExprKind::Paren(x) => base = x,
            ExprKind::Star(x) => {
                ptr = true;
                base = x;
            }
            _ => break,
        }
    }
    match &base.kind {
        ExprKind::Index { x, indices, .. } => {
            RecvParts { ptr, base: x.unparen(), tparams: Some(indices) }
        }
        _ => RecvParts { ptr, base, tparams: None },
    }
}

//! The tests of a package that are in the package itself, checked after it: their files join its scope and
//! their methods its types, so that no file is checked twice and all importers keep the types that they know.
//!
//! In: a checked package and further files. Out: what [`check_package`](crate::check_package) gives for these, and
//! an [`Extension`] that takes them out again, for no other package may see what tests declare.
//! One thing differs from checking all files at once: a predeclared name (`min`) that only tests declare keeps its
//! meaning in the package's own files.

use crate::{Checked, Checker, Config, ObjId, ObjKind, PkgId, Store, Type, TypeId};
use diag::{Diagnostic, SourceMap};
use std::collections::HashMap;
use syntax::ast::{File, Name};

/// What tests added to a package.
#[derive(Debug)]
pub struct Extension {
    pkg: PkgId,
    names: Vec<Name>,
    imports: usize,
    file_scopes: usize,
    /// Types with methods from tests, and how many they had before.
    types: Vec<(TypeId, usize)>,
}

impl Extension {
    /// Makes the package what it was before.
    pub fn undo(self, store: &mut Store) {
        let p = store.package_mut(self.pkg);
        p.imports.truncate(self.imports);
        p.file_scopes.truncate(self.file_scopes);
        let scope = p.scope;
        for name in self.names {
            store.scope_mut(scope).elems.remove(name);
        }
        for (t, count) in self.types {
            if let Type::Named(n) = store.ty_mut(t) {
                n.methods.truncate(count);
            }
        }
    }
}

/// Checks files of tests that belong to the package `pkg`, which is complete. Until the extension is undone, whoever
/// imports the package sees it with its tests.
pub fn check_tests(
    store: &mut Store,
    conf: &Config,
    pkg: PkgId,
    files: &[File],
    node_count: usize,
    imports: &HashMap<String, PkgId>,
    source: &SourceMap,
) -> (Checked, Extension) {
    let p = store.package(pkg);
    let (imported, file_scopes, scope) = (p.imports.len(), p.file_scopes.len(), p.scope);
    let before = store.scope(scope).elems.clone();
    let mut c = Checker::new(store, conf, pkg, files, node_count, imports, source);
    c.check();
    let scopes = std::mem::take(&mut c.file_scopes);
    c.store.package_mut(pkg).file_scopes.extend(scopes);
    let names =
        c.store.scope(scope).elems.iter().map(|(n, _)| n).filter(|n| before.find(*n).is_none());
    let (names, types) = (names.collect(), std::mem::take(&mut c.extended_types));
    let extension = Extension { pkg, names, imports: imported, file_scopes, types };
    (Checked { pkg, info: c.info, diags: c.diags }, extension)
}

impl Checker<'_> {
    /// The base type of a receiver whose name is declared outside of the files that are being checked.
    pub(crate) fn declared_base_type(&self, mut ptr: bool, obj: ObjId) -> Option<(ObjId, bool)> {
        let o = self.store.obj(obj);
        if !matches!(o.kind, ObjKind::TypeName { .. }) {
            return None;
        }
        let mut t = self.store.unalias(o.typ?);
        if let Type::Pointer(base) = self.store.ty(t) {
            if ptr {
                return None;
            }
            (ptr, t) = (true, self.store.unalias(*base));
        }
        match self.store.ty(t) {
            Type::Named(n) if self.store.obj(n.obj).pkg == Some(self.pkg) => Some((n.obj, ptr)),
            _ => None,
        }
    }

    /// Gives types that were declared before these files the methods that these files declare.
    pub(crate) fn extend_declared_types(&mut self) {
        let declared = |c: &Self, o: &ObjId| !c.decls.contains_key(o);
        let mut list: Vec<ObjId> =
            self.methods.keys().filter(|o| declared(self, o)).copied().collect();
        list.sort();
        for obj in list {
            let Some(methods) = self.methods.remove(&obj) else { continue };
            let Some(t) = self.store.obj(obj).typ else { continue };
            self.add_methods(obj, t, methods);
        }
    }

    fn add_methods(&mut self, obj: ObjId, t: TypeId, methods: Vec<ObjId>) {
        let Type::Named(n) = self.store.ty(t) else { return };
        let mut known: HashMap<Name, ObjId> = HashMap::new();
        for &m in &n.methods {
            known.insert(self.store.obj(m).name, m);
        }
        self.extended_types.push((t, n.methods.len()));
        let u = self.store.underlying(t);
        let fields = match self.store.ty(u) {
            Type::Struct(s) => s.fields.clone(),
            _ => Vec::new(),
        };
        for m in methods {
            let o = self.store.obj(m);
            let (name, span) = (o.name, o.span);
            if let Some(&other) = known.get(&name) {
                let at = self.pos_string(self.store.obj(other).span.lo);
                let tname = &self.store.obj(obj).name;
                let msg = format!("method {tname}.{name} already declared at {at}");
                self.error("DuplicateMethod", span, msg);
                continue;
            }
            if let Some(&f) = fields.iter().find(|f| self.store.obj(**f).name == name) {
                let msg = format!("field and method with the same name {name}");
                let d = Diagnostic::error("DuplicateFieldAndMethod", span, msg);
                let d = self.add_other_decl(d, f);
                self.report(d);
            }
            known.insert(name, m);
            if let Type::Named(n) = self.store.ty_mut(t) {
                n.methods.push(m);
            }
        }
    }
}

//! Objects in, linker symbols out (compiler/ABI.md, "Go functions").
//!
//! `<path>.<name>`, `<path>.(*T).m`, `<path>.T.m`, type arguments in brackets behind the name that they belong
//! to. `//go:linkname local symbol` gives a function or variable another symbol.

use super::{CheckedPackage, ModuleBuilder};
use crate::ir::Symbol;
use ::types::{BuiltinId, ObjId, ObjKind, Store, Type, TypeId};
use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use syntax::ast::Decl;

/// What a declaration's own name doesn't tell, collected once for the whole program.
#[derive(Default)]
pub struct SymbolTable {
    /// From `//go:linkname`.
    linknames: HashMap<ObjId, Symbol>,
    /// Numbers of the package's functions named `init` and `_`, which may be many.
    numbered: HashMap<ObjId, u32>,
    /// Functions that mention `recover`, if only in a function literal.
    recovering: HashSet<ObjId>,
}

impl SymbolTable {
    pub fn new(store: &Store, packages: &[CheckedPackage]) -> SymbolTable {
        let mut table = SymbolTable::default();
        for package in packages {
            let scope = store.scope(store.package(package.pkg).scope);
            for directive in package.files.iter().flat_map(|f| &f.directives) {
                let mut words = directive.text.split_ascii_whitespace();
                let (Some("go:linkname"), Some(local), Some(symbol)) =
                    (words.next(), words.next(), words.next())
                else {
                    continue;
                };
                if let Some(obj) = scope.elems.get(local) {
                    table.linknames.insert(obj, symbol.into());
                }
            }
            let mut next = 0;
            for &obj in package.info.defs.iter().flatten() {
                let o = store.obj(obj);
                let is_func = matches!(o.kind, ObjKind::Func { is_method: false, .. });
                if is_func && matches!(&*o.name, "init" | "_") {
                    table.numbered.insert(obj, next);
                    next += 1;
                }
            }
        }
        table.note_recovering(store, packages);
        table
    }

    /// Nodes are numbered in source order, so a use belongs to the last declaration before it. (One
    /// in a variable's initialiser is put down to a function that it isn't in, which does no harm.)
    fn note_recovering(&mut self, store: &Store, packages: &[CheckedPackage]) {
        for package in packages {
            let recover = |o: &Option<ObjId>| {
                o.is_some_and(|o| matches!(store.obj(o).kind, ObjKind::Builtin(BuiltinId::Recover)))
            };
            let uses = package.info.uses.iter().enumerate().filter(|(_, o)| recover(o));
            let uses: Vec<usize> = uses.map(|(i, _)| i).collect();
            if uses.is_empty() {
                continue;
            }
            let decls = package.files.iter().flat_map(|f| &f.decls);
            let mut starts: Vec<usize> = decls
                .filter_map(|d| match d {
                    Decl::Func(f) => Some(f.name.id.0 as usize),
                    _ => None,
                })
                .collect();
            starts.sort_unstable();
            for i in uses {
                let before = starts.partition_point(|&s| s < i);
                let decl = before.checked_sub(1).and_then(|d| package.info.defs[starts[d]]);
                self.recovering.extend(decl);
            }
        }
    }

    /// Whether `//go:linkname` gives the object another symbol.
    pub fn renamed(&self, obj: ObjId) -> bool {
        self.linknames.contains_key(&obj)
    }

    /// Whether the declared function may call `recover` itself.
    pub fn may_recover(&self, obj: ObjId) -> bool {
        self.recovering.contains(&obj)
    }
}

/// How the parts of a function's name are spelled.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    Symbol,
    Traceback,
}

impl ModuleBuilder<'_, '_> {
    /// Symbol of a declared function or concrete method (origin object). `targs`: the receiver's
    /// type arguments, then its own. A function without body has the symbol that its
    /// `//go:linkname` says.
    pub fn func_symbol(&mut self, obj: ObjId, targs: &[TypeId]) -> Symbol {
        if let Some(sym) = self.prog.symbols.linknames.get(&obj) {
            return sym.clone();
        }
        let sym: Symbol = self.func_name(obj, targs, Style::Symbol).into();
        if self.prog.symbols.may_recover(obj) {
            self.wrappers.recovering.insert(sym.clone());
        }
        sym
    }

    /// The name of the same in tracebacks.
    pub fn func_go_name(&mut self, obj: ObjId, targs: &[TypeId]) -> String {
        self.func_name(obj, targs, Style::Traceback)
    }

    /// Symbol of a package-level variable.
    pub fn global_symbol(&mut self, obj: ObjId) -> Symbol {
        if let Some(sym) = self.prog.symbols.linknames.get(&obj) {
            return sym.clone();
        }
        let o = self.store().obj(obj);
        format!("{}.{}", self.path_prefix(obj, Style::Symbol), o.name).into()
    }

    fn path_prefix(&self, obj: ObjId, style: Style) -> String {
        let Some(pkg) = self.store().obj(obj).pkg else { return String::new() };
        let path = &self.store().package(pkg).path;
        match style {
            Style::Symbol => escape_path(path),
            Style::Traceback => path.to_string(),
        }
    }

    fn func_name(&mut self, obj: ObjId, targs: &[TypeId], style: Style) -> String {
        let o = self.store().obj(obj);
        let name = o.name;
        let sig = match o.typ.map(|t| self.store().ty(t)) {
            Some(Type::Signature(sig)) => sig.clone(),
            _ => Default::default(),
        };
        let mut out = self.path_prefix(obj, style);
        let split = sig.recv_tparams.len().min(targs.len());
        let (recv_targs, own_targs) = targs.split_at(split);
        if let Some(recv) = sig.recv {
            let (pointer, type_name) = self.receiver(recv);
            let args = self.brackets(recv_targs, style);
            let _ = match pointer {
                true => write!(out, ".(*{type_name}{args})"),
                false => write!(out, ".{type_name}{args}"),
            };
        }
        let _ = write!(out, ".{name}{}", self.brackets(own_targs, style));
        if let Some(number) = self.prog.symbols.numbered.get(&obj) {
            let _ = write!(out, ".{number}");
        }
        out
    }

    /// Whether a receiver is a pointer, and the name of its base type.
    fn receiver(&self, recv: ObjId) -> (bool, String) {
        let store = self.store();
        let (mut pointer, mut t) = (false, store.obj(recv).typ);
        while let Some(id) = t {
            match store.ty(id) {
                Type::Pointer(elem) => (pointer, t) = (true, Some(*elem)),
                Type::Alias(a) => t = a.rhs,
                Type::Named(n) => return (pointer, store.obj(n.obj).name.to_string()),
                _ => break,
            }
        }
        (pointer, "?".to_string())
    }

    fn brackets(&mut self, targs: &[TypeId], style: Style) -> String {
        if targs.is_empty() {
            return String::new();
        }
        if style == Style::Traceback {
            return "[...]".to_string();
        }
        let mut names = Vec::with_capacity(targs.len());
        for &t in targs {
            let ty = self.ty(t);
            names.push(self.types.table.data(ty).unique.clone());
        }
        format!("[{}]", names.join(","))
    }
}

/// An import path in a symbol: bytes that linkers or their scripts can't take as `%xx`.
pub(super) fn escape_path(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for b in path.bytes() {
        match b {
            b'%' | b'"' | b'@' | b'\\' | ..=b' ' | 0x7f.. => {
                let _ = write!(out, "%{b:02x}");
            }
            b => out.push(b as char),
        }
    }
    out
}

//! Lowering: checked packages in, one IR [`Module`] out for each.
//!
//! [`lower_package`] walks the package's declarations, then the queue of instances of generic
//! functions that they (and other instances) use. A function is built by [`func::FuncBuilder`], which knows nothing
//! of Go; what knows the package and the program is [`ModuleBuilder`].
//!
//! Errors: what lowering cannot understand is an [`InternalError`], never a panic.

pub mod func;
pub mod types;

mod builtin;
mod call;
mod chan;
mod composite;
mod consts;
mod control;
mod convert;
mod descriptors;
mod eq;
mod expr;
mod facts;
mod hot_calls;
mod inline_imports;
mod intrinsics;
mod lowerer;
mod maps;
mod methods;
mod package;
mod place;
mod range;
mod rangefunc;
mod select;
mod stmt;
mod symbols;
mod typenames;
mod views;

pub use func::FuncBuilder;
pub use types::TypeCtx;

use crate::ir::{Extern, Function, Module, Symbol};
use crate::profile::CallProfile;
use crate::ty::{Sig, Ty};
use ::types::{Info, ObjId, ObjKind, PkgId, Store, Subst, Type, TypeId};
use diag::Span;
use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt;
use std::sync::Arc;
use syntax::ast::{Decl, File, FuncDecl};

/// Something that cannot happen in a package that the checker accepted.
#[derive(Clone, Debug)]
pub struct InternalError {
    pub message: String,
    pub span: Span,
}

impl InternalError {
    pub fn new(span: Span, message: impl Into<String>) -> InternalError {
        InternalError { message: message.into(), span }
    }
}

impl fmt::Display for InternalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for InternalError {}

pub type Res<T> = Result<T, InternalError>;

#[derive(Clone, Debug, Default)]
pub struct LowerOptions {
    /// `main` of this package is the program's.
    pub is_main: bool,
    /// Give the module bodies of small functions of other packages ([`inline_imports`]).
    pub inline_imports: bool,
    /// All methods of instantiated types that have one in use, not only those: gc compiles, and reports on, these.
    pub all_methods: bool,
}

/// A package as the checker left it, without errors.
#[derive(Debug)]
pub struct CheckedPackage {
    pub pkg: PkgId,
    pub files: Vec<File>,
    pub info: Info,
}

/// Where a function or method is declared.
#[derive(Clone, Copy)]
pub struct FuncSource<'a> {
    pub package: &'a CheckedPackage,
    pub file: &'a File,
    pub decl: &'a FuncDecl,
}

/// All packages of the build: instances of generic functions are made from other packages' trees.
pub struct Program<'a> {
    pub store: &'a mut Store,
    pub packages: HashMap<PkgId, &'a CheckedPackage>,
    /// By the declared object (of instances: their origin).
    pub funcs: HashMap<ObjId, FuncSource<'a>>,
    /// Symbols that declarations alone don't tell.
    pub symbols: symbols::SymbolTable,
    /// See [`types::local_type_numbers`].
    pub local_types: Arc<HashMap<ObjId, u32>>,
    /// Of the package that is to be lowered next, if a profile says something about it.
    pub profile: Option<CallProfile<'a>>,
}

impl<'a> Program<'a> {
    pub fn new(store: &'a mut Store, packages: &'a [CheckedPackage]) -> Program<'a> {
        let mut funcs = HashMap::new();
        for package in packages {
            for file in &package.files {
                for decl in &file.decls {
                    let Decl::Func(decl) = decl else { continue };
                    if let Some(obj) = package.info.defs[decl.name.id.0 as usize] {
                        funcs.insert(obj, FuncSource { package, file, decl });
                    }
                }
            }
        }
        let symbols = symbols::SymbolTable::new(store, packages);
        let local_types = Arc::new(types::local_type_numbers(store, packages));
        let packages = packages.iter().map(|p| (p.pkg, p)).collect();
        Program { store, packages, funcs, symbols, local_types, profile: None }
    }
}

/// A generic function or method with its type arguments (the receiver's first, then its own), all
/// canonical and free of type parameters. `obj` is the declared (origin) object. Without arguments: an ordinary function.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Instance {
    pub obj: ObjId,
    pub targs: Vec<TypeId>,
}

/// The module that is being made.
pub struct ModuleBuilder<'p, 'a> {
    pub prog: &'p mut Program<'a>,
    pub pkg: PkgId,
    pub opts: LowerOptions,
    /// `module.types` is empty until the end: the table is `types.table`.
    pub module: Module,
    pub types: TypeCtx,
    /// Instances that have been referred to but not lowered.
    pub queue: VecDeque<Instance>,
    /// Symbols of functions that are defined or queued here (wrappers and thunks included).
    pub defined: HashSet<Symbol>,
    pub wrappers: methods::Wrappers,
    pub maps: maps::MapInstances,
    pub descriptors: descriptors::Descriptors,
    /// Other packages' variables that have been declared.
    pub known_globals: HashSet<Symbol>,
    /// Number of function literals in initialisers so far.
    pub init_closures: u32,
    /// Of other packages' functions that get a body here: how many calls they are away from this package's code.
    pub import_depths: HashMap<Symbol, u8>,
    /// The same of the function that is being lowered; 0: it is this package's own.
    pub import_depth: u8,
}

impl ModuleBuilder<'_, '_> {
    pub fn store(&self) -> &Store {
        self.prog.store
    }

    /// The IR type of a Go type without type parameters.
    pub fn ty(&mut self, t: TypeId) -> Ty {
        self.types.ty(self.prog.store, t)
    }

    /// Adds a finished function.
    pub fn add_func(&mut self, f: Function) {
        self.defined.insert(f.sym.clone());
        self.module.funcs.push(f);
    }

    /// Claims `sym` for a definition here; false if it has been claimed before.
    pub fn claim(&mut self, sym: &Symbol) -> bool {
        self.defined.insert(sym.clone())
    }

    /// Notes that `sym` is used; a later definition in this module takes precedence.
    pub fn declare_extern(&mut self, sym: &Symbol, sig: Sig, c_abi: bool, noescape: bool) {
        self.module.externs.entry(sym.clone()).or_insert(Extern { sig, c_abi, noescape });
    }

    /// Whether the function's declaration has this directive above it.
    pub(crate) fn has_directive(&self, obj: ObjId, directive: &str) -> bool {
        let decl = self.prog.funcs.get(&obj).map(|f| f.decl);
        decl.is_some_and(|d| d.directives.iter().any(|d| d.text == directive))
    }

    /// The declared object behind an instantiated function or method object.
    pub fn origin(&self, mut obj: ObjId) -> ObjId {
        while let Some(o) = self.store().obj(obj).origin {
            obj = o;
        }
        obj
    }

    /// The symbol of a function or concrete method, for a direct call or a func value: queues the
    /// instance or declares what is defined elsewhere. `targs` as in [`Instance`].
    pub fn func_ref(&mut self, obj: ObjId, targs: &[TypeId]) -> Res<Symbol> {
        let obj = self.origin(obj);
        let sym = self.func_symbol(obj, targs);
        if !targs.is_empty() {
            if self.claim(&sym) {
                self.queue.push_back(Instance { obj, targs: targs.to_vec() });
            }
            return Ok(sym);
        }
        let o = self.store().obj(obj);
        let here = o.pkg == Some(self.pkg);
        let has_body = matches!(o.kind, ObjKind::Func { has_body: true, .. });
        if !here || !has_body {
            let sig = self.func_sig(obj, targs)?;
            let noescape = !has_body && self.has_directive(obj, "go:noescape");
            self.declare_extern(&sym, sig, !has_body, noescape);
            if has_body && !self.defined.contains(&sym) && self.wants_body(obj, &sym) {
                self.claim(&sym);
                self.queue.push_back(Instance { obj, targs: Vec::new() });
            }
        }
        Ok(sym)
    }

    /// Signature of a function or method with the receiver as first parameter.
    pub fn func_sig(&mut self, obj: ObjId, targs: &[TypeId]) -> Res<Sig> {
        let obj = self.origin(obj);
        let o = self.store().obj(obj);
        let (span, name) = (o.span, o.name);
        let Some(Type::Signature(sig)) = o.typ.map(|t| self.store().ty(t).clone()) else {
            return Err(InternalError::new(span, format!("{name} has no signature")));
        };
        let tparams: Vec<TypeId> = sig.recv_tparams.iter().chain(&sig.tparams).copied().collect();
        let mut tys = |list: &mut dyn Iterator<Item = ObjId>| -> Res<Vec<Ty>> {
            let mut out = Vec::new();
            for p in list {
                let Some(t) = self.store().obj(p).typ else {
                    return Err(InternalError::new(span, format!("{name}: parameter has no type")));
                };
                let t = self.concrete(t, &tparams, targs);
                out.push(self.ty(t));
            }
            Ok(out)
        };
        let params = tys(&mut sig.recv.iter().chain(&sig.params).copied())?;
        let results = tys(&mut sig.results.iter().copied())?;
        Ok(Sig { params, results, variadic: sig.variadic })
    }

    /// `t` with type parameters replaced, in canonical form.
    pub fn concrete(&mut self, t: TypeId, tparams: &[TypeId], targs: &[TypeId]) -> TypeId {
        if targs.is_empty() {
            return self.prog.store.canon(t);
        }
        let map = Subst { tparams: tparams.to_vec(), targs: targs.to_vec() };
        let t = self.prog.store.subst(t, &map);
        self.prog.store.canon(t)
    }
}

/// The module of package `pkg`.
pub fn lower_package(prog: &mut Program, pkg: PkgId, opts: &LowerOptions) -> Res<Module> {
    let path = prog.store.package(pkg).path.to_string();
    let types = TypeCtx::new(prog.local_types.clone());
    let mut mb = ModuleBuilder {
        prog,
        pkg,
        opts: opts.clone(),
        module: Module { path, ..Module::default() },
        types,
        queue: VecDeque::new(),
        defined: HashSet::new(),
        wrappers: Default::default(),
        maps: Default::default(),
        descriptors: Default::default(),
        known_globals: HashSet::new(),
        init_closures: 0,
        import_depths: HashMap::new(),
        import_depth: 0,
    };
    let Some(&package) = mb.prog.packages.get(&pkg) else {
        let message = format!("package {} has not been checked", mb.module.path);
        return Err(InternalError::new(Span::NONE, message));
    };
    mb.lower_declarations(package)?;
    loop {
        mb.finish_types()?;
        if mb.queue.is_empty() {
            break;
        }
        mb.lower_queue()?;
    }
    mb.module.types = std::mem::take(&mut mb.types.table);
    Ok(mb.module)
}

//! The checker's state. One [`Checker`] checks one package; its methods are spread over the
//! modules of this crate by subject, named as in go/types (`raw_expr`, `assignment`, `obj_decl`,
//! `type_internal`, ...), so that whoever knows that package finds the way here.

use crate::constant::Value;
use crate::hash::{FastMap, FastSet};
use crate::{BuiltinId, Info, ObjId, PkgId, ScopeId, Store, TypeId};
use diag::{Diagnostics, SourceMap, Span};
use std::collections::HashMap;
use syntax::ast::{self, Expr, File, NodeId};

/// What the caller of the checker decides.
#[derive(Clone, Debug)]
pub struct Config {
    /// Language version of the module, e.g. `(1, 27)`; a file's `//go:build` line may change it.
    pub go_version: (u32, u32),
    /// Functions without a body are accepted (`gosubc check`, and stdlib packages).
    pub ignore_func_bodies: bool,
    /// Also define `assert` and `trace`, and let `import "C"` pass, as the corpus of go/types wants.
    pub test_builtins: bool,
}

/// The operand modes of go/types, while an expression is being checked.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum OperandMode {
    Invalid,
    NoValue,
    Builtin(BuiltinId),
    TypExpr,
    Constant(Value),
    Variable,
    MapIndex,
    Value,
    NilValue,
    CommaOk,
}

/// An operand: an expression with what is known of it so far.
#[derive(Clone, Debug)]
pub(crate) struct Operand<'a> {
    pub mode: OperandMode,
    pub typ: TypeId,
    /// For positions, messages, and for recording types. `None`: made up (a range clause's int, ...).
    pub expr: Option<&'a Expr>,
    /// Where to report when `expr` is `None`.
    pub span: Span,
    /// What messages call it instead of its expression.
    pub name: Option<ast::Name>,
}

/// What a generic function is assigned to, for messages.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TargetName<'a> {
    Unknown,
    Expr(&'a Expr),
    Var(ObjId),
    Result,
}

/// How a package-level (or local type) object is declared.
#[derive(Clone, Debug)]
pub(crate) struct DeclInfo<'a> {
    /// File scope that contains the declaration.
    pub file_scope: ScopeId,
    pub go_version: (u32, u32),
    /// All variables of an n:1 variable declaration.
    pub lhs: Option<Vec<ObjId>>,
    pub typ: Option<&'a Expr>,
    pub init: Option<&'a Expr>,
    /// The initialiser is inherited from an earlier constant specification.
    pub inherited: bool,
    pub type_decl: Option<&'a ast::TypeDecl>,
    pub func_decl: Option<&'a ast::FuncDecl>,
    /// Package-level objects that the initialiser or body refers to, in order of first use.
    pub deps: Vec<ObjId>,
}

/// What depends on the declaration or function that is being checked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Environment {
    /// Package-level object whose declaration is being checked: gets the dependencies.
    pub decl: Option<ObjId>,
    pub scope: Option<ScopeId>,
    pub go_version: (u32, u32),
    pub iota: Option<Value>,
    /// Where to report errors of an inherited constant initialiser.
    pub err_span: Option<Span>,
    /// Inside a type-parameter list's constraint.
    pub in_tparam_list: bool,
    /// Signature of the function whose body is being checked.
    pub sig: Option<TypeId>,
    /// Call nodes that are panic calls (for missing-return analysis).
    pub panic_calls: FastSet<NodeId>,
    pub has_call_or_recv: bool,
    /// Generic function or method whose body is being checked (see `ObjKind::TypeName::in_generic`).
    pub generic_func: Option<ObjId>,
}

pub(crate) type Action<'a> = Box<dyn FnOnce(&mut Checker<'a>) + 'a>;

pub struct Checker<'a> {
    pub(crate) conf: Config,
    pub(crate) store: &'a mut Store,
    pub(crate) pkg: PkgId,
    pub(crate) files: &'a [File],
    /// Import path (as written) to package, resolved by the driver before.
    pub(crate) imports: &'a HashMap<String, PkgId>,
    pub(crate) info: Info,
    pub(crate) diags: Diagnostics,
    pub(crate) env: Environment,
    pub(crate) decls: FastMap<ObjId, DeclInfo<'a>>,
    /// Methods by receiver base type name, collected before types are checked.
    pub(crate) methods: HashMap<ObjId, Vec<ObjId>>,
    /// Untyped expressions that aren't constants; at the end, those that still wait get their default types.
    pub(crate) untyped: Vec<NodeId>,
    /// Constants that are shifted by a variable count and wait for their type.
    pub(crate) shifted: FastSet<NodeId>,
    /// Work for later: function bodies, checks that need complete types.
    pub(crate) delayed: Vec<Action<'a>>,
    /// Objects whose declarations are being checked, for cycle reports.
    pub(crate) obj_path: Vec<ObjId>,
    /// Instances whose size is being looked at, outermost first.
    pub(crate) sized_instances: Vec<TypeId>,
    /// Defined types, and whether their size is no constant.
    pub(crate) var_sizes: FastMap<TypeId, bool>,
    /// Interfaces for constraints that contain themselves (and were made invalid for that).
    pub(crate) broken_constraints: FastSet<TypeId>,
    /// File scopes, parallel to `files`.
    pub(crate) file_scopes: Vec<ScopeId>,
    /// Dot-imported objects: (file scope, name) -> the import's package name object.
    pub(crate) dot_imports: FastMap<(ScopeId, ast::Name), ObjId>,
    /// For positions in messages.
    pub(crate) source: &'a SourceMap,
    /// What the expression that is checked with a target type is assigned to.
    pub(crate) target_name: TargetName<'a>,
    /// Types of method values, by method.
    pub(crate) method_values: FastMap<ObjId, crate::TypeId>,
    /// Package-level objects and methods in source order.
    pub(crate) obj_list: Vec<ObjId>,
    /// Imports, for the report of unused ones.
    pub(crate) pkg_names: Vec<ObjId>,
    /// Which pairs are in `DeclInfo::deps` already.
    pub(crate) dep_set: FastSet<(ObjId, ObjId)>,
    /// A receiver's type parameter to the one of the type's declaration that it stands for.
    pub(crate) canonical_tparams: FastMap<crate::TypeId, crate::TypeId>,
    /// Right-hand sides of type declarations that are names.
    pub(crate) named_rhs: FastMap<crate::TypeId, crate::TypeId>,
    /// Where instances are first written.
    pub(crate) instance_spans: FastMap<crate::TypeId, Span>,
    pub(crate) mono_edges: Vec<crate::mono::MonoEdge>,
    /// Types of channels and long arrays, where they are written; their sizes are looked at last.
    pub(crate) big: Vec<(Span, TypeId)>,
    /// Defined types that are known to be of finite size.
    pub(crate) finite_types: FastSet<crate::TypeId>,
    /// Those that contain themselves, which was reported.
    pub(crate) infinite_types: FastSet<crate::TypeId>,
    /// Types of before that got methods, and how many they had (see `extend.rs`).
    pub(crate) extended_types: Vec<(crate::TypeId, usize)>,
}

/// The checker's result for one package.
#[derive(Debug)]
pub struct Checked {
    pub pkg: PkgId,
    pub info: Info,
    pub diags: Diagnostics,
}

/// Checks one package, all of whose imports are complete (or fake) packages of `store`.
///
/// `node_count`: one more than the greatest node id in `files`. `imports`: the package that each
/// import path stands for. The new package is in the store even if there were errors.
pub fn check_package(
    store: &mut Store,
    conf: &Config,
    path: &str,
    files: &[File],
    node_count: usize,
    imports: &HashMap<String, PkgId>,
    source: &SourceMap,
) -> Checked {
    let name = files.first().map_or("_", |f| &f.name.name);
    let pkg = store.declare_package(path, name, false);
    store.package_mut(pkg).go_version = conf.go_version;
    let mut c = Checker::new(store, conf, pkg, files, node_count, imports, source);
    c.check();
    let scopes = std::mem::take(&mut c.file_scopes);
    let p = c.store.package_mut(pkg);
    (p.file_scopes, p.complete) = (scopes, true);
    Checked { pkg, info: c.info, diags: c.diags }
}

impl<'a> Checker<'a> {
    pub(crate) fn new(
        store: &'a mut Store,
        conf: &Config,
        pkg: PkgId,
        files: &'a [File],
        node_count: usize,
        imports: &'a HashMap<String, PkgId>,
        source: &'a SourceMap,
    ) -> Checker<'a> {
        if conf.test_builtins {
            store.declare_test_builtins();
        }
        Checker {
            conf: conf.clone(),
            store,
            pkg,
            files,
            imports,
            info: Info::with_nodes(node_count),
            diags: Diagnostics::new(),
            env: Environment::default(),
            decls: FastMap::default(),
            methods: HashMap::new(),
            untyped: Vec::new(),
            shifted: FastSet::default(),
            delayed: Vec::new(),
            obj_path: Vec::new(),
            sized_instances: Vec::new(),
            var_sizes: FastMap::default(),
            broken_constraints: FastSet::default(),
            file_scopes: Vec::new(),
            dot_imports: FastMap::default(),
            source,
            target_name: TargetName::Unknown,
            method_values: FastMap::default(),
            obj_list: Vec::new(),
            pkg_names: Vec::new(),
            dep_set: FastSet::default(),
            canonical_tparams: FastMap::default(),
            named_rhs: FastMap::default(),
            instance_spans: FastMap::default(),
            mono_edges: Vec::new(),
            big: Vec::new(),
            finite_types: FastSet::default(),
            infinite_types: FastSet::default(),
            extended_types: Vec::new(),
        }
    }

    pub(crate) fn check(&mut self) {
        self.check_package_names();
        self.collect_objects();
        self.extend_declared_types();
        self.package_objects();
        self.process_delayed(0);
        self.report_type_set_errors();
        self.init_order();
        self.unused_imports();
        self.record_untyped();
        if !self.diags.has_errors() {
            self.monomorph();
            self.limits();
        }
    }

    fn check_package_names(&mut self) {
        let files: &'a [File] = self.files;
        let Some(first) = files.first() else { return };
        for f in files {
            let name = &f.name;
            if name.is_blank() {
                self.error("BlankPkgName", name.span, "invalid package name _");
            } else if name.name != first.name.name {
                let msg = format!("package {}; expected package {}", name.name, first.name.name);
                self.error("MismatchedPkgName", name.span, msg);
            }
        }
    }

    /// Puts an action off until the declarations that are being checked are complete.
    pub(crate) fn later(&mut self, action: impl FnOnce(&mut Checker<'a>) + 'a) {
        let version = self.env.go_version;
        self.delayed.push(Box::new(move |c| {
            c.env.go_version = version;
            action(c);
        }));
    }

    /// Runs the actions that were put off since there were `top` of them, and those that they put
    /// off in turn, in that order.
    pub(crate) fn process_delayed(&mut self, top: usize) {
        let mut i = top;
        let version = self.env.go_version;
        while i < self.delayed.len() {
            let action = std::mem::replace(&mut self.delayed[i], Box::new(|_| {}));
            action(self);
            i += 1;
        }
        self.env.go_version = version;
        self.delayed.truncate(top);
    }
}

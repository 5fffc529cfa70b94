//! The checker's state. One [`Checker`] checks one package; its methods are spread over the
//! modules of this crate by subject, named as in go/types (`raw_expr`, `assignment`, `obj_decl`,
//! `type_internal`, ...), so that whoever knows that package finds the way here.

use crate::constant::Value;
use crate::{BuiltinId, Info, ObjId, PkgId, ScopeId, Store, TypeId};
use diag::{Diagnostics, Pos, Span};
use std::collections::HashMap;
use syntax::ast::{self, Expr, File};

/// What the caller of the checker decides.
#[derive(Clone, Debug)]
pub struct Config {
    /// Language version of the module, e.g. `(1, 27)`; a file's `//go:build` line may change it.
    pub go_version: (u32, u32),
    /// Functions without a body are accepted (`gosubc check`, and stdlib packages).
    pub ignore_func_bodies: bool,
    /// Also define `assert` and `trace`, as the corpus of go/types wants.
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
    pub iota: Option<u32>,
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
    /// Position from which local names are looked up.
    pub pos: Pos,
    pub iota: Option<Value>,
    /// Where to report errors of an inherited constant initialiser.
    pub err_span: Option<Span>,
    /// Inside a type-parameter list's constraint.
    pub in_tparam_list: bool,
    /// Signature of the function whose body is being checked.
    pub sig: Option<TypeId>,
    /// Call nodes that are panic calls (for missing-return analysis).
    pub panic_calls: std::collections::HashSet<syntax::ast::NodeId>,
    pub has_label: bool,
    pub has_call_or_recv: bool,
    /// Generic function or method whose body is being checked (see `ObjKind::TypeName::in_generic`).
    pub generic_func: Option<ObjId>,
}

pub(crate) type Action<'a> = Box<dyn FnOnce(&mut Checker<'a>) + 'a>;

/// An untyped expression whose final type isn't known yet.
#[derive(Clone, Debug)]
pub(crate) struct UntypedExpr<'a> {
    pub expr: &'a Expr,
    pub is_lhs: bool,
    pub mode: OperandMode,
    pub typ: TypeId,
}

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
    pub(crate) decls: HashMap<ObjId, DeclInfo<'a>>,
    /// Methods by receiver base type name, collected before types are checked.
    pub(crate) methods: HashMap<ObjId, Vec<ObjId>>,
    pub(crate) untyped: HashMap<syntax::ast::NodeId, UntypedExpr<'a>>,
    /// Work for later: function bodies, checks that need complete types.
    pub(crate) delayed: Vec<Action<'a>>,
    /// Objects whose declarations are being checked, for cycle reports.
    pub(crate) obj_path: Vec<ObjId>,
    /// File scopes, parallel to `files`.
    pub(crate) file_scopes: Vec<ScopeId>,
    /// Dot-imported objects: (file scope, name) -> the import's package name object.
    pub(crate) dot_imports: HashMap<(ScopeId, syntax::ast::Name), ObjId>,
}

/// The checker's result for one package.
#[derive(Debug)]
pub struct Checked {
    pub pkg: PkgId,
    pub info: Info,
    pub diags: Diagnostics,
}

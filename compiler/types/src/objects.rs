//! Declared things, scopes and packages.

use crate::constant::Value;
use crate::{ScopeMap, TypeId};
use diag::{Pos, Span};
use syntax::ast::Name;

/// A declared entity in a [`Store`](crate::Store).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ObjId(pub u32);

/// A scope in a [`Store`](crate::Store).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ScopeId(pub u32);

/// A package in a [`Store`](crate::Store).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PkgId(pub u32);

#[derive(Clone, Debug)]
pub struct Object {
    pub kind: ObjKind,
    pub name: Name,
    /// `None` for what the universe declares.
    pub pkg: Option<PkgId>,
    /// `None` while it has not been determined.
    pub typ: Option<TypeId>,
    /// Span of the declaring identifier.
    pub span: Span,
    /// The scope that it was declared in (`None`: fields, methods).
    pub parent: Option<ScopeId>,
    /// From here on it is visible in a function scope; `Pos::NONE` for all others.
    pub scope_pos: Pos,
    /// Order of declaration within the package; 0 for objects local to functions.
    pub order: u32,
    /// Instances of fields and methods: the object of the generic declaration.
    pub origin: Option<ObjId>,
}

#[derive(Clone, Debug)]
pub enum ObjKind {
    PkgName {
        imported: PkgId,
        used: bool,
    },
    Const {
        value: Option<Value>,
    },
    TypeName {
        /// The generic function or method in whose body it is declared: such a type depends on that function's type
        /// parameters (receiver's first, then own).
        in_generic: Option<ObjId>,
    },
    /// Local and package-level variables, parameters, results.
    Var {
        kind: VarKind,
        used: bool,
    },
    Field {
        embedded: bool,
        /// Position in its struct.
        index: u32,
    },
    /// A function, method or interface method.
    Func {
        /// Declared with a pointer receiver.
        ptr_recv: bool,
        has_body: bool,
        is_method: bool,
        /// A method of an interface type.
        is_interface_method: bool,
    },
    Label {
        used: bool,
    },
    Builtin(BuiltinId),
    Nil,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VarKind {
    Package,
    Local,
    Param,
    Result,
    Recv,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BuiltinId {
    Append,
    Cap,
    Clear,
    Close,
    Complex,
    Copy,
    Delete,
    Imag,
    Len,
    Make,
    Max,
    Min,
    New,
    Panic,
    Print,
    Println,
    Real,
    Recover,
    // package unsafe
    Add,
    Alignof,
    Offsetof,
    Sizeof,
    Slice,
    SliceData,
    String,
    StringData,
    // only for tests of the checker (`assert`, `trace` of go/types' own corpus)
    Assert,
    Trace,
}

#[derive(Clone, Debug, Default)]
pub struct Scope {
    pub parent: Option<ScopeId>,
    pub elems: ScopeMap,
    pub span: Span,
    pub is_func: bool,
}

#[derive(Clone, Debug)]
pub struct Package {
    /// Import path; `main` packages have the path under which they are built.
    pub path: Name,
    pub name: Name,
    pub scope: ScopeId,
    /// Directly imported packages.
    pub imports: Vec<PkgId>,
    /// The scopes of its files, with what they import.
    pub file_scopes: Vec<ScopeId>,
    /// Fully checked.
    pub complete: bool,
    /// Made up after an import failed, so that uses give no further errors.
    pub fake: bool,
    /// Language version, e.g. `(1, 27)`.
    pub go_version: (u32, u32),
}

impl Object {
    pub fn is_exported(&self) -> bool {
        self.name.is_exported()
    }

    pub fn is_blank(&self) -> bool {
        self.name.is_blank()
    }
}

//! The representation of Go's types.
//!
//! Types live in a [`Store`](crate::Store) and are named by [`TypeId`]. Two ids may stand for
//! identical types: compare with [`Store::identical`](crate::Store::identical), or compare the ids
//! of [`Store::canon`](crate::Store::canon) for types without type parameters.

use crate::{ObjId, PkgId};
use syntax::ast::{ChanDir, Name};

/// A type in a [`Store`](crate::Store).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TypeId(pub u32);

#[derive(Clone, Debug)]
pub enum Type {
    Basic(BasicKind),
    /// `len` is negative when it could not be determined (an error was reported).
    Array {
        elem: TypeId,
        len: i64,
    },
    Slice(TypeId),
    Struct(Struct),
    Pointer(TypeId),
    Signature(Signature),
    Interface(Interface),
    Map {
        key: TypeId,
        value: TypeId,
    },
    Chan {
        dir: ChanDir,
        elem: TypeId,
    },
    /// The type of a call with zero or several results; not a type of the language.
    Tuple(Vec<ObjId>),
    /// A defined type, generic type or instance of one.
    Named(Named),
    Alias(Alias),
    TypeParam(TypeParam),
    /// A union in a constraint, `~int | string`.
    Union(Vec<Term>),
}

/// Predeclared types, the untyped kinds and `unsafe.Pointer`. `Byte` and `Rune` are the alias
/// spellings of `Uint8` and `Int32`: identical to them, printed as written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum BasicKind {
    Invalid,
    Bool,
    Int,
    Int8,
    Int16,
    Int32,
    Int64,
    Uint,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Uintptr,
    Float32,
    Float64,
    Complex64,
    Complex128,
    String,
    UnsafePointer,
    UntypedBool,
    UntypedInt,
    UntypedRune,
    UntypedFloat,
    UntypedComplex,
    UntypedString,
    UntypedNil,
    Byte,
    Rune,
}

#[derive(Clone, Debug, Default)]
pub struct Struct {
    /// Field objects ([`ObjKind::Field`](crate::ObjKind)), in order.
    pub fields: Vec<ObjId>,
    /// Unquoted tags, one for each field; empty when there are none at all.
    pub tags: Vec<Option<Name>>,
}

#[derive(Clone, Debug, Default)]
pub struct Signature {
    /// The receiver parameter of a method.
    pub recv: Option<ObjId>,
    /// Type parameters that the receiver declares (`func (r T[P]) m`), as `TypeParam` types.
    pub recv_tparams: Vec<TypeId>,
    /// The function's or (Go 1.27) the method's own type parameters.
    pub tparams: Vec<TypeId>,
    /// Parameter objects; with `variadic`, the last one's type is a slice
    /// (or, for `append([]byte, string...)` only, a string).
    pub params: Vec<ObjId>,
    pub results: Vec<ObjId>,
    pub variadic: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Interface {
    /// Explicitly declared methods (objects of kind `Func`).
    pub methods: Vec<ObjId>,
    /// Embedded types as written.
    pub embeddeds: Vec<TypeId>,
    pub embed_spans: Vec<diag::Span>,
    /// Wraps a non-interface constraint such as `~int` in `[P ~int]`.
    pub implicit: bool,
    /// Computed on demand by [`Store::type_set`](crate::Store::type_set).
    pub tset: Option<std::sync::Arc<TypeSet>>,
}

/// The type set of an interface (Go specification, "Interface types").
#[derive(Clone, Debug, Default)]
pub struct TypeSet {
    /// All methods, embedded ones included, sorted by unique id
    /// ([`Store::method_key`](crate::Store::method_key)), which is the order of an itab.
    pub methods: Vec<ObjId>,
    /// `None`: all types; `Some(list)`: the union of these terms.
    pub terms: Option<Vec<Term>>,
    /// The set is restricted to comparable types.
    pub comparable: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Term {
    pub tilde: bool,
    pub typ: TypeId,
}

#[derive(Clone, Debug)]
pub struct Named {
    /// The type name that declares it (of the generic type, for an instance).
    pub obj: ObjId,
    /// For an instance: the generic type it was made from.
    pub origin: Option<TypeId>,
    /// For an instance: its type arguments. For a type declared inside a generic function and
    /// substituted by [`Store::subst`](crate::Store::subst): the function's type arguments.
    pub targs: Vec<TypeId>,
    /// For a generic type: its type parameters.
    pub tparams: Vec<TypeId>,
    /// Never itself `Named` once resolved. Use [`Store::underlying`](crate::Store::underlying).
    pub underlying: Option<TypeId>,
    /// Declared methods, in source order; for an instance filled on demand:
    /// use [`Store::methods`](crate::Store::methods).
    pub methods: Vec<ObjId>,
}

#[derive(Clone, Debug)]
pub struct Alias {
    pub obj: ObjId,
    pub tparams: Vec<TypeId>,
    pub targs: Vec<TypeId>,
    pub origin: Option<TypeId>,
    /// The right-hand side; `None` while it is being resolved.
    pub rhs: Option<TypeId>,
}

#[derive(Clone, Debug)]
pub struct TypeParam {
    pub obj: ObjId,
    /// Position in its parameter list.
    pub index: u32,
    /// Constraint as written; its interface by [`Store::constraint`](crate::Store::constraint).
    pub bound: Option<TypeId>,
    /// Distinguishes parameters of equal names in messages.
    pub unique: u32,
    /// The package in which it was declared.
    pub pkg: Option<PkgId>,
}

impl BasicKind {
    pub fn is_boolean(self) -> bool {
        matches!(self, BasicKind::Bool | BasicKind::UntypedBool)
    }

    pub fn is_integer(self) -> bool {
        use BasicKind::*;
        (Int..=Uintptr).contains(&self) || matches!(self, UntypedInt | UntypedRune | Byte | Rune)
    }

    pub fn is_unsigned(self) -> bool {
        use BasicKind::*;
        (Uint..=Uintptr).contains(&self) || self == Byte
    }

    pub fn is_float(self) -> bool {
        use BasicKind::*;
        matches!(self, Float32 | Float64 | UntypedFloat)
    }

    pub fn is_complex(self) -> bool {
        use BasicKind::*;
        matches!(self, Complex64 | Complex128 | UntypedComplex)
    }

    pub fn is_string(self) -> bool {
        matches!(self, BasicKind::String | BasicKind::UntypedString)
    }

    pub fn is_untyped(self) -> bool {
        (BasicKind::UntypedBool..=BasicKind::UntypedNil).contains(&self)
    }

    pub fn is_numeric(self) -> bool {
        self.is_integer() || self.is_float() || self.is_complex()
    }

    /// Constants can have this type.
    pub fn is_const_type(self) -> bool {
        self.is_boolean() || self.is_numeric() || self.is_string()
    }

    /// `Byte` and `Rune` as the types that they spell.
    pub fn canonical(self) -> BasicKind {
        match self {
            BasicKind::Byte => BasicKind::Uint8,
            BasicKind::Rune => BasicKind::Int32,
            k => k,
        }
    }
}

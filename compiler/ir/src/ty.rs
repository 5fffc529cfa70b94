//! Monomorphic types with their layout: one [`Ty`] for each distinct (canonical) Go type.
//!
//! Named types and their underlying types are different `Ty`s of equal [`TyKind`]; code generation
//! looks at the kind, type descriptors at [`TyData`]'s identity. Layout is that of Go on amd64
//! (see [`TypeTable::size`]): the runtime, reflect and generated code all rely on it.

use std::collections::BTreeMap;
use syntax::ast::ChanDir;

/// A type in a [`TypeTable`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Ty(pub u32);

/// The shape of a type: that of Go's underlying type.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum TyKind {
    /// Being built (recursive types); never seen once lowering is done.
    Placeholder,
    Bool,
    /// 8, 16, 32 or 64 bits; `int`, `uint` and `uintptr` are 64.
    Int {
        bits: u8,
        signed: bool,
    },
    /// 32 or 64 bits.
    Float {
        bits: u8,
    },
    /// 64 or 128 bits: two floats of half the size.
    Complex {
        bits: u8,
    },
    /// {ptr, len}
    String,
    UnsafePointer,
    Pointer(Ty),
    /// {ptr, len, cap}
    Slice(Ty),
    Array(Ty, u64),
    Struct(Vec<Field>),
    /// A func value: pointer to a closure object {code, captures...}, or nil.
    Func(Sig),
    /// {type descriptor or itab, data}; `methods` in itab order. Empty: the first word is a type descriptor, else an itab.
    Interface {
        methods: Vec<InterfaceMethod>,
    },
    /// Pointer to a map object of `internal/runtime/maps`, or nil.
    Map(Ty, Ty),
    /// Pointer to a channel, or nil.
    Chan(ChanDir, Ty),
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Field {
    pub name: String,
    /// Package path of an unexported field, else empty.
    pub pkg: String,
    pub ty: Ty,
    pub tag: String,
    pub embedded: bool,
}

/// Parameters and results. The receiver of a method is its first parameter. A variadic parameter
/// is a slice here; `variadic` matters to type descriptors only.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Sig {
    pub params: Vec<Ty>,
    pub results: Vec<Ty>,
    pub variadic: bool,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct InterfaceMethod {
    pub name: String,
    /// Package path of an unexported method, else empty.
    pub pkg: String,
    /// A `Func` type without receiver.
    pub sig: Ty,
}

/// A type with what its descriptor needs.
#[derive(Clone, Debug)]
pub struct TyData {
    pub kind: TyKind,
    /// As reflect's `Type.String` prints it: `*main.T`, `map[string]int`, `main.List[int]`.
    pub string: String,
    /// Unique over the whole program: full import paths instead of package names, local types numbered. Symbol
    /// names of descriptors are made from it.
    pub unique: String,
    /// For defined types (predeclared ones included).
    pub named: Option<NamedInfo>,
    /// The method set for the descriptor, sorted by name, then package path; filled by lowering
    /// for types whose descriptor this module emits.
    pub methods: Vec<Method>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NamedInfo {
    /// With type arguments: `List[int]`.
    pub name: String,
    /// Import path; empty for predeclared types.
    pub pkg: String,
    /// The package whose module emits the descriptors of `T` and `*T`; `None`: every module that
    /// uses them does (instances of generic types, types local to generic functions).
    pub home: Option<String>,
}

/// A method as type descriptors list it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Method {
    pub name: String,
    pub pkg: String,
    /// `Func` type without receiver.
    pub sig: Ty,
    /// Code that takes the interface's data word as receiver.
    pub ifn: String,
}

/// Go's integer types of the size of a word, which differ from `int64` and `uint64` in
/// reflect's eyes only.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Word {
    Int,
    Uint,
    Uintptr,
}

#[derive(Clone, Debug, Default)]
pub struct TypeTable {
    types: Vec<TyData>,
    /// 64-bit integer types whose underlying type is `int`, `uint` or `uintptr`.
    words: BTreeMap<Ty, Word>,
}

impl TypeTable {
    pub fn new() -> TypeTable {
        TypeTable::default()
    }

    pub fn add(&mut self, data: TyData) -> Ty {
        self.types.push(data);
        Ty(self.types.len() as u32 - 1)
    }

    pub fn data(&self, t: Ty) -> &TyData {
        &self.types[t.0 as usize]
    }

    pub fn data_mut(&mut self, t: Ty) -> &mut TyData {
        &mut self.types[t.0 as usize]
    }

    pub fn kind(&self, t: Ty) -> &TyKind {
        &self.data(t).kind
    }

    /// Notes that the underlying type of the 64-bit integer type `t` is `int`, `uint` or `uintptr`. The
    /// predeclared types need no note.
    pub fn set_word(&mut self, t: Ty, w: Word) {
        self.words.insert(t, w);
    }

    /// See [`TypeTable::set_word`].
    pub fn word(&self, t: Ty) -> Option<Word> {
        match self.data(t).unique.as_str() {
            "int" => Some(Word::Int),
            "uint" => Some(Word::Uint),
            "uintptr" => Some(Word::Uintptr),
            _ => self.words.get(&t).copied(),
        }
    }

    pub fn len(&self) -> usize {
        self.types.len()
    }

    pub fn is_empty(&self) -> bool {
        self.types.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (Ty, &TyData)> {
        self.types.iter().enumerate().map(|(i, d)| (Ty(i as u32), d))
    }

    /// Alignment in bytes (Go specification, "Size and alignment guarantees").
    pub fn align(&self, t: Ty) -> u64 {
        match self.kind(t) {
            TyKind::Bool | TyKind::Placeholder => 1,
            TyKind::Int { bits, .. } | TyKind::Float { bits } => *bits as u64 / 8,
            TyKind::Complex { bits } => *bits as u64 / 16,
            TyKind::Array(e, _) => self.align(*e),
            TyKind::Struct(fields) => fields.iter().map(|f| self.align(f.ty)).max().unwrap_or(1),
            _ => 8,
        }
    }

    /// Size in bytes, a multiple of the alignment. As in Go, a struct whose last field has size
    /// zero (and that isn't itself of size zero) gets a byte of padding, so that the field's
    /// address stays inside.
    pub fn size(&self, t: Ty) -> u64 {
        match self.kind(t) {
            TyKind::Placeholder => 0,
            TyKind::Bool => 1,
            TyKind::Int { bits, .. } | TyKind::Float { bits } | TyKind::Complex { bits } => {
                *bits as u64 / 8
            }
            TyKind::String | TyKind::Interface { .. } => 16,
            TyKind::Slice(_) => 24,
            TyKind::Array(e, n) => self.size(*e).saturating_mul(*n),
            TyKind::Struct(fields) => self.struct_layout(fields).1,
            _ => 8,
        }
    }

    /// Offset of each field, and the size of the whole.
    pub fn struct_layout(&self, fields: &[Field]) -> (Vec<u64>, u64) {
        let (mut off, mut align, mut offsets) = (0u64, 1u64, Vec::with_capacity(fields.len()));
        for f in fields {
            let a = self.align(f.ty);
            align = align.max(a);
            off = off.next_multiple_of(a);
            offsets.push(off);
            off = off.saturating_add(self.size(f.ty));
        }
        if off > 0 && fields.last().is_some_and(|f| self.size(f.ty) == 0) {
            off += 1;
        }
        (offsets, off.next_multiple_of(align))
    }

    /// Whether a value of this type holds pointers that the collector must see.
    pub fn has_pointers(&self, t: Ty) -> bool {
        match self.kind(t) {
            TyKind::Placeholder
            | TyKind::Bool
            | TyKind::Int { .. }
            | TyKind::Float { .. }
            | TyKind::Complex { .. } => false,
            TyKind::Array(e, n) => *n > 0 && self.has_pointers(*e),
            TyKind::Struct(fields) => fields.iter().any(|f| self.has_pointers(f.ty)),
            _ => true,
        }
    }

    /// Whether an interface's data word holds the value itself: pointers, maps, channels, funcs,
    /// unsafe.Pointer, and one-element arrays or one-field structs of those.
    pub fn is_pointer_shaped(&self, t: Ty) -> bool {
        match self.kind(t) {
            TyKind::Pointer(_)
            | TyKind::UnsafePointer
            | TyKind::Map(..)
            | TyKind::Chan(..)
            | TyKind::Func(_) => true,
            TyKind::Array(e, 1) => self.is_pointer_shaped(*e),
            TyKind::Struct(f) if f.len() == 1 => self.is_pointer_shaped(f[0].ty),
            _ => false,
        }
    }
}

//! Go types in, IR types out: one [`Ty`] for each distinct type, found again by its unique string.
//!
//! Recursive types: a type is entered in the table, with its names and a placeholder for its kind,
//! before its parts are looked at. Recursion in Go types always goes through a defined type, whose
//! names don't depend on its parts, so names can be made first.
//!
//! The spelling of both kinds of names is in [`super::typenames`].

use super::CheckedPackage;
use super::typenames::{self, Names};
use crate::ty::{Field, InterfaceMethod, NamedInfo, Sig, Ty, TyData, TyKind, TypeTable, Word};
use ::types::{BasicKind, Named, ObjId, ObjKind, Signature, Store, Type, TypeId};
use std::collections::HashMap;
use std::sync::Arc;
use syntax::ast::ChanDir;

#[derive(Default)]
pub struct TypeCtx {
    pub table: TypeTable,
    /// By canonical type.
    pub known: HashMap<TypeId, Ty>,
    /// By [`TyData::unique`](crate::ty::TyData::unique): types made here and types of the source
    /// are the same `Ty` when they are identical.
    pub by_unique: HashMap<String, Ty>,
    /// The canonical Go type that an entry was made from; types that lowering makes up have none.
    pub sources: HashMap<Ty, TypeId>,
    /// Numbers of types declared in functions: see [`local_type_numbers`].
    local_numbers: Arc<HashMap<ObjId, u32>>,
}

/// Types that lowering itself needs, by predeclared name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Prim {
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
}

/// Numbers the types that are declared inside functions, per package, in source order. Several of
/// one name get different numbers, which every module of the build computes alike.
pub fn local_type_numbers(store: &Store, packages: &[CheckedPackage]) -> HashMap<ObjId, u32> {
    let mut numbers = HashMap::new();
    for package in packages {
        let scope = store.package(package.pkg).scope;
        let mut next = 0;
        for obj in package.info.defs.iter().flatten() {
            let o = store.obj(*obj);
            let local = matches!(o.kind, ObjKind::TypeName { .. })
                && o.parent.is_some_and(|p| p != scope)
                && !o.typ.is_some_and(|t| matches!(store.ty(t), Type::TypeParam(_)));
            if local {
                next += 1;
                numbers.insert(*obj, next);
            }
        }
    }
    numbers
}

impl TypeCtx {
    pub fn new(local_numbers: Arc<HashMap<ObjId, u32>>) -> TypeCtx {
        TypeCtx { local_numbers, ..TypeCtx::default() }
    }

    /// For passes: a finished table to which types can be added.
    pub fn with_table(table: TypeTable) -> TypeCtx {
        let by_unique = table.iter().map(|(t, d)| (d.unique.clone(), t)).collect();
        TypeCtx { table, by_unique, ..TypeCtx::default() }
    }

    /// The type of a Go type without type parameters.
    pub fn ty(&mut self, store: &mut Store, t: TypeId) -> Ty {
        if let Some(&ty) = self.known.get(&t) {
            return ty;
        }
        let canon = store.canon(t);
        if let Some(&ty) = self.known.get(&canon) {
            self.known.insert(t, ty);
            return ty;
        }
        let names = Names::new(&self.local_numbers);
        let unique = names.unique(store, canon);
        if let Some(&ty) = self.by_unique.get(&unique) {
            self.known.insert(canon, ty);
            self.known.insert(t, ty);
            self.sources.entry(ty).or_insert(canon);
            return ty;
        }
        let string = names.reflect(store, canon);
        let named = match store.ty(canon).clone() {
            Type::Named(n) => Some(self.named_info(store, &n)),
            Type::Basic(k) => Some(basic_info(k)),
            _ => None,
        };
        let ty = self.insert(TyKind::Placeholder, string, unique, named);
        self.known.insert(canon, ty);
        self.known.insert(t, ty);
        self.sources.insert(ty, canon);
        let kind = self.kind(store, canon);
        self.table.data_mut(ty).kind = kind;
        let under = store.underlying(canon);
        let word = match store.ty(under) {
            Type::Basic(BasicKind::Int) => Some(Word::Int),
            Type::Basic(BasicKind::Uint) => Some(Word::Uint),
            Type::Basic(BasicKind::Uintptr) => Some(Word::Uintptr),
            _ => None,
        };
        if let Some(word) = word {
            self.table.set_word(ty, word);
        }
        ty
    }

    fn named_info(&self, store: &mut Store, n: &Named) -> NamedInfo {
        let obj = store.obj(n.obj);
        let mut name = obj.name.to_string();
        let pkg = obj.pkg.map(|p| store.package(p).path.to_string()).unwrap_or_default();
        Names::new(&self.local_numbers).targs(store, n, &mut name);
        let local = self.local_numbers.contains_key(&n.obj);
        let home = (!pkg.is_empty() && n.targs.is_empty() && !local).then(|| pkg.clone());
        NamedInfo { name, pkg, home }
    }

    /// The shape of `t`; its parts are entered in the table.
    fn kind(&mut self, store: &mut Store, t: TypeId) -> TyKind {
        let under = store.underlying(t);
        match store.ty(under).clone() {
            Type::Basic(k) => basic_kind(k),
            Type::Array { elem, len } => {
                TyKind::Array(self.ty(store, elem), u64::try_from(len).unwrap_or(0))
            }
            Type::Slice(elem) => TyKind::Slice(self.ty(store, elem)),
            Type::Pointer(elem) => TyKind::Pointer(self.ty(store, elem)),
            Type::Map { key, value } => TyKind::Map(self.ty(store, key), self.ty(store, value)),
            Type::Chan { dir, elem } => TyKind::Chan(dir, self.ty(store, elem)),
            Type::Signature(sig) => TyKind::Func(self.sig(store, &sig)),
            Type::Struct(s) => {
                let mut fields = Vec::with_capacity(s.fields.len());
                for (i, &f) in s.fields.iter().enumerate() {
                    let o = store.obj(f);
                    let name = o.name.to_string();
                    let pkg = typenames::hidden_in(store, f);
                    let embedded = matches!(o.kind, ObjKind::Field { embedded: true, .. });
                    let tag = s.tags.get(i).and_then(|t| t.as_deref()).unwrap_or("").to_string();
                    let ty = self.obj_ty(store, f);
                    fields.push(Field { name, pkg, ty, tag, embedded });
                }
                TyKind::Struct(fields)
            }
            Type::Interface(_) => {
                let mut methods = Vec::new();
                for m in typenames::interface_methods(store, under) {
                    let name = store.obj(m).name.to_string();
                    let pkg = typenames::hidden_in(store, m);
                    let sig = self.method_type(store, m);
                    methods.push(InterfaceMethod { name, pkg, sig });
                }
                TyKind::Interface { methods }
            }
            // Not types of values.
            Type::Tuple(_)
            | Type::Named(_)
            | Type::Alias(_)
            | Type::TypeParam(_)
            | Type::Union(_) => TyKind::Struct(Vec::new()),
        }
    }

    /// The type of a variable or field.
    fn obj_ty(&mut self, store: &mut Store, obj: ObjId) -> Ty {
        match store.obj_type(obj) {
            Some(t) => self.ty(store, t),
            None => self.structure(&[]),
        }
    }

    /// Parameters and results, without a receiver.
    pub fn sig(&mut self, store: &mut Store, sig: &Signature) -> Sig {
        Sig {
            params: sig.params.iter().map(|&p| self.obj_ty(store, p)).collect(),
            results: sig.results.iter().map(|&r| self.obj_ty(store, r)).collect(),
            variadic: sig.variadic,
        }
    }

    /// The func type of a method, without its receiver.
    pub fn method_type(&mut self, store: &mut Store, method: ObjId) -> Ty {
        let sig = match store.obj_type(method).map(|t| store.ty(t).clone()) {
            Some(Type::Signature(sig)) => self.sig(store, &sig),
            _ => Sig::default(),
        };
        self.func(sig)
    }

    fn insert(
        &mut self,
        kind: TyKind,
        string: String,
        unique: String,
        named: Option<NamedInfo>,
    ) -> Ty {
        let methods = Vec::new();
        let ty = self.table.add(TyData { kind, string, unique: unique.clone(), named, methods });
        self.by_unique.insert(unique, ty);
        ty
    }

    /// The unnamed type of this kind, with names made by `name` from those of its parts.
    fn made(&mut self, kind: TyKind, name: impl Fn(&dyn Fn(Ty) -> String) -> String) -> Ty {
        let unique = name(&|t| self.table.data(t).unique.clone());
        if let Some(&ty) = self.by_unique.get(&unique) {
            return ty;
        }
        let string = name(&|t| self.table.data(t).string.clone());
        self.insert(kind, string, unique, None)
    }

    pub fn prim(&mut self, p: Prim) -> Ty {
        let k = match p {
            Prim::Bool => BasicKind::Bool,
            Prim::Int => BasicKind::Int,
            Prim::Int8 => BasicKind::Int8,
            Prim::Int16 => BasicKind::Int16,
            Prim::Int32 => BasicKind::Int32,
            Prim::Int64 => BasicKind::Int64,
            Prim::Uint => BasicKind::Uint,
            Prim::Uint8 => BasicKind::Uint8,
            Prim::Uint16 => BasicKind::Uint16,
            Prim::Uint32 => BasicKind::Uint32,
            Prim::Uint64 => BasicKind::Uint64,
            Prim::Uintptr => BasicKind::Uintptr,
            Prim::Float32 => BasicKind::Float32,
            Prim::Float64 => BasicKind::Float64,
            Prim::Complex64 => BasicKind::Complex64,
            Prim::Complex128 => BasicKind::Complex128,
            Prim::String => BasicKind::String,
            Prim::UnsafePointer => BasicKind::UnsafePointer,
        };
        let name = typenames::basic_name(k);
        if let Some(&ty) = self.by_unique.get(name) {
            return ty;
        }
        self.insert(basic_kind(k), name.to_string(), name.to_string(), Some(basic_info(k)))
    }

    /// `*elem`
    pub fn pointer(&mut self, elem: Ty) -> Ty {
        self.made(TyKind::Pointer(elem), |n| format!("*{}", n(elem)))
    }

    pub fn slice(&mut self, elem: Ty) -> Ty {
        self.made(TyKind::Slice(elem), |n| format!("[]{}", n(elem)))
    }

    pub fn array(&mut self, elem: Ty, len: u64) -> Ty {
        self.made(TyKind::Array(elem, len), |n| format!("[{len}]{}", n(elem)))
    }

    pub fn chan(&mut self, dir: ChanDir, elem: Ty) -> Ty {
        self.made(TyKind::Chan(dir, elem), |n| typenames::chan(dir, &n(elem)))
    }

    pub fn map(&mut self, key: Ty, value: Ty) -> Ty {
        self.made(TyKind::Map(key, value), |n| format!("map[{}]{}", n(key), n(value)))
    }

    /// A struct type of lowering's own (closure objects, select cases): fields `f0`, `f1`, ...
    pub fn structure(&mut self, fields: &[Ty]) -> Ty {
        let list = fields.iter().enumerate().map(|(i, &ty)| Field {
            name: format!("f{i}"),
            pkg: String::new(),
            ty,
            tag: String::new(),
            embedded: false,
        });
        self.made(TyKind::Struct(list.collect()), |n| {
            let parts = fields.iter().enumerate().map(|(i, &t)| format!("f{i} {}", n(t)));
            typenames::braces("struct", &parts.collect::<Vec<_>>())
        })
    }

    /// An unnamed func type.
    pub fn func(&mut self, sig: Sig) -> Ty {
        self.made(TyKind::Func(sig.clone()), |n| {
            let list = |l: &[Ty]| l.iter().map(|&t| n(t)).collect::<Vec<_>>();
            format!(
                "func{}",
                typenames::signature(&list(&sig.params), &list(&sig.results), sig.variadic)
            )
        })
    }

    /// `interface{}`
    pub fn any(&mut self) -> Ty {
        self.made(TyKind::Interface { methods: Vec::new() }, |_| "interface {}".to_string())
    }
}

fn basic_info(k: BasicKind) -> NamedInfo {
    let (name, pkg) = match k {
        BasicKind::UnsafePointer => ("Pointer", "unsafe"),
        k => (typenames::basic_name(k), ""),
    };
    NamedInfo { name: name.to_string(), pkg: pkg.to_string(), home: None }
}

/// Untyped kinds are those of their default types: they are left only where the value isn't used.
fn basic_kind(k: BasicKind) -> TyKind {
    use BasicKind::*;
    let int = |bits, signed| TyKind::Int { bits, signed };
    match k {
        Bool | UntypedBool => TyKind::Bool,
        Int | Int64 | UntypedInt => int(64, true),
        Int8 => int(8, true),
        Int16 => int(16, true),
        Int32 | Rune | UntypedRune => int(32, true),
        Uint | Uint64 | Uintptr => int(64, false),
        Uint8 | Byte => int(8, false),
        Uint16 => int(16, false),
        Uint32 => int(32, false),
        Float32 => TyKind::Float { bits: 32 },
        Float64 | UntypedFloat => TyKind::Float { bits: 64 },
        Complex64 => TyKind::Complex { bits: 64 },
        Complex128 | UntypedComplex => TyKind::Complex { bits: 128 },
        String | UntypedString => TyKind::String,
        UnsafePointer | UntypedNil => TyKind::UnsafePointer,
        Invalid => TyKind::Struct(Vec::new()),
    }
}

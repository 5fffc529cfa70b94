//! What the language predeclares, and package unsafe (specification, "Predeclared identifiers",
//! "Package unsafe"). Out: the [`Store`] that a build begins with.

use crate::constant::Value;
use crate::hash::{FastMap, FastSet};
use crate::store::{ANY, COMPARABLE, EMPTY_INTERFACE, ERROR};
use crate::{
    Alias, BasicKind, BuiltinId, Interface, Named, ObjId, ObjKind, PkgId, Scope, ScopeId,
    Signature, Store, Type, TypeId, TypeSet, VarKind,
};
use diag::Span;
use std::sync::Arc;

const BASIC: [(BasicKind, &str); 28] = {
    use BasicKind::*;
    [
        (Invalid, "invalid type"),
        (Bool, "bool"),
        (Int, "int"),
        (Int8, "int8"),
        (Int16, "int16"),
        (Int32, "int32"),
        (Int64, "int64"),
        (Uint, "uint"),
        (Uint8, "uint8"),
        (Uint16, "uint16"),
        (Uint32, "uint32"),
        (Uint64, "uint64"),
        (Uintptr, "uintptr"),
        (Float32, "float32"),
        (Float64, "float64"),
        (Complex64, "complex64"),
        (Complex128, "complex128"),
        (String, "string"),
        (UnsafePointer, "Pointer"),
        (UntypedBool, "untyped bool"),
        (UntypedInt, "untyped int"),
        (UntypedRune, "untyped rune"),
        (UntypedFloat, "untyped float"),
        (UntypedComplex, "untyped complex"),
        (UntypedString, "untyped string"),
        (UntypedNil, "untyped nil"),
        (Byte, "byte"),
        (Rune, "rune"),
    ]
};

const BUILTINS: [(BuiltinId, &str); 28] = {
    use BuiltinId::*;
    [
        (Append, "append"),
        (Cap, "cap"),
        (Clear, "clear"),
        (Close, "close"),
        (Complex, "complex"),
        (Copy, "copy"),
        (Delete, "delete"),
        (Imag, "imag"),
        (Len, "len"),
        (Make, "make"),
        (Max, "max"),
        (Min, "min"),
        (New, "new"),
        (Panic, "panic"),
        (Print, "print"),
        (Println, "println"),
        (Real, "real"),
        (Recover, "recover"),
        (Add, "Add"),
        (Alignof, "Alignof"),
        (Offsetof, "Offsetof"),
        (Sizeof, "Sizeof"),
        (Slice, "Slice"),
        (SliceData, "SliceData"),
        (String, "String"),
        (StringData, "StringData"),
        (Assert, "assert"),
        (Trace, "trace"),
    ]
};

impl BasicKind {
    /// The name as messages show it (`unsafe.Pointer` without its package).
    pub fn name(self) -> &'static str {
        BASIC[self as usize].1
    }
}

impl BuiltinId {
    /// The name without its package.
    pub fn name(self) -> &'static str {
        BUILTINS[self as usize].1
    }

    /// A function of package unsafe.
    pub fn is_unsafe(self) -> bool {
        use BuiltinId::*;
        matches!(self, Add | Alignof | Offsetof | Sizeof | Slice | SliceData | String | StringData)
    }
}

/// As many types, objects and scopes as all of Go's library has. Room that isn't written to is address space, not
/// memory; lists that grow would be copied, and take both places meanwhile.
const ROOM: usize = 1 << 18;

impl Store {
    /// A store with the universe and package unsafe.
    pub fn new() -> Store {
        let none = ObjId(0);
        let mut s = Store {
            types: Vec::with_capacity(ROOM),
            objects: Vec::with_capacity(ROOM),
            scopes: Vec::with_capacity(ROOM),
            packages: Vec::new(),
            instances: FastMap::default(),
            canon_table: FastMap::default(),
            canon_of: FastMap::default(),
            tparam_ifaces: FastMap::default(),
            incomplete: FastSet::default(),
            expanding: Vec::new(),
            open_aliases: Vec::new(),
            shadowing: FastMap::default(),
            method_instances: FastMap::default(),
            incomplete_funcs: FastSet::default(),
            pending: None,
            type_set_errors: Vec::new(),
            universe_any: none,
            universe_comparable: none,
            universe_iota: none,
            unsafe_pkg: PkgId(0),
            empty_name: "".into(),
            next_tparam: 1,
            computing: Vec::new(),
            circular: FastSet::default(),
            strict_comparable: false,
        };
        s.new_scope(Scope::default());
        let unsafe_pkg = s.declare_package("unsafe", "unsafe", false);
        s.package_mut(unsafe_pkg).complete = true;
        s.unsafe_pkg = unsafe_pkg;
        for (kind, _) in BASIC {
            s.new_type(Type::Basic(kind));
        }
        s.declare_types();
        s.declare_values();
        s
    }

    fn predeclare(&mut self, kind: ObjKind, name: &str, typ: TypeId) -> ObjId {
        let obj = self.make_object(kind, name.into(), None, Some(typ), Span::NONE);
        self.scope_insert(ScopeId(0), obj);
        obj
    }

    fn declare_types(&mut self) {
        let type_name = || ObjKind::TypeName { in_generic: None };
        for (kind, name) in BASIC {
            match kind {
                BasicKind::Invalid => {}
                BasicKind::UnsafePointer => {
                    let pkg = self.unsafe_pkg;
                    let typ = Some(self.typ_of(kind));
                    let obj =
                        self.make_object(type_name(), name.into(), Some(pkg), typ, Span::NONE);
                    let scope = self.package(pkg).scope;
                    self.scope_insert(scope, obj);
                }
                k if k.is_untyped() => {}
                k => {
                    self.predeclare(type_name(), name, TypeId(k as u32));
                }
            }
        }

        let empty = Interface { tset: Some(Arc::new(TypeSet::default())), ..Interface::default() };
        debug_assert_eq!(self.types.len() as u32, EMPTY_INTERFACE.0);
        self.new_type(Type::Interface(empty));
        self.universe_any = self.predeclare(type_name(), "any", ANY);
        self.new_type(Type::Alias(Alias {
            obj: self.universe_any,
            tparams: Vec::new(),
            targs: Vec::new(),
            origin: None,
            rhs: Some(EMPTY_INTERFACE),
        }));

        let error = self.predeclare(type_name(), "error", ERROR);
        let error_iface = TypeId(32);
        self.new_type(Type::Named(predeclared_named(error, error_iface)));
        self.universe_comparable = self.predeclare(type_name(), "comparable", COMPARABLE);
        let comparable_iface = TypeId(33);
        let comparable = predeclared_named(self.universe_comparable, comparable_iface);
        self.new_type(Type::Named(comparable));

        let method = self.error_method();
        let iface = Interface { methods: vec![method], ..Interface::default() };
        self.new_type(Type::Interface(iface));
        let tset = TypeSet { comparable: true, ..TypeSet::default() };
        let iface = Interface { tset: Some(Arc::new(tset)), ..Interface::default() };
        self.new_type(Type::Interface(iface));
        // The signature of `Error` comes last so that the ids above are fixed.
        let string = self.typ_of(BasicKind::String);
        let empty = self.empty_name;
        let var = |kind| ObjKind::Var { kind, used: true };
        let res = self.make_object(var(VarKind::Result), empty, None, Some(string), Span::NONE);
        let recv = self.make_object(var(VarKind::Recv), empty, None, Some(ERROR), Span::NONE);
        let sig = Signature { recv: Some(recv), results: vec![res], ..Signature::default() };
        let sig = self.new_type(Type::Signature(sig));
        self.obj_mut(method).typ = Some(sig);
    }

    fn error_method(&mut self) -> ObjId {
        let kind = ObjKind::Func {
            ptr_recv: false,
            has_body: false,
            is_method: true,
            is_interface_method: true,
        };
        self.make_object(kind, "Error".into(), None, None, Span::NONE)
    }

    fn declare_values(&mut self) {
        let invalid = self.typ_of(BasicKind::Invalid);
        let untyped_bool = self.typ_of(BasicKind::UntypedBool);
        for (name, b) in [("true", true), ("false", false)] {
            let value = Some(Value::Bool(b));
            self.predeclare(ObjKind::Const { value }, name, untyped_bool);
        }
        let value = Some(Value::int(0));
        let untyped_int = self.typ_of(BasicKind::UntypedInt);
        self.universe_iota = self.predeclare(ObjKind::Const { value }, "iota", untyped_int);
        self.predeclare(ObjKind::Nil, "nil", self.typ_of(BasicKind::UntypedNil));
        for (id, name) in BUILTINS {
            let kind = ObjKind::Builtin(id);
            if id.is_unsafe() {
                let pkg = self.unsafe_pkg;
                let obj = self.make_object(kind, name.into(), Some(pkg), Some(invalid), Span::NONE);
                let scope = self.package(pkg).scope;
                self.scope_insert(scope, obj);
            } else if !matches!(id, BuiltinId::Assert | BuiltinId::Trace) {
                self.predeclare(kind, name, invalid);
            }
        }
    }

    /// Declares `assert` and `trace`, which only the checker's own tests use.
    pub(crate) fn declare_test_builtins(&mut self) {
        let invalid = self.typ_of(BasicKind::Invalid);
        for id in [BuiltinId::Assert, BuiltinId::Trace] {
            if self.scope_lookup(ScopeId(0), id.name()).is_none() {
                self.predeclare(ObjKind::Builtin(id), id.name(), invalid);
            }
        }
    }
}

fn predeclared_named(obj: ObjId, underlying: TypeId) -> Named {
    Named {
        obj,
        origin: None,
        targs: Vec::new(),
        tparams: Vec::new(),
        underlying: Some(underlying),
        methods: Vec::new(),
    }
}

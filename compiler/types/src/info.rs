//! What the checker found out about a package's syntax tree: the input of lowering.

use crate::constant::Value;
use crate::hash::FastMap;
use crate::{BuiltinId, ObjId, TypeId};
use syntax::ast::NodeId;

/// The number of a constant expression's value in its [`Info`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ConstId(u32);

/// How an expression may be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    Invalid,
    /// A call without a result.
    NoValue,
    Builtin(BuiltinId),
    /// The expression denotes a type.
    Type,
    Constant(ConstId),
    /// Addressable.
    Variable,
    /// `m[k]`: not addressable, may be assigned to, comma-ok allowed.
    MapIndex,
    Value,
    /// The predeclared `nil` (its type: the type it is converted to, or untyped nil).
    Nil,
    /// Like `Value`; comma-ok allowed (receive, type assertion).
    CommaOk,
}

#[derive(Clone, Copy, Debug)]
pub struct TypeAndValue {
    pub mode: Mode,
    /// Final type: untyped operands have been given the type that their context demands.
    /// For comma-ok uses of two values it is a tuple of (value, bool).
    pub typ: TypeId,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SelectionKind {
    /// `x.f`
    Field,
    /// `x.m`, bound or called
    Method,
    /// `T.m`
    MethodExpr,
}

/// What a selector expression `x.sel` that isn't a qualified identifier means.
#[derive(Clone, Debug)]
pub struct Selection {
    pub kind: SelectionKind,
    /// Type of `x` (for method expressions, `T`).
    pub recv: TypeId,
    pub obj: ObjId,
    /// Path: field indices through embedded fields, and last the index of the field
    /// (of methods: the position in the method list of the type or interface that declares it).
    pub index: Vec<u32>,
    /// A pointer was dereferenced on the way from `x` to the field or the method's receiver.
    pub indirect: bool,
    /// Type of `x.sel` (method expressions: with the receiver as first parameter).
    pub typ: TypeId,
}

/// Type arguments at a use of a generic function or type.
#[derive(Clone, Debug)]
pub struct Instance {
    pub targs: Vec<TypeId>,
    /// The instantiated type or signature.
    pub typ: TypeId,
}

/// One package-level initialisation, in the order in which they are to run.
/// `lhs = rhs`; several `lhs` take the results of one call (or comma-ok expression).
#[derive(Clone, Debug)]
pub struct Initializer {
    pub lhs: Vec<ObjId>,
    /// Node of the right-hand side expression.
    pub rhs: NodeId,
}

/// Everything is indexed by [`NodeId`] of the package; what few nodes have is in maps.
#[derive(Clone, Debug, Default)]
pub struct Info {
    /// Of each expression (types included). Identifiers on the left of `:=` and in declarations
    /// have no entry; see `defs`.
    pub types: Vec<Option<TypeAndValue>>,
    constants: Vec<Value>,
    /// Object that an identifier declares. `None` for package clauses and symbolic variables.
    pub defs: Vec<Option<ObjId>>,
    /// Object that an identifier denotes (also `Sel` of selectors; for embedded fields the type).
    pub uses: Vec<Option<ObjId>>,
    /// Objects without an identifier: per case clause of a type switch its variable, per import
    /// spec without a name its package name, unnamed parameters by field expression.
    pub implicits: FastMap<NodeId, ObjId>,
    pub selections: Vec<Option<Box<Selection>>>,
    /// At the identifier (the `Sel` of a qualified one) that denotes the generic thing.
    pub instances: FastMap<NodeId, Instance>,
    pub init_order: Vec<Initializer>,
}

impl Info {
    pub fn with_nodes(n: usize) -> Info {
        Info {
            types: vec![None; n],
            constants: Vec::new(),
            defs: vec![None; n],
            uses: vec![None; n],
            implicits: FastMap::default(),
            selections: vec![None; n],
            instances: FastMap::default(),
            init_order: Vec::new(),
        }
    }

    pub fn type_of(&self, id: NodeId) -> Option<TypeId> {
        self.types[id.0 as usize].as_ref().map(|t| t.typ)
    }

    /// The object that an identifier declares or denotes.
    pub fn object_of(&self, id: NodeId) -> Option<ObjId> {
        self.defs[id.0 as usize].or(self.uses[id.0 as usize])
    }

    /// The constant value of an expression, if it has one.
    pub fn const_value(&self, id: NodeId) -> Option<&Value> {
        match self.types[id.0 as usize]?.mode {
            Mode::Constant(v) => Some(self.constant(v)),
            _ => None,
        }
    }

    pub fn constant(&self, id: ConstId) -> &Value {
        &self.constants[id.0 as usize]
    }

    pub(crate) fn set_constant(&mut self, id: ConstId, v: Value) {
        self.constants[id.0 as usize] = v;
    }

    pub(crate) fn new_constant(&mut self, v: Value) -> ConstId {
        self.constants.push(v);
        ConstId(self.constants.len() as u32 - 1)
    }
}

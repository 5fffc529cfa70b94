//! Syntax tree in, typed package and diagnostics out: the go/types of this house.

mod check;
pub mod constant;
mod info;
mod objects;
mod store;
mod types;

pub use check::{Checked, Checker, Config};
pub use info::{Info, Initializer, Instance, Mode, Selection, SelectionKind, TypeAndValue};
pub use objects::{BuiltinId, ObjId, ObjKind, Object, Package, PkgId, Scope, ScopeId, VarKind};
pub use store::Store;
pub use types::{
    Alias, BasicKind, Interface, Named, Signature, Struct, Term, Type, TypeId, TypeParam, TypeSet,
};

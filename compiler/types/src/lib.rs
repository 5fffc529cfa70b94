//! Syntax tree in, typed package and diagnostics out: the go/types of this house.

mod check;
pub mod constant;
mod cycles;
mod decl;
mod errors;
mod exprstring;
mod forward;
mod hash;
mod infer;
mod info;
mod initorder;
mod instantiate;
mod interface;
mod lookup;
mod mono;
mod named;
mod objects;
mod operand;
mod predicates;
mod record;
mod resolver;
mod scope;
mod signature;
mod store;
mod structs;
mod stubs;
mod subst;
mod types;
mod typeset;
mod typestring;
mod typexpr;
mod underlying;
mod universe;
mod validtype;
mod version;

pub use check::{Checked, Checker, Config, check_package};
pub use hash::FastMap;
pub use info::{Info, Initializer, Instance, Mode, Selection, SelectionKind, TypeAndValue};
pub use lookup::{LookupResult, MethodSetEntry, MissingKind, MissingMethod};
pub use objects::{BuiltinId, ObjId, ObjKind, Object, Package, PkgId, Scope, ScopeId, VarKind};
pub use predicates::Incomparable;
pub use store::{ANY, COMPARABLE, EMPTY_INTERFACE, ERROR, Store};
pub use subst::Subst;
pub use types::{
    Alias, BasicKind, Interface, Named, Signature, Struct, Term, Type, TypeId, TypeParam, TypeSet,
};
pub use typestring::Qualifier;

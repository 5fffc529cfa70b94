//! Syntax tree in, typed package and diagnostics out: the go/types of this house.

mod assignments;
mod builtins;
mod builtins_unsafe;
mod call;
mod check;
mod r#const;
pub mod constant;
mod conversions;
mod cycles;
mod decl;
mod errors;
mod expr;
mod exprstring;
mod extend;
mod forward;
mod hash;
mod index;
mod infer;
mod info;
mod initorder;
mod instantiate;
mod interface;
mod labels;
mod limits;
mod literals;
mod lookup;
mod mono;
mod named;
mod objects;
mod operand;
mod operators;
mod position;
mod predicates;
mod range;
mod record;
mod resolver;
mod r#return;
mod scope;
mod scopemap;
mod selector;
mod signature;
mod sizes;
mod stmt;
mod store;
mod structs;
mod subst;
mod suggest;
mod types;
mod typeset;
mod typeset_of;
mod typestring;
mod typexpr;
mod underlying;
mod unify;
mod universe;
mod untyped;
mod validtype;
mod version;

pub use check::{Checked, Checker, Config, check_package};
pub use extend::{Extension, check_tests};
pub use hash::FastMap;
pub use info::{
    ConstId, Info, Initializer, Instance, Mode, Selection, SelectionKind, TypeAndValue,
};
pub use lookup::{LookupResult, MethodSetEntry, MissingKind, MissingMethod};
pub use objects::{BuiltinId, ObjId, ObjKind, Object, Package, PkgId, Scope, ScopeId, VarKind};
pub use predicates::Incomparable;
pub use resolver::invalid_import_path;
pub use scopemap::ScopeMap;
pub use store::{ANY, COMPARABLE, EMPTY_INTERFACE, ERROR, Store};
pub use subst::Subst;
pub use suggest::similar;
pub use types::{
    Alias, BasicKind, Interface, Named, Signature, Struct, Term, Type, TypeId, TypeParam, TypeSet,
};
pub use typestring::Qualifier;

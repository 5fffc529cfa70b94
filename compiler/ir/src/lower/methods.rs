//! Method sets of type descriptors, and the wrappers that they and method values need.

use super::{InternalError, ModuleBuilder, Res};
use crate::ir::Symbol;
use crate::ty::{Sig, Ty};
use ::types::{Selection, TypeId};
use diag::Span;

/// Wrappers that have been made.
#[derive(Default)]
pub struct Wrappers {}

impl ModuleBuilder<'_, '_> {
    /// For a method value `x.m` of a concrete method whose symbol is `method` and whose signature
    /// (receiver first) is `sig`: the code of a closure {code, receiver} and its object type. The
    /// receiver has been evaluated to exactly `sig.params[0]`.
    pub fn method_value_thunk(&mut self, _method: &Symbol, _sig: &Sig) -> Res<(Symbol, Ty)> {
        Err(InternalError::new(Span::NONE, "method values"))
    }

    /// The same for method `index` of a value of interface type `iface`; the capture is the interface value.
    pub fn iface_method_value_thunk(&mut self, _iface: Ty, _index: u32) -> Res<(Symbol, Ty)> {
        Err(InternalError::new(Span::NONE, "interface method values"))
    }

    /// For a method expression `T.m`: a function with the receiver (of type `recv`, type parameters
    /// replaced) as first parameter.
    pub fn method_expr_func(&mut self, _recv: TypeId, _sel: &Selection) -> Res<Symbol> {
        Err(InternalError::new(Span::NONE, "method expressions"))
    }

    /// Fills in the method sets of the types whose descriptors this module emits, and makes the
    /// wrappers, equality and map functions that they refer to. Runs last.
    pub fn finish_types(&mut self) -> Res<()> {
        Ok(())
    }
}

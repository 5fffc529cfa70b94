//! Typed packages in, IR modules out: the representation, its text form, lowering and passes.

pub mod ir;
pub mod lower;
pub mod runtime_abi;
pub mod ty;
pub mod visit;

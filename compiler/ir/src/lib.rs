//! Typed packages in, IR modules out: the representation, its text form, lowering and passes.

pub mod ir;
pub mod lower;
pub mod parse;
pub mod passes;
pub mod print;
pub mod profile;
pub mod runtime_abi;
pub mod ty;
pub mod tyof;
pub mod verify;
pub mod visit;

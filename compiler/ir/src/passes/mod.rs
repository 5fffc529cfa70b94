//! Passes over IR modules. [`run`] is their order.
//!
//! Each takes a module that obeys the verifier's rules and leaves one; in debug builds that is
//! checked after each.

pub mod defer_choice;
pub mod defer_lower;
pub mod escape;

use crate::ir::Module;

/// What the caller of [`run`] decides.
#[derive(Clone, Copy, Debug, Default)]
pub struct PassOptions {
    pub defer_limit: DeferLimit,
}

/// Which forms of `defer` are allowed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum DeferLimit {
    #[default]
    None,
    /// No open-coded defers.
    NoOpen,
    /// Only records on the heap.
    NoStack,
}

/// Runs all passes.
pub fn run(m: &mut Module, opts: &PassOptions) {
    escape::run(m, &mut escape::Summaries::new());
    defer_choice::run(m, opts.defer_limit);
    defer_lower::run(m);
}

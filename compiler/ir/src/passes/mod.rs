//! Passes over IR modules. [`run`] is their order.
//!
//! Each takes a module that obeys the verifier's rules and leaves one; in debug builds that is
//! checked after each.

pub mod defer_choice;
pub mod defer_lower;
mod defs;
pub mod devirtualize;
pub mod escape;
pub mod hot_values;
pub mod inline;
pub mod nil_checks;
pub mod recursion;
mod unused;
mod without_defers;

pub use escape::Summaries;

use crate::ir::Module;
use crate::lower::InternalError;
use crate::profile::CallProfile;
use crate::verify;

/// What the caller of [`run`] decides.
#[derive(Clone, Copy, Default)]
pub struct PassOptions<'a> {
    pub defer_limit: DeferLimit,
    /// Inline what is worth it here; LLVM does the rest.
    pub inline: bool,
    /// Check the module against the verifier's rules before and after each pass.
    pub verify: bool,
    /// Which calls are hot, if that is known.
    pub profile: Option<CallProfile<'a>>,
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

/// Runs all passes. `known` has the summaries of the functions of packages that this one imports, and gets this one's.
/// The error is a rule that a pass (or lowering) broke.
pub fn run(m: &mut Module, opts: &PassOptions, known: &mut Summaries) -> Result<(), InternalError> {
    check(m, opts, "lowering")?;
    if opts.inline {
        if let Some(profile) = opts.profile {
            devirtualize::run(m);
            hot_values::run(m, profile);
            check(m, opts, "the tests of hot func values")?;
        }
        inline::run(m, opts.profile);
        check(m, opts, "inlining")?;
    }
    unused::run(m);
    check(m, opts, "the removal of unused literals")?;
    escape::run(m, known);
    check(m, opts, "escape analysis")?;
    defer_choice::run(m, opts.defer_limit);
    check(m, opts, "the choice of defers")?;
    defer_lower::run(m);
    check(m, opts, "the lowering of defers")?;
    devirtualize::run(m);
    check(m, opts, "devirtualisation")?;
    nil_checks::run(m);
    check(m, opts, "the removal of nil checks")?;
    if opts.inline {
        recursion::run(m);
        check(m, opts, "the inlining of recursive calls")?;
    }
    Ok(())
}

fn check(m: &Module, opts: &PassOptions, pass: &str) -> Result<(), InternalError> {
    if !opts.verify {
        return Ok(());
    }
    match verify::module(m).into_iter().next() {
        None => Ok(()),
        Some(v) => {
            let message = format!("after {pass}: {}: {}", v.function, v.message);
            Err(InternalError::new(v.span, message))
        }
    }
}

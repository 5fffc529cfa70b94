//! What the runtime tells ThreadSanitizer, in the library that `-race` links (feature `race`); nothing in the other one.
//!
//! Goroutines are fibers: `create` where they are made, `switch` where a thread leaves one stack for another, `end`.
//! Happens-before is told where goroutines meet: channels (see `chan.rs`), timers, finalizers, and package sync by
//! internal/race. Memory that the runtime reads on behalf of Go code is told by `hooks`, which the linker puts in front of the
//! runtime's functions (`--wrap`). `frames` keeps the sanitizer's stacks of calls, `report` prints.

#[cfg(feature = "race")]
mod frames;
#[cfg(feature = "race")]
mod hooks;
#[cfg(feature = "race")]
mod on;
#[cfg(feature = "race")]
mod report;
#[cfg(feature = "race")]
mod tsan;

#[cfg(feature = "race")]
pub use on::*;

#[cfg(not(feature = "race"))]
mod off;
#[cfg(not(feature = "race"))]
pub use off::*;

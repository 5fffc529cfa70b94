//! Source positions and diagnostics: the room below all others.
//!
//! Every file of a build is registered in one [`SourceMap`]; a [`Pos`] is an offset into the
//! concatenation of all of them, so that a position is four bytes and needs no file beside it.
//! Stages push [`Diagnostic`]s into a [`Diagnostics`] and go on; only `driver` renders them.

mod diagnostic;
pub mod explain;
pub mod fixes;
pub mod render;
mod source;

pub use diagnostic::{Applicability, Diagnostic, Diagnostics, Label, Severity, Suggestion};
pub use source::{FileId, LineCol, LineDirective, Pos, SourceFile, SourceMap, Span};

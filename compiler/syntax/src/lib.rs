//! Bytes in, syntax tree and diagnostics out. Parsing never fails: it reports and goes on.

pub mod ast;

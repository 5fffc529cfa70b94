//! `cargo +nightly fuzz run parse`: any bytes must give a tree and messages, never a panic.

#![no_main]

use diag::{Diagnostics, FileId, Pos};
use libfuzzer_sys::fuzz_target;
use syntax::ast::NodeId;
use syntax::{ParseOptions, parse_file};

fuzz_target!(|bytes: &[u8]| {
    let source = syntax::decode(bytes.to_vec());
    let mut diags = Diagnostics::new();
    let start = Pos(1);
    source.report(start, &mut diags);
    syntax::constraint::scan_header(&source.text);
    let opts = ParseOptions::default();
    let parsed = parse_file(FileId(0), &source.text, start, NodeId(0), &opts, &mut diags);
    syntax::print::dump(&parsed.file);
    let end = start.0 + source.text.len() as u32;
    assert!(diags.iter().all(|d| start <= d.span.lo && d.span.hi.0 <= end));
});

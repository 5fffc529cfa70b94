//! What the tests share. Each test binary uses a part of it.
#![allow(dead_code)]

use diag::{Diagnostics, SourceMap};
use std::path::{Path, PathBuf};
use syntax::ast::NodeId;
use syntax::{DEEP_STACK, ParseOptions, Parsed, Source};

/// A tree with the files it came from and what was said about them.
pub struct Outcome {
    pub map: SourceMap,
    pub parsed: Parsed,
    pub diags: Diagnostics,
}

/// Takes a file all the way from bytes to a tree.
pub fn parse(source: &Source) -> Outcome {
    let mut map = SourceMap::new();
    let mut diags = Diagnostics::new();
    let id = map.add("x.go", source.text.clone()).expect("a file of less than 4 GiB");
    let start = map.file(id).start;
    source.report(start, &mut diags);
    let opts = ParseOptions::default();
    let parsed = syntax::parse_file(id, &source.text, start, NodeId(7), &opts, &mut diags);
    map.set_line_directives(id, parsed.line_directives.clone());
    Outcome { map, parsed, diags }
}

/// The errors in a text as `line:col: message`, in order.
pub fn errors(text: &str) -> Vec<String> {
    let Outcome { map, diags, .. } = parse(&syntax::decode(text.into()));
    let show = |d: diag::Diagnostic| {
        let at = map.line_col(d.span.lo).expect("a position in the file");
        format!("{}:{}: {}", at.line, at.col, d.message)
    };
    diags.into_sorted().into_iter().map(show).collect()
}

/// Runs `f` with the stack that deep trees need.
pub fn with_deep_stack(f: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(DEEP_STACK).spawn(f).expect("a thread");
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

/// All Go files below a folder; none if it isn't there.
pub fn go_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && path.extension().is_some_and(|e| e == "go") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

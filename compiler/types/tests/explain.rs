//! Every example of `gosubc explain` is compiled: the failing one fails with its code, the mended one
//! passes.

use diag::{Diagnostic, Diagnostics, SourceMap, explain};
use std::collections::HashMap;
use syntax::ast::NodeId;
use types::{Config, Store, check_package};

fn errors(text: &str) -> Vec<Diagnostic> {
    let mut source = SourceMap::new();
    let id = source.add("x.go", text).expect("a small file");
    let mut diags = Diagnostics::new();
    let opts = syntax::ParseOptions::default();
    let start = source.file(id).start;
    let parsed = syntax::parse_file(id, text, start, NodeId(0), &opts, &mut diags);
    // A version in the example stands for that of go.mod.
    let old = text.contains("go.mod says: go 1.20");
    let conf = Config {
        go_version: if old { (1, 20) } else { (1, 27) },
        ignore_func_bodies: false,
        test_builtins: false,
    };
    let nodes = parsed.next_id.0 as usize;
    let mut store = Store::new();
    if diags.is_empty() {
        let files = [parsed.file];
        let none = HashMap::new();
        diags.extend(check_package(&mut store, &conf, "p", &files, nodes, &none, &source).diags);
    }
    diags.into_sorted()
}

#[test]
fn examples_fail_and_pass_as_they_say() {
    let mut wrong = Vec::new();
    for e in explain::all() {
        let codes: Vec<&str> = errors(e.fails).iter().map(|d| d.code).collect();
        if !codes.contains(&e.code) {
            wrong.push(format!("{}: the failing example gives {codes:?}", e.code));
        }
        for d in errors(e.mended) {
            wrong.push(format!("{}: the mended example fails: {}", e.code, d.message));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

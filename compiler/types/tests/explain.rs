//! Every example of `gosubc explain` is compiled: the failing one fails with its code, the mended one
//! passes. From them docs/errors.md is made, with Go's own messages (`gallery/go.txt`, written down from
//! Go 1.27's compiler) beside ours; `UPDATE_GALLERY=1` writes it anew.

use diag::render::{Format, render};
use diag::{Diagnostic, Diagnostics, SourceMap, explain};
use std::collections::HashMap;
use syntax::ast::NodeId;
use types::{Config, Store, check_package};

fn errors(text: &str) -> Vec<Diagnostic> {
    check(text).1
}

fn check(text: &str) -> (SourceMap, Vec<Diagnostic>) {
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
    (source, diags.into_sorted())
}

/// What Go's compiler prints for the failing example of a code.
fn go_text(code: &str) -> &'static str {
    let all = include_str!("gallery/go.txt");
    let entry = all.split("# ").find(|e| e.lines().next() == Some(code));
    entry.and_then(|e| e.split_once('\n')).map_or("", |(_, text)| text.trim_end())
}

fn gallery() -> String {
    let mut out = String::from(
        "# Mistakes and messages\n\nMade by a test from the examples of `gosubc explain`. \
         First what gosubc prints, then Go 1.27.\n",
    );
    for e in explain::all() {
        let (source, list) = check(e.fails);
        let show = |d: &Diagnostic| render(d, &source, Format::Human, false);
        let ours: String = list.iter().map(show).collect::<Vec<_>>().join("\n");
        out += &format!(
            "\n## {}\n\n{}\n\n```go\n{}\n```\n\n```text\n{}\n```\n\n```text\n{}\n```\n",
            e.code,
            e.text,
            e.fails.trim_end(),
            ours.trim_end(),
            go_text(e.code)
        );
    }
    // Rendering leaves blanks at the ends of some lines.
    out.lines().map(|l| l.trim_end().to_string() + "\n").collect()
}

#[test]
fn the_gallery_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/errors.md");
    let new = gallery();
    if std::env::var_os("UPDATE_GALLERY").is_some() {
        std::fs::write(path, &new).expect("docs/errors.md");
    }
    let old = std::fs::read_to_string(path).unwrap_or_default();
    let differs = new.lines().zip(old.lines()).find(|(a, b)| a != b);
    assert!(new == old, "docs/errors.md differs: {differs:?}; UPDATE_GALLERY=1 writes it anew");
}

/// The headline is Go's, to the letter and the column.
#[test]
fn messages_are_those_of_go() {
    let mut wrong = Vec::new();
    for e in explain::all() {
        let (source, list) = check(e.fails);
        let ours: String = list.iter().map(|d| render(d, &source, Format::Short, false)).collect();
        if ours.trim_end() != go_text(e.code) {
            wrong.push(format!("== {}\n{}\n-- Go\n{}", e.code, ours.trim_end(), go_text(e.code)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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

//! Every example of `gosubc explain` is compiled: the failing one fails with its code, the mended one
//! passes. From them docs/errors.md is made, with Go's own messages (`gallery/go.txt`, written down from
//! Go 1.27's compiler) beside ours; `UPDATE_GALLERY=1` writes it anew.

use diag::render::{Format, render};
use diag::{Diagnostic, Diagnostics, SourceMap, explain};
use std::collections::HashMap;
use syntax::ast::NodeId;
use types::{Config, Store, check_package};

const SYNC: &str = "package sync\n\ntype Mutex struct{ state int32 }\n";

fn errors(text: &str) -> Vec<Diagnostic> {
    check(text).1
}

fn check(text: &str) -> (SourceMap, Vec<Diagnostic>) {
    let mut source = SourceMap::new();
    let mut diags = Diagnostics::new();
    let mut parse = |name: &str, text: &str, nodes: NodeId, source: &mut SourceMap| {
        let id = source.add(name, text).expect("a small file");
        let opts = syntax::ParseOptions::default();
        let start = source.file(id).start;
        syntax::parse_file(id, text, start, nodes, &opts, &mut diags)
    };
    // A package that another one can be taken at its word.
    let sync = parse("sync.go", SYNC, NodeId(0), &mut source);
    let mut files = Vec::new();
    let mut nodes = NodeId(0);
    for (text, name) in text.split("// file: other.go\n").zip(["x.go", "other.go"]) {
        let parsed = parse(name, text, nodes, &mut source);
        nodes = parsed.next_id;
        files.push(parsed.file);
    }
    // A version in the example stands for that of go.mod.
    let old = text.contains("go.mod says: go 1.20");
    let conf = Config {
        go_version: if old { (1, 20) } else { (1, 27) },
        ignore_func_bodies: false,
        test_builtins: false,
    };
    let mut store = Store::new();
    if diags.is_empty() {
        let (count, none) = (sync.next_id.0 as usize, HashMap::new());
        let sync =
            check_package(&mut store, &conf, "sync", &[sync.file], count, &none, &source).pkg;
        let imports = HashMap::from([("sync".to_string(), sync)]);
        let count = nodes.0 as usize;
        diags.extend(check_package(&mut store, &conf, "p", &files, count, &imports, &source).diags);
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

/// Codes whose message points at a token of the same line that Go's test corpus expects, and not where
/// gc's column is: the closing parenthesis, the `...`, the name of the function, the operand.
const OWN_COLUMNS: &[&str] = &[
    "BadDotDotDotSyntax",
    "CannotInferTypeArgs",
    "InvalidDotDotDot",
    "InvalidSend",
    "InvalidTypeArg",
    "MismatchedPkgName",
    "NonVariadicDotDotDot",
    "TypeTooLarge",
    "WrongArgCount",
];

/// What gc says of packages that aren't there depends on how it is run; the first words hold.
const OWN_REASONS: &[&str] = &["BrokenImport", "ImportCRenamed"];

/// Without the columns of `x.go:1:2: text`.
fn without_columns(text: &str) -> String {
    let line = |l: &str| {
        let mut parts: Vec<&str> = l.splitn(4, ':').collect();
        if parts[0].ends_with(".go") && parts.len() == 4 {
            parts.remove(2);
        }
        parts.join(":")
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The headline is Go's, to the letter and (with exceptions) the column.
#[test]
fn messages_are_those_of_go() {
    let mut wrong = Vec::new();
    for e in explain::all() {
        let (source, list) = check(e.fails);
        let ours: String = list.iter().map(|d| render(d, &source, Format::Short, false)).collect();
        let (ours, go) = (ours.trim_end(), go_text(e.code));
        let fits = match OWN_COLUMNS.contains(&e.code) {
            true => ours != go && without_columns(ours) == without_columns(go),
            false if OWN_REASONS.contains(&e.code) => {
                let head = |s: &'static str| s.lines().next().and_then(|l| l.split(" (").next());
                ours != go && head(go).is_some_and(|h| ours.starts_with(h))
            }
            false => ours == go,
        };
        if !fits {
            wrong.push(format!("== {}\n{ours}\n-- Go\n{go}", e.code));
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

/// Codes that no source can bring about, since the parser objects first, and the checker's own tests.
const SILENT: &[&str] = &["InvalidSyntaxTree", "MisplacedDotDotDot", "MultiValAssignOp", "Test"];

#[test]
fn every_code_has_a_text() {
    let call = regex::Regex::new(
        r#"(?s)(?:error|error_at|reject|Diagnostic::error|verify\w*)\(\s*(?:x,\s*)?"([A-Z][A-Za-z]+)""#,
    );
    let call = call.expect("a regular expression");
    let mut codes = std::collections::BTreeSet::new();
    let checker = ["src", "../syntax/src", "../syntax/src/parser", "../syntax/src/lexer"];
    let above = ["../driver/src", "../driver/src/load", "../ir/src/lower", "../codegen/src"];
    for dir in checker.into_iter().chain(above) {
        let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(dir);
        for entry in std::fs::read_dir(dir).expect("sources").flatten() {
            let Ok(text) = std::fs::read_to_string(entry.path()) else { continue };
            codes.extend(call.captures_iter(&text).map(|c| c[1].to_string()));
        }
    }
    assert!(codes.len() > 100, "only {} codes were found", codes.len());
    codes.retain(|c| !SILENT.contains(&c.as_str()) && explain::find(c).is_none());
    assert!(codes.is_empty(), "without a text: {codes:?}");
}

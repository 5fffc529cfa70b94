//! Lowering of small functions: source in, lines that its IR must have out.

use diag::{Diagnostics, SourceMap};
use ir::lower::{CheckedPackage, LowerOptions, Program, lower_package};
use std::collections::HashMap;
use syntax::ast::NodeId;
use types::{Config, Store};

/// The textual IR of a package `p` with this body.
fn lower(body: &str) -> String {
    let mut source = SourceMap::new();
    let text = format!("package p\n{body}\n");
    let id = source.add("p.go", text.as_str()).unwrap();
    let start = source.file(id).start;
    let mut diags = Diagnostics::new();
    let text = source.file(id).text.clone();
    let parsed = syntax::parse_file(id, &text, start, NodeId(0), &Default::default(), &mut diags);
    let mut store = Store::new();
    let conf = Config { go_version: (1, 27), ignore_func_bodies: false, test_builtins: false };
    let files = vec![parsed.file];
    let nodes = parsed.next_id.0 as usize;
    let checked =
        types::check_package(&mut store, &conf, "p", &files, nodes, &HashMap::new(), &source);
    assert!(!diags.has_errors() && !checked.diags.has_errors(), "{body}");
    let packages = vec![CheckedPackage { pkg: checked.pkg, files, info: checked.info }];
    let mut prog = Program::new(&mut store, &packages);
    let module = lower_package(&mut prog, checked.pkg, &LowerOptions::default()).unwrap();
    let broken = ir::verify::module(&module);
    assert!(broken.is_empty(), "{broken:?}\n{}", ir::print::module(&module));
    ir::print::module(&module)
}

/// The function `sym` of a module's text.
fn function<'a>(text: &'a str, sym: &str) -> &'a str {
    let start =
        text.find(&format!("func @\"{sym}\"")).unwrap_or_else(|| panic!("no {sym}:\n{text}"));
    let end = text[start..].find("\n}").map_or(text.len(), |n| start + n);
    &text[start..end]
}

#[track_caller]
fn has(text: &str, lines: &[&str]) {
    let mut rest = text;
    for line in lines {
        match rest.find(line) {
            Some(i) => rest = &rest[i + line.len()..],
            None => panic!("{line:?} is missing (in this order) in\n{text}"),
        }
    }
}

#[test]
fn checks_stand_before_what_they_protect() {
    let text = lower("func f(s []int, p *int, i int) int { return s[i] / *p }");
    let f = function(&text, "p.f");
    has(f, &["check index", "check nil", "check divide", "div"]);
    let text = lower("func f(a *[4]int) int { return a[2] }");
    assert!(!function(&text, "p.f").contains("check index"), "{text}");
}

#[test]
fn assignment_evaluates_before_it_checks() {
    let text = lower("func g() int { return 1 }\nfunc f(s []int, i int) { s[i] = g() }");
    has(function(&text, "p.f"), &["call @\"p.g\"", "check index"]);
}

#[test]
fn captures_by_value_unless_assigned_again() {
    let text = lower(
        "func f(n int) (func() int, func()) { m := 0; return func() int { return n }, func() { m++ } }",
    );
    let f = function(&text, "p.f");
    assert!(f.contains("heap \"m\"") || f.contains("\"m\" heap"), "{f}");
    assert!(!f.contains("heap \"n\"") && !f.contains("\"n\" heap"), "{f}");
}

#[test]
fn literals_without_captures_are_static() {
    let text = lower("func f() func() int { return func() int { return 1 } }");
    assert!(!function(&text, "p.f").contains("closure"), "{text}");
    has(&text, &["func @\"p.f.func1\""]);
}

#[test]
fn functions_with_defer_have_a_recovery_block() {
    let text = lower("func f() { defer g() }\nfunc g() {}");
    has(function(&text, "p.f"), &["defer", "rundefers", "return"]);
    assert!(!function(&text, "p.g").contains("rundefers"));
}

#[test]
fn constant_initialisers_are_data() {
    let text = lower("var a = []int{1, 2}\nvar b = map1()\nfunc map1() int { return 2 }");
    let init = function(&text, "p.init");
    assert!(init.contains("p.map1") && !init.contains("p.a"), "{text}");
}

#[test]
fn instances_are_made_once_and_linkonce() {
    let text = lower("func id[T any](x T) T { return x }\nfunc f() int { return id(1) + id(2) }");
    assert_eq!(text.matches("func @\"p.id[int]\"").count(), 1, "{text}");
    has(&text, &["func @\"p.id[int]\"", "linkonce"]);
}

#[test]
fn integer_switches_are_tables() {
    let text =
        lower("func f(i int) int { switch i { case 1, 2: return 1; case 3: return 2 }; return 0 }");
    has(function(&text, "p.f"), &["switch"]);
}

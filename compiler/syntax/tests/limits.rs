//! Hostile sizes: nesting without end, endless chains and lines. The parser must give a message
//! and come back, in time proportional to the length.

mod common;

const MANY: usize = 200_000;

/// The only error of `head`, `MANY` times `unit`, `tail`.
fn error_of(head: &str, unit: &str, tail: &str) -> String {
    let text = format!("package p\n{head}{}{tail}", unit.repeat(MANY));
    let errors = common::errors(&text);
    assert_eq!(errors.len(), 1, "{head}{unit}: {errors:?}");
    let (_, message) = errors[0].split_once(": ").expect("a position");
    message.into()
}

#[test]
fn nesting() {
    common::with_deep_stack(|| {
        for (head, unit) in [
            ("var x = ", "("),
            ("var x = ", "- "),
            ("var x = ", "<-"),
            ("var x = ", "<-chan "),
            ("var x = ", "a["),
            ("var x = ", "f("),
            ("var x = ", "[]T{"),
            ("var x = T{", "{"),
            ("var x = ", "func() { _ = "),
            ("var x ", "*"),
            ("var x ", "[]"),
            ("var x ", "map["),
            ("var x ", "struct { a "),
            ("var x ", "interface { m("),
            ("func f(", "func("),
            ("type T[", "P["),
            ("type T[", "~"),
            ("func f() { ", "{"),
            ("func f() { ", "L: "),
            ("func f() { if x {} ", "else if x {} "),
            ("func f() { ", "switch { case x: "),
            // Trees grow deep without recursion, too.
            ("var x = 1", " + 1"),
            ("var x = a", ".b"),
            ("var x = a", "()"),
            ("var x = a", "[0]"),
            ("var x = a", ".(T)"),
            ("type T interface { A", " | B"),
            ("type T[P *A", " | B"),
        ] {
            assert_eq!(error_of(head, unit, ""), "exceeded max nesting depth", "{head}{unit}");
        }
    });
}

/// The first attempt, on the caller's stack, fits a thread of the usual size.
#[test]
fn usual_stack() {
    for unit in ["(", "f(", "[]T{", "func() { _ = ", "if x { ", "switch { case x: _ = func() { "] {
        let text = format!("package p\nfunc f() {{ _ = {}", unit.repeat(300));
        assert_eq!(common::errors(&text).len(), 1, "{unit}");
    }
}

/// Depth along the left side and depth of nesting add up.
#[test]
fn depth_adds_up() {
    common::with_deep_stack(|| {
        let text = format!("package p\nvar x = {}a{}", "(".repeat(900), ".b.b.b.b.b)".repeat(900));
        assert_eq!(common::errors(&text), Vec::<String>::new());
        let text =
            format!("package p\nvar x = {}a{}", "(".repeat(5000), ".b.b.b.b.b)".repeat(5000));
        let errors = common::errors(&text);
        assert_eq!(errors.len(), 1);
        assert!(errors[0].ends_with("exceeded max nesting depth"), "{errors:?}");
    });
}

#[test]
fn what_is_deep_enough() {
    common::with_deep_stack(|| {
        for (left, right) in [("(", ")"), ("[]int{", "}"), ("f(", ")"), ("-(", ")")] {
            let text = format!("package p\nvar x = {}a{}", left.repeat(2500), right.repeat(2500));
            assert_eq!(common::errors(&text), Vec::<String>::new(), "{left}");
        }
        let text = format!("package p\nvar x = 1{}", " + 1".repeat(9000));
        assert_eq!(common::errors(&text), Vec::<String>::new());
    });
}

#[test]
fn length() {
    for (head, unit, tail) in [
        ("", "\n", ""),
        ("", "/* */", ""),
        ("", "/* */ // x\n", ""),
        ("", " ", "//go:build x\n"),
        ("/*", "*", "*/"),
        ("//", "x", ""),
        ("", "//line a:1\n", ""),
        ("", "import \"a\"\n", ""),
        ("var ", "x", " int"),
        ("var x = ", "9", ""),
        ("var x = \"", "a", "\""),
        ("var x = `", "\r\n", "`"),
        ("var x = f(", "a,", ")"),
        ("func f(", "a,", "b int)"),
        ("func f() {", ";", "}"),
        ("func f() { switch {", "case x: ", "}}"),
    ] {
        let text = format!("package p\n{head}{}{tail}", unit.repeat(MANY));
        let errors = common::errors(&text);
        let expected = head.is_empty() && tail.starts_with("//go:build");
        assert_eq!(errors.len(), expected as usize, "{head}{unit}: {:?}", errors.first());
    }
}

/// Errors without end are not all kept.
#[test]
fn many_errors() {
    for unit in
        ["#\n", "\"\n", ") x\n", "0x\n", "\u{feff}\n", "\0\n", "//line x:0\n", "//go:nosplit\n"]
    {
        let text = format!("package p\nfunc f() {{\n{}", unit.repeat(MANY));
        let errors = common::errors(&text);
        assert!((1..=2002).contains(&errors.len()), "{unit}: {}", errors.len());
    }
}

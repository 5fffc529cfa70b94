//! Trees of valid sources, as their dumps, and what hangs on them: comments, directives, spans.

mod common;

use syntax::ast::*;

#[track_caller]
fn file(text: &str) -> File {
    let outcome = common::parse(&syntax::decode(text.into()));
    assert!(outcome.diags.is_empty(), "{text}: {:?}", outcome.diags);
    outcome.parsed.file
}

/// Compares the dump of a file's declarations, line breaks left out.
#[track_caller]
fn check(source: &str, want: &str) {
    let dumped = syntax::print::dump(&file(&format!("package p; {source}")));
    let body = dumped.strip_prefix("(file p").unwrap().strip_suffix(")\n").unwrap();
    let lines: Vec<&str> = body.split('\n').map(str::trim).collect();
    assert_eq!(lines.join(" ").trim(), want);
}

#[test]
fn declarations() {
    check("import . \"a\"", r#"(import . "a")"#);
    check("const (a, b = iota, 1; c)", "(const 0 (names a b) - iota 1) (const 1 (names c) -)");
    check("var x, y T = 1, 2", "(var (names x y) T 1 2)");
    check("type A = *B", "(alias A (star B))");
    check(
        "func (r *T) m[P any](a, b int, c ...P) (x int)",
        "(func m (recv (field r (star T))) (tparams (field P any)) \
         (params (field a b int) (field c (... P))) (results (field x int)))",
    );
}

/// Specification, "Type parameter declarations": what is an array, what a type parameter.
#[test]
fn type_parameters_and_arrays() {
    check("type T[P any] P", "(type T (tparams (field P any)) P)");
    check("type T[P *C] int", "(type T (array (* P C) int))");
    check("type T[P *C,] int", "(type T (tparams (field P (star C))) int)");
    check("type T[P (C)] int", "(type T (array (call P C) int))");
    check("type T[P *C|Q] int", "(type T (array (| (* P C) Q) int))");
    check("type T[P *struct{}] int", "(type T (tparams (field P (star (struct)))) int)");
    check("type T[P *C|~int] int", "(type T (tparams (field P (| (star C) (~ int)))) int)");
    check("type T[P interface{*C}] int", "(type T (tparams (field P (interface (star C)))) int)");
    check("type T[P []int] int", "(type T (tparams (field P (slicetype int))) int)");
    check("type T[P, Q any] int", "(type T (tparams (field P Q any)) int)");
    check("type T[N] int", "(type T (array N int))");
    check("type T[N+1] int", "(type T (array (+ N 1) int))");
    check("type T[] int", "(type T (slicetype int))");
    check("type T[P any] = []P", "(alias T (tparams (field P any)) (slicetype P))");
    check(
        "type T[P a.B[int], Q ~string] struct{}",
        "(type T (tparams (field P (index (. a B) int)) (field Q (~ string))) (struct))",
    );
}

#[test]
fn types() {
    check(
        "type T struct { a, b int `t`; *E; p.F; G[int]; h [2]int; i []int }",
        "(type T (struct (field a b int \"t\") (embedded (star E)) (embedded (. p F)) \
         (embedded (index G int)) (field h (array 2 int)) (field i (slicetype int))))",
    );
    check(
        "type I interface { m(int) string; E; ~int | *p.T; C[int, string] }",
        "(type I (interface (method m (params (field int)) (results (field string))) E \
         (| (~ int) (star (. p T))) (index C int string)))",
    );
    check("var x chan<- chan int", "(var (names x) (chan<- (chan int)))");
    check("var x chan (<-chan int)", "(var (names x) (chan (paren (<-chan int))))");
    check(
        "var f func(int, p.T, ...string) (a, b int)",
        "(var (names f) (functype (params (field int) (field (. p T)) (field (... string))) \
         (results (field a b int))))",
    );
}

#[test]
fn expressions() {
    check("var _ = a + b*c == d && !e", "(var (names _) - (&& (== (+ a (* b c)) d) (! e)))");
    check("var _ = <-chan int(x)", "(var (names _) - (<- (call (chan int) x)))");
    check("var _ = (<-chan int)(x)", "(var (names _) - (call (paren (<-chan int)) x))");
    check("var _ = <-chan<- chan int(x)", "(var (names _) - (<- (call (chan<- (chan int)) x)))");
    check("var _ = f[a, b](c)", "(var (names _) - (call (index f a b) c))");
    check("var _ = g(a < b, c > (d))", "(var (names _) - (call g (< a b) (> c (paren d))))");
    check("var _ = x[1:2:3]", "(var (names _) - (slice x 1 2 3))");
    check(
        "var _ = [...]T{{1}, 2: {a: b}}",
        "(var (names _) - (lit (array ... T) (lit - 1) (kv 2 (lit - (kv a b)))))",
    );
    check("var _ = (*T).m", "(var (names _) - (. (paren (star T)) m))");
    check("var _ = x.(T).y", "(var (names _) - (. (assert x T) y))");
    check("var _ = 0x1p-2i", "(var (names _) - 0x1p-2i)");
}

#[track_caller]
fn check_stmt(source: &str, want: &str) {
    check(&format!("func f() {{ {source} }}"), &format!("(func f (params) (block {want}))"));
}

#[test]
fn statements() {
    check_stmt("x, y := 1, 2", "(:= (lhs x y) (rhs 1 2))");
    check_stmt("x &^= y; x++; c <- v", "(&^= (lhs x) (rhs y)) (inc x) (send c v)");
    check_stmt(
        "if x := f(); x { } else if y { } else { }",
        "(if (init (:= (lhs x) (rhs (call f)))) x (block) \
         (else (if y (block) (else (block)))))",
    );
    check_stmt("for { }", "(for - (block))");
    check_stmt("for x { }", "(for x (block))");
    check_stmt(
        "for i := 0; ; i++ { }",
        "(for (init (:= (lhs i) (rhs 0))) - (post (inc i)) (block))",
    );
    check_stmt("for range 10 { }", "(range = - - 10 (block))");
    check_stmt("for k, v := range m { }", "(range := k v m (block))");
    check_stmt(
        "switch { case a, b: c(); fallthrough; default: }",
        "(switch - (case a b (expr (call c)) (fallthrough)) (default))",
    );
    check_stmt(
        "switch x := y; v := x.(type) { case nil, *T: }",
        "(typeswitch (init (:= (lhs x) (rhs y))) v x (case nil (star T)))",
    );
    check_stmt(
        "select { case v, ok := <-c: case c <- 1: default: }",
        "(select (case (:= (lhs v ok) (rhs (<- c)))) (case (send c 1)) (default))",
    );
    check_stmt(
        "L: for { break L; continue; goto L }",
        "(label L (for - (block (break L) (continue) (goto L))))",
    );
    check_stmt("{ L: }", "(block (label L (empty)))");
    check_stmt(
        "go f(); defer func() {}(); return",
        "(go (call f)) (defer (call (func (params) (block)))) (return)",
    );
    check_stmt("var ( a = 1; b int )", "(var (names a) - 1) (var (names b) int)");
}

/// Specification, "Composite literals": the ambiguity in the headers of `if`, `for`, `switch`.
#[test]
fn braces_in_headers() {
    check_stmt("if x == T { }", "(if (== x T) (block))");
    check_stmt("if x == (T{ }) { }", "(if (== x (paren (lit T))) (block))");
    check_stmt("for range []T{ } { }", "(range = - - (lit (slicetype T)) (block))");
    check_stmt("if f(T{ }) { }", "(if (call f (lit T)) (block))");
    check_stmt("switch x[T{}] { }", "(switch (index x (lit T)))");
    check_stmt(
        "if func() bool { return x == T{} }() { }",
        "(if (call (func (params) (results (field bool)) \
         (block (return (== x (lit T)))))) (block))",
    );
}

fn texts(list: &[Directive]) -> Vec<&str> {
    list.iter().map(|d| d.text.as_str()).collect()
}

#[test]
fn directives() {
    let file = file(
        "//go:build go1.21 && linux\n\npackage p\n\n//go:linkname a b\n//go:noinline\n//go:foo\n\
         func f() {}\n\n//go:embed x y\nvar s string\n",
    );
    assert_eq!(texts(&file.directives), ["go:build go1.21 && linux", "go:linkname a b", "go:foo"]);
    assert_eq!(file.go_version, Some((1, 21)));
    let [Decl::Func(f), Decl::Var(v)] = &file.decls[..] else { panic!("{:?}", file.decls) };
    assert_eq!(texts(&f.directives), ["go:noinline"]);
    assert_eq!(texts(&v.directives), ["go:embed x y"]);
}

#[test]
fn groups() {
    let file = file("package p\nconst (\n\ta = iota\n\tb\n)\nconst c = 1\n");
    let [Decl::Const(a), Decl::Const(b), Decl::Const(c)] = &file.decls[..] else {
        panic!("{:?}", file.decls)
    };
    assert_eq!((a.iota, b.iota, c.iota), (0, 1, 0));
    assert!(a.group == b.group && b.group != c.group);
    assert!(b.typ.is_none() && b.values.is_empty());
}

/// Spans cover exactly the text of a node.
#[test]
fn spans() {
    let text = "package p\nfunc f() {\n\tx := a.b(1 , c...)[ T{2} ] + -d\n\t// end\n}\n";
    let common::Outcome { map, parsed, .. } = common::parse(&syntax::decode(text.into()));
    let [Decl::Func(f)] = &parsed.file.decls[..] else { panic!("one function") };
    let body = f.body.as_ref().expect("a body");
    assert!(map.text(body.span).starts_with("{\n") && map.text(body.span).ends_with('}'));
    assert_eq!(map.text(f.sig.span), "func f()");
    let StmtKind::Assign { rhs, op_pos, .. } = &body.stmts[0].kind else { panic!("assignment") };
    assert_eq!(map.text(body.stmts[0].span), "x := a.b(1 , c...)[ T{2} ] + -d");
    assert_eq!(map.text(diag::Span::new(*op_pos, rhs[0].span.lo)), ":= ");
    assert_eq!(map.text(rhs[0].span), "a.b(1 , c...)[ T{2} ] + -d");
    let ExprKind::Binary { x, y, op_pos, .. } = &rhs[0].kind else { panic!("sum") };
    assert_eq!(map.text(x.span), "a.b(1 , c...)[ T{2} ]");
    assert_eq!(map.text(y.span), "-d");
    assert_eq!(map.text(diag::Span::new(*op_pos, y.span.lo)), "+ ");
    let ExprKind::Index { x, indices, .. } = &x.kind else { panic!("index") };
    assert_eq!(map.text(x.span), "a.b(1 , c...)");
    assert_eq!(map.text(indices[0].span), "T{2}");
}

/// Types keep their own spans where the parser reads them as expressions first.
#[test]
fn spans_of_type_parameters() {
    let text = "package p\ntype T[P *C | ~int, Q any] int\n";
    let common::Outcome { map, parsed, .. } = common::parse(&syntax::decode(text.into()));
    let [Decl::Type(t)] = &parsed.file.decls[..] else { panic!("one type") };
    assert_eq!(map.text(t.tparams[0].names[0].span), "P");
    assert_eq!(map.text(t.tparams[0].typ.span), "*C | ~int");
    assert_eq!(map.text(t.tparams[0].span), "P *C | ~int");
    assert_eq!(map.text(t.tparams[1].span), "Q any");
    assert_eq!(map.text(t.span), "T[P *C | ~int, Q any] int");
}

#[test]
fn equal_names_are_one() {
    let file = file("package p\nvar a, b = x, x\n");
    let [Decl::Var(v)] = &file.decls[..] else { panic!("one variable") };
    let (Some(a), Some(b)) = (v.values[0].as_ident(), v.values[1].as_ident()) else { panic!() };
    assert_eq!(a, b);
}

//! What the checker says about function bodies, and what it records of their expressions.

use diag::{Diagnostics, SourceMap};
use std::collections::HashMap;
use syntax::ast::{Block, Decl, Expr, ExprKind, File, NodeId, Stmt, StmtKind};
use types::{
    BasicKind, Checked, Config, Mode, Qualifier, SelectionKind, Store, Type, TypeId, check_package,
};

/// Declarations that all bodies can use.
const PRELUDE: &str = "package p
type S struct { x int; e error }
func (s *S) m() int { return s.x }
type E struct { S; y string }
func two() (int, string) { return 1, \"\" }
func id[T any](x T) T { return x }
";

struct Outcome {
    store: Store,
    checked: Checked,
    files: [File; 1],
}

fn check(body: &str) -> Outcome {
    let text = format!(
        "{PRELUDE}func body(i int, s string, any interface{{}}, c chan int) {{\n{body}\n}}\n"
    );
    let mut source = SourceMap::new();
    let id = source.add("p.go", text.as_str()).expect("small");
    let start = source.file(id).start;
    let mut diags = Diagnostics::new();
    let opts = syntax::ParseOptions::default();
    let parsed = syntax::parse_file(id, &text, start, NodeId(0), &opts, &mut diags);
    assert!(diags.is_empty(), "{diags:?}");
    let mut store = Store::new();
    let conf = Config { go_version: (1, 27), ignore_func_bodies: false, test_builtins: false };
    let nodes = parsed.next_id.0 as usize;
    let files = [parsed.file];
    let checked = check_package(&mut store, &conf, "p", &files, nodes, &HashMap::new(), &source);
    Outcome { store, checked, files }
}

/// The messages for a body, in the order of their places.
fn messages(body: &str) -> Vec<String> {
    check(body).checked.diags.into_sorted().into_iter().map(|d| d.message).collect()
}

#[track_caller]
fn assert_says(body: &str, want: &str) {
    assert_eq!(messages(body), [want], "{body}");
}

impl Outcome {
    fn block(&self) -> &Block {
        let body = self.files[0].decls.iter().rev().find_map(|d| match d {
            Decl::Func(f) => f.body.as_ref(),
            _ => None,
        });
        body.expect("the last function")
    }

    /// The right side of the `n`th statement, an assignment.
    fn value(&self, n: usize) -> &Expr {
        match &self.block().stmts[n].kind {
            StmtKind::Assign { rhs, .. } => &rhs[0],
            other => panic!("{other:?}"),
        }
    }

    fn type_of(&self, e: &Expr) -> String {
        let t = self.checked.info.type_of(e.id).expect("recorded");
        self.type_string(t)
    }

    fn type_string(&self, t: TypeId) -> String {
        self.store.type_string(t, Qualifier::RelativeTo(self.checked.pkg))
    }
}

#[test]
fn valid_bodies_are_silent() {
    for body in [
        "for i := range 3 { _ = i }; for range s {}",
        "x, ok := any.(int); _, _ = x, ok",
        "L: for { switch { case i > 0: break L; default: continue L } }",
        "a := [...]S{2: {x: 1}}; _ = a[1:]",
        "goto done; done: c <- 1",
        "f := func() int { if i > 0 { return 1 } else { panic(s) } }; _ = f",
        "_ = E{x: 1, y: s}",
        "p := new(i + 1); *p <<= 2",
    ] {
        assert_eq!(messages(body), [""; 0], "{body}");
    }
}

#[test]
fn operators() {
    assert_says("_ = i + s", "invalid operation: i + s (mismatched types int and string)");
    assert_says(
        "_ = -s",
        "invalid operation: operator - not defined on s (variable of type string)",
    );
    assert_says("_ = i / 0", "invalid operation: division by zero");
    assert_says("var b int8 = 1; _ = b + 300", "300 (untyped int constant) overflows int8");
    assert_says("_ = 1 << -1", "invalid operation: negative shift count -1 (untyped int constant)");
    assert_says(
        "f := two; _ = f == f",
        "invalid operation: f == f (func can only be compared to nil)",
    );
}

#[test]
fn assignments_and_returns() {
    assert_says("i, s = 1, 2, 3", "assignment mismatch: 2 variables but 3 values");
    assert_says("i = two()", "assignment mismatch: 1 variable but two returns 2 values");
    assert_says("i = s", "cannot use s (variable of type string) as int value in assignment");
    assert_says("_ = i.x", "i.x undefined (type int has no field or method x)");
    assert_says("return 1", "too many return values\n\thave (number)\n\twant ()");
    assert_says("j := 1", "declared and not used: j");
}

#[test]
fn jumps() {
    assert_says("break", "break is not in a loop, switch, or select");
    assert_says("L: for {}", "label L defined and not used");
    assert_says("for { break L }", "break label not defined: L");
    assert_says("switch i { case 1: fallthrough }", "cannot fallthrough final case in switch");
    assert_says("goto L; { L: c <- 1 }", "goto L jumps into block starting at p.go:8:9");
    assert_says(
        "goto L; j := 1; _ = j; L: c <- 1",
        "goto L jumps over declaration of j at p.go:8:11",
    );
}

#[test]
fn duplicates() {
    assert_says(
        "switch i { case 1, 2, 1: }",
        "duplicate case 1 (constant of type int) in expression switch",
    );
    assert_says(
        "switch any.(type) { case int, string: case int: }",
        "duplicate case int in type switch",
    );
    assert_says("_ = []int{1: 0, 1: 1}", "duplicate index 1 in array or slice literal");
    assert_says(
        "_ = map[string]int{s: 1, \"a\": 1, \"a\": 2}",
        "duplicate key \"a\" in map literal",
    );
    assert_says("_ = S{x: 1, x: 2}", "duplicate field name x in struct literal");
}

#[test]
fn untyped_operands_get_the_type_of_their_context() {
    let o = check("_ = uint8(1) << (1 + 2)\n_ = 1 << i\n_ = float64(i) + 1\n_ = any == 1");
    assert!(o.checked.diags.is_empty(), "{:?}", o.checked.diags);
    let operand = |n: usize| match &o.value(n).kind {
        ExprKind::Binary { x, y, .. } => (o.type_of(x), o.type_of(y)),
        other => panic!("{other:?}"),
    };
    assert_eq!(operand(1), ("int".to_string(), "int".to_string()));
    assert_eq!(operand(2), ("float64".to_string(), "float64".to_string()));
    assert_eq!(operand(3), ("interface{}".to_string(), "int".to_string()));
    // The shift is as wide as its context, which a float isn't.
    assert_says(
        "_ = 1.0 << i",
        "invalid operation: shifted operand 1.0 (type float64) must be integer",
    );
}

#[test]
fn comma_ok_expressions_are_tuples() {
    let o = check("v, ok := <-c; _, _ = v, ok");
    let t = o.checked.info.type_of(o.value(0).id).expect("recorded");
    assert!(matches!(o.store.ty(t), Type::Tuple(vars) if vars.len() == 2));
    assert_eq!(o.type_string(t), "(int, bool)");
}

#[test]
fn conditions_are_bool() {
    let o = check("if i == 1 && s != \"\" {}");
    let StmtKind::If(i) = &o.block().stmts[0].kind else { panic!() };
    assert_eq!(o.type_of(&i.cond), "bool");
}

#[test]
fn selections_say_the_way() {
    let o = check("_ = E{}.S.x\n_ = new(E).x\n_ = (*S).m\n_ = E{x: 1}");
    assert!(o.checked.diags.is_empty(), "{:?}", o.checked.diags);
    let selection = |e: &Expr| o.checked.info.selections[e.id.0 as usize].clone().expect("one");
    let promoted = selection(o.value(1));
    assert_eq!((promoted.kind, promoted.indirect), (SelectionKind::Field, true));
    assert_eq!(promoted.index, [0, 0]);
    let method = selection(o.value(2));
    assert_eq!(method.kind, SelectionKind::MethodExpr);
    assert_eq!(o.type_string(method.typ), "func(*S) int");
    // The key of a promoted field in a literal has its path, too.
    let ExprKind::CompositeLit(lit) = &o.value(3).kind else { panic!() };
    let ExprKind::KeyValue { key, .. } = &lit.elems[0].kind else { panic!() };
    assert_eq!(selection(key).index, [0, 0]);
}

#[test]
fn each_clause_of_a_type_switch_has_its_variable() {
    let o = check("switch v := any.(type) { case int: _ = v; case nil: _ = v; default: _ = v }");
    assert!(o.checked.diags.is_empty(), "{:?}", o.checked.diags);
    let StmtKind::TypeSwitch(sw) = &o.block().stmts[0].kind else { panic!() };
    let types: Vec<String> = (sw.cases.iter())
        .map(|c| o.checked.info.implicits[&c.id])
        .map(|v| o.type_string(o.store.obj(v).typ.expect("typed")))
        .collect();
    assert_eq!(types, ["int", "interface{}", "interface{}"]);
}

#[test]
fn generic_functions_take_their_type_from_calls_and_assignments() {
    let o = check("_ = id(s)\nvar f func(int) int = id; _ = f");
    assert!(o.checked.diags.is_empty(), "{:?}", o.checked.diags);
    let ExprKind::Call(call) = &o.value(0).kind else { panic!() };
    let instance = &o.checked.info.instances[&call.fun.id];
    assert_eq!(o.type_string(instance.typ), "func(x string) string");
    assert_eq!(o.type_of(&call.fun), "func(x string) string");
    let Stmt { kind: StmtKind::Decl(d), .. } = &o.block().stmts[1] else { panic!() };
    let Decl::Var(v) = &**d else { panic!() };
    assert!(o.checked.info.instances.contains_key(&v.values[0].id));
}

#[test]
fn constants_have_values() {
    let o = check("_ = len(s + \"\") + len([3]int{}) + min(4, 5)");
    let ExprKind::Binary { x, y, .. } = &o.value(0).kind else { panic!() };
    let is_const = |e: &Expr| o.checked.info.const_value(e.id).is_some();
    assert!(!is_const(x) && is_const(y));
    let mode = &o.checked.info.types[y.id.0 as usize].as_ref().expect("recorded").mode;
    assert!(matches!(mode, Mode::Constant(_)));
    assert_eq!(o.store.basic_kind(o.checked.info.type_of(y.id).unwrap()), Some(BasicKind::Int));
}

/// Ten thousand cases, elements and keys take no noticeable time.
#[test]
fn long_lists_are_linear() {
    let cases: String = (0..10_000).map(|n| format!("case {n}:\n")).collect();
    let types: String = (0..10_000).map(|n| format!("case [{n}]int:\n")).collect();
    let elems: String = (0..10_000).map(|n| format!("{n}: \"{n}\",")).collect();
    let body = format!(
        "switch i {{\n{cases}}}\nswitch any.(type) {{\n{types}}}\n_ = map[int]string{{{elems}}}\n_ = []string{{{elems}}}"
    );
    let start = std::time::Instant::now();
    assert_eq!(messages(&body), [""; 0]);
    assert!(start.elapsed().as_secs() < 20);
}

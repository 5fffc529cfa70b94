//! What lowering asks of the store: substitution, canonical types, method sets.

use diag::{Diagnostics, SourceMap};
use std::collections::HashMap;
use syntax::ast::NodeId;
use types::{Checked, Config, ObjId, Qualifier, Store, Subst, Type, TypeId, check_package};

const SOURCE: &str = r#"
package p

type Pair[A, B any] struct { a A; b B }

func (p *Pair[A, B]) Swap() Pair[B, A] { return Pair[B, A]{p.b, p.a} }
func (p Pair[A, B]) First() A          { return p.a }

type Outer struct { *Pair[int, string]; n int }

func Generic[P any](x P) any {
	type local struct { x P; next *local }
	return local{x, nil}
}

var (
	a Pair[byte, []rune]
	b Pair[uint8, []int32]
	c struct{ x map[string]byte }
	d struct{ x map[string]uint8 }
	e Outer
)
"#;

fn check() -> (Store, Checked) {
    let mut source = SourceMap::new();
    let id = source.add("p.go", SOURCE).expect("small");
    let mut diags = Diagnostics::new();
    let opts = syntax::ParseOptions::default();
    let start = source.file(id).start;
    let parsed = syntax::parse_file(id, SOURCE, start, NodeId(0), &opts, &mut diags);
    let mut store = Store::new();
    let conf = Config { go_version: (1, 27), ignore_func_bodies: false, test_builtins: false };
    let nodes = parsed.next_id.0 as usize;
    let files = [parsed.file];
    let checked = check_package(&mut store, &conf, "p", &files, nodes, &HashMap::new(), &source);
    assert!(diags.is_empty() && checked.diags.is_empty(), "{diags:?} {:?}", checked.diags);
    (store, checked)
}

fn object(s: &Store, c: &Checked, name: &str) -> ObjId {
    s.scope_lookup(s.package(c.pkg).scope, name).expect(name)
}

fn type_of(s: &Store, c: &Checked, name: &str) -> TypeId {
    s.obj(object(s, c, name)).typ.expect(name)
}

#[test]
fn identical_types_have_one_canonical_id() {
    let (mut s, c) = check();
    for (x, y) in [("a", "b"), ("c", "d")] {
        let (x, y) = (type_of(&s, &c, x), type_of(&s, &c, y));
        assert_eq!(s.canon(x), s.canon(y));
    }
    let (a, e) = (type_of(&s, &c, "a"), type_of(&s, &c, "e"));
    assert_ne!(s.canon(a), s.canon(e));
}

#[test]
fn methods_of_instances_and_promoted_ones() {
    let (mut s, c) = check();
    let a = type_of(&s, &c, "a");
    let sigs: Vec<String> =
        s.methods(a).into_iter().map(|m| s.func_string(m, Qualifier::RelativeTo(c.pkg))).collect();
    assert_eq!(sigs, ["Swap() Pair[[]rune, byte]", "First() byte"]);

    let keys =
        |s: &mut Store, t| -> Vec<String> { s.method_set(t).into_iter().map(|m| m.key).collect() };
    assert_eq!(keys(&mut s, a), ["First"]);
    let ptr = s.new_type(Type::Pointer(a));
    assert_eq!(keys(&mut s, ptr), ["First", "Swap"]);
    // Through an embedded pointer both are promoted.
    let e = type_of(&s, &c, "e");
    assert_eq!(keys(&mut s, e), ["First", "Swap"]);
    assert!(s.method_set(e).iter().all(|m| m.indirect && m.index.len() == 2));
}

#[test]
fn local_types_depend_on_the_function_around_them() {
    let (mut s, c) = check();
    let generic = object(&s, &c, "Generic");
    let tparams = s.func_type_params(generic);
    let local = c
        .info
        .defs
        .iter()
        .flatten()
        .find(|&&o| &*s.obj(o).name == "local")
        .and_then(|&o| s.obj(o).typ)
        .expect("declared in Generic");
    let [int, string] = [types::BasicKind::Int, types::BasicKind::String].map(|k| s.typ_of(k));
    let with = |t| Subst { tparams: tparams.clone(), targs: vec![t] };
    let (x, y) = (s.subst(local, &with(int)), s.subst(local, &with(string)));
    assert_ne!(x, y);
    assert_eq!(x, s.subst(local, &with(int)));
    let u = s.underlying(x);
    let Type::Struct(st) = s.ty(u) else { panic!("a struct") };
    let fields: Vec<Option<TypeId>> = st.fields.iter().map(|&f| s.obj(f).typ).collect();
    assert_eq!(fields[0], Some(int));
    let next = fields[1].expect("typed");
    assert!(matches!(s.ty(next), Type::Pointer(base) if *base == x));
}

#[test]
fn types_that_embed_ever_larger_instances_end() {
    for text in [
        "package p\ntype T[P error] struct{ *T[T[P]] }\n",
        "package p\ntype A[P any] struct{ *A[[]P]; *A[[1]P] }\nvar _ = A[int]{}.x\n",
    ] {
        let mut source = SourceMap::new();
        let id = source.add("p.go", text).expect("small");
        let (mut diags, opts) = (Diagnostics::new(), syntax::ParseOptions::default());
        let start = source.file(id).start;
        let parsed = syntax::parse_file(id, text, start, NodeId(0), &opts, &mut diags);
        let conf = Config { go_version: (1, 27), ignore_func_bodies: false, test_builtins: false };
        let (nodes, files) = (parsed.next_id.0 as usize, [parsed.file]);
        let none = HashMap::new();
        let done = check_package(&mut Store::new(), &conf, "p", &files, nodes, &none, &source);
        assert!(diags.is_empty() && done.diags.has_errors());
    }
}

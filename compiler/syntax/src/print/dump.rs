//! The tree as nested lists, for `--emit=ast` and for tests: a list begins with what it is, and each
//! declaration and statement has a line of its own, indented by its depth.

use crate::ast::*;

/// Prints a whole file.
pub fn dump(file: &File) -> String {
    let mut d = Dumper { out: String::new(), indent: 0 };
    d.list("file", |d| {
        d.atom(&file.name.name);
        for i in &file.imports {
            d.line();
            d.list("import", |d| {
                d.idents(i.name.as_slice());
                d.quoted(&i.path);
            });
        }
        for decl in &file.decls {
            d.line();
            d.decl(decl);
        }
    });
    d.out.push('\n');
    d.out
}

struct Dumper {
    out: String,
    indent: usize,
}

impl Dumper {
    /// `(head ...)`, what `f` writes in between.
    fn list(&mut self, head: &str, f: impl FnOnce(&mut Self)) {
        if !self.out.is_empty() && !self.out.ends_with([' ', '(']) {
            self.out.push(' ');
        }
        self.out.push('(');
        self.out.push_str(head);
        self.indent += 1;
        f(self);
        self.indent -= 1;
        self.out.push(')');
    }

    fn atom(&mut self, text: &str) {
        if !self.out.ends_with([' ', '(']) {
            self.out.push(' ');
        }
        self.out.push_str(text);
    }

    fn quoted(&mut self, text: &str) {
        self.atom(&format!("{text:?}"));
    }

    fn line(&mut self) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n("  ", self.indent));
    }

    fn idents(&mut self, list: &[Ident]) {
        for ident in list {
            self.atom(&ident.name);
        }
    }

    fn exprs(&mut self, list: &[Expr]) {
        for x in list {
            self.expr(x);
        }
    }

    fn expr_list(&mut self, head: &str, list: &[Expr]) {
        self.list(head, |d| d.exprs(list));
    }

    /// An expression, or `-` where there is none.
    fn optional(&mut self, x: Option<&Expr>) {
        match x {
            Some(x) => self.expr(x),
            None => self.atom("-"),
        }
    }

    fn names(&mut self, names: &[Ident]) {
        self.list("names", |d| d.idents(names));
    }

    fn decl(&mut self, decl: &Decl) {
        match decl {
            Decl::Const(c) => self.list("const", |d| {
                d.atom(&c.iota.to_string());
                d.names(&c.names);
                d.optional(c.typ.as_ref());
                d.exprs(&c.values);
            }),
            Decl::Var(v) => self.list("var", |d| {
                d.directives(&v.directives);
                d.names(&v.names);
                d.optional(v.typ.as_ref());
                d.exprs(&v.values);
            }),
            Decl::Type(t) => self.list(if t.alias { "alias" } else { "type" }, |d| {
                d.directives(&t.directives);
                d.atom(&t.name.name);
                d.fields("tparams", &t.tparams);
                d.expr(&t.typ);
            }),
            Decl::Func(f) => self.list("func", |d| {
                d.directives(&f.directives);
                d.atom(&f.name.name);
                if let Some(recv) = &f.recv {
                    d.list("recv", |d| d.each_field(recv));
                }
                d.fields("tparams", &f.tparams);
                d.signature(&f.sig);
                if let Some(body) = &f.body {
                    d.block(body);
                }
            }),
            Decl::Bad(_) => self.atom("bad"),
        }
    }

    fn directives(&mut self, list: &[Directive]) {
        for directive in list {
            self.list("directive", |d| d.quoted(&directive.text));
        }
    }

    /// Nothing for an empty list.
    fn fields(&mut self, head: &str, list: &[Field]) {
        if !list.is_empty() {
            self.list(head, |d| d.each_field(list));
        }
    }

    fn each_field(&mut self, list: &[Field]) {
        for f in list {
            self.list(if f.embedded { "embedded" } else { "field" }, |d| {
                d.idents(&f.names);
                d.expr(&f.typ);
                if let Some((tag, _)) = &f.tag {
                    d.quoted(tag);
                }
            });
        }
    }

    fn signature(&mut self, sig: &FuncType) {
        self.list("params", |d| d.each_field(&sig.params));
        self.fields("results", &sig.results);
    }

    fn block(&mut self, block: &Block) {
        self.list("block", |d| d.stmts(&block.stmts));
    }

    fn stmts(&mut self, list: &[Stmt]) {
        for s in list {
            self.line();
            self.stmt(s);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Bad => self.list("bad", |_| {}),
            StmtKind::Empty => self.list("empty", |_| {}),
            StmtKind::Decl(decl) => self.decl(decl),
            StmtKind::Labeled { label, stmt } => self.list("label", |d| {
                d.atom(&label.name);
                d.line();
                d.stmt(stmt);
            }),
            StmtKind::Expr(x) => self.list("expr", |d| d.expr(x)),
            StmtKind::Send { chan, value, .. } => self.list("send", |d| {
                d.expr(chan);
                d.expr(value);
            }),
            StmtKind::IncDec { x, inc } => {
                self.list(if *inc { "inc" } else { "dec" }, |d| d.expr(x));
            }
            StmtKind::Assign { lhs, op, define, rhs, .. } => {
                let op = op.map_or("", BinaryOp::as_str);
                let head = if *define { ":=".into() } else { format!("{op}=") };
                self.list(&head, |d| {
                    d.expr_list("lhs", lhs);
                    d.expr_list("rhs", rhs);
                });
            }
            StmtKind::Go(x) => self.list("go", |d| d.expr(x)),
            StmtKind::Defer(x) => self.list("defer", |d| d.expr(x)),
            StmtKind::Return(list) => self.expr_list("return", list),
            StmtKind::Break(label) => self.list("break", |d| d.idents(label.as_slice())),
            StmtKind::Continue(label) => self.list("continue", |d| d.idents(label.as_slice())),
            StmtKind::Goto(label) => self.list("goto", |d| d.atom(&label.name)),
            StmtKind::Fallthrough => self.list("fallthrough", |_| {}),
            StmtKind::Block(block) => self.block(block),
            StmtKind::If(s) => self.if_stmt(s),
            StmtKind::Switch(s) => self.list("switch", |d| {
                d.part("init", s.init.as_ref());
                d.optional(s.tag.as_ref());
                d.cases(&s.cases);
            }),
            StmtKind::TypeSwitch(s) => self.list("typeswitch", |d| {
                d.part("init", s.init.as_ref());
                d.idents(s.bind.as_slice());
                d.expr(&s.x);
                d.cases(&s.cases);
            }),
            StmtKind::Select(s) => self.list("select", |d| d.comm_clauses(&s.cases)),
            StmtKind::For(s) => self.list("for", |d| {
                d.part("init", s.init.as_ref());
                d.optional(s.cond.as_ref());
                d.part("post", s.post.as_ref());
                d.block(&s.body);
            }),
            StmtKind::Range(s) => self.list("range", |d| {
                d.atom(if s.define { ":=" } else { "=" });
                d.optional(s.key.as_ref());
                d.optional(s.value.as_ref());
                d.exprs(&s.extra);
                d.expr(&s.x);
                d.block(&s.body);
            }),
        }
    }

    /// A statement inside another's header, if there is one.
    fn part(&mut self, head: &str, stmt: Option<&Stmt>) {
        if let Some(stmt) = stmt {
            self.list(head, |d| d.stmt(stmt));
        }
    }

    fn if_stmt(&mut self, s: &IfStmt) {
        self.list("if", |d| {
            d.part("init", s.init.as_ref());
            d.expr(&s.cond);
            d.block(&s.then);
            if let Some(els) = &s.els {
                d.line();
                d.list("else", |d| d.stmt(els));
            }
        });
    }

    fn cases(&mut self, cases: &[CaseClause]) {
        for c in cases {
            self.line();
            self.list(if c.is_default { "default" } else { "case" }, |d| {
                d.exprs(&c.exprs);
                d.stmts(&c.body);
            });
        }
    }

    fn comm_clauses(&mut self, cases: &[CommClause]) {
        for c in cases {
            self.line();
            self.list(if c.comm.is_none() { "default" } else { "case" }, |d| {
                if let Some(comm) = &c.comm {
                    d.stmt(comm);
                }
                d.stmts(&c.body);
            });
        }
    }

    fn expr(&mut self, e: &Expr) {
        match &e.kind {
            ExprKind::Bad => self.atom("bad"),
            ExprKind::Ident(name) => self.atom(name),
            ExprKind::BasicLit { text, .. } => self.atom(text),
            ExprKind::CompositeLit(lit) => self.list("lit", |d| {
                d.optional(lit.typ.as_ref());
                d.exprs(&lit.elems);
            }),
            ExprKind::FuncLit(lit) => self.list("func", |d| {
                d.signature(&lit.sig);
                d.block(&lit.body);
            }),
            ExprKind::Paren(x) => self.list("paren", |d| d.expr(x)),
            ExprKind::Selector { x, sel } => self.list(".", |d| {
                d.expr(x);
                d.atom(&sel.name);
            }),
            ExprKind::Index { x, indices, .. } => self.list("index", |d| {
                d.expr(x);
                d.exprs(indices);
            }),
            ExprKind::Slice { x, lo, hi, max, three } => self.list("slice", |d| {
                d.expr(x);
                d.optional(lo.as_deref());
                d.optional(hi.as_deref());
                if *three {
                    d.optional(max.as_deref());
                }
            }),
            ExprKind::TypeAssert { x, typ } => self.list("assert", |d| {
                d.expr(x);
                match typ {
                    Some(t) => d.expr(t),
                    None => d.atom("type"),
                }
            }),
            ExprKind::Call(call) => self.list("call", |d| {
                d.expr(&call.fun);
                d.exprs(&call.args);
                if call.ellipsis.is_some() {
                    d.atom("...");
                }
            }),
            ExprKind::Star(x) => self.list("star", |d| d.expr(x)),
            ExprKind::Tilde(x) => self.list("~", |d| d.expr(x)),
            ExprKind::Unary { op, x, .. } => self.list(op.as_str(), |d| d.expr(x)),
            ExprKind::Binary { op, x, y, .. } => self.list(op.as_str(), |d| {
                d.expr(x);
                d.expr(y);
            }),
            ExprKind::KeyValue { key, value } => self.list("kv", |d| {
                d.expr(key);
                d.expr(value);
            }),
            ExprKind::ArrayType { len, elem } => self.list("array", |d| {
                match len {
                    Some(len) => d.expr(len),
                    None => d.atom("..."),
                }
                d.expr(elem);
            }),
            ExprKind::SliceType(elem) => self.list("slicetype", |d| d.expr(elem)),
            ExprKind::StructType(fields) => self.list("struct", |d| d.each_field(fields)),
            ExprKind::FuncType(sig) => self.list("functype", |d| d.signature(sig)),
            ExprKind::InterfaceType(elems) => self.list("interface", |d| {
                for elem in elems {
                    match elem {
                        InterfaceElem::Method { name, sig, .. } => d.list("method", |d| {
                            d.atom(&name.name);
                            d.signature(sig);
                        }),
                        InterfaceElem::Embedded(t) => d.expr(t),
                    }
                }
            }),
            ExprKind::MapType { key, value } => self.list("map", |d| {
                d.expr(key);
                d.expr(value);
            }),
            ExprKind::ChanType { dir, elem } => {
                let head = match dir {
                    ChanDir::Both => "chan",
                    ChanDir::Send => "chan<-",
                    ChanDir::Recv => "<-chan",
                };
                self.list(head, |d| d.expr(elem));
            }
            ExprKind::Ellipsis(elem) => self.list("...", |d| d.optional(elem.as_deref())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, want: &str) {
        let dumped = dump(&crate::parse_text(&format!("package p; {source}")).file);
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
        check(
            "type T[P interface{*C}] int",
            "(type T (tparams (field P (interface (star C)))) int)",
        );
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
        check(
            "var _ = <-chan<- chan int(x)",
            "(var (names _) - (<- (call (chan<- (chan int)) x)))",
        );
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
}

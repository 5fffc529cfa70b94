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
            ExprKind::Slice { x, lo, hi, max, three, .. } => self.list("slice", |d| {
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

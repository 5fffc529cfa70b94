//! Expressions back as Go source, in the short form that messages use: bodies of functions and
//! elements of composite literals are `…`. [`dump`] prints whole files.

mod dump;

pub use dump::dump;

use crate::ast::*;

/// Nesting beyond this is left out: nobody reads it, and it bounds the recursion.
const MAX_NESTING: u32 = 100;

/// An expression or type as messages show it.
pub fn expr(e: &Expr) -> String {
    let mut p = Printer::default();
    p.expr(e);
    p.out
}

/// Expressions separated by commas.
pub fn expr_list(list: &[Expr]) -> String {
    let mut p = Printer::default();
    p.list(list);
    p.out
}

/// A simple statement; nothing for other ones.
pub fn simple_stmt(stmt: &Stmt) -> String {
    let mut p = Printer::default();
    match &stmt.kind {
        StmtKind::Expr(x) => p.expr(x),
        StmtKind::Send { chan, value, .. } => {
            p.expr(chan);
            p.text(" <- ");
            p.expr(value);
        }
        StmtKind::IncDec { x, inc } => {
            p.expr(x);
            p.text(if *inc { "++" } else { "--" });
        }
        StmtKind::Assign { lhs, op, define, rhs, .. } => {
            p.list(lhs);
            p.text(" ");
            p.text(op.map_or(if *define { ":" } else { "" }, BinaryOp::as_str));
            p.text("= ");
            p.list(rhs);
        }
        _ => {}
    }
    p.out
}

/// A function's type without `func`: `(x int) string`.
pub fn signature(sig: &FuncType) -> String {
    let mut p = Printer::default();
    p.signature(sig);
    p.out
}

#[derive(Default)]
struct Printer {
    out: String,
    nesting: u32,
}

impl Printer {
    fn text(&mut self, s: &str) {
        self.out.push_str(s);
    }

    fn list(&mut self, list: &[Expr]) {
        self.separated(list, ", ", Printer::expr);
    }

    fn separated<T>(&mut self, list: &[T], separator: &str, mut f: impl FnMut(&mut Self, &T)) {
        for (i, item) in list.iter().enumerate() {
            if i > 0 {
                self.text(separator);
            }
            f(self, item);
        }
    }

    fn expr(&mut self, e: &Expr) {
        self.nesting += 1;
        if self.nesting > MAX_NESTING {
            self.text("…");
        } else {
            self.expr_nested(e);
        }
        self.nesting -= 1;
    }

    /// A type inside another: parentheses around it say nothing.
    fn typ(&mut self, e: &Expr) {
        self.expr(e.unparen());
    }

    fn optional(&mut self, e: &Option<Box<Expr>>) {
        if let Some(e) = e {
            self.expr(e);
        }
    }

    fn expr_nested(&mut self, e: &Expr) {
        match &e.kind {
            ExprKind::Bad => self.text("_"),
            ExprKind::Ident(name) => self.text(name),
            ExprKind::BasicLit { text, .. } => self.text(text),
            ExprKind::CompositeLit(lit) => {
                if let Some(typ) = &lit.typ {
                    self.expr(typ);
                }
                self.text(if lit.elems.is_empty() { "{}" } else { "{…}" });
            }
            ExprKind::FuncLit(lit) => {
                self.text("func");
                self.signature(&lit.sig);
                self.text(if lit.body.stmts.is_empty() { " {}" } else { " {…}" });
            }
            ExprKind::Paren(x) => {
                self.text("(");
                self.expr(x);
                self.text(")");
            }
            ExprKind::Selector { x, sel } => {
                self.expr(x);
                self.text(".");
                self.text(&sel.name);
            }
            ExprKind::Index { x, indices, .. } => {
                self.expr(x);
                self.text("[");
                self.list(indices);
                self.text("]");
            }
            ExprKind::Slice { x, lo, hi, max, three, .. } => {
                self.expr(x);
                self.text("[");
                self.optional(lo);
                self.text(":");
                self.optional(hi);
                if *three {
                    self.text(":");
                    self.optional(max);
                }
                self.text("]");
            }
            ExprKind::TypeAssert { x, typ } => {
                self.expr(x);
                self.text(".(");
                match typ {
                    Some(t) => self.expr(t),
                    None => self.text("type"),
                }
                self.text(")");
            }
            ExprKind::Call(call) => {
                self.expr(&call.fun);
                self.text("(");
                self.list(&call.args);
                if call.ellipsis.is_some() {
                    self.text("...");
                }
                self.text(")");
            }
            ExprKind::Star(x) => self.prefix("*", x),
            ExprKind::Tilde(x) => self.prefix("~", x),
            ExprKind::Unary { op, x, .. } => self.prefix(op.as_str(), x),
            ExprKind::Binary { op, x, y, .. } => {
                self.expr(x);
                self.text(" ");
                self.text(op.as_str());
                self.text(" ");
                self.expr(y);
            }
            ExprKind::KeyValue { key, value } => {
                self.expr(key);
                self.text(": ");
                self.expr(value);
            }
            _ => self.type_lit(e),
        }
    }

    fn prefix(&mut self, operator: &str, x: &Expr) {
        self.text(operator);
        self.expr(x);
    }

    fn type_lit(&mut self, e: &Expr) {
        match &e.kind {
            ExprKind::ArrayType { len, elem } => {
                self.text("[");
                match len {
                    Some(len) => self.expr(len),
                    None => self.text("..."),
                }
                self.text("]");
                self.typ(elem);
            }
            ExprKind::SliceType(elem) => {
                self.text("[]");
                self.typ(elem);
            }
            ExprKind::StructType(fields) => {
                self.text("struct{");
                self.separated(fields, "; ", Printer::struct_field);
                self.text("}");
            }
            ExprKind::FuncType(sig) => {
                self.text("func");
                self.signature(sig);
            }
            ExprKind::InterfaceType(elems) => {
                self.text("interface{");
                self.separated(elems, "; ", |p, elem| match elem {
                    InterfaceElem::Method { name, sig, .. } => {
                        p.text(&name.name);
                        p.signature(sig);
                    }
                    InterfaceElem::Embedded(t) => p.typ(t),
                });
                self.text("}");
            }
            ExprKind::MapType { key, value } => {
                self.text("map[");
                self.typ(key);
                self.text("]");
                self.typ(value);
            }
            ExprKind::ChanType { dir, elem } => self.chan_type(*dir, elem),
            ExprKind::Ellipsis(elem) => {
                self.text("...");
                if let Some(elem) = elem {
                    self.typ(elem);
                }
            }
            _ => {}
        }
    }

    fn chan_type(&mut self, dir: ChanDir, elem: &Expr) {
        self.text(match dir {
            ChanDir::Both => "chan ",
            ChanDir::Send => "chan<- ",
            ChanDir::Recv => "<-chan ",
        });
        // `chan (<-chan T)` without parentheses would read as `chan<- chan T`.
        let elem = elem.unparen();
        let receives = matches!(elem.kind, ExprKind::ChanType { dir: ChanDir::Recv, .. });
        if receives && dir != ChanDir::Send {
            self.text("(");
            self.expr(elem);
            self.text(")");
        } else {
            self.expr(elem);
        }
    }

    fn struct_field(&mut self, field: &Field) {
        self.field(field);
        if let Some((tag, _)) = &field.tag {
            self.text(&format!(" {:?}", &**tag));
        }
    }

    fn field(&mut self, field: &Field) {
        self.separated(&field.names, ", ", |p, name| p.text(&name.name));
        if !field.names.is_empty() {
            self.text(" ");
        }
        self.typ(&field.typ);
    }

    fn signature(&mut self, sig: &FuncType) {
        self.text("(");
        self.separated(&sig.params, ", ", Printer::field);
        self.text(")");
        match &sig.results[..] {
            [] => {}
            [single] if single.names.is_empty() => {
                self.text(" ");
                self.typ(&single.typ);
            }
            results => {
                self.text(" (");
                self.separated(results, ", ", Printer::field);
                self.text(")");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value of the only variable of a file, printed.
    fn reprint(source: &str) -> String {
        let text = format!("package p; var _ = {source}");
        let parsed = crate::parse_text(&text);
        match &parsed.file.decls[..] {
            [Decl::Var(v)] => expr(&v.values[0]),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn short_form() {
        for (source, want) in [
            ("-a*(b+1)", "-a * (b + 1)"),
            ("func(x int) string { return x }", "func(x int) string {…}"),
            ("func(a, b int, c ...string) (int) {}", "func(a, b int, c ...string) int {}"),
            ("func() (a int) { f() }", "func() (a int) {…}"),
            ("T{1, 2}", "T{…}"),
            ("map[string][]int{}", "map[string][]int{}"),
            ("struct{a int; T}{1}", "struct{a int; T}{…}"),
            ("f(a, b...)", "f(a, b...)"),
            ("x[1:2:3][:].(T)[a, b]", "x[1:2:3][:].(T)[a, b]"),
            ("(chan (<-chan int))(nil)", "(chan (<-chan int))(nil)"),
            ("(chan<- (chan int))(nil)", "(chan<- chan int)(nil)"),
            ("interface{ m(int) ; ~int|string }(nil)", "interface{m(int); ~int | string}(nil)"),
            ("[...]int{1}", "[...]int{…}"),
            ("&x.y", "&x.y"),
            ("<-c", "<-c"),
        ] {
            assert_eq!(reprint(source), want);
        }
    }
}

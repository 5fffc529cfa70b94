//! Random numbers in, the text of a package out that mostly parses and that sometimes even checks:
//! few names, so that declarations refer to each other, in circles too.

use crate::random::Random;
use std::fmt::Write;

const BASIC: &[&str] = &[
    "int",
    "uint8",
    "int64",
    "float64",
    "complex128",
    "string",
    "bool",
    "rune",
    "byte",
    "any",
    "error",
    "uintptr",
    "comparable",
    "float32",
];
const BINARY: &[&str] = &[
    "+", "-", "*", "/", "%", "&", "|", "^", "&^", "<<", ">>", "==", "!=", "<", "<=", ">", ">=",
    "&&", "||",
];
const UNARY: &[&str] = &["-", "+", "!", "^", "*", "&", "<-"];
const CALLS: &[&str] = &[
    "len",
    "cap",
    "append",
    "copy",
    "delete",
    "make",
    "new",
    "panic",
    "print",
    "recover",
    "min",
    "max",
    "clear",
    "close",
    "complex",
    "real",
    "imag",
    "unsafe.Sizeof",
    "unsafe.Offsetof",
    "unsafe.String",
    "unsafe.Slice",
    "fmt.Println",
    "errors.New",
    "f0",
    "f1",
    "f2",
];
const LITERALS: &[&str] = &[
    "0",
    "1",
    "-1",
    "1.5",
    "1e400",
    "0x7fffffffffffffff",
    "1<<63",
    "'a'",
    "\"s\"",
    "`r`",
    "nil",
    "true",
    "iota",
    "2i",
    "\"\\xff\"",
    "1e-400",
    "c0",
    "c1",
    "len(\"abc\")",
];
const IMPORTS: &[&str] = &["fmt", "errors", "unsafe", "io"];

/// How deep types, expressions and statements nest.
const DEEP: usize = 4;

pub struct Generator<'a> {
    random: &'a mut Random,
    out: String,
    /// Names of type parameters that may be in scope.
    params: bool,
}

/// Lines to mix in where no files are installed.
pub const SEED: &str =
    "type T0[P any] struct { T1; x0 P }\nfunc f0[P, Q any](a P) Q\nvar v0 = f0[int]\n";

/// A whole source file of so many declarations at most.
pub fn package(random: &mut Random, most: usize) -> String {
    let mut g = Generator { random, out: String::from("package p\n"), params: false };
    for path in IMPORTS {
        if g.random.one_in(3) {
            let _ = writeln!(g.out, "import \"{path}\"");
        }
    }
    for _ in 0..1 + g.random.below(most) {
        g.declaration(0);
        g.out.push('\n');
    }
    g.out
}

impl Generator<'_> {
    fn put(&mut self, s: &str) {
        self.out.push_str(s);
    }

    fn name(&mut self, kind: &str, n: usize) {
        let i = self.random.below(n);
        let _ = write!(self.out, "{kind}{i}");
    }

    fn list(&mut self, max: usize, separator: &str, mut item: impl FnMut(&mut Self)) {
        for i in 0..self.random.below(max + 1) {
            if i > 0 {
                self.put(separator);
            }
            item(self);
        }
    }

    fn declaration(&mut self, depth: usize) {
        let n = if depth == 0 { 9 } else { 6 };
        match self.random.below(n) {
            0..=2 => self.type_decl(depth),
            3 => {
                self.put("var ");
                self.name("v", 5);
                if self.random.one_in(2) {
                    self.put(" ");
                    self.typ(depth + 1);
                }
                if !self.random.one_in(4) {
                    self.put(" = ");
                    self.expr(depth + 1);
                }
            }
            4 => {
                self.put("const (\n");
                self.name("c", 3);
                if self.random.one_in(3) {
                    self.put(" ");
                    self.typ(DEEP);
                }
                self.put(" = ");
                self.expr(depth + 1);
                self.put("\n");
                self.name("c", 4);
                self.put("\n)");
            }
            5 => {
                self.put("var (\n");
                self.list(3, "\n", |g| {
                    g.name("v", 5);
                    g.put(", ");
                    g.name("w", 3);
                    g.put(" = ");
                    g.expr(depth + 1);
                    if g.random.one_in(2) {
                        g.put(", ");
                        g.expr(depth + 1);
                    }
                });
                self.put(")");
            }
            _ => self.func_decl(),
        }
    }

    fn type_decl(&mut self, depth: usize) {
        self.put("type ");
        self.name("T", 5);
        let params = self.params;
        if self.random.one_in(3) {
            self.type_params(depth);
        }
        self.put_one(&[" = ", " ", " ", " "]);
        self.typ(depth);
        self.params = params;
    }

    fn type_params(&mut self, depth: usize) {
        self.params = true;
        self.put("[P");
        if self.random.one_in(2) {
            self.put(" ");
            self.constraint(depth + 1);
            self.put(", Q ");
        } else {
            self.put_one(&[" ", ", Q "]);
        }
        self.constraint(depth + 1);
        self.put("]");
    }

    fn put_one(&mut self, list: &[&str]) {
        let s = self.random.pick(list);
        self.put(s);
    }

    fn constraint(&mut self, depth: usize) {
        match self.random.below(6) {
            0 | 1 => self.put("any"),
            2 => {
                self.put("~");
                self.typ(depth);
            }
            3 => {
                self.typ(depth);
                self.put(" | ~");
                self.typ(depth);
            }
            4 => self.interface(depth),
            _ => self.typ(depth),
        }
    }

    fn interface(&mut self, depth: usize) {
        self.put("interface{ ");
        self.list(3, "; ", |g| match g.random.below(4) {
            0 => g.constraint(depth + 1),
            1 => g.typ(depth + 1),
            _ => {
                g.name("m", 3);
                g.signature(depth + 1);
            }
        });
        self.put(" }");
    }

    fn signature(&mut self, depth: usize) {
        self.put("(");
        let named = self.random.one_in(2);
        self.list(3, ", ", |g| {
            if named {
                g.name("a", 3);
                g.put(" ");
            }
            if g.random.one_in(8) {
                g.put("...");
            }
            g.typ(depth + 1);
        });
        self.put(")");
        match self.random.below(4) {
            0 | 1 => {}
            2 => {
                self.put(" ");
                self.typ(depth + 1);
            }
            _ => {
                self.put(" (");
                self.list(2, ", ", |g| g.typ(depth + 1));
                self.put(")");
            }
        }
    }

    fn typ(&mut self, depth: usize) {
        let n = if depth >= DEEP { 5 } else { 15 };
        match self.random.below(n) {
            0 | 1 => self.put_one(BASIC),
            2 | 3 => self.name("T", 5),
            4 if self.params => self.put_one(&["P", "Q"]),
            4 => self.name("T", 5),
            5 => self.nested("[]", depth),
            6 => self.nested("*", depth),
            7 => self.nested("map[string]", depth),
            8 => {
                self.put("[");
                self.expr(DEEP);
                self.put("]");
                self.typ(depth + 1);
            }
            9 => {
                self.put("struct{ ");
                self.list(4, "; ", |g| {
                    if !g.random.one_in(3) {
                        g.name("x", 4);
                        g.put(" ");
                    }
                    g.typ(depth + 1);
                });
                self.put(" }");
            }
            10 => self.interface(depth),
            11 => {
                self.put("func");
                self.signature(depth);
            }
            12 => {
                self.put_one(&["chan ", "<-chan ", "chan<- "]);
                self.typ(depth + 1);
            }
            _ => {
                self.name("T", 5);
                self.put("[");
                self.typ(depth + 1);
                if self.random.one_in(2) {
                    self.put(", ");
                    self.typ(depth + 1);
                }
                self.put("]");
            }
        }
    }

    fn nested(&mut self, before: &str, depth: usize) {
        self.put(before);
        self.typ(depth + 1);
    }

    fn func_decl(&mut self) {
        self.put("func ");
        let params = self.params;
        if self.random.one_in(3) {
            self.put("(r ");
            self.put_one(&["", "*"]);
            self.name("T", 5);
            if self.random.one_in(3) {
                self.params = true;
                self.put_one(&["[P]", "[P, Q]", "[_]", "[int]"]);
            }
            self.put(") ");
            self.name("m", 3);
        } else {
            self.name("f", 4);
        }
        if self.random.one_in(3) {
            self.type_params(1);
        }
        self.signature(1);
        if !self.random.one_in(8) {
            self.put(" ");
            self.block(1);
        }
        self.params = params;
    }

    fn block(&mut self, depth: usize) {
        self.put("{\n");
        self.list(if depth > DEEP { 1 } else { 5 }, "\n", |g| g.stmt(depth + 1));
        self.put("\n}");
    }

    fn variable(&mut self) {
        match self.random.below(6) {
            0 => self.name("a", 3),
            1 => self.put("r"),
            2 => self.put("_"),
            _ => self.name("v", 5),
        }
    }

    fn stmt(&mut self, depth: usize) {
        match self.random.below(if depth > DEEP { 7 } else { 16 }) {
            0 | 1 => {
                self.variable();
                self.put_one(&[" := ", " = ", " += ", " <<= ", ", v1 := ", ", v2 = "]);
                self.expr(2);
            }
            2 => {
                self.put("return ");
                self.list(2, ", ", |g| g.expr(2));
            }
            3 => self.expr(1),
            4 => {
                self.variable();
                self.put_one(&["++", "--", " <- 1"]);
            }
            5 => self.put_one(&[
                "break",
                "continue",
                "goto L",
                "break L",
                "fallthrough",
                "L:",
                "continue L",
                ";",
            ]),
            6 => {
                self.put_one(&["go ", "defer "]);
                self.expr(2);
            }
            7 => self.declaration(depth),
            8 | 9 => {
                self.put("if ");
                self.expr(2);
                self.put(" ");
                self.block(depth);
                if self.random.one_in(2) {
                    self.put(" else ");
                    self.block(depth);
                }
            }
            10 => {
                self.put("for ");
                self.variable();
                self.put_one(&[" := range ", ", v1 := range ", " = range "]);
                self.expr(2);
                self.block(depth);
            }
            11 => {
                self.put("for ");
                if self.random.one_in(2) {
                    self.expr(2);
                }
                self.block(depth);
            }
            12 => self.switch(depth),
            13 => {
                self.put("select {\n");
                self.list(2, "\n", |g| {
                    g.put_chan_case();
                    g.put("\n");
                    g.stmt(depth + 1);
                });
                self.put("\n}");
            }
            14 => self.block(depth),
            _ => {
                self.put("L: ");
                self.stmt(depth + 1);
            }
        }
    }

    fn put_chan_case(&mut self) {
        self.put_one(&["case v0 := <-v1:", "case <-v2:", "default:", "case v1 <- v0:"]);
    }

    fn switch(&mut self, depth: usize) {
        let on_type = self.random.one_in(2);
        self.put("switch ");
        if on_type {
            self.put_one(&["v := ", ""]);
            self.variable();
            self.put(".(type)");
        } else if self.random.one_in(2) {
            self.expr(2);
        }
        self.put(" {\n");
        self.list(4, "\n", |g| {
            if g.random.one_in(5) {
                g.put("default:\n");
            } else {
                g.put("case ");
                if on_type {
                    g.typ(3)
                } else {
                    g.expr(3)
                }
                g.put(":\n");
            }
            g.stmt(depth + 1);
        });
        self.put("\n}");
    }

    fn expr(&mut self, depth: usize) {
        let n = if depth >= DEEP { 5 } else { 17 };
        match self.random.below(n) {
            0 | 1 => self.put_one(LITERALS),
            2 | 3 => self.variable(),
            4 => self.name("f", 4),
            5 | 6 => {
                self.expr(depth + 1);
                self.put_one(BINARY);
                self.put(" ");
                self.expr(depth + 1);
            }
            7 => {
                self.put_one(UNARY);
                self.expr(depth + 1);
            }
            8 | 9 => {
                self.put_one(CALLS);
                if self.random.one_in(8) {
                    self.put("[");
                    self.typ(depth + 1);
                    self.put("]");
                }
                self.put("(");
                self.list(
                    3,
                    ", ",
                    |g| if g.random.one_in(6) { g.typ(3) } else { g.expr(depth + 1) },
                );
                self.put_one(&[")", ")", ")", ")", "...)"]);
            }
            10 => {
                self.typ(depth + 1);
                self.put("{");
                self.list(3, ", ", |g| {
                    if g.random.one_in(2) {
                        g.put_one(&["x0: ", "0: ", "x1: ", "\"k\": ", "5: "]);
                    }
                    g.expr(depth + 1);
                });
                self.put("}");
            }
            11 => {
                self.expr(depth + 1);
                self.put(".");
                self.put_one(&["x0", "x1", "m0", "m1", "x2", "X0"]);
            }
            12 => {
                self.expr(depth + 1);
                self.put("[");
                self.expr(depth + 1);
                self.put_one(&["]", ":]", ":1:2]", ":2]"]);
            }
            13 => {
                self.put("(");
                self.typ(depth + 1);
                self.put(")(");
                self.expr(depth + 1);
                self.put(")");
            }
            14 => {
                self.put("func");
                self.signature(depth);
                self.put(" ");
                self.block(depth + 2);
            }
            15 => {
                self.expr(depth + 1);
                self.put(".(");
                self.typ(depth + 1);
                self.put(")");
            }
            _ => {
                self.typ(depth + 1);
                self.put(".");
                self.name("m", 3);
            }
        }
    }
}

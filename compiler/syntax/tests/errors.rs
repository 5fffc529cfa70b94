//! Texts and positions of syntax errors, as gc 1.27 gives them for the same sources.

mod common;

/// Parses each source, put into a file by `wrap`, and compares the errors as `line:col: message`.
#[track_caller]
fn check(wrap: fn(&str) -> String, table: &[(&str, &[&str])]) {
    for (source, want) in table {
        let got = common::errors(&wrap(source));
        assert_eq!(got, *want, "{source}");
    }
}

fn whole(source: &str) -> String {
    source.into()
}

fn at_top(source: &str) -> String {
    format!("package p\n{source}\n")
}

fn in_function(source: &str) -> String {
    format!("package p\nfunc f() {{\n{source}\n}}\n")
}

#[test]
fn files() {
    check(
        whole,
        &[
            ("", &["1:1: syntax error: package statement must be first"]),
            ("x", &["1:1: syntax error: package statement must be first"]),
            ("package", &["1:8: syntax error: unexpected EOF, expected name"]),
            ("package 5", &["1:9: syntax error: unexpected literal 5, expected name"]),
            ("package p; import", &["1:18: syntax error: missing import path"]),
            (
                r#"package p import "a""#,
                &["1:11: syntax error: unexpected keyword import, expected semicolon or newline"],
            ),
            (
                "package p\nimport a\nimport 'a'\nimport 5\nimport . \"a\"",
                &[
                    "2:9: syntax error: missing import path",
                    "3:8: syntax error: import path must be a string",
                    "4:8: syntax error: import path must be a string",
                ],
            ),
            (
                "package p\nvar x int\nimport \"a\"",
                &["3:1: syntax error: imports must appear before other declarations"],
            ),
            (
                "package p\nx := 1\nvar y int\n}",
                &[
                    "2:1: syntax error: non-declaration statement outside function body",
                    "4:1: syntax error: non-declaration statement outside function body",
                ],
            ),
            (
                "package p\nfunc f()\n{\n}",
                &["3:1: syntax error: unexpected semicolon or newline before {"],
            ),
            (
                "package p\nvar x int y",
                &["2:11: syntax error: unexpected name y after top level declaration"],
            ),
            ("package p\nfunc f() {", &["2:11: syntax error: unexpected EOF, expected }"]),
            (
                "package p\nconst (\na = 1\nb 2\n)",
                &[
                    "4:3: syntax error: unexpected literal 2 in grouped declaration; possibly missing semicolon or newline or )",
                ],
            ),
        ],
    );
}

#[test]
fn declarations() {
    check(
        at_top,
        &[
            ("var a", &["2:6: syntax error: unexpected newline, expected type"]),
            ("var a, b := 1", &["2:10: syntax error: unexpected :=, expected ="]),
            (
                "var x int = 1 2",
                &["2:15: syntax error: unexpected literal 2 after top level declaration"],
            ),
            ("const a := 1", &["2:9: syntax error: unexpected :=, expected ="]),
            (
                "const a int b",
                &["2:13: syntax error: unexpected name b after top level declaration"],
            ),
            ("type T", &["2:7: syntax error: unexpected newline in type declaration"]),
            ("type T =", &["3:1: syntax error: unexpected EOF in type declaration"]),
            ("type T [5", &["2:10: syntax error: unexpected newline, expected ]"]),
            ("type T [a, b]int", &["2:13: syntax error: missing type constraint"]),
            ("type T[] int", &[]),
            ("type T[P any, Q] int", &["2:16: syntax error: missing type constraint"]),
            ("type T[P, Q] int", &["2:12: syntax error: missing type constraint"]),
            (
                "type T[P any Q any] int",
                &[
                    "2:14: syntax error: unexpected name Q in parameter list; possibly missing comma or ]",
                ],
            ),
            ("type T[P,] int", &["2:10: syntax error: missing type constraint"]),
            ("type T[P any] struct", &["3:1: syntax error: unexpected EOF, expected {"]),
            ("type T[P.x any] int", &["2:12: syntax error: unexpected name any, expected ]"]),
            ("type T[5 any] int", &["2:10: syntax error: unexpected name any, expected ]"]),
            ("type T[P *C, *D] int", &["2:14: syntax error: missing type parameter name"]),
            ("func", &["3:1: syntax error: unexpected EOF, expected name or ("]),
            ("func 1() {}", &["2:6: syntax error: unexpected literal 1, expected name or ("]),
            ("func () m() {}", &["2:6: method has no receiver"]),
            ("func (a T, b U) m() {}", &["2:12: method has multiple receivers"]),
            ("func (a, b T) m() {}", &["2:10: method has multiple receivers"]),
            ("func (T) [P any]() {}", &["2:10: syntax error: unexpected [, expected name"]),
            ("func f[]() {}", &["2:8: syntax error: empty type parameter list"]),
            ("func f[P]() {}", &["2:9: syntax error: missing type constraint"]),
            ("func f[int]() {}", &["2:11: syntax error: missing type constraint"]),
            (
                "func f(a int b) {}",
                &[
                    "2:14: syntax error: unexpected name b in parameter list; possibly missing comma or )",
                ],
            ),
            ("func f(a, b int, string) {}", &["2:24: syntax error: missing parameter type"]),
            ("func f(int, x string, y) {}", &["2:24: syntax error: missing parameter type"]),
            ("func f(a b.c, d) {}", &["2:16: syntax error: missing parameter type"]),
            (
                "func f(a.b c) {}",
                &[
                    "2:12: syntax error: unexpected name c in parameter list; possibly missing comma or )",
                ],
            ),
            ("func f(x ...) {}", &["2:13: syntax error: ... is missing type"]),
            (
                "func f(...int, x int) {}",
                &[
                    "2:8: syntax error: missing parameter name",
                    "2:8: can only use ... with final parameter",
                ],
            ),
            ("func f(a, b ...int) {}", &["2:13: can only use ... with final parameter"]),
            ("func f() (x ...int) {}", &["2:13: invalid use of ..."]),
            ("func (t ...T) m() {}", &["2:9: invalid use of ..."]),
            ("func f(,) {}", &["2:8: syntax error: unexpected comma, expected )"]),
            (
                "func f() int string {}",
                &["2:14: syntax error: unexpected name string after top level declaration"],
            ),
            ("func f[P ~int | ~](x P) {}", &["2:18: syntax error: unexpected ], expected type"]),
            ("func f[P ...int]() {}", &["2:10: invalid use of ..."]),
            ("var ( a int; b", &["2:15: syntax error: unexpected newline, expected type"]),
        ],
    );
}

#[test]
fn types() {
    check(
        at_top,
        &[
            ("var x []", &["2:9: syntax error: unexpected newline, expected type"]),
            ("var x [", &["3:1: syntax error: unexpected EOF, expected expression"]),
            ("var x [5", &["2:9: syntax error: unexpected newline, expected ]"]),
            ("var x [5,]int", &["2:9: syntax error: unexpected comma; expected ]"]),
            ("var x map int", &["2:11: syntax error: unexpected name int, expected ["]),
            ("var x map[int", &["2:14: syntax error: unexpected newline, expected ]"]),
            ("var x chan", &["3:1: syntax error: missing channel element type"]),
            ("var y <-int", &["2:9: syntax error: unexpected name int, expected keyword chan"]),
            ("var z <-chan<-chan int", &[]),
            ("var x func", &["3:1: syntax error: unexpected EOF, expected ("]),
            (
                "var x func[P any]()",
                &["2:11: syntax error: function type must have no type parameters"],
            ),
            ("var x struct", &["3:1: syntax error: unexpected EOF, expected {"]),
            ("var x struct { a", &["3:1: syntax error: unexpected EOF, expected }"]),
            (
                "type S struct { a int b int }",
                &[
                    "2:23: syntax error: unexpected name b in struct type; possibly missing semicolon or newline or }",
                ],
            ),
            ("type S struct { *(T) }", &["2:18: syntax error: cannot parenthesize embedded type"]),
            ("type S struct { (T) }", &["2:17: syntax error: cannot parenthesize embedded type"]),
            ("type S struct { (*T) }", &["2:17: syntax error: cannot parenthesize embedded type"]),
            (
                "type S struct { 5 }",
                &["2:17: syntax error: unexpected literal 5, expected field name or embedded type"],
            ),
            ("type S struct { a, b }", &["2:22: syntax error: unexpected }, expected type"]),
            (
                "type S struct { func() }",
                &[
                    "2:17: syntax error: unexpected keyword func, expected field name or embedded type",
                ],
            ),
            (
                "type S struct { a int 5 }",
                &[r#"2:23: invalid syntax tree: incorrect tag syntax: "5""#],
            ),
            ("type S struct { T[] }", &["2:21: syntax error: unexpected }, expected type"]),
            (
                "type I interface { m() n() }",
                &[
                    "2:25: syntax error: unexpected ( in interface type; possibly missing semicolon or newline or }",
                ],
            ),
            (
                "type I interface { 5 }",
                &["2:20: syntax error: unexpected literal 5, expected ~ term or type"],
            ),
            ("type I interface { ~ }", &["2:22: syntax error: unexpected }, expected type"]),
            (
                "type I interface { a | }",
                &["2:24: syntax error: unexpected }, expected ~ term or type"],
            ),
            (
                "type I interface { m[P any]() }",
                &["2:21: interface method must have no type parameters"],
            ),
            ("type I interface { m[]() }", &["2:22: empty type parameter list"]),
            ("type I interface { m[] }", &["2:22: empty type argument list"]),
            (
                "type I interface { m, n() }",
                &[
                    "2:21: syntax error: unexpected comma in interface type; possibly missing semicolon or newline or }",
                ],
            ),
            ("var x p.", &["3:1: syntax error: unexpected EOF, expected name"]),
            (
                "var x p.5",
                &["2:8: syntax error: unexpected literal .5 after top level declaration"],
            ),
            ("var a T[]", &["2:9: syntax error: unexpected ], expected type argument list"]),
            ("var x *", &["3:1: syntax error: unexpected EOF, expected type"]),
            ("var x (int", &["2:11: syntax error: unexpected newline, expected )"]),
        ],
    );
}

#[test]
fn expressions() {
    check(
        at_top,
        &[
            ("var x = ", &["3:1: syntax error: unexpected EOF, expected expression"]),
            ("var x = +", &["3:1: syntax error: unexpected EOF, expected expression"]),
            ("var x = (1", &["2:11: syntax error: unexpected newline, expected )"]),
            (
                "var x = f(1 2)",
                &[
                    "2:13: syntax error: unexpected literal 2 in argument list; possibly missing comma or )",
                ],
            ),
            (
                "var x = f(1",
                &[
                    "2:12: syntax error: unexpected newline in argument list; possibly missing comma or )",
                ],
            ),
            ("var x = f(a..., b)", &["2:17: syntax error: unexpected name b, expected )"]),
            (
                "var x = T{1 2}",
                &[
                    "2:13: syntax error: unexpected literal 2 in composite literal; possibly missing comma or }",
                ],
            ),
            (
                "var x = T{1\n}",
                &[
                    "2:12: syntax error: unexpected newline in composite literal; possibly missing comma or }",
                ],
            ),
            ("var x = T{a: }", &["2:14: syntax error: unexpected }, expected expression"]),
            (
                "var x = (T){1}",
                &["2:12: syntax error: cannot parenthesize type in composite literal"],
            ),
            ("var x = a[]", &["2:11: syntax error: unexpected ], expected operand"]),
            (
                "var x = a[1 2]",
                &["2:13: syntax error: unexpected literal 2, expected comma, : or ]"],
            ),
            ("var x = a[1, 2:3]", &["2:14: syntax error: unexpected literal 2, expected ]"]),
            (
                "var x = a[::]",
                &[
                    "2:11: middle index required in 3-index slice",
                    "2:12: final index required in 3-index slice",
                ],
            ),
            ("var x = a[1::2]", &["2:12: middle index required in 3-index slice"]),
            ("var x = a[1:2:]", &["2:14: final index required in 3-index slice"]),
            ("var x = a.", &["3:1: syntax error: unexpected EOF, expected name or ("]),
            (
                "var x = a.5",
                &["2:10: syntax error: unexpected literal .5 after top level declaration"],
            ),
            ("var x = a.(", &["3:1: syntax error: unexpected EOF, expected type"]),
            ("var x = a.(5)", &["2:12: syntax error: unexpected literal 5, expected type"]),
            ("var x = func", &["3:1: syntax error: unexpected EOF, expected ("]),
            (
                "var x = func[P any]() {}",
                &["2:13: syntax error: function type must have no type parameters"],
            ),
            ("var x = <-chan int(nil)", &[]),
            ("var x = 1 ++", &["2:11: syntax error: unexpected ++ after top level declaration"]),
            (
                "var x = a ? b : c",
                &[
                    "2:11: invalid character U+003F '?'",
                    "2:13: syntax error: unexpected name b after top level declaration",
                ],
            ),
            ("var x = [...]", &["2:14: syntax error: unexpected newline, expected type"]),
            ("var x = a b", &["2:11: syntax error: unexpected name b after top level declaration"]),
            ("var x = #", &["2:9: invalid character U+0023 '#'"]),
            (
                r#"var x = "a" "b""#,
                &[r#"2:13: syntax error: unexpected literal "b" after top level declaration"#],
            ),
            ("var x = if", &["2:9: syntax error: unexpected keyword if, expected expression"]),
            ("var x = a ! b", &["2:11: syntax error: unexpected ! after top level declaration"]),
            ("var x = *", &["3:1: syntax error: unexpected EOF, expected expression"]),
            ("var x = map[int]", &["2:17: syntax error: unexpected newline, expected type"]),
            ("var x = ~", &["3:1: syntax error: unexpected EOF, expected expression"]),
            ("var x = &", &["3:1: syntax error: unexpected EOF, expected expression"]),
            ("var x = ...", &["2:9: syntax error: unexpected ..., expected expression"]),
            ("var x = f(,)", &["2:11: syntax error: unexpected comma, expected expression"]),
            (
                "var x = f()[int]{}",
                &["2:17: syntax error: unexpected { after top level declaration"],
            ),
            (
                "var x = 'a'[K, V]{}",
                &["2:18: syntax error: unexpected { after top level declaration"],
            ),
            ("var x = a[1]{}", &["2:13: syntax error: unexpected { after top level declaration"]),
            ("var x = a[b]{", &["3:1: syntax error: unexpected EOF, expected }"]),
            ("var x = a[b, c]{", &["3:1: syntax error: unexpected EOF, expected }"]),
            (
                "var x = (a[b]){}",
                &["2:15: syntax error: cannot parenthesize type in composite literal"],
            ),
            ("var x = -x{", &["3:1: syntax error: unexpected EOF, expected }"]),
            (
                "var x = *p{ 1",
                &[
                    "2:14: syntax error: unexpected newline in composite literal; possibly missing comma or }",
                ],
            ),
        ],
    );
}

#[test]
fn statements() {
    check(
        in_function,
        &[
            ("x y", &["3:3: syntax error: unexpected name y at end of statement"]),
            ("x, y", &["3:5: syntax error: unexpected newline, expected := or = or comma"]),
            ("x, y +", &["4:1: syntax error: unexpected }, expected expression"]),
            ("x + = 1", &["3:5: syntax error: unexpected =, expected expression"]),
            ("x := ", &["4:1: syntax error: unexpected }, expected expression"]),
            ("x += += 1", &["3:6: syntax error: unexpected +=, expected expression"]),
            ("x++ ++", &["3:5: syntax error: unexpected ++ at end of statement"]),
            ("a.b := 1 2", &["3:10: syntax error: unexpected literal 2 at end of statement"]),
            ("go", &["4:1: syntax error: unexpected }, expected expression"]),
            ("go (f())", &["3:4: expression in go must not be parenthesized"]),
            ("defer (f)", &["3:7: expression in defer must not be parenthesized"]),
            ("defer ((f()))", &["3:7: expression in defer must not be parenthesized"]),
            ("goto", &["4:1: syntax error: unexpected }, expected name"]),
            ("goto 1", &["3:6: syntax error: unexpected literal 1, expected name"]),
            ("break 1", &["3:7: syntax error: unexpected literal 1 at end of statement"]),
            ("continue x y", &["3:12: syntax error: unexpected name y at end of statement"]),
            ("return 1,", &["4:1: syntax error: unexpected }, expected expression"]),
            ("L: }; {", &["3:7: syntax error: non-declaration statement outside function body"]),
            (
                "switch { case 1: L: case 2: }",
                &["3:19: syntax error: missing statement after label"],
            ),
            ("var", &["4:1: syntax error: unexpected }, expected name"]),
            ("type", &["4:1: syntax error: unexpected }, expected name"]),
            ("else {}", &["3:1: syntax error: unexpected keyword else, expected }"]),
            ("case 1:", &["3:1: syntax error: unexpected keyword case, expected }"]),
            ("fallthrough x", &["3:13: syntax error: unexpected name x at end of statement"]),
            ("~x", &["3:1: syntax error: unexpected ~, expected }"]),
            ("= 1", &["3:1: syntax error: unexpected =, expected }"]),
            (":= 1", &["3:1: syntax error: unexpected :=, expected }"]),
            ("x = = 1", &["3:5: syntax error: unexpected =, expected expression"]),
            (
                "func g() {}",
                &[
                    "3:6: syntax error: unexpected name g, expected (",
                    "4:1: syntax error: non-declaration statement outside function body",
                ],
            ),
            (r#"import "a""#, &["3:1: syntax error: unexpected keyword import, expected }"]),
            (") x", &["3:1: syntax error: unexpected ), expected }"]),
        ],
    );
}

#[test]
fn headers() {
    check(
        in_function,
        &[
            ("if {}", &["3:4: syntax error: missing condition in if statement"]),
            ("if ; {}", &["3:4: syntax error: missing condition in if statement"]),
            ("if x", &["4:1: syntax error: unexpected }, expected expression"]),
            ("if x\n{}", &["3:5: syntax error: unexpected newline, expected { after if clause"]),
            ("if x; {}", &["3:5: syntax error: missing condition in if statement"]),
            ("if x = 1 {}", &["3:6: syntax error: cannot use assignment x = 1 as value"]),
            ("if x := 1 {}", &["3:6: syntax error: cannot use x := 1 as value"]),
            (
                "if a+b = c*d {}",
                &["3:8: syntax error: cannot use assignment (a + b) = (c * d) as value"],
            ),
            ("if x += 1 {}", &["3:6: syntax error: cannot use x += 1 as value"]),
            ("if x++ {}", &["3:5: syntax error: cannot use x++ as value"]),
            ("if c <- x {}", &["3:6: syntax error: cannot use c <- x as value"]),
            ("if x, y := 1, 2 {}", &["3:9: syntax error: cannot use x, y := 1, 2 as value"]),
            (
                "if var x = 1; x {}",
                &["3:8: syntax error: var declaration not allowed in if initializer"],
            ),
            (
                "if x {} else x",
                &["3:14: syntax error: else must be followed by if or statement block"],
            ),
            ("if x {}\nelse {}", &["4:1: syntax error: unexpected keyword else, expected }"]),
            (
                "if x == T{1} {}",
                &[
                    "3:14: syntax error: unexpected { at end of statement",
                    "4:1: syntax error: non-declaration statement outside function body",
                ],
            ),
            ("if x { ", &["5:1: syntax error: unexpected EOF, expected }"]),
            (
                "if x := f(); y = 2 {}",
                &["3:16: syntax error: cannot use assignment y = 2 as value"],
            ),
            ("for x; {}", &["3:8: syntax error: unexpected {, expected for loop condition"]),
            ("for ; {}", &["3:7: syntax error: unexpected {, expected for loop condition"]),
            ("for ;; {}", &[]),
            (
                "for i := 0; i < 1 {}",
                &["3:19: syntax error: unexpected {, expected semicolon or newline"],
            ),
            (
                "for i := 0; i < 1; j := 2 {}",
                &["3:22: syntax error: cannot declare in post statement of for loop"],
            ),
            (
                "for i := 0; i < 10 {}",
                &["3:20: syntax error: unexpected {, expected semicolon or newline"],
            ),
            (
                "for var i = 1;; {}",
                &["3:9: syntax error: var declaration not allowed in for initializer"],
            ),
            ("for x range y {}", &["3:7: syntax error: unexpected keyword range, expected {"]),
            ("for x := range {}", &["3:16: syntax error: unexpected {, expected expression"]),
            ("for range", &["4:1: syntax error: unexpected }, expected expression"]),
            (
                "for i := range x; {}",
                &["3:17: syntax error: unexpected semicolon, expected { after for clause"],
            ),
            ("for i = 1 {}", &["3:7: syntax error: cannot use assignment i = 1 as value"]),
            ("for x\n{}", &["4:1: syntax error: unexpected {, expected for loop condition"]),
            (
                "for i := 0; i < 10; i++\n{}",
                &["3:24: syntax error: unexpected newline, expected { after for clause"],
            ),
            (
                "for a, b {}",
                &[
                    "3:10: syntax error: unexpected {, expected := or = or comma",
                    "4:1: syntax error: unexpected }, expected expression",
                ],
            ),
            (
                "switch x {\nfoo()\n}",
                &[
                    "4:1: syntax error: unexpected name foo, expected case or default or }",
                    "5:1: syntax error: unexpected }, expected :",
                ],
            ),
            ("switch x", &["4:1: syntax error: unexpected }, expected expression"]),
            ("switch x = 1 {}", &["3:10: syntax error: cannot use assignment x = 1 as value"]),
            ("switch x {\ncase 1, 2\n}", &["4:10: syntax error: unexpected newline, expected :"]),
            ("switch x {\ndefault 1:\n}", &["4:9: syntax error: unexpected literal 1, expected :"]),
            (
                "switch x, y := z.(type) {}",
                &["3:13: syntax error: cannot use x, y := z.(type) as value"],
            ),
            ("switch x := y {}", &["3:10: syntax error: cannot use x := y as value"]),
            (
                "switch var x = 1; x {}",
                &["3:12: syntax error: var declaration not allowed in switch initializer"],
            ),
            ("select x {}", &["3:8: syntax error: missing { after select clause"]),
            (
                "select {\nfoo()\n}",
                &[
                    "4:1: syntax error: unexpected name foo, expected case or default or }",
                    "5:1: syntax error: unexpected }, expected :",
                ],
            ),
            (
                "select { case x, 5: }",
                &["3:19: syntax error: unexpected :, expected := or = or comma"],
            ),
        ],
    );
}

#[test]
fn tokens() {
    check(
        at_top,
        &[
            ("var x = 0b12", &["2:12: invalid digit '2' in binary literal"]),
            ("var x = 08", &["2:10: invalid digit '8' in octal literal"]),
            ("var x = 0x", &["2:11: hexadecimal literal has no digits"]),
            ("var x = 1e", &["2:11: exponent has no digits"]),
            ("var x = 0x1.2", &["2:14: hexadecimal mantissa requires a 'p' exponent"]),
            ("var x = 1__0", &["2:11: '_' must separate successive digits"]),
            ("var x = 0b1.0", &["2:12: invalid radix point in binary literal"]),
            ("var x = 0x1p", &["2:13: exponent has no digits"]),
            ("var x = 0b1p1", &["2:12: 'p' exponent requires hexadecimal mantissa"]),
            ("var x = 0o8", &["2:11: invalid digit '8' in octal literal"]),
            ("var x = 0_", &["2:10: '_' must separate successive digits"]),
            ("var x = 0o", &["2:11: octal literal has no digits"]),
            ("var x = 1_", &["2:10: '_' must separate successive digits"]),
            ("var x = 0b_", &["2:12: binary literal has no digits"]),
            ("var x = 089", &["2:10: invalid digit '8' in octal literal"]),
            ("var x = 09i", &[]),
            ("var x = 0b1e3", &["2:12: 'e' exponent requires decimal mantissa"]),
            ("var x = 1p1", &["2:10: 'p' exponent requires hexadecimal mantissa"]),
            (r#"var x = "abc"#, &["2:13: newline in string"]),
            ("var x = \"a\nvar y = 1", &["2:11: newline in string"]),
            ("var x = ''", &["2:10: empty rune literal or unescaped '"]),
            ("var x = 'ab'", &["2:9: more than one character in rune literal"]),
            ("var x = 'a", &["2:11: newline in rune literal"]),
            ("var x = '\n", &["2:10: newline in rune literal"]),
            (r#"var x = '\"#, &["2:11: unknown escape"]),
            (r#"var x = '\'"#, &["2:12: newline in rune literal"]),
            (r#"var x = "\q""#, &["2:11: unknown escape"]),
            (r#"var x = "\400""#, &["2:14: octal escape value 256 > 255"]),
            (r#"var x = "\xg""#, &["2:12: invalid character 'g' in hexadecimal escape"]),
            (r#"var x = "\x1""#, &[r#"2:13: invalid character '"' in hexadecimal escape"#]),
            (r#"var x = "\ud800""#, &["2:16: escape is invalid Unicode code point U+D800"]),
            (r#"var x = "\U00110000""#, &["2:20: escape is invalid Unicode code point U+110000"]),
            (r#"var x = "\q\q""#, &["2:11: unknown escape"]),
            (r#"var x = '\"'"#, &["2:11: unknown escape"]),
            (r#"var x = "\'""#, &["2:11: unknown escape"]),
            (r#"var x = '\qa'"#, &["2:11: unknown escape"]),
            ("var x = `a", &["2:9: string not terminated"]),
            ("/* a", &["2:1: comment not terminated"]),
            ("/* a\n*", &["2:1: comment not terminated"]),
            ("var x = @", &["2:9: invalid character U+0040 '@'"]),
            ("var x = a×b", &["2:10: invalid character U+00D7 '×' in identifier"]),
            ("var x = ×", &["2:9: invalid character U+00D7 '×' in identifier"]),
            ("var x = ٣", &["2:9: identifier cannot begin with digit U+0663 '٣'"]),
            ("var a٣ = 1\nvar b = )", &["3:9: syntax error: unexpected ), expected expression"]),
            ("var x = $y", &["2:9: invalid character U+0024 '$'"]),
            ("var x = a?", &["2:10: invalid character U+003F '?'"]),
            (r#"var x = \"#, &[r#"2:9: invalid character U+005C '\'"#]),
            (
                "var x = “a”",
                &[
                    "2:9: invalid character U+201C '“' in identifier",
                    "2:13: invalid character U+201D '”' in identifier",
                ],
            ),
            ("var x = ́", &["2:9: invalid character U+0301 '́' in identifier"]),
            (" var x int", &["2:1: invalid character U+00A0 in identifier"]),
            (
                "var x = 0xg",
                &[
                    "2:11: hexadecimal literal has no digits",
                    "2:11: syntax error: unexpected name g after top level declaration",
                ],
            ),
            (
                "var x = 1.5.5",
                &["2:12: syntax error: unexpected literal .5 after top level declaration"],
            ),
            (
                "var x = 0b1×",
                &[
                    "2:12: invalid character U+00D7 '×' in identifier",
                    "2:12: syntax error: unexpected name × after top level declaration",
                ],
            ),
        ],
    );
}

//! Formats of fmt and log against the arguments that follow them.

use super::{Pass, walk};
use diag::{Pos, Span};
use syntax::ast::{CallExpr, Expr, ExprKind, FuncDecl};
use types::constant::Value;
use types::{BasicKind, Type, TypeId};

pub const TEXT: &str = "A format of the Printf family and its arguments don't fit: there are more verbs than \
arguments or fewer, a verb doesn't exist, or it isn't for values of the argument's type. Such calls print \
marks like %!d(string=x) at run time. Println and the like take no format at all. Functions that pass \
their format and arguments on to one of these are checked, too.";

/// Functions that take a format: package, name, index of the format.
const FORMATTED: &[(&str, &str, usize)] = &[
    ("fmt", "Printf", 0),
    ("fmt", "Sprintf", 0),
    ("fmt", "Errorf", 0),
    ("fmt", "Fprintf", 1),
    ("fmt", "Appendf", 1),
    ("log", "Printf", 0),
    ("log", "Fatalf", 0),
    ("log", "Panicf", 0),
    ("testing", "Errorf", 0),
    ("testing", "Fatalf", 0),
    ("testing", "Logf", 0),
    ("testing", "Skipf", 0),
];

/// Functions that print their operands as they are: package, name, index of the first operand.
const PLAIN: &[(&str, &str, usize)] = &[
    ("fmt", "Println", 0),
    ("fmt", "Sprintln", 0),
    ("fmt", "Print", 0),
    ("fmt", "Sprint", 0),
    ("fmt", "Fprint", 1),
    ("fmt", "Fprintln", 1),
    ("log", "Println", 0),
    ("log", "Print", 0),
    ("log", "Fatal", 0),
    ("log", "Fatalln", 0),
    ("log", "Panic", 0),
    ("log", "Panicln", 0),
    ("testing", "Error", 0),
    ("testing", "Fatal", 0),
    ("testing", "Log", 0),
    ("testing", "Skip", 0),
];

struct Find<'p, 'a>(&'p mut Pass<'a>);

pub fn run(pass: &mut Pass<'_>, f: &FuncDecl) {
    if let Some(body) = &f.body {
        walk::list(&mut Find(pass), &body.stmts);
    }
}

/// One `%...` of a format.
struct Directive<'f> {
    text: &'f str,
    verb: char,
    /// `*` for width or precision: an argument each.
    stars: usize,
}

/// The directives of a format; `None` if it counts arguments itself (`%[1]d`), which isn't checked.
fn directives(format: &str) -> Option<Vec<Directive<'_>>> {
    let mut out = Vec::new();
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        rest = &rest[at..];
        let flags = |c: char| "+-# 0123456789.*".contains(c);
        let verb = rest[1..].chars().find(|&c| !flags(c));
        let Some(verb) = verb else {
            out.push(Directive { text: rest, verb: '\0', stars: 0 });
            return Some(out);
        };
        if verb == '[' {
            return None;
        }
        let len = rest[1..].find(verb).unwrap_or(0) + 1 + verb.len_utf8();
        let text = &rest[..len];
        if verb != '%' {
            out.push(Directive { text, verb, stars: text.matches('*').count() });
        }
        rest = &rest[len..];
    }
    Some(out)
}

/// A format as the source has it, to find its directives in.
struct Written {
    text: String,
    at: Span,
    from: usize,
}

impl Written {
    /// The place of the next directive; the whole format where it isn't written as it is.
    fn span_of(&mut self, directive: &str) -> Span {
        let Some(i) = self.text[self.from..].find(directive) else { return self.at };
        let lo = self.at.lo.0 + (self.from + i) as u32;
        self.from += i + directive.len();
        Span::new(Pos(lo), Pos(lo + directive.len() as u32))
    }
}

impl Find<'_, '_> {
    fn constant(&self, e: &Expr) -> Option<String> {
        match self.0.info.const_value(e.id)? {
            Value::String(s) => Some(String::from_utf8_lossy(s.as_bytes()).into_owned()),
            _ => None,
        }
    }

    fn formatted(&mut self, e: &Expr, c: &CallExpr, name: &str, kind: Kind, at: usize) {
        let Some(arg) = c.args.get(at) else { return };
        let Some(format) = self.constant(arg) else { return };
        let args = &c.args[at + 1..];
        let Some(list) = directives(&format) else { return };
        if c.ellipsis.is_some() {
            return;
        }
        let mut next = 0;
        let mut written = Written { text: self.0.text(arg), at: arg.span, from: 0 };
        for d in &list {
            let place = written.span_of(d.text);
            if d.verb == '\0' {
                let text = format!("{name} format {} is missing verb at end of string", d.text);
                return self.0.warn("printf", place, text);
            }
            next += d.stars;
            if !"bcdeEfFgGopqstTUvwxX".contains(d.verb) {
                let text = format!("{name} format {} has unknown verb {}", d.text, d.verb);
                return self.0.warn("printf", place, text);
            }
            if d.verb == 'w' && kind != Kind::Wrapping {
                let text = format!("{name} does not support error-wrapping directive %w");
                return self.0.warn("printf", place, text);
            }
            let Some(value) = args.get(next) else {
                let (n, has) = (next + 1, args.len());
                let plural = if has == 1 { "arg" } else { "args" };
                let text =
                    format!("{name} format {} reads arg #{n}, but call has {has} {plural}", d.text);
                return self.0.warn("printf", place, text);
            };
            self.operand(name, d, value, place);
            next += 1;
        }
        if next < args.len() {
            let has = args.len();
            let (a, b) =
                (if next == 1 { "arg" } else { "args" }, if has == 1 { "arg" } else { "args" });
            let text = match next {
                0 => format!("{name} call has arguments but no formatting directives"),
                _ => format!("{name} call needs {next} {a} but has {has} {b}"),
            };
            self.0.warn("printf", e.span, text);
        }
    }

    fn operand(&mut self, name: &str, d: &Directive<'_>, value: &Expr, at: Span) {
        let Some(t) = self.0.type_of(value) else { return };
        if !self.fits(d.verb, t) {
            let (shown, typ) = (self.0.text(value), self.0.type_text(t));
            let text = format!("{name} format {} has arg {shown} of wrong type {typ}", d.text);
            self.0.warn("printf", at, text);
        }
    }

    /// Whether a verb is for a type. Only types that are surely wrong are found so.
    fn fits(&mut self, verb: char, t: TypeId) -> bool {
        let has = |s: &mut Self, name: &str| s.0.store.method_set(t).iter().any(|m| m.key == name);
        if "vTw".contains(verb) || has(self, "Format") {
            return true;
        }
        if "sqxX".contains(verb) && (has(self, "String") || has(self, "Error")) {
            return true;
        }
        let u = self.0.store.underlying(t);
        let &Type::Basic(kind) = self.0.store.ty(u) else { return true };
        use BasicKind::*;
        let integer = (Int..=Uintptr).contains(&kind) || matches!(kind, UntypedInt | UntypedRune);
        let float = matches!(kind, Float32 | Float64 | UntypedFloat);
        let complex = matches!(kind, Complex64 | Complex128 | UntypedComplex);
        let string = matches!(kind, String | UntypedString);
        let boolean = matches!(kind, Bool | UntypedBool);
        let known = integer || float || complex || string || boolean;
        let right = match verb {
            'd' | 'o' => integer,
            'c' | 'U' => integer,
            'b' => integer || float || complex,
            'q' => integer || string,
            'x' | 'X' => !boolean,
            's' => string,
            't' => boolean,
            'p' => false,
            _ => float || complex,
        };
        right || !known
    }

    fn plain(&mut self, e: &Expr, c: &CallExpr, name: &str, at: usize) {
        let Some(first) = c.args.get(at) else { return };
        if let Some(text) = self.constant(first)
            && let Some(list) = directives(&text)
            && let Some(d) =
                list.iter().find(|d| "dsvqtfxp".contains(d.verb) && !d.text.contains(' '))
        {
            let text = format!("{name} call has possible Printf formatting directive {}", d.text);
            return self.0.warn("printf", e.span, text);
        }
        if name.ends_with("ln")
            && let Some(last) = c.args.last()
            && matches!(last.unparen().kind, ExprKind::BasicLit { .. })
            && self.constant(last).is_some_and(|s| s.ends_with('\n'))
        {
            self.0.warn("printf", e.span, format!("{name} arg list ends with redundant newline"));
        }
    }
}

impl walk::Visitor for Find<'_, '_> {
    fn expr(&mut self, e: &Expr) {
        let ExprKind::Call(c) = &e.kind else { return };
        let shown = self.0.text(&c.fun);
        match kind(self.0, c) {
            Some((Kind::Plain, at)) => self.plain(e, c, &shown, at),
            Some((kind, at)) => self.formatted(e, c, &shown, kind, at),
            None => {}
        }
    }
}

/// What a call's function does with its arguments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// There is a format, and operands behind it.
    Formatted,
    /// The same, and an error is made, which may wrap others.
    Wrapping,
    Plain,
}

/// Whether a call prints, and the index of its format, or of its first operand.
pub fn kind(pass: &Pass<'_>, c: &CallExpr) -> Option<(Kind, usize)> {
    if let Some(&found) = pass.object(&c.fun).and_then(|o| pass.wrappers.get(&o)) {
        return Some(found);
    }
    let (path, name) = pass.callee(&c.fun)?;
    if let Some((_, _, at)) = FORMATTED.iter().find(|(p, n, _)| *p == path && *n == name) {
        let wrapping = path == "fmt" && name == "Errorf";
        return Some((if wrapping { Kind::Wrapping } else { Kind::Formatted }, *at));
    }
    let plain = PLAIN.iter().find(|(p, n, _)| *p == path && *n == name);
    plain.map(|(_, _, at)| (Kind::Plain, *at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        let verbs =
            |f| directives(f).map(|l| l.iter().map(|d| (d.verb, d.stars)).collect::<Vec<_>>());
        assert_eq!(verbs("a %d %% %-5.2f%s"), Some(vec![('d', 0), ('f', 0), ('s', 0)]));
        assert_eq!(verbs("%*.*d"), Some(vec![('d', 2)]));
        assert_eq!(verbs("%[2]d"), None);
        assert_eq!(verbs("100%"), Some(vec![('\0', 0)]));
        assert_eq!(verbs(""), Some(vec![]));
    }
}

//! How mistakes may be mended: suggestions as data beside the errors, shown as help and applied by
//! `gosubc fix`. In: what the checker knows at the error, and the source text around it.

use crate::{BasicKind, Checker, MissingKind, ObjId, Type, TypeId};
use diag::{Applicability, Diagnostic, Pos, Span};
use syntax::ast::Expr;

use Applicability::{MachineApplicable, MaybeIncorrect};

/// Packages of the standard library by name; of several with one name the one that is used most.
const STANDARD: &[(&str, &str)] = &[
    ("adler32", "hash/adler32"),
    ("atomic", "sync/atomic"),
    ("base32", "encoding/base32"),
    ("base64", "encoding/base64"),
    ("big", "math/big"),
    ("binary", "encoding/binary"),
    ("bits", "math/bits"),
    ("bufio", "bufio"),
    ("bytes", "bytes"),
    ("cmp", "cmp"),
    ("cmplx", "math/cmplx"),
    ("context", "context"),
    ("crc32", "hash/crc32"),
    ("crc64", "hash/crc64"),
    ("csv", "encoding/csv"),
    ("debug", "runtime/debug"),
    ("embed", "embed"),
    ("encoding", "encoding"),
    ("errors", "errors"),
    ("exec", "os/exec"),
    ("filepath", "path/filepath"),
    ("flag", "flag"),
    ("flate", "compress/flate"),
    ("fmt", "fmt"),
    ("fnv", "hash/fnv"),
    ("fs", "io/fs"),
    ("fstest", "testing/fstest"),
    ("gzip", "compress/gzip"),
    ("hash", "hash"),
    ("heap", "container/heap"),
    ("hex", "encoding/hex"),
    ("hmac", "crypto/hmac"),
    ("html", "html"),
    ("http", "net/http"),
    ("httptest", "net/http/httptest"),
    ("io", "io"),
    ("iotest", "testing/iotest"),
    ("iter", "iter"),
    ("json", "encoding/json"),
    ("list", "container/list"),
    ("log", "log"),
    ("maphash", "hash/maphash"),
    ("maps", "maps"),
    ("math", "math"),
    ("md5", "crypto/md5"),
    ("mime", "mime"),
    ("multipart", "mime/multipart"),
    ("net", "net"),
    ("netip", "net/netip"),
    ("os", "os"),
    ("path", "path"),
    ("pem", "encoding/pem"),
    ("quick", "testing/quick"),
    ("quotedprintable", "mime/quotedprintable"),
    ("rand", "math/rand"),
    ("reflect", "reflect"),
    ("regexp", "regexp"),
    ("ring", "container/ring"),
    ("runtime", "runtime"),
    ("sha1", "crypto/sha1"),
    ("sha256", "crypto/sha256"),
    ("sha512", "crypto/sha512"),
    ("signal", "os/signal"),
    ("slices", "slices"),
    ("slog", "log/slog"),
    ("sort", "sort"),
    ("strconv", "strconv"),
    ("strings", "strings"),
    ("structs", "structs"),
    ("subtle", "crypto/subtle"),
    ("sync", "sync"),
    ("syscall", "syscall"),
    ("tabwriter", "text/tabwriter"),
    ("tar", "archive/tar"),
    ("template", "text/template"),
    ("testing", "testing"),
    ("textproto", "net/textproto"),
    ("time", "time"),
    ("tls", "crypto/tls"),
    ("unicode", "unicode"),
    ("unique", "unique"),
    ("unsafe", "unsafe"),
    ("url", "net/url"),
    ("user", "os/user"),
    ("utf16", "unicode/utf16"),
    ("utf8", "unicode/utf8"),
    ("weak", "weak"),
    ("zip", "archive/zip"),
    ("zlib", "compress/zlib"),
];

/// Names are compared up to this many bytes: the cost grows with their square.
const MAX_NAME: usize = 64;

/// The number of letters to insert, delete, change or swap with their neighbour. Both names are
/// below [`MAX_NAME`].
fn distance(a: &[char], b: &str) -> usize {
    let mut letters = ['\0'; MAX_NAME];
    let mut n = 0;
    for c in b.chars() {
        letters[n] = c;
        n += 1;
    }
    let b = &letters[..n];
    // The row of the letter before the last, of the last, and the one being made.
    let mut rows = [[0; MAX_NAME + 1]; 3];
    for i in 0..=a.len() {
        let [before, last, row] = &mut rows;
        for j in 0..=b.len() {
            if i == 0 || j == 0 {
                row[j] = i + j;
                continue;
            }
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row[j] = best;
        }
        rows.rotate_left(1);
    }
    rows[1][b.len()]
}

/// Whether all letters are in the other name, in this order.
fn is_within(letters: &[char], name: &str) -> bool {
    let mut rest = name.chars();
    letters.iter().all(|l| rest.any(|c| c == *l))
}

/// The candidate that is most likely meant by `name`. The case of letters says least; a letter is rather left out than added.
pub fn similar<'n>(name: &str, candidates: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    if name.len() >= MAX_NAME {
        return None;
    }
    let letters: Vec<char> = name.chars().collect();
    let folded: Vec<char> = letters.iter().flat_map(|c| c.to_lowercase()).collect();
    let most = letters.len() / 3;
    candidates
        .filter(|c| *c != name && c.len().abs_diff(name.len()) <= 4)
        // That many letters have to be added or taken away at least.
        .filter(|c| c.chars().count().abs_diff(letters.len()) <= most)
        .filter_map(|c| {
            let small = c.to_lowercase();
            if small.len() >= MAX_NAME || c.len() >= MAX_NAME {
                return None;
            }
            let d = distance(&folded, &small);
            (d <= most).then(|| (d, !is_within(&folded, &small), distance(&letters, c), c))
        })
        .min()
        .map(|best| best.3)
}

impl<'a> Checker<'a> {
    /// `undefined: name`, with the name that may be meant or the import that is missing.
    pub(crate) fn report_undefined(&mut self, e: &'a Expr, name: &str) {
        let mut d = Diagnostic::error("UndeclaredName", e.span, format!("undefined: {name}"));
        let qualifies = self.text_after(e.span.hi).starts_with('.');
        let import = STANDARD.iter().find(|(n, _)| *n == name && qualifies);
        if let Some((_, path)) = import {
            if let Some(at) = self.import_place(e.span.lo) {
                let edit = (at, format!("\n\nimport {path:?}"));
                d = d.suggest(format!("import {path:?}"), vec![edit], MachineApplicable);
            }
        } else if let Some(other) = self.similar_in_scope(name, e.span.lo, qualifies) {
            d = did_you_mean(d, e.span, &other);
        } else if qualifies
            && let Some(other) = similar(name, STANDARD.iter().map(|(n, _)| *n))
            && let Some((_, path)) = STANDARD.iter().find(|(n, _)| *n == other)
        {
            let mut edits = vec![(e.span, other.to_string())];
            edits.extend(self.import_place(e.span.lo).map(|p| (p, format!("\n\nimport {path:?}"))));
            d = d.suggest(format!("did you mean the package {path:?}?"), edits, MaybeIncorrect);
        }
        self.report(d);
    }

    /// `qualifies`: a name before a dot, which no predeclared one can be.
    fn similar_in_scope(&self, name: &str, at: Pos, qualifies: bool) -> Option<String> {
        let mut names = Vec::new();
        let mut scope = Some(self.scope());
        while let Some(s) = scope.filter(|s| !qualifies || *s != self.store.universe()) {
            let s = self.store.scope(s);
            names.extend(s.elems.iter().filter(|(_, o)| self.store.obj(*o).scope_pos <= at));
            scope = s.parent;
        }
        similar(name, names.iter().map(|(n, _)| n.as_str())).map(str::to_string)
    }

    /// Adds the exported name of a package that may be meant.
    pub(crate) fn suggest_exported(
        &self,
        d: Diagnostic,
        scope: crate::ScopeId,
        at: Span,
        name: &str,
    ) -> Diagnostic {
        let elems = &self.store.scope(scope).elems;
        let exported = elems.iter().filter(|(_, o)| self.store.obj(*o).is_exported());
        match similar(name, exported.map(|(n, _)| n.as_str())) {
            Some(other) => did_you_mean(d, at, other),
            None => d,
        }
    }

    /// Adds the field or method of `t` that may be meant.
    pub(crate) fn suggest_member(
        &mut self,
        d: Diagnostic,
        t: TypeId,
        at: Span,
        name: &str,
    ) -> Diagnostic {
        let mut names: Vec<String> = Vec::new();
        let (base, _) = self.store.deref(t);
        let mut members = Vec::new();
        if let Type::Named(_) = self.store.ty(self.store.unalias(base)) {
            members = self.store.methods(base);
        }
        let u = self.under(base);
        match self.store.ty(u) {
            Type::Struct(s) => members.extend(&s.fields),
            Type::Interface(_) => members.extend(&self.store.type_set(u).methods),
            _ => {}
        }
        for m in members {
            let o = self.store.obj(m);
            if o.pkg == Some(self.pkg) || o.is_exported() {
                names.push(o.name.to_string());
            }
        }
        match similar(name, names.iter().map(String::as_str)) {
            Some(other) => did_you_mean(d, at, other),
            None => d,
        }
    }

    /// An unused variable becomes `_`, where that is enough, or its declaration goes.
    pub(crate) fn suggest_unused_var(&self, d: Diagnostic, span: Span) -> Diagnostic {
        let Some((line, at)) = self.line_of(span) else { return d };
        let name = self.source.text(span);
        let (before, after) = (&line[..at], &line[at + name.len()..]);
        let rest = after.trim_start();
        let gap = after.len() - rest.len();
        let alone = before.trim().is_empty();
        if let (true, Some(_)) = (alone, rest.strip_prefix(":=")) {
            let sign = Pos(span.hi.0 + gap as u32);
            let edits =
                vec![(span, "_".to_string()), (Span::new(sign, Pos(sign.0 + 2)), "=".to_string())];
            return d.suggest("assign the value to _ if it isn't needed", edits, MachineApplicable);
        }
        if before.trim() == "var"
            && !rest.contains('=')
            && !rest.contains(',')
            && !rest.contains("//")
        {
            let whole = self.whole_line(span);
            return d.suggest(
                "delete the declaration",
                vec![(whole, String::new())],
                MachineApplicable,
            );
        }
        if line.contains(":=") {
            let edits = vec![(span, "_".to_string())];
            return d.suggest("write _ for what isn't needed", edits, MachineApplicable);
        }
        d
    }

    /// The import's line goes.
    pub(crate) fn suggest_unused_import(&self, d: Diagnostic, span: Span) -> Diagnostic {
        let Some((line, _)) = self.line_of(span) else { return d };
        let spec = line.trim().trim_start_matches("import").trim();
        let single = !spec.contains(['(', ')', ';']) && spec.matches('"').count() == 2;
        if !single || spec.contains("/*") {
            return d;
        }
        let whole = self.whole_line(span);
        d.suggest("delete the import", vec![(whole, String::new())], MachineApplicable)
    }

    /// A `return` of zero values before the closing brace.
    pub(crate) fn suggest_return(
        &mut self,
        d: Diagnostic,
        sig: TypeId,
        rbrace: Span,
    ) -> Diagnostic {
        let Type::Signature(s) = self.store.ty(sig) else { return d };
        let results = s.results.clone();
        let named = results.iter().any(|&r| !self.store.obj(r).name.is_empty());
        let types: Vec<TypeId> = results.iter().filter_map(|&r| self.store.obj(r).typ).collect();
        let mut text = String::from("return");
        if !named {
            let values: Vec<String> = types.into_iter().map(|t| self.zero_text(t)).collect();
            text = format!("return {}", values.join(", "));
        }
        let Some((line, at)) = self.line_of(rbrace) else { return d };
        let indent: String = line.chars().take_while(|c| c.is_whitespace()).collect();
        let edit = match line[..at].trim().is_empty() {
            true => format!("\t{text}\n{indent}"),
            false => format!("\n{indent}\t{text}\n{indent}"),
        };
        let place = Span::at(rbrace.lo);
        d.suggest(format!("end the function with `{text}`"), vec![(place, edit)], MaybeIncorrect)
    }

    /// How the zero value of a type is written.
    fn zero_text(&mut self, t: TypeId) -> String {
        let u = self.under(t);
        let name = self.ts(t);
        match self.store.ty(u) {
            Type::Basic(BasicKind::String) => "\"\"".into(),
            Type::Basic(BasicKind::Bool) => "false".into(),
            Type::Basic(BasicKind::UnsafePointer) => "nil".into(),
            Type::Basic(_) => "0".into(),
            Type::Struct(_) | Type::Array { .. } => format!("{name}{{}}"),
            _ if self.is_type_param(t) => format!("*new({name})"),
            _ => "nil".into(),
        }
    }

    /// What makes `x` assignable to `t`: an address, a conversion, methods.
    pub(crate) fn suggest_assignable(
        &mut self,
        d: Diagnostic,
        x: &crate::check::Operand<'a>,
        t: TypeId,
    ) -> Diagnostic {
        let v = x.typ;
        let Some(e) = x.expr else { return d };
        let (vu, tu) = (self.under(v), self.under(t));
        if let (&Type::Basic(a), &Type::Basic(b)) = (self.store.ty(vu), self.store.ty(tu)) {
            let number = |k: BasicKind| (BasicKind::Int..=BasicKind::Float64).contains(&k);
            if number(a) && number(b) {
                let to = self.ts(t);
                let edits = vec![
                    (Span::at(e.span.lo), format!("{to}(")),
                    (Span::at(e.span.hi), ")".to_string()),
                ];
                return d.suggest(format!("convert it: `{to}(...)`"), edits, MaybeIncorrect);
            }
        }
        if !self.is_non_type_param_interface(t) {
            return d;
        }
        let Some(missing) = self.missing_method(v, t, true) else { return d };
        match missing.kind {
            MissingKind::PointerReceiver => {
                let literal = matches!(e.kind, syntax::ast::ExprKind::CompositeLit(_));
                if x.mode != crate::check::OperandMode::Variable && !literal {
                    return d;
                }
                let edit = (Span::at(e.span.lo), "&".to_string());
                d.suggest(
                    "take the address: methods of a pointer aren't methods of the value",
                    vec![edit],
                    MachineApplicable,
                )
            }
            MissingKind::NotFound => self.suggest_methods(d, v, t),
            _ => d,
        }
    }

    /// All methods that `v` lacks: a note of their names, stubs for them.
    fn suggest_methods(&mut self, mut d: Diagnostic, v: TypeId, t: TypeId) -> Diagnostic {
        let (base, pointer) = self.store.deref(v);
        let Type::Named(n) = self.store.ty(self.store.unalias(base)) else { return d };
        let type_name = n.obj;
        if n.origin.is_some() || self.is_interface(base) {
            return d;
        }
        let tu = self.under(t);
        let wanted = self.store.type_set(tu).methods.clone();
        let missing: Vec<ObjId> = wanted
            .into_iter()
            .filter(|&m| {
                let name = self.store.obj(m).name;
                self.lookup_field_or_method(base, true, name, false).obj.is_none()
            })
            .collect();
        let q = self.qualifier();
        let texts: Vec<String> = missing.iter().map(|&m| self.store.func_string(m, q)).collect();
        let span = self.store.obj(t_name(self, t).unwrap_or(type_name)).span;
        if span.is_known() && t_name(self, t).is_some() {
            d = d.label(span, "required by this interface");
        }
        if texts.len() > 1 {
            d = d.note(format!("all missing methods: {}", texts.join(", ")));
        }
        let o = self.store.obj(type_name);
        let package_scope = self.store.package(self.pkg).scope;
        if o.pkg != Some(self.pkg) || o.parent != Some(package_scope) {
            return d;
        }
        let Some((file, _)) = self.source.range(o.span) else { return d };
        let file = self.source.file(diag::FileId(file));
        let end = Pos(file.start.0 + file.text.len() as u32);
        let star = if pointer { "*" } else { "" };
        let mut text = String::new();
        for m in &texts {
            let stub =
                format!("\nfunc ({star}{}) {m} {{\n\tpanic(\"not implemented\")\n}}\n", o.name);
            text.push_str(&stub);
        }
        let what = format!("give {} the missing methods", o.name);
        d.suggest(what, vec![(Span::at(end), text)], MaybeIncorrect)
    }

    /// The text from a position to the end of its line.
    fn text_after(&self, at: Pos) -> &str {
        let Some(id) = self.source.file_of(at) else { return "" };
        let f = self.source.file(id);
        let from = (at.0 - f.start.0) as usize;
        f.text.get(from..).and_then(|t| t.lines().next()).unwrap_or("")
    }

    /// The line (without its end) that holds a span's beginning, and the offset in it.
    fn line_of(&self, span: Span) -> Option<(&str, usize)> {
        let f = self.source.file(self.source.file_of(span.lo)?);
        let offset = span.lo.0 - f.start.0;
        let range = f.line_range(f.line_of(offset))?;
        let at = offset as usize - range.start;
        let line = f.text.get(range)?.trim_end_matches('\n');
        let inside =
            at + (span.hi.0 - span.lo.0) as usize <= line.len() && line.is_char_boundary(at);
        inside.then_some((line, at))
    }

    /// The line, its end included, that holds a span's beginning.
    fn whole_line(&self, span: Span) -> Span {
        let Some(id) = self.source.file_of(span.lo) else { return span };
        let f = self.source.file(id);
        match f.line_range(f.line_of(span.lo.0 - f.start.0)) {
            Some(r) => Span::new(Pos(f.start.0 + r.start as u32), Pos(f.start.0 + r.end as u32)),
            None => span,
        }
    }

    /// Behind the package clause of the file that holds `at`.
    fn import_place(&self, at: Pos) -> Option<Span> {
        let id = self.source.file_of(at)?;
        let file = self.files.iter().find(|f| self.source.file_of(f.name.span.lo) == Some(id))?;
        Some(Span::at(file.name.span.hi))
    }
}

/// The declaration of a named interface.
fn t_name(c: &Checker<'_>, t: TypeId) -> Option<ObjId> {
    match c.store.ty(c.store.unalias(t)) {
        Type::Named(n) => Some(n.obj),
        _ => None,
    }
}

fn did_you_mean(d: Diagnostic, at: Span, other: &str) -> Diagnostic {
    d.suggest(format!("did you mean {other}?"), vec![(at, other.to_string())], MachineApplicable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_meant() {
        let names = ["count", "Fprint", "Print", "Printf", "Println", "x", "length"];
        let find = |n| similar(n, names.iter().copied());
        assert_eq!(find("coutn"), Some("count"));
        assert_eq!(find("println"), Some("Println"));
        assert_eq!(find("lenght"), Some("length"));
        assert_eq!(find("X"), Some("x"));
        assert_eq!(find("printn"), Some("Println"));
        assert_eq!(find("y"), None);
        assert_eq!(find("total"), None);
        let distance = |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), b);
        assert_eq!((distance("", "ab"), distance("abc", "acb")), (2, 1));
        assert_eq!((distance("ab", ""), distance("kitten", "sitting")), (2, 3));
    }

    #[test]
    fn packages_that_are_suggested_are_in_the_library() {
        let library = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stdlib");
        for (name, path) in super::STANDARD {
            assert!(path.ends_with(name), "{path}");
            assert!(*path == "unsafe" || library.join(path).is_dir(), "{path} isn't there");
        }
        assert!(super::STANDARD.is_sorted());
    }
}

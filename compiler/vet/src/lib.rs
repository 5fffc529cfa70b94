//! The checks of `gosubc vet`: checked packages in, warnings about what compiles but is likely a mistake
//! out. Each check has a file, with what `gosubc explain` says of it.

mod copylocks;
mod defers;
mod lostcancel;
mod printf;
mod shadow;
mod unreachable;
mod walk;
mod wrappers;

use diag::{Diagnostic, Diagnostics, SourceMap, Span};
use syntax::ast::{Decl, Expr, ExprKind, File, FuncDecl};
use types::{Info, ObjId, Store, Type, TypeId};

/// What a check may ask, and where it reports.
struct Pass<'a> {
    store: &'a mut Store,
    info: &'a Info,
    source: &'a SourceMap,
    diags: Diagnostics,
    wrappers: wrappers::Wrappers,
}

/// A check by name, with its explanation.
struct Check {
    name: &'static str,
    text: &'static str,
    run: fn(&mut Pass<'_>, &FuncDecl),
}

const CHECKS: &[Check] = &[
    Check { name: "copylocks", text: copylocks::TEXT, run: copylocks::run },
    Check { name: "defers", text: defers::TEXT, run: defers::run },
    Check { name: "lostcancel", text: lostcancel::TEXT, run: lostcancel::run },
    Check { name: PRINTF, text: printf::TEXT, run: printf::run },
    Check { name: SHADOW, text: shadow::TEXT, run: shadow::run },
    Check { name: "unreachable", text: unreachable::TEXT, run: unreachable::run },
];

/// Goes before tests, too.
const PRINTF: &str = "printf";

/// Only asked for by name.
const SHADOW: &str = "shadow";

/// Names and texts of the checks, for `gosubc explain`.
pub fn explanations() -> impl Iterator<Item = (&'static str, &'static str)> {
    CHECKS.iter().map(|c| (c.name, c.text))
}

/// Whether a check is made when none is asked for.
pub fn is_default(check: &str) -> bool {
    check != SHADOW
}

/// Whether a check goes before tests: it is hardly ever wrong.
pub fn before_tests(check: &str) -> bool {
    check == PRINTF
}

/// Checks packages one after another, imported ones first: what wraps the Printf family is remembered.
#[derive(Default)]
pub struct Vet {
    wrappers: wrappers::Wrappers,
}

impl Vet {
    pub fn new() -> Vet {
        Vet::default()
    }

    /// The warnings of the checks that are `wanted` by name. `info` is what the checker found of the
    /// package's `files`, which have no errors.
    pub fn package(
        &mut self,
        store: &mut Store,
        info: &Info,
        source: &SourceMap,
        files: &[File],
        wanted: impl Fn(&str) -> bool,
    ) -> Diagnostics {
        let wrappers = std::mem::take(&mut self.wrappers);
        let mut pass = Pass { store, info, source, diags: Diagnostics::new(), wrappers };
        wrappers::collect(&mut pass, files);
        pass.files(files, wanted);
        self.wrappers = pass.wrappers;
        pass.diags
    }
}

impl Pass<'_> {
    fn files(&mut self, files: &[File], wanted: impl Fn(&str) -> bool) {
        let funcs = files.iter().flat_map(|f| &f.decls).filter_map(|d| match d {
            Decl::Func(f) => Some(f),
            _ => None,
        });
        for f in funcs {
            for check in CHECKS.iter().filter(|c| wanted(c.name)) {
                (check.run)(self, f);
            }
        }
    }

    fn warn(&mut self, check: &'static str, span: Span, message: impl Into<String>) {
        self.diags.push(Diagnostic::warning(check, span, message));
    }

    /// The object that a name or the last name of a selector denotes.
    fn object(&self, e: &Expr) -> Option<ObjId> {
        let id = match &e.unparen().kind {
            ExprKind::Ident(_) => e.unparen().id,
            ExprKind::Selector { sel, .. } => sel.id,
            _ => return None,
        };
        self.info.object_of(id)
    }

    /// Import path and name of the package-level function (or the method) that is called.
    fn callee(&self, fun: &Expr) -> Option<(String, String)> {
        let o = self.store.obj(self.object(fun)?);
        let pkg = self.store.package(o.pkg?);
        Some((pkg.path.to_string(), o.name.to_string()))
    }

    fn type_of(&self, e: &Expr) -> Option<TypeId> {
        self.info.type_of(e.id)
    }

    /// A type as messages of this package show it.
    fn type_text(&self, t: TypeId) -> String {
        self.store.type_string(t, types::Qualifier::Name)
    }

    /// The package path and name of a defined type.
    fn type_name(&self, t: TypeId) -> Option<(String, String)> {
        let Type::Named(n) = self.store.ty(self.store.unalias(t)) else { return None };
        let o = self.store.obj(n.obj);
        Some((self.store.package(o.pkg?).path.to_string(), o.name.to_string()))
    }

    fn text(&self, e: &Expr) -> String {
        self.source.text(e.span).to_string()
    }
}

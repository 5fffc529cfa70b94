//! `gosubc vet`: checked packages in, warnings about what compiles but is likely a mistake out. Each check
//! has a file, with what `gosubc explain` says of it.

mod copylocks;
mod defers;
mod lostcancel;
mod printf;
mod shadow;
mod unreachable;
mod walk;
mod wrappers;

use crate::frontend;
use crate::load::Graph;
use crate::options::{Failure, Options};
use crate::pipeline::load_graph;
use crate::timings::Timings;
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

/// Checks the named packages. Their warnings are the failure's text.
pub fn vet(opts: &Options, shadow: bool) -> Result<(), Failure> {
    let mut t = Timings::new(opts.timings.clone());
    let (_, graph) = load_graph(opts, &mut t)?;
    let checked = frontend::check(opts, &graph, true, &mut t)?;
    let (mut store, source) = (checked.store, checked.source);
    let mut text = String::new();
    let mut wrappers = wrappers::Wrappers::new();
    // Imported packages come first.
    for (i, package) in checked.packages.iter().enumerate() {
        if graph.packages[i].std {
            continue;
        }
        let (info, diags) = (&package.info, Diagnostics::new());
        let mut pass = Pass { store: &mut store, info, source: &source, diags, wrappers };
        wrappers::collect(&mut pass, &package.files);
        if graph.roots.contains(&i) {
            pass.files(&package.files, |name| shadow || name != SHADOW);
        }
        text.push_str(&frontend::render_all(opts, &source, pass.diags));
        wrappers = pass.wrappers;
    }
    match text.is_empty() {
        true => Ok(()),
        false => Err(Failure::Program(text)),
    }
}

/// What the checks that `gosubc test` makes before it runs tests say of the packages with these paths: only those
/// checks that are hardly ever wrong, as the go command has it.
pub fn before_tests(
    opts: &Options,
    graph: &Graph,
    paths: &[&str],
    t: &mut Timings,
) -> Result<String, Failure> {
    let checked = frontend::check(opts, graph, true, t)?;
    let (mut store, source) = (checked.store, checked.source);
    let mut text = String::new();
    let mut wrappers = wrappers::Wrappers::new();
    for (loaded, package) in graph.packages.iter().zip(&checked.packages) {
        if loaded.std {
            continue;
        }
        let (info, diags) = (&package.info, Diagnostics::new());
        let mut pass = Pass { store: &mut store, info, source: &source, diags, wrappers };
        wrappers::collect(&mut pass, &package.files);
        if paths.contains(&loaded.path.as_str()) {
            pass.files(&package.files, |name| name == PRINTF);
        }
        if !pass.diags.is_empty() {
            if text.is_empty() {
                text = format!("# {}\n# [{}]\n", loaded.path, loaded.path);
            }
            text.push_str(&frontend::render_all(opts, &source, pass.diags));
        }
        wrappers = pass.wrappers;
    }
    Ok(text)
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

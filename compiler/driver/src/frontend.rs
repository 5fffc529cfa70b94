//! Packages with their texts in, checked packages out; all errors are reported here.

use crate::load::{Graph, Package, Role, SourceText};
use crate::options::{Failure, Options};
use crate::timings::Timings;
use diag::render::{Format, render};
use diag::{Diagnostic, Diagnostics, FileId, SourceMap};
use ir::lower::CheckedPackage;
use std::collections::HashMap;
use std::mem::ManuallyDrop;
use syntax::ast::{File, NodeId};
use syntax::constraint::Tags;
use types::{PkgId, Store};

/// The whole program after checking.
pub struct Checked {
    pub source: SourceMap,
    pub store: Store,
    /// Parallel to the graph's packages.
    pub packages: Vec<CheckedPackage>,
}

/// Files of one package as parsed.
struct Parsed {
    files: Vec<File>,
    nodes: u32,
    diags: Diagnostics,
}

fn parse(source: &mut SourceMap, package: &Package) -> Result<Parsed, Failure> {
    let mut out = Parsed { files: Vec::new(), nodes: 0, diags: Diagnostics::new() };
    for f in &package.files {
        let (file, next) = parse_one(source, f, NodeId(out.nodes), &mut out.diags)?;
        out.files.push(file);
        out.nodes = next.0;
    }
    Ok(out)
}

fn parse_one(
    source: &mut SourceMap,
    input: &SourceText,
    first: NodeId,
    diags: &mut Diagnostics,
) -> Result<(File, NodeId), Failure> {
    let name = &input.name;
    let Some(id): Option<FileId> = source.add(name, input.source.text.clone()) else {
        return Err(Failure::Program(format!("{name}: the program's sources exceed 4 GiB")));
    };
    let f = source.file(id);
    let (start, text) = (f.start, f.text.clone());
    input.source.report(start, diags);
    let parsed = syntax::parse_file(id, &text, start, first, &Default::default(), diags);
    source.set_line_directives(id, parsed.line_directives);
    Ok((parsed.file, parsed.next_id))
}

/// The syntax errors of files, a line each, for packages that cannot be loaded. The first ten.
pub fn syntax_errors(files: &[SourceText]) -> String {
    let (mut source, mut diags) = (SourceMap::new(), Diagnostics::new());
    for f in files {
        if parse_one(&mut source, f, NodeId(0), &mut diags).is_err() {
            break;
        }
    }
    let list = diags.into_sorted();
    let errors = list.iter().filter(|d| is_syntax_error(d)).take(10);
    errors.map(|d| render(d, &source, Format::Short, false)).collect()
}

/// `--emit=ast` of the root packages.
pub fn print_trees(opts: &Options, graph: &Graph) -> Result<String, Failure> {
    let (mut source, mut text) = (SourceMap::new(), String::new());
    for root in &graph.roots {
        let parsed = parse(&mut source, &graph.packages[*root])?;
        report(opts, &source, parsed.diags)?;
        for f in &parsed.files {
            text.push_str(&syntax::print::dump(f));
        }
    }
    Ok(text)
}

/// Parses and checks all packages in dependency order. `bodyless`: functions without a body are fine
/// everywhere; otherwise only in the standard library.
pub fn check(
    opts: &Options,
    graph: &Graph,
    bodyless: bool,
    t: &mut Timings,
) -> Result<Checked, Failure> {
    let mut packages: Vec<CheckedPackage> = Vec::with_capacity(graph.packages.len());
    let mut f = Frontend::new(opts, graph, bodyless, false);
    f.run(t, &mut |_, _, _, p| packages.push(p), &mut |_, _| {})?;
    Ok(Checked { source: f.source, store: f.store, packages })
}

/// What looks at a package as soon as it is checked, and may keep it.
pub type Each<'a> = &'a mut dyn FnMut(&mut Store, &SourceMap, usize, CheckedPackage);

/// What looks at the errors of a package before they become text.
pub type Look<'a> = &'a mut dyn FnMut(&SourceMap, &Diagnostics);

/// Checks packages that no code is made of: functions may lack bodies, and nothing is kept but what `each` keeps.
pub fn check_each(
    opts: &Options,
    graph: &Graph,
    t: &mut Timings,
    each: Each<'_>,
) -> Result<(), Failure> {
    check_with(opts, graph, t, each, &mut |_, _| {})
}

/// Like [`check_each`]; `look` sees the errors of each package as data.
pub fn check_with(
    opts: &Options,
    graph: &Graph,
    t: &mut Timings,
    each: Each<'_>,
    look: Look<'_>,
) -> Result<(), Failure> {
    // The command ends soon after: what it read and found out goes with the process, not piece by piece.
    ManuallyDrop::new(Frontend::new(opts, graph, true, true)).run(t, each, look)
}

struct Frontend<'a> {
    opts: &'a Options,
    graph: &'a Graph,
    bodyless: bool,
    /// What is found out about a package serves those that import it, nothing else.
    passing: bool,
    source: SourceMap,
    store: Store,
    /// Parallel to the graph's packages; `None` for those with errors.
    ids: Vec<Option<PkgId>>,
    /// The package that has its tests in it for now.
    extended: Option<(usize, types::Extension)>,
    failures: String,
}

impl<'a> Frontend<'a> {
    fn new(opts: &'a Options, graph: &'a Graph, bodyless: bool, passing: bool) -> Frontend<'a> {
        let (source, store, ids) = (SourceMap::new(), Store::new(), Vec::new());
        let (extended, failures) = (None, String::new());
        Frontend { opts, graph, bodyless, passing, source, store, ids, extended, failures }
    }

    fn run(&mut self, t: &mut Timings, each: Each<'_>, look: Look<'_>) -> Result<(), Failure> {
        for (i, p) in self.graph.packages.iter().enumerate() {
            let id = match self.is_hopeless(p) {
                true => None,
                false => self.package(i, p, t, each, look)?,
            };
            self.ids.push(id);
        }
        let lines = self.source.files().map(|(_, f)| f.written_lines()).sum();
        t.counted(self.graph.packages.len(), lines);
        match self.failures.is_empty() {
            true => Ok(()),
            false => Err(Failure::Program(std::mem::take(&mut self.failures))),
        }
    }

    /// Something that the package needs has errors.
    fn is_hopeless(&self, p: &Package) -> bool {
        let failed = |i: &usize| self.ids[*i].is_none();
        let of_its_own = |base: usize| {
            // Its tests come right before those that are a package of their own.
            let inside = self.ids.len().checked_sub(1);
            inside.is_some_and(|i| self.graph.packages[i].role == Role::Inside(base) && failed(&i))
        };
        p.imports.values().any(failed)
            || match p.role {
                Role::Whole => false,
                Role::Inside(base) => failed(&base),
                Role::Outside(base) => failed(&base) || of_its_own(base),
            }
    }

    fn package(
        &mut self,
        index: usize,
        p: &Package,
        t: &mut Timings,
        each: Each<'_>,
        look: Look<'_>,
    ) -> Result<Option<PkgId>, Failure> {
        let parsed = t.step_of("parse", &p.path, || parse(&mut self.source, p))?;
        let mut diags = parsed.diags;
        if diags.iter().any(is_syntax_error) {
            self.report(p, diags, look);
            return Ok(None);
        }
        let ids = &self.ids;
        let imports: HashMap<String, PkgId> =
            p.imports.iter().filter_map(|(path, i)| Some((path.clone(), ids[*i]?))).collect();
        let conf = types::Config {
            go_version: p.go_version,
            ignore_func_bodies: self.bodyless || p.std,
            test_builtins: false,
        };
        if let Some((base, extension)) = self.extended.take() {
            match p.role == Role::Outside(base) {
                true => self.extended = Some((base, extension)),
                false => extension.undo(&mut self.store),
            }
        }
        let (store, source, path) = (&mut self.store, &self.source, &p.link_path);
        let (files, nodes) = (&parsed.files, parsed.nodes as usize);
        let checked = t.step_of("check", &p.path, || match (p.role, &mut self.extended) {
            (Role::Inside(base), extended) if let Some(pkg) = ids[base] => {
                let (checked, extension) =
                    types::check_tests(store, &conf, pkg, files, nodes, &imports, source);
                *extended = Some((base, extension));
                checked
            }
            _ => types::check_package(store, &conf, path, files, nodes, &imports, source),
        });
        diags.extend(assembly_noted(checked.diags, self.opts, p));
        if diags.has_errors() {
            self.report(p, diags, look);
            return Ok(None);
        }
        let (pkg, info, files) = (checked.pkg, checked.info, parsed.files);
        each(&mut self.store, &self.source, index, CheckedPackage { pkg, files, info });
        if self.passing {
            self.store.forget_local_scopes(pkg);
        }
        Ok(Some(pkg))
    }

    fn report(&mut self, p: &Package, diags: Diagnostics, look: Look<'_>) {
        look(&self.source, &diags);
        self.failures.push_str(&heading(self.opts, p));
        self.failures.push_str(&render_all(self.opts, &self.source, diags));
    }
}

/// Functions without a body have it in another language, where a package has files in one.
fn assembly_noted(diags: Diagnostics, opts: &Options, package: &Package) -> Diagnostics {
    if !diags.iter().any(|d| d.code == "MissingBody") {
        return diags;
    }
    let files = package.assembly(&Tags::linux_amd64(opts.tags.iter().cloned()));
    let mut noted = Diagnostics::new();
    for d in diags.into_sorted() {
        noted.push(match files.as_slice() {
            [file, ..] if d.code == "MissingBody" => {
                d.note(format!("{file} is not read: gosubc has no assembler; many packages have Go code instead behind a tag such as purego"))
            }
            _ => d,
        });
    }
    noted
}

/// The line in front of a package's errors, where a command builds several.
fn heading(opts: &Options, package: &Package) -> String {
    match opts.headings {
        true => format!("# {}\n", package.shown),
        false => String::new(),
    }
}

/// After an error of grammar there is no use in checking; after a malformed literal or the like
/// there is.
fn is_syntax_error(d: &Diagnostic) -> bool {
    d.code == "Syntax" && d.message.starts_with("syntax error")
}

fn report(opts: &Options, source: &SourceMap, diags: Diagnostics) -> Result<(), Failure> {
    match diags.has_errors() {
        true => Err(Failure::Program(render_all(opts, source, diags))),
        false => Ok(()),
    }
}

/// At most ten errors (`-e`: all), sorted by position.
pub fn render_all(opts: &Options, source: &SourceMap, diags: Diagnostics) -> String {
    const LIMIT: usize = 10;
    let mut sorted: Vec<Diagnostic> = diags.into_sorted();
    // One message a line is enough.
    let line = |d: &Diagnostic| source.line_col(d.span.lo).map(|p| (p.file, p.line));
    sorted.dedup_by(|a, b| a.message == b.message && line(a) == line(b));
    let mut text = String::new();
    for (i, d) in sorted.iter().enumerate() {
        if i == LIMIT && !opts.all_errors {
            if opts.format != Format::Json {
                text.push_str("too many errors\n");
            }
            break;
        }
        text.push_str(&render(d, source, opts.format, opts.colors));
        if opts.format == Format::Human && !text.ends_with("\n\n") {
            text.push('\n');
        }
    }
    text
}

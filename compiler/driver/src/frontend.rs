//! Packages with their texts in, checked packages out; all errors are reported here.

use crate::load::{Graph, Package, SourceText};
use crate::options::{Failure, Options};
use crate::timings::Timings;
use diag::render::{Format, render};
use diag::{Diagnostic, Diagnostics, FileId, SourceMap};
use ir::lower::CheckedPackage;
use std::collections::HashMap;
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
    let Some(id): Option<FileId> = source.add(name, input.source.text.as_str()) else {
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
/// everywhere (`gosubc check`); otherwise only in the standard library.
pub fn check(
    opts: &Options,
    graph: &Graph,
    bodyless: bool,
    t: &mut Timings,
) -> Result<Checked, Failure> {
    check_with(opts, graph, bodyless, t, &mut |_, _| {})
}

/// What looks at the errors of a package before they become text.
pub type Look<'a> = &'a mut dyn FnMut(&SourceMap, &Diagnostics);

/// Like [`check`]; `look` sees the errors of each package as data.
pub fn check_with(
    opts: &Options,
    graph: &Graph,
    bodyless: bool,
    t: &mut Timings,
    look: Look<'_>,
) -> Result<Checked, Failure> {
    let mut source = SourceMap::new();
    let mut store = Store::new();
    let mut packages: Vec<CheckedPackage> = Vec::with_capacity(graph.packages.len());
    let mut ids: Vec<Option<PkgId>> = Vec::new();
    let mut failures = String::new();
    for p in &graph.packages {
        if p.imports.values().any(|i| ids[*i].is_none()) {
            ids.push(None);
            continue;
        }
        let parsed = t.step_of("parse", &p.path, || parse(&mut source, p))?;
        let mut diags = parsed.diags;
        if diags.iter().any(is_syntax_error) {
            look(&source, &diags);
            failures.push_str(&heading(opts, p));
            failures.push_str(&render_all(opts, &source, diags));
            ids.push(None);
            continue;
        }
        let imports: HashMap<String, PkgId> =
            p.imports.iter().filter_map(|(path, i)| Some((path.clone(), ids[*i]?))).collect();
        let conf = types::Config {
            go_version: p.go_version,
            ignore_func_bodies: bodyless || p.std,
            test_builtins: false,
        };
        let path = &p.link_path;
        let checked = t.step_of("check", &p.path, || {
            types::check_package(
                &mut store,
                &conf,
                path,
                &parsed.files,
                parsed.nodes as usize,
                &imports,
                &source,
            )
        });
        diags.extend(assembly_noted(checked.diags, opts, p));
        if diags.has_errors() {
            look(&source, &diags);
            failures.push_str(&heading(opts, p));
            failures.push_str(&render_all(opts, &source, diags));
            ids.push(None);
            continue;
        }
        ids.push(Some(checked.pkg));
        packages.push(CheckedPackage { pkg: checked.pkg, files: parsed.files, info: checked.info });
    }
    if failures.is_empty() {
        Ok(Checked { source, store, packages })
    } else {
        Err(Failure::Program(failures))
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

//! Checked packages in, objects (in the cache) out. Lowering is sequential, since it shares the store of
//! types; code generation of finished modules runs beside it on `-j` threads.

use crate::cache::{Cache, KeyBuilder};
use crate::frontend::Checked;
use crate::load::Graph;
use crate::options::{DeferLimit, Failure, Options};
use crate::reach::FACTS;
use crate::timings::{Progress, Step, Timings};
use diag::{SourceMap, Span};
use ir::lower::{self, LowerOptions, Program};
use ir::passes::{self, PassOptions, Summaries, escape};
use ir::profile::CallProfile;
use std::path::PathBuf;
use std::sync::{Mutex, mpsc};
use std::time::Instant;

/// Kinds of cache entries: a package's object, and what its importers know of its functions
/// ([`escape::text`]).
pub const OBJECT: &str = "o";
pub const SUMMARIES: &str = "escape";

/// Adds the summaries of a package that isn't compiled in this build. Without them its importers' code would differ
/// from one build to the next, so a package is in the cache only if they are ([`cached_object`]).
fn read_summaries(cache: &Cache, key: &str, known: &mut Summaries) {
    let text = cache.lookup(key, SUMMARIES).and_then(|p| std::fs::read_to_string(p).ok());
    if let Some(text) = text {
        escape::text::read(&text, known);
    }
}

/// The package's object, if the cache has all that belongs to it.
pub fn cached_object(cache: &Cache, key: &str) -> Option<PathBuf> {
    cache.lookup(key, SUMMARIES)?;
    cache.lookup(key, OBJECT)
}

/// An internal error as the user sees it.
pub fn internal(source: &SourceMap, span: Span, message: &str) -> Failure {
    let at = source
        .line_col(span.lo)
        .map_or(String::new(), |p| format!("{}:{}:{}: ", p.file, p.line, p.col));
    Failure::Internal(format!(
        "{at}internal compiler error: {message}\nPlease report this with the program that shows it."
    ))
}

pub fn codegen_options(opts: &Options) -> codegen::Options {
    let (target_cpu, target_features) = codegen::processors::resolve(&opts.target_cpu);
    codegen::Options {
        opt_level: opts.opt_level,
        target_cpu,
        target_features,
        debug_vars: opts.debug_vars,
        verify: opts.verify || cfg!(debug_assertions),
        race: opts.race,
    }
}

/// The package's module, all passes done. `known`: see [`passes::run`].
pub fn lower_one<'a>(
    opts: &Options,
    graph: &'a Graph,
    prog: &mut Program<'a>,
    source: &'a SourceMap,
    index: usize,
    pkg: types::PkgId,
    known: &mut Summaries,
) -> Result<ir::ir::Module, Failure> {
    let lower_opts = LowerOptions {
        is_main: graph.packages[index].link_path == "main",
        inline_imports: opts.opt_level >= 2,
        all_methods: opts.print_defers.is_some(),
    };
    let hot = &graph.packages[index].hot;
    let profile = (!hot.is_empty()).then_some(CallProfile { hot, source });
    prog.profile = profile;
    let mut module = lower::lower_package(prog, pkg, &lower_opts)
        .map_err(|e| internal(source, e.span, &e.message))?;
    let defer_limit = match opts.defer_limit {
        DeferLimit::None => passes::DeferLimit::None,
        DeferLimit::NoOpen => passes::DeferLimit::NoOpen,
        DeferLimit::NoStack => passes::DeferLimit::NoStack,
    };
    let verify = opts.verify || cfg!(debug_assertions);
    let inline = opts.opt_level >= 2 && !opts.no_inline;
    passes::run(&mut module, &PassOptions { defer_limit, inline, verify, profile }, known)
        .map_err(|e| internal(source, e.span, &e.message))?;
    opts.link_flags.apply(&mut module);
    if let Some(why) = opts.print_defers
        && graph.roots.contains(&index)
    {
        print_defers(&module, source, why);
    }
    if opts.print_decisions && graph.roots.contains(&index) {
        let mut lines = escape::report::report(&module, known, |s| source.text(s));
        lines.extend(module.guarded_calls.iter().cloned());
        lines.sort_by_key(|(span, _)| span.lo);
        for (span, text) in lines {
            if let Some(at) = source.line_col(span.lo) {
                eprintln!("{}:{}:{}: {text}", at.file, at.line, at.col);
            }
        }
    }
    Ok(module)
}

/// `-d=defer`: the form of each `defer` statement, in the words of Go's compiler; with `why`, the reason too.
fn print_defers(module: &ir::ir::Module, source: &SourceMap, why: bool) {
    for site in passes::defer_choice::sites(module) {
        let Some(at) = source.line_col(site.span.lo) else { continue };
        let form = site.form.describe();
        let reason = if why { site.because() } else { String::new() };
        eprintln!("{}:{}:{}: {form} defer{reason}", at.file, at.line, at.col);
    }
}

/// A package's index, its object, and the work that it was.
type Outcome = (usize, Result<PathBuf, Failure>, Step);

/// Objects of all packages in the graph's order; `found` has those that the cache knew.
pub fn compile_packages(
    opts: &Options,
    graph: &Graph,
    checked: &mut Checked,
    keys: &[String],
    found: Vec<Option<PathBuf>>,
    cache: &Cache,
    t: &mut Timings,
) -> Result<Vec<PathBuf>, Failure> {
    let Checked { source, store, packages } = checked;
    let (source, packages) = (&*source, &*packages);
    let ids: Vec<types::PkgId> = packages.iter().map(|p| p.pkg).collect();
    let mut prog = Program::new(store, packages);
    let cg = codegen_options(opts);
    let mut known = Summaries::new();
    let results: Mutex<Vec<Outcome>> = Mutex::new(Vec::new());
    let (send, receive) = mpsc::sync_channel::<(usize, ir::ir::Module)>(opts.jobs);
    let receive = Mutex::new(receive);
    let missing = found.iter().filter(|o| o.is_none()).count();
    let progress = Progress::new(missing, !opts.verbose && !opts.print_commands);
    let lowered: Result<(), Failure> = std::thread::scope(|scope| {
        for thread in 1..=opts.jobs {
            let (receive, results, progress, cg) = (&receive, &results, &progress, &cg);
            let work = move || {
                loop {
                    let next = receive.lock().ok().and_then(|r| r.recv().ok());
                    let Some((i, module)) = next else { break };
                    let start = Instant::now();
                    let object = compile_one(&module, source, cg, cache, &keys[i]);
                    let detail = graph.packages[i].path.clone();
                    progress.done(&detail);
                    let time = start.elapsed();
                    let step = Step { name: "codegen", detail, start, time, thread };
                    if let Ok(mut r) = results.lock() {
                        r.push((i, object, step));
                    }
                }
            };
            let spawned =
                std::thread::Builder::new().stack_size(256 << 20).spawn_scoped(scope, work);
            spawned.map_err(|e| Failure::Internal(format!("cannot start a thread: {e}")))?;
        }
        for (i, object) in found.iter().enumerate() {
            if object.is_some() {
                read_summaries(cache, &keys[i], &mut known);
                continue;
            }
            if opts.verbose {
                eprintln!("{}", graph.packages[i].path);
            }
            let module = t.step_of("lower", &graph.packages[i].path, || {
                lower_one(opts, graph, &mut prog, source, i, ids[i], &mut known)
            })?;
            self::store(
                cache,
                &keys[i],
                SUMMARIES,
                escape::text::print(&module, &known).as_bytes(),
            )?;
            if send.send((i, module)).is_err() {
                break;
            }
        }
        drop(send);
        Ok(())
    });
    drop(progress);
    lowered?;
    let mut objects = found;
    for (i, object, step) in results.into_inner().unwrap_or_default() {
        t.add(step);
        objects[i] = Some(object?);
    }
    objects
        .into_iter()
        .map(|o| o.ok_or_else(|| Failure::Internal("a package was not compiled".into())))
        .collect()
}

fn compile_one(
    module: &ir::ir::Module,
    source: &SourceMap,
    cg: &codegen::Options,
    cache: &Cache,
    key: &str,
) -> Result<PathBuf, Failure> {
    let compiled =
        codegen::compile(module, source, cg).map_err(|e| internal(source, e.span, &e.message))?;
    store(cache, key, FACTS, &compiled.facts.encode())?;
    store(cache, key, OBJECT, &compiled.object)
}

/// Puts a part of the package `key` into the cache.
pub(crate) fn store(
    cache: &Cache,
    key: &str,
    kind: &str,
    bytes: &[u8],
) -> Result<PathBuf, Failure> {
    cache.store(key, kind, bytes).map_err(|e| {
        Failure::Program(format!(
            "cannot write to the build cache {}: {}",
            cache.dir().display(),
            crate::load::os_error(&e)
        ))
    })
}

/// The object with `go.main`, which initialises all packages in dependency order and calls `main.main`.
pub fn entry_object(
    opts: &Options,
    graph: &Graph,
    main: usize,
    cache: &Cache,
) -> Result<PathBuf, Failure> {
    let mut order: Vec<&str> = Vec::new();
    for (i, p) in graph.packages.iter().enumerate() {
        order.push(if i == main { "main" } else { &p.link_path });
    }
    let key = KeyBuilder::new()
        .with(b"entry")
        .with(order.join("\n").as_bytes())
        .with(opts.exe.as_os_str().as_encoded_bytes())
        .with(&[u8::from(opts.race)])
        .finish();
    if let Some(path) = cache.lookup(&key, OBJECT) {
        return Ok(path);
    }
    let object = codegen::entry_object(&order, &codegen_options(opts))
        .map_err(|e| Failure::Internal(e.message))?;
    store(cache, &key, OBJECT, &object)
}

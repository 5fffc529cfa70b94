//! What each command does, step by step: the table of contents of the compiler.

use crate::cache::{Cache, KeyBuilder};
use crate::frontend::{self, Checked};
use crate::link::LinkJob;
use crate::load::{self, Graph, LoadOptions};
use crate::options::{Emit, Failure, Options};
use crate::output::{self, PendingFile};
use crate::root::Root;
use crate::timings::Timings;
use crate::{backend, emit, pgo, reach};
use std::path::{Path, PathBuf};
use syntax::constraint::Tags;

/// `gosubc build`.
pub fn build(opts: &Options) -> Result<(), Failure> {
    let mut t = Timings::new(opts.timings.clone());
    let (root, mut graph) = load_graph(opts, true, &mut t)?;
    let main = main_package(&graph);
    pgo::attach(opts, &mut graph, main)?;
    if let Some(kind) = opts.emit {
        return emit_packages(opts, &graph, kind, &mut t);
    }
    let objects = compile(opts, &root, &graph, main, &mut t)?;
    if let Some(main) = main {
        link(opts, &root, &objects, &output_path(opts, &graph, main), &mut t)?;
    } else if graph.roots.len() == 1 && opts.output.is_some() {
        return Err(Failure::Program(format!(
            "-o: package {} is not a main package",
            graph.packages[graph.roots[0]].path
        )));
    }
    t.finish()
}

/// `gosubc run`: builds into a temporary file, runs it, and returns its exit code.
pub fn run(mut opts: Options) -> Result<u8, Failure> {
    let files = opts.args.iter().take_while(|a| a.ends_with(".go")).count();
    let rest = opts.args.split_off(files.max(1).min(opts.args.len()));
    let mut t = Timings::new(opts.timings.clone());
    let (root, mut graph) = load_graph(&opts, true, &mut t)?;
    let Some(main) = main_package(&graph) else {
        let path = graph.roots.first().map_or("", |r| &graph.packages[*r].path);
        return Err(Failure::Program(format!("package {path} is not a main package")));
    };
    pgo::attach(&opts, &mut graph, Some(main))?;
    let objects = compile(&opts, &root, &graph, Some(main), &mut t)?;
    let dir = tempfile::Builder::new().prefix("gosubc-run").tempdir();
    let dir = dir.map_err(|e| Failure::Program(format!("cannot make a temporary folder: {e}")))?;
    let exe = dir.path().join(default_name(&opts, &graph, main));
    link(&opts, &root, &objects, &exe, &mut t)?;
    t.finish()?;
    let status = std::process::Command::new(&exe).args(&rest).status();
    let status = status.map_err(|e| {
        Failure::Program(format!("fork/exec {}: {}", exe.display(), load::os_error(&e)))
    })?;
    drop(dir);
    use std::os::unix::process::ExitStatusExt;
    Ok(match (status.code(), status.signal()) {
        (Some(code), _) => code as u8,
        (None, Some(signal)) => {
            eprintln!("signal: {signal}");
            128u8.wrapping_add(signal as u8)
        }
        _ => 1,
    })
}

/// `gosubc check`.
pub fn check(opts: &Options) -> Result<(), Failure> {
    let mut t = Timings::new(opts.timings.clone());
    let (_, graph) = load_graph(opts, false, &mut t)?;
    frontend::check_each(opts, &graph, &mut t, &mut |_, _, _, _| {})?;
    t.finish()
}

/// `gosubc clean`.
pub fn clean(cache_dir: &Path) -> Result<(), Failure> {
    let done = Cache::new(cache_dir.to_path_buf()).clean();
    done.map_err(|e| Failure::Program(format!("clean: {}", load::os_error(&e))))
}

/// What the command line names, with all imports. `program`: code is made of it.
pub(crate) fn load_graph(
    opts: &Options,
    program: bool,
    t: &mut Timings,
) -> Result<(Root, Graph), Failure> {
    let root = Root::find(&opts.exe, opts.env_root.as_deref()).map_err(Failure::Program)?;
    let tags = Tags::linux_amd64(opts.tags.iter().cloned());
    let load_opts = LoadOptions { program, ..load_options(opts, &root, &tags) };
    let graph =
        t.step("load", || load::load(&opts.args, &load_opts)).map_err(|e| Failure::Program(e.0))?;
    Ok((root, graph))
}

pub(crate) fn load_options<'a>(
    opts: &'a Options,
    root: &'a Root,
    tags: &'a Tags,
) -> LoadOptions<'a> {
    LoadOptions {
        cwd: &opts.cwd,
        root,
        tags,
        lang: opts.lang,
        modules: &opts.modules,
        program: true,
        tests: opts.tests,
    }
}

fn main_package(graph: &Graph) -> Option<usize> {
    match graph.roots[..] {
        [r] if graph.packages[r].name == "main" => Some(r),
        _ => None,
    }
}

fn emit_packages(
    opts: &Options,
    graph: &Graph,
    kind: Emit,
    t: &mut Timings,
) -> Result<(), Failure> {
    let bytes = match kind {
        Emit::Ast => frontend::print_trees(opts, graph)?.into_bytes(),
        _ => {
            // Functions without a body may be defined elsewhere: this stops before linking.
            let mut checked = frontend::check(opts, graph, true, t)?;
            emit::print(opts, graph, &mut checked, kind)?
        }
    };
    let binary = matches!(kind, Emit::LlvmBc | Emit::Obj);
    match &opts.output {
        Some(path) if path.as_os_str() != "-" => {
            output::write_whole(&opts.cwd.join(path), &bytes, false).map_err(Failure::Program)
        }
        None if binary => {
            let stem = default_name(opts, graph, graph.roots[0]);
            let ext = if kind == Emit::Obj { "o" } else { "bc" };
            let path = opts.cwd.join(format!("{stem}.{ext}"));
            output::write_whole(&path, &bytes, false).map_err(Failure::Program)
        }
        _ => {
            use std::io::Write;
            let done = std::io::stdout().write_all(&bytes);
            done.map_err(|e| Failure::Program(format!("write stdout: {}", load::os_error(&e))))
        }
    }
}

/// Objects of all packages (and, with `main`, of the program's entry), from the cache where possible.
pub fn compile(
    opts: &Options,
    root: &Root,
    graph: &Graph,
    main: Option<usize>,
    t: &mut Timings,
) -> Result<Vec<PathBuf>, Failure> {
    let cache = Cache::new(opts.cache_dir.clone()).with_prebuilt(root.prebuilt());
    let keys = t.step("keys", || package_keys(opts, root, graph));
    let hit = |key: &String| if opts.rebuild { None } else { backend::cached_object(&cache, key) };
    let printing = opts.print_defers.is_some() || opts.print_decisions;
    let found: Vec<Option<PathBuf>> = (keys.iter().enumerate())
        .map(|(i, key)| if printing && graph.roots.contains(&i) { None } else { hit(key) })
        .collect();
    let mut objects: Vec<PathBuf> = Vec::with_capacity(found.len() + 1);
    if found.iter().all(Option::is_some) {
        objects.extend(found.into_iter().flatten());
    } else {
        let mut checked: Checked = frontend::check(opts, graph, false, t)?;
        objects.extend(backend::compile_packages(
            opts,
            graph,
            &mut checked,
            &keys,
            found,
            &cache,
            t,
        )?);
    }
    if let Some(main) = main {
        let inits: Vec<String> = (graph.packages.iter().enumerate())
            .map(|(i, p)| if i == main { "main" } else { &p.link_path })
            .map(|p| format!("{p}.init"))
            .chain(["main.main".to_string()])
            .collect();
        let tables = t.step("reach", || reach::object(&objects, &inits, &root.runtime, &cache))?;
        objects.push(backend::entry_object(opts, graph, main, &cache)?);
        objects.extend(tables);
    }
    Ok(objects)
}

/// For each package a key over everything that its object depends on.
fn package_keys(opts: &Options, root: &Root, graph: &Graph) -> Vec<String> {
    let exe = std::fs::metadata(&opts.exe).map(|m| {
        use std::os::unix::fs::MetadataExt;
        format!("{} {} {} {}", m.len(), m.mtime(), m.mtime_nsec(), m.ino())
    });
    // Caches may be shared between machines.
    let cpu = match opts.target_cpu.as_str() {
        "native" => format!("{:?}", codegen::processors::resolve("native")),
        name => name.to_string(),
    };
    let build = format!(
        "{} {:?} O{} g{} l{} r{} {} {:?} {:?}",
        env!("CARGO_PKG_VERSION"),
        exe.ok(),
        opts.opt_level,
        opts.debug_vars,
        opts.no_inline,
        opts.race,
        cpu,
        opts.defer_limit,
        root.dir,
    );
    let mut keys: Vec<String> = Vec::with_capacity(graph.packages.len());
    for p in &graph.packages {
        let mut k = KeyBuilder::new().with(build.as_bytes()).with(p.link_path.as_bytes());
        k = k.with(format!("{:?}", p.go_version).as_bytes());
        for f in &p.files {
            k = k.with(f.name.as_bytes()).with(f.source.text.as_bytes());
        }
        let mut imports: Vec<_> = p.imports.iter().collect();
        imports.sort();
        for (path, i) in imports {
            k = k.with(path.as_bytes()).with(keys[*i].as_bytes());
        }
        for (name, value) in &opts.link_flags.values {
            if name.rsplit_once('.').is_some_and(|(path, _)| path == p.link_path) {
                k = k.with(name.as_bytes()).with(value.as_bytes());
            }
        }
        if !p.hot.is_empty() {
            k = k.with(b"pgo").with(p.hot.text().as_bytes());
        }
        for path in load::IMPLICIT {
            if let Some(i) = graph.packages.iter().position(|q| q.path == path && q.path != p.path)
            {
                k = k.with(keys.get(i).map_or(b"", |key| key.as_bytes()));
            }
        }
        keys.push(k.finish());
    }
    keys
}

pub fn link(
    opts: &Options,
    root: &Root,
    objects: &[PathBuf],
    output: &Path,
    t: &mut Timings,
) -> Result<(), Failure> {
    let pending = PendingFile::new(output).map_err(Failure::Program)?;
    let mut job = LinkJob {
        objects,
        output: pending.path(),
        root,
        static_exe: opts.static_exe,
        strip_all: false,
        strip_debug: false,
        race: if opts.race { Some(crate::race::Parts::find(root)?) } else { None },
    };
    let flags = &opts.link_flags;
    let (kept, with_kept);
    if flags.strip_all || flags.strip_debug {
        // Linked twice: what stripping would take from tracebacks is made from the first executable.
        run_linker(opts, &job, output, t)?;
        let table = std::fs::read(pending.path()).ok().and_then(|e| crate::lines::object(&e));
        let table = table.ok_or_else(|| {
            Failure::Internal(
                "internal compiler error: the executable to be stripped cannot be read".into(),
            )
        })?;
        kept = tempfile::Builder::new().suffix(".o").tempfile().map_err(temporary)?;
        std::fs::write(kept.path(), table).map_err(temporary)?;
        with_kept = [objects, &[kept.path().to_owned()]].concat();
        job.objects = &with_kept;
        (job.strip_all, job.strip_debug) = (flags.strip_all, flags.strip_debug);
    }
    run_linker(opts, &job, output, t)?;
    pending.commit(true).map_err(Failure::Program)
}

fn temporary(e: std::io::Error) -> Failure {
    Failure::Program(format!("cannot write a temporary file: {}", load::os_error(&e)))
}

fn run_linker(
    opts: &Options,
    job: &LinkJob,
    output: &Path,
    t: &mut Timings,
) -> Result<(), Failure> {
    let mut command = job.command().map_err(Failure::Program)?;
    if opts.print_commands {
        eprintln!("{command:?}");
    }
    let out = t.step("link", || command.output());
    let out = out
        .map_err(|e| Failure::Program(format!("cannot run the linker: {}", load::os_error(&e))))?;
    if !out.status.success() {
        return Err(link_failure(output, &String::from_utf8_lossy(&out.stderr)));
    }
    Ok(())
}

/// Two bodies under one symbol: only `//go:linkname` can do that. `report`: lld's, from the symbol on.
fn duplicate_definition(report: &str) -> String {
    let mut lines = report.lines();
    let symbol = lines.next().unwrap_or_default().trim();
    let places: Vec<&str> = lines
        .take_while(|l| l.starts_with(">>>"))
        .filter_map(|l| l.split_once("defined at "))
        .map(|(_, place)| place.split_once(" (").map_or(place, |(file, _)| file))
        .collect();
    let mut text = format!("link: duplicated definition of symbol {symbol}");
    if !places.is_empty() {
        text += &format!(", from {}", places.join(" and "));
    }
    text
}

/// The linker's own words are for us, not for users: what they can act on is told apart.
fn link_failure(output: &Path, stderr: &str) -> Failure {
    if stderr.contains("No space left") {
        return Failure::Program(format!("write {}: no space left on device", output.display()));
    }
    if let Some((_, rest)) = stderr.split_once("duplicate symbol: ") {
        return Failure::Program(duplicate_definition(rest));
    }
    let missing: Vec<&str> = (stderr.lines())
        .filter_map(|l| {
            l.split_once("undefined symbol: ").or(l.split_once("undefined reference to "))
        })
        .map(|(_, s)| s.trim_matches(['`', '\'', ' ']))
        .collect();
    if missing.contains(&"main.main") {
        let text = "function main is undeclared in the main package";
        return Failure::Program(text.to_string());
    }
    if missing.is_empty() {
        let first = stderr.lines().next().unwrap_or("no output").replace("ld.lld: ", "");
        return Failure::Internal(format!(
            "internal compiler error: linking failed: {first}\nPlease report this with the program that shows it."
        ));
    }
    let list = missing.join("\n\t");
    Failure::Internal(format!(
        "internal compiler error: undefined symbols:\n\t{list}\nPlease report this with the program that shows it."
    ))
}

fn output_path(opts: &Options, graph: &Graph, main: usize) -> PathBuf {
    let name = default_name(opts, graph, main);
    match &opts.output {
        Some(o) => {
            let path = opts.cwd.join(o);
            let folder = path.is_dir() || o.as_os_str().to_string_lossy().ends_with('/');
            if folder { path.join(name) } else { path }
        }
        None => opts.cwd.join(name),
    }
}

/// The name that the go command gives an executable: the first file's, or the last element of the import path.
fn default_name(opts: &Options, graph: &Graph, package: usize) -> String {
    let p = &graph.packages[package];
    if p.path == "command-line-arguments" {
        let first = opts.args.iter().find(|a| a.ends_with(".go")).map_or("main", |a| a.as_str());
        let base = first.rsplit('/').next().unwrap_or(first);
        return base.strip_suffix(".go").unwrap_or(base).to_string();
    }
    let mut parts = p.path.rsplit('/').filter(|s| !s.is_empty());
    let last = parts.next().unwrap_or("main");
    let is_version =
        last.len() > 1 && last.starts_with('v') && last[1..].bytes().all(|b| b.is_ascii_digit());
    match (is_version, parts.next()) {
        (true, Some(before)) => before.to_string(),
        _ => last.to_string(),
    }
}

//! A deterministic fuzzer of decoding, lexer, parser and checker, of vet and of the suggestions that
//! `fix` applies: real files (those of this project and, where installed, of Go's tests) bent in many
//! ways, and packages made up at random. Nothing may panic, take a second or a gigabyte, or report an
//! error outside its file.
//!
//! `FUZZ_ITERATIONS` says how many inputs (6,000 without it), `FUZZ_SEED` where to begin,
//! `FUZZ_SECONDS` for how long at most; `FUZZ_KEEP=DIR` keeps inputs that fail and goes on, and says
//! in `DIR/progress` how far it is.

mod generate;
mod guard;
mod mutate;
mod random;

use diag::fixes::Plan;
use diag::{Diagnostics, SourceMap};
use random::Random;
use std::collections::HashMap;
use std::io::Write;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use syntax::ast::{File, NodeId};
use types::{Config, PkgId, Store, check_package};
use vet::Vet;

#[global_allocator]
static ALLOCATOR: guard::Counting = guard::Counting;

/// Inputs are below 100 kB.
const MAX_INPUT: usize = 100_000;

/// So many inputs are checked with one store.
const BATCH: u64 = 64;

/// Stand-ins for the packages that most files import.
const LIBRARY: &[(&str, &str)] = &[
    ("errors", "package errors\nfunc New(s string) error\nfunc Is(err, target error) bool\n"),
    (
        "io",
        "package io\ntype Reader interface { Read(p []byte) (n int, err error) }\ntype Writer interface { Write(p []byte) (n int, err error) }\ntype ReadWriter interface { Reader; Writer }\nvar EOF error\n",
    ),
    (
        "fmt",
        "package fmt\nimport \"io\"\ntype Stringer interface { String() string }\nfunc Println(a ...any) (n int, err error)\nfunc Printf(f string, a ...any) (n int, err error)\nfunc Sprintf(f string, a ...any) string\nfunc Errorf(f string, a ...any) error\nfunc Print(a ...any) (n int, err error)\nfunc Sprint(a ...any) string\nfunc Fprintln(w io.Writer, a ...any) (n int, err error)\n",
    ),
    ("os", "package os\nfunc Exit(code int)\nvar Args []string\n"),
    (
        "strings",
        "package strings\ntype Builder struct { buf []byte }\nfunc (b *Builder) WriteString(s string) (int, error)\nfunc Contains(s, t string) bool\nfunc Repeat(s string, n int) string\n",
    ),
    (
        "sync",
        "package sync\ntype Mutex struct { state int32 }\nfunc (m *Mutex) Lock()\nfunc (m *Mutex) Unlock()\ntype WaitGroup struct { noCopy Mutex }\nfunc (w *WaitGroup) Add(int)\nfunc (w *WaitGroup) Done()\nfunc (w *WaitGroup) Wait()\n",
    ),
    (
        "time",
        "package time\ntype Duration int64\nconst Second Duration = 1000000000\ntype Time struct { t int }\nfunc Now() Time\nfunc Since(t Time) Duration\nfunc Sleep(d Duration)\n",
    ),
    (
        "context",
        "package context\nimport \"time\"\ntype Context interface { Err() error }\ntype CancelFunc func()\nfunc Background() Context\nfunc WithCancel(c Context) (Context, CancelFunc)\nfunc WithTimeout(c Context, d time.Duration) (Context, CancelFunc)\n",
    ),
    (
        "slices",
        "package slices\nfunc Sort[S ~[]E, E interface{ ~int | ~string }](x S) {}\nfunc Index[S ~[]E, E comparable](s S, v E) int { return 0 }\n",
    ),
];

fn config() -> Config {
    Config { go_version: (1, 27), ignore_func_bodies: true, test_builtins: true }
}

/// The library, checked once and copied for each input.
struct Base {
    store: Store,
    imports: HashMap<String, PkgId>,
}

impl Base {
    fn new() -> Base {
        let mut base = Base { store: Store::new(), imports: HashMap::new() };
        for (path, text) in LIBRARY {
            let mut map = SourceMap::new();
            let mut diags = Diagnostics::new();
            let (file, nodes) = parse(&mut map, text, &mut diags);
            let (store, imports) = (&mut base.store, &base.imports);
            let done = check_package(store, &config(), path, &[file], nodes, imports, &map);
            assert!(diags.is_empty() && done.diags.is_empty(), "{path}: {:?}", done.diags);
            base.imports.insert(path.to_string(), done.pkg);
        }
        base
    }
}

fn parse(map: &mut SourceMap, text: &str, diags: &mut Diagnostics) -> (File, usize) {
    let id = map.add("x.go", text).expect("a small file");
    let start = map.file(id).start;
    let opts = syntax::ParseOptions::default();
    let parsed = syntax::parse_file(id, text, start, NodeId(0), &opts, diags);
    map.set_line_directives(id, parsed.line_directives);
    (parsed.file, parsed.next_id.0 as usize)
}

/// How many inputs went which way.
#[derive(Default)]
struct Counts {
    inputs: u64,
    /// Without errors, so that vet looked at them.
    vetted: u64,
    /// Mended by suggestions and checked again.
    fixed: u64,
    rendered: u64,
}

/// All that happens to one input. What costs much and finds little is done for a share of them.
fn check(base: &Base, store: &mut Store, bytes: Vec<u8>, seed: u64, counts: &mut Counts) {
    counts.inputs += 1;
    let source = syntax::decode(bytes);
    let mut map = SourceMap::new();
    let diags = check_text(base, store, &source, &mut map, counts);
    let end = source.text.len() as u32 + 1;
    for d in diags.iter() {
        let (lo, hi) = (d.span.lo.0, d.span.hi.0);
        assert!(lo <= hi && hi <= end && lo >= 1, "{d:?} is outside of 1..{end}");
        map.line_col(d.span.lo).expect("a position");
    }
    if seed.is_multiple_of(8) && !diags.is_empty() {
        let mut plan = Plan::default();
        plan.collect(&map, &diags, true);
        for (_, text) in plan.apply() {
            counts.fixed += 1;
            let source = syntax::decode(text.into_bytes());
            check_text(base, store, &source, &mut SourceMap::new(), counts);
        }
    }
    if seed % 8 == 1 {
        counts.rendered += 1;
        for d in diags.into_sorted().iter().take(5) {
            let text = diag::render::render(d, &map, diag::render::Format::Human, false);
            assert!(!text.is_empty());
        }
    }
}

/// Parses, checks and, where there are no errors, vets.
fn check_text(
    base: &Base,
    store: &mut Store,
    source: &syntax::Source,
    map: &mut SourceMap,
    counts: &mut Counts,
) -> Diagnostics {
    let mut diags = Diagnostics::new();
    let (file, nodes) = parse(map, &source.text, &mut diags);
    source.report(file.span.lo, &mut diags);
    let files = [file];
    let done = check_package(store, &config(), "p", &files, nodes, &base.imports, map);
    diags.extend(done.diags);
    if !diags.has_errors() {
        counts.vetted += 1;
        diags.extend(Vet::new().package(store, &done.info, map, &files, |_| true));
    }
    diags
}

fn go_files(folder: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => go_files(&path, out),
            Ok(kind) if kind.is_file() && path.extension().is_some_and(|e| e == "go") => {
                out.push(path);
            }
            _ => {}
        }
    }
}

fn corpus() -> Vec<Vec<u8>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    go_files(&here.join("../../tests/lit"), &mut files);
    go_files(&here.join("../../examples"), &mut files);
    go_files(Path::new("/usr/share/go-1.19/test"), &mut files);
    if let Ok(root) = std::env::var("GOROOT") {
        go_files(&Path::new(&root).join("src/internal/types/testdata"), &mut files);
        go_files(&Path::new(&root).join("src/slices"), &mut files);
    }
    files.sort();
    let read = files.iter().filter_map(|f| std::fs::read(f).ok());
    read.filter(|b| b.len() < MAX_INPUT && !b.is_empty()).collect()
}

/// Makes the input of a seed.
fn input(seed: u64, corpus: &[Vec<u8>]) -> Vec<u8> {
    let mut random = Random::new(seed);
    if !corpus.is_empty() && random.one_in(16) {
        return nearly_right(&mut random, corpus);
    }
    // Small inputs are quick to check, so that more of them can be.
    let small = !random.one_in(8);
    let (declarations, bytes) = if small { (4, 600) } else { (13, 1500) };
    let made_up = corpus.is_empty() || random.one_in(3);
    let mut text = if made_up {
        generate::package(&mut random, declarations).into_bytes()
    } else {
        let tries = if random.one_in(400) { 1 } else { 24 };
        let found =
            (0..tries).map(|_| random.below(corpus.len())).find(|&i| corpus[i].len() < bytes);
        match found {
            Some(i) => corpus[i].clone(),
            None if tries == 1 => corpus[random.below(corpus.len())].clone(),
            None => generate::package(&mut random, declarations).into_bytes(),
        }
    };
    let own: &[u8] = generate::SEED.as_bytes();
    if !made_up || random.one_in(3) {
        for _ in 0..1 + random.below(5) {
            let i = random.below(corpus.len() + 1);
            let other = corpus.get(i).map_or(own, Vec::as_slice);
            mutate::mutate(&mut random, &mut text, other);
        }
    }
    text.truncate(MAX_INPUT);
    text
}

/// A file as it is, but for one change that often leaves it without errors: for vet.
fn nearly_right(random: &mut Random, corpus: &[Vec<u8>]) -> Vec<u8> {
    let mut text = corpus[random.below(corpus.len())].clone();
    for _ in 0..20 {
        if text.len() < 2500 {
            break;
        }
        text = corpus[random.below(corpus.len())].clone();
    }
    mutate::bend(random, &mut text);
    text.truncate(MAX_INPUT);
    text
}

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

/// Says which input does not end. Not by eprintln, whose text the test runner would keep for a report that
/// is never made.
fn stuck(seed: u64, corpus: &[Vec<u8>], keep: Option<&Path>) {
    let text = input(seed, corpus);
    let mut out = std::io::stderr().lock();
    let _ = writeln!(out, "FUZZ_SEED={seed} FUZZ_ITERATIONS=1 does not end");
    match keep {
        Some(dir) => drop(std::fs::write(dir.join(format!("{seed}.go")), text)),
        None => drop(out.write_all(&text)),
    }
}

/// Runs inputs until there have been enough; the seeds of those that failed.
fn run() -> Vec<u64> {
    let iterations = number("FUZZ_ITERATIONS", 6_000);
    let first = number("FUZZ_SEED", 1);
    let limit = Duration::from_secs(number("FUZZ_SECONDS", u64::MAX));
    let keep = std::env::var("FUZZ_KEEP").ok().map(PathBuf::from);
    let (base, corpus) = (Base::new(), Arc::new(corpus()));
    let began = Instant::now();
    let (mut failed, mut counts) = (Vec::new(), Counts::default());
    let (files, place) = (corpus.clone(), keep.clone());
    guard::watch(move |seed| stuck(seed, &files, place.as_deref()));
    let mut store = base.store.clone();
    for seed in first..first.saturating_add(iterations) {
        if seed.is_multiple_of(BATCH) {
            if began.elapsed() > limit {
                break;
            }
            // A crash (of the stack, or for want of memory) leaves the trail here.
            if let Some(dir) = &keep {
                let line = format!(
                    "{seed} after {} inputs ({} vetted, {} fixed, {} rendered): {} failed, {} MB\n",
                    counts.inputs,
                    counts.vetted,
                    counts.fixed,
                    counts.rendered,
                    failed.len(),
                    guard::peak_memory() >> 20
                );
                let _ = std::fs::write(dir.join("progress"), line);
            }
            store = base.store.clone();
        }
        guard::begin(seed);
        let text = input(seed, &corpus);
        let (wall, before) = (Instant::now(), guard::thread_time());
        let result = std::panic::catch_unwind(AssertUnwindSafe(|| {
            check(&base, &mut store, text.clone(), seed, &mut counts);
        }));
        let slow = wall.elapsed() > Duration::from_secs(1)
            && guard::thread_time() - before > Duration::from_secs(1);
        if slow || result.is_err() {
            // Inputs of a batch share a store, as packages of a build do: the trouble may be with
            // what an earlier one left.
            let start = seed - seed % BATCH;
            let what = if slow { "is slow" } else { "fails" };
            eprintln!("FUZZ_SEED={seed} FUZZ_ITERATIONS=1 {what}, or does so after {start}");
            failed.push(seed);
            match &keep {
                Some(dir) => drop(std::fs::write(dir.join(format!("{seed}.go")), &text)),
                None => eprintln!("{}", String::from_utf8_lossy(&text)),
            }
            store = base.store.clone();
        }
    }
    failed
}

#[test]
fn survives_anything() {
    let thread = std::thread::Builder::new().stack_size(syntax::DEEP_STACK).spawn(run);
    let failed = thread.expect("a thread").join().expect("the harness itself holds");
    assert!(failed.is_empty(), "{failed:?}");
}

//! `gosubc test`: test binaries are built one after another, run beside each other, and reported in order.

use crate::cache::{Cache, KeyBuilder};
use crate::cover::CoverOptions;
use crate::load::{self, LoadOptions, TestTarget, Tested};
use crate::options::{Failure, Options, ShowTimings};
use crate::pgo;
use crate::pipeline;
use crate::root::Root;
use crate::test2json::{self, Converter};
use crate::testrun::{self, Ended};
use crate::timings::Timings;
use crate::vet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, mpsc};
use std::time::Duration;
use syntax::constraint::Tags;

/// What the flags of `gosubc test` say, besides those of `gosubc build`.
#[derive(Clone, Debug, Default)]
pub struct TestOptions {
    /// For the binaries, as `-test.NAME=VALUE`.
    pub flags: Vec<String>,
    /// Behind these: arguments that the tests read themselves.
    pub args: Vec<String>,
    /// `-c`: only build.
    pub compile_only: bool,
    pub json: bool,
    /// -v, -list or -bench: output of tests that pass is shown.
    pub show_pass: bool,
    pub bench: bool,
    /// Some flag makes results not worth keeping.
    pub uncacheable: bool,
    /// Profiles were asked for: the binary stays, to read them with.
    pub keep_binary: bool,
    pub timeout: Option<Duration>,
    /// `-exec`: a program and arguments in front of the binary.
    pub exec: Vec<String>,
    pub environment: Vec<(String, String)>,
    /// `-cover`
    pub cover: Option<CoverOptions>,
    /// Checks go before the tests.
    pub vet: bool,
    /// No more tests, of other packages either, once one has failed.
    pub failfast: bool,
    /// `-coverprofile`
    pub cover_profile: Option<PathBuf>,
}

/// How a package ended before or after its tests ran.
enum Built {
    NoTests,
    /// Text for standard error, and why: `build failed` or `setup failed`.
    Failed(String, &'static str),
    Compiled,
    Binary(Binary),
    Cached(Vec<u8>),
}

struct Binary {
    exe: PathBuf,
    /// Where a good result is kept.
    key: Option<String>,
    /// Keeps a temporary executable until the tests ran.
    _dir: Option<tempfile::TempDir>,
}

struct Report {
    /// For standard output.
    text: Vec<u8>,
    failed: bool,
}

/// Runs the command; the result is the exit code.
pub fn test(mut opts: Options, t: &TestOptions) -> Result<u8, Failure> {
    let list_mode = !opts.args.is_empty();
    opts.verbose = false; // -v is about tests
    opts.headings = true;
    let mut timings = Timings::new(opts.timings.clone());
    let root = Root::find(&opts.exe, opts.env_root.as_deref()).map_err(Failure::Program)?;
    let tags = Tags::linux_amd64(opts.tags.iter().cloned());
    let load_opts = pipeline::load_options(&opts, &root, &tags);
    let targets = match load::test_targets(&opts.args, &load_opts) {
        Ok(targets) => targets,
        Err((Some(arg), e)) if !t.json => {
            eprintln!("# {arg}\n{}", e.0);
            print_out(format!("FAIL\t{arg} [setup failed]\nFAIL\n").as_bytes());
            return Ok(1);
        }
        Err((_, e)) => return Err(Failure::Program(e.0)),
    };
    if targets.len() > 1
        && opts.output.as_ref().is_some_and(|o| !t.compile_only || !is_dir(&opts.cwd, o))
    {
        return Err(Failure::Usage(
            "with multiple packages, -o must refer to a directory or /dev/null".into(),
        ));
    }
    if let (Some(profile), Some(cover)) = (&t.cover_profile, &t.cover) {
        let path = opts.cwd.join(profile);
        let begin = format!("mode: {}\n", cover.mode.name());
        std::fs::write(&path, begin).map_err(|e| {
            Failure::Program(format!("open {}: {}", profile.display(), load::os_error(&e)))
        })?;
    }
    let session = Session {
        opts: &opts,
        t,
        root: &root,
        load: &load_opts,
        list_mode,
        printed: Mutex::default(),
        stop: AtomicBool::new(false),
    };
    // Output of several packages is shown as each ends; benchmarks must not disturb each other.
    let stream = !list_mode || t.bench || t.json || targets.len() == 1 && t.show_pass;
    let failed = if stream || targets.len() == 1 {
        session.one_by_one(&targets, stream, &mut timings)?
    } else {
        session.in_parallel(&targets, &mut timings)?
    };
    timings.finish()?;
    if failed && list_mode && !t.json {
        print_out(b"FAIL\n");
    }
    Ok(u8::from(failed))
}

fn is_dir(cwd: &Path, o: &Path) -> bool {
    let path = cwd.join(o);
    path.is_dir() || o.to_string_lossy().ends_with('/') || o == Path::new("/dev/null")
}

fn print_out(bytes: &[u8]) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(bytes);
    let _ = out.flush();
}

struct Session<'a> {
    opts: &'a Options,
    t: &'a TestOptions,
    root: &'a Root,
    load: &'a LoadOptions<'a>,
    /// Packages were named: passing tests are one line each, and may come from the cache.
    list_mode: bool,
    /// Errors of packages that were printed: several tests may need the same one.
    printed: Mutex<Vec<String>>,
    /// A package failed with -failfast: no others are begun.
    stop: AtomicBool,
}

impl Session<'_> {
    fn one_by_one(
        &self,
        targets: &[TestTarget],
        stream: bool,
        timings: &mut Timings,
    ) -> Result<bool, Failure> {
        let mut failed = false;
        for target in targets {
            if failed && self.t.failfast {
                break;
            }
            let built = self.build(target, timings)?;
            let report = self.run(target, built, stream);
            print_out(&report.text);
            failed |= report.failed;
        }
        Ok(failed)
    }

    /// Tests run on other threads while the next binaries are built; reports are printed in the order of packages.
    fn in_parallel(&self, targets: &[TestTarget], timings: &mut Timings) -> Result<bool, Failure> {
        let (done, reports) = mpsc::channel::<(usize, Report)>();
        let (work, queue) = mpsc::sync_channel::<(usize, Built)>(self.opts.jobs);
        let queue = Mutex::new(queue);
        std::thread::scope(|scope| {
            for _ in 0..self.opts.jobs {
                let (queue, done) = (&queue, done.clone());
                scope.spawn(move || {
                    loop {
                        let next = queue.lock().ok().and_then(|q| q.recv().ok());
                        let Some((i, built)) = next else { break };
                        let _ = done.send((i, self.run(&targets[i], built, false)));
                    }
                });
            }
            drop(done);
            let printer = scope.spawn(move || {
                let (mut next, mut failed) = (0, false);
                let mut waiting = std::collections::BTreeMap::new();
                for (i, report) in reports {
                    waiting.insert(i, report);
                    while let Some(report) = waiting.remove(&next) {
                        if !(failed && self.t.failfast) {
                            print_out(&report.text);
                        }
                        failed |= report.failed;
                        if failed && self.t.failfast {
                            self.stop.store(true, Ordering::Relaxed);
                        }
                        next += 1;
                    }
                }
                failed
            });
            let mut result = Ok(());
            for (i, target) in targets.iter().enumerate() {
                if self.stop.load(Ordering::Relaxed) {
                    break;
                }
                match self.build(target, timings) {
                    Ok(built) => drop(work.send((i, built))),
                    Err(e) => {
                        result = Err(e);
                        break;
                    }
                }
            }
            drop(work);
            let failed = printer.join().unwrap_or(true);
            result.map(|()| failed)
        })
    }

    /// The test binary of a package. An `Err` is not the program's fault.
    fn build(&self, target: &TestTarget, timings: &mut Timings) -> Result<Built, Failure> {
        let (opts, t) = (self.opts, self.t);
        let cover = t.cover.as_ref();
        let profiles = t.keep_binary || t.compile_only;
        let mut graph = match timings
            .step("load", || load::load_test(target, self.load, cover, profiles))
        {
            Ok(Tested::NoTestFiles) => return Ok(Built::NoTests),
            Ok(Tested::Binary(graph)) => graph,
            Err(e) => {
                return Ok(Built::Failed(format!("# {}\n{}\n", target.path, e.0), "setup failed"));
            }
        };
        let main = graph.roots[0];
        let tested = |p: &load::Package| p.path == target.path && p.name == "main";
        let program = graph.packages.iter().position(tested);
        pgo::attach(opts, &mut graph, program)?;
        let objects = match pipeline::compile(opts, self.root, &graph, Some(main), timings) {
            Ok(objects) => objects,
            Err(Failure::Program(text)) => {
                let text = if cover.is_some() { self.plain_errors(target, text)? } else { text };
                return Ok(Built::Failed(text, "build failed"));
            }
            Err(e) => return Err(e),
        };
        let key = self.result_key(target, &objects);
        if let Some(key) = &key
            && let Some(path) = Cache::new(opts.cache_dir.clone()).lookup(key, "test")
            && let Ok(bytes) = std::fs::read(path)
        {
            return Ok(Built::Cached(bytes));
        }
        if t.vet {
            let paths = [target.path.as_str(), &format!("{}_test", target.path)];
            let text = vet::before_tests(opts, &graph, &paths, timings)?;
            if !text.is_empty() {
                let text = if cover.is_some() { self.plain_warnings(target, text)? } else { text };
                return Ok(Built::Failed(text, "build failed"));
            }
        }
        let name = binary_name(&target.path);
        let (exe, dir) = if t.compile_only || t.keep_binary || opts.output.is_some() {
            let path = opts.cwd.join(opts.output.clone().unwrap_or_else(|| name.clone().into()));
            let folder = path.is_dir() || path.to_string_lossy().ends_with('/');
            (if folder { path.join(&name) } else { path }, None)
        } else {
            let dir = tempfile::Builder::new().prefix("gosubc-test").tempdir();
            let dir =
                dir.map_err(|e| Failure::Program(format!("cannot make a temporary folder: {e}")))?;
            (dir.path().join(&name), Some(dir))
        };
        pipeline::link(opts, self.root, &objects, &exe, timings)?;
        if t.compile_only {
            return Ok(Built::Compiled);
        }
        Ok(Built::Binary(Binary { exe, key, _dir: dir }))
    }

    /// Errors of a package without its counters, which take columns.
    fn plain_errors(&self, target: &TestTarget, text: String) -> Result<String, Failure> {
        let Ok(Tested::Binary(graph)) = load::load_test(target, self.load, None, false) else {
            return Ok(text);
        };
        let mut timings = Timings::new(ShowTimings::No);
        let main = graph.roots[0];
        match pipeline::compile(self.opts, self.root, &graph, Some(main), &mut timings) {
            Err(Failure::Program(text)) => Ok(text),
            Err(e) => Err(e),
            Ok(_) => Ok(text),
        }
    }

    /// What the checks say of a package without its counters.
    fn plain_warnings(&self, target: &TestTarget, text: String) -> Result<String, Failure> {
        let Ok(Tested::Binary(graph)) = load::load_test(target, self.load, None, false) else {
            return Ok(text);
        };
        let paths = [target.path.as_str(), &format!("{}_test", target.path)];
        vet::before_tests(self.opts, &graph, &paths, &mut Timings::new(ShowTimings::No))
    }

    /// A hash of all that a result may depend on: the program, flags, the environment and the module's files (by
    /// size and time). `None` where results are not kept.
    fn result_key(&self, target: &TestTarget, objects: &[PathBuf]) -> Option<String> {
        let t = self.t;
        if !self.list_mode
            || t.uncacheable
            || t.bench
            || t.compile_only
            || t.keep_binary
            || !t.exec.is_empty()
        {
            return None;
        }
        let mut k = KeyBuilder::new().with(b"test").with(target.path.as_bytes());
        for o in objects {
            k = k.with(o.as_os_str().as_encoded_bytes());
        }
        for a in t.flags.iter().chain(&t.args) {
            k = k.with(a.as_bytes());
        }
        let mut env: Vec<_> = std::env::vars_os().collect();
        env.sort();
        for (name, value) in env {
            if !matches!(name.to_str(), Some("_" | "SHLVL" | "PWD" | "OLDPWD")) {
                k = k.with(name.as_encoded_bytes()).with(value.as_encoded_bytes());
            }
        }
        let module =
            target.dir.ancestors().find(|d| d.join("go.mod").is_file()).unwrap_or(&target.dir);
        let mut stamp = testrun::stamp(&self.root.runtime);
        testrun::stamps(module, &mut stamp);
        Some(k.with(stamp.as_bytes()).finish())
    }

    /// Runs the tests of a package and says what the go command would.
    fn run(&self, target: &TestTarget, built: Built, stream: bool) -> Report {
        let mut text = Vec::new();
        let failed = if self.t.json {
            let mut out = std::io::stdout();
            self.run_json(target, built, &mut out)
        } else {
            self.run_plain(target, built, stream, &mut text)
        };
        Report { text, failed }
    }

    fn run_plain(
        &self,
        target: &TestTarget,
        built: Built,
        stream: bool,
        out: &mut Vec<u8>,
    ) -> bool {
        let path = &target.path;
        let binary = match built {
            Built::Compiled => return false,
            Built::NoTests => {
                let line = match self.t.cover.is_some()
                    && load::count_statements(target, self.load).unwrap_or(0) > 0
                {
                    true => format!("\t{path}\t\tcoverage: 0.0% of statements"),
                    false => format!("?   \t{path}\t[no test files]"),
                };
                let _ = writeln!(out, "{line}");
                return false;
            }
            Built::Failed(text, why) => {
                self.print_errors(&text);
                let _ = writeln!(out, "FAIL\t{path} [{why}]");
                return true;
            }
            Built::Cached(output) => {
                if self.t.show_pass {
                    out.extend(&output);
                }
                let _ = writeln!(out, "ok  \t{path}\t(cached){}", suffix(&output));
                return false;
            }
            Built::Binary(b) => b,
        };
        let ended = if stream {
            self.execute(&binary.exe, &target.dir, &mut std::io::stdout())
        } else {
            self.execute(&binary.exe, &target.dir, out)
        };
        // The go command doesn't look at output that it passes on.
        let silent = (stream && (!self.list_mode || self.t.bench)) || ended.output.is_empty();
        if ended.ok() {
            if !stream && !self.t.show_pass {
                out.clear();
            }
            self.keep(&binary, &ended);
            let seconds = ended.elapsed.as_secs_f64();
            let seen: &[u8] = if silent { b"" } else { &ended.output };
            let _ = writeln!(out, "ok  \t{path}\t{seconds:.3}s{}", suffix(seen));
            return false;
        }
        let last = ended.output.last().copied().unwrap_or(b'\n');
        if last != b'\n' {
            out.push(b'\n');
        }
        if let Some(note) = &ended.note {
            let _ = writeln!(out, "{note}");
        } else if silent || ended.signal.is_some() {
            let _ = writeln!(out, "{}", ended.status());
        }
        let _ = writeln!(out, "FAIL\t{path}\t{:.3}s", ended.elapsed.as_secs_f64());
        true
    }

    fn run_json(&self, target: &TestTarget, built: Built, out: &mut dyn Write) -> bool {
        let path = &target.path;
        let failed_build = match &built {
            Built::Failed(_, "build failed") => format!("{path} [{path}.test]"),
            // The go command names the package that is missing, if one is.
            Built::Failed(text, _) => match text.split_once("provides package ") {
                Some((_, rest)) => rest.split([';', ':', '\n']).next().unwrap_or(path).to_string(),
                None => path.clone(),
            },
            _ => String::new(),
        };
        if let Built::Failed(text, _) = &built {
            test2json::build_failed(out, &failed_build, text);
        }
        if matches!(built, Built::Compiled) {
            return false;
        }
        let mut c = Converter::new(out, path);
        let binary = match built {
            Built::NoTests => {
                c.frame(&format!("?   \t{path}\t[no test files]\n"));
                c.finish("skip", Some(0.0), "");
                return false;
            }
            Built::Failed(_, why) => {
                c.frame(&format!("FAIL\t{path} [{why}]\n"));
                c.finish("fail", Some(0.0), &failed_build);
                return true;
            }
            Built::Cached(output) => {
                let _ = c.write_all(&output);
                c.frame(&format!("ok  \t{path}\t(cached){}\n", suffix(&output)));
                c.finish("pass", Some(0.0), "");
                return false;
            }
            Built::Binary(b) => b,
            Built::Compiled => return false,
        };
        let ended = self.execute(&binary.exe, &target.dir, &mut c);
        let seconds = ended.elapsed.as_secs_f64();
        if ended.ok() {
            self.keep(&binary, &ended);
            c.frame(&format!("ok  \t{path}\t{seconds:.3}s{}\n", suffix(&ended.output)));
            c.finish("pass", Some(seconds), "");
            return false;
        }
        let note = ended.note.clone().unwrap_or_else(|| ended.status());
        let _ = c.write_all(format!("{note}\n").as_bytes());
        c.frame(&format!("FAIL\t{path}\t{seconds:.3}s\n"));
        c.finish("fail", Some(seconds), "");
        true
    }

    /// Prints errors of packages that were not printed before.
    fn print_errors(&self, text: &str) {
        let Ok(mut printed) = self.printed.lock() else { return };
        for block in format!("\n{text}").split("\n# ").filter(|b| !b.is_empty()) {
            let (heading, errors) = block.split_once('\n').unwrap_or((block, ""));
            if !printed.iter().any(|p| p == errors) {
                eprintln!("# {heading}\n{}", errors.trim_end_matches('\n'));
                printed.push(errors.to_string());
            }
        }
    }

    /// Runs a binary; its coverage profile is added to that of the whole run.
    fn execute(&self, exe: &Path, dir: &Path, sink: &mut dyn Write) -> Ended {
        let Some(profile) = &self.t.cover_profile else {
            return testrun::run(self.t, exe, dir, sink);
        };
        let part = tempfile::Builder::new().prefix("gosubc-cover").tempdir();
        let Ok(part) = part else { return testrun::run(self.t, exe, dir, sink) };
        let file = part.path().join("profile");
        let mut t = self.t.clone();
        t.flags.push(format!("-test.coverprofile={}", file.display()));
        let ended = testrun::run(&t, exe, dir, sink);
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let lines: String = text.split_inclusive('\n').skip(1).collect();
        if let Ok(_guard) = self.printed.lock() {
            let whole = std::fs::OpenOptions::new().append(true).open(self.opts.cwd.join(profile));
            if let Ok(mut f) = whole {
                let _ = f.write_all(lines.as_bytes());
            }
        }
        ended
    }

    /// Stores a good result.
    fn keep(&self, binary: &Binary, ended: &Ended) {
        if let Some(key) = &binary.key {
            // Without a cache the tests run again next time; nothing else is lost.
            let _ = Cache::new(self.opts.cache_dir.clone()).store(key, "test", &ended.output);
        }
    }
}

/// What stands behind the time of a passing package.
fn suffix(output: &[u8]) -> String {
    let text = String::from_utf8_lossy(output);
    let mut out = String::new();
    if let Some(line) = text.lines().rev().find(|l| l.starts_with("coverage: ")) {
        out = format!("\t{line}");
    }
    if text.lines().any(|l| l == "testing: warning: no tests to run") {
        out.push_str(" [no tests to run]");
    }
    out
}

/// The file name of a test binary: the last element of the import path that isn't a version.
fn binary_name(path: &str) -> String {
    let mut parts = path.rsplit('/').filter(|s| !s.is_empty());
    let last = parts.next().unwrap_or("main");
    let digits = last.strip_prefix('v').unwrap_or("");
    let is_version = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let name = match (path, is_version, parts.next()) {
        ("command-line-arguments", ..) => "main",
        (_, true, Some(before)) => before,
        _ => last,
    };
    format!("{name}.test")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_binaries() {
        assert_eq!(binary_name("ex.com/a/b"), "b.test");
        assert_eq!(binary_name("ex.com/a/v2"), "a.test");
    }

    #[test]
    fn suffixes() {
        assert_eq!(suffix(b"testing: warning: no tests to run\nPASS\n"), " [no tests to run]");
        assert_eq!(
            suffix(b"PASS\ncoverage: 50.0% of statements\n"),
            "\tcoverage: 50.0% of statements"
        );
    }
}

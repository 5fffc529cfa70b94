//! Commands and flags (clap), named as the go command's where it has them.

use crate::testcmd::{self, TestArgs};
use crate::{flags, gcflags};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use diag::render::Format;
use driver::{DeferLimit, Emit, Failure, ModOptions, Options, Pgo, ShowTimings};
use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

/// An ahead-of-time compiler for Go.
#[derive(Parser)]
#[command(name = "gosubc", bin_name = "gosubc", disable_version_flag = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Compile packages and dependencies into an executable
    Build(BuildArgs),
    /// Compile and run a program
    Run(BuildArgs),
    /// Test packages
    Test(Box<TestArgs>),
    /// Report errors without generating code
    Check {
        /// Also check the tests of the named packages
        #[arg(long)]
        tests: bool,
        #[command(flatten)]
        build: BuildArgs,
    },
    /// Report what compiles but is likely a mistake
    Vet {
        /// Also report errors that are declared anew in an inner block
        #[arg(long)]
        shadow: bool,
        #[command(flatten)]
        build: BuildArgs,
    },
    /// Apply the suggestions of errors to the sources
    Fix {
        /// Also apply those that are guesses or leave something to fill in
        #[arg(long)]
        guesses: bool,
        #[command(flatten)]
        build: BuildArgs,
    },
    /// Explain an error's code, with an example and how to mend it, or with `defer FILE.go` the forms of a program's defers
    Explain {
        /// List all codes
        #[arg(long)]
        list: bool,
        /// Codes, as they stand in brackets behind `error`
        #[arg(value_name = "CODE")]
        codes: Vec<String>,
    },
    /// Print gosubc's environment
    Env {
        /// Print only these variables' values
        names: Vec<String>,
    },
    /// Print the version
    Version,
    /// Remove the build cache
    Clean {
        /// Remove the whole cache (the default)
        #[arg(long)]
        cache: bool,
    },
}

#[derive(Args)]
pub struct BuildArgs {
    /// Write the result to this file, or into this folder
    #[arg(long = "o", value_name = "OUT")]
    output: Option<PathBuf>,
    /// Optimisation level
    #[arg(long = "O", value_name = "LEVEL", default_value_t = 2, value_parser = clap::value_parser!(u8).range(0..=3))]
    pub opt_level: u8,
    /// Additional build tags, separated by commas
    #[arg(long, value_name = "TAGS", value_delimiter = ',')]
    tags: Vec<String>,
    /// Language version, such as go1.21
    #[arg(long, value_name = "VERSION", value_parser = parse_lang)]
    pub lang: Option<(u32, u32)>,
    /// How errors are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    error_format: FormatArg,
    /// Print all errors, not just the first ten
    #[arg(long = "e")]
    pub all_errors: bool,
    /// Print the names of packages as they are compiled
    #[arg(long = "v")]
    verbose: bool,
    /// Print the commands that are run
    #[arg(long = "x")]
    print_commands: bool,
    /// Compile this many packages at a time
    #[arg(long = "j", visible_alias = "p", value_name = "N")]
    jobs: Option<usize>,
    /// Print how long each step took; with a file, write a trace for Perfetto
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    timings: Option<Option<PathBuf>>,
    /// Make a fully static executable
    #[arg(long = "static")]
    static_exe: bool,
    /// Full debug information, variables included
    #[arg(long = "g")]
    debug_vars: bool,
    /// Verify the intermediate representation after each pass
    #[arg(long)]
    verify: bool,
    /// Print a representation of the named packages instead of building
    #[arg(long, value_name = "WHAT")]
    emit: Option<EmitArg>,
    /// Debugging choices: defer, defer=why, nodeferopen, nodeferstack
    #[arg(long = "d", value_name = "LIST", value_delimiter = ',')]
    pub debug: Vec<String>,
    /// Print what escape analysis decided: which variables and allocations are on the heap, which parameters leak
    #[arg(long = "m")]
    pub decisions: bool,
    #[arg(skip)]
    pub no_inline: bool,
    /// Linker flags: -s (no symbols), -w (no debug information), -X importpath.name=value
    #[arg(long, value_name = "FLAGS", allow_hyphen_values = true)]
    ldflags: Option<String>,
    /// Flags of Go's compiler: -N, -l, -e, -d, -m, -lang
    #[arg(long, value_name = "FLAGS", allow_hyphen_values = true)]
    pub gcflags: Vec<String>,
    /// Executables are plain ones: exe (or default)
    #[arg(long, value_name = "MODE")]
    buildmode: Option<String>,
    /// Report data races while the program runs (needs libclang-rt-22-dev)
    #[arg(long)]
    race: bool,
    /// Accepted for compatibility: nothing of a repository is recorded
    #[arg(long, value_name = "WHEN", num_args = 0..=1, require_equals = true)]
    buildvcs: Option<String>,
    /// Compile packages even if the cache has them
    #[arg(long = "a")]
    rebuild: bool,
    /// Where modules are looked for: vendor, mod or readonly
    #[arg(long = "mod", value_name = "MODE")]
    mod_mode: Option<String>,
    /// Processor to generate code for, such as x86-64-v3 or native
    #[arg(long, value_name = "CPU")]
    target_cpu: Option<String>,
    /// Optimise for what this CPU profile saw: a file, auto (default.pgo beside the main package) or off
    #[arg(long, value_name = "FILE", default_value = "auto")]
    pgo: String,
    /// Accepted for compatibility: paths are never recorded in full
    #[arg(long)]
    trimpath: bool,
    /// Go files or packages; for run, what follows them is passed to the program
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "FILES | PACKAGES")]
    args: Vec<String>,
}

impl BuildArgs {
    pub fn is_verbose(&self) -> bool {
        self.verbose
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatArg {
    Human,
    Short,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum EmitArg {
    Ast,
    Ir,
    LlvmIr,
    LlvmBc,
    Asm,
    Obj,
    Opt,
}

pub fn parse_lang(s: &str) -> Result<(u32, u32), String> {
    let wrong = || format!("invalid value {s:?} for -lang: should be something like \"go1.12\"");
    let digits = s.strip_prefix("go").ok_or_else(wrong)?;
    let v = driver::parse_go_version(digits).ok_or_else(wrong)?;
    if v > driver::LATEST {
        let (major, minor) = driver::LATEST;
        return Err(format!(
            "invalid value {s:?} for -lang: max known version is \"go{major}.{minor}\""
        ));
    }
    Ok(v)
}

/// Runs the command line; returns the exit code.
pub fn main() -> u8 {
    let (cli, test_args) = match parse(std::env::args_os().collect()) {
        Ok(parsed) => parsed,
        Err(e) => {
            let code = if e.use_stderr() { 2 } else { 0 };
            let _ = e.print();
            return code;
        }
    };
    let result = match cli.command {
        Command::Build(a) => options(a).and_then(|o| driver::build(&o)),
        Command::Check { tests, build } => {
            options(build).and_then(|o| driver::check(&Options { tests, ..o }))
        }
        Command::Run(a) => match options(a).and_then(driver::run) {
            Ok(code) => return code,
            Err(e) => Err(e),
        },
        Command::Test(a) => {
            let tests = a.options(&test_args);
            match tests.and_then(|t| driver::test(options(a.build)?, &t)) {
                Ok(code) => return code,
                Err(e) => Err(e),
            }
        }
        Command::Vet { shadow, build } => {
            options(build).and_then(|o| driver::vet(&Options { tests: true, ..o }, shadow))
        }
        Command::Fix { guesses, build } => {
            options(build).and_then(|o| driver::fix(&o, guesses)).map(|text| say(&text))
        }
        Command::Explain { codes, .. } if codes.first().is_some_and(|c| c == "defer") => {
            explain_defers(&codes[1..])
        }
        Command::Explain { list, codes } => explain(list, &codes).map(|text| say(&text)),
        Command::Env { names } => env(&names),
        Command::Version => {
            say(&format!(
                "gosubc version {} linux/amd64 (Go language {}.{})\n",
                env!("CARGO_PKG_VERSION"),
                driver::LATEST.0,
                driver::LATEST.1
            ));
            Ok(())
        }
        Command::Clean { .. } => driver::clean(&cache_dir()),
    };
    match result {
        Ok(()) => 0,
        Err(failure) => {
            let mut text = failure.text().to_string();
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            let _ = std::io::stderr().write_all(text.as_bytes());
            failure.exit_code() as u8
        }
    }
}

fn say(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// The command, and for `test` the arguments of the tests themselves.
fn parse(args: Vec<OsString>) -> Result<(Cli, Vec<OsString>), clap::Error> {
    let mut args = args.into_iter();
    let mut all: Vec<OsString> = args.by_ref().take(1).collect();
    let rest: Vec<OsString> = args.collect();
    let command = rest
        .iter()
        .position(|a| !a.to_string_lossy().starts_with('-'))
        .map_or(rest.len(), |i| i + 1);
    let mut cli = Cli::command();
    cli.build();
    let name = rest.get(command.wrapping_sub(1)).map(|c| c.to_string_lossy().into_owned());
    let sub = name.as_deref().and_then(|n| cli.find_subcommand(n));
    let takes_value = |name: &str| {
        if matches!(name, "h" | "help") {
            return Some(false);
        }
        let named = |a: &&clap::Arg| {
            a.get_long() == Some(name) || a.get_visible_aliases().is_some_and(|v| v.contains(&name))
        };
        // Of an unknown command nothing is known: clap says so.
        let Some(sub) = sub else { return Some(false) };
        let takes = |a: &clap::Arg| a.get_action().takes_values() && !a.is_require_equals_set();
        sub.get_arguments().find(named).map(takes)
    };
    let usage = |e: String| {
        let help = name.as_deref().unwrap_or("");
        let text = format!("{e}\nRun 'gosubc help {help}' for usage.\n");
        clap::Error::raw(clap::error::ErrorKind::UnknownArgument, text)
    };
    let known_nothing = |_: &str| Some(false);
    all.extend(flags::normalize(rest[..command].to_vec(), known_nothing).map_err(usage)?);
    let mut of_command = rest[command..].to_vec();
    let mut of_tests = Vec::new();
    if name.as_deref() == Some("test") {
        (of_command, of_tests) = testcmd::permute(of_command, takes_value);
    }
    all.extend(flags::normalize(of_command, takes_value).map_err(usage)?);
    Ok((Cli::try_parse_from(all)?, of_tests))
}

fn options(mut a: BuildArgs) -> Result<Options, Failure> {
    let usage = Failure::Usage;
    gcflags::apply(&mut a).map_err(usage)?;
    if a.race && a.static_exe {
        return Err(usage(
            "-race and -static don't go together: ThreadSanitizer replaces functions of libc"
                .into(),
        ));
    }
    if a.race {
        a.tags.push("race".into());
    }
    if let Some(mode) = a.buildmode.as_deref().filter(|m| !matches!(*m, "default" | "exe")) {
        return Err(usage(format!(
            "-buildmode={mode} is not supported: gosubc makes executables only"
        )));
    }
    let cwd = std::env::current_dir()
        .map_err(|e| usage(format!("cannot find the working directory: {e}")))?;
    let (mut defer_limit, mut print_defers) = (DeferLimit::None, None);
    for d in &a.debug {
        match d.as_str() {
            "defer" | "defer=1" => print_defers = Some(false),
            "defer=why" => print_defers = Some(true),
            "nodeferopen" => defer_limit = DeferLimit::NoOpen,
            "nodeferstack" => defer_limit = DeferLimit::NoStack,
            _ => return Err(usage(format!("unknown debug key -d {d}"))),
        }
    }
    let target_cpu = a.target_cpu.unwrap_or_else(goamd64);
    if !driver::is_known_processor(&target_cpu) {
        return Err(usage(format!(
            "unknown processor {target_cpu} (-target-cpu takes LLVM's names, such as x86-64-v3, znver4 or native)"
        )));
    }
    let link_flags = driver::LinkFlags::parse(a.ldflags.as_deref().unwrap_or("")).map_err(usage)?;
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    Ok(Options {
        cwd,
        exe: std::env::current_exe().unwrap_or_default(),
        env_root: env_path("GOSUBCROOT"),
        cache_dir: cache_dir(),
        args: a.args,
        tests: false,
        output: a.output,
        tags: a.tags.into_iter().filter(|t| !t.is_empty()).collect(),
        lang: a.lang,
        format: match a.error_format {
            FormatArg::Human => Format::Human,
            FormatArg::Short => Format::Short,
            FormatArg::Json => Format::Json,
        },
        headings: false,
        colors: std::io::stderr().is_terminal()
            && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
        all_errors: a.all_errors,
        verbose: a.verbose,
        print_commands: a.print_commands,
        jobs: a.jobs.unwrap_or(cores).max(1),
        timings: match a.timings {
            None => ShowTimings::No,
            Some(None) => ShowTimings::Table,
            Some(Some(file)) => ShowTimings::Trace(file),
        },
        static_exe: a.static_exe,
        opt_level: a.opt_level,
        race: a.race,
        debug_vars: a.debug_vars,
        verify: a.verify,
        emit: a.emit.map(|e| match e {
            EmitArg::Ast => Emit::Ast,
            EmitArg::Ir => Emit::Ir,
            EmitArg::LlvmIr => Emit::LlvmIr,
            EmitArg::LlvmBc => Emit::LlvmBc,
            EmitArg::Asm => Emit::Asm,
            EmitArg::Obj => Emit::Obj,
            EmitArg::Opt => Emit::Opt,
        }),
        defer_limit,
        print_defers,
        link_flags,
        print_decisions: a.decisions,
        no_inline: a.no_inline,
        rebuild: a.rebuild,
        modules: ModOptions {
            cache: mod_cache(),
            work: std::env::var("GOWORK").unwrap_or_default(),
            ignore_vendor: match a.mod_mode.as_deref() {
                None | Some("vendor") => false,
                Some("mod" | "readonly") => true,
                Some(m) => {
                    return Err(usage(format!(
                        "-mod={m} not supported (can be '', 'mod', 'readonly', or 'vendor')"
                    )));
                }
            },
        },
        target_cpu,
        pgo: Pgo::parse(&a.pgo),
    })
}

/// The processor level of GOAMD64 (`v1` to `v4`).
fn goamd64() -> String {
    match std::env::var("GOAMD64").as_deref() {
        Ok("v2") => "x86-64-v2".into(),
        Ok("v3") => "x86-64-v3".into(),
        Ok("v4") => "x86-64-v4".into(),
        _ => "x86-64".into(),
    }
}

/// The texts for `gosubc explain`.
/// `gosubc explain defer FILES`: as a build that only prints.
fn explain_defers(files: &[String]) -> Result<(), Failure> {
    let words = ["gosubc", "build", "--"].into_iter().chain(files.iter().map(String::as_str));
    match Cli::try_parse_from(words).map(|c| c.command) {
        Ok(Command::Build(a)) => {
            driver::build(&Options { emit: Some(Emit::Defers), ..options(a)? })
        }
        _ => Err(Failure::Usage("explain defer takes files or packages".to_string())),
    }
}

fn explain(list: bool, codes: &[String]) -> Result<String, Failure> {
    if list {
        let line = |e: &diag::explain::Explanation| {
            format!("{:26} {}\n", e.code, e.summary().replace('\n', " "))
        };
        let mut text: String = diag::explain::all().iter().map(line).collect();
        for (name, about) in driver::vet_checks() {
            let summary = about.split_once(": ").map_or(about, |(s, _)| s);
            let summary = summary.split_once(". ").map_or(summary, |(s, _)| s);
            text += &format!("{name:26} {summary} (vet)\n");
        }
        return Ok(text);
    }
    if codes.is_empty() {
        let text = "gosubc explain: no code given; gosubc explain --list prints all".to_string();
        return Err(Failure::Usage(text));
    }
    let mut texts = Vec::new();
    for code in codes {
        if let Some((name, about)) = driver::vet_checks().find(|(n, _)| n == code) {
            texts.push(format!("{name} (gosubc vet)\n\n{about}\n"));
            continue;
        }
        let Some(e) = diag::explain::find(code) else {
            let text = format!("gosubc explain: no explanation for {code}");
            return Err(Failure::Program(text));
        };
        texts.push(e.to_text());
    }
    Ok(texts.join("\n"))
}

fn env_path(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from)
}

/// Where the go command keeps modules: GOMODCACHE, else below the first GOPATH.
fn mod_cache() -> PathBuf {
    let first = |v: PathBuf| std::env::split_paths(&v).next().unwrap_or(v);
    env_path("GOMODCACHE")
        .or_else(|| env_path("GOPATH").map(|p| first(p).join("pkg/mod")))
        .or_else(|| env_path("HOME").map(|d| d.join("go/pkg/mod")))
        .unwrap_or_default()
}

fn cache_dir() -> PathBuf {
    env_path("GOSUBCCACHE")
        .or_else(|| env_path("XDG_CACHE_HOME").map(|d| d.join("gosubc")))
        .or_else(|| env_path("HOME").map(|d| d.join(".cache/gosubc")))
        .unwrap_or_else(|| std::env::temp_dir().join("gosubc-cache"))
}

fn env(names: &[String]) -> Result<(), Failure> {
    let exe = std::env::current_exe().unwrap_or_default();
    let root = driver::root::Root::find(&exe, env_path("GOSUBCROOT").as_deref());
    let cwd = std::env::current_dir().unwrap_or_default();
    let gomod = cwd.ancestors().map(|d| d.join("go.mod")).find(|p| p.is_file());
    let show = |p: Option<PathBuf>| p.map_or(String::new(), |p| p.display().to_string());
    let amd64 = std::env::var("GOAMD64").unwrap_or_else(|_| "v1".into());
    let vars = [
        ("GOAMD64", amd64),
        ("GOARCH", "amd64".into()),
        ("GOMODCACHE", show(Some(mod_cache()))),
        ("GOMOD", gomod.map_or("/dev/null".into(), |p| p.display().to_string())),
        ("GOOS", "linux".into()),
        ("GOSUBCCACHE", show(Some(cache_dir()))),
        ("GOSUBCROOT", show(root.ok().map(|r| r.dir))),
        ("GOSUBCVERSION", env!("CARGO_PKG_VERSION").into()),
    ];
    for (name, value) in &vars {
        if names.is_empty() {
            say(&format!("{name}='{value}'\n"));
        }
    }
    for n in names {
        let value = vars.iter().find(|(k, _)| k == n).map_or("", |(_, v)| v.as_str());
        say(&format!("{value}\n"));
    }
    Ok(())
}

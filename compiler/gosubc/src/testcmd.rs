//! `gosubc test`: its flags, which may stand before and behind packages, turned into [`driver::TestOptions`].

use crate::cli::BuildArgs;
use driver::{CoverMode, CoverOptions, Failure, TestOptions};
use std::ffi::OsString;
use std::time::Duration;

#[derive(clap::Args)]
pub struct TestArgs {
    /// Run only tests, examples and fuzz targets that match the expression
    #[arg(long, value_name = "REGEXP", help_heading = TESTS)]
    run: Option<String>,
    /// Do not run those that match the expression
    #[arg(long, value_name = "REGEXP", help_heading = TESTS)]
    skip: Option<String>,
    /// Run benchmarks that match the expression
    #[arg(long, value_name = "REGEXP", help_heading = TESTS)]
    bench: Option<String>,
    /// Print allocations of benchmarks
    #[arg(long, help_heading = TESTS)]
    benchmem: bool,
    /// Run each benchmark for this time, or so many times (100x)
    #[arg(long, value_name = "T", help_heading = TESTS)]
    benchtime: Option<String>,
    /// Run each test and benchmark N times
    #[arg(long, value_name = "N", help_heading = TESTS)]
    count: Option<String>,
    /// Values of GOMAXPROCS to run with, separated by commas
    #[arg(long, value_name = "LIST", help_heading = TESTS)]
    cpu: Option<String>,
    /// Start no more tests after the first failure
    #[arg(long, help_heading = TESTS)]
    failfast: bool,
    /// Show full file names in messages
    #[arg(long, help_heading = TESTS)]
    fullpath: bool,
    /// Fuzz the matching target (not supported; targets run on their seeds)
    #[arg(long, value_name = "REGEXP", help_heading = TESTS)]
    fuzz: Option<String>,
    /// List what matches the expression instead of running it
    #[arg(long, value_name = "REGEXP", help_heading = TESTS)]
    list: Option<String>,
    /// Run at most N parallel tests at a time
    #[arg(long, value_name = "N", help_heading = TESTS)]
    parallel: Option<String>,
    /// Tell long tests to be short
    #[arg(long, help_heading = TESTS)]
    short: bool,
    /// Run in random order: off, on, or a seed
    #[arg(long, value_name = "SEED", help_heading = TESTS)]
    shuffle: Option<String>,
    /// Panic if a test binary runs longer than this; 0: no limit
    #[arg(long, value_name = "DURATION", default_value = "10m", help_heading = TESTS)]
    timeout: String,
    /// Keep what tests write to their ArtifactDir
    #[arg(long, help_heading = TESTS)]
    artifacts: bool,
    /// Folder for profiles and artifacts
    #[arg(long, value_name = "DIR", help_heading = TESTS)]
    outputdir: Option<String>,
    /// Write a CPU profile
    #[arg(long, value_name = "FILE", help_heading = TESTS)]
    cpuprofile: Option<String>,
    /// Write an allocation profile
    #[arg(long, value_name = "FILE", help_heading = TESTS)]
    memprofile: Option<String>,
    /// Write a profile of blocking
    #[arg(long, value_name = "FILE", help_heading = TESTS)]
    blockprofile: Option<String>,
    /// Write a profile of contended locks
    #[arg(long, value_name = "FILE", help_heading = TESTS)]
    mutexprofile: Option<String>,
    /// Measure which statements tests execute
    #[arg(long, help_heading = TESTS)]
    cover: bool,
    /// set (executed or not), count, or atomic (count, exact with goroutines)
    #[arg(long, value_name = "MODE", help_heading = TESTS)]
    covermode: Option<String>,
    /// Measure these packages instead of the tested ones
    #[arg(long, value_name = "PATTERNS", value_delimiter = ',', help_heading = TESTS)]
    coverpkg: Vec<String>,
    /// Write a coverage profile
    #[arg(long, value_name = "FILE", help_heading = TESTS)]
    coverprofile: Option<std::path::PathBuf>,
    /// Build the test binary but don't run it
    #[arg(long = "c", help_heading = TESTS)]
    compile_only: bool,
    /// Print events as JSON, one a line
    #[arg(long, help_heading = TESTS)]
    json: bool,
    /// Run test binaries with this program
    #[arg(long, value_name = "COMMAND", help_heading = TESTS)]
    exec: Option<String>,
    /// Checks before tests run: printf, or off
    #[arg(long, value_name = "LIST", help_heading = TESTS)]
    vet: Option<String>,
    /// Marked output for a program that reads it
    #[arg(long, hide = true)]
    test2json: bool,
    #[command(flatten)]
    pub build: BuildArgs,
}

const TESTS: &str = "Test flags";

/// Arguments of `gosubc test` with all flags in front of the packages, and what follows for the tests themselves.
/// `takes_value` is that of [`crate::flags::normalize`].
pub fn permute(
    args: Vec<OsString>,
    takes_value: impl Fn(&str) -> Option<bool>,
) -> (Vec<OsString>, Vec<OsString>) {
    let (mut flags, mut packages, mut rest) = (Vec::new(), Vec::new(), Vec::new());
    let mut it = args.into_iter().peekable();
    // Packages stand together; after a flag behind them, the next argument that is none begins the tests' own.
    let mut closed = false;
    while let Some(arg) = it.next() {
        let text = arg.to_string_lossy().into_owned();
        if text == "-args" || text == "--args" {
            rest.extend(it);
            break;
        }
        if text == "-" || !text.starts_with('-') {
            if closed {
                rest.push(arg);
                rest.extend(it);
                break;
            }
            packages.push(arg);
            continue;
        }
        closed |= !packages.is_empty();
        let name = text.trim_start_matches('-');
        let name = name.strip_prefix("test.").unwrap_or(name);
        let (name, value) = name.split_once('=').map_or((name, None), |(n, v)| (n, Some(v)));
        let Some(takes) = takes_value(name).or(short_level(name)) else {
            // The tests may define it. Whether it takes a value nobody knows here.
            rest.push(arg);
            closed = true;
            continue;
        };
        match (takes, value) {
            (true, Some(v)) => flags.push(format!("-{name}={v}").into()),
            (true, None) => {
                flags.push(format!("-{name}").into());
                flags.extend(it.next());
            }
            (false, None) => flags.push(format!("-{name}").into()),
            (false, Some("test2json")) => flags.push("-test2json".into()),
            (false, Some("1" | "t" | "T" | "true" | "TRUE" | "True")) => {
                flags.push(format!("-{name}").into());
            }
            (false, Some("0" | "f" | "F" | "false" | "FALSE" | "False")) => {}
            (false, Some(_)) => flags.push(arg),
        }
    }
    if !packages.is_empty() {
        flags.push("--".into());
        flags.extend(packages);
    }
    (flags, rest)
}

/// -O2 and -j4 are flags with their value.
fn short_level(name: &str) -> Option<bool> {
    let digits = name.strip_prefix(['O', 'j'])?;
    (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then_some(false)
}

impl TestArgs {
    /// The flags for the driver; `rest` is for the test binaries.
    pub fn options(&self, rest: &[OsString]) -> Result<TestOptions, Failure> {
        let usage = |text: &str| Err(Failure::Usage(text.to_string()));
        if self.fuzz.is_some() {
            return usage("-fuzz is not supported: fuzz targets run on their seeds only");
        }
        let vet = match self.vet.as_deref() {
            None | Some("" | "printf" | "all") => true,
            Some("off") => false,
            Some(_) => {
                return usage(
                    "-vet: the check that runs before tests is printf; -vet=off leaves it out",
                );
            }
        };
        let timeout = match parse_duration(&self.timeout) {
            Some(d) => d,
            None => {
                let text =
                    format!("invalid value {:?} for flag -timeout: parse error", self.timeout);
                return Err(Failure::Usage(text));
            }
        };
        let cwd = std::env::current_dir().unwrap_or_default();
        let mut flags = vec!["-test.paniconexit0".to_string()];
        let mut value = |name: &str, v: &Option<String>| {
            if let Some(v) = v {
                flags.push(format!("-test.{name}={v}"));
            }
        };
        value("run", &self.run);
        value("skip", &self.skip);
        value("bench", &self.bench);
        value("benchtime", &self.benchtime);
        value("count", &self.count);
        value("cpu", &self.cpu);
        value("list", &self.list);
        value("parallel", &self.parallel);
        value("shuffle", &self.shuffle);
        value("cpuprofile", &self.cpuprofile);
        value("memprofile", &self.memprofile);
        value("blockprofile", &self.blockprofile);
        value("mutexprofile", &self.mutexprofile);
        value("timeout", &Some(self.timeout.clone()));
        let unsupported = [
            ("mem", &self.memprofile),
            ("block", &self.blockprofile),
            ("mutex", &self.mutexprofile),
        ];
        if let Some((name, _)) = unsupported.iter().find(|(_, file)| file.is_some()) {
            let text =
                format!("-{name}profile is not supported: gosubc profiles processor time only");
            return Err(Failure::Usage(text));
        }
        let profiles = [&self.cpuprofile, &self.memprofile, &self.blockprofile, &self.mutexprofile];
        let keep_binary = profiles.iter().any(|p| p.is_some());
        // Tests run in their package's folder; files are written where the command was given.
        if keep_binary || self.artifacts || self.outputdir.is_some() {
            let dir = cwd.join(self.outputdir.as_deref().unwrap_or(""));
            value("outputdir", &Some(dir.display().to_string().trim_end_matches('/').into()));
        }
        let verbose = self.build.is_verbose();
        let on = [
            ("benchmem", self.benchmem),
            ("failfast", self.failfast),
            ("fullpath", self.fullpath),
            ("short", self.short),
            ("artifacts", self.artifacts),
        ];
        flags.extend(on.iter().filter(|(_, on)| *on).map(|(name, _)| format!("-test.{name}=true")));
        if self.json || self.test2json {
            flags.push("-test.v=test2json".into());
        } else if verbose {
            flags.push("-test.v=true".into());
        }
        let mode = match self.covermode.as_deref() {
            None | Some("set") => CoverMode::Set,
            Some("count") => CoverMode::Count,
            Some("atomic") => CoverMode::Atomic,
            Some(_) => {
                return usage(
                    "invalid value for flag -covermode: valid modes are: set, count, atomic",
                );
            }
        };
        let covers = self.cover
            || self.covermode.is_some()
            || !self.coverpkg.is_empty()
            || self.coverprofile.is_some();
        let args: Vec<String> = rest.iter().map(|a| a.to_string_lossy().into_owned()).collect();
        let uncacheable = self.count.is_some()
            || self.shuffle.as_deref().is_some_and(|s| s != "off")
            || self.artifacts
            || self.coverprofile.is_some()
            || !args.is_empty();
        Ok(TestOptions {
            flags,
            args,
            compile_only: self.compile_only,
            json: self.json,
            show_pass: verbose || self.list.is_some() || self.bench.is_some() || self.test2json,
            bench: self.bench.is_some(),
            uncacheable,
            keep_binary,
            timeout: Some(timeout),
            exec: self.exec.iter().flat_map(|e| e.split_whitespace()).map(str::to_string).collect(),
            environment: Vec::new(),
            cover: covers.then(|| CoverOptions { mode, packages: self.coverpkg.clone() }),
            cover_profile: self.coverprofile.clone(),
            vet,
            failfast: self.failfast,
        })
    }
}

/// Durations as package time reads them: `1h15m30.5s`, `300ms`, `0`.
fn parse_duration(s: &str) -> Option<Duration> {
    if s == "0" {
        return Some(Duration::ZERO);
    }
    let (mut rest, mut seconds) = (s, 0f64);
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest[..digits].parse().ok()?;
        let end =
            rest[digits..].find(|c: char| c.is_ascii_digit()).map_or(rest.len(), |i| digits + i);
        seconds += number
            * match &rest[digits..end] {
                "h" => 3600.0,
                "m" => 60.0,
                "s" => 1.0,
                "ms" => 1e-3,
                "us" | "µs" => 1e-6,
                "ns" => 1e-9,
                _ => return None,
            };
        rest = &rest[end..];
    }
    Duration::try_from_secs_f64(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(args: &[&str]) -> (Vec<String>, Vec<String>) {
        let takes = |n: &str| match n {
            "run" | "count" | "o" => Some(true),
            "v" | "short" => Some(false),
            _ => None,
        };
        let (a, b) = permute(args.iter().map(OsString::from).collect(), takes);
        let text = |v: Vec<OsString>| v.into_iter().map(|s| s.into_string().unwrap()).collect();
        (text(a), text(b))
    }

    #[test]
    fn flags_come_first() {
        let (flags, rest) =
            run(&["-v", "./a", "./b", "-run", "X", "-test.count=2", "-args", "-v", "y"]);
        assert_eq!(flags, ["-v", "-run", "X", "-count=2", "--", "./a", "./b"]);
        assert_eq!(rest, ["-v", "y"]);
        let (flags, rest) = run(&["./a", "-mine", "x", "-v"]);
        assert_eq!((flags.join(" "), rest.join(" ")), ("-- ./a".into(), "-mine x -v".into()));
        assert_eq!(run(&["-v=false", "-short=true"]).0, ["-short"]);
        assert_eq!(run(&["-v=test2json"]).0, ["-test2json"]);
    }

    #[test]
    fn durations() {
        assert_eq!(parse_duration("1m30s"), Some(Duration::from_secs(90)));
        assert_eq!(parse_duration("250ms"), Some(Duration::from_millis(250)));
        assert_eq!(parse_duration("0"), Some(Duration::ZERO));
        assert_eq!(parse_duration("10"), None);
        assert_eq!(parse_duration(""), None);
        assert_eq!(parse_duration("1y"), None);
    }
}

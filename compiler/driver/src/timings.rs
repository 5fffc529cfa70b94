//! `--timings`: how long each step took, as a table on standard error or as a trace file; and the line that long
//! builds show on a terminal meanwhile.

use crate::options::{Failure, ShowTimings};
use crate::output;
use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

pub struct Timings {
    shown: ShowTimings,
    steps: Vec<Step>,
    start: Instant,
    /// Packages and lines that were parsed and checked.
    counted: (usize, usize),
}

/// Something that was done.
#[derive(Debug)]
pub struct Step {
    /// What kind: steps of one kind are a line of the table.
    pub name: &'static str,
    /// A package, or nothing.
    pub detail: String,
    pub start: Instant,
    pub time: Duration,
    /// 0 for the main thread.
    pub thread: usize,
}

impl Timings {
    pub fn new(shown: ShowTimings) -> Timings {
        Timings { shown, steps: Vec::new(), start: Instant::now(), counted: (0, 0) }
    }

    /// Runs a step and notes its time.
    pub fn step<T>(&mut self, name: &'static str, f: impl FnOnce() -> T) -> T {
        self.step_of(name, "", f)
    }

    /// The same for a package.
    pub fn step_of<T>(&mut self, name: &'static str, detail: &str, f: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let out = f();
        let time = start.elapsed();
        self.add(Step { name, detail: detail.to_string(), start, time, thread: 0 });
        out
    }

    /// So much was parsed and checked.
    pub fn counted(&mut self, packages: usize, lines: usize) {
        self.counted = (packages, lines);
    }

    pub fn add(&mut self, step: Step) {
        self.steps.push(step);
    }

    /// Shows what the user asked for.
    pub fn finish(&self) -> Result<(), Failure> {
        match &self.shown {
            ShowTimings::No => Ok(()),
            ShowTimings::Table => {
                eprint!("{}", self.table());
                Ok(())
            }
            ShowTimings::Trace(path) => {
                output::write_whole(path, self.trace().as_bytes(), false).map_err(Failure::Program)
            }
        }
    }

    fn table(&self) -> String {
        let mut sums: Vec<(&str, Duration)> = Vec::new();
        for s in &self.steps {
            match sums.iter_mut().find(|(n, _)| *n == s.name) {
                Some((_, t)) => *t += s.time,
                None => sums.push((s.name, s.time)),
            }
        }
        sums.push(("total", self.start.elapsed()));
        let front: f64 = (sums.iter().filter(|(n, _)| matches!(*n, "parse" | "check")))
            .map(|(_, t)| t.as_secs_f64())
            .sum();
        let line =
            |(n, t): (&str, Duration)| format!("{n:<12} {:>9.1} ms\n", t.as_secs_f64() * 1e3);
        let mut table: String = sums.into_iter().map(line).collect();
        if let (packages, lines @ 1..) = self.counted {
            let speed = lines as f64 / front.max(1e-9);
            table += &format!(
                "{packages} packages, {lines} lines, {speed:.0} lines/s parsed and checked"
            );
            table += &format!(", {} MB at most\n", peak_memory());
        }
        table
    }

    /// The steps in the trace event format that Perfetto and Chrome read.
    fn trace(&self) -> String {
        let event = |s: &Step| {
            serde_json::json!({
                "name": format!("{} {}", s.name, s.detail).trim_end(),
                "cat": s.name,
                "ph": "X",
                "pid": 1,
                "tid": s.thread,
                "ts": s.start.saturating_duration_since(self.start).as_micros() as u64,
                "dur": s.time.as_micros() as u64,
            })
        };
        let events: Vec<_> = self.steps.iter().map(event).collect();
        serde_json::json!({ "traceEvents": events }).to_string()
    }
}

/// The most memory that the process has had, in MB.
fn peak_memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or("");
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap_or(0) >> 10
}

/// How far a build is: a line on a terminal that is drawn again and again, and goes away at the end.
pub struct Progress {
    shown: bool,
    total: usize,
    done: AtomicUsize,
    start: Instant,
}

/// Shorter builds show nothing.
const PATIENCE: Duration = Duration::from_millis(700);

impl Progress {
    pub fn new(total: usize, wanted: bool) -> Progress {
        let shown = wanted && std::io::stderr().is_terminal();
        Progress { shown, total, done: AtomicUsize::new(0), start: Instant::now() }
    }

    /// A package has been compiled.
    pub fn done(&self, package: &str) {
        let n = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.shown && self.start.elapsed() >= PATIENCE {
            // Nobody is told when a terminal has gone.
            let _ = write!(std::io::stderr(), "\r\x1b[K[{n}/{}] {package}", self.total);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown && self.start.elapsed() >= PATIENCE {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

//! `--timings`: how long each step took, as a table on standard error.

use std::time::{Duration, Instant};

pub struct Timings {
    shown: bool,
    steps: Vec<(String, Duration)>,
    start: Instant,
}

impl Timings {
    pub fn new(shown: bool) -> Timings {
        Timings { shown, steps: Vec::new(), start: Instant::now() }
    }

    /// Runs a step and notes its time; steps of one name add up.
    pub fn step<T>(&mut self, name: &str, f: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let out = f();
        self.add(name, start.elapsed());
        out
    }

    pub fn add(&mut self, name: &str, time: Duration) {
        match self.steps.iter_mut().find(|(n, _)| n == name) {
            Some((_, t)) => *t += time,
            None => self.steps.push((name.to_string(), time)),
        }
    }

    pub fn print(&self) {
        if !self.shown {
            return;
        }
        let ms = |d: Duration| d.as_secs_f64() * 1e3;
        for (name, time) in &self.steps {
            eprintln!("{name:<12} {:>9.1} ms", ms(*time));
        }
        eprintln!("{:<12} {:>9.1} ms", "total", ms(self.start.elapsed()));
    }
}

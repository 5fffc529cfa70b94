//! `gosubc fix`: the suggestions of errors, applied to the files of the named packages.

use crate::frontend;
use crate::options::{Failure, Options};
use crate::output::write_whole;
use crate::pipeline::load_graph;
use crate::timings::Timings;
use diag::{Applicability, Diagnostics, SourceMap};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Mending one error may show the next, but not for ever.
const MAX_ROUNDS: usize = 8;

/// A range of bytes and what to put there.
type Edit = (std::ops::Range<usize>, String);

/// Edits by file name, each file's text beside.
#[derive(Default)]
struct Plan {
    files: BTreeMap<String, (String, Vec<Edit>)>,
    count: usize,
}

impl Plan {
    /// Takes over the suggestions of a package's errors; those that overlap others wait.
    fn collect(&mut self, source: &SourceMap, diags: &Diagnostics, guesses: bool) {
        for d in diags.iter() {
            let fits = |s: &&diag::Suggestion| {
                guesses || s.applicability == Applicability::MachineApplicable
            };
            if let Some(s) = d.suggestions.iter().find(fits) {
                self.add(source, s);
            }
        }
    }

    fn add(&mut self, source: &SourceMap, s: &diag::Suggestion) {
        let mut edits = Vec::new();
        for (span, text) in &s.edits {
            let Some((id, range)) = source.range(*span) else { return };
            let f = source.file(diag::FileId(id));
            let there = &self.files.get(&f.name).map_or(&[][..], |(_, e)| e);
            // One insertion at a place is enough: two would be the same import twice.
            let clash = |(r, _): &Edit| {
                r.start < range.end && range.start < r.end || r.start == range.start
            };
            if there.iter().any(clash) {
                return;
            }
            edits.push((f, range, text));
        }
        self.count += 1;
        for (f, range, text) in edits {
            let entry = self.files.entry(f.name.clone());
            let (_, list) = entry.or_insert_with(|| (f.text.to_string(), Vec::new()));
            list.push((range, text.clone()));
        }
    }

    /// The files as they are to be.
    fn apply(self) -> impl Iterator<Item = (String, String)> {
        self.files.into_iter().map(|(name, (mut text, mut edits))| {
            edits.sort_by_key(|(r, _)| std::cmp::Reverse(r.start));
            for (range, new) in edits {
                text.replace_range(range, &new);
            }
            (name, text)
        })
    }
}

/// Applies suggestions until none is left. Returns what was done; the errors that remain are the
/// failure's text.
pub fn fix(opts: &Options, guesses: bool) -> Result<String, Failure> {
    let (mut fixed, mut files) = (0, std::collections::BTreeSet::new());
    for _ in 0..MAX_ROUNDS {
        let mut t = Timings::new(crate::options::ShowTimings::No);
        let (root, graph) = load_graph(opts, &mut t)?;
        let mut plan = Plan::default();
        let mut look = |source: &SourceMap, diags: &Diagnostics| {
            plan.collect(source, diags, guesses);
        };
        let result = frontend::check_with(opts, &graph, true, &mut t, &mut look);
        // The library's own files are nobody's to change.
        plan.files.retain(|name, _| !opts.cwd.join(name).starts_with(&root.stdlib));
        if plan.files.is_empty() {
            let text = format!("{fixed} fixed in {} files\n", files.len());
            return result.map(|_| text);
        }
        fixed += plan.count;
        for (name, text) in plan.apply() {
            let path: PathBuf = opts.cwd.join(&name);
            write_whole(&path, text.as_bytes(), false).map_err(Failure::Program)?;
            files.insert(name);
        }
    }
    Err(Failure::Program(format!("gosubc fix: still errors after {MAX_ROUNDS} rounds")))
}

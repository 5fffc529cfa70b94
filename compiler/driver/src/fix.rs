//! `gosubc fix`: the suggestions of errors, applied to the files of the named packages.

use crate::frontend;
use crate::options::{Failure, Options};
use crate::output::write_whole;
use crate::pipeline::load_graph;
use crate::timings::Timings;
use diag::fixes::Plan;
use diag::{Diagnostics, SourceMap};
use std::path::PathBuf;

/// Mending one error may show the next, but not for ever.
const MAX_ROUNDS: usize = 8;

/// Applies suggestions until none is left. Returns what was done; the errors that remain are the
/// failure's text.
pub fn fix(opts: &Options, guesses: bool) -> Result<String, Failure> {
    let (mut fixed, mut files) = (0, std::collections::BTreeSet::new());
    for _ in 0..MAX_ROUNDS {
        let mut t = Timings::new(crate::options::ShowTimings::No);
        let (root, graph) = load_graph(opts, false, &mut t)?;
        let mut plan = Plan::default();
        let mut look = |source: &SourceMap, diags: &Diagnostics| {
            plan.collect(source, diags, guesses);
        };
        let result = frontend::check_with(opts, &graph, &mut t, &mut |_, _, _, _| {}, &mut look);
        // The library's own files are nobody's to change.
        plan.retain(|name| !opts.cwd.join(name).starts_with(&root.stdlib));
        if plan.is_empty() {
            let text = format!("{fixed} fixed in {} files\n", files.len());
            return result.map(|()| text);
        }
        fixed += plan.count();
        for (name, text) in plan.apply() {
            let path: PathBuf = opts.cwd.join(&name);
            write_whole(&path, text.as_bytes(), false).map_err(Failure::Program)?;
            files.insert(name);
        }
    }
    Err(Failure::Program(format!("gosubc fix: still errors after {MAX_ROUNDS} rounds")))
}

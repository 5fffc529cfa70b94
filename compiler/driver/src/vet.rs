//! `gosubc vet`: loads and checks the named packages and lets the checks of the `vet` crate look at them.

use crate::frontend;
use crate::load::Graph;
use crate::options::{Failure, Options};
use crate::pipeline::load_graph;
use crate::timings::Timings;
use std::collections::HashSet;
use vet::Vet;

/// Checks the named packages. Their warnings are the failure's text.
pub fn vet(opts: &Options, shadow: bool) -> Result<(), Failure> {
    let mut t = Timings::new(opts.timings.clone());
    let (_, graph) = load_graph(opts, false, &mut t)?;
    let roots: HashSet<usize> = graph.roots.iter().copied().collect();
    let (mut text, mut vet) = (String::new(), Vet::new());
    // Imported packages come first.
    frontend::check_each(opts, &graph, &mut t, &mut |store, source, i, package| {
        let root = roots.contains(&i);
        if graph.packages[i].std && !root {
            return;
        }
        let wanted = |name: &str| root && (shadow || vet::is_default(name));
        let diags = vet.package(store, &package.info, source, &package.files, wanted);
        text.push_str(&frontend::render_all(opts, source, diags));
    })?;
    t.finish()?;
    match text.is_empty() {
        true => Ok(()),
        false => Err(Failure::Program(text)),
    }
}

/// What the checks that `gosubc test` makes before it runs tests say of the packages with these paths: only those
/// checks that are hardly ever wrong, as the go command has it.
pub fn before_tests(
    opts: &Options,
    graph: &Graph,
    paths: &[&str],
    t: &mut Timings,
) -> Result<String, Failure> {
    let checked = frontend::check(opts, graph, true, t)?;
    let (mut store, source) = (checked.store, checked.source);
    let (mut text, mut vet) = (String::new(), Vet::new());
    for (loaded, package) in graph.packages.iter().zip(&checked.packages) {
        if loaded.std {
            continue;
        }
        let named = paths.contains(&loaded.path.as_str());
        let wanted = |name: &str| named && vet::before_tests(name);
        let diags = vet.package(&mut store, &package.info, &source, &package.files, wanted);
        if !diags.is_empty() {
            if text.is_empty() {
                text = format!("# {}\n# [{}]\n", loaded.path, loaded.path);
            }
            text.push_str(&frontend::render_all(opts, &source, diags));
        }
    }
    Ok(text)
}

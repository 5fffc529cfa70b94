//! `-pgo`: which profile a build goes by, and what it tells each package. Texts of errors are the go command's.

use crate::load::{Graph, IMPLICIT, os_error};
use crate::options::{Failure, Options};
use ::pgo::{HotCalls, Profile};
use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

/// `-pgo`
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Pgo {
    /// `default.pgo` in the main package's folder, if it is there.
    #[default]
    Auto,
    Off,
    File(PathBuf),
}

impl Pgo {
    pub fn parse(s: &str) -> Pgo {
        match s {
            "auto" => Pgo::Auto,
            "off" => Pgo::Off,
            file => Pgo::File(file.into()),
        }
    }
}

/// Reads the profile, if there is one, and gives each package its hot calls. `main`: the program's package.
///
/// A package is told of what its own object may contain, and only that is part of its key: others have the
/// same objects as without a profile.
pub fn attach(opts: &Options, graph: &mut Graph, main: Option<usize>) -> Result<(), Failure> {
    let path = match &opts.pgo {
        Pgo::Off => return Ok(()),
        Pgo::File(f) => opts.cwd.join(f),
        Pgo::Auto => {
            let file = main.map(|m| graph.packages[m].dir.join("default.pgo"));
            match file.filter(|f| f.is_file()) {
                Some(f) => f,
                None => return Ok(()),
            }
        }
    };
    let profile = read(&path)
        .map_err(|e| Failure::Program(format!("# {}\npreprofile: error {e}", path.display())))?;
    // Without inlining there is no use in it.
    if opts.opt_level < 2 || opts.no_inline || profile.hot().is_empty() {
        return Ok(());
    }
    let reached = reached(graph);
    for (i, packages) in reached.iter().enumerate() {
        let paths: HashSet<&str> =
            packages.iter().map(|&p| graph.packages[p].link_path.as_str()).collect();
        graph.packages[i].hot = HotCalls::new(profile.hot(), &paths);
    }
    Ok(())
}

fn read(path: &Path) -> Result<Profile, String> {
    let shown = path.display();
    let file = std::fs::File::open(path);
    let mut file = file.map_err(|e| format!("opening profile: open {shown}: {}", os_error(&e)))?;
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut file, &mut bytes)
        .map_err(|e| format!("read {shown}: {}", os_error(&e)))
        .and_then(|_| Profile::read(&bytes).map_err(|e| e.0))
        .map_err(|e| format!("parsing profile: error parsing profile: {e}"))
}

/// Of each package those that its object is made of: itself and what it imports, however indirectly.
fn reached(graph: &Graph) -> Vec<BTreeSet<usize>> {
    let mut out: Vec<BTreeSet<usize>> = Vec::with_capacity(graph.packages.len());
    for (i, p) in graph.packages.iter().enumerate() {
        let implicit = |&j: &usize| IMPLICIT.contains(&graph.packages[j].path.as_str());
        let direct = p.imports.values().copied().chain((0..i).filter(implicit));
        let all = direct.flat_map(|j| out[j].iter().copied()).chain([i]).collect();
        out.push(all);
    }
    out
}

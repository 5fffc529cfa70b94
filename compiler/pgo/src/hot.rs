//! The hot calls that concern one package.

use crate::Edge;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;

/// What a line with a hot call is found to call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Callee {
    pub name: String,
    /// Its share of the line's hot calls.
    pub percent: u32,
}

/// Calls that code of a package may contain and that are hot.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct HotCalls {
    /// By caller and line: callees, the hottest first.
    sites: BTreeMap<String, BTreeMap<i64, Vec<Callee>>>,
    callees: HashSet<String>,
}

impl HotCalls {
    /// Those of `edges`, which begin with the hottest, between functions of `packages`: what a package is compiled with is
    /// found in itself and in what it imports, however indirectly.
    pub fn new(edges: &[Edge], packages: &HashSet<&str>) -> HotCalls {
        let mut hot = HotCalls::default();
        let mut lines: BTreeMap<(&str, i64), Vec<&Edge>> = BTreeMap::new();
        for e in edges {
            if is_in(&e.caller, packages) && is_in(&e.callee, packages) {
                lines.entry((&e.caller, e.offset)).or_default().push(e);
            }
        }
        for ((caller, offset), list) in lines {
            let total: f64 = list.iter().map(|e| e.weight as f64).sum();
            let percent = |e: &Edge| (e.weight as f64 / total * 100.0).round() as u32;
            let callee = |e: &&Edge| Callee { name: e.callee.clone(), percent: percent(e) };
            hot.callees.extend(list.iter().map(|e| e.callee.clone()));
            let site = hot.sites.entry(caller.to_string()).or_default();
            site.insert(offset, list.iter().map(callee).collect());
        }
        hot
    }

    pub fn is_empty(&self) -> bool {
        self.sites.is_empty()
    }

    /// All of it as text: the part of a profile that a compiled package depends on.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for (caller, lines) in &self.sites {
            for (offset, callees) in lines {
                let _ = write!(out, "{caller} {offset}");
                callees.iter().for_each(|c| _ = write!(out, " {} {}", c.name, c.percent));
                out.push('\n');
            }
        }
        out
    }

    /// The callees at a line of `caller`, counted from its first one; the hottest first.
    pub fn callees(&self, caller: &str, offset: i64) -> &[Callee] {
        let site = self.sites.get(caller).and_then(|lines| lines.get(&offset));
        site.map_or(&[], |list| list)
    }

    /// Whether any hot call is one of `callee`.
    pub fn has_callee(&self, callee: &str) -> bool {
        self.callees.contains(callee)
    }
}

/// Whether a function is in one of the packages. Where its path ends isn't certain: its last element may contain dots.
fn is_in(function: &str, packages: &HashSet<&str>) -> bool {
    // Type arguments may have slashes.
    let head = function.split(['[', '(']).next().unwrap_or_default();
    let last = head.rfind('/').map_or(0, |i| i + 1);
    head[last..].match_indices('.').any(|(i, _)| packages.contains(&head[..last + i]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(caller: &str, offset: i64, callee: &str) -> Edge {
        Edge { caller: caller.into(), offset, callee: callee.into(), weight: 3 }
    }

    #[test]
    fn packages_of_functions() {
        let packages = HashSet::from(["main", "x.org/a.v3", "x.org/b"]);
        for f in ["main.f", "main.(*T).M", "x.org/a.v3.T.M", "x.org/b.F[x.org/c.T]", "main.f.func1"]
        {
            assert!(is_in(f, &packages), "{f}");
        }
        for f in ["", "mainf", "gosubc_alloc", "x.org/a.v4.F", "x.org.F", "sort.F[main.T]"] {
            assert!(!is_in(f, &packages), "{f}");
        }
    }

    #[test]
    fn of_a_package() {
        let edges = [
            edge("main.f", 2, "p.(*T).M"),
            Edge { weight: 1, ..edge("main.f", 2, "main.g") },
            edge("runtime.main", 9, "main.main"),
            edge("main.f", 3, "p.(*T).M"),
        ];
        let hot = HotCalls::new(&edges, &HashSet::from(["main", "p"]));
        let names: Vec<&str> = hot.callees("main.f", 2).iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["p.(*T).M", "main.g"]);
        assert_eq!(hot.callees("main.f", 4).len(), 0);
        assert_eq!(hot.callees("main.g", 2).len(), 0);
        assert!(hot.has_callee("main.g") && !hot.has_callee("main.main"));
        assert_eq!(hot.text(), "main.f 2 p.(*T).M 75 main.g 25\nmain.f 3 p.(*T).M 100\n");
        assert!(HotCalls::new(&edges, &HashSet::from(["p"])).is_empty());
    }
}

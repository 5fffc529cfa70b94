//! The hot calls that concern one package.

use crate::Edge;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;

/// Calls that code of a package may contain and that are hot.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct HotCalls {
    /// By caller and line: callees, the hottest first.
    sites: BTreeMap<String, BTreeMap<i64, Vec<String>>>,
    callees: HashSet<String>,
}

impl HotCalls {
    /// Those of `edges`, which begin with the hottest, between functions of `packages`: what a package is compiled with is
    /// found in itself and in what it imports, however indirectly.
    pub fn new(edges: &[Edge], packages: &HashSet<&str>) -> HotCalls {
        let mut hot = HotCalls::default();
        for e in edges {
            if !is_in(&e.caller, packages) || !is_in(&e.callee, packages) {
                continue;
            }
            let lines = hot.sites.entry(e.caller.clone()).or_default();
            lines.entry(e.offset).or_default().push(e.callee.clone());
            hot.callees.insert(e.callee.clone());
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
                let _ = writeln!(out, "{caller} {offset} {}", callees.join(" "));
            }
        }
        out
    }

    /// The callees at a line of `caller`, counted from its first one; the hottest first.
    pub fn callees(&self, caller: &str, offset: i64) -> &[String] {
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
        Edge { caller: caller.into(), offset, callee: callee.into(), weight: 1 }
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
            edge("main.f", 2, "main.g"),
            edge("runtime.main", 9, "main.main"),
            edge("main.f", 3, "p.(*T).M"),
        ];
        let hot = HotCalls::new(&edges, &HashSet::from(["main", "p"]));
        assert_eq!(hot.callees("main.f", 2), ["p.(*T).M", "main.g"]);
        assert_eq!(hot.callees("main.f", 4).len(), 0);
        assert_eq!(hot.callees("main.g", 2).len(), 0);
        assert!(hot.has_callee("main.g") && !hot.has_callee("main.main"));
        assert_eq!(hot.text(), "main.f 2 p.(*T).M main.g\nmain.f 3 p.(*T).M\n");
        assert!(HotCalls::new(&edges, &HashSet::from(["p"])).is_empty());
    }
}

//! Stacks in, edges of the call graph with weights out, and which of them are hot.

use crate::pprof::{Line, Location, Pprof};
use crate::{Error, fail, preprofile};
use std::collections::{HashMap, HashSet};
use std::io::Read;

/// Edges are hot that together have more than this share of all weight, the heaviest first.
const HOT_PERCENT: f64 = 99.0;

/// Calls of one function at one line of another.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Edge {
    pub caller: String,
    /// The call's line less the caller's first one.
    pub offset: i64,
    pub callee: String,
    /// How often the two were innermost.
    pub weight: i64,
}

#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Profile {
    /// The heaviest first.
    edges: Vec<Edge>,
}

impl Profile {
    /// Reads pprof's format, compressed or not, or that of `go tool preprofile`. No bytes are a profile without samples.
    pub fn read(bytes: &[u8]) -> Result<Profile, Error> {
        if bytes.is_empty() {
            return Ok(Profile::default());
        }
        if let Some(text) = bytes.strip_prefix(preprofile::HEADING) {
            return preprofile::read(text);
        }
        if !bytes.starts_with(&[0x1f, 0x8b]) {
            return of_samples(&Pprof::read(bytes)?);
        }
        let mut plain = Vec::new();
        match flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut plain) {
            Ok(_) => of_samples(&Pprof::read(&plain)?),
            Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => {
                fail("decompressing profile: unexpected EOF")
            }
            Err(e) => fail(format!("decompressing profile: {e}")),
        }
    }

    /// Equal edges become one; those of equal weight are in the order of their names.
    pub fn new(edges: Vec<Edge>) -> Profile {
        let mut sums: HashMap<(String, i64, String), i64> = HashMap::new();
        for e in edges {
            let sum = sums.entry((e.caller, e.offset, e.callee)).or_default();
            *sum = sum.saturating_add(e.weight);
        }
        let edge = |((caller, offset, callee), weight)| Edge { caller, offset, callee, weight };
        let mut edges: Vec<Edge> = sums.into_iter().map(edge).collect();
        edges.sort_by(|a, b| {
            let names = (&a.caller, &a.callee, a.offset).cmp(&(&b.caller, &b.callee, b.offset));
            b.weight.cmp(&a.weight).then(names)
        });
        Profile { edges }
    }

    /// The edges that matter, the heaviest first.
    pub fn hot(&self) -> &[Edge] {
        let total: f64 = self.edges.iter().map(|e| e.weight as f64).sum();
        if total <= 0.0 {
            return &[];
        }
        let mut sum = 0.0;
        let last = self.edges.iter().position(|e| {
            sum += e.weight as f64;
            sum / total * 100.0 > HOT_PERCENT
        });
        &self.edges[..last.map_or(self.edges.len(), |i| i + 1)]
    }
}

/// Only the two innermost locations of a stack make edges: that a function further out was active says nothing about how
/// often it made its call.
fn of_samples(p: &Pprof) -> Result<Profile, Error> {
    if p.samples.is_empty() {
        return Ok(Profile::default());
    }
    let Some(value) = p.cpu_value() else {
        return fail(
            "profile does not contain a sample index with value/type \"samples/count\" or cpu/nanoseconds\"",
        );
    };
    let (mut edges, mut knows_starts, mut any) = (Vec::new(), false, false);
    let nothing = Location::default();
    for sample in p.samples.iter().filter(|s| s.values[value] != 0) {
        let mut seen = HashSet::new();
        let mut outer = None;
        for id in sample.stack.iter().take(2).rev() {
            let location = p.locations.get(id).unwrap_or(&nothing);
            // A location without lines is a function that nothing is known of.
            let lines =
                if location.lines.is_empty() { &[Line::default()] } else { &location.lines[..] };
            for line in lines.iter().rev() {
                let node = (location.address, line.function, line.line);
                let function = p.functions.get(&line.function);
                let start = function.map_or(0, |f| f.start_line);
                let name = function.map_or(String::new(), |f| plain_name(p.name(f)));
                any = true;
                knows_starts |= start != 0;
                let inner = (node, name, line.line.wrapping_sub(start));
                if let Some((caller_node, caller, offset)) = outer.replace(inner.clone())
                    && caller_node != node
                    && seen.insert((caller_node, node))
                {
                    edges.push(Edge {
                        caller,
                        offset,
                        callee: inner.1,
                        weight: sample.values[value],
                    });
                }
            }
        }
    }
    if any && !knows_starts {
        return fail(
            "profile missing Function.start_line data (Go version of profiled application too old? Go 1.20+ automatically adds this to profiles)",
        );
    }
    Ok(Profile::new(edges))
}

/// A symbol's name with the path of its package as it is: gc writes some characters as `%2e`.
pub fn plain_name(symbol: &[u8]) -> String {
    let digit = |i: usize| symbol.get(i).and_then(|&b| (b as char).to_digit(16));
    let mut out = Vec::with_capacity(symbol.len());
    let mut i = 0;
    while i < symbol.len() {
        match (symbol[i], digit(i + 1), digit(i + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high << 4 | low) as u8);
                i += 3;
            }
            (b, ..) => {
                out.push(b);
                i += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

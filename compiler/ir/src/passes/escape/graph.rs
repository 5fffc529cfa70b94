//! The graph of a function's locations, and its solution.
//!
//! Enters: locations with the loops that they live in, flows between them. Leaves: which locations must be on the
//! heap, and where the values of parameters leak to.
//!
//! For a location that outlives others (the root), a walk backwards along the flows finds for each location the
//! least number of dereferences between it and what reaches the root; below zero its address does. If the root
//! outlives it, it then belongs on the heap, and is, as the heap, a root for what flows into it.

use super::{Leak, MAX_DEREFS};
use std::collections::HashMap;

pub type Node = u32;

/// The location that stands for all memory outside the frame.
pub const HEAP: Node = 0;

/// Loops by number; 0 is the function itself.
pub type Loop = u32;

pub struct Graph {
    /// Flows into each node: (source, dereferences).
    edges: Vec<Vec<(Node, i8)>>,
    /// The innermost loop in which each location lives.
    loops: Vec<Loop>,
    /// Of each loop, the one around it (of 0: itself).
    parents: Vec<Loop>,
    params: Vec<Node>,
    results: Vec<Node>,
    /// Nodes whose address can flow.
    addressed: Vec<Node>,
}

pub struct Solved {
    escapes: Vec<bool>,
    leaks: HashMap<(Node, Node), u8>,
}

impl Graph {
    pub fn new(parents: Vec<Loop>) -> Graph {
        Graph {
            edges: vec![Vec::new()],
            loops: vec![0],
            parents,
            params: Vec::new(),
            results: Vec::new(),
            addressed: Vec::new(),
        }
    }

    pub fn node(&mut self, l: Loop) -> Node {
        self.edges.push(Vec::new());
        self.loops.push(l);
        self.edges.len() as Node - 1
    }

    pub fn param(&mut self, n: Node) {
        self.params.push(n);
    }

    pub fn result(&mut self, n: Node) {
        self.results.push(n);
    }

    /// What `from` holds flows to `to` after `derefs` dereferences; -1: the address of `from`.
    pub fn flow(&mut self, to: Node, from: Node, derefs: i8) {
        if from == HEAP || (to == from && derefs >= 0) {
            return;
        }
        if derefs < 0 {
            self.addressed.push(from);
        }
        let edge = (from, derefs.min(MAX_DEREFS as i8));
        if !self.edges[to as usize].contains(&edge) {
            self.edges[to as usize].push(edge);
        }
    }

    /// Whether a variable that holds the address of `n` may also be given something else: what `n` refers to can then be
    /// garbage while the frame still is in use.
    pub fn may_be_replaced(&self, n: Node, is_variable: impl Fn(Node) -> bool) -> bool {
        let mut holders = vec![n];
        let mut at = 0;
        while let Some(&from) = holders.get(at) {
            let derefs = if at == 0 { -1 } else { 0 };
            for (to, edges) in self.edges.iter().enumerate().skip(1) {
                let to = to as Node;
                if edges.contains(&(from, derefs)) && !holders.contains(&to) {
                    if edges.len() > 1 && is_variable(to) {
                        return true;
                    }
                    holders.push(to);
                }
            }
            at += 1;
        }
        false
    }

    /// Whether loop `a` is `b` or around it.
    fn encloses(&self, a: Loop, mut b: Loop) -> bool {
        loop {
            if a == b {
                return true;
            }
            if b == 0 {
                return false;
            }
            b = self.parents[b as usize];
        }
    }

    /// Whether something in `root` may be used when `n` is gone, or has been replaced by its successor in the next
    /// turn of a loop.
    fn outlives(&self, root: Node, n: Node, solved: &Solved) -> bool {
        root == HEAP
            || solved.escapes[root as usize]
            || self.results.contains(&root)
            || !self.encloses(self.loops[n as usize], self.loops[root as usize])
    }

    pub fn solve(&self) -> Solved {
        let n = self.edges.len();
        let mut solved = Solved { escapes: vec![false; n], leaks: HashMap::new() };
        let in_loop = self.addressed.iter().any(|&a| self.loops[a as usize] != 0);
        let mut roots: Vec<Node> = vec![HEAP];
        roots.extend(&self.results);
        if in_loop {
            // Any location can outlive one of an inner loop.
            roots.extend(1..n as Node);
        }
        let mut queued = vec![false; n];
        roots.iter().for_each(|&r| queued[r as usize] = true);
        let mut walk = Walk { derefs: vec![i8::MAX; n], seen: Vec::new() };
        roots.reverse();
        while let Some(root) = roots.pop() {
            queued[root as usize] = false;
            if root != HEAP && self.edges[root as usize].is_empty() {
                continue;
            }
            for escaped in self.walk(root, &mut walk, &mut solved) {
                if !std::mem::replace(&mut queued[escaped as usize], true) {
                    roots.push(escaped);
                }
            }
        }
        solved
    }

    /// One walk; returns the locations that turned out to escape.
    fn walk(&self, root: Node, walk: &mut Walk, solved: &mut Solved) -> Vec<Node> {
        let mut escaped = Vec::new();
        walk.seen.drain(..).for_each(|n| walk.derefs[n as usize] = i8::MAX);
        let mut work = vec![root];
        walk.lower(root, 0);
        while let Some(n) = work.pop() {
            let found = walk.derefs[n as usize];
            let is_address = found < 0;
            let base = found.max(0);
            if n != root && self.outlives(root, n, solved) {
                if self.params.contains(&n) {
                    self.note_leak(root, n, base as u8, solved);
                }
                if is_address && !solved.escapes[n as usize] {
                    solved.escapes[n as usize] = true;
                    escaped.push(n);
                    if self.params.contains(&n) {
                        // The parameter's value lies in a cell on the heap.
                        self.note_leak(HEAP, n, 0, solved);
                    }
                }
            }
            // What is on the heap is a root of its own.
            if is_address && solved.escapes[n as usize] && n != root {
                continue;
            }
            for &(from, derefs) in &self.edges[n as usize] {
                let d = (base + derefs).min(MAX_DEREFS as i8);
                if d < walk.derefs[from as usize] {
                    walk.lower(from, d);
                    work.push(from);
                }
            }
        }
        escaped
    }

    fn note_leak(&self, root: Node, param: Node, derefs: u8, solved: &mut Solved) {
        let to = match self.results.contains(&root) && !solved.escapes[root as usize] {
            true => root,
            false if root == HEAP || solved.escapes[root as usize] => HEAP,
            // An outer loop's variable: stays in the frame.
            false => return,
        };
        let leak = solved.leaks.entry((param, to)).or_insert(derefs);
        *leak = (*leak).min(derefs);
    }
}

struct Walk {
    derefs: Vec<i8>,
    seen: Vec<Node>,
}

impl Walk {
    fn lower(&mut self, n: Node, d: i8) {
        if self.derefs[n as usize] == i8::MAX {
            self.seen.push(n);
        }
        self.derefs[n as usize] = d;
    }
}

impl Solved {
    pub fn escapes(&self, n: Node) -> bool {
        self.escapes[n as usize]
    }

    pub fn leak(&self, param: Node, to: Node) -> Leak {
        self.leaks.get(&(param, to)).copied()
    }
}

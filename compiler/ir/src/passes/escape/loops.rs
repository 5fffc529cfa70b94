//! Loops of a control-flow graph, and strongly connected components of a graph.

use crate::ir::{BlockId, Function};
use crate::lower::func::successors;

/// The components of a graph given by its edges, each after those that it has edges to.
pub fn components(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let n = edges.len();
    let (mut index, mut low) = (vec![usize::MAX; n], vec![0; n]);
    let mut on_stack = vec![false; n];
    let (mut stack, mut out, mut next) = (Vec::new(), Vec::new(), 0);
    // Tarjan's algorithm with a stack of its own: (node, edges done).
    let mut work: Vec<(usize, usize)> = Vec::new();
    for start in 0..n {
        if index[start] != usize::MAX {
            continue;
        }
        work.push((start, 0));
        while let Some(&mut (v, ref mut done)) = work.last_mut() {
            if *done == 0 {
                index[v] = next;
                low[v] = next;
                next += 1;
                stack.push(v);
                on_stack[v] = true;
            }
            if let Some(&w) = edges[v].get(*done) {
                *done += 1;
                if index[w] == usize::MAX {
                    work.push((w, 0));
                } else if on_stack[w] {
                    low[v] = low[v].min(index[w]);
                }
                // `done` of 0 means not begun; a node with edges has passed that now.
                continue;
            }
            work.pop();
            if let Some(&(parent, _)) = work.last() {
                low[parent] = low[parent].min(low[v]);
            }
            if low[v] == index[v] {
                let mut group = Vec::new();
                while let Some(w) = stack.pop() {
                    on_stack[w] = false;
                    group.push(w);
                    if w == v {
                        break;
                    }
                }
                out.push(group);
            }
        }
    }
    out
}

/// The loop tree of a function: nested sets of blocks of which each can be reached from each other.
pub struct LoopTree {
    /// The innermost loop of each block; 0: none.
    pub of_block: Vec<u32>,
    /// Of each loop the one around it.
    pub parents: Vec<u32>,
}

impl LoopTree {
    pub fn new(f: &Function) -> LoopTree {
        let n = f.blocks.len();
        let mut tree = LoopTree { of_block: vec![0; n], parents: vec![0] };
        let edges: Vec<Vec<usize>> = f
            .blocks
            .iter()
            .map(|b| successors(&b.term).into_iter().map(|BlockId(s)| s as usize).collect())
            .collect();
        tree.split(&edges, (0..n).collect(), 0, &mut vec![0; n]);
        tree
    }

    /// Finds the loops among `blocks`, all in loop `outer`. Inside a loop, its entries' incoming edges are left out to
    /// find inner ones.
    fn split(
        &mut self,
        edges: &[Vec<usize>],
        blocks: Vec<usize>,
        outer: u32,
        position: &mut [usize],
    ) {
        // (blocks, their loop, entries whose incoming edges don't count)
        let mut work = vec![(blocks, outer, Vec::<usize>::new())];
        while let Some((blocks, outer, cut)) = work.pop() {
            const OUTSIDE: usize = usize::MAX;
            position.fill(OUTSIDE);
            for (i, &b) in blocks.iter().enumerate() {
                position[b] = i;
            }
            let inner: Vec<Vec<usize>> = blocks
                .iter()
                .map(|&b| {
                    let next =
                        edges[b].iter().filter(|s| position[**s] != OUTSIDE && !cut.contains(s));
                    next.map(|s| position[*s]).collect()
                })
                .collect();
            for group in components(&inner) {
                let is_loop = group.len() > 1 || inner[group[0]].contains(&group[0]);
                if !is_loop {
                    continue;
                }
                let id = self.parents.len() as u32;
                self.parents.push(outer);
                let members: Vec<usize> = group.iter().map(|&i| blocks[i]).collect();
                for &b in &members {
                    self.of_block[b] = id;
                }
                let mut entries: Vec<usize> = Vec::new();
                for (b, next) in edges.iter().enumerate() {
                    if !members.contains(&b) {
                        entries.extend(next.iter().filter(|s| members.contains(s)));
                    }
                }
                if entries.is_empty() {
                    entries.push(members[0]);
                }
                work.push((members, id, entries));
            }
        }
    }

    /// The innermost loop around both.
    pub fn common(&self, mut a: u32, mut b: u32) -> u32 {
        // A loop's number is higher than those around it.
        while a != b {
            if a > b {
                a = self.parents[a as usize];
            } else {
                b = self.parents[b as usize];
            }
        }
        a
    }
}

//! Drops function literals that nothing refers to any more: those in branches that are never taken, and those that have been
//! inlined wherever they were called.
//!
//! LLVM would drop them, too, but only after all other passes have worked on them; and gc says nothing of their defers.

use super::escape::build::references;
use crate::ir::*;
use crate::visit;
use std::collections::{HashMap, HashSet};

pub fn run(m: &mut Module) {
    let index: HashMap<&Symbol, usize> =
        m.funcs.iter().enumerate().map(|(i, f)| (&f.sym, i)).collect();
    let mut used = HashSet::new();
    // Only code of this module and values that it makes can lead to a function literal.
    let kept = |f: &Function| !f.is_literal() || f.fills.is_some();
    let mut work: Vec<usize> = (0..m.funcs.len()).filter(|&i| kept(&m.funcs[i])).collect();
    for c in m.globals.iter().filter_map(|g| g.init.as_ref()) {
        visit::const_funcs(c, &mut |s| work.extend(index.get(s)));
    }
    while let Some(i) = work.pop() {
        if used.insert(i) {
            work.extend(references(&m.funcs[i]).filter_map(|s| index.get(s)));
        }
    }
    let mut i = 0..;
    m.funcs.retain(|_| i.next().is_some_and(|i| used.contains(&i)));
}

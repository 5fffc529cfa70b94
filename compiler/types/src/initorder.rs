//! The order of package-level initialization (specification, "Package initialization").
//!
//! In: which package-level objects each declaration refers to. Out: `Info::init_order`, and
//! reports of initialization cycles.

use crate::hash::FastMap;
use crate::{Checker, Initializer, ObjId, ObjKind};
use diag::Diagnostic;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A variable (or several with one initializer), or a constant.
struct Node {
    objs: Vec<ObjId>,
    /// Nodes that refer to this one.
    users: Vec<usize>,
    /// How many nodes it still waits for.
    waits: usize,
    done: bool,
}

impl<'a> Checker<'a> {
    /// Sorts the initializers: always the first variable in source order that is ready.
    pub(crate) fn init_order(&mut self) {
        let (mut nodes, index) = self.init_nodes();
        for n in 0..nodes.len() {
            let reached = self.reached_nodes(&nodes[n].objs, &index);
            nodes[n].waits = reached.len();
            for r in reached {
                nodes[r].users.push(n);
            }
        }
        // Nodes are in source order, so their indices are the priorities.
        let mut ready: BinaryHeap<Reverse<usize>> =
            (0..nodes.len()).filter(|&n| nodes[n].waits == 0).map(Reverse).collect();
        let mut left = nodes.len();
        while left > 0 {
            let n = match ready.pop() {
                Some(Reverse(n)) => n,
                None => {
                    // Only cycles, and what depends on them, remain.
                    let open = (0..nodes.len()).filter(|&n| !nodes[n].done);
                    let Some(n) = open.min_by_key(|&n| nodes[n].waits) else { break };
                    let obj = nodes[n].objs[0];
                    if let Some(cycle) = self.find_cycle(obj) {
                        self.report_init_cycle(&cycle);
                    }
                    n
                }
            };
            if std::mem::replace(&mut nodes[n].done, true) {
                continue;
            }
            left -= 1;
            for u in std::mem::take(&mut nodes[n].users) {
                nodes[u].waits -= 1;
                if nodes[u].waits == 0 && !nodes[u].done {
                    ready.push(Reverse(u));
                }
            }
            self.emit_initializer(&nodes[n].objs);
        }
    }

    fn init_nodes(&self) -> (Vec<Node>, FastMap<ObjId, usize>) {
        let mut nodes: Vec<Node> = Vec::new();
        let mut index = FastMap::default();
        for &obj in &self.obj_list {
            let kind = &self.store.obj(obj).kind;
            if !matches!(kind, ObjKind::Var { .. } | ObjKind::Const { .. })
                || index.contains_key(&obj)
            {
                continue;
            }
            let group = self.decls.get(&obj).and_then(|d| d.lhs.clone());
            let objs = group.unwrap_or_else(|| vec![obj]);
            for &o in &objs {
                index.insert(o, nodes.len());
            }
            nodes.push(Node { objs, users: Vec::new(), waits: 0, done: false });
        }
        (nodes, index)
    }

    fn deps(&self, obj: ObjId) -> &[ObjId] {
        self.decls.get(&obj).map_or(&[], |d| &d.deps)
    }

    /// The nodes that the objects refer to, directly or through functions.
    fn reached_nodes(&self, objs: &[ObjId], index: &FastMap<ObjId, usize>) -> Vec<usize> {
        let mut out = Vec::new();
        let mut todo: Vec<ObjId> = objs.iter().flat_map(|&o| self.deps(o)).copied().collect();
        let mut seen = crate::hash::FastSet::default();
        while let Some(o) = todo.pop() {
            match index.get(&o) {
                Some(&n) => {
                    if seen.insert(self.node_key(o)) {
                        out.push(n);
                    }
                }
                None => {
                    if seen.insert(o) {
                        todo.extend(self.deps(o));
                    }
                }
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// Variables with one initializer count as one.
    fn node_key(&self, obj: ObjId) -> ObjId {
        match self.decls.get(&obj).and_then(|d| d.lhs.as_ref()) {
            Some(lhs) => lhs.first().copied().unwrap_or(obj),
            None => obj,
        }
    }

    fn emit_initializer(&mut self, objs: &[ObjId]) {
        let obj = objs[0];
        if !matches!(self.store.obj(obj).kind, ObjKind::Var { .. }) {
            return;
        }
        let Some(init) = self.decls.get(&obj).and_then(|d| d.init) else { return };
        self.info.init_order.push(Initializer { lhs: objs.to_vec(), rhs: init.id });
    }

    /// A way from the object back to itself.
    fn find_cycle(&self, from: ObjId) -> Option<Vec<ObjId>> {
        // Each entry: object, next dependency to look at.
        let mut stack = vec![(from, 0)];
        let mut seen = crate::hash::FastSet::default();
        while let Some((obj, next)) = stack.last_mut() {
            let group = self.decls.get(obj).and_then(|d| d.lhs.clone());
            // The first of several variables has the dependencies of their initializer.
            let owner = match &group {
                Some(lhs) => lhs.iter().copied().find(|&o| !self.deps(o).is_empty()),
                None => None,
            };
            let deps = self.deps(owner.unwrap_or(*obj));
            let Some(&d) = deps.get(*next) else {
                stack.pop();
                continue;
            };
            *next += 1;
            if self.node_key(d) == self.node_key(from) {
                return Some(stack.iter().map(|&(o, _)| o).collect());
            }
            if seen.insert(d) {
                stack.push((d, 0));
            }
        }
        None
    }

    fn report_init_cycle(&mut self, cycle: &[ObjId]) {
        let first = self.store.obj(cycle[0]);
        let (name, span) = (first.name, first.span);
        if cycle.len() == 1 {
            let msg = format!("initialization cycle: {name} refers to itself");
            return self.error("InvalidInitCycle", span, msg);
        }
        let msg = format!("initialization cycle for {name}");
        let mut d = Diagnostic::error("InvalidInitCycle", span, msg);
        for (i, &from) in cycle.iter().enumerate() {
            let to = self.store.obj(cycle[(i + 1) % cycle.len()]).name;
            let o = self.store.obj(from);
            d = d.also(o.span, format!("{} refers to {to}", o.name));
        }
        self.report(d);
    }
}

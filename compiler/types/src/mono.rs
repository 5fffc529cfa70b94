//! Instantiation cycles: generic code whose instances would need ever larger instances
//! (specification, "Instantiations"; since instances are compiled one by one, there must be
//! finitely many).
//!
//! In: each instantiation. The graph has an edge from type parameter `q` to `p` when an argument
//! for `p` mentions `q`; it makes types grow unless the argument is `q` itself. A circle with a
//! growing edge never ends.

use crate::{Checker, ObjKind, Type, TypeId};
use diag::{Diagnostic, Span};
use syntax::ast::Expr;

/// An argument for `to` mentions `from`.
#[derive(Clone, Debug)]
pub(crate) struct MonoEdge {
    from: TypeId,
    to: TypeId,
    grows: bool,
    at: Span,
    targ: TypeId,
}

impl<'a> Checker<'a> {
    pub(crate) fn record_mono_instance(
        &mut self,
        at: Span,
        tparams: &[TypeId],
        targs: &[TypeId],
        list: &'a [Expr],
    ) {
        for (i, (&p, &a)) in tparams.iter().zip(targs).enumerate() {
            let mut found = Vec::new();
            self.type_params_in(a, &mut found, 0);
            if found.is_empty() {
                continue;
            }
            let to = self.canonical_tparam(p);
            let whole = self.store.unalias(a);
            let at = list.get(i).map_or(at, |e| e.span);
            for q in found {
                let from = self.canonical_tparam(q);
                self.mono_edges.push(MonoEdge { from, to, grows: whole != q, at, targ: a });
            }
        }
    }

    fn canonical_tparam(&self, p: TypeId) -> TypeId {
        self.canonical_tparams.get(&p).copied().unwrap_or(p)
    }

    fn type_params_in(&mut self, t: TypeId, out: &mut Vec<TypeId>, depth: u32) {
        if depth > 50 {
            return;
        }
        let objs = match self.store.ty(t) {
            Type::Basic(_) => return,
            Type::TypeParam(_) => {
                if !out.contains(&t) {
                    out.push(t);
                }
                return;
            }
            Type::Alias(_) => {
                let u = self.store.unalias(t);
                return self.type_params_in(u, out, depth + 1);
            }
            &Type::Array { elem, .. } | &Type::Chan { elem, .. } => {
                return self.type_params_in(elem, out, depth + 1);
            }
            &Type::Slice(e) | &Type::Pointer(e) => return self.type_params_in(e, out, depth + 1),
            &Type::Map { key, value } => {
                self.type_params_in(key, out, depth + 1);
                return self.type_params_in(value, out, depth + 1);
            }
            Type::Named(n) => {
                let mut list = n.targs.clone();
                // A local type depends on the parameters of the function around it.
                if list.is_empty()
                    && let ObjKind::TypeName { in_generic: Some(f) } = self.store.obj(n.obj).kind
                {
                    list = self.store.func_type_params(f);
                }
                for a in list {
                    self.type_params_in(a, out, depth + 1);
                }
                return;
            }
            Type::Union(_) => return,
            Type::Struct(s) => s.fields.clone(),
            Type::Tuple(v) => v.clone(),
            Type::Signature(s) => [&s.params[..], &s.results[..]].concat(),
            Type::Interface(i) => i.methods.clone(),
        };
        for o in objs {
            if let Some(t) = self.store.obj(o).typ {
                self.type_params_in(t, out, depth + 1);
            }
        }
    }

    /// Reports one instantiation cycle, if there is any.
    pub(crate) fn monomorph(&mut self) {
        let edges = std::mem::take(&mut self.mono_edges);
        for (i, e) in edges.iter().enumerate() {
            if !e.grows {
                continue;
            }
            let Some(way) = find_way(&edges, e.to, e.from) else { continue };
            let Type::TypeParam(p) = self.store.ty(e.from) else { continue };
            let span = self.store.obj(p.obj).span;
            let mut d = Diagnostic::error("InvalidInstanceCycle", span, "instantiation cycle:");
            for &k in [i].iter().chain(&way) {
                let e = &edges[k];
                let text = format!("{} instantiated as {}", self.ts(e.to), self.ts(e.targ));
                d = d.also(e.at, text);
            }
            self.report(d);
            return;
        }
    }
}

/// The edges of a way between two parameters.
fn find_way(edges: &[MonoEdge], from: TypeId, to: TypeId) -> Option<Vec<usize>> {
    if from == to {
        return Some(Vec::new());
    }
    // Breadth first; each entry is an edge and the entry before it.
    let mut queue: Vec<(usize, Option<usize>)> = Vec::new();
    let mut seen = vec![from];
    let mut next = 0;
    let mut at = from;
    let mut prev = None;
    loop {
        for (i, e) in edges.iter().enumerate().filter(|(_, e)| e.from == at) {
            if seen.contains(&e.to) {
                continue;
            }
            seen.push(e.to);
            queue.push((i, prev));
            if e.to == to {
                let mut way = Vec::new();
                let mut k = Some(queue.len() - 1);
                while let Some(q) = k {
                    way.push(queue[q].0);
                    k = queue[q].1;
                }
                way.reverse();
                return Some(way);
            }
        }
        let &(edge, _) = queue.get(next)?;
        at = edges[edge].to;
        prev = Some(next);
        next += 1;
    }
}

//! What was decided, in the words of Go's compiler (`-m`): for variables, allocations and parameters.

use super::{Leak, Summaries};
use crate::ir::*;
use crate::ty::{TyKind, TypeTable};
use diag::Span;
use std::collections::HashMap;

/// The decisions of a module that has been analysed, in source order. `text` is the source of a span.
pub fn report<'s>(
    m: &Module,
    known: &Summaries,
    text: impl Fn(Span) -> &'s str,
) -> Vec<(Span, String)> {
    let mut out = Vec::new();
    let own = |f: &&Function| {
        !f.attrs.wrapper
            && !f.attrs.always_inline
            && matches!(f.linkage, Linkage::External | Linkage::Internal)
    };
    let index: HashMap<&Symbol, &Function> = m.funcs.iter().map(|f| (&f.sym, f)).collect();
    for f in m.funcs.iter().filter(own) {
        params(&m.types, f, known, &mut out);
        if f.linkage == Linkage::Internal && f.ctx.is_none() && text(f.span).starts_with("func(") {
            // Without captures it is static data.
            out.push((f.span, "func literal does not escape".into()));
        }
        let moved = f.locals.iter().filter(|l| l.heap && !l.name.is_empty());
        out.extend(moved.map(|l| (l.span, format!("moved to heap: {}", l.name))));
        for i in f.blocks.iter().flat_map(|b| &b.instrs) {
            let InstrKind::Assign(_, r) = &i.kind else { continue };
            if i.at != 0 {
                // The callee's own copy speaks for it.
                continue;
            }
            let mut span = i.span;
            if let Rvalue::MakeClosure { func, .. } = r
                && let Some(literal) = index.get(func).filter(|f| !f.attrs.wrapper)
            {
                // Deferred ones are made again where they are called.
                span = literal.span;
            }
            let Some((alloc, what)) = allocation(&m.types, r, text(whole(f, span))) else {
                continue;
            };
            let fate = match alloc {
                Alloc::Heap | Alloc::Optional => "escapes to heap",
                Alloc::Stack => "does not escape",
            };
            out.push((span, format!("{what} {fate}")));
        }
    }
    out.retain(|(span, _)| span.is_known());
    out.sort_by_key(|(span, _)| span.lo);
    out.dedup();
    out
}

/// The expression that an allocation belongs to.
fn whole(f: &Function, at: Span) -> Span {
    let start = f.starts.iter().find(|(span, _)| *span == at);
    start.map_or(at, |(_, lo)| Span::new(*lo, at.hi))
}

/// How Go names what an instruction allocates, given the source of the expression.
fn allocation(types: &TypeTable, r: &Rvalue, source: &str) -> Option<(Alloc, String)> {
    // A composite literal without its elements.
    let literal = || {
        let (typ, elems) = source.strip_suffix('}')?.split_once('{')?;
        Some(format!("{typ}{{{}}}", if elems.trim().is_empty() { "" } else { "..." }))
    };
    Some(match r {
        Rvalue::MakeClosure { alloc, .. } => {
            (*alloc, if source.starts_with("func") { "func literal" } else { source }.to_string())
        }
        Rvalue::MakeSlice { alloc, .. } => (*alloc, source.to_string()),
        Rvalue::New { ty, alloc, .. } => {
            let what = match (literal(), types.kind(*ty)) {
                (Some(l), _) => l,
                (None, TyKind::Array(..)) if !source.starts_with("new(") => "... argument".into(),
                _ => source.to_string(),
            };
            (*alloc, what)
        }
        Rvalue::MakeInterface { concrete, alloc, .. } if !types.is_pointer_shaped(*concrete) => {
            (*alloc, literal().unwrap_or_else(|| source.to_string()))
        }
        _ => return None,
    })
}

fn params(types: &TypeTable, f: &Function, known: &Summaries, out: &mut Vec<(Span, String)>) {
    let Some(summary) = known.get(&f.sym) else { return };
    for (&p, leaks) in f.params.iter().zip(&summary.params) {
        let decl = &f.locals[p.0 as usize];
        if decl.name.is_empty() || decl.name == "_" || !types.has_pointers(decl.ty) {
            continue;
        }
        let mut say = |s: String| out.push((decl.span, s));
        let name = &decl.name;
        match leaks.heap {
            Some(0) => {
                say(format!("leaking param: {name}"));
                continue;
            }
            Some(_) => say(format!("leaking param content: {name}")),
            None => {}
        }
        let leaking = |(i, l): (usize, &Leak)| l.map(|level| (i, level));
        let to: Vec<(usize, u8)> = leaks.results.iter().enumerate().filter_map(leaking).collect();
        for &(i, level) in &to {
            let result = f.results.get(i).map_or("", |r| &*f.locals[r.0 as usize].name);
            let result = if result.is_empty() { format!("~r{i}") } else { result.to_string() };
            say(format!("leaking param: {name} to result {result} level={level}"));
        }
        if leaks.heap.is_none() && to.is_empty() {
            say(format!("{name} does not escape"));
        }
    }
}

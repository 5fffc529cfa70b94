//! Decides for each `defer` statement between the three forms, by Go's rules.
//!
//! Enters: functions with [`DeferForm::Undecided`] sites, after escape analysis, which says what results live on the heap.
//! Leaves: [`DeferSite::form`] and the reason why it isn't open-coded.
//!
//! | form | when |
//! |---|---|
//! | open | all sites of the function can be: none in a loop, at most 8, returns x sites <= 15, no result on the heap |
//! | stack | not open, and the statement runs at most once per activation |
//! | heap | not open, and the statement may run more than once |
//!
//! A `defer` in the body of a range-over-func loop belongs to another frame, so it is always on the
//! heap, and the function that it belongs to has no open-coded ones.

use super::DeferLimit;
use crate::ir::*;
use std::collections::HashSet;

/// Go's limits (the bits are one byte; code size).
const MAX_OPEN: usize = 8;
const MAX_RETURNS_TIMES_DEFERS: usize = 15;

pub fn run(m: &mut Module, limit: DeferLimit) {
    for f in &mut m.funcs {
        if f.defers.iter().all(|d| d.form == DeferForm::Undecided) {
            drop_unreachable_sites(f);
            choose(f, limit);
        }
    }
}

/// The statements of a module with their forms, in source order; those of instances and of copies of a function once.
pub fn sites(m: &Module) -> Vec<&DeferSite> {
    let mut sites: Vec<&DeferSite> = m.funcs.iter().flat_map(|f| &f.defers).collect();
    sites.sort_by_key(|s| s.span);
    sites.dedup_by_key(|s| (s.span, s.form as u8));
    sites
}

impl DeferSite {
    /// The reason in brackets behind a space, if there is one.
    pub fn because(&self) -> String {
        if self.reason.is_empty() { String::new() } else { format!(" ({})", self.reason) }
    }
}

impl DeferForm {
    /// As `-d=defer` says it.
    pub fn describe(self) -> &'static str {
        match self {
            DeferForm::Undecided => "undecided",
            DeferForm::Open => "open-coded",
            DeferForm::Stack => "stack-allocated",
            DeferForm::Heap => "heap-allocated",
        }
    }
}

/// Removes the sites of statements that lowering found unreachable, and all that defers need from a function that has
/// none left.
fn drop_unreachable_sites(f: &mut Function) {
    let mut numbers = vec![None; f.defers.len()];
    for i in f.blocks.iter_mut().flat_map(|b| &mut b.instrs) {
        if let InstrKind::Defer { site, .. } = &i.kind {
            numbers[*site as usize] = Some(0);
        }
    }
    for (new, n) in numbers.iter_mut().flatten().enumerate() {
        *n = new as u32;
    }
    let mut kept = numbers.iter();
    f.defers.retain(|_| kept.next().is_some_and(Option::is_some));
    for i in f.blocks.iter_mut().flat_map(|b| &mut b.instrs) {
        if let InstrKind::Defer { site, .. } = &mut i.kind
            && let Some(n) = numbers[*site as usize]
        {
            *site = n;
        }
    }
    if f.defers.is_empty() && f.recover_block.is_some() && !takes_defers_of_bodies(f) {
        f.recover_block = None;
        for b in &mut f.blocks {
            b.instrs.retain(|i| !matches!(i.kind, InstrKind::RunDefers));
        }
        crate::lower::func::prune(f);
    }
}

fn choose(f: &mut Function, limit: DeferLimit) {
    // A flag is the reason only where there is no other.
    let forced = (limit != DeferLimit::None).then_some("forced");
    let reason = not_open(f).or(forced);
    let outer = sites_of_other_frames(f);
    for (i, site) in f.defers.iter_mut().enumerate() {
        let foreign = outer.contains(&(i as u32));
        let own = match (foreign, site.in_loop) {
            (true, _) => "defer_range_func",
            (_, true) => "defer_loop",
            _ => "",
        };
        (site.form, site.reason) = match reason {
            None => (DeferForm::Open, ""),
            Some(r) if own.is_empty() && limit != DeferLimit::NoStack => (DeferForm::Stack, r),
            Some(r) => (DeferForm::Heap, if own.is_empty() { r } else { own }),
        };
    }
}

/// Why the function's defers aren't open-coded.
pub fn not_open(f: &Function) -> Option<&'static str> {
    if f.recover_block.is_none() {
        return Some("defer_range_func");
    }
    if f.defers.iter().any(|d| d.in_loop) {
        return Some("defer_loop");
    }
    if takes_defers_of_bodies(f) {
        return Some("defer_range_func");
    }
    if f.defers.len() > MAX_OPEN {
        return Some("too_many_defers");
    }
    if f.results.iter().any(|r| f.locals[r.0 as usize].heap) {
        return Some("heap_result");
    }
    if returns(f) * f.defers.len() > MAX_RETURNS_TIMES_DEFERS {
        return Some("returns_times_defers");
    }
    None
}

fn sites_of_other_frames(f: &Function) -> HashSet<u32> {
    let instrs = f.blocks.iter().flat_map(|b| &b.instrs);
    instrs
        .filter_map(|i| match i.kind {
            InstrKind::Defer { site, outer: Some(_), .. } => Some(site),
            _ => None,
        })
        .collect()
}

/// Whether bodies of range-over-func loops may defer for this function: it gives away its frame's token.
fn takes_defers_of_bodies(f: &Function) -> bool {
    let instrs = f.blocks.iter().flat_map(|b| &b.instrs);
    let mut tokens = HashSet::new();
    for i in instrs.clone() {
        let gives = match &i.kind {
            InstrKind::Assign(p, Rvalue::FrameToken) => p.as_local(),
            InstrKind::Assign(p, Rvalue::Use(Operand::Copy(from))) => {
                p.as_local().filter(|_| from.as_local().is_some_and(|l| tokens.contains(&l)))
            }
            _ => None,
        };
        tokens.extend(gives);
    }
    // A token that is only an argument of a deferred `recover` stays here.
    let captured = |o: &Operand| match o {
        Operand::Copy(p) => p.as_local().is_some_and(|l| tokens.contains(&l)),
        Operand::Const(_) => false,
    };
    instrs.into_iter().any(|i| match &i.kind {
        InstrKind::Assign(_, Rvalue::MakeClosure { captures, .. }) => captures.iter().any(captured),
        InstrKind::Assign(p, Rvalue::Use(o)) => p.as_local().is_none() && captured(o),
        InstrKind::Assign(_, Rvalue::AddrOf(p, _)) => match p.base {
            PlaceBase::Local(l) => tokens.contains(&l),
            PlaceBase::Global(..) => false,
        },
        _ => false,
    })
}

/// Return statements in the source: an exit at the closing brace (which has an empty span) isn't one, nor is
/// that of the recovery block.
fn returns(f: &Function) -> usize {
    let mut n = 0;
    for (i, b) in f.blocks.iter().enumerate() {
        if f.recover_block == Some(BlockId(i as u32)) {
            continue;
        }
        for instr in &b.instrs {
            let written = !instr.span.is_known() || instr.span.lo != instr.span.hi;
            n += usize::from(matches!(instr.kind, InstrKind::RunDefers) && written);
        }
    }
    n
}

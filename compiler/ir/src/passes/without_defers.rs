//! Functions with defers that can do without: where nothing can panic between a `defer` and the end of the function, deferred calls
//! are calls at the end.
//!
//! Enters: a function before defers are chosen. Leaves: one without defers that does the same, to be inlined; the function itself stays as it
//! is. (gc inlines no function with a defer.) What counts is that nothing unwinds, and that nobody asks whether the frame panics.

use super::defer_choice::not_open;
use super::defs;
use crate::ir::*;
use crate::lower::func::{prune, successors};
use crate::ty::TypeTable;
use crate::tyof;
use std::collections::{HashMap, HashSet};

/// What is known of other functions.
pub struct Known<'a> {
    pub types: &'a TypeTable,
    /// A function with a body in this module.
    pub body: &'a dyn Fn(&Symbol) -> Option<&'a Function>,
    /// Functions that never unwind.
    pub quiet: &'a HashSet<Symbol>,
}

/// Whether no instruction of `f` can unwind.
pub fn is_quiet(f: &Function, quiet: &HashSet<Symbol>) -> bool {
    f.recover_block.is_none()
        && f.defers.is_empty()
        && f.blocks.iter().flat_map(|b| &b.instrs).all(|i| stays(&i.kind, quiet))
}

/// Whether an instruction neither unwinds nor has to do with defers.
fn stays(kind: &InstrKind, quiet: &HashSet<Symbol>) -> bool {
    match kind {
        InstrKind::Assign(_, r) => {
            !matches!(r, Rvalue::Recover { .. } | Rvalue::FrameToken | Rvalue::DeferBit(_))
        }
        InstrKind::StorageLive(_) => true,
        InstrKind::Call { callee, .. } => match callee {
            Callee::Direct(s) | Callee::Closure { func: s, .. } => quiet.contains(s),
            Callee::Runtime(f) => !f.attrs().panics && !f.attrs().noreturn,
            Callee::Intrinsic(i) => *i != Intrinsic::FrameAddress,
            Callee::Value(..) | Callee::Interface { .. } => false,
        },
        _ => false,
    }
}

type At = (usize, usize);

/// A deferred call, its operands in locals of their own.
struct Deferred {
    at: At,
    callee: Callee,
    args: Vec<Operand>,
    results: usize,
}

/// `f` with calls in the place of its defers, if that is the same.
pub fn plain(f: &Function, known: &Known) -> Option<Function> {
    f.recover_block?;
    let simple = |d: &DeferSite| !d.in_loop;
    if f.defers.is_empty() || !f.defers.iter().all(simple) || f.attrs.has_recover {
        return None;
    }
    let mut g = f.clone();
    let sites = sites(&mut g, known)?;
    let flow = Flow::new(&g);
    if !sites.iter().all(|d| flow.is_quiet_behind(d.at, known)) {
        return None;
    }
    let last = sites.len().checked_sub(1)?;
    // While the first one runs, nothing is pending any more.
    let unwinds = |d: &Deferred| match &d.callee {
        Callee::Direct(s) | Callee::Closure { func: s, .. } => !known.quiet.contains(s),
        _ => true,
    };
    if (1..=last).any(|n| unwinds(&sites[n])) {
        return None;
    }
    // Open-coded ones run at the line of the return statement, as here, others at the closing brace. Whether results get
    // to the heap, which decides, isn't known yet.
    let exposed = || {
        let instrs = f.blocks.iter().flat_map(|b| &b.instrs);
        instrs.into_iter().any(|i| match &i.kind {
            InstrKind::Assign(_, Rvalue::AddrOf(p, _)) => match p.base {
                PlaceBase::Local(l) => f.results.contains(&l),
                PlaceBase::Global(..) => false,
            },
            _ => false,
        })
    };
    if unwinds(&sites[0]) && (not_open(f).is_some() || exposed()) {
        return None;
    }
    let mut ends = Vec::new();
    for b in 0..g.blocks.len() {
        if Some(BlockId(b as u32)) == g.recover_block {
            continue;
        }
        let runs = |i: &Instr| matches!(i.kind, InstrKind::RunDefers);
        let Some(at) = g.blocks[b].instrs.iter().position(runs) else { continue };
        let mut calls = Vec::new();
        for d in sites.iter().rev() {
            if flow.dominates(d.at, (b, at)) {
                let (callee, args) = (d.callee.clone(), d.args.clone());
                let kind = InstrKind::Call { dests: vec![None; d.results], callee, args };
                calls.push(Instr { kind, ..g.blocks[b].instrs[at].clone() });
            } else if flow.reaches(d.at.0, b) {
                // Pending or not: a bit would tell.
                return None;
            }
        }
        ends.push((b, at, calls));
    }
    for (b, at, calls) in ends {
        g.blocks[b].instrs.splice(at..=at, calls);
    }
    for b in &mut g.blocks {
        b.instrs.retain(|i| !matches!(i.kind, InstrKind::Defer { .. }));
    }
    g.recover_block = None;
    g.defers.clear();
    prune(&mut g);
    Some(g)
}

/// Copies operands of deferred calls to locals, at their statements; in the order of execution, if there is one.
fn sites(g: &mut Function, known: &Known) -> Option<Vec<Deferred>> {
    let mut out = Vec::new();
    let literals = defs::propagate(g, |r| match r {
        Rvalue::MakeClosure { func, .. } => Some(func.clone()),
        _ => None,
    });
    for b in 0..g.blocks.len() {
        let mut at = 0;
        while at < g.blocks[b].instrs.len() {
            let Instr { kind: InstrKind::Defer { callee, args, outer, .. }, span, .. } =
                &g.blocks[b].instrs[at]
            else {
                at += 1;
                continue;
            };
            if outer.is_some() {
                return None;
            }
            let (mut callee, mut args, span) = (callee.clone(), args.clone(), *span);
            let mut operands: Vec<&mut Operand> = args.iter_mut().collect();
            if let Callee::Value(object, _) = &callee {
                let Operand::Copy(p) = object else { return None };
                let func = literals.get(&p.as_local()?)?.clone();
                callee = Callee::Closure { func, object: object.clone() };
            }
            let results = match &mut callee {
                Callee::Direct(s) => recovers_not(s, known)?.sig.results.len(),
                Callee::Closure { func, object } => {
                    operands.push(object);
                    recovers_not(func, known)?.sig.results.len()
                }
                _ => return None,
            };
            for o in operands {
                let Operand::Copy(_) = o else { continue };
                let ty = tyof::operand(known.types, g, o)?;
                let l = LocalId(g.locals.len() as u32);
                g.locals.push(LocalDecl { name: String::new(), ty, heap: false, span });
                let value = std::mem::replace(o, Operand::local(l));
                let kind = InstrKind::Assign(Place::local(l), Rvalue::Use(value));
                g.blocks[b].instrs.insert(at, Instr { kind, span, at: 0 });
                at += 1;
            }
            out.push(Deferred { at: (b, at), callee, args, results });
            at += 1;
        }
    }
    let flow = Flow::new(g);
    let ordered = out.windows(2).all(|w| flow.dominates(w[0].at, w[1].at));
    ordered.then_some(out)
}

/// A function of which it is known that it doesn't call `recover`, which would see another frame.
fn recovers_not<'a>(s: &Symbol, known: &Known<'a>) -> Option<&'a Function> {
    let f = (known.body)(s)?;
    let may = f.attrs.has_recover || f.attrs.adjust_panic || f.names_frame();
    (!may).then_some(f)
}

/// Which blocks lead to which.
struct Flow<'f> {
    f: &'f Function,
    /// Locals that keep their value from the start of the function or from their only assignment.
    fixed: HashMap<LocalId, bool>,
}

impl<'f> Flow<'f> {
    fn new(f: &'f Function) -> Flow<'f> {
        let mut written: HashMap<LocalId, u32> = f.params.iter().map(|p| (*p, 1)).collect();
        let mut write = |p: &Place, n: u32| {
            if let PlaceBase::Local(l) = p.base
                && !p.proj.contains(&Proj::Deref)
            {
                *written.entry(l).or_default() += n;
            }
        };
        for i in f.blocks.iter().flat_map(|b| &b.instrs) {
            match &i.kind {
                InstrKind::Assign(p, r) => {
                    write(p, 1);
                    if let Rvalue::AddrOf(p, _) = r {
                        write(p, 2);
                    }
                }
                InstrKind::Call { dests, .. } => dests.iter().flatten().for_each(|p| write(p, 2)),
                InstrKind::StorageLive(l) => write(&Place::local(*l), 2),
                _ => {}
            }
        }
        Flow { f, fixed: written.into_iter().map(|(l, n)| (l, n == 1)).collect() }
    }

    /// The blocks that can be reached from `from` without entering `avoid`.
    fn reached(&self, from: usize, avoid: Option<usize>) -> HashSet<usize> {
        let mut seen = HashSet::new();
        let mut work = vec![from];
        while let Some(b) = work.pop() {
            if Some(b) != avoid && seen.insert(b) {
                work.extend(successors(&self.f.blocks[b].term).iter().map(|b| b.0 as usize));
            }
        }
        seen
    }

    fn reaches(&self, from: usize, to: usize) -> bool {
        self.reached(from, None).contains(&to)
    }

    fn dominates(&self, a: At, b: At) -> bool {
        if a.0 == b.0 {
            return a.1 < b.1;
        }
        !self.reached(0, Some(a.0)).contains(&b.0)
    }

    /// Whether nothing unwinds behind a statement, which isn't in a loop, until the function ends.
    fn is_quiet_behind(&self, at: At, known: &Known) -> bool {
        let own = (at.0, at.1 + 1);
        let next = successors(&self.f.blocks[at.0].term);
        let mut blocks: HashSet<usize> =
            next.iter().flat_map(|b| self.reached(b.0 as usize, None)).collect();
        if let Some(b) = self.f.recover_block {
            blocks.remove(&(b.0 as usize));
        }
        let mut starts = blocks.into_iter().filter(|b| *b != at.0).map(|b| (b, 0)).chain([own]);
        starts.all(|(b, start)| {
            let mut instrs = self.f.blocks[b].instrs.iter().enumerate().skip(start);
            instrs.all(|(n, i)| match &i.kind {
                InstrKind::Defer { .. } | InstrKind::RunDefers => true,
                InstrKind::Check(Check::Nil(o)) => self.is_checked(o, (b, n)),
                kind => stays(kind, known.quiet),
            })
        })
    }

    /// Whether the same pointer has certainly been checked before.
    fn is_checked(&self, o: &Operand, at: At) -> bool {
        let Operand::Copy(p) = o else { return false };
        let fixed = |l| self.fixed.get(&l).copied().unwrap_or(false);
        if !p.as_local().is_some_and(fixed) {
            return false;
        }
        let checks = |i: &Instr| matches!(&i.kind, InstrKind::Check(Check::Nil(c)) if c == o);
        self.f.blocks.iter().enumerate().any(|(b, block)| {
            let found = block.instrs.iter().position(checks);
            found.is_some_and(|n| self.dominates((b, n), at))
        })
    }
}

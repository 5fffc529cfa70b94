//! A function in, its graph of locations and flows out.

use super::graph::{Graph, HEAP, Node};
use super::loops::LoopTree;
use super::{MAX_OPTIONAL, MAX_STACK_ALLOC, ParamSummary, Summaries, Summary};
use crate::ir::*;
use crate::runtime_abi::RuntimeFn;
use crate::ty::{Ty, TyKind, TypeTable};
use crate::tyof;
use std::collections::HashMap;

/// Where the locals, allocations and captures of a function are in its graph.
pub struct NodeMap {
    locals: u32,
    allocs: u32,
    captures: u32,
}

impl NodeMap {
    pub fn local(&self, l: LocalId) -> Node {
        1 + l.0
    }

    /// In the order of the instructions that allocate.
    pub fn allocs(&self) -> impl Iterator<Item = Node> + use<> {
        let first = 1 + self.locals;
        first..first + self.allocs
    }

    /// What the closure object of the function holds, but its code.
    pub fn captures(&self) -> impl Iterator<Item = Node> + use<> {
        let first = 1 + self.locals + self.allocs;
        first..first + self.captures
    }
}

/// How far definitions are followed.
const MAX_DEPTH: u32 = 8;
/// The most instructions of a function whose closure callers see through.
const MAX_MAKER: usize = 40;

/// Functions that a function calls, makes closures of or refers to otherwise.
pub fn references(f: &Function) -> impl Iterator<Item = &Symbol> {
    let mut out = Vec::new();
    for i in f.blocks.iter().flat_map(|b| &b.instrs) {
        match &i.kind {
            InstrKind::Call {
                callee: Callee::Direct(s) | Callee::Closure { func: s, .. }, ..
            }
            | InstrKind::Defer { callee: Callee::Direct(s), .. }
            | InstrKind::Go { callee: Callee::Direct(s), .. }
            | InstrKind::Assign(_, Rvalue::MakeClosure { func: s, .. }) => out.push(s),
            _ => {}
        }
    }
    crate::visit::operands(f, &mut |o| {
        if let Operand::Const(c) = o {
            crate::visit::const_funcs(c, &mut |s| out.push(s));
        }
    });
    out.into_iter()
}

/// The flag of an instruction that allocates.
pub fn alloc_mut(r: &mut Rvalue) -> Option<&mut Alloc> {
    match r {
        Rvalue::New { alloc, .. }
        | Rvalue::MakeSlice { alloc, .. }
        | Rvalue::MakeClosure { alloc, .. }
        | Rvalue::MakeInterface { alloc, .. } => Some(alloc),
        _ => None,
    }
}

fn allocates(r: &Rvalue) -> bool {
    use Rvalue::*;
    matches!(r, New { .. } | MakeSlice { .. } | MakeClosure { .. } | MakeInterface { .. })
}

/// The instructions that allocate, in the order of their nodes.
pub fn allocations(f: &Function) -> impl Iterator<Item = &Rvalue> {
    f.blocks.iter().flat_map(|b| &b.instrs).filter_map(|i| match &i.kind {
        InstrKind::Assign(_, r) if allocates(r) => Some(r),
        _ => None,
    })
}

/// Whether an allocation is of constant size, and small enough for a frame.
pub fn fits_frame(types: &TypeTable, r: &Rvalue) -> bool {
    match r {
        Rvalue::New { ty, alloc: Alloc::Optional, .. } => types.size(*ty) <= MAX_OPTIONAL,
        Rvalue::New { ty, .. } => types.size(*ty) <= MAX_STACK_ALLOC,
        Rvalue::MakeSlice { slice, cap: Operand::Const(Const::Int(n, _)), .. } => {
            let TyKind::Slice(e) = types.kind(*slice) else { return false };
            let n = u64::try_from(*n).unwrap_or(u64::MAX);
            types.size(*e).saturating_mul(n) <= MAX_STACK_ALLOC
        }
        Rvalue::MakeInterface { concrete, .. } => types.size(*concrete) <= MAX_STACK_ALLOC,
        Rvalue::MakeClosure { .. } => true,
        _ => false,
    }
}

/// The graph of a function, and the function of the closure that it returns, if that is always the same.
pub fn graph(
    types: &TypeTable,
    f: &Function,
    known: &Summaries,
) -> (Graph, NodeMap, Option<Symbol>) {
    let tree = LoopTree::new(f);
    let mut graph = Graph::new(tree.parents.clone());
    for l in life_loops(f, &tree) {
        graph.node(l);
    }
    let mut map =
        NodeMap { locals: f.locals.len() as u32, allocs: 0, captures: captured(types, f) };
    f.params.iter().chain(&f.ctx).for_each(|&p| graph.param(map.local(p)));
    f.results.iter().for_each(|&r| graph.result(map.local(r)));
    let mut alloc_of = HashMap::new();
    for (b, block) in f.blocks.iter().enumerate() {
        for (i, instr) in block.instrs.iter().enumerate() {
            if let InstrKind::Assign(_, r) = &instr.kind
                && allocates(r)
            {
                alloc_of.insert((b, i), graph.node(tree.of_block[b]));
                map.allocs += 1;
            }
        }
    }
    for c in map.captures() {
        graph.node(0);
        graph.param(c);
    }
    let defs = definitions(f, &alloc_of);
    let mut builder = Builder { types, f, known, graph, map, defs, called: called(f) };
    for (b, block) in f.blocks.iter().enumerate() {
        for (i, instr) in block.instrs.iter().enumerate() {
            builder.instr(&instr.kind, alloc_of.get(&(b, i)).copied());
        }
    }
    let returns = builder.returned().cloned();
    (builder.graph, builder.map, returns)
}

/// How many things the closure object of `f` holds.
fn captured(types: &TypeTable, f: &Function) -> u32 {
    let object = f.ctx.map(|c| types.kind(f.locals[c.0 as usize].ty));
    match object {
        Some(TyKind::Pointer(object)) => match types.kind(*object) {
            TyKind::Struct(fields) => fields.len() as u32 - 1,
            _ => 0,
        },
        _ => 0,
    }
}

/// By local: whether a closure in it may be called. Of one that has been inlined wherever it was called, only what it captured
/// is still read.
fn called(f: &Function) -> Vec<bool> {
    let mut called = vec![false; f.locals.len()];
    let mut copies = Vec::new();
    let instrs = || f.blocks.iter().flat_map(|b| &b.instrs);
    let makes = |i: &Instr| matches!(i.kind, InstrKind::Assign(_, Rvalue::MakeClosure { .. }));
    if !instrs().any(makes) {
        return called;
    }
    for i in instrs() {
        if let InstrKind::Assign(to, r) = &i.kind {
            if let Rvalue::Use(Operand::Copy(from))
            | Rvalue::Convert(ConvKind::NoOp, Operand::Copy(from), _) = r
                && let (Some(to), Some(from)) = (to.as_local(), from.as_local())
            {
                copies.push((to, from));
                continue;
            }
            if let Rvalue::AddrOf(Place { base: PlaceBase::Local(l), .. }, _) = r {
                called[l.0 as usize] = true;
            }
        }
        crate::visit::instr_operands(&i.kind, &mut |o| note_called(o, &mut called));
    }
    for b in &f.blocks {
        crate::visit::term_operands(&b.term, &mut |o| note_called(o, &mut called));
    }
    f.results.iter().for_each(|r| called[r.0 as usize] = true);
    loop {
        let before = copies.len();
        copies.retain(|(to, from)| {
            let is = called[to.0 as usize];
            called[from.0 as usize] |= is;
            !is
        });
        if copies.len() == before {
            return called;
        }
    }
}

fn note_called(o: &Operand, called: &mut [bool]) {
    if let Operand::Copy(Place { base: PlaceBase::Local(l), proj }) = o
        && !matches!(proj[..], [Proj::Deref, Proj::Field(1..), ..])
    {
        called[l.0 as usize] = true;
    }
}

/// The innermost loop around all mentions of each local. What a loop's turn finds in a local that is mentioned only inside
/// it, that turn has put there.
fn life_loops(f: &Function, tree: &LoopTree) -> Vec<u32> {
    let mut loops: Vec<Option<u32>> = vec![None; f.locals.len()];
    let outside = f.params.iter().chain(&f.results).chain(&f.ctx);
    outside.for_each(|l| loops[l.0 as usize] = Some(0));
    for (b, block) in f.blocks.iter().enumerate() {
        let here = tree.of_block[b];
        let mut mention = |p: &Place| {
            if let PlaceBase::Local(l) = p.base {
                let known = &mut loops[l.0 as usize];
                *known = Some(known.map_or(here, |k| tree.common(k, here)));
            }
        };
        let mut read = |o: &Operand| {
            if let Operand::Copy(p) = o {
                mention(p);
            }
        };
        for i in &block.instrs {
            crate::visit::instr_operands(&i.kind, &mut read);
        }
        crate::visit::term_operands(&block.term, &mut read);
        for i in &block.instrs {
            match &i.kind {
                InstrKind::Assign(p, r) => {
                    mention(p);
                    if let Rvalue::AddrOf(p, _) = r {
                        mention(p);
                    }
                }
                InstrKind::StorageLive(l) => mention(&Place::local(*l)),
                InstrKind::Call { dests, .. } => dests.iter().flatten().for_each(&mut mention),
                _ => {}
            }
        }
    }
    loops.into_iter().map(|l| l.unwrap_or(0)).collect()
}

/// The only thing that a local is ever assigned.
#[derive(Clone, Copy)]
enum Def<'f> {
    Value(&'f Rvalue, Option<Node>),
    /// The only result of a call.
    Result(&'f Symbol),
    /// Several assignments, or what the caller gave.
    Unknown,
}

fn definitions<'f>(
    f: &'f Function,
    alloc_of: &HashMap<(usize, usize), Node>,
) -> HashMap<LocalId, Def<'f>> {
    let mut defs: HashMap<LocalId, Def<'f>> = HashMap::new();
    let outside = f.params.iter().chain(&f.results).chain(&f.ctx);
    outside.for_each(|l| _ = defs.insert(*l, Def::Unknown));
    for (b, block) in f.blocks.iter().enumerate() {
        for (i, instr) in block.instrs.iter().enumerate() {
            let (place, def) = match &instr.kind {
                InstrKind::Assign(p, r) => {
                    if let Rvalue::AddrOf(Place { base: PlaceBase::Local(l), proj }, _) = r
                        && proj.is_empty()
                    {
                        // May be assigned through its address.
                        defs.insert(*l, Def::Unknown);
                    }
                    (p, Def::Value(r, alloc_of.get(&(b, i)).copied()))
                }
                InstrKind::Call { dests, callee, .. } => {
                    for d in dests.iter().flatten() {
                        if let PlaceBase::Local(l) = d.base {
                            let def = match (callee, dests.len(), d.proj.is_empty()) {
                                (Callee::Direct(s), 1, true) => Def::Result(s),
                                _ => Def::Unknown,
                            };
                            let known = defs.entry(l).and_modify(|d| *d = Def::Unknown);
                            known.or_insert(def);
                        }
                    }
                    continue;
                }
                _ => continue,
            };
            let PlaceBase::Local(l) = place.base else { continue };
            if place.proj.first().is_some_and(|p| !matches!(p, Proj::Field(_) | Proj::Index(_))) {
                continue;
            }
            let whole = place.proj.is_empty();
            let known = defs.entry(l).and_modify(|d| *d = Def::Unknown);
            known.or_insert(if whole { def } else { Def::Unknown });
        }
    }
    defs
}

struct Builder<'f> {
    types: &'f TypeTable,
    f: &'f Function,
    known: &'f Summaries,
    graph: Graph,
    map: NodeMap,
    defs: HashMap<LocalId, Def<'f>>,
    /// By local, see [`called`].
    called: Vec<bool>,
}

impl<'f> Builder<'f> {
    /// Whether values of this type can refer to memory. A uintptr may be a pointer in disguise, on
    /// its way through arithmetic (package unsafe).
    fn tracked(&self, t: Ty) -> bool {
        self.types.has_pointers(t) || self.types.data(t).unique == "uintptr"
    }

    /// The local that a place begins at, and the dereferences on the way.
    fn source(&self, p: &Place) -> Option<(Node, i8)> {
        let PlaceBase::Local(l) = p.base else { return None };
        Some((self.map.local(l), self.derefs(self.f.locals[l.0 as usize].ty, &p.proj)))
    }

    /// The dereferences on the way from a value of type `t`.
    fn derefs(&self, mut t: Ty, way: &[Proj]) -> i8 {
        let mut derefs = 0;
        for proj in way {
            let through = match proj {
                Proj::Deref => true,
                Proj::Index(_) => matches!(self.types.kind(t), TyKind::Slice(_)),
                Proj::Field(_) => false,
            };
            derefs += i8::from(through && derefs < super::MAX_DEREFS as i8);
            t = match tyof::project(self.types, t, proj) {
                Some(t) => t,
                None => break,
            };
        }
        derefs
    }

    /// The location that a store to a place changes.
    fn sink(&self, p: &Place) -> Node {
        match (self.source(p), &p.base) {
            (Some((n, 0)), _) => n,
            (Some((_, 1)), PlaceBase::Local(l)) => {
                // One dereference: is it the first projection, of a pointer whose target is known?
                let first = p.proj.first();
                let direct = matches!(first, Some(Proj::Deref | Proj::Index(_)));
                match direct.then(|| self.target(*l, 0)).flatten() {
                    Some(n) => n,
                    None => HEAP,
                }
            }
            _ => HEAP,
        }
    }

    /// The only location that a local points to.
    fn target(&self, l: LocalId, depth: u32) -> Option<Node> {
        let Some(Def::Value(r, alloc)) = self.defs.get(&l) else { return None };
        if depth > MAX_DEPTH {
            return None;
        }
        match r {
            Rvalue::New { .. } | Rvalue::MakeSlice { .. } => *alloc,
            Rvalue::AddrOf(p, _) => match self.source(p)? {
                (n, 0) => Some(n),
                (_, 1) => match p.base {
                    PlaceBase::Local(l)
                        if matches!(p.proj.first(), Some(Proj::Deref | Proj::Index(_))) =>
                    {
                        self.target(l, depth + 1)
                    }
                    _ => None,
                },
                _ => None,
            },
            Rvalue::Use(Operand::Copy(p))
            | Rvalue::Convert(ConvKind::NoOp, Operand::Copy(p), _)
            | Rvalue::Extract(Part::Ptr, Operand::Copy(p))
            | Rvalue::SliceFromParts { ptr: Operand::Copy(p), .. }
            | Rvalue::PtrIndex { base: Operand::Copy(p), .. } => {
                self.target(p.as_local()?, depth + 1)
            }
            _ => None,
        }
    }

    /// As [`Self::source`], for what is read there: it may be something that a known closure captured.
    fn value(&self, p: &Place, depth: u32) -> Option<(Node, i8)> {
        let (PlaceBase::Local(l), [deref, field @ Proj::Field(i @ 1..), rest @ ..]) =
            (&p.base, &p.proj[..])
        else {
            return self.source(p);
        };
        let first = *i as usize - 1;
        let ty = tyof::project(self.types, self.f.locals[l.0 as usize].ty, deref)
            .and_then(|t| tyof::project(self.types, t, field));
        let from = if self.f.ctx == Some(*l) {
            self.map.captures().nth(first).map(|n| (n, 0))
        } else {
            match self.captures_of(*l, depth).and_then(|list| list.get(first)) {
                Some(Operand::Copy(q)) => self.value(q, depth + 1),
                Some(Operand::Const(_)) => return None,
                None => None,
            }
        };
        match (from, ty) {
            (Some((n, d)), Some(t)) => Some((n, d + self.derefs(t, rest))),
            _ => self.source(p),
        }
    }

    /// What the closure that a local points to has captured, if that is known.
    fn captures_of(&self, l: LocalId, depth: u32) -> Option<&'f [Operand]> {
        let Some(Def::Value(r, _)) = self.defs.get(&l) else { return None };
        match r {
            Rvalue::MakeClosure { captures, .. } => Some(captures),
            Rvalue::Use(Operand::Copy(p))
            | Rvalue::Convert(ConvKind::NoOp, Operand::Copy(p), _)
                if depth < MAX_DEPTH =>
            {
                self.captures_of(p.as_local()?, depth + 1)
            }
            _ => None,
        }
    }

    fn flow(&mut self, to: Node, from: &Operand, derefs: i8) {
        if let Operand::Copy(p) = from
            && let Some((n, d)) = self.value(p, 0)
            && tyof::place(self.types, self.f, p).is_none_or(|t| self.tracked(t))
        {
            self.graph.flow(to, n, d.saturating_add(derefs));
        }
    }

    fn leak(&mut self, o: &Operand) {
        self.flow(HEAP, o, 0);
    }

    fn instr(&mut self, kind: &'f InstrKind, alloc: Option<Node>) {
        match kind {
            InstrKind::Assign(p, r) => self.assign(p, r, alloc),
            InstrKind::Call { dests, callee, args } => self.call(dests, callee, args),
            InstrKind::Defer { site, callee, args, outer } => {
                let repeated = self.f.defers.get(*site as usize).is_none_or(|d| d.in_loop);
                if repeated || outer.is_some() {
                    self.leak_call(callee, args);
                } else {
                    self.call(&[], callee, args);
                }
            }
            InstrKind::Go { callee, args } => self.leak_call(callee, args),
            // Not made yet.
            InstrKind::DeferStack { args, .. }
            | InstrKind::DeferHeap { args, .. }
            | InstrKind::DeferOpen { args, .. } => args.iter().for_each(|a| self.leak(a)),
            InstrKind::StorageLive(_)
            | InstrKind::Check(_)
            | InstrKind::RunDefers
            | InstrKind::DeferReturn
            | InstrKind::DeferClearBit { .. } => {}
        }
    }

    fn leak_call(&mut self, callee: &Callee, args: &[Operand]) {
        match callee {
            Callee::Value(o, _)
            | Callee::Closure { object: o, .. }
            | Callee::Interface { recv: o, .. } => self.leak(o),
            Callee::Direct(_) | Callee::Runtime(_) | Callee::Intrinsic(_) => {}
        }
        args.iter().for_each(|a| self.leak(a));
    }

    fn assign(&mut self, p: &Place, r: &'f Rvalue, alloc: Option<Node>) {
        let to = self.sink(p);
        if let Some(a) = alloc {
            self.graph.flow(to, a, -1);
        } else if !tyof::place(self.types, self.f, p).is_none_or(|t| self.tracked(t)) {
            return;
        }
        match (r, alloc) {
            (Rvalue::AddrOf(p, _), _) => {
                // The address of what is captured is one in the closure object.
                let from = self.value(p, 0).filter(|&(_, derefs)| derefs > 0);
                if let Some((n, derefs)) = from.or_else(|| self.source(p)) {
                    self.graph.flow(to, n, derefs - 1);
                }
            }
            (Rvalue::MakeInterface { concrete, value, .. }, Some(a)) => {
                // Pointers are themselves the data word.
                let holder = if self.types.is_pointer_shaped(*concrete) { to } else { a };
                self.flow(holder, value, 0);
            }
            (Rvalue::MakeClosure { func, captures, .. }, Some(a)) => {
                captures.iter().for_each(|c| self.flow(a, c, 0));
                if p.as_local().is_some_and(|l| !self.called[l.0 as usize]) {
                    return;
                }
                // It may be called by whoever gets hold of it.
                match self.known.get(func) {
                    Some(s) => {
                        if let Some(least) = s.ctx.least() {
                            self.graph.flow(HEAP, a, least as i8 - 1);
                        }
                        for (c, leaks) in captures.iter().zip(&s.captures) {
                            if let Some(least) = leaks.least() {
                                self.flow(HEAP, c, least as i8);
                            }
                        }
                    }
                    None => self.graph.flow(HEAP, a, 0),
                }
            }
            _ => {
                let mut operands = Vec::new();
                // Operands of index projections are integers.
                crate::visit::rvalue_operands(r, &mut |o| operands.push(o));
                operands.into_iter().for_each(|o| self.flow(to, o, 0));
            }
        }
    }

    fn call(&mut self, dests: &[Option<Place>], callee: &'f Callee, args: &[Operand]) {
        match callee {
            Callee::Direct(s) => match self.known.get(s) {
                Some(summary) => self.apply(dests, summary, args.iter()),
                None => args.iter().for_each(|a| self.leak(a)),
            },
            Callee::Value(o, _) => self.call_closure(dests, self.function_of(o), o, args),
            Callee::Closure { func, object } => self.call_closure(dests, Some(func), object, args),
            Callee::Interface { recv, index, .. } => match self.method_of(recv, *index) {
                Some(summary) => self.apply(dests, summary, [recv].into_iter().chain(args)),
                None => self.leak_call(callee, args),
            },
            Callee::Runtime(f) => self.runtime(dests, *f, args),
            Callee::Intrinsic(i) => self.intrinsic(dests, *i, args),
        }
    }

    fn call_closure(
        &mut self,
        dests: &[Option<Place>],
        func: Option<&Symbol>,
        object: &Operand,
        args: &[Operand],
    ) {
        match func.and_then(|s| self.known.get(s)) {
            Some(summary) => {
                self.apply(dests, summary, args.iter());
                self.apply_param(dests, &summary.ctx, object);
            }
            None => args.iter().for_each(|a| self.leak(a)),
        }
    }

    /// The function of a func value, if it is known.
    fn function_of(&self, o: &'f Operand) -> Option<&'f Symbol> {
        match o {
            Operand::Const(Const::Func(s, _)) => Some(s),
            Operand::Copy(p) => match self.defs.get(&p.as_local()?)? {
                Def::Value(Rvalue::MakeClosure { func, .. }, _) => Some(func),
                Def::Value(Rvalue::Use(o), _) => self.function_of(o),
                Def::Result(s) => self.known.get(*s)?.returns.as_ref(),
                _ => None,
            },
            Operand::Const(_) => None,
        }
    }

    /// The function of every closure that is assigned to the only result of a function that gc would inline.
    fn returned(&self) -> Option<&'f Symbol> {
        let f = self.f;
        let instrs = || f.blocks.iter().flat_map(|b| &b.instrs);
        let &[result] = &f.results[..] else { return None };
        if f.recover_block.is_some() || f.attrs.noinline || instrs().count() > MAX_MAKER {
            return None;
        }
        let is_result = |p: &Place| matches!(p.base, PlaceBase::Local(l) if l == result);
        let mut func = None;
        for i in instrs() {
            let value = match &i.kind {
                InstrKind::Assign(_, Rvalue::AddrOf(p, _)) if is_result(p) => return None,
                InstrKind::Assign(p, r) if is_result(p) => match r {
                    Rvalue::MakeClosure { func, .. } => func,
                    Rvalue::Use(o) => self.function_of(o)?,
                    _ => return None,
                },
                InstrKind::Call { dests, .. } if dests.iter().flatten().any(is_result) => {
                    return None;
                }
                _ => continue,
            };
            if func.is_some_and(|known| known != value) {
                return None;
            }
            func = Some(value);
        }
        func
    }

    /// The summary of an interface's method whose dynamic type is known; the data word comes first.
    fn method_of(&self, recv: &'f Operand, index: u32) -> Option<&'f Summary> {
        let Operand::Copy(p) = recv else { return None };
        match self.defs.get(&p.as_local()?)? {
            Def::Value(Rvalue::MakeInterface { iface, concrete, .. }, _) => {
                let TyKind::Interface { methods } = self.types.kind(*iface) else { return None };
                let m = methods.get(index as usize)?;
                let found = &self.types.data(*concrete).methods;
                let found = found.iter().find(|f| f.name == m.name && f.pkg == m.pkg)?;
                self.known.get(&*found.ifn)
            }
            Def::Value(Rvalue::Use(o), _) => self.method_of(o, index),
            _ => None,
        }
    }

    fn apply<'o>(
        &mut self,
        dests: &[Option<Place>],
        summary: &Summary,
        args: impl Iterator<Item = &'o Operand>,
    ) {
        for (i, a) in args.enumerate() {
            match summary.params.get(i) {
                Some(p) => self.apply_param(dests, p, a),
                // The summary of a function that is only now being looked at, in a circle.
                None => continue,
            }
        }
    }

    fn apply_param(&mut self, dests: &[Option<Place>], p: &ParamSummary, arg: &Operand) {
        if let Some(d) = p.heap {
            self.flow(HEAP, arg, d as i8);
        }
        for (dest, leak) in dests.iter().zip(&p.results) {
            if let (Some(dest), Some(d)) = (dest, leak) {
                let to = self.sink(dest);
                self.flow(to, arg, *d as i8);
            }
        }
    }

    fn flow_to_result(&mut self, dests: &[Option<Place>], from: &Operand, derefs: i8) {
        if let Some(Some(dest)) = dests.first() {
            let to = self.sink(dest);
            self.flow(to, from, derefs);
        }
    }

    fn runtime(&mut self, dests: &[Option<Place>], f: RuntimeFn, args: &[Operand]) {
        use RuntimeFn::*;
        match f {
            gopanic | newproc => args.iter().for_each(|a| self.leak(a)),
            // The new array holds what the old one held.
            growslice => {
                if let Some(a) = args.first() {
                    self.flow_to_result(dests, a, 0);
                }
            }
            // The room or one operand may be the result.
            concatstring2 => args.iter().for_each(|a| self.flow_to_result(dests, a, 0)),
            concatstrings => {
                for (derefs, a) in args.iter().take(2).enumerate() {
                    self.flow_to_result(dests, a, derefs as i8);
                }
            }
            intstring | slicebytetostring | stringtoslicebyte | slicerunetostring
            | stringtoslicerune => {
                if let Some(room) = args.first() {
                    self.flow_to_result(dests, room, 0);
                }
            }
            // The value is behind the address; in select the addresses are in an array.
            chansend => {
                if let Some(a) = args.get(1) {
                    self.flow(HEAP, a, 1);
                }
            }
            selectgo => {
                if let Some(a) = args.first() {
                    self.flow(HEAP, a, 2);
                }
            }
            // These look at their arguments and forget them.
            panic_index | panic_slice | panic_divide | panic_shift | panic_mem
            | panic_make_slice_len | panic_make_slice_cap | panic_slice_convert | panic_dottype
            | panic_wrap | panic_unsafe | panic_range_state | throw | newobject
            | newobject_noscan | makeslice | cmpstring | memequal | decoderune | countrunes
            | assert_itab | find_itab | find_itab_cached | efaceeq | ifaceeq | memhash
            | memhash32 | memhash64 | strhash | f64hash | nilinterhash | interhash | makechan
            | chanrecv | closechan | chanlen | chancap | printlock | printunlock | printbool
            | printint | printuint | printfloat64 | printfloat32 | printcomplex128
            | printcomplex64 | printstring | printpointer | printslice | printiface | printsp
            | printnl | complex128div | gorecover => {}
            _ => args.iter().for_each(|a| self.leak(a)),
        }
    }

    fn intrinsic(&mut self, dests: &[Option<Place>], i: Intrinsic, args: &[Operand]) {
        match i {
            Intrinsic::AtomicLoad => {
                if let Some(a) = args.first() {
                    self.flow_to_result(dests, a, 1);
                }
            }
            Intrinsic::AtomicStore | Intrinsic::AtomicSwap | Intrinsic::AtomicCas => {
                args.iter().skip(1).for_each(|a| self.leak(a));
                if let Some(a) = args.first() {
                    self.flow_to_result(dests, a, 1);
                }
            }
            Intrinsic::Memmove => {
                if let Some(src) = args.get(1) {
                    self.flow(HEAP, src, 1);
                }
            }
            Intrinsic::Memclr
            | Intrinsic::KeepAlive
            | Intrinsic::NoEscape
            | Intrinsic::Prefetch => {}
            _ => args.iter().for_each(|a| self.flow_to_result(dests, a, 0)),
        }
    }
}

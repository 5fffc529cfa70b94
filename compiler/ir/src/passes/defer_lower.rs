//! Turns `Defer` and `RunDefers` into the instructions of the form that was chosen.
//!
//! Enters: functions whose sites have a form. Leaves: no `Defer` and no `RunDefers`; for each site a
//! thunk, the function that makes the deferred call when only its arguments' address is known.
//!
//! Arguments are copied to locals at the statement, from where the record or slot and, for open-coded
//! defers, the direct calls at the function's exits take them. A deferred function literal isn't made a closure:
//! its captures are the arguments, and its body is the thunk (compiler/ABI.md, "Panics"), with
//! parameters of the literal turned into further captures.

use crate::ir::*;
use crate::lower::types::{Prim, TypeCtx};
use crate::ty::{Sig, Ty, TyKind, TypeTable};
use crate::tyof;
use diag::Span;
use std::collections::{HashMap, HashSet};

pub fn run(m: &mut Module) {
    let mut types = TypeCtx::with_table(std::mem::take(&mut m.types));
    let mut cx = Cx {
        sigs: signatures(m),
        recovering: m.funcs.iter().filter(|f| may_recover(f)).map(|f| f.sym.clone()).collect(),
        defined: m.funcs.iter().enumerate().map(|(i, f)| (f.sym.clone(), i)).collect(),
        types: &mut types,
        m,
        made: HashMap::new(),
    };
    let mut i = 0;
    // Thunks made from literals are looked at in their turn.
    while i < cx.m.funcs.len() {
        if has_defers(&cx.m.funcs[i]) {
            cx.function(i);
        }
        i += 1;
    }
    m.types = types.table;
}

/// Wrappers that pass on the right to recover count too, and functions that give their frame away, as `defer recover()` does.
fn may_recover(f: &Function) -> bool {
    f.attrs.has_recover || f.attrs.adjust_panic || f.names_frame()
}

fn signatures(m: &Module) -> HashMap<Symbol, Sig> {
    let externs = m.externs.iter().map(|(s, e)| (s.clone(), e.sig.clone()));
    externs.chain(m.funcs.iter().map(|f| (f.sym.clone(), f.sig.clone()))).collect()
}

fn has_defers(f: &Function) -> bool {
    let instrs = f.blocks.iter().flat_map(|b| &b.instrs);
    instrs.into_iter().any(|i| matches!(i.kind, InstrKind::Defer { .. } | InstrKind::RunDefers))
}

struct Cx<'m> {
    m: &'m mut Module,
    types: &'m mut TypeCtx,
    sigs: HashMap<Symbol, Sig>,
    /// Functions defined here that call `recover`.
    recovering: HashSet<Symbol>,
    /// Index in `m.funcs`.
    defined: HashMap<Symbol, usize>,
    /// Thunks made of literals, by the literal.
    made: HashMap<Symbol, (Symbol, Ty)>,
}

/// A deferred call, its operands in locals.
#[derive(Clone)]
struct Deferred {
    call: Call,
    /// What the record holds.
    args: Vec<Operand>,
    thunk: Symbol,
    object: Ty,
}

#[derive(Clone)]
enum Call {
    Plain {
        callee: Callee,
        args: Vec<Operand>,
        results: usize,
    },
    /// A function literal with captures.
    Literal {
        func: Symbol,
        captures: Vec<Operand>,
        object: Ty,
        ty: Ty,
        sig: Sig,
        args: Vec<Operand>,
    },
}

impl Cx<'_> {
    fn function(&mut self, index: usize) {
        let placeholder = empty_function(&self.m.funcs[index]);
        let mut f = std::mem::replace(&mut self.m.funcs[index], placeholder);
        let literals = take_literals(&mut f, &self.types.table);
        let mut deferred: HashMap<u32, Deferred> = HashMap::new();
        for b in 0..f.blocks.len() {
            let instrs = std::mem::take(&mut f.blocks[b].instrs);
            let mut out = Vec::with_capacity(instrs.len());
            for instr in instrs {
                match instr.kind {
                    InstrKind::Defer { site, callee, args, outer } => {
                        let span = instr.span;
                        let at = (f.defers[site as usize].wrap, span);
                        let d = self.statement(&mut f, &literals, &mut out, callee, args, at);
                        out.push(Instr { kind: statement_kind(&f, site, &d, outer), span, at: 0 });
                        f.defers[site as usize].thunk = Some((d.thunk.clone(), d.object));
                        deferred.insert(site, d);
                    }
                    _ => out.push(instr),
                }
            }
            f.blocks[b].instrs = out;
        }
        self.exits(&mut f, &deferred);
        self.m.funcs[index] = f;
    }

    /// Copies a deferred call's operands to locals, and finds or makes its thunk.
    fn statement(
        &mut self,
        f: &mut Function,
        literals: &HashMap<LocalId, Literal>,
        out: &mut Vec<Instr>,
        callee: Callee,
        args: Vec<Operand>,
        (wrap, span): (u32, Span),
    ) -> Deferred {
        let mut keep =
            |cx: &mut Self, f: &mut Function, o: Operand, ty: Option<Ty>| -> (Operand, Ty) {
                let found = tyof::operand(&cx.types.table, f, &o);
                let ty = ty.or(found).unwrap_or_else(|| match o {
                    Operand::Const(Const::Bool(_)) => cx.types.prim(Prim::Bool),
                    _ => cx.types.prim(Prim::UnsafePointer),
                });
                if let Operand::Const(_) = o {
                    return (o, ty);
                }
                f.locals.push(LocalDecl { name: String::new(), ty, heap: false, span });
                let l = LocalId(f.locals.len() as u32 - 1);
                let kind = InstrKind::Assign(Place::local(l), Rvalue::Use(o));
                out.push(Instr { kind, span, at: 0 });
                (Operand::local(l), ty)
            };
        let callee = match callee {
            Callee::Value(Operand::Const(Const::Func(s, _)), _) => Callee::Direct(s),
            c => c,
        };
        if let Callee::Value(Operand::Copy(p), sig) = &callee
            && let Some(literal) = p.as_local().and_then(|l| literals.get(&l))
            && self.defined.contains_key(&literal.func)
        {
            let captures: Vec<Operand> =
                literal.captures.iter().map(|l| Operand::local(*l)).collect();
            let params = sig.params.iter().zip(args);
            let args: Vec<Operand> = params.map(|(t, a)| keep(self, f, a, Some(*t)).0).collect();
            let (thunk, object) = self.literal_thunk(&literal.func, literal.object, sig);
            let all = captures.iter().chain(&args).cloned().collect();
            let Literal { func, object: own, ty, .. } = literal.clone();
            let sig = sig.clone();
            let call = Call::Literal { func, captures, object: own, ty, sig, args };
            return Deferred { call, args: all, thunk, object };
        }
        let (callee, first, sig, fixed) = match callee {
            Callee::Direct(s) => {
                let sig = self.sigs.get(&s).cloned();
                (Callee::Direct(s), None, sig, 0)
            }
            Callee::Value(o, sig) => {
                let (o, t) = keep(self, f, o, None);
                (Callee::Value(o.clone(), sig.clone()), Some((o, t)), Some(sig), 0)
            }
            Callee::Interface { recv, index, sig } => {
                let (recv, t) = keep(self, f, recv, None);
                let callee = Callee::Interface { recv: recv.clone(), index, sig: sig.clone() };
                (callee, Some((recv, t)), Some(sig), 1)
            }
            other => (other, None, None, 0),
        };
        let mut kept = Vec::with_capacity(args.len());
        for (i, a) in args.into_iter().enumerate() {
            let ty = sig.as_ref().and_then(|s| s.params.get(i + fixed).copied());
            kept.push(keep(self, f, a, ty));
        }
        let results = sig.as_ref().map_or(0, |s| s.results.len());
        let fields: Vec<Ty> = first.iter().chain(&kept).map(|(_, t)| *t).collect();
        let object = self.types.structure(&fields);
        let args: Vec<Operand> = kept.into_iter().map(|(o, _)| o).collect();
        let thunk = match &callee {
            Callee::Direct(s) if args.is_empty() && results == 0 => s.clone(),
            _ => self.call_thunk(f, &callee, object, &fields, results, (wrap, span)),
        };
        let all = first.into_iter().map(|(o, _)| o).chain(args.iter().cloned()).collect();
        let call = Call::Plain { callee, args, results };
        Deferred { call, args: all, thunk, object }
    }

    /// The thunk of a function literal that is deferred: itself if it has no parameters and results.
    fn literal_thunk(&mut self, func: &Symbol, object: Ty, sig: &Sig) -> (Symbol, Ty) {
        if sig.params.is_empty() && sig.results.is_empty() {
            return (func.clone(), object);
        }
        if let Some(made) = self.made.get(func) {
            return made.clone();
        }
        let mut fields: Vec<Ty> = match self.types.table.kind(object) {
            TyKind::Struct(fields) => fields.iter().map(|f| f.ty).collect(),
            _ => Vec::new(),
        };
        let captured = fields.len();
        fields.extend(&sig.params);
        let extended = self.types.structure(&fields);
        let ctx_ty = self.types.pointer(extended);
        let mut f = self.m.funcs[self.defined[func]].clone();
        f.sym = format!("{func}-defer").into();
        f.sig = Sig::default();
        f.results = Vec::new();
        let ctx = match f.ctx {
            Some(ctx) => {
                f.locals[ctx.0 as usize].ty = ctx_ty;
                ctx
            }
            None => {
                let span = f.span;
                f.locals.push(LocalDecl { name: String::new(), ty: ctx_ty, heap: false, span });
                LocalId(f.locals.len() as u32 - 1)
            }
        };
        f.ctx = Some(ctx);
        let base = Place::local(ctx).with(Proj::Deref);
        let params = std::mem::take(&mut f.params);
        let loads = params.into_iter().enumerate().map(|(i, p)| {
            let from = base.clone().with(Proj::Field((captured + i) as u32));
            let kind = InstrKind::Assign(Place::local(p), Rvalue::Use(Operand::Copy(from)));
            Instr { kind, span: f.span, at: 0 }
        });
        let loads: Vec<Instr> = loads.collect();
        if let Some(entry) = f.blocks.first_mut() {
            entry.instrs.splice(0..0, loads);
        }
        let made = (f.sym.clone(), extended);
        self.add(f);
        self.made.insert(func.clone(), made.clone());
        made
    }

    /// A function that loads a call's operands from its argument struct and makes the call.
    fn call_thunk(
        &mut self,
        f: &Function,
        callee: &Callee,
        object: Ty,
        fields: &[Ty],
        results: usize,
        (wrap, span): (u32, Span),
    ) -> Symbol {
        let (sym, linkage): (Symbol, _) = match callee {
            Callee::Direct(s) => (format!("defer:{s}").into(), Linkage::LinkOnce),
            _ => {
                let linkage = match f.linkage {
                    Linkage::External => Linkage::Internal,
                    l => l,
                };
                let n = (wrap..).map(|n| Symbol::from(format!("{}.deferwrap{n}", f.sym)));
                let free = n.into_iter().find(|s| !self.defined.contains_key(s));
                (free.unwrap_or_else(|| f.sym.clone()), linkage)
            }
        };
        if self.defined.contains_key(&sym) {
            return sym;
        }
        let adjust_panic = match callee {
            Callee::Direct(s) if self.defined.contains_key(s) => self.recovering.contains(s),
            Callee::Direct(s) => self.m.externs.get(s).is_none_or(|e| !e.c_abi),
            Callee::Runtime(_) | Callee::Intrinsic(_) => false,
            Callee::Value(..) | Callee::Closure { .. } | Callee::Interface { .. } => true,
        };
        let ptr = self.types.pointer(object);
        let sig = Sig { params: vec![ptr], results: Vec::new(), variadic: false };
        let mut thunk = Function { sym: sym.clone(), sig, linkage, ..empty_function(f) };
        thunk.go_name = sym.to_string();
        thunk.attrs = Attrs { wrapper: true, adjust_panic, ..Attrs::default() };
        thunk.locals = vec![LocalDecl { name: String::new(), ty: ptr, heap: false, span }];
        thunk.params = vec![LocalId(0)];
        let loaded: Vec<Operand> = (0..fields.len())
            .map(|i| {
                let place = Place::local(LocalId(0)).with(Proj::Deref);
                Operand::Copy(place.with(Proj::Field(i as u32)))
            })
            .collect();
        let mut args = loaded.into_iter();
        let callee = match callee.clone() {
            Callee::Value(o, sig) => Callee::Value(args.next().unwrap_or(o), sig),
            Callee::Interface { recv, index, sig } => {
                Callee::Interface { recv: args.next().unwrap_or(recv), index, sig }
            }
            c => c,
        };
        let kind = InstrKind::Call { dests: vec![None; results], callee, args: args.collect() };
        thunk.blocks = vec![Block {
            instrs: vec![Instr { kind, span, at: 0 }],
            term: Terminator::Return,
            term_span: span,
        }];
        self.add(thunk);
        sym
    }

    fn add(&mut self, f: Function) {
        if may_recover(&f) {
            self.recovering.insert(f.sym.clone());
        }
        self.sigs.insert(f.sym.clone(), f.sig.clone());
        self.defined.insert(f.sym.clone(), self.m.funcs.len());
        self.m.funcs.push(f);
    }

    /// Replaces each `RunDefers`. Where it is known which calls may be pending, they are made directly: open-coded ones at
    /// each exit, those with records in the frame at the function's end, which all exits share. The recovery code leaves
    /// them to the runtime.
    fn exits(&mut self, f: &mut Function, deferred: &HashMap<u32, Deferred>) {
        let open = f.defers.iter().any(|d| d.form == DeferForm::Open);
        let direct = records_known(f);
        let mut shared = None;
        let recover = f.recover_block.map(|b| b.0 as usize);
        let end_span = recover.map_or(f.span, |b| f.blocks[b].term_span);
        let mut b = 0;
        while b < f.blocks.len() {
            let at = f.blocks[b].instrs.iter().position(|i| matches!(i.kind, InstrKind::RunDefers));
            let Some(at) = at else {
                b += 1;
                continue;
            };
            let span = f.blocks[b].instrs[at].span;
            // As in gc, functions without open-coded defers run deferred calls at their end; recovery code has that position.
            let forced = f.defers.first().is_some_and(|d| d.reason == "forced");
            let at_end = !open && !forced;
            let span = if at_end { end_span } else { span };
            if recover == Some(b) || !open && !direct {
                f.blocks[b].instrs[at] = Instr { kind: InstrKind::DeferReturn, span, at: 0 };
                continue;
            }
            let rest = f.blocks[b].instrs.split_off(at + 1);
            if at_end && rest.is_empty() && matches!(f.blocks[b].term, Terminator::Return) {
                f.blocks[b].instrs.pop();
                let to = shared.unwrap_or_else(|| {
                    let to = f.blocks.len();
                    let block = Block { instrs: rest, term: Terminator::Return, term_span: span };
                    f.blocks.push(block.clone());
                    self.run_direct(f, to, block, deferred, span);
                    to
                });
                shared = Some(to);
                f.blocks[b].term = Terminator::Goto(BlockId(to as u32));
                b += 1;
                continue;
            }
            f.blocks[b].instrs.pop();
            let end = Block {
                instrs: rest,
                term: f.blocks[b].term.clone(),
                term_span: f.blocks[b].term_span,
            };
            self.run_direct(f, b, end, deferred, span);
            b += 1;
        }
    }

    /// From the end of block `b`: the pending calls, last first, then `end`.
    fn run_direct(
        &mut self,
        f: &mut Function,
        b: usize,
        end: Block,
        deferred: &HashMap<u32, Deferred>,
        span: Span,
    ) {
        let boolean = self.types.prim(Prim::Bool);
        let mut current = b;
        for site in (0..f.defers.len() as u32).rev() {
            // A statement that cannot be reached was dropped.
            let Some(d) = deferred.get(&site) else { continue };
            let bit = new_local(f, boolean, span);
            let kind = InstrKind::Assign(Place::local(bit), Rvalue::DeferBit(site));
            f.blocks[current].instrs.push(Instr { kind, span, at: 0 });
            let block = || Block { instrs: vec![], term: Terminator::Unreachable, term_span: span };
            let first = f.blocks.len() as u32;
            let (then, next) = (BlockId(first), BlockId(first + 1));
            f.blocks.extend([block(), block()]);
            f.blocks[current].term =
                Terminator::If { cond: Operand::local(bit), then, els: next, likely: None };
            f.blocks[current].term_span = span;
            let clear = Instr { kind: InstrKind::DeferClearBit { site }, span, at: 0 };
            f.blocks[then.0 as usize].instrs.push(clear);
            let mut from = then;
            if let Some(value) = self.wrapped_value(f, site, d) {
                let nil = BlockId(f.blocks.len() as u32);
                from = BlockId(nil.0 + 1);
                f.blocks.extend([block(), block()]);
                self.nil_call(f, d, value, (then, nil, from), span);
                f.blocks[nil.0 as usize].term = Terminator::Goto(next);
            }
            let mut instrs = Vec::new();
            self.direct_call(f, d, &mut instrs, span);
            let from = &mut f.blocks[from.0 as usize];
            from.instrs.extend(instrs);
            from.term = Terminator::Goto(next);
            current = next.0 as usize;
        }
        f.blocks[current].instrs.extend(end.instrs);
        f.blocks[current].term = end.term;
        f.blocks[current].term_span = end.term_span;
    }

    /// The func value that is called, if gc would call it in a wrapper.
    fn wrapped_value(&self, f: &Function, site: u32, d: &Deferred) -> Option<LocalId> {
        match &d.call {
            Call::Plain { callee: Callee::Value(Operand::Copy(p), _), .. }
                if f.defers[site as usize].wrap != 0 =>
            {
                p.as_local()
            }
            _ => None,
        }
    }

    /// A nil func value is called by the wrapper, which tracebacks show if it panics; others directly.
    fn nil_call(
        &mut self,
        f: &mut Function,
        d: &Deferred,
        value: LocalId,
        (from, nil, other): (BlockId, BlockId, BlockId),
        span: Span,
    ) {
        let is_nil = new_local(f, self.types.prim(Prim::Bool), span);
        let zero = Operand::Const(Const::Zero(f.locals[value.0 as usize].ty));
        let kind = Rvalue::Binary(BinOp::Eq, Operand::local(value), zero);
        let kind = InstrKind::Assign(Place::local(is_nil), kind);
        f.blocks[from.0 as usize].instrs.push(Instr { kind, span, at: 0 });
        f.blocks[from.0 as usize].term =
            Terminator::If { cond: Operand::local(is_nil), then: nil, els: other, likely: None };
        let object = new_local(f, d.object, span);
        let at_ty = self.types.pointer(d.object);
        let at = new_local(f, at_ty, span);
        let mut kinds: Vec<InstrKind> = Vec::new();
        for (i, a) in d.args.iter().enumerate() {
            let field = Place::local(object).with(Proj::Field(i as u32));
            kinds.push(InstrKind::Assign(field, Rvalue::Use(a.clone())));
        }
        let address = Rvalue::AddrOf(Place::local(object), at_ty);
        kinds.push(InstrKind::Assign(Place::local(at), address));
        let callee = Callee::Direct(d.thunk.clone());
        kinds.push(InstrKind::Call { dests: Vec::new(), callee, args: vec![Operand::local(at)] });
        let instrs = kinds.into_iter().map(|kind| Instr { kind, span, at: 0 });
        f.blocks[nil.0 as usize].instrs.extend(instrs);
    }

    fn direct_call(&mut self, f: &mut Function, d: &Deferred, out: &mut Vec<Instr>, span: Span) {
        let kind = match d.call.clone() {
            Call::Plain { callee, args, results } => {
                InstrKind::Call { dests: vec![None; results], callee, args }
            }
            Call::Literal { func, captures, object, ty, sig, args } => {
                let closure = new_local(f, ty, span);
                let make = Rvalue::MakeClosure { func, captures, object, ty, alloc: Alloc::Stack };
                out.push(Instr {
                    kind: InstrKind::Assign(Place::local(closure), make),
                    span,
                    at: 0,
                });
                let dests = vec![None; sig.results.len()];
                InstrKind::Call { dests, callee: Callee::Value(Operand::local(closure), sig), args }
            }
        };
        out.push(Instr { kind, span, at: 0 });
    }
}

/// Whether all records that the function has pending when it returns are its own sites', in the frame.
fn records_known(f: &Function) -> bool {
    let known = |d: &DeferSite| d.form == DeferForm::Stack && d.reason != "defer_range_func";
    !f.defers.is_empty() && f.defers.iter().all(known)
}

fn statement_kind(f: &Function, site: u32, d: &Deferred, outer: Option<Operand>) -> InstrKind {
    let (thunk, args) = (d.thunk.clone(), d.args.clone());
    match f.defers[site as usize].form {
        DeferForm::Open => InstrKind::DeferOpen { site, args },
        DeferForm::Stack => InstrKind::DeferStack { site, thunk, args },
        DeferForm::Heap | DeferForm::Undecided => InstrKind::DeferHeap { thunk, args, outer },
    }
}

/// A function literal that is made only to be deferred; its captures wait in locals.
#[derive(Clone)]
struct Literal {
    func: Symbol,
    captures: Vec<LocalId>,
    object: Ty,
    ty: Ty,
}

/// Finds closures whose only use is to be deferred, and puts copies of their captures into locals in place of making
/// them. By the local that would hold the closure.
fn take_literals(f: &mut Function, types: &TypeTable) -> HashMap<LocalId, Literal> {
    let mut deferred = HashSet::new();
    for i in f.blocks.iter().flat_map(|b| &b.instrs) {
        if let InstrKind::Defer { callee: Callee::Value(Operand::Copy(p), _), .. } = &i.kind {
            deferred.extend(p.as_local());
        }
    }
    let mut uses: HashMap<LocalId, u32> = HashMap::new();
    let mut count = |p: &Place| {
        if let PlaceBase::Local(l) = p.base {
            *uses.entry(l).or_default() += 1;
        }
    };
    crate::visit::operands(f, &mut |o| {
        if let Operand::Copy(p) = o {
            count(p);
        }
    });
    for i in f.blocks.iter().flat_map(|b| &b.instrs) {
        match &i.kind {
            InstrKind::Assign(p, r) => {
                count(p);
                if let Rvalue::AddrOf(p, _) = r {
                    count(p);
                }
            }
            InstrKind::Call { dests, .. } => dests.iter().flatten().for_each(&mut count),
            InstrKind::StorageLive(l) => count(&Place::local(*l)),
            _ => {}
        }
    }
    // Assigned once, deferred once.
    deferred.retain(|l| uses.get(l) == Some(&2));
    let mut literals = HashMap::new();
    for b in 0..f.blocks.len() {
        let instrs = std::mem::take(&mut f.blocks[b].instrs);
        let mut out = Vec::with_capacity(instrs.len());
        for instr in instrs {
            let InstrKind::Assign(p, Rvalue::MakeClosure { func, captures, object, ty, .. }) =
                &instr.kind
            else {
                out.push(instr);
                continue;
            };
            let Some(l) = p.as_local().filter(|l| deferred.contains(l)) else {
                out.push(instr);
                continue;
            };
            // Field 0 of the object is the code pointer.
            let fields: Vec<Ty> = match types.kind(*object) {
                TyKind::Struct(fields) => fields.iter().skip(1).map(|f| f.ty).collect(),
                _ => Vec::new(),
            };
            let held: Vec<LocalId> = captures
                .iter()
                .zip(fields)
                .map(|(c, ty)| {
                    let at = new_local(f, ty, instr.span);
                    let kind = InstrKind::Assign(Place::local(at), Rvalue::Use(c.clone()));
                    out.push(Instr { kind, span: instr.span, at: 0 });
                    at
                })
                .collect();
            let (func, object, ty) = (func.clone(), *object, *ty);
            literals.insert(l, Literal { func, captures: held, object, ty });
        }
        f.blocks[b].instrs = out;
    }
    literals
}

fn new_local(f: &mut Function, ty: Ty, span: Span) -> LocalId {
    f.locals.push(LocalDecl { name: String::new(), ty, heap: false, span });
    LocalId(f.locals.len() as u32 - 1)
}

/// A function without code that is otherwise like `f`.
fn empty_function(f: &Function) -> Function {
    let like = Function::new(f.sym.clone(), f.go_name.clone(), f.sig.clone(), f.span);
    Function { linkage: f.linkage, attrs: f.attrs, ..like }
}

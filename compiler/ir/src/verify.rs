//! A module in, the rules that it breaks out. Runs after each pass in debug builds and with `--verify`.
//!
//! Types
//! - No kind is a placeholder.
//!
//! Functions
//! - There is a block; terminators and `recover_block` name existing blocks.
//! - Parameters and results are locals of the types of the signature, all different.
//! - `ctx` is a local whose type is a pointer to a struct.
//! - One that `fills` a variable has neither parameters nor results.
//!
//! Places, operands and assignments
//! - Locals exist; `Deref` is of pointers, `Field` of structs that have it, `Index` of arrays and slices with an integer.
//! - What is assigned has the shape of the place (the kind of type, and its size).
//! - Conditions are booleans, values of switches integers.
//!
//! Calls
//! - A symbol that is called or made a func value of is defined or declared in the module.
//! - There are as many arguments as parameters, of their shapes, and a destination for each result.
//!
//! Defers
//! - Sites exist.
//! - The recovery block isn't the entry, and no terminator goes there.
//! - A function with `RunDefers`, `DeferReturn` or an instruction of open-coded defers has a recovery block.
//! - A function with a recovery block runs its defers before each return.
//! - Instructions of one form are for sites of that form.

use crate::ir::*;
use crate::ty::{Sig, Ty, TyKind, TypeTable};
use crate::tyof;
use diag::Span;
use std::collections::HashMap;
use std::mem::discriminant;

/// A broken rule, with the function that breaks it.
#[derive(Clone, Debug)]
pub struct Violation {
    pub function: Symbol,
    pub message: String,
    pub span: Span,
}

/// Checks a module against all rules.
pub fn module(m: &Module) -> Vec<Violation> {
    let mut sigs: HashMap<&str, &Sig> = m.externs.iter().map(|(s, e)| (&**s, &e.sig)).collect();
    sigs.extend(m.funcs.iter().map(|f| (&*f.sym, &f.sig)));
    let mut found = Vec::new();
    for (_, d) in m.types.iter().filter(|(_, d)| d.kind == TyKind::Placeholder) {
        let message = format!("type {} is a placeholder", d.unique);
        found.push(Violation { function: m.path.as_str().into(), message, span: Span::NONE });
    }
    for f in &m.funcs {
        let mut v = Verifier { types: &m.types, sigs: &sigs, f, span: f.span, found: &mut found };
        v.function();
    }
    found
}

struct Verifier<'m> {
    types: &'m TypeTable,
    sigs: &'m HashMap<&'m str, &'m Sig>,
    f: &'m Function,
    span: Span,
    found: &'m mut Vec<Violation>,
}

impl<'m> Verifier<'m> {
    fn bad(&mut self, message: impl Into<String>) {
        let (function, span) = (self.f.sym.clone(), self.span);
        self.found.push(Violation { function, message: message.into(), span });
    }

    fn rule(&mut self, holds: bool, message: impl FnOnce() -> String) {
        if !holds {
            self.bad(message());
        }
    }

    fn function(&mut self) {
        let f = self.f;
        self.rule(!f.blocks.is_empty(), || "no blocks".into());
        self.header();
        self.defers();
        for b in &f.blocks {
            for i in &b.instrs {
                self.span = i.span;
                self.instr(&i.kind);
            }
            self.span = b.term_span;
            self.term(&b.term);
        }
    }

    fn header(&mut self) {
        let f = self.f;
        let lists =
            [("parameter", &f.params, &f.sig.params), ("result", &f.results, &f.sig.results)];
        for (what, locals, tys) in lists {
            self.rule(locals.len() == tys.len(), || format!("{what}s don't fit the signature"));
            for (l, t) in locals.iter().zip(tys) {
                let is = self.local(*l);
                self.rule(is == Some(*t), || format!("{what} %{} has another type", l.0));
            }
        }
        let mut all: Vec<LocalId> =
            f.params.iter().chain(&f.results).chain(&f.ctx).copied().collect();
        let n = all.len();
        all.sort_unstable();
        all.dedup();
        self.rule(all.len() == n, || "a local is two parameters or results".into());
        let fills = f.fills.is_none() || f.sig.params.is_empty() && f.sig.results.is_empty();
        self.rule(fills, || "parameters or results beside `fills`".into());
        if let Some(c) = f.ctx {
            let object = self.local(c).and_then(|t| match self.types.kind(t) {
                TyKind::Pointer(e) => Some(self.types.kind(*e)),
                _ => None,
            });
            let fits = matches!(object, Some(TyKind::Struct(_)));
            self.rule(fits, || "the context is no pointer to a struct".into());
        }
    }

    fn defers(&mut self) {
        let f = self.f;
        let recover = f.recover_block;
        if let Some(b) = recover {
            self.rule(b.0 != 0, || "the recovery block is the entry".into());
            self.target(b);
        }
        for b in &f.blocks {
            let goes = crate::lower::func::successors(&b.term);
            let enters = recover.is_some_and(|r| goes.contains(&r));
            self.rule(!enters, || "a terminator goes to the recovery block".into());
        }
        let instrs = f.blocks.iter().flat_map(|b| &b.instrs);
        let own = instrs.clone().any(|i| {
            matches!(
                i.kind,
                InstrKind::RunDefers
                    | InstrKind::DeferReturn
                    | InstrKind::DeferOpen { .. }
                    | InstrKind::DeferStack { .. }
                    | InstrKind::Defer { outer: None, .. }
                    | InstrKind::DeferHeap { outer: None, .. }
                    | InstrKind::DeferClearBit { .. }
            )
        });
        self.rule(!own || recover.is_some(), || "defers without a recovery block".into());
        // Exits with direct calls are spread over several blocks.
        let mut instrs = f.blocks.iter().flat_map(|b| &b.instrs);
        let open = f.defers.iter().any(|d| d.form == DeferForm::Open)
            || instrs.any(|i| matches!(i.kind, InstrKind::DeferClearBit { .. }));
        if recover.is_some() && !open {
            for (i, b) in f.blocks.iter().enumerate() {
                let runs = b
                    .instrs
                    .iter()
                    .any(|i| matches!(i.kind, InstrKind::RunDefers | InstrKind::DeferReturn));
                let returns = matches!(b.term, Terminator::Return);
                self.rule(runs || !returns, || format!("b{i} returns without running the defers"));
            }
        }
    }

    fn site(&mut self, site: u32, form: Option<DeferForm>) {
        let is = self.f.defers.get(site as usize).map(|d| d.form);
        match (is, form) {
            (None, _) => self.bad(format!("no defer site {site}")),
            (Some(is), Some(form)) => {
                self.rule(is == form, || format!("defer site {site} has another form"));
            }
            (Some(_), None) => {}
        }
    }

    /// A site of which the function itself knows whether it is pending.
    fn pending_site(&mut self, site: u32) {
        self.site(site, None);
        let heap = self.f.defers.get(site as usize).is_some_and(|d| d.form == DeferForm::Heap);
        self.rule(!heap, || format!("defer site {site} is on the heap"));
    }

    fn target(&mut self, b: BlockId) {
        let n = self.f.blocks.len();
        self.rule((b.0 as usize) < n, || format!("no block b{}", b.0));
    }

    fn local(&mut self, l: LocalId) -> Option<Ty> {
        let t = self.f.locals.get(l.0 as usize).map(|d| d.ty);
        self.rule(t.is_some(), || format!("no local %{}", l.0));
        t
    }

    fn is_int(&self, o: &Operand) -> bool {
        let t = tyof::operand(self.types, self.f, o);
        t.is_some_and(|t| matches!(self.types.kind(t), TyKind::Int { .. }))
    }

    fn is_bool(&self, o: &Operand) -> bool {
        match o {
            Operand::Const(Const::Bool(_)) => true,
            o => tyof::operand(self.types, self.f, o)
                .is_some_and(|t| *self.types.kind(t) == TyKind::Bool),
        }
    }

    fn place(&mut self, p: &Place) -> Option<Ty> {
        let mut t = match &p.base {
            PlaceBase::Local(l) => self.local(*l)?,
            PlaceBase::Global(_, t) => *t,
        };
        for proj in &p.proj {
            if let Proj::Index(o) = proj {
                self.operand(o);
                let fits = self.is_int(o);
                self.rule(fits, || "an index is no integer".into());
            }
            match tyof::project(self.types, t, proj) {
                Some(next) => t = next,
                None => {
                    let of = self.types.data(t).string.clone();
                    self.bad(format!("projection {proj:?} of type {of}"));
                    return None;
                }
            }
        }
        Some(t)
    }

    fn operand(&mut self, o: &Operand) -> Option<Ty> {
        match o {
            Operand::Copy(p) => self.place(p),
            Operand::Const(c) => {
                if let Const::Func(s, _) | Const::Code(s, _) = c {
                    self.symbol(s);
                }
                tyof::constant(c)
            }
        }
    }

    fn symbol(&mut self, s: &Symbol) -> Option<&'m Sig> {
        let sig = self.sigs.get(&**s).copied();
        self.rule(sig.is_some(), || format!("{s} is neither defined nor declared"));
        sig
    }

    fn same_shape(&self, a: Ty, b: Ty) -> bool {
        a == b
            || discriminant(self.types.kind(a)) == discriminant(self.types.kind(b))
                && self.types.size(a) == self.types.size(b)
    }

    fn fits(&mut self, o: &Operand, to: Ty, what: &str) {
        if let Some(t) = self.operand(o)
            && !self.same_shape(t, to)
        {
            let (t, to) = (self.types.data(t).unique.clone(), self.types.data(to).unique.clone());
            self.bad(format!("{what}: {t} where {to} is wanted"));
        }
    }

    fn instr(&mut self, kind: &'m InstrKind) {
        match kind {
            InstrKind::Assign(p, r) => {
                let to = self.place(p);
                self.rvalue(to, r);
            }
            InstrKind::StorageLive(l) => _ = self.local(*l),
            InstrKind::Call { dests, callee, args } => {
                let results = self.call(callee, args);
                for p in dests.iter().flatten() {
                    self.place(p);
                }
                if let Some(n) = results {
                    let fits = dests.len() == n;
                    self.rule(fits, || format!("{} destinations for {n} results", dests.len()));
                }
            }
            InstrKind::Check(_) => {
                crate::visit::instr_operands(kind, &mut |o| _ = self.operand(o));
            }
            InstrKind::Defer { site, callee, args, outer } => {
                self.site(*site, None);
                self.call(callee, args);
                outer.iter().for_each(|o| _ = self.operand(o));
            }
            InstrKind::Go { callee, args } => _ = self.call(callee, args),
            InstrKind::DeferStack { site, thunk, args } => {
                self.site(*site, Some(DeferForm::Stack));
                self.symbol(thunk);
                args.iter().for_each(|a| _ = self.operand(a));
            }
            InstrKind::DeferHeap { thunk, args, outer } => {
                self.symbol(thunk);
                args.iter().chain(outer).for_each(|a| _ = self.operand(a));
            }
            InstrKind::DeferOpen { site, args } => {
                self.site(*site, Some(DeferForm::Open));
                args.iter().for_each(|a| _ = self.operand(a));
            }
            InstrKind::DeferClearBit { site } => self.pending_site(*site),
            InstrKind::RunDefers | InstrKind::DeferReturn => {}
        }
    }

    /// Checks the arguments; the number of results, if it is known.
    fn call(&mut self, callee: &'m Callee, args: &[Operand]) -> Option<usize> {
        let (sig, skip) = match callee {
            Callee::Direct(s) => (self.symbol(s)?, 0),
            Callee::Value(o, sig) => {
                self.operand(o);
                (sig, 0)
            }
            Callee::Closure { func, object } => {
                self.operand(object);
                (self.symbol(func)?, 0)
            }
            Callee::Interface { recv, sig, .. } => {
                self.operand(recv);
                (sig, 1)
            }
            Callee::Runtime(f) => {
                args.iter().for_each(|a| _ = self.operand(a));
                let (n, want) = (args.len(), f.params().len());
                self.rule(n == want, || format!("{n} arguments for {}", f.name()));
                return None;
            }
            Callee::Intrinsic(_) => {
                args.iter().for_each(|a| _ = self.operand(a));
                return None;
            }
        };
        let params = sig.params.get(skip..).unwrap_or_default();
        let (n, want) = (args.len(), params.len());
        self.rule(n == want, || format!("{n} arguments for {want} parameters"));
        for (a, t) in args.iter().zip(params) {
            self.fits(a, *t, "argument");
        }
        Some(sig.results.len())
    }

    fn rvalue(&mut self, to: Option<Ty>, r: &Rvalue) {
        match r {
            Rvalue::Use(o) => match to {
                Some(t) => self.fits(o, t, "assignment"),
                None => _ = self.operand(o),
            },
            Rvalue::AddrOf(p, _) => _ = self.place(p),
            Rvalue::MakeClosure { func, captures, object, .. } => {
                self.symbol(func);
                let n = match self.types.kind(*object) {
                    TyKind::Struct(fields) => fields.len(),
                    _ => 0,
                };
                let fits = n == captures.len() + 1;
                self.rule(fits, || format!("{} captures of {func}", captures.len()));
                captures.iter().for_each(|c| _ = self.operand(c));
            }
            Rvalue::DeferBit(site) => self.pending_site(*site),
            r => {
                let mut operands = Vec::new();
                crate::visit::rvalue_operands(r, &mut |o| operands.push(o));
                operands.into_iter().for_each(|o| _ = self.operand(o));
            }
        }
        let result = match r {
            Rvalue::Convert(_, _, t)
            | Rvalue::AddrOf(_, t)
            | Rvalue::New { ptr: t, .. }
            | Rvalue::MakeSlice { slice: t, .. }
            | Rvalue::MakeClosure { ty: t, .. }
            | Rvalue::MakeInterface { iface: t, .. }
            | Rvalue::Aggregate(t, _)
            | Rvalue::SliceFromParts { ty: t, .. }
            | Rvalue::StringFromParts { ty: t, .. }
            | Rvalue::InterfaceFromParts { ty: t, .. }
            | Rvalue::ComplexFromParts { ty: t, .. }
            | Rvalue::Recover { ty: t, .. } => *t,
            _ => return,
        };
        if let Some(to) = to
            && !self.same_shape(to, result)
        {
            let (t, to) =
                (self.types.data(result).unique.clone(), self.types.data(to).unique.clone());
            self.bad(format!("assignment: {t} where {to} is wanted"));
        }
    }

    fn term(&mut self, t: &Terminator) {
        for b in crate::lower::func::successors(t) {
            self.target(b);
        }
        match t {
            Terminator::If { cond, .. } => {
                self.operand(cond);
                let fits = self.is_bool(cond);
                self.rule(fits, || "a condition is no boolean".into());
            }
            Terminator::Switch { value, .. } => {
                self.operand(value);
                let fits = self.is_int(value);
                self.rule(fits, || "a switch is over no integer".into());
            }
            Terminator::Goto(_) | Terminator::Return | Terminator::Unreachable => {}
        }
    }
}

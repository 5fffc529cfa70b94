//! Builds one [`Function`]: blocks, locals, instructions. Knows the IR only, nothing of Go.
//!
//! After a terminator there is no current block: what is emitted then is unreachable and dropped.

use crate::ir::*;
use crate::runtime_abi::RuntimeFn;
use crate::ty::{Sig, Ty};
use diag::{Pos, Span};

pub struct FuncBuilder {
    pub func: Function,
    /// The block that instructions go to; `None` behind a terminator.
    pub cur: Option<BlockId>,
    /// Span of the instructions that are emitted.
    pub span: Span,
    /// Where the expression begins that has this span.
    pub start: (Span, Pos),
}

impl FuncBuilder {
    /// A function with an empty entry block, which is current. Locals for its parameters and
    /// results (named by the caller where there are names) are made here.
    pub fn new(sym: Symbol, go_name: String, sig: Sig, span: Span) -> FuncBuilder {
        let func = Function::new(sym, go_name, sig.clone(), span);
        let mut fb = FuncBuilder { func, cur: None, span, start: (span, span.lo) };
        fb.func.params = sig.params.iter().map(|&t| fb.temp(t)).collect();
        fb.func.results = sig.results.iter().map(|&t| fb.temp(t)).collect();
        let entry = fb.new_block();
        fb.switch_to(entry);
        fb
    }

    /// The function, without its unreachable blocks.
    pub fn finish(mut self) -> Function {
        self.terminate(Terminator::Unreachable);
        prune(&mut self.func);
        self.func
    }

    /// A local without a name. Undefined until it is assigned.
    pub fn temp(&mut self, ty: Ty) -> LocalId {
        self.local("", ty, self.span)
    }

    pub fn local(&mut self, name: &str, ty: Ty, span: Span) -> LocalId {
        self.func.locals.push(LocalDecl { name: name.to_string(), ty, heap: false, span });
        LocalId(self.func.locals.len() as u32 - 1)
    }

    pub fn local_ty(&self, l: LocalId) -> Ty {
        self.func.locals[l.0 as usize].ty
    }

    pub fn param(&self, i: usize) -> Operand {
        Operand::local(self.func.params[i])
    }

    // Blocks.

    pub fn new_block(&mut self) -> BlockId {
        self.func.blocks.push(Block {
            instrs: Vec::new(),
            term: Terminator::Unreachable,
            term_span: self.span,
        });
        BlockId(self.func.blocks.len() as u32 - 1)
    }

    /// Goes on in `b`; the block before must have been terminated.
    pub fn switch_to(&mut self, b: BlockId) {
        self.cur = Some(b);
    }

    pub fn is_reachable(&self) -> bool {
        self.cur.is_some()
    }

    /// Ends the current block, if there is one.
    pub fn terminate(&mut self, t: Terminator) {
        if let Some(b) = self.cur.take() {
            let block = &mut self.func.blocks[b.0 as usize];
            block.term = t;
            block.term_span = self.span;
        }
    }

    pub fn goto(&mut self, b: BlockId) {
        self.terminate(Terminator::Goto(b));
    }

    pub fn branch(&mut self, cond: Operand, then: BlockId, els: BlockId) {
        self.terminate(Terminator::If { cond, then, els, likely: None });
    }

    /// The same where a profile expects `then` in so many per cent of times.
    pub fn branch_expected(&mut self, cond: Operand, then: BlockId, els: BlockId, percent: u32) {
        self.terminate(Terminator::If { cond, then, els, likely: Some(percent) });
    }

    /// Goes to `b` and on from there.
    pub fn goto_and_switch(&mut self, b: BlockId) {
        self.goto(b);
        self.switch_to(b);
    }

    pub fn ret(&mut self) {
        self.terminate(Terminator::Return);
    }

    pub fn unreachable(&mut self) {
        self.terminate(Terminator::Unreachable);
    }

    // Instructions.

    pub fn emit(&mut self, kind: InstrKind) {
        if let Some(b) = self.cur {
            let (of, start) = self.start;
            if let InstrKind::Assign(
                _,
                Rvalue::MakeSlice { .. } | Rvalue::MakeInterface { .. } | Rvalue::New { .. },
            ) = kind
                && of == self.span
                && start != of.lo
            {
                self.func.starts.push((of, start));
            }
            self.func.blocks[b.0 as usize].instrs.push(Instr { kind, span: self.span, at: 0 });
        }
    }

    pub fn assign(&mut self, place: Place, value: Rvalue) {
        self.emit(InstrKind::Assign(place, value));
    }

    /// `place = value`.
    pub fn store(&mut self, place: Place, value: Operand) {
        self.assign(place, Rvalue::Use(value));
    }

    /// The value in a new temporary of type `ty`.
    pub fn value(&mut self, ty: Ty, value: Rvalue) -> Operand {
        Operand::local(self.value_local(ty, value))
    }

    pub fn value_local(&mut self, ty: Ty, value: Rvalue) -> LocalId {
        let t = self.temp(ty);
        self.assign(Place::local(t), value);
        t
    }

    /// A copy of `x` that later assignments don't change; constants stay as they are.
    pub fn copied(&mut self, ty: Ty, x: Operand) -> Operand {
        match x {
            Operand::Const(_) => x,
            x => self.value(ty, Rvalue::Use(x)),
        }
    }

    pub fn binary(&mut self, ty: Ty, op: BinOp, x: Operand, y: Operand) -> Operand {
        self.value(ty, Rvalue::Binary(op, x, y))
    }

    pub fn extract(&mut self, ty: Ty, part: Part, x: Operand) -> Operand {
        self.value(ty, Rvalue::Extract(part, x))
    }

    pub fn convert(&mut self, ty: Ty, kind: ConvKind, x: Operand) -> Operand {
        self.value(ty, Rvalue::Convert(kind, x, ty))
    }

    pub fn storage_live(&mut self, l: LocalId) {
        self.emit(InstrKind::StorageLive(l));
    }

    pub fn check(&mut self, c: Check) {
        self.emit(InstrKind::Check(c));
    }

    /// The place that pointer `p` (an operand that no one changes meanwhile) points to, after a
    /// nil check.
    pub fn deref(&mut self, p: Operand, pointer: Ty) -> Place {
        self.check(Check::Nil(p.clone()));
        self.deref_unchecked(p, pointer)
    }

    /// The same for a pointer that is known not to be nil.
    pub fn deref_unchecked(&mut self, p: Operand, pointer: Ty) -> Place {
        let place = match p {
            Operand::Copy(place) => place,
            Operand::Const(_) => Place::local(self.value_local(pointer, Rvalue::Use(p))),
        };
        place.with(Proj::Deref)
    }

    pub fn call(&mut self, callee: Callee, args: Vec<Operand>, results: &[Ty]) -> Vec<Operand> {
        let temps: Vec<LocalId> = results.iter().map(|&t| self.temp(t)).collect();
        let dests = temps.iter().map(|&t| Some(Place::local(t))).collect();
        self.emit(InstrKind::Call { dests, callee, args });
        temps.into_iter().map(Operand::local).collect()
    }

    pub fn call_direct(&mut self, f: Symbol, args: Vec<Operand>, results: &[Ty]) -> Vec<Operand> {
        self.call(Callee::Direct(f), args, results)
    }

    /// `args` has one operand for each parameter in the table (a string operand for `Str`, ...),
    /// `results` the types of the results.
    pub fn call_runtime(
        &mut self,
        f: RuntimeFn,
        args: Vec<Operand>,
        results: &[Ty],
    ) -> Vec<Operand> {
        let r = self.call(Callee::Runtime(f), args, results);
        if f.attrs().noreturn {
            self.unreachable();
        }
        r
    }

    pub fn call_runtime1(&mut self, f: RuntimeFn, args: Vec<Operand>, result: Ty) -> Operand {
        let dest = self.temp(result);
        self.emit(InstrKind::Call {
            dests: vec![Some(Place::local(dest))],
            callee: Callee::Runtime(f),
            args,
        });
        Operand::local(dest)
    }
}

/// Removes blocks that cannot be reached from the entry or the recovery block.
pub fn prune(f: &mut Function) {
    let mut map: Vec<Option<BlockId>> = vec![None; f.blocks.len()];
    let mut work = vec![BlockId(0)];
    work.extend(f.recover_block);
    let mut reached = vec![false; f.blocks.len()];
    while let Some(b) = work.pop() {
        if std::mem::replace(&mut reached[b.0 as usize], true) {
            continue;
        }
        work.extend(successors(&f.blocks[b.0 as usize].term));
    }
    let mut kept = Vec::with_capacity(f.blocks.len());
    for (i, block) in std::mem::take(&mut f.blocks).into_iter().enumerate() {
        if reached[i] {
            map[i] = Some(BlockId(kept.len() as u32));
            kept.push(block);
        }
    }
    let renumber = |b: &mut BlockId| *b = map[b.0 as usize].unwrap_or(*b);
    for block in &mut kept {
        crate::visit::targets_mut(&mut block.term, &mut |b| renumber(b));
    }
    if let Some(b) = &mut f.recover_block {
        renumber(b);
    }
    f.blocks = kept;
}

/// The blocks that a terminator may go to.
pub fn successors(t: &Terminator) -> Vec<BlockId> {
    match t {
        Terminator::Goto(b) => vec![*b],
        Terminator::If { then, els, .. } => vec![*then, *els],
        Terminator::Switch { cases, default, .. } => {
            cases.iter().map(|c| c.1).chain([*default]).collect()
        }
        Terminator::Return | Terminator::Unreachable => Vec::new(),
    }
}

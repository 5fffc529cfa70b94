//! One IR function in, its LLVM body out: frame, blocks, terminators; instructions are dispatched to the other
//! modules.
//!
//! Block `entry` holds all allocas (and nothing else, so that every one is static), then
//! parameters move to their locals in block `start`. LLVM's SROA makes SSA values of locals
//! whose address goes nowhere.

use crate::abi::{GoAbi, Pass, Ret};
use crate::cx::Cx;
use crate::debug::Scope;
use crate::defer::{DeferState, Forward};
use crate::error::{Res, bail};
use crate::layout::Class;
use crate::value::{Bv, Val};
use diag::Span;
use inkwell::attributes::AttributeLoc;
use inkwell::basic_block::BasicBlock;
use inkwell::builder::Builder;
use inkwell::debug_info::DILocation;
use inkwell::intrinsics::Intrinsic;
use inkwell::module::Linkage;
use inkwell::types::BasicTypeEnum;
use inkwell::values::{BasicValueEnum, FunctionValue, PointerValue};
use ir::ir::{self as go, InstrKind, LocalId, Operand, Terminator};
use ir::runtime_abi::RuntimeFn;
use ir::ty::{Sig, Ty};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Where a local lives.
#[derive(Clone, Copy)]
pub enum Slot<'ctx> {
    /// Its memory.
    Stack(PointerValue<'ctx>),
    /// A variable in the frame that holds the address of its heap cell.
    Heap(PointerValue<'ctx>),
}

pub struct FnCx<'a, 'ctx, 'm> {
    pub cx: &'a Cx<'ctx, 'm>,
    pub f: &'m go::Function,
    pub fv: FunctionValue<'ctx>,
    pub abi: GoAbi<'ctx>,
    pub b: Builder<'ctx>,
    /// Stays at the end of `entry`.
    allocas: Builder<'ctx>,
    entry: BasicBlock<'ctx>,
    pub slots: Vec<Slot<'ctx>>,
    blocks: Vec<BasicBlock<'ctx>>,
    /// The landing pad of the code that is being emitted, if the function has a recovery block.
    pub pad: Option<BasicBlock<'ctx>>,
    pub span: Span,
    pub scope: Scope<'ctx>,
    /// The inlined call that the code to come is from ([`go::Instr::at`]).
    pub at: u32,
    /// Scopes of inlined calls, and where these were.
    inlined: HashMap<u32, (Scope<'ctx>, Option<DILocation<'ctx>>)>,
    /// Failing blocks without operands, shared by the checks of a source line.
    pub fail_blocks: HashMap<(RuntimeFn, u32, u32), BasicBlock<'ctx>>,
    pub defers: DeferState<'ctx>,
    pub forwards: Forward,
    /// Loads and stores are of closure objects: see [`FnCx::immutably`].
    pub immutable: bool,
}

/// Compiles the body of `f`.
pub fn compile<'ctx, 'm>(cx: &Cx<'ctx, 'm>, f: &'m go::Function) -> Res<()> {
    if f.blocks.is_empty() {
        bail!("function {} has no blocks", f.sym);
    }
    let fv = cx.function(&f.sym);
    define(cx, f, fv);
    if let Some(variable) = &f.fills {
        cx.fill_record(f, variable)?;
    }
    let b = cx.ctx.create_builder();
    let allocas = cx.ctx.create_builder();
    let entry = cx.ctx.append_basic_block(fv, "entry");
    allocas.position_at_end(entry);
    let start = cx.ctx.append_basic_block(fv, "start");
    let blocks =
        (0..f.blocks.len()).map(|i| cx.ctx.append_basic_block(fv, &format!("bb{i}"))).collect();
    let scope = cx.debug.function(f, fv);
    let mut fx = FnCx {
        cx,
        f,
        fv,
        abi: cx.go_abi(&f.sig),
        b,
        allocas,
        entry,
        slots: Vec::new(),
        blocks,
        pad: None,
        span: f.span,
        scope,
        at: 0,
        inlined: HashMap::new(),
        fail_blocks: HashMap::new(),
        defers: DeferState::default(),
        forwards: if f.attrs.adjust_panic { Forward::Own } else { Forward::No },
        immutable: false,
    };
    let done = fx.body(start);
    done.map_err(|e| {
        let e = e.at(fx.span);
        crate::InternalError { message: format!("{}: {}", f.go_name, e.message), ..e }
    })
}

/// Linkage and attributes of a definition.
fn define<'ctx>(cx: &Cx<'ctx, '_>, f: &go::Function, fv: FunctionValue<'ctx>) {
    let linkage = match f.linkage {
        go::Linkage::External => Linkage::External,
        go::Linkage::Internal => Linkage::Internal,
        go::Linkage::LinkOnce => Linkage::LinkOnceODR,
        go::Linkage::Weak => Linkage::WeakAny,
        go::Linkage::AvailableExternally => Linkage::AvailableExternally,
    };
    cx.place_function(fv, &f.sym, linkage);
    cx.body_attributes(fv);
    let a = f.attrs;
    if a.noinline || a.has_recover || a.adjust_panic || f.recover_block.is_some() || f.names_frame()
    {
        cx.add_fn_attrs(fv, &["noinline"]);
    } else if a.always_inline {
        cx.add_fn_attrs(fv, &["alwaysinline"]);
    }
    if a.noreturn {
        cx.add_fn_attrs(fv, &["noreturn"]);
    }
    if !a.nosplit {
        fv.add_attribute(AttributeLoc::Function, cx.string_attr("split-stack", ""));
    }
}

impl<'a, 'ctx, 'm> FnCx<'a, 'ctx, 'm> {
    /// For a function that code generation makes itself, positioned at its start; [`FnCx::finish_helper`]
    /// ends it.
    pub fn helper(cx: &'a Cx<'ctx, 'm>, fv: FunctionValue<'ctx>, sig: &Sig) -> FnCx<'a, 'ctx, 'm> {
        static NOTHING: LazyLock<go::Function> = LazyLock::new(|| {
            go::Function::new("".into(), String::new(), Sig::default(), Span::NONE)
        });
        let allocas = cx.ctx.create_builder();
        let entry = cx.ctx.append_basic_block(fv, "entry");
        allocas.position_at_end(entry);
        let start = cx.ctx.append_basic_block(fv, "start");
        let b = cx.ctx.create_builder();
        b.position_at_end(start);
        FnCx {
            cx,
            f: &NOTHING,
            fv,
            abi: cx.go_abi(sig),
            b,
            allocas,
            entry,
            slots: Vec::new(),
            blocks: vec![start],
            pad: None,
            span: Span::NONE,
            scope: Scope::default(),
            at: 0,
            inlined: HashMap::new(),
            fail_blocks: HashMap::new(),
            defers: DeferState::default(),
            forwards: Forward::No,
            immutable: false,
        }
    }

    pub fn finish_helper(self) -> Res<()> {
        self.allocas.build_unconditional_branch(self.blocks[0])?;
        Ok(())
    }
}

/// Which blocks the function's recovery block reaches.
fn recovery_code(f: &go::Function) -> Vec<bool> {
    let mut reached = vec![false; f.blocks.len()];
    let mut work: Vec<go::BlockId> = f.recover_block.into_iter().collect();
    while let Some(b) = work.pop() {
        if let Some(r) = reached.get_mut(b.0 as usize)
            && !std::mem::replace(r, true)
        {
            work.extend(ir::lower::func::successors(&f.blocks[b.0 as usize].term));
        }
    }
    reached
}

impl<'ctx, 'm> FnCx<'_, 'ctx, 'm> {
    fn body(&mut self, start: BasicBlock<'ctx>) -> Res<()> {
        self.b.position_at_end(start);
        self.set_span(self.f.span);
        let mut pads = None;
        if self.f.recover_block.is_some() {
            let first = self.new_block("recovered");
            pads = Some((first, self.new_block("again")));
            self.pad = Some(first);
        }
        let recovering = recovery_code(self.f);
        self.frame()?;
        self.setup_defers()?;
        self.b.build_unconditional_branch(self.blocks[0])?;
        for (i, block) in self.f.blocks.iter().enumerate() {
            self.b.position_at_end(self.blocks[i]);
            let pad = pads.map(|(first, again)| if recovering[i] { again } else { first });
            if pad != self.pad {
                self.pad = pad;
                self.fail_blocks.clear();
            }
            for instr in &block.instrs {
                self.at = instr.at;
                self.set_span(instr.span);
                self.instr(&instr.kind)?;
            }
            self.at = 0;
            self.set_span(block.term_span);
            self.terminator(&block.term)?;
        }
        if let (Some((first, again)), Some(to)) = (pads, self.f.recover_block) {
            self.set_span(self.f.span);
            self.landing_pads(first, again, self.block(to)?)?;
        }
        if let Some(at) = self.cx.debug.location(&self.scope, self.f.span, None) {
            self.allocas.set_current_debug_location(at);
        }
        self.allocas.build_unconditional_branch(start)?;
        Ok(())
    }

    /// The position of the instructions to come, for errors and line tables.
    pub fn set_span(&mut self, span: Span) {
        if span.is_known() {
            self.span = span;
        }
        let (scope, inlined_at) = self.inlined_scope(self.at);
        match self.cx.debug.location(&scope, self.span, inlined_at) {
            Some(at) => self.b.set_current_debug_location(at),
            None => self.b.unset_current_debug_location(),
        }
    }

    fn inlined_scope(&mut self, at: u32) -> (Scope<'ctx>, Option<DILocation<'ctx>>) {
        let Some(call) = at.checked_sub(1).and_then(|i| self.f.inlined.get(i as usize)) else {
            return (self.scope, None);
        };
        if let Some(&known) = self.inlined.get(&at) {
            return known;
        }
        let (outer, outer_at) = self.inlined_scope(call.outer);
        let def = self.cx.fn_info(&call.sym).ok().and_then(|i| i.def);
        let place = self.cx.debug.location(&outer, call.call, outer_at);
        let scope = (self.cx.debug.inlined(call, def), place);
        self.inlined.insert(at, scope);
        scope
    }

    pub fn block(&self, b: go::BlockId) -> Res<BasicBlock<'ctx>> {
        match self.blocks.get(b.0 as usize) {
            Some(b) => Ok(*b),
            None => bail!("no block {}", b.0),
        }
    }

    pub fn new_block(&self, name: &str) -> BasicBlock<'ctx> {
        self.cx.ctx.append_basic_block(self.fv, name)
    }

    // The frame.

    pub fn alloca(
        &self,
        t: BasicTypeEnum<'ctx>,
        align: u64,
        name: &str,
    ) -> Res<PointerValue<'ctx>> {
        let p = self.allocas.build_alloca(t, name)?;
        if let Some(i) = p.as_instruction() {
            let _ = i.set_alignment(align.max(1) as u32);
        }
        Ok(p)
    }

    pub fn alloca_ty(&self, t: Ty, name: &str) -> Res<PointerValue<'ctx>> {
        self.alloca(self.cx.l.mem(t), self.cx.l.align(t), name)
    }

    /// Memory for one instruction's use: LLVM may give the place to others before and after.
    pub fn temp<T>(
        &mut self,
        t: BasicTypeEnum<'ctx>,
        align: u64,
        use_it: impl FnOnce(&mut Self, PointerValue<'ctx>) -> Res<T>,
    ) -> Res<T> {
        let p = self.alloca(t, align, "tmp")?;
        self.lifetime("llvm.lifetime.start", p)?;
        let r = use_it(self, p)?;
        self.lifetime("llvm.lifetime.end", p)?;
        Ok(r)
    }

    pub fn lifetime(&self, which: &str, p: PointerValue<'ctx>) -> Res<()> {
        self.intrinsic(which, &[self.cx.l.ptr.into()], &[p.into()])?;
        Ok(())
    }

    /// Calls an LLVM intrinsic; the result, if any.
    pub fn intrinsic(
        &self,
        name: &str,
        overload: &[BasicTypeEnum<'ctx>],
        args: &[Bv<'ctx>],
    ) -> Res<Option<Bv<'ctx>>> {
        let f = Intrinsic::find(name).and_then(|i| i.get_declaration(&self.cx.llmod, overload));
        let Some(f) = f else { bail!("LLVM has no {name}") };
        let args: Vec<_> = args.iter().map(|&a| a.into()).collect();
        Ok(self.b.build_call(f, &args, "")?.try_as_basic_value().basic())
    }

    /// An intrinsic with a result.
    pub fn intrinsic_value(
        &self,
        name: &str,
        overload: &[BasicTypeEnum<'ctx>],
        args: &[Bv<'ctx>],
    ) -> Res<Bv<'ctx>> {
        match self.intrinsic(name, overload, args)? {
            Some(v) => Ok(v),
            None => bail!("{name} has no result"),
        }
    }

    fn frame(&mut self) -> Res<()> {
        let n = self.f.locals.len();
        let bad = |l: &LocalId| l.0 as usize >= n;
        if self.f.params.iter().chain(&self.f.results).chain(&self.f.ctx).any(bad)
            || self.f.params.len() != self.f.sig.params.len()
            || self.f.results.len() != self.f.sig.results.len()
        {
            bail!("parameters or results don't fit the signature");
        }
        let mut given: HashMap<LocalId, PointerValue> = HashMap::new();
        let mut next = 1;
        if let Ret::Pointer { offsets, align, .. } = self.abi.ret.clone() {
            let p = self.param(next)?.into_pointer_value();
            next += 1;
            for name in ["noalias", "nonnull"] {
                self.fv.add_attribute(AttributeLoc::Param(1), self.cx.enum_attr(name, 0));
            }
            self.fv.set_param_alignment(1, align as u32);
            for (&r, &off) in self.f.results.iter().zip(&offsets) {
                if !self.local_decl(r).heap {
                    given.insert(r, self.offset(p, off)?);
                }
            }
        }
        let passes = self.abi.params.clone();
        let mut incoming: Vec<(LocalId, Option<Bv>)> = Vec::new();
        for (&l, pass) in self.f.params.iter().zip(&passes) {
            if *pass == Pass::Zst {
                incoming.push((l, None));
                continue;
            }
            let v = self.param(next)?;
            if *pass == Pass::Pointer {
                for name in ["noalias", "nonnull"] {
                    self.fv.add_attribute(AttributeLoc::Param(next), self.cx.enum_attr(name, 0));
                }
                if !self.local_decl(l).heap {
                    given.insert(l, v.into_pointer_value());
                }
            }
            incoming.push((l, Some(v)));
            next += 1;
        }
        for (i, decl) in self.f.locals.iter().enumerate() {
            let slot = match given.get(&LocalId(i as u32)) {
                Some(&p) => Slot::Stack(p),
                None if decl.heap => {
                    Slot::Heap(self.alloca(self.cx.l.ptr.into(), 8, &decl.name)?)
                }
                None => Slot::Stack(self.alloca_ty(decl.ty, &decl.name)?),
            };
            self.slots.push(slot);
            self.cx.debug.variable(self, LocalId(i as u32), slot, self.entry);
        }
        for (l, v) in incoming {
            let t = self.local_decl(l).ty;
            if self.local_decl(l).heap {
                self.new_cell(l)?;
            }
            let place = self.local_address(l)?;
            match (v, self.cx.l.class(t)) {
                (Some(v), Class::Reg) => {
                    self.assume_lengths(t, v)?;
                    self.store_reg(t, place, v)?;
                }
                (Some(v), Class::Mem) if !given.contains_key(&l) => {
                    self.copy_memory(t, place, v.into_pointer_value())?;
                }
                _ => {}
            }
        }
        let starts = |r: LocalId| {
            let first = self.f.blocks.first().map_or(&[][..], |b| &b.instrs);
            first.iter().any(|i| matches!(i.kind, InstrKind::StorageLive(l) if l == r))
        };
        let results: Vec<LocalId> =
            self.f.results.iter().copied().filter(|&r| !starts(r)).collect();
        for r in results {
            if self.local_decl(r).heap {
                self.new_cell(r)?;
            } else {
                self.zero(self.local_decl(r).ty, self.local_address(r)?)?;
            }
        }
        if let Some(c) = self.f.ctx {
            let v = self.param(0)?.into_pointer_value();
            self.b.build_store(self.local_address(c)?, v)?;
        }
        Ok(())
    }

    pub fn param(&self, i: u32) -> Res<BasicValueEnum<'ctx>> {
        match self.fv.get_nth_param(i) {
            Some(v) => Ok(v),
            None => bail!("no parameter {i}"),
        }
    }

    pub fn local_decl(&self, l: LocalId) -> &'m go::LocalDecl {
        &self.f.locals[l.0 as usize]
    }

    /// Gives a heap local a new, zeroed cell.
    fn new_cell(&mut self, l: LocalId) -> Res<()> {
        if let Slot::Heap(var) = self.slots[l.0 as usize] {
            let cell = self.new_object(self.local_decl(l).ty)?;
            self.b.build_store(var, cell)?;
        }
        Ok(())
    }

    fn storage_live(&mut self, l: LocalId) -> Res<()> {
        match self.slots.get(l.0 as usize) {
            Some(Slot::Heap(_)) => self.new_cell(l),
            Some(Slot::Stack(p)) => self.zero(self.local_decl(l).ty, *p),
            None => bail!("no local {}", l.0),
        }
    }

    // Instructions.

    fn instr(&mut self, kind: &'m InstrKind) -> Res<()> {
        match kind {
            InstrKind::Assign(place, rv) => self.assign(place, rv),
            InstrKind::StorageLive(l) => self.storage_live(*l),
            InstrKind::Call { dests, callee, args } => self.call(dests, callee, args),
            InstrKind::Check(c) => self.check(c),
            InstrKind::Go { callee, args } => self.go_stmt(callee, args),
            InstrKind::Defer { .. } | InstrKind::RunDefers => {
                bail!("a defer that has no form: the defer pass has not run")
            }
            InstrKind::DeferStack { site, thunk, args } => self.defer_stack(*site, thunk, args),
            InstrKind::DeferHeap { thunk, args, outer } => {
                self.defer_heap(thunk, args, outer.as_ref())
            }
            InstrKind::DeferReturn => self.defer_return(),
            InstrKind::DeferOpen { site, args } => self.defer_open(*site, args),
            InstrKind::DeferClearBit { site } => self.defer_clear(*site),
        }
    }

    fn terminator(&mut self, t: &'m Terminator) -> Res<()> {
        match t {
            Terminator::Goto(b) => {
                self.b.build_unconditional_branch(self.block(*b)?)?;
            }
            Terminator::If { cond, then, els, likely } => {
                let c = self.reg_operand(cond)?.into_int_value();
                let branch =
                    self.b.build_conditional_branch(c, self.block(*then)?, self.block(*els)?)?;
                if let Some(percent) = likely {
                    let _ = branch
                        .set_metadata(self.cx.likely(*percent), self.cx.ctx.get_kind_id("prof"));
                }
            }
            Terminator::Switch { value, cases, default } => self.switch(value, cases, *default)?,
            Terminator::Return => self.ret()?,
            Terminator::Unreachable => {
                self.b.build_unreachable()?;
            }
        }
        Ok(())
    }

    fn switch(
        &mut self,
        value: &'m Operand,
        cases: &[(i128, go::BlockId)],
        default: go::BlockId,
    ) -> Res<()> {
        let v = self.reg_operand(value)?.into_int_value();
        let bits = v.get_type().get_bit_width() as u8;
        let mut seen = std::collections::HashSet::new();
        let mut list = Vec::with_capacity(cases.len());
        for (c, to) in cases {
            let c = self.cx.int_const(bits, *c);
            if seen.insert(c.get_zero_extended_constant()) {
                list.push((c, self.block(*to)?));
            }
        }
        self.b.build_switch(v, self.block(default)?, &list)?;
        Ok(())
    }

    fn ret(&mut self) -> Res<()> {
        match self.abi.ret.clone() {
            Ret::Void => {
                self.b.build_return(None)?;
            }
            Ret::One(i) => {
                let v = self.result(i)?;
                self.b.build_return(Some(&v))?;
            }
            Ret::Struct(list) => {
                let mut vals = Vec::new();
                for i in list {
                    vals.push(self.result(i)?);
                }
                let v = self.tuple(&vals)?;
                self.b.build_return(Some(&v))?;
            }
            Ret::Pointer { offsets, .. } => {
                let p = self.param(1)?.into_pointer_value();
                for (&r, off) in self.f.results.iter().zip(offsets) {
                    if self.local_decl(r).heap {
                        let t = self.local_decl(r).ty;
                        let v = self.load(t, self.local_address(r)?)?;
                        self.store(t, self.offset(p, off)?, v)?;
                    }
                }
                self.b.build_return(None)?;
            }
        }
        Ok(())
    }

    fn result(&self, i: usize) -> Res<Bv<'ctx>> {
        let r = self.f.results[i];
        match self.load(self.local_decl(r).ty, self.local_address(r)?)? {
            Val::Reg(v) => Ok(v),
            _ => bail!("result {i} is not a first-class value"),
        }
    }
}

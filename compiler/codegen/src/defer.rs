//! Deferred calls: the frame's area for open-coded ones with its record, stack and heap records, the
//! landing pad, frame tokens (compiler/ABI.md, "Panics").
//!
//! An open-coded function's area is one alloca, {deferBits u8; each site's argument struct}. An inline
//! assembly in the entry block that has the area as memory operand writes its address in the frame, as
//! text, into section `gofuncdata`, and by that keeps the area in memory. Normal exits test a copy of the
//! bits that LLVM turns into SSA values; whoever changes the bits changes both. Recovery code leaves the calls to the runtime,
//! which knows the bits and arguments in memory: nothing stays in a register for its sake.
//!
//! In modules that are printed, what a statement becomes has metadata `gosubc.defer`: a step (`set`: the statement runs; `test`: a
//! return asks whether the call is pending; `clear`: the call follows), the statement's position, its form, and its number.

use crate::cx::MEMORY_INACCESSIBLE;
use crate::error::{Res, bail};
use crate::func::FnCx;
use crate::value::Bv;
use inkwell::attributes::AttributeLoc;
use inkwell::basic_block::BasicBlock;
use inkwell::values::{BasicMetadataValueEnum, InstructionValue, IntValue, PointerValue};
use ir::ir::{Callee, DeferForm, DeferSite, InstrKind, Operand, Symbol};
use ir::runtime_abi::RuntimeFn;
use ir::ty::Ty;
use std::collections::HashMap;

/// A defer record: link, CFA of the frame, thunk, pool class; then the arguments.
const FRAME: u64 = 8;
const THUNK: u64 = 16;
const CLASS: u64 = 24;
const RECORD: u64 = 32;
/// No pool: the record is in a frame.
const NO_CLASS: u64 = 255;

/// Whether calls pass on the right to recover.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Forward {
    No,
    /// The right of this function's own activation.
    Own,
    /// That of a function that reflect made, which left a mark.
    Marked,
}

#[derive(Default)]
pub struct DeferState<'ctx> {
    /// The area and the bits' copy, in functions with open-coded defers.
    open: Option<Open<'ctx>>,
    /// Records in the frame, by site.
    records: HashMap<u32, Record<'ctx>>,
    /// How many calls there are of each function that LLVM may inline here.
    calls: HashMap<Symbol, u32>,
}

/// A record in the frame, and the variable that says whether the function has linked it; LLVM turns that into an SSA value.
#[derive(Clone, Copy)]
struct Record<'ctx> {
    at: PointerValue<'ctx>,
    linked: PointerValue<'ctx>,
}

#[derive(Clone)]
struct Open<'ctx> {
    area: PointerValue<'ctx>,
    copy: PointerValue<'ctx>,
    /// Of each site's arguments in the area; unused for other sites.
    offsets: Vec<u64>,
}

impl<'ctx, 'm> FnCx<'_, 'ctx, 'm> {
    /// Makes the area of open-coded defers and its record.
    pub fn setup_defers(&mut self) -> Res<()> {
        let sites = &self.f.defers;
        for i in self.f.blocks.iter().flat_map(|b| &b.instrs) {
            if let InstrKind::Call { callee: Callee::Direct(f), .. } = &i.kind
                && self.cx.fn_info(f)?.def.is_some_and(|f| !f.attrs.noinline)
            {
                *self.defers.calls.entry(f.clone()).or_default() += 1;
            }
        }
        for (i, s) in sites.iter().enumerate() {
            if let (DeferForm::Stack, Some((_, t))) = (s.form, &s.thunk) {
                let size = RECORD + self.cx.l.size(*t);
                let at = self.alloca(self.cx.l.blob(size).into(), 16, "defer")?;
                let linked = self.alloca(self.cx.l.int(8).into(), 1, "linked")?;
                self.b.build_store(linked, self.cx.l.int(8).const_zero())?;
                self.defers.records.insert(i as u32, Record { at, linked });
            }
        }
        if !sites.iter().any(|s| s.form == DeferForm::Open) {
            return Ok(());
        }
        if sites.len() > 8 {
            bail!("{} open-coded defers", sites.len());
        }
        let (mut offsets, mut end, mut align) = (Vec::new(), 1u64, 8u64);
        let mut thunks = Vec::new();
        for s in sites {
            let Some((thunk, t)) = &s.thunk else {
                // The statement cannot be reached; its bit is never set.
                offsets.push(0);
                thunks.push(self.cx.l.ptr.const_null());
                continue;
            };
            let a = self.cx.l.align(*t);
            end = end.next_multiple_of(a);
            offsets.push(end);
            end += self.cx.l.size(*t);
            align = align.max(a);
            thunks.push(self.cx.code_pointer(thunk)?);
        }
        // A frame of one word is made and dropped by push and pop, and pop would wait for the byte store to the bits.
        let end = end.max(9);
        let area = self.alloca(self.cx.l.blob(end).into(), align, "defers")?;
        let copy = self.alloca(self.cx.l.int(8).into(), 1, "deferbits")?;
        let zero = self.cx.l.int(8).const_zero();
        // The assembly counts as a read of the bits: in front of it they would be stored for nothing.
        self.funcdata(area, end, &thunks, &offsets)?;
        self.b.build_store(area, zero)?;
        self.b.build_store(copy, zero)?;
        self.defers.open = Some(Open { area, copy, offsets });
        Ok(())
    }

    fn funcdata(
        &mut self,
        area: PointerValue<'ctx>,
        size: u64,
        thunks: &[PointerValue<'ctx>],
        offsets: &[u64],
    ) -> Res<()> {
        let mut text = String::from(".pushsection gofuncdata,\"a?o\",@progbits,${1:c}\n");
        text += ".long ${1:c}-.\n";
        text += &format!(".byte {}\n", thunks.len());
        for (i, off) in offsets.iter().enumerate() {
            text += &match thunks[i].is_null() {
                true => ".long 0\n.long 0\n".to_string(),
                false => format!(".long ${{{}:c}}-.\n.long {off}\n", i + 2),
            };
        }
        text += ".asciz \"$0\"\n.popsection";
        let mut constraints = String::from("*m,i");
        let mut args = vec![area.into(), self.fv.as_global_value().as_pointer_value().into()];
        for t in thunks {
            constraints += ",i";
            args.push((*t).into());
        }
        let tys: Vec<_> = args.iter().map(|_| self.cx.l.ptr.into()).collect();
        let ty = self.cx.ctx.void_type().fn_type(&tys, false);
        let asm = self.cx.ctx.create_inline_asm(ty, text, constraints, true, false, None, false);
        let call = self.b.build_indirect_call(ty, asm, &args, "")?;
        let elem = self.cx.type_attr("elementtype", self.cx.l.blob(size).into());
        call.add_attribute(AttributeLoc::Param(0), elem);
        for a in ["nounwind", "noduplicate"] {
            call.add_attribute(AttributeLoc::Function, self.cx.enum_attr(a, 0));
        }
        Ok(())
    }

    fn open(&self) -> Res<Open<'ctx>> {
        match &self.defers.open {
            Some(o) => Ok(o.clone()),
            None => bail!("no open-coded defers here"),
        }
    }

    fn bit(&self, site: u32) -> IntValue<'ctx> {
        self.cx.l.int(8).const_int(1 << (site & 7), false)
    }

    /// The bits' copy; and both, changed by `change`.
    fn bits(&self) -> Res<IntValue<'ctx>> {
        Ok(self.b.build_load(self.cx.l.int(8), self.open()?.copy, "")?.into_int_value())
    }

    fn set_bits(&self, bits: IntValue<'ctx>) -> Res<InstructionValue<'ctx>> {
        let open = self.open()?;
        self.b.build_store(open.copy, bits)?;
        Ok(self.b.build_store(open.area, bits)?)
    }

    /// Says which statement an instruction belongs to, and what it does for it.
    fn tell(&self, i: InstructionValue<'ctx>, step: &str, site: u32) {
        if !self.cx.tells_defers {
            return;
        }
        let Some(s) = self.f.defers.get(site as usize) else { return };
        let ctx = self.cx.ctx;
        let form = format!("{}{}", s.form.describe(), s.because());
        let words = [step, &self.cx.debug.position(s.span), &form];
        let mut parts: Vec<BasicMetadataValueEnum> =
            words.iter().map(|w| ctx.metadata_string(w).into()).collect();
        parts.push(self.cx.l.int(32).const_int(site.into(), false).into());
        // Instructions only refuse metadata that is no node.
        let _ = i.set_metadata(ctx.metadata_node(&parts), ctx.get_kind_id("gosubc.defer"));
    }

    pub fn defer_open(&mut self, site: u32, args: &'m [Operand]) -> Res<()> {
        let open = self.open()?;
        let Some(&off) = open.offsets.get(site as usize) else { bail!("no defer {site}") };
        let place = self.offset(open.area, off)?;
        self.store_args(self.site_args(site)?, place, args)?;
        let bits = self.b.build_or(self.bits()?, self.bit(site), "")?;
        self.tell(self.set_bits(bits)?, "set", site);
        Ok(())
    }

    pub fn defer_clear(&mut self, site: u32) -> Res<()> {
        if let Some(&r) = self.defers.records.get(&site) {
            // The bodies of the loops that this function runs may have put records behind it: the link is read here.
            let link = self.b.build_load(self.cx.l.ptr, r.at, "")?;
            let g = self.g()?;
            self.tell(self.b.build_store(g, link)?, "clear", site);
            self.b.build_store(r.linked, self.cx.l.int(8).const_zero())?;
            return Ok(());
        }
        let mask = self.bit(site).const_not();
        let bits = self.b.build_and(self.bits()?, mask, "")?;
        self.tell(self.set_bits(bits)?, "clear", site);
        Ok(())
    }

    /// Ahead of one of several calls of a function that LLVM may inline: what two of them become is equal but for its place
    /// in the source, and equal blocks that end with an invoke become one, which then has no line, although it is
    /// `nomerge` [LLVM 22]. So something stands before it; nothing is emitted for that.
    pub fn tell_calls_apart(&mut self, callee: &Symbol) -> Res<()> {
        if self.cx.opts.opt_level == 0 || self.defers.calls.get(callee).is_none_or(|n| *n < 2) {
            return Ok(());
        }
        let int = self.cx.l.int(32);
        let place =
            [self.cx.debug.line(self.span), self.at].map(|n| int.const_int(n.into(), false));
        let ty = self.cx.ctx.void_type().fn_type(&[int.into(), int.into()], false);
        let call = self.asm(ty, "", "i,i", true, &place.map(Bv::from))?;
        for (name, value) in [("nounwind", 0), ("willreturn", 0), ("memory", MEMORY_INACCESSIBLE)] {
            call.add_attribute(AttributeLoc::Function, self.cx.enum_attr(name, value));
        }
        Ok(())
    }

    /// Whether the call of `site` is pending.
    pub fn defer_bit(&mut self, site: u32) -> Res<Bv<'ctx>> {
        let zero = self.cx.l.int(8).const_zero();
        let set = match self.defers.records.get(&site) {
            Some(r) => self.b.build_load(self.cx.l.int(8), r.linked, "")?.into_int_value(),
            // The statement cannot be reached.
            None => self.b.build_and(self.bits()?, self.bit(site), "")?,
        };
        let pending = self.b.build_int_compare(inkwell::IntPredicate::NE, set, zero, "")?;
        if let Some(i) = pending.as_instruction() {
            self.tell(i, "test", site);
        }
        Ok(pending.into())
    }

    fn site_args(&self, site: u32) -> Res<Ty> {
        match self.f.defers.get(site as usize).and_then(|s| s.thunk.as_ref()) {
            Some((_, t)) => Ok(*t),
            None => bail!("defer {site} has no thunk"),
        }
    }

    /// Stores the fields of an argument struct. Where the struct has one field more than there are
    /// arguments, it is a closure object, whose code pointer no one reads: it stays undefined.
    fn store_args(&mut self, t: Ty, at: PointerValue<'ctx>, args: &'m [Operand]) -> Res<()> {
        let ir::ty::TyKind::Struct(fields) = self.cx.l.kind(t) else {
            bail!("the arguments of a defer are no struct")
        };
        let skip = fields.len().saturating_sub(args.len());
        for (i, arg) in args.iter().enumerate() {
            let (ft, off) = self.cx.l.field(t, (i + skip) as u32)?;
            let v = self.operand(arg)?;
            let p = self.offset(at, off)?;
            self.store(ft, p, v)?;
        }
        Ok(())
    }

    pub fn defer_stack(&mut self, site: u32, thunk: &str, args: &'m [Operand]) -> Res<()> {
        let t = self.site_args(site)?;
        let Some(&record) = self.defers.records.get(&site) else {
            bail!("no record for defer {site}")
        };
        let at = self.offset(record.at, RECORD)?;
        self.store_args(t, at, args)?;
        // The list's head is the first word of the goroutine.
        let g = self.g()?;
        let head = self.b.build_load(self.cx.l.ptr, g, "")?;
        let words: [(u64, Bv); 4] = [
            (0, head),
            (FRAME, self.cfa()?.into()),
            (THUNK, self.cx.code_pointer(thunk)?.into()),
            (CLASS, self.cx.i64(NO_CLASS).into()),
        ];
        for (off, v) in words {
            let p = self.offset(record.at, off)?;
            self.b.build_store(p, v)?;
        }
        self.tell(self.b.build_store(g, record.at)?, "set", site);
        self.b.build_store(record.linked, self.cx.l.int(8).const_int(1, false))?;
        Ok(())
    }

    pub fn defer_heap(
        &mut self,
        thunk: &str,
        args: &'m [Operand],
        outer: Option<&'m Operand>,
    ) -> Res<()> {
        let Some(t) = self.thunk_args(thunk, args)? else { bail!("no arguments' type: {thunk}") };
        let code = self.cx.code_pointer(thunk)?;
        let size = self.cx.i64(self.cx.l.size(t));
        let (f, frame) = match outer {
            Some(token) => (RuntimeFn::deferproc_at, self.ptr_operand(token)?),
            None => (RuntimeFn::deferproc, self.cfa()?),
        };
        let at =
            self.runtime_value(f, &[frame.into(), code.into(), size.into()])?.into_pointer_value();
        let is_this = |s: &DeferSite| s.thunk.as_ref().is_some_and(|(sym, _)| &**sym == thunk);
        if let (Some(i), Some(site)) = (at.as_instruction(), self.f.defers.iter().position(is_this))
        {
            self.tell(i, "set", site as u32);
        }
        self.store_args(t, at, args)
    }

    /// The argument struct of a thunk: what the site says, or the type that its parameter points to.
    fn thunk_args(&self, thunk: &str, _args: &[Operand]) -> Res<Option<Ty>> {
        let sites = self.f.defers.iter().filter_map(|s| s.thunk.as_ref());
        if let Some((_, t)) = sites.into_iter().find(|(sym, _)| &**sym == thunk) {
            return Ok(Some(*t));
        }
        let info = self.cx.fn_info(thunk)?;
        let pointer = match (info.sig.params.first(), info.def) {
            (Some(p), _) => Some(*p),
            (None, Some(def)) => def.ctx.map(|c| def.locals[c.0 as usize].ty),
            (None, None) => None,
        };
        Ok(pointer.and_then(|p| match self.cx.l.kind(p) {
            ir::ty::TyKind::Pointer(t) => Some(*t),
            _ => None,
        }))
    }

    pub fn defer_return(&mut self) -> Res<()> {
        if self.defers.open.is_some() {
            self.call_runtime(RuntimeFn::deferreturn_open, &[])?;
            return Ok(());
        }
        let cfa = self.cfa()?;
        self.call_runtime(RuntimeFn::deferreturn, &[cfa.into()])?;
        Ok(())
    }

    /// The token of this activation: its CFA.
    pub fn cfa(&mut self) -> Res<PointerValue<'ctx>> {
        let p = self.cx.l.ptr.into();
        let at = self.intrinsic_value("llvm.addressofreturnaddress", &[p], &[])?;
        self.index_anywhere(at.into_pointer_value(), self.cx.l.int(8).into(), self.cx.i64(8))
    }

    /// The blocks to which the runtime jumps when a deferred call has recovered: one for calls of the function proper, one
    /// for those of the recovery code itself. With a single one the recovery code would be a loop through a landing
    /// pad: LLVM's LoopSimplify splits such a pad, and SimplifyCFG puts the parts together again without their phis
    /// [LLVM 22]. The second has a clause of its own (which no one looks at), so that the two stay apart.
    pub fn landing_pads(
        &mut self,
        first: BasicBlock<'ctx>,
        again: BasicBlock<'ctx>,
        to: BasicBlock<'ctx>,
    ) -> Res<()> {
        let i32 = self.cx.l.int(32);
        let personality = self.cx.c_function("gosubc_personality", i32.fn_type(&[], true));
        self.fv.set_personality_function(personality);
        let ty = self.cx.l.structure(&[self.cx.l.ptr.into(), i32.into()]);
        let any = self.cx.l.ptr.const_null();
        for (pad, clauses) in [(first, &[][..]), (again, &[any.into()][..])] {
            self.b.position_at_end(pad);
            self.b.build_landing_pad(ty, personality, clauses, true, "")?;
            self.b.build_unconditional_branch(to)?;
        }
        Ok(())
    }

    /// In wrappers around functions that may call `recover`: if the panic noted the frame `from`, let it
    /// note the callee's. rsp is constant in the body, and the callee's CFA.
    pub fn forward_panic(&mut self, from: PointerValue<'ctx>) -> Res<()> {
        let ty = self.cx.l.ptr.fn_type(&[], false);
        let sp = self.asm(ty, "movq %rsp, $0", "=r", true, &[])?;
        let Some(sp) = sp.try_as_basic_value().basic() else { bail!("rsp") };
        self.panic_forward(from, sp.into_pointer_value())
    }

    /// In functions that reflect makes: the right to recover goes to the function that it calls in the end, by a mark, as
    /// reflect's own functions between the two pass nothing on.
    pub fn mark_panic(&mut self) -> Res<()> {
        let mine = self.cfa()?;
        self.panic_forward(mine, self.forward_mark())
    }

    pub fn forward_mark(&self) -> PointerValue<'ctx> {
        self.cx.i64(1).const_to_pointer(self.cx.l.ptr)
    }

    fn panic_forward(&mut self, from: PointerValue<'ctx>, to: PointerValue<'ctx>) -> Res<()> {
        let ptr = self.cx.l.ptr;
        let fty = self.cx.ctx.void_type().fn_type(&[ptr.into(), ptr.into()], false);
        let f = self.cx.c_function("gosubc_panic_forward", fty);
        self.cx.add_fn_attrs(f, &["nounwind"]);
        self.b.build_call(f, &[from.into(), to.into()], "")?;
        Ok(())
    }
}

//! Functions: headers, instructions, operands.

use super::lexer::Token;
use super::{Parser, Res};
use crate::ir::*;
use crate::print;
use crate::runtime_abi::RuntimeFn;
use diag::Span;

const BINARY: &[BinOp] = {
    use BinOp::*;
    &[Add, Sub, Mul, Div, Rem, And, Or, Xor, AndNot, Shl, Shr, Eq, Ne, Lt, Le, Gt, Ge]
};

const CONVERSIONS: &[ConvKind] = {
    use ConvKind::*;
    &[NoOp, IntToInt, IntToFloat, FloatToInt, FloatToFloat, ComplexToComplex, PtrToInt, IntToPtr]
};

const INTRINSICS: &[Intrinsic] = {
    use Intrinsic::*;
    &[
        Sqrt,
        Floor,
        Ceil,
        Trunc,
        RoundToEven,
        Fabs,
        Copysign,
        Fma,
        LeadingZeros,
        TrailingZeros,
        PopCount,
        ByteSwap,
        BitReverse,
        RotateLeft,
        Mul64,
        Div64,
        Add64,
        Sub64,
        Bitcast,
        AtomicLoad,
        AtomicStore,
        AtomicSwap,
        AtomicCas,
        AtomicAdd,
        AtomicAnd,
        AtomicOr,
        Memmove,
        Memclr,
        KeepAlive,
        NoEscape,
        FrameAddress,
        GetG,
        Prefetch,
    ]
};

/// Reasons are static text in the IR.
const REASONS: &[&str] = &[
    "",
    "defer_range_func",
    "defer_loop",
    "forced",
    "too_many_defers",
    "heap_result",
    "returns_times_defers",
];

impl Parser {
    pub(super) fn function(&mut self) -> Res<Function> {
        let sym = self.symbol()?;
        let go_name = if self.eat_word("name") { self.text()? } else { sym.to_string() };
        let linkage = self.linkage();
        let mut attrs = Attrs::default();
        while let Some(Token::Word(w)) = self.peek() {
            let flag = match &**w {
                "noinline" => &mut attrs.noinline,
                "has_recover" => &mut attrs.has_recover,
                "wrapper" => &mut attrs.wrapper,
                "adjust_panic" => &mut attrs.adjust_panic,
                "noreturn" => &mut attrs.noreturn,
                "nosplit" => &mut attrs.nosplit,
                "always_inline" => &mut attrs.always_inline,
                "puns" => &mut attrs.puns,
                _ => break,
            };
            *flag = true;
            self.at += 1;
        }
        let sig = self.sig()?;
        let f = Function::new(sym, go_name, sig, Span::NONE);
        let mut f = Function { linkage, attrs, ..f };
        self.want('{')?;
        self.header(&mut f)?;
        while !self.eat('}') {
            self.block()?;
            self.want(':')?;
            let b = self.block_body()?;
            f.blocks.push(b);
        }
        Ok(f)
    }

    fn header(&mut self, f: &mut Function) -> Res<()> {
        loop {
            if self.eat_word("params") {
                f.params = self.locals()?;
            } else if self.eat_word("results") {
                f.results = self.locals()?;
            } else if self.eat_word("ctx") {
                f.ctx = Some(self.local()?);
            } else if self.eat_word("recover") {
                f.recover_block = Some(self.block()?);
            } else if self.eat_word("fills") {
                f.fills = Some(self.symbol()?);
            } else if self.eat_word("site") {
                let site = self.site_decl()?;
                f.defers.push(site);
            } else if self.eat_word("local") {
                self.local()?;
                let ty = self.ty()?;
                let named = matches!(self.peek(), Some(Token::Text(_)));
                let name = if named { self.text()? } else { String::new() };
                let heap = self.eat_word("heap");
                f.locals.push(LocalDecl { name, ty, heap, span: Span::NONE });
            } else {
                return Ok(());
            }
        }
    }

    fn site_decl(&mut self) -> Res<DeferSite> {
        self.site()?;
        let form = match &*self.word()? {
            "undecided" => DeferForm::Undecided,
            "open" => DeferForm::Open,
            "stack" => DeferForm::Stack,
            "heap" => DeferForm::Heap,
            w => return self.err(format!("no form of defer: {w}")),
        };
        let in_loop = self.eat_word("in_loop");
        let reason = if self.eat_word("reason") { self.text()? } else { String::new() };
        let Some(&reason) = REASONS.iter().find(|r| **r == reason) else {
            return self.err(format!("no reason: {reason}"));
        };
        let thunk = match self.eat_word("thunk") {
            true => Some((self.symbol()?, self.ty()?)),
            false => None,
        };
        Ok(DeferSite { span: Span::NONE, in_loop, form, reason, wrap: 0, thunk })
    }

    fn local(&mut self) -> Res<LocalId> {
        self.want('%')?;
        Ok(LocalId(self.unsigned()?))
    }

    fn locals(&mut self) -> Res<Vec<LocalId>> {
        let mut out = Vec::new();
        while matches!(self.peek(), Some(Token::Char('%'))) {
            out.push(self.local()?);
        }
        Ok(out)
    }

    fn site(&mut self) -> Res<u32> {
        self.want('#')?;
        self.unsigned()
    }

    fn block(&mut self) -> Res<BlockId> {
        let w = self.word()?;
        match w.strip_prefix('b').and_then(|n| n.parse().ok()) {
            Some(n) => Ok(BlockId(n)),
            None => self.err(format!("expected a block, found {w}")),
        }
    }

    fn block_body(&mut self) -> Res<Block> {
        let mut instrs = Vec::new();
        loop {
            if let Some(term) = self.terminator()? {
                return Ok(Block { instrs, term, term_span: Span::NONE });
            }
            let kind = self.instr()?;
            instrs.push(Instr { kind, span: Span::NONE, at: 0 });
        }
    }

    fn terminator(&mut self) -> Res<Option<Terminator>> {
        let Some(Token::Word(w)) = self.peek() else { return Ok(None) };
        let w = w.clone();
        if !matches!(&*w, "goto" | "if" | "switch" | "return" | "unreachable") {
            return Ok(None);
        }
        self.at += 1;
        Ok(Some(match &*w {
            "goto" => Terminator::Goto(self.block()?),
            "if" => {
                let likely = match self.peek() {
                    Some(Token::Word(w)) if &**w == "likely" => {
                        self.at += 1;
                        Some(self.unsigned()?)
                    }
                    _ => None,
                };
                let cond = self.operand()?;
                Terminator::If { cond, then: self.block()?, els: self.block()?, likely }
            }
            "switch" => {
                let value = self.operand()?;
                self.want('(')?;
                let cases = self.list(')', |p| Ok((p.number()?, p.block()?)))?;
                Terminator::Switch { value, cases, default: self.block()? }
            }
            "return" => Terminator::Return,
            _ => Terminator::Unreachable,
        }))
    }

    fn instr(&mut self) -> Res<InstrKind> {
        match self.peek() {
            Some(Token::Char('%' | '@')) => {
                let place = self.place()?;
                self.want('=')?;
                return Ok(InstrKind::Assign(place, self.rvalue()?));
            }
            Some(Token::Char('(')) => {
                self.at += 1;
                let dests =
                    self.list(')', |p| Ok(if p.eat_word("_") { None } else { Some(p.place()?) }))?;
                self.want('=')?;
                if !self.eat_word("call") {
                    return self.err("expected call");
                }
                let (callee, args) = self.call()?;
                return Ok(InstrKind::Call { dests, callee, args });
            }
            _ => {}
        }
        Ok(match &*self.word()? {
            "live" => InstrKind::StorageLive(self.local()?),
            "call" => {
                let (callee, args) = self.call()?;
                InstrKind::Call { dests: Vec::new(), callee, args }
            }
            "check" => InstrKind::Check(self.check()?),
            "defer" => {
                let site = self.site()?;
                let (callee, args) = self.call()?;
                InstrKind::Defer { site, callee, args, outer: self.outer()? }
            }
            "rundefers" => InstrKind::RunDefers,
            "go" => {
                let (callee, args) = self.call()?;
                InstrKind::Go { callee, args }
            }
            "deferstack" => {
                let (site, thunk) = (self.site()?, self.symbol()?);
                InstrKind::DeferStack { site, thunk, args: self.args()? }
            }
            "deferheap" => {
                let (thunk, args) = (self.symbol()?, self.args()?);
                InstrKind::DeferHeap { thunk, args, outer: self.outer()? }
            }
            "deferreturn" => InstrKind::DeferReturn,
            "deferopen" => {
                let site = self.site()?;
                InstrKind::DeferOpen { site, args: self.args()? }
            }
            "deferclear" => InstrKind::DeferClearBit { site: self.site()? },
            w => return self.err(format!("no instruction: {w}")),
        })
    }

    fn outer(&mut self) -> Res<Option<Operand>> {
        if self.eat_word("outer") { Ok(Some(self.operand()?)) } else { Ok(None) }
    }

    fn call(&mut self) -> Res<(Callee, Vec<Operand>)> {
        let callee = if matches!(self.peek(), Some(Token::Char('@'))) {
            Callee::Direct(self.symbol()?)
        } else {
            match &*self.word()? {
                "value" => Callee::Value(self.operand()?, self.sig()?),
                "closure" => Callee::Closure { func: self.symbol()?, object: self.operand()? },
                "method" => {
                    let index = self.unsigned()?;
                    Callee::Interface { recv: self.operand()?, index, sig: self.sig()? }
                }
                "runtime" => {
                    let name = self.word()?;
                    match RuntimeFn::ALL.iter().find(|f| f.name() == name) {
                        Some(f) => Callee::Runtime(*f),
                        None => return self.err(format!("no runtime function {name}")),
                    }
                }
                "intrinsic" => {
                    let name = self.word()?;
                    match INTRINSICS.iter().find(|i| format!("{i:?}") == name) {
                        Some(i) => Callee::Intrinsic(*i),
                        None => return self.err(format!("no intrinsic {name}")),
                    }
                }
                w => return self.err(format!("nothing to call: {w}")),
            }
        };
        Ok((callee, self.args()?))
    }

    fn args(&mut self) -> Res<Vec<Operand>> {
        self.want('(')?;
        self.list(')', Self::operand)
    }

    fn maybe(&mut self) -> Res<Option<Operand>> {
        if self.eat_word("_") { Ok(None) } else { Ok(Some(self.operand()?)) }
    }

    fn check(&mut self) -> Res<Check> {
        Ok(match &*self.word()? {
            "nil" => Check::Nil(self.operand()?),
            "index" => {
                let (index, len) = (self.operand()?, self.operand()?);
                Check::Index { index, len, unsigned: self.eat_word("unsigned") }
            }
            "slice" => {
                let (lo, hi) = (self.maybe()?, self.maybe()?);
                let (len, cap) = (self.operand()?, self.operand()?);
                Check::Slice { lo, hi, len, cap, string: self.eat_word("string") }
            }
            "slice3" => {
                let (lo, hi) = (self.maybe()?, self.operand()?);
                let (max, cap) = (self.operand()?, self.operand()?);
                Check::Slice3 { lo, hi, max, cap, array: self.eat_word("array") }
            }
            "divide" => Check::Divide(self.operand()?),
            "shift" => Check::Shift(self.operand()?),
            "makeslice" => {
                let elem = self.ty()?;
                Check::MakeSlice { elem, len: self.operand()?, cap: self.operand()? }
            }
            "slicetoarray" => {
                let len = self.operand()?;
                Check::SliceToArray { len, want: self.unsigned()? }
            }
            w => return self.err(format!("no check: {w}")),
        })
    }

    fn place(&mut self) -> Res<Place> {
        let base = if matches!(self.peek(), Some(Token::Char('@'))) {
            let sym = self.symbol()?;
            self.want(':')?;
            PlaceBase::Global(sym, self.ty()?)
        } else {
            PlaceBase::Local(self.local()?)
        };
        let mut proj = Vec::new();
        loop {
            if self.eat('.') {
                proj.push(match self.eat('*') {
                    true => Proj::Deref,
                    false => Proj::Field(self.unsigned()?),
                });
            } else if self.eat('[') {
                proj.push(Proj::Index(self.operand()?));
                self.want(']')?;
            } else {
                return Ok(Place { base, proj });
            }
        }
    }

    fn operand(&mut self) -> Res<Operand> {
        match self.peek() {
            Some(Token::Char('%' | '@')) => Ok(Operand::Copy(self.place()?)),
            _ => Ok(Operand::Const(self.constant()?)),
        }
    }

    fn colon_ty(&mut self) -> Res<crate::ty::Ty> {
        self.want(':')?;
        self.ty()
    }

    pub(super) fn constant(&mut self) -> Res<Const> {
        match self.peek() {
            Some(Token::Number(_)) => {
                let n = self.number()?;
                return Ok(Const::Int(n, self.colon_ty()?));
            }
            Some(Token::Text(_)) => {
                let b = self.bytes()?;
                return Ok(Const::Str(b.into(), self.colon_ty()?));
            }
            _ => {}
        }
        Ok(match &*self.word()? {
            "true" => Const::Bool(true),
            "false" => Const::Bool(false),
            "float" => {
                let bits = self.unsigned()?;
                Const::Float(bits, self.colon_ty()?)
            }
            "complex" => {
                let (re, im) = (self.unsigned()?, self.unsigned()?);
                Const::Complex(re, im, self.colon_ty()?)
            }
            "zero" => Const::Zero(self.colon_ty()?),
            "func" => {
                let sym = self.symbol()?;
                Const::Func(sym, self.colon_ty()?)
            }
            "code" => {
                let sym = self.symbol()?;
                Const::Code(sym, self.colon_ty()?)
            }
            "type" => Const::TypeDesc(self.ty()?),
            "itab" => Const::Itab { iface: self.ty()?, concrete: self.ty()? },
            "addr" => {
                let sym = self.symbol()?;
                Const::GlobalAddr(sym, self.colon_ty()?)
            }
            "aggregate" => {
                self.want('{')?;
                let parts = self.list('}', Self::constant)?;
                Const::Aggregate(parts, self.colon_ty()?)
            }
            "staticslice" => {
                let (sym, n) = (self.symbol()?, self.unsigned()?);
                Const::StaticSlice(sym, n, self.colon_ty()?)
            }
            "staticiface" => {
                let (iface, concrete) = (self.ty()?, self.ty()?);
                Const::StaticInterface { iface, concrete, value: Box::new(self.constant()?) }
            }
            w => return self.err(format!("no constant: {w}")),
        })
    }

    fn alloc(&mut self) -> Res<Alloc> {
        match &*self.word()? {
            "heap" => Ok(Alloc::Heap),
            "stack" => Ok(Alloc::Stack),
            "optional" => Ok(Alloc::Optional),
            w => self.err(format!("no place to allocate: {w}")),
        }
    }

    fn rvalue(&mut self) -> Res<Rvalue> {
        let Some(Token::Word(w)) = self.peek() else { return Ok(Rvalue::Use(self.operand()?)) };
        let (w, start) = (w.clone(), self.at);
        self.at += 1;
        if let Some(op) = BINARY.iter().find(|op| print::binop(**op) == w) {
            return Ok(Rvalue::Binary(*op, self.operand()?, self.operand()?));
        }
        if let Some(kind) = CONVERSIONS.iter().find(|k| print::convert(**k) == w) {
            return Ok(Rvalue::Convert(*kind, self.operand()?, self.ty()?));
        }
        let part = match &*w {
            "ptr" => Some(Part::Ptr),
            "len" => Some(Part::Len),
            "cap" => Some(Part::Cap),
            "tab" => Some(Part::Tab),
            "data" => Some(Part::Data),
            "real" => Some(Part::Real),
            "imag" => Some(Part::Imag),
            "field" => Some(Part::Field(self.unsigned()?)),
            _ => None,
        };
        if let Some(part) = part {
            return Ok(Rvalue::Extract(part, self.operand()?));
        }
        Ok(match &*w {
            "neg" => Rvalue::Unary(UnOp::Neg, self.operand()?),
            "not" => Rvalue::Unary(UnOp::Not, self.operand()?),
            "bitnot" => Rvalue::Unary(UnOp::BitNot, self.operand()?),
            "addrof" => Rvalue::AddrOf(self.place()?, self.ty()?),
            "new" => {
                let alloc = self.alloc()?;
                Rvalue::New { ty: self.ty()?, ptr: self.ty()?, alloc }
            }
            "makeslice" => {
                let (alloc, slice) = (self.alloc()?, self.ty()?);
                Rvalue::MakeSlice { slice, len: self.operand()?, cap: self.operand()?, alloc }
            }
            "closure" => {
                let (alloc, func, captures) = (self.alloc()?, self.symbol()?, self.args()?);
                Rvalue::MakeClosure { func, captures, object: self.ty()?, ty: self.ty()?, alloc }
            }
            "makeiface" => {
                let (alloc, iface, concrete) = (self.alloc()?, self.ty()?, self.ty()?);
                Rvalue::MakeInterface { iface, concrete, value: self.operand()?, alloc }
            }
            "build" => {
                let ty = self.ty()?;
                self.want('{')?;
                Rvalue::Aggregate(ty, self.list('}', Self::operand)?)
            }
            "slicefrom" => {
                let ty = self.ty()?;
                let (ptr, len, cap) = (self.operand()?, self.operand()?, self.operand()?);
                Rvalue::SliceFromParts { ty, ptr, len, cap }
            }
            "stringfrom" => {
                let ty = self.ty()?;
                Rvalue::StringFromParts { ptr: self.operand()?, len: self.operand()?, ty }
            }
            "ifacefrom" => {
                let ty = self.ty()?;
                Rvalue::InterfaceFromParts { ty, tab: self.operand()?, data: self.operand()? }
            }
            "complexfrom" => {
                let ty = self.ty()?;
                Rvalue::ComplexFromParts { ty, re: self.operand()?, im: self.operand()? }
            }
            "ptrindex" => Rvalue::PtrIndex { base: self.operand()?, index: self.operand()? },
            "recover" => Rvalue::Recover { frame: self.maybe()?, ty: self.ty()? },
            "frametoken" => Rvalue::FrameToken,
            "deferbit" => Rvalue::DeferBit(self.site()?),
            _ => {
                self.at = start;
                Rvalue::Use(self.operand()?)
            }
        })
    }
}

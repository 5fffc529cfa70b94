//! A module in, its text out: what `--emit=ir` shows and tests of passes compare.
//!
//! The text says all but source positions, and `parse::module` reads it back: for every module `m`,
//! `print(parse(print(m))) == print(m)`. Types are written by their unique names in single quotes,
//! symbols as `@"name"`, locals as `%3`, blocks as `b2`.

use crate::ir::*;
use crate::ty::{Sig, Ty, TyKind, TypeTable};
use std::fmt::Write;
use syntax::ast::ChanDir;

/// The text of a module.
pub fn module(m: &Module) -> String {
    let mut p = Printer { types: &m.types, out: String::new() };
    p.line(format_args!("module {}", quote(m.path.as_bytes(), '"')));
    for (ty, data) in m.types.iter() {
        p.type_entry(ty, data);
    }
    for t in &m.emit_types {
        let line = format!("emit {}", p.ty(*t));
        p.line(format_args!("{line}"));
    }
    for (sym, e) in &m.externs {
        let c = match (e.c_abi, e.noescape) {
            (false, _) => "extern",
            (true, false) => "extern c",
            (true, true) => "extern c noescape",
        };
        let line = format!("{c} {} {}", symbol(sym), p.sig(&e.sig));
        p.line(format_args!("{line}"));
    }
    for (t, f) in &m.map_funcs {
        let all = [&f.make, &f.get, &f.put, &f.delete, &f.clear, &f.iter, &f.next];
        let all: Vec<String> = all.iter().map(|s| symbol(s)).collect();
        let line = format!("mapfuncs {} {}", p.ty(*t), all.join(" "));
        p.line(format_args!("{line}"));
    }
    for (word, map) in [("equal", &m.eq_funcs), ("hash", &m.hash_funcs)] {
        for (t, f) in map {
            let line = format!("{word} {} {}", p.ty(*t), symbol(f));
            p.line(format_args!("{line}"));
        }
    }
    for g in &m.globals {
        p.global(g);
    }
    for f in &m.funcs {
        p.function(f);
    }
    p.out
}

/// The text of one function, with types from `types`.
pub fn function(f: &Function, types: &TypeTable) -> String {
    let mut p = Printer { types, out: String::new() };
    p.function(f);
    p.out
}

struct Printer<'t> {
    types: &'t TypeTable,
    out: String,
}

impl Printer<'_> {
    fn line(&mut self, args: std::fmt::Arguments) {
        // Writing to a string cannot fail.
        let _ = self.out.write_fmt(args);
        self.out.push('\n');
    }

    fn ty(&self, t: Ty) -> String {
        quote(self.types.data(t).unique.as_bytes(), '\'')
    }

    fn list(&self, tys: &[Ty]) -> String {
        let names: Vec<String> = tys.iter().map(|t| self.ty(*t)).collect();
        format!("({})", names.join(", "))
    }

    fn sig(&self, s: &Sig) -> String {
        let variadic = if s.variadic { "variadic " } else { "" };
        format!("{variadic}{} {}", self.list(&s.params), self.list(&s.results))
    }

    fn type_entry(&mut self, ty: Ty, data: &crate::ty::TyData) {
        let mut line = format!("type {}", self.ty(ty));
        if data.string != data.unique {
            line += &format!(" string {}", quote(data.string.as_bytes(), '"'));
        }
        if let Some(n) = &data.named {
            line += &format!(" named {} {}", text(&n.name), text(&n.pkg));
            if let Some(home) = &n.home {
                line += &format!(" home {}", text(home));
            }
        }
        line += &format!(" = {}", self.kind(&data.kind));
        self.line(format_args!("{line}"));
        for m in &data.methods {
            let line = format!(
                "  method {} {} {} {}",
                text(&m.name),
                text(&m.pkg),
                self.ty(m.sig),
                symbol(&m.ifn)
            );
            self.line(format_args!("{line}"));
        }
    }

    fn kind(&self, k: &TyKind) -> String {
        match k {
            TyKind::Placeholder => "placeholder".into(),
            TyKind::Bool => "bool".into(),
            TyKind::Int { bits, signed } => {
                format!("{} {bits}", if *signed { "int" } else { "uint" })
            }
            TyKind::Float { bits } => format!("float {bits}"),
            TyKind::Complex { bits } => format!("complex {bits}"),
            TyKind::String => "string".into(),
            TyKind::UnsafePointer => "unsafeptr".into(),
            TyKind::Pointer(e) => format!("pointer {}", self.ty(*e)),
            TyKind::Slice(e) => format!("slice {}", self.ty(*e)),
            TyKind::Array(e, n) => format!("array {n} {}", self.ty(*e)),
            TyKind::Struct(fields) => {
                let fields = fields.iter().map(|f| {
                    let embedded = if f.embedded { "embedded " } else { "" };
                    let tag = match f.tag.is_empty() {
                        true => String::new(),
                        false => format!(" tag {}", text(&f.tag)),
                    };
                    format!("{embedded}{} {} {}{tag}", text(&f.name), text(&f.pkg), self.ty(f.ty))
                });
                format!("struct {{{}}}", fields.collect::<Vec<_>>().join(", "))
            }
            TyKind::Func(sig) => format!("func {}", self.sig(sig)),
            TyKind::Interface { methods } => {
                let methods = methods
                    .iter()
                    .map(|m| format!("{} {} {}", text(&m.name), text(&m.pkg), self.ty(m.sig)));
                format!("interface {{{}}}", methods.collect::<Vec<_>>().join(", "))
            }
            TyKind::Map(k, v) => format!("map {} {}", self.ty(*k), self.ty(*v)),
            TyKind::Chan(dir, e) => {
                let dir = match dir {
                    ChanDir::Both => "both",
                    ChanDir::Send => "send",
                    ChanDir::Recv => "recv",
                };
                format!("chan {dir} {}", self.ty(*e))
            }
        }
    }

    fn global(&mut self, g: &Global) {
        let mut line = format!("global {} {}", symbol(&g.sym), self.ty(g.ty));
        line += linkage(g.linkage);
        if g.constant {
            line += " constant";
        }
        if g.external {
            line += " external";
        }
        if let Some(c) = &g.init {
            line += &format!(" = {}", self.constant(c));
        }
        self.line(format_args!("{line}"));
    }

    fn function(&mut self, f: &Function) {
        let mut head = format!("\nfunc {}", symbol(&f.sym));
        if f.go_name != *f.sym {
            head += &format!(" name {}", text(&f.go_name));
        }
        head += linkage(f.linkage);
        let a = f.attrs;
        for (set, word) in [
            (a.noinline, "noinline"),
            (a.has_recover, "has_recover"),
            (a.wrapper, "wrapper"),
            (a.adjust_panic, "adjust_panic"),
            (a.noreturn, "noreturn"),
            (a.nosplit, "nosplit"),
            (a.always_inline, "always_inline"),
            (a.puns, "puns"),
        ] {
            if set {
                head += &format!(" {word}");
            }
        }
        head += &format!(" {} {{", self.sig(&f.sig));
        self.line(format_args!("{head}"));
        for (word, list) in [("params", &f.params), ("results", &f.results)] {
            if !list.is_empty() {
                let names: Vec<String> = list.iter().map(|l| format!("%{}", l.0)).collect();
                self.line(format_args!("  {word} {}", names.join(" ")));
            }
        }
        if let Some(c) = f.ctx {
            self.line(format_args!("  ctx %{}", c.0));
        }
        if let Some(b) = f.recover_block {
            self.line(format_args!("  recover b{}", b.0));
        }
        if let Some(g) = &f.fills {
            self.line(format_args!("  fills {}", symbol(g)));
        }
        for (i, d) in f.defers.iter().enumerate() {
            let form = match d.form {
                DeferForm::Undecided => "undecided",
                DeferForm::Open => "open",
                DeferForm::Stack => "stack",
                DeferForm::Heap => "heap",
            };
            let mut line = format!("  site #{i} {form}");
            if d.in_loop {
                line += " in_loop";
            }
            if !d.reason.is_empty() {
                line += &format!(" reason {}", text(d.reason));
            }
            if let Some((sym, t)) = &d.thunk {
                line += &format!(" thunk {} {}", symbol(sym), self.ty(*t));
            }
            self.line(format_args!("{line}"));
        }
        for (i, l) in f.locals.iter().enumerate() {
            let mut line = format!("  local %{i} {}", self.ty(l.ty));
            if !l.name.is_empty() {
                line += &format!(" {}", text(&l.name));
            }
            if l.heap {
                line += " heap";
            }
            self.line(format_args!("{line}"));
        }
        for (i, b) in f.blocks.iter().enumerate() {
            self.line(format_args!("b{i}:"));
            for instr in &b.instrs {
                let line = self.instr(&instr.kind);
                self.line(format_args!("  {line}"));
            }
            let line = self.term(&b.term);
            self.line(format_args!("  {line}"));
        }
        self.line(format_args!("}}"));
    }

    fn instr(&self, kind: &InstrKind) -> String {
        match kind {
            InstrKind::Assign(p, r) => format!("{} = {}", self.place(p), self.rvalue(r)),
            InstrKind::StorageLive(l) => format!("live %{}", l.0),
            InstrKind::Call { dests, callee, args } => {
                let call = format!("call {}", self.call(callee, args));
                if dests.is_empty() {
                    return call;
                }
                let dests: Vec<String> = dests
                    .iter()
                    .map(|d| d.as_ref().map_or("_".to_string(), |p| self.place(p)))
                    .collect();
                format!("({}) = {call}", dests.join(", "))
            }
            InstrKind::Check(c) => format!("check {}", self.check(c)),
            InstrKind::Defer { site, callee, args, outer } => {
                format!("defer #{site} {}{}", self.call(callee, args), self.outer(outer))
            }
            InstrKind::RunDefers => "rundefers".into(),
            InstrKind::Go { callee, args } => format!("go {}", self.call(callee, args)),
            InstrKind::DeferStack { site, thunk, args } => {
                format!("deferstack #{site} {}{}", symbol(thunk), self.args(args))
            }
            InstrKind::DeferHeap { thunk, args, outer } => {
                format!("deferheap {}{}{}", symbol(thunk), self.args(args), self.outer(outer))
            }
            InstrKind::DeferReturn => "deferreturn".into(),
            InstrKind::DeferOpen { site, args } => format!("deferopen #{site} {}", self.args(args)),
            InstrKind::DeferClearBit { site } => format!("deferclear #{site}"),
        }
    }

    fn outer(&self, outer: &Option<Operand>) -> String {
        outer.as_ref().map_or(String::new(), |o| format!(" outer {}", self.operand(o)))
    }

    fn call(&self, callee: &Callee, args: &[Operand]) -> String {
        let callee = match callee {
            Callee::Direct(s) => symbol(s),
            Callee::Value(o, sig) => format!("value {} {} ", self.operand(o), self.sig(sig)),
            Callee::Closure { func, object } => {
                format!("closure {} {} ", symbol(func), self.operand(object))
            }
            Callee::Interface { recv, index, sig } => {
                format!("method {index} {} {} ", self.operand(recv), self.sig(sig))
            }
            Callee::Runtime(f) => format!("runtime {}", f.name()),
            Callee::Intrinsic(i) => format!("intrinsic {i:?}"),
        };
        format!("{callee}{}", self.args(args))
    }

    fn args(&self, args: &[Operand]) -> String {
        format!("({})", self.operands(args))
    }

    fn operands(&self, list: &[Operand]) -> String {
        list.iter().map(|o| self.operand(o)).collect::<Vec<_>>().join(", ")
    }

    fn maybe(&self, o: &Option<Operand>) -> String {
        o.as_ref().map_or("_".into(), |o| self.operand(o))
    }

    fn check(&self, c: &Check) -> String {
        let flag = |set: bool, word: &str| if set { format!(" {word}") } else { String::new() };
        match c {
            Check::Nil(o) => format!("nil {}", self.operand(o)),
            Check::Index { index, len, unsigned } => format!(
                "index {} {}{}",
                self.operand(index),
                self.operand(len),
                flag(*unsigned, "unsigned")
            ),
            Check::Slice { lo, hi, len, cap, string } => format!(
                "slice {} {} {} {}{}",
                self.maybe(lo),
                self.maybe(hi),
                self.operand(len),
                self.operand(cap),
                flag(*string, "string")
            ),
            Check::Slice3 { lo, hi, max, cap, array } => format!(
                "slice3 {} {} {} {}{}",
                self.maybe(lo),
                self.operand(hi),
                self.operand(max),
                self.operand(cap),
                flag(*array, "array")
            ),
            Check::Divide(o) => format!("divide {}", self.operand(o)),
            Check::Shift(o) => format!("shift {}", self.operand(o)),
            Check::MakeSlice { elem, len, cap } => {
                format!("makeslice {} {} {}", self.ty(*elem), self.operand(len), self.operand(cap))
            }
            Check::SliceToArray { len, want } => {
                format!("slicetoarray {} {want}", self.operand(len))
            }
        }
    }

    fn place(&self, p: &Place) -> String {
        let mut out = match &p.base {
            PlaceBase::Local(l) => format!("%{}", l.0),
            PlaceBase::Global(s, t) => format!("{}:{}", symbol(s), self.ty(*t)),
        };
        for proj in &p.proj {
            match proj {
                Proj::Deref => out += ".*",
                Proj::Field(i) => out += &format!(".{i}"),
                Proj::Index(o) => out += &format!("[{}]", self.operand(o)),
            }
        }
        out
    }

    fn operand(&self, o: &Operand) -> String {
        match o {
            Operand::Copy(p) => self.place(p),
            Operand::Const(c) => self.constant(c),
        }
    }

    fn constant(&self, c: &Const) -> String {
        match c {
            Const::Bool(b) => b.to_string(),
            Const::Int(v, t) => format!("{v}:{}", self.ty(*t)),
            Const::Float(bits, t) => format!("float {bits:#x}:{}", self.ty(*t)),
            Const::Complex(re, im, t) => format!("complex {re:#x} {im:#x}:{}", self.ty(*t)),
            Const::Str(s, t) => format!("{}:{}", quote(s, '"'), self.ty(*t)),
            Const::Zero(t) => format!("zero:{}", self.ty(*t)),
            Const::Func(s, t) => format!("func {}:{}", symbol(s), self.ty(*t)),
            Const::Code(s, t) => format!("code {}:{}", symbol(s), self.ty(*t)),
            Const::TypeDesc(t) => format!("type {}", self.ty(*t)),
            Const::Itab { iface, concrete } => {
                format!("itab {} {}", self.ty(*iface), self.ty(*concrete))
            }
            Const::GlobalAddr(s, t) => format!("addr {}:{}", symbol(s), self.ty(*t)),
            Const::Aggregate(parts, t) => {
                let parts: Vec<String> = parts.iter().map(|c| self.constant(c)).collect();
                format!("aggregate {{{}}}:{}", parts.join(", "), self.ty(*t))
            }
            Const::StaticSlice(s, n, t) => {
                format!("staticslice {} {n}:{}", symbol(s), self.ty(*t))
            }
            Const::StaticInterface { iface, concrete, value } => format!(
                "staticiface {} {} {}",
                self.ty(*iface),
                self.ty(*concrete),
                self.constant(value)
            ),
        }
    }

    fn rvalue(&self, r: &Rvalue) -> String {
        let alloc = |a: &Alloc| match a {
            Alloc::Heap => "heap",
            Alloc::Stack => "stack",
            Alloc::Optional => "optional",
        };
        match r {
            Rvalue::Use(o) => self.operand(o),
            Rvalue::Unary(op, o) => {
                let op = match op {
                    UnOp::Neg => "neg",
                    UnOp::Not => "not",
                    UnOp::BitNot => "bitnot",
                };
                format!("{op} {}", self.operand(o))
            }
            Rvalue::Binary(op, x, y) => {
                format!("{} {} {}", binop(*op), self.operand(x), self.operand(y))
            }
            Rvalue::Convert(k, o, t) => {
                format!("{} {} {}", convert(*k), self.operand(o), self.ty(*t))
            }
            Rvalue::AddrOf(p, t) => format!("addrof {} {}", self.place(p), self.ty(*t)),
            Rvalue::New { ty, ptr, alloc: a } => {
                format!("new {} {} {}", alloc(a), self.ty(*ty), self.ty(*ptr))
            }
            Rvalue::MakeSlice { slice, len, cap, alloc: a } => format!(
                "makeslice {} {} {} {}",
                alloc(a),
                self.ty(*slice),
                self.operand(len),
                self.operand(cap)
            ),
            Rvalue::MakeClosure { func, captures, object, ty, alloc: a } => format!(
                "closure {} {}{} {} {}",
                alloc(a),
                symbol(func),
                self.args(captures),
                self.ty(*object),
                self.ty(*ty)
            ),
            Rvalue::MakeInterface { iface, concrete, value, alloc: a } => format!(
                "makeiface {} {} {} {}",
                alloc(a),
                self.ty(*iface),
                self.ty(*concrete),
                self.operand(value)
            ),
            Rvalue::Aggregate(t, parts) => {
                format!("build {} {{{}}}", self.ty(*t), self.operands(parts))
            }
            Rvalue::Extract(part, o) => {
                let part = match part {
                    Part::Ptr => "ptr".into(),
                    Part::Len => "len".into(),
                    Part::Cap => "cap".into(),
                    Part::Tab => "tab".into(),
                    Part::Data => "data".into(),
                    Part::Real => "real".into(),
                    Part::Imag => "imag".into(),
                    Part::Field(i) => format!("field {i}"),
                };
                format!("{part} {}", self.operand(o))
            }
            Rvalue::SliceFromParts { ty, ptr, len, cap } => format!(
                "slicefrom {} {} {} {}",
                self.ty(*ty),
                self.operand(ptr),
                self.operand(len),
                self.operand(cap)
            ),
            Rvalue::StringFromParts { ptr, len, ty } => {
                format!("stringfrom {} {} {}", self.ty(*ty), self.operand(ptr), self.operand(len))
            }
            Rvalue::InterfaceFromParts { ty, tab, data } => {
                format!("ifacefrom {} {} {}", self.ty(*ty), self.operand(tab), self.operand(data))
            }
            Rvalue::ComplexFromParts { ty, re, im } => {
                format!("complexfrom {} {} {}", self.ty(*ty), self.operand(re), self.operand(im))
            }
            Rvalue::PtrIndex { base, index } => {
                format!("ptrindex {} {}", self.operand(base), self.operand(index))
            }
            Rvalue::Recover { frame, ty } => {
                format!("recover {} {}", self.maybe(frame), self.ty(*ty))
            }
            Rvalue::FrameToken => "frametoken".into(),
            Rvalue::DeferBit(site) => format!("deferbit #{site}"),
        }
    }

    fn term(&self, t: &Terminator) -> String {
        match t {
            Terminator::Goto(b) => format!("goto b{}", b.0),
            Terminator::If { cond, then, els, likely } => {
                let likely = likely.map_or(String::new(), |p| format!("likely {p} "));
                format!("if {likely}{} b{} b{}", self.operand(cond), then.0, els.0)
            }
            Terminator::Switch { value, cases, default } => {
                let cases: Vec<String> =
                    cases.iter().map(|(v, b)| format!("{v} b{}", b.0)).collect();
                let value = self.operand(value);
                format!("switch {value} ({}) b{}", cases.join(", "), default.0)
            }
            Terminator::Return => "return".into(),
            Terminator::Unreachable => "unreachable".into(),
        }
    }
}

fn linkage(l: Linkage) -> &'static str {
    match l {
        Linkage::External => "",
        Linkage::Internal => " internal",
        Linkage::LinkOnce => " linkonce",
        Linkage::Weak => " weak",
        Linkage::AvailableExternally => " available_externally",
    }
}

pub(crate) fn binop(op: BinOp) -> &'static str {
    match op {
        BinOp::Add => "add",
        BinOp::Sub => "sub",
        BinOp::Mul => "mul",
        BinOp::Div => "div",
        BinOp::Rem => "rem",
        BinOp::And => "and",
        BinOp::Or => "or",
        BinOp::Xor => "xor",
        BinOp::AndNot => "andnot",
        BinOp::Shl => "shl",
        BinOp::Shr => "shr",
        BinOp::Eq => "eq",
        BinOp::Ne => "ne",
        BinOp::Lt => "lt",
        BinOp::Le => "le",
        BinOp::Gt => "gt",
        BinOp::Ge => "ge",
    }
}

pub(crate) fn convert(k: ConvKind) -> &'static str {
    match k {
        ConvKind::NoOp => "noop",
        ConvKind::IntToInt => "inttoint",
        ConvKind::IntToFloat => "inttofloat",
        ConvKind::FloatToInt => "floattoint",
        ConvKind::FloatToFloat => "floattofloat",
        ConvKind::ComplexToComplex => "complextocomplex",
        ConvKind::PtrToInt => "ptrtoint",
        ConvKind::IntToPtr => "inttoptr",
    }
}

fn symbol(s: &str) -> String {
    format!("@{}", text(s))
}

fn text(s: &str) -> String {
    quote(s.as_bytes(), '"')
}

/// The bytes between two `mark`s; all but printable ASCII as `\xNN`.
fn quote(bytes: &[u8], mark: char) -> String {
    let mut out = String::with_capacity(bytes.len() + 2);
    out.push(mark);
    for &b in bytes {
        match b {
            b'\\' => out.push_str("\\\\"),
            b if b as char == mark => out.extend(['\\', mark]),
            b' '..=b'~' => out.push(b as char),
            b => {
                let _ = write!(out, "\\x{b:02x}");
            }
        }
    }
    out.push(mark);
    out
}

//! `--emit=opt`: what the passes removed from each function or proved of it, a line each, and what LLVM has left of it. Behind the lines
//! of each optimisation comes their hash, by which two builds are compared.

use ir::ir::{Alloc, DeferForm, Function, Instr, InstrKind, Linkage, Module, Rvalue};
use ir::runtime_abi::RuntimeFn;
use ir::ty::TypeTable;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// In: a module after the passes, and its LLVM IR after LLVM's.
pub fn report(m: &Module, llvm: &str) -> String {
    let mut functions: Vec<&Function> = m
        .funcs
        .iter()
        .filter(|f| {
            !f.attrs.wrapper && !f.attrs.always_inline && f.linkage != Linkage::AvailableExternally
        })
        .collect();
    functions.sort_by(|a, b| a.sym.cmp(&b.sym));
    let left = left(llvm);
    let of_ir = |what: &dyn Fn(&Function) -> Option<String>| {
        let line = |f: &&Function| Some((f.sym.to_string(), what(f)?));
        functions.iter().filter_map(line).collect::<Vec<_>>()
    };
    let none = Left::default();
    let of_llvm = |what: &dyn Fn(&Function, &Left) -> Option<String>| {
        let line =
            |f: &&Function| Some((f.sym.to_string(), what(f, left.get(&*f.sym).unwrap_or(&none))?));
        functions.iter().filter_map(line).collect::<Vec<_>>()
    };
    let sections = [
        ("inline", of_ir(&inlined)),
        ("devirtualize", of_ir(&|f| some("direct calls", f.proved.direct_calls))),
        ("escape", of_ir(&|f| escape(f, &m.types))),
        ("defer", of_ir(&defers)),
        ("nil", of_ir(&|f| some("checks removed", f.proved.nil_checks))),
        ("checks", of_llvm(&|f, l| counts(checks(f), &l.checks))),
        ("allocate", of_llvm(&|f, l| counts(allocations(f, &m.types).1, &l.allocations))),
        ("vectorize", of_llvm(&|_, l| some("loops", l.vector_loops))),
    ];
    let mut out = String::new();
    for (pass, lines) in sections.into_iter().filter(|s| !s.1.is_empty()) {
        let mut hash = Sha256::new();
        for (function, what) in lines {
            let line = format!("{pass}: {function}: {what}\n");
            hash.update(&line);
            out.push_str(&line);
        }
        let digest = hash.finalize();
        let _ = write!(out, "{pass}: hash ");
        digest[..8].iter().for_each(|b| _ = write!(out, "{b:02x}"));
        out.push('\n');
    }
    out
}

fn some(what: &str, n: u32) -> Option<String> {
    (n > 0).then(|| format!("{what} {n}"))
}

/// The checks that a function's IR has.
fn checks(f: &Function) -> u32 {
    let is_check = |i: &&Instr| matches!(i.kind, InstrKind::Check(_));
    f.blocks.iter().flat_map(|b| &b.instrs).filter(is_check).count() as u32
}

fn inlined(f: &Function) -> Option<String> {
    let names: Vec<&str> = f.inlined.iter().map(|i| i.go_name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// What a function's IR allocates in the frame and on the heap.
fn allocations(f: &Function, types: &TypeTable) -> (u32, u32) {
    let (mut frame, mut heap) = (0, 0);
    for i in f.blocks.iter().flat_map(|b| &b.instrs) {
        let InstrKind::Assign(_, r) = &i.kind else { continue };
        match r {
            Rvalue::MakeInterface { concrete, .. } if types.is_pointer_shaped(*concrete) => {}
            Rvalue::New { alloc, .. }
            | Rvalue::MakeSlice { alloc, .. }
            | Rvalue::MakeClosure { alloc, .. }
            | Rvalue::MakeInterface { alloc, .. } => match alloc {
                Alloc::Stack => frame += 1,
                Alloc::Heap => heap += 1,
                Alloc::Optional => {}
            },
            _ => {}
        }
    }
    (frame, heap)
}

fn escape(f: &Function, types: &TypeTable) -> Option<String> {
    let (frame, heap) = allocations(f, types);
    let variables = f.proved.variables;
    let cells = f.locals.iter().filter(|l| l.heap).count() as u32;
    if frame + heap + variables + cells == 0 {
        return None;
    }
    Some(format!(
        "{frame} of {} allocations and {variables} of {} variables in the frame",
        frame + heap,
        variables + cells
    ))
}

fn defers(f: &Function) -> Option<String> {
    let open = f.defers.iter().filter(|d| d.form == DeferForm::Open).count();
    (!f.defers.is_empty()).then(|| format!("{open} of {} open-coded", f.defers.len()))
}

/// What a function of LLVM's calls and contains.
#[derive(Default)]
struct Left {
    checks: BTreeMap<String, u32>,
    allocations: BTreeMap<String, u32>,
    vector_loops: u32,
}

/// How many there are in the IR, and what is left of them after LLVM, which inlines functions that bring others.
fn counts(lowered: u32, left: &BTreeMap<String, u32>) -> Option<String> {
    if lowered == 0 && left.is_empty() {
        return None;
    }
    let list: Vec<String> = left.iter().map(|(name, n)| format!("{name} {n}")).collect();
    let list = if list.is_empty() { String::from("none") } else { list.join(", ") };
    Some(format!("{lowered}, left: {list}"))
}

/// By symbol, from the text of a module.
fn left(llvm: &str) -> BTreeMap<String, Left> {
    let mut out = BTreeMap::new();
    let mut lines = llvm.lines();
    while let Some(line) = lines.next() {
        let Some(symbol) = line.strip_prefix("define ").and_then(symbol) else { continue };
        let mut left = Left::default();
        for line in lines.by_ref().take_while(|l| *l != "}") {
            left.vector_loops += line.starts_with("vector.body") as u32;
            if line.contains("call ") || line.contains("invoke ") {
                left.call(line);
            }
        }
        out.insert(symbol, left);
    }
    out
}

/// The first symbol of a line.
fn symbol(line: &str) -> Option<String> {
    let (_, rest) = line.split_once('@')?;
    let (name, _) = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"')?,
        None => rest.split_once('(')?,
    };
    Some(name.to_string())
}

impl Left {
    fn call(&mut self, line: &str) {
        let Some(name) = symbol(line) else { return };
        let Some(short) = name.strip_prefix("gosubc_") else { return };
        if let Some(check) = short.strip_prefix("panic_") {
            let check = if check == "mem" { "nil" } else { check };
            *self.checks.entry(check.to_string()).or_default() += 1;
        }
        let known = RuntimeFn::ALL.iter().any(|f| f.symbol() == name && f.attrs().allocates);
        if known && short != "newproc" || short == "alloc_noscan_uninit" {
            *self.allocations.entry(short.to_string()).or_default() += 1;
        }
    }
}

//! `gosubc explain defer`: what becomes of each `defer` statement, function by function, for people who read about the
//! three forms and want to see them in their own program. In: a module after the passes. Out: text.

use diag::SourceMap;
use ir::ir::{DeferForm, DeferSite, Function, InstrKind, Module, Rvalue};
use ir::ty::TypeTable;
use std::fmt::Write;

/// Bytes of a defer record in front of its arguments (compiler/ABI.md, "Panics").
const RECORD: u64 = 64;

/// One paragraph for each function with deferred calls, in source order; instances and copies of a function once.
pub fn defers(module: &Module, source: &SourceMap) -> String {
    let mut functions: Vec<&Function> = module.funcs.iter().collect();
    functions.retain(|f| !f.defers.is_empty() && f.defers.iter().all(|d| d.span.is_known()));
    functions.sort_by_key(|f| f.defers[0].span);
    functions.dedup_by_key(|f| f.defers[0].span);
    let mut out = String::new();
    for f in functions {
        function(&mut out, &module.types, f, source);
    }
    out
}

fn function(out: &mut String, types: &TypeTable, f: &Function, source: &SourceMap) {
    let name = if f.go_name.is_empty() { &f.sym } else { f.go_name.as_str() };
    let n = f.defers.len();
    let _ = writeln!(out, "{name}: {n} defer statement{}", if n == 1 { "" } else { "s" });
    let open = f.defers.iter().any(|d| d.form == DeferForm::Open);
    // The area: one byte of bits, then each site's arguments.
    let mut end = 1;
    for (i, site) in f.defers.iter().enumerate() {
        let Some(at) = source.line_col(site.span.lo) else { continue };
        let form = site.form.describe();
        let _ = writeln!(out, "  {}:{}:{}: {form}", at.file, at.line, at.col);
        let (size, align) = match &site.thunk {
            Some((_, t)) => (types.size(*t), types.align(*t)),
            None => (0, 1),
        };
        let arguments = match size {
            0 => String::from("no arguments"),
            _ => format!("{size} bytes of arguments and captured variables"),
        };
        match site.form {
            DeferForm::Open => {
                end = u64::next_multiple_of(end, align);
                let slot = match size {
                    0 => String::new(),
                    _ => format!(" at offset {end} of the area"),
                };
                let _ = writeln!(out, "      bit {i} of deferBits; {arguments}{slot}");
                let _ = writeln!(
                    out,
                    "      called directly at {}, by deferreturn after a recovered panic",
                    ends(f)
                );
                end += size;
            }
            DeferForm::Stack => {
                let bytes = RECORD + size;
                let _ = writeln!(
                    out,
                    "      a record of {bytes} bytes in the frame ({arguments}), linked by deferprocStack"
                );
                let _ = writeln!(out, "      called by deferreturn at the end");
            }
            DeferForm::Heap | DeferForm::Undecided => {
                let bytes = RECORD + size;
                let _ = writeln!(
                    out,
                    "      a record of {bytes} bytes from a pool for each execution ({arguments}), by deferproc"
                );
                let _ = writeln!(out, "      called by deferreturn at the end");
            }
        }
        why(out, site);
        if let Some((thunk, _)) = &site.thunk {
            let _ = writeln!(out, "      a panic calls it by {thunk}");
        }
    }
    if open {
        let _ = writeln!(
            out,
            "  the frame's area: {end} bytes, deferBits at offset 0; a panic finds it through section gofuncdata"
        );
    }
    out.push('\n');
}

/// How many times an open-coded call is written out.
fn ends(f: &Function) -> String {
    let sites = f.defers.len();
    let tests = f.blocks.iter().flat_map(|b| &b.instrs);
    let tests =
        tests.filter(|i| matches!(i.kind, InstrKind::Assign(_, Rvalue::DeferBit(_)))).count();
    let copies = tests / sites.max(1);
    match copies {
        0 | 1 => String::from("the function's end"),
        n => format!("each of the function's {n} ends"),
    }
}

/// The reason, and what would help.
fn why(out: &mut String, site: &DeferSite) {
    let (reason, remedy) = match site.reason {
        "" => return,
        "defer_loop" => (
            "the statement, or another one of the function, may run more than once (it is in a loop or behind a label that is jumped back to)",
            "do what the loop's body does in a function of its own, which then has the defer",
        ),
        "too_many_defers" => (
            "the function has more than 8 defer statements, and the bits are one byte",
            "move some of them to another function, or let one deferred function literal do several things",
        ),
        "returns_times_defers" => (
            "each return would have a copy of each deferred call: returns times defers are more than 15",
            "return in fewer places, for instance through a variable",
        ),
        "heap_result" => (
            "a result lives on the heap, since something that outlives the call refers to it",
            "don't let a pointer to the result, or a closure that captures it, leave the function",
        ),
        "defer_range_func" => (
            "a loop over a function defers for this function, at run time and from another frame",
            "loop over something else than a function, or defer outside of the loop",
        ),
        "forced" => ("-d=nodeferopen or -d=nodeferstack forbids it", "leave the flag out"),
        other => (other, ""),
    };
    let _ = writeln!(out, "      not open-coded: {reason} ({})", site.reason);
    if !remedy.is_empty() {
        let _ = writeln!(out, "      open-coded if you {remedy}");
    }
}

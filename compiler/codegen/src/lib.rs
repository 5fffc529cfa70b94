//! IR modules in; objects, LLVM IR, bitcode or assembly out. Reads no files and no environment; may be
//! called in several threads at once (each call has an LLVM context of its own).
//!
//! Start at [`build`]. The binary interface that all this implements is compiler/ABI.md.

mod abi;
mod alloc;
mod allocs;
mod arith;
mod call;
mod check;
mod consts;
mod convert;
mod cx;
mod debug;
mod defer;
mod demote;
mod elf;
mod entry;
mod error;
mod fills;
mod func;
mod globals;
mod intrinsics;
mod itabcache;
mod layout;
mod library;
mod memcalls;
mod pipeline;
mod place;
pub mod processors;
mod race;
pub mod reach;
mod rvalue;
mod types;
mod value;
mod wrappers;

pub use entry::entry_object;
pub use error::InternalError;

use diag::SourceMap;
use error::Res;
use inkwell::context::Context;
use inkwell::module::Module;
use inkwell::targets::TargetMachine;

#[derive(Clone, Debug)]
pub struct Options {
    /// 0 to 3.
    pub opt_level: u8,
    /// As LLVM calls it, e.g. `x86-64`.
    pub target_cpu: String,
    /// What it has more or less than others of its name ([`processors::resolve`]).
    pub target_features: String,
    /// Debug information for variables, not only for functions and lines.
    pub debug_vars: bool,
    /// Run LLVM's verifier before and after optimisation.
    pub verify: bool,
    /// Tell ThreadSanitizer's runtime library of memory accesses and calls (`race.rs`).
    pub race: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            opt_level: 2,
            target_cpu: "x86-64".into(),
            target_features: String::new(),
            debug_vars: false,
            verify: false,
            race: false,
        }
    }
}

/// What [`emit`] can make of a module.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    LlvmIr,
    /// As code generation makes it, before any pass.
    LlvmIrUnoptimized,
    LlvmBc,
    Asm,
    Obj,
}

#[derive(Debug)]
pub struct Compiled {
    /// An ELF object for x86-64 Linux.
    pub object: Vec<u8>,
    pub facts: reach::Facts,
}

pub fn compile(
    module: &ir::ir::Module,
    source: &SourceMap,
    opts: &Options,
) -> Result<Compiled, InternalError> {
    let (object, facts) = emit_with_facts(module, source, opts, Form::Obj)?;
    Ok(Compiled { object, facts })
}

pub fn emit(
    module: &ir::ir::Module,
    source: &SourceMap,
    opts: &Options,
    form: Form,
) -> Result<Vec<u8>, InternalError> {
    Ok(emit_with_facts(module, source, opts, form)?.0)
}

fn emit_with_facts(
    module: &ir::ir::Module,
    source: &SourceMap,
    opts: &Options,
    form: Form,
) -> Result<(Vec<u8>, reach::Facts), InternalError> {
    let tm = pipeline::target_machine(opts)?;
    let ctx = Context::create();
    let (llmod, facts) = build(&ctx, module, source, opts, &tm, form)?;
    if opts.verify {
        pipeline::verify(&llmod)?;
    }
    if form != Form::LlvmIrUnoptimized {
        pipeline::optimize(&llmod, &tm, opts)?;
        if opts.race {
            race::instrument(&ctx, &llmod, &tm)?;
        }
        if opts.opt_level > 0 {
            allocs::run(&ctx, &llmod, module)?;
        }
        memcalls::shorten(&ctx, &llmod)?;
        if opts.verify {
            pipeline::verify(&llmod)?;
        }
    }
    Ok((pipeline::emit(&llmod, &tm, form)?, facts))
}

/// The LLVM module of an IR module, not optimised, and what its symbols reach.
fn build<'ctx>(
    ctx: &'ctx Context,
    module: &ir::ir::Module,
    source: &SourceMap,
    opts: &Options,
    tm: &TargetMachine,
    form: Form,
) -> Res<(Module<'ctx>, reach::Facts)> {
    let llmod = pipeline::new_module(ctx, &module.path, tm);
    let mut cx = cx::Cx::new(ctx, llmod, module, source, opts);
    cx.tells_defers = matches!(form, Form::LlvmIr | Form::LlvmIrUnoptimized);
    cx.declare_globals();
    for f in &module.funcs {
        cx.function(&f.sym);
    }
    for f in &module.funcs {
        func::compile(&cx, f)?;
    }
    cx.define_globals()?;
    cx.emit_types()?;
    cx.hide_symbols();
    cx.debug.finalize();
    let facts = cx.facts();
    Ok((cx.llmod, facts))
}

//! The LLVM side: target machine, pass pipeline, emission of objects and texts.

use crate::error::{InternalError, Res, bail};
use crate::{Form, Options};
use inkwell::OptimizationLevel;
use inkwell::context::Context;
use inkwell::memory_buffer::MemoryBuffer;
use inkwell::module::Module;
use inkwell::passes::PassBuilderOptions;
use inkwell::targets::{
    CodeModel, FileType, InitializationConfig, RelocMode, Target, TargetMachine, TargetTriple,
};
use std::sync::Once;

const TRIPLE: &str = "x86_64-unknown-linux-gnu";

/// Options of LLVM that have no other interface. Implicit null checks: a check folds into the access behind it.
/// No call frame optimisation: rsp stays where it is in a body, which frame tokens rely on. No
/// .debug_names: linkers put those of several objects behind each other, which confuses gdb. Loops keep `<` as their exit tests, which says more to later passes than `!=`.
/// Choices without branches stay so: what `min` or a comparison of data decides is seldom foreseen.
/// The race detector is told of calls by `race.rs`, not by LLVM's pass.
const LLVM_OPTIONS: &[&std::ffi::CStr] = &[
    c"gosubc",
    c"-enable-implicit-null-checks",
    c"-no-x86-call-frame-opt",
    c"-accel-tables=Disable",
    c"-disable-lftr",
    c"-x86-cmov-converter=false",
    c"-tsan-instrument-func-entry-exit=false",
    c"-tsan-handle-cxx-exceptions=false",
];

fn initialize() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        Target::initialize_x86(&InitializationConfig::default());
        let args: Vec<_> = LLVM_OPTIONS.iter().map(|a| a.as_ptr()).collect();
        // SAFETY: the strings live for ever; no other thread uses LLVM's option registry meanwhile,
        // since every use of LLVM comes through here first.
        unsafe {
            inkwell::llvm_sys::support::LLVMParseCommandLineOptions(
                args.len() as i32,
                args.as_ptr(),
                std::ptr::null(),
            );
        }
    });
}

pub fn target_machine(opts: &Options) -> Res<TargetMachine> {
    initialize();
    let triple = TargetTriple::create(TRIPLE);
    let target = Target::from_triple(&triple).map_err(|e| InternalError::new(e.to_string()))?;
    let level = match opts.opt_level {
        0 => OptimizationLevel::None,
        1 => OptimizationLevel::Less,
        2 => OptimizationLevel::Default,
        _ => OptimizationLevel::Aggressive,
    };
    let machine = target.create_target_machine(
        &triple,
        &opts.target_cpu,
        &opts.target_features,
        level,
        RelocMode::Static,
        CodeModel::Small,
    );
    match machine {
        Some(m) => Ok(m),
        None => bail!("LLVM has no target machine for {TRIPLE}"),
    }
}

/// An empty module for this target.
pub fn new_module<'ctx>(ctx: &'ctx Context, name: &str, tm: &TargetMachine) -> Module<'ctx> {
    let m = ctx.create_module(name);
    m.set_triple(&TargetTriple::create(TRIPLE));
    m.set_data_layout(&tm.get_target_data().get_data_layout());
    m
}

pub fn verify(m: &Module) -> Res<()> {
    m.verify().map_err(|e| InternalError::new(format!("LLVM's verifier: {e}")))
}

pub fn optimize(m: &Module, tm: &TargetMachine, opts: &Options) -> Res<()> {
    let passes = PassBuilderOptions::create();
    let vectors = opts.opt_level >= 2;
    passes.set_loop_vectorization(vectors);
    passes.set_loop_slp_vectorization(vectors);
    passes.set_loop_interleaving(vectors);
    passes.set_loop_unrolling(vectors);
    let mut pipeline = format!("default<O{}>", opts.opt_level.min(3));
    if vectors {
        // Small loops are unrolled after LLVM has last looked for equal expressions.
        pipeline += ",function(early-cse)";
    }
    m.run_passes(&pipeline, tm, passes)
        .map_err(|e| InternalError::new(format!("LLVM's passes: {e}")))?;
    if opts.opt_level >= 2 { crate::demote::run(m) } else { Ok(()) }
}

/// The module, optimised, as `form`.
pub fn emit(m: &Module, tm: &TargetMachine, form: Form) -> Res<Vec<u8>> {
    let machine = |kind| -> Res<Vec<u8>> {
        let buffer = tm
            .write_to_memory_buffer(m, kind)
            .map_err(|e| InternalError::new(format!("LLVM's code generator: {e}")))?;
        Ok(bytes(&buffer))
    };
    match form {
        Form::LlvmIr | Form::LlvmIrUnoptimized => Ok(m.print_to_string().to_bytes().to_vec()),
        Form::LlvmBc => Ok(bytes(&m.write_bitcode_to_memory())),
        Form::Asm => machine(FileType::Assembly),
        Form::Obj => crate::elf::finish(machine(FileType::Object)?),
    }
}

/// The buffer without the NUL that LLVM keeps behind it.
fn bytes(b: &MemoryBuffer) -> Vec<u8> {
    b.as_slice()[..b.get_size()].to_vec()
}

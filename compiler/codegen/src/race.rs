//! `-race`: LLVM's pass makes accesses to memory, and atomic ones, calls of ThreadSanitizer's runtime library; here functions are
//! chosen for it, and made to tell of their entry and return (`runtime/src/race/frames.rs`).
//!
//! LLVM's own pass could do the latter, but has no idea of panics that are recovered: ours says which frame it is.

use crate::cx::Cx;
use crate::error::{InternalError, Res};
use inkwell::attributes::{Attribute, AttributeLoc};
use inkwell::context::Context;
use inkwell::module::Module;
use inkwell::passes::PassBuilderOptions;
use inkwell::targets::TargetMachine;
use inkwell::values::{FunctionValue, InstructionOpcode};
use inkwell::{AddressSpace, GlobalVisibility};

/// Packages whose functions are not seen at all: they are the runtime.
const NONE: &[&str] = &["runtime", "internal/race"];
/// Packages whose functions are in stacks, and whose atomic operations synchronise, but whose own variables aren't looked at. They
/// say themselves what happens (internal/race).
const FRAMES: &[&str] = &["sync", "sync/atomic", "internal/runtime/maps"];
/// Marks functions that tell of their calls.
const TELLS: &str = "gosubc-race-frames";

/// Whether a symbol is a function, a method or an instance of this package.
fn belongs(sym: &str, package: &str) -> bool {
    let sym = sym.trim_start_matches("wrap:").trim_start_matches('*');
    sym.strip_prefix(package).is_some_and(|rest| rest.starts_with('.'))
}

/// What the race detector is to see of a function.
pub fn mark<'ctx>(cx: &Cx<'ctx, '_>, f: FunctionValue<'ctx>) {
    let name = f.get_name().to_string_lossy().into_owned();
    if NONE.iter().any(|p| belongs(&name, p)) {
        return;
    }
    f.add_attribute(AttributeLoc::Function, cx.string_attr(TELLS, ""));
    if !FRAMES.iter().any(|p| belongs(&name, p)) {
        cx.add_fn_attrs(f, &["sanitize_thread"]);
    }
}

/// Runs over optimised code. The runtime library starts the sanitizer.
pub fn instrument<'ctx>(ctx: &'ctx Context, m: &Module<'ctx>, tm: &TargetMachine) -> Res<()> {
    m.run_passes("function(tsan)", tm, PassBuilderOptions::create())
        .map_err(|e| InternalError::new(format!("LLVM's passes: {e}")))?;
    let sanitized = Attribute::get_named_enum_kind_id("sanitize_thread");
    for f in m.get_functions() {
        // The code generator must not find the attribute: it means nothing to it, but inhibits folding.
        f.remove_enum_attribute(AttributeLoc::Function, sanitized);
        if f.get_string_attribute(AttributeLoc::Function, TELLS).is_some() {
            tell(ctx, m, f)?;
        }
    }
    Ok(())
}

/// Calls at the entry, with the place of the return address, and before each return. A function that calls nothing, not even the
/// sanitizer, needs none.
fn tell<'ctx>(ctx: &'ctx Context, m: &Module<'ctx>, f: FunctionValue<'ctx>) -> Res<()> {
    let Some(entry) = f.get_first_basic_block() else { return Ok(()) };
    let calls = |op| matches!(op, InstructionOpcode::Call | InstructionOpcode::Invoke);
    if !f.get_basic_blocks().iter().any(|b| b.get_instructions().any(|i| calls(i.get_opcode()))) {
        return Ok(());
    }
    let pointer = ctx.ptr_type(AddressSpace::default());
    let nothing = ctx.void_type();
    let place = function(m, "llvm.addressofreturnaddress.p0", pointer.fn_type(&[], false));
    let enter = function(m, "gosubc_race_enter", nothing.fn_type(&[pointer.into()], false));
    let exit = function(m, "gosubc_race_exit", nothing.fn_type(&[], false));
    let b = ctx.create_builder();
    let first = entry.get_instructions().find(|i| i.get_opcode() != InstructionOpcode::Alloca);
    let Some(first) = first else { return Ok(()) };
    b.position_before(&first);
    // Inlined code begins with the place it was inlined to, which is none of the entry's.
    b.unset_current_debug_location();
    let at = b.build_call(place, &[], "")?.try_as_basic_value().basic();
    let Some(at) = at else { return Ok(()) };
    b.build_call(enter, &[at.into()], "")?;
    for block in f.get_basic_blocks() {
        if let Some(end) = block.get_terminator()
            && end.get_opcode() == InstructionOpcode::Return
        {
            b.position_before(&end);
            b.build_call(exit, &[], "")?;
        }
    }
    Ok(())
}

fn function<'ctx>(
    m: &Module<'ctx>,
    name: &str,
    ty: inkwell::types::FunctionType<'ctx>,
) -> FunctionValue<'ctx> {
    if let Some(f) = m.get_function(name) {
        return f;
    }
    let f = m.add_function(name, ty, None);
    if !name.starts_with("llvm.") {
        f.as_global_value().set_visibility(GlobalVisibility::Hidden);
        let nounwind = Attribute::get_named_enum_kind_id("nounwind");
        let ctx = m.get_context();
        f.add_attribute(AttributeLoc::Function, ctx.create_enum_attribute(nounwind, 0));
    }
    f
}

#[cfg(test)]
mod tests {
    use super::belongs;

    #[test]
    fn packages_by_symbols() {
        assert!(belongs("sync.(*Mutex).Lock", "sync"));
        assert!(belongs("internal/runtime/maps.Get[int,string]", "internal/runtime/maps"));
        assert!(belongs("wrap:*sync.T.M", "sync"));
        assert!(!belongs("syncx.F", "sync"));
        assert!(!belongs("runtime/debug.Stack", "runtime"));
    }
}

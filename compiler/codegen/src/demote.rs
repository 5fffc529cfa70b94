//! Sums over calls: `sum += f(x)` in a loop, sum a float.
//!
//! Every call clobbers all vector registers, so such a sum lies in the frame during the call. The register allocator keeps it in
//! a register between the turns all the same, and moves it there and back one time more than needed, which is on the loop's
//! critical path. Here the variable is given its memory before: one load and one store each turn.

use crate::error::Res;
use inkwell::basic_block::BasicBlock;
use inkwell::builder::Builder;
use inkwell::context::ContextRef;
use inkwell::module::Module;
use inkwell::values::{
    BasicValue, BasicValueEnum, FunctionValue, InstructionOpcode, InstructionValue, PhiValue,
};
use std::collections::HashSet;

/// Runs over optimised code; nothing may make registers of memory afterwards.
pub fn run(m: &Module) -> Res<()> {
    for f in m.get_functions() {
        for block in f.get_basic_blocks() {
            let phis: Vec<PhiValue> = block
                .get_instructions()
                .take_while(|i| i.get_opcode() == InstructionOpcode::Phi)
                .filter_map(|i| PhiValue::try_from(i).ok())
                .filter(|p| p.as_basic_value().is_float_value())
                .collect();
            for phi in phis {
                if let Some(next) = sum_over_call(phi, block) {
                    demote(m.get_context(), f, phi, next)?;
                }
            }
        }
    }
    Ok(())
}

/// The phi's value for the next turn, if that is computed, from the phi, behind a call in the same block, and nothing else
/// uses the phi.
fn sum_over_call<'ctx>(
    phi: PhiValue<'ctx>,
    header: BasicBlock<'ctx>,
) -> Option<InstructionValue<'ctx>> {
    let first = phi.as_basic_value().get_first_use()?;
    if first.get_next_use().is_some() {
        return None;
    }
    let user = match first.get_user() {
        inkwell::values::AnyValueEnum::FloatValue(v) => v.as_instruction()?,
        _ => return None,
    };
    let body = user.get_parent()?;
    let adds = matches!(
        user.get_opcode(),
        InstructionOpcode::FAdd | InstructionOpcode::FSub | InstructionOpcode::FMul
    );
    let calls = body.get_instructions().take_while(|i| *i != user).any(is_call);
    if !adds || !calls || reaches(body, body, header) {
        return None;
    }
    let mut found = false;
    for (value, from) in phi.get_incomings() {
        let end = from.get_terminator()?;
        if value.as_instruction_value() == Some(user) {
            found = true;
        } else if successors(end).len() != 1
            || end.get_opcode() == InstructionOpcode::Invoke
            || value == phi.as_basic_value()
        {
            return None;
        }
    }
    found.then_some(user)
}

/// Whether the instruction calls code that may clobber vector registers.
fn is_call(i: InstructionValue) -> bool {
    if i.get_opcode() != InstructionOpcode::Call {
        return false;
    }
    let callee = i.get_operand(i.get_num_operands() - 1).and_then(|o| o.value());
    match callee {
        Some(BasicValueEnum::PointerValue(p)) => !p.get_name().to_bytes().starts_with(b"llvm."),
        _ => false,
    }
}

fn successors<'ctx>(end: InstructionValue<'ctx>) -> Vec<BasicBlock<'ctx>> {
    (0..end.get_num_operands()).filter_map(|i| end.get_operand(i)?.block()).collect()
}

/// Whether there is a way from the end of `from` to `to` that doesn't pass `without`.
fn reaches<'ctx>(from: BasicBlock<'ctx>, to: BasicBlock<'ctx>, without: BasicBlock<'ctx>) -> bool {
    let mut seen = HashSet::new();
    let mut work = vec![from];
    while let Some(b) = work.pop() {
        for s in b.get_terminator().map(successors).unwrap_or_default() {
            if s != without && seen.insert(s) {
                if s == to {
                    return true;
                }
                work.push(s);
            }
        }
    }
    false
}

fn demote<'ctx>(
    ctx: ContextRef<'ctx>,
    f: FunctionValue<'ctx>,
    phi: PhiValue<'ctx>,
    next: InstructionValue<'ctx>,
) -> Res<()> {
    let b: Builder = ctx.create_builder();
    let Some(first) = f.get_first_basic_block().and_then(|e| e.get_first_instruction()) else {
        return Ok(());
    };
    let ty = phi.as_basic_value().get_type();
    b.position_before(&first);
    let slot = b.build_alloca(ty, "sum")?;
    for (value, from) in phi.get_incomings() {
        if value.as_instruction_value() == Some(next) {
            continue;
        }
        if let Some(end) = from.get_terminator() {
            b.position_before(&end);
            b.build_store(slot, value)?;
        }
    }
    b.position_before(&next);
    let sum = b.build_load(ty, slot, "")?;
    for i in 0..next.get_num_operands() {
        if next.get_operand(i).and_then(|o| o.value()) == Some(phi.as_basic_value()) {
            next.set_operand(i, sum);
        }
    }
    if let (Some(behind), BasicValueEnum::FloatValue(_)) =
        (next.get_next_instruction(), phi.as_basic_value())
        && let Ok(v) = inkwell::values::FloatValue::try_from(next)
    {
        b.position_before(&behind);
        b.build_store(slot, v.as_basic_value_enum())?;
    }
    phi.as_instruction().erase_from_basic_block();
    Ok(())
}

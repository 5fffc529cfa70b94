//! After LLVM's passes: small pointer-free variables of one block share one allocation, and arrays that a copy fills aren't zeroed before.
//!
//! Both are about what is left on the heap, so they come when LLVM has removed what it could. Neighbours in an object keep each other's memory, so the
//! objects are small and hold no pointers; finalizers are told apart by address (runtime/src/heap/special.rs).

use crate::error::Res;
use inkwell::basic_block::BasicBlock;
use inkwell::builder::Builder;
use inkwell::context::Context;
use inkwell::module::Module;
use inkwell::values::{
    BasicValue, BasicValueEnum, CallSiteValue, InstructionOpcode, InstructionValue, IntValue,
    PointerValue,
};
use inkwell::{AddressSpace, GlobalVisibility};
use ir::runtime_abi::RuntimeFn;
use ir::ty::Ty;
use std::collections::HashMap;

/// The largest variable that shares an object, and the largest such object: gc's are at most 16 bytes each.
const MAX_SHARING: u64 = 16;
const MAX_SHARED: u64 = 64;

pub fn run<'ctx>(ctx: &'ctx Context, m: &Module<'ctx>, ir: &ir::ir::Module) -> Res<()> {
    let variables = m.get_function(RuntimeFn::newobject_noscan.symbol()).is_some();
    let arrays = m.get_function(RuntimeFn::makeslice.symbol()).is_some();
    if !variables && !arrays {
        return Ok(());
    }
    let types: HashMap<&str, Ty> = if arrays {
        ir.types.iter().map(|(t, d)| (d.unique.as_str(), t)).collect()
    } else {
        HashMap::new()
    };
    let b = ctx.create_builder();
    for block in m.get_functions().flat_map(|f| f.get_basic_blocks()) {
        if variables {
            share(ctx, &b, block)?;
        }
        for i in block.get_instructions().filter(|_| arrays) {
            if callee(i).as_deref() == Some(RuntimeFn::makeslice.symbol()) {
                filled(ctx, m, &b, i, |name| {
                    let t = *types.get(name.strip_prefix("type:")?)?;
                    (!ir.types.has_pointers(t)).then(|| ir.types.size(t))
                })?;
            }
        }
    }
    Ok(())
}

/// The name of the function that an instruction calls.
fn callee(i: InstructionValue) -> Option<String> {
    if i.get_opcode() != InstructionOpcode::Call {
        return None;
    }
    let f = CallSiteValue::try_from(i).ok()?.get_called_fn_value()?;
    f.get_name().to_str().ok().map(String::from)
}

fn operand<'ctx>(i: InstructionValue<'ctx>, n: u32) -> Option<BasicValueEnum<'ctx>> {
    i.get_operand(n)?.value()
}

fn integer<'ctx>(i: InstructionValue<'ctx>, n: u32) -> Option<IntValue<'ctx>> {
    match operand(i, n)? {
        BasicValueEnum::IntValue(v) => Some(v),
        _ => None,
    }
}

/// Gives later small variables of the block places behind the first one's.
fn share<'ctx>(ctx: &'ctx Context, b: &Builder<'ctx>, block: BasicBlock<'ctx>) -> Res<()> {
    let calls: Vec<(InstructionValue, u64)> = block
        .get_instructions()
        .filter(|&i| callee(i).as_deref() == Some(RuntimeFn::newobject_noscan.symbol()))
        .filter_map(|i| Some((i, integer(i, 0)?.get_zero_extended_constant()?)))
        .filter(|(_, size)| *size <= MAX_SHARING)
        .collect();
    let mut object: Option<(InstructionValue, u64)> = None;
    for (call, size) in calls {
        let Some((first, used)) = object else {
            object = Some((call, size));
            continue;
        };
        // A size that is a multiple of 8 may be that of something aligned so.
        let at = if size % 8 == 0 {
            used.next_multiple_of(8)
        } else {
            used.next_multiple_of(align(size))
        };
        if at + size > MAX_SHARED {
            object = Some((call, size));
            continue;
        }
        let Ok(base) = PointerValue::try_from(first) else { continue };
        first.set_operand(0, ctx.i64_type().const_int(at + size, false));
        b.position_before(&call);
        let bytes = |n: u64| ctx.i8_type().array_type(n as u32).into();
        let parts = ctx.struct_type(&[bytes(at), bytes(size)], true);
        let place = b.build_struct_gep(parts, base, 1, "")?;
        if let Some(place) = place.as_instruction() {
            call.replace_all_uses_with(&place);
            call.erase_from_basic_block();
            object = Some((first, at + size));
        }
    }
    Ok(())
}

/// The largest alignment that something of this size may have.
fn align(size: u64) -> u64 {
    1 << size.trailing_zeros().min(3)
}

/// `make([]T, n)` whose every byte is written by a copy right behind it: memory as it comes. `noscan` gives the size of a
/// type without pointers.
fn filled<'ctx>(
    ctx: &'ctx Context,
    m: &Module<'ctx>,
    b: &Builder<'ctx>,
    make: InstructionValue<'ctx>,
    noscan: impl Fn(&str) -> Option<u64>,
) -> Res<()> {
    let (Some(BasicValueEnum::PointerValue(t)), Some(n)) = (operand(make, 0), integer(make, 1))
    else {
        return Ok(());
    };
    let Some(size) = t.get_name().to_str().ok().and_then(noscan) else { return Ok(()) };
    if !is_filled(make, n, size) {
        return Ok(());
    }
    b.position_before(&make);
    let bytes = b.build_int_mul(n, ctx.i64_type().const_int(size, false), "")?;
    const NAME: &str = "gosubc_alloc_noscan_uninit";
    let alloc = m.get_function(NAME).unwrap_or_else(|| {
        let p = ctx.ptr_type(AddressSpace::default());
        let f = m.add_function(NAME, p.fn_type(&[ctx.i64_type().into()], false), None);
        f.as_global_value().set_visibility(GlobalVisibility::Hidden);
        f
    });
    let call = b.build_call(alloc, &[bytes.into()], "")?;
    if let Some(new) = call.try_as_basic_value().basic().and_then(|v| v.as_instruction_value()) {
        make.replace_all_uses_with(&new);
        make.erase_from_basic_block();
    }
    Ok(())
}

/// Whether the next thing that touches memory is a copy of `n` elements of `size` bytes to the new array.
fn is_filled<'ctx>(make: InstructionValue<'ctx>, n: IntValue<'ctx>, size: u64) -> bool {
    use InstructionOpcode::*;
    let Ok(array) = PointerValue::try_from(make) else { return false };
    let mut next = make.get_next_instruction();
    while let Some(i) = next {
        match i.get_opcode() {
            Load | InsertValue | ExtractValue | GetElementPtr | Add | Sub | Mul | Shl | And
            | Or | ICmp | Select | ZExt | SExt | Trunc | Freeze | PtrToInt => {}
            Call => {
                let name = callee(i).unwrap_or_default();
                if name.starts_with("llvm.dbg.") || name.starts_with("llvm.assume") {
                    next = i.get_next_instruction();
                    continue;
                }
                let copies = name.starts_with("llvm.memmove.") || name.starts_with("llvm.memcpy.");
                let to = operand(i, 0) == Some(array.into());
                return copies && to && integer(i, 2).is_some_and(|len| is_product(len, n, size));
            }
            _ => return false,
        }
        next = i.get_next_instruction();
    }
    false
}

/// Whether `len` is `n * size`.
fn is_product<'ctx>(len: IntValue<'ctx>, n: IntValue<'ctx>, size: u64) -> bool {
    if size == 1 {
        return len == n;
    }
    let Some(i) = len.as_instruction() else {
        let constant = |v: IntValue| v.get_zero_extended_constant();
        return constant(len).is_some()
            && constant(len) == constant(n).and_then(|n| n.checked_mul(size));
    };
    let by = integer(i, 1).and_then(|v| v.get_zero_extended_constant());
    let factor = match i.get_opcode() {
        InstructionOpcode::Shl => by.and_then(|k| 1u64.checked_shl(k as u32)),
        InstructionOpcode::Mul => by,
        _ => None,
    };
    factor == Some(size) && integer(i, 0) == Some(n)
}

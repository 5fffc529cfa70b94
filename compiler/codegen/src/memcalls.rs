//! After LLVM's passes: copies whose length still isn't known become calls of the runtime's `gosubc_memmove`
//! (runtime/src/memmove.rs), which is quicker than libc's for the short ones that Go programs mostly make.
//! Before, they had to be LLVM's intrinsics, so that passes could see through them.

use crate::error::Res;
use inkwell::attributes::{Attribute, AttributeLoc};
use inkwell::context::Context;
use inkwell::module::Module;
use inkwell::values::{
    AnyValueEnum, BasicValue, BasicValueEnum, FunctionValue, InstructionOpcode, InstructionValue,
};
use inkwell::{AddressSpace, GlobalVisibility};

pub fn shorten<'ctx>(ctx: &'ctx Context, m: &Module<'ctx>) -> Res<()> {
    let mut calls = Vec::new();
    for name in ["llvm.memcpy.p0.p0.i64", "llvm.memmove.p0.p0.i64"] {
        let Some(f) = m.get_function(name) else { continue };
        let mut next = f.as_global_value().as_pointer_value().get_first_use();
        while let Some(u) = next {
            next = u.get_next_use();
            if let AnyValueEnum::InstructionValue(i) = u.get_user()
                && i.get_opcode() == InstructionOpcode::Call
            {
                calls.push(i);
            }
        }
    }
    for i in calls {
        replace(ctx, m, i)?;
    }
    Ok(())
}

fn replace<'ctx>(ctx: &'ctx Context, m: &Module<'ctx>, i: InstructionValue<'ctx>) -> Res<()> {
    let arg = |n| i.get_operand(n).and_then(|o| o.value());
    let (Some(to), Some(from), Some(BasicValueEnum::IntValue(n))) = (arg(0), arg(1), arg(2)) else {
        return Ok(());
    };
    if n.is_const() {
        return Ok(());
    }
    let b = ctx.create_builder();
    b.position_before(&i);
    b.build_call(memmove(ctx, m), &[to.into(), from.into(), n.into()], "")?;
    i.erase_from_basic_block();
    Ok(())
}

fn memmove<'ctx>(ctx: &'ctx Context, m: &Module<'ctx>) -> FunctionValue<'ctx> {
    const NAME: &str = "gosubc_memmove";
    if let Some(f) = m.get_function(NAME) {
        return f;
    }
    let p = ctx.ptr_type(AddressSpace::default()).into();
    let ty = ctx.void_type().fn_type(&[p, p, ctx.i64_type().into()], false);
    let f = m.add_function(NAME, ty, None);
    f.as_global_value().set_visibility(GlobalVisibility::Hidden);
    let nounwind = Attribute::get_named_enum_kind_id("nounwind");
    f.add_attribute(AttributeLoc::Function, ctx.create_enum_attribute(nounwind, 0));
    f
}

//! `go.main`: initialises all packages, then calls `main.main`. The runtime calls it on the main goroutine.

use crate::error::Res;
use crate::{Form, Options, pipeline};
use inkwell::AddressSpace;
use inkwell::attributes::{Attribute, AttributeLoc};
use inkwell::context::Context;

/// The entry object of a program. `order`: the import paths of its packages, each behind those that it
/// imports; the last is `main`.
pub fn entry_object(order: &[impl AsRef<str>], opts: &Options) -> Res<Vec<u8>> {
    let tm = pipeline::target_machine(opts)?;
    let ctx = Context::create();
    let m = pipeline::new_module(&ctx, "go.main", &tm);
    let ptr = ctx.ptr_type(AddressSpace::default());
    let ty = ctx.void_type().fn_type(&[ptr.into()], false);
    let nest = ctx.create_enum_attribute(Attribute::get_named_enum_kind_id("nest"), 0);
    let go_main = m.add_function("go.main", ty, None);
    let uwtable = Attribute::get_named_enum_kind_id("uwtable");
    go_main.add_attribute(AttributeLoc::Function, ctx.create_enum_attribute(uwtable, 1));
    for (key, value) in
        [("disable-tail-calls", "true"), ("split-stack", ""), ("target-cpu", &opts.target_cpu)]
    {
        go_main.add_attribute(AttributeLoc::Function, ctx.create_string_attribute(key, value));
    }
    go_main.add_attribute(AttributeLoc::Param(0), nest);
    let b = ctx.create_builder();
    b.position_at_end(ctx.append_basic_block(go_main, "entry"));
    let inits = order.iter().map(|p| format!("{}.init", p.as_ref()));
    for sym in inits.chain(["main.main".to_string()]) {
        let f = match m.get_function(&sym) {
            Some(f) => f,
            None => m.add_function(&sym, ty, None),
        };
        f.add_attribute(AttributeLoc::Param(0), nest);
        let call = b.build_call(f, &[ptr.get_poison().into()], "")?;
        call.add_attribute(AttributeLoc::Param(0), nest);
    }
    b.build_return(None)?;
    pipeline::verify(&m)?;
    pipeline::optimize(&m, &tm, opts)?;
    pipeline::emit(&m, &tm, Form::Obj)
}

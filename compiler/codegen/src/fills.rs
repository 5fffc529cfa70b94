//! Functions that make a package-level variable's first value ([`go::Function::fills`]), called only where the linker keeps the variable.
//!
//! A record with the function's address lies in a section of its own that the linker keeps exactly if it keeps the variable's section (`!associated`).
//! The caller asks for the section's start, a weak symbol: null when the section is gone, and with it the function and all that the value is made of.

use crate::call::{Dest, GoCall};
use crate::cx::Cx;
use crate::error::Res;
use crate::func::FnCx;
use inkwell::IntPredicate;
use inkwell::context::AsContextRef;
use inkwell::llvm_sys::core::{LLVMGlobalSetMetadata, LLVMMDNodeInContext2, LLVMValueAsMetadata};
use inkwell::module::Linkage;
use inkwell::values::{AsValueRef, PointerValue};
use ir::ir as go;

impl<'ctx> Cx<'ctx, '_> {
    /// The record of a function that fills `variable`.
    pub fn fill_record(&self, f: &go::Function, variable: &str) -> Res<()> {
        let code = self.function(&f.sym).as_global_value().as_pointer_value();
        let record = self.llmod.add_global(self.l.ptr, None, &format!("fill:{}", f.sym));
        record.set_initializer(&code);
        record.set_constant(true);
        record.set_section(Some(&section(&f.sym)));
        let kind = self.ctx.get_kind_id("associated");
        let home = self.global(variable)?.as_value_ref();
        // SAFETY: a node of the record's context with a global of its module. (inkwell's nodes with a constant alone fold to the constant.)
        unsafe {
            let home = &mut LLVMValueAsMetadata(home);
            let node = LLVMMDNodeInContext2(self.ctx.as_ctx_ref(), home, 1);
            LLVMGlobalSetMetadata(record.as_value_ref(), kind, node);
        }
        Ok(())
    }

    /// The start of the record's section.
    fn fill_start(&self, sym: &str) -> PointerValue<'ctx> {
        let name = format!("__start_{}", section(sym));
        let start = match self.llmod.get_global(&name) {
            Some(g) => g,
            None => self.llmod.add_global(self.l.ptr, None, &name),
        };
        start.set_linkage(Linkage::ExternalWeak);
        start.as_pointer_value()
    }
}

impl FnCx<'_, '_, '_> {
    /// Calls the function if the program has its variable.
    pub fn call_fill(&mut self, sym: &str) -> Res<()> {
        let (kept, behind) = (self.new_block("fill"), self.new_block("filled"));
        let start = self.cx.fill_start(sym);
        let none = self.cx.l.ptr.const_null();
        let has = self.b.build_int_compare(IntPredicate::NE, start, none, "")?;
        self.b.build_conditional_branch(has, kept, behind)?;
        self.b.position_at_end(kept);
        let code = self.load_constant_pointer(start)?;
        let call = GoCall {
            sig: self.cx.fn_info(sym)?.sig,
            code,
            nest: self.cx.l.ptr.get_poison(),
            lead: &[],
        };
        self.call_go(&call, &[], Dest::Addresses(&[]))?;
        self.b.build_unconditional_branch(behind)?;
        self.b.position_at_end(behind);
        Ok(())
    }
}

/// A name that is a C identifier, for which linkers define start symbols.
fn section(sym: &str) -> String {
    let escape = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => c.to_string(),
        _ => format!("_{:x}", u32::from(c)),
    };
    format!("gosubc_fill_{}", sym.chars().map(escape).collect::<String>())
}

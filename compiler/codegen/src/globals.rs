//! Package-level variables in, LLVM globals out, each in a section of its own.

use crate::consts::Form;
use crate::cx::Cx;
use crate::error::Res;
use inkwell::module::Linkage;
use inkwell::values::GlobalValue;
use ir::ir as go;

impl<'ctx> Cx<'ctx, '_> {
    /// Declares all variables, so that constants may refer to any of them.
    pub fn declare_globals(&self) {
        for g in &self.ir.globals {
            self.global_value(g);
        }
    }

    pub fn define_globals(&self) -> Res<()> {
        for g in self.ir.globals.iter().filter(|g| !g.external) {
            self.define_global(g).map_err(|e| e.at(g.span))?;
        }
        Ok(())
    }

    fn global_value(&self, g: &go::Global) -> GlobalValue<'ctx> {
        match self.llmod.get_global(&g.sym) {
            Some(v) => v,
            None => self.llmod.add_global(self.l.mem(g.ty), None, &g.sym),
        }
    }

    fn define_global(&self, g: &go::Global) -> Res<()> {
        let v = self.global_value(g);
        let init = match &g.init {
            Some(c) => self.konst(c, Form::Mem)?,
            None => self.l.mem(g.ty).const_zero(),
        };
        v.set_initializer(&init);
        v.set_constant(g.constant);
        v.set_alignment(self.l.align(g.ty) as u32);
        let linkage = match g.linkage {
            go::Linkage::External => Linkage::External,
            go::Linkage::Internal => Linkage::Internal,
            go::Linkage::LinkOnce => Linkage::WeakODR,
            go::Linkage::Weak => Linkage::WeakAny,
            go::Linkage::AvailableExternally => Linkage::AvailableExternally,
        };
        v.set_linkage(linkage);
        if linkage == Linkage::WeakODR {
            v.set_comdat(self.llmod.get_or_insert_comdat(&g.sym));
        }
        let kind = match (g.constant, &g.init) {
            (true, _) => ".rodata",
            (false, None) => ".bss",
            (false, Some(_)) => ".data",
        };
        if linkage != Linkage::AvailableExternally {
            v.set_section(Some(&format!("{kind}.{}", g.sym)));
        }
        Ok(())
    }
}

//! What the runtime and reflect read of types: descriptors, itabs, equality and hash functions.

mod descriptors;
mod eqhash;
mod gcdata;
mod itabs;

use crate::cx::Cx;
use crate::error::Res;
use inkwell::module::Linkage;
use inkwell::values::PointerValue;
use ir::ty::{Ty, TyKind};

impl<'ctx> Cx<'ctx, '_> {
    /// The address of a type's descriptor, which will be emitted if this module has to.
    pub fn type_desc(&self, t: Ty) -> PointerValue<'ctx> {
        let sym = self.type_symbol(t);
        let g = match self.llmod.get_global(&sym) {
            Some(g) => g,
            None => self.llmod.add_global(self.descriptor_type(), None, &sym),
        };
        if g.get_linkage() == Linkage::ExternalWeak {
            g.set_linkage(Linkage::External);
        }
        if self.emits_here(t) && self.seen_types.borrow_mut().insert(t) {
            self.pending_types.borrow_mut().push(t);
        }
        g.as_pointer_value()
    }

    pub fn type_symbol(&self, t: Ty) -> String {
        format!("type:{}", self.ir.types.data(t).unique)
    }

    /// Descriptors of defined types and pointers to them are in the type's package; all others in
    /// every module that needs them.
    fn emits_here(&self, t: Ty) -> bool {
        let d = self.ir.types.data(t);
        match (&d.named, &d.kind) {
            (Some(n), _) => n.home.as_ref().is_none_or(|h| *h == self.ir.path),
            (None, TyKind::Pointer(e)) if self.ir.types.data(*e).named.is_some() => {
                self.emits_here(*e)
            }
            _ => true,
        }
    }

    /// Emits all descriptors that have been asked for, and those that they refer to.
    pub fn emit_types(&self) -> Res<()> {
        for &t in &self.ir.emit_types {
            self.type_desc(t);
            // Also if its home is elsewhere: lowering knows best.
            if self.seen_types.borrow_mut().insert(t) {
                self.pending_types.borrow_mut().push(t);
            }
        }
        loop {
            let Some(t) = self.pending_types.borrow_mut().pop() else { return Ok(()) };
            self.emit_descriptor(t)?;
        }
    }
}

//! Method tables for pairs of interface type and concrete type: {interface, type, hash u32, pad, code...}.

use crate::cx::Cx;
use crate::error::{Res, bail};
use inkwell::types::BasicTypeEnum;
use inkwell::values::{BasicValueEnum, PointerValue};
use ir::ty::{Ty, TyKind};

impl<'ctx> Cx<'ctx, '_> {
    pub fn itab(&self, iface: Ty, concrete: Ty) -> Res<PointerValue<'ctx>> {
        let (i, c) = (self.ir.types.data(iface), self.ir.types.data(concrete));
        let sym = format!("itab:{},{}", c.unique, i.unique);
        if let Some(g) = self.llmod.get_global(&sym) {
            return Ok(g.as_pointer_value());
        }
        let TyKind::Interface { methods } = &i.kind else { bail!("{} is no interface", i.string) };
        let mut vals: Vec<BasicValueEnum> = vec![
            self.type_desc(iface).into(),
            self.type_desc(concrete).into(),
            self.l.int(32).const_int(super::descriptors::type_hash(&c.unique) as u64, false).into(),
            self.l.int(32).const_zero().into(),
        ];
        for m in methods {
            let Some(found) = c.methods.iter().find(|x| x.name == m.name && x.pkg == m.pkg) else {
                bail!("itab of {} for {}: no method {}", c.string, i.string, m.name)
            };
            vals.push(self.code_pointer(&found.ifn)?.into());
        }
        let tys: Vec<BasicTypeEnum> = vals.iter().map(|v| v.get_type()).collect();
        let data = self.l.structure(&tys).const_named_struct(&vals);
        Ok(self.linkonce_constant(data.into(), &sym).as_pointer_value())
    }
}

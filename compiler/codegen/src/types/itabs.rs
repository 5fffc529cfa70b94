//! Method tables for pairs of interface type and concrete type: {interface, type, hash u32, pad, code...}.

use crate::cx::Cx;
use crate::error::{Res, bail};
use crate::reach::NotedTable;
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
        let hash = super::descriptors::type_hash(&c.unique);
        let mut vals: Vec<BasicValueEnum> = vec![
            self.type_desc(iface).into(),
            self.type_desc(concrete).into(),
            self.l.int(32).const_int(hash as u64, false).into(),
            self.l.int(32).const_zero().into(),
        ];
        let mut noted = Vec::new();
        for m in methods {
            let Some(found) = c.methods.iter().find(|x| x.name == m.name && x.pkg == m.pkg) else {
                bail!("itab of {} for {}: no method {}", c.string, i.string, m.name)
            };
            let code = self.code_pointer(&found.ifn)?;
            noted.push(self.noted_method(&m.name, &m.pkg, m.sig, false, code));
            vals.push(code.into());
        }
        if let Some(methods) = noted.into_iter().collect() {
            let (interface, ty) = (self.type_symbol(iface), self.type_symbol(concrete));
            self.noted.table(sym.clone(), NotedTable::Itab { interface, ty, hash, methods });
        }
        let tys: Vec<BasicTypeEnum> = vals.iter().map(|v| v.get_type()).collect();
        let data = self.l.structure(&tys).const_named_struct(&vals);
        Ok(self.linkonce_constant(data.into(), &sym).as_pointer_value())
    }
}

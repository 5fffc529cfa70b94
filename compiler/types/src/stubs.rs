//! Stand-ins for the expression and statement half of the checker, until it is there.

use crate::check::Operand;
use crate::constant::Value;
use crate::{Checker, ObjId, ScopeId, TypeId};
use syntax::ast::{Block, Expr, Ident, Stmt};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    pub(crate) fn expr(&mut self, target: Option<TypeId>, x: &mut Operand<'a>, e: &'a Expr) {
        x.invalidate();
        x.expr = Some(e);
    }
    pub(crate) fn init_const(&mut self, lhs: ObjId, x: &mut Operand<'a>) {
        self.ensure_typed(lhs);
    }
    pub(crate) fn init_var(&mut self, lhs: ObjId, x: &mut Operand<'a>, context: &str) {
        self.ensure_typed(lhs);
    }
    pub(crate) fn init_vars(&mut self, lhs: &[ObjId], rhs: &'a [Expr], ret: Option<&'a Stmt>) {
        for &o in lhs {
            self.ensure_typed(o);
        }
    }
    pub(crate) fn ensure_typed(&mut self, obj: ObjId) {
        let invalid = self.invalid();
        self.store.obj_mut(obj).typ.get_or_insert(invalid);
    }
    pub(crate) fn func_body(&mut self, sig: TypeId, scope: ScopeId, body: &'a Block) {}
    pub(crate) fn selector(
        &mut self,
        x: &mut Operand<'a>,
        e: &'a Expr,
        base: &'a Expr,
        sel: &'a Ident,
        want_type: bool,
    ) {
        x.invalidate();
    }
    pub(crate) fn use_exprs(&mut self, list: &'a [Expr]) -> bool {
        true
    }
    pub(crate) fn implicit_type_and_value(
        &mut self,
        x: &Operand<'a>,
        target: TypeId,
    ) -> Result<(TypeId, Option<Value>), &'static str> {
        Ok((x.typ, None))
    }
}

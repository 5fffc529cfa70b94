//! Type inference (specification, "Type inference").

use crate::check::Operand;
use crate::{Checker, Subst, TypeId};
use diag::Span;

impl<'a> Checker<'a> {
    pub(crate) fn infer(
        &mut self,
        _at: Span,
        _tparams: &[TypeId],
        _targs: Vec<Option<TypeId>>,
        _params: &[TypeId],
        _args: &[Operand<'a>],
        _reverse: bool,
    ) -> Result<Vec<TypeId>, Option<(Span, String)>> {
        Err(None)
    }

    /// New type parameters like `tparams`, and the types `params` with these put in.
    pub(crate) fn rename_tparams(
        &mut self,
        tparams: &[TypeId],
        params: &[TypeId],
    ) -> (Vec<TypeId>, Vec<TypeId>) {
        let fresh: Vec<TypeId> = tparams.iter().map(|&p| self.store.copy_type_param(p)).collect();
        let map = Subst { tparams: tparams.to_vec(), targs: fresh.clone() };
        for (&old, &new) in tparams.iter().zip(&fresh) {
            let bound = self.store.bound(old);
            let bound = self.store.subst(bound, &map);
            self.store.set_bound(new, bound);
        }
        let params = params.iter().map(|&t| self.store.subst(t, &map)).collect();
        (fresh, params)
    }

    pub(crate) fn is_parameterized(&mut self, _tparams: &[TypeId], _t: TypeId) -> bool {
        false
    }
}

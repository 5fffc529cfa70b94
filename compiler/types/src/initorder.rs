//! The order of package-level initialization (specification, "Package initialization").

use crate::Checker;

impl<'a> Checker<'a> {
    pub(crate) fn init_order(&mut self) {}
}

//! The types of type sets (specification, "Interface types", "Type parameter
//! declarations").
//!
//! In: a type, perhaps a type parameter. Out: the types of its type set with their underlying types.

use crate::{Checker, TypeId};

/// A type of a type set with its underlying type; `None`: the set names no specific types.
pub(crate) type SetItem = Option<(TypeId, TypeId)>;

/// The types of a type set; see [`Checker::type_set_of`].
pub(crate) enum SetItems {
    One(Option<SetItem>),
    Many(std::vec::IntoIter<(TypeId, TypeId)>),
}

impl Iterator for SetItems {
    type Item = SetItem;

    fn next(&mut self) -> Option<SetItem> {
        match self {
            SetItems::One(item) => item.take(),
            SetItems::Many(items) => items.next().map(Some),
        }
    }
}

impl<'a> Checker<'a> {
    /// The specific types of the type set of `t` if that is a type parameter, else `t` itself.
    /// There is always at least one item; a single `None` if there are no specific types.
    pub(crate) fn type_set_of(&mut self, t: TypeId) -> SetItems {
        if !self.store.is_type_param(t) {
            let u = self.under(t);
            return SetItems::One(Some(Some((t, u))));
        }
        let set = self.query(|s| s.type_set(t));
        match set.terms.as_deref() {
            None | Some([]) => SetItems::One(Some(None)),
            Some(terms) => {
                let items: Vec<_> = terms.iter().map(|t| (t.typ, self.under(t.typ))).collect();
                SetItems::Many(items.into_iter())
            }
        }
    }

    /// The underlying type that all types of the type set of `t` share (of channel types a
    /// restricted one), or why there is none.
    pub(crate) fn common_under(&mut self, t: TypeId) -> Result<TypeId, String> {
        if !self.is_type_param(t) {
            return Ok(self.under(t));
        }
        let q = self.qualifier();
        self.query(|s| s.common_under(t, q))
    }
}

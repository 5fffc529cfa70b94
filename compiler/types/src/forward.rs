//! The store's questions about types, asked by the checker: those that look at methods go through
//! [`Checker::query`], so that signatures not read yet are read on the way.

use crate::{BasicKind, Checker, TypeId, TypeSet};
use std::sync::Arc;

macro_rules! plain {
    ($($name:ident)*) => {
        impl<'a> Checker<'a> {
            $(
                #[inline]
                pub(crate) fn $name(&self, t: TypeId) -> bool {
                    self.store.$name(t)
                }
            )*
        }
    };
}

macro_rules! queries {
    ($($name:ident)*) => {
        impl<'a> Checker<'a> {
            $(
                #[inline]
                pub(crate) fn $name(&mut self, t: TypeId) -> bool {
                    self.store.$name(t)
                }
            )*
        }
    };
}

plain! { is_typed is_untyped is_type_param is_generic is_integer is_const_type has_name
is_untyped_numeric }

queries! { all_boolean all_integer all_unsigned all_numeric all_string all_ordered
all_numeric_or_string is_non_type_param_interface is_interface has_nil is_interface_ptr }

impl<'a> Checker<'a> {
    pub(crate) fn default_type(&self, t: TypeId) -> TypeId {
        self.store.default_type(t)
    }

    /// The kind of a basic underlying type; not for type parameters.
    pub(crate) fn basic_kind(&self, t: TypeId) -> Option<BasicKind> {
        self.store.basic_kind(t)
    }

    pub(crate) fn identical_ignore_tags(&mut self, x: TypeId, y: TypeId) -> bool {
        x == y || self.query(|s| s.identical_ignore_tags(x, y))
    }

    pub(crate) fn type_set(&mut self, t: TypeId) -> Arc<TypeSet> {
        self.query(|s| s.type_set(t))
    }

    /// Comparable with `==`; with `dynamic`, interfaces count.
    pub(crate) fn comparable_type(&mut self, t: TypeId, dynamic: bool) -> bool {
        self.query(|s| s.comparable_type(t, dynamic))
    }

    /// An interface without methods or restrictions.
    pub(crate) fn is_empty_interface(&mut self, t: TypeId) -> bool {
        self.type_set(t).is_all()
    }

    /// An interface that may be used outside constraints.
    pub(crate) fn is_method_set(&mut self, t: TypeId) -> bool {
        self.type_set(t).is_method_set()
    }

    /// Why a pointer to an interface (or type parameter) isn't what it points to.
    pub(crate) fn interface_ptr_error(&mut self, t: TypeId) -> String {
        let q = self.qualifier();
        self.store.interface_ptr_error(t, q)
    }
}

//! Pointer maps: which words of a value the collector looks at.

use crate::cx::Cx;
use inkwell::values::{BasicValue, PointerValue};
use ir::ty::{Ty, TyKind};

/// Arrays beyond this size have no bitmap; the collector walks their elements.
const MAX_MAPPED_ARRAY: u64 = 16 << 10;

impl<'ctx> Cx<'ctx, '_> {
    /// Length of the prefix that may hold pointers.
    pub(super) fn ptrdata(&self, t: Ty) -> u64 {
        if !self.l.table.has_pointers(t) {
            return 0;
        }
        match self.l.kind(t) {
            TyKind::Array(e, n) => (n - 1) * self.l.size(*e) + self.ptrdata(*e),
            TyKind::Struct(fields) => {
                let offsets = self.l.table.struct_layout(fields).0;
                let last = fields.iter().zip(offsets).rev().find(|(f, _)| self.ptrdata(f.ty) > 0);
                last.map_or(0, |(f, off)| off + self.ptrdata(f.ty))
            }
            TyKind::Interface { .. } => 16,
            _ => 8,
        }
    }

    /// The bitmap, or nil.
    pub(super) fn gcdata(&self, t: Ty) -> PointerValue<'ctx> {
        let is_array = matches!(self.l.kind(t), TyKind::Array(..));
        let words = self.ptrdata(t) / 8;
        if words == 0 || is_array && self.l.size(t) > MAX_MAPPED_ARRAY {
            return self.l.ptr.const_null();
        }
        let mut bits = vec![0; words.div_ceil(8) as usize];
        self.mark_pointers(t, 0, &mut bits);
        self.bitmap(&bits)
    }

    pub(super) fn bitmap(&self, bits: &[u8]) -> PointerValue<'ctx> {
        let data = self.ctx.const_string(bits, false).as_basic_value_enum();
        self.private_constant(data, "gcdata", 1)
    }

    /// Sets the bits of the pointer words of a `t` at offset `off`.
    pub(super) fn mark_pointers(&self, t: Ty, off: u64, bits: &mut [u8]) {
        if !self.l.table.has_pointers(t) {
            return;
        }
        let mut word = |i: u64| {
            let w = off / 8 + i;
            if let Some(b) = bits.get_mut((w / 8) as usize) {
                *b |= 1 << (w % 8);
            }
        };
        match self.l.kind(t) {
            TyKind::Array(e, n) => {
                (0..*n).for_each(|i| self.mark_pointers(*e, off + i * self.l.size(*e), bits));
            }
            TyKind::Struct(fields) => {
                let offsets = self.l.table.struct_layout(fields).0;
                for (f, o) in fields.iter().zip(offsets) {
                    self.mark_pointers(f.ty, off + o, bits);
                }
            }
            TyKind::Interface { .. } => {
                word(0);
                word(1);
            }
            _ => word(0),
        }
    }
}

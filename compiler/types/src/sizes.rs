//! Sizes, alignments and field offsets as gc has them on x86-64 (specification, "Size and alignment
//! guarantees"), for the constants of package unsafe.
//!
//! In: a type without type parameters. Out: bytes; `None` when the type is invalid or too large.

use crate::hash::FastMap;
use crate::{BasicKind, Store, Type, TypeId};

const WORD: u64 = 8;

/// Size and alignment.
type Layout = (u64, u64);

/// Types whose layout was found, or (`None`) is being found: one of those again is a recursive type, which
/// is reported elsewhere and counts as empty.
type Known = FastMap<TypeId, Option<Layout>>;

impl Store {
    pub fn size_of(&mut self, t: TypeId) -> Option<u64> {
        self.layout(t, &mut Known::default()).map(|(size, _)| size)
    }

    pub fn align_of(&mut self, t: TypeId) -> Option<u64> {
        self.layout(t, &mut Known::default()).map(|(_, align)| align)
    }

    /// Offset of the field at the end of `path` (field indices through embedded structs) in `t`.
    pub fn offset_of(&mut self, t: TypeId, path: &[u32]) -> Option<u64> {
        let mut known = Known::default();
        let mut t = t;
        let mut offset = 0u64;
        for &i in path {
            let u = self.underlying(t);
            let Type::Struct(s) = self.ty(u) else { return None };
            let fields = s.fields.clone();
            let mut at = 0u64;
            for (j, &f) in fields.iter().enumerate() {
                let ft = self.obj(f).typ?;
                let (size, align) = self.layout(ft, &mut known)?;
                at = at.checked_next_multiple_of(align)?;
                if j == i as usize {
                    t = ft;
                    break;
                }
                at = limited(at.checked_add(size)?)?;
            }
            offset = limited(offset.checked_add(at)?)?;
        }
        Some(offset)
    }

    fn layout(&mut self, t: TypeId, known: &mut Known) -> Option<Layout> {
        let u = self.underlying(t);
        if let Some(found) = known.get(&u) {
            return Some(found.unwrap_or((0, 1)));
        }
        let layout = match self.ty(u) {
            Type::Basic(k) => return basic_layout(*k),
            Type::Slice(_) => return Some((3 * WORD, WORD)),
            Type::Interface(_) => return Some((2 * WORD, WORD)),
            Type::Pointer(_) | Type::Signature(_) | Type::Map { .. } | Type::Chan { .. } => {
                return Some((WORD, WORD));
            }
            &Type::Array { elem, len } => {
                known.insert(u, None);
                let (size, align) = self.layout(elem, known)?;
                let n = u64::try_from(len).ok()?;
                (limited(size.checked_mul(n)?)?, align)
            }
            Type::Struct(s) => {
                known.insert(u, None);
                let fields = s.fields.clone();
                let (mut at, mut max_align, mut last) = (0u64, 1, 1);
                for &f in &fields {
                    let ft = self.obj(f).typ?;
                    let (size, align) = self.layout(ft, known)?;
                    at = at.checked_next_multiple_of(align)?;
                    at = limited(at.checked_add(size)?)?;
                    max_align = max_align.max(align);
                    last = size;
                }
                // The address of a zero-sized last field must not be behind the object.
                if at > 0 && last == 0 {
                    at += 1;
                }
                (limited(at.checked_next_multiple_of(max_align)?)?, max_align)
            }
            _ => return None,
        };
        known.insert(u, Some(layout));
        Some(layout)
    }
}

fn limited(n: u64) -> Option<u64> {
    (n <= i64::MAX as u64).then_some(n)
}

fn basic_layout(k: BasicKind) -> Option<Layout> {
    use BasicKind::*;
    Some(match k.canonical() {
        UntypedNil => return None,
        Invalid => (0, 1),
        Bool | UntypedBool | Int8 | Uint8 => (1, 1),
        Int16 | Uint16 => (2, 2),
        Int32 | Uint32 | Float32 | UntypedRune => (4, 4),
        Complex64 => (8, 4),
        Complex128 | UntypedComplex => (16, 8),
        String | UntypedString => (16, 8),
        _ => (8, 8),
    })
}

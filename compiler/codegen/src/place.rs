//! Places in, addresses out; operands in, values out.

use crate::error::{Res, bail};
use crate::func::{FnCx, Slot};
use crate::layout::Class;
use crate::value::{Bv, Scalar, Val};
use inkwell::values::{IntValue, PointerValue};
use ir::ir::{Const, LocalId, Operand, Place, PlaceBase, Proj};
use ir::ty::{Ty, TyKind};

static BOOL: TyKind = TyKind::Bool;
static UNSAFE_POINTER: TyKind = TyKind::UnsafePointer;

impl<'ctx, 'm> FnCx<'_, 'ctx, 'm> {
    pub fn local_address(&self, l: LocalId) -> Res<PointerValue<'ctx>> {
        match self.slots.get(l.0 as usize) {
            Some(Slot::Stack(p)) => Ok(*p),
            Some(Slot::Heap(var)) => {
                Ok(self.b.build_load(self.cx.l.ptr, *var, "")?.into_pointer_value())
            }
            None => bail!("no local {}", l.0),
        }
    }

    pub fn place_ty(&self, p: &Place) -> Res<Ty> {
        let mut t = match &p.base {
            PlaceBase::Local(l) => match self.f.locals.get(l.0 as usize) {
                Some(d) => d.ty,
                None => bail!("no local {}", l.0),
            },
            PlaceBase::Global(_, t) => *t,
        };
        for proj in &p.proj {
            t = self.projected(t, proj)?;
        }
        Ok(t)
    }

    fn projected(&self, t: Ty, proj: &Proj) -> Res<Ty> {
        match (proj, self.cx.l.kind(t)) {
            (Proj::Deref, TyKind::Pointer(e)) => Ok(*e),
            (Proj::Field(i), _) => Ok(self.cx.l.field(t, *i)?.0),
            (Proj::Index(_), TyKind::Array(e, _) | TyKind::Slice(e)) => Ok(*e),
            _ => bail!("projection {proj:?} of {}", self.cx.ir.types.data(t).string),
        }
    }

    /// The address of a place; for places of size zero too.
    pub fn address(&mut self, p: &'m Place) -> Res<PointerValue<'ctx>> {
        let (mut at, mut t) = match &p.base {
            PlaceBase::Local(l) => {
                let at = self.local_address(*l)?;
                (at, self.local_decl(*l).ty)
            }
            PlaceBase::Global(sym, t) => (self.cx.global(sym)?, *t),
        };
        for proj in &p.proj {
            at = match (proj, self.cx.l.kind(t)) {
                (Proj::Deref, _) => self.load_pointer(at)?,
                (Proj::Field(i), _) => self.offset(at, self.cx.l.field(t, *i)?.1)?,
                (Proj::Index(i), k) => {
                    let i = self.int64_operand(i)?;
                    let (base, e) = match k {
                        TyKind::Slice(e) => (self.load_pointer(at)?, *e),
                        TyKind::Array(e, _) => (at, *e),
                        _ => bail!("index of {}", self.cx.ir.types.data(t).string),
                    };
                    self.index(base, self.cx.l.mem(e), i)?
                }
            };
            t = self.projected(t, proj)?;
        }
        Ok(at)
    }

    fn load_pointer(&self, at: PointerValue<'ctx>) -> Res<PointerValue<'ctx>> {
        let t = self.cx.l.ptr.into();
        Ok(self.load_scalar(t, at, Scalar::Pointer)?.into_pointer_value())
    }

    /// The kind of an operand's type.
    pub fn operand_kind(&self, op: &Operand) -> Res<&'m TyKind> {
        Ok(match op {
            Operand::Copy(p) => self.cx.l.kind(self.place_ty(p)?),
            Operand::Const(c) => match (self.cx.const_ty(c), c) {
                (Some(t), _) => self.cx.l.kind(t),
                (None, Const::Bool(_)) => &BOOL,
                (None, _) => &UNSAFE_POINTER,
            },
        })
    }

    /// The type of an operand, unless it is a constant without one.
    pub fn operand_ty(&self, op: &Operand) -> Res<Option<Ty>> {
        match op {
            Operand::Copy(p) => Ok(Some(self.place_ty(p)?)),
            Operand::Const(c) => Ok(self.cx.const_ty(c)),
        }
    }

    pub fn operand(&mut self, op: &'m Operand) -> Res<Val<'ctx>> {
        match op {
            Operand::Const(c) => self.cx.const_val(c),
            Operand::Copy(p) => {
                let t = self.place_ty(p)?;
                if self.cx.l.class(t) == Class::Zst {
                    return Ok(Val::Zst);
                }
                if self.is_capture(p) {
                    let at = self.address(p)?;
                    return self.immutably(|fx| fx.load(t, at));
                }
                let at = self.address(p)?;
                self.load(t, at)
            }
        }
    }

    /// Whether a place is a captured value in the closure object of the function.
    fn is_capture(&self, p: &Place) -> bool {
        matches!((&p.base, &p.proj[..]),
            (PlaceBase::Local(l), [Proj::Deref, Proj::Field(_)]) if self.f.ctx == Some(*l))
    }

    /// An operand that has a first-class value.
    pub fn reg_operand(&mut self, op: &'m Operand) -> Res<Bv<'ctx>> {
        match self.operand(op)? {
            Val::Reg(v) => Ok(v),
            v => bail!("operand {op:?} is {v:?}, not a first-class value"),
        }
    }

    pub fn int_operand(&mut self, op: &'m Operand) -> Res<IntValue<'ctx>> {
        match self.reg_operand(op)? {
            Bv::IntValue(v) => Ok(v),
            v => bail!("operand {op:?} is a {}, not an integer", v.get_type()),
        }
    }

    /// An integer operand extended to 64 bits by its type's sign.
    pub fn int64_operand(&mut self, op: &'m Operand) -> Res<IntValue<'ctx>> {
        let signed = !matches!(self.operand_kind(op)?, TyKind::Int { signed: false, .. });
        match self.reg_operand(op)? {
            Bv::IntValue(v) => self.int_resize(v, 64, signed),
            Bv::PointerValue(p) => Ok(self.b.build_ptr_to_int(p, self.cx.l.i64, "")?),
            v => bail!("operand {op:?} is a {}, not an integer", v.get_type()),
        }
    }

    /// A pointer operand; an integer (uintptr) becomes one.
    pub fn ptr_operand(&mut self, op: &'m Operand) -> Res<PointerValue<'ctx>> {
        match self.reg_operand(op)? {
            Bv::PointerValue(v) => Ok(v),
            Bv::IntValue(v) => Ok(self.b.build_int_to_ptr(v, self.cx.l.ptr, "")?),
            v => bail!("operand {op:?} is a {}, not a pointer", v.get_type()),
        }
    }

    /// Truncates, or extends by `signed`.
    pub fn int_resize(&self, v: IntValue<'ctx>, bits: u8, signed: bool) -> Res<IntValue<'ctx>> {
        let to = self.cx.l.int(bits);
        let from = v.get_type().get_bit_width();
        Ok(if from > bits as u32 {
            self.b.build_int_truncate(v, to, "")?
        } else if from == bits as u32 {
            v
        } else if signed && from > 1 {
            self.b.build_int_s_extend(v, to, "")?
        } else {
            self.b.build_int_z_extend(v, to, "")?
        })
    }
}

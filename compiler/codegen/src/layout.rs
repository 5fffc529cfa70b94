//! IR types in, LLVM types out.
//!
//! A type has two forms. In memory it has Go's layout ([`Layout::mem`]); LLVM's rules for unpacked structs
//! give the same offsets, so that only the byte behind a last field of size zero is explicit.
//! In registers ([`Layout::reg`]) it is an LLVM first-class value with one element for each field, `i1`
//! for bool. Only types of at most [`MAX_SCALARS`] scalars have values in registers; larger ones
//! are handled by address.

use crate::error::{Res, bail};
use inkwell::AddressSpace;
use inkwell::context::Context;
use inkwell::types::{
    ArrayType, AsTypeRef, BasicType, BasicTypeEnum, IntType, PointerType, StructType,
};
use ir::ty::{Field, Ty, TyKind, TypeTable};
use std::cell::RefCell;
use std::collections::HashMap;

/// Largest number of scalars of a value that is held in registers (compiler/ABI.md, "Go functions").
pub const MAX_SCALARS: u64 = 4;

/// How a type's values are handled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// No scalars at all: no code.
    Zst,
    /// A first-class value.
    Reg,
    /// By address.
    Mem,
}

pub struct Layout<'ctx, 'm> {
    pub ctx: &'ctx Context,
    pub table: &'m TypeTable,
    pub ptr: PointerType<'ctx>,
    pub i64: IntType<'ctx>,
    mem_cache: RefCell<HashMap<Ty, BasicTypeEnum<'ctx>>>,
    scalar_cache: RefCell<HashMap<Ty, u64>>,
}

impl<'ctx, 'm> Layout<'ctx, 'm> {
    pub fn new(ctx: &'ctx Context, table: &'m TypeTable) -> Layout<'ctx, 'm> {
        Layout {
            ctx,
            table,
            ptr: ctx.ptr_type(AddressSpace::default()),
            i64: ctx.i64_type(),
            mem_cache: RefCell::default(),
            scalar_cache: RefCell::default(),
        }
    }

    pub fn kind(&self, t: Ty) -> &'m TyKind {
        self.table.kind(t)
    }

    pub fn size(&self, t: Ty) -> u64 {
        self.table.size(t)
    }

    pub fn align(&self, t: Ty) -> u64 {
        self.table.align(t)
    }

    pub fn class(&self, t: Ty) -> Class {
        match self.scalars(t) {
            0 => Class::Zst,
            1..=MAX_SCALARS => Class::Reg,
            _ => Class::Mem,
        }
    }

    /// Number of scalars, arrays flattened (saturating).
    pub fn scalars(&self, t: Ty) -> u64 {
        if let Some(&n) = self.scalar_cache.borrow().get(&t) {
            return n;
        }
        let n = match self.kind(t) {
            TyKind::Array(e, n) => self.scalars(*e).saturating_mul(*n),
            TyKind::Struct(fs) => fs.iter().fold(0u64, |n, f| n.saturating_add(self.scalars(f.ty))),
            TyKind::Complex { .. } | TyKind::String | TyKind::Interface { .. } => 2,
            TyKind::Slice(_) => 3,
            _ => 1,
        };
        self.scalar_cache.borrow_mut().insert(t, n);
        n
    }

    pub fn int(&self, bits: u8) -> IntType<'ctx> {
        match bits {
            1 => self.ctx.bool_type(),
            8 => self.ctx.i8_type(),
            16 => self.ctx.i16_type(),
            32 => self.ctx.i32_type(),
            _ => self.i64,
        }
    }

    pub fn float(&self, bits: u8) -> inkwell::types::FloatType<'ctx> {
        if bits == 32 { self.ctx.f32_type() } else { self.ctx.f64_type() }
    }

    pub fn structure(&self, fields: &[BasicTypeEnum<'ctx>]) -> StructType<'ctx> {
        self.ctx.struct_type(fields, false)
    }

    /// `[n x elem]`; inkwell's own constructor takes 32 bits only.
    pub fn array(&self, elem: BasicTypeEnum<'ctx>, n: u64) -> ArrayType<'ctx> {
        // SAFETY: `elem` is a sized type of this context.
        unsafe { ArrayType::new(inkwell::llvm_sys::core::LLVMArrayType2(elem.as_type_ref(), n)) }
    }

    /// `{ptr, i64}`, `{ptr, i64, i64}`, `{ptr, ptr}`
    pub fn words(&self, t: &TyKind) -> Option<StructType<'ctx>> {
        let (p, w) = (self.ptr.into(), self.i64.into());
        Some(match t {
            TyKind::String => self.structure(&[p, w]),
            TyKind::Slice(_) => self.structure(&[p, w, w]),
            TyKind::Interface { .. } => self.structure(&[p, p]),
            TyKind::Complex { bits } => {
                let f = self.float(bits / 2).into();
                self.structure(&[f, f])
            }
            _ => return None,
        })
    }

    /// The type in memory.
    pub fn mem(&self, t: Ty) -> BasicTypeEnum<'ctx> {
        if let Some(&m) = self.mem_cache.borrow().get(&t) {
            return m;
        }
        let m = match self.kind(t) {
            TyKind::Bool => self.ctx.i8_type().into(),
            TyKind::Array(e, n) => self.array(self.mem(*e), *n).into(),
            TyKind::Struct(fields) => self.mem_struct(fields).into(),
            k => self.scalar_or_words(k),
        };
        self.mem_cache.borrow_mut().insert(t, m);
        m
    }

    /// The type of a value in registers.
    pub fn reg(&self, t: Ty) -> BasicTypeEnum<'ctx> {
        match self.kind(t) {
            TyKind::Bool => self.ctx.bool_type().into(),
            TyKind::Array(e, n) => self.array(self.reg(*e), *n).into(),
            TyKind::Struct(fields) => {
                let fs: Vec<_> = fields.iter().map(|f| self.reg_field(f.ty)).collect();
                self.structure(&fs).into()
            }
            k => self.scalar_or_words(k),
        }
    }

    fn reg_field(&self, t: Ty) -> BasicTypeEnum<'ctx> {
        match self.class(t) {
            Class::Zst => self.structure(&[]).into(),
            _ => self.reg(t),
        }
    }

    fn scalar_or_words(&self, k: &TyKind) -> BasicTypeEnum<'ctx> {
        match k {
            TyKind::Int { bits, .. } => self.int(*bits).into(),
            TyKind::Float { bits } => self.float(*bits).into(),
            k => self.words(k).map_or(self.ptr.into(), |s| s.into()),
        }
    }

    fn mem_struct(&self, fields: &[Field]) -> StructType<'ctx> {
        let mut fs: Vec<BasicTypeEnum> = fields.iter().map(|f| self.mem(f.ty)).collect();
        let end = self.table.struct_layout(fields).1;
        let last_is_empty = fields.last().is_some_and(|f| self.size(f.ty) == 0);
        if end > 0 && last_is_empty {
            fs.push(self.ctx.i8_type().into());
        }
        self.structure(&fs)
    }

    /// Type and offset of field `i` of a struct type (of a word of strings and the like too).
    pub fn field(&self, t: Ty, i: u32) -> Res<(Ty, u64)> {
        let TyKind::Struct(fields) = self.kind(t) else {
            bail!("field {i} of {}", self.table.data(t).string)
        };
        match fields.get(i as usize) {
            Some(f) => Ok((f.ty, self.table.struct_layout(fields).0[i as usize])),
            None => bail!("field {i} of {}", self.table.data(t).string),
        }
    }

    /// Offsets and size of several values behind each other, as in a struct.
    pub fn sequence(&self, tys: &[Ty]) -> (Vec<u64>, u64, u64) {
        let fields: Vec<Field> = tys.iter().map(|&ty| anonymous_field(ty)).collect();
        let (offsets, size) = self.table.struct_layout(&fields);
        let align = tys.iter().map(|&t| self.align(t)).max().unwrap_or(1);
        (offsets, size, align)
    }

    /// An array of bytes with the size of several values.
    pub fn blob(&self, size: u64) -> ArrayType<'ctx> {
        self.array(self.ctx.i8_type().as_basic_type_enum(), size)
    }
}

fn anonymous_field(ty: Ty) -> Field {
    Field { name: String::new(), pkg: String::new(), ty, tag: String::new(), embedded: false }
}

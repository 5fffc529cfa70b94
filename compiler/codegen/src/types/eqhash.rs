//! Equality and hash functions of type descriptors: Go functions (p, q) bool and (p, seed) uintptr.
//!
//! Lowering's own ([`ir::ir::Module::eq_funcs`]) are used where there are any; all others are made
//! here, one for each shape of memory, and field by field for the rest.

use crate::cx::Cx;
use crate::error::Res;
use crate::func::FnCx;
use crate::value::Bv;
use inkwell::IntPredicate;
use inkwell::values::{FunctionValue, IntValue, PointerValue};
use ir::runtime_abi::RuntimeFn;
use ir::ty::{Sig, Ty, TyKind};

/// Which of the two functions.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Equal,
    Hash,
}

type Helper<'a, 'ctx, 'm> = FnCx<'a, 'ctx, 'm>;

impl<'ctx> Cx<'ctx, '_> {
    /// Whether values can be compared (Go specification, "Comparison operators").
    fn comparable(&self, t: Ty) -> bool {
        match self.l.kind(t) {
            TyKind::Slice(_) | TyKind::Map(..) | TyKind::Func(_) => false,
            TyKind::Array(e, _) => self.comparable(*e),
            TyKind::Struct(fields) => fields.iter().all(|f| self.comparable(f.ty)),
            _ => true,
        }
    }

    /// Whether equality is that of all bytes.
    pub(super) fn memory_equal(&self, t: Ty) -> bool {
        match self.l.kind(t) {
            TyKind::Bool
            | TyKind::Int { .. }
            | TyKind::Pointer(_)
            | TyKind::UnsafePointer
            | TyKind::Chan(..) => true,
            TyKind::Array(e, _) => self.memory_equal(*e),
            TyKind::Struct(fields) => {
                let bytes: u64 = fields.iter().map(|f| self.l.size(f.ty)).sum();
                bytes == self.l.size(t)
                    && fields.iter().all(|f| f.name != "_" && self.memory_equal(f.ty))
            }
            _ => false,
        }
    }

    pub(super) fn equal_fn(&self, t: Ty) -> Res<PointerValue<'ctx>> {
        self.type_fn(t, Which::Equal)
    }

    pub(super) fn hash_fn(&self, t: Ty) -> Res<PointerValue<'ctx>> {
        self.type_fn(t, Which::Hash)
    }

    fn type_fn(&self, t: Ty, which: Which) -> Res<PointerValue<'ctx>> {
        if !self.comparable(t) {
            return Ok(self.l.ptr.const_null());
        }
        Ok(self.type_function(t, which)?.as_global_value().as_pointer_value())
    }

    fn type_function(&self, t: Ty, which: Which) -> Res<FunctionValue<'ctx>> {
        let given = match which {
            Which::Equal => self.ir.eq_funcs.get(&t),
            Which::Hash => self.ir.hash_funcs.get(&t),
        };
        if let Some(sym) = given {
            return Ok(self.function(sym));
        }
        let p = match which {
            Which::Equal => "gosubc_eq_",
            Which::Hash => "gosubc_hash_",
        };
        let name = match self.l.kind(t) {
            _ if self.memory_equal(t) => format!("{p}mem{}", 8 * self.l.size(t)),
            TyKind::Float { bits } => format!("{p}f{bits}"),
            TyKind::Complex { bits } => format!("{p}c{bits}"),
            TyKind::String => format!("{p}string"),
            TyKind::Interface { methods } if methods.is_empty() => format!("{p}nilinterface"),
            TyKind::Interface { .. } => format!("{p}interface"),
            _ => {
                let p = if which == Which::Equal { "eq" } else { "hash" };
                format!("{p}:{}", self.ir.types.data(t).unique)
            }
        };
        if let Some(f) = self.llmod.get_function(&name) {
            return Ok(f);
        }
        let (ptr, word) = (self.l.ptr.into(), self.l.i64.into());
        let ty = match which {
            Which::Equal => self.l.int(1).fn_type(&[ptr, ptr, ptr], false),
            Which::Hash => self.l.i64.fn_type(&[ptr, ptr, word], false),
        };
        let f = self.linkonce_function(&name, ty);
        if which == Which::Equal {
            let at = inkwell::attributes::AttributeLoc::Return;
            f.add_attribute(at, self.enum_attr("zeroext", 0));
        }
        let mut fx = FnCx::helper(self, f, &Sig::default());
        let x = fx.param(1)?.into_pointer_value();
        let result = match which {
            Which::Equal => {
                let y = fx.param(2)?.into_pointer_value();
                equal(&mut fx, t, x, y)?
            }
            Which::Hash => {
                let seed = fx.param(2)?.into_int_value();
                hash(&mut fx, t, x, seed)?
            }
        };
        fx.b.build_return(Some(&result))?;
        fx.finish_helper()?;
        Ok(f)
    }
}

/// Calls the equality function of `t`.
fn call_equal<'ctx>(
    fx: &mut Helper<'_, 'ctx, '_>,
    t: Ty,
    x: PointerValue<'ctx>,
    y: PointerValue<'ctx>,
) -> Res<IntValue<'ctx>> {
    let f = fx.cx.type_function(t, Which::Equal)?;
    call_helper(fx, f, &[x.into(), y.into()])
}

fn call_helper<'ctx>(
    fx: &mut Helper<'_, 'ctx, '_>,
    f: FunctionValue<'ctx>,
    args: &[Bv<'ctx>],
) -> Res<IntValue<'ctx>> {
    let mut all = vec![fx.cx.l.ptr.get_poison().into()];
    all.extend_from_slice(args);
    let result = match args {
        [_, Bv::IntValue(_)] => fx.cx.l.i64,
        _ => fx.cx.l.int(1),
    };
    let mut tys = Vec::new();
    all.iter().for_each(|a| tys.push(a.get_type().into()));
    let ty = result.fn_type(&tys, false);
    let call = fx.emit_call(ty, f.as_global_value().as_pointer_value(), &all, false)?;
    use inkwell::attributes::AttributeLoc;
    call.add_attribute(AttributeLoc::Param(0), fx.cx.enum_attr("nest", 0));
    if result == fx.cx.l.int(1) {
        call.add_attribute(AttributeLoc::Return, fx.cx.enum_attr("zeroext", 0));
    }
    match call.try_as_basic_value().basic() {
        Some(v) => Ok(v.into_int_value()),
        None => crate::error::bail!("an equality or hash function without result"),
    }
}

fn equal<'ctx>(
    fx: &mut Helper<'_, 'ctx, '_>,
    t: Ty,
    x: PointerValue<'ctx>,
    y: PointerValue<'ctx>,
) -> Res<IntValue<'ctx>> {
    let l = &fx.cx.l;
    if fx.cx.memory_equal(t) {
        return memory(fx, l.size(t), x, y);
    }
    match l.kind(t) {
        TyKind::Float { .. } => {
            let (a, b) = (fx.load_reg(t, x)?, fx.load_reg(t, y)?);
            let (a, b) = (a.into_float_value(), b.into_float_value());
            Ok(fx.b.build_float_compare(inkwell::FloatPredicate::OEQ, a, b, "")?)
        }
        TyKind::Complex { .. } => {
            let ((ar, ai), (br, bi)) =
                (fx.complex(fx.load_reg(t, x)?)?, fx.complex(fx.load_reg(t, y)?)?);
            let oeq = inkwell::FloatPredicate::OEQ;
            let re = fx.b.build_float_compare(oeq, ar, br, "")?;
            let im = fx.b.build_float_compare(oeq, ai, bi, "")?;
            Ok(fx.b.build_and(re, im, "")?)
        }
        TyKind::String => {
            let (a, b) = (fx.load_reg(t, x)?, fx.load_reg(t, y)?);
            let (an, bn) = (fx.extract(a, 1)?.into_int_value(), fx.extract(b, 1)?.into_int_value());
            let same = fx.b.build_int_compare(IntPredicate::EQ, an, bn, "")?;
            unless_return_false(fx, same)?;
            let args = [fx.extract(a, 0)?, fx.extract(b, 0)?, an.into()];
            Ok(fx.runtime_value(RuntimeFn::memequal, &args)?.into_int_value())
        }
        TyKind::Interface { methods } => {
            let (a, b) = (fx.load_reg(t, x)?, fx.load_reg(t, y)?);
            let (ta, tb) = (
                dynamic_type(fx, a, methods.is_empty())?,
                dynamic_type(fx, b, methods.is_empty())?,
            );
            let same = fx.b.build_int_compare(IntPredicate::EQ, ta, tb, "")?;
            unless_return_false(fx, same)?;
            let nil = fx.b.build_is_null(ta, "")?;
            return_if(fx, nil, true)?;
            let args = [ta.into(), fx.extract(a, 1)?, fx.extract(b, 1)?];
            Ok(fx.runtime_value(RuntimeFn::efaceeq, &args)?.into_int_value())
        }
        TyKind::Array(e, n) => {
            let (e, n) = (*e, *n);
            let size = l.size(e);
            each_element(fx, n, size, |fx, off| {
                let (p, q) = (at(fx, x, off)?, at(fx, y, off)?);
                let same = call_equal(fx, e, p, q)?;
                unless_return_false(fx, same)
            })?;
            Ok(fx.cx.l.int(1).const_int(1, false))
        }
        TyKind::Struct(fields) => {
            let offsets = l.table.struct_layout(fields).0;
            for (f, off) in fields.iter().zip(offsets) {
                if f.name != "_" && fx.cx.l.size(f.ty) > 0 {
                    let (p, q) = (fx.offset(x, off)?, fx.offset(y, off)?);
                    let same = call_equal(fx, f.ty, p, q)?;
                    unless_return_false(fx, same)?;
                }
            }
            Ok(fx.cx.l.int(1).const_int(1, false))
        }
        _ => memory(fx, fx.cx.l.size(t), x, y),
    }
}

/// First word of an interface value as a type descriptor, or nil.
fn dynamic_type<'ctx>(
    fx: &mut Helper<'_, 'ctx, '_>,
    v: Bv<'ctx>,
    empty: bool,
) -> Res<PointerValue<'ctx>> {
    let tab = fx.extract(v, 0)?.into_pointer_value();
    if empty {
        return Ok(tab);
    }
    let (some, done) = (fx.new_block("itab"), fx.new_block("type"));
    let Some(start) = fx.b.get_insert_block() else { crate::error::bail!("no block") };
    let nil = fx.b.build_is_null(tab, "")?;
    fx.b.build_conditional_branch(nil, done, some)?;
    fx.b.position_at_end(some);
    let place = fx.offset(tab, 8)?;
    let t = fx.b.build_load(fx.cx.l.ptr, place, "")?;
    fx.b.build_unconditional_branch(done)?;
    fx.b.position_at_end(done);
    let phi = fx.b.build_phi(fx.cx.l.ptr, "")?;
    phi.add_incoming(&[(&tab, start), (&t, some)]);
    Ok(phi.as_basic_value().into_pointer_value())
}

fn memory<'ctx>(
    fx: &mut Helper<'_, 'ctx, '_>,
    size: u64,
    x: PointerValue<'ctx>,
    y: PointerValue<'ctx>,
) -> Res<IntValue<'ctx>> {
    let l = &fx.cx.l;
    Ok(match size {
        0 => l.int(1).const_int(1, false),
        1 | 2 | 4 | 8 => {
            // Structs of small fields need not be aligned as an integer is.
            let t = l.int(8 * size as u8);
            let a = load_unaligned(fx, t, x)?;
            let b = load_unaligned(fx, t, y)?;
            fx.b.build_int_compare(IntPredicate::EQ, a, b, "")?
        }
        _ => {
            let args = [x.into(), y.into(), fx.cx.i64(size).into()];
            fx.runtime_value(RuntimeFn::memequal, &args)?.into_int_value()
        }
    })
}

fn load_unaligned<'ctx>(
    fx: &Helper<'_, 'ctx, '_>,
    t: inkwell::types::IntType<'ctx>,
    p: PointerValue<'ctx>,
) -> Res<IntValue<'ctx>> {
    let v = fx.b.build_load(t, p, "")?.into_int_value();
    if let Some(i) = v.as_instruction() {
        let _ = i.set_alignment(1);
    }
    Ok(v)
}

fn hash<'ctx>(
    fx: &mut Helper<'_, 'ctx, '_>,
    t: Ty,
    x: PointerValue<'ctx>,
    seed: IntValue<'ctx>,
) -> Res<IntValue<'ctx>> {
    let l = &fx.cx.l;
    let size = l.size(t);
    let call = |fx: &mut Helper<'_, 'ctx, '_>, f, args: &[Bv<'ctx>]| -> Res<IntValue<'ctx>> {
        Ok(fx.runtime_value(f, args)?.into_int_value())
    };
    if fx.cx.memory_equal(t) {
        return match size {
            0 => Ok(seed),
            4 => {
                let v = load_unaligned(fx, l.int(32), x)?;
                let v = fx.int_resize(v, 64, false)?;
                call(fx, RuntimeFn::memhash32, &[v.into(), seed.into()])
            }
            8 => {
                let v = load_unaligned(fx, l.i64, x)?;
                call(fx, RuntimeFn::memhash64, &[v.into(), seed.into()])
            }
            _ => call(fx, RuntimeFn::memhash, &[x.into(), seed.into(), fx.cx.i64(size).into()]),
        };
    }
    match l.kind(t) {
        TyKind::Float { .. } | TyKind::Complex { .. } => {
            let mut scalars = Vec::new();
            fx.flatten(fx.load_reg(t, x)?, &mut scalars)?;
            let mut h = seed;
            for s in scalars {
                let v = fx.b.build_float_cast(s.into_float_value(), fx.cx.l.float(64), "")?;
                h = call(fx, RuntimeFn::f64hash, &[v.into(), h.into()])?;
            }
            Ok(h)
        }
        TyKind::String | TyKind::Interface { .. } => {
            let f = match l.kind(t) {
                TyKind::String => RuntimeFn::strhash,
                TyKind::Interface { methods } if methods.is_empty() => RuntimeFn::nilinterhash,
                _ => RuntimeFn::interhash,
            };
            let mut words = Vec::new();
            fx.flatten(fx.load_reg(t, x)?, &mut words)?;
            words.push(seed.into());
            call(fx, f, &words)
        }
        TyKind::Array(e, n) => {
            let (e, n) = (*e, *n);
            let step = l.size(e);
            let h = fx.alloca(l.i64.into(), 8, "hash")?;
            fx.b.build_store(h, seed)?;
            each_element(fx, n, step, |fx, off| {
                let p = at(fx, x, off)?;
                let old = fx.b.build_load(fx.cx.l.i64, h, "")?;
                let f = fx.cx.type_function(e, Which::Hash)?;
                let new = call_helper(fx, f, &[p.into(), old])?;
                fx.b.build_store(h, new)?;
                Ok(())
            })?;
            Ok(fx.b.build_load(fx.cx.l.i64, h, "")?.into_int_value())
        }
        TyKind::Struct(fields) => {
            let offsets = l.table.struct_layout(fields).0;
            let mut h = seed;
            for (f, off) in fields.iter().zip(offsets) {
                if f.name != "_" && fx.cx.l.size(f.ty) > 0 {
                    let p = fx.offset(x, off)?;
                    let g = fx.cx.type_function(f.ty, Which::Hash)?;
                    h = call_helper(fx, g, &[p.into(), h.into()])?;
                }
            }
            Ok(h)
        }
        _ => Ok(seed),
    }
}

/// `p + off` for an offset that is a value.
fn at<'ctx>(
    fx: &Helper<'_, 'ctx, '_>,
    p: PointerValue<'ctx>,
    off: IntValue<'ctx>,
) -> Res<PointerValue<'ctx>> {
    fx.index(p, fx.cx.l.int(8).into(), off)
}

/// A loop over the offsets of `n` elements of `size` bytes.
fn each_element<'ctx, 'a, 'm>(
    fx: &mut Helper<'a, 'ctx, 'm>,
    n: u64,
    size: u64,
    body: impl FnOnce(&mut Helper<'a, 'ctx, 'm>, IntValue<'ctx>) -> Res<()>,
) -> Res<()> {
    let i64 = fx.cx.l.i64;
    let var = fx.alloca(i64.into(), 8, "off")?;
    fx.b.build_store(var, i64.const_zero())?;
    let (head, next, done) = (fx.new_block("loop"), fx.new_block("element"), fx.new_block("end"));
    fx.b.build_unconditional_branch(head)?;
    fx.b.position_at_end(head);
    let off = fx.b.build_load(i64, var, "")?.into_int_value();
    let end = fx.cx.i64(n.saturating_mul(size));
    let more = fx.b.build_int_compare(IntPredicate::ULT, off, end, "")?;
    fx.b.build_conditional_branch(more, next, done)?;
    fx.b.position_at_end(next);
    body(fx, off)?;
    let after = fx.b.build_int_add(off, fx.cx.i64(size), "")?;
    fx.b.build_store(var, after)?;
    fx.b.build_unconditional_branch(head)?;
    fx.b.position_at_end(done);
    Ok(())
}

fn unless_return_false<'ctx>(fx: &mut Helper<'_, 'ctx, '_>, ok: IntValue<'ctx>) -> Res<()> {
    let bad = fx.b.build_not(ok, "")?;
    return_if(fx, bad, false)
}

fn return_if<'ctx>(fx: &mut Helper<'_, 'ctx, '_>, cond: IntValue<'ctx>, value: bool) -> Res<()> {
    let (out, on) = (fx.new_block("return"), fx.new_block("on"));
    fx.b.build_conditional_branch(cond, out, on)?;
    fx.b.position_at_end(out);
    let v = fx.cx.l.int(1).const_int(value as u64, false);
    fx.b.build_return(Some(&v))?;
    fx.b.position_at_end(on);
    Ok(())
}

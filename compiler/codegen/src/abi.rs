//! Go and C signatures in, LLVM function types and the way of each parameter and result out
//! (compiler/ABI.md, "Go functions" and "Functions of the Rust runtime").

use crate::layout::{Class, Layout};
use inkwell::types::{BasicMetadataTypeEnum, BasicType, BasicTypeEnum, FunctionType};
use ir::runtime_abi::AbiTy;
use ir::ty::{Sig, Ty, TyKind};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pass {
    /// Size zero: dropped.
    Zst,
    Direct,
    /// Pointer to a copy that the callee owns.
    Pointer,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ret {
    Void,
    /// One value: that of the only result (by index) that has scalars.
    One(usize),
    /// A struct of the results that have scalars.
    Struct(Vec<usize>),
    /// Through a pointer to a struct of all results.
    Pointer {
        offsets: Vec<u64>,
        size: u64,
        align: u64,
    },
}

/// How a Go function is called.
#[derive(Clone, Debug)]
pub struct GoAbi<'ctx> {
    pub ty: FunctionType<'ctx>,
    pub params: Vec<Pass>,
    pub ret: Ret,
}

/// Most integer words and floats that are returned in registers.
const RET_WORDS: u64 = 3;
const RET_FLOATS: u64 = 2;

pub fn go_abi<'ctx>(l: &Layout<'ctx, '_>, sig: &Sig) -> GoAbi<'ctx> {
    go_abi_behind(l, 0, sig)
}

/// With `words` pointers in front of the parameters (receivers that `sig` leaves out).
pub fn go_abi_behind<'ctx>(l: &Layout<'ctx, '_>, words: usize, sig: &Sig) -> GoAbi<'ctx> {
    let params: Vec<Pass> = sig
        .params
        .iter()
        .map(|&t| match l.class(t) {
            Class::Zst => Pass::Zst,
            Class::Reg => Pass::Direct,
            Class::Mem => Pass::Pointer,
        })
        .collect();
    let ret = go_ret(l, &sig.results);
    let mut tys: Vec<BasicMetadataTypeEnum> = vec![l.ptr.into()];
    if matches!(ret, Ret::Pointer { .. }) {
        tys.push(l.ptr.into());
    }
    tys.resize(tys.len() + words, l.ptr.into());
    for (&t, pass) in sig.params.iter().zip(&params) {
        match pass {
            Pass::Zst => {}
            Pass::Direct => tys.push(l.reg(t).into()),
            Pass::Pointer => tys.push(l.ptr.into()),
        }
    }
    let ty = match &ret {
        Ret::Void | Ret::Pointer { .. } => l.ctx.void_type().fn_type(&tys, false),
        Ret::One(i) => l.reg(sig.results[*i]).fn_type(&tys, false),
        Ret::Struct(list) => {
            let fs: Vec<BasicTypeEnum> = list.iter().map(|&i| l.reg(sig.results[i])).collect();
            l.structure(&fs).fn_type(&tys, false)
        }
    };
    GoAbi { ty, params, ret }
}

fn go_ret(l: &Layout, results: &[Ty]) -> Ret {
    let present: Vec<usize> =
        (0..results.len()).filter(|&i| l.class(results[i]) != Class::Zst).collect();
    let (mut words, mut floats) = (0u64, 0u64);
    for &i in &present {
        count(l, results[i], &mut words, &mut floats);
    }
    if words > RET_WORDS || floats > RET_FLOATS {
        let (offsets, size, align) = l.sequence(results);
        return Ret::Pointer { offsets, size, align };
    }
    match present[..] {
        [] => Ret::Void,
        [i] => Ret::One(i),
        _ => Ret::Struct(present),
    }
}

/// Adds a type's integer words and floats.
fn count(l: &Layout, t: Ty, words: &mut u64, floats: &mut u64) {
    match l.kind(t) {
        TyKind::Float { .. } => *floats += 1,
        TyKind::Complex { .. } => *floats += 2,
        TyKind::Array(e, n) => {
            let (mut w, mut f) = (0, 0);
            count(l, *e, &mut w, &mut f);
            *words = words.saturating_add(w.saturating_mul(*n));
            *floats = floats.saturating_add(f.saturating_mul(*n));
        }
        TyKind::Struct(fields) => {
            fields.iter().for_each(|f| count(l, f.ty, words, floats));
        }
        _ => *words = words.saturating_add(l.scalars(t)),
    }
}

/// How a function of the Rust runtime declared in Go is called.
pub struct CAbi<'ctx> {
    pub ty: FunctionType<'ctx>,
    /// `Pointer`: all results through a first pointer parameter. `Void`: none.
    /// Else: the eightbytes, to be stored and loaded again with the results' layout.
    pub ret: CRet<'ctx>,
}

pub enum CRet<'ctx> {
    Void,
    Words(Vec<BasicTypeEnum<'ctx>>),
    Pointer,
}

pub fn c_abi<'ctx>(l: &Layout<'ctx, '_>, sig: &Sig) -> CAbi<'ctx> {
    let (offsets, size, _) = l.sequence(&sig.results);
    let ret = match size {
        0 => CRet::Void,
        1..=16 => {
            let mut bytes = vec![None; size.div_ceil(8) as usize];
            for (&t, &off) in sig.results.iter().zip(&offsets) {
                eightbytes(l, t, off, &mut bytes);
            }
            let ty = |f: &Option<bool>| match f {
                Some(true) => l.ctx.f64_type().into(),
                _ => l.i64.into(),
            };
            CRet::Words(bytes.iter().map(ty).collect())
        }
        _ => CRet::Pointer,
    };
    let mut tys: Vec<BasicMetadataTypeEnum> = Vec::new();
    if matches!(ret, CRet::Pointer) {
        tys.push(l.ptr.into());
    }
    for &t in &sig.params {
        match l.class(t) {
            Class::Zst => {}
            Class::Reg => flat_types(l.reg(t), &mut tys),
            Class::Mem => tys.push(l.ptr.into()),
        }
    }
    let ty = match &ret {
        CRet::Void | CRet::Pointer => l.ctx.void_type().fn_type(&tys, false),
        CRet::Words(w) if w.len() == 1 => w[0].fn_type(&tys, false),
        CRet::Words(w) => l.structure(w).fn_type(&tys, false),
    };
    CAbi { ty, ret }
}

/// Marks each eightbyte that `t` at `off` touches: `Some(true)` while it holds floats only.
fn eightbytes(l: &Layout, t: Ty, off: u64, out: &mut [Option<bool>]) {
    match l.kind(t) {
        TyKind::Struct(fields) => {
            let offsets = l.table.struct_layout(fields).0;
            fields.iter().zip(offsets).for_each(|(f, o)| eightbytes(l, f.ty, off + o, out));
        }
        TyKind::Array(e, n) => {
            (0..*n).for_each(|i| eightbytes(l, *e, off + i * l.size(*e), out));
        }
        k => {
            let float = matches!(k, TyKind::Float { .. } | TyKind::Complex { .. });
            for i in off / 8..(off + l.size(t)).div_ceil(8) {
                let b = &mut out[i as usize];
                *b = Some(b.unwrap_or(true) && float);
            }
        }
    }
}

/// The scalars of a first-class type.
fn flat_types<'ctx>(t: BasicTypeEnum<'ctx>, out: &mut Vec<BasicMetadataTypeEnum<'ctx>>) {
    match t {
        BasicTypeEnum::StructType(s) => {
            s.get_field_types().into_iter().for_each(|f| flat_types(f, out));
        }
        BasicTypeEnum::ArrayType(a) => {
            (0..a.len()).for_each(|_| flat_types(a.get_element_type(), out));
        }
        t => out.push(t.into()),
    }
}

/// Function type of a runtime function from the table.
pub fn runtime_type<'ctx>(
    l: &Layout<'ctx, '_>,
    params: &[AbiTy],
    results: &[AbiTy],
) -> FunctionType<'ctx> {
    let tys: Vec<BasicMetadataTypeEnum> =
        params.iter().flat_map(|&p| abi_words(l, p)).map(|t| t.into()).collect();
    let words: Vec<BasicTypeEnum> = results.iter().flat_map(|&r| abi_words(l, r)).collect();
    match words[..] {
        [] => l.ctx.void_type().fn_type(&tys, false),
        [w] => w.fn_type(&tys, false),
        _ => l.structure(&words).fn_type(&tys, false),
    }
}

/// The words of a parameter or result in the runtime table.
pub fn abi_words<'ctx>(l: &Layout<'ctx, '_>, t: AbiTy) -> Vec<BasicTypeEnum<'ctx>> {
    let (p, w) = (l.ptr.into(), l.i64.into());
    match t {
        AbiTy::Ptr => vec![p],
        AbiTy::I64 => vec![w],
        AbiTy::I32 => vec![l.int(32).into()],
        AbiTy::Bool => vec![l.int(1).into()],
        AbiTy::F64 => vec![l.float(64).into()],
        AbiTy::Str => vec![p, w],
        AbiTy::Slice => vec![p, w, w],
        AbiTy::Iface => vec![p, p],
    }
}

//! Map operations: calls of instances of `internal/runtime/maps`' generic functions.
//!
//! That package declares some functions without bodies, which are made here for each key type.

use super::types::Prim;
use super::{FuncBuilder, Instance, InternalError, ModuleBuilder, Res};
use crate::ir::*;
use crate::ty::{Ty, TyKind};
use ::types::{ObjId, Type, TypeId};
use diag::Span;
use std::collections::HashMap;

/// Import path of the package that implements maps.
pub const MAPS_PATH: &str = "internal/runtime/maps";

/// Up to so many entries a map has one group of slots.
const SMALL_MAP: i128 = 8;

/// What has been looked up.
#[derive(Default)]
pub struct MapInstances {
    /// The package's functions by name.
    objects: HashMap<String, ObjId>,
}

/// A running iteration.
#[derive(Clone, Debug)]
pub struct MapIter {
    pub map_ty: TypeId,
    pub it: LocalId,
}

/// All `map_ty` are canonical types whose underlying type is a map; keys and values have exactly
/// its key and element type.
impl ModuleBuilder<'_, '_> {
    /// `make(map_ty, hint)`; the hint an int, if any (negative counts as none).
    pub fn make_map(
        &mut self,
        fb: &mut FuncBuilder,
        map_ty: TypeId,
        hint: Option<Operand>,
    ) -> Res<Operand> {
        let m = match hint {
            None => self.make_small_map(fb, map_ty)?,
            Some(Operand::Const(Const::Int(n, _))) if n <= SMALL_MAP => {
                self.make_small_map(fb, map_ty)?
            }
            Some(hint) => self.maps_call(fb, "New", map_ty, vec![hint])?,
        };
        let ty = self.ty(map_ty);
        Ok(fb.convert(ty, ConvKind::NoOp, one(fb, m)?))
    }

    /// A map of one group: all of it in the frame, if it doesn't escape.
    fn make_small_map(&mut self, fb: &mut FuncBuilder, map_ty: TypeId) -> Res<Vec<Operand>> {
        let (obj, targs) = self.maps_func(fb.span, "NewSmall", map_ty)?;
        let room = self.func_sig(obj, &targs)?.params.first().copied();
        let Some((ptr, &TyKind::Pointer(ty))) = room.map(|t| (t, self.types.table.kind(t))) else {
            return Err(InternalError::new(fb.span, "maps.NewSmall has other parameters"));
        };
        let room = fb.value(ptr, Rvalue::New { ty, ptr, alloc: Alloc::Optional });
        self.maps_call(fb, "NewSmall", map_ty, vec![room])
    }

    /// Pointer to the element for `key`, nil if there is none (or the map is nil).
    pub fn map_get(
        &mut self,
        fb: &mut FuncBuilder,
        map_ty: TypeId,
        m: Operand,
        key: Operand,
    ) -> Res<Operand> {
        let p = self.maps_call(fb, "Get", map_ty, vec![m, key])?;
        one(fb, p)
    }

    /// Pointer to the element for `key`, made if missing; panics on a nil map.
    pub fn map_put(
        &mut self,
        fb: &mut FuncBuilder,
        map_ty: TypeId,
        m: Operand,
        key: Operand,
    ) -> Res<Operand> {
        let p = self.maps_call(fb, "Put", map_ty, vec![m, key])?;
        one(fb, p)
    }

    pub fn map_delete(
        &mut self,
        fb: &mut FuncBuilder,
        map_ty: TypeId,
        m: Operand,
        key: Operand,
    ) -> Res<()> {
        self.maps_call(fb, "Delete", map_ty, vec![m, key])?;
        Ok(())
    }

    pub fn map_clear(&mut self, fb: &mut FuncBuilder, map_ty: TypeId, m: Operand) -> Res<()> {
        self.maps_call(fb, "Clear", map_ty, vec![m])?;
        Ok(())
    }

    /// `len(m)`: the map object's first word.
    pub fn map_len(&mut self, fb: &mut FuncBuilder, map_ty: TypeId, m: Operand) -> Res<Operand> {
        let (int, boolean) = (self.types.prim(Prim::Int), self.types.prim(Prim::Bool));
        let (ty, int_ptr) = (self.ty(map_ty), self.types.pointer(int));
        let len = fb.value_local(int, Rvalue::Use(Operand::Const(Const::Int(0, int))));
        let is_nil = fb.binary(boolean, BinOp::Eq, m.clone(), Operand::Const(Const::Zero(ty)));
        let (load, done) = (fb.new_block(), fb.new_block());
        fb.branch(is_nil, done, load);
        fb.switch_to(load);
        let p = fb.convert(int_ptr, ConvKind::NoOp, m);
        let count = fb.deref_unchecked(p, int_ptr);
        fb.store(Place::local(len), Operand::Copy(count));
        fb.goto_and_switch(done);
        Ok(Operand::local(len))
    }

    pub fn map_iter_init(
        &mut self,
        fb: &mut FuncBuilder,
        map_ty: TypeId,
        m: Operand,
    ) -> Res<MapIter> {
        let (obj, targs) = self.maps_func(fb.span, "Init", map_ty)?;
        let iter_ptr = self.func_sig(obj, &targs)?.params.first().copied();
        let Some(&TyKind::Pointer(iter_ty)) = iter_ptr.map(|t| self.types.table.kind(t)) else {
            return Err(InternalError::new(fb.span, "maps.Init has other parameters"));
        };
        let it = fb.temp(iter_ty);
        fb.storage_live(it);
        let p = self.types.pointer(iter_ty);
        let p = fb.value(p, Rvalue::AddrOf(Place::local(it), p));
        self.maps_call(fb, "Init", map_ty, vec![p, m])?;
        Ok(MapIter { map_ty, it })
    }

    /// Pointers to the next key and element; the key pointer is nil at the end.
    pub fn map_iter_next(
        &mut self,
        fb: &mut FuncBuilder,
        iter: &MapIter,
    ) -> Res<(Operand, Operand)> {
        let p = self.types.pointer(fb.local_ty(iter.it));
        let p = fb.value(p, Rvalue::AddrOf(Place::local(iter.it), p));
        let results = self.maps_call(fb, "Next", iter.map_ty, vec![p])?;
        match <[Operand; 2]>::try_from(results) {
            Ok([key, elem]) => Ok((key, elem)),
            Err(_) => Err(InternalError::new(fb.span, "maps.Next has other results")),
        }
    }

    /// The functions that the descriptor of a map type refers to.
    pub fn map_funcs(&mut self, map_ty: TypeId) -> Res<MapFuncs> {
        let mut instance = |name: &str| -> Res<Symbol> {
            let (obj, targs) = self.maps_func(Span::NONE, name, map_ty)?;
            self.func_ref(obj, &targs)
        };
        Ok(MapFuncs {
            make: instance("erasedMake")?,
            get: instance("erasedGet")?,
            put: instance("erasedPut")?,
            delete: instance("erasedDelete")?,
            clear: instance("erasedClear")?,
            iter: instance("erasedIter")?,
            next: instance("erasedNext")?,
        })
    }

    /// Calls the instance for `map_ty` of a function of the maps package. Maps among the arguments
    /// are given the type that it wants.
    fn maps_call(
        &mut self,
        fb: &mut FuncBuilder,
        name: &str,
        map_ty: TypeId,
        args: Vec<Operand>,
    ) -> Res<Vec<Operand>> {
        let (obj, targs) = self.maps_func(fb.span, name, map_ty)?;
        let sym = self.func_ref(obj, &targs)?;
        let sig = self.func_sig(obj, &targs)?;
        let map_param = sig.params.iter().position(|&p| self.is_map_object(p));
        let args = args.into_iter().enumerate().map(|(i, a)| match map_param {
            Some(p) if p == i => fb.convert(sig.params[i], ConvKind::NoOp, a),
            _ => a,
        });
        let args = args.collect();
        Ok(fb.call_direct(sym, args, &sig.results))
    }

    /// Whether `t` is `*maps.Map[K, V]`.
    fn is_map_object(&self, t: Ty) -> bool {
        let TyKind::Pointer(elem) = *self.types.table.kind(t) else { return false };
        let named = &self.types.table.data(elem).named;
        named.as_ref().is_some_and(|n| n.pkg == MAPS_PATH && n.name.starts_with("Map["))
    }

    /// A generic function of the maps package with the type arguments for `map_ty`.
    fn maps_func(&mut self, span: Span, name: &str, map_ty: TypeId) -> Res<(ObjId, Vec<TypeId>)> {
        let under = self.prog.store.underlying(map_ty);
        let Type::Map { key, value } = *self.store().ty(under) else {
            return Err(InternalError::new(span, "map operation on another type"));
        };
        let targs = vec![self.prog.store.canon(key), self.prog.store.canon(value)];
        Ok((self.maps_object(span, name)?, targs))
    }

    fn maps_object(&mut self, span: Span, name: &str) -> Res<ObjId> {
        if let Some(&obj) = self.maps.objects.get(name) {
            return Ok(obj);
        }
        let scope = self
            .prog
            .packages
            .keys()
            .map(|&p| self.prog.store.package(p))
            .find(|p| &*p.path == MAPS_PATH)
            .map(|p| p.scope);
        let obj = scope.and_then(|s| self.store().scope(s).elems.get(name));
        let Some(obj) = obj else {
            return Err(InternalError::new(span, format!("{MAPS_PATH} has no function {name}")));
        };
        self.maps.objects.insert(name.to_string(), obj);
        Ok(obj)
    }

    /// The symbol of a function of the maps package that isn't generic.
    pub(super) fn maps_helper(&mut self, span: Span, name: &str) -> Res<Symbol> {
        let obj = self.maps_object(span, name)?;
        self.func_ref(obj, &[])
    }

    /// An instance of a generic function that has no body: those of the maps package are made here.
    pub fn intrinsic_instance(&mut self, instance: &Instance) -> Res<()> {
        let (obj, targs) = (instance.obj, &instance.targs[..]);
        let o = self.store().obj(obj);
        let (name, span) = (o.name, o.span);
        let in_maps = o.pkg.is_some_and(|p| &*self.store().package(p).path == MAPS_PATH);
        let (true, &[key]) = (in_maps, targs) else {
            return Err(InternalError::new(span, format!("{name} is generic and has no body")));
        };
        let key = self.ty(key);
        let (sym, go_name) = (self.func_symbol(obj, targs), self.func_go_name(obj, targs));
        let sig = self.func_sig(obj, targs)?;
        let mut fb = FuncBuilder::new(sym, go_name, sig, span);
        fb.func.linkage = Linkage::LinkOnce;
        let result = match &*name {
            "hash" => {
                let (key_value, seed) = (fb.param(0), fb.param(1));
                self.emit_hash(&mut fb, key_value, key, seed)?
            }
            "hashPanics" => Operand::Const(Const::Bool(self.hash_panics(key))),
            "updatesKey" => Operand::Const(Const::Bool(self.equal_keys_differ(key))),
            _ => return Err(InternalError::new(span, format!("unknown intrinsic {name}"))),
        };
        fb.store(Place::local(fb.func.results[0]), result);
        fb.ret();
        self.add_func(fb.finish());
        Ok(())
    }
}

fn one(fb: &FuncBuilder, results: Vec<Operand>) -> Res<Operand> {
    let first = results.into_iter().next();
    first.ok_or_else(|| InternalError::new(fb.span, "map function without result"))
}

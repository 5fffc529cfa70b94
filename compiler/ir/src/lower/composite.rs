//! Composite literals (Go specification, "Composite literals"), and what of them can be static data.

use super::Res;
use super::lowerer::Lowerer;
use super::place::Prep;
use crate::ir::*;
use crate::ty::{Ty, TyKind};
use syntax::ast::{CompositeLit, Expr, ExprKind, UnaryOp};

/// Constant aggregates larger than this are copied from read-only data.
const MAX_INLINE_CONST: u64 = 64;

/// Map literals with more constant entries than this are filled by a loop.
const MAX_UNROLLED_MAP: usize = 16;

/// Array literals longer than this are static data only if many of the elements are given.
const MAX_SPARSE: u64 = 1 << 12;

/// An element of a literal: where it goes, and its expression.
struct Elem<'a> {
    index: u64,
    value: &'a Expr,
}

impl<'a> Lowerer<'_, '_, 'a> {
    pub fn composite(&mut self, e: &'a Expr, lit: &'a CompositeLit) -> Res<Operand> {
        let ty = self.ety(e)?;
        match *self.kind(ty) {
            // An elided &T inside another literal.
            TyKind::Pointer(_) => self.new_composite(ty, e, lit),
            TyKind::Slice(elem) => self.slice_lit(ty, elem, lit),
            TyKind::Map(..) => self.map_lit(e, ty, lit),
            TyKind::Struct(_) | TyKind::Array(..) => {
                if let Some(c) = self.static_aggregate(e, lit, ty)? {
                    return Ok(c);
                }
                let tmp = self.fb.temp(ty);
                let zero = self.zero(ty);
                self.fb.store(Place::local(tmp), zero);
                self.fill(&Place::local(tmp), ty, lit)?;
                Ok(Operand::local(tmp))
            }
            _ => self.err(e.span, "composite literal of a type that has none"),
        }
    }

    /// `&T{...}`; `ty` is the pointer type.
    pub fn new_composite(&mut self, ty: Ty, e: &'a Expr, lit: &'a CompositeLit) -> Res<Operand> {
        let base = self.elem(ty)?;
        if matches!(self.kind(base), TyKind::Slice(_) | TyKind::Map(..)) {
            let v = match *self.kind(base) {
                TyKind::Slice(elem) => self.slice_lit(base, elem, lit)?,
                _ => self.map_lit(e, base, lit)?,
            };
            let p = self.fb.value_local(ty, Rvalue::New { ty: base, ptr: ty, alloc: Alloc::Heap });
            self.fb.store(Place::local(p).with(Proj::Deref), v);
            return Ok(Operand::local(p));
        }
        let new = Rvalue::New { ty: base, ptr: ty, alloc: Alloc::Heap };
        if let Some(c) = self.static_aggregate(e, lit, base)? {
            let p = self.fb.value_local(ty, new);
            if !matches!(c, Operand::Const(Const::Zero(_))) {
                self.fb.store(Place::local(p).with(Proj::Deref), c);
            }
            return Ok(Operand::local(p));
        }
        let p = self.fb.value_local(ty, new);
        self.fill(&Place::local(p).with(Proj::Deref), base, lit)?;
        Ok(Operand::local(p))
    }

    /// A struct or array literal of constants as an operand.
    fn static_aggregate(
        &mut self,
        e: &'a Expr,
        lit: &'a CompositeLit,
        ty: Ty,
    ) -> Res<Option<Operand>> {
        if !lit.elems.is_empty()
            && (self.is_sparse(ty, lit)
                || !lit.elems.iter().all(|x| self.is_static(value_of(x), false)))
        {
            return Ok(None);
        }
        let c = self.static_lit(e, lit, ty, false)?;
        Ok(Some(self.const_operand(c, ty)))
    }

    /// A constant; large ones are in a read-only global.
    fn const_operand(&mut self, c: Const, ty: Ty) -> Operand {
        if matches!(c, Const::Zero(_)) || self.size(ty) <= MAX_INLINE_CONST {
            return Operand::Const(c);
        }
        let sym = self.mb.static_global(ty, c, true, self.fb.span);
        Operand::Copy(Place { base: PlaceBase::Global(sym, ty), proj: Vec::new() })
    }

    /// Stores the elements of a struct or array literal to `place`, which is zeroed.
    fn fill(&mut self, place: &Place, ty: Ty, lit: &'a CompositeLit) -> Res<()> {
        let is_struct = matches!(self.kind(ty), TyKind::Struct(_));
        for el in self.elems(ty, lit)? {
            let (proj, elem) = if is_struct {
                (Proj::Field(el.index as u32), self.field_ty(ty, el.index as u32)?)
            } else {
                (Proj::Index(self.int_const(el.index as i128)), self.elem(ty)?)
            };
            let dest = place.clone().with(proj);
            // Nested literals are built in place; nobody sees the parts before the whole.
            if let ExprKind::CompositeLit(inner) = &el.value.kind
                && matches!(self.kind(elem), TyKind::Struct(_) | TyKind::Array(..))
                && self.ety(el.value)? == elem
                && !inner.elems.iter().all(|x| self.is_static(value_of(x), false))
            {
                self.fill(&dest, elem, inner)?;
                continue;
            }
            let v = self.expr_to(el.value, elem)?;
            if is_struct && self.is_blank_field(ty, el.index) {
                continue;
            }
            if !matches!(v, Operand::Const(Const::Zero(_))) {
                self.fb.store(dest, v);
            }
        }
        Ok(())
    }

    /// Blank fields stay zero, whatever a literal says.
    fn is_blank_field(&self, ty: Ty, i: u64) -> bool {
        matches!(self.kind(ty), TyKind::Struct(f) if f[i as usize].name == "_")
    }

    /// The elements of a literal with their fields' or elements' indices, in source order.
    fn elems(&mut self, ty: Ty, lit: &'a CompositeLit) -> Res<Vec<Elem<'a>>> {
        let is_struct = matches!(self.kind(ty), TyKind::Struct(_));
        let mut out = Vec::with_capacity(lit.elems.len());
        let mut index = 0u64;
        for e in &lit.elems {
            let mut value = e;
            if let ExprKind::KeyValue { key, value: v } = &e.kind {
                value = v;
                index = match is_struct {
                    true => self.field_index(key)?,
                    false => match self.info.const_value(key.id).and_then(super::consts::int_value)
                    {
                        Some(i) => i as u64,
                        None => return self.err(key.span, "index is not constant"),
                    },
                };
            }
            out.push(Elem { index, value });
            index += 1;
        }
        Ok(out)
    }

    fn field_index(&mut self, key: &Expr) -> Res<u64> {
        let obj = self.info.uses[key.id.0 as usize];
        match obj.map(|o| &self.mb.store().obj(o).kind) {
            Some(::types::ObjKind::Field { index, .. }) => Ok(*index as u64),
            _ => self.err(key.span, "field of a struct literal is unknown"),
        }
    }

    fn array_len(&mut self, ty: Ty, lit: &'a CompositeLit) -> Res<u64> {
        Ok(self.elems(ty, lit)?.iter().map(|e| e.index + 1).max().unwrap_or(0))
    }

    fn slice_lit(&mut self, ty: Ty, elem: Ty, lit: &'a CompositeLit) -> Res<Operand> {
        let n = self.array_len(ty, lit)?;
        let arr = self.mb.types.array(elem, n);
        let ptr = self.pointer_to(arr);
        let new = Rvalue::New { ty: arr, ptr, alloc: Alloc::Heap };
        let all_static = lit.elems.iter().all(|x| self.is_static(value_of(x), false));
        if all_static && (lit.elems.is_empty() || !self.is_sparse(ty, lit)) {
            let c = self.static_array(lit, arr, elem, n, false)?;
            let c = self.const_operand(c, arr);
            let p = self.fb.value_local(ptr, new);
            self.fb.store(Place::local(p).with(Proj::Deref), c);
            return self.slice_of_array(ty, elem, Operand::local(p), n);
        }
        let p = self.fb.value_local(ptr, new);
        self.fill(&Place::local(p).with(Proj::Deref), arr, lit)?;
        self.slice_of_array(ty, elem, Operand::local(p), n)
    }

    fn map_lit(&mut self, e: &'a Expr, ty: Ty, lit: &'a CompositeLit) -> Res<Operand> {
        let mut map_ty = self.tv(e)?;
        // &map[K]V{...}, elided
        let (base, is_ptr) = self.mb.prog.store.deref(map_ty);
        if is_ptr {
            map_ty = self.conc(base);
        }
        let TyKind::Map(key_ty, elem_ty) = *self.kind(ty) else {
            return self.err(e.span, "literal of a non-map");
        };
        let hint = self.int_const(lit.elems.len() as i128);
        let m = self.mb.make_map(&mut self.fb, map_ty, Some(hint))?;
        let m = self.stable(m, ty, true);
        let mut pairs = Vec::new();
        for x in &lit.elems {
            let ExprKind::KeyValue { key, value } = &x.kind else {
                return self.err(x.span, "map literal without a key");
            };
            pairs.push((&**key, &**value));
        }
        if pairs.len() > MAX_UNROLLED_MAP
            && pairs.iter().all(|(k, v)| self.is_static(k, false) && self.is_static(v, false))
        {
            self.fill_map(map_ty, m.clone(), &pairs, key_ty, elem_ty)?;
            return Ok(m);
        }
        let ptr = self.pointer_to(elem_ty);
        for (key, value) in pairs {
            let k = self.expr_to(key, key_ty)?;
            let k = self.stable(k, key_ty, true);
            let v = self.expr_to(value, elem_ty)?;
            let v = self.stable(v, elem_ty, true);
            let p = self.mb.map_put(&mut self.fb, map_ty, m.clone(), k)?;
            let place = self.fb.deref_unchecked(p, ptr);
            self.fb.store(place, v);
        }
        Ok(m)
    }

    /// Puts constant entries into a new map: a loop over two static arrays.
    fn fill_map(
        &mut self,
        map_ty: ::types::TypeId,
        m: Operand,
        pairs: &[(&'a Expr, &'a Expr)],
        key_ty: Ty,
        elem_ty: Ty,
    ) -> Res<()> {
        let n = pairs.len() as u64;
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        for (k, v) in pairs {
            keys.push(self.static_expr(k, key_ty, false)?);
            values.push(self.static_expr(v, elem_ty, false)?);
        }
        let table = |lw: &mut Self, list, ty| {
            let arr = lw.mb.types.array(ty, n);
            let c = Const::Aggregate(list, arr);
            let sym = lw.mb.static_global(arr, c, true, lw.fb.span);
            Place { base: PlaceBase::Global(sym, arr), proj: Vec::new() }
        };
        let keys = table(self, keys, key_ty);
        let values = table(self, values, elem_ty);
        let (int, bool_ty) = (self.int_ty(), self.bool_ty());
        let zero = self.int_const(0);
        let i = self.fb.value_local(int, Rvalue::Use(zero));
        let [head, body, done] = [(); 3].map(|_| self.fb.new_block());
        self.fb.goto_and_switch(head);
        let end = self.int_const(n as i128);
        let more = self.fb.binary(bool_ty, BinOp::Lt, Operand::local(i), end);
        self.fb.branch(more, body, done);
        self.fb.switch_to(body);
        let at = |p: Place| Operand::Copy(p.with(Proj::Index(Operand::local(i))));
        let k = self.fb.value(key_ty, Rvalue::Use(at(keys)));
        let v = self.fb.value(elem_ty, Rvalue::Use(at(values)));
        let p = self.mb.map_put(&mut self.fb, map_ty, m, k)?;
        let ptr = self.pointer_to(elem_ty);
        let place = self.fb.deref_unchecked(p, ptr);
        self.fb.store(place, v);
        let one = self.int_const(1);
        self.fb.assign(Place::local(i), Rvalue::Binary(BinOp::Add, Operand::local(i), one));
        self.fb.goto(head);
        self.fb.switch_to(done);
        Ok(())
    }

    // Static data.

    /// A literal of a large array with few elements, which is not written out.
    fn is_sparse(&mut self, ty: Ty, lit: &'a CompositeLit) -> bool {
        let n = match *self.kind(ty) {
            TyKind::Array(_, n) => n,
            TyKind::Slice(_) => self.array_len(ty, lit).unwrap_or(0),
            _ => 0,
        };
        n > MAX_SPARSE && n > 16 * lit.elems.len() as u64
    }

    /// Whether `e` can be data. `once`: it is evaluated once in the program's life (a package-level variable's initialiser), so that
    /// variables made by it can be static too.
    pub fn is_static(&mut self, e: &'a Expr, once: bool) -> bool {
        let e = e.unparen();
        if self.info.const_value(e.id).is_some() || self.is_nil(e) {
            return true;
        }
        match &e.kind {
            ExprKind::CompositeLit(lit) => {
                let Ok(ty) = self.ety(e) else { return false };
                if self.is_sparse(ty, lit) {
                    return false;
                }
                let all = |lw: &mut Self| lit.elems.iter().all(|x| lw.is_static(value_of(x), once));
                match self.kind(ty) {
                    TyKind::Struct(_) | TyKind::Array(..) => all(self),
                    TyKind::Slice(_) => once && all(self),
                    TyKind::Pointer(p) => {
                        let p = *p;
                        let aggregate =
                            matches!(self.kind(p), TyKind::Struct(_) | TyKind::Array(..));
                        once && aggregate && all(self)
                    }
                    _ => false,
                }
            }
            ExprKind::Unary { op: UnaryOp::Addr, x, .. } if once => match &x.unparen().kind {
                ExprKind::CompositeLit(_) => {
                    let x = x.unparen();
                    let Ok(ty) = self.ety(x) else { return false };
                    matches!(self.kind(ty), TyKind::Struct(_) | TyKind::Array(..))
                        && self.is_static(x, once)
                }
                ExprKind::Ident(_) => {
                    let id = x.unparen().id;
                    matches!(
                        self.ident_place(id),
                        Ok(Some(Place { base: PlaceBase::Global(..), .. }))
                    )
                }
                _ => false,
            },
            ExprKind::FuncLit(_) => once && self.outer.is_empty(),
            ExprKind::Ident(_) | ExprKind::Selector { .. } | ExprKind::Index { .. } => {
                self.func_object(e).is_some()
            }
            _ => false,
        }
    }

    /// Whether a package-level initialiser is a map literal that runs no code of the program: constant keys, static values.
    pub fn is_static_map(&mut self, e: &'a Expr) -> bool {
        let ExprKind::CompositeLit(lit) = &e.unparen().kind else { return false };
        let Ok(ty) = self.ety(e) else { return false };
        matches!(self.kind(ty), TyKind::Map(..))
            && lit.elems.iter().all(|x| {
                let ExprKind::KeyValue { key, value } = &x.kind else { return false };
                self.info.const_value(key.unparen().id).is_some() && self.is_static(value, true)
            })
    }

    /// The data of an expression for which [`Lowerer::is_static`] holds, as type `to`.
    pub fn static_expr(&mut self, e: &'a Expr, to: Ty, once: bool) -> Res<Const> {
        let e = e.unparen();
        if self.is_nil(e) {
            return Ok(Const::Zero(to));
        }
        let from = self.ety(e)?;
        if self.is_interface(to) && !self.is_interface(from) {
            let value = Box::new(self.static_expr(e, from, once)?);
            return Ok(Const::StaticInterface { iface: to, concrete: from, value });
        }
        if let Some(v) = self.info.const_value(e.id) {
            return self.const_of(v, to, e.span);
        }
        match &e.kind {
            ExprKind::CompositeLit(lit) => self.static_lit(e, lit, to, once),
            ExprKind::Unary { x, .. } => {
                let x = x.unparen();
                if let ExprKind::CompositeLit(lit) = &x.kind {
                    let base = self.elem(to)?;
                    return self.static_pointer(x, lit, base, to);
                }
                match self.prepare(x, false)? {
                    Prep::Ready(Place { base: PlaceBase::Global(sym, _), .. }) => {
                        Ok(Const::GlobalAddr(sym, to))
                    }
                    _ => self.err(e.span, "address is not static"),
                }
            }
            _ => match self.expr(e)? {
                Operand::Const(Const::Func(sym, _)) => Ok(Const::Func(sym, to)),
                Operand::Const(c) => Ok(c),
                _ => self.err(e.span, "not static data"),
            },
        }
    }

    fn static_pointer(
        &mut self,
        e: &'a Expr,
        lit: &'a CompositeLit,
        base: Ty,
        ptr: Ty,
    ) -> Res<Const> {
        let c = self.static_lit(e, lit, base, true)?;
        let sym = self.mb.static_global(base, c, false, e.span);
        Ok(Const::GlobalAddr(sym, ptr))
    }

    fn static_lit(&mut self, e: &'a Expr, lit: &'a CompositeLit, ty: Ty, once: bool) -> Res<Const> {
        match *self.kind(ty) {
            TyKind::Pointer(base) => self.static_pointer(e, lit, base, ty),
            TyKind::Array(elem, n) => self.static_array(lit, ty, elem, n, once),
            TyKind::Slice(elem) => {
                let n = self.array_len(ty, lit)?;
                let arr = self.mb.types.array(elem, n);
                let c = self.static_array(lit, arr, elem, n, once)?;
                let sym = self.mb.static_global(arr, c, false, e.span);
                Ok(Const::StaticSlice(sym, n, ty))
            }
            TyKind::Struct(ref fields) => {
                let tys: Vec<Ty> = fields.iter().map(|f| f.ty).collect();
                let mut parts: Vec<Const> = tys.iter().map(|&t| Const::Zero(t)).collect();
                for el in self.elems(ty, lit)? {
                    let i = el.index as usize;
                    if self.is_blank_field(ty, el.index) {
                        continue;
                    }
                    parts[i] = self.static_expr(el.value, tys[i], once)?;
                }
                Ok(aggregate(parts, ty))
            }
            _ => self.err(e.span, "literal is not static data"),
        }
    }

    fn static_array(
        &mut self,
        lit: &'a CompositeLit,
        arr: Ty,
        elem: Ty,
        n: u64,
        once: bool,
    ) -> Res<Const> {
        let elems = self.elems(arr, lit)?;
        if elems.is_empty() {
            return Ok(Const::Zero(arr));
        }
        let mut parts = vec![Const::Zero(elem); n as usize];
        for el in elems {
            parts[el.index as usize] = self.static_expr(el.value, elem, once)?;
        }
        Ok(aggregate(parts, arr))
    }
}

/// The whole as one zero if all parts are zero.
fn aggregate(parts: Vec<Const>, ty: Ty) -> Const {
    if parts.iter().all(is_zero) { Const::Zero(ty) } else { Const::Aggregate(parts, ty) }
}

fn is_zero(c: &Const) -> bool {
    match c {
        Const::Zero(_) | Const::Bool(false) | Const::Int(0, _) | Const::Float(0, _) => true,
        Const::Complex(0, 0, _) => true,
        Const::Str(s, _) => s.is_empty(),
        _ => false,
    }
}

/// The value of an element with or without a key.
fn value_of(e: &Expr) -> &Expr {
    match &e.kind {
        ExprKind::KeyValue { value, .. } => value,
        _ => e,
    }
}

//! Equality and hashing of types (Go specification, "Comparison operators").
//!
//! Small types are compared and hashed in line; for others, and for type descriptors, functions
//! `func(p, q *T) bool` and `func(p *T, seed uintptr) uintptr` are made, which every module that uses them has.
//! Types whose equality is that of their bytes have none: their memory is compared and hashed.

use super::types::Prim;
use super::{FuncBuilder, ModuleBuilder, Res};
use crate::ir::*;
use crate::runtime_abi::RuntimeFn;
use crate::ty::{Sig, Ty, TyKind};
use diag::Span;

/// Comparisons of more than so many scalars are done by a function.
const MAX_INLINE: u64 = 4;

/// Multiplier of the hash of scalars.
const HASH_PRIME: i128 = 0x9e37_79b9_7f4a_7c15;

impl ModuleBuilder<'_, '_> {
    fn kind(&self, t: Ty) -> &TyKind {
        self.types.table.kind(t)
    }

    /// Whether values are equal exactly if their bytes are.
    pub fn is_memory_equal(&self, t: Ty) -> bool {
        match self.kind(t) {
            TyKind::Bool
            | TyKind::Int { .. }
            | TyKind::UnsafePointer
            | TyKind::Pointer(_)
            | TyKind::Chan(..) => true,
            TyKind::Array(e, n) => *n == 0 || self.is_memory_equal(*e),
            TyKind::Struct(fields) => {
                let (offsets, size) = self.types.table.struct_layout(fields);
                let mut end = 0;
                for (f, off) in fields.iter().zip(offsets) {
                    if f.name == "_" || off != end || !self.is_memory_equal(f.ty) {
                        return false;
                    }
                    end = off + self.types.table.size(f.ty);
                }
                end == size
            }
            _ => false,
        }
    }

    /// Whether `==` is defined for values of this type (it may still panic).
    pub fn is_comparable(&self, t: Ty) -> bool {
        match self.kind(t) {
            TyKind::Slice(_) | TyKind::Map(..) | TyKind::Func(_) | TyKind::Placeholder => false,
            TyKind::Array(e, _) => self.is_comparable(*e),
            TyKind::Struct(fields) => fields.iter().all(|f| self.is_comparable(f.ty)),
            _ => true,
        }
    }

    /// Whether hashing can panic: there is an interface inside.
    pub fn hash_panics(&self, t: Ty) -> bool {
        match self.kind(t) {
            TyKind::Interface { .. } => true,
            TyKind::Array(e, n) => *n > 0 && self.hash_panics(*e),
            TyKind::Struct(fields) => fields.iter().any(|f| self.hash_panics(f.ty)),
            _ => false,
        }
    }

    /// Whether two equal values can be told apart: 0.0 and -0.0.
    pub fn equal_keys_differ(&self, t: Ty) -> bool {
        match self.kind(t) {
            TyKind::Interface { .. } | TyKind::Float { .. } | TyKind::Complex { .. } => true,
            TyKind::Array(e, n) => *n > 0 && self.equal_keys_differ(*e),
            TyKind::Struct(fields) => {
                fields.iter().any(|f| f.name == "_" || self.equal_keys_differ(f.ty))
            }
            _ => false,
        }
    }

    /// How many scalars a comparison looks at.
    fn weight(&self, t: Ty) -> u64 {
        match self.kind(t) {
            TyKind::Array(e, n) => n.saturating_mul(self.weight(*e)),
            TyKind::Struct(fields) => {
                fields.iter().fold(0, |n, f| n.saturating_add(self.weight(f.ty)))
            }
            TyKind::Interface { .. } => 2,
            _ => 1,
        }
    }

    /// `x == y` for operands of the same type `ty`, any comparable type; the result is a bool.
    pub fn emit_equal(
        &mut self,
        fb: &mut FuncBuilder,
        x: Operand,
        y: Operand,
        ty: Ty,
    ) -> Res<Operand> {
        let boolean = self.types.prim(Prim::Bool);
        match self.kind(ty).clone() {
            TyKind::Struct(_) | TyKind::Array(..) => {
                let (x, y) = (in_place(fb, ty, x), in_place(fb, ty, y));
                self.equal_places(fb, x, y, ty)
            }
            TyKind::Interface { methods } => self.equal_interfaces(fb, x, y, methods.is_empty()),
            _ => Ok(fb.binary(boolean, BinOp::Eq, x, y)),
        }
    }

    fn equal_places(&mut self, fb: &mut FuncBuilder, x: Place, y: Place, ty: Ty) -> Res<Operand> {
        if self.weight(ty) <= MAX_INLINE {
            return self.equal_parts(fb, x, y, ty);
        }
        let boolean = self.types.prim(Prim::Bool);
        let ptr = self.types.pointer(ty);
        let p = fb.value(ptr, Rvalue::AddrOf(x, ptr));
        let q = fb.value(ptr, Rvalue::AddrOf(y, ptr));
        if self.is_memory_equal(ty) {
            return Ok(self.equal_memory(fb, p, q, self.types.table.size(ty)));
        }
        let f = self.equal_func(ty)?;
        let mut results = fb.call_direct(f, vec![p, q], &[boolean]);
        Ok(results.swap_remove(0))
    }

    fn equal_memory(&mut self, fb: &mut FuncBuilder, p: Operand, q: Operand, n: u64) -> Operand {
        let (boolean, int) = (self.types.prim(Prim::Bool), self.types.prim(Prim::Int));
        let n = Operand::Const(Const::Int(n as i128, int));
        fb.call_runtime1(RuntimeFn::memequal, vec![p, q, n], boolean)
    }

    /// Part by part; the first difference decides, so that a panic behind it doesn't happen.
    fn equal_parts(&mut self, fb: &mut FuncBuilder, x: Place, y: Place, ty: Ty) -> Res<Operand> {
        let boolean = self.types.prim(Prim::Bool);
        let int = self.types.prim(Prim::Int);
        let parts: Vec<(Proj, Ty)> = match self.kind(ty) {
            TyKind::Struct(fields) => {
                let named = fields.iter().enumerate().filter(|(_, f)| f.name != "_");
                named.map(|(i, f)| (Proj::Field(i as u32), f.ty)).collect()
            }
            &TyKind::Array(e, n) => (0..n)
                .map(|i| (Proj::Index(Operand::Const(Const::Int(i as i128, int))), e))
                .collect(),
            _ => {
                return self.emit_equal(fb, Operand::Copy(x), Operand::Copy(y), ty);
            }
        };
        let Some(((last, last_ty), before)) = parts.split_last() else {
            return Ok(Operand::Const(Const::Bool(true)));
        };
        let result = fb.temp(boolean);
        let (differs, done) = (fb.new_block(), fb.new_block());
        for (proj, part_ty) in before {
            let (a, b) = (x.clone().with(proj.clone()), y.clone().with(proj.clone()));
            let eq = self.emit_equal(fb, Operand::Copy(a), Operand::Copy(b), *part_ty)?;
            let next = fb.new_block();
            fb.branch(eq, next, differs);
            fb.switch_to(next);
        }
        let (a, b) = (x.with(last.clone()), y.with(last.clone()));
        let eq = self.emit_equal(fb, Operand::Copy(a), Operand::Copy(b), *last_ty)?;
        fb.store(Place::local(result), eq);
        fb.goto(done);
        fb.switch_to(differs);
        fb.store(Place::local(result), Operand::Const(Const::Bool(false)));
        fb.goto_and_switch(done);
        Ok(Operand::local(result))
    }

    /// The dynamic type of an interface value (unsafe.Pointer), nil for a nil one.
    pub fn dynamic_type(&mut self, fb: &mut FuncBuilder, x: Operand, empty: bool) -> Operand {
        let ptr = self.types.prim(Prim::UnsafePointer);
        let tab = fb.extract(ptr, Part::Tab, x);
        if empty {
            return tab;
        }
        let boolean = self.types.prim(Prim::Bool);
        let nil = Operand::Const(Const::Zero(ptr));
        let typ = fb.value_local(ptr, Rvalue::Use(tab.clone()));
        let is_nil = fb.binary(boolean, BinOp::Eq, tab.clone(), nil);
        let (load, done) = (fb.new_block(), fb.new_block());
        fb.branch(is_nil, done, load);
        fb.switch_to(load);
        let found = self.itab_type(fb, tab);
        fb.store(Place::local(typ), found);
        fb.goto_and_switch(done);
        Operand::local(typ)
    }

    /// The dynamic type in an itab, as an operand that is to be used at once.
    pub fn itab_type(&mut self, fb: &mut FuncBuilder, tab: Operand) -> Operand {
        let ptr = self.types.prim(Prim::UnsafePointer);
        let words = self.types.pointer(ptr);
        // An itab is {interface type, dynamic type, ...}.
        let tab = fb.convert(words, ConvKind::NoOp, tab);
        let one = Operand::Const(Const::Int(1, self.types.prim(Prim::Int)));
        let slot = fb.value(words, Rvalue::PtrIndex { base: tab, index: one });
        Operand::Copy(fb.deref_unchecked(slot, words))
    }

    fn equal_interfaces(
        &mut self,
        fb: &mut FuncBuilder,
        x: Operand,
        y: Operand,
        empty: bool,
    ) -> Res<Operand> {
        let (ptr, boolean) = (self.types.prim(Prim::UnsafePointer), self.types.prim(Prim::Bool));
        let s = self.dynamic_type(fb, x.clone(), empty);
        let t = self.dynamic_type(fb, y.clone(), empty);
        let result = fb.temp(boolean);
        let same = fb.binary(boolean, BinOp::Eq, s.clone(), t);
        fb.store(Place::local(result), same.clone());
        let (typed, compare, done) = (fb.new_block(), fb.new_block(), fb.new_block());
        fb.branch(same, typed, done);
        fb.switch_to(typed);
        let nil = Operand::Const(Const::Zero(ptr));
        let both_nil = fb.binary(boolean, BinOp::Eq, s.clone(), nil);
        fb.branch(both_nil, done, compare);
        fb.switch_to(compare);
        let p = fb.extract(ptr, Part::Data, x);
        let q = fb.extract(ptr, Part::Data, y);
        let eq = fb.call_runtime1(RuntimeFn::efaceeq, vec![s, p, q], boolean);
        fb.store(Place::local(result), eq);
        fb.goto_and_switch(done);
        Ok(Operand::local(result))
    }

    /// `x == y` for an interface value `x` of type `iface` and a value `y` of a concrete type that
    /// implements it.
    pub fn emit_equal_mixed(
        &mut self,
        fb: &mut FuncBuilder,
        x: Operand,
        iface: Ty,
        y: Operand,
        concrete: Ty,
    ) -> Res<Operand> {
        let (ptr, boolean) = (self.types.prim(Prim::UnsafePointer), self.types.prim(Prim::Bool));
        let empty = matches!(self.kind(iface), TyKind::Interface { methods } if methods.is_empty());
        let t = self.dynamic_type(fb, x.clone(), empty);
        let desc = Operand::Const(Const::TypeDesc(concrete));
        let same = fb.binary(boolean, BinOp::Eq, t, desc);
        let result = fb.value_local(boolean, Rvalue::Use(same.clone()));
        let (compare, done) = (fb.new_block(), fb.new_block());
        fb.branch(same, compare, done);
        fb.switch_to(compare);
        let data = fb.value_local(ptr, Rvalue::Extract(Part::Data, x));
        let value = self.data_word_place(fb, data, concrete);
        let eq = self.emit_equal(fb, Operand::Copy(value), y, concrete)?;
        fb.store(Place::local(result), eq);
        fb.goto_and_switch(done);
        Ok(Operand::local(result))
    }

    /// The value of type `concrete` behind an interface's data word, which is in local `data`.
    pub fn data_word_place(&mut self, fb: &mut FuncBuilder, data: LocalId, concrete: Ty) -> Place {
        let ptr = self.types.pointer(concrete);
        let p = if self.types.table.is_pointer_shaped(concrete) {
            // The word is the value: look at it as one of this type.
            let unsafe_ptr = fb.local_ty(data);
            let word_ptr = self.types.pointer(unsafe_ptr);
            let p = fb.value(word_ptr, Rvalue::AddrOf(Place::local(data), word_ptr));
            fb.convert(ptr, ConvKind::NoOp, p)
        } else {
            fb.convert(ptr, ConvKind::NoOp, Operand::local(data))
        };
        fb.deref_unchecked(p, ptr)
    }

    /// `func(p, q *T) bool` for a struct or array type.
    pub fn equal_func(&mut self, ty: Ty) -> Res<Symbol> {
        if let Some(f) = self.module.eq_funcs.get(&ty) {
            return Ok(f.clone());
        }
        let sym: Symbol = format!("eq:{}", self.types.table.data(ty).unique).into();
        self.module.eq_funcs.insert(ty, sym.clone());
        let (ptr, boolean) = (self.types.pointer(ty), self.types.prim(Prim::Bool));
        let sig = Sig { params: vec![ptr, ptr], results: vec![boolean], variadic: false };
        let mut fb = part_func(&sym, sig);
        let x = fb.deref_unchecked(fb.param(0), ptr);
        let y = fb.deref_unchecked(fb.param(1), ptr);
        let result = match *self.kind(ty) {
            TyKind::Array(elem, n) if self.weight(ty) > MAX_INLINE => {
                let differs = fb.new_block();
                let (i, body, next, done) = self.count_to(&mut fb, n);
                fb.switch_to(body);
                let at = Proj::Index(Operand::local(i));
                let (a, b) = (x.with(at.clone()), y.with(at));
                let eq = self.emit_equal(&mut fb, Operand::Copy(a), Operand::Copy(b), elem)?;
                fb.branch(eq, next, differs);
                fb.switch_to(differs);
                let result = Place::local(fb.func.results[0]);
                fb.store(result, Operand::Const(Const::Bool(false)));
                fb.ret();
                fb.switch_to(done);
                Operand::Const(Const::Bool(true))
            }
            _ => self.equal_parts(&mut fb, x, y, ty)?,
        };
        fb.store(Place::local(fb.func.results[0]), result);
        fb.ret();
        self.add_func(fb.finish());
        Ok(sym)
    }

    /// A loop `for i := 0; i < n; i++`: its variable, an open body block, the block to go to at the end of the
    /// body, and the one behind the loop.
    fn count_to(&mut self, fb: &mut FuncBuilder, n: u64) -> (LocalId, BlockId, BlockId, BlockId) {
        let (boolean, int) = (self.types.prim(Prim::Bool), self.types.prim(Prim::Int));
        let constant = |v: i128| Operand::Const(Const::Int(v, int));
        let i = fb.value_local(int, Rvalue::Use(constant(-1)));
        let (head, body, next, done) =
            (fb.new_block(), fb.new_block(), fb.new_block(), fb.new_block());
        fb.goto_and_switch(next);
        fb.assign(Place::local(i), Rvalue::Binary(BinOp::Add, Operand::local(i), constant(1)));
        fb.goto_and_switch(head);
        let more = fb.binary(boolean, BinOp::Lt, Operand::local(i), constant(n as i128));
        fb.branch(more, body, done);
        (i, body, next, done)
    }

    // Hashing.

    /// The hash of `x` (uintptr).
    pub fn emit_hash(
        &mut self,
        fb: &mut FuncBuilder,
        x: Operand,
        ty: Ty,
        seed: Operand,
    ) -> Res<Operand> {
        let word = self.types.prim(Prim::Uintptr);
        match self.kind(ty).clone() {
            TyKind::Bool => {
                // As a byte, by way of its memory.
                let byte = self.types.prim(Prim::Uint8);
                let (from, to) = (self.types.pointer(ty), self.types.pointer(byte));
                let b = fb.value_local(ty, Rvalue::Use(x));
                let p = fb.value(from, Rvalue::AddrOf(Place::local(b), from));
                let p = fb.convert(to, ConvKind::NoOp, p);
                let place = fb.deref_unchecked(p, to);
                let x = fb.convert(word, ConvKind::IntToInt, Operand::Copy(place));
                Ok(self.hash_word(fb, x, seed))
            }
            TyKind::Int { .. } => {
                let x = fb.convert(word, ConvKind::IntToInt, x);
                Ok(self.hash_word(fb, x, seed))
            }
            TyKind::Pointer(_) | TyKind::UnsafePointer | TyKind::Chan(..) => {
                let ptr = self.types.prim(Prim::UnsafePointer);
                let x = fb.convert(ptr, ConvKind::NoOp, x);
                let x = fb.convert(word, ConvKind::PtrToInt, x);
                Ok(self.hash_word(fb, x, seed))
            }
            TyKind::Float { bits } => Ok(self.hash_float(fb, x, bits, seed)),
            TyKind::Complex { bits } => {
                let part = match bits {
                    64 => self.types.prim(Prim::Float32),
                    _ => self.types.prim(Prim::Float64),
                };
                let re = fb.extract(part, Part::Real, x.clone());
                let im = fb.extract(part, Part::Imag, x);
                let h = self.hash_float(fb, re, bits / 2, seed);
                Ok(self.hash_float(fb, im, bits / 2, h))
            }
            TyKind::String => {
                let f = self.maps_helper(fb.span, "hashString")?;
                Ok(fb.call_direct(f, vec![x, seed], &[word]).swap_remove(0))
            }
            TyKind::Interface { methods } => {
                let f = match methods.is_empty() {
                    true => RuntimeFn::nilinterhash,
                    false => RuntimeFn::interhash,
                };
                Ok(fb.call_runtime1(f, vec![x, seed], word))
            }
            TyKind::Struct(_) | TyKind::Array(..) => {
                let x = in_place(fb, ty, x);
                self.hash_place(fb, x, ty, seed)
            }
            // Not comparable: never hashed.
            TyKind::Slice(_) | TyKind::Map(..) | TyKind::Func(_) | TyKind::Placeholder => Ok(seed),
        }
    }

    /// Mixes a word into the seed: the two halves of a product, xored.
    fn hash_word(&mut self, fb: &mut FuncBuilder, x: Operand, seed: Operand) -> Operand {
        let word = self.types.prim(Prim::Uintptr);
        let x = fb.binary(word, BinOp::Xor, x, seed);
        let prime = Operand::Const(Const::Int(HASH_PRIME, word));
        let product = fb.call(Callee::Intrinsic(Intrinsic::Mul64), vec![x, prime], &[word, word]);
        let [hi, lo] = [product[0].clone(), product[1].clone()];
        fb.binary(word, BinOp::Xor, hi, lo)
    }

    fn hash_float(&mut self, fb: &mut FuncBuilder, x: Operand, bits: u8, seed: Operand) -> Operand {
        let (word, double) = (self.types.prim(Prim::Uintptr), self.types.prim(Prim::Float64));
        let x = match bits {
            32 => fb.convert(double, ConvKind::FloatToFloat, x),
            _ => x,
        };
        fb.call_runtime1(RuntimeFn::f64hash, vec![x, seed], word)
    }

    fn hash_place(
        &mut self,
        fb: &mut FuncBuilder,
        x: Place,
        ty: Ty,
        seed: Operand,
    ) -> Res<Operand> {
        let word = self.types.prim(Prim::Uintptr);
        let ptr = self.types.pointer(ty);
        if self.is_memory_equal(ty) && self.weight(ty) != 1 {
            let size = self.types.table.size(ty);
            if size == 0 {
                return Ok(seed);
            }
            let unsafe_ptr = self.types.prim(Prim::UnsafePointer);
            let p = fb.value(ptr, Rvalue::AddrOf(x, ptr));
            let p = fb.convert(unsafe_ptr, ConvKind::NoOp, p);
            let n = Operand::Const(Const::Int(size as i128, word));
            let f = self.maps_helper(fb.span, "hashMemory")?;
            return Ok(fb.call_direct(f, vec![p, n, seed], &[word]).swap_remove(0));
        }
        if self.weight(ty) <= MAX_INLINE {
            return self.hash_parts(fb, x, ty, seed);
        }
        let p = fb.value(ptr, Rvalue::AddrOf(x, ptr));
        let f = self.hash_func(ty)?;
        Ok(fb.call_direct(f, vec![p, seed], &[word]).swap_remove(0))
    }

    fn hash_parts(
        &mut self,
        fb: &mut FuncBuilder,
        x: Place,
        ty: Ty,
        mut seed: Operand,
    ) -> Res<Operand> {
        let int = self.types.prim(Prim::Int);
        let parts: Vec<(Proj, Ty)> = match self.kind(ty) {
            TyKind::Struct(fields) => {
                let named = fields.iter().enumerate().filter(|(_, f)| f.name != "_");
                named.map(|(i, f)| (Proj::Field(i as u32), f.ty)).collect()
            }
            &TyKind::Array(e, n) => (0..n)
                .map(|i| (Proj::Index(Operand::Const(Const::Int(i as i128, int))), e))
                .collect(),
            _ => return self.emit_hash(fb, Operand::Copy(x), ty, seed),
        };
        for (proj, part_ty) in parts {
            let part = x.clone().with(proj);
            seed = self.emit_hash(fb, Operand::Copy(part), part_ty, seed)?;
        }
        Ok(seed)
    }

    /// `func(p *T, seed uintptr) uintptr` for a struct or array type.
    pub fn hash_func(&mut self, ty: Ty) -> Res<Symbol> {
        if let Some(f) = self.module.hash_funcs.get(&ty) {
            return Ok(f.clone());
        }
        let sym: Symbol = format!("hash:{}", self.types.table.data(ty).unique).into();
        self.module.hash_funcs.insert(ty, sym.clone());
        let (ptr, word) = (self.types.pointer(ty), self.types.prim(Prim::Uintptr));
        let sig = Sig { params: vec![ptr, word], results: vec![word], variadic: false };
        let mut fb = part_func(&sym, sig);
        let x = fb.deref_unchecked(fb.param(0), ptr);
        let result = match *self.kind(ty) {
            TyKind::Array(elem, n) if self.weight(ty) > MAX_INLINE => {
                let h = fb.value_local(word, Rvalue::Use(fb.param(1)));
                let (i, body, next, done) = self.count_to(&mut fb, n);
                fb.switch_to(body);
                let at = x.with(Proj::Index(Operand::local(i)));
                let part = self.emit_hash(&mut fb, Operand::Copy(at), elem, Operand::local(h))?;
                fb.store(Place::local(h), part);
                fb.goto(next);
                fb.switch_to(done);
                Operand::local(h)
            }
            _ => {
                let seed = fb.param(1);
                self.hash_parts(&mut fb, x, ty, seed)?
            }
        };
        fb.store(Place::local(fb.func.results[0]), result);
        fb.ret();
        self.add_func(fb.finish());
        Ok(sym)
    }
}

/// A place that holds the operand.
fn in_place(fb: &mut FuncBuilder, ty: Ty, x: Operand) -> Place {
    match x {
        Operand::Copy(place) => place,
        x => Place::local(fb.value_local(ty, Rvalue::Use(x))),
    }
}

fn part_func(sym: &Symbol, sig: Sig) -> FuncBuilder {
    let mut fb = FuncBuilder::new(sym.clone(), sym.to_string(), sig, Span::NONE);
    fb.func.linkage = Linkage::LinkOnce;
    fb.func.attrs.wrapper = true;
    fb
}

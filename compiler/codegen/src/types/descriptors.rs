//! Type descriptors (compiler/ABI.md): 144 bytes in section `gotypes`, one for each type of the program.

use crate::cx::Cx;
use crate::error::Res;
use crate::reach::NotedTable;
use crate::wrappers;
use inkwell::module::Linkage;
use inkwell::types::{BasicTypeEnum, StructType};
use inkwell::values::{BasicValueEnum, PointerValue};
use ir::ty::{Field, InterfaceMethod, Sig, Ty, TyData, TyKind};
use syntax::ast::ChanDir;

const FLAG_UNCOMMON: u8 = 1;
const FLAG_NAMED: u8 = 2;
const FLAG_POINTER_SHAPED: u8 = 4;
const FLAG_COMPARABLE: u8 = 8;
const FLAG_MEMORY_EQUAL: u8 = 16;

/// The part of a descriptor that depends on the kind of type.
struct Shape<'ctx> {
    elem: PointerValue<'ctx>,
    key: PointerValue<'ctx>,
    len: u64,
    list: PointerValue<'ctx>,
    pkg: String,
    aux: PointerValue<'ctx>,
}

/// FNV-1a.
pub(super) fn type_hash(unique: &str) -> u32 {
    unique.bytes().fold(0x811c_9dc5, |h, b| (h ^ b as u32).wrapping_mul(0x0100_0193))
}

impl<'ctx> Cx<'ctx, '_> {
    pub(super) fn descriptor_type(&self) -> StructType<'ctx> {
        let (p, w): (BasicTypeEnum, BasicTypeEnum) = (self.l.ptr.into(), self.l.i64.into());
        let (i, b): (BasicTypeEnum, BasicTypeEnum) = (self.l.int(32).into(), self.l.int(8).into());
        #[rustfmt::skip]
        let fields = [
            w, w, i, b, b, b, b, // size, ptrdata, hash, tflag, align, field_align, kind
            p, p, p, p, w,       // equal, hashfn, gcdata, string
            p, p, p, p, w, p,    // ptr_to_this, uncommon, elem, key, len, list
            p, w, p, p,          // pkgpath, aux, unique
        ];
        self.l.structure(&fields)
    }

    pub(super) fn emit_descriptor(&self, t: Ty) -> Res<()> {
        let d = self.ir.types.data(t);
        let sym = format!("type:{}", d.unique);
        let shape = self.shape(t, d)?;
        let (equal, hash) = (self.equal_fn(t)?, self.hash_fn(t)?);
        let uncommon = d.named.is_some() || !d.methods.is_empty();
        let mut tflag = 0;
        for (set, flag) in [
            (uncommon, FLAG_UNCOMMON),
            (d.named.is_some(), FLAG_NAMED),
            (self.l.table.is_pointer_shaped(t), FLAG_POINTER_SHAPED),
            (!equal.is_null(), FLAG_COMPARABLE),
            (self.memory_equal(t), FLAG_MEMORY_EQUAL),
        ] {
            tflag |= if set { flag } else { 0 };
        }
        let byte = |v: u64| BasicValueEnum::from(self.l.int(8).const_int(v, false));
        let word = |v: u64| BasicValueEnum::from(self.i64(v));
        let align = byte(self.l.align(t));
        let unique = self.private_constant(
            self.ctx.const_string(d.unique.as_bytes(), true).into(),
            "unique",
            1,
        );
        let values = [
            word(self.l.size(t)),
            word(self.ptrdata(t)),
            self.l.int(32).const_int(type_hash(&d.unique) as u64, false).into(),
            byte(tflag as u64),
            align,
            align,
            byte(self.reflect_kind(t)),
            equal.into(),
            hash.into(),
            self.gcdata(t).into(),
            self.string_data(d.string.as_bytes()).into(),
            word(d.string.len() as u64),
            self.pointer_to(d).into(),
            if uncommon { self.uncommon(d)? } else { self.l.ptr.const_null() }.into(),
            shape.elem.into(),
            shape.key.into(),
            word(shape.len),
            shape.list.into(),
            self.string_data(shape.pkg.as_bytes()).into(),
            word(shape.pkg.len() as u64),
            shape.aux.into(),
            unique.into(),
        ];
        let Some(g) = self.llmod.get_global(&sym) else { return Ok(()) };
        g.set_initializer(&self.descriptor_type().const_named_struct(&values));
        g.set_constant(true);
        g.set_alignment(8);
        g.set_section(Some("gotypes"));
        let home = d.named.as_ref().is_some_and(|n| n.home.is_some());
        let keep = home || self.ir.emit_types.contains(&t);
        g.set_linkage(if keep { Linkage::WeakODR } else { Linkage::LinkOnceODR });
        g.set_comdat(self.llmod.get_or_insert_comdat(&sym));
        Ok(())
    }

    /// The descriptor of *T, if any module emits it.
    fn pointer_to(&self, d: &TyData) -> PointerValue<'ctx> {
        let sym = format!("type:*{}", d.unique);
        if let Some(g) = self.llmod.get_global(&sym) {
            return g.as_pointer_value();
        }
        let g = self.llmod.add_global(self.descriptor_type(), None, &sym);
        g.set_linkage(Linkage::ExternalWeak);
        g.as_pointer_value()
    }

    /// reflect.Kind.
    fn reflect_kind(&self, t: Ty) -> u64 {
        match self.l.kind(t) {
            TyKind::Placeholder => 0,
            TyKind::Bool => 1,
            TyKind::Int { bits, signed } => self.int_kind(t, *bits, *signed),
            TyKind::Float { bits: 32 } => 13,
            TyKind::Float { .. } => 14,
            TyKind::Complex { bits: 64 } => 15,
            TyKind::Complex { .. } => 16,
            TyKind::Array(..) => 17,
            TyKind::Chan(..) => 18,
            TyKind::Func(_) => 19,
            TyKind::Interface { .. } => 20,
            TyKind::Map(..) => 21,
            TyKind::Pointer(_) => 22,
            TyKind::Slice(_) => 23,
            TyKind::String => 24,
            TyKind::Struct(_) => 25,
            TyKind::UnsafePointer => 26,
        }
    }

    fn int_kind(&self, t: Ty, bits: u8, signed: bool) -> u64 {
        use ir::ty::Word;
        match (bits, signed, self.l.table.word(t)) {
            (64, true, Some(Word::Int)) => 2,
            (64, false, Some(Word::Uint)) => 7,
            (64, false, Some(Word::Uintptr)) => 12,
            (8, true, _) => 3,
            (16, true, _) => 4,
            (32, true, _) => 5,
            (_, true, _) => 6,
            (8, false, _) => 8,
            (16, false, _) => 9,
            (32, false, _) => 10,
            _ => 11,
        }
    }

    fn shape(&self, t: Ty, d: &TyData) -> Res<Shape<'ctx>> {
        let nil = self.l.ptr.const_null();
        let mut s = Shape { elem: nil, key: nil, len: 0, list: nil, pkg: String::new(), aux: nil };
        match &d.kind {
            TyKind::Pointer(e) | TyKind::Slice(e) => s.elem = self.type_desc(*e),
            TyKind::Array(e, n) => (s.elem, s.len) = (self.type_desc(*e), *n),
            TyKind::Chan(dir, e) => {
                s.elem = self.type_desc(*e);
                s.len = match dir {
                    ChanDir::Recv => 1,
                    ChanDir::Send => 2,
                    ChanDir::Both => 3,
                };
            }
            TyKind::Map(k, e) => {
                (s.key, s.elem) = (self.type_desc(*k), self.type_desc(*e));
                s.aux = self.map_funcs(t, d)?;
            }
            TyKind::Struct(fields) => {
                s.len = fields.len() as u64;
                s.list = self.field_list(fields);
                s.pkg = fields
                    .iter()
                    .map(|f| &f.pkg)
                    .find(|p| !p.is_empty())
                    .cloned()
                    .unwrap_or_default();
            }
            TyKind::Interface { methods } => {
                s.len = methods.len() as u64;
                s.list = self.interface_methods(methods);
                s.pkg = methods
                    .iter()
                    .map(|m| &m.pkg)
                    .find(|p| !p.is_empty())
                    .cloned()
                    .unwrap_or_default();
            }
            TyKind::Func(sig) => {
                let variadic = (sig.variadic as u64) << 32;
                s.len = sig.params.len() as u64 | (sig.results.len() as u64) << 16 | variadic;
                let parts = sig.params.iter().chain(&sig.results);
                s.list = self.table(parts.map(|&t| self.type_desc(t).into()).collect());
                s.aux = self.func_aux(sig)?;
            }
            _ => {}
        }
        Ok(s)
    }

    /// A static array of words; nil if empty.
    fn table(&self, words: Vec<BasicValueEnum<'ctx>>) -> PointerValue<'ctx> {
        if words.is_empty() {
            return self.l.ptr.const_null();
        }
        self.private_constant(self.ctx.const_struct(&words, false).into(), "table", 8)
    }

    fn push_string(&self, s: &str, words: &mut Vec<BasicValueEnum<'ctx>>) {
        words.push(self.string_data(s.as_bytes()).into());
        words.push(self.i64(s.len() as u64).into());
    }

    fn field_list(&self, fields: &[Field]) -> PointerValue<'ctx> {
        let offsets = self.l.table.struct_layout(fields).0;
        let mut words = Vec::new();
        for (f, off) in fields.iter().zip(offsets) {
            self.push_string(&f.name, &mut words);
            self.push_string(&f.pkg, &mut words);
            words.push(self.type_desc(f.ty).into());
            self.push_string(&f.tag, &mut words);
            words.push(self.i64(off).into());
            words.push(self.i64(f.embedded as u64).into());
        }
        self.table(words)
    }

    fn interface_methods(&self, methods: &[InterfaceMethod]) -> PointerValue<'ctx> {
        let mut words = Vec::new();
        for m in methods {
            self.push_string(&m.name, &mut words);
            self.push_string(&m.pkg, &mut words);
            words.push(self.type_desc(m.sig).into());
        }
        self.table(words)
    }

    fn uncommon(&self, d: &TyData) -> Res<PointerValue<'ctx>> {
        let mut methods = Vec::new();
        for m in &d.methods {
            self.push_string(&m.name, &mut methods);
            self.push_string(&m.pkg, &mut methods);
        }
        let (name, pkg) = d.named.as_ref().map_or(("", ""), |n| (&n.name, &n.pkg));
        let mut words = Vec::new();
        self.push_string(name, &mut words);
        self.push_string(pkg, &mut words);
        words.push(self.i64(d.methods.len() as u64).into());
        words.push(self.table(methods).into());
        words.push(self.method_code(d)?.into());
        Ok(self.table(words))
    }

    /// Types and code of the methods: a table with all of them, in whose place the driver may put another.
    fn method_code(&self, d: &TyData) -> Res<PointerValue<'ctx>> {
        if d.methods.is_empty() {
            return Ok(self.l.ptr.const_null());
        }
        let mut words: Vec<BasicValueEnum<'ctx>> = Vec::new();
        let mut noted = Vec::new();
        for m in &d.methods {
            let code = match m.ifn.is_empty() {
                true => self.l.ptr.const_null(),
                false => self.code_pointer(&m.ifn)?,
            };
            words.push(self.type_desc(m.sig).into());
            words.push(code.into());
            noted.push(self.noted_method(&m.name, &m.pkg, m.sig, true, code));
        }
        let sym = format!("code:{}", d.unique);
        if let Some(methods) = noted.into_iter().collect() {
            self.noted.table(sym.clone(), NotedTable::Code(methods));
        }
        let data = self.ctx.const_struct(&words, false);
        Ok(self.linkonce_constant(data.into(), &sym).as_pointer_value())
    }

    fn map_funcs(&self, t: Ty, d: &TyData) -> Res<PointerValue<'ctx>> {
        let Some(m) = self.ir.map_funcs.get(&t) else { return Ok(self.l.ptr.const_null()) };
        let mut words = Vec::new();
        for sym in [&m.make, &m.get, &m.put, &m.delete, &m.clear, &m.iter, &m.next] {
            words.push(self.code_pointer(sym)?.into());
        }
        let data = self.ctx.const_struct(&words, false);
        let sym = format!("mapfuncs:{}", d.unique);
        Ok(self.linkonce_constant(data.into(), &sym).as_pointer_value())
    }

    /// One for all func types whose values are handled alike.
    fn func_aux(&self, sig: &Sig) -> Res<PointerValue<'ctx>> {
        let shape = wrappers::shape(self, sig);
        let code = [
            wrappers::reflect_call(self, &shape, sig, false)?,
            wrappers::make_func(self, &shape, sig)?,
            wrappers::reflect_call(self, &shape, sig, true)?,
        ];
        let sym = format!("funcaux:{shape}");
        if let [Some(a), Some(b), Some(c)] = code.map(|p| self.shared_symbol(p)) {
            let one = sig.params.len() == 1;
            self.noted.table(sym.clone(), NotedTable::FuncAux { code: [a, b, c], one });
        }
        let data = self.ctx.const_struct(&code.map(BasicValueEnum::from), false);
        Ok(self.linkonce_constant(data.into(), &sym).as_pointer_value())
    }

    /// A descriptor without identity for an object {code pointer, `words` pointers, values at `base`}:
    /// what the allocator and the collector need.
    pub fn frame_desc(
        &self,
        size: u64,
        words: usize,
        base: u64,
        tys: &[Ty],
        offsets: &[u64],
    ) -> PointerValue<'ctx> {
        let size = size.next_multiple_of(8);
        let mut bits = vec![0u8; (size / 8).div_ceil(8) as usize];
        for w in 1..=words {
            bits[w / 8] |= 1 << (w % 8);
        }
        for (&t, off) in tys.iter().zip(offsets) {
            self.mark_pointers(t, base + off, &mut bits);
        }
        let ptrdata = (0..size / 8).rev().find(|w| bits[(w / 8) as usize] >> (w % 8) & 1 == 1);
        let ptrdata = ptrdata.map_or(0, |w| 8 * (w + 1));
        let ty = self.descriptor_type();
        let mut values: Vec<_> = ty.get_field_types().iter().map(|t| t.const_zero()).collect();
        values[0] = self.i64(size).into();
        values[1] = self.i64(ptrdata).into();
        values[4] = self.l.int(8).const_int(8, false).into();
        values[5] = values[4];
        values[6] = self.l.int(8).const_int(25, false).into();
        values[9] = self.bitmap(&bits).into();
        let name = "a goroutine's arguments";
        values[10] = self.string_data(name.as_bytes()).into();
        values[11] = self.i64(name.len() as u64).into();
        self.private_constant(ty.const_named_struct(&values).into(), "frame", 8)
    }
}

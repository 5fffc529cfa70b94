//! What all of code generation for one module shares: the LLVM module, layouts, and declarations by symbol.

use crate::Options;
use crate::abi::{GoAbi, go_abi, runtime_type};
use crate::debug::Debug;
use crate::error::{Res, bail};
use crate::layout::Layout;
use crate::reach::Noted;
use crate::value::Scalar;
use diag::SourceMap;
use inkwell::GlobalVisibility;
use inkwell::attributes::{Attribute, AttributeLoc};
use inkwell::comdat::ComdatSelectionKind;
use inkwell::context::Context;
use inkwell::module::{Linkage, Module};
use inkwell::types::{AnyType, BasicTypeEnum, FunctionType};
use inkwell::values::{
    BasicValue, BasicValueEnum, FunctionValue, GlobalValue, MetadataValue, PointerValue,
    UnnamedAddress,
};
use ir::ir as go;
use ir::runtime_abi::RuntimeFn;
use ir::ty::{Sig, Ty};
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

/// What is known of a function by its symbol.
#[derive(Clone, Copy)]
pub struct FnInfo<'m> {
    pub sig: &'m Sig,
    /// See [`go::Extern::c_abi`].
    pub c_abi: bool,
    pub def: Option<&'m go::Function>,
}

/// Collects. It preserves no registers: those that hold nothing any more must not keep objects alive.
const COLLECT: &str = "gosubc_gc";
/// LLVM's `preserve_nonecc`.
const PRESERVE_NONE: u32 = 21;

pub struct Cx<'ctx, 'm> {
    pub ctx: &'ctx Context,
    pub llmod: Module<'ctx>,
    pub ir: &'m go::Module,
    pub opts: &'m Options,
    pub l: Layout<'ctx, 'm>,
    pub debug: Debug<'ctx, 'm>,
    /// Instructions that a defer statement becomes say so in metadata, for those who read the module.
    pub tells_defers: bool,
    fns: HashMap<&'m str, FnInfo<'m>>,
    globals: HashMap<&'m str, &'m go::Global>,
    strings: RefCell<HashMap<Vec<u8>, PointerValue<'ctx>>>,
    /// Boxed constants by value and alignment: equal ones have one address, as in gc, which a chain of panics shows.
    boxes: RefCell<HashMap<(BasicValueEnum<'ctx>, u64), PointerValue<'ctx>>>,
    /// Types whose descriptors must be emitted, and all that have ever been in there.
    pub pending_types: RefCell<Vec<Ty>>,
    pub seen_types: RefCell<HashSet<Ty>>,
    pub noted: Noted,
    /// How many sections of constants without a name there are.
    sections: Cell<u32>,
    /// By [`Scalar`].
    access_tags: [MetadataValue<'ctx>; 3],
    /// Metadata `range` of lengths and capacities: never negative.
    pub length_range: MetadataValue<'ctx>,
}

impl<'ctx, 'm> Cx<'ctx, 'm> {
    pub fn new(
        ctx: &'ctx Context,
        llmod: Module<'ctx>,
        ir: &'m go::Module,
        source: &'m SourceMap,
        opts: &'m Options,
    ) -> Cx<'ctx, 'm> {
        let mut fns: HashMap<&str, FnInfo> = HashMap::new();
        for (sym, e) in &ir.externs {
            fns.insert(sym, FnInfo { sig: &e.sig, c_abi: e.c_abi, def: None });
        }
        for f in &ir.funcs {
            fns.insert(&f.sym, FnInfo { sig: &f.sig, c_abi: false, def: Some(f) });
        }
        let debug = Debug::new(ctx, &llmod, source, &ir.path, opts);
        let access_tags = [Scalar::Pointer, Scalar::Length, Scalar::Other];
        Cx {
            ctx,
            length_range: {
                let i64 = ctx.i64_type();
                ctx.metadata_node(&[i64.const_zero().into(), i64.const_int(1 << 63, false).into()])
            },
            access_tags: access_tags.map(|s| access_tag(ctx, s)),
            llmod,
            ir,
            opts,
            l: Layout::new(ctx, &ir.types),
            debug,
            tells_defers: false,
            fns,
            globals: ir.globals.iter().map(|g| (&*g.sym, g)).collect(),
            strings: RefCell::default(),
            boxes: RefCell::default(),
            pending_types: RefCell::default(),
            seen_types: RefCell::default(),
            noted: Noted::default(),
            sections: Cell::default(),
        }
    }

    /// Of a branch whose first way a profile expects in so many per cent of times. Of 100 per cent samples can't be certain.
    pub fn likely(&self, percent: u32) -> MetadataValue<'ctx> {
        let weight = |n: u32| self.ctx.i32_type().const_int(n.into(), false).into();
        let (then, els) = if percent < 100 { (percent, 100 - percent) } else { (2000, 1) };
        let name = self.ctx.metadata_string("branch_weights").into();
        self.ctx.metadata_node(&[name, weight(then), weight(els)])
    }

    pub fn fn_info(&self, sym: &str) -> Res<FnInfo<'m>> {
        match self.fns.get(sym) {
            Some(i) => Ok(*i),
            None => bail!("function {sym} is neither defined nor declared"),
        }
    }

    // Attributes.

    pub fn enum_attr(&self, name: &str, value: u64) -> Attribute {
        self.ctx.create_enum_attribute(Attribute::get_named_enum_kind_id(name), value)
    }

    pub fn string_attr(&self, name: &str, value: &str) -> Attribute {
        self.ctx.create_string_attribute(name, value)
    }

    pub fn type_attr(&self, name: &str, ty: BasicTypeEnum<'ctx>) -> Attribute {
        let kind = Attribute::get_named_enum_kind_id(name);
        self.ctx.create_type_attribute(kind, ty.as_any_type_enum())
    }

    pub fn add_fn_attrs(&self, f: FunctionValue<'ctx>, names: &[&str]) {
        for n in names {
            f.add_attribute(AttributeLoc::Function, self.enum_attr(n, 0));
        }
    }

    // Functions.

    pub fn go_abi(&self, sig: &Sig) -> GoAbi<'ctx> {
        go_abi(&self.l, sig)
    }

    /// The function of a Go symbol, declared with its type; a symbol that only type descriptors and
    /// the like name gets a type that no one looks at.
    pub fn function(&self, sym: &str) -> FunctionValue<'ctx> {
        if let Some(f) = self.llmod.get_function(sym) {
            return f;
        }
        match self.fns.get(sym) {
            Some(FnInfo { sig, c_abi: true, .. }) => {
                let f = self.llmod.add_function(sym, crate::abi::c_abi(&self.l, sig).ty, None);
                if sym == COLLECT {
                    f.set_call_conventions(PRESERVE_NONE);
                }
                f
            }
            Some(FnInfo { sig, .. }) => {
                let abi = self.go_abi(sig);
                let f = self.llmod.add_function(sym, abi.ty, None);
                self.go_attributes(f, sig, &abi);
                f
            }
            None => self.llmod.add_function(sym, self.ctx.void_type().fn_type(&[], false), None),
        }
    }

    /// The address of a function's Go-convention code, for closure objects.
    pub fn code_pointer(&self, sym: &str) -> Res<PointerValue<'ctx>> {
        let f = match self.fns.get(sym) {
            Some(FnInfo { c_abi: true, .. }) => crate::wrappers::c_function_as_go(self, sym)?,
            _ => self.function(sym),
        };
        Ok(f.as_global_value().as_pointer_value())
    }

    /// Attributes of declarations and definitions of Go functions that the binary interface asks for.
    fn go_attributes(&self, f: FunctionValue<'ctx>, sig: &Sig, abi: &GoAbi<'ctx>) {
        f.add_attribute(AttributeLoc::Param(0), self.enum_attr("nest", 0));
        for (loc, a) in self.bool_attributes(sig, abi) {
            f.add_attribute(loc, a);
        }
    }

    /// `zeroext` for the parameters and the result that are bools.
    pub fn bool_attributes(&self, sig: &Sig, abi: &GoAbi<'ctx>) -> Vec<(AttributeLoc, Attribute)> {
        self.bool_attributes_behind(0, sig, abi)
    }

    /// The same with `words` pointers in front of the parameters.
    pub fn bool_attributes_behind(
        &self,
        words: usize,
        sig: &Sig,
        abi: &GoAbi<'ctx>,
    ) -> Vec<(AttributeLoc, Attribute)> {
        use crate::abi::{Pass, Ret};
        let is_bool = |t: Ty| matches!(self.l.kind(t), ir::ty::TyKind::Bool);
        let mut out = Vec::new();
        let mut n = 1 + words as u32 + u32::from(matches!(abi.ret, Ret::Pointer { .. }));
        for (&t, pass) in sig.params.iter().zip(&abi.params) {
            if *pass == Pass::Direct && is_bool(t) {
                out.push((AttributeLoc::Param(n), self.enum_attr("zeroext", 0)));
            }
            n += u32::from(*pass != Pass::Zst);
        }
        if let Ret::One(i) = abi.ret
            && is_bool(sig.results[i])
        {
            out.push((AttributeLoc::Return, self.enum_attr("zeroext", 0)));
        }
        out
    }

    /// Attributes of every function that is compiled here.
    pub fn body_attributes(&self, f: FunctionValue<'ctx>) {
        let at = AttributeLoc::Function;
        f.add_attribute(at, self.enum_attr("uwtable", 1));
        f.add_attribute(at, self.enum_attr("null_pointer_is_valid", 0));
        f.add_attribute(at, self.string_attr("disable-tail-calls", "true"));
        f.add_attribute(at, self.string_attr("frame-pointer", "none"));
        f.add_attribute(at, self.string_attr("target-cpu", &self.opts.target_cpu));
        if !self.opts.target_features.is_empty() {
            f.add_attribute(at, self.string_attr("target-features", &self.opts.target_features));
        }
        if self.opts.race {
            crate::race::mark(self, f);
        }
    }

    /// A Go function made by code generation itself, which several objects may define.
    pub fn linkonce_function(&self, sym: &str, ty: FunctionType<'ctx>) -> FunctionValue<'ctx> {
        let f = match self.llmod.get_function(sym) {
            Some(f) => f,
            None => self.llmod.add_function(sym, ty, None),
        };
        self.body_attributes(f);
        f.add_attribute(AttributeLoc::Function, self.string_attr("split-stack", ""));
        f.add_attribute(AttributeLoc::Param(0), self.enum_attr("nest", 0));
        self.place_function(f, sym, Linkage::LinkOnceODR);
        f
    }

    /// Linkage and section of a definition.
    pub fn place_function(&self, f: FunctionValue<'ctx>, sym: &str, linkage: Linkage) {
        f.set_linkage(linkage);
        if linkage != Linkage::AvailableExternally {
            f.set_section(Some(&format!(".text.{sym}")));
        }
        let comdat = || self.llmod.get_or_insert_comdat(sym);
        match linkage {
            Linkage::AvailableExternally => {}
            Linkage::LinkOnceODR | Linkage::WeakODR => f.as_global_value().set_comdat(comdat()),
            _ => {
                // A group of its own, so that its jump tables get sections that linkers can drop with it.
                let group = comdat();
                group.set_selection_kind(ComdatSelectionKind::NoDuplicates);
                f.as_global_value().set_comdat(group);
            }
        }
    }

    pub fn runtime_fn(&self, f: RuntimeFn) -> FunctionValue<'ctx> {
        if let Some(v) = self.llmod.get_function(f.symbol()) {
            return v;
        }
        let ty = runtime_type(&self.l, f.params(), f.results());
        let v = self.llmod.add_function(f.symbol(), ty, None);
        let at = AttributeLoc::Function;
        let a = f.attrs();
        if !a.panics {
            self.add_fn_attrs(v, &["nounwind"]);
        }
        if a.noreturn {
            self.add_fn_attrs(v, &["noreturn", "cold"]);
        }
        for (i, t) in v.get_type().get_param_types().iter().enumerate() {
            if *t == self.l.int(1).into() {
                v.add_attribute(AttributeLoc::Param(i as u32), self.enum_attr("zeroext", 0));
            }
        }
        if v.get_type().get_return_type() == Some(self.l.int(1).into()) {
            v.add_attribute(AttributeLoc::Return, self.enum_attr("zeroext", 0));
        }
        match f {
            RuntimeFn::newobject | RuntimeFn::newobject_noscan | RuntimeFn::makeslice => {
                // The collector reads memory conservatively and moves nothing, so stores may pass
                // these calls; unused allocations may go ("alloc,zeroed").
                for name in ["noalias", "nonnull"] {
                    v.add_attribute(AttributeLoc::Return, self.enum_attr(name, 0));
                }
                self.add_fn_attrs(v, &["willreturn"]);
                v.add_attribute(at, self.enum_attr("allockind", 1 | 16));
                v.add_attribute(at, self.string_attr("alloc-family", "gosubc"));
                v.add_attribute(at, self.enum_attr("memory", MEMORY_INACCESSIBLE));
            }
            RuntimeFn::memequal | RuntimeFn::cmpstring => {
                self.add_fn_attrs(v, &["willreturn"]);
                v.add_attribute(at, self.enum_attr("memory", MEMORY_READ_ARGS));
            }
            _ => {}
        }
        v
    }

    /// A function of the C library or the runtime that is not in the table.
    pub fn c_function(&self, name: &str, ty: FunctionType<'ctx>) -> FunctionValue<'ctx> {
        self.llmod.get_function(name).unwrap_or_else(|| self.llmod.add_function(name, ty, None))
    }

    // Data.

    /// A global of this module or another, by symbol.
    pub fn global(&self, sym: &str) -> Res<PointerValue<'ctx>> {
        if let Some(g) = self.llmod.get_global(sym) {
            return Ok(g.as_pointer_value());
        }
        match self.globals.get(sym) {
            Some(g) => Ok(self.llmod.add_global(self.l.mem(g.ty), None, sym).as_pointer_value()),
            None => bail!("variable {sym} is not declared"),
        }
    }

    /// Some object's address, e.g. of the runtime; no one looks at the type.
    pub fn extern_data(&self, sym: &str) -> GlobalValue<'ctx> {
        match self.llmod.get_global(sym) {
            Some(g) => g,
            None => self.llmod.add_global(self.ctx.i8_type(), None, sym),
        }
    }

    /// Read-only data without a name.
    pub fn private_constant(
        &self,
        value: BasicValueEnum<'ctx>,
        name: &str,
        align: u64,
    ) -> PointerValue<'ctx> {
        let g = self.llmod.add_global(value.get_type(), None, name);
        g.set_linkage(Linkage::Private);
        g.set_constant(true);
        g.set_unnamed_address(UnnamedAddress::Global);
        g.set_alignment(align.max(1) as u32);
        g.set_initializer(&value);
        if has_pointers(value.get_type()) {
            // Of its own, so that it keeps nothing alive when nobody needs it.
            let n = self.sections.replace(self.sections.get() + 1);
            g.set_section(Some(&format!(".rodata.{name}.{n}")));
        }
        g.as_pointer_value()
    }

    pub fn boxed_constant(&self, value: BasicValueEnum<'ctx>, align: u64) -> PointerValue<'ctx> {
        let make = || self.private_constant(value, "box", align);
        *self.boxes.borrow_mut().entry((value, align)).or_insert_with(make)
    }

    /// Read-only data that several objects may define.
    pub fn linkonce_constant(&self, value: BasicValueEnum<'ctx>, sym: &str) -> GlobalValue<'ctx> {
        let g = match self.llmod.get_global(sym) {
            Some(g) => g,
            None => self.llmod.add_global(value.get_type(), None, sym),
        };
        g.set_constant(true);
        g.set_alignment(8);
        g.set_initializer(&value);
        g.set_linkage(Linkage::LinkOnceODR);
        g.set_comdat(self.llmod.get_or_insert_comdat(sym));
        g.set_section(Some(&format!(".rodata.{sym}")));
        g
    }

    /// The bytes of a string constant; nil if empty. The NUL behind them lets linkers merge equal ones.
    pub fn string_data(&self, bytes: &[u8]) -> PointerValue<'ctx> {
        if bytes.is_empty() {
            return self.l.ptr.const_null();
        }
        if let Some(p) = self.strings.borrow().get(bytes) {
            return *p;
        }
        let data = self.ctx.const_string(bytes, true).as_basic_value_enum();
        let p = self.private_constant(data, "str", 1);
        self.strings.borrow_mut().insert(bytes.to_vec(), p);
        p
    }

    /// Hides all symbols, which makes references direct (programs are one static image), except
    /// those that a shared C library may define.
    pub fn hide_symbols(&self) {
        let hide = |g: GlobalValue<'ctx>| {
            let name = g.get_name().to_bytes();
            let c_library =
                !name.iter().any(|b| b".:".contains(b)) && !name.starts_with(b"gosubc_");
            let local = matches!(
                g.get_linkage(),
                Linkage::Private | Linkage::Internal | Linkage::ExternalWeak
            );
            let foreign = name.starts_with(b"llvm.") || c_library && g.is_declaration();
            if !local && !foreign {
                g.set_visibility(GlobalVisibility::Hidden);
            }
        };
        self.llmod.get_functions().for_each(|f| hide(f.as_global_value()));
        self.llmod.get_globals().for_each(hide);
    }

    /// What tells LLVM that a load or store accesses such a scalar.
    pub fn access_tag(&self, s: Scalar) -> MetadataValue<'ctx> {
        self.access_tags[s as usize]
    }

    pub fn i64(&self, v: u64) -> inkwell::values::IntValue<'ctx> {
        self.l.i64.const_int(v, false)
    }
}

/// Metadata `tbaa` of accesses to such scalars: three types below one root.
fn access_tag<'ctx>(ctx: &'ctx Context, s: Scalar) -> MetadataValue<'ctx> {
    let name = match s {
        Scalar::Pointer => "pointer",
        Scalar::Length => "length",
        Scalar::Other => "scalar",
    };
    let zero = ctx.i64_type().const_zero().into();
    let root = ctx.metadata_node(&[ctx.metadata_string("Go").into()]);
    let ty = ctx.metadata_node(&[ctx.metadata_string(name).into(), root.into(), zero]);
    ctx.metadata_node(&[ty.into(), ty.into(), zero])
}

/// `memory(inaccessiblemem: readwrite)` and `memory(argmem: read)` in LLVM's encoding: two bits (1 read,
/// 2 write) for each of argument, inaccessible and other memory.
pub const MEMORY_INACCESSIBLE: u64 = 3 << 2;
const MEMORY_READ_ARGS: u64 = 1;

fn has_pointers(t: BasicTypeEnum) -> bool {
    match t {
        BasicTypeEnum::PointerType(_) => true,
        BasicTypeEnum::StructType(s) => s.get_field_types_iter().any(has_pointers),
        BasicTypeEnum::ArrayType(a) => has_pointers(a.get_element_type()),
        _ => false,
    }
}

/// A symbol's use as a first-class function value.
pub fn closure_symbol(sym: &str) -> String {
    format!("fn:{sym}")
}

//! Assertions to interface types look into a cache of itabs before they ask the runtime.
//!
//! Each interface type has one in every module that asserts to it (the linker merges them), the address of {mask of the hash; slots}, which the runtime
//! replaces by larger ones as they fill. Each slot holds the address of one of the runtime's immutable entries {name of the missing method, or 0 (two words); interface type; dynamic
//! type; ...}, so a slot is read and written as a whole. The itab begins at the entry's third word (runtime/src/itab.rs).

use crate::cx::Cx;
use crate::error::Res;
use crate::func::FnCx;
use inkwell::IntPredicate;
use inkwell::attributes::AttributeLoc;
use inkwell::module::Linkage;
use inkwell::values::{BasicValue, BasicValueEnum, PointerValue};
use ir::runtime_abi::RuntimeFn;
use ir::ty::Ty;

const HASH_SHIFT: u64 = 32;
const ENTRY_ITAB: u64 = 16;
const ENTRY_TYPE: u64 = 24;

impl<'ctx> Cx<'ctx, '_> {
    /// The cache of an interface type.
    fn itab_cache(&self, iface: Ty) -> PointerValue<'ctx> {
        let sym = format!("itabcache:{}", self.ir.types.data(iface).unique);
        if let Some(g) = self.llmod.get_global(&sym) {
            return g.as_pointer_value();
        }
        let g = self.llmod.add_global(self.l.ptr, None, &sym);
        g.set_initializer(&self.extern_data("gosubc_no_itabs").as_pointer_value());
        g.set_linkage(Linkage::WeakODR);
        g.set_comdat(self.llmod.get_or_insert_comdat(&sym));
        g.set_section(Some(&format!(".data.{sym}")));
        g.as_pointer_value()
    }
}

impl<'ctx> FnCx<'_, 'ctx, '_> {
    /// A pointer that other threads may be replacing. What it refers to is read behind it: dependent loads come in order on x86.
    fn load_shared_pointer(&self, p: PointerValue<'ctx>) -> Res<PointerValue<'ctx>> {
        let v = self.b.build_load(self.cx.l.ptr, p, "")?;
        if let Some(i) = v.as_instruction_value() {
            let _ = i.set_atomic_ordering(inkwell::AtomicOrdering::Monotonic);
            let _ = i.set_alignment(8);
        }
        Ok(v.into_pointer_value())
    }

    /// The itab for dynamic type `typ` (may be nil) in `iface`; nil or a panic if there is none, as `f` does it.
    pub fn cached_itab(
        &mut self,
        iface: Ty,
        typ: PointerValue<'ctx>,
        f: RuntimeFn,
    ) -> Res<PointerValue<'ctx>> {
        let (i64, ptr) = (self.cx.l.i64, self.cx.l.ptr);
        let cache = self.cx.itab_cache(iface);
        // Descriptors are 144 bytes apart: nine times sixteen.
        let bits = self.b.build_ptr_to_int(typ, i64, "")?;
        let spread = self.b.build_int_mul(bits, self.cx.i64(0x9e37_79b9_7f4a_7c15), "")?;
        let hash = self.b.build_right_shift(spread, self.cx.i64(HASH_SHIFT), false, "")?;
        let table = self.load_shared_pointer(cache)?;
        let mask = self.b.build_load(i64, table, "")?.into_int_value();
        let index = self.b.build_and(hash, mask, "")?;
        let slots = self.offset(table, 8)?;
        let slot = self.index(slots, ptr.into(), index)?;
        let entry = self.load_shared_pointer(slot)?;
        let at = self.offset(entry, ENTRY_TYPE)?;
        let known = self.b.build_load(ptr, at, "")?.into_pointer_value();
        let same = self.b.build_int_compare(IntPredicate::EQ, known, typ, "")?;
        let missing = self.b.build_load(ptr, entry, "")?.into_pointer_value();
        let has = self.b.build_is_null(missing, "")?;
        let itab = self.offset(entry, ENTRY_ITAB)?;
        let (fast, slow, done) =
            (self.new_block("hit"), self.new_block("miss"), self.new_block("itab"));
        let desc: BasicValueEnum = self.cx.type_desc(iface).into();
        let found;
        let asked;
        if f == RuntimeFn::assert_itab {
            let hit = self.b.build_and(same, has, "")?;
            self.b.build_conditional_branch(hit, fast, slow)?;
            self.b.position_at_end(slow);
            let args = [desc, typ.into(), cache.into()];
            asked = self.runtime_value(RuntimeFn::find_itab_cached, &args)?.into_pointer_value();
            let none = self.b.build_is_null(asked, "")?;
            let (bad, good) = (self.new_block("noitab"), self.new_block("added"));
            self.b.build_conditional_branch(none, bad, good)?;
            self.b.position_at_end(bad);
            let call = self.call_runtime(f, &[desc, typ.into()])?;
            call.add_attribute(AttributeLoc::Function, self.cx.enum_attr("cold", 0));
            self.b.build_unreachable()?;
            self.b.position_at_end(good);
            found = itab;
        } else {
            self.b.build_conditional_branch(same, fast, slow)?;
            self.b.position_at_end(slow);
            let args = [desc, typ.into(), cache.into()];
            asked = self.runtime_value(RuntimeFn::find_itab_cached, &args)?.into_pointer_value();
            self.b.position_at_end(fast);
            let nil = ptr.const_null();
            found = self.b.build_select(has, itab, nil, "")?.into_pointer_value();
            self.b.position_at_end(slow);
        }
        let behind_slow = self.b.get_insert_block();
        self.b.build_unconditional_branch(done)?;
        self.b.position_at_end(fast);
        self.b.build_unconditional_branch(done)?;
        self.b.position_at_end(done);
        let result = self.b.build_phi(ptr, "")?;
        result.add_incoming(&[(&found, fast), (&asked, behind_slow.unwrap_or(slow))]);
        Ok(result.as_basic_value().into_pointer_value())
    }
}

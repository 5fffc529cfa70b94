//! The functions of the Rust runtime that generated code calls: the one table of names, signatures
//! and attributes. Code generation declares from it; a test of the runtime checks itself against it.
//!
//! Calling convention: C. A string argument is two words (ptr, len), a slice three (ptr, len, cap), an
//! interface two (tab, data). Results take at most two words; where a third would be needed, the
//! caller knows it (the length, after growing a slice).

use AbiTy::*;

/// A parameter or result, in words as the C calling convention passes them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AbiTy {
    Ptr,
    I64,
    I32,
    Bool,
    F64,
    /// Two words: ptr, len.
    Str,
    /// Three words: ptr, len, cap. Parameters only.
    Slice,
    /// Two words: type or itab, data.
    Iface,
}

/// What code generation may assume about a runtime function.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AbiAttrs {
    /// May start a Go panic: is invoked where there is a recovery block, and is not `nounwind`.
    pub panics: bool,
    /// May switch goroutines or run other Go code.
    pub switches: bool,
    pub allocates: bool,
    pub noreturn: bool,
}

macro_rules! runtime_fns {
    ($($(#[doc = $doc:literal])* $name:ident = $sym:literal ($($p:expr),*) -> ($($r:expr),*) $($attr:ident)*;)*) => {
        /// A function of the Rust runtime.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[allow(non_camel_case_types)]
        pub enum RuntimeFn { $($(#[doc = $doc])* $name,)* }

        impl RuntimeFn {
            pub const ALL: &'static [RuntimeFn] = &[$(RuntimeFn::$name,)*];

            /// The symbol that the runtime exports.
            pub fn symbol(self) -> &'static str {
                match self { $(RuntimeFn::$name => $sym,)* }
            }

            /// The name in textual IR.
            pub fn name(self) -> &'static str {
                match self { $(RuntimeFn::$name => stringify!($name),)* }
            }

            pub fn params(self) -> &'static [AbiTy] {
                match self { $(RuntimeFn::$name => &[$($p),*],)* }
            }

            pub fn results(self) -> &'static [AbiTy] {
                match self { $(RuntimeFn::$name => &[$($r),*],)* }
            }

            pub fn attrs(self) -> AbiAttrs {
                #[allow(unused_mut)]
                match self { $(RuntimeFn::$name => {
                    let mut a = AbiAttrs { panics: false, switches: false, allocates: false, noreturn: false };
                    $(a.$attr = true;)*
                    a
                })* }
            }
        }
    };
}

runtime_fns! {
    // Panics of run-time checks. `kind` of panic_slice: see `SliceError`.
    /// (index, len, index is unsigned)
    panic_index = "gosubc_panic_index" (I64, I64, Bool) -> () panics noreturn;
    /// (kind, offending value, limit, value is unsigned)
    panic_slice = "gosubc_panic_slice" (I64, I64, I64, Bool) -> () panics noreturn;
    panic_divide = "gosubc_panic_divide" () -> () panics noreturn;
    panic_shift = "gosubc_panic_shift" () -> () panics noreturn;
    /// nil dereference
    panic_mem = "gosubc_panic_mem" () -> () panics noreturn;
    panic_make_slice_len = "gosubc_panic_make_slice_len" () -> () panics noreturn;
    panic_make_slice_cap = "gosubc_panic_make_slice_cap" () -> () panics noreturn;
    /// (length of the slice, wanted array length)
    panic_slice_convert = "gosubc_panic_slice_convert" (I64, I64) -> () panics noreturn;
    /// Type assertion to a concrete type failed: (dynamic type or nil, wanted type, static interface type).
    panic_dottype = "gosubc_panic_dottype" (Ptr, Ptr, Ptr) -> () panics noreturn;
    /// Value method called through a nil pointer: (package path, type name, method name).
    panic_wrap = "gosubc_panic_wrap" (Str, Str, Str) -> () panics noreturn;
    /// unsafe.Slice, unsafe.String: (0 len out of range, 1 ptr is nil and len is not zero; 2, 3 the same for String)
    panic_unsafe = "gosubc_panic_unsafe" (I64) -> () panics noreturn;
    /// Range-over-func protocol errors: see `RangeState`.
    panic_range_state = "gosubc_panic_range_state" (I64) -> () panics noreturn;
    /// `panic(v)` with v of type any.
    gopanic = "gosubc_gopanic" (Iface) -> () panics switches noreturn;
    /// (frame token) -> any
    gorecover = "gosubc_gorecover" (Ptr) -> (Iface);
    /// Fatal error that nothing recovers.
    throw = "gosubc_throw" (Str) -> () noreturn;

    // Memory. Type descriptors are passed as pointers.
    /// (type) -> zeroed object
    newobject = "gosubc_newobject" (Ptr) -> (Ptr) allocates switches;
    /// (size in bytes) -> zeroed object without pointers
    newobject_noscan = "gosubc_newobject_noscan" (I64) -> (Ptr) allocates switches;
    /// (element type, cap) -> zeroed array; sizes have been checked
    makeslice = "gosubc_makeslice" (Ptr, I64) -> (Ptr) allocates switches;
    /// (old ptr, new length, old cap, number of new elements, element type) -> (ptr, cap). The caller initialises the new
    /// elements, before anything else can happen; those behind the new length are zero.
    growslice = "gosubc_growslice" (Ptr, I64, I64, I64, Ptr) -> (Ptr, I64) allocates switches panics;

    // Strings.
    // The first argument is room for a short result, or nil: see `lower/views.rs`.
    concatstring2 = "gosubc_concatstring2" (Ptr, Str, Str) -> (Str) allocates switches;
    /// (room, pointer to an array of strings, count)
    concatstrings = "gosubc_concatstrings" (Ptr, Ptr, I64) -> (Str) allocates switches;
    /// -1, 0, 1
    cmpstring = "gosubc_cmpstring" (Str, Str) -> (I64);
    memequal = "gosubc_memequal" (Ptr, Ptr, I64) -> (Bool);
    intstring = "gosubc_intstring" (Ptr, I64) -> (Str) allocates switches;
    slicebytetostring = "gosubc_slicebytetostring" (Ptr, Ptr, I64) -> (Str) allocates switches;
    /// -> (ptr, cap)
    stringtoslicebyte = "gosubc_stringtoslicebyte" (Ptr, Str) -> (Ptr, I64) allocates switches;
    slicerunetostring = "gosubc_slicerunetostring" (Ptr, Ptr, I64) -> (Str) allocates switches;
    /// -> (ptr, len); the capacity equals the length
    stringtoslicerune = "gosubc_stringtoslicerune" (Ptr, Str) -> (Ptr, I64) allocates switches;
    /// (string, position) -> (rune, position behind it), for a byte >= 0x80 at position
    decoderune = "gosubc_decoderune" (Str, I64) -> (I64, I64);
    countrunes = "gosubc_countrunes" (Str) -> (I64);

    // Interfaces. `itab` is built on demand and cached.
    /// (interface type, dynamic type or nil, 1 if for a type assertion: panics) -> itab
    assert_itab = "gosubc_assert_itab" (Ptr, Ptr) -> (Ptr) panics allocates switches;
    /// the same, nil if the type doesn't implement the interface (or is nil)
    find_itab = "gosubc_find_itab" (Ptr, Ptr) -> (Ptr) allocates switches;
    /// the same, for a cache, which is to remember the answer
    find_itab_cached = "gosubc_find_itab_cached" (Ptr, Ptr, Ptr) -> (Ptr) allocates switches;
    /// (dynamic type, which both values share, data words) -> equal; panics on uncomparable types
    efaceeq = "gosubc_efaceeq" (Ptr, Ptr, Ptr) -> (Bool) panics switches;
    ifaceeq = "gosubc_ifaceeq" (Ptr, Ptr, Ptr) -> (Bool) panics switches;

    // Hashing, for map keys: (value or address, seed) -> hash.
    /// (address, seed, size in bytes)
    memhash = "gosubc_memhash" (Ptr, I64, I64) -> (I64);
    memhash32 = "gosubc_memhash32" (I64, I64) -> (I64);
    memhash64 = "gosubc_memhash64" (I64, I64) -> (I64);
    strhash = "gosubc_strhash" (Str, I64) -> (I64);
    f64hash = "gosubc_f64hash" (F64, I64) -> (I64);
    /// of an empty interface value; panics on unhashable types
    nilinterhash = "gosubc_nilinterhash" (Iface, I64) -> (I64) panics switches;
    interhash = "gosubc_interhash" (Iface, I64) -> (I64) panics switches;

    // Defer. A frame is named by its CFA (address of the return address + 8).
    /// (CFA, thunk, bytes of arguments) -> where to store the arguments
    deferproc = "gosubc_deferproc" (Ptr, Ptr, I64) -> (Ptr) allocates switches;
    /// The same for a defer in a range-over-func body: (token of the outer frame, thunk, bytes).
    deferproc_at = "gosubc_deferproc_at" (Ptr, Ptr, I64) -> (Ptr) allocates switches;
    /// (CFA): runs and frees the frame's records, last first
    deferreturn = "gosubc_deferreturn" (Ptr) -> () panics switches;
    /// makes the pending open-coded calls of the frame that calls it, last first
    deferreturn_open = "gosubc_deferreturn_open" () -> () panics switches;

    // Goroutines and channels.
    /// (closure object: func())
    newproc = "gosubc_newproc" (Ptr) -> () allocates switches panics;
    /// (channel type, size) -> channel
    makechan = "gosubc_makechan" (Ptr, I64) -> (Ptr) allocates switches panics;
    /// (channel, address of the value)
    chansend = "gosubc_chansend" (Ptr, Ptr) -> () panics switches;
    /// (channel, where to store the value or nil) -> ok
    chanrecv = "gosubc_chanrecv" (Ptr, Ptr) -> (Bool) switches panics;
    closechan = "gosubc_closechan" (Ptr) -> () panics switches;
    chanlen = "gosubc_chanlen" (Ptr) -> (I64);
    chancap = "gosubc_chancap" (Ptr) -> (I64);
    /// (array of {chan, elem address, is_send u64}, count, blocking) -> (chosen index or -1, received ok)
    selectgo = "gosubc_selectgo" (Ptr, I64, Bool) -> (I64, I64) panics switches;

    // print and println, which write to standard error.
    printlock = "gosubc_printlock" () -> ();
    printunlock = "gosubc_printunlock" () -> ();
    printbool = "gosubc_printbool" (Bool) -> ();
    printint = "gosubc_printint" (I64) -> ();
    printuint = "gosubc_printuint" (I64) -> ();
    printfloat64 = "gosubc_printfloat64" (F64) -> ();
    printfloat32 = "gosubc_printfloat32" (F64) -> ();
    printcomplex128 = "gosubc_printcomplex128" (F64, F64) -> ();
    printcomplex64 = "gosubc_printcomplex64" (F64, F64) -> ();
    printstring = "gosubc_printstring" (Str) -> ();
    printpointer = "gosubc_printpointer" (Ptr) -> ();
    printslice = "gosubc_printslice" (Slice) -> ();
    printiface = "gosubc_printiface" (Iface) -> ();
    printsp = "gosubc_printsp" () -> ();
    printnl = "gosubc_printnl" () -> ();

    // Arithmetic.
    complex128div = "gosubc_complex128div" (F64, F64, F64, F64) -> (F64, F64);
}

/// First argument of `panic_slice`. Texts as Go's `slice bounds out of range [...]`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(i64)]
pub enum SliceError {
    /// `[:x] with length y` (arrays and strings)
    Alen = 0,
    /// `[:x] with capacity y`
    Acap = 1,
    /// `[x:y]`
    B = 2,
    /// `[::x] with length y`
    Alen3 = 3,
    /// `[::x] with capacity y`
    Acap3 = 4,
    /// `[:x:y]`
    B3 = 5,
    /// `[x:y:]`
    C3 = 6,
}

/// Argument of `panic_range_state`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(i64)]
pub enum RangeState {
    /// The loop function is called after it returned false or the loop exited.
    Done = 0,
    /// Called again after the loop body panicked.
    Panic = 1,
    /// Called after the iterator function returned.
    Exhausted = 2,
    /// The iterator function recovered the loop body's panic.
    MissedPanic = 3,
}

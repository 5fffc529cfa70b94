//! The intermediate representation: control-flow graphs over typed locals and places.
//!
//! Monomorphic, explicit, close to Go: no SSA (LLVM's mem2reg makes it). Evaluation order has been
//! fixed by temporaries. Every run-time check is an instruction of its own ([`InstrKind::Check`])
//! that a pass may remove; every allocation says whether it is on the heap or in the frame, so that escape
//! analysis is a pass that flips flags and [`LocalDecl::heap`].
//!
//! Panics: in a function with [`Function::recover_block`] every instruction that may panic unwinds
//! there when a deferred call recovered; code generation makes invokes of them.

use crate::runtime_abi::RuntimeFn;
use crate::ty::{Sig, Ty, TypeTable};
use diag::{Pos, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A linker symbol. Go symbols contain a dot, so that LLVM never takes one for libc's.
pub type Symbol = Arc<str>;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LocalId(pub u32);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct BlockId(pub u32);

/// The code of one package.
#[derive(Clone, Debug, Default)]
pub struct Module {
    /// Import path.
    pub path: String,
    pub types: TypeTable,
    pub funcs: Vec<Function>,
    pub globals: Vec<Global>,
    /// Functions that are called or referred to but not defined here.
    pub externs: BTreeMap<Symbol, Extern>,
    /// Types whose descriptors this module must emit although nothing here refers to them
    /// (package-level defined types and pointers to them).
    pub emit_types: Vec<Ty>,
    /// Descriptors of `Map` types need the map functions of `internal/runtime/maps`: by map type,
    /// the symbols of its instances, in the order of [`MapFuncs`].
    pub map_funcs: BTreeMap<Ty, MapFuncs>,
    /// Equality and hash functions of types that need one of their own (see `lower::eq`):
    /// `func(p, q *T) bool` and `func(p *T, seed uintptr) uintptr`.
    pub eq_funcs: BTreeMap<Ty, Symbol>,
    pub hash_funcs: BTreeMap<Ty, Symbol>,
    /// Calls through interfaces that look for the type that a profile expects, and what `-m` says of them.
    pub guarded_calls: Vec<(Span, String)>,
}

/// Instances of `internal/runtime/maps`' functions for one map type, all with C-like signatures
/// over pointers so that reflect and the runtime can call them.
#[derive(Clone, Debug)]
pub struct MapFuncs {
    /// `func(hint int) unsafe.Pointer`
    pub make: Symbol,
    /// `func(m, key unsafe.Pointer) unsafe.Pointer`: the element or nil.
    pub get: Symbol,
    /// `func(m, key unsafe.Pointer) unsafe.Pointer`: the element's place, made if missing.
    pub put: Symbol,
    /// `func(m, key unsafe.Pointer)`
    pub delete: Symbol,
    /// `func(m unsafe.Pointer)`
    pub clear: Symbol,
    /// `func(m unsafe.Pointer) unsafe.Pointer`: a new iterator.
    pub iter: Symbol,
    /// `func(it unsafe.Pointer) (key, elem unsafe.Pointer)`: nil key at the end.
    pub next: Symbol,
}

#[derive(Clone, Debug)]
pub struct Extern {
    pub sig: Sig,
    /// A function of the Rust runtime declared in Go without a body (`//go:linkname`): C calling convention without
    /// context parameter; results larger than two words through a first pointer parameter.
    pub c_abi: bool,
    /// `//go:noescape`: a function without a body that keeps nothing of its arguments.
    pub noescape: bool,
}

#[derive(Clone, Debug)]
pub struct Global {
    pub sym: Symbol,
    pub ty: Ty,
    /// `None`: zero.
    pub init: Option<Const>,
    /// Never written after link time: goes to read-only data.
    pub constant: bool,
    pub linkage: Linkage,
    /// Declared elsewhere; no definition here.
    pub external: bool,
    pub span: Span,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Linkage {
    /// One definition in the program, visible to other packages.
    External,
    /// Visible in this module only.
    Internal,
    /// Instances, wrappers, descriptors: several modules may define the same.
    LinkOnce,
    /// A variable without initialiser under `//go:linkname`: another module may define it, too.
    Weak,
    /// A body for inlining; another module holds the real definition.
    AvailableExternally,
}

#[derive(Clone, Debug)]
pub struct Function {
    pub sym: Symbol,
    /// As tracebacks show it: `main.(*T).Method`, `main.main.func1`, `main.Map[...]`.
    pub go_name: String,
    pub sig: Sig,
    pub locals: Vec<LocalDecl>,
    /// One for each of `sig.params`.
    pub params: Vec<LocalId>,
    /// One for each of `sig.results`; `Return` reads them.
    pub results: Vec<LocalId>,
    /// For closures: the local (a pointer to the closure object's struct type) that holds the
    /// context. Field 0 of the struct is the code pointer, captures follow.
    pub ctx: Option<LocalId>,
    /// Block 0 is the entry.
    pub blocks: Vec<Block>,
    /// Where the function goes on after a recovered panic: runs what is left of the defers, then
    /// returns. Present exactly when the function has defers.
    pub recover_block: Option<BlockId>,
    /// The deferred statements in source order; instructions refer to them by index.
    pub defers: Vec<DeferSite>,
    /// The calls that have been replaced by their callees' bodies; instructions refer to them ([`Instr::at`]).
    pub inlined: Vec<Inlined>,
    pub proved: Proved,
    /// Where the expressions begin whose allocations are placed at an operator.
    pub starts: Vec<(Span, Pos)>,
    /// The package-level variable whose first value is all that the function makes. It is called only in programs that keep the variable.
    pub fills: Option<Symbol>,
    pub linkage: Linkage,
    pub attrs: Attrs,
    pub span: Span,
}

impl Function {
    /// Whether it is the body of a function literal.
    pub fn is_literal(&self) -> bool {
        self.linkage == Linkage::Internal && self.go_name.contains(".func")
    }

    /// A function without locals or code, visible everywhere.
    pub fn new(sym: Symbol, go_name: String, sig: Sig, span: Span) -> Function {
        Function {
            sym,
            go_name,
            sig,
            locals: Vec::new(),
            params: Vec::new(),
            results: Vec::new(),
            ctx: None,
            blocks: Vec::new(),
            recover_block: None,
            defers: Vec::new(),
            inlined: Vec::new(),
            proved: Proved::default(),
            starts: Vec::new(),
            fills: None,
            linkage: Linkage::External,
            attrs: Attrs::default(),
            span,
        }
    }

    /// Whether it asks for its own frame, so that it must keep one.
    pub fn names_frame(&self) -> bool {
        self.blocks.iter().flat_map(|b| &b.instrs).any(|i| match &i.kind {
            InstrKind::Assign(_, Rvalue::FrameToken | Rvalue::Recover { .. }) => true,
            InstrKind::Call { callee: Callee::Intrinsic(i), .. } => *i == Intrinsic::FrameAddress,
            _ => false,
        })
    }
}

/// What passes have done to a function that its code doesn't show any more, for `--emit=opt`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Proved {
    /// Variables that need no cell on the heap, although their address is taken.
    pub variables: u32,
    /// Calls of func values and through interfaces that have become direct.
    pub direct_calls: u32,
    pub nil_checks: u32,
}

/// An inlined call.
#[derive(Clone, Debug)]
pub struct Inlined {
    pub sym: Symbol,
    pub go_name: String,
    /// The callee's own position.
    pub span: Span,
    /// Where the call was: its position, and what that is in, as [`Instr::at`] says it.
    pub call: Span,
    pub outer: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Attrs {
    /// `//go:noinline`.
    pub noinline: bool,
    /// Calls `recover` itself: must not be inlined.
    pub has_recover: bool,
    /// Generated wrapper: hidden in tracebacks.
    pub wrapper: bool,
    /// Wrapper around a function that calls `recover`: code generation makes it invisible to
    /// `recover` (it moves the panic's argument pointer on when it is itself the deferred call).
    pub adjust_panic: bool,
    /// Never returns.
    pub noreturn: bool,
    /// `//go:nosplit`, leaf functions of the runtime packages.
    pub nosplit: bool,
    /// A copy of a function whose calls are all to be inlined ([`crate::passes::recursion`]).
    pub always_inline: bool,
    /// Converts to or from unsafe.Pointer, or has inlined a function that does: what type it accesses memory by says nothing
    /// about what else is there.
    pub puns: bool,
}

#[derive(Clone, Debug)]
pub struct LocalDecl {
    /// Source name, empty for temporaries.
    pub name: String,
    pub ty: Ty,
    /// The variable lives in a heap cell of its own that `StorageLive` allocates. Lowering sets it to true for every
    /// variable whose address is taken or that a closure captures by reference; the escape pass
    /// clears it where the cell cannot outlive the frame. Places on it stay as they are.
    pub heap: bool,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Block {
    pub instrs: Vec<Instr>,
    pub term: Terminator,
    pub term_span: Span,
}

#[derive(Clone, Debug)]
pub struct Instr {
    pub kind: InstrKind,
    pub span: Span,
    /// The inlined call that the instruction comes from: its number in [`Function::inlined`] plus one, or 0.
    pub at: u32,
}

#[derive(Clone, Debug)]
pub enum InstrKind {
    /// `place = rvalue`. Stores of pointers to the heap are exactly the assignments whose place goes
    /// through `Deref`, a slice `Index`, a global or a heap local.
    Assign(Place, Rvalue),
    /// A variable's life (re)starts here, zeroed: a new cell each time for heap locals.
    StorageLive(LocalId),
    /// `dests` has one entry for each result.
    Call {
        dests: Vec<Option<Place>>,
        callee: Callee,
        args: Vec<Operand>,
    },
    Check(Check),
    /// `defer`: callee and arguments are evaluated here. The defer pass turns it into one of the
    /// three forms.
    Defer {
        site: u32,
        callee: Callee,
        args: Vec<Operand>,
        /// In the body of a range-over-func loop: the frame token of the function that the defer
        /// belongs to.
        outer: Option<Operand>,
    },
    /// Before each return of a function with defers: runs the pending ones, last first.
    RunDefers,
    Go {
        callee: Callee,
        args: Vec<Operand>,
    },

    // What the defer pass makes of `Defer` and `RunDefers`.
    /// Links the frame's record for `site` (a hidden local) with these captures.
    DeferStack {
        site: u32,
        thunk: Symbol,
        args: Vec<Operand>,
    },
    DeferHeap {
        thunk: Symbol,
        args: Vec<Operand>,
        outer: Option<Operand>,
    },
    /// Runs this frame's records, or the pending open-coded calls of a frame that goes on after a recovery.
    DeferReturn,
    /// Open-coded: stores the arguments to the site's slot and sets its bit.
    DeferOpen {
        site: u32,
        args: Vec<Operand>,
    },
    /// The call of `site` is no longer pending: clears its bit in memory and in the SSA copy, or unlinks its record in the
    /// frame, which is the newest one.
    DeferClearBit {
        site: u32,
    },
}

/// One `defer` statement.
#[derive(Clone, Debug)]
pub struct DeferSite {
    pub span: Span,
    /// Inside a loop or behind a label that a backward goto reaches.
    pub in_loop: bool,
    pub form: DeferForm,
    /// Why it isn't open-coded (`defer_loop`, `too_many_defers`, ...); empty if it is.
    pub reason: &'static str,
    /// Number of the wrapper that gc makes for the call (`f.deferwrap1`): tracebacks show it if it is what panics.
    pub wrap: u32,
    /// Set by the defer pass: the function that runs the deferred call, given a pointer to its
    /// arguments, and the struct type of these.
    pub thunk: Option<(Symbol, Ty)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DeferForm {
    Undecided,
    Open,
    Stack,
    Heap,
}

#[derive(Clone, Debug)]
pub enum Callee {
    /// A Go function by symbol (defined here or in `externs`).
    Direct(Symbol),
    /// A func value (the nil check is the call's own: a nil one panics when called).
    Value(Operand, Sig),
    /// The code of a closure literal of this module, with the func value that holds its object.
    Closure { func: Symbol, object: Operand },
    /// Method number `index` of the interface value; arguments exclude the receiver, `Sig` includes
    /// it as a first parameter of type unsafe.Pointer. Panics when the interface is nil.
    Interface { recv: Operand, index: u32, sig: Sig },
    /// A function of the Rust runtime.
    Runtime(RuntimeFn),
    /// A function of LLVM or the processor that `codegen::intrinsics` knows, e.g. `math.Sqrt`.
    Intrinsic(Intrinsic),
}

/// Operations that code generation expands itself. Operand types say the width.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Intrinsic {
    Sqrt,
    Floor,
    Ceil,
    Trunc,
    RoundToEven,
    Fabs,
    Copysign,
    Fma,
    /// Number of leading zeros; the full width for 0. Result: int.
    LeadingZeros,
    TrailingZeros,
    PopCount,
    ByteSwap,
    BitReverse,
    /// `(x, k int)`: rotate left by k modulo width.
    RotateLeft,
    /// `(x, y uint64) (hi, lo uint64)`
    Mul64,
    /// (high word, low word, divisor above the high word) to quotient and remainder.
    Div64,
    /// `(x, y, carry uint64) (sum, carryOut uint64)`
    Add64,
    Sub64,
    /// `math.Float64bits` and its three companions.
    Bitcast,
    /// Atomics, sequentially consistent. First argument: the address.
    AtomicLoad,
    AtomicStore,
    AtomicSwap,
    AtomicCas,
    /// Returns the new value.
    AtomicAdd,
    /// Return the old value.
    AtomicAnd,
    AtomicOr,
    /// `(dst, src *byte, n uintptr)`; may overlap.
    Memmove,
    /// `(p unsafe.Pointer, n uintptr)`
    Memclr,
    KeepAlive,
    /// `(p unsafe.Pointer) unsafe.Pointer`: the same, behind escape analysis' back.
    NoEscape,
    /// The caller's frame token, for `runtime.getcallersp`-like use.
    FrameAddress,
    /// The g pointer of the running goroutine, as unsafe.Pointer.
    GetG,
    Prefetch,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Place {
    pub base: PlaceBase,
    pub proj: Vec<Proj>,
}

#[derive(Clone, PartialEq, Debug)]
pub enum PlaceBase {
    Local(LocalId),
    Global(Symbol, Ty),
}

#[derive(Clone, PartialEq, Debug)]
pub enum Proj {
    /// Of a pointer. A `Check::Nil` of it stands before, unless it is known not to be nil.
    Deref,
    /// Field of a struct.
    Field(u32),
    /// Element of an array or slice, index of type int, already checked.
    Index(Operand),
}

#[derive(Clone, PartialEq, Debug)]
pub enum Operand {
    Copy(Place),
    Const(Const),
}

#[derive(Clone, PartialEq, Debug)]
pub enum Const {
    Bool(bool),
    /// Value in two's complement, truncated to the type's width.
    Int(i128, Ty),
    /// Bits of an f64; for a 32-bit type the value is one that f32 represents.
    Float(u64, Ty),
    /// Bits of real and imaginary part as f64.
    Complex(u64, u64, Ty),
    Str(Arc<[u8]>, Ty),
    /// Zero value (nil, empty struct, ...).
    Zero(Ty),
    /// Static func value of a top-level function, of func type `Ty`.
    Func(Symbol, Ty),
    /// Address of a function's code, of type unsafe.Pointer `Ty`.
    Code(Symbol, Ty),
    /// Address of the type descriptor (unsafe.Pointer).
    TypeDesc(Ty),
    /// Static itab for `concrete` in the interface type `iface` (unsafe.Pointer).
    Itab {
        iface: Ty,
        concrete: Ty,
    },
    /// Address of a global, of pointer type `Ty`.
    GlobalAddr(Symbol, Ty),
    /// Struct or array literal of constants: static data.
    Aggregate(Vec<Const>, Ty),
    /// Slice over a static array given by a global: (global, length = capacity).
    StaticSlice(Symbol, u64, Ty),
    /// Interface value with static data: boxed constant in a read-only global.
    StaticInterface {
        iface: Ty,
        concrete: Ty,
        value: Box<Const>,
    },
}

#[derive(Clone, Debug)]
pub enum Rvalue {
    Use(Operand),
    Unary(UnOp, Operand),
    /// Both operands of the same type (shifts excepted: the count is any unsigned 64-bit value).
    Binary(BinOp, Operand, Operand),
    Convert(ConvKind, Operand, Ty),
    /// Address of a place; result type a pointer `Ty`.
    AddrOf(Place, Ty),
    /// A new zeroed variable of type `ty`; result type pointer to it.
    New {
        ty: Ty,
        ptr: Ty,
        alloc: Alloc,
    },
    /// Length and capacity have been checked (`Check::MakeSlice`).
    MakeSlice {
        slice: Ty,
        len: Operand,
        cap: Operand,
        alloc: Alloc,
    },
    /// A func value of type `ty`; `object` is the struct type {code, captures...}.
    MakeClosure {
        func: Symbol,
        captures: Vec<Operand>,
        object: Ty,
        ty: Ty,
        alloc: Alloc,
    },
    /// Conversion of a non-interface value to an interface.
    MakeInterface {
        iface: Ty,
        concrete: Ty,
        value: Operand,
        alloc: Alloc,
    },
    /// Struct or array from all its parts.
    Aggregate(Ty, Vec<Operand>),
    /// Of a string, slice, interface, complex or struct/array value.
    Extract(Part, Operand),
    /// `{ptr, len, cap}` of slice type; `{ptr, len}` of string type.
    SliceFromParts {
        ty: Ty,
        ptr: Operand,
        len: Operand,
        cap: Operand,
    },
    StringFromParts {
        ptr: Operand,
        len: Operand,
        ty: Ty,
    },
    /// Interface value from its first word and its data word.
    InterfaceFromParts {
        ty: Ty,
        tab: Operand,
        data: Operand,
    },
    ComplexFromParts {
        ty: Ty,
        re: Operand,
        im: Operand,
    },
    /// The element pointer `base + index * size(elem)`; base an element pointer. No check.
    PtrIndex {
        base: Operand,
        index: Operand,
    },
    /// The current panic's value (type `any`, nil if none). `frame`: token of the function to which the call
    /// belongs, if that isn't this one (range-over-func bodies).
    Recover {
        frame: Option<Operand>,
        ty: Ty,
    },
    /// A token (unsafe.Pointer) that identifies this activation.
    FrameToken,
    /// Whether the call of an open-coded site, or one with a record in the frame, is pending (bool), from the SSA copy of the
    /// bits.
    DeferBit(u32),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Alloc {
    Heap,
    /// In the frame: cannot outlive it, executed at most once per `StorageLive`-like life; sizes constant.
    Stack,
    /// Of `New` only: in the frame if escape analysis allows it, else a nil pointer.
    Optional,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Data pointer of a string or slice; type: element pointer.
    Ptr,
    Len,
    Cap,
    /// First word of an interface: itab or type descriptor (unsafe.Pointer).
    Tab,
    /// Data word of an interface (unsafe.Pointer).
    Data,
    Real,
    Imag,
    Field(u32),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnOp {
    /// Integers (wrapping), floats, complex.
    Neg,
    /// Bool.
    Not,
    /// Integers: all bits.
    BitNot,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BinOp {
    /// Integers wrap; also floats and complex. (String concatenation is a runtime call.)
    Add,
    Sub,
    Mul,
    /// Integers: truncated, divisor checked before, MIN / -1 == MIN. Complex: runtime call.
    Div,
    /// Integers.
    Rem,
    And,
    Or,
    Xor,
    AndNot,
    /// Count: unsigned 64-bit, any value (Go's results for counts of the width and more).
    Shl,
    /// Arithmetic for signed, logical for unsigned types.
    Shr,
    /// bool, numbers, strings, pointers, channels, maps and funcs against nil. (Interfaces, structs
    /// and arrays: calls made by lowering.) Result: bool.
    Eq,
    Ne,
    /// Integers, floats, strings.
    Lt,
    Le,
    Gt,
    Ge,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ConvKind {
    /// Same representation: named <-> underlying, pointer <-> unsafe.Pointer, channel directions.
    NoOp,
    /// Integer to integer: truncate, or extend by the source's sign.
    IntToInt,
    IntToFloat,
    /// Go on amd64's results also for values out of range (as gc computes them).
    FloatToInt,
    FloatToFloat,
    ComplexToComplex,
    /// unsafe.Pointer <-> uintptr
    PtrToInt,
    IntToPtr,
}

/// A run-time check. On failure it panics with Go's text; it unwinds like a call.
#[derive(Clone, Debug)]
pub enum Check {
    /// Pointer (or map, func as pointer) is not nil.
    Nil(Operand),
    /// `0 <= index < len`, both int; `index` was an unsigned or small type if `unsigned`.
    Index { index: Operand, len: Operand, unsigned: bool },
    /// `s[lo:hi]` of a slice or array pointer with capacity `cap` (strings: length, `string` true).
    Slice { lo: Option<Operand>, hi: Option<Operand>, len: Operand, cap: Operand, string: bool },
    /// `s[lo:hi:max]`
    Slice3 { lo: Option<Operand>, hi: Operand, max: Operand, cap: Operand, array: bool },
    /// Divisor is not zero.
    Divide(Operand),
    /// Signed shift count is not negative.
    Shift(Operand),
    /// `make([]T, len, cap)`.
    MakeSlice { elem: Ty, len: Operand, cap: Operand },
    /// Slice to array (pointer) conversion: length of the slice at least `want`.
    SliceToArray { len: Operand, want: u64 },
}

#[derive(Clone, Debug)]
pub enum Terminator {
    Goto(BlockId),
    If {
        cond: Operand,
        then: BlockId,
        els: BlockId,
        /// Per cent of times that a profile expects `then`; `None`: nobody knows.
        likely: Option<u32>,
    },
    /// Over an integer operand.
    Switch {
        value: Operand,
        cases: Vec<(i128, BlockId)>,
        default: BlockId,
    },
    Return,
    /// After a call that does not return.
    Unreachable,
}

impl Place {
    pub fn local(l: LocalId) -> Place {
        Place { base: PlaceBase::Local(l), proj: Vec::new() }
    }

    pub fn with(mut self, p: Proj) -> Place {
        self.proj.push(p);
        self
    }

    /// The local itself, nothing projected.
    pub fn as_local(&self) -> Option<LocalId> {
        match self.base {
            PlaceBase::Local(l) if self.proj.is_empty() => Some(l),
            _ => None,
        }
    }
}

impl Operand {
    pub fn local(l: LocalId) -> Operand {
        Operand::Copy(Place::local(l))
    }
}

//! The functions that are not called but expanded, by package and name.

use crate::ir::Intrinsic::{self, *};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Op {
    Plain(Intrinsic),
    /// Bits without leading zeros.
    BitLen,
}

/// What a call of `path.name` expands to.
pub(crate) fn lookup(path: &str, name: &str) -> Option<Op> {
    let table: &[(&str, Op)] = match path {
        "math" => MATH,
        "math/bits" => BITS,
        "sync/atomic" | "internal/runtime/atomic" => ATOMIC,
        "runtime" => RUNTIME,
        "internal/runtime/maps" | "strings" => NOESCAPE,
        "internal/runtime/sys" | "internal/runtime/intrinsics" => INTERNAL,
        _ => return None,
    };
    table.iter().find(|(n, _)| *n == name).map(|(_, op)| *op)
}

const fn p(i: Intrinsic) -> Op {
    Op::Plain(i)
}

const MATH: &[(&str, Op)] = &[
    ("Sqrt", p(Sqrt)),
    ("sqrt", p(Sqrt)),
    ("Floor", p(Floor)),
    ("Ceil", p(Ceil)),
    ("Trunc", p(Trunc)),
    ("RoundToEven", p(RoundToEven)),
    ("Abs", p(Fabs)),
    ("Copysign", p(Copysign)),
    ("FMA", p(Fma)),
    ("Float64bits", p(Bitcast)),
    ("Float64frombits", p(Bitcast)),
    ("Float32bits", p(Bitcast)),
    ("Float32frombits", p(Bitcast)),
];

const BITS: &[(&str, Op)] = &[
    ("LeadingZeros", p(LeadingZeros)),
    ("LeadingZeros8", p(LeadingZeros)),
    ("LeadingZeros16", p(LeadingZeros)),
    ("LeadingZeros32", p(LeadingZeros)),
    ("LeadingZeros64", p(LeadingZeros)),
    ("TrailingZeros", p(TrailingZeros)),
    ("TrailingZeros8", p(TrailingZeros)),
    ("TrailingZeros16", p(TrailingZeros)),
    ("TrailingZeros32", p(TrailingZeros)),
    ("TrailingZeros64", p(TrailingZeros)),
    ("OnesCount", p(PopCount)),
    ("OnesCount8", p(PopCount)),
    ("OnesCount16", p(PopCount)),
    ("OnesCount32", p(PopCount)),
    ("OnesCount64", p(PopCount)),
    ("ReverseBytes", p(ByteSwap)),
    ("ReverseBytes16", p(ByteSwap)),
    ("ReverseBytes32", p(ByteSwap)),
    ("ReverseBytes64", p(ByteSwap)),
    ("Reverse", p(BitReverse)),
    ("Reverse8", p(BitReverse)),
    ("Reverse16", p(BitReverse)),
    ("Reverse32", p(BitReverse)),
    ("Reverse64", p(BitReverse)),
    ("RotateLeft", p(RotateLeft)),
    ("RotateLeft8", p(RotateLeft)),
    ("RotateLeft16", p(RotateLeft)),
    ("RotateLeft32", p(RotateLeft)),
    ("RotateLeft64", p(RotateLeft)),
    ("Len", Op::BitLen),
    ("Len8", Op::BitLen),
    ("Len16", Op::BitLen),
    ("Len32", Op::BitLen),
    ("Len64", Op::BitLen),
    ("Mul", p(Mul64)),
    ("Mul64", p(Mul64)),
    ("Add", p(Add64)),
    ("Add64", p(Add64)),
    ("divide", p(Div64)),
    ("Sub", p(Sub64)),
    ("Sub64", p(Sub64)),
];

/// The functions over addresses; the methods of atomic types call them.
const ATOMIC: &[(&str, Op)] = &[
    ("LoadInt32", p(AtomicLoad)),
    ("LoadInt64", p(AtomicLoad)),
    ("LoadUint32", p(AtomicLoad)),
    ("LoadUint64", p(AtomicLoad)),
    ("LoadUintptr", p(AtomicLoad)),
    ("LoadPointer", p(AtomicLoad)),
    ("StoreInt32", p(AtomicStore)),
    ("StoreInt64", p(AtomicStore)),
    ("StoreUint32", p(AtomicStore)),
    ("StoreUint64", p(AtomicStore)),
    ("StoreUintptr", p(AtomicStore)),
    ("StorePointer", p(AtomicStore)),
    ("SwapInt32", p(AtomicSwap)),
    ("SwapInt64", p(AtomicSwap)),
    ("SwapUint32", p(AtomicSwap)),
    ("SwapUint64", p(AtomicSwap)),
    ("SwapUintptr", p(AtomicSwap)),
    ("SwapPointer", p(AtomicSwap)),
    ("CompareAndSwapInt32", p(AtomicCas)),
    ("CompareAndSwapInt64", p(AtomicCas)),
    ("CompareAndSwapUint32", p(AtomicCas)),
    ("CompareAndSwapUint64", p(AtomicCas)),
    ("CompareAndSwapUintptr", p(AtomicCas)),
    ("CompareAndSwapPointer", p(AtomicCas)),
    ("AddInt32", p(AtomicAdd)),
    ("AddInt64", p(AtomicAdd)),
    ("AddUint32", p(AtomicAdd)),
    ("AddUint64", p(AtomicAdd)),
    ("AddUintptr", p(AtomicAdd)),
    ("AndInt32", p(AtomicAnd)),
    ("AndInt64", p(AtomicAnd)),
    ("AndUint32", p(AtomicAnd)),
    ("AndUint64", p(AtomicAnd)),
    ("AndUintptr", p(AtomicAnd)),
    ("OrInt32", p(AtomicOr)),
    ("OrInt64", p(AtomicOr)),
    ("OrUint32", p(AtomicOr)),
    ("OrUint64", p(AtomicOr)),
    ("OrUintptr", p(AtomicOr)),
];

const NOESCAPE: &[(&str, Op)] = &[("noescape", p(NoEscape))];
const RUNTIME: &[(&str, Op)] = &[("KeepAlive", p(KeepAlive))];

const INTERNAL: &[(&str, Op)] = &[
    ("Memmove", p(Memmove)),
    ("Memclr", p(Memclr)),
    ("FrameAddress", p(FrameAddress)),
    ("GetG", p(GetG)),
    ("Prefetch", p(Prefetch)),
];

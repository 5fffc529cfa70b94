//! The runtime of programs compiled by gosubc: what generated code and the Go library call.
//!
//! In: the functions of `compiler/ir/src/runtime_abi.rs` and of `stdlib/RUNTIME.md`, called from compiled Go
//! with the C calling convention; the layouts of `compiler/ABI.md`. Out: calls of Go functions (see `gosym`) and
//! system calls. Nothing here unwinds in Rust's sense: Go panics pass over Rust frames by `panic::unwind`, so no
//! frame that Go code may be called from holds a value with a destructor.
//!
//! With `panic = "abort"` (the profile that programs link) the crate does without `std`, which keeps programs small;
//! tests and checks build it with `std`.
//!
//! Every exported function trusts its caller, generated code, to keep to the ABI: pointers are valid for the
//! types and lengths that come with them. That contract is what the `unsafe` of these functions stands for, so
//! their bodies are unsafe as a whole and comments justify only what goes beyond it.
#![cfg_attr(all(panic = "abort", not(test)), no_std)]
#![allow(unsafe_op_in_unsafe_fn)]

extern crate alloc;

mod abi;
mod asm;
mod bigint;
mod bytealg;
mod checksum;
mod crc32;
mod decimal;
mod float;
mod g;
mod gosym;
mod hash;
mod heap;
mod iface;
mod itab;
mod lock;
mod md5;
mod memmove;
mod os;
mod panic;
mod print;
mod profile;
mod race;
mod reflect;
mod rune;
mod sched;
mod signal;
mod sigqueue;
mod slice;
mod start;
mod strconv;
mod string;
mod sys;
mod trace;

#[cfg(all(panic = "abort", not(test)))]
mod bare;

#[cfg(test)]
mod abi_test;
#[cfg(test)]
mod testing;

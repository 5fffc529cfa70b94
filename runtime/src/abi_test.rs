//! Checks the exported functions against the compiler's table: each one exists, and its parameters and results are
//! the same words.

use crate::abi::{F64Pair, Iface, IntInt, PtrInt, Str};
use ir::runtime_abi::{AbiTy, RuntimeFn};

/// How a parameter or result travels.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Word {
    Int,
    Bool,
    Float,
}
use Word::*;

trait Words {
    const WORDS: &'static [Word];
}

macro_rules! words {
    ($($t:ty: $w:expr;)*) => { $(impl Words for $t { const WORDS: &'static [Word] = &$w; })* };
}

/// Names the never type, which has no name yet.
trait Result {
    type Type;
}
impl<R> Result for fn() -> R {
    type Type = R;
}

words! {
    (): []; <fn() -> ! as Result>::Type: []; usize: [Int]; u64: [Int]; i64: [Int]; u32: [Int]; i32: [Int]; bool: [Bool];
    f64: [Float]; Str: [Int, Int]; Iface: [Int, Int]; PtrInt: [Int, Int]; IntInt: [Int, Int]; F64Pair: [Float, Float];
}
impl<T> Words for *const T {
    const WORDS: &'static [Word] = &[Int];
}
impl<T> Words for *mut T {
    const WORDS: &'static [Word] = &[Int];
}

struct Shape {
    params: Vec<Word>,
    results: Vec<Word>,
}

trait Function {
    fn shape(self) -> Shape;
}

macro_rules! functions {
    ($(($($p:ident)*))*) => { $(
        impl<R: Words, $($p: Words),*> Function for unsafe extern "C" fn($($p),*) -> R {
            fn shape(self) -> Shape {
                let params: &[&[Word]] = &[$($p::WORDS),*];
                Shape { params: params.concat(), results: R::WORDS.to_vec() }
            }
        }
    )* };
}
functions! { () (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) }

macro_rules! shape {
    ($name:path $(, $p:tt)*) => {
        (stringify!($name), Function::shape($name as unsafe extern "C" fn($($p),*) -> _))
    };
}

/// Written in assembly, so that Rust cannot tell their parameters.
const IN_ASSEMBLY: &[&str] = &["gosubc_gopanic"];

fn exported() -> Vec<(&'static str, Shape)> {
    vec![
        shape!(crate::panic::errors::gosubc_panic_index, _, _, _),
        shape!(crate::panic::errors::gosubc_panic_slice, _, _, _, _),
        shape!(crate::panic::errors::gosubc_panic_divide),
        shape!(crate::panic::errors::gosubc_panic_shift),
        shape!(crate::panic::errors::gosubc_panic_mem),
        shape!(crate::panic::errors::gosubc_panic_make_slice_len),
        shape!(crate::panic::errors::gosubc_panic_make_slice_cap),
        shape!(crate::panic::errors::gosubc_panic_slice_convert, _, _),
        shape!(crate::panic::errors::gosubc_panic_dottype, _, _, _),
        shape!(crate::panic::errors::gosubc_panic_wrap, _, _, _),
        shape!(crate::panic::errors::gosubc_panic_unsafe, _),
        shape!(crate::panic::errors::gosubc_panic_range_state, _),
        shape!(crate::panic::gosubc_gorecover, _),
        shape!(crate::panic::fatal::gosubc_throw, _),
        shape!(crate::heap::exports::gosubc_newobject, _),
        shape!(crate::heap::exports::gosubc_newobject_noscan, _),
        shape!(crate::heap::exports::gosubc_makeslice, _, _),
        shape!(crate::slice::gosubc_growslice, _, _, _, _, _),
        shape!(crate::string::gosubc_concatstring2, _, _, _),
        shape!(crate::string::gosubc_concatstrings, _, _, _),
        shape!(crate::string::gosubc_cmpstring, _, _),
        shape!(crate::string::gosubc_memequal, _, _, _),
        shape!(crate::string::gosubc_intstring, _, _),
        shape!(crate::string::gosubc_slicebytetostring, _, _, _),
        shape!(crate::string::gosubc_stringtoslicebyte, _, _),
        shape!(crate::string::gosubc_slicerunetostring, _, _, _),
        shape!(crate::string::gosubc_stringtoslicerune, _, _),
        shape!(crate::rune::gosubc_decoderune, _, _),
        shape!(crate::string::gosubc_countrunes, _),
        shape!(crate::itab::gosubc_assert_itab, _, _),
        shape!(crate::itab::gosubc_find_itab, _, _),
        shape!(crate::itab::gosubc_find_itab_cached, _, _, _),
        shape!(crate::iface::gosubc_efaceeq, _, _, _),
        shape!(crate::iface::gosubc_ifaceeq, _, _, _),
        shape!(crate::hash::gosubc_memhash, _, _, _),
        shape!(crate::hash::gosubc_memhash32, _, _),
        shape!(crate::hash::gosubc_memhash64, _, _),
        shape!(crate::hash::gosubc_strhash, _, _),
        shape!(crate::hash::gosubc_f64hash, _, _),
        shape!(crate::hash::gosubc_nilinterhash, _, _),
        shape!(crate::hash::gosubc_interhash, _, _),
        shape!(crate::panic::defer::gosubc_deferproc, _, _, _),
        shape!(crate::panic::defer::gosubc_deferproc_at, _, _, _),
        shape!(crate::panic::defer::gosubc_deferreturn, _),
        shape!(crate::asm::gosubc_deferreturn_open),
        shape!(crate::asm::gosubc_newproc, _),
        shape!(crate::sched::chan::gosubc_makechan, _, _),
        shape!(crate::sched::chan::gosubc_chansend, _, _),
        shape!(crate::sched::chan::gosubc_chanrecv, _, _),
        shape!(crate::sched::chan::gosubc_closechan, _),
        shape!(crate::sched::chan::gosubc_chanlen, _),
        shape!(crate::sched::chan::gosubc_chancap, _),
        shape!(crate::sched::select::gosubc_selectgo, _, _, _),
        shape!(crate::print::gosubc_printlock),
        shape!(crate::print::gosubc_printunlock),
        shape!(crate::print::gosubc_printbool, _),
        shape!(crate::print::gosubc_printint, _),
        shape!(crate::print::gosubc_printuint, _),
        shape!(crate::print::gosubc_printfloat64, _),
        shape!(crate::print::gosubc_printfloat32, _),
        shape!(crate::print::gosubc_printcomplex128, _, _),
        shape!(crate::print::gosubc_printcomplex64, _, _),
        shape!(crate::print::gosubc_printstring, _),
        shape!(crate::print::gosubc_printpointer, _),
        shape!(crate::print::gosubc_printslice, _, _, _),
        shape!(crate::print::gosubc_printiface, _),
        shape!(crate::print::gosubc_printsp),
        shape!(crate::print::gosubc_printnl),
        shape!(crate::float::gosubc_complex128div, _, _, _, _),
    ]
}

fn words_of(tys: &[AbiTy]) -> Vec<Word> {
    let of = |t: &AbiTy| match t {
        AbiTy::Ptr | AbiTy::I64 | AbiTy::I32 => vec![Int],
        AbiTy::Bool => vec![Bool],
        AbiTy::F64 => vec![Float],
        AbiTy::Str | AbiTy::Iface => vec![Int, Int],
        AbiTy::Slice => vec![Int, Int, Int],
    };
    tys.iter().flat_map(of).collect()
}

#[test]
fn table_matches() {
    let exported = exported();
    for f in RuntimeFn::ALL {
        let symbol = f.symbol();
        if IN_ASSEMBLY.contains(&symbol) {
            continue;
        }
        let Some((_, shape)) = exported.iter().find(|e| e.0.ends_with(&format!("::{symbol}")))
        else {
            panic!("{symbol} is not exported");
        };
        assert_eq!(shape.params, words_of(f.params()), "parameters of {symbol}");
        assert_eq!(shape.results, words_of(f.results()), "results of {symbol}");
    }
}

//! IR made by hand, compiled, linked with a little C and run.

mod common;

use codegen::Options;
use common::*;
use diag::SourceMap;
use ir::ir::*;
use ir::ty::*;
use std::process::Command;

/// Links the module with `c` at every level and checks what the program prints.
#[track_caller]
fn run(m: &Module, c: &str, expect: &str) {
    let dir = std::env::temp_dir().join(format!(
        "gosubc-codegen-{}-{}",
        std::process::id(),
        expect.len()
    ));
    std::fs::create_dir_all(&dir).unwrap();
    let path = |name: &str| dir.join(name);
    std::fs::write(path("main.c"), format!("{PRELUDE}\n{c}")).unwrap();
    for opt_level in 0..=3 {
        let opts = Options { opt_level, verify: true, ..Options::default() };
        let o = codegen::compile(m, &SourceMap::new(), &opts).unwrap_or_else(|e| panic!("{e}"));
        std::fs::write(path("go.o"), o.object).unwrap();
        let cc = Command::new("cc")
            .args(["-no-pie", "-Wl,--gc-sections", "-o"])
            .arg(path("t"))
            .args([path("main.c"), path("go.o")])
            .arg("-lm")
            .status()
            .unwrap();
        assert!(cc.success());
        let out = Command::new(path("t")).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&out.stdout), expect, "at -O{opt_level}");
    }
    std::fs::remove_dir_all(&dir).unwrap();
}

/// Enough of a runtime for functions that don't panic. `%fs:0x70` is 0 where no one sets it: no stack overflows.
const PRELUDE: &str = r#"
#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
long gosubc_zerobase; long gosubc_staticbytes[256];
void __morestack(void) { abort(); }
int gosubc_personality(void) { return 0; }
void gosubc_panic_forward(long mine, long callee) {}
#define FATAL(f) void f(void) { puts(#f); exit(0); }
FATAL(gosubc_panic_mem) FATAL(gosubc_panic_divide) FATAL(gosubc_panic_index) FATAL(gosubc_panic_slice)
FATAL(gosubc_panic_shift) FATAL(gosubc_panic_make_slice_len) FATAL(gosubc_panic_make_slice_cap)
void *gosubc_newobject(void *t) { return calloc(1, *(long *)t); }
void *gosubc_newobject_noscan(long n) { return calloc(1, n); }
_Bool gosubc_memequal(void *p, void *q, long n) { return memcmp(p, q, n) == 0; }
long gosubc_memhash(void *p, long n, long h) { return h; }
long gosubc_memhash64(long v, long h) { return h; }
long gosubc_strhash(void *p, long n, long h) { return h; }
#define GO(name, sym) name __asm__("main." #sym)
"#;

/// A function of two parameters of one type that applies `op`.
fn binary(t: &Types, name: &str, op: BinOp, ty: Ty, count: Ty, result: Ty) -> Function {
    let mut f = func(&format!("main.{name}"), t.sig(&[ty, count], &[result]));
    let (r, x, y) = (f.func.results[0], f.param(0), f.param(1));
    f.assign(Place::local(r), Rvalue::Binary(op, x, y));
    f.ret();
    f.finish()
}

#[test]
fn integers_as_go_defines_them() {
    let mut t = Types::new();
    let i8 = t.table.add(data(TyKind::Int { bits: 8, signed: true }, "int8"));
    let u8 = t.table.add(data(TyKind::Int { bits: 8, signed: false }, "uint8"));
    let u64 = t.table.add(data(TyKind::Int { bits: 64, signed: false }, "uint64"));
    let int = t.int;
    let funcs = vec![
        binary(&t, "div", BinOp::Div, int, int, int),
        binary(&t, "rem", BinOp::Rem, int, int, int),
        binary(&t, "div8", BinOp::Div, i8, i8, i8),
        binary(&t, "shl", BinOp::Shl, int, u64, int),
        binary(&t, "shr", BinOp::Shr, int, u64, int),
        binary(&t, "shr8", BinOp::Shr, u8, u64, u8),
        binary(&t, "sar8", BinOp::Shr, i8, u64, i8),
        binary(&t, "lt", BinOp::Lt, u64, u64, t.bool),
    ];
    let m = module(t, funcs);
    let c = r#"
long GO(quo(long, long), div); long GO(rem(long, long), rem); int8_t GO(div8(int8_t, int8_t), div8);
long GO(shl(long, unsigned long), shl); long GO(shr(long, unsigned long), shr);
uint8_t GO(shr8(uint8_t, unsigned long), shr8); int8_t GO(sar8(int8_t, unsigned long), sar8);
_Bool GO(lt(unsigned long, unsigned long), lt);
int main() {
  printf("%ld %ld %ld\n", quo(INT64_MIN, -1), quo(7, -2), quo(-7, 2));
  printf("%ld %ld %ld\n", rem(INT64_MIN, -1), rem(7, -2), rem(-7, 2));
  printf("%d %d\n", div8(-128, -1), div8(100, 7));
  printf("%ld %ld %ld\n", shl(1, 63), shl(1, 64), shl(3, 1UL << 40));
  printf("%ld %ld %ld\n", shr(-8, 1), shr(-8, 64), shr(8, 1UL << 63));
  printf("%d %d %d %d\n", shr8(255, 7), shr8(255, 8), sar8(-128, 7), sar8(-128, 300));
  printf("%d %d\n", lt(1, -1), lt(-1, 1));
}"#;
    run(
        &m,
        c,
        "-9223372036854775808 -3 -3\n0 1 -1\n-128 14\n-9223372036854775808 0 0\n-4 -1 0\n1 0 -1 -1\n1 0\n",
    );
}

#[test]
fn floats_become_integers_as_the_processor_does_it() {
    let mut t = Types::new();
    let mut funcs = Vec::new();
    for (bits, signed) in [(64, true), (64, false), (32, true), (32, false), (8, true), (16, false)]
    {
        let name = format!("{}int{bits}", if signed { "" } else { "u" });
        let to = t.table.add(data(TyKind::Int { bits, signed }, &name));
        let mut f = func(&format!("main.{name}"), t.sig(&[t.f64], &[to]));
        let (r, x) = (f.func.results[0], f.param(0));
        f.assign(Place::local(r), Rvalue::Convert(ConvKind::FloatToInt, x, to));
        f.ret();
        funcs.push(f.finish());
    }
    let m = module(t, funcs);
    let c = r#"
#include <math.h>
long GO(i64(double), int64); unsigned long GO(u64(double), uint64); int GO(i32(double), int32);
unsigned GO(u32(double), uint32); int8_t GO(i8(double), int8); uint16_t GO(u16(double), uint16);
int main() {
  double x[] = {-1.9, 300.7, 3e9, 1e19, 1e20, NAN, INFINITY};
  for (int i = 0; i < 7; i++)
    printf("%ld %lu %d %u %d %d\n", i64(x[i]), u64(x[i]), i32(x[i]), u32(x[i]), i8(x[i]), u16(x[i]));
}"#;
    run(
        &m,
        c,
        "-1 18446744073709551615 -1 4294967295 -1 65535\n\
         300 300 300 300 44 300\n\
         3000000000 3000000000 -2147483648 3000000000 0 0\n\
         -9223372036854775808 10000000000000000000 -2147483648 0 0 0\n\
         -9223372036854775808 9223372036854775808 -2147483648 0 0 0\n\
         -9223372036854775808 9223372036854775808 -2147483648 0 0 0\n\
         -9223372036854775808 9223372036854775808 -2147483648 0 0 0\n",
    );
}

/// A C function with small results, called from Go: they share a word.
#[test]
fn c_functions_return_packed_words() {
    let mut t = Types::new();
    let i32 = t.table.add(data(TyKind::Int { bits: 32, signed: true }, "int32"));
    let c_sig = t.sig(&[t.string, i32], &[i32, t.bool]);
    let mut f = func("main.f", t.sig(&[t.string, i32], &[t.int]));
    let r = f.func.results[0];
    let args = vec![f.param(0), f.param(1)];
    let out = f.call_direct("gosubc_test".into(), args, &[i32, t.bool]);
    let (yes, no) = (f.new_block(), f.new_block());
    f.branch(out[1].clone(), yes, no);
    f.switch_to(yes);
    f.assign(Place::local(r), Rvalue::Convert(ConvKind::IntToInt, out[0].clone(), t.int));
    f.goto(no);
    f.switch_to(no);
    f.ret();
    let mut m = module(t, vec![f.finish()]);
    m.externs.insert("gosubc_test".into(), Extern { sig: c_sig, c_abi: true, noescape: false });
    let c = r#"
struct r { int32_t n; _Bool ok; };
struct r gosubc_test(char *p, long n, int32_t x) { return (struct r){p[n - 1] - '0' + x, x != 7}; }
long GO(f(char *, long, int), f);
int main() { printf("%ld %ld\n", f("abc5", 4, -6), f("abc5", 4, 7)); }"#;
    run(&m, c, "-1 0\n");
}

/// reflect's thunks of func(string, [8]int) (int, [8]int) from C.
#[test]
fn reflect_calls_and_makes_funcs() {
    let mut t = Types::new();
    let sig = t.sig(&[t.string, t.big], &[t.int, t.big]);
    let fty = t.table.add(data(TyKind::Func(sig.clone()), "func(string, [8]int) (int, [8]int)"));
    let mut f = func("main.f", sig);
    let (n, big) = (f.func.results[0], f.func.results[1]);
    let s = f.param(0);
    f.assign(Place::local(n), Rvalue::Extract(Part::Len, s));
    let p = f.param(1);
    f.store(Place::local(big), p);
    let three = t.c(3);
    f.store(Place::local(big).with(Proj::Index(three)), Operand::local(n));
    f.ret();
    let mut desc = func("main.desc", t.sig(&[], &[t.uptr]));
    let r = desc.func.results[0];
    desc.store(Place::local(r), Operand::Const(Const::TypeDesc(fty)));
    desc.ret();
    let mut value = func("main.value", t.sig(&[], &[fty]));
    let r = value.func.results[0];
    value.store(Place::local(r), Operand::Const(Const::Func("main.f".into(), fty)));
    value.ret();
    let m = module(t, vec![f.finish(), desc.finish(), value.finish()]);
    let c = r#"
typedef void call(void *fn, void **args, void **results);
typedef struct { long n; long big[8]; } results;
char *GO(desc(void), desc); void *GO(value(void), value);
struct closure { void *code; void **handler; void *type; };
void handler(void *type, void **args, void **res) {
  printf("%d %.*s %ld\n", type == desc(), (int)((long *)args[0])[1], *(char **)args[0], ((long *)args[1])[7]);
  *(long *)res[0] = 42; ((long *)res[1])[7] = 43;
}
void *handler_object[] = {handler};
int main() {
  void **aux = *(void ***)(desc() + 128);
  struct { char *p; long n; } s = {"hello", 5};
  long in[8] = {1, 2, 3, 4, 5, 6, 7, 8}, out[8], n;
  void *args[] = {&s, in}, *res[] = {&n, out};
  ((call *)aux[0])(value(), args, res);
  printf("%ld %ld %ld %ld\n", n, out[2], out[3], in[3]);
  struct closure made = {aux[1], handler_object, desc()};
  ((call *)aux[0])(&made, args, res);
  printf("%ld %ld %ld\n", n, out[7], out[0]);
}"#;
    run(&m, c, "5 3 5 4\n1 hello 8\n42 43 0\n");
}

//! IR made by hand through code generation, looked at as LLVM IR and assembly.

mod common;

use codegen::Form;
use common::*;
use ir::ir::*;
use ir::runtime_abi::RuntimeFn;

#[test]
fn values_in_registers_and_in_memory() {
    let t = Types::new();
    let mut add = func("main.add", t.sig(&[t.int, t.int], &[t.int]));
    let r = add.func.results[0];
    let (x, y) = (add.param(0), add.param(1));
    add.assign(Place::local(r), Rvalue::Binary(BinOp::Add, x, y));
    add.ret();
    let mut big = func("main.big", t.sig(&[t.big], &[t.big]));
    let (p, r) = (big.param(0), big.func.results[0]);
    big.store(Place::local(r), p);
    big.ret();
    let mut call = func("main.call", t.sig(&[t.pbig], &[t.int]));
    let p = call.param(0);
    let place = call.deref(p, t.pbig);
    let v = call.call_direct("main.big".into(), vec![Operand::Copy(place)], &[t.big]);
    let Operand::Copy(v) = v[0].clone() else { panic!() };
    let r = call.func.results[0];
    call.store(Place::local(r), Operand::Copy(v.with(Proj::Index(t.c(3)))));
    call.ret();
    let m = module(t, vec![add.finish(), big.finish(), call.finish()]);
    check(&text(&m, 2, Form::LlvmIr), &["@main.add(ptr nest", "add i64", "ret i64"]);
    check(&text(&m, 0, Form::LlvmIrUnoptimized), &["void @main.big(ptr nest %0, ptr noalias"]);
    check(&text(&m, 2, Form::LlvmIr), &["@main.call(ptr nest", "!make.implicit"]);
    for level in 0..=3 {
        assert!(text(&m, level, Form::Obj).starts_with("\x7fELF"));
    }
}

#[test]
fn checks_panic_out_of_line() {
    let t = Types::new();
    let mut f = func("main.at", t.sig(&[t.sint, t.int], &[t.int]));
    let (s, i) = (f.param(0), f.param(1));
    let len = f.extract(t.int, Part::Len, s.clone());
    f.check(Check::Index { index: i.clone(), len, unsigned: false });
    let Operand::Copy(s) = s else { panic!() };
    let r = f.func.results[0];
    f.store(Place::local(r), Operand::Copy(s.with(Proj::Index(i))));
    f.ret();
    let m = module(t, vec![f.finish()]);
    let ir = text(&m, 2, Form::LlvmIr);
    check(&ir, &["@main.at", "icmp ult i64", "call void @gosubc_panic_index", "unreachable"]);
    check(&ir, &["nomerge"]);
}

#[test]
fn interfaces_bring_type_descriptors() {
    let t = Types::new();
    let mut f = func("main.box", t.sig(&[t.f64], &[t.any]));
    let (x, r) = (f.param(0), f.func.results[0]);
    f.assign(
        Place::local(r),
        Rvalue::MakeInterface { iface: t.any, concrete: t.f64, value: x, alloc: Alloc::Heap },
    );
    f.ret();
    let m = module(t, vec![f.finish()]);
    let ir = text(&m, 2, Form::LlvmIr);
    check(
        &ir,
        &["@\"type:float64\" = linkonce_odr hidden constant", "section \"gotypes\", comdat"],
    );
    check(&ir, &["define", "@main.box", "call", "@gosubc_newobject_noscan", "i64 8"]);
    check(&ir, &["@gosubc_eq_f64"]);
}

/// `defer helper(x)` with a call that panics behind it, open-coded.
#[test]
fn open_coded_defers_have_records() {
    let mut t = Types::new();
    let args = t.structure("struct { int }", &[t.int]);
    let pargs = t.pointer("*struct { int }", args);
    let mut thunk = func("main.f.thunk", t.sig(&[pargs], &[]));
    let p = thunk.param(0);
    let place = thunk.deref_unchecked(p, pargs).with(Proj::Field(0));
    thunk.call_runtime(RuntimeFn::printint, vec![Operand::Copy(place)], &[]);
    thunk.ret();
    let mut f = func("main.f", t.sig(&[t.int], &[t.int]));
    let x = f.param(0);
    f.emit(InstrKind::DeferOpen { site: 0, args: vec![x.clone()] });
    f.check(Check::Divide(x.clone()));
    let r = f.func.results[0];
    f.assign(Place::local(r), Rvalue::Binary(BinOp::Div, t.c(100), x.clone()));
    let exit = f.new_block();
    f.goto(exit);
    let recover = f.new_block();
    f.switch_to(recover);
    f.emit(InstrKind::DeferReturn);
    f.ret();
    f.switch_to(exit);
    let set = f.value(t.bool, Rvalue::DeferBit(0));
    let (run, done) = (f.new_block(), f.new_block());
    f.branch(set, run, done);
    f.switch_to(run);
    f.emit(InstrKind::DeferClearBit { site: 0 });
    f.call_runtime(RuntimeFn::printint, vec![x], &[]);
    f.goto(done);
    f.switch_to(done);
    f.ret();
    f.func.recover_block = Some(recover);
    f.func.defers.push(DeferSite {
        span: diag::Span::NONE,
        in_loop: false,
        form: DeferForm::Open,
        reason: "",
        wrap: 0,
        thunk: Some(("main.f.thunk".into(), args)),
    });
    let m = module(t, vec![f.finish(), thunk.finish()]);
    for level in 0..=3 {
        let ir = text(&m, level, Form::LlvmIr);
        check(&ir, &["@main.f(", "invoke void @gosubc_panic_divide", "unwind label"]);
        let asm = text(&m, level, Form::Asm);
        check(
            &asm,
            &[
                ".section\tgofuncdata",
                ".long\tmain.f-",
                ".byte\t1",
                ".long\tmain.f.thunk-",
                "gosubc_deferreturn_open",
            ],
        );
        assert!(text(&m, level, Form::Obj).starts_with("\x7fELF"));
    }
}

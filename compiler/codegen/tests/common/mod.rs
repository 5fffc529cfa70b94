//! A little package of types and helpers for IR made by hand.
#![allow(dead_code)]

use codegen::{Form, Options};
use diag::{SourceMap, Span};
use ir::ir::*;
use ir::lower::FuncBuilder;
use ir::ty::*;

pub struct Types {
    pub table: TypeTable,
    pub bool: Ty,
    pub int: Ty,
    pub f64: Ty,
    pub string: Ty,
    pub any: Ty,
    pub pint: Ty,
    pub sint: Ty,
    /// [8]int
    pub big: Ty,
    pub pbig: Ty,
    pub func: Ty,
    pub uptr: Ty,
}

pub fn data(kind: TyKind, name: &str) -> TyData {
    TyData { kind, string: name.into(), unique: name.into(), named: None, methods: Vec::new() }
}

impl Types {
    pub fn new() -> Types {
        let mut table = TypeTable::new();
        let mut add = |k, n: &str| table.add(data(k, n));
        let bool = add(TyKind::Bool, "bool");
        let int = add(TyKind::Int { bits: 64, signed: true }, "int");
        let f64 = add(TyKind::Float { bits: 64 }, "float64");
        let string = add(TyKind::String, "string");
        let any = add(TyKind::Interface { methods: Vec::new() }, "interface {}");
        let pint = add(TyKind::Pointer(int), "*int");
        let sint = add(TyKind::Slice(int), "[]int");
        let big = add(TyKind::Array(int, 8), "[8]int");
        let pbig = add(TyKind::Pointer(big), "*[8]int");
        let func = add(TyKind::Func(Sig::default()), "func()");
        let uptr = add(TyKind::UnsafePointer, "unsafe.Pointer");
        Types { table, bool, int, f64, string, any, pint, sint, big, pbig, func, uptr }
    }

    /// A struct type of these fields.
    pub fn structure(&mut self, name: &str, fields: &[Ty]) -> Ty {
        let fields = fields
            .iter()
            .enumerate()
            .map(|(i, &ty)| Field {
                name: format!("f{i}"),
                pkg: String::new(),
                ty,
                tag: String::new(),
                embedded: false,
            })
            .collect();
        self.table.add(data(TyKind::Struct(fields), name))
    }

    pub fn pointer(&mut self, name: &str, to: Ty) -> Ty {
        self.table.add(data(TyKind::Pointer(to), name))
    }

    pub fn sig(&self, params: &[Ty], results: &[Ty]) -> Sig {
        Sig { params: params.to_vec(), results: results.to_vec(), variadic: false }
    }

    pub fn c(&self, v: i128) -> Operand {
        Operand::Const(Const::Int(v, self.int))
    }
}

pub fn func(name: &str, sig: Sig) -> FuncBuilder {
    FuncBuilder::new(name.into(), name.into(), sig, Span::NONE)
}

pub fn module(types: Types, funcs: Vec<Function>) -> Module {
    Module { path: "main".into(), types: types.table, funcs, ..Module::default() }
}

pub fn text(m: &Module, opt_level: u8, form: Form) -> String {
    let opts = Options { opt_level, verify: true, debug_vars: true, ..Options::default() };
    match codegen::emit(m, &SourceMap::new(), &opts, form) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(e) => panic!("{e}"),
    }
}

/// Checks that `patterns` occur in `text` in this order.
#[track_caller]
pub fn check(text: &str, patterns: &[&str]) {
    let mut rest = text;
    for p in patterns {
        match rest.find(p) {
            Some(i) => rest = &rest[i + p.len()..],
            None => panic!("{p:?} is missing (in this order) in:\n{text}"),
        }
    }
}

//! Literals (specification, "Integer literals" ff., "Function literals", "Composite literals").
//!
//! In: the literal, and for elided composite literal types the type that the enclosing literal gives.
//! Out: its operand. Bodies of function literals are checked later, before the scope changes.

use crate::check::{Environment, Operand, OperandMode};
use crate::constant::{self, Value};
use crate::position::span_of;
use crate::{BasicKind, Checker, ObjId, ObjKind, Selection, SelectionKind, Type, TypeId};
use diag::Span;
use std::collections::{HashMap, HashSet};
use syntax::ast::{CompositeLit, Expr, ExprKind, FuncLit, LitKind, Name, NodeId};

/// Numeric literals longer than this are not converted.
const MAX_LITERAL_LEN: usize = 10_000;

impl<'a> Checker<'a> {
    pub(crate) fn basic_lit(
        &mut self,
        x: &mut Operand<'a>,
        e: &'a Expr,
        kind: LitKind,
        text: &'a str,
    ) {
        let untyped = match kind {
            LitKind::Int => BasicKind::UntypedInt,
            LitKind::Float => BasicKind::UntypedFloat,
            LitKind::Imag => BasicKind::UntypedComplex,
            LitKind::Char => BasicKind::UntypedRune,
            LitKind::String => BasicKind::UntypedString,
        };
        if matches!(kind, LitKind::Int | LitKind::Float | LitKind::Imag) {
            self.lang_compat(e.span, kind, text);
            if text.len() > MAX_LITERAL_LEN {
                let (head, n) = (&text[..10], text.len());
                let msg = format!("excessively long constant: {head}... ({n} chars)");
                return self.error("InvalidConstVal", span_of(e), msg);
            }
        }
        let value = constant::make_from_literal(text, kind);
        if value == Value::Unknown {
            let msg = format!("malformed constant: {text}");
            return self.error("InvalidConstVal", span_of(e), msg);
        }
        x.set_const(value, self.typ_of(untyped));
        x.expr = Some(e);
        self.overflow(x, e.span.lo);
    }

    /// Notations of numbers that came with Go 1.13.
    fn lang_compat(&mut self, span: Span, kind: LitKind, text: &str) {
        if text.len() <= 2 || self.allow_version((1, 13)) {
            return;
        }
        let what = if text.contains('_') {
            "underscore in numeric literal"
        } else if !text.starts_with('0') {
            return;
        } else {
            match text.as_bytes()[1] {
                b'b' | b'B' => "binary literal",
                b'o' | b'O' => "0o/0O-style octal literal",
                b'x' | b'X' if kind != LitKind::Int => "hexadecimal floating-point literal",
                _ => return,
            }
        };
        self.verify_version(span, (1, 13), what);
    }

    pub(crate) fn func_lit(&mut self, x: &mut Operand<'a>, lit: &'a FuncLit) {
        let (sig, scope) = self.func_type(None, &[], &lit.sig);
        // The body belongs to the declaration around it. It may refer to a type that is only being
        // declared, so it has to wait; but not beyond the statement, after which the scope changes.
        let env = Environment {
            decl: self.env.decl,
            scope: Some(scope),
            go_version: self.env.go_version,
            iota: self.env.iota.clone(),
            generic_func: self.env.generic_func,
            ..Environment::default()
        };
        self.later(move |c| {
            let outer = std::mem::replace(&mut c.env, env);
            c.func_body(sig, scope, &lit.body);
            c.env = outer;
        });
        x.mode = OperandMode::Value;
        x.typ = sig;
    }

    pub(crate) fn composite_lit(
        &mut self,
        x: &mut Operand<'a>,
        e: &'a Expr,
        lit: &'a CompositeLit,
        hint: Option<TypeId>,
    ) {
        let mut open_array = None;
        let (typ, base) = match (&lit.typ, hint) {
            (Some(t), _) => {
                let typ = match &t.kind {
                    ExprKind::ArrayType { len: None, elem } => {
                        let elem = self.var_type(elem);
                        open_array = Some(t);
                        self.store.new_type(Type::Array { elem, len: -1 })
                    }
                    _ => self.typ(t),
                };
                (typ, typ)
            }
            // An element whose type is elided; &T may be elided, too.
            (None, Some(hint)) => {
                let base = match self.common_under(hint).map(|u| self.store.ty(u)) {
                    Ok(Type::Pointer(base)) => *base,
                    _ => hint,
                };
                (hint, base)
            }
            (None, None) => {
                self.error("UntypedLit", span_of(e), "missing type in composite literal");
                (self.typ_of(BasicKind::Invalid), self.typ_of(BasicKind::Invalid))
            }
        };
        if !self.is_complete(base) {
            return;
        }
        let under = self.common_under(base).ok();
        match under.map(|u| self.store.ty(u)) {
            Some(Type::Struct(s)) if !lit.elems.is_empty() => {
                let u = under.unwrap_or(base);
                if matches!(lit.elems[0].kind, ExprKind::KeyValue { .. }) {
                    self.keyed_struct_lit(u, base, &lit.elems);
                } else {
                    let fields = s.fields.clone();
                    self.unkeyed_struct_lit(&fields, base, lit);
                }
            }
            Some(Type::Struct(_)) => {}
            Some(&Type::Array { elem, len }) => {
                let n = self.indexed_elts(&lit.elems, elem, (len >= 0).then_some(len));
                if len < 0 {
                    // [...]T, or a length that was invalid: now it is known.
                    let u = under.unwrap_or(base);
                    if let Type::Array { len, .. } = self.store.ty_mut(u) {
                        *len = n;
                    }
                    if let Some(t) = open_array {
                        self.record_type_and_value(t, &OperandMode::TypExpr, typ);
                    }
                }
            }
            Some(&Type::Slice(elem)) => {
                self.indexed_elts(&lit.elems, elem, None);
            }
            Some(&Type::Map { key, value }) => self.map_lit(key, value, &lit.elems),
            _ => {
                for e in &lit.elems {
                    // Keys might be field names.
                    let e = match &e.kind {
                        ExprKind::KeyValue { value, .. } => value,
                        _ => e,
                    };
                    self.use_exprs(std::slice::from_ref(e));
                }
                if under.is_some_and(|u| !self.is_valid(u)) {
                    return;
                }
                let element = if lit.typ.is_none() { " element" } else { "" };
                let cause = match under {
                    Some(_) => "",
                    None => " (no common underlying type)",
                };
                let msg =
                    format!("invalid composite literal{element} type {}{cause}", self.ts(typ));
                return self.error("InvalidLit", span_of(e), msg);
            }
        }
        x.mode = OperandMode::Value;
        x.typ = typ;
    }

    /// `S{f: v, ...}`, where `S` has the underlying type `u`.
    fn keyed_struct_lit(&mut self, u: TypeId, base: TypeId, elems: &'a [Expr]) {
        let mut seen = FieldPaths::default();
        for e in elems {
            let ExprKind::KeyValue { key, value } = &e.kind else {
                let msg = "mixture of field:value and value elements in struct literal";
                self.error("MixedStructLit", span_of(e), msg);
                continue;
            };
            let mut x = Operand::new();
            self.generic_expr(&mut x, value, None);
            let ExprKind::Ident(name) = &key.kind else {
                let key = self.expr_str(key);
                let msg = format!("invalid field name {key} in struct literal");
                self.error("InvalidLitField", span_of(e), msg);
                continue;
            };
            let Some((field, path)) = self.struct_lit_field(u, base, key, name) else { continue };
            let typ = self.store.obj(field).typ.unwrap_or(self.typ_of(BasicKind::Invalid));
            self.record_field_key(u, key.id, field, &path, typ);
            self.assignment(&mut x, Some(typ), "struct literal");
            if let Some((other, relation)) = seen.insert(path, field) {
                let other = self.store.obj(other).name;
                let msg = match relation {
                    Relation::Same => format!("duplicate field name {name} in struct literal"),
                    Relation::Enclosing => format!(
                        "cannot specify promoted field {name} and enclosing embedded field {other}"
                    ),
                    Relation::Enclosed => format!(
                        "cannot specify embedded field {name} and enclosed promoted field {other}"
                    ),
                };
                self.error("DuplicateLitField", span_of(e), msg);
            }
        }
    }

    /// Finds the (from Go 1.27 on perhaps promoted) field that `key` names in a struct literal.
    fn struct_lit_field(
        &mut self,
        u: TypeId,
        base: TypeId,
        key: &'a Expr,
        name: &Name,
    ) -> Option<(ObjId, Vec<u32>)> {
        let found = self.lookup_field_or_method(u, false, *name, false);
        let Some(field) = found.obj else {
            let alt = self.lookup_field_or_method(u, false, *name, true).obj;
            let msg = self.lookup_error(base, name, alt, true);
            self.error("MissingLitField", span_of(key), msg);
            return None;
        };
        if !matches!(self.store.obj(field).kind, ObjKind::Field { .. }) {
            self.error("MissingLitField", span_of(key), format!("{name} is not a field"));
            return None;
        }
        if found.index.len() > 1 && !self.allow_version((1, 27)) {
            let path = self.field_path(u, &found.index);
            let t = self.ts(base);
            let what = format!("use of promoted field {path} in struct literal of type {t}");
            self.verify_version(key.span, (1, 27), &what);
            return None;
        }
        if found.indirect {
            let msg = format!("invalid implicit pointer indirection to reach {name}");
            self.error("InvalidLitField", span_of(key), msg);
            return None;
        }
        Some((field, found.index))
    }

    /// The key of a struct literal's element: its field, and for promoted ones the path to it.
    fn record_field_key(
        &mut self,
        u: TypeId,
        key: NodeId,
        field: ObjId,
        path: &[u32],
        typ: TypeId,
    ) {
        self.record_use(key, field);
        if path.len() > 1
            && let Some(slot) = self.info.selections.get_mut(key.0 as usize)
        {
            *slot = Some(Box::new(Selection {
                kind: SelectionKind::Field,
                recv: u,
                obj: field,
                index: path.to_vec(),
                indirect: false,
                typ,
            }));
        }
    }

    /// The names of the fields along `path`, joined with dots.
    fn field_path(&mut self, typ: TypeId, path: &[u32]) -> String {
        let mut names = Vec::new();
        let mut t = typ;
        for &i in path {
            let mut u = self.under(t);
            if let Type::Pointer(base) = *self.store.ty(u) {
                u = self.under(base);
            }
            let Type::Struct(s) = self.store.ty(u) else { break };
            let Some(&f) = s.fields.get(i as usize) else { break };
            let field = self.store.obj(f);
            names.push(field.name.to_string());
            let Some(ft) = field.typ else { break };
            t = ft;
        }
        names.join(".")
    }

    /// `S{v, ...}`
    fn unkeyed_struct_lit(&mut self, fields: &[ObjId], base: TypeId, lit: &'a CompositeLit) {
        for (i, e) in lit.elems.iter().enumerate() {
            if matches!(e.kind, ExprKind::KeyValue { .. }) {
                let msg = "mixture of field:value and value elements in struct literal";
                self.error("MixedStructLit", span_of(e), msg);
                continue;
            }
            let mut x = Operand::new();
            self.generic_expr(&mut x, e, None);
            let Some(&field) = fields.get(i) else {
                let t = self.ts(base);
                let msg = format!("too many values in struct literal of type {t}");
                self.error("InvalidStructLit", x.span(), msg);
                break;
            };
            let f = self.store.obj(field);
            let typ = f.typ.unwrap_or(self.typ_of(BasicKind::Invalid));
            if !f.is_exported() && f.pkg != Some(self.pkg) {
                let (name, t) = (f.name, self.ts(base));
                let msg = format!(
                    "implicit assignment to unexported field {name} in struct literal of type {t}"
                );
                self.error("UnexportedLitField", x.span(), msg);
                continue;
            }
            self.assignment(&mut x, Some(typ), "struct literal");
        }
        if lit.elems.len() < fields.len() {
            let hidden = fields
                .iter()
                .map(|&f| self.store.obj(f))
                .any(|f| !f.is_exported() && f.pkg != Some(self.pkg));
            let hint = match hidden {
                true => " (type has unexported fields - use key:value pairs)",
                false => "",
            };
            let t = self.ts(base);
            let msg = format!("too few values in struct literal of type {t}{hint}");
            let rbrace = Span::new(diag::Pos(lit.braces.hi.0.saturating_sub(1)), lit.braces.hi);
            self.error("InvalidStructLit", rbrace, msg);
        }
    }

    /// Checks the elements of an array or slice literal; returns the length that they need.
    pub(crate) fn indexed_elts(&mut self, elems: &'a [Expr], typ: TypeId, len: Option<i64>) -> i64 {
        let keyed = elems.iter().any(|e| matches!(e.kind, ExprKind::KeyValue { .. }));
        let mut visited = HashSet::new();
        let (mut index, mut max) = (0i64, 0i64);
        for e in elems {
            let mut valid = false;
            let value = match &e.kind {
                ExprKind::KeyValue { key, value } => {
                    match self.index(key, len) {
                        Ok(Some(i)) => {
                            index = i;
                            valid = true;
                        }
                        Ok(None) => {
                            let key = self.expr_str(key);
                            let msg = format!("index {key} must be integer constant");
                            self.error("InvalidLitIndex", span_of(e), msg);
                        }
                        Err(()) => {}
                    }
                    &**value
                }
                _ => {
                    match len {
                        Some(len) if index >= len => {
                            let msg = format!("index {index} is out of bounds (>= {len})");
                            self.error("OversizeArrayLit", span_of(e), msg);
                        }
                        _ => valid = true,
                    }
                    e
                }
            };
            if keyed && valid && !visited.insert(index) {
                let msg = format!("duplicate index {index} in array or slice literal");
                self.error("DuplicateLitKey", span_of(e), msg);
            }
            let mut x = Operand::new();
            self.generic_expr(&mut x, value, Some(typ));
            self.assignment(&mut x, Some(typ), "array or slice literal");
            index = index.saturating_add(1);
            max = max.max(index);
        }
        max
    }

    fn map_lit(&mut self, key_type: TypeId, value_type: TypeId, elems: &'a [Expr]) {
        // Keys of different types are different keys of an interface.
        let by_type = self.store.is_non_type_param_interface(key_type);
        let mut seen: HashMap<ConstKey, Vec<TypeId>> = HashMap::with_capacity(elems.len());
        for e in elems {
            let ExprKind::KeyValue { key, value } = &e.kind else {
                self.error("MissingLitKey", span_of(e), "missing key in map literal");
                continue;
            };
            let mut x = Operand::new();
            self.generic_expr(&mut x, key, Some(key_type));
            self.assignment(&mut x, Some(key_type), "map literal");
            if !x.is_invalid() {
                if let OperandMode::Constant(v) = &x.mode
                    && let Some(k) = ConstKey::new(v)
                {
                    let v = v.clone();
                    let types = seen.entry(k).or_default();
                    let duplicate = match by_type {
                        true => types.iter().any(|&t| self.store.identical(t, x.typ)),
                        false => !types.is_empty(),
                    };
                    if duplicate {
                        let msg = format!("duplicate key {v} in map literal");
                        self.error("DuplicateLitKey", x.span(), msg);
                        continue;
                    }
                    types.push(x.typ);
                }
                let mut x = Operand::new();
                self.generic_expr(&mut x, value, Some(value_type));
                self.assignment(&mut x, Some(value_type), "map literal");
            }
        }
    }
}

/// A constant as a key of duplicate detection: equal values are equal keys.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum ConstKey {
    Bool(bool),
    Int(num_bigint::BigInt),
    String(std::sync::Arc<[u8]>),
    /// Floating-point and complex numbers, written out.
    Other(String),
}

impl ConstKey {
    pub(crate) fn new(v: &Value) -> Option<ConstKey> {
        Some(match v {
            Value::Unknown => return None,
            Value::Bool(b) => ConstKey::Bool(*b),
            Value::String(s) => ConstKey::String(s.as_bytes().into()),
            v => match v.to_int() {
                Value::Int(i) => ConstKey::Int(i.to_bigint()),
                _ => ConstKey::Other(format!("{v:?}")),
            },
        })
    }
}

/// The fields that a struct literal sets so far, by their paths.
#[derive(Default)]
struct FieldPaths {
    set: HashMap<Vec<u32>, ObjId>,
    /// Embedded fields on the way to a promoted field that is set, with that field.
    above: HashMap<Vec<u32>, ObjId>,
}

enum Relation {
    Same,
    /// The other field holds this one.
    Enclosing,
    /// The other field is inside this one.
    Enclosed,
}

impl FieldPaths {
    /// Adds a field; returns one that was set before and is in the way.
    fn insert(&mut self, path: Vec<u32>, field: ObjId) -> Option<(ObjId, Relation)> {
        if let Some(&other) = self.set.get(&path) {
            return Some((other, Relation::Same));
        }
        if let Some(&other) = self.above.get(&path) {
            return Some((other, Relation::Enclosed));
        }
        for n in 1..path.len() {
            if let Some(&other) = self.set.get(&path[..n]) {
                return Some((other, Relation::Enclosing));
            }
        }
        for n in 1..path.len() {
            self.above.entry(path[..n].to_vec()).or_insert(field);
        }
        self.set.insert(path, field);
        None
    }
}

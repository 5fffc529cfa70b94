//! Types in, their names out: as reflect prints them, and unique over the whole program.
//!
//! Reflect's names have package names (`main.T`), and import paths inside the brackets of type
//! arguments, as Go's have. Unique names have import paths everywhere, unexported names with the
//! package they belong to, a number behind types declared in functions (`main.T·2`, `main.T[int]·2`), and the names of embedded fields, so
//! that two types have one unique name exactly if they are identical (Go specification, "Type
//! identity").

use ::types::{BasicKind, Named, ObjId, ObjKind, Signature, Store, Type, TypeId};
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Write;
use syntax::ast::ChanDir;

pub struct Names<'n> {
    local_numbers: &'n HashMap<ObjId, u32>,
    /// Interfaces whose methods are being written: a method may have the interface itself in its
    /// signature, without a name between (`interface { I }` inside `I`).
    open: RefCell<Vec<TypeId>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    Reflect,
    Unique,
}

impl<'n> Names<'n> {
    pub fn new(local_numbers: &'n HashMap<ObjId, u32>) -> Names<'n> {
        Names { local_numbers, open: RefCell::default() }
    }

    pub fn unique(&self, store: &mut Store, t: TypeId) -> String {
        let mut out = String::new();
        self.write(store, t, Style::Unique, &mut out);
        out
    }

    pub fn reflect(&self, store: &mut Store, t: TypeId) -> String {
        let mut out = String::new();
        self.write(store, t, Style::Reflect, &mut out);
        out
    }

    /// `[A,B]` in unique style, nothing for an empty list. The first `outer` arguments are those of
    /// the function around a local type: `[A;B]`.
    pub fn targs(&self, store: &mut Store, n: &Named, out: &mut String) {
        let own = match n.origin.map(|t| store.ty(t)) {
            Some(Type::Named(generic)) => generic.tparams.len(),
            _ => 0,
        };
        let targs = &n.targs;
        let outer = targs.len().saturating_sub(own);
        for (i, &t) in targs.iter().enumerate() {
            out.push(match i {
                0 => '[',
                i if i == outer => ';',
                _ => ',',
            });
            self.write(store, t, Style::Unique, out);
        }
        if !targs.is_empty() {
            out.push(']');
        }
    }

    fn part(&self, store: &mut Store, t: TypeId, style: Style) -> String {
        let mut out = String::new();
        self.write(store, t, style, &mut out);
        out
    }

    fn write(&self, store: &mut Store, t: TypeId, style: Style, out: &mut String) {
        match store.ty(t).clone() {
            Type::Basic(k) => out.push_str(basic_name(k)),
            Type::Alias(a) => match a.rhs {
                Some(rhs) => self.write(store, rhs, style, out),
                None => out.push_str("invalid type"),
            },
            Type::Named(n) => {
                let o = store.obj(n.obj);
                if let Some(p) = o.pkg {
                    let p = store.package(p);
                    out.push_str(if style == Style::Unique { &p.path } else { &p.name });
                    out.push('.');
                }
                out.push_str(&store.obj(n.obj).name);
                self.targs(store, &n, out);
                if style == Style::Unique
                    && let Some(number) = self.local_numbers.get(&n.obj)
                {
                    let _ = write!(out, "·{number}");
                }
            }
            Type::Pointer(e) => {
                out.push('*');
                self.write(store, e, style, out);
            }
            Type::Slice(e) => {
                out.push_str("[]");
                self.write(store, e, style, out);
            }
            Type::Array { elem, len } => {
                let _ = write!(out, "[{len}]");
                self.write(store, elem, style, out);
            }
            Type::Map { key, value } => {
                out.push_str("map[");
                self.write(store, key, style, out);
                out.push(']');
                self.write(store, value, style, out);
            }
            Type::Chan { dir, elem } => {
                let elem = self.part(store, elem, style);
                out.push_str(&chan(dir, &elem));
            }
            Type::Signature(sig) => {
                out.push_str("func");
                out.push_str(&self.sig(store, &sig, style));
            }
            Type::Struct(s) => {
                let mut parts = Vec::with_capacity(s.fields.len());
                for (i, &f) in s.fields.iter().enumerate() {
                    let tag = s.tags.get(i).and_then(|t| t.as_deref()).unwrap_or("");
                    parts.push(self.field(store, f, tag, style));
                }
                out.push_str(&braces("struct", &parts));
            }
            Type::Interface(_) if self.open.borrow().contains(&t) => {
                out.push_str("interface { ... }")
            }
            Type::Interface(_) => {
                self.open.borrow_mut().push(t);
                let mut parts = Vec::new();
                for m in interface_methods(store, t) {
                    let mut part = hidden_prefix(store, m, style, true);
                    part.push_str(&store.obj(m).name);
                    let typ = store.obj_type(m);
                    if let Some(Type::Signature(sig)) = typ.map(|t| store.ty(t).clone()) {
                        part.push_str(&self.sig(store, &sig, style));
                    }
                    parts.push(part);
                }
                self.open.borrow_mut().pop();
                out.push_str(&braces("interface", &parts));
            }
            Type::Tuple(_) | Type::TypeParam(_) | Type::Union(_) => out.push_str("invalid type"),
        }
    }

    fn field(&self, store: &mut Store, f: ObjId, tag: &str, style: Style) -> String {
        let o = store.obj(f);
        let embedded = matches!(o.kind, ObjKind::Field { embedded: true, .. });
        let name = o.name;
        let typ = store.obj_type(f);
        let mut part = String::new();
        if !embedded || style == Style::Unique {
            part.push_str(&hidden_prefix(store, f, style, false));
            part.push_str(&name);
            part.push(if embedded { '=' } else { ' ' });
        }
        if let Some(t) = typ {
            self.write(store, t, style, &mut part);
        }
        if !tag.is_empty() {
            part.push(' ');
            part.push_str(&quote(tag));
        }
        part
    }

    fn sig(&self, store: &mut Store, sig: &Signature, style: Style) -> String {
        let mut list = |l: &[ObjId]| -> Vec<String> {
            let types: Vec<TypeId> = l.iter().filter_map(|&p| store.obj_type(p)).collect();
            types.into_iter().map(|t| self.part(store, t, style)).collect()
        };
        let (params, results) = (list(&sig.params), list(&sig.results));
        signature(&params, &results, sig.variadic)
    }
}

/// The package path of a field or method that other packages cannot name, else empty.
pub fn hidden_in(store: &Store, obj: ObjId) -> String {
    let o = store.obj(obj);
    match o.pkg {
        Some(p) if !o.is_exported() => store.package(p).path.to_string(),
        _ => String::new(),
    }
}

/// What stands before the name of such a field or method. Reflect shows the package of methods
/// only.
fn hidden_prefix(store: &Store, obj: ObjId, style: Style, method: bool) -> String {
    let o = store.obj(obj);
    match o.pkg {
        Some(p) if !o.is_exported() => match style {
            Style::Unique => format!("{}.", store.package(p).path),
            Style::Reflect if method => format!("{}.", store.package(p).name),
            Style::Reflect => String::new(),
        },
        _ => String::new(),
    }
}

/// All methods of an interface type in the order of itabs: by name, then package path.
pub fn interface_methods(store: &mut Store, iface: TypeId) -> Vec<ObjId> {
    let mut methods = store.type_set(iface).methods.clone();
    methods.sort_by_cached_key(|&m| (store.obj(m).name, hidden_in(store, m)));
    methods
}

/// `(A, B, ...C) (D, E)`
pub fn signature(params: &[String], results: &[String], variadic: bool) -> String {
    let mut params = params.to_vec();
    if variadic && let Some(last) = params.last_mut() {
        *last = format!("...{}", last.strip_prefix("[]").unwrap_or(last));
    }
    let params = params.join(", ");
    match results {
        [] => format!("({params})"),
        [one] => format!("({params}) {one}"),
        more => format!("({params}) ({})", more.join(", ")),
    }
}

/// `struct { a; b }`
pub fn braces(keyword: &str, parts: &[String]) -> String {
    if parts.is_empty() {
        return format!("{keyword} {{}}");
    }
    format!("{keyword} {{ {} }}", parts.join("; "))
}

pub fn chan(dir: ChanDir, elem: &str) -> String {
    match dir {
        ChanDir::Send => format!("chan<- {elem}"),
        ChanDir::Recv => format!("<-chan {elem}"),
        // `chan <-chan T` would read as a channel to send channels to.
        ChanDir::Both if elem.starts_with("<-") => format!("chan ({elem})"),
        ChanDir::Both => format!("chan {elem}"),
    }
}

/// A string literal as Go writes it (`strconv.Quote`).
fn quote(s: &str) -> String {
    let mut out = String::from("\"");
    for c in s.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => {
                let _ = write!(out, "\\x{:02x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

pub fn basic_name(k: BasicKind) -> &'static str {
    use BasicKind::*;
    match k {
        Bool | UntypedBool => "bool",
        Int | UntypedInt => "int",
        Int8 => "int8",
        Int16 => "int16",
        Int32 | Rune | UntypedRune => "int32",
        Int64 => "int64",
        Uint => "uint",
        Uint8 | Byte => "uint8",
        Uint16 => "uint16",
        Uint32 => "uint32",
        Uint64 => "uint64",
        Uintptr => "uintptr",
        Float32 => "float32",
        Float64 | UntypedFloat => "float64",
        Complex64 => "complex64",
        Complex128 | UntypedComplex => "complex128",
        String | UntypedString => "string",
        UnsafePointer | UntypedNil => "unsafe.Pointer",
        Invalid => "invalid type",
    }
}

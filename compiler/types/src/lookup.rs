//! Selectors: finding fields and methods, and what a type lacks to implement an interface
//! (specification, "Selectors", "Method sets", "Implementing an interface").

use crate::{Checker, ObjId, ObjKind, PkgId, Qualifier, Signature, Store, Type, TypeId};
use syntax::ast::Name;

/// What looking up a field or method found.
#[derive(Clone, Debug, Default)]
pub struct LookupResult {
    pub obj: Option<ObjId>,
    /// The path: indices of embedded fields, and last of the field, or of the method in the list
    /// of its type (see [`Selection::index`](crate::Selection)). Without an object, a path means
    /// that the selector is ambiguous.
    pub index: Vec<u32>,
    /// With an object: a pointer was dereferenced on the way. Without one: there is a method, but
    /// its receiver is a pointer and the operand is neither that nor addressable.
    pub indirect: bool,
}

/// An embedded type on the way, with the way as links.
#[derive(Clone, Copy)]
struct Step {
    typ: TypeId,
    /// Index in the list of all steps of the struct that embeds it.
    from: Option<usize>,
    field: u32,
    indirect: bool,
    /// The type is embedded several times at this depth.
    multiples: bool,
}

/// A generic type that embeds a larger instance of itself (which is an error, reported later) embeds
/// types without end: no further than this many levels,
const MAX_EMBEDDING: usize = 100;
/// and no more than this many types are looked at.
const MAX_EMBEDDED: usize = 5000;

impl Store {
    /// The field or method `name`, as written in `pkg`, of a value of type `t`. The object may be
    /// an instance's method without type so far; see [`Store::obj_type`].
    pub fn lookup_field_or_method(
        &mut self,
        t: TypeId,
        addressable: bool,
        pkg: Option<PkgId>,
        name: Name,
    ) -> LookupResult {
        self.lookup_fold(t, addressable, pkg, name, false)
    }

    /// With `fold`, names match regardless of case and export, to guess what was meant.
    pub(crate) fn lookup_fold(
        &mut self,
        t: TypeId,
        addressable: bool,
        pkg: Option<PkgId>,
        name: Name,
        fold: bool,
    ) -> LookupResult {
        if name.is_blank() {
            return LookupResult::default();
        }
        // A defined pointer type has no methods, but the fields of its base.
        if self.is_named(t) {
            let u = self.underlying(t);
            if let Type::Pointer(_) = self.ty(u) {
                let r = self.lookup_path(u, false, pkg, name, fold);
                return match r.obj {
                    Some(o) if self.is_method(o) => LookupResult::default(),
                    _ => r,
                };
            }
        }
        self.lookup_path(t, addressable, pkg, name, fold)
    }

    pub(crate) fn is_method(&self, obj: ObjId) -> bool {
        matches!(self.obj(obj).kind, ObjKind::Func { .. })
    }

    fn lookup_path(
        &mut self,
        t: TypeId,
        addressable: bool,
        pkg: Option<PkgId>,
        name: Name,
        fold: bool,
    ) -> LookupResult {
        let (typ, is_ptr) = self.deref(t);
        // A pointer to an interface (or type parameter) has no methods.
        if is_ptr && self.is_interface(typ) {
            return LookupResult::default();
        }
        if let Some((obj, i)) = self.lookup_shallow(typ, pkg, name, fold) {
            if self.ptr_recv(obj) && !is_ptr && !addressable {
                return LookupResult { obj: None, index: Vec::new(), indirect: true };
            }
            return LookupResult { obj: Some(obj), index: vec![i], indirect: is_ptr };
        }
        let mut steps =
            vec![Step { typ, from: None, field: 0, indirect: is_ptr, multiples: false }];
        let mut seen: Vec<TypeId> = Vec::new();
        let mut level = 0..1;
        let mut depth = 0;
        while !level.is_empty() && depth < MAX_EMBEDDING && steps.len() < MAX_EMBEDDED {
            depth += 1;
            // (step, index there, object), if exactly one was found at this depth.
            let mut found: Option<(usize, u32, ObjId)> = None;
            let mut collision: Option<usize> = None;
            for s in level.clone() {
                let step = steps[s];
                let typ = self.unalias(step.typ);
                if let Type::Named(_) = self.ty(typ) {
                    if seen.contains(&typ) {
                        continue;
                    }
                    seen.push(typ);
                    if let Some(i) = self.method_index(typ, pkg, name, fold) {
                        let m = self.method_at(typ, i);
                        if found.is_some() || step.multiples {
                            collision = Some(s);
                        }
                        found = Some((s, i as u32, m));
                        continue;
                    }
                }
                let u = self.underlying(typ);
                match self.ty(u) {
                    Type::Struct(st) => {
                        let n = st.fields.len();
                        for i in 0..n {
                            let Type::Struct(st) = self.ty(u) else { break };
                            let f = st.fields[i];
                            if self.has_id(f, pkg, name, fold) {
                                if found.is_some() || step.multiples {
                                    collision = Some(s);
                                }
                                found = Some((s, i as u32, f));
                                continue;
                            }
                            if found.is_some() || !self.embedded(f) {
                                continue;
                            }
                            let Some(ft) = self.obj(f).typ else { continue };
                            let (ft, ptr) = self.deref(ft);
                            self.add_step(&mut steps, &level, s, ft, i as u32, ptr);
                        }
                    }
                    Type::Interface(_) => {
                        let tset = self.type_set(u);
                        let pos =
                            tset.methods.iter().position(|&m| self.has_id(m, pkg, name, fold));
                        if let Some(i) = pos {
                            if found.is_some() || step.multiples {
                                collision = Some(s);
                            }
                            found = Some((s, i as u32, tset.methods[i]));
                        }
                    }
                    _ => {}
                }
            }
            if let Some(s) = collision {
                return LookupResult { obj: None, index: path(&steps, s, 0), indirect: false };
            }
            if let Some((s, i, obj)) = found {
                let indirect = steps[s].indirect;
                if self.ptr_recv(obj) && !indirect && !addressable {
                    return LookupResult { obj: None, index: Vec::new(), indirect: true };
                }
                return LookupResult { obj: Some(obj), index: path(&steps, s, i), indirect };
            }
            level = level.end..steps.len();
        }
        LookupResult::default()
    }

    /// The method or field that the type itself declares: most selectors go no further.
    fn lookup_shallow(
        &mut self,
        t: TypeId,
        pkg: Option<PkgId>,
        name: Name,
        fold: bool,
    ) -> Option<(ObjId, u32)> {
        let t = self.unalias(t);
        if let Some(i) = self.method_index(t, pkg, name, fold) {
            return Some((self.method_at(t, i), i as u32));
        }
        let u = self.underlying(t);
        let Type::Struct(s) = self.ty(u) else { return None };
        let i = s.fields.iter().position(|&f| self.has_id(f, pkg, name, fold))?;
        Some((s.fields[i], i as u32))
    }

    /// Queues an embedded type for the next depth; the same type twice counts as one with several
    /// ways to it.
    fn add_step(
        &self,
        steps: &mut Vec<Step>,
        level: &std::ops::Range<usize>,
        from: usize,
        typ: TypeId,
        field: u32,
        ptr: bool,
    ) {
        let typ = self.unalias(typ);
        let multiples = steps[from].multiples;
        let indirect = steps[from].indirect || ptr;
        if let Type::Named(_) = self.ty(typ)
            && let Some(other) = steps[level.end..].iter_mut().find(|s| s.typ == typ)
        {
            other.multiples = true;
            return;
        }
        steps.push(Step { typ, from: Some(from), field, indirect, multiples });
    }

    /// The method has a pointer receiver.
    pub(crate) fn ptr_recv(&self, obj: ObjId) -> bool {
        matches!(self.obj(obj).kind, ObjKind::Func { ptr_recv: true, .. })
    }

    /// The type has a field (or method) that would be named `name` but for case.
    pub(crate) fn func_sig(&mut self, obj: ObjId) -> Option<&Signature> {
        let t = self.obj_type(obj)?;
        match self.ty(t) {
            Type::Signature(s) => Some(s),
            _ => None,
        }
    }
}

fn path(steps: &[Step], last: usize, index: u32) -> Vec<u32> {
    let mut out = vec![index];
    let mut s = last;
    while let Some(from) = steps[s].from {
        out.push(steps[s].field);
        s = from;
    }
    out.reverse();
    out
}

/// How a type falls short of a method.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MissingKind {
    NotFound,
    /// There is `alt`, spelt with other case.
    WrongName,
    /// There is the unexported `alt` of another package.
    Unexported,
    WrongSignature,
    Ambiguous,
    PointerReceiver,
    Field,
}

/// The first method that a type lacks.
#[derive(Clone, Copy, Debug)]
pub struct MissingMethod {
    pub method: ObjId,
    pub kind: MissingKind,
    pub alt: Option<ObjId>,
}

impl Store {
    /// The first method of interface `t` that `v` lacks. Without `is_static`, an interface `v`
    /// only conflicts by methods that it has with another type: its dynamic type may have the rest.
    pub fn missing_method(
        &mut self,
        v: TypeId,
        t: TypeId,
        is_static: bool,
    ) -> Option<MissingMethod> {
        let wanted = self.type_set(t);
        if wanted.methods.is_empty() {
            return None;
        }
        let vu = self.underlying(v);
        if let Type::Interface(_) = self.ty(vu) {
            let have = self.type_set(vu);
            for &m in &wanted.methods {
                match have.methods.iter().find(|&&h| self.same_id(h, m)) {
                    Some(&h) if !self.same_method_type(h, m) => {
                        let kind = MissingKind::WrongSignature;
                        return Some(MissingMethod { method: m, kind, alt: Some(h) });
                    }
                    None if is_static => return Some(self.why_missing(v, m)),
                    _ => {}
                }
            }
            return None;
        }
        for &m in &wanted.methods {
            let o = self.obj(m);
            let (pkg, name) = (o.pkg, o.name);
            let r = self.lookup_field_or_method(v, false, pkg, name);
            let Some(found) = r.obj.filter(|&o| self.is_method(o)) else {
                return Some(self.why_missing(v, m));
            };
            if !self.same_method_type(found, m) {
                let kind = MissingKind::WrongSignature;
                return Some(MissingMethod { method: m, kind, alt: Some(found) });
            }
        }
        None
    }

    /// The type embeds, at some depth, one about which an error was reported: it may have any
    /// methods.
    pub(crate) fn embeds_invalid(&mut self, t: TypeId) -> bool {
        self.embeds_invalid_within(t, 0, &mut Vec::new())
    }

    fn embeds_invalid_within(&mut self, t: TypeId, depth: usize, seen: &mut Vec<TypeId>) -> bool {
        let (t, _) = self.deref(t);
        let t = self.unalias(t);
        if depth >= MAX_EMBEDDING || seen.len() >= MAX_EMBEDDED || seen.contains(&t) {
            return false;
        }
        seen.push(t);
        let u = self.underlying(t);
        let Type::Struct(s) = self.ty(u) else { return false };
        for f in s.fields.clone() {
            if self.embedded(f)
                && let Some(ft) = self.obj(f).typ
                && (!self.is_valid(ft) || self.embeds_invalid_within(ft, depth + 1, seen))
            {
                return true;
            }
        }
        false
    }

    fn same_method_type(&mut self, a: ObjId, b: ObjId) -> bool {
        match (self.obj_type(a), self.obj_type(b)) {
            (Some(a), Some(b)) => self.identical(a, b),
            _ => true,
        }
    }

    fn why_missing(&mut self, v: TypeId, m: ObjId) -> MissingMethod {
        let o = self.obj(m);
        let (pkg, name) = (o.pkg, o.name);
        let with = |kind, alt| MissingMethod { method: m, kind, alt };
        let r = self.lookup_field_or_method(v, false, pkg, name);
        match r.obj {
            Some(f) if !self.is_method(f) => return with(MissingKind::Field, Some(f)),
            None if !r.index.is_empty() => return with(MissingKind::Ambiguous, None),
            None if r.indirect => return with(MissingKind::PointerReceiver, None),
            _ => {}
        }
        let r = self.lookup_fold(v, true, pkg, name, true);
        match r.obj {
            Some(f) if self.is_method(f) => {
                self.obj_type(f);
                match self.obj(f).name == name {
                    true => with(MissingKind::Unexported, Some(f)),
                    false => with(MissingKind::WrongName, Some(f)),
                }
            }
            _ => with(MissingKind::NotFound, None),
        }
    }

    /// Why `v` (as `t`) lacks a method, in parentheses, as Go's messages say it.
    pub fn missing_method_cause(
        &mut self,
        v: TypeId,
        t: TypeId,
        missing: &MissingMethod,
        q: Qualifier,
    ) -> String {
        let name = self.obj(missing.method).name;
        let vs = self.type_string(v, q);
        match missing.kind {
            MissingKind::NotFound => {
                for x in [v, t] {
                    if self.is_interface_ptr(x) {
                        return format!("({})", self.interface_ptr_error(x, q));
                    }
                }
                format!("(missing method {name})")
            }
            MissingKind::Unexported => format!("(unexported method {name})"),
            MissingKind::Ambiguous => format!("(ambiguous selector {vs}.{name})"),
            MissingKind::PointerReceiver => format!("(method {name} has pointer receiver)"),
            MissingKind::Field => format!("({vs}.{name} is a field, not a method)"),
            MissingKind::WrongName | MissingKind::WrongSignature => {
                let what = match missing.kind {
                    MissingKind::WrongName => "missing method",
                    _ => "wrong type for method",
                };
                let have = missing.alt.map_or(String::new(), |m| self.func_string(m, q));
                let want = self.func_string(missing.method, q);
                if have == want {
                    return format!("({what} {name})");
                }
                format!("({what} {name})\n\t\thave {have}\n\t\twant {want}")
            }
        }
    }

    /// A method's name and signature.
    pub fn func_string(&mut self, m: ObjId, q: Qualifier) -> String {
        let name = self.obj(m).name;
        match self.func_sig(m).cloned() {
            Some(sig) => format!("{name}{}", self.signature_string(&sig, q)),
            None => name.to_string(),
        }
    }

    pub(crate) fn is_interface_ptr(&mut self, t: TypeId) -> bool {
        let u = self.underlying(t);
        match *self.ty(u) {
            Type::Pointer(base) => self.is_interface(base),
            _ => false,
        }
    }

    pub(crate) fn interface_ptr_error(&mut self, t: TypeId, q: Qualifier) -> String {
        let ts = self.type_string(t, q);
        let (base, _) = self.deref(t);
        let what = if self.is_type_param(base) { "type parameter" } else { "interface" };
        format!("type {ts} is pointer to {what}, not {what}")
    }
}

/// A method in a method set.
#[derive(Clone, Debug)]
pub struct MethodSetEntry {
    /// See [`Store::method_key`]; entries are sorted by it.
    pub key: String,
    pub obj: ObjId,
    /// Path through embedded fields, last the method's index in the list of its type.
    pub index: Vec<u32>,
    /// A pointer was dereferenced on the way.
    pub indirect: bool,
}

impl Store {
    /// The method set of a type, promoted methods included (specification, "Method sets").
    pub fn method_set(&mut self, t: TypeId) -> Vec<MethodSetEntry> {
        let mut ids: Vec<(String, ObjId)> = Vec::new();
        let (base, _) = self.deref(t);
        self.collect_method_ids(base, 0, &mut ids, &mut Vec::new());
        ids.sort();
        ids.dedup_by(|a, b| a.0 == b.0);
        let mut out = Vec::new();
        for (key, m) in ids {
            let o = self.obj(m);
            let (pkg, name) = (o.pkg, o.name);
            let r = self.lookup_field_or_method(t, false, pkg, name);
            if let Some(obj) = r.obj
                && self.is_method(obj)
            {
                self.obj_type(obj);
                out.push(MethodSetEntry { key, obj, index: r.index, indirect: r.indirect });
            }
        }
        out
    }

    /// Names of all methods of `t` and what it embeds, before ambiguity and receivers.
    fn collect_method_ids(
        &mut self,
        t: TypeId,
        depth: usize,
        out: &mut Vec<(String, ObjId)>,
        seen: &mut Vec<TypeId>,
    ) {
        let t = self.unalias(t);
        if depth >= MAX_EMBEDDING || seen.len() >= MAX_EMBEDDED || seen.contains(&t) {
            return;
        }
        seen.push(t);
        for i in 0..self.method_count(t) {
            let m = self.method_at(t, i);
            out.push((self.method_key(m), m));
        }
        let u = self.underlying(t);
        match self.ty(u) {
            Type::Interface(_) => {
                for &m in &self.type_set(u).methods {
                    out.push((self.method_key(m), m));
                }
            }
            Type::Struct(s) => {
                for f in s.fields.clone() {
                    if self.embedded(f)
                        && let Some(ft) = self.obj(f).typ
                    {
                        let (ft, _) = self.deref(ft);
                        self.collect_method_ids(ft, depth + 1, out, seen);
                    }
                }
            }
            _ => {}
        }
    }
}

impl<'a> Checker<'a> {
    /// The field or method `name` of a value of type `t`, as written in this package. A method's
    /// declaration is checked first.
    pub(crate) fn lookup_field_or_method(
        &mut self,
        t: TypeId,
        addressable: bool,
        name: Name,
        fold: bool,
    ) -> LookupResult {
        let pkg = Some(self.pkg);
        let r = self.store.lookup_fold(t, addressable, pkg, name, fold);
        if let Some(obj) = r.obj {
            self.declare_method(obj);
        }
        r
    }

    /// Makes sure that a field or method has its type.
    pub(crate) fn declare_method(&mut self, obj: ObjId) -> TypeId {
        match self.query(|s| s.obj_type(obj)) {
            Some(t) => t,
            None => self.invalid(),
        }
    }

    /// The first method of interface `t` that `v` lacks.
    pub(crate) fn missing_method(
        &mut self,
        v: TypeId,
        t: TypeId,
        is_static: bool,
    ) -> Option<MissingMethod> {
        self.query(|s| s.missing_method(v, t, is_static))
    }

    /// Why `v` lacks the method, in parentheses.
    pub(crate) fn missing_method_cause(
        &mut self,
        v: TypeId,
        t: TypeId,
        missing: &MissingMethod,
    ) -> String {
        let q = self.qualifier();
        self.query(|s| s.missing_method_cause(v, t, missing, q))
    }

    /// Whether a value of interface type `v` may hold a `t`; if not, why not (in parentheses).
    pub(crate) fn assertable_to(&mut self, v: TypeId, t: TypeId) -> Result<(), String> {
        // An assertion to an interface can always succeed, as far as anyone knows.
        if self.store.is_interface(t) {
            return Ok(());
        }
        match self.missing_method(t, v, false) {
            None => Ok(()),
            Some(m) => Err(self.missing_method_cause(t, v, &m)),
        }
    }
}

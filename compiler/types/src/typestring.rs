//! Types as messages show them.

use crate::store::EMPTY_INTERFACE;
use crate::{BasicKind, Interface, ObjId, PkgId, Signature, Store, Struct, Term, Type, TypeId};
use syntax::ast::ChanDir;

/// How the packages of type names are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Qualifier {
    /// As gc does in messages about this package: nothing for its own names, else the package's
    /// name, or its quoted path where two packages of one name are in play.
    RelativeTo(PkgId),
    /// Always the package's name (reflect's `Type.String`).
    Name,
    /// Always the package's path: unique in a build but for types local to functions.
    Path,
}

impl Store {
    /// A type as Go writes it in messages.
    pub fn type_string(&self, t: TypeId, q: Qualifier) -> String {
        let mut w = Writer { store: self, q, out: String::new(), depth: 0, names: true };
        w.typ(t);
        w.out
    }

    /// A signature without the leading `func` and without names of parameters.
    pub fn signature_string(&self, sig: &Signature, q: Qualifier) -> String {
        let mut w = Writer { store: self, q, out: String::new(), depth: 0, names: false };
        w.signature(sig);
        w.out
    }

    /// A term of a union, `~int`.
    pub fn term_string(&self, t: Term, q: Qualifier) -> String {
        let tilde = if t.tilde { "~" } else { "" };
        format!("{tilde}{}", self.type_string(t.typ, q))
    }

    /// The prefix, dot included, of names from `pkg`.
    pub fn package_prefix(&self, pkg: Option<PkgId>, q: Qualifier) -> String {
        let Some(pkg) = pkg else { return String::new() };
        let p = self.package(pkg);
        match q {
            Qualifier::Name => format!("{}.", p.name),
            Qualifier::Path => format!("{}.", p.path),
            Qualifier::RelativeTo(here) if here == pkg => String::new(),
            Qualifier::RelativeTo(here) if self.ambiguous(pkg, here) => format!("{:?}.", &*p.path),
            Qualifier::RelativeTo(_) => format!("{}.", p.name),
        }
    }

    /// Among the packages that `here` imports, directly or not, another has the name of `pkg`.
    fn ambiguous(&self, pkg: PkgId, here: PkgId) -> bool {
        let p = self.package(pkg);
        let other = |q: &crate::Package| q.name == p.name && q.path != p.path;
        if !self.packages.iter().any(other) {
            return false;
        }
        let mut seen = vec![here];
        let mut i = 0;
        while i < seen.len() {
            if other(self.package(seen[i])) && seen[i] != here {
                return true;
            }
            for &imp in &self.package(seen[i]).imports {
                if !seen.contains(&imp) {
                    seen.push(imp);
                }
            }
            i += 1;
        }
        false
    }
}

struct Writer<'s> {
    store: &'s Store,
    q: Qualifier,
    out: String,
    depth: u32,
    /// Write parameters' names.
    names: bool,
}

impl Writer<'_> {
    fn typ(&mut self, t: TypeId) {
        if self.depth > 60 || self.out.len() > 20_000 {
            self.out.push('…');
            return;
        }
        self.depth += 1;
        self.typ_(t);
        self.depth -= 1;
    }

    fn typ_(&mut self, t: TypeId) {
        let store = self.store;
        match store.ty(t) {
            Type::Basic(BasicKind::UnsafePointer) => self.out.push_str("unsafe.Pointer"),
            Type::Basic(k) => self.out.push_str(k.name()),
            Type::Array { elem, len } => {
                self.out.push_str(&format!("[{len}]"));
                self.typ(*elem);
            }
            Type::Slice(elem) => {
                self.out.push_str("[]");
                self.typ(*elem);
            }
            Type::Struct(s) => self.structure(s),
            Type::Pointer(base) => {
                self.out.push('*');
                self.typ(*base);
            }
            Type::Signature(sig) => {
                self.out.push_str("func");
                self.signature(sig);
            }
            Type::Interface(i) => self.interface(t, i),
            Type::Map { key, value } => {
                self.out.push_str("map[");
                self.typ(*key);
                self.out.push(']');
                self.typ(*value);
            }
            Type::Chan { dir, elem } => self.chan(*dir, *elem),
            Type::Tuple(vars) => self.tuple(vars, false),
            Type::Named(n) => {
                self.type_name(n.obj);
                // A local type of a generic function has that function's arguments, too, but they
                // aren't written.
                let own = match n.origin.map(|t| store.ty(t)) {
                    Some(Type::Named(o)) => o.tparams.len().min(n.targs.len()),
                    _ => n.targs.len(),
                };
                let targs = &n.targs[n.targs.len() - own..];
                if !targs.is_empty() {
                    self.type_args(targs);
                } else if n.targs.is_empty() && !n.tparams.is_empty() {
                    self.type_params(&n.tparams);
                }
            }
            Type::Alias(a) => {
                self.type_name(a.obj);
                if !a.targs.is_empty() {
                    self.type_args(&a.targs);
                } else if !a.tparams.is_empty() {
                    self.type_params(&a.tparams);
                }
            }
            Type::TypeParam(p) => {
                self.out.push_str(&store.obj(p.obj).name);
                if let Some(place) = store.shadowing.get(&p.obj) {
                    let name = &store.obj(p.obj).name;
                    self.out.push_str(&format!(" /* with {name} declared at {place} */"));
                }
            }
            Type::Union(terms) => {
                for (i, t) in terms.iter().enumerate() {
                    if i > 0 {
                        self.out.push_str(" | ");
                    }
                    if t.tilde {
                        self.out.push('~');
                    }
                    self.typ(t.typ);
                }
            }
        }
    }

    fn type_name(&mut self, obj: ObjId) {
        let o = self.store.obj(obj);
        let prefix = self.store.package_prefix(o.pkg, self.q);
        self.out.push_str(&prefix);
        self.out.push_str(&o.name);
    }

    fn obj_typ(&mut self, obj: ObjId) {
        match self.store.obj(obj).typ {
            Some(t) => self.typ(t),
            None => self.out.push('?'),
        }
    }

    fn type_args(&mut self, targs: &[TypeId]) {
        self.out.push('[');
        for (i, &t) in targs.iter().enumerate() {
            if i > 0 {
                self.out.push_str(", ");
            }
            self.typ(t);
        }
        self.out.push(']');
    }

    /// `[K comparable, V, W any]`: neighbours with one bound share it.
    fn type_params(&mut self, tparams: &[TypeId]) {
        self.out.push('[');
        for (i, &t) in tparams.iter().enumerate() {
            let bound = self.store.bound(t);
            self.typ(t);
            match tparams.get(i + 1) {
                Some(&next) if self.store.bound(next) == bound => self.out.push_str(", "),
                Some(_) => {
                    self.out.push(' ');
                    self.typ(bound);
                    self.out.push_str(", ");
                }
                None => {
                    self.out.push(' ');
                    self.typ(bound);
                }
            }
        }
        self.out.push(']');
    }

    fn structure(&mut self, s: &Struct) {
        self.out.push_str("struct{");
        for (i, &f) in s.fields.iter().enumerate() {
            if i > 0 {
                self.out.push_str("; ");
            }
            if !self.store.embedded(f) {
                self.out.push_str(&self.store.obj(f).name);
                self.out.push(' ');
            }
            self.obj_typ(f);
            if let Some(Some(tag)) = s.tags.get(i) {
                self.out.push_str(&format!(" {:?}", &**tag));
            }
        }
        self.out.push('}');
    }

    fn interface(&mut self, t: TypeId, i: &Interface) {
        if t == EMPTY_INTERFACE {
            self.out.push_str("any");
            return;
        }
        if i.implicit {
            if let ([], [only]) = (i.methods.as_slice(), i.embeddeds.as_slice()) {
                self.typ(*only);
                return;
            }
            self.out.push_str("/* implicit */ ");
        }
        self.out.push_str("interface{");
        let mut first = true;
        for &m in &i.methods {
            if !std::mem::take(&mut first) {
                self.out.push_str("; ");
            }
            self.out.push_str(&self.store.obj(m).name);
            match self.store.obj(m).typ.map(|t| self.store.ty(t)) {
                Some(Type::Signature(sig)) => self.signature(sig),
                _ => self.out.push_str("(?)"),
            }
        }
        for &e in &i.embeddeds {
            if !std::mem::take(&mut first) {
                self.out.push_str("; ");
            }
            self.typ(e);
        }
        self.out.push('}');
    }

    fn chan(&mut self, dir: ChanDir, elem: TypeId) {
        self.out.push_str(match dir {
            ChanDir::Both => "chan ",
            ChanDir::Send => "chan<- ",
            ChanDir::Recv => "<-chan ",
        });
        let receive = matches!(self.store.ty(elem), Type::Chan { dir: ChanDir::Recv, .. });
        if receive && dir == ChanDir::Both {
            self.out.push('(');
            self.typ(elem);
            self.out.push(')');
        } else {
            self.typ(elem);
        }
    }

    fn tuple(&mut self, vars: &[ObjId], variadic: bool) {
        self.out.push('(');
        for (i, &v) in vars.iter().enumerate() {
            if i > 0 {
                self.out.push_str(", ");
            }
            let o = self.store.obj(v);
            if self.names && !o.name.is_empty() {
                self.out.push_str(&o.name);
                self.out.push(' ');
            }
            let slice = o.typ.and_then(|t| match self.store.ty(t) {
                Type::Slice(elem) => Some(*elem),
                _ => None,
            });
            match slice {
                Some(elem) if variadic && i + 1 == vars.len() => {
                    self.out.push_str("...");
                    self.typ(elem);
                }
                // `append([]byte, string...)`
                None if variadic && i + 1 == vars.len() => {
                    self.obj_typ(v);
                    self.out.push_str("...");
                }
                _ => self.obj_typ(v),
            }
        }
        self.out.push(')');
    }

    fn signature(&mut self, sig: &Signature) {
        if !sig.tparams.is_empty() {
            self.type_params(&sig.tparams);
        }
        self.tuple(&sig.params, sig.variadic);
        match sig.results.as_slice() {
            [] => {}
            [one] if !self.names || self.store.obj(*one).name.is_empty() => {
                self.out.push(' ');
                self.obj_typ(*one);
            }
            many => {
                self.out.push(' ');
                self.tuple(many, false);
            }
        }
    }
}

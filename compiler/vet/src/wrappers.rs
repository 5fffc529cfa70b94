//! Functions that only pass their format and arguments on to the Printf family (or their arguments to
//! the Print family): calls of these are checked like calls of what they wrap.
//!
//! In: checked packages, imported ones first. Out: what each such function is.

use super::printf::{self, Kind};
use super::{Pass, walk};
use std::collections::HashMap;
use syntax::ast::{Decl, Expr, ExprKind, File, FuncDecl};
use types::{BasicKind, ObjId, Type, TypeId};

/// By function: what it wraps, and at which argument the format (or the list) stands.
pub type Wrappers = HashMap<ObjId, (Kind, usize)>;

/// Adds the wrappers of a package; those that wrap others are found, too.
pub fn collect(pass: &mut Pass<'_>, files: &[File]) {
    loop {
        let before = pass.wrappers.len();
        for f in files.iter().flat_map(|f| &f.decls) {
            if let Decl::Func(f) = f
                && let Some(obj) = pass.info.object_of(f.name.id)
                && !pass.wrappers.contains_key(&obj)
                && let Some(found) = wrapper(pass, f, obj)
            {
                pass.wrappers.insert(obj, found);
            }
        }
        if pass.wrappers.len() == before {
            return;
        }
    }
}

/// The function's last parameter is `args ...any`; what its body does with it.
fn wrapper(pass: &mut Pass<'_>, f: &FuncDecl, obj: ObjId) -> Option<(Kind, usize)> {
    let body = f.body.as_ref()?;
    let Type::Signature(sig) = pass.store.ty(pass.store.obj(obj).typ?) else { return None };
    let (params, variadic) = (sig.params.clone(), sig.variadic);
    let &args = params.last().filter(|_| variadic)?;
    let &Type::Slice(elem) = pass.store.ty(pass.store.obj(args).typ?) else { return None };
    let empty = pass.store.underlying(elem);
    if !matches!(pass.store.ty(empty), Type::Interface(i) if i.methods.is_empty() && i.embeddeds.is_empty())
    {
        return None;
    }
    let format = params.len().checked_sub(2).map(|i| (i, params[i]));
    let format = format.filter(|&(_, p)| pass.store.obj(p).typ.is_some_and(|t| is_string(pass, t)));
    let mut find = Find { pass, args, format, found: None };
    walk::list(&mut find, &body.stmts);
    let kind = find.found?;
    let at = match kind {
        Kind::Plain => params.len() - 1,
        Kind::Formatted | Kind::Wrapping => format?.0,
    };
    Some((kind, at))
}

fn is_string(pass: &Pass<'_>, t: TypeId) -> bool {
    matches!(pass.store.ty(pass.store.unalias(t)), Type::Basic(BasicKind::String))
}

struct Find<'p, 'a> {
    pass: &'p Pass<'a>,
    args: ObjId,
    format: Option<(usize, ObjId)>,
    found: Option<Kind>,
}

impl walk::Visitor for Find<'_, '_> {
    /// `f(..., format, args...)`.
    fn expr(&mut self, e: &Expr) {
        let ExprKind::Call(call) = &e.kind else { return };
        let Some((last, rest)) = call.args.split_last().filter(|_| call.ellipsis.is_some()) else {
            return;
        };
        if self.pass.object(last) != Some(self.args) {
            return;
        }
        let Some((kind, at)) = printf::kind(self.pass, call) else { return };
        let passes_on = match kind {
            Kind::Plain => at == rest.len(),
            Kind::Formatted | Kind::Wrapping => {
                at + 1 == rest.len()
                    && self.format.is_some_and(|(_, p)| self.pass.object(&rest[at]) == Some(p))
            }
        };
        if passes_on {
            self.found = Some(kind);
        }
    }
}

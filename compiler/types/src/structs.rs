//! Struct types (specification, "Struct types").

use crate::hash::FastMap;
use crate::{BasicKind, Checker, ObjId, ObjKind, Struct, Type, TypeId};
use diag::{Diagnostic, Span};
use syntax::ast::{Expr, ExprKind, Field, Ident, Name};

impl<'a> Checker<'a> {
    pub(crate) fn struct_type(&mut self, list: &'a [Field]) -> TypeId {
        let mut s = Struct::default();
        let mut names: FastMap<Name, ObjId> = FastMap::default();
        let count = list.iter().map(|f| f.names.len().max(1)).sum();
        s.fields.reserve_exact(count);
        for f in list {
            let t = self.var_type(&f.typ);
            let tag = f.tag.as_ref().map(|(t, _)| *t);
            if tag.is_some() && s.tags.is_empty() {
                s.tags = vec![None; s.fields.len()];
            }
            if f.names.is_empty() {
                let Some(name) = embedded_name(&f.typ) else {
                    continue; // the parser reported it
                };
                self.add_field(&mut s, &mut names, name, t, true);
                self.check_embedded(&f.typ, t);
            } else {
                for n in &f.names {
                    self.add_field(&mut s, &mut names, n.into(), t, false);
                }
            }
            if !s.tags.is_empty() || tag.is_some() {
                s.tags.resize(s.fields.len(), tag);
            }
        }
        self.store.new_type(Type::Struct(s))
    }

    fn add_field(
        &mut self,
        s: &mut Struct,
        names: &mut FastMap<Name, ObjId>,
        name: FieldName,
        typ: TypeId,
        embedded: bool,
    ) {
        let kind = ObjKind::Field { embedded, index: s.fields.len() as u32 };
        let obj = self.store.make_object(kind, name.name, Some(self.pkg), Some(typ), name.span);
        if &*name.name != "_"
            && let Some(other) = names.insert(name.name, obj)
        {
            let msg = format!("{} redeclared", name.name);
            let d = Diagnostic::error("DuplicateDecl", name.span, msg);
            let d = self.add_other_decl(d, other);
            self.report(d);
        }
        s.fields.push(obj);
        self.record_def(name.id, Some(obj));
    }

    /// An embedded field's type must be a type name or a pointer to a non-interface type name, and
    /// may itself be neither pointer nor type parameter.
    fn check_embedded(&mut self, e: &'a Expr, t: TypeId) {
        self.later(move |c| {
            let (base, is_ptr) = c.store.deref(t);
            if c.is_type_param(base) {
                let what = "embedded field type cannot be a (pointer to a) type parameter";
                return c.error("MisplacedTypeParam", e.span, what);
            }
            let u = c.under(base);
            let msg = match c.store.ty(u) {
                Type::Basic(BasicKind::UnsafePointer) => {
                    "embedded field type cannot be unsafe.Pointer"
                }
                Type::Pointer(_) => "embedded field type cannot be a pointer",
                Type::Interface(_) if is_ptr => {
                    "embedded field type cannot be a pointer to an interface"
                }
                _ => return,
            };
            c.error("InvalidPtrEmbed", e.span, msg);
        });
    }
}

/// The name of a field and where it is declared.
struct FieldName {
    name: Name,
    span: Span,
    id: syntax::ast::NodeId,
}

impl From<&Ident> for FieldName {
    fn from(i: &Ident) -> FieldName {
        FieldName { name: i.name, span: i.span, id: i.id }
    }
}

/// An embedded field is named after its type: `*p.T[A]` declares `T`.
fn embedded_name(e: &Expr) -> Option<FieldName> {
    match &e.kind {
        ExprKind::Ident(name) => Some(FieldName { name: *name, span: e.span, id: e.id }),
        ExprKind::Star(x) | ExprKind::Paren(x) | ExprKind::Index { x, .. } => embedded_name(x),
        ExprKind::Selector { sel, .. } => Some(sel.into()),
        _ => None,
    }
}

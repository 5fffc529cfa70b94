//! Selectors: qualified identifiers, fields, methods, method expressions (specification,
//! "Qualified identifiers", "Selectors", "Method expressions", "Method values").
//!
//! In: `x.sel`. Out: its operand, and the selection or the use in `Info`.

use crate::check::{Operand, OperandMode};
use crate::constant::Value;
use crate::position::span_of;
use crate::{
    BasicKind, Checker, ObjId, ObjKind, PkgId, Selection, SelectionKind, Signature, Type, TypeId,
    VarKind,
};
use diag::Diagnostic;
use syntax::ast::{Expr, ExprKind, Ident};

impl<'a> Checker<'a> {
    /// Checks `e`, which is `base.sel`; with `want_type` only a type will do.
    pub(crate) fn selector(
        &mut self,
        x: &mut Operand<'a>,
        e: &'a Expr,
        base: &'a Expr,
        sel: &'a Ident,
        want_type: bool,
    ) {
        if let ExprKind::Ident(name) = &base.kind
            && let Some(obj) = self.lookup(*name)
            && let ObjKind::PkgName { imported, used } = &mut self.store.obj_mut(obj).kind
        {
            *used = true;
            let imported = *imported;
            self.record_use(base.id, obj);
            self.qualified_ident(x, e, imported, sel);
            x.expr = Some(e);
            return;
        }
        self.expr_or_type(x, base, false);
        if let OperandMode::Builtin(_) = x.mode {
            let msg = format!("invalid use of {} in selector expression", self.op_str(x));
            let at = self.at_token(sel.span, base.span.hi);
            self.error("UncalledBuiltin", at, msg);
            x.invalidate();
        }
        let selected =
            !x.is_invalid() && self.is_complete(x.typ) && self.select(x, e, base, sel, want_type);
        if !selected {
            x.invalidate();
            x.typ = self.typ_of(BasicKind::Invalid);
        }
        x.expr = Some(e);
        x.span = e.span;
    }

    /// `pkg.sel`
    fn qualified_ident(&mut self, x: &mut Operand<'a>, e: &'a Expr, pkg: PkgId, sel: &'a Ident) {
        x.invalidate();
        let p = self.store.package(pkg);
        let (scope, fake) = (p.scope, p.fake);
        // Export data doesn't tell of unexported objects.
        let found = self.store.scope(scope).elems.find(sel.name).filter(|_| sel.is_exported());
        let Some(obj) = found else {
            if fake || sel.is_blank() {
                return;
            }
            let mut similar: Vec<&str> = (self.store.scope(scope).elems.iter())
                .filter(|(n, o)| {
                    n.to_lowercase() == sel.name.to_lowercase() && self.store.obj(*o).is_exported()
                })
                .map(|(n, _)| n.as_str())
                .collect();
            similar.sort_unstable();
            let hint = match similar.first() {
                Some(other) => format!(" (but have {other})"),
                None => String::new(),
            };
            let msg = format!("undefined: {}{hint}", self.expr_str(e));
            let d = Diagnostic::error("UndeclaredImportedName", sel.span, msg);
            let d = self.suggest_exported(d, scope, sel.span, &sel.name);
            return self.report(d);
        };
        self.record_use(sel.id, obj);
        let o = self.store.obj(obj);
        x.typ = o.typ.unwrap_or(self.typ_of(BasicKind::Invalid));
        x.mode = match &o.kind {
            ObjKind::Const { value } => {
                OperandMode::Constant(value.clone().unwrap_or(Value::Unknown))
            }
            ObjKind::TypeName { .. } => OperandMode::TypExpr,
            ObjKind::Var { .. } => OperandMode::Variable,
            ObjKind::Func { .. } => OperandMode::Value,
            ObjKind::Builtin(id) => OperandMode::Builtin(*id),
            _ => OperandMode::Invalid,
        };
        let is_builtin = matches!(x.mode, OperandMode::Builtin(_));
        if !is_builtin && !self.is_valid(x.typ) {
            x.invalidate();
        }
    }

    /// Selects a field or method of the value or type `x`; false after an error.
    fn select(
        &mut self,
        x: &mut Operand<'a>,
        e: &'a Expr,
        base: &'a Expr,
        sel: &'a Ident,
        want_type: bool,
    ) -> bool {
        if want_type {
            let msg = format!("{} is not a type", self.expr_str(e));
            self.error("NotAType", sel.span, msg);
            return false;
        }
        let under = self.under(x.typ);
        if let Type::Pointer(pointee) = *self.store.ty(under)
            && !self.is_complete(pointee)
        {
            return false;
        }
        let addressable = x.mode == OperandMode::Variable;
        let found = self.lookup_field_or_method(x.typ, addressable, sel.name, false);
        let Some(obj) = found.obj else {
            if self.is_valid(under) {
                self.missing_selector(x, base, sel, &found.index, found.indirect);
            }
            return false;
        };
        let recv = x.typ;
        let is_type = x.mode == OperandMode::TypExpr;
        let kind = if let ObjKind::Field { .. } = self.store.obj(obj).kind {
            if is_type {
                let t = self.ts(x.typ);
                let msg =
                    format!("operand for field selector {} must be value of type {t}", sel.name);
                self.error("MissingFieldOrMethod", span_of(base), msg);
                return false;
            }
            x.mode = match addressable || found.indirect {
                true => OperandMode::Variable,
                false => OperandMode::Value,
            };
            x.typ = self.store.obj(obj).typ.unwrap_or(self.typ_of(BasicKind::Invalid));
            SelectionKind::Field
        } else {
            self.add_decl_dep(self.store.obj(obj).origin.unwrap_or(obj));
            let sig = self.declare_method(obj);
            if !self.is_valid(sig) {
                return false;
            }
            x.mode = OperandMode::Value;
            if is_type {
                let Some(typ) = self.method_expr_type(sig, recv) else {
                    self.error(
                        "InvalidDeclCycle",
                        span_of(e),
                        "illegal cycle in method declaration",
                    );
                    return false;
                };
                x.typ = typ;
                SelectionKind::MethodExpr
            } else {
                x.typ = self.method_value_type(obj, sig);
                SelectionKind::Method
            }
        };
        let (index, indirect) = (found.index, found.indirect);
        let selection = Selection { kind, recv, obj, index, indirect, typ: x.typ };
        self.record_selection(e, sel.id, selection);
        true
    }

    fn missing_selector(
        &mut self,
        x: &Operand<'a>,
        base: &'a Expr,
        sel: &'a Ident,
        index: &[u32],
        indirect: bool,
    ) {
        let (b, name) = (self.expr_str(base), &sel.name);
        if !index.is_empty() {
            let msg = format!("ambiguous selector {b}.{name}");
            return self.error("AmbiguousSelector", sel.span, msg);
        }
        if indirect {
            let t = self.ts(x.typ);
            let msg = match x.mode {
                OperandMode::TypExpr => format!(
                    "invalid method expression {t}.{name} (needs pointer receiver (*{t}).{name})"
                ),
                _ => format!("cannot call pointer method {name} on {t}"),
            };
            return self.error("InvalidMethodExpr", sel.span, msg);
        }
        let why = if self.is_interface_ptr(x.typ) {
            self.interface_ptr_error(x.typ)
        } else {
            let addressable = x.mode == OperandMode::Variable;
            let alt = self.lookup_field_or_method(x.typ, addressable, *name, true).obj;
            self.lookup_error(x.typ, name, alt, false)
        };
        let msg = format!("{b}.{name} undefined ({why})");
        let d = Diagnostic::error("MissingFieldOrMethod", sel.span, msg);
        let d = self.suggest_member(d, x.typ, sel.span, name);
        self.report(d);
    }

    /// Says that the type `t` has no `name`, and what `found` (of another spelling) it has instead.
    pub(crate) fn lookup_error(
        &mut self,
        t: TypeId,
        name: &str,
        found: Option<ObjId>,
        struct_lit: bool,
    ) -> String {
        enum Case {
            Missing,
            Misspelled,
            Unexported,
            Inaccessible,
        }
        let t = self.ts(t);
        let tail = |s: &str| s.chars().skip(1).collect::<String>();
        let (mut case, mut alt, mut what) = (Case::Missing, "".into(), "object");
        if let Some(o) = found.map(|o| self.store.obj(o)) {
            alt = o.name;
            what = match o.kind {
                ObjKind::Field { .. } | ObjKind::Var { .. } => "field",
                _ => "method",
            };
            let exported = name.chars().next().is_some_and(char::is_uppercase);
            case = match (exported, o.is_exported()) {
                _ if o.pkg == Some(self.pkg) => Case::Misspelled,
                (true, true) => Case::Misspelled,
                (true, false) if tail(name) == tail(&alt) => Case::Unexported,
                (false, true) if tail(name) == tail(&alt) => Case::Misspelled,
                (false, false) if name == &*alt => Case::Inaccessible,
                _ => Case::Missing,
            };
        }
        if struct_lit {
            let unknown = format!("unknown field {name} in struct literal of type {t}");
            return match case {
                Case::Missing => unknown,
                Case::Misspelled => format!("{unknown}, but does have {alt}"),
                Case::Unexported => format!("{unknown}, but does have unexported {alt}"),
                Case::Inaccessible => {
                    format!("cannot refer to unexported field {alt} in struct literal of type {t}")
                }
            };
        }
        let none = format!("type {t} has no field or method {name}");
        match case {
            Case::Missing => none,
            Case::Misspelled => format!("{none}, but does have {what} {alt}"),
            Case::Unexported => format!("{none}, but does have unexported {what} {alt}"),
            Case::Inaccessible => format!("cannot refer to unexported {what} {alt}"),
        }
    }

    /// The type of a method value: the method's signature without the receiver.
    fn method_value_type(&mut self, method: ObjId, sig: TypeId) -> TypeId {
        if let Some(&t) = self.method_values.get(&method) {
            return t;
        }
        let Type::Signature(s) = self.store.ty(sig) else { return sig };
        let bound = Signature { recv: None, recv_tparams: Vec::new(), ..s.clone() };
        let t = self.store.new_type(Type::Signature(bound));
        self.method_values.insert(method, t);
        t
    }

    /// The type of a method expression: the receiver becomes the first parameter.
    fn method_expr_type(&mut self, sig: TypeId, recv: TypeId) -> Option<TypeId> {
        let Type::Signature(s) = self.store.ty(sig) else { return None };
        let receiver = s.recv?;
        let mut s = Signature { recv: None, recv_tparams: Vec::new(), ..s.clone() };
        let first = self.anonymous_var(recv, VarKind::Param);
        // In messages, either all parameters have names or none has.
        if s.params.first().is_some_and(|&p| !self.store.obj(p).name.is_empty()) {
            let name = self.store.obj(receiver).name;
            self.store.obj_mut(first).name = if name.is_empty() { "_".into() } else { name };
        }
        s.params.insert(0, first);
        Some(self.store.new_type(Type::Signature(s)))
    }
}

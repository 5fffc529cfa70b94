//! The functions of package unsafe (specification, "Package unsafe").
//!
//! In: a call with its arguments counted, the first one in the operand. Out: true if the call is valid, its
//! result in the operand.

use crate::builtins::Call;
use crate::check::{Operand, OperandMode};
use crate::constant::Value;
use crate::position::span_of;
use crate::{BasicKind, BuiltinId, Checker, ObjKind, Selection, SelectionKind, Type};
use syntax::ast::ExprKind;

impl<'a> Checker<'a> {
    pub(crate) fn builtin_unsafe(
        &mut self,
        x: &mut Operand<'a>,
        c: Call<'a>,
        mut args: Vec<Operand<'a>>,
    ) -> bool {
        use BuiltinId::*;
        let name = format!("unsafe.{}", c.id.name());
        let version = if matches!(c.id, Add | Slice) { (1, 17) } else { (1, 20) };
        self.verify_version(c.call.fun.span, version, &name);
        let context = format!("argument to {name}");
        let elem = match self.common_under(x.typ).map(|u| self.store.ty(u)) {
            Ok(&Type::Pointer(base)) if c.id == Slice => Some(base),
            Ok(&Type::Slice(elem)) if c.id == SliceData => Some(elem),
            _ => None,
        };
        let byte = self.typ_of(BasicKind::Byte);
        let result = match (c.id, elem) {
            (Slice, Some(elem)) => self.store.new_type(Type::Slice(elem)),
            (SliceData, Some(elem)) => self.store.new_type(Type::Pointer(elem)),
            (Slice, None) => {
                let msg = format!("invalid argument: {} is not a pointer", self.op_str(x));
                return self.reject(x, "InvalidUnsafeSlice", msg);
            }
            (SliceData, None) => {
                let msg = format!("invalid argument: {} is not a slice", self.op_str(x));
                return self.reject(x, "InvalidUnsafeSliceData", msg);
            }
            (Add, _) => {
                let pointer = self.typ_of(BasicKind::UnsafePointer);
                self.assignment(x, Some(pointer), &context);
                pointer
            }
            (String, _) => {
                let pointer = self.store.new_type(Type::Pointer(byte));
                self.assignment(x, Some(pointer), &context);
                self.typ_of(BasicKind::String)
            }
            _ => {
                self.assignment(x, Some(self.typ_of(BasicKind::String)), &context);
                self.store.new_type(Type::Pointer(byte))
            }
        };
        if x.is_invalid() {
            return false;
        }
        let mut params = vec![x.typ];
        if let Some(len) = args.get_mut(1) {
            let (code, negative) = match c.id {
                Add => ("InvalidUnsafeAdd", true),
                Slice => ("InvalidUnsafeSlice", false),
                _ => ("InvalidUnsafeString", false),
            };
            if !self.is_valid_index(len, code, "length", negative) {
                return false;
            }
            params.push(len.typ);
        }
        self.finish_call(x, c, Some(result), &params)
    }

    /// `unsafe.Sizeof` and `unsafe.Alignof`.
    pub(crate) fn builtin_size(&mut self, x: &mut Operand<'a>, c: Call<'a>) -> bool {
        let context = format!("argument to unsafe.{}", c.id.name());
        self.assignment(x, None, &context);
        if x.is_invalid() {
            return false;
        }
        let (t, uintptr) = (x.typ, self.typ_of(BasicKind::Uintptr));
        if self.has_var_size(t) {
            return self.finish_call(x, c, Some(uintptr), &[t]);
        }
        let size = match c.id {
            BuiltinId::Sizeof => self.store.size_of(t),
            _ => self.store.align_of(t),
        };
        let Some(size) = size else {
            let msg = format!("{} is too large", self.op_str(x));
            return self.reject(x, "TypeTooLarge", msg);
        };
        x.set_const(Value::uint(size), uintptr);
        true
    }

    pub(crate) fn builtin_offsetof(&mut self, x: &mut Operand<'a>, c: Call<'a>) -> bool {
        let arg = &c.call.args[0];
        let ExprKind::Selector { x: base, sel } = &arg.unparen().kind else {
            let msg =
                format!("invalid argument: {} is not a selector expression", self.expr_str(arg));
            self.error("BadOffsetofSyntax", span_of(arg), msg);
            self.use_exprs(std::slice::from_ref(arg));
            return false;
        };
        self.expr(None, x, base);
        if x.is_invalid() {
            return false;
        }
        let under = self.under(x.typ);
        let strukt = match *self.store.ty(under) {
            Type::Pointer(b) => {
                let u = self.under(b);
                if matches!(self.store.ty(u), Type::Struct(_)) { b } else { x.typ }
            }
            _ => x.typ,
        };
        let found = self.lookup_field_or_method(strukt, false, sel.name, false);
        let t = self.ts(strukt);
        let Some(field) = found.obj else {
            let msg = format!("invalid argument: {t} has no single field {}", sel.name);
            return self.reject(x, "MissingFieldOrMethod", msg);
        };
        if !matches!(self.store.obj(field).kind, ObjKind::Field { .. }) {
            let msg = format!("invalid argument: {} is a method value", self.expr_str(arg));
            self.error("InvalidOffsetof", span_of(arg), msg);
            return false;
        }
        if found.indirect {
            let msg =
                format!("invalid argument: field {} is embedded via a pointer in {t}", sel.name);
            return self.reject(x, "InvalidOffsetof", msg);
        }
        let typ = self.store.obj(field).typ.unwrap_or(self.typ_of(BasicKind::Invalid));
        let selection = Selection {
            kind: SelectionKind::Field,
            recv: strukt,
            obj: field,
            index: found.index.clone(),
            indirect: false,
            typ,
        };
        self.record_selection(arg.unparen(), sel.id, selection);
        self.record_type_and_value(arg.unparen(), &OperandMode::Variable, typ);
        let uintptr = self.typ_of(BasicKind::Uintptr);
        if self.has_var_size(strukt) {
            return self.finish_call(x, c, Some(uintptr), &[typ]);
        }
        let Some(offset) = self.store.offset_of(strukt, &found.index) else {
            let msg = format!("{} is too large", self.op_str(x));
            return self.reject(x, "TypeTooLarge", msg);
        };
        x.set_const(Value::uint(offset), uintptr);
        true
    }
}

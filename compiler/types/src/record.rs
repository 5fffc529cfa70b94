//! What the checker learned, written into [`Info`](crate::Info).
//!
//! In: operands and objects, as soon as they are known. Out: entries of `Info`. Untyped expressions
//! keep their untyped kind until their context gives them a type (specification, "Constants",
//! "Conversions"); what still waits at the end is recorded with its untyped kind.

use crate::check::{Operand, OperandMode};
use crate::info::{Instance, Mode, Selection, TypeAndValue};
use crate::{BasicKind, Checker, ObjId, ObjKind, Object, Type, TypeId, VarKind};
use syntax::ast::{Expr, ExprKind, NodeId};

impl<'a> Checker<'a> {
    /// Records a finished operand at its expression, or remembers it while it is untyped.
    pub(crate) fn record(&mut self, x: &Operand<'a>) {
        let Some(e) = x.expr else { return };
        let typ = match x.mode {
            OperandMode::Invalid => self.typ_of(BasicKind::Invalid),
            _ => x.typ,
        };
        if self.is_untyped(typ) {
            // Until the type is known or the end of the package is reached (see `waiting`).
            if x.mode == OperandMode::Value {
                self.untyped.push(e.id);
            }
            if !self.shifted.is_empty() {
                self.shifted.remove(&e.id);
            }
        }
        self.record_type_and_value(e, &x.mode, typ);
    }

    /// Gives the expressions that stayed untyped and aren't constants their default types.
    pub(crate) fn record_untyped(&mut self) {
        for id in std::mem::take(&mut self.untyped) {
            let Some(Some(tv)) = self.info.types.get(id.0 as usize) else { continue };
            if tv.mode == Mode::Value && self.is_untyped(tv.typ) {
                let typ = self.default_type(tv.typ);
                self.info.types[id.0 as usize] = Some(TypeAndValue { mode: Mode::Value, typ });
            }
        }
    }

    pub(crate) fn record_type_and_value(&mut self, e: &Expr, mode: &OperandMode, typ: TypeId) {
        let Some(slot) = self.info.types.get(e.id.0 as usize) else { return };
        let mode = match mode {
            OperandMode::Invalid => return,
            OperandMode::NoValue => Mode::NoValue,
            OperandMode::Builtin(id) => Mode::Builtin(*id),
            OperandMode::TypExpr => Mode::Type,
            OperandMode::Constant(v) => Mode::Constant(match slot {
                Some(TypeAndValue { mode: Mode::Constant(id), .. }) => {
                    let id = *id;
                    self.info.set_constant(id, v.clone());
                    id
                }
                _ => self.info.new_constant(v.clone()),
            }),
            OperandMode::Variable => Mode::Variable,
            OperandMode::MapIndex => Mode::MapIndex,
            OperandMode::Value => Mode::Value,
            OperandMode::NilValue => Mode::Nil,
            OperandMode::CommaOk => Mode::CommaOk,
        };
        self.info.types[e.id.0 as usize] = Some(TypeAndValue { mode, typ });
    }

    /// Records the signature with which a built-in is called, at the name and its parentheses.
    pub(crate) fn record_builtin_type(&mut self, f: &Expr, id: crate::BuiltinId, sig: TypeId) {
        let mut f = f;
        loop {
            self.record_type_and_value(f, &OperandMode::Builtin(id), sig);
            match &f.kind {
                ExprKind::Paren(x) => f = x,
                _ => return,
            }
        }
    }

    /// Gives a comma-ok expression (and its parentheses) the tuple type of its two values.
    pub(crate) fn record_comma_ok_types(&mut self, e: &Expr, types: [TypeId; 2]) {
        if types.iter().any(|&t| !self.is_valid(t)) {
            return;
        }
        let vars = types.map(|t| self.anonymous_var(t, VarKind::Local)).to_vec();
        let tuple = self.store.new_type(Type::Tuple(vars));
        let mut e = e;
        loop {
            if let Some(Some(tv)) = self.info.types.get_mut(e.id.0 as usize) {
                tv.typ = tuple;
            }
            match &e.kind {
                ExprKind::Paren(x) => e = x,
                _ => return,
            }
        }
    }

    /// A nameless variable, as tuples and made-up signatures have them.
    pub(crate) fn anonymous_var(&mut self, typ: TypeId, kind: VarKind) -> ObjId {
        self.store.new_object(Object {
            kind: ObjKind::Var { kind, used: true },
            name: self.store.empty_name,
            pkg: Some(self.pkg),
            typ: Some(typ),
            span: diag::Span::NONE,
            parent: None,
            scope_pos: diag::Pos::NONE,
            order: 0,
            origin: None,
        })
    }

    /// Records type arguments at the identifier that `e` instantiates.
    pub(crate) fn record_instance(&mut self, e: &Expr, targs: Vec<TypeId>, typ: TypeId) {
        let mut e = e;
        let id = loop {
            match &e.kind {
                ExprKind::Ident(_) => break e.id,
                ExprKind::Selector { sel, .. } => break sel.id,
                ExprKind::Index { x, .. } | ExprKind::Paren(x) => e = x,
                _ => return,
            }
        };
        self.info.instances.insert(id, Instance { targs, typ });
    }

    pub(crate) fn record_def(&mut self, id: NodeId, obj: Option<ObjId>) {
        if let Some(slot) = self.info.defs.get_mut(id.0 as usize) {
            *slot = obj;
        }
    }

    pub(crate) fn record_use(&mut self, id: NodeId, obj: ObjId) {
        if let Some(slot) = self.info.uses.get_mut(id.0 as usize) {
            *slot = Some(obj);
        }
    }

    pub(crate) fn record_implicit(&mut self, id: NodeId, obj: ObjId) {
        self.info.implicits.insert(id, obj);
    }

    /// Records a selection at the selector expression `e` and its object at `sel`.
    pub(crate) fn record_selection(&mut self, e: &Expr, sel: NodeId, selection: Selection) {
        self.record_use(sel, selection.obj);
        if let Some(slot) = self.info.selections.get_mut(e.id.0 as usize) {
            *slot = Some(Box::new(selection));
        }
    }
}

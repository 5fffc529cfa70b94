//! Assignments and initialisations (specification, "Assignability", "Assignment statements",
//! "Variable declarations", "Short variable declarations", "Return statements").
//!
//! In: operands or expressions, and what they are assigned to. Out: operands converted to the type
//! of their destination, types of variables declared without one, diagnostics.

use crate::check::{Operand, OperandMode, TargetName};
use crate::r#const::{NUMERIC_OVERFLOW, TRUNCATED_FLOAT};
use crate::position::span_of;
use crate::{BasicKind, Checker, ObjId, ObjKind, Object, TypeId, VarKind};
use diag::{Applicability, Diagnostic, Pos, Span};
use std::collections::HashSet;
use syntax::ast::{Expr, ExprKind, Name, Stmt};

impl<'a> Checker<'a> {
    /// Checks that `x` can be assigned to a variable of type `t` (`None`: the blank identifier) and
    /// converts untyped operands. `context` describes the assignment in messages.
    pub(crate) fn assignment(&mut self, x: &mut Operand<'a>, t: Option<TypeId>, context: &str) {
        self.assignment_in(x, t, &|_| context.to_string());
    }

    /// Like [`assignment`](Self::assignment), for contexts that cost something to describe.
    pub(crate) fn assignment_in(
        &mut self,
        x: &mut Operand<'a>,
        t: Option<TypeId>,
        context: &dyn Fn(&Self) -> String,
    ) {
        self.single_value(x);
        match x.mode {
            OperandMode::Invalid => return,
            OperandMode::NilValue
            | OperandMode::Constant(_)
            | OperandMode::Variable
            | OperandMode::MapIndex
            | OperandMode::Value
            | OperandMode::CommaOk => {}
            _ => {
                let to = t.map_or_else(|| "_".to_string(), |t| self.ts(t));
                let msg = format!("cannot assign {} to {to} in {}", self.op_str(x), context(self));
                self.error("IncompatibleAssign", x.span(), msg);
                x.mode = OperandMode::Invalid;
                return;
            }
        }
        if self.is_untyped(x.typ) && !self.assign_untyped(x, t, context) {
            x.mode = OperandMode::Invalid;
            return;
        }
        self.non_generic(t, x);
        let Some(t) = t else { return };
        if x.mode == OperandMode::Invalid {
            return;
        }
        let mut cause = String::new();
        if let Err(code) = self.assignable_to(x, t, Some(&mut cause)) {
            let (x_str, to) = (self.op_str(x), self.ts(t));
            let mut msg = format!("cannot use {x_str} as {to} value in {}", context(self));
            if !cause.is_empty() {
                msg = format!("{msg}: {cause}");
            }
            let d = Diagnostic::error(code, x.span(), msg);
            let d = self.suggest_assignable(d, x, t);
            self.report(d);
            x.mode = OperandMode::Invalid;
        }
    }

    /// Gives the untyped `x` its type in an assignment to `t`; false if an error was reported.
    fn assign_untyped(
        &mut self,
        x: &mut Operand<'a>,
        t: Option<TypeId>,
        context: &dyn Fn(&Self) -> String,
    ) -> bool {
        let is_nil = x.mode == OperandMode::NilValue;
        let target = match t {
            None if is_nil => {
                let msg = format!("use of untyped nil in {}", context(self));
                self.error("UntypedNilUse", x.span(), msg);
                return false;
            }
            Some(t) if is_nil || !self.is_non_type_param_interface(t) => t,
            _ => self.default_type(x.typ),
        };
        match self.implicit_type_and_value(x, target) {
            Ok((typ, val)) => {
                self.set_implicit(x, typ, val);
                true
            }
            Err(code) => {
                let (x_str, to) = (self.op_str(x), self.ts(target));
                let msg = format!("cannot use {x_str} as {to} value in {}", context(self));
                let (code, msg) = match code {
                    TRUNCATED_FLOAT => (code, msg + " (truncated)"),
                    NUMERIC_OVERFLOW => (code, msg + " (overflows)"),
                    _ => ("IncompatibleAssign", msg),
                };
                self.error(code, x.span(), msg);
                false
            }
        }
    }

    fn set_obj_type(&mut self, obj: ObjId, typ: TypeId) {
        self.store.obj_mut(obj).typ = Some(typ);
    }

    /// Gives a variable whose initialiser failed the invalid type, unless it has one.
    pub(crate) fn ensure_typed(&mut self, obj: ObjId) {
        if self.store.obj(obj).typ.is_none() {
            self.set_obj_type(obj, self.typ_of(BasicKind::Invalid));
        }
    }

    /// Initialises the constant `lhs` with `x`.
    pub(crate) fn init_const(&mut self, lhs: ObjId, x: &mut Operand<'a>) {
        let typ = self.store.obj(lhs).typ;
        let lhs_bad = typ.is_some_and(|t| !self.is_valid(t));
        if x.mode == OperandMode::Invalid || !self.is_valid(x.typ) || lhs_bad {
            return self.ensure_typed(lhs);
        }
        if !matches!(x.mode, OperandMode::Constant(_)) {
            let msg = format!("{} is not constant", self.op_str(x));
            self.error("InvalidConstInit", x.span(), msg);
            return self.ensure_typed(lhs);
        }
        let typ = typ.unwrap_or(x.typ);
        self.set_obj_type(lhs, typ);
        self.assignment(x, Some(typ), "constant declaration");
        if let OperandMode::Constant(v) = &x.mode
            && let ObjKind::Const { value } = &mut self.store.obj_mut(lhs).kind
        {
            *value = Some(v.clone());
        }
    }

    /// Initialises the variable `lhs` with `x`; without a type it takes that of `x`.
    pub(crate) fn init_var(&mut self, lhs: ObjId, x: &mut Operand<'a>, context: &str) {
        let typ = self.store.obj(lhs).typ;
        let lhs_bad = typ.is_some_and(|t| !self.is_valid(t));
        if x.mode == OperandMode::Invalid || !self.is_valid(x.typ) || lhs_bad {
            self.ensure_typed(lhs);
            x.mode = OperandMode::Invalid;
            return;
        }
        let typ = match typ {
            Some(t) => t,
            None if x.mode == OperandMode::NilValue && self.is_untyped(x.typ) => {
                let msg = format!("use of untyped nil in {context}");
                self.error("UntypedNilUse", x.span(), msg);
                self.ensure_typed(lhs);
                x.mode = OperandMode::Invalid;
                return;
            }
            None if self.is_untyped(x.typ) => self.default_type(x.typ),
            None => x.typ,
        };
        self.set_obj_type(lhs, typ);
        self.assignment(x, Some(typ), context);
    }

    /// Runs `f` without counting a plain variable `lhs` as used.
    pub(crate) fn without_use<R>(&mut self, lhs: &'a Expr, f: impl FnOnce(&mut Self) -> R) -> R {
        let mut var = None;
        if let ExprKind::Ident(name) = &lhs.unparen().kind
            && let Some(obj) = self.lookup(name)
            && self.store.obj(obj).pkg == Some(self.pkg)
            && let ObjKind::Var { used: false, .. } = self.store.obj(obj).kind
        {
            var = Some(obj);
        }
        let result = f(self);
        if let Some(obj) = var
            && let ObjKind::Var { used, .. } = &mut self.store.obj_mut(obj).kind
        {
            *used = false;
        }
        result
    }

    /// Checks the left side of an assignment. `Ok(None)`: the blank identifier.
    pub(crate) fn lhs_var(&mut self, lhs: &'a Expr) -> Result<Option<TypeId>, ()> {
        if let ExprKind::Ident(name) = &lhs.unparen().kind
            && &**name == "_"
        {
            self.record_def(lhs.unparen().id, None);
            return Ok(None);
        }
        let mut x = Operand::new();
        self.without_use(lhs, |c| c.expr(None, &mut x, lhs));
        if x.mode == OperandMode::Invalid || !self.is_valid(x.typ) {
            return Err(());
        }
        if matches!(x.mode, OperandMode::Variable | OperandMode::MapIndex) {
            return Ok(Some(x.typ));
        }
        if let ExprKind::Selector { x: base, .. } = &lhs.kind {
            let mut op = Operand::new();
            self.expr(None, &mut op, base);
            if op.mode == OperandMode::MapIndex {
                let e = self.expr_str(lhs);
                let msg = format!("cannot assign to struct field {e} in map");
                self.error("UnaddressableFieldAssign", span_of(lhs), msg);
                return Err(());
            }
        }
        let e = self.expr_str(lhs);
        let msg = format!("cannot assign to {e} (neither addressable nor a map index expression)");
        self.error("UnassignableOperand", span_of(lhs), msg);
        Err(())
    }

    /// Assigns `rhs` to `lhs`.
    fn assign_var(&mut self, lhs: &'a Expr, rhs: &'a Expr, context: &str) {
        let Ok(typ) = self.lhs_var(lhs) else {
            self.use_exprs(std::slice::from_ref(rhs));
            return;
        };
        let mut x = Operand::new();
        self.target_name = TargetName::Expr(lhs);
        self.expr(typ, &mut x, rhs);
        self.assign_to(typ, &mut x, context);
    }

    /// Assigns the operand `x` to `lhs`.
    pub(crate) fn assign_operand(&mut self, lhs: &'a Expr, x: &mut Operand<'a>, context: &str) {
        match self.lhs_var(lhs) {
            Ok(typ) => self.assign_to(typ, x, context),
            Err(()) => x.mode = OperandMode::Invalid,
        }
    }

    fn assign_to(&mut self, typ: Option<TypeId>, x: &mut Operand<'a>, context: &str) {
        let context = match (typ, context) {
            (None, "assignment") => "assignment to _ identifier",
            _ => context,
        };
        self.assignment(x, typ, context);
    }

    /// Types for messages, as in `(number, string, ...int)`.
    pub(crate) fn types_summary(&self, list: &[TypeId], variadic: bool, dots: bool) -> String {
        let last = list.len().wrapping_sub(1);
        let mut out = String::from("(");
        for (i, &t) in list.iter().enumerate() {
            if i > 0 {
                out.push_str(", ");
            }
            if !self.is_valid(t) {
                out.push_str("unknown type");
            } else if self.is_untyped(t) {
                match self.basic_kind(t) {
                    Some(k) if k.is_numeric() => out.push_str("number"),
                    _ => out.push_str(self.ts(t).trim_start_matches("untyped ")),
                }
            } else if variadic && i == last {
                out.push_str("...");
                out.push_str(&self.ts(self.slice_elem(t).unwrap_or(t)));
            } else {
                out.push_str(&self.ts(t));
            }
            if dots && i == last {
                out.push_str("...");
            }
        }
        out.push(')');
        out
    }

    fn assign_error(&mut self, rhs: &'a [Expr], l: usize, r: usize) {
        let vars = measure(l, "variable");
        let vals = measure(r, "value");
        let Some(first) = rhs.first() else { return };
        let msg = match (&first.unparen().kind, rhs.len()) {
            (ExprKind::Call(call), 1) => {
                let f = self.expr_str(&call.fun);
                format!("assignment mismatch: {vars} but {f} returns {vals}")
            }
            _ => format!("assignment mismatch: {vars} but {vals}"),
        };
        self.error("WrongAssignCount", span_of(first), msg);
    }

    pub(crate) fn var_types(&self, vars: &[ObjId]) -> Vec<TypeId> {
        let invalid = self.typ_of(BasicKind::Invalid);
        vars.iter().map(|&v| self.store.obj(v).typ.unwrap_or(invalid)).collect()
    }

    pub(crate) fn return_error(&mut self, at: Span, lhs: &[ObjId], rhs: &[Operand<'a>]) {
        let (l, r) = (lhs.len(), rhs.len());
        let (at, qualifier) = match r {
            _ if r > l => (rhs[l].span(), "too many"),
            0 => (at, "not enough"),
            _ => (rhs[r - 1].span(), "not enough"),
        };
        let have: Vec<TypeId> = rhs.iter().map(|x| x.typ).collect();
        let have = self.types_summary(&have, false, false);
        let want = self.types_summary(&self.var_types(lhs), false, false);
        let msg = format!("{qualifier} return values\n\thave {have}\n\twant {want}");
        self.error("WrongResultCount", at, msg);
    }

    /// Initialises the variables `lhs` with `rhs`, which may be one multi-valued expression.
    pub(crate) fn init_vars(
        &mut self,
        lhs: &[ObjId],
        rhs: &'a [Expr],
        return_stmt: Option<&'a Stmt>,
    ) {
        let context = match return_stmt {
            Some(_) => "return statement",
            None if lhs.len() > 1 => "multiple assignment",
            None => "assignment",
        };
        let (l, r) = (lhs.len(), rhs.len());
        let is_call = r == 1 && matches!(rhs[0].unparen().kind, ExprKind::Call(_));
        if l == r && !is_call {
            for (&v, e) in lhs.iter().zip(rhs) {
                let mut x = Operand::new();
                self.target_name = match return_stmt {
                    Some(_) if self.store.obj(v).name.is_empty() => TargetName::Result,
                    _ => TargetName::Var(v),
                };
                self.expr(self.store.obj(v).typ, &mut x, e);
                self.init_var(v, &mut x, context);
            }
            return;
        }
        if r != 1 {
            // Only a count mismatch if nothing else is wrong with the expressions.
            if self.use_exprs(rhs) {
                match return_stmt {
                    Some(s) => {
                        let ops = self.expr_list(rhs);
                        self.return_error(s.span, lhs, &ops);
                    }
                    None => self.assign_error(rhs, l, r),
                }
            }
            return lhs.iter().for_each(|&v| self.ensure_typed(v));
        }
        let (mut ops, comma_ok) = self.multi_expr(&rhs[0], l == 2 && return_stmt.is_none());
        if l == ops.len() {
            let types = ops.iter().map(|x| x.typ).collect::<Vec<_>>();
            for (&v, x) in lhs.iter().zip(&mut ops) {
                self.init_var(v, x, context);
            }
            if comma_ok {
                self.finish_comma_ok(&rhs[0], &ops, &types);
            }
            return;
        }
        if ops[0].mode != OperandMode::Invalid {
            match return_stmt {
                Some(s) => self.return_error(s.span, lhs, &ops),
                None => self.assign_error(rhs, l, ops.len()),
            }
        }
        lhs.iter().for_each(|&v| self.ensure_typed(v));
    }

    /// Records the types that the two values of the comma-ok expression `e` were given.
    fn finish_comma_ok(&mut self, e: &'a Expr, ops: &[Operand<'a>], before: &[TypeId]) {
        let typ = |i: usize| match ops[i].mode {
            OperandMode::Invalid => before[i],
            _ => ops[i].typ,
        };
        let ok = match self.is_untyped(typ(1)) {
            true => self.default_type(typ(1)),
            false => typ(1),
        };
        self.record_comma_ok_types(e, [typ(0), ok]);
    }

    /// `lhs... = rhs...`
    pub(crate) fn assign_vars(&mut self, lhs: &'a [Expr], rhs: &'a [Expr]) {
        let (l, r) = (lhs.len(), rhs.len());
        let context = if l > 1 { "multiple assignment" } else { "assignment" };
        let is_call = r == 1 && matches!(rhs[0].unparen().kind, ExprKind::Call(_));
        if l == r && !is_call {
            for (to, e) in lhs.iter().zip(rhs) {
                self.assign_var(to, e, context);
            }
            return;
        }
        if r != 1 {
            let ok = self.use_lhs(lhs);
            if self.use_exprs(rhs) && ok {
                self.assign_error(rhs, l, r);
            }
            return;
        }
        let (mut ops, comma_ok) = self.multi_expr(&rhs[0], l == 2);
        if l == ops.len() {
            let types = ops.iter().map(|x| x.typ).collect::<Vec<_>>();
            for (to, x) in lhs.iter().zip(&mut ops) {
                self.assign_operand(to, x, context);
            }
            if comma_ok {
                self.finish_comma_ok(&rhs[0], &ops, &types);
            }
            return;
        }
        if ops[0].mode != OperandMode::Invalid {
            self.assign_error(rhs, l, ops.len());
        }
        self.use_lhs(lhs);
    }

    /// A local variable that isn't in a scope yet.
    pub(crate) fn new_local(&mut self, name: &Name, span: Span, typ: Option<TypeId>) -> ObjId {
        self.store.new_object(Object {
            kind: ObjKind::Var { kind: VarKind::Local, used: false },
            name: name.clone(),
            pkg: Some(self.pkg),
            typ,
            span,
            parent: None,
            scope_pos: Pos::NONE,
            order: 0,
            origin: None,
        })
    }

    /// `lhs... := rhs...`; `pos` is the operator's position.
    pub(crate) fn short_var_decl(&mut self, pos: Pos, lhs: &'a [Expr], rhs: &'a [Expr]) {
        let top = self.delayed.len();
        let mut vars = Vec::with_capacity(lhs.len());
        let mut new_vars = Vec::new();
        let mut failed = false;
        let mut seen = HashSet::new();
        for e in lhs {
            let var = self.short_var(e, lhs.len() > 1, &mut seen, &mut new_vars);
            failed |= var.is_none();
            // A dummy keeps the two sides parallel.
            vars.push(var.unwrap_or_else(|| {
                let dummy = self.new_local(&"_".into(), e.span, None);
                self.mark_used(dummy);
                dummy
            }));
        }
        self.init_vars(&vars, rhs, None);
        // Function literals on the right don't see the new variables.
        self.process_delayed(top);
        if new_vars.is_empty() && !failed {
            let span = Span::new(pos, Pos(pos.0 + 2));
            let text = "no new variables on left side of :=";
            let d = Diagnostic::error("NoNewVar", span, text).soft();
            let assign = vec![(span, "=".to_string())];
            self.report(d.suggest("assign with =", assign, Applicability::MachineApplicable));
            return;
        }
        let scope_pos = rhs.last().map_or(pos, |e| e.span.hi);
        let Some(scope) = self.env.scope else { return };
        for v in new_vars {
            self.declare(scope, None, v, scope_pos);
        }
    }

    /// The variable for one operand on the left of `:=`, new ones also pushed to `new_vars`;
    /// `None` after an error.
    fn short_var(
        &mut self,
        e: &'a Expr,
        several: bool,
        seen: &mut HashSet<Name>,
        new_vars: &mut Vec<ObjId>,
    ) -> Option<ObjId> {
        let ExprKind::Ident(name) = &e.kind else {
            self.use_lhs(std::slice::from_ref(e));
            let msg = format!("non-name {} on left side of :=", self.expr_str(e));
            self.error("BadDecl", span_of(e), msg);
            return None;
        };
        let blank = &**name == "_";
        if !blank && several && !seen.insert(name.clone()) {
            let msg = format!("{name} repeated on left side of :=");
            self.error("RepeatedDecl", span_of(e), msg);
            return None;
        }
        let scope = self.env.scope?;
        if let Some(alt) = self.store.scope(scope).elems.get(name).copied() {
            self.record_use(e.id, alt);
            if let ObjKind::Var { .. } = self.store.obj(alt).kind {
                return Some(alt);
            }
            let at = self.store.obj(alt).span;
            let msg = format!("cannot assign to {}", self.expr_str(e));
            let d = Diagnostic::error("UnassignableOperand", span_of(e), msg);
            self.report(d.label(at, format!("{name} is declared here")));
            return None;
        }
        let obj = self.new_local(name, e.span, None);
        match blank {
            true => self.mark_used(obj),
            false => new_vars.push(obj),
        }
        self.record_def(e.id, Some(obj));
        Some(obj)
    }
}

/// `1 value`, `2 values`
pub(crate) fn measure(n: usize, unit: &str) -> String {
    format!("{n} {unit}{}", if n == 1 { "" } else { "s" })
}

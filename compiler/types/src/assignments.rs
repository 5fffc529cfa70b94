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

    /// Reports what is wrong with `x`, which has no further use then.
    fn refuse(&mut self, x: &mut Operand<'a>, code: &'static str, msg: String) {
        self.error(code, x.span(), msg);
        x.invalidate();
    }

    /// Like [`assignment`](Self::assignment), for contexts that cost something to describe.
    pub(crate) fn assignment_in(
        &mut self,
        x: &mut Operand<'a>,
        t: Option<TypeId>,
        context: &dyn Fn(&Self) -> String,
    ) {
        self.single_value(x);
        if matches!(x.mode, OperandMode::NoValue | OperandMode::Builtin(_) | OperandMode::TypExpr) {
            let to = t.map_or_else(|| "_".to_string(), |t| self.ts(t));
            let msg = format!("cannot assign {} to {to} in {}", self.op_str(x), context(self));
            return self.refuse(x, "IncompatibleAssign", msg);
        }
        if !x.is_invalid() && self.is_untyped(x.typ) && !self.assign_untyped(x, t, context) {
            x.invalidate();
        }
        if x.is_invalid() {
            return;
        }
        self.non_generic(t, x);
        let Some(t) = t.filter(|_| !x.is_invalid()) else { return };
        let mut cause = String::new();
        if let Err(code) = self.assignable_to(x, t, Some(&mut cause)) {
            if !cause.is_empty() {
                cause.insert_str(0, ": ");
            }
            let (x_str, to) = (self.op_str(x), self.ts(t));
            let msg = format!("cannot use {x_str} as {to} value in {}{cause}", context(self));
            let d = Diagnostic::error(code, x.span(), msg);
            let d = self.suggest_assignable(d, x, t);
            self.report(d);
            x.invalidate();
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

    /// Whether neither `x` nor the type of `lhs` is the result of an earlier error.
    fn can_init(&self, lhs: ObjId, x: &Operand<'a>) -> bool {
        let declared = self.store.obj(lhs).typ;
        !x.is_invalid() && self.is_valid(x.typ) && declared.is_none_or(|t| self.is_valid(t))
    }

    /// Initialises the constant `lhs` with `x`.
    pub(crate) fn init_const(&mut self, lhs: ObjId, x: &mut Operand<'a>) {
        if self.can_init(lhs, x) {
            if x.is_const() {
                let typ = self.store.obj(lhs).typ.unwrap_or(x.typ);
                self.set_obj_type(lhs, typ);
                self.assignment(x, Some(typ), "constant declaration");
                let v = x.val().cloned();
                if let ObjKind::Const { value } = &mut self.store.obj_mut(lhs).kind
                    && v.is_some()
                {
                    *value = v;
                }
                return;
            }
            let msg = format!("{} is not constant", self.op_str(x));
            self.error("InvalidConstInit", x.span(), msg);
        }
        self.ensure_typed(lhs);
    }

    /// Initialises the variable `lhs` with `x`; without a type it takes that of `x`.
    pub(crate) fn init_var(&mut self, lhs: ObjId, x: &mut Operand<'a>, context: &str) {
        if !self.can_init(lhs, x) {
            x.invalidate();
        } else if self.store.obj(lhs).typ.is_none() {
            match self.type_for_var(x) {
                Some(t) => self.set_obj_type(lhs, t),
                None => {
                    let msg = format!("use of untyped nil in {context}");
                    self.refuse(x, "UntypedNilUse", msg);
                }
            }
        }
        self.ensure_typed(lhs);
        if !x.is_invalid() {
            self.assignment(x, self.store.obj(lhs).typ, context);
        }
    }

    /// The type of a variable declared with the value `x` and without a type; nil has none.
    fn type_for_var(&mut self, x: &Operand<'a>) -> Option<TypeId> {
        match self.is_untyped(x.typ) {
            true if x.is_nil() => None,
            true => Some(self.default_type(x.typ)),
            false => Some(x.typ),
        }
    }

    /// Runs `f` without counting a plain variable `lhs` as used.
    pub(crate) fn without_use<R>(&mut self, lhs: &'a Expr, f: impl FnOnce(&mut Self) -> R) -> R {
        let mut var = None;
        if let ExprKind::Ident(name) = &lhs.unparen().kind
            && let Some(obj) = self.lookup(*name)
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
            && name.is_blank()
        {
            self.record_def(lhs.unparen().id, None);
            return Ok(None);
        }
        let mut x = Operand::new();
        self.without_use(lhs, |c| c.expr(None, &mut x, lhs));
        match x.mode {
            OperandMode::Invalid => Err(()),
            _ if !self.is_valid(x.typ) => Err(()),
            OperandMode::Variable | OperandMode::MapIndex => Ok(Some(x.typ)),
            _ => {
                let (code, msg) = self.why_unassignable(lhs);
                self.error(code, span_of(lhs), msg);
                Err(())
            }
        }
    }

    /// Code and text of the error that `lhs` is a value without a place.
    fn why_unassignable(&mut self, lhs: &'a Expr) -> (&'static str, String) {
        let e = self.expr_str(lhs);
        if let ExprKind::Selector { x: base, .. } = &lhs.kind {
            let mut x = Operand::new();
            self.expr(None, &mut x, base);
            if x.mode == OperandMode::MapIndex {
                let msg = format!("cannot assign to struct field {e} in map");
                return ("UnaddressableFieldAssign", msg);
            }
        }
        let msg = format!("cannot assign to {e} (neither addressable nor a map index expression)");
        ("UnassignableOperand", msg)
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
        let mut words: Vec<String> = list.iter().map(|&t| self.type_word(t)).collect();
        if let (Some(word), Some(&t)) = (words.last_mut(), list.last()) {
            if variadic && self.is_valid(t) && !self.is_untyped(t) {
                *word = format!("...{}", self.ts(self.slice_elem(t).unwrap_or(t)));
            }
            if dots {
                word.push_str("...");
            }
        }
        format!("({})", words.join(", "))
    }

    /// A type for a summary: of untyped values, what they are.
    fn type_word(&self, t: TypeId) -> String {
        if !self.is_valid(t) {
            return "unknown type".to_string();
        }
        let name = self.ts(t);
        match self.basic_kind(t) {
            Some(k) if self.is_untyped(t) && k.is_numeric() => "number".to_string(),
            _ => name.strip_prefix("untyped ").map_or(name.clone(), str::to_string),
        }
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

    /// Reports that a return statement (at `at`) has not as many values as there are results.
    pub(crate) fn return_error(&mut self, at: Span, results: &[ObjId], values: &[Operand<'a>]) {
        let surplus = values.get(results.len());
        let at = surplus.or(values.last()).map_or(at, Operand::span);
        let qualifier = if surplus.is_some() { "too many" } else { "not enough" };
        let have: Vec<TypeId> = values.iter().map(|x| x.typ).collect();
        let have = self.types_summary(&have, false, false);
        let want = self.types_summary(&self.var_types(results), false, false);
        let msg = format!("{qualifier} return values\n\thave {have}\n\twant {want}");
        self.error("WrongResultCount", at, msg);
    }

    /// Initialises the variables `lhs` with `rhs`, which may be one multi-valued expression. They
    /// are the results of a function if that is for a return statement.
    pub(crate) fn init_vars(
        &mut self,
        lhs: &[ObjId],
        rhs: &'a [Expr],
        return_stmt: Option<&'a Stmt>,
    ) {
        self.distribute(
            rhs,
            match return_stmt {
                Some(s) => Targets::Results(lhs, s.span),
                None => Targets::Vars(lhs),
            },
        );
    }

    /// `lhs... = rhs...`
    pub(crate) fn assign_vars(&mut self, lhs: &'a [Expr], rhs: &'a [Expr]) {
        self.distribute(rhs, Targets::Places(lhs));
    }

    /// Gives the values of `rhs` to the targets: each expression its own, or all those of one.
    fn distribute(&mut self, rhs: &'a [Expr], to: Targets<'_, 'a>) {
        match rhs {
            [e] if to.len() != 1 || matches!(e.unparen().kind, ExprKind::Call(_)) => {
                self.unpack(e, rhs, to);
            }
            _ if rhs.len() == to.len() => {
                for (i, e) in rhs.iter().enumerate() {
                    self.evaluate_into(to, i, e);
                }
            }
            _ => {
                // Only a count mismatch if nothing else is wrong with the expressions.
                let fine = self.give_up(to);
                if self.use_exprs(rhs) && fine {
                    let values = match to {
                        Targets::Results(..) => self.expr_list(rhs),
                        _ => Vec::new(),
                    };
                    self.count_error(to, rhs, rhs.len(), &values);
                }
            }
        }
    }

    /// Gives the values of the one expression `e` to the targets.
    fn unpack(&mut self, e: &'a Expr, rhs: &'a [Expr], to: Targets<'_, 'a>) {
        let pair = to.len() == 2 && !matches!(to, Targets::Results(..));
        let (mut values, comma_ok) = self.multi_expr(e, pair);
        if values.len() != to.len() {
            if !values[0].is_invalid() {
                self.count_error(to, rhs, values.len(), &values);
            }
            self.give_up(to);
            return;
        }
        let types: Vec<TypeId> = values.iter().map(|x| x.typ).collect();
        for (i, x) in values.iter_mut().enumerate() {
            match to {
                Targets::Vars(v) | Targets::Results(v, _) => self.init_var(v[i], x, to.context()),
                Targets::Places(lhs) => self.assign_operand(&lhs[i], x, to.context()),
            }
        }
        if comma_ok {
            self.finish_comma_ok(e, &values, &types);
        }
    }

    /// Gives the value of `e` to the target at index `i`.
    fn evaluate_into(&mut self, to: Targets<'_, 'a>, i: usize, e: &'a Expr) {
        let var = match to {
            Targets::Places(lhs) => return self.assign_var(&lhs[i], e, to.context()),
            Targets::Vars(v) | Targets::Results(v, _) => v[i],
        };
        let o = self.store.obj(var);
        let typ = o.typ;
        self.target_name = match to {
            Targets::Results(..) if o.name.is_empty() => TargetName::Result,
            _ => TargetName::Var(var),
        };
        let mut x = Operand::new();
        self.expr(typ, &mut x, e);
        self.init_var(var, &mut x, to.context());
    }

    /// Leaves the targets without values; false if something is wrong with them.
    fn give_up(&mut self, to: Targets<'_, 'a>) -> bool {
        match to {
            Targets::Places(lhs) => self.use_lhs(lhs),
            Targets::Vars(v) | Targets::Results(v, _) => {
                v.iter().for_each(|&v| self.ensure_typed(v));
                true
            }
        }
    }

    /// Reports that there are `n` values (of a return statement: `values`) for the targets.
    fn count_error(
        &mut self,
        to: Targets<'_, 'a>,
        rhs: &'a [Expr],
        n: usize,
        values: &[Operand<'a>],
    ) {
        match to {
            Targets::Results(results, at) => self.return_error(at, results, values),
            _ => self.assign_error(rhs, to.len(), n),
        }
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

    /// A local variable that isn't in a scope yet.
    pub(crate) fn new_local(&mut self, name: &Name, span: Span, typ: Option<TypeId>) -> ObjId {
        self.store.new_object(Object {
            kind: ObjKind::Var { kind: VarKind::Local, used: false },
            name: *name,
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
        let mut seen = HashSet::new();
        let left: Vec<ShortVar> =
            lhs.iter().map(|e| self.short_var(e, lhs.len() > 1, &mut seen)).collect();
        let vars: Vec<ObjId> = left.iter().map(|v| v.obj).collect();
        self.init_vars(&vars, rhs, None);
        // Function literals on the right don't see the new variables.
        self.process_delayed(top);
        let mut idle = true;
        let scope_pos = rhs.last().map_or(pos, |e| e.span.hi);
        for v in left {
            idle &= v.state == ShortVarState::Old;
            if v.state == ShortVarState::New
                && let Some(scope) = self.env.scope
            {
                self.declare(scope, None, v.obj, scope_pos);
            }
        }
        if idle {
            let span = Span::new(pos, Pos(pos.0 + 2));
            let text = "no new variables on left side of :=";
            let d = Diagnostic::error("NoNewVar", span, text).soft();
            let assign = vec![(span, "=".to_string())];
            self.report(d.suggest("assign with =", assign, Applicability::MachineApplicable));
        }
    }

    /// The variable for one operand on the left of `:=`.
    fn short_var(&mut self, e: &'a Expr, several: bool, seen: &mut HashSet<Name>) -> ShortVar {
        let ExprKind::Ident(name) = &e.kind else {
            self.use_lhs(std::slice::from_ref(e));
            let msg = format!("non-name {} on left side of :=", self.expr_str(e));
            self.error("BadDecl", span_of(e), msg);
            return self.short_dummy(e);
        };
        let blank = name.is_blank();
        if several && !blank && !seen.insert(*name) {
            let msg = format!("{name} repeated on left side of :=");
            self.error("RepeatedDecl", span_of(e), msg);
            return self.short_dummy(e);
        }
        let here = self.env.scope.and_then(|s| self.store.scope(s).elems.find(*name));
        let Some(old) = here else {
            let obj = self.new_local(name, e.span, None);
            self.record_def(e.id, Some(obj));
            if blank {
                self.mark_used(obj);
            }
            let state = if blank { ShortVarState::Old } else { ShortVarState::New };
            return ShortVar { obj, state };
        };
        self.record_use(e.id, old);
        let o = self.store.obj(old);
        if matches!(o.kind, ObjKind::Var { .. }) {
            return ShortVar { obj: old, state: ShortVarState::Old };
        }
        let msg = format!("cannot assign to {}", self.expr_str(e));
        let d = Diagnostic::error("UnassignableOperand", span_of(e), msg)
            .label(o.span, format!("{name} is declared here"));
        self.report(d);
        self.short_dummy(e)
    }

    /// A variable in place of an operand that is none.
    fn short_dummy(&mut self, e: &'a Expr) -> ShortVar {
        let obj = self.new_local(&"_".into(), e.span, None);
        self.mark_used(obj);
        ShortVar { obj, state: ShortVarState::Bad }
    }
}

/// What stands on the left of `:=`.
struct ShortVar {
    obj: ObjId,
    state: ShortVarState,
}

#[derive(PartialEq)]
enum ShortVarState {
    New,
    /// Declared before in the same scope, or blank.
    Old,
    Bad,
}

/// Where the values of an assignment go.
#[derive(Clone, Copy)]
enum Targets<'s, 'a> {
    /// Variables that are declared with it.
    Vars(&'s [ObjId]),
    /// The results of a function, by the return statement there.
    Results(&'s [ObjId], Span),
    /// The left side of an assignment statement.
    Places(&'a [Expr]),
}

impl Targets<'_, '_> {
    fn len(&self) -> usize {
        match self {
            Targets::Vars(v) | Targets::Results(v, _) => v.len(),
            Targets::Places(lhs) => lhs.len(),
        }
    }

    /// What messages call the assignment.
    fn context(&self) -> &'static str {
        match self {
            Targets::Results(..) => "return statement",
            _ if self.len() > 1 => "multiple assignment",
            _ => "assignment",
        }
    }
}

/// `1 value`, `2 values`
pub(crate) fn measure(n: usize, unit: &str) -> String {
    format!("{n} {unit}{}", if n == 1 { "" } else { "s" })
}

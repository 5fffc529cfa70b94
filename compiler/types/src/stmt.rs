//! Statements and function bodies (specification, "Statements", "Function declarations").
//!
//! In: a function's signature with the scope of its parameters, and its body. Out: everything in the
//! body recorded; unused variables, missing returns and misplaced jumps reported.

use crate::check::{Operand, OperandMode};
use crate::constant::Value;
use crate::expr::ExprForm;
use crate::literals::ConstKey;
use crate::position::{node_pos, span_of};
use crate::{BasicKind, Checker, ObjId, ObjKind, ScopeId, Type, TypeId, VarKind};
use diag::{Diagnostic, Span};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use syntax::ast::*;

impl<'a> Checker<'a> {
    /// Checks a function body in the current environment, which is its declaration's. `scope` holds
    /// the parameters of the signature `sig`.
    pub(crate) fn func_body(&mut self, sig: TypeId, scope: ScopeId, body: &'a Block) {
        self.env.scope = Some(scope);
        self.env.sig = Some(sig);
        let first_object = self.store.objects.len();
        self.stmt_list(&body.stmts);
        self.labels(body);
        let has_results = matches!(
            self.store.ty(sig),
            Type::Signature(s) if !s.results.is_empty()
        );
        if has_results && !self.is_terminating_list(&body.stmts) {
            let rbrace = Span::new(body.rbrace(), body.span.hi);
            let d = Diagnostic::error("MissingReturn", rbrace, "missing return");
            let d = self.suggest_return(d, sig, rbrace);
            self.report(d);
        }
        self.usage(first_object);
    }

    /// Reports the local variables among the objects from `first` on that nothing uses. Function
    /// literals in between have had theirs reported.
    fn usage(&mut self, first: usize) {
        for i in first..self.store.objects.len() {
            let o = &mut self.store.objects[i];
            let ObjKind::Var { kind: VarKind::Local, used } = &mut o.kind else { continue };
            if *used || o.pkg != Some(self.pkg) || o.parent.is_none() {
                continue;
            }
            *used = true;
            let (name, span) = (o.name, o.span);
            let text = format!("declared and not used: {name}");
            let d = Diagnostic::error("UnusedVar", span, text).soft();
            let d = self.suggest_unused_var(d, span);
            self.report(d);
        }
    }

    fn stmt_list(&mut self, list: &'a [Stmt]) {
        // The specification whose values a constant without some repeats.
        let mut last_const = None;
        for s in list {
            match &s.kind {
                StmtKind::Decl(d) => self.decl_stmt(d, &mut last_const),
                _ => {
                    last_const = None;
                    self.stmt(s);
                }
            }
        }
    }

    /// A block with a scope of its own.
    pub(crate) fn block(&mut self, b: &'a Block) {
        self.open_scope(b.span);
        self.stmt_list(&b.stmts);
        self.close_scope();
    }

    pub(crate) fn stmt(&mut self, s: &'a Stmt) {
        let top = self.delayed.len();
        self.stmt_kind(s);
        // Function literals see the scope as it is here.
        if self.delayed.len() > top {
            self.process_delayed(top);
        }
    }

    fn stmt_kind(&mut self, s: &'a Stmt) {
        match &s.kind {
            StmtKind::Bad | StmtKind::Empty => {}
            // See labels.rs.
            StmtKind::Break(_) | StmtKind::Continue(_) | StmtKind::Goto(_) => {}
            StmtKind::Fallthrough => {}
            StmtKind::Decl(d) => self.decl_stmt(d, &mut None),
            StmtKind::Labeled { stmt, .. } => self.stmt(stmt),
            StmtKind::Expr(e) => self.expr_stmt(e),
            StmtKind::Send { chan, value, arrow } => self.send_stmt(*arrow, chan, value),
            StmtKind::IncDec { x, inc } => self.inc_dec_stmt(x, *inc),
            StmtKind::Assign { lhs, op: None, define: true, rhs, op_pos } => {
                self.short_var_decl(*op_pos, lhs, rhs);
            }
            StmtKind::Assign { lhs, op: None, rhs, .. } => self.assign_vars(lhs, rhs),
            StmtKind::Assign { lhs, op: Some(op), rhs, op_pos, .. } => {
                let ([to], [value]) = (&lhs[..], &rhs[..]) else {
                    let msg =
                        format!("assignment operation {op}= requires single-valued expressions");
                    return self.error("MultiValAssignOp", s.span, msg);
                };
                let (mut x, mut y) = (Operand::new(), Operand::new());
                self.expr(None, &mut x, to);
                self.expr(None, &mut y, value);
                self.binary(&mut x, y, None, to, value, *op, *op_pos);
                self.assign_operand(to, &mut x, "assignment operation");
            }
            StmtKind::Go(e) => self.suspended_call("go", "InvalidGo", e),
            StmtKind::Defer(e) => self.suspended_call("defer", "InvalidDefer", e),
            StmtKind::Return(results) => self.return_stmt(s, results),
            StmtKind::Block(b) => self.block(b),
            StmtKind::If(i) => {
                self.open_scope(s.span);
                self.init_stmt(&i.init);
                self.condition(&i.cond, "if");
                self.block(&i.then);
                if let Some(els) = &i.els {
                    self.stmt(els);
                }
                self.close_scope();
            }
            StmtKind::Switch(sw) => self.switch_stmt(s, sw),
            StmtKind::TypeSwitch(sw) => self.type_switch_stmt(s, sw),
            StmtKind::Select(sel) => self.select_stmt(sel),
            StmtKind::For(f) => {
                self.open_scope(s.span);
                self.init_stmt(&f.init);
                if let Some(cond) = &f.cond {
                    self.condition(cond, "for");
                }
                self.init_stmt(&f.post);
                self.block(&f.body);
                self.close_scope();
            }
            StmtKind::Range(r) => self.range_stmt(r, s.span),
        }
    }

    fn init_stmt(&mut self, s: &'a Option<Stmt>) {
        if let Some(s) = s {
            self.stmt(s);
        }
    }

    fn condition(&mut self, cond: &'a Expr, keyword: &str) {
        let mut x = Operand::new();
        self.expr(None, &mut x, cond);
        if !x.is_invalid() && !self.store.all_boolean(x.typ) {
            let msg = format!("non-boolean condition in {keyword} statement");
            self.error("InvalidCond", span_of(cond), msg);
        }
        self.settle_untyped(&mut x);
    }

    fn expr_stmt(&mut self, e: &'a Expr) {
        let mut x = Operand::new();
        let form = self.raw_expr(None, &mut x, e, None, false);
        let (code, msg) = match x.mode {
            OperandMode::Invalid => return,
            OperandMode::Builtin(_) => ("UncalledBuiltin", "must be called"),
            OperandMode::TypExpr => ("NotAnExpr", "is not an expression"),
            _ if form == ExprForm::Statement => return,
            _ => ("UnusedExpr", "is not used"),
        };
        let msg = format!("{} {msg}", self.op_str(&x));
        self.error(code, x.span(), msg);
    }

    fn send_stmt(&mut self, arrow: diag::Pos, chan: &'a Expr, value: &'a Expr) {
        let (mut ch, mut val) = (Operand::new(), Operand::new());
        self.expr(None, &mut ch, chan);
        self.generic_expr(&mut val, value, None);
        if ch.is_invalid() || val.is_invalid() {
            return;
        }
        let at = Span::new(arrow, diag::Pos(arrow.0 + "<-".len() as u32));
        let at = self.at_token(at, span_of(chan).lo);
        if let Some(elem) = self.chan_elem(at, &ch, false) {
            self.assignment(&mut val, Some(elem), "send");
        }
    }

    fn inc_dec_stmt(&mut self, e: &'a Expr, inc: bool) {
        let mut x = Operand::new();
        self.expr(None, &mut x, e);
        if x.is_invalid() {
            return;
        }
        if !self.store.all_numeric(x.typ) {
            let (e_str, t, op) = (self.expr_str(e), self.ts(x.typ), if inc { "++" } else { "--" });
            let msg = format!("invalid operation: {e_str}{op} (non-numeric type {t})");
            return self.error("NonNumericIncDec", span_of(e), msg);
        }
        self.assign_operand(e, &mut x, "assignment");
    }

    /// The call of a `go` or `defer` statement.
    fn suspended_call(&mut self, keyword: &str, code: &'static str, e: &'a Expr) {
        // The parser has reported parentheses.
        let e = e.unparen();
        if !matches!(e.kind, ExprKind::Call(_)) {
            self.use_exprs(std::slice::from_ref(e));
            let msg = format!("expression in {keyword} must be function call");
            return self.error(code, span_of(e), msg);
        }
        let mut x = Operand::new();
        let (code, msg) = match self.raw_expr(None, &mut x, e, None, false) {
            ExprForm::Statement => return,
            ExprForm::Conversion => (code, "requires function call, not conversion"),
            ExprForm::Expression => ("UnusedResults", "discards result of"),
        };
        if !x.is_invalid() {
            let msg = format!("{keyword} {msg} {}", self.op_str(&x));
            self.error(code, x.span(), msg);
        }
    }

    fn return_stmt(&mut self, s: &'a Stmt, values: &'a [Expr]) {
        let Some(sig) = self.env.sig else { return };
        let Type::Signature(sig) = self.store.ty(sig) else { return };
        let results = sig.results.clone();
        let named = results.first().is_some_and(|&r| !self.store.obj(r).name.is_empty());
        if values.is_empty() && named {
            for r in results {
                let name = self.store.obj(r).name;
                let Some(other) = self.lookup(name).filter(|&o| o != r) else { continue };
                if name.is_blank() {
                    continue;
                }
                let msg = format!("result parameter {name} not in scope at return");
                let (at, what) = (self.store.obj(other).span, self.object_string(r));
                let d = Diagnostic::error("OutOfScopeResult", s.span, msg);
                self.report(d.also(at, format!("inner declaration of {what}")));
            }
        } else if !values.is_empty() || !results.is_empty() {
            self.init_vars(&results, values, Some(s));
        }
    }

    /// The declaration of an object for messages, `var x int`.
    fn object_string(&self, obj: ObjId) -> String {
        let o = self.store.obj(obj);
        let kind = match o.kind {
            ObjKind::Const { .. } => "const",
            ObjKind::TypeName { .. } => "type",
            ObjKind::Func { .. } => "func",
            _ => "var",
        };
        match o.typ {
            Some(t) => format!("{kind} {} {}", o.name, self.ts(t)),
            None => format!("{kind} {}", o.name),
        }
    }

    fn multiple_defaults(&mut self, defaults: &[Span]) {
        let Some(&first) = defaults.first() else { return };
        for &clause in &defaults[1..] {
            let end = diag::Pos(clause.lo.0 + "default".len() as u32);
            let span = Span::new(clause.lo, end.min(clause.hi));
            let at = self.pos_string(first.lo);
            let msg = format!("multiple defaults (first at {at})");
            let d = Diagnostic::error("DuplicateDefault", span, msg);
            self.report(d);
        }
    }

    /// Expression switches.
    fn switch_stmt(&mut self, s: &'a Stmt, sw: &'a SwitchStmt) {
        self.open_scope(s.span);
        self.init_stmt(&sw.init);
        let mut x = Operand::new();
        match &sw.tag {
            Some(tag) => {
                self.expr(None, &mut x, tag);
                // Like the assignment to a variable that nobody sees.
                self.assignment(&mut x, None, "switch expression");
                if !x.is_invalid()
                    && !self.comparable_type(x.typ, true)
                    && !self.store.has_nil(x.typ)
                {
                    let (x_str, t) = (self.op_str(&x), self.ts(x.typ));
                    let msg = format!("cannot switch on {x_str} ({t} is not comparable)");
                    self.error("InvalidExprSwitch", x.span(), msg);
                    x.invalidate();
                }
            }
            None => {
                x.set_const(Value::Bool(true), self.typ_of(BasicKind::Bool));
                x.span = Span::at(sw.body.lo);
            }
        }
        let defaults: Vec<_> = sw.cases.iter().filter(|c| c.is_default).map(|c| c.span).collect();
        self.multiple_defaults(&defaults);
        let mut seen = HashMap::new();
        for c in &sw.cases {
            self.case_values(&x, &c.exprs, &mut seen);
            self.open_scope(c.span);
            self.stmt_list(&c.body);
            self.close_scope();
        }
        self.close_scope();
    }

    /// Checks the values of a case against the tag `x`; `seen` holds the constants of all cases.
    fn case_values(
        &mut self,
        x: &Operand<'a>,
        values: &'a [Expr],
        seen: &mut HashMap<ConstKey, Vec<(TypeId, Span)>>,
    ) {
        for e in values {
            let mut v = Operand::new();
            self.expr(None, &mut v, e);
            if x.is_invalid() || v.is_invalid() {
                continue;
            }
            self.convert_untyped(&mut v, x.typ);
            if v.is_invalid() {
                continue;
            }
            let (mut result, mut tag) = (v.clone(), x.clone());
            self.comparison(&mut result, &mut tag, BinaryOp::Eq, true);
            if result.is_invalid() {
                continue;
            }
            let key = match v.val() {
                None | Some(Value::Bool(_) | Value::Complex(_)) => continue,
                Some(val) => ConstKey::new(val),
            };
            let Some(key) = key else { continue };
            let same = seen.entry(key).or_default();
            if let Some((_, first)) = same.iter().find(|(t, _)| self.store.identical(*t, v.typ)) {
                let msg = format!("duplicate case {} in expression switch", self.op_str(&v));
                let d = Diagnostic::error("DuplicateCase", v.span(), msg);
                let d = d.also(*first, "previous case");
                self.report(d);
                continue;
            }
            same.push((v.typ, v.span()));
        }
    }

    fn type_switch_stmt(&mut self, s: &'a Stmt, sw: &'a TypeSwitchStmt) {
        self.open_scope(s.span);
        self.init_stmt(&sw.init);
        let mut bind = sw.bind.as_ref();
        if let Some(b) = bind {
            if b.is_blank() {
                let msg = "no new variable on left side of :=";
                self.soft_error("NoNewVar", b.span, msg);
                bind = None;
            } else {
                self.record_def(b.id, None);
            }
        }
        let mut x = Operand::new();
        self.expr(None, &mut x, &sw.x);
        let mut subject = None;
        if !x.is_invalid() {
            let x_str = || self.op_str(&x);
            if self.store.is_type_param(x.typ) {
                let msg = format!("cannot use type switch on type parameter value {}", x_str());
                self.error("InvalidTypeSwitch", x.span(), msg);
            } else if self.store.is_interface(x.typ) {
                subject = Some(x);
            } else {
                let msg = format!("{} is not an interface", self.op_str(&x));
                self.error("InvalidTypeSwitch", x.span(), msg);
            }
        }
        let defaults: Vec<_> = sw.cases.iter().filter(|c| c.is_default).map(|c| c.span).collect();
        self.multiple_defaults(&defaults);
        let mut vars = Vec::new();
        let mut seen = SeenTypes::default();
        for c in &sw.cases {
            let typ = self.case_types(subject.as_ref(), &c.exprs, &mut seen);
            self.open_scope(c.span);
            if let Some(b) = bind {
                let obj = self.new_local(&b.name, b.span, Some(typ));
                let scope = self.scope();
                self.declare(scope, None, obj, c.colon);
                self.record_implicit(c.id, obj);
                vars.push(obj);
            }
            self.stmt_list(&c.body);
            self.close_scope();
        }
        if let Some(b) = bind {
            // They count as one variable.
            let mut any = false;
            for v in vars {
                any |= matches!(self.store.obj(v).kind, ObjKind::Var { used: true, .. });
                self.mark_used(v);
            }
            if !any {
                let msg = format!("{} declared and not used", b.name);
                self.soft_error("UnusedVar", b.span, msg);
            }
        }
        self.close_scope();
    }

    /// Checks the types of a case; returns the type that the variable has in its clause.
    fn case_types(
        &mut self,
        x: Option<&Operand<'a>>,
        types: &'a [Expr],
        seen: &mut SeenTypes,
    ) -> TypeId {
        let mut last = None;
        for e in types {
            let t = if self.is_nil_ident(e) {
                let mut dummy = Operand::new();
                self.expr(None, &mut dummy, e);
                None
            } else {
                let t = self.var_type(e);
                if !self.is_valid(t) {
                    last = Some(t);
                    continue;
                }
                Some(t)
            };
            last = t;
            if let Some(first) = self.seen_before(seen, t, e.span) {
                let what = t.map_or_else(|| "nil".to_string(), |t| self.ts(t));
                let msg = format!("duplicate case {what} in type switch");
                let d = Diagnostic::error("DuplicateCase", span_of(e), msg);
                self.report(d.also(first, "previous case"));
                continue;
            }
            if let (Some(x), Some(t)) = (x, t) {
                self.type_assertion(e, x, t, true);
            }
        }
        match (types.len(), last) {
            (1, Some(t)) => t,
            _ => x.map_or(self.typ_of(BasicKind::Invalid), |x| x.typ),
        }
    }

    /// Where an identical type (`None`: nil) stood before.
    fn seen_before(&mut self, seen: &mut SeenTypes, t: Option<TypeId>, span: Span) -> Option<Span> {
        let Some(t) = t else {
            return seen.nil.replace(span);
        };
        let key = self.query(|s| s.canon(t));
        match seen.types.entry(key) {
            Entry::Occupied(first) => Some(*first.get()),
            Entry::Vacant(place) => {
                place.insert(span);
                None
            }
        }
    }

    /// Whether `e` is the predeclared `nil`.
    fn is_nil_ident(&self, e: &Expr) -> bool {
        let ExprKind::Ident(name) = &e.unparen().kind else { return false };
        *name == Name::nil()
            && self.lookup(*name).is_some_and(|o| matches!(self.store.obj(o).kind, ObjKind::Nil))
    }

    fn select_stmt(&mut self, sel: &'a SelectStmt) {
        let defaults: Vec<_> =
            (sel.cases.iter()).filter(|c| c.comm.is_none()).map(|c| c.span).collect();
        self.multiple_defaults(&defaults);
        for c in &sel.cases {
            if let Some(comm) = &c.comm
                && !is_communication(comm)
            {
                let msg = "select case must be send or receive (possibly with assignment)";
                self.error("InvalidSelectCase", comm_span(comm), msg);
                continue;
            }
            self.open_scope(c.span);
            self.init_stmt(&c.comm);
            self.stmt_list(&c.body);
            self.close_scope();
        }
    }
}

/// The types of a type switch's cases so far, in their canonical forms.
#[derive(Default)]
struct SeenTypes {
    nil: Option<Span>,
    types: HashMap<TypeId, Span>,
}

/// Where gc reports the statement of a select case.
fn comm_span(s: &Stmt) -> Span {
    match &s.kind {
        StmtKind::Expr(e) => Span::new(node_pos(e), e.span.hi),
        _ => s.span,
    }
}

/// A send, a receive, or an assignment from a receive.
fn is_communication(s: &Stmt) -> bool {
    let value = match &s.kind {
        StmtKind::Send { .. } => return true,
        StmtKind::Expr(e) => e,
        StmtKind::Assign { rhs, .. } => match &rhs[..] {
            [e] => e,
            _ => return false,
        },
        _ => return false,
    };
    matches!(value.unparen().kind, ExprKind::Unary { op: UnaryOp::Recv, .. })
}

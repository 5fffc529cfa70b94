//! Calls, instantiations of functions, and what evaluates lists of expressions (specification,
//! "Calls", "Instantiations", "Passing arguments to ... parameters").
//!
//! In: the call. Out: the operand of its result (a tuple for several); generic callees and generic
//! arguments are instantiated, their type arguments inferred, and recorded.

use crate::check::{Operand, OperandMode, TargetName};
use crate::expr::{Exclude, ExprForm};
use crate::position::{ellipsis, rparen, span_of};
use crate::{BasicKind, Checker, ObjId, Type, TypeId, VarKind};
use diag::Span;
use syntax::ast::{CallExpr, Expr, ExprKind, Name};

/// Type arguments of a partially instantiated generic function that is passed as an argument.
type PartialArgs = Option<Vec<TypeId>>;

impl<'a> Checker<'a> {
    /// Instantiates the generic function `x` with the type arguments of the index expression
    /// `inst` (if there is one). Missing ones are inferred from `target` if `infer` is set; else the
    /// incomplete list is returned.
    pub(crate) fn func_inst(
        &mut self,
        target: Option<TypeId>,
        x: &mut Operand<'a>,
        inst: Option<&'a Expr>,
        infer: bool,
    ) -> PartialArgs {
        let mut at = x.span();
        let mut bracket = at;
        let mut xlist: &'a [Expr] = &[];
        if let Some(e) = inst
            && let ExprKind::Index { indices, lbrack, .. } = &e.kind
        {
            xlist = indices;
            bracket = Span::at(*lbrack);
            at = self.at_callee(e, *lbrack);
            x.expr = inst;
        }
        let supported = self.verify_version(bracket, (1, 18), "function instantiation");
        let mut targs = match self.type_list(xlist) {
            Some(targs) => targs,
            None => {
                x.invalidate();
                return None;
            }
        };
        let generic = x.typ;
        let (got, want) = (targs.len(), self.type_params_of(generic).len());
        if got > want {
            let msg = format!("got {got} type arguments but want {want}");
            self.error("WrongTypeArgCount", xlist[got - 1].span, msg);
            x.invalidate();
            return None;
        }
        if got < want {
            if !infer {
                return Some(targs);
            }
            // `var v T = f` is treated like the call `g(v)` of a made-up function
            // `func g[type parameters of f](type of f)`.
            let mut args = Vec::new();
            let mut params = Vec::new();
            if let Some(target) = target {
                if supported {
                    let what = match inst {
                        Some(_) => "partially instantiated function in assignment",
                        None => "implicitly instantiated function in assignment",
                    };
                    self.verify_version(bracket, (1, 21), what);
                }
                params.push(self.store.without_type_params(generic));
                args.push(Operand {
                    mode: OperandMode::Value,
                    typ: target,
                    expr: x.expr,
                    span: x.span(),
                    name: Some(self.target_string()),
                });
            }
            let list = self.type_params_of(generic);
            let (tparams, params) = self.rename_tparams(&list, &params);
            let partial = targs.into_iter().map(Some).collect();
            match self.infer(at, &tparams, partial, &params, &args, true) {
                Ok(full) => targs = full,
                Err(problem) => {
                    if let Some((span, msg)) = problem {
                        self.error("CannotInferTypeArgs", span, msg);
                    }
                    x.invalidate();
                    return None;
                }
            }
        }
        let e = x.expr;
        x.typ = self.instantiate_signature(at, e, generic, targs, xlist);
        x.mode = OperandMode::Value;
        None
    }

    /// What messages call the variable that a generic function is assigned to.
    fn target_string(&self) -> Name {
        match self.target_name {
            TargetName::Expr(e) => self.expr_str(e).into(),
            TargetName::Var(v) => self.store.obj(v).name,
            TargetName::Result => "result variable".into(),
            TargetName::Unknown => "variable".into(),
        }
    }

    /// The own type parameters of a signature.
    pub(crate) fn type_params_of(&self, sig: TypeId) -> Vec<TypeId> {
        match self.store.ty(sig) {
            Type::Signature(s) => s.tparams.clone(),
            _ => Vec::new(),
        }
    }

    /// The signature with `targs` for its type parameters. Constraints are checked later.
    pub(crate) fn instantiate_signature(
        &mut self,
        at: Span,
        e: Option<&'a Expr>,
        sig: TypeId,
        targs: Vec<TypeId>,
        xlist: &'a [Expr],
    ) -> TypeId {
        let tparams = self.type_params_of(sig);
        let inst = self.store.instantiate_signature(sig, &targs);
        if let Some(e) = e {
            self.record_instance(e, targs.clone(), inst);
        }
        self.later(move |c| {
            if let Err((i, msg)) = c.verify(&tparams, &targs) {
                let at = xlist.get(i).map_or(at, |e| e.span);
                c.soft_error("InvalidTypeArg", at, msg);
            } else {
                c.record_mono_instance(at, &tparams, &targs, xlist);
            }
        });
        inst
    }

    pub(crate) fn call_expr(
        &mut self,
        x: &mut Operand<'a>,
        e: &'a Expr,
        call: &'a CallExpr,
    ) -> ExprForm {
        let mut inst = None;
        if let ExprKind::Index { indices, lbrack, .. } = &call.fun.kind {
            if self.index_expr(x, &call.fun) {
                // Type and value arguments are looked at together.
                inst = Some((&indices[..], *lbrack));
            }
            x.expr = Some(&call.fun);
            x.span = call.fun.span;
            self.record(x);
        } else {
            self.expr_or_type(x, &call.fun, true);
        }
        match x.mode {
            OperandMode::Invalid => {
                self.use_exprs(&call.args);
                ExprForm::Statement
            }
            OperandMode::TypExpr => {
                self.conversion_call(x, call, e);
                ExprForm::Conversion
            }
            OperandMode::Builtin(id) => {
                if !self.builtin(x, e, call, id) {
                    x.invalidate();
                } else if !x.is_const() {
                    self.env.has_call_or_recv = true;
                }
                x.expr = Some(e);
                crate::builtins::form(id)
            }
            _ => {
                self.function_call(x, e, call, inst);
                ExprForm::Statement
            }
        }
    }

    /// `T(v)`, where `x` is the type.
    fn conversion_call(&mut self, x: &mut Operand<'a>, call: &'a CallExpr, e: &'a Expr) {
        self.non_generic(None, x);
        if x.is_invalid() {
            self.use_exprs(&call.args);
            return;
        }
        let t = x.typ;
        x.invalidate();
        if !self.is_complete(t) {
            return;
        }
        let [arg] = &call.args[..] else {
            let t = self.ts(t);
            return match call.args.last() {
                None => {
                    let msg = format!("missing argument in conversion to {t}");
                    let at = self.at_token(rparen(call), span_of(e).lo);
                    self.error("WrongArgCount", at, msg);
                }
                Some(last) => {
                    self.use_exprs(&call.args);
                    let msg = format!("too many arguments in conversion to {t}");
                    self.error("WrongArgCount", span_of(last), msg);
                }
            };
        };
        self.expr(Some(t), x, arg);
        if x.is_invalid() {
            return;
        }
        if self.store.is_non_type_param_interface(t) && !self.is_method_set(t) {
            let t = self.ts(t);
            let msg = format!(
                "cannot use interface {t} in conversion (contains specific type constraints or is comparable)"
            );
            self.error("MisplacedConstraintIface", span_of(e), msg);
            return x.invalidate();
        }
        if call.ellipsis.is_some() {
            let msg = format!("invalid use of ... in conversion to {}", self.ts(t));
            self.error("BadDotDotDotSyntax", span_of(arg), msg);
            return x.invalidate();
        }
        self.conversion(x, t);
    }

    fn function_call(
        &mut self,
        x: &mut Operand<'a>,
        e: &'a Expr,
        call: &'a CallExpr,
        inst: Option<(&'a [Expr], diag::Pos)>,
    ) {
        let Some(mut sig) = self.callee_signature(x) else {
            self.use_exprs(&call.args);
            return x.invalidate();
        };
        let generic = !self.type_params_of(sig).is_empty();
        let mut xlist: &'a [Expr] = &[];
        let mut targs = Vec::new();
        if let Some((list, lbrack)) = inst {
            let Some(types) = self.type_list(list) else {
                self.use_exprs(&call.args);
                return x.invalidate();
            };
            let (got, want) = (types.len(), self.type_params_of(sig).len());
            if got > want {
                let msg = format!("got {got} type arguments but want {want}");
                self.error("WrongTypeArgCount", span_of(&list[want]), msg);
                self.use_exprs(&call.args);
                return x.invalidate();
            }
            if got == want && want > 0 {
                // Complete: no inference, so that the signature is known even if the arguments
                // are wrong.
                self.verify_version(Span::at(lbrack), (1, 18), "function instantiation");
                let at = self.at_callee(&call.fun, lbrack);
                sig = self.instantiate_signature(at, Some(&call.fun), sig, types, list);
            } else {
                xlist = list;
                targs = types.into_iter().map(Some).collect();
            }
        }
        let (mut args, partial) = self.generic_expr_list(&call.args);
        let rsig = self.arguments(e, call, sig, targs, xlist, &mut args, partial);
        let still_generic = !self.type_params_of(rsig).is_empty();
        if generic && !still_generic {
            self.record_type_and_value(&call.fun, &OperandMode::Value, rsig);
        }
        let results = match self.store.ty(rsig) {
            Type::Signature(s) => &s.results[..],
            _ => &[],
        };
        match *results {
            [] => {
                x.mode = OperandMode::NoValue;
                x.typ = self.typ_of(BasicKind::Invalid);
            }
            [r] => {
                let typ = self.store.obj(r).typ.unwrap_or(self.typ_of(BasicKind::Invalid));
                if !self.is_complete(typ) {
                    return x.invalidate();
                }
                x.mode = OperandMode::Value;
                x.typ = typ;
            }
            _ => {
                let tuple = Type::Tuple(results.to_vec());
                x.mode = OperandMode::Value;
                x.typ = self.store.new_type(tuple);
            }
        }
        self.env.has_call_or_recv = true;
        // After failed inference, a result must not mention the type parameters.
        if still_generic && x.mode == OperandMode::Value {
            let tparams = self.type_params_of(rsig);
            if self.is_parameterized(&tparams, x.typ) {
                x.invalidate();
            }
        }
    }

    /// The signature as which `x` is called; reports if there is none.
    fn callee_signature(&mut self, x: &Operand<'a>) -> Option<TypeId> {
        let mut cause = None;
        for item in self.type_set_of(x.typ) {
            if let Some((t, u)) = item
                && !matches!(self.store.ty(u), Type::Signature(_))
            {
                cause = Some(format!("{} is not a function", self.ts(t)));
                break;
            }
        }
        let cause = match cause {
            Some(cause) => cause,
            None => match self.common_under(x.typ) {
                Ok(u) => return Some(u),
                Err(cause) => cause,
            },
        };
        let msg = format!("invalid operation: cannot call {}: {cause}", self.op_str(x));
        self.error("InvalidCall", x.span(), msg);
        None
    }

    /// Checks a list of expressions; a single one may have several values.
    pub(crate) fn expr_list(&mut self, list: &'a [Expr]) -> Vec<Operand<'a>> {
        if let [e] = list {
            return self.multi_expr(e, false).0;
        }
        list.iter()
            .map(|e| {
                let mut x = Operand::new();
                self.expr(None, &mut x, e);
                x
            })
            .collect()
    }

    /// Like `expr_list`, but generic functions stay generic; those with some type arguments have
    /// them in the second list, which is parallel to the first (or shorter).
    pub(crate) fn generic_expr_list(
        &mut self,
        list: &'a [Expr],
    ) -> (Vec<Operand<'a>>, Vec<PartialArgs>) {
        // Before Go 1.21, functions passed as arguments had to be instantiated.
        let infer = !self.allow_version((1, 21));
        let mut ops = Vec::with_capacity(list.len());
        let mut partial = Vec::new();
        for e in list {
            let mut x = Operand::new();
            if let ExprKind::Index { .. } = e.kind {
                if self.index_expr(&mut x, e) {
                    let targs = self.func_inst(None, &mut x, Some(e), infer);
                    x.expr = Some(e);
                    x.span = e.span;
                    if targs.is_none() {
                        self.record(&x);
                    } else {
                        partial.resize(ops.len(), None);
                        partial.push(targs);
                    }
                } else {
                    x.expr = Some(e);
                    x.span = e.span;
                    self.record(&x);
                    self.exclude(&mut x, Exclude::AllButValues);
                    self.single_value(&mut x);
                }
            } else if list.len() == 1 {
                self.generic_multi_expr(&mut x, e);
                if let Some(values) = self.unpack_tuple(&x, e) {
                    return (values, partial);
                }
            } else {
                self.generic_expr(&mut x, e, None);
            }
            ops.push(x);
        }
        (ops, partial)
    }

    /// Type of parameter `i` of a signature; with `spread`, those from the variadic one on have the
    /// type of its elements.
    fn param_type(&self, sig: TypeId, i: usize, spread: bool) -> TypeId {
        let invalid = self.typ_of(BasicKind::Invalid);
        let Type::Signature(s) = self.store.ty(sig) else { return invalid };
        let typ = |i: usize| s.params.get(i).and_then(|&p| self.store.obj(p).typ);
        let last = s.params.len().saturating_sub(1);
        if spread && i >= last {
            return typ(last).and_then(|t| self.slice_elem(t)).unwrap_or(invalid);
        }
        typ(i).unwrap_or(invalid)
    }

    /// The element type of a slice type literal (as variadic parameters have them).
    pub(crate) fn slice_elem(&self, t: TypeId) -> Option<TypeId> {
        match self.store.ty(t) {
            Type::Slice(elem) => Some(*elem),
            _ => None,
        }
    }

    /// Checks the arguments of a call of a function with the signature `sig` and given type
    /// arguments; infers the missing ones. Returns the instantiated signature, after an error `sig`.
    pub(crate) fn arguments(
        &mut self,
        e: &'a Expr,
        call: &'a CallExpr,
        sig: TypeId,
        mut targs: Vec<Option<TypeId>>,
        xlist: &'a [Expr],
        args: &mut [Operand<'a>],
        partial: Vec<PartialArgs>,
    ) -> TypeId {
        let Type::Signature(s) = self.store.ty(sig) else { return sig };
        let (variadic, mut npars, own) = (s.variadic, s.params.len(), s.tparams.len());
        let (nargs, dots) = (args.len(), call.ellipsis.is_some());
        let mut spread = false;
        if !variadic && dots {
            let f = self.expr_str(&call.fun);
            let msg = format!("cannot use ... in call to non-variadic {f}");
            let at = self.at_token(ellipsis(call), span_of(e).lo);
            self.error("NonVariadicDotDotDot", at, msg);
            return sig;
        }
        if variadic && dots && call.args.len() == 1 && nargs > 1 {
            let arg = self.expr_str(&call.args[0]);
            let msg = format!("cannot use ... with {nargs}-valued {arg}");
            let at = self.at_token(ellipsis(call), span_of(e).lo);
            self.error("InvalidDotDotDot", at, msg);
            return sig;
        }
        if variadic && !dots {
            if nargs + 1 >= npars {
                spread = true;
                npars = nargs;
            } else {
                npars -= 1;
            }
        }
        if nargs != npars {
            self.argument_count_error(e, call, sig, args, npars);
            return sig;
        }
        let generic_args: Vec<usize> =
            (0..nargs).filter(|&i| !self.type_params_of_operand(&args[i]).is_empty()).collect();
        if own == 0 && generic_args.is_empty() {
            self.check_arguments(call, args, |c, i| c.param_type(sig, i, spread));
            return sig;
        }

        // Type parameters of the callee, then those of each generic argument.
        let mut tparams = Vec::new();
        let mut params: Vec<TypeId> = (0..nargs).map(|i| self.param_type(sig, i, spread)).collect();
        let at = self.at_callee(&call.fun, call.lparen);
        if own > 0 {
            if !self.allow_version((1, 18)) {
                let what = match call.fun.kind {
                    ExprKind::Index { .. } => "function instantiation",
                    _ => "implicit function instantiation",
                };
                self.verify_version(Span::at(call.lparen), (1, 18), what);
            }
            // Renamed, so that a recursive call doesn't confuse its own with the callee's.
            let list = self.type_params_of(sig);
            (tparams, params) = self.rename_tparams(&list, &params);
            targs.resize(tparams.len(), None);
        }
        for &i in &generic_args {
            let arg = &mut args[i];
            let list = self.type_params_of(arg.typ);
            // Each use of a generic function gets type parameters of its own: f(g, g).
            let (fresh, renamed) = self.rename_signature(arg.typ, &list);
            arg.typ = renamed;
            tparams.extend(fresh);
            if let Some(Some(given)) = partial.get(i) {
                targs.extend(given.iter().copied().map(Some));
            }
            targs.resize(tparams.len(), None);
        }
        if let Some(&i) = generic_args.first() {
            let what = "implicitly instantiated function as argument";
            self.verify_version(args[i].span(), (1, 21), what);
        }
        let inferred = match self.infer(at, &tparams, targs, &params, args, false) {
            Ok(targs) => targs,
            Err(problem) => {
                if let Some((span, msg)) = problem {
                    let f = self.expr_str(&call.fun);
                    self.error("CannotInferTypeArgs", span, format!("in call to {f}, {msg}"));
                }
                return sig;
            }
        };
        let mut rsig = sig;
        if own > 0 {
            let own_targs = inferred[..own].to_vec();
            rsig = self.instantiate_signature(at, Some(&call.fun), sig, own_targs, xlist);
        }
        let mut next = own;
        for &i in &generic_args {
            let (typ, expr) = (args[i].typ, args[i].expr);
            let end = next + self.type_params_of(typ).len();
            let own_targs = inferred[next..end].to_vec();
            args[i].typ = self.instantiate_signature(at, expr, typ, own_targs, &[]);
            self.record(&args[i]);
            next = end;
        }
        self.check_arguments(call, args, |c, i| c.param_type(rsig, i, spread));
        rsig
    }

    fn type_params_of_operand(&self, x: &Operand<'a>) -> &[TypeId] {
        match self.store.ty(x.typ) {
            Type::Signature(s) if !x.is_invalid() => &s.tparams,
            _ => &[],
        }
    }

    fn check_arguments(
        &mut self,
        call: &'a CallExpr,
        args: &mut [Operand<'a>],
        param: impl Fn(&Self, usize) -> TypeId,
    ) {
        for (i, arg) in args.iter_mut().enumerate() {
            let typ = param(self, i);
            let context = |c: &Self| format!("argument to {}", c.expr_str(&call.fun));
            self.assignment_in(arg, Some(typ), &context);
        }
    }

    fn argument_count_error(
        &mut self,
        e: &'a Expr,
        call: &'a CallExpr,
        sig: TypeId,
        args: &[Operand<'a>],
        npars: usize,
    ) {
        let Type::Signature(s) = self.store.ty(sig) else { return };
        let (params, variadic) = (s.params.clone(), s.variadic);
        let (at, qualifier) = match args.len() {
            n if n > npars => (args[npars].span(), "too many"),
            0 => (self.at_token(rparen(call), e.span.lo), "not enough"),
            n => (self.at_token(rparen(call), args[n - 1].span().lo), "not enough"),
        };
        let have: Vec<TypeId> = args.iter().map(|x| x.typ).collect();
        let have = self.types_summary(&have, false, call.ellipsis.is_some());
        let want = self.types_summary(&self.var_types(&params), variadic, false);
        let f = self.expr_str(&call.fun);
        let msg = format!("{qualifier} arguments in call to {f}\n\thave {have}\n\twant {want}");
        self.error("WrongArgCount", at, msg);
    }

    /// The signature `sig` with new type parameters in place of `list`, and these.
    fn rename_signature(&mut self, sig: TypeId, list: &[TypeId]) -> (Vec<TypeId>, TypeId) {
        let plain = self.store.without_type_params(sig);
        let (fresh, renamed) = self.rename_tparams(list, &[plain]);
        let typ = match self.store.ty(renamed[0]) {
            Type::Signature(s) => crate::Signature { tparams: fresh.clone(), ..s.clone() },
            _ => return (fresh, renamed[0]),
        };
        (fresh, self.store.new_type(Type::Signature(typ)))
    }

    /// Evaluates expressions after an error elsewhere, so that what they use counts as used. True if
    /// all are valid.
    pub(crate) fn use_exprs(&mut self, list: &'a [Expr]) -> bool {
        self.use_list(list, false)
    }

    /// Like `use_exprs` for the left side of an assignment: plain variables don't count as used.
    pub(crate) fn use_lhs(&mut self, list: &'a [Expr]) -> bool {
        self.use_list(list, true)
    }

    fn use_list(&mut self, list: &'a [Expr], lhs: bool) -> bool {
        let mut ok = true;
        for e in list {
            ok &= self.use_expr(e, lhs);
        }
        ok
    }

    fn use_expr(&mut self, e: &'a Expr, lhs: bool) -> bool {
        let mut x = Operand::new();
        match &e.unparen().kind {
            ExprKind::Ident(name) if name.is_blank() => return true,
            ExprKind::Ident(_) if lhs => {
                self.without_use(e, |c| c.expr_or_type(&mut x, e.unparen(), true));
            }
            ExprKind::Ident(_) => self.expr_or_type(&mut x, e.unparen(), true),
            ExprKind::KeyValue { value, .. } => return self.use_expr(value, lhs),
            _ => {
                self.raw_expr(None, &mut x, e, None, true);
            }
        }
        !x.is_invalid()
    }

    /// A signature made of types, for built-ins.
    pub(crate) fn make_sig(
        &mut self,
        result: Option<TypeId>,
        params: &[TypeId],
        variadic: bool,
    ) -> TypeId {
        let params: Vec<ObjId> =
            params.iter().map(|&t| self.anonymous_var(t, VarKind::Param)).collect();
        let results: Vec<ObjId> =
            result.iter().map(|&t| self.anonymous_var(t, VarKind::Result)).collect();
        let sig = crate::Signature { params, results, variadic, ..Default::default() };
        self.store.new_type(Type::Signature(sig))
    }
}

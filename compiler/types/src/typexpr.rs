//! Identifiers and type expressions (specification, "Types", "Declarations and scope").
//!
//! In: expressions where a type is (or may be) written. Out: types, recorded at the expressions.
//! Checks that need complete types are put off with `later`.

use crate::check::{Operand, OperandMode};
use crate::constant::Value;
use crate::{BasicKind, Checker, ObjId, ObjKind, ScopeId, Type, TypeId, VarKind};
use diag::Span;
use syntax::ast::{Expr, ExprKind, Name};

impl<'a> Checker<'a> {
    /// Sets `x` to what the identifier `e` denotes. With `want_type`, only a type will do.
    pub(crate) fn ident(&mut self, x: &mut Operand<'a>, e: &'a Expr, want_type: bool) {
        x.invalidate();
        x.expr = Some(e);
        let ExprKind::Ident(name) = &e.kind else { return };
        let Some((scope, obj)) = self.denoted(name, e) else { return };
        let is_type = matches!(self.store.obj(obj).kind, ObjKind::TypeName { .. });
        if want_type && !is_type {
            let msg = format!("{name} ({}) is not a type", self.object_kind(obj));
            self.error("NotAType", e.span, msg);
            return self.mark_used(obj);
        }
        let o = self.store.obj(obj);
        // Meeting a type again while it is being declared may be a cycle to report.
        if o.typ.is_none() || is_type && want_type && o.pkg == Some(self.pkg) {
            self.obj_decl(obj);
        }
        if !self.dot_imports.is_empty()
            && let Some(&import) = self.dot_imports.get(&(scope, *name))
        {
            self.mark_used(import);
        }
        x.typ = self.store.obj(obj).typ.unwrap_or(self.invalid());
        x.mode = self.mode_of(obj, x.typ, e);
    }

    /// The object that an identifier denotes, and the scope it is in; reports if there is none.
    fn denoted(&mut self, name: &Name, e: &'a Expr) -> Option<(ScopeId, ObjId)> {
        let found = self.lookup_scope(*name);
        match found {
            None if name.is_blank() => {
                self.error("InvalidBlank", e.span, "cannot use _ as value or type");
            }
            None if !name.is_empty() => self.report_undefined(e, name),
            _ => {}
        }
        let (_, obj) = found?;
        let generics = [self.store.universe_any, self.store.universe_comparable].contains(&obj);
        if generics && !self.verify_version(e.span, (1, 18), &format!("predeclared {name}")) {
            return None;
        }
        self.record_use(e.id, obj);
        found
    }

    /// The mode of an operand that is the object, of type `typ`. What the object's use means for
    /// it and for the declaration around is noted.
    fn mode_of(&mut self, obj: ObjId, typ: TypeId, e: &'a Expr) -> OperandMode {
        let valid = self.is_valid(typ);
        match self.store.obj(obj).kind {
            ObjKind::TypeName { .. } => return OperandMode::TypExpr,
            ObjKind::Builtin(id) => return OperandMode::Builtin(id),
            ObjKind::Nil => return OperandMode::NilValue,
            ObjKind::Const { .. } | ObjKind::Var { .. } | ObjKind::Func { .. } => {
                self.add_decl_dep(obj);
                self.mark_used(obj);
            }
            ObjKind::PkgName { .. } => {
                let msg = format!("use of package {} not in selector", self.expr_str(e));
                self.error("InvalidPkgUse", e.span, msg);
            }
            ObjKind::Label { .. } | ObjKind::Field { .. } => {}
        }
        match self.store.obj(obj).kind {
            ObjKind::Func { .. } => OperandMode::Value,
            ObjKind::Var { .. } if valid => OperandMode::Variable,
            ObjKind::Const { .. } if valid => {
                let v = self.const_object_value(obj, e);
                v.map_or(OperandMode::Invalid, OperandMode::Constant)
            }
            _ => OperandMode::Invalid,
        }
    }

    fn const_object_value(&mut self, obj: ObjId, e: &Expr) -> Option<Value> {
        if obj == self.store.universe_iota {
            if self.env.iota.is_none() {
                let msg = "cannot use iota outside constant declaration";
                self.error("InvalidIota", e.span, msg);
            }
            return self.env.iota.clone();
        }
        match &self.store.obj(obj).kind {
            ObjKind::Const { value } => Some(value.clone().unwrap_or(Value::Unknown)),
            _ => None,
        }
    }

    /// Marks a variable or import of this package as used.
    pub(crate) fn mark_used(&mut self, obj: ObjId) {
        if self.store.obj(obj).pkg != Some(self.pkg) {
            return;
        }
        if let ObjKind::Var { used, .. } | ObjKind::PkgName { used, .. } =
            &mut self.store.obj_mut(obj).kind
        {
            *used = true;
        }
    }

    /// What messages call an object of that kind.
    pub(crate) fn object_kind(&self, obj: ObjId) -> &'static str {
        match self.store.obj(obj).kind {
            ObjKind::PkgName { .. } => "package name",
            ObjKind::Const { .. } => "constant",
            ObjKind::TypeName { .. } => "type",
            ObjKind::Var { kind, .. } => match kind {
                VarKind::Package => "package-level variable",
                VarKind::Local => "local variable",
                VarKind::Recv => "receiver",
                VarKind::Param => "parameter",
                VarKind::Result => "result variable",
            },
            ObjKind::Field { .. } => "struct field",
            ObjKind::Func { is_method: false, .. } => "function",
            ObjKind::Func { .. } => "method",
            ObjKind::Label { .. } => "label",
            ObjKind::Builtin(_) => "built-in function",
            ObjKind::Nil => "untyped nil",
        }
    }

    /// The type that `e` denotes; generic types must be instantiated.
    pub(crate) fn typ(&mut self, e: &'a Expr) -> TypeId {
        self.declared_type(e, None)
    }

    /// Like `typ`, for variables, fields, elements and so on: not a constraint interface.
    pub(crate) fn var_type(&mut self, e: &'a Expr) -> TypeId {
        let t = self.declared_type(e, None);
        self.valid_var_type(e, t);
        t
    }

    /// Reports (when types are complete) if `t` is an interface for constraints only.
    pub(crate) fn valid_var_type(&mut self, e: &'a Expr, t: TypeId) {
        // Only what is, or may turn out to be, an interface needs a look.
        let suspicious = match self.store.ty(self.store.unalias(t)) {
            Type::Interface(_) => true,
            Type::Named(n) => match n.underlying {
                Some(u) => {
                    matches!(self.store.ty(u), Type::Interface(_) | Type::Named(_) | Type::Alias(_))
                }
                None => true,
            },
            Type::Basic(BasicKind::Invalid) => matches!(self.store.ty(t), Type::Alias(_)),
            _ => false,
        };
        if !suspicious && !self.broken_constraints.contains(&t) {
            return;
        }
        self.later(move |c| {
            if c.is_type_param(t) {
                return;
            }
            let u = c.under(t);
            let broken = c.broken_constraints.contains(&t);
            match c.store.ty(u) {
                // What contains itself is reported once.
                Type::Interface(i) if i.embeddeds.iter().any(|e| c.infinite_types.contains(e)) => {
                    return;
                }
                Type::Interface(_) => {}
                _ if broken => {}
                _ => return,
            }
            let tset = c.type_set(u);
            if !broken && tset.is_method_set() {
                return;
            }
            let why = match tset.comparable {
                true => "interface is (or embeds) comparable",
                false => "interface contains type constraints",
            };
            let msg = format!("cannot use type {} outside a type constraint: {why}", c.ts(t));
            c.soft_error("MisplacedConstraintIface", e.span, msg);
        });
    }

    /// Like `typ`; `def` is the defined type whose right-hand side `e` is.
    pub(crate) fn declared_type(&mut self, e: &'a Expr, def: Option<TypeId>) -> TypeId {
        let mut t = self.typ_internal(e, def);
        if self.is_generic(t) {
            let msg = format!("cannot use generic type {} without instantiation", self.ts(t));
            self.error("WrongTypeArgCount", e.span, msg);
            t = self.invalid();
        }
        self.record_type_and_value(e, &OperandMode::TypExpr, t);
        t
    }

    /// The generic type that `e` denotes. `Err`: why it is none, if that wasn't reported.
    pub(crate) fn generic_type(&mut self, e: &'a Expr) -> Result<TypeId, Option<String>> {
        let t = self.typ_internal(e, None);
        let generic = self.is_generic(t);
        let r = match (self.is_valid(t) || generic, generic) {
            (true, true) => Ok(t),
            (true, false) => Err(Some(format!("{} is not a generic type", self.ts(t)))),
            _ => Err(None),
        };
        let recorded = if r.is_ok() { t } else { self.invalid() };
        self.record_type_and_value(e, &OperandMode::TypExpr, recorded);
        r
    }

    fn typ_internal(&mut self, e: &'a Expr, def: Option<TypeId>) -> TypeId {
        match &e.kind {
            ExprKind::Bad => {}
            ExprKind::Ident(_) => {
                let mut x = Operand::new();
                self.ident(&mut x, e, true);
                return self.type_operand(&x);
            }
            ExprKind::Selector { x: base, sel } => {
                let mut x = Operand::new();
                self.selector(&mut x, e, base, sel, true);
                return self.type_operand(&x);
            }
            ExprKind::Index { x, indices, lbrack } => {
                self.verify_version(Span::at(*lbrack), (1, 18), "type instantiation");
                return self.instantiated_type(x, indices);
            }
            // A generic type has no use in parentheses, where it can't be instantiated.
            ExprKind::Paren(x) => return self.declared_type(x, def),
            ExprKind::ArrayType { len: Some(len), elem } => {
                let len = self.array_length(len);
                let elem = self.var_type(elem);
                if len >= 0 {
                    let t = self.store.new_type(Type::Array { elem, len });
                    if len >= crate::limits::LONG {
                        self.big.push((e.span, t));
                    }
                    return t;
                }
            }
            ExprKind::ArrayType { len: None, elem } => {
                let msg = "invalid use of [...] array (outside a composite literal)";
                let at = self.find_token(e.span, "...").unwrap_or(e.span);
                self.error("BadDotDotDotSyntax", at, msg);
                self.var_type(elem);
            }
            ExprKind::SliceType(elem) => {
                let elem = self.var_type(elem);
                return self.store.new_type(Type::Slice(elem));
            }
            ExprKind::Star(x) => {
                let base = self.var_type(x);
                if self.is_valid(base) || self.is_pending_alias(base) {
                    return self.store.new_type(Type::Pointer(base));
                }
            }
            ExprKind::StructType(fields) => return self.struct_type(fields),
            ExprKind::FuncType(sig) => return self.func_type(None, &[], sig).0,
            ExprKind::InterfaceType(elems) => return self.interface_type(elems, def),
            ExprKind::MapType { key, value } => return self.map_type(key, value),
            ExprKind::ChanType { dir, elem } => {
                let elem = self.var_type(elem);
                let t = self.store.new_type(Type::Chan { dir: *dir, elem });
                self.big.push((e.span, t));
                return t;
            }
            ExprKind::Ellipsis(_) => {
                self.error("InvalidSyntaxTree", e.span, "invalid use of ...");
            }
            _ => {
                let msg = format!("{} is not a type", self.expr_str(e));
                self.error("NotAType", e.span, msg);
                self.use_exprs(std::slice::from_ref(e));
            }
        }
        self.invalid()
    }

    /// An alias whose right-hand side is being read: it will be valid.
    fn is_pending_alias(&self, t: TypeId) -> bool {
        matches!(self.store.ty(t), Type::Alias(a) if a.rhs.is_none())
    }

    fn type_operand(&mut self, x: &Operand<'a>) -> TypeId {
        match x.mode {
            OperandMode::TypExpr => return x.typ,
            OperandMode::Invalid => {}
            OperandMode::NoValue => {
                let msg = format!("{} used as type", self.op_str(x));
                self.error("NotAType", x.span(), msg);
            }
            _ => {
                let msg = format!("{} is not a type", self.op_str(x));
                self.error("NotAType", x.span(), msg);
            }
        }
        self.invalid()
    }

    fn map_type(&mut self, key: &'a Expr, value: &'a Expr) -> TypeId {
        let k = self.var_type(key);
        let v = self.var_type(value);
        // Basic and pointer keys need no second look.
        if !matches!(self.store.ty(k), Type::Basic(_) | Type::Pointer(_)) {
            self.later(move |c| {
                if c.comparable_type(k, true) {
                    return;
                }
                let why = match c.is_type_param(k) {
                    true => " (missing comparable constraint)",
                    false => "",
                };
                let msg = format!("invalid map key type {}{why}", c.ts(k));
                c.error("IncomparableMapKey", key.span, msg);
            });
        }
        self.store.new_type(Type::Map { key: k, value: v })
    }

    fn instantiated_type(&mut self, x: &'a Expr, args: &'a [Expr]) -> TypeId {
        let generic = match self.generic_type(x) {
            Ok(t) => t,
            Err(cause) => {
                if let Some(cause) = cause {
                    let list = crate::exprstring::expr_list_string(args);
                    let msg = format!("invalid operation: {}[{list}] ({cause})", self.expr_str(x));
                    self.error("NotAGenericType", x.span, msg);
                }
                self.use_exprs(args);
                return self.invalid();
            }
        };
        let Some(targs) = self.type_list(args) else { return self.invalid() };
        let obj = match self.store.ty(generic) {
            Type::Named(n) => n.obj,
            Type::Alias(a) => a.obj,
            _ => return self.invalid(),
        };
        let tparams = self.type_params_of_type(generic);
        let name = self.store.obj(obj).name;
        if !self.validate_targ_len(x.span, &name, tparams.len(), targs.len()) {
            // A defined type stays itself, so that what is done with it can be checked.
            return match self.store.ty(generic) {
                Type::Named(_) => self.instance(generic, &targs),
                _ => self.invalid(),
            };
        }
        let inst = self.instance(generic, &targs);
        self.record_instance(x, targs.clone(), inst);
        self.instance_spans.entry(inst).or_insert(x.span);
        self.later(move |c| {
            match c.verify(&tparams, &targs) {
                Err((i, msg)) => {
                    let at = args.get(i).map_or(x.span, |a| a.span);
                    c.soft_error("InvalidTypeArg", at, msg);
                }
                Ok(()) => c.record_mono_instance(x.span, &tparams, &targs, args),
            };
        });
        inst
    }

    /// The type parameters of a generic defined type or alias.
    pub(crate) fn type_params_of_type(&self, t: TypeId) -> Vec<TypeId> {
        match self.store.ty(t) {
            Type::Named(n) => n.tparams.clone(),
            Type::Alias(a) => a.tparams.clone(),
            _ => Vec::new(),
        }
    }

    /// The types that a list of expressions denotes; `None` if one of them is invalid.
    pub(crate) fn type_list(&mut self, list: &'a [Expr]) -> Option<Vec<TypeId>> {
        let mut out = Vec::with_capacity(list.len());
        let mut ok = true;
        for e in list {
            let t = self.var_type(e);
            ok &= self.is_valid(t) || self.is_pending_alias(t);
            out.push(t);
        }
        ok.then_some(out)
    }

    /// The value of an array length, negative after an error.
    fn array_length(&mut self, e: &'a Expr) -> i64 {
        match self.length_value(e) {
            Ok(n) => n,
            Err(problem) => {
                if let Some((span, msg)) = problem {
                    self.error("InvalidArrayLen", span, msg);
                }
                -1
            }
        }
    }

    /// The value of an array length, or what is wrong with it, if that wasn't reported.
    fn length_value(&mut self, e: &'a Expr) -> Result<i64, Option<(Span, String)>> {
        if let ExprKind::Ident(name) = &e.kind {
            // `type T[P any]` without the constraint looks like an array type.
            let msg = match self.lookup(*name) {
                None => format!("undefined array length {name} or missing type constraint"),
                Some(o) if !matches!(self.store.obj(o).kind, ObjKind::Const { .. }) => {
                    self.mark_used(o);
                    format!("invalid array length {name}")
                }
                Some(_) => String::new(),
            };
            if !msg.is_empty() {
                return Err(Some((e.span, msg)));
            }
        }
        let mut x = Operand::new();
        self.expr(None, &mut x, e);
        if x.is_invalid() {
            return Err(None);
        }
        let integer = self.is_integer(x.typ);
        let problem = match x.val() {
            Some(v) if integer || self.is_untyped(x.typ) => match v.int64_val() {
                Some(n) if n >= 0 => return Ok(n),
                _ if matches!(v, Value::Unknown) => return Err(None),
                _ if integer => None,
                _ => Some("integer"),
            },
            Some(_) => Some("integer"),
            None => Some("constant"),
        };
        let x_str = self.op_str(&x);
        let msg = match problem {
            Some(want) => format!("array length {x_str} must be {want}"),
            None => format!("invalid array length {x_str}"),
        };
        Err(Some((x.span(), msg)))
    }
}

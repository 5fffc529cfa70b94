//! Calls of built-in functions (specification, "Built-in functions", "Package unsafe").
//!
//! In: the call; the operand to fill. Out: true if the call is valid, its result in the operand. The
//! signature that the call uses is recorded at the function's name, unless the result is constant.

use crate::check::{Operand, OperandMode};
use crate::constant::{self, Value};
use crate::expr::ExprForm;
use crate::position::{ellipsis, rparen, span_of};
use crate::store::EMPTY_INTERFACE;
use crate::{BasicKind, BuiltinId, Checker, Type, TypeId};
use syntax::ast::{BinaryOp, CallExpr, ChanDir, Expr};

/// How many arguments a built-in takes at least, and whether it takes more.
fn arity(id: BuiltinId) -> (usize, bool) {
    use BuiltinId::*;
    match id {
        Append | Make | Max | Min => (1, true),
        Print | Println | Trace => (0, true),
        Recover => (0, false),
        Complex | Copy | Delete | Add | Slice | String => (2, false),
        _ => (1, false),
    }
}

/// Whether a call of the built-in is a value or may stand as a statement.
pub(crate) fn form(id: BuiltinId) -> ExprForm {
    use BuiltinId::*;
    match id {
        Clear | Close | Copy | Delete | Panic | Print | Println | Recover | Assert => {
            ExprForm::Statement
        }
        _ => ExprForm::Expression,
    }
}

/// The call that is being checked.
#[derive(Clone, Copy)]
pub(crate) struct Call<'a> {
    pub e: &'a Expr,
    pub call: &'a CallExpr,
    pub id: BuiltinId,
}

impl<'a> Checker<'a> {
    /// Checks the call `e` of a built-in; false if it is not valid.
    pub(crate) fn builtin(
        &mut self,
        x: &mut Operand<'a>,
        e: &'a Expr,
        call: &'a CallExpr,
        id: BuiltinId,
    ) -> bool {
        let c = Call { e, call, id };
        if call.ellipsis.is_some() && id != BuiltinId::Append {
            let msg = format!("invalid operation: invalid use of ... with built-in {}", id.name());
            let at = self.at_token(ellipsis(call), span_of(e).lo);
            self.error("InvalidDotDotDot", at, msg);
            self.use_exprs(&call.args);
            return false;
        }
        // len and cap are constant if the argument calls nothing.
        let outer_calls = self.env.has_call_or_recv;
        if matches!(id, BuiltinId::Len | BuiltinId::Cap) {
            self.env.has_call_or_recv = false;
        }
        let ok = self.builtin_args(x, c);
        if matches!(id, BuiltinId::Len | BuiltinId::Cap) {
            self.env.has_call_or_recv = outer_calls;
        }
        ok
    }

    fn builtin_args(&mut self, x: &mut Operand<'a>, c: Call<'a>) -> bool {
        use BuiltinId::*;
        let list = &c.call.args;
        let special = matches!(c.id, Make | New | Offsetof | Trace);
        let mut args = Vec::new();
        let mut nargs = list.len();
        if !special {
            args = self.expr_list(list);
            nargs = args.len();
            if list.is_empty() {
                args.clear();
                nargs = 0;
            }
            if args.iter().any(Operand::is_invalid) {
                return false;
            }
            if let Some(first) = args.first() {
                *x = first.clone();
            }
        }
        let (want, more) = arity(c.id);
        let qualifier = match nargs {
            n if n < want => "not enough",
            n if n > want && !more => "too many",
            _ => "",
        };
        if !qualifier.is_empty() {
            let call = self.expr_str(c.e);
            let msg = format!(
                "invalid operation: {qualifier} arguments for {call} (expected {want}, found {nargs})"
            );
            let at = self.at_token(rparen(c.call), span_of(c.e).lo);
            self.error("WrongArgCount", at, msg);
            return false;
        }
        match c.id {
            Append => self.builtin_append(x, c, args),
            Cap | Len => self.builtin_len(x, c),
            Clear => self.builtin_clear(x, c),
            Close => self.builtin_close(x, c),
            Complex => self.builtin_complex(x, c, args),
            Copy => self.builtin_copy(x, c, args),
            Delete => self.builtin_delete(x, c, args),
            Imag | Real => self.builtin_part(x, c),
            Make => self.builtin_make(x, c),
            Max | Min => self.builtin_max(x, c, args),
            New => self.builtin_new(x, c),
            Panic => {
                if self.env.sig.is_some() {
                    self.env.panic_calls.insert(c.e.id);
                }
                self.assignment(x, Some(EMPTY_INTERFACE), "argument to panic");
                self.finish_call(x, c, None, &[EMPTY_INTERFACE])
            }
            Print | Println => self.builtin_print(x, c, args),
            Recover => self.finish_call(x, c, Some(EMPTY_INTERFACE), &[]),
            Add | Slice | SliceData | String | StringData => self.builtin_unsafe(x, c, args),
            Alignof | Sizeof => self.builtin_size(x, c),
            Offsetof => self.builtin_offsetof(x, c),
            Assert => self.builtin_assert(x, c),
            Trace => self.builtin_trace(x, c),
        }
    }

    /// Ends a valid, non-constant call: records the signature and sets the result (`None`: the call
    /// has no value). False if `x` has become invalid.
    pub(crate) fn finish_call(
        &mut self,
        x: &mut Operand<'a>,
        c: Call<'a>,
        result: Option<TypeId>,
        params: &[TypeId],
    ) -> bool {
        if x.is_invalid() {
            return false;
        }
        let sig = self.make_sig(result, params, false);
        self.record_builtin_type(&c.call.fun, c.id, sig);
        match result {
            Some(t) => {
                x.mode = OperandMode::Value;
                x.typ = t;
            }
            None => {
                x.mode = OperandMode::NoValue;
                x.typ = self.typ_of(BasicKind::Invalid);
            }
        }
        true
    }

    /// Reports at `x`, and is false.
    pub(crate) fn reject(&mut self, x: &Operand<'a>, code: &'static str, msg: String) -> bool {
        self.error(code, x.span(), msg);
        false
    }

    /// The element type of the slice `x`, or why there is none.
    fn slice_elem_of(&mut self, x: &Operand<'a>) -> Result<TypeId, String> {
        let mut elem = None;
        for item in self.type_set_of(x.typ) {
            let Some(&Type::Slice(e)) = item.map(|(_, u)| self.store.ty(u)) else {
                let have = match x.is_nil() {
                    true => "untyped nil".to_string(),
                    false => self.op_str(x),
                };
                return Err(format!("argument must be a slice; have {have}"));
            };
            match elem {
                None => elem = Some(e),
                Some(first) if self.identical(first, e) => {}
                Some(first) => {
                    let (a, b, x) = (self.ts(first), self.ts(e), self.op_str(x));
                    return Err(format!("mismatched slice element types {a} and {b} in {x}"));
                }
            }
        }
        elem.ok_or_else(|| "argument must be a slice".to_string())
    }

    /// Whether `x` can be a []byte, and all types of `y` are strings or byte slices.
    fn is_bytes_and_string(&mut self, x: &Operand<'a>, y: &Operand<'a>) -> bool {
        let byte = self.typ_of(BasicKind::Byte);
        // Most calls are decided without making a type.
        let mut some_string = false;
        for item in self.type_set_of(y.typ) {
            match item.map(|(_, u)| self.store.ty(u)) {
                Some(Type::Basic(k)) if k.is_string() => some_string = true,
                Some(&Type::Slice(elem)) => {
                    if !self.identical(elem, byte) {
                        return false;
                    }
                }
                _ => return false,
            }
        }
        if !some_string {
            return false;
        }
        let bytes = self.store.new_type(Type::Slice(byte));
        self.assignable_to(x, bytes, None).is_ok()
    }

    /// An untyped string argument gets its default type.
    fn settle_string(&mut self, y: &mut Operand<'a>) {
        if self.is_untyped(y.typ) {
            let string = self.typ_of(BasicKind::String);
            self.convert_untyped(y, string);
        }
    }

    fn builtin_append(
        &mut self,
        x: &mut Operand<'a>,
        c: Call<'a>,
        mut args: Vec<Operand<'a>>,
    ) -> bool {
        let elem = match self.slice_elem_of(x) {
            Ok(elem) => elem,
            Err(why) => {
                return self.reject(x, "InvalidAppend", format!("invalid append: {why}"));
            }
        };
        let typ = x.typ;
        let sig = if args.len() == 2
            && c.call.ellipsis.is_some()
            && self.is_bytes_and_string(x, &args[1])
        {
            // append([]byte, string...)
            self.settle_string(&mut args[1]);
            self.make_sig(Some(typ), &[typ, args[1].typ], true)
        } else {
            let rest = self.store.new_type(Type::Slice(elem));
            let sig = self.make_sig(Some(typ), &[typ, rest], true);
            self.arguments(c.e, c.call, sig, Vec::new(), &[], &mut args, Vec::new());
            sig
        };
        self.record_builtin_type(&c.call.fun, c.id, sig);
        x.mode = OperandMode::Value;
        x.typ = typ;
        true
    }

    fn builtin_len(&mut self, x: &mut Operand<'a>, c: Call<'a>) -> bool {
        let len = c.id == BuiltinId::Len;
        let int = self.typ_of(BasicKind::Int);
        let mut constant = None;
        let valid = if self.store.is_type_param(x.typ) {
            let items: Vec<_> = self.type_set_of(x.typ).collect();
            items.into_iter().all(|item| item.is_some_and(|(_, u)| self.has_len(u, len)))
        } else {
            let u = self.under(x.typ);
            if let OperandMode::Constant(v) = &x.mode
                && len
            {
                constant = match v {
                    Value::String(s) => Some(Value::int(s.len() as i64)),
                    _ => None,
                };
            } else if !self.env.has_call_or_recv {
                constant = self.array_len(u).map(|n| match n {
                    0.. => Value::int(n),
                    _ => Value::Unknown,
                });
            }
            self.has_len(u, len)
        };
        if !valid {
            let under = self.under(x.typ);
            if self.is_valid(under) {
                let code = if len { "InvalidLen" } else { "InvalidCap" };
                let msg =
                    format!("invalid argument: {} for built-in {}", self.op_str(x), c.id.name());
                self.error(code, x.span(), msg);
            }
            return false;
        }
        match constant {
            Some(v) => {
                x.set_const(v, int);
                true
            }
            None => {
                let t = x.typ;
                self.finish_call(x, c, Some(int), &[t])
            }
        }
    }

    /// The length of an array or of what a pointer to an array points to.
    fn array_len(&mut self, u: TypeId) -> Option<i64> {
        let u = match *self.store.ty(u) {
            Type::Pointer(base) => self.under(base),
            _ => u,
        };
        match *self.store.ty(u) {
            Type::Array { len, .. } => Some(len),
            _ => None,
        }
    }

    /// Whether `len` (else `cap`) is defined for values of the underlying type `u`.
    fn has_len(&mut self, u: TypeId, len: bool) -> bool {
        match *self.store.ty(u) {
            Type::Basic(k) => len && k.is_string(),
            Type::Map { .. } => len,
            Type::Slice(_) | Type::Chan { .. } | Type::Array { .. } => true,
            Type::Pointer(_) => self.array_len(u).is_some(),
            _ => false,
        }
    }

    fn builtin_clear(&mut self, x: &mut Operand<'a>, c: Call<'a>) -> bool {
        self.verify_version(c.call.fun.span, (1, 21), "clear");
        for item in self.type_set_of(x.typ) {
            let ty = item.map(|(_, u)| self.store.ty(u));
            if !matches!(ty, Some(Type::Map { .. } | Type::Slice(_))) {
                let x_str = self.op_str(x);
                let msg = format!(
                    "invalid argument: cannot clear {x_str}: argument must be (or constrained by) map or slice"
                );
                return self.reject(x, "InvalidClear", msg);
            }
        }
        let t = x.typ;
        self.finish_call(x, c, None, &[t])
    }

    fn builtin_close(&mut self, x: &mut Operand<'a>, c: Call<'a>) -> bool {
        for item in self.type_set_of(x.typ) {
            let what = match item.map(|(_, u)| self.store.ty(u)) {
                Some(Type::Chan { dir: ChanDir::Recv, .. }) => "receive-only channel",
                Some(Type::Chan { .. }) => continue,
                _ => "non-channel",
            };
            let msg = format!("invalid operation: cannot close {what} {}", self.op_str(x));
            return self.reject(x, "InvalidClose", msg);
        }
        let t = x.typ;
        self.finish_call(x, c, None, &[t])
    }

    fn builtin_complex(
        &mut self,
        x: &mut Operand<'a>,
        c: Call<'a>,
        mut args: Vec<Operand<'a>>,
    ) -> bool {
        let Some(mut y) = args.pop().filter(|_| !args.is_empty()) else { return false };
        match (self.is_untyped(x.typ), self.is_untyped(y.typ)) {
            (false, false) => {}
            (true, false) => self.convert_untyped(x, y.typ),
            (false, true) => self.convert_untyped(&mut y, x.typ),
            (true, true) if x.is_const() && y.is_const() => {
                let float = self.typ_of(BasicKind::UntypedFloat);
                for z in [&mut *x, &mut y] {
                    let real = z.val().is_some_and(|v| v.is_numeric() && v.imag().sign() == 0);
                    if self.store.is_numeric(z.typ) && real {
                        z.typ = float;
                    }
                }
            }
            // Shifts whose type is still open.
            (true, true) => {
                let float = self.typ_of(BasicKind::Float64);
                self.convert_untyped(x, float);
                self.convert_untyped(&mut y, float);
            }
        }
        if x.is_invalid() || y.is_invalid() {
            return false;
        }
        if !self.identical(x.typ, y.typ) {
            let (call, xt, yt) = (self.expr_str(c.e), self.ts(x.typ), self.ts(y.typ));
            let msg = format!("invalid operation: {call} (mismatched types {xt} and {yt})");
            return self.reject(x, "InvalidComplex", msg);
        }
        let result = match self.apply_type_func(x, c.id, |k| match k {
            BasicKind::Float32 => Some(BasicKind::Complex64),
            BasicKind::Float64 => Some(BasicKind::Complex128),
            BasicKind::UntypedFloat => Some(BasicKind::UntypedComplex),
            _ => None,
        }) {
            Ok(t) => t,
            Err(true) => return false,
            Err(false) => {
                let t = self.ts(x.typ);
                let msg =
                    format!("invalid argument: arguments have type {t}, expected floating-point");
                return self.reject(x, "InvalidComplex", msg);
            }
        };
        if let (Some(re), Some(im)) = (x.val(), y.val()) {
            let v = Value::complex(&re.to_float(), &im.to_float());
            x.set_const(v, result);
            return true;
        }
        let t = x.typ;
        self.finish_call(x, c, Some(result), &[t, t])
    }

    /// Applies `f` to the basic kind of `x`. `Err(true)`: reported; `Err(false)`: not defined.
    fn apply_type_func(
        &mut self,
        x: &Operand<'a>,
        id: BuiltinId,
        f: fn(BasicKind) -> Option<BasicKind>,
    ) -> Result<TypeId, bool> {
        if !self.store.is_type_param(x.typ) {
            let kind = self.store.basic_kind(x.typ).and_then(f);
            return kind.map(|k| self.typ_of(k)).ok_or(false);
        }
        for item in self.type_set_of(x.typ) {
            let kind = item.and_then(|(_, u)| self.store.basic_kind(u)).and_then(f);
            if kind.is_none() {
                return Err(false);
            }
        }
        let code = match id {
            BuiltinId::Real => "InvalidReal",
            BuiltinId::Imag => "InvalidImag",
            _ => "InvalidComplex",
        };
        let msg = format!(
            "{} not supported as argument to built-in {} for go1.18 (see go.dev/issue/50937)",
            self.op_str(x),
            id.name()
        );
        self.soft_error(code, x.span(), msg);
        Err(true)
    }

    fn builtin_copy(
        &mut self,
        x: &mut Operand<'a>,
        c: Call<'a>,
        mut args: Vec<Operand<'a>>,
    ) -> bool {
        let Some(mut y) = args.pop().filter(|_| !args.is_empty()) else { return false };
        let dst = match self.slice_elem_of(x) {
            Ok(elem) => elem,
            Err(why) => return self.reject(x, "InvalidCopy", format!("invalid copy: {why}")),
        };
        if self.is_bytes_and_string(x, &y) {
            self.settle_string(&mut y);
        } else {
            let src = match self.slice_elem_of(&y) {
                Ok(elem) => elem,
                // For a better message.
                Err(_) if self.store.all_string(y.typ) => self.typ_of(BasicKind::Byte),
                Err(why) => {
                    return self.reject(&y, "InvalidCopy", format!("invalid copy: {why}"));
                }
            };
            if !self.identical(dst, src) {
                let (xs, ys) = (self.op_str(x), self.op_str(&y));
                let (d, s) = (self.ts(dst), self.ts(src));
                let msg = format!(
                    "invalid copy: arguments {xs} and {ys} have different element types {d} and {s}"
                );
                return self.reject(x, "InvalidCopy", msg);
            }
        }
        let (int, xt) = (self.typ_of(BasicKind::Int), x.typ);
        self.finish_call(x, c, Some(int), &[xt, y.typ])
    }

    fn builtin_delete(
        &mut self,
        x: &mut Operand<'a>,
        c: Call<'a>,
        mut args: Vec<Operand<'a>>,
    ) -> bool {
        let Some(k) = args.pop().filter(|_| !args.is_empty()) else { return false };
        let map = x.typ;
        let mut key = None;
        for item in self.type_set_of(map) {
            let Some(&Type::Map { key: found, .. }) = item.map(|(_, u)| self.store.ty(u)) else {
                let msg = format!("invalid argument: {} is not a map", self.op_str(x));
                return self.reject(x, "InvalidDelete", msg);
            };
            if key.is_some_and(|key| !self.identical(key, found)) {
                let msg = format!(
                    "invalid argument: maps of {} must have identical key types",
                    self.op_str(x)
                );
                return self.reject(x, "InvalidDelete", msg);
            }
            key = Some(found);
        }
        let Some(key) = key else { return false };
        *x = k;
        self.assignment(x, Some(key), "argument to delete");
        self.finish_call(x, c, None, &[map, key])
    }

    /// `real` and `imag`.
    fn builtin_part(&mut self, x: &mut Operand<'a>, c: Call<'a>) -> bool {
        if self.is_untyped(x.typ) {
            if !x.is_const() {
                self.convert_untyped(x, self.typ_of(BasicKind::Complex128));
                if x.is_invalid() {
                    return false;
                }
            } else if self.store.is_numeric(x.typ) {
                x.typ = self.typ_of(BasicKind::UntypedComplex);
            }
        }
        let real = c.id == BuiltinId::Real;
        let result = match self.apply_type_func(x, c.id, |k| match k {
            BasicKind::Complex64 => Some(BasicKind::Float32),
            BasicKind::Complex128 => Some(BasicKind::Float64),
            BasicKind::UntypedComplex => Some(BasicKind::UntypedFloat),
            _ => None,
        }) {
            Ok(t) => t,
            Err(true) => return false,
            Err(false) => {
                let code = if real { "InvalidReal" } else { "InvalidImag" };
                let t = self.ts(x.typ);
                let msg = format!("invalid argument: argument has type {t}, expected complex type");
                return self.reject(x, code, msg);
            }
        };
        if let Some(v) = x.val() {
            let part = if real { v.real() } else { v.imag() };
            x.set_const(part, result);
            return true;
        }
        let t = x.typ;
        self.finish_call(x, c, Some(result), &[t])
    }

    fn builtin_make(&mut self, x: &mut Operand<'a>, c: Call<'a>) -> bool {
        let args = &c.call.args;
        let t = self.var_type(&args[0]);
        if !self.is_valid(t) {
            self.use_exprs(&args[1..]);
            return false;
        }
        let mut why = None;
        for item in self.type_set_of(t) {
            why = match item.map(|(_, u)| self.store.ty(u)) {
                Some(Type::Slice(_) | Type::Map { .. } | Type::Chan { .. }) => continue,
                Some(_) => Some("type must be slice, map, or channel".to_string()),
                None => Some("no specific type".to_string()),
            };
            break;
        }
        let under = match why {
            Some(why) => Err(why),
            None => self.common_under(t),
        };
        let min = match under.map(|u| self.store.ty(u)) {
            Ok(Type::Slice(_)) => 2,
            Ok(_) => 1,
            Err(why) => {
                let arg = self.expr_str(&args[0]);
                let msg = format!("invalid argument: cannot make {arg}: {why}");
                self.error("InvalidMake", span_of(&args[0]), msg);
                self.use_exprs(&args[1..]);
                return false;
            }
        };
        let n = args.len();
        if n < min || n > min + 1 {
            let (call, max) = (self.expr_str(c.e), min + 1);
            let msg =
                format!("invalid operation: {call} expects {min} or {max} arguments; found {n}");
            self.error("WrongArgCount", span_of(c.e), msg);
            return false;
        }
        let mut params = vec![t];
        let mut sizes = Vec::new();
        for arg in &args[1..] {
            let size = self.index(arg, None);
            params.push(self.info.type_of(arg.id).unwrap_or(self.typ_of(BasicKind::Int)));
            sizes.extend(size.ok().flatten());
        }
        if let [len, cap] = sizes[..]
            && len > cap
        {
            let msg = "invalid argument: length and capacity swapped";
            self.error("SwappedMakeArgs", span_of(&args[1]), msg);
        }
        self.finish_call(x, c, Some(t), &params)
    }

    /// `max` and `min`.
    fn builtin_max(&mut self, x: &mut Operand<'a>, c: Call<'a>, args: Vec<Operand<'a>>) -> bool {
        let (name, count) = (c.id.name(), args.len());
        self.verify_version(c.call.fun.span, (1, 21), &format!("built-in {name}"));
        let op = if c.id == BuiltinId::Max { BinaryOp::Gt } else { BinaryOp::Lt };
        let exprs: Vec<_> = args.iter().map(|a| a.expr).collect();
        for (i, mut a) in args.into_iter().enumerate() {
            if !self.store.all_ordered(a.typ) {
                let msg = format!("invalid argument: {} cannot be ordered", self.op_str(&a));
                return self.reject(&a, "InvalidMinMaxOperand", msg);
            }
            if i == 0 {
                continue;
            }
            self.match_types(x, &mut a);
            if x.is_invalid() {
                return false;
            }
            if !self.identical(x.typ, a.typ) {
                let (xt, at, e) = (self.ts(x.typ), self.ts(a.typ), a.expr_string());
                let msg = format!(
                    "invalid argument: mismatched types {xt} (previous argument) and {at} (type of {e})"
                );
                return self.reject(&a, "MismatchedTypes", msg);
            }
            match (x.val(), a.val()) {
                (Some(v), Some(w)) => {
                    if constant::compare(w, op, v) {
                        *x = a;
                    }
                }
                _ => x.mode = OperandMode::Value,
            }
        }
        if !x.is_const() {
            x.mode = OperandMode::Value;
            // A value that exists at run time has a type.
            if self.is_untyped(x.typ) {
                let context = format!("argument to built-in {name}");
                self.assignment(x, Some(EMPTY_INTERFACE), &context);
                if x.is_invalid() {
                    return false;
                }
            }
        }
        for e in exprs {
            self.update_expr_type(e, x.typ, true);
        }
        if x.is_const() {
            return true;
        }
        let t = x.typ;
        self.finish_call(x, c, Some(t), &vec![t; count])
    }

    /// `new(T)` and, from Go 1.26 on, `new(v)`.
    fn builtin_new(&mut self, x: &mut Operand<'a>, c: Call<'a>) -> bool {
        let arg = &c.call.args[0];
        self.expr_or_type(x, arg, false);
        match x.mode {
            OperandMode::Invalid => return false,
            OperandMode::TypExpr => self.valid_var_type(arg, x.typ),
            OperandMode::Builtin(_) => {
                let msg = format!("{} must be called", self.op_str(x));
                return self.reject(x, "UncalledBuiltin", msg);
            }
            _ => {
                if self.is_untyped(x.typ) {
                    self.assignment(x, None, "argument to new");
                    if x.is_invalid() {
                        return false;
                    }
                }
                if !self.allow_version((1, 26)) {
                    let what = format!("new({})", self.expr_str(arg));
                    self.verify_version(c.call.fun.span, (1, 26), &what);
                }
            }
        }
        let t = x.typ;
        let pointer = self.store.new_type(Type::Pointer(t));
        self.finish_call(x, c, Some(pointer), &[t])
    }

    fn builtin_print(
        &mut self,
        x: &mut Operand<'a>,
        c: Call<'a>,
        mut args: Vec<Operand<'a>>,
    ) -> bool {
        let context = format!("argument to built-in {}", c.id.name());
        let mut params = Vec::with_capacity(args.len());
        for a in &mut args {
            self.assignment(a, None, &context);
            if a.is_invalid() {
                return false;
            }
            params.push(a.typ);
        }
        self.finish_call(x, c, None, &params)
    }

    /// `assert(condition)`, for tests of the checker: the condition.
    fn builtin_assert(&mut self, x: &mut Operand<'a>, c: Call<'a>) -> bool {
        match x.val() {
            Some(Value::Bool(true)) => {}
            Some(Value::Bool(false)) => {
                let msg = format!("{} failed", self.expr_str(c.e));
                self.error("Test", span_of(c.e), msg);
            }
            _ => {
                let msg = format!("invalid argument: {} is not a boolean constant", self.op_str(x));
                return self.reject(x, "Test", msg);
            }
        }
        true
    }

    /// `trace(x, ...)`, for tests of the checker: its first argument.
    fn builtin_trace(&mut self, x: &mut Operand<'a>, c: Call<'a>) -> bool {
        let Some((first, rest)) = c.call.args.split_first() else {
            x.mode = OperandMode::NoValue;
            return true;
        };
        self.raw_expr(None, x, first, None, false);
        for e in rest {
            let mut y = Operand::new();
            self.raw_expr(None, &mut y, e, None, false);
        }
        !x.is_invalid()
    }
}

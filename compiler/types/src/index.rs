//! Index and slice expressions (specification, "Index expressions", "Slice expressions").
//!
//! In: the expression. Out: the operand of the element or slice; index expressions that turn out to
//! be instantiations are handed back to the caller.

use crate::check::{Operand, OperandMode};
use crate::r#const::{Code, representable_const};
use crate::constant::Value;
use crate::position::span_of;
use crate::{BasicKind, Checker, Type, TypeId};
use diag::Span;
use syntax::ast::{Expr, ExprKind};

/// How an indexable type is indexed.
struct Indexable {
    /// For maps.
    key: Option<TypeId>,
    elem: TypeId,
    /// Of arrays.
    len: Option<i64>,
    addressable: bool,
}

impl<'a> Checker<'a> {
    /// Checks `x[i]`; true if it instantiates the generic function that `x` then is.
    pub(crate) fn index_expr(&mut self, x: &mut Operand<'a>, e: &'a Expr) -> bool {
        let ExprKind::Index { x: base, indices, lbrack } = &e.kind else { return false };
        self.expr_or_type(x, base, true);
        match x.mode {
            OperandMode::Invalid => {
                self.use_exprs(indices);
                return false;
            }
            OperandMode::TypExpr => {
                x.invalidate();
                x.typ = self.var_type(e);
                if self.is_valid(x.typ) {
                    x.mode = OperandMode::TypExpr;
                }
                return false;
            }
            OperandMode::Value => {
                if let Type::Signature(sig) = self.store.ty(x.typ)
                    && !sig.tparams.is_empty()
                {
                    return true;
                }
            }
            _ => {}
        }
        self.non_generic(None, x);
        if x.is_invalid() {
            return false;
        }
        if let Type::Pointer(base) = *self.store.ty(x.typ)
            && !self.is_complete(base)
        {
            self.use_exprs(indices);
            x.invalidate();
            return false;
        }
        let Some(how) = self.indexable(x) else {
            let msg = format!("cannot index {}", self.op_str(x));
            let at = self.at_token(x.span(), *lbrack);
            self.error("NonSliceableOperand", at, msg);
            self.use_exprs(indices);
            x.invalidate();
            return false;
        };
        let Some(index) = self.single_index(indices) else {
            x.invalidate();
            return false;
        };
        let mut len = how.len;
        if let OperandMode::Constant(Value::String(s)) = &x.mode {
            len = Some(s.len() as i64);
            self.settle_untyped(x);
        }
        x.typ = how.elem;
        if let Some(key) = how.key {
            let mut k = Operand::new();
            self.generic_expr(&mut k, index, None);
            self.assignment(&mut k, Some(key), "map index");
            // The element's type is known even if the key is wrong.
            x.mode = OperandMode::MapIndex;
            return false;
        }
        x.mode = match how.addressable {
            true => OperandMode::Variable,
            false => OperandMode::Value,
        };
        let _ = self.index(index, len);
        false
    }

    /// An untyped operand that will exist at run time gets its default type.
    pub(crate) fn settle_untyped(&mut self, x: &mut Operand<'a>) {
        if !x.is_invalid() && self.is_untyped(x.typ) {
            x.typ = self.store.default_type(x.typ);
            self.update_expr_type(x.expr, x.typ, true);
        }
    }

    /// How `x` is indexed; all types of a type parameter's set must be indexed alike.
    fn indexable(&mut self, x: &Operand<'a>) -> Option<Indexable> {
        let variable = x.mode == OperandMode::Variable;
        let mut all: Option<Indexable> = None;
        for item in self.type_set_of(x.typ) {
            let one = self.indexable_type(item?.1, variable)?;
            let Some(all) = &mut all else {
                all = Some(one);
                continue;
            };
            let same_key = match (all.key, one.key) {
                (None, None) => true,
                (Some(a), Some(b)) => self.identical(a, b),
                _ => false,
            };
            if !same_key || !self.identical(all.elem, one.elem) {
                return None;
            }
            all.addressable &= one.addressable;
            all.len = match (all.len, one.len) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        all
    }

    fn indexable_type(&mut self, u: TypeId, variable: bool) -> Option<Indexable> {
        let plain = |elem, len, addressable| Indexable { key: None, elem, len, addressable };
        match *self.store.ty(u) {
            Type::Basic(k) if k.is_string() => {
                Some(plain(self.typ_of(BasicKind::Byte), None, false))
            }
            Type::Array { elem, len } => Some(plain(elem, known_len(len), variable)),
            Type::Pointer(base) => {
                let b = self.under(base);
                match *self.store.ty(b) {
                    Type::Array { elem, len } => Some(plain(elem, known_len(len), true)),
                    _ => None,
                }
            }
            Type::Slice(elem) => Some(plain(elem, None, true)),
            Type::Map { key, value } => {
                Some(Indexable { key: Some(key), elem: value, len: None, addressable: false })
            }
            _ => None,
        }
    }

    /// The only index; of several, after a report, the first.
    fn single_index(&mut self, indices: &'a [Expr]) -> Option<&'a Expr> {
        if let Some(second) = indices.get(1) {
            let msg = "invalid operation: more than one index";
            self.error("InvalidIndex", span_of(second), msg);
        }
        indices.first()
    }

    /// Checks an index below `max` (if known). If it is constant and valid, its value is returned;
    /// `Err` if it isn't valid.
    pub(crate) fn index(&mut self, e: &'a Expr, max: Option<i64>) -> Result<Option<i64>, ()> {
        let mut x = Operand::new();
        self.expr(None, &mut x, e);
        if !self.is_valid_index(&mut x, "InvalidIndex", "index", false) {
            return Err(());
        }
        let OperandMode::Constant(v) = &x.mode else { return Ok(None) };
        let Value::Int(i) = v.to_int() else { return Ok(None) };
        match i.to_i64() {
            Some(n) if max.is_none_or(|max| n < max) => Ok(Some(n)),
            _ => {
                let max = max.unwrap_or(i64::MAX);
                let msg = format!("invalid argument: index {v} out of bounds [0:{max}]");
                self.error("InvalidIndex", span_of(e), msg);
                Err(())
            }
        }
    }

    /// Whether `x` is an integer that can be an index, length or capacity; reports otherwise.
    pub(crate) fn is_valid_index(
        &mut self,
        x: &mut Operand<'a>,
        code: Code,
        what: &str,
        allow_negative: bool,
    ) -> bool {
        if x.is_invalid() {
            return false;
        }
        self.convert_untyped(x, self.typ_of(BasicKind::Int));
        if x.is_invalid() {
            return false;
        }
        let problem = if !self.all_integer(x.typ) {
            "must be integer"
        } else if let OperandMode::Constant(v) = &x.mode {
            if !allow_negative && v.sign() < 0 {
                "must not be negative"
            } else if representable_const(v, BasicKind::Int).is_none() {
                "overflows int"
            } else {
                return true;
            }
        } else {
            return true;
        };
        let msg = format!("invalid argument: {what} {} {problem}", self.op_str(x));
        self.error(code, x.span(), msg);
        false
    }

    /// Checks `x[lo:hi:max]`.
    pub(crate) fn slice_expr(&mut self, x: &mut Operand<'a>, e: &'a Expr) {
        let ExprKind::Slice { x: base, lo, hi, max, three, .. } = &e.kind else { return };
        let parts = [lo, hi, max].map(|p| p.as_deref());
        self.expr(None, x, base);
        if x.is_invalid() {
            for part in parts.into_iter().flatten() {
                self.use_exprs(std::slice::from_ref(part));
            }
            return;
        }
        let Some(under) = self.sliceable(x) else { return x.invalidate() };
        let mut len = None;
        let typ = match *self.store.ty(under) {
            Type::Basic(k) if k.is_string() => {
                if *three {
                    let at = parts[2].map_or(e.span, |p| p.span);
                    let msg = "invalid operation: 3-index slice of string";
                    self.error("InvalidSliceExpr", at, msg);
                    return x.invalidate();
                }
                if let OperandMode::Constant(Value::String(s)) = &x.mode {
                    len = Some(s.len() as i64);
                    self.settle_untyped(x);
                }
                Some(x.typ)
            }
            Type::Array { elem, len: n } => {
                if x.mode != OperandMode::Variable {
                    let msg = format!("cannot slice unaddressable value {}", self.op_str(x));
                    self.error("NonSliceableOperand", x.span(), msg);
                    return x.invalidate();
                }
                len = known_len(n);
                Some(self.store.new_type(Type::Slice(elem)))
            }
            Type::Pointer(base) => {
                if !self.is_complete(base) {
                    return x.invalidate();
                }
                let b = self.under(base);
                match *self.store.ty(b) {
                    Type::Array { elem, len: n } => {
                        len = known_len(n);
                        Some(self.store.new_type(Type::Slice(elem)))
                    }
                    _ => None,
                }
            }
            Type::Slice(_) => Some(x.typ),
            _ => None,
        };
        let Some(typ) = typ else {
            let msg = format!("cannot slice {}", self.op_str(x));
            self.error("NonSliceableOperand", x.span(), msg);
            return x.invalidate();
        };
        x.mode = OperandMode::Value;
        x.typ = typ;
        if *three && (parts[1].is_none() || parts[2].is_none()) {
            let msg = "invalid syntax tree: 2nd and 3rd index required in 3-index slice";
            self.error("InvalidSyntaxTree", span_of(e), msg);
            return x.invalidate();
        }
        self.slice_indices(parts, len);
    }

    /// Checks the indices of a slice expression, and that constant ones ascend.
    fn slice_indices(&mut self, parts: [Option<&'a Expr>; 3], len: Option<i64>) {
        let mut values = [None; 3];
        for (i, part) in parts.into_iter().enumerate() {
            values[i] = match part {
                Some(p) => self
                    .index(p, len.map(|n| n.saturating_add(1)))
                    .ok()
                    .flatten()
                    .map(|v| (v, p.span)),
                None if i == 0 => Some((0, Span::NONE)),
                None => len.map(|n| (n, Span::NONE)),
            };
        }
        for i in 0..2 {
            let Some((low, _)) = values[i] else { continue };
            for (high, at) in values[i + 1..].iter().flatten() {
                // Only written indices can be too small: the defaults are the length.
                if low > 0 && *high < low && at.is_known() {
                    let msg = format!("invalid slice indices: {high} < {low}");
                    return self.error("SwappedSliceIndices", *at, msg);
                }
            }
        }
    }

    /// The underlying type as which `x` is sliced: strings and byte slices go together in a type
    /// set. Reports if there is none.
    fn sliceable(&mut self, x: &Operand<'a>) -> Option<TypeId> {
        if !self.store.is_type_param(x.typ) {
            return Some(self.under(x.typ));
        }
        let bytes = self.store.new_type(Type::Slice(self.typ_of(BasicKind::Byte)));
        let mut common: Option<(TypeId, TypeId)> = None;
        let mut has_string = false;
        for item in self.type_set_of(x.typ) {
            let problem = match (item, common) {
                (None, _) => format!("no specific type in {}", self.ts(x.typ)),
                (Some((t, u)), _) => {
                    let string = self.store.is_string(u);
                    has_string |= string;
                    let u = if string { bytes } else { u };
                    match common {
                        None => {
                            common = Some((t, u));
                            continue;
                        }
                        Some((_, cu)) if self.identical(cu, u) => continue,
                        Some((ct, _)) => {
                            let (a, b) = (self.ts(ct), self.ts(t));
                            format!("{a} and {b} have different underlying types")
                        }
                    }
                }
            };
            let msg = format!("cannot slice {}: {problem}", self.op_str(x));
            self.error("NonSliceableOperand", x.span(), msg);
            return None;
        }
        match has_string {
            true => Some(self.typ_of(BasicKind::String)),
            false => common.map(|(_, u)| u),
        }
    }
}

fn known_len(len: i64) -> Option<i64> {
    (len >= 0).then_some(len)
}

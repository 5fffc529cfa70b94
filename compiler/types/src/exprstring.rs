//! Expressions as messages show them: on one line, the contents of bodies and braces elided.

use syntax::ast::{ChanDir, Expr, ExprKind, Field, FuncType, InterfaceElem};

/// The source form of an expression, shortened: `f(x, func() {…})`, `T{…}`.
pub fn expr_string(e: &Expr) -> String {
    let mut out = String::new();
    write_expr(&mut out, e);
    out
}

/// The elements of an expression list, separated by commas.
pub fn expr_list_string(list: &[Expr]) -> String {
    let mut out = String::new();
    write_list(&mut out, list);
    out
}

fn write_list(out: &mut String, list: &[Expr]) {
    for (i, e) in list.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        write_expr(out, e);
    }
}

fn braces(out: &mut String, empty: bool) {
    out.push_str(if empty { "{}" } else { "{…}" });
}

fn write_expr(out: &mut String, e: &Expr) {
    match &e.kind {
        ExprKind::Bad => out.push_str("BadExpr"),
        ExprKind::Ident(name) => out.push_str(name),
        ExprKind::BasicLit { text, .. } => out.push_str(text),
        ExprKind::CompositeLit(lit) => {
            if let Some(t) = &lit.typ {
                write_expr(out, t);
            }
            braces(out, lit.elems.is_empty());
        }
        ExprKind::FuncLit(lit) => {
            out.push_str("func");
            write_signature(out, &lit.sig);
            out.push(' ');
            braces(out, lit.body.stmts.is_empty());
        }
        ExprKind::Paren(x) => {
            out.push('(');
            write_expr(out, x);
            out.push(')');
        }
        ExprKind::Selector { x, sel } => {
            write_expr(out, x);
            out.push('.');
            out.push_str(&sel.name);
        }
        ExprKind::Index { x, indices, .. } => {
            write_expr(out, x);
            out.push('[');
            write_list(out, indices);
            out.push(']');
        }
        ExprKind::Slice { x, lo, hi, max, three, .. } => {
            write_expr(out, x);
            out.push('[');
            let bounds = [lo, hi, max];
            for (i, b) in bounds.iter().take(if *three { 3 } else { 2 }).enumerate() {
                if i > 0 {
                    out.push(':');
                }
                if let Some(b) = b {
                    write_expr(out, b);
                }
            }
            out.push(']');
        }
        ExprKind::TypeAssert { x, typ } => {
            write_expr(out, x);
            out.push_str(".(");
            match typ {
                Some(t) => write_expr(out, t),
                None => out.push_str("type"),
            }
            out.push(')');
        }
        ExprKind::Call(call) => {
            write_expr(out, &call.fun);
            out.push('(');
            write_list(out, &call.args);
            if call.ellipsis.is_some() {
                out.push_str("...");
            }
            out.push(')');
        }
        ExprKind::Star(x) => {
            out.push('*');
            write_expr(out, x);
        }
        ExprKind::Unary { op, x, .. } => {
            out.push_str(op.as_str());
            write_expr(out, x);
        }
        ExprKind::Binary { op, x, y, .. } => {
            write_expr(out, x);
            out.push(' ');
            out.push_str(op.as_str());
            out.push(' ');
            write_expr(out, y);
        }
        ExprKind::KeyValue { key, value } => {
            write_expr(out, key);
            out.push_str(": ");
            write_expr(out, value);
        }
        _ => write_type(out, e),
    }
}

fn write_type(out: &mut String, e: &Expr) {
    match &e.kind {
        ExprKind::ArrayType { len, elem } => {
            out.push('[');
            match len {
                Some(n) => write_expr(out, n),
                None => out.push_str("..."),
            }
            out.push(']');
            write_expr(out, elem);
        }
        ExprKind::SliceType(elem) => {
            out.push_str("[]");
            write_expr(out, elem);
        }
        ExprKind::StructType(fields) => {
            out.push_str("struct{");
            for (i, f) in fields.iter().enumerate() {
                out.push_str(if i > 0 { "; " } else { "" });
                write_field(out, f);
                if let Some((tag, _)) = &f.tag {
                    out.push_str(&format!(" {:?}", &**tag));
                }
            }
            out.push('}');
        }
        ExprKind::FuncType(sig) => {
            out.push_str("func");
            write_signature(out, sig);
        }
        ExprKind::InterfaceType(elems) => {
            out.push_str("interface{");
            for (i, e) in elems.iter().enumerate() {
                out.push_str(if i > 0 { "; " } else { "" });
                match e {
                    InterfaceElem::Embedded(x) => write_expr(out, x),
                    InterfaceElem::Method { name, sig, .. } => {
                        out.push_str(&name.name);
                        write_signature(out, sig);
                    }
                }
            }
            out.push('}');
        }
        ExprKind::MapType { key, value } => {
            out.push_str("map[");
            write_expr(out, key);
            out.push(']');
            write_expr(out, value);
        }
        ExprKind::ChanType { dir, elem } => {
            out.push_str(match dir {
                ChanDir::Recv => "<-chan ",
                ChanDir::Send => "chan<- ",
                ChanDir::Both => "chan ",
            });
            let receive = matches!(elem.kind, ExprKind::ChanType { dir: ChanDir::Recv, .. });
            if receive && *dir != ChanDir::Recv {
                out.push('(');
                write_expr(out, elem);
                out.push(')');
            } else {
                write_expr(out, elem);
            }
        }
        ExprKind::Ellipsis(elem) => {
            out.push_str("...");
            if let Some(t) = elem {
                write_expr(out, t);
            }
        }
        ExprKind::Tilde(x) => {
            out.push('~');
            write_expr(out, x);
        }
        _ => {}
    }
}

/// `a, b int`
fn write_field(out: &mut String, f: &Field) {
    if !f.embedded {
        for (i, n) in f.names.iter().enumerate() {
            out.push_str(if i > 0 { ", " } else { "" });
            out.push_str(&n.name);
        }
        if !f.names.is_empty() {
            out.push(' ');
        }
    }
    write_expr(out, &f.typ);
}

fn write_fields(out: &mut String, fields: &[Field]) {
    out.push('(');
    for (i, f) in fields.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        write_field(out, f);
    }
    out.push(')');
}

fn write_signature(out: &mut String, sig: &FuncType) {
    write_fields(out, &sig.params);
    match sig.results.as_slice() {
        [] => {}
        [one] if one.names.is_empty() => {
            out.push(' ');
            write_expr(out, &one.typ);
        }
        many => {
            out.push(' ');
            write_fields(out, many);
        }
    }
}

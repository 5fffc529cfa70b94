//! Reporting. In: a Go error code, a place, Go's own wording. Out: entries of `Checker::diags`.
//!
//! Messages that mention an invalid operand or type follow from an earlier error and are dropped,
//! as gc does.

use crate::{Checker, ObjId, Qualifier, TypeId};
use diag::{Diagnostic, Span};

impl<'a> Checker<'a> {
    /// Reports an error that keeps the package from being used.
    pub(crate) fn error(&mut self, code: &'static str, span: Span, msg: impl Into<String>) {
        let d = Diagnostic::error(code, span, msg);
        self.report(d);
    }

    /// Reports an error after which the package still makes sense (an unused variable).
    pub(crate) fn soft_error(&mut self, code: &'static str, span: Span, msg: impl Into<String>) {
        let d = Diagnostic::error(code, span, msg).soft();
        self.report(d);
    }

    /// Reports a prepared diagnostic (with labels, notes or suggestions).
    pub(crate) fn report(&mut self, mut d: Diagnostic) {
        if self.diags.has_errors()
            && (d.message.contains("invalid operand") || d.message.contains("invalid type"))
        {
            return;
        }
        // Of an inherited constant initialiser the use is at fault, not the source that was copied.
        if let Some(span) = self.env.err_span {
            d.span = span;
        }
        self.diags.push(d);
    }

    /// `name redeclared in this block`, with the place of the other declaration.
    pub(crate) fn report_redeclared(&mut self, name: &str, span: Span, other: ObjId) {
        let d =
            Diagnostic::error("DuplicateDecl", span, format!("{name} redeclared in this block"));
        let d = self.add_other_decl(d, other);
        self.report(d);
    }

    /// Adds `other declaration of x` at the object's place, when it has one.
    pub(crate) fn add_other_decl(&self, d: Diagnostic, other: ObjId) -> Diagnostic {
        let o = self.store.obj(other);
        if !o.span.is_known() {
            return d;
        }
        let text = format!("other declaration of {}", o.name);
        let span = o.span;
        d.also(span, text)
    }

    /// Type string qualified as seen from this package.
    pub(crate) fn ts(&self, t: TypeId) -> String {
        self.store.type_string(t, self.qualifier())
    }

    /// How this package's messages qualify names.
    pub(crate) fn qualifier(&self) -> Qualifier {
        Qualifier::RelativeTo(self.pkg)
    }
}

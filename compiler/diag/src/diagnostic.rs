//! What a stage has to say to the user, as data.

use crate::Span;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    Error,
    Warning,
}

/// A secondary place in the story, with what there is to say about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    pub span: Span,
    pub message: String,
    /// Go's own message goes on with it, as a line of its own: `\tx.go:1:2: other declaration of f`.
    pub in_text: bool,
}

/// How safely a suggestion can be applied without a person's look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Applicability {
    /// `gosubc fix` may apply it.
    MachineApplicable,
    /// A guess, or one that holds placeholders.
    MaybeIncorrect,
}

/// Replacements (all to be made together) that mend the error.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suggestion {
    pub message: String,
    pub edits: Vec<(Span, String)>,
    pub applicability: Applicability,
}

/// One error or warning. `message` is Go's own wording; continuation lines are separated by `\n`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    pub severity: Severity,
    /// Go's name of the error (`UnusedVar`, `MissingReturn`; `Syntax` for the parser's).
    pub code: &'static str,
    pub message: String,
    /// Where; the headline's `line:col` is `span.lo`.
    pub span: Span,
    /// What to write under the primary span, beside the headline.
    pub primary_label: Option<String>,
    pub labels: Vec<Label>,
    pub notes: Vec<String>,
    pub suggestions: Vec<Suggestion>,
    /// A soft error does not keep the package from being used (an unused import or variable).
    pub soft: bool,
}

impl Diagnostic {
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            code,
            message: message.into(),
            span,
            primary_label: None,
            labels: Vec::new(),
            notes: Vec::new(),
            suggestions: Vec::new(),
            soft: false,
        }
    }

    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, span, message) }
    }

    pub fn primary(mut self, message: impl Into<String>) -> Diagnostic {
        self.primary_label = Some(message.into());
        self
    }

    pub fn label(mut self, span: Span, message: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { span, message: message.into(), in_text: false });
        self
    }

    /// A label that is a further line of Go's message, too.
    pub fn also(mut self, span: Span, message: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { span, message: message.into(), in_text: true });
        self
    }

    pub fn note(mut self, note: impl Into<String>) -> Diagnostic {
        self.notes.push(note.into());
        self
    }

    pub fn suggest(
        mut self,
        message: impl Into<String>,
        edits: Vec<(Span, String)>,
        applicability: Applicability,
    ) -> Diagnostic {
        self.suggestions.push(Suggestion { message: message.into(), edits, applicability });
        self
    }

    pub fn soft(mut self) -> Diagnostic {
        self.soft = true;
        self
    }
}

/// A sink of diagnostics in the order in which they were found.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    pub fn new() -> Diagnostics {
        Diagnostics::default()
    }

    pub fn push(&mut self, d: Diagnostic) {
        self.list.push(d);
    }

    pub fn extend(&mut self, other: Diagnostics) {
        self.list.extend(other.list);
    }

    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Sorted by position, of several with one message on one line only the first.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.list.sort_by_key(|d| d.span.lo);
        self.list.dedup_by(|a, b| a.span.lo == b.span.lo && a.message == b.message);
        self.list
    }
}

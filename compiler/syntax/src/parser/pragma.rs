//! `//go:` comments: to which declaration they belong (Go command documentation,
//! "Compiler Directives").

use super::Parser;
use crate::ast::Directive;
use crate::lexer::ErrorKind;
use diag::{Pos, Span};

/// Directives that the gc compiler accepts only directly above a function.
const FUNCTION_DIRECTIVES: &[&str] = &[
    "go:cgo_unsafe_args",
    "go:nocheckptr",
    "go:noescape",
    "go:noinline",
    "go:nointerface",
    "go:norace",
    "go:nosplit",
    "go:nowritebarrier",
    "go:nowritebarrierrec",
    "go:registerparams",
    "go:systemstack",
    "go:uintptrescapes",
    "go:uintptrkeepalive",
    "go:yeswritebarrierrec",
];

/// What a directive may stand above.
#[derive(PartialEq, Eq)]
enum Place {
    Package,
    Function,
    Variable,
    /// It speaks of the file or names what it means.
    Anywhere,
}

fn place(text: &str) -> Place {
    let verb = text.split([' ', '\t']).next().unwrap_or(text);
    match verb {
        "go:build" => Place::Package,
        "go:embed" => Place::Variable,
        _ if FUNCTION_DIRECTIVES.contains(&verb) => Place::Function,
        _ => Place::Anywhere,
    }
}

impl Parser<'_> {
    /// Sorts what the lexer found since the last call: the file's own, and those that wait for a
    /// declaration.
    fn collect_directives(&mut self) {
        while let Some(&raw) = self.lex.directives.get(self.directives_seen) {
            self.directives_seen += 1;
            let (lo, hi) = (self.start + raw.lo, self.start + raw.hi);
            let text = self.lex.slice(raw.lo + 2, raw.hi).to_string();
            let directive = Directive { text, span: Span::new(Pos(lo), Pos(hi)) };
            match place(&directive.text) {
                _ if !raw.alone => self.misplaced(&directive, ErrorKind::Directive),
                Place::Anywhere => self.file_directives.push(directive),
                _ => self.pending.push(directive),
            }
        }
    }

    fn misplaced(&mut self, directive: &Directive, kind: ErrorKind) {
        let what = match place(&directive.text) {
            Place::Variable => "go:embed",
            _ => "compiler",
        };
        let at = Span::new(Pos(directive.span.lo.0 + 2), directive.span.hi);
        self.error_of_kind(kind, at, format!("misplaced {what} directive"));
    }

    fn take_directives(&mut self) -> Vec<Directive> {
        if self.lex.directives.len() > self.directives_seen {
            self.collect_directives();
        }
        std::mem::take(&mut self.pending)
    }

    /// Forgets the directives that came where no declaration could take them.
    pub(super) fn drop_directives(&mut self) {
        for directive in self.take_directives() {
            self.misplaced(&directive, ErrorKind::Directive);
        }
    }

    /// Those for a declaration of the given kind; others are misplaced.
    fn take_for(&mut self, wanted: Place) -> Vec<Directive> {
        let mut list = self.take_directives();
        list.retain(|d| {
            let fits = place(&d.text) == wanted;
            if !fits {
                self.misplaced(d, ErrorKind::Late);
            }
            fits
        });
        list
    }

    /// Called at the package clause: build constraints are the file's own.
    pub(super) fn keep_package_directives(&mut self) {
        let mut list = self.take_for(Place::Package);
        self.file_directives.append(&mut list);
    }

    pub(super) fn take_func_directives(&mut self) -> Vec<Directive> {
        self.take_for(Place::Function)
    }

    pub(super) fn take_var_directives(&mut self) -> Vec<Directive> {
        self.take_for(Place::Variable)
    }

    pub(super) fn take_type_directives(&mut self) -> Vec<Directive> {
        self.take_for(Place::Anywhere)
    }
}

//! What code generation says when it meets IR that it cannot understand.

use diag::Span;
use inkwell::builder::BuilderError;
use std::fmt;

/// Something that cannot happen for IR that the verifier accepts.
#[derive(Clone, Debug)]
pub struct InternalError {
    pub message: String,
    /// The source that was being compiled, if known.
    pub span: Span,
}

pub type Res<T> = Result<T, InternalError>;

impl InternalError {
    /// Without a position; the function that is being compiled adds it.
    pub fn new(message: impl Into<String>) -> InternalError {
        InternalError { message: message.into(), span: Span::NONE }
    }

    /// With `span`, unless it has a position already.
    pub fn at(mut self, span: Span) -> InternalError {
        if !self.span.is_known() {
            self.span = span;
        }
        self
    }
}

impl fmt::Display for InternalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for InternalError {}

impl From<BuilderError> for InternalError {
    fn from(e: BuilderError) -> InternalError {
        InternalError::new(format!("LLVM builder: {e}"))
    }
}

/// `Err` with a formatted message.
macro_rules! bail {
    ($($arg:tt)*) => { return Err($crate::error::InternalError::new(format!($($arg)*))) };
}
pub(crate) use bail;

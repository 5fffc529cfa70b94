//! Profile-guided optimisation, the reading half: a CPU profile in ([`Profile::read`]), the hot calls of each package out
//! ([`HotCalls`]). Reads no files; what is done about hot calls is decided in `ir`.
//!
//! As in gc, a call is known by the names of caller and callee and by its line, counted from the caller's first one, so
//! that a profile of yesterday's sources still fits most of today's. Names are those of Go's symbols.

mod hot;
mod pprof;
mod preprofile;
mod profile;
mod wire;

pub use hot::{Callee, HotCalls};
pub use profile::{Edge, Profile};

/// Why bytes are no profile, in the words of Go's tools.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Error(pub String);

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

fn fail<T>(message: impl Into<String>) -> Result<T, Error> {
    Err(Error(message.into()))
}

//! Language versions (specification, appendix "Language versions").

use crate::Checker;
use diag::Span;

impl<'a> Checker<'a> {
    /// The file being checked may use what that version brought.
    pub(crate) fn allow_version(&self, v: (u32, u32)) -> bool {
        self.env.go_version >= v
    }

    /// Reports unless the file being checked may use what that version brought.
    pub(crate) fn verify_version(&mut self, span: Span, v: (u32, u32), what: &str) -> bool {
        if self.allow_version(v) {
            return true;
        }
        let (major, minor) = self.env.go_version;
        let why = if self.env.go_version == self.conf.go_version {
            format!("-lang was set to go{major}.{minor}; check go.mod")
        } else {
            format!("file declares //go:build go{major}.{minor}")
        };
        let msg = format!("{what} requires go{}.{} or later ({why})", v.0, v.1);
        self.error("UnsupportedFeature", span, msg);
        false
    }
}

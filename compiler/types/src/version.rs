//! Language versions (specification, appendix "Language versions").

use crate::Checker;
use diag::Span;

impl<'a> Checker<'a> {
    /// The language version of a file. A build constraint can't take it below Go 1.21, the first
    /// version that looked at them.
    pub(crate) fn file_version(&self, file: &syntax::ast::File) -> (u32, u32) {
        file.go_version.map_or(self.conf.go_version, |v| v.max((1, 21)))
    }

    /// The file being checked may use what that version brought.
    pub(crate) fn allow_version(&self, v: (u32, u32)) -> bool {
        self.env.go_version >= v
    }

    /// Where the version comes from that is in the way, in parentheses.
    pub(crate) fn version_hint(&self) -> String {
        let (major, minor) = self.env.go_version;
        if self.env.go_version == self.conf.go_version {
            format!(" (-lang was set to go{major}.{minor}; check go.mod)")
        } else {
            format!(" (file declares //go:build go{major}.{minor})")
        }
    }

    /// Reports unless the file being checked may use what that version brought.
    pub(crate) fn verify_version(&mut self, span: Span, v: (u32, u32), what: &str) -> bool {
        if self.allow_version(v) {
            return true;
        }
        let hint = self.version_hint();
        let msg = format!("{what} requires go{}.{} or later{hint}", v.0, v.1);
        self.error("UnsupportedFeature", span, msg);
        false
    }
}

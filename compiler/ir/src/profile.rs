//! What a profile says of calls in functions that are being compiled: positions become lines, by which it knows them.

use crate::ir::{Function, Instr};
use diag::{SourceMap, Span};
use pgo::{Callee, HotCalls};

/// The hot calls of the package that is being compiled.
#[derive(Clone, Copy)]
pub struct CallProfile<'a> {
    pub hot: &'a HotCalls,
    pub source: &'a SourceMap,
}

impl<'a> CallProfile<'a> {
    /// What a call in a function is found to call, the hottest first. `start`: where the function's declaration is.
    pub fn callees(&self, caller: &str, start: Span, call: Span) -> &'a [Callee] {
        let line = |s: Span| Some(i64::from(self.source.line_col(s.lo)?.line));
        match line(call).zip(line(start)) {
            Some((line, first)) => self.hot.callees(caller, line - first),
            None => &[],
        }
    }

    /// The same for a call in `f`, or in what has been inlined there.
    pub fn callees_of(&self, f: &Function, call: &Instr) -> &'a [Callee] {
        match call.at.checked_sub(1).and_then(|i| f.inlined.get(i as usize)) {
            Some(caller) => self.callees(&caller.go_name, caller.span, call.span),
            None => self.callees(&f.go_name, f.span, call.span),
        }
    }
}

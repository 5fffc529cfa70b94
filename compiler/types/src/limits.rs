//! What gc refuses for its size only, and compiler directives that don't fit: reported where all else
//! of a package is right.
//!
//! In: arrays and channels noted on the way (`Checker::big`), the files' directives. Out: diagnostics.

use crate::{Checker, ObjKind, Type, TypeId};
use diag::{Pos, Span};
use std::collections::HashSet;
use syntax::ast::{Decl, Directive, File, FuncDecl};

/// Elements of channels are smaller than this many bytes.
const MAX_CHAN_ELEM: u64 = 1 << 16;
/// Types are smaller than this many bytes.
const MAX_WIDTH: u64 = 1 << 50;
/// Frames, with the arguments, are smaller than this many bytes.
const MAX_FRAME: u64 = 1 << 30;
/// Arrays of fewer elements aren't noted.
pub(crate) const LONG: i64 = 1 << 20;

/// Directives that only the Go runtime itself may use.
const RUNTIME_ONLY: &[&str] =
    &["go:nowritebarrier", "go:nowritebarrierrec", "go:systemstack", "go:yeswritebarrierrec"];

/// A directive without the slashes.
fn inside(d: &Directive) -> Span {
    Span::new(Pos(d.span.lo.0 + 2), d.span.hi)
}

impl<'a> Checker<'a> {
    pub(crate) fn limits(&mut self) {
        let big = std::mem::take(&mut self.big);
        let mut arrays = false;
        for (span, t) in big {
            let (elem, is_chan) = match *self.store.ty(t) {
                Type::Chan { elem, .. } => (elem, true),
                Type::Array { elem, .. } => (elem, false),
                _ => continue,
            };
            if self.has_var_size(elem) {
                continue;
            }
            arrays |= !is_chan;
            if is_chan && self.is_large(elem, MAX_CHAN_ELEM) {
                self.error("TypeTooLarge", span, "channel element type too large (>64kB)");
            } else if !is_chan && self.is_large(t, MAX_WIDTH) {
                let msg = format!("type {} larger than address space", self.ts(t));
                self.error("TypeTooLarge", span, msg);
            }
        }
        let files: &'a [File] = self.files;
        for f in files {
            self.linknames(&f.directives);
            for d in &f.decls {
                let Decl::Func(d) = d else { continue };
                self.runtime_only(&d.directives);
                if arrays {
                    self.frame(d);
                }
            }
        }
    }

    fn is_large(&mut self, t: TypeId, limit: u64) -> bool {
        self.store.size_of(t).is_none_or(|size| size >= limit)
    }

    /// Arguments and results are part of the caller's frame, which has a limit, too.
    fn frame(&mut self, d: &'a FuncDecl) {
        let Some(obj) = self.info.object_of(d.name.id) else { return };
        let Some(Type::Signature(s)) = self.store.obj(obj).typ.map(|t| self.store.ty(t)) else {
            return;
        };
        if !s.tparams.is_empty() || !s.recv_tparams.is_empty() {
            return;
        }
        let vars: Vec<_> = s.recv.iter().chain(&s.params).chain(&s.results).copied().collect();
        let types: Vec<TypeId> = vars.iter().filter_map(|&v| self.store.obj(v).typ).collect();
        let sizes = types.iter().map(|&t| self.store.size_of(t).unwrap_or(0));
        let total: u64 = sizes.fold(0, u64::saturating_add);
        if total > MAX_FRAME {
            let megabytes = total >> 20;
            let msg = format!("stack frame too large (>1GB): 0 MB locals + {megabytes} MB args");
            self.error("TypeTooLarge", d.name.span, msg);
        }
    }

    /// The runtime's own packages may do what others may not.
    fn is_runtime(&self) -> bool {
        let path = &*self.store.package(self.pkg).path;
        ["runtime", "internal/runtime"].iter().any(|p| path.starts_with(p))
    }

    fn runtime_only(&mut self, list: &[Directive]) {
        if self.is_runtime() {
            return;
        }
        for d in list {
            let verb = d.text.split([' ', '\t']).next().unwrap_or_default();
            if RUNTIME_ONLY.contains(&verb) {
                self.error("BadDirective", inside(d), format!("//{verb} only allowed in runtime"));
            }
        }
    }

    /// `//go:linkname local symbol`: each names a function or variable of this package, once. cgo's
    /// own directives are for its output.
    fn linknames(&mut self, list: &[Directive]) {
        let scope = self.store.package(self.pkg).scope;
        let mut seen = HashSet::new();
        let runtime = self.is_runtime();
        for d in list {
            let words: Vec<&str> = d.text.split_whitespace().collect();
            let problem = match words[..] {
                ["go:linkname", local] | ["go:linkname", local, _] => {
                    let obj = self.store.scope(scope).elems.get(local);
                    let kind = obj.map(|o| &self.store.obj(o).kind);
                    match kind {
                        Some(ObjKind::Func { .. } | ObjKind::Var { .. }) if !seen.insert(local) => {
                            format!("duplicate //go:linkname for {local}")
                        }
                        Some(ObjKind::Func { .. } | ObjKind::Var { .. }) => continue,
                        _ => "//go:linkname must refer to declared function or variable".into(),
                    }
                }
                ["go:linkname", ..] => "usage: //go:linkname localname [linkname]".into(),
                [verb, ..]
                    if verb.starts_with("go:cgo_")
                        && verb != "go:cgo_import_dynamic"
                        && !runtime =>
                {
                    format!("//{} only allowed in cgo-generated code", d.text)
                }
                _ => continue,
            };
            self.error("BadDirective", inside(d), problem);
        }
    }

    /// `//go:embed` has to find its files before the program runs.
    pub(crate) fn local_directives(&mut self, list: &[Directive]) {
        if let Some(d) = list.iter().find(|d| d.text.starts_with("go:embed")) {
            self.error("BadDirective", inside(d), "go:embed cannot apply to var inside func");
        }
    }
}

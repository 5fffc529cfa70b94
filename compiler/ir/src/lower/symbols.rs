//! Objects in, linker symbols out (compiler/ABI.md, "Go functions").

use super::ModuleBuilder;
use crate::ir::Symbol;
use ::types::{ObjId, TypeId};

impl ModuleBuilder<'_, '_> {
    /// Symbol of a declared function or concrete method (origin object). `targs`: the receiver's
    /// type arguments, then its own. A function without body has the symbol that its
    /// `//go:linkname` says.
    pub fn func_symbol(&mut self, _obj: ObjId, _targs: &[TypeId]) -> Symbol {
        "".into()
    }

    /// The name of the same in tracebacks.
    pub fn func_go_name(&mut self, _obj: ObjId, _targs: &[TypeId]) -> String {
        String::new()
    }

    /// Symbol of a package-level variable.
    pub fn global_symbol(&mut self, _obj: ObjId) -> Symbol {
        "".into()
    }
}

//! Scopes: names to objects, nested (specification, "Declarations and scope").

use crate::{Checker, ObjId, Scope, ScopeId, Store};
use diag::{Pos, Span};
use syntax::ast::{Ident, Name};

impl Store {
    /// The scope of the predeclared identifiers.
    pub fn universe(&self) -> ScopeId {
        ScopeId(0)
    }

    /// The object of that name declared in this very scope.
    pub fn scope_lookup(&self, scope: ScopeId, name: &str) -> Option<ObjId> {
        self.scope(scope).elems.get(name)
    }

    /// Inserts unless the name is taken, in which case the other object is returned.
    /// Sets the object's parent if it has none. Blank names are never inserted.
    pub(crate) fn scope_insert(&mut self, scope: ScopeId, obj: ObjId) -> Option<ObjId> {
        let name = self.obj(obj).name;
        if let Some(other) = self.scope_mut(scope).elems.insert(name, obj) {
            return Some(other);
        }
        let o = self.obj_mut(obj);
        o.parent = o.parent.or(Some(scope));
        None
    }

    /// Looks a name up from `scope` outwards; with a known `pos`, local objects declared behind it
    /// are skipped. Returns the scope in which it was found, too.
    pub fn lookup_parent(&self, scope: ScopeId, name: Name, pos: Pos) -> Option<(ScopeId, ObjId)> {
        let mut s = Some(scope);
        while let Some(id) = s {
            let sc = self.scope(id);
            if let Some(obj) = sc.elems.find(name)
                && (!pos.is_known() || self.obj(obj).scope_pos <= pos)
            {
                return Some((id, obj));
            }
            s = sc.parent;
        }
        None
    }
}

impl<'a> Checker<'a> {
    /// Looks a name up from the current scope outwards.
    pub(crate) fn lookup(&self, name: Name) -> Option<ObjId> {
        self.lookup_scope(name).map(|(_, o)| o)
    }

    /// Like `lookup`, with the scope in which the name was found.
    pub(crate) fn lookup_scope(&self, name: Name) -> Option<(ScopeId, ObjId)> {
        let scope = self.env.scope.unwrap_or(self.store.universe());
        self.store.lookup_parent(scope, name, Pos::NONE)
    }

    /// The current scope.
    pub(crate) fn scope(&self) -> ScopeId {
        self.env.scope.unwrap_or(self.store.universe())
    }

    /// Opens a block scope inside the current one and makes it the current one.
    pub(crate) fn open_scope(&mut self, span: Span) -> ScopeId {
        let parent = self.env.scope;
        let id = self.store.new_scope(Scope { parent, span, ..Scope::default() });
        self.env.scope = Some(id);
        id
    }

    /// Returns to the scope around the current one.
    pub(crate) fn close_scope(&mut self) {
        self.env.scope = self.env.scope.and_then(|s| self.store.scope(s).parent);
    }

    /// Declares `obj` in `scope`, records it at `ident`, and makes it visible from `pos` on.
    pub(crate) fn declare(&mut self, scope: ScopeId, ident: Option<&Ident>, obj: ObjId, pos: Pos) {
        if !self.store.obj(obj).is_blank() {
            if let Some(other) = self.store.scope_insert(scope, obj) {
                let o = self.store.obj(obj);
                let (name, span): (Name, Span) = (o.name, o.span);
                self.report_redeclared(&name, span, other);
                return;
            }
            self.store.obj_mut(obj).scope_pos = pos;
        }
        if let Some(id) = ident {
            self.record_def(id.id, Some(obj));
        }
    }
}

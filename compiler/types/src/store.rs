//! The arena of types, objects, scopes and packages that all packages of a build share.

use crate::{ObjId, Object, Package, PkgId, Scope, ScopeId, Type, TypeId};

#[derive(Debug, Default)]
pub struct Store {
    pub(crate) types: Vec<Type>,
    pub(crate) objects: Vec<Object>,
    pub(crate) scopes: Vec<Scope>,
    pub(crate) packages: Vec<Package>,
}

impl Store {
    pub fn ty(&self, id: TypeId) -> &Type {
        &self.types[id.0 as usize]
    }

    pub fn obj(&self, id: ObjId) -> &Object {
        &self.objects[id.0 as usize]
    }

    pub fn scope(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.0 as usize]
    }

    pub fn package(&self, id: PkgId) -> &Package {
        &self.packages[id.0 as usize]
    }

    pub(crate) fn ty_mut(&mut self, id: TypeId) -> &mut Type {
        &mut self.types[id.0 as usize]
    }

    pub(crate) fn obj_mut(&mut self, id: ObjId) -> &mut Object {
        &mut self.objects[id.0 as usize]
    }

    pub(crate) fn scope_mut(&mut self, id: ScopeId) -> &mut Scope {
        &mut self.scopes[id.0 as usize]
    }

    pub(crate) fn package_mut(&mut self, id: PkgId) -> &mut Package {
        &mut self.packages[id.0 as usize]
    }

    /// Adds a type; never shares it with an identical one.
    pub fn new_type(&mut self, t: Type) -> TypeId {
        self.types.push(t);
        TypeId(self.types.len() as u32 - 1)
    }

    pub fn new_object(&mut self, o: Object) -> ObjId {
        self.objects.push(o);
        ObjId(self.objects.len() as u32 - 1)
    }

    pub fn new_scope(&mut self, s: Scope) -> ScopeId {
        self.scopes.push(s);
        ScopeId(self.scopes.len() as u32 - 1)
    }

    pub fn new_package(&mut self, p: Package) -> PkgId {
        self.packages.push(p);
        PkgId(self.packages.len() as u32 - 1)
    }
}

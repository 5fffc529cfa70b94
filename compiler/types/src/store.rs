//! The arena of types, objects, scopes and packages that all packages of a build share.
//!
//! Ids are indices into it and never die. Basic types have fixed ids (a [`BasicKind`]'s number),
//! the other predeclared types follow them; see [`Store::new`].

use crate::hash::{FastMap, FastSet};
use crate::{BasicKind, ObjId, ObjKind, Object, Package, PkgId, Scope, ScopeId, Type, TypeId};
use diag::{Pos, Span};
use syntax::ast::Name;

/// The underlying type of `any`.
pub const EMPTY_INTERFACE: TypeId = TypeId(28);
/// The alias `any`.
pub const ANY: TypeId = TypeId(29);
/// The defined type `error`.
pub const ERROR: TypeId = TypeId(30);
/// The constraint `comparable`.
pub const COMPARABLE: TypeId = TypeId(31);

/// Stands in a list of an instance's methods for one that has not been asked for.
pub(crate) const NO_METHOD: ObjId = ObjId(u32::MAX);

#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) types: Vec<Type>,
    pub(crate) objects: Vec<Object>,
    pub(crate) scopes: Vec<Scope>,
    pub(crate) packages: Vec<Package>,
    /// Instances by hash of generic type and type arguments.
    pub(crate) instances: FastMap<u64, Vec<TypeId>>,
    /// Canonical types by hash; see `canon`.
    pub(crate) canon_table: FastMap<u64, Vec<TypeId>>,
    pub(crate) canon_of: FastMap<TypeId, TypeId>,
    /// Interfaces of type parameters whose bounds aren't interfaces.
    pub(crate) tparam_ifaces: FastMap<TypeId, TypeId>,
    /// Interfaces whose declarations are still being read: their type sets aren't known.
    pub(crate) incomplete: FastSet<TypeId>,
    /// Instances whose underlying types are being worked out, against endless expansion.
    pub(crate) expanding: Vec<TypeId>,
    /// Aliases that are being substituted in, outermost first.
    pub(crate) open_aliases: Vec<TypeId>,
    /// Where type parameters are declared that have the name of something predeclared.
    pub(crate) shadowing: FastMap<ObjId, String>,
    /// The instance that an instance's method belongs to.
    pub(crate) method_instances: FastMap<ObjId, TypeId>,
    /// Functions whose signatures are being read.
    pub(crate) incomplete_funcs: FastSet<ObjId>,
    /// A method without a signature yet that a query came across: the checker declares it and asks
    /// again.
    pub(crate) pending: Option<ObjId>,
    /// What computing type sets found wrong, for the checker to report.
    pub(crate) type_set_errors: Vec<crate::typeset::TypeSetError>,
    /// Objects of `any`, `comparable` and `iota`.
    pub(crate) universe_any: ObjId,
    pub(crate) universe_comparable: ObjId,
    pub(crate) universe_iota: ObjId,
    pub(crate) unsafe_pkg: PkgId,
    pub(crate) empty_name: Name,
    pub(crate) next_tparam: u32,
    /// Interfaces whose type sets are being computed, outermost first.
    pub(crate) computing: Vec<TypeId>,
    /// Interfaces that embed themselves, which is reported elsewhere.
    pub(crate) circular: FastSet<TypeId>,
    /// Before Go 1.20, interfaces didn't satisfy `comparable`.
    pub(crate) strict_comparable: bool,
}

impl Default for Store {
    fn default() -> Store {
        Store::new()
    }
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

    /// Takes the scopes inside functions and types away that the latest check of `pkg`, the last one that there was,
    /// left behind: only who looks at its bodies needs them.
    pub fn forget_local_scopes(&mut self, pkg: PkgId) {
        let packages = self.packages.iter().map(|p| p.scope);
        let last = packages.chain(self.package(pkg).file_scopes.iter().copied()).max();
        self.scopes.truncate(last.map_or(0, |s| s.0 as usize) + 1);
    }

    /// All packages, in the order of their creation.
    pub fn packages(&self) -> impl Iterator<Item = (PkgId, &Package)> {
        self.packages.iter().enumerate().map(|(i, p)| (PkgId(i as u32), p))
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

    /// A package of that path with an empty scope, for the checker to fill or (with `fake`) to
    /// stand for one that could not be imported.
    pub fn declare_package(&mut self, path: &str, name: &str, fake: bool) -> PkgId {
        let universe = self.universe();
        let scope = self.new_scope(Scope { parent: Some(universe), ..Scope::default() });
        self.new_package(Package {
            path: path.into(),
            name: name.into(),
            scope,
            imports: Vec::new(),
            file_scopes: Vec::new(),
            complete: fake,
            fake,
            go_version: (1, 27),
        })
    }

    /// Package `unsafe`.
    pub fn unsafe_package(&self) -> PkgId {
        self.unsafe_pkg
    }

    /// The type of that kind.
    pub fn typ_of(&self, kind: BasicKind) -> TypeId {
        TypeId(kind as u32)
    }

    /// An object with the usual empty fields, not in any scope.
    pub(crate) fn make_object(
        &mut self,
        kind: ObjKind,
        name: Name,
        pkg: Option<PkgId>,
        typ: Option<TypeId>,
        span: Span,
    ) -> ObjId {
        self.new_object(Object {
            kind,
            name,
            pkg,
            typ,
            span,
            parent: None,
            scope_pos: Pos::NONE,
            order: 0,
            origin: None,
        })
    }
}

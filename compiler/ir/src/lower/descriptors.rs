//! What type descriptors and itabs refer to: method sets, functions of maps.
//!
//! A module emits the descriptors of types that its code mentions (allocations, conversions to interfaces, type
//! assertions), of those that these are made of, and of the types that it declares; types that another module
//! declares are left to that. For all of them this fills in [`TyData::methods`](crate::ty::TyData::methods) and the
//! tables of the module.

use super::{ModuleBuilder, Res, typenames};
use crate::ir::*;
use crate::ty::{Method, Ty, TyKind};
use ::types::{ObjKind, Type, TypeId};
use std::collections::HashSet;

/// How far the module has been looked through.
#[derive(Default)]
pub struct Descriptors {
    declared: bool,
    funcs: usize,
    globals: usize,
    emit_types: usize,
    seen: HashSet<Ty>,
    work: Vec<Ty>,
    /// Pairs with concrete types of other packages whose methods are filled in.
    itabs: HashSet<(Ty, Ty)>,
}

impl ModuleBuilder<'_, '_> {
    /// Fills in the method sets of the types whose descriptors this module emits, and makes the
    /// wrappers, equality and map functions that they refer to. Runs last; may put instances into the queue, and is then to
    /// be called again when those have been lowered.
    pub fn finish_types(&mut self) -> Res<()> {
        if !std::mem::replace(&mut self.descriptors.declared, true) {
            self.declared_types();
        }
        loop {
            self.scan_new()?;
            let Some(ty) = self.descriptors.work.pop() else { return Ok(()) };
            self.finish_type(ty)?;
        }
    }

    /// Notes the types that functions and globals added since the last time refer to.
    fn scan_new(&mut self) -> Res<()> {
        let d = &mut self.descriptors;
        let (mut found, mut itabs) = (Vec::new(), Vec::new());
        let mut mentions =
            Mentions { table: &self.types.table, found: &mut found, itabs: &mut itabs };
        for f in &self.module.funcs[d.funcs..] {
            mentions.function(f);
        }
        for g in &self.module.globals[d.globals..] {
            if let Some(c) = &g.init {
                mentions.constant(c);
            }
        }
        found.extend_from_slice(&self.module.emit_types[d.emit_types..]);
        d.funcs = self.module.funcs.len();
        d.globals = self.module.globals.len();
        d.emit_types = self.module.emit_types.len();
        for ty in found {
            self.note_type(ty);
        }
        for (iface, concrete) in itabs {
            if !self.emits(concrete)
                && self.descriptors.itabs.insert((iface, concrete))
                && let TyKind::Interface { methods } = self.types.table.kind(iface)
            {
                let wanted = methods.iter().map(|m| (m.name.clone(), m.pkg.clone())).collect();
                self.fill_methods(concrete, Some(&wanted))?;
            }
        }
        Ok(())
    }

    /// Other packages refer to the descriptors of the types that this one declares, and to those of pointers to them.
    fn declared_types(&mut self) {
        let Some(&package) = self.prog.packages.get(&self.pkg) else { return };
        let scope = self.store().package(self.pkg).scope;
        for &obj in package.info.defs.iter().flatten() {
            let o = self.store().obj(obj);
            let (true, Some(t)) = (o.parent == Some(scope), o.typ) else { continue };
            let declared = match self.store().ty(t) {
                Type::Named(n) => n.obj == obj && n.tparams.is_empty(),
                _ => false,
            };
            if declared && matches!(o.kind, ObjKind::TypeName { .. }) {
                let ty = self.ty(t);
                let ptr = self.types.pointer(ty);
                self.module.emit_types.extend([ty, ptr]);
            }
        }
    }

    fn note_type(&mut self, ty: Ty) {
        if self.descriptors.seen.insert(ty) {
            self.descriptors.work.push(ty);
        }
    }

    /// Whether this module emits the descriptor: of named types (and pointers to them) only those at home here or nowhere.
    fn emits(&self, ty: Ty) -> bool {
        let base = match *self.types.table.kind(ty) {
            TyKind::Pointer(elem) if self.types.table.data(ty).named.is_none() => elem,
            _ => ty,
        };
        let named = &self.types.table.data(base).named;
        let home = named.as_ref().and_then(|n| n.home.as_deref());
        home.is_none_or(|h| h == self.module.path)
    }

    fn finish_type(&mut self, ty: Ty) -> Res<()> {
        if !self.emits(ty) {
            return Ok(());
        }
        for part in parts(self.types.table.kind(ty)) {
            self.note_type(part);
        }
        self.fill_methods(ty, None)?;
        if matches!(self.types.table.kind(ty), TyKind::Map(..))
            && let Some(&source) = self.types.sources.get(&ty)
        {
            let funcs = self.map_funcs(source)?;
            self.module.map_funcs.insert(ty, funcs);
        }
        Ok(())
    }

    /// The method set of `ty`, or those of its methods that are wanted.
    fn fill_methods(&mut self, ty: Ty, wanted: Option<&HashSet<(String, String)>>) -> Res<()> {
        let Some(source) = self.source(ty) else { return Ok(()) };
        if self.prog.store.is_interface(source) {
            return Ok(());
        }
        let mut methods = match wanted {
            Some(_) => std::mem::take(&mut self.types.table.data_mut(ty).methods),
            None => Vec::new(),
        };
        for entry in self.prog.store.method_set(source) {
            let generic = match self.prog.store.obj_type(entry.obj).map(|t| self.store().ty(t)) {
                Some(Type::Signature(sig)) => !sig.tparams.is_empty(),
                _ => true,
            };
            if generic {
                continue;
            }
            let name = self.store().obj(entry.obj).name.to_string();
            let pkg = typenames::hidden_in(self.store(), entry.obj);
            let sig = self.types.method_type(self.prog.store, entry.obj);
            let ifn = match wanted {
                Some(w) => {
                    let key = (name.clone(), pkg.clone());
                    let known = methods.iter().any(|m: &Method| m.name == name && m.pkg == pkg);
                    if known || !w.contains(&key) {
                        continue;
                    }
                    self.itab_func(source, &entry)?
                }
                None => {
                    self.note_type(sig);
                    self.itab_func(source, &entry)?
                }
            };
            methods.push(Method { name, pkg, sig, ifn: ifn.to_string() });
        }
        methods.sort_by(|a, b| (&a.name, &a.pkg).cmp(&(&b.name, &b.pkg)));
        self.types.table.data_mut(ty).methods = methods;
        Ok(())
    }

    /// The Go type behind an IR type, if it can have methods.
    fn source(&mut self, ty: Ty) -> Option<TypeId> {
        match *self.types.table.kind(ty) {
            TyKind::Pointer(elem) if !self.types.sources.contains_key(&ty) => {
                let elem = *self.types.sources.get(&elem)?;
                let t = self.prog.store.new_type(Type::Pointer(elem));
                Some(self.prog.store.canon(t))
            }
            _ => self.types.sources.get(&ty).copied(),
        }
    }
}

/// The types that a type's descriptor refers to.
fn parts(kind: &TyKind) -> Vec<Ty> {
    match kind {
        TyKind::Pointer(e) | TyKind::Slice(e) | TyKind::Array(e, _) | TyKind::Chan(_, e) => {
            vec![*e]
        }
        TyKind::Map(k, v) => vec![*k, *v],
        TyKind::Struct(fields) => fields.iter().map(|f| f.ty).collect(),
        TyKind::Func(sig) => sig.params.iter().chain(&sig.results).copied().collect(),
        TyKind::Interface { methods } => methods.iter().map(|m| m.sig).collect(),
        _ => Vec::new(),
    }
}

/// Collects the types whose descriptors code refers to.
struct Mentions<'t, 'f> {
    table: &'t crate::ty::TypeTable,
    found: &'f mut Vec<Ty>,
    /// Interface and concrete type.
    itabs: &'f mut Vec<(Ty, Ty)>,
}

impl Mentions<'_, '_> {
    fn function(&mut self, f: &Function) {
        self.found.extend(f.locals.iter().filter(|l| l.heap).map(|l| l.ty));
        crate::visit::operands(f, &mut |o| {
            if let Operand::Const(c) = o {
                self.constant(c);
            }
        });
        for instr in f.blocks.iter().flat_map(|b| &b.instrs) {
            match &instr.kind {
                InstrKind::Assign(_, rvalue) => self.rvalue(rvalue),
                InstrKind::Check(Check::MakeSlice { elem, .. }) => self.found.push(*elem),
                _ => {}
            }
        }
    }

    fn rvalue(&mut self, r: &Rvalue) {
        match r {
            Rvalue::New { ty, .. } => self.found.push(*ty),
            Rvalue::MakeSlice { slice, .. } => {
                if let TyKind::Slice(e) = self.table.kind(*slice) {
                    self.found.push(*e);
                }
            }
            Rvalue::MakeClosure { object, .. } => self.found.push(*object),
            Rvalue::MakeInterface { iface, concrete, .. } => {
                self.itab(*iface, *concrete);
            }
            _ => {}
        }
    }

    fn itab(&mut self, iface: Ty, concrete: Ty) {
        self.found.extend([iface, concrete]);
        self.itabs.push((iface, concrete));
    }

    fn constant(&mut self, c: &Const) {
        match c {
            Const::TypeDesc(t) => self.found.push(*t),
            Const::Itab { iface, concrete } => self.itab(*iface, *concrete),
            Const::Aggregate(parts, _) => parts.iter().for_each(|c| self.constant(c)),
            Const::StaticInterface { iface, concrete, value } => {
                self.itab(*iface, *concrete);
                self.constant(value);
            }
            _ => {}
        }
    }
}

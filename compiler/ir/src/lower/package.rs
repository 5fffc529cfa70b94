//! A package's declarations: functions, variables, their initialisation (Go specification,
//! "Package initialization").

use super::facts;
use super::func::FuncBuilder;
use super::lowerer::{Env, Lowerer};
use super::{CheckedPackage, FuncSource, Instance, InternalError, ModuleBuilder, Res, intrinsics};
use crate::ir::*;
use crate::ty::{Sig, Ty};
use ::types::{ObjId, ObjKind, Type};
use diag::Span;
use std::collections::{HashMap, HashSet};
use syntax::ast::{Decl, Expr, File, NodeId, VarDecl};

impl<'a> ModuleBuilder<'_, 'a> {
    /// All declarations of the package, then the instances that they need.
    pub(super) fn lower_declarations(&mut self, package: &'a CheckedPackage) -> Res<()> {
        let mut inits = Vec::new();
        for file in &package.files {
            for decl in &file.decls {
                let Decl::Func(f) = decl else { continue };
                let Some(obj) = package.info.defs[f.name.id.0 as usize] else { continue };
                if self.is_generic(obj) {
                    continue;
                }
                let sym = self.func_symbol(obj, &[]);
                if &*f.name.name == "init" && f.recv.is_none() {
                    inits.push(sym);
                } else if f.name.is_blank() {
                    continue;
                }
                let src = FuncSource { package, file, decl: f };
                self.lower_function(src, &Instance { obj, targs: Vec::new() })?;
            }
        }
        self.lower_init(package, inits)?;
        self.lower_queue()
    }

    /// Instances that are referred to but not lowered yet.
    pub(super) fn lower_queue(&mut self) -> Res<()> {
        while let Some(inst) = self.queue.pop_front() {
            let body =
                matches!(self.store().obj(inst.obj).kind, ObjKind::Func { has_body: true, .. });
            if !body {
                self.intrinsic_instance(&inst)?;
                continue;
            }
            let Some(&src) = self.prog.funcs.get(&inst.obj) else {
                let name = self.store().obj(inst.obj).name;
                let span = self.store().obj(inst.obj).span;
                return Err(InternalError::new(span, format!("no source of {name}")));
            };
            self.lower_function(src, &inst)?;
            if self.opts.all_methods && !inst.targs.is_empty() {
                self.refer_to_siblings(&inst)?;
            }
        }
        self.import_depth = 0;
        Ok(())
    }

    /// Puts the other methods of a method's receiver type into the queue.
    fn refer_to_siblings(&mut self, inst: &Instance) -> Res<()> {
        let Some(Type::Signature(sig)) = self.store().obj(inst.obj).typ.map(|t| self.store().ty(t))
        else {
            return Ok(());
        };
        let Some(recv) = sig.recv.and_then(|r| self.store().obj(r).typ) else { return Ok(()) };
        let (recv, _) = self.store().deref(recv);
        for method in self.prog.store.methods(recv) {
            self.func_ref(method, &inst.targs)?;
        }
        Ok(())
    }

    fn is_generic(&self, obj: ObjId) -> bool {
        match self.store().obj(obj).typ.map(|t| self.store().ty(t)) {
            Some(Type::Signature(s)) => !s.tparams.is_empty() || !s.recv_tparams.is_empty(),
            _ => false,
        }
    }

    /// One function or instance.
    fn lower_function(&mut self, src: FuncSource<'a>, inst: &Instance) -> Res<()> {
        let decl = src.decl;
        let sym = self.func_symbol(inst.obj, &inst.targs);
        let go_name = self.func_go_name(inst.obj, &inst.targs);
        let sig = self.func_sig(inst.obj, &inst.targs)?;
        self.import_depth = self.import_depths.get(&sym).copied().unwrap_or(0);
        let mut fb = FuncBuilder::new(sym, go_name, sig.clone(), decl.span);
        if !inst.targs.is_empty() {
            fb.func.linkage = Linkage::LinkOnce;
        } else if self.store().obj(inst.obj).pkg != Some(self.pkg) {
            fb.func.linkage = Linkage::AvailableExternally;
        }
        for d in &decl.directives {
            match d.text.split_ascii_whitespace().next() {
                Some("go:noinline") => fb.func.attrs.noinline = true,
                Some("go:nosplit") => fb.func.attrs.nosplit = true,
                _ => {}
            }
        }
        let version = self.version_of(src.package, src.file);
        let tparams = self.prog.store.func_type_params(inst.obj);
        let env = Env { tparams, targs: inst.targs.clone() };
        let Some(body) = &decl.body else {
            return self.bodyless(src, inst, fb, &sig);
        };
        let mut lw = Lowerer::new(self, &src.package.info, env, version, fb, decl.id);
        lw.facts = facts::of_func(&mut lw, decl);
        lw.begin_defers();
        let mut n = 0;
        if let Some(recv) = &decl.recv {
            n = lw.bind_params(recv, 0)?;
        }
        lw.bind_params(&decl.sig.params, n)?;
        lw.bind_results(&decl.sig.results)?;
        lw.block(body)?;
        lw.end_body(body);
        lw.finish_top()
    }

    /// A declaration without a body is made elsewhere, unless it is an intrinsic: then it gets a
    /// body for uses as a func value.
    fn bodyless(
        &mut self,
        src: FuncSource<'a>,
        inst: &Instance,
        fb: FuncBuilder,
        sig: &Sig,
    ) -> Res<()> {
        let env = Env::default();
        let mut lw = Lowerer::new(self, &src.package.info, env, (1, 27), fb, src.decl.id);
        let args: Vec<Operand> = (0..sig.params.len()).map(|i| lw.fb.param(i)).collect();
        let Some(op) = lw.intrinsic_op(inst.obj) else { return Ok(()) };
        let results = lw.intrinsic(op, args, sig)?;
        for (i, v) in results.into_iter().enumerate() {
            let l = lw.fb.func.results[i];
            lw.fb.store(Place::local(l), v);
        }
        lw.fb.ret();
        lw.finish_top()
    }

    fn version_of(&self, package: &CheckedPackage, file: &File) -> (u32, u32) {
        file.go_version.unwrap_or(self.store().package(package.pkg).go_version)
    }

    // Variables.

    /// The place of a package-level variable of this or another package.
    pub(crate) fn global_place(&mut self, obj: ObjId) -> Res<Place> {
        let sym = self.global_symbol(obj);
        let o = self.store().obj(obj);
        let (pkg, span) = (o.pkg, o.span);
        let Some(t) = o.typ else {
            return Err(InternalError::new(span, "variable without type"));
        };
        let t = self.prog.store.canon(t);
        let ty = self.ty(t);
        if pkg != Some(self.pkg) && self.known_globals.insert(sym.clone()) {
            self.module.globals.push(Global {
                sym: sym.clone(),
                ty,
                init: None,
                constant: false,
                linkage: Linkage::External,
                external: true,
                span,
            });
        }
        Ok(Place { base: PlaceBase::Global(sym, ty), proj: Vec::new() })
    }

    /// Symbol of something in this package that no declaration names.
    fn package_symbol(&self, name: &str) -> Symbol {
        format!("{}.{name}", super::symbols::escape_path(&self.module.path)).into()
    }

    /// A global of the compiler's own with initial data.
    pub(crate) fn static_global(
        &mut self,
        ty: Ty,
        init: Const,
        constant: bool,
        span: Span,
    ) -> Symbol {
        let n = self.module.globals.len();
        let sym: Symbol = self.package_symbol(&format!(".stmp_{n}"));
        self.module.globals.push(Global {
            sym: sym.clone(),
            ty,
            init: Some(init),
            constant,
            linkage: Linkage::Internal,
            external: false,
            span,
        });
        sym
    }

    /// The function `<path>.init`: variables in order, then the init functions.
    fn lower_init(&mut self, package: &'a CheckedPackage, inits: Vec<Symbol>) -> Res<()> {
        let mut exprs: HashMap<NodeId, (&'a Expr, &'a File)> = HashMap::new();
        let mut done: HashSet<ObjId> = HashSet::new();
        for file in &package.files {
            for decl in &file.decls {
                if let Decl::Var(v) = decl {
                    exprs.extend(v.values.iter().map(|e| (e.id, (e, file))));
                }
            }
        }
        let sym = self.package_symbol("init");
        let go_name = format!("{}.init", self.module.path);
        let mut fb = FuncBuilder::new(sym, go_name, Sig::default(), Span::NONE);
        for init in &package.info.init_order {
            let Some(&(e, file)) = exprs.get(&init.rhs) else {
                return Err(InternalError::new(Span::NONE, "initialiser without expression"));
            };
            let version = self.version_of(package, file);
            let mut lw = Lowerer::new(self, &package.info, Env::default(), version, fb, init.rhs);
            lw.f.closures = lw.mb.init_closures;
            lw.facts = facts::of_expr(&mut lw, init.rhs, e);
            match lw.filler(&init.lhs, e) {
                Some(filler) => {
                    let own = std::mem::replace(&mut lw.fb, filler);
                    lw.initialise(&init.lhs, e, &mut done)?;
                    let mut filler = std::mem::replace(&mut lw.fb, own);
                    filler.ret();
                    let filler = filler.finish();
                    lw.fb.call_direct(filler.sym.clone(), Vec::new(), &[]);
                    lw.mb.add_func(filler);
                }
                None => lw.initialise(&init.lhs, e, &mut done)?,
            }
            lw.mb.init_closures = lw.f.closures;
            fb = lw.fb;
        }
        for sym in inits {
            fb.call_direct(sym, Vec::new(), &[]);
        }
        fb.ret();
        self.add_func(fb.finish());
        self.define_globals(package, &done)
    }

    /// The variables that no static data was found for: zero.
    fn define_globals(&mut self, package: &CheckedPackage, done: &HashSet<ObjId>) -> Res<()> {
        let vars = package.files.iter().flat_map(|f| &f.decls).filter_map(|d| match d {
            Decl::Var(v) => Some(v),
            _ => None,
        });
        for name in vars.flat_map(|v: &VarDecl| &v.names) {
            let Some(obj) = package.info.defs[name.id.0 as usize] else { continue };
            if name.is_blank() || done.contains(&obj) {
                continue;
            }
            self.define_global(obj, None)?;
        }
        Ok(())
    }

    fn define_global(&mut self, obj: ObjId, init: Option<Const>) -> Res<()> {
        let Place { base: PlaceBase::Global(sym, ty), .. } = self.global_place(obj)? else {
            return Ok(());
        };
        let span = self.store().obj(obj).span;
        let linkage = match init.is_none() && self.prog.symbols.renamed(obj) {
            true => Linkage::Weak,
            false => Linkage::External,
        };
        self.module.globals.push(Global {
            sym,
            ty,
            init,
            constant: false,
            linkage,
            external: false,
            span,
        });
        Ok(())
    }
}

impl<'a> Lowerer<'_, '_, 'a> {
    /// Adds the declared function that has been lowered.
    fn finish_top(mut self) -> Res<()> {
        let empty = FuncBuilder::new("".into(), String::new(), Sig::default(), Span::NONE);
        let fb = std::mem::replace(&mut self.fb, empty);
        let f = std::mem::replace(
            &mut self.f,
            super::lowerer::FnState::new(NodeId(0), super::lowerer::BodyKind::Func),
        );
        self.finish_function(fb, &f);
        Ok(())
    }

    /// The beginning of a function for a variable that starts as a map of constant keys and static values: programs without the variable leave it out.
    fn filler(&mut self, lhs: &[ObjId], e: &'a Expr) -> Option<FuncBuilder> {
        let [obj] = *lhs else { return None };
        let o = self.mb.store().obj(obj);
        if o.is_blank() || o.pkg != Some(self.mb.pkg) || !self.is_static_map(e) {
            return None;
        }
        let name = format!("init.{}", self.mb.store().obj(obj).name);
        let go_name = format!("{}.{name}", self.mb.module.path);
        let sym = self.mb.package_symbol(&name);
        let mut fb = FuncBuilder::new(sym, go_name, Sig::default(), e.span);
        fb.func.linkage = Linkage::Internal;
        fb.func.fills = Some(self.mb.global_symbol(obj));
        Some(fb)
    }

    /// `lhs = e` at package level: as static data if possible.
    fn initialise(&mut self, lhs: &[ObjId], e: &'a Expr, done: &mut HashSet<ObjId>) -> Res<()> {
        self.fb.span = e.span;
        let blank = |lw: &Self, o: ObjId| lw.mb.store().obj(o).is_blank();
        if let [obj] = *lhs {
            let ty = self.obj_ty(obj)?;
            if self.is_static(e, true) && self.mb.store().obj(obj).pkg == Some(self.mb.pkg) {
                let c = self.static_expr(e, ty, true)?;
                if !blank(self, obj) {
                    self.mb.define_global(obj, Some(c))?;
                    done.insert(obj);
                }
                return Ok(());
            }
            let v = self.expr_to(e, ty)?;
            if blank(self, obj) {
                return Ok(());
            }
            let place = self.mb.global_place(obj)?;
            self.fb.store(place, v);
            return Ok(());
        }
        let values = self.values(e)?;
        for (&obj, (v, from)) in lhs.iter().zip(values) {
            if blank(self, obj) {
                continue;
            }
            let ty = self.obj_ty(obj)?;
            let v = self.assign_conv(v, from, ty)?;
            let place = self.mb.global_place(obj)?;
            self.fb.store(place, v);
        }
        Ok(())
    }

    /// The intrinsic that a declared function stands for.
    pub fn intrinsic_op(&self, obj: ObjId) -> Option<intrinsics::Op> {
        let o = self.mb.store().obj(obj);
        if !matches!(o.kind, ObjKind::Func { is_method: false, .. }) {
            return None;
        }
        let path = &self.mb.store().package(o.pkg?).path;
        intrinsics::lookup(path, &o.name)
    }
}

//! The state of lowering one declared function with the function literals in it.
//!
//! Enters: a body with what the checker says of it, type arguments for its type parameters, and
//! [`Facts`] about its variables. Leaves: IR functions in the [`ModuleBuilder`].
//!
//! Literals (and the bodies of range-over-func loops) become functions of their own. While one is
//! being lowered, the functions around it wait in `outer`; a variable of theirs becomes a capture the first
//! time it is mentioned.

use super::facts::Facts;
use super::func::FuncBuilder;
use super::types::Prim;
use super::{InternalError, ModuleBuilder, Res};
use crate::ir::*;
use crate::ty::{Sig, Ty, TyKind};
use ::types::{BasicKind, Info, Mode, ObjId, Type, TypeId};
use diag::Span;
use std::collections::HashMap;
use syntax::ast::{Expr, Field, Ident, Name, NodeId};

/// Variables that closures capture by value are at most this large, as in gc.
const MAX_CAPTURE_BY_VALUE: u64 = 128;

/// Larger variables are on the heap in any case, as in gc.
const MAX_FRAME_VARIABLE: u64 = 128 << 10;

/// What can be captured: a declared variable or one that range-over-func needs in the function
/// that contains the loop.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Var {
    Obj(ObjId),
    /// Which exit the body of a range-over-func loop takes.
    Next,
    /// State of the range-over-func loop with this id.
    State(u32),
    /// Result `i` of the function.
    Result(u32),
    /// The function's frame token.
    Token,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum VarLoc {
    Local(LocalId),
    /// The local holds the variable's address.
    Ptr(LocalId),
}

#[derive(Clone, Debug)]
pub(crate) struct Capture {
    pub var: Var,
    pub by_ref: bool,
    /// Holds the capture inside the closure.
    pub local: LocalId,
    /// Type of the field of the closure object.
    pub ty: Ty,
}

#[derive(Clone, Debug)]
pub(crate) enum BodyKind {
    Func,
    /// Body of the range-over-func loop `id`.
    Range {
        id: u32,
        label: Option<Name>,
    },
}

/// Ways out of the body of a range-over-func loop other than to its next iteration.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Exit {
    Break(u32),
    Continue(u32),
    Goto(ObjId),
    Return,
}

/// A statement that `break` (and `continue`) may refer to.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub id: u32,
    pub label: Option<Name>,
    pub brk: BlockId,
    pub cont: Option<BlockId>,
}

pub(crate) struct FnState {
    /// Node of the declaration, literal or range statement.
    pub body: NodeId,
    pub kind: BodyKind,
    pub vars: HashMap<Var, VarLoc>,
    pub captures: Vec<Capture>,
    /// Goes in front of the entry block in the end.
    pub entry: Vec<Instr>,
    pub targets: Vec<Target>,
    pub labels: HashMap<ObjId, BlockId>,
    /// Exits that the body of a range-over-func loop takes.
    pub exits: Vec<Exit>,
    /// Numbers of exits, unique within a function.
    pub exit_codes: HashMap<Exit, i64>,
    pub has_defer: bool,
    pub loop_depth: u32,
    pub closures: u32,
    /// Wrappers of `go` and `defer` statements.
    pub wraps: u32,
    pub ranges: u32,
    /// In the arguments of a call that keeps what numbers in them point to: the pointers so far.
    pub kept: Option<Vec<Operand>>,
}

/// Type arguments of the instance that is being lowered.
#[derive(Clone, Default, Debug)]
pub(crate) struct Env {
    pub tparams: Vec<TypeId>,
    pub targs: Vec<TypeId>,
}

pub(crate) struct Lowerer<'m, 'p, 'a> {
    pub mb: &'m mut ModuleBuilder<'p, 'a>,
    pub info: &'a Info,
    pub env: Env,
    pub facts: Facts,
    /// Language version of the file.
    pub version: (u32, u32),
    pub fb: FuncBuilder,
    pub f: FnState,
    pub outer: Vec<(FuncBuilder, FnState)>,
    pub next_id: u32,
    conc_cache: HashMap<TypeId, TypeId>,
}

impl FnState {
    pub fn new(body: NodeId, kind: BodyKind) -> FnState {
        FnState {
            body,
            kind,
            vars: HashMap::new(),
            captures: Vec::new(),
            entry: Vec::new(),
            targets: Vec::new(),
            labels: HashMap::new(),
            exits: Vec::new(),
            exit_codes: HashMap::new(),
            has_defer: false,
            loop_depth: 0,
            closures: 0,
            wraps: 0,
            ranges: 0,
            kept: None,
        }
    }
}

impl<'m, 'p, 'a> Lowerer<'m, 'p, 'a> {
    pub fn new(
        mb: &'m mut ModuleBuilder<'p, 'a>,
        info: &'a Info,
        env: Env,
        version: (u32, u32),
        fb: FuncBuilder,
        body: NodeId,
    ) -> Self {
        Lowerer {
            mb,
            info,
            env,
            facts: Facts::default(),
            version,
            fb,
            f: FnState::new(body, BodyKind::Func),
            outer: Vec::new(),
            next_id: 0,
            conc_cache: HashMap::new(),
        }
    }

    pub fn err<T>(&self, span: Span, message: impl Into<String>) -> Res<T> {
        Err(InternalError::new(span, message))
    }

    pub fn fresh_id(&mut self) -> u32 {
        self.next_id += 1;
        self.next_id
    }

    // Types.

    /// `t` with the type arguments put in, canonical; untyped kinds become their default types.
    pub fn conc(&mut self, t: TypeId) -> TypeId {
        if let Some(&c) = self.conc_cache.get(&t) {
            return c;
        }
        let c = match self.mb.store().ty(t) {
            Type::Basic(k) if k.is_untyped() && *k != BasicKind::UntypedNil => {
                self.mb.prog.store.default_type(t)
            }
            _ => t,
        };
        let c = self.mb.concrete(c, &self.env.tparams, &self.env.targs);
        self.conc_cache.insert(t, c);
        c
    }

    /// The concrete type of an expression.
    pub fn tv(&mut self, e: &Expr) -> Res<TypeId> {
        match self.info.type_of(e.id) {
            Some(t) => Ok(self.conc(t)),
            // An identifier on the left of `:=` that is not new.
            None => match self.info.object_of(e.id).and_then(|o| self.mb.store().obj(o).typ) {
                Some(t) => Ok(self.conc(t)),
                None => self.err(e.span, "expression without type"),
            },
        }
    }

    pub fn ety(&mut self, e: &Expr) -> Res<Ty> {
        let t = self.tv(e)?;
        Ok(self.mb.ty(t))
    }

    /// Type of a variable or other object.
    pub fn obj_tv(&mut self, obj: ObjId) -> Res<TypeId> {
        match self.mb.prog.store.obj_type(obj) {
            Some(t) => Ok(self.conc(t)),
            None => self.err(self.mb.store().obj(obj).span, "object without type"),
        }
    }

    pub fn obj_ty(&mut self, obj: ObjId) -> Res<Ty> {
        let t = self.obj_tv(obj)?;
        Ok(self.mb.ty(t))
    }

    /// Types of the components of an expression that may have several values.
    pub fn tuple_tys(&mut self, e: &Expr) -> Res<Vec<Ty>> {
        let Some(t) = self.info.type_of(e.id) else { return Ok(Vec::new()) };
        match self.mb.store().ty(t) {
            Type::Tuple(list) => {
                let list = list.clone();
                list.into_iter().map(|o| self.obj_ty(o)).collect()
            }
            _ => Ok(vec![self.ety(e)?]),
        }
    }

    pub fn mode(&self, e: &Expr) -> Option<&'a Mode> {
        self.info.types[e.id.0 as usize].as_ref().map(|t| &t.mode)
    }

    pub fn is_type(&self, e: &Expr) -> bool {
        matches!(self.mode(e), Some(Mode::Type))
    }

    pub fn is_nil(&self, e: &Expr) -> bool {
        matches!(self.mode(e.unparen()), Some(Mode::Nil))
    }

    pub fn kind(&self, t: Ty) -> &TyKind {
        self.mb.types.table.kind(t)
    }

    pub fn size(&self, t: Ty) -> u64 {
        self.mb.types.table.size(t)
    }

    pub fn prim(&mut self, p: Prim) -> Ty {
        self.mb.types.prim(p)
    }

    pub fn int_ty(&mut self) -> Ty {
        self.prim(Prim::Int)
    }

    pub fn bool_ty(&mut self) -> Ty {
        self.prim(Prim::Bool)
    }

    pub fn ptr_ty(&mut self) -> Ty {
        self.prim(Prim::UnsafePointer)
    }

    pub fn string_ty(&mut self) -> Ty {
        self.prim(Prim::String)
    }

    pub fn pointer_to(&mut self, t: Ty) -> Ty {
        self.mb.types.pointer(t)
    }

    pub fn is_interface(&self, t: Ty) -> bool {
        matches!(self.kind(t), TyKind::Interface { .. })
    }

    /// Element type of a pointer, slice, array, channel or map, byte for strings.
    pub fn elem(&mut self, t: Ty) -> Res<Ty> {
        match self.kind(t) {
            TyKind::Pointer(e)
            | TyKind::Slice(e)
            | TyKind::Array(e, _)
            | TyKind::Chan(_, e)
            | TyKind::Map(_, e) => Ok(*e),
            TyKind::String => Ok(self.prim(Prim::Uint8)),
            k => self.err(self.fb.span, format!("{k:?} has no element type")),
        }
    }

    pub fn field_ty(&self, t: Ty, i: u32) -> Res<Ty> {
        match self.kind(t) {
            TyKind::Struct(f) if (i as usize) < f.len() => Ok(f[i as usize].ty),
            k => self.err(self.fb.span, format!("{k:?} has no field {i}")),
        }
    }

    pub fn func_sig_of(&self, t: Ty) -> Res<Sig> {
        match self.kind(t) {
            TyKind::Func(sig) => Ok(sig.clone()),
            k => self.err(self.fb.span, format!("{k:?} is not a function")),
        }
    }

    pub fn int_const(&mut self, v: i128) -> Operand {
        Operand::Const(Const::Int(v, self.int_ty()))
    }

    pub fn bool_const(&self, b: bool) -> Operand {
        Operand::Const(Const::Bool(b))
    }

    pub fn zero(&self, t: Ty) -> Operand {
        Operand::Const(Const::Zero(t))
    }

    // Variables.

    /// Captured by reference (when captured at all).
    fn by_ref(&self, var: Var, ty: Ty) -> bool {
        match var {
            Var::Obj(o) => {
                self.facts.reassigned.contains(&o)
                    || self.facts.addressed.contains(&o)
                    || self.size(ty) > MAX_CAPTURE_BY_VALUE
            }
            Var::Token => false,
            Var::Next | Var::State(_) | Var::Result(_) => true,
        }
    }

    fn needs_cell(&self, obj: ObjId, ty: Ty) -> bool {
        self.size(ty) > MAX_FRAME_VARIABLE
            || self.facts.addressed.contains(&obj)
            || self.facts.captured.contains(&obj) && self.by_ref(Var::Obj(obj), ty)
    }

    /// Makes the local of a variable; its life starts where the caller emits `StorageLive`.
    pub fn declare(&mut self, obj: ObjId) -> Res<LocalId> {
        let ty = self.obj_ty(obj)?;
        let o = self.mb.store().obj(obj);
        let (name, span) = (o.name, o.span);
        let l = self.fb.local(&name, ty, span);
        self.fb.func.locals[l.0 as usize].heap = self.needs_cell(obj, ty);
        self.f.vars.insert(Var::Obj(obj), VarLoc::Local(l));
        Ok(l)
    }

    /// Declares a variable with its first value.
    pub fn declare_init(&mut self, obj: ObjId, value: Operand) -> Res<()> {
        let l = self.declare(obj)?;
        if self.fb.func.locals[l.0 as usize].heap {
            self.fb.storage_live(l);
        }
        self.fb.store(Place::local(l), value);
        Ok(())
    }

    /// Where a variable of this function or of one around it lives.
    pub fn var_place(&mut self, var: Var) -> Res<Place> {
        let loc = match self.f.vars.get(&var) {
            Some(&loc) => loc,
            None => self.capture(var)?,
        };
        Ok(match loc {
            VarLoc::Local(l) => Place::local(l),
            VarLoc::Ptr(l) => Place::local(l).with(Proj::Deref),
        })
    }

    /// Makes a variable of a function around this one a capture of all functions between.
    fn capture(&mut self, var: Var) -> Res<VarLoc> {
        let home = self.outer.iter().rposition(|(_, f)| f.vars.contains_key(&var));
        let Some(home) = home else {
            let what = match var {
                Var::Obj(o) => self.mb.store().obj(o).name.to_string(),
                v => format!("{v:?}"),
            };
            return self.err(self.fb.span, format!("variable {what} is not in scope"));
        };
        let (fb, f) = &self.outer[home];
        let (mut loc, ty) = match f.vars[&var] {
            VarLoc::Local(l) => (VarLoc::Local(l), fb.local_ty(l)),
            VarLoc::Ptr(l) => {
                let ptr = fb.local_ty(l);
                (VarLoc::Ptr(l), ptr)
            }
        };
        let by_ref = matches!(loc, VarLoc::Ptr(_)) || self.by_ref(var, ty);
        let field = match loc {
            VarLoc::Local(_) if by_ref => self.mb.types.pointer(ty),
            _ => ty,
        };
        let name = match var {
            Var::Obj(o) => self.mb.store().obj(o).name.to_string(),
            _ => String::new(),
        };
        for level in home + 1..=self.outer.len() {
            let (fb, f) = match self.outer.get_mut(level) {
                Some((fb, f)) => (fb, f),
                None => (&mut self.fb, &mut self.f),
            };
            let local = fb.local(if by_ref { "" } else { &name }, field, fb.func.span);
            f.captures.push(Capture { var, by_ref, local, ty: field });
            loc = if by_ref { VarLoc::Ptr(local) } else { VarLoc::Local(local) };
            f.vars.insert(var, loc);
        }
        Ok(loc)
    }

    /// What a closure over `var` stores in its object.
    fn capture_operand(&mut self, c: &Capture) -> Res<Operand> {
        let place = self.var_place(c.var)?;
        if !c.by_ref {
            return Ok(Operand::Copy(place));
        }
        if let [Proj::Deref] = place.proj[..] {
            return Ok(Operand::Copy(Place { base: place.base, proj: Vec::new() }));
        }
        Ok(self.fb.value(c.ty, Rvalue::AddrOf(place, c.ty)))
    }

    /// Index in `outer` of the function that the current body belongs to (`outer.len()` for the current one): literals are functions,
    /// bodies of range-over-func loops are not.
    pub fn function_level(&self) -> usize {
        let mut level = self.outer.len();
        let mut kind = &self.f.kind;
        while let BodyKind::Range { .. } = kind {
            level -= 1;
            kind = &self.outer[level].1.kind;
        }
        level
    }

    pub fn level(&mut self, level: usize) -> (&mut FuncBuilder, &mut FnState) {
        match self.outer.get_mut(level) {
            Some((fb, f)) => (fb, f),
            None => (&mut self.fb, &mut self.f),
        }
    }

    /// A variable of the enclosing function that range-over-func needs.
    pub fn hidden_var(&mut self, var: Var) -> Res<Place> {
        let level = self.function_level();
        if !self.level(level).1.vars.contains_key(&var) {
            let ty = match var {
                Var::Token => self.ptr_ty(),
                _ => self.int_ty(),
            };
            let (fb, f) = self.level(level);
            let span = fb.func.span;
            let l = fb.local("", ty, span);
            if var == Var::Token {
                let kind = InstrKind::Assign(Place::local(l), Rvalue::FrameToken);
                f.entry.push(Instr { kind, span, at: 0 });
            } else {
                fb.func.locals[l.0 as usize].heap = true;
                f.entry.push(Instr { kind: InstrKind::StorageLive(l), span, at: 0 });
            }
            f.vars.insert(var, VarLoc::Local(l));
        }
        self.var_place(var)
    }

    // Functions.

    /// Starts a literal's function.
    pub fn enter(&mut self, fb: FuncBuilder, body: NodeId, kind: BodyKind) {
        let fb = std::mem::replace(&mut self.fb, fb);
        let f = std::mem::replace(&mut self.f, FnState::new(body, kind));
        self.outer.push((fb, f));
        let ptr = self.ptr_ty();
        let ctx = self.fb.temp(ptr);
        self.fb.func.ctx = Some(ctx);
    }

    /// Ends it: gives the function to the module and returns the closure value of type `ty` in the
    /// function around it, with the state of the body.
    pub fn leave(&mut self, ty: Ty) -> Res<(Operand, FnState)> {
        let Some((fb, f)) = self.outer.pop() else {
            return self.err(self.fb.span, "literal ends outside of a function");
        };
        let mut fb = std::mem::replace(&mut self.fb, fb);
        let f = std::mem::replace(&mut self.f, f);
        let sym = fb.func.sym.clone();
        let Some(ctx) = fb.func.ctx else {
            return self.err(self.fb.span, "literal without context");
        };
        if f.captures.is_empty() {
            fb.func.ctx = None;
            self.finish_function(fb, &f);
            return Ok((Operand::Const(Const::Func(sym, ty)), f));
        }
        let mut fields = vec![self.ptr_ty()];
        fields.extend(f.captures.iter().map(|c| c.ty));
        let object = self.mb.types.structure(&fields);
        fb.func.locals[ctx.0 as usize].ty = self.mb.types.pointer(object);
        let span = fb.func.span;
        let loads = f.captures.iter().enumerate().map(|(i, c)| {
            let place = Place::local(ctx).with(Proj::Deref).with(Proj::Field(i as u32 + 1));
            let kind = InstrKind::Assign(Place::local(c.local), Rvalue::Use(Operand::Copy(place)));
            Instr { kind, span, at: 0 }
        });
        let loads: Vec<Instr> = loads.collect();
        fb.func.blocks[0].instrs.splice(0..0, loads);
        let captures =
            f.captures.iter().map(|c| self.capture_operand(c)).collect::<Res<Vec<_>>>()?;
        self.finish_function(fb, &f);
        let make = Rvalue::MakeClosure { func: sym, captures, object, ty, alloc: Alloc::Heap };
        Ok((self.fb.value(ty, make), f))
    }

    /// Completes a function and adds it to the module.
    pub fn finish_function(&mut self, mut fb: FuncBuilder, f: &FnState) {
        fb.func.blocks[0].instrs.splice(0..0, f.entry.iter().cloned());
        self.mb.add_func(fb.finish());
    }

    /// Binds parameters to their names and makes the result variables. `skip`: parameters before
    /// these (the receiver is bound by a call of its own).
    pub fn bind_params(&mut self, fields: &'a [Field], skip: usize) -> Res<usize> {
        let mut i = skip;
        for field in fields {
            for name in &field.names {
                self.bind_param(name, i)?;
                i += 1;
            }
            if field.names.is_empty() {
                i += 1;
            }
        }
        Ok(i)
    }

    pub fn bind_param(&mut self, name: &Ident, i: usize) -> Res<()> {
        let Some(obj) = self.info.defs[name.id.0 as usize] else { return Ok(()) };
        let param = self.fb.func.params[i];
        let ty = self.fb.local_ty(param);
        if name.is_blank() {
            return Ok(());
        }
        if self.needs_cell(obj, ty) {
            return self.declare_init(obj, Operand::local(param));
        }
        let decl = &mut self.fb.func.locals[param.0 as usize];
        decl.name = name.name.to_string();
        decl.span = name.span;
        self.f.vars.insert(Var::Obj(obj), VarLoc::Local(param));
        Ok(())
    }

    /// The result variables, zeroed where they may be read before they are assigned.
    pub fn bind_results(&mut self, fields: &'a [Field]) -> Res<()> {
        let names: Vec<&Ident> = fields.iter().flat_map(|f| &f.names).collect();
        let captured = self.facts.results_captured.contains(&self.f.body);
        for i in 0..self.fb.func.results.len() {
            let l = self.fb.func.results[i];
            let ty = self.fb.local_ty(l);
            self.f.vars.insert(Var::Result(i as u32), VarLoc::Local(l));
            let mut heap = captured;
            if let Some(name) = names.get(i) {
                if let Some(obj) = self.info.defs[name.id.0 as usize] {
                    heap |= self.needs_cell(obj, ty);
                    self.f.vars.insert(Var::Obj(obj), VarLoc::Local(l));
                }
                self.fb.func.locals[l.0 as usize].name = name.name.to_string();
                self.fb.func.locals[l.0 as usize].span = name.span;
            }
            self.fb.func.locals[l.0 as usize].heap = heap;
            if heap || self.f.has_defer || !names.is_empty() {
                self.fb.storage_live(l);
            }
        }
        Ok(())
    }

    /// Before the body: the block to which recovery goes.
    pub fn begin_defers(&mut self) {
        self.f.has_defer = self.facts.has_defer.contains(&self.f.body);
        if !self.f.has_defer {
            return;
        }
        let entry = self.fb.cur;
        let recover = self.fb.new_block();
        self.fb.switch_to(recover);
        self.fb.emit(InstrKind::RunDefers);
        self.fb.ret();
        self.fb.func.recover_block = Some(recover);
        self.fb.cur = entry;
    }

    /// Results are stored: runs the deferred calls and returns.
    pub fn return_now(&mut self) {
        if self.f.has_defer {
            self.fb.emit(InstrKind::RunDefers);
        }
        self.fb.ret();
    }
}

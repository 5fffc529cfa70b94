//! Collects a module's [`Facts`]: what code generation notes on its way, and a walk over the uses of all globals.

use super::{Facts, Method, Node, Table, method_key};
use crate::cx::Cx;
use crate::error::Res;
use crate::func::FnCx;
use inkwell::llvm_sys::core::*;
use inkwell::llvm_sys::prelude::{LLVMModuleRef, LLVMValueRef};
use inkwell::module::Linkage;
use inkwell::values::{AsValueRef, PointerValue};
use ir::ir::{Callee, Const, InstrKind, Operand, Rvalue};
use ir::ty::{Ty, TyKind};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::ffi::CStr;

/// Functions of reflect that hand out any method, but not to reflect itself.
const REFLECT_METHODS: &[&str] = &["Method", "MethodByName", "Methods"];
const REFLECT_TYPES: &[&str] = &["reflect.Value.", "reflect.(*rtype)."];

/// What code generation notes. Functions are told apart by their LLVM values.
#[derive(Default)]
pub struct Noted {
    /// Function and key.
    calls: RefCell<Vec<(LLVMValueRef, String)>>,
    /// Function and name, for each call of reflect's that says the name; whether the call is direct.
    named: RefCell<Vec<(LLVMValueRef, String, bool)>>,
    /// Functions that ask reflection through an interface.
    all: RefCell<Vec<LLVMValueRef>>,
    tables: RefCell<Vec<(String, NotedTable)>>,
}

pub struct NotedMethod {
    pub name: String,
    pub pkg: String,
    /// Unique string of its type, and the symbol of that if it is the table's.
    pub sig: String,
    pub typed: bool,
    pub code: String,
}

pub enum NotedTable {
    Code(Vec<NotedMethod>),
    Itab { interface: String, ty: String, hash: u32, methods: Vec<NotedMethod> },
    FuncAux { code: [String; 3], one: bool },
}

impl Noted {
    pub fn table(&self, symbol: String, table: NotedTable) {
        self.tables.borrow_mut().push((symbol, table));
    }
}

/// A call's first argument behind the receiver, if that is a constant string.
fn constant_name(arg: Option<&Operand>) -> Option<String> {
    match arg {
        Some(Operand::Const(Const::Str(s, _))) => String::from_utf8(s.to_vec()).ok(),
        _ => None,
    }
}

/// The symbol of a method without what wrappers put around it.
fn bare(symbol: &str) -> &str {
    let s = symbol.strip_prefix("wrap:").or(symbol.strip_prefix("word:")).unwrap_or(symbol);
    let s = s.strip_prefix('*').unwrap_or(s);
    s.strip_suffix("-fm").unwrap_or(s)
}

fn hands_out_methods(symbol: &str) -> bool {
    let s = bare(symbol);
    REFLECT_TYPES.iter().any(|t| s.strip_prefix(t).is_some_and(|m| REFLECT_METHODS.contains(&m)))
}

/// Whether a function's own references to reflect's methods don't count: those of reflect and of wrappers, to which again
/// references are looked at.
fn is_reflect(symbol: &str) -> bool {
    bare(symbol).starts_with("reflect.")
}

impl<'m> FnCx<'_, '_, 'm> {
    /// Notes a call through an interface.
    pub fn note_interface_call(&self, recv: &Operand, index: u32, args: &[Operand]) -> Res<()> {
        let Some(iface) = self.operand_ty(recv)? else { return Ok(()) };
        let TyKind::Interface { methods } = self.cx.l.kind(iface) else { return Ok(()) };
        let Some(m) = methods.get(index as usize) else { return Ok(()) };
        let sig = &self.cx.ir.types.data(m.sig).unique;
        let f = self.fv.as_value_ref();
        let noted = &self.cx.noted;
        noted.calls.borrow_mut().push((f, method_key(&m.name, &m.pkg, sig)));
        if REFLECT_METHODS.contains(&m.name.as_str())
            && sig.contains("reflect.")
            && !is_reflect(&self.f.sym)
        {
            match constant_name(args.first()) {
                Some(name) => noted.named.borrow_mut().push((f, name, false)),
                None => noted.all.borrow_mut().push(f),
            }
        }
        Ok(())
    }

    /// Notes a direct call that asks reflection for a method by a constant name.
    pub fn note_direct_call(&self, callee: &'m Callee, args: &[Operand]) {
        if let Callee::Direct(sym) = callee
            && hands_out_methods(sym)
            && let Some(name) = constant_name(args.get(1))
        {
            self.cx.noted.named.borrow_mut().push((self.fv.as_value_ref(), name, true));
        }
    }
}

impl Cx<'_, '_> {
    /// A method for [`Noted::table`]. `None` if other objects can't refer to its code.
    pub fn noted_method(
        &self,
        name: &str,
        pkg: &str,
        sig: Ty,
        typed: bool,
        code: PointerValue,
    ) -> Option<NotedMethod> {
        Some(NotedMethod {
            name: name.to_string(),
            pkg: pkg.to_string(),
            sig: self.ir.types.data(sig).unique.to_string(),
            typed,
            code: self.shared_symbol(code)?,
        })
    }

    /// The symbol of a global, unless it is this module's alone.
    pub fn shared_symbol(&self, p: PointerValue) -> Option<String> {
        let name = p.get_name().to_str().ok()?;
        let linkage = match self.llmod.get_function(name) {
            Some(f) => f.get_linkage(),
            None => self.llmod.get_global(name)?.get_linkage(),
        };
        (!matches!(linkage, Linkage::Internal | Linkage::Private)).then(|| name.to_string())
    }

    /// The facts of the finished module, before optimisation.
    pub fn facts(&self) -> Facts {
        let mut w = Walk::default();
        let all: Vec<LLVMValueRef> = globals(self.llmod.as_mut_ptr());
        for &g in &all {
            w.number(g);
        }
        for &g in &all {
            w.uses(g, g);
        }
        w.note(&self.noted);
        for f in &self.ir.funcs {
            let Some(v) = self.llmod.get_function(&f.sym) else { continue };
            let mut types = Vec::new();
            ir::visit::operands(f, &mut |o| {
                if let Operand::Const(c) = o {
                    boxed_in(c, &mut types);
                }
            });
            for i in f.blocks.iter().flat_map(|b| &b.instrs) {
                if let InstrKind::Assign(_, Rvalue::MakeInterface { concrete, .. }) = &i.kind {
                    types.push(*concrete);
                }
            }
            w.boxes(v.as_value_ref(), types.iter().map(|t| self.type_symbol(*t)));
        }
        for g in &self.ir.globals {
            let (Some(v), Some(c)) = (self.llmod.get_global(&g.sym), &g.init) else { continue };
            let mut types = Vec::new();
            boxed_in(c, &mut types);
            w.boxes(v.as_value_ref(), types.iter().map(|t| self.type_symbol(*t)));
        }
        // A variable brings along the function that fills it (see fills.rs).
        for f in &self.ir.funcs {
            let Some(variable) = &f.fills else { continue };
            if let (Some(variable), Some(f)) =
                (self.llmod.get_global(variable), self.llmod.get_function(&f.sym))
            {
                w.edge(variable.as_value_ref(), f.as_value_ref());
            }
        }
        w.finish(&self.noted)
    }
}

/// The types of the interface values in a constant.
fn boxed_in(c: &Const, out: &mut Vec<Ty>) {
    match c {
        Const::Itab { concrete, .. } => out.push(*concrete),
        Const::StaticInterface { concrete, value, .. } => {
            out.push(*concrete);
            boxed_in(value, out);
        }
        Const::Aggregate(parts, _) => parts.iter().for_each(|p| boxed_in(p, out)),
        _ => {}
    }
}

fn globals(m: LLVMModuleRef) -> Vec<LLVMValueRef> {
    let mut out = Vec::new();
    // SAFETY: the lists of a module that lives.
    unsafe {
        let mut v = LLVMGetFirstFunction(m);
        while !v.is_null() {
            out.push(v);
            v = LLVMGetNextFunction(v);
        }
        v = LLVMGetFirstGlobal(m);
        while !v.is_null() {
            out.push(v);
            v = LLVMGetNextGlobal(v);
        }
    }
    out
}

#[derive(Default)]
struct Walk {
    names: Vec<String>,
    by_name: HashMap<String, u32>,
    /// Numbers of values; those without a name are counted from [`LOCAL`].
    numbers: HashMap<LLVMValueRef, u32>,
    locals: u32,
    edges: HashSet<(u32, u32)>,
    /// Functions of reflect that hand out methods, and those whose references to them don't count.
    givers: HashSet<u32>,
    reflect: HashSet<u32>,
    /// How often others refer to `givers`.
    asks: HashMap<u32, usize>,
    roots: Vec<u32>,
    nodes: HashMap<u32, Node>,
}

const LOCAL: u32 = 1 << 31;

impl Walk {
    fn name(&mut self, s: &str) -> u32 {
        if let Some(&n) = self.by_name.get(s) {
            return n;
        }
        let n = self.names.len() as u32;
        self.names.push(s.to_string());
        self.by_name.insert(s.to_string(), n);
        n
    }

    /// Functions are numbered before their uses are looked at.
    fn number(&mut self, v: LLVMValueRef) -> u32 {
        if let Some(&n) = self.numbers.get(&v) {
            return n;
        }
        use inkwell::llvm_sys::LLVMLinkage::*;
        // SAFETY: a global of a module that lives; its name is copied.
        let (name, linkage) = unsafe {
            let name = CStr::from_ptr(LLVMGetValueName2(v, &mut 0));
            (name.to_string_lossy().into_owned(), LLVMGetLinkage(v))
        };
        let n = match linkage {
            LLVMInternalLinkage | LLVMPrivateLinkage => {
                self.locals += 1;
                LOCAL + self.locals - 1
            }
            _ => self.name(&name),
        };
        if name.starts_with("llvm.") && matches!(linkage, LLVMAppendingLinkage) {
            self.roots.push(n);
        }
        if hands_out_methods(&name) {
            self.givers.insert(n);
        }
        if is_reflect(&name) {
            self.reflect.insert(n);
        }
        self.numbers.insert(v, n);
        n
    }

    /// Edges from all that `v` is used in, directly or in constants, to `target`.
    fn uses(&mut self, v: LLVMValueRef, target: LLVMValueRef) {
        // SAFETY: use lists of values of a module that lives.
        unsafe {
            let mut u = LLVMGetFirstUse(v);
            while !u.is_null() {
                let user = LLVMGetUser(u);
                u = LLVMGetNextUse(u);
                if !LLVMIsAInstruction(user).is_null() {
                    let block = LLVMGetInstructionParent(user);
                    self.edge(LLVMGetBasicBlockParent(block), target);
                } else if !LLVMIsAGlobalValue(user).is_null() {
                    self.edge(user, target);
                } else if !LLVMIsAConstant(user).is_null() {
                    self.uses(user, target);
                }
            }
        }
    }

    fn edge(&mut self, from: LLVMValueRef, to: LLVMValueRef) {
        let (f, t) = (self.number(from), self.number(to));
        if f == t {
            return;
        }
        self.edges.insert((f, t));
        if self.givers.contains(&t) && !self.reflect.contains(&f) {
            *self.asks.entry(f).or_default() += 1;
        }
    }

    fn node(&mut self, id: u32) -> &mut Node {
        self.nodes.entry(id).or_insert_with(|| Node { id, ..Node::default() })
    }

    fn boxes(&mut self, by: LLVMValueRef, types: impl Iterator<Item = String>) {
        let by = self.number(by);
        for t in types {
            let t = self.name(&t);
            self.node(by).boxes.push(t);
        }
    }

    fn note(&mut self, noted: &Noted) {
        for (f, key) in noted.calls.borrow().iter() {
            let (f, key) = (self.number(*f), self.name(key));
            self.node(f).calls.push(key);
        }
        let mut asked: HashMap<u32, usize> = HashMap::new();
        for (f, name, direct) in noted.named.borrow().iter() {
            let (f, name) = (self.number(*f), self.name(name));
            *asked.entry(f).or_default() += usize::from(*direct);
            self.node(f).named.push(name);
        }
        let all: Vec<u32> = noted.all.borrow().iter().map(|f| self.number(*f)).collect();
        for f in all {
            self.node(f).all = true;
        }
        let tables: HashSet<u32> =
            noted.tables.borrow().iter().map(|(s, _)| self.name(s)).collect();
        for (f, n) in std::mem::take(&mut self.asks) {
            if !tables.contains(&f) && n > asked.get(&f).copied().unwrap_or(0) {
                self.node(f).all = true;
            }
        }
        for (symbol, t) in noted.tables.borrow().iter() {
            let id = self.name(symbol);
            let table = match t {
                NotedTable::Code(methods) => Table::Code(self.methods(methods)),
                NotedTable::Itab { interface, ty, hash, methods } => Table::Itab {
                    interface: self.name(interface),
                    ty: self.name(ty),
                    hash: *hash,
                    methods: self.methods(methods),
                },
                NotedTable::FuncAux { code, one } => {
                    Table::FuncAux { code: code.each_ref().map(|c| self.name(c)), one: *one }
                }
            };
            self.node(id).table = Some(table);
        }
    }

    fn methods(&mut self, list: &[NotedMethod]) -> Vec<Method> {
        list.iter()
            .map(|m| Method {
                key: self.name(&method_key(&m.name, &m.pkg, &m.sig)),
                name: m.pkg.is_empty().then(|| self.name(&m.name)),
                ty: m.typed.then(|| self.name(&format!("type:{}", m.sig))),
                code: self.name(&m.code),
            })
            .collect()
    }

    /// All nodes with their edges; things without a name that lead nowhere are left out.
    fn finish(mut self, noted: &Noted) -> Facts {
        let tables: HashSet<u32> =
            noted.tables.borrow().iter().map(|(s, _)| self.name(s)).collect();
        let from: HashSet<u32> = self.edges.iter().map(|e| e.0).collect();
        let edges = std::mem::take(&mut self.edges);
        for (f, t) in edges {
            let leads = t < LOCAL || from.contains(&t) || self.nodes.contains_key(&t);
            if leads && !tables.contains(&f) {
                self.node(f).edges.push(t);
            }
        }
        let base = self.names.len() as u32;
        let number = |n: &mut u32| *n = if *n >= LOCAL { *n - LOCAL + base } else { *n };
        let mut nodes: Vec<Node> = self.nodes.into_values().collect();
        for n in &mut nodes {
            number(&mut n.id);
            n.edges.iter_mut().for_each(number);
            for list in [&mut n.edges, &mut n.calls, &mut n.named, &mut n.boxes] {
                list.sort_unstable();
                list.dedup();
            }
        }
        nodes.sort_unstable_by_key(|n| n.id);
        self.roots.iter_mut().for_each(number);
        Facts { names: self.names, nodes, roots: self.roots }
    }
}

//! What a package's code reaches: the facts from which the driver finds the methods that a program can call, before it links.
//!
//! A graph of symbols as they refer to each other before optimisation; for each function the interface methods that it calls and what it asks of
//! reflection; and the tables of method code (compiler/ABI.md, "Reachable methods"), whose entries are references only if something can call them.
//! Inlining moves code to where the graph already leads, so the graph holds for the object, too.

mod collect;
mod text;

pub(crate) use collect::{Noted, NotedTable};

/// The facts of one object.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Facts {
    /// Symbols, and keys of methods ([`method_key`]). Numbers below the count are names; others are things without a name.
    pub names: Vec<String>,
    pub nodes: Vec<Node>,
    /// What is kept whatever happens.
    pub roots: Vec<u32>,
}

/// A function or piece of data.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Node {
    pub id: u32,
    pub edges: Vec<u32>,
    /// Keys of the methods that it calls through interfaces.
    pub calls: Vec<u32>,
    /// Names of the methods that it asks reflection for.
    pub named: Vec<u32>,
    /// Descriptors of the types of which it makes interface values.
    pub boxes: Vec<u32>,
    /// It asks reflection for any method.
    pub all: bool,
    pub table: Option<Table>,
}

/// A table of which entries may turn out to be useless.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Table {
    /// `code:<type>`: {method's type, code} for each method of a type.
    Code(Vec<Method>),
    /// `itab:<type>,<interface>`.
    Itab { interface: u32, ty: u32, hash: u32, methods: Vec<Method> },
    /// `funcaux:<shape>`: call, makefunc, callmethod. `one`: of funcs with one parameter.
    FuncAux { code: [u32; 3], one: bool },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Method {
    /// See [`method_key`].
    pub key: u32,
    /// Its bare name, if it is exported.
    pub name: Option<u32>,
    /// The descriptor of its type; itabs have none.
    pub ty: Option<u32>,
    pub code: u32,
}

/// What tells methods apart: name, package of unexported ones, and the type's unique string.
pub fn method_key(name: &str, pkg: &str, sig: &str) -> String {
    format!("{name}\0{pkg}\0{sig}")
}

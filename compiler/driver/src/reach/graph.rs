//! The facts of all objects as one graph, and what is live in it.

use codegen::reach::{Facts, Method, Table};
use std::collections::HashMap;

/// Something in the graph: a symbol or key of the whole program, or a thing without a name of one object.
pub type Id = u32;

/// A table's entries with the numbers of the whole program.
pub enum ProgramTable {
    Code(Vec<Method>),
    Itab { interface: Id, ty: Id, hash: u32, methods: Vec<Method> },
    FuncAux { code: [Id; 3], one: bool },
}

#[derive(Default)]
struct Node {
    edges: Vec<Id>,
    calls: Vec<Id>,
    named: Vec<Id>,
    boxes: Vec<Id>,
    all: bool,
}

pub struct Graph<'f> {
    ids: HashMap<&'f str, Id>,
    names: Vec<&'f str>,
    /// By id; several objects may have nodes for one symbol, which are taken together.
    nodes: Vec<Node>,
    pub tables: HashMap<Id, ProgramTable>,
    roots: Vec<Id>,
}

/// What can be reached.
pub struct Live {
    pub nodes: Vec<bool>,
    /// Descriptors of types that interface values may have, or that reflection may come to from there, and what belongs to them.
    boxed: Vec<bool>,
    /// Keys of methods that are called through interfaces, and names of those that reflection is asked for.
    keys: Vec<bool>,
    names: Vec<bool>,
    /// Reflection is asked for any method.
    all: bool,
}

impl Live {
    /// Whether anything can call a method of this table's type.
    pub fn used(&self, table: Id, m: &Method) -> bool {
        self.boxed[table as usize] && self.method(m)
    }

    /// Whether anything can call the method if there are interface values of its type.
    pub fn method(&self, m: &Method) -> bool {
        self.keys[m.key as usize] || self.by_reflection(m)
    }

    fn by_reflection(&self, m: &Method) -> bool {
        m.name.is_some_and(|n| self.all || self.names[n as usize])
    }
}

/// Functions that read the entries of tables `funcaux`, call, makefunc and callmethod in this order (stdlib/reflect, runtime/src/heap/special.rs).
const USERS: [&[&str]; 3] = [
    &["reflect.Value.call", "reflect.runMade"],
    &["reflect.madeFunc"],
    &["reflect.Value.Method", "reflect.methodExpr"],
];
/// Finds types of the program that no interface value led to.
const STRUCT_OF: &str = "reflect.StructOf";
/// Calls funcs of one parameter.
const FINALIZERS: &str = "gosubc_set_finalizer";

impl<'f> Graph<'f> {
    pub fn new(facts: &'f [Facts]) -> Graph<'f> {
        let mut g = Graph {
            ids: HashMap::new(),
            names: Vec::new(),
            nodes: Vec::new(),
            tables: HashMap::new(),
            roots: Vec::new(),
        };
        let maps: Vec<Vec<Id>> =
            facts.iter().map(|f| f.names.iter().map(|n| g.id(n)).collect()).collect();
        let mut next = g.names.len() as Id;
        for (f, map) in facts.iter().zip(&maps) {
            let named = map.len() as u32;
            let id = |n: u32| map.get(n as usize).copied().unwrap_or(n.wrapping_sub(named) + next);
            let mut last = next;
            for n in &f.nodes {
                let at = id(n.id);
                for i in n.edges.iter().map(|e| id(*e)).chain([at]) {
                    last = last.max(i + 1);
                }
                if g.nodes.len() < last.max(next) as usize {
                    g.nodes.resize_with(last.max(next) as usize, Node::default);
                }
                if let Some(t) = &n.table {
                    g.tables.entry(at).or_insert_with(|| table(t, &id));
                }
                let node = &mut g.nodes[at as usize];
                node.edges.extend(n.edges.iter().map(|e| id(*e)));
                node.calls.extend(n.calls.iter().map(|e| id(*e)));
                node.named.extend(n.named.iter().map(|e| id(*e)));
                node.boxes.extend(n.boxes.iter().map(|e| id(*e)));
                node.all |= n.all;
            }
            g.roots.extend(f.roots.iter().map(|r| id(*r)));
            next = last.max(next);
        }
        g.nodes.resize_with(next as usize, Node::default);
        g
    }

    fn id(&mut self, name: &'f str) -> Id {
        let next = self.names.len() as Id;
        *self.ids.entry(name).or_insert_with(|| {
            self.names.push(name);
            next
        })
    }

    pub fn name(&self, id: Id) -> &'f str {
        self.names.get(id as usize).copied().unwrap_or("")
    }

    pub fn find(&self, name: &str) -> Option<Id> {
        self.ids.get(name).copied()
    }

    pub fn mark(&self, roots: &[String]) -> Live {
        let n = self.nodes.len();
        let live = Live {
            nodes: vec![false; n],
            boxed: vec![false; n],
            keys: vec![false; n],
            names: vec![false; n],
            all: false,
        };
        let mut m = Marker {
            g: self,
            live,
            work: Vec::new(),
            boxes: Vec::new(),
            by_key: HashMap::new(),
            by_name: HashMap::new(),
            exported: Vec::new(),
            struct_of: self.find(STRUCT_OF),
            box_all: false,
        };
        let named = roots.iter().filter_map(|r| self.find(r));
        for r in named.chain(self.roots.iter().copied()) {
            m.reach(r);
        }
        m.run();
        m.live
    }

    /// Whether entry `i` of a table `funcaux` may be used.
    pub fn aux_used(&self, live: &Live, i: usize, one: bool) -> bool {
        let reached = |s: &str| self.find(s).is_some_and(|id| live.nodes[id as usize]);
        USERS[i].iter().any(|s| reached(s)) || i == 0 && one && reached(FINALIZERS)
    }
}

fn table(t: &Table, id: &impl Fn(u32) -> Id) -> ProgramTable {
    let methods = |list: &[Method]| {
        let one = |m: &Method| Method {
            key: id(m.key),
            name: m.name.map(id),
            ty: m.ty.map(id),
            code: id(m.code),
        };
        list.iter().map(one).collect()
    };
    match t {
        Table::Code(list) => ProgramTable::Code(methods(list)),
        Table::Itab { interface, ty, hash, methods: list } => ProgramTable::Itab {
            interface: id(*interface),
            ty: id(*ty),
            hash: *hash,
            methods: methods(list),
        },
        Table::FuncAux { code, one } => ProgramTable::FuncAux { code: code.map(id), one: *one },
    }
}

/// The state of marking.
struct Marker<'g, 'f> {
    g: &'g Graph<'f>,
    live: Live,
    work: Vec<Id>,
    boxes: Vec<Id>,
    /// Entries of live tables that nothing is known to call: by key, by name, and those that reflection finds.
    by_key: HashMap<Id, Vec<Method>>,
    by_name: HashMap<Id, Vec<Method>>,
    exported: Vec<Method>,
    struct_of: Option<Id>,
    /// All live types count as boxed.
    box_all: bool,
}

impl Marker<'_, '_> {
    fn reach(&mut self, id: Id) {
        if !std::mem::replace(&mut self.live.nodes[id as usize], true) {
            self.work.push(id);
            if self.box_all && self.is_type(id) {
                self.boxed(id);
            }
        }
    }

    fn is_type(&self, id: Id) -> bool {
        self.g.name(id).starts_with("type:")
    }

    /// A type's descriptor, or a part of one.
    fn boxed(&mut self, id: Id) {
        self.reach(id);
        if !std::mem::replace(&mut self.live.boxed[id as usize], true) {
            self.boxes.push(id);
        }
    }

    fn visit_boxed(&mut self, id: Id) {
        let g = self.g;
        if let Some(ProgramTable::Code(methods)) = g.tables.get(&id) {
            methods.iter().for_each(|m| self.entry(m));
        }
        for &e in &g.nodes[id as usize].edges {
            let name = g.name(e);
            if name.is_empty() || name.starts_with("type:") || name.starts_with("code:") {
                self.boxed(e);
            }
        }
    }

    fn run(&mut self) {
        loop {
            while !self.work.is_empty() || !self.boxes.is_empty() {
                while let Some(id) = self.work.pop() {
                    self.visit(id);
                }
                if let Some(id) = self.boxes.pop() {
                    self.visit_boxed(id);
                }
            }
            // What reflection calls functions with: few, so they are looked at again and again.
            for (&id, t) in &self.g.tables {
                if let ProgramTable::FuncAux { code, one } = t
                    && self.live.nodes[id as usize]
                {
                    for (i, c) in code.iter().enumerate() {
                        if !self.live.nodes[*c as usize] && self.g.aux_used(&self.live, i, *one) {
                            self.reach(*c);
                        }
                    }
                }
            }
            if self.work.is_empty() {
                return;
            }
        }
    }

    fn visit(&mut self, id: Id) {
        let g = self.g;
        let node = &g.nodes[id as usize];
        for &e in &node.edges {
            self.reach(e);
        }
        for &t in &node.boxes {
            self.boxed(t);
        }
        if self.struct_of == Some(id) {
            self.box_all = true;
            for t in 0..g.names.len() as Id {
                if self.live.nodes[t as usize] && self.is_type(t) {
                    self.boxed(t);
                }
            }
        }
        for &k in &node.calls {
            if !std::mem::replace(&mut self.live.keys[k as usize], true) {
                self.by_key.remove(&k).into_iter().flatten().for_each(|m| self.keep(&m));
            }
        }
        for &n in &node.named {
            if !std::mem::replace(&mut self.live.names[n as usize], true) {
                self.by_name.remove(&n).into_iter().flatten().for_each(|m| self.keep(&m));
            }
        }
        if node.all && !std::mem::replace(&mut self.live.all, true) {
            std::mem::take(&mut self.exported).iter().for_each(|m| self.keep(m));
        }
        if let Some(ProgramTable::Itab { interface, ty, methods, .. }) = g.tables.get(&id) {
            self.reach(*interface);
            self.boxed(*ty);
            methods.iter().for_each(|m| self.entry(m));
        }
    }

    /// An entry of a live table.
    fn entry(&mut self, m: &Method) {
        if self.live.method(m) {
            self.keep(m);
        }
        self.by_key.entry(m.key).or_default().push(*m);
        if let Some(n) = m.name {
            self.by_name.entry(n).or_default().push(*m);
            self.exported.push(*m);
        }
    }

    fn keep(&mut self, m: &Method) {
        self.reach(m.code);
        if let Some(t) = m.ty
            && self.live.by_reflection(m)
        {
            self.boxed(t);
        }
    }
}

//! [`Facts`] as bytes, for the build cache: numbers in groups of seven bits, low ones first; lists behind their lengths.

use super::{Facts, Method, Node, Table};

impl Facts {
    pub fn encode(&self) -> Vec<u8> {
        let mut w = Writer(Vec::new());
        w.number(self.names.len() as u32);
        for n in &self.names {
            w.number(n.len() as u32);
            w.0.extend_from_slice(n.as_bytes());
        }
        w.number(self.nodes.len() as u32);
        for n in &self.nodes {
            w.number(n.id);
            w.list(&n.edges);
            w.list(&n.calls);
            w.list(&n.named);
            w.list(&n.boxes);
            w.number(n.all as u32);
            w.table(n.table.as_ref());
        }
        w.list(&self.roots);
        w.0
    }

    /// `None` if the bytes are no facts.
    pub fn decode(bytes: &[u8]) -> Option<Facts> {
        let mut r = Reader(bytes);
        let mut f = Facts::default();
        for _ in 0..r.number()? {
            let n = r.number()? as usize;
            let (name, rest) = r.0.split_at_checked(n)?;
            f.names.push(std::str::from_utf8(name).ok()?.to_string());
            r.0 = rest;
        }
        for _ in 0..r.number()? {
            f.nodes.push(Node {
                id: r.number()?,
                edges: r.list()?,
                calls: r.list()?,
                named: r.list()?,
                boxes: r.list()?,
                all: r.number()? != 0,
                table: r.table()?,
            });
        }
        f.roots = r.list()?;
        r.0.is_empty().then_some(f)
    }
}

struct Writer(Vec<u8>);

impl Writer {
    fn number(&mut self, mut v: u32) {
        while v > 0x7f {
            self.0.push(v as u8 | 0x80);
            v >>= 7;
        }
        self.0.push(v as u8);
    }

    fn list(&mut self, l: &[u32]) {
        self.number(l.len() as u32);
        l.iter().for_each(|&v| self.number(v));
    }

    fn option(&mut self, v: Option<u32>) {
        self.number(v.map_or(0, |v| v + 1));
    }

    fn methods(&mut self, methods: &[Method]) {
        self.number(methods.len() as u32);
        for m in methods {
            self.number(m.key);
            self.option(m.name);
            self.option(m.ty);
            self.number(m.code);
        }
    }

    fn table(&mut self, t: Option<&Table>) {
        match t {
            None => self.number(0),
            Some(Table::Code(methods)) => {
                self.number(1);
                self.methods(methods);
            }
            Some(Table::Itab { interface, ty, hash, methods }) => {
                [2, *interface, *ty, *hash].into_iter().for_each(|v| self.number(v));
                self.methods(methods);
            }
            Some(Table::FuncAux { code: [a, b, c], one }) => {
                [3, *a, *b, *c, *one as u32].into_iter().for_each(|v| self.number(v));
            }
        }
    }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn number(&mut self) -> Option<u32> {
        let (mut v, mut shift) = (0u32, 0);
        loop {
            let (&b, rest) = self.0.split_first()?;
            self.0 = rest;
            v |= u32::from(b & 0x7f).checked_shl(shift)?;
            if b < 0x80 {
                return Some(v);
            }
            shift += 7;
        }
    }

    fn list(&mut self) -> Option<Vec<u32>> {
        (0..self.number()?).map(|_| self.number()).collect()
    }

    fn option(&mut self) -> Option<Option<u32>> {
        Some(self.number()?.checked_sub(1))
    }

    fn methods(&mut self) -> Option<Vec<Method>> {
        let one = |r: &mut Self| {
            Some(Method { key: r.number()?, name: r.option()?, ty: r.option()?, code: r.number()? })
        };
        (0..self.number()?).map(|_| one(self)).collect()
    }

    fn table(&mut self) -> Option<Option<Table>> {
        Some(match self.number()? {
            0 => None,
            1 => Some(Table::Code(self.methods()?)),
            2 => Some(Table::Itab {
                interface: self.number()?,
                ty: self.number()?,
                hash: self.number()?,
                methods: self.methods()?,
            }),
            3 => Some(Table::FuncAux {
                code: [self.number()?, self.number()?, self.number()?],
                one: self.number()? != 0,
            }),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_back_as_it_was() {
        let m = |name, ty| Method { key: 1, name, ty, code: 300 };
        let node = |id, table| Node { id, table, ..Node::default() };
        let facts = Facts {
            names: vec!["main.main".into(), "String\0\0func() string".into(), String::new()],
            nodes: vec![
                Node {
                    id: 0,
                    edges: vec![3, 127, 128, u32::MAX],
                    calls: vec![1],
                    named: vec![2],
                    boxes: vec![0, 1],
                    all: true,
                    table: None,
                },
                node(3, Some(Table::Code(vec![m(Some(0), Some(2)), m(None, None)]))),
                node(
                    4,
                    Some(Table::Itab { interface: 1, ty: 2, hash: 0x8765_4321, methods: vec![] }),
                ),
                node(5, Some(Table::FuncAux { code: [1, 2, 3], one: true })),
            ],
            roots: vec![0],
        };
        let bytes = facts.encode();
        assert_eq!(Facts::decode(&bytes), Some(facts));
        assert_eq!(Facts::decode(&bytes[..bytes.len() - 1]), None);
        assert_eq!(Facts::decode(&[9, 9]), None);
    }
}

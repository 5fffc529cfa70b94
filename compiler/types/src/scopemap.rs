//! The names of a scope. Most scopes have a handful, for which a list that is searched by hash is quicker than a
//! table, and takes less room.

use crate::ObjId;
use crate::hash::{FastHasher, FastMap};
use std::hash::Hasher;
use syntax::ast::Name;

/// More names than these get a table.
const FEW: usize = 8;

/// Names with what they denote in one scope.
#[derive(Clone, Debug, Default)]
pub struct ScopeMap {
    few: Vec<Entry>,
    many: Option<Box<FastMap<Name, ObjId>>>,
}

#[derive(Clone, Debug)]
struct Entry {
    hash: u32,
    obj: ObjId,
    name: Name,
}

/// A name that is looked up in several scopes, with its hash.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    name: &'a str,
    hash: u32,
}

impl Wanted<'_> {
    pub fn new(name: &str) -> Wanted<'_> {
        let mut h = FastHasher::default();
        h.write(name.as_bytes());
        Wanted { name, hash: (h.finish() >> 16) as u32 }
    }
}

impl ScopeMap {
    pub fn get(&self, name: &str) -> Option<ObjId> {
        match self.few.is_empty() && self.many.is_none() {
            true => None,
            false => self.find(Wanted::new(name)),
        }
    }

    pub(crate) fn find(&self, wanted: Wanted<'_>) -> Option<ObjId> {
        if let Some(many) = &self.many {
            return many.get(wanted.name).copied();
        }
        let same = |e: &&Entry| e.hash == wanted.hash && *e.name == *wanted.name;
        self.few.iter().find(same).map(|e| e.obj)
    }

    /// Adds a name, unless it is taken: then what has it is returned.
    pub(crate) fn insert(&mut self, name: Name, obj: ObjId) -> Option<ObjId> {
        if let Some(many) = &mut self.many {
            // Looked up first: most names are new, but the map then keeps the one it has.
            return match many.get(&*name) {
                Some(&other) => Some(other),
                None => many.insert(name, obj),
            };
        }
        let wanted = Wanted::new(&name);
        if let Some(other) = self.find(wanted) {
            return Some(other);
        }
        if self.few.len() == FEW {
            let old = self.few.drain(..).map(|e| (e.name, e.obj));
            let mut many: FastMap<Name, ObjId> = old.collect();
            many.insert(name, obj);
            self.many = Some(Box::new(many));
            return None;
        }
        let hash = wanted.hash;
        self.few.push(Entry { hash, obj, name });
        None
    }

    pub(crate) fn remove(&mut self, name: &str) {
        match &mut self.many {
            Some(many) => {
                many.remove(name);
            }
            None => self.few.retain(|e| *e.name != *name),
        }
    }

    /// All names, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (&Name, ObjId)> {
        let many = self.many.iter().flat_map(|m| m.iter()).map(|(n, o)| (n, *o));
        self.few.iter().map(|e| (&e.name, e.obj)).chain(many)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_become_many() {
        let mut m = ScopeMap::default();
        for i in 0..30u32 {
            assert_eq!(m.get(&format!("n{i}")), None);
            assert_eq!(m.insert(format!("n{i}").into(), ObjId(i)), None);
            assert_eq!(m.insert(format!("n{}", i / 2).into(), ObjId(99)), Some(ObjId(i / 2)));
            assert!((0..=i).all(|k| m.get(&format!("n{k}")) == Some(ObjId(k))));
            assert_eq!(m.iter().count(), i as usize + 1);
        }
        m.remove("n7");
        assert_eq!((m.get("n7"), m.get("n8"), m.iter().count()), (None, Some(ObjId(8)), 29));
        let mut few = ScopeMap::default();
        few.insert("a".into(), ObjId(1));
        few.remove("a");
        assert_eq!(few.get("a"), None);
    }
}

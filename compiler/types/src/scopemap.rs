//! The names of a scope. Most scopes have a handful, for which a list is quicker than a table, and takes less room.

use crate::ObjId;
use crate::hash::FastMap;
use syntax::ast::Name;

/// More names than these get a table.
const FEW: usize = 8;

/// Names with what they denote in one scope.
#[derive(Clone, Debug, Default)]
pub struct ScopeMap {
    few: Vec<(Name, ObjId)>,
    many: Option<Box<FastMap<Name, ObjId>>>,
}

impl ScopeMap {
    pub fn get(&self, name: &str) -> Option<ObjId> {
        match self.few.is_empty() && self.many.is_none() {
            true => None,
            false => self.find(Name::known(name)?),
        }
    }

    pub fn find(&self, name: Name) -> Option<ObjId> {
        match &self.many {
            None => self.few.iter().find(|e| e.0 == name).map(|e| e.1),
            Some(many) => many.get(&name).copied(),
        }
    }

    /// Adds a name, unless it is taken: then what has it is returned.
    pub(crate) fn insert(&mut self, name: Name, obj: ObjId) -> Option<ObjId> {
        // Looked up first: most names are new, but the map then keeps the one it has.
        if let Some(other) = self.find(name) {
            return Some(other);
        }
        match &mut self.many {
            Some(many) => {
                many.insert(name, obj);
            }
            None if self.few.len() < FEW => self.few.push((name, obj)),
            None => {
                let mut many: FastMap<Name, ObjId> = self.few.drain(..).collect();
                many.insert(name, obj);
                self.many = Some(Box::new(many));
            }
        }
        None
    }

    pub(crate) fn remove(&mut self, name: Name) {
        match &mut self.many {
            Some(many) => {
                many.remove(&name);
            }
            None => self.few.retain(|e| e.0 != name),
        }
    }

    /// All names, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (Name, ObjId)> {
        let many = self.many.iter().flat_map(|m| m.iter()).map(|(n, o)| (*n, *o));
        self.few.iter().copied().chain(many)
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
        m.remove("n7".into());
        assert_eq!((m.get("n7"), m.get("n8"), m.iter().count()), (None, Some(ObjId(8)), 29));
        let mut few = ScopeMap::default();
        few.insert("a".into(), ObjId(1));
        few.remove("a".into());
        assert_eq!(few.get("a"), None);
    }
}

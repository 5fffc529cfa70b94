//! One shared copy of each name of a file.

use crate::ast::Name;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Hands out the same [`Name`] for the same text.
#[derive(Default)]
pub struct Interner<'a> {
    names: HashMap<&'a str, Name, BuildHasherDefault<WordHasher>>,
}

impl<'a> Interner<'a> {
    /// With room for about as many names as a text of so many bytes has.
    pub fn for_text(bytes: usize) -> Interner<'a> {
        let names = HashMap::with_capacity_and_hasher(bytes / 80 + 16, Default::default());
        Interner { names }
    }

    pub fn get(&mut self, text: &'a str) -> Name {
        self.names.entry(text).or_insert_with(|| Name::from(text)).clone()
    }
}

/// A multiplicative hash, eight bytes at a time. Names come from the user's own source, so there is
/// no adversary to keep out; the fold at the end spreads entropy to the bits that the table uses.
#[derive(Default)]
struct WordHasher(u64);

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

impl WordHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(FACTOR);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            self.add(u64::from_le_bytes(chunk.try_into().unwrap_or_default()));
        }
        let mut last = [0; 8];
        let rest = chunks.remainder();
        last[..rest.len()].copy_from_slice(rest);
        self.add(u64::from_le_bytes(last));
    }

    fn write_u8(&mut self, byte: u8) {
        self.add(byte as u64);
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn shares() {
        let mut names = Interner::default();
        let a = names.get("a");
        assert!(Arc::ptr_eq(&a, &names.get("a")));
        assert_ne!(names.get("something_long"), names.get("something_lonG"));
    }
}

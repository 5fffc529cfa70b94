//! Names: text in, a number out that stands for it as long as the process lives.
//!
//! A compiler compares and looks up names far more often than it reads their letters, so equal names have equal
//! numbers. Their texts stay in memory: there are no more of them than different words in the sources. The parser
//! asks an [`Interner`], which remembers the latest names, and only then the table that all threads share.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::num::NonZeroU32;
use std::ops::Deref;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

/// A name of the source, compared by number. Its text is what it derefs to; names are ordered by it. The number's highest
/// bit says whether the name is exported.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Name(NonZeroU32);

/// Texts by number: list `k` has room for `FIRST << k`.
static TEXTS: [OnceLock<Box<[OnceLock<&'static str>]>>; LISTS] = [const { OnceLock::new() }; LISTS];
const LISTS: usize = 22;
const FIRST: usize = 1024;

const EXPORTED: u32 = 1 << 31;

/// What the table begins with: those that have functions of [`Name`].
const FIRST_NAMES: [&str; 2] = ["_", "nil"];

static TABLE: Mutex<Table> = Mutex::new(Table { slots: Vec::new(), count: 0, room: &mut [] });

/// The list and the place in it of a name's text.
fn place(index: usize) -> (usize, usize) {
    let n = index + FIRST;
    let list = (n.ilog2() - FIRST.ilog2()) as usize;
    (list, n - (FIRST << list))
}

fn text_at(index: usize) -> &'static str {
    let (list, i) = place(index);
    TEXTS[list].get().and_then(|l| l[i].get()).copied().unwrap_or_default()
}

impl Name {
    /// The blank identifier.
    pub const fn blank() -> Name {
        Name(NonZeroU32::MIN)
    }

    pub const fn nil() -> Name {
        Name(NonZeroU32::MIN.saturating_add(1))
    }

    pub fn is_blank(self) -> bool {
        self == Name::blank()
    }

    /// The name with this text, if the process has come across it.
    pub fn known(text: &str) -> Option<Name> {
        table().find(hash_of(text.as_bytes()), text).ok()
    }

    pub fn as_str(self) -> &'static str {
        text_at((self.0.get() & !EXPORTED) as usize - 1)
    }

    /// Whether the name begins with an upper-case letter (Go specification, "Exported identifiers").
    pub fn is_exported(self) -> bool {
        self.0.get() & EXPORTED != 0
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Name {
        table().get(hash_of(text.as_bytes()), text).0
    }
}

impl From<String> for Name {
    fn from(text: String) -> Name {
        Name::from(text.as_str())
    }
}

impl From<Cow<'_, str>> for Name {
    fn from(text: Cow<'_, str>) -> Name {
        Name::from(&*text)
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u32(self.0.get());
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Name) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Name) -> std::cmp::Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

/// The names of all threads: an open hash table of numbers.
struct Table {
    /// Hash and number of a name; the number 0 is a free slot. A power of two of them.
    slots: Vec<(u32, u32)>,
    count: u32,
    /// Where the next texts go.
    room: &'static mut [u8],
}

fn table() -> MutexGuard<'static, Table> {
    // A panic elsewhere leaves the table as it is: a slot is filled last.
    let mut t = TABLE.lock().unwrap_or_else(PoisonError::into_inner);
    if t.slots.is_empty() {
        t.slots = vec![(0, 0); 1 << 14];
        for text in FIRST_NAMES {
            t.get(hash_of(text.as_bytes()), text);
        }
    }
    t
}

impl Table {
    /// The name, or the slot where it would be.
    fn find(&self, hash: u32, text: &str) -> Result<Name, usize> {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let (h, number) = self.slots[at];
            let Some(name) = NonZeroU32::new(number) else { return Err(at) };
            if h == hash && Name(name).as_str() == text {
                return Ok(Name(name));
            }
            at = (at + 1) & mask;
        }
    }

    fn get(&mut self, hash: u32, text: &str) -> (Name, &'static str) {
        let slot = match self.find(hash, text) {
            Ok(name) => return (name, name.as_str()),
            Err(slot) => slot,
        };
        let text = self.keep(text);
        let (list, i) = place(self.count as usize);
        let room = || (0..FIRST << list).map(|_| OnceLock::new()).collect();
        let _ = TEXTS[list].get_or_init(room)[i].set(text);
        self.count += 1;
        let exported = text.chars().next().is_some_and(char::is_uppercase);
        let mark = if exported { EXPORTED } else { 0 };
        let number = NonZeroU32::MIN.saturating_add(self.count - 1) | mark;
        self.slots[slot] = (hash, number.get());
        if self.count as usize * 2 > self.slots.len() {
            self.grow();
        }
        (Name(number), text)
    }

    /// A copy of the text that stays.
    fn keep(&mut self, text: &str) -> &'static str {
        const BLOCK: usize = 1 << 16;
        if text.len() > BLOCK / 16 {
            return Box::leak(Box::from(text));
        }
        let mut room = std::mem::take(&mut self.room);
        if room.len() < text.len() {
            room = Box::leak(vec![0; BLOCK].into_boxed_slice());
        }
        let (own, rest) = room.split_at_mut(text.len());
        self.room = rest;
        own.copy_from_slice(text.as_bytes());
        std::str::from_utf8(own).unwrap_or_default()
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        let old = std::mem::replace(&mut self.slots, vec![(0, 0); size]);
        for entry in old.into_iter().filter(|e| e.1 != 0) {
            let mut at = entry.0 as usize & (size - 1);
            while self.slots[at].1 != 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = entry;
        }
    }
}

/// Names that were asked for lately, each with hash and text, in the places that the hashes say.
pub struct Interner {
    recent: Vec<Recent>,
}

type Recent = Option<(Name, u32, &'static str)>;

/// A power of two.
const RECENT: usize = 2048;

thread_local! {
    /// What the last file's interner remembered: the next file is likely to have the same names.
    static LAST: RefCell<Vec<Recent>> = const { RefCell::new(Vec::new()) };
}

impl Interner {
    pub fn new() -> Interner {
        let mut recent = LAST.with(RefCell::take);
        recent.resize(RECENT, None);
        Interner { recent }
    }

    pub fn get(&mut self, text: &str) -> Name {
        let hash = hash_of(text.as_bytes());
        let slot = &mut self.recent[hash as usize % RECENT];
        match *slot {
            Some((name, h, known)) if h == hash && known == text => name,
            _ => {
                let (name, text) = table().get(hash, text);
                *slot = Some((name, hash, text));
                name
            }
        }
    }
}

impl Drop for Interner {
    fn drop(&mut self) {
        let recent = std::mem::take(&mut self.recent);
        // At a thread's end there may be nothing left to put it back into.
        let _ = LAST.try_with(|last| last.replace(recent));
    }
}

/// A multiplicative hash, eight bytes at a time. Names come from the user's own source, so there is
/// no adversary to keep out; the fold at the end takes the product's good bits, which are the high ones.
fn hash_of(bytes: &[u8]) -> u32 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = bytes.len() as u64;
    let mut add = |word: u64| hash = (hash.rotate_left(5) ^ word).wrapping_mul(FACTOR);
    let (words, rest) = bytes.as_chunks::<8>();
    for w in words {
        add(u64::from_le_bytes(*w));
    }
    match (rest, bytes.last_chunk::<8>()) {
        ([], _) => {}
        // What overlaps does no harm.
        (_, Some(last)) => add(u64::from_le_bytes(*last)),
        _ => add(rest.iter().fold(0, |word, &b| word << 8 | b as u64)),
    }
    (hash ^ hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_equal_numbers() {
        let mut names = Interner::new();
        let a = names.get("a");
        assert_eq!(a, Name::from("a"));
        assert_eq!(a.as_str(), "a");
        assert_ne!(names.get("something_long"), names.get("something_lonG"));
        assert_eq!(Name::blank().as_str(), "_");
        assert_eq!((names.get("_"), names.get("nil")), (Name::blank(), Name::nil()));
        assert_eq!(Name::known("no one has asked for this one"), None);
        let long = "x".repeat(100_000);
        assert_eq!(names.get(&long).as_str(), long);
        assert_eq!(
            ["Ab", "aB", "Ä", "ä", "_A"].map(|n| names.get(n).is_exported()),
            [true, false, true, false, false]
        );
    }

    #[test]
    fn many_names_on_several_threads() {
        let all = |prefix: &'static str| {
            move || (0..20_000).map(|i| Name::from(format!("{prefix}{i}"))).collect()
        };
        let threads = ["many", "many", "more"].map(|p| std::thread::spawn(all(p)));
        let lists: Vec<Vec<Name>> = threads.into_iter().map(|t| t.join().unwrap()).collect();
        assert_eq!(lists[0], lists[1]);
        for (i, name) in lists[2].iter().enumerate() {
            assert_eq!(name.as_str(), format!("more{i}"));
            assert_eq!(Name::known(name), Some(*name));
        }
        assert!(lists[0][7] < lists[2][7] && lists[0][1] < lists[0][2]);
    }
}

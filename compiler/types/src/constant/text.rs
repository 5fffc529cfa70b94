//! Constant strings: joined lazily, since long texts are often written as a sum of many lines and
//! every partial sum is a constant, too.

use std::sync::{Arc, OnceLock};

/// The bytes of a string constant (they need not be UTF-8).
#[derive(Clone, Debug)]
pub struct Str(Node);

#[derive(Clone, Debug)]
enum Node {
    Flat(Arc<[u8]>),
    Sum(Arc<Sum>),
}

#[derive(Debug)]
struct Sum {
    left: Str,
    right: Str,
    len: usize,
    flat: OnceLock<Arc<[u8]>>,
}

/// Sums shorter than this are copied at once.
const LAZY: usize = 256;

impl Str {
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Str {
        Str(Node::Flat(bytes.into()))
    }

    /// In bytes.
    pub fn len(&self) -> usize {
        match &self.0 {
            Node::Flat(b) => b.len(),
            Node::Sum(s) => s.len,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn as_bytes(&self) -> &[u8] {
        match &self.0 {
            Node::Flat(b) => b,
            Node::Sum(s) => s.flat.get_or_init(|| self.flatten()),
        }
    }

    fn flatten(&self) -> Arc<[u8]> {
        self.prefix(self.len()).into()
    }

    /// The first `max` bytes or some more, without joining all of a long sum.
    pub(crate) fn prefix(&self, max: usize) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.len().min(max));
        let mut todo = vec![self];
        while let Some(s) = todo.pop() {
            if out.len() > max {
                break;
            }
            match &s.0 {
                Node::Flat(b) => out.extend_from_slice(b),
                Node::Sum(s) => match s.flat.get() {
                    Some(b) => out.extend_from_slice(b),
                    None => todo.extend([&s.right, &s.left]),
                },
            }
        }
        out
    }

    pub(crate) fn concat(&self, other: &Str) -> Str {
        let len = self.len() + other.len();
        if len < LAZY {
            return Str::new([self.as_bytes(), other.as_bytes()].concat());
        }
        let sum = Sum { left: self.clone(), right: other.clone(), len, flat: OnceLock::new() };
        Str(Node::Sum(Arc::new(sum)))
    }
}

impl PartialEq for Str {
    fn eq(&self, other: &Str) -> bool {
        let same = match (&self.0, &other.0) {
            (Node::Flat(a), Node::Flat(b)) => Arc::ptr_eq(a, b),
            (Node::Sum(a), Node::Sum(b)) => Arc::ptr_eq(a, b),
            _ => false,
        };
        same || self.len() == other.len() && self.as_bytes() == other.as_bytes()
    }
}

impl std::ops::Deref for Str {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        self.as_bytes()
    }
}

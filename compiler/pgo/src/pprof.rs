//! The messages of pprof's format that tell of calls
//! (<https://github.com/google/pprof/blob/main/proto/profile.proto>), and that they fit together.

use crate::wire::{Fields, Value};
use crate::{Error, fail};
use std::collections::HashMap;

/// A profile as it is in the file, without what nobody asks for.
#[derive(Default)]
pub struct Pprof<'a> {
    /// Name and unit of each of a sample's values, as numbers of strings.
    sample_types: Vec<(u64, u64)>,
    pub samples: Vec<Sample>,
    /// By number.
    pub locations: HashMap<u64, Location>,
    pub functions: HashMap<u64, Function>,
    strings: Vec<&'a [u8]>,
}

#[derive(Default)]
pub struct Sample {
    /// Numbers of locations, the innermost first.
    pub stack: Vec<u64>,
    pub values: Vec<i64>,
}

#[derive(Default)]
pub struct Location {
    pub address: u64,
    /// Inlined functions first.
    pub lines: Vec<Line>,
}

#[derive(Clone, Copy, Default)]
pub struct Line {
    pub function: u64,
    pub line: i64,
}

#[derive(Default)]
pub struct Function {
    name: u64,
    pub start_line: i64,
}

impl<'a> Pprof<'a> {
    pub fn read(bytes: &'a [u8]) -> Result<Pprof<'a>, Error> {
        let p = Pprof::parse(bytes).map_err(|e| Error(format!("parsing profile: {e}")))?;
        p.check().map_err(|e| Error(format!("malformed profile: {e}")))?;
        Ok(p)
    }

    fn parse(bytes: &'a [u8]) -> Result<Pprof<'a>, Error> {
        let mut p = Pprof::default();
        for field in Fields(bytes) {
            match field? {
                (1, v) => p.sample_types.push(value_type(v.bytes()?)?),
                (2, v) => p.samples.push(sample(v.bytes()?)?),
                (4, v) => add("location", &mut p.locations, location(v.bytes()?)?)?,
                (5, v) => add("function", &mut p.functions, function(v.bytes()?)?)?,
                (6, v) => p.strings.push(v.bytes()?),
                _ => {}
            }
        }
        match p.strings.first() {
            Some(&b"") => Ok(p),
            _ => fail("string_table[0] must be ''"),
        }
    }

    /// What is referred to is there.
    fn check(&self) -> Result<(), Error> {
        let types = self.sample_types.len();
        if types == 0 && !self.samples.is_empty() {
            return fail("missing sample type information");
        }
        if let Some(s) = self.samples.iter().find(|s| s.values.len() != types) {
            let n = s.values.len();
            return fail(format!("mismatch: sample has: {n} values vs. {types} types"));
        }
        let texts = (self.sample_types.iter().flat_map(|t| [t.0, t.1]))
            .chain(self.functions.values().map(|f| f.name));
        for i in texts {
            if self.text(i).is_none() {
                return fail(format!("there is no string {i}"));
            }
        }
        for l in self.samples.iter().flat_map(|s| &s.stack) {
            if !self.locations.contains_key(l) {
                return fail(format!("there is no location {l}"));
            }
        }
        for l in self.locations.values().flat_map(|l| &l.lines) {
            if l.function != 0 && !self.functions.contains_key(&l.function) {
                return fail(format!("there is no function {}", l.function));
            }
        }
        Ok(())
    }

    fn text(&self, i: u64) -> Option<&'a [u8]> {
        self.strings.get(usize::try_from(i).ok()?).copied()
    }

    /// Which of a sample's values says how often the stack was seen. Processor time is that many times the period.
    pub fn cpu_value(&self) -> Option<usize> {
        let is_cpu = |t: &(u64, u64)| {
            let pair = (self.text(t.0), self.text(t.1));
            pair == (Some(b"samples"), Some(b"count"))
                || pair == (Some(b"cpu"), Some(b"nanoseconds"))
        };
        self.sample_types.iter().position(is_cpu)
    }

    pub fn name(&self, f: &Function) -> &'a [u8] {
        self.text(f.name).unwrap_or_default()
    }
}

fn add<T>(what: &str, to: &mut HashMap<u64, T>, (id, made): (u64, T)) -> Result<(), Error> {
    match (id, to.insert(id, made)) {
        (0, _) => fail(format!("found {what} with reserved ID=0")),
        (_, Some(_)) => fail(format!("multiple {what}s with same id: {id}")),
        _ => Ok(()),
    }
}

fn value_type(bytes: &[u8]) -> Result<(u64, u64), Error> {
    let mut made = (0, 0);
    for field in Fields(bytes) {
        match field? {
            (1, v) => made.0 = v.number()?,
            (2, v) => made.1 = v.number()?,
            _ => {}
        }
    }
    Ok(made)
}

fn sample(bytes: &[u8]) -> Result<Sample, Error> {
    let (mut stack, mut values) = (Vec::new(), Vec::new());
    for field in Fields(bytes) {
        match field? {
            (1, v) => v.numbers(&mut stack)?,
            (2, v) => v.numbers(&mut values)?,
            _ => {}
        }
    }
    Ok(Sample { stack, values: values.into_iter().map(|v| v as i64).collect() })
}

fn location(bytes: &[u8]) -> Result<(u64, Location), Error> {
    let (mut id, mut made) = (0, Location::default());
    for field in Fields(bytes) {
        match field? {
            (1, v) => id = v.number()?,
            (3, v) => made.address = v.number()?,
            (4, v) => made.lines.push(line(v)?),
            _ => {}
        }
    }
    Ok((id, made))
}

fn line(v: Value<'_>) -> Result<Line, Error> {
    let mut made = Line::default();
    for field in Fields(v.bytes()?) {
        match field? {
            (1, v) => made.function = v.number()?,
            (2, v) => made.line = v.number()? as i64,
            _ => {}
        }
    }
    Ok(made)
}

fn function(bytes: &[u8]) -> Result<(u64, Function), Error> {
    let (mut id, mut made) = (0, Function::default());
    for field in Fields(bytes) {
        match field? {
            (1, v) => id = v.number()?,
            (2, v) => made.name = v.number()?,
            (5, v) => made.start_line = v.number()? as i64,
            _ => {}
        }
    }
    Ok((id, made))
}

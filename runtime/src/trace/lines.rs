//! Names and lines in stripped executables. The compiler's driver/src/lines.rs makes the section and describes its form.

use super::symbols::c_str;
use gimli::{EndianSlice, LittleEndian};

type Numbers = EndianSlice<'static, LittleEndian>;

pub const SECTION: &str = ".gosubc.lines";

/// The section.
pub struct Lines {
    data: &'static [u8],
}

/// A function of the table.
pub struct Function {
    pub name: &'static [u8],
    at: u64,
    lines: usize,
}

/// What is at an address: a function, or what is inlined in one, and its line.
pub struct Place {
    pub name: &'static [u8],
    pub file: &'static [u8],
    pub line: u32,
    /// Where the function begins.
    pub start: u32,
}

impl Lines {
    pub fn new(data: &'static [u8]) -> Option<Lines> {
        (data.len() >= 8).then_some(Lines { data })
    }

    fn u32_at(&self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.data.get(at..at + 4)?.try_into().ok()?))
    }

    fn text(&self, at: u32) -> &'static [u8] {
        let begin = self.u32_at(4).unwrap_or(0);
        c_str(self.data, begin as usize + at as usize)
    }

    /// The function that `addr`, relative to the image, is in.
    pub fn function(&self, addr: u64) -> Option<Function> {
        let at = |i: usize| {
            let bytes = self.data.get(8 + 20 * i..8 + 20 * i + 8);
            bytes.and_then(|b| b.try_into().ok()).map_or(u64::MAX, u64::from_le_bytes)
        };
        let (mut lo, mut hi) = (0, self.u32_at(0)? as usize);
        while lo < hi {
            let mid = (lo + hi) / 2;
            if at(mid) <= addr { lo = mid + 1 } else { hi = mid }
        }
        let i = lo.checked_sub(1)?;
        let record = 8 + 20 * i;
        if addr - at(i) >= self.u32_at(record + 8)?.into() {
            return None;
        }
        Some(Function {
            name: self.text(self.u32_at(record + 12)?),
            at: at(i),
            lines: self.u32_at(record + 16)? as usize,
        })
    }

    /// Tells `visit` what is at `addr`, innermost first. `None`: nothing, or not all of it, is known.
    pub fn places(&self, f: &Function, addr: u64, visit: &mut dyn FnMut(Place)) -> Option<()> {
        if f.lines == 0 {
            return None;
        }
        let mut rest = EndianSlice::new(self.data.get(f.lines..)?, LittleEndian);
        let count = number(&mut rest)?;
        let nodes = rest;
        for _ in 0..5 * count {
            number(&mut rest)?;
        }
        let (mut at, mut line) = (f.at, 0i64);
        let mut found = None;
        for _ in 0..number(&mut rest)? {
            at += number(&mut rest)?;
            if at > addr {
                break;
            }
            let node = number(&mut rest)?;
            let step = number(&mut rest)?;
            line += (step >> 1) as i64 ^ -((step & 1) as i64);
            found = Some((node, line));
        }
        let (mut node, mut line) = found?;
        loop {
            let mut at = nodes;
            for _ in 0..5 * node {
                number(&mut at)?;
            }
            let mut next = || number(&mut at);
            let (name, file, start) = (next()?, next()?, next()?);
            let (caller, call) = (next()?, next()?);
            let (name, file) = (self.text(name as u32), self.text(file as u32));
            visit(Place { name, file, line: line as u32, start: start as u32 });
            let Some(outer) = caller.checked_sub(1) else { return Some(()) };
            (node, line) = (outer, call as i64);
        }
    }
}

/// The next LEB128 number.
fn number(rest: &mut Numbers) -> Option<u64> {
    gimli::leb128::read::unsigned(rest).ok()
}

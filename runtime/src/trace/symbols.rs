//! From code addresses to functions, files and lines: DWARF and the symbol table of the executable itself, or what
//! stripped ones have instead (`lines.rs`), read when the first traceback needs them.

use super::lines::{self, Lines};
use crate::lock::{Global, Lock};
use addr2line::Context;
use alloc::string::String;
use alloc::vec::Vec;
use gimli::{AttributeValue, Dwarf, EndianSlice, NativeEndian, SectionId, UnitOffset, UnitRef};

type Reader = EndianSlice<'static, NativeEndian>;

/// A function at an address; inlined ones come first.
#[derive(Clone)]
pub struct Frame {
    pub name: String,
    pub file: String,
    pub line: u32,
    /// The line where the function begins; 0: not known.
    pub start: u32,
    /// Compiled from Go.
    pub is_go: bool,
    /// A wrapper that the compiler made.
    pub hidden: bool,
}

struct Symbol {
    at: usize,
    name: &'static [u8],
}

struct Tables {
    context: Option<Context<Reader>>,
    /// Functions, sorted by address.
    symbols: Vec<Symbol>,
    /// Of stripped executables, instead of both.
    lines: Option<Lines>,
}

static TABLES: Global<Option<Tables>> = Global::new(None);
static LOCK: Lock = Lock::new();

/// The executable's file, mapped for good.
fn map_self() -> Option<&'static [u8]> {
    // SAFETY: a private read-only mapping of the file; the length is the file's.
    unsafe {
        let fd = libc::open(c"/proc/self/exe".as_ptr(), libc::O_RDONLY | libc::O_CLOEXEC);
        if fd < 0 {
            return None;
        }
        let mut st: libc::stat = core::mem::zeroed();
        let mut bytes = None;
        if libc::fstat(fd, &mut st) == 0 && st.st_size > 64 {
            let n = st.st_size as usize;
            let p = libc::mmap(core::ptr::null_mut(), n, libc::PROT_READ, libc::MAP_PRIVATE, fd, 0);
            if p != libc::MAP_FAILED {
                bytes = Some(core::slice::from_raw_parts(p as *const u8, n));
            }
        }
        libc::close(fd);
        bytes
    }
}

struct Elf {
    file: &'static [u8],
    names: &'static [u8],
    sections: Vec<Section>,
}

struct Section {
    name: u32,
    kind: u32,
    at: usize,
    size: usize,
    link: u32,
}

impl Elf {
    fn parse(file: &'static [u8]) -> Option<Elf> {
        let at = u64_at(file, 0x28)? as usize;
        let size = u16_at(file, 0x3a)? as usize;
        let count = u16_at(file, 0x3c)? as usize;
        let names = u16_at(file, 0x3e)? as usize;
        let mut sections = Vec::new();
        for i in 0..count {
            let h = at + i * size;
            sections.push(Section {
                name: u32_at(file, h)?,
                kind: u32_at(file, h + 4)?,
                at: u64_at(file, h + 0x18)? as usize,
                size: u64_at(file, h + 0x20)? as usize,
                link: u32_at(file, h + 0x28)?,
            });
        }
        let mut elf = Elf { file, names: &[], sections };
        elf.names = elf.data(elf.sections.get(names)?);
        Some(elf)
    }

    fn data(&self, s: &Section) -> &'static [u8] {
        const NOBITS: u32 = 8;
        if s.kind == NOBITS {
            return &[];
        }
        self.file.get(s.at..s.at + s.size).unwrap_or(&[])
    }

    fn section(&self, name: &str) -> &'static [u8] {
        let found =
            self.sections.iter().find(|s| c_str(self.names, s.name as usize) == name.as_bytes());
        found.map_or(&[], |s| self.data(s))
    }

    fn functions(&self) -> Vec<Symbol> {
        const SYMTAB: u32 = 2;
        const FUNC: u8 = 2;
        let mut list = Vec::new();
        let Some(table) = self.sections.iter().find(|s| s.kind == SYMTAB) else { return list };
        let names = self.sections.get(table.link as usize).map_or(&[][..], |s| self.data(s));
        let base = crate::panic::unwind::image().base;
        for s in self.data(table).chunks_exact(24) {
            let (Some(name), Some(at)) = (u32_at(s, 0), u64_at(s, 8)) else { continue };
            if s[4] & 0xf == FUNC && at != 0 {
                list.push(Symbol { at: base + at as usize, name: c_str(names, name as usize) });
            }
        }
        list.sort_by_key(|s| s.at);
        list
    }
}

fn u16_at(b: &[u8], i: usize) -> Option<u16> {
    Some(u16::from_le_bytes(b.get(i..i + 2)?.try_into().ok()?))
}

fn u32_at(b: &[u8], i: usize) -> Option<u32> {
    Some(u32::from_le_bytes(b.get(i..i + 4)?.try_into().ok()?))
}

fn u64_at(b: &[u8], i: usize) -> Option<u64> {
    Some(u64::from_le_bytes(b.get(i..i + 8)?.try_into().ok()?))
}

pub fn c_str(b: &'static [u8], at: usize) -> &'static [u8] {
    let rest = b.get(at..).unwrap_or(&[]);
    let end = rest.iter().position(|&c| c == 0).unwrap_or(rest.len());
    &rest[..end]
}

fn load() -> Tables {
    let Some(elf) = map_self().and_then(Elf::parse) else {
        return Tables { context: None, symbols: Vec::new(), lines: None };
    };
    if let Some(lines) = Lines::new(elf.section(lines::SECTION)) {
        return Tables { context: None, symbols: Vec::new(), lines: Some(lines) };
    }
    let section = |id: SectionId| -> Result<Reader, gimli::Error> {
        Ok(EndianSlice::new(elf.section(id.name()), NativeEndian))
    };
    let context = Dwarf::load(section).ok().and_then(|d| Context::from_dwarf(d).ok());
    Tables { context, symbols: elf.functions(), lines: None }
}

unsafe fn tables() -> &'static Tables {
    (*TABLES.get()).get_or_insert_with(load)
}

/// The symbol of the function at an address.
unsafe fn symbol_at(addr: usize) -> Option<&'static [u8]> {
    let t = tables();
    if let Some(lines) = &t.lines {
        return lines.function(in_image(addr)).map(|f| f.name);
    }
    let symbols = &t.symbols;
    let i = symbols.partition_point(|s| s.at <= addr);
    // Of several names for one address, the first Go name.
    let last = symbols[..i].last()?;
    symbols[..i]
        .iter()
        .rev()
        .take_while(|s| s.at == last.at)
        .find(|s| is_go_symbol(s.name))
        .or(Some(last))
        .map(|s| s.name)
}

/// An address as the executable's file has it.
fn in_image(addr: usize) -> u64 {
    (addr - crate::panic::unwind::image().base) as u64
}

/// Begin of the names of functions that make deferred calls of known functions.
const THUNK: &str = "defer:";

/// Go symbols contain a dot and none of the marks of Rust's and C's.
fn is_go_symbol(name: &[u8]) -> bool {
    name.contains(&b'.')
        && !name.starts_with(b"_R")
        && !name.starts_with(b"_ZN")
        && !name.starts_with(b"gosubc_")
        && !name.starts_with(b"eq:")
        && !name.starts_with(b"hash:")
        && !name.starts_with(THUNK.as_bytes())
}

/// The name as tracebacks show it: type arguments become `[...]`, escapes of the linker's alphabet are undone.
fn display_name(symbol: &str) -> String {
    // A function literal in the form in which it is deferred.
    let symbol = symbol.strip_suffix("-defer").unwrap_or(symbol);
    if let Some(method) = symbol.strip_prefix("wrap:") {
        return wrapper_name(&display_name(method));
    }
    let mut out = String::with_capacity(symbol.len());
    let mut depth = 0;
    let b = symbol.as_bytes();
    let mut i = 0;
    while i < b.len() {
        let c = b[i];
        match c {
            b'[' => {
                if depth == 0 {
                    out.push_str("[...]");
                }
                depth += 1;
            }
            b']' => depth -= 1,
            b'%' if depth == 0 && i + 2 < b.len() => {
                let hex = symbol.get(i + 1..i + 3).and_then(|h| u8::from_str_radix(h, 16).ok());
                match hex {
                    Some(v) => {
                        out.push(v as char);
                        i += 2;
                    }
                    None => out.push('%'),
                }
            }
            _ if depth == 0 => out.push(c as char),
            _ => {}
        }
        i += 1;
    }
    out
}

/// The method of which a wrapper has the name `path.T.m` or `*path.T.m`.
fn wrapper_name(name: &str) -> String {
    let Some(named) = name.strip_prefix('*') else { return String::from(name) };
    let path = named.rfind('/').map_or(0, |i| i + 1);
    let package = named[path..].find('.').map(|i| path + i + 1);
    match (package, named.rfind('.')) {
        (Some(p), Some(m)) if p < m => {
            let mut out = String::from(&named[..p]);
            out.push_str("(*");
            out.push_str(&named[p..m]);
            out.push(')');
            out.push_str(&named[m..]);
            out
        }
        _ => String::from(name),
    }
}

/// The functions at a return address, innermost inlined one first. Empty where nothing is known.
pub fn frames(pc: usize) -> Vec<Frame> {
    // SAFETY: the tables are made once, under the lock.
    LOCK.with(|| unsafe { lookup(pc) })
}

unsafe fn lookup(pc: usize) -> Vec<Frame> {
    let mut list = Vec::new();
    let Some(symbol) = symbol_at(pc - 1) else {
        return from_lines(pc);
    };
    let go = is_go_symbol(symbol);
    let name = core::str::from_utf8(symbol).unwrap_or("?");
    if go || name.starts_with(THUNK) {
        list = from_lines(pc);
    }
    if list.is_empty() {
        let panic = name == "gosubc_gopanic";
        list.push(Frame {
            name: if panic { String::from(super::PANIC) } else { display_name(name) },
            file: String::from(if panic { "runtime/panic" } else { "?" }),
            line: 0,
            start: 0,
            is_go: go || panic,
            hidden: go,
        });
    }
    list
}

unsafe fn from_lines(pc: usize) -> Vec<Frame> {
    let mut list = Vec::new();
    let (t, addr) = (tables(), in_image(pc - 1));
    if let Some((lines, f)) = t.lines.as_ref().and_then(|l| Some((l, l.function(addr)?))) {
        let text = |t: &'static [u8]| core::str::from_utf8(t).unwrap_or("?");
        let known = lines.places(&f, addr, &mut |p| {
            list.push(frame(text(p.name), text(p.file), p.line, p.start));
        });
        if known.is_none() {
            list.clear();
        }
    }
    let Some(context) = &t.context else { return list };
    let Ok(mut found) = context.find_frames(addr).skip_all_loads() else { return list };
    let unit = context.find_dwarf_and_unit(addr).skip_all_loads();
    while let Ok(Some(f)) = found.next() {
        let Some(function) = f.function else { continue };
        let name = function.name.to_string().unwrap_or("?");
        let (file, line) = match &f.location {
            Some(l) => (l.file.unwrap_or("?"), l.line.unwrap_or(0)),
            None => ("?", 0),
        };
        let start = unit.zip(f.dw_die_offset).and_then(|(u, at)| start_line(u, at));
        list.push(frame(name, file, line, start.unwrap_or(0)));
    }
    list
}

/// The line of a function's declaration; inlined ones refer to it.
fn start_line(unit: UnitRef<'_, Reader>, at: UnitOffset) -> Option<u32> {
    let entry = unit.entry(at).ok()?;
    match entry.attr_value(gimli::DW_AT_decl_line) {
        Some(line) => line.udata_value()?.try_into().ok(),
        None => match entry.attr_value(gimli::DW_AT_abstract_origin)? {
            AttributeValue::UnitRef(origin) if origin != at => start_line(unit, origin),
            _ => None,
        },
    }
}

fn frame(name: &str, file: &str, line: u32, start: u32) -> Frame {
    Frame {
        name: display_name(name),
        file: String::from(file),
        line,
        start,
        is_go: !name.starts_with(THUNK),
        hidden: file == "<autogenerated>" || name.contains(".deferwrap"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(display_name("a/b.T[int].m"), "a/b.T[...].m");
        assert_eq!(display_name("main.f.func1-defer"), "main.f.func1");
        assert_eq!(display_name("wrap:*main.T.M"), "main.(*T).M");
        assert_eq!(display_name("wrap:*x.org/a.b/c.T[x.org/d.U].M"), "x.org/a.b/c.(*T[...]).M");
    }
}

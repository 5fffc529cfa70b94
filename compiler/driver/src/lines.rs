//! What stripped executables keep: names and lines of Go functions, for tracebacks and runtime.Caller, as those of gc do.
//!
//! In: an executable with symbols and debug information. Out: a section for its stripped form, which
//! runtime/src/trace/lines.rs reads. All numbers are little-endian.
//!
//! ```text
//! u32 functions, u32 where the texts begin
//! functions, by address: u64 address, u32 size, u32 name, u32 where its lines are (0: nowhere)
//! lines of a function: n, n × {name, file, its first line, 1 + caller (0: none), line of the call} for it and what is inlined in it;
//!                      m, m × {address - the last one's, which of the n, line - the last one's, zigzag}
//! texts: NUL-terminated; a text is named by its offset
//! ```
//! Numbers in lines are LEB128. The last of the m has no successor: it goes to the function's end.

use addr2line::Context;
use gimli::{AttributeValue, Dwarf, EndianSlice, LittleEndian, UnitOffset, UnitRef};
use ir::runtime_abi::RuntimeFn;
use object::elf::{SHT_PROGBITS, STT_FUNC};
use object::write::{Object as NewObject, StandardSegment};
use object::{
    Architecture, BinaryFormat, Endianness, Object, ObjectSection, ObjectSymbol, SectionFlags,
    SectionKind, SymbolFlags,
};
use std::collections::HashMap;

/// The section's name; the runtime knows it too.
const SECTION: &str = ".gosubc.lines";
/// Begin of the names of functions that make deferred calls.
const THUNK: &str = "defer:";

type Reader<'d> = EndianSlice<'d, LittleEndian>;

/// An object with the section, to be linked into the stripped form. `None` if the executable can't be read.
pub fn object(executable: &[u8]) -> Option<Vec<u8>> {
    let table = table(executable)?;
    let mut o = NewObject::new(BinaryFormat::Elf, Architecture::X86_64, Endianness::Little);
    let segment = o.segment_name(StandardSegment::Debug).to_vec();
    let s = o.add_section(segment, SECTION.into(), SectionKind::Elf(SHT_PROGBITS));
    // Not loaded with the program.
    o.section_mut(s).flags = SectionFlags::Elf { sh_flags: 0 };
    o.append_section_data(s, &table, 1);
    o.write().ok()
}

struct Function<'d> {
    at: u64,
    size: u64,
    name: &'d str,
}

fn table(executable: &[u8]) -> Option<Vec<u8>> {
    let file = object::File::parse(executable).ok()?;
    let section = |id: gimli::SectionId| -> Result<Reader<'_>, gimli::Error> {
        let data = file.section_by_name(id.name()).and_then(|s| s.data().ok());
        Ok(EndianSlice::new(data.unwrap_or(&[]), LittleEndian))
    };
    let context = Context::from_dwarf(Dwarf::load(section).ok()?).ok()?;
    let functions = functions(&file);
    let mut texts = Texts::default();
    let mut lines = Vec::new();
    // Offset 0 says that there are none.
    let begin = 8 + 20 * functions.len();
    let mut head = Vec::with_capacity(begin);
    for f in &functions {
        let at = begin + lines.len();
        let found = f.name != RuntimeFn::gopanic.symbol()
            && function_lines(&context, f, &mut texts, &mut lines).is_some();
        head.extend(f.at.to_le_bytes());
        head.extend(u32::try_from(f.size).ok()?.to_le_bytes());
        head.extend(texts.add(f.name).to_le_bytes());
        head.extend(if found { u32::try_from(at).ok()? } else { 0 }.to_le_bytes());
    }
    let mut out = (functions.len() as u32).to_le_bytes().to_vec();
    out.extend(u32::try_from(begin + lines.len()).ok()?.to_le_bytes());
    out.extend(head);
    out.extend(lines);
    out.extend(texts.bytes);
    Some(out)
}

/// By address; of several names for one address the Go function's.
fn functions<'d>(file: &object::File<'d>) -> Vec<Function<'d>> {
    let mut list: Vec<Function> = file
        .symbols()
        .filter(
            |s| matches!(s.flags(), SymbolFlags::Elf { st_info, .. } if st_info & 0xf == STT_FUNC),
        )
        .filter_map(|s| Some(Function { at: s.address(), size: s.size(), name: s.name().ok()? }))
        .filter(|f| f.at != 0 && f.size != 0)
        .filter(|f| {
            is_go(f.name) || f.name.starts_with(THUNK) || f.name == RuntimeFn::gopanic.symbol()
        })
        .collect();
    list.sort_by_key(|f| (f.at, f.name.starts_with(THUNK)));
    list.dedup_by_key(|f| f.at);
    list
}

/// Go symbols contain a dot and none of the marks of Rust's and C's.
fn is_go(name: &str) -> bool {
    name.contains('.')
        && !["_R", "_ZN", "gosubc_", "eq:", "hash:", ".L"].iter().any(|p| name.starts_with(p))
}

/// Appends the lines of a function.
fn function_lines(
    context: &Context<Reader<'_>>,
    f: &Function<'_>,
    texts: &mut Texts,
    out: &mut Vec<u8>,
) -> Option<()> {
    // Name, file, first line, caller and line of the call of the function and what is inlined.
    let mut nodes: Vec<(u32, u32, u32, u32, u32)> = Vec::new();
    let mut rows: Vec<(u64, usize, u32)> = Vec::new();
    for (at, _, _) in context.find_location_range(f.at, f.at + f.size).ok()? {
        let at = at.max(f.at);
        let mut frames = Vec::new();
        let mut found = context.find_frames(at).skip_all_loads().ok()?;
        let unit = context.find_dwarf_and_unit(at).skip_all_loads();
        while let Some(frame) = found.next().ok()? {
            let Some(function) = &frame.function else { continue };
            let location = frame.location.as_ref();
            let name = texts.add(function.name.to_string().unwrap_or("?"));
            let file = texts.add(location.and_then(|l| l.file).unwrap_or("?"));
            let start = unit.zip(frame.dw_die_offset).and_then(|(u, die)| start_line(u, die));
            frames.push((
                name,
                file,
                start.unwrap_or(0),
                location.and_then(|l| l.line).unwrap_or(0),
            ));
        }
        // Outermost first: each is in the one before it, called at that one's line.
        let (mut caller, mut call) = (0, 0);
        for &(name, file, start, line) in frames.iter().rev() {
            let node = (name, file, start, caller, call);
            let i = nodes.iter().position(|n| *n == node).unwrap_or_else(|| {
                nodes.push(node);
                nodes.len() - 1
            });
            (caller, call) = (i as u32 + 1, line);
        }
        let Some(node) = (caller as usize).checked_sub(1) else { continue };
        if rows.last().is_none_or(|&(_, n, line)| (n, line) != (node, call)) {
            rows.push((at, node, call));
        }
    }
    if rows.is_empty() {
        return None;
    }
    leb(out, nodes.len() as u64);
    for (name, file, start, caller, line) in nodes {
        [name, file, start, caller, line].iter().for_each(|&v| leb(out, v.into()));
    }
    leb(out, rows.len() as u64);
    let (mut last, mut last_line) = (f.at, 0);
    for (at, node, line) in rows {
        leb(out, at - last);
        leb(out, node as u64);
        let step = i64::from(line) - last_line;
        leb(out, (step << 1 ^ step >> 63) as u64);
        (last, last_line) = (at, line.into());
    }
    Some(())
}

/// The line of a function's declaration; inlined ones refer to it.
fn start_line(unit: UnitRef<'_, Reader<'_>>, at: UnitOffset) -> Option<u32> {
    let entry = unit.entry(at).ok()?;
    match entry.attr_value(gimli::DW_AT_decl_line) {
        Some(line) => line.udata_value()?.try_into().ok(),
        None => match entry.attr_value(gimli::DW_AT_abstract_origin)? {
            AttributeValue::UnitRef(origin) if origin != at => start_line(unit, origin),
            _ => None,
        },
    }
}

fn leb(out: &mut Vec<u8>, mut v: u64) {
    while v >= 0x80 {
        out.push(v as u8 | 0x80);
        v >>= 7;
    }
    out.push(v as u8);
}

#[derive(Default)]
struct Texts {
    bytes: Vec<u8>,
    at: HashMap<String, u32>,
}

impl Texts {
    fn add(&mut self, s: &str) -> u32 {
        if let Some(&at) = self.at.get(s) {
            return at;
        }
        let at = self.bytes.len() as u32;
        self.bytes.extend(s.as_bytes());
        self.bytes.push(0);
        self.at.insert(s.to_owned(), at);
        at
    }
}

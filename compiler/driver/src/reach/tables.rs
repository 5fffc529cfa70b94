//! The object with the pruned tables: ELF, one section for each table, so that linkers can drop them.

use super::graph::{Graph, Id, Live, ProgramTable};
use codegen::reach::Method;
use std::collections::HashMap;

/// What useless entries lead to; it ends the program.
const UNREACHABLE: &str = "gosubc_unreachable_method";

/// More sections than this would need extended indices; so large programs keep all their methods.
const MAX_TABLES: usize = 30_000;

/// A table's bytes and the symbols whose addresses are to be put into it.
#[derive(Default, PartialEq, Eq, Hash, Clone)]
struct Data<'f> {
    bytes: Vec<u8>,
    addresses: Vec<(u64, &'f str)>,
}

impl<'f> Data<'f> {
    fn address(&mut self, symbol: Option<&'f str>) {
        if let Some(s) = symbol {
            self.addresses.push((self.bytes.len() as u64, s));
        }
        self.bytes.extend([0; 8]);
    }
}

/// `None` if it can't be made. Tables of which nothing is dropped stay where they are.
pub fn object(g: &Graph<'_>, live: &Live) -> Option<Vec<u8>> {
    let mut ids: Vec<Id> = g.tables.keys().copied().filter(|id| live.nodes[*id as usize]).collect();
    ids.sort_unstable_by_key(|id| g.name(*id));
    let mut tables: Vec<(Data<'_>, Vec<&str>)> = Vec::new();
    let mut known: HashMap<Data<'_>, usize> = HashMap::new();
    for id in ids {
        let Some(data) = pruned(g, live, id) else { continue };
        // Nothing compares the addresses of tables, so equal ones are one.
        let at = *known.entry(data.clone()).or_insert_with(|| {
            tables.push((data, Vec::new()));
            tables.len() - 1
        });
        tables[at].1.push(g.name(id));
    }
    (tables.len() <= MAX_TABLES).then(|| write(&tables))
}

/// The table without its useless entries; `None` if it has none.
fn pruned<'f>(g: &Graph<'f>, live: &Live, id: Id) -> Option<Data<'f>> {
    let mut d = Data::default();
    let mut dropped = false;
    let mut code = |d: &mut Data<'f>, m: &Method, used: bool| {
        dropped |= !used;
        d.address(Some(if used { g.name(m.code) } else { UNREACHABLE }));
    };
    match &g.tables[&id] {
        ProgramTable::Code(methods) => {
            for m in methods {
                d.address(m.ty.filter(|t| live.nodes[*t as usize]).map(|t| g.name(t)));
                code(&mut d, m, live.used(id, m));
            }
        }
        ProgramTable::Itab { interface, ty, hash, methods } => {
            d.address(Some(g.name(*interface)));
            d.address(Some(g.name(*ty)));
            d.bytes.extend(u64::from(*hash).to_le_bytes());
            methods.iter().for_each(|m| code(&mut d, m, live.method(m)));
        }
        ProgramTable::FuncAux { code, one } => {
            for (i, c) in code.iter().enumerate() {
                let used = g.aux_used(live, i, *one);
                dropped |= !used;
                d.address(used.then(|| g.name(*c)));
            }
        }
    }
    dropped.then_some(d)
}

const SHT_PROGBITS: u32 = 1;
const SHT_SYMTAB: u32 = 2;
const SHT_STRTAB: u32 = 3;
const SHT_RELA: u32 = 4;
const SHF_ALLOC: u64 = 2;
const SHF_INFO_LINK: u64 = 0x40;
const R_X86_64_64: u64 = 1;
const GLOBAL_OBJECT: u8 = 1 << 4 | 1;
const GLOBAL: u8 = 1 << 4;
const HIDDEN: u8 = 2;

/// An object file as it grows.
struct Elf {
    bytes: Vec<u8>,
    headers: Vec<u8>,
    names: Strings,
}

/// A string table.
#[derive(Default)]
struct Strings {
    bytes: Vec<u8>,
    at: HashMap<String, u32>,
}

impl Strings {
    fn add(&mut self, s: &str) -> u32 {
        if let Some(&at) = self.at.get(s) {
            return at;
        }
        if self.bytes.is_empty() {
            self.bytes.push(0);
        }
        let at = self.bytes.len() as u32;
        self.bytes.extend(s.as_bytes());
        self.bytes.push(0);
        self.at.insert(s.to_string(), at);
        at
    }
}

impl Elf {
    /// Appends a section; `how`: kind, flags, link, info, entry size.
    fn section(&mut self, name: &str, data: &[u8], how: (u32, u64, u32, u32, u64)) {
        let (kind, flags, link, info, entry) = how;
        self.bytes.resize(self.bytes.len().next_multiple_of(8), 0);
        let (at, name) = (self.bytes.len() as u64, self.names.add(name));
        self.bytes.extend(data);
        let h = &mut self.headers;
        h.extend(name.to_le_bytes());
        h.extend(kind.to_le_bytes());
        [flags, 0, at, data.len() as u64].iter().for_each(|v| h.extend(v.to_le_bytes()));
        h.extend(link.to_le_bytes());
        h.extend(info.to_le_bytes());
        [8, entry].iter().for_each(|v: &u64| h.extend(v.to_le_bytes()));
    }
}

fn symbol(name: u32, info: u8, section: u16, size: u64) -> [u8; 24] {
    let mut s = [0; 24];
    s[..4].copy_from_slice(&name.to_le_bytes());
    (s[4], s[5]) = (info, HIDDEN);
    s[6..8].copy_from_slice(&section.to_le_bytes());
    s[16..].copy_from_slice(&size.to_le_bytes());
    s
}

fn write(tables: &[(Data<'_>, Vec<&str>)]) -> Vec<u8> {
    // Sections: none; for each table data and relocations; symbols, their names, names of sections.
    let symtab = 1 + 2 * tables.len() as u32;
    let mut elf = Elf { bytes: vec![0; 64], headers: vec![0; 64], names: Strings::default() };
    let (mut symbols, mut strings) = (vec![0; 24], Strings::default());
    let mut numbers: HashMap<&str, u64> = HashMap::new();
    for (i, (d, names)) in tables.iter().enumerate() {
        for n in names {
            let section = 1 + 2 * i as u16;
            let size = d.bytes.len() as u64;
            numbers.insert(n, symbols.len() as u64 / 24);
            symbols.extend(symbol(strings.add(n), GLOBAL_OBJECT, section, size));
        }
    }
    for (i, (d, _)) in tables.iter().enumerate() {
        let mut rela = Vec::with_capacity(24 * d.addresses.len());
        for &(at, name) in &d.addresses {
            let number = *numbers.entry(name).or_insert_with(|| {
                symbols.extend(symbol(strings.add(name), GLOBAL, 0, 0));
                symbols.len() as u64 / 24 - 1
            });
            [at, number << 32 | R_X86_64_64, 0].iter().for_each(|v| rela.extend(v.to_le_bytes()));
        }
        elf.section(".rodata.reach", &d.bytes, (SHT_PROGBITS, SHF_ALLOC, 0, 0, 0));
        let how = (SHT_RELA, SHF_INFO_LINK, symtab, 1 + 2 * i as u32, 24);
        elf.section(".rela.rodata.reach", &rela, how);
    }
    elf.section(".symtab", &symbols, (SHT_SYMTAB, 0, symtab + 1, 1, 24));
    elf.section(".strtab", &strings.bytes, (SHT_STRTAB, 0, 0, 0, 0));
    // Its own name is in it.
    elf.names.add(".shstrtab");
    let names = elf.names.bytes.clone();
    elf.section(".shstrtab", &names, (SHT_STRTAB, 0, 0, 0, 0));
    elf.bytes.resize(elf.bytes.len().next_multiple_of(8), 0);
    let at = elf.bytes.len() as u64;
    let headers = std::mem::take(&mut elf.headers);
    elf.bytes.extend(&headers);
    let mut out = elf.bytes;
    let count = (headers.len() / 64) as u16;
    // 64 bits, little endian, version 1; relocatable, x86-64.
    out[..7].copy_from_slice(b"\x7fELF\x02\x01\x01");
    for (i, v) in [(16, 1u16), (18, 62), (20, 1), (52, 64), (58, 64), (60, count), (62, count - 1)]
    {
        out[i..i + 2].copy_from_slice(&v.to_le_bytes());
    }
    out[0x28..0x30].copy_from_slice(&at.to_le_bytes());
    out
}

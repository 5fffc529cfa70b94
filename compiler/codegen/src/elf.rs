//! Finishing touches to LLVM's objects: ELF in, ELF out.
//!
//! LLVM writes the fault map of implicit null checks as one table of absolute addresses, which would keep
//! every function of the program alive. Here it becomes a section `gofaults` for each function,
//! {i32 faulting instruction - here, i32 handler - here} for each entry, that linkers keep or
//! drop together with the function (SHF_LINK_ORDER, and its group where it has one).
//! New sections and the longer tables are put behind the object's old bytes.

use crate::error::{Res, bail};
use std::collections::HashMap;

const SHDR: usize = 64;
const SYM: usize = 24;
const RELA: usize = 24;

const SHT_PROGBITS: u32 = 1;
const SHT_RELA: u32 = 4;
const SHT_GROUP: u32 = 17;
const SHT_SYMTAB_SHNDX: u32 = 18;
const SHF_ALLOC: u64 = 2;
const SHF_INFO_LINK: u64 = 0x40;
const SHF_LINK_ORDER: u64 = 0x80;
const SHF_GROUP: u64 = 0x200;
const SHN_LORESERVE: usize = 0xff00;
const SHN_XINDEX: usize = 0xffff;
const R_X86_64_PC32: u64 = 2;

/// Sizes in LLVM's fault map: file header, function header, entry.
const MAP_HEADER: usize = 8;
const MAP_FUNCTION: usize = 16;
const MAP_ENTRY: usize = 12;

/// A section header.
#[derive(Clone, Copy, Default)]
struct Section {
    name: u32,
    kind: u32,
    flags: u64,
    addr: u64,
    offset: u64,
    size: u64,
    link: u32,
    info: u32,
    align: u64,
    entsize: u64,
}

struct Object {
    bytes: Vec<u8>,
    sections: Vec<Section>,
    names: usize,
}

/// A function's part of the fault map.
struct Faults {
    symbol: u64,
    addend: i64,
    /// Offsets in the function: faulting instruction and handler.
    entries: Vec<(u32, u32)>,
}

pub fn finish(object: Vec<u8>) -> Res<Vec<u8>> {
    let mut o = Object::parse(object)?;
    o.check_funcdata()?;
    o.rename_split_stack_notes();
    o.split_fault_map()?;
    Ok(o.bytes)
}

impl Object {
    fn parse(bytes: Vec<u8>) -> Res<Object> {
        if bytes.get(..6) != Some(b"\x7fELF\x02\x01") {
            bail!("LLVM's object is no 64-bit ELF file");
        }
        let mut o = Object { bytes, sections: Vec::new(), names: 0 };
        let at = o.u64(0x28)? as usize;
        let first = o.section(at)?;
        let count = match o.u16(0x3c)? as usize {
            0 => first.size as usize,
            n => n,
        };
        o.names = match o.u16(0x3e)? as usize {
            SHN_XINDEX => first.link as usize,
            n => n,
        };
        for i in 0..count {
            let s = o.section(at + i * SHDR)?;
            o.sections.push(s);
        }
        Ok(o)
    }

    fn slice(&self, at: usize, n: usize) -> Res<&[u8]> {
        match self.bytes.get(at..at.saturating_add(n)) {
            Some(s) => Ok(s),
            None => bail!("LLVM's object is cut off"),
        }
    }

    fn u16(&self, at: usize) -> Res<u16> {
        Ok(u16::from_le_bytes(self.slice(at, 2)?.try_into().unwrap_or_default()))
    }

    fn u32(&self, at: usize) -> Res<u32> {
        Ok(u32::from_le_bytes(self.slice(at, 4)?.try_into().unwrap_or_default()))
    }

    fn u64(&self, at: usize) -> Res<u64> {
        Ok(u64::from_le_bytes(self.slice(at, 8)?.try_into().unwrap_or_default()))
    }

    fn put(&mut self, at: usize, value: &[u8]) {
        self.bytes[at..at + value.len()].copy_from_slice(value);
    }

    fn section(&self, at: usize) -> Res<Section> {
        Ok(Section {
            name: self.u32(at)?,
            kind: self.u32(at + 4)?,
            flags: self.u64(at + 8)?,
            addr: self.u64(at + 16)?,
            offset: self.u64(at + 24)?,
            size: self.u64(at + 32)?,
            link: self.u32(at + 40)?,
            info: self.u32(at + 44)?,
            align: self.u64(at + 48)?,
            entsize: self.u64(at + 56)?,
        })
    }

    fn name(&self, s: &Section) -> &[u8] {
        let start = (self.sections[self.names].offset + s.name as u64) as usize;
        let rest = self.bytes.get(start..).unwrap_or(&[]);
        rest.split(|b| *b == 0).next().unwrap_or(&[])
    }

    fn find(&self, name: &[u8]) -> Option<usize> {
        self.sections.iter().position(|s| self.name(s) == name)
    }

    /// The runtime understands records of open-coded defers whose base is rsp, rbp or rbx; LLVM uses
    /// no other for a static alloca.
    fn check_funcdata(&self) -> Res<()> {
        for s in self.sections.iter().filter(|s| self.name(s) == b"gofuncdata") {
            let data = self.slice(s.offset as usize, s.size as usize)?;
            let sites = data.get(4).copied().unwrap_or(0) as usize;
            let text = data.get(5 + 8 * sites..).unwrap_or(&[]);
            let text = String::from_utf8_lossy(text.split(|b| *b == 0).next().unwrap_or(&[]));
            let base = text
                .split_once('(')
                .map(|(number, base)| (number.is_empty() || number.parse::<i32>().is_ok(), base));
            if !matches!(base, Some((true, "%rsp)" | "%rbp)" | "%rbx)"))) {
                bail!("the defers of a function are at {text}");
            }
        }
        Ok(())
    }

    /// Renames the marker sections of split stacks, at which linkers would rewrite calls.
    fn rename_split_stack_notes(&mut self) {
        for name in [b".note.GNU-split-stack".as_slice(), b".note.GNU-no-split-stack"] {
            if let Some(i) = self.find(name) {
                let at = self.sections[self.names].offset + self.sections[i].name as u64;
                self.put(at as usize, b".note.gos");
            }
        }
    }

    fn split_fault_map(&mut self) -> Res<()> {
        let Some(map) = self.find(b".llvm_faultmaps") else { return Ok(()) };
        let is_rela = |s: &Section| s.kind == SHT_RELA && s.info as usize == map;
        let Some(rela) = self.sections.iter().position(is_rela) else { return Ok(()) };
        let faults = self.read_fault_map(map, rela)?;
        let symtab = self.sections[rela].link as usize;
        self.sections[map] = Section { size: 0, flags: 0, ..self.sections[map] };
        self.sections[rela].size = 0;
        let name = self.add_names(&[b"gofaults", b".relagofaults"])?;
        let mut groups = self.read_groups()?;
        let members = |(i, (_, m)): (usize, &(usize, Vec<u32>))| -> Vec<(usize, usize)> {
            m.iter().skip(1).map(|s| (*s as usize, i)).collect()
        };
        let group_of: HashMap<usize, usize> = groups.iter().enumerate().flat_map(members).collect();
        for f in &faults {
            let text = self.section_of(symtab, f.symbol)?;
            let group = group_of.get(&text).map(|&i| &mut groups[i].1);
            self.add_faults(f, symtab, text, name, group)?;
        }
        for (section, members) in groups {
            let data: Vec<u8> = members.iter().flat_map(|m| m.to_le_bytes()).collect();
            self.sections[section].offset = self.append(&data, 4);
            self.sections[section].size = data.len() as u64;
        }
        self.write_sections()
    }

    fn read_fault_map(&self, map: usize, rela: usize) -> Res<Vec<Faults>> {
        let (map, rela) = (&self.sections[map], &self.sections[rela]);
        let base = map.offset as usize;
        let mut relocations = HashMap::new();
        for at in (rela.offset..rela.offset + rela.size).step_by(RELA) {
            let at = at as usize;
            let symbol = self.u64(at + 8)? >> 32;
            relocations.insert(self.u64(at)? as usize, (symbol, self.u64(at + 16)? as i64));
        }
        let mut out = Vec::new();
        let mut at = MAP_HEADER;
        for _ in 0..self.u32(base + 4)? {
            let Some(&(symbol, addend)) = relocations.get(&at) else {
                bail!("a function of LLVM's fault map has no relocation")
            };
            let count = self.u32(base + at + 8)? as usize;
            at += MAP_FUNCTION;
            let mut entries = Vec::with_capacity(count);
            for i in 0..count {
                let entry = base + at + i * MAP_ENTRY;
                entries.push((self.u32(entry + 4)?, self.u32(entry + 8)?));
            }
            at += count * MAP_ENTRY;
            out.push(Faults { symbol, addend, entries });
        }
        Ok(out)
    }

    /// Section groups with their words: flags, then members.
    fn read_groups(&self) -> Res<Vec<(usize, Vec<u32>)>> {
        let mut out = Vec::new();
        for (i, s) in self.sections.iter().enumerate().filter(|(_, s)| s.kind == SHT_GROUP) {
            let words = (0..s.size as usize / 4).map(|w| self.u32(s.offset as usize + 4 * w));
            out.push((i, words.collect::<Res<Vec<u32>>>()?));
        }
        Ok(out)
    }

    /// The section that a symbol is defined in.
    fn section_of(&self, symtab: usize, symbol: u64) -> Res<usize> {
        let at = self.sections[symtab].offset as usize + symbol as usize * SYM;
        match self.u16(at + 6)? as usize {
            SHN_XINDEX => {
                let is_index =
                    |s: &&Section| s.kind == SHT_SYMTAB_SHNDX && s.link as usize == symtab;
                match self.sections.iter().find(is_index) {
                    Some(s) => Ok(self.u32(s.offset as usize + 4 * symbol as usize)? as usize),
                    None => bail!("LLVM's object has no extended section indices"),
                }
            }
            n => Ok(n),
        }
    }

    fn add_faults(
        &mut self,
        f: &Faults,
        symtab: usize,
        text: usize,
        names: [u32; 2],
        group: Option<&mut Vec<u32>>,
    ) -> Res<()> {
        let mut relocations = Vec::new();
        let words = f.entries.iter().flat_map(|(fault, handler)| [*fault, *handler]);
        for (i, target) in words.enumerate() {
            relocations.extend((4 * i as u64).to_le_bytes());
            relocations.extend((f.symbol << 32 | R_X86_64_PC32).to_le_bytes());
            relocations.extend((f.addend + target as i64).to_le_bytes());
        }
        let index = self.sections.len() as u32;
        let in_group = if group.is_some() { SHF_GROUP } else { 0 };
        if let Some(members) = group {
            members.extend([index, index + 1]);
        }
        let data = vec![0; 8 * f.entries.len()];
        let section = Section {
            name: names[0],
            kind: SHT_PROGBITS,
            flags: SHF_ALLOC | SHF_LINK_ORDER | in_group,
            offset: self.append(&data, 4),
            size: data.len() as u64,
            link: text as u32,
            align: 4,
            ..Section::default()
        };
        let rela = Section {
            name: names[1],
            kind: SHT_RELA,
            flags: SHF_INFO_LINK | in_group,
            offset: self.append(&relocations, 8),
            size: relocations.len() as u64,
            link: symtab as u32,
            info: index,
            align: 8,
            entsize: RELA as u64,
            ..Section::default()
        };
        self.sections.extend([section, rela]);
        Ok(())
    }

    /// Appends data and returns its offset.
    fn append(&mut self, data: &[u8], align: usize) -> u64 {
        let at = self.bytes.len().next_multiple_of(align);
        self.bytes.resize(at, 0);
        self.bytes.extend_from_slice(data);
        at as u64
    }

    /// Makes the table of section names longer by two names.
    fn add_names(&mut self, names: &[&[u8]; 2]) -> Res<[u32; 2]> {
        let s = self.sections[self.names];
        let mut table = self.slice(s.offset as usize, s.size as usize)?.to_vec();
        let mut out = [0; 2];
        for (at, name) in out.iter_mut().zip(names) {
            *at = table.len() as u32;
            table.extend_from_slice(name);
            table.push(0);
        }
        self.sections[self.names].offset = self.append(&table, 1);
        self.sections[self.names].size = table.len() as u64;
        Ok(out)
    }

    /// Writes the section headers behind everything else.
    fn write_sections(&mut self) -> Res<()> {
        let count = self.sections.len();
        if count >= SHN_LORESERVE {
            self.sections[0].size = count as u64;
        }
        let mut table = Vec::with_capacity(count * SHDR);
        for s in &self.sections {
            table.extend(s.name.to_le_bytes());
            table.extend(s.kind.to_le_bytes());
            for v in [s.flags, s.addr, s.offset, s.size] {
                table.extend(v.to_le_bytes());
            }
            table.extend(s.link.to_le_bytes());
            table.extend(s.info.to_le_bytes());
            table.extend(s.align.to_le_bytes());
            table.extend(s.entsize.to_le_bytes());
        }
        let at = self.append(&table, 8);
        self.put(0x28, &at.to_le_bytes());
        let short = if count >= SHN_LORESERVE { 0 } else { count as u16 };
        self.put(0x3c, &short.to_le_bytes());
        Ok(())
    }
}

//! The object with the pruned tables: ELF, one section for each table, so that linkers can drop them.

use super::graph::{Graph, Id, Live, ProgramTable};
use codegen::reach::Method;
use object::write::{Object, Relocation, Symbol, SymbolId, SymbolSection};
use object::{
    Architecture, BinaryFormat, Endianness, RelocationFlags, SectionFlags, SectionKind,
    SymbolFlags, SymbolKind, SymbolScope, elf,
};
use std::collections::HashMap;

/// What useless entries lead to; it ends the program.
const UNREACHABLE: &str = "gosubc_unreachable_method";

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
    write(&tables)
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

fn write(tables: &[(Data<'_>, Vec<&str>)]) -> Option<Vec<u8>> {
    let mut o = Object::new(BinaryFormat::Elf, Architecture::X86_64, Endianness::Little);
    let symbol = |name: &str, section, size| Symbol {
        name: name.as_bytes().to_vec(),
        value: 0,
        size,
        kind: SymbolKind::Data,
        scope: SymbolScope::Linkage,
        weak: false,
        section,
        flags: SymbolFlags::None,
    };
    let mut symbols: HashMap<&str, SymbolId> = HashMap::new();
    let mut sections = Vec::with_capacity(tables.len());
    for (d, names) in tables {
        let kind = SectionKind::ReadOnlyDataWithRel;
        let section = o.add_section(Vec::new(), b".rodata.reach".to_vec(), kind);
        o.section_mut(section).flags = SectionFlags::Elf { sh_flags: elf::SHF_ALLOC.into() };
        o.append_section_data(section, &d.bytes, 8);
        let size = d.bytes.len() as u64;
        for n in names {
            let at = SymbolSection::Section(section);
            symbols.insert(n, o.add_symbol(symbol(n, at, size)));
        }
        sections.push(section);
    }
    for (section, (d, _)) in sections.into_iter().zip(tables) {
        for &(offset, name) in &d.addresses {
            let symbol = *symbols
                .entry(name)
                .or_insert_with(|| o.add_symbol(symbol(name, SymbolSection::Undefined, 0)));
            let flags = RelocationFlags::Elf { r_type: elf::R_X86_64_64 };
            o.add_relocation(section, Relocation { offset, symbol, addend: 0, flags }).ok()?;
        }
    }
    o.write().ok()
}

//! The symbols that the runtime library wants from elsewhere: among them the Go functions that it calls.

use object::read::archive::ArchiveFile;
use object::read::elf::ElfFile64;
use object::{Object, ObjectSymbol};

/// Names of the undefined symbols of all members of an archive, sorted; `None` if it is malformed. Members that aren't
/// ELF (metadata of Rust) have none.
pub fn undefined(archive: &[u8]) -> Option<Vec<String>> {
    let mut out = Vec::new();
    for member in ArchiveFile::parse(archive).ok()?.members() {
        let data = member.ok()?.data(archive).ok()?;
        if !data.starts_with(&object::elf::ELFMAG) {
            continue;
        }
        for s in ElfFile64::<object::Endianness>::parse(data)
            .ok()?
            .symbols()
            .filter(|s| s.is_undefined())
        {
            out.push(s.name().ok()?.to_owned());
        }
    }
    out.sort_unstable();
    out.dedup();
    Some(out)
}

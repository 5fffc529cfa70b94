//! The symbols that the runtime library wants from elsewhere: among them the Go functions that it calls.

/// Names of the undefined symbols of all members of an archive; `None` if it is malformed.
pub fn undefined(archive: &[u8]) -> Option<Vec<String>> {
    let mut rest = archive.strip_prefix(b"!<arch>\n")?;
    let mut out = Vec::new();
    while rest.len() >= HEADER {
        let size: usize = std::str::from_utf8(rest.get(48..58)?).ok()?.trim().parse().ok()?;
        let data = rest.get(HEADER..HEADER + size)?;
        if data.starts_with(b"\x7fELF\x02\x01") {
            of_object(data, &mut out)?;
        }
        rest = rest.get(HEADER + size.next_multiple_of(2)..).unwrap_or(&[]);
    }
    out.sort_unstable();
    out.dedup();
    Some(out)
}

/// Size of a member's header.
const HEADER: usize = 60;

fn word<const N: usize>(b: &[u8], at: usize) -> Option<[u8; N]> {
    b.get(at..at + N)?.try_into().ok()
}

fn of_object(o: &[u8], out: &mut Vec<String>) -> Option<()> {
    const SYMTAB: u32 = 2;
    let long = |at| Some(u64::from_le_bytes(word(o, at)?) as usize);
    let int = |at| Some(u32::from_le_bytes(word(o, at)?));
    let sections = long(0x28)?;
    let count = match u16::from_le_bytes(word(o, 0x3c)?) {
        0 => long(sections + 32)?,
        n => n as usize,
    };
    for i in 0..count {
        let h = sections + 64 * i;
        if int(h + 4)? != SYMTAB {
            continue;
        }
        let names = long(sections + 64 * int(h + 40)? as usize + 24)?;
        let (at, size) = (long(h + 24)?, long(h + 32)?);
        for s in o.get(at..at + size)?.chunks_exact(24) {
            let (name, section) =
                (u32::from_le_bytes(word(s, 0)?), u16::from_le_bytes(word(s, 6)?));
            if section == 0 && name != 0 {
                let text = o.get(names + name as usize..)?;
                let end = text.iter().position(|c| *c == 0)?;
                out.push(String::from_utf8_lossy(&text[..end]).into_owned());
            }
        }
    }
    Some(())
}

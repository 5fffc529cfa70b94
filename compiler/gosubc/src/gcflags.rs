//! `-gcflags`: the flags of Go's compiler that have a meaning here, brought to our own.

use crate::cli::{BuildArgs, parse_lang};

/// Applies the flags to `a`. A package pattern in front (`all=`) is dropped: flags hold for every package.
pub fn apply(a: &mut BuildArgs) -> Result<(), String> {
    for text in std::mem::take(&mut a.gcflags) {
        let flags = match text.split_once('=') {
            Some((pattern, flags)) if !pattern.starts_with('-') => flags,
            _ => &text,
        };
        for flag in flags.split_whitespace() {
            let name = flag.trim_start_matches('-');
            match name.split_once('=').unwrap_or((name, "")) {
                ("N", "") => a.opt_level = 0,
                ("l", "" | "1") => a.no_inline = true,
                // Concurrency and the like: nothing that a program could tell.
                ("l" | "c", _) => {}
                ("m", _) => a.decisions = true,
                ("e", "") => a.all_errors = true,
                ("d", list) => a.debug.extend(list.split(',').map(str::to_string)),
                ("lang", version) => a.lang = Some(parse_lang(version)?),
                _ => return Err(format!("-gcflags: no flag {flag} (-N, -l, -e, -d, -m, -lang)")),
            }
        }
    }
    Ok(())
}

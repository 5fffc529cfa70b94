//! Summaries as text, for the build cache: a line for each function, `PARAMETERS CONTEXT SYMBOL` with tabs between, and
//! behind another tab the function of the closure that it returns, if that is known.
//!
//! A parameter is a character for the heap and one for each result: the dereferences, or `-` for no leak. Parameters are
//! separated by `;`; none at all is `.`. CONTEXT is the closure object's, and behind `;` those of its captures. What a package's importers can't call is left out.

use super::{Leak, ParamSummary, Summaries, Summary};
use crate::ir::{Linkage, Module, Symbol};
use std::collections::HashSet;
use std::fmt::Write;

/// Those of the module's functions that other packages may call.
pub fn print(m: &Module, known: &Summaries) -> String {
    let mut out = String::new();
    let external: HashSet<&Symbol> =
        m.funcs.iter().filter(|f| f.linkage == Linkage::External).map(|f| &f.sym).collect();
    let returned: HashSet<&Symbol> =
        external.iter().filter_map(|s| known.get(*s)?.returns.as_ref()).collect();
    for f in m.funcs.iter().filter(|f| external.contains(&f.sym) || returned.contains(&f.sym)) {
        let Some(s) = known.get(&f.sym) else { continue };
        let params = if s.params.is_empty() { ".".into() } else { list(&s.params) };
        let _ = write!(out, "{params}\t{}\t{}", context(s), f.sym);
        if let Some(r) = &s.returns {
            let _ = write!(out, "\t{r}");
        }
        out.push('\n');
    }
    out
}

fn list<'a>(list: impl IntoIterator<Item = &'a ParamSummary>) -> String {
    list.into_iter().map(param).collect::<Vec<_>>().join(";")
}

fn context(s: &Summary) -> String {
    list([&s.ctx].into_iter().chain(&s.captures))
}

fn param(p: &ParamSummary) -> String {
    let leak = |l: &Leak| l.map_or('-', |d| char::from(b'0' + d));
    [&p.heap].into_iter().chain(&p.results).map(leak).collect()
}

/// Adds what [`print`] wrote; false if the text is something else.
pub fn read(text: &str, known: &mut Summaries) -> bool {
    text.lines().all(|line| match read_line(line) {
        Some((sym, s)) => {
            known.insert(sym.into(), s);
            true
        }
        None => false,
    })
}

fn read_line(line: &str) -> Option<(&str, Summary)> {
    let mut fields = line.splitn(4, '\t');
    let (params, ctx, sym) = (fields.next()?, fields.next()?, fields.next()?);
    let returns = fields.next().map(Symbol::from);
    let params = match params {
        "." => Vec::new(),
        list => read_list(list)?,
    };
    let mut captures = read_list(ctx)?;
    let ctx = captures.remove(0);
    Some((sym, Summary { params, ctx, captures, returns }))
}

fn read_list(list: &str) -> Option<Vec<ParamSummary>> {
    list.split(';').map(read_param).collect()
}

fn read_param(s: &str) -> Option<ParamSummary> {
    let leak = |b: u8| match b {
        b'-' => Some(None),
        b'0'..=b'9' => Some(Some(b - b'0')),
        _ => None,
    };
    let mut leaks = s.bytes().map(leak);
    Some(ParamSummary { heap: leaks.next()??, results: leaks.collect::<Option<_>>()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_wrote() {
        let leak = |heap, results: &[Leak]| ParamSummary { heap, results: results.to_vec() };
        let two = Summary {
            params: vec![leak(None, &[Some(0), None]), leak(Some(1), &[None, Some(4)])],
            ctx: leak(None, &[]),
            captures: vec![leak(Some(1), &[None]), leak(None, &[Some(2)])],
            returns: None,
        };
        let maker =
            Summary { ctx: leak(None, &[]), returns: Some("p.h.1".into()), ..Summary::default() };
        let line = format!("{}\t{}\tp.f[a b]", list(&two.params), context(&two));
        assert_eq!(line, "-0-;1-4\t-;1-;-2\tp.f[a b]");
        let mut known = Summaries::new();
        assert!(read(&format!("{line}\n.\t-\tp.g\n.\t-\tp.h\tp.h.1\n"), &mut known));
        assert_eq!(known.get("p.h"), Some(&maker));
        assert_eq!(known.get("p.f[a b]"), Some(&two));
        assert_eq!(known.get("p.g").map(|s| s.params.len()), Some(0));
        assert!(!read("garbage", &mut known));
    }
}

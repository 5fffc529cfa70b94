//! `gosyntax file...`: prints each file's syntax errors as `name:line:col: message`.
//! `gosyntax --ast file...`: prints the trees. `gosyntax --bench file...`: measures parsing alone.

use diag::{Diagnostics, FileId, Pos, SourceMap};
use std::time::Instant;
use syntax::ast::NodeId;
use syntax::{ParseOptions, Source, parse_file};

fn main() {
    let mut names: Vec<String> = std::env::args().skip(1).collect();
    let mode = match names.first() {
        Some(first) if first.starts_with("--") => names.remove(0),
        _ => String::new(),
    };
    let mut sources = Vec::new();
    for name in names {
        match std::fs::read(&name) {
            Ok(bytes) => sources.push((name, syntax::decode(bytes))),
            Err(e) => eprintln!("{name}: {e}"),
        }
    }
    if mode == "--bench" {
        return bench(&sources);
    }
    let failed = sources.into_iter().filter(|(name, source)| show(name, source, &mode)).count();
    if failed > 0 {
        std::process::exit(1);
    }
}

/// Prints what there is to say about a file. Returns whether it has errors.
fn show(name: &str, source: &Source, mode: &str) -> bool {
    let mut map = SourceMap::new();
    let mut diags = Diagnostics::new();
    let Some(id) = map.add(name, source.text.clone()) else { return true };
    let start = map.file(id).start;
    source.report(start, &mut diags);
    let opts = ParseOptions::default();
    let parsed = parse_file(id, &source.text, start, NodeId(0), &opts, &mut diags);
    if mode == "--ast" {
        print!("{}", syntax::print::dump(&parsed.file));
    }
    map.set_line_directives(id, parsed.line_directives);
    let failed = !diags.is_empty();
    for d in diags.into_sorted() {
        match map.line_col(d.span.lo) {
            Some(at) if at.col == 0 => println!("{}:{}: {}", at.file, at.line, d.message),
            Some(at) => println!("{}:{}:{}: {}", at.file, at.line, at.col, d.message),
            None => println!("{}", d.message),
        }
    }
    failed
}

/// Best of five runs over all files, the dropping of the trees included.
fn bench(sources: &[(String, Source)]) {
    let lines: usize = sources.iter().map(|(_, s)| s.text.lines().count()).sum();
    let bytes: usize = sources.iter().map(|(_, s)| s.text.len()).sum();
    let mut best = f64::MAX;
    for _ in 0..5 {
        let begin = Instant::now();
        for (_, source) in sources {
            let mut diags = Diagnostics::new();
            let opts = ParseOptions::default();
            parse_file(FileId(0), &source.text, Pos(1), NodeId(0), &opts, &mut diags);
        }
        best = best.min(begin.elapsed().as_secs_f64());
    }
    let (rate, mb) = (lines as f64 / best, bytes as f64 / best / 1e6);
    println!("{lines} lines in {best:.3} s: {rate:.0} lines/s, {mb:.0} MB/s");
}

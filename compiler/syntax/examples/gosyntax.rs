//! `gosyntax [--quiet] file...`: prints each file's syntax errors as `name:line:col: message`.

use diag::{Diagnostics, SourceMap};
use syntax::ast::NodeId;

fn main() {
    let mut failed = false;
    for name in std::env::args().skip(1) {
        let bytes = match std::fs::read(&name) {
            Ok(bytes) => bytes,
            Err(e) => {
                eprintln!("{name}: {e}");
                failed = true;
                continue;
            }
        };
        let source = syntax::decode(bytes);
        let mut map = SourceMap::new();
        let mut diags = Diagnostics::new();
        let Some(id) = map.add(name, source.text.as_str()) else { continue };
        let start = map.file(id).start;
        source.report(start, &mut diags);
        let opts = syntax::ParseOptions::default();
        let parsed = syntax::parse_file(id, &source.text, start, NodeId(0), &opts, &mut diags);
        map.set_line_directives(id, parsed.line_directives);
        for d in diags.into_sorted() {
            failed = true;
            match map.line_col(d.span.lo) {
                Some(at) => println!("{}:{}:{}: {}", at.file, at.line, at.col, d.message),
                None => println!("{}", d.message),
            }
        }
    }
    if failed {
        std::process::exit(1);
    }
}

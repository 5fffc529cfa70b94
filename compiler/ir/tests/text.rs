//! Tests on textual IR.
//!
//! `text/*.ir`: printing what was parsed gives the file again. `passes/<pass>-*.ir`: what the pass makes of the module is
//! in the file of that name ending in `.out`. With UPDATE=1 in the environment, `.out` files are written.

use ir::passes::{
    DeferLimit, defer_choice, defer_lower, devirtualize, escape, inline, nil_checks, recursion,
};
use std::fs;
use std::path::{Path, PathBuf};

fn files(dir: &str) -> Vec<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(dir);
    let entries = fs::read_dir(&dir).expect("the folder of tests").flatten().map(|e| e.path());
    let mut found: Vec<PathBuf> =
        entries.filter(|p| p.extension().is_some_and(|e| e == "ir")).collect();
    found.sort();
    assert!(!found.is_empty(), "no tests in {}", dir.display());
    found
}

fn parse(path: &Path) -> ir::ir::Module {
    let text = fs::read_to_string(path).expect("a test file");
    let m = match ir::parse::module(&text) {
        Ok(m) => m,
        Err(e) => panic!("{}: {e}", path.display()),
    };
    let broken = ir::verify::module(&m);
    assert!(broken.is_empty(), "{}: {broken:?}", path.display());
    m
}

#[test]
fn round_trip() {
    for path in files("text").into_iter().chain(files("passes")) {
        let once = ir::print::module(&parse(&path));
        let again = match ir::parse::module(&once) {
            Ok(m) => ir::print::module(&m),
            Err(e) => panic!("{}, printed: {e}", path.display()),
        };
        assert_eq!(once, again, "{}", path.display());
    }
}

#[test]
fn passes() {
    for path in files("passes") {
        let mut m = parse(&path);
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        match name.split('-').next() {
            Some("defer") => {
                defer_choice::run(&mut m, DeferLimit::None);
                defer_lower::run(&mut m);
            }
            Some("devirtualize") => devirtualize::run(&mut m),
            Some("recursion") => recursion::run(&mut m),
            Some("inline") => inline::run(&mut m, None),
            Some("nil_checks") => nil_checks::run(&mut m),
            Some("escape") => escape::run(&mut m, &mut escape::Summaries::new()),
            pass => panic!("{}: no pass {pass:?}", path.display()),
        }
        let broken = ir::verify::module(&m);
        assert!(broken.is_empty(), "{}: {broken:?}", path.display());
        let got = ir::print::module(&m);
        let expected = path.with_extension("out");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&expected, &got).expect("writing the expected output");
        }
        let want = fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(want, got, "{}", path.display());
    }
}

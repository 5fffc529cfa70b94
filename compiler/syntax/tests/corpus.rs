//! Go's own tree, where a copy is installed: nothing panics, and what isn't a test of errors parses
//! without any.

mod common;

use std::path::Path;

const TREE: &str = "/usr/share/go-1.19";

#[test]
fn go_tree() {
    common::with_deep_stack(|| {
        // Without optimisation a sample must do.
        let step = if cfg!(debug_assertions) { 8 } else { 1 };
        let mut files = 0;
        for path in common::go_files(Path::new(TREE)).into_iter().step_by(step) {
            let Ok(bytes) = std::fs::read(&path) else { continue };
            files += 1;
            let source = syntax::decode(bytes);
            syntax::constraint::scan_header(&source.text);
            let outcome = common::parse(&source);
            syntax::print::dump(&outcome.parsed.file);
            // The library, but for its folders of test data, is valid Go.
            let valid = path.starts_with("/usr/share/go-1.19/src")
                && !path.components().any(|c| c.as_os_str() == "testdata");
            assert!(!valid || outcome.diags.is_empty(), "{path:?}: {:?}", outcome.diags);
        }
        println!("{files} files");
    });
}

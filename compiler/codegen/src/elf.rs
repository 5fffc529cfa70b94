//! Finishing touches to LLVM's objects.

use crate::error::Res;

/// Renames the marker sections of split stacks, at which linkers would rewrite calls.
pub fn finish(mut object: Vec<u8>) -> Res<Vec<u8>> {
    for name in [b".note.GNU-split-stack\0".as_slice(), b".note.GNU-no-split-stack\0"] {
        let mut at = 0;
        while let Some(i) = find(&object[at..], name) {
            object[at + i..at + i + 9].copy_from_slice(b".note.gos");
            at += i + name.len();
        }
    }
    Ok(object)
}

fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len()).position(|w| w == needle)
}

//! The suggestions of errors in, the texts of the mended files out.

use crate::{Applicability, Diagnostics, FileId, SourceMap, Suggestion};
use std::collections::BTreeMap;

/// A range of bytes and what to put there.
type Edit = (std::ops::Range<usize>, String);

/// Edits by file name, each file's text beside.
#[derive(Default)]
pub struct Plan {
    files: BTreeMap<String, (String, Vec<Edit>)>,
    count: usize,
}

impl Plan {
    /// Takes over the suggestions of a package's errors; those that overlap others wait.
    pub fn collect(&mut self, source: &SourceMap, diags: &Diagnostics, guesses: bool) {
        for d in diags.iter() {
            let fits =
                |s: &&Suggestion| guesses || s.applicability == Applicability::MachineApplicable;
            if let Some(s) = d.suggestions.iter().find(fits) {
                self.add(source, s);
            }
        }
    }

    fn add(&mut self, source: &SourceMap, s: &Suggestion) {
        let mut edits = Vec::new();
        for (span, text) in &s.edits {
            let Some((id, range)) = source.range(*span) else { return };
            let f = source.file(FileId(id));
            let there = &self.files.get(&f.name).map_or(&[][..], |(_, e)| e);
            // One insertion at a place is enough: two would be the same import twice.
            let clash = |(r, _): &Edit| {
                r.start < range.end && range.start < r.end || r.start == range.start
            };
            if there.iter().any(clash) {
                return;
            }
            edits.push((f, range, text));
        }
        self.count += 1;
        for (f, range, text) in edits {
            let entry = self.files.entry(f.name.clone());
            let (_, list) = entry.or_insert_with(|| (f.text.to_string(), Vec::new()));
            list.push((range, text.clone()));
        }
    }

    /// How many suggestions it has.
    pub fn count(&self) -> usize {
        self.count
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Forgets the edits of files that aren't `wanted` by name.
    pub fn retain(&mut self, wanted: impl Fn(&str) -> bool) {
        self.files.retain(|name, _| wanted(name));
    }

    /// The files as they are to be.
    pub fn apply(self) -> impl Iterator<Item = (String, String)> {
        self.files.into_iter().map(|(name, (mut text, mut edits))| {
            edits.sort_by_key(|(r, _)| std::cmp::Reverse(r.start));
            for (range, new) in edits {
                text.replace_range(range, &new);
            }
            (name, text)
        })
    }
}

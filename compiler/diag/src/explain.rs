//! `gosubc explain`: for each error code what it means, an example that fails with it, and the example
//! mended. The texts are data (`explain/*.txt`), so that tests can compile every example.
//!
//! An entry begins with `# Code`. Text follows, then the two examples behind lines `-- fails` and
//! `-- mended`.

/// What there is to say about a code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explanation {
    pub code: &'static str,
    pub text: &'static str,
    /// A source file that is rejected with the code.
    pub fails: &'static str,
    /// The same without the mistake.
    pub mended: &'static str,
}

const TEXTS: [&str; 6] = [
    include_str!("explain/builtins.txt"),
    include_str!("explain/declarations.txt"),
    include_str!("explain/expressions.txt"),
    include_str!("explain/packages.txt"),
    include_str!("explain/statements.txt"),
    include_str!("explain/types.txt"),
];

/// All explanations, by code.
pub fn all() -> Vec<Explanation> {
    let mut list: Vec<Explanation> = TEXTS.iter().flat_map(|t| entries(t)).collect();
    list.sort_by_key(|e| e.code);
    list
}

/// The explanation of a code, whatever the letters' case.
pub fn find(code: &str) -> Option<Explanation> {
    all().into_iter().find(|e| e.code.eq_ignore_ascii_case(code))
}

fn entries(text: &'static str) -> impl Iterator<Item = Explanation> {
    text.split("\n# ").filter_map(|entry| {
        let entry = entry.strip_prefix("# ").unwrap_or(entry);
        let (code, rest) = entry.split_once('\n')?;
        let (text, rest) = rest.split_once("\n-- fails\n")?;
        let (fails, mended) = rest.split_once("\n-- mended\n")?;
        Some(Explanation { code: code.trim(), text: text.trim(), fails, mended: mended.trim_end() })
    })
}

impl Explanation {
    /// As `gosubc explain` prints it.
    pub fn to_text(&self) -> String {
        let indent = |s: &str| -> String {
            s.trim_end().lines().map(|l| format!("    {l}").trim_end().to_string() + "\n").collect()
        };
        format!(
            "{}\n\n{}\n\nFails:\n\n{}\nMended:\n\n{}",
            self.code,
            self.text,
            indent(self.fails),
            indent(self.mended)
        )
    }

    /// The first sentence, for lists.
    pub fn summary(&self) -> &'static str {
        let end = self.text.find(". ").or(self.text.find(".\n")).unwrap_or(self.text.len() - 1);
        &self.text[..=end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_whole() {
        let list = all();
        let heads: usize = TEXTS.iter().map(|t| t.matches("\n# ").count() + 1).sum();
        assert_eq!(list.len(), heads, "an entry lacks an example");
        for e in &list {
            assert!(
                e.fails.starts_with("package ") && e.mended.starts_with("package "),
                "{}",
                e.code
            );
            assert!(e.text.len() >= 30 && e.text.ends_with('.'), "{}", e.code);
        }
        assert!(list.windows(2).all(|w| w[0].code != w[1].code));
        assert_eq!(find("unusedvar").map(|e| e.code), Some("UnusedVar"));
    }
}

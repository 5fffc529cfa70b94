//! `-ldflags`: what the go command passes to its linker. Here it is read once: `-s` and `-w` strip, and
//! `-X importpath.name=value` gives a string variable its value, which is done in the IR of the variable's
//! package, before code generation.

use ir::ir::{Const, Module};
use ir::ty::TyKind;
use std::sync::Arc;

/// What `-ldflags` asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkFlags {
    /// `-s`: no symbols, no debug information.
    pub strip_all: bool,
    /// `-w`: no debug information.
    pub strip_debug: bool,
    /// `-X`: variables by their qualified name, with their values.
    pub values: Vec<(String, String)>,
}

impl LinkFlags {
    /// Reads the text of `-ldflags`. The error is one line for the user.
    pub fn parse(text: &str) -> Result<LinkFlags, String> {
        let mut out = LinkFlags::default();
        let mut words = split_quoted(text)?.into_iter();
        while let Some(word) = words.next() {
            let flag = match word.strip_prefix('-') {
                Some(f) => f.strip_prefix('-').unwrap_or(f),
                None => return Err(format!("-ldflags: {word} is not a flag")),
            };
            let (name, value) = flag.split_once('=').map_or((flag, None), |(n, v)| (n, Some(v)));
            match (name, value) {
                ("s", None) => out.strip_all = true,
                ("w", None) => out.strip_debug = true,
                // The go command's build identity: executables here have none.
                ("buildid", _) => {}
                ("X", value) => {
                    let assignment = match value {
                        Some(v) => v.to_string(),
                        None => words.next().unwrap_or_default(),
                    };
                    let Some((variable, value)) = assignment.split_once('=') else {
                        return Err("-X flag requires argument of the form importpath.name=value"
                            .to_string());
                    };
                    out.values.push((variable.to_string(), value.to_string()));
                }
                _ => {
                    return Err(format!(
                        "unknown linker flag {word}: -ldflags takes -s, -w and -X"
                    ));
                }
            }
        }
        Ok(out)
    }

    /// Gives the module's variables their values. A variable that is no string, or that the program
    /// initialises with anything but a constant, keeps its own, as with Go's linker.
    pub fn apply(&self, module: &mut Module) {
        for (name, value) in &self.values {
            let found = module.globals.iter_mut().find(|g| g.sym.as_ref() == name.as_str());
            let Some(global) = found else { continue };
            let is_string = matches!(module.types.kind(global.ty), TyKind::String);
            if is_string && matches!(global.init, None | Some(Const::Str(..))) {
                global.init = Some(Const::Str(Arc::from(value.as_bytes()), global.ty));
            }
        }
    }
}

/// Words separated by space; a word that starts with a quote ends at the next one like it.
fn split_quoted(text: &str) -> Result<Vec<String>, String> {
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (word, after) = if matches!(first, '"' | '\'') {
            rest[1..].split_once(first).ok_or("-ldflags: unterminated quoted string")?
        } else {
            rest.split_once(char::is_whitespace).unwrap_or((rest, ""))
        };
        out.push(word.to_string());
        rest = after.trim_start();
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_values_and_quotes() {
        let f = LinkFlags::parse("-s -w -X main.v=1.2 -X=a/b.c=d '-X' 'main.t=two words'").unwrap();
        assert!(f.strip_all && f.strip_debug);
        let pair = |a: &str, b: &str| (a.to_string(), b.to_string());
        assert_eq!(
            f.values,
            [pair("main.v", "1.2"), pair("a/b.c", "d"), pair("main.t", "two words")]
        );
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for (text, message) in [
            ("-X main.v", "importpath.name=value"),
            ("-extld=gcc", "unknown linker flag -extld=gcc"),
            ("'-s", "unterminated"),
            ("s", "not a flag"),
        ] {
            let e = LinkFlags::parse(text).unwrap_err();
            assert!(e.contains(message), "{text}: {e}");
        }
    }
}

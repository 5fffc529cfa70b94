//! The text of a go.mod file in, what gosubc needs of it out (Go modules reference, "go.mod files").

use std::collections::HashMap;

/// A parsed go.mod.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModFile {
    /// Module path.
    pub module: String,
    /// The `go` line as (major, minor); none: Go 1.16's rules apply.
    pub go: Option<(u32, u32)>,
    /// Required module -> version.
    pub require: Vec<(String, String)>,
    /// Replaced module -> what stands for it.
    pub replace: HashMap<String, Vec<Replacement>>,
    /// Versions that must not be used.
    pub exclude: Vec<(String, String)>,
    /// Folders of a go.work file.
    pub uses: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Replacement {
    /// The version that is replaced; empty: all.
    pub version: String,
    /// A module, or a folder (without a version).
    pub path: String,
    pub new_version: String,
}

/// An error with its 1-based line.
#[derive(Debug, PartialEq)]
pub struct ModError {
    pub line: u32,
    pub message: String,
}

/// Reads a go.mod file.
pub fn parse(text: &str) -> Result<ModFile, ModError> {
    let out = parse_lines(text)?;
    if out.module.is_empty() {
        return Err(ModError {
            line: 0,
            message: "missing module declaration. To specify the module path:\n\tgo mod edit -module=example.com/mod".into(),
        });
    }
    Ok(out)
}

/// Reads a go.work file.
pub fn parse_work(text: &str) -> Result<ModFile, ModError> {
    parse_lines(text)
}

fn parse_lines(text: &str) -> Result<ModFile, ModError> {
    let mut out = ModFile::default();
    let mut block: Option<String> = None;
    for (i, raw) in text.lines().enumerate() {
        let line = i as u32 + 1;
        let words = split_words(raw).map_err(|message| ModError { line, message })?;
        let Some(first) = words.first() else { continue };
        if let Some(verb) = block.clone() {
            if first == ")" {
                block = None;
            } else {
                directive(&mut out, &verb, &words, line)?;
            }
        } else if words.len() == 2 && words[1] == "(" {
            block = Some(first.clone());
        } else {
            directive(&mut out, first, &words[1..], line)?;
        }
    }
    Ok(out)
}

fn directive(out: &mut ModFile, verb: &str, args: &[String], line: u32) -> Result<(), ModError> {
    let fail = |message: String| Err(ModError { line, message });
    match (verb, args) {
        ("module", [path]) => out.module = path.clone(),
        ("go", [version]) => match parse_version(version) {
            Some(v) => out.go = Some(v),
            None => {
                return fail(format!("invalid go version '{version}': must match format 1.23.0"));
            }
        },
        ("require", [path, version, ..]) => out.require.push((path.clone(), version.clone())),
        ("replace", args) => {
            let Some(arrow) = args.iter().position(|a| a == "=>") else {
                return fail("usage: replace module/path [v1.2.3] => other/module v1.4\n\t or replace module/path [v1.2.3] => ../local/directory".into());
            };
            let (old, new) = (&args[..arrow], &args[arrow + 1..]);
            let (Some(path), Some(target)) = (old.first(), new.first()) else {
                return fail("invalid replace directive".into());
            };
            let r = Replacement {
                version: old.get(1).cloned().unwrap_or_default(),
                path: target.clone(),
                new_version: new.get(1).cloned().unwrap_or_default(),
            };
            out.replace.entry(path.clone()).or_default().push(r);
        }
        ("exclude", [path, version]) => out.exclude.push((path.clone(), version.clone())),
        ("use", [dir]) => out.uses.push(dir.clone()),
        ("toolchain" | "exclude" | "retract" | "tool" | "godebug" | "ignore", _) => {}
        ("module" | "go" | "require", _) => return fail(format!("usage: {verb} ...")),
        _ => return fail(format!("unknown directive: {verb}")),
    }
    Ok(())
}

/// `1.21`, `1.21.3`, `1.21rc1` as (1, 21).
pub fn parse_version(v: &str) -> Option<(u32, u32)> {
    let mut parts = v.splitn(3, '.');
    let major = parts.next()?.parse().ok()?;
    let minor = parts.next().unwrap_or("0");
    let digits = minor.find(|c: char| !c.is_ascii_digit()).unwrap_or(minor.len());
    Some((major, minor[..digits].parse().ok()?))
}

fn split_words(line: &str) -> Result<Vec<String>, String> {
    let (mut words, mut rest) = (Vec::new(), line.trim_start());
    while !rest.is_empty() && !rest.starts_with("//") {
        let first = rest.as_bytes()[0];
        let end = match first {
            b'"' | b'`' => {
                let q = first as char;
                let close = rest[1..].find(q).ok_or("unexpected newline in string")?;
                words.push(rest[1..1 + close].to_string());
                close + 2
            }
            b'(' | b')' => {
                words.push(rest[..1].to_string());
                1
            }
            _ => {
                let stop = |(i, c): (usize, char)| {
                    c.is_whitespace() || c == '(' || c == ')' || rest[i..].starts_with("//")
                };
                let end = rest.char_indices().find(|&x| stop(x)).map_or(rest.len(), |(i, _)| i);
                words.push(rest[..end].to_string());
                end
            }
        };
        rest = rest[end..].trim_start();
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_blocks_comments_and_replacements() {
        let m = parse(
            "// a module\nmodule example.com/m // here\n\ngo 1.22.1\n\nrequire (\n\ta.b/c v1.2.3 // indirect\n)\n\
             replace a.b/c => ../c\nreplace x/y v1.0.0 => z/w v2.0.0\n",
        )
        .unwrap();
        assert_eq!(m.module, "example.com/m");
        assert_eq!(m.go, Some((1, 22)));
        assert_eq!(m.require, [("a.b/c".to_string(), "v1.2.3".to_string())]);
        assert_eq!(m.replace["a.b/c"][0].path, "../c");
        assert_eq!(m.replace["x/y"][0].new_version, "v2.0.0");
    }

    #[test]
    fn errors_name_the_line() {
        assert_eq!(parse("module m\n\nfoo bar\n").unwrap_err().line, 3);
        assert!(parse("go 1.20\n").unwrap_err().message.starts_with("missing module"));
    }
}

//! The go command's flag syntax brought to clap's: one dash or two, `-o=x` or `-o x`, `-d=defer`.
//!
//! Normalisation turns every `-name` in front of the first non-flag argument into `--name`; clap
//! knows only long names then. Arguments behind the package list of `run` are the program's.

use std::ffi::OsString;

/// `-flag` to `--flag`, up to the first argument that isn't one (flags that take a separate value keep it).
/// `takes_value` says whether a flag without `=` consumes the next argument; `None`: there is no
/// such flag, which is the error.
pub fn normalize(
    args: Vec<OsString>,
    takes_value: impl Fn(&str) -> Option<bool>,
) -> Result<Vec<OsString>, String> {
    let mut out = Vec::with_capacity(args.len());
    let mut it = args.into_iter();
    while let Some(arg) = it.next() {
        let Some(text) = arg.to_str() else {
            out.push(arg);
            out.extend(it);
            break;
        };
        if text == "--" || text == "-" || !text.starts_with('-') {
            out.push(arg);
            out.extend(it);
            break;
        }
        let name = text.trim_start_matches('-');
        let (name, value) = name.split_once('=').map_or((name, None), |(n, v)| (n, Some(v)));
        // clap's generated flag has no short spelling behind one dash.
        let name = if name == "h" { "help" } else { name };
        // -O2, -j4: clap would want -O=2.
        let (name, value) = match (name.chars().next(), value) {
            (Some(c @ ('O' | 'j')), None)
                if name.len() > 1 && name[1..].bytes().all(|b| b.is_ascii_digit()) =>
            {
                (if c == 'O' { "O" } else { "j" }, Some(&name[1..]))
            }
            _ => (name, value),
        };
        let Some(takes) = takes_value(name) else {
            return Err(format!("flag provided but not defined: -{name}"));
        };
        match value {
            Some(v) => out.push(format!("--{name}={v}").into()),
            None => {
                out.push(format!("--{name}").into());
                if takes {
                    out.extend(it.next());
                }
            }
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(args: &[&str]) -> Vec<String> {
        let takes = |n: &str| (n != "bad").then_some(n == "o");
        let out = normalize(args.iter().map(OsString::from).collect(), takes);
        out.unwrap_or_default().into_iter().map(|a| a.into_string().unwrap()).collect()
    }

    #[test]
    fn one_dash_is_as_good_as_two() {
        assert_eq!(
            run(&["-o", "x", "--v", "-d=defer", "a.go", "-x"]),
            ["--o", "x", "--v", "--d=defer", "a.go", "-x"]
        );
        assert_eq!(run(&["-h"]), ["--help"]);
        assert_eq!(run(&["-O2", "-j4", "-"]), ["--O=2", "--j=4", "-"]);
        assert!(run(&["-v", "-bad", "x"]).is_empty());
    }
}

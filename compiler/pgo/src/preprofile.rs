//! The text that `go tool preprofile` makes of a profile: a heading, then three lines for each edge, the hottest first.

use crate::profile::{Edge, Profile, plain_name};
use crate::{Error, fail};

pub const HEADING: &[u8] = b"GO PREPROFILE V1\n";

/// `text`: what follows the heading.
pub fn read(text: &[u8]) -> Result<Profile, Error> {
    let mut lines = text.split(|&b| b == b'\n');
    let mut edges = Vec::new();
    while let Some(caller) = lines.next() {
        // Behind the last newline there is nothing.
        let Some(callee) = lines.next() else {
            match caller {
                b"" => break,
                _ => return fail("preprocessed profile entry missing callee"),
            }
        };
        let Some(numbers) = lines.next().filter(|l| !l.is_empty()) else {
            return fail("preprocessed profile entry missing weight");
        };
        let numbers = String::from_utf8_lossy(numbers);
        let Some((offset, weight)) = numbers.split_once(' ') else {
            return fail(format!("preprocessed profile entry got [{numbers}] want 2 fields"));
        };
        let number = |s: &str, what| {
            let wrong = |_| Error(format!("preprocessed profile error processing {what}: {s:?}"));
            s.parse::<i64>().map_err(wrong)
        };
        edges.push(Edge {
            caller: plain_name(caller),
            offset: number(offset, "call line")?,
            callee: plain_name(callee),
            weight: number(weight, "call weight")?,
        });
    }
    Ok(Profile::new(edges))
}

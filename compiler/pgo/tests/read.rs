//! Profiles as bytes: what is read of them, and what is said of broken ones.

use pgo::{Edge, Error, Profile};
use std::io::Write;

/// A message that grows.
#[derive(Clone, Default)]
struct Message(Vec<u8>);

impl Message {
    fn varint(&mut self, mut n: u64) {
        while n >= 0x80 {
            self.0.push(n as u8 | 0x80);
            n >>= 7;
        }
        self.0.push(n as u8);
    }

    fn number(mut self, field: u64, n: u64) -> Message {
        self.varint(field << 3);
        self.varint(n);
        self
    }

    fn bytes(mut self, field: u64, b: &[u8]) -> Message {
        self.varint(field << 3 | 2);
        self.varint(b.len() as u64);
        self.0.extend(b);
        self
    }

    fn packed(self, field: u64, list: &[u64]) -> Message {
        let mut inner = Message::default();
        list.iter().for_each(|&n| inner.varint(n));
        self.bytes(field, &inner.0)
    }

    fn message(self, field: u64, m: Message) -> Message {
        let bytes = m.0;
        self.bytes(field, &bytes)
    }
}

const STRINGS: [&str; 7] =
    ["", "samples", "count", "main.main", "main.f", "x.org/p%2eq.(*T).M", "runtime.main"];

/// A function for each name, which begins at ten times its number if `starts`; location n is line 3 of function n.
/// Location 9 is function 5 inlined into line 2 of function 4.
fn profile(starts: bool, samples: &[(&[u64], u64)]) -> Message {
    let new = Message::default;
    let mut p = new().message(1, new().number(1, 1).number(2, 2));
    let line = |function: u64, line: u64| new().number(1, function).number(2, function * 10 + line);
    for (stack, n) in samples {
        p = p.message(2, new().packed(1, stack).packed(2, &[*n]));
    }
    for i in 3..=6 {
        p = p.message(4, new().number(1, i).number(3, i).message(4, line(i, 3)));
        let f = new().number(1, i).number(2, i);
        p = p.message(5, if starts { f.number(5, i * 10) } else { f });
    }
    p = p.message(4, new().number(1, 9).number(3, 9).message(4, line(5, 3)).message(4, line(4, 2)));
    STRINGS.iter().fold(p, |p, s| p.bytes(6, s.as_bytes()))
}

fn edge(caller: &str, offset: i64, callee: &str, weight: i64) -> Edge {
    Edge { caller: caller.into(), offset, callee: callee.into(), weight }
}

const METHOD: &str = "x.org/p.q.(*T).M";

fn wrong(bytes: &[u8]) -> String {
    Profile::read(bytes).unwrap_err().0
}

#[test]
fn innermost_calls_have_weight() {
    // main.main calls main.f calls M, once inlined; what calls main.main is too far out.
    let samples: &[(&[u64], u64)] =
        &[(&[5, 4, 3, 6], 7), (&[9, 3, 6], 5), (&[4, 3], 2), (&[3], 9), (&[4, 3], 0)];
    let want = Profile::new(vec![
        edge("main.f", 3, METHOD, 7),
        edge("main.f", 2, METHOD, 5),
        edge("main.main", 3, "main.f", 7),
    ]);
    let plain = profile(true, samples).0;
    assert_eq!(Profile::read(&plain).as_ref(), Ok(&want));
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), Default::default());
    gzip.write_all(&plain).unwrap();
    let packed = gzip.finish().unwrap();
    assert_eq!(Profile::read(&packed), Ok(want));
    assert_eq!(wrong(&packed[..packed.len() - 12]), "decompressing profile: unexpected EOF");
}

#[test]
fn hot_ones_are_the_heaviest() {
    let weights = [("a.f", 980), ("b.f", 5), ("c.f", 10), ("d.f", 5)];
    let p = Profile::new(weights.map(|(f, w)| edge("main.main", 1, f, w)).to_vec());
    let hot: Vec<&str> = p.hot().iter().map(|e| e.callee.as_str()).collect();
    // 99 per cent are not more than 99 per cent.
    assert_eq!(hot, ["a.f", "c.f", "b.f"]);
    assert_eq!(Profile::default().hot(), []);
    assert_eq!(Profile::new(vec![edge("main.main", 1, "main.f", 0)]).hot(), []);
    assert_eq!(Profile::new(vec![edge("main.main", 1, "main.f", 1)]).hot().len(), 1);
}

#[test]
fn empty_ones_are_allowed() {
    assert_eq!(Profile::read(b""), Ok(Profile::default()));
    assert_eq!(Profile::read(&profile(true, &[]).0), Ok(Profile::default()));
    assert_eq!(Profile::read(&profile(true, &[(&[5, 4], 0)]).0), Ok(Profile::default()));
}

#[test]
fn preprocessed_ones() {
    let text = "GO PREPROFILE V1\nmain.f\nx.org/p%2eq.(*T).M\n3 12\nmain.main\nmain.f\n-1 5\n";
    let want =
        Profile::new(vec![edge("main.f", 3, METHOD, 12), edge("main.main", -1, "main.f", 5)]);
    assert_eq!(Profile::read(text.as_bytes()), Ok(want));
    let after = |text: &str| wrong(format!("GO PREPROFILE V1\n{text}").as_bytes());
    assert_eq!(after("main.f"), "preprocessed profile entry missing callee");
    assert_eq!(after("main.f\nmain.g\n"), "preprocessed profile entry missing weight");
    assert_eq!(after("f\ng\n12\n"), "preprocessed profile entry got [12] want 2 fields");
    assert_eq!(after("f\ng\nx 12\n"), "preprocessed profile error processing call line: \"x\"");
    assert_eq!(after("f\ng\n1 y\n"), "preprocessed profile error processing call weight: \"y\"");
}

#[test]
fn broken_ones_are_told() {
    assert_eq!(wrong(b"garbage\n"), "parsing profile: unknown wire type: 7");
    assert_eq!(
        wrong(&Message::default().bytes(6, b"x").0),
        "parsing profile: string_table[0] must be ''"
    );
    let samples: &[(&[u64], u64)] = &[(&[5, 4], 1)];
    assert!(
        wrong(&profile(false, samples).0).starts_with("profile missing Function.start_line data")
    );
    let good = profile(true, samples);
    let lost = good.clone().message(2, Message::default().packed(1, &[77]).packed(2, &[1]));
    assert_eq!(wrong(&lost.0), "malformed profile: there is no location 77");
    let two = good.clone().message(2, Message::default().packed(1, &[3]).packed(2, &[1, 2]));
    assert_eq!(wrong(&two.0), "malformed profile: mismatch: sample has: 2 values vs. 1 types");
    let twice = good.clone().message(5, Message::default().number(1, 3));
    assert_eq!(wrong(&twice.0), "parsing profile: multiple functions with same id: 3");
    let heap = String::from_utf8_lossy(&good.0).replace("count", "bytes").into_bytes();
    assert!(wrong(&heap).starts_with("profile does not contain a sample index"));
}

/// No bytes make the reader panic: a good profile, cut short and with each of its bytes changed.
#[test]
fn any_bytes_are_survived() {
    let good = profile(true, &[(&[5, 4, 3], 7), (&[9, 3], 5)]).0;
    for i in 0..good.len() {
        let _: Result<Profile, Error> = Profile::read(&good[..i]);
        for change in [1, 0x80, 0xff] {
            let mut bytes = good.clone();
            bytes[i] ^= change;
            let _ = Profile::read(&bytes).map(|p| p.hot().len());
        }
    }
}

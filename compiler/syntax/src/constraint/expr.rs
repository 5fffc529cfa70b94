//! Constraint expressions: `//go:build a && !b`, and the older `// +build a,!b`.

use super::Tags;
use crate::unicode;

/// A constraint: when a file belongs to the build.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Constraint {
    Tag(String),
    Not(Box<Constraint>),
    And(Box<Constraint>, Box<Constraint>),
    Or(Box<Constraint>, Box<Constraint>),
}

/// What is wrong with a constraint.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConstraintError {
    /// Offset in the text given.
    pub offset: usize,
    /// The whole text of the message.
    pub message: String,
}

/// Operators, parentheses and tags in one expression.
const MAX_SIZE: usize = 1000;

/// Parentheses within parentheses. It bounds the recursion.
const MAX_NESTING: usize = 100;

impl Constraint {
    pub fn matches(&self, tags: &Tags) -> bool {
        match self {
            Constraint::Tag(tag) => tags.contains(tag),
            Constraint::Not(x) => !x.matches(tags),
            Constraint::And(x, y) => x.matches(tags) && y.matches(tags),
            Constraint::Or(x, y) => x.matches(tags) || y.matches(tags),
        }
    }

    /// The lowest language version, as N of `go1.N`, with which the constraint can hold.
    pub fn go_version(&self) -> Option<u32> {
        self.lowest(true)
    }

    fn lowest(&self, positive: bool) -> Option<u32> {
        match self {
            Constraint::Tag(tag) if positive => match tag.as_str() {
                "go1" => Some(0),
                tag => tag.strip_prefix("go1.")?.parse().ok(),
            },
            Constraint::Tag(_) => None,
            Constraint::Not(x) => x.lowest(!positive),
            // By De Morgan's laws a negated conjunction is a disjunction. `None` is below all.
            Constraint::And(x, y) if positive => x.lowest(true).max(y.lowest(true)),
            Constraint::Or(x, y) if !positive => x.lowest(false).max(y.lowest(false)),
            Constraint::And(x, y) | Constraint::Or(x, y) => {
                x.lowest(positive).min(y.lowest(positive))
            }
        }
    }

    /// Parses what follows `//go:build`. `offset`: where it stands, for errors.
    pub fn parse(text: &str, offset: usize) -> Result<Constraint, ConstraintError> {
        let mut p = Parser { text, at: 0, token: "", begin: 0, size: 0, nesting: 0 };
        p.parse().map_err(|(at, what)| ConstraintError {
            offset: offset + at,
            message: format!("parsing //go:build line: {what}"),
        })
    }

    /// The constraint that the head of a file states: the `//go:build` line, else all `// +build`
    /// lines together.
    pub fn of_file(text: &str) -> Result<Option<Constraint>, ConstraintError> {
        let head = super::header::head(text)?;
        if let Some((offset, expr)) = head.go_build {
            return Constraint::parse(expr, offset).map(Some);
        }
        Ok(head.plus_build.iter().map(|line| plus_build(line)).reduce(and))
    }
}

fn and(x: Constraint, y: Constraint) -> Constraint {
    Constraint::And(Box::new(x), Box::new(y))
}

fn or(x: Constraint, y: Constraint) -> Constraint {
    Constraint::Or(Box::new(x), Box::new(y))
}

/// The arguments of a `// +build` line: blanks are "or", commas "and". What is no tag never holds.
fn plus_build(line: &str) -> Constraint {
    let term = |word: &str| {
        let (negated, tag) = match word.strip_prefix('!') {
            Some(tag) => (true, tag),
            None => (false, word),
        };
        let valid = !tag.is_empty() && tag.chars().all(is_tag_char);
        let tag = Constraint::Tag(if valid { tag.into() } else { "ignore".into() });
        if negated && valid { Constraint::Not(Box::new(tag)) } else { tag }
    };
    let words = line.split_whitespace().take(MAX_SIZE);
    let clauses = words.filter_map(|word| word.split(',').take(MAX_SIZE).map(term).reduce(and));
    clauses.reduce(or).unwrap_or(Constraint::Tag("ignore".into()))
}

fn is_tag_char(c: char) -> bool {
    unicode::is_letter(c) || unicode::is_digit(c) || c == '.'
}

struct Parser<'a> {
    text: &'a str,
    /// Offset behind the current token.
    at: usize,
    /// Empty at the end.
    token: &'a str,
    begin: usize,
    size: usize,
    nesting: usize,
}

const TOO_LARGE: &str = "build expression too large";

type Failure = (usize, String);

impl Parser<'_> {
    fn parse(&mut self) -> Result<Constraint, Failure> {
        self.next()?;
        let x = self.or()?;
        if self.token.is_empty() {
            return Ok(x);
        }
        Err(self.unexpected())
    }

    fn unexpected(&self) -> Failure {
        (self.begin, format!("unexpected token {}", self.token))
    }

    fn next(&mut self) -> Result<(), Failure> {
        let rest = &self.text[self.at..];
        let rest = rest.trim_start_matches([' ', '\t']);
        self.begin = self.text.len() - rest.len();
        let length = match rest.as_bytes() {
            [] => 0,
            [b'(' | b')' | b'!', ..] => 1,
            [b'&', b'&', ..] | [b'|', b'|', ..] => 2,
            _ => rest.find(|c| !is_tag_char(c)).unwrap_or(rest.len()),
        };
        if length == 0
            && let Some(c) = rest.chars().next()
        {
            return Err((self.begin, format!("invalid syntax at {c}")));
        }
        self.size += 1;
        if self.size > MAX_SIZE {
            return Err((self.begin, TOO_LARGE.into()));
        }
        self.token = &rest[..length];
        self.at = self.begin + length;
        Ok(())
    }

    fn or(&mut self) -> Result<Constraint, Failure> {
        let mut x = self.and()?;
        while self.token == "||" {
            self.next()?;
            x = or(x, self.and()?);
        }
        Ok(x)
    }

    fn and(&mut self) -> Result<Constraint, Failure> {
        let mut x = self.not()?;
        while self.token == "&&" {
            self.next()?;
            x = and(x, self.not()?);
        }
        Ok(x)
    }

    fn not(&mut self) -> Result<Constraint, Failure> {
        if self.token != "!" {
            return self.atom();
        }
        self.next()?;
        if self.token == "!" {
            return Err((self.begin, "double negation not allowed".into()));
        }
        Ok(Constraint::Not(Box::new(self.not()?)))
    }

    fn atom(&mut self) -> Result<Constraint, Failure> {
        match self.token {
            "" => Err((self.begin, "unexpected end of expression".into())),
            "(" => {
                self.nesting += 1;
                if self.nesting > MAX_NESTING {
                    return Err((self.begin, TOO_LARGE.into()));
                }
                self.next()?;
                let x = self.or()?;
                self.nesting -= 1;
                if self.token != ")" {
                    return Err((self.begin, "missing close paren".into()));
                }
                self.next()?;
                Ok(x)
            }
            ")" | "&&" | "||" => Err(self.unexpected()),
            tag => {
                let tag = Constraint::Tag(tag.into());
                self.next()?;
                Ok(tag)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        let message = Constraint::parse(text, 0).unwrap_err().message;
        message.strip_prefix("parsing //go:build line: ").unwrap().into()
    }

    #[test]
    fn errors() {
        for (text, want) in [
            ("", "unexpected end of expression"),
            ("!!a", "double negation not allowed"),
            ("(a", "missing close paren"),
            ("a b", "unexpected token b"),
            ("a &&", "unexpected end of expression"),
            ("a & b", "invalid syntax at &"),
            ("a@b", "invalid syntax at @"),
            (")", "unexpected token )"),
            ("a // x", "invalid syntax at /"),
        ] {
            assert_eq!(error(text), want, "{text}");
        }
        assert_eq!(error(&"(".repeat(5000)), "build expression too large");
    }

    #[test]
    fn values() {
        let tags = Tags::linux_amd64(["é", "a.b"]);
        for (text, want) in [
            ("linux && !(windows || arm64)", true),
            ("windows || linux && arm64", false),
            ("é && a.b", true),
            ("!(!linux)", true),
        ] {
            assert_eq!(Constraint::parse(text, 0).map(|c| c.matches(&tags)), Ok(want), "{text}");
        }
        assert!(plus_build("!linux,amd64 unix,amd64").matches(&tags));
        assert!(!plus_build("!linux,amd64 a@").matches(&tags));
        assert!(!plus_build("").matches(&tags));
    }

    #[test]
    fn versions() {
        let version = |text| Constraint::parse(text, 0).unwrap().go_version();
        assert_eq!(version("go1.21"), Some(21));
        assert_eq!(version("linux && go1.21 && go1.22"), Some(22));
        assert_eq!(version("go1.21 || go1.20"), Some(20));
        assert_eq!(version("go1.21 || linux"), None);
        assert_eq!(version("!go1.21"), None);
        assert_eq!(version("!(!go1.21)"), Some(21));
    }
}

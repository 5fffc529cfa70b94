//! Text in, tokens out, one at a time, with automatic semicolons (Go specification, "Semicolons").
//!
//! The lexer works on bytes and leaves ASCII only for identifiers, strings and comments. It keeps
//! no list of tokens: the fields of [`Lexer`] describe the current one, and nothing is allocated for it.
//! Errors go to a list that the parser shares, so that they keep the order of discovery.
//!
//! NUL bytes and byte order marks are passed over in silence: [`crate::decode`], through which
//! every file comes in, has reported them and stands a NUL in for each byte of invalid UTF-8.

mod comment;
mod literal;

use crate::ast::{BinaryOp, LitKind};
use crate::token::{Op, Tok, precedence};
use crate::unicode;
use diag::LineDirective;

/// An error as the lexer and the parser note it: a range of offsets and the text.
#[derive(Debug)]
pub struct RawError {
    pub lo: u32,
    pub hi: u32,
    pub message: String,
    pub kind: ErrorKind,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErrorKind {
    Syntax,
    /// A directive that belongs to nothing: no reason not to go on.
    Directive,
    /// What gc finds only later, in files without mistakes of syntax.
    Late,
}

/// More errors than these of one file help nobody.
const MAX_ERRORS: usize = 1000;

/// A `//go:` comment, as offsets.
#[derive(Clone, Copy, Debug)]
pub struct RawDirective {
    pub lo: u32,
    pub hi: u32,
    /// Nothing but blanks before it on its line.
    pub alone: bool,
}

/// Why there is a semicolon.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SemiKind {
    Written,
    Newline,
    Eof,
}

impl SemiKind {
    pub fn as_str(self) -> &'static str {
        match self {
            SemiKind::Written => "semicolon",
            SemiKind::Newline => "newline",
            SemiKind::Eof => "EOF",
        }
    }
}

pub struct Lexer<'a> {
    text: &'a str,
    src: &'a [u8],
    /// Offset of the first byte not yet read.
    off: usize,
    /// The token before was one after which a newline ends the statement.
    newline_ends: bool,

    // The current token.
    pub tok: Tok,
    pub op: Op,
    /// Binary precedence of an operator token, 0 if it is none.
    pub prec: u8,
    pub lo: u32,
    pub hi: u32,
    pub lit: LitKind,
    /// The literal is malformed, which has been reported.
    pub bad: bool,
    pub semi: SemiKind,

    // What comments said; the parser takes them.
    pub directives: Vec<RawDirective>,
    pub line_directives: Vec<LineDirective>,
    pub errors: Vec<RawError>,
}

const SPACE: u8 = 1;
const LETTER: u8 = 2;
const DIGIT: u8 = 4;

/// What each byte can be part of.
static CLASS: [u8; 256] = {
    let mut t = [0; 256];
    t[b' ' as usize] = SPACE;
    t[b'\t' as usize] = SPACE;
    t[b'\r' as usize] = SPACE;
    t[0] = SPACE;
    t[b'_' as usize] = LETTER;
    let mut i = 0;
    while i < 26 {
        t[b'a' as usize + i] = LETTER;
        t[b'A' as usize + i] = LETTER;
        i += 1;
    }
    let mut i = 0;
    while i < 10 {
        t[b'0' as usize + i] = DIGIT;
        i += 1;
    }
    t
};

impl<'a> Lexer<'a> {
    pub fn new(text: &'a str) -> Lexer<'a> {
        Lexer {
            text,
            src: text.as_bytes(),
            off: 0,
            newline_ends: false,
            tok: Tok::Eof,
            op: Op::None,
            prec: 0,
            lo: 0,
            hi: 0,
            lit: LitKind::Int,
            bad: false,
            semi: SemiKind::Written,
            directives: Vec::new(),
            line_directives: Vec::new(),
            errors: Vec::new(),
        }
    }

    /// The text of the current token.
    pub fn token_text(&self) -> &'a str {
        &self.text[self.lo as usize..self.hi as usize]
    }

    /// The text between two offsets.
    pub fn slice(&self, lo: u32, hi: u32) -> &'a str {
        &self.text[lo as usize..hi as usize]
    }

    /// Makes the end of the file come next, whatever is left of it.
    pub fn stop(&mut self) {
        self.off = self.src.len();
        self.newline_ends = false;
        self.tok = Tok::Eof;
        self.lo = self.off as u32;
        self.hi = self.lo;
    }

    fn error(&mut self, lo: usize, hi: usize, message: impl Into<String>) {
        let (lo, hi) = (lo as u32, hi as u32);
        self.add_error(RawError { lo, hi, message: message.into(), kind: ErrorKind::Syntax });
    }

    pub fn add_error(&mut self, error: RawError) {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(error);
        }
    }

    /// The byte at the reading position, 0 at the end.
    fn byte(&self) -> u8 {
        self.peek(0)
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.src.get(self.off + ahead).copied().unwrap_or(0)
    }

    fn at_end(&self) -> bool {
        self.off >= self.src.len()
    }

    /// The character at the reading position. Not to be called at the end.
    fn char(&self) -> char {
        self.text[self.off..].chars().next().unwrap_or('\0')
    }

    /// Advances to the next token.
    pub fn next(&mut self) {
        let newline_ends = std::mem::take(&mut self.newline_ends);
        loop {
            while CLASS[self.byte() as usize] == SPACE && !self.at_end() {
                self.off += 1;
            }
            self.lo = self.off as u32;
            let b = self.byte();
            match CLASS[b as usize] {
                LETTER => return self.identifier(),
                DIGIT => {
                    self.newline_ends = true;
                    return self.number(false);
                }
                _ => {}
            }
            match b {
                b'\n' => {
                    self.off += 1;
                    if newline_ends {
                        return self.semicolon(SemiKind::Newline);
                    }
                }
                b'/' if matches!(self.peek(1), b'/' | b'*') => {
                    if self.comment(newline_ends) {
                        return self.semicolon(SemiKind::Newline);
                    }
                }
                0 if self.at_end() => {
                    if newline_ends {
                        return self.semicolon(SemiKind::Eof);
                    }
                    self.hi = self.lo;
                    self.tok = Tok::Eof;
                    return;
                }
                0x80.. => {
                    if self.char() == '\u{feff}' {
                        self.off += 3;
                        continue;
                    }
                    return self.identifier();
                }
                _ => {
                    if self.punctuation(b) {
                        self.hi = self.off as u32;
                        return;
                    }
                    self.off += 1;
                    let text = format!("invalid character {}", unicode::describe(b as u32));
                    self.error(self.lo as usize, self.off, text);
                }
            }
        }
    }

    fn semicolon(&mut self, kind: SemiKind) {
        self.hi = self.off as u32;
        self.tok = Tok::Semi;
        self.semi = kind;
    }

    fn identifier(&mut self) {
        let start = self.off;
        loop {
            let b = self.byte();
            if CLASS[b as usize] & (LETTER | DIGIT) != 0 {
                self.off += 1;
            } else if b >= 0x80 {
                if !self.wide_identifier_char(self.off == start) {
                    break;
                }
            } else {
                break;
            }
        }
        self.hi = self.off as u32;
        let word = &self.src[start..self.off];
        if word.len() >= 2
            && let Some(keyword) = Tok::keyword(word)
        {
            self.tok = keyword;
            self.newline_ends =
                matches!(keyword, Tok::Break | Tok::Continue | Tok::Fallthrough | Tok::Return);
            return;
        }
        self.tok = Tok::Name;
        self.newline_ends = true;
    }

    /// Consumes a character beyond ASCII as part of an identifier. All are taken, so that one
    /// mistake is one message; those that don't belong there are reported.
    fn wide_identifier_char(&mut self, first: bool) -> bool {
        let c = self.char();
        if c == '\u{feff}' && first {
            return false;
        }
        let after = self.off + c.len_utf8();
        if unicode::is_digit(c) {
            if first {
                let what = unicode::describe(c as u32);
                self.error(self.off, after, format!("identifier cannot begin with digit {what}"));
            }
        } else if c != '\u{feff}' && !unicode::is_letter(c) {
            let what = unicode::describe(c as u32);
            self.error(self.off, after, format!("invalid character {what} in identifier"));
        }
        self.off = after;
        true
    }

    /// Operators, delimiters and what begins a string. Returns false for a byte that begins nothing.
    fn punctuation(&mut self, b: u8) -> bool {
        use BinaryOp::*;
        self.off += 1;
        let next = self.byte();
        match b {
            b'(' => self.tok = Tok::LParen,
            b'[' => self.tok = Tok::LBrack,
            b'{' => self.tok = Tok::LBrace,
            b',' => self.tok = Tok::Comma,
            b')' => self.closing(Tok::RParen),
            b']' => self.closing(Tok::RBrack),
            b'}' => self.closing(Tok::RBrace),
            b';' => self.semicolon(SemiKind::Written),
            b'"' => self.string(),
            b'`' => self.raw_string(),
            b'\'' => self.rune(),
            b'.' => {
                if next.is_ascii_digit() {
                    self.off -= 1;
                    self.newline_ends = true;
                    self.number(true);
                } else if next == b'.' && self.peek(1) == b'.' {
                    self.off += 2;
                    self.tok = Tok::DotDotDot;
                } else {
                    self.tok = Tok::Dot;
                }
            }
            b':' => self.either(b'=', Tok::Define, Tok::Colon),
            b'=' => {
                if next == b'=' {
                    self.off += 1;
                    self.binary(Eq);
                } else {
                    self.tok = Tok::Assign;
                }
            }
            b'!' => {
                if next == b'=' {
                    self.off += 1;
                    self.binary(Ne);
                } else {
                    self.operator(Op::Not, 0);
                }
            }
            b'~' => self.operator(Op::Tilde, 0),
            b'+' => self.arithmetic(Add, next == b'+'),
            b'-' => self.arithmetic(Sub, next == b'-'),
            b'*' => {
                self.arithmetic(Mul, false);
                if self.tok == Tok::Operator {
                    self.tok = Tok::Star;
                }
            }
            b'/' => self.arithmetic(Div, false),
            b'%' => self.arithmetic(Rem, false),
            b'^' => self.arithmetic(Xor, false),
            b'|' if next == b'|' => self.long(LOr),
            b'|' => self.arithmetic(Or, false),
            b'&' if next == b'&' => self.long(LAnd),
            b'&' if next == b'^' => {
                self.off += 1;
                self.arithmetic(AndNot, false);
            }
            b'&' => self.arithmetic(And, false),
            b'<' if next == b'<' => {
                self.off += 1;
                self.arithmetic(Shl, false);
            }
            b'<' if next == b'=' => self.long(Le),
            b'<' if next == b'-' => {
                self.off += 1;
                self.tok = Tok::Arrow;
            }
            b'<' => self.binary(Lt),
            b'>' if next == b'>' => {
                self.off += 1;
                self.arithmetic(Shr, false);
            }
            b'>' if next == b'=' => self.long(Ge),
            b'>' => self.binary(Gt),
            _ => {
                self.off -= 1;
                return false;
            }
        }
        true
    }

    fn closing(&mut self, tok: Tok) {
        self.tok = tok;
        self.newline_ends = true;
    }

    fn either(&mut self, second: u8, two: Tok, one: Tok) {
        if self.byte() == second {
            self.off += 1;
            self.tok = two;
        } else {
            self.tok = one;
        }
    }

    fn operator(&mut self, op: Op, prec: u8) {
        self.tok = Tok::Operator;
        self.op = op;
        self.prec = prec;
    }

    fn binary(&mut self, op: BinaryOp) {
        self.operator(Op::Bin(op), precedence(op));
    }

    /// An operator of two bytes of which one is read.
    fn long(&mut self, op: BinaryOp) {
        self.off += 1;
        self.binary(op);
    }

    /// `op`, `op=` or, if `doubled`, `++` or `--`.
    fn arithmetic(&mut self, op: BinaryOp, doubled: bool) {
        self.binary(op);
        if doubled {
            self.off += 1;
            self.tok = Tok::IncOp;
            self.newline_ends = true;
        } else if self.byte() == b'=' {
            self.off += 1;
            self.tok = Tok::AssignOp;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Tok> {
        let mut l = Lexer::new(text);
        let mut out = Vec::new();
        loop {
            l.next();
            if l.tok == Tok::Eof {
                assert!(l.errors.is_empty(), "{:?}", l.errors);
                return out;
            }
            out.push(l.tok);
        }
    }

    #[test]
    fn semicolons() {
        use Tok::*;
        assert_eq!(kinds("x\n\ny"), [Name, Semi, Name, Semi]);
        assert_eq!(kinds("x /* \n */ y"), [Name, Semi, Name, Semi]);
        assert_eq!(kinds("x /* */ y // z\n+"), [Name, Name, Semi, Operator]);
        assert_eq!(kinds("return\nif\n)"), [Return, Semi, If, RParen, Semi]);
    }

    #[test]
    fn operators() {
        use Tok::*;
        assert_eq!(
            kinds("<- <<= &^= ++ ... .5 . :="),
            [Arrow, AssignOp, AssignOp, IncOp, DotDotDot, Literal, Dot, Define]
        );
        assert_eq!(kinds("* *= || |"), [Star, AssignOp, Operator, Operator]);
    }

    #[test]
    fn stand_ins_are_passed_over() {
        assert_eq!(kinds("\0x\0 = \u{feff}1\0"), [Tok::Name, Tok::Assign, Tok::Literal, Tok::Semi]);
    }
}

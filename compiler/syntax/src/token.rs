//! Tokens as the lexer hands them out, and how messages call them.

use crate::ast::BinaryOp;

/// The kinds of token. Operators share [`Tok::Operator`], [`Tok::AssignOp`] and [`Tok::IncOp`] and
/// are told apart by [`Op`]; `*` is a kind of its own because it also begins a pointer type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Tok {
    Eof,
    Name,
    Literal,
    Operator,
    AssignOp,
    IncOp,
    Assign,
    Define,
    Arrow,
    Star,
    LParen,
    LBrack,
    LBrace,
    RParen,
    RBrack,
    RBrace,
    Comma,
    Semi,
    Colon,
    Dot,
    DotDotDot,
    Break,
    Case,
    Chan,
    Const,
    Continue,
    Default,
    Defer,
    Else,
    Fallthrough,
    For,
    Func,
    Go,
    Goto,
    If,
    Import,
    Interface,
    Map,
    Package,
    Range,
    Return,
    Select,
    Struct,
    Switch,
    Type,
    Var,
}

impl Tok {
    /// The spelling of a token that has only one; for the others the name of the kind.
    pub fn spelling(self) -> &'static str {
        match self {
            Tok::Eof => "EOF",
            Tok::Name => "name",
            Tok::Literal => "literal",
            Tok::Operator => "op",
            Tok::AssignOp => "op=",
            Tok::IncOp => "opop",
            Tok::Assign => "=",
            Tok::Define => ":=",
            Tok::Arrow => "<-",
            Tok::Star => "*",
            Tok::LParen => "(",
            Tok::LBrack => "[",
            Tok::LBrace => "{",
            Tok::RParen => ")",
            Tok::RBrack => "]",
            Tok::RBrace => "}",
            Tok::Comma => ",",
            Tok::Semi => ";",
            Tok::Colon => ":",
            Tok::Dot => ".",
            Tok::DotDotDot => "...",
            Tok::Break => "break",
            Tok::Case => "case",
            Tok::Chan => "chan",
            Tok::Const => "const",
            Tok::Continue => "continue",
            Tok::Default => "default",
            Tok::Defer => "defer",
            Tok::Else => "else",
            Tok::Fallthrough => "fallthrough",
            Tok::For => "for",
            Tok::Func => "func",
            Tok::Go => "go",
            Tok::Goto => "goto",
            Tok::If => "if",
            Tok::Import => "import",
            Tok::Interface => "interface",
            Tok::Map => "map",
            Tok::Package => "package",
            Tok::Range => "range",
            Tok::Return => "return",
            Tok::Select => "select",
            Tok::Struct => "struct",
            Tok::Switch => "switch",
            Tok::Type => "type",
            Tok::Var => "var",
        }
    }

    /// What messages call this token.
    pub fn describe(self) -> String {
        match self {
            Tok::Comma => "comma".into(),
            Tok::Semi => "semicolon or newline".into(),
            t if t.is_keyword() => format!("keyword {}", t.spelling()),
            t => t.spelling().into(),
        }
    }

    pub fn is_keyword(self) -> bool {
        self as u8 >= Tok::Break as u8
    }

    /// The keyword that `word` is, if it is one.
    pub fn keyword(word: &[u8]) -> Option<Tok> {
        Some(match word {
            b"if" => Tok::If,
            b"go" => Tok::Go,
            b"for" => Tok::For,
            b"map" => Tok::Map,
            b"var" => Tok::Var,
            b"case" => Tok::Case,
            b"chan" => Tok::Chan,
            b"else" => Tok::Else,
            b"func" => Tok::Func,
            b"goto" => Tok::Goto,
            b"type" => Tok::Type,
            b"break" => Tok::Break,
            b"const" => Tok::Const,
            b"defer" => Tok::Defer,
            b"range" => Tok::Range,
            b"import" => Tok::Import,
            b"return" => Tok::Return,
            b"select" => Tok::Select,
            b"struct" => Tok::Struct,
            b"switch" => Tok::Switch,
            b"default" => Tok::Default,
            b"package" => Tok::Package,
            b"continue" => Tok::Continue,
            b"interface" => Tok::Interface,
            b"fallthrough" => Tok::Fallthrough,
            _ => return None,
        })
    }
}

/// A set of kinds of token, for resynchronisation.
#[derive(Clone, Copy)]
pub struct TokSet(u64);

impl TokSet {
    pub const fn of(toks: &[Tok]) -> TokSet {
        let mut bits = 0;
        let mut i = 0;
        while i < toks.len() {
            bits |= 1 << toks[i] as u64;
            i += 1;
        }
        TokSet(bits)
    }

    pub const fn union(self, other: TokSet) -> TokSet {
        TokSet(self.0 | other.0)
    }

    pub fn contains(self, t: Tok) -> bool {
        self.0 >> t as u64 & 1 != 0
    }
}

/// Which operator a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Op {
    None,
    Not,
    Tilde,
    Bin(BinaryOp),
}

impl Op {
    pub fn as_str(self) -> &'static str {
        match self {
            Op::None => "",
            Op::Not => "!",
            Op::Tilde => "~",
            Op::Bin(b) => b.as_str(),
        }
    }
}

/// Binary precedence (Go specification, "Operator precedence"); 0: not a binary operator.
pub fn precedence(op: BinaryOp) -> u8 {
    use BinaryOp::*;
    match op {
        LOr => 1,
        LAnd => 2,
        Eq | Ne | Lt | Le | Gt | Ge => 3,
        Add | Sub | Or | Xor => 4,
        Mul | Div | Rem | Shl | Shr | And | AndNot => 5,
    }
}

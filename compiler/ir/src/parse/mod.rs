//! The text of a module in, the module out: the inverse of `print`.
//!
//! For tests of passes and tools; positions of the source are not in the text, so spans are empty. The grammar is
//! what [`crate::print`] writes: every item begins with a keyword, and nothing depends on line ends.

mod body;
mod lexer;

use crate::ir::*;
use crate::ty::{Field, InterfaceMethod, Method, NamedInfo, Sig, Ty, TyData, TyKind};
use diag::Span;
use lexer::{Token, tokens};
use std::collections::HashMap;
use std::fmt;
use syntax::ast::ChanDir;

/// Where and why the text is no module.
#[derive(Clone, Debug)]
pub struct ParseError {
    /// Counted from 1.
    pub line: usize,
    pub message: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for ParseError {}

type Res<T> = Result<T, ParseError>;

/// Reads a module.
pub fn module(text: &str) -> Res<Module> {
    let tokens = tokens(text)?;
    let mut p = Parser { tokens, at: 0, module: Module::default(), names: HashMap::new() };
    p.collect_type_names()?;
    p.items()?;
    Ok(p.module)
}

struct Parser {
    /// With the line of each.
    tokens: Vec<(Token, usize)>,
    at: usize,
    module: Module,
    /// Types by unique name.
    names: HashMap<String, Ty>,
}

impl Parser {
    // Tokens.

    fn err<T>(&self, message: impl Into<String>) -> Res<T> {
        let at = self.at.min(self.tokens.len().saturating_sub(1));
        let line = self.tokens.get(at).map_or(1, |t| t.1);
        Err(ParseError { line, message: message.into() })
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|t| &t.0)
    }

    fn next(&mut self) -> Res<Token> {
        let Some((t, _)) = self.tokens.get(self.at) else { return self.err("unexpected end") };
        let t = t.clone();
        self.at += 1;
        Ok(t)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Word(w)) if w == word)
    }

    /// Goes past `word` if it is next.
    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.at += usize::from(found);
        found
    }

    fn eat(&mut self, c: char) -> bool {
        let found = matches!(self.peek(), Some(Token::Char(x)) if *x == c);
        self.at += usize::from(found);
        found
    }

    fn want(&mut self, c: char) -> Res<()> {
        if self.eat(c) {
            Ok(())
        } else {
            self.err(format!("expected {c}, found {:?}", self.peek()))
        }
    }

    fn word(&mut self) -> Res<String> {
        match self.next()? {
            Token::Word(w) => Ok(w),
            t => self.err(format!("expected a word, found {t:?}")),
        }
    }

    fn number(&mut self) -> Res<i128> {
        match self.next()? {
            Token::Number(n) => Ok(n),
            t => self.err(format!("expected a number, found {t:?}")),
        }
    }

    fn unsigned<T: TryFrom<i128>>(&mut self) -> Res<T> {
        let n = self.number()?;
        match T::try_from(n) {
            Ok(n) => Ok(n),
            Err(_) => self.err(format!("{n} is out of range")),
        }
    }

    fn bytes(&mut self) -> Res<Vec<u8>> {
        match self.next()? {
            Token::Text(b) => Ok(b),
            t => self.err(format!("expected a string, found {t:?}")),
        }
    }

    fn text(&mut self) -> Res<String> {
        match String::from_utf8(self.bytes()?) {
            Ok(s) => Ok(s),
            Err(_) => self.err("a name is not UTF-8"),
        }
    }

    fn symbol(&mut self) -> Res<Symbol> {
        self.want('@')?;
        Ok(self.text()?.into())
    }

    /// What `item` reads, any number of times with commas between, up to `close`.
    fn list<T>(&mut self, close: char, mut item: impl FnMut(&mut Self) -> Res<T>) -> Res<Vec<T>> {
        let mut out = Vec::new();
        while !self.eat(close) {
            if !out.is_empty() {
                self.want(',')?;
            }
            out.push(item(self)?);
        }
        Ok(out)
    }

    // Types.

    /// Types refer to each other in any order, so their names come first.
    fn collect_type_names(&mut self) -> Res<()> {
        for i in 0..self.tokens.len() {
            let begins = matches!(&self.tokens[i].0, Token::Word(w) if w == "type");
            // Only the item is at the beginning of a line; in code the word stands behind another token of it.
            let first = i == 0 || self.tokens[i - 1].1 != self.tokens[i].1;
            let (true, Some((Token::Type(name), _))) = (begins && first, self.tokens.get(i + 1))
            else {
                continue;
            };
            let ty = self.module.types.add(TyData {
                kind: TyKind::Placeholder,
                string: name.clone(),
                unique: name.clone(),
                named: None,
                methods: Vec::new(),
            });
            self.names.insert(name.clone(), ty);
        }
        Ok(())
    }

    fn ty(&mut self) -> Res<Ty> {
        match self.next()? {
            Token::Type(name) => match self.names.get(&name) {
                Some(t) => Ok(*t),
                None => self.err(format!("no type '{name}'")),
            },
            t => self.err(format!("expected a type, found {t:?}")),
        }
    }

    fn sig(&mut self) -> Res<Sig> {
        let variadic = self.eat_word("variadic");
        self.want('(')?;
        let params = self.list(')', Self::ty)?;
        self.want('(')?;
        let results = self.list(')', Self::ty)?;
        Ok(Sig { params, results, variadic })
    }

    fn type_item(&mut self) -> Res<()> {
        let ty = self.ty()?;
        if self.eat_word("string") {
            self.module.types.data_mut(ty).string = self.text()?;
        }
        if self.eat_word("named") {
            let (name, pkg) = (self.text()?, self.text()?);
            let home = if self.eat_word("home") { Some(self.text()?) } else { None };
            self.module.types.data_mut(ty).named = Some(NamedInfo { name, pkg, home });
        }
        self.want('=')?;
        let kind = self.kind()?;
        self.module.types.data_mut(ty).kind = kind;
        while self.eat_word("method") {
            let (name, pkg, sig) = (self.text()?, self.text()?, self.ty()?);
            let ifn = self.symbol()?.to_string();
            self.module.types.data_mut(ty).methods.push(Method { name, pkg, sig, ifn });
        }
        Ok(())
    }

    fn kind(&mut self) -> Res<TyKind> {
        Ok(match &*self.word()? {
            "placeholder" => TyKind::Placeholder,
            "bool" => TyKind::Bool,
            "int" => TyKind::Int { bits: self.unsigned()?, signed: true },
            "uint" => TyKind::Int { bits: self.unsigned()?, signed: false },
            "float" => TyKind::Float { bits: self.unsigned()? },
            "complex" => TyKind::Complex { bits: self.unsigned()? },
            "string" => TyKind::String,
            "unsafeptr" => TyKind::UnsafePointer,
            "pointer" => TyKind::Pointer(self.ty()?),
            "slice" => TyKind::Slice(self.ty()?),
            "array" => {
                let n = self.unsigned()?;
                TyKind::Array(self.ty()?, n)
            }
            "struct" => {
                self.want('{')?;
                TyKind::Struct(self.list('}', Self::field)?)
            }
            "func" => TyKind::Func(self.sig()?),
            "interface" => {
                self.want('{')?;
                let methods = self.list('}', |p| {
                    Ok(InterfaceMethod { name: p.text()?, pkg: p.text()?, sig: p.ty()? })
                })?;
                TyKind::Interface { methods }
            }
            "map" => TyKind::Map(self.ty()?, self.ty()?),
            "chan" => {
                let dir = match &*self.word()? {
                    "both" => ChanDir::Both,
                    "send" => ChanDir::Send,
                    "recv" => ChanDir::Recv,
                    w => return self.err(format!("no channel direction: {w}")),
                };
                TyKind::Chan(dir, self.ty()?)
            }
            w => return self.err(format!("no kind of types: {w}")),
        })
    }

    fn field(&mut self) -> Res<Field> {
        let embedded = self.eat_word("embedded");
        let (name, pkg, ty) = (self.text()?, self.text()?, self.ty()?);
        let tag = if self.eat_word("tag") { self.text()? } else { String::new() };
        Ok(Field { name, pkg, ty, tag, embedded })
    }

    // Items.

    fn items(&mut self) -> Res<()> {
        while self.peek().is_some() {
            match &*self.word()? {
                "module" => self.module.path = self.text()?,
                "type" => self.type_item()?,
                "emit" => {
                    let t = self.ty()?;
                    self.module.emit_types.push(t);
                }
                "extern" => {
                    let c_abi = self.eat_word("c");
                    let noescape = self.eat_word("noescape");
                    let sym = self.symbol()?;
                    let sig = self.sig()?;
                    self.module.externs.insert(sym, Extern { sig, c_abi, noescape });
                }
                "mapfuncs" => {
                    let t = self.ty()?;
                    let funcs = MapFuncs {
                        make: self.symbol()?,
                        get: self.symbol()?,
                        put: self.symbol()?,
                        delete: self.symbol()?,
                        clear: self.symbol()?,
                        iter: self.symbol()?,
                        next: self.symbol()?,
                    };
                    self.module.map_funcs.insert(t, funcs);
                }
                "equal" => {
                    let (t, f) = (self.ty()?, self.symbol()?);
                    self.module.eq_funcs.insert(t, f);
                }
                "hash" => {
                    let (t, f) = (self.ty()?, self.symbol()?);
                    self.module.hash_funcs.insert(t, f);
                }
                "global" => {
                    let g = self.global()?;
                    self.module.globals.push(g);
                }
                "func" => {
                    let f = self.function()?;
                    self.module.funcs.push(f);
                }
                w => return self.err(format!("no item begins with {w}")),
            }
        }
        Ok(())
    }

    fn linkage(&mut self) -> Linkage {
        for (word, l) in [
            ("internal", Linkage::Internal),
            ("linkonce", Linkage::LinkOnce),
            ("weak", Linkage::Weak),
            ("available_externally", Linkage::AvailableExternally),
        ] {
            if self.eat_word(word) {
                return l;
            }
        }
        Linkage::External
    }

    fn global(&mut self) -> Res<Global> {
        let (sym, ty) = (self.symbol()?, self.ty()?);
        let linkage = self.linkage();
        let constant = self.eat_word("constant");
        let external = self.eat_word("external");
        let init = if self.eat('=') { Some(self.constant()?) } else { None };
        Ok(Global { sym, ty, init, constant, linkage, external, span: Span::NONE })
    }
}

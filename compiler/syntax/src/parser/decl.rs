//! Files and declarations (Go specification, "Source file organization" and
//! "Declarations and scope").

use super::Parser;
use super::tparams::ListKind;
use crate::ast::*;
use crate::token::{Tok, TokSet};
use diag::{Pos, Span};

/// Where a declaration at the top level begins.
const DECLARATIONS: TokSet = TokSet::of(&[Tok::Import, Tok::Const, Tok::Type, Tok::Var, Tok::Func]);

/// What specifications of one group share.
struct Group {
    keyword: Tok,
    id: u32,
    iota: u32,
}

impl Parser<'_> {
    pub fn file(&mut self, file: diag::FileId) -> File {
        self.lex.next();
        let package_pos = self.pos();
        let mut decls = Vec::new();
        let name;
        if self.tok() == Tok::Package {
            self.keep_package_directives();
            self.bump();
            name = self.ident();
            self.want(Tok::Semi);
            // A file that goes wrong so early is hardly one of Go.
            if !self.went_wrong() {
                self.top_level(&mut decls);
            }
        } else {
            self.syntax_error("package statement must be first");
            name = self.missing_ident();
        }
        self.lex.stop();
        File {
            file,
            package_pos,
            name,
            imports: std::mem::take(&mut self.imports),
            decls,
            directives: std::mem::take(&mut self.file_directives),
            go_version: crate::constraint::go_version(
                self.lex.slice(0, package_pos.0 - self.start),
            ),
            span: diag::Span::new(Pos(self.start), self.pos()),
        }
    }

    fn top_level(&mut self, decls: &mut Vec<Decl>) {
        let mut before = Tok::Import;
        while self.tok() != Tok::Eof {
            if self.tok() == Tok::Import && before != Tok::Import {
                self.syntax_error("imports must appear before other declarations");
            }
            before = self.tok();
            match self.tok() {
                Tok::Import | Tok::Const | Tok::Type | Tok::Var => self.decl_group(decls),
                Tok::Func => self.func_decl(decls),
                _ => {
                    self.no_declaration(decls);
                    continue;
                }
            }
            self.drop_directives();
            if self.tok() != Tok::Eof && !self.got(Tok::Semi) {
                self.unexpected(" after top level declaration");
                self.skip_to(DECLARATIONS);
            }
        }
        self.drop_directives();
    }

    fn no_declaration(&mut self, decls: &[Decl]) {
        let headless = matches!(decls.last(), Some(Decl::Func(f)) if f.body.is_none());
        if self.tok() == Tok::LBrace && headless {
            self.syntax_error("unexpected semicolon or newline before {");
        } else {
            self.syntax_error("non-declaration statement outside function body");
        }
        self.skip_to(DECLARATIONS);
    }

    /// `import`, `const`, `type` or `var` with one specification or a parenthesised group of them.
    pub(super) fn decl_group(&mut self, decls: &mut Vec<Decl>) {
        let id = self.fresh_id().0;
        let mut group = Group { keyword: self.tok(), id, iota: 0 };
        self.bump();
        if self.tok() != Tok::LParen {
            return self.spec(&group, decls);
        }
        self.drop_directives();
        self.bump();
        self.list("grouped declaration", Tok::Semi, Tok::RParen, |p| {
            p.spec(&group, decls);
            p.drop_directives();
            group.iota += 1;
            false
        });
    }

    fn spec(&mut self, group: &Group, decls: &mut Vec<Decl>) {
        let decl = match group.keyword {
            Tok::Import => return self.import_spec(),
            Tok::Const => Decl::Const(self.const_spec(group)),
            Tok::Var => Decl::Var(self.var_spec()),
            _ => Decl::Type(self.type_spec()),
        };
        decls.push(decl);
    }

    fn import_spec(&mut self) {
        let lo = self.pos();
        let id = self.fresh_id();
        let name = match self.tok() {
            Tok::Name => Some(self.ident()),
            Tok::Dot => {
                let span = self.token_span();
                self.bump();
                Some(Ident { id: self.fresh_id(), name: self.names.get("."), span })
            }
            _ => None,
        };
        if self.tok() != Tok::Literal {
            self.syntax_error("missing import path");
            return self.skip_to(TokSet::of(&[Tok::Semi, Tok::RParen]));
        }
        let path_span = self.token_span();
        let path = (self.lex.lit == LitKind::String)
            .then(|| crate::literal::unquote_string(self.lex.token_text()))
            .flatten();
        if path.is_none() && !self.lex.bad {
            self.syntax_error("import path must be a string");
        }
        self.bump();
        if let Some(path) = path {
            let path = Name::from(String::from_utf8_lossy(&path));
            let span = self.span_from(lo);
            self.imports.push(ImportSpec { id, name, path, path_span, span });
        }
    }

    fn const_spec(&mut self, group: &Group) -> ConstDecl {
        let lo = self.pos();
        let first = self.ident();
        let names = self.ident_list(first);
        let (mut typ, mut values) = (None, Vec::new());
        if !matches!(self.tok(), Tok::Eof | Tok::Semi | Tok::RParen) {
            typ = self.type_or_none();
            if self.got_assign() {
                values = self.expr_list();
            }
        }
        let span = self.span_from(lo);
        ConstDecl { names, typ, values, iota: group.iota, group: group.id, span }
    }

    fn var_spec(&mut self) -> VarDecl {
        let directives = self.take_var_directives();
        let lo = self.pos();
        let first = self.ident();
        let names = self.ident_list(first);
        let (mut typ, mut values) = (None, Vec::new());
        if self.got_assign() {
            values = self.expr_list();
        } else {
            typ = Some(self.type_());
            if self.got_assign() {
                values = self.expr_list();
            }
        }
        VarDecl { names, typ, values, directives, span: self.span_from(lo) }
    }

    fn type_spec(&mut self) -> TypeDecl {
        let directives = self.take_type_directives();
        let lo = self.pos();
        let name = self.ident();
        let (tparams, alias, typ) = if self.tok() == Tok::LBrack {
            self.type_params_or_array()
        } else {
            let alias = self.got_assign();
            (Vec::new(), alias, self.type_or_none())
        };
        let typ = match typ {
            Some(typ) => typ,
            None => {
                let bad = self.bad_expr();
                self.unexpected(" in type declaration");
                self.skip_to(TokSet::of(&[Tok::Semi, Tok::RParen]));
                bad
            }
        };
        TypeDecl { name, tparams, alias, typ, directives, span: self.span_from(lo) }
    }

    fn func_decl(&mut self, decls: &mut Vec<Decl>) {
        let directives = self.take_func_directives();
        let lo = self.pos();
        let id = self.fresh_id();
        self.bump();
        let mut recv = None;
        let paren = self.pos();
        if self.got(Tok::LParen) {
            let params = self.param_list(None, ListKind::NoVariadic);
            let count: usize = params.iter().map(|f| f.names.len().max(1)).sum();
            match count {
                0 => self.error_at(Span::at(paren), "method has no receiver"),
                1 => {}
                _ => {
                    let last = params.last();
                    let name = last.and_then(|f| f.names.last()).map(|n| n.span);
                    let at = name.or(last.map(|f| f.typ.span)).unwrap_or(Span::at(paren));
                    self.error_at(at, "method has multiple receivers");
                }
            }
            recv = Some(params);
        }
        let name;
        let mut tparams = Vec::new();
        let sig;
        if self.tok() == Tok::Name {
            name = self.ident();
            if self.tok() == Tok::LBrack {
                tparams = self.func_type_params();
            }
            let sig_lo = if recv.is_some() { self.pos() } else { lo };
            sig = self.signature(sig_lo);
        } else {
            name = self.missing_ident();
            self.expected(if recv.is_some() { "name" } else { "name or (" });
            self.skip_to(TokSet::of(&[Tok::LBrace, Tok::Semi]));
            let span = self.span_from(lo);
            sig = FuncType { params: Vec::new(), results: Vec::new(), span };
        }
        let body = (self.tok() == Tok::LBrace).then(|| self.func_body());
        let span = self.span_from(lo);
        decls.push(Decl::Func(FuncDecl { id, recv, name, tparams, sig, body, directives, span }));
    }

    fn func_type_params(&mut self) -> Vec<Field> {
        self.bump();
        if self.tok() == Tok::RBrack {
            self.syntax_error("empty type parameter list");
            self.bump();
            return Vec::new();
        }
        self.param_list(None, ListKind::TypeParams)
    }
}

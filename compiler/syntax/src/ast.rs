//! The syntax tree of a Go file, as the parser builds it and everything after reads it.
//!
//! The tree is faithful to the source: parentheses are nodes, nothing is desugared. Each
//! expression, identifier and statement has a [`NodeId`], unique within its package, by which later
//! stages attach what they found out (dense vectors, no hash maps). Where the source is wrong, the
//! parser puts [`ExprKind::Bad`] or [`StmtKind::Bad`] and has reported it.
//!
//! Depth of nesting is bounded by the parser, so plain recursion over the tree is safe.

use diag::{Pos, Span};
use std::fmt;
use std::sync::Arc;

/// Identity of a node within its package: dense, starting at 0 for the package's first file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeId(pub u32);

pub use crate::name::Name;

/// An identifier; `_` included.
#[derive(Clone, Debug)]
pub struct Ident {
    pub id: NodeId,
    pub name: Name,
    pub span: Span,
}

impl Ident {
    pub fn is_blank(&self) -> bool {
        self.name.is_blank()
    }

    /// Whether the name begins with an upper-case letter (Go specification, "Exported identifiers").
    pub fn is_exported(&self) -> bool {
        self.name.is_exported()
    }
}

/// One source file.
#[derive(Debug)]
pub struct File {
    pub file: diag::FileId,
    /// Position of the keyword `package`.
    pub package_pos: Pos,
    pub name: Ident,
    pub imports: Vec<ImportSpec>,
    /// All declarations but imports, in source order.
    pub decls: Vec<Decl>,
    /// Directives that are not attached to a declaration (`//go:build` as written,
    /// `//go:linkname`, `//go:embed`, ...), in source order, with their text after `//`.
    pub directives: Vec<Directive>,
    /// Language version from a `//go:build go1.N` line, as `(1, N)`.
    pub go_version: Option<(u32, u32)>,
    pub span: Span,
}

/// A `//go:xxx args` (or `//line`) comment; `text` excludes the slashes.
#[derive(Clone, Debug)]
pub struct Directive {
    pub text: String,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct ImportSpec {
    pub id: NodeId,
    /// `name`, `.` or `_` before the path.
    pub name: Option<Ident>,
    /// The unquoted path.
    pub path: Name,
    pub path_span: Span,
    pub span: Span,
}

#[derive(Debug)]
pub enum Decl {
    Const(ConstDecl),
    Var(VarDecl),
    /// One specification of a type declaration.
    Type(TypeDecl),
    Func(FuncDecl),
    Bad(Span),
}

/// One ConstSpec. For an omitted expression list, `typ` and `values` are empty and the checker
/// takes those of the nearest earlier spec of the same `group` that has values (with this spec's iota).
#[derive(Debug)]
pub struct ConstDecl {
    pub names: Vec<Ident>,
    pub typ: Option<Expr>,
    pub values: Vec<Expr>,
    pub iota: u32,
    /// Identity of the parenthesised group that this spec is in (specs of one group share it).
    pub group: u32,
    pub span: Span,
}

/// One VarSpec.
#[derive(Debug)]
pub struct VarDecl {
    pub names: Vec<Ident>,
    pub typ: Option<Expr>,
    pub values: Vec<Expr>,
    pub directives: Vec<Directive>,
    pub span: Span,
}

/// One TypeSpec: `type Name[TParams] Type` or, with `alias`, `type Name[TParams] = Type`.
#[derive(Debug)]
pub struct TypeDecl {
    pub name: Ident,
    pub tparams: Vec<Field>,
    pub alias: bool,
    pub typ: Expr,
    pub directives: Vec<Directive>,
    pub span: Span,
}

/// A function or method declaration. Methods may have type parameters of their own (Go 1.27).
#[derive(Debug)]
pub struct FuncDecl {
    pub id: NodeId,
    /// All the parameters that the source writes as receiver (exactly one in valid code).
    pub recv: Option<Vec<Field>>,
    pub name: Ident,
    pub tparams: Vec<Field>,
    pub sig: FuncType,
    pub body: Option<Block>,
    /// `//go:noinline`, `//go:nosplit`, ... directly above.
    pub directives: Vec<Directive>,
    pub span: Span,
}

/// Parameters, results, struct fields, type parameters: `a, b T`. No names: an unnamed parameter
/// or an embedded field.
#[derive(Debug)]
pub struct Field {
    pub names: Vec<Ident>,
    pub typ: Expr,
    /// Unquoted struct tag.
    pub tag: Option<(Name, Span)>,
    /// Struct fields: `T` or `*T` without a name.
    pub embedded: bool,
    pub span: Span,
}

#[derive(Debug)]
pub struct FuncType {
    pub params: Vec<Field>,
    pub results: Vec<Field>,
    /// From `func` (or the opening parenthesis for methods) to the end of the results.
    pub span: Span,
}

#[derive(Debug)]
pub struct Block {
    pub id: NodeId,
    pub stmts: Vec<Stmt>,
    /// From the opening to behind the closing brace.
    pub span: Span,
}

impl Block {
    /// Position of the closing brace.
    pub fn rbrace(&self) -> Pos {
        Pos(self.span.hi.0.saturating_sub(1))
    }
}

#[derive(Debug)]
pub struct Expr {
    pub id: NodeId,
    pub span: Span,
    pub kind: ExprKind,
}

#[derive(Debug)]
pub enum ExprKind {
    Bad,
    Ident(Name),
    /// A literal as written.
    BasicLit {
        kind: LitKind,
        text: Arc<str>,
    },
    CompositeLit(Box<CompositeLit>),
    FuncLit(Box<FuncLit>),
    Paren(Box<Expr>),
    /// `x.Sel`: field, method, qualified identifier.
    Selector {
        x: Box<Expr>,
        sel: Ident,
    },
    /// `x[i]`, `x[T1, T2]`: index or instantiation; only the checker can tell.
    Index {
        x: Box<Expr>,
        indices: Vec<Expr>,
        /// Of the opening bracket.
        lbrack: Pos,
    },
    Slice {
        x: Box<Expr>,
        lo: Option<Box<Expr>>,
        hi: Option<Box<Expr>>,
        max: Option<Box<Expr>>,
        /// Two colons written.
        three: bool,
        /// Of the opening bracket.
        lbrack: Pos,
    },
    /// `x.(T)`; `typ` is `None` for `x.(type)`.
    TypeAssert {
        x: Box<Expr>,
        typ: Option<Box<Expr>>,
    },
    Call(Box<CallExpr>),
    /// `*x`: dereference or pointer type.
    Star(Box<Expr>),
    Unary {
        op: UnaryOp,
        op_pos: Pos,
        x: Box<Expr>,
    },
    Binary {
        op: BinaryOp,
        op_pos: Pos,
        x: Box<Expr>,
        y: Box<Expr>,
    },
    /// `key: value` inside a composite literal.
    KeyValue {
        key: Box<Expr>,
        value: Box<Expr>,
    },

    // Types.
    /// `[len]elem`; with `len` `None`: `[...]elem`.
    ArrayType {
        len: Option<Box<Expr>>,
        elem: Box<Expr>,
    },
    SliceType(Box<Expr>),
    StructType(Vec<Field>),
    FuncType(Box<FuncType>),
    InterfaceType(Vec<InterfaceElem>),
    MapType {
        key: Box<Expr>,
        value: Box<Expr>,
    },
    ChanType {
        dir: ChanDir,
        elem: Box<Expr>,
    },
    /// `...T` as the last parameter's type.
    Ellipsis(Option<Box<Expr>>),
    /// `~T` in a constraint.
    Tilde(Box<Expr>),
}

#[derive(Debug)]
pub struct CompositeLit {
    /// `None` when elided inside another composite literal.
    pub typ: Option<Expr>,
    pub elems: Vec<Expr>,
    /// The braces and what is between them.
    pub braces: Span,
}

#[derive(Debug)]
pub struct FuncLit {
    pub sig: FuncType,
    pub body: Block,
}

#[derive(Debug)]
pub struct CallExpr {
    pub fun: Expr,
    pub args: Vec<Expr>,
    /// Position of `...` after the last argument.
    pub ellipsis: Option<Pos>,
    pub lparen: Pos,
    pub rparen: Pos,
}

#[derive(Debug)]
pub enum InterfaceElem {
    Method {
        name: Ident,
        sig: FuncType,
        span: Span,
    },
    /// An embedded interface or a union (`Binary` with [`BinaryOp::Or`], `Tilde`).
    Embedded(Expr),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LitKind {
    Int,
    Float,
    Imag,
    Char,
    String,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ChanDir {
    Both,
    Send,
    Recv,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum UnaryOp {
    Plus,
    Neg,
    Not,
    /// `^x`
    Xor,
    /// `&x`
    Addr,
    /// `<-x`
    Recv,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BinaryOp {
    LOr,
    LAnd,
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    Add,
    Sub,
    Or,
    Xor,
    Mul,
    Div,
    Rem,
    Shl,
    Shr,
    And,
    AndNot,
}

impl BinaryOp {
    pub fn is_comparison(self) -> bool {
        use BinaryOp::*;
        matches!(self, Eq | Ne | Lt | Le | Gt | Ge)
    }

    pub fn is_shift(self) -> bool {
        matches!(self, BinaryOp::Shl | BinaryOp::Shr)
    }

    pub fn is_logical(self) -> bool {
        matches!(self, BinaryOp::LOr | BinaryOp::LAnd)
    }

    pub fn as_str(self) -> &'static str {
        use BinaryOp::*;
        match self {
            LOr => "||",
            LAnd => "&&",
            Eq => "==",
            Ne => "!=",
            Lt => "<",
            Le => "<=",
            Gt => ">",
            Ge => ">=",
            Add => "+",
            Sub => "-",
            Or => "|",
            Xor => "^",
            Mul => "*",
            Div => "/",
            Rem => "%",
            Shl => "<<",
            Shr => ">>",
            And => "&",
            AndNot => "&^",
        }
    }
}

impl UnaryOp {
    pub fn as_str(self) -> &'static str {
        match self {
            UnaryOp::Plus => "+",
            UnaryOp::Neg => "-",
            UnaryOp::Not => "!",
            UnaryOp::Xor => "^",
            UnaryOp::Addr => "&",
            UnaryOp::Recv => "<-",
        }
    }
}

impl fmt::Display for BinaryOp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for UnaryOp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[derive(Debug)]
pub struct Stmt {
    pub id: NodeId,
    pub span: Span,
    pub kind: StmtKind,
}

#[derive(Debug)]
pub enum StmtKind {
    Bad,
    Empty,
    /// One specification of a `const`, `var` or `type` declaration inside a function.
    Decl(Box<Decl>),
    Labeled {
        label: Ident,
        stmt: Box<Stmt>,
    },
    Expr(Expr),
    Send {
        chan: Box<Expr>,
        value: Box<Expr>,
        arrow: Pos,
    },
    IncDec {
        x: Expr,
        inc: bool,
    },
    /// `=`, `op=` (with `op`), or `:=` (with `define`).
    Assign {
        lhs: Vec<Expr>,
        op: Option<BinaryOp>,
        define: bool,
        rhs: Vec<Expr>,
        op_pos: Pos,
    },
    /// `go call`; the checker reports what isn't a call.
    Go(Expr),
    Defer(Expr),
    Return(Vec<Expr>),
    Break(Option<Ident>),
    Continue(Option<Ident>),
    Goto(Ident),
    Fallthrough,
    Block(Block),
    If(Box<IfStmt>),
    Switch(Box<SwitchStmt>),
    TypeSwitch(Box<TypeSwitchStmt>),
    Select(SelectStmt),
    For(Box<ForStmt>),
    Range(Box<RangeStmt>),
}

#[derive(Debug)]
pub struct IfStmt {
    pub init: Option<Stmt>,
    pub cond: Expr,
    pub then: Block,
    /// A `Block` or an `If` statement.
    pub els: Option<Stmt>,
}

#[derive(Debug)]
pub struct SwitchStmt {
    pub init: Option<Stmt>,
    pub tag: Option<Expr>,
    pub cases: Vec<CaseClause>,
    pub body: Span,
}

#[derive(Debug)]
pub struct CaseClause {
    pub id: NodeId,
    /// Empty and `is_default` for `default:`. In a type switch these are types (or `nil`).
    pub exprs: Vec<Expr>,
    pub is_default: bool,
    pub body: Vec<Stmt>,
    /// Of the keyword `case` or `default`.
    pub pos: Pos,
    pub colon: Pos,
    pub span: Span,
}

/// `switch init; bind := x.(type) { ... }`. The variable that `bind` declares is a separate object in each
/// clause; the checker records it at the clause's [`NodeId`].
#[derive(Debug)]
pub struct TypeSwitchStmt {
    pub init: Option<Stmt>,
    pub bind: Option<Ident>,
    /// The `x` of `x.(type)`.
    pub x: Expr,
    pub cases: Vec<CaseClause>,
    pub body: Span,
}

#[derive(Debug)]
pub struct SelectStmt {
    pub cases: Vec<CommClause>,
    pub body: Span,
}

#[derive(Debug)]
pub struct CommClause {
    pub id: NodeId,
    /// A send, an expression statement `<-c`, or an assignment from `<-c`; `None` for `default:`.
    pub comm: Option<Stmt>,
    pub body: Vec<Stmt>,
    pub pos: Pos,
    pub colon: Pos,
    pub span: Span,
}

#[derive(Debug)]
pub struct ForStmt {
    pub init: Option<Stmt>,
    pub cond: Option<Expr>,
    pub post: Option<Stmt>,
    pub body: Block,
}

#[derive(Debug)]
pub struct RangeStmt {
    pub key: Option<Expr>,
    pub value: Option<Expr>,
    /// More than two iteration variables, which the checker reports.
    pub extra: Vec<Expr>,
    /// `:=`
    pub define: bool,
    /// Position of `:=` or `=`, if any.
    pub op_pos: Pos,
    pub range_pos: Pos,
    pub x: Expr,
    pub body: Block,
}

impl Expr {
    /// The expression without enclosing parentheses.
    pub fn unparen(&self) -> &Expr {
        let mut e = self;
        while let ExprKind::Paren(x) = &e.kind {
            e = x;
        }
        e
    }

    pub fn as_ident(&self) -> Option<Name> {
        match &self.kind {
            ExprKind::Ident(n) => Some(*n),
            _ => None,
        }
    }
}

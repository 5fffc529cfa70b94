//! Labels and jumps of one function body (specification, "Labeled statements", "Break statements",
//! "Continue statements", "Goto statements", "Fallthrough statements").
//!
//! In: the body of a function or function literal; bodies nested in it are checked on their own. Out:
//! diagnostics, and the label objects in `Info::defs` and `Info::uses`. Every `goto` that leaves here
//! without an error jumps within its block or outwards, over no variable declaration.

use crate::{Checker, ObjId, ObjKind, Object};
use diag::{Diagnostic, Pos, Span};
use std::collections::HashMap;
use syntax::ast::*;

/// Where a statement stands, as far as unlabelled jumps care.
#[derive(Clone, Copy)]
struct Context {
    can_break: bool,
    can_continue: bool,
    fall: Fall,
}

#[derive(Clone, Copy, PartialEq)]
enum Fall {
    Allowed,
    FinalCase,
    TypeSwitch,
    Misplaced,
}

/// What a labelled statement can be the target of.
#[derive(Clone, Copy, PartialEq)]
enum Target {
    Loop,
    Breakable,
    Other,
}

/// A block with the variables that it declares directly, in source order.
struct Block {
    parent: Option<usize>,
    start: Pos,
    vars: Vec<(Pos, Name)>,
}

struct Label {
    span: Span,
    obj: ObjId,
    block: usize,
    used: bool,
}

struct Goto<'a> {
    label: &'a Ident,
    block: usize,
}

#[derive(Default)]
struct Labels<'a> {
    blocks: Vec<Block>,
    labels: HashMap<Name, Label>,
    /// In order of declaration, for the report on unused ones.
    order: Vec<Name>,
    gotos: Vec<Goto<'a>>,
    /// Labelled statements around the current one, innermost last.
    enclosing: Vec<(Name, Target)>,
}

impl<'a> Checker<'a> {
    /// Checks all labels and jumps of a function body.
    pub(crate) fn labels(&mut self, body: &'a syntax::ast::Block) {
        let mut ls = Labels::default();
        let ctx = Context { can_break: false, can_continue: false, fall: Fall::Misplaced };
        self.branch_block(&mut ls, None, body.span.lo, &body.stmts, ctx);
        for i in 0..ls.gotos.len() {
            self.check_goto(&mut ls, i);
        }
        for name in &ls.order {
            let label = &ls.labels[name];
            if label.used {
                if let ObjKind::Label { used } = &mut self.store.obj_mut(label.obj).kind {
                    *used = true;
                }
            } else {
                let msg = format!("label {name} defined and not used");
                self.soft_error("UnusedLabel", label.span, msg);
            }
        }
    }

    fn branch_block(
        &mut self,
        ls: &mut Labels<'a>,
        parent: Option<usize>,
        start: Pos,
        list: &'a [Stmt],
        ctx: Context,
    ) {
        let block = ls.blocks.len();
        ls.blocks.push(Block { parent, start, vars: Vec::new() });
        let last = list.iter().rposition(|s| !matches!(s.kind, StmtKind::Empty));
        for (i, s) in list.iter().enumerate() {
            let mut ctx = ctx;
            if ctx.fall == Fall::Allowed && Some(i) != last {
                ctx.fall = Fall::Misplaced;
            }
            self.branch_stmt(ls, block, s, ctx);
        }
    }

    fn branch_stmt(&mut self, ls: &mut Labels<'a>, block: usize, s: &'a Stmt, ctx: Context) {
        let inner = Context { fall: Fall::Misplaced, ..ctx };
        let breakable = Context { can_break: true, ..inner };
        let in_loop = Context { can_continue: true, ..breakable };
        match &s.kind {
            StmtKind::Decl(d) => {
                if let Decl::Var(v) = &**d {
                    let vars = v.names.iter().map(|n| (n.span.lo, n.name));
                    ls.blocks[block].vars.extend(vars);
                }
            }
            StmtKind::Assign { define: true, lhs, op_pos, .. } => {
                if let Some(name) = lhs.iter().find_map(Expr::as_ident) {
                    ls.blocks[block].vars.push((*op_pos, name));
                }
            }
            StmtKind::Labeled { label, stmt } => {
                self.declare_label(ls, block, label);
                let target = match stmt.kind {
                    StmtKind::For(_) | StmtKind::Range(_) => Target::Loop,
                    StmtKind::Switch(_) | StmtKind::TypeSwitch(_) | StmtKind::Select(_) => {
                        Target::Breakable
                    }
                    _ => Target::Other,
                };
                ls.enclosing.push((label.name, target));
                self.branch_stmt(ls, block, stmt, ctx);
                ls.enclosing.pop();
            }
            StmtKind::Break(Some(label)) => self.labelled_jump(ls, label, "break"),
            StmtKind::Continue(Some(label)) => self.labelled_jump(ls, label, "continue"),
            StmtKind::Break(None) if !ctx.can_break => {
                let msg = "break is not in a loop, switch, or select";
                self.error("MisplacedBreak", s.span, msg);
            }
            StmtKind::Continue(None) if !ctx.can_continue => {
                self.error("MisplacedContinue", s.span, "continue is not in a loop");
            }
            StmtKind::Goto(label) => ls.gotos.push(Goto { label, block }),
            StmtKind::Fallthrough => {
                let msg = match ctx.fall {
                    Fall::Allowed => return,
                    Fall::FinalCase => "cannot fallthrough final case in switch",
                    Fall::TypeSwitch => "cannot fallthrough in type switch",
                    Fall::Misplaced => "fallthrough statement out of place",
                };
                self.error("MisplacedFallthrough", s.span, msg);
            }
            StmtKind::Block(b) => {
                self.branch_block(ls, Some(block), b.span.lo, &b.stmts, inner);
            }
            StmtKind::If(i) => {
                self.branch_block(ls, Some(block), i.then.span.lo, &i.then.stmts, inner);
                if let Some(els) = &i.els {
                    self.branch_stmt(ls, block, els, inner);
                }
            }
            StmtKind::Switch(sw) => {
                for (i, c) in sw.cases.iter().enumerate() {
                    let last = i + 1 == sw.cases.len();
                    let fall = if last { Fall::FinalCase } else { Fall::Allowed };
                    let ctx = Context { fall, ..breakable };
                    self.branch_block(ls, Some(block), c.pos, &c.body, ctx);
                }
            }
            StmtKind::TypeSwitch(sw) => {
                let ctx = Context { fall: Fall::TypeSwitch, ..breakable };
                for c in &sw.cases {
                    self.branch_block(ls, Some(block), c.pos, &c.body, ctx);
                }
            }
            StmtKind::Select(sel) => {
                for c in &sel.cases {
                    self.branch_block(ls, Some(block), c.pos, &c.body, breakable);
                }
            }
            StmtKind::For(f) => {
                self.branch_block(ls, Some(block), f.body.span.lo, &f.body.stmts, in_loop);
            }
            StmtKind::Range(r) => {
                self.branch_block(ls, Some(block), r.body.span.lo, &r.body.stmts, in_loop);
            }
            _ => {}
        }
    }

    fn declare_label(&mut self, ls: &mut Labels<'a>, block: usize, label: &'a Ident) {
        if label.is_blank() {
            return;
        }
        if let Some(first) = ls.labels.get(&label.name) {
            let (name, at) = (&label.name, self.pos_string(first.span.lo));
            let msg = format!("label {name} already defined at {at}");
            let d = Diagnostic::error("DuplicateLabel", label.span, msg);
            let d = d.label(first.span, "other declaration");
            return self.report(d);
        }
        let obj = self.store.new_object(Object {
            kind: ObjKind::Label { used: false },
            name: label.name,
            pkg: Some(self.pkg),
            typ: None,
            span: label.span,
            parent: None,
            scope_pos: Pos::NONE,
            order: 0,
            origin: None,
        });
        self.record_def(label.id, Some(obj));
        let new = Label { span: label.span, obj, block, used: false };
        ls.labels.insert(label.name, new);
        ls.order.push(label.name);
    }

    /// `break L` and `continue L`: `L` must label a statement around the jump.
    fn labelled_jump(&mut self, ls: &mut Labels<'a>, label: &'a Ident, keyword: &str) {
        let name = &label.name;
        let Some(l) = ls.labels.get_mut(name) else {
            let msg = format!("{keyword} label not defined: {name}");
            return self.error("UndeclaredLabel", label.span, msg);
        };
        l.used = true;
        self.record_use(label.id, l.obj);
        let target = ls.enclosing.iter().rev().find(|(n, _)| n == name).map(|(_, t)| *t);
        let fits = match keyword {
            "break" => target.is_some_and(|t| t != Target::Other),
            _ => target == Some(Target::Loop),
        };
        if !fits {
            self.error("InvalidLabel", label.span, format!("invalid {keyword} label {name}"));
        }
    }

    fn check_goto(&mut self, ls: &mut Labels<'a>, i: usize) {
        let (jump, name) = (&ls.gotos[i], &ls.gotos[i].label.name);
        let span = jump.label.span;
        let Some(label) = ls.labels.get_mut(name) else {
            return self.error("UndeclaredLabel", span, format!("label {name} not defined"));
        };
        label.used = true;
        self.record_use(jump.label.id, label.obj);
        let mut block = Some(jump.block);
        while block.is_some_and(|b| b != label.block) {
            block = block.and_then(|b| ls.blocks[b].parent);
        }
        let target = &ls.blocks[label.block];
        if block.is_none() {
            let at = self.pos_string(target.start);
            let msg = format!("goto {name} jumps into block starting at {at}");
            return self.error("JumpIntoBlock", span, msg);
        }
        // Forwards over a declaration? Both lie in `target`, positions decide.
        let end = target.vars.partition_point(|(pos, _)| *pos < label.span.lo);
        if let Some((pos, var)) = end.checked_sub(1).map(|i| &target.vars[i])
            && *pos > span.lo
        {
            let at = self.pos_string(*pos);
            let msg = format!("goto {name} jumps over declaration of {var} at {at}");
            let d = Diagnostic::error("JumpOverDecl", span, msg);
            self.report(d.label(Span::at(*pos), format!("{var} is declared here")));
        }
    }
}

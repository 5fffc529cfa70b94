//! Coverage: the text of a file in, the same text with counters out, on the same lines, and the blocks that they count.
//!
//! A block is a run of statements of which the last may change the flow of control; its statement is counted with it up
//! to the brace of its body. Ends are cut back to lines that have code, as the go command's profiles have them.

use diag::{Diagnostics, Pos, SourceMap};
use syntax::ast::{Block, Decl, Expr, ExprKind, NodeId, Stmt, StmtKind};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CoverMode {
    #[default]
    Set,
    Count,
    Atomic,
}

impl CoverMode {
    pub fn name(self) -> &'static str {
        match self {
            CoverMode::Set => "set",
            CoverMode::Count => "count",
            CoverMode::Atomic => "atomic",
        }
    }
}

/// Which packages are counted, and how.
#[derive(Clone, Debug, Default)]
pub struct CoverOptions {
    pub mode: CoverMode,
    /// `-coverpkg`: patterns of packages; none: the tested package.
    pub packages: Vec<String>,
}

/// A range of source, as (line, column) pairs.
#[derive(Clone, Debug, PartialEq)]
pub struct CoverBlock {
    pub start: (usize, usize),
    pub end: (usize, usize),
    pub stmts: usize,
}

/// A file with counters.
#[derive(Debug)]
pub struct Covered {
    pub text: String,
    pub blocks: Vec<CoverBlock>,
}

/// Puts counters into a file; they are an array named `var`. `None` if there is nothing to count or the file has errors,
/// which its compilation reports.
pub fn instrument(name: &str, text: &str, var: &str, mode: CoverMode) -> Option<Covered> {
    let mut map = SourceMap::new();
    let id = map.add(name, text)?;
    let start = map.file(id).start;
    let mut diags = Diagnostics::new();
    let parsed = syntax::parse_file(id, text, start, NodeId(0), &Default::default(), &mut diags);
    if diags.has_errors() {
        return None;
    }
    let mut w = Walker { text, start: start.0, counters: Vec::new(), edits: Vec::new() };
    for decl in &parsed.file.decls {
        match decl {
            Decl::Func(f) => {
                if let Some(body) = &f.body {
                    w.body(body);
                }
            }
            d => w.decl(d),
        }
    }
    if w.counters.is_empty() {
        return None;
    }
    let package_end = w.offset(parsed.file.name.span.hi);
    Some(w.finish(var, mode, package_end))
}

struct Walker<'a> {
    text: &'a str,
    start: u32,
    /// Begin and end as offsets, statements.
    counters: Vec<(usize, usize, usize)>,
    /// Where to insert: a counter, or text.
    edits: Vec<(usize, Edit)>,
}

enum Edit {
    Counter(usize),
    Text(&'static str),
}

/// A statement, or a parenthesised group of declarations.
struct Unit<'a> {
    lo: usize,
    hi: usize,
    stmts: Vec<&'a Stmt>,
    /// A label stands in front, to which a goto may lead.
    label: Option<usize>,
}

impl<'a> Walker<'a> {
    fn offset(&self, p: Pos) -> usize {
        (p.0 - self.start) as usize
    }

    fn line(&self, offset: usize) -> usize {
        self.text.as_bytes()[..offset].iter().filter(|b| **b == b'\n').count() + 1
    }

    /// The begin of the line after an offset's.
    fn next_line(&self, offset: usize) -> usize {
        self.text[offset..].find('\n').map_or(self.text.len(), |i| offset + i + 1)
    }

    fn line_col(&self, offset: usize) -> (usize, usize) {
        let begin = self.text[..offset].rfind('\n').map_or(0, |i| i + 1);
        (self.line(offset), offset - begin + 1)
    }

    fn counter(&mut self, lo: usize, hi: usize, stmts: usize) {
        self.edits.push((lo, Edit::Counter(self.counters.len())));
        self.counters.push((lo, hi, stmts));
    }

    fn body(&mut self, b: &'a Block) {
        let (lo, hi) = (self.offset(b.span.lo), self.offset(b.span.hi));
        self.list(&b.stmts, lo + 1, Some(hi));
    }

    /// Statements joined where they are one in the source.
    fn units(&self, stmts: &'a [Stmt], open: usize) -> Vec<Unit<'a>> {
        let mut out: Vec<Unit<'a>> = Vec::new();
        let mut end = open;
        for s in stmts {
            let (mut lo, hi) = (self.offset(s.span.lo), self.offset(s.span.hi));
            let mut unit = Unit { lo, hi, stmts: vec![s], label: None };
            if let StmtKind::Decl(_) = &s.kind {
                let gap = self.text.get(end..lo).unwrap_or("");
                let grouped =
                    !["var", "const", "type"].iter().any(|k| self.text[lo..].starts_with(k));
                let keyword = ["var", "const", "type"].iter().filter_map(|k| gap.rfind(k)).max();
                match (grouped, keyword, out.last_mut()) {
                    (true, Some(k), _) => lo = end + k,
                    (true, None, Some(last)) => {
                        last.hi = hi;
                        last.stmts.push(s);
                        end = hi;
                        continue;
                    }
                    _ => {}
                }
                unit.lo = lo;
            }
            if let StmtKind::Labeled { stmt, .. } = &s.kind
                && !is_control(stmt)
            {
                unit.label = Some(lo);
                unit.lo = self.offset(stmt.span.lo);
                unit.stmts = vec![stmt];
            }
            end = hi;
            out.push(unit);
        }
        out
    }

    /// Counters for a list of statements between `open` and, with `close`, behind a closing brace.
    fn list(&mut self, stmts: &'a [Stmt], open: usize, close: Option<usize>) {
        let units = self.units(stmts, open);
        if units.is_empty() {
            self.counter(open, open, 0);
        }
        let (mut i, mut whole) = (0, close.is_some());
        while i < units.len() {
            let begin = units[i].lo;
            let (mut j, mut count, mut code_end) = (i, 0, begin);
            let (mut end, mut gap) = (None, false);
            while j < units.len() && end.is_none() {
                let u = &units[j];
                if let (Some(label), true) = (u.label, j > i) {
                    end = Some(self.cut(code_end, label));
                    break;
                }
                // Lines without code in between belong to no block.
                if count > 0 && self.line(u.lo) > self.line(code_end) + 1 {
                    end = Some(self.next_line(code_end));
                    gap = true;
                    break;
                }
                j += 1;
                if let [Stmt { kind: StmtKind::Block(b), .. }] = u.stmts[..] {
                    end = Some(self.cut(code_end, self.offset(b.span.lo)));
                    continue;
                }
                count += 1;
                code_end = u.hi;
                end = self.boundary(u);
            }
            whole &= end.is_none() || gap;
            let end = match (end, close) {
                (Some(e), _) => e,
                (None, Some(close)) if whole => self.cut(code_end, close),
                _ => code_end,
            };
            if count > 0 {
                self.counter(begin, end, count);
            }
            i = j;
        }
        for u in &units {
            for s in &u.stmts {
                self.inner(s);
            }
        }
    }

    /// `end`, or the end of the last line with code if that comes before.
    fn cut(&self, code_end: usize, end: usize) -> usize {
        match self.line(code_end) == self.line(end.saturating_sub(1).max(code_end)) {
            true => end,
            false => self.next_line(code_end),
        }
    }

    /// Where a block ends that this statement ends.
    fn boundary(&self, u: &Unit) -> Option<usize> {
        let mut lits = Vec::new();
        for s in &u.stmts {
            header_exprs(s, &mut |e| func_lits(e, &mut |b| lits.push(self.offset(b.span.lo))));
        }
        let stmt = u.stmts.first()?;
        let own = self.own_boundary(stmt);
        lits.into_iter().chain(own).min()
    }

    fn own_boundary(&self, s: &Stmt) -> Option<usize> {
        let brace = |p: Pos| Some(self.offset(p));
        match &s.kind {
            StmtKind::If(s) => brace(s.then.span.lo),
            StmtKind::For(s) => brace(s.body.span.lo),
            StmtKind::Range(s) => brace(s.body.span.lo),
            StmtKind::Switch(s) => brace(s.body.lo),
            StmtKind::TypeSwitch(s) => brace(s.body.lo),
            StmtKind::Select(s) => brace(s.body.lo),
            StmtKind::Labeled { stmt, .. } => self.own_boundary(stmt),
            StmtKind::Break(_)
            | StmtKind::Continue(_)
            | StmtKind::Goto(_)
            | StmtKind::Fallthrough => brace(s.span.hi),
            StmtKind::Expr(Expr { kind: ExprKind::Call(c), .. }) => {
                let panics = c.fun.as_ident().is_some_and(|n| &*n == "panic");
                panics.then(|| self.offset(s.span.hi))
            }
            _ => None,
        }
    }

    /// The bodies inside of a statement.
    fn inner(&mut self, s: &'a Stmt) {
        let mut bodies: Vec<&'a Block> = Vec::new();
        header_exprs(s, &mut |e| func_lits(e, &mut |b| bodies.push(b)));
        for b in bodies {
            self.body(b);
        }
        match &s.kind {
            StmtKind::Labeled { stmt, .. } => self.inner_bodies(stmt),
            _ => self.inner_bodies(s),
        }
    }

    fn inner_bodies(&mut self, s: &'a Stmt) {
        match &s.kind {
            StmtKind::Block(b) => self.body(b),
            StmtKind::If(s) => {
                self.body(&s.then);
                match &s.els {
                    Some(Stmt { kind: StmtKind::Block(b), .. }) => self.body(b),
                    Some(els) => {
                        // `else if` becomes `else { counter; if }`.
                        let (lo, hi) = (self.offset(els.span.lo), self.offset(els.span.hi));
                        self.edits.push((lo, Edit::Text("{")));
                        self.list(std::slice::from_ref(els), lo, None);
                        self.edits.push((hi, Edit::Text("}")));
                    }
                    None => {}
                }
            }
            StmtKind::For(s) => self.body(&s.body),
            StmtKind::Range(s) => self.body(&s.body),
            StmtKind::Switch(s) => {
                for c in &s.cases {
                    self.list(&c.body, self.offset(c.colon) + 1, None);
                }
            }
            StmtKind::TypeSwitch(s) => {
                for c in &s.cases {
                    self.list(&c.body, self.offset(c.colon) + 1, None);
                }
            }
            StmtKind::Select(s) => {
                for c in &s.cases {
                    self.list(&c.body, self.offset(c.colon) + 1, None);
                }
            }
            _ => {}
        }
    }

    fn decl(&mut self, d: &'a Decl) {
        let Decl::Var(v) = d else { return };
        let mut bodies: Vec<&'a Block> = Vec::new();
        for e in &v.values {
            func_lits(e, &mut |b| bodies.push(b));
        }
        for b in bodies {
            self.body(b);
        }
    }

    fn finish(mut self, var: &str, mode: CoverMode, package_end: usize) -> Covered {
        // Counters are numbered in the order of the source.
        let mut order: Vec<usize> = (0..self.counters.len()).collect();
        order.sort_by_key(|i| self.counters[*i]);
        let mut number = vec![0; order.len()];
        for (n, i) in order.iter().enumerate() {
            number[*i] = n;
        }
        let mut edits = std::mem::take(&mut self.edits);
        edits.sort_by_key(|(at, _)| *at);
        let mut text = String::with_capacity(self.text.len() * 2);
        let mut last = 0;
        if mode == CoverMode::Atomic {
            text.push_str(&self.text[..package_end]);
            text.push_str("; import _cover_atomic_ \"sync/atomic\"");
            last = package_end;
        }
        for (at, edit) in &edits {
            text.push_str(&self.text[last..*at]);
            last = *at;
            match edit {
                Edit::Text(t) => text.push_str(t),
                Edit::Counter(i) => {
                    let n = number[*i];
                    text.push_str(&match mode {
                        CoverMode::Set => format!("{var}[{n}] = 1;"),
                        CoverMode::Count => format!("{var}[{n}]++;"),
                        CoverMode::Atomic => format!("_cover_atomic_.AddUint32(&{var}[{n}], 1);"),
                    });
                }
            }
        }
        text.push_str(&self.text[last..]);
        text.push_str(&format!("\n\nvar {var} [{}]uint32\n", order.len()));
        let blocks = order.iter().map(|i| {
            let (lo, hi, stmts) = self.counters[*i];
            CoverBlock { start: self.line_col(lo), end: self.line_col(hi), stmts }
        });
        Covered { blocks: blocks.collect(), text }
    }
}

fn is_control(s: &Stmt) -> bool {
    matches!(
        s.kind,
        StmtKind::For(_)
            | StmtKind::Range(_)
            | StmtKind::Switch(_)
            | StmtKind::TypeSwitch(_)
            | StmtKind::Select(_)
    )
}

/// The expressions of a statement that are not in a block of it.
fn header_exprs<'a>(s: &'a Stmt, f: &mut dyn FnMut(&'a Expr)) {
    let init = |s: &'a Option<Stmt>, f: &mut dyn FnMut(&'a Expr)| {
        if let Some(s) = s {
            header_exprs(s, f);
        }
    };
    match &s.kind {
        StmtKind::Labeled { stmt, .. } => header_exprs(stmt, f),
        StmtKind::Expr(e)
        | StmtKind::Go(e)
        | StmtKind::Defer(e)
        | StmtKind::IncDec { x: e, .. } => f(e),
        StmtKind::Send { chan, value, .. } => {
            f(chan);
            f(value);
        }
        StmtKind::Assign { lhs, rhs, .. } => lhs.iter().chain(rhs).for_each(f),
        StmtKind::Return(list) => list.iter().for_each(f),
        StmtKind::Decl(d) => match &**d {
            Decl::Var(v) => v.values.iter().for_each(f),
            Decl::Const(c) => c.values.iter().for_each(f),
            _ => {}
        },
        StmtKind::If(s) => {
            init(&s.init, f);
            f(&s.cond);
        }
        StmtKind::For(s) => {
            init(&s.init, f);
            s.cond.iter().for_each(&mut *f);
            init(&s.post, f);
        }
        StmtKind::Range(s) => s.key.iter().chain(&s.value).chain([&s.x]).for_each(f),
        StmtKind::Switch(s) => {
            init(&s.init, f);
            s.tag.iter().for_each(&mut *f);
            s.cases.iter().flat_map(|c| &c.exprs).for_each(f);
        }
        StmtKind::TypeSwitch(s) => {
            init(&s.init, f);
            f(&s.x);
        }
        StmtKind::Select(s) => s.cases.iter().for_each(|c| init(&c.comm, f)),
        _ => {}
    }
}

/// The bodies of the outermost function literals in an expression.
fn func_lits<'a>(e: &'a Expr, f: &mut dyn FnMut(&'a Block)) {
    match &e.kind {
        ExprKind::FuncLit(l) => f(&l.body),
        ExprKind::CompositeLit(c) => c.elems.iter().for_each(|e| func_lits(e, f)),
        ExprKind::Paren(x) | ExprKind::Star(x) => func_lits(x, f),
        ExprKind::Selector { x, .. }
        | ExprKind::Unary { x, .. }
        | ExprKind::TypeAssert { x, .. } => {
            func_lits(x, f);
        }
        ExprKind::Index { x, indices, .. } => {
            func_lits(x, f);
            indices.iter().for_each(|e| func_lits(e, f));
        }
        ExprKind::Slice { x, lo, hi, max, .. } => {
            func_lits(x, f);
            [lo, hi, max].into_iter().flatten().for_each(|e| func_lits(e, f));
        }
        ExprKind::Call(c) => {
            func_lits(&c.fun, f);
            c.args.iter().for_each(|e| func_lits(e, f));
        }
        ExprKind::Binary { x, y, .. } | ExprKind::KeyValue { key: x, value: y } => {
            func_lits(x, f);
            func_lits(y, f);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<String> {
        let c = instrument("a.go", text, "C", CoverMode::Set).unwrap();
        let show = |b: &CoverBlock| {
            format!("{}.{},{}.{} {}", b.start.0, b.start.1, b.end.0, b.end.1, b.stmts)
        };
        c.blocks.iter().map(show).collect()
    }

    #[test]
    fn counters_stay_on_their_lines() {
        let text = "package p\n\nfunc F(a int) int {\n\tif a > 1 {\n\t\treturn 1\n\t} else if a > 0 {\n\t\ta++\n\t}\n\treturn a\n}\n";
        let c = instrument("a.go", text, "C", CoverMode::Set).unwrap();
        assert_eq!(
            c.text,
            "package p\n\nfunc F(a int) int {\n\tC[0] = 1;if a > 1 {\n\t\tC[1] = 1;return 1\n\t} else {C[2] = 1;if a > 0 {\n\t\tC[3] = 1;a++\n\t}}\n\tC[4] = 1;return a\n}\n\n\nvar C [5]uint32\n"
        );
        assert_eq!(
            blocks(text),
            ["4.2,4.11 1", "5.3,6.1 1", "6.9,6.18 1", "7.3,8.1 1", "9.2,9.10 1"]
        );
    }

    #[test]
    fn literals_labels_and_empty_bodies() {
        let text = "package p\n\nfunc E() {}\n\nvar v = func() int { return 4 }\n\nfunc F() {\n\tx := 1\n\tgo func() { x++ }()\n\tx = 2 // two\n\t// more\nL:\n\tx = 3\n\tgoto L\n}\n";
        assert_eq!(
            blocks(text),
            [
                "3.11,3.11 0",
                "5.22,5.32 1",
                "8.2,9.12 2",
                "9.14,9.19 1",
                "10.2,11.1 1",
                "13.2,14.8 2"
            ]
        );
    }

    #[test]
    fn blocks_end_where_code_pauses() {
        let text = "package p\n\nfunc F() {\n\tx := 1\n\n\t// more\n\tx++\n\tx--\n}\n";
        assert_eq!(blocks(text), ["4.2,5.1 1", "7.2,9.1 2"]);
    }

    #[test]
    fn groups_of_declarations_are_one_statement() {
        let text = "package p\n\nfunc F() {\n\tvar (\n\t\ta = func() {}\n\t\tb = 1\n\t)\n\t_, _ = a, b\n}\n";
        let c = instrument("a.go", text, "C", CoverMode::Count).unwrap();
        assert!(
            c.text.contains(
                "\tC[0]++;var (\n\t\ta = func() {C[1]++;}\n\t\tb = 1\n\t)\n\tC[2]++;_, _"
            ),
            "{}",
            c.text
        );
    }
}

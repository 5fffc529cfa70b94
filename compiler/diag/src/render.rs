//! Diagnostics in, text out: for people (codespan-reporting), one line each, or JSON.

use crate::{Diagnostic, Severity, SourceMap, Span};
use codespan_reporting::diagnostic as cs;
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term::{self, termcolor};
use std::ops::Range;

/// How `--error-format` wants diagnostics.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Format {
    /// With the source lines, labels, notes and help.
    #[default]
    Human,
    /// `path:line:col: message`, further lines indented by a tab, as the go command prints.
    Short,
    /// One JSON object a line.
    Json,
}

/// Lines longer than this are not shown: a rendered error must stay readable and quick even when
/// the source is one line of many megabytes.
const MAX_SHOWN_LINE: usize = 4096;

/// Longer messages are cut: they have a name or a literal in them that nobody reads.
const MAX_MESSAGE: usize = 4096;

/// Renders one diagnostic; the text ends in a newline.
pub fn render(d: &Diagnostic, source: &SourceMap, format: Format, colors: bool) -> String {
    if d.message.len() > MAX_MESSAGE {
        let mut cut = d.clone();
        cut.message.truncate(d.message.floor_char_boundary(MAX_MESSAGE));
        cut.message.push('…');
        return render_whole(&cut, source, format, colors);
    }
    render_whole(d, source, format, colors)
}

fn render_whole(d: &Diagnostic, source: &SourceMap, format: Format, colors: bool) -> String {
    match format {
        Format::Short => short(d, source),
        Format::Json => json(d, source),
        Format::Human if shown_lines_too_long(d, source) => short(d, source),
        Format::Human => human(d, source, colors),
    }
}

/// As the go command prints it: further lines indented, places before what there is to say of them.
fn short(d: &Diagnostic, source: &SourceMap) -> String {
    let mut text = format!("{}{}", place_of(d.span, source), indented(&d.message));
    for l in d.labels.iter().filter(|l| l.in_text) {
        text += &format!("\n\t{}{}", place_of(l.span, source), l.message);
    }
    text + "\n"
}

/// `path:line:col: `, as much of it as is known.
fn place_of(span: Span, source: &SourceMap) -> String {
    match source.line_col(span.lo) {
        Some(p) if p.col > 0 => format!("{}:{}:{}: ", p.file, p.line, p.col),
        Some(p) => format!("{}:{}: ", p.file, p.line),
        None => String::new(),
    }
}

fn indented(message: &str) -> String {
    let mut lines = message.split('\n');
    let mut text = lines.next().unwrap_or_default().to_string();
    for l in lines {
        text.push_str(if l.starts_with('\t') { "\n" } else { "\n\t" });
        text.push_str(l);
    }
    text
}

fn json(d: &Diagnostic, source: &SourceMap) -> String {
    let place = |span: Span| {
        let lo = source.line_col(span.lo);
        let hi = source.line_col(span.hi);
        serde_json::json!({
            "file": lo.as_ref().map(|p| p.file.as_str()),
            "line": lo.as_ref().map(|p| p.line),
            "column": lo.as_ref().map(|p| p.col),
            "end_line": hi.as_ref().map(|p| p.line),
            "end_column": hi.as_ref().map(|p| p.col),
        })
    };
    let labels: Vec<_> = (d.labels.iter())
        .map(|l| serde_json::json!({"span": place(l.span), "message": l.message}))
        .collect();
    let suggestions: Vec<_> = (d.suggestions.iter())
        .map(|s| {
            let edits: Vec<_> = (s.edits.iter())
                .map(|(at, text)| serde_json::json!({"span": place(*at), "replacement": text}))
                .collect();
            serde_json::json!({
                "message": s.message,
                "applicability": format!("{:?}", s.applicability),
                "edits": edits,
            })
        })
        .collect();
    let value = serde_json::json!({
        "severity": severity_name(d.severity),
        "code": d.code,
        "message": d.message,
        "span": place(d.span),
        "label": d.primary_label,
        "labels": labels,
        "notes": d.notes,
        "suggestions": suggestions,
    });
    format!("{value}\n")
}

fn severity_name(s: Severity) -> &'static str {
    match s {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn shown_lines_too_long(d: &Diagnostic, source: &SourceMap) -> bool {
    std::iter::once(d.span).chain(d.labels.iter().map(|l| l.span)).any(|span| {
        let Some(id) = source.file_of(span.lo) else { return false };
        let f = source.file(id);
        let line = f.line_of(span.lo.0 - f.start.0);
        f.line_range(line).is_some_and(|r| r.len() > MAX_SHOWN_LINE)
    })
}

fn human(d: &Diagnostic, source: &SourceMap, colors: bool) -> String {
    let severity = match d.severity {
        Severity::Error => cs::Severity::Error,
        Severity::Warning => cs::Severity::Warning,
    };
    let mut out = cs::Diagnostic::new(severity).with_message(&d.message);
    if d.code != "Syntax" && !d.code.is_empty() {
        out = out.with_code(d.code);
    }
    let mut labels = Vec::new();
    if let Some((file, range)) = source.range(d.span) {
        let text = d.primary_label.clone().unwrap_or_default();
        labels.push(cs::Label::primary(file, range).with_message(text));
    }
    for l in &d.labels {
        if let Some((file, range)) = source.range(l.span) {
            labels.push(cs::Label::secondary(file, range).with_message(&l.message));
        }
    }
    let mut notes = d.notes.iter().map(|n| format!("note: {n}")).collect::<Vec<_>>();
    notes.extend(d.suggestions.iter().map(|s| format!("help: {}", s.message)));
    let out = out.with_labels(labels).with_notes(notes);
    let config = term::Config { tab_width: 4, ..term::Config::default() };
    let files = FilesView(source);
    let mut buf = if colors { termcolor::Buffer::ansi() } else { termcolor::Buffer::no_color() };
    match term::emit(&mut buf, &config, &files, &out) {
        Ok(()) => String::from_utf8_lossy(buf.as_slice()).into_owned(),
        Err(_) => short(d, source),
    }
}

/// The source map as codespan-reporting wants to see it.
struct FilesView<'a>(&'a SourceMap);

impl FilesView<'_> {
    fn get(&self, id: u32) -> &crate::SourceFile {
        self.0.file(crate::FileId(id))
    }
}

impl<'a> Files<'a> for FilesView<'a> {
    type FileId = u32;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: u32) -> Result<&'a str, Error> {
        Ok(&self.get(id).name)
    }

    fn source(&'a self, id: u32) -> Result<&'a str, Error> {
        Ok(&self.get(id).text)
    }

    fn line_index(&'a self, id: u32, byte: usize) -> Result<usize, Error> {
        Ok(self.get(id).line_of(byte as u32))
    }

    fn line_range(&'a self, id: u32, line: usize) -> Result<Range<usize>, Error> {
        let max = self.get(id).line_count().saturating_sub(1);
        self.get(id).line_range(line).ok_or(Error::LineTooLarge { given: line, max })
    }

    // Go counts columns in bytes.
    fn column_number(&'a self, id: u32, line: usize, byte: usize) -> Result<usize, Error> {
        Ok(byte - self.line_range(id, line)?.start + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Pos;

    fn sample() -> (SourceMap, Diagnostic) {
        let mut m = SourceMap::new();
        m.add("a.go", "package p\n\nvar x int = \"s\"\n").unwrap();
        let span = Span::new(Pos(24), Pos(27));
        (m, Diagnostic::error("IncompatibleAssign", span, "cannot use it\nreason"))
    }

    #[test]
    fn short_form_indents_further_lines() {
        let (m, d) = sample();
        assert_eq!(render(&d, &m, Format::Short, false), "a.go:3:13: cannot use it\n\treason\n");
    }

    #[test]
    fn human_form_shows_the_line() {
        let (m, d) = sample();
        let text = render(&d, &m, Format::Human, false);
        assert!(text.starts_with("error[IncompatibleAssign]: cannot use it"), "{text}");
        assert!(text.contains("var x int = \"s\""), "{text}");
        assert!(text.contains("a.go:3:13"), "{text}");
    }

    #[test]
    fn json_form_is_one_object() {
        let (m, d) = sample();
        let v: serde_json::Value =
            serde_json::from_str(&render(&d, &m, Format::Json, false)).unwrap();
        assert_eq!(v["span"]["line"], 3);
        assert_eq!(v["code"], "IncompatibleAssign");
    }
}

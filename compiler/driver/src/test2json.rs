//! Output of a test binary in (run with -test.v=test2json), one JSON object a line out, as `go tool test2json` makes it.
//!
//! Lines behind the byte 0x16 are events, written by package testing; others are output of the test that the last event
//! named. 0x0f and 0x0e enclose errors.

use std::io::Write;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const MARK: u8 = 0x16;
const ERROR_BEGIN: char = '\u{0f}';
const ERROR_END: char = '\u{0e}';

/// Converts the output of one package's tests.
pub struct Converter<'a> {
    out: &'a mut dyn Write,
    package: String,
    test: String,
    line: Vec<u8>,
    in_error: bool,
}

/// An object under construction: fields in the order of the go command.
struct Event(String);

impl Event {
    fn new(action: &str) -> Event {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Event(format!("{{\"Time\":\"{}\",\"Action\":\"{action}\"", rfc3339(now)))
    }

    fn with(mut self, name: &str, value: &str) -> Event {
        if !value.is_empty() {
            self.0.push_str(&format!(",\"{name}\":{}", quote(value)));
        }
        self
    }

    fn raw(mut self, name: &str, value: &str) -> Event {
        self.0.push_str(&format!(",\"{name}\":{value}"));
        self
    }

    fn send(mut self, out: &mut dyn Write) {
        self.0.push_str("}\n");
        let _ = out.write_all(self.0.as_bytes());
    }
}

/// A JSON string as encoding/json writes it, which escapes HTML's special characters too.
pub fn quote(s: &str) -> String {
    let mut out = String::from("\"");
    for c in s.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", c as u32))
            }
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A time since 1970 in UTC: `2006-01-02T15:04:05.999999999Z`.
fn rfc3339(t: Duration) -> String {
    let (days, secs) = (t.as_secs() / 86_400, t.as_secs() % 86_400);
    // Days since the first of March of the year 0: a leap day is a year's last day then.
    let z = days as i64 + 719_468;
    let (era, doe) = (z.div_euclid(146_097), z.rem_euclid(146_097));
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let (d, m) = (doy - (153 * mp + 2) / 5 + 1, if mp < 10 { mp + 3 } else { mp - 9 });
    let y = yoe + era * 400 + i64::from(m <= 2);
    let nanos = format!("{:09}", t.subsec_nanos());
    let nanos = nanos.trim_end_matches('0');
    let dot = if nanos.is_empty() { "" } else { "." };
    format!(
        "{y:04}-{m:02}-{d:02}T{:02}:{:02}:{:02}{dot}{nanos}Z",
        secs / 3600,
        secs / 60 % 60,
        secs % 60
    )
}

/// `build-output` and `build-fail` of a package that could not be built.
pub fn build_failed(out: &mut dyn Write, shown: &str, text: &str) {
    for line in text.split_inclusive('\n') {
        let event = format!(
            "{{\"ImportPath\":{},\"Action\":\"build-output\",\"Output\":{}}}\n",
            quote(shown),
            quote(line)
        );
        let _ = out.write_all(event.as_bytes());
    }
    let event = format!("{{\"ImportPath\":{},\"Action\":\"build-fail\"}}\n", quote(shown));
    let _ = out.write_all(event.as_bytes());
}

impl<'a> Converter<'a> {
    /// Begins with the event `start`.
    pub fn new(out: &'a mut dyn Write, package: &str) -> Converter<'a> {
        Event::new("start").with("Package", package).send(out);
        Converter {
            out,
            package: package.into(),
            test: String::new(),
            line: Vec::new(),
            in_error: false,
        }
    }

    /// A line of the go command itself, such as `ok  \tp\t0.1s`. Only those of failures count as frames.
    pub fn frame(&mut self, line: &str) {
        self.end_line();
        self.test.clear();
        self.output(line, if line.starts_with("FAIL") { "frame" } else { "" });
    }

    /// The last event. `elapsed` is in seconds; `failed_build` names the package that could not be built.
    pub fn finish(mut self, action: &str, elapsed: Option<f64>, failed_build: &str) {
        self.end_line();
        let mut event = Event::new(action).with("Package", &self.package);
        if let Some(s) = elapsed {
            event = event.raw("Elapsed", &number(s));
        }
        event.with("FailedBuild", failed_build).send(self.out);
    }

    fn output(&mut self, text: &str, kind: &str) {
        Event::new("output")
            .with("Package", &self.package)
            .with("Test", &self.test)
            .with("Output", text)
            .with("OutputType", kind)
            .send(self.out);
    }

    fn end_line(&mut self) {
        if !self.line.is_empty() {
            let line = std::mem::take(&mut self.line);
            self.handle(&line);
        }
    }

    fn handle(&mut self, line: &[u8]) {
        // An event may follow output that has no newline at its end.
        if let Some(at) = line.iter().position(|b| *b == MARK) {
            if at > 0 {
                self.text(&line[..at]);
            }
            let rest = String::from_utf8_lossy(&line[at + 1..]).into_owned();
            if !self.event(&rest) {
                self.text(rest.as_bytes());
            }
            return;
        }
        self.text(line);
    }

    fn text(&mut self, line: &[u8]) {
        let mut text = String::from_utf8_lossy(line).into_owned();
        let begins = text.contains(ERROR_BEGIN);
        let kind = match (begins, self.in_error) {
            (true, _) => "error",
            (false, true) => "error-continue",
            (false, false) => "",
        };
        self.in_error = (self.in_error || begins) && !text.contains(ERROR_END);
        text.retain(|c| c != ERROR_BEGIN && c != ERROR_END);
        // A benchmark's result is not its test's output alone: the go command has an event for it.
        self.output(&text, kind);
    }

    /// Handles a marked line; false if it is none that is known.
    fn event(&mut self, line: &str) -> bool {
        let trimmed = line.trim_end_matches('\n');
        if matches!(trimmed, "PASS" | "FAIL") {
            self.test.clear();
            self.output(line, "frame");
            return true;
        }
        if let Some(rest) = trimmed.strip_prefix("=== ") {
            let Some((verb, rest)) = rest.split_once(' ') else { return false };
            let rest = rest.trim_start_matches(' ');
            if verb == "NAME" {
                self.test = rest.to_string();
                return true;
            }
            if verb == "ATTR" || verb == "ARTIFACTS" {
                let mut words = rest.splitn(if verb == "ATTR" { 3 } else { 2 }, ' ');
                self.test = words.next().unwrap_or_default().to_string();
                let (package, test) = (&self.package, &self.test);
                let e =
                    Event::new(&verb.to_lowercase()).with("Package", package).with("Test", test);
                let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
                let e = match verb {
                    "ATTR" => e.with("Key", first).with("Value", second),
                    _ => e.with("Path", first),
                };
                e.send(self.out);
                self.output(line, "frame");
                return true;
            }
            let action = match verb {
                "RUN" => "run",
                "PAUSE" => "pause",
                "CONT" => "cont",
                _ => return false,
            };
            self.test = rest.to_string();
            let event = Event::new(action).with("Package", &self.package).with("Test", &self.test);
            if action == "pause" {
                self.output(line, "frame");
                event.send(self.out);
            } else {
                event.send(self.out);
                self.output(line, "frame");
            }
            return true;
        }
        let Some(rest) = trimmed.trim_start_matches(' ').strip_prefix("--- ") else { return false };
        let Some((verb, rest)) = rest.split_once(": ") else { return false };
        let action = match verb {
            "PASS" => "pass",
            "FAIL" => "fail",
            "SKIP" => "skip",
            "BENCH" => "bench",
            _ => return false,
        };
        let (name, seconds) = match rest.rsplit_once(" (") {
            Some((name, time)) => (name, time.trim_end_matches("s)").parse::<f64>().ok()),
            None => (rest, None),
        };
        self.test = name.to_string();
        self.output(line, "frame");
        let mut event = Event::new(action).with("Package", &self.package).with("Test", name);
        if let Some(s) = seconds {
            event = event.raw("Elapsed", &number(s));
        }
        event.send(self.out);
        true
    }
}

/// Seconds as encoding/json writes them.
fn number(s: f64) -> String {
    format!("{}", (s * 1000.0).round() / 1000.0)
}

impl Write for Converter<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        for part in bytes.split_inclusive(|b| *b == b'\n') {
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") {
                self.end_line();
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times() {
        assert_eq!(rfc3339(Duration::new(951_782_400, 5_000_000)), "2000-02-29T00:00:00.005Z");
        assert_eq!(rfc3339(Duration::new(1_795_322_445, 0)), "2026-11-22T04:40:45Z");
    }

    #[test]
    fn events_and_output() {
        let mut out = Vec::new();
        let mut c = Converter::new(&mut out, "p");
        let text = "\u{16}=== RUN   TestA\n\u{0f}    a.go:1: <x>\n        y\u{0e}\nno newline\u{16}--- FAIL: TestA (0.25s)\n\u{16}FAIL\n";
        c.write_all(text.as_bytes()).unwrap();
        c.finish("fail", Some(0.5), "");
        let text = String::from_utf8(out).unwrap();
        let without_time: Vec<&str> =
            text.lines().map(|l| l.split_once(",\"Action").unwrap().1).collect();
        assert_eq!(
            without_time,
            [
                "\":\"start\",\"Package\":\"p\"}",
                "\":\"run\",\"Package\":\"p\",\"Test\":\"TestA\"}",
                "\":\"output\",\"Package\":\"p\",\"Test\":\"TestA\",\"Output\":\"=== RUN   TestA\\n\",\"OutputType\":\"frame\"}",
                "\":\"output\",\"Package\":\"p\",\"Test\":\"TestA\",\"Output\":\"    a.go:1: \\u003cx\\u003e\\n\",\"OutputType\":\"error\"}",
                "\":\"output\",\"Package\":\"p\",\"Test\":\"TestA\",\"Output\":\"        y\\n\",\"OutputType\":\"error-continue\"}",
                "\":\"output\",\"Package\":\"p\",\"Test\":\"TestA\",\"Output\":\"no newline\"}",
                "\":\"output\",\"Package\":\"p\",\"Test\":\"TestA\",\"Output\":\"--- FAIL: TestA (0.25s)\\n\",\"OutputType\":\"frame\"}",
                "\":\"fail\",\"Package\":\"p\",\"Test\":\"TestA\",\"Elapsed\":0.25}",
                "\":\"output\",\"Package\":\"p\",\"Output\":\"FAIL\\n\",\"OutputType\":\"frame\"}",
                "\":\"fail\",\"Package\":\"p\",\"Elapsed\":0.5}",
            ]
        );
    }
}

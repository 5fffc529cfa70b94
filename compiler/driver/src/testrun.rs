//! One test binary run: its output passed on and kept, its time limited; and what its result depends on.

use crate::load::os_error;
use crate::test::TestOptions;
use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// How a binary ended.
pub struct Ended {
    pub output: Vec<u8>,
    pub elapsed: Duration,
    pub code: Option<i32>,
    pub signal: Option<i32>,
    /// Why it was not run, or was killed.
    pub note: Option<String>,
}

impl Ended {
    pub fn ok(&self) -> bool {
        self.code == Some(0) && self.note.is_none()
    }

    /// As package os/exec says it.
    pub fn status(&self) -> String {
        match (self.code, self.signal) {
            (Some(code), _) => format!("exit status {code}"),
            (None, Some(signal)) => format!("signal: {}", signal_name(signal)),
            _ => "exit status unknown".into(),
        }
    }
}

fn signal_name(n: i32) -> String {
    match n {
        libc::SIGABRT => "aborted".into(),
        libc::SIGFPE => "floating point exception".into(),
        libc::SIGILL => "illegal instruction".into(),
        libc::SIGINT => "interrupt".into(),
        libc::SIGKILL => "killed".into(),
        libc::SIGQUIT => "quit".into(),
        libc::SIGSEGV => "segmentation fault".into(),
        libc::SIGTERM => "terminated".into(),
        libc::SIGBUS => "bus error".into(),
        n => format!("signal {n}"),
    }
}

/// Runs a test binary in its package's folder. Both output streams go to `sink`, in the order of writing.
pub fn run(t: &TestOptions, exe: &Path, dir: &Path, sink: &mut dyn Write) -> Ended {
    let start = Instant::now();
    let failed = |what: &str, e: std::io::Error| Ended {
        output: Vec::new(),
        elapsed: start.elapsed(),
        code: None,
        signal: None,
        note: Some(format!("{what}: {}", os_error(&e))),
    };
    let (mut reader, writer) = match std::io::pipe() {
        Ok(p) => p,
        Err(e) => return failed("pipe", e),
    };
    let second = match writer.try_clone() {
        Ok(w) => w,
        Err(e) => return failed("pipe", e),
    };
    let mut command = match t.exec.split_first() {
        Some((program, args)) => {
            let mut c = Command::new(program);
            c.args(args).arg(exe);
            c
        }
        None => Command::new(exe),
    };
    command.args(&t.flags).args(&t.args).current_dir(dir).env("PWD", dir);
    command.envs(t.environment.iter().map(|(k, v)| (k, v)));
    command.stdin(Stdio::null()).stdout(writer).stderr(second);
    let child = command.spawn();
    // The command holds the writing ends, which must be closed for the reading end to see the end.
    drop(command);
    let mut child = match child {
        Ok(c) => c,
        Err(e) => return failed(&format!("fork/exec {}", exe.display()), e),
    };
    let (stop, stopped) = mpsc::channel::<()>();
    let pid = child.id() as libc::pid_t;
    let limit = t.timeout.filter(|d| !d.is_zero()).map(|d| d + Duration::from_secs(60));
    let killer = std::thread::spawn(move || {
        let Some(limit) = limit else { return false };
        if stopped.recv_timeout(limit) != Err(mpsc::RecvTimeoutError::Timeout) {
            return false;
        }
        // SAFETY: kill takes numbers; the child has not been waited for yet, so the number is still its own.
        unsafe { libc::kill(pid, libc::SIGQUIT) };
        if stopped.recv_timeout(Duration::from_secs(5)) == Err(mpsc::RecvTimeoutError::Timeout) {
            // SAFETY: as above.
            unsafe { libc::kill(pid, libc::SIGKILL) };
        }
        true
    });
    let mut output = Vec::new();
    let mut buffer = [0u8; 16 << 10];
    while let Ok(n) = reader.read(&mut buffer) {
        if n == 0 {
            break;
        }
        output.extend_from_slice(&buffer[..n]);
        let _ = sink.write_all(&buffer[..n]);
        let _ = sink.flush();
    }
    let status = child.wait();
    drop(stop);
    let killed = killer.join().unwrap_or(false);
    let elapsed = start.elapsed();
    match status {
        Ok(s) => Ended {
            output,
            elapsed,
            code: s.code(),
            signal: s.signal(),
            note: killed.then(|| {
                format!(
                    "*** Test killed with quit: ran too long ({}).",
                    go_duration(limit.unwrap_or_default())
                )
            }),
        },
        Err(e) => failed("wait", e),
    }
}

/// `11m0s`, as package time prints whole seconds.
fn go_duration(d: Duration) -> String {
    let (h, m, s) = (d.as_secs() / 3600, d.as_secs() / 60 % 60, d.as_secs() % 60);
    match (h, m) {
        (0, 0) => format!("{s}s"),
        (0, m) => format!("{m}m{s}s"),
        (h, m) => format!("{h}h{m}m{s}s"),
    }
}

/// A file's size and time of change.
pub fn stamp(path: &Path) -> String {
    use std::os::unix::fs::MetadataExt;
    match std::fs::metadata(path) {
        Ok(m) => format!("{} {} {}.{}\n", path.display(), m.len(), m.mtime(), m.mtime_nsec()),
        Err(_) => format!("{} missing\n", path.display()),
    }
}

/// Stamps of all files below a folder, but for hidden ones.
pub fn stamps(dir: &Path, out: &mut String) {
    let mut entries: Vec<_> = std::fs::read_dir(dir).into_iter().flatten().flatten().collect();
    entries.sort_by_key(|e| e.file_name());
    for e in entries {
        if e.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        if e.file_type().is_ok_and(|t| t.is_dir()) {
            stamps(&e.path(), out);
        } else {
            out.push_str(&stamp(&e.path()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(go_duration(Duration::from_secs(660)), "11m0s");
        assert_eq!(go_duration(Duration::from_secs(61)), "1m1s");
        assert_eq!(go_duration(Duration::from_secs(5)), "5s");
    }

    #[test]
    fn output_and_status_of_a_program() {
        let dir = tempfile::tempdir().unwrap();
        let t = TestOptions {
            args: vec!["-c".into(), "echo out; echo err >&2; exit 3".into()],
            ..Default::default()
        };
        let mut sink = Vec::new();
        let ended = run(&t, Path::new("/bin/sh"), dir.path(), &mut sink);
        assert_eq!((ended.code, &sink[..]), (Some(3), &b"out\nerr\n"[..]));
        assert_eq!(ended.status(), "exit status 3");
        let ended = run(&t, Path::new("/no/such"), dir.path(), &mut sink);
        assert!(!ended.ok() && ended.note.unwrap().contains("no such file"));
    }
}

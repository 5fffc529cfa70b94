//! Reports of races in Go's form. The sanitizer hands them over while it holds its locks, on any stack, so they are only noted
//! then; the next function that is entered or left on any goroutine prints them.
//!
//! GORACE has options as in Go: log_path, exitcode, strip_path_prefix, halt_on_error, atexit_sleep_ms.

use super::tsan::*;
use crate::g::getg;
use crate::lock::{Global, Lock};
use crate::panic::unwind;
use crate::sched::proc::LIVE;
use crate::sys;
use crate::trace::symbols;
use alloc::string::String;
use core::ffi::{CStr, c_char, c_void};
use core::fmt::Write;
use core::ptr::null;
use core::sync::atomic::{AtomicBool, AtomicI32, AtomicUsize, Ordering};

const DEPTH: usize = 64;

#[derive(Clone, Copy)]
struct Access {
    tid: i32,
    addr: usize,
    write: bool,
    trace: [usize; DEPTH],
}

#[derive(Clone, Copy)]
struct Thread {
    tid: i32,
    /// The goroutine's; 0: none of the program's.
    id: u64,
    running: bool,
    trace: [usize; DEPTH],
}

#[derive(Clone, Copy)]
struct Report {
    accesses: [Access; 2],
    threads: [Thread; 2],
}

const NO_ACCESS: Access = Access { tid: -1, addr: 0, write: false, trace: [0; DEPTH] };
const NO_THREAD: Thread = Thread { tid: -1, id: 0, running: false, trace: [0; DEPTH] };
const EMPTY: Report = Report { accesses: [NO_ACCESS; 2], threads: [NO_THREAD; 2] };

/// Reports that wait to be printed: `DONE..NOTED`, modulo the size. The sanitizer makes one at a time.
const ROOM: usize = 64;
static WAITING: Global<[Report; ROOM]> = Global::new([EMPTY; ROOM]);
static NOTED: AtomicUsize = AtomicUsize::new(0);
static DONE: AtomicUsize = AtomicUsize::new(0);
static LOCK: Lock = Lock::new();
static PRINTING: AtomicBool = AtomicBool::new(false);
/// Where they are printed.
static FD: AtomicI32 = AtomicI32::new(2);

struct Options {
    exit_code: i32,
    strip: &'static [u8],
    halt: bool,
    sleep_ms: i64,
}

static OPTIONS: Global<Options> =
    Global::new(Options { exit_code: 66, strip: b"", halt: false, sleep_ms: 1000 });

/// Reads GORACE.
pub fn init() {
    // SAFETY: before there is a second thread.
    unsafe {
        let o = &mut *OPTIONS.get();
        let Some(text) = sys::getenv(c"GORACE") else { return };
        for item in text.split(|&b| b == b' ' || b == b',' || b == b':') {
            let Some(eq) = item.iter().position(|&b| b == b'=') else { continue };
            let (name, value) = (&item[..eq], &item[eq + 1..]);
            let number = || core::str::from_utf8(value).ok().and_then(|v| v.parse::<i64>().ok());
            match name {
                b"exitcode" => o.exit_code = number().unwrap_or(66) as i32,
                b"atexit_sleep_ms" => o.sleep_ms = number().unwrap_or(1000),
                b"halt_on_error" => o.halt = value == b"1" || value == b"true",
                b"strip_path_prefix" => o.strip = value,
                b"log_path" => log_to(value),
                _ => {}
            }
        }
    }
}

/// `stdout`, `stderr`, or a file whose name gets the process's number.
unsafe fn log_to(path: &[u8]) {
    let fd = match path {
        b"stdout" => 1,
        b"stderr" => 2,
        _ => {
            let mut name = String::from_utf8_lossy(path).into_owned();
            let _ = write!(name, ".{}\0", libc::getpid());
            let flags = libc::O_CREAT | libc::O_WRONLY | libc::O_TRUNC | libc::O_CLOEXEC;
            libc::open(name.as_ptr().cast(), flags, 0o660)
        }
    };
    if fd >= 0 {
        FD.store(fd, Ordering::Relaxed);
    }
}

/// How many there were.
pub fn count() -> usize {
    NOTED.load(Ordering::SeqCst)
}

/// The sanitizer's, called instead of its own printing if it returns true.
#[unsafe(export_name = "_ZN6__tsan8OnReportEPKNS_10ReportDescEb")]
unsafe extern "C" fn on_report(report: *const c_void, _suppressed: bool) -> bool {
    let n = NOTED.load(Ordering::Relaxed);
    if n - DONE.load(Ordering::SeqCst) < ROOM {
        let out = &mut (*WAITING.get())[n % ROOM];
        *out = EMPTY;
        copy(report, out);
        NOTED.store(n + 1, Ordering::SeqCst);
    }
    true
}

unsafe fn copy(report: *const c_void, out: &mut Report) {
    let mut text: *const c_char = null();
    let mut n = [0i32; 7];
    let p = n.as_mut_ptr();
    let mut sleep = [0usize; 1];
    __tsan_get_report_data(
        report,
        &mut text,
        p,
        p.add(1),
        p.add(2),
        p.add(3),
        p.add(4),
        p.add(5),
        p.add(6),
        sleep.as_mut_ptr(),
        1,
    );
    let (mut size, mut write, mut atomic, mut running, mut parent) = (0, 0, 0, 0, 0);
    for i in 0..(n[2] as usize).min(2) {
        let a = &mut out.accesses[i];
        let trace = a.trace.as_mut_ptr();
        __tsan_get_report_mop(
            report,
            i,
            &mut a.tid,
            &mut a.addr,
            &mut size,
            &mut write,
            &mut atomic,
            trace,
            DEPTH,
        );
        a.write = write != 0;
    }
    for i in 0..(n[5] as usize).min(2) {
        let t = &mut out.threads[i];
        let (mut os, mut name): (u64, *const c_char) = (0, null());
        let trace = t.trace.as_mut_ptr();
        __tsan_get_report_thread(
            report,
            i,
            &mut t.tid,
            &mut os,
            &mut running,
            &mut name,
            &mut parent,
            trace,
            DEPTH,
        );
        t.running = running != 0;
        let digits = if name.is_null() { "" } else { CStr::from_ptr(name).to_str().unwrap_or("") };
        t.id = digits.parse().unwrap_or(0);
    }
}

/// Prints what has been noted.
#[inline(always)]
pub fn poll() {
    if NOTED.load(Ordering::Relaxed) != DONE.load(Ordering::Relaxed) {
        drain();
    }
}

#[cold]
#[inline(never)]
fn drain() {
    // Printing allocates and locks, but enters no function that is told of; a thread that comes meanwhile goes on, as does
    // one that runs no goroutines.
    if getg().is_null() || PRINTING.swap(true, Ordering::SeqCst) {
        return;
    }
    // SAFETY: one at a time; noted reports are complete and nobody writes to them before they are done.
    LOCK.with(|| unsafe {
        loop {
            let n = DONE.load(Ordering::SeqCst);
            if n == NOTED.load(Ordering::SeqCst) {
                break;
            }
            let text = text_of(&(*WAITING.get())[n % ROOM]);
            write_all(text.as_bytes());
            DONE.store(n + 1, Ordering::SeqCst);
            if (*OPTIONS.get()).halt {
                sys::exit_now((*OPTIONS.get()).exit_code);
            }
        }
    });
    PRINTING.store(false, Ordering::SeqCst);
}

/// Returns when everything noted has been printed, by another thread maybe; after a second anyway.
pub fn settle() {
    for _ in 0..1000 {
        poll();
        if NOTED.load(Ordering::SeqCst) == DONE.load(Ordering::SeqCst) {
            break;
        }
        sys::sleep(1_000_000);
    }
}

fn write_all(text: &[u8]) {
    let fd = FD.load(Ordering::Relaxed);
    if fd == 2 {
        return sys::write_err(text);
    }
    // SAFETY: the buffer is valid for its length.
    unsafe { libc::syscall(libc::SYS_write, fd, text.as_ptr(), text.len()) };
}

const LINE: &str = "==================\n";

unsafe fn text_of(r: &Report) -> String {
    let mut s = String::from(LINE);
    s.push_str("WARNING: DATA RACE\n");
    let goroutine =
        |tid: i32| r.threads.iter().find(|t| t.tid == tid && tid >= 0).map_or(0, |t| t.id);
    for (i, a) in r.accesses.iter().enumerate().filter(|(_, a)| a.tid >= 0) {
        let what = match (i, a.write) {
            (0, true) => "Write",
            (0, false) => "Read",
            (_, true) => "\nPrevious write",
            (_, false) => "\nPrevious read",
        };
        let _ = write!(s, "{what} at {:#014x} by ", a.addr);
        let _ = match goroutine(a.tid) {
            1 => writeln!(s, "main goroutine:"),
            0 => writeln!(s, "the runtime:"),
            id => writeln!(s, "goroutine {id}:"),
        };
        frames(&mut s, &a.trace);
    }
    for t in r.threads.iter().filter(|t| t.id > 1) {
        let state = if t.running { "running" } else { "finished" };
        let _ = writeln!(s, "\nGoroutine {} ({state}) created at:", t.id);
        frames(&mut s, &t.trace);
    }
    s.push_str(LINE);
    s
}

/// The frames of Go code, and the runtime's functions that stand for operations of the language, which are on top.
unsafe fn frames(s: &mut String, trace: &[usize; DEPTH]) {
    let strip = (*OPTIONS.get()).strip;
    let mut any = false;
    for &pc in trace.iter().take_while(|&&pc| pc != 0) {
        let start = unwind::function_start(pc);
        for f in symbols::frames(pc) {
            if f.is_go && (f.hidden || f.name.starts_with("go.")) {
                continue;
            }
            if f.is_go {
                let file = f.file.as_bytes();
                let file = file.strip_prefix(strip).unwrap_or(file);
                let file = core::str::from_utf8(file).unwrap_or("?");
                let off = pc.saturating_sub(start);
                let _ = writeln!(s, "  {}()\n      {file}:{} +{off:#x}", f.name, f.line);
                any = true;
            } else if let (false, Some(name)) = (any, operation(&f.name)) {
                let _ = writeln!(s, "  runtime.{name}()\n      <runtime>:0 +0x0");
                any = true;
            }
        }
    }
    if !any {
        s.push_str("  [failed to restore the stack]\n");
    }
}

/// What a function of the runtime is for people: `gosubc_closechan` is closechan.
fn operation(symbol: &str) -> Option<&str> {
    symbol.strip_prefix("gosubc_").filter(|n| !n.starts_with("race") && !n.starts_with("newproc"))
}

/// The program would end well: waits for what other goroutines are doing, counts, and has the exit code.
pub fn at_exit() -> i32 {
    // SAFETY: nobody writes the options any more.
    let o = unsafe { &*OPTIONS.get() };
    if o.sleep_ms > 0 && LIVE.load(Ordering::Relaxed) > 1 {
        sys::sleep(o.sleep_ms * 1_000_000);
    }
    settle();
    let n = count();
    if n == 0 {
        return 0;
    }
    let mut s = String::new();
    let _ = writeln!(s, "Found {n} data race(s)");
    write_all(s.as_bytes());
    o.exit_code
}

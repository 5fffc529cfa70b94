//! Tracebacks: goroutines and their frames as text in Go's form, and the callers of a function for package runtime.

mod lines;
mod source;
pub mod symbols;

use crate::abi::Str;
use crate::asm;
use crate::g::{G, M, Status, getg, getm};
use crate::lock::{Global, Lock};
use crate::panic::unwind::{self, Regs};
use crate::sched;
use crate::sys;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;
use core::sync::atomic::{AtomicPtr, AtomicU8, Ordering};
use symbols::Frame;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
pub enum Level {
    None,
    Single,
    All,
    System,
    Crash,
}

/// The level that `debug.SetTraceback` has set, as a number.
static RAISED: AtomicU8 = AtomicU8::new(Level::None as u8);

fn named(level: Option<&[u8]>) -> Level {
    match level {
        Some(b"none" | b"0") => Level::None,
        Some(b"all" | b"1") => Level::All,
        Some(b"system" | b"2") => Level::System,
        Some(b"crash") => Level::Crash,
        _ => Level::Single,
    }
}

/// What GOTRACEBACK says, or `debug.SetTraceback` where that asks for more.
pub fn level() -> Level {
    let env = named(sys::getenv(c"GOTRACEBACK"));
    let raised = RAISED.load(Ordering::Relaxed);
    let all = [Level::Single, Level::All, Level::System, Level::Crash];
    all.into_iter().find(|&l| l as u8 == raised && l > env).unwrap_or(env)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_set_traceback(level: *const u8, n: usize) {
    RAISED.store(named(Some(core::slice::from_raw_parts(level, n))) as u8, Ordering::Relaxed);
}

/// Where tracebacks go: standard error, or a text for `runtime.Stack`, which the thread that makes it holds the lock for.
/// Another thread may print a fatal error meanwhile.
static TEXT: Global<Option<String>> = Global::new(None);
static TEXT_LOCK: Lock = Lock::new();
static TEXT_OWNER: AtomicPtr<M> = AtomicPtr::new(core::ptr::null_mut());

struct Out;

impl Write for Out {
    fn write_str(&mut self, s: &str) -> core::fmt::Result {
        let m = getm();
        if m.is_null() || TEXT_OWNER.load(Ordering::Relaxed) != m {
            sys::write_err(s.as_bytes());
            return Ok(());
        }
        // SAFETY: this thread holds TEXT_LOCK.
        if let Some(t) = unsafe { &mut *TEXT.get() } {
            t.push_str(s);
        }
        Ok(())
    }
}

/// The text of `runtime.Stack` into `buf`; returns its length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_stack(buf: *mut u8, n: usize, all: bool) -> i64 {
    let g = getg();
    if all {
        sched::world::stop();
    }
    TEXT_LOCK.lock();
    *TEXT.get() = Some(String::new());
    TEXT_OWNER.store(getm(), Ordering::Relaxed);
    with_regs(|r| print_goroutine(g, "running", r, false));
    if all {
        print_others(g);
    }
    let text = (*TEXT.get()).take().unwrap_or_default();
    TEXT_OWNER.store(core::ptr::null_mut(), Ordering::Relaxed);
    TEXT_LOCK.unlock();
    if all {
        sched::world::start();
    }
    let len = text.len().min(n);
    core::ptr::copy_nonoverlapping(text.as_ptr(), buf, len);
    len as i64
}

/// Return addresses of the callers, one for each function, inlined ones too: the index among those of one address is in
/// the top byte. The first is the Go function that calls this.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_callers(skip: i64, pcs: *mut usize, max: usize) -> i64 {
    let (mut n, mut left) = (0, skip);
    with_regs(|r| {
        walk(r, |r| {
            for (i, f) in symbols::frames(r.rip).iter().enumerate() {
                if !f.is_go || f.hidden {
                    continue;
                }
                if left > 0 {
                    left -= 1;
                } else if n < max {
                    *pcs.add(n) = r.rip | i << INLINE_SHIFT;
                    n += 1;
                }
            }
            n < max
        });
    });
    n as i64
}

const INLINE_SHIFT: u32 = 56;

/// What package runtime tells about a frame.
#[repr(C)]
pub struct FrameData {
    name: Str,
    file: Str,
    line: i64,
    /// The line where the function begins.
    start: i64,
    entry: usize,
    /// A wrapper that the compiler made.
    hidden: bool,
}

/// Looks up an address of `gosubc_callers`; false if it isn't one of Go code.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_frame(pc: usize, out: *mut FrameData) -> bool {
    let index = pc >> INLINE_SHIFT;
    let pc = pc & ((1 << INLINE_SHIFT) - 1);
    let list = symbols::frames(pc);
    let found = list.get(index).filter(|f| f.is_go);
    if let Some(f) = found {
        *out = FrameData {
            name: crate::string::new(f.name.as_bytes()),
            file: crate::string::new(f.file.as_bytes()),
            line: f.line as i64,
            start: f.start as i64,
            entry: unwind::function_start(pc),
            hidden: f.hidden,
        };
    }
    found.is_some()
}

/// The `index`-th function at a return address, innermost inlined one first, the runtime's own too; for profiles.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_profile_frame(
    pc: usize,
    index: usize,
    out: *mut FrameData,
) -> bool {
    let text = unwind::image().text;
    if pc <= text.0 || pc > text.1 {
        return false;
    }
    let list = symbols::frames(pc);
    let Some(f) = list.get(index) else { return false };
    *out = FrameData {
        name: crate::string::new(f.name.as_bytes()),
        file: crate::string::new(f.file.as_bytes()),
        line: f.line as i64,
        start: f.start as i64,
        entry: unwind::function_start(pc),
        hidden: f.hidden,
    };
    true
}

/// Of a deep stack the innermost and the outermost frames are printed.
const INNER: usize = 50;
const OUTER: usize = 50;

/// Calls `f` with the registers of each frame from `regs` outwards until it returns false. `regs.rip` is a return address.
pub unsafe fn walk(regs: &Regs, mut f: impl FnMut(&Regs) -> bool) {
    let mut r = *regs;
    loop {
        let fi = unwind::lookup(r.rip);
        if !fi.ok || !f(&r) {
            return;
        }
        let cfa = fi.cfa(&r);
        fi.step(&mut r, cfa);
    }
}

/// Runs `f` with the registers of the function that calls this.
pub unsafe fn with_regs(mut f: impl FnMut(&Regs)) {
    unsafe extern "C" fn call<F: FnMut(&Regs)>(arg: *mut u8, regs: *const Regs) {
        (*arg.cast::<F>())(&*regs);
    }
    unsafe fn go<F: FnMut(&Regs)>(f: &mut F) {
        asm::gosubc_with_regs(call::<F>, (&raw mut *f).cast());
    }
    go(&mut f);
}

unsafe fn print_frame(frame: &Frame, pc: usize) {
    let name = &frame.name;
    let args = if name == "main.main" { "" } else { "..." };
    let off = pc.saturating_sub(unwind::function_start(pc));
    if name == PANIC {
        let _ = writeln!(Out, "panic({args})\n\t{} +{off:#x}", frame.file);
    } else {
        let _ = writeln!(Out, "{name}({args})\n\t{}:{} +{off:#x}", frame.file, frame.line);
        if let Some(text) = source::line(&frame.file, frame.line) {
            let _ = writeln!(Out, "\t\t{text}");
        }
    }
}

/// The name that `symbols` gives to gopanic.
pub const PANIC: &str = "runtime.gopanic";

/// Whether a traceback shows the function to people who look for their own mistakes.
/// `panicked`: the frame is where a panic began.
fn shown(f: &Frame, level: Level, first: bool, panicked: bool) -> bool {
    if level >= Level::System {
        return true;
    }
    // gc makes no wrapper for such a deferred call, ours has the number 0.
    if !f.is_go || f.hidden && !panicked || f.name.ends_with(".deferwrap0") {
        return false;
    }
    if f.name == PANIC {
        return !first;
    }
    if f.name.starts_with("internal/runtime/") {
        return false;
    }
    // Exported functions of package runtime are part of the program's interface.
    match f.name.strip_prefix("runtime.") {
        Some(rest) => rest.as_bytes().first().is_some_and(u8::is_ascii_uppercase),
        None => !f.name.starts_with("go."),
    }
}

/// Calls `f` with each frame that tracebacks show. `panicked`: a panic began in the first one.
unsafe fn shown_frames(regs: &Regs, mut panicked: bool, mut f: impl FnMut(&Frame, usize)) {
    let level = level();
    let mut first = true;
    // A deep stack has few different addresses.
    let mut known: BTreeMap<usize, Vec<Frame>> = BTreeMap::new();
    walk(regs, |r| {
        for frame in known.entry(r.rip).or_insert_with(|| symbols::frames(r.rip)) {
            if shown(frame, level, first, panicked) {
                f(frame, r.rip);
                first = false;
            }
            panicked = frame.name == PANIC
                || matches!(frame.name.as_str(), "gosubc_panic_mem_at" | "gosubc_panic_wrap")
                || panicked && frame.name == "runtime.panicMemory";
        }
        true
    });
}

unsafe fn print_stack(regs: &Regs, panicked: bool) {
    // As in Go's, which begins anew where it leaves off: a wrapper that panicked isn't shown there, nor is gopanic.
    let (mut total, mut first) = (0, INNER);
    shown_frames(regs, panicked, |frame, _| {
        if total == first && (frame.name == PANIC || total == INNER && frame.hidden) {
            first += 1;
        }
        total += 1;
    });
    let elided = if total > first + OUTER { first..total - OUTER } else { 0..0 };
    let mut n = 0;
    shown_frames(regs, panicked, |frame, pc| {
        if (INNER..first).contains(&n) {
        } else if !elided.contains(&n) {
            print_frame(frame, pc);
        } else if n == elided.start {
            let _ = writeln!(Out, "...{} frames elided...", elided.len());
        }
        n += 1;
    });
}

unsafe fn print_goroutine(g: *mut G, status: &str, regs: &Regs, panicked: bool) {
    let _ = writeln!(Out, "goroutine {} [{status}]:", (*g).id);
    print_stack(regs, panicked);
    if (*g).create_pc != 0 {
        let pc = (*g).create_pc;
        if let Some(f) = symbols::frames(pc).into_iter().next() {
            let off = pc.saturating_sub(unwind::function_start(pc));
            let _ = writeln!(
                Out,
                "created by {} in goroutine {}\n\t{}:{} +{off:#x}",
                f.name,
                (*g).parent,
                f.file,
                f.line
            );
        }
    }
}

/// Registers of a goroutine that waits in `gosubc_switch`, or where a signal interrupted it.
pub unsafe fn parked_regs(g: *mut G) -> Regs {
    if (*g).interrupted.rip != 0 {
        let mut r = (*g).interrupted;
        // The instruction itself, not one behind a call.
        r.rip += 1;
        return r;
    }
    sched::first_frame(g);
    let s = (*g).sp as *const usize;
    Regs {
        r15: *s,
        r14: *s.add(1),
        r13: *s.add(2),
        r12: *s.add(3),
        rbx: *s.add(4),
        rbp: *s.add(5),
        rip: *s.add(6),
        rsp: (*g).sp + 56,
    }
}

/// All goroutines but `current`.
pub unsafe fn print_others(current: *mut G) {
    let mut list = Vec::new();
    let mut g = sched::all_goroutines();
    while !g.is_null() {
        let visible = !(*g).system || level() >= Level::System;
        let at_rest = (*g).on_cpu.load(Ordering::Acquire) == 0 || (*g).interrupted.rip != 0;
        let alive = matches!((*g).status, Status::Waiting | Status::Runnable);
        if g != current && visible && alive && at_rest {
            list.push(g);
        }
        g = (*g).all_next;
    }
    list.sort_by_key(|&g| (*g).id);
    for g in list {
        let _ = Out.write_str("\n");
        let status = if (*g).status == Status::Waiting { (*g).wait_reason } else { "runnable" };
        print_goroutine(g, status, &parked_regs(g), false);
    }
}

/// After a fatal error: the running goroutine, which called the runtime, and the others if asked for.
pub fn print_all_from_here(all: bool) {
    if level() == Level::None {
        return;
    }
    // SAFETY: unwinds the running stack.
    unsafe {
        let g = getg();
        if g.is_null() {
            return;
        }
        if (*g).id == 0 {
            print_others(g);
            return;
        }
        let waiting = (*g).status == Status::Waiting;
        if (*g).status != Status::Dead {
            let _ = Out.write_str("\n");
            with_regs(|r| {
                print_goroutine(g, if waiting { (*g).wait_reason } else { "running" }, r, false);
            });
        }
        if all || level() >= Level::All {
            print_others(g);
        }
    }
}

pub unsafe fn print_all_from_panic(g: *mut G, regs: &Regs) {
    if level() == Level::None {
        return;
    }
    let _ = Out.write_str("\n");
    print_goroutine(g, "running", regs, true);
    if level() >= Level::All {
        print_others(g);
    }
}

/// `regs.rip` is the interrupted instruction itself.
pub unsafe fn print_interrupted(g: *mut G, regs: &Regs) {
    if level() == Level::None {
        return;
    }
    let mut r = *regs;
    r.rip += 1;
    let _ = Out.write_str("\n");
    print_goroutine(g, "running", &r, false);
}

/// The stack is too deep: `pc` lies in the prologue of a function whose return address is at `sp + 8`.
pub unsafe fn print_overflow(g: *mut G, sp: usize, pc: usize) {
    if level() == Level::None {
        return;
    }
    // At a call in the prologue nothing has been pushed but its own return address.
    let r = Regs { rsp: sp + 8, rip: pc, ..Regs::default() };
    print_goroutine(g, "running", &r, false);
}

//! The text of an uncaught panic, and the end.

use super::{Panic, fatal};
use crate::abi::{Iface, Str, Type, kind};
use crate::g::G;
use crate::{gosym, print, sys, trace};

/// Nobody recovered: prints the chain of panics, oldest first, and the traceback.
pub unsafe fn fatal_panic(g: *mut G, p: *mut Panic) -> ! {
    let mut q = p;
    while !q.is_null() {
        let link = (*q).link;
        // The same value again: one line for both, and its method runs once.
        if !link.is_null() && same((*link).arg, (*q).arg) {
            (*link).repanicked = true;
        } else if !(*q).goexit {
            let mut text = Str::EMPTY;
            // Runs the value's Error or String method.
            if gosym::panic_text((*q).arg, &mut text) {
                (*q).text = Some(text);
            }
        }
        q = (*q).link;
    }
    fatal::claim();
    print::flush();
    print_chain(p);
    print::flush();
    print_fault(g);
    trace::print_all_from_panic(g, &(*p).origin());
    fatal::exit()
}

/// Prints the panics in progress as they are, before a fatal error.
pub unsafe fn pending(g: *mut G) {
    let mut q = (*g).panic;
    while !(*q).link.is_null() {
        let link = (*q).link;
        (*link).repanicked = same((*link).arg, (*q).arg);
        q = link;
    }
    print_chain((*g).panic);
}

/// The line about the signal that the panic comes from, if any.
pub unsafe fn print_fault(g: *mut G) {
    let f = (*g).fault;
    if f.signal != 0 {
        print_signal(f.signal, f.code, f.addr, f.pc);
    }
}

/// Whether Go would see one value in two interfaces: the same object, or one of those that it boxes without
/// allocating: words below 256 and empty strings.
unsafe fn same(a: Iface, b: Iface) -> bool {
    if a.tab != b.tab || a.data == b.data || a.tab.is_null() {
        return a.tab == b.tab && a.data == b.data;
    }
    let ty = &*a.tab.cast::<Type>();
    if ty.kind == kind::STRING {
        return (*a.data.cast::<Str>()).bytes().is_empty()
            && (*b.data.cast::<Str>()).bytes().is_empty();
    }
    if ty.ptrdata != 0 || ty.align as usize != ty.size {
        return false;
    }
    let word = |p: *mut u8| match ty.size {
        2 => *p.cast::<u16>() as u64,
        4 => *p.cast::<u32>() as u64,
        8 => *p.cast::<u64>(),
        _ => u64::MAX,
    };
    word(a.data) < 256 && word(a.data) == word(b.data)
}

/// The line that follows the text of a memory fault.
pub fn print_signal(signal: i32, code: i32, addr: usize, pc: usize) {
    use core::fmt::Write;
    let name = match signal {
        libc::SIGBUS => "SIGBUS: bus error",
        libc::SIGFPE => "SIGFPE: floating-point exception",
        libc::SIGILL => "SIGILL: illegal instruction",
        _ => "SIGSEGV: segmentation violation",
    };
    let _ = writeln!(sys::Stderr, "[signal {name} code={code:#x} addr={addr:#x} pc={pc:#x}]");
}

unsafe fn print_chain(p: *mut Panic) {
    let link = (*p).link;
    if !link.is_null() {
        print_chain(link);
        if (*link).repanicked {
            return;
        }
        if !(*link).goexit {
            print::bytes(b"\t");
        }
    }
    if (*p).goexit {
        return;
    }
    print::bytes(b"panic: ");
    match (*p).text {
        Some(t) => indented(t.bytes()),
        None => value((*p).arg),
    }
    // With a second panic of the same value this entry stands for both.
    if (*p).recovered && (*p).repanicked {
        print::bytes(b" [recovered, repanicked]");
    } else if (*p).recovered {
        print::bytes(b" [recovered]");
    }
    print::bytes(b"\n");
}

/// Line breaks inside a value don't look like the runtime's own lines.
pub fn indented(s: &[u8]) {
    for (i, line) in s.split(|&b| b == b'\n').enumerate() {
        if i > 0 {
            print::bytes(b"\n\t");
        }
        print::bytes(line);
    }
}

/// A panic value without methods: basic kinds with their type's name if that is not predeclared.
unsafe fn value(v: Iface) {
    if v.tab.is_null() {
        print::bytes(b"nil");
        return;
    }
    let ty = &*v.tab.cast::<Type>();
    let name = ty.string.bytes();
    let predeclared = !name.contains(&b'.');
    let d = v.data;
    if !is_basic(ty.kind) {
        print::bytes(b"(");
        print::bytes(name);
        print::bytes(b") ");
        print::hex(d as u64);
        return;
    }
    if ty.kind == kind::STRING {
        if predeclared {
            indented((*d.cast::<Str>()).bytes());
            return;
        }
        print::bytes(name);
        print::bytes(b"(\"");
        indented((*d.cast::<Str>()).bytes());
        print::bytes(b"\")");
        return;
    }
    // Complex numbers bring their own parentheses.
    let brackets = !predeclared && !matches!(ty.kind, kind::COMPLEX64 | kind::COMPLEX128);
    if !predeclared {
        print::bytes(name);
    }
    if brackets {
        print::bytes(b"(");
    }
    match ty.kind {
        kind::BOOL => print::bytes(if *d != 0 { b"true" } else { b"false" }),
        kind::INT | kind::INT64 => print::int(*d.cast::<i64>()),
        kind::INT8 => print::int(*d.cast::<i8>() as i64),
        kind::INT16 => print::int(*d.cast::<i16>() as i64),
        kind::INT32 => print::int(*d.cast::<i32>() as i64),
        kind::UINT | kind::UINT64 | kind::UINTPTR => print::uint(*d.cast::<u64>()),
        kind::UINT8 => print::uint(*d as u64),
        kind::UINT16 => print::uint(*d.cast::<u16>() as u64),
        kind::UINT32 => print::uint(*d.cast::<u32>() as u64),
        kind::FLOAT32 => print::float32(*d.cast::<f32>()),
        kind::FLOAT64 => print::float64(*d.cast::<f64>()),
        kind::COMPLEX64 => print::complex64(*d.cast::<f32>(), *d.cast::<f32>().add(1)),
        _ => print::complex128(*d.cast::<f64>(), *d.cast::<f64>().add(1)),
    }
    if brackets {
        print::bytes(b")");
    }
}

fn is_basic(k: u8) -> bool {
    (kind::BOOL..=kind::COMPLEX128).contains(&k) || k == kind::STRING
}

//! The source line itself below a frame of a traceback: with `GODEBUG=tracesource=1`, where the file is still there.

use crate::sys;
use alloc::ffi::CString;
use alloc::string::String;
use alloc::vec::Vec;

/// Lines are cut here: generated files have some of megabytes.
const MAX_LINE: usize = 200;

fn wanted() -> bool {
    let list = sys::getenv(c"GODEBUG").unwrap_or_default();
    list.split(|b| *b == b',').any(|item| item == b"tracesource=1")
}

/// The line with that number (from 1) without the blanks around it.
pub fn line(file: &str, number: u32) -> Option<String> {
    if !wanted() || number == 0 {
        return None;
    }
    let name = CString::new(file).ok()?;
    // SAFETY: the name ends in NUL.
    let fd = unsafe { libc::open(name.as_ptr(), libc::O_RDONLY | libc::O_CLOEXEC) };
    if fd < 0 {
        return None;
    }
    let text = read_line(fd, number);
    // SAFETY: the descriptor is ours.
    unsafe { libc::close(fd) };
    let text = String::from_utf8_lossy(&text);
    let text = text.trim();
    (!text.is_empty()).then(|| text.into())
}

/// The beginning of a line of an open file.
fn read_line(fd: i32, number: u32) -> Vec<u8> {
    let (mut at, mut out, mut buffer) = (1, Vec::new(), [0u8; 4096]);
    loop {
        // SAFETY: the buffer is ours and as long as that.
        let n = unsafe { libc::read(fd, buffer.as_mut_ptr().cast(), buffer.len()) };
        if n <= 0 {
            return out;
        }
        for &b in &buffer[..n as usize] {
            if b == b'\n' {
                at += 1;
            } else if at == number && out.len() < MAX_LINE {
                out.push(b);
            }
            if at > number {
                return out;
            }
        }
    }
}

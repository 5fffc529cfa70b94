//! The command line: arguments and environment in, [`driver::Options`] out; nothing else happens here.

mod cli;
mod flags;
mod gcflags;
mod testcmd;

use std::process::ExitCode;

/// Trees and types are many small pieces of memory, for which this allocator is quicker.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Memory that is free goes back to the system after so many milliseconds, not after a second: a package's tree and
/// facts are gone when the next one is read.
const PURGE_DELAY: std::ffi::c_long = 10;

unsafe extern "C" {
    /// Of mimalloc, which is linked anyway; the crate declares it with a feature that needs one more crate only.
    fn mi_option_set(option: std::ffi::c_int, value: std::ffi::c_long);
}

/// `mi_option_purge_delay` in mimalloc.h.
const OPTION_PURGE_DELAY: std::ffi::c_int = 15;

fn main() -> ExitCode {
    // SAFETY: sets a number that the allocator reads; there is no other thread yet.
    unsafe { mi_option_set(OPTION_PURGE_DELAY, PURGE_DELAY) };
    // Deeply nested (but legal) programs need more stack than the system gives the main thread.
    const STACK: usize = 512 << 20;
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(cli::main);
    match worker.map(|w| w.join()) {
        Ok(Ok(code)) => ExitCode::from(code),
        _ => ExitCode::from(101),
    }
}

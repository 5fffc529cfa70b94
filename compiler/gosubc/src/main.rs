//! The command line: arguments and environment in, [`driver::Options`] out; nothing else happens here.

mod cli;
mod flags;
mod gcflags;
mod testcmd;

use std::process::ExitCode;

/// Trees and types are many small pieces of memory, for which this allocator is quicker.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Deeply nested (but legal) programs need more stack than the system gives the main thread.
    const STACK: usize = 512 << 20;
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(cli::main);
    match worker.map(|w| w.join()) {
        Ok(Ok(code)) => ExitCode::from(code),
        _ => ExitCode::from(101),
    }
}

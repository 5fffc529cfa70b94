//! What the command line and the environment decide, as one value that the pipeline reads.

use crate::linkvars::LinkFlags;
use crate::modules::ModOptions;
use crate::pgo::Pgo;
use diag::render::Format;
use std::path::PathBuf;

/// Representations that `--emit` can print.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Emit {
    Ast,
    Ir,
    LlvmIr,
    LlvmBc,
    Asm,
    Obj,
    /// What became of the defer statements, for people.
    Defers,
    /// What the passes removed or proved.
    Opt,
}

/// Which defer lowerings are allowed (`-d=nodeferopen`, `-d=nodeferstack`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum DeferLimit {
    #[default]
    None,
    NoOpen,
    NoStack,
}

/// `--timings`
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum ShowTimings {
    #[default]
    No,
    Table,
    /// A file for Perfetto.
    Trace(PathBuf),
}

#[derive(Clone, Debug)]
pub struct Options {
    pub cwd: PathBuf,
    pub exe: PathBuf,
    /// GOSUBCROOT
    pub env_root: Option<PathBuf>,
    pub cache_dir: PathBuf,
    /// Files or packages.
    pub args: Vec<String>,
    /// `check`, `vet`: the named packages with their tests.
    pub tests: bool,
    pub output: Option<PathBuf>,
    pub tags: Vec<String>,
    pub lang: Option<(u32, u32)>,
    pub format: Format,
    pub colors: bool,
    /// A line with the package's name in front of its errors.
    pub headings: bool,
    /// `-e`
    pub all_errors: bool,
    pub verbose: bool,
    pub print_commands: bool,
    pub jobs: usize,
    pub timings: ShowTimings,
    pub static_exe: bool,
    pub opt_level: u8,
    pub debug_vars: bool,
    pub verify: bool,
    pub emit: Option<Emit>,
    pub defer_limit: DeferLimit,
    /// `-d=defer`: print the choice for each statement; `Some(true)` with reasons.
    pub print_defers: Option<bool>,
    /// `-m`: what escape analysis decided.
    pub print_decisions: bool,
    /// No inlining before escape analysis, so that `-m` tells of each function for itself.
    pub no_inline: bool,
    pub link_flags: LinkFlags,
    /// `-a`: ignore what the cache has.
    pub rebuild: bool,
    pub modules: ModOptions,
    pub target_cpu: String,
    pub pgo: Pgo,
    /// `-race`
    pub race: bool,
}

/// How a command ended, when not well. Exit codes: 1 errors in the program, 2 wrong use, 101 internal error.
#[derive(Debug)]
pub enum Failure {
    /// Diagnostics or a message about the user's program or files.
    Program(String),
    Usage(String),
    Internal(String),
}

impl Failure {
    pub fn exit_code(&self) -> i32 {
        match self {
            Failure::Program(_) => 1,
            Failure::Usage(_) => 2,
            Failure::Internal(_) => 101,
        }
    }

    pub fn text(&self) -> &str {
        match self {
            Failure::Program(t) | Failure::Usage(t) | Failure::Internal(t) => t,
        }
    }
}

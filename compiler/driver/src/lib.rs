//! The pipeline: what `gosubc build` does, from arguments to executable. The only room of the compiler that
//! reads files, the environment's programs and the clock.

mod backend;
pub mod cache;
mod cover;
mod embed;
mod emit;
mod explain;
mod fix;
mod folders;
mod frontend;
mod lines;
mod link;
mod linkvars;
mod load;
mod modcache;
mod modfile;
mod modgraph;
mod modules;
mod options;
mod optreport;
mod output;
mod pgo;
mod pipeline;
mod race;
mod reach;
pub mod root;
mod test;
mod test2json;
mod testmain;
mod testrun;
mod timings;
mod vet;

pub use crate::pgo::Pgo;
pub use ::codegen::processors::is_known as is_known_processor;
pub use ::vet::explanations as vet_checks;
pub use cover::{CoverMode, CoverOptions};
pub use fix::fix;
pub use linkvars::LinkFlags;
pub use load::LATEST;
pub use modfile::parse_version as parse_go_version;
pub use modules::ModOptions;
pub use options::{DeferLimit, Emit, Failure, Options, ShowTimings};
pub use pipeline::{build, check, clean, run};
pub use test::{TestOptions, test};
pub use vet::vet;

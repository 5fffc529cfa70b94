//! Which methods a program can call, found before linking from the facts beside its objects ([`codegen::reach`]), as Go's linker finds it: a method of a type
//! that is used is kept if it is called directly, if anything calls a method of its name and type through an interface, or if somebody asks
//! reflection for it. What is made of the answer is an object with tables of code in which the useless entries
//! are missing; it takes the place of the complete ones in the packages' objects, and the linker drops what nothing refers to any more.

mod archive;
mod graph;
mod tables;

use crate::backend::{OBJECT, store};
use crate::cache::{Cache, KeyBuilder};
use crate::options::Failure;
use codegen::reach::Facts;
use std::path::{Path, PathBuf};

/// The kind of the cache entry with a package's facts.
pub const FACTS: &str = "reach";

/// The object with the tables, from the cache where it is there. `None` if the facts of a package are missing: then everything is kept.
pub fn object(
    objects: &[PathBuf],
    inits: &[String],
    runtime: &Path,
    cache: &Cache,
) -> Result<Option<PathBuf>, Failure> {
    let mut key = KeyBuilder::new().with(b"reach");
    for o in objects {
        key = key.with(o.file_name().unwrap_or_default().as_encoded_bytes());
    }
    let meta = std::fs::metadata(runtime).and_then(|m| Ok((m.len(), m.modified()?)));
    let key = key.with(format!("{runtime:?} {:?}", meta.ok()).as_bytes()).finish();
    if let Some(found) = cache.lookup(&key, OBJECT) {
        return Ok(Some(found));
    }
    let mut facts: Vec<Facts> = Vec::with_capacity(objects.len());
    for o in objects {
        let Some(f) = std::fs::read(o.with_extension(FACTS)).ok().and_then(|b| Facts::decode(&b))
        else {
            return Ok(None);
        };
        facts.push(f);
    }
    let Some(mut roots) = std::fs::read(runtime).ok().and_then(|a| archive::undefined(&a)) else {
        return Ok(None);
    };
    roots.extend(inits.iter().cloned());
    let graph = graph::Graph::new(&facts);
    let live = graph.mark(&roots);
    let Some(bytes) = tables::object(&graph, &live) else { return Ok(None) };
    store(cache, &key, OBJECT, &bytes).map(Some)
}

//! `--emit`: textual and binary forms of the root packages' modules.

use crate::backend::{codegen_options, internal, lower_one};
use crate::frontend::Checked;
use crate::load::Graph;
use crate::options::{Emit, Failure, Options};
use ir::lower::Program;
use ir::passes::Summaries;

pub fn print(
    opts: &Options,
    graph: &Graph,
    checked: &mut Checked,
    kind: Emit,
) -> Result<Vec<u8>, Failure> {
    let Checked { source, store, packages } = checked;
    let (source, packages) = (&*source, &*packages);
    let mut prog = Program::new(store, packages);
    let mut out = Vec::new();
    let mut known = Summaries::new();
    // Imports come first in the graph; only their summaries matter.
    for (index, package) in packages.iter().enumerate() {
        let module = lower_one(opts, graph, &mut prog, source, index, package.pkg, &mut known)?;
        if !graph.roots.contains(&index) {
            continue;
        }
        let form = match kind {
            Emit::Defers => {
                out.extend(crate::explain::defers(&module, source).into_bytes());
                continue;
            }
            Emit::Ir | Emit::Ast => {
                out.extend(ir::print::module(&module).into_bytes());
                continue;
            }
            Emit::LlvmIr | Emit::Opt => codegen::Form::LlvmIr,
            Emit::LlvmBc => codegen::Form::LlvmBc,
            Emit::Asm => codegen::Form::Asm,
            Emit::Obj => codegen::Form::Obj,
        };
        let bytes = codegen::emit(&module, source, &codegen_options(opts), form);
        let bytes = bytes.map_err(|e| internal(source, e.span, &e.message))?;
        if kind == Emit::Opt {
            let llvm = String::from_utf8_lossy(&bytes);
            out.extend(crate::optreport::report(&module, &llvm).into_bytes());
        } else {
            out.extend(bytes);
        }
    }
    Ok(out)
}

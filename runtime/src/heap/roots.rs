//! The roots outside the heap: writable data of the executable, goroutine stacks, records of the runtime.

use super::mark::Marker;
use crate::g::Status;
use crate::lock::Global;
use crate::sched;

/// The executable's writable segment without what the loader protects after relocation: up to two ranges.
static DATA: Global<[(usize, usize); 2]> = Global::new([(0, 0); 2]);

/// Finds the data segment; called once at start.
pub unsafe fn init() {
    unsafe extern "C" fn visit(
        info: *mut libc::dl_phdr_info,
        _: usize,
        _: *mut core::ffi::c_void,
    ) -> i32 {
        let info = &*info;
        let headers = core::slice::from_raw_parts(info.dlpi_phdr, info.dlpi_phnum as usize);
        let base = info.dlpi_addr as usize;
        let range = |h: &libc::Elf64_Phdr| {
            let lo = base + h.p_vaddr as usize;
            (lo, lo + h.p_memsz as usize)
        };
        let relro = headers
            .iter()
            .find(|h| h.p_type == libc::PT_GNU_RELRO)
            .map_or((0, 0), |h| (range(h).0, range(h).1.next_multiple_of(crate::sys::PAGE)));
        let ranges = &mut *DATA.get();
        let mut n = 0;
        for h in headers {
            if h.p_type == libc::PT_LOAD && h.p_flags & libc::PF_W != 0 {
                let (lo, hi) = range(h);
                let inside = relro.0 >= lo && relro.0 < hi;
                let parts = if inside {
                    [(lo, relro.0), (relro.1.min(hi), hi)]
                } else {
                    [(lo, hi), (0, 0)]
                };
                for part in parts {
                    if part.0 < part.1 && n < ranges.len() {
                        ranges[n] = part;
                        n += 1;
                    }
                }
            }
        }
        // The executable comes first; shared libraries hold no Go pointers.
        1
    }
    libc::dl_iterate_phdr(Some(visit), core::ptr::null_mut());
}

/// Bytes of global data.
pub unsafe fn data_size() -> usize {
    (*DATA.get()).iter().map(|r| r.1 - r.0).sum()
}

/// Marks from all roots. The world is stopped and the running goroutine is on the system stack, its registers saved.
/// Returns the bytes of stack scanned.
pub unsafe fn mark(m: &mut Marker) -> usize {
    for &(lo, hi) in &*DATA.get() {
        m.roots(lo, hi);
    }
    let mut stacks = 0;
    let mut g = sched::all_goroutines();
    while !g.is_null() {
        if (*g).status != Status::Dead {
            m.stack_roots((*g).sp, (*g).stack_hi);
            stacks += (*g).stack_hi - (*g).sp;
            for word in [(*g).defer as usize, (*g).panic as usize, (*g).start as usize] {
                m.root(word);
            }
            m.root((*g).param);
            m.root((*g).labels as usize);
            if (*g).frame_lo != 0 {
                m.stack_roots((*g).frame_lo, (*g).frame_hi);
            }
        }
        g = (*g).all_next;
    }
    // Threads' own stacks hold pointers while timers' functions run there.
    let mut t = (*sched::proc::sched()).all_ms;
    while !t.is_null() {
        if (*t).scan_g0 {
            m.stack_roots((*(*t).g0).sp, (*(*t).g0).stack_hi);
        }
        t = (*t).all_next;
    }
    sched::mark_roots(m);
    super::special::mark_roots(m);
    stacks
}

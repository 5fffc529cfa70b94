//! Open-coded defers: where a frame keeps its `deferBits` and argument structs, from section `gofuncdata`.

use crate::lock::Global;
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use core::arch::{asm, global_asm};
use core::ffi::c_void;

use super::unwind::Regs;

global_asm!(".weak __start_gofuncdata", ".weak __stop_gofuncdata");

const MAX_SITES: usize = 8;
const DWARF_RBX: u16 = 3;
const DWARF_RBP: u16 = 6;
const DWARF_RSP: u16 = 7;

#[derive(Clone, Copy)]
struct Site {
    thunk: *const c_void,
    args: u32,
}

/// The area of one function.
pub struct FuncData {
    reg: u16,
    off: i32,
    sites: [Site; MAX_SITES],
}

impl FuncData {
    /// The area in the frame with these registers.
    #[inline(always)]
    pub fn area(&self, r: &Regs, args_size: u32) -> *mut u8 {
        let base = r.get(self.reg) + if self.reg == DWARF_RSP { args_size as usize } else { 0 };
        base.wrapping_add_signed(self.off as isize) as *mut u8
    }

    /// Takes the next pending call: clears its bit and returns the thunk and its arguments.
    #[inline(always)]
    pub unsafe fn next_call(&self, area: *mut u8) -> Option<(*const c_void, *mut u8)> {
        let bits = area.read_volatile();
        if bits == 0 {
            return None;
        }
        let i = 7 - bits.leading_zeros() as usize;
        area.write_volatile(bits & !(1 << i));
        let site = &self.sites[i];
        Some((site.thunk, area.add(site.args as usize)))
    }
}

/// Records by function, as they lie in the section. Guarded by the unwinder's lock.
static INDEX: Global<Option<BTreeMap<usize, *const u8>>> = Global::new(None);

/// The section's bounds; (0, 0) if no function of the program has open-coded defers.
fn section() -> (usize, usize) {
    let (lo, hi): (usize, usize);
    // SAFETY: loads two addresses from the GOT.
    unsafe {
        asm!(
            "mov {}, [rip+__start_gofuncdata@GOTPCREL]",
            "mov {}, [rip+__stop_gofuncdata@GOTPCREL]",
            out(reg) lo, out(reg) hi, options(pure, nomem, nostack, preserves_flags)
        );
    }
    (lo, hi)
}

/// An i32 at `p` that is relative to its own address.
unsafe fn relative(p: *const u8) -> usize {
    (p as usize).wrapping_add_signed(p.cast::<i32>().read_unaligned() as isize)
}

unsafe fn text_of(record: *const u8) -> &'static core::ffi::CStr {
    let n = *record.add(4) as usize;
    core::ffi::CStr::from_ptr(record.add(5 + 8 * n).cast())
}

unsafe fn build() -> BTreeMap<usize, *const u8> {
    let mut index = BTreeMap::new();
    let (mut at, end) = section();
    while at < end {
        let record = at as *const u8;
        let function = relative(record);
        // The linker leaves a null function where it dropped one.
        index.insert(function, record);
        let text = text_of(record);
        at = text.as_ptr() as usize + text.count_bytes() + 1;
    }
    index
}

/// The record of the function that starts at `start`. Called under the unwinder's lock.
pub unsafe fn of(start: usize) -> Option<&'static FuncData> {
    let index = (*INDEX.get()).get_or_insert_with(|| build());
    let record = *index.get(&start)?;
    let n = *record.add(4) as usize;
    if n > MAX_SITES {
        super::fatal::throw("bad open-coded defer record");
    }
    let mut sites = [Site { thunk: core::ptr::null(), args: 0 }; MAX_SITES];
    for (i, s) in sites.iter_mut().enumerate().take(n) {
        let p = record.add(5 + 8 * i);
        *s = Site {
            thunk: relative(p) as *const c_void,
            args: p.add(4).cast::<u32>().read_unaligned(),
        };
    }
    let Some((reg, off)) = parse(text_of(record).to_bytes()) else {
        super::fatal::throw("bad operand in an open-coded defer record")
    };
    Some(Box::leak(Box::new(FuncData { reg, off, sites })))
}

/// An AT&T operand such as `7(%rsp)`.
fn parse(text: &[u8]) -> Option<(u16, i32)> {
    let text = core::str::from_utf8(text).ok()?;
    let (off, reg) = text.split_once('(')?;
    let reg = match reg {
        "%rsp)" => DWARF_RSP,
        "%rbp)" => DWARF_RBP,
        "%rbx)" => DWARF_RBX,
        _ => return None,
    };
    Some((reg, if off.is_empty() { 0 } else { off.parse().ok()? }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands() {
        assert_eq!(parse(b"7(%rsp)"), Some((DWARF_RSP, 7)));
        assert_eq!(parse(b"-16(%rbp)"), Some((DWARF_RBP, -16)));
        assert_eq!(parse(b"(%rbx)"), Some((DWARF_RBX, 0)));
        assert_eq!(parse(b"8(%r12)"), None);
    }
}

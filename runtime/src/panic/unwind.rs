//! The unwinder: what lies behind a return address, and the step to the calling frame.
//!
//! In: a return address. Out: the frame's [`FrameInfo`], computed from `.eh_frame` when the address is seen for the
//! first time, then immutable and found through a table of atomic pointers.

use super::{funcdata, lsda};
use crate::lock::{Global, Lock};
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use core::sync::atomic::{AtomicPtr, Ordering};
use gimli::{
    BaseAddresses, CfaRule, EhFrame, EhFrameHdr, EndianSlice, NativeEndian, RegisterRule,
    UnwindSection,
};

/// Callee-saved registers, stack pointer behind the return address, return address.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub struct Regs {
    pub rbx: usize,
    pub rbp: usize,
    pub r12: usize,
    pub r13: usize,
    pub r14: usize,
    pub r15: usize,
    pub rsp: usize,
    pub rip: usize,
}

const DWARF_RBX: u16 = 3;
const DWARF_RBP: u16 = 6;
const DWARF_RSP: u16 = 7;
/// The callee-saved registers in the order of `Regs`.
const SAVED: [u16; 6] = [DWARF_RBX, DWARF_RBP, 12, 13, 14, 15];

impl Regs {
    pub const ZERO: Regs = Regs { rbx: 0, rbp: 0, r12: 0, r13: 0, r14: 0, r15: 0, rsp: 0, rip: 0 };

    #[inline(always)]
    pub fn get(&self, dwarf: u16) -> usize {
        // By values, so that the registers need no memory.
        let table = [(DWARF_RBP, self.rbp), (DWARF_RSP, self.rsp), (12, self.r12), (13, self.r13)];
        let rest = if dwarf == DWARF_RBX {
            self.rbx
        } else if dwarf == 14 {
            self.r14
        } else {
            self.r15
        };
        table.iter().fold(rest, |v, &(n, r)| if n == dwarf { r } else { v })
    }
}

/// What the unwind tables say about a call site.
pub struct FrameInfo {
    pc: usize,
    /// False: no frame; the stack ends here.
    pub ok: bool,
    cfa_reg: u16,
    cfa_off: i32,
    /// Offsets from the CFA of the saved registers; 0: not saved.
    saved: [i32; 6],
    /// Bytes of arguments that the call left on the stack.
    pub args_size: u32,
    /// 0: none.
    pub landing_pad: usize,
    /// Start of the function.
    pub start: usize,
    funcdata: Option<&'static funcdata::FuncData>,
}

// SAFETY: immutable once published.
unsafe impl Sync for FrameInfo {}
// SAFETY: as above.
unsafe impl Send for FrameInfo {}

static NONE: FrameInfo = NO_FRAME;

const ENTRIES: usize = 2048;
static TABLE: [AtomicPtr<FrameInfo>; ENTRIES] =
    [const { AtomicPtr::new(&raw const NONE as *mut FrameInfo) }; ENTRIES];

/// Everything seen so far; the table above is its cache.
static ALL: Global<BTreeMap<usize, &'static FrameInfo>> = Global::new(BTreeMap::new());
static LOCK: Lock = Lock::new();

impl FrameInfo {
    #[inline(always)]
    pub fn cfa(&self, r: &Regs) -> usize {
        let base = if self.cfa_reg == DWARF_RSP { r.rsp } else { r.get(self.cfa_reg) };
        base.wrapping_add_signed(self.cfa_off as isize)
    }

    #[inline(always)]
    pub fn funcdata(&self) -> Option<&'static funcdata::FuncData> {
        self.funcdata
    }

    /// Restores the caller's registers.
    #[inline(always)]
    pub unsafe fn step(&self, r: &mut Regs, cfa: usize) {
        let load = |off: i32, old: usize| {
            if off == 0 { old } else { *(cfa.wrapping_add_signed(off as isize) as *const usize) }
        };
        r.rbx = load(self.saved[0], r.rbx);
        r.rbp = load(self.saved[1], r.rbp);
        r.r12 = load(self.saved[2], r.r12);
        r.r13 = load(self.saved[3], r.r13);
        r.r14 = load(self.saved[4], r.r14);
        r.r15 = load(self.saved[5], r.r15);
        r.rip = *((cfa - 8) as *const usize);
        r.rsp = cfa;
    }
}

/// Where the table may have what is known about a return address.
#[inline(always)]
fn slot(pc: usize) -> usize {
    pc.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - ENTRIES.trailing_zeros())
}

/// The frame that returns to `pc`.
#[inline(always)]
pub fn lookup(pc: usize) -> &'static FrameInfo {
    let e = &TABLE[slot(pc)];
    // SAFETY: entries are leaked boxes, complete before they are stored.
    let fi = unsafe { &*e.load(Ordering::Acquire) };
    if fi.pc == pc {
        return fi;
    }
    let fi = lookup_slow(pc);
    e.store(fi as *const FrameInfo as *mut FrameInfo, Ordering::Release);
    fi
}

/// The frame that returns to `pc`, for signal handlers: without locks or allocation.
pub unsafe fn peek(pc: usize) -> Option<FrameInfo> {
    let e = TABLE[slot(pc)].load(Ordering::Acquire);
    let fi = if (*e).pc == pc { FrameInfo { ..*e } } else { rules(pc)?.0 };
    fi.ok.then_some(fi)
}

#[cold]
#[inline(never)]
fn lookup_slow(pc: usize) -> &'static FrameInfo {
    LOCK.with(|| {
        // SAFETY: under the lock.
        let all = unsafe { &mut *ALL.get() };
        // Copied before the lock is released: another insertion moves the map's entries.
        let fi: &'static FrameInfo = all.entry(pc).or_insert_with(|| {
            // SAFETY: the tables of the executable are mapped and well-formed.
            let fi = unsafe { compute(pc) };
            Box::leak(Box::new(fi.unwrap_or(FrameInfo { pc, ..NO_FRAME })))
        });
        fi
    })
}

const NO_FRAME: FrameInfo = FrameInfo {
    pc: 0,
    ok: false,
    cfa_reg: 0,
    cfa_off: 0,
    saved: [0; 6],
    args_size: 0,
    landing_pad: 0,
    start: 0,
    funcdata: None,
};

/// Where the executable's code and unwind tables are.
#[derive(Clone, Copy)]
pub struct Image {
    pub base: usize,
    pub text: (usize, usize),
    hdr: (usize, usize),
    /// End of the segment that holds `.eh_frame`.
    end: usize,
}

static IMAGE: Global<Image> = Global::new(Image { base: 0, text: (0, 0), hdr: (0, 0), end: 0 });

/// The executable. Found at start.
pub fn image() -> Image {
    // SAFETY: written once, before any other goroutine or thread runs.
    unsafe { *IMAGE.get() }
}

pub unsafe fn init() {
    unsafe extern "C" fn visit(
        info: *mut libc::dl_phdr_info,
        _: usize,
        _: *mut core::ffi::c_void,
    ) -> i32 {
        let info = &*info;
        let base = info.dlpi_addr as usize;
        let headers = core::slice::from_raw_parts(info.dlpi_phdr, info.dlpi_phnum as usize);
        let image = &mut *IMAGE.get();
        image.base = base;
        for h in headers {
            let range = (base + h.p_vaddr as usize, base + (h.p_vaddr + h.p_memsz) as usize);
            match h.p_type {
                libc::PT_GNU_EH_FRAME => image.hdr = range,
                libc::PT_LOAD if h.p_flags & libc::PF_X != 0 => image.text = range,
                _ => {}
            }
        }
        for h in headers {
            let (lo, hi) = (base + h.p_vaddr as usize, base + (h.p_vaddr + h.p_memsz) as usize);
            if h.p_type == libc::PT_LOAD && (lo..hi).contains(&image.hdr.0) {
                image.end = hi;
            }
        }
        1
    }
    libc::dl_iterate_phdr(Some(visit), core::ptr::null_mut());
}

/// Room for evaluating unwind tables that needs no allocation: x86-64 has few registers.
struct Inline;

impl<T: gimli::ReaderOffset> gimli::UnwindContextStorage<T> for Inline {
    type Rules = [(gimli::Register, RegisterRule<T>); 32];
    type Stack = [gimli::UnwindTableRow<T, Self>; 4];
}

unsafe fn compute(pc: usize) -> Option<FrameInfo> {
    let (mut fi, lsda) = rules(pc)?;
    if let Some(gimli::Pointer::Direct(l)) = lsda {
        fi.landing_pad = lsda::landing_pad(l as *const u8, fi.start, pc - 1);
    }
    fi.funcdata = funcdata::of(fi.start);
    Some(fi)
}

/// What the unwind tables say of the frame itself, and where its exception tables are.
unsafe fn rules(pc: usize) -> Option<(FrameInfo, Option<gimli::Pointer>)> {
    let image = image();
    if pc <= image.text.0 || pc > image.text.1 || image.hdr.0 == 0 {
        return None;
    }
    let at = (pc - 1) as u64;
    let slice = |lo: usize, hi: usize| {
        EndianSlice::new(core::slice::from_raw_parts(lo as *const u8, hi - lo), NativeEndian)
    };
    let bases = BaseAddresses::default().set_eh_frame_hdr(image.hdr.0 as u64);
    let hdr_bytes = slice(image.hdr.0, image.hdr.1);
    let hdr = EhFrameHdr::new(hdr_bytes.slice(), NativeEndian).parse(&bases, 8).ok()?;
    let gimli::Pointer::Direct(frame) = hdr.eh_frame_ptr() else { return None };
    let frame_bytes = slice(frame as usize, image.end);
    let eh: EhFrame<EndianSlice<NativeEndian>> = EhFrame::new(frame_bytes.slice(), NativeEndian);
    let bases = bases.set_eh_frame(frame).set_text(image.text.0 as u64);
    let fde =
        hdr.table()?.fde_for_address(&eh, &bases, at, |s, b, o| s.cie_from_offset(b, o)).ok()?;
    let mut ctx = gimli::UnwindContext::<_, Inline>::new_in();
    let row = fde.unwind_info_for_address(&eh, &bases, &mut ctx, at).ok()?;
    let CfaRule::RegisterAndOffset { register, offset } = row.cfa() else { return None };
    let mut fi = FrameInfo { pc, ok: true, ..NO_FRAME };
    fi.cfa_reg = register.0;
    fi.cfa_off = *offset as i32;
    fi.args_size = row.saved_args_size() as u32;
    fi.start = fde.initial_address() as usize;
    for (reg, rule) in row.registers() {
        match rule {
            RegisterRule::Offset(o) => {
                if let Some(i) = SAVED.iter().position(|&r| r == reg.0) {
                    fi.saved[i] = *o as i32;
                }
            }
            // The return address of the first frame of a stack.
            RegisterRule::Undefined if reg.0 == 16 => return None,
            _ => {}
        }
    }
    Some((fi, fde.lsda()))
}

/// The start of the function that `pc` lies in, by the unwind tables.
pub fn function_start(pc: usize) -> usize {
    lookup(pc).start
}

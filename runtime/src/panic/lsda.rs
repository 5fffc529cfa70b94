//! The call-site table of a function's exception data: which landing pad belongs to a call.

/// The landing pad for the instruction at `pc` in the function that starts at `start`, or 0.
pub unsafe fn landing_pad(lsda: *const u8, start: usize, pc: usize) -> usize {
    let mut r = Reader(lsda);
    let base_encoding = r.byte();
    let base = if base_encoding == OMIT { start } else { r.encoded(base_encoding) };
    if r.byte() != OMIT {
        r.uleb();
    }
    let encoding = r.byte();
    let len = r.uleb();
    let end = r.0.wrapping_add(len);
    while r.0 < end {
        let site = start + r.encoded(encoding);
        let len = r.encoded(encoding);
        let pad = r.encoded(encoding);
        r.uleb();
        if (site..site + len).contains(&pc) {
            return if pad == 0 { 0 } else { base + pad };
        }
    }
    0
}

const OMIT: u8 = 0xff;

struct Reader(*const u8);

impl Reader {
    unsafe fn byte(&mut self) -> u8 {
        self.fixed::<u8>()
    }

    unsafe fn fixed<T: Copy>(&mut self) -> T {
        let v = self.0.cast::<T>().read_unaligned();
        self.0 = self.0.add(size_of::<T>());
        v
    }

    unsafe fn uleb(&mut self) -> usize {
        let (mut v, mut shift) = (0, 0);
        loop {
            let b = self.byte();
            v |= ((b & 0x7f) as usize) << shift;
            shift += 7;
            if b & 0x80 == 0 {
                return v;
            }
        }
    }

    /// A value in one of the DWARF pointer encodings that compilers use in these tables.
    unsafe fn encoded(&mut self, encoding: u8) -> usize {
        let here = self.0 as usize;
        let v = match encoding & 0x0f {
            0x00 | 0x04 => self.fixed::<u64>() as usize,
            0x01 => self.uleb(),
            0x02 => self.fixed::<u16>() as usize,
            0x03 => self.fixed::<u32>() as usize,
            0x0b => self.fixed::<i32>() as usize,
            0x0c => self.fixed::<i64>() as usize,
            _ => super::fatal::throw("unknown encoding in a call-site table"),
        };
        if v != 0 && encoding & 0x70 == 0x10 { here.wrapping_add(v) } else { v }
    }
}

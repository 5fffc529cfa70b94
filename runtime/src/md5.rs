//! MD5's work on blocks, for crypto/md5. A step depends on the one before, so what counts is how few instructions lie
//! between them; compilers order the sums otherwise, so each step is written out.

use core::arch::asm;

/// A step: a = b + rotated(a + f(b, c, d) + word + constant). The instructions of `f` leave it in t or u, or add a part.
macro_rules! step {
    ($a:ident $b:ident $c:ident $d:ident $p:ident $i:literal $s:literal $k:literal: $($f:literal),+) => {
        // SAFETY: reads a word of the block, and changes the named registers only.
        asm!(
            "add {a:e}, dword ptr [{p} + 4 * {i}]",
            "add {a:e}, {k}",
            $($f,)+
            "rol {a:e}, {s}",
            "add {a:e}, {b:e}",
            a = inout(reg) $a, b = in(reg) $b, c = in(reg) $c, d = in(reg) $d, p = in(reg) $p,
            t = out(reg) _, u = out(reg) _,
            i = const $i, s = const $s, k = const $k as u32 as i32,
            options(nostack, readonly, pure),
        );
    };
}

/// b selects between c and d.
macro_rules! f {
    ($($operands:tt)*) => {
        step! {
            $($operands)*:
            "mov {t:e}, {c:e}",
            "xor {t:e}, {d:e}",
            "and {t:e}, {b:e}",
            "xor {t:e}, {d:e}",
            "add {a:e}, {t:e}",
            "/* {u} */"
        }
    };
}

/// d selects between b and c: the part without b is added early.
macro_rules! g {
    ($($operands:tt)*) => {
        step! {
            $($operands)*:
            "mov {u:e}, {d:e}",
            "not {u:e}",
            "and {u:e}, {c:e}",
            "add {a:e}, {u:e}",
            "mov {t:e}, {d:e}",
            "and {t:e}, {b:e}",
            "add {a:e}, {t:e}"
        }
    };
}

macro_rules! h {
    ($($operands:tt)*) => {
        step! {
            $($operands)*:
            "mov {t:e}, {c:e}",
            "xor {t:e}, {d:e}",
            "xor {t:e}, {b:e}",
            "add {a:e}, {t:e}",
            "/* {u} */"
        }
    };
}

macro_rules! i {
    ($($operands:tt)*) => {
        step! {
            $($operands)*:
            "mov {t:e}, {d:e}",
            "not {t:e}",
            "or {t:e}, {b:e}",
            "xor {t:e}, {c:e}",
            "add {a:e}, {t:e}",
            "/* {u} */"
        }
    };
}

/// Four steps with the four words' roles in turn.
macro_rules! four {
    ($f:ident $a:ident $b:ident $c:ident $d:ident $p:ident
     $i0:literal $k0:literal $i1:literal $k1:literal $i2:literal $k2:literal $i3:literal $k3:literal
     $s0:literal $s1:literal $s2:literal $s3:literal) => {
        $f!($a $b $c $d $p $i0 $s0 $k0);
        $f!($d $a $b $c $p $i1 $s1 $k1);
        $f!($c $d $a $b $p $i2 $s2 $k2);
        $f!($b $c $d $a $p $i3 $s3 $k3);
    };
}

/// Adds `n` blocks of 64 bytes to a state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_md5_blocks(state: *mut [u32; 4], p: *const u8, n: usize) {
    let [mut a, mut b, mut c, mut d] = *state;
    for block in 0..n {
        let p = p.add(64 * block);
        let before = [a, b, c, d];
        four!(f a b c d p 0 0xd76aa478 1 0xe8c7b756 2 0x242070db 3 0xc1bdceee 7 12 17 22);
        four!(f a b c d p 4 0xf57c0faf 5 0x4787c62a 6 0xa8304613 7 0xfd469501 7 12 17 22);
        four!(f a b c d p 8 0x698098d8 9 0x8b44f7af 10 0xffff5bb1 11 0x895cd7be 7 12 17 22);
        four!(f a b c d p 12 0x6b901122 13 0xfd987193 14 0xa679438e 15 0x49b40821 7 12 17 22);
        four!(g a b c d p 1 0xf61e2562 6 0xc040b340 11 0x265e5a51 0 0xe9b6c7aa 5 9 14 20);
        four!(g a b c d p 5 0xd62f105d 10 0x02441453 15 0xd8a1e681 4 0xe7d3fbc8 5 9 14 20);
        four!(g a b c d p 9 0x21e1cde6 14 0xc33707d6 3 0xf4d50d87 8 0x455a14ed 5 9 14 20);
        four!(g a b c d p 13 0xa9e3e905 2 0xfcefa3f8 7 0x676f02d9 12 0x8d2a4c8a 5 9 14 20);
        four!(h a b c d p 5 0xfffa3942 8 0x8771f681 11 0x6d9d6122 14 0xfde5380c 4 11 16 23);
        four!(h a b c d p 1 0xa4beea44 4 0x4bdecfa9 7 0xf6bb4b60 10 0xbebfbc70 4 11 16 23);
        four!(h a b c d p 13 0x289b7ec6 0 0xeaa127fa 3 0xd4ef3085 6 0x04881d05 4 11 16 23);
        four!(h a b c d p 9 0xd9d4d039 12 0xe6db99e5 15 0x1fa27cf8 2 0xc4ac5665 4 11 16 23);
        four!(i a b c d p 0 0xf4292244 7 0x432aff97 14 0xab9423a7 5 0xfc93a039 6 10 15 21);
        four!(i a b c d p 12 0x655b59c3 3 0x8f0ccc92 10 0xffeff47d 1 0x85845dd1 6 10 15 21);
        four!(i a b c d p 8 0x6fa87e4f 15 0xfe2ce6e0 6 0xa3014314 13 0x4e0811a1 6 10 15 21);
        four!(i a b c d p 4 0xf7537e82 11 0xbd3af235 2 0x2ad7d2bb 9 0xeb86d391 6 10 15 21);
        a = a.wrapping_add(before[0]);
        b = b.wrapping_add(before[1]);
        c = c.wrapping_add(before[2]);
        d = d.wrapping_add(before[3]);
    }
    *state = [a, b, c, d];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn md5_of_known_texts() {
        let start = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476u32];
        for (text, want) in [
            ("", "d41d8cd98f00b204e9800998ecf8427e"),
            ("abc", "900150983cd24fb0d6963f7d28e17f72"),
            ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
        ] {
            // Twice, the first time one block, then with a whole block in front.
            let mut block = [0u8; 64];
            block[..text.len()].copy_from_slice(text.as_bytes());
            block[text.len()] = 0x80;
            block[56] = 8 * text.len() as u8;
            let mut state = start;
            // SAFETY: one block.
            unsafe { gosubc_md5_blocks(&mut state, block.as_ptr(), 1) };
            let hex: String = state.iter().map(|w| format!("{:08x}", w.swap_bytes())).collect();
            assert_eq!(hex, want);
            let two = [block, block].concat();
            let mut both = start;
            // SAFETY: two blocks, and one.
            unsafe {
                gosubc_md5_blocks(&mut both, two.as_ptr(), 2);
                gosubc_md5_blocks(&mut state, block.as_ptr(), 1);
            }
            assert_eq!(both, state);
        }
    }
}

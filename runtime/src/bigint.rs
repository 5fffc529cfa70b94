//! Inner loops of math/big over words of 64 bits, lowest first. Two chains of carries run through a row of products
//! where the processor has the instructions for it (BMI2 and ADX); `gosubc_big_features` says so, and math/big calls
//! the row functions only then.

use core::arch::asm;

cpufeatures::new!(chains, "bmi2", "adx");

/// Whether the functions for rows of products may be called.
#[unsafe(no_mangle)]
pub extern "C" fn gosubc_big_features() -> bool {
    chains::get()
}

/// A loop over words with one carry: `$op` is adc or sbb. The loop's counters leave the carry alone.
macro_rules! carry_loop {
    ($z:ident, $x:ident, $y:ident, $n:ident, $op:literal) => {{
        let carry: u64;
        // SAFETY: reads and writes exactly `n` words behind each pointer; flags and the named registers only.
        asm!(
            "mov {t}, {n}",
            "shr {n}, 2",
            "and {t}, 3",
            "xor {c:e}, {c:e}", // also clears the carry
            "inc {n}", "dec {n}", // leaves the carry, sets the zero flag
            "jz 3f",
            "2:",
            "mov {c}, [{x}]", concat!($op, " {c}, [{y}]"), "mov [{z}], {c}",
            "mov {c}, [{x} + 8]", concat!($op, " {c}, [{y} + 8]"), "mov [{z} + 8], {c}",
            "mov {c}, [{x} + 16]", concat!($op, " {c}, [{y} + 16]"), "mov [{z} + 16], {c}",
            "mov {c}, [{x} + 24]", concat!($op, " {c}, [{y} + 24]"), "mov [{z} + 24], {c}",
            "lea {x}, [{x} + 32]", "lea {y}, [{y} + 32]", "lea {z}, [{z} + 32]",
            "dec {n}",
            "jnz 2b",
            "3:",
            "inc {t}", "dec {t}",
            "jz 5f",
            "4:",
            "mov {c}, [{x}]", concat!($op, " {c}, [{y}]"), "mov [{z}], {c}",
            "lea {x}, [{x} + 8]", "lea {y}, [{y} + 8]", "lea {z}, [{z} + 8]",
            "dec {t}",
            "jnz 4b",
            "5:",
            "sbb {c}, {c}",
            "neg {c}",
            x = inout(reg) $x => _, y = inout(reg) $y => _, z = inout(reg) $z => _, n = inout(reg) $n => _,
            t = out(reg) _, c = out(reg) carry,
            options(nostack),
        );
        carry
    }};
}

/// z = x + y; returns the carry.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_big_add(
    z: *mut u64,
    x: *const u64,
    y: *const u64,
    n: usize,
) -> u64 {
    carry_loop!(z, x, y, n, "adc")
}

/// z = x - y; returns the borrow.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_big_sub(
    z: *mut u64,
    x: *const u64,
    y: *const u64,
    n: usize,
) -> u64 {
    carry_loop!(z, x, y, n, "sbb")
}

/// z += x * y; returns the carry. Needs the features.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_big_add_mul(z: *mut u64, x: *const u64, n: usize, y: u64) -> u64 {
    let mut carry: u64 = 0;
    // SAFETY: touches exactly `n` words behind each pointer, flags and the named registers.
    asm!(
        "mov {t}, {n}", "shr {n}, 2", "and {t}, 3", "test {n}, {n}",
        "jz 3f",
        "2:",
        "xor {l:e}, {l:e}", // clears both carries
        "mulx {h}, {l}, [{x}]", "adcx {l}, {c}", "adox {l}, [{z}]", "mov [{z}], {l}",
        "mulx {c}, {l}, [{x} + 8]", "adcx {l}, {h}", "adox {l}, [{z} + 8]", "mov [{z} + 8], {l}",
        "mulx {h}, {l}, [{x} + 16]", "adcx {l}, {c}", "adox {l}, [{z} + 16]", "mov [{z} + 16], {l}",
        "mulx {c}, {l}, [{x} + 24]", "adcx {l}, {h}", "adox {l}, [{z} + 24]", "mov [{z} + 24], {l}",
        "mov {l:e}, 0", "adcx {c}, {l}", "adox {c}, {l}",
        "lea {x}, [{x} + 32]", "lea {z}, [{z} + 32]", "dec {n}",
        "jnz 2b",
        "3:", "test {t}, {t}",
        "jz 5f",
        "4:",
        "xor {l:e}, {l:e}",
        "mulx {h}, {l}, [{x}]", "adcx {l}, {c}", "adox {l}, [{z}]", "mov [{z}], {l}",
        "mov {l:e}, 0", "adcx {h}, {l}", "adox {h}, {l}",
        "mov {c}, {h}",
        "lea {x}, [{x} + 8]", "lea {z}, [{z} + 8]", "dec {t}",
        "jnz 4b",
        "5:",
        x = inout(reg) x => _, z = inout(reg) z => _, n = inout(reg) n => _, in("rdx") y,
        t = out(reg) _, l = out(reg) _, h = out(reg) _, c = inout(reg) carry,
        options(nostack),
    );
    carry
}

/// z -= x * y; returns what is missing. Needs the features. (The complement of z grows.)
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_big_sub_mul(z: *mut u64, x: *const u64, n: usize, y: u64) -> u64 {
    let mut carry: u64 = 0;
    // SAFETY: touches exactly `n` words behind each pointer, flags and the named registers.
    asm!(
        "mov {t}, {n}", "shr {n}, 2", "and {t}, 3", "test {n}, {n}",
        "jz 3f",
        "2:",
        "xor {l:e}, {l:e}", // clears both carries
        "mulx {h}, {l}, [{x}]", "adcx {l}, {c}", "mov {w}, [{z}]", "not {w}", "adox {w}, {l}", "not {w}", "mov [{z}], {w}",
        "mulx {c}, {l}, [{x} + 8]", "adcx {l}, {h}", "mov {w}, [{z} + 8]", "not {w}", "adox {w}, {l}", "not {w}", "mov [{z} + 8], {w}",
        "mulx {h}, {l}, [{x} + 16]", "adcx {l}, {c}", "mov {w}, [{z} + 16]", "not {w}", "adox {w}, {l}", "not {w}", "mov [{z} + 16], {w}",
        "mulx {c}, {l}, [{x} + 24]", "adcx {l}, {h}", "mov {w}, [{z} + 24]", "not {w}", "adox {w}, {l}", "not {w}", "mov [{z} + 24], {w}",
        "mov {l:e}, 0", "adcx {c}, {l}", "adox {c}, {l}",
        "lea {x}, [{x} + 32]", "lea {z}, [{z} + 32]", "dec {n}",
        "jnz 2b",
        "3:", "test {t}, {t}",
        "jz 5f",
        "4:",
        "xor {l:e}, {l:e}",
        "mulx {h}, {l}, [{x}]", "adcx {l}, {c}", "mov {w}, [{z}]", "not {w}", "adox {w}, {l}", "not {w}", "mov [{z}], {w}",
        "mov {l:e}, 0", "adcx {h}, {l}", "adox {h}, {l}",
        "mov {c}, {h}",
        "lea {x}, [{x} + 8]", "lea {z}, [{z} + 8]", "dec {t}",
        "jnz 4b",
        "5:",
        x = inout(reg) x => _, z = inout(reg) z => _, n = inout(reg) n => _, in("rdx") y,
        t = out(reg) _, l = out(reg) _, h = out(reg) _, w = out(reg) _, c = inout(reg) carry,
        options(nostack),
    );
    carry
}

/// z = x * y + carry; returns the highest word. Needs the features.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn gosubc_big_mul_add(
    z: *mut u64,
    x: *const u64,
    n: usize,
    y: u64,
    carry: u64,
) -> u64 {
    let mut carry = carry;
    // SAFETY: touches exactly `n` words behind each pointer, flags and the named registers.
    asm!(
        "mov {t}, {n}", "shr {n}, 2", "and {t}, 3", "test {n}, {n}",
        "jz 3f",
        "2:",
        "xor {l:e}, {l:e}", // clears both carries
        "mulx {h}, {l}, [{x}]", "adcx {l}, {c}", "mov [{z}], {l}",
        "mulx {c}, {l}, [{x} + 8]", "adcx {l}, {h}", "mov [{z} + 8], {l}",
        "mulx {h}, {l}, [{x} + 16]", "adcx {l}, {c}", "mov [{z} + 16], {l}",
        "mulx {c}, {l}, [{x} + 24]", "adcx {l}, {h}", "mov [{z} + 24], {l}",
        "mov {l:e}, 0", "adcx {c}, {l}",
        "lea {x}, [{x} + 32]", "lea {z}, [{z} + 32]", "dec {n}",
        "jnz 2b",
        "3:", "test {t}, {t}",
        "jz 5f",
        "4:",
        "xor {l:e}, {l:e}",
        "mulx {h}, {l}, [{x}]", "adcx {l}, {c}", "mov [{z}], {l}",
        "mov {l:e}, 0", "adcx {h}, {l}",
        "mov {c}, {h}",
        "lea {x}, [{x} + 8]", "lea {z}, [{z} + 8]", "dec {t}",
        "jnz 4b",
        "5:",
        x = inout(reg) x => _, z = inout(reg) z => _, n = inout(reg) n => _, in("rdx") y,
        t = out(reg) _, l = out(reg) _, h = out(reg) _, c = inout(reg) carry,
        options(nostack),
    );
    carry
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(n: usize, seed: u64) -> Vec<u64> {
        let mut x = seed;
        let mut next = || {
            x = x.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            if x >> 62 == 3 { u64::MAX } else { x ^ x >> 29 }
        };
        (0..n).map(|_| next()).collect()
    }

    #[test]
    fn sums_and_differences_go_back() {
        for n in 0..13 {
            let (x, y) = (words(n, 1), words(n, 2));
            let (mut z, mut back) = (vec![0; n], vec![0; n]);
            // SAFETY: all have n words.
            unsafe {
                let carry = gosubc_big_add(z.as_mut_ptr(), x.as_ptr(), y.as_ptr(), n);
                assert_eq!(gosubc_big_sub(back.as_mut_ptr(), z.as_ptr(), y.as_ptr(), n), carry);
            }
            assert_eq!(back, x);
            let mut carry = 0u128;
            for i in 0..n {
                carry += u128::from(x[i]) + u128::from(y[i]);
                assert_eq!(z[i], carry as u64);
                carry >>= 64;
            }
        }
    }

    #[test]
    fn rows_of_products() {
        if !gosubc_big_features() {
            return;
        }
        for n in 0..13 {
            let (x, before) = (words(n, 3), words(n, 4));
            for y in [0, 1, 0x1234_5678_9abc_def0, u64::MAX] {
                let mut z = before.clone();
                // SAFETY: all have n words, and the features are there.
                let top = unsafe { gosubc_big_add_mul(z.as_mut_ptr(), x.as_ptr(), n, y) };
                let mut carry = 0u128;
                for i in 0..n {
                    carry += u128::from(x[i]) * u128::from(y) + u128::from(before[i]);
                    assert_eq!(z[i], carry as u64);
                    carry >>= 64;
                }
                assert_eq!(top, carry as u64);
                // SAFETY: as above.
                assert_eq!(unsafe { gosubc_big_sub_mul(z.as_mut_ptr(), x.as_ptr(), n, y) }, top);
                assert_eq!(z, before);
                // SAFETY: as above.
                let top = unsafe { gosubc_big_mul_add(z.as_mut_ptr(), x.as_ptr(), n, y, 7) };
                let mut carry = 7u128;
                for i in 0..n {
                    carry += u128::from(x[i]) * u128::from(y);
                    assert_eq!(z[i], carry as u64);
                    carry >>= 64;
                }
                assert_eq!(top, carry as u64);
            }
        }
    }
}

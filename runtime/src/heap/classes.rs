//! Size classes. The sizes are those of Go's allocator, because programs see them through `cap` after `append`.

/// Sizes of small objects by class; class 0 is unused.
pub const SIZES: [u16; 68] = [
    0, 8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320,
    352, 384, 416, 448, 480, 512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792,
    2048, 2304, 2688, 3072, 3200, 3456, 4096, 4864, 5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728,
    10240, 10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672,
    32768,
];

pub const CLASSES: usize = SIZES.len();
pub const MAX_SMALL: usize = 32768;
/// Objects with pointers up to this size are described by one mask; larger ones start with a header word (their type).
pub const MAX_MASK: usize = 512;
pub const HEADER: usize = 8;
/// Unit of the page heap and of large objects.
pub const HEAP_PAGE: usize = 8192;

const fn build_small() -> [u8; 129] {
    let mut t = [0u8; 129];
    let (mut i, mut class) = (1, 1);
    while i < t.len() {
        while (SIZES[class] as usize) < i * 8 {
            class += 1;
        }
        t[i] = class as u8;
        i += 1;
    }
    t
}

const fn build_medium() -> [u8; 249] {
    let mut t = [0u8; 249];
    let (mut i, mut class) = (0, 1);
    while i < t.len() {
        while (SIZES[class] as usize) < 1024 + i * 128 {
            class += 1;
        }
        t[i] = class as u8;
        i += 1;
    }
    t
}

/// By size in words, up to 1024 bytes.
static SMALL: [u8; 129] = build_small();
/// By size in units of 128 bytes beyond 1024.
static MEDIUM: [u8; 249] = build_medium();

/// The class of objects of `size` bytes, 1 to `MAX_SMALL`.
#[inline]
pub fn class_of(size: usize) -> usize {
    debug_assert!((1..=MAX_SMALL).contains(&size));
    if size <= 1024 {
        SMALL[size.div_ceil(8)] as usize
    } else {
        MEDIUM[(size - 1024).div_ceil(128)] as usize
    }
}

/// The usable size of the block that holds `size` bytes, as Go's `append` rounds up.
pub fn round_up(size: usize, noscan: bool) -> usize {
    if size == 0 {
        return 0;
    }
    if size <= MAX_SMALL - HEADER {
        let header = if !noscan && size > MAX_MASK { HEADER } else { 0 };
        return SIZES[class_of(size + header)] as usize - header;
    }
    match size.checked_next_multiple_of(HEAP_PAGE) {
        Some(n) => n,
        None => size,
    }
}

/// Heap pages of a span of this class: at least 32 KiB and at least eight objects.
pub fn span_pages(class: usize) -> usize {
    let size = SIZES[class] as usize;
    (8 * size).max(4 * HEAP_PAGE).div_ceil(HEAP_PAGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_cover_sizes() {
        for size in 1..=MAX_SMALL {
            let c = class_of(size);
            assert!(SIZES[c] as usize >= size && (SIZES[c - 1] as usize) < size, "{size}");
        }
    }

    #[test]
    fn rounding_as_append_shows_it() {
        assert_eq!(round_up(5 * 8, true), 48);
        assert_eq!(round_up(513, false), 568);
        assert_eq!(round_up(848 * 8, true), 6784);
        assert_eq!(round_up(32761, true), 32768);
        assert_eq!(round_up(32769, true), 40960);
    }
}

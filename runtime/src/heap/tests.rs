use super::*;
use crate::abi::Type;
use crate::testing::{noscan_type, pointer_type, type_of, with_runtime};
use classes::{SIZES, span_pages};

/// A root that the collector sees: global data.
static ROOT: Global<[usize; 4]> = Global::new([0; 4]);

#[repr(C)]
struct Node {
    left: *mut Node,
    value: u64,
    right: *mut Node,
}

fn node_type() -> *const Type {
    type_of(24, 24, &[0b101])
}

unsafe fn live_objects() -> usize {
    (*stats::stats()).live_objects
}

#[test]
fn index_of_every_object() {
    with_runtime(|| unsafe {
        for (class, &size) in SIZES.iter().enumerate().skip(1) {
            let size = size as usize;
            let pages = span_pages(class);
            let (base, _) = (*arena::arena()).take(pages).unwrap();
            let n = pages * classes::HEAP_PAGE / size;
            let s = Span::create(base, pages, size, n);
            for i in 0..n {
                assert_eq!((*s).index(base + i * size), i);
                assert_eq!((*s).index(base + i * size + size - 1), i);
            }
            Span::destroy(s);
        }
    });
}

#[test]
fn objects_are_zero_and_apart() {
    with_runtime(|| unsafe {
        gc::set_percent(-1);
        let mut seen = std::collections::BTreeSet::new();
        for round in 0..3 {
            for size in [1usize, 8, 24, 100, 512, 513, 1024, 5000, 32768, 100_000] {
                for _ in 0..50 {
                    let p = cache::noscan(size, true);
                    let b = std::slice::from_raw_parts_mut(p, size);
                    assert!(b.iter().all(|&x| x == 0), "size {size} round {round}");
                    b.fill(0xff);
                    if round == 0 {
                        assert!(seen.insert(p as usize));
                    }
                }
            }
            cycle::collect_now();
        }
        gc::set_percent(100);
    });
}

#[test]
fn keeps_what_is_reachable() {
    with_runtime(|| unsafe {
        unsafe fn tree(ty: *const Type, depth: u32) -> *mut Node {
            let n: *mut Node = cache::new_object(ty).cast();
            // The parent is not rooted yet: no collection may happen in between, and none is due.
            (*n).value = depth as u64;
            if depth > 0 {
                (*n).left = tree(ty, depth - 1);
                (*n).right = tree(ty, depth - 1);
            }
            n
        }
        unsafe fn check(n: *const Node, depth: u32) -> usize {
            assert_eq!((*n).value, depth as u64);
            if depth == 0 {
                return 1;
            }
            1 + check((*n).left, depth - 1) + check((*n).right, depth - 1)
        }
        cycle::collect_now();
        let before = live_objects();
        let ty = node_type();
        (*ROOT.get())[0] = tree(ty, 12) as usize;
        cycle::collect_now();
        assert_eq!(live_objects() - before, (1 << 13) - 1);
        for _ in 0..100_000 {
            std::hint::black_box(cache::new_object(ty));
        }
        cycle::collect_now();
        assert_eq!(check((*ROOT.get())[0] as *const Node, 12), (1 << 13) - 1);
        // An interior pointer is enough.
        (*ROOT.get())[0] += 17;
        cycle::collect_now();
        assert_eq!(live_objects() - before, (1 << 13) - 1);
        (*ROOT.get())[0] = 0;
        cycle::collect_now();
        assert_eq!(live_objects(), before);
    });
}

#[test]
fn long_lists_and_large_arrays() {
    with_runtime(|| unsafe {
        let ty = node_type();
        let mut head: *mut Node = core::ptr::null_mut();
        for i in 0..1_000_000u64 {
            let n: *mut Node = cache::new_object(ty).cast();
            (*n).left = head;
            (*n).value = i;
            head = n;
            (*ROOT.get())[0] = head as usize;
        }
        let many = 200_000;
        let array: *mut *mut u8 = cache::array(pointer_type(), many * 8).cast();
        (*ROOT.get())[1] = array as usize;
        for i in 0..many {
            *array.add(i) = cache::noscan(16, true);
            *(*array.add(i)).cast::<u64>() = i as u64;
        }
        cycle::collect_now();
        let mut n = head;
        for i in (0..1_000_000u64).rev() {
            assert_eq!((*n).value, i);
            n = (*n).left;
        }
        for i in 0..many {
            assert_eq!(*(*array.add(i)).cast::<u64>(), i as u64);
        }
        *ROOT.get() = [0; 4];
        cycle::collect_now();
        assert!(stats::stats().read().live < 1 << 20);
    });
}

#[test]
fn medium_objects_with_headers() {
    with_runtime(|| unsafe {
        // 600 bytes, the last word a pointer.
        static MAP: [u8; 10] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0b100];
        let ty = type_of(600, 600, &MAP);
        let p = cache::new_object(ty);
        (*ROOT.get())[0] = p as usize;
        let child = cache::noscan(24, true);
        child.write(42);
        p.cast::<*mut u8>().add(74).write(child);
        cycle::collect_now();
        for _ in 0..10_000 {
            *cache::noscan(24, true) = 7;
        }
        assert_eq!(*child, 42);
        *ROOT.get() = [0; 4];
    });
}

#[test]
fn weak_handles_and_finalizers() {
    with_runtime(|| unsafe {
        let p = cache::new_object(noscan_type(40));
        (*ROOT.get())[0] = p as usize;
        let h = special::weak_handle(p as usize);
        (*ROOT.get())[1] = h as usize;
        cycle::collect_now();
        assert_eq!(*h, p as usize);
        assert_eq!(special::weak_handle(p as usize), h);
        (*ROOT.get())[0] = 0;
        cycle::collect_now();
        assert_eq!(*h, 0);
        *ROOT.get() = [0; 4];
    });
}

#[test]
fn only_arrays_are_kept_by_their_end() {
    unsafe fn marked(p: usize) -> bool {
        let s = (*arena::arena()).span_of(p);
        Span::is_marked(s, (*s).index(p))
    }
    /// Two objects of which the second begins where the first ends.
    unsafe fn neighbours(new: impl Fn() -> usize) -> (usize, usize) {
        let mut a = new();
        loop {
            let b = new();
            if b == a + 32 {
                return (a, b);
            }
            a = b;
        }
    }
    with_runtime(|| unsafe {
        let mut ty = core::ptr::read(type_of(32, 8, &[1]));
        ty.kind = crate::abi::kind::INTERFACE;
        let (array, behind) = neighbours(|| cache::array(pointer_type(), 32) as usize);
        let (object, next) = neighbours(|| cache::new_object(&ty) as usize);
        let large = cache::noscan(2 * classes::MAX_SMALL, false) as usize;
        let after = cache::noscan(2 * classes::MAX_SMALL, false) as usize;
        cycle::begin();
        let mut m = mark::Marker::new();
        m.stack_root(behind);
        assert!(marked(array) && marked(behind));
        m.stack_root(next);
        assert!(!marked(object) && marked(next));
        m.stack_root(large + 2 * classes::MAX_SMALL);
        assert!(marked(large) && !marked(after) && after != large + 2 * classes::MAX_SMALL);
        cycle::clear_marks();
    });
}

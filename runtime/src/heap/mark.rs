//! Marking: finds everything that can be reached from the words it is given.
//!
//! In: root words, by `root`. Out: mark bits. Depth first with an explicit stack, behind which a short queue
//! hides memory latency: what enters the queue is prefetched, what leaves it is marked and scanned.

use super::arena::arena;
use super::mapvec::MapVec;
use super::span::{Scan, Span};
use super::types::scan_repeated;
use core::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};

const QUEUE: usize = 16;
/// Large objects are scanned in pieces of this size.
const PIECE: usize = 128 << 10;

#[derive(Clone, Copy)]
struct Entry {
    span: *mut Span,
    index: usize,
}

pub struct Marker {
    stack: MapVec<usize>,
    queue: [Entry; QUEUE],
    head: usize,
    count: usize,
    /// Large objects in work: span, offset of the next piece.
    pieces: MapVec<(*mut Span, usize)>,
    /// Objects in spans that were made in this cycle are alive and need no marks.
    cycle: u32,
    /// What has been marked.
    pub objects: usize,
    pub bytes: usize,
    /// Of these, in objects without pointers.
    pub plain: usize,
    lo: usize,
    len: usize,
}

impl Marker {
    pub unsafe fn new() -> Marker {
        let a = &*arena();
        Marker {
            stack: MapVec::new(),
            queue: [Entry { span: core::ptr::null_mut(), index: 0 }; QUEUE],
            head: 0,
            count: 0,
            pieces: MapVec::new(),
            cycle: super::cycle::number(),
            objects: 0,
            bytes: 0,
            plain: 0,
            lo: a.lo,
            len: a.hi - a.lo,
        }
    }

    /// Marks what a word of a stack, a register or global data may point to, and all that hangs on it.
    pub unsafe fn root(&mut self, word: usize) {
        if word.wrapping_sub(self.lo) >= self.len {
            return;
        }
        let span = (*arena()).span_of(word);
        if span.is_null() || word >= (*span).limit || (*span).cycle == self.cycle {
            return;
        }
        let index = (*span).index(word);
        if Span::is_allocated(span, index) && !Span::is_marked(span, index) {
            self.stack.push(word);
            self.drain();
        }
    }

    /// The same for a word of a stack, where optimised loops may keep only the end of an array: that keeps the array. Objects
    /// that don't end with an array have spans of their own, lest each object keep the one before it.
    pub unsafe fn stack_root(&mut self, word: usize) {
        if word.wrapping_sub(self.lo) > self.len {
            return;
        }
        self.root(word);
        if word.is_multiple_of(8) {
            let span = (*arena()).span_of(word - 1);
            if !span.is_null() && (*span).arrays {
                self.root(word - 1);
            }
        }
    }

    pub unsafe fn roots(&mut self, lo: usize, hi: usize) {
        let mut at = lo.next_multiple_of(8);
        while at + 8 <= hi {
            self.root((at as *const usize).read_volatile());
            at += 8;
        }
    }

    pub unsafe fn stack_roots(&mut self, lo: usize, hi: usize) {
        let mut at = lo & !7;
        while at + 8 <= hi {
            self.stack_root((at as *const usize).read_volatile());
            at += 8;
        }
    }

    /// Marks what the object refers to, but not the object.
    pub unsafe fn children(&mut self, span: *mut Span, index: usize) {
        self.scan(Entry { span, index });
        self.drain();
    }

    unsafe fn drain(&mut self) {
        loop {
            while self.count < QUEUE {
                let Some(word) = self.stack.pop() else { break };
                self.enqueue(word);
            }
            if self.count == 0 {
                match self.pieces.pop() {
                    Some((span, off)) => self.scan_piece(span, off),
                    None if self.stack.is_empty() => return,
                    None => {}
                }
                continue;
            }
            let e = self.queue[self.head];
            self.head = (self.head + 1) % QUEUE;
            self.count -= 1;
            let bits = Span::marks(e.span).add(e.index / 64);
            let bit = 1u64 << (e.index % 64);
            if *bits & bit == 0 {
                *bits |= bit;
                self.objects += 1;
                self.bytes += (*e.span).elem_size;
                self.scan(e);
            }
        }
    }

    #[inline(always)]
    unsafe fn enqueue(&mut self, word: usize) {
        let span = (*arena()).span_of(word);
        if span.is_null() || word >= (*span).limit || (*span).cycle == self.cycle {
            return;
        }
        let index = (*span).index(word);
        _mm_prefetch::<_MM_HINT_T0>(Span::marks(span).add(index / 64).cast());
        if (*span).scan != Scan::None {
            _mm_prefetch::<_MM_HINT_T0>(word as *const i8);
        }
        self.queue[(self.head + self.count) % QUEUE] = Entry { span, index };
        self.count += 1;
    }

    #[inline(always)]
    unsafe fn scan(&mut self, e: Entry) {
        let span = &*e.span;
        match span.scan {
            Scan::None => self.plain += span.elem_size,
            Scan::Mask => {
                let obj = (span.base + e.index * span.elem_size) as *const usize;
                let mut mask = span.layout.mask;
                while mask != 0 {
                    let word = *obj.add(mask.trailing_zeros() as usize);
                    if word.wrapping_sub(self.lo) < self.len {
                        self.stack.push(word);
                    }
                    mask &= mask - 1;
                }
            }
            Scan::Header => {
                let obj = span.base + e.index * span.elem_size;
                let ty = *(obj as *const *const crate::abi::Type);
                if !ty.is_null() {
                    let lo = obj + super::classes::HEADER;
                    self.scan_range(&*ty, lo, lo, obj + span.elem_size);
                }
            }
            Scan::Large => self.scan_piece(e.span, 0),
        }
    }

    unsafe fn scan_piece(&mut self, span: *mut Span, off: usize) {
        let s = &*span;
        let end = s.elem_size.min(off + PIECE);
        if end < s.elem_size {
            self.pieces.push((span, end));
        }
        self.scan_range(&*s.layout.ty, s.base, s.base + off, s.base + end);
    }

    unsafe fn scan_range(&mut self, ty: &crate::abi::Type, origin: usize, lo: usize, hi: usize) {
        let (heap, len) = (self.lo, self.len);
        let stack = &mut self.stack;
        scan_repeated(ty, origin, lo, hi, &mut |word| {
            if word.wrapping_sub(heap) < len {
                stack.push(word);
            }
        });
    }
}

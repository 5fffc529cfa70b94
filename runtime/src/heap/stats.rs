//! Counters of the heap, for pacing and `runtime.ReadMemStats`. Guarded by `heap::LOCK`.

use crate::lock::Global;

#[derive(Clone, Copy)]
pub struct Stats {
    /// Bytes and objects handed to caches since the program began.
    pub total_bytes: u64,
    pub total_objects: u64,
    /// Objects found dead by sweeps.
    pub freed_objects: u64,
    /// Bytes live or allocated since the last collection.
    pub live: usize,
    pub live_objects: usize,
    /// `live_objects` when the cycle began.
    pub begin_objects: usize,
    /// `live` after the last collection.
    pub marked: usize,
    pub cycles: u32,
    pub forced: u32,
    pub pause_total: u64,
    pub last_pause: u64,
    pub last_end: u64,
    pub stacks: usize,
    pub pauses: [u64; 256],
    pub pause_ends: [u64; 256],
}

static STATS: Global<Stats> = Global::new(Stats {
    total_bytes: 0,
    total_objects: 0,
    freed_objects: 0,
    live: 0,
    live_objects: 0,
    begin_objects: 0,
    marked: 0,
    cycles: 0,
    forced: 0,
    pause_total: 0,
    last_pause: 0,
    last_end: 0,
    stacks: 0,
    pauses: [0; 256],
    pause_ends: [0; 256],
});

pub fn stats() -> *mut Stats {
    STATS.get()
}

/// What a processor's caches have taken that the counters don't have yet. The processor's own.
pub struct Taken {
    objects: usize,
    bytes: usize,
}

/// Counted together: one lock for many runs.
const TOGETHER: usize = 16 << 10;

impl Taken {
    pub const NONE: Taken = Taken { objects: 0, bytes: 0 };

    #[inline]
    pub unsafe fn add(&mut self, objects: usize, bytes: usize) {
        self.objects += objects;
        self.bytes += bytes;
        if self.bytes >= TOGETHER {
            super::LOCK.with(|| self.count());
        }
    }

    /// Under `LOCK`, by the processor itself or with the world stopped.
    pub unsafe fn count(&mut self) {
        allocated(self.objects, self.bytes);
        *self = Taken::NONE;
    }
}

pub unsafe fn allocated(objects: usize, bytes: usize) {
    let s = &mut *stats();
    s.total_bytes += bytes as u64;
    s.total_objects += objects as u64;
    s.live += bytes;
    s.live_objects += objects;
}

/// Takes back what a cache did not hand out.
pub unsafe fn not_allocated(objects: usize, bytes: usize) {
    let s = &mut *stats();
    s.total_bytes -= bytes as u64;
    s.total_objects -= objects as u64;
    s.live -= bytes;
    s.live_objects -= objects;
}

//! The interface of LLVM 22's ThreadSanitizer runtime (libclang_rt.tsan). The functions with mangled names are its
//! own, not part of its public headers: what Go's model needs of release stores and of memory that begins a new life has no other.

use core::ffi::{c_char, c_void};

unsafe extern "C" {
    fn __tsan_init();
    pub fn __tsan_create_fiber(flags: u32) -> *mut c_void;
    pub fn __tsan_destroy_fiber(fiber: *mut c_void);
    pub fn __tsan_switch_to_fiber(fiber: *mut c_void, flags: u32);
    pub fn __tsan_get_current_fiber() -> *mut c_void;
    pub fn __tsan_set_fiber_name(fiber: *mut c_void, name: *const c_char);
    pub fn __tsan_func_entry(pc: usize);
    pub fn __tsan_func_exit();
    pub fn __tsan_acquire(addr: usize);
    pub fn __tsan_release(addr: usize);
    pub fn __tsan_read8_pc(addr: usize, pc: usize);
    pub fn __tsan_write8_pc(addr: usize, pc: usize);
    pub fn __tsan_read_range_pc(addr: usize, size: usize, pc: usize);
    pub fn __tsan_write_range_pc(addr: usize, size: usize, pc: usize);
    pub fn __tsan_java_init(heap: usize, size: usize);
    /// Forgets what was synchronised by addresses in the range.
    pub fn __tsan_java_free(addr: usize, size: usize);
    pub fn AnnotateIgnoreSyncBegin(file: *const c_char, line: i32);
    pub fn AnnotateIgnoreSyncEnd(file: *const c_char, line: i32);

    pub fn __tsan_get_report_data(
        report: *const c_void,
        description: *mut *const c_char,
        count: *mut i32,
        stacks: *mut i32,
        mops: *mut i32,
        locs: *mut i32,
        mutexes: *mut i32,
        threads: *mut i32,
        unique_tids: *mut i32,
        sleep_trace: *mut usize,
        trace_size: usize,
    ) -> i32;
    pub fn __tsan_get_report_mop(
        report: *const c_void,
        index: usize,
        tid: *mut i32,
        addr: *mut usize,
        size: *mut i32,
        write: *mut i32,
        atomic: *mut i32,
        trace: *mut usize,
        trace_size: usize,
    ) -> i32;
    pub fn __tsan_get_report_thread(
        report: *const c_void,
        index: usize,
        tid: *mut i32,
        os_id: *mut u64,
        running: *mut i32,
        name: *mut *const c_char,
        parent: *mut i32,
        trace: *mut usize,
        trace_size: usize,
    ) -> i32;

    /// Forgets the accesses to a range.
    #[link_name = "_ZN6__tsan16MemoryResetRangeEPNS_11ThreadStateEmmm"]
    pub fn memory_reset_range(thread: *mut c_void, pc: usize, addr: usize, size: usize);
    #[link_name = "_ZN6__tsan12ReleaseStoreEPNS_11ThreadStateEmm"]
    pub fn release_store(thread: *mut c_void, pc: usize, addr: usize);
    #[link_name = "_ZN6__tsan19ReleaseStoreAcquireEPNS_11ThreadStateEmm"]
    pub fn release_store_acquire(thread: *mut c_void, pc: usize, addr: usize);
}

/// Starts the sanitizer before any other code, libc's too.
#[used]
#[unsafe(link_section = ".preinit_array")]
static START: unsafe extern "C" fn() = __tsan_init;

/// A switch that is no synchronisation.
pub const NO_SYNC: u32 = 1;

/// Read by the sanitizer before anything else runs. Reports are ours to print, faults and signals ours to handle.
#[unsafe(no_mangle)]
extern "C" fn __tsan_default_options() -> *const c_char {
    c"symbolize=0:handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0:report_thread_leaks=0:\
report_signal_unsafe=0:report_destroy_locked=0:report_mutex_bugs=0:detect_deadlocks=0:die_after_fork=0:\
history_size=2:atexit_sleep_ms=0"
        .as_ptr()
}

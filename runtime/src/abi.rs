//! The layouts of `compiler/ABI.md` as Rust types: two-word results, type descriptors, itabs.

use core::ffi::c_void;
use core::slice;

/// A Go string, as the C convention passes and returns it.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Str {
    pub ptr: *const u8,
    pub len: usize,
}

// SAFETY: a string's bytes never change.
unsafe impl Sync for Str {}

impl Str {
    pub const EMPTY: Str = Str { ptr: core::ptr::null(), len: 0 };

    pub const fn from_static(s: &'static str) -> Str {
        Str { ptr: s.as_ptr(), len: s.len() }
    }

    /// The bytes, for as long as the collector keeps them: callers hold the string itself.
    pub unsafe fn bytes<'a>(self) -> &'a [u8] {
        if self.len == 0 { &[] } else { slice::from_raw_parts(self.ptr, self.len) }
    }
}

/// An interface value: type descriptor or itab, and the data word.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Iface {
    pub tab: *const c_void,
    pub data: *mut u8,
}

impl Iface {
    pub const NIL: Iface = Iface { tab: core::ptr::null(), data: core::ptr::null_mut() };
}

/// A pointer and a word, e.g. the new array and capacity of a slice.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct PtrInt {
    pub ptr: *mut u8,
    pub n: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct IntInt {
    pub a: i64,
    pub b: i64,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct F64Pair {
    pub re: f64,
    pub im: f64,
}

/// A closure object; captures follow.
#[repr(C)]
pub struct Closure {
    pub code: *const c_void,
}

pub const TFLAG_DIRECT: u8 = 4;

pub mod kind {
    pub const BOOL: u8 = 1;
    pub const INT: u8 = 2;
    pub const INT8: u8 = 3;
    pub const INT16: u8 = 4;
    pub const INT32: u8 = 5;
    pub const INT64: u8 = 6;
    pub const UINT: u8 = 7;
    pub const UINT8: u8 = 8;
    pub const UINT16: u8 = 9;
    pub const UINT32: u8 = 10;
    pub const UINT64: u8 = 11;
    pub const UINTPTR: u8 = 12;
    pub const FLOAT32: u8 = 13;
    pub const FLOAT64: u8 = 14;
    pub const COMPLEX64: u8 = 15;
    pub const COMPLEX128: u8 = 16;
    pub const ARRAY: u8 = 17;
    pub const INTERFACE: u8 = 20;
    pub const STRING: u8 = 24;
    pub const STRUCT: u8 = 25;
}

pub type EqualFn = unsafe extern "C" fn(*const u8, *const u8) -> bool;
pub type HashFn = unsafe extern "C" fn(*const u8, u64) -> u64;

/// A type descriptor.
#[repr(C)]
pub struct Type {
    pub size: usize,
    pub ptrdata: usize,
    pub hash: u32,
    pub tflag: u8,
    pub align: u8,
    pub field_align: u8,
    pub kind: u8,
    pub equal: Option<EqualFn>,
    pub hashfn: Option<HashFn>,
    pub gcdata: *const u8,
    pub string: Str,
    pub ptr_to_this: *const Type,
    pub uncommon: *const Uncommon,
    pub elem: *const Type,
    pub key: *const Type,
    pub len: u64,
    pub list: *const c_void,
    pub pkgpath: Str,
    pub aux: *const c_void,
    pub unique: *const u8,
}

// SAFETY: descriptors are immutable; only tests make them in Rust.
unsafe impl Sync for Type {}

const _: () = assert!(size_of::<Type>() == 144);

#[repr(C)]
pub struct Uncommon {
    pub name: Str,
    pub pkgpath: Str,
    pub count: u64,
    pub methods: *const Method,
    pub code: *const MethodCode,
}

#[repr(C)]
pub struct Method {
    pub name: Str,
    pub pkgpath: Str,
}

const _: () = assert!(size_of::<Method>() == 32);

/// What can be called of a method; its type is nil where no interface has the method.
#[repr(C)]
pub struct MethodCode {
    pub ty: *const Type,
    pub ifn: *const c_void,
}

#[repr(C)]
pub struct Field {
    pub name: Str,
    pub pkgpath: Str,
    pub ty: *const Type,
    pub tag: Str,
    pub offset: u64,
    pub embedded: u64,
}

const _: () = assert!(size_of::<Field>() == 72);

#[repr(C)]
pub struct InterfaceMethod {
    pub name: Str,
    pub pkgpath: Str,
    pub ty: *const Type,
}

const _: () = assert!(size_of::<InterfaceMethod>() == 40);

/// An itab; code pointers follow, one for each of the interface's methods.
#[repr(C)]
pub struct Itab {
    pub inter: *const Type,
    pub ty: *const Type,
    pub hash: u32,
    pub pad: u32,
}

impl Type {
    /// Whether an interface's data word holds the value itself.
    pub fn is_direct(&self) -> bool {
        self.tflag & TFLAG_DIRECT != 0
    }

    pub unsafe fn methods(&self) -> impl Iterator<Item = (&'static Method, &'static MethodCode)> {
        let (names, code): (&[Method], &[MethodCode]) = match self.uncommon.as_ref() {
            Some(u) if u.count > 0 => (
                slice::from_raw_parts(u.methods, u.count as usize),
                slice::from_raw_parts(u.code, u.count as usize),
            ),
            _ => (&[], &[]),
        };
        names.iter().zip(code)
    }

    /// Of a struct type.
    pub unsafe fn fields(&self) -> &'static [Field] {
        if self.len == 0 || self.list.is_null() {
            return &[];
        }
        slice::from_raw_parts(self.list.cast(), self.len as usize)
    }

    /// Of an interface type.
    pub unsafe fn interface_methods(&self) -> &'static [InterfaceMethod] {
        if self.len == 0 {
            return &[];
        }
        slice::from_raw_parts(self.list.cast(), self.len as usize)
    }
}

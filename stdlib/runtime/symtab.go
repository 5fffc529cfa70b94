// This file holds what programs can ask about their own functions.

package runtime

import "unsafe"

// frameData is what the runtime knows about a frame.
type frameData struct {
	name   string
	file   string
	line   int
	start  int // the line where the function begins
	entry  uintptr
	hidden bool // a wrapper that the compiler made
}

// Caller tells where the calling goroutine's functions are executing: skip 0 is
// the caller of Caller, 1 the caller of that one, and so on. ok is false if
// nothing is known.
//
//go:noinline
func Caller(skip int) (pc uintptr, file string, line int, ok bool) {
	var pcs [1]uintptr
	if skip < 0 || callers(skip+1, &pcs[0], 1) == 0 {
		return 0, "", 0, false
	}
	var f frameData
	if !frame(pcs[0], &f) {
		return 0, "", 0, false
	}
	return pcs[0], f.file, f.line, true
}

// Callers fills pc with the return addresses of the functions that are active
// on the calling goroutine's stack and returns their number. skip 0 is Callers
// itself, 1 its caller. They are meant for CallersFrames.
//
//go:noinline
func Callers(skip int, pc []uintptr) int {
	if len(pc) == 0 || skip < 0 {
		return 0
	}
	return callers(skip, &pc[0], len(pc))
}

// Frame is one function activation.
type Frame struct {
	// PC is the address of the activation's current call.
	PC uintptr
	// Func is nil if nothing is known about the function.
	Func *Func
	// Function is the function's name with the path of its package.
	Function string
	// File and Line say where the call is.
	File string
	Line int
	// Entry is the address of the function's code.
	Entry uintptr
}

// Frames goes through the activations that a slice from Callers stands for.
type Frames struct {
	pcs []uintptr
}

// CallersFrames begins a walk over what Callers returned.
func CallersFrames(callers []uintptr) *Frames {
	return &Frames{callers}
}

// Next returns the next activation and whether there are more behind it.
func (f *Frames) Next() (fr Frame, more bool) {
	for len(f.pcs) > 0 {
		pc := f.pcs[0]
		f.pcs = f.pcs[1:]
		var d frameData
		if frame(pc, &d) {
			return Frame{pc, &Func{d, pc}, d.name, d.file, d.line, d.entry}, len(f.pcs) > 0
		}
	}
	return Frame{}, false
}

// Func is a function of the program.
type Func struct {
	d  frameData
	pc uintptr
}

// FuncForPC returns the function that contains the address, or nil. For
// addresses of Callers that is the innermost inlined one.
func FuncForPC(pc uintptr) *Func {
	f := &Func{pc: pc}
	if frame(pc, &f.d) {
		return f
	}
	// The address of the function itself, as reflect's Pointer returns it.
	f.pc = pc + 1
	if frame(pc+1, &f.d) {
		return f
	}
	return nil
}

// Name is the function's name with the path of its package.
func (f *Func) Name() string {
	if f == nil {
		return ""
	}
	return f.d.name
}

// Entry is the address of the function's code.
func (f *Func) Entry() uintptr { return f.d.entry }

// FileLine tells where in the source the address is.
func (f *Func) FileLine(pc uintptr) (file string, line int) {
	var d frameData
	if frame(pc, &d) || frame(pc+1, &d) {
		return d.file, d.line
	}
	return "?", 0
}

// Stack writes a traceback of the calling goroutine, or of all if all is true,
// to buf and returns the number of bytes.
func Stack(buf []byte, all bool) int {
	return stack(unsafe.SliceData(buf), len(buf), all)
}
